//! What is asked and done about the draft text: proposing, pinning, answering.

use super::super::keymap::Action;
use super::super::{About, App, Choice, Choose, Overlay, Screen, Then, wrap};
use super::rows::in_words;
use super::{Said, Side, Spot};
use crate::workshop::{
    Decision, Disposition, DraftParagraph, DraftText, Fate, Field, Pin, PointId, Proposal,
    StatementField, Subject,
};

/// What a choice on the draft text's screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answering {
    /// Shows a paragraph.
    Show(Pin),
    /// Pins something to a place in the text, or to none.
    Pin(Subject, Option<Pin>),
    /// Says what drafters decided.
    Decide(Subject, Decision),
    /// Takes one of several answers that were given at once.
    Take(Subject, Box<Disposition>),
    /// Takes this one of several draft texts.
    Text(Box<DraftText>),
}

/// What is asked about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Into what, to where or to whom.
    Target(Subject, Box<Disposition>),
    /// The response in words.
    Note(Subject, Box<Disposition>),
}

/// How much of a paragraph a list of them shows, in columns.
const SHOWN: usize = 160;

impl App {
    pub(super) fn change_draft_text(&mut self, action: Action) {
        match action {
            Action::Propose => self.begin_proposing(),
            Action::ProposeNew => self.begin_new_paragraph(),
            Action::ProposeDeletion => self.propose_deletion(),
            Action::OpenSaid if self.paragraphs.side == Side::Said => self.open_said(),
            Action::OpenSaid | Action::TakeDownHere => self.take_down_here(),
            Action::PinTo => {
                if let Some(subject) = self.chosen_subject_or_say() {
                    self.offer_pins(subject);
                }
            }
            Action::AnswerSaid => self.begin_answer(),
            Action::TakeInText => self.ask(
                "Draft text, or a matrix that came back",
                "A file: .md, .txt, .docx for the text; .xlsx, .csv for answers.",
                "",
                About::TakeInText,
            ),
            Action::Settle => self.settle_draft_text(),
            _ => {}
        }
    }

    pub(in super::super) fn chosen_subject(&self) -> Option<Subject> {
        Some(match self.chosen_said()? {
            Said::Point(index) => Subject::Point(self.core.workshop.point_at(index).id()),
            Said::Statement(id) => Subject::Statement(id),
        })
    }

    fn chosen_subject_or_say(&mut self) -> Option<Subject> {
        let subject = self.chosen_subject();
        if subject.is_none() {
            self.say("Choose what was said first: Tab goes there.");
        }
        subject
    }

    // ----- the paragraph ---------------------------------------------------------------------

    /// The chosen paragraph of the text as it stands, with its pin.
    fn chosen_paragraph(&mut self) -> Option<DraftParagraph> {
        let place = self.paragraphs.at();
        let is_there = matches!(self.paragraphs.spots().get(place), Some(Spot::Paragraph(_)));
        let found = self.draft_paragraph_at(place).filter(|_| is_there).cloned();
        if found.is_none() {
            self.say(match self.core.workshop.draft_text() {
                Some(_) => "Choose a paragraph of the text first.",
                None => "There is no draft text yet: i takes one in.",
            });
        }
        found
    }

    fn begin_proposing(&mut self) {
        if let Some(point) = self.chosen_said_point()
            && let Some(found) = self.core.workshop.point(point)
            && let Some(proposal) = found.proposal()
        {
            let place = found.paragraph().and_then(|pin| self.core.workshop.anchor(pin));
            let Some((paragraph, after)) = place else {
                return self.say("Its paragraph is unknown: t pins it to one.");
            };
            let old = if after { "" } else { &*paragraph.text };
            // One that fits no more is worded anew, on the words that stand.
            let wording = proposal.wording(old).unwrap_or_else(|| old.to_owned());
            let (id, old) = (paragraph.id, old.to_owned());
            return self.propose(Some(point), (id, after), old, &wording);
        }
        let Some(paragraph) = self.chosen_paragraph() else { return };
        let text = paragraph.text.to_string();
        self.propose(None, (paragraph.id, false), text.clone(), &text);
    }

    fn begin_new_paragraph(&mut self) {
        let Some(paragraph) = self.chosen_paragraph() else { return };
        self.propose(None, (paragraph.id, true), String::new(), "");
    }

