//! The meeting that the benchmarks measure on: the sample's agenda with many points.
#![allow(dead_code, reason = "every benchmark takes what it needs of it")]

use std::path::Path;

use rapporteur::import::{agenda, samples};
use rapporteur::workshop::{
    Agenda, Captured, Change, Ids, Moment, Place, PointKind, Record, Workshop, WriterId,
};
use tempfile::TempDir;

/// How many points a list has in the middle of a meeting, after a long one, and never.
pub(crate) const SIZES: [usize; 3] = [100, 10_000, 100_000];
/// 27 May 2025, 09:00 in Kuala Lumpur.
pub(crate) const MORNING: Moment = Moment(1_748_307_600_000);
/// Who wrote the points.
pub(crate) const WRITER: WriterId = WriterId::new(7);
/// The word that only the point in the middle has.
pub(crate) const NEEDLE: &str = "quorum";

const WORDS: [&str; 24] = [
    "members", "should", "share", "early", "warning", "data", "across", "borders", "and", "agree",
    "on", "joint", "drills", "before", "the", "monsoon", "with", "local", "councils", "in",
    "every", "coastal", "province", "under",
];

/// Which lists the points stand in.
#[derive(Clone, Copy)]
pub(crate) enum Spread {
    /// All in that of the first group and topic, where a list is longest.
    OneList,
    /// Evenly over all groups and topics, as at the end of a meeting.
    AllLists,
}

/// The sample's agenda.
pub(crate) fn agenda() -> Agenda {
    let sample = samples::sample("asean-declaration").expect("the sample is built in");
    agenda::read(sample.name, sample.text.as_bytes()).expect("the sample is sound").agenda
}

/// So many points of about 180 letters, as records of one writer. The same ones in every run.
pub(crate) fn records(agenda: &Agenda, points: usize, spread: Spread) -> Vec<Record> {
    records_of(WRITER, 1, agenda, points, spread)
}

/// The same of another laptop, with points of its own.
pub(crate) fn records_of(
    writer: WriterId,
    seed: u64,
    agenda: &Agenda,
    points: usize,
    spread: Spread,
) -> Vec<Record> {
    let mut workshop = Workshop::new(agenda);
    let (mut ids, mut random) = (Ids::seeded(seed), fastrand::Rng::with_seed(seed));
    let record = |number| {
        let list = match spread {
            Spread::OneList => 0,
            Spread::AllLists => number,
        };
        let group = &agenda.groups[list % agenda.groups.len()];
        let topic = &agenda.topics[list / agenda.groups.len() % agenda.topics.len()];
        let place = Place::new(group.id.clone(), topic.id.clone());
        let kind = random.choice(PointKind::KNOWN).expect("there are kinds").clone();
        let mut text = format!("Point {number:06} says that");
        if number == points / 2 {
            text += &format!(" a {NEEDLE}");
        }
        let length = random.usize(165..195);
        while text.len() < length {
            text.push(' ');
            text.push_str(WORDS[random.usize(..WORDS.len())]);
        }
        let captured = Captured::new(ids.point(), place, kind, text);
        let change = Change::PointCaptured(Box::new(captured));
        let record = workshop.record(writer, MORNING, [change]);
        workshop.apply(record.clone());
        record
    };
    (0..points).map(record).collect()
}

/// A workshop with so many points.
pub(crate) fn workshop(points: usize, spread: Spread) -> Workshop {
    let agenda = agenda();
    let mut workshop = Workshop::new(&agenda);
    for record in records(&agenda, points, spread) {
        workshop.apply(record);
    }
    workshop
}

/// A folder for the length of a benchmark, on the disk that the project is built on: where the
/// system keeps its temporary files, there may be no disk at all.
pub(crate) fn scratch() -> TempDir {
    tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder to measure in")
}
