//! Which records are here, without the records themselves.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::{borrow::Cow, ffi::OsStr};

use serde::Deserialize;

use super::{Damage, Folder, journal, tail::Tail};
use crate::workshop::{Change, Moment, Purges, Stamp, WorkshopId, WriterId};

/// The part of a record that identifies it; the rest is skipped.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Stub {
    pub(super) stamp: Stamp,
    pub(super) at: Moment,
}

impl Stub {
    pub(super) fn of(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Whether this is the record that founded the workshop, and not just one under its name.
    pub(super) fn founds(&self, id: WorkshopId, json: &[u8]) -> bool {
        self.stamp.writer.to_string() == id.to_string() && journal::founded_in(json) == Some(id)
    }
}

/// Notes what a line purges.
pub(super) fn note_purges(json: &[u8], purges: &mut Purges) {
    if memchr::memmem::find(json, b"\"point_purged\"").is_none() {
        return;
    }
    for change in journal::decode(json).0.iter().flat_map(|record| &record.changes) {
        if let Change::PointPurged(purge) = change {
            purges.add(purge);
        }
    }
}

fn note_moment(last: &mut HashMap<WriterId, Moment>, writer: WriterId, at: Moment) {
    let known = last.entry(writer).or_insert(at);
    *known = (*known).max(at);
}

/// The records of a folder, known by stamp and content. Two with one stamp are different records: a copied
/// disk or a forgery produces them, and neither may hide the other.
#[derive(Debug)]
pub(super) struct Ledger {
    tail: Tail,
    /// Has a new seed in each run, so that nobody can prepare two records that look like one.
    hasher: RandomState,
    known: HashSet<(Stamp, u64)>,
    counts: HashMap<WriterId, u64>,
    latest: u64,
    /// When each writer made its last change, by its own clock.
    last: HashMap<WriterId, Moment>,
    /// What was purged: a record and its tombstone count as the same.
    purges: Purges,
}

impl Ledger {
    /// All records in the folder.
    pub(super) fn of(folder: &Folder) -> (Self, Vec<Damage>) {
        Self::knowing(folder, Purges::default())
    }

    /// All records in the folder, given that these purges are already known.
    pub(super) fn knowing(folder: &Folder, purges: Purges) -> (Self, Vec<Damage>) {
        let mut ledger = Self {
            tail: Tail::new(folder),
            hasher: RandomState::new(),
            known: HashSet::new(),
            counts: HashMap::new(),
            latest: 0,
            last: HashMap::new(),
            purges,
        };
        let damage = ledger.catch_up(folder, &|_| false);
        (ledger, damage)
    }

    /// Notes what has been written since, except in the files that are to be skipped.
    pub(super) fn catch_up(
        &mut self,
        folder: &Folder,
        skip: &dyn Fn(&OsStr) -> bool,
    ) -> Vec<Damage> {
        let Self { tail, hasher, known, counts, latest, last, purges } = self;
        let mut met = Purges::default();
        let damage = tail.scan(skip, &mut |_: &OsStr, json| {
            if let Some(stub) = Stub::of(json) {
                let kept = purges.line(stub.stamp, json);
                if known.insert((stub.stamp, hasher.hash_one(&*kept))) {
                    *counts.entry(stub.stamp.writer).or_default() += 1;
                    *latest = (*latest).max(stub.stamp.time);
                    note_moment(last, stub.stamp.writer, stub.at);
                }
            }
            note_purges(json, &mut met);
            None
        });
        if !purges.extend(&met) {
            return damage;
        }
        // Records that were noted as they came are now noted as they are kept.
        let (again, damage) = Self::knowing(folder, std::mem::take(purges));
        *self = again;
        damage
    }

    /// What was purged.
    pub(super) fn purges(&self) -> &Purges {
        &self.purges
    }

    /// A line as it is kept and passed on: without the words that were purged.
    pub(super) fn kept<'j>(&self, stamp: Stamp, json: &'j [u8]) -> Cow<'j, [u8]> {
        self.purges.line(stamp, json)
    }

    /// The key for a record in the ledger.
    pub(super) fn key(&self, stamp: Stamp, json: &[u8]) -> (Stamp, u64) {
        (stamp, self.hasher.hash_one(&*self.kept(stamp, json)))
    }

    pub(super) fn knows(&self, key: &(Stamp, u64)) -> bool {
        self.known.contains(key)
    }

    /// Notes a record that is now on the disk.
    pub(super) fn note(&mut self, key: (Stamp, u64), at: Moment) {
        if self.known.insert(key) {
            *self.counts.entry(key.0.writer).or_default() += 1;
            self.latest = self.latest.max(key.0.time);
            note_moment(&mut self.last, key.0.writer, at);
        }
    }

    /// How many records of a writer are here.
    pub(super) fn count(&self, writer: WriterId) -> u64 {
        self.counts.get(&writer).copied().unwrap_or(0)
    }

    /// When the latest change here by these writers was made, by their own clocks.
    pub(super) fn last_of(&self, whose: &dyn Fn(&WriterId) -> bool) -> Option<Moment> {
        let of = self.last.iter().filter(|(writer, _)| whose(writer));
        of.map(|(_, last)| *last).max()
    }

    /// The latest Lamport time here.
    pub(super) fn latest(&self) -> u64 {
        self.latest
    }
}
