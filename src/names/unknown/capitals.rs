//! Words in capitals: whether they are abbreviations that name nobody.

use super::super::fold::{Case, Gap};
use super::super::{codes, wordlist, words};
use super::Reading;

impl Reading<'_> {
    /// A word of capitals, or of capitals and a plural's s: "NGOs".
    pub(super) fn is_capitals(&self, at: usize) -> bool {
        let letters = self.slice(at);
        let whole = letters.strip_suffix('s').unwrap_or(letters);
        whole.chars().filter(|letter| letter.is_alphabetic()).count() > 1
            && !whole.chars().any(char::is_lowercase)
    }

    pub(super) fn is_known_capitals(&self, at: usize, heading: &mut Option<bool>) -> bool {
        let Some(token) = self.token(at) else { return true };
        let word = token.word.as_str();
        let single =
            if token.case == Case::Upper { word } else { word.strip_suffix('s').unwrap_or(word) };
        let numeral = single.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x'));
        let known = |word: &str| {
            wordlist::is_abbreviation(word)
                || codes::is_shorthand(word)
                || wordlist::is_common(word, self.accented)
                || words::is_known(word)
        };
        let long = single.len() > 3;
        let rarely =
            |word: &str| wordlist::is_rare(word) || wordlist::begins_elsewhere(word, self.accented);
        numeral
            || self.is_short_form(at)
            || known(single)
            || known(word)
            || (long || self.is_shouted(at)) && rarely(single)
            || long && self.is_heading(at, heading) && self.is_vietnamese(token)
    }

    /// "Plan of Action (POA)": whether it has the first letters of the words before its bracket.
    fn is_short_form(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.before.has(Gap::OPEN)) else {
            return false;
        };
        let whole = |small: bool| {
            let mut letters = token.word.chars().rev();
            let before = self.words.tokens[..at].iter().rev();
            let mut before = before.filter(|it| small || it.case != Case::Lower);
            letters.all(|letter| before.next().is_some_and(|it| it.word.starts_with(letter)))
        };
        whole(true) || whole(false)
    }
}

/// Whether letters are capitals alone, or with a plural's s.
pub(super) fn is_whole(letters: &str) -> bool {
    let whole = letters.strip_suffix('s').unwrap_or(letters);
    !whole.chars().any(char::is_lowercase)
}
