//! Texts in, names out: much text is searched at once, and only suspicious parts are read closely.

use std::{hash::BuildHasher, sync::mpsc::SyncSender};

use rustc_hash::FxBuildHasher;

use super::{PIECE, ScanStop};
use crate::names::{Finder, FoundName};

/// How much of a text that is too long to keep is searched again with what follows.
const OVERLAP: usize = 512;

/// What separates two texts, and belongs to neither.
const APART: char = '\n';

/// How a text is taken apart so that it can be searched for names.
pub(super) type NameSieve = fn(&str, &mut dyn FnMut(&str));

fn as_it_is(text: &str, each: &mut dyn FnMut(&str)) {
    each(text);
}

/// Texts to be searched, one after the other.
#[derive(Default)]
pub(super) struct Batch {
    text: String,
    /// Where each text ends, and how to take it apart.
    ends: Vec<(usize, NameSieve)>,
}

impl Batch {
    fn end(&mut self, reading: NameSieve) {
        self.text.push(APART);
        self.ends.push((self.text.len(), reading));
    }

    /// Where the text that was not ended begins.
    fn begun(&self) -> usize {
        self.ends.last().map_or(0, |(end, _)| *end)
    }

    /// Finds the names in the texts, each with the text that it is in.
    pub(super) fn look(
        &self,
        finder: &Finder,
        found: &mut dyn FnMut(FoundName, &str) -> ScanStop,
    ) -> ScanStop {
        let mut suspect = vec![false; self.ends.len()];
        let mut text = 0;
        finder.suspects(&self.text, &mut |at| {
            while self.ends.get(text).is_some_and(|(end, _)| *end <= at) {
                text += 1;
            }
            if let Some(text) = suspect.get_mut(text) {
                *text = true;
            }
        });
        let mut stop = ScanStop::Continue(());
        let mut from = 0;
        for ((end, reading), suspect) in self.ends.iter().zip(suspect) {
            let text = &self.text[from..end - APART.len_utf8()];
            from = *end;
            if suspect && stop.is_continue() {
                reading(text, &mut |text| {
                    finder.look(text, &mut |name| {
                        if stop.is_continue() {
                            stop = found(name, text);
                        }
                    });
                });
            }
        }
        stop
    }
}

/// Recent texts: most cells of a table and most tags repeat each other.
struct Lately {
    texts: Box<[String]>,
}

impl Lately {
    /// How many texts are remembered.
    const MANY: usize = 1 << 10;
    /// Longer texts hardly ever occur twice.
    const LONGEST: usize = 200;

    fn new() -> Self {
        Self { texts: vec![String::new(); Self::MANY].into() }
    }

    /// Whether a text was among the recent ones, each of which is searched only once.
    fn has(&mut self, text: &str) -> bool {
        if text.len() > Self::LONGEST {
            return false;
        }
        let place = FxBuildHasher.hash_one(text) as usize % Self::MANY;
        let known = &mut self.texts[place];
        if known == text {
            return true;
        }
        known.clear();
        known.push_str(text);
        false
    }
}

/// What searches the texts: this sieve, or another thread.
enum Watcher<'s> {
    Here(&'s Finder, &'s mut dyn FnMut(FoundName, &str) -> ScanStop),
    Elsewhere(SyncSender<Batch>),
}

/// Takes in texts, each separately: no name begins in one and ends in the next.
pub(super) struct Sieve<'s> {
    look: Watcher<'s>,
    /// The texts that were not searched yet, the last of them still open.
    batch: Batch,
    /// What was within the open text and is no part of it.
    asides: Batch,
    lately: Lately,
    /// The same, for texts that have to be taken apart first.
    tags_lately: Lately,
    /// Whether nothing more is wanted.
    pub(super) stopped: bool,
}

impl<'s> Sieve<'s> {
    /// Makes a sieve that searches the texts itself.
    pub(super) fn new(
        finder: &'s Finder,
        found: &'s mut dyn FnMut(FoundName, &str) -> ScanStop,
    ) -> Self {
        Self::with(Watcher::Here(finder, found))
    }

    /// Makes a sieve that sends the texts to another thread, until nobody wants them any more.
    pub(super) fn to(looks: SyncSender<Batch>) -> Self {
        Self::with(Watcher::Elsewhere(looks))
    }

    fn with(look: Watcher<'s>) -> Self {
        let (batch, asides) = Default::default();
        let (lately, tags_lately) = (Lately::new(), Lately::new());
        Self { look, batch, asides, lately, tags_lately, stopped: false }
    }

    /// The text that is not ended yet.
    pub(super) fn open(&self) -> &str {
        &self.batch.text[self.batch.begun()..]
    }

    /// Adds to the open text.
    pub(super) fn put(&mut self, piece: &str) {
        self.batch.text.push_str(piece);
        if self.open().len() > PIECE {
            let mut from = self.batch.text.len() - OVERLAP;
            while !self.batch.text.is_char_boundary(from) {
                from += 1;
            }
            let again = self.batch.text[from..].to_owned();
            self.end();
            self.batch.text.push_str(&again);
        }
    }

    /// Takes in what is within a text but is no part of it.
    pub(super) fn aside(&mut self, text: &str) {
        if !self.lately.has(text) {
            self.put_aside(text, as_it_is);
        }
    }

    /// The same, for what has to be taken apart first if it is suspicious.
    pub(super) fn aside_as(&mut self, text: &str, reading: NameSieve) {
        if !self.tags_lately.has(text) {
            self.put_aside(text, reading);
        }
    }

    fn put_aside(&mut self, text: &str, reading: NameSieve) {
        let batch = if self.open().is_empty() { &mut self.batch } else { &mut self.asides };
        batch.text.push_str(text);
        batch.end(reading);
        self.hand_on();
    }

    /// Ends a text.
    pub(super) fn end(&mut self) {
        let begun = self.batch.begun();
        if self.lately.has(&self.batch.text[begun..]) {
            self.batch.text.truncate(begun);
        } else if begun < self.batch.text.len() {
            self.batch.end(as_it_is);
        }
        self.hand_on();
    }

    /// Searches everything that was taken in.
    pub(super) fn finish(&mut self) {
        self.end();
        let (batch, asides) = (std::mem::take(&mut self.batch), std::mem::take(&mut self.asides));
        self.sift(batch);
        self.sift(asides);
    }

    /// Passes on texts to be searched, once there are enough of them.
    fn hand_on(&mut self) {
        if self.asides.text.len() > PIECE {
            let asides = std::mem::take(&mut self.asides);
            self.sift(asides);
        }
        if self.batch.text.len() > PIECE && self.open().is_empty() {
            let batch = std::mem::take(&mut self.batch);
            self.sift(batch);
        }
    }

    fn sift(&mut self, batch: Batch) {
        self.stopped |= match &mut self.look {
            _ if self.stopped => true,
            Watcher::Here(finder, found) => batch.look(finder, *found).is_break(),
            Watcher::Elsewhere(looks) => looks.send(batch).is_err(),
        };
    }
}
