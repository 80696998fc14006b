//! The text that is read, and what was found wrong in it so far.

use super::mistake::{Mistake, Mistakes};

/// A file's text with its name. Places in it are byte offsets until they are shown to a person.
pub(super) struct SourceText<'t> {
    name: &'t str,
    /// The text, without a byte order mark.
    pub(super) text: &'t str,
    /// Where each line begins.
    lines: Vec<usize>,
    mistakes: Vec<(usize, Mistake)>,
    warnings: Vec<(usize, Mistake)>,
}

/// The longest agenda that is read, in bytes; real ones have a thousandth of that.
pub const LARGEST: usize = 4 << 20;

impl<'t> SourceText<'t> {
    /// Opens a file's bytes as text, or says why they are not text.
    pub(super) fn open(name: &'t str, bytes: &'t [u8]) -> Result<Self, Mistakes> {
        if bytes.len() > LARGEST {
            let what =
                format!("This file has {} MB; that is too long for an agenda.", bytes.len() >> 20);
            let instead = format!("An agenda has at most {} MB.", LARGEST >> 20);
            return Err(Self::of(name, "").refuse(0, what, instead));
        }
        if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] = bytes {
            let what = "This file looks like UTF-16 text, but not all of it can be read.";
            return Err(Self::of(name, "").refuse(0, what, "Save it as UTF-8."));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::of(name, text)),
            Err(error) => {
                let whole = error.valid_up_to();
                let before = std::str::from_utf8(&bytes[..whole]).unwrap_or_default();
                let what = format!("The part after {whole} bytes is not UTF-8 text.");
                let instead = "Type the letter again and save the file as UTF-8.";
                Err(Self::of(name, before).refuse(whole, what, instead))
            }
        }
    }

    fn of(name: &'t str, text: &'t str) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { name, text, lines, mistakes: Vec::new(), warnings: Vec::new() }
    }

    fn refuse(
        mut self,
        at: usize,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Mistakes {
        self.mistake(at, what, instead);
        Mistakes(self.mistakes.into_iter().map(|(_, mistake)| mistake).collect())
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    fn mistake_at(&self, at: usize, what: String, instead: String) -> Mistake {
        let line = self.line(at);
        let before = self.text.get(self.lines[line - 1]..at).unwrap_or_default();
        let column = before.chars().count() + 1;
        Mistake { file: self.name.to_owned(), line, column, what, instead }
    }

    /// Reports something that must be corrected before the file can be read.
    pub(super) fn mistake(
        &mut self,
        at: usize,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        if self.mistakes.len() < Mistakes::MOST {
            let mistake = self.mistake_at(at, what.into(), instead.into());
            self.mistakes.push((at, mistake));
        }
    }

    /// Reports something that may be intended, and is read as it is.
    pub(super) fn warning(
        &mut self,
        at: usize,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        if self.warnings.len() < Mistakes::MOST {
            let warning = self.mistake_at(at, what.into(), instead.into());
            self.warnings.push((at, warning));
        }
    }

    /// Whether anything was found so far that makes the text unusable.
    pub(super) fn is_wrong(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// The warnings, or all the mistakes if there is one; each in the order of the file.
    pub(super) fn close(mut self) -> Result<Vec<Mistake>, Mistakes> {
        let wrong = !self.mistakes.is_empty();
        let notes = if wrong { &mut self.mistakes } else { &mut self.warnings };
        notes.sort_by_key(|(at, _)| *at);
        let notes = std::mem::take(notes).into_iter().map(|(_, mistake)| mistake).collect();
        if wrong { Err(Mistakes(notes)) } else { Ok(notes) }
    }
}
