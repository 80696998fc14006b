//! A workshop's folder: making it, recognising it, and reading it whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::{ffi::OsString, fs, io, sync::mpsc::sync_channel, thread};

use serde::{Deserialize, Serialize};

use super::cause::Cause;
use super::faults::{Step, step};
use super::gaps::{self, FoundMissing};
use super::heard::Heard;
use super::journal::{self, FIRST};
use super::own::{self, WriterTally};
use super::tail::{Tail, is_taken, segments};
use super::{Damage, Fault, Trouble, disk, identity, passing, system, whole};
use crate::workshop::{
    Agenda, Change, Gaps, Record, Stamp, Workshop, WorkshopId, WriterId, check_file_name,
};

/// The format this version writes, and the newest it reads.
const FORMAT: u32 = 1;
/// What `workshop.json` says it is.
const WHAT: &str = "rapporteur workshop";
/// The file that distinguishes a workshop's folder from any other.
const DESCRIPTION: &str = "workshop.json";
/// Why a workshop is not made on a disk that does not have it a moment later.
const LOSES: &str = "the disk lost what was written to it. Use another one";
/// Its fields.
const KNOWN: [&str; 4] = ["what", "format", "reader", "workshop"];
/// How long a description may be: a foreign file of this name is not read to its end.
const LONGEST_DESCRIPTION: u64 = 64 << 10;

#[derive(Serialize, Deserialize)]
struct Description {
    what: String,
    /// The format it was made in.
    format: u32,
    /// The oldest format whose readers understand it.
    reader: u32,
    workshop: WorkshopId,
    /// What only a newer version of the program understands.
    #[serde(flatten)]
    newer: UnknownFields,
}

/// Fields of the description that this version does not know.
type UnknownFields = BTreeMap<String, serde_json::Value>;

/// A folder that was recognised as a workshop.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    id: WorkshopId,
    damage: Option<Damage>,
}

/// A description that was written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewrittenDescription {
    /// The name of the file that has what was in its place, if anything was.
    pub kept: Option<String>,
}

/// A workshop read from its folder.
#[derive(Debug)]
pub struct LoadedWorkshop {
    /// Everything that could be read, folded together.
    pub workshop: Workshop,
    /// What could not be read as it should, except what other files have whole.
    pub damage: Vec<Damage>,
    /// How many changes only a newer version understands. They are kept.
    pub newer: usize,
    /// What is known to exist and is not here; the workshop knows it too.
    pub missing: Gaps,
    /// Reads what is written from now on.
    pub tail: Tail,
    /// How many changes of each writer were written here, if that has not been kept yet.
    pub(super) uncounted: WriterTally,
}

impl Folder {
    /// Makes a new workshop. Its folder appears whole or not at all, and never replaces
    /// anything but an empty folder. The participants are in a file of their own.
    pub fn create(path: &Path, agenda: &Agenda) -> Result<Self, Trouble> {
        Self::create_with(path, agenda, Vec::new())
    }

    /// The same with records that go with the agenda, each in a file of its own.
    pub fn create_with(
        path: &Path,
        agenda: &Agenda,
        mut more: Vec<Record>,
    ) -> Result<Self, Trouble> {
        let founding = serde_json::to_vec(&Record::founding(agenda)).unwrap_or_default();
        more.extend(Record::participants(agenda));
        Self::make(path, WorkshopId::of_agenda(agenda), &founding, &more)
    }

    /// Makes another folder of a workshop that a program up to 0.1 founded on this agenda.
    pub fn create_older(path: &Path, agenda: &Agenda) -> Result<Self, Trouble> {
        let founding = serde_json::to_vec(&Record::older_founding(agenda)).unwrap_or_default();
        Self::make(path, WorkshopId::older_of(agenda), &founding, &[])
    }

