//! The thread that writes records to the disk.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{collections::VecDeque, path::PathBuf, thread};

use smallvec::SmallVec;

use super::{
    Folder, Trouble, bookmark, bookmark::TakenBookmark, cause::why, disk::RealDisk, journal, own,
    own::WriterTally, pen::JournalPen,
};
use crate::workshop::{Moment, Record, Stamp, Workshop, WriterId};

/// How much is written at once when records come faster than the disk takes them.
const GROUP: usize = 1 << 20;
/// How soon a failed write is tried again.
const SOON: Duration = Duration::from_secs(1);
/// The longest wait before a retry, on a disk that accepts bytes and cannot keep them.
const LATE: Duration = Duration::from_mins(1);

/// What a writer reports, from its own thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriterNews {
    /// The disk has this many of the records given to this writer, in their order.
    Saved {
        /// How many, in all.
        through: u64,
    },
    /// The disk has not taken the rest. It is kept and tried again until it is saved.
    Failed {
        /// Why, in the facilitator's words: "the disk is full".
        why: String,
    },
}

/// Puts one run's records on the disk, in the order they were given.
#[derive(Debug)]
pub struct Writer {
    id: WriterId,
    desk: Arc<SharedPile>,
    thread: Option<thread::JoinHandle<()>>,
}

/// What the writer's thread and its owner share.
#[derive(Debug, Default)]
struct SharedPile {
    pile: Mutex<Pile>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Pile {
    /// Records as they will be written, until the disk has them.
    waiting: VecDeque<WaitingRecords>,
    /// The writer's latest Lamport time.
    latest: u64,
    /// How many of this run's records the disk has, by writer.
    saved: WriterTally,
    /// Whether somebody is waiting for the file to be let go of.
    wanted: bool,
    leaving: bool,
    left: bool,
}

/// A record that is not on the disk yet.
#[derive(Debug)]
struct WaitingRecords {
    json: Arc<[u8]>,
    /// Whose record it is, if it is counted.
    counted: Option<WriterId>,
}

impl Pile {
    /// Notes that the disk has the first `count` of them.
    fn note_saved(&mut self, count: usize) {
        for writer in self.waiting.drain(..count).filter_map(|saved| saved.counted) {
            *self.saved.entry(writer).or_default() += 1;
        }
    }
}

/// Saves how many changes this run wrote, on top of those of earlier runs: it may be killed at any time.
fn keep_as_it_goes(
    folder: &Folder,
    state: Option<PathBuf>,
    id: WriterId,
    before: u64,
) -> impl FnMut(&WriterTally) + Send + 'static {
    let folder = folder.clone();
    let mut laptop = None;
    move |saved| {
        let (Some(state), Some(count)) = (&state, saved.get(&id)) else { return };
        let (laptop, group) = laptop.get_or_insert_with(|| own::this_laptop(&folder, state, id));
        own::keep(&folder, (*laptop, group.as_ref()), &[(id, before + count)].into());
    }
}

impl SharedPile {
    fn pile(&self) -> MutexGuard<'_, Pile> {
        self.pile.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    /// Starts the thread. With a `state` folder, a file that an earlier run on this machine closed
    /// well is continued under its writer's id; otherwise the writer is `fresh`, and its file is
    /// made with the first record. `answer` is called on the writer's thread.
    ///
    /// A workshop that makes records before it has read the whole folder has to
    /// [`catch up`](Self::catch_up) first.
    pub fn start(
        folder: &Folder,
        fresh: WriterId,
        state: Option<PathBuf>,
        answer: impl FnMut(WriterNews) + Send + 'static,
    ) -> Result<Self, Trouble> {
        let taken = state.as_ref().and_then(|state| bookmark::take(state, folder));
        Self::begin(folder, (fresh, taken), (state, true), answer)
    }

    /// The same for records that may have the names of other writers, as imported ones do: they go
    /// into a file of their own, which nobody continues.
    pub fn start_aside(
        folder: &Folder,
        fresh: WriterId,
        state: PathBuf,
        answer: impl FnMut(WriterNews) + Send + 'static,
    ) -> Result<Self, Trouble> {
        Self::begin(folder, (fresh, None), (Some(state), false), answer)
    }

