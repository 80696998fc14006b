//! Which topics each group should have spoken on by now: the one value that every table of topics and groups uses.

use std::collections::HashSet;

use super::super::{Expectations, Gap, GroupId, GroupState, Moment, TopicId, Workshop};
use super::{Discussion, Discussions, PlanSoFar, sits_in};

/// What the groups were asked about, and what of that was due by a moment of the meeting.
#[derive(Debug)]
pub struct DueTopics<'w> {
    expected: Expectations<'w>,
    later: HashSet<(&'w GroupId, &'w TopicId)>,
}

/// Whether a group should have spoken on a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Due {
    /// It was not asked about it.
    Never,
    /// It was asked, and by the plan its discussion is still to come.
    Later,
    /// It was asked, and its discussion took place or should have; or no plan shows when it does.
    Now,
}

impl DueTopics<'_> {
    /// Whether a group should have spoken on a topic.
    pub fn of(&self, group: &GroupId, topic: &TopicId) -> Due {
        if !self.expected.include(group, topic) {
            Due::Never
        } else if self.later.contains(&(group, topic)) {
            Due::Later
        } else {
            Due::Now
        }
    }
}

impl Workshop {
    /// Which topics were due by this moment, as far as the plan and the points show.
    pub fn due_topics(&self, now: Option<Moment>) -> DueTopics<'_> {
        self.due_by(&self.plan_so_far(now))
    }

    /// The same by what the plan shows.
    pub(in super::super) fn due_by(&self, plan: &PlanSoFar<'_>) -> DueTopics<'_> {
        let expected = self.agenda().expectations();
        let discussions = &plan.discussions;
        let mut later = HashSet::new();
        if !discussions.all.is_empty() {
            let missed = missed_cells(&plan.silences);
            for group in self.groups().filter(|group| !group.is_plenary()) {
                let own = OwnDiscussions::of(group, &expected, discussions);
                let topics = self.topics().iter().map(|topic| &topic.id);
                later.extend(topics.filter(|topic| own.are_later(topic)).map(|it| (&group.id, it)));
            }
            later.retain(|cell| !missed.contains(cell));
        }
        DueTopics { expected, later }
    }
}

/// The groups and topics that the plan shows to be missing somewhere.
fn missed_cells(silences: &[Gap]) -> HashSet<(&GroupId, &TopicId)> {
    let mut missed = HashSet::new();
    for gap in silences {
        if let Gap::Silent { topics, groups, .. } = gap {
            for group in groups {
                missed.extend(topics.iter().map(|topic| (group, topic)));
            }
        }
    }
    missed
}

/// The discussions in which a group sits, or all of them if it sits in none; and whether each is due.
struct OwnDiscussions<'d> {
    all: Vec<(&'d Discussion<'d>, bool)>,
}

impl<'d> OwnDiscussions<'d> {
    fn of(
        group: &GroupState,
        expected: &Expectations<'_>,
        discussions: &'d Discussions<'_>,
    ) -> Self {
        let own = |one: &&Discussion<'_>| sits_in(&group.id, expected, one);
        let mut found: Vec<&Discussion<'_>> = discussions.all.iter().filter(own).collect();
        if found.is_empty() {
            found = discussions.all.iter().collect();
        }
        let is_due = |one: &Discussion<'_>| one.is_due || (one.is_asked() && !group.is_open());
        Self { all: found.into_iter().map(|one| (one, is_due(one))).collect() }
    }

    /// Whether a topic is still to be discussed: none of the discussions about it is due yet, or if none is about
    /// it, not all of those that leave the group the choice.
    fn are_later(&self, topic: &TopicId) -> bool {
        let about = |one: &Discussion<'_>| one.session.topics.contains(topic);
        let mut about = self.all.iter().filter(|(one, _)| about(one)).peekable();
        if about.peek().is_some() {
            return about.all(|(_, is_due)| !is_due);
        }
        let is_free = |one: &Discussion<'_>| one.is_free() && one.asks(topic);
        let mut free = self.all.iter().filter(|(one, _)| is_free(one)).peekable();
        if free.peek().is_some() {
            return free.any(|(_, is_due)| !is_due);
        }
        self.all.iter().any(|(_, is_due)| !is_due)
    }
}
