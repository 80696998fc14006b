//! Codes of states: "[MYS]", "ID/MY", "KH + LA", "SG. asks why", flags.

use std::sync::LazyLock;

use rustc_hash::FxHashSet as HashSet;

use super::fold::{Case, FoldedWords, Token, WordGap};
use super::lists::{self, List, STATES};
use super::{Names, UnjudgedName, What, wordlist, words, words::Class, world::NameEntry};

static BRACKETED: List = List::of(STATES, "codes that need brackets");
static OF_THE_BIRD: List = List::of(STATES, "after the bird");
static SHORTHAND: List = List::of(STATES, "shorthand in capitals");

/// Whether capitals are shorthand for something that is neither a state nor a person.
pub(super) fn is_shorthand(word: &str) -> bool {
    SHORTHAND.has(word)
}

/// The codes of sport that are not in ISO 3166, folded.
static OF_SPORT: LazyLock<HashSet<String>> =
    LazyLock::new(|| of_sport().map(|(_, code)| code.to_ascii_lowercase()).collect());

/// Those codes, each with the state's code in ISO 3166.
pub(super) fn of_sport() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = lists::rows(lists::SPORT).filter_map(|row| row.get(..2).map(|it| (it[0], it[1])));
    rows.flat_map(|(state, codes)| codes.split('|').map(move |code| (state, code)))
}

impl Names {
    /// The flag of any state.
    pub(super) fn flag(&self, tokens: &[Token], at: usize) -> Option<UnjudgedName> {
        const FLAG: usize = '🇳'.len_utf8() * 2;
        let token = &tokens[at];
        let [first, second] = *token.word.as_bytes() else { return None };
        if token.range.len() != FLAG {
            return None;
        }
        let code = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
        let which = self.world.name(code)?;
        Some(UnjudgedName::state(at, which))
    }

    /// "Mali ang label", "the label is wrong" in Filipino; "Mon 3 March": whether a word is something other
    /// here than the name of a state or of a part of one.
    pub(super) fn is_other_word(&self, entry: &NameEntry, tokens: &[Token], at: usize) -> bool {
        let begins =
            at == 0 || tokens[at].before.has(WordGap::STOP | WordGap::COLON | WordGap::QUOTE);
        let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let follows = |is: fn(&str) -> bool| next.is_some_and(|next| is(&next.word));
        let elsewhere = !self.present.contains(&entry.code);
        // "Turkey breast rolls".
        if entry.what == What::State && tokens[at].word == "turkey" && follows(is_of_the_bird) {
            return true;
        }
        let monday = entry.what == What::Region && tokens[at].word == "mon";
        monday && !follows(|word| matches!(word, "state" | "people" | "region"))
            || entry.what == What::State
                && begins
                && elsewhere
                && follows(wordlist::follows_predicate)
    }
}

fn is_of_the_bird(word: &str) -> bool {
    OF_THE_BIRD.has(word)
}

/// Whether it is in doubt that letters are a state's code here; `None` if they are not a code.
pub(super) fn is_doubtful(
    words: &FoldedWords,
    at: usize,
    entry: &NameEntry,
    present: &HashSet<[u8; 2]>,
    shouting: bool,
) -> Option<bool> {
    let tokens = &words.tokens;
    let token = &tokens[at];
    if OF_SPORT.contains(token.word.as_str()) {
        return is_doubtful_in_sport(words, at, present.contains(&entry.code), shouting);
    }
    if token.case != Case::Upper {
        let here = present.contains(&entry.code);
        let long = token.word.len() == 3 && !words.vietnamese && is_no_word(&token.word);
        let marked = || is_small_mark(words, at) || is_small_source(words, at);
        return (here && (long || marked())).then_some(false);
    }
    // The letters of a flag take four bytes each.
    if token.range.len() > 4 {
        return Some(false);
    }
    let marked = is_marked(words, at);
    let here = present.contains(&entry.code);
    let few = token.word.len() == 2 && !here;
    if few || shouting && !marked {
        return None;
    }
    let row = is_beside_code(tokens, at);
    let word = words::is_known(&token.word) || BRACKETED.has(&token.word);
    let spoken = row
        || here
            && (is_spoken_of(words, at)
                || is_heading(words, at)
                || is_amid_codes(words, at, present));
    if word && !token.before.has(WordGap::SQUARE) && !spoken {
        return None;
    }
    Some(!here)
}

