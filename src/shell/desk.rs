//! An open workshop: what writes it, what keeps the typing, what watches for other writers.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{collections::HashMap, sync::mpsc::Receiver, thread, time::Duration};

use super::clock::{chance, now};
use super::opening::{self, OpeningFailure};
use super::{data_folders::DataFolders, elsewhere, exchanging::Exchanging, inbox::Post};
use crate::app::{
    self, CopyNews, Errand, Message, OpenTarget, RememberedExchange, TextId, Typing, say::counted,
};
use crate::store::{
    ExchangeMemory, Folder, KeptText, LineId, MeetingKey, Missing, Presence, Scratch, SweepReport,
    Trouble, Watch, Writer, WriterHandle, WriterNews, place,
};
use crate::workshop::{Change, Field, Ids, PointId, Record, Workshop, WriterId};

/// How long closing waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything between the app and the folder of one workshop.
pub(super) struct Desk {
    folder: Folder,
    writer: Writer,
    scratch: Scratch,
    /// The lines that texts being typed have in the scratch.
    lines: HashMap<TextId, LineId>,
    /// Records given to the writer.
    given: u64,
    /// Records that the program itself gave before the first one of a person.
    own: u64,
    loading: Option<thread::JoinHandle<Option<Watch>>>,
    watch: Option<Watch>,
    /// Text found unfinished in the folder, and the lines it has in this run's own scratch.
    unfinished: Arc<Mutex<Vec<KeptText>>>,
    taken: Vec<LineId>,
    state: PathBuf,
    /// What this machine remembers about exchanging with other laptops.
    remembered: RememberedExchange,
    /// The thread that exchanges with them, once there is a reason to.
    exchanging: Option<Exchanging>,
    /// Marks the workshop as open, so that nobody forgets it meanwhile.
    _presence: Option<Presence>,
}

impl Desk {
    /// Opens a workshop far enough for a first frame: its agenda and a writer.
    pub(super) fn open(
        source: &OpenTarget,
        folders: &DataFolders,
        post: &Post,
    ) -> Result<(Self, Workshop), OpeningFailure> {
        let found = opening::find(source, folders)?;
        let words = |trouble: Trouble| OpeningFailure::Why(trouble.to_string());
        let founding = found.folder.agenda().map_err(words)?;
        let mut workshop = Workshop::default();
        workshop.apply(founding);
        let mut ids = Ids::seeded(chance());
        let answers = post.clone();
        let own = found.records.len() as u64;
        let answer = move |answer| {
            answers.send(match answer {
                WriterNews::Saved { through } => Message::Saved(through.saturating_sub(own)),
                WriterNews::Failed { why } => Message::NotSaved(why),
            });
        };
        let state = Some(folders.state.clone());
        let writer = Writer::start(&found.folder, ids.writer(), state, answer).map_err(words)?;
        writer.catch_up(&mut workshop);
        for record in &found.records {
            writer.save(record).map_err(words)?;
        }
        let scratch = Scratch::start(&found.folder, ids.writer());
        let title = workshop.agenda().title.clone();
        let at = now();
        let folder = place::real(found.folder.path());
        // If the list of recent workshops cannot be written, no point is lost.
        let _ = place::remember(&folders.state, place::RecentWorkshop { folder, title, at });
        for record in found.records {
            workshop.apply(record);
        }
        let presence = Presence::of(&folders.state, &found.folder);
        let exchange = ExchangeMemory::recall(&folders.state, &found.folder, ids.writer());
        let ExchangeMemory { group, place, copy, at, parcels, refused, .. } = exchange;
        let copy = copy.map(|kept| CopyNews {
            folder: Some(kept.folder),
            at: kept.at,
            ..CopyNews::default()
        });
        let copy = copy.unwrap_or_default();
        let key = MeetingKey::recall(&folders.state, found.folder.id()).map(|key| key.mark());
        let desk = Self {
            folder: found.folder,
            writer,
            scratch,
            lines: HashMap::new(),
            given: own,
            own,
            loading: None,
            watch: None,
            unfinished: Arc::default(),
            taken: Vec::new(),
            state: folders.state.clone(),
            remembered: RememberedExchange { group, place, copy, at, parcels, refused, key },
            exchanging: None,
            _presence: presence,
        };
        Ok((desk, workshop))
    }

    /// Whether only this account can read the workshop's files.
    pub(super) fn is_private(&self) -> bool {
        self.folder.is_private()
    }

    /// The workshop's folder.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The writer under whose name its changes are made.
    pub(super) fn writer(&self) -> WriterId {
        self.writer.id()
    }

