//! The participants' names: full, in either order, with initials, or one part with a title.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;
use smallvec::SmallVec;

use super::fold::{Case, Token, WordGap, fold};
use super::lists::{List, PERSONS};
use super::sentence::one_of;
use super::world::{Lexicon, NameEntry, NameForm};
use super::{What, codes, typos::Typos, words, words::Class};

/// Words that precede a name and are not part of it.
static TITLES: List = List::of(PERSONS, "titles");

/// Titles that are also other words; any other title makes what follows it a name.
static WORDS_TOO: List = List::of(PERSONS, "titles that are words");

/// Words within names that name nobody.
static PARTICLES: List = List::of(PERSONS, "particles");

/// Names that are also English words: alone they name nobody.
static ALSO_WORDS: List = List::of(PERSONS, "names that are words");

/// What shows that the name after it is somebody's.
static BEFORE_PERSONS: List = List::of(PERSONS, "before persons");

/// A part of a participant's name.
#[derive(Clone, Debug)]
struct NamePart {
    people: SmallVec<[u32; 2]>,
    /// Whether it names somebody by itself.
    alone: bool,
}

/// The participants.
#[derive(Clone, Debug, Default)]
pub(super) struct Roster {
    names: Vec<CompactString>,
    parts: HashMap<CompactString, NamePart>,
    /// The first letters of each participant's names.
    initials: Vec<SmallVec<[char; 4]>>,
    /// Who has those letters as initials, in listed order and with the first name last.
    by_initials: HashMap<CompactString, u32>,
    typos: Typos,
}

/// With more participants than these, any two letters are somebody's initials.
const MANY: usize = 200;

/// Whether a name has anything that can be searched for.
pub(super) fn can_be_found(name: &str) -> bool {
    parts(name).iter().any(|part| part.word.chars().count() > 1)
}

/// A name's words without titles.
pub(super) fn parts(name: &str) -> Vec<Token> {
    let mut tokens = fold(name).tokens;
    // "H.E." is two letters when read as words.
    let excellency = tokens.len() > 3 && tokens[0].word == "h" && tokens[1].word == "e";
    tokens.drain(..if excellency { 2 } else { 0 });
    let titles = tokens.iter().take_while(|token| TITLES.has(token.word.as_str())).count();
    tokens.drain(..titles.min(tokens.len().saturating_sub(1)));
    tokens
}

impl Roster {
    /// Adds a participant; names in scripts without spaces go to the lexicon.
    pub(super) fn add(&mut self, name: &str, lexicon: &mut Lexicon) {
        let parts = parts(name);
        if !parts.iter().any(|part| part.word.chars().count() > 1) {
            return;
        }
        let which: CompactString = name.trim().into();
        if parts.iter().all(|part| part.unspaced) {
            let entry = NameEntry { what: What::Person, which, code: [0; 2], form: NameForm::Any };
            lexicon.add(name, &entry);
            return;
        }
        let person = self.names.len() as u32;
        let single = parts.len() == 1;
        self.names.push(which);
        self.initials.push(parts.iter().filter_map(|part| part.word.chars().next()).collect());
        self.add_initials(&parts, person);
        for part in parts {
            let word = part.word;
            let letters = word.chars().count();
            // "Vân" is no small word of a name.
            let particle = PARTICLES.has(word.as_str());
            if letters < 2 || particle && !part.accented {
                continue;
            }
            let common = particle || ALSO_WORDS.has(word.as_str()) || words::is_known(&word);
            let alone = (single || letters > 2) && !common;
            if alone {
                self.typos.add(&word);
            }
            let part =
                self.parts.entry(word).or_insert(NamePart { people: SmallVec::new(), alone });
            if part.people.last() != Some(&person) {
                part.people.push(person);
            }
        }
    }

