//! Text as words that can be compared: one form for all the ways a name can be written.
//!
//! Each letter is decomposed (NFKD, so fullwidth letters and ligatures become plain ones) and loses its
//! accents and its case; invisible characters are left out; letters of other scripts that look like
//! Latin ones become those (UTS #39, from `unicode-security`) if that makes a word wholly Latin.
//! Every word keeps its place in the text as it was typed.

use std::ops::Range;

use bitflags::bitflags;
use compact_str::CompactString;
use unicode_normalization::char::decompose_compatible;
use unicode_security::confusable_detection::skeleton;

use super::lists::{List, PERSONS};
use super::vietnamese;

static SHORTENED: List = List::of(PERSONS, "shortened");
static SHORTENED_CAPITALS: List = List::of(PERSONS, "shortened with a capital");

bitflags! {
    /// What is between a word and the one before it, several things at once.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct WordGap: u16 {
        const SPACE = 1 << 0;
        const LINE = 1 << 1;
        const COMMA = 1 << 2;
        /// The end of a sentence or a point.
        const STOP = 1 << 3;
        const COLON = 1 << 4;
        /// A dash between clauses.
        const DASH = 1 << 5;
        /// A hyphen within a word.
        const HYPHEN = 1 << 6;
        const OPEN = 1 << 7;
        const CLOSE = 1 << 8;
        const QUOTE = 1 << 9;
        /// `/`, `&`, `+`: equivalent to "and".
        const AND = 1 << 10;
        /// Square brackets, which notes use for codes of speakers.
        const SQUARE = 1 << 11;
        const DOT = 1 << 12;
        /// Whatever ends a clause, except a comma.
        const BREAKS = Self::STOP.bits()
            | Self::COLON.bits()
            | Self::DASH.bits()
            | Self::OPEN.bits()
            | Self::CLOSE.bits();
        /// Whatever separates a name from what is beside it.
        const PARTS = Self::BREAKS.bits() | Self::COMMA.bits() | Self::AND.bits();
    }
}

impl WordGap {
    /// Whether one of these is there.
    pub(super) fn has(self, other: Self) -> bool {
        self.intersects(other)
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Capital,
    Upper,
}

/// A word of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its folded letters.
    pub(super) word: CompactString,
    /// Its place in the text, without a possessive ending.
    pub(super) range: Range<usize>,
    pub(super) case: Case,
    /// Whether `'s` or a single apostrophe follows.
    pub(super) possessive: bool,
    /// Whether the word lost an accent.
    pub(super) accented: bool,
    /// Whether it is in a script that puts no spaces between words.
    pub(super) unspaced: bool,
    /// What precedes it.
    pub(super) before: WordGap,
}

/// A text as words, and what comes after the last.
#[derive(Clone, Debug, Default)]
pub(super) struct FoldedWords {
    pub(super) tokens: Vec<Token>,
    pub(super) end: WordGap,
    /// Whether they are Vietnamese.
    pub(super) vietnamese: bool,
}

/// Whether a letter is invisible, so that it can hide in a name.
fn unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
        | '\u{17b5}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether words in the letter's script are written without spaces: Thai, Lao, Burmese, Khmer,
/// Japanese, Chinese.
fn unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{19e0}'..='\u{19ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

fn apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '＇' | '′' | '`')
}

/// The gap that a character makes; `None` if it is a letter.
fn gap(letter: char) -> Option<WordGap> {
    if letter.is_ascii_alphanumeric() {
        return None;
    }
    Some(match letter {
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            WordGap::SPACE
        }
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => WordGap::LINE,
        ',' | '،' | '、' | '၊' => WordGap::COMMA,
        '.' => WordGap::DOT,
        '!' | '?' | ';' | '。' | '؛' | '؟' | '۔' | '।' | '॥' | '။' | '។' | '៕' | '…' | '•'
        | '·' | '‣' | '▪' => WordGap::STOP,
        ':' | '：' | '៖' => WordGap::COLON,
        '–' | '—' | '―' | '→' | '>' | '=' | '|' => WordGap::DASH,
        '-' | '‐' | '‑' | '−' | '_' => WordGap::HYPHEN,
        '(' | '{' => WordGap::OPEN,
        ')' | '}' => WordGap::CLOSE,
        '[' => WordGap::OPEN | WordGap::SQUARE,
        ']' => WordGap::CLOSE | WordGap::SQUARE,
        '/' | '&' | '+' => WordGap::AND,
        '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => {
            WordGap::QUOTE
        }
        _ if apostrophe(letter) => WordGap::QUOTE,
        '\u{1f1e6}'..='\u{1f1ff}' => return None,
        // Most letters that are not ASCII; the tables of all letters are slow.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{4e00}'..='\u{9fff}' => return None,
        _ if letter.is_alphanumeric() => return None,
        _ if letter.is_ascii() || letter.is_whitespace() || letter.is_control() => WordGap::SPACE,
        '¡'..='¿'
        | '×'
        | '÷'
        | '\u{2010}'..='\u{206f}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}'
        | '\u{1f000}'..='\u{1faff}' => WordGap::SPACE,
        // Marks of Indic and other scripts belong to their word.
        _ => return None,
    })
}

