//! The labelled sentences, and how well the attribution check does on them.

use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use rapporteur::names::{Hit, ListedNames, Names};

/// One a line: part, sort, text. What must be held up stands in curly brackets.
const SENTENCES: &str = include_str!("sentences.tsv");

/// A sentence with what must be held up in it.
pub(crate) struct Sentence {
    /// Whether it was written before the rules and kept from those who wrote them.
    pub(crate) held_out: bool,
    pub(crate) text: String,
    pub(crate) labels: Vec<Range<usize>>,
}

/// The meeting that the sentences come from.
pub(crate) fn listed() -> ListedNames<'static> {
    ListedNames {
        delegations: vec![
            "Australia",
            "Bangladesh",
            "Brunei",
            "Cambodia",
            "Indonesia",
            "Lao PDR",
            "Malaysia",
            "the Philippines",
            "Singapore",
            "Sri Lanka",
            "Thailand",
            "Timor-Leste",
            "Viet Nam",
        ],
        agencies: vec![
            ("Malaysian Border Control and Protection Agency", "MCBA"),
            ("Ministry of Home Affairs", "MOHA"),
            ("Financial Intelligence and Enforcement Department", "FIED"),
            ("Australian Border Force", "ABF"),
            ("Australian Federal Police", "AFP"),
            ("Royal Canadian Mounted Police", "RCMP"),
            ("", "BAKAMLA"),
        ],
        aliases: vec![("KL", "Malaysia")],
        participants: vec![
            "David Scott",
            "Datuk Makhzan bin Mahyuddin",
            "Nguyen Van Minh",
            "Somchai Prasertkul",
            "Maria Clara Reyes",
            "Datuk Rahim bin Osman",
            "Dr Ayu Lestari",
            "Li Na",
            "Chea Sophal",
            "Hope Young",
            "Kumari Perera",
            "Tan Wei Ling",
            "X",
        ],
        texts: vec![],
    }
}

/// All sentences, those kept apart first.
pub(crate) fn sentences() -> Vec<Sentence> {
    SENTENCES.lines().filter(|line| !line.starts_with('#')).map(sentence).collect()
}

fn sentence(line: &str) -> Sentence {
    let mut fields = line.splitn(3, '\t');
    let held_out = fields.next() == Some("held");
    parse(held_out, fields.nth(1).unwrap_or_default())
}

/// A text with its labels.
pub(crate) fn parse(held_out: bool, written: &str) -> Sentence {
    let (mut text, mut labels, mut open) = (String::new(), Vec::new(), 0);
    let mut rest = written.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '{' => open = text.len(),
            '}' => labels.push(open..text.len()),
            '\\' if rest.as_str().starts_with('n') => {
                rest.next();
                text.push('\n');
            }
            '\\' => {
                let code: String = rest.by_ref().skip(2).take_while(|c| *c != '}').collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            letter => text.push(letter),
        }
    }
    Sentence { held_out, text, labels }
}

/// How well the check did.
#[derive(Default)]
pub(crate) struct Score {
    pub(crate) sentences: usize,
    pub(crate) labels: usize,
    pub(crate) found: usize,
    pub(crate) held: usize,
    pub(crate) right: usize,
    /// What went wrong, in words.
    pub(crate) wrong: Vec<String>,
}

impl Score {
    /// The part of what must be held up that was.
    pub(crate) fn recall(&self) -> f64 {
        self.found as f64 / self.labels.max(1) as f64
    }

    /// The part of what was held up that had to be.
    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / self.held.max(1) as f64
    }
}

impl Display for Score {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { sentences, labels, found, held, right, .. } = self;
        let (recall, precision) = (self.recall(), self.precision());
        write!(f, "{sentences} sentences: recall {recall:.3} ({found} of {labels}), ")?;
        write!(f, "precision {precision:.3} ({right} of {held})")
    }
}

/// Checks sentences against their labels.
pub(crate) fn measure<'s>(names: &Names, sentences: impl Iterator<Item = &'s Sentence>) -> Score {
    let mut score = Score::default();
    for sentence in sentences {
        let hits = names.check(&sentence.text);
        let held: Vec<&Hit> = hits.iter().filter(|hit| hit.is_certain()).collect();
        let meet = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        score.sentences += 1;
        score.labels += sentence.labels.len();
        score.held += held.len();
        for label in &sentence.labels {
            if held.iter().any(|hit| meet(&hit.range, label)) {
                score.found += 1;
            } else {
                let name = &sentence.text[label.clone()];
                score.wrong.push(format!("missed “{name}” in: {}", sentence.text));
            }
        }
        for hit in held {
            if sentence.labels.iter().any(|label| meet(&hit.range, label)) {
                score.right += 1;
            } else {
                let name = &sentence.text[hit.range.clone()];
                score.wrong.push(format!("held up “{name}” in: {}", sentence.text));
            }
        }
    }
    score
}
