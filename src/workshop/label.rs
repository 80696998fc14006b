//! Labels of paragraphs, as people write them: `OP6alt`, `3 bis`, `7.bis`, `Article 2 ter`.

use std::cmp::Ordering;

use compact_str::CompactString;

use super::Paragraph;

/// A label in the form in which it is compared: the same however it was typed. A text that is not a label
/// is compared by its letters and digits.
///
/// ```
/// use rapporteur::workshop::Label;
///
/// assert_eq!(Label::read("op 4 BIS"), Label::read("OP4bis."));
/// assert!(Label::read("OP4bis") < Label::read("OP4ter"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    series: LabelSeries,
    steps: Vec<LabelPart>,
}

/// What is numbered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum LabelSeries {
    Preambular,
    Operative,
    Article,
    /// Not given, or only "paragraph".
    Any,
    /// Not a label that can be read; its letters.
    Other(CompactString),
}

/// A part of a label.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum LabelPart {
    Number(u64),
    /// `(a)`, `(iv)`: the number it stands for, and the letters.
    Letter(u64, CompactString),
    /// `bis` is 0, `alt` the last.
    Suffix(usize),
}

impl LabelPart {
    /// A paragraph comes before its parts, and those before what was inserted after it.
    fn rank(&self) -> (u8, u64, &str) {
        match self {
            Self::Number(number) => (0, *number, ""),
            Self::Letter(number, letters) => (1, *number, letters),
            Self::Suffix(nth) => (2, *nth as u64, ""),
        }
    }
}

impl Ord for LabelPart {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for LabelPart {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The suffixes for paragraphs inserted after another, in the order of the United Nations'
/// drafts. Alternatives come last.
const SUFFIXES: [&str; 10] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    ALTERNATIVE,
];
const ALTERNATIVE: &str = "alt";

/// The longest text that is read as a label, in bytes.
const LONGEST: usize = 64;

impl Label {
    /// The label that this text is.
    pub fn read(text: &str) -> Self {
        Self::strictly(text).unwrap_or_else(|| {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            let letters = letters.flat_map(char::to_lowercase).collect();
            Self { series: LabelSeries::Other(letters), steps: Vec::new() }
        })
    }

    /// The label that this text is, if it is one.
    pub fn strictly(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (mut series, mut steps) = (LabelSeries::Any, Vec::new());
        for word in runs(text) {
            if let Ok(number) = word.parse() {
                steps.push(LabelPart::Number(number));
                continue;
            }
            let word = word.to_lowercase();
            match series_of(&word) {
                Some(LabelSeries::Any) if steps.is_empty() => {}
                Some(named) if steps.is_empty() => series = named,
                _ => steps.push(step(&word, &steps)?),
            }
        }
        // A suffix alone numbers nothing.
        match steps.first()? {
            LabelPart::Suffix(_) => None,
            _ => Some(Self { series, steps }),
        }
    }

    /// Whether it identifies a paragraph by itself: `PP2`, `Article 3`, and not `3.`
    pub fn is_full(&self) -> bool {
        !matches!(self.series, LabelSeries::Any | LabelSeries::Other(_))
            && matches!(self.steps.first(), Some(LabelPart::Number(_)))
    }

    /// Whether it is a label of the preamble.
    pub fn is_preambular(&self) -> bool {
        self.series == LabelSeries::Preambular
    }

