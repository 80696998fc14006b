//! What people write for a decision: never read against what it says, and not at all if it could
//! mean two things.
//!
//! A known phrase is read. If more follows, the phrase is read only if the rest takes nothing back:
//! a place (“in OP5”), thanks, who decided, or after a decision other than acceptance, its reason.
//! Words that change an acceptance make it one with modification; all others are put to a person.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::names;
use crate::workshop::Decision;

/// What a cell was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellReading {
    /// The decision.
    pub decision: Decision,
    /// Into what, where or to whom, as far as the cell says so.
    pub target: String,
    /// The cell as it was typed; empty if it says no more than known words for the decision and the target.
    pub typed: String,
    /// Whether it says no more than words of the list, spelt as there.
    pub exact: bool,
}

/// What words of the list mean.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Decides(Decision),
    /// Makes of an acceptance one with modification.
    Changes,
    /// A person must say what was meant.
    Asks,
    /// Says nothing of the decision.
    Harmless,
    /// Is in no list.
    Unknown,
}

/// Every phrase of the list, its words joined by a space. An entry can have two meanings: “amended”
/// decides, and changes an acceptance.
static PHRASES: LazyLock<HashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Meaning>> = HashMap::new();
    for decision in Decision::KNOWN {
        let words = joined(&words_of(decision.title()));
        phrases.entry(words).or_default().push(Meaning::Decides(decision.clone()));
    }
    for line in include_str!("decisions.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(kind), Some(_), Some(words)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let meaning = match kind {
            "changes" => Meaning::Changes,
            "asks" => Meaning::Asks,
            "harmless" => Meaning::Harmless,
            word => match Decision::KNOWN.iter().find(|decision| decision.word() == word) {
                Some(decision) => Meaning::Decides(decision.clone()),
                None => continue,
            },
        };
        let known = phrases.entry(joined(&words_of(words))).or_default();
        if !known.contains(&meaning) {
            known.push(meaning);
        }
    }
    phrases
});

/// The most words that a phrase has.
static MOST: LazyLock<usize> =
    LazyLock::new(|| PHRASES.keys().map(|phrase| phrase.split(' ').count()).max().unwrap_or(1));

/// The longest cell that is read, in bytes.
const LONGEST: usize = 2000;
/// Signs that people write for yes and no: each is a word.
const SIGNS: &str = "✓✔☑✅√👍✗✘☒❌👎";
/// What separates a decision from its reason.
const SEPARATORS: [char; 10] = [':', ';', ',', '.', '(', '-', '–', '—', '\n', '/'];

/// Words that name nothing that can be found again.
const UNCLEAR: [&str; 12] = [
    "above", "below", "previous", "next", "this", "that", "it", "them", "both", "all", "other",
    "others",
];
/// What a number may follow in the name of a place.
const KINDS: [&str; 8] =
    ["para", "paragraph", "article", "section", "point", "comment", "row", "no"];

/// A word of a cell, in small letters, and where it is.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    at: Range<usize>,
}

/// Reads a cell; `None` if a person must say what it means.
pub fn read(cell: &str) -> Option<CellReading> {
    let cell = cell.trim();
    if cell.contains(['?', '？', '؟']) || cell.len() > LONGEST {
        return None;
    }
    let words = words_of(cell);
    let (count, decision) = decided(&words)?;
    let (said, rest) = words.split_at(count);
    let exact = PHRASES.contains_key(&joined(said));
    let (Some(last), Some(next)) = (said.last(), rest.first()) else {
        return Some(CellReading { decision, target: String::new(), typed: String::new(), exact });
    };
    let separated = cell[last.at.end..next.at.start].contains(SEPARATORS);
    let rest = Rest { cell, words: rest, separated };
    let (judged, target, all) = rest.judge(&decision)?;
    let typed = if all && judged == decision { String::new() } else { cell.to_owned() };
    let exact = exact && typed.is_empty();
    Some(CellReading { decision: judged, target, typed, exact })
}

