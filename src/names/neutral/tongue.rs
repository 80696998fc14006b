//! Wordings in the languages of the region. An English wording within a Thai sentence would be the
//! first thing that everybody sees.
//!
//! They are few and plain, and no native speaker has read them.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::super::lists::{FREQUENT, List};
use super::super::{What, fold::Token, lists, wordlist};
use super::{Wordings, edits::WordEdit, units::Unit};

/// The language of the words around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Chinese,
    Vietnamese,
    /// Malay and Indonesian: the wordings are good in both.
    Malay,
    Filipino,
    Portuguese,
    French,
    Spanish,
    Tetum,
}

/// Languages without letters of their own, recognised by words that are frequent in notes and in none of the
/// others.
static OWN_WORDS: [(Tongue, List); 8] = [
    (Tongue::English, List::of(FREQUENT, "english")),
    (Tongue::Malay, List::of(FREQUENT, "malay")),
    (Tongue::Filipino, List::of(FREQUENT, "filipino")),
    (Tongue::Portuguese, List::of(FREQUENT, "portuguese")),
    (Tongue::French, List::of(FREQUENT, "french")),
    (Tongue::Spanish, List::of(FREQUENT, "spanish")),
    (Tongue::Tetum, List::of(FREQUENT, "tetum")),
    (Tongue::Vietnamese, List::of(FREQUENT, "vietnamese")),
];

/// In which of these languages a word is frequent, a bit each.
static FREQUENT_IN: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let mut all = HashMap::default();
    for (bit, (_, list)) in OWN_WORDS.iter().enumerate() {
        list.words().for_each(|word| *all.entry(word).or_default() |= 1 << bit);
    }
    all
});

static WORDINGS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| lists::rows(lists::WORDINGS).collect());

impl Tongue {
    /// Its name in the table of wordings.
    fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Thai => "thai",
            Self::Lao => "lao",
            Self::Khmer => "khmer",
            Self::Burmese => "burmese",
            Self::Chinese => "chinese",
            Self::Vietnamese => "vietnamese",
            Self::Malay => "malay",
            Self::Filipino => "filipino",
            Self::Portuguese => "portuguese",
            Self::French => "french",
            Self::Spanish => "spanish",
            Self::Tetum => "tetum",
        }
    }

    /// The language of the text around a name, by its letters and its words; English if nothing
    /// shows it.
    pub(super) fn of<'t>(
        around: impl Iterator<Item = &'t str>,
        words: impl Iterator<Item = &'t Token> + Clone,
    ) -> Self {
        let mut plain = 0;
        let mut own = [
            (Self::Thai, 0),
            (Self::Lao, 0),
            (Self::Khmer, 0),
            (Self::Burmese, 0),
            (Self::Chinese, 0),
            (Self::Vietnamese, 0),
        ];
        let mut others = |piece: &'t str| {
            let ascii = piece.is_ascii();
            plain += if ascii { piece.bytes().filter(u8::is_ascii_alphabetic).count() } else { 0 };
            (!ascii).then_some(piece)
        };
        let others: Vec<&str> = around.filter_map(&mut others).collect();
        for letter in others.into_iter().flat_map(str::chars) {
            let at = match letter {
                '\u{e01}'..='\u{e4e}' => 0,
                '\u{e81}'..='\u{edf}' => 1,
                '\u{1780}'..='\u{17d3}' => 2,
                '\u{1000}'..='\u{109f}' => 3,
                '\u{4e00}'..='\u{9fff}' => 4,
                'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}' => {
                    5
                }
                _ => {
                    plain += usize::from(letter.is_ascii_alphabetic());
                    continue;
                }
            };
            own[at].1 += 1;
        }
        // A fifth of the letters in a Vietnamese text have such marks; a single name has fewer.
        own[5].1 *= 12;
        let most = own.into_iter().max_by_key(|(_, letters)| *letters);
        if let Some((tongue, _)) = most.filter(|(_, letters)| *letters > plain) {
            return tongue;
        }
        let mut counts = OWN_WORDS.each_ref().map(|(tongue, _)| (*tongue, 0));
        for token in words.clone() {
            let languages = FREQUENT_IN.get(&*token.word).copied().unwrap_or_default();
            for (bit, count) in counts.iter_mut().enumerate() {
                count.1 += u32::from(languages >> bit & 1);
            }
        }
        let (mut tongue, mut most) = counts[0];
        for (other, count) in counts {
            if count > most {
                (tongue, most) = (other, count);
            }
        }
        // "para" is Malay too, and short for a paragraph.
        let is_malay = || {
            let malay = words.clone().filter(|it| wordlist::is_malay(&it.word)).count();
            malay > 1 && malay * 2 >= words.count()
        };
        if most == 0 && is_malay() { Self::Malay } else { tongue }
    }

    /// The words before such a name that a wording includes.
    fn taken_in(self, unit: &Unit) -> impl Iterator<Item = &'static str> {
        let what = sort(unit);
        WORDINGS.iter().filter(move |row| row[0] == self.name()).filter_map(move |row| {
            let (of, rest) = row[1].split_once(' ')?;
            rest.strip_prefix("after ").filter(|_| of == what)
        })
    }

    /// "One country", which can follow "the delegation of" as well as be used alone. `after` is a word
    /// that the wording includes.
    fn words_for(self, unit: &Unit, after: &str) -> Option<&'static str> {
        let own = |row: &&Vec<&'static str>| {
            let (of, word) = row[1].split_once(" after ").unwrap_or((row[1], ""));
            row[0] == self.name() && of == sort(unit) && word == after
        };
        WORDINGS.iter().find(own)?.get(1 + unit.names.clamp(1, 3)).copied()
    }
}

