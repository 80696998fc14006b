//! Descriptions that may reveal who spoke although they name nobody: "in our country", "as this year's
//! chair".
//!
//! There is no end of ways to describe somebody, so the list is short and only says where a person has
//! to look: what is found is held as possible, and a name in the same place comes before it. The
//! head of `data/descriptions.tsv` explains how a phrase is written.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;

use super::fold::{FoldedWords, Token, WordGap, fold};
use super::{Grade, Hit, Neutral, Offers, Role, What, fold, lists, lists::DESCRIPTIONS};

/// The most words that `…` can be.
const MOST: usize = 3;

/// One step of a phrase.
#[derive(Debug)]
enum PhraseStep {
    /// One of these, each of one or more words.
    One(Vec<Vec<CompactString>>),
    /// Any word.
    Any,
    /// Up to three words, or none.
    Some,
}

/// What the table has about a phrase besides its words.
#[derive(Clone, Copy, Debug)]
struct DescriptionEntry {
    what: What,
    neutral: Option<&'static str>,
}

#[derive(Debug)]
struct DescriptionPhrase {
    /// Whether it counts only at the beginning of a clause.
    begins: bool,
    steps: Vec<PhraseStep>,
    /// What may not follow.
    not_before: Vec<CompactString>,
    entry_of: DescriptionEntry,
}

impl DescriptionPhrase {
    /// Reads a phrase; `None` for one without a first word by which it could be found.
    fn read(text: &str, entry_of: DescriptionEntry) -> Option<Self> {
        let mut phrase =
            Self { begins: false, steps: Vec::new(), not_before: Vec::new(), entry_of };
        for word in text.split_whitespace() {
            match word {
                "^" => phrase.begins = true,
                "*" => phrase.steps.push(PhraseStep::Any),
                "…" => phrase.steps.push(PhraseStep::Some),
                word => {
                    if let Some(not) = word.strip_prefix('-') {
                        phrase.not_before = not.split('|').flat_map(folded).collect();
                        continue;
                    }
                    let words = word.split('|').map(folded).filter(|words| !words.is_empty());
                    phrase.steps.push(PhraseStep::One(words.collect()));
                }
            }
        }
        matches!(phrase.steps.first(), Some(PhraseStep::One(_))).then_some(phrase)
    }

    /// The words that it can begin with, each with the next word if only certain ones can follow.
    fn starts(&self) -> Vec<(&CompactString, Option<&CompactString>)> {
        let words = |nth: usize| match self.steps.get(nth) {
            Some(PhraseStep::One(words)) => words.as_slice(),
            _ => &[],
        };
        let mut starts = Vec::new();
        for start in words(0) {
            match start.as_slice() {
                [] => {}
                [first] if words(1).is_empty() => starts.push((first, None)),
                [first] => {
                    let then = words(1).iter().filter_map(|words| words.first());
                    starts.extend(then.map(|then| (first, Some(then))));
                }
                [first, then, ..] => starts.push((first, Some(then))),
            }
        }
        starts
    }

    /// Where the phrase that begins with this word ends.
    fn until(&self, tokens: &[Token], at: usize) -> Option<usize> {
        if self.begins && !begins(tokens, at) {
            return None;
        }
        self.ends(&self.steps, tokens, at, at)
    }

    fn ends(
        &self,
        steps: &[PhraseStep],
        tokens: &[Token],
        start: usize,
        at: usize,
    ) -> Option<usize> {
        let joined = |at: usize| {
            tokens.get(at).is_some_and(|it| at == start || !it.before.has(WordGap::PARTS))
        };
        let Some((step, rest)) = steps.split_first() else {
            let other = joined(at) && self.not_before.contains(&tokens[at].word);
            return (!other).then_some(at);
        };
        let goes_on = |at: usize| self.ends(rest, tokens, start, at);
        match step {
            PhraseStep::One(words) => {
                let same = |words: &&Vec<CompactString>| {
                    let place = |(nth, word): (usize, &CompactString)| {
                        joined(at + nth) && tokens[at + nth].word == *word
                    };
                    words.iter().enumerate().all(place)
                };
                words.iter().filter(same).filter_map(|words| goes_on(at + words.len())).max()
            }
            PhraseStep::Any => joined(at).then(|| goes_on(at + 1)).flatten(),
            PhraseStep::Some => {
                let more = (at..at + MOST).take_while(|at| joined(*at)).map(|at| at + 1);
                [at].into_iter().chain(more).filter_map(goes_on).max()
            }
        }
    }
}

