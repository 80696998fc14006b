//! RON as tokens. Whatever the bytes are, every one of them ends up in a token or between two tokens.

use super::page::SourceText;

/// What sort of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An opening bracket, identified by the one that closes it.
    Open(u8),
    /// A closing bracket.
    Close(u8),
    Comma,
    Colon,
    /// A text with its quotation marks.
    Text,
    /// A number, or anything that begins with a digit: `9:00`, `2025-05-27`.
    Number,
    /// A name or a bare word.
    Word,
    /// Characters that do not belong here.
    Odd,
    /// The end of the file.
    End,
}

/// A piece of the text, by its place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScanToken {
    pub(super) kind: TokenKind,
    start: u32,
    end: u32,
}

impl ScanToken {
    fn new(kind: TokenKind, start: usize, end: usize) -> Self {
        Self { kind, start: start as u32, end: end as u32 }
    }

    /// Where it begins.
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    /// Whether it is an end that hides what would have followed.
    pub(super) fn is_lost(self) -> bool {
        self.kind == TokenKind::End && self.start < self.end
    }

    /// Where it ends.
    pub(super) fn end(self) -> usize {
        self.end as usize
    }
}

/// The tokens of a page, ending with the end token. Comments and attributes are left out; texts
/// and comments that never end are reported where they begin.
pub(super) fn tokens(page: &mut SourceText<'_>) -> Vec<ScanToken> {
    let mut scan = Scanner { text: page.text, at: 0, page, tokens: Vec::new(), lost: None };
    while scan.step() {}
    let end = ScanToken::new(TokenKind::End, scan.lost.unwrap_or(scan.at), scan.at);
    scan.tokens.push(end);
    scan.tokens
}

struct Scanner<'p, 't> {
    text: &'t str,
    at: usize,
    page: &'p mut SourceText<'t>,
    tokens: Vec<ScanToken>,
    /// Where something begins that swallows the rest.
    lost: Option<usize>,
}

/// RON's white space, and what comes along when text is pasted from elsewhere.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

fn is_word(c: char) -> bool {
    let mark = !c.is_ascii() && !c.is_whitespace() && !c.is_control();
    let sign = matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}');
    c.is_alphanumeric() || c == '_' || (mark && !sign && c != '\u{feff}')
}

const CLOSE_IT: &str = "End it with a quotation mark: \"…\".";

/// What closes a text that was opened with a mark other than RON's own.
fn foreign_close(open: char) -> Option<[char; 2]> {
    match open {
        '\'' => Some(['\'', '\'']),
        '‘' => Some(['’', '\'']),
        '“' | '„' | '”' => Some(['”', '"']),
        '«' => Some(['»', '»']),
        _ => None,
    }
}

