//! Recovering damaged lines: what can be read again goes to a file of its own, and no other file is changed.
//!
//! A line's checksum is in the line itself and in the next one. If only one bit of a line was flipped,
//! the checksum shows which.

use std::{collections::HashSet, io::Read};

use super::disk::{Disk, RealDisk};
use super::gaps::{broken, is_own};
use super::{
    Damage, Fault, Folder, RewrittenDescription, Trouble, disk, heard, heard::ASIDE, heard::Heard,
    holes::KnownRecords, journal, journal::JournalLine, ledger::Stub, sweep, tail::TAKEN,
};
use crate::workshop::WriterId;

/// The longest file that is searched.
const LARGEST: u64 = 1 << 30;
/// How the names of files with recovered lines begin.
const REPAIRED: &str = "repaired-";

/// The result of a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairResult {
    /// How many changes were recovered.
    pub changes: usize,
    /// The files they are in now.
    pub files: Vec<String>,
    /// The description of the workshop, if it was written again.
    pub described: Option<RewrittenDescription>,
    /// Files of what was heard of other laptops that could not be read, with the names under which they are set
    /// aside.
    pub aside: Vec<(String, String)>,
    /// What is still broken.
    pub left: Vec<Damage>,
}

impl Folder {
    /// Recovers damaged lines whose checksums show what they were. `taker` names the files
    /// that are written, and has to be new.
    pub fn repair(&self, taker: WriterId) -> Result<RepairResult, Trouble> {
        self.repair_on(&mut RealDisk, taker)
    }

    fn repair_on(&self, disk: &mut dyn Disk, taker: WriterId) -> Result<RepairResult, Trouble> {
        sweep::clear(&self.changes());
        let described = self.describe_again()?;
        let damage = self.read()?.damage;
        let known = KnownRecords::of(self);
        let mut met = HashSet::new();
        let (mut own, mut taken) = (Vec::new(), Vec::new());
        for file in broken(&damage) {
            let path = self.path().join(file);
            let mut bytes = Vec::new();
            let read =
                disk::open_file(&path).and_then(|open| open.take(LARGEST).read_to_end(&mut bytes));
            read.map_err(Trouble::reading(&path))?;
            let into = if is_own(file) { &mut own } else { &mut taken };
            let fresh = read_again(&bytes).into_iter().filter(|json| !known.knows(json));
            into.extend(fresh.filter(|json| met.insert(json.clone())));
        }
        let aside = self.set_aside(disk, taker)?;
        let changes = own.len() + taken.len();
        let mut files = Vec::new();
        for (prefix, lines) in [(REPAIRED, own), (TAKEN, taken)] {
            if lines.is_empty() {
                continue;
            }
            let name = format!("{prefix}{taker}.jsonl");
            let path = self.changes().join(&name);
            let (mut bytes, mut last) = (Vec::new(), journal::FIRST);
            for json in &lines {
                last = journal::seal(last, json, &mut bytes);
            }
            // Whole or not at all: half a line in it would be damage that nothing repairs.
            sweep::place(disk, &path, &bytes).map_err(Trouble::writing(&path))?;
            files.push(format!("changes/{name}"));
        }
        let mut left = Self::open(self.path())?.read()?.damage;
        left.retain(|one| one.what != Fault::HeardAside);
        Ok(RepairResult { changes, files, described, aside, left })
    }

    /// Sets aside what cannot be read of what was heard of other laptops. What it said stays unknown until bundles of
    /// all of them have come.
    fn set_aside(
        &self,
        disk: &mut dyn Disk,
        taker: WriterId,
    ) -> Result<Vec<(String, String)>, Trouble> {
        let mut aside = Vec::new();
        for file in Heard::of(self).unreadable() {
            let path = self.path().join(file);
            if !heard::is_garbled(&path) {
                continue;
            }
            let name = format!("{file}{ASIDE}{taker}");
            disk.replace(&path, &self.path().join(&name)).map_err(Trouble::writing(&path))?;
            aside.push((file.to_owned(), name));
        }
        if !aside.is_empty() {
            let home = heard::home(self);
            let _ = disk.sync_folder(if home.is_dir() { &home } else { self.path() });
        }
        Ok(aside)
    }
}

/// What the damaged lines of a file said, as far as that is certain.
fn read_again(file: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let lines: Vec<&[u8]> =
        file.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let mut last = Some(journal::FIRST_SUM);
    for (nth, line) in lines.iter().enumerate() {
        match journal::look(line) {
            JournalLine::Empty => {}
            JournalLine::Good { sum, .. } => last = Some(sum),
            JournalLine::Broken { sum, .. } => {
                let next = lines.get(nth + 1).and_then(|next| match journal::look(next) {
                    JournalLine::Good { before, .. } => Some(before),
                    _ => None,
                });
                let sums = [next, sum].into_iter().flatten();
                let json = sums.clone().find_map(|sum| one_bit(line, sum, last));
                // If it cannot be read, the next line still says which checksum it had.
                last = next;
                found.extend(json);
            }
        }
    }
    found
}

