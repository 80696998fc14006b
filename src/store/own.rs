//! How many changes were written in a workshop's folder itself, so that it is noticed if any of them go.
//!
//! A damaged line shows. A file that was deleted, or that ends earlier than it did, does not: so the
//! count of each writer is kept in the folder too, in `heard/own-<writer>.json`, with the name of the
//! laptop it wrote at. Counts only grow. They are saved during a run, which may be killed at any time.

use std::{collections::BTreeMap, path::Path};

use super::heard::{LaptopNews, home, read, text_of};
use super::{ExchangeMemory, Folder, LoadedWorkshop, gaps::writer_of, system, whole};
use crate::workshop::{Change, GroupId, Record, WriterId};

/// How the names of the files with such counts begin.
const OWN: &str = "own-";

/// How many changes of each writer there are.
pub(super) type WriterTally = BTreeMap<WriterId, u64>;

/// What one such file says of a writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenHere {
    /// The laptop at which it was written.
    pub(super) laptop: WriterId,
    /// The group that laptop worked for at the time.
    pub(super) group: Option<GroupId>,
    pub(super) count: u64,
}

/// Whether a record is counted. The agenda is noticed as missing by itself, and the id of the writer that
/// lists the participants must not get about, because it follows from the list.
pub(super) fn is_counted(record: &Record) -> bool {
    let founds = |change: &Change| matches!(change, Change::Founded(_));
    !record.lists_participants() && !record.changes.iter().any(founds)
}

/// The writer that a file of counts is about, by the file's name.
pub(super) fn whose(path: &Path) -> Option<WriterId> {
    path.file_stem()?.to_str()?.strip_prefix(OWN)?.parse().ok()
}

/// What such a file says.
pub(super) fn written(
    writer: WriterId,
    said: &BTreeMap<WriterId, LaptopNews>,
) -> Option<WrittenHere> {
    let (laptop, said) = said.first_key_value()?;
    let count = said.writers.get(&writer).copied().unwrap_or(0);
    Some(WrittenHere { laptop: *laptop, group: said.group.clone(), count })
}

/// Saves the counts that are higher than those saved already. If they cannot be written, as on a read-only
/// stick, the program works all the same.
pub(super) fn keep(
    folder: &Folder,
    (laptop, group): (WriterId, Option<&GroupId>),
    counts: &WriterTally,
) {
    let home = home(folder);
    for (writer, count) in counts {
        let path = home.join(format!("{OWN}{writer}.json"));
        let known = read(&path).ok().and_then(|file| written(*writer, &file.said));
        if known.as_ref().is_some_and(|known| known.count >= *count) {
            continue;
        }
        // In a copied folder, what another laptop wrote stays that laptop's.
        let group = group.cloned();
        let (laptop, group) = match known {
            Some(known) if known.laptop != laptop => (known.laptop, known.group),
            _ => (laptop, group),
        };
        let writers = [(*writer, *count)].into();
        let said = LaptopNews { group, writers, ..LaptopNews::default() };
        let text = text_of(&BTreeMap::from([(laptop, said)]));
        let _ = system::make_folders(&home).and_then(|()| whole::write_soon(&path, &text));
    }
}

/// Saves how many changes one writer's run wrote, under the name of this laptop.
pub(super) fn keep_run(folder: &Folder, state: &Path, writer: WriterId, counts: &WriterTally) {
    if !counts.is_empty() {
        let (laptop, group) = this_laptop(folder, state, writer);
        keep(folder, (laptop, group.as_ref()), counts);
    }
}

/// The name of this laptop, which `writer` gives it if it has none yet, and the group it works for.
pub(super) fn this_laptop(
    folder: &Folder,
    state: &Path,
    writer: WriterId,
) -> (WriterId, Option<GroupId>) {
    let memory = ExchangeMemory::settled(state, folder, fresh(writer));
    (memory.replica, memory.group)
}

/// A name for a laptop that has none yet: the first run to write there gives it.
pub(super) fn fresh(writer: WriterId) -> WriterId {
    WriterId::of(writer.to_string().as_bytes())
}

/// The counts that nobody has saved yet, from all that is `here` of those who wrote in this folder.
pub(super) fn news(
    here: impl Iterator<Item = (WriterId, u64)>,
    kept: &BTreeMap<WriterId, WrittenHere>,
) -> WriterTally {
    here.filter(|(writer, count)| kept.get(writer).is_none_or(|kept| kept.count < *count)).collect()
}

impl Folder {
    /// Saves how many changes were written in this folder, once the `writer` of this run has read it
    /// whole. This also counts what a killed run wrote.
    pub fn keep_counts(&self, loaded: &LoadedWorkshop, state: &Path, writer: WriterId) {
        let mut counts = loaded.uncounted.clone();
        // Even if nothing in a file can be read, it is known at which laptop it was written.
        for one in loaded.damage.iter().filter_map(|one| writer_of(&one.file)) {
            counts.entry(one).or_default();
        }
        keep_run(self, state, writer, &counts);
    }
}
