//! In which discussions of the plan the groups spoke, as far as their points show it.
//!
//! A point that is filed under a discussion was said there. One that is filed under none was said in the
//! discussion that ran, or was planned, when it was captured, or else in the one of that day that is nearest in
//! time. On a day without any it was said in the last one before. One of a rehearsal counts for none once the
//! meeting has begun. Until then, and after the meeting, times say nothing: then it may have been said in any of
//! them.
//!
//! Where a laptop's clock is known to be wrong, the time is set right by what is known of that, and the same holds.
//!
//! What is on a topic that a group was not asked about shows nothing of where it spoke unless it is filed there.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use smallvec::SmallVec;

use super::super::{
    Clock, Course, Expectations, GroupId, Moment, SessionId, TopicId, Workshop, WriterId,
};
use super::super::{document::Cell, tally::Filing};
use super::{Discussion, sits_in};

/// How many minutes before or after a discussion something on its topics still belongs to it.
pub(super) const NEAR: i64 = 15;
const DAY: i64 = 24 * 60;

/// When a discussion took place, or was to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: Moment,
    /// Its end, if that is known.
    pub(super) to: Option<Moment>,
}

impl Span {
    fn holds(self, minute: Moment) -> bool {
        self.from.minute() <= minute && self.to.is_some_and(|to| minute < to)
    }
}

/// Some of the discussions, by their places in the list: a bit for each.
#[derive(Clone, Debug, Default)]
struct Places(SmallVec<[u64; 1]>);

impl Places {
    fn add(&mut self, nth: usize) {
        if self.0.len() <= nth / 64 {
            self.0.resize(nth / 64 + 1, 0);
        }
        self.0[nth / 64] |= 1 << (nth % 64);
    }

    fn has(&self, nth: usize) -> bool {
        self.0.get(nth / 64).is_some_and(|bits| bits >> (nth % 64) & 1 == 1)
    }

    fn extend(&mut self, places: impl IntoIterator<Item = usize>) {
        places.into_iter().for_each(|nth| self.add(nth));
    }

    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|nth| self.has(*nth))
    }
}

/// The discussions in which a group spoke on a topic.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// Filing or time shows that it spoke there.
    certain: Places,
    /// It may have spoken in any of them.
    possible: Places,
    /// The first of those for each point.
    first: Places,
    /// It spoke, and nothing shows where.
    somewhere: bool,
}

impl Spoken {
    fn has(&self, nth: usize) -> bool {
        self.certain.has(nth) || self.possible.has(nth)
    }
}

/// The same for all groups and topics.
#[derive(Debug, Default)]
pub(super) struct AllSpoken<'a> {
    cells: HashMap<&'a GroupId, HashMap<&'a TopicId, Spoken>>,
}

impl AllSpoken<'_> {
    /// Whether a group said anything on a topic in a discussion.
    pub(super) fn has(&self, group: &GroupId, topic: &TopicId, nth: usize) -> bool {
        let spoken = self.cells.get(group).and_then(|of| of.get(topic));
        spoken.is_some_and(|spoken| spoken.has(nth))
    }

    /// Whether it said anything there on any topic.
    pub(super) fn has_any(&self, group: &GroupId, nth: usize) -> bool {
        let of = || self.cells.get(group).into_iter().flat_map(HashMap::values);
        of().any(|spoken| spoken.has(nth))
    }

    /// Whether it said anything on a topic in one of these discussions, or nothing shows in which it did.
    pub(super) fn has_in(
        &self,
        group: &GroupId,
        topic: &TopicId,
        mut places: impl Iterator<Item = usize>,
    ) -> bool {
        let spoken = self.cells.get(group).and_then(|of| of.get(topic));
        spoken.is_some_and(|spoken| spoken.somewhere || places.any(|nth| spoken.has(nth)))
    }

    /// The discussions in which a breakout group certainly spoke.
    pub(super) fn certain(&self) -> BTreeSet<usize> {
        self.union(|spoken| &spoken.certain)
    }

    /// The discussions for which points of a rehearsal count: the first that each may belong to.
    pub(super) fn rehearsed(&self) -> BTreeSet<usize> {
        self.union(|spoken| &spoken.first)
    }

    fn union(&self, of: impl Fn(&Spoken) -> &Places) -> BTreeSet<usize> {
        let mut union = Places::default();
        let groups = self.cells.iter().filter(|(group, _)| ***group != GroupId::plenary());
        groups.flat_map(|(_, topics)| topics.values()).for_each(|one| union.join(of(one)));
        union.all().collect()
    }
}

