//! A bundle that was taken in whole and was damaged later lacks nothing, as long as nothing was written into its file
//! since then. Laptops write newer bundles under the same name: a file of another length or time may hold
//! something newer, and is missed.

use std::path::Path;
use std::{fs, time::SystemTime};

use super::super::heard::{Heard, LaptopNews};
use super::super::lock::{self, Keys};
use super::super::{Bundle, LARGEST_BUNDLE, Rejection, whole};
use super::{Intake, read_headless_bundle, read_rest_of_bundle};
use crate::workshop::{Moment, Parcel, WriterId};

/// How exactly each disk keeps the time at which a file was written, in milliseconds.
const COARSEST: i64 = 2_000;
/// The most files of one laptop that are remembered.
const MOST: usize = 16;

/// A file as it was last written, by its name, its length and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileAsWritten {
    name: WriterId,
    id: WriterId,
    modified: SystemTime,
}

impl FileAsWritten {
    fn of(name: &str, path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        let (length, modified) = (found.len(), found.modified().ok()?);
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let id = WriterId::of(format!("{name}\n{length}\n{}", since.as_nanos()).as_bytes());
        Some(Self { name: WriterId::of(name.as_bytes()), id, modified })
    }

    /// Whether whatever is written there from now on gets another time.
    fn is_settled(&self, now: Option<Moment>) -> bool {
        let since = self.modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let written = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        let is_exact = since.subsec_nanos() != 0;
        is_exact || now.is_some_and(|now| now.0 > written.saturating_add(COARSEST))
    }
}

impl Intake {
    /// Takes in a bundle; if it is damaged, what can be read of it.
    pub(super) fn take_file(
        &mut self,
        name: &str,
        path: &Path,
        keys: &Keys,
    ) -> Result<Parcel, Rejection> {
        let file = FileAsWritten::of(name, path);
        let read =
            read_rest_of_bundle(path, keys).or_else(|why| read_headless_bundle(path, keys, why));
        let is_whole = read.as_ref().is_ok_and(|bundle| bundle.damage().is_none());
        let last = |bundle: &Bundle| Some(self.heard.all.get(&bundle.header.replica)?.made);
        let before = read.as_ref().ok().and_then(last).unwrap_or_default();
        if !is_whole && file.is_some_and(|file| self.heard.was_whole(file)) {
            return self.take_spoilt(name, read);
        }
        let taken = read.and_then(|bundle| {
            if bundle.is_headless() {
                return self.take_headless(name, Some(path), &bundle);
            }
            self.take_rest(name, &bundle)
        });
        if let Ok(parcel) = &taken {
            self.note_opened(name, path);
            if is_whole && let Some((replica, made)) = parcel.replica.zip(parcel.made) {
                self.heard.note_whole_after_part(replica, made, path);
                let bytes = whole::read_whole(path, LARGEST_BUNDLE + (2 << 20)).unwrap_or_default();
                let size = lock::size_inside(&bytes);
                self.heard.note_size(replica, size);
                if made > before {
                    self.heard.note_copy(replica, size);
                } else {
                    self.heard.note_same(replica, made, &bytes);
                }
            }
            let is_settled = |file: &FileAsWritten| file.is_settled(self.now);
            if is_whole
                && let Some(file) = file.filter(is_settled)
                && FileAsWritten::of(name, path) == Some(file)
            {
                self.heard.note_whole(parcel.replica, file);
            }
        }
        taken.inspect_err(|why| self.note_refused(name, path, keys, why))
    }

    /// Takes in what can still be read of a bundle that was taken in whole, in case it is needed here again.
    fn take_spoilt(
        &mut self,
        name: &str,
        read: Result<Bundle, Rejection>,
    ) -> Result<Parcel, Rejection> {
        let taken = read.and_then(|bundle| {
            if !bundle.is_headless() {
                return self.take_rest(name, &bundle);
            }
            let mut parcel = self.take(name, &bundle)?;
            (parcel.replica, parcel.made) = (None, None);
            if parcel.fresh == 0 { Err(Rejection::Spoilt) } else { Ok(parcel) }
        });
        taken.map_err(|why| if why.is_damage() { Rejection::Spoilt } else { why })
    }
}

impl Heard {
    /// Whether this file was taken in whole, and was not written since.
    fn was_whole(&self, file: FileAsWritten) -> bool {
        self.all.values().any(|said| said.whole.get(&file.name) == Some(&file.id))
    }

    /// Notes how large a laptop's file was that was taken in whole.
    fn note_size(&mut self, replica: WriterId, bytes: u64) {
        if let Some(known) = self.all.get(&replica).filter(|known| known.bytes < bytes).cloned() {
            self.learn(replica, &LaptopNews { bytes, ..known }, true);
        }
    }

    /// Notes that a laptop's file was taken in whole.
    fn note_whole(&mut self, replica: Option<WriterId>, file: FileAsWritten) {
        let known = replica.and_then(|replica| Some((replica, self.all.get(&replica)?.clone())));
        let Some((replica, known)) = known else { return };
        let mut whole = known.whole.clone();
        if whole.len() >= MOST && !whole.contains_key(&file.name) {
            whole.pop_first();
        }
        whole.insert(file.name, file.id);
        self.learn(replica, &LaptopNews { whole, ..known }, true);
    }
}
