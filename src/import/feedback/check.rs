//! Everything that can be wrong with a feedback file, found in one go.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;

use super::notation::{Fault, Notation, Raw, nearest, position};
use super::{Mistake, Unreadable};
use crate::feedback::{Feedback, Group, Paragraph, Point, PointId, Session, Topic};
use crate::workshop::{Refusal, clean};

/// The most topics, and the most groups, that a file may have: their table has a cell for each
/// pair.
const MOST_COLUMNS: usize = 500;
const MOST_SESSIONS: usize = 10_000;
const MOST_POINTS: usize = 500_000;
const MOST_DELETED: usize = 100_000;
/// How many mistakes are listed.
const LISTED: usize = 50;

pub(super) struct Check<'t> {
    notation: Notation,
    text: &'t str,
    faults: Vec<Fault>,
    topics: HashSet<String>,
    groups: HashSet<String>,
    sessions: HashSet<String>,
}

impl<'t> Check<'t> {
    pub(super) fn new(notation: Notation, text: &'t str) -> Self {
        let (topics, groups, sessions) = Default::default();
        Self { notation, text, faults: Vec::new(), topics, groups, sessions }
    }

    pub(super) fn sessions<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Session<'static>> {
        let read = self.list(raw, MOST_SESSIONS, "sessions");
        self.sessions = self.names(&read, "session", |session: &Session| session.id.as_str());
        read.into_iter().map(|(_, session)| session).collect()
    }

    pub(super) fn topics<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Topic<'static>> {
        let read = self.list(raw, MOST_COLUMNS, "topics");
        self.topics = self.names(&read, "topic", |topic: &Topic| topic.id.as_str());
        read.into_iter().map(|(_, topic)| topic).collect()
    }

    pub(super) fn groups<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Group<'static>> {
        let read = self.list(raw, MOST_COLUMNS, "groups");
        self.groups = self.names(&read, "group", |group: &Group| group.id.as_str());
        read.into_iter().map(|(_, group)| group).collect()
    }

    pub(super) fn points<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Point<'static>> {
        let read: Vec<(&str, Point)> = self.list(raw, MOST_POINTS, "points");
        let mut seen = HashMap::with_capacity(read.len());
        for (raw, point) in &read {
            self.point(raw, point, &seen);
            seen.entry(point.id).or_insert(*raw);
        }
        read.into_iter().map(|(_, point)| point).collect()
    }

    /// What can only be said of the file as a whole.
    pub(super) fn whole(&mut self, feedback: &Feedback) {
        let deleted = feedback.counts.deleted;
        if deleted > MOST_DELETED {
            let at = self.text.find("deleted").unwrap_or_default();
            let what = format!("{deleted} deleted points; at most {MOST_DELETED} can be.");
            self.faults.push(Fault { offset: at, what });
        }
        let dates: HashSet<_> = feedback.meeting.dates.iter().collect();
        let stray = feedback.sessions.iter().find(|session| !dates.contains(&session.date));
        if let Some(session) = stray {
            let date = session.date.to_string();
            let at = self.text.rfind(&format!("\"{date}\"")).unwrap_or_default();
            let what = format!("{date} is not among the meeting's dates. Add it to them.");
            self.faults.push(Fault { offset: at, what });
        }
    }

    /// The mistakes found, as a refusal.
    pub(super) fn end(mut self) -> Result<(), Unreadable> {
        if self.faults.is_empty() {
            return Ok(());
        }
        self.faults.sort_by_key(|fault| fault.offset);
        let more = self.faults.len().saturating_sub(LISTED);
        self.faults.truncate(LISTED);
        let mistake = |fault: Fault| {
            let (line, column) = position(self.text, fault.offset);
            Mistake { line, column, what: fault.what }
        };
        Err(Unreadable::Wrong(self.faults.into_iter().map(mistake).collect(), more))
    }

    /// Reads each of a list by itself, so that one mistake does not hide the next.
    fn list<R: Raw<'t>, T: DeserializeOwned>(
        &mut self,
        raw: &[R],
        most: usize,
        things: &str,
    ) -> Vec<(&'t str, T)> {
        if raw.len() > most {
            let what = format!("{} {things}; at most {most} can be in one file.", raw.len());
            let offset = self.offset(raw[most].text());
            self.faults.push(Fault { offset, what });
            return Vec::new();
        }
        let mut read = Vec::with_capacity(raw.len());
        for raw in raw {
            let text = raw.text();
            match self.notation.parse(text) {
                Ok(value) => read.push((text, value)),
                Err(fault) => {
                    let offset = self.offset(text) + fault.offset;
                    self.faults.push(Fault { offset, what: fault.what });
                }
            }
        }
        read
    }

    /// Where a piece of the text begins in it.
    fn offset(&self, piece: &str) -> usize {
        piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr())
    }

    fn fault(&mut self, piece: &str, word: &str, what: String) {
        let within = if word.is_empty() { None } else { piece.find(&format!("\"{word}\"")) };
        let within = within.unwrap_or_else(|| piece.len() - piece.trim_start().len());
        self.faults.push(Fault { offset: self.offset(piece) + within, what });
    }

    fn names<T>(
        &mut self,
        read: &[(&str, T)],
        thing: &str,
        id: impl Fn(&T) -> &str,
    ) -> HashSet<String> {
        let mut names = HashSet::new();
        for (piece, value) in read {
            let name = id(value);
            if name.is_empty() || clean(name) != name {
                let what = format!("This {thing} needs an id of plain letters.");
                self.fault(piece, name, what);
            }
            if !names.insert(name.to_owned()) {
                let what = format!("The {thing} “{name}” is here twice. Give one another id.");
                self.fault(piece, name, what);
            }
        }
        names
    }

    fn point(&mut self, piece: &str, point: &Point, seen: &HashMap<PointId, &str>) {
        if let Some(first) = seen.get(&point.id) {
            let (line, _) = position(self.text, self.offset(first));
            let what = format!("The point {} is here twice, first on line {line}.", point.id);
            self.fault(piece, &point.id.to_string(), what);
        }
        if let Some(above) = point.under.filter(|above| !seen.contains_key(above)) {
            let what = format!(
                "This point stands under {above}, which is not further up. Put it after that \
                 point, or leave `under` out."
            );
            self.fault(piece, &above.to_string(), what);
        }
        for (name, thing, known) in [
            (Some(point.topic.as_str()), "topic", &self.topics),
            (Some(point.group.as_str()), "group", &self.groups),
            (point.session.as_ref().map(|session| session.as_str()), "session", &self.sessions),
        ] {
            let Some(name) = name.filter(|name| !known.contains(*name)) else { continue };
            let what = match nearest(name, known.iter().map(String::as_str)) {
                Some(meant) => format!("There is no {thing} “{name}”. Did you mean “{meant}”?"),
                None => format!("There is no {thing} “{name}” in this file."),
            };
            let offset = piece.find(&format!("\"{name}\"")).unwrap_or_default();
            self.faults.push(Fault { offset: self.offset(piece) + offset, what });
        }
        for text in [&point.text].into_iter().chain(&point.alternatives) {
            if text.len() > Refusal::LONGEST {
                self.fault(piece, "", Refusal::TooLong(text.len()).to_string());
            }
        }
        if clean(&point.text).is_empty() {
            self.fault(piece, &point.text, "This point has no words.".to_owned());
        }
    }
}

