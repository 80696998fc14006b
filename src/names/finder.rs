//! The listed names in any text, whatever it says about them: for a last look at finished files.
//!
//! A file is long and has few names, so there are two steps: [`Finder::suspects`] runs over much
//! text at once and points to the places where a name could be; [`Finder::look`] reads the text
//! around such a place as words, in any case, with or without accents, of any width, with
//! look-alikes, and says which names are there.

use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

use compact_str::CompactString;

use super::fold::{Case, Token, WordGap};
use super::world::{Lexicon, NameEntry, NameForm};
use super::{ListedNames, Names, What, fold, roster, roster::Roster, words};

/// A listed name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// What it is the name of: a state, an agency or a person.
    pub what: What,
    /// The name that identifies all names of the same state, body or person.
    pub which: CompactString,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether it is more than one part of a participant's name.
    pub whole: bool,
}

/// How many names are searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchCounts {
    /// Participants.
    pub participants: usize,
    /// Delegations.
    pub delegations: usize,
    /// Agencies.
    pub agencies: usize,
}

/// Finds the names that a meeting lists: participants with the parts in any order, with initials
/// or with a title; delegations under all names of their state and their aliases; agencies.
#[derive(Clone, Debug)]
pub struct Finder {
    names: Names,
    /// Words, at least one of which is in every name, and whether each is looked at only with a capital.
    anchors: HashMap<CompactString, bool>,
    /// A bit for each anchor's [`sketch`]; most words of a text have none.
    sketches: Box<[u64; SKETCHES / 64]>,
    /// The parts, in the other order, of names in scripts without spaces.
    turned: Lexicon,
    searched: SearchCounts,
}

impl Finder {
    /// The names that a meeting lists.
    pub fn of(listed: &ListedNames<'_>) -> Self {
        let names = Names::of(listed);
        let mut turned = Lexicon::default();
        for name in &listed.participants {
            turn(name, &mut turned);
        }
        turned.close();
        let present = |entry: &NameEntry| is_present(&names, entry);
        let mut anchors: HashMap<CompactString, bool> = HashMap::default();
        let mut sketches = Box::new([0; SKETCHES / 64]);
        let own = names.roster.anchors().chain(names.own.anchors(&is_listed));
        for (word, capital) in own.chain(names.world.lexicon.anchors(&present)) {
            let sketch = sketch(word.as_bytes());
            sketches[sketch / 64] |= 1 << (sketch % 64);
            *anchors.entry(word.into()).or_insert(true) &= capital;
        }
        let shared = |name: &&str| !name.trim().is_empty() && !super::is_everyones(name);
        let searched = SearchCounts {
            participants: listed.participants.iter().filter(|it| Names::can_find(it)).count(),
            delegations: listed.delegations.iter().filter(|name| shared(name)).count(),
            agencies: listed.agencies.iter().filter(|(a, b)| shared(a) || shared(b)).count(),
        };
        Self { names, anchors, sketches, turned, searched }
    }

    /// How many names are searched for.
    pub fn searched(&self) -> SearchCounts {
        self.searched
    }

    /// The places of a text, in order, where a name could be: looking at the text
    /// around each finds all names there are.
    pub fn suspects(&self, text: &str, at: &mut dyn FnMut(usize)) {
        let bytes = text.as_bytes();
        let mut place = 0;
        while let Some(byte) = bytes.get(place) {
            let start = place;
            let mut signs = SIGNS[usize::from(*byte)];
            place += 1;
            if signs & WORD == 0 {
                if signs & MARK != 0 && (is_torn(bytes, start) || is_spelt(text, start)) {
                    at(start);
                }
                continue;
            }
            while let Some(byte) = bytes.get(place) {
                let sign = SIGNS[usize::from(*byte)];
                if sign & WORD == 0 {
                    break;
                }
                signs |= sign;
                place += 1;
            }
            if self.is_suspect(text, start..place, signs) {
                at(start);
            }
        }
    }

