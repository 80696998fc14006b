//! What changed between two wordings, word by word; and many changes of one text together.

use super::{Piece, Proposal};

/// The two wordings as one redline.
pub(super) fn compare<'a>(old: &'a str, new: &'a str) -> Vec<Piece<&'a str>> {
    let alike = old.char_indices().zip(new.chars()).take_while(|((_, a), b)| a == b);
    let start = alike.last().map_or(0, |((at, letter), _)| at + letter.len_utf8());
    let (rest_old, rest_new) = (&old[start..], &new[start..]);
    let tail = rest_old.chars().rev().zip(rest_new.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = tail.map(|(letter, _)| letter.len_utf8()).sum();
    vec![
        Piece::Same(&old[..start]),
        Piece::Cut(&rest_old[..rest_old.len() - end]),
        Piece::Put(&rest_new[..rest_new.len() - end]),
        Piece::Same(&old[old.len() - end..]),
    ]
}

/// A passage of a text in which several proposals are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage<'a, K> {
    /// Nobody would change it.
    Agreed(&'a str),
    /// What stands there now, and what else was proposed for it.
    Open {
        /// What stands there now; empty where words would be put in.
        now: &'a str,
        /// The other wordings, each with whose proposals it is; an empty one is "no text".
        others: Vec<(String, Vec<K>)>,
    },
}

/// All proposals on one text put together: what they agree to leave alone, and side by side what they
/// would have in each place. Proposals that do not fit the text have no part in it.
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
