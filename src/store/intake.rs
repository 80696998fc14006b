//! Taking in what other laptops wrote: what is new goes to the disk, the rest is counted.

mod again;
mod fresh;
mod headless;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::heard::{Heard, LaptopNews};
use super::ledger::{Ledger, Stub, note_purges};
use super::lock::{Keys, OpenedFile};
use super::tail::{NewerChanges, TAKEN, Tail, is_of};
use super::{
    Bundle, Damage, Fault, Folder, LARGEST_BUNDLE, Packing, Rejection, Trouble, bundle,
    bundle::Header, disk::RealDisk, gaps, journal, lock, pen::JournalPen, place,
    refused::RefusedBundle, sweep, sweep::SweepReport, system, trouble::why, whole,
};
use crate::workshop::{
    Change, Flaw, Moment, Parcel, Point, PointId, Purges, Record, Stamp, Workshop, WriterId, clean,
};

use fresh::FreshLines;
pub use headless::read_headless_bundle;

/// What is said of a bundle whose first line has something in it that is not understood here.
pub const NEWER_HEADER: &str = "its first line says something that only a newer version of the program \
                                understands. Install the newer version to see it.";

/// The most bytes that a program which is killed has written as a whole or not at all.
const PAGE: usize = 4096;
/// A day in milliseconds: no laptop's clock that can be trusted is further ahead.
const DAY: i64 = 86_400_000;
/// How many levels of folders are searched for bundles.
const DEEPEST: usize = 4;
/// The most files that are looked at in one go.
const MOST_FILES: usize = 10_000;

/// Takes what is new into one workshop's folder.
///
/// Records go unchanged into a file of their own, `changes/taken-<id>.jsonl`. A bundle is taken
/// in whole or refused whole.
pub struct Intake {
    folder: Folder,
    ledger: Ledger,
    heard: Heard,
    stem: String,
    pen: JournalPen,
    /// What time it is, if known.
    now: Option<Moment>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Intake({})", self.folder.path().display())
    }
}

impl Intake {
    /// Reads what is in the folder. `taker` names the files that are written, and has to be new.
    pub fn open(folder: &Folder, taker: WriterId) -> (Self, Vec<Damage>) {
        sweep::clear(&folder.changes());
        // Before the changes: nothing written in the meantime must be missed.
        let heard = Heard::of(folder);
        let (ledger, damage) = Ledger::of(folder);
        let stem = format!("{TAKEN}{taker}");
        let pen = JournalPen::new(Box::new(RealDisk), folder.changes(), stem.clone());
        (Self { folder: folder.clone(), ledger, heard, stem, pen, now: None }, damage)
    }

    /// What was purged here, as far as it was read.
    pub fn purges(&self) -> &Purges {
        self.ledger.purges()
    }

    /// How many changes made here no other laptop is known to have, where each item of `elsewhere`
    /// says how many changes of each writer are somewhere else.
    pub fn only_here(
        &mut self,
        own: &HashSet<WriterId>,
        elsewhere: &[&BTreeMap<WriterId, u64>],
    ) -> u64 {
        self.catch_up();
        let most = |writer| elsewhere.iter().filter_map(|known| known.get(writer)).max();
        let founding = self.folder.id().to_string();
        let own = own.iter().filter(|writer| writer.to_string() != founding);
        own.map(|writer| self.ledger.count(*writer).saturating_sub(*most(writer).unwrap_or(&0)))
            .sum()
    }

    /// Sets the name of this laptop, which does not need to hear of itself.
    pub fn works_as(&mut self, replica: WriterId) {
        self.heard.works_as(replica);
    }

    /// Sets what time it is: what is taken in from now on came then.
    pub fn works_at(&mut self, now: Moment) {
        self.now = Some(now);
    }

    /// The folder it takes into.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Notes what has been written here since. It already knows what it wrote itself.
    fn catch_up(&mut self) {
        let stem = &self.stem;
        self.ledger.catch_up(&self.folder, &|name| is_of(name, stem));
    }

    /// Adds what is purged by a parcel, once all of it has come in.
    fn knowing(&self, purges: &Purges) -> Option<Ledger> {
        let mut all = self.ledger.purges().clone();
        all.extend(purges).then(|| Ledger::knowing(&self.folder, all).0)
    }

    /// Lets go of its file; the next parcel begins another.
    pub fn let_go(&mut self) {
        self.pen.let_go();
    }

