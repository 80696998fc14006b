//! What other laptops reported about themselves when something of theirs came in or was refused: how
//! many changes they have, and what is damaged there.
//!
//! It is kept in the workshop's folder, so that anyone who has the folder knows what is missing in it. Each
//! of its files is written by one run of the program alone, and replaced whole.

mod file;
mod legible;
mod lost;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(super) use file::{is_garbled, read, text_of};
pub(super) use lost::{ASIDE, NotKnown};

use super::bundle::Header;
use super::disk::{Disk, RealDisk};
use super::holes::Hole;
use super::own::{self, WriterTally, WrittenHere};
use super::{Damage, Fault, Folder, Rejection, Trouble, disk, sweep};
use crate::workshop::{GroupId, Moment, PointId, READ_IN_PART, WriterId, clean, is_id};
use lost::LostFile;

/// The most laptops that are accepted from one header.
const MOST: usize = 10_000;
/// The approximate maximum length of the list of other laptops in a bundle's header, in bytes.
const LONGEST_LIST: usize = 400 << 10;
/// How many minutes there are between two bundles that came at different times.
const APART: i64 = 60;
/// The reasons why something was not taken in.
const CUT_SHORT: &str = "it is cut short.";
const EMPTY: &str = "it is empty.";
const BLANK: &str = "there is nothing but zeros in it.";
const NEWER: &str = "it was made by a newer version of the program.";
pub(super) const LOCKED: &str = "it is locked, and no key here opens it.";
const UNREAD: &str = "it could not be read or written.";
const DAMAGED: &str = "it is damaged.";
const CORRECTED: &str = "it was made from another version of the agenda.";
/// All of them; what a later version says is called damaged.
const KNOWN: [&str; 8] = [CUT_SHORT, EMPTY, BLANK, NEWER, LOCKED, UNREAD, READ_IN_PART, CORRECTED];

/// What is known of one other laptop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LaptopNews {
    /// Of two files about one laptop, the one with the higher number is later.
    #[serde(default)]
    pub(super) nth: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<GroupId>,
    /// When it last reported, by its own clock.
    #[serde(default)]
    pub(super) made: Moment,
    /// When that came in here, or where it came in first, by the clock there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) came: Option<Moment>,
    /// When others' changes there were made at the latest, if that is later than `made`: a clock is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) others_later: Option<Moment>,
    /// The same for its own changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) own_later: Option<Moment>,
    /// How many minutes after they were made, by its own clock, its last two bundles came that came at different times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) late: Vec<i64>,
    /// When the bundle was made with which this folder began, if that laptop made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) began: Option<Moment>,
    /// The version of the program there; empty if a folder was taken in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) program: String,
    /// How many changes of each writer exist, as far as that laptop knows.
    #[serde(default)]
    pub(super) writers: BTreeMap<WriterId, u64>,
    /// What is damaged there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) holes: Vec<Hole>,
    /// Why the last thing that came from it was not taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<String>,
    /// The points in it, if it is of the same meeting with another version of the agenda: they can come with a
    /// feedback file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) points: Vec<PointId>,
    /// When that was made at the latest: anything good that was made then or later has all that is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refused_at: Option<Moment>,
    /// How many bytes that had when it was good, if nothing says how many changes were in it and that can be seen.
    #[serde(default, skip_serializing_if = "crate::workshop::is_default")]
    pub(super) refused_bytes: u64,
    /// How many bytes the largest file of the laptop had that was taken in whole.
    #[serde(default, skip_serializing_if = "crate::workshop::is_default")]
    pub(super) bytes: u64,
    /// The folder in which it was, if nothing in it can be read: it is locked, or damaged from its first line
    /// on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) locked_in: Option<WriterId>,
    /// An id for the bytes of that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) locked: Option<WriterId>,
    /// An id for its name, if nothing in it says when it was made: anything newer than what had come of that
    /// laptop before has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) named: Option<WriterId>,
    /// An id for the name of that file, if the name does not say which laptop made it: then
    /// this is about no laptop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<WriterId>,
    /// An id for the last such file of a laptop, in its place and as it was written there: once something newer
    /// has come, it is not missed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) noted: Option<WriterId>,
    /// Ids for the names of its files that were taken in whole, and for each as it was written then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) whole: BTreeMap<WriterId, WriterId>,
    /// When the last bundle of each laptop was made that had come before such a file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) before: BTreeMap<WriterId, Moment>,
    /// An id for the place of the file of which only the end could be read, if that may be the bundle whose
    /// beginning was read before: not everything in that had come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) part_of: Option<WriterId>,
    /// Ids for the files of what was heard that could not be read when its latest bundle came.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) since: BTreeSet<WriterId>,
}

