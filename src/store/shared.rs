//! A folder that all laptops publish to and collect from: a memory stick, a share, a folder that a
//! sync program keeps.
//!
//! Each laptop writes one file there, its own bundle, and nobody writes another's. A file that is half
//! copied, of another meeting or locked is reported, and looked at again once it has changed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::{collections::HashMap, time::SystemTime};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::bundle::{Bundle, Header};
use super::intake::{Incoming, Intake, is_bundle, read_bundle};
use super::lock::{Keys, Lock};
use super::{Rejection, Trouble, bundle, lock, system, whole, whole::Reach};
use crate::workshop::{Parcel, RefusedFile, WriterId};

/// What the name of an earlier file of a laptop has before its extension.
pub(super) const BEFORE: &str = ".before";
/// The most files of a shared folder that are looked at.
const MOST_FILES: usize = 10_000;

/// What this laptop's own file is called where it is damaged.
const OWN: &str = "this laptop's own file. It was damaged there and is written again.";
/// What a damaged copy of another file is called.
const COPY: &str = "a damaged copy of a bundle that was read. Nothing is missing; delete the copy.";

/// A shared folder, and what has been seen in it.
#[derive(Debug)]
pub struct SharedFolder {
    path: PathBuf,
    seen: HashMap<OsString, SeenFile>,
    /// This laptop's own file as it left it.
    left: Option<(OsString, Stand)>,
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
struct SeenFile {
    stand: Stand,
    /// Why it was not taken in, if it was not.
    refused: Option<Rejection>,
}

/// Watches a shared folder for changes that the system reports, until it is dropped.
#[derive(Debug)]
pub struct PlaceWatch {
    _watcher: RecommendedWatcher,
}

/// What was found in a shared folder.
#[derive(Debug, Default)]
pub struct Collection {
    /// What came in, or was looked at again and brought nothing new.
    pub parcels: Vec<Parcel>,
    /// What is there and cannot be taken in, listed each time.
    pub refused: Vec<RefusedFile>,
    /// Damaged copies, such as sync programs leave, of bundles that are also there undamaged, bundles that were
    /// damaged after they had come in, and this laptop's own: nothing is missing because of them.
    pub copies: Vec<RefusedFile>,
    /// How many bundles of other meetings are there.
    pub elsewhere: usize,
    /// Whether a file of this laptop's own name has content that somebody else wrote: two laptops have
    /// the same name, as happens with copied disks, and this one needs another.
    pub usurped: bool,
}

impl SharedFolder {
    /// A folder that nobody has looked at yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), seen: HashMap::new(), left: None }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Calls `call` when something changes there. A share or a sync program's folder may change
    /// without the system noticing, so callers have to look for themselves too.
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

    /// Forgets what was refused, because there is another key now.
    pub fn look_again(&mut self) {
        self.seen.retain(|_, seen| seen.refused.is_none());
    }

