//! Text that is being typed, kept with every key.
//!
//! One file a run, of the same checksummed lines as a journal. A key is one small write that
//! survives `kill -9`; a thread flushes it within half a second, so that a power cut costs no more
//! than that. Once a text was entered and its point is saved, nobody needs the file any more.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::journal::{self, FIRST, Sum};
use super::{Folder, Trouble, system};
use crate::workshop::{GroupId, Pin, Place, PointId, SessionId, TopicId, WriterId};

/// How long a key may wait to be flushed.
const FLUSH: Duration = Duration::from_millis(400);
/// How large the file grows before a fresh one is begun.
const LARGE: u64 = 256 << 10;
/// How many keys pass at most before a scratch that failed is tried again.
const SELDOM: u32 = 8;

/// One text being typed, among those of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineId(u32);

/// What happened to a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stroke {
    /// It was begun, or is told of again.
    Begun {
        line: LineId,
        group: GroupId,
        topic: TopicId,
        /// The session it is filed under.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionId>,
        /// The point whose words it is to replace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        editing: Option<PointId>,
        /// The paragraph of the draft text that it is proposed for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposing: Option<Pin>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// At a byte, so many bytes were taken out and these words put in.
    Edit(LineId, usize, usize, CompactString),
    /// It was entered as these points.
    Entered(LineId, Vec<PointId>),
    /// It was given up, or all its points are saved.
    Done(LineId),
}

impl Stroke {
    /// Whether nothing that stood goes with it.
    pub(super) fn only_adds(&self) -> bool {
        matches!(self, Self::Edit(_, _, 0, _) | Self::Entered(..))
    }
}

/// A text as it stands in the scratch.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) line: LineId,
    pub(super) group: GroupId,
    pub(super) topic: TopicId,
    pub(super) session: Option<SessionId>,
    pub(super) editing: Option<PointId>,
    pub(super) proposing: Option<Pin>,
    pub(super) text: String,
    /// The points it was entered as.
    pub(super) entered: Vec<PointId>,
}

impl Text {
    fn begun(&self) -> Stroke {
        Stroke::Begun {
            line: self.line,
            group: self.group.clone(),
            topic: self.topic.clone(),
            session: self.session.clone(),
            editing: self.editing,
            proposing: self.proposing.clone(),
            text: self.text.clone(),
        }
    }
}

/// Follows a stroke in what stands. One that does not fit is taken as far as it does.
pub(super) fn follow(texts: &mut Vec<Text>, stroke: Stroke) {
    let find = |texts: &mut Vec<Text>, line| texts.iter().position(|text: &Text| text.line == line);
    match stroke {
        Stroke::Begun { line, group, topic, session, editing, proposing, text } => {
            texts.retain(|text| text.line != line);
            let entered = Vec::new();
            texts.push(Text { line, group, topic, session, editing, proposing, text, entered });
        }
        Stroke::Edit(line, at, removed, inserted) => {
            if let Some(place) = find(texts, line) {
                let text = &mut texts[place].text;
                let start = text.floor_char_boundary(at);
                let end = text.floor_char_boundary(start.saturating_add(removed));
                text.replace_range(start..end, &inserted);
            }
        }
        Stroke::Entered(line, points) => {
            if let Some(place) = find(texts, line) {
                texts[place].entered = points;
            }
        }
        Stroke::Done(line) => texts.retain(|text| text.line != line),
    }
}

/// What tells of these texts as they stand, line by line.
fn strokes(texts: &[Text]) -> Vec<Vec<u8>> {
    let mut strokes: Vec<Stroke> = Vec::new();
    for text in texts {
        strokes.push(text.begun());
        if !text.entered.is_empty() {
            strokes.push(Stroke::Entered(text.line, text.entered.clone()));
        }
    }
    strokes.iter().flat_map(serde_json::to_vec).collect()
}

/// A file with these texts as they stand.
pub(super) fn lines(texts: &[Text]) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), FIRST);
    for json in strokes(texts) {
        last = journal::seal(last, &json, &mut bytes);
    }
    bytes
}

/// Keeps what one run of the program has typed and not entered.
#[derive(Debug)]
pub struct Scratch {
    typing: PathBuf,
    run: WriterId,
    /// Which of the run's files comes next.
    next: u32,
    file: Option<Sheet>,
    texts: Vec<Text>,
    lines: u32,
    /// Keys to let pass before a failed scratch is tried again, and how many the next time.
    resting: Option<(u32, u32)>,
    flush: Arc<Flush>,
    thread: Option<thread::JoinHandle<()>>,
}