/// A word that is being read.
#[derive(Default)]
struct OpenWord {
    word: CompactString,
    start: usize,
    end: usize,
    letters: u32,
    upper: u32,
    first_upper: bool,
    accented: bool,
    /// Whether it has a letter of a script whose letters look like Latin ones.
    foreign: bool,
    script: LetterScript,
}

/// The script of a word's letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LetterScript {
    #[default]
    Spaced,
    Unspaced,
    /// The two letters of a flag.
    Flag,
}

impl LetterScript {
    fn of(letter: char) -> Self {
        match letter {
            '\u{1f1e6}'..='\u{1f1ff}' => Self::Flag,
            _ if unspaced(letter) => Self::Unspaced,
            _ => Self::Spaced,
        }
    }
}

/// Reads a text as words.
pub(super) fn fold(text: &str) -> FoldedWords {
    let tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut words = FoldedWords { tokens, end: WordGap::STOP, vietnamese: false };
    let mut open: Option<OpenWord> = None;
    let mut before = WordGap::STOP;
    let mut letters = text.char_indices().peekable();
    let close = |open: &mut Option<OpenWord>, words: &mut FoldedWords, before: &mut WordGap| {
        if let Some(open) = open.take() {
            words.tokens.push(token(text, open, *before));
            *before = WordGap::default();
        }
    };
    while let Some((at, letter)) = letters.next() {
        if letter.is_ascii_alphanumeric()
            && let Some(word) = open.as_mut().filter(|word| word.script == LetterScript::Spaced)
        {
            // The great majority of letters, and nothing else applies to them.
            let rest = &text[at..];
            let length = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric());
            let run = &rest[..length.unwrap_or(rest.len())];
            if run.bytes().any(|byte| byte.is_ascii_uppercase()) {
                run.chars().for_each(|letter| add(word, letter));
            } else {
                word.letters += run.len() as u32;
                word.word.push_str(run);
            }
            word.end = at + run.len();
            for _ in 1..run.len() {
                letters.next();
            }
            continue;
        }
        if !letter.is_ascii() && unseen(letter) {
            continue;
        }
        let next = letters.peek().map(|(_, next)| *next);
        if apostrophe(letter) && open.is_some() {
            let rest = &text[at + letter.len_utf8()..];
            if let Some(taken) = possessive(rest, open.as_ref()) {
                close(&mut open, &mut words, &mut before);
                if let Some(last) = words.tokens.last_mut() {
                    last.possessive = true;
                }
                if taken {
                    letters.next();
                }
                continue;
            }
            let negation = open.as_ref().is_some_and(|open| open.word.ends_with('n'));
            if negation && next.is_some_and(|next| matches!(next, 't' | 'T')) {
                continue;
            }
        }
        let Some(found) = gap(fullwidth(letter)) else {
            let script = LetterScript::of(letter);
            let parted = |open: &OpenWord| {
                let full = open.script == LetterScript::Flag && open.letters > 1;
                full || open.script != script && !is_mark(letter)
            };
            if open.as_ref().is_some_and(parted) {
                close(&mut open, &mut words, &mut before);
            }
            let word = open.get_or_insert_with(|| OpenWord {
                start: at,
                script,
                first_upper: letter.is_uppercase(),
                ..OpenWord::default()
            });
            add(word, letter);
            word.end = at + letter.len_utf8();
            continue;
        };
        close(&mut open, &mut words, &mut before);
        if let Some(length) = spelt(&text[at..]) {
            before.insert(if length == LINE_SPELT { WordGap::LINE } else { WordGap::SPACE });
            while letters.next_if(|(place, _)| *place < at + length).is_some() {}
            continue;
        }
        let spaced =
            || next.is_none_or(|next| gap(next).is_some_and(|gap| !gap.has(WordGap::HYPHEN)));
        before.insert(match found {
            WordGap::DOT if spaced() && !abbreviated(&words.tokens, before) => WordGap::STOP,
            WordGap::HYPHEN if before.has(WordGap::SPACE) || before.has(WordGap::LINE) => {
                if before.has(WordGap::LINE) { WordGap::STOP } else { WordGap::DASH }
            }
            WordGap::HYPHEN if next == Some('-') => WordGap::DASH,
            WordGap::LINE
                if before.has(WordGap::LINE) && letter == '\n' && !text[..at].ends_with('\r') =>
            {
                WordGap::STOP
            }
            found => found,
        });
    }
    close(&mut open, &mut words, &mut before);
    before.insert(WordGap::STOP);
    words.end = before;
    words.vietnamese = vietnamese::is_text(text, &words.tokens);
    words
}

