//! What other laptops said of themselves when something of theirs came in, or could not come in: how
//! many changes they have, and what is damaged there.
//!
//! It is kept in the workshop's folder, so that whoever has the folder knows what is missing in it. A
//! file of it is written by one run of the program alone, and replaced whole.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::Read;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::bundle::Header;
use super::holes::Hole;
use super::{Folder, Rejection, Trouble, disk, lock, place, system, whole};
use crate::workshop::{GroupId, Moment, WriterId, is_id};

/// The longest file that is read.
const LONGEST: u64 = 64 << 20;
/// The most files that are read.
const MOST: usize = 10_000;

/// What is known of one other laptop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// Of two files about one laptop, the one with the higher number came later.
    #[serde(default)]
    pub(super) nth: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<GroupId>,
    /// When it said so last, by its own clock.
    #[serde(default)]
    pub(super) made: Moment,
    /// The version of the program there; empty where a folder was taken in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) program: String,
    /// How many changes of each writer exist, as far as that laptop knows.
    #[serde(default)]
    pub(super) writers: BTreeMap<WriterId, u64>,
    /// What is damaged there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) holes: Vec<Hole>,
    /// Why the last that came from it was not taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<String>,
}

impl Said {
    /// Puts together what one laptop said at two times; `newer` says whether the other was later.
    fn join(&mut self, other: &Self, newer: bool) {
        for (writer, count) in &other.writers {
            let known = self.writers.entry(*writer).or_default();
            *known = (*known).max(*count);
        }
        if newer {
            let writers = std::mem::take(&mut self.writers);
            let group = other.group.clone().or(self.group.take());
            *self = Self { group, writers, ..other.clone() };
        }
    }
}

/// All that is known of other laptops.
#[derive(Debug, Default)]
pub(super) struct Heard {
    all: BTreeMap<WriterId, Said>,
    /// What this run learned, and whether the disk has it.
    own: BTreeMap<WriterId, Said>,
    is_kept: bool,
}

impl Heard {
    /// What was heard in a folder so far. A file that cannot be read says nothing.
    pub(super) fn of(folder: &Folder) -> Self {
        let mut heard = Self { is_kept: true, ..Self::default() };
        let Ok(listed) = std::fs::read_dir(home(folder)) else { return heard };
        for path in listed.take(MOST).filter_map(|found| Some(found.ok()?.path())) {
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let mut text = Vec::new();
            let read = disk::open_file(&path)
                .and_then(|file| file.take(LONGEST).read_to_end(&mut text))
                .map_err(|_| ())
                .and_then(|_| serde_json::from_slice(&text).map_err(|_| ()));
            let Ok(read): Result<BTreeMap<WriterId, Said>, ()> = read else { continue };
            for (replica, said) in &read {
                let known = heard.all.entry(*replica).or_default();
                let newer = said.nth > known.nth;
                known.join(said, newer);
            }
        }
        heard
    }

