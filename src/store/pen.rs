//! What writes a journal: the writer without its thread.

use std::io::{self, ErrorKind};
use std::{fs::File, path::PathBuf};

use super::disk::{Disk, Paper};
use super::journal::{self, FIRST, Sum};
use super::sweep;

/// The most files of one pen.
const MOST: u32 = 10_000;

/// Writes records, one writer's or one taker's, and begins a new file when it can no longer trust the old one.
pub(super) struct JournalPen {
    disk: Box<dyn Disk>,
    changes: PathBuf,
    /// What its files are called: `<stem>.jsonl`, `<stem>-2.jsonl` and so on.
    stem: String,
    /// The number of the next file.
    next: u32,
    sheet: Option<OpenSegment>,
}

/// The file in use, and how it ends.
struct OpenSegment {
    paper: Box<dyn Paper>,
    file: PathBuf,
    length: u64,
    last: Sum,
    /// Whether a power cut could still remove its name.
    nameless: bool,
}

/// Where a pen stopped: what the next run needs to continue the same file.
pub(super) struct PenPosition {
    pub(super) file: PathBuf,
    pub(super) length: u64,
    pub(super) last: Sum,
}

/// A write that failed.
#[derive(Debug)]
pub(super) struct WriteFailure {
    pub(super) error: io::Error,
    /// The disk accepted the bytes and could not keep them: trying again at once wears it out.
    pub(super) at_sync: bool,
}

impl JournalPen {
    /// A pen that begins a new file with the first record.
    pub(super) fn new(disk: Box<dyn Disk>, changes: PathBuf, stem: String) -> Self {
        Self { disk, changes, stem, next: 1, sheet: None }
    }

    /// Continues a file that was closed well and is now held.
    pub(super) fn resume(&mut self, file: File, stopped: PenPosition) {
        let PenPosition { file: path, length, last } = stopped;
        let paper = Box::new(file);
        self.sheet = Some(OpenSegment { paper, file: path, length, last, nameless: false });
        self.next = 2;
    }

