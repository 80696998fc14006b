//! One cell that came back: its words, or why they cannot be trusted.

use crate::workshop::clean;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MatrixCell {
    pub(super) words: String,
    pub(super) fault: Option<CellFault>,
}

/// Why the words of a cell are not what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CellFault {
    /// It has a formula.
    Formula(String),
    /// The spreadsheet turned it into a date.
    Date,
    /// It is yes or no.
    Truth(bool),
    /// The spreadsheet could not calculate it.
    Error(String),
}

impl MatrixCell {
    /// A cell with these words, cleaned of what no document may have.
    pub(super) fn of(words: &str) -> Self {
        let words = clean(words).into_owned();
        let fault = is_date(&words).then_some(CellFault::Date);
        Self { words, fault }
    }

    pub(super) fn wrong(fault: CellFault) -> Self {
        Self { words: String::new(), fault: Some(fault) }
    }

    /// What the cell shows, as far as that is known.
    pub(super) fn as_it_is(&self) -> String {
        match &self.fault {
            Some(CellFault::Formula(words) | CellFault::Error(words)) => clean(words).into_owned(),
            Some(CellFault::Truth(truth)) => truth.to_string().to_uppercase(),
            Some(CellFault::Date) | None => self.words.clone(),
        }
    }

    /// What is wrong with it, in words.
    pub(super) fn complaint(&self) -> Option<String> {
        Some(match self.fault.as_ref()? {
            CellFault::Formula(formula) => {
                format!(
                    "has a formula ({}); write words",
                    clean(&formula.chars().take(80).collect::<String>())
                )
            }
            CellFault::Date => {
                "is a date, which the spreadsheet made of what was typed; write it as text"
                    .to_owned()
            }
            CellFault::Truth(truth) => {
                format!("is {}, which is not a decision", if *truth { "TRUE" } else { "FALSE" })
            }
            CellFault::Error(error) => format!("shows the error {}", clean(error)),
        })
    }
}

/// Whether a spreadsheet made this from `3-5`: `05-Mar`, `3/5/2026`. A CSV has no other sign of
/// it.
fn is_date(words: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = words.split(['-', '/']).collect();
    let number =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let month = |part: &str| MONTHS.contains(&&*part.to_lowercase());
    match parts[..] {
        [one, other] => (number(one) && month(other)) || (month(one) && number(other)),
        [day, between, year] => number(day) && (number(between) || month(between)) && number(year),
        _ => false,
    }
}

/// The name of a cell: `K12`.
pub(super) fn address(sheet: &str, column: u32, row: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let between = if sheet.is_empty() { "" } else { "!" };
    format!("{sheet}{between}{letters}{}", row + 1)
}
