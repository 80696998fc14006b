//! A text being typed: one line or several, edited grapheme by grapheme.
//!
//! Every edit, including undo, is described as "these bytes at this place became those", because every
//! key is kept on disk (docs/decisions/0004 says why no existing editor could be used).

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// One edit of a text: `removed` became `inserted`, at byte `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where, in bytes.
    pub at: usize,
    /// What was there before.
    pub removed: String,
    /// What is there now.
    pub inserted: String,
}

/// A text and a cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// In bytes, always between two graphemes.
    cursor: usize,
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl Line {
    /// Makes a line that already has a text, with the cursor after it.
    pub fn holding(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), ..Self::default() }
    }

    /// The current text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor's place in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts a text in at the cursor.
    pub fn insert(&mut self, text: &str) -> Edit {
        self.replace(self.cursor, self.cursor, text)
    }

    /// Deletes the grapheme before the cursor.
    pub fn backspace(&mut self) -> Option<Edit> {
        let start = self.before(self.cursor)?;
        Some(self.replace(start, self.cursor, ""))
    }

    /// Deletes the grapheme after the cursor.
    pub fn delete(&mut self) -> Option<Edit> {
        let end = self.after(self.cursor)?;
        Some(self.replace(self.cursor, end, ""))
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) -> Option<Edit> {
        let start = self.word_before();
        (start < self.cursor).then(|| self.replace(start, self.cursor, ""))
    }

    /// Deletes everything.
    pub fn clear(&mut self) -> Option<Edit> {
        (!self.text.is_empty()).then(|| self.replace(0, self.text.len(), ""))
    }

    /// Undoes the last edit; the typing of one word is undone as one edit.
    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.done.pop()?;
        let back = self.swap(edit.at, &edit.inserted, &edit.removed);
        self.undone.push(edit);
        Some(back)
    }

    /// Redoes what was undone last.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.undone.pop()?;
        let again = self.swap(edit.at, &edit.removed, &edit.inserted);
        self.done.push(edit);
        Some(again)
    }

    fn swap(&mut self, at: usize, old: &str, new: &str) -> Edit {
        self.text.replace_range(at..at + old.len(), new);
        self.cursor = at + new.len();
        Edit { at, removed: old.to_owned(), inserted: new.to_owned() }
    }

    fn replace(&mut self, start: usize, end: usize, text: &str) -> Edit {
        let removed = self.text[start..end].to_owned();
        self.text.replace_range(start..end, text);
        self.cursor = start + text.len();
        let edit = Edit { at: start, removed, inserted: text.to_owned() };
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if joins(last, &edit) => last.inserted.push_str(&edit.inserted),
            _ => self.done.push(edit.clone()),
        }
        edit
    }

    /// Moves one grapheme to the left.
    pub fn cursor_left(&mut self) {
        self.cursor = self.before(self.cursor).unwrap_or(0);
    }

    /// Moves one grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = self.after(self.cursor).unwrap_or(self.text.len());
    }

    /// Moves to the start of the previous word.
    pub fn word_left(&mut self) {
        self.cursor = self.word_before();
    }

    /// Moves to the end of the next word.
    pub fn word_right(&mut self) {
        let rest = &self.text[self.cursor..];
        let mut words = rest.unicode_word_indices();
        self.cursor += words.next().map_or(rest.len(), |(at, word)| at + word.len());
    }

    /// Moves to the start of this line of the text.
    pub fn home(&mut self) {
        self.cursor = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
    }

    /// Moves to the end of this line of the text.
    pub fn end(&mut self) {
        let rest = &self.text[self.cursor..];
        self.cursor += rest.find('\n').unwrap_or(rest.len());
    }

    /// Moves to a place in bytes, or back from it to the nearest boundary between two graphemes.
    pub fn go(&mut self, place: usize) {
        let mut place = place.min(self.text.len());
        while !self.text.is_char_boundary(place) {
            place -= 1;
        }
        let mut cursor = GraphemeCursor::new(place, self.text.len(), true);
        self.cursor = match cursor.is_boundary(&self.text, 0) {
            Ok(true) => place,
            _ => self.before(place).unwrap_or(0),
        };
    }

    fn before(&self, place: usize) -> Option<usize> {
        GraphemeCursor::new(place, self.text.len(), true).prev_boundary(&self.text, 0).ok()?
    }

    fn after(&self, place: usize) -> Option<usize> {
        GraphemeCursor::new(place, self.text.len(), true).next_boundary(&self.text, 0).ok()?
    }

    fn word_before(&self) -> usize {
        // Looking only at a window keeps this quick in a text of a megabyte.
        let mut from = self.cursor.saturating_sub(4096);
        while !self.text.is_char_boundary(from) {
            from -= 1;
        }
        let mut words = self.text[from..self.cursor].unicode_word_indices();
        words.next_back().map_or(from, |(at, _)| from + at)
    }
}

