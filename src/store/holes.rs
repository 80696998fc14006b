//! Lines that are damaged or gone, and whether their content is here all the same.
//!
//! A line has its own checksum and that of the line before. So even if a line cannot be read, its
//! neighbours say which checksum it had, and a record that came from another laptop can be recognised as
//! the one that was on it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;

use serde::{Deserialize, Serialize};

use super::ledger::{Stub, note_purges};
use super::{Folder, journal, journal::JournalLine, tail::Tail};
use crate::workshop::{Moment, Purges, Stamp, WriterId};

/// The most holes in one file that are looked at.
const MOST: usize = 200;
/// The longest run of lost changes to search for.
const LONGEST: usize = 100_000;

/// What an unreadable line says about itself, as far as it looks like the beginning of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stamp: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
}

impl Claim {
    fn of(line: &[u8], sum: Option<u32>, before: Option<u32>) -> Self {
        let at = value_in(line, b"\"at\":", b',').and_then(|at| at.parse().ok());
        Self { sum, before, stamp: stamp_in(line), at: at.map(Moment) }
    }
}

/// A place in a journal where lines are damaged or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hole {
    /// Who wrote the lines, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) writer: Option<WriterId>,
    /// The lines that are there but cannot be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lines: Vec<Claim>,
    /// The checksum of the good line before it.
    from: u32,
    /// What the next good line says about the line before it; absent at the end of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<u32>,
    /// The stamps of those two lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Stamp>,
    /// The first and last line in the file, as a text editor counts.
    #[serde(skip)]
    pub(super) at: (u64, u64),
}

impl Hole {
    /// The latest Lamport time that a writer's lines are known to have around it or in it.
    pub(super) fn goes_to(&self, writer: WriterId) -> u64 {
        let in_it = self.lines.iter().filter_map(|claim| claim.stamp);
        let stamps = in_it.chain(self.after).chain(self.until);
        stamps.filter(|stamp| stamp.writer == writer).map(|stamp| stamp.time).max().unwrap_or(0)
    }

    /// The writer of the lines before and after it, if it is the same: a file of what was taken in
    /// has each writer's lines together.
    fn writer_around(&self) -> Option<WriterId> {
        let until = self.until?.writer;
        self.after.is_none_or(|after| after.writer == until).then_some(until)
    }
}

/// Who wrote the lines of a file that, by its name, this writer wrote: a sample's are another's.
fn writer_of_lines(file: &[u8], named: WriterId) -> Option<WriterId> {
    let mut found = None;
    for line in file.split(|byte| *byte == b'\n') {
        let JournalLine::Good { json, .. } = journal::look(line) else { continue };
        match Stub::of(json).map(|stub| stub.stamp.writer) {
            Some(writer) if writer == named => return Some(named),
            Some(writer) if found.is_some_and(|found| found != writer) => return None,
            writer => found = writer.or(found),
        }
    }
    found.or(Some(named))
}

/// The holes in a file of journal lines that, by its name, this writer wrote.
pub(super) fn find(file: &[u8], writer: Option<WriterId>) -> Vec<Hole> {
    let writer = writer.and_then(|named| writer_of_lines(file, named));
    let mut holes = Vec::new();
    let mut open: Option<Hole> = None;
    let (mut last, mut stamp) = (journal::FIRST_SUM, None);
    for (number, line) in (1..).zip(file.split(|byte| *byte == b'\n')) {
        let begin = |from| Hole {
            writer,
            lines: Vec::new(),
            from,
            to: None,
            after: stamp,
            until: None,
            at: (number, number),
        };
        match journal::look(line) {
            JournalLine::Empty => {}
            JournalLine::Broken { sum, before } => {
                let hole = open.get_or_insert_with(|| begin(last));
                hole.writer = hole.writer.or_else(|| stamp_in(line).map(|it| it.writer));
                hole.lines.push(Claim::of(line, sum, before));
                hole.at.1 = number;
            }
            JournalLine::Good { sum, before, json } => {
                if open.is_none() && before != last {
                    open = Some(begin(last));
                }
                let own = Stub::of(json).map(|stub| stub.stamp);
                if let Some(mut hole) = open.take() {
                    (hole.to, hole.until, hole.at.1) = (Some(before), own, number);
                    hole.writer = hole.writer.or_else(|| hole.writer_around());
                    holes.push(hole);
                }
                (last, stamp) = (sum, own);
            }
        }
        if holes.len() == MOST {
            return holes;
        }
    }
    holes.extend(open);
    holes
}

/// The stamp still found in a line that cannot be read.
pub(super) fn stamp_in(line: &[u8]) -> Option<Stamp> {
    value_in(line, b"\"stamp\":\"", b'"')?.parse().ok()
}

