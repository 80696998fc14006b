//! Text files: what they say once their escapes are undone.

use std::io::{self, Write};

use super::{Sieve, markup::letter};

/// How a file marks where a text ends, and encodes letters that it cannot contain as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFormat {
    /// JSON: texts in quotation marks, escapes after a backslash.
    Json,
    /// RON: the same; after `r`, texts without escapes; and comments.
    Ron,
    /// CSV: cells.
    Cells,
    /// Markdown: paragraphs and table cells, with marks, escapes, entities and tags.
    Markdown,
    /// Whatever else is in a package.
    Bytes,
}

/// The longest escape, entity or tag that is undone, in bytes.
const LONGEST: usize = 2048;

/// Undoes the escapes of a file that is written to it, piece by piece.
pub(super) struct PlainText<'w, 's> {
    kind: TextFormat,
    sieve: &'w mut Sieve<'s>,
    /// What was not understood yet, because its end is not here.
    rest: Vec<u8>,
    /// Whether the quotation marks of a cell or of a text in RON are open.
    quoted: bool,
    /// How many `#` end the open text in RON, if it is a text without escapes.
    hashes: Option<usize>,
    /// Whether a comment in RON is open.
    comment: bool,
    /// The letter that was last put.
    before: char,
    /// The first half of a letter that JSON writes in two halves.
    half: Option<u32>,
}

