//! What can be read again of damaged lines: it goes to a file of its own, and no other file is changed.
//!
//! A line's checksum is in the line itself and in the next one. Where only one bit of a line was flipped,
//! the checksum says which.

use std::collections::HashSet;
use std::io::Read;

use super::disk::RealDisk;
use super::gaps::{broken, is_own};
use super::holes::Known;
use super::journal::{self, Line};
use super::ledger::Stub;
use super::pen::Pen;
use super::tail::TAKEN;
use super::trouble::why;
use super::{Damage, Folder, Trouble, disk};
use crate::workshop::WriterId;

/// The longest file that is looked through.
const LARGEST: u64 = 1 << 30;
/// What the files begin with that hold what was read again.
const REPAIRED: &str = "repaired-";

/// What a repair came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// How many changes were read again.
    pub changes: usize,
    /// The files they are in now.
    pub files: Vec<String>,
    /// What is broken still.
    pub left: Vec<Damage>,
}

impl Folder {
    /// Reads damaged lines again where their checksums say what they were. `taker` names the files
    /// that are written, and has to be new.
    pub fn repair(&self, taker: WriterId) -> Result<Repaired, Trouble> {
        let damage = self.read()?.damage;
        let known = Known::of(self);
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
        let changes = own.len() + taken.len();
        let mut files = Vec::new();
        for (prefix, lines) in [(REPAIRED, own), (TAKEN, taken)] {
            if lines.is_empty() {
                continue;
            }
            let stem = format!("{prefix}{taker}");
            let mut pen = Pen::new(Box::new(RealDisk), self.changes(), stem.clone());
            pen.write(lines.iter().map(Vec::as_slice))
                .map_err(|failed| Trouble::Unwritable(self.changes(), why(&failed.error)))?;
            files.push(format!("changes/{stem}.jsonl"));
        }
        Ok(Repaired { changes, files, left: self.read()?.damage })
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
            Line::Empty => {}
            Line::Good { sum, .. } => last = Some(sum),
            Line::Broken { sum, .. } => {
                let next = lines.get(nth + 1).and_then(|next| match journal::look(next) {
                    Line::Good { before, .. } => Some(before),
                    _ => None,
                });
                let sums = [next, sum].into_iter().flatten();
                let json = sums.clone().find_map(|sum| one_bit(line, sum, last));
                // Where it cannot be read, what follows still says which checksum it had.
                last = next;
                found.extend(json);
            }
        }
    }
    found
}

/// What a line says that had this checksum and comes after one of that, if at most one bit of it was
/// flipped.
fn one_bit(line: &[u8], sum: u32, last: Option<u32>) -> Option<Vec<u8>> {
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