    /// Laptop by laptop.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&WriterId, &Said)> {
        self.all.iter()
    }

    /// How many changes of each writer are known to exist.
    pub(super) fn most(&self) -> BTreeMap<WriterId, u64> {
        let mut most = BTreeMap::new();
        for (writer, count) in self.all.values().flat_map(|said| &said.writers) {
            let known: &mut u64 = most.entry(*writer).or_default();
            *known = (*known).max(*count);
        }
        most
    }

    /// The laptop that each writer works at: of those that know it, the one that knows fewest others.
    pub(super) fn owners(&self) -> HashMap<WriterId, WriterId> {
        let mut laptops: Vec<(&WriterId, &Said)> = self.all.iter().collect();
        laptops.sort_by_key(|(_, said)| said.writers.len());
        let mut owners = HashMap::new();
        for (replica, said) in laptops {
            for writer in said.writers.keys() {
                owners.entry(*writer).or_insert(*replica);
            }
        }
        owners
    }

    /// The group that a laptop works for.
    pub(super) fn group_of(&self, replica: WriterId) -> Option<GroupId> {
        self.all.get(&replica)?.group.clone()
    }

    /// Takes note of what a laptop said.
    pub(super) fn note(&mut self, replica: WriterId, said: &Said) {
        let last = self.all.values().map(|said| said.nth).max().unwrap_or(0);
        let known = self.all.entry(replica).or_default();
        let before = known.clone();
        known.join(said, said.made >= before.made);
        known.nth = before.nth;
        if *known != before {
            known.nth = last + 1;
            self.own.insert(replica, known.clone());
            self.is_kept = false;
        }
    }

    /// The same of the header of a bundle, whether the bundle could be taken in or not.
    pub(super) fn note_header(&mut self, header: &Header, refused: Option<&Rejection>) {
        let said = Said {
            // A hand-out is made for a group by a laptop that works for another, or for none.
            group: header.group.clone(),
            made: header.made,
            program: header.program.clone(),
            writers: header.all_known(),
            holes: header.holes.clone(),
            refused: refused.map(in_short),
            ..Said::default()
        };
        self.note(header.replica, &said);
    }

    /// Takes note of a bundle of which not even the header can be read, if its name says whose it is.
    pub(super) fn note_refused(&mut self, name: &str, meeting: &str, why: &Rejection) {
        let Some((replica, group)) = whose(name, meeting) else { return };
        let made = self.all.get(&replica).map(|said| said.made).unwrap_or_default();
        let said = Said { group, made, refused: Some(in_short(why)), ..Said::default() };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        let said = Said { program: known.program, holes: known.holes, ..said };
        self.note(replica, &said);
    }

    /// Takes in what another folder of the workshop has heard.
    pub(super) fn extend(&mut self, other: &Self) {
        for (replica, said) in &other.all {
            self.note(*replica, said);
        }
    }

    /// Has the disk keep what this run learned.
    pub(super) fn keep(&mut self, folder: &Folder, taker: &str) -> Result<(), Trouble> {
        if self.is_kept {
            return Ok(());
        }
        let home = home(folder);
        system::make_folders(&home).map_err(Trouble::writing(&home))?;
        let path = home.join(format!("{taker}.json"));
        let text = serde_json::to_vec(&self.own).unwrap_or_default();
        whole::write_private(&path, &text).map_err(Trouble::writing(&path))?;
        self.is_kept = true;
        Ok(())
    }
}

fn home(folder: &Folder) -> PathBuf {
    folder.path().join("heard")
}

/// A number that is another once something new was heard.
pub(super) fn mark(folder: &Folder) -> u64 {
    let listed = std::fs::read_dir(home(folder)).into_iter().flatten().take(MOST);
    let of = |found: std::io::Result<std::fs::DirEntry>| {
        let found = found.ok()?;
        let metadata = found.metadata().ok()?;
        let stand = (found.file_name(), metadata.len(), metadata.modified().ok());
        Some(BuildHasherDefault::<DefaultHasher>::default().hash_one(stand))
    };
    listed.filter_map(of).fold(0, u64::wrapping_add)
}

/// The laptop and its group, by the name of a bundle's file of this meeting.
fn whose(name: &str, meeting: &str) -> Option<(WriterId, Option<GroupId>)> {
    let name = name.strip_prefix(&format!("{}.", place::file_name(meeting)))?;
    let name = name.strip_suffix(&format!(".{}", lock::ENDING)).unwrap_or(name);
    let stem = name.strip_suffix(&format!(".{}", super::BUNDLE_ENDING))?;
    let stem = stem.strip_suffix(".part").unwrap_or(stem);
    let (group, replica) = stem.rsplit_once('.')?;
    let group = Some(group).filter(|group| is_id(group));
    Some((replica.parse().ok()?, group.filter(|group| *group != "room").map(GroupId::from)))
}

/// Why something was not taken in, in a few words that name no file.
fn in_short(why: &Rejection) -> String {
    match why {
        Rejection::Empty | Rejection::CutShort { .. } => "it is cut short.",
        Rejection::Newer(_) => "it was made by a newer version of the program.",
        Rejection::Trouble(_) => "it could not be read or written.",
        _ => "it is damaged.",
    }
    .to_owned()
}
