//! What can be done with the draft text: proposing, pinning, answering.

use super::super::pins::{named_subject, paragraphs_to_choose};
use super::super::{About, Asks, Choice, Effect, Paragraphs, ReturnValue, Then, wrap};
use super::{Action, Core, Of, ParagraphRemark, ScreenId, Side, Spot, rows::in_words, seen};
use crate::workshop::{
    CommentField, Decision, Disposition, DraftParagraph, DraftText, Fate, Field, Pin, PointId,
    Proposal, Subject,
};

/// What a choice on the draft text's screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// Shows a paragraph.
    Show(Pin),
    /// Pins something to a place in the text, or to none.
    Pin(Subject, Option<Pin>),
    /// Records what drafters decided.
    Decide(Subject, Decision),
    /// Chooses one of several answers that were given at once.
    Take(Subject, Box<Disposition>),
    /// Chooses this one of several draft texts.
    Text(Box<DraftText>),
}

/// What is asked about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Into what, where or to whom.
    Target(Subject, Box<Disposition>),
    /// The response in words.
    Note(Subject, Box<Disposition>),
    /// A draft text or answers to take in.
    TakeIn,
}

impl ReturnValue for Answering {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::Pin(of, _) => vec![match of {
                Subject::Point(id) => seen::point(*id, Field::Paragraph(None)),
                Subject::Comment(id) => seen::comment(*id, CommentField::Paragraph(None)),
            }],
            Self::Decide(of, _) | Self::Take(of, _) => vec![seen::subject(*of), Of::Answer(*of)],
            Self::Text(_) => vec![Of::Texts],
            Self::Show(_) => Vec::new(),
        }
    }
}

impl ReturnValue for Reply {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::Target(of, _) | Self::Note(of, _) => vec![seen::subject(*of), Of::Answer(*of)],
            Self::TakeIn => Vec::new(),
        }
    }

    fn path(&self) -> Option<&'static str> {
        (*self == Self::TakeIn).then_some("draft text")
    }
}

impl Asks for Paragraphs {
    type Choice = Answering;
    type Question = Reply;

    fn picked(&mut self, core: &mut Core, then: Answering) {
        match then {
            Answering::Show(pin) => {
                if let Some((id, _)) = pin.paragraph() {
                    self.show_paragraph(core, id);
                }
            }
            Answering::Pin(subject, pin) => core.pin(subject, pin),
            Answering::Decide(subject, decision) => Self::decide(core, subject, decision),
            Answering::Take(subject, answer) => Self::keep_answer(core, subject, *answer),
            Answering::Text(text) => Self::keep_text(core, *text),
        }
    }

    fn answered(&mut self, core: &mut Core, reply: Reply, words: &str) {
        match reply {
            Reply::TakeIn if words.is_empty() => {}
            Reply::TakeIn => core.effects.push(Effect::TakeIn(words.into())),
            Reply::Target(subject, mut answer) => {
                answer.target = words.into();
                Self::ask_note(core, subject, *answer);
            }
            Reply::Note(subject, mut answer) => {
                answer.note = words.into();
                Self::keep_answer(core, subject, *answer);
            }
        }
    }
}

