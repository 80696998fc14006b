//! A second copy of everything here, as one bundle in a folder on a stick.
//!
//! The copy is an ordinary bundle: another laptop can start from it, and merging it does no harm. The one
//! before it is kept beside it, in case the stick fails in one place: a locked file of a small meeting
//! cannot be read at all if one byte in it is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bundle::{Bundle, Header};
use super::{
    SharedFolder, Trouble, lock::Lock, read_bundle, shared::before, system, whole, whole::Reach,
};
use crate::workshop::Moment;

/// Where it is kept, as this machine remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyPlace {
    /// The folder.
    pub folder: PathBuf,
    /// Whether that was on another disk than the workshop when it was chosen.
    pub apart: bool,
    /// When the copy was last up to date there.
    #[serde(default)]
    pub at: Option<Moment>,
}

impl CopyPlace {
    /// A folder in which nothing has been written yet, for the workshop in another.
    pub fn new(folder: PathBuf, workshop: &Path) -> Self {
        let apart = are_apart(&folder, workshop);
        Self { folder, apart, at: None }
    }

    /// Whether the stick is there. If one was pulled out, an empty folder may be left on the disk
    /// of the workshop, and a copy there would help nobody.
    pub fn is_there(&self, workshop: &Path) -> bool {
        self.folder.is_dir() && (!self.apart || are_apart(&self.folder, workshop))
    }
}

/// Whether two folders are on different disks. If the system does not say, they count as different.
fn are_apart(one: &Path, other: &Path) -> bool {
    let disk = |path| fs::metadata(path).ok().and_then(|found| system::disk(&found));
    disk(one).zip(disk(other)).is_none_or(|(one, other)| one != other)
}

/// The copy, and what was last written.
#[derive(Debug)]
pub struct SecondCopy {
    place: SharedFolder,
    written: Option<(Header, bool)>,
}

impl SecondCopy {
    /// A copy that nobody has looked at yet.
    pub fn new(folder: &Path) -> Self {
        Self { place: SharedFolder::new(folder), written: None }
    }

    /// Brings it up to date, whole or not at all. Returns where it is.
    pub fn write(&mut self, bundle: &Bundle, lock: Option<&Lock>) -> Result<PathBuf, Trouble> {
        let locked = lock.is_some();
        let same = |(header, was): &(Header, bool)| {
            *was == locked && header.holds_the_same(&bundle.header)
        };
        if !(self.written.as_ref().is_some_and(same) && self.is_as_left()) {
            self.place.publish_keeping(bundle, lock, true)?;
            self.written = Some((bundle.header.clone(), locked));
            self.purge_before(bundle, lock)?;
        }
        Ok(self.place.path().join(bundle.header.file_name(locked)))
    }

    /// Where the previous copy is.
    pub fn file_before(&self, bundle: &Bundle, locked: bool) -> PathBuf {
        self.place.path().join(before(&bundle.header.file_name(locked)))
    }

    /// Replaces the previous copy with this one, if that still has what was purged, or may have.
    fn purge_before(&self, bundle: &Bundle, lock: Option<&Lock>) -> Result<(), Trouble> {
        let (purges, before) = (bundle.purges(), self.file_before(bundle, lock.is_some()));
        if purges.is_empty() || !before.exists() {
            return Ok(());
        }
        let keys = lock.map(Lock::keys).unwrap_or_default();
        if read_bundle(&before, &keys).is_ok_and(|earlier| earlier.holds(&purges) == 0) {
            return Ok(());
        }
        let bytes = bundle.bytes();
        let bytes = lock.map_or(Ok(bytes.clone()), |lock| lock.lock(&bytes))?;
        let reach = if lock.is_some() { Reach::Others } else { Reach::Own };
        whole::write_in_place(&before, &bytes, reach).map_err(Trouble::writing(&before))
    }

    /// The file that was last written.
    pub fn last_file(&self) -> Option<PathBuf> {
        self.place.last_file()
    }

    /// Whether what was last written is still there.
    pub fn is_as_left(&self) -> bool {
        let written = self.written.as_ref();
        written.is_some_and(|(header, locked)| self.place.is_there(header, *locked))
    }

    /// Has all of it written again, because the key has changed.
    pub fn write_again(&mut self) {
        self.written = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_folder_where_a_stick_was_is_no_stick() {
        let home = tempfile::tempdir().unwrap();
        let (stick, workshop) = (home.path().join("stick"), home.path().join("one.workshop"));
        fs::create_dir(&workshop).unwrap();
        assert!(!CopyPlace::new(stick.clone(), &workshop).is_there(&workshop));
        fs::create_dir(&stick).unwrap();
        let place = CopyPlace::new(stick, &workshop);
        assert!(place.is_there(&workshop));
        // On Unix one disk is recognised as one.
        assert_eq!(place.apart, cfg!(windows));
        let place = CopyPlace { apart: true, ..place };
        assert_eq!(place.is_there(&workshop), cfg!(windows));
    }
}