    fn begin(
        folder: &Folder,
        (fresh, taken): (WriterId, Option<TakenBookmark>),
        (state, marks): (Option<PathBuf>, bool),
        answer: impl FnMut(WriterNews) + Send + 'static,
    ) -> Result<Self, Trouble> {
        let id = taken.as_ref().map_or(fresh, |taken| taken.writer);
        let mut pen = JournalPen::new(Box::new(RealDisk), folder.changes(), id.to_string());
        let (before, count) = taken.as_ref().map_or((0, 0), |taken| (taken.time, taken.count));
        if let Some(taken) = taken {
            pen.resume(taken.file, taken.stopped);
        }
        let (folder, path) = (folder.clone(), folder.changes());
        let desk = Arc::new(SharedPile::default());
        desk.pile().latest = before;
        let shared = Arc::clone(&desk);
        let counted = keep_as_it_goes(&folder, state.clone(), id, count);
        let stopped = move |pen: JournalPen, latest: u64, mut saved: WriterTally| {
            let Some(state) = state else { return };
            let all = count + saved.get(&id).copied().unwrap_or(0);
            saved.entry(id).and_modify(|saved| *saved = all);
            if let Some(stopped) = pen.stop().filter(|_| marks) {
                bookmark::leave(&state, &folder, id, (latest, all), &stopped);
            }
            if !saved.is_empty() {
                // What is in its file may have been written under another name, as a sample is.
                saved.entry(id).or_default();
            }
            own::keep_run(&folder, &state, id, &saved);
        };
        let work = move || shared.work(pen, (answer, counted), stopped);
        let thread = thread::Builder::new().name("write".into()).spawn(work);
        let thread = thread.map_err(Trouble::writing(&path))?;
        Ok(Self { id, desk, thread: Some(thread) })
    }

    /// Whose records these are.
    pub fn id(&self) -> WriterId {
        self.id
    }

    /// Makes everything that a workshop records from now on later than what this writer wrote before, including
    /// in earlier runs, whether or not the workshop has read it.
    pub fn catch_up(&self, workshop: &mut Workshop) {
        let stamp = Stamp { time: self.desk.pile().latest, writer: self.id };
        workshop.apply(Record { stamp, at: Moment::default(), changes: SmallVec::new() });
    }

    /// Queues a record to be saved, and never waits for the disk. A record that no reader would
    /// accept is refused: for its length, when its changes have to be made in several, or for its
    /// time, when a forged one has used up all there is.
    pub fn save(&self, record: &Record) -> Result<(), Trouble> {
        if record.stamp.time > Stamp::LAST_TIME {
            return Err(Trouble::TooLate);
        }
        let json = serde_json::to_vec(record).unwrap_or_default();
        if json.is_empty() || json.len() > journal::LONGEST_RECORD {
            return Err(Trouble::TooLarge(json.len()));
        }
        let mut pile = self.desk.pile();
        if record.stamp.writer == self.id {
            pile.latest = pile.latest.max(record.stamp.time);
        }
        let counted = own::is_counted(record).then_some(record.stamp.writer);
        pile.waiting.push_back(WaitingRecords { json: json.into(), counted });
        // Those who wait for the file to be let go of wait for the same signal.
        self.desk.changed.notify_all();
        Ok(())
    }

    /// A handle through which the thread can be made to let go of its file.
    pub fn handle(&self) -> WriterHandle {
        WriterHandle(Arc::clone(&self.desk))
    }

    /// Writes what is still waiting, for no longer than `patience`, and stops. What could not be
    /// saved is returned.
    pub fn finish(mut self, patience: Duration) -> Vec<Record> {
        self.leave(patience)
    }

