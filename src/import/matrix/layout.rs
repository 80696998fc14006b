//! Where the columns of a table are: by their headings, and without these by what is in them.

use std::collections::HashMap;

use super::cell::{MatrixCell, address, letters};
use super::known::KnownRows;
use super::sheets::Sheets;
use super::{GivenColumn, UnreadableMatrix, vocabulary};
use crate::feedback::matrix::Column;
use crate::import::likeness::{fold, nearest};

/// How far down the headings may be: people put titles above tables.
const DEEPEST: usize = 50;
/// How many headings make a row the heading row.
const ENOUGH: usize = 3;
/// The columns that must have headings if the rest is not to be guessed.
const NEEDED: [Column; 6] = [
    Column::Reference,
    Column::Comment,
    Column::Proposed,
    Column::Disposition,
    Column::Target,
    Column::Response,
];
/// The columns that are known by what is in them, in this order: a label is a paragraph's before it is a
/// target.
const GUESSED: [Column; 13] = [
    Column::Mark,
    Column::Reference,
    Column::Comment,
    Column::Proposed,
    Column::Paragraph,
    Column::Current,
    Column::Topic,
    Column::Kind,
    Column::Reason,
    Column::Convergence,
    Column::Groups,
    Column::Response,
    Column::Target,
];
/// How many rows are looked at to guess what a column is.
const SAMPLE: usize = 2000;
/// How many columns of them.
const WIDE: usize = 64;

/// Where the columns are.
#[derive(Clone, Debug, Default)]
pub(super) struct TableLayout {
    places: [Option<u32>; Column::ALL.len()],
    /// The first row below the headings.
    pub(super) first: u32,
    /// The columns that were taken by what is in them, with the words of the row above.
    pub(super) guessed: Vec<(Column, String)>,
}

impl TableLayout {
    /// Where a column is.
    pub(super) fn place(&self, column: Column) -> Option<u32> {
        self.places[column as usize]
    }

    /// Which column is there.
    pub(super) fn column_at(&self, place: u32) -> Option<Column> {
        Column::ALL.into_iter().find(|column| self.place(*column) == Some(place))
    }

    fn put(&mut self, column: Column, place: u32) {
        if let Some(other) = self.column_at(place) {
            self.places[other as usize] = None;
        }
        self.places[column as usize] = Some(place);
    }

    fn give(&mut self, given: &[GivenColumn]) {
        for GivenColumn { column, place } in given {
            self.put(*column, *place);
        }
    }

    fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// How a guessed column is shown: `Disposition is K (“Décision”)`.
    pub(super) fn guesses(&self) -> Vec<String> {
        let guess = |(column, above): &(Column, String)| {
            let place = letters(self.place(*column).unwrap_or_default());
            let above = if above.is_empty() { String::new() } else { format!(" (“{above}”)") };
            format!("{} is {place}{above}", column.heading())
        };
        self.guessed.iter().map(guess).collect()
    }
}

/// What headings a sheet has.
pub(super) enum SheetHeadings {
    /// All that are needed.
    All(TableLayout),
    /// Some, and what is said about a missing one.
    Some(TableLayout, UnreadableMatrix),
    None,
}

/// Looks for the headings of a sheet.
pub(super) fn headings(
    sheets: &mut dyn Sheets,
    sheet: &str,
    given: &[GivenColumn],
) -> Result<SheetHeadings, UnreadableMatrix> {
    let (mut seen, mut found, mut best) = (0, None, 0);
    sheets.each_row(sheet, &mut |row, cells| {
        seen += 1;
        let count = count_headings(cells.iter().map(|(_, cell)| &*cell.words));
        if count > best {
            best = count;
            found = Some(heading_row(sheet, row, &cells, given)?);
        }
        let is_whole = matches!(found, Some((_, None)));
        Ok(!is_whole && seen < DEEPEST)
    })?;
    Ok(match found {
        Some((layout, None)) => SheetHeadings::All(layout),
        Some((layout, Some(missing))) => SheetHeadings::Some(layout, missing),
        None => SheetHeadings::None,
    })
}

/// How many of these words are headings of a matrix; none, if they are too few to be its heading row.
fn count_headings<'w>(words: impl Iterator<Item = &'w str>) -> usize {
    let is_heading =
        |word: &String| Column::ALL.into_iter().any(|column| fold(column.heading()) == *word);
    let found = words.filter(|word| word.len() < 64).map(fold).filter(is_heading).count();
    if found >= ENOUGH { found } else { 0 }
}

/// How many headings of a matrix these words are, if a column to fill in is one of them: other tables have
/// some, but none of these.
pub(super) fn count_table<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Option<usize> {
    let is_filled_in = |word: &str| {
        Column::ALL.into_iter().any(|it| it.is_filled_in() && fold(it.heading()) == fold(word))
    };
    let count = count_headings(words.clone());
    (count > 0 && words.into_iter().any(is_filled_in)).then_some(count)
}

