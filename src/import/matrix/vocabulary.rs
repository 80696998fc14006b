//! What people write for a decision, read tolerantly: never against what it says, and not at all
//! if it could mean two things.

use std::sync::LazyLock;

use crate::import::likeness::fold;
use crate::workshop::Decision;

/// What a cell was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellReading {
    /// The decision.
    pub decision: Decision,
    /// Into what, where or to whom, as far as the cell says so.
    pub target: String,
    /// What else it says.
    pub rest: String,
    /// Whether these are exactly the words of the list.
    pub exact: bool,
}

/// Words for decisions besides their own. Longer ones are tried first, so that `not accepted` is not
/// `accepted`.
static WORDS: LazyLock<Vec<(&str, Decision)>> = LazyLock::new(|| {
    let rows = include_str!("decisions.tsv").lines().filter_map(|line| line.split_once('\t'));
    let row = |(word, words): (&str, &'static str)| {
        let decision = Decision::KNOWN.iter().find(|decision| decision.word() == word)?;
        Some((words, decision.clone()))
    };
    rows.filter_map(row).collect()
});

/// The most words that a decision has.
const MOST: usize = 4;

/// Reads a cell; `None` if a person must say what it means.
pub fn read(cell: &str) -> Option<CellReading> {
    let cell = cell.trim();
    if cell.contains('?') || cell.len() > 2000 {
        return None;
    }
    let spread = spread(cell);
    let words: Vec<&str> = spread.split_whitespace().collect();
    if words.is_empty() {
        return None;
    }
    let most = words.len().min(MOST);
    let (count, decision) = (1..=most).rev().find_map(|count| {
        let phrase = &words[..count];
        let exactly = known().find(|(known, _)| known.split(' ').eq(phrase.iter().copied()));
        let decision = exactly.map(|(_, decision)| decision).or_else(|| mistyped(phrase));
        Some((count, decision?))
    })?;
    let rest = rest_after(cell, &words[..count])?;
    // "Accepted, rejected in part" is two decisions.
    let others = phrase(&words[count..]);
    if says_another(&others, &decision) {
        return None;
    }
    let (target, rest) = parted(&decision, rest);
    let exact = cell == decision.title();
    Some(CellReading { decision, target, rest, exact })
}

fn known() -> impl Iterator<Item = (&'static str, Decision)> {
    let own = Decision::KNOWN.iter().map(|decision| (decision.title(), decision.clone()));
    own.chain(WORDS.iter().cloned())
}

/// The cell in lower case, each word by itself: `accepted w/ mods` is `accepted with mods`.
fn spread(cell: &str) -> String {
    let lower = cell.to_lowercase().replace("w/", "with ").replace('_', " ");
    lower.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

fn phrase(words: &[&str]) -> String {
    words.join(" ")
}

/// The decision whose words these probably are, compared one by one. The first letter of a word is never
/// taken for mistyped, nor is a short word: no slip adds or removes a "not".
fn mistyped(phrase: &[&str]) -> Option<Decision> {
    let slips = |(known, decision): (&'static str, Decision)| {
        let known: Vec<&str> = known.split(' ').collect();
        let slips: Option<Vec<usize>> = (known.len() == phrase.len())
            .then(|| known.iter().zip(phrase).map(|(known, typed)| slips(known, typed)).collect())
            .flatten();
        Some((slips?.iter().sum::<usize>(), decision))
    };
    let near: Vec<(usize, Decision)> = known().filter_map(slips).collect();
    let (least, decision) = near.iter().min_by_key(|(slips, _)| *slips)?;
    let alone = near.iter().all(|(slips, other)| slips > least || other == decision);
    alone.then(|| decision.clone())
}

/// How many slips turn one word into another; `None` if it is a different word.
fn slips(known: &str, typed: &str) -> Option<usize> {
    let allowed = match typed.chars().count() {
        0..=3 => 0,
        4..=8 => 1,
        9..=40 => 2,
        _ => return None,
    };
    let distance = strsim::damerau_levenshtein(known, typed);
    let alike =
        distance == 0 || (distance <= allowed && known.chars().next() == typed.chars().next());
    alike.then_some(distance)
}

/// What comes after these words in the cell, as it was written.
fn rest_after<'c>(cell: &'c str, words: &[&str]) -> Option<&'c str> {
    let mut letters: usize = words.iter().map(|word| word.chars().count()).sum();
    // `w/` was read as `with`, which has two more letters.
    letters -= 3 * usize::from(cell.to_lowercase().contains("w/") && words.contains(&"with"));
    let mut end = 0;
    for (at, letter) in cell.char_indices() {
        if letters == 0 {
            break;
        }
        let counted = letter.to_lowercase().filter(|c| c.is_alphanumeric()).count();
        letters = letters.checked_sub(counted)?;
        end = at + letter.len_utf8();
    }
    cell.get(end..)
}

