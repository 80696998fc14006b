//! The reminder of the read-back, before a group session ends.

use super::super::{Capture, Core, points::open_topics};
use crate::workshop::{GroupId, State};

/// How many minutes before the end of a group session capture gives a reminder of the read-back.
const SOON: i64 = 10;

/// The reminder that a group session ends soon and its group has not confirmed all points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Nudge {
    minutes: i64,
    group: GroupId,
    revision: u64,
    open: usize,
}

impl Capture {
    /// In a group session that ends soon, the minutes left and how many points the group has not
    /// confirmed.
    pub fn nudge(&self) -> Option<(i64, usize)> {
        let nudge = self.nudge.as_ref()?;
        (nudge.open > 0).then_some((nudge.minutes, nudge.open))
    }

    pub(super) fn refresh_nudge(&mut self, core: &mut Core) {
        let minutes = Self::minutes_left(core).filter(|minutes| *minutes <= SOON);
        let (group, revision) = (&core.here.group, core.workshop.revision());
        let known = self.nudge.take();
        let nudge = minutes.map(|minutes| match known {
            Some(known) if known.revision == revision && known.group == *group => {
                Nudge { minutes, ..known }
            }
            _ => {
                let open = open_topics(&core.workshop, group).map(|(_, open)| open).sum();
                Nudge { minutes, group: group.clone(), revision, open }
            }
        });
        self.nudge = nudge;
    }

    /// Minutes until the end of the group session in which points are taken down.
    fn minutes_left(core: &Core) -> Option<i64> {
        if core.workshop.running().is_empty() {
            return None;
        }
        let slot = core.workshop.slot(&core.session_now()?)?;
        let State::Running { until: Some(until), .. } = slot.state else { return None };
        let left = until.seconds_since(core.now);
        slot.session.kind.is_group_discussion().then_some((left + 59).div_euclid(60))
    }
}
