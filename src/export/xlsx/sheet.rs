//! A sheet: rows of text in columns of a fixed width, each row as high as its text needs.

use std::{borrow::Cow, fmt::Write as _, io};

use unicode_width::UnicodeWidthStr;

use super::super::ooxml::{Controls, escape};
use super::{style::CellLook, workbook::Workbook};
use crate::feedback::Piece;

/// A column of a sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetColumn {
    /// Its heading; empty on a sheet without headings.
    pub(super) heading: Cow<'static, str>,
    /// Its width, in digits.
    pub(super) width: u16,
    /// How its cells look.
    pub(super) look: CellLook,
    /// Whether it is hidden.
    pub(super) hidden: bool,
}

impl SheetColumn {
    pub(super) fn new(heading: impl Into<Cow<'static, str>>, width: u16, look: CellLook) -> Self {
        Self { heading: heading.into(), width, look, hidden: false }
    }
}

/// What a sheet is, besides its rows.
#[derive(Clone, Debug)]
pub(super) struct SheetPlan {
    pub(super) columns: Vec<SheetColumn>,
    /// Whether the first row has headings: it stays visible, has filters and is printed on
    /// each page.
    pub(super) headed: bool,
    /// The colour of its tab.
    pub(super) tab: &'static str,
    /// A column whose cells offer these words.
    pub(super) offer: Option<(usize, Vec<&'static str>)>,
}

/// What is in a cell.
#[derive(Clone, Debug)]
pub(super) enum CellText<'t> {
    /// Words.
    Plain(Cow<'t, str>),
    /// Words that look different from their column.
    As(CellLook, Cow<'t, str>),
    /// A redline, each piece with its marks: people who see no colours, and programs that keep none,
    /// read the same.
    Marked(Vec<Piece<Cow<'t, str>>>),
}

impl<'t, T: Into<Cow<'t, str>>> From<T> for CellText<'t> {
    fn from(words: T) -> Self {
        Self::Plain(words.into())
    }
}

/// A sheet that is being written.
pub(super) struct SheetWriter<'b, 'w, 'p> {
    book: &'b mut Workbook<'w>,
    plan: &'p SheetPlan,
    nth: usize,
    rows: usize,
    line: String,
}

/// The height of a line, in points; of one with high letters; and the greatest height of a row.
const LINE: f64 = 13.2;
const HIGH_LINE: f64 = 18.0;
const HIGHEST: f64 = 409.0;

impl<'b, 'w, 'p> SheetWriter<'b, 'w, 'p> {
    /// Begins the next sheet of the book.
    pub(super) fn begin(book: &'b mut Workbook<'w>, plan: &'p SheetPlan) -> io::Result<Self> {
        let nth = book.begun;
        let selected = if nth == book.first() { r#" tabSelected="1""# } else { "" };
        let mut head = format!(
            r#"<sheetPr><tabColor rgb="FF{}"/><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView{}{selected} workbookViewId="0">"#,
            plan.tab,
            if plan.headed { "" } else { r#" showGridLines="0""# },
        );
        if plan.headed {
            head.push_str(r#"<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/><selection pane="topRight" activeCell="B1" sqref="B1"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/><selection pane="bottomRight" activeCell="B2" sqref="B2"/>"#);
        }
        head.push_str(r#"</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#);
        for (at, column) in (1..).zip(&plan.columns) {
            let hidden = if column.hidden { r#" hidden="1""# } else { "" };
            let _ = write!(
                head,
                r#"<col min="{at}" max="{at}" width="{}.7109375"{hidden} customWidth="1"/>"#,
                column.width
            );
        }
        head.push_str("</cols><sheetData>");
        book.sheet(&head)?;
        let mut page = Self { book, plan, nth, rows: 0, line: String::new() };
        if plan.headed {
            let look = |column: &SheetColumn| match column.look {
                CellLook::Fill => CellLook::FillHead,
                _ => CellLook::Head,
            };
            let heading =
                |column: &'p SheetColumn| CellText::As(look(column), (&*column.heading).into());
            let headings: Vec<CellText> = plan.columns.iter().map(heading).collect();
            page.row(&headings)?;
        }
        Ok(page)
    }

    /// Writes a row, as high as all of its cells need.
    pub(super) fn row(&mut self, cells: &[CellText]) -> io::Result<()> {
        self.row_of(cells, &[])
    }

    /// The same, except that some columns do not count for the height: they show what fits.
    pub(super) fn row_of(&mut self, cells: &[CellText], cut_short: &[usize]) -> io::Result<()> {
        self.rows += 1;
        let row = self.rows;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        let mut height: f64 = LINE + 3.0;
        for (at, (cell, column)) in cells.iter().zip(&self.plan.columns).enumerate() {
            if !column.hidden && !cut_short.contains(&at) {
                height = height.max(cell.height(column));
            }
        }
        let height = height.min(HIGHEST);
        let _ = write!(line, r#"<row r="{row}" ht="{height:.1}" customHeight="1">"#);
        for (at, (cell, column)) in cells.iter().zip(&self.plan.columns).enumerate() {
            let look = match cell {
                CellText::As(look, _) => *look,
                _ => column.look,
            } as u8;
            let _ = write!(line, r#"<c r="{}{row}" s="{look}""#, letters(at));
            cell.write(&mut line);
        }
        line.push_str("</row>");
        self.book.put(&line)?;
        self.line = line;
        Ok(())
    }

    /// Ends the sheet.
    pub(super) fn end(self) -> io::Result<()> {
        let Self { book, plan, nth, rows, .. } = self;
        let last = letters(plan.columns.len().saturating_sub(1));
        // A heading with nothing under it is a table with one empty row.
        let lowest = rows.max(2);
        let mut tail = "</sheetData>".to_owned();
        if plan.headed {
            let _ = write!(tail, r#"<autoFilter ref="A1:{last}{lowest}"/>"#);
            book.has_table(nth, format!("$A$1:${last}${lowest}"));
        }
        if let Some((at, words)) = &plan.offer {
            let column = letters(*at);
            let mut list = String::new();
            escape(&mut list, &words.join(","), Controls::Spelt);
            // Other words are accepted too: the import reads them and says how it understood them.
            let _ = write!(
                tail,
                r#"<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="{column}2:{column}{lowest}"><formula1>"{list}"</formula1></dataValidation></dataValidations>"#
            );
        }
        let (mut above, mut below) = (String::new(), String::new());
        escape(&mut above, &book.margins.above, Controls::Spelt);
        escape(&mut below, &book.margins.below, Controls::Spelt);
        let _ = write!(
            tail,
            r#"<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/><headerFooter><oddHeader>{above}</oddHeader><oddFooter>{below}</oddFooter></headerFooter><ignoredErrors><ignoredError sqref="A1:{last}{lowest}" numberStoredAsText="1"/></ignoredErrors></worksheet>"#
        );
        book.put(&tail)
    }
}

impl CellText<'_> {
    /// Writes what follows the cell's place and look: only text, never a number or a formula.
    fn write(&self, line: &mut String) {
        match self {
            Self::Plain(words) | Self::As(_, words) if words.is_empty() => line.push_str("/>"),
            Self::Marked(pieces) if pieces.is_empty() => line.push_str("/>"),
            Self::Plain(words) | Self::As(_, words) => {
                line.push_str(r#" t="inlineStr"><is><t xml:space="preserve">"#);
                escape(line, words, Controls::Spelt);
                line.push_str("</t></is></c>");
            }
            Self::Marked(pieces) => {
                line.push_str(r#" t="inlineStr"><is>"#);
                for piece in pieces {
                    let (style, words) = marked(piece);
                    line.push_str("<r><rPr>");
                    line.push_str(style);
                    line.push_str(
                        r#"<rFont val="Calibri"/><family val="2"/></rPr><t xml:space="preserve">"#,
                    );
                    escape(line, &words, Controls::Spelt);
                    line.push_str("</t></r>");
                }
                line.push_str("</is></c>");
            }
        }
    }

    fn height(&self, column: &SheetColumn) -> f64 {
        let (line, large) = match self {
            Self::As(CellLook::Title, _) => (25.0, 1.7),
            _ if matches!(column.look, CellLook::Words | CellLook::Term) => (15.2, 1.1),
            _ => (LINE, 1.0),
        };
        let room = (f64::from(column.width) / large).max(1.0) as usize;
        let whole: Cow<str> = match self {
            Self::Plain(words) | Self::As(_, words) => (&**words).into(),
            Self::Marked(pieces) => {
                pieces.iter().map(|piece| marked(piece).1).collect::<String>().into()
            }
        };
        let is_high = !whole.is_ascii() && whole.chars().any(is_tall);
        let line = if is_high { HIGH_LINE.max(line) } else { line };
        // There is no need to count more lines than the highest row can have.
        let most = (HIGHEST / line) as usize + 1;
        lines(&whole, room, most) as f64 * line + 3.0
    }
}

/// The style of a piece of a redline, and the piece with its marks.
fn marked<'p>(piece: &'p Piece<Cow<'_, str>>) -> (&'static str, Cow<'p, str>) {
    match piece {
        Piece::Same(words) => (r#"<sz val="10"/>"#, (&**words).into()),
        Piece::Cut(words) => {
            (r#"<strike/><sz val="10"/><color rgb="FFC00000"/>"#, format!("[-{words}-]").into())
        }
        Piece::Put(words) => {
            (r#"<b/><u/><sz val="10"/><color rgb="FF1F4E9E"/>"#, format!("{{+{words}+}}").into())
        }
        Piece::Gap => (r#"<sz val="10"/>"#, " … ".into()),
    }
}

/// Whether a letter is of a script that needs higher lines than Latin ones.
fn is_tall(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// How many lines a text takes in a column with room for this many letters; counting ends at `most`.
fn lines(text: &str, room: usize, most: usize) -> usize {
    if text.len() <= room && text.is_ascii() && !text.contains('\n') {
        return 1;
    }
    let wide = |word: &str| if word.is_ascii() { word.len() } else { word.width() };
    let mut lines = 0;
    for part in text.split('\n') {
        lines += 1;
        let mut along = 0;
        for word in part.split_inclusive(' ') {
            let own = wide(word.trim_end());
            let wide = wide(word);
            if along > 0 && along + own > room {
                lines += 1;
                along = 0;
            }
            // A word longer than the line, or one of a script without spaces, is broken.
            lines += (along + wide).saturating_sub(1) / room;
            along = (along + wide) % room;
            if lines >= most {
                return most;
            }
        }
    }
    lines
}

/// The letters of a column: A, B … Z, AA.
fn letters(at: usize) -> String {
    let mut letters = String::new();
    let mut rest = at + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}