/// What follows the words of a decision.
struct Rest<'c> {
    cell: &'c str,
    words: &'c [Word],
    /// Whether a colon, a dash or the like is before it.
    separated: bool,
}

impl Rest<'_> {
    /// What the whole cell says if this takes nothing back, its target, and whether it says nothing else.
    fn judge(&self, decision: &Decision) -> Option<(Decision, String, bool)> {
        let (target, left) = self.target(decision)?;
        let said = meanings(left);
        let changes = said.contains(&Meaning::Changes);
        let asks = said.contains(&Meaning::Asks);
        let others: Vec<&Decision> = said
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Decides(other) if other != decision => Some(other),
                _ => None,
            })
            .collect();
        let all_harmless = said.iter().all(|meaning| *meaning == Meaning::Harmless);
        let judged = match decision {
            // Whatever follows "in part" or "subject to" says what is changed.
            Decision::Accepted
                if (said.first() == Some(&Meaning::Changes) || (changes && !asks))
                    && others.iter().all(|it| is_change(it)) =>
            {
                Decision::Modified
            }
            Decision::Accepted if all_harmless => Decision::Accepted,
            // What was changed, in whatever words.
            Decision::Modified
                if others.iter().all(|it| **it == Decision::Accepted)
                    && (self.separated || all_harmless || changes || !target.is_empty()) =>
            {
                Decision::Modified
            }
            // Why not, in whatever words but those of an agreement.
            Decision::NotAccepted
                if !changes
                    && (self.separated || all_harmless)
                    && others.iter().all(|it| **it == Decision::OutsideScope)
                    && !takes_back(left) =>
            {
                Decision::NotAccepted
            }
            Decision::Accepted | Decision::Modified | Decision::NotAccepted => return None,
            _ if !changes
                && !asks
                && others.is_empty()
                && (self.separated || all_harmless || !target.is_empty() || self.says_who()) =>
            {
                decision.clone()
            }
            _ => return None,
        };
        let all = left.is_empty();
        Some((judged, target, all))
    }

    /// The place or the person that it begins with, and what is left; `None` if it names something that
    /// cannot be found again, such as “the above”.
    fn target(&self, decision: &Decision) -> Option<(String, &[Word])> {
        const LEADING: [&str; 13] = [
            "into", "to", "with", "in", "under", "see", "as", "by", "of", "at", "new", "the",
            "also",
        ];
        /// What leads to a later time or to somebody, in several languages.
        const LATER: [&str; 9] = ["until", "till", "for", "ke", "kepada", "à", "au", "para", "al"];
        let is_leading = |word: &&Word| {
            LEADING.contains(&&*word.text)
                || *decision == Decision::Deferred && LATER.contains(&&*word.text)
        };
        let leading = self.words.iter().take_while(is_leading).count();
        let leads = leading > 0;
        let named = &self.words[leading.min(1)..];
        // A label can have several words: "OP3 bis", "S-ABC123".
        if let Some(label) = self.label(&self.words[leading..]) {
            let after = leading + label.len();
            let is_elsewhere = self.words.first().is_some_and(|word| word.text == "see");
            // "Deferred to OP5" names no person, and "noted, see OP5" may say that OP5 has it.
            if *decision == Decision::Deferred && is_place(label) {
                return None;
            }
            let keeps = is_elsewhere && *decision != Decision::Modified;
            if keeps && !matches!(decision, Decision::Accepted | Decision::NotAccepted) {
                return None;
            }
            let text = &self.cell[label[0].at.start..label[label.len() - 1].at.end];
            return Some((text.to_owned(), &self.words[after..]));
        }
        if !leads || !matches!(decision, Decision::Merged | Decision::Deferred) {
            return Some((String::new(), self.words));
        }
        let end = named.iter().zip(named.iter().skip(1)).position(|(one, next)| {
            self.cell[one.at.end..next.at.start].contains([',', ';', ':', '\n', '.', '('])
        });
        let count = end.map_or(named.len(), |at| at + 1);
        let (to, left) = named.split_at(count);
        if to.is_empty() || to.len() > 6 || to.iter().any(|word| UNCLEAR.contains(&&*word.text)) {
            return None;
        }
        let text = &self.cell[to[0].at.start..to[to.len() - 1].at.end];
        Some((text.to_owned(), left))
    }

    /// Whether it begins with who did it: “by the proponent”, in several languages.
    fn says_who(&self) -> bool {
        const BY: [&str; 7] = ["by", "oleh", "par", "pelo", "pela", "por", "ng"];
        self.words.first().is_some_and(|word| BY.contains(&&*word.text))
    }

    /// The words at the start that are a label or a reference: `OP5`, `OP3 bis`, `S-ABC123`.
    fn label<'w>(&self, words: &'w [Word]) -> Option<&'w [Word]> {
        let first = words.first()?;
        let joined = |at: usize| {
            let between = words[at].at.end..words[at + 1].at.start;
            matches!(&self.cell[between], "-" | "." | "(" | ")(")
        };
        let mut count = 1;
        while count < words.len() && joined(count - 1) {
            count += 1;
        }
        let text = &self.cell[first.at.start..words[count - 1].at.end];
        if KINDS.contains(&&*first.text)
            && words.get(1).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Some(&words[..2]);
        }
        let is_label = text.chars().any(|c| c.is_ascii_digit())
            && text.chars().any(char::is_alphabetic)
            && text.chars().count() <= 24;
        if !is_label {
            return None;
        }
        if words
            .get(count)
            .is_some_and(|word| matches!(&*word.text, "bis" | "ter" | "quater" | "alt"))
        {
            count += 1;
        }
        Some(&words[..count])
    }
}

