//! A folder that all laptops publish to and collect from: a memory stick, a share, a folder that a
//! sync program keeps.
//!
//! Each laptop writes one file there, its own bundle, and nobody writes another's. What is half
//! copied, of another meeting or locked is told and looked at again once it has changed.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::bundle::{self, Bundle, Header};
use super::intake::{Intake, is_bundle, read_bundle};
use super::lock::{Keys, Lock};
use super::{Rejection, Trouble, disk, system, whole};
use crate::workshop::{Parcel, Turned, WriterId};

/// The most files of a shared place that are looked at.
const MOST_FILES: usize = 10_000;
/// How much of a file is read to see what it is.
const HEAD: u64 = 1 << 20;

/// A shared place, and what was seen in it already.
#[derive(Debug)]
pub struct SharedPlace {
    path: PathBuf,
    seen: HashMap<OsString, Seen>,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stand {
    length: u64,
    modified: Option<SystemTime>,
    identity: u64,
}

impl Stand {
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: system::identity(metadata),
        }
    }
}

#[derive(Debug)]
struct Seen {
    stand: Stand,
    /// Why it was not taken in, if it was not.
    refused: Option<Rejection>,
}

/// Tells of changes in a shared place where the system knows of them, until it is dropped.
#[derive(Debug)]
pub struct PlaceWatch {
    _watcher: RecommendedWatcher,
}

/// What was found in a shared place.
#[derive(Debug, Default)]
pub struct Collected {
    /// What came in, or was looked at again and brought nothing new.
    pub parcels: Vec<Parcel>,
    /// What stands there and cannot be taken in, each time anew.
    pub refused: Vec<Turned>,
    /// How many bundles of other meetings lie there.
    pub elsewhere: usize,
    /// Whether a file of this laptop's own name holds what somebody else wrote: two laptops go by
    /// one name, as copied disks do, and this one needs another.
    pub usurped: bool,
}

impl SharedPlace {
    /// A place nobody has looked at yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), seen: HashMap::new() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Has `call` called when something changes there. A share or a sync program's folder may change
    /// without the system knowing, so whoever waits looks by himself too.
    pub fn watch(&self, call: impl Fn() + Send + 'static) -> Option<PlaceWatch> {
        let heard = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                call();
            }
        };
        let mut watcher = RecommendedWatcher::new(heard, notify::Config::default()).ok()?;
        watcher.watch(&self.path, RecursiveMode::NonRecursive).ok()?;
        Some(PlaceWatch { _watcher: watcher })
    }

    /// Forgets what was refused, for there is another key now.
    pub fn look_again(&mut self) {
        self.seen.retain(|_, seen| seen.refused.is_none());
    }

    /// Takes in whatever is new or has changed since.
    pub fn collect(
        &mut self,
        replica: WriterId,
        intake: &mut Intake,
        keys: &Keys,
    ) -> Result<Collected, Trouble> {
        let mut collected = Collected::default();
        let mut present = Vec::new();
        let reading = Trouble::reading(&self.path);
        for found in fs::read_dir(&self.path).map_err(&reading)?.take(MOST_FILES) {
            let found = found.map_err(&reading)?;
            let path = found.path();
            let hidden = found.file_name().as_encoded_bytes().starts_with(b".");
            // A file that was taken away since the folder was listed comes back or does not.
            let Ok(metadata) = found.metadata() else { continue };
            if !hidden && metadata.is_file() && is_bundle(&path) {
                present.push((found.file_name(), Stand::of(&metadata)));
            }
        }
        present.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, stand) in present {
            if self.seen.get(&name).is_none_or(|seen| seen.stand != stand) {
                let bundle = read_bundle(&self.path.join(&name), keys);
                let label = name.to_string_lossy();
                let taken = bundle.and_then(|bundle| intake.take(&label, &bundle));
                let refused = match taken {
                    Ok(parcel) => {
                        collected.usurped |= parcel.fresh > 0 && is_of(&name, replica);
                        collected.parcels.push(parcel);
                        None
                    }
                    // What could not be read or written may be tried again as it is.
                    Err(Rejection::Trouble(trouble)) => {
                        let why = trouble.to_string();
                        collected.refused.push(Turned { name: label.into_owned(), why });
                        continue;
                    }
                    Err(rejection) => Some(rejection),
                };
                self.seen.insert(name.clone(), Seen { stand, refused });
            }
            match self.seen.get(&name).and_then(|seen| seen.refused.as_ref()) {
                None => {}
                Some(Rejection::Elsewhere(_)) => collected.elsewhere += 1,
                Some(rejection) => {
                    let (name, why) = (name.to_string_lossy().into_owned(), rejection.to_string());
                    collected.refused.push(Turned { name, why });
                }
            }
        }
        Ok(collected)
    }

    /// Whether a file of this bundle's name is there, as this laptop left it.
    pub fn is_there(&self, header: &Header, locked: bool) -> bool {
        let name = OsString::from(header.file_name(locked));
        let now = fs::symlink_metadata(self.path.join(&name)).map(|found| Stand::of(&found));
        now.is_ok_and(|now| self.seen.get(&name).is_some_and(|seen| seen.stand == now))
    }

    /// Writes this laptop's own bundle, in the place of the one before; says whether there was
    /// anything to write. What stood there of this laptop under another group's name goes.
    pub fn publish(&mut self, bundle: &Bundle, lock: Option<&Lock>) -> Result<bool, Trouble> {
        let name = bundle.header.file_name(lock.is_some());
        let path = self.path.join(&name);
        if lock.is_none() && stands(&path, bundle) {
            return Ok(false);
        }
        let bytes = bundle.bytes();
        let bytes = lock.map_or(Ok(bytes.clone()), |lock| lock.lock(&bytes))?;
        whole::write_in_place(&path, &bytes).map_err(Trouble::writing(&path))?;
        if let Ok(metadata) = fs::symlink_metadata(&path) {
            let seen = Seen { stand: Stand::of(&metadata), refused: None };
            self.seen.insert(OsString::from(&name), seen);
        }
        self.clear(bundle.header.replica, &name);
        Ok(true)
    }

    /// Takes away older files of this laptop: of another group's name, locked before and not now,
    /// or left half written when a stick was pulled out.
    fn clear(&self, replica: WriterId, current: &str) {
        let Ok(inside) = fs::read_dir(&self.path) else { return };
        for found in inside.take(MOST_FILES).filter_map(Result::ok) {
            let name = found.file_name();
            let own = is_of(&name, replica) && name != *current;
            if own && found.file_type().is_ok_and(|kind| kind.is_file()) {
                // Where it cannot be taken away it does no harm: its changes are known.
                let _ = fs::remove_file(found.path());
            }
        }
    }
}

/// Whether a file in a shared place is this laptop's own, whole or under its passing name.
fn is_of(name: &OsStr, replica: WriterId) -> bool {
    let Some(name) = name.to_str() else { return false };
    name.contains(&format!(".{replica}.{}", bundle::ENDING))
}

/// Whether the very changes of this bundle stand there already.
fn stands(path: &Path, bundle: &Bundle) -> bool {
    let mut head = Vec::new();
    let read = disk::open_file(path).and_then(|file| {
        let length = file.metadata()?.len();
        file.take(HEAD).read_to_end(&mut head).map(|_| length)
    });
    let found = read.ok().and_then(|length| Bundle::peek(&head, length));
    found.is_some_and(|header| header.holds_the_same(&bundle.header))
}