/// Where the columns are by a row of headings, and what is said if one that is needed is missing.
fn heading_row(
    sheet: &str,
    row: u32,
    cells: &[(u32, MatrixCell)],
    given: &[GivenColumn],
) -> Result<(TableLayout, Option<UnreadableMatrix>), UnreadableMatrix> {
    let mut layout = TableLayout { first: row + 1, ..TableLayout::default() };
    for column in Column::ALL {
        let heading = fold(column.heading());
        let mut found = cells.iter().filter(|(_, cell)| fold(&cell.words) == heading);
        match (found.next(), found.next()) {
            (Some((one, _)), Some((other, _)))
                if NEEDED.contains(&column) && given.iter().all(|it| it.column != column) =>
            {
                let cells =
                    format!("{} and {}", address(sheet, *one, row), address(sheet, *other, row));
                return Err(UnreadableMatrix::Twice(column, cells));
            }
            (Some((one, _)), _) => layout.put(column, *one),
            (None, _) => {}
        }
    }
    layout.give(given);
    let missing = NEEDED.into_iter().find(|column| !layout.has(*column));
    let missing = missing
        .map(|column| UnreadableMatrix::NoHeading(column, instead(sheet, row, cells, column)));
    Ok((layout, missing))
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
        strange.iter().filter(|(_, cell)| likest.is_none_or(|likest| likest == &*cell.words));
    let likely: Vec<String> = likely
        .take(5)
        .map(|(at, cell)| {
            let words: String = cell.words.chars().take(40).collect();
            format!("“{words}” in {}", address(sheet, *at, row))
        })
        .collect();
    if likely.is_empty() { String::new() } else { format!("; is it {}?", likely.join(" or ")) }
}

/// A part of a sheet, to guess from.
struct TableSample {
    rows: Vec<(u32, Vec<(u32, MatrixCell)>)>,
    /// Which of the rows are of the matrix.
    known: Vec<usize>,
}

/// Guesses the columns without a heading by what is in them. Also returns how many rows are recognised;
/// `None` if none is, or if there is no column with decisions.
pub(super) fn by_contents(
    sheets: &mut dyn Sheets,
    sheet: &str,
    mut layout: TableLayout,
    given: &[GivenColumn],
    known: &KnownRows,
) -> Result<Option<(TableLayout, usize)>, UnreadableMatrix> {
    let mut rows = Vec::new();
    sheets.each_row(sheet, &mut |row, mut cells| {
        cells.truncate(WIDE);
        rows.push((row, cells));
        Ok(rows.len() < SAMPLE)
    })?;
    layout.give(given);
    let mut sample = TableSample { known: (0..rows.len()).collect(), rows };
    let before = layout.clone();
    for column in GUESSED {
        sample.guess(&mut layout, column, &|words| match column {
            Column::Mark => known.has_mark(words),
            Column::Reference => known.has_reference(words),
            column => known.has_words(column, words),
        });
        if column == Column::Reference {
            let is_known = |(_, cells): &(u32, Vec<(u32, MatrixCell)>)| {
                cells.iter().any(|(at, cell)| match layout.column_at(*at) {
                    Some(Column::Mark) => known.has_mark(&cell.words),
                    Some(Column::Reference) => known.has_reference(&cell.words),
                    _ => false,
                })
            };
            let rows = sample.rows.iter().enumerate().filter(|(_, row)| is_known(row));
            sample.known = rows.map(|(at, _)| at).collect();
        }
    }
    let Some(first) = sample.known.first().copied() else { return Ok(None) };
    layout.first = sample.rows[first].0;
    sample.guess(&mut layout, Column::Disposition, &|words| vocabulary::read(words).is_some());
    sample.guess_places(&mut layout);
    if !layout.has(Column::Disposition) {
        return Ok(None);
    }
    let is_new = |column: &Column| layout.has(*column) && !before.has(*column);
    let guessed: Vec<Column> = NEEDED.into_iter().filter(is_new).collect();
    let guess = |column: Column| (column, sample.above(first, layout.place(column)));
    layout.guessed = guessed.into_iter().map(guess).collect();
    Ok(Some((layout, sample.known.len())))
}

impl TableSample {
    /// Puts a column where most words of the rows pass the test.
    fn guess(&self, layout: &mut TableLayout, column: Column, test: &dyn Fn(&str) -> bool) {
        if layout.has(column) {
            return;
        }
        let mut counts: HashMap<u32, usize> = HashMap::new();
        let cells = self.known.iter().flat_map(|at| &self.rows[*at].1);
        for (place, cell) in cells {
            let is_free = layout.column_at(*place).is_none();
            if is_free && !cell.words.is_empty() && test(&cell.words) {
                *counts.entry(*place).or_default() += 1;
            }
        }
        let best = counts.into_iter().max_by_key(|(place, count)| (*count, u32::MAX - place));
        if let Some((place, _)) = best {
            layout.put(column, place);
        }
    }

    /// Puts the columns to fill in where they are in the table that was sent, beside others that are
    /// known: nothing in them says what they are.
    fn guess_places(&self, layout: &mut TableLayout) {
        for column in [Column::Disposition, Column::Target, Column::Response] {
            if layout.has(column) {
                continue;
            }
            let nth = column as usize;
            let before = nth.checked_sub(1).and_then(|at| Some((layout.places[at]?, 1)));
            let before = before.or_else(|| {
                let at = layout.place(Column::Proposed)?;
                Some((at, (nth - Column::Proposed as usize) as u32))
            });
            let after = (nth + 1..Column::ALL.len())
                .find_map(|at| Some((layout.places[at]?, (at - nth) as u32)));
            let is_there = |place: &u32| {
                layout.column_at(*place).is_none()
                    && self.rows.iter().any(|(_, cells)| cells.iter().any(|(at, _)| at == place))
            };
            let before = before.map(|(at, up)| at + up).filter(is_there);
            let after = after.and_then(|(at, down)| at.checked_sub(down)).filter(is_there);
            let place = match (before, after) {
                (Some(one), Some(other)) => (one == other).then_some(one),
                (one, other) => one.or(other),
            };
            if let Some(place) = place {
                layout.put(column, place);
            }
        }
    }

    /// The words above the first row of the matrix in this column.
    fn above(&self, first: usize, place: Option<u32>) -> String {
        let Some((_, cells)) = first.checked_sub(1).map(|above| &self.rows[above]) else {
            return String::new();
        };
        let found = cells.iter().find(|(at, _)| Some(*at) == place);
        found.map_or_else(String::new, |(_, cell)| cell.words.chars().take(40).collect())
    }
}
