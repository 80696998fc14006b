//! Files of what was heard that cannot be read, or that a repair set aside because they could not. Nobody knows
//! what they said.
//!
//! The latest bundle of a laptop says all that such a file said of it. So the file is missed until a bundle has come
//! since of every laptop that is known of.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsStr;
use std::{fs, path::Path};

use serde_json::Value;

use super::super::gaps::{WriterCounts, laptop};
use super::super::own::{self, WriterTally};
use super::super::refused::written_at;
use super::super::tail::{Tail, is_taken};
use super::super::{Damage, Fault, Folder, journal};
use super::{Heard, LaptopNews, file, home};
use crate::workshop::{Moment, WriterId};

/// What follows the name of a file that was set aside.
pub(in crate::store) const ASIDE: &str = ".aside-";
/// How much later than the file itself something in it can have been made: clocks differ.
const DAY: i64 = 86_400_000;

/// A file of what was heard that cannot be read.
#[derive(Debug)]
pub(super) struct LostFile {
    damage: Damage,
    /// An id for its name before it was set aside.
    id: WriterId,
    /// When it was last written.
    written: Option<Moment>,
    /// When the last bundle of each laptop was made, as far as the file still says that.
    made: BTreeMap<WriterId, Moment>,
}

impl LostFile {
    /// The file of this name in a workshop's folder.
    pub(super) fn of(folder: &Folder, name: String, what: Fault) -> Self {
        let path = folder.path().join(&name);
        let whole = name.split_once(ASIDE).map_or(name.as_str(), |(whole, _)| whole);
        // Of the folder `heard` itself there may be another later.
        let id = if whole == "heard" { &name } else { whole };
        let id = WriterId::of(id.as_bytes());
        let written = written_at(&path);
        let made = written.map(|written| made_in(&path, written)).unwrap_or_default();
        Self { damage: Damage { file: name, line: 0, what }, id, written, made }
    }

    /// Whether a bundle of a laptop has come since.
    fn is_replaced(&self, said: &LaptopNews) -> bool {
        // Its own clock may be fast.
        let last = said.came.map_or(Moment::default(), |came| came.min(said.made));
        said.since.contains(&self.id) || self.written.is_some_and(|written| last > written)
    }
}

impl Heard {
    /// The files that cannot be read and are still in their places.
    pub(in crate::store) fn unreadable(&self) -> impl Iterator<Item = &str> {
        let lost = self.lost.iter().filter(|lost| lost.damage.what == Fault::Heard);
        lost.map(|lost| lost.damage.file.as_str())
    }

    /// Notes the files that were set aside.
    pub(super) fn note_set_aside(&mut self, folder: &Folder) {
        let inside = |of: &Path| -> Vec<String> {
            let names = fs::read_dir(of).into_iter().flatten().filter_map(Result::ok);
            names.filter_map(|found| found.file_name().into_string().ok()).collect()
        };
        let is_aside = |name: &String| name.contains(&format!(".json{ASIDE}"));
        let names = inside(&home(folder)).into_iter().filter(is_aside);
        let mut names: Vec<String> = names.map(|name| format!("heard/{name}")).collect();
        let is_home = |name: &String| name.starts_with(&format!("heard{ASIDE}"));
        names.extend(inside(folder.path()).into_iter().filter(is_home));
        names.sort();
        let lost = names.into_iter().map(|name| LostFile::of(folder, name, Fault::HeardAside));
        self.lost.extend(lost);
    }

    /// The files of which it is not known what they said.
    pub(in crate::store) fn not_known(&self, folder: &Folder) -> Vec<Damage> {
        if self.lost.is_empty() {
            return Vec::new();
        }
        let owners = self.owners();
        let here: HashSet<WriterId> = self.written.values().map(|of| of.laptop).collect();
        let writers = written_elsewhere(folder).into_iter();
        let laptops = writers.map(|writer| laptop(writer, &owners)).filter(|id| !here.contains(id));
        let is_one = |said: &LaptopNews| !said.program.is_empty() && said.file.is_none();
        let bundled = self.all.iter().filter(|(_, said)| is_one(said)).map(|(id, _)| *id);
        let laptops: BTreeSet<WriterId> = laptops.chain(bundled).collect();
        let is_known = |lost: &&LostFile| {
            let is_replaced = |id| self.all.get(id).is_some_and(|said| lost.is_replaced(said));
            !laptops.is_empty() && laptops.iter().all(is_replaced)
        };
        self.lost.iter().filter(|lost| !is_known(lost)).map(|lost| lost.damage.clone()).collect()
    }

    /// Notes that something of a laptop came which was made then and knows this many changes of each writer. If it
    /// is the latest of that laptop, it says what the lost files said of it.
    pub(in crate::store) fn note_since(
        &mut self,
        replica: WriterId,
        made: Moment,
        known_there: &WriterTally,
        counts: WriterCounts<'_>,
    ) {
        // What was read in part is noted a moment later than it was made.
        let last = Moment(made.0.saturating_add(1));
        let Some(known) = self.all.get(&replica).cloned().filter(|known| known.made <= last) else {
            return;
        };
        let mut since = known.since.clone();
        let is_older = |lost: &&LostFile| lost.made.get(&replica).is_none_or(|last| *last <= made);
        since.extend(self.lost.iter().filter(is_older).map(|lost| lost.id));
        if since == known.since {
            return;
        }
        let owners = self.owners();
        let own = known.writers.keys().filter(|writer| laptop(**writer, &owners) == replica);
        let has_all =
            |writer: &WriterId| known_there.get(writer).copied().unwrap_or(0) >= counts(*writer);
        if own.copied().all(|writer| has_all(&writer)) {
            self.learn(replica, &LaptopNews { since, ..known }, true);
        }
    }

    /// The same for the folder of a laptop, which has all that was written there.
    pub(in crate::store) fn note_since_folder(&mut self, theirs: &Self, counts: WriterCounts<'_>) {
        let laptops: BTreeSet<WriterId> = theirs.written.values().map(|of| of.laptop).collect();
        for replica in laptops {
            let made = self.all.get(&replica).map(|known| known.made).unwrap_or_default();
            let known_there: WriterTally = theirs.most();
            self.note_since(replica, made, &known_there, counts);
        }
    }
}

/// What a file still says of when each laptop made its last bundle. What it cannot have known is wrong.
fn made_in(path: &Path, written: Moment) -> BTreeMap<WriterId, Moment> {
    let text = file::bytes(path).unwrap_or_default();
    let Ok(Value::Object(laptops)) = serde_json::from_slice(&text) else { return BTreeMap::new() };
    let last = written.0.saturating_add(DAY);
    let made = laptops.iter().filter_map(|(id, said)| {
        let made = said.get("made")?.as_i64().filter(|made| *made <= last)?;
        Some((id.parse().ok()?, Moment(made)))
    });
    made.collect()
}

/// Those who wrote what was taken in here.
fn written_elsewhere(folder: &Folder) -> HashSet<WriterId> {
    let mut writers = HashSet::new();
    Tail::new(folder).scan(&|name: &OsStr| !is_taken(name), &mut |_: &OsStr, json| {
        let record = journal::decode(json).0.filter(own::is_counted);
        writers.extend(record.map(|record| record.stamp.writer));
        None
    });
    writers
}