impl LaptopNews {
    /// Removes what no program writes: it may have come from anywhere.
    pub(super) fn tidy(&mut self) {
        self.program = clean(&self.program).into_owned();
        self.made = self.made.in_calendar();
        self.refused_at = self.refused_at.map(Moment::in_calendar);
        self.came = self.came.map(Moment::in_calendar);
        self.others_later = self.others_later.map(Moment::in_calendar);
        self.own_later = self.own_later.map(Moment::in_calendar);
        self.late.truncate(2);
        self.group = self.group.take().filter(|group| is_id(group.as_str()));
        let known = |why: &String| KNOWN.contains(&why.as_str());
        let why = self.refused.take();
        self.refused = why.map(|why| if known(&why) { why } else { DAMAGED.to_owned() });
        if self.is_locked() {
            self.named = None;
        } else if self.is_unreadable() {
            // A program up to 0.1 took the file's own time, which says nothing of what was in it.
            self.refused_at = Some(self.mark());
        }
    }

    /// Whether it is known how many changes were in what came last, even if that was refused.
    pub(super) fn has_said_how_much(&self) -> bool {
        self.refused_at.is_none_or(|at| at <= self.made)
    }

    /// Combines what one laptop reported at two times; `newer` says whether the other was later.
    fn join(&mut self, other: &Self, newer: bool) {
        for (writer, count) in &other.writers {
            let known = self.writers.entry(*writer).or_default();
            *known = (*known).max(*count);
        }
        let (began, bytes) = (self.began.or(other.began), self.bytes.max(other.bytes));
        let since = &self.since | &other.since;
        if newer {
            let writers = std::mem::take(&mut self.writers);
            let group = other.group.clone().or(self.group.take());
            *self = Self { group, writers, ..other.clone() };
        }
        (self.began, self.bytes, self.since) = (began, bytes, since);
    }
}

/// Everything that is known of other laptops.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) all: BTreeMap<WriterId, LaptopNews>,
    /// What was written in this folder itself, as far as it was counted.
    written: BTreeMap<WriterId, WrittenHere>,
    /// This laptop, if known: of itself it records only how much it wrote.
    this: Option<WriterId>,
    /// What this run learned, and whether the disk has it.
    own: BTreeMap<WriterId, LaptopNews>,
    is_kept: bool,
    /// The files that cannot be read: nobody knows what they said.
    lost: Vec<LostFile>,
    /// The same for the counts of those who wrote here and whose changes are gone too.
    uncounted: Vec<(WriterId, LostFile)>,
    /// Those that also say what only a newer version understands.
    newer: Vec<Damage>,
}