/// "INA and MAS object": the same for a code of sport, which counts in capitals, for a state in the room or in
/// a row of codes.
fn is_doubtful_in_sport(
    words: &FoldedWords,
    at: usize,
    here: bool,
    shouting: bool,
) -> Option<bool> {
    let tokens = &words.tokens;
    let code = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|it| it.case == Case::Upper && it.range.len() == 3 && !it.possessive)
    };
    let row = |at: usize| tokens[at].before.has(WordGap::COMMA | WordGap::AND);
    let joins = |at: usize| tokens.get(at).is_some_and(|it| it.word == "and" || it.word == "with");
    let before = at > 0 && (row(at) && code(at - 1) || at > 1 && joins(at - 1) && code(at - 2));
    let after = code(at + 1) && row(at + 1) || joins(at + 1) && code(at + 2);
    let marked = is_marked(words, at);
    let in_row = before || after;
    let alone = is_no_word(&tokens[at].word) || marked || is_spoken_of(words, at);
    let wants = || tokens.get(at + 1).is_some_and(|next| is_wanting(&next.word));
    let capitals = tokens[at].case == Case::Upper && (!shouting || marked || in_row);
    let meant = in_row || here && (alone || wants());
    (capitals && meant).then_some(!here)
}

/// Verbs for what a delegation wants that are also nouns.
fn is_wanting(word: &str) -> bool {
    matches!(word, "wants" | "needs" | "supports" | "objects" | "prefers" | "asks" | "offers")
}

/// "phl: can live with it", "vn & th object": codes in small letters at the start of a clause, marked as
/// speakers' codes are.
fn is_small_mark(words: &FoldedWords, at: usize) -> bool {
    let tokens = &words.tokens;
    let gap = |at: usize| tokens.get(at).map_or(words.end, |token| token.before);
    let code = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|it| {
            it.case == Case::Lower && matches!(it.word.len(), 2 | 3) && !words::is_known(&it.word)
        })
    };
    let begins = |at: usize| at == 0 || gap(at).has(WordGap::STOP | WordGap::LINE);
    // "fj / nor side deal": a word may be a code if the other one is not a word.
    let short = |at: usize| {
        tokens.get(at).is_some_and(|it| it.case == Case::Lower && matches!(it.word.len(), 2 | 3))
    };
    let beside = |at: usize| short(at) && (is_no_word(&tokens[at].word));
    let row = |at: usize| {
        let both = at > 0 && short(at) && short(at - 1);
        gap(at).has(WordGap::AND) && (code(at) || both && (beside(at) || beside(at - 1)))
    };
    if begins(at) && code(at) && is_said_by(words, at) {
        return true;
    }
    let first = (0..=at).rev().find(|at| !row(*at)).unwrap_or(at);
    let mut end = at + 1;
    while row(end) {
        end += 1;
    }
    let all = (first..end).all(code) || end - first > 1 && (first..end).any(beside);
    // "sg again → no"
    let again = tokens.get(end).is_some_and(|it| words::class(&it.word).has(Class::ADVERB));
    let again = again && gap(end + 1).has(WordGap::COLON | WordGap::DASH);
    let marked = again && !gap(end).has(WordGap::PARTS) || gap(end).has(WordGap::COLON);
    all && begins(first) && (end - first > 1 || marked)
}

/// "that is the view in nz": whether a code in small letters ends a clause after whose view it is.
fn is_small_source(words: &FoldedWords, at: usize) -> bool {
    let tokens = &words.tokens;
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let ends = tokens.get(at + 1).is_none_or(|next| next.before.has(WordGap::PARTS));
    let view = || matches!(word(2), "view" | "position" | "line" | "opinion" | "stance" | "idea");
    let from = matches!(word(1), "in" | "from" | "of" | "by") && view();
    let plain = is_no_word(&tokens[at].word) && !wordlist::is_abbreviation(&tokens[at].word);
    ends && from && plain && !tokens[at].before.has(WordGap::PARTS)
}

