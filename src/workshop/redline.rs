//! What changed between two wordings, word by word; and several changes to one text together.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::segment::{Segment, segments};
use super::{Piece, Proposal};

/// How many words of one wording, times how many of the other, are compared before the two are assumed to
/// have nothing to do with each other: as many as in two long chapters.
const MOST: usize = 1 << 24;

/// The most letters of a word that does not separate two replacements: `of`, `the`.
const SHORT: usize = 3;

/// The most words within brackets that are shown again when the brackets go.
const FEW: usize = 6;

/// The two wordings as one redline, word by word.
pub(super) fn compare<'a>(old: &'a str, new: &'a str) -> Vec<Piece<&'a str>> {
    if old == new {
        return vec![Piece::Same(old)];
    }
    let (before, after) = (Wording::of(old), Wording::of(new));
    let mut kept = kept(&before, &after);
    swallow(&mut kept, &before, &after);
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    let ends = (before.segments.len(), after.segments.len());
    for (next_old, next_new) in kept.into_iter().chain([ends]) {
        let between = before.trimmed(&after, i..next_old, j..next_new);
        let (lead, tail) = (between.lead, between.tail);
        push(&mut pieces, Piece::Same(before.text(i, i + lead)));
        push(&mut pieces, Piece::Cut(before.text(i + lead, next_old - tail)));
        push(&mut pieces, Piece::Put(after.text(j + lead, next_new - tail)));
        // Include the word that is kept, unless this was the end.
        let word = (next_old + 1).min(ends.0);
        push(&mut pieces, Piece::Same(before.text(next_old - tail, word)));
        (i, j) = (word, (next_new + 1).min(ends.1));
    }
    joined(pieces, old)
}

fn push<'a>(pieces: &mut Vec<Piece<&'a str>>, piece: Piece<&'a str>) {
    if !matches!(piece, Piece::Same("") | Piece::Cut("") | Piece::Put("")) {
        pieces.push(piece);
    }
}

/// The same with what stays between two changes in one piece. All of it is contiguous in `old`.
fn joined<'a>(pieces: Vec<Piece<&'a str>>, old: &'a str) -> Vec<Piece<&'a str>> {
    let (mut joined, mut at): (Vec<Piece<&str>>, usize) = (Vec::new(), 0);
    for piece in pieces {
        match (piece, joined.last_mut()) {
            (Piece::Same(words), Some(Piece::Same(before))) => {
                *before = &old[at - before.len()..at + words.len()];
                at += words.len();
            }
            (piece, _) => {
                if let Piece::Same(words) | Piece::Cut(words) = piece {
                    at += words.len();
                }
                joined.push(piece);
            }
        }
    }
    joined
}

/// One of the two wordings.
struct Wording<'a> {
    whole: &'a str,
    segments: Vec<Segment<'a>>,
    /// Where each segment begins, and the end.
    starts: Vec<usize>,
    /// Which segments are not spaces.
    words: Vec<usize>,
}

/// How many segments two passages have in common at their beginnings and ends.
struct CommonEnds {
    lead: usize,
    tail: usize,
}

impl<'a> Wording<'a> {
    fn of(whole: &'a str) -> Self {
        let segments = segments(whole);
        let mut starts = vec![0];
        let mut at = 0;
        starts.extend(segments.iter().map(|found| {
            at += found.text.len();
            at
        }));
        let solid = |nth: &usize| !segments[*nth].is_space();
        let words = (0..segments.len()).filter(solid).collect();
        Self { whole, segments, starts, words }
    }

