//! Received feedback as an agenda and the changes that make it a workshop again.

use std::collections::{HashMap, HashSet};

use crate::feedback::{Feedback, GroupId, Point, SessionId, Statement, Waived};
use crate::workshop::{
    self, Agenda, Change, Day, Field, Group, GroupField, Moment, PointId, Record, Session, Stamp,
    StatementId, TimeOfDay, Topic, Waiver, Workshop, WriterId, Zone,
};

use super::Received;
use super::pen::Pen;

impl Received {
    /// The agenda on which a workshop for this feedback is founded.
    pub fn agenda(&self) -> Agenda {
        let Feedback { meeting, topics, groups, .. } = &self.feedback;
        Agenda {
            id: meeting.id.clone(),
            title: meeting.title.to_string(),
            venue: meeting.venue.to_string(),
            time_zone: meeting.time_zone.to_string(),
            rule: meeting.rule,
            objectives: meeting.objectives.iter().map(ToString::to_string).collect(),
            delegations: Vec::new(),
            delegation_count: meeting.delegations,
            topics: topics
                .iter()
                .filter(|topic| topic.asked)
                .map(|topic| Topic {
                    id: topic.id.clone(),
                    title: topic.title.to_string(),
                    short: topic.short.to_string(),
                    questions: topic.questions.iter().map(ToString::to_string).collect(),
                })
                .collect(),
            groups: groups
                .iter()
                .filter(|group| group.id != GroupId::plenary())
                .map(|group| Group {
                    id: group.id.clone(),
                    title: group.title.to_string(),
                    topics: group.topics.clone(),
                    room: String::new(),
                })
                .collect(),
            days: days(&self.feedback),
        }
    }

    /// The changes that bring everything in. They follow from the content alone, so importing a
    /// file twice, or on two laptops, is the same as once.
    pub fn records(&self) -> Vec<Record> {
        let feedback = &self.feedback;
        let digest = feedback.digest();
        let moments = Moments::of(feedback);
        let writer = WriterId::of(digest.as_bytes());
        let mut pen = Pen::new(writer, moments.first);
        for group in &feedback.groups {
            if !group.open && group.id != GroupId::plenary() {
                let (group, to) = (group.id.clone(), GroupField::Open(false));
                pen.write(Change::GroupChanged { group, to, over: [Stamp::ORIGIN].into() });
            }
        }
        pen.legend(&feedback.legend);
        pen.points(&feedback.points, &feedback.statements, &moments);
        pen.at = moments.first;
        let (mut of_points, mut of_statements) = waivers(feedback);
        let texts = feedback.points.iter().map(|point| (point.id, &*point.text)).collect();
        for statement in &feedback.statements {
            let waived = of_statements.remove(&statement.id).unwrap_or_default();
            pen.statement(statement, &texts, waived.into());
        }
        for nth in 0..feedback.counts.deleted {
            pen.deleted(PointId::of(format!("{digest} deleted {nth}").as_bytes()));
        }
        for seal in &feedback.seals {
            pen.write(Change::SealChanged {
                group: seal.group.clone(),
                topic: seal.topic.clone(),
                to: Some(workshop::Seal { digest: seal.digest.as_str().into() }),
                over: [Stamp::ORIGIN].into(),
            });
        }
        for point in &feedback.points {
            let waived = of_points.remove(&point.id).map(|waived| Field::Waived(waived.into()));
            if let Some((to, born)) = waived.zip(pen.born.get(&point.id).copied()) {
                pen.write(Change::PointChanged { point: point.id, to, over: [born].into() });
            }
        }
        pen.records
    }
}

/// The waivers of each point and of each statement.
fn waivers(
    feedback: &Feedback,
) -> (HashMap<PointId, Vec<Waiver>>, HashMap<StatementId, Vec<Waiver>>) {
    let (mut points, mut statements) = (HashMap::new(), HashMap::new());
    for Waived { point, statement, found, reason } in &feedback.audit.waived {
        let waiver = || Waiver { found: (&**found).into(), reason: (&**reason).into() };
        if let Some(point) = point {
            points.entry(*point).or_insert_with(Vec::new).push(waiver());
        }
        if let Some(statement) = statement {
            statements.entry(*statement).or_insert_with(Vec::new).push(waiver());
        }
    }
    (points, statements)
}