/// Whether a verb or a delegate follows the first word of a clause: "idn pushing", "ddpm guy says".
fn is_said_by(words: &FoldedWords, at: usize) -> bool {
    let next = words.tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    next.is_some_and(|next| {
        let class = words::class(&next.word);
        let noun = class.has(Class::NOUNISH | Class::WEAK);
        let verb = class.has(Class::PAST | Class::THIRD | Class::ING | Class::MODAL) && !noun;
        let delegate = class.has(Class::DELEGATE) || is_somebody(&next.word);
        verb || delegate
            || matches!(&*next.word, "pushing" | "wants" | "want" | "needs" | "need" | "ok")
    })
}

/// "guy", "lady": what notes call a delegate.
pub(super) fn is_somebody(word: &str) -> bool {
    matches!(word, "guy" | "guys" | "lady" | "folks" | "ppl" | "chap" | "gentleman" | "madam")
}

/// Whether letters are not a word in any list.
pub(super) fn is_no_word(word: &str) -> bool {
    !words::is_known(word)
        && !wordlist::is_common(word, false)
        && !wordlist::is_rare(word)
        && !wordlist::begins_elsewhere(word, false)
}

/// "phils: no", "ddpm guy says": whether a name in small letters begins a clause and is marked as a
/// speaker's name.
pub(super) fn is_small_speaker(words: &FoldedWords, at: usize, length: usize) -> bool {
    let tokens = &words.tokens;
    let gap = |at: usize| tokens.get(at).map_or(words.end, |token| token.before);
    // "thailand +1, phils no view yet"
    let answers = |at: usize| {
        let next = tokens.get(at).filter(|next| !next.before.has(WordGap::PARTS));
        gap(at - length).has(WordGap::COMMA)
            && next
                .is_some_and(|it| matches!(&*it.word, "no" | "ok" | "yes" | "fine" | "not" | "to"))
    };
    let starts =
        |at: usize| at == 0 || gap(at).has(WordGap::STOP | WordGap::LINE) || answers(at + length);
    let after = |word: &str, at: usize| !gap(at).has(WordGap::PARTS) && tokens[at - 1].word == word;
    // "the viets want it", "text by the indos".
    let begins =
        starts(at) || after("the", at) && (starts(at - 1) || at > 1 && after("by", at - 1));
    let until = at + length;
    let word = tokens[at].word.as_str();
    // Only "Indo-Pacific" makes a common word of "indo".
    let known = word != "indo" && (words::is_known(word) || wordlist::is_common(word, false));
    begins
        && !known
        && (gap(until).has(WordGap::COLON | WordGap::DASH)
            || answers(until)
            || is_said_by(words, until - 1)
            || at > 1 && !starts(at - 1) && !starts(at))
}

/// Whether the words around a code that is also a word are about a delegation: "ID delegation",
/// "by ID", "MY's text", "(ID)".
fn is_spoken_of(words: &FoldedWords, at: usize) -> bool {
    let tokens = &words.tokens;
    let token = &tokens[at];
    let after = tokens.get(at + 1).map_or(words.end, |next| next.before);
    if token.possessive || token.before.has(WordGap::OPEN) && after.has(WordGap::CLOSE) {
        return true;
    }
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS | WordGap::HYPHEN));
    let speaks = Class::DELEGATE | Class::PAST | Class::THIRD | Class::MODAL | Class::BE;
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    let by = before.is_some_and(|before| matches!(&*before.word, "by" | "from" | "with" | "per"));
    next.is_some_and(|next| words::class(&next.word).has(speaks)) || by && next.is_none()
}

