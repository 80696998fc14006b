//! Groups that are made on the day: from then on they are asked what all groups are asked.

use std::collections::{BTreeSet, HashMap};

use super::super::{GroupId, Moment, SessionId, Workshop};
use super::Discussion;

impl Discussion<'_> {
    /// When it is over, or else its day.
    fn end(&self) -> Moment {
        self.span().and_then(|span| span.to).unwrap_or(self.day.1)
    }
}

impl Workshop {
    /// Has the groups made on the day sit in the discussions that are for all groups and were not over by then.
    pub(super) fn seat_made_groups<'w>(&'w self, all: &mut [Discussion<'w>]) {
        let made = self.groups().filter_map(|group| Some((&group.id, group.made()?)));
        let made: Vec<(&GroupId, Moment)> = made.collect();
        if made.is_empty() {
            return;
        }
        let planned = &self.agenda().groups;
        for one in all {
            let listed = one.groups;
            // A feedback file lists all groups where the plan lists none.
            let is_for_all =
                listed.is_empty() || planned.iter().all(|group| listed.contains(&group.id));
            let end = one.end();
            let there = made.iter().filter(|(_, made)| is_for_all && *made < end);
            one.made.extend(there.map(|(group, _)| *group));
        }
    }

    /// The groups made on the day that sit in each discussion.
    pub fn made_groups(&self) -> HashMap<SessionId, BTreeSet<GroupId>> {
        let made = |one: Discussion<'_>| one.made.into_iter().cloned().collect();
        let all = self.all_discussions().into_iter();
        all.map(|one| (one.session.id.clone(), made(one))).collect()
    }
}
