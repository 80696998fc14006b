//! What is missing of a workshop, computed from what is on the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::{io::Read, path::Path};

use super::awaited::Histories;
use super::heard::{Heard, LaptopNews, NotKnown};
use super::holes::{Hole, KnownRecords};
use super::tail::{NewerChanges, Tail, is_taken};
use super::{Damage, Fault, Folder, LoadedWorkshop, disk, heard, holes, ledger::Ledger};
use crate::workshop::{Gap, Gaps, LaptopReport, WriterId};

/// The longest file that is searched for holes.
const LARGEST: u64 = 1 << 30;

/// What was found missing.
#[derive(Debug, Default)]
pub(super) struct FoundMissing {
    /// What is broken and not repaired by what other files have.
    pub(super) damage: Vec<Damage>,
    pub(super) gaps: Gaps,
    /// The holes in the files written here, which other laptops should know of.
    pub(super) holes: Vec<Hole>,
}

/// The laptop that each writer works at, if known.
pub(super) type Owners = HashMap<WriterId, WriterId>;

/// How many records of each writer are here.
pub(super) type WriterCounts<'c> = &'c dyn Fn(WriterId) -> u64;

/// Looks at what was broken while a folder was read. If nothing was, and no other laptop lacks
/// anything, no file is read again.
pub(super) fn look(
    folder: &Folder,
    damage: Vec<Damage>,
    newer: &NewerChanges,
    heard: &Heard,
    counts: WriterCounts<'_>,
) -> FoundMissing {
    let mut own: Vec<(String, Hole)> = Vec::new();
    for file in broken(&damage) {
        own.extend(holes_in(folder, file).into_iter().map(|hole| (file.to_owned(), hole)));
    }
    let theirs = heard.iter().any(|(_, said)| !said.holes.is_empty());
    let known =
        if own.is_empty() && !theirs { KnownRecords::default() } else { KnownRecords::of(folder) };
    let (closed, open): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|(_, hole)| known.closes(hole));
    let is_open = |one: &Damage| {
        let within = |(file, hole): &(String, Hole)| {
            *file == one.file && (hole.at.0..=hole.at.1).contains(&one.line)
        };
        let all = |(file, _): &(String, Hole)| *file == one.file;
        match one.what {
            Fault::Torn | Fault::Bad | Fault::Gap | Fault::TooLong => !closed.iter().any(within),
            Fault::More(_) => open.iter().any(all) || !closed.iter().any(all),
            _ => true,
        }
    };
    let not_known = heard.not_known(folder);
    let damage = damage.into_iter().filter(is_open);
    let damage = damage.chain(not_known.iter().map(|lost| lost.damage.clone()));
    let damage: Vec<Damage> = damage.chain(heard.newer()).collect();
    let owners = heard.owners();
    let mut gaps: Vec<Gap> = unreadable(&damage, &owners);
    gaps.extend(unheard(&not_known));
    let gone = heard.gone_uncounted(counts).into_iter();
    gaps.extend(
        gone.map(|writer| Gap::Lost {
            laptop: Some(laptop(writer, &owners)),
            writer: Some(writer),
        }),
    );
    gaps.extend(made_by_newer(newer, &owners));
    // What another program is just now writing is not damage, and was not reported as any.
    let is_lost = |(file, hole): &(String, Hole)| {
        let within = |one: &Damage| {
            one.file == *file && (one.line == 0 || (hole.at.0..=hole.at.1).contains(&one.line))
        };
        damage.iter().any(within)
    };
    let open = open.into_iter().filter(is_lost);
    let (torn, mut open): (Vec<_>, Vec<_>) = open.partition(|one| is_torn(one, &damage));
    // What was being taken in when the program was killed has not arrived: it is not damaged as well.
    let broken = lines_of(open.iter().map(|(_, hole)| hole));
    let is_counted = |hole: &Hole| lacks(heard, hole, &broken, counts);
    open.extend(torn.into_iter().filter(|(_, hole)| !is_counted(hole)));
    let holes: Vec<Hole> = open.into_iter().map(|(_, hole)| hole).collect();
    let (own, elsewhere) = (holes.iter().collect(), OpenElsewhere::of(heard, &known, &owners));
    gaps.extend(damaged([&own].into_iter().chain(elsewhere.of_others.values()), &owners));
    gaps.extend(parts(heard, &owners, &elsewhere.broken_lines(&own), counts));
    gaps.extend(elsewhere.gaps(heard));
    gaps.extend(refused(heard));
    let histories = Histories::of(heard, &owners, counts, &own, &known);
    let (awaited, whole) = (histories.awaited(&gaps, &damage), histories.whole());
    let gaps = Gaps::of(gaps).with_histories(awaited, whole);
    FoundMissing { damage, gaps: named(gaps, heard), holes }
}

