//! Rows of states by the first letters of their names: "mal + sri want", "viet/lao: no".
//!
//! One such word can be anything; two of them in a row that speaks are states in the room.

use super::fold::{FoldedWords, Token, WordGap};
use super::{Names, UnjudgedName, What, codes, words, words::Class};

/// The least and the most letters that are left of a name.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=6;

/// The most states in a row.
const LONGEST: usize = 6;

impl Names {
    /// The state that a word is short for in such a row; if there are several, the first by name.
    pub(super) fn clipped(&self, words: &FoldedWords, at: usize) -> Option<UnjudgedName> {
        let gap = |at: usize| words.tokens.get(at).map_or(words.end, |token| token.before);
        if !gap(at).has(WordGap::AND) && !gap(at + 1).has(WordGap::AND) {
            return None;
        }
        let signed = |at: &usize| gap(*at).has(WordGap::AND) && !gap(*at).has(WordGap::BREAKS);
        let first = (at.saturating_sub(LONGEST)..=at).rev().find(|at| !signed(at))?;
        let end = (first + 1..words.tokens.len()).find(|at| !signed(at));
        let end = end.unwrap_or(words.tokens.len());
        let begins = first == 0 || gap(first).has(WordGap::STOP | WordGap::LINE | WordGap::COLON);
        let whole = (2..=LONGEST).contains(&(end - first)) && begins;
        if !whole || !speaks(words, end) {
            return None;
        }
        let mut all = words.tokens[first..end].iter().map(|token| self.short_for(token));
        let all = all.by_ref().collect::<Option<Vec<_>>>()?;
        let which = all.into_iter().nth(at - first)?;
        Some(UnjudgedName::state(at, which))
    }

    fn short_for(&self, token: &Token) -> Option<compact_str::CompactString> {
        let word = token.word.as_str();
        if !LETTERS.contains(&word.len()) || token.unspaced {
            return None;
        }
        let lexicons = [&self.own, &self.world.lexicon];
        let mut known = lexicons.into_iter().filter_map(|lexicon| lexicon.get(word)).flatten();
        let state = |what| matches!(what, What::State | What::Demonym | What::Capital | What::Code);
        if let Some(entry) = known.find(|entry| state(entry.what)) {
            return Some(entry.which.clone());
        }
        let begins = |name: &str| name.to_lowercase().starts_with(word);
        let names = self.present.iter().filter_map(|code| self.world.name(*code));
        names.filter(|name| begins(name)).min()
    }
}

/// Whether a verb, a delegate or a speaker's mark follows the words before `end`.
fn speaks(words: &FoldedWords, end: usize) -> bool {
    let Some(next) = words.tokens.get(end) else { return false };
    if next.before.has(WordGap::COLON | WordGap::DASH) {
        return true;
    }
    let class = words::class(&next.word);
    let says = Class::BASE | Class::PAST | Class::ING | Class::MODAL | Class::NOT | Class::DO;
    let speaks = class.has(says | Class::DELEGATE | Class::STANCE | Class::BE | Class::HAVE);
    let more = matches!(&*next.word, "ok" | "both" | "want" | "need" | "all" | "still" | "also");
    !next.before.has(WordGap::PARTS) && (speaks || more || codes::is_somebody(&next.word))
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// Each of them used to pass unnoticed.
    #[test]
    fn shortened_names_in_a_row_that_speaks_are_states() {
        let delegations = vec!["Malaysia", "Sri Lanka", "Indonesia", "Philippines", "Viet Nam"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, put) in [
            ("mal + sri want it back", "some delegations want it back"),
            ("indo & phil ask for time", "some delegations ask for time"),
        ] {
            let hits = names.check(text);
            assert!(hits.iter().all(crate::names::Hit::is_certain) && hits.len() == 2, "{text}");
            let neutral = hits.iter().find_map(|hit| names.wording(text, hit));
            assert_eq!(neutral.map(|it| it.put_into(text)).as_deref(), Some(put), "{text}");
        }
        assert_eq!(names.check("viet/phil: no to the fee clause").len(), 2);
        for text in ["pens + paper want it", "viet + tools", "see mal + note"] {
            assert!(names.check(text).len() < 2, "{text}");
        }
    }
}
