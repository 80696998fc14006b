//! What the plan of the meeting expects and nobody said: which group was to discuss what, in which
//! session and round, and which laptops reported today.

mod doubt;
mod due;
mod made;
mod said_since;
mod spoken;
mod to_come;

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use chrono::NaiveDate;

use super::{
    Course, Expectations, Gap, GroupId, GroupState, Moment, Session, SessionId, TimeOfDay, TopicId,
    Workshop, WriterId, names,
    tally::Tally,
    titles::{either, in_a_row},
};

use spoken::{AllSpoken, Span};

pub use due::{Due, DueTopics};
pub use said_since::is_silence;
pub use to_come::{is_to_come, nobody_spoke};

/// What precedes the titles of sessions if it is not known in which of them a group was silent.
const ONE_OF: &str = "one of ";

/// Whether a group sits in a discussion.
fn sits_in(group: &GroupId, expected: &Expectations<'_>, one: &Discussion<'_>) -> bool {
    let is_planned = || match one.groups {
        [] => expected.planned(group).is_some(),
        groups => groups.contains(group),
    };
    is_planned() || one.made.contains(group)
}

/// A group discussion of the plan.
struct Discussion<'a> {
    session: &'a Session,
    /// The groups that the agenda lists for it; empty if it is for all.
    groups: &'a [GroupId],
    /// If it names no topics, the row above that does.
    above: Option<&'a Session>,
    date: NaiveDate,
    /// The beginning of that day and of the next one.
    day: (Moment, Moment),
    /// When it really took place, if anyone started it.
    ran: Option<Span>,
    /// When it is planned.
    planned: Option<Span>,
    /// The groups made on the day that sit in it: the plan does not list them.
    made: HashSet<&'a GroupId>,
    /// Whether it took place, or should have.
    is_due: bool,
    /// Whether anyone's points were said there.
    has_points: bool,
}

/// In which discussion groups were silent, in which others it may have been instead, and on which topics.
type SilentIn = (usize, Vec<usize>, Vec<TopicId>);

/// The group discussions of a plan, in its order, and who spoke in them.
struct Discussions<'a> {
    all: Vec<Discussion<'a>>,
    spoken: AllSpoken<'a>,
}

/// What the plan shows at a moment: which discussions were due, and what nobody said in them.
pub struct PlanSoFar<'a> {
    now: Option<Moment>,
    discussions: Discussions<'a>,
    silences: Vec<Gap>,
}

impl fmt::Debug for PlanSoFar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanSoFar").field("silences", &self.silences).finish_non_exhaustive()
    }
}

impl PlanSoFar<'_> {
    /// Discussions in which groups should have discussed topics and said nothing: only those that took place, as
    /// far as points, the facilitator's clock of the day or the plan show.
    pub(super) fn silences(&self) -> &[Gap] {
        &self.silences
    }

    /// Whether the plan shows what is due and when.
    pub(super) fn has_discussions(&self) -> bool {
        !self.discussions.all.is_empty()
    }
}

impl Discussion<'_> {
    /// Whether the plan says what the discussion should produce.
    fn is_asked(&self) -> bool {
        !self.is_free() || self.above.is_some() || self.session.round.is_some()
    }

    /// Whether it leaves groups the choice of topics.
    fn is_free(&self) -> bool {
        self.session.topics.is_empty()
    }

    /// Whether the groups may divide the same topics between it and another discussion.
    fn shares_topics_with(&self, other: &Self) -> bool {
        let row = |one: &Self| one.above.map(|row| &row.id);
        self.is_free() && other.is_free() && row(self) == row(other)
    }

    /// Whether the plan names a topic for it.
    fn names(&self, topic: &TopicId) -> bool {
        let above = self.above.is_some_and(|row| row.topics.contains(topic));
        self.session.topics.contains(topic) || above
    }

    /// Whether it is about a topic, or leaves groups the choice.
    fn asks(&self, topic: &TopicId) -> bool {
        self.names(topic) || (self.is_free() && self.above.is_none())
    }

    /// When it took place, or else when it is planned.
    fn span(&self) -> Option<Span> {
        self.ran.or(self.planned)
    }

    /// Whether nobody started it and it may still go on by the plan: from the first day of the meeting until
    /// its planned end.
    fn may_go_on(&self, first: Option<Moment>, now: Moment) -> bool {
        let end = self.planned.map(|span| span.to.unwrap_or(self.day.1));
        self.ran.is_none() && first.is_some_and(|first| first <= now) && end > Some(now)
    }
}