/// The length of `\n`, and of any other character after a backslash.
const LINE_SPELT: usize = 2;

/// The length of an escaped space or line end before a name, as in text that was copied from
/// a program or an address: `\nMei`, `Tan%20Mei`.
pub(super) fn spelt(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let length = match bytes {
        [b'\\', b'n' | b'r' | b't' | b'f' | b'v', ..] => LINE_SPELT,
        [b'%', b'0'..=b'9', second, ..] if second.is_ascii_hexdigit() => 3,
        _ => return None,
    };
    let next = text.get(length..)?.chars().next()?;
    let is_name = next.is_alphabetic() && !next.is_lowercase() || length > LINE_SPELT;
    is_name.then_some(length)
}

/// Double-width characters as plain ones.
fn fullwidth(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        letter => letter,
    }
}

/// Whether a possessive apostrophe is followed by `s`; `None` if the character is something else.
fn possessive(rest: &str, open: Option<&OpenWord>) -> Option<bool> {
    let mut letters = rest.chars().filter(|letter| !unseen(*letter));
    let (first, second) = (letters.next(), letters.next());
    let ends = |letter: Option<char>| letter.is_none_or(|letter| gap(letter).is_some());
    if first.is_some_and(|first| matches!(first, 's' | 'S')) && ends(second) {
        return Some(true);
    }
    let plural = open.is_some_and(|open| open.word.ends_with('s') && open.letters > 3);
    (plural && ends(first)).then_some(false)
}

/// Whether a dot after the last word does not end a sentence: "Mr.", "P.D.R.".
fn abbreviated(tokens: &[Token], before: WordGap) -> bool {
    !before.has(WordGap::PARTS)
        && tokens.last().is_some_and(|last| {
            last.word.chars().count() == 1 && last.case != Case::Lower
                || SHORTENED.has(&last.word)
                || last.case == Case::Capital && SHORTENED_CAPITALS.has(&last.word)
        })
}

fn add(open: &mut OpenWord, letter: char) {
    if letter.is_ascii() {
        open.letters += 1;
        open.upper += u32::from(letter.is_ascii_uppercase());
        open.word.push(letter.to_ascii_lowercase());
        return;
    }
    if let '\u{1f1e6}'..='\u{1f1ff}' = letter {
        open.letters += 1;
        open.upper += 1;
        let offset = u32::from(letter) - 0x1f1e6;
        open.word.push(char::from(b'a' + offset as u8));
        return;
    }
    decompose_compatible(letter, |part| {
        if is_mark(part) {
            open.accented = true;
        } else if !unseen(part) {
            // Scripts without spaces have no capitals.
            let cased = open.script != LetterScript::Unspaced;
            open.letters += u32::from(!cased || part.is_alphanumeric());
            open.upper += u32::from(cased && part.is_uppercase());
            open.foreign |= matches!(part, '\u{370}'..='\u{58f}' | '\u{10a0}'..='\u{10ff}'
                | '\u{13a0}'..='\u{13ff}' | '\u{1c80}'..='\u{1c8f}' | '\u{a4d0}'..='\u{a4ff}'
                | '\u{1d00}'..='\u{1dbf}' | '\u{250}'..='\u{2af}' | '\u{a720}'..='\u{a7ff}');
            match part {
                'đ' | 'Đ' | 'ð' => open.word.push('d'),
                'ø' | 'Ø' => open.word.push('o'),
                'ł' | 'Ł' => open.word.push('l'),
                'ı' => open.word.push('i'),
                'ß' => open.word.push_str("ss"),
                'æ' | 'Æ' => open.word.push_str("ae"),
                'œ' | 'Œ' => open.word.push_str("oe"),
                part => open.word.extend(part.to_lowercase().filter(|part| !is_mark(*part))),
            }
        }
    });
}