    fn text(&self, from: usize, to: usize) -> &'a str {
        &self.whole[self.starts[from]..self.starts[to]]
    }

    fn spaces(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &Segment<'a>> {
        self.segments[range].iter()
    }

    /// The spaces with which both passages begin and end: they are not part of what changed.
    fn trimmed(&self, other: &Self, here: Range<usize>, there: Range<usize>) -> CommonEnds {
        let alike = |(one, two): &(&Segment, &Segment)| one.is_space() && one == two;
        let lead = self.spaces(here.clone()).zip(other.spaces(there.clone()));
        let lead = lead.take_while(alike).count();
        let (here, there) = (here.start + lead..here.end, there.start + lead..there.end);
        let tail = self.spaces(here).rev().zip(other.spaces(there).rev()).take_while(alike).count();
        CommonEnds { lead, tail }
    }
}

/// The words that both wordings have in the same order, as places in the one and the other.
fn kept(before: &Wording, after: &Wording) -> Vec<(usize, usize)> {
    let texts = |side: &Wording| -> Vec<String> {
        side.words.iter().map(|nth| side.segments[*nth].text.to_owned()).collect()
    };
    let (old, new) = (texts(before), texts(after));
    let lead = old.iter().zip(&new).take_while(|(one, two)| one == two).count();
    let (rest_old, rest_new) = (&old[lead..], &new[lead..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev());
    let tail = tail.take_while(|(one, two)| one == two).count();
    let (inner_old, inner_new) =
        (&rest_old[..rest_old.len() - tail], &rest_new[..rest_new.len() - tail]);
    let place = |i: usize, j: usize| (before.words[i], after.words[j]);
    let mut kept: Vec<(usize, usize)> = (0..lead).map(|nth| place(nth, nth)).collect();
    if inner_old.len().saturating_mul(inner_new.len()) <= MOST {
        for op in capture_diff_slices(Algorithm::Myers, inner_old, inner_new) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                kept.extend((0..len).map(|n| place(lead + old_index + n, lead + new_index + n)));
            }
        }
    }
    let ends = (old.len() - tail, new.len() - tail);
    kept.extend((0..tail).map(|nth| place(ends.0 + nth, ends.1 + nth)));
    kept
}

/// What the one and the other have between two words that both have.
struct WordDifference<'s, 'a> {
    old: &'s [Segment<'a>],
    new: &'s [Segment<'a>],
}

impl WordDifference<'_, '_> {
    fn is_change(&self) -> bool {
        self.old != self.new
    }

    /// Whether words replace others.
    fn replaces(&self) -> bool {
        [self.old, self.new].iter().all(|side| side.iter().any(|found| found.is_word))
    }

    /// Whether nothing but brackets differs.
    fn is_brackets(&self) -> bool {
        let mut all = self.old.iter().chain(self.new).filter(|found| !found.is_space()).peekable();
        all.peek().is_some() && all.all(|found| matches!(found.text, "[" | "]" | "(" | ")"))
    }
}

/// Gives up what stays between two changes if it is so little that a person would write both as one:
/// punctuation, a short word between two replacements, a few words that lose or get brackets.
fn swallow(kept: &mut Vec<(usize, usize)>, before: &Wording, after: &Wording) {
    let ends = (before.segments.len(), after.segments.len());
    // What is between the places of two kept words.
    let between = |from: Option<(usize, usize)>, to: (usize, usize)| {
        let (i, j) = from.map_or((0, 0), |(i, j)| (i + 1, j + 1));
        WordDifference { old: &before.segments[i..to.0], new: &after.segments[j..to.1] }
    };
    let mut stays: Vec<(usize, usize)> = Vec::with_capacity(kept.len());
    let mut nth = 0;
    while nth < kept.len() {
        let mut end = nth + 1;
        while end < kept.len() && !between(Some(kept[end - 1]), kept[end]).is_change() {
            end += 1;
        }
        let run = &kept[nth..end];
        let next = kept.get(end).copied().unwrap_or(ends);
        let left = between(stays.last().copied(), run[0]);
        let right = between(run.last().copied(), next);
        let words: Vec<&Segment> =
            run.iter().map(|(i, _)| &before.segments[*i]).filter(|found| found.is_word).collect();
        let little = match words[..] {
            [] => true,
            [word] if word.text.chars().count() <= SHORT && left.replaces() && right.replaces() => {
                true
            }
            _ => words.len() <= FEW && left.is_brackets() && right.is_brackets(),
        };
        if !(left.is_change() && right.is_change() && little) {
            stays.extend_from_slice(run);
        }
        nth = end;
    }
    *kept = stays;
}

