//! What other programs write in the same folder, as they write it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Damage, Tail, Trouble};
use crate::workshop::{Record, WriterId};

/// Passes on what others write, until it is dropped. Between changes it sleeps.
#[derive(Debug)]
pub struct Watch {
    wake: SyncSender<()>,
    /// Absent if the system cannot report changes; then [`poll`](Self::poll) is used.
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Continues where `tail` stopped. `pass` is called on the watch's thread with what is new, except
    /// for the records of the `own` writer.
    pub fn start(
        tail: Tail,
        own: WriterId,
        pass: impl FnMut(Vec<Record>, Vec<Damage>) + Send + 'static,
    ) -> Result<Self, Trouble> {
        Self::start_with(tail, own, pass, |_| ())
    }

    /// The same; `looked` is called each time everything new has been passed on, with whether
    /// any of it was damaged.
    pub fn start_with(
        tail: Tail,
        own: WriterId,
        pass: impl FnMut(Vec<Record>, Vec<Damage>) + Send + 'static,
        looked: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, Trouble> {
        // One waiting call is enough: it reads everything there is.
        let (wake, woken) = sync_channel(1);
        let changes = tail.folder().to_owned();
        let caller = wake.clone();
        let own_name = own.to_string();
        let heard = move |event: notify::Result<notify::Event>| {
            let touches_others = match &event {
                Err(_) => true,
                Ok(event) => {
                    !matches!(event.kind, EventKind::Access(_))
                        && !event.paths.iter().all(|path| {
                            path.file_name().is_some_and(|name| super::tail::is_of(name, &own_name))
                        })
                }
            };
            if touches_others {
                let _ = caller.try_send(());
            }
        };
        let watcher = RecommendedWatcher::new(heard, notify::Config::default()).ok();
        let watcher = watcher.and_then(|mut watcher| {
            watcher.watch(&changes, RecursiveMode::NonRecursive).ok().map(|()| watcher)
        });
        let thread = thread::Builder::new().name("watch".into());
        thread
            .spawn(move || look(tail, own, &woken, pass, looked))
            .map_err(Trouble::reading(&changes))?;
        let watch = Self { wake, watcher };
        // For what was written between the reading and the watching.
        watch.poll();
        Ok(watch)
    }

    /// Looks now: for folders on a network, whose changes the system does not report.
    pub fn poll(&self) {
        let _ = self.wake.try_send(());
    }

    /// Whether the system reports changes by itself.
    pub fn is_watching(&self) -> bool {
        self.watcher.is_some()
    }
}

/// Looks each time it is woken, until nobody is left to wake it.
fn look(
    mut tail: Tail,
    own: WriterId,
    woken: &Receiver<()>,
    mut pass: impl FnMut(Vec<Record>, Vec<Damage>),
    mut looked: impl FnMut(bool),
) {
    while woken.recv().is_ok() {
        let damage = tail.read(Some(own), &mut |records| pass(records, Vec::new()));
        let is_damaged = !damage.is_empty();
        if is_damaged {
            pass(Vec::new(), damage);
        }
        looked(is_damaged);
    }
}
