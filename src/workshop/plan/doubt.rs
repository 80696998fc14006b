//! In which other round of the day a group may have been silent, if its laptop's clock is slow and nothing shows it.
//!
//! A bundle that came an hour after it was made was on its way for an hour, or the clock of its laptop is an hour slow.
//! If everything that the group said on that day fits the plan as well an hour later, and the silent round is then
//! another one, the times do not decide which round it was. What is filed under a session was said there.

use std::collections::{BTreeSet, HashMap};

use super::super::{
    Clock, Expectations, GroupId, LaptopReport, Moment, TopicId, Workshop, WriterId,
};
use super::spoken::{NEAR, Span};
use super::{Discussion, Discussions, sits_in};

/// How slow, in minutes, a clock may be that nothing shows to be slow: more than a bundle is usually on its way, and
/// at most.
const SLOW: (i64, i64) = (30, 2 * 60);
/// In which steps that is tried, in minutes.
const STEP: usize = 10;
/// How many milliseconds make no difference.
const ALIKE: i64 = 5 * 60_000;

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
        (expected, clocks): (&Expectations<'_>, &[Clock]),
    ) -> Vec<usize> {
        let Discussions { all, spoken } = discussions;
        let is_free = all[nth].is_free();
        if is_free && spoken.has_any(group, nth) {
            return Vec::new();
        }
        let said = self.said_on_day(group, nth, all, (expected, clocks));
        let most = said.iter().map(|one| one.slow).max().unwrap_or(0);
        let places = |slow| -> Vec<Option<(usize, bool)>> {
            said.iter().map(|one| one.place(slow, all)).collect()
        };
        let fitting = |places: &[Option<(usize, bool)>]| {
            places.iter().flatten().filter(|(_, fits)| *fits).count()
        };
        let is_meant = |one: &Said<'_>| is_free || topics.contains(one.topic);
        let now = places(0);
        let mut others = Vec::new();
        for slow in (SLOW.0..=most).step_by(STEP) {
            let then = places(slow);
            if fitting(&then) < fitting(&now) {
                continue;
            }
            let meant = || said.iter().zip(now.iter().zip(&then)).filter(|(one, _)| is_meant(one));
            let is_there = |one: &Said<'_>, then: &Option<(usize, bool)>| {
                !one.is_filed && *then == Some((nth, true))
            };
            let moved = meant().filter(|(one, (_, then))| is_there(one, then));
            let moved: Vec<usize> =
                moved.filter_map(|(_, (now, _))| now.map(|(place, _)| place)).collect();
            if moved.is_empty() {
                continue;
            }
            let is_left = |place: &usize| {
                !meant().any(|(_, (_, then))| then.is_some_and(|(then, _)| then == *place))
            };
            let left: BTreeSet<usize> =
                meant().filter_map(|(_, (now, _))| now.map(|(place, _)| place)).collect();
            let left: Vec<usize> = left.into_iter().filter(is_left).collect();
            if left.is_empty() && fitting(&then) > fitting(&now) {
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
        (expected, clocks): (&Expectations<'_>, &[Clock]),
    ) -> Vec<Said<'w>> {
        let Discussion { date, day, .. } = &all[nth];
        let mut said: Vec<Said<'w>> = Vec::new();
        let may_be_slow = self.laptops_heard().iter().any(|laptop| laptop.least_late() >= SLOW.0);
        if !may_be_slow {
            return said;
        }
        let mut of_writers: HashMap<WriterId, (Option<&Clock>, i64)> = HashMap::new();
        let mut clock_of = |writer: WriterId| {
            *of_writers.entry(writer).or_insert_with(|| {
                let clock = self.clock_of(clocks, group, writer);
                (clock, self.slow_by(clock, group, writer))
            })
        };
        let attended = |nth: &usize| sits_in(group, expected, &all[*nth]);
        let attended: Vec<usize> = (0..all.len()).filter(attended).collect();
        let mut last = None;
        for topic in self.topics().iter().map(|topic| &topic.id) {
            let Some(cell) = self.cell(group, topic) else { continue };
            let is_asked = self.may_ask(group, topic, expected);
            for point in cell.points.iter().map(|index| self.point_at(*index)) {
                let (writer, minute) = (point.born().writer, point.captured().minute());
                let (clock, slow) = clock_of(writer);
                let when = clock.map_or(minute, |clock| clock.set_right(minute));
                let is_of_file = self.files.writers.contains(&writer);
                if is_of_file || !(day.0..day.1).contains(&when) {
                    continue;
                }
                // Points come in runs of which one shows as much as all.
                let run = (topic, writer, point.session(), point.round(), when.0 / ALIKE);
                if last.replace(run) == Some(run) {
                    continue;
                }
                let (mut among, is_filed) = self.may_be_of(&self.filing_of(point), &attended, all);
                among.retain(|nth| all[*nth].date == *date);
                if (is_filed || is_asked) && !among.is_empty() {
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
