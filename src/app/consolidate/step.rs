//! What is chosen from lists and answered in words.

use super::super::{About, App, Choice, Choose, Overlay, Then, wrap};
use super::Side;
use crate::workshop::{
    Convergence, Legend, Over, PointId, PointKind, Reason, StatementField, StatementId, Subject,
    TopicId,
};

/// What a choice does to points and statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sets the points aside for this reason.
    Aside(Reason),
    /// Puts the points into this statement.
    PutInto(StatementId),
    /// Merges one statement into another.
    Merge(StatementId, StatementId),
    /// Makes this source a statement of its own.
    Split(StatementId, PointId),
    /// Takes this source out; it is open again.
    TakeOut(StatementId, PointId),
    /// Sets a field of a statement.
    Set(StatementId, &'static str, StatementField),
    /// Sets a field of a statement over the values that these changes set.
    Settle(StatementId, StatementField, Over),
    /// Moves the points to a topic.
    ToTopic(TopicId),
    /// Words the statement anew.
    Reword(StatementId),
}

/// What is answered in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// More about why the points are set aside.
    Aside(Reason),
    /// How the statement is worded.
    Wording(StatementId),
    /// Which paragraph it is about.
    Paragraph(StatementId),
    /// A wish that stands beside it.
    Alternative(StatementId),
    /// Who is to do it.
    Owner(StatementId),
    /// By when it is to be done.
    ByWhen(StatementId),
    /// Which share is called what.
    Legend,
}

fn choice(name: impl Into<String>, more: impl Into<String>, step: Step) -> Choice {
    Choice { name: name.into(), more: more.into(), then: Then::Consolidate(step) }
}

impl App {
    pub(super) fn offer(&mut self, title: impl Into<String>, choices: Vec<Choice>, at: usize) {
        self.overlay = Some(Overlay::Choose(Choose::new(title, choices, at)));
    }

    pub(in super::super) fn then_consolidate(&mut self, step: Step) {
        match step {
            Step::Aside(reason) => self.ask_why(reason),
            Step::PutInto(statement) => self.put_asked(statement),
            Step::Merge(from, into) => self.merge(from, into),
            Step::Split(statement, source) => self.split(statement, source),
            Step::TakeOut(statement, source) => self.take_out(statement, source),
            Step::Set(statement, what, field) => self.set_field(what, statement, field),
            Step::Settle(statement, field, over) => self.settle_statement(statement, field, &over),
            Step::ToTopic(topic) => self.move_points(&topic),
            Step::Reword(statement) => self.ask_wording(statement),
        }
    }

    pub(in super::super) fn answer_consolidate(&mut self, query: Query, answer: &str) {
        match query {
            Query::Aside(Reason::Other) if answer.is_empty() => {
                self.ask_why(Reason::Other);
                self.complain("Another reason needs words; nothing was changed.");
            }
            Query::Aside(reason) => self.set_aside(reason, answer),
            Query::Wording(statement) => self.reword_statement(statement, answer),
            Query::Paragraph(statement) => {
                let pin = (!answer.is_empty()).then(|| self.workshop.pin(answer));
                let field = StatementField::Paragraph(pin);
                self.set_field("setting a statement's paragraph", statement, field);
            }
            Query::Alternative(_) if answer.is_empty() => {}
            Query::Alternative(statement) => self.add_wishes(statement, &[answer.into()], &[]),
            Query::Owner(statement) => {
                answer.clone_into(&mut self.consolidate.who);
                let now =
                    self.workshop.statement(statement).map(|found| found.by_when().to_owned());
                self.ask(
                    "By when?",
                    "In the groups' words: “before the summit”, “June 2026”. Empty for none.",
                    &now.unwrap_or_default(),
                    About::Consolidate(Query::ByWhen(statement)),
                );
            }
            Query::ByWhen(statement) => self.set_who(statement, answer),
            Query::Legend => match Legend::read(answer) {
                Ok(legend)
                    if legend == *self.workshop.legend()
                        && self.workshop.other_legends().is_empty() => {}
                Ok(legend) => {
                    let change = self.workshop.set_legend(legend);
                    self.make("changing the legend", [change]);
                    self.say("The legend is changed, here and in every export.");
                }
                Err(bad) => {
                    // What was typed is not lost: it can be mended.
                    self.ask_legend(Some(answer));
                    self.complain(bad.to_string());
                }
            },
        }
    }