    /// Finishes what a purge left undone: after something new came in, and when a run takes up the folder
    /// after a crash. Without a purge nothing is looked at.
    pub fn sweep(&mut self) -> Result<SweepReport, Trouble> {
        if self.ledger.purges().is_empty() {
            return Ok(SweepReport::default());
        }
        self.pen.let_go();
        let workshop = self.folder.read()?.workshop;
        self.folder.sweep(&workshop, None)
    }

    /// The same, reported with what came in.
    fn swept(&mut self, parcel: &mut Parcel) {
        if parcel.fresh == 0 {
            return;
        }
        match self.sweep() {
            Ok(swept) => parcel.damage.extend(swept.files_left()),
            Err(trouble) => parcel.damage.push(trouble.to_string()),
        }
    }

    /// Packs the changes in the folder as a bundle: its own, those taken in from others if asked
    /// for, but none that `without` already has. The founding record is always included. Records
    /// that everybody would refuse are left out and reported.
    pub fn pack(
        &mut self,
        packing: &Packing<'_>,
        without: Option<&Bundle>,
    ) -> Result<(Bundle, Vec<Damage>), Rejection> {
        self.catch_up();
        let packed = Bundle::pack(&self.folder, (&self.ledger, &self.heard), packing, without)?;
        let laptop = (packing.replica, packing.group.as_ref());
        self.heard.keep_written(&self.folder, laptop, packed.written);
        Ok((packed.bundle, packed.damage))
    }

    /// Whether everything in a bundle is here, so that nothing is lost if it is put away.
    pub fn has_all(&mut self, bundle: &Bundle) -> bool {
        self.catch_up();
        let mut all = bundle.header.workshop == self.folder.id();
        let mut look = |_, json: &[u8]| {
            let known = |stub: Stub| self.ledger.knows(&self.ledger.key(stub.stamp, json));
            all &= Stub::of(json).is_some_and(known);
            Ok(())
        };
        bundle.visit(&mut look).is_ok() && all
    }

    /// Takes in a bundle.
    pub fn take(&mut self, name: &str, bundle: &Bundle) -> Result<Parcel, Rejection> {
        self.take_after(name, bundle, &mut |_, _| Ok(()))
    }

    /// The same; does `first` before anything is written.
    fn take_after(
        &mut self,
        name: &str,
        bundle: &Bundle,
        first: &mut dyn FnMut(&mut Self, &FreshLines) -> Result<(), Trouble>,
    ) -> Result<Parcel, Rejection> {
        let header = &bundle.header;
        if header.workshop != self.folder.id() {
            let founding = bundle.founding().and_then(|json| journal::decode(&json).0);
            return Err(self.elsewhere(founding, header.title.clone()));
        }
        self.catch_up();
        let mut parcel = Parcel {
            name: clean(name).into_owned(),
            replica: Some(header.replica),
            group: header.group.clone(),
            made: Some(header.made),
            known_there: header.writers().collect(),
            others_later: header.others_later,
            own_later: header.own_later,
            ..Parcel::default()
        };
        let mut fresh = FreshLines::default();
        let most = self.most_time(header.changes);
        let knowing = self.knowing(&bundle.purges());
        bundle.visit(&mut |line, json| {
            let what = |what| Rejection::Flawed { line, what };
            let ledger = knowing.as_ref().unwrap_or(&self.ledger);
            self.sift(ledger, json, most, &mut parcel, &mut fresh).map_err(what)
        })?;
        first(self, &fresh)?;
        self.write(fresh, knowing)?;
        self.swept(&mut parcel);
        self.settle(&mut parcel);
        Ok(parcel)
    }

    /// Counts what is missing of a parcel: more may have come in since then.
    fn settle(&self, parcel: &mut Parcel) {
        let there = parcel.known_there.iter();
        let missing = there.map(|(writer, count)| count.saturating_sub(self.ledger.count(*writer)));
        parcel.missing = missing.fold(0, u64::saturating_add);
    }

    /// Call once everything has come in: judges what is still missing, and saves what was heard
    /// of other laptops for later.
    pub fn done(&mut self, parcels: &mut [Parcel]) -> Result<(), Trouble> {
        for parcel in parcels {
            self.settle(parcel);
        }
        let ledger = &self.ledger;
        self.heard.forgive_whole(&|writer| ledger.count(writer));
        self.heard.forgive_replaced();
        self.heard.keep(&self.folder, &self.stem)
    }