impl Workshop {
    /// When a session really ran; one that nobody ended ended on its day.
    pub(super) fn ran(&self, session: &SessionId) -> Option<Span> {
        let course = self.course(session)?;
        let from = Course::started(course)?;
        let midnight = || self.day_of(self.zone().local(from).date()).1;
        Some(Span { from, to: Some(course.ended().unwrap_or_else(midnight)) })
    }

    /// When a session is planned.
    pub(super) fn planned(&self, session: &SessionId) -> Option<Span> {
        let slot = self.slot(session)?;
        let from = slot.planned_moment(self)?;
        Some(Span { from, to: slot.minutes.map(|minutes| from.plus_minutes(minutes.into())) })
    }

    /// In which discussions each group spoke on each topic, seen from this moment.
    pub(super) fn spoken<'a>(
        &'a self,
        all: &[Discussion<'_>],
        now: Option<Moment>,
    ) -> AllSpoken<'a> {
        // What a file brought was said before the workshop was made.
        let made = self.is_made_from_file().then_some(self.files.since.unwrap_or_default());
        self.spoken_by(all, now, made.map_or(OfFiles::Timed, OfFiles::Before))
    }

    /// The same without what files brought and may have been said in several discussions: they do not say when
    /// it was captured.
    pub(super) fn spoken_beside_files<'a>(
        &'a self,
        all: &[Discussion<'_>],
        now: Option<Moment>,
    ) -> AllSpoken<'a> {
        self.spoken_by(all, now, OfFiles::Certain)
    }

    fn spoken_by<'a>(
        &'a self,
        all: &[Discussion<'_>],
        now: Option<Moment>,
        files: OfFiles,
    ) -> AllSpoken<'a> {
        let expected = self.agenda().expectations();
        let first = all.iter().map(|one| one.day.0).min();
        let first = first.filter(|first| now.is_some_and(|now| *first <= now));
        let mut attended: HashMap<&GroupId, Vec<usize>> = HashMap::new();
        let mut spoken = AllSpoken::default();
        let turns = turns(all);
        let clocks = self.clocks();
        for (group, topic, cell) in self.all_cells() {
            let attended = attended.entry(group).or_insert_with(|| attends(group, &expected, all));
            let of = spoken.cells.entry(group).or_default().entry(topic).or_default();
            let is_asked = self.may_ask(group, topic, &expected);
            let mut last = None;
            let (filed, of_files) = self.filed_in(cell, files);
            for (filed, before) in &of_files {
                self.add_of_file(filed, topic, (attended, *before), all, of);
            }
            let (filed, untimed) = self.set_right(filed, (group, cell), files, &clocks);
            for filed in &untimed {
                let begun = Begun { first, is_asked, is_timed: false };
                self.add(filed, topic, (attended, begun), all, of);
            }
            for filed in &*filed {
                // Between two of these moments one minute is like another.
                let alike = match filed {
                    Filing::Under(_) => None,
                    Filing::Open { row, round, minute } => {
                        Some((row, round, turns.partition_point(|turn| turn <= minute)))
                    }
                };
                if alike.is_none() || alike != last {
                    let begun = Begun { first, is_asked, is_timed: true };
                    self.add(filed, topic, (attended, begun), all, of);
                }
                last = alike;
            }
        }
        spoken
    }

    /// Where the points of a cell are filed; unless they are timed, apart from them those that files brought, and
    /// before which moment these were said.
    fn filed_in<'a>(
        &'a self,
        cell: &'a Cell,
        files: OfFiles,
    ) -> (Cow<'a, BTreeSet<Filing>>, FiledByFiles) {
        let tally = self.tally_of(cell);
        let is_of_file = |writer: &WriterId| self.files.writers.contains(writer);
        if matches!(files, OfFiles::Timed) || !tally.writers.iter().any(is_of_file) {
            return (Cow::Borrowed(&tally.filed), BTreeSet::new());
        }
        let (mut here, mut of_files) = (BTreeSet::new(), BTreeSet::new());
        for point in cell.points.iter().map(|index| self.point_at(*index)) {
            let (filing, writer) = (self.filing_of(point), point.born().writer);
            if is_of_file(&writer) {
                let before = match files {
                    // Nobody knows how much of the meeting was over when it came.
                    OfFiles::Before(_) if self.files.later.contains(&writer) => {
                        Some(Moment(i64::MAX))
                    }
                    OfFiles::Before(made) => Some(made),
                    OfFiles::Certain | OfFiles::Timed => None,
                };
                of_files.insert((filing, before));
            } else {
                here.insert(filing);
            }
        }
        (Cow::Owned(here), of_files)
    }

    /// Where the points of a cell are filed that were captured by right clocks, of those that are `filed` somehow, and
    /// apart from them the others, at the right time as far as that is known.
    fn set_right<'a>(
        &self,
        filed: Cow<'a, BTreeSet<Filing>>,
        (group, cell): (&GroupId, &Cell),
        files: OfFiles,
        clocks: &[Clock],
    ) -> (Cow<'a, BTreeSet<Filing>>, BTreeSet<Filing>) {
        let clock_of = |writer: &WriterId| self.clock_of(clocks, group, *writer);
        if clocks.is_empty() || !self.tally_of(cell).writers.iter().any(|it| clock_of(it).is_some())
        {
            return (filed, BTreeSet::new());
        }
        let is_left_out = |writer: &WriterId| {
            !matches!(files, OfFiles::Timed) && self.files.writers.contains(writer)
        };
        let (mut right, mut wrong) = (BTreeSet::new(), BTreeSet::new());
        for point in cell.points.iter().map(|index| self.point_at(*index)) {
            let (filing, writer) = (self.filing_of(point), point.born().writer);
            match (filing, clock_of(&writer)) {
                _ if is_left_out(&writer) => {}
                (Filing::Open { row, round, minute }, Some(clock)) => {
                    let minute = clock.set_right(minute);
                    wrong.insert(Filing::Open { row, round, minute });
                }
                (filing, _) => {
                    right.insert(filing);
                }
            }
        }
        (Cow::Owned(right), wrong)
    }

    /// Whether a group was asked about a topic, or about none at all.
    pub(super) fn may_ask(
        &self,
        group: &GroupId,
        topic: &TopicId,
        expected: &Expectations<'_>,
    ) -> bool {
        let is_asked = |topic: &TopicId| expected.include(group, topic);
        is_asked(topic) || !self.topics().iter().any(|topic| is_asked(&topic.id))
    }

    /// Adds what a file brought: where it was certainly said, or in all discussions that had begun before a moment.
    fn add_of_file(
        &self,
        filed: &Filing,
        topic: &TopicId,
        (attended, before): (&[usize], Option<Moment>),
        all: &[Discussion<'_>],
        to: &mut Spoken,
    ) {
        let (may, is_certain) = self.may_be_of(filed, attended, all);
        let begins = |nth: usize| all[nth].span().map_or(all[nth].day.0, |span| span.from);
        to.somewhere = true;
        if is_certain {
            to.certain.extend(may);
        } else if let Some(before) = before {
            to.first.extend(may.iter().find(|nth| all[**nth].asks(topic)).copied());
            to.possible.extend(may.into_iter().filter(|nth| begins(*nth) <= before));
        }
    }

    /// In which discussions something may have been said by how it is filed, and whether that is certain.
    pub(super) fn may_be_of(
        &self,
        filed: &Filing,
        attended: &[usize],
        all: &[Discussion<'_>],
    ) -> (Vec<usize>, bool) {
        let (row, round) = match filed {
            Filing::Under(id) => {
                let is_there =
                    |one: &Discussion<'_>| one.session.id == *id || one.session.holds(id);
                return (places(all).filter(|nth| is_there(&all[*nth])).collect(), true);
            }
            Filing::Open { row, round, .. } => (row.as_ref(), *round),
        };
        let mut may: Vec<usize> = match row {
            Some(id) => {
                let row = self.agenda().session(id);
                let is_there = |one: &Discussion<'_>| {
                    let of = &one.session.id;
                    of == id || one.session.holds(id) || row.is_some_and(|row| row.holds(of))
                };
                places(all).filter(|nth| is_there(&all[*nth])).collect()
            }
            None => attended.to_vec(),
        };
        let of_round = |nth: &&usize| round.is_some() && all[**nth].session.round == round;
        let is_round = may.iter().any(|nth| of_round(&nth));
        if is_round {
            may = may.iter().filter(of_round).copied().collect();
        }
        let is_certain = may.len() == 1 && (is_round || row.is_some());
        (may, is_certain)
    }

    fn add(
        &self,
        filed: &Filing,
        topic: &TopicId,
        (attended, begun): (&[usize], Begun),
        all: &[Discussion<'_>],
        to: &mut Spoken,
    ) {
        let (may, is_certain) = self.may_be_of(filed, attended, all);
        let minute = match filed {
            Filing::Open { minute, .. } if !is_certain => *minute,
            _ => {
                to.certain.extend(may);
                return;
            }
        };
        if !begun.counts(minute) {
            // Nothing shows in which discussion it was said.
        } else if let Some(found) = at(minute, topic, &may, all) {
            to.certain.extend(found);
        } else if let Some(found) = (!begun.is_timed).then(|| nearest(minute, &may, all)).flatten()
        {
            // A clock may be more wrong than is known: that shows nothing of all the others.
            to.possible.extend(found.places);
        } else {
            let asks = |nth: &&usize| all[**nth].asks(topic);
            to.first.extend(may.iter().find(asks).copied());
            to.possible.extend(may);
        }
    }
}

/// Where the points that files brought are filed, and before which moment they were said.
type FiledByFiles = BTreeSet<(Filing, Option<Moment>)>;

/// What the points that files brought show, which do not say when they were captured.
#[derive(Clone, Copy)]
enum OfFiles {
    /// The moment they have is taken for that.
    Timed,
    /// They count only where they were certainly said.
    Certain,
    /// They may have been said in any discussion that had begun before the workshop was made from a file.
    Before(Moment),
}

/// What shows whether a point counts that is filed under no discussion.
#[derive(Clone, Copy)]
struct Begun {
    /// The first day of the meeting, if it has begun.
    first: Option<Moment>,
    /// Whether the group was asked about the topic.
    is_asked: bool,
    /// Whether the clock was right by which it was captured, as far as that is known.
    is_timed: bool,
}

impl Begun {
    fn counts(self, minute: Moment) -> bool {
        self.is_asked && self.first.is_none_or(|first| first <= minute)
    }
}

/// The discussions in which a group sits; all of them if it sits in none.
fn attends(group: &GroupId, expected: &Expectations<'_>, all: &[Discussion<'_>]) -> Vec<usize> {
    let own = places(all).filter(|nth| sits_in(group, expected, &all[*nth]));
    let own: Vec<usize> = own.collect();
    if own.is_empty() { places(all).collect() } else { own }
}

