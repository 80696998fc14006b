//! The states of the world under all their names, and where those are in a text.
//!
//! The table `world.tsv` is made from published data by `src/names/world.py`; nothing in it was typed by
//! hand except what its head mentions.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use compact_str::CompactString;
use smallvec::SmallVec;

use super::fold::{Case, Token, WordGap, fold};
use super::lists::{List, STATES};
use super::{
    What, codes, lists, peoples, sentence::one_of, tongues, typos::Typos, vietnamese::SmallNames,
};

/// A name that is searched for.
#[derive(Clone, Debug)]
pub(super) struct NameEntry {
    pub(super) what: What,
    /// The name that identifies all names of the same state, body or person.
    pub(super) which: CompactString,
    /// The two-letter ISO 3166 code of a state.
    pub(super) code: [u8; 2],
    pub(super) form: NameForm,
}

/// Under which conditions a name is believed to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameForm {
    Any,
    /// Also an English word, a thing or a person's name: only with a capital that is not a sentence's.
    Capital,
    /// Not a word, but too short or too common in small letters: only with a capital.
    Title,
    /// Letters that are also a word: only in capitals.
    Capitals,
    /// Only with its accents: without them it is another word.
    Accents,
    /// A code, which is a name only in a speaker's mark.
    Code,
    /// People of a state, in the plural.
    People,
}

type Entries = SmallVec<[NameEntry; 1]>;

/// Names by their folded words.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    phrases: HashMap<CompactString, Entries>,
    /// The most words of a name that begins with this one.
    longest: HashMap<CompactString, usize>,
    /// Names in scripts without spaces, folded.
    runs: Vec<(CompactString, NameEntry)>,
    automaton: Option<AhoCorasick>,
}

impl Lexicon {
    /// Adds a name. One that folds to nothing, or to a single letter, is left out.
    pub(super) fn add(&mut self, name: &str, entry: &NameEntry) {
        let words = fold(name).tokens;
        let letters: usize = words.iter().map(|token| token.word.chars().count()).sum();
        if letters < 2 {
            return;
        }
        if words.iter().all(|token| token.unspaced) {
            let joined: CompactString = words.iter().map(|token| token.word.as_str()).collect();
            let mut entry = entry.clone();
            if letters < 3 && !is_han(&joined) && !WHOLE.has(name) {
                // ໄທ: part of other words as well.
                entry.form = NameForm::Code;
            }
            self.runs.push((joined, entry));
            return;
        }
        let parts: Vec<&str> = words.iter().map(|token| token.word.as_str()).collect();
        self.phrase(parts.join(" ").into(), parts.len(), entry);
        if words.iter().all(|token| is_indic(&token.word)) {
            // "මැලේසියාව" becomes "මැලේසියාවේ" with an ending.
            let (whole, stem) = (parts.join(" "), stem(parts[parts.len() - 1]));
            let kept = whole.len() - (parts[parts.len() - 1].len() - stem.len());
            if stem.chars().count() >= STEM {
                self.phrase(whole[..kept].into(), parts.len(), entry);
            }
        }
        if entry.form == NameForm::Capitals && parts.len() == 1 && letters < 6 {
            // "U.S."
            let dotted: Vec<String> = parts[0].chars().map(String::from).collect();
            self.phrase(dotted.join(" ").into(), letters, entry);
        }
        if parts.len() > 1 && letters > 4 && entry.form != NameForm::Code {
            self.phrase(parts.concat().into(), 1, entry);
        }
    }

    fn phrase(&mut self, phrase: CompactString, length: usize, entry: &NameEntry) {
        let first = phrase.split(' ').next().unwrap_or_default();
        let longest = self.longest.entry(first.into()).or_default();
        *longest = length.max(*longest);
        let entries = self.phrases.entry(phrase).or_default();
        match entries.iter_mut().find(|known| known.which == entry.which) {
            // "NZ" is a name for a state, whoever is in the room.
            Some(known) if known.form == NameForm::Code => *known = entry.clone(),
            Some(_) => {}
            None => entries.push(entry.clone()),
        }
    }

