//! The plan of a workshop that was made from a feedback file.
//!
//! The file has sessions without their topics, groups, rounds and ends. As long as people only read and answer it,
//! what was missing is what it says. Once somebody captures a point there, the discussions that were not over when the
//! workshop was made are judged as in any other workshop.

use super::super::{Moment, Point, Session, Workshop};
use super::Discussion;

/// Whether nothing is known of a session but its time: it may be the row above the next one, or groups may sit in
/// either of them.
fn is_bare(session: &Session) -> bool {
    let is_asked = !session.topics.is_empty() || session.round.is_some();
    !is_asked && session.groups.is_empty() && session.minutes.is_none()
}

impl Workshop {
    /// From when on discussions are judged in a workshop that was made from a file; `None` if they never are.
    fn judged_since(&self) -> Option<Moment> {
        let is_here = |writer| !self.files.writers.contains(writer);
        let is_captured = || self.tallies().any(|(_, tally)| tally.writers.iter().any(is_here));
        self.files.since.filter(|_| is_captured())
    }

    /// Leaves those discussions to the file that were over when the workshop was made from it; all of
    /// them if nobody captured anything since.
    pub(super) fn leave_to_file<'a>(&self, mut all: Vec<Discussion<'a>>) -> Vec<Discussion<'a>> {
        let Some(since) = self.judged_since() else { return Vec::new() };
        for one in &mut all {
            one.is_judged = !self.is_left_to_file(one, since);
        }
        let is_alike = |one: &Discussion<'_>, other: &Discussion<'_>| {
            (one.date, one.session.start) == (other.date, other.session.start)
                && is_bare(one.session)
                && is_bare(other.session)
        };
        for nth in 0..all.len() {
            let beside: Vec<usize> =
                (0..nth).filter(|other| is_alike(&all[*other], &all[nth])).collect();
            for other in &beside {
                all[nth].is_judged |= all[*other].is_judged;
                all[*other].is_judged = false;
            }
            all[nth].beside = beside;
        }
        all
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