    /// Takes in whatever is new or has changed since.
    pub fn collect(
        &mut self,
        replica: WriterId,
        intake: &mut Intake,
        keys: &Keys,
    ) -> Result<Collection, Trouble> {
        let mut collected = Collection::default();
        let mut present = Vec::new();
        let reading = Trouble::reading(&self.path);
        for found in fs::read_dir(&self.path).map_err(&reading)?.take(MOST_FILES) {
            let found = found.map_err(&reading)?;
            let path = found.path();
            let hidden = found.file_name().as_encoded_bytes().starts_with(b".");
            // A file that was removed after the folder was listed comes back or does not.
            let Ok(metadata) = found.metadata() else { continue };
            if !hidden && metadata.is_file() && is_bundle(&path) {
                present.push((found.file_name(), Stand::of(&metadata)));
            }
        }
        present.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, stand) in present.iter().cloned() {
            if self.seen.get(&name).is_none_or(|seen| seen.stand != stand) {
                let label = name.to_string_lossy();
                let source = Incoming::Bundle(self.path.join(&name));
                let taken = if is_of(&name, replica) {
                    let bundle = read_bundle(source.path(), keys);
                    bundle.and_then(|bundle| intake.take(&label, &bundle))
                } else {
                    intake.take_source(&source, keys)
                };
                let refused = match taken {
                    Ok(parcel) => {
                        let rest = parcel.damage.first().filter(|_| parcel.unread > 0);
                        let rest = rest.map(|words| Rejection::Rest(words.clone()));
                        // What this laptop itself left there did not come in.
                        if parcel.fresh > 0 || !(is_of(&name, replica) || rest.is_some()) {
                            collected.usurped |= is_of(&name, replica);
                            collected.parcels.push(parcel);
                        }
                        rest
                    }
                    // Our own may be locked to others; it is written again all the same.
                    Err(rejection) if rejection.is_about_a_key() && is_of(&name, replica) => None,
                    // What could not be read or written may be tried again unchanged.
                    Err(Rejection::Trouble(trouble)) => {
                        let why = why_not(&trouble);
                        collected.refused.push(RefusedFile { name: label.into_owned(), why });
                        continue;
                    }
                    Err(rejection) => Some(rejection),
                };
                self.seen.insert(name.clone(), SeenFile { stand, refused });
            }
        }
        let names = present.iter().filter_map(|(name, _)| name.to_str());
        intake.forget_refused(&self.path, names);
        let refused = |name: &OsString| self.seen.get(name).and_then(|seen| seen.refused.as_ref());
        let whole = |name: &&OsString| self.seen.contains_key(*name) && refused(name).is_none();
        for (name, _) in &present {
            let label = name.to_string_lossy().into_owned();
            let mut others = present.iter().map(|(other, _)| other).filter(whole);
            match refused(name) {
                None => {}
                Some(Rejection::Elsewhere(_)) => collected.elsewhere += 1,
                Some(damage) if damage.is_damage() && is_of(name, replica) => {
                    collected.copies.push(RefusedFile { name: label, why: OWN.to_owned() });
                }
                Some(damage) if damage.is_damage() && others.any(|of| is_copy(name, of)) => {
                    collected.copies.push(RefusedFile { name: label, why: COPY.to_owned() });
                }
                Some(rejection @ Rejection::Spoilt) => {
                    collected.copies.push(RefusedFile { name: label, why: rejection.to_string() });
                }
                Some(rejection) => {
                    collected.refused.push(RefusedFile { name: label, why: rejection.to_string() });
                }
            }
        }
        Ok(collected)
    }

    /// Whether a file of this bundle's name is there, as this laptop left it.
    pub fn is_there(&self, header: &Header, locked: bool) -> bool {
        let name = OsString::from(header.file_name(locked));
        let now = fs::symlink_metadata(self.path.join(&name)).map(|found| Stand::of(&found));
        now.is_ok_and(|now| self.left.as_ref() == Some(&(name, now)))
    }

    /// The file that this laptop last left there.
    pub fn last_file(&self) -> Option<PathBuf> {
        self.left.as_ref().map(|(name, _)| self.path.join(name))
    }

    /// Writes this laptop's own bundle in place of the previous one; returns whether there was
    /// anything to write. What this laptop left there under another group's name is removed.
    pub fn publish(&mut self, bundle: &Bundle, lock: Option<&Lock>) -> Result<bool, Trouble> {
        self.publish_keeping(bundle, lock, false)
    }

    /// The same. The previous file is kept under the name of [`before`], if that is asked for and it is whole.
    pub(super) fn publish_keeping(
        &mut self,
        bundle: &Bundle,
        lock: Option<&Lock>,
        keeps: bool,
    ) -> Result<bool, Trouble> {
        let name = bundle.header.file_name(lock.is_some());
        let path = self.path.join(&name);
        let bytes = bundle.bytes();
        let is_new = lock.is_some() || !is_written(&path, bundle, bytes.len());
        if is_new {
            let bytes = lock.map_or(Ok(bytes.clone()), |lock| lock.lock(&bytes))?;
            // Only a locked file may be readable by other accounts of a place on one machine or server.
            let reach = if lock.is_some() { Reach::Others } else { Reach::Own };
            let keys = lock.map(Lock::keys).unwrap_or_default();
            let kept = keeps.then(|| self.path.join(before(&name)));
            // A damaged file must not replace a whole one.
            let kept = kept.filter(|_| read_bundle(&path, &keys).is_ok());
            whole::write_keeping(&path, &bytes, reach, kept.as_deref())
                .map_err(Trouble::writing(&path))?;
        }
        if let Ok(metadata) = fs::symlink_metadata(&path) {
            let (name, stand) = (OsString::from(&name), Stand::of(&metadata));
            self.left = Some((name.clone(), stand.clone()));
            self.seen.insert(name, SeenFile { stand, refused: None });
        }
        if is_new {
            self.clear(bundle.header.replica, &name);
        }
        Ok(is_new)
    }

