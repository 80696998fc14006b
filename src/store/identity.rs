//! Which workshop the changes in a folder belong to.

use std::{ffi::OsString, fs, io, io::Read, path::Path};

use super::tail::segments;
use super::{disk, journal, journal::Position};
use crate::workshop::{Record, WorkshopId};

/// How much of a file is looked at to find its first line.
const LONGEST_AGENDA: u64 = 8 << 20;
/// How many letters of an id must be right for it to be taken for a damaged one: half of them. No two
/// workshops have so many in common.
const RIGHT: usize = 6;

/// The workshops that the first records of these files found, each once.
pub(super) fn founded(path: &Path, files: &[(OsString, fs::Metadata)]) -> Vec<WorkshopId> {
    let changes = path.join("changes");
    let mut foundings: Vec<Record> =
        files.iter().filter_map(|(name, _)| founding(&changes.join(name)).ok()?).collect();
    foundings.sort_by_key(|record| record.stamp);
    let mut ids: Vec<WorkshopId> = foundings.iter().filter_map(journal::workshop_of).collect();
    ids.dedup();
    ids
}

/// The workshop that the changes are of, if this id is not any in them and only a damaged form of that one.
pub(super) fn instead_of(path: &Path, id: WorkshopId) -> Option<WorkshopId> {
    let changes = path.join("changes");
    if changes.join(format!("{id}.jsonl")).exists() {
        return None;
    }
    let files = segments(&changes).ok()?;
    // The file of the agenda bears the id even if the agenda in it is damaged.
    let named =
        files.iter().filter_map(|(name, _)| Path::new(name).file_stem()?.to_str()?.parse().ok());
    let mut found: Vec<WorkshopId> = founded(path, &files).into_iter().chain(named).collect();
    if found.contains(&id) {
        return None;
    }
    found.sort_unstable();
    found.dedup();
    let is_near = |other: &WorkshopId| {
        let (id, other) = (id.to_string(), other.to_string());
        id.bytes().zip(other.bytes()).filter(|(one, two)| one == two).count() >= RIGHT
    };
    let mut near = found.into_iter().filter(is_near);
    near.next().filter(|_| near.next().is_none())
}

/// The first record of a file, if it founds a workshop.
pub(super) fn founding(path: &Path) -> io::Result<Option<Record>> {
    let mut file = disk::open_file(path)?.take(LONGEST_AGENDA);
    let mut first = None;
    journal::read_lines(&mut file, &mut Position::default(), |_, line| {
        if let (None, Ok(json)) = (&first, line) {
            first = Some(journal::decode(json).0);
        }
    })?;
    Ok(first.flatten().filter(|record| journal::workshop_of(record).is_some()))
}
