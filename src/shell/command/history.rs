//! `rapporteur history`: how a point came to be what it is. It names no author, because there is none.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, open, print_message, read_folder, refused, say_gaps, say_unchecked,
};
use crate::app::{say::counted, wrap::visible};
use crate::workshop::{Change, Clearance, Holder, PointId, Record, Refusal, Ruling, Workshop};

/// Prints what happened to a point.
#[derive(Args, Debug)]
pub(crate) struct HistoryCommand {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The point's id, as `list` prints it.
    point: PointId,
}

impl HistoryCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let workshop = read_folder(&folder)?;
        say_gaps(&workshop);
        let mut records: Vec<Record> = Vec::new();
        folder.records(&mut |some| {
            records.extend(some.into_iter().filter(|record| concerns(record, self.point)));
        });
        records.sort_by_key(|record| record.stamp);
        records.dedup();
        if records.is_empty() {
            return Err(refused(Refusal::NoPoint(self.point)));
        }
        let mut out = io::stdout().lock();
        for record in &records {
            let when = workshop.zone().local(record.at).format("%Y-%m-%d %H:%M");
            for what in record
                .changes
                .iter()
                .filter_map(|change| change_in_words(&workshop, change, self.point))
            {
                writeln!(out, "{when}  {}", visible(&what))?;
            }
        }
        if workshop.purge(self.point).is_ok() {
            print_message(
                "`rapporteur purge` removes the earlier wordings from this laptop. This cannot be undone.",
            );
        }
        print_message("Times stay in this room: exports have none finer than the session.");
        say_unchecked();
        Ok(out.flush()?)
    }
}

fn concerns(record: &Record, point: PointId) -> bool {
    record.changes.iter().any(|change| match change {
        Change::PointCaptured(captured) => captured.point == point,
        Change::PointChanged { point: other, .. } => *other == point,
        Change::MentionDecided { mention, .. } => mention.of == Holder::Point(point),
        Change::PointPurged(purge) => purge.point == point,
        _ => false,
    })
}

/// What a change did to the point, in words; `None` if it is about something else.
fn change_in_words(workshop: &Workshop, change: &Change, point: PointId) -> Option<String> {
    match change {
        Change::PointCaptured(captured) if captured.point == point => Some(format!(
            "captured in {}, {}, as {}: {}",
            workshop.title_of(&captured.group),
            workshop.title_of_topic(&captured.topic),
            captured.kind.title(),
            captured.text
        )),
        Change::PointChanged { point: other, to, .. } if *other == point => {
            Some(format!("{}: {}", to.name(), workshop.value_in_words(to)))
        }
        Change::MentionDecided { mention, to, .. } if mention.of == Holder::Point(point) => {
            Some(decided(to.as_ref()))
        }
        Change::PointPurged(purge) if purge.point == point => {
            Some(format!("purged: {}", counted(purge.wordings(), "wording")))
        }
        _ => None,
    }
}

fn decided(to: Option<&Clearance>) -> String {
    let Some(made) = to else { return "a decision on a name taken back".to_owned() };
    match made.ruling {
        Ruling::Subject => "a name decided to be a subject".to_owned(),
        Ruling::Public => format!("a name may stay: {}", made.reason),
        Ruling::Consent => "a name may stay by consent".to_owned(),
        Ruling::Held => "a name is held until it is reworded".to_owned(),
    }
}
