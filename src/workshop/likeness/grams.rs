//! The letters of a text as likeness compares them: folded, cut into pieces, each piece a number.

use std::iter;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many letters of a text are compared. Points are short; a pasted document must not delay
/// the person typing.
pub(super) const LONGEST: usize = 2_000;
/// Letters of a word that its root keeps: enough to tell most words apart, few enough to drop most
/// endings, in any language that writes them at the end.
const ROOT: usize = 4;
/// Put before and after a word, so that its beginning differs from its middle.
const EDGE: char = ' ';

/// How a script shows where words begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Spaces between words.
    Spaced,
    /// No spaces: Thai, Lao, Khmer, Burmese and related scripts.
    Unspaced,
    /// No spaces, and a letter is a syllable or a word.
    Syllables,
}

impl Writing {
    fn of(letter: char) -> Self {
        match letter as u32 {
            // Thai and Lao; Burmese; Khmer; Tai Le to Khmer symbols; Tai Tham; Burmese extended;
            // Tai Viet.
            0x0e00..=0x0eff
            | 0x1000..=0x109f
            | 0x1780..=0x17ff
            | 0x1950..=0x19ff
            | 0x1a20..=0x1aaf
            | 0xa9e0..=0xa9ff
            | 0xaa60..=0xaadf => Self::Unspaced,
            // Kana, Han, Hangul.
            0x2e80..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => {
                Self::Syllables
            }
            _ => Self::Spaced,
        }
    }

    /// The lengths of the pieces that points are found by, and of those that only rank them. The first
    /// row was measured; there were no labelled data for the others.
    fn lengths(self) -> (usize, usize) {
        match self {
            Self::Spaced => (ROOT, 5),
            Self::Unspaced => (3, 4),
            Self::Syllables => (2, 3),
        }
    }
}

/// The letters that count, in lower case and composed the same however typed, with one space between
/// words. Marks are kept: in Thai and Khmer they are vowels, in Vietnamese they make another word.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(LONGEST));
    if text.is_ascii() {
        let letters = text.bytes().take(LONGEST).map(|byte| char::from(byte.to_ascii_lowercase()));
        squeeze(letters, &mut folded);
    } else {
        let letters = text.chars().take(LONGEST).nfkc().flat_map(char::to_lowercase).nfc();
        squeeze(letters.take(LONGEST), &mut folded);
    }
    folded
}

fn squeeze(letters: impl Iterator<Item = char>, into: &mut String) {
    let mut apart = false;
    for letter in letters {
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            if apart && !into.is_empty() {
                into.push(EDGE);
            }
            apart = false;
            into.push(letter);
        } else {
            apart = apart || !is_inside(letter);
        }
    }
}

/// What some people type inside a word and others do not: apostrophes, joiners, invisible breaks.
fn is_inside(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '\u{2019}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// The pieces of a folded text: those that points are found by, each once; and all of them, as often as
/// they occur. Both in order.
#[derive(Default)]
pub(super) struct Pieces {
    /// Beginnings of words, or the shortest pieces where words are not separated.
    pub(super) roots: Vec<u32>,
    /// Every piece, roots included.
    pub(super) all: Vec<u32>,
    letters: Vec<char>,
}

impl Pieces {
    /// Fills them from this text. What the buffers held is gone.
    pub(super) fn read(&mut self, folded: &str) {
        self.roots.clear();
        self.all.clear();
        for word in folded.split(EDGE) {
            let mut rest = word;
            // One run may have two scripts: each is cut according to its own rules.
            while let Some(first) = rest.chars().next() {
                let writing = Writing::of(first);
                let ends =
                    |letter: char| Writing::of(letter) != writing && !is_combining_mark(letter);
                let end = rest.find(ends).unwrap_or(rest.len());
                self.run(&rest[..end], writing);
                rest = &rest[end..];
            }
        }
        self.all.extend_from_slice(&self.roots);
        self.all.sort_unstable();
        self.roots.sort_unstable();
        self.roots.dedup();
    }

    fn run(&mut self, run: &str, writing: Writing) {
        self.letters.clear();
        let (root, length) = writing.lengths();
        if writing == Writing::Spaced {
            self.letters.extend(iter::once(EDGE).chain(run.chars()).chain(iter::once(EDGE)));
            let word = &self.letters[1..self.letters.len() - 1];
            self.roots.push(number(&word[..word.len().min(root)], 0));
        } else {
            self.letters.extend(run.chars());
            cut(&self.letters, root, &mut self.roots);
        }
        cut(&self.letters, length, &mut self.all);
    }
}

fn cut(letters: &[char], length: usize, into: &mut Vec<u32>) {
    if letters.len() <= length {
        into.push(number(letters, letters.len()));
    } else {
        into.extend(letters.windows(length).map(|piece| number(piece, length)));
    }
}

/// A piece's number: FNV-1a, then mixed so that its low bits may serve as a place in a table
/// (Appleby's `MurmurHash3` finaliser). Two pieces almost never share one.
fn number(piece: &[char], kind: usize) -> u32 {
    let step = |hash: u32, value: u32| (hash ^ value).wrapping_mul(0x0100_0193);
    let start = step(0x811c_9dc5, kind as u32);
    let mut hash = piece.iter().fold(start, |hash, letter| step(hash, *letter as u32));
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::{Pieces, fold};

    #[test]
    fn texts_fold_alike_however_they_were_typed() {
        for (one, other) in [
            ("Don’t  SHARE—ever!", "dont share ever"),
            ("Tiếng Việt", "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t"),
            ("ﬁle №５", "file no5"),
            ("ភាសា\u{200b}ខ្មែរ", "ភាសាខ្មែរ"),
            ("น\u{e4d}\u{e49}า", "น\u{e4d}\u{e49}า"),
            (" … ", ""),
        ] {
            assert_eq!(fold(one), fold(other), "{one:?}");
        }
        assert_ne!(fold("ma"), fold("má"));
    }

    #[test]
    fn every_script_has_pieces() {
        let mut pieces = Pieces::default();
        for text in ["a", "water", "ข้อมูล", "ນ້ຳ", "ភាសា", "水", "데이터", "पानी", "e7 ไทย中文"]
        {
            pieces.read(&fold(text));
            assert!(!pieces.roots.is_empty() && pieces.all.len() > pieces.roots.len(), "{text}");
        }
        pieces.read("");
        assert!(pieces.roots.is_empty() && pieces.all.is_empty());
    }
}
