//! Bundles that were not taken in and of which not even the header can be read: they count as missing until
//! they are opened or gone, or that laptop sends a later one.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::heard::{Heard, LaptopNews, in_short};
use super::{Rejection, lock, place, shared::BEFORE};
use crate::workshop::{GroupId, Moment, WriterId, is_id};

/// A locked bundle's file.
#[derive(Clone, Copy, Debug)]
pub(super) struct LockedFile<'p> {
    pub(super) path: &'p Path,
    pub(super) bytes: &'p [u8],
}

impl Heard {
    /// Notes a bundle of which not even the header can be read, if its name says whose it is.
    pub(super) fn note_refused(&mut self, name: &str, meeting: &str, why: &Rejection) {
        let Some((replica, group)) = whose(name, meeting) else { return };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        // When it was made cannot be read, but it was not the last that came in: taking that one in
        // again must not count as this one.
        let is_first = known.refused.is_none();
        let made = Moment(known.made.0.saturating_add(i64::from(is_first)));
        self.note(replica, &LaptopNews { group, made, refused: Some(in_short(why)), ..known });
    }

    /// The same for a locked one, which may be opened later or removed from where it was.
    pub(super) fn note_locked(
        &mut self,
        name: &str,
        meeting: &str,
        why: &Rejection,
        file: LockedFile<'_>,
    ) {
        let locked = WriterId::of(file.bytes);
        let said = LaptopNews {
            refused: Some(in_short(why)),
            locked_in: file.path.parent().map(name_of),
            locked: Some(locked),
            ..LaptopNews::default()
        };
        let Some((replica, group)) = whose(name, meeting) else {
            let file = Some(WriterId::of(name.as_bytes()));
            return self.learn(locked, &LaptopNews { file, ..said }, true);
        };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        // It was made before its file was written: anything made later includes all that is in it.
        let made = written_at(file.path).unwrap_or(known.made).max(known.made);
        let LaptopNews { program, writers, holes, .. } = known;
        self.learn(replica, &LaptopNews { group, made, program, writers, holes, ..said }, true);
    }

    /// Whether a locked bundle is missing.
    pub(super) fn misses_locked(&self) -> bool {
        self.all.values().any(|said| said.locked_in.is_some())
    }

    /// Notes that what was locked in a file of these bytes has been opened.
    pub(super) fn note_opened(&mut self, bytes: &[u8]) {
        let opened = Some(WriterId::of(bytes));
        self.forgive(|_, said| said.locked == opened);
    }

    /// Forgets what is locked, was in this folder and is not among the files there now.
    pub(super) fn forget_locked<'n>(
        &mut self,
        folder: &Path,
        meeting: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        let (mut laptops, mut files) = (HashSet::new(), HashSet::new());
        for name in names {
            laptops.extend(whose(name, meeting).map(|(replica, _)| replica));
            files.insert(WriterId::of(name.as_bytes()));
        }
        let folder = Some(name_of(folder));
        self.forgive(|replica, said| {
            let is_there = match &said.file {
                Some(file) => files.contains(file),
                None => laptops.contains(replica),
            };
            said.locked_in == folder && !is_there
        });
    }

    fn forgive(&mut self, is_one: impl Fn(&WriterId, &LaptopNews) -> bool) {
        let known = self.all.iter().filter(|(replica, said)| is_one(replica, said));
        let known: Vec<(WriterId, LaptopNews)> =
            known.map(|(replica, said)| (*replica, said.clone())).collect();
        for (replica, said) in known {
            let said = LaptopNews { refused: None, locked_in: None, locked: None, ..said };
            self.learn(replica, &said, true);
        }
    }
}

/// When a file was last written, by the clock of the laptop on which it was.
fn written_at(path: &Path) -> Option<Moment> {
    let written = fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment(i64::try_from(since.as_millis()).ok()?).in_calendar())
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

/// An id for a folder whose path need not be known.
fn name_of(folder: &Path) -> WriterId {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    WriterId::of(real.as_os_str().as_encoded_bytes())
}