    fn add_initials(&mut self, parts: &[Token], person: u32) {
        let named = parts.iter().filter(|part| !PARTICLES.has(part.word.as_str()));
        let letters: Vec<char> = named.filter_map(|part| part.word.chars().next()).collect();
        let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
        let turned = letters.iter().skip(1).chain([first]);
        let most = parts.iter().filter_map(|part| part.word.chars().next());
        for initials in [
            letters.iter().collect::<CompactString>(),
            turned.collect(),
            [*first, *last].iter().collect(),
            most.collect(),
        ] {
            if letters.len() > 1 {
                self.by_initials.entry(initials).or_insert(person);
            }
        }
    }

    /// The participant whose initials are here in capitals, and how many words they are: "AR", "A. R.".
    /// `marked` says whether they are written as a speaker's mark.
    pub(super) fn initials_at(
        &self,
        tokens: &[Token],
        at: usize,
        marked: impl Fn() -> bool,
    ) -> Option<(usize, CompactString)> {
        let first = &tokens[at];
        if first.case == Case::Lower || first.word.len() > 8 {
            return None;
        }
        let one = |token: &Token| token.word.chars().count() == 1 && token.case != Case::Lower;
        let (length, word) = if one(first) {
            let rest = tokens[at + 1..].iter().take(4);
            let more =
                rest.take_while(|token| one(token) && !token.before.has(WordGap::PARTS)).count();
            let letters = tokens[at..=at + more].iter().map(|token| token.word.as_str());
            (more + 1, letters.collect())
        } else {
            (1, first.word.clone())
        };
        let letters = word.chars().count();
        let capitals = length > 1 || first.case == Case::Upper;
        if !(2..5).contains(&letters) || !capitals || first.unspaced {
            return None;
        }
        let who = self.by_initials.get(&word)?;
        let name = self.names.get(*who as usize)?;
        let other = TITLES.has(&word) || words::is_known(&word) || codes::is_shorthand(&word);
        (!other && (self.names.len() < MANY || marked())).then(|| (length, name.clone()))
    }

    /// The participant whose name is here with one letter wrong.
    pub(super) fn misspelt_at(&self, tokens: &[Token], at: usize) -> Option<CompactString> {
        let initial = at == 0 || tokens[at].before.has(WordGap::STOP);
        if initial || tokens[at].case == Case::Lower || self.parts.contains_key(&tokens[at].word) {
            return None;
        }
        let part = self.parts.get(self.typos.find(tokens, at)?)?;
        let who = self.names.get(*part.people.first()? as usize)?;
        Some(who.clone())
    }

    /// Whether a word is part of a participant's name.
    pub(super) fn has(&self, word: &str) -> bool {
        self.parts.contains_key(word)
    }

    /// Words, at least one of which is in every name, and whether they mean somebody only with a
    /// capital.
    pub(super) fn anchors(&self) -> impl Iterator<Item = (&str, bool)> {
        self.parts.iter().map(|(word, part)| (word.as_str(), !part.alone))
    }

    /// Whether the word can precede names, whatever else it is.
    pub(super) fn is_before_a_name(word: &str) -> bool {
        TITLES.has(word)
    }

    /// Whether the word is a title that makes what follows it a name.
    pub(super) fn is_title(word: &str) -> bool {
        TITLES.has(word) && !WORDS_TOO.has(word)
    }

