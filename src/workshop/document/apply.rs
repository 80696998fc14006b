//! Taking in records, from here or from anywhere: total, and independent of their order.

use std::{collections::HashMap, sync::Arc};

use super::{GroupState, MADE, PLENARY, Workshop};
use crate::workshop::{
    Agenda, Awaited, CapturedPoint, Change, Clearance, Comment, Course, Field, GroupField, GroupId,
    Moment, Outcome, ParagraphPlaces, Point, Record, Register, SessionId, Stamp, Subject, Topic,
    TopicId, Zone, clean,
};

/// Whether a field has words that are searched for names, or decides whether they count.
fn has_words(field: &Field) -> bool {
    matches!(
        field,
        Field::Text(_)
            | Field::Tags(_)
            | Field::Paragraph(_)
            | Field::Proposal(_)
            | Field::Status(_)
            | Field::ReadBack(_)
            | Field::Outcome(_)
            | Field::Waived(_)
            | Field::Deleted(_)
            | Field::Telling(_)
    )
}

impl Workshop {
    /// Takes in a record, from here or from anywhere.
    pub fn apply(&mut self, record: Record) {
        let Record { stamp, at, changes } = record;
        if stamp.time > Stamp::LAST_TIME {
            return;
        }
        self.time = self.time.max(stamp.time);
        self.revision += 1;
        if !changes.is_empty() {
            let last = self.voices.entry(stamp.writer).or_insert((at, stamp.time));
            *last = (at.max(last.0), stamp.time.max(last.1));
        }
        for (nth, change) in changes.into_iter().enumerate() {
            match change {
                Change::Founded(agenda) => {
                    if self.founding.is_none_or(|founding| stamp < founding) {
                        self.founding = Some(stamp);
                        self.found_on(*agenda);
                    }
                }
                Change::PointCaptured(captured) => {
                    let point = captured.point;
                    let captured = self.purges.captured(stamp, captured.cleaned());
                    if self.index.contains_key(&point) {
                        self.capture_again(captured, stamp, nth as u32, at);
                        continue;
                    }
                    self.index.insert(point, self.points.len() as u32);
                    let mut point = Point::new(captured, stamp, nth as u32, at);
                    for (stamp, to, over) in self.waiting.remove(&point.id()).unwrap_or_default() {
                        let to = self.purges.field(stamp, point.id(), to);
                        point.set(stamp, to, &over);
                    }
                    self.points.push(point);
                    self.enter(self.points.len() - 1);
                }
                Change::PointChanged { point, to, over } => match self.index.get(&point) {
                    Some(index) => {
                        let index = *index as usize;
                        let to = self.purges.field(stamp, point, to.cleaned());
                        self.leave(index);
                        if has_words(&to) {
                            self.reworded.push(index as u32);
                        }
                        self.points[index].set(stamp, to, &over);
                        self.enter(index);
                    }
                    None => {
                        self.waiting.entry(point).or_default().push((stamp, to.cleaned(), over));
                    }
                },
                Change::PointPurged(purge) => {
                    if self.purges.add(&purge)
                        && let Some(index) = self.index.get(&purge.point)
                    {
                        let index = *index as usize;
                        self.leave(index);
                        self.reworded.push(index as u32);
                        self.points[index].purge(&self.purges);
                        self.enter(index);
                    }
                }
                Change::GroupChanged { group, to, over } => {
                    let to = match to {
                        GroupField::Title(title) => GroupField::Title(clean(&title).into_owned()),
                        to => to,
                    };
                    let names = matches!(to, GroupField::Title(_));
                    let state = self.group_mut(&group);
                    if names {
                        // Of several laptops, the first counts.
                        state.named = state.named.into_iter().chain([at]).min();
                    }
                    state.set(stamp, to, &over);
                }
                Change::CommentChanged { comment, to, over } => {
                    let new = || Comment::new(comment);
                    let found = self.comments.entry(comment).or_insert_with(new);
                    found.named_by(stamp);
                    found.set(stamp, to.cleaned(), &over);
                }
                Change::SealChanged { group, topic, to, over } => {
                    let seal = self.seals.entry((group, topic)).or_default();
                    seal.set(Stamp::ORIGIN, stamp, to, &over);
                }
                Change::LegendChanged { to, over } => {
                    // An unsound legend comes only from a forged journal, and would lack a word for some share.
                    if to.is_sound() {
                        self.legend.set(Stamp::ORIGIN, stamp, to, &over);
                    }
                }
                Change::TextChanged { to, over } => {
                    let to = to.map(|text| Box::new(text.cleaned()));
                    self.text.set(Stamp::ORIGIN, stamp, to, &over);
                    self.note_text();
                }
                Change::DispositionChanged { of, to, over } => {
                    let decided = self.decided.entry(of).or_default();
                    decided.set(stamp, to.cleaned(), &over);
                    if let Subject::Point(point) = of {
                        self.reworded.extend(self.index.get(&point));
                    }
                }
                Change::MentionDecided { mention, to, over } => {
                    let made = self.clearances.entry(*mention).or_default();
                    made.set(Stamp::ORIGIN, stamp, to.map(Clearance::cleaned), &over);
                }
                Change::PhraseDecided { phrase, to, over } => {
                    let made = self.phrases.entry(phrase).or_default();
                    made.set(Stamp::ORIGIN, stamp, to, &over);
                }
                Change::ParticipantsListed { to, over } => {
                    self.participants.list(stamp, &to, &over);
                    self.note_participants();
                }
                Change::ParticipantsCounted { to, over } => {
                    self.participants.count(stamp, to, &over);
                }
                Change::GapsImported { to, awaited, founds, since, by, over } => {
                    self.files.note(founds, since, by);
                    let to = Awaited::each(&to, &awaited);
                    self.imported.set(Stamp::ORIGIN, stamp, to, &over);
                }
                Change::CourseChanged { session, to, over } => {
                    self.courses.entry(session).or_default().set(stamp, to.cleaned(), &over);
                    self.note_running();
                }
            }
        }
    }