/// The content of a line that had this checksum and followed one with that checksum, if at most one of its
/// bits was flipped.
pub(super) fn one_bit(line: &[u8], sum: u32, last: Option<u32>) -> Option<Vec<u8>> {
    // A flipped line end leaves one byte too many at one end.
    let whole = [Some(line), line.get(1..), line.get(..line.len().saturating_sub(1))];
    whole.into_iter().flatten().find_map(|line| {
        let mut rest = line.get(9..)?.to_vec();
        if let Some(bit) = journal::flipped(&rest, sum)? {
            rest[bit / 8] ^= 1 << (bit % 8);
        }
        let before = std::str::from_utf8(rest.get(..8)?).ok()?;
        let before = u32::from_str_radix(before, 16).ok()?;
        let json = rest.get(9..)?;
        let is_next = last.is_none_or(|last| last == before) && rest[8] == b' ';
        let record = journal::decode(json).0.filter(|record| record.check().is_ok())?;
        let is_read = Stub::of(json).is_some_and(|stub| stub.stamp == record.stamp);
        (is_next && is_read).then(|| json.to_vec())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::cut::{Cut, CutOff};
    use super::*;
    use crate::workshop::*;

    /// A workshop with one own file and one that was taken in, each with a line in which a bit is flipped.
    fn room(home: &std::path::Path) -> Folder {
        let folder = Folder::create(&home.join("room.workshop"), &Agenda::default()).unwrap();
        let mut workshop = folder.read().unwrap().workshop;
        let mut ids = Ids::seeded(4);
        for prefix in ["", TAKEN] {
            let writer = ids.writer();
            let (mut bytes, mut last) = (Vec::new(), journal::FIRST);
            for text in ["one", "two", "three"] {
                let place = Place::new(GroupId::plenary(), TopicId::general());
                let point = CapturedPoint::new(ids.point(), place, PointKind::Fact, text);
                let change = Change::PointCaptured(point.into());
                let record = workshop.record(writer, Moment(1), [change]);
                workshop.apply(record.clone());
                last = journal::seal(last, &serde_json::to_vec(&record).unwrap(), &mut bytes);
            }
            let at = memchr::memmem::find(&bytes, b"two").unwrap();
            bytes[at] ^= 1;
            fs::write(folder.changes().join(format!("{prefix}{writer}.jsonl")), bytes).unwrap();
        }
        folder
    }

    fn texts(folder: &Folder) -> Vec<String> {
        let workshop = folder.read().unwrap().workshop;
        let mut texts: Vec<String> = workshop.points().map(|p| p.text().to_owned()).collect();
        texts.sort();
        texts
    }

    /// A file with half a repair used to be damage in itself, for ever if it was cut inside the checksum.
    #[test]
    fn wherever_a_repair_is_killed_no_point_is_there_twice_and_the_next_one_finishes() {
        let whole = ["one", "one", "three", "three", "two", "two"];
        let mut all = 0;
        for cut in (0..16).flat_map(|after| [false, true].map(|done| Cut { after, done })) {
            let home = tempfile::tempdir().unwrap();
            let folder = room(home.path());
            assert_eq!(texts(&folder).len(), 4);
            let mut disk = CutOff::at(cut);
            let repaired = folder.repair_on(&mut disk, WriterId::new(7));
            all = all.max(disk.asked().len());
            assert_eq!(repaired.is_err(), disk.asked().len() > cut.after, "{cut:?}");
            let found = texts(&folder);
            assert!(found.len() >= 4 && found.iter().all(|text| whole.contains(&&**text)));
            let left = folder.read().unwrap().damage;
            assert_eq!(left.len(), 6 - found.len(), "{cut:?}: {left:?}");
            // As a killed program leaves it.
            let passing = folder.changes().join(".repaired-00000000000e.jsonl.1-0");
            fs::write(&passing, "\n3a9").unwrap();
            let again = folder.repair(WriterId::new(8)).unwrap();
            assert_eq!(again.changes, 6 - found.len(), "{cut:?}");
            assert_eq!((again.left, texts(&folder)), (Vec::new(), whole.map(str::to_owned).into()));
            assert!(!passing.exists());
            assert_eq!(folder.repair(WriterId::new(9)).unwrap().changes, 0);
        }
        assert_eq!(all, 10, "two files were put into their places");
    }
}
