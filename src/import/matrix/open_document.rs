//! Sheets of an `OpenDocument` file, read as a stream: a few bytes there can mean any number of cells, so
//! each is counted before it is made.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::UnreadableMatrix;
use super::cell::{CellFault, MatrixCell, address};
use super::notes::without_name;
use super::package::{attribute, words};
use super::sheets::{self, CellLook, CellPlace, GatheredRow, SheetExtras, Sheets, TakeRow};

/// The most columns of a sheet.
const MOST_COLUMNS: u32 = 16_384;
/// The most rows.
const MOST_ROWS: u32 = 1 << 20;
/// The most cells side by side that have the same words.
const MOST_ALIKE: u32 = 1000;
/// The most cells of which it is kept how they look.
const MOST_LOOKS: usize = 1 << 20;
/// The most notes and merged cells that are listed.
const MOST_EXTRAS: usize = 10_000;

/// An `OpenDocument` file.
pub(super) struct OpenDocument<'b> {
    bytes: &'b [u8],
    names: Vec<String>,
    /// The styles that make a cell or words in it look not as they were sent.
    styles: HashMap<String, CellLook>,
}

/// Opens it; its package was looked through before.
pub(super) fn open(bytes: &[u8]) -> Result<OpenDocument<'_>, UnreadableMatrix> {
    let mut is_locked = false;
    each(bytes, "META-INF/manifest.xml", |event| {
        if let Event::Start(start) | Event::Empty(start) = event {
            is_locked |= start.local_name().as_ref() == "encryption-data";
        }
        Ok(!is_locked)
    })?;
    if is_locked {
        return Err(UnreadableMatrix::Locked);
    }
    let (mut names, mut styles, mut style) = (Vec::new(), HashMap::new(), String::new());
    each(bytes, "content.xml", |event| {
        if let Event::Start(start) | Event::Empty(start) = event {
            match start.name().as_ref() {
                "table:table" => names.push(attribute(start, "name").unwrap_or_default()),
                "style:style" => style = attribute(start, "name").unwrap_or_default(),
                "style:table-cell-properties" | "style:text-properties" => {
                    let look: &mut CellLook = styles.entry(style.clone()).or_default();
                    let colour = attribute(start, "background-color")
                        .and_then(|colour| sheets::colour(colour.strip_prefix('#')?));
                    look.colour = look.colour.or(colour.and_then(CellLook::coloured));
                    let line = attribute(start, "text-line-through-style");
                    look.struck |= line.is_some_and(|line| line != "none");
                }
                _ => {}
            }
        }
        Ok(true)
    })?;
    styles.retain(|_, look| *look != CellLook::default());
    Ok(OpenDocument { bytes, names, styles })
}

/// Passes on each event of a part, until `note` returns `false`.
fn each(
    bytes: &[u8],
    part: &str,
    mut note: impl FnMut(&Event) -> Result<bool, UnreadableMatrix>,
) -> Result<(), UnreadableMatrix> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
    let file = archive.by_name(part).map_err(UnreadableMatrix::broken)?;
    let mut reader = Reader::from_reader(BufReader::new(file));
    pass_on(&mut reader, part, &mut note)
}

fn pass_on(
    reader: &mut Reader<impl BufRead>,
    part: &str,
    note: &mut dyn FnMut(&Event) -> Result<bool, UnreadableMatrix>,
) -> Result<(), UnreadableMatrix> {
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => {
                if !note(&event)? {
                    return Ok(());
                }
            }
            Err(why) => return Err(UnreadableMatrix::broken(format!("{part}: {why}"))),
        }
        buffer.clear();
    }
}

impl Sheets for OpenDocument<'_> {
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn each_row(&mut self, name: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix> {
        self.pass(name, take).map(|_| ())
    }

    fn extras(&mut self, name: &str) -> Result<SheetExtras, UnreadableMatrix> {
        self.pass(name, &mut |_, _| Ok(true))
    }
}