    /// The participant whose name is here: from which word, how many, who.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, usize, CompactString)> {
        let part = self.parts.get(&tokens[at].word)?;
        let mut shared: SmallVec<[u32; 4]> = part.people.iter().copied().collect();
        let (mut until, mut parts) = (at + 1, 1);
        // Words that are also names count in small letters only beside one that is not a word.
        let mut sure = part.alone || tokens[at].case != Case::Lower;
        let mut next = at + 1;
        while let Some(token) = tokens.get(next) {
            let apart = WordGap::BREAKS;
            if token.before.has(apart) || token.before.has(WordGap::COMMA) && next > at + 1 {
                break;
            }
            if let Some(part) = self.parts.get(&token.word) {
                let both: SmallVec<[u32; 4]> = shared
                    .iter()
                    .copied()
                    .filter(|id| part.people.binary_search(id).is_ok())
                    .collect();
                if both.is_empty() {
                    break;
                }
                shared = both;
                sure |= part.alone || token.case != Case::Lower;
                parts += 1;
                until = next + 1;
            } else if self.initial(&token.word, &shared) && token.case != Case::Lower {
                until = next + 1;
                parts += 1;
            } else if !PARTICLES.has(token.word.as_str()) {
                break;
            }
            next += 1;
        }
        let mut from = at;
        // "K. Perera": the initial comes first.
        while from > 0
            && !tokens[from].before.has(WordGap::PARTS)
            && tokens[from - 1].case != Case::Lower
            && self.initial(&tokens[from - 1].word, &shared)
        {
            from -= 1;
            parts += 1;
        }
        let titled = from > 0
            && !tokens[from].before.has(WordGap::PARTS)
            && TITLES.has(tokens[from - 1].word.as_str())
            && tokens[from - 1].word != "he";
        let excellency = from > 1 && tokens[from - 1].word == "e" && tokens[from - 2].word == "h";
        let plain = part.alone && tokens[at].case != Case::Lower;
        let colon = || {
            let begins = at == 0 || tokens[at].before.has(WordGap::STOP | WordGap::LINE);
            begins && tokens.get(at + 1).is_some_and(|next| next.before.has(WordGap::COLON))
        };
        let letters = tokens[at].word.chars().count();
        let lowercase =
            part.alone && (letters > 4 && !follows_article(tokens, at) || letters > 2 && colon());
        let speaks = || speaks(tokens, at) || until == at + 1 && is_addressed(tokens, at);
        if (parts < 2 || !sure) && !titled && !excellency && !plain && !lowercase && !speaks() {
            return None;
        }
        if titled {
            from -= 1;
            while from > 0
                && !tokens[from].before.has(WordGap::PARTS)
                && TITLES.has(tokens[from - 1].word.as_str())
                && tokens[from - 1].word != "he"
            {
                from -= 1;
            }
        } else if excellency {
            from -= 2;
        }
        let who = shared.first().and_then(|id| self.names.get(*id as usize))?;
        Some((from, until - from, who.clone()))
    }

    /// Whether one letter can be the initial of those people.
    fn initial(&self, word: &str, people: &[u32]) -> bool {
        let mut letters = word.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        people.iter().any(|id| {
            self.initials.get(*id as usize).is_some_and(|initials| initials.contains(&letter))
        })
    }
}

/// "a costa", "la rosa": whether an article in another language makes a word of what is in small letters.
fn follows_article(tokens: &[Token], at: usize) -> bool {
    const ARTICLES: &str = "a as o os la las el los le les da das do dos na nas no nos";
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    // "o'brien" has none.
    let gap = tokens[at].before;
    let joined = gap.has(WordGap::SPACE) && !gap.has(WordGap::PARTS);
    before.is_some_and(|before| joined && one_of(&before.word, ARTICLES))
}

/// "check w/ Van", "sabi ni Hà": a name that is also a word, with a capital and after what precedes persons.
fn is_addressed(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return false };
    let gap = tokens[at].before;
    let joined = !gap.has(WordGap::PARTS) || before.word == "w" && !gap.has(WordGap::BREAKS);
    let longer = tokens.get(at + 1).is_some_and(|next| {
        next.case != Case::Lower && !next.unspaced && !next.before.has(WordGap::PARTS)
    });
    tokens[at].case == Case::Capital && joined && !longer && BEFORE_PERSONS.has(&before.word)
}

/// "Scott noted": a name that is also a word, with a capital and before a verb of saying.
fn speaks(tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let verb = next.is_some_and(|next| {
        let class = words::class(&next.word);
        next.case == Case::Lower && class.has(Class::PAST) && !class.has(Class::NOUNISH)
    });
    let word = &tokens[at].word;
    verb && tokens[at].case == Case::Capital
        && ALSO_WORDS.has(word)
        && words::class(word) == Class::default()
}
