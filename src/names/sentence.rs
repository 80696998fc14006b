//! Words with what they may be, and small questions about them.

use super::fold::{Case, FoldedWords, WordGap};
use super::words::{self, Class};

/// Words and what they may be.
pub(super) struct Sentence<'w> {
    pub(super) words: &'w FoldedWords,
    classes: Vec<Class>,
}

impl<'w> Sentence<'w> {
    pub(super) fn new(words: &'w FoldedWords) -> Self {
        let classes = words.tokens.iter().map(|token| words::class(&token.word)).collect();
        Self { words, classes }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|known| known.has(class))
    }

    /// What precedes a word; after the last one, what ends the text.
    pub(super) fn gap(&self, at: usize) -> WordGap {
        self.words.tokens.get(at).map_or(self.words.end, |token| token.before)
    }

    pub(super) fn case(&self, at: usize) -> Case {
        self.words.tokens.get(at).map_or(Case::Lower, |token| token.case)
    }

    pub(super) fn possessive(&self, at: usize) -> bool {
        self.words.tokens.get(at).is_some_and(|token| token.possessive)
    }

    /// Whether a clause begins with this word.
    pub(super) fn begins(&self, at: usize) -> bool {
        let open = |before: usize| {
            self.is(before, Class::PREPOSITION | Class::ARTICLE | Class::AND | Class::PAST)
        };
        // Notes put each thing on a line of its own; a line that is merely full continues.
        let line =
            || self.gap(at).has(WordGap::LINE) && self.case(at) != Case::Lower && !open(at - 1);
        at == 0 || self.gap(at).has(WordGap::STOP) || self.gap(at).has(WordGap::COLON) || line()
    }

    /// Whether nothing separates this word from the one before.
    pub(super) fn joined(&self, at: usize) -> bool {
        at < self.words.tokens.len() && !self.gap(at).has(WordGap::PARTS)
    }

    pub(super) fn words_before(&self, at: usize, words: &[&str]) -> bool {
        let Some(from) = at.checked_sub(words.len()) else { return false };
        words.iter().enumerate().all(|(index, word)| self.word(from + index) == *word)
            && (from + 1..at).all(|at| !self.gap(at).has(WordGap::STOP))
    }

    pub(super) fn article(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0 && self.joined(from) && self.is(from - 1, Class::ARTICLE | Class::ADJECTIVE)
        {
            from -= 1;
        }
        from
    }

    pub(super) fn ends(&self, at: usize) -> bool {
        at >= self.words.tokens.len() || self.gap(at).has(WordGap::STOP)
    }

    /// Whether a clause ends before this word.
    pub(super) fn clause_ends(&self, at: usize) -> bool {
        self.ends(at)
            || self.gap(at).has(WordGap::COMMA | WordGap::CLOSE | WordGap::LINE | WordGap::DASH)
    }

    pub(super) fn adverbs(&self, at: usize) -> usize {
        let mut next = at;
        while next < at + 5
            && self.is(next, Class::ADVERB)
            && !self.gap(next + 1).has(WordGap::STOP)
        {
            next += 1;
        }
        // "for its part" and "on the other hand" without commas are rare; "in turn" is not.
        if self.word(next) == "in" && self.word(next + 1) == "turn" {
            next += 2;
        }
        next
    }
}

/// Whether a word is one of these.
pub(super) fn one_of(word: &str, words: &str) -> bool {
    // Called for every word many times: `split` is three times as slow.
    let (word, mut rest) = (word.as_bytes(), words.as_bytes());
    let Some(first) = word.first() else { return false };
    while rest.len() >= word.len() {
        let ends = rest.get(word.len()).is_none_or(|next| *next == b' ');
        if ends && rest[0] == *first && rest.starts_with(word) {
            return true;
        }
        let Some(space) = rest.iter().position(|byte| *byte == b' ') else { return false };
        rest = &rest[space + 1..];
    }
    false
}