    /// Takes in a second capture of a point. A record that arrives twice changes nothing; a
    /// different one under the same id can only be a forgery, and its words are kept beside the others.
    fn capture_again(&mut self, captured: CapturedPoint, stamp: Stamp, nth: u32, at: Moment) {
        let index = self.index[&captured.point] as usize;
        let known = &self.points[index];
        let again = Point::new(captured, stamp, nth, at);
        let (mut merged, other) =
            if stamp < known.born() { (again, known) } else { (known.clone(), &again) };
        merged.absorb(other);
        if merged == *known {
            return;
        }
        self.leave(index);
        self.reworded.push(index as u32);
        self.points[index] = merged;
        self.enter(index);
    }

    pub(super) fn found_on(&mut self, agenda: Agenda) {
        self.zone = Zone::named(&agenda.time_zone).unwrap_or(self.zone);
        // The day on which a point was captured depends on the zone.
        let cells = self.cells.values_mut().flat_map(HashMap::values_mut);
        cells.for_each(|cell| cell.touch(self.revision));
        let general = Topic {
            id: TopicId::general(),
            title: "General".into(),
            short: "General".into(),
            questions: Vec::new(),
        };
        let stray: Vec<TopicId> = self.topics.iter().map(|t| t.id.clone()).collect();
        self.topics = agenda.topics.iter().filter(|t| t.id != general.id).cloned().collect();
        self.topics.push(general);
        for (rank, group) in agenda.groups.iter().enumerate() {
            let title = Register::new(group.title.clone());
            match self.groups.iter_mut().find(|g| g.id == group.id) {
                // It was changed before the agenda arrived; those changes are kept.
                Some(state) if state.title.changed() => state.rank = rank,
                Some(state) => (state.title, state.rank) = (title, rank),
                None => {
                    self.groups.push(GroupState::new(group.id.clone(), group.title.clone(), rank));
                }
            }
        }
        self.participants.add_from_agenda(&agenda.participants);
        self.agenda = Arc::new(agenda);
        self.note_participants();
        self.note_running();
        self.group_mut(&GroupId::plenary());
        self.groups.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        for topic in stray {
            if self.is_talked_of(&topic) {
                self.meet_topic(&topic);
            }
        }
    }

    /// Whether there are any points on the topic.
    fn is_talked_of(&self, topic: &TopicId) -> bool {
        self.cells.values().any(|row| row.get(topic).is_some_and(|cell| !cell.points.is_empty()))
    }

    fn note_participants(&mut self) {
        Arc::make_mut(&mut self.agenda).participants = self.participants.all();
    }

    fn note_running(&mut self) {
        let courses = &self.courses;
        let runs = |id: &SessionId| courses.get(id).is_some_and(Course::is_running);
        let sessions = self.agenda.sessions().into_iter().map(|(_, _, session)| &session.id);
        self.running = sessions.filter(|id| runs(id)).cloned().collect();
    }