impl Folder {
    /// What is broken in the folder and what is missing, as of now.
    pub fn gaps(&self) -> (Vec<Damage>, Gaps) {
        // Before the changes: nothing written in the meantime must be missed.
        let heard = Heard::of(self);
        let (ledger, _) = Ledger::of(self);
        let mut tail = Tail::new(self);
        let mut damage = tail.read(None, &mut |_| ());
        damage.extend(tail.torn());
        let found = look(self, damage, tail.newer(), &heard, &|writer| ledger.count(writer));
        (found.damage, found.gaps)
    }
}

/// What is missing of a workshop, kept up to date while others write.
#[derive(Debug)]
pub struct Missing {
    folder: Folder,
    found: (Vec<Damage>, Gaps),
    heard: u64,
}

impl Missing {
    /// What was missing when the folder was read.
    pub fn of(folder: &Folder, loaded: &LoadedWorkshop) -> Self {
        let found = (loaded.damage.clone(), loaded.missing.clone());
        Self { folder: folder.clone(), found, heard: heard::mark(folder) }
    }

    /// Looks again if something was missing, other laptops were heard of, or something new is
    /// `damaged`; returns what is missing now, if that is news. If nothing is missing, nothing is read.
    pub fn look(&mut self, damaged: bool) -> Option<(Vec<Damage>, Gaps)> {
        let heard = heard::mark(&self.folder);
        let is_whole = self.found.0.is_empty() && self.found.1.is_empty();
        if is_whole && !damaged && heard == self.heard {
            return None;
        }
        self.heard = heard;
        let found = self.folder.gaps();
        (found != self.found).then(|| {
            self.found = found.clone();
            found
        })
    }
}

/// The files in which lines are broken, each once.
pub(super) fn broken(damage: &[Damage]) -> Vec<&str> {
    let is_line = |one: &&Damage| {
        matches!(one.what, Fault::Torn | Fault::Bad | Fault::Gap | Fault::TooLong | Fault::More(_))
    };
    let mut files: Vec<&str> = damage.iter().filter(is_line).map(|one| one.file.as_str()).collect();
    files.dedup();
    files
}

/// Whether a hole is the end of what was taken in, cut short.
fn is_torn((file, hole): &(String, Hole), damage: &[Damage]) -> bool {
    let is_end = |one: &Damage| {
        one.what == Fault::Torn && one.file == *file && (hole.at.0..=hole.at.1).contains(&one.line)
    };
    !is_own(file) && damage.iter().any(is_end)
}

/// Whether as many changes as are in a hole are known to exist and are not here, besides the broken ones.
fn lacks(heard: &Heard, hole: &Hole, broken: &BrokenLines, counts: WriterCounts<'_>) -> bool {
    let lines = hole.lines.len() as u64;
    let lacks = |(writer, of): (WriterId, u64)| {
        let is_one = hole.writer.is_none_or(|one| one == writer);
        is_one && lacking(writer, of.saturating_sub(counts(writer)), broken) >= lines
    };
    lines > 0 && heard.most().into_iter().any(lacks)
}

/// Whether a file was written here rather than taken in from another laptop.
pub(super) fn is_own(file: &str) -> bool {
    !Path::new(file).file_name().is_some_and(is_taken)
}

pub(super) fn holes_in(folder: &Folder, file: &str) -> Vec<Hole> {
    let mut bytes = Vec::new();
    let read = disk::open_file(&folder.path().join(file))
        .and_then(|open| open.take(LARGEST).read_to_end(&mut bytes));
    if read.is_err() {
        return Vec::new();
    }
    holes::find(&bytes, writer_of(file))
}

/// The writer that this file belongs to.
pub(super) fn writer_of(file: &str) -> Option<WriterId> {
    let name = Path::new(file).file_name()?;
    let stem = Path::new(name).file_stem()?.to_str()?;
    if is_taken(name) {
        return None;
    }
    stem.get(..12).filter(|_| stem.len() == 12 || stem[12..].starts_with('-'))?.parse().ok()
}

