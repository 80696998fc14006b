//! The draft text, and whether what is anchored to it finds its paragraph there.

use std::{borrow::Cow, collections::HashSet};

use super::FeedbackCheck;
use crate::feedback::{
    Anchor, Answer, Disposition, DraftParagraph, DraftText, Feedback, ParagraphId,
};
use crate::workshop::{Refusal, clean};

impl FeedbackCheck<'_> {
    /// Finds what is wrong with the draft text and with what is anchored to it.
    pub(super) fn draft_text(&mut self, feedback: &Feedback) {
        let mut known: HashSet<ParagraphId> = HashSet::new();
        let text = feedback.draft_text.as_ref();
        let paragraphs = text.into_iter().flat_map(|text| text.paragraphs.iter().chain(&text.gone));
        for paragraph in paragraphs {
            let at = self.whereabouts(&paragraph.id.to_string());
            if !known.insert(paragraph.id) {
                let what = format!("The paragraph {} is here twice.", paragraph.id);
                self.fault(at, what, "Leave one of the two out.");
            }
            if clean(&paragraph.text).is_empty() || clean(paragraph.label.as_str()).is_empty() {
                self.fault(at, "This paragraph has no words or no label.", "Write some.");
            }
            if paragraph.text.len() > Refusal::LONGEST {
                self.fault(at, Refusal::TooLong(paragraph.text.len()).to_string(), "");
            }
            for word in [paragraph.label.as_str(), &paragraph.printed] {
                let text = self.text;
                self.word_fits(text, word);
            }
        }
        let points = feedback.points.iter().map(|point| point.anchor);
        let comments = feedback.comments.iter().map(|comment| comment.anchor);
        for Anchor { paragraph, .. } in points.chain(comments).flatten() {
            if !known.contains(&paragraph) {
                let what = format!("There is no paragraph {paragraph} in this file's draft text.");
                let at = self.whereabouts(&paragraph.to_string());
                self.fault(at, what, "Write the id of one of its paragraphs, or leave it out.");
            }
        }
        for proposal in feedback.points.iter().filter_map(|point| point.proposal.as_ref()) {
            if proposal.redline.len() > super::MOST_COLUMNS * 10 {
                self.fault(0, "A proposal has more changes than there can be.", "");
            }
        }
    }

    fn whereabouts(&self, word: &str) -> usize {
        self.text.find(&format!("\"{word}\"")).unwrap_or_default()
    }
}

/// The words of the draft text and of the drafters.
pub(super) fn texts<'f>(
    feedback: &'f mut Feedback<'static>,
) -> impl Iterator<Item = &'f mut Cow<'static, str>> {
    let Feedback { draft_text, points, comments, .. } = feedback;
    let text = draft_text.iter_mut().flat_map(|text| {
        let DraftText { title, version, paragraphs, gone, .. } = text;
        let words = paragraphs.iter_mut().chain(gone).map(|DraftParagraph { text, .. }| text);
        [title, version].into_iter().chain(words)
    });
    let why = |point: &'f mut crate::feedback::Point<'static>| {
        let why = point.proposal.as_mut().map(|proposal| &mut proposal.why);
        why.into_iter().chain(point.disposition.iter_mut().flat_map(|found| notes(found)))
    };
    let answers = comments.iter_mut().filter_map(|comment| comment.disposition.as_mut());
    text.chain(points.iter_mut().flat_map(why)).chain(answers.flat_map(|found| notes(found)))
}

fn notes<'f>(
    found: &'f mut Disposition<'static>,
) -> impl Iterator<Item = &'f mut Cow<'static, str>> {
    let answers = [&mut found.now].into_iter().chain(&mut found.others).chain(&mut found.history);
    answers.map(|Answer { note, .. }| note)
}
