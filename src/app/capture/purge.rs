//! Erasing a point's earlier words for good.

use super::super::{Capture, Choice, Effect, Then, say};
use super::{Core, PointPick};
use crate::workshop::{Change, PointId, Purge};

/// How many letters of a point's words the question shows.
const SHOWN: usize = 40;

impl Capture {
    /// Asks what to purge of a point. The first choice leaves the point as it is.
    pub(super) fn ask_to_purge(core: &mut Core, point: PointId) {
        let Some(found) = core.workshop.point(point) else { return };
        let mut words: String = found.text().chars().take(SHOWN).collect();
        if words.len() < found.text().len() {
            words.push('…');
        }
        let choice = |name: String, more: &str, then| Choice { name, more: more.to_owned(), then };
        let leave = Then::Capture(PointPick::Leave);
        let mut choices = vec![choice("Cancel: change nothing".to_owned(), "", leave)];
        if let Ok(Change::PointPurged(purge)) = core.workshop.purge(point) {
            let wordings = match purge.wordings() {
                0 => "Purge earlier tags, reservations etc.".to_owned(),
                count => format!("Purge {}", say::counted(count, "earlier wording")),
            };
            choices.push(choice(
                wordings,
                "cannot be undone",
                Then::Capture(PointPick::Purge(purge)),
            ));
        }
        let all = "Delete it and purge all its words".to_owned();
        choices.push(choice(all, "cannot be undone", Then::Capture(PointPick::PurgeAll(point))));
        let title = format!("Purge “{words}”?");
        core.offer(title, choices, 0);
    }

    /// Purges only what a person was asked about.
    pub(super) fn purge(core: &mut Core, purge: Box<Purge>) {
        let point = purge.point;
        let change = Change::PointPurged(purge);
        match core.workshop.check(&change) {
            Ok(()) => Self::keep_purge(core, point, change),
            Err(refusal) => core.complain(refusal.to_string()),
        }
    }

    /// Deletes a point and purges all its words.
    pub(super) fn purge_all(core: &mut Core, point: PointId) {
        let deleted = core.workshop.delete(point).map(|change| {
            let record = core.workshop.record(core.writer, core.now, [change]);
            core.keep(record);
        });
        match deleted.and_then(|()| core.workshop.purge(point)) {
            Ok(change) => Self::keep_purge(core, point, change),
            Err(refusal) => core.complain(refusal.to_string()),
        }
    }

    fn keep_purge(core: &mut Core, point: PointId, change: Change) {
        let record = core.workshop.record(core.writer, core.now, [change]);
        core.keep(record);
        // What must be kept nowhere must not come back by undo either.
        core.history.forget(point);
        core.say("Purging …");
        core.effects.push(Effect::Sweep(Some(point)));
    }
}