/// Whether a label is one of a paragraph, a comment or a point.
fn is_place(label: &[Word]) -> bool {
    let first: String = label[0].text.chars().take_while(|c| c.is_alphabetic()).collect();
    matches!(&*first, "op" | "pp" | "s" | "p" | "para" | "art" | "article" | "section")
}

fn is_change(decision: &Decision) -> bool {
    matches!(decision, Decision::Modified | Decision::Accepted)
}

/// Whether a reason not to accept something agrees to it nevertheless.
fn takes_back(words: &[Word]) -> bool {
    const BACK: [&str; 14] = [
        "but",
        "except",
        "excepting",
        "unless",
        "until",
        "if",
        "however",
        "although",
        "though",
        "provided",
        "yet",
        "instead",
        "or",
        "some",
    ];
    words.iter().any(|word| BACK.contains(&&*word.text))
}

/// The words of a cell. Letters keep their accents and tones; `w/` is `with`.
fn words_of(cell: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut letters = cell.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        if SIGNS.contains(letter) {
            words.push(Word { text: letter.to_string(), at: at..end });
            open = false;
        } else if letter.is_alphanumeric() || (open && is_combining_mark(letter)) {
            // A digit that is written small or in a circle is a digit.
            let small = letter.nfkc().flat_map(char::to_lowercase);
            match words.last_mut().filter(|_| open) {
                Some(word) => {
                    word.text.extend(small);
                    word.at.end = end;
                }
                None => words.push(Word { text: small.collect(), at: at..end }),
            }
            open = true;
        } else if letter == '/' && open && words.last().is_some_and(|word| word.text == "w") {
            let Some(word) = words.last_mut() else { continue };
            let without = letters.peek().is_some_and(|(_, next)| matches!(next, 'o' | 'O'))
                && !cell[end..].chars().nth(1).is_some_and(char::is_alphanumeric);
            if without { "without" } else { "with" }.clone_into(&mut word.text);
            word.at.end = end;
            if without {
                letters.next();
                word.at.end += 1;
            }
            open = false;
        } else if letter == '&' || letter == '+' {
            words.push(Word { text: "and".to_owned(), at: at..end });
            open = false;
        } else {
            open = false;
        }
    }
    for word in &mut words {
        word.text = word.text.nfc().collect();
    }
    words
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ")
}

