//! The states of the world under all their names, and where those stand in a text.
//!
//! The table `world.tsv` is made from published data by `src/names/world.py`; nothing in it is typed by
//! hand but what its head says.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use compact_str::CompactString;
use smallvec::SmallVec;

use super::What;
use super::fold::{Case, Gap, Token, fold};
use super::lists::{self, List, STATES};
use super::sentence::one_of;

/// A name that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) what: What,
    /// The name that stands for all names of the same.
    pub(super) which: CompactString,
    /// ISO 3166's code of two letters, of a state.
    pub(super) code: [u8; 2],
    pub(super) form: Form,
}

/// When a name is believed to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Any,
    /// Also an English word, a thing or a person's name: only with a capital that no sentence gives.
    Capital,
    /// Letters that make a word as well: only in capitals.
    Capitals,
    /// Only with its accents: without them it is another word.
    Accents,
    /// A code, which only a speaker's mark makes a name.
    Code,
    /// People of a state, in the plural.
    People,
}

type Entries = SmallVec<[Entry; 1]>;

/// Names by their folded words.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    phrases: HashMap<CompactString, Entries>,
    /// The most words of a name that begins with this one.
    longest: HashMap<CompactString, usize>,
    /// Names in scripts without spaces, folded.
    runs: Vec<(CompactString, Entry)>,
    automaton: Option<AhoCorasick>,
}

impl Lexicon {
    /// Takes a name in. One that folds to nothing, or to a single letter, is none.
    pub(super) fn add(&mut self, name: &str, entry: &Entry) {
        let words = fold(name).tokens;
        let letters: usize = words.iter().map(|token| token.word.chars().count()).sum();
        if letters < 2 {
            return;
        }
        if words.iter().all(|token| token.unspaced) {
            let joined: CompactString = words.iter().map(|token| token.word.as_str()).collect();
            let mut entry = entry.clone();
            if letters < 3 && !is_han(&joined) {
                // ໄທ, ថៃ: part of other words as well.
                entry.form = Form::Code;
            }
            self.runs.push((joined, entry));
            return;
        }
        let parts: Vec<&str> = words.iter().map(|token| token.word.as_str()).collect();
        self.phrase(parts.join(" ").into(), parts.len(), entry);
        if entry.form == Form::Capitals && parts.len() == 1 && letters < 6 {
            // "U.S."
            let dotted: Vec<String> = parts[0].chars().map(String::from).collect();
            self.phrase(dotted.join(" ").into(), letters, entry);
        }
        if parts.len() > 1 && letters > 4 && entry.form != Form::Code {
            self.phrase(parts.concat().into(), 1, entry);
        }
    }

    fn phrase(&mut self, phrase: CompactString, length: usize, entry: &Entry) {
        let first = phrase.split(' ').next().unwrap_or_default();
        let longest = self.longest.entry(first.into()).or_default();
        *longest = length.max(*longest);
        let entries = self.phrases.entry(phrase).or_default();
        if !entries.iter().any(|known| known.which == entry.which) {
            entries.push(entry.clone());
        }
    }

    /// The longest word of each name, of those that are meant, and whether it means something only
    /// with a capital.
    pub(super) fn anchors<'l>(
        &'l self,
        meant: &'l dyn Fn(&Entry) -> bool,
    ) -> impl Iterator<Item = (&'l str, bool)> {
        self.phrases.iter().filter_map(move |(phrase, entries)| {
            let mut entries = entries.iter().filter(|entry| meant(entry)).peekable();
            entries.peek()?;
            let capital =
                |entry: &Entry| entry.form == Form::Capital || entry.form == Form::Capitals;
            let long = phrase.split(' ').max_by_key(|word| word.len())?;
            // Single letters are looked for by their dots.
            (long.len() > 1).then(|| (long, long.len() < 4 && entries.all(capital)))
        })
    }

    /// Makes ready for texts in scripts without spaces.
    pub(super) fn close(&mut self) {
        if !self.runs.is_empty() {
            let patterns = self.runs.iter().map(|(run, _)| run.as_str());
            let builder =
                AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
            self.automaton = builder.ok();
        }
    }

    /// What the words from here on are the name of, and how many they are.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &[Entry])> {
        let first = &tokens[at];
        let mut phrase = first.word.clone();
        let mut found = None;
        if let Some(longest) = self.longest.get(&first.word) {
            let most = (at + longest).min(tokens.len());
            found = self.phrases.get(&phrase).map(|entries| (1, entries.as_slice()));
            for (index, token) in tokens.iter().enumerate().take(most).skip(at + 1) {
                if token.before.has(Gap::PARTS) {
                    break;
                }
                phrase.push(' ');
                phrase.push_str(&token.word);
                if let Some(entries) = self.phrases.get(&phrase) {
                    found = Some((index + 1 - at, entries.as_slice()));
                }
            }
        }
        found.or_else(|| self.torn(tokens, at))
    }

    /// A name that a line end or a writer's spaces tore: "Malay-\nsia", "M a l a y s i a".
    fn torn(&self, tokens: &[Token], at: usize) -> Option<(usize, &[Entry])> {
        let second = tokens.get(at + 1)?;
        let one = |token: &Token| token.word.chars().count() == 1;
        let hyphen = second.before.has(Gap::HYPHEN) && second.before.has(Gap::LINE);
        if !(hyphen || one(&tokens[at]) && one(second)) {
            return None;
        }
        let until = if hyphen {
            at + 2
        } else {
            let rest = tokens[at + 1..].iter().take(24);
            at + 1 + rest.take_while(|token| one(token) && !token.before.has(Gap::PARTS)).count()
        };
        let joined: CompactString = tokens[at..until].iter().map(|t| t.word.as_str()).collect();
        let entries = self.phrases.get(&joined).filter(|_| joined.len() > 3)?;
        Some((until - at, entries.as_slice()))
    }

    /// The names within a run of a script without spaces: from, until, which.
    pub(super) fn within(&self, run: &str) -> Vec<(usize, usize, &Entry)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_iter(run)
            .filter_map(|found| {
                Some((found.start(), found.end(), &self.runs.get(found.pattern().as_usize())?.1))
            })
            .collect()
    }
}

