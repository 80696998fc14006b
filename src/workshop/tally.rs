//! A summary of a cell's points: who captured them, and where they are filed.
//!
//! It is computed when somebody asks and kept until the cell changes, so that the receipt of a
//! thousand groups can be made in each frame.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{GroupId, Moment, Point, SessionId, TopicId, Workshop, WriterId, document::Cell};

/// A quarter of an hour, in milliseconds: no time zone begins a day in the middle of one.
const QUARTER: i64 = 15 * 60_000;

/// Where points are filed: each way once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filing {
    /// Under a session without rows below it.
    Under(SessionId),
    /// Under none, or under a row with others below it: where a point belongs depends on its round, if
    /// one was chosen, and on the minute in which it was captured.
    Open {
        /// The row, if it is filed under one.
        row: Option<SessionId>,
        /// The round.
        round: Option<u8>,
        /// That minute.
        minute: Moment,
    },
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
    /// When the last of them was captured.
    pub(super) last: Option<Moment>,
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
                tally.last = tally.last.max(Some(point.captured()));
                tally.disputed += usize::from(point.is_disputed());
                // Points come in runs: from one quarter of an hour, and filed alike.
                let of = point.captured().0.div_euclid(QUARTER);
                if quarter != Some(of) {
                    quarter = Some(of);
                    tally.days.insert(self.zone().local(point.captured()).date());
                }
                if matches!(&latest, Some(Filing::Under(id)) if point.session() == Some(id)) {
                    continue;
                }
                let filed = self.filing_of(point);
                if latest.as_ref() != Some(&filed) {
                    tally.filed.insert(filed.clone());
                    latest = Some(filed);
                }
            }
            tally
        })
    }

    pub(super) fn filing_of(&self, point: &Point) -> Filing {
        let row = point.session();
        let has_rows = |id| self.agenda().session(id).is_some_and(|row| !row.sessions.is_empty());
        match row {
            Some(session) if !has_rows(session) => Filing::Under(session.clone()),
            _ => Filing::Open {
                row: row.cloned(),
                round: point.round(),
                minute: point.captured().minute(),
            },
        }
    }

    /// The tallies of all cells, with their groups.
    pub(super) fn tallies(&self) -> impl Iterator<Item = (&GroupId, &Tally)> {
        self.all_cells().map(|(group, _, cell)| (group, self.tally_of(cell)))
    }
}