    /// The longest word of each name for which `meant` holds, and whether it means something only
    /// with a capital.
    pub(super) fn anchors<'l>(
        &'l self,
        meant: &'l dyn Fn(&NameEntry) -> bool,
    ) -> impl Iterator<Item = (&'l str, bool)> {
        self.phrases.iter().filter_map(move |(phrase, entries)| {
            let mut entries = entries.iter().filter(|entry| meant(entry)).peekable();
            entries.peek()?;
            let capital = |entry: &NameEntry| {
                entry.form == NameForm::Capital || entry.form == NameForm::Capitals
            };
            let long = phrase.split(' ').max_by_key(|word| word.len())?;
            // Single letters are found by their dots.
            (long.len() > 1).then(|| (long, long.len() < 4 && entries.all(capital)))
        })
    }

    /// Prepares the search in texts in scripts without spaces.
    pub(super) fn close(&mut self) {
        if !self.runs.is_empty() {
            let mut patterns: Vec<&str> = self.runs.iter().map(|(run, _)| run.as_str()).collect();
            // What is not a name comes after all names, so that it has no entry.
            patterns.extend(tongues::NO_NAMES.iter().map(String::as_str));
            let builder =
                AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
            self.automaton = builder.ok();
        }
    }

    /// What the words from here on are the name of, and how many words it has.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &[NameEntry])> {
        let first = &tokens[at];
        let mut found = self.inflected(&first.word, 1);
        if let Some(longest) = self.longest.get(&first.word) {
            let most = (at + longest).min(tokens.len());
            found = self.phrases.get(&first.word).map(|entries| (1, entries.as_slice())).or(found);
            let mut phrase = first.word.clone();
            for (index, token) in tokens.iter().enumerate().take(most).skip(at + 1) {
                if token.before.has(WordGap::PARTS) {
                    break;
                }
                phrase.push(' ');
                phrase.push_str(&token.word);
                let length = index + 1 - at;
                let exact = self.phrases.get(&phrase).map(|entries| (length, entries.as_slice()));
                found = exact.or_else(|| self.inflected(&phrase, length)).or(found);
            }
        }
        found.or_else(|| self.torn(tokens, at))
    }

    /// A name with an ending in a language that joins them to it: "மலேசியாவின்", "of Malaysia".
    fn inflected(&self, phrase: &str, length: usize) -> Option<(usize, &[NameEntry])> {
        if !is_indic(phrase) {
            return None;
        }
        let first = phrase.rfind(' ').map_or(0, |at| at + 1);
        let ends = phrase.char_indices().rev().take(LONGEST_ENDING).map(|(at, _)| at);
        let kept = |at: &usize| *at > first && phrase[first..*at].chars().count() >= STEM;
        let found = ends.take_while(kept).find_map(|at| self.phrases.get(&phrase[..at]))?;
        Some((length, found.as_slice()))
    }

    /// What a folded phrase is the name of.
    pub(super) fn get(&self, phrase: &str) -> Option<&[NameEntry]> {
        self.phrases.get(phrase).map(SmallVec::as_slice)
    }

    /// The folded names for which `meant` holds, with their entries.
    pub(super) fn names_of<'l>(
        &'l self,
        meant: impl Fn(&NameEntry) -> bool + 'l,
    ) -> impl Iterator<Item = (&'l str, &'l NameEntry)> {
        let spaced = self
            .phrases
            .iter()
            .flat_map(|(name, entries)| entries.iter().map(move |entry| (name.as_str(), entry)));
        let runs = self.runs.iter().map(|(name, entry)| (name.as_str(), entry));
        spaced.chain(runs).filter(move |(_, entry)| meant(entry))
    }

    /// A name that a line end or a writer's spaces split: "Malay-\nsia", "M a l a y s i a".
    fn torn(&self, tokens: &[Token], at: usize) -> Option<(usize, &[NameEntry])> {
        let second = tokens.get(at + 1)?;
        let one = |token: &Token| token.word.chars().count() == 1;
        let hyphen = second.before.has(WordGap::HYPHEN) && second.before.has(WordGap::LINE);
        if !(hyphen || one(&tokens[at]) && one(second)) {
            return None;
        }
        let until = if hyphen {
            at + 2
        } else {
            let rest = tokens[at + 1..].iter().take(24);
            at + 1
                + rest.take_while(|token| one(token) && !token.before.has(WordGap::PARTS)).count()
        };
        let joined: CompactString = tokens[at..until].iter().map(|t| t.word.as_str()).collect();
        let entries = self.phrases.get(&joined).filter(|_| joined.len() > 3)?;
        Some((until - at, entries.as_slice()))
    }

    /// The names within a run of a script without spaces: from, to, which.
    pub(super) fn within(&self, run: &str) -> Vec<(usize, usize, &NameEntry)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_iter(run)
            .filter_map(|found| {
                Some((found.start(), found.end(), &self.runs.get(found.pattern().as_usize())?.1))
            })
            .collect()
    }
}