#[derive(Debug)]
struct Sheet {
    file: Arc<File>,
    path: PathBuf,
    last: Sum,
    length: u64,
}

impl Scratch {
    /// A scratch of its own for this run. Its file is made with the first key.
    pub fn start(folder: &Folder, run: WriterId) -> Self {
        let flush = Arc::new(Flush::default());
        let shared = Arc::clone(&flush);
        let thread = thread::Builder::new().name("flush".into()).spawn(move || shared.work());
        Self {
            typing: folder.typing(),
            run,
            next: 1,
            file: None,
            texts: Vec::new(),
            lines: 0,
            resting: None,
            flush,
            thread: thread.ok(),
        }
    }

    /// A text is begun at a place: empty, or with the words of the point it is to reword. The
    /// first failure is told; after that typing goes on and the scratch heals itself.
    pub fn begin(
        &mut self,
        place: &Place,
        editing: Option<PointId>,
        text: &str,
    ) -> (LineId, Result<(), Trouble>) {
        self.begin_for(place, editing, None, text)
    }

    /// The same, where the text is to stand in a paragraph of the draft text.
    pub fn begin_for(
        &mut self,
        place: &Place,
        editing: Option<PointId>,
        proposing: Option<&Pin>,
        text: &str,
    ) -> (LineId, Result<(), Trouble>) {
        self.lines += 1;
        let line = LineId(self.lines);
        let stroke = Stroke::Begun {
            line,
            group: place.group.clone(),
            topic: place.topic.clone(),
            session: place.session.clone(),
            editing,
            proposing: proposing.cloned(),
            text: text.to_owned(),
        };
        (line, self.keep(stroke))
    }

    /// At a byte of the text, so many bytes are taken out and these words put in.
    pub fn edit(
        &mut self,
        line: LineId,
        at: usize,
        removed: usize,
        inserted: &str,
    ) -> Result<(), Trouble> {
        self.keep(Stroke::Edit(line, at, removed, inserted.into()))
    }

    /// The text was entered as these points, which are not saved yet.
    pub fn entered(&mut self, line: LineId, points: &[PointId]) -> Result<(), Trouble> {
        self.keep(Stroke::Entered(line, points.to_vec()))
    }

    /// The text was given up.
    pub fn dropped(&mut self, line: LineId) -> Result<(), Trouble> {
        self.keep(Stroke::Done(line))
    }

    /// Whether the disk took the last of what was typed.
    pub fn is_kept(&self) -> bool {
        self.resting.is_none()
    }

    /// All that was entered so far is on the disk. A scratch that failed begins anew: there is room
    /// again.
    pub fn saved(&mut self) -> Result<(), Trouble> {
        let done: Vec<LineId> =
            self.texts.iter().filter(|text| !text.entered.is_empty()).map(|t| t.line).collect();
        if self.resting.take().is_some() {
            // The disk takes things again: all that stands goes to a fresh file at once.
            for line in done {
                follow(&mut self.texts, Stroke::Done(line));
            }
            return self.renew();
        }
        let mut kept = Ok(());
        for line in done {
            kept = kept.and(self.keep(Stroke::Done(line)));
        }
        if self.file.as_ref().is_some_and(|sheet| sheet.length > LARGE) {
            kept = kept.and(self.renew());
        }
        kept
    }

    fn keep(&mut self, stroke: Stroke) -> Result<(), Trouble> {
        let json = serde_json::to_vec(&stroke).unwrap_or_default();
        follow(&mut self.texts, stroke);
        match &mut self.resting {
            Some((0, _)) => return self.renew(),
            Some((keys, _)) => {
                *keys -= 1;
                return Ok(());
            }
            None => {}
        }
        match &mut self.file {
            None => self.renew(),
            Some(sheet) => {
                let written = sheet.write(&[json]);
                self.after(written)
            }
        }
    }

    /// Begins a fresh file with all that stands, then takes the old one away.
    fn renew(&mut self) -> Result<(), Trouble> {
        let fresh = self.make();
        let written = fresh.map(|sheet| self.file.replace(sheet));
        let written = written.map(|old| {
            let mut wanted = self.flush.wanted();
            wanted.folder = Some(self.typing.clone());
            wanted.old.extend(old.map(|old| old.path));
        });
        self.after(written)
    }

