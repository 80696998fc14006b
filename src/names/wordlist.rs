//! Words that are not names: the shipped word lists, and those of texts that everyone in the room has.
//!
//! The large lists are sorted lines, searched in place in the program: nothing is built from them
//! at the start. `data/words/make.py` says where they come from, `data/known.txt` has the short ones.

use std::cmp::Ordering;
use std::sync::{LazyLock, OnceLock};

use compact_str::CompactString;
use rustc_hash::FxHashSet as HashSet;

use super::fold::fold;
use super::lists::{self, KNOWN, List};

/// One word per line, sorted; lines that begin with `#` come first.
#[derive(Debug)]
struct WordTable {
    text: &'static str,
    /// Where the words with each pair of first letters begin, computed when the first word is looked up.
    starts: OnceLock<Box<[u32]>>,
}

/// How many pairs of first letters there are.
const BEGINNINGS: usize = 26 * 26;

static COMMON: WordTable = WordTable::of(include_str!("data/words/english.txt"));
static RARE: WordTable = WordTable::of(include_str!("data/words/english-rare.txt"));
static WORDNET: WordTable = WordTable::of(include_str!("data/words/wordnet.txt"));
static TERMS: WordTable = WordTable::of(include_str!("data/words/terms.txt"));
static MALAY: WordTable = WordTable::of(include_str!("data/words/malay.txt"));

static ABBREVIATIONS: List = List::of(KNOWN, "abbreviations");
static OF_BODIES_TOO: List = List::of(KNOWN, "abbreviations of bodies too");
static ABBREVIATIONS_ELSEWHERE: List = List::of(KNOWN, "abbreviations elsewhere");
static WITH_CAPITAL: List = List::of(KNOWN, "with a capital");
static FIELD: List = List::of(KNOWN, "of the field");
static INSTITUTIONS: List = List::of(KNOWN, "of institutions");
static VIETNAMESE: List = List::of(KNOWN, "of institutions in vietnamese");
static FIRST: WordTable = WordTable::of(include_str!("data/words/elsewhere.txt"));
static FILIPINO: List = List::of(KNOWN, "after a filipino predicate");

/// Syllables that a sentence in Vietnamese may begin with.
pub(super) static FIRST_VIETNAMESE: List = List::of(KNOWN, "first words in vietnamese");

impl WordTable {
    const fn of(text: &'static str) -> Self {
        Self { text, starts: OnceLock::new() }
    }

    fn has(&self, word: &str) -> bool {
        let Some(beginning) = beginning(word.as_bytes()) else { return false };
        let starts = self.starts.get_or_init(|| starts(self.text.as_bytes()));
        let lines = self.text.as_bytes();
        let (mut low, mut high) = (starts[beginning] as usize, starts[beginning + 1] as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            let from = memchr::memrchr(b'\n', &lines[low..middle]).map_or(low, |at| low + at + 1);
            let until = memchr::memchr(b'\n', &lines[from..high]).map_or(high, |at| from + at);
            match lines[from..until].cmp(word.as_bytes()) {
                Ordering::Equal => return true,
                Ordering::Less => low = until + 1,
                Ordering::Greater => high = from,
            }
        }
        false
    }
}

/// The number of a word's first two letters; `None` for a shorter word or other letters, which no list has.
fn beginning(word: &[u8]) -> Option<usize> {
    let [first, second, ..] = word else { return None };
    let both = first.is_ascii_lowercase() && second.is_ascii_lowercase();
    both.then(|| usize::from(first - b'a') * 26 + usize::from(second - b'a'))
}

/// Where the lines of each beginning start, and the end.
fn starts(lines: &[u8]) -> Box<[u32]> {
    let mut starts = vec![0; BEGINNINGS + 1];
    let mut next = 0;
    let mut at = memchr::memchr(b'\n', lines).map_or(lines.len(), |end| end + 1);
    while at < lines.len() {
        if let Some(beginning) = beginning(&lines[at..]).filter(|beginning| *beginning >= next) {
            starts[next..=beginning].fill(at as u32);
            next = beginning + 1;
        }
        at = memchr::memchr(b'\n', &lines[at..]).map_or(lines.len(), |end| at + end + 1);
    }
    starts[next..].fill(lines.len() as u32);
    starts.into()
}

