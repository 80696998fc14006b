//! Small changes to a text, and how they are written at their place: capitals, apostrophes.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, NEUTRAL};
use super::{Neutral, Wordings};

static SHORTENED: List = List::of(NEUTRAL, "shortened");

/// Bytes that are removed, and what replaces them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordEdit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// All edits as one, with the text between them; `None` if two want the same place.
pub(super) fn joined(text: &str, mut edits: Vec<WordEdit>) -> Option<Neutral> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let first = edits.first()?.range.start;
    let (mut put, mut at) = (String::new(), first);
    for edit in &edits {
        if edit.range.start < at {
            return None;
        }
        put.push_str(text.get(at..edit.range.start)?);
        put.push_str(&edit.text);
        at = edit.range.end;
    }
    let range = first..at;
    (text.get(range.clone())? != put).then_some(Neutral { range, text: put })
}

impl Wordings<'_> {
    /// The bytes of some words, without a possessive ending.
    pub(super) fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        let tokens = &self.sentence.words.tokens;
        tokens[span.start].range.start..tokens[span.end - 1].range.end
    }

    /// The text between a word and the one before it.
    pub(super) fn raw_gap(&self, at: usize) -> &str {
        let tokens = &self.sentence.words.tokens;
        let from = at.checked_sub(1).map_or(0, |before| tokens[before].range.end);
        let until = tokens.get(at).map_or(self.text.len(), |token| token.range.start);
        self.text.get(from..until).unwrap_or_default()
    }

    /// The word as it is written.
    pub(super) fn raw(&self, at: usize) -> &str {
        let token = self.sentence.words.tokens.get(at);
        token.and_then(|token| self.text.get(token.range.clone())).unwrap_or_default()
    }

    /// Words in place of others, with a capital if the sentence begins there.
    pub(super) fn put(&self, span: Range<usize>, words: &str) -> WordEdit {
        let range = self.bytes(&span);
        WordEdit { range, text: self.cased(span.start, words) }
    }

    /// The same, also removing the possessive ending of the last word.
    pub(super) fn put_for_owner(&self, span: Range<usize>, words: &str) -> WordEdit {
        let mut edit = self.put(span.clone(), words);
        edit.range.end += self.ending(span.end - 1).len();
        edit
    }

    /// How words are written at a place: with a capital, or all in capitals.
    pub(super) fn cased(&self, at: usize, words: &str) -> String {
        if self.shouting {
            return words.to_uppercase();
        }
        if !self.opens(at) {
            return words.to_owned();
        }
        capitalised(words)
    }

    /// What makes a word possessive: an apostrophe, usually with an "s".
    pub(super) fn ending(&self, at: usize) -> &str {
        let token = &self.sentence.words.tokens[at];
        if !token.possessive {
            return "";
        }
        let rest = self.text.get(token.range.end..).unwrap_or_default();
        let after = rest.strip_prefix(is_apostrophe).unwrap_or(rest);
        let after =
            after.strip_prefix(['s', 'S']).filter(|_| after.len() < rest.len()).unwrap_or(after);
        &rest[..rest.len() - after.len()]
    }

    /// A possessive ending as this text writes it.
    pub(super) fn owner(&self, words: &str) -> String {
        let mark = self.text.chars().find(|letter| is_apostrophe(*letter)).unwrap_or('’');
        if words.ends_with('s') { format!("{words}{mark}") } else { format!("{words}{mark}s") }
    }

    /// Whether a word with a capital begins a sentence.
    pub(super) fn opens(&self, at: usize) -> bool {
        let sentence = self.sentence;
        if sentence.case(at) == Case::Lower {
            return false;
        }
        let gap = self.raw_gap(at);
        let quoted = sentence.gap(at).has(WordGap::COMMA | WordGap::COLON)
            && gap.ends_with(['"', '“', '‘', '\'', '«', '„']);
        let half = [';', ':', '：', '；', '–', '—', '-'];
        let after_half = gap.trim_end().ends_with(half) && !gap.contains('\n');
        // "1) Malaysia", "a. Malaysia"
        let listed = at > 0
            && sentence.begins(at - 1)
            && gap.starts_with([')', '.'])
            && (self.raw(at - 1).len() < 2
                || self.raw(at - 1).bytes().all(|byte| byte.is_ascii_digit()));
        // "cf. Malaysia", "e.g. Malaysia"
        let letter = |at: usize| self.raw(at).len() == 1 && sentence.case(at) == Case::Lower;
        let shortened = at > 0
            && gap.starts_with('.')
            && (SHORTENED.has(sentence.word(at - 1)) || at > 1 && letter(at - 1) && letter(at - 2));
        if shortened {
            return false;
        }
        listed || quoted || sentence.begins(at) && (at == 0 || !after_half)
    }
}

pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '＇')
}