    /// Reads all its points on a thread, and after that what others write.
    pub(super) fn load(&mut self, post: Post) {
        let (folder, own) = (self.folder.clone(), self.writer.id());
        let found = Arc::clone(&self.unfinished);
        let state = self.state.clone();
        let read = move || match folder.read() {
            Ok(loaded) => {
                let unfinished = KeptText::in_folder(&folder, &loaded.workshop);
                let unfinished = unfinished.unwrap_or_default();
                let for_screen = unfinished.iter().map(for_the_screen).collect();
                *found.lock().unwrap_or_else(PoisonError::into_inner) = unfinished;
                folder.keep_counts(&loaded, &state, own);
                let mut missing = Missing::of(&folder, &loaded);
                let damage = loaded.damage.iter().map(ToString::to_string).collect();
                post.send(Message::Loaded(Box::new(app::StoredWorkshop {
                    words: app::Words::of(&loaded.workshop),
                    own: loaded.tail.writers().clone(),
                    names: loaded.workshop.names(),
                    workshop: loaded.workshop,
                    damage,
                    unfinished: for_screen,
                })));
                let posted = post.clone();
                let arrived = move |records: Vec<Record>, _| {
                    if !records.is_empty() {
                        posted.send(Message::Arrived(records));
                    }
                };
                let looked = move |damaged| {
                    if let Some((damage, gaps)) = missing.look(damaged) {
                        let damage = damage.iter().map(ToString::to_string).collect();
                        post.send(Message::Missing(damage, gaps));
                    }
                };
                Watch::start_with(loaded.tail, own, Watch::EVERY, arrived, looked).ok()
            }
            Err(trouble) => {
                post.send(Message::Refused(trouble.to_string()));
                None
            }
        };
        self.loading = thread::Builder::new().name("load".into()).spawn(read).ok();
    }

    /// What this machine remembers about exchanging with other laptops.
    pub(super) fn remembered(&self) -> RememberedExchange {
        self.remembered.clone()
    }

    /// Exchanges with other laptops from now on, if there is a shared folder or a second copy.
    pub(super) fn meet(&mut self, post: &Post) {
        if self.remembered.place.is_some() || self.remembered.copy.folder.is_some() {
            self.exchanging(post);
        }
    }

    fn exchanging(&mut self, post: &Post) -> &Exchanging {
        let (folder, state) = (&self.folder, &self.state);
        let start = || Exchanging::start(folder.clone(), state.clone(), post.clone());
        self.exchanging.get_or_insert_with(start)
    }

    /// Sends the courier; returns `false` if there is none.
    pub(super) fn carry(&mut self, errand: Errand, post: &Post) -> bool {
        self.exchanging(post).run(errand)
    }

    /// Passes on that another program wrote something into the folder.
    pub(super) fn grown(&self) {
        if let Some(exchanging) = &self.exchanging {
            exchanging.grown();
        }
    }

    /// Reads what came in from other laptops, which is now in the folder.
    pub(super) fn came(&mut self) {
        if self.loading.as_ref().is_some_and(thread::JoinHandle::is_finished) {
            self.watch = self.loading.take().and_then(|loading| loading.join().ok()).flatten();
        }
        if let Some(watch) = &self.watch {
            watch.poll();
        }
    }

    /// Moves unfinished text into this run's own scratch, so that it is not found again.
    pub(super) fn take_over(&mut self) -> Result<(), Trouble> {
        let mut found = self.unfinished.lock().unwrap_or_else(PoisonError::into_inner);
        let (taken, kept) = KeptText::take_over(&found, &mut self.scratch);
        self.taken = taken;
        found.clear();
        kept
    }

    /// Gives a record to the writer.
    pub(super) fn save(&mut self, record: &Record) -> Result<(), Trouble> {
        self.given += 1;
        self.writer.save(record)
    }

    /// Removes purged words from the disk, on a thread of its own. For the point `whose`, reports what
    /// was removed, and where else its words may be.
    pub(super) fn sweep(&mut self, whose: Option<PointId>, post: &Post) -> Result<(), Trouble> {
        let exchanging = self.exchanging.as_ref().map(Exchanging::let_go);
        let sweep = Sweep {
            folder: self.folder.clone(),
            state: self.state.clone(),
            hand: self.writer.handle(),
            own: self.writer.id(),
            exchanging,
            whose,
        };
        let post = post.clone();
        let work = move || {
            let done = sweep.run();
            match done {
                Ok(lines) if whose.is_some() => post.send(Message::Left(lines)),
                Ok(_) => {}
                Err(trouble) => post.send(Message::Refused(trouble.to_string())),
            }
        };
        // Without a thread, this is done the next time the workshop is opened.
        let _ = thread::Builder::new().name("sweep".into()).spawn(work);
        self.scratch.sweep()
    }

