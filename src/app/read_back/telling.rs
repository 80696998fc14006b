//! The question at the end of a topic's read-back, whether anyone could tell who said what was read,
//! and the flag on a point that is the answer. Names in the words are marked for the same purpose.

use super::super::{Core, Reading, counted, wrap};
use std::ops::Range;

use crate::workshop::{GroupId, Part, Point, PointId, TopicId};

/// The question for one group and topic.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    /// Where it came up. It stays until it is answered, whichever point of the topic is read.
    place: Option<(GroupId, TopicId)>,
    /// The points it is about, as they were when a key was last pressed: what came in since was read
    /// to nobody.
    points: Option<Vec<PointId>>,
    /// The point that was being read then, and whether it was flagged.
    flag: Option<(PointId, bool)>,
}

/// What is marked in the words that are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// What they were looked for in: the point, and the workshop's revision.
    known: Option<(PointId, u64)>,
    /// Their bytes in the words.
    ranges: Vec<Range<usize>>,
    /// How many there are in all texts of the point.
    count: usize,
}

impl Reading {
    /// Lets the question be made again: a key was pressed, so what is there now was seen.
    pub(in crate::app) fn look_at_asking(&mut self) {
        (self.asking.points, self.asking.flag) = (None, None);
    }

    pub(super) fn refresh_asking(&mut self, core: &mut Core) {
        let read = self.point_read(core).map(|point| (point.id(), point.is_flagged()));
        if self.asking.flag.map(|(point, _)| point) != read.map(|(point, _)| point) {
            self.asking.flag = read;
        }
        let here = (core.here.group.clone(), core.here.topic.clone());
        let asked = self.asking.place.as_ref() == Some(&here);
        if asked && self.asking.points.is_some() {
            return;
        }
        let (place, count) = self.place();
        let unasked = core.workshop.unasked(&here.0, &here.1);
        let read = || place + 1 >= count || core.workshop.unconfirmed(&here.0, &here.1) == 0;
        let due = !unasked.is_empty() && (asked || read());
        self.asking.place = due.then_some(here);
        self.asking.points = due.then_some(unasked);
    }

    /// The question, once it is due: whether anyone could tell who said what was read.
    pub fn asking(&self, core: &Core) -> Option<String> {
        let due = self.asking.points.as_ref().is_some_and(|points| !points.is_empty());
        due.then(|| match self.flagged_here(core) {
            0 => "Could anyone tell who said any of this?".to_owned(),
            count => format!("{count} flagged. Could anyone tell who said any other?"),
        })
    }

    /// On how many topics with points of the group this was asked, and how many such topics there are.
    pub fn topics_asked(core: &Core) -> (usize, usize) {
        let group = &core.here.group;
        let topics = core.workshop.topics().iter().map(|topic| &topic.id);
        let with_points: Vec<&TopicId> =
            topics.filter(|topic| core.workshop.standing(group, topic) > 0).collect();
        let asked = with_points.iter().filter(|it| core.workshop.unasked(group, it).is_empty());
        (asked.count(), with_points.len())
    }

    /// How many of the points to read are flagged.
    pub fn flagged_here(&self, core: &Core) -> usize {
        let points = self.lines.iter().map(|line| core.workshop.point_at(line.index));
        points.filter(|point| point.is_flagged()).count()
    }

    pub(super) fn turn_flag(&mut self, core: &mut Core, point: PointId) {
        let flagged = core.workshop.point(point).is_some_and(Point::is_flagged);
        if self.asking.flag == Some((point, !flagged)) {
            // The key was meant for what was there a moment ago.
            let what = if flagged { "flagged this point" } else { "took the flag off" };
            return core.complain(format!("Another laptop {what} just now. Nothing was done."));
        }
        let on = !flagged;
        let changes = core.workshop.flag(point, on);
        let what = if on { "flagging a point" } else { "taking a flag off a point" };
        if core.make_or_complain(what, changes) {
            core.say(if on {
                "Flagged: decide on it (F9) before you export. f removes the flag."
            } else {
                "The flag is off. Ctrl-Z puts it on again."
            });
        }
    }

    /// Records, for all points that the question is about, that nobody could tell.
    pub(super) fn answer_nobody(&mut self, core: &mut Core) {
        let points = self.asking.points.take().unwrap_or_default();
        let topic = core.here.topic.clone();
        if points.is_empty() {
            let left = core.workshop.unasked(&core.here.group, &topic).len();
            let topic = Self::short_title(core, &topic);
            return core.say(match left {
                0 => format!("On {topic} the group was asked whether anyone could tell who spoke."),
                _ => format!("First read back all points on {topic}; press o after the last."),
            });
        }
        // Points that were moved or taken out meanwhile are asked about where they are now.
        let still = core.workshop.unasked(&core.here.group, &topic);
        let points: Vec<PointId> = points.into_iter().filter(|it| still.contains(it)).collect();
        let changes = core.workshop.nobody_could_tell(&points);
        if core.make_or_complain("answering whether anyone could tell", changes) {
            let count = counted(points.len(), "point");
            core.say(format!("Noted: nobody could tell who said {count}. Ctrl-Z undoes this."));
        }
    }

    // ----- names in the words ------------------------------------------------------------------

    pub(super) fn refresh_marks(&mut self, core: &mut Core) {
        let Some(point) = self.point_read(core) else {
            self.marks = Marks::default();
            return;
        };
        let known = (point.id(), core.workshop.revision());
        if self.marks.known == Some(known) {
            return;
        }
        let Some(found) = core.attributions.open_in(&core.workshop, point) else { return };
        let mut found: Vec<_> = found.into_iter().filter(|one| !one.is_flagged()).collect();
        let count = found.len();
        found.retain(|one| one.key.part == Part::Wording && *one.text == *point.text());
        let ranges = found.into_iter().map(|one| one.hit.range).collect();
        self.marks = Marks { known: Some(known), ranges, count };
    }

    /// How many names and descriptions in the point that is being read somebody still has to
    /// decide on, except subjects.
    pub fn marked(&self) -> usize {
        self.marks.count
    }

    /// Their bytes in the words as shown; none if those are not exactly the words as typed.
    pub fn marks(&self, core: &Core) -> &[Range<usize>] {
        let same = self.point_read(core).is_some_and(|it| wrap::visible(it.text()) == it.text());
        if same { &self.marks.ranges } else { &[] }
    }
}
