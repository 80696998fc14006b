//! Workbooks as Excel 97 to 2003 wrote them: records one after the other, each with its kind and its length.
//!
//! They are read here and not by a crate because readers hold a whole sheet at once, as large as a cell far
//! out makes it, and rely on each record being as long as it should be.

use std::collections::{HashMap, HashSet};

use super::UnreadableMatrix;
use super::cell::{CellFault, MatrixCell};
use super::compound::{CompoundFile, u16_at, u32_at};
use super::notes::without_name;
use super::sheets::colour;
use super::sheets::{CellLook, CellPlace, GatheredRow, SheetExtras, Sheets, TakeRow};
use crate::workshop::clean;

/// The most notes and merged cells that are listed.
const MOST_EXTRAS: usize = 10_000;
/// The most cells of which it is kept how they look.
const MOST_LOOKS: usize = 1 << 20;

/// Kinds of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const NOTE: u16 = 0x001c;
    pub(super) const PASSWORD: u16 = 0x002f;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const CONTINUED: u16 = 0x003c;
    pub(super) const OBJECT: u16 = 0x005d;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const PALETTE: u16 = 0x0092;
    pub(super) const SHORT_NUMBERS: u16 = 0x00bd;
    pub(super) const BLANKS: u16 = 0x00be;
    pub(super) const RICH_LABEL: u16 = 0x00d6;
    pub(super) const STYLE: u16 = 0x00e0;
    pub(super) const MERGED: u16 = 0x00e5;
    pub(super) const STRINGS: u16 = 0x00fc;
    pub(super) const SHARED_LABEL: u16 = 0x00fd;
    pub(super) const OBJECT_TEXT: u16 = 0x01b6;
    pub(super) const BLANK: u16 = 0x0201;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const TRUTH: u16 = 0x0205;
    pub(super) const SHORT_NUMBER: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// The colours 8 to 63 of a workbook that does not say its own.
const COLOURS: &str = "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff 800000 008000 000080 808000 800080 008080 \
    c0c0c0 808080 9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff 000080 ff00ff ffff00 00ffff \
    800080 800000 008080 0000ff 00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99 3366ff 33cccc \
    99cc00 ffcc00 ff9900 ff6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333";

/// An old workbook.
pub(super) struct OldWorkbook {
    stream: Vec<u8>,
    /// The sheets, with where each begins.
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    styles: Vec<OldStyle>,
}

/// What matters of a cell's style.
#[derive(Clone, Copy, Debug, Default)]
struct OldStyle {
    is_date: bool,
    look: CellLook,
}

/// A record, with the parts that did not fit into it.
struct OldRecord<'s> {
    kind: u16,
    data: &'s [u8],
    more: Vec<&'s [u8]>,
}

/// The records from a place in the stream on.
struct OldRecords<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> OldRecords<'s> {
    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

impl<'s> Iterator for OldRecords<'s> {
    type Item = OldRecord<'s>;

    fn next(&mut self) -> Option<OldRecord<'s>> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while u16_at(self.stream, self.at) == Some(kind::CONTINUED) {
            more.push(self.one()?.1);
        }
        Some(OldRecord { kind, data, more })
    }
}

/// Opens a compound file that is a workbook.
pub(super) fn open(bytes: &[u8]) -> Result<OldWorkbook, UnreadableMatrix> {
    let broken = || UnreadableMatrix::broken("its parts do not fit together");
    let file = CompoundFile::open(bytes).ok_or_else(broken)?;
    if file.has("EncryptedPackage") {
        return Err(UnreadableMatrix::Locked);
    }
    if file.has("WordDocument") {
        return Err(UnreadableMatrix::Other("an old Word document"));
    }
    if !file.has("Workbook") {
        return Err(UnreadableMatrix::Other("an old file without a workbook"));
    }
    let stream = file.stream("Workbook").ok_or_else(broken)?;
    let mut book = OldWorkbook {
        stream: Vec::new(),
        sheets: Vec::new(),
        strings: Vec::new(),
        styles: Vec::new(),
    };
    book.read_globals(&stream)?;
    book.stream = stream;
    Ok(book)
}

/// Fonts, formats and colours, until the styles can be made of them.
#[derive(Default)]
struct StyleParts {
    struck: Vec<bool>,
    dates: HashSet<u16>,
    colours: Option<Vec<[u8; 3]>>,
    styles: Vec<Vec<u8>>,
}