/// Whether words also say another decision.
fn says_another(words: &str, decision: &Decision) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    words.iter().enumerate().any(|(at, _)| {
        (1..=MOST.min(words.len() - at)).any(|count| {
            let phrase = words[at..at + count].join(" ");
            // Words that mean something else within a sentence decide nothing there.
            phrase.len() > 4
                && known().any(|(known, other)| {
                    known == phrase
                        && other != *decision
                        && matches!(
                            other,
                            Decision::Accepted | Decision::NotAccepted | Decision::Withdrawn
                        )
                })
        })
    })
}

/// What follows a decision, as a target and the rest.
fn parted(decision: &Decision, rest: &str) -> (String, String) {
    const EDGES: [char; 9] = [' ', '\n', ':', ',', ';', '.', '-', '–', '—'];
    let mut rest = rest.trim_matches(EDGES);
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !inner.contains(['(', ')'])
    {
        rest = inner.trim_matches(EDGES);
    }
    let lower = rest.to_lowercase();
    let led = ["into ", "to ", "with ", "in ", "under ", "see ", "as ", "by "];
    let led = led.iter().find(|word| lower.starts_with(**word));
    let named = led.and_then(|word| rest.get(word.len()..)).map(|rest| rest.trim_matches(EDGES));
    match (decision, named) {
        (Decision::Merged | Decision::Deferred, Some(named)) => split(named),
        (Decision::Merged, None) if is_label(rest) => (rest.to_owned(), String::new()),
        (_, Some(named)) if is_label(named) => (named.to_owned(), String::new()),
        (_, None) if is_label(rest) => (rest.to_owned(), String::new()),
        _ => (String::new(), rest.to_owned()),
    }
}

/// `the chair, after the break` is a target and a reason.
fn split(named: &str) -> (String, String) {
    match named.split_once([',', ';', ':', '\n']) {
        Some((target, rest)) => (target.trim().to_owned(), rest.trim().to_owned()),
        None => (named.to_owned(), String::new()),
    }
}

/// Whether a word is a label or a reference: one word with letters and a digit.
fn is_label(word: &str) -> bool {
    let folded = fold(word);
    !word.contains(char::is_whitespace)
        && folded.chars().any(|c| c.is_ascii_digit())
        && folded.chars().any(char::is_alphabetic)
        && word.chars().count() <= 24
}

#[cfg(test)]
mod tests {
    use super::{Decision, read};

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = include_str!("decisions.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(super::WORDS.len(), rows.count());
    }

    #[test]
    fn what_people_write_is_read_as_they_meant_it() {
        for (cell, decision, target, rest) in [
            ("accepted", Decision::Accepted, "", ""),
            ("Accepted (to OP5)", Decision::Accepted, "OP5", ""),
            ("Accepted in OP6alt.", Decision::Accepted, "OP6alt", ""),
            ("accpeted", Decision::Accepted, "", ""),
            ("ACCEPTED!", Decision::Accepted, "", "!"),
            ("agreed", Decision::Accepted, "", ""),
            ("AMEND.", Decision::Modified, "", ""),
            ("accepted w/ mods", Decision::Modified, "", ""),
            ("Accepted with modificaton: “may”", Decision::Modified, "", "“may”"),
            ("accepted_with_modification", Decision::Modified, "", ""),
            ("partly accepted", Decision::Modified, "", ""),
            ("not agreed", Decision::NotAccepted, "", ""),
            ("Not accepted", Decision::NotAccepted, "", ""),
            ("not acepted", Decision::NotAccepted, "", ""),
            ("rejected: costs too much", Decision::NotAccepted, "", "costs too much"),
            ("merge with S-ABC123", Decision::Merged, "S-ABC123", ""),
            ("merged into OP3 bis", Decision::Merged, "OP3 bis", ""),
            ("deferred to chair", Decision::Deferred, "chair", ""),
            ("Deferred to the chair, after lunch", Decision::Deferred, "the chair", "after lunch"),
            ("n/a", Decision::OutsideScope, "", ""),
            ("out of scope", Decision::OutsideScope, "", ""),
            ("noted, with thanks", Decision::Noted, "", "with thanks"),
            ("TBD", Decision::Open, "", ""),
            ("Accepted in OP1", Decision::Accepted, "OP1", ""),
            ("withdrwan", Decision::Withdrawn, "", ""),
        ] {
            let reading = read(cell).unwrap_or_else(|| panic!("{cell}"));
            let read = (reading.decision, &*reading.target, &*reading.rest);
            assert_eq!(read, (decision, target, rest), "{cell}");
        }
    }

    #[test]
    fn what_could_be_two_things_is_left_to_a_person() {
        for cell in [
            "accepted?",
            "accepted or rejected",
            "accepted, rejected in part",
            "acceptable if the chair thinks so and rejected otherwise",
            "voted",
            "not",
            "see above",
            "banana",
            "",
            "42",
            "ยอมรับ",
            "inaccepted",
            "nod accepted",
            "acceptable",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
