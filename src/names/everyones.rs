//! Bodies that all delegations have in common: ASEAN, the Bali Process. As speakers they reveal nobody.

use super::fold::{self, Token, WordGap};
use super::lists::{BODIES, List};

/// The names of such bodies.
pub(super) static EVERYONES: List = List::of(BODIES, "of everyone");

/// Whether a name is that of such a body.
pub(super) fn is_everyones(name: &str) -> bool {
    let folded = fold::fold(name);
    let plain: Vec<&str> = folded.tokens.iter().map(|token| token.word.as_str()).collect();
    EVERYONES.has(&plain.join("_"))
}

/// "Bali" in "Bali Process": part of the name of a body that all delegations have in common.
pub(super) fn is_within_everyones(tokens: &[Token], at: usize, length: usize) -> bool {
    let mut phrase = tokens[at].word.to_string();
    tokens[at + 1..].iter().take(4).enumerate().any(|(more, token)| {
        phrase.push('_');
        phrase.push_str(&token.word);
        more + 2 > length && !token.before.has(WordGap::PARTS) && EVERYONES.has(&phrase)
    })
}
