//! What the plan of the meeting expects and nobody said: which group was to discuss what, in which
//! session and round, and which laptops reported today.

mod to_come;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Course, Expectations, Gap, GroupId, GroupState, Moment, Session, SessionId, TopicId, Workshop,
    WriterId, names, tally::Filing, titles::either,
};

pub use to_come::{is_to_come, nobody_spoke};

/// Whether a group sits in a discussion. Groups made on the day did not exist when the plan was made.
fn sits_in(group: &GroupState, expected: &Expectations<'_>, session: &Session) -> bool {
    if session.groups.is_empty() {
        expected.planned(&group.id).is_some()
    } else {
        session.groups.contains(&group.id)
    }
}

/// A group discussion of the plan.
struct Discussion<'a> {
    session: &'a Session,
    date: NaiveDate,
    /// Whether it took place, or should have.
    is_due: bool,
    /// Whether anyone's point is filed there, or filed nowhere and of its day.
    has_points: bool,
}

impl Discussion<'_> {
    /// Whether the plan says what the discussion should produce.
    fn is_asked(&self) -> bool {
        !self.session.topics.is_empty() || self.session.round.is_some()
    }
}

impl Workshop {
    /// Discussions in which groups should have discussed topics and said nothing: only those that took place, as
    /// far as points, the facilitator's clock of the day or the plan at `now` show.
    pub fn silences(&self, now: Option<Moment>) -> Vec<Gap> {
        let discussions = self.discussions(now);
        if discussions.is_empty() {
            return Vec::new();
        }
        let expected = self.agenda().expectations();
        let mut silent: BTreeMap<(usize, Vec<TopicId>), Vec<GroupId>> = BTreeMap::new();
        let groups = || self.groups().filter(|group| !group.is_plenary());
        for group in groups() {
            for (nth, discussion) in discussions.iter().enumerate() {
                let is_due = discussion.is_due || (discussion.is_asked() && !group.is_open());
                let is_over = !is_due || self.is_done_by_itself(group, discussion.date);
                if is_over || !sits_in(group, &expected, discussion.session) {
                    continue;
                }
                if let Some(topics) = self.unsaid(group, &expected, nth, &discussions) {
                    silent.entry((nth, topics)).or_default().push(group.id.clone());
                }
            }
        }
        let gap = |((nth, topics), groups): ((usize, Vec<TopicId>), Vec<GroupId>)| {
            let Discussion { session, date, .. } = &discussions[nth];
            Gap::Silent { date: *date, session: session.id.clone(), topics, groups }
        };
        silent.into_iter().map(gap).collect()
    }

