//! RON as a tree in which everything knows its place.
//!
//! The `ron` crate stops at the first mistake and does not say where the things it read were.
//! This reader continues after a mistake, so that all of them can be reported at once, and is more
//! tolerant: bare words, `9:00` without quotation marks, JSON's way of writing fields.

use super::page::SourceText;
use super::scan::{ScanToken, TokenKind, tokens};

/// A value and its place.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) at: usize,
    pub(super) value: Value<'t>,
}

/// What a value is, before anyone asks what it should be.
#[derive(Debug)]
pub(super) enum Value<'t> {
    /// A text in quotation marks.
    Text(String),
    /// A bare word.
    Word(&'t str),
    /// A number, date or time, as it was written.
    Number(&'t str),
    /// `[…]`, or `(…)` and `{…}` without names in it.
    List(Vec<Node<'t>>),
    /// `(name: …)`, with or without a name before it; `()` too.
    Fields(Vec<TreeField<'t>>),
    /// Something that was already reported.
    Broken,
}

/// A name with a value.
#[derive(Debug)]
pub(super) struct TreeField<'t> {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) node: Node<'t>,
}

/// Reads the one value of a page; `None` if there is none at all.
pub(super) fn read<'t>(page: &mut SourceText<'t>) -> Option<Node<'t>> {
    let tokens = tokens(page);
    let mut parser =
        Parser { text: page.text, page, tokens, next: 0, open: Vec::new(), implied: false };
    if parser.peek().kind == TokenKind::End {
        return None;
    }
    let node = if parser.field_name().is_some() { parser.bare_fields() } else { parser.value() };
    let rest = parser.peek();
    if rest.kind != TokenKind::End {
        let what = "The agenda ended before this.";
        parser.page.mistake(rest.start(), what, "Nothing but comments may follow it.");
    }
    Some(node)
}

struct Parser<'p, 't> {
    text: &'t str,
    page: &'p mut SourceText<'t>,
    tokens: Vec<ScanToken>,
    next: usize,
    /// What closes the brackets that are open.
    open: Vec<u8>,
    /// Whether a bracket was just taken as closed that is not.
    implied: bool,
}

/// Deeper than any agenda, and shallow enough for every stack.
const DEEPEST: usize = 100;

