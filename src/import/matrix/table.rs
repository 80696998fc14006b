//! The table in a file, found by its headings: rows go in, and only the cells that are read are kept.

use super::UnreadableMatrix;
use super::cell::{MatrixCell, address};
use crate::feedback::matrix::{Column, DRAFT};
use crate::import::likeness::{fold, nearest};

/// The columns that are read. All but the last must be there.
pub(super) const READ: [Column; 7] = [
    Column::Reference,
    Column::Comment,
    Column::Proposed,
    Column::Disposition,
    Column::Target,
    Column::Response,
    Column::Mark,
];

/// How far down the headings may be: people put titles above tables.
const DEEPEST: usize = 50;
/// How many headings make a row the heading row.
const ENOUGH: usize = 3;
/// The most rows of a table, and the most columns a sheet can have.
const MOST_ROWS: usize = 250_000;
const MOST_COLUMNS: u32 = 16_384;

/// A row that is read: its cells in the order of [`READ`].
#[derive(Clone, Debug)]
pub(super) struct TableLine {
    pub(super) row: u32,
    cells: [MatrixCell; READ.len()],
}

impl TableLine {
    pub(super) fn cell(&self, column: Column) -> &MatrixCell {
        let at = READ.iter().position(|read| *read == column).unwrap_or_default();
        &self.cells[at]
    }

    pub(super) fn words(&self, column: Column) -> &str {
        &self.cell(column).words
    }

    /// Whether there is nothing at all in it.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| *cell == MatrixCell::default())
    }

    /// Whether the headings are there again, as where tables were put together.
    fn is_headings(&self) -> bool {
        [Column::Reference, Column::Disposition]
            .iter()
            .all(|column| fold(self.words(*column)) == fold(column.heading()))
    }

    /// Whether it is about the file as a whole, and nobody filled anything in.
    fn says_why_it_is_a_draft(&self) -> bool {
        let is_blank = |column: &Column| *self.cell(*column) == MatrixCell::default();
        self.words(Column::Reference) == DRAFT
            && READ.iter().filter(|column| column.is_filled_in()).all(is_blank)
            && is_blank(&Column::Mark)
    }
}

/// A table while it is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct MatrixTable {
    /// The sheet's name, for addresses; empty if there is only one.
    pub(super) sheet: String,
    /// Where each of [`READ`] is, once the headings have been found.
    places: Option<[Option<u32>; READ.len()]>,
    seen: usize,
    pub(super) lines: Vec<TableLine>,
    /// Cells over several rows that are filled in: `K2:K5`.
    pub(super) merged: Vec<String>,
}

impl MatrixTable {
    pub(super) fn new(sheet: &str) -> Self {
        Self { sheet: sheet.to_owned(), ..Self::default() }
    }

    /// Whether the headings have been found.
    pub(super) fn is_found(&self) -> bool {
        self.places.is_some()
    }

    /// Whether there is no more hope of finding them.
    pub(super) fn is_hopeless(&self) -> bool {
        !self.is_found() && self.seen >= DEEPEST
    }

    /// The address of a column in this line.
    pub(super) fn address(&self, line: &TableLine, column: Column) -> String {
        let at = READ.iter().position(|read| *read == column).unwrap_or_default();
        let place = self.places.and_then(|places| places[at]).unwrap_or_default();
        address(&self.sheet, place, line.row)
    }

    /// Whether rows can be recognised by their marks.
    pub(super) fn has_marks(&self) -> bool {
        self.places.is_some_and(|places| places[READ.len() - 1].is_some())
    }

    /// Notes a cell merged from many, where answers are: all but the first row read as empty.
    pub(super) fn note_merged(&mut self, (top, left): (u32, u32), (bottom, right): (u32, u32)) {
        let Some(places) = self.places else { return };
        let filled = places.iter().zip(READ).filter(|(_, column)| column.is_filled_in());
        let has = |place: &u32| (left..=right).contains(place);
        let is_read = |line: &TableLine| (top..=bottom).contains(&line.row);
        if top < bottom
            && filled.filter_map(|(place, _)| *place).any(|place| has(&place))
            && self.lines.iter().filter(|line| is_read(line)).nth(1).is_some()
        {
            let first = address(&self.sheet, left, top);
            self.merged.push(format!("{first}:{}", address("", right, bottom)));
        }
    }