    fn propose_deletion(&mut self) {
        let Some(paragraph) = self.chosen_paragraph() else { return };
        if let Some(proposal) = Proposal::between(&paragraph.text, "", "") {
            self.ask_why_proposed(None, (paragraph.id, false), proposal);
        }
    }

    fn take_down_here(&mut self) {
        let place = self.paragraphs.at();
        let pin = self.draft_paragraph_at(place).map(|paragraph| Pin::At(paragraph.id));
        self.go(Screen::Capture);
        self.capture.paragraph.clone_from(&pin);
        let label = pin.map(|pin| self.core.workshop.printed(&pin).into_owned());
        self.say(match label {
            Some(label) => format!("The next point will be on {label}."),
            None => "The next point will be on the whole text.".to_owned(),
        });
    }

    /// Offers the paragraphs, to go to one.
    pub(super) fn offer_paragraphs(&mut self) {
        let choices: Vec<Choice> = self
            .paragraphs_to_choose(false)
            .into_iter()
            .map(|(name, pin)| Choice {
                name,
                more: String::new(),
                then: Then::DraftText(Answering::Show(pin)),
            })
            .collect();
        if choices.is_empty() {
            return self.say("There is no draft text yet: i takes one in.");
        }
        self.core.overlay = Some(Overlay::Choose(Choose::new("Go to paragraph", choices, 0)));
    }

    /// All paragraphs by label and beginning, each with its pin; with the places after them, too.
    pub(in super::super) fn paragraphs_to_choose(&self, after: bool) -> Vec<(String, Pin)> {
        let Some(text) = self.core.workshop.draft_text() else { return Vec::new() };
        let name = |found: &DraftParagraph| {
            format!("{}  {}", found.label, wrap::shorten(&found.text, SHOWN))
        };
        let mut all: Vec<(String, Pin)> =
            text.paragraphs.iter().map(|found| (name(found), Pin::At(found.id))).collect();
        if after {
            all.extend(text.paragraphs.iter().map(|found| {
                (format!("after {}: a new paragraph", found.label), Pin::After(found.id))
            }));
        }
        all
    }

    // ----- what was said ---------------------------------------------------------------------

    fn open_said(&mut self) {
        match self.chosen_said() {
            Some(Said::Point(index)) => {
                let point = self.core.workshop.point_at(index).id();
                self.show_point(point);
            }
            Some(Said::Statement(id)) => self.show_statement(id),
            None => {}
        }
    }

