//! What can still be read of a bundle whose first line is damaged.
//!
//! Nobody knows then which laptop made it, and whether the rest is all there was. The record that founds the
//! workshop is in each bundle, so it is certain which workshop the lines belong to.

use super::{Bundle, FORMAT, Header, WHAT, first_line};
use crate::store::bundle::rest::BundleDamage;
use crate::store::journal::{FIRST, Position};
use crate::store::ledger::Stub;
use crate::store::lock::OpenedFile;
use crate::store::{Rejection, journal};
use crate::workshop::{Change, Moment, Record, WriterId};

impl Bundle {
    /// Reads the lines after a first line that is damaged. `why` is why the whole was refused, and is
    /// returned again if this is something else.
    pub(in crate::store) fn read_headless(
        opened: &OpenedFile,
        why: Rejection,
    ) -> Result<Self, Rejection> {
        let is_headless = matches!(first_line(&opened.bytes), Err(Rejection::Altered));
        if opened.locked || !is_headless || why != Rejection::Altered {
            return Err(why);
        }
        let (mut body, mut last, mut lines, mut agenda) = (Vec::new(), FIRST, 0, None);
        let _ =
            journal::read_lines(&mut &opened.bytes[..], &mut Position::default(), |_, found| {
                let Ok(json) = found else { return };
                last = journal::seal(last, json, &mut body);
                lines += 1;
                agenda = agenda.take().or_else(|| founding(json));
            });
        let Some(record) = agenda else {
            return Err(if lines == 0 { why } else { Rejection::Unclaimed });
        };
        let Some(workshop) = journal::workshop_of(&record) else { return Err(why) };
        let (meeting, title) = names(&record);
        let header = Header {
            what: WHAT.into(),
            format: FORMAT,
            reader: FORMAT,
            program: String::new(),
            workshop,
            meeting,
            title,
            replica: WriterId::new(0),
            group: None,
            hand_out: None,
            part: true,
            made: Moment::default(),
            others_later: None,
            own_later: None,
            meeting_key: None,
            writers: [].into(),
            exist: [].into(),
            holes: Vec::new(),
            heard: [].into(),
            changes: lines,
            bytes: body.len() as u64,
            sha256: super::digest(&body),
            newer: [].into(),
        };
        let damage = Some(BundleDamage { why: Rejection::Headless, unread: 0 });
        Ok(Self { header, body, key: None, damage })
    }

    /// Whether its first line is damaged, so that nobody knows which laptop made it.
    pub fn is_headless(&self) -> bool {
        self.damage() == Some(&Rejection::Headless)
    }

    /// The writer who wrote most of the lines in it, apart from the agenda.
    pub(in crate::store) fn main_writer(&self) -> Option<WriterId> {
        let mut counts = std::collections::BTreeMap::<WriterId, usize>::new();
        let _ = self.visit(&mut |_, json| {
            let stub = Stub::of(json).filter(|stub| !stub.founds(self.header.workshop, json));
            if let Some(stub) = stub {
                *counts.entry(stub.stamp.writer).or_default() += 1;
            }
            Ok(())
        });
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(writer, _)| writer)
    }
}

/// The record on a line, if it founds the workshop whose name it has.
fn founding(json: &[u8]) -> Option<Record> {
    let record = journal::decode(json).0?;
    let id = journal::workshop_of(&record)?;
    (journal::founded_in(json) == Some(id)).then_some(record)
}

/// The short name and the title of the meeting that a record founds.
fn names(record: &Record) -> (String, String) {
    let agenda = record.changes.iter().find_map(|change| match change {
        Change::Founded(agenda) => Some(agenda),
        _ => None,
    });
    agenda.map(|agenda| (agenda.id.to_string(), agenda.title.clone())).unwrap_or_default()
}