impl Workshop {
    /// What the plan shows at a moment, seen from there.
    pub fn plan_so_far(&self, now: Option<Moment>) -> PlanSoFar<'_> {
        let discussions = self.discussions(now);
        let silences = self.silences_in(&discussions);
        PlanSoFar { now, discussions, silences }
    }

    fn silences_in(&self, discussions: &Discussions<'_>) -> Vec<Gap> {
        let all = &discussions.all;
        if all.is_empty() {
            return Vec::new();
        }
        let (expected, clocks) = (self.agenda().expectations(), self.clocks());
        let mut silent: BTreeMap<SilentIn, Vec<GroupId>> = BTreeMap::new();
        let groups = || self.groups().filter(|group| !group.is_plenary());
        for group in groups() {
            for (nth, discussion) in all.iter().enumerate() {
                let is_asked = discussion.is_asked() && !group.is_open();
                if !(discussion.is_due || is_asked)
                    || !sits_in(&group.id, &expected, discussion)
                    || self.is_done_by_itself(group, discussion.date)
                {
                    continue;
                }
                if let Some(topics) = self.unsaid(group, &expected, nth, discussions) {
                    let or =
                        self.doubts(&group.id, nth, &topics, discussions, (&expected, &clocks));
                    silent.entry((nth, or, topics)).or_default().push(group.id.clone());
                }
            }
        }
        let gap = |((nth, or, topics), groups): (SilentIn, Vec<GroupId>)| {
            let Discussion { session, date, .. } = &all[nth];
            let or = or.into_iter().map(|other| all[other].session.id.clone()).collect();
            Gap::Silent { date: *date, session: session.id.clone(), or, topics, groups }
        };
        silent.into_iter().map(gap).collect()
    }

    /// The group discussions of the agenda, and who spoke in them.
    fn discussions(&self, now: Option<Moment>) -> Discussions<'_> {
        let mut all = self.planned_discussions();
        let spoken = self.spoken(&all, now);
        for nth in spoken.certain() {
            all[nth].has_points = true;
        }
        let first = all.iter().map(|one| one.day.0).min();
        let mut later = false;
        for nth in (0..all.len()).rev() {
            let one = &all[nth];
            let course = self.course(&one.session.id);
            // While it runs, nobody is late, unless nobody ended it on its day.
            let is_of_before = now.is_some_and(|now| one.day.1 <= now);
            let is_running = course.is_some_and(Course::is_running) && !is_of_before;
            let may_go_on = now.is_some_and(|now| one.may_go_on(first, now));
            let has_ended = course.is_some_and(|course| course.ended().is_some());
            let is_past = || now.is_some_and(|now| self.is_past(one, now));
            let goes_on = is_running || may_go_on;
            later = later || has_ended || (!goes_on && (one.has_points || is_past()));
            // If the plan has neither topic nor round, points of others show that points were captured there,
            // or else that its time is over on a day of the meeting.
            let is_meant = one.is_asked() || one.has_points || is_past();
            all[nth].is_due = later && is_meant && !may_go_on;
        }
        Discussions { all, spoken }
    }

    /// The group discussions that are judged, in the agenda's order. In a workshop that was made from a feedback file
    /// these are the ones of which it says who sits in them: files of earlier versions do not, and nothing is judged
    /// by them.
    fn planned_discussions(&self) -> Vec<Discussion<'_>> {
        let mut all = self.all_discussions();
        if self.is_made_from_file() {
            let is_known = self.files.since.is_some();
            all.retain(|one| is_known && !one.groups.is_empty());
        }
        all
    }

    /// The group discussions of the agenda, in its order.
    fn all_discussions(&self) -> Vec<Discussion<'_>> {
        let agenda = self.agenda();
        let found = agenda.sessions().into_iter().filter(|(_, _, session)| {
            let is_one = |row: &Session| row.kind.is_group_discussion();
            is_one(session) && !session.sessions.iter().any(is_one)
        });
        let mut all: Vec<Discussion<'_>> = found
            .map(|(day, _, session)| {
                let date = agenda.days[day].date;
                Discussion {
                    session,
                    groups: agenda.groups_in(session),
                    above: agenda.row_with_topics(session),
                    date,
                    day: self.day_of(date),
                    ran: self.ran(&session.id),
                    planned: self.planned(&session.id),
                    made: HashSet::new(),
                    is_due: false,
                    has_points: false,
                }
            })
            .collect();
        self.seat_made_groups(&mut all);
        all
    }

    /// The beginning of a day in the meeting's time zone, and of the next one.
    fn day_of(&self, date: NaiveDate) -> (Moment, Moment) {
        let midnight = |date| self.zone().moment(date, TimeOfDay::default());
        (midnight(date), midnight(date.succ_opt().unwrap_or(date)))
    }

    /// Whether its time is over, on the days of the meeting themselves or after a meeting that was captured on
    /// them, or prepared before: at a rehearsal nothing is late, nor at a demonstration with an old plan.
    fn is_past(&self, discussion: &Discussion<'_>, now: Moment) -> bool {
        let today = self.zone().local(now).date();
        let days = || self.agenda().days.iter().map(|day| day.date);
        let last = days().max();
        let is_on = last.is_some_and(|last| today <= last);
        let is_by_then = |day: NaiveDate| last.is_some_and(|last| day <= last);
        // The points of a file count as captured when their sessions were planned.
        let made = self.files.since.filter(|_| self.is_made_from_file());
        let shows = |tally: &Tally| tally.days.first().is_some_and(|day| is_by_then(*day));
        let took_place = || {
            made.is_some_and(|made| is_by_then(self.zone().local(made).date()))
                || self.tallies().any(|(_, tally)| shows(tally))
        };
        let is_now = discussion.date <= today && (is_on || took_place());
        let end = discussion.planned.map(|span| span.to.unwrap_or(discussion.day.1));
        is_now && (discussion.date < today || end.is_some_and(|end| end <= now))
    }

    /// Whether a laptop that captured points of the group, and was at work on that day or later,
    /// reported that the group is finished: then nothing more will come from it.
    fn is_done_by_itself(&self, group: &GroupState, date: NaiveDate) -> bool {
        let wrote = |writer: WriterId| {
            let mut tallies =
                self.topics().iter().filter_map(|topic| self.tally(&group.id, &topic.id));
            tallies.any(|tally| tally.writers.contains(&writer))
        };
        let was_there = |writer: WriterId| {
            let last = self.last_change_of(writer).map(|last| self.zone().local(last).date());
            last.is_some_and(|last| last >= date)
        };
        // What it owes that a file says to be finished, the file says too.
        let is_of_file = |writer| self.files.writers.contains(&writer);
        let mut closed = group.closed_by().into_iter();
        closed.any(|writer| is_of_file(writer) || (was_there(writer) && wrote(writer)))
    }

    /// The topics that the group should have discussed in a discussion and said nothing on. If the plan has
    /// no topics at all, an empty list means that the group was silent; `None` if everything was said.
    fn unsaid(
        &self,
        group: &GroupState,
        expected: &Expectations<'_>,
        nth: usize,
        discussions: &Discussions<'_>,
    ) -> Option<Vec<TopicId>> {
        let topics = self.asked_in(&group.id, expected, nth, &discussions.all);
        unsaid_of(&group.id, topics, expected, nth, discussions)
    }

    /// The topics on which the plan expects a group to speak in a discussion.
    fn asked_in(
        &self,
        group: &GroupId,
        expected: &Expectations<'_>,
        nth: usize,
        all: &[Discussion<'_>],
    ) -> Vec<TopicId> {
        let is_asked = |topic: &&TopicId| expected.include(group, topic);
        let one = &all[nth];
        if !one.is_free() {
            return one.session.topics.iter().filter(is_asked).cloned().collect();
        }
        // What other discussions are about is expected there: under the same row, if that names the topics.
        let is_named = |topic: &TopicId| {
            let names = |other: &Discussion<'_>| match one.above {
                Some(row) => !other.is_free() && other.names(topic) && row.holds(&other.session.id),
                None => other.names(topic),
            };
            all.iter().any(|other| names(other) && sits_in(group, expected, other))
        };
        let topics: Vec<&TopicId> = match one.above {
            Some(row) => row.topics.iter().collect(),
            None => self.topics().iter().map(|topic| &topic.id).collect(),
        };
        topics.into_iter().filter(is_asked).filter(|topic| !is_named(topic)).cloned().collect()
    }

    /// A silence in one of these sessions of a day, as a sentence.
    pub(super) fn silence_in_words(
        &self,
        (date, sessions): (NaiveDate, &[&SessionId]),
        topics: &[TopicId],
        groups: &[GroupId],
    ) -> String {
        let titles: Vec<String> = groups.iter().map(|group| self.title_of(group)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let topic_of = |id: &TopicId| {
            let found = self.topics().iter().find(|topic| topic.id == *id);
            found.map_or_else(|| id.to_string(), |topic| topic.title.clone())
        };
        let topics: Vec<String> = topics.iter().map(topic_of).collect();
        let topics = either(&topics);
        let (whose, day) = (names(&titles), date.format("%-d %b"));
        // The session's title comes last: on a narrow screen it may be cut off.
        let on = if topics.is_empty() { String::new() } else { format!(" on {topics}") };
        let titles = sessions.iter().map(|session| format!("“{}”", self.session_title(session)));
        let titles: Vec<String> = titles.collect();
        let one_of = if titles.len() > 1 { ONE_OF } else { "" };
        format!("{day}: nothing{on} from {whose} in {one_of}{}.", in_a_row(&titles))
    }

    /// A session and others, in the agenda's order.
    pub(super) fn in_order<'s>(
        &self,
        session: &'s SessionId,
        others: &'s [SessionId],
    ) -> Vec<&'s SessionId> {
        let mut all: Vec<&SessionId> = others.iter().chain([session]).collect();
        if all.len() > 1 {
            let rows = self.agenda().sessions();
            all.sort_by_key(|id| rows.iter().position(|(.., row)| row.id == **id));
        }
        all
    }

    /// A session's title, or its id if it has none.
    fn session_title<'a>(&'a self, session: &'a SessionId) -> &'a str {
        let found = self.agenda().session(session).map(|session| session.title.as_str());
        found.filter(|title| !title.is_empty()).unwrap_or(session.as_str())
    }
}