impl Heard {
    /// Reads what was heard in a folder so far.
    pub(super) fn of(folder: &Folder) -> Self {
        let mut heard = Self { is_kept: true, ..Self::default() };
        let lost = |name: String| LostFile::of(folder, name, Fault::Heard);
        match files(&home(folder)) {
            Ok(names) => {
                let unread = names.iter().filter(|name| heard.read(folder, name).is_err());
                let unread: Vec<&OsString> = unread.collect();
                let unread = unread.into_iter().map(|name| name.to_string_lossy());
                heard.lost.extend(unread.map(|name| lost(format!("heard/{name}"))));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => heard.lost.push(lost("heard".to_owned())),
        }
        heard.note_set_aside(folder);
        heard
    }

    fn read(&mut self, folder: &Folder, name: &OsStr) -> io::Result<()> {
        let path = home(folder).join(name);
        let counted = own::whose(&path);
        let file = match (read(&path), counted) {
            // A power cut can destroy it; the next program that reads the folder counts again.
            (Err(error), Some(writer)) => {
                if error.kind() != ErrorKind::NotFound {
                    self.note_uncounted(folder, &name.to_string_lossy(), writer);
                }
                return Ok(());
            }
            (Err(error), None) if error.kind() == ErrorKind::NotFound => return Ok(()),
            (file, _) => file?,
        };
        if file.has_newer {
            let file = format!("heard/{}", name.to_string_lossy());
            self.newer.push(Damage { file, line: 0, what: Fault::NewerHeard });
        }
        if let Some(writer) = counted {
            self.written.extend(own::written(writer, &file.said).map(|written| (writer, written)));
            return Ok(());
        }
        for (replica, said) in &file.said {
            let known = self.all.entry(*replica).or_default();
            let newer = said.nth > known.nth;
            known.join(said, newer);
        }
        Ok(())
    }

    /// What cannot be read of what was heard in a folder, and what only a newer version understands.
    pub(super) fn damage(&self, folder: &Folder) -> Vec<Damage> {
        let lost = self.not_known(folder).into_iter().map(|lost| lost.damage);
        lost.chain(self.newer()).collect()
    }

    /// What only a newer version understands.
    pub(super) fn newer(&self) -> impl Iterator<Item = Damage> {
        self.newer.iter().cloned()
    }

    /// Iterates over the laptops.
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

    /// The same for those who wrote in this folder itself.
    pub(super) fn most_written(&self) -> WriterTally {
        self.written.iter().map(|(writer, written)| (*writer, written.count)).collect()
    }

    /// The laptop each writer works at: as kept for what was written here, else the one that is named after it, or
    /// that knows most of it, and of those the one that knows fewest others, or is named after one of them, or
    /// works for a group. This laptop wrote nothing else.
    pub(super) fn owners(&self) -> HashMap<WriterId, WriterId> {
        let mut owners: HashMap<WriterId, WriterId> =
            self.written.iter().map(|(writer, written)| (*writer, written.laptop)).collect();
        let here: BTreeSet<WriterId> = self.written.values().map(|of| of.laptop).collect();
        let mut best = HashMap::new();
        for (replica, said) in &self.all {
            let is_here = here.contains(replica) || Some(*replica) == self.this;
            let names_it = said.writers.keys().any(|writer| own::fresh(*writer) == *replica);
            let last = (names_it, said.group.is_some());
            for (writer, count) in &said.writers {
                let is_named = own::fresh(*writer) == *replica;
                let rank = (is_named, !is_here, *count, Reverse(said.writers.len()), last);
                let known = best.entry(*writer).or_insert((rank, *replica));
                if rank > known.0 {
                    *known = (rank, *replica);
                }
            }
        }
        for (writer, (_, replica)) in best {
            owners.entry(writer).or_insert(replica);
        }
        owners
    }

    /// The group that a laptop works for.
    pub(super) fn group_of(&self, replica: WriterId) -> Option<GroupId> {
        self.all.get(&replica)?.group.clone()
    }

    /// The groups that laptops work for, if each has worked for only one.
    pub(super) fn groups(&self) -> BTreeMap<WriterId, GroupId> {
        let mut own: BTreeMap<WriterId, BTreeSet<&GroupId>> = BTreeMap::new();
        for of in self.written.values() {
            own.entry(of.laptop).or_default().extend(&of.group);
        }
        let own = own.into_iter().filter(|(_, groups)| groups.len() == 1);
        let own = own.flat_map(|(laptop, groups)| groups.into_iter().map(move |of| (laptop, of)));
        let heard = self.all.iter().filter_map(|(id, said)| Some((*id, said.group.as_ref()?)));
        own.chain(heard).map(|(laptop, group)| (laptop, group.clone())).collect()
    }

    /// Sets which laptop this is.
    pub(super) fn works_as(&mut self, replica: WriterId) {
        self.this = Some(replica);
    }

    /// Notes what a laptop reported.
    pub(super) fn note(&mut self, replica: WriterId, said: &LaptopNews) {
        let known = self.all.get(&replica).map(|known| known.made);
        self.hear(replica, said, known.is_none_or(|known| said.as_of() >= known));
    }

    /// Notes what one laptop reported about another. The reason why it did not take something in may
    /// not matter here, so it counts only if it is news.
    fn pass_on(&mut self, replica: WriterId, said: &LaptopNews) {
        let known = self.all.get(&replica).map(LaptopNews::as_of);
        self.hear(replica, said, known.is_none_or(|known| said.as_of() > known));
    }

    pub(super) fn learn(&mut self, replica: WriterId, said: &LaptopNews, newer: bool) {
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

    /// The same for the header of a bundle that came at this time, whether the bundle could be taken in or
    /// not.
    pub(super) fn note_header(
        &mut self,
        header: &Header,
        came: Option<Moment>,
        refused: Option<&Rejection>,
    ) {
        let said = LaptopNews {
            // A hand-out is made for a group by a laptop that works for another, or for none.
            group: header.group.clone(),
            made: header.made,
            came: came.filter(|_| refused.is_none()),
            others_later: header.others_later,
            own_later: header.own_later,
            late: self.how_late(header, came),
            program: header.program.clone(),
            writers: header.all_known(),
            holes: header.holes.clone(),
            refused: refused.map(in_short),
            refused_at: refused.map(|_| header.made),
            ..LaptopNews::default()
        };
        self.note(header.replica, &said);
        for (replica, said) in header.heard.iter().take(MOST) {
            self.pass_on(*replica, said);
        }
    }

    /// How late the last two bundles of a laptop came, with one that comes now.
    fn how_late(&self, header: &Header, came: Option<Moment>) -> Vec<i64> {
        let known = self.all.get(&header.replica);
        let mut late = known.map(|known| known.late.clone()).unwrap_or_default();
        let Some(came) = came.filter(|_| known.is_none_or(|known| header.made > known.made)) else {
            return late;
        };
        // What comes along with the one before says nothing more.
        let last = known.and_then(|known| known.came);
        if last.is_some_and(|last| came < last.plus_minutes(APART)) {
            late.pop();
        }
        late.push(came.0.saturating_sub(header.made.0) / 60_000);
        late.drain(..late.len().saturating_sub(2));
        late
    }

    /// Notes that changes of a laptop have come in at this time, whatever its own clock says.
    pub(super) fn note_arrival(&mut self, replica: WriterId, came: Moment) {
        if let Some(known) = self.all.get(&replica).cloned() {
            self.learn(replica, &LaptopNews { came: Some(came), ..known }, true);
        }
    }

    /// Notes that this folder began with a bundle of this laptop.
    pub(super) fn note_beginning(&mut self, replica: WriterId, made: Moment) {
        if let Some(known) = self.all.get(&replica).cloned() {
            self.learn(replica, &LaptopNews { began: Some(made), ..known }, true);
        }
    }

    /// What time it is at least by the clock of the laptop with whose bundle this folder began, if the `first`
    /// change here was made before that bundle by the clock here: then that is slow.
    pub(super) fn true_time(&self, first: Option<Moment>, now: Moment) -> Option<Moment> {
        let began = self.all.values().filter_map(|said| said.began).max()?;
        let slow = began.0.saturating_sub(first?.0);
        (slow > 0).then(|| Moment(now.0.saturating_add(slow)).in_calendar())
    }

    /// The latest time at which another laptop is known to have made something, by its own clock.
    pub(super) fn last_made(&self, but: WriterId) -> Option<Moment> {
        let others = self.all.iter().filter(|(replica, _)| **replica != but);
        others.map(|(_, said)| said.made).max()
    }

    /// What is known of laptops other than the one that packs a bundle, for its header: if there are too
    /// many, those heard of most recently.
    pub(super) fn others(&self, packs: WriterId) -> BTreeMap<WriterId, LaptopNews> {
        let mut all = self.all.clone();
        for (writer, written) in &self.written {
            let said = all.entry(written.laptop).or_default();
            said.writers.insert(*writer, written.count);
            said.group = said.group.take().or_else(|| written.group.clone());
        }
        all.remove(&packs);
        all.retain(|_, said| said.file.is_none());
        all.values_mut().for_each(LaptopNews::pass_along);
        let mut all: Vec<(WriterId, LaptopNews)> = all.into_iter().collect();
        all.sort_by_key(|(_, said)| Reverse(said.made));
        let mut room = LONGEST_LIST;
        let fits = |(_, said): &(WriterId, LaptopNews)| {
            let length = serde_json::to_vec(said).map_or(LONGEST_LIST, |text| text.len());
            room = room.saturating_sub(length);
            room > 0
        };
        let listed = all.into_iter().take_while(fits);
        listed.map(|(replica, said)| (replica, LaptopNews { nth: 0, ..said })).collect()
    }

    /// The laptops at which these writers work and their groups, for a bundle's header that reports damage of theirs
    /// or changes that never came: other laptops call them what this one does. `said` has how many changes of each
    /// writer it says there are.
    pub(super) fn named_laptops(
        &self,
        writers: &BTreeSet<WriterId>,
        said: &WriterTally,
    ) -> BTreeMap<WriterId, LaptopNews> {
        if writers.is_empty() {
            return BTreeMap::new();
        }
        let (owners, groups) = (self.owners(), self.groups());
        let laptops: BTreeSet<WriterId> =
            writers.iter().filter_map(|writer| owners.get(writer)).copied().collect();
        let news = |laptop: WriterId| {
            let of_it = owners.iter().filter(|(_, owner)| **owner == laptop);
            let count = |writer| said.get(writer).copied().unwrap_or(0);
            let writers = of_it.map(|(writer, _)| (*writer, count(writer))).collect();
            let group = groups.get(&laptop).cloned();
            (laptop, LaptopNews { group, writers, ..LaptopNews::default() })
        };
        laptops.into_iter().map(news).collect()
    }

    /// Saves how many changes were written here, from all that was read to pack a bundle.
    pub(super) fn keep_written(
        &mut self,
        folder: &Folder,
        (laptop, group): (WriterId, Option<&GroupId>),
        counts: WriterTally,
    ) {
        let news = own::news(counts.into_iter(), &self.written);
        own::keep(folder, (laptop, group), &news);
        for (writer, count) in news {
            let written = WrittenHere { laptop, group: group.cloned(), count };
            self.written.entry(writer).or_insert(written).count = count;
        }
    }

    /// Takes in what another folder of the workshop has heard.
    pub(super) fn extend(&mut self, other: &Self) {
        for (replica, said) in &other.all {
            let mut said = said.clone();
            if !said.is_locked() {
                said.pass_along();
            }
            self.note(*replica, &said);
        }
        for (writer, WrittenHere { laptop, group, count }) in &other.written {
            let (group, writers) = (group.clone(), [(*writer, *count)].into());
            let said = LaptopNews { group, writers, ..LaptopNews::default() };
            self.note(*laptop, &said);
        }
    }

    /// Saves what this run learned to the disk.
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
        let text = text_of(&self.own);
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

/// The names of its files. Hidden ones are not whole yet, or belong to the system.
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

/// A number that changes whenever something new is heard of other laptops.
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

/// Why something was not taken in, in a few words that name no file.
pub(super) fn in_short(why: &Rejection) -> String {
    match why {
        Rejection::Empty => EMPTY,
        Rejection::Blank => BLANK,
        Rejection::CutShort { .. } => CUT_SHORT,
        Rejection::Newer(_) => NEWER,
        Rejection::Corrected { .. } => CORRECTED,
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

    /// It was the one whose name came first, often the laptop that only passed the changes on.
    #[test]
    fn a_writer_works_at_the_laptop_that_knows_most_of_it() {
        for (writes, passes) in [(1, 9), (9, 1)].map(|(a, b)| (WriterId::new(a), WriterId::new(b)))
        {
            let mut heard = Heard::default();
            heard.note(writes, &said(2));
            heard.note(passes, &said(1));
            assert_eq!(heard.owners().get(&WriterId::new(2)), Some(&writes));
        }
        let laptop = own::fresh(WriterId::new(2));
        for other in (3..20).map(WriterId::new) {
            let mut heard = Heard::default();
            heard.note(laptop, &said(1));
            heard.note(other, &said(1));
            assert_eq!(heard.owners().get(&WriterId::new(2)), Some(&laptop));
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
                assert_eq!(heard.damage(&folder), []);
                heard.most().get(&WriterId::new(2)).copied().unwrap_or(0)
            };
            let mut disk = CutOff::at(cut);
            let mut heard = Heard::of(&folder);
            let mut kept = 0;
            for nth in 1..3 {
                heard.note(WriterId::new(1), &said(nth));
                match heard.keep_on(&mut disk, &folder, "taken-a") {
                    Ok(()) => kept = nth,
                    // As a killed program leaves it.
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