    fn is_suspect(&self, text: &str, word: Range<usize>, signs: u8) -> bool {
        let start = word.start;
        let word = &text[word];
        let bytes = word.as_bytes();
        if signs & OTHER != 0 || signs & FIGURE != 0 && is_disguised(bytes) {
            return self.could_be(word);
        }
        let sketch = sketch(bytes);
        if self.sketches[sketch / 64] >> (sketch % 64) & 1 == 0 {
            return false;
        }
        let mut plain = CompactString::new(word);
        plain.make_ascii_lowercase();
        let small = || !bytes.iter().any(u8::is_ascii_uppercase);
        let known = self.anchors.get(&plain);
        known.is_some_and(|capital| !*capital || !small() || is_titled(text, start))
    }

    /// Whether a word could be part of a name.
    fn could_be(&self, word: &str) -> bool {
        let tokens = fold::fold(word).tokens;
        tokens.iter().any(|token| token.unspaced || self.anchors.contains_key(&token.word))
    }

    /// The names in a text.
    pub fn look(&self, text: &str, found: &mut dyn FnMut(FoundName)) {
        let words = fold::fold(text);
        self.look_at(&words.tokens, found);
        let torn =
            |token: &Token| token.before.has(WordGap::HYPHEN) && token.before.has(WordGap::LINE);
        if words.tokens.iter().any(torn) {
            let mut tokens: Vec<Token> = Vec::with_capacity(words.tokens.len());
            for token in words.tokens {
                match tokens.last_mut().filter(|_| torn(&token)) {
                    Some(last) => {
                        last.word.push_str(&token.word);
                        last.range.end = token.range.end;
                    }
                    None => tokens.push(token),
                }
            }
            self.look_at(&tokens, found);
        }
    }

    fn look_at(&self, tokens: &[Token], found: &mut dyn FnMut(FoundName)) {
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at].unspaced {
                at = self.look_in_run(tokens, at, found);
                continue;
            }
            let mut next = at + 1;
            for (lexicon, own) in [(&self.names.own, true), (&self.names.world.lexicon, false)] {
                let Some((length, entries)) = lexicon.at(tokens, at) else { continue };
                let span = &tokens[at..at + length];
                let known =
                    |entry: &&NameEntry| own && is_listed(entry) || is_present(&self.names, entry);
                for entry in entries.iter().filter(known).filter(|entry| is_meant(entry, span)) {
                    let range = span[0].range.start..span[length - 1].range.end;
                    found(named(entry, range));
                }
            }
            if let Some((from, length, which)) = self.names.roster.at(tokens, at) {
                let range = tokens[from].range.start..tokens[from + length - 1].range.end;
                let whole = length > 1 || roster::parts(&which).len() < 2;
                found(FoundName { what: What::Person, which, range, whole });
                next = from + length;
            }
            at = next.max(at + 1);
        }
    }

    /// The names in words of a script without spaces, which sometimes have some all the same.
    fn look_in_run(&self, tokens: &[Token], at: usize, found: &mut dyn FnMut(FoundName)) -> usize {
        let more = |token: &&Token| token.unspaced && !token.before.has(WordGap::PARTS);
        let until = at + 1 + tokens[at + 1..].iter().take_while(more).count();
        let run: CompactString = tokens[at..until].iter().map(|token| &*token.word).collect();
        let range = tokens[at].range.start..tokens[until - 1].range.end;
        for (lexicon, own) in
            [(&self.names.own, true), (&self.turned, true), (&self.names.world.lexicon, false)]
        {
            let known =
                |entry: &NameEntry| own && is_listed(entry) || is_present(&self.names, entry);
            for (_, _, entry) in lexicon.within(&run) {
                if known(entry) && entry.form != NameForm::Code {
                    found(named(entry, range.clone()));
                }
            }
        }
        until
    }
}

fn named(entry: &NameEntry, range: Range<usize>) -> FoundName {
    FoundName { what: entry.what, which: entry.which.clone(), range, whole: true }
}

/// Whether a meeting lists the name itself. Parts of states and groups of them can be the whole subject of a
/// point; whether they reveal who spoke was decided in the words of the point.
fn is_listed(entry: &NameEntry) -> bool {
    !matches!(entry.what, What::Region | What::Bloc | What::Organisation)
}

/// Whether an entry is the name of a state that takes part.
fn is_present(names: &Names, entry: &NameEntry) -> bool {
    entry.what == What::State && names.present.contains(&entry.code)
}