    /// Makes the folder of a new workshop around the record that founds it, with a file for each of
    /// each record that goes with it.
    pub(super) fn make(
        path: &Path,
        id: WorkshopId,
        founding: &[u8],
        more: &[Record],
    ) -> Result<Self, Trouble> {
        let name = path.file_name().ok_or_else(|| Trouble::Taken(path.to_owned()))?;
        check_file_name(&name.to_string_lossy())
            .map_err(|flaw| Trouble::Unportable(path.to_owned(), flaw))?;
        if !is_free(path).map_err(Trouble::reading(path))? {
            return Err(Trouble::Taken(path.to_owned()));
        }
        let above = path.parent().filter(|above| !above.as_os_str().is_empty());
        let above = above.unwrap_or(Path::new("."));
        system::make_folders(above).map_err(Trouble::writing(above))?;
        passing::clear(above, name);
        let unfinished = above.join(passing::name(name, None));
        system::make_folder(&unfinished).map_err(Trouble::writing(path))?;
        let made = fill(&unfinished, id, founding, more)
            .and_then(|()| system::replace(&unfinished, path))
            .and_then(|()| system::sync_folder(above));
        if let Err(error) = made {
            // Only what was made here a moment ago, and only if it was never given its final name.
            let _ = fs::remove_dir_all(&unfinished);
            return Err(match error.kind() {
                ErrorKind::DirectoryNotEmpty
                | ErrorKind::IsADirectory
                | ErrorKind::NotADirectory => Trouble::Taken(path.to_owned()),
                _ => Trouble::writing(path)(error),
            });
        }
        let made = Self { path: path.to_owned(), id, damage: None };
        // Some drivers lose what is in a folder when it gets another name.
        match made.agenda() {
            Ok(_) => Ok(made),
            Err(_) => Err(Trouble::Unwritable(path.to_owned(), LOSES.to_owned())),
        }
    }

    /// Recognises a workshop. Nothing is written, whatever the folder has.
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        let found = fs::metadata(path).map_err(Trouble::reading(path))?;
        if !found.is_dir() {
            return Err(Trouble::Foreign(path.to_owned(), "it is not a folder"));
        }
        let file = path.join(DESCRIPTION);
        let text = match disk::open_file(&file) {
            Ok(open) => {
                let mut text = Vec::new();
                let read = open.take(LONGEST_DESCRIPTION).read_to_end(&mut text);
                // An unreadable description is treated as missing: the changes say the same.
                read.map_or(Vec::new(), |_| text)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            // A link, a folder or a device was put there on purpose.
            Err(error) if !is_unreadable(&error) => return Err(Trouble::reading(&file)(error)),
            Err(_) => Vec::new(),
        };
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(bare(&text)) else {
            return Self::guess(path);
        };
        if json.get("what").and_then(|what| what.as_str()) != Some(WHAT) {
            // One wrong byte in it does not make a workshop something else.
            let foreign =
                || Trouble::Foreign(path.to_owned(), "its workshop.json is something else");
            return Self::guess(path).map_err(|_| foreign());
        }
        let number = |field| json.get(field).and_then(serde_json::Value::as_u64);
        match number("reader") {
            Some(reader) if reader <= u64::from(FORMAT) => {}
            Some(reader) => {
                let newer = Trouble::Newer(path.to_owned(), reader as u32);
                // No program needs a later reader than the format that it writes.
                let is_garbled = number("format").is_some_and(|format| format < reader);
                return if is_garbled { Self::guess(path).map_err(|_| newer) } else { Err(newer) };
            }
            None => return Self::guess(path),
        }
        let Ok(Description { workshop: id, newer, format, .. }) = serde_json::from_value(json)
        else {
            return Self::guess(path);
        };
        // One wrong bit does not make it another version's.
        let is_garbled = format < FORMAT || (is_one_bit_off(format) && newer.is_empty());
        if format > FORMAT && !is_garbled {
            return Err(Trouble::Newer(path.to_owned(), format));
        }
        let right = identity::instead_of(path, id);
        let of_newer = || (!newer.is_empty()).then(|| described(Fault::NewerDescription));
        let is_garbled = is_garbled || right.is_some();
        let damage = is_garbled.then(garbled).or_else(of_newer);
        Ok(Self { path: path.to_owned(), id: right.unwrap_or(id), damage })
    }

    /// Works out from the changes which workshop this is: the description is missing or garbled.
    fn guess(path: &Path) -> Result<Self, Trouble> {
        let foreign = || Trouble::Foreign(path.to_owned(), "it has no workshop.json");
        let files = segments(&path.join("changes")).map_err(|_| foreign())?;
        let Some(id) = identity::founded(path, &files).first().copied() else {
            // Nothing else writes journals: this is a workshop that has lost its agenda too.
            let is_journal = |(name, _): &(OsString, _)| {
                gaps::writer_of(&name.to_string_lossy()).is_some() || is_taken(name)
            };
            let is_one = files.iter().any(is_journal);
            return Err(if is_one { Trouble::Orphaned(path.to_owned()) } else { foreign() });
        };
        Ok(Self { path: path.to_owned(), id, damage: Some(garbled()) })
    }