/// Whether a clause begins with this word.
fn begins(tokens: &[Token], at: usize) -> bool {
    at == 0 || tokens[at].before.has(WordGap::PARTS | WordGap::QUOTE | WordGap::LINE)
}

fn folded(words: &str) -> Vec<CompactString> {
    let words = words.replace('_', " ");
    fold(&words).tokens.into_iter().map(|token| token.word).collect()
}

/// The phrases that begin with a word: those that continue with any other word, and, by the next word,
/// those that do not.
#[derive(Debug, Default)]
struct Starts {
    any: Vec<u16>,
    then: HashMap<CompactString, Vec<u16>>,
}

/// The phrases of all languages.
#[derive(Debug, Default)]
struct PhraseTable {
    phrases: Vec<DescriptionPhrase>,
    /// Which phrases begin with each word.
    starts: HashMap<CompactString, Starts>,
    /// Those in scripts without spaces.
    runs: Vec<DescriptionEntry>,
    automaton: Option<AhoCorasick>,
}

static TABLE: LazyLock<PhraseTable> = LazyLock::new(|| PhraseTable::of(lists::rows(DESCRIPTIONS)));

impl PhraseTable {
    fn of(rows: impl Iterator<Item = Vec<&'static str>>) -> Self {
        let mut table = Self::default();
        let mut runs: Vec<String> = Vec::new();
        for row in rows {
            let [_, text, of, neutral, _] = row[..] else { continue };
            let what = if of == "person" { What::Office } else { What::Description };
            let entry_of =
                DescriptionEntry { what, neutral: Some(neutral).filter(|words| !words.is_empty()) };
            let tokens = fold(text).tokens;
            if !tokens.is_empty() && tokens.iter().all(|token| token.unspaced) {
                runs.push(tokens.iter().map(|token| token.word.as_str()).collect());
                table.runs.push(entry_of);
                continue;
            }
            let Some(phrase) = DescriptionPhrase::read(text, entry_of) else { continue };
            let nth = table.phrases.len() as u16;
            for (first, then) in phrase.starts() {
                let starts = table.starts.entry(first.clone()).or_default();
                let known = match then {
                    Some(then) => starts.then.entry(then.clone()).or_default(),
                    None => &mut starts.any,
                };
                if known.last() != Some(&nth) {
                    known.push(nth);
                }
            }
            table.phrases.push(phrase);
        }
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(runs);
        table.automaton = builder.ok();
        table
    }

    /// The longest description that begins with this word.
    fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, DescriptionEntry)> {
        let starts = self.starts.get(&tokens[at].word)?;
        let then = tokens.get(at + 1).and_then(|next| starts.then.get(&next.word));
        let known = then.into_iter().flatten().chain(&starts.any);
        let phrases = known.map(|nth| &self.phrases[usize::from(*nth)]);
        let found = phrases.filter_map(|it| Some((it.until(tokens, at)?, it.entry_of)));
        // Of two equally long ones, the first: it can have a wording.
        found.reduce(|one, other| if other.0 > one.0 { other } else { one })
    }

    fn find(
        &self,
        text: &str,
        tokens: &[Token],
        found: &mut dyn FnMut(Range<usize>, DescriptionEntry),
    ) {
        let mut at = 0;
        while at < tokens.len() {
            let token = &tokens[at];
            if token.unspaced {
                self.find_in_run(text, token, found);
            } else if let Some((until, entry_of)) = self.at(tokens, at) {
                found(token.range.start..tokens[until - 1].range.end, entry_of);
                at = until;
                continue;
            }
            at += 1;
        }
    }

    fn find_in_run(
        &self,
        text: &str,
        run: &Token,
        found: &mut dyn FnMut(Range<usize>, DescriptionEntry),
    ) {
        for one in self.automaton.iter().flat_map(|it| it.find_iter(run.word.as_str())) {
            let places = fold::places(text, run, &[one.start(), one.end()]);
            if let ([start, end], Some(entry_of)) =
                (&places[..], self.runs.get(one.pattern().as_usize()))
            {
                found(*start..*end, *entry_of);
            }
        }
    }
}

/// The hits together with the descriptions in a text, in its order.
pub(super) fn beside(
    mut hits: Vec<Hit>,
    text: &str,
    words: &FoldedWords,
    mut offers: Option<&mut Offers>,
) -> Vec<Hit> {
    let names = hits.len();
    TABLE.find(text, &words.tokens, &mut |range, entry_of| {
        let apart = |hit: &Hit| hit.range.end <= range.start || range.end <= hit.range.start;
        let Some(found) = text.get(range.clone()).filter(|_| hits[..names].iter().all(apart))
        else {
            return;
        };
        if let (Some(offers), Some(words)) = (offers.as_deref_mut(), entry_of.neutral) {
            let neutral = Neutral { range: range.clone(), text: cased(words, found) };
            offers.push((range.clone(), neutral));
        }
        hits.push(Hit {
            what: entry_of.what,
            which: found.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into(),
            role: Role::Unclear,
            grade: Grade::Possible,
            present: true,
            range,
        });
    });
    if hits.len() > names {
        hits.sort_by_key(|hit| hit.range.start);
    }
    hits
}

