//! Everything of one workshop on this machine, so that it can be removed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::{ffi::OsStr, io::ErrorKind};

use super::{Folder, Made, MeetingKey, Trace, Trail, Trouble, place, system};
use crate::workshop::WriterId;

/// What this machine has of a workshop, and what is known to be elsewhere.
#[derive(Debug)]
pub struct Belongings {
    folder: Folder,
    state: PathBuf,
    /// Files that running programs hold: nothing is removed while there are any.
    pub held: Vec<PathBuf>,
    /// Anything else that somebody put into the workshop's folder; it is removed with it.
    pub foreign: Vec<PathBuf>,
    /// The exports on this disk, which are removed too.
    pub exports: Vec<PathBuf>,
    /// What is known to be elsewhere: it stays.
    pub elsewhere: Vec<Trace>,
}

/// A sign that a program has a workshop open, even if it has written nothing yet. It lasts until dropped.
#[derive(Debug)]
pub struct Presence {
    _file: File,
    path: PathBuf,
}

impl Drop for Presence {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Presence {
    /// Puts up that sign on this machine. If it cannot be written, people can work all the same.
    pub fn of(state: &Path, folder: &Folder) -> Option<Self> {
        let above = presences(state);
        system::make_folders(&above).ok()?;
        let name = name_of(folder);
        let made = (0..MOST_OPEN).find_map(|nth| {
            let path = above.join(format!("{name}-{}-{nth}", std::process::id()));
            Some((system::make_private(&path).ok()?, path))
        });
        let (file, path) = made?;
        let _ = system::hold(&file);
        Some(Self { _file: file, path })
    }
}

/// How many times at most one program has the same workshop open.
const MOST_OPEN: usize = 100;

fn presences(state: &Path) -> PathBuf {
    state.join("open")
}

fn name_of(folder: &Folder) -> WriterId {
    WriterId::of(place::real(folder.path()).as_os_str().as_encoded_bytes())
}

/// The files in a folder; empty if there is no folder.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = listed.filter_map(|found| Some(found.ok()?.path())).collect();
    files.sort();
    files
}

impl Belongings {
    /// Lists everything that belongs to a workshop. Nothing is changed.
    pub fn of(folder: &Folder, state: &Path) -> Self {
        let name = name_of(folder).to_string();
        let is_ours = |path: &PathBuf| {
            path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name))
        };
        let open = inside(&presences(state)).into_iter().filter(is_ours);
        let files = inside(&folder.changes()).into_iter().chain(inside(&folder.typing()));
        let held = files.chain(open).filter(|path| system::is_held(path)).collect();
        let known = ["changes", "heard", "typing", "workshop.json"];
        // A garbled description is kept under such a name when a new one is written.
        let is_kept = |name: &OsStr| {
            name.to_str()
                .is_some_and(|name| name.starts_with("workshop (") && name.ends_with(").json"))
        };
        let is_foreign = |path: &PathBuf| {
            path.file_name().is_some_and(|name| !is_kept(name) && !known.iter().any(|k| name == *k))
        };
        let foreign = inside(folder.path()).into_iter().filter(is_foreign).collect();
        let is_here = |trace: &Trace| match trace {
            Trace::Wrote { what: Made::Export, path, .. } => {
                let plain = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
                plain && system::same_disk(path, folder.path())
            }
            _ => false,
        };
        let traces = Trail::of(state, folder).traces;
        let (here, elsewhere): (Vec<Trace>, Vec<Trace>) = traces.into_iter().partition(is_here);
        let path = |trace: Trace| match trace {
            Trace::Wrote { path, .. } => Some(path),
            Trace::Met { .. } => None,
        };
        let exports = here.into_iter().filter_map(path).collect();
        let (folder, state) = (folder.clone(), state.to_owned());
        Self { folder, state, held, foreign, exports, elsewhere }
    }

    /// Removes all of it: the exports, what this machine remembers, and last the workshop, so
    /// that it can be run again if it is interrupted.
    pub fn forget(self) -> Result<(), Trouble> {
        let Self { folder, state, exports, .. } = self;
        let real = place::real(folder.path());
        for path in &exports {
            gone(fs::remove_file(path), path)?;
            // The folder that was made for them, once it is empty.
            if let Some(above) = path.parent() {
                let _ = fs::remove_dir(above);
            }
        }
        place::disown(&state, &real)?;
        // Everything remembered is named after the folder, including what a crashed program left.
        let name = name_of(&folder).to_string();
        for part in ["writers", "exchange", "trail", "open"] {
            for path in inside(&state.join(part)) {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if file.trim_start_matches('.').starts_with(&name) {
                    gone(fs::remove_file(&path), &path)?;
                }
            }
        }
        // If this laptop has another copy of the workshop, it can be given the passphrase again.
        MeetingKey::forget(&state, folder.id())?;
        for part in ["typing", "heard", "changes"] {
            let path = real.join(part);
            gone(fs::remove_dir_all(&path), &path)?;
        }
        gone(fs::remove_dir_all(&real), &real)
    }
}

/// Treats what is already gone as removed.
fn gone(removed: std::io::Result<()>, path: &Path) -> Result<(), Trouble> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(Trouble::writing(path)),
    }
}
