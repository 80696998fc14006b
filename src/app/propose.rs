//! Proposals for a paragraph of the draft text: its words are edited in the line, where
//! everything that is typed is kept, and what is stored is the change.

use super::{About, Core, Line, Mode, ScreenId, Target};
use crate::workshop::{
    CapturedPoint, Change, Field, ParagraphId, Pin, PointId, Proposal, ProposalKind, Workshop,
    clean,
};

/// A paragraph whose words are being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposing {
    /// The point whose proposal it is, if there is one already.
    pub point: Option<PointId>,
    /// The paragraph.
    pub paragraph: ParagraphId,
    /// Whether the proposal is a new paragraph after it.
    pub after: bool,
    /// Its current words.
    pub(super) old: String,
    /// The words that the editing began with.
    pub(super) begun_with: String,
}

/// A proposal that waits for its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingProposal {
    pub(super) point: Option<PointId>,
    pin: Pin,
    proposal: Proposal,
}

impl Proposing {
    /// Where it belongs.
    pub(super) fn pin(&self) -> Pin {
        if self.after { Pin::After(self.paragraph) } else { Pin::At(self.paragraph) }
    }
}

/// The longest piece of a proposal that is quoted, in columns.
const QUOTED: usize = 160;

/// What a proposal says if nobody gave a reason.
fn in_words(proposal: &Proposal, label: &str) -> String {
    let quote = |words: &str| format!("“{}”", super::wrap::shorten(words.trim(), QUOTED));
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

impl Core {
    /// Begins to edit a paragraph's words in the line. What was being typed comes back afterwards.
    pub(super) fn propose(
        &mut self,
        point: Option<PointId>,
        (paragraph, after): (ParagraphId, bool),
        old: String,
        wording: &str,
    ) {
        self.here.target = Some(Target::Line);
        self.go(ScreenId::Capture);
        if self.typing.editing().is_some() || self.typing.proposing().is_some() {
            return self.say("Finish rewording first: Enter saves, Esc cancels. Then try again.");
        }
        self.set_line_aside();
        self.typing.line = Line::holding(wording);
        let begun_with = wording.to_owned();
        self.typing.mode = Mode::Propose(Proposing { point, paragraph, after, old, begun_with });
    }

    pub(super) fn ask_why_proposed(
        &mut self,
        point: Option<PointId>,
        (paragraph, after): (ParagraphId, bool),
        proposal: Proposal,
    ) {
        let pin = if after { Pin::After(paragraph) } else { Pin::At(paragraph) };
        let known = point.and_then(|point| self.workshop.point(point));
        let why = known.and_then(|found| found.proposal()).map_or("", |known| &*known.why);
        let why = why.to_owned();
        let hint = "The group's reason; can be left empty.";
        let place = self.workshop.printed(&pin);
        let question = if after {
            format!("Why a paragraph {place}?")
        } else {
            format!("Why change {place}?")
        };
        self.ask(
            &question,
            hint,
            &why,
            About::Why(Box::new(PendingProposal { point, pin, proposal })),
        );
    }

    /// Makes the proposal a point of the group, or changes the point that it already was.
    pub(super) fn answer_why(&mut self, reasoned: PendingProposal, why: &str) {
        let PendingProposal { point, pin, proposal } = reasoned;
        let paragraph = pin.paragraph().map(|(paragraph, _)| paragraph);
        let label = self.workshop.printed(&pin).into_owned();
        let amended = point.and_then(|point| self.workshop.point(point));
        let group = amended.map_or(&self.here.group, |found| found.group()).clone();
        let mut entered = Vec::new();
        if let Some(point) = point {
            let proposal = Proposal { why: why.into(), ..proposal };
            let field = Field::Proposal(Some(Box::new(proposal)));
            match self.workshop.set(point, field) {
                Ok(change) => self.make("amending a proposal", [change]),
                Err(refusal) => return self.complain(refusal.to_string()),
            }
        } else {
            let words = if why.is_empty() { in_words(&proposal, &label) } else { why.to_owned() };
            let (id, kind) = (self.ids.point(), self.typing.kind_now().clone());
            let mut captured = CapturedPoint::new(id, self.place_now(), kind, &*clean(&words));
            captured.paragraph = Some(pin);
            captured.proposal = Some(Box::new(proposal));
            let change = Change::PointCaptured(Box::new(captured));
            if let Err(refusal) = self.workshop.check(&change) {
                return self.complain(refusal.to_string());
            }
            self.make("proposing other words", [change]);
            entered.push(id);
        }
        if self.typing.proposing().is_some() {
            if entered.is_empty() {
                self.text_dropped();
            } else {
                self.text_entered(entered);
            }
            self.finish_line();
        }
        self.here.target = paragraph.map(Target::Paragraph);
        self.go(ScreenId::DraftText);
        self.say(format!("Proposed for {label}, by {}.", self.workshop.title_of(&group)));
    }
}

/// What was being proposed when a program died, if its paragraph is still in the text.
pub(super) fn proposing(
    workshop: &Workshop,
    pin: &Pin,
    point: Option<PointId>,
    text: &str,
) -> Option<Proposing> {
    let (found, after) = workshop.anchor(pin)?;
    let old = if after { String::new() } else { found.text.to_string() };
    let begun_with = text.to_owned();
    Some(Proposing { point, paragraph: found.id, after, old, begun_with })
}