    /// Offers the places that something can be pinned to.
    pub(in super::super) fn offer_pins(&mut self, subject: Subject) {
        let choice = |(name, pin): (String, Option<Pin>)| Choice {
            name,
            more: String::new(),
            then: Then::DraftText(Answering::Pin(subject, pin)),
        };
        let all = self.paragraphs_to_choose(true).into_iter().map(|(name, pin)| (name, Some(pin)));
        let mut choices: Vec<Choice> = all.map(choice).collect();
        choices.push(choice(("the whole text: no paragraph".to_owned(), None)));
        let title = format!("Pin {} to", self.named_subject(subject));
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, 0)));
    }

    fn pin(&mut self, subject: Subject, pin: Option<Pin>) {
        let label = pin.as_ref().map(|pin| self.core.workshop.printed(pin).into_owned());
        let change = match subject {
            Subject::Point(point) => self.core.workshop.set(point, Field::Paragraph(pin)),
            Subject::Statement(id) => {
                self.core.workshop.set_statement(id, StatementField::Paragraph(pin))
            }
        };
        match change {
            Ok(change) => {
                self.make("pinning to a paragraph", [change]);
                let label = label.unwrap_or_else(|| "the whole text".to_owned());
                self.say(format!("Pinned to {label}."));
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    // ----- answers ---------------------------------------------------------------------------

    /// What the drafters answer: a point that is in a statement is answered with it.
    fn begin_answer(&mut self) {
        let Some(subject) = self.chosen_subject_or_say() else { return };
        let subject = match subject {
            Subject::Point(point) => self.answered_with(point),
            statement @ Subject::Statement(_) => statement,
        };
        let others = self.core.workshop.other_dispositions(subject);
        if !others.is_empty() {
            let now = self.core.workshop.disposition(subject).into_iter();
            let choice = |answer: &Disposition| Choice {
                name: in_words(answer),
                more: String::new(),
                then: Then::DraftText(Answering::Take(subject, Box::new(answer.clone()))),
            };
            let choices = now.chain(others).map(choice).collect();
            let name = self.named_subject(subject);
            let title = format!("Two answers to {name}: which one stands?");
            self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, 0)));
            return;
        }
        let now = self.core.workshop.disposition(subject).map(|found| found.decision.clone());
        let at = Decision::KNOWN.iter().position(|known| Some(known) == now.as_ref());
        let choice = |decision: &Decision| Choice {
            name: decision.title().to_owned(),
            more: String::new(),
            then: Then::DraftText(Answering::Decide(subject, decision.clone())),
        };
        let choices = Decision::KNOWN.iter().map(choice).collect();
        let title = format!("What was decided on {}?", self.named_subject(subject));
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, at.unwrap_or(0))));
    }

    /// A statement or a point as a question names it.
    fn named_subject(&self, subject: Subject) -> String {
        let words = match subject {
            Subject::Point(point) => return self.quoted(point),
            Subject::Statement(id) => self.core.workshop.statement(id),
        };
        let words = words.map_or("", |found| self.core.workshop.wording(found));
        format!("the statement “{}”", wrap::shorten(words, 24))
    }

    fn answered_with(&self, point: PointId) -> Subject {
        match self.core.workshop.point(point).map(|found| self.core.workshop.fate(found)) {
            Some(Fate::Carried(statement) | Fate::Merged(statement)) => {
                Subject::Statement(statement)
            }
            _ => Subject::Point(point),
        }
    }

    pub(in super::super) fn then_draft_text(&mut self, then: Answering) {
        match then {
            Answering::Show(pin) => {
                if let Some((id, _)) = pin.paragraph() {
                    self.show_paragraph(id);
                }
            }
            Answering::Pin(subject, pin) => self.pin(subject, pin),
            Answering::Decide(subject, decision) => self.decide(subject, decision),
            Answering::Take(subject, answer) => self.keep_answer(subject, *answer),
            Answering::Text(text) => self.keep_text(*text),
        }
    }

    fn decide(&mut self, subject: Subject, decision: Decision) {
        let known = self.core.workshop.disposition(subject).cloned().unwrap_or_default();
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
                self.ask(&question, hint, &shown, about);
            }
            None => self.ask_note(subject, answer),
        }
    }

    fn ask_note(&mut self, subject: Subject, answer: Disposition) {
        let (note, decision) = (answer.note.to_string(), answer.decision.title().to_owned());
        let hint = "The drafters' response; may be empty. It goes back to the groups.";
        let question = format!("Response to {} ({decision})", subject.reference());
        self.ask(&question, hint, &note, About::DraftText(Reply::Note(subject, Box::new(answer))));
    }

    pub(in super::super) fn answer_draft_text(&mut self, reply: Reply, words: &str) {
        match reply {
            Reply::Target(subject, mut answer) => {
                answer.target = words.into();
                self.ask_note(subject, *answer);
            }
            Reply::Note(subject, mut answer) => {
                answer.note = words.into();
                self.keep_answer(subject, *answer);
            }
        }
    }

    fn keep_answer(&mut self, subject: Subject, answer: Disposition) {
        let told = in_words(&answer);
        match self.core.workshop.dispose(subject, answer) {
            Ok(change) => {
                self.make("answering", [change]);
                self.say(format!("Answered: {}.", wrap::shorten(&told, 60)));
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    // ----- several texts ---------------------------------------------------------------------

    fn settle_draft_text(&mut self) {
        let others = self.core.workshop.other_draft_texts();
        let Some(now) = self.core.workshop.draft_text().filter(|_| !others.is_empty()) else {
            return self.say("There is one draft text, or none: nothing to choose.");
        };
        let name = |text: &DraftText| {
            format!("{} {} ({} paragraphs)", text.title, text.version, text.paragraphs.len())
        };
        let choice = |text: &DraftText| Choice {
            name: name(text),
            more: String::new(),
            then: Then::DraftText(Answering::Text(Box::new(text.clone()))),
        };
        let choices = std::iter::once(now).chain(others).map(choice).collect();
        let title = "Two draft texts were taken in at once: which one stands?";
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, 0)));
    }

    fn keep_text(&mut self, text: DraftText) {
        let changes = self.core.workshop.take_in_text(text);
        self.make("choosing a draft text", changes);
    }
}
