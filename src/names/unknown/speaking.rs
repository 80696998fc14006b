//! Words that speak although no list knows them: "dswd says it is short", "tiktok rep agreed".

use super::super::fold::{Case, Token, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, headed, roster::Roster, tongues, wordlist, words, words::Class};
use super::{NEAR, UnknownText, capitals::acts};

/// Shorthand in notes that has no vowels.
static SHORT: List = List::of(KNOWN, "without vowels");

/// Short forms in Lao that name nobody.
static LAO_MEASURES: List = List::of(KNOWN, "short forms in lao");

impl UnknownText<'_> {
    /// Whether a verb of saying or a delegate follows a word.
    pub(super) fn speaks(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS)) else {
            return false;
        };
        if next.unspaced {
            return tongues::says_at(&next.word) == Some(0);
        }
        let class = words::class(&next.word);
        let verb =
            class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH | Class::WEAK);
        let elsewhere = class.has(Class::ELSEWHERE | Class::BETWEEN);
        let verb = verb || elsewhere || tongues::RIGHT_AFTER_NAMES.has(&next.word);
        next.case == Case::Lower
            && (verb || class.has(Class::DELEGATE) || codes::is_somebody(&next.word))
    }

    /// "Pam wondered": whether an English verb of saying follows a word that English does not have.
    pub(super) fn is_before_an_english_verb(&self, at: usize) -> bool {
        let word = self.token(at).map_or("", |token| token.word.as_str());
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let verb = next.is_some_and(|next| {
            let class = words::class(&next.word);
            let says = class.has(Class::PAST | Class::THIRD);
            next.case == Case::Lower
                && says
                && !class.has(Class::NOUNISH | Class::WEAK | Class::ELSEWHERE | Class::BETWEEN)
                && wordlist::is_english(&next.word)
        });
        verb && word.len() > 2 && !wordlist::is_ordinary(word)
    }

    /// Whether "from" or "according to" precedes a word.
    pub(super) fn is_from(&self, at: usize) -> bool {
        let before = |back: usize| {
            let token = at.checked_sub(back).and_then(|at| self.token(at));
            token.map_or("", |token| token.word.as_str())
        };
        !self.gap(at).has(WordGap::PARTS)
            && (before(1) == "from" || before(2) == "according" && before(1) == "to")
    }

    /// "dswd says it is short", "tiktok rep agreed": a word in small letters that no list knows, and that
    /// speaks or has a delegate.
    pub(super) fn is_unknown_speaker(&self, at: usize) -> bool {
        // "nxk lqm agreed".
        let second = || self.is_unknown_word(at + 1) && self.speaks(at + 1);
        (self.speaks(at) || self.is_marked_by_letters(at) || second()) && self.is_unknown_word(at)
    }

    /// "K-water offered data": whether a letter and the word joined to it speak.
    pub(super) fn is_letter_before_a_name(&self, at: usize) -> bool {
        let joined = self.token(at + 1).is_some_and(|next| next.before.has(WordGap::HYPHEN));
        let is_bare = !self.gap(at).has(WordGap::HYPHEN);
        let acts = || self.token(at + 2).is_some_and(|next| acts(&next.word));
        joined && is_bare && (self.speaks(at + 1) || acts())
    }

    /// "ycdc: no": whether letters without a vowel introduce what is said.
    fn is_marked_by_letters(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        let vowel = |letter: char| "aeiouy".contains(letter);
        // A y at the beginning is none.
        let rest = word.strip_prefix('y').unwrap_or(word);
        self.gap(at + 1).has(WordGap::COLON | WordGap::DASH)
            && word.len() < 8
            && !rest.contains(vowel)
    }

    /// Whether a word in small letters is in no list.
    fn is_unknown_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        word.len() > 2
            && word.bytes().all(|letter| letter.is_ascii_lowercase())
            && !words::is_known(word)
            && !Roster::is_before_a_name(word)
            && !wordlist::is_common(word, self.accented)
            && !wordlist::is_rare(word)
            && !wordlist::begins_elsewhere(word, self.accented)
            && !wordlist::is_abbreviation(word)
            && !SHORT.has(word)
            && !codes::is_shorthand(word)
            && !self.is_shared(token)
    }

    /// "สมศักดิ์ asked why", "as asked by สมศักดิ์": a run in a script without spaces among words that
    /// have them, not quoted.
    pub(super) fn is_foreign_name(&self, at: usize) -> bool {
        let tokens = &self.words.tokens;
        let quoted = |at: usize| self.gap(at).has(WordGap::QUOTE | WordGap::OPEN | WordGap::CLOSE);
        let near = at.saturating_sub(NEAR)..(at + NEAR).min(tokens.len());
        let (runs, others): (Vec<&Token>, Vec<&Token>) =
            tokens[near].iter().partition(|token| token.unspaced);
        let lower = others.iter().filter(|token| token.case == Case::Lower).count();
        tokens[at].unspaced && !quoted(at) && !quoted(at + 1) && runs.len() < 3 && lower > 2
    }

    /// "ກຊສ ຍັງບໍ່ເຫັນດີ": whether a run has only consonants of Lao, which no word there has but short names.
    pub(super) fn is_lao_short_form(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.unspaced) else { return false };
        let word = token.word.as_str();
        // The last three are vowels too.
        let consonant = |letter: char| {
            matches!(letter, '\u{e81}'..='\u{eae}') && !matches!(letter, 'ວ' | 'ຍ' | 'ອ')
        };
        let before = at.checked_sub(1).and_then(|at| self.token(at));
        let of_body =
            before.is_some_and(|it| it.word.ends_with("ກະຊວງ") || it.word.ends_with("ກົມ"));
        let any = |letter: char| of_body && matches!(letter, '\u{e81}'..='\u{eae}');
        (2..5).contains(&word.chars().count())
            && word.chars().all(|letter| consonant(letter) || any(letter))
            && !LAO_MEASURES.has(word)
    }

    /// "CP ကုမ္ပဏီ", "บริษัท CP": whether "company" or the like in a script without spaces is beside a word.
    pub(super) fn is_company_in_run(&self, at: usize) -> bool {
        let beside = |at: usize, by: usize| {
            !self.gap(at).has(WordGap::PARTS) && self.token(by).is_some_and(|it| it.unspaced)
        };
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        beside(at + 1, at + 1) && headed::begins_with_company(word(at + 1))
            || at > 0 && beside(at, at - 1) && headed::ends_in_company(word(at - 1))
    }
}
