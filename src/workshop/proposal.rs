//! A proposal: other words for a paragraph of the draft text, kept as the change and not as the
//! paragraph.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Flaw, LONGEST_WORD, Refusal, text::clean};

/// What a point would have changed in the paragraph it is pinned to; or, if pinned after one, the new
/// paragraph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The changes, in the order of the text; none touches the next.
    pub edits: Box<[ParagraphEdit]>,
    /// Why, if that is not what the point itself says.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub why: Box<str>,
}

/// One change within a paragraph. Its place is given twice, by its offset and by the words
/// around it, so that it finds its place when the text has moved (the text position and text quote
/// selectors of the W3C's Web Annotation Data Model, 2017).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParagraphEdit {
    /// Where `cut` began when it was proposed, in bytes of the paragraph's words.
    pub at: u32,
    /// The words just before it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub before: Box<str>,
    /// What is removed; empty for a mere insertion.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub cut: Box<str>,
    /// The words just after it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub after: Box<str>,
    /// What is inserted in its place; empty for a mere deletion.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub put: Box<str>,
}

/// What a proposal does to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum ProposalKind {
    /// Words replace others.
    Replace,
    /// Words are added.
    Insert,
    /// Words are removed.
    Delete,
}

/// A piece of a redline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum Piece<T = String> {
    /// Words that stay.
    Same(T),
    /// Words that are removed.
    Cut(T),
    /// Words that are inserted.
    Put(T),
    /// Words between two changes that are not known here.
    Gap,
}

/// The most changes in one proposal.
const MOST: usize = 2000;

impl Proposal {
    /// What it does to the text.
    pub fn kind(&self) -> ProposalKind {
        let cuts = self.edits.iter().any(|edit| !edit.cut.trim().is_empty());
        let puts = self.edits.iter().any(|edit| !edit.put.trim().is_empty());
        match (cuts, puts) {
            (true, false) => ProposalKind::Delete,
            (false, true) => ProposalKind::Insert,
            _ => ProposalKind::Replace,
        }
    }

    /// What it does, as plain text with the marks of a redline: `[-out-] {+in+}`.
    pub fn in_words(&self) -> String {
        let edit = |edit: &ParagraphEdit| match (&*edit.cut, &*edit.put) {
            (cut, "") => format!("[-{cut}-]"),
            ("", put) => format!("{{+{put}+}}"),
            (cut, put) => format!("[-{cut}-] {{+{put}+}}"),
        };
        let edits: Vec<String> = self.edits.iter().map(edit).collect();
        edits.join(" … ")
    }

    /// The proposal that turns one wording into another; `None` if they are the same.
    pub fn between(old: &str, new: &str, why: &str) -> Option<Self> {
        let pieces = super::redline::compare(old, new);
        Self::of_pieces(&pieces, why)
    }

    /// The proposal that a redline shows; `None` if it changes nothing.
    pub fn of_pieces<T: AsRef<str>>(pieces: &[Piece<T>], why: &str) -> Option<Self> {
        let mut edits: Vec<ParagraphEdit> = Vec::new();
        let (mut at, mut before, mut open) = (0, String::new(), false);
        for piece in pieces {
            if let Piece::Cut(text) | Piece::Put(text) = piece
                && !text.as_ref().is_empty()
            {
                if !open {
                    let before = last(&before).into();
                    let (cut, after, put) = Default::default();
                    edits.push(ParagraphEdit { at: at as u32, before, cut, after, put });
                    open = true;
                }
                let edit = edits.last_mut()?;
                if let Piece::Cut(text) = piece {
                    edit.cut = [&*edit.cut, text.as_ref()].concat().into();
                    before.push_str(text.as_ref());
                    at += text.as_ref().len();
                } else {
                    edit.put = [&*edit.put, text.as_ref()].concat().into();
                }
                continue;
            }
            match piece {
                Piece::Same(text) if !text.as_ref().is_empty() => {
                    if let Some(edit) = edits.last_mut().filter(|_| open) {
                        edit.after = first(text.as_ref()).into();
                    }
                    before.push_str(text.as_ref());
                    at += text.as_ref().len();
                    open = false;
                }
                Piece::Gap => {
                    before.clear();
                    open = false;
                }
                _ => {}
            }
        }
        (!edits.is_empty()).then(|| Self { edits: edits.into(), why: why.into() })
    }

