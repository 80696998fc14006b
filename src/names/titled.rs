//! Persons that the agenda does not list, by the titles before their names: "Mr Tan", "Daw Mya".

use super::fold::{Case, Token, WordGap};
use super::lists::{List, PERSONS};
use super::{roster::Roster, sentence::one_of, words, words::Class};

/// The most words of a name after its title.
const LONGEST: usize = 5;

/// Words of a name that have no capital.
static PARTICLES: List = List::of(PERSONS, "small words of names");

/// Titles only of persons: any word after them is a name, except an office.
static PERSONAL: List = List::of(PERSONS, "titles of persons alone");

/// What people are called by without a name: "Mr Chairman".
static OFFICES: List = List::of(PERSONS, "offices");

/// What turns a title and a name into a thing or a place named after a person: "Dr Sun Prize", "Ambassador
/// Hotel".
static THINGS: List = List::of(PERSONS, "things named for persons");

/// Titles that precede a name without a capital too.
static SMALL: List = List::of(PERSONS, "titles in small letters");

/// Ranks of two words in Vietnamese.
static OF_TWO: List = List::of(PERSONS, "titles of two words");

/// What follows "U" if it is not a Burmese name.
static SHAPES: List = List::of(PERSONS, "after a letter U");

/// What follows "Bà" in names of places.
static PLACES: List = List::of(PERSONS, "after Ba");

/// How far a titled name that begins at a word extends. `state` says whether a word begins the name
/// of a state or a body.
pub(super) fn at(tokens: &[Token], at: usize, state: impl Fn(usize) -> bool) -> Option<usize> {
    let mut next = at;
    let mut sure = false;
    while let Some(length) = title(tokens, next) {
        next += length;
        sure = true;
        if next > at + LONGEST || parted(tokens, next) {
            return None;
        }
    }
    if !sure {
        return None;
    }
    let personal = PERSONAL.has(&tokens[next - 1].word);
    let vietnamese = is_vietnamese(tokens, next - 1);
    let small = |token: &Token| PARTICLES.has(&token.word) && !token.accented;
    while small(&tokens[next]) && !parted(tokens, next + 1) {
        next += 1;
    }
    let first = next;
    let same = |case: Case| match tokens[at].case {
        Case::Upper => case != Case::Lower,
        Case::Lower if one_of(&tokens[at].word, "mr mrs") => true,
        _ => case == Case::Capital,
    };
    let names = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            let word = token.word.as_str();
            let thing = THINGS.has(word) && !(personal && at == first);
            // "Pak Made" is a person.
            let bare = personal && at == first && token.case == Case::Capital;
            // "Chị Vân" is somebody, although "vẫn" is "still".
            if vietnamese && at == first && token.case == Case::Capital && !token.unspaced {
                return !state(at) || words::is_known(word);
            }
            let known = words::is_known(word) && !(bare && is_verb_alone(word));
            let other = known || thing || OFFICES.has(word) || state(at);
            !token.unspaced && same(token.case) && !other
        })
    };
    // "Dr J. Smith", "Ms O'Connor"
    let initial = tokens[first].word.chars().count() < 2;
    // "Ms V. from Manila"
    let alone = initial && personal && tokens[first].case == Case::Upper && at + 1 == first;
    if alone && tokens.get(first + 1).is_some_and(|next| next.case == Case::Lower) {
        return Some(first + 1);
    }
    if !names(first) || initial && (parted(tokens, first + 1) || !names(first + 1)) {
        return None;
    }
    let mut until = first + 1;
    while until < first + LONGEST && !parted(tokens, until) {
        let hyphen = tokens[until].before.has(WordGap::HYPHEN);
        // "Lê Minh Đức": Germany is "Đức".
        let syllable = tokens[until].case == Case::Capital
            && (tokens[until].accented || vietnamese && tokens[until - 1].case == Case::Capital);
        if hyphen || (names(until) || syllable) && tokens[until].case != Case::Lower {
            until += 1;
        } else if PARTICLES.has(&tokens[until].word)
            && !parted(tokens, until + 1)
            && names(until + 1)
        {
            until += 2;
        } else {
            break;
        }
    }
    let thing = !parted(tokens, until)
        && tokens[until].case != Case::Lower
        && !tokens[until - 1].possessive
        && THINGS.has(&tokens[until].word);
    (!thing).then_some(until)
}

/// Whether a word after a title is a verb and nothing else: "made", but not "chair".
fn is_verb_alone(word: &str) -> bool {
    let class = words::class(word);
    class.has(Class::PAST | Class::BASE | Class::MODAL | Class::HAVE)
        && !class.has(Class::DELEGATE | Class::OFFICIAL | Class::PREPOSITION | Class::ARTICLE)
}

/// "Anh Long đề nghị", "Anh Tú", but not "Anh Quốc", "the United Kingdom", and not "Chủ Nhật", "Sunday".
fn is_brother(tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1).filter(|next| next.case == Case::Capital) else {
        return false;
    };
    let syllable = || tokens.get(at + 2).is_some_and(|it| it.accented && it.case == Case::Lower);
    let begins = || at == 0 || tokens[at].before.has(WordGap::STOP | WordGap::LINE);
    let named = syllable() && (tokens[at].case == Case::Lower || begins());
    // "trẻ em Việt Nam": children.
    let child = tokens[at].word == "em" && !begins();
    let sunday = tokens[at].word == "chu" && next.word == "nhat";
    next.word != "quoc" && !sunday && !child && (next.accented || named)
}

/// Whether a title is what people call each other in Vietnamese: "chị", "anh", "ông", "bà", "cô".
fn is_vietnamese(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.word.as_str() {
        "ong" | "chi" | "co" | "ba" => token.accented,
        "anh" | "em" | "thay" | "chu" => is_brother(tokens, at),
        _ => false,
    }
}

fn parted(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|token| token.before.has(WordGap::PARTS))
}

/// How many words a title has here.
fn title(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    let capital = token.case != Case::Lower;
    let length = match token.word.as_str() {
        "h" if capital && next.word == "e" && next.case != Case::Lower => 2,
        "u" if capital && next.case == Case::Capital && !SHAPES.has(&next.word) => 1,
        "ong" | "chi" | "co" if token.accented => 1,
        "anh" | "em" if is_brother(tokens, at) => 1,
        "thay" | "chu" if token.accented && capital && is_brother(tokens, at) => 1,
        first if token.accented && OF_TWO.has(&format!("{first}_{}", next.word)) => 2,
        "ba" if token.accented && !PLACES.has(&next.word) => 1,
        "he" | "sri" | "ir" => return None,
        // "Tuấn" is a name, "Tuan" a title.
        "tuan" | "tun" if token.accented => return None,
        "mr" | "mrs" => 1,
        word if capital && Roster::is_before_a_name(word) => 1,
        word if SMALL.has(word) => 1,
        _ => return None,
    };
    Some(length)
}
