//! Taking a point's earlier words away for ever.

use super::super::{App, Back, Choice, Choose, Effect, Overlay, Then, say};
use crate::workshop::{Change, PointId, Purge};

/// How many letters of a point's words its question shows.
const SHOWN: usize = 40;

impl App {
    /// Asks what is to be purged of a point. Leaving it as it is stands first.
    pub(super) fn ask_to_purge(&mut self, point: PointId) {
        let Some(found) = self.core.workshop.point(point) else { return };
        let mut words: String = found.text().chars().take(SHOWN).collect();
        if words.len() < found.text().len() {
            words.push('…');
        }
        let choice = |name: String, more: &str, then| Choice { name, more: more.to_owned(), then };
        let leave = Then::ReadBack(Back::Leave);
        let mut choices = vec![choice("Leave everything as it is".to_owned(), "", leave)];
        if let Ok(Change::PointPurged(purge)) = self.core.workshop.purge(point) {
            let wordings = match purge.wordings() {
                0 => "Purge earlier tags, reservations and the like".to_owned(),
                count => format!("Purge {}", say::counted(count, "earlier wording")),
            };
            choices.push(choice(wordings, "for ever", Then::Purge(purge)));
        }
        let all = "Delete it and purge all its words".to_owned();
        choices.push(choice(all, "for ever", Then::PurgeAll(point)));
        let title = format!("Purge “{words}”?");
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, 0)));
    }

    /// Purges what a person was asked about, and that alone.
    pub(super) fn purge(&mut self, purge: Box<Purge>) {
        let point = purge.point;
        let change = Change::PointPurged(purge);
        match self.core.workshop.check(&change) {
            Ok(()) => self.keep_purge(point, change),
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    /// Deletes a point and purges all its words.
    pub(super) fn purge_all(&mut self, point: PointId) {
        let deleted = self.core.workshop.delete(point).map(|change| {
            let record = self.core.workshop.record(self.core.writer, self.core.now, [change]);
            self.keep(record);
        });
        match deleted.and_then(|()| self.core.workshop.purge(point)) {
            Ok(change) => self.keep_purge(point, change),
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    fn keep_purge(&mut self, point: PointId, change: Change) {
        let record = self.core.workshop.record(self.core.writer, self.core.now, [change]);
        self.keep(record);
        // What is to be kept nowhere cannot be brought back by undo either.
        self.core.history.forget(point);
        self.say("Purging …");
        self.core.effects.push(Effect::Sweep(Some(point)));
    }

    /// Notes what other laptops purged.
    pub(in super::super) fn purged(&mut self, points: &[PointId]) {
        for point in points {
            self.core.history.forget(*point);
        }
        if !points.is_empty() {
            self.core.effects.push(Effect::Sweep(None));
        }
    }
}