/// Of the topics that a group was to discuss in a discussion, those on which it said nothing; `None` if it owes
/// nothing there.
fn unsaid_of(
    group: &GroupId,
    topics: Vec<TopicId>,
    expected: &Expectations<'_>,
    nth: usize,
    discussions: &Discussions<'_>,
) -> Option<Vec<TopicId>> {
    let Discussions { all, spoken } = discussions;
    if !all[nth].is_free() {
        let silent = |topic: &TopicId| !spoken.has(group, topic, nth);
        let silent: Vec<TopicId> = topics.into_iter().filter(silent).collect();
        return (!silent.is_empty()).then_some(silent);
    }
    if !spoken.has_any(group, nth) {
        return Some(topics);
    }
    // A group may divide its topics as it likes among the discussions that leave it the choice: those
    // it never spoke on are missing from the last of them.
    let shares = |other: &Discussion<'_>| {
        all[nth].shares_topics_with(other) && sits_in(group, expected, other)
    };
    let is_last = !all[nth + 1..].iter().any(shares);
    let under = |place: &usize| all[nth].above.is_none_or(|row| row.holds(&all[*place].session.id));
    let silent = |topic: &TopicId| !spoken.has_in(group, topic, (0..all.len()).filter(under));
    let silent: Vec<TopicId> = topics.into_iter().filter(silent).collect();
    (is_last && !silent.is_empty()).then_some(silent)
}