    /// Puts records on the disk, all or none. If this fails, none of them may be called saved,
    /// and they have to be given again.
    pub(super) fn write<'a>(
        &mut self,
        records: impl Iterator<Item = &'a [u8]>,
    ) -> Result<(), WriteFailure> {
        let fail = |at_sync| move |error| WriteFailure { error, at_sync };
        let mut sheet = match self.sheet.take() {
            Some(sheet) => sheet,
            None => self.begin().map_err(fail(false))?,
        };
        let (mut bytes, mut last) = (Vec::new(), sheet.last);
        for json in records {
            last = journal::seal(last, json, &mut bytes);
        }
        if let Err(error) = sheet.paper.append(&bytes) {
            // A file that cannot be cut back ends in a torn line: it is left as it is.
            if sheet.paper.cut(sheet.length).is_ok() {
                self.sheet = Some(sheet);
            }
            return Err(fail(false)(error));
        }
        // After a failed flush nobody knows what is on the disk: the file is left as it is.
        sheet.paper.sync().map_err(fail(true))?;
        // A file that was moved away keeps what is written to it, where nobody looks for it.
        if !sheet.paper.is_at(&sheet.file).map_err(fail(true))? {
            return Err(fail(true)(ErrorKind::NotFound.into()));
        }
        if sheet.nameless {
            self.disk.sync_folder(&self.changes).map_err(fail(true))?;
        }
        sheet.length += bytes.len() as u64;
        (sheet.last, sheet.nameless) = (last, false);
        self.sheet = Some(sheet);
        Ok(())
    }

    /// The same for many records, in a file of their own that is there whole or not at all, even if the
    /// program is killed meanwhile.
    pub(super) fn place<'a>(&mut self, records: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
        let (mut bytes, mut last) = (Vec::new(), FIRST);
        for json in records {
            last = journal::seal(last, json, &mut bytes);
        }
        let mut path = self.path();
        while path.exists() && self.next < MOST {
            self.next += 1;
            path = self.path();
        }
        self.next += 1;
        sweep::place(&mut *self.disk, &path, &bytes)
    }

    /// The path of its next file.
    fn path(&self) -> PathBuf {
        self.changes.join(match self.next {
            1 => format!("{}.jsonl", self.stem),
            nth => format!("{}-{nth}.jsonl", self.stem),
        })
    }

    fn begin(&mut self) -> io::Result<OpenSegment> {
        loop {
            let file = self.path();
            match self.disk.make_journal(&file) {
                Ok(paper) => {
                    self.next += 1;
                    return Ok(OpenSegment { paper, file, length: 0, last: FIRST, nameless: true });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.next < MOST => {
                    self.next += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Lets go of its file, which is finished: the next record begins another.
    pub(super) fn let_go(&mut self) {
        self.sheet = None;
    }

    /// Puts the pen down. Its file can be continued if nothing ever failed in it.
    pub(super) fn stop(self) -> Option<PenPosition> {
        let OpenSegment { file, length, last, nameless, .. } = self.sheet?;
        (!nameless).then_some(PenPosition { file, length, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::RealDisk;
    use crate::store::journal::{Position, decode, read_lines};
    use crate::store::shaky::{Shaky, ShakyFailure};
    use crate::workshop::*;

    /// What a reader finds, after a power cut or not.
    fn read(disk: &Shaky, power_cut: bool) -> Vec<Record> {
        let mut records = Vec::new();
        for (_, bytes) in disk.files(power_cut) {
            let read = read_lines(&mut &bytes[..], &mut Position::default(), |_, line| {
                records.extend(line.ok().and_then(|json| decode(json).0));
            });
            read.unwrap();
        }
        records
    }

    /// Saves in groups of one to three, each until it is saved, and after every answer checks what a power
    /// cut would leave. Returns how many operations that took.
    fn save_all(disk: &Shaky, workshop: &Workshop, records: &[Record]) -> usize {
        let mut pen = JournalPen::new(Box::new(disk.clone()), "changes".into(), "me".into());
        let lines: Vec<Vec<u8>> = records.iter().map(|r| serde_json::to_vec(r).unwrap()).collect();
        let mut saved = 0;
        while saved < lines.len() {
            let group = &lines[saved..(saved + saved % 3 + 1).min(lines.len())];
            if pen.write(group.iter().map(Vec::as_slice)).is_ok() {
                saved += group.len();
            }
            for power_cut in [false, true] {
                let found = read(disk, power_cut);
                assert!(records[..saved].iter().all(|record| found.contains(record)));
            }
        }
        let mut folded = workshop.clone();
        for record in read(disk, true) {
            folded.apply(record);
        }
        assert_eq!(folded.points().count(), records.len());
        disk.0.lock().unwrap().operations
    }

    #[test]
    fn whatever_fails_nothing_called_saved_is_lost() {
        let agenda = Agenda::default();
        let mut workshop = Workshop::new(&agenda);
        let (empty, mut ids) = (workshop.clone(), Ids::seeded(3));
        let records: Vec<Record> = (0..9)
            .map(|nth| {
                let place = Place::new(GroupId::plenary(), TopicId::general());
                let text = format!("point {nth}");
                let point = CapturedPoint::new(ids.point(), place, PointKind::Fact, text);
                let change = Change::PointCaptured(point.into());
                let record = workshop.record(WriterId::new(7), Moment(0), [change]);
                workshop.apply(record.clone());
                record
            })
            .collect();
        let all = save_all(&Shaky::default(), &empty, &records);
        for first in 0..all {
            for (run, later) in (0..30).map(|nth| (nth % 5 + 1, first + 5 + nth / 5)) {
                for how in [ShakyFailure::Nothing, ShakyFailure::Half, ShakyFailure::All] {
                    let disk = Shaky::default();
                    {
                        let mut platter = disk.0.lock().unwrap();
                        platter.fail = first..first + run;
                        (platter.fail_later, platter.how) = (later, Some(how));
                    }
                    save_all(&disk, &empty, &records);
                }
            }
        }
        assert!(all > 10, "there was something to fail");
    }

    /// A program went on writing to a journal that a person had moved away, and said that it was saved.
    #[cfg(unix)]
    #[test]
    fn a_file_that_was_moved_or_deleted_is_noticed_before_anything_is_called_saved() {
        let folder = tempfile::tempdir().unwrap();
        let changes = folder.path().join("changes");
        std::fs::create_dir(&changes).unwrap();
        let mut pen = JournalPen::new(Box::new(RealDisk), changes.clone(), "me".into());
        let write = |pen: &mut JournalPen, line: &'static [u8]| pen.write([line].into_iter());
        write(&mut pen, b"{}").unwrap();
        std::fs::rename(changes.join("me.jsonl"), folder.path().join("elsewhere")).unwrap();
        assert!(write(&mut pen, b"{}").is_err());
        // It is written again, to a file that is found.
        write(&mut pen, b"{}").unwrap();
        std::fs::remove_file(changes.join("me-2.jsonl")).unwrap();
        assert!(write(&mut pen, b"{}").is_err());
        write(&mut pen, b"{}").unwrap();
        assert_eq!(std::fs::read_to_string(changes.join("me-3.jsonl")).unwrap().lines().count(), 2);
        // Its name is taken by another file.
        std::fs::rename(changes.join("me-3.jsonl"), folder.path().join("elsewhere")).unwrap();
        std::fs::write(changes.join("me-3.jsonl"), "").unwrap();
        assert!(write(&mut pen, b"{}").is_err());
    }

    /// There nobody can take it away while it is open.
    #[cfg(windows)]
    #[test]
    fn a_journal_in_use_can_be_neither_moved_nor_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let mut pen = JournalPen::new(Box::new(RealDisk), folder.path().into(), "me".into());
        let line: &[u8] = b"{}";
        pen.write([line].into_iter()).unwrap();
        let (journal, elsewhere) =
            (folder.path().join("me.jsonl"), folder.path().join("elsewhere"));
        assert!(std::fs::rename(&journal, &elsewhere).is_err());
        assert!(std::fs::remove_file(&journal).is_err());
        pen.write([line].into_iter()).unwrap();
        assert_eq!(std::fs::read_to_string(&journal).unwrap().matches("{}").count(), 2);
        drop(pen);
        std::fs::remove_file(&journal).unwrap();
    }
}
