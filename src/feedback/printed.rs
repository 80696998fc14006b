//! Every printed text of the feedback, as the gate searches it.

use std::collections::HashMap;

use super::{
    Certificate, Comment, Disposition, DraftParagraph, DraftText, Feedback, Point, PointId,
    Publishable, Session,
};
use crate::workshop::{Holder, Part, PrintedText, TextPen};

/// How many points are searched in one go.
const SECTION: usize = 1000;

impl Publishable for Feedback<'_> {
    fn sections(&self) -> usize {
        2 + self.points.len().div_ceil(SECTION)
    }

    fn texts(&self, section: usize, see: &mut dyn FnMut(PrintedText<'_>)) {
        match section {
            0 => self.meeting_texts(see),
            1 => self.comment_texts(see),
            section => {
                let points = self.points.iter().skip((section - 2) * SECTION).take(SECTION);
                points.for_each(|point| point_texts(point, see));
            }
        }
    }

    fn certify(&mut self, certificate: &Certificate<'_>) {
        self.audit.certify(certificate);
        self.checksum = self.digest().into();
    }
}

impl Feedback<'_> {
    fn meeting_texts(&self, see: &mut dyn FnMut(PrintedText<'_>)) {
        let mut pen = TextPen::new(Holder::Agenda, see);
        pen.text(Part::Id, &self.meeting.id);
        pen.text(Part::Title, &self.meeting.title);
        pen.text(Part::Venue, &self.meeting.venue);
        pen.texts(Part::Objective, &self.meeting.objectives);
        for Session { id, title, kind, .. } in &self.sessions {
            pen.text(Part::Id, id.as_str());
            pen.text(Part::Title, title);
            pen.text(Part::Kind, &kind.0);
        }
        for topic in &self.topics {
            let mut pen = TextPen::new(Holder::Topic(topic.id.clone()), see);
            pen.text(Part::Id, topic.id.as_str());
            pen.texts(Part::Title, [&topic.title, &topic.short]);
            pen.texts(Part::Question, &topic.questions);
        }
        for group in &self.groups {
            let mut pen = TextPen::new(Holder::Group(group.id.clone()), see);
            pen.text(Part::Id, group.id.as_str());
            pen.text(Part::Title, &group.title);
        }
        TextPen::new(Holder::Legend, see).texts(Part::Word, self.legend.iter().map(|b| &b.word));
        if let Some(text) = &self.draft_text {
            draft_texts(text, &mut TextPen::new(Holder::DraftText, see));
        }
    }

    fn comment_texts(&self, see: &mut dyn FnMut(PrintedText<'_>)) {
        let words: HashMap<PointId, &str> =
            self.points.iter().map(|point| (point.id, &*point.text)).collect();
        for comment in &self.comments {
            let is_own =
                |text: &&str| !comment.sources.iter().any(|source| words.get(source) == Some(text));
            comment_texts(comment, &is_own, see);
        }
    }
}

/// A wording that is a source's is searched, and decided on, as that point's.
fn comment_texts(
    comment: &Comment<'_>,
    is_own: &dyn Fn(&&str) -> bool,
    see: &mut dyn FnMut(PrintedText<'_>),
) {
    let mut pen = TextPen::new(Holder::Comment(comment.id), see);
    let wordings = [&comment.text].into_iter().chain(&comment.wordings).map(AsRef::as_ref);
    pen.texts(Part::Wording, wordings.filter(is_own));
    pen.texts(Part::Wording, &comment.alternatives);
    pen.text(Part::Owner, &comment.owner);
    pen.text(Part::ByWhen, &comment.by_when);
    pen.kind(&comment.kind);
    pen.convergence(comment.convergence.as_ref());
    if let Some(label) = comment.paragraph.as_ref().filter(|_| comment.anchor.is_none()) {
        pen.text(Part::Paragraph, label.as_str());
    }
    answer_texts(comment.disposition.as_deref(), &mut pen);
}

fn point_texts(point: &Point<'_>, see: &mut dyn FnMut(PrintedText<'_>)) {
    let mut pen = TextPen::new(Holder::Point(point.id), see);
    pen.text(Part::Wording, &point.text);
    pen.texts(Part::Wording, &point.alternatives);
    pen.texts(Part::Tag, point.tags.iter());
    pen.text(Part::Reservation, point.read_back.as_ref().map_or("", |said| &said.words));
    if let Some(proposal) = &point.proposal {
        pen.redline(&proposal.redline, proposal.fits);
        pen.text(Part::Why, &proposal.why);
    }
    pen.text(Part::SetAside, &point.words);
    pen.text(Part::Owner, point.owner.as_deref().unwrap_or_default());
    pen.kind(&point.kind);
    pen.convergence(point.convergence.as_ref());
    if let Some(label) = point.paragraph.as_ref().filter(|_| point.anchor.is_none()) {
        pen.text(Part::Paragraph, label.as_str());
    }
    answer_texts(point.disposition.as_deref(), &mut pen);
}

fn answer_texts(found: Option<&Disposition<'_>>, pen: &mut TextPen<'_, '_>) {
    let Some(found) = found else { return };
    for answer in [&found.now].into_iter().chain(&found.others).chain(&found.history) {
        pen.text(Part::Response, &answer.note);
        pen.text(Part::Target, &answer.target);
        pen.decision(&answer.decision);
    }
}

fn draft_texts(text: &DraftText<'_>, pen: &mut TextPen<'_, '_>) {
    pen.text(Part::Title, &text.title);
    pen.text(Part::Version, &text.version);
    for DraftParagraph { label, printed, text, .. } in text.paragraphs.iter().chain(&text.gone) {
        pen.text(Part::Paragraph, label.as_str());
        pen.text(Part::Paragraph, printed);
        pen.text(Part::Wording, text);
    }
}
