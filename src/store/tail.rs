//! Reading what was written since the last look.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::ledger::Stub;
use super::{Damage, Fault, Folder, cause::why, disk, journal, journal::Position, system};
use crate::workshop::{Change, Record, WorkshopId, WriterId};

/// How many records are passed on at once.
const BATCH: usize = 256;
/// How many broken lines of a file are listed one by one.
const NAMED: usize = 100;

/// How far each file of a workshop has been read.
#[derive(Debug)]
pub struct Tail {
    changes: PathBuf,
    id: WorkshopId,
    files: HashMap<OsString, FileProgress>,
    met_agenda: bool,
    newer: NewerChanges,
    /// Who wrote the files in this folder that were not taken in from elsewhere.
    writers: HashSet<WriterId>,
    /// Whether the folder could not be listed the last time; that is reported once.
    lost: bool,
}

/// How many changes of each writer, if it is known, only a newer version understands.
pub(super) type NewerChanges = BTreeMap<Option<WriterId>, usize>;

/// Looks at the JSON of one line of a file, and returns what is wrong with it, if anything.
pub(super) type Visit<'v> = dyn FnMut(&OsStr, &[u8]) -> Option<Fault> + 'v;

/// How the names of files begin whose records came from other laptops.
pub(super) const TAKEN: &str = "taken-";

/// Whether the records of a file came from another laptop.
pub(super) fn is_taken(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TAKEN.as_bytes())
}

#[derive(Debug, Default)]
struct FileProgress {
    position: Position,
    /// How long the file was when it was last read, and which file it was.
    seen: Option<(u64, u64)>,
    /// The length of what comes after the last line end and is not whole.
    rest: usize,
}

/// The files that have changes, in a stable order. Hidden ones belong to sync programs.
pub(super) fn segments(changes: &Path) -> io::Result<Vec<(OsString, Metadata)>> {
    let mut files = Vec::new();
    for found in fs::read_dir(changes)? {
        let found = found?;
        let name = found.file_name();
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if !hidden && Path::new(&name).extension() == Some(OsStr::new("jsonl")) {
            // On Windows a folder lists the length that a file had when it was last closed.
            match fs::symlink_metadata(found.path()) {
                Ok(metadata) => files.push((name, metadata)),
                // It was removed after the folder was listed.
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
    /// A reader at the very beginning.
    pub(super) fn new(folder: &Folder) -> Self {
        Self {
            changes: folder.changes(),
            id: folder.id(),
            files: HashMap::new(),
            met_agenda: false,
            newer: NewerChanges::new(),
            writers: HashSet::new(),
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

    /// How many changes of each writer it found that only a newer version understands.
    pub(super) fn newer(&self) -> &NewerChanges {
        &self.newer
    }

    /// The writers found in files that were written here rather than taken in from another laptop.
    pub fn writers(&self) -> &HashSet<WriterId> {
        &self.writers
    }

    /// Reads what was added since the last time, including new files, but nothing written by `own`.
    /// A line still being written waits until it is whole.
    pub fn read(
        &mut self,
        own: Option<WriterId>,
        pass: &mut dyn FnMut(Vec<Record>),
    ) -> Vec<Damage> {
        let own = own.map(|writer| writer.to_string());
        let mut records = Vec::new();
        let mut newer_met = std::mem::take(&mut self.newer);
        let (mut met_agenda, id) = (self.met_agenda, self.id);
        let mut writers = std::mem::take(&mut self.writers);
        let skip = |name: &OsStr| own.as_deref().is_some_and(|own| is_of(name, own));
        let damage = self.scan(&skip, &mut |name, json| {
            let (record, newer) = journal::decode(json);
            if newer > 0 {
                let writer = Stub::of(json).map(|stub| stub.stamp.writer);
                *newer_met.entry(writer).or_default() += newer;
            }
            let mut fault = (newer > 0).then_some(Fault::Newer(newer));
            let Some(mut record) = record else { return fault };
            if let Some(founded) = journal::workshop_of(&record) {
                if founded == id {
                    met_agenda = true;
                } else {
                    record.changes.retain(|change| !matches!(change, Change::Founded(_)));
                    fault = Some(Fault::Elsewhere);
                }
            }
            if !is_taken(name) {
                writers.insert(record.stamp.writer);
            }
            records.push(record);
            if records.len() == BATCH {
                pass(std::mem::replace(&mut records, Vec::with_capacity(BATCH)));
            }
            fault
        });
        if !records.is_empty() {
            pass(records);
        }
        (self.met_agenda, self.writers) = (met_agenda, writers);
        self.newer = newer_met;
        damage
    }

    /// Passes on the JSON of every good line that was added since the last time, with the name of
    /// its file, except for the files that are to be skipped. What the visitor finds wrong with a line
    /// is reported with the rest.
    pub(super) fn scan(
        &mut self,
        skip: &dyn Fn(&OsStr) -> bool,
        visit: &mut Visit<'_>,
    ) -> Vec<Damage> {
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
            if skip(&name) {
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
            if let Err(what) = self.scan_file(&name, metadata.is_file(), visit, &mut damage) {
                damage.push(Damage { file: label(&name), line: 0, what });
            }
        }
        damage
    }

    fn scan_file(
        &mut self,
        name: &OsStr,
        is_file: bool,
        visit: &mut Visit<'_>,
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
        let mut broken = 0;
        let read = journal::read_lines(&mut file, &mut progress.position, |line, found| {
            let fault = match found {
                Ok(json) => visit(name, json),
                Err(fault) => Some(fault),
            };
            let Some(what) = fault else { return };
            broken += 1;
            if broken <= NAMED {
                damage.push(Damage { file: label(name), line, what });
            }
        });
        if broken > NAMED {
            let what = Fault::More(broken - NAMED);
            damage.push(Damage { file: label(name), line: 0, what });
        }
        progress.rest = read.map_err(unreadable)?;
        Ok(())
    }

    /// Lists the files that end within a line, except those that somebody is writing.
    pub(super) fn torn(&self) -> Vec<Damage> {
        let torn = self.files.iter().filter(|(name, progress)| {
            progress.rest > 0 && !system::is_held(&self.changes.join(name))
        });
        let name = |(name, progress): (&OsString, &FileProgress)| Damage {
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
