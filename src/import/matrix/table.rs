//! The table in a file, once its columns have been found: rows go in, and only what can matter is kept.

use std::sync::LazyLock;

use super::UnreadableMatrix;
use super::cell::{MatrixCell, address};
use super::layout::TableLayout;
use crate::feedback::matrix::{Column, DRAFT};
use crate::import::likeness::fold;

/// The most rows of a table, and the most columns a sheet can have.
const MOST_ROWS: usize = 250_000;
const MOST_COLUMNS: u32 = 16_384;
/// How many cells beside the columns of the matrix are kept in a row.
const BESIDE: usize = 16;

/// What is in a cell that is not there.
static NOTHING: LazyLock<MatrixCell> = LazyLock::new(MatrixCell::default);

/// A row that is read, with the cells that have something in them.
#[derive(Clone, Debug)]
pub(super) struct TableLine {
    pub(super) row: u32,
    pub(super) cells: Vec<(u32, MatrixCell)>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct MatrixTable {
    /// The sheet's name, for addresses; empty if there is only one.
    pub(super) sheet: String,
    /// Where its columns are.
    pub(super) layout: TableLayout,
    pub(super) lines: Vec<TableLine>,
}

impl MatrixTable {
    pub(super) fn new(sheet: &str, layout: TableLayout) -> Self {
        Self { sheet: sheet.to_owned(), layout, lines: Vec::new() }
    }

    /// A cell of a line.
    pub(super) fn cell<'l>(&self, line: &'l TableLine, column: Column) -> &'l MatrixCell {
        let place = self.layout.place(column);
        let found = line.cells.iter().find(|(at, _)| Some(*at) == place);
        found.map_or(&*NOTHING, |(_, cell)| cell)
    }

    pub(super) fn words<'l>(&self, line: &'l TableLine, column: Column) -> &'l str {
        &self.cell(line, column).words
    }

    /// The address of a column in this line.
    pub(super) fn address(&self, line: &TableLine, column: Column) -> String {
        let place = self.layout.place(column).unwrap_or_default();
        address(&self.sheet, place, line.row)
    }

    /// Whether rows can be recognised by their marks.
    pub(super) fn has_marks(&self) -> bool {
        self.layout.place(Column::Mark).is_some()
    }

    /// Whether drafters filled in anything in a line.
    pub(super) fn is_filled_in(&self, line: &TableLine) -> bool {
        let mut columns = Column::ALL.into_iter().filter(|column| column.is_filled_in());
        columns.any(|column| !self.cell(line, column).is_empty())
    }

    /// Whether it is about the file as a whole, and nobody filled anything in.
    fn says_why_it_is_a_draft(&self, line: &TableLine) -> bool {
        self.words(line, Column::Reference) == DRAFT
            && !self.is_filled_in(line)
            && self.cell(line, Column::Mark).is_empty()
    }

    /// Whether the headings are there again, as where tables were put together.
    fn is_headings(&self, line: &TableLine) -> bool {
        [Column::Reference, Column::Disposition]
            .iter()
            .all(|column| fold(self.words(line, *column)) == fold(column.heading()))
    }

    /// Refuses a row wider than any sheet before its cells are held.
    pub(super) fn check_width(
        sheet: &str,
        row: u32,
        columns: usize,
    ) -> Result<(), UnreadableMatrix> {
        if columns <= MOST_COLUMNS as usize {
            return Ok(());
        }
        let cell = address(sheet, MOST_COLUMNS, row);
        Err(UnreadableMatrix::TooMuch(format!("there is a cell {cell}")))
    }

    /// Takes in a row with all its cells.
    pub(super) fn take(
        &mut self,
        row: u32,
        mut cells: Vec<(u32, MatrixCell)>,
    ) -> Result<(), UnreadableMatrix> {
        if let Some((column, _)) = cells.iter().find(|(column, _)| *column >= MOST_COLUMNS) {
            let cell = address(&self.sheet, *column, row);
            return Err(UnreadableMatrix::TooMuch(format!("there is a cell {cell}")));
        }
        if row < self.layout.first {
            return Ok(());
        }
        let mut beside = 0;
        cells.retain(|(at, cell)| {
            self.layout.column_at(*at).is_some() || {
                let has_words = cell.words.chars().any(char::is_alphabetic);
                beside += usize::from(has_words);
                has_words && beside <= BESIDE
            }
        });
        cells.shrink_to_fit();
        let line = TableLine { row, cells };
        let is_blank = line.cells.iter().all(|(_, cell)| cell.is_empty());
        if is_blank || self.says_why_it_is_a_draft(&line) || self.is_headings(&line) {
            return Ok(());
        }
        if self.lines.len() >= MOST_ROWS {
            return Err(UnreadableMatrix::TooMuch(format!("it has more than {MOST_ROWS} rows")));
        }
        self.lines.push(line);
        Ok(())
    }
}
