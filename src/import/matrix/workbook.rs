//! The table in a workbook, cell by cell: a sheet is never held as a whole, because a cell far out
//! would make it larger than any memory.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::cell::{CellFault, MatrixCell};
use super::{LARGEST, UnreadableMatrix, guard, table::MatrixTable};
use crate::feedback::matrix::{ORIGIN, SHEET};

/// The most cells of a sheet that are looked at.
const MOST_CELLS: usize = 5_000_000;

const PACKED: &[u8] = b"PK";
/// How files of old office programs, and those with a password, begin.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether these bytes are a workbook, or what people take for one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(PACKED) || bytes.starts_with(COMPOUND)
}

/// Words by their key, each with its row.
type Origin = Vec<(String, String, u32)>;

/// A workbook as it is read.
pub(super) struct OpenWorkbook {
    /// The matrix.
    pub(super) table: MatrixTable,
    /// What the hidden sheet says.
    pub(super) origin: Origin,
    /// Other sheets that have the headings of a matrix, and are not read.
    pub(super) beside: Vec<String>,
}

/// The table, and what else is in the workbook.
pub(super) fn read(bytes: &[u8]) -> Result<OpenWorkbook, UnreadableMatrix> {
    if bytes.starts_with(COMPOUND) {
        return Err(UnreadableMatrix::Locked);
    }
    if bytes.len() > LARGEST {
        return Err(UnreadableMatrix::TooMuch(format!("the file has {} MB", bytes.len() >> 20)));
    }
    let is_merged = guard::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
    let names = book.sheet_names();
    let origin = match names.iter().find(|name| *name == ORIGIN) {
        Some(name) => origin(&mut book, name)?,
        None => Vec::new(),
    };
    if let Some(name) = names.iter().find(|name| name.trim().eq_ignore_ascii_case(SHEET)) {
        let mut table = table(&mut book, name)?;
        if !table.is_found() {
            return Err(UnreadableMatrix::NotAMatrix);
        }
        if is_merged {
            note_merged(&mut book, name, &mut table)?;
        }
        let mut beside = Vec::new();
        for other in names.iter().filter(|other| *other != name && *other != ORIGIN) {
            if is_another(&mut book, other)? {
                beside.push(other.clone());
            }
        }
        return Ok(OpenWorkbook { table, origin, beside });
    }
    let mut found: Option<MatrixTable> = None;
    for name in names.iter().filter(|name| *name != ORIGIN) {
        let table = table(&mut book, name)?;
        if !table.is_found() {
            continue;
        }
        if let Some(other) = &found {
            return Err(UnreadableMatrix::Several(format!("“{}” and “{name}”", other.sheet)));
        }
        found = Some(table);
    }
    let mut table = found.ok_or(UnreadableMatrix::NotAMatrix)?;
    if is_merged {
        let name = table.sheet.clone();
        note_merged(&mut book, &name, &mut table)?;
    }
    Ok(OpenWorkbook { table, origin, beside: Vec::new() })
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The table of a sheet, without headings if the sheet has none.
fn table(book: &mut Book, name: &str) -> Result<MatrixTable, UnreadableMatrix> {
    let mut table = MatrixTable::new(name);
    each_row(book, name, |row, cells| {
        table.take(row, cells)?;
        Ok(!table.is_hopeless())
    })?;
    Ok(table)
}

/// Whether a sheet that is not read has the headings too: sheets that people copied look alike.
fn is_another(book: &mut Book, name: &str) -> Result<bool, UnreadableMatrix> {
    let mut table = MatrixTable::new(name);
    each_row(book, name, |row, cells| {
        // Wrong headings there are not a fault of the matrix.
        let _ = table.take(row, cells);
        Ok(!table.is_found() && !table.is_hopeless())
    })?;
    Ok(table.is_found())
}

fn note_merged(
    book: &mut Book,
    name: &str,
    table: &mut MatrixTable,
) -> Result<(), UnreadableMatrix> {
    for region in book.merge_cells_by_sheet_name(name).map_err(UnreadableMatrix::broken)? {
        table.note_merged(region.start, region.end);
    }
    Ok(())
}

fn origin(book: &mut Book, name: &str) -> Result<Origin, UnreadableMatrix> {
    let mut said = Vec::new();
    each_row(book, name, |row, cells| {
        let mut words = cells.into_iter().map(|(_, cell)| cell.words);
        if let (Some(key), Some(value)) = (words.next(), words.next()) {
            said.push((key, value, row));
        }
        Ok(said.len() < 16)
    })?;
    Ok(said)
}

/// Passes on row by row, until `take` returns `false`.
fn each_row(
    book: &mut Book,
    name: &str,
    mut take: impl FnMut(u32, Vec<(u32, MatrixCell)>) -> Result<bool, UnreadableMatrix>,
) -> Result<(), UnreadableMatrix> {
    let mut reader = match book.worksheet_cells_reader(name) {
        // A chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        reader => reader.map_err(UnreadableMatrix::broken)?,
    };
    let (mut row, mut cells, mut count) = (0, Vec::new(), 0);
    while let Some(found) =
        reader.next_cell_with_formula_metadata().map_err(UnreadableMatrix::broken)?
    {
        count += 1;
        if count > MOST_CELLS {
            return Err(UnreadableMatrix::TooMuch(format!(
                "“{name}” has more than {MOST_CELLS} cells"
            )));
        }
        if found.pos.0 != row {
            if !cells.is_empty() && !take(row, std::mem::take(&mut cells))? {
                return Ok(());
            }
            row = found.pos.0;
        }
        let cell = match found.formula {
            Some(formula) => MatrixCell::wrong(CellFault::Formula(match formula {
                XlsxFormulaMetadata::Normal { formula } => format!("={formula}"),
                _ => "one for several cells".to_owned(),
            })),
            None => cell(&found.value),
        };
        if cell != MatrixCell::default() {
            cells.push((found.pos.1, cell));
        }
    }
    if !cells.is_empty() {
        take(row, cells)?;
    }
    Ok(())
}

fn cell(value: &DataRef) -> MatrixCell {
    match value {
        DataRef::Empty => MatrixCell::default(),
        DataRef::String(words) => MatrixCell::of(words),
        DataRef::SharedString(words) => MatrixCell::of(words),
        DataRef::Int(number) => MatrixCell::of(&number.to_string()),
        DataRef::Float(number) => MatrixCell::of(&number.to_string()),
        DataRef::Bool(truth) => MatrixCell::wrong(CellFault::Truth(*truth)),
        DataRef::Error(error) => MatrixCell::wrong(CellFault::Error(error.to_string())),
        _ => MatrixCell::wrong(CellFault::Date),
    }
}
