//! Files of what was heard that cannot be read, or that a repair set aside because they could not. Nobody knows
//! what they said.
//!
//! The latest bundle of a laptop says all that such a file said of it. So the file is missed until a bundle has come
//! since of every laptop that is known of, if only because the file still names it.
//!
//! A count of what was written here is made again from that. If that is gone too, it is missed until another laptop
//! has said how much there was.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsStr;
use std::{fs, path::Path};

use super::super::gaps::{WriterCounts, laptop, writer_of};
use super::super::own::{self, WriterTally};
use super::super::refused::written_at;
use super::super::tail::{Tail, is_taken, segments};
use super::super::{Damage, Fault, Folder, journal};
use super::legible::{NamedLaptop, named_in};
use super::{Heard, LaptopNews, file, home};
use crate::workshop::{GroupId, Moment, WriterId};

/// What follows the name of a file that was set aside.
pub(in crate::store) const ASIDE: &str = ".aside-";

/// A file of what was heard that cannot be read.
#[derive(Debug)]
pub(super) struct LostFile {
    damage: Damage,
    /// An id for its name before it was set aside.
    id: WriterId,
    /// When it was last written.
    written: Option<Moment>,
    /// The laptops that it still names.
    named: Vec<NamedLaptop>,
    /// Whether what was taken in along with it is gone too.
    is_alone: bool,
}

/// Such a file, and the laptops with their groups whose latest bundles have not come since; none if nobody knows which.
#[derive(Debug)]
pub(in crate::store) struct NotKnown {
    pub(in crate::store) damage: Damage,
    pub(in crate::store) laptops: BTreeMap<WriterId, Option<GroupId>>,
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
        let text = file::bytes(&path).unwrap_or_default();
        let named = named_in(&text, written.unwrap_or_default());
        let stem = whole.strip_prefix("heard/").and_then(|name| name.strip_suffix(".json"));
        let is_alone = stem.is_some_and(|stem| {
            let changes = fs::metadata(folder.changes().join(format!("{stem}.jsonl")));
            changes.map_or(true, |found| found.len() == 0)
        });
        Self { damage: Damage { file: name, line: 0, what }, id, written, named, is_alone }
    }

    /// When a laptop made its last bundle, if the file still says that.
    fn made_by(&self, laptop: WriterId) -> Option<Moment> {
        self.named.iter().find(|named| named.id == laptop)?.made
    }

    /// The laptops that it names besides those that are known. A wrong letter makes another name.
    fn names_besides(&self, known: &BTreeSet<WriterId>) -> impl Iterator<Item = &NamedLaptop> {
        self.named.iter().filter(|named| {
            let is_like_one = || known.iter().any(|known| named.may_be(*known));
            !known.contains(&named.id) && (named.is_certain() || (self.is_alone && !is_like_one()))
        })
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
    pub(in crate::store) fn not_known(&self, folder: &Folder) -> Vec<NotKnown> {
        if self.lost.is_empty() {
            return Vec::new();
        }
        let mut owners = self.owners();
        // The fewer it counts, the likelier they are its own.
        let mut named: Vec<&NamedLaptop> = self.lost.iter().flat_map(|lost| &lost.named).collect();
        named.sort_by_key(|named| (!named.is_certain(), named.writers.len()));
        for named in named {
            for writer in &named.writers {
                owners.entry(*writer).or_insert(named.id);
            }
        }
        let here: HashSet<WriterId> =
            self.written.values().map(|of| of.laptop).chain(self.this).collect();
        let writers = written_elsewhere(folder).into_iter();
        let laptops = writers.map(|writer| laptop(writer, &owners));
        let is_one = |said: &LaptopNews| !said.program.is_empty() && said.file.is_none();
        let bundled = self.all.iter().filter(|(_, said)| is_one(said)).map(|(id, _)| *id);
        let known: BTreeSet<WriterId> =
            laptops.filter(|id| !here.contains(id)).chain(bundled).collect();
        let lost = self.lost.iter().filter_map(|lost| {
            let is_replaced =
                |id: &WriterId| self.all.get(id).is_some_and(|said| lost.is_replaced(said));
            let besides = lost.names_besides(&known).filter(|named| !here.contains(&named.id));
            let mut laptops: BTreeMap<WriterId, Option<GroupId>> =
                besides.map(|named| (named.id, named.group.clone())).collect();
            let group_of = |id: WriterId| {
                let named = || lost.named.iter().find(|named| named.id == id)?.group.clone();
                self.group_of(id).or_else(named)
            };
            laptops.extend(known.iter().map(|id| (*id, group_of(*id))));
            let is_of_nobody = laptops.is_empty();
            laptops.retain(|id, _| !is_replaced(id));
            let damage = lost.damage.clone();
            (is_of_nobody || !laptops.is_empty()).then_some(NotKnown { damage, laptops })
        });
        lost.collect()
    }

    /// Notes that the count of a writer's changes here cannot be read. That is missed only if the changes are gone too.
    pub(super) fn note_uncounted(&mut self, folder: &Folder, name: &str, writer: WriterId) {
        let files = segments(&folder.changes()).unwrap_or_default();
        let is_of = |name: &OsStr| writer_of(&name.to_string_lossy()) == Some(writer);
        if !files.iter().any(|(name, _)| is_of(name)) {
            let lost = LostFile::of(folder, format!("heard/{name}"), Fault::Heard);
            self.uncounted.push((writer, lost));
        }
    }

    /// Those who wrote here, of whom nobody has said since how much there was, or not all of that is here.
    pub(in crate::store) fn gone_uncounted(&self, counts: WriterCounts<'_>) -> Vec<WriterId> {
        let is_known = |(writer, lost): &&(WriterId, LostFile)| {
            self.all.values().any(|said| {
                let count = said.writers.get(writer).copied().unwrap_or(0);
                count > 0 && counts(*writer) >= count && lost.is_replaced(said)
            })
        };
        let unknown = self.uncounted.iter().filter(|one| !is_known(one));
        unknown.map(|(writer, _)| *writer).collect()
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
        let is_older = |lost: &LostFile| lost.made_by(replica).is_none_or(|last| last <= made);
        self.note_since_of(replica, made, known_there, counts, &is_older);
    }

    /// The same for what another laptop says of it: the latest that it says must be as late as the lost file still says.
    pub(in crate::store) fn note_since_relayed(
        &mut self,
        replica: WriterId,
        said: &LaptopNews,
        counts: WriterCounts<'_>,
    ) {
        let is_older =
            |lost: &LostFile| lost.made_by(replica).is_some_and(|last| last <= said.made);
        self.note_since_of(replica, said.made, &said.writers, counts, &is_older);
    }

    fn note_since_of(
        &mut self,
        replica: WriterId,
        made: Moment,
        known_there: &WriterTally,
        counts: WriterCounts<'_>,
        is_older: &dyn Fn(&LostFile) -> bool,
    ) {
        if self.lost.is_empty() && self.uncounted.is_empty() {
            return;
        }
        // What was read in part is noted a moment later than it was made.
        let last = Moment(made.0.saturating_add(1));
        let Some(known) = self.all.get(&replica).cloned().filter(|known| known.made <= last) else {
            return;
        };
        let mut since = known.since.clone();
        let lost = self.lost.iter().chain(self.uncounted.iter().map(|(_, lost)| lost));
        since.extend(lost.filter(|lost| is_older(lost)).map(|lost| lost.id));
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