    /// Notes that a folder now has these files: what was refused there before and could not be read is no longer
    /// missing if it is gone.
    pub(super) fn forget_refused<'n>(
        &mut self,
        folder: &Path,
        names: impl Iterator<Item = &'n str>,
    ) {
        self.heard.forget_refused(folder, names);
    }

    /// Takes in another folder of the same workshop. A folder is somebody's laptop, not a sealed
    /// whole: lines that are damaged, or that no program writes, are left out and reported.
    pub fn take_folder(&mut self, name: &str, other: &Folder) -> Result<Parcel, Rejection> {
        if self.is_at(other.path()) {
            return Err(Rejection::Itself);
        }
        if other.id() != self.folder.id() {
            return Err(self.elsewhere(other.agenda().ok(), other.names().1));
        }
        self.catch_up();
        let mut parcel = Parcel { name: clean(name).into_owned(), ..Parcel::default() };
        let mut fresh = FreshLines::default();
        let most = self.most_time(0);
        let mut purges = Purges::default();
        Tail::new(other).scan(&|_| false, &mut |_, json| {
            note_purges(json, &mut purges);
            None
        });
        let knowing = self.knowing(&purges);
        let ledger = knowing.as_ref().unwrap_or(&self.ledger);
        let mut tail = Tail::new(other);
        let mut damage = tail.scan(&|_| false, &mut |_, json| {
            if fresh.bytes.len() as u64 > LARGEST_BUNDLE {
                return None;
            }
            let sifted = self.sift(ledger, json, most, &mut parcel, &mut fresh);
            sifted.err().map(|flaw| flaw.map_or(Fault::Bad, Fault::Flawed))
        });
        damage.extend(tail.torn());
        if fresh.bytes.len() as u64 > LARGEST_BUNDLE {
            return Err(Rejection::TooLarge);
        }
        let theirs = Heard::of(other);
        let came = fresh.writers();
        if !came.is_empty() {
            // If the program is killed in between, it must not leave a part that passes for the whole.
            self.heard.extend(&theirs);
            self.heard.keep(&self.folder, &self.stem)?;
        }
        self.write(fresh, knowing)?;
        // What is damaged there may be whole here.
        let found = gaps::look(other, damage, &NewerChanges::new(), &Heard::default(), &|_| 0);
        parcel.damage = found.damage.iter().map(ToString::to_string).collect();
        self.swept(&mut parcel);
        let real = place::real(other.path());
        let replica = WriterId::of(real.as_os_str().as_encoded_bytes());
        self.heard.note(replica, &LaptopNews { holes: found.holes, ..LaptopNews::default() });
        parcel.damage.extend(theirs.damage(other).iter().map(ToString::to_string));
        self.heard.extend(&theirs);
        self.heard.note_since_folder(&theirs, &|writer| self.ledger.count(writer));
        self.heard.note_newer(None, &came);
        Ok(parcel)
    }

    /// Why a workshop of another id is not taken in.
    fn elsewhere(&self, founding: Option<Record>, title: String) -> Rejection {
        let agenda = |record: Record| {
            record.changes.into_iter().find_map(|change| match change {
                Change::Founded(agenda) => Some(agenda.without_participants()),
                _ => None,
            })
        };
        let ours = self.folder.agenda().ok().and_then(agenda);
        match (ours, founding.and_then(agenda)) {
            (Some(ours), Some(theirs)) if ours == theirs => Rejection::Older(title),
            (Some(ours), Some(theirs)) if ours.id == theirs.id => {
                let meeting = clean(&theirs.id).into_owned();
                Rejection::Corrected { title, meeting }
            }
            _ => Rejection::Elsewhere(title),
        }
    }

    /// Whether this source is the very workshop it takes into.
    pub fn is_of(&self, source: &Incoming) -> bool {
        matches!(source, Incoming::Folder(path) if self.is_at(path))
    }

    fn is_at(&self, path: &Path) -> bool {
        let real = system::real(path).ok();
        real.is_some() && real == system::real(self.folder.path()).ok()
    }

    /// The latest time that an honest record, one of this many, can have.
    fn most_time(&self, records: u64) -> u64 {
        self.ledger.latest().saturating_add(records).saturating_add(Stamp::LEAP)
    }

    /// Looks at one line: counts it, and adds it to the fresh ones if it is not here.
    fn sift(
        &self,
        ledger: &Ledger,
        json: &[u8],
        most: u64,
        parcel: &mut Parcel,
        fresh: &mut FreshLines,
    ) -> Result<(), Option<Flaw>> {
        let (record, newer) = journal::decode(json);
        let record = record.ok_or(None)?;
        if record.stamp.time > most {
            return Err(Some(Flaw::Time));
        }
        let key = ledger.key(record.stamp, json);
        let known = ledger.knows(&key) || fresh.keys.contains(&key);
        let id = self.folder.id();
        // The founding record follows from the agenda to the last byte, and nothing else may use
        // its name: packing and founding look for it there.
        let is_named_so = record.stamp.writer.to_string() == id.to_string();
        if is_named_so || journal::workshop_of(&record).is_some() {
            let is_first = record.stamp.time == 1 && record.at == Moment(0);
            let is_alone = record.changes.len() == 1;
            if !(is_named_so && is_first && is_alone && journal::founded_in(json) == Some(id)) {
                return Err(Some(Flaw::Founds));
            }
            if known {
                return Ok(());
            }
        } else {
            record.check().map_err(Some)?;
        }
        let (points, count) = if known {
            (&mut parcel.known_points, &mut parcel.known)
        } else {
            (&mut parcel.new_points, &mut parcel.fresh)
        };
        *count += 1;
        for change in &record.changes {
            match change {
                Change::PointCaptured(captured) => points.push(captured.point),
                Change::PointChanged { point, .. } if !known => parcel.changed_points.push(*point),
                _ => {}
            }
        }
        if !known {
            parcel.newer += newer;
            let start = fresh.bytes.len();
            fresh.bytes.extend_from_slice(&ledger.kept(record.stamp, json));
            fresh.lines.push((key, record.at, start..fresh.bytes.len()));
            fresh.keys.insert(key);
        }
        Ok(())
    }

    /// Puts the fresh lines on the disk, all or none; `knowing` is the ledger that already knows what they
    /// purge.
    fn write(&mut self, fresh: FreshLines, knowing: Option<Ledger>) -> Result<(), Rejection> {
        if fresh.lines.is_empty() {
            return Ok(());
        }
        let lines = fresh.lines.iter().map(|(.., range)| &fresh.bytes[range.clone()]);
        let written = if fresh.bytes.len() > PAGE {
            self.pen.place(lines)
        } else {
            self.pen.write(lines).map_err(|failed| failed.error)
        };
        written.map_err(|error| Trouble::Unwritable(self.folder.changes(), why(&error)))?;
        if let Some(ledger) = knowing {
            self.ledger = ledger;
        }
        for (key, at, _) in fresh.lines {
            self.ledger.note(key, at);
        }
        Ok(())
    }
}