    /// Writes the description again if it is missing, garbled or wrong. What was in its place is kept beside
    /// it, under the name that is returned.
    pub(super) fn describe_again(&self) -> Result<Option<RewrittenDescription>, Trouble> {
        if !self.damage.as_ref().is_some_and(|damage| damage.what == Fault::Description) {
            return Ok(None);
        }
        let changes = self.changes();
        let files = segments(&changes).map_err(Trouble::reading(&changes))?;
        if identity::founded(&self.path, &files).len() > 1 {
            return Err(Trouble::Several(changes));
        }
        let text = description(self.id, unknown_fields(&self.path)).unwrap_or_default();
        let kept = whole::write_whole(&self.path.join(DESCRIPTION), &text)?;
        let kept = kept.and_then(|kept| Some(kept.file_name()?.to_string_lossy().into_owned()));
        Ok(Some(RewrittenDescription { kept }))
    }

    /// Whether only this account can read it, as far as the disk can say.
    pub fn is_private(&self) -> bool {
        whole::is_private(&self.path.join(DESCRIPTION))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which workshop it holds.
    pub fn id(&self) -> WorkshopId {
        self.id
    }

    /// The agenda's short name and title; empty if no file has the agenda.
    pub fn names(&self) -> (String, String) {
        let names = |record: Record| {
            record.changes.into_iter().find_map(|change| match change {
                Change::Founded(agenda) => Some((agenda.id.to_string(), agenda.title)),
                _ => None,
            })
        };
        self.agenda().ok().and_then(names).unwrap_or_default()
    }

    /// Whether anything was taken in here from other laptops.
    pub fn has_taken(&self) -> bool {
        segments(&self.changes()).is_ok_and(|files| files.iter().any(|(name, _)| is_taken(name)))
    }

    /// Where the journals are.
    pub(super) fn changes(&self) -> PathBuf {
        self.path.join("changes")
    }

    /// Refuses a workshop whose folder of changes is gone.
    pub(super) fn check_changes(&self) -> Result<(), Trouble> {
        let changes = self.changes();
        match segments(&changes) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Trouble::NoChanges(changes)),
            Err(error) => Err(Trouble::reading(&changes)(error)),
        }
    }

    /// Where the text is that is being typed.
    pub(super) fn typing(&self) -> PathBuf {
        self.path.join("typing")
    }

    /// Reads only the record that founds the workshop, which is all that a first frame needs.
    pub fn agenda(&self) -> Result<Record, Trouble> {
        let changes = self.changes();
        let ours = |record: &Record| journal::workshop_of(record) == Some(self.id);
        let first = changes.join(format!("{}.jsonl", self.id));
        if let Ok(Some(record)) = identity::founding(&first)
            && ours(&record)
        {
            return Ok(record);
        }
        let files = segments(&changes).map_err(Trouble::reading(&changes))?;
        let found =
            |(name, _): &(_, _)| identity::founding(&changes.join::<&OsString>(name)).ok()?;
        files.iter().find_map(|file| found(file).filter(ours)).ok_or(Trouble::NoAgenda(first))
    }

    /// Passes on all records as they are in the files, in no particular order, for callers that need the
    /// history. Returns what could not be read.
    pub fn records(&self, pass: &mut dyn FnMut(Vec<Record>)) -> Vec<Damage> {
        let mut tail = Tail::new(self);
        let mut damage = tail.read(None, pass);
        damage.extend(tail.torn());
        damage
    }

    /// Reads everything. Lines are checked and read on one thread and folded on another.
    pub fn read(&self) -> Result<LoadedWorkshop, Trouble> {
        self.check_changes()?;
        let mut workshop = Workshop::default();
        let (send, receive) = sync_channel(8);
        let mut tail = Tail::new(self);
        // Before the changes: nothing written in the meantime must be missed.
        let heard = Heard::of(self);
        let mut here: Vec<Stamp> = Vec::new();
        let mut apart: HashSet<WriterId> = HashSet::new();
        let (tail, mut damage) = thread::scope(|scope| {
            let reading = thread::Builder::new().name("read".into()).spawn_scoped(scope, || {
                let mut damage = tail.read(None, &mut |records: Vec<Record>| {
                    here.extend(records.iter().map(|record| record.stamp));
                    let others = records.iter().filter(|record| !own::is_counted(record));
                    apart.extend(others.map(|record| record.stamp.writer));
                    let _ = send.send(records);
                });
                damage.extend(tail.torn());
                drop(send);
                // The same record may be in two files.
                here.sort_unstable();
                here.dedup();
                (tail, damage)
            });
            let reading = reading.map_err(Trouble::reading(&self.path))?;
            for record in receive.into_iter().flatten() {
                workshop.apply(record);
            }
            reading.join().map_err(|panic| std::panic::resume_unwind(panic))
        })?;
        if !tail.met_agenda() {
            damage.push(Damage { file: "changes".into(), line: 0, what: Fault::NoAgenda });
        }
        damage.extend(self.damage.clone());
        let newer = tail.newer().values().sum();
        let mut counts: HashMap<WriterId, u64> = HashMap::new();
        for stamp in here {
            *counts.entry(stamp.writer).or_default() += 1;
        }
        let count = |writer| counts.get(&writer).copied().unwrap_or(0);
        let FoundMissing { damage, gaps, .. } =
            gaps::look(self, damage, tail.newer(), &heard, &count);
        workshop.note_gaps(gaps.clone());
        let written = tail.writers().difference(&apart).map(|writer| (*writer, count(*writer)));
        let uncounted = own::news(written, heard.written());
        Ok(LoadedWorkshop { workshop, damage, newer, missing: gaps, tail, uncounted })
    }
}

