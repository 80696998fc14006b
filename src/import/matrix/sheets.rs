//! A file as sheets of rows, whatever kind of file it is.

use std::collections::HashMap;

use super::cell::MatrixCell;
use super::{LARGEST, UnreadableMatrix, plain, workbook};

/// The most cells of a sheet that are looked at.
pub(super) const MOST_CELLS: usize = 5_000_000;

/// A cell by row and column, from 0.
pub(super) type CellPlace = (u32, u32);

/// Takes a row with its cells; `false` if no more are wanted.
pub(super) type TakeRow<'t> =
    dyn FnMut(u32, Vec<(u32, MatrixCell)>) -> Result<bool, UnreadableMatrix> + 't;

/// A file that is open.
pub(super) trait Sheets {
    /// The names of its sheets; one empty name, if it has no sheets.
    fn names(&self) -> Vec<String>;

    /// Passes on a sheet row by row. It is never held as a whole, because a cell far out would make it
    /// larger than any memory.
    fn each_row(&mut self, sheet: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix>;

    /// What a sheet has besides words in cells.
    fn extras(&mut self, _sheet: &str) -> Result<SheetExtras, UnreadableMatrix> {
        Ok(SheetExtras::default())
    }

    /// What somebody should know about how it was opened.
    fn remark(&self) -> Option<String> {
        None
    }

    /// How often its letters are in an order that nobody writes.
    fn oddness(&self) -> usize {
        0
    }
}

/// What a sheet has besides words in cells.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetExtras {
    /// Cells that are one, first and last.
    pub(super) merged: Vec<(CellPlace, CellPlace)>,
    /// Notes on cells, without their authors.
    pub(super) notes: Vec<(CellPlace, String)>,
    /// Cells that do not look as they were sent.
    pub(super) looks: HashMap<CellPlace, CellLook>,
}

/// The backgrounds that we give cells: red, green and blue, as in the workbook's styles.
const OURS: [[u8; 3]; 5] = [
    [0x1f, 0x38, 0x64],
    [0xff, 0xd9, 0x66],
    [0xff, 0xf8, 0xe1],
    [0xfc, 0xe4, 0xe4],
    [0xff, 0xc7, 0xce],
];

/// How a cell looks, if it is not as we send it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellLook {
    /// Its background: red, green and blue.
    pub(super) colour: Option<[u8; 3]>,
    /// Whether its words are struck out.
    pub(super) struck: bool,
}

/// A colour as it is written: `92d050`.
pub(super) fn colour(digits: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

impl CellLook {
    /// With this background, unless it is ours or white.
    pub(super) fn coloured(colour: [u8; 3]) -> Option<[u8; 3]> {
        (!OURS.contains(&colour) && colour != [0xff; 3]).then_some(colour)
    }
}

/// Cells as they come, put together to rows and counted.
pub(super) struct GatheredRow<'n, 't, 'f> {
    name: &'n str,
    take: &'t mut TakeRow<'f>,
    row: u32,
    cells: Vec<(u32, MatrixCell)>,
    count: usize,
}

impl<'n, 't, 'f> GatheredRow<'n, 't, 'f> {
    pub(super) fn new(name: &'n str, take: &'t mut TakeRow<'f>) -> Self {
        Self { name, take, row: 0, cells: Vec::new(), count: 0 }
    }

    pub(super) fn name(&self) -> &'n str {
        self.name
    }

    /// Takes in a cell; `false` if no more are wanted.
    pub(super) fn push(
        &mut self,
        (row, column): CellPlace,
        cell: MatrixCell,
    ) -> Result<bool, UnreadableMatrix> {
        self.count += 1;
        if self.count > MOST_CELLS {
            return Err(UnreadableMatrix::TooMuch(format!(
                "“{}” has more than {MOST_CELLS} cells",
                self.name
            )));
        }
        if row != self.row {
            if !self.cells.is_empty() && !(self.take)(self.row, std::mem::take(&mut self.cells))? {
                return Ok(false);
            }
            self.row = row;
        }
        if !cell.is_empty() {
            self.cells.push((column, cell));
        }
        Ok(true)
    }

    /// Passes on the last row.
    pub(super) fn finish(self) -> Result<(), UnreadableMatrix> {
        if !self.cells.is_empty() {
            (self.take)(self.row, self.cells)?;
        }
        Ok(())
    }
}

/// Opens a file: in one way, unless its letters can be read in several.
pub(super) fn open(bytes: &[u8]) -> Result<Vec<Box<dyn Sheets + '_>>, UnreadableMatrix> {
    if bytes.len() > LARGEST {
        return Err(UnreadableMatrix::TooMuch(format!("the file has {} MB", bytes.len() >> 20)));
    }
    if workbook::is_one(bytes) {
        return Ok(vec![workbook::open(bytes)?]);
    }
    Ok(plain::open(bytes))
}
