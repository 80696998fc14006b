//! Flushes the scratch a moment after a key, however many keys follow.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::disk::{Disk, Paper};

/// How long a key may wait to be flushed.
const FLUSH: Duration = Duration::from_millis(400);

type Twin = Arc<Mutex<Box<dyn Paper>>>;

/// What the scratch and the thread that flushes it share.
#[derive(Default)]
pub(super) struct Flush {
    wanted: Mutex<FlushWanted>,
    changed: Condvar,
}

#[derive(Default)]
struct FlushWanted {
    /// What is to be flushed.
    file: Option<Twin>,
    /// The folder that has a new file.
    folder: Option<PathBuf>,
    /// Files that nobody needs once that is done; each is removed only after those before it.
    old: Vec<PathBuf>,
    /// Whether the last flush since this was last asked went well.
    outcome: Option<bool>,
    /// A flush of this file failed: after that, even a successful one proves nothing.
    spoilt: bool,
    hurry: bool,
    leaving: bool,
}

impl Flush {
    fn wanted(&self) -> MutexGuard<'_, FlushWanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that there is something in this file to flush.
    pub(super) fn want(&self, file: &Twin) {
        // A thread that already has a file to flush is not woken again.
        if self.wanted().file.replace(Arc::clone(file)).is_none() {
            self.changed.notify_one();
        }
    }

    /// Notes that the scratch continues in another file, and the one before is not needed once that is flushed.
    pub(super) fn renewed(&self, file: Twin, folder: &Path, old: Vec<PathBuf>) {
        let mut wanted = self.wanted();
        wanted.file = Some(file);
        wanted.spoilt = false;
        wanted.folder = Some(folder.to_owned());
        wanted.old.extend(old);
        self.changed.notify_one();
    }

    /// Notes that these files are not needed once this one is flushed.
    pub(super) fn replaces(&self, file: &Twin, files: impl Iterator<Item = PathBuf>) {
        let mut wanted = self.wanted();
        let mut old: Vec<PathBuf> = files.collect();
        old.append(&mut wanted.old);
        wanted.old = old;
        wanted.file = Some(Arc::clone(file));
        self.changed.notify_one();
    }

    /// Whether no files are left to be removed.
    pub(super) fn is_settled(&self) -> bool {
        self.wanted().old.is_empty()
    }

    /// How the last flush went, if there was one since this was last asked.
    pub(super) fn outcome(&self) -> Option<bool> {
        self.wanted().outcome.take()
    }

    /// Flushes without the usual wait.
    pub(super) fn hurry(&self) {
        self.wanted().hurry = true;
        self.changed.notify_one();
    }

    pub(super) fn stop(&self) {
        self.wanted().leaving = true;
        self.changed.notify_one();
    }

    /// Flushes until the scratch is dropped, and once more then.
    pub(super) fn work(&self, disk: &mut dyn Disk) {
        loop {
            let idle = |wanted: &mut FlushWanted| wanted.file.is_none() && !wanted.leaving;
            let waited = self.changed.wait_while(self.wanted(), idle);
            let wanted = waited.unwrap_or_else(PoisonError::into_inner);
            let staying = |wanted: &mut FlushWanted| !wanted.leaving && !wanted.hurry;
            let waited = self.changed.wait_timeout_while(wanted, FLUSH, staying);
            let leaving = waited.unwrap_or_else(PoisonError::into_inner).0.leaving;
            self.once(disk);
            if leaving {
                return;
            }
        }
    }

    /// Flushes what there is to flush, and removes what is not needed after that.
    pub(super) fn once(&self, disk: &mut dyn Disk) {
        let (file, folder, old, spoilt) = {
            let mut wanted = self.wanted();
            wanted.hurry = false;
            let (file, folder) = (wanted.file.take(), wanted.folder.take());
            (file, folder, wanted.old.clone(), wanted.spoilt)
        };
        let Some(file) = file else { return };
        // A failure is reported when the point itself is saved; a key is no place for it.
        let flushed = !spoilt && flush(&file, folder.as_deref(), disk).is_ok();
        let mut wanted = self.wanted();
        wanted.outcome = Some(flushed);
        if flushed {
            drop(wanted);
            self.remove(&old, disk);
        } else {
            wanted.spoilt = true;
            wanted.folder = wanted.folder.take().or(folder);
        }
    }

    /// Removes these files and those that are not needed. Returns whether all of them are gone.
    pub(super) fn take_away(&self, mut more: Vec<PathBuf>, disk: &mut dyn Disk) -> bool {
        let old = {
            let mut wanted = self.wanted();
            more.append(&mut wanted.old);
            wanted.old = more;
            wanted.old.clone()
        };
        self.remove(&old, disk);
        self.is_settled()
    }

    fn remove(&self, old: &[PathBuf], disk: &mut dyn Disk) {
        for path in old {
            match disk.remove(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return,
                _ => self.wanted().old.retain(|old| old != path),
            }
        }
    }
}

fn flush(file: &Twin, folder: Option<&Path>, disk: &mut dyn Disk) -> io::Result<()> {
    file.lock().unwrap_or_else(PoisonError::into_inner).sync()?;
    if let Some(folder) = folder {
        disk.sync_folder(folder)?;
        disk.sync_folder(folder.parent().unwrap_or(folder))?;
    }
    Ok(())
}