/// What cannot be read at all.
fn unreadable(damage: &[Damage], owners: &Owners) -> Vec<Gap> {
    let mut files: BTreeMap<Option<WriterId>, usize> = BTreeMap::new();
    let mut gaps = Vec::new();
    for one in damage {
        match one.what {
            Fault::NoAgenda => gaps.push(Gap::Agenda),
            Fault::NotAFile | Fault::Unreadable(_) => {
                *files.entry(writer_of(&one.file).map(|it| laptop(it, owners))).or_default() += 1;
            }
            _ => {}
        }
    }
    let gap = |(laptop, files)| Gap::Unreadable { laptop, files };
    gaps.extend(files.into_iter().map(gap));
    gaps
}

/// The files of what was heard that cannot be read.
fn unheard(lost: &[NotKnown]) -> Option<Gap> {
    let laptops: BTreeMap<_, _> = lost.iter().flat_map(|lost| lost.laptops.clone()).collect();
    let laptops = laptops.into_iter().collect();
    (!lost.is_empty()).then_some(Gap::Unheard { files: lost.len(), laptops })
}

/// What only a newer version understands, laptop by laptop.
fn made_by_newer(newer: &NewerChanges, owners: &Owners) -> Vec<Gap> {
    let mut laptops: BTreeMap<Option<WriterId>, (Option<WriterId>, usize)> = BTreeMap::new();
    for (writer, changes) in newer {
        let of = laptops.entry(writer.map(|writer| laptop(writer, owners))).or_insert((*writer, 0));
        of.1 += changes;
    }
    let gap = |(laptop, (writer, changes))| Gap::Newer { laptop, writer, changes };
    laptops.into_iter().map(gap).collect()
}

pub(super) fn laptop(writer: WriterId, owners: &Owners) -> WriterId {
    owners.get(&writer).copied().unwrap_or(writer)
}

/// What is damaged in the files of one place or several, writer by writer. The same lines may be damaged in all
/// of them.
fn damaged<'p, 'h: 'p>(
    places: impl Iterator<Item = &'p Vec<&'h Hole>>,
    owners: &Owners,
) -> Vec<Gap> {
    let mut changes: BTreeMap<Option<WriterId>, u64> = BTreeMap::new();
    let mut gaps = Vec::new();
    for holes in places {
        let mut lines: BTreeMap<Option<WriterId>, u64> = BTreeMap::new();
        for hole in holes {
            let laptop = hole.writer.map(|writer| laptop(writer, owners));
            if hole.lines.is_empty() {
                gaps.push(Gap::Lost { laptop, writer: hole.writer });
            } else {
                *lines.entry(hole.writer).or_default() += hole.lines.len() as u64;
            }
        }
        for (writer, lines) in lines {
            let known = changes.entry(writer).or_default();
            *known = (*known).max(lines);
        }
    }
    let gap = |(writer, changes): (Option<WriterId>, u64)| Gap::Damaged {
        laptop: writer.map(|writer| laptop(writer, owners)),
        writer,
        changes,
    };
    gaps.extend(changes.into_iter().map(gap));
    gaps
}

/// The same gaps, with what is known of their laptops.
fn named(gaps: Gaps, heard: &Heard) -> Gaps {
    gaps.with(laptops(heard)).with_groups(heard.groups()).with_owners(heard.owners())
}

/// The laptops that bundles came from.
fn laptops(heard: &Heard) -> Vec<LaptopReport> {
    let bundles = heard.iter().filter(|(_, said)| !said.program.is_empty());
    let laptop = |(id, said): (&WriterId, &LaptopNews)| LaptopReport {
        id: *id,
        group: said.group.clone(),
        made: said.made,
        came: said.came.unwrap_or(said.made),
        others_later: said.others_later,
        own_later: said.own_later,
        late: said.late.clone(),
        program: said.program.clone(),
        bytes: said.bytes,
    };
    bundles.map(laptop).collect()
}

/// How many lines of each writer cannot be read; `None` if lines are gone and nobody knows how many.
pub(super) type BrokenLines = HashMap<WriterId, Option<u64>>;

/// The same for these holes: what is damaged is missing too, and is listed separately.
pub(super) fn lines_of<'h>(holes: impl Iterator<Item = &'h Hole>) -> BrokenLines {
    let mut lines = BrokenLines::new();
    for hole in holes {
        let Some(writer) = hole.writer else { continue };
        let known = lines.entry(writer).or_insert(Some(0));
        let more = Some(hole.lines.len() as u64).filter(|lines| *lines > 0);
        *known = known.zip(more).map(|(lines, more)| lines + more);
    }
    lines
}

/// How many of a writer's changes are missing besides the damaged ones.
pub(super) fn lacking(writer: WriterId, missing: u64, broken: &BrokenLines) -> u64 {
    match broken.get(&writer) {
        None => missing,
        Some(None) => 0,
        Some(Some(lines)) => missing.saturating_sub(*lines),
    }
}