/// Something that may have changes of a workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A bundle, locked or not.
    Bundle(PathBuf),
    /// A workshop's folder.
    Folder(PathBuf),
}

impl Incoming {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Bundle(path) | Self::Folder(path) => path,
        }
    }

    /// The last part of its path, by which people recognise it.
    pub fn name(&self) -> String {
        let path = self.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| path.display().to_string())
    }

    /// Everything a path refers to: a bundle, a workshop, or whatever a folder has of both, by
    /// name.
    pub fn find(path: &Path) -> Result<Vec<Self>, Trouble> {
        let found = fs::metadata(path).map_err(Trouble::reading(path))?;
        if !found.is_dir() {
            return Ok(vec![Self::Bundle(path.to_owned())]);
        }
        let mut sources = Vec::new();
        let mut left = MOST_FILES;
        look_into(path, 0, &mut left, &mut sources)?;
        if sources.is_empty() {
            return Err(Trouble::NothingToTake(path.to_owned()));
        }
        Ok(sources)
    }
}

fn look_into(
    path: &Path,
    depth: usize,
    left: &mut usize,
    sources: &mut Vec<Incoming>,
) -> Result<(), Trouble> {
    match Folder::open(path) {
        Ok(_) | Err(Trouble::Newer(..)) => {
            sources.push(Incoming::Folder(path.to_owned()));
            return Ok(());
        }
        Err(_) => {}
    }
    let mut inside: Vec<_> = fs::read_dir(path)
        .map_err(Trouble::reading(path))?
        .filter_map(Result::ok)
        .take(*left)
        .collect();
    *left -= inside.len();
    inside.sort_by_key(fs::DirEntry::file_name);
    for found in inside {
        let Ok(kind) = found.file_type() else { continue };
        let hidden = found.file_name().as_encoded_bytes().starts_with(b".");
        if hidden {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            // A folder that may not be read has nothing that could be taken in.
            let _ = look_into(&found.path(), depth + 1, left, sources);
        } else if kind.is_file() && is_bundle(&found.path()) {
            sources.push(Incoming::Bundle(found.path()));
        }
    }
    Ok(())
}