/// Whether letters in capitals are a usual abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.has(word) || ABBREVIATIONS_ELSEWHERE.has(word)
}

/// The abbreviations of data/abbreviations.tsv, folded.
static OF_FIELD: LazyLock<HashSet<CompactString>> = LazyLock::new(|| {
    let rows = lists::rows(lists::FIELD_SHORT).filter_map(|row| row.first().copied());
    let parts = |short| {
        let tokens = fold(short).tokens;
        // "AR/VR": initials as well.
        let few = if tokens.len() > 1 { 2 } else { 1 };
        tokens.into_iter().map(|it| it.word).filter(move |part| part.chars().nth(few).is_some())
    };
    rows.flat_map(parts).collect()
});

/// Whether letters in capitals are an abbreviation of some field; what speaks is a body all the same.
pub(super) fn is_abbreviation_of_field(word: &str) -> bool {
    OF_FIELD.contains(word) || OF_BODIES_TOO.has(word)
}

/// Whether a word with a capital within a sentence is not part of a name: it is common in English, always
/// has a capital, or is what ministries and texts are called elsewhere.
pub(super) fn is_common(word: &str, vietnamese: bool) -> bool {
    COMMON.has(word) || is_of_institutions(word) || vietnamese && VIETNAMESE.has(word)
}

/// Whether a word is what ministries and texts are called elsewhere, or always has a capital.
pub(super) fn is_of_institutions(word: &str) -> bool {
    WITH_CAPITAL.has(word) || FIELD.has(word) || INSTITUTIONS.has(word)
}

/// Whether a word is only in the large lists of English: nothing says that it has a capital.
pub(super) fn is_ordinary(word: &str) -> bool {
    let english = COMMON.has(word) || RARE.has(word);
    english && !is_of_institutions(word) && !is_abbreviation(word)
}

/// Whether a word is English and not Malay or Indonesian as well.
pub(super) fn is_english(word: &str) -> bool {
    (COMMON.has(word) || RARE.has(word)) && !MALAY.has(word)
}

/// Whether a word is Malay or Indonesian and not a common English one.
pub(super) fn is_malay(word: &str) -> bool {
    MALAY.has(word) && !COMMON.has(word)
}

/// Whether letters in small letters are a word of English or Malay, common or rare: it was not mistyped.
pub fn is_word(word: &str) -> bool {
    COMMON.has(word) || is_rare(word) || MALAY.has(word)
}

/// Whether it is one of the rarer English words, after which companies are named, "Kestrel", or a term of some field.
pub(super) fn is_rare(word: &str) -> bool {
    let single = || word.strip_suffix('s').is_some_and(is_term);
    RARE.has(word) || is_term(word) || single()
}

fn is_term(word: &str) -> bool {
    TERMS.has(word) || WORDNET.has(word)
}

/// Whether sentences in another language begin with the word.
pub(super) fn begins_elsewhere(word: &str, vietnamese: bool) -> bool {
    MALAY.has(word)
        || FIRST.has(word)
        || vietnamese && FIRST_VIETNAMESE.has(word)
        || is_malay_form(word)
        || is_filipino_form(word)
        || is_romance_form(word)
}

/// Whether the word follows the first of a sentence in Filipino, in which a person's name has a word before
/// it: "si Ana".
pub(super) fn follows_predicate(word: &str) -> bool {
    FILIPINO.has(word)
}

/// The fewest letters of a word from which an ending or a prefix is removed.
const STEM: usize = 4;

const MALAY_BEGINNINGS: [&str; 17] = [
    "", "memper", "diper", "meny", "meng", "mem", "men", "me", "peny", "peng", "pem", "pen", "per",
    "ber", "ter", "di", "ke",
];
const MALAY_ENDINGS: [&str; 9] = ["", "kannya", "annya", "nya", "kan", "lah", "kah", "an", "i"];