/// The feedback with all its texts as a workshop keeps them.
pub(super) fn cleaned(mut feedback: Feedback<'static>) -> Feedback<'static> {
    let meeting = &mut feedback.meeting;
    [&mut meeting.title, &mut meeting.venue].into_iter().for_each(tidy);
    meeting.objectives.iter_mut().for_each(tidy);
    feedback.sessions.iter_mut().for_each(|session| tidy(&mut session.title));
    for topic in &mut feedback.topics {
        [&mut topic.title, &mut topic.short].into_iter().for_each(tidy);
        topic.questions.iter_mut().for_each(tidy);
    }
    feedback.groups.iter_mut().for_each(|group| tidy(&mut group.title));
    for point in &mut feedback.points {
        tidy(&mut point.text);
        point.alternatives.iter_mut().for_each(tidy);
        point.owner.iter_mut().for_each(tidy);
        if let Some(Paragraph(label)) = &mut point.paragraph
            && clean(label) != *label
        {
            *label = clean(label).into();
        }
        if point.tags.iter().any(|tag| clean(tag) != *tag) {
            point.tags = point.tags.iter().map(|tag| clean(tag).into()).collect();
        }
    }
    feedback
}

fn tidy(text: &mut Cow<'static, str>) {
    if let Cow::Owned(kept) = clean(text) {
        *text = kept.into();
    } else if clean(text).len() < text.len() {
        *text = clean(text).into_owned().into();
    }
}