impl OpenDocument<'_> {
    /// Reads a sheet, passing on its rows.
    fn pass(&self, name: &str, take: &mut TakeRow) -> Result<SheetExtras, UnreadableMatrix> {
        let mut pass = SheetPass::new(GatheredRow::new(name, take), &self.styles);
        let mut is_inside = false;
        each(self.bytes, "content.xml", |event| {
            match event {
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    is_inside |= attribute(start, "name").unwrap_or_default() == name;
                }
                Event::End(end) if is_inside && end.name().as_ref() == "table:table" => {
                    return Ok(false);
                }
                event if is_inside => return pass.note(event),
                _ => {}
            }
            Ok(true)
        })?;
        if !pass.is_done {
            pass.rows.finish()?;
        }
        Ok(pass.extras)
    }
}

/// A sheet while it is read.
struct SheetPass<'s, 'n, 't, 'f> {
    rows: GatheredRow<'n, 't, 'f>,
    styles: &'s HashMap<String, CellLook>,
    /// Whether no more rows are wanted.
    is_done: bool,
    row: u32,
    column: u32,
    /// How often the row is there.
    repeated: u32,
    /// The cells of the row with how often each is there, to be made when the row ends.
    cells: Vec<(u32, u32, MatrixCell)>,
    open: Option<OpenCell>,
    extras: SheetExtras,
}

/// A cell while it is read.
#[derive(Default)]
struct OpenCell {
    repeated: u32,
    fault: Option<CellFault>,
    look: CellLook,
    value: String,
    words: String,
    paragraphs: usize,
    note: String,
    /// Who wrote the note.
    creator: String,
    in_note: bool,
    in_creator: bool,
    in_paragraph: bool,
}

/// How often something is there.
fn repeated(start: &BytesStart, name: &str, most: u32) -> u32 {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, most)
}

impl<'s, 'n, 't, 'f> SheetPass<'s, 'n, 't, 'f> {
    fn new(rows: GatheredRow<'n, 't, 'f>, styles: &'s HashMap<String, CellLook>) -> Self {
        Self {
            rows,
            styles,
            is_done: false,
            row: 0,
            column: 0,
            repeated: 1,
            cells: Vec::new(),
            open: None,
            extras: SheetExtras::default(),
        }
    }

