//! Everything that can be wrong with a feedback file, found in one go.

mod draft_text;
mod lineage;
mod plan;

use std::collections::{HashMap, HashSet};
use std::{borrow::Cow, cell::OnceCell};

use serde::de::DeserializeOwned;

use super::UnreadableFeedback;
use super::notation::{Notation, NotationFault, Raw, mistakes};
use crate::feedback::{Feedback, Group, Paragraph, Point, PointId, Session, SessionId, Topic};
use crate::import::{Mistakes, likeness::nearest};
use crate::workshop::{LONGEST_WORD, Refusal, Zone, clean, is_id};

/// The most topics, and the most groups, that a file may have: their table has a cell for each
/// pair.
const MOST_COLUMNS: usize = 500;
const MOST_SESSIONS: usize = 10_000;
const MOST_POINTS: usize = 500_000;
const MOST_DELETED: usize = 100_000;

pub(super) struct FeedbackCheck<'t> {
    notation: Notation,
    text: &'t str,
    faults: Vec<NotationFault>,
    line_ends: OnceCell<Vec<usize>>,
    topics: HashSet<String>,
    groups: HashSet<String>,
    sessions: HashSet<String>,
    /// Whether all points could be read: if not, what the file says elsewhere about them cannot be judged.
    points_read: bool,
}

impl<'t> FeedbackCheck<'t> {
    pub(super) fn new(notation: Notation, text: &'t str) -> Self {
        let (topics, groups, sessions) = Default::default();
        let line_ends = OnceCell::new();
        let (faults, points_read) = (Vec::new(), false);
        Self { notation, text, faults, line_ends, topics, groups, sessions, points_read }
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
        let before = self.faults.len();
        let read: Vec<(&str, Point)> = self.list(raw, MOST_POINTS, "points");
        let mut seen = HashMap::with_capacity(read.len());
        for (raw, point) in &read {
            if self.faults.len() < Mistakes::MOST {
                self.point(raw, point, &seen);
            }
            seen.entry(point.id).or_insert(*raw);
        }
        self.points_read = self.faults.len() == before;
        read.into_iter().map(|(_, point)| point).collect()
    }

    /// Checks what can only be checked for the file as a whole.
    pub(super) fn whole(&mut self, feedback: &Feedback) {
        self.draft_text(feedback);
        let deleted = feedback.counts.deleted;
        if deleted > MOST_DELETED {
            let at = self.text.find("deleted").unwrap_or_default();
            let what = format!("There are {deleted} deleted points here.");
            self.fault(at, what, format!("At most {MOST_DELETED} can be."));
        }
        let zone = &*feedback.meeting.time_zone;
        if Zone::named(zone).is_none() {
            let at = self.text.find(zone).unwrap_or_default();
            let what = format!("There is no time zone “{zone}”.");
            self.fault(at, what, "Write one as in `Asia/Bangkok`.");
        }
        let dates: HashSet<_> = feedback.meeting.dates.iter().collect();
        let stray = feedback.sessions.iter().find(|session| !dates.contains(&session.date));
        if let Some(session) = stray {
            let date = session.date.to_string();
            let at = self.text.rfind(&format!("\"{date}\"")).unwrap_or_default();
            let what = format!("{date} is not among the meeting's dates.");
            self.fault(at, what, "Add it to them.");
        }
    }

    /// The mistakes found, as a refusal.
    pub(super) fn end(self, name: &str) -> Result<(), UnreadableFeedback> {
        if self.faults.is_empty() {
            return Ok(());
        }
        Err(UnreadableFeedback::Wrong(mistakes(name, self.text, self.faults)))
    }