    /// Refuses a row wider than any sheet before its cells are held.
    pub(super) fn check_width(&self, row: u32, columns: usize) -> Result<(), UnreadableMatrix> {
        if columns <= MOST_COLUMNS as usize {
            return Ok(());
        }
        let cell = address(&self.sheet, MOST_COLUMNS, row);
        Err(UnreadableMatrix::TooMuch(format!("there is a cell {cell}")))
    }

    /// Takes in a row with all its cells.
    pub(super) fn take(
        &mut self,
        row: u32,
        cells: Vec<(u32, MatrixCell)>,
    ) -> Result<(), UnreadableMatrix> {
        if let Some((column, _)) = cells.iter().find(|(column, _)| *column >= MOST_COLUMNS) {
            let cell = address(&self.sheet, *column, row);
            return Err(UnreadableMatrix::TooMuch(format!("there is a cell {cell}")));
        }
        self.seen += 1;
        let Some(places) = self.places else {
            if self.seen <= DEEPEST {
                self.places = headings(&self.sheet, row, &cells)?;
            }
            return Ok(());
        };
        let mut line = TableLine { row, cells: Default::default() };
        for (column, cell) in cells {
            if let Some(at) = places.iter().position(|place| *place == Some(column)) {
                line.cells[at] = cell;
            }
        }
        if line.is_empty() || line.says_why_it_is_a_draft() || line.is_headings() {
            return Ok(());
        }
        if self.lines.len() >= MOST_ROWS {
            return Err(UnreadableMatrix::TooMuch(format!("it has more than {MOST_ROWS} rows")));
        }
        self.lines.push(line);
        Ok(())
    }
}

/// How many of these words are headings of a matrix, if they make a row the heading row: other
/// tables have some of them, but none to fill in.
pub(super) fn count_headings<'w>(words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let found: Vec<Column> = words
        .map(fold)
        .filter_map(|word| Column::ALL.into_iter().find(|column| fold(column.heading()) == word))
        .collect();
    (found.len() >= ENOUGH && found.iter().any(|column| column.is_filled_in()))
        .then_some(found.len())
}

/// Where the columns are, if this is the heading row.
fn headings(
    sheet: &str,
    row: u32,
    cells: &[(u32, MatrixCell)],
) -> Result<Option<[Option<u32>; READ.len()]>, UnreadableMatrix> {
    if count_headings(cells.iter().map(|(_, cell)| &*cell.words)).is_none() {
        return Ok(None);
    }
    let mut places = [None; READ.len()];
    for (place, column) in places.iter_mut().zip(READ) {
        let heading = fold(column.heading());
        let mut found = cells.iter().filter(|(_, cell)| fold(&cell.words) == heading);
        match (found.next(), found.next()) {
            (Some((one, _)), Some((other, _))) => {
                let cells =
                    format!("{} and {}", address(sheet, *one, row), address(sheet, *other, row));
                return Err(UnreadableMatrix::Twice(column, cells));
            }
            (Some((one, _)), None) => *place = Some(*one),
            (None, _) if column == Column::Mark => {}
            (None, _) => {
                return Err(UnreadableMatrix::NoHeading(
                    column,
                    instead(sheet, row, cells, column),
                ));
            }
        }
    }
    Ok(Some(places))
}

/// Which heading may have been meant for this one.
fn instead(sheet: &str, row: u32, cells: &[(u32, MatrixCell)], column: Column) -> String {
    let known: Vec<String> = Column::ALL.iter().map(|column| fold(column.heading())).collect();
    let strange: Vec<&(u32, MatrixCell)> = cells
        .iter()
        .filter(|(_, cell)| !cell.words.is_empty() && !known.contains(&fold(&cell.words)))
        .collect();
    let likest = nearest(column.heading(), strange.iter().map(|(_, cell)| &*cell.words));
    let likely =
        strange.iter().filter(|(_, cell)| likest.is_none_or(|likest| likest == cell.words));
    let likely: Vec<String> = likely
        .take(5)
        .map(|(at, cell)| {
            let words: String = cell.words.chars().take(40).collect();
            format!("“{words}” in {}", address(sheet, *at, row))
        })
        .collect();
    if likely.is_empty() { String::new() } else { format!("; is it {}?", likely.join(" or ")) }
}
