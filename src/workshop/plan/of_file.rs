//! The plan of a workshop that was made from a feedback file.
//!
//! As long as people only read and answer it, what was missing is what the file says. Once somebody captures a point
//! there, the discussions that were not over when the workshop was made are judged as in any other workshop. Files of
//! earlier versions do not say who was to discuss what, and nothing is judged by them.

use std::collections::HashSet;

use super::super::{Moment, Point, SessionId, Workshop};
use super::Discussion;

impl Workshop {
    /// From when on discussions are judged in a workshop that was made from a file; `None` if they never are.
    fn judged_since(&self) -> Option<Moment> {
        let is_here = |writer| !self.files.writers.contains(writer);
        let is_captured = || self.tallies().any(|(_, tally)| tally.writers.iter().any(is_here));
        self.files.since.filter(|_| is_captured())
    }

    /// Leaves those discussions to the file that were over when the workshop was made from it; all of
    /// them if nobody captured anything since. Those of which it does not say who sits in them bear on nothing.
    pub(super) fn leave_to_file<'a>(&self, mut all: Vec<Discussion<'a>>) -> Vec<Discussion<'a>> {
        all.retain(|one| !one.session.groups.is_empty());
        let since = self.judged_since();
        for one in &mut all {
            one.is_judged = since.is_some_and(|since| !self.is_left_to_file(one, since));
        }
        all
    }

    /// The discussions that are judged here and not only by what a file says.
    pub(super) fn judged_here(&self) -> HashSet<&SessionId> {
        let judged = self.planned_discussions().into_iter().filter(|one| one.is_judged);
        judged.map(|one| &one.session.id).collect()
    }

    /// Whether a discussion was over at a moment, as far as is known.
    fn is_left_to_file(&self, one: &Discussion<'_>, since: Moment) -> bool {
        if let Some(end) = one.span().and_then(|span| span.to) {
            return end <= since;
        }
        let Some(from) = one.span().map(|span| span.from).filter(|from| *from < since) else {
            return one.day.1 <= since;
        };
        // Nobody knows when it ended: it did not, if somebody said something there later.
        let is_there = |point: &Point| match point.session() {
            Some(session) => one.session.id == *session || one.session.holds(session),
            None => (from..one.day.1).contains(&point.captured()),
        };
        let is_here = |point: &&Point| !self.files.writers.contains(&point.born().writer);
        one.day.1 <= since || !self.points().filter(is_here).any(is_there)
    }
}