    // ----- points ----------------------------------------------------------------------------

    pub(super) fn choose_reason(&mut self) {
        let step = |reason: &Reason| choice(reason.title(), "", Step::Aside(*reason));
        let title = match self.consolidate.asked.len() {
            1 => "Why does it go no further?".to_owned(),
            many => format!("Why do these {many} go no further?"),
        };
        self.offer(title, Reason::ALL.iter().map(step).collect(), 0);
    }

    fn ask_why(&mut self, reason: Reason) {
        let hint = match reason {
            Reason::Other => "The reason, in words. It stands in the account.",
            _ => "More about it, in words; may stay empty.",
        };
        let question = format!("Set aside: {}", reason.title());
        self.ask(&question, hint, "", About::Consolidate(Query::Aside(reason)));
    }

    /// The topic's statements to choose from, by number and words, but for one.
    fn statements_to(
        &self,
        but: Option<StatementId>,
        step: impl Fn(StatementId) -> Step,
    ) -> Vec<Choice> {
        let statements = self.consolidate.statements().iter().enumerate();
        let statements = statements.filter(|(_, id)| Some(**id) != but);
        let choices = statements.filter_map(|(at, id)| {
            let found = self.workshop.statement(*id)?;
            let words = wrap::shorten(self.workshop.wording(found), 400);
            let sources = self.workshop.sources(*id).len();
            Some(choice(format!("{} {words}", at + 1), sources.to_string(), step(*id)))
        });
        choices.collect()
    }

    pub(super) fn choose_statement(&mut self) {
        let choices = self.statements_to(None, Step::PutInto);
        let at = self.consolidate.at(Side::Statements).unwrap_or(0);
        self.offer("Put into which statement?", choices, at);
    }

    /// The topics, to move points or a statement to.
    pub(super) fn choose_where(&mut self, statement: Option<StatementId>) {
        let here = self.consolidate.topic();
        let topics = self.workshop.topics();
        let at = topics.iter().position(|topic| topic.id == here).unwrap_or(0);
        let step = |topic: &TopicId| match statement {
            Some(id) => Step::Set(
                id,
                "moving a statement to another topic",
                StatementField::Topic(topic.clone()),
            ),
            None => Step::ToTopic(topic.clone()),
        };
        let choices = topics.iter().map(|topic| choice(&*topic.title, "", step(&topic.id)));
        let title = match statement {
            Some(_) => "Move the statement to which topic?".to_owned(),
            None => match self.consolidate.asked.len() {
                1 => "Move the point to which topic?".to_owned(),
                many => format!("Move {many} points to which topic?"),
            },
        };
        self.offer(title, choices.collect(), at);
    }

    // ----- the chosen statement --------------------------------------------------------------

    pub(super) fn choose_merge(&mut self, from: StatementId) {
        let choices = self.statements_to(Some(from), |into| Step::Merge(from, into));
        let number = self.consolidate.number(from).unwrap_or(1);
        // The one beside it, for what belongs together often stands together.
        let at = number.saturating_sub(2);
        self.offer(format!("Merge statement {number} into which one?"), choices, at);
    }

    pub(super) fn choose_source(&mut self, statement: StatementId, split: bool) {
        let step = if split { Step::Split } else { Step::TakeOut };
        let sources = self.workshop.sources(statement).iter().map(|index| {
            let point = self.workshop.point_at(*index);
            let words = wrap::shorten(point.text(), 400);
            choice(words, self.workshop.title_of(point.group()), step(statement, point.id()))
        });
        let title = if split {
            "Which source becomes a statement of its own?"
        } else {
            "Which source is open again?"
        };
        let choices = sources.collect();
        self.offer(title, choices, 0);
    }

    pub(super) fn choose_wording(&mut self, statement: StatementId) {
        let found = self.workshop.statement(statement);
        if found.is_some_and(|found| !found.wordings().is_empty()) {
            return self.choose_of_statement(statement);
        }
        self.ask_wording(statement);
    }

