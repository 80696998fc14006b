//! Bundles that were not taken in and of which not even the header can be read.
//!
//! One of a laptop counts as missing until something comes of that laptop that has all of it, wherever from: removing
//! or replacing it brings nothing. A damaged one was made after all that had come before, a locked one before its file
//! was last written. A locked one is not missed once it is opened; one that no laptop is named after, once it is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::{fs, path::Path};

use super::bundle::Header;
use super::gaps::{WriterCounts, laptop};
use super::heard::{Heard, LOCKED, LaptopNews, in_short};
use super::{Rejection, lock, place, shared::BEFORE};
use crate::workshop::{GroupId, Moment, PointId, WriterId, is_id};

/// The file of a bundle in which nothing could be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct RefusedBundle<'p> {
    pub(super) name: &'p str,
    pub(super) path: &'p Path,
    pub(super) bytes: &'p [u8],
    /// When it was made, if that can be read after all.
    pub(super) made: Option<Moment>,
    /// What time it is, if known.
    pub(super) now: Option<Moment>,
}

impl LaptopNews {
    /// Up to when it is known what the laptop did, whether that came in or not.
    pub(super) fn as_of(&self) -> Moment {
        self.refused_until().unwrap_or_default().max(self.made)
    }

    /// When the file that was refused was made at the latest.
    fn refused_until(&self) -> Option<Moment> {
        self.refused.as_ref()?;
        Some(self.refused_at.unwrap_or(self.made))
    }

    /// Whether the file that was refused is locked.
    pub(super) fn is_locked(&self) -> bool {
        self.locked_in.is_some() && self.refused.as_deref() == Some(LOCKED)
    }

    /// Whether the file that was refused was a laptop's, damaged so that nothing in it can be read.
    pub(super) fn is_unreadable(&self) -> bool {
        self.refused.is_some() && self.named.is_some() && self.file.is_none() && !self.is_locked()
    }

    /// What came of the laptop from this moment on is newer than what had come of it before.
    pub(super) fn mark(&self) -> Moment {
        Moment(self.made.0.saturating_add(1))
    }

    /// From which minute on a bundle of the laptop has all that was in the file that was refused, and how many bytes
    /// it then has at least; `None` if that cannot be known, because nothing else had come of the laptop.
    pub(super) fn packed_since(&self) -> Option<(Moment, u64)> {
        if let Some(at) = self.refused_at.filter(|_| self.locked_in.is_none()) {
            return Some((at.minute(), 0));
        }
        let bytes = self.refused_bytes;
        // Something read in part counts as a thousandth of a second later than what came before.
        if self.made.0 > 1 {
            return Some((self.made.minute().plus_minutes(1), bytes));
        }
        (bytes > 0).then_some((Moment::default(), bytes))
    }

    fn forgive(&mut self) {
        (self.refused, self.refused_at, self.refused_bytes) = (None, None, 0);
        (self.locked_in, self.locked, self.named) = (None, None, None);
        self.part_of = None;
        self.points.clear();
    }

    /// Leaves only what is passed on to other laptops: what is locked here may be open there, and nobody there knows
    /// the folders here.
    pub(super) fn pass_along(&mut self) {
        self.came = Some(self.came.unwrap_or(self.made)).filter(|_| !self.program.is_empty());
        self.noted = None;
        self.whole.clear();
        self.since.clear();
        if self.is_locked() {
            // A program up to 0.1 set no other time.
            if self.refused_at.is_none() {
                self.made = Moment::default();
            }
            self.forgive();
        } else if self.named.take().is_some() {
            self.refused_at = Some(self.mark());
        }
        (self.locked_in, self.locked, self.part_of) = (None, None, None);
    }

    /// Takes over why a file was refused.
    fn refuse_as(&mut self, other: &Self) {
        self.refused.clone_from(&other.refused);
        (self.refused_at, self.refused_bytes) = (other.refused_until(), other.refused_bytes);
        (self.locked_in, self.locked, self.named) = (other.locked_in, other.locked, other.named);
        self.part_of = other.part_of;
        self.points.clone_from(&other.points);
    }
}