/// The fewest letters of a name that an ending can follow.
const STEM: usize = 5;

/// The most letters of an ending.
const LONGEST_ENDING: usize = 4;

/// Whether a name is in a script of India or Sri Lanka, whose languages join endings to names.
fn is_indic(name: &str) -> bool {
    name.chars().next().is_some_and(|letter| matches!(letter, '\u{900}'..='\u{dff}'))
}

/// A name without the final vowel, `va` or `ya` that its endings replace.
fn stem(name: &str) -> &str {
    let replaced = |letter: char| {
        let mark = u32::from(letter) & 0x7f;
        let vowel = matches!(letter, '\u{900}'..='\u{d7f}') && (0x3e..=0x4d).contains(&mark);
        vowel || matches!(letter, '\u{dca}'..='\u{ddf}' | 'ව' | 'ය')
    };
    name.strip_suffix(replaced).unwrap_or(name)
}

fn is_han(name: &str) -> bool {
    name.chars().all(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

/// The states of the world.
#[derive(Debug)]
pub(super) struct World {
    pub(super) lexicon: Lexicon,
    /// Their names in English, misspelt.
    pub(super) typos: Typos,
    /// Their names in Vietnamese.
    pub(super) small: SmallNames,
    names: HashMap<[u8; 2], CompactString>,
    /// The codes by those names as they are written there: the quick way for most questions.
    codes: HashMap<CompactString, [u8; 2]>,
}

/// Two-letter names that count only if they are not part of another word, in scripts without spaces.
static WHOLE: List = List::of(STATES, "short names that are whole");

/// Names that are also words, things or persons.
static ALSO_WORDS: List = List::of(STATES, "names that are words");

/// Those among them that are not words in small letters: they need no capital, but a second look.
static NO_WORDS: List = List::of(STATES, "no words in small letters");

/// Codes of ISO 3166 that are English words or common shorthand.
static WORD_CODES: List = List::of(STATES, "codes that are words");

/// Names in other languages that are English words or persons' names.
static FOREIGN_WORDS: List = List::of(STATES, "foreign names that are words");

/// Names in other languages that are also the code of another state, and no word with their accents.
static CODES_TOO: List = List::of(STATES, "foreign names that are codes too");

/// Short names in other languages that are no other word, in small letters either.
static NO_OTHER: List = List::of(STATES, "short foreign names that are no words");

static WORLD: LazyLock<World> = LazyLock::new(World::read);

impl World {
    /// The states, read once.
    pub(super) fn get() -> &'static Self {
        &WORLD
    }

    fn read() -> Self {
        let mut lexicon = Lexicon::default();
        let rows: Vec<StateRow> =
            lists::rows(include_str!("world.tsv")).filter_map(|row| StateRow::of(&row)).collect();
        let mut typos = Typos::default();
        let mut small = SmallNames::default();
        for row in &rows {
            row.add_english(&mut lexicon, &mut typos);
        }
        // English names come first: "Niger" is one in French too. Ours come before the published
        // ones, which have a capital for "KL" only as the time zone's city.
        let whose = |code: &str| rows.iter().find(|row| row.codes[1] == code);
        for (language, line) in tongues::lines() {
            if let [code, people, capitals, names, _] = line[..]
                && let Some(row) = whose(code)
            {
                for (forms, what) in
                    [(people, What::Demonym), (capitals, What::Capital), (names, What::State)]
                {
                    for name in forms.split('|').filter(|name| !name.is_empty()) {
                        own_name(&mut lexicon, language, name, row.entry(what));
                        if language == "vi" {
                            small.add(name);
                        }
                    }
                }
            }
        }
        for row in &rows {
            for (names, what) in [(row.foreign, What::State), (row.seats, What::Capital)] {
                for name in names.split('|') {
                    let (language, name) = name.split_once(':').unwrap_or(("", name));
                    if language == "vi" {
                        small.add(name);
                    }
                    foreign_name(&mut lexicon, name, row.entry(what));
                }
            }
        }
        peoples::add(&mut lexicon);
        for (code, sport) in codes::of_sport() {
            if let Some(row) = rows.iter().find(|row| row.codes[1] == code) {
                lexicon.add(sport, &NameEntry { form: NameForm::Code, ..row.entry(What::Code) });
            }
        }
        lexicon.close();
        let codes = rows.iter().map(|row| (row.which.clone(), row.code)).collect();
        let names = rows.into_iter().map(|row| (row.code, row.which)).collect();
        Self { lexicon, typos, small, names, codes }
    }

    /// The English name of a state.
    pub(super) fn name(&self, code: [u8; 2]) -> Option<CompactString> {
        self.names.get(&code).cloned()
    }

    /// The code of a state by any of its names; `None` for a body that is not a state.
    pub(super) fn code(&self, name: &str) -> Option<[u8; 2]> {
        if let Some(code) = self.codes.get(name) {
            return Some(*code);
        }
        let tokens = fold(name).tokens;
        let start = usize::from(tokens.first().is_some_and(|token| token.word == "the"));
        let (length, entries) = self.lexicon.at(&tokens, start).filter(|_| !tokens.is_empty())?;
        let entry = entries.iter().find(|entry| entry.what == What::State)?;
        (start + length == tokens.len()).then_some(entry.code)
    }
}

/// A state's row of the table.
#[derive(Debug)]
struct StateRow {
    which: CompactString,
    code: [u8; 2],
    /// The three-letter and the two-letter code.
    codes: [&'static str; 2],
    names: &'static str,
    people: &'static str,
    capitals: &'static str,
    foreign: &'static str,
    seats: &'static str,
}

impl StateRow {
    fn of(row: &[&'static str]) -> Option<Self> {
        let [two, three, names, people, capitals, foreign, seats] = *row else { return None };
        let [first, second] = *two.as_bytes() else { return None };
        let which = names.split('|').next().unwrap_or_default().into();
        let (code, codes) = ([first, second], [three, two]);
        Some(Self { which, code, codes, names, people, capitals, foreign, seats })
    }

    fn entry(&self, what: What) -> NameEntry {
        NameEntry { what, which: self.which.clone(), code: self.code, form: NameForm::Any }
    }

    fn add_english(&self, lexicon: &mut Lexicon, typos: &mut Typos) {
        let mut add = |name: &str, what: What, form: NameForm| {
            lexicon.add(name, &NameEntry { form, ..self.entry(what) });
            if what != What::Code {
                typos.add(&name.to_lowercase());
            }
        };
        for name in self.names.split('|') {
            let capitals = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase());
            add(name, What::State, if capitals { NameForm::Capitals } else { form(name) });
            add(name.split(['(', ',']).next().unwrap_or_default(), What::State, form(name));
        }
        for name in self.people.split('|').filter(|name| !name.is_empty()) {
            add(name, What::Demonym, form(name));
            for plural in plurals(name) {
                let kept = form(&plural) == NameForm::Any;
                add(
                    &plural,
                    What::Demonym,
                    if kept { NameForm::People } else { NameForm::Capital },
                );
            }
        }
        for name in self.capitals.split('|') {
            let accents = name == "Malé";
            add(name, What::Capital, if accents { NameForm::Accents } else { form(name) });
        }
        for code in self.codes.iter().filter(|code| !WORD_CODES.has(code)) {
            add(code, What::Code, NameForm::Code);
        }
        // Words that a speaker's mark makes codes all the same: "[CAN]", "[ID]".
        for code in self.codes.iter().filter(|code| WORD_CODES.has(code)) {
            if *code == self.codes[0] || one_of(code, "ID LA MY IN") {
                add(code, What::Code, NameForm::Code);
            }
        }
    }
}

/// A name from data/tongues: what is in capitals there is always in capitals; in English, the short names
/// that people make need a capital unless they have none there ("land down under").
fn own_name(lexicon: &mut Lexicon, language: &str, name: &str, entry: NameEntry) {
    let letters = || name.chars().filter(|letter| letter.is_alphabetic());
    let form = if letters().all(|letter| letter.is_ascii_uppercase()) {
        NameForm::Capitals
    } else if language == "en" && name.starts_with(char::is_lowercase) {
        NameForm::Any
    } else if language == "en"
        || name.is_ascii() && letters().count() < LONG && !NO_OTHER.has(&name.to_lowercase())
    {
        NameForm::Title
    } else if NO_OTHER.has(&name.to_lowercase()) {
        NameForm::Any
    } else {
        return foreign_name(lexicon, name, entry);
    };
    lexicon.add(name, &NameEntry { form, ..entry });
}

/// From this many letters on, a foreign name needs neither a capital nor its accents.
const LONG: usize = 5;

/// A name in another language. Short ones are words elsewhere once their accents are gone.
fn foreign_name(lexicon: &mut Lexicon, name: &str, mut entry: NameEntry) {
    let folded = fold(name);
    let words = &folded.tokens;
    let letters: usize = words.iter().map(|token| token.word.chars().count()).sum();
    if name.chars().any(|letter| letter.is_ascii_alphabetic()) {
        let known = words.first().is_some_and(|first| {
            lexicon.at(words, 0).is_some_and(|(length, entries)| {
                length == words.len()
                    && (!CODES_TOO.has(&first.word)
                        || entries.iter().any(|it| it.form != NameForm::Code))
            }) || first.case == Case::Upper
        });
        if known {
            return;
        }
        let accented = words.iter().any(|token| token.accented);
        let word = words.len() == 1 && FOREIGN_WORDS.has(&words[0].word);
        if letters < LONG || word {
            if !accented && !word {
                return;
            }
            entry.form = if accented { NameForm::Accents } else { NameForm::Title };
        }
    } else if letters < 2 || name.contains('.') {
        return;
    } else if words.len() == 1 && FOREIGN_WORDS.has(&words[0].word) {
        entry.form = NameForm::Code;
    }
    lexicon.add(name, &entry);
}

fn form(name: &str) -> NameForm {
    let name = name.to_lowercase();
    if ALSO_WORDS.has(&name) && !NO_WORDS.has(&name) { NameForm::Capital } else { NameForm::Any }
}

fn plurals(people: &str) -> Vec<String> {
    if people.ends_with("ese")
        || people.ends_with("ss")
        || people.ends_with("sh")
        || people.ends_with("ch")
    {
        return Vec::new();
    }
    let mut out = vec![format!("{people}s")];
    if let Some(stem) = people.strip_suffix("man") {
        out.push(format!("{stem}men"));
    }
    out
}

/// Whether a name, although it needs no capital, is worth a second look at the start of a sentence.
pub(super) fn is_word(word: &str) -> bool {
    ALSO_WORDS.has(word)
}
