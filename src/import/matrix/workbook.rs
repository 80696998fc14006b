//! The table out of a workbook, cell by cell: a sheet is never held as a whole, for a cell far out
//! would make it larger than any memory.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::cell::{Cell, Fault};
use super::table::Table;
use super::{LARGEST, Unreadable, guard};
use crate::feedback::matrix::{ORIGIN, SHEET};

/// The most cells of a sheet that are looked at.
const MOST_CELLS: usize = 5_000_000;

const PACKED: &[u8] = b"PK";
/// How files of old office programs begin, and those with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether these bytes are a workbook, or what people take for one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(PACKED) || bytes.starts_with(COMPOUND)
}

/// Words by their key, each with its row.
type Origin = Vec<(String, String, u32)>;

/// The table, and what the hidden sheet says.
pub(super) fn read(bytes: &[u8]) -> Result<(Table, Origin), Unreadable> {
    if bytes.starts_with(COMPOUND) {
        return Err(Unreadable::Locked);
    }
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooMuch(format!("the file has {} MB", bytes.len() >> 20)));
    }
    guard::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(Unreadable::broken)?;
    let names = book.sheet_names();
    let origin = match names.iter().find(|name| *name == ORIGIN) {
        Some(name) => origin(&mut book, name)?,
        None => Vec::new(),
    };
    if let Some(name) = names.iter().find(|name| name.trim().eq_ignore_ascii_case(SHEET)) {
        let table = table(&mut book, name)?;
        return if table.is_found() { Ok((table, origin)) } else { Err(Unreadable::NotAMatrix) };
    }
    let mut found: Option<Table> = None;
    for name in names.iter().filter(|name| *name != ORIGIN) {
        let table = table(&mut book, name)?;
        if !table.is_found() {
            continue;
        }
        if let Some(other) = &found {
            return Err(Unreadable::Several(format!("“{}” and “{name}”", other.sheet)));
        }
        found = Some(table);
    }
    found.map(|table| (table, origin)).ok_or(Unreadable::NotAMatrix)
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The table of a sheet, with no headings found where it has none.
fn table(book: &mut Book, name: &str) -> Result<Table, Unreadable> {
    let mut table = Table::new(name);
    each_row(book, name, |row, cells| {
        table.take(row, cells)?;
        Ok(!table.is_hopeless())
    })?;
    Ok(table)
}

fn origin(book: &mut Book, name: &str) -> Result<Origin, Unreadable> {
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

/// Hands over row by row, until told to stop.
fn each_row(
    book: &mut Book,
    name: &str,
    mut take: impl FnMut(u32, Vec<(u32, Cell)>) -> Result<bool, Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = match book.worksheet_cells_reader(name) {
        // A chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        reader => reader.map_err(Unreadable::broken)?,
    };
    let (mut row, mut cells, mut count) = (0, Vec::new(), 0);
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(Unreadable::broken)? {
        count += 1;
        if count > MOST_CELLS {
            return Err(Unreadable::TooMuch(format!("“{name}” has more than {MOST_CELLS} cells")));
        }
        if found.pos.0 != row {
            if !cells.is_empty() && !take(row, std::mem::take(&mut cells))? {
                return Ok(());
            }
            row = found.pos.0;
        }
        let cell = match found.formula {
            Some(formula) => Cell::wrong(Fault::Formula(match formula {
                XlsxFormulaMetadata::Normal { formula } => format!("={formula}"),
                _ => "one for several cells".to_owned(),
            })),
            None => cell(&found.value),
        };
        if cell != Cell::default() {
            cells.push((found.pos.1, cell));
        }
    }
    if !cells.is_empty() {
        take(row, cells)?;
    }
    Ok(())
}

fn cell(value: &DataRef) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::String(words) => Cell::of(words),
        DataRef::SharedString(words) => Cell::of(words),
        DataRef::Int(number) => Cell::of(&number.to_string()),
        DataRef::Float(number) => Cell::of(&number.to_string()),
        DataRef::Bool(truth) => Cell::wrong(Fault::Truth(*truth)),
        DataRef::Error(error) => Cell::wrong(Fault::Error(error.to_string())),
        _ => Cell::wrong(Fault::Date),
    }
}
