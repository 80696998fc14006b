//! RON and JSON through one interface: text in, values or a place and words out.

use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;

use crate::import::{Mistake, Mistakes, likeness::nearest};

/// How the parsers call a field that they do not know.
pub(super) const UNKNOWN: [&str; 2] = ["unknown field", "Unexpected field"];

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Ron,
    Json,
}

/// What is wrong, and where.
pub(super) struct NotationFault {
    /// The byte of the text at which it is wrong.
    pub(super) offset: usize,
    pub(super) what: String,
    /// What to write instead, if that can be known.
    pub(super) instead: String,
}

/// A value that has not been read yet.
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

    pub(super) fn parse<'t, T: Deserialize<'t>>(self, text: &'t str) -> Result<T, NotationFault> {
        match self {
            Self::Ron => Options::default()
                .with_default_extension(Extensions::IMPLICIT_SOME)
                .from_str(text)
                .map_err(|error| {
                    let start = error.span.start;
                    let offset = offset(text, start.line, |line| chars(line, start.col));
                    worded(offset, &error.code.to_string())
                }),
            Self::Json => serde_json::from_str(text).map_err(|error| {
                let column = error.column().saturating_sub(1);
                let offset = offset(text, error.line(), |line| column.min(line.len()));
                let what = error.to_string();
                let what = what.rsplit_once(" at line ").map_or(&*what, |(what, _)| what);
                worded(offset, what)
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

/// The faults of a text as mistakes, in its order.
pub(super) fn mistakes(name: &str, text: &str, mut faults: Vec<NotationFault>) -> Mistakes {
    faults.sort_by_key(|fault| fault.offset);
    faults.truncate(Mistakes::MOST);
    let (mut line, mut start, mut seen) = (1, 0, 0);
    let mistake = |fault: NotationFault| {
        let offset = fault.offset.min(text.len());
        for end in memchr::memchr_iter(b'\n', &text.as_bytes()[seen..offset]) {
            (line, start) = (line + 1, seen + end + 1);
        }
        seen = offset;
        let column = text.get(start..offset).unwrap_or_default().chars().count() + 1;
        let NotationFault { what, instead, .. } = fault;
        Mistake { file: name.to_owned(), line, column, what, instead }
    };
    Mistakes(faults.into_iter().map(mistake).collect())
}

/// A parser's message as a sentence, with the name that was probably meant.
fn worded(offset: usize, what: &str) -> NotationFault {
    let mut quoted = what.split('`').skip(1).step_by(2);
    let meant = match quoted.next() {
        Some(found) if what.contains("expected one of") => nearest(found, quoted),
        _ => None,
    };
    let what = match meant {
        Some(_) => what.split(", expected one of").next().unwrap_or(what),
        None => what.trim_end_matches('.'),
    };
    let what = format!("{what}.");
    let instead = meant.map_or_else(String::new, |meant| format!("Did you mean `{meant}`?"));
    NotationFault { offset, what, instead }
}
