//! What was said already, shown while a note-taker types. Never applied, only shown.

use super::{App, Screen};
use crate::workshop::{Likeness, PointId, SAID};

/// How many points are indexed before the program looks for keys again.
const SLICE: u32 = 200;
/// The fewest letters that are worth a look, and the most bytes of one text.
const LEAST: usize = 12;
const MOST: usize = 4000;

/// The points by what they say, as far as there was time to look at them.
#[derive(Debug, Default)]
pub struct Alike {
    index: Likeness,
    /// The first point that is not in the index yet.
    next: u32,
    /// How many rewordings the index knows of.
    reworded: usize,
    /// The text that was looked for last.
    asked: String,
    found: Option<PointId>,
}

impl Alike {
    /// The points most like this text, but for the one excepted, each with the chance that it says
    /// the same. What was not looked at yet is not among them.
    pub(super) fn like(&self, text: &str, most: usize, except: u32) -> Vec<(u32, f32)> {
        let found = self.index.like(text, most, Some(except)).into_iter();
        found.map(|one| (one.key, one.score)).collect()
    }

    /// The point that says the same as the text being typed, if there seems to be one.
    pub fn found(&self) -> Option<PointId> {
        self.found
    }
}

impl App {
    /// Whether there is something to do once nobody presses a key.
    pub fn wants_idle(&self) -> bool {
        if self.core.loading || self.core.overlay.is_some() {
            return false;
        }
        let types = self.core.screen == Screen::Capture;
        let suggests = types || self.core.screen == Screen::Consolidate;
        let looks = matches!(self.core.screen, Screen::Capture | Screen::Names | Screen::HandOver);
        (suggests && self.is_behind())
            || (types && self.alike.asked != self.text_to_find())
            || (looks && self.names_are_behind())
    }

    fn is_behind(&self) -> bool {
        (self.alike.next as usize) < self.core.workshop.captured()
            || self.alike.reworded < self.core.workshop.reworded().len()
    }

    /// The text that is looked for: what is typed, where that is enough to tell.
    fn text_to_find(&self) -> &str {
        let text = self.capture.line.text();
        let enough = text.len() <= MOST
            && text.chars().nth(LEAST).is_some()
            && self.capture.search.is_none();
        if enough && self.capture.editing.is_none() { text } else { "" }
    }

    /// Nobody pressed a key for a moment.
    pub(super) fn idle(&mut self) {
        let suggests = matches!(self.core.screen, Screen::Capture | Screen::Consolidate);
        if suggests && self.is_behind() {
            return self.look_at_more();
        }
        if self.core.screen != Screen::Capture || self.alike.asked == self.text_to_find() {
            return self.look_for_names();
        }
        let text = self.text_to_find().to_owned();
        let found = self.alike.index.like(&text, 3, None).into_iter();
        let standing = |key: u32| {
            let point = self.core.workshop.point_at(key);
            (!point.is_deleted()).then(|| point.id())
        };
        let found = found.filter(|alike| alike.score >= SAID).find_map(|one| standing(one.key));
        self.alike.found = found.filter(|_| !text.is_empty());
        self.alike.asked = text;
    }

    /// Looks at some of the points that came in or were reworded since.
    pub(super) fn look_at_more(&mut self) {
        let last = self.core.workshop.captured() as u32;
        let until = last.min(self.alike.next + SLICE);
        for key in self.alike.next..until {
            self.alike.index.insert(key, self.core.workshop.point_at(key).text());
        }
        self.alike.next = until;
        let behind = &self.core.workshop.reworded()[self.alike.reworded..];
        for key in behind.iter().take(SLICE as usize) {
            // One that is not in yet comes in as it now stands.
            if *key < until {
                self.alike.index.replace(*key, self.core.workshop.point_at(*key).text());
            }
            self.alike.reworded += 1;
        }
        // What was looked for before these were known is looked for again.
        self.alike.asked.clear();
    }
}