/// The decision at the start of these words, and how many words say it.
fn decided(words: &[Word]) -> Option<(usize, Decision)> {
    let most = words.len().min(*MOST);
    let exactly = |count: usize| {
        let meanings = PHRASES.get(&joined(&words[..count]))?;
        meanings.iter().find_map(|meaning| match meaning {
            Meaning::Decides(decision) => Some(decision.clone()),
            _ => None,
        })
    };
    (1..=most).rev().find_map(|count| {
        let decision = exactly(count).or_else(|| mistyped(&words[..count]));
        Some((count, decision?))
    })
}

/// What the phrases in these words mean, longest first.
fn meanings(words: &[Word]) -> Vec<Meaning> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let most = (words.len() - at).min(*MOST);
        let known = (1..=most)
            .rev()
            .find_map(|count| Some((count, PHRASES.get(&joined(&words[at..at + count]))?)));
        let Some((count, meanings)) = known else {
            found.push(Meaning::Unknown);
            at += 1;
            continue;
        };
        // Words that decide elsewhere only change an acceptance here.
        match meanings.iter().find(|it| **it == Meaning::Changes) {
            Some(changes) => found.push(changes.clone()),
            None => found.extend(meanings.iter().cloned()),
        }
        at += count;
    }
    found
}

/// The decision whose words these probably are, compared one by one. The first letter of a word is never
/// taken for mistyped, nor is a short word, nor one that is a word itself: no slip adds or removes a "not",
/// and "noted" is never "voted".
fn mistyped(phrase: &[Word]) -> Option<Decision> {
    let slips = |(known, meanings): (&'static String, &'static Vec<Meaning>)| {
        let decision = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Decides(decision) => Some(decision),
            _ => None,
        })?;
        let known: Vec<&str> = known.split(' ').collect();
        let all: Option<Vec<usize>> = (known.len() == phrase.len())
            .then(|| {
                known.iter().zip(phrase).map(|(known, typed)| slips(known, &typed.text)).collect()
            })
            .flatten();
        Some((all?.iter().sum::<usize>(), decision))
    };
    let near: Vec<(usize, &Decision)> = PHRASES.iter().filter_map(slips).collect();
    let (least, decision) = near.iter().min_by_key(|(slips, _)| *slips)?;
    // Two decisions that are about as near: nobody knows which.
    let alone = near.iter().all(|(slips, other)| *slips > least + 1 || other == decision);
    alone.then(|| (*decision).clone())
}