impl StyleParts {
    fn note(&mut self, record: &OldRecord) {
        match record.kind {
            kind::FONT => {
                self.struck.push(u16_at(record.data, 2).is_some_and(|flags| flags & 8 != 0));
            }
            kind::FORMAT => {
                let format = OldText::new(record, 2).words(2).unwrap_or_default();
                if is_date_format(&format) {
                    self.dates.extend(u16_at(record.data, 0));
                }
            }
            kind::PALETTE => {
                let colours = record.data.get(2..).unwrap_or_default().chunks_exact(4);
                self.colours = Some(colours.map(|it| [it[0], it[1], it[2]]).collect());
            }
            kind::STYLE => self.styles.push(record.data.to_vec()),
            _ => {}
        }
    }

    fn style(&self, data: &[u8]) -> OldStyle {
        let font = usize::from(u16_at(data, 0).unwrap_or_default());
        // There is no font 4.
        let font = if font > 4 { font - 1 } else { font };
        let format = u16_at(data, 2).unwrap_or_default();
        let is_date =
            matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58) || self.dates.contains(&format);
        let is_filled = u32_at(data, 14).is_some_and(|fill| fill >> 26 != 0);
        let colour = u16_at(data, 18).map(|colours| usize::from(colours & 0x7f));
        let colour = colour.filter(|_| is_filled).and_then(|colour| self.colour(colour));
        let look = CellLook {
            colour: colour.and_then(CellLook::coloured),
            struck: self.struck.get(font).copied().unwrap_or_default(),
        };
        OldStyle { is_date, look }
    }

    fn colour(&self, nth: usize) -> Option<[u8; 3]> {
        let at = nth.checked_sub(8)?;
        match &self.colours {
            Some(own) => own.get(at).copied(),
            None => COLOURS.split(' ').nth(at).and_then(colour),
        }
    }
}

/// Whether numbers in this format are shown as dates or times.
pub(super) fn is_date_format(format: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    format.chars().any(|letter| {
        let is_plain = !quoted && !bracketed && !escaped;
        escaped = !escaped && letter == '\\';
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
        is_plain && matches!(letter.to_ascii_lowercase(), 'd' | 'm' | 'y' | 'h' | 's')
    })
}

impl OldWorkbook {
    fn read_globals(&mut self, stream: &[u8]) -> Result<(), UnreadableMatrix> {
        let mut parts = StyleParts::default();
        for (nth, record) in (OldRecords { stream, at: 0 }).enumerate() {
            match record.kind {
                kind::BEGIN if nth == 0 && u16_at(record.data, 0) != Some(0x0600) => {
                    return Err(UnreadableMatrix::Other("a workbook of Excel 95 or before"));
                }
                kind::PASSWORD => return Err(UnreadableMatrix::Locked),
                kind::SHEET => {
                    let at = u32_at(record.data, 0).unwrap_or_default() as usize;
                    let name = OldText::new(&record, 6).words(1).unwrap_or_default();
                    self.sheets.push((name, at));
                }
                kind::STRINGS => {
                    let mut text = OldText::new(&record, 8);
                    while let Some(words) = text.rich() {
                        self.strings.push(words);
                    }
                }
                kind::END => break,
                _ => parts.note(&record),
            }
        }
        self.styles = parts.styles.iter().map(|data| parts.style(data)).collect();
        Ok(())
    }