/// "Pembahasannya": a form of a Malay or Indonesian word. The nasal of a prefix replaces a letter.
fn is_malay_form(word: &str) -> bool {
    let stem = |rest: &str, beginning: &str| {
        let lost = match beginning {
            "meny" | "peny" => "s",
            "meng" | "peng" => "k",
            "mem" | "pem" => "p",
            "men" | "pen" => "t",
            _ => "",
        };
        let is = |word: &str| word.len() >= STEM && MALAY.has(word);
        is(rest) || !lost.is_empty() && is(&format!("{lost}{rest}"))
    };
    let rest = |beginning: &'static str| Some((word.strip_prefix(beginning)?, beginning));
    MALAY_BEGINNINGS.iter().filter_map(|beginning| rest(beginning)).any(|(rest, beginning)| {
        let ended = |ending: &&str| {
            let changed = !(beginning.is_empty() && ending.is_empty());
            changed && rest.strip_suffix(*ending).is_some_and(|rest| stem(rest, beginning))
        };
        MALAY_ENDINGS.iter().any(ended)
    })
}

const FILIPINO_BEGINNINGS: &str = "paki pina ipa nakikipag makipag pakikipag ipinag ipina pinag nagpa \
     magpa pagpa nag mag pag naka maka";

/// "Nagmungkahi": whether a word looks like a Filipino verb.
fn is_filipino_form(word: &str) -> bool {
    let rest = FILIPINO_BEGINNINGS.split(' ').filter_map(|beginning| word.strip_prefix(beginning));
    rest.map(str::len).any(|length| length >= STEM)
}

const ROMANCE_ENDINGS: [&str; 28] = [
    "cao", "coes", "mente", "dade", "dades", "cion", "ciones", "ment", "ments", "tion", "tions",
    "ados", "adas", "idos", "idas", "ando", "endo", "aram", "eram", "ivel", "iveis", "agem",
    "agens", "icos", "icas", "ones", "ivos", "ivas",
];

/// "Proposição", "Renforcement": whether it looks like a noun or an adverb of Portuguese, Spanish or French.
fn is_romance_form(word: &str) -> bool {
    word.len() > 2 * STEM - 1 && ROMANCE_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// The words of texts that everyone in the room has, read when the first is needed.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedWords {
    texts: String,
    words: OnceLock<HashSet<CompactString>>,
}

impl SharedWords {
    pub(super) fn of(texts: &[String]) -> Self {
        Self { texts: texts.join("\n"), words: OnceLock::new() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let read = || fold(&self.texts).tokens.into_iter().map(|token| token.word).collect();
        !self.texts.is_empty() && self.words.get_or_init(read).contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_table_is_found_and_no_other() {
        for table in [&COMMON, &RARE, &MALAY, &FIRST] {
            assert!(table.text.starts_with("# ") && table.text.ends_with('\n'));
            let words: Vec<&str> = table.text.lines().skip(1).collect();
            assert!(words.windows(2).all(|two| two[0] < two[1]), "sorted, each once");
            let plain =
                |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
            assert_eq!(words.iter().find(|word| !plain(word)), None);
            assert!(words.iter().all(|word| table.has(word)));
            for other in ["", "#", "a", "kestr", "zzzz", "reis", "smith", "wanganui", "ß"] {
                assert!(!table.has(other), "{other}");
            }
        }
    }

    #[test]
    fn forms_of_other_languages_are_known() {
        for word in [
            "pembahasannya",
            "diusulkan",
            "menyokong",
            "nagmungkahi",
            "proposicao",
            "ipinaliwanag",
            "renforcement",
            "ang",
            "hakarak",
            "kementerian",
            "berkongsi",
        ] {
            assert!(begins_elsewhere(word, false) || is_common(word, false), "{word}");
        }
        for word in
            ["reis", "nguyen", "kestrel", "bernardo", "perera", "lestari", "bandung", "jica"]
        {
            assert!(!begins_elsewhere(word, true) && !is_common(word, true), "{word}");
        }
    }

    #[test]
    fn words_of_the_agenda_are_read_when_asked_for() {
        let shared = SharedWords::of(&["The Kestrel plan".to_owned(), "in Bandung".to_owned()]);
        assert!(shared.words.get().is_none());
        assert!(shared.has("kestrel") && shared.has("bandung") && !shared.has("reis"));
        assert!(!SharedWords::default().has(""));
    }
}
