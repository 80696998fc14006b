//! Sealing: the group endorses its points on a topic as they are.

use super::super::Reading;
use super::{Back, Choice, Core, Then};
use crate::workshop::{GroupId, Outcome, Point, ReadBackState, SealStatus, TopicId};

impl Reading {
    /// Whether two laptops sealed the topic differently, and the point that is being read needs no
    /// choice itself.
    pub(super) fn is_seal_alone_open(&self, core: &Core) -> bool {
        let at = self.point_read(core);
        !at.is_some_and(Point::is_disputed)
            && core.workshop.is_sealed_twice(&core.here.group, &core.here.topic)
    }

    /// Seals at once if everything is confirmed; asks first if not, or if there already is a seal.
    pub(super) fn ask_seal(&mut self, core: &mut Core) {
        let (group, topic) = (core.here.group.clone(), core.here.topic.clone());
        let short = Self::short_title(core, &topic);
        let sealed = core.workshop.sealed(&group, &topic);
        let twice = core.workshop.is_sealed_twice(&group, &topic);
        if self.lines.is_empty() && sealed == SealStatus::No && !twice {
            return core.say(format!("There is nothing to seal on {short}."));
        }
        let points = || self.lines.iter().map(|line| core.workshop.point_at(line.index));
        let open = core.workshop.unconfirmed(&group, &topic);
        let foreign = |point: &Point| {
            point.read_back_state() == ReadBackState::NotOurs
                && !matches!(point.outcome(), Outcome::SetAside(_))
        };
        let foreign = points().filter(|point| foreign(point)).count();
        let lacks = match (open, foreign) {
            (0, 0) => String::new(),
            (open, 0) => format!("{open} not confirmed"),
            (0, foreign) => format!("{foreign} not ours"),
            (open, foreign) => format!("{open} not confirmed, {foreign} not ours"),
        };
        let choice = |name: &str, more: &str, then| Choice {
            name: name.to_owned(),
            more: more.to_owned(),
            then: Then::ReadBack(then),
        };
        let on = || Back::Seal(group.clone(), topic.clone(), true);
        let off = choice("Take the seal off", "", Back::Seal(group.clone(), topic.clone(), false));
        let who = core.workshop.title_of(&group);
        let (title, choices) = match sealed {
            _ if twice => (
                format!("{short}: sealed differently on two laptops at once"),
                vec![
                    choice("Leave it", "", Back::Leave),
                    choice("Seal it as it is here", &lacks, on()),
                    choice("No seal", "", Back::Seal(group.clone(), topic.clone(), false)),
                ],
            ),
            SealStatus::No if lacks.is_empty() => return Self::seal(core, group, topic, true),
            SealStatus::No => (
                format!("Does {who} endorse its points on {short}?"),
                vec![
                    choice("Continue reading back", "", Back::Leave),
                    choice("Seal them as they are", &lacks, on()),
                ],
            ),
            SealStatus::Yes => (
                format!("{who} endorses its points on {short}"),
                vec![choice("Leave the seal on", "", Back::Leave), off],
            ),
            SealStatus::Changed => (
                format!("{short} was changed since {who} sealed it"),
                vec![
                    choice("Leave it", "", Back::Leave),
                    choice("Seal it again", &lacks, on()),
                    off,
                ],
            ),
        };
        core.offer(title, choices, 0);
    }

    pub(super) fn seal(core: &mut Core, group: GroupId, topic: TopicId, on: bool) {
        let (who, short) = (core.workshop.title_of(&group), Self::short_title(core, &topic));
        let change = core.workshop.set_seal(group, topic, on);
        let change = core.workshop.check(&change).map(|()| vec![change]);
        let what = if on { "sealing a topic" } else { "taking a seal off" };
        if core.make_or_complain(what, change) {
            core.say(if on {
                format!("Sealed: {who} endorses {short}. Ctrl-Z undoes this.")
            } else {
                format!("The seal of {who} on {short} is off.")
            });
        }
    }
}
