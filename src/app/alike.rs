//! Similar points, shown while a note-taker types. They are never applied, only shown.

use super::{App, ScreenId};
use crate::workshop::{Likeness, PointId, SAID, Workshop};

/// How many points are indexed before the program looks for keys again.
const SLICE: u32 = 200;
/// The fewest letters that are worth searching for, and the most bytes of one text.
const LEAST: usize = 12;
const MOST: usize = 4000;

/// The points by what they say, as far as there was time to index them.
#[derive(Debug, Default)]
pub struct LikenessIndex {
    index: Likeness,
    /// The first point that is not in the index yet.
    next: u32,
    /// How many rewordings the index knows of.
    reworded: usize,
    /// The text that was last searched for.
    asked: String,
    /// The point that seems to say the same as the text being typed, if there is one.
    pub found: Option<PointId>,
}

impl LikenessIndex {
    /// The points most like this text, without the one excepted, each with the chance that it says
    /// the same. Points that are not in the index yet are not among them.
    pub(super) fn like(&self, text: &str, most: usize, except: u32) -> Vec<(u32, f32)> {
        let found = self.index.like(text, most, Some(except)).into_iter();
        found.map(|one| (one.key, one.score)).collect()
    }

    /// Looks at some of the points that have come in or were reworded since.
    pub(super) fn look_at_more(&mut self, workshop: &Workshop) {
        let last = workshop.captured() as u32;
        let until = last.min(self.next + SLICE);
        for key in self.next..until {
            self.index.insert(key, workshop.point_at(key).text());
        }
        self.next = until;
        let behind = &workshop.reworded()[self.reworded..];
        for key in behind.iter().take(SLICE as usize) {
            // A point that is not in the index yet is added later with its current words.
            if *key < until {
                self.index.replace(*key, workshop.point_at(*key).text());
            }
            self.reworded += 1;
        }
        // The search is repeated, because it did not know these points.
        self.asked.clear();
    }

    fn has_unread(&self, workshop: &Workshop) -> bool {
        (self.next as usize) < workshop.captured() || self.reworded < workshop.reworded().len()
    }
}

impl App {
    /// Whether there is something to do while nobody presses a key.
    pub fn wants_idle(&self) -> bool {
        if self.core.loading || self.core.overlay.is_some() {
            return false;
        }
        let types = self.core.screen == ScreenId::Capture;
        let suggests = types || self.core.screen == ScreenId::Consolidate;
        let looks =
            matches!(self.core.screen, ScreenId::Capture | ScreenId::Names | ScreenId::HandOver);
        (suggests && self.core.alike.has_unread(&self.core.workshop))
            || (types && self.core.alike.asked != self.text_to_find())
            || (looks && self.core.attributions.has_unsearched(&self.core.workshop))
    }

    /// The text to search for: what is being typed, if it is long enough to judge.
    fn text_to_find(&self) -> &str {
        let text = self.core.typing.line.text();
        let enough = text.len() <= MOST
            && text.chars().nth(LEAST).is_some()
            && self.capture.search.is_none();
        if enough && self.core.typing.editing().is_none() { text } else { "" }
    }

    /// Does what can wait, when nobody has pressed a key for a moment.
    pub(super) fn idle(&mut self) {
        let suggests = matches!(self.core.screen, ScreenId::Capture | ScreenId::Consolidate);
        if suggests && self.core.alike.has_unread(&self.core.workshop) {
            return self.core.alike.look_at_more(&self.core.workshop);
        }
        if self.core.screen != ScreenId::Capture || self.core.alike.asked == self.text_to_find() {
            return self.core.attributions.look_on(&self.core.workshop);
        }
        let text = self.text_to_find().to_owned();
        let found = self.core.alike.index.like(&text, 3, None).into_iter();
        let standing = |key: u32| {
            let point = self.core.workshop.point_at(key);
            (!point.is_deleted()).then(|| point.id())
        };
        let found = found.filter(|alike| alike.score >= SAID).find_map(|one| standing(one.key));
        self.core.alike.found = found.filter(|_| !text.is_empty());
        self.core.alike.asked = text;
    }
}
