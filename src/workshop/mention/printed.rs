//! The texts of a workshop that are printed in files, one by one.
//!
//! `feedback` lists the same texts of the document that leaves the room; `tests/clearance.rs` compares
//! the two lists.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use super::{Holder, Part};
use crate::workshop::{
    Agenda, Comment, Convergence, Decision, DraftParagraph, DraftText, Fate, Piece, Point,
    PointKind, Reason, Session, Status, Subject, Verdict, Workshop,
};

/// A text that is printed, and what it belongs to.
#[derive(Clone, Debug)]
pub struct PrintedText<'a> {
    /// What it belongs to.
    pub of: &'a Holder,
    /// Which of its texts.
    pub part: Part,
    /// The text.
    pub text: &'a str,
    /// The byte ranges that count; `None` if all do.
    pub counted: Option<&'a [Range<usize>]>,
}

/// What is done with each text.
pub(crate) type See<'s> = dyn FnMut(PrintedText<'_>) + 's;

/// Passes on the texts of one holder.
pub(crate) struct TextVisitor<'p, 's> {
    of: Holder,
    see: &'p mut See<'s>,
}

impl<'p, 's> TextVisitor<'p, 's> {
    pub(crate) fn new(of: Holder, see: &'p mut See<'s>) -> Self {
        Self { of, see }
    }

    /// Passes on a text, unless it is empty.
    pub(crate) fn text(&mut self, part: Part, text: &str) {
        if !text.is_empty() {
            (self.see)(PrintedText { of: &self.of, part, text, counted: None });
        }
    }

    pub(crate) fn texts<T: AsRef<str>>(&mut self, part: Part, texts: impl IntoIterator<Item = T>) {
        for text in texts {
            self.text(part, text.as_ref());
        }
    }

    pub(crate) fn kind(&mut self, kind: &PointKind) {
        if let PointKind::Other(word) = kind {
            self.text(Part::Kind, word);
        }
    }

    pub(crate) fn convergence(&mut self, how: Option<&Convergence>) {
        if let Some(Convergence::Other(word)) = how {
            self.text(Part::Kind, word);
        }
    }

    pub(crate) fn decision(&mut self, decision: &Decision) {
        if let Decision::Other(word) = decision {
            self.text(Part::Kind, word);
        }
    }

    /// Passes on what a redline puts into the text, with the words around it.
    pub(crate) fn redline<T: AsRef<str>>(&mut self, pieces: &[Piece<T>], fits: bool) {
        for (text, counted) in piece_texts(pieces, fits) {
            let counted = counted.as_deref();
            (self.see)(PrintedText { of: &self.of, part: Part::Proposal, text: &text, counted });
        }
    }
}

/// A text of a redline, and the byte ranges that count; `None` if all do.
type PieceText<'a> = (Cow<'a, str>, Option<Vec<Range<usize>>>);

/// What is searched in a redline. If it fits the text, that is the wording it results in, and
/// only what it changes counts: a name in the paragraph itself reveals nobody. If it does not fit,
/// each piece is searched by itself.
fn piece_texts<T: AsRef<str>>(pieces: &[Piece<T>], fits: bool) -> Vec<PieceText<'_>> {
    if !fits {
        let mut all = Vec::new();
        for piece in pieces {
            if let Piece::Same(words) | Piece::Cut(words) | Piece::Put(words) = piece {
                all.push((words.as_ref().into(), None));
            }
        }
        return all;
    }
    let (mut before, mut wording) = (String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Same(words) => {
                before.push_str(words.as_ref());
                wording.push_str(words.as_ref());
            }
            Piece::Cut(words) => before.push_str(words.as_ref()),
            Piece::Put(words) => wording.push_str(words.as_ref()),
            Piece::Gap => {}
        }
    }
    let changed = changed(&before, &wording);
    if changed.is_empty() { Vec::new() } else { vec![(wording.into(), Some(changed))] }
}

/// The clauses of a wording that the text before did not have. "Malaysia shall lead" says something
/// different from "Malaysia objects", although the name is the same.
fn changed(before: &str, wording: &str) -> Vec<Range<usize>> {
    let sentences: HashSet<&str> = parts(before, &SENTENCE_ENDS).map(|(_, text)| text).collect();
    let clauses: HashSet<&str> = parts(before, &CLAUSE_ENDS).map(|(_, text)| text).collect();
    let mut changed = Vec::new();
    for (start, sentence) in parts(wording, &SENTENCE_ENDS) {
        if sentences.contains(sentence) {
            continue;
        }
        for (from, clause) in parts(sentence, &CLAUSE_ENDS) {
            // "Malaysia, Thailand and Viet Nam object": what is said about a name in a list comes later.
            let says = clause.split_whitespace().count() > 2;
            if !(says && clauses.contains(clause)) {
                changed.push(start + from..start + from + clause.len());
            }
        }
    }
    changed
}

const SENTENCE_ENDS: [char; 7] = ['.', '?', '!', ';', ':', '\n', '。'];

const CLAUSE_ENDS: [char; 13] =
    ['.', '?', '!', ';', ':', '\n', '。', ',', '、', '(', ')', '–', '—'];

/// The parts of a text between separators, without the spaces around them, and where they begin.
fn parts<'t>(text: &'t str, ends: &'t [char]) -> impl Iterator<Item = (usize, &'t str)> {
    let mut from = 0;
    text.split_inclusive(ends).filter_map(move |part| {
        let start = from + part.len() - part.trim_start().len();
        from += part.len();
        let part = part.trim_end_matches(ends).trim();
        (!part.is_empty()).then_some((start, part))
    })
}