fn token(text: &str, open: OpenWord, before: WordGap) -> Token {
    let case = if open.upper > 1 && open.upper == open.letters || open.script == LetterScript::Flag
    {
        Case::Upper
    } else if open.first_upper || open.upper == 1 && open.letters == 1 {
        Case::Capital
    } else {
        Case::Lower
    };
    let range = open.start..open.end;
    let mut word = open.word;
    if open.foreign
        && let Some(latin) = latin(&text[range.clone()])
    {
        word = latin;
    } else if let Some(plain) = digits(&text[range.clone()], case) {
        word = plain;
    }
    Token {
        word,
        range,
        case,
        possessive: false,
        accented: open.accented,
        unspaced: open.script == LetterScript::Unspaced,
        before,
    }
}

/// The Latin letters that a word of other scripts looks like, if each of its letters does.
fn latin(word: &str) -> Option<CompactString> {
    let mut out = CompactString::default();
    let mixed = word.chars().any(|letter| letter.is_ascii_alphabetic());
    let mut bytes = [0; 4];
    for letter in word.chars().filter(|letter| !unseen(*letter) && !is_mark(*letter)) {
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
            continue;
        }
        let before = out.len();
        for part in skeleton(letter.encode_utf8(&mut bytes)) {
            if part.is_ascii_alphabetic() {
                out.push(part.to_ascii_lowercase());
            } else if !is_mark(part) {
                out.truncate(before);
                break;
            }
        }
        if out.len() == before {
            // Small letters that only their capitals resemble, and Latin letters with a shape of
            // their own; believed only among Latin letters.
            let capital = letter.to_uppercase().next().filter(|capital| *capital != letter)?;
            let alike: CompactString = skeleton(capital.encode_utf8(&mut bytes)).collect();
            if !mixed || alike.len() != 1 || !alike.is_ascii() {
                return None;
            }
            out.push_str(&alike.to_ascii_lowercase());
        }
    }
    Some(out)
}

/// `Ma1aysia`, `MaIaysia`, `Ind0nesia` as meant; `None` for a word without such a character.
fn digits(word: &str, case: Case) -> Option<CompactString> {
    if !word.is_ascii() || case == Case::Upper {
        return None;
    }
    let odd = |(at, byte): (usize, &u8)| match byte {
        b'0' | b'1' => at > 0,
        b'I' => at > 1,
        _ => false,
    };
    let letters = word.bytes().filter(u8::is_ascii_lowercase).count();
    if letters < 4 || !word.as_bytes().iter().enumerate().any(odd) {
        return None;
    }
    let plain = word.bytes().enumerate().map(|(at, byte)| match byte {
        b'0' => 'o',
        b'1' => 'l',
        b'I' if at > 1 => 'l',
        byte => char::from(byte.to_ascii_lowercase()),
    });
    Some(plain.collect())
}

/// The places in the text of folded bytes of a word, in their order.
pub(super) fn places(text: &str, token: &Token, folded: &[usize]) -> Vec<usize> {
    let mut places = Vec::with_capacity(folded.len());
    let mut length = 0;
    for (at, letter) in text[token.range.clone()].char_indices().filter(|(_, l)| !unseen(*l)) {
        while folded.get(places.len()).is_some_and(|wanted| length >= *wanted) {
            places.push(token.range.start + at);
        }
        let mut one = OpenWord::default();
        add(&mut one, letter);
        length += one.word.len();
    }
    places.resize(folded.len(), token.range.end);
    places
}
