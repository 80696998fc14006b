//! Workbooks, cell by cell.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::UnreadableMatrix;
use super::binary_workbook;
use super::cell::{CellFault, MatrixCell};
use super::guard::{self, PackageKind};
use super::notes;
use super::old_workbook;
use super::open_document;
use super::sheets::{CellLook, CellPlace, GatheredRow, MOST_CELLS, SheetExtras, Sheets, TakeRow};

const PACKED: &[u8] = b"PK";
/// How files of old office programs, and those with a password, begin.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether these bytes are a workbook, or what people take for one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(PACKED) || bytes.starts_with(COMPOUND)
}

/// Opens a workbook of any kind.
pub(super) fn open(bytes: &[u8]) -> Result<Box<dyn Sheets + '_>, UnreadableMatrix> {
    if bytes.starts_with(COMPOUND) {
        return Ok(Box::new(old_workbook::open(bytes)?));
    }
    let package = guard::check(bytes)?;
    match package.kind {
        PackageKind::BinaryWorkbook => Ok(Box::new(binary_workbook::open(bytes)?)),
        PackageKind::OpenDocument => Ok(Box::new(open_document::open(bytes)?)),
        PackageKind::Workbook => {
            let book = Xlsx::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
            Ok(Box::new(OpenWorkbook { book, bytes, is_merged: package.is_merged }))
        }
    }
}

/// A workbook as Excel writes it since 2007.
struct OpenWorkbook<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
    bytes: &'b [u8],
    is_merged: bool,
}

impl Sheets for OpenWorkbook<'_> {
    fn names(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    fn each_row(&mut self, name: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix> {
        let mut reader = match self.book.worksheet_cells_reader(name) {
            // A chart has no cells.
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            reader => reader.map_err(UnreadableMatrix::broken)?,
        };
        let mut rows = GatheredRow::new(name, take);
        while let Some(found) =
            reader.next_cell_with_formula_metadata().map_err(UnreadableMatrix::broken)?
        {
            let cell = match found.formula {
                Some(formula) => MatrixCell::wrong(CellFault::Formula(match formula {
                    XlsxFormulaMetadata::Normal { formula } => format!("={formula}"),
                    _ => "one for several cells".to_owned(),
                })),
                None => cell(&found.value),
            };
            if !rows.push(found.pos, cell)? {
                return Ok(());
            }
        }
        rows.finish()
    }

    fn extras(&mut self, name: &str) -> Result<SheetExtras, UnreadableMatrix> {
        let mut extras = SheetExtras::default();
        if self.is_merged {
            let merged = self.book.merge_cells_by_sheet_name(name);
            let merged = merged.map_err(UnreadableMatrix::broken)?;
            extras.merged = merged.iter().map(|region| (region.start, region.end)).collect();
        }
        extras.notes = notes::of_sheet(self.bytes, name)?;
        extras.looks = self.looks(name)?;
        Ok(extras)
    }
}

impl OpenWorkbook<'_> {
    /// The cells that do not look as we sent them.
    fn looks(&mut self, name: &str) -> Result<HashMap<CellPlace, CellLook>, UnreadableMatrix> {
        let mut looks = HashMap::new();
        let mut reader = match self.book.worksheet_cells_reader(name) {
            Err(XlsxError::NotAWorksheet(_)) => return Ok(looks),
            reader => reader.map_err(UnreadableMatrix::broken)?,
        };
        let styles: Vec<CellLook> = reader.styles().iter().map(look).collect();
        if styles.iter().all(|look| *look == CellLook::default()) {
            return Ok(looks);
        }
        let mut count = 0;
        while let Some((row, column, style)) =
            reader.next_style_id().map_err(UnreadableMatrix::broken)?
        {
            count += 1;
            let look = styles.get(style).copied().unwrap_or_default();
            if look != CellLook::default() {
                looks.insert((row, column), look);
            }
            if count > MOST_CELLS {
                break;
            }
        }
        Ok(looks)
    }
}

/// How a cell with this style looks, unless it is as we send it.
fn look(style: &calamine::Style) -> CellLook {
    let fill = style.fill.as_ref().filter(|fill| fill.is_visible());
    let colour = fill.and_then(calamine::Fill::get_color);
    let colour = colour.map(|colour| [colour.red, colour.green, colour.blue]);
    CellLook {
        colour: colour.and_then(CellLook::coloured),
        struck: style.font.as_ref().is_some_and(calamine::Font::has_strikethrough),
    }
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
