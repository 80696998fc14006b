//! A summary of a cell's points: who captured them, and where they are filed.
//!
//! It is computed when somebody asks and kept until the cell changes, so that the receipt of a
//! thousand groups can be made in each frame.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{GroupId, SessionId, TopicId, Workshop, WriterId, document::Cell};

/// A quarter of an hour, in milliseconds: no time zone begins a day in the middle of one.
const QUARTER: i64 = 15 * 60_000;

/// Where points are filed: each way once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filing {
    /// Under a session.
    Under(SessionId),
    /// Under none: the round, if one was chosen, and the day on which the point was captured.
    Nowhere(Option<u8>, NaiveDate),
}

/// A summary of a cell's points.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Who captured them.
    pub(super) writers: BTreeSet<WriterId>,
    /// Where they are filed.
    pub(super) filed: BTreeSet<Filing>,
    /// On which days, in the meeting's time zone, they were captured.
    pub(super) days: BTreeSet<NaiveDate>,
    /// How many need a choice between values that several laptops set at once.
    pub(super) disputed: usize,
}

impl Workshop {
    /// The tally of a group's points on a topic; `None` if it has none.
    pub(super) fn tally(&self, group: &GroupId, topic: &TopicId) -> Option<&Tally> {
        Some(self.tally_of(self.cell(group, topic)?))
    }

    pub(super) fn tally_of<'a>(&'a self, cell: &'a Cell) -> &'a Tally {
        cell.tally.get_or_init(|| {
            let mut tally = Tally::default();
            let (mut latest, mut quarter) = (None, None);
            for index in &cell.points {
                let point = self.point_at(*index);
                tally.writers.insert(point.born().writer);
                tally.disputed += usize::from(point.is_disputed());
                let day = || self.zone().local(point.captured()).date();
                // Points come in runs: from one quarter of an hour, and filed alike.
                let of = point.captured().0.div_euclid(QUARTER);
                if quarter != Some(of) {
                    quarter = Some(of);
                    tally.days.insert(day());
                }
                let filed = match point.session() {
                    Some(session) => Filing::Under(session.clone()),
                    None => Filing::Nowhere(point.round(), day()),
                };
                if latest.as_ref() != Some(&filed) {
                    tally.filed.insert(filed.clone());
                    latest = Some(filed);
                }
            }
            tally
        })
    }

    /// The tallies of all cells, with their groups.
    pub(super) fn tallies(&self) -> impl Iterator<Item = (&GroupId, &Tally)> {
        self.grouped_cells().map(|(group, cell)| (group, self.tally_of(cell)))
    }
}
