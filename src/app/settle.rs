//! Choosing between values that several laptops set at once. Nothing is ever resolved silently.

use super::filing::{and_refiled, refuse_filing};
use super::{
    Choice, Choose, Core, Overlay, ReturnValue, ScreenId, Then, history::Changes,
    points::of_those_under, wrap,
};
use crate::workshop::{Dispute, Field, Over, Point, PointId, Stamp, Workshop};
use std::mem::discriminant;

/// What a choice between values that several laptops set at once does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settling {
    /// Sets a field of a point over the values that these changes set.
    Field(PointId, Field, Over),
    /// Puts all wordings of a point into the line.
    Combine(PointId),
}

impl ReturnValue for Settling {
    // It names the values that it replaces, and leaves alone what has come in since.
    fn rivals(&self, other: &Then) -> bool {
        match (self, other) {
            (Self::Field(_, one, _), Then::Settle(Self::Field(_, two, _))) => {
                discriminant(one) == discriminant(two) && one != two
            }
            _ => false,
        }
    }
}

/// Does what was chosen.
pub(super) fn settled(core: &mut Core, choice: &Settling) {
    match choice {
        Settling::Field(point, to, over) => settle(core, *point, to, over),
        Settling::Combine(point) => combine(core, *point),
    }
}

/// The title if more than one field needs a choice.
pub(super) const SEVERAL: &str = "Set on two laptops at once: choose one by one";

/// The values of one field to choose from, the shown one first; each with the field's name if
/// other fields are in the same list.
pub(super) fn between<F: Clone>(
    dispute: &Dispute<F>,
    alone: bool,
    words: impl Fn(&F) -> (&'static str, String),
    then: impl Fn(F) -> Then,
) -> Vec<Choice> {
    let values = [&dispute.shown].into_iter().chain(&dispute.others).enumerate();
    let choice = |(nth, value): (usize, &F)| {
        let (label, words) = words(value);
        let name = if alone { words } else { format!("{label}: {words}") };
        let more = if nth == 0 { "shown now" } else { "" }.to_owned();
        Choice { name, more, then: then(value.clone()) }
    };
    values.map(choice).collect()
}

/// Offers all open choices on a point together, so that a person sees how many there are and
/// can begin where the answer is known. What remains is offered again after each choice.
pub(super) fn choose_between(core: &mut Core, point: PointId) {
    if core.typing.editing().is_some() {
        return core.say("Finish rewording first: Enter saves, Esc cancels.");
    }
    let Some(found) = core.workshop.point(point) else { return };
    if found.is_disputed() {
        core.overlay = Some(Overlay::Choose(open_on(&core.workshop, found)));
        return;
    }
    let circle = core.workshop.circle(point);
    if circle.is_empty() {
        return core.say("Nothing to choose: there is only one version of this point.");
    }
    let on_top = |id: &PointId| {
        let found = core.workshop.point(*id)?;
        let over = Over::from(found.field(&Field::Parent(None)).1);
        let then = Then::Settle(Settling::Field(*id, Field::Parent(None), over));
        Some(Choice::new(found.text(), then))
    };
    let choices = circle.iter().filter_map(on_top).collect();
    let title = "Put under each other on two laptops: which one is on top?";
    core.offer(title, choices, 0);
}

/// Puts all wordings of a point into the line; what a person makes of them replaces them all.
pub(super) fn combine(core: &mut Core, point: PointId) {
    let Some(found) = core.workshop.point(point) else { return };
    let others = found.alternatives();
    if others.is_empty() {
        // Another laptop chose meanwhile.
        return choose_between(core, point);
    }
    let others = format!("\n{}", others.join("\n"));
    if core.screen != ScreenId::Capture {
        // The line is on that screen.
        core.show_point(point);
    }
    if core.begin_rewording(point) {
        core.type_text(&others);
        core.say("All wordings are in the line: make one of them. Enter saves, Esc cancels.");
    }
}

/// Sets a field over the values that were there when the list was shown. What has come in since
/// is kept beside it, because nobody has seen it.
pub(super) fn settle(core: &mut Core, point: PointId, to: &Field, over: &[Stamp]) {
    let changes = settling(&core.workshop, point, to, over);
    let what = match to {
        Field::Text(_) => "choosing a wording",
        Field::Deleted(None) => "keeping a point",
        Field::Deleted(Some(_)) => "deleting a point",
        _ => "choosing between versions",
    };
    match changes {
        Ok(changes) => core.make(what, changes),
        Err(refusal) => return refuse_filing(core, &refusal),
    }
    let done = match to {
        Field::Deleted(None) => "Kept.".to_owned(),
        Field::Deleted(Some(_)) => "Deleted.".to_owned(),
        to => {
            format!(
                "Settled, {}: {}.",
                to.name(),
                wrap::shorten(&core.workshop.value_in_words(to), 30)
            )
        }
    };
    let left = core.workshop.point(point).filter(|found| !found.is_deleted());
    let open = left.map(Point::what_is_disputed).unwrap_or_default();
    if open.is_empty() {
        return core.say(format!("{done} Ctrl-Z undoes this."));
    }
    choose_between(core, point);
    core.say(format!("{done} Still open: {}.", open.join(", ")));
}

pub(in crate::app) fn settling(
    workshop: &Workshop,
    point: PointId,
    to: &Field,
    over: &[Stamp],
) -> Changes {
    let mut changes = vec![workshop.set_over(point, to.clone(), over)?];
    if matches!(to, Field::Topic(_) | Field::Group(_)) {
        changes.extend(of_those_under(workshop, point, to)?);
    }
    if let Field::Group(group) = to {
        return and_refiled(workshop, changes, group);
    }
    Ok(changes)
}

pub(in crate::app) fn open_on(workshop: &Workshop, point: &Point) -> Choose {
    let (disputes, id) = (point.disputes(), point.id());
    let spared = point.is_spared();
    let alone = disputes.len() + usize::from(spared) == 1;
    let mut choices = Vec::new();
    for dispute in &disputes {
        let over = Over::from(point.field(&dispute.shown).1);
        let words = |value: &Field| {
            let old = matches!(value, Field::ReadBack(Some(said)) if !point.is_current(said));
            let since = if old { ", in words changed since" } else { "" };
            (value.name(), workshop.value_in_words(value) + since)
        };
        let then = |value| Then::Settle(Settling::Field(id, value, over.clone()));
        choices.extend(between(dispute, alone, words, then));
        if matches!(dispute.shown, Field::Text(_)) {
            let name = "Combine: put all wordings into the line and reword".to_owned();
            choices.push(Choice::new(name, Then::Settle(Settling::Combine(id))));
        }
    }
    if spared {
        let over = Over::from(point.field(&Field::Deleted(None)).1);
        let deletion = Field::Deleted(Some(point.deletion()));
        let (keep, delete) = ("Keep the point", "Delete it after all");
        for (name, more, to) in [(keep, "shown now", Field::Deleted(None)), (delete, "", deletion)]
        {
            let then = Then::Settle(Settling::Field(id, to, over.clone()));
            choices.push(Choice { name: name.to_owned(), more: more.to_owned(), then });
        }
    }
    let title = match (&disputes[..], spared) {
        ([one], false) => one.shown.question(),
        ([], _) => "Deleted on one laptop, changed on another",
        _ => SEVERAL,
    };
    let words = wrap::shorten(point.text(), 30);
    let title = match &disputes[..] {
        [one] if alone && matches!(one.shown, Field::Text(_)) => title.to_owned(),
        _ => format!("{title} · “{words}”"),
    };
    Choose::new(title, choices, 0)
}