    fn ask_wording(&mut self, statement: StatementId) {
        let Some(found) = self.workshop.statement(statement) else { return };
        let now = self.workshop.wording(found).to_owned();
        self.ask(
            "Wording of the statement",
            "Ctrl-U empties it: empty, it has the words of its first source.",
            &now,
            About::Consolidate(Query::Wording(statement)),
        );
    }

    pub(super) fn choose_statement_kind(&mut self, statement: StatementId) {
        let now = self.workshop.statement(statement).map(|found| found.kind().clone());
        let at = PointKind::KNOWN.iter().position(|kind| Some(kind) == now.as_ref()).unwrap_or(0);
        let choices = PointKind::KNOWN.iter().map(|kind| {
            let field = StatementField::Kind(kind.clone());
            choice(kind.title(), "", Step::Set(statement, "changing a statement's kind", field))
        });
        self.offer("Kind of the statement", choices.collect(), at);
    }

    pub(super) fn choose_agreed(&mut self, statement: StatementId) {
        let now = self.workshop.statement(statement).and_then(|s| s.convergence().cloned());
        let at = Convergence::KNOWN.iter().position(|how| Some(how) == now.as_ref());
        let step = |how: Option<&Convergence>| {
            let field = StatementField::Convergence(how.cloned());
            Step::Set(statement, "saying how far the groups agree", field)
        };
        let known = Convergence::KNOWN.iter().map(|how| choice(how.title(), "", step(Some(how))));
        let mut choices: Vec<Choice> = known.collect();
        choices.push(choice("nothing said", "", step(None)));
        self.offer("How far do the groups agree?", choices, at.unwrap_or(0));
    }

    /// Offers the paragraphs of the draft text; where there is none, asks for a label.
    pub(super) fn pin_statement(&mut self, statement: StatementId) {
        if self.workshop.draft_text().is_some() {
            self.offer_pins(Subject::Statement(statement));
        } else {
            self.ask_statement_paragraph(statement);
        }
    }

    fn ask_statement_paragraph(&mut self, statement: StatementId) {
        let now = self.workshop.statement(statement).and_then(|found| found.paragraph());
        // A label that another paragraph has by now is not offered to be kept.
        let now = now.filter(|pin| !self.workshop.printed(pin).ends_with(" (gone)"));
        let now = now.map(|pin| self.workshop.printed(pin).into_owned()).unwrap_or_default();
        self.ask(
            "Paragraph of the draft",
            "Its label: OP3, PP2bis, after OP3. Empty for none.",
            &now,
            About::Consolidate(Query::Paragraph(statement)),
        );
    }

    pub(super) fn ask_who(&mut self, statement: StatementId) {
        let now = self.workshop.statement(statement).map(|found| found.owner().to_owned());
        self.ask(
            "Who is to do it?",
            "A role or a body, never a person: “host”. Empty for none.",
            &now.unwrap_or_default(),
            About::Consolidate(Query::Owner(statement)),
        );
    }

    pub(super) fn ask_wish(&mut self, statement: StatementId) {
        self.ask(
            "Alternative",
            "A wish that conflicts with the wording; both stand side by side.",
            "",
            About::Consolidate(Query::Alternative(statement)),
        );
    }

    pub(super) fn choose_wish(&mut self, statement: StatementId) {
        let Some(found) = self.workshop.statement(statement) else { return };
        let wishes = found.alternatives();
        if wishes.is_empty() {
            return self.say("This statement has no alternative; v adds one.");
        }
        let choices = wishes.iter().enumerate().map(|(at, wish)| {
            let mut rest = wishes.to_vec();
            rest.remove(at);
            let field = StatementField::Alternatives(rest.into());
            choice(&**wish, "", Step::Set(statement, "taking an alternative off", field))
        });
        let choices = choices.collect();
        self.offer("Which alternative goes?", choices, 0);
    }

    pub(super) fn ask_legend(&mut self, typed: Option<&str>) {
        let now = typed.map_or_else(|| self.workshop.legend().to_string(), ToOwned::to_owned);
        let others = self.workshop.other_legends();
        let hint = match others.first() {
            Some(other) => format!("Set on two laptops at once. The other one: {other}"),
            None => "Each share has one word; one or two groups are always “some”.".to_owned(),
        };
        self.ask(
            "Legend, in percent of the groups",
            &hint,
            &now,
            About::Consolidate(Query::Legend),
        );
    }
}