impl<'t> Parser<'_, 't> {
    fn look(&self, ahead: usize) -> ScanToken {
        self.tokens[(self.next + ahead).min(self.tokens.len() - 1)]
    }

    fn peek(&self) -> ScanToken {
        self.look(0)
    }

    fn take(&mut self) -> ScanToken {
        let token = self.peek();
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        token
    }

    fn slice(&self, token: ScanToken) -> &'t str {
        &self.text[token.start()..token.end()]
    }

    /// Where the last token ended, which is the place of anything missing after it.
    fn end_of_last(&self) -> usize {
        self.next.checked_sub(1).map_or(0, |last| self.tokens[last].end())
    }

    // ----- values --------------------------------------------------------------------------

    fn value(&mut self) -> Node<'t> {
        let token = self.peek();
        let at = token.start();
        let value = match token.kind {
            TokenKind::Open(_) => self.bracket(),
            TokenKind::Text => {
                self.take();
                Value::Text(self.unescape(token))
            }
            TokenKind::Word | TokenKind::Number | TokenKind::Odd => self.bare(),
            TokenKind::End if token.is_lost() => Value::Broken,
            TokenKind::Comma | TokenKind::Colon | TokenKind::Close(_) | TokenKind::End => {
                self.page.mistake(self.end_of_last(), "A value is missing here.", "");
                if token.kind == TokenKind::Colon {
                    self.take();
                }
                Value::Broken
            }
        };
        Node { at, value }
    }

    /// A word, a number, a named bracket, or a text without its quotation marks.
    fn bare(&mut self) -> Value<'t> {
        let first = self.take();
        let next = self.peek();
        if first.kind == TokenKind::Word && next.kind == TokenKind::Open(b')') {
            let some = self.slice(first) == "Some";
            return match self.bracket() {
                Value::List(mut nodes) if some && nodes.len() == 1 => {
                    nodes.pop().map_or(Value::Broken, |node| node.value)
                }
                value => value,
            };
        }
        if first.kind == TokenKind::Odd || self.goes_on(first) {
            return self.unquoted(first);
        }
        match first.kind {
            TokenKind::Number => Value::Number(self.slice(first)),
            _ => Value::Word(self.slice(first).trim_start_matches("r#")),
        }
    }

    /// Whether more words follow on the same line, with nothing between them.
    fn goes_on(&self, first: ScanToken) -> bool {
        let next = self.peek();
        let between = &self.text[first.end()..next.start()];
        matches!(next.kind, TokenKind::Word | TokenKind::Number | TokenKind::Odd)
            && self.slice(next) != ";"
            && !between.contains('\n')
            && self.field_name().is_none()
    }

    fn unquoted(&mut self, first: ScanToken) -> Value<'t> {
        let mut last = first;
        while self.goes_on(last) {
            last = self.take();
        }
        let written = &self.text[first.start()..last.end()];
        let what = "These words stand without quotation marks.";
        let instead = match written.len() {
            0..60 if first.kind != TokenKind::Odd => format!("Write \"{written}\"."),
            _ => "Write \"…\" around a text.".to_owned(),
        };
        self.page.mistake(first.start(), what, instead);
        Value::Broken
    }

    // ----- brackets ------------------------------------------------------------------------

    fn bracket(&mut self) -> Value<'t> {
        let open = self.take();
        let TokenKind::Open(close) = open.kind else { return Value::Broken };
        if self.open.len() == DEEPEST {
            let what = format!("Brackets stand {DEEPEST} deep here; no agenda is so deep.");
            self.page.mistake(open.start(), what, "Take some of them away.");
            // What follows can no longer be recognised.
            self.next = self.tokens.len() - 1;
            self.open.clear();
            return Value::Broken;
        }
        self.open.push(close);
        let value = self.inside(open, close);
        self.open.pop();
        value
    }

    /// Fields without brackets around them, at the top of a file.
    fn bare_fields(&mut self) -> Node<'t> {
        let at = self.peek().start();
        let what = "The agenda is not in round brackets.";
        self.page.mistake(at, what, "Write ( before it and ) after it.");
        let mut fields = Vec::new();
        while let Some(colon) = self.field_name() {
            fields.push(self.field(colon));
            if self.peek().kind == TokenKind::Comma {
                self.take();
            }
        }
        Node { at, value: Value::Fields(fields) }
    }

    fn inside(&mut self, open: ScanToken, close: u8) -> Value<'t> {
        let (mut nodes, mut fields) = (Vec::new(), Vec::new());
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Close(mark) if mark == close => {
                    self.take();
                    break;
                }
                TokenKind::End => {
                    self.unclosed(open, close);
                    break;
                }
                TokenKind::Close(mark) if self.is_outer(mark) => {
                    self.unclosed(open, close);
                    break;
                }
                TokenKind::Close(mark) => {
                    let what = format!("Nothing was opened that {} could close.", mark as char);
                    self.page.mistake(token.start(), what, "Take it away.");
                    self.take();
                    continue;
                }
                TokenKind::Comma => {
                    self.page.mistake(token.start(), "There is nothing before this comma.", "");
                    self.take();
                    continue;
                }
                _ => {}
            }
            let name =
                self.field_name().filter(|colon| close != b']' || *colon == TokenKind::Colon);
            match name {
                Some(_) if close == b']' && self.is_outer(b')') => {
                    self.unclosed(open, close);
                    break;
                }
                Some(colon) => fields.push(self.field(colon)),
                None if !fields.is_empty()
                    && matches!(token.kind, TokenKind::Open(_))
                    && self.is_outer(b']') =>
                {
                    self.unclosed(open, close);
                    break;
                }
                None => nodes.push(self.value()),
            }
            self.comma();
        }
        Self::shape(self.page, nodes, fields)
    }

    fn shape(
        page: &mut SourceText<'_>,
        nodes: Vec<Node<'t>>,
        fields: Vec<TreeField<'t>>,
    ) -> Value<'t> {
        if fields.is_empty() && !nodes.is_empty() {
            return Value::List(nodes);
        }
        for node in nodes.iter().filter(|node| !matches!(node.value, Value::Broken)) {
            let what = "This value has no field name.";
            page.mistake(node.at, what, "Write its name and a colon before it.");
        }
        Value::Fields(fields)
    }

    fn is_outer(&self, mark: u8) -> bool {
        self.open.split_last().is_some_and(|(_, outer)| outer.contains(&mark))
    }

    fn unclosed(&mut self, open: ScanToken, close: u8) {
        if self.open.is_empty() || self.peek().is_lost() {
            return; // it was told why already
        }
        self.implied = true;
        let mark = self.slice(open);
        let what = format!("This {mark} is never closed.");
        let instead = format!("Write {} where it ends.", close as char);
        self.page.mistake(open.start(), what, instead);
    }

    fn comma(&mut self) {
        let implied = std::mem::take(&mut self.implied);
        let token = self.peek();
        match token.kind {
            TokenKind::Comma => {
                self.take();
            }
            TokenKind::Odd if self.slice(token) == ";" => {
                self.page.mistake(token.start(), "This is a semicolon.", "Write a comma.");
                self.take();
            }
            TokenKind::Close(_) | TokenKind::End | TokenKind::Odd => {}
            _ if implied => {}
            _ => {
                self.page.mistake(
                    self.end_of_last(),
                    "A comma is missing here.",
                    "Write , after this.",
                );
            }
        }
    }

    // ----- fields --------------------------------------------------------------------------

    /// How a field's name comes next, if one does: with a colon, or with what was meant as one.
    fn field_name(&self) -> Option<TokenKind> {
        let next = self.look(1);
        match (self.peek().kind, next.kind) {
            (TokenKind::Word | TokenKind::Text, TokenKind::Colon) => Some(TokenKind::Colon),
            (TokenKind::Word, TokenKind::Odd) if matches!(self.slice(next), "=" | "=>") => {
                Some(TokenKind::Odd)
            }
            (TokenKind::Word, TokenKind::Text | TokenKind::Open(b']')) => Some(TokenKind::Text),
            _ => None,
        }
    }

    fn field(&mut self, colon: TokenKind) -> TreeField<'t> {
        let token = self.take();
        let name = match token.kind {
            TokenKind::Text => self.unescape(token),
            _ => self.slice(token).trim_start_matches("r#").to_owned(),
        };
        if colon != TokenKind::Colon {
            let instead = format!("Write {name}: and then the value.");
            self.page.mistake(token.end(), "A colon is missing here.", instead);
        }
        if colon != TokenKind::Text {
            self.take();
        }
        TreeField { at: token.start(), name, node: self.value() }
    }

    // ----- texts ---------------------------------------------------------------------------

    fn unescape(&mut self, token: ScanToken) -> String {
        let written = self.slice(token);
        if let Some(raw) = written.strip_prefix('r') {
            let around = 1 + raw.len() - raw.trim_start_matches('#').len();
            return raw.get(around..raw.len() - around).unwrap_or_default().to_owned();
        }
        let mut letters = written.chars();
        letters.next();
        let inner = letters.as_str();
        let inner = inner.strip_suffix(['"', '\'', '”', '’', '»']).unwrap_or(inner);
        if !inner.contains('\\') {
            return inner.to_owned();
        }
        let start = token.start() + written.len() - letters.as_str().len();
        let mut text = String::with_capacity(inner.len());
        let mut rest = inner;
        while let Some((plain, escape)) = rest.split_once('\\') {
            text.push_str(plain);
            let length = if let Some((letter, length)) = escaped(escape) {
                text.extend(letter);
                length
            } else {
                let at = start + inner.len() - escape.len() - 1;
                let what = "This backslash means nothing here.";
                self.page.mistake(at, what, "Write \\\\ for a backslash.");
                0
            };
            rest = &escape[length..];
        }
        text.push_str(rest);
        text
    }
}

/// The letter that an escape after a backslash means, and how many bytes the escape has.
fn escaped(rest: &str) -> Option<(Option<char>, usize)> {
    let code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let letter = match rest.chars().next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        same @ ('\\' | '"' | '\'') => same,
        'x' => return code(rest.get(1..3)?).filter(char::is_ascii).map(|c| (Some(c), 3)),
        'u' => {
            let digits = rest.strip_prefix("u{")?.split_once('}')?.0;
            return code(digits).map(|letter| (Some(letter), digits.len() + 3));
        }
        '\n' | '\r' => return Some((None, rest.len() - rest.trim_start().len())),
        _ => return None,
    };
    Some((Some(letter), 1))
}