    /// Where each change belongs in a text; `None` if one has no place there, or more than one.
    pub fn locate(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            let from = ranges.last().map_or(0, |range| range.end);
            ranges.push(edit.locate(text, from)?);
        }
        Some(ranges)
    }

    /// The wording it makes of this text, if it fits there.
    pub fn wording(&self, text: &str) -> Option<String> {
        self.worded(text).map(|(wording, _)| wording)
    }

    /// The same, and where in it the inserted words are.
    pub(super) fn worded(&self, text: &str) -> Option<(String, Vec<Range<usize>>)> {
        let mut wording = String::with_capacity(text.len());
        let mut put = Vec::with_capacity(self.edits.len());
        let mut from = 0;
        for (range, edit) in self.locate(text)?.into_iter().zip(&self.edits) {
            wording.push_str(&text[from..range.start]);
            put.push(wording.len()..wording.len() + edit.put.len());
            wording.push_str(&edit.put);
            from = range.end;
        }
        wording.push_str(&text[from..]);
        Some((wording, put))
    }

    /// What it does to this text, piece by piece; if it does not fit, what is known of it.
    pub fn redline<'a>(&'a self, text: &'a str) -> Vec<Piece<&'a str>> {
        let mut pieces = Vec::new();
        let mut push = |piece: Piece<&'a str>| {
            let (Piece::Same(words) | Piece::Cut(words) | Piece::Put(words)) = piece else {
                return pieces.push(piece);
            };
            if !words.is_empty() {
                pieces.push(piece);
            }
        };
        let Some(ranges) = self.locate(text) else {
            for (nth, edit) in self.edits.iter().enumerate() {
                if nth > 0 {
                    push(Piece::Gap);
                }
                push(Piece::Same(&edit.before));
                push(Piece::Cut(&edit.cut));
                push(Piece::Put(&edit.put));
                push(Piece::Same(&edit.after));
            }
            return pieces;
        };
        let mut from = 0;
        for (range, edit) in ranges.into_iter().zip(&self.edits) {
            push(Piece::Same(&text[from..range.start]));
            push(Piece::Cut(&text[range.clone()]));
            push(Piece::Put(&edit.put));
            from = range.end;
        }
        push(Piece::Same(&text[from..]));
        pieces
    }

    pub(super) fn cleaned(self) -> Self {
        let piece = |text: Box<str>| super::text::kept(&text).into();
        let edit = |edit: ParagraphEdit| ParagraphEdit {
            at: edit.at,
            before: piece(edit.before),
            cut: piece(edit.cut),
            after: piece(edit.after),
            put: piece(edit.put),
        };
        Self { edits: self.edits.into_iter().map(edit).collect(), why: clean(&self.why).into() }
    }

    /// Whether an honest program could have written this.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        if self.edits.is_empty() {
            return Err(Flaw::Empty);
        }
        if self.edits.len() > MOST {
            return Err(Flaw::Many);
        }
        let long = |edit: &ParagraphEdit| {
            edit.put.len().max(edit.cut.len()) > Refusal::LONGEST
                || edit.before.len().max(edit.after.len()) > LONGEST_WORD
        };
        if self.why.len() > Refusal::LONGEST || self.edits.iter().any(long) {
            return Err(Flaw::Long);
        }
        Ok(())
    }
}

/// How much of the words around a change is kept with it, in letters.
const AROUND: usize = 32;

fn last(text: &str) -> &str {
    text.char_indices().rev().nth(AROUND - 1).map_or(text, |(at, _)| &text[at..])
}

fn first(text: &str) -> &str {
    text.char_indices().nth(AROUND).map_or(text, |(at, _)| &text[..at])
}

impl ParagraphEdit {
    /// Where it belongs in a text, from here on: where it was if everything around it is the same; otherwise the
    /// one place with the same words and most of what was around them.
    fn locate(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let at = self.at as usize;
        let range = |at: usize| at..at + self.cut.len();
        let fits = |at: usize| {
            text.get(range(at)) == Some(&*self.cut)
                && text[..at].ends_with(&*self.before)
                && text[at + self.cut.len()..].starts_with(&*self.after)
        };
        if at >= from && fits(at) {
            return Some(range(at));
        }
        let whole = [&*self.before, &self.cut, &self.after].concat();
        let places = |words: &str, skip: usize| -> Vec<usize> {
            let found = text.match_indices(words).map(|(at, _)| at + skip);
            found.filter(|at| *at >= from && text.is_char_boundary(*at)).collect()
        };
        // An insertion into nothing but itself would fit anywhere.
        if !whole.is_empty()
            && let [at] = places(&whole, self.before.len())[..]
        {
            return Some(range(at));
        }
        let before = [&*self.before, &self.cut].concat();
        let after = [&*self.cut, &self.after].concat();
        for (words, skip) in [(&before, self.before.len()), (&after, 0)] {
            // Enough must be the same to rule out chance.
            if words.chars().count() >= AROUND / 2
                && let [at] = places(words, skip)[..]
            {
                return Some(range(at));
            }
        }
        None
    }
}
