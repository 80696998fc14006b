//! Names with one letter wrong: one too many or too few, a different one, or two that changed places.
//!
//! Each name is stored under itself, under its variants without one letter, and with all double
//! letters single; a word that is one letter away from it, or doubles others, shares one of these
//! keys. So a look-up takes as many steps as the word has letters, however many names there are.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use compact_str::CompactString;
use smallvec::SmallVec;

use super::fold::{Case, Token, WordGap};
use super::lists::{List, NEAR};
use super::words;

/// The fewest letters of a name that is searched for in this way.
const SHORTEST: usize = 6;

/// From this many letters on, a word in small letters can be a misspelt name too.
const LONG: usize = 8;

/// English words that are one letter away from the name of a state.
static ALIKE: List = List::of(NEAR, "words like names");

/// Names, by what is left of them without one letter.
#[derive(Clone, Debug, Default)]
pub(super) struct Typos {
    names: Vec<CompactString>,
    near: HashMap<u64, SmallVec<[u32; 1]>, BuildHasherDefault<KeyHasher>>,
}

/// The keys are already hashes.
#[derive(Clone, Copy, Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes.iter().copied());
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

impl Typos {
    /// Adds a folded word, unless it is too short or has letters that are not ASCII.
    pub(super) fn add(&mut self, name: &str) {
        if name.len() < SHORTEST || !name.bytes().all(|letter| letter.is_ascii_alphabetic()) {
            return;
        }
        if self.nearest(name) == Some(name) {
            return;
        }
        let id = self.names.len() as u32;
        self.names.push(name.into());
        for key in keys(name) {
            let names = self.near.entry(key).or_default();
            if names.last() != Some(&id) {
                names.push(id);
            }
        }
    }

    /// The name that a word was meant for; `None` for a word that is a name, or is another word.
    pub(super) fn find(&self, tokens: &[Token], at: usize) -> Option<&str> {
        let token = &tokens[at];
        let word = token.word.as_str();
        let long = word.len() >= LONG;
        if word.len() + 1 < SHORTEST || token.case == Case::Lower && !long || token.unspaced {
            return None;
        }
        let hyphen = |at: usize| tokens.get(at).is_some_and(|it| it.before.has(WordGap::HYPHEN));
        let other = || words::is_known(word) || ALIKE.has(word);
        if !word.is_ascii() || hyphen(at) || hyphen(at + 1) || other() {
            return None;
        }
        // "Somalis", "Malaysians": forms of a name that is not misspelt.
        let other = |name: &&str| *name != word && !is_inflected(word, name);
        self.nearest(word).filter(other).filter(|name| could_begin(word, name))
    }

    fn nearest(&self, word: &str) -> Option<&str> {
        let found = keys(word).filter_map(|key| self.near.get(&key)).flatten();
        let names = found.filter_map(|id| self.names.get(*id as usize));
        let alike = |name: &&str| {
            is_near(word.as_bytes(), name.as_bytes()) || singles(word).eq(singles(name))
        };
        names.map(CompactString::as_str).find(alike)
    }
}

/// The letters of a word, with the first of every two equal ones.
fn singles(word: &str) -> impl Iterator<Item = u8> {
    let mut last = 0;
    word.bytes().filter(move |letter| std::mem::replace(&mut last, *letter) != *letter)
}

/// Rows of a keyboard.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether a word may begin like this in place of a name. Few people miss the first letter, except for one
/// beside it: "Naiwan" is a word in Filipino and not "Taiwan".
fn could_begin(word: &str, name: &str) -> bool {
    let (Some(first), Some(meant)) = (word.chars().next(), name.chars().next()) else {
        return false;
    };
    let place = |letter: char| {
        let mut rows = ROWS.iter().enumerate();
        rows.find_map(|(row, keys)| Some((row, keys.find(letter)?)))
    };
    let beside = || match (place(first), place(meant)) {
        (Some((row, at)), Some((other, by))) => row.abs_diff(other) < 2 && at.abs_diff(by) < 2,
        _ => false,
    };
    first == meant || word.len() != name.len() || beside()
}

fn is_inflected(word: &str, name: &str) -> bool {
    word.strip_suffix('s') == Some(name)
}

/// The word, its variants without each of its letters, and without its doubled ones.
fn keys(word: &str) -> impl Iterator<Item = u64> {
    let bytes = word.bytes();
    let without = move |at: usize| {
        let kept = word.bytes().enumerate().filter(move |(place, _)| *place != at);
        hash(kept.map(|(_, letter)| letter))
    };
    [hash(bytes), hash(singles(word))].into_iter().chain((0..word.len()).map(without))
}

/// FNV-1a: names that share a number are compared letter by letter.
fn hash(word: impl Iterator<Item = u8>) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.fold(0xcbf2_9ce4_8422_2325, step)
}

/// Whether two words are the same except for one letter, or for two that changed places.
fn is_near(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() > b.len() { (b, a) } else { (a, b) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 if same == short.len() => true,
        0 => {
            let swapped = short.len() > same + 1
                && short[same] == long[same + 1]
                && short[same + 1] == long[same]
                && short[same + 2..] == long[same + 2..];
            swapped || short[same + 1..] == long[same + 1..]
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn a_name_is_found_with_one_letter_wrong() {
        let mut typos = Typos::default();
        for name in ["philippines", "thailand", "turkey", "jordan", "finnish", "laos", "indonesia"]
        {
            typos.add(name);
        }
        let find = |text: &str| {
            let tokens = fold(text).tokens;
            typos.find(&tokens, 0).map(str::to_owned)
        };
        for (text, name) in [
            ("Phillipines", "philippines"),
            ("phillippines", "philippines"),
            ("Thialand", "thailand"),
            ("Tailand", "thailand"),
            ("THAILNAD", "thailand"),
            ("Thailandd", "thailand"),
            ("Hhailand", "thailand"),
            ("Jordn", "jordan"),
            ("Indonesa", "indonesia"),
            ("Phillipines", "philippines"),
        ] {
            assert_eq!(find(text).as_deref(), Some(name), "{text}");
        }
        for text in
            ["thailand", "Thlnd", "Laso", "finish", "Finish", "jordn", "Thiland-x", "Turnkey", ""]
        {
            let tokens = fold(text).tokens;
            let found = (!tokens.is_empty()).then(|| find(text)).flatten();
            assert_eq!(found, None, "{text}");
        }
    }
}
