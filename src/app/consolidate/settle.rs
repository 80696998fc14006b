//! Choosing between what several laptops set of one statement at once.

use super::super::settle::{SEVERAL, between, value_in_words};
use super::super::{Choice, Consolidate, Core, Then, wrap};
use super::Step;
use crate::workshop::{Dispute, Over, Refusal, Stamp, Statement, StatementField, StatementId};

impl Consolidate {
    /// Sets a field over the values that stood there when the list was shown.
    pub(super) fn settle_statement(
        &mut self,
        core: &mut Core,
        statement: StatementId,
        to: StatementField,
        over: &[Stamp],
    ) {
        let Some(found) = core.workshop.statement(statement) else {
            return core.complain(Refusal::NoStatement(statement).to_string());
        };
        let words = wrap::shorten(&value_in_words(&core.workshop, found, &to), 30);
        let done = format!("Settled, {}: {words}.", to.name());
        let change = core.workshop.set_statement_over(statement, to, over);
        if !self.make_all(core, "choosing between versions", change.map(|change| vec![change])) {
            return;
        }
        let left = core.workshop.statement(statement).map(Statement::what_is_disputed);
        let left = left.unwrap_or_default();
        if left.is_empty() {
            return core.say(format!("{done} Ctrl-Z takes it back."));
        }
        choose_of_statement(core, statement);
        core.say(format!("{done} Still open: {}.", left.join(", ")));
    }
}

pub(super) fn values_of(
    core: &Core,
    found: &Statement,
    dispute: &Dispute<StatementField>,
    alone: bool,
) -> Vec<Choice> {
    let id = found.id();
    let over = Over::from(found.field(&dispute.shown).1);
    let words =
        |value: &StatementField| (value.name(), value_in_words(&core.workshop, found, value));
    let then = |value| Then::Consolidate(Step::Settle(id, value, over.clone()));
    let mut choices = between(dispute, alone, words, then);
    let mut more = |name: &str, step| {
        let then = Then::Consolidate(step);
        choices.push(Choice { name: name.to_owned(), more: String::new(), then });
    };
    match &dispute.shown {
        StatementField::Text(_) => more("Write a new wording", Step::Reword(id)),
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

/// Offers all that is open on a statement at once; what remains is offered again after each
/// choice.
pub(super) fn choose_of_statement(core: &mut Core, statement: StatementId) {
    let Some(found) = core.workshop.statement(statement) else { return };
    let disputes = found.disputes();
    let title = match &disputes[..] {
        [] => {
            let nothing = "this statement was not changed on two laptops at once";
            return core.say(format!("Nothing to choose: {nothing}."));
        }
        [one] if matches!(one.shown, StatementField::Text(_)) => one.shown.question().to_owned(),
        some => {
            let title = if let [one] = some { one.shown.question() } else { SEVERAL };
            format!("{title} · “{}”", wrap::shorten(core.workshop.wording(found), 30))
        }
    };
    let alone = disputes.len() == 1;
    let choices = disputes.iter().flat_map(|dispute| values_of(core, found, dispute, alone));
    let choices = choices.collect();
    core.offer(title, choices, 0);
}