impl Paragraphs {
    pub(super) fn change_draft_text(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::Propose => self.begin_proposing(core),
            Action::ProposeNew => self.begin_new_paragraph(core),
            Action::ProposeDeletion => self.propose_deletion(core),
            Action::OpenSaid if self.side == Side::Said => self.open_said(core),
            Action::OpenSaid | Action::TakeDownHere => self.take_down_here(core),
            Action::PinTo => {
                if let Some(subject) = self.chosen_subject_or_say(core) {
                    core.offer_pins(subject, |pin| Then::DraftText(Answering::Pin(subject, pin)));
                }
            }
            Action::AnswerSaid => self.begin_answer(core),
            Action::TakeInText => core.ask(
                "Draft text, or drafters' answers",
                "A file: .md, .txt, .docx for the text; .xlsx or .csv for answers.",
                "",
                About::DraftText(Reply::TakeIn),
            ),
            Action::Settle => Self::settle_draft_text(core),
            _ => {}
        }
    }

    pub(in super::super) fn chosen_subject(&self, core: &Core) -> Option<Subject> {
        Some(match self.chosen_said()? {
            ParagraphRemark::Point(index) => Subject::Point(core.workshop.point_at(index).id()),
            ParagraphRemark::Comment(id) => Subject::Comment(id),
        })
    }

    fn chosen_subject_or_say(&mut self, core: &mut Core) -> Option<Subject> {
        let subject = self.chosen_subject(core);
        if subject.is_none() {
            core.say("Choose a point first: Tab goes to the points.");
        }
        subject
    }

    // ----- the paragraph ---------------------------------------------------------------------

    /// The chosen paragraph of the current text.
    fn chosen_paragraph(&mut self, core: &mut Core) -> Option<DraftParagraph> {
        let place = self.at();
        let is_there = matches!(self.spots.get(place), Some(Spot::Paragraph(_)));
        let found = self.draft_paragraph_at(core, place).filter(|_| is_there).cloned();
        if found.is_none() {
            core.say(match core.workshop.draft_text() {
                Some(_) => "Choose a paragraph of the text first.",
                None => "There is no draft text yet: i imports one.",
            });
        }
        found
    }

    fn begin_proposing(&mut self, core: &mut Core) {
        if let Some(point) = self.chosen_said_point(core)
            && let Some(found) = core.workshop.point(point)
            && let Some(proposal) = found.proposal()
        {
            let place = found.paragraph().and_then(|pin| core.workshop.anchor(pin));
            let Some((paragraph, after)) = place else {
                return core.say("Its paragraph is unknown: t pins it to one.");
            };
            let old = if after { "" } else { &*paragraph.text };
            // A proposal that no longer fits is worded again, from the current words.
            let wording = proposal.wording(old).unwrap_or_else(|| old.to_owned());
            let (id, old) = (paragraph.id, old.to_owned());
            return core.propose(Some(point), (id, after), old, &wording);
        }
        let Some(paragraph) = self.chosen_paragraph(core) else { return };
        let text = paragraph.text.to_string();
        core.propose(None, (paragraph.id, false), text.clone(), &text);
    }

    fn begin_new_paragraph(&mut self, core: &mut Core) {
        let Some(paragraph) = self.chosen_paragraph(core) else { return };
        core.propose(None, (paragraph.id, true), String::new(), "");
    }

    fn propose_deletion(&mut self, core: &mut Core) {
        let Some(paragraph) = self.chosen_paragraph(core) else { return };
        if let Some(proposal) = Proposal::between(&paragraph.text, "", "") {
            core.ask_why_proposed(None, (paragraph.id, false), proposal);
        }
    }

    fn take_down_here(&mut self, core: &mut Core) {
        let place = self.at();
        let pin = self.draft_paragraph_at(core, place).map(|paragraph| Pin::At(paragraph.id));
        core.go(ScreenId::Capture);
        core.typing.paragraph.clone_from(&pin);
        let label = pin.map(|pin| core.workshop.printed(&pin).into_owned());
        core.say(match label {
            Some(label) => format!("The next point will be on {label}."),
            None => "The next point will be on the whole text.".to_owned(),
        });
    }

    /// Offers the paragraphs, for going to one of them.
    pub(super) fn offer_paragraphs(&self, core: &mut Core) {
        let known = paragraphs_to_choose(&core.workshop, false);
        let now = self.draft_paragraph_at(core, self.at()).map(|now| Pin::At(now.id));
        let at = known.iter().position(|(_, pin)| Some(pin) == now.as_ref()).unwrap_or(0);
        let choices: Vec<Choice> = known
            .into_iter()
            .map(|(name, pin)| Choice::new(name, Then::DraftText(Answering::Show(pin))))
            .collect();
        if choices.is_empty() {
            return core.say("There is no draft text yet: i imports one.");
        }
        core.offer("Go to paragraph", choices, at);
    }

    // ----- what was said ---------------------------------------------------------------------

    fn open_said(&mut self, core: &mut Core) {
        match self.chosen_subject(core) {
            Some(Subject::Point(id)) => core.show_point(id),
            Some(Subject::Comment(id)) => core.show_comment(id),
            None => {}
        }
    }

    // ----- answers ---------------------------------------------------------------------------

    /// Asks for the drafters' answer; a point that is in a comment is answered with the comment.
    fn begin_answer(&mut self, core: &mut Core) {
        let Some(subject) = self.chosen_subject_or_say(core) else { return };
        let subject = match subject {
            Subject::Point(point) => Self::answered_with(core, point),
            comment @ Subject::Comment(_) => comment,
        };
        let others = core.workshop.other_dispositions(subject);
        if !others.is_empty() {
            let now = core.workshop.disposition(subject).into_iter();
            let choice = |answer: &Disposition| {
                let take = Answering::Take(subject, Box::new(answer.clone()));
                Choice::new(in_words(answer), Then::DraftText(take))
            };
            let choices = now.chain(others).map(choice).collect();
            let name = named_subject(&core.workshop, subject);
            let title = format!("Two answers to {name}: which one do you choose?");
            core.offer(title, choices, 0);
            return;
        }
        let now = core.workshop.disposition(subject).map(|found| found.decision.clone());
        let at = Decision::KNOWN.iter().position(|known| Some(known) == now.as_ref());
        let choice = |decision: &Decision| {
            let decide = Answering::Decide(subject, decision.clone());
            Choice::new(decision.title(), Then::DraftText(decide))
        };
        let choices = Decision::KNOWN.iter().map(choice).collect();
        let title = format!("What was decided on {}?", named_subject(&core.workshop, subject));
        core.offer(title, choices, at.unwrap_or(0));
    }

    fn answered_with(core: &Core, point: PointId) -> Subject {
        match core.workshop.point(point).map(|found| core.workshop.fate(found)) {
            Some(Fate::Carried(comment) | Fate::Merged(comment)) => Subject::Comment(comment),
            _ => Subject::Point(point),
        }
    }

    fn decide(core: &mut Core, subject: Subject, decision: Decision) {
        let known = core.workshop.disposition(subject).cloned().unwrap_or_default();
        let same = known.decision == decision;
        let mut answer = Disposition { decision, ..Disposition::default() };
        if same {
            (answer.target, answer.note) = (known.target, known.note);
        }
        let target = match answer.decision {
            Decision::Merged => Some(("Merged into what?", "A paragraph or a reference: OP5.")),
            Decision::Deferred => {
                Some(("Deferred to whom?", "By role: the chair, the next round."))
            }
            _ => None,
        };
        let shown = answer.target.to_string();
        match target {
            Some((question, hint)) => {
                let question = format!("{question} {}", subject.reference());
                let about = About::DraftText(Reply::Target(subject, Box::new(answer)));
                core.ask(&question, hint, &shown, about);
            }
            None => Self::ask_note(core, subject, answer),
        }
    }

    fn ask_note(core: &mut Core, subject: Subject, answer: Disposition) {
        let (note, decision) = (answer.note.to_string(), answer.decision.title().to_owned());
        let hint = "The drafters' response to the groups; can be left empty.";
        let question = format!("Response to {} ({decision})", subject.reference());
        core.ask(&question, hint, &note, About::DraftText(Reply::Note(subject, Box::new(answer))));
    }

    fn keep_answer(core: &mut Core, subject: Subject, answer: Disposition) {
        let in_short = in_words(&answer);
        match core.workshop.dispose(subject, answer) {
            Ok(change) => {
                core.make("answering", [change]);
                core.say(format!("Answered: {}.", wrap::shorten(&in_short, 60)));
            }
            Err(refusal) => core.complain(refusal.to_string()),
        }
    }

    // ----- several texts ---------------------------------------------------------------------

    fn settle_draft_text(core: &mut Core) {
        let others = core.workshop.other_draft_texts();
        let Some(now) = core.workshop.draft_text().filter(|_| !others.is_empty()) else {
            return core.say("There is one draft text, or none: nothing to choose.");
        };
        let name = |text: &DraftText| {
            format!("{} {} ({} paragraphs)", text.title, text.version, text.paragraphs.len())
        };
        let choice = |text: &DraftText| {
            Choice::new(name(text), Then::DraftText(Answering::Text(Box::new(text.clone()))))
        };
        let choices = std::iter::once(now).chain(others).map(choice).collect();
        let title = "Two draft texts were imported at once: which one do you choose?";
        core.offer(title, choices, 0);
    }

    fn keep_text(core: &mut Core, text: DraftText) {
        let changes = core.workshop.take_in_text(text);
        core.make("choosing a draft text", changes);
    }
}
