//! The table in a text file, whatever encoding and separator the spreadsheet used.

use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::table::{MatrixTable, count_headings};
use super::{LARGEST, UnreadableMatrix, cell::MatrixCell};
use crate::feedback::matrix::is_formula;

/// How much is read to find out what it is.
const LOOK: usize = 1 << 16;

/// Whether these bytes are a table with the headings of a matrix, or are in an encoding that nothing else
/// here uses.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(LOOK)];
    readings(start).iter().any(|text| separator(text).1)
}

/// The tables that these bytes may be: one, unless the letters can be read in two ways.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<MatrixTable>, UnreadableMatrix> {
    if bytes.len() > LARGEST {
        return Err(UnreadableMatrix::TooMuch(format!("the file has {} MB", bytes.len() >> 20)));
    }
    readings(bytes).iter().map(|text| table(text)).collect()
}

/// The bytes as text. A byte order mark shows the encoding; without one it is UTF-8 or, if it cannot
/// be that, what Excel writes in Vietnam or elsewhere.
fn readings(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return vec![encoding.decode(bytes).0];
    }
    // UTF-16 without a mark: every other byte of the headings is zero.
    let zeros =
        |odd: usize| bytes.iter().take(64).skip(odd).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, many) if many > 16 => return vec![UTF_16LE.decode(bytes).0],
        (many, 0) if many > 16 => return vec![UTF_16BE.decode(bytes).0],
        _ => {}
    }
    match str::from_utf8(bytes) {
        Ok(text) => vec![text.into()],
        // The part that is read may end within a letter.
        Err(error) if error.error_len().is_none() => {
            vec![String::from_utf8_lossy(&bytes[..error.valid_up_to()])]
        }
        Err(_) => [WINDOWS_1258, WINDOWS_1252].map(|letters| letters.decode(bytes).0).into(),
    }
}

/// The separator between the cells, and whether headings of a matrix were found with it.
fn separator(text: &str) -> (u8, bool) {
    let start = text.char_indices().nth(LOOK).map_or(text, |(at, _)| &text[..at]);
    let count = |separator: &u8| {
        let mut reader = ReaderBuilder::new();
        let reader = reader.delimiter(*separator).has_headers(false).flexible(true);
        let records = reader.from_reader(start.as_bytes()).into_records();
        records.take(50).flatten().filter_map(|record| count_headings(record.iter())).max()
    };
    let best = [b',', b';', b'\t'].into_iter().map(|it| (count(&it), it)).max_by_key(|it| it.0);
    best.map_or((b',', false), |(headings, separator)| (separator, headings.is_some()))
}

fn table(text: &str) -> Result<MatrixTable, UnreadableMatrix> {
    let mut reader = ReaderBuilder::new();
    let reader = reader.delimiter(separator(text).0).has_headers(false).flexible(true);
    let mut table = MatrixTable::default();
    for (row, record) in (0..).zip(reader.from_reader(text.as_bytes()).into_records()) {
        let record = record.map_err(UnreadableMatrix::broken)?;
        table.check_width(row, record.len())?;
        let cells = (0..).zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(at, cell)| (at, MatrixCell::of(bare(cell)))).collect();
        table.take(row, cells)?;
        if table.is_hopeless() {
            break;
        }
    }
    if table.is_found() { Ok(table) } else { Err(UnreadableMatrix::NotAMatrix) }
}

/// The cell without the `'` that keeps a spreadsheet from running it.
fn bare(cell: &str) -> &str {
    if is_formula(cell) { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
}
