//! Proposing other words for a paragraph of the draft text: its words are edited in the line, where
//! all that is typed is kept, and what is stored is the change.

use super::super::keymap::Action;
use super::super::{About, App, Line, Screen};
use crate::workshop::{
    Captured, Change, Field, ParagraphId, Pin, PointId, Proposal, ProposalKind, clean,
};

/// A paragraph whose words are being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposing {
    /// The point whose proposal it is, if there is one already.
    pub point: Option<PointId>,
    /// The paragraph.
    pub paragraph: ParagraphId,
    /// Whether it is a new one after that.
    pub after: bool,
    /// Its words as they stand.
    old: String,
    /// The words that the editing began with.
    pub(super) begun_with: String,
}

/// A proposal that waits for its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasoned {
    pub(in super::super) point: Option<PointId>,
    pin: Pin,
    proposal: Proposal,
}

impl Proposing {
    /// Where it belongs.
    pub(super) fn pin(&self) -> Pin {
        if self.after { Pin::After(self.paragraph) } else { Pin::At(self.paragraph) }
    }
}

impl App {
    /// What was being proposed when a program died, if its paragraph is still in the text.
    pub(super) fn proposing(
        &self,
        pin: &Pin,
        point: Option<PointId>,
        text: &str,
    ) -> Option<Proposing> {
        let (found, after) = self.core.workshop.anchor(pin)?;
        let old = if after { String::new() } else { found.text.to_string() };
        let begun_with = text.to_owned();
        Some(Proposing { point, paragraph: found.id, after, old, begun_with })
    }

    /// Begins to edit a paragraph's words in the line. What was being typed comes back after.
    pub(in super::super) fn propose(
        &mut self,
        point: Option<PointId>,
        (paragraph, after): (ParagraphId, bool),
        old: String,
        wording: &str,
    ) {
        self.go(Screen::Capture);
        self.capture.search = None;
        if self.capture.editing.is_some() || self.capture.proposing.is_some() {
            return self
                .say("You are rewording something: Enter keeps it, Esc leaves it. Then again.");
        }
        self.set_line_aside();
        self.capture.line = Line::holding(wording);
        self.capture.proposing =
            Some(Proposing { point, paragraph, after, old, begun_with: wording.to_owned() });
    }

    /// Takes the edited words as a proposal, and asks why.
    pub(super) fn end_proposing(&mut self, text: &str) {
        let Some(proposing) = self.capture.proposing.clone() else { return };
        let place = (proposing.paragraph, proposing.after);
        match Proposal::between(&proposing.old, text, "") {
            Some(proposal) => self.ask_why_proposed(proposing.point, place, proposal),
            None if proposing.after => self.say("A new paragraph needs words; Esc leaves it."),
            None => self.say("Nothing was changed yet: edit the words, or Esc leaves them."),
        }
    }

    /// Esc: the paragraph stays as it was.
    pub(super) fn leave_proposing(&mut self) {
        self.text_dropped();
        let was = self.capture.proposing.as_ref().and_then(|proposing| proposing.point);
        self.finish_line();
        self.go(Screen::DraftText);
        if was.is_some() {
            // It was begun on what was said; there the keys go on.
            self.act_draft_text(Action::Right);
        }
        self.say("Nothing was proposed.");
    }

    pub(in super::super) fn ask_why_proposed(
        &mut self,
        point: Option<PointId>,
        (paragraph, after): (ParagraphId, bool),
        proposal: Proposal,
    ) {
        let pin = if after { Pin::After(paragraph) } else { Pin::At(paragraph) };
        let known = point.and_then(|point| self.core.workshop.point(point));
        let why = known.and_then(|found| found.proposal()).map_or("", |known| &*known.why);
        let why = why.to_owned();
        let hint = "The reason, as the group gives it; may be empty.";
        let question = format!("Why change {}?", self.core.workshop.printed(&pin));
        let question = if after {
            format!("Why a paragraph {}?", self.core.workshop.printed(&pin))
        } else {
            question
        };
        self.ask(&question, hint, &why, About::Why(Box::new(Reasoned { point, pin, proposal })));
    }

    /// Makes the proposal a point of the group, or changes the one it was.
    pub(in super::super) fn answer_why(&mut self, reasoned: Reasoned, why: &str) {
        let Reasoned { point, pin, proposal } = reasoned;
        let paragraph = pin.paragraph().map(|(paragraph, _)| paragraph);
        let label = self.core.workshop.printed(&pin).into_owned();
        let amended = point.and_then(|point| self.core.workshop.point(point));
        let group = amended.map_or(&self.capture.group, |found| found.group()).clone();
        let mut entered = Vec::new();
        if let Some(point) = point {
            let proposal = Proposal { why: why.into(), ..proposal };
            let field = Field::Proposal(Some(Box::new(proposal)));
            match self.core.workshop.set(point, field) {
                Ok(change) => self.make("amending a proposal", [change]),
                Err(refusal) => return self.complain(refusal.to_string()),
            }
        } else {
            let words = if why.is_empty() { said(&proposal, &label) } else { why.to_owned() };
            let (id, kind) = (self.core.ids.point(), self.capture.kind_now().clone());
            let mut captured = Captured::new(id, self.place_now(), kind, &*clean(&words));
            captured.paragraph = Some(pin);
            captured.proposal = Some(Box::new(proposal));
            let change = Change::PointCaptured(Box::new(captured));
            if let Err(refusal) = self.core.workshop.check(&change) {
                return self.complain(refusal.to_string());
            }
            self.make("proposing other words", [change]);
            entered.push(id);
        }
        if self.capture.proposing.is_some() {
            if entered.is_empty() {
                self.text_dropped();
            } else {
                self.text_entered(entered);
            }
            self.finish_line();
        }
        self.go(Screen::DraftText);
        if let Some(paragraph) = paragraph {
            self.show_paragraph(paragraph);
        }
        self.say(format!("Proposed for {label}, by {}.", self.core.workshop.title_of(&group)));
    }
}

/// The longest piece of a proposal that is quoted, in columns.
const QUOTED: usize = 160;

/// What a proposal says where nobody gave a reason.
fn said(proposal: &Proposal, label: &str) -> String {
    let quote = |words: &str| format!("“{}”", super::super::wrap::shorten(words.trim(), QUOTED));
    let edits = proposal.edits.iter().map(|edit| match (edit.cut.trim(), edit.put.trim()) {
        (cut, "") => format!("delete {}", quote(cut)),
        ("", put) if edit.before.is_empty() && edit.after.is_empty() => quote(put),
        ("", put) => format!("insert {}", quote(put)),
        (cut, put) => format!("replace {} with {}", quote(cut), quote(put)),
    });
    let edits: Vec<String> = edits.collect();
    let lead = match proposal.kind() {
        ProposalKind::Insert if label.starts_with("after ") => format!("New paragraph {label}"),
        _ => format!("In {label}"),
    };
    format!("{lead}: {}.", edits.join("; "))
}