    fn make(&mut self) -> std::io::Result<Sheet> {
        system::make_folders(&self.typing)?;
        let path = self.typing.join(format!("{}-{}.jsonl", self.run, self.next));
        self.next += 1;
        let file = system::make_private(&path)?;
        // Where there are no locks, another run may offer this text too: twice is not lost.
        let _ = system::hold(&file);
        let mut sheet = Sheet { file: Arc::new(file), path, last: FIRST, length: 0 };
        let written = sheet.write(&strokes(&self.texts));
        if written.is_err() {
            let _ = fs::remove_file(&sheet.path);
        }
        written.map(|()| sheet)
    }

    /// Has what was written flushed, or rests for some keys after a failure.
    fn after(&mut self, written: std::io::Result<()>) -> Result<(), Trouble> {
        let Err(error) = written else {
            self.resting = None;
            self.flush.want(self.file.as_ref().map(|sheet| Arc::clone(&sheet.file)));
            return Ok(());
        };
        let told = self.resting.is_some();
        let keys = self.resting.map_or(1, |(_, keys)| (2 * keys).min(SELDOM));
        self.resting = Some((keys, keys));
        if told { Ok(()) } else { Err(Trouble::writing(&self.typing)(error)) }
    }

    /// Goes on in a fresh file that holds what stands, and not how it came about.
    pub fn sweep(&mut self) -> Result<(), Trouble> {
        if self.file.is_some() { self.renew() } else { Ok(()) }
    }

    /// What these files held is kept here now; they go once the disk has it.
    pub(super) fn replaces(&mut self, files: impl Iterator<Item = PathBuf>) {
        if self.resting.is_none() {
            self.flush.wanted().old.extend(files);
            self.flush.want(self.file.as_ref().map(|sheet| Arc::clone(&sheet.file)));
        }
    }
}

impl Drop for Scratch {
    /// Flushes what stands, and takes the file away if nobody needs it any more.
    fn drop(&mut self) {
        self.flush.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Some(sheet) = &self.file
            && self.texts.is_empty()
        {
            let _ = fs::remove_file(&sheet.path);
        }
    }
}

impl Sheet {
    fn write(&mut self, lines: &[Vec<u8>]) -> std::io::Result<()> {
        let (mut bytes, mut last) = (Vec::new(), self.last);
        for json in lines {
            last = journal::seal(last, json, &mut bytes);
        }
        (&*self.file).write_all(&bytes)?;
        self.length += bytes.len() as u64;
        self.last = last;
        Ok(())
    }
}

/// Flushes the scratch a moment after a key, however many keys follow.
#[derive(Debug, Default)]
struct Flush {
    wanted: Mutex<Wanted>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Wanted {
    /// What is to be flushed.
    file: Option<Arc<File>>,
    /// The folder that got a new file.
    folder: Option<PathBuf>,
    /// Files that nobody needs once that is done.
    old: Vec<PathBuf>,
    leaving: bool,
}

impl Flush {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn want(&self, file: Option<Arc<File>>) {
        // A thread that has a file to flush already is not woken again.
        let before = std::mem::replace(&mut self.wanted().file, file);
        if before.is_none() {
            self.changed.notify_one();
        }
    }

    fn stop(&self) {
        self.wanted().leaving = true;
        self.changed.notify_one();
    }

    fn work(&self) {
        let mut leaving = false;
        while !leaving {
            let idle = |wanted: &mut Wanted| wanted.file.is_none() && !wanted.leaving;
            let waited = self.changed.wait_while(self.wanted(), idle);
            let wanted = waited.unwrap_or_else(PoisonError::into_inner);
            let staying = |wanted: &mut Wanted| !wanted.leaving;
            let waited = self.changed.wait_timeout_while(wanted, FLUSH, staying);
            let mut wanted = waited.unwrap_or_else(PoisonError::into_inner).0;
            leaving = wanted.leaving;
            let now = std::mem::take(&mut *wanted);
            wanted.leaving = leaving;
            drop(wanted);
            // A failure shows where the point itself is saved; a key is no place for it.
            let _ = now.flush();
        }
    }
}

impl Wanted {
    fn flush(self) -> std::io::Result<()> {
        let Some(file) = self.file else { return Ok(()) };
        file.sync_data()?;
        if let Some(folder) = &self.folder {
            system::sync_folder(folder)?;
            system::sync_folder(folder.parent().unwrap_or(folder))?;
        }
        self.old.iter().try_for_each(|old| match fs::remove_file(old) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        })
    }
}