/// Whether words are written as this name requires.
fn is_meant(entry: &NameEntry, span: &[Token]) -> bool {
    let first = &span[0];
    match entry.form {
        NameForm::Any | NameForm::People => true,
        NameForm::Capital | NameForm::Title => first.case != Case::Lower,
        NameForm::Capitals if entry.what == What::Agency && first.word.len() > 3 => {
            first.case == Case::Upper || !words::is_known(&first.word)
        }
        NameForm::Capitals => first.case == Case::Upper || span.len() > 1,
        NameForm::Accents => span.iter().any(|token| token.accented),
        NameForm::Code => false,
    }
}

/// Adds a name in a script without spaces with its first word last.
fn turn(name: &str, lexicon: &mut Lexicon) {
    let mut parts = roster::parts(name);
    if parts.len() > 1 && parts.iter().all(|part| part.unspaced) {
        parts.rotate_left(1);
        let turned: String = parts.iter().map(|part| part.word.as_str()).collect();
        let which = name.trim().into();
        let entry = NameEntry { what: What::Person, which, code: [0; 2], form: NameForm::Any };
        lexicon.add(&turned, &entry);
    }
}

/// Whether a title precedes a word.
fn is_titled(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let start = before.rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    before.get(start..).is_some_and(|word| Roster::is_before_a_name(&word.to_ascii_lowercase()))
}

/// How many sketches of words there are.
const SKETCHES: usize = 1 << 16;

/// A number that few words share: from a word's length and some of its letters, in any case.
fn sketch(word: &[u8]) -> usize {
    let letter = |at: usize| usize::from(word.get(at).copied().unwrap_or_default() | 32);
    let last = letter(word.len().saturating_sub(1));
    let mixed = letter(0) + letter(1) * 37 + letter(2) * 1_369 + last * 50_653 + word.len() * 9_973;
    (mixed ^ mixed >> 16) % SKETCHES
}

/// Whether a line end tears a word, or a name of single letters has dots: `B.R.D.A.`
fn is_torn(bytes: &[u8], place: usize) -> bool {
    let before = |steps: usize| place.checked_sub(steps).map_or(b' ', |at| bytes[at]);
    if bytes[place] == b'.' {
        let next = bytes[place + 1..].iter().find(|byte| **byte != b' ');
        before(1).is_ascii_uppercase()
            && !before(2).is_ascii_alphanumeric()
            && next.is_some_and(u8::is_ascii_uppercase)
    } else {
        matches!(bytes[place], b'\n' | b'\r') && before(1) == b'-'
    }
}

/// Whether an escaped space precedes a word.
fn is_spelt(text: &str, place: usize) -> bool {
    matches!(text.as_bytes()[place], b'\\' | b'%') && fold::spelt(&text[place..]).is_some()
}

/// Whether there is a digit among small letters, or a capital I that could be a small l.
fn is_disguised(word: &[u8]) -> bool {
    let figure = |three: &[u8]| {
        three[0].is_ascii_lowercase()
            && matches!(three[1], b'0' | b'1' | b'I')
            && three[2].is_ascii_lowercase()
    };
    word.windows(3).any(figure)
}

const WORD: u8 = 1;
/// Not ASCII.
const OTHER: u8 = 2;
/// `0`, `1` and `I`.
const FIGURE: u8 = 4;
/// A line end, a full stop, or a character that can be part of an escaped space.
const MARK: u8 = 8;

