//! What other laptops said of themselves when something of theirs came in, or could not come in: how
//! many changes they have, and what is damaged there.
//!
//! It is kept in the workshop's folder, so that whoever has the folder knows what is missing in it. A
//! file of it is written by one run of the program alone, and replaced whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bundle::Header;
use super::disk::{Disk, RealDisk};
use super::holes::Hole;
use super::{Damage, Fault, Folder, Rejection, Trouble, disk, lock, place, sweep};
use crate::workshop::{GroupId, Moment, WriterId, is_id};

/// The longest file that is read.
const LONGEST: u64 = 64 << 20;

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
    /// The folder in which it was, where it is locked and no key here opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) locked_in: Option<WriterId>,
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
    /// The files that cannot be read: nobody knows what was heard in them.
    broken: Vec<Damage>,
}

impl Heard {
    /// What was heard in a folder so far.
    pub(super) fn of(folder: &Folder) -> Self {
        let mut heard = Self { is_kept: true, ..Self::default() };
        match files(&home(folder)) {
            Ok(names) => names.iter().for_each(|name| heard.read(&home(folder), name)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => heard.broken.push(broken("heard".to_owned())),
        }
        heard
    }

    fn read(&mut self, home: &Path, name: &OsStr) {
        match read(&home.join(name)) {
            Ok(said) => {
                for (replica, said) in &said {
                    let known = self.all.entry(*replica).or_default();
                    let newer = said.nth > known.nth;
                    known.join(said, newer);
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => self.broken.push(broken(format!("heard/{}", name.to_string_lossy()))),
        }
    }

    /// The files that cannot be read.
    pub(super) fn broken(&self) -> &[Damage] {
        &self.broken
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
    /// One that is locked is missed until it is gone from the folder that it was in.
    pub(super) fn note_refused(
        &mut self,
        name: &str,
        meeting: &str,
        why: &Rejection,
        locked_in: Option<&Path>,
    ) {
        let Some((replica, group)) = whose(name, meeting) else { return };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        let (refused, locked_in) = (Some(in_short(why)), locked_in.map(name_of));
        self.note(replica, &Said { group, refused, locked_in, ..known });
    }

    /// Misses no more what is locked, was in this folder and is not among the files there now.
    pub(super) fn forget_locked<'n>(
        &mut self,
        folder: &Path,
        meeting: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        let is_there: HashSet<WriterId> =
            names.filter_map(|name| Some(whose(name, meeting)?.0)).collect();
        let folder = Some(name_of(folder));
        let gone = |(replica, said): &(&WriterId, &Said)| {
            said.locked_in == folder && !is_there.contains(*replica)
        };
        let gone: Vec<(WriterId, Said)> =
            self.all.iter().filter(gone).map(|(id, said)| (*id, said.clone())).collect();
        for (replica, said) in gone {
            self.note(replica, &Said { refused: None, locked_in: None, ..said });
        }
    }

    /// Takes in what another folder of the workshop has heard.
    pub(super) fn extend(&mut self, other: &Self) {
        for (replica, said) in &other.all {
            self.note(*replica, said);
        }
    }

    /// Has the disk keep what this run learned.
    pub(super) fn keep(&mut self, folder: &Folder, taker: &str) -> Result<(), Trouble> {
        self.keep_on(&mut RealDisk, folder, taker)
    }

    fn keep_on(
        &mut self,
        disk: &mut dyn Disk,
        folder: &Folder,
        taker: &str,
    ) -> Result<(), Trouble> {
        if self.is_kept {
            return Ok(());
        }
        let home = home(folder);
        let path = home.join(format!("{taker}.json"));
        let text = serde_json::to_vec(&self.own).unwrap_or_default();
        let mut keep = || {
            if !home.exists() {
                disk.make_folders(&home)?;
                disk.sync_folder(folder.path())?;
            }
            sweep::clear(&home);
            sweep::place(disk, &path, &text)
        };
        keep().map_err(Trouble::writing(&path))?;
        self.is_kept = true;
        Ok(())
    }
}

fn home(folder: &Folder) -> PathBuf {
    folder.path().join("heard")
}

fn broken(file: String) -> Damage {
    Damage { file, line: 0, what: Fault::Heard }
}

/// The files of it by name. Hidden ones are not whole yet, or belong to the system.
fn files(home: &Path) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for found in fs::read_dir(home)? {
        let name = found?.file_name();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        if !is_hidden && Path::new(&name).extension() == Some(OsStr::new("json")) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> io::Result<BTreeMap<WriterId, Said>> {
    let mut text = Vec::new();
    disk::open_file(path)?.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(serde_json::from_slice(&text)?)
}

/// A number that is another once something new was heard.
pub(super) fn mark(folder: &Folder) -> u64 {
    let listed = fs::read_dir(home(folder)).into_iter().flatten();
    let of = |found: io::Result<fs::DirEntry>| {
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

/// What stands for a folder where its path need not be known.
fn name_of(folder: &Path) -> WriterId {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    WriterId::of(real.as_os_str().as_encoded_bytes())
}

/// Why something was not taken in, in a few words that name no file.
fn in_short(why: &Rejection) -> String {
    match why {
        Rejection::Empty | Rejection::CutShort { .. } => "it is cut short.",
        Rejection::Newer(_) => "it was made by a newer version of the program.",
        why if why.is_about_a_key() => "it is locked, and no key here opens it.",
        Rejection::Trouble(_) => "it could not be read or written.",
        _ => "it is damaged.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::cut::{Cut, CutOff};
    use super::*;
    use crate::workshop::Agenda;

    fn said(count: u64) -> Said {
        let writers = [(WriterId::new(2), count)].into();
        Said { made: Moment(count as i64), program: "1".into(), writers, ..Said::default() }
    }

    #[test]
    fn wherever_the_power_is_cut_what_was_heard_is_old_or_new() {
        let mut all = 0;
        for cut in (0..16).flat_map(|after| [false, true].map(|done| Cut { after, done })) {
            let home = tempfile::tempdir().unwrap();
            let folder = Folder::create(&home.path().join("room"), &Agenda::default()).unwrap();
            let count = || {
                let heard = Heard::of(&folder);
                assert_eq!(heard.broken(), []);
                heard.most().get(&WriterId::new(2)).copied().unwrap_or(0)
            };
            let mut disk = CutOff::at(cut);
            let mut heard = Heard::of(&folder);
            let mut kept = 0;
            for nth in 1..3 {
                heard.note(WriterId::new(1), &said(nth));
                match heard.keep_on(&mut disk, &folder, "taken-a") {
                    Ok(()) => kept = nth,
                    // As a program that was killed leaves it.
                    Err(_) => drop(fs::write(folder.path().join("heard/.taken-a.json.1-0"), "{\"")),
                }
                assert!((kept..=nth).contains(&count()), "{cut:?}");
            }
            all = all.max(disk.asked().len());
            heard.keep(&folder, "taken-a").unwrap();
            assert!(!folder.path().join("heard/.taken-a.json.1-0").exists());
            assert_eq!(count(), 2, "{cut:?}");
        }
        assert_eq!(all, 12, "a folder was made, and a file put into its place twice");
    }
}
