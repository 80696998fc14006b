//! Choosing between what several laptops set of one statement at once.

use super::super::settle::{
    SEVERAL, between, convergence_in_words, paragraph_in_words, waivers_in_words,
};
use super::super::{App, Choice, Then, wrap};
use super::Step;
use crate::workshop::{Dispute, Over, Refusal, Stamp, Statement, StatementField, StatementId};

impl App {
    /// Offers all that is open on a statement at once; what remains is offered again after each
    /// choice.
    pub(super) fn choose_of_statement(&mut self, statement: StatementId) {
        let Some(found) = self.core.workshop.statement(statement) else { return };
        let disputes = found.disputes();
        let title = match &disputes[..] {
            [] => {
                let nothing = "this statement was not changed on two laptops at once";
                return self.say(format!("Nothing to choose: {nothing}."));
            }
            [one] if matches!(one.shown, StatementField::Text(_)) => {
                question(&one.shown).to_owned()
            }
            some => {
                let title = if let [one] = some { question(&one.shown) } else { SEVERAL };
                format!("{title} · “{}”", wrap::shorten(self.core.workshop.wording(found), 30))
            }
        };
        let alone = disputes.len() == 1;
        let choices = disputes.iter().flat_map(|dispute| self.values_of(found, dispute, alone));
        let choices = choices.collect();
        self.offer(title, choices, 0);
    }

    fn values_of(
        &self,
        found: &Statement,
        dispute: &Dispute<StatementField>,
        alone: bool,
    ) -> Vec<Choice> {
        let id = found.id();
        let over = Over::from(found.field(&dispute.shown).1);
        let words = |value: &StatementField| (value.name(), self.value_in_words(found, value));
        let then = |value| Then::Consolidate(Step::Settle(id, value, over.clone()));
        let mut choices = between(dispute, alone, words, then);
        let mut more = |name: &str, step| {
            let then = Then::Consolidate(step);
            choices.push(Choice { name: name.to_owned(), more: String::new(), then });
        };
        match &dispute.shown {
            StatementField::Text(_) => more("Word it anew", Step::Reword(id)),
            StatementField::Alternatives(shown) => {
                let mut all = shown.to_vec();
                for other in &dispute.others {
                    let StatementField::Alternatives(wishes) = other else { continue };
                    for wish in wishes {
                        if !all.contains(wish) {
                            all.push(wish.clone());
                        }
                    }
                }
                let all = StatementField::Alternatives(all.into());
                more("All of them, side by side", Step::Settle(id, all, over.clone()));
            }
            _ => {}
        }
        choices
    }

    /// Sets a field over the values that stood there when the list was shown.
    pub(super) fn settle_statement(
        &mut self,
        statement: StatementId,
        to: StatementField,
        over: &[Stamp],
    ) {
        let Some(found) = self.core.workshop.statement(statement) else {
            return self.complain(Refusal::NoStatement(statement).to_string());
        };
        let words = wrap::shorten(&self.value_in_words(found, &to), 30);
        let done = format!("Settled, {}: {words}.", to.name());
        let change = self.core.workshop.set_statement_over(statement, to, over);
        if !self.make_all("choosing what stands", change.map(|change| vec![change])) {
            return;
        }
        let left = self.core.workshop.statement(statement).map(Statement::what_is_disputed);
        let left = left.unwrap_or_default();
        if left.is_empty() {
            return self.say(format!("{done} Ctrl-Z takes it back."));
        }
        self.choose_of_statement(statement);
        self.say(format!("{done} Still open: {}.", left.join(", ")));
    }

    /// A value as a person would say it.
    pub(in super::super) fn value_in_words(
        &self,
        found: &Statement,
        value: &StatementField,
    ) -> String {
        let or = |word: &str, none: &str| if word.is_empty() { none } else { word }.to_owned();
        match value {
            StatementField::Text(text) if text.is_empty() => {
                let first = self.core.workshop.sources(found.id()).first();
                let words = first.map_or("", |first| self.core.workshop.point_at(*first).text());
                or(words, "the words of its first source")
            }
            StatementField::Text(text) => text.to_string(),
            StatementField::Kind(kind) => kind.title().to_owned(),
            StatementField::Topic(topic) => self.topic_in_words(topic),
            StatementField::Paragraph(pin) => paragraph_in_words(&self.core.workshop, pin.as_ref()),
            StatementField::Alternatives(wishes) => or(&wishes.join("; or: "), "none"),
            StatementField::Convergence(how) => convergence_in_words(how.as_ref()),
            StatementField::Owner(who) => or(who, "nobody"),
            StatementField::ByWhen(when) => or(when, "no time"),
            StatementField::Waived(waivers) => waivers_in_words(waivers),
            // Never offered: a place and a giving up are nobody's to choose.
            StatementField::Order(_) | StatementField::Deleted(_) => value.name().to_owned(),
        }
    }
}

fn question(field: &StatementField) -> &'static str {
    match field {
        StatementField::Text(_) => "Worded on two laptops at once: which one stands?",
        StatementField::Kind(_) => "Which kind?",
        StatementField::Topic(_) => "Which topic?",
        StatementField::Paragraph(_) => "Which paragraph?",
        StatementField::Alternatives(_) => "Which alternatives?",
        StatementField::Convergence(_) => "How far do the groups agree?",
        StatementField::Owner(_) => "Who is to do it?",
        StatementField::ByWhen(_) => "By when?",
        StatementField::Order(_) | StatementField::Deleted(_) | StatementField::Waived(_) => {
            "Which one stands?"
        }
    }
}