/// The first text between these words and this letter.
fn value_in<'l>(line: &'l [u8], after: &[u8], end: u8) -> Option<&'l str> {
    let rest = line.get(memchr::memmem::find(line, after)? + after.len()..)?;
    std::str::from_utf8(rest.get(..memchr::memchr(end, rest)?)?).ok()
}

/// The records that are here, by length and checksum.
#[derive(Debug, Default)]
pub(super) struct KnownRecords {
    lengths: HashMap<u64, HashSet<u32>>,
    of: HashMap<WriterId, Vec<(Stamp, u64, u32)>>,
    /// The records of which something was purged: their checksums are no longer what they were.
    buried: HashMap<Stamp, Moment>,
}

impl KnownRecords {
    /// All good lines of a folder.
    pub(super) fn of(folder: &Folder) -> Self {
        let (mut known, mut purges) = (Self::default(), Purges::default());
        Tail::new(folder).scan(&|_: &OsStr| false, &mut |_, json| {
            known.note(json);
            note_purges(json, &mut purges);
            None
        });
        if !purges.is_empty() {
            Tail::new(folder).scan(&|_: &OsStr| false, &mut |_, json| {
                let stub = Stub::of(json).filter(|stub| purges.touches(stub.stamp));
                known.buried.extend(stub.map(|stub| (stub.stamp, stub.at)));
                None
            });
        }
        known.of.values_mut().for_each(|of| of.sort_unstable());
        known
    }

    fn note(&mut self, json: &[u8]) {
        let (length, sum) = (json.len() as u64, crc32fast::hash(json));
        if self.lengths.entry(length).or_default().insert(sum)
            && let Some(stub) = Stub::of(json)
        {
            self.of.entry(stub.stamp.writer).or_default().push((stub.stamp, length, sum));
        }
    }

    /// Whether exactly these words are on a good line.
    pub(super) fn knows(&self, json: &[u8]) -> bool {
        let sums = self.lengths.get(&(json.len() as u64));
        sums.is_some_and(|sums| sums.contains(&crc32fast::hash(json)))
    }

    /// Whether there is a record here that gives a line of this checksum after one of that.
    fn has(&self, before: u32, sum: u32) -> bool {
        let is_one = |(length, sums): (&u64, &HashSet<u32>)| {
            sums.contains(&(journal::joined(before, *length, 0) ^ sum))
        };
        self.lengths.iter().any(is_one)
    }

    /// Whether a damaged line, after one of these checksums and with this one of its own, is a record
    /// that is here and was purged.
    fn is_buried(&self, claim: &Claim, after: &BTreeSet<u32>, sum: u32) -> bool {
        let at = claim.stamp.and_then(|stamp| self.buried.get(&stamp));
        let is_linked = claim.before.is_some_and(|before| after.contains(&before));
        is_linked && claim.sum == Some(sum) && at.is_some() && at == claim.at.as_ref()
    }

    /// Whether everything that the lines of a hole said is here.
    pub(super) fn closes(&self, hole: &Hole) -> bool {
        self.closes_line_by_line(hole) || self.closes_in_order(hole)
    }

    fn closes_line_by_line(&self, hole: &Hole) -> bool {
        let mut sums = BTreeSet::from([hole.from]);
        if hole.after.is_some_and(|after| self.buried.contains_key(&after)) {
            // The line before has been purged since: only the damaged one says which checksum it had.
            sums.extend(hole.lines.first().and_then(|claim| claim.before));
        }
        let count = hole.lines.len().max(1);
        for nth in 0..count {
            let claim = hole.lines.get(nth).copied().unwrap_or_default();
            let next = hole.lines.get(nth + 1).map_or(hole.to, |next| next.before);
            let is_last = nth + 1 == count;
            let after = match hole.to {
                Some(to) if is_last => vec![to],
                _ => claim.sum.into_iter().chain(next).collect(),
            };
            let fits = |sum: &u32| {
                self.is_buried(&claim, &sums, *sum)
                    || sums.iter().any(|before| self.has(*before, *sum))
            };
            sums = after.into_iter().filter(fits).collect();
        }
        !sums.is_empty()
    }

    /// Whether the writer's records between the good lines, in their order, make the chain whole again.
    fn closes_in_order(&self, hole: &Hole) -> bool {
        let (Some(writer), Some(to)) = (hole.writer, hole.to) else { return false };
        let Some(of) = self.of.get(&writer) else { return false };
        let first =
            of.partition_point(|(stamp, ..)| hole.after.is_some_and(|after| *stamp <= after));
        let between = of[first..].iter().take(LONGEST);
        let mut between = between
            .take_while(|(stamp, ..)| hole.until.is_none_or(|until| *stamp < until))
            .peekable();
        between.peek().is_some()
            && between
                .fold(hole.from, |sum, (_, length, json)| journal::joined(sum, *length, *json))
                == to
    }
}
