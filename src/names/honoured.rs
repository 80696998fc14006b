//! Persons by the honorific after their names: "Sato-san", "Raghav-ji", "김민수 씨".

use std::sync::LazyLock;

use compact_str::CompactString;

use super::fold::{Case, Token, WordGap, fold};
use super::lists::{List, PERSONS};
use super::{codes, roster::Roster, wordlist, words};

/// What joins a name with a hyphen, or follows it in small letters.
static AFTER: List = List::of(PERSONS, "after names");

/// Of these, what is another word as well: a hyphen joins it.
static JOINED: List = List::of(PERSONS, "after names with a hyphen");

/// Words of Korean that end as a name with an honorific does, or precede one: "teacher", "guest", "chair", "parents".
const NO_NAMES: &str = "선생 손 회장 부모 사장 교수 박사 위원장 의장 원장 과장 팀장 부장 대표 고객 여러분 스승 하느 형 누 아드 따";

/// Those and the honorifics as folding writes them, in single letters.
static FOLDED: LazyLock<(Vec<String>, [String; 2])> = LazyLock::new(|| {
    let folded = |word: &str| fold(word).tokens.iter().map(|it| it.word.as_str()).collect();
    (NO_NAMES.split(' ').map(folded).collect(), ["씨", "님"].map(folded))
});

/// The most syllables of a name in Korean, with its honorific and a particle.
const LONGEST: usize = 7;

/// The person whose name is here: how many words it has with its honorific, and who.
pub(super) fn at(tokens: &[Token], at: usize) -> Option<(usize, CompactString)> {
    if is_korean(tokens.get(at)?) {
        return korean(tokens, at);
    }
    let named = |at: usize| {
        tokens.get(at).is_some_and(|token| token.case == Case::Capital && !token.unspaced)
    };
    let mut last = at;
    while named(last) && last < at + 2 && !honours(tokens, last + 1) {
        let joined = tokens.get(last + 1).is_some_and(|it| !it.before.has(WordGap::PARTS));
        if !joined || !codes::is_no_word(&tokens[last].word) {
            return None;
        }
        last += 1;
    }
    let word = &tokens.get(last).filter(|_| named(last) && honours(tokens, last + 1))?.word;
    let hyphen = tokens[last + 1].before.has(WordGap::HYPHEN);
    let other = words::is_known(word) || Roster::is_before_a_name(word);
    let other = other || !hyphen && (wordlist::is_common(word, false) || wordlist::is_rare(word));
    let named = word.chars().count() > 1 && !other;
    named.then(|| (last + 2 - at, joined(&tokens[at..=last])))
}

fn joined(name: &[Token]) -> CompactString {
    name.iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ").into()
}

/// Whether an honorific in small letters is here, right after a word.
fn honours(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.case == Case::Lower) else {
        return false;
    };
    let hyphen = token.before.has(WordGap::HYPHEN);
    let ends = tokens.get(at + 1).is_none_or(|next| !next.before.has(WordGap::HYPHEN));
    let word = token.word.as_str();
    let close = !token.before.has(WordGap::BREAKS | WordGap::COMMA | WordGap::LINE);
    let stands = hyphen && JOINED.has(word) || (hyphen || close) && AFTER.has(word);
    stands && ends
}

fn is_korean(token: &Token) -> bool {
    !token.word.is_empty() && token.word.chars().all(|it| matches!(it, '\u{1100}'..='\u{11ff}'))
}

/// How many syllables a word of Korean has.
fn syllables(word: &str) -> usize {
    word.chars().filter(|it| is_initial(*it)).count()
}

fn is_initial(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{1112}')
}

/// "김민수 씨", "민수님이": a name and "씨" or "님", with a particle or without.
fn korean(tokens: &[Token], at: usize) -> Option<(usize, CompactString)> {
    let (no_names, honorifics) = &*FOLDED;
    let honoured = |word: &str| {
        let rest = honorifics.iter().find_map(|it| word.strip_prefix(it.as_str()));
        rest.is_some_and(|rest| syllables(rest) < 3 && rest.chars().next().is_none_or(is_initial))
    };
    let word = tokens[at].word.as_str();
    let name = |name: &str| {
        (2..5).contains(&syllables(name)) && !no_names.iter().any(|it| it.as_str() == name)
    };
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    if next.is_some_and(|next| honoured(&next.word)) && name(word) {
        return Some((2, word.into()));
    }
    let starts = word.char_indices().filter(|(_, letter)| is_initial(*letter));
    let ends = starts.map(|(at, _)| at).find(|at| name(&word[..*at]) && honoured(&word[*at..]))?;
    (syllables(word) <= LONGEST).then(|| (1, word[..ends].into()))
}

#[cfg(test)]
mod tests {
    use crate::names::{Grade, ListedNames, Names};

    /// The first three used to pass unnoticed, the others to be possible at most.
    #[test]
    fn a_name_before_an_honorific_is_a_persons() {
        let delegations = vec!["Japan", "India", "Thailand"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, name) in [
            ("Mori-san would rather wait", "Mori-san"),
            ("Ono-san trouve le délai trop court", "Ono-san"),
            ("Bak-nim asked who pays", "Bak-nim"),
            ("as Kimura-sensei explained, it takes ten days", "Kimura-sensei"),
            ("ask Haruki Mori-san for the map", "Haruki Mori-san"),
            ("Nakagawa san will send it", "Nakagawa san"),
            ("Arjun-ji wondered who pays", "Arjun-ji"),
            ("김민수 씨 제안입니다", "김민수 씨"),
            ("박지훈님이 반대했다", "박지훈님이"),
        ] {
            let hits = names.check(text);
            let found: Vec<&str> = hits.iter().map(|hit| &text[hit.range.clone()]).collect();
            assert_eq!(found, [name], "{text}");
            assert_eq!(hits[0].grade, Grade::Certain, "{text}");
        }
        for text in [
            "The san serif font is hard to read",
            "Dr-san is not a word",
            "Tai-chi at seven, in the hall",
            "선생님이 말했다",
            "Nets and lines; Ben said so",
        ] {
            let hits = names.check(text);
            assert!(hits.iter().all(|hit| hit.grade != Grade::Certain || text.starts_with("Nets")));
        }
    }
}