    /// Removes older files of this laptop: those of another group's name, those locked before and not now,
    /// and those left half written when a stick was pulled out.
    fn clear(&self, replica: WriterId, current: &str) {
        let Ok(inside) = fs::read_dir(&self.path) else { return };
        for found in inside.take(MOST_FILES).filter_map(Result::ok) {
            let name = found.file_name();
            let own = is_of(&name, replica) && name != *current && name != *before(current);
            if own && found.file_type().is_ok_and(|kind| kind.is_file()) {
                // If it cannot be removed, it does no harm: its changes are known.
                let _ = fs::remove_file(found.path());
            }
        }
    }
}

/// Why a file in a shared folder could not be read. Only the account that left it there can read an unlocked
/// file, if the place keeps accounts apart.
fn why_not(trouble: &Trouble) -> String {
    let denied = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
    match trouble {
        Trouble::Unreadable(path, _) if fs::File::open(path).as_ref().is_err_and(denied) => {
            "only the account that left it may read it. Set the meeting's key on all laptops: what is \
             locked can be collected by everybody."
                .to_owned()
        }
        trouble => trouble.to_string(),
    }
}

/// Whether a bundle's name is that of a copy of another: the same name, with more before the extension.
fn is_copy(name: &OsStr, of: &OsStr) -> bool {
    let stem = |name: &OsStr| {
        let name = name.to_string_lossy().into_owned();
        let name = name.strip_suffix(&format!(".{}", lock::ENDING)).unwrap_or(&name);
        name.strip_suffix(&format!(".{}", bundle::ENDING)).unwrap_or(name).to_owned()
    };
    let (name, of) = (stem(name), stem(of));
    let more = name.strip_prefix(&of).and_then(|more| more.chars().next());
    // After an id, one more letter would make another id.
    more.is_some_and(|next| !next.is_alphanumeric())
}

/// Whether a file in a shared folder is this laptop's own, whole or under its passing name. A copy
/// that somebody made of it under another name is theirs.
fn is_of(name: &OsStr, replica: WriterId) -> bool {
    let Some(mut name) = name.to_str() else { return false };
    if let Some(passing) = name.strip_prefix('.') {
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let Some((whole, attempt)) = passing.rsplit_once('.') else { return false };
        if !attempt.split_once('-').is_some_and(|(run, nth)| number(run) && number(nth)) {
            return false;
        }
        name = whole;
    }
    let name = name.strip_suffix(&format!(".{}", lock::ENDING)).unwrap_or(name);
    let Some(stem) = name.strip_suffix(&format!(".{}", bundle::ENDING)) else { return false };
    stem.strip_suffix(BEFORE).unwrap_or(stem).ends_with(&format!(".{replica}"))
}

/// The name for the file that a bundle replaced.
pub(super) fn before(name: &str) -> String {
    let ending = format!(".{}", bundle::ENDING);
    let (stem, locked) = name.rsplit_once(&ending).unwrap_or((name, ""));
    format!("{stem}{BEFORE}{ending}{locked}")
}

/// Whether exactly the changes of this bundle are there already, all of them undamaged. A file of another
/// length is different and need not be read: sticks are slow.
fn is_written(path: &Path, bundle: &Bundle, length: usize) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|found| found.len() == length as u64) {
        return false;
    }
    let found = read_bundle(path, &Keys::default());
    found.is_ok_and(|found| found.header.holds_the_same(&bundle.header))
}
