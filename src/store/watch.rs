//! What other programs write in the same folder, as they write it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::{fs, thread, time::Duration};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Damage, Tail, Trouble, system};
use crate::workshop::{Record, WriterId};

/// Passes on what others write, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    wake: SyncSender<()>,
    over: Arc<AtomicBool>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        self.poll();
    }
}

impl Watch {
    /// How often it looks by itself: shares, folders of sync programs and files of another system report no changes,
    /// or not all.
    pub const EVERY: Duration = Duration::from_secs(3);

    /// Continues where `tail` stopped. `pass` is called on the watch's thread with what is new, except
    /// for the records of the `own` writer.
    pub fn start(
        tail: Tail,
        own: WriterId,
        pass: impl FnMut(Vec<Record>, Vec<Damage>) + Send + 'static,
    ) -> Result<Self, Trouble> {
        Self::start_with(tail, own, Self::EVERY, pass, |_| ())
    }

    /// The same; it looks at least this often by itself, and `looked` is called each time everything new has been
    /// passed on, with whether any of it was damaged.
    pub fn start_with(
        tail: Tail,
        own: WriterId,
        every: Duration,
        pass: impl FnMut(Vec<Record>, Vec<Damage>) + Send + 'static,
        looked: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, Trouble> {
        // One waiting call is enough: it reads everything there is.
        let (wake, woken) = sync_channel(1);
        let changes = tail.folder().to_owned();
        let over = Arc::new(AtomicBool::new(false));
        let sentry = Sentry { changes: changes.clone(), own, wake: wake.clone(), watched: None };
        let round = Round { woken, every, over: Arc::clone(&over) };
        let thread = thread::Builder::new().name("watch".into());
        thread
            .spawn(move || round.look(tail, own, sentry, pass, looked))
            .map_err(Trouble::reading(&changes))?;
        let watch = Self { wake, over };
        // For what was written between the reading and the watching.
        watch.poll();
        Ok(watch)
    }

    /// Looks now.
    pub fn poll(&self) {
        let _ = self.wake.try_send(());
    }
}

/// Has the system report changes in the folder.
struct Sentry {
    changes: PathBuf,
    own: WriterId,
    wake: SyncSender<()>,
    /// The folder that is watched, as the system numbers it.
    watched: Option<(u64, RecommendedWatcher)>,
}

impl Sentry {
    /// Watches the folder that has its name now: it may have been made again, or be on another stick.
    fn renew(&mut self) {
        let number = number(&self.changes);
        if number.is_some() && number == self.watched.as_ref().map(|(watched, _)| *watched) {
            return;
        }
        self.watched = number.and_then(|number| Some((number, self.watcher()?)));
    }

    fn watcher(&self) -> Option<RecommendedWatcher> {
        let (own, wake) = (self.own.to_string(), self.wake.clone());
        let heard = move |event: notify::Result<notify::Event>| {
            let is_own = |path: &PathBuf| {
                path.file_name().is_some_and(|name| super::tail::is_of(name, &own))
            };
            let touches_others = event.is_ok_and(|event| {
                !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(is_own)
            });
            if touches_others {
                let _ = wake.try_send(());
            }
        };
        let mut watcher = RecommendedWatcher::new(heard, notify::Config::default()).ok()?;
        watcher.watch(&self.changes, RecursiveMode::NonRecursive).ok()?;
        Some(watcher)
    }
}

fn number(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().map(|found| system::identity(&found))
}

/// When it looks.
struct Round {
    woken: Receiver<()>,
    every: Duration,
    over: Arc<AtomicBool>,
}

impl Round {
    /// Looks each time it is woken, and by itself, until the watch is dropped.
    fn look(
        self,
        mut tail: Tail,
        own: WriterId,
        mut sentry: Sentry,
        mut pass: impl FnMut(Vec<Record>, Vec<Damage>),
        mut looked: impl FnMut(bool),
    ) {
        loop {
            sentry.renew();
            let woken = match self.woken.recv_timeout(self.every) {
                Ok(()) => true,
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let mut came = false;
            let damage = tail.read(Some(own), &mut |records| {
                came = true;
                pass(records, Vec::new());
            });
            let is_damaged = !damage.is_empty();
            if is_damaged {
                pass(Vec::new(), damage);
            }
            if woken || came || is_damaged {
                looked(is_damaged);
            }
        }
    }
}