/// Whether typing goes on where the last edit ended, inside one word.
fn joins(last: &Edit, edit: &Edit) -> bool {
    last.removed.is_empty()
        && edit.removed.is_empty()
        && last.at + last.inserted.len() == edit.at
        && edit.inserted.len() <= 4
        && last.inserted.len() < 64
        && !edit.inserted.starts_with([' ', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn graphemes_move_and_go_as_one() {
        for letter in ["a", "é", "e\u{301}", "ที่", "ក្ម", "ශ්‍රී", "👩‍👩‍👧", "👍🏽", "🇲🇾"]
        {
            let mut line = Line::holding(&format!("x{letter}y"));
            line.cursor_left();
            line.cursor_left();
            let all = letter.graphemes(true).count();
            for _ in 1..all {
                line.cursor_left();
            }
            assert_eq!(line.cursor(), 1, "{letter}");
            for _ in 0..all {
                line.delete();
            }
            assert_eq!(line.text(), "xy", "{letter}");
        }
    }

    #[derive(Clone, Debug)]
    enum Act {
        Insert(String),
        Backspace,
        Delete,
        Word,
        Clear,
        Undo,
        Redo,
        Go(usize),
        Left,
        Right,
        WordLeft,
        WordRight,
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            "\\PC{0,6}".prop_map(Act::Insert),
            "[\u{e01}-\u{e4e}\u{300}\u{200d}👩 \n]{0,4}".prop_map(Act::Insert),
            Just(Act::Backspace),
            Just(Act::Delete),
            Just(Act::Word),
            Just(Act::Clear),
            Just(Act::Undo),
            Just(Act::Redo),
            (0..40_usize).prop_map(Act::Go),
            Just(Act::Left),
            Just(Act::Right),
            Just(Act::WordLeft),
            Just(Act::WordRight),
        ]
    }

    proptest! {
        #[test]
        fn reported_edits_rebuild_the_text(acts in prop::collection::vec(act(), 0..60)) {
            let mut line = Line::default();
            let mut copy = String::new();
            for act in acts {
                let edit = match act {
                    Act::Insert(text) => Some(line.insert(&text)),
                    Act::Backspace => line.backspace(),
                    Act::Delete => line.delete(),
                    Act::Word => line.delete_word(),
                    Act::Clear => line.clear(),
                    Act::Undo => line.undo(),
                    Act::Redo => line.redo(),
                    Act::Go(place) => { line.go(place); None }
                    Act::Left => { line.cursor_left(); None }
                    Act::Right => { line.right(); None }
                    Act::WordLeft => { line.word_left(); None }
                    Act::WordRight => { line.word_right(); None }
                };
                if let Some(edit) = edit {
                    prop_assert_eq!(&copy[edit.at..edit.at + edit.removed.len()], &edit.removed);
                    copy.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
                }
                prop_assert_eq!(&copy, line.text());
                prop_assert!(line.text().is_char_boundary(line.cursor()));
            }
            while line.undo().is_some() {}
            prop_assert_eq!(line.text(), "");
        }
    }
}
