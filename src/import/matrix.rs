//! A matrix that drafters filled in, read back: what they answered, and everything a person should
//! know about how it was read.
//!
//! A file's bytes and a workshop go in, answers and a report come out; nothing is changed here. Sheet and
//! columns are found by their headings, rows by their mark, then by reference and words. Anything
//! uncertain is put to a person and not applied.

mod answers;
mod binary_workbook;
mod cell;
mod compound;
mod edit;
mod elsewhere;
mod guard;
mod known;
mod layout;
mod notes;
mod old_workbook;
mod open_document;
mod package;
mod plain;
mod reading;
mod report;
mod returned;
mod sheets;
mod table;
pub mod vocabulary;
mod workbook;

use std::fmt;
use std::str::FromStr;

use crate::feedback::matrix::{Column, ORIGIN, SHEET};
use crate::import::likeness::{advice, fold};

pub use reading::read;
pub use returned::{
    DraftersAnswer, Finding, FindingKind, ReturnedMatrix, ReturnedRow, RowOutcome, RowQuestion,
};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// A file that drafters sent back.
#[derive(Clone, Copy, Debug)]
pub struct MatrixFile<'f> {
    /// Its name on this laptop; it is never opened.
    pub name: &'f str,
    /// Its content.
    pub bytes: &'f [u8],
    /// Where columns are, if a person says so.
    pub columns: &'f [GivenColumn],
}

/// Where a person says that a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenColumn {
    column: Column,
    place: u32,
}

impl FromStr for GivenColumn {
    type Err = String;

    /// Reads `Disposition=K`.
    fn from_str(words: &str) -> Result<Self, String> {
        let example = "Write a heading and its column's letters: Disposition=K.";
        let (name, letters) = words.split_once('=').ok_or(example)?;
        let headings = Column::ALL.map(Column::heading);
        let named = |heading: &&str| {
            let (heading, name) = (fold(heading), fold(name));
            heading == name || (!name.is_empty() && heading.ends_with(&name))
        };
        let at = headings.iter().position(named).ok_or_else(|| {
            format!("There is no column “{name}”. {}", advice(name, headings.into_iter()))
        })?;
        let place = cell::column(letters.trim()).ok_or(example)?;
        Ok(Self { column: Column::ALL[at], place })
    }
}

/// Why a file is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableMatrix {
    /// More than any matrix has.
    TooMuch(String),
    /// It is locked with a password.
    Locked,
    /// Another kind of file that spreadsheets open.
    Other(&'static str),
    /// A declaration with which a file can make itself larger, in this part.
    Declaration(String),
    /// It cannot be opened.
    Broken(String),
    /// No sheet has the headings of a matrix.
    NotAMatrix,
    /// Several sheets have them, and none has the matrix's name.
    Several(String),
    /// A heading is missing; what is there that may be it.
    NoHeading(Column, String),
    /// A heading is there twice, in these cells.
    Twice(Column, String),
    /// It belongs to another meeting: the cell that says so, and which meeting.
    OtherMeeting(String, String),
    /// Written by a later version of the program.
    Newer(String),
    /// A row that is in no workshop known here: its cell and what is in it.
    NoSuchRow(String, String),
}

impl UnreadableMatrix {
    fn broken(why: impl fmt::Display) -> Self {
        Self::Broken(why.to_string())
    }
}

impl fmt::Display for UnreadableMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMuch(what) => write!(
                f,
                "This is more than a matrix can be: {what}. Copy only the matrix into a new \
                 workbook."
            ),
            Self::Locked => f.write_str("This workbook has a password. Save it without one."),
            Self::Other(what) => write!(f, "This is {what}. Save the matrix as .xlsx or .csv."),
            Self::Declaration(part) => write!(
                f,
                "Its part {part} has a declaration that no spreadsheet writes. Open it in a \
                 spreadsheet, if you trust it, and save it again."
            ),
            Self::Broken(why) => write!(
                f,
                "It cannot be opened: {why}. Ask for it again, or open it in a spreadsheet and save \
                 it again."
            ),
            Self::NotAMatrix => write!(
                f,
                "No row has the headings of a matrix. It is the sheet “{SHEET}” with the headings \
                 “{}”, “{}” and so on that is read.",
                Column::Reference.heading(),
                Column::Paragraph.heading()
            ),
            Self::Several(names) => write!(
                f,
                "Several sheets look like the matrix: {names}. Call the one that counts “{SHEET}”."
            ),
            Self::NoHeading(column, instead) => write!(
                f,
                "There is no heading “{}”{instead}{} Write it again above its column, or say which \
                 column it is: --column \"{}=K\".",
                column.heading(),
                if instead.ends_with('?') { "" } else { "." },
                column.heading(),
            ),
            Self::Twice(column, cells) => write!(
                f,
                "The heading “{}” appears twice, in {cells}. Rename one of them.",
                column.heading()
            ),
            Self::OtherMeeting(cell, meeting) => write!(
                f,
                "this is the matrix of another meeting: {cell} says “{meeting}”. Use that meeting's \
                 workshop."
            ),
            Self::Newer(format) => write!(
                f,
                "Its sheet “{ORIGIN}” says {format}, which is newer than this program. Install a \
                 newer rapporteur to import it."
            ),
            Self::NoSuchRow(cell, id) => write!(
                f,
                "{cell} says “{id}”, which is of no point and no comment of this workshop. Is it \
                 the matrix of another meeting, or was the cell typed into?"
            ),
        }
    }
}

impl std::error::Error for UnreadableMatrix {}

/// Whether these bytes may be a matrix: a workbook, or a table with its headings.
pub fn is_one(bytes: &[u8]) -> bool {
    workbook::is_one(bytes) || plain::is_one(bytes)
}
