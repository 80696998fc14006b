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
use super::own::{self, WriterTally, WrittenHere};
use super::shared::BEFORE;
use super::{Damage, Fault, Folder, Rejection, Trouble, disk, lock, place, sweep};
use crate::workshop::{GroupId, Moment, WriterId, clean, is_id};

/// The longest file that is read.
const LONGEST: u64 = 64 << 20;
/// The most laptops that are taken from one header.
const MOST: usize = 10_000;
/// How long the list of other laptops in a bundle's header is at most, about, in bytes.
const LONGEST_LIST: usize = 400 << 10;
/// The reasons why something was not taken in.
const CUT_SHORT: &str = "it is cut short.";
const NEWER: &str = "it was made by a newer version of the program.";
const LOCKED: &str = "it is locked, and no key here opens it.";
const UNREAD: &str = "it could not be read or written.";
const DAMAGED: &str = "it is damaged.";

/// What is known of one other laptop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LaptopNews {
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

impl LaptopNews {
    /// Takes out of it what no program writes: it may have come from anywhere.
    pub(super) fn tidy(&mut self) {
        self.program = clean(&self.program).into_owned();
        self.made = self.made.in_calendar();
        self.group = self.group.take().filter(|group| is_id(group.as_str()));
        let known = |why: &String| [CUT_SHORT, NEWER, LOCKED, UNREAD].contains(&why.as_str());
        let why = self.refused.take();
        self.refused = why.map(|why| if known(&why) { why } else { DAMAGED.to_owned() });
    }

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
    all: BTreeMap<WriterId, LaptopNews>,
    /// What was written in this folder itself, as far as it was counted.
    written: BTreeMap<WriterId, WrittenHere>,
    /// This laptop, where that is known: of itself it hears nothing but how much it wrote.
    this: Option<WriterId>,
    /// What this run learned, and whether the disk has it.
    own: BTreeMap<WriterId, LaptopNews>,
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
        let path = home.join(name);
        let counted = own::whose(&path);
        match (read(&path), counted) {
            (Ok(said), Some(writer)) => {
                self.written.extend(own::written(writer, &said).map(|written| (writer, written)));
            }
            // A power cut can take it; it is counted again by whoever reads the folder next.
            (Err(_), Some(_)) => {}
            (Ok(said), None) => {
                for (replica, said) in &said {
                    let known = self.all.entry(*replica).or_default();
                    let newer = said.nth > known.nth;
                    known.join(said, newer);
                }
            }
            (Err(error), None) if error.kind() == ErrorKind::NotFound => {}
            (Err(_), None) => self.broken.push(broken(format!("heard/{}", name.to_string_lossy()))),
        }
    }

    /// The files that cannot be read.
    pub(super) fn broken(&self) -> &[Damage] {
        &self.broken
    }

    /// Laptop by laptop.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&WriterId, &LaptopNews)> {
        self.all.iter()
    }

    /// What was written in this folder itself, as far as it was counted.
    pub(super) fn written(&self) -> &BTreeMap<WriterId, WrittenHere> {
        &self.written
    }

    /// How many changes of each writer are known to exist.
    pub(super) fn most(&self) -> WriterTally {
        let mut most = self.most_written();
        for (writer, count) in self.all.values().flat_map(|said| &said.writers) {
            let known: &mut u64 = most.entry(*writer).or_default();
            *known = (*known).max(*count);
        }
        most
    }

    /// The same of those who wrote in this folder itself.
    pub(super) fn most_written(&self) -> WriterTally {
        self.written.iter().map(|(writer, written)| (*writer, written.count)).collect()
    }

    /// The laptop that each writer works at: for what was written in this folder it is kept; of those that know it, the one that knows fewest others.
    pub(super) fn owners(&self) -> HashMap<WriterId, WriterId> {
        let mut laptops: Vec<(&WriterId, &LaptopNews)> = self.all.iter().collect();
        laptops.sort_by_key(|(_, said)| said.writers.len());
        let mut owners: HashMap<WriterId, WriterId> =
            self.written.iter().map(|(writer, written)| (*writer, written.laptop)).collect();
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

    /// This is the laptop that hears.
    pub(super) fn works_as(&mut self, replica: WriterId) {
        self.this = Some(replica);
    }

    /// Takes note of what a laptop said.
    pub(super) fn note(&mut self, replica: WriterId, said: &LaptopNews) {
        let known = self.all.get(&replica).map(|known| known.made);
        self.learn(replica, said, known.is_none_or(|known| said.made >= known));
    }

    /// Takes note of what one laptop said of another. Why something of it was not taken in there may
    /// be no trouble here, so it counts only if it is news.
    fn pass_on(&mut self, replica: WriterId, said: &LaptopNews) {
        let known = self.all.get(&replica).map(|known| known.made);
        self.learn(replica, said, known.is_none_or(|known| said.made > known));
    }

    fn learn(&mut self, replica: WriterId, said: &LaptopNews, newer: bool) {
        let own = Some(replica) == self.this;
        let counts =
            own.then(|| LaptopNews { writers: said.writers.clone(), ..LaptopNews::default() });
        let said = counts.as_ref().unwrap_or(said);
        let last = self.all.values().map(|said| said.nth).max().unwrap_or(0);
        let known = self.all.entry(replica).or_default();
        let before = known.clone();
        known.join(said, newer);
        known.nth = before.nth;
        if *known != before {
            known.nth = last + 1;
            self.own.insert(replica, known.clone());
            self.is_kept = false;
        }
    }

    /// The same of the header of a bundle, whether the bundle could be taken in or not.
    pub(super) fn note_header(&mut self, header: &Header, refused: Option<&Rejection>) {
        let said = LaptopNews {
            // A hand-out is made for a group by a laptop that works for another, or for none.
            group: header.group.clone(),
            made: header.made,
            program: header.program.clone(),
            writers: header.all_known(),
            holes: header.holes.clone(),
            refused: refused.map(in_short),
            ..LaptopNews::default()
        };
        self.note(header.replica, &said);
        for (replica, said) in header.heard.iter().take(MOST) {
            self.pass_on(*replica, said);
        }
    }

    /// What is known of other laptops than the one that packs a bundle, for its header: those that were
    /// heard of last where they are too many.
    pub(super) fn others(&self, packs: WriterId) -> BTreeMap<WriterId, LaptopNews> {
        let mut all = self.all.clone();
        for (writer, written) in &self.written {
            all.entry(written.laptop).or_default().writers.insert(*writer, written.count);
        }
        all.remove(&packs);
        let mut all: Vec<(WriterId, LaptopNews)> = all.into_iter().collect();
        all.sort_by_key(|(_, said)| std::cmp::Reverse(said.made));
        let mut room = LONGEST_LIST;
        let fits = |(_, said): &(WriterId, LaptopNews)| {
            let length = serde_json::to_vec(said).map_or(LONGEST_LIST, |text| text.len());
            room = room.saturating_sub(length);
            room > 0
        };
        let listed = all.into_iter().take_while(fits);
        listed.map(|(replica, said)| (replica, LaptopNews { nth: 0, ..said })).collect()
    }

    /// Keeps how many changes were written here, by all that was read to pack a bundle.
    pub(super) fn keep_written(&mut self, folder: &Folder, laptop: WriterId, counts: WriterTally) {
        let news = own::news(counts.into_iter(), &self.written);
        own::keep(folder, laptop, &news);
        for (writer, count) in news {
            self.written.entry(writer).or_insert(WrittenHere { laptop, count }).count = count;
        }
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
        // When it was made cannot be read, but it was not the last that came in: taking that one in
        // again must not count as this one.
        let is_first = known.refused.is_none() && locked_in.is_none();
        let made = Moment(known.made.0.saturating_add(i64::from(is_first)));
        self.note(replica, &LaptopNews { group, made, refused, locked_in, ..known });
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
        let gone = |(replica, said): &(&WriterId, &LaptopNews)| {
            said.locked_in == folder && !is_there.contains(*replica)
        };
        let gone: Vec<(WriterId, LaptopNews)> =
            self.all.iter().filter(gone).map(|(id, said)| (*id, said.clone())).collect();
        for (replica, said) in gone {
            self.note(replica, &LaptopNews { refused: None, locked_in: None, ..said });
        }
    }

    /// Takes in what another folder of the workshop has heard.
    pub(super) fn extend(&mut self, other: &Self) {
        for (replica, said) in &other.all {
            self.note(*replica, said);
        }
        for (writer, WrittenHere { laptop, count }) in &other.written {
            let said = LaptopNews { writers: [(*writer, *count)].into(), ..LaptopNews::default() };
            self.note(*laptop, &said);
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

/// Where it is kept.
pub(super) fn home(folder: &Folder) -> PathBuf {
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

/// What a file says of laptops.
pub(super) fn read(path: &Path) -> io::Result<BTreeMap<WriterId, LaptopNews>> {
    let mut text = Vec::new();
    disk::open_file(path)?.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut read: BTreeMap<WriterId, LaptopNews> = serde_json::from_slice(&text)?;
    read.values_mut().for_each(LaptopNews::tidy);
    Ok(read)
}

/// A number that is another once something new was heard of other laptops.
pub(super) fn mark(folder: &Folder) -> u64 {
    let listed = fs::read_dir(home(folder)).into_iter().flatten();
    let of = |found: io::Result<fs::DirEntry>| {
        let found = found.ok().filter(|found| own::whose(&found.path()).is_none())?;
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
    let stem = stem.strip_suffix(BEFORE).unwrap_or(stem);
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
        Rejection::Empty | Rejection::CutShort { .. } => CUT_SHORT,
        Rejection::Newer(_) => NEWER,
        why if why.is_about_a_key() => LOCKED,
        Rejection::Trouble(_) => UNREAD,
        _ => DAMAGED,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::cut::{Cut, CutOff};
    use super::*;
    use crate::workshop::Agenda;

    fn said(count: u64) -> LaptopNews {
        let writers = [(WriterId::new(2), count)].into();
        LaptopNews {
            made: Moment(count as i64),
            program: "1".into(),
            writers,
            ..LaptopNews::default()
        }
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