    /// Takes in what happens within the sheet; `false` if no more is wanted.
    fn note(&mut self, event: &Event) -> Result<bool, UnreadableMatrix> {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let is_empty = matches!(event, Event::Empty(_));
                match start.name().as_ref() {
                    "table:table-row" => {
                        self.repeated = repeated(start, "number-rows-repeated", MOST_ROWS);
                        self.column = 0;
                        if is_empty {
                            return self.end_row();
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        self.begin_cell(start);
                        if is_empty {
                            self.end_cell();
                        }
                    }
                    name => {
                        if let Some(cell) = &mut self.open {
                            let look = attribute(start, "style-name");
                            let look = look.and_then(|name| self.styles.get(&name));
                            cell.look.struck |=
                                name == "text:span" && look.is_some_and(|look| look.struck);
                            cell.begin(name, start, is_empty);
                        }
                    }
                }
            }
            Event::End(end) => match end.name().as_ref() {
                "table:table-row" => return self.end_row(),
                "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
                name => {
                    if let Some(cell) = &mut self.open {
                        cell.end(name);
                    }
                }
            },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                if let Some(cell) = &mut self.open {
                    cell.write(&words(event));
                }
            }
            _ => {}
        }
        Ok(true)
    }

    fn begin_cell(&mut self, start: &BytesStart) {
        let at = (self.row, self.column);
        let rows = repeated(start, "number-rows-spanned", MOST_ROWS);
        let columns = repeated(start, "number-columns-spanned", MOST_COLUMNS);
        if rows > 1 && self.extras.merged.len() < MOST_EXTRAS {
            let last = (at.0.saturating_add(rows - 1), at.1.saturating_add(columns - 1));
            self.extras.merged.push((at, last));
        }
        let value = |name| attribute(start, name);
        let fault = match (value("formula"), value("value-type").as_deref()) {
            (Some(formula), _) => {
                let formula = formula.strip_prefix("of:").unwrap_or(&formula).to_owned();
                Some(CellFault::Formula(formula))
            }
            (None, Some("date" | "time")) => Some(CellFault::Date),
            (None, Some("boolean")) => {
                Some(CellFault::Truth(value("boolean-value").as_deref() == Some("true")))
            }
            _ => None,
        };
        self.open = Some(OpenCell {
            repeated: repeated(start, "number-columns-repeated", MOST_COLUMNS),
            fault,
            look: value("style-name")
                .and_then(|name| self.styles.get(&name).copied())
                .unwrap_or_default(),
            value: value("value").or_else(|| value("string-value")).unwrap_or_default(),
            ..OpenCell::default()
        });
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.open.take() else { return };
        let at: CellPlace = (self.row, self.column);
        if cell.look != CellLook::default() && self.extras.looks.len() < MOST_LOOKS {
            self.extras.looks.insert(at, cell.look);
        }
        let note = without_name(&cell.note, cell.creator.trim());
        if !note.is_empty() && self.extras.notes.len() < MOST_EXTRAS {
            self.extras.notes.push((at, crate::workshop::clean(note).into_owned()));
        }
        let words = if cell.words.is_empty() { &cell.value } else { &cell.words };
        let made = match cell.fault {
            Some(fault) => MatrixCell::wrong(fault),
            None => MatrixCell::of(words),
        };
        if !made.is_empty() {
            self.cells.push((self.column, cell.repeated, made));
        }
        self.column = self.column.saturating_add(cell.repeated);
    }

    /// Passes on the row, as often as it is there.
    fn end_row(&mut self) -> Result<bool, UnreadableMatrix> {
        let cells = std::mem::take(&mut self.cells);
        let (row, count) = (self.row, self.repeated);
        self.row = self.row.saturating_add(count);
        self.repeated = 1;
        if cells.is_empty() {
            return Ok(true);
        }
        if let Some((column, count, _)) = cells.iter().find(|(_, count, _)| *count > MOST_ALIKE) {
            let cell = address(self.rows.name(), *column, row);
            return Err(UnreadableMatrix::TooMuch(format!("{cell} is there {count} times")));
        }
        for row in row..self.row {
            for (column, repeated, cell) in &cells {
                for column in *column..column.saturating_add(*repeated) {
                    if !self.rows.push((row, column), cell.clone())? {
                        self.is_done = true;
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}

impl OpenCell {
    fn begin(&mut self, name: &str, start: &BytesStart, is_empty: bool) {
        match name {
            "office:annotation" => self.in_note = !is_empty,
            "dc:creator" => self.in_creator = !is_empty,
            "text:p" => {
                let into = if self.in_note { &mut self.note } else { &mut self.words };
                if self.paragraphs > 0 || self.in_note {
                    into.push('\n');
                }
                self.paragraphs += usize::from(!self.in_note);
                self.in_paragraph = !is_empty;
            }
            "text:s" => {
                let count = repeated(start, "c", 1000) as usize;
                self.write(&" ".repeat(count));
            }
            "text:tab" => self.write("\t"),
            "text:line-break" => self.write("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "office:annotation" => self.in_note = false,
            "dc:creator" => self.in_creator = false,
            "text:p" => self.in_paragraph = false,
            _ => {}
        }
    }

    fn write(&mut self, words: &str) {
        if self.in_creator {
            self.creator.push_str(words);
        }
        if !self.in_paragraph {
            return;
        }
        if self.in_note {
            self.note.push_str(words);
        } else {
            self.words.push_str(words);
        }
    }
}