impl Heard {
    /// Notes what was said of a laptop; `newer` says whether that is later than what is known. What was
    /// refused is missed until something as new has come.
    pub(super) fn hear(&mut self, replica: WriterId, said: &LaptopNews, newer: bool) {
        // With what another folder began does not matter here, nor which files it read or lost.
        let (whole, since) = (BTreeMap::new(), BTreeSet::new());
        let mut said = LaptopNews { began: None, whole, since, ..said.clone() };
        let Some(known) = self.all.get(&replica) else { return self.learn(replica, &said, newer) };
        said.noted = known.noted;
        said.whole.clone_from(&known.whole);
        let until = said.refused_until().unwrap_or(said.made);
        if known.refused_until().is_some_and(|known| known > until) {
            said.refuse_as(known);
        }
        said.bytes = said.bytes.max(known.bytes);
        if said.made <= known.made {
            said.came = known.came;
            said.late.clone_from(&known.late);
        }
        if said.made < known.made {
            said.made = known.made;
            said.program.clone_from(&known.program);
            said.holes.clone_from(&known.holes);
        }
        self.learn(replica, &said, newer);
    }

    /// Notes a bundle in which nothing can be read, neither what is in it nor its header: it is locked or
    /// damaged, and may be replaced, opened later or removed from where it was.
    pub(super) fn note_refused(&mut self, file: RefusedBundle<'_>, meeting: &str, why: &Rejection) {
        let RefusedBundle { name, path, bytes, made, now } = file;
        let id = WriterId::of(bytes);
        let of_name = Some(WriterId::of(name.as_bytes()));
        let refused = LaptopNews {
            refused: Some(in_short(why)),
            locked_in: path.parent().map(name_of),
            locked: Some(id),
            named: of_name.filter(|_| made.is_none()),
            ..LaptopNews::default()
        };
        let Some((replica, group)) = whose(name, meeting) else {
            if why.is_about_a_key() || is_of_nobody(name, meeting, why) {
                let noted = Some(as_it_is(path));
                let known = self.all.get(&id).filter(|known| known.noted == noted);
                let before =
                    known.map_or_else(|| self.last_bundles(), |known| known.before.clone());
                self.learn(id, &LaptopNews { file: of_name, noted, before, ..refused }, true);
            }
            return;
        };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        let noted = Some(as_it_is(path));
        let is_locked = why.is_about_a_key();
        let was_noted = known.refused.is_none() && known.noted == noted;
        let is_same = known.refused.is_some() && known.locked == refused.locked;
        if was_noted || (is_locked && is_same) {
            return;
        }
        let is_in_place = known.named == of_name && known.locked_in == refused.locked_in;
        let is_replaced = is_in_place || known.refused.is_none();
        if made.is_some_and(|made| made <= known.made) && is_replaced {
            // As new a file has come.
            self.forgive(|one, _| *one == replica);
            return;
        }
        // What is locked was made before its file was written.
        let written = written_at(path).map(|written| now.map_or(written, |now| now.min(written)));
        let mark = known.mark();
        let until = if is_locked { written.unwrap_or(known.made) } else { mark };
        let known_until = known.refused_until().filter(|_| !is_in_place);
        let until = made.unwrap_or(until).max(known_until.unwrap_or_default());
        let named = refused.named.filter(|_| !is_locked && until <= mark);
        // One that was locked there may have held more.
        let held_before = if known.is_locked() { known.refused_bytes } else { 0 };
        let said = LaptopNews { group: group.or(known.group.clone()), ..known };
        let said = LaptopNews { refused_at: Some(until), noted, named, ..said };
        let LaptopNews { refused, locked_in, locked, .. } = refused;
        let refused_bytes = size_when_good(name, bytes);
        let refused_bytes = refused_bytes.max(held_before);
        let said = LaptopNews { refused, refused_bytes, locked_in, locked, ..said };
        self.learn(replica, &said, true);
    }

