//! How far the changes go of which something is missing here, and whose changes are all here.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::gaps::{Owners, WriterCounts, laptop, writer_of};
use super::heard::{Heard, LaptopNews};
use super::holes::{Hole, KnownRecords};
use super::own::WriterTally;
use super::{Damage, Fault};
use crate::workshop::{Gap, Moment, READ_IN_PART, Reach, WriterId};

/// What is known of all writers.
pub(super) struct Histories<'h> {
    heard: &'h Heard,
    owners: &'h Owners,
    counts: WriterCounts<'h>,
    /// How many changes of each are known to exist.
    most: WriterTally,
    /// The lines that cannot be read in one place: how many, and how far they go.
    broken: HashMap<WriterId, (u64, u64)>,
}

impl<'h> Histories<'h> {
    /// From the open holes here and elsewhere.
    pub(super) fn of(
        heard: &'h Heard,
        owners: &'h Owners,
        counts: WriterCounts<'h>,
        own: &[&Hole],
        known: &KnownRecords,
    ) -> Self {
        let open = |said: &'h LaptopNews| -> Vec<&'h Hole> {
            said.holes.iter().filter(|hole| !known.closes(hole)).collect()
        };
        let elsewhere: Vec<Vec<&Hole>> = heard.iter().map(|(_, said)| open(said)).collect();
        let mut broken: HashMap<WriterId, (u64, u64)> = HashMap::new();
        for place in [own].into_iter().chain(elsewhere.iter().map(Vec::as_slice)) {
            let mut lines: HashMap<WriterId, u64> = HashMap::new();
            for hole in place {
                let Some(writer) = hole.writer else { continue };
                *lines.entry(writer).or_default() += hole.lines.len() as u64;
                let known = broken.entry(writer).or_default();
                known.1 = known.1.max(hole.goes_to(writer));
            }
            for (writer, lines) in lines {
                let known = broken.entry(writer).or_default();
                known.0 = known.0.max(lines);
            }
        }
        Self { heard, owners, counts, most: heard.most(), broken }
    }

    fn reach(&self, writer: WriterId) -> Reach {
        let (lines, time) = self.broken.get(&writer).copied().unwrap_or_default();
        let most = self.most.get(&writer).copied().unwrap_or(0);
        Reach {
            writer,
            changes: most.max((self.counts)(writer) + lines),
            time,
            after: None,
            bytes: 0,
        }
    }

    /// The writers of a laptop, as far as they were heard of.
    fn writers_of(&self, id: WriterId) -> impl Iterator<Item = WriterId> {
        self.most.keys().copied().filter(move |writer| laptop(*writer, self.owners) == id)
    }

    /// How far the changes go that must arrive before this is not missing any more; nothing if nobody knows.
    fn from(&self, gap: &Gap, damage: &[Damage]) -> Vec<Reach> {
        let writers: Vec<WriterId> = match gap {
            Gap::Damaged { writer, .. } | Gap::Lost { writer, .. } => {
                writer.iter().copied().collect()
            }
            Gap::Part { laptop, .. } | Gap::Gone { laptop, .. } => {
                let lacks = |writer: &WriterId| self.most[writer] > (self.counts)(*writer);
                self.writers_of(*laptop).filter(lacks).collect()
            }
            Gap::Elsewhere { writers, .. } => writers.clone(),
            Gap::Refused { laptop, why, .. } => {
                let said = self.heard.iter().find(|(id, _)| *id == laptop).map(|(_, said)| said);
                let was_read = said.is_some_and(LaptopNews::has_said_how_much);
                if !was_read || why == READ_IN_PART {
                    let known = said.and_then(LaptopNews::packed_since);
                    let reach = |(after, bytes): (Moment, u64)| {
                        let (writer, after) = (*laptop, Some(after));
                        Reach { writer, changes: 0, time: 0, after, bytes }
                    };
                    return known.into_iter().map(reach).collect();
                }
                self.writers_of(*laptop).collect()
            }
            Gap::Unreadable { laptop: Some(id), .. } => {
                let is_file =
                    |one: &&Damage| matches!(one.what, Fault::NotAFile | Fault::Unreadable(_));
                let files = damage.iter().filter(is_file).filter_map(|one| writer_of(&one.file));
                let of: Vec<WriterId> =
                    files.filter(|writer| laptop(*writer, self.owners) == *id).collect();
                let is_counted =
                    |writer: &WriterId| self.most.get(writer).is_some_and(|most| *most > 0);
                if of.iter().all(is_counted) { of } else { Vec::new() }
            }
            _ => Vec::new(),
        };
        let mut reaches: Vec<Reach> =
            writers.into_iter().map(|writer| self.reach(writer)).collect();
        reaches.sort_unstable();
        reaches.dedup();
        reaches
    }

    /// The same for all gaps about laptops.
    pub(super) fn awaited(&self, gaps: &[Gap], damage: &[Damage]) -> BTreeMap<Gap, Vec<Reach>> {
        let all = gaps.iter().map(|gap| (gap.clone(), self.from(gap, damage)));
        all.filter(|(_, from)| !from.is_empty()).collect()
    }

    /// How many changes are here of each writer of whom all are here that are known to exist.
    pub(super) fn whole(&self) -> BTreeMap<WriterId, u64> {
        let refused = self.heard.iter().filter(|(_, said)| said.refused.is_some());
        let refused: HashSet<WriterId> = refused.map(|(id, _)| *id).collect();
        let here = self.most.iter().map(|(writer, most)| (*writer, *most, (self.counts)(*writer)));
        let whole = here.filter(|(writer, most, here)| {
            here >= most
                && !self.broken.contains_key(writer)
                && !refused.contains(&laptop(*writer, self.owners))
        });
        whole.map(|(writer, _, here)| (writer, here)).collect()
    }
}
