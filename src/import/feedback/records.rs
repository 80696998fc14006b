//! Received feedback as an agenda and the changes that make it a workshop again.

use std::collections::{HashMap, HashSet};

use crate::feedback::{Feedback, GroupId, Point, SessionId};
use crate::workshop::{
    Agenda, Captured, Change, Day, Deletion, Field, Group, GroupField, Moment, Over, Place,
    PointId, PointKind, Record, Session, Stamp, Status, TimeOfDay, Topic, TopicId, Workshop,
    WriterId, Zone,
};

use super::Received;

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
            agencies: Vec::new(),
            aliases: Vec::new(),
            participants: Vec::new(),
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
        let mut pen = Pen { writer, at: moments.first, records: Vec::new() };
        for group in &feedback.groups {
            if !group.open && group.id != GroupId::plenary() {
                let (group, to) = (group.id.clone(), GroupField::Open(false));
                pen.write(Change::GroupChanged { group, to, over: [Stamp::ORIGIN].into() });
            }
        }
        for point in &feedback.points {
            pen.at = moments.of_session(point.session.as_ref());
            pen.point(point);
        }
        pen.at = moments.first;
        for nth in 0..feedback.counts.deleted {
            pen.deleted(PointId::of(format!("{digest} deleted {nth}").as_bytes()));
        }
        pen.records
    }
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
        let ours: HashMap<PointId, &Point> = ours.points.iter().map(|p| (p.id, p)).collect();
        let known = |point: &Point| match ours.get(&point.id) {
            Some(our) => our.says_all_of(point),
            None => workshop.point(point.id).is_some_and(|gone| gone.text() == point.text),
        };
        let news = self.feedback.points.iter().filter(|point| !known(point));
        let news: HashSet<PointId> = news.map(|point| point.id).collect();
        records.retain(|record| match record.changes.first() {
            Some(Change::PointCaptured(captured)) => news.contains(&captured.point),
            Some(Change::PointChanged { point, .. }) => news.contains(point),
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
struct Moments<'f> {
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

    fn of_session(&self, session: Option<&SessionId>) -> Moment {
        session.and_then(|session| self.sessions.get(session)).copied().unwrap_or(self.first)
    }
}

/// Writes records one after the other, as if one laptop had.
struct Pen {
    writer: WriterId,
    at: Moment,
    records: Vec<Record>,
}

/// What a deleted point says when it is restored: its words stayed in the room.
const GONE: &str = "(deleted before the feedback was written)";

impl Pen {
    /// Writes a change after all the others; the first comes after the founding.
    fn write(&mut self, change: Change) -> Stamp {
        let stamp = Stamp { time: self.records.len() as u64 + 2, writer: self.writer };
        let changes = [change].into_iter().collect();
        self.records.push(Record { stamp, at: self.at, changes });
        stamp
    }

    /// A point, first in its other wordings, then in its own, none of which replaces another.
    fn point(&mut self, point: &Point) {
        let mut wordings = point.alternatives.iter().chain([&point.text]);
        let first = wordings.next().unwrap_or(&point.text);
        self.write(Change::PointCaptured(Box::new(captured(point, first))));
        for wording in wordings {
            let to = Field::Text(wording.as_ref().into());
            self.write(Change::PointChanged { point: point.id, to, over: Over::new() });
        }
    }

    /// A point of which nothing is known but that it was there.
    fn deleted(&mut self, point: PointId) {
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured = Captured::new(point, place, PointKind::Reflection, GONE);
        let stamp = self.write(Change::PointCaptured(captured.into()));
        let to = Field::Deleted(Some(Deletion { saw: vec![stamp] }));
        self.write(Change::PointChanged { point, to, over: [stamp].into() });
    }
}

fn captured(point: &Point, text: &str) -> Captured {
    let owner = point.owner.as_deref().unwrap_or_default();
    Captured {
        point: point.id,
        text: text.into(),
        group: point.group.clone(),
        topic: point.topic.clone(),
        session: point.session.clone(),
        round: point.round,
        kind: point.kind.clone(),
        paragraph: point.paragraph.clone(),
        parent: point.under,
        order: None,
        status: if point.is_parked() {
            Status::Parked { owner: owner.into() }
        } else {
            Status::Standing
        },
        tags: point.tags.as_ref().into(),
        convergence: point.convergence.clone(),
    }
}
