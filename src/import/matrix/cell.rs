//! One cell that came back: its words, or why they cannot be trusted.

use crate::workshop::clean;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MatrixCell {
    pub(super) words: Box<str>,
    pub(super) fault: Option<Box<CellFault>>,
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
    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.fault.is_none()
    }

    /// A cell with these words, cleaned of what no document may have.
    pub(super) fn of(words: &str) -> Self {
        let words: Box<str> = (&*clean(words)).into();
        let fault = is_date(&words).then(|| CellFault::Date.into());
        Self { words, fault }
    }

    pub(super) fn wrong(fault: CellFault) -> Self {
        Self { words: Box::default(), fault: Some(fault.into()) }
    }

    /// What the cell shows, as far as that is known.
    pub(super) fn as_it_is(&self) -> String {
        match self.fault.as_deref() {
            Some(CellFault::Formula(words) | CellFault::Error(words)) => clean(words).into_owned(),
            Some(CellFault::Truth(truth)) => truth.to_string().to_uppercase(),
            Some(CellFault::Date) | None => self.words.to_string(),
        }
    }

    /// What is wrong with it, in words.
    pub(super) fn complaint(&self) -> Option<String> {
        Some(match self.fault.as_deref()? {
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

/// The name of a column: `K`.
pub(super) fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

/// The name of a cell: `K12`.
pub(super) fn address(sheet: &str, column: u32, row: u32) -> String {
    let between = if sheet.is_empty() { "" } else { "!" };
    format!("{sheet}{between}{}{}", letters(column), row + 1)
}

/// The place of a cell by its name: `K12` or `$K$12`.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim_start_matches('$');
    let digits = name.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (letters, row) = name.split_at(digits);
    let row: u32 = row.trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column(letters)?))
}

/// A column by its letters: `K` is 10.
pub(super) fn column(letters: &str) -> Option<u32> {
    let is_short = (1..=3).contains(&letters.len());
    let is_one = is_short && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let number =
        |sum: u32, letter: u8| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    is_one.then(|| letters.bytes().fold(0, number) - 1)
}
