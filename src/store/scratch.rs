//! Text that is being typed, saved with every key.
//!
//! One file per run, of the same checksummed lines as a journal. A key is one small write that
//! survives `kill -9`; a thread flushes it within half a second, so that a power cut costs no more
//! than that. Once a text has been entered and its point is saved, the file is no longer needed.

mod flush;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};
use std::{io, path::PathBuf, thread};

use super::disk::{Disk, Paper, RealDisk};
use super::journal::{self, FIRST, Sum};
use super::stroke::{Begun, LineId, Stroke, Texts};
use super::{Folder, Trouble};
use crate::workshop::{Pin, Place, PointId, WriterId};
use flush::Flush;

/// How large the file may grow before a new one is begun.
const LARGE: u64 = 256 << 10;
/// The most keys before a failed scratch is tried again.
const SELDOM: u32 = 8;

/// Keeps what one run of the program has typed and not entered.
pub struct Scratch {
    disk: Box<dyn Disk>,
    typing: PathBuf,
    run: WriterId,
    /// The number of the run's next file.
    next: u32,
    file: Option<ScratchFile>,
    texts: Texts,
    lines: u32,
    /// Keys left before a failed scratch is tried again, and how many the next time.
    resting: Option<(u32, u32)>,
    doubts: Doubts,
    /// Whether texts of earlier runs are being taken over.
    taking: bool,
    /// Files whose texts are kept here, but are not on the disk yet.
    held_back: Vec<PathBuf>,
    flush: Arc<Flush>,
    thread: Option<thread::JoinHandle<()>>,
}

/// When to give up a file whose flush failed: nobody knows how much of it is on the disk.
#[derive(Default)]
struct Doubts {
    failed: bool,
    /// Keys since a new file was begun, and how many there must be: one more after each.
    keys: u32,
    wait: u32,
}

impl Doubts {
    /// After a key: returns whether it is time for a new file.
    fn renew(&mut self, flushed: Option<bool>) -> bool {
        match flushed {
            Some(true) => *self = Self::default(),
            Some(false) => self.failed = true,
            None => {}
        }
        if !self.failed || self.keys < self.wait {
            self.keys += 1;
            return false;
        }
        *self = Self { failed: false, keys: 0, wait: (2 * self.wait).max(1) };
        true
    }
}

struct ScratchFile {
    paper: Box<dyn Paper>,
    /// The same file for the thread that flushes it.
    twin: Arc<Mutex<Box<dyn Paper>>>,
    path: PathBuf,
    last: Sum,
    length: u64,
}

impl Scratch {
    /// A new scratch for this run. Its file is made with the first key.
    pub fn start(folder: &Folder, run: WriterId) -> Self {
        let mut scratch = Self::on(Box::new(RealDisk), folder.typing(), run);
        let shared = Arc::clone(&scratch.flush);
        let work = move || shared.work(&mut RealDisk);
        scratch.thread = thread::Builder::new().name("flush".into()).spawn(work).ok();
        scratch
    }

    /// A scratch that nobody flushes yet.
    fn on(disk: Box<dyn Disk>, typing: PathBuf, run: WriterId) -> Self {
        Self {
            disk,
            typing,
            run,
            next: 1,
            file: None,
            texts: Texts::default(),
            lines: 0,
            resting: None,
            doubts: Doubts::default(),
            taking: false,
            held_back: Vec::new(),
            flush: Arc::default(),
            thread: None,
        }
    }

    /// Begins a text at a place: empty, or with the words of the point that it rewords. The
    /// first failure is reported; after that typing continues and the scratch recovers by itself.
    pub fn begin(
        &mut self,
        place: &Place,
        editing: Option<PointId>,
        text: &str,
    ) -> (LineId, Result<(), Trouble>) {
        let line = self.line();
        (line, self.begin_again(line, place, editing, None, text))
    }

    /// A new line for a text that is going to be begun.
    pub fn line(&mut self) -> LineId {
        self.lines += 1;
        LineId(self.lines)
    }

    /// Begins a text, or continues it somewhere else or with other words, and for a paragraph of the
    /// draft text if one is given. What the line had until now becomes this text.
    pub fn begin_again(
        &mut self,
        line: LineId,
        place: &Place,
        editing: Option<PointId>,
        proposing: Option<&Pin>,
        text: &str,
    ) -> Result<(), Trouble> {
        let before = self.texts.get(line).map(|text| &text.begun);
        self.keep(Stroke::Begun(Begun {
            line,
            group: place.group.clone(),
            topic: place.topic.clone(),
            session: place.session.clone(),
            editing,
            proposing: proposing.cloned(),
            text: text.to_owned(),
            age: before.map_or(0, |before| before.age) + 1,
            took: before.and_then(|before| before.took.clone()),
        }))
    }

    /// Keeps a text of earlier runs here from now on.
    pub(super) fn take(&mut self, begun: Begun) -> (LineId, Result<(), Trouble>) {
        self.taking = true;
        let line = self.line();
        (line, self.keep(Stroke::Begun(Begun { line, ..begun })))
    }

    /// Removes this many bytes at a byte of the text, and inserts these words.
    pub fn edit(
        &mut self,
        line: LineId,
        at: usize,
        removed: usize,
        inserted: &str,
    ) -> Result<(), Trouble> {
        self.keep(Stroke::Edit(line, at, removed, inserted.into()))
    }

