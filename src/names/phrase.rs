//! The few words beside a name, so that a decision can be made by phrase: "travel to …".

use std::ops::Range;

use compact_str::CompactString;

use super::fold::{FoldedWords, Token, WordGap, fold};
use super::lists::{FREQUENT, lists};
use super::{Hit, words, words::Class};

/// What replaces the name in a phrase. It is never part of a folded word.
pub const BLANK: &str = "…";
/// The most words of a phrase on each side of the name.
pub const REACH: usize = 3;
/// The longest phrase that is offered, in bytes: a run without spaces can be a whole sentence.
const LONGEST: usize = 240;

/// A word of a spaced script with fewer letters says nothing by itself in any of the languages.
const SHORT: usize = 4;

/// Words that can be beside any name, whatever is said about it.
const LITTLE: [Class; 8] = [
    Class::PREPOSITION,
    Class::ARTICLE,
    Class::AND,
    Class::BE,
    Class::HAVE,
    Class::MODAL,
    Class::DO,
    Class::NOT,
];

/// The words beside a name, folded, in the order of the text: at most three on each side, nothing
/// beyond another name or the end of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    before: Vec<CompactString>,
    after: Vec<CompactString>,
}

impl Neighbours {
    /// The neighbours of each name found in a text.
    pub fn all(text: &str, hits: &[Hit]) -> Vec<Self> {
        let words = fold(text);
        hits.iter().map(|hit| Self::of(text, &words, &hit.range, hits)).collect()
    }

    fn of(text: &str, words: &FoldedWords, name: &Range<usize>, hits: &[Hit]) -> Self {
        let tokens = &words.tokens;
        let first = tokens.partition_point(|token| token.range.end <= name.start);
        let end = tokens.partition_point(|token| token.range.start < name.end).max(first);
        let is_name = |token: &Token| {
            let meets = |range: &Range<usize>| {
                range.start < token.range.end && token.range.start < range.end
            };
            hits.iter().any(|hit| meets(&hit.range))
        };
        // What is left of a run without spaces that has the name in it; another name ends it.
        let run = tokens[first..end].first().map_or(name.start, |token| token.range.start);
        let names = hits.iter().map(|hit| hit.range.end).filter(|end| *end <= name.start);
        let from = names.max().unwrap_or(0);
        let mut before = Vec::new();
        before.extend(word(text, from.max(run)..name.start));
        let mut gap = tokens.get(first).map_or(words.end, |token| token.before);
        for token in tokens[..first].iter().rev() {
            let parted = gap.has(WordGap::PARTS | WordGap::LINE) || from > run;
            if before.len() == REACH || parted || is_name(token) {
                break;
            }
            before.push(token.word.clone());
            gap = token.before;
        }
        before.reverse();
        let run = tokens[first..end].last().map_or(name.end, |token| token.range.end);
        let names = hits.iter().map(|hit| hit.range.start).filter(|start| *start >= name.end);
        let until = names.min().unwrap_or(text.len());
        let mut after = Vec::new();
        after.extend(word(text, name.end..until.min(run)));
        for token in &tokens[end..] {
            let parted = token.before.has(WordGap::PARTS | WordGap::LINE) || until < run;
            if after.len() == REACH || parted || is_name(token) {
                break;
            }
            after.push(token.word.clone());
        }
        Self { before, after }
    }

    /// Every phrase that fits, shortest first.
    pub fn phrases(&self) -> impl Iterator<Item = String> {
        let lengths =
            (1..=2 * REACH).flat_map(|all| (0..=all).map(move |after| (all - after, after)));
        let fit = |&(before, after): &(usize, usize)| {
            before <= self.before.len() && after <= self.after.len()
        };
        lengths.filter(fit).map(|(before, after)| self.phrase(before, after))
    }

    /// Whether a phrase fits: its words are beside the name, with nothing between.
    pub fn fit(&self, phrase: &str) -> bool {
        let Some((before, after)) = phrase.split_once(BLANK) else { return false };
        let mut left = self.before.iter().rev();
        let mut right = self.after.iter();
        before.split_whitespace().rev().all(|word| left.next().is_some_and(|own| own == word))
            && after.split_whitespace().all(|word| right.next().is_some_and(|own| own == word))
    }

    /// The phrases to choose from: those with a meaningful word in them, shortest first.
    pub fn offered(&self) -> Vec<String> {
        let says = |phrase: &String| {
            phrase.len() <= LONGEST && phrase.split(' ').any(|word| word != BLANK && says(word))
        };
        self.phrases().filter(says).collect()
    }

    fn phrase(&self, before: usize, after: usize) -> String {
        let before = &self.before[self.before.len() - before..];
        let words = before.iter().map(CompactString::as_str).chain([BLANK]);
        let words: Vec<&str> =
            words.chain(self.after[..after].iter().map(CompactString::as_str)).collect();
        words.join(" ")
    }
}

/// The folded letters of a part of a run; `None` if it has no letters.
fn word(text: &str, range: Range<usize>) -> Option<CompactString> {
    let folded = fold(text.get(range)?);
    let letters: CompactString = folded.tokens.iter().map(|token| token.word.as_str()).collect();
    (!letters.is_empty()).then_some(letters)
}

fn says(word: &str) -> bool {
    let short = word.is_ascii() && word.len() < SHORT;
    let frequent = || {
        let mut known = lists(FREQUENT);
        known.any(|(_, line)| line.split_whitespace().any(|known| known == word))
    };
    let class = words::class(word);
    !short && !LITTLE.into_iter().any(|little| class.has(little)) && !frequent()
}

#[cfg(test)]
mod tests {
    use super::super::{ListedNames, Names};
    use super::*;

    fn offered(text: &str, name: &str) -> Vec<String> {
        let names = Names::of(&ListedNames::default());
        let hits = names.check(text);
        let at = hits.iter().position(|hit| &text[hit.range.clone()] == name);
        let all = Neighbours::all(text, &hits);
        all[at.unwrap_or_else(|| panic!("{name} is in {hits:?}"))].offered()
    }

    #[test]
    fn a_phrase_has_a_word_that_says_something_and_stays_within_its_sentence() {
        for (text, name, phrases) in [
            ("Irregular TRAVEL to Thailand.", "Thailand", "travel to … · irregular travel to …"),
            (
                "A visa for Thai nationals",
                "Thai",
                "… nationals · visa for … · for … nationals · a visa for … · visa for … nationals · \
                 a visa for … nationals",
            ),
            // Neither what another sentence says, nor anything beyond a comma, a bracket or another name.
            ("It is safe. Thailand (which is far) is not", "Thailand", ""),
            ("Roads, in Thailand, are long", "Thailand", ""),
            ("Boats between Thailand and Malaysia", "Malaysia", ""),
            (
                "Boats between Thailand and Malaysia",
                "Thailand",
                "boats between … · boats between … and",
            ),
            // These can be beside anything.
            ("It is in Thailand", "Thailand", ""),
            ("ini untuk Thailand", "Thailand", ""),
            (
                "Un vol à destination de Thaïlande",
                "Thaïlande",
                "destination de … · a destination de …",
            ),
            ("Thailand's coast", "Thailand", "… coast"),
        ] {
            assert_eq!(offered(text, name).join(" · "), phrases, "{text}");
        }
    }

    #[test]
    fn in_a_script_without_spaces_the_rest_of_the_run_is_a_word() {
        assert_eq!(offered("เรือจากประเทศไทยมา", "ประเทศไทย"), ["เรือจาก …", "… มา", "เรือจาก … มา"]);
    }
}
