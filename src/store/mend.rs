//! What happens to damaged lines when words are purged: they may have those words too.
//!
//! Lines whose records are whole on other lines are removed before the purge changes those: afterwards no
//! checksum would show any more that nothing is missing. In the others what was purged is made
//! illegible, as far as it can be recognised.

use std::collections::HashSet;

use super::gaps::{broken, holes_in};
use super::holes::{KnownRecords, stamp_in};
use super::journal::{HEAD, LineRepair, Wreck};
use super::{
    Folder, Trouble, disk, disk::Disk, journal, ledger::Stub, repair::one_bit, sweep, system,
    tail::Tail,
};
use crate::workshop::Purges;

/// What replaces a letter that must no longer be readable.
const ILLEGIBLE: u8 = b'#';
/// What precedes all of people's words on a line.
const CHANGES: &[u8] = b"\"changes\":";

/// Removes the damaged lines whose records are here on other lines. Returns the files in which such
/// lines are left because somebody is writing them.
pub(super) fn mend(folder: &Folder, disk: &mut dyn Disk) -> Result<Vec<String>, Trouble> {
    let mut tail = Tail::new(folder);
    let mut damage = tail.scan(&|_| false, &mut |_, _| None);
    damage.extend(tail.torn());
    let files = broken(&damage);
    let mut left = Vec::new();
    if files.is_empty() {
        return Ok(left);
    }
    let known = KnownRecords::of(folder);
    for file in files {
        let path = folder.path().join(file);
        let held = disk::open_held(&path);
        let closed = holes_in(folder, file).into_iter().filter(|hole| known.closes(hole));
        let closed: Vec<(u64, u64)> = closed.map(|hole| hole.at).collect();
        if closed.is_empty() {
            continue;
        }
        let Ok(held) = held else {
            left.push(file.to_owned());
            continue;
        };
        let bytes = sweep::all(&held).map_err(Trouble::reading(&path))?;
        let mended = journal::rejoin(&bytes, &closed);
        match sweep::place_over(disk, held, &path, &mended) {
            // Another program opened it at that moment.
            Err(error) if system::is_about_use(&error) => left.push(file.to_owned()),
            placed => placed.map_err(Trouble::writing(&path))?,
        }
    }
    Ok(left)
}

/// What is left of a damaged line after a purge of these `words`; `None` if nobody can say what
/// was on it.
pub(super) fn blank(
    purges: &Purges,
    words: &HashSet<String>,
    wreck: &Wreck<'_>,
) -> Option<LineRepair> {
    let line = wreck.line;
    let own = match journal::look(line) {
        journal::JournalLine::Broken { sum, .. } => sum,
        _ => None,
    };
    let mut sums = wreck.last.and(Some([wreck.next, own])).into_iter().flatten().flatten();
    if let Some(json) = sums.find_map(|sum| one_bit(line, sum, wreck.last)) {
        let stub = Stub::of(&json)?;
        let (kept, as_it_is) = (purges.line(stub.stamp, &json), LineRepair::Bytes(line.to_vec()));
        let is_purged = purges.touches(stub.stamp);
        let mended = if is_purged { LineRepair::Line(kept.into_owned()) } else { as_it_is };
        return Some(mended);
    }
    let quoted = |word: &String| serde_json::to_vec(word).unwrap_or_default();
    let is_purged = stamp_in(line).is_some_and(|stamp| purges.touches(stamp))
        || words.iter().any(|word| memchr::memmem::find(line, &quoted(word)).is_some());
    is_purged.then(|| {
        // A gap is closed by knowing whose line it is and when it was written.
        let from = memchr::memmem::find(line, CHANGES).map_or(HEAD, |at| at + CHANGES.len());
        let mut bytes = line.to_vec();
        bytes.iter_mut().skip(from).for_each(|byte| *byte = ILLEGIBLE);
        LineRepair::Bytes(bytes)
    })
}
