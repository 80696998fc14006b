//! What somebody changed in words that are ours, in a line.

use crate::workshop::{Piece, Proposal};

/// How many letters beside a change are shown.
const BESIDE: usize = 24;

/// The change with a few words beside it: `…within [-twelve-]{+six+} hours…`.
pub(super) fn in_words(here: &str, there: &str) -> String {
    if there.is_empty() {
        return "emptied".to_owned();
    }
    let Some(proposal) = Proposal::between(here, there, "") else { return there.to_owned() };
    let pieces = proposal.redline(here);
    let last = pieces.len().saturating_sub(1);
    let piece = |(nth, piece): (usize, &Piece<&str>)| match piece {
        Piece::Same(words) => beside(words, nth > 0, nth < last),
        Piece::Cut(words) => format!("[-{words}-]"),
        Piece::Put(words) => format!("{{+{words}+}}"),
        Piece::Gap => " … ".to_owned(),
    };
    pieces.iter().enumerate().map(piece).collect()
}

/// The beginning and the end of words that stay, as far as a change is beside them.
fn beside(words: &str, begins: bool, ends: bool) -> String {
    let count = words.chars().count();
    if count <= BESIDE * 2 {
        return words.to_owned();
    }
    let head: String = words.chars().take(if begins { BESIDE } else { 0 }).collect();
    let tail: String = words.chars().skip(count - if ends { BESIDE } else { 0 }).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn an_edit_is_shown_with_what_is_beside_it() {
        let here = "Requests are answered within twelve hours by day and by night, on every day of the year";
        for (there, shown) in [
            (
                "Requests are answered within six hours by day and by night, on every day of the year",
                "Requests are answered within [-twelve-]{+six+} hours by day and by nig…",
            ),
            ("", "emptied"),
        ] {
            assert_eq!(in_words(here, there), shown);
        }
        assert_eq!(in_words("", "new words"), "{+new words+}");
    }
}