    /// The records of a sheet, without those of charts in it.
    fn records(&self, name: &str) -> impl Iterator<Item = OldRecord<'_>> {
        let at = self.sheets.iter().find(|(known, _)| known == name);
        let at = at.map_or(self.stream.len(), |(_, at)| *at);
        let mut depth = 0;
        OldRecords { stream: &self.stream, at }
            .map(move |record| {
                match record.kind {
                    kind::BEGIN => depth += 1,
                    kind::END => depth -= 1,
                    _ => {}
                }
                (depth, record)
            })
            .take_while(|(depth, _)| *depth > 0)
            .filter_map(|(depth, record)| (depth == 1).then_some(record))
    }

    fn style(&self, nth: Option<u16>) -> OldStyle {
        nth.and_then(|nth| self.styles.get(usize::from(nth))).copied().unwrap_or_default()
    }

    fn number(&self, number: f64, style: Option<u16>) -> MatrixCell {
        if self.style(style).is_date {
            return MatrixCell::wrong(CellFault::Date);
        }
        MatrixCell::of(&number.to_string())
    }

    /// The cell that a record is, if it is one.
    fn cell(&self, record: &OldRecord) -> Option<MatrixCell> {
        let data = record.data;
        let style = u16_at(data, 4);
        Some(match record.kind {
            kind::FORMULA => MatrixCell::wrong(CellFault::Formula("=…".to_owned())),
            kind::NUMBER => {
                let number = f64::from_le_bytes(data.get(6..14)?.try_into().ok()?);
                self.number(number, style)
            }
            kind::SHORT_NUMBER => self.number(short_number(u32_at(data, 6)?), style),
            kind::SHARED_LABEL => MatrixCell::of(self.strings.get(u32_at(data, 6)? as usize)?),
            kind::LABEL | kind::RICH_LABEL => MatrixCell::of(&OldText::new(record, 6).words(2)?),
            kind::TRUTH if *data.get(7)? == 0 => {
                MatrixCell::wrong(CellFault::Truth(*data.get(6)? != 0))
            }
            kind::TRUTH => MatrixCell::wrong(CellFault::Error(error(*data.get(6)?).to_owned())),
            _ => return None,
        })
    }
}

/// A number in four bytes: a whole one, or the first half of a longer one, perhaps in hundredths.
pub(super) fn short_number(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from((bits as i32) >> 2)
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

impl Sheets for OldWorkbook {
    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    fn each_row(&mut self, name: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix> {
        let mut rows = GatheredRow::new(name, take);
        for record in self.records(name) {
            let data = record.data;
            let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
            if record.kind == kind::SHORT_NUMBERS {
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, number) in (u32::from(column)..).zip(numbers.chunks_exact(6)) {
                    let bits = u32_at(number, 2).unwrap_or_default();
                    let cell = self.number(short_number(bits), u16_at(number, 0));
                    if !rows.push((row.into(), column), cell)? {
                        return Ok(());
                    }
                }
            } else if let Some(cell) = self.cell(&record)
                && !rows.push((row.into(), column.into()), cell)?
            {
                return Ok(());
            }
        }
        rows.finish()
    }

    fn extras(&mut self, name: &str) -> Result<SheetExtras, UnreadableMatrix> {
        let mut extras = SheetExtras::default();
        // The words of notes come before their cells.
        let (mut object, mut texts) = (None, HashMap::new());
        for record in self.records(name) {
            let data = record.data;
            let pair = |at| Some((u16_at(data, at)?, u16_at(data, at + 2)?));
            match record.kind {
                kind::OBJECT => object = u16_at(data, 6),
                kind::OBJECT_TEXT => {
                    let count = usize::from(u16_at(data, 10).unwrap_or_default());
                    let mut text =
                        OldText { parts: record.more.into_iter().rev().collect(), at: 0 };
                    if let (Some(object), Some(flags)) = (object, text.byte()) {
                        texts.insert(object, text.letters(count, flags).unwrap_or_default());
                    }
                }
                kind::NOTE if extras.notes.len() < MOST_EXTRAS => {
                    let Some((row, column)) = pair(0) else { continue };
                    let words = u16_at(data, 6).and_then(|object| texts.remove(&object));
                    let author = OldText::new(&record, 8).words(2).unwrap_or_default();
                    let words = words.unwrap_or_default();
                    let words = clean(without_name(&words, author.trim())).into_owned();
                    if !words.is_empty() {
                        extras.notes.push(((row.into(), column.into()), words));
                    }
                }
                kind::MERGED => {
                    let regions = data.get(2..).unwrap_or_default().chunks_exact(8);
                    let room = MOST_EXTRAS.saturating_sub(extras.merged.len());
                    extras.merged.extend(regions.take(room).filter_map(|region| {
                        let at = |nth: usize| u16_at(region, nth * 2).map(u32::from);
                        Some(((at(0)?, at(2)?), (at(1)?, at(3)?)))
                    }));
                }
                kind::BLANKS | kind::SHORT_NUMBERS => {
                    let Some((row, first)) = pair(0) else { continue };
                    let step = if record.kind == kind::BLANKS { 2 } else { 6 };
                    let styles = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                    for (column, style) in (u32::from(first)..).zip(styles.chunks_exact(step)) {
                        self.note_look(&mut extras, (row.into(), column), u16_at(style, 0));
                    }
                }
                kind::BLANK
                | kind::NUMBER
                | kind::LABEL
                | kind::RICH_LABEL
                | kind::TRUTH
                | kind::SHORT_NUMBER
                | kind::SHARED_LABEL
                | kind::FORMULA => {
                    let Some((row, column)) = pair(0) else { continue };
                    self.note_look(&mut extras, (row.into(), column.into()), u16_at(data, 4));
                }
                _ => {}
            }
        }
        Ok(extras)
    }
}

impl OldWorkbook {
    fn note_look(&self, extras: &mut SheetExtras, at: CellPlace, style: Option<u16>) {
        let look = self.style(style).look;
        if look != CellLook::default() && extras.looks.len() < MOST_LOOKS {
            extras.looks.insert(at, look);
        }
    }
}

/// Text in a record and what continues it.
struct OldText<'s> {
    parts: Vec<&'s [u8]>,
    at: usize,
}