impl Workshop {
    /// The printed texts of a point. If it was set aside because it would reveal who
    /// spoke, those that stay in the room are left out.
    pub fn point_texts(&self, point: &Point, see: &mut See<'_>) {
        if point.is_deleted() {
            return;
        }
        let mut pen = TextVisitor::new(Holder::Point(point.id()), see);
        let aside = match self.fate(point) {
            Fate::SetAside(aside) => Some(aside),
            _ => None,
        };
        if aside.is_none_or(|aside| aside.reason != Reason::Attributable) {
            pen.text(Part::Wording, point.text());
            pen.texts(Part::Wording, point.alternatives());
            pen.texts(Part::Tag, point.tags());
            if let Some(Verdict::Reservation { words }) = point.read_back().map(|it| &it.verdict) {
                pen.text(Part::Reservation, words);
            }
            if let Some(proposal) = point.proposal() {
                let place = point.paragraph().and_then(|pin| self.anchor(pin));
                let on = place.filter(|(_, after)| !after).map_or("", |(found, _)| &*found.text);
                let fits = place.is_some_and(|(found, _)| !self.is_gone(found.id))
                    && proposal.locate(on).is_some();
                pen.redline(&proposal.redline(on), fits);
                pen.text(Part::Why, &proposal.why);
            }
        }
        pen.text(Part::SetAside, aside.map_or("", |aside| &aside.words));
        if let Status::Parked { owner } = point.status() {
            pen.text(Part::Owner, owner);
        }
        pen.kind(point.kind());
        pen.convergence(point.convergence());
        if let Some(pin) = point.paragraph().filter(|pin| self.anchor(pin).is_none()) {
            pen.text(Part::Paragraph, &self.printed(pin));
        }
        self.answer_texts(Subject::Point(point.id()), &mut pen);
    }

    /// The printed texts of a comment. If its wording is a source's, it belongs to that point.
    pub fn comment_texts(&self, comment: &Comment, see: &mut See<'_>) {
        let sources = self.sources(comment.id());
        if sources.is_empty() {
            return;
        }
        let mut pen = TextVisitor::new(Holder::Comment(comment.id()), see);
        let sources = || sources.iter().map(|index| self.point_at(*index));
        let is_own = |text: &&str| !sources().any(|point| point.text() == *text);
        pen.texts(Part::Wording, [comment.own_text()].iter().filter(|text| is_own(text)));
        pen.texts(Part::Wording, comment.wordings().iter().filter(|text| is_own(text)));
        pen.texts(Part::Wording, comment.alternatives());
        pen.text(Part::Owner, comment.owner());
        pen.text(Part::ByWhen, comment.by_when());
        pen.kind(comment.kind());
        pen.convergence(comment.convergence());
        if let Some(pin) = comment.paragraph().filter(|pin| self.anchor(pin).is_none()) {
            pen.text(Part::Paragraph, &self.printed(pin));
        }
        self.answer_texts(Subject::Comment(comment.id()), &mut pen);
    }

    /// What drafters answered. Of earlier answers only the decision is printed.
    fn answer_texts(&self, of: Subject, pen: &mut TextVisitor<'_, '_>) {
        let now = self.disposition(of).into_iter().chain(self.other_dispositions(of));
        for answer in now {
            pen.text(Part::Response, &answer.note);
            pen.text(Part::Target, &answer.target);
        }
        for answer in self.dispositions(of) {
            pen.decision(&answer.decision);
        }
    }

    /// The printed texts of everything except points and comments: of the agenda, topics,
    /// groups, the legend and the draft text.
    pub fn meeting_texts(&self, see: &mut See<'_>) {
        agenda_texts(self.agenda(), &mut TextVisitor::new(Holder::Agenda, see));
        for topic in self.topics() {
            let mut pen = TextVisitor::new(Holder::Topic(topic.id.clone()), see);
            pen.text(Part::Id, topic.id.as_str());
            pen.texts(Part::Title, [&topic.title, &topic.short]);
            pen.texts(Part::Question, &topic.questions);
        }
        for group in self.groups() {
            let mut pen = TextVisitor::new(Holder::Group(group.id.clone()), see);
            pen.text(Part::Id, group.id.as_str());
            pen.text(Part::Title, group.title());
        }
        let words = self.legend().bands().iter().map(|band| &band.word);
        TextVisitor::new(Holder::Legend, see).texts(Part::Word, words);
        if let Some(text) = self.draft_text() {
            draft_texts(text, &mut TextVisitor::new(Holder::DraftText, see));
        }
    }
}

fn agenda_texts(agenda: &Agenda, pen: &mut TextVisitor<'_, '_>) {
    pen.text(Part::Id, &agenda.id);
    pen.text(Part::Title, &agenda.title);
    pen.text(Part::Venue, &agenda.venue);
    pen.texts(Part::Objective, &agenda.objectives);
    for (.., session) in agenda.sessions() {
        session_texts(session, pen);
    }
}

fn session_texts(session: &Session, pen: &mut TextVisitor<'_, '_>) {
    pen.text(Part::Id, session.id.as_str());
    pen.text(Part::Title, &session.title);
    pen.text(Part::Kind, &session.kind.0);
    pen.texts(Part::Speaker, &session.speakers);
    pen.text(Part::Objective, &session.objective);
    pen.texts(Part::Question, &session.questions);
}

fn draft_texts(text: &DraftText, pen: &mut TextVisitor<'_, '_>) {
    pen.text(Part::Title, &text.title);
    pen.text(Part::Version, &text.version);
    for paragraph in text.paragraphs.iter().chain(&text.gone) {
        paragraph_texts(paragraph, pen);
    }
}

fn paragraph_texts(paragraph: &DraftParagraph, pen: &mut TextVisitor<'_, '_>) {
    pen.text(Part::Paragraph, paragraph.label.as_str());
    pen.text(Part::Paragraph, &paragraph.printed);
    pen.text(Part::Wording, &paragraph.text);
}
