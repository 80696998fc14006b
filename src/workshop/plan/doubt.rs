//! In which other round of the day a group may have been silent, if its laptop's clock is slow and nothing shows it.
//!
//! A bundle that came an hour after it was made was on its way for an hour, or the clock of its laptop is an hour slow.
//! If everything that the group said on that day fits the plan as well an hour later, and the silent round is then
//! another one, the times do not decide which round it was. What is filed under a session was said there.

use super::super::{Clock, GroupId, LaptopReport, Moment, TopicId, Workshop, WriterId};
use super::spoken::{NEAR, Span};
use super::{Discussion, Discussions, sits_in};

/// How slow, in minutes, a clock may be that nothing shows to be slow: more than a bundle is usually on its way, and
/// at most.
const SLOW: (i64, i64) = (30, 2 * 60);
/// In which steps that is tried, in minutes.
const STEP: usize = 10;

/// Something that a group said on a day.
struct Said<'w> {
    topic: &'w TopicId,
    when: Moment,
    /// How slow the clock may be by which it was captured.
    slow: i64,
    /// The discussions of the day to which it may belong by how it is filed, and whether that is certain.
    among: Vec<usize>,
    is_filed: bool,
}

impl Said<'_> {
    /// Where it was said if the clock is this slow, and whether that discussion was going on, or nearly.
    fn place(&self, slow: i64, all: &[Discussion<'_>]) -> Option<(usize, bool)> {
        let when = if slow <= self.slow { self.when.plus_minutes(slow) } else { self.when };
        let asks = |nth: &&usize| self.is_filed || all[**nth].asks(self.topic);
        let away = |nth: &usize| Some((away(all[*nth].span()?, when), *nth));
        let (away, nth) = self.among.iter().filter(asks).filter_map(away).min()?;
        Some((nth, away <= NEAR))
    }
}

/// How many minutes a moment is before or after a discussion.
fn away(span: Span, when: Moment) -> i64 {
    let end = span.to.unwrap_or(span.from);
    let away = (span.from.0 - when.0).max(when.0 - end.0).max(0);
    away.div_euclid(60_000)
}

impl Workshop {
    /// The other discussions of the day in which a group may have been silent rather than in this one, where it seems
    /// to have said nothing on these topics.
    pub(super) fn doubts(
        &self,
        group: &GroupId,
        nth: usize,
        topics: &[TopicId],
        discussions: &Discussions<'_>,
        clocks: &[Clock],
    ) -> Vec<usize> {
        let Discussions { all, spoken } = discussions;
        let is_free = all[nth].is_free();
        if is_free && spoken.has_any(group, nth) {
            return Vec::new();
        }
        let said = self.said_on_day(group, nth, all, clocks);
        let most = said.iter().map(|one| one.slow).max().unwrap_or(0);
        let fitting = |slow| {
            let fits = |one: &&Said<'_>| one.place(slow, all).is_some_and(|(_, fits)| fits);
            said.iter().filter(fits).count()
        };
        let is_meant = |one: &&Said<'_>| is_free || topics.contains(one.topic);
        let place = |one: &Said<'_>, slow| one.place(slow, all).map(|(place, _)| place);
        let places = |slow| -> Vec<usize> {
            said.iter().filter(is_meant).filter_map(|one| place(one, slow)).collect()
        };
        let (now, fitting_now) = (places(0), fitting(0));
        let mut others = Vec::new();
        for slow in (SLOW.0..=most).step_by(STEP) {
            let fitting = fitting(slow);
            if fitting < fitting_now {
                continue;
            }
            let is_there =
                |one: &&Said<'_>| !one.is_filed && one.place(slow, all) == Some((nth, true));
            let moved = said.iter().filter(is_meant).filter(is_there);
            let moved: Vec<usize> = moved.filter_map(|one| place(one, 0)).collect();
            let then = places(slow);
            let left = now.iter().filter(|place| !then.contains(place));
            let left: Vec<usize> = left.filter(|_| !moved.is_empty()).copied().collect();
            if left.is_empty() && fitting > fitting_now {
                // Perhaps it was silent in none. Still the times that show a silence here fit less well.
                others.extend(moved);
            } else {
                others.extend(left);
            }
        }
        others.retain(|place| *place != nth);
        others.sort_unstable();
        others.dedup();
        others
    }

    /// What a group said on the day of a discussion; nothing if no clock may be slow by which it was captured.
    fn said_on_day<'w>(
        &'w self,
        group: &GroupId,
        nth: usize,
        all: &[Discussion<'_>],
        clocks: &[Clock],
    ) -> Vec<Said<'w>> {
        let Discussion { date, day, .. } = &all[nth];
        let (expected, mut said) = (self.agenda().expectations(), Vec::new());
        let may_be_slow = self.laptops_heard().iter().any(|laptop| laptop.least_late() >= SLOW.0);
        if !may_be_slow {
            return said;
        }
        let attended = |nth: &usize| sits_in(group, &expected, &all[*nth]);
        let attended: Vec<usize> = (0..all.len()).filter(attended).collect();
        for topic in self.topics().iter().map(|topic| &topic.id) {
            let Some(cell) = self.cell(group, topic) else { continue };
            let is_asked = self.may_ask(group, topic, &expected);
            for point in cell.points.iter().map(|index| self.point_at(*index)) {
                let writer = point.born().writer;
                let (mut among, is_filed) = self.may_be_of(&self.filing_of(point), &attended, all);
                among.retain(|nth| all[*nth].date == *date);
                let clock = self.clock_of(clocks, group, writer);
                let when = clock.map_or(point.captured(), |it| it.set_right(point.captured()));
                let counts = (is_filed || is_asked) && !self.files.writers.contains(&writer);
                if counts && !among.is_empty() && (day.0..day.1).contains(&when) {
                    let slow = self.slow_by(clock, group, writer);
                    said.push(Said { topic, when, slow, among, is_filed });
                }
            }
        }
        said
    }

    /// How slow the clock may be by which a writer captured for a group, in minutes, besides what is known of it.
    fn slow_by(&self, clock: Option<&Clock>, group: &GroupId, writer: WriterId) -> i64 {
        let late = self.report_of(group, writer).map_or(0, LaptopReport::least_late);
        let known = clock.map_or(0, |clock| clock.ahead);
        if known > 0 || late + known < SLOW.0 { 0 } else { (late + known).min(SLOW.1) }
    }
}
