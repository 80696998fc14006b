//! Texts in, names out: much text is looked over at once, and only what is suspect read closely.

use super::{PIECE, Stop};
use crate::names::{Finder, Found};

/// How much of a text that is too long to be kept is looked at again with what follows.
const OVERLAP: usize = 512;

/// What stands between two texts, and is of neither.
const APART: char = '\n';

/// Takes texts, each for itself: no name begins in one and ends in the next.
pub(super) struct Sieve<'s> {
    finder: &'s Finder,
    /// What is done with a name, and the text that it stands in.
    found: &'s mut dyn FnMut(Found, &str) -> Stop,
    /// The texts that were not looked at yet.
    text: String,
    /// Where each ends, and what is to be read in it.
    ends: Vec<(usize, Reading)>,
    /// What stood within a text that goes on, as the texts above.
    asides: String,
    aside_ends: Vec<(usize, Reading)>,
    stopped: bool,
}

/// How the names in a text are got at.
pub(super) type Reading = fn(&str, &mut dyn FnMut(&str));

fn as_it_is(text: &str, each: &mut dyn FnMut(&str)) {
    each(text);
}

impl<'s> Sieve<'s> {
    pub(super) fn new(finder: &'s Finder, found: &'s mut dyn FnMut(Found, &str) -> Stop) -> Self {
        let (text, asides) = (String::new(), String::new());
        let (ends, aside_ends) = (Vec::new(), Vec::new());
        Self { finder, found, text, ends, asides, aside_ends, stopped: false }
    }

    /// Whether nothing more is asked for.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Goes on with a text.
    pub(super) fn put(&mut self, piece: &str) {
        self.text.push_str(piece);
        if self.open().len() > PIECE {
            let mut from = self.text.len() - OVERLAP;
            while !self.text.is_char_boundary(from) {
                from += 1;
            }
            let again = self.text[from..].to_owned();
            self.end();
            self.text.push_str(&again);
        }
    }

    /// The text that was not ended yet.
    pub(super) fn open(&self) -> &str {
        &self.text[self.begun()..]
    }

    /// Takes in what stands within a text and is no part of it.
    pub(super) fn aside(&mut self, text: &str) {
        self.aside_as(text, as_it_is);
    }

    /// The same, of what has to be taken apart first if it is suspect.
    pub(super) fn aside_as(&mut self, text: &str, reading: Reading) {
        self.asides.push_str(text);
        self.asides.push(APART);
        self.aside_ends.push((self.asides.len(), reading));
        if self.open().is_empty() || self.asides.len() > PIECE {
            self.take_asides();
        }
    }

    /// Ends a text.
    pub(super) fn end(&mut self) {
        if !self.open().is_empty() {
            self.text.push(APART);
            self.ends.push((self.text.len(), as_it_is));
        }
        self.take_asides();
    }

    fn take_asides(&mut self) {
        let open = self.text.split_off(self.begun());
        let from = self.text.len();
        self.text.push_str(&self.asides);
        self.ends.extend(self.aside_ends.drain(..).map(|(end, reading)| (from + end, reading)));
        self.asides.clear();
        if self.text.len() > PIECE {
            self.sift();
        }
        self.text.push_str(&open);
    }

    fn begun(&self) -> usize {
        self.ends.last().map_or(0, |(end, _)| *end)
    }

    /// Looks at all that was taken in.
    pub(super) fn finish(&mut self) {
        self.end();
        self.sift();
    }

    fn sift(&mut self) {
        let mut suspect = vec![false; self.ends.len()];
        let mut text = 0;
        self.finder.suspects(&self.text, &mut |at| {
            // They come in order, twice over.
            if text == suspect.len() || self.ends[..text].last().is_some_and(|end| at < end.0) {
                text = 0;
            }
            text += self.ends[text..].partition_point(|(end, _)| *end <= at);
            if let Some(text) = suspect.get_mut(text) {
                *text = true;
            }
        });
        let mut from = 0;
        for ((end, reading), suspect) in self.ends.drain(..).zip(suspect) {
            let text = &self.text[from..end - APART.len_utf8()];
            from = end;
            if suspect && !self.stopped {
                reading(text, &mut |text| {
                    self.finder.look(text, &mut |found| {
                        self.stopped |= !self.stopped && (self.found)(found, text).is_break();
                    });
                });
            }
        }
        self.text.clear();
    }
}
