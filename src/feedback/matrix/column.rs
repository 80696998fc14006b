//! The matrix as a table that goes out to drafters and comes back from them: the names of its columns,
//! and what fits into a cell.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::workshop::CommentFieldTitle;

use super::{Matrix, MatrixRow, hexadecimal};

/// A column, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name that people use.
    Reference,
    /// The label of the paragraph.
    Paragraph,
    /// What is there now.
    Current,
    /// The topic's title.
    Topic,
    /// What sort of thing it is.
    Kind,
    /// What was said.
    Comment,
    /// What is proposed, as a redline.
    Proposed,
    /// Why.
    Reason,
    /// How far the groups agreed.
    Convergence,
    /// Which groups, and out of how many.
    Groups,
    /// What drafters decide.
    Disposition,
    /// Into what, where or to whom.
    Target,
    /// What drafters answer.
    Response,
    /// The hidden id by which a row that comes back is recognised.
    Mark,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Reference,
        Self::Paragraph,
        Self::Current,
        Self::Topic,
        Self::Kind,
        Self::Comment,
        Self::Proposed,
        Self::Reason,
        Self::Convergence,
        Self::Groups,
        Self::Disposition,
        Self::Target,
        Self::Response,
        Self::Mark,
    ];

    /// Its heading. A table that comes back is read by these words.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Reference => "Ref.",
            Self::Paragraph => CommentFieldTitle::Paragraph.heading(),
            Self::Current => "Current text",
            Self::Topic => CommentFieldTitle::Topic.heading(),
            Self::Kind => CommentFieldTitle::Kind.heading(),
            Self::Comment => CommentFieldTitle::Text.heading(),
            Self::Proposed => "Proposed wording",
            Self::Reason => "Reason",
            Self::Convergence => CommentFieldTitle::Convergence.heading(),
            Self::Groups => "Groups",
            Self::Disposition => "Disposition",
            Self::Target => "Target",
            Self::Response => "Drafters' response",
            Self::Mark => "Id",
        }
    }

    /// Whether drafters fill it in.
    pub fn is_filled_in(self) -> bool {
        matches!(self, Self::Disposition | Self::Target | Self::Response)
    }
}

/// The reference of a row that says why the whole is a draft.
pub const DRAFT: &str = "DRAFT";

/// The first field of the sheet that says which matrix this is.
pub const FORMAT: &str = "rapporteur-matrix/1";

/// The sheet with the rows.
pub const SHEET: &str = "Matrix";

/// The hidden sheet that says which matrix this is.
pub const ORIGIN: &str = "rapporteur";

/// The most that fits into a cell of a spreadsheet, in UTF-16 units.
const MOST: usize = 32_767;

/// What is put at the end of a text that does not fit into a cell.
const CLIPPED: &str = " … (the rest does not fit into a cell; the other files have it)";

/// As much of a text as fits into a cell, with a note if that is not everything.
pub fn clipped(text: Cow<'_, str>) -> Cow<'_, str> {
    // No letter takes more UTF-16 units than bytes.
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return text;
    }
    let mut room = MOST - CLIPPED.encode_utf16().count();
    let mut end = 0;
    for letter in text.chars() {
        if letter.len_utf16() > room {
            break;
        }
        room -= letter.len_utf16();
        end += letter.len_utf8();
    }
    Cow::Owned(format!("{}{CLIPPED}", &text[..end]))
}

/// The first eight hexadecimal digits of the SHA-256 of an answer as its cells show it, each with a
/// line end: shows whether somebody filled in something else.
pub fn answer_checksum(decision: &str, target: &str, response: &str) -> String {
    let mut hash = Sha256::new();
    for cell in [decision, target, &clipped(response.into())] {
        for word in cell.split_whitespace() {
            hash.update(word);
            hash.update(" ");
        }
        hash.update("\n");
    }
    hexadecimal(&hash.finalize()[..4])
}

impl<'f, 'a> Matrix<'f, 'a> {
    /// A cell of a row, as it is printed.
    pub fn cell(&self, row: &MatrixRow<'f, 'a>, column: Column) -> Cow<'f, str> {
        let answer = row.item.disposition().map(|found| &found.now);
        let cell = match column {
            Column::Reference => row.item.reference().into(),
            Column::Paragraph => row.label().into(),
            Column::Current => row.current().into(),
            Column::Topic => self.topic(row).into(),
            Column::Kind => row.item.kind().into(),
            Column::Comment => row.item.comment(),
            Column::Proposed => self.wordings(row).into(),
            Column::Reason => self.reason(row).into(),
            Column::Convergence => row.item.convergence().into(),
            Column::Groups => self.groups(row).into(),
            Column::Disposition => answer.map_or("", |answer| answer.decision.title()).into(),
            Column::Target => answer.map_or("", |answer| &*answer.target).into(),
            Column::Response => answer.map_or("", |answer| &*answer.note).into(),
            Column::Mark => self.full_mark(row).into(),
        };
        clipped(cell)
    }

    /// The [`mark`](Self::mark) with the checksum of the answer that the table shows, so that an
    /// older copy that comes back later is recognised as one.
    fn full_mark(&self, row: &MatrixRow<'f, 'a>) -> String {
        let answer = row.item.disposition().map(|found| &found.now);
        let answer = answer.map_or_else(String::new, |answer| {
            answer_checksum(answer.decision.title(), &answer.target, &answer.note)
        });
        format!("{}:{answer}", self.mark(row))
    }
}
