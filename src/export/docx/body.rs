//! A part of the document as it is being written: words go in, well-formed XML comes out.

use std::io::{self, Write};

use super::super::ooxml::{Controls, escape};
use super::super::script::{Script, first, pieces};
use super::super::words::{clipped, rest};
use super::look::font;

/// How many bytes are held back before they are written.
const FULL: usize = 1 << 16;

/// The body of the document, written in pieces.
pub(super) struct Body<'w> {
    out: &'w mut dyn Write,
    text: String,
    ids: u32,
}

/// What a run of words is in a redline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RedlineMark {
    /// Words that stay.
    #[default]
    Stays,
    /// Words within `w:del`.
    Goes,
}

impl<'w> Body<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Self { out, text: String::with_capacity(FULL * 2), ids: 0 }
    }

    /// Writes markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Writes words between two tags or quotes.
    pub(super) fn escaped(&mut self, text: &str) {
        escape(&mut self.text, text, Controls::Dropped);
    }

    /// Everything that was written, if nothing went out yet.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// A number that no other mark of the document has.
    pub(super) fn id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    /// Writes what is held back, if it is much.
    pub(super) fn spill(&mut self) -> io::Result<()> {
        if self.text.len() < FULL { Ok(()) } else { self.flush() }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// Writes a paragraph in one style.
    pub(super) fn paragraph(&mut self, style: &str, text: &str) {
        self.begin(style, text);
        self.run(text, "");
        self.end();
    }

    /// Writes the lines of a text, each as a paragraph with its own direction.
    pub(super) fn lines(&mut self, style: &str, text: &str) {
        let (shown, left) = clipped(text);
        let mut lines = shown.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.begin(style, line);
            self.run(line, "");
            if lines.peek().is_none() && left > 0 {
                self.run(&rest(left), "");
            }
            self.end();
        }
    }

    /// Writes the beginning of a paragraph, which has the direction of these words.
    pub(super) fn begin(&mut self, style: &str, words: &str) {
        self.raw("<w:p><w:pPr><w:pStyle w:val=\"");
        self.raw(style);
        self.raw("\"/>");
        if first(words).is_right_to_left() {
            self.raw("<w:bidi/>");
        }
        self.raw("</w:pPr>");
    }

    pub(super) fn end(&mut self) {
        self.raw("</w:p>");
    }

    /// Writes words in a character style; in none if `style` is empty.
    pub(super) fn run(&mut self, text: &str, style: &str) {
        self.words(text, style, RedlineMark::Stays);
    }

    /// The same, within a deletion or not.
    pub(super) fn words(&mut self, text: &str, style: &str, kept: RedlineMark) {
        let (text, left) = clipped(text);
        for (script, piece) in pieces(text) {
            self.piece(piece, style, kept, script);
        }
        if left > 0 {
            self.piece(&rest(left), style, kept, Script::Latin);
        }
    }

    fn piece(&mut self, text: &str, style: &str, kept: RedlineMark, script: Script) {
        self.raw("<w:r>");
        if !style.is_empty() || script != Script::Latin {
            self.raw("<w:rPr>");
            if !style.is_empty() {
                self.raw("<w:rStyle w:val=\"");
                self.raw(style);
                self.raw("\"/>");
            }
            self.script(script);
            self.raw("</w:rPr>");
        }
        let (open, close) = match kept {
            RedlineMark::Stays => ("<w:t xml:space=\"preserve\">", "</w:t>"),
            RedlineMark::Goes => ("<w:delText xml:space=\"preserve\">", "</w:delText>"),
        };
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                self.raw("<w:br/>");
            }
            if !line.is_empty() {
                self.raw(open);
                self.escaped(line);
                self.raw(close);
            }
        }
        self.raw("</w:r>");
    }

    /// Writes the font and the language of a script, in the order of the schema.
    fn script(&mut self, script: Script) {
        let (font, language) = (font(script), script.language());
        if script == Script::Latin {
            return;
        }
        if script.is_east_asian() {
            self.raw(&format!(
                "<w:rFonts w:hint=\"eastAsia\" w:eastAsia=\"{font}\"/>\
                 <w:lang w:eastAsia=\"{language}\"/>"
            ));
            return;
        }
        self.raw(&format!("<w:rFonts w:hint=\"cs\" w:cs=\"{font}\"/>"));
        self.raw(if script.is_right_to_left() { "<w:rtl/>" } else { "<w:cs/>" });
        if !language.is_empty() {
            self.raw(&format!("<w:lang w:bidi=\"{language}\"/>"));
        }
    }

    /// Writes words that link to a bookmark.
    pub(super) fn link(&mut self, to: &str, text: &str) {
        self.raw("<w:hyperlink w:anchor=\"");
        self.escaped(to);
        self.raw("\" w:history=\"1\">");
        self.run(text, "Hyperlink");
        self.raw("</w:hyperlink>");
    }

    /// Writes words that have a bookmark.
    pub(super) fn marked(&mut self, bookmark: &str, text: &str, style: &str) {
        let id = self.id();
        self.raw(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\""));
        self.escaped(bookmark);
        self.raw("\"/>");
        self.run(text, style);
        self.raw(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
    }

    /// Writes a tab.
    pub(super) fn tab(&mut self) {
        self.raw("<w:r><w:tab/></w:r>");
    }

    /// Writes the beginning of a table with these column widths, with a row of headings repeated on
    /// each page.
    pub(super) fn table(&mut self, style: &str, columns: &[(&str, u32)]) {
        self.raw("<w:tbl><w:tblPr><w:tblStyle w:val=\"");
        self.raw(style);
        let whole: u32 = columns.iter().map(|(_, width)| width).sum();
        self.raw(&format!(
            "\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
        ));
        for (_, width) in columns {
            self.raw(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.raw("</w:tblGrid>");
        if columns.iter().any(|(head, _)| !head.is_empty()) {
            self.raw("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (head, width) in columns {
                self.cell(*width);
                self.paragraph("TableHead", head);
                self.raw("</w:tc>");
            }
            self.raw("</w:tr>");
        }
    }

    /// Writes the beginning of a row, which may not be split between two pages if it is `whole`.
    pub(super) fn row(&mut self, whole: bool) {
        self.raw(if whole { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" } else { "<w:tr>" });
    }

    pub(super) fn cell(&mut self, width: u32) {
        self.raw(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
    }

    /// Writes the beginning of a shaded cell over this many columns.
    pub(super) fn band(&mut self, width: u32, columns: usize) {
        self.raw(&format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{width}\" \
             w:type=\"dxa\"/><w:gridSpan w:val=\"{columns}\"/><w:shd w:val=\"clear\" \
             w:color=\"auto\" w:fill=\"{BAND}\"/></w:tcPr>"
        ));
    }

    /// Writes a row of plain cells.
    pub(super) fn cells(&mut self, columns: &[(&str, u32)], texts: &[&str]) {
        let letters: usize = texts.iter().map(|text| text.len()).sum();
        self.row(letters < SPLIT);
        for ((_, width), text) in columns.iter().zip(texts) {
            self.cell(*width);
            self.lines("TableText", text);
            self.raw("</w:tc>");
        }
        self.raw("</w:tr>");
    }

    /// Writes the end of a table. Word wants a paragraph after it.
    pub(super) fn end_table(&mut self) {
        self.raw("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
    }
}

/// The colour behind a paragraph's row.
const BAND: &str = "E8EDF4";

/// From how many bytes on a row may be split: an unsplit row that does not fit would leave a page empty.
pub(super) const SPLIT: usize = 1_500;