/// The moments at which it changes where a point belongs: discussions begin or end or are near, one is nearer than
/// another, and days.
fn turns(all: &[Discussion<'_>]) -> Vec<Moment> {
    let spans = || all.iter().flat_map(|one| [one.ran, one.planned]).flatten();
    let begins = || spans().map(|span| span.from.minute());
    let ends = || spans().filter_map(|span| span.to);
    let mut turns: Vec<Moment> = begins().chain(ends()).collect();
    turns.extend(begins().map(|begin| begin.plus_minutes(-NEAR)));
    turns.extend(ends().map(|end| Moment(end.plus_minutes(NEAR).0.saturating_add(2))));
    for end in ends() {
        let later = begins().filter(|begin| end < *begin && *begin < end.plus_minutes(DAY));
        turns.extend(later.map(|begin| Moment(end.0 + (begin.0 - end.0) / 2 + 1)));
    }
    turns.extend(all.iter().flat_map(|one| [one.day.0, one.day.1]));
    turns.sort_unstable();
    turns.dedup();
    turns
}

fn places(all: &[Discussion<'_>]) -> std::ops::Range<usize> {
    0..all.len()
}

/// Those of some discussions in which something on a topic was said if it was captured in this minute;
/// `None` if that was before or after all of them.
fn at(
    minute: Moment,
    topic: &TopicId,
    among: &[usize],
    all: &[Discussion<'_>],
) -> Option<Vec<usize>> {
    let is_running = |nth: &&usize| all[**nth].span().is_some_and(|span| span.holds(minute));
    let is_today = |nth: &&usize| (all[**nth].day.0..all[**nth].day.1).contains(&minute);
    let is_before = !all.iter().any(|one| one.day.0 <= minute);
    let is_after = !all.iter().any(|one| minute < one.day.1);
    let today = || among.iter().filter(|nth| is_running(nth) || is_today(nth)).copied();
    let asks: Vec<usize> = today().filter(|nth| all[*nth].asks(topic)).collect();
    let today: Vec<usize> = today().collect();
    if let Some(found) = nearest(minute, &today, all) {
        let about = nearest(minute, &asks, all);
        // What is said on a topic just before or after its discussion may run into another one.
        let about = about.filter(|about| found.away > 0 || about.away <= NEAR * 60_000 + 2);
        return Some(about.unwrap_or(found).places);
    }
    if is_before || is_after {
        return None;
    }
    if !today.is_empty() {
        return Some(today);
    }
    let began = |nth: &usize| all[*nth].span().filter(|span| span.from.minute() <= minute);
    Some(last(topic, among, all, &began).unwrap_or_default())
}

/// The discussions that are nearest to a moment.
struct Nearest {
    /// How far away they are; 0 if they go on.
    away: i64,
    places: Vec<usize>,
}

/// Of some discussions, the one that was going on in this minute or else is nearest to it, with those that began when
/// it did; `None` if none of them has a time.
fn nearest(minute: Moment, among: &[usize], all: &[Discussion<'_>]) -> Option<Nearest> {
    let away = |span: Span| match span.to {
        _ if minute < span.from.minute() => span.from.minute().0.saturating_sub(minute.0) + 2,
        // In the middle between two it belongs to the earlier one.
        Some(end) if end <= minute => minute.0.saturating_sub(end.0) + 1,
        _ => 0,
    };
    let spans = || among.iter().filter_map(|nth| Some((*nth, all[*nth].span()?)));
    let key = |(nth, span): &(usize, Span)| {
        (away(*span), all[*nth].ran.is_none(), Reverse(span.from.minute()))
    };
    let (_, found) = spans().min_by_key(key)?;
    let is_like = |span: Span| {
        span.from.minute() == found.from.minute() && (away(found) > 0 || away(span) == 0)
    };
    let places = spans().filter(|(_, span)| is_like(*span)).map(|(nth, _)| nth).collect();
    Some(Nearest { away: away(found), places })
}

/// Of the discussions that have a span, those that ask for the topic, if any do, and began last.
fn last(
    topic: &TopicId,
    among: &[usize],
    all: &[Discussion<'_>],
    span: &dyn Fn(&usize) -> Option<Span>,
) -> Option<Vec<usize>> {
    let found = || among.iter().filter_map(|nth| Some((*nth, span(nth)?.from)));
    let asks = found().any(|(nth, _)| all[nth].asks(topic));
    let found = || found().filter(|(nth, _)| !asks || all[*nth].asks(topic));
    let begin = found().map(|(_, from)| from).max()?;
    Some(found().filter(|(_, from)| *from == begin).map(|(nth, _)| nth).collect())
}
