//! Reading what was written since one last looked.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::folder::workshop_of;
use super::journal::{self, Position};
use super::trouble::why;
use super::{Damage, Fault, Folder, disk, system};
use crate::workshop::{Change, Record, WorkshopId, WriterId};

/// How many records are handed over at once.
const BATCH: usize = 256;
/// How many broken lines of a file are named one by one.
const NAMED: usize = 100;

/// How far each file of a workshop was read.
#[derive(Debug)]
pub struct Tail {
    changes: PathBuf,
    id: WorkshopId,
    files: HashMap<OsString, Progress>,
    met_agenda: bool,
    newer: usize,
    /// The folder could not be listed the last time; it was said once.
    lost: bool,
}

#[derive(Debug, Default)]
struct Progress {
    position: Position,
    /// How long the file was when it was last read, and which file it was.
    seen: Option<(u64, u64)>,
    /// What stands after the last line end and is not whole.
    rest: usize,
}

/// The files that hold changes, in a lasting order. Hidden ones belong to sync programs.
pub(super) fn segments(changes: &Path) -> io::Result<Vec<(OsString, Metadata)>> {
    let mut files = Vec::new();
    for found in fs::read_dir(changes)? {
        let found = found?;
        let name = found.file_name();
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if !hidden && Path::new(&name).extension() == Some(OsStr::new("jsonl")) {
            match found.metadata() {
                Ok(metadata) => files.push((name, metadata)),
                // It was taken away since the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

/// Whether a file is a writer's own: `<writer>.jsonl`, `<writer>-2.jsonl` and so on.
pub(super) fn is_of(name: &OsStr, writer: &str) -> bool {
    let stem = Path::new(name).file_stem().and_then(OsStr::to_str);
    let Some(rest) = stem.and_then(|stem| stem.strip_prefix(writer)) else { return false };
    rest.is_empty()
        || rest.strip_prefix('-').is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Tail {
    /// A reader at the beginning of everything.
    pub(super) fn new(folder: &Folder) -> Self {
        Self {
            changes: folder.changes(),
            id: folder.id(),
            files: HashMap::new(),
            met_agenda: false,
            newer: 0,
            lost: false,
        }
    }

    /// The folder it reads.
    pub(super) fn folder(&self) -> &Path {
        &self.changes
    }

    pub(super) fn met_agenda(&self) -> bool {
        self.met_agenda
    }

    /// How many changes it met that only a newer version understands.
    pub fn newer(&self) -> usize {
        self.newer
    }

    /// Reads what was added since the last time, new files too, but nothing of one's `own`.
    /// A line still being written waits until it is whole.
    pub fn read(
        &mut self,
        own: Option<WriterId>,
        pass: &mut dyn FnMut(Vec<Record>),
    ) -> Vec<Damage> {
        let own = own.map(|writer| writer.to_string());
        let files = match segments(&self.changes) {
            Ok(files) => files,
            Err(_) if self.lost => return Vec::new(),
            Err(error) => {
                self.lost = true;
                let what = Fault::Unreadable(why(&error));
                return vec![Damage { file: "changes".into(), line: 0, what }];
            }
        };
        self.lost = false;
        let mut damage = Vec::new();
        for (name, metadata) in files {
            if own.as_deref().is_some_and(|own| is_of(&name, own)) {
                continue;
            }
            let now = (metadata.len(), system::identity(&metadata));
            let progress = self.files.entry(name.clone()).or_default();
            match progress.seen.replace(now) {
                Some(seen) if seen == now => continue,
                // A sync program put another file in its place: all of it may be new.
                Some(seen) if seen.1 != now.1 => progress.position = Position::default(),
                _ => {}
            }
            if let Err(what) = self.read_file(&name, metadata.is_file(), pass, &mut damage) {
                damage.push(Damage { file: label(&name), line: 0, what });
            }
        }
        damage
    }

    fn read_file(
        &mut self,
        name: &OsStr,
        is_file: bool,
        pass: &mut dyn FnMut(Vec<Record>),
        damage: &mut Vec<Damage>,
    ) -> Result<(), Fault> {
        if !is_file {
            return Err(Fault::NotAFile);
        }
        let Some(progress) = self.files.get_mut(name) else { return Ok(()) };
        let unreadable = |error: io::Error| Fault::Unreadable(why(&error));
        let mut file = disk::open_file(&self.changes.join(name)).map_err(unreadable)?;
        if progress.position.offset > 0 {
            file.seek(SeekFrom::Start(progress.position.offset)).map_err(unreadable)?;
        }
        let mut records = Vec::new();
        let mut broken = 0;
        let id = self.id;
        let (met_agenda, newer_met) = (&mut self.met_agenda, &mut self.newer);
        let mut report = |line, what: Fault| {
            broken += 1;
            if broken <= NAMED {
                damage.push(Damage { file: label(name), line, what });
            }
        };
        let read = journal::read_lines(&mut file, &mut progress.position, |line, found| {
            let json = match found {
                Ok(json) => json,
                Err(fault) => return report(line, fault),
            };
            let (record, newer) = journal::decode(json);
            if newer > 0 {
                *newer_met += newer;
                report(line, Fault::Newer(newer));
            }
            let Some(mut record) = record else { return };
            if let Some(founded) = workshop_of(&record) {
                if founded == id {
                    *met_agenda = true;
                } else {
                    record.changes.retain(|change| !matches!(change, Change::Founded(_)));
                    report(line, Fault::Elsewhere);
                }
            }
            records.push(record);
            if records.len() == BATCH {
                pass(std::mem::replace(&mut records, Vec::with_capacity(BATCH)));
            }
        });
        if !records.is_empty() {
            pass(records);
        }
        if broken > NAMED {
            let what = Fault::More(broken - NAMED);
            damage.push(Damage { file: label(name), line: 0, what });
        }
        progress.rest = read.map_err(unreadable)?;
        Ok(())
    }

    /// Names the files that end within a line, but for those that somebody is writing.
    pub(super) fn torn(&self) -> Vec<Damage> {
        let torn = self.files.iter().filter(|(name, progress)| {
            progress.rest > 0 && !system::is_held(&self.changes.join(name))
        });
        let name = |(name, progress): (&OsString, &Progress)| Damage {
            file: label(name),
            line: progress.position.line + 1,
            what: Fault::Torn,
        };
        let mut torn: Vec<Damage> = torn.map(name).collect();
        torn.sort_by(|a, b| a.file.cmp(&b.file));
        torn
    }
}

fn label(name: &OsStr) -> String {
    format!("changes/{}", name.to_string_lossy())
}