    /// Reads each item of a list by itself, so that one mistake does not hide the next.
    fn list<R: Raw<'t>, T: DeserializeOwned>(
        &mut self,
        raw: &[R],
        most: usize,
        things: &str,
    ) -> Vec<(&'t str, T)> {
        if raw.len() > most {
            let what = format!("There are {} {things} here.", raw.len());
            self.fault(self.offset(raw[most].text()), what, format!("At most {most} can be."));
            return Vec::new();
        }
        let mut read = Vec::with_capacity(raw.len());
        for raw in raw {
            if self.faults.len() >= Mistakes::MOST {
                break;
            }
            let text = raw.text();
            match self.notation.parse(text) {
                Ok(value) => read.push((text, value)),
                Err(fault) => {
                    let offset = self.offset(text) + fault.offset;
                    self.faults.push(NotationFault { offset, ..fault });
                }
            }
        }
        read
    }

    /// Where a piece of the text begins in it.
    fn offset(&self, piece: &str) -> usize {
        piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr())
    }

    /// Where a word is within a piece, or where the piece begins.
    fn place(&self, piece: &str, word: &str) -> usize {
        let within = piece.find(&format!("\"{word}\"")).unwrap_or_default();
        self.offset(piece) + within
    }

    fn line(&self, offset: usize) -> usize {
        let ends = || memchr::memchr_iter(b'\n', self.text.as_bytes()).collect();
        let ends: &Vec<usize> = self.line_ends.get_or_init(ends);
        ends.partition_point(|end| *end < offset) + 1
    }

    fn fault(&mut self, offset: usize, what: impl Into<String>, instead: impl Into<String>) {
        self.faults.push(NotationFault { offset, what: what.into(), instead: instead.into() });
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
            let at = self.place(piece, name);
            // What no bundle may have must not become a workshop.
            if !is_id(name) {
                let what = format!("This {thing} has no id that can be read.");
                self.fault(at, what, "Write a short plain word.");
            }
            if !names.insert(name.to_owned()) {
                let what = format!("The {thing} “{name}” is here twice.");
                self.fault(at, what, "Give one of the two another id.");
            }
        }
        names
    }

    fn point(&mut self, piece: &str, point: &Point, seen: &HashMap<PointId, &str>) {
        if let Some(first) = seen.get(&point.id) {
            let line = self.line(self.offset(first));
            let what = format!("The point {} is here twice, first on line {line}.", point.id);
            let at = self.place(piece, &point.id.to_string());
            self.fault(at, what, "Leave one of the two out.");
        }
        if let Some(above) = point.under.filter(|above| !seen.contains_key(above)) {
            let what = format!("This point is under {above}, which does not come before it.");
            let instead = "Put it after that point, or leave `under` out.";
            self.fault(self.place(piece, &above.to_string()), what, instead);
        }
        let session = point.session.as_ref().map(SessionId::as_str);
        self.known(piece, "topic", Some(point.topic.as_str()), |check| &check.topics);
        self.known(piece, "group", Some(point.group.as_str()), |check| &check.groups);
        self.known(piece, "session", session, |check| &check.sessions);
        let words = [&point.words].into_iter().chain(&point.owner);
        let words = words.chain(point.read_back.as_ref().map(|said| &said.words));
        let words = words.map(AsRef::as_ref).chain(point.tags.iter().map(AsRef::as_ref));
        words.for_each(|word| self.word_fits(piece, word));
        for text in [&point.text].into_iter().chain(&point.alternatives) {
            if text.len() > Refusal::LONGEST {
                self.fault(self.offset(piece), Refusal::TooLong(text.len()).to_string(), "");
            }
            if clean(text).is_empty() {
                let what = "This point has no words.";
                self.fault(self.place(piece, text), what, "Write some, or leave it out.");
            }
        }
    }

    /// Checks that a word or a line, as opposed to a text, is not longer than others accept.
    fn word_fits(&mut self, piece: &str, word: &str) {
        if word.len() > LONGEST_WORD {
            let what = format!("This has {} bytes.", word.len());
            let instead = format!("Write at most {LONGEST_WORD}.");
            self.fault(self.place(piece, word), what, instead);
        }
    }

    fn known(
        &mut self,
        piece: &str,
        thing: &str,
        name: Option<&str>,
        known: impl Fn(&Self) -> &HashSet<String>,
    ) {
        let Some(name) = name.filter(|name| !known(self).contains(*name)) else { return };
        let what = format!("There is no {thing} “{name}” in this file.");
        let meant = nearest(name, known(self).iter().map(String::as_str));
        let instead = match meant {
            Some(meant) => format!("Did you mean “{meant}”?"),
            None => format!("Write the id of one of its {thing}s."),
        };
        self.fault(self.place(piece, name), what, instead);
    }
}

/// The feedback with all its texts in the form in which a workshop keeps them.
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
        point.read_back.iter_mut().for_each(|said| tidy(&mut said.words));
        tidy(&mut point.words);
        point.paragraph.iter_mut().for_each(tidy_label);
        if point.tags.iter().any(|tag| clean(tag) != *tag) {
            point.tags = point.tags.iter().map(|tag| clean(tag).into()).collect();
        }
    }
    for comment in &mut feedback.comments {
        comment.paragraph.iter_mut().for_each(tidy_label);
    }
    lineage::texts(&mut feedback.comments, &mut feedback.audit).for_each(tidy);
    draft_text::texts(&mut feedback).for_each(tidy);
    for band in &mut feedback.legend {
        band.word = clean(&band.word).into();
    }
    for seal in &mut feedback.seals {
        seal.digest = clean(&seal.digest).into();
    }
    feedback
}

fn tidy_label(Paragraph(label): &mut Paragraph) {
    if clean(label) != *label {
        *label = clean(label).into();
    }
}

fn tidy(text: &mut Cow<'static, str>) {
    if let Cow::Owned(kept) = clean(text) {
        *text = kept.into();
    } else if clean(text).len() < text.len() {
        *text = clean(text).into_owned().into();
    }
}
