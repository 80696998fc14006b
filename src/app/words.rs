//! The words of all points, normalised for searching.

use unicode_normalization::UnicodeNormalization;

use crate::workshop::{Point, Workshop};

/// Every point's words, tags and paragraph in the form that is searched, end to end. One pass over them
/// finds all points that contain a word; what was taken down or changed since is added first.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    /// Where each piece of the text begins, and whose it is.
    starts: Vec<usize>,
    owners: Vec<u32>,
    /// Which piece has a point's current words.
    present: Vec<u32>,
    /// How many changes of words are included.
    changes: usize,
}

/// Adds a text in the form that is searched: in lower case, and composed however it was typed.
fn fold(text: &str, into: &mut String) {
    if text.is_ascii() {
        let start = into.len();
        into.push_str(text);
        into[start..].make_ascii_lowercase();
    } else {
        into.extend(text.nfc().flat_map(char::to_lowercase).nfc());
    }
}

impl Words {
    /// Collects the words of a workshop as it is now.
    pub fn of(workshop: &Workshop) -> Self {
        let mut words = Self::default();
        words.refresh(workshop);
        words
    }

    /// Adds what came in or changed since.
    pub fn refresh(&mut self, workshop: &Workshop) {
        let known = self.present.len() as u32;
        let all = workshop.captured() as u32;
        let length: usize =
            (known..all).map(|index| workshop.point_at(index).text().len() + 1).sum();
        self.text.reserve(length);
        for index in known..all {
            self.present.push(0);
            self.fold_in(workshop, index);
        }
        let changed = workshop.reworded();
        for index in &changed[self.changes.min(changed.len())..] {
            self.fold_in(workshop, *index);
        }
        self.changes = changed.len();
    }

    fn fold_in(&mut self, workshop: &Workshop, index: u32) {
        self.present[index as usize] = self.starts.len() as u32;
        self.starts.push(self.text.len());
        self.owners.push(index);
        fold_point(workshop, workshop.point_at(index), &mut self.text);
    }

    /// Which points contain these words, by their index.
    pub(super) fn holding(&self, words: &str) -> Vec<bool> {
        let mut needle = String::new();
        fold(words, &mut needle);
        let finder = memchr::memmem::Finder::new(&needle);
        let mut found = vec![false; self.present.len()];
        let (mut piece, mut from) = (0, 0);
        while let Some(at) = finder.find(&self.text.as_bytes()[from..]) {
            let at = from + at;
            // Points are short: stepping is quicker than a search of all places.
            while self.starts.get(piece + 1).is_some_and(|next| *next <= at) {
                piece += 1;
            }
            let owner = self.owners[piece] as usize;
            if self.present[owner] as usize == piece {
                found[owner] = true;
            }
            from = self.starts.get(piece + 1).copied().unwrap_or(self.text.len());
        }
        found
    }
}

fn fold_point(workshop: &Workshop, point: &Point, text: &mut String) {
    fold(point.text(), text);
    for tag in point.tags() {
        text.push_str("\n#");
        fold(tag, text);
    }
    if let Some(paragraph) = point.paragraph() {
        text.push('\n');
        fold(&workshop.printed(paragraph), text);
    }
    // With this, no search can match across two points.
    text.push('\u{0}');
}