/// Whether a text, up to a name, ends in these words.
fn ends_in_words(text: &str, words: &str) -> bool {
    let text = if words.ends_with('\'') { text } else { text.strip_suffix(' ').unwrap_or("") };
    let before = text.strip_suffix(words);
    before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// The name of a unit in the table of wordings.
fn sort(unit: &Unit) -> &'static str {
    match unit.what {
        What::Person | What::Unknown => "person",
        What::Agency | What::Organisation => "agency",
        _ => "state",
    }
}

impl Wordings<'_> {
    /// A wording in a language other than English.
    pub(super) fn elsewhere(&self, tongue: Tongue, unit: &Unit) -> Option<Vec<WordEdit>> {
        let sentence = self.sentence;
        let tokens = &sentence.words.tokens;
        let mut range = self.bytes(&unit.span);
        range.end = unit.end.unwrap_or(range.end);
        let start = unit.span.start;
        let before = start.checked_sub(1).filter(|_| sentence.joined(start));
        let after = before.and_then(|at| {
            let raw = self.raw(at);
            let run = || {
                let ends = |word: &&str| tokens[at].unspaced && raw.ends_with(*word);
                tongue.taken_in(unit).find(ends)
            };
            let typed = raw.to_lowercase();
            let head = self.text[..range.start].replace('’', "'").to_lowercase();
            let mut many = tongue.taken_in(unit).filter(|word| word.contains([' ', '\'']));
            if let Some(word) = many.find(|word| ends_in_words(&head, word)) {
                let letters = word.chars().count() + usize::from(!word.ends_with('\''));
                let before = self.text[..range.start].char_indices().rev();
                let from = before.take(letters).last().map_or(range.start, |(at, _)| at);
                return Some((at, from, tongue.words_for(unit, word)?));
            }
            let plain = tongue.taken_in(unit).find(|word| typed == **word);
            let folded = || tongue.taken_in(unit).find(|word| tokens[at].word == **word);
            let plain = plain.or_else(folded);
            let word = plain.or_else(run)?;
            let from = if plain.is_some() { raw.len() } else { word.len() };
            Some((at, tokens[at].range.end - from, tongue.words_for(unit, word)?))
        });
        if let Some((at, from, words)) = after {
            range.start = from;
            return Some(vec![WordEdit { range, text: self.cased(at, words) }]);
        }
        let words = tongue.words_for(unit, "")?;
        Some(vec![WordEdit { range, text: self.cased(start, words) }])
    }
}