/// Whether nothing is there, or only an empty folder.
fn is_free(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => Ok(fs::read_dir(path)?.next().is_none()),
        Ok(_) => Ok(false),
    }
}

/// Whether the system or the disk prevents a file from being read.
fn is_unreadable(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied || system::cause(error) == Some(Cause::Broken)
}

/// Whether a number is this version's format with one wrong bit in its only digit.
fn is_one_bit_off(format: u32) -> bool {
    format < 10 && (format ^ FORMAT).is_power_of_two()
}

/// What is said of a description that cannot be read or names no workshop that is here.
fn garbled() -> Damage {
    described(Fault::Description)
}

fn described(what: Fault) -> Damage {
    Damage { file: DESCRIPTION.to_owned(), line: 0, what }
}

/// A description without the byte-order mark that some editors put before a text.
fn bare(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// The fields of a garbled description that a newer version wrote. Where a known one is missing, an unknown one may
/// be that one with a wrong letter, and nobody can tell.
fn unknown_fields(path: &Path) -> UnknownFields {
    let mut text = Vec::new();
    let read = disk::open_file(&path.join(DESCRIPTION))
        .and_then(|open| open.take(LONGEST_DESCRIPTION).read_to_end(&mut text));
    let fields = read.ok().and_then(|_| serde_json::from_slice::<UnknownFields>(bare(&text)).ok());
    let mut fields = fields.unwrap_or_default();
    let is_there = KNOWN.map(|known| fields.remove(known).is_some());
    if is_there.contains(&false) { UnknownFields::new() } else { fields }
}

fn description(id: WorkshopId, newer: UnknownFields) -> io::Result<Vec<u8>> {
    let description =
        Description { what: WHAT.into(), format: FORMAT, reader: FORMAT, workshop: id, newer };
    let mut text = serde_json::to_vec(&description)?;
    text.push(b'\n');
    Ok(text)
}

fn fill(path: &Path, id: WorkshopId, founding: &[u8], more: &[Record]) -> io::Result<()> {
    put(&path.join(DESCRIPTION), &description(id, UnknownFields::new())?)?;
    let changes = path.join("changes");
    system::make_folder(&changes)?;
    let put_line = |name: &str, json: &[u8]| {
        let mut line = Vec::new();
        journal::seal(FIRST, json, &mut line);
        put(&changes.join(format!("{name}.jsonl")), &line)
    };
    put_line(&id.to_string(), founding)?;
    for record in more {
        put_line(&record.stamp.writer.to_string(), &serde_json::to_vec(record)?)?;
    }
    system::sync_folder(&changes)?;
    system::sync_folder(path)
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = system::make_private(path)?;
    step(Step::Write)?;
    file.write_all(bytes)?;
    file.sync_all()
}