    /// Remembers that files were exported.
    pub(super) fn exported(&self, files: &[PathBuf]) {
        elsewhere::note_exports(&self.state, &self.folder, files);
    }

    /// Keeps what is being typed.
    pub(super) fn keep(&mut self, typing: &Typing) -> Result<(), Trouble> {
        match typing {
            Typing::Begun { id, place, editing, proposing, text, brought } => {
                let taken = brought.and_then(|brought| self.taken.get(brought)).copied();
                let fresh = || taken.unwrap_or_else(|| self.scratch.line());
                let line = *self.lines.entry(*id).or_insert_with(fresh);
                self.scratch.begin_again(line, place, *editing, proposing.as_ref(), text)
            }
            Typing::Edited(id, edit) => self.lines.get(id).map_or(Ok(()), |line| {
                self.scratch.edit(*line, edit.at, edit.removed.len(), &edit.inserted)
            }),
            Typing::Entered(id, points) => {
                let line = self.lines.remove(id);
                line.map_or(Ok(()), |line| self.scratch.entered(line, points))
            }
            Typing::Dropped(id) => {
                let line = self.lines.remove(id);
                line.map_or(Ok(()), |line| self.scratch.dropped(line))
            }
        }
    }

    /// Notes that this many of a person's records are on the disk.
    pub(super) fn saved(&mut self, count: u64) -> Result<(), Trouble> {
        if let Some(exchanging) = &self.exchanging {
            exchanging.changed();
        }
        if count + self.own == self.given { self.scratch.saved() } else { Ok(()) }
    }

    /// Whether what is typed is being kept at the moment.
    pub(super) fn is_kept(&self) -> bool {
        self.scratch.is_kept()
    }

    /// Closes the workshop once everything is saved, or nothing more can be saved. Returns
    /// the words of what is not saved.
    pub(super) fn close(mut self) -> Vec<String> {
        if let Some(loading) = self.loading.take() {
            drop(loading.join());
        }
        drop(self.watch.take());
        let unsaved = self.writer.finish(PATIENCE);
        // After the writer: what it saved last is still published.
        drop(self.exchanging.take());
        if unsaved.is_empty() {
            let _ = self.scratch.saved();
        }
        words(&unsaved)
    }
}

/// A sweep through the files of an open workshop.
struct Sweep {
    folder: Folder,
    state: PathBuf,
    hand: WriterHandle,
    own: WriterId,
    exchanging: Option<Receiver<()>>,
    whose: Option<PointId>,
}

impl Sweep {
    fn run(self) -> Result<Vec<String>, Trouble> {
        if let Some(exchanging) = &self.exchanging {
            let _ = exchanging.recv_timeout(PATIENCE);
        }
        if self.whose.is_some() {
            // The purge itself must be on the disk first.
            self.hand.let_go(PATIENCE);
        }
        let (mut workshop, mut swept) = self.once()?;
        let own = self.own.to_string();
        if swept.held.iter().any(|name| name.starts_with(&own)) {
            self.hand.let_go(PATIENCE);
            let lines = swept.lines;
            (workshop, swept) = self.once()?;
            swept.lines += lines;
        }
        let mut said = vec![format!(
            "The words were removed from {} on this laptop.",
            counted(swept.lines, "line")
        )];
        said.extend(swept.files_left());
        let holders = elsewhere::holders(&self.state, &self.folder, &workshop);
        said.push(if holders.is_empty() {
            "No other place that may have them is known here.".to_owned()
        } else {
            "They may still be elsewhere:".to_owned()
        });
        said.extend(holders);
        Ok(said)
    }

    fn once(&self) -> Result<(Workshop, SweepReport), Trouble> {
        let workshop = self.folder.read()?.workshop;
        let swept = self.folder.sweep(&workshop, self.whose)?;
        Ok((workshop, swept))
    }
}

fn for_the_screen(unfinished: &KeptText) -> app::UnfinishedText {
    app::UnfinishedText {
        group: unfinished.group.clone(),
        topic: unfinished.topic.clone(),
        session: unfinished.session.clone(),
        editing: unfinished.editing,
        proposing: unfinished.proposing.clone(),
        text: unfinished.text.clone(),
    }
}

/// The words of changes that could not be saved.
fn words(records: &[Record]) -> Vec<String> {
    let changes = records.iter().flat_map(|record| &record.changes);
    let words = changes.map(|change| match change {
        Change::PointCaptured(captured) => captured.text.to_string(),
        Change::PointChanged { to: Field::Text(text), .. } => text.to_string(),
        change => format!("{change:?}"),
    });
    words.collect()
}
