//! Choosing between values of one comment that several laptops set at once.

use super::super::settle::{SEVERAL, between};
use super::super::{Choice, Consolidate, Then};
use super::{Core, Step, wrap};
use crate::workshop::{Comment, CommentField, CommentId, Dispute, Over, Refusal, Stamp};

impl Consolidate {
    /// Sets a field over the values that were there when the list was shown.
    pub(super) fn settle_comment(
        &mut self,
        core: &mut Core,
        comment: CommentId,
        to: CommentField,
        over: &[Stamp],
    ) {
        let Some(found) = core.workshop.comment(comment) else {
            return core.complain(Refusal::NoComment(comment).to_string());
        };
        let words = wrap::shorten(&core.workshop.comment_value_in_words(found, &to), 30);
        let done = format!("Settled, {}: {words}.", to.name());
        let change = core.workshop.set_comment_over(comment, to, over);
        if !self.make_all(core, "choosing between versions", change.map(|change| vec![change])) {
            return;
        }
        let left = core.workshop.comment(comment).map(Comment::what_is_disputed);
        let left = left.unwrap_or_default();
        if left.is_empty() {
            return core.say(format!("{done} Ctrl-Z undoes this."));
        }
        choose_of_comment(core, comment);
        core.say(format!("{done} Still open: {}.", left.join(", ")));
    }
}

pub(super) fn values_of(
    core: &Core,
    found: &Comment,
    dispute: &Dispute<CommentField>,
    alone: bool,
) -> Vec<Choice> {
    let id = found.id();
    let over = Over::from(found.field(&dispute.shown).1);
    let words =
        |value: &CommentField| (value.name(), core.workshop.comment_value_in_words(found, value));
    let then = |value| Then::Consolidate(Step::Settle(id, value, over.clone()));
    let mut choices = between(dispute, alone, words, then);
    let mut more = |name: &str, step| {
        let then = Then::Consolidate(step);
        choices.push(Choice::new(name, then));
    };
    match &dispute.shown {
        CommentField::Text(_) => more("Write a new wording", Step::Reword(id)),
        CommentField::Alternatives(shown) => {
            let mut all = shown.to_vec();
            for other in &dispute.others {
                let CommentField::Alternatives(wishes) = other else { continue };
                for wish in wishes {
                    if !all.contains(wish) {
                        all.push(wish.clone());
                    }
                }
            }
            let all = CommentField::Alternatives(all.into());
            more("All of them, side by side", Step::Settle(id, all, over.clone()));
        }
        _ => {}
    }
    choices
}

/// Offers all open choices on a comment together; what remains is offered again after each
/// choice.
pub(super) fn choose_of_comment(core: &mut Core, comment: CommentId) {
    let Some(found) = core.workshop.comment(comment) else { return };
    let disputes = found.disputes();
    let title = match &disputes[..] {
        [] => {
            let nothing = "this comment was not changed on two laptops at once";
            return core.say(format!("Nothing to choose: {nothing}."));
        }
        [one] if matches!(one.shown, CommentField::Text(_)) => one.shown.question().to_owned(),
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
