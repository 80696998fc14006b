//! RON and JSON as one: text in, values or a place and words out.

use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Ron,
    Json,
}

/// What is wrong where.
pub(super) struct Fault {
    /// The byte of the text at which it is wrong.
    pub(super) offset: usize,
    pub(super) what: String,
}

/// A value that is not read yet.
pub(super) trait Raw<'t>: Copy {
    fn text(self) -> &'t str;
}

impl<'t> Raw<'t> for &'t ron::value::RawValue {
    fn text(self) -> &'t str {
        self.get_ron()
    }
}

impl<'t> Raw<'t> for &'t serde_json::value::RawValue {
    fn text(self) -> &'t str {
        self.get()
    }
}

impl Notation {
    /// What the text is written in: only JSON begins with a brace.
    pub(super) fn of(text: &str) -> Self {
        if text.trim_start().starts_with('{') { Self::Json } else { Self::Ron }
    }

    pub(super) fn parse<'t, T: Deserialize<'t>>(self, text: &'t str) -> Result<T, Fault> {
        match self {
            Self::Ron => Options::default()
                .with_default_extension(Extensions::IMPLICIT_SOME)
                .from_str(text)
                .map_err(|error| {
                    let start = error.span.start;
                    let offset = offset(text, start.line, |line| chars(line, start.col));
                    Fault { offset, what: worded(&error.code.to_string()) }
                }),
            Self::Json => serde_json::from_str(text).map_err(|error| {
                let column = error.column().saturating_sub(1);
                let offset = offset(text, error.line(), |line| column.min(line.len()));
                let what = error.to_string();
                let what = what.rsplit_once(" at line ").map_or(&*what, |(what, _)| what);
                Fault { offset, what: worded(what) }
            }),
        }
    }
}

/// The byte at which a line's text is as far as `along` says.
fn offset(text: &str, line: usize, along: impl Fn(&str) -> usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text[start..].split('\n').next().unwrap_or_default();
    start + along(rest)
}

/// How many bytes come before the character in this column.
fn chars(line: &str, column: usize) -> usize {
    let before = column.saturating_sub(1);
    line.char_indices().nth(before).map_or(line.len(), |(byte, _)| byte)
}

/// Line and column of a byte, from one, the column in characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    (line, column)
}

/// A parser's words as a sentence, with the name that was likely meant.
fn worded(what: &str) -> String {
    let mut quoted = what.split('`').skip(1).step_by(2);
    let meant = match quoted.next() {
        Some(found) if what.contains("expected one of") => nearest(found, quoted),
        _ => None,
    };
    let what = what.trim_end_matches('.');
    match meant {
        Some(meant) => format!("{what}. Did you mean `{meant}`?"),
        None => format!("{what}."),
    }
}

/// The name most like a mistyped one, if any is.
pub(super) fn nearest<'n>(found: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let like = |name: &str| strsim::jaro_winkler(found, name);
    names.filter(|name| like(name) > 0.8).max_by(|a, b| like(a).total_cmp(&like(b)))
}