    /// Notes that paragraphs have other labels now: whatever shows or keeps those of points must look again.
    fn note_text(&mut self) {
        self.places = ParagraphPlaces::of(self.text.get().as_deref());
        let pinned =
            self.points.iter().enumerate().filter(|(_, point)| point.paragraph().is_some());
        self.reworded.extend(pinned.map(|(index, _)| index as u32));
        let cells = self.cells.values_mut().flat_map(HashMap::values_mut);
        cells.for_each(|cell| cell.touch(self.revision));
    }

    fn meet_topic(&mut self, topic: &TopicId) {
        if self.topics.iter().any(|t| t.id == *topic) {
            return;
        }
        let known = self.agenda.topics.len().min(self.topics.len() - 1);
        let place =
            known + self.topics[known..self.topics.len() - 1].partition_point(|t| t.id < *topic);
        let title = topic.to_string();
        self.topics.insert(place, Topic { id: topic.clone(), title, ..Topic::default() });
    }

    fn group_mut(&mut self, id: &GroupId) -> &mut GroupState {
        let known = self.groups.iter().position(|group| group.id == *id);
        let place = known.unwrap_or_else(|| {
            let (title, rank) = if *id == GroupId::plenary() {
                ("Plenary".to_owned(), PLENARY)
            } else {
                (id.to_string(), MADE)
            };
            let place = self.groups.partition_point(|g| (g.rank, &g.id) < (rank, id));
            self.groups.insert(place, GroupState::new(id.clone(), title, rank));
            place
        });
        &mut self.groups[place]
    }

    /// Removes a point from its cell, before anything changes that the cell depends on.
    fn leave(&mut self, index: usize) {
        let point = &self.points[index];
        if let Outcome::In(comment) = point.outcome()
            && let Some(sources) = self.sources.get_mut(comment)
        {
            sources.retain(|source| *source as usize != index);
        }
        let Some(cell) =
            self.cells.get_mut(point.group()).and_then(|row| row.get_mut(point.topic()))
        else {
            return;
        };
        let points = &self.points;
        let place = cell.points.binary_search_by(|other| points[*other as usize].cmp_place(point));
        if let Ok(place) = place {
            cell.points.remove(place);
            cell.standing -= usize::from(!point.is_parked());
            cell.nested -= usize::from(point.parent().is_some());
        }
        cell.touch(self.revision);
        let topic = point.topic();
        let is_stray = *topic != TopicId::general() && self.agenda.topic(topic).is_none();
        if is_stray && !self.is_talked_of(topic) {
            let topic = topic.clone();
            self.topics.retain(|known| known.id != topic);
        }
    }

    /// Puts a point where it now belongs.
    fn enter(&mut self, index: usize) {
        let point = &self.points[index];
        if let Outcome::In(comment) = *point.outcome()
            && !point.is_deleted()
        {
            let points = &self.points;
            let age = |index: u32| (points[index as usize].born(), points[index as usize].id());
            let sources = self.sources.entry(comment).or_default();
            let place = sources.partition_point(|source| age(*source) < age(index as u32));
            sources.insert(place, index as u32);
            // The comment's own changes may not have arrived yet.
            self.comments.entry(comment).or_insert_with(|| Comment::new(comment));
        }
        let point = &self.points[index];
        let cell = self.cell(point.group(), point.topic());
        if cell.is_none_or(|cell| cell.points.is_empty()) && !point.is_deleted() {
            let (group, topic) = (point.group().clone(), point.topic().clone());
            self.group_mut(&group);
            self.meet_topic(&topic);
            self.cells.entry(group).or_default().entry(topic).or_default();
        }
        let point = &self.points[index];
        let Some(cell) =
            self.cells.get_mut(point.group()).and_then(|row| row.get_mut(point.topic()))
        else {
            return;
        };
        cell.touch(self.revision);
        if point.is_deleted() {
            return;
        }
        let points = &self.points;
        let behind = |other: &u32| points[*other as usize].cmp_place(point).is_lt();
        let place = match cell.points.last() {
            None => 0,
            Some(last) if behind(last) => cell.points.len(),
            Some(_) => cell.points.partition_point(behind),
        };
        cell.points.insert(place, index as u32);
        cell.standing += usize::from(!point.is_parked());
        cell.nested += usize::from(point.parent().is_some());
    }
}