/// The kind of each byte.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'0' | b'1' | b'I' => WORD | FIGURE,
            b'\n' | b'\r' | b'.' | b'\\' | b'%' => MARK,
            other if other.is_ascii_alphanumeric() => WORD,
            other if !other.is_ascii() => WORD | OTHER,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        Finder::of(&ListedNames {
            delegations: vec!["Viet Nam", "Malaysia", "Jordan", "Wetlands Trust", "ASEAN"],
            agencies: vec![("Malaysian Border Control and Protection Agency", "MCBA")],
            aliases: vec![("KL", "Malaysia"), ("Putrajaya", "Malaysia")],
            participants: vec![
                "Tan Mei",
                "Dr Ayu Lestari",
                "Nguyễn Văn Minh",
                "Áine O'Brien",
                "Mark Law",
                "An Will",
                "The May",
                "สมชาย ใจดี",
                "李娜",
                "X",
            ],
            ..ListedNames::default()
        })
    }

    /// The names that are found; asserts that the finder suspected each of them before.
    fn found(finder: &Finder, text: &str) -> Vec<String> {
        let mut suspect = false;
        finder.suspects(text, &mut |_| suspect = true);
        let mut names = Vec::new();
        finder.look(text, &mut |found| {
            assert!(suspect, "{text} is not suspected");
            assert!(text.get(found.range.clone()).is_some_and(|it| !it.is_empty()));
            names.push(found.which.to_string());
        });
        names
    }

    #[test]
    fn listed_names_are_found_however_they_are_written() {
        let finder = finder();
        let searched = SearchCounts { participants: 9, delegations: 4, agencies: 1 };
        assert_eq!(finder.searched(), searched);
        for (text, which) in [
            ("by Mei Tan.", "Tan Mei"),
            ("TAN, MEI", "Tan Mei"),
            ("Tan\nMei", "Tan Mei"),
            ("so:\\nTan\\tMei", "Tan Mei"),
            ("of%20Tan%20mei", "Tan Mei"),
            ("Ｔａｎ Ｍｅｉ", "Tan Mei"),
            ("T\u{200b}an Mei", "Tan Mei"),
            ("ayu lestari", "Dr Ayu Lestari"),
            ("A. Lestari", "Dr Ayu Lestari"),
            ("Lestari A.", "Dr Ayu Lestari"),
            ("Lesta-\nri, Ayu", "Dr Ayu Lestari"),
            ("Ms Lestari", "Dr Ayu Lestari"),
            ("lestari", "Dr Ayu Lestari"),
            ("Lеstаri", "Dr Ayu Lestari"),
            ("Lestar1 and Le5tari, Aуu Lestari", "Dr Ayu Lestari"),
            ("NGUYEN VAN MINH", "Nguyễn Văn Minh"),
            ("Minh Văn Nguyễn", "Nguyễn Văn Minh"),
            ("Aine O’Brien", "Áine O'Brien"),
            ("Law, Mark", "Mark Law"),
            ("Mr Law", "Mark Law"),
            ("M. Law", "Mark Law"),
            ("Will An", "An Will"),
            ("ผู้เขียน สมชาย ใจดี", "สมชาย ใจดี"),
            ("ใจดีสมชาย", "สมชาย ใจดี"),
            ("作者李娜", "李娜"),
            ("Vietnam", "Viet Nam"),
            ("VIÊT NAM", "Viet Nam"),
            ("เวียดนาม", "Viet Nam"),
            ("in putrajaya", "Malaysia"),
            ("(KL)", "Malaysia"),
            ("Jordan River", "Jordan"),
            ("wetlands trust", "Wetlands Trust"),
            ("MCBA", "Malaysian Border Control and Protection Agency"),
            ("the M.C.B.A. said", "Malaysian Border Control and Protection Agency"),
            ("by K. L. in", "Malaysia"),
            ("mcba", "Malaysian Border Control and Protection Agency"),
        ] {
            let found = found(&finder, text);
            let state = which == "Viet Nam" && found.contains(&"Vietnam".to_owned());
            assert!(state || found.contains(&which.to_owned()), "{text}: {found:?}");
        }
    }

    #[test]
    fn words_are_no_names() {
        let finder = finder();
        for text in [
            "An agency will see the law in May; the mark may be an X.",
            "Will the ASEAN Secretariat? May the rule of law, if any, be the mark.",
            "Instance, Tanakan, jordan almonds, okl, a kl, Thailand, [MYS] th-TH vi-VN",
            "mei 5, klmcba, The file of an office",
        ] {
            assert_eq!(found(&finder, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_is_distinguished_from_a_whole_one() {
        let finder = finder();
        let whole = |text: &str| {
            let mut all = Vec::new();
            finder.look(text, &mut |found| all.push(found.whole));
            all
        };
        assert_eq!(whole("Lestari"), [false]);
        for text in ["Ayu Lestari", "A. Lestari", "Dr Lestari", "Malaysia", "李娜"] {
            assert_eq!(whole(text), [true], "{text}");
        }
    }
}
