//! Removes what was purged from the disk.
//!
//! The purge is a record and is written first; this only carries it out, and any program that finds it not
//! done does it: after a crash, or once another program lets go of its file. A file is read, rewritten
//! beside itself, flushed, and moved into its own place: the old one or the new one is
//! there, never half. A file that somebody is writing is left alone and reported.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::{collections::HashSet, ffi::OsStr};

use super::disk::{self, Disk, RealDisk};
use super::journal::Wreck;
use super::ledger::Stub;
use super::tail::segments;
use super::{Folder, Trouble, heard, journal, mend, passing, system, unfinished};
use crate::workshop::{Change, Field, PointId, Purges, Record, WordedField, Workshop, clean};

/// How many passing names are tried.
const TRIES: u32 = 1000;

/// What was removed from the disk, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SweepReport {
    /// How many lines now have a mark in place of words.
    pub lines: usize,
    /// How many files of unfinished text were removed or shortened.
    pub typing: usize,
    /// The files with purged words that a running program holds.
    pub held: Vec<String>,
    /// How many damaged lines could not be searched.
    pub unread: usize,
}

impl SweepReport {
    /// What is left and what to do about it, in words.
    pub fn files_left(&self) -> Vec<String> {
        let mut left = Vec::new();
        if !self.held.is_empty() {
            left.push(format!(
                "Purged words are still in {}, which a running program is writing. They go when that program learns of the purge, or when the workshop is opened after it has \
                 closed.",
                self.held.join(", ")
            ));
        }
        match self.unread {
            0 => {}
            1 => left.push(
                "1 damaged line could not be looked through; purged words may still be in it."
                    .to_owned(),
            ),
            count => left.push(format!(
                "{count} damaged lines could not be looked through; purged words may still be in \
                 them."
            )),
        }
        left
    }
}

impl Folder {
    /// Removes from the disk what was purged and is not in the `workshop` that this folder
    /// has. Unfinished text that was to reword the point `whose` is removed too; for other points only
    /// text that says what was purged.
    pub fn sweep(
        &self,
        workshop: &Workshop,
        whose: Option<PointId>,
    ) -> Result<SweepReport, Trouble> {
        self.sweep_on(&mut RealDisk, workshop, whose)
    }

    fn sweep_on(
        &self,
        disk: &mut dyn Disk,
        workshop: &Workshop,
        whose: Option<PointId>,
    ) -> Result<SweepReport, Trouble> {
        let mut swept = SweepReport::default();
        let purges = workshop.settled_purges();
        if purges.is_empty() {
            return Ok(swept);
        }
        let changes = self.changes();
        clear(&changes);
        clear(&self.typing());
        clear(&heard::home(self));
        swept.held = mend::mend(self, disk)?;
        if !swept.held.is_empty() {
            // What closes the gaps in those files has to stay as it is until they are repaired.
            return Ok(swept);
        }
        // Typed text first: the purged words are still known.
        let mut words = HashSet::new();
        let mut full = Vec::new();
        for (name, metadata) in segments(&changes).map_err(Trouble::reading(&changes))? {
            if !metadata.is_file() {
                continue;
            }
            let path = changes.join(&name);
            let file = disk::open_file(&path).and_then(all).map_err(Trouble::reading(&path))?;
            let mut look = |json| kept(&purges, json, Some(&mut words));
            let done = journal::rewrite(&file, &mut look, &mut |_| None);
            if done.changed > 0 || done.unread > 0 {
                full.push(name);
            }
        }
        let points: HashSet<PointId> = purges.points().collect();
        let goes = |of: Option<PointId>, text: &str| {
            let is_purged = of.is_some_and(|of| points.contains(&of)) && words.contains(text);
            is_purged || (of.is_some() && of == whose)
        };
        swept.typing = unfinished::sweep(self, workshop, &goes)?;
        for name in full {
            let path = changes.join(&name);
            let rewrite = |file: &[u8]| {
                let mut mend = |wreck: Wreck<'_>| mend::blank(&purges, &words, &wreck);
                let done = journal::rewrite(file, &mut |json| kept(&purges, json, None), &mut mend);
                (done.bytes, done.changed, done.unread)
            };
            match disk::open_held(&path) {
                // Another line may have been written since.
                Ok(held) => {
                    let file = all(&held).map_err(Trouble::reading(&path))?;
                    let (bytes, changed, unread) = rewrite(&file);
                    swept.unread += unread;
                    if changed == 0 {
                        continue;
                    }
                    match place_over(disk, held, &path, &bytes) {
                        Ok(()) => swept.lines += changed,
                        // Another program opened it at that moment.
                        Err(error) if system::is_about_use(&error) => {
                            swept.held.push(name.to_string_lossy().into_owned());
                        }
                        Err(error) => return Err(Trouble::writing(&path)(error)),
                    }
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(_) => {
                    let file = disk::open_file(&path).and_then(all);
                    let (_, changed, unread) = rewrite(&file.map_err(Trouble::reading(&path))?);
                    if changed > 0 {
                        swept.held.push(name.to_string_lossy().into_owned());
                    }
                    swept.unread += unread;
                }
            }
        }
        Ok(swept)
    }
}

pub(super) fn all(mut file: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A line as it is kept; the wordings that it loses are collected.
fn kept<'j>(
    purges: &Purges,
    json: &'j [u8],
    words: Option<&mut HashSet<String>>,
) -> std::borrow::Cow<'j, [u8]> {
    let Some(stub) = Stub::of(json).filter(|stub| purges.touches(stub.stamp)) else {
        return json.into();
    };
    if let Some(words) = words {
        words.extend(journal::decode(json).0.iter().flat_map(|record| lost(record, purges)));
    }
    purges.line(stub.stamp, json)
}

