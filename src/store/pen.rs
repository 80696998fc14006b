//! What writes a journal: the writer without its thread.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::disk::{Disk, Paper};
use super::journal::{self, FIRST, Sum};
use crate::workshop::WriterId;

/// Writes one writer's records, and goes on in a new file when it can no longer trust the old one.
pub(super) struct Pen {
    disk: Box<dyn Disk>,
    changes: PathBuf,
    writer: WriterId,
    /// Which of the writer's files comes next: `<writer>.jsonl`, `<writer>-2.jsonl` and so on.
    next: u32,
    sheet: Option<Sheet>,
}

/// The file in use, and how it ends.
struct Sheet {
    paper: Box<dyn Paper>,
    file: PathBuf,
    length: u64,
    last: Sum,
    /// Whether a power cut could still take its name.
    nameless: bool,
}

/// Where a pen stopped: what the next run needs to go on in the same file.
pub(super) struct Stopped {
    pub(super) file: PathBuf,
    pub(super) length: u64,
    pub(super) last: Sum,
}

/// A write that failed.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: io::Error,
    /// The disk took the bytes and could not keep them: trying again at once wears it out.
    pub(super) at_sync: bool,
}

impl Pen {
    /// A pen that begins a new file with the first record.
    pub(super) fn new(disk: Box<dyn Disk>, changes: PathBuf, writer: WriterId) -> Self {
        Self { disk, changes, writer, next: 1, sheet: None }
    }

    /// Goes on in a file that was closed well and is now held.
    pub(super) fn resume(&mut self, file: File, stopped: Stopped) {
        let Stopped { file: path, length, last } = stopped;
        let paper = Box::new(file);
        self.sheet = Some(Sheet { paper, file: path, length, last, nameless: false });
        self.next = 2;
    }

    /// Puts records on the disk, all or none. If this fails, nothing of them may be called saved,
    /// and they are to be given again.
    pub(super) fn write<'a>(
        &mut self,
        records: impl Iterator<Item = &'a [u8]>,
    ) -> Result<(), Failed> {
        let fail = |at_sync| move |error| Failed { error, at_sync };
        let mut sheet = match self.sheet.take() {
            Some(sheet) => sheet,
            None => self.begin().map_err(fail(false))?,
        };
        let (mut bytes, mut last) = (Vec::new(), sheet.last);
        for json in records {
            last = journal::seal(last, json, &mut bytes);
        }
        if let Err(error) = sheet.paper.append(&bytes) {
            // A file that cannot be cut back ends in a wreck: it is left as it is.
            if sheet.paper.cut(sheet.length).is_ok() {
                self.sheet = Some(sheet);
            }
            return Err(fail(false)(error));
        }
        // After a failed flush nobody knows what the disk holds: the file is left as it is.
        sheet.paper.sync().map_err(fail(true))?;
        if sheet.nameless {
            self.disk.sync_folder(&self.changes).map_err(fail(true))?;
        }
        sheet.length += bytes.len() as u64;
        (sheet.last, sheet.nameless) = (last, false);
        self.sheet = Some(sheet);
        Ok(())
    }

    fn begin(&mut self) -> io::Result<Sheet> {
        loop {
            let file = match self.next {
                1 => format!("{}.jsonl", self.writer),
                nth => format!("{}-{nth}.jsonl", self.writer),
            };
            let file = self.changes.join(file);
            match self.disk.make(&file) {
                Ok(paper) => {
                    self.next += 1;
                    return Ok(Sheet { paper, file, length: 0, last: FIRST, nameless: true });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.next < 10_000 => {
                    self.next += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Lays the pen down. The file can be gone on with if nothing ever failed in it.
    pub(super) fn stop(self) -> Option<Stopped> {
        let Sheet { file, length, last, nameless, .. } = self.sheet?;
        (!nameless).then_some(Stopped { file, length, last })
    }
}