/// Whether a file is named like a bundle, locked or not.
pub fn is_bundle(path: &Path) -> bool {
    let ends = |path: &Path, ending: &str| {
        path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
    };
    ends(path, bundle::ENDING)
        || (ends(path, lock::ENDING)
            && path.file_stem().is_some_and(|stem| ends(Path::new(stem), bundle::ENDING)))
}

/// Reads a bundle's file, and unlocks it if it is locked.
pub fn read_bundle(path: &Path, keys: &Keys) -> Result<Bundle, Rejection> {
    Bundle::read_opened(opened(path, keys)?)
}

/// The same; if it is damaged, what can be read of it.
pub fn read_rest_of_bundle(path: &Path, keys: &Keys) -> Result<Bundle, Rejection> {
    Bundle::read_rest(opened(path, keys)?)
}

fn opened(path: &Path, keys: &Keys) -> Result<OpenedFile, Rejection> {
    let bytes =
        whole::read_whole(path, LARGEST_BUNDLE + (2 << 20)).map_err(|trouble| match trouble {
            Trouble::TooLong(..) => Rejection::TooLarge,
            trouble => trouble.into(),
        })?;
    keys.unlock(bytes)
}

impl Intake {
    /// Takes in a single bundle, or what is left of it, and keeps what it says about laptops.
    pub fn receive(&mut self, bundle: &Bundle) -> Result<Parcel, Rejection> {
        let parcel = self.take_rest(&bundle.header.title, bundle)?;
        self.done(&mut [])?;
        Ok(parcel)
    }

    /// The same for the bundle with which a folder begins: what is written there from now on is later.
    fn begin_with(&mut self, bundle: &Bundle) -> Result<Parcel, Rejection> {
        let parcel = self.take_rest(&bundle.header.title, bundle)?;
        self.heard.note_beginning(bundle.header.replica, bundle.header.made);
        self.done(&mut [])?;
        Ok(parcel)
    }

    /// Takes in what is left of a bundle, and keeps what it says about laptops: whatever could not be
    /// read is missing until it comes another way.
    fn take_rest(&mut self, name: &str, bundle: &Bundle) -> Result<Parcel, Rejection> {
        if bundle.is_headless() {
            return self.take_headless(name, None, bundle);
        }
        let (header, mut came) = (&bundle.header, HashMap::new());
        let mut parcel = self.take_after(name, bundle, &mut |intake, fresh| {
            came = fresh.writers();
            // If the program is killed in between, it must not leave a part that passes for the whole.
            if fresh.lines.is_empty() {
                return Ok(());
            }
            intake.heard.note_header(header, intake.now, None);
            intake.heard.keep(&intake.folder, &intake.stem)
        })?;
        if let Some(why) = bundle.damage()
            && parcel.fresh == 0
            && self.has_all_known(header)
        {
            // A damaged copy of what is all here brings nothing and lacks nothing.
            return Err(why.clone());
        }
        self.heard.note_header(header, self.now, None);
        let count = |writer| self.ledger.count(writer);
        self.heard.note_since(header.replica, header.made, &header.all_known(), &count);
        for (replica, said) in &header.heard {
            self.heard.note_since_relayed(*replica, said, &count);
        }
        self.heard.note_owner(header);
        self.heard.note_newer(Some(header.replica), &came);
        if let Some(now) = self.now.filter(|_| parcel.fresh > 0) {
            self.heard.note_arrival(header.replica, now);
        }
        if header.newer() > 0 {
            parcel.damage.push(NEWER_HEADER.to_owned());
        }
        parcel.unread = bundle.unread();
        parcel.damage.splice(..0, bundle.damage_in_words());
        Ok(parcel)
    }

    /// Whether all changes that a bundle's header knows of are here.
    fn has_all_known(&self, header: &Header) -> bool {
        header.all_known().iter().all(|(writer, count)| self.ledger.count(*writer) >= *count)
    }

