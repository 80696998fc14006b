//! Agendas that come with the program, to look at and to start from.

use super::agenda;
use crate::workshop::{Agenda, Clearance, Mention, Moment, Record, Stamp, Workshop, WriterId};

/// An agenda that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What it is, in one line.
    pub line: &'static str,
    /// The agenda as a secretariat would write it, with comments that explain it.
    pub text: &'static str,
}

/// The samples, the one for newcomers first.
pub const SAMPLES: [Sample; 2] = [
    Sample {
        name: "asean-declaration",
        line: "A two-day regional meeting: plenaries, panels, four groups on a draft declaration",
        text: include_str!("../../sessions/asean-declaration.ron"),
    },
    Sample {
        name: "blank",
        line: "A minimal agenda with explanations: copy it and write your own",
        text: include_str!("../../sessions/blank.ron"),
    },
];

/// The sample of this name, with or without `.ron`.
pub fn sample(name: &str) -> Option<&'static Sample> {
    let name = name.strip_suffix(".ron").unwrap_or(name);
    SAMPLES.iter().find(|sample| sample.name == name)
}

/// The record by which the names in a sample's own texts are accepted, for a workshop founded on
/// this agenda: `None` if it is not a sample's. It is always the same.
pub fn decisions(founded: &Agenda) -> Option<Record> {
    let is_it = |sample: &&Sample| {
        let read = agenda::read(sample.name, sample.text.as_bytes());
        read.is_ok_and(|read| read.agenda == *founded)
    };
    SAMPLES.iter().find(is_it)?;
    let workshop = Workshop::new(founded);
    let mentions = workshop.mentions_of_meeting(&workshop.names());
    let decide = |mention: Mention| {
        let made = Clearance::given(&mention.key.of);
        workshop.decide(mention.key, Some(made))
    };
    let changes: Vec<_> = mentions.into_iter().map(decide).collect();
    let writer = WriterId::of(format!("decisions on {}", founded.id).as_bytes());
    let stamp = Stamp { time: 2, writer };
    let record = Record { stamp, at: Moment(0), changes: changes.into() };
    (!record.changes.is_empty()).then_some(record)
}
