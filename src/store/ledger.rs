//! Which records are here, without the records.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::hash::{BuildHasher, RandomState};

use serde::Deserialize;

use super::intake::founded_in;
use super::tail::Tail;
use super::{Damage, Folder};
use crate::workshop::{Moment, Stamp, WorkshopId, WriterId};

/// As much of a record as tells which it is; the rest is skipped.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Stub {
    pub(super) stamp: Stamp,
    pub(super) at: Moment,
}

impl Stub {
    pub(super) fn of(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Whether this is the record that founded the workshop, and not only one under its name.
    pub(super) fn founds(&self, id: WorkshopId, json: &[u8]) -> bool {
        self.stamp.writer.to_string() == id.to_string() && founded_in(json) == Some(id)
    }
}

/// The records of a folder, known by stamp and content. Two of one stamp are two: a copied disk or
/// a forgery makes such, and neither may hide the other.
#[derive(Debug)]
pub(super) struct Ledger {
    tail: Tail,
    /// Seeded anew in each run, so that nobody can prepare two records that look like one.
    hasher: RandomState,
    known: HashSet<(Stamp, u64)>,
    counts: HashMap<WriterId, u64>,
    latest: u64,
}

impl Ledger {
    /// All records in the folder.
    pub(super) fn of(folder: &Folder) -> (Self, Vec<Damage>) {
        let mut ledger = Self {
            tail: Tail::new(folder),
            hasher: RandomState::new(),
            known: HashSet::new(),
            counts: HashMap::new(),
            latest: 0,
        };
        let damage = ledger.catch_up(&|_| false);
        (ledger, damage)
    }

    /// Takes note of what was written since, but for the files that are to be skipped.
    pub(super) fn catch_up(&mut self, skip: &dyn Fn(&OsStr) -> bool) -> Vec<Damage> {
        let Self { tail, hasher, known, counts, latest } = self;
        tail.scan(skip, &mut |_: &OsStr, json| {
            if let Some(stub) = Stub::of(json)
                && known.insert((stub.stamp, hasher.hash_one(json)))
            {
                *counts.entry(stub.stamp.writer).or_default() += 1;
                *latest = (*latest).max(stub.stamp.time);
            }
            None
        })
    }

    /// What stands for a record in here.
    pub(super) fn key(&self, stamp: Stamp, json: &[u8]) -> (Stamp, u64) {
        (stamp, self.hasher.hash_one(json))
    }

    pub(super) fn knows(&self, key: &(Stamp, u64)) -> bool {
        self.known.contains(key)
    }

    /// Takes note of a record that is now on the disk.
    pub(super) fn note(&mut self, key: (Stamp, u64)) {
        if self.known.insert(key) {
            *self.counts.entry(key.0.writer).or_default() += 1;
            self.latest = self.latest.max(key.0.time);
        }
    }

    /// How many records of a writer are here.
    pub(super) fn count(&self, writer: WriterId) -> u64 {
        self.counts.get(&writer).copied().unwrap_or(0)
    }

    /// The latest Lamport time here.
    pub(super) fn latest(&self) -> u64 {
        self.latest
    }
}
