//! The report for a person: first what must be looked at, then what was understood, uncertain readings
//! before exact ones.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::{Finding, FindingKind, ReturnedMatrix, ReturnedRow, RowOutcome, RowQuestion};
use crate::workshop::{Disposition, counted};

/// How many rows of a group are listed by name.
const NAMED: usize = 4;
/// How many letters of a cell are shown.
const SHOWN: usize = 240;

impl FindingKind {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 6] =
        [Self::Columns, Self::Edited, Self::Elsewhere, Self::Note, Self::Look, Self::Merged];

    /// Its name for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Edited => "edited",
            Self::Elsewhere => "elsewhere",
            Self::Note => "note",
            Self::Look => "look",
            Self::Merged => "merged",
        }
    }

    /// One of them, and several.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Columns => ("choice of columns", "choices of columns"),
            Self::Edited => ("edited comment", "edited comments"),
            Self::Elsewhere => ("cell in another column", "cells in other columns"),
            Self::Note => ("note on a cell", "notes on cells"),
            Self::Look => ("coloured or struck-out cell", "coloured or struck-out cells"),
            Self::Merged => ("merged cell", "merged cells"),
        }
    }

    /// What is said above a list of them.
    fn heading(self) -> &'static str {
        match self {
            Self::Columns => {
                "Columns without our headings, taken by what is in them; --column Disposition=K says another:"
            }
            Self::Edited => "Comments or proposed wordings were edited; that is not taken over:",
            Self::Elsewhere => "Words in other columns, which are not read as answers:",
            Self::Note => "Notes on cells, which are not read as answers:",
            Self::Look => "Coloured or struck-out cells, which may be meant as answers:",
            Self::Merged => {
                "One cell over several rows was read for the first row only; unmerge it and fill in each row:"
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cell, reference, words, .. } = self;
        f.write_str(cell)?;
        if !reference.is_empty() {
            write!(f, " ({reference})")?;
        }
        if words.is_empty() { Ok(()) } else { write!(f, ": {}", shown(words)) }
    }
}

impl ReturnedMatrix {
    /// The report, with at most this many lines in each list.
    pub fn report(&self, most: usize) -> Vec<String> {
        let mut lines = vec![self.headline()];
        let mut list = |title: &str, all: Vec<String>| {
            if all.is_empty() {
                return;
            }
            lines.push(title.to_owned());
            let more = all.len().saturating_sub(most);
            // One line more is no longer than the line that says so.
            let more = if more == 1 { 0 } else { more };
            lines.extend(all[..all.len() - more].iter().map(|line| format!("  {line}")));
            if more > 0 {
                lines.push(format!("  … and {more} more"));
            }
        };
        let mut asked: Vec<String> =
            self.asked().map(|(row, question)| question.sentence(row)).collect();
        // A row that is there several times has one sentence.
        let mut said = HashSet::new();
        asked.retain(|sentence| said.insert(sentence.clone()));
        list("Not applied; a person must decide:", asked);
        let conflicts = self.rows.iter().filter_map(ReturnedRow::conflict).collect();
        list("Answered differently before; both are kept until someone chooses:", conflicts);
        list("New rows, which are not taken over; they could become points:", self.added());
        for kind in FindingKind::ALL {
            let found = self.findings().filter(|finding| finding.kind == kind);
            list(kind.heading(), found.map(Finding::to_string).collect());
        }
        list("Understood:", self.understood());
        list("To know:", self.noted.clone());
        lines
    }

    /// How many rows there are, and how much of what a person must look at.
    fn headline(&self) -> String {
        let conflicts = self.rows.iter().filter(|row| row.conflict().is_some()).count();
        let kinds = FindingKind::ALL.map(|kind| {
            let count = self.findings().filter(|finding| finding.kind == kind).count();
            (count, kind.names())
        });
        let first = [
            (self.asked().count(), ("row not read", "rows not read")),
            (conflicts, ("conflict", "conflicts")),
            (self.added().len(), ("new row", "new rows")),
        ];
        let look: Vec<String> = first
            .into_iter()
            .chain(kinds)
            .filter(|(count, _)| *count > 0)
            .map(|(count, (one, many))| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        let look = if look.is_empty() {
            "Nothing needs a person.".to_owned()
        } else {
            format!("A person must look at {}.", look.join(", "))
        };
        format!(
            "{}: {} answered, {} unchanged. {look}",
            counted(self.rows.len(), "row"),
            self.answers().count(),
            self.unchanged()
        )
    }

    /// The rows that somebody added, with their words.
    fn added(&self) -> Vec<String> {
        let added = self.rows.iter().filter_map(|row| match &row.outcome {
            RowOutcome::Added(words) => Some((row, words)),
            _ => None,
        });
        added
            .map(|(row, words)| match row.typed.trim() {
                "" => format!("{}: “{}”", row.cell, shown(words)),
                typed => format!("{}: “{}”, with “{}”", row.cell, shown(words), shown(typed)),
            })
            .collect()
    }

    /// What was read without a question, by phrase: uncertain readings first, then the most frequent.
    fn understood(&self) -> Vec<String> {
        let mut groups: Vec<(&ReturnedRow, Vec<&ReturnedRow>)> = Vec::new();
        let mut places: HashMap<_, usize> = HashMap::new();
        for row in &self.rows {
            let (RowOutcome::Applied(answer), Some(reading)) = (&row.outcome, &row.reading) else {
                continue;
            };
            let phrase = row.typed.trim().to_lowercase();
            let key = (phrase, answer.to.decision.title(), &reading.target);
            let at = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(at) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((row, vec![row])),
            }
        }
        let exact = |row: &ReturnedRow| row.reading.as_ref().is_some_and(|reading| reading.exact);
        groups.sort_by_key(|(row, rows)| (exact(row), std::cmp::Reverse(rows.len())));
        groups.iter().map(|(row, rows)| understood(row, rows)).collect()
    }
}