    /// Takes in a bundle or a folder; if a bundle is damaged, what can be read of it.
    pub fn take_source(&mut self, source: &Incoming, keys: &Keys) -> Result<Parcel, Rejection> {
        let name = source.name();
        match source {
            Incoming::Bundle(path) => self.take_file(&name, path, keys),
            Incoming::Folder(path) => self.take_folder(&name, &Folder::open(path)?),
        }
    }

    /// What was missing because nothing in it could be read may be what has just come in, or may have been
    /// replaced by it.
    fn note_opened(&mut self, name: &str, path: &Path) {
        if self.heard.misses_refused()
            && let Ok(bytes) = whole::read_whole(path, LARGEST_BUNDLE + (2 << 20))
        {
            self.heard.note_opened(name, path, &bytes);
        }
    }

    /// Looks again at a folder on a stick and at those in it: what was refused there may be gone.
    pub fn look_for_refused(&mut self, folder: &Path) {
        if self.heard.misses_refused() {
            self.look_for_gone(folder, 0);
        }
    }

    fn look_for_gone(&mut self, folder: &Path, depth: usize) {
        let Ok(listed) = fs::read_dir(folder) else { return };
        let mut names = Vec::new();
        for found in listed.filter_map(Result::ok).take(MOST_FILES) {
            if depth < DEEPEST && found.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.look_for_gone(&found.path(), depth + 1);
            }
            names.extend(found.file_name().into_string());
        }
        self.forget_refused(folder, names.iter().map(String::as_str));
    }

    /// Remembers that there is a bundle which was not taken in, with what can be read in its header.
    fn note_refused(&mut self, name: &str, path: &Path, keys: &Keys, why: &Rejection) {
        // Nothing is kept of what does not belong to this meeting.
        if matches!(why, Rejection::Elsewhere(_) | Rejection::Older(_)) {
            return;
        }
        let bytes = whole::read_whole(path, LARGEST_BUNDLE + (2 << 20));
        let bytes = bytes.unwrap_or_default();
        let mut opened = Vec::new();
        if why.is_about_a_key() {
            let of = lock::workshop_of(&bytes);
            if of.is_some_and(|of| of != self.folder.id()) {
                return;
            }
        } else {
            opened = keys.unlock(bytes.clone()).map(|opened| opened.bytes).unwrap_or_default();
        }
        if let Some(header) = Bundle::header_of(&opened) {
            if header.workshop == self.folder.id() {
                self.heard.note_opened(name, path, &bytes);
                // A damaged copy of what is all here lacks nothing.
                let is_here = self.has_all_known(&header);
                self.heard.note_header(&header, self.now, Some(why).filter(|_| !is_here));
            } else if matches!(why, Rejection::Corrected { .. }) {
                self.heard.note_corrected(&header, points_in(opened), why);
            }
            return;
        }
        // A damaged number may be any.
        let last = self.now.map(|now| now.0.saturating_add(DAY));
        let made = Bundle::claimed_made(&opened);
        let made = made.filter(|made| last.is_none_or(|last| made.0 <= last));
        let file = RefusedBundle { name, path, bytes: &bytes, made, now: self.now };
        self.heard.note_refused(file, &self.folder.names().0, why);
    }
}

/// The points in a bundle that are not deleted.
fn points_in(bytes: Vec<u8>) -> Vec<PointId> {
    let mut workshop = Workshop::default();
    for record in Bundle::read(bytes).and_then(|bundle| bundle.records()).unwrap_or_default() {
        workshop.apply(record);
    }
    let points = workshop.points().filter(|point| !point.is_deleted());
    points.map(Point::id).collect()
}

impl Folder {
    /// Makes a workshop from a bundle, or from what is left of it: everything in it, in a new folder.
    pub fn create_from(
        path: &Path,
        bundle: &Bundle,
        taker: WriterId,
    ) -> Result<(Self, Parcel), Rejection> {
        let Some(founding) = bundle.founding() else {
            return Err(match bundle.damage() {
                Some(_) => Rejection::NoAgenda,
                None => Rejection::Flawed { line: 2, what: Some(Flaw::Founds) },
            });
        };
        let folder = Self::make(path, bundle.header.workshop, &founding, &[])?;
        match Intake::open(&folder, taker).0.begin_with(bundle) {
            Ok(parcel) => Ok((folder, parcel)),
            Err(rejection) => {
                // Only what was made here a moment ago.
                let _ = fs::remove_dir_all(path);
                Err(rejection)
            }
        }
    }
}
