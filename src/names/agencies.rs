//! The names of an agency: in full, for short, and what people make of the full name.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::fold::{Token, fold};
use super::lists::{BODIES, List};
use super::{words, world::World};

static SMALL: List = List::of(BODIES, "small words of bodies");
static OF_MANY: List = List::of(BODIES, "words of many bodies");

/// The longest name that is searched for only in capitals.
const SHORT: usize = 7;

/// Whether a name is written only in capitals.
pub(super) fn is_short(name: &str) -> bool {
    name.chars().count() < SHORT
        && name.chars().any(char::is_uppercase)
        && !name.chars().any(char::is_lowercase)
}

fn word(token: &Token) -> &str {
    &token.word
}

/// What is made from a full name: its first letters, and what is left without a state's adjective and
/// without half of a pair. Each with whether it is written in capitals.
pub(super) fn made_of(name: &str, world: &World) -> Vec<(CompactString, bool)> {
    let tokens = fold(name).tokens;
    if tokens.len() < 2 || tokens.iter().any(|token| token.unspaced) {
        return Vec::new();
    }
    let mut made = BTreeSet::new();
    let letters = |small: bool| -> CompactString {
        let meant = tokens.iter().filter(|token| small || !SMALL.has(word(token)));
        meant.filter_map(|token| token.word.chars().next()).flat_map(char::to_uppercase).collect()
    };
    for short in [letters(false), letters(true)] {
        let plain = short.to_lowercase();
        if short.chars().count() > 2 && !words::is_known(&plain) {
            made.insert((short, true));
        }
    }
    let from = world.lexicon.at(&tokens, 0).map_or(0, |(length, _)| length);
    let mut shorter = |tokens: &[Token]| {
        let words: Vec<&str> = tokens.iter().map(word).collect();
        let own = words.iter().filter(|word| !SMALL.has(word));
        let many = own.clone().all(|word| OF_MANY.has(word));
        if own.count() > 1 && !many {
            made.insert((words.join(" ").into(), false));
        }
    };
    if from > 0 {
        shorter(&tokens[from..]);
    }
    // "Financial Intelligence and Enforcement Department" is "Financial Intelligence Department".
    let and = tokens.iter().position(|token| word(token) == "and");
    if let Some(and) = and.filter(|and| *and > from && and + 2 < tokens.len()) {
        let one = [&tokens[from..and], &tokens[and + 2..]].concat();
        shorter(&one);
    }
    made.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_made_of_full_ones() {
        let made = |name: &str| -> Vec<String> {
            let made = made_of(name, World::get());
            made.into_iter().map(|(name, _)| name.to_string()).collect()
        };
        assert_eq!(made("Australian Border Force"), ["ABF", "border force"]);
        assert_eq!(made("Thai Navy"), [""; 0]);
        assert_eq!(made("Ministry of Home Affairs"), ["MHA", "MOHA"]);
        assert_eq!(
            made("Financial Intelligence and Enforcement Department"),
            ["FIAED", "FIED", "financial intelligence department"]
        );
        assert_eq!(made("BAKAMLA"), [""; 0]);
    }
}