/// "ID: …": whether a code that is shorthand too introduces a line or a sentence.
fn is_heading(words: &FoldedWords, at: usize) -> bool {
    let tokens = &words.tokens;
    let before = tokens[at].before;
    let begins = at == 0 || before.has(WordGap::STOP | WordGap::LINE);
    let after = tokens.get(at + 1).map_or(words.end, |next| next.before);
    begins && after.has(WordGap::COLON) && BRACKETED.has(&tokens[at].word)
}

/// "MY et ID", "SG ok, ID belum": whether the code of another state in the room, which is no word, is in the text.
fn is_amid_codes(words: &FoldedWords, at: usize, present: &HashSet<[u8; 2]>) -> bool {
    let own = &words.tokens[at];
    let code = |token: &Token| {
        let word = token.word.as_bytes();
        let two = token.case == Case::Upper && word.len() == 2 && token.word != own.word;
        let code = || [word[0].to_ascii_uppercase(), word[1].to_ascii_uppercase()];
        two && present.contains(&code())
            && !BRACKETED.has(&token.word)
            && (token.word == "my" || !words::is_known(&token.word))
    };
    own.word.len() == 2 && BRACKETED.has(&own.word) && words.tokens.iter().any(code)
}

/// Whether there is a speaker's mark at a code, or at the row of codes that it belongs to: "[MY]",
/// "TH, SG: …".
pub(super) fn is_marked(words: &FoldedWords, at: usize) -> bool {
    let tokens = &words.tokens;
    let gap = |at: usize| tokens.get(at).map_or(words.end, |token| token.before);
    let row = WordGap::COMMA | WordGap::AND;
    let code = |at: usize| tokens[at].case == Case::Upper && tokens[at].word.len() < 4;
    let first = (0..at).rev().take_while(|at| gap(at + 1).has(row) && code(*at)).last();
    let last = (at + 1..tokens.len()).take_while(|at| gap(*at).has(row) && code(*at)).last();
    gap(first.unwrap_or(at)).has(WordGap::OPEN) || gap(last.unwrap_or(at) + 1).has(WordGap::COLON)
}

/// Whether there is another code in a row with this one: what is otherwise a word is then a code.
fn is_beside_code(tokens: &[Token], at: usize) -> bool {
    let row = |at: usize, by: usize| {
        let both = tokens.get(at).zip(tokens.get(by));
        both.is_some_and(|(token, by)| {
            token.before.has(WordGap::COMMA | WordGap::AND)
                && by.case == Case::Upper
                && by.word.len() == 2
        })
    };
    row(at + 1, at + 1) || at > 0 && row(at, at - 1)
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn a_code_that_is_shorthand_is_a_state_as_a_heading_and_beside_others() {
        let delegations = vec!["Indonesia", "Malaysia", "Singapore", "Viet Nam"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, count) in [
            ("ID: không đồng ý", 1),
            ("MY dan ID menolak", 2),
            ("SG ok, MY ok, ID tunggu dulu", 3),
            ("msia ok, indo not sure", 2),
            ("it costs too much, is the view in vn", 1),
        ] {
            assert_eq!(names.check(text).len(), count, "{text}: {:?}", names.check(text));
        }
        for text in ["show your ID at the gate", "Turkey breast is cheap", "is the view in mm"] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// Most of them used to be letters that no list knows, or passed unnoticed.
    #[test]
    fn codes_of_sport_are_states_in_the_room() {
        let delegations = vec!["Cambodia", "Indonesia", "Malaysia", "Viet Nam", "Sri Lanka"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, which) in [
            ("CAM is fine with article 3", &["Cambodia"][..]),
            ("INA and MAS object to it", &["Indonesia", "Malaysia"]),
            ("VIE: no view yet", &["Vietnam"]),
            ("SRI wants softer words", &["Sri Lanka"]),
            ("text by VIE and CAM", &["Vietnam", "Cambodia"]),
            ("NEP, BHU and INA agreed", &["Nepal", "Bhutan", "Indonesia"]),
        ] {
            let found: Vec<_> = names.check(text).into_iter().map(|hit| hit.which).collect();
            assert_eq!(found, which, "{text}");
        }
        for text in ["the CAM software is old", "A BAN on it would help", "in vie de l'eau", "mas"]
        {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