    /// Its first number.
    pub fn number(&self) -> Option<u64> {
        match self.steps.first()? {
            LabelPart::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// What else may be meant by a label that does not say what is numbered, likeliest first.
    pub(super) fn readings(&self) -> impl Iterator<Item = Self> {
        let others = (self.series == LabelSeries::Any)
            .then_some([LabelSeries::Operative, LabelSeries::Article]);
        let with = |series| Self { series, steps: self.steps.clone() };
        others.into_iter().flatten().map(with)
    }

    /// The first free label for a paragraph inserted after this one: `OP5bis` after `OP5`,
    /// `OP5ter` if there is already a bis.
    pub fn inserted_after(label: &str, is_taken: impl Fn(&Self) -> bool) -> Paragraph {
        let stem = stem(label);
        let suffixes = SUFFIXES.iter().map(|suffix| format!("{stem}{suffix}"));
        let more = (2_u64..).map(|nth| format!("{stem}{ALTERNATIVE}{nth}"));
        let free = suffixes.chain(more).find(|label| !is_taken(&Self::read(label)));
        Paragraph::from(&*free.unwrap_or_default())
    }

    /// The suffix that ends this text, as labels are written: `bis` of `7.bis`.
    pub fn suffix(label: &str) -> Option<String> {
        let end = label.trim_end_matches(|c: char| !c.is_alphanumeric());
        let suffix = end[stem(end).len()..].trim_matches(|c: char| !c.is_alphanumeric());
        (!suffix.is_empty()).then(|| suffix.to_lowercase())
    }
}

/// The letters and the digits of a text, each run by itself.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut from: Option<(usize, bool)> = None;
    for (at, letter) in text.char_indices() {
        let figure = letter.is_ascii_digit();
        let inside = letter.is_alphanumeric() || matches!(letter, '§' | '¶');
        if let Some((start, figures)) = from
            && (!inside || figures != figure)
        {
            runs.push(&text[start..at]);
            from = None;
        }
        if inside && from.is_none() {
            from = Some((at, figure));
        }
    }
    runs.extend(from.map(|(start, _)| &text[start..]));
    runs
}

fn series_of(word: &str) -> Option<LabelSeries> {
    Some(match word {
        "pp" | "preambular" | "preamble" => LabelSeries::Preambular,
        "op" | "operative" => LabelSeries::Operative,
        "article" | "art" => LabelSeries::Article,
        "paragraph" | "para" | "par" | "number" | "no" | "§" | "¶" => LabelSeries::Any,
        _ => return None,
    })
}

/// The part of a label that follows these.
fn step(word: &str, before: &[LabelPart]) -> Option<LabelPart> {
    if let Some(nth) = SUFFIXES.iter().position(|suffix| *suffix == word) {
        return Some(LabelPart::Suffix(nth));
    }
    let under = before.iter().any(|step| matches!(step, LabelPart::Letter(..)));
    let alone = word.chars().next().filter(|c| c.is_ascii_lowercase() && word.len() == 1);
    let letter = alone.map(|letter| u64::from(letter as u32) - u64::from('a' as u32) + 1);
    let counts = if under { roman(word).or(letter) } else { letter.or_else(|| roman(word)) };
    Some(LabelPart::Letter(counts?, word.into()))
}

/// The symbols of Roman numerals up to 399, largest first, with their values.
const FIGURES: [(&str, u64); 9] = [
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
];

/// The value of a Roman numeral.
pub fn roman(word: &str) -> Option<u64> {
    let (mut rest, mut number) = (word, 0);
    for (figure, counts) in FIGURES {
        let mut times = 0;
        while let Some(behind) = rest.strip_prefix(figure) {
            let most = if matches!(counts, 100 | 10 | 1) { 3 } else { 1 };
            times += 1;
            if times > most {
                return None;
            }
            (rest, number) = (behind, number + counts);
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

/// A number as a Roman numeral, in small letters; `None` above 399.
pub fn in_roman(count: u64) -> Option<String> {
    let (mut rest, mut written) = (count, String::new());
    if !(1..400).contains(&count) {
        return None;
    }
    for (figure, counts) in FIGURES {
        while rest >= counts {
            written.push_str(figure);
            rest -= counts;
        }
    }
    Some(written)
}

/// A label without the suffix at its end.
fn stem(label: &str) -> &str {
    let figures = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let lower = figures.to_ascii_lowercase();
    let bare = |figures: &str, suffix: &str| figures.len() - suffix.len();
    let found = SUFFIXES.iter().filter(|suffix| lower.ends_with(**suffix));
    // `alt2` has a number of its own, `bis` never has.
    let mut found = found.filter(|suffix| **suffix == ALTERNATIVE || figures.len() == label.len());
    let Some(end) = found.next().map(|suffix| bare(figures, suffix)) else { return label };
    let stem = label[..end].trim_end_matches([' ', '.', '-', '_']);
    // What is left must have a number, or else it was a word.
    if stem.ends_with(|c: char| c.is_ascii_digit() || c == ')') { stem } else { label }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_family_however_it_is_typed() {
        for family in [
            &["OP4bis", "op 4 BIS", "OP4 bis.", "OP 4-bis", "operative paragraph 4bis"][..],
            &["3 bis", "3bis.", "3.bis", "para 3 bis", "§ 3 bis", "3-BIS", "¶3bis"],
            &["Article 2 ter", "Article 2ter", "art. 2.ter"],
            &["3.3alt", "3.3 alt", "3(3)alt"],
            &["OP6alt2", "OP6 alt 2", "op6-alt-2"],
            &["(a)", "a)", "a.", "(A)"],
            &["OP3(a)(ii)", "OP3 a ii", "op 3 (A) (II)"],
            &["PP2bis", "pp 2 bis", "preambular para. 2 bis"],
        ] {
            for label in family {
                assert!(Label::strictly(label).is_some(), "{label}");
                assert_eq!(Label::read(label), Label::read(family[0]), "{label}");
            }
        }
        for (one, other) in
            [("OP4", "PP4"), ("OP4", "4"), ("OP4", "OP4bis"), ("OP41", "OP4(1)"), ("3(i)", "3(ix)")]
        {
            assert_ne!(Label::read(one), Label::read(other));
        }
        for word in ["", "bis", "OP", "the chair", "whole text", "OP5 and more", &"9".repeat(40)] {
            assert_eq!(Label::strictly(word), None, "{word}");
        }
    }

    #[test]
    fn labels_are_in_the_order_of_the_text() {
        let order = [
            "PP1",
            "PP2",
            "PP2bis",
            "PP3",
            "OP1",
            "OP3",
            "OP3(a)",
            "OP3(b)",
            "OP3(b)(i)",
            "OP3(b)(iv)",
            "OP3bis",
            "OP3ter",
            "OP3quater",
            "OP3alt",
            "OP3alt2",
            "OP4",
            "OP10",
            "Article 1",
        ];
        let read: Vec<Label> = order.iter().map(|label| Label::read(label)).collect();
        assert!(read.is_sorted(), "{read:?}");
    }

    #[test]
    fn what_is_put_in_takes_the_next_free_suffix() {
        let behind = |label: &str, taken: &[&str]| {
            let taken: Vec<Label> = taken.iter().map(|label| Label::read(label)).collect();
            Label::inserted_after(label, |label| taken.contains(label)).to_string()
        };
        assert_eq!(behind("OP5", &["OP5"]), "OP5bis");
        assert_eq!(behind("OP5", &["OP5", "op 5 bis"]), "OP5ter");
        assert_eq!(behind("OP4bis", &["OP4", "OP4bis"]), "OP4ter");
        assert_eq!(behind("OP3(a)", &[]), "OP3(a)bis");
        assert_eq!(behind("Article 2 bis", &["Article 2bis"]), "Article 2ter");
        let all: Vec<String> = SUFFIXES.iter().map(|suffix| format!("OP5{suffix}")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(behind("OP5alt3", &all), "OP5alt2");
        assert_eq!(Label::suffix("7.bis").as_deref(), Some("bis"));
        assert_eq!(Label::suffix("3alt2.").as_deref(), Some("alt2"));
        assert_eq!(Label::suffix("cobalt"), None);
    }
}