    /// Notes a bundle of the same meeting that does not merge, because it is from another version of the agenda,
    /// and the points in it.
    pub(super) fn note_corrected(
        &mut self,
        header: &Header,
        points: Vec<PointId>,
        why: &Rejection,
    ) {
        let known = self.all.get(&header.replica).cloned().unwrap_or_default();
        let is_older = known.refused_until().is_some_and(|until| until > header.made);
        if points.is_empty() || is_older {
            return;
        }
        let group = header.group.clone().or(known.group.clone());
        let (refused, refused_at) = (Some(in_short(why)), Some(header.made));
        self.learn(
            header.replica,
            &LaptopNews { group, refused, points, refused_at, refused_bytes: 0, ..known },
            true,
        );
    }

    /// Whether a bundle in which nothing could be read is missing.
    pub(super) fn misses_refused(&self) -> bool {
        self.all.values().any(|said| said.locked_in.is_some())
    }

    /// Notes that changes of these writers have come, the last of each made then: what was damaged of their laptops
    /// before is missed no longer, and what was locked before then.
    pub(super) fn note_newer(
        &mut self,
        replica: Option<WriterId>,
        writers: &HashMap<WriterId, Moment>,
    ) {
        if !self.all.values().any(|said| said.is_unreadable() || said.is_locked()) {
            return;
        }
        let owners = self.owners();
        let mut laptops: HashMap<WriterId, Moment> = HashMap::new();
        for (writer, last) in writers {
            let known = laptops.entry(laptop(*writer, &owners)).or_default();
            *known = (*known).max(*last);
        }
        if let Some(replica) = replica.filter(|_| !writers.is_empty()) {
            laptops.entry(replica).or_default();
        }
        self.forgive(|one, said| {
            let until = said.refused_until().filter(|_| said.is_locked());
            let is_after = |last: &Moment| until.is_none_or(|until| *last >= until);
            let is_one = said.is_unreadable() || (said.is_locked() && said.file.is_none());
            is_one && laptops.get(one).is_some_and(is_after)
        });
    }

    /// Notes that a laptop's file was taken in whole, with this many bytes inside, and is newer than what had come
    /// before: it is the good copy of one that was refused and no larger.
    pub(super) fn note_copy(&mut self, replica: WriterId, size: u64) {
        self.forgive(|one, said| {
            let is_one = *one == replica && said.locked_in.is_some() && said.file.is_none();
            is_one && size >= said.refused_bytes
        });
    }

    /// Notes that a file of this name and these bytes has come in: it was refused before, or is in the place
    /// of one that was of no known laptop.
    pub(super) fn note_opened(&mut self, name: &str, path: &Path, bytes: &[u8]) {
        let (opened, named) = (Some(WriterId::of(bytes)), Some(WriterId::of(name.as_bytes())));
        let folder = path.parent().map(name_of);
        self.forgive(|_, said| {
            let is_there = said.locked_in == folder && said.file == named;
            (said.file.is_some() && is_there)
                || (said.locked == opened && (said.file.is_some() || said.is_locked()))
        });
    }

