//! Binary workbooks (.xlsb): the parts of a newer workbook, in records like those of an old one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;

use zip::ZipArchive;

use super::UnreadableMatrix;
use super::cell::{CellFault, MatrixCell};
use super::compound::{u16_at, u32_at};
use super::notes::without_name;
use super::old_workbook::{error, is_date_format, short_number};
use super::package::{Package, content, relations, resolved};
use super::sheets::{CellLook, CellPlace, GatheredRow, SheetExtras, Sheets, TakeRow};
use crate::workshop::clean;

/// The most notes and merged cells that are listed, and the most cells of which it is kept how they look.
const MOST_EXTRAS: usize = 10_000;
const MOST_LOOKS: usize = 1 << 20;

/// Kinds of records.
mod kind {
    pub(super) const ROW: u16 = 0;
    pub(super) const SHORT_NUMBER: u16 = 2;
    pub(super) const ERROR: u16 = 3;
    pub(super) const TRUTH: u16 = 4;
    pub(super) const NUMBER: u16 = 5;
    pub(super) const LABEL: u16 = 6;
    pub(super) const SHARED_LABEL: u16 = 7;
    pub(super) const FIRST_FORMULA: u16 = 8;
    pub(super) const LAST_FORMULA: u16 = 11;
    pub(super) const STRING: u16 = 19;
    pub(super) const FONT: u16 = 43;
    pub(super) const FORMAT: u16 = 44;
    pub(super) const FILL: u16 = 45;
    pub(super) const STYLE: u16 = 47;
    pub(super) const SHEET: u16 = 156;
    pub(super) const MERGED: u16 = 176;
    pub(super) const STYLES: u16 = 617;
    pub(super) const STYLES_END: u16 = 618;
    pub(super) const AUTHOR: u16 = 632;
    pub(super) const NOTE: u16 = 635;
    pub(super) const NOTE_TEXT: u16 = 637;
}

/// A binary workbook.
pub(super) struct BinaryWorkbook<'b> {
    package: Package<'b>,
    /// The sheets, with their parts.
    sheets: Vec<(String, String)>,
    strings: Vec<String>,
    styles: Vec<(bool, CellLook)>,
}

/// The records of a part: their kinds and contents.
struct BinaryRecords<'p> {
    part: &'p [u8],
}