/// What other laptops have that never came here, and what was written here and is gone.
fn parts(
    heard: &Heard,
    owners: &Owners,
    broken: &BrokenLines,
    counts: WriterCounts<'_>,
) -> Vec<Gap> {
    let mut parts: HashMap<(WriterId, bool), (u64, u64)> = HashMap::new();
    for (writer, of) in heard.most() {
        let was_here = heard.written().contains_key(&writer);
        let part = parts.entry((laptop(writer, owners), was_here)).or_default();
        part.0 += lacking(writer, of.saturating_sub(counts(writer)), broken);
        part.1 += of;
    }
    let missing = parts.into_iter().filter(|(_, (missing, _))| *missing > 0);
    let gap = |((laptop, was_here), (missing, of))| {
        if was_here {
            return Gap::Gone { laptop, missing, of };
        }
        let group = heard.group_of(laptop);
        Gap::Part { laptop, group, missing, of }
    };
    missing.map(gap).collect()
}

/// What other laptops reported as damaged on their side and is not here either.
struct OpenElsewhere<'h> {
    /// What each wrote itself, as far as is known.
    of_itself: BTreeMap<WriterId, Vec<&'h Hole>>,
    /// What it had taken in from others, who may still have it.
    of_others: BTreeMap<WriterId, Vec<&'h Hole>>,
}

impl<'h> OpenElsewhere<'h> {
    fn of(heard: &'h Heard, known: &KnownRecords, owners: &Owners) -> Self {
        let mut open = Self { of_itself: BTreeMap::new(), of_others: BTreeMap::new() };
        for (replica, said) in heard.iter() {
            let is_of_another = |hole: &Hole| {
                let owner = hole.writer.and_then(|writer| owners.get(&writer));
                owner.is_some_and(|owner| owner != replica)
            };
            for hole in said.holes.iter().filter(|hole| !known.closes(hole)) {
                let of =
                    if is_of_another(hole) { &mut open.of_others } else { &mut open.of_itself };
                of.entry(*replica).or_default().push(hole);
            }
        }
        open
    }

    /// How many lines of each writer cannot be read in any one place, this one or another.
    fn broken_lines(&self, own: &[&Hole]) -> BrokenLines {
        let elsewhere = self.of_itself.values().chain(self.of_others.values());
        let mut all = BrokenLines::new();
        for place in elsewhere.map(Vec::as_slice).chain([own]) {
            for (writer, lines) in lines_of(place.iter().copied()) {
                let known = all.entry(writer).or_insert(lines);
                *known = known.zip(lines).map(|(known, lines)| known.max(lines));
            }
        }
        all
    }

    /// What is damaged on the laptops that wrote it, as far as is known.
    fn gaps(&self, heard: &Heard) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for (laptop, holes) in &self.of_itself {
            let (known, unknown): (Vec<&Hole>, Vec<&Hole>) =
                holes.iter().partition(|hole| hole.writer.is_some());
            for holes in [known, unknown].into_iter().filter(|holes| !holes.is_empty()) {
                let lost = holes.iter().any(|hole| hole.lines.is_empty());
                let changes = holes.iter().map(|hole| hole.lines.len() as u64).sum();
                let writers: BTreeSet<WriterId> =
                    holes.iter().filter_map(|hole| hole.writer).collect();
                gaps.push(Gap::Elsewhere {
                    laptop: *laptop,
                    group: heard.group_of(*laptop),
                    writers: writers.into_iter().collect(),
                    changes: if lost { 0 } else { changes },
                });
            }
        }
        gaps
    }
}

/// What came from other laptops and could not be taken in.
fn refused(heard: &Heard) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let is_of_nobody = |said: &&LaptopNews| said.file.is_some() && said.refused.is_some();
    let of_nobody = heard.iter().map(|(_, said)| said).filter(is_of_nobody);
    let (locked, damaged): (Vec<_>, Vec<_>) = of_nobody.partition(|said| said.is_locked());
    gaps.extend(Some(Gap::Locked(locked.len())).filter(|_| !locked.is_empty()));
    gaps.extend(Some(Gap::Illegible(damaged.len())).filter(|_| !damaged.is_empty()));
    for (replica, said) in heard.iter() {
        let why = said.refused.as_ref().filter(|_| said.file.is_none());
        if let Some(why) = why {
            let (group, points) = (said.group.clone(), said.points.clone());
            gaps.push(Gap::Refused { laptop: *replica, group, why: why.clone(), points });
        }
    }
    gaps
}
