//! Bodies of members and pairs of firms, made of ordinary words: "Rice Millers Federation", "East-West Seed",
//! "Smart at Globe". They are names where a verb follows.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, wordlist, words, words::Class};
use super::{HEADS, UnknownText, capitals};

/// What such bodies are called: "federation", "chamber".
pub(super) static LEAGUES: List = List::of(KNOWN, "of bodies of members");

/// What makes the words around it a group of the room.
static ROOM: List = List::of(KNOWN, "of the room");

/// What is not a name before a hyphen.
static PREFIXES: List = List::of(KNOWN, "before a hyphen");

/// "And" in the languages of the region.
static AND: List = List::of(KNOWN, "and elsewhere");

/// Words that speak in notes and name nobody.
static NO_NAMES: List = List::of(KNOWN, "no names though they speak");

/// What says that both want or refuse something.
static WANT: List = List::of(KNOWN, "what two want");

/// The most words of such a name.
const LONGEST: usize = 8;

impl UnknownText<'_> {
    /// Whether a word with others around it makes them a body of members that says something; `name` is
    /// all of it.
    pub(super) fn is_league(&self, at: usize, name: &Range<usize>) -> bool {
        let own = |it: usize| it != at && !ROOM.has(folded(self, it));
        let before = name.start.checked_sub(1).map_or("", |at| folded(self, at));
        // "each Water Users Association", "the Regional Forum will meet".
        let any = matches!(before, "each" | "every" | "any" | "a" | "an");
        let meets = name.len() < 3 && !self.speaks(name.end - 1);
        LEAGUES.has(folded(self, at))
            && (2..=LONGEST).contains(&name.len())
            && name.clone().any(|it| own(it) && !words::is_known(folded(self, it)))
            && !any
            && !meets
            && says_or_wants(self, name.end)
    }

    /// "East-West Seed asked": words with capitals, two of them with a hyphen between, that say something.
    pub(super) fn with_hyphen(&self, run: &Range<usize>) -> Option<Range<usize>> {
        let known = |at: &usize| {
            let joined = self.gap(at + 1).has(WordGap::HYPHEN);
            !joined && words::is_known(folded(self, *at))
        };
        let from = run.start + run.clone().take_while(known).count();
        let name = from..run.end;
        let is_part = |at: usize| {
            let word = folded(self, at);
            let class = words::class(word);
            self.token(at).is_some_and(|token| token.case == Case::Capital)
                && word.len() > 2
                && !PREFIXES.has(word)
                && !class.has(Class::OFFICIAL | Class::DELEGATE)
                && !codes::is_shorthand(word)
        };
        let hyphen = name.clone().skip(1).find(|at| self.gap(*at).has(WordGap::HYPHEN))?;
        let own = |at: usize| {
            let word = folded(self, at);
            !NO_NAMES.has(word) && !ROOM.has(word) && !words::is_known(word)
        };
        let shared = || name.clone().all(|at| self.token(at).is_none_or(|it| self.is_shared(it)));
        let whole = (3..=LONGEST).contains(&name.len())
            && is_part(hyphen - 1)
            && is_part(hyphen)
            && own(run.end - 1)
            && (self.is_bare(run.end - 1) || folded(self, run.end - 1) == "seed")
            && !HEADS.has(folded(self, run.end - 1))
            && !shared();
        let strong = self.token(run.end).is_some_and(|next| {
            let class = words::class(&next.word);
            class.has(Class::PAST | Class::ELSEWHERE) && !class.has(Class::NOUNISH | Class::WEAK)
                || capitals::acts(&next.word)
        });
        (whole && strong && says_or_wants(self, run.end)).then_some(name)
    }

    /// "Smart at Globe, parehong ayaw": whether one of two words at a sentence's start that are joined by "and" and
    /// want something is here.
    pub(super) fn is_of_a_pair(&self, at: usize) -> bool {
        let name = |at: usize| {
            let word = folded(self, at);
            let plural = word.ends_with('s') && !word.ends_with("ss");
            self.token(at)
                .is_some_and(|token| token.case == Case::Capital && !self.is_shared(token))
                && word.len() > 2
                && !plural
                && !NO_NAMES.has(word)
                && !words::is_known(word)
                && !wordlist::is_of_institutions(word)
        };
        let first = if self.begins(at) { at } else { at.saturating_sub(2) };
        let joined = |at: usize| !self.gap(at).has(WordGap::PARTS);
        let pair = first + 2 >= at
            && (at == first || at == first + 2)
            && self.begins(first)
            && AND.has(folded(self, first + 1))
            && joined(first + 1)
            && joined(first + 2)
            && name(first)
            && name(first + 2);
        let next = self.token(first + 3).filter(|next| next.case == Case::Lower);
        let close = !self.gap(first + 3).has(WordGap::BREAKS);
        pair && close && next.is_some_and(|next| WANT.has(&next.word))
    }
}

/// The word at a place.
fn folded<'a>(text: &'a UnknownText<'_>, at: usize) -> &'a str {
    text.token(at).map_or("", |token| token.word.as_str())
}

/// Whether a verb for what somebody says, wants or will do is here.
fn says_or_wants(text: &UnknownText<'_>, at: usize) -> bool {
    let Some(next) = text.token(at).filter(|next| !next.before.has(WordGap::PARTS)) else {
        return false;
    };
    let class = words::class(&next.word);
    let says = class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH | Class::WEAK);
    let will = matches!(&*next.word, "will" | "would" | "has" | "had" | "cannot");
    next.case == Case::Lower
        && (says || will || capitals::acts(&next.word) || class.has(Class::ELSEWHERE))
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn bodies_of_members_and_pairs_are_held_where_they_speak() {
        let delegations = vec!["Philippines", "Thailand"];
        let texts = vec!["Seed and rice".to_owned()];
        let names = Names::of(&ListedNames { delegations, texts, ..ListedNames::default() });
        for (text, found) in [
            (
                "Coastal Growers Federation objected to article 4",
                &["Coastal Growers Federation"][..],
            ),
            ("the Rice Traders Alliance said it is too high", &["Rice Traders Alliance"]),
            ("Asia-Pacific Textile Coalition welcomed it", &["Asia-Pacific Textile Coalition"]),
            ("Buyer Coalition for Safe Food asked for labels", &["Buyer Coalition for Safe Food"]),
            ("Women Traders League wants a seat", &["Women Traders League"]),
            ("North-East Seed asked to be left out", &["North-East Seed"]),
            ("Beacon at Horizon, parehong ayaw", &["Beacon", "Horizon"]),
        ] {
            let hits: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(hits, found, "{text}");
        }
        for text in [
            "A regional coalition would help",
            "The Global Initiative said so",
            "The Follow-Up Meeting agreed to it",
            "Long-Term Storage costs too much",
            "Public-Private Partnership works well",
            "Bread and Butter were served",
            "Men and Women want seats",
            "The Rice Coalition in the annex",
            "The Regional Forum will meet in May",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