/// A passage of a text in which several proposals are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage<'a, K> {
    /// Nobody proposes to change it.
    Agreed(&'a str),
    /// What is there now, and what else was proposed for it.
    Open {
        /// What is there now; empty if words would be inserted.
        now: &'a str,
        /// The other wordings, each with those who proposed it; an empty one is "no text".
        others: Vec<(String, Vec<K>)>,
    },
}

/// All proposals on one text put together: what they agree to leave unchanged, and side by side what they
/// propose for each place. Proposals that do not fit the text are left out.
pub fn compile<'a, K: Clone>(text: &'a str, proposals: &[(K, &Proposal)]) -> Vec<Passage<'a, K>> {
    // Each change with its place, whose it is, and what it puts there.
    let mut changes = Vec::new();
    for (nth, (_, proposal)) in proposals.iter().enumerate() {
        let ranges = proposal.locate(text).unwrap_or_default();
        let edits = ranges.into_iter().zip(&proposal.edits);
        changes.extend(edits.map(|(range, edit)| (range, nth, &*edit.put)));
    }
    changes.sort_by(|(one, a, _), (other, b, _)| {
        (one.start, one.end, a).cmp(&(other.start, other.end, b))
    });
    let (mut passages, mut from, mut next) = (Vec::new(), 0, 0);
    while next < changes.len() {
        let (mut whole, begin) = (changes[next].0.clone(), next);
        while let Some((range, ..)) = changes.get(next)
            && (range.start < whole.end || range.start == whole.start)
        {
            whole.end = whole.end.max(range.end);
            next += 1;
        }
        let within = &changes[begin..next];
        let mut others: Vec<(String, Vec<K>)> = Vec::new();
        let mut whose: Vec<usize> = within.iter().map(|(_, nth, _)| *nth).collect();
        whose.sort_unstable();
        whose.dedup();
        for nth in whose {
            let (mut words, mut at) = (String::new(), whole.start);
            for (range, _, put) in within.iter().filter(|(_, whose, _)| *whose == nth) {
                words.push_str(&text[at..range.start]);
                words.push_str(put);
                at = range.end;
            }
            words.push_str(&text[at..whole.end]);
            let key = proposals[nth].0.clone();
            match others.iter_mut().find(|(known, _)| *known == words) {
                Some((_, keys)) => keys.push(key),
                None => others.push((words, vec![key])),
            }
        }
        if from < whole.start {
            passages.push(Passage::Agreed(&text[from..whole.start]));
        }
        from = whole.end;
        passages.push(Passage::Open { now: &text[whole], others });
    }
    if from < text.len() {
        passages.push(Passage::Agreed(&text[from..]));
    }
    passages
}

/// A version as negotiators write it: in brackets, "no text" if it is empty, with the spaces around
/// it outside. Brackets that it has of its own stay: removing them may be what is proposed.
pub fn bracketed(words: &str) -> String {
    let inner = words.trim();
    let lead = words.len() - words.trim_start().len();
    let (lead, tail) = (&words[..lead], &words[lead + inner.len()..]);
    if inner.is_empty() { format!("{lead}[no text]") } else { format!("{lead}[{inner}]{tail}") }
}

#[cfg(test)]
mod brackets {
    use super::bracketed;

    #[test]
    fn versions_are_in_brackets_of_their_own() {
        for (words, expected) in [
            ("shall", "[shall]"),
            (" shall ", " [shall] "),
            ("[shall]", "[[shall]]"),
            ("", "[no text]"),
            (" ", " [no text]"),
        ] {
            assert_eq!(bracketed(words), expected);
        }
    }
}