impl Write for PlainText<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        self.take(false);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w, 's> PlainText<'w, 's> {
    pub(super) fn new(kind: TextFormat, sieve: &'w mut Sieve<'s>) -> Self {
        Self {
            kind,
            sieve,
            rest: Vec::new(),
            quoted: false,
            hashes: None,
            comment: false,
            before: '\n',
            half: None,
        }
    }

    /// Whether nothing more is wanted.
    pub(super) fn is_stopped(&self) -> bool {
        self.sieve.stopped
    }

    /// Takes the rest as it is, and ends.
    pub(super) fn finish(mut self) {
        self.take(true);
        self.sieve.end();
    }

    fn take(&mut self, all: bool) {
        let bytes = std::mem::take(&mut self.rest);
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            let last = at + valid.len() + chunk.invalid().len() == bytes.len();
            let end = if all || !last { valid.len() } else { valid.len().saturating_sub(LONGEST) };
            let done = self.undo(valid, end);
            if last && !all {
                self.rest.extend_from_slice(&bytes[at + done..]);
                return;
            }
            at += valid.len() + chunk.invalid().len();
            self.sieve.put(if chunk.invalid().is_empty() { "" } else { "\u{fffd}" });
        }
    }

    /// Undoes what begins before a place; returns how far that reached.
    fn undo(&mut self, text: &str, end: usize) -> usize {
        let special: &[char] = match self.kind {
            TextFormat::Json => &['\\', '"'],
            TextFormat::Ron => &['\\', '"', '/', '\n'],
            TextFormat::Cells => &['"', ',', ';', '\t', '\n', '\r'],
            TextFormat::Markdown => &MARKS,
            TextFormat::Bytes => &[],
        };
        let special = special.iter().fold([false; 128], |mut known, sign| {
            known[*sign as usize] = true;
            known
        });
        let is_special = |byte: &u8| special.get(usize::from(*byte)).copied().unwrap_or_default();
        let mut at = 0;
        while at < end {
            let step = text.as_bytes()[at..].iter().position(is_special);
            let next = step.map_or(text.len(), |step| at + step);
            if next > at {
                // Text without special characters may be divided between any two letters.
                let mut until = next.min(end.max(at));
                while !text.is_char_boundary(until) {
                    until += 1;
                }
                self.put(&text[at..until]);
                at = until;
            }
            if at < end && at == next && next < text.len() {
                at += match self.kind {
                    TextFormat::Json => self.escaped(&text[at..]),
                    TextFormat::Ron => self.ron(&text[at..]),
                    TextFormat::Cells => self.cell(&text[at..]),
                    TextFormat::Markdown | TextFormat::Bytes => self.marked(&text[at..]),
                };
            }
        }
        at
    }

    fn put(&mut self, text: &str) {
        if let Some(last) = text.chars().next_back() {
            self.before = last;
            self.sieve.put(text);
        }
    }

    fn ron(&mut self, text: &str) -> usize {
        match text.as_bytes()[0] {
            b'"' if self.quoted => {
                let hashes = self.hashes.unwrap_or_default();
                if text[1..].bytes().take_while(|byte| *byte == b'#').count() >= hashes {
                    self.quoted = false;
                    self.sieve.end();
                    return 1 + hashes;
                }
                self.put("\"");
            }
            b'"' if !self.comment => {
                let open = self.sieve.open();
                let name = open.trim_end_matches('#');
                self.hashes = name.ends_with('r').then_some(open.len() - name.len());
                self.quoted = true;
                self.sieve.end();
            }
            b'\\' if self.quoted && self.hashes.is_none() => return self.escaped(text),
            b'\n' if self.comment => {
                self.comment = false;
                self.sieve.end();
            }
            sign => {
                self.comment |= !self.quoted && sign == b'/' && text[1..].starts_with('/');
                self.put(&text[..1]);
            }
        }
        1
    }

    fn escaped(&mut self, text: &str) -> usize {
        let mut letters = text.chars();
        if letters.next() == Some('"') {
            self.sieve.end();
            return 1;
        }
        let Some(escape) = letters.next() else { return 1 };
        let rest = letters.as_str();
        let mut bytes = [0; 4];
        let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok();
        let (code, length) = match escape {
            'n' | 'r' | 't' | 'b' | 'f' | '0' => {
                self.put("\n");
                return 2;
            }
            'u' if rest.starts_with('{') => {
                let end = rest.find('}').unwrap_or(0);
                (rest.get(1..end).and_then(hexadecimal), 3 + end)
            }
            'u' => (rest.get(..4).and_then(hexadecimal), 6),
            'x' => (rest.get(..2).and_then(hexadecimal), 4),
            plain => {
                self.put(plain.encode_utf8(&mut bytes));
                return 1 + plain.len_utf8();
            }
        };
        let Some(code) = code else {
            self.put("\\");
            return 1;
        };
        match (self.half.take(), code) {
            (_, 0xd800..=0xdbff) => self.half = Some(code - 0xd800),
            (Some(half), 0xdc00..=0xdfff) => {
                let whole = char::from_u32(0x1_0000 + (half << 10) + (code - 0xdc00));
                self.put(whole.unwrap_or_default().encode_utf8(&mut bytes));
            }
            _ => self.put(char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut bytes)),
        }
        length
    }

    fn cell(&mut self, text: &str) -> usize {
        if text.starts_with("\"\"") && self.quoted {
            self.put("\"");
            return 2;
        }
        match text.as_bytes()[0] {
            b'"' => self.quoted = !self.quoted,
            _ if self.quoted => self.put(&text[..1]),
            _ => self.sieve.end(),
        }
        1
    }

    fn marked(&mut self, text: &str) -> usize {
        let mut letters = text.chars();
        let sign = letters.next().unwrap_or_default();
        let rest = letters.as_str();
        let next = letters.next().unwrap_or('\n');
        let mut bytes = [0; 4];
        match sign {
            '\\' if next.is_ascii_punctuation() => {
                self.put(next.encode_utf8(&mut bytes));
                return 2;
            }
            '&' => {
                let end = rest.bytes().take(40).position(|byte| byte == b';');
                if let Some(end) = end
                    && let Some(letter) = letter(&rest[..end])
                {
                    self.put(letter.encode_utf8(&mut bytes));
                    return end + 2;
                }
                self.put("&");
            }
            // A tag: its content is searched too, and the words go on after it.
            '<' if next.is_ascii_alphabetic() || matches!(next, '/' | '!') => {
                if let Some(end) = rest.find('>').filter(|end| *end < LONGEST) {
                    self.sieve.aside(&rest[..end]);
                    return end + 2;
                }
                self.put("<");
            }
            // A link: its target is searched too, and the words go on after it.
            ']' if next == '(' => {
                if let Some(end) = rest.find(')').filter(|end| *end < LONGEST) {
                    self.sieve.aside(&rest[1..end]);
                    return end + 2;
                }
                self.put("]");
            }
            '[' | ']' => {}
            '|' => self.sieve.end(),
            '\n' => {
                let line = rest.trim_start_matches([' ', '>', '\t']);
                let mark = line.starts_with(['\n', '\r', '#', '|']) || is_item(line);
                if mark {
                    self.sieve.end();
                } else {
                    self.put("\n");
                }
            }
            '_' if self.before.is_alphanumeric() && next.is_alphanumeric() => self.put(" "),
            // Marks for how letters look.
            _ => {}
        }
        1
    }
}

/// Characters of Markdown that are not part of the words.
const MARKS: [char; 11] = ['\\', '&', '<', '[', ']', '|', '\n', '_', '*', '`', '~'];

/// Whether an item of a list begins with a line.
fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let mark = if rest.len() < line.len() { rest.strip_prefix(['.', ')']) } else { None };
    mark.or_else(|| line.strip_prefix(['-', '*', '+'])).is_some_and(|rest| rest.starts_with(' '))
}