impl BinaryRecords<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*first)
    }

    /// A number in bytes of seven bits each, as long as the highest bit is set.
    fn number(&mut self, most: usize) -> Option<usize> {
        let mut number = 0;
        for nth in 0..most {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << (nth * 7);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'p> Iterator for BinaryRecords<'p> {
    type Item = (u16, &'p [u8]);

    fn next(&mut self) -> Option<(u16, &'p [u8])> {
        let kind = self.number(2)? as u16;
        let length = self.number(4)?;
        let (data, rest) = self.part.split_at_checked(length)?;
        self.part = rest;
        Some((kind, data))
    }
}

/// Words with their length before them, and where they end.
fn words_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let count = u32_at(data, at)? as usize;
    let end = count.checked_mul(2)?.checked_add(at + 4)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
    Some((String::from_utf16_lossy(&units.collect::<Vec<u16>>()), end))
}

/// Opens it; its package was looked through before.
pub(super) fn open(bytes: &[u8]) -> Result<BinaryWorkbook<'_>, UnreadableMatrix> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
    let root = relations(&mut package, "")?;
    let book = root.iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    let book = book.map_or_else(String::new, |relation| resolved("", &relation.target));
    let related = relations(&mut package, &book)?;
    let part = |test: &dyn Fn(&str, &str) -> bool| {
        let found = related.iter().find(|relation| test(&relation.id, &relation.kind));
        found.map_or_else(String::new, |relation| resolved(&book, &relation.target))
    };
    let content_of = |package: &mut Package, kind: &str| {
        content(package, &part(&|_, other| other.ends_with(kind)))
    };
    let strings = content_of(&mut package, "/sharedStrings")?;
    let styles = content_of(&mut package, "/styles")?;
    let string = |(kind, data): (u16, &[u8])| {
        (kind == kind::STRING).then(|| words_at(data, 1).map(|it| it.0).unwrap_or_default())
    };
    let sheet = |(kind, data): (u16, &[u8])| {
        let (id, end) = (kind == kind::SHEET).then(|| words_at(data, 8)).flatten()?;
        Some((words_at(data, end)?.0, part(&|other, _| other == id)))
    };
    let book = content(&mut package, &book)?;
    Ok(BinaryWorkbook {
        sheets: BinaryRecords { part: &book }.filter_map(sheet).collect(),
        strings: BinaryRecords { part: &strings }.filter_map(string).collect(),
        styles: read_styles(&styles),
        package,
    })
}

/// Whether each style is of dates, and how it looks.
fn read_styles(part: &[u8]) -> Vec<(bool, CellLook)> {
    let (mut struck, mut fills, mut dates) = (Vec::new(), Vec::new(), HashSet::new());
    let (mut styles, mut is_inside) = (Vec::new(), false);
    for (kind, data) in (BinaryRecords { part }) {
        match kind {
            kind::FONT => struck.push(u16_at(data, 2).is_some_and(|flags| flags & 8 != 0)),
            // A colour of its own has kind 2; of others it is not known here which they are.
            kind::FILL => {
                let is_own = data.get(4).is_some_and(|kind| kind >> 1 == 2);
                let is_filled = u32_at(data, 0) != Some(0);
                let colour = data.get(8..11).filter(|_| is_own && is_filled);
                fills.push(colour.map(|it| [it[0], it[1], it[2]]));
            }
            kind::FORMAT if words_at(data, 2).is_some_and(|it| is_date_format(&it.0)) => {
                dates.extend(u16_at(data, 0));
            }
            kind::STYLES => is_inside = true,
            kind::STYLES_END => is_inside = false,
            kind::STYLE if is_inside => {
                let nth = |at| usize::from(u16_at(data, at).unwrap_or(u16::MAX));
                let format = u16_at(data, 2).unwrap_or_default();
                let is_date = matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
                    || dates.contains(&format);
                let colour: Option<[u8; 3]> = fills.get(nth(6)).copied().flatten();
                let look = CellLook {
                    colour: colour.and_then(CellLook::coloured),
                    struck: struck.get(nth(4)).copied().unwrap_or_default(),
                };
                styles.push((is_date, look));
            }
            _ => {}
        }
    }
    styles
}

impl BinaryWorkbook<'_> {
    fn part(&self, name: &str) -> String {
        let found = self.sheets.iter().find(|(known, _)| known == name);
        found.map_or_else(String::new, |(_, part)| part.clone())
    }

    fn style(&self, data: &[u8]) -> (bool, CellLook) {
        let nth = u32_at(data, 4).map(|style| (style & 0x00ff_ffff) as usize);
        nth.and_then(|nth| self.styles.get(nth)).copied().unwrap_or_default()
    }

    /// The cell that a record is, if it is one.
    fn cell(&self, kind: u16, data: &[u8]) -> Option<MatrixCell> {
        let number = |number: f64| {
            if self.style(data).0 {
                MatrixCell::wrong(CellFault::Date)
            } else {
                MatrixCell::of(&number.to_string())
            }
        };
        Some(match kind {
            kind::SHORT_NUMBER => number(short_number(u32_at(data, 8)?)),
            kind::NUMBER => number(f64::from_le_bytes(data.get(8..16)?.try_into().ok()?)),
            kind::TRUTH => MatrixCell::wrong(CellFault::Truth(*data.get(8)? != 0)),
            kind::ERROR => MatrixCell::wrong(CellFault::Error(error(*data.get(8)?).to_owned())),
            kind::LABEL => MatrixCell::of(&words_at(data, 8)?.0),
            kind::SHARED_LABEL => MatrixCell::of(self.strings.get(u32_at(data, 8)? as usize)?),
            kind::FIRST_FORMULA..=kind::LAST_FORMULA => {
                MatrixCell::wrong(CellFault::Formula("=…".to_owned()))
            }
            _ => return None,
        })
    }

    /// The notes of a sheet, without their authors.
    fn notes(&mut self, part: &str) -> Result<Vec<(CellPlace, String)>, UnreadableMatrix> {
        let (mut authors, mut at) = (Vec::new(), None);
        let mut notes: BTreeMap<CellPlace, String> = BTreeMap::new();
        let related = relations(&mut self.package, part)?;
        for relation in related.iter().filter(|relation| relation.kind.ends_with("/comments")) {
            let comments = content(&mut self.package, &resolved(part, &relation.target))?;
            for (kind, data) in (BinaryRecords { part: &comments }) {
                match kind {
                    kind::AUTHOR => authors.push(words_at(data, 0).unwrap_or_default().0),
                    kind::NOTE => {
                        let author = u32_at(data, 0).and_then(|nth| authors.get(nth as usize));
                        at = u32_at(data, 4).zip(u32_at(data, 12)).zip(Some(author.cloned()));
                    }
                    kind::NOTE_TEXT if notes.len() < MOST_EXTRAS => {
                        let (Some((at, author)), Some((words, _))) = (at.take(), words_at(data, 1))
                        else {
                            continue;
                        };
                        let author = author.unwrap_or_default();
                        let words = clean(without_name(&words, author.trim())).into_owned();
                        notes.insert(at, words);
                    }
                    _ => {}
                }
            }
        }
        notes.retain(|_, words| !words.is_empty());
        Ok(notes.into_iter().collect())
    }
}

impl Sheets for BinaryWorkbook<'_> {
    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    fn each_row(&mut self, name: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix> {
        let part = self.part(name);
        let part = content(&mut self.package, &part)?;
        let mut rows = GatheredRow::new(name, take);
        let mut row = 0;
        for (kind, data) in (BinaryRecords { part: &part }) {
            if kind == kind::ROW {
                row = u32_at(data, 0).unwrap_or(row);
            } else if let Some(cell) = self.cell(kind, data)
                && let Some(column) = u32_at(data, 0)
                && !rows.push((row, column), cell)?
            {
                return Ok(());
            }
        }
        rows.finish()
    }

    fn extras(&mut self, name: &str) -> Result<SheetExtras, UnreadableMatrix> {
        let name = self.part(name);
        let part = content(&mut self.package, &name)?;
        let mut extras = SheetExtras { notes: self.notes(&name)?, ..SheetExtras::default() };
        let (mut row, mut looks) = (0, HashMap::new());
        for (kind, data) in (BinaryRecords { part: &part }) {
            match kind {
                kind::ROW => row = u32_at(data, 0).unwrap_or(row),
                1..=kind::LAST_FORMULA => {
                    let look = self.style(data).1;
                    if look != CellLook::default() && looks.len() < MOST_LOOKS {
                        looks.extend(u32_at(data, 0).map(|column| ((row, column), look)));
                    }
                }
                kind::MERGED if extras.merged.len() < MOST_EXTRAS => {
                    let at = |nth: usize| u32_at(data, nth * 4);
                    let region = at(0).zip(at(2)).zip(at(1).zip(at(3)));
                    extras.merged.extend(region);
                }
                _ => {}
            }
        }
        extras.looks = looks;
        Ok(extras)
    }
}