fn is_han(name: &str) -> bool {
    name.chars().all(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

/// The states of the world.
#[derive(Debug)]
pub(super) struct World {
    pub(super) lexicon: Lexicon,
}

/// Names that are words, things or persons too.
static ALSO_WORDS: List = List::of(STATES, "names that are words");

/// Of these, the ones that are no word in small letters: a capital is not asked for, a second look is.
static NO_WORDS: List = List::of(STATES, "no words in small letters");

/// Codes of ISO 3166 that are English words or common shorthand.
static WORD_CODES: List = List::of(STATES, "codes that are words");

static WORLD: LazyLock<World> = LazyLock::new(World::read);

impl World {
    /// The states, read once.
    pub(super) fn get() -> &'static Self {
        &WORLD
    }

    fn read() -> Self {
        let mut lexicon = Lexicon::default();
        let rows: Vec<Vec<&str>> = lists::rows(include_str!("world.tsv")).collect();
        for row in &rows {
            let [code, three, names, people, capitals, _] = row.as_slice() else { continue };
            let which = CompactString::new(names.split('|').next().unwrap_or_default());
            let bytes = code.as_bytes();
            let code = [bytes[0], bytes.get(1).copied().unwrap_or_default()];
            let mut add = |name: &str, what: What, form: Form| {
                let entry = Entry { what, which: which.clone(), code, form };
                lexicon.add(name, &entry);
            };
            for name in names.split('|') {
                let capitals = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase());
                add(name, What::State, if capitals { Form::Capitals } else { form(name) });
                add(name.split(['(', ',']).next().unwrap_or_default(), What::State, form(name));
            }
            for name in people.split('|').filter(|name| !name.is_empty()) {
                add(name, What::Demonym, form(name));
                for plural in plurals(name) {
                    let kept = form(&plural) == Form::Any;
                    add(&plural, What::Demonym, if kept { Form::People } else { Form::Capital });
                }
            }
            for name in capitals.split('|') {
                let accents = name == "Malé";
                add(name, What::Capital, if accents { Form::Accents } else { form(name) });
            }
            let two = std::str::from_utf8(&code).unwrap_or_default();
            for code in [three, two] {
                if !WORD_CODES.has(code) {
                    add(code, What::Code, Form::Code);
                }
            }
            // Words that a speaker's mark makes codes all the same: "[CAN]", "[ID]".
            for code in [three, two] {
                if WORD_CODES.has(code) && (code == *three || one_of(code, "ID LA MY")) {
                    add(code, What::Code, Form::Code);
                }
            }
        }
        // English names come first: "Niger" is one in French too.
        for row in &rows {
            let [code, _, names, _, _, foreign] = row.as_slice() else { continue };
            let which = CompactString::new(names.split('|').next().unwrap_or_default());
            let bytes = code.as_bytes();
            let code = [bytes[0], bytes.get(1).copied().unwrap_or_default()];
            for name in foreign.split('|') {
                let name = name.split_once(':').map_or(name, |(_, name)| name);
                let entry =
                    Entry { what: What::State, which: which.clone(), code, form: Form::Any };
                foreign_name(&mut lexicon, name, entry);
            }
        }
        lexicon.close();
        Self { lexicon }
    }

    /// The code of a state by any of its names; none for a body that is no state.
    pub(super) fn code(&self, name: &str) -> Option<[u8; 2]> {
        let tokens = fold(name).tokens;
        let start = usize::from(tokens.first().is_some_and(|token| token.word == "the"));
        let (length, entries) = self.lexicon.at(&tokens, start).filter(|_| !tokens.is_empty())?;
        let entry = entries.iter().find(|entry| entry.what == What::State)?;
        (start + length == tokens.len()).then_some(entry.code)
    }
}

/// A name in another language. Short ones are words elsewhere, once their accents are gone.
fn foreign_name(lexicon: &mut Lexicon, name: &str, mut entry: Entry) {
    let folded = fold(name);
    let words = &folded.tokens;
    let letters: usize = words.iter().map(|token| token.word.chars().count()).sum();
    if name.chars().any(|letter| letter.is_ascii_alphabetic()) {
        let known = words.first().is_some_and(|first| {
            lexicon.at(words, 0).is_some_and(|(length, _)| length == words.len())
                || first.case == Case::Upper
        });
        if known {
            return;
        }
        if letters < 5 {
            if !words.iter().any(|token| token.accented) {
                return;
            }
            entry.form = Form::Accents;
        }
    } else if letters < 2 || name.contains('.') {
        return;
    }
    lexicon.add(name, &entry);
}

fn form(name: &str) -> Form {
    let name = name.to_lowercase();
    if ALSO_WORDS.has(&name) && !NO_WORDS.has(&name) { Form::Capital } else { Form::Any }
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

/// Whether a name, though it needs no capital, is worth a second look at the start of a sentence.
pub(super) fn is_word(word: &str) -> bool {
    ALSO_WORDS.has(word)
}