/// The wordings of a record that are purged.
fn lost(record: &Record, purges: &Purges) -> Vec<String> {
    let text = |change: &Change| {
        let (point, text) = match change {
            Change::PointCaptured(captured) => (captured.point, &captured.text),
            Change::PointChanged { point, to: Field::Text(text), .. } => (*point, text),
            _ => return None,
        };
        let is_lost = purges.names(record.stamp, point, WordedField::Text);
        is_lost.then(|| clean(text).into_owned())
    };
    record.changes.iter().filter_map(text).collect()
}

/// Puts a file into its place, whole: an existing one stays until then.
pub(super) fn place(disk: &mut dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(disk, path, bytes, |disk, passing| disk.replace(passing, path))
}

/// The same in place of a file that is held, so that nobody writes to it until then.
pub(super) fn place_over(
    disk: &mut dyn Disk,
    held: File,
    path: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    put(disk, path, bytes, |disk, passing| disk.replace_held(held, passing, path))
}

fn put(
    disk: &mut dyn Disk,
    path: &Path,
    bytes: &[u8],
    replace: impl FnOnce(&mut dyn Disk, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default();
    for attempt in 0..TRIES {
        let passing = folder.join(passing::name(name, Some(attempt)));
        let mut paper = match disk.make(&passing) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            made => made?,
        };
        let placed = paper
            .append(bytes)
            .and_then(|()| paper.sync())
            .and_then(|()| replace(disk, &passing))
            .and_then(|()| disk.sync_folder(folder));
        if placed.is_err() {
            // Only what was made here a moment ago; once placed, it no longer has this name.
            let _ = fs::remove_file(&passing);
        }
        return placed;
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Removes what a crashed run left under passing names: the next purge would not find it.
pub(super) fn clear(folder: &Path) {
    let Ok(inside) = fs::read_dir(folder) else { return };
    let left: Vec<PathBuf> = inside
        .filter_map(|found| Some(found.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(is_passing))
        .collect();
    for path in left.iter().filter(|path| !system::is_held(path)) {
        let _ = fs::remove_file(path);
    }
}

fn is_passing(name: &OsStr) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parted = name.to_str().and_then(|name| {
        let name = name.strip_prefix('.')?;
        name.rsplit_once(".jsonl.").or_else(|| name.rsplit_once(".json."))
    });
    parted.is_some_and(|(_, attempt)| {
        attempt.split_once('-').is_some_and(|(run, nth)| number(run) && number(nth))
    })
}

#[cfg(test)]
mod tests {
    use super::super::cut::{Cut, CutOff};
    use super::*;
    use crate::workshop::*;

    /// A workshop of two writers' files, in which a point was reworded twice and then purged.
    fn room(home: &Path) -> Folder {
        let folder = Folder::create(&home.join("room.workshop"), &Agenda::default()).unwrap();
        let mut workshop = folder.read().unwrap().workshop;
        let (mut ids, point) = (Ids::seeded(4), PointId::new(9));
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let new = |id, text: &str| {
            Change::PointCaptured(
                CapturedPoint::new(id, place.clone(), PointKind::Fact, text).into(),
            )
        };
        let mut files = Vec::new();
        for run in 0..2 {
            let writer = ids.writer();
            let (mut bytes, mut last) = (Vec::new(), journal::FIRST);
            for nth in 0..4 {
                let change = match (run, nth) {
                    (0, 0) => new(point, "Malaysia said so"),
                    (_, 1) => workshop
                        .set(point, Field::Text(format!("Malaysia said {run}").into()))
                        .unwrap(),
                    (1, 2) => workshop.set(point, Field::Text("It was said".into())).unwrap(),
                    (1, 3) => workshop.purge(point).unwrap(),
                    _ => new(ids.point(), "another"),
                };
                let record = workshop.record(writer, Moment(nth), [change]);
                workshop.apply(record.clone());
                last = journal::seal(last, &serde_json::to_vec(&record).unwrap(), &mut bytes);
            }
            files.push((writer, bytes));
        }
        for (writer, bytes) in files {
            fs::write(folder.changes().join(format!("{writer}.jsonl")), bytes).unwrap();
        }
        folder
    }

    fn holds(folder: &Folder, words: &str) -> usize {
        let inside = fs::read_dir(folder.changes()).unwrap();
        let files = inside.map(|found| fs::read(found.unwrap().path()).unwrap());
        files.map(|file| memchr::memmem::find_iter(&file, words).count()).sum()
    }

    fn points(workshop: &Workshop) -> Vec<(PointId, String)> {
        let mut all: Vec<_> = workshop.points().map(|p| (p.id(), p.text().to_owned())).collect();
        all.sort();
        all
    }

    #[test]
    fn wherever_the_power_is_cut_nothing_is_lost_and_the_next_sweep_finishes() {
        let mut all = 0;
        for cut in (0..16).flat_map(|after| [false, true].map(|done| Cut { after, done })) {
            let home = tempfile::tempdir().unwrap();
            let folder = room(home.path());
            let before = folder.read().unwrap().workshop;
            assert_eq!(holds(&folder, "Malaysia"), 3);
            let mut disk = CutOff::at(cut);
            let swept = folder.sweep_on(&mut disk, &before, None);
            let asked = disk.asked();
            assert_eq!(swept.is_err(), asked.len() > cut.after, "{cut:?}");
            let order = ["make", "append", "sync", "replace", "sync folder"];
            let mut expected = order.iter().cycle();
            assert!(asked.iter().all(|what| expected.next() == Some(what)), "{asked:?}");
            all = all.max(asked.len());

            let loaded = folder.read().unwrap();
            assert_eq!(loaded.damage, [], "{cut:?}");
            assert_eq!(points(&loaded.workshop), points(&before), "{cut:?}");
            // As a crashed program would have left it.
            fs::write(folder.changes().join(".x.jsonl.1-0"), "Malaysia said").unwrap();
            folder.sweep(&loaded.workshop, None).unwrap();
            assert_eq!(holds(&folder, "Malaysia"), 0, "{cut:?}");
            let loaded = folder.read().unwrap();
            assert_eq!((loaded.damage, points(&loaded.workshop)), (vec![], points(&before)));
            let again = folder.sweep(&loaded.workshop, None).unwrap();
            assert_eq!(again, SweepReport::default());
        }
        assert_eq!(all, 10, "two files were put into their places");
    }

    #[test]
    fn a_file_that_somebody_writes_is_left_alone_and_reported() {
        let home = tempfile::tempdir().unwrap();
        let folder = room(home.path());
        let workshop = folder.read().unwrap().workshop;
        let (name, _) = segments(&folder.changes()).unwrap().pop().unwrap();
        let held = disk::open_held(&folder.changes().join(&name)).unwrap();
        let swept = folder.sweep(&workshop, None).unwrap();
        assert_eq!(swept.held, [name.to_string_lossy()]);
        assert!(swept.files_left()[0].contains("which a running program is writing"));
        assert!(holds(&folder, "Malaysia") > 0);
        drop(held);
        assert_eq!(folder.sweep(&workshop, None).unwrap().held, [""; 0]);
        assert_eq!(holds(&folder, "Malaysia"), 0);
    }
}