/// Words in the case of those that they replace.
fn cased(words: &str, found: &str) -> String {
    if found.to_uppercase() == found && found.to_lowercase() != found {
        return words.to_uppercase();
    }
    let mut letters = words.chars();
    let first = letters.next();
    match first.filter(|_| found.starts_with(char::is_uppercase)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::{ListedNames, Names};
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let names = Names::of(&ListedNames::default());
        let hits = names.check(text).into_iter();
        let described = hits.filter(|hit| matches!(hit.what, What::Description | What::Office));
        described.map(|hit| text[hit.range].to_owned()).collect()
    }

    /// A text that a phrase of the table describes.
    fn example(phrase: &str) -> String {
        let word = |word: &str| match word {
            "^" => String::new(),
            "*" => "small".to_owned(),
            "…" => "one two three".to_owned(),
            word if word.starts_with('-') => String::new(),
            word => word.split('|').next_back().unwrap().replace('_', " "),
        };
        phrase.split_whitespace().map(word).collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    #[test]
    fn every_line_is_well_formed_and_its_phrase_is_found() {
        let mut languages = BTreeSet::new();
        for row in lists::rows(DESCRIPTIONS) {
            let [language, phrase, of, neutral, checked] = row[..] else { panic!("{row:?}") };
            assert!(matches!(of, "delegation" | "person"), "{row:?}");
            assert!(!language.is_empty() && !checked.is_empty() && neutral.trim() == neutral);
            let example = example(phrase);
            let all = found(&example);
            assert!(all.iter().any(|it| it.contains(&example)), "{phrase}: “{example}”, {all:?}");
            if !neutral.is_empty() {
                assert_eq!(found(neutral), [""; 0], "{phrase}: its wording is a description");
            }
            languages.insert(language);
        }
        for language in "en ms ms-Arab id fil vi th lo km my tet pt zh ta bn si hi ur".split(' ') {
            assert!(languages.contains(language), "{language} has no line");
        }
    }

    #[test]
    fn a_phrase_is_written_as_its_table_says() {
        let entry_of = DescriptionEntry { what: What::Description, neutral: None };
        for (phrase, text, expected) in [
            ("our|my_own hat", "so my own hat fell", Some(4)),
            ("our|my_own hat", "so my hat fell", None),
            ("our * hat", "so our hat", None),
            ("our * hat", "so our old hat", Some(4)),
            ("our … hat", "so our hat", Some(3)),
            ("our … hat", "so our very old grey hat", Some(6)),
            ("our … hat", "so our one two three four hat", None),
            ("our … hat", "so our one, hat", None),
            ("our hat", "so our\nhat", Some(3)),
            ("our hat", "so our. Hat", None),
            ("our hat -rack|s", "so our hat rack", None),
            ("our hat -rack|s", "so our hat. Rack", Some(3)),
            ("^ our hat", "so our hat", None),
            ("^ our hat", "so, our hat", Some(3)),
            ("our year's co-hat", "so our year’s co-hat", Some(5)),
        ] {
            let phrase = DescriptionPhrase::read(phrase, entry_of).unwrap();
            assert_eq!(phrase.until(&fold(text).tokens, 1), expected, "{phrase:?}: {text}");
        }
        for phrase in ["", "…", "* hat", "-hat", "^"] {
            assert!(DescriptionPhrase::read(phrase, entry_of).is_none(), "{phrase}");
        }
    }

    proptest! {
        /// Whatever is in the table, reading it and searching for it ends, within the text.
        #[test]
        fn any_phrase_can_be_read_and_looked_for(
            phrase in "([-^*…|_ab ]|our|ในประเทศ){0,12}",
            text in "([ab ,.\n]|our|ในประเทศ){0,24}",
        ) {
            let entry_of = DescriptionEntry { what: What::Description, neutral: None };
            let tokens = fold(&text).tokens;
            if let Some(phrase) = DescriptionPhrase::read(&phrase, entry_of) {
                for at in 0..tokens.len() {
                    let until = phrase.until(&tokens, at);
                    prop_assert!(until.is_none_or(|end| at < end && end <= tokens.len()));
                }
            }
        }
    }
}