    /// Forgets what was of no known laptop, was in this folder and is not among the files there now.
    pub(super) fn forget_refused<'n>(
        &mut self,
        folder: &Path,
        names: impl Iterator<Item = &'n str>,
    ) {
        let files: HashSet<WriterId> = names.map(|name| WriterId::of(name.as_bytes())).collect();
        let folder = Some(name_of(folder));
        self.forgive(|_, said| {
            let is_gone = said.file.is_some_and(|file| !files.contains(&file));
            is_gone && said.locked_in == folder
        });
    }

    /// Forgets what was refused if its header could be read and everything it says has come another way.
    pub(super) fn forgive_whole(&mut self, count: WriterCounts<'_>) {
        self.forgive(|_, said| {
            let is_read = said.locked_in.is_none() && said.refused_at == Some(said.made);
            is_read && said.writers.iter().all(|(writer, known)| count(*writer) >= *known)
        });
    }

    /// When the last bundle of each laptop was made.
    fn last_bundles(&self) -> BTreeMap<WriterId, Moment> {
        let is_one = |said: &LaptopNews| !said.program.is_empty() && said.file.is_none();
        let bundled = self.all.iter().filter(|(_, said)| is_one(said));
        bundled.map(|(replica, said)| (*replica, said.made)).collect()
    }

    /// Forgets damaged files of which nobody knows whose they were, if something newer has come since of every laptop
    /// that is known.
    pub(super) fn forgive_replaced(&mut self) {
        let last = self.last_bundles();
        self.forgive(|_, said| {
            let is_newer = |(replica, made)| said.before.get(replica).is_none_or(|old| made > old);
            let is_of_nobody = said.file.is_some() && !said.is_locked();
            is_of_nobody && !said.before.is_empty() && last.iter().all(is_newer)
        });
    }

    fn forgive(&mut self, is_one: impl Fn(&WriterId, &LaptopNews) -> bool) {
        let of = |(replica, said): &(&WriterId, &LaptopNews)| {
            said.refused.is_some() && is_one(replica, said)
        };
        let known = self.all.iter().filter(of);
        let known: Vec<(WriterId, LaptopNews)> =
            known.map(|(replica, said)| (*replica, said.clone())).collect();
        for (replica, mut said) in known {
            said.forgive();
            self.learn(replica, &said, true);
        }
    }
}

/// How many bytes were in a bundle when it was good, without its lock; 0 if that cannot be seen.
fn size_when_good(name: &str, bytes: &[u8]) -> u64 {
    if lock::is_like_one(bytes) {
        return lock::size_inside(bytes);
    }
    // Nobody can see how large the lock was.
    if name.ends_with(&format!(".{}", lock::ENDING)) { 0 } else { size_of(bytes) }
}

/// How many bytes a damaged bundle had when it was good; 0 if it is cut short.
pub(super) fn size_of(bytes: &[u8]) -> u64 {
    let is_blank = bytes.iter().all(|byte| *byte == 0);
    if is_blank || bytes.ends_with(b"\n") { bytes.len() as u64 } else { 0 }
}

/// When a file was last written, by the clock of the laptop on which it was.
pub(super) fn written_at(path: &Path) -> Option<Moment> {
    let written = fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment(i64::try_from(since.as_millis()).ok()?).in_calendar())
}

/// An id for a file in its place, as it was written there.
fn as_it_is(path: &Path) -> WriterId {
    let real = place::real(path);
    let found = fs::metadata(path).ok();
    let state = found.map(|found| (found.len(), found.modified().ok()));
    let state = format!("{state:?}");
    WriterId::of(&[real.as_os_str().as_encoded_bytes(), state.as_bytes()].join(&b'\n'))
}

/// The laptop and its group, from the file name of a bundle of this meeting.
pub(super) fn whose(name: &str, meeting: &str) -> Option<(WriterId, Option<GroupId>)> {
    let name = name.strip_prefix(&format!("{}.", place::file_name(meeting)))?;
    let name = name.strip_suffix(&format!(".{}", lock::ENDING)).unwrap_or(name);
    let stem = name.strip_suffix(&format!(".{}", super::BUNDLE_ENDING))?;
    let stem = stem.strip_suffix(BEFORE).unwrap_or(stem);
    let stem = stem.strip_suffix(".part").unwrap_or(stem);
    let (group, replica) = stem.rsplit_once('.')?;
    let group = Some(group).filter(|group| is_id(group));
    Some((replica.parse().ok()?, group.filter(|group| *group != "room").map(GroupId::from)))
}

/// Whether a damaged file that no laptop is named after was a bundle, and not a copy of one that may be
/// beside it.
fn is_of_nobody(name: &str, meeting: &str, why: &Rejection) -> bool {
    let is_bundle = matches!(why, Rejection::Empty | Rejection::Blank | Rejection::Altered);
    is_bundle && !name.starts_with(&format!("{}.", place::file_name(meeting)))
}

/// An id for a folder whose path need not be known.
fn name_of(folder: &Path) -> WriterId {
    let real = place::real(folder);
    WriterId::of(real.as_os_str().as_encoded_bytes())
}