impl<'t> Scanner<'_, 't> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        self.tokens.push(ScanToken::new(kind, self.at, self.at + length));
        self.at += length;
    }

    /// Takes one token, comment or stretch of white space; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let second = rest[first.len_utf8()..].chars().next().unwrap_or(' ');
        match first {
            c if is_space(c) => self.at += first.len_utf8(),
            '(' => self.push(TokenKind::Open(b')'), 1),
            '[' => self.push(TokenKind::Open(b']'), 1),
            '{' => self.push(TokenKind::Open(b'}'), 1),
            ')' | ']' | '}' => self.push(TokenKind::Close(first as u8), 1),
            ',' => self.push(TokenKind::Comma, 1),
            ':' => self.push(TokenKind::Colon, 1),
            '/' if second == '/' => self.at += self.line().len(),
            '/' if second == '*' => self.block_comment(),
            '#' => self.attribute(),
            '"' => self.text(),
            'r' if self.raw_text() => {}
            c if foreign_close(c).is_some() => self.foreign_text(c),
            c if c.is_ascii_digit() => self.number(),
            '+' | '-' | '.' if second.is_ascii_digit() => self.number(),
            c if c.is_alphabetic() || c == '_' => self.word(),
            _ => self.odd(),
        }
        true
    }

    fn block_comment(&mut self) {
        let bytes = self.rest().as_bytes();
        let (mut depth, mut at) = (0_usize, 0);
        while at + 1 < bytes.len() {
            match &bytes[at..at + 2] {
                b"/*" => (depth, at) = (depth + 1, at + 2),
                b"*/" => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            if depth == 0 {
                self.at += at;
                return;
            }
        }
        let what = "A comment begins here and never ends.";
        self.page.mistake(self.at, what, "End it with */ or begin each of its lines with //.");
        self.lose_rest();
    }

    /// `#![enable(…)]` means nothing to this reader; any other `#` was meant as a comment.
    fn attribute(&mut self) {
        /// No attribute of RON's is longer.
        const LONGEST: usize = 200;
        let rest = self.rest().as_bytes();
        let rest = &rest[..rest.len().min(LONGEST)];
        let inner = rest[1..].trim_ascii_start().strip_prefix(b"!").map(<[u8]>::trim_ascii_start);
        if inner.is_some_and(|inner| inner.starts_with(b"["))
            && let Some(close) = memchr::memchr(b']', rest)
        {
            self.at += close + 1;
            return;
        }
        self.page.mistake(self.at, "A comment does not begin with #.", "Begin it with //.");
        self.at += self.line().len();
    }

    fn text(&mut self) {
        let rest = self.rest();
        let Some(close) = closing(rest) else { return self.unclosed() };
        let next = rest[close + 1..].chars().next().unwrap_or(' ');
        let goes_on = !is_space(next) && !matches!(next, ',' | ')' | ']' | '}' | ':' | '/');
        if goes_on && rest[..close].contains('\n') {
            // What looks like the end of this text begins the next one.
            return self.unclosed();
        }
        if goes_on && let Some(kept) = next_field(&rest[1..close]) {
            self.page.mistake(self.at, "A text begins here and never ends.", CLOSE_IT);
            return self.push(TokenKind::Text, 1 + kept);
        }
        if goes_on && next.is_alphanumeric() {
            let what = "The text ends at this quotation mark, but words follow it.";
            let instead = "Inside a text write \\\" for a quotation mark, or use “ and ”.";
            self.page.mistake(self.at + close, what, instead);
            let last = self.line().rfind('"').unwrap_or(close);
            return self.push(TokenKind::Text, last + 1);
        }
        self.push(TokenKind::Text, close + 1);
    }

    /// The rest of this line.
    fn line(&self) -> &'t str {
        let rest = self.rest();
        &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
    }

    /// A text without an end: it is taken to end with its first line.
    fn unclosed(&mut self) {
        self.page.mistake(self.at, "A text begins here and never ends.", CLOSE_IT);
        let kept = self.line().trim_end_matches(|c: char| is_space(c) || ",)]}".contains(c));
        self.push(TokenKind::Text, kept.len().max(1));
    }

    /// Takes `r"…"` and `r#"…"#`; false if there is none.
    fn raw_text(&mut self) -> bool {
        let rest = &self.rest()[1..];
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if !rest[hashes..].starts_with('"') {
            return false;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let found = memchr::memmem::find(&rest.as_bytes()[hashes + 1..], close.as_bytes());
        if let Some(length) = found {
            self.push(TokenKind::Text, 1 + hashes + 1 + length + close.len());
        } else {
            let instead = format!("End it with {close}.");
            self.page.mistake(self.at, "A text begins here and never ends.", instead);
            self.lose_rest();
        }
        true
    }

    /// Gives up the rest: what begins here would have to end before anything after it could be recognised.
    fn lose_rest(&mut self) {
        self.lost = Some(self.at);
        self.at = self.text.len();
    }

    /// A text in quotation marks that are not RON's: reported, and read as it was meant.
    fn foreign_text(&mut self, open: char) {
        let instead = "Write \"…\" with the straight double quotation mark.";
        self.page.mistake(self.at, format!("A text does not begin with {open}."), instead);
        let inner = &self.rest()[open.len_utf8()..];
        let ends =
            |c: char| c == '\n' || foreign_close(open).is_some_and(|closes| closes.contains(&c));
        let found = inner.char_indices().find(|(_, c)| ends(*c));
        let length = match found {
            Some((at, mark)) if mark != '\n' => open.len_utf8() + at + mark.len_utf8(),
            _ => {
                let unkept = |c: char| is_space(c) || ",)]}".contains(c);
                self.line().trim_end_matches(unkept).len()
            }
        };
        self.push(TokenKind::Text, length.max(open.len_utf8()));
    }

    fn number(&mut self) {
        let rest = self.rest();
        let mut letters = rest.char_indices().skip(1).peekable();
        let mut length = rest.len();
        while let Some((at, letter)) = letters.next() {
            let joins =
                letter == ':' && letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !(letter.is_alphanumeric() || matches!(letter, '_' | '.' | '+' | '-') || joins) {
                length = at;
                break;
            }
        }
        self.push(TokenKind::Number, length);
    }

    fn word(&mut self) {
        let rest = self.rest();
        let raw = if rest.starts_with("r#") { 2 } else { 0 };
        let mut letters = rest[raw..].char_indices().peekable();
        let mut length = rest.len();
        while let Some((at, letter)) = letters.next() {
            let joins = matches!(letter, '-' | '/')
                && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if !(is_word(letter) || joins) {
                length = raw + at;
                break;
            }
        }
        self.push(TokenKind::Word, length.max(1));
    }

    fn odd(&mut self) {
        let known = |c: char| {
            is_space(c) || is_word(c) || "()[]{},:#\"/".contains(c) || foreign_close(c).is_some()
        };
        let rest = self.rest();
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest[first..].find(known).map_or(rest.len(), |more| first + more);
        self.push(TokenKind::Odd, length);
    }
}

/// Where a text really ended that ran on into the name of the next field: `Opening, start: `.
fn next_field(text: &str) -> Option<usize> {
    let before = text.trim_end_matches([' ', '[', '(']).strip_suffix(':')?;
    let comma = before.rfind(',')?;
    let name = before[comma + 1..].trim();
    (!name.is_empty() && name.chars().all(is_word)).then_some(comma)
}

/// Where the quotation mark is that ends this text.
fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}