    /// The group discussions of the agenda, in its order; none if the workshop has no plan.
    fn discussions(&self, now: Option<Moment>) -> Vec<Discussion<'_>> {
        if self.is_made_from_file() {
            return Vec::new();
        }
        let agenda = self.agenda();
        let found = agenda.sessions().into_iter().filter(|(_, _, session)| {
            let is_one = |row: &Session| row.kind.is_group_discussion();
            is_one(session) && !session.sessions.iter().any(is_one)
        });
        let mut discussions: Vec<Discussion<'_>> = found
            .map(|(day, _, session)| Discussion {
                session,
                date: agenda.days[day].date,
                is_due: false,
                has_points: false,
            })
            .collect();
        let tallies = || self.tallies().filter(|(group, _)| **group != GroupId::plenary());
        let filed: BTreeSet<&Filing> = tallies().flat_map(|(_, tally)| &tally.filed).collect();
        for one in &mut discussions {
            one.has_points = filed.iter().any(|filed| match filed {
                Filing::Under(session) => *session == one.session.id,
                Filing::Nowhere(_, day) => *day == one.date,
            });
        }
        let mut later = false;
        for nth in (0..discussions.len()).rev() {
            let one = &discussions[nth];
            let course = self.course(&one.session.id);
            // While it runs, nobody is late, unless nobody ended it on its day.
            let is_of_before = now.is_some_and(|now| one.date < self.zone().local(now).date());
            let is_running = course.is_some_and(Course::is_running) && !is_of_before;
            let has_ended = course.is_some_and(|course| course.ended().is_some());
            let is_past = || now.is_some_and(|now| self.is_past(one, now));
            later = later || has_ended || (!is_running && (one.has_points || is_past()));
            // If the plan has neither topic nor round, points of others show that points were captured there,
            // or else that its time is over on a day of the meeting.
            let is_meant = one.is_asked() || one.has_points || is_past();
            discussions[nth].is_due = later && is_meant;
        }
        discussions
    }

    /// Whether its time is over, on the days of the meeting themselves or after a meeting that took place on
    /// them: at a rehearsal nothing is late.
    fn is_past(&self, discussion: &Discussion<'_>, now: Moment) -> bool {
        let today = self.zone().local(now).date();
        let days = || self.agenda().days.iter().map(|day| day.date);
        let is_on = days().max().is_some_and(|last| today <= last);
        let took_place =
            || self.tallies().any(|(_, tally)| days().any(|day| tally.days.contains(&day)));
        let is_now = discussion.date <= today && (is_on || took_place());
        let end = self.slot(&discussion.session.id).and_then(|slot| {
            let moment = slot.planned_moment(self)?;
            Some(moment.plus_minutes(slot.minutes.unwrap_or(0).into()))
        });
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
        let mut closed = group.closed_by().into_iter();
        closed.any(|writer| was_there(writer) && wrote(writer))
    }

    /// The topics that the group should have discussed in a discussion and said nothing on. If the plan has
    /// no topics at all, an empty list means that the group was silent; `None` if everything was said.
    fn unsaid(
        &self,
        group: &GroupState,
        expected: &Expectations<'_>,
        nth: usize,
        all: &[Discussion<'_>],
    ) -> Option<Vec<TopicId>> {
        let of = &all[nth];
        let asked = |topics: &mut dyn Iterator<Item = TopicId>| -> Vec<TopicId> {
            topics.filter(|topic| expected.include(&group.id, topic)).collect()
        };
        let spoke = |topic: &TopicId, of| self.spoke_in(group, topic, of, all);
        if !of.session.topics.is_empty() {
            let asked = asked(&mut of.session.topics.iter().cloned());
            let silent: Vec<TopicId> =
                asked.into_iter().filter(|topic| !spoke(topic, of)).collect();
            return (!silent.is_empty()).then_some(silent);
        }
        // What other discussions are about is expected there.
        let is_named = |topic: &TopicId| {
            let names = |other: &Discussion<'_>| other.session.topics.contains(topic);
            all.iter().any(|other| names(other) && sits_in(group, expected, other.session))
        };
        let topics = self.topics().iter().map(|topic| topic.id.clone());
        let topics = asked(&mut topics.filter(|topic| !is_named(topic)));
        if !self.topics().iter().any(|topic| spoke(&topic.id, of)) {
            return Some(topics);
        }
        // A group may divide its topics as it likes among the discussions that leave it the choice: those
        // it never spoke on are missing from the last of them.
        let is_free = |other: &Discussion<'_>| {
            other.session.topics.is_empty() && sits_in(group, expected, other.session)
        };
        let is_last = !all[nth + 1..].iter().any(is_free);
        let silent = |topic: &TopicId| !all.iter().any(|other| spoke(topic, other));
        let silent: Vec<TopicId> = topics.into_iter().filter(silent).collect();
        (is_last && !silent.is_empty()).then_some(silent)
    }

    /// Whether a group said anything on a topic in a discussion.
    fn spoke_in(
        &self,
        group: &GroupState,
        topic: &TopicId,
        of: &Discussion<'_>,
        all: &[Discussion<'_>],
    ) -> bool {
        let Some(tally) = self.tally(&group.id, topic) else { return false };
        tally.filed.iter().any(|filed| match filed {
            Filing::Under(session) if *session == of.session.id => true,
            // Filed under the row above it, or under one of those below.
            Filing::Under(session) => {
                let row = || self.agenda().session(session);
                of.session.holds(session) || row().is_some_and(|row| row.holds(&of.session.id))
            }
            Filing::Nowhere(Some(round), _) if of.session.round.is_some() => {
                of.session.round == Some(*round)
            }
            // For what is filed nowhere the day decides; at a rehearsal it means nothing.
            Filing::Nowhere(_, day) => {
                *day == of.date || all.iter().all(|other| other.date != *day)
            }
        })
    }

    /// A silence, as a sentence.
    pub(super) fn silence_in_words(
        &self,
        (date, session): (NaiveDate, &SessionId),
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
        format!("{day}: nothing{on} from {whose} in “{}”.", self.session_title(session))
    }

    /// A session's title, or its id if it has none.
    fn session_title<'a>(&'a self, session: &'a SessionId) -> &'a str {
        let found = self.agenda().session(session).map(|session| session.title.as_str());
        found.filter(|title| !title.is_empty()).unwrap_or(session.as_str())
    }
}