impl Received {
    /// Those of the [`records`](Self::records) that tell a workshop something: all of them where
    /// nothing was captured yet, else the points it has never met or has in other words. What was
    /// deleted there since stays deleted.
    pub fn records_for(&self, workshop: &Workshop) -> Vec<Record> {
        let mut records = self.records();
        if workshop.captured() == 0 {
            return records;
        }
        let ours = Feedback::of(workshop, "");
        let statements: HashMap<StatementId, &Statement> =
            ours.statements.iter().map(|s| (s.id, s)).collect();
        let ours: HashMap<PointId, &Point> = ours.points.iter().map(|p| (p.id, p)).collect();
        let known = |point: &Point| match ours.get(&point.id) {
            Some(our) => our.says_all_of(point),
            None => workshop.point(point.id).is_some_and(|gone| gone.text() == point.text),
        };
        let news = self.feedback.points.iter().filter(|point| !known(point));
        let news: HashMap<PointId, &Point> = news.map(|point| (point.id, point)).collect();
        let said = |statement: &Statement| {
            statements.get(&statement.id).is_some_and(|our| our.says_all_of(statement))
        };
        let fresh = self.feedback.statements.iter().filter(|statement| !said(statement));
        let fresh: HashSet<StatementId> = fresh.map(|statement| statement.id).collect();
        records.retain(|record| match record.changes.first() {
            Some(Change::PointCaptured(captured)) => news.contains_key(&captured.point),
            Some(Change::PointChanged { point, to, .. }) => news.get(point).is_some_and(|theirs| {
                // What is known already is not said again: it would stand as a second value.
                ours.get(point).is_none_or(|our| match to {
                    Field::ReadBack(_) => our.read_back != theirs.read_back,
                    Field::Hands(_) => our.hands != theirs.hands,
                    Field::Outcome(_) => {
                        (our.statement, our.reason, &our.words)
                            != (theirs.statement, theirs.reason, &theirs.words)
                    }
                    Field::Waived(_) => false,
                    _ => true,
                })
            }),
            Some(Change::StatementChanged { statement, .. }) => fresh.contains(statement),
            _ => false,
        });
        records
    }
}

/// The meeting's days, each with the sessions of its date.
fn days(feedback: &Feedback) -> Vec<Day> {
    let day = |date| Day { date, title: String::new(), sessions: Vec::new() };
    let mut days: Vec<Day> = feedback.meeting.dates.iter().copied().map(day).collect();
    let mut today = 0;
    for session in &feedback.sessions {
        // Onwards first: a date can come twice, and the order of the sessions stays.
        let onwards = (today..days.len()).chain(0..today);
        today = onwards.into_iter().find(|day| days[*day].date == session.date).unwrap_or(today);
        let Some(day) = days.get_mut(today) else { continue };
        day.sessions.push(Session {
            id: session.id.clone(),
            title: session.title.to_string(),
            kind: session.kind.clone(),
            start: session.start,
            rule: Some(session.rule).filter(|rule| *rule != feedback.meeting.rule),
            ..Session::default()
        });
    }
    days
}

/// When things were said, as far as a feedback file tells: when their session was to begin.
pub(super) struct Moments<'f> {
    first: Moment,
    sessions: HashMap<&'f SessionId, Moment>,
}

impl<'f> Moments<'f> {
    fn of(feedback: &'f Feedback) -> Self {
        let zone = Zone::named(&feedback.meeting.time_zone).or_else(|| Zone::named(""));
        let moment = |date, start: Option<TimeOfDay>| {
            zone.map_or_else(Moment::default, |zone| zone.moment(date, start.unwrap_or_default()))
                .in_calendar()
        };
        let first = feedback.meeting.dates.first();
        Self {
            first: first.map_or_else(Moment::default, |date| moment(*date, None)),
            sessions: feedback
                .sessions
                .iter()
                .map(|session| (&session.id, moment(session.date, session.start)))
                .collect(),
        }
    }

    pub(super) fn of_session(&self, session: Option<&SessionId>) -> Moment {
        session.and_then(|session| self.sessions.get(session)).copied().unwrap_or(self.first)
    }
}