/// How many slips turn one word into another; `None` if it is a different word.
fn slips(known: &str, typed: &str) -> Option<usize> {
    if known == typed {
        return Some(0);
    }
    let length = typed.chars().count();
    let allowed = match length {
        0..=4 => 0,
        5..=8 => 1,
        9..=40 => 2,
        _ => 0,
    };
    let may_be = allowed > 0
        && known.is_ascii()
        && typed.is_ascii()
        && known.chars().next() == typed.chars().next();
    if !may_be || names::is_word(typed) || PHRASES.contains_key(typed) {
        return None;
    }
    let distance = strsim::damerau_levenshtein(known, typed);
    (distance <= allowed).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::{Decision, PHRASES, read};

    #[test]
    fn every_row_of_the_list_is_read() {
        for line in include_str!("decisions.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, language, words] = columns[..] else { panic!("{line}") };
            let is_decision = Decision::KNOWN.iter().any(|decision| decision.word() == kind);
            assert!(is_decision || ["changes", "asks", "harmless"].contains(&kind), "{line}");
            assert!(matches!(language.len(), 1..=3), "{line}");
            if is_decision {
                let reading = read(words).unwrap_or_else(|| panic!("{line}"));
                assert_eq!(reading.decision.word(), kind, "{line}");
            }
        }
    }

    #[test]
    fn no_phrase_decides_two_things() {
        for (phrase, meanings) in PHRASES.iter() {
            let decides = meanings.iter().filter(|it| matches!(it, super::Meaning::Decides(_)));
            assert!(decides.count() <= 1, "{phrase}");
        }
    }

    #[test]
    fn what_people_write_is_read_as_they_meant_it() {
        for (cell, decision, target, typed) in [
            ("accepted", Decision::Accepted, "", ""),
            ("Accepted (to OP5)", Decision::Accepted, "OP5", ""),
            ("Accepted in OP6alt.", Decision::Accepted, "OP6alt", ""),
            ("Accepted; see new OP5", Decision::Accepted, "OP5", ""),
            ("accpeted", Decision::Accepted, "", ""),
            ("ACCEPTED!", Decision::Accepted, "", ""),
            ("agreed", Decision::Accepted, "", ""),
            ("Aceito", Decision::Accepted, "", ""),
            ("ยอมรับ", Decision::Accepted, "", ""),
            ("✓", Decision::Accepted, "", ""),
            ("AMEND.", Decision::Modified, "", ""),
            ("accepted w/ mods", Decision::Modified, "", ""),
            (
                "Accepted with modificaton: “may”",
                Decision::Modified,
                "",
                "Accepted with modificaton: “may”",
            ),
            ("accepted_with_modification", Decision::Modified, "", ""),
            ("partly accepted", Decision::Modified, "", ""),
            ("Accept (modified)", Decision::Modified, "", "Accept (modified)"),
            ("not agreed", Decision::NotAccepted, "", ""),
            ("Not accepted", Decision::NotAccepted, "", ""),
            ("not acepted", Decision::NotAccepted, "", ""),
            ("không đồng ý", Decision::NotAccepted, "", ""),
            ("✗", Decision::NotAccepted, "", ""),
            ("rejected: costs too much", Decision::NotAccepted, "", "rejected: costs too much"),
            ("merge with S-ABC123", Decision::Merged, "S-ABC123", ""),
            ("merged into OP3 bis", Decision::Merged, "OP3 bis", ""),
            ("deferred to chair", Decision::Deferred, "chair", ""),
            ("refer to WG2", Decision::Deferred, "WG2", ""),
            (
                "Deferred to the chair, after lunch",
                Decision::Deferred,
                "the chair",
                "Deferred to the chair, after lunch",
            ),
            ("out of scope", Decision::OutsideScope, "", ""),
            ("noted, with thanks", Decision::Noted, "", "noted, with thanks"),
            ("TBD", Decision::Open, "", ""),
            ("Accepted in OP1", Decision::Accepted, "OP1", ""),
            ("withdrwan", Decision::Withdrawn, "", ""),
        ] {
            let reading = read(cell).unwrap_or_else(|| panic!("{cell}"));
            let read = (reading.decision, &*reading.target, &*reading.typed);
            assert_eq!(read, (decision, target, typed), "{cell}");
        }
    }

    #[test]
    fn what_could_be_two_things_is_left_to_a_person() {
        for cell in [
            "accepted?",
            "accepted or rejected",
            "accepted, rejected in part",
            "acceptable if the chair thinks so and rejected otherwise",
            "Agreed to delete",
            "Agreed, subject to legal review",
            "Agree that this is outside our mandate",
            "OK to reject",
            "Accepted by some, rejected by others",
            "accepted. not for this paragraph but OP5",
            "Rejected, but will be looked at again",
            "noted, see OP5",
            "refer to OP5",
            "merged with the above",
            "nearly accepted",
            "Note accepted",
            "n/a",
            "Deleted",
            "同意，但需修改",
            "voted",
            "excepted",
            "not",
            "see above",
            "banana",
            "",
            "42",
            "inaccepted",
            "nod accepted",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