    fn leave(&mut self, patience: Duration) -> Vec<Record> {
        let Some(thread) = self.thread.take() else { return Vec::new() };
        self.desk.pile().leaving = true;
        self.desk.changed.notify_all();
        let until = Instant::now() + patience;
        let mut pile = self.desk.pile();
        while !pile.left {
            let Some(rest) = until.checked_duration_since(Instant::now()) else { break };
            let waited = self.desk.changed.wait_timeout(pile, rest);
            pile = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let read = |waiting: &WaitingRecords| serde_json::from_slice(&waiting.json).ok();
        let unsaved = pile.waiting.iter().filter_map(read);
        let unsaved = unsaved.collect();
        if pile.left {
            drop(pile);
            let _ = thread.join();
        }
        unsaved
    }
}

/// Makes a writer let go of its file, from any thread.
#[derive(Clone, Debug)]
pub struct WriterHandle(Arc<SharedPile>);

impl WriterHandle {
    /// Writes everything that is waiting and lets go of the file; the next record begins another.
    /// Returns whether that was done within the time given.
    pub fn let_go(&self, patience: Duration) -> bool {
        let mut pile = self.0.pile();
        pile.wanted = true;
        self.0.changed.notify_all();
        let waits = |pile: &mut Pile| pile.wanted && !pile.left;
        let waited = self.0.changed.wait_timeout_while(pile, patience, waits);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.leave(Duration::from_secs(5));
    }
}

impl SharedPile {
    /// Writes until there is nothing left to write and the owner leaves.
    fn work(
        &self,
        mut pen: JournalPen,
        (mut answer, mut counted): (impl FnMut(WriterNews), impl FnMut(&WriterTally)),
        stopped: impl FnOnce(JournalPen, u64, WriterTally),
    ) {
        let _leaving = Leaving(self);
        let mut saved = 0;
        let mut trouble = None;
        let mut pause = SOON;
        while let Some((group, last_try)) = self.next_group() {
            if group.is_empty() {
                pen.let_go();
                self.pile().wanted = false;
                self.changed.notify_all();
                continue;
            }
            match pen.write(group.iter().map(AsRef::as_ref)) {
                Ok(()) => {
                    self.pile().note_saved(group.len());
                    saved += group.len() as u64;
                    (trouble, pause) = (None, SOON);
                    answer(WriterNews::Saved { through: saved });
                    // Nobody waits for this, so it may cost as much as a small file does.
                    if let Some(saved) = self.saved_by_now() {
                        counted(&saved);
                    }
                }
                Err(failed) => {
                    let why = why(&failed.error);
                    if trouble.as_ref() != Some(&why) {
                        answer(WriterNews::Failed { why: why.clone() });
                    }
                    if last_try {
                        break;
                    }
                    self.rest(pause);
                    pause = if failed.at_sync { (2 * pause).min(LATE) } else { SOON };
                    trouble = Some(why);
                }
            }
        }
        let (latest, saved) = {
            let mut pile = self.pile();
            (pile.latest, std::mem::take(&mut pile.saved))
        };
        stopped(pen, latest, saved);
    }

    /// Waits for records; `None` once there are none and the owner leaves. They stay in the pile
    /// until the disk has them. No records at all means to let go of the file. Also returns whether the owner
    /// is already leaving.
    fn next_group(&self) -> Option<(Vec<Arc<[u8]>>, bool)> {
        let mut pile = self.pile();
        while pile.waiting.is_empty() && !pile.leaving && !pile.wanted {
            pile = self.changed.wait(pile).unwrap_or_else(PoisonError::into_inner);
        }
        let mut room = GROUP;
        let jsons = pile.waiting.iter().map(|waiting| &waiting.json);
        let fits = |json: &&Arc<[u8]>| {
            let fits = room > 0;
            room = room.saturating_sub(json.len());
            fits
        };
        let group: Vec<_> = jsons.take_while(fits).cloned().collect();
        (!group.is_empty() || pile.wanted).then_some((group, pile.leaving))
    }

    /// How many of this run's records the disk has, by writer, if none is waiting to be written.
    fn saved_by_now(&self) -> Option<WriterTally> {
        let pile = self.pile();
        pile.waiting.is_empty().then(|| pile.saved.clone())
    }

    /// Waits before the next try, unless the owner is leaving.
    fn rest(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut pile = self.pile();
        while let Some(rest) = until.checked_duration_since(Instant::now())
            && !pile.leaving
        {
            let waited = self.changed.wait_timeout(pile, rest);
            pile = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Tells the owner that the thread has left, however it did.
struct Leaving<'a>(&'a SharedPile);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.pile().left = true;
        self.0.changed.notify_all();
    }
}