    /// Notes that the text was entered as these points, which are not saved yet.
    pub fn entered(&mut self, line: LineId, points: &[PointId]) -> Result<(), Trouble> {
        let kept = self.keep(Stroke::Entered(line, points.to_vec()));
        // The points themselves are flushed at once too.
        self.flush.hurry();
        kept
    }

    /// The text was discarded.
    pub fn dropped(&mut self, line: LineId) -> Result<(), Trouble> {
        self.keep(Stroke::Done(line))
    }

    /// Whether the disk took the last of what was typed.
    pub fn is_kept(&self) -> bool {
        self.resting.is_none()
    }

    /// Notes that everything entered so far is on the disk. A scratch that failed begins again: there is space
    /// again.
    pub fn saved(&mut self) -> Result<(), Trouble> {
        let entered = self.texts.iter().filter(|text| !text.entered.is_empty());
        let done: Vec<LineId> = entered.map(|text| text.begun.line).collect();
        if self.resting.take().is_some() {
            // The disk works again: all current texts go to a new file at once.
            for line in done {
                self.texts.follow(Stroke::Done(line));
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
        self.texts.follow(stroke);
        match &mut self.resting {
            Some((0, _)) => return self.renew(),
            Some((keys, _)) => {
                *keys -= 1;
                return Ok(());
            }
            None => {}
        }
        if self.doubts.renew(self.flush.outcome()) {
            return self.renew();
        }
        match &mut self.file {
            None => self.renew(),
            Some(sheet) => {
                let written = sheet.write(&[json]);
                self.after(written)
            }
        }
    }

    /// Begins a new file with all current texts, then removes the old one.
    fn renew(&mut self) -> Result<(), Trouble> {
        if !self.taking && self.held_back.is_empty() && self.flush.is_settled() {
            self.texts.settle();
        }
        let fresh = self.make();
        let written = fresh.map(|sheet| {
            let twin = Arc::clone(&sheet.twin);
            let mut old = std::mem::take(&mut self.held_back);
            old.extend(self.file.replace(sheet).map(|old| old.path));
            self.flush.renewed(twin, &self.typing, old);
        });
        self.after(written)
    }

    fn make(&mut self) -> io::Result<ScratchFile> {
        self.disk.make_folders(&self.typing)?;
        let path = self.typing.join(format!("{}-{}.jsonl", self.run, self.next));
        let all = self.next > 1;
        self.next += 1;
        let paper = self.disk.make(&path)?;
        let twin = paper.twin();
        let written = twin.and_then(|twin| {
            let twin = Arc::new(Mutex::new(twin));
            let mut sheet = ScratchFile { paper, twin, path: path.clone(), last: FIRST, length: 0 };
            sheet.write(&self.texts.strokes(all)).map(|()| sheet)
        });
        if written.is_err() {
            let _ = self.disk.remove(&path);
        }
        written
    }

    /// Has what was written flushed, or waits for some keys after a failure.
    fn after(&mut self, written: io::Result<()>) -> Result<(), Trouble> {
        let Err(error) = written else {
            self.resting = None;
            if let Some(sheet) = &self.file {
                self.flush.want(&sheet.twin);
            }
            return Ok(());
        };
        let was_resting = self.resting.is_some();
        let keys = self.resting.map_or(1, |(_, keys)| (2 * keys).min(SELDOM));
        self.resting = Some((keys, keys));
        if was_resting { Ok(()) } else { Err(Trouble::writing(&self.typing)(error)) }
    }

    /// Continues in a new file that has the current texts but not their history.
    pub fn sweep(&mut self) -> Result<(), Trouble> {
        if self.file.is_none() {
            return Ok(());
        }
        let renewed = self.renew();
        // The old file is removed before anything says that the words are gone.
        self.flush.once(&mut *self.disk);
        renewed
    }

    /// Notes that what these files had is kept here now; they are removed once it is on the disk, in this order.
    pub(super) fn replaces(&mut self, files: impl Iterator<Item = PathBuf>) {
        self.taking = false;
        match &self.file {
            Some(sheet) if self.resting.is_none() => self.flush.replaces(&sheet.twin, files),
            _ => self.held_back.extend(files),
        }
    }

    /// Flushes the current texts once more if the last flush failed, and removes the files if nobody
    /// needs them any more.
    fn end(&mut self) {
        if self.texts.is_empty() {
            let held_back = std::mem::take(&mut self.held_back);
            if self.flush.take_away(held_back, &mut *self.disk)
                && let Some(sheet) = &self.file
            {
                let _ = self.disk.remove(&sheet.path);
            }
        } else if (self.flush.outcome() == Some(false) || self.doubts.failed)
            && self.renew().is_ok()
        {
            self.flush.once(&mut *self.disk);
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.flush.stop();
        match self.thread.take() {
            Some(thread) => drop(thread.join()),
            None => self.flush.once(&mut *self.disk),
        }
        self.end();
    }
}

impl ScratchFile {
    fn write(&mut self, lines: &[Vec<u8>]) -> io::Result<()> {
        let (mut bytes, mut last) = (Vec::new(), self.last);
        for json in lines {
            last = journal::seal(last, json, &mut bytes);
        }
        self.paper.append(&bytes)?;
        self.length += bytes.len() as u64;
        self.last = last;
        Ok(())
    }
}
