//! Two forms that secretariats prescribe, each with its own columns and no others.

use std::io::{self, Write};

use super::{
    CellLook, CellText, GoOn, NamedSheet, RowProgress, SheetColumn, SheetPlan, SheetWriter,
    Workbook, proposed,
};
use crate::feedback::matrix::{Column as Named, DRAFT, Matrix, MatrixRow, clipped};
use crate::feedback::{Decision, Feedback, GroupId};

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Template {
    /// The commenting template of ISO and IEC.
    Iso,
    /// The reconciliation report of the Online Commenting System.
    Ocs,
}

/// The columns with their widths; those that drafters fill in are the last ones.
const ISO: [(&str, u16, CellLook); 8] = [
    ("MB/NC", 11, CellLook::Label),
    ("Line number", 9, CellLook::Cell),
    ("Clause/Subclause", 14, CellLook::Label),
    ("Paragraph/Figure/Table", 16, CellLook::Cell),
    ("Type of comment", 10, CellLook::Cell),
    ("Comments", 46, CellLook::Cell),
    ("Proposed change", 40, CellLook::Cell),
    ("Observations of the secretariat", 34, CellLook::Fill),
];

const OCS: [(&str, u16, CellLook); 6] = [
    ("Para", 11, CellLook::Label),
    ("Text", 50, CellLook::Cell),
    ("T", 5, CellLook::Count),
    ("Comment", 60, CellLook::Cell),
    ("S", 5, CellLook::Fill),
    ("Author comment", 46, CellLook::Fill),
];

/// Writes the matrix as one of the forms. The rows for the whole text come first in both.
pub(in crate::export) fn write(
    template: Template,
    feedback: &Feedback,
    out: &mut dyn Write,
    go_on: GoOn,
) -> io::Result<()> {
    let (name, of): (_, &[(&'static str, u16, CellLook)]) = match template {
        Template::Iso => ("Comments", &ISO),
        Template::Ocs => ("Reconciliation", &OCS),
    };
    let matrix = Matrix::of(feedback);
    let sheets = vec![NamedSheet { name, hidden: false, table: None }];
    let mut book = Workbook::begin(out, feedback, sheets)?;
    let mut progress = RowProgress::new(matrix.rows.len(), feedback.points.len(), go_on)?;
    let column = |(heading, width, look): &(&'static str, u16, CellLook)| {
        SheetColumn::new(*heading, *width, *look)
    };
    let plan = SheetPlan {
        columns: of.iter().map(column).collect(),
        headed: true,
        tab: "1F3864",
        offer: None,
    };
    let mut page = SheetWriter::begin(&mut book, &plan)?;
    for reason in &feedback.draft {
        match template {
            Template::Iso => {
                page.row(&[DRAFT, "", "", "", "ge", reason, "", ""].map(CellText::from))?;
            }
            Template::Ocs => {
                page.row(&[DRAFT, "", "C", reason, "", ""].map(CellText::from))?;
            }
        }
    }
    for row in &matrix.rows {
        progress.step()?;
        match template {
            Template::Iso => page.row(&iso(&matrix, row))?,
            Template::Ocs => page.row(&ocs(&matrix, row))?,
        }
    }
    page.end()?;
    book.end()
}

fn iso<'m>(matrix: &Matrix<'m, '_>, row: &MatrixRow<'m, '_>) -> [CellText<'m>; 8] {
    let groups: Vec<&str> = row.item.groups().into_iter().map(GroupId::as_str).collect();
    let printed = row.at.map_or("", |at| &*at.printed);
    // General or technical: nobody has said whether a comment is editorial.
    let kind = if row.label().is_empty() { "ge" } else { "te" };
    [
        groups.join("; ").into(),
        "".into(),
        row.label().into(),
        printed.into(),
        kind.into(),
        CellText::Plain(matrix.cell(row, Named::Comment)),
        proposed(matrix, row),
        observations(matrix, row).into(),
    ]
}

fn ocs<'m>(matrix: &Matrix<'m, '_>, row: &MatrixRow<'m, '_>) -> [CellText<'m>; 6] {
    let wordings = matrix.wordings(row);
    let kind = if wordings.is_empty() { "C" } else { "P" };
    let mut comment = matrix.cell(row, Named::Comment).into_owned();
    if !wordings.is_empty() {
        comment.push_str("\n\n");
        comment.push_str(&wordings);
    }
    let para = if row.label().is_empty() { "General" } else { row.label() };
    [
        para.into(),
        CellText::Plain(matrix.cell(row, Named::Current)),
        kind.into(),
        CellText::Plain(clipped(comment.into())),
        state(row).into(),
        observations(matrix, row).into(),
    ]
}

/// The state of a row, in the form's letters.
fn state(row: &MatrixRow) -> &'static str {
    match row.item.disposition().map(|found| &found.now.decision) {
        Some(Decision::Accepted | Decision::Modified) => "A",
        Some(Decision::Merged) => "M",
        Some(Decision::Withdrawn) => "W",
        Some(Decision::Noted | Decision::NotAccepted | Decision::OutsideScope) => "C",
        None | Some(Decision::Open | Decision::Deferred | Decision::Other(_)) => "O",
    }
}

/// The answer in one cell: `accepted (OP5). As the others.`
fn observations(matrix: &Matrix, row: &MatrixRow) -> String {
    let cell = |named| matrix.cell(row, named).into_owned();
    let (decision, target) = (cell(Named::Disposition), cell(Named::Target));
    let target = if target.is_empty() { target } else { format!(" ({target})") };
    let response = cell(Named::Response);
    let between = if decision.is_empty() || response.is_empty() { "" } else { ". " };
    clipped(format!("{decision}{target}{between}{response}").into()).into_owned()
}