/// A line for the rows with one phrase.
fn understood(first: &ReturnedRow, rows: &[&ReturnedRow]) -> String {
    let Some(reading) = &first.reading else { return String::new() };
    let typed = match first.typed.trim() {
        "" => "Only a response".to_owned(),
        typed => format!("“{}”", shown(typed)),
    };
    let mut line = format!("{typed} → {}", reading.decision.title());
    let same = rows.iter().all(|row| row.target == first.target);
    if same && !first.target.is_empty() {
        line.push_str(&format!(", target {}", shown(&first.target)));
    }
    let named: Vec<String> =
        rows.iter().take(NAMED).map(|row| format!("{} ({})", row.cell, row.reference)).collect();
    let more = rows.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{line}, {}: {}{more}", counted(rows.len(), "row"), named.join(", "))
}

impl ReturnedRow {
    /// The sentence on an answer beside others, if it is one.
    pub fn conflict(&self) -> Option<String> {
        let RowOutcome::Conflict(answer, others) = &self.outcome else { return None };
        let others: Vec<String> = others.iter().map(answer_in_words).collect();
        let (cell, reference) = (&self.cell, &self.reference);
        Some(format!(
            "{cell} ({reference}) says {}, and an earlier answer {}; someone must choose.",
            answer_in_words(&answer.to),
            others.join(", another ")
        ))
    }
}

fn answer_in_words(answer: &Disposition) -> String {
    let mut words = format!("“{}”", answer.decision.title());
    for (what, text) in [("target", &*answer.target), ("response", &*answer.note)] {
        if !text.is_empty() {
            words.push_str(&format!(", {what} “{}”", shown(text)));
        }
    }
    words
}

impl RowQuestion {
    /// What a person must decide, with its cell.
    pub fn sentence(&self, row: &ReturnedRow) -> String {
        let (cell, name) = (&row.cell, &row.reference);
        match self {
            Self::Unread => {
                let typed = shown(&row.typed);
                format!("{cell} ({name}): “{typed}” could mean several things, or none.")
            }
            Self::Mangled(cell, complaint) if name.is_empty() => format!("{cell} {complaint}."),
            Self::Mangled(cell, complaint) => format!("{cell} ({name}) {complaint}."),
            Self::Targets(said, target) => {
                format!("{cell} ({name}) says “{said}”, its target “{target}”: which is it?")
            }
            Self::Emptied => {
                format!("{cell}: the answer of {name} was emptied; write “open” to take it back.")
            }
            Self::DecisionEmptied => {
                format!("{cell}: the decision on {name} was emptied and more was written.")
            }
            Self::Struck => format!("{cell} ({name}): “{}” is struck out.", shown(&row.typed)),
            Self::Merged(cells) => format!(
                "{cell} ({name}) is one cell with those above ({cells}); which decision belongs to \
                 its response?"
            ),
            Self::Repeated(all) => {
                let says = |(cell, title): &(String, String)| format!("{cell} says “{title}”");
                let all: Vec<String> = all.iter().map(says).collect();
                format!("{name} is there more than once: {}.", all.join(", "))
            }
            Self::NoReference(cell) if name.is_empty() => {
                format!("{cell}: there is no reference; which row is it?")
            }
            Self::NoReference(cell) => format!("{cell}: “{name}” is not a row of the matrix."),
            Self::OtherWords(cell) => format!(
                "{cell}: the words next to {name} are not those of {name}; which row is it?"
            ),
            Self::Torn(cell, other) => format!(
                "{cell}: the row says “{name}”, its hidden column {other}, and its words are \
                 neither's."
            ),
            Self::Gone(cell, why) => format!(
                "{cell}: {why} since the file was written; what was answered here is not applied."
            ),
            Self::Refused(why) => format!("{cell} ({name}): {why}"),
        }
    }
}

/// As much of a text as a line of a report can have.
fn shown(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}
