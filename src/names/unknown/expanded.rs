//! Abbreviations that a text itself explains: "Continuous Professional Development (CPD)", "CPD (continuous
//! professional development)", "CPD: continuous professional development". They are terms, unless what they stand
//! for is a body: "Royal Fisheries Institute (RFI)".

use super::super::fold::{Case, Token, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{wordlist, words};
use super::{COMPANIES, HEADS, HEADS_OF_STATES, OF_STATES, UnknownText, leagues::LEAGUES};

/// "Institute", "bank": what besides offices and companies makes a body of the words before it.
static BODIES: List = List::of(KNOWN, "of bodies with short forms");

/// What only a term has right after its abbreviation: "SSI rate".
static THINGS: List = List::of(KNOWN, "after abbreviations of things");

/// The most letters of one word that an abbreviation has: "BEMP" for "basic emergency package".
const MOST: usize = 3;

/// What an abbreviation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    ForWords,
    ForBody,
}

/// Whether the text explains an abbreviation somewhere, and it is no body.
pub(super) fn is_explained(text: &UnknownText<'_>, at: usize) -> bool {
    let Some(single) = text.token(at).map(single) else { return false };
    let same = |token: &Token| token.case != Case::Lower && self::single(token) == single;
    let mut all = text.words.tokens.iter().enumerate().filter(|(_, token)| same(token));
    all.find_map(|(at, _)| explained_here(text, at)) == Some(Stands::ForWords)
}

/// What the words beside an abbreviation say that it stands for.
pub(super) fn explained_here(text: &UnknownText<'_>, at: usize) -> Option<Stands> {
    let single = single(text.token(at)?);
    let tokens = &text.words.tokens;
    let parts = |at: usize| text.gap(at).has(WordGap::PARTS | WordGap::LINE);
    let short = || {
        let word = |at: usize| text.token(at).map_or("", |token| token.word.as_str());
        text.gap(at).has(WordGap::COMMA) && word(at + 1) == "for" && word(at + 2) == "short"
    };
    if at > 0 && (text.gap(at).has(WordGap::OPEN) || short()) {
        let reach = at.saturating_sub(2 * single.len() + 2);
        let from = (reach..at).rev().take_while(|from| *from + 1 == at || !parts(*from + 1));
        let mut all = from.map(|from| &tokens[from..at]);
        if let Some(words) = all.find(|words| fits(single, words)) {
            return Some(stands_for(words));
        }
    }
    let marks = WordGap::OPEN | WordGap::COLON | WordGap::DASH;
    let next = at + 1;
    if next < tokens.len() && text.gap(next).has(marks) {
        let end = (next + 1..tokens.len()).find(|at| parts(*at)).unwrap_or(tokens.len());
        let words = &tokens[next..end];
        return fits(single, words).then(|| stands_for(words));
    }
    None
}

/// "SSI rate", "SMGS waybills": whether the word after an abbreviation shows that it is a term.
pub(super) fn is_of_a_thing(text: &UnknownText<'_>, at: usize) -> bool {
    let next = text.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let own = text.token(at).is_some_and(|token| !token.possessive);
    own && next.is_some_and(|next| next.case == Case::Lower && THINGS.has(&next.word))
}

/// An abbreviation without a plural's s.
fn single(token: &Token) -> &str {
    let word = token.word.as_str();
    if token.case == Case::Upper { word } else { word.strip_suffix('s').unwrap_or(word) }
}

/// How many letters a word has in their order, if it begins with the first: 3 of "dts" in "dataset".
fn begins(word: &str, letters: &str) -> usize {
    let mut rest = word.chars();
    let first = rest.next() == letters.chars().next();
    let more = letters.chars().skip(1).take(MOST - 1);
    usize::from(first) * (1 + more.take_while(|letter| rest.any(|it| it == *letter)).count())
}

/// Whether letters are in all these words in their order and begin each, small words aside.
fn fits(letters: &str, words: &[Token]) -> bool {
    let Some((first, rest)) = words.split_first() else { return letters.is_empty() };
    if letters.len() < 2 && rest.len() > 2 || !letters.is_ascii() {
        return false;
    }
    let word = first.word.as_str();
    let small = first.case == Case::Lower && word.len() < 4;
    small && fits(letters, rest)
        || (1..=begins(word, letters)).any(|more| fits(&letters[more..], rest))
}

fn stands_for(words: &[Token]) -> Stands {
    let own = |is: &dyn Fn(&str) -> bool| {
        words.iter().any(|token| token.case != Case::Lower && is(&token.word))
    };
    let of_state = own(&|word| OF_STATES.has(word)) && own(&|word| HEADS_OF_STATES.has(word));
    let body = own(&|word| {
        HEADS.has(word) || LEAGUES.has(word) || COMPANIES.has(word) || BODIES.has(word)
    });
    let ordinary = words.iter().all(|token| {
        let word = token.word.as_str();
        word.len() < 4
            || words::is_known(word)
            || wordlist::is_common(word, true)
            || wordlist::is_rare(word)
            || wordlist::begins_elsewhere(word, true)
    });
    if of_state || body || !ordinary { Stands::ForBody } else { Stands::ForWords }
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// Each of these used to be held.
    #[test]
    fn abbreviations_that_a_text_explains_are_terms_unless_they_are_bodies() {
        let names = Names::of(&ListedNames::default());
        for text in [
            "Village Zero Waste Plan (VZWP) drafts are late; each VZWP needs a map",
            "a Basic Emergency Package (BEMP) for islands",
            "the BEMP (basic emergency package) for islands",
            "BEMP: basic emergency package",
            "Rapid Nutrition Query, RNQ for short, runs in May. RNQs are cheap",
            "Cold Chain Handling Officer (CCHO) posts are vacant. CCHOs need bikes",
            "rencana kerja desa (RKD) belum ada",
            "QZX rates rose; the QZX prevalence is not known",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
        for (text, name) in [
            ("Royal Fisheries Institute (RFIX) will host", "RFIX"),
            ("a word from the Ministry of Land (MOLX)", "MOLX"),
            ("sent to the Coral Seas Federation (CSF) in May", "CSF"),
            ("the Kestrel Safety Trust (KST) asked why", "KST"),
            ("BEMP asked why", "BEMP"),
            ("BEMP: no view yet", "BEMP"),
        ] {
            let hits = names.check(text).into_iter().map(|hit| &text[hit.range]);
            assert!(hits.collect::<Vec<_>>().contains(&name), "{text}");
        }
    }
}
