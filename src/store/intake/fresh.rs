//! The lines of a parcel that are not here yet, until all of it has been read and they are written.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::workshop::{Moment, Stamp, WriterId};

/// The lines of one parcel that are not here yet, one after the other.
#[derive(Default)]
pub(super) struct FreshLines {
    pub(super) bytes: Vec<u8>,
    pub(super) lines: Vec<((Stamp, u64), Moment, Range<usize>)>,
    pub(super) keys: HashSet<(Stamp, u64)>,
}

impl FreshLines {
    /// Those who wrote them, and when the last of each was made.
    pub(super) fn writers(&self) -> HashMap<WriterId, Moment> {
        let mut writers: HashMap<WriterId, Moment> = HashMap::new();
        for ((stamp, _), at, _) in &self.lines {
            let last = writers.entry(stamp.writer).or_default();
            *last = (*last).max(*at);
        }
        writers
    }
}