impl<'s> OldText<'s> {
    /// The text from this place of a record on.
    fn new(record: &OldRecord<'s>, at: usize) -> Self {
        let mut parts = vec![record.data.get(at..).unwrap_or_default()];
        parts.extend(&record.more);
        parts.reverse();
        Self { parts, at: 0 }
    }

    /// The part that is being read: they are kept last first.
    fn part(&mut self) -> Option<&'s [u8]> {
        while self.parts.last().is_some_and(|part| self.at >= part.len()) {
            self.parts.pop();
            self.at = 0;
        }
        self.parts.last().copied()
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.part()?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// A number of one to four bytes.
    fn number(&mut self, bytes: usize) -> Option<usize> {
        (0..bytes).try_fold(0, |sum, nth| Some(sum | usize::from(self.byte()?) << (nth * 8)))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let left = self.part()?.len() - self.at;
            let some = left.min(bytes);
            self.at += some;
            bytes -= some;
        }
        Some(())
    }

    /// Words with their length before them, in one byte or two, and how their letters are stored.
    fn words(&mut self, bytes: usize) -> Option<String> {
        let count = self.number(bytes)?;
        let flags = self.byte()?;
        self.letters(count, flags)
    }

    /// Words that may have looks and readings after them.
    fn rich(&mut self) -> Option<String> {
        let count = self.number(2)?;
        let flags = self.byte()?;
        let looks = if flags & 8 == 0 { 0 } else { self.number(2)? * 4 };
        let readings = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let words = self.letters(count, flags)?;
        self.skip(looks.saturating_add(readings));
        Some(words)
    }

    /// Letters of one byte or two; a part that goes on with them says which.
    fn letters(&mut self, count: usize, mut flags: u8) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < count {
            if self.at > 0 && self.parts.last().is_some_and(|part| self.at >= part.len()) {
                self.part()?;
                flags = self.byte()?;
            }
            let unit = self.number(1 + usize::from(flags & 1))?;
            units.push(unit as u16);
        }
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_formats_are_what_they_were() {
        for (bits, number) in [
            ((42 << 2) | 2, 42.0),
            ((4250 << 2) | 3, 42.5),
            (0x3ff0_0000, 1.0),
            ((-7_i32 << 2) as u32 | 2, -7.0),
        ] {
            assert!((short_number(bits) - number).abs() < 1e-9, "{number}");
        }
        for (format, is_date) in [
            ("dd/mm/yyyy", true),
            ("[$-409]d-mmm;@", true),
            ("0.00", false),
            ("\"day\" 0", false),
            ("[Red]0", false),
            ("\\d0", false),
            ("@", false),
        ] {
            assert_eq!(is_date_format(format), is_date, "{format}");
        }
    }

    #[test]
    fn words_go_on_in_the_next_part_with_other_letters() {
        let record = OldRecord {
            kind: kind::STRINGS,
            data: &[4, 0, 0, b'a', b'b'],
            more: vec![&[1, 0x17, 0x04, 0x18, 0x04, 1, 0, 0, b'z']],
        };
        let mut text = OldText::new(&record, 0);
        assert_eq!(text.rich().as_deref(), Some("abЗИ"));
        assert_eq!(text.rich().as_deref(), Some("z"));
        assert_eq!(text.rich(), None);
    }
}
