//! CSV for drafters: the comment matrix, the same columns as in the workbook. What they fill in
//! comes back with `rapporteur import`.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{GoOn, csv};
use crate::feedback::Feedback;
use crate::feedback::matrix::{Column, Matrix};

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let matrix = Matrix::of(feedback);
    let row = |row| -> [Cow<'_, str>; 14] { Column::ALL.map(|column| matrix.cell(row, column)) };
    let comment = Column::ALL.iter().position(|column| *column == Column::Comment);
    let rows = csv::draft(feedback, comment.unwrap_or_default()).chain(matrix.rows.iter().map(row));
    csv::table(&Column::ALL.map(Column::heading), rows, out, go_on)
}
