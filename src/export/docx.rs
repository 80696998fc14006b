//! Word: the comment matrix, the draft text with real tracked changes, and where every point ended. A
//! package of our own XML parts, written as it is made.
//!
//! Elements are in the order of ECMA-376 (`tests/documents.rs` checks that). There is
//! no date in it, and no author except the references of the points.

mod annex;
mod body;
mod front;
mod look;
mod matrix;
mod text;

use std::io::{self, Write};

use super::ooxml::{APP, CORE, Controls, Habits, Package};
use super::words::{IdTitles, title};
use super::{GoOn, stopped};
use crate::feedback::{Feedback, matrix::Matrix};
use body::Body;
use look::{LANDSCAPE, NAMES, PORTRAIT};

const HABITS: Habits = Habits {
    declaration: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    permissions: 0o644,
    dated: false,
};

const DOCUMENT: &str = "word/document.xml";

/// The parts with their content types.
const PARTS: [(&str, &str); 11] = [
    (DOCUMENT, "officedocument.wordprocessingml.document.main"),
    ("word/styles.xml", "officedocument.wordprocessingml.styles"),
    ("word/settings.xml", "officedocument.wordprocessingml.settings"),
    ("word/numbering.xml", "officedocument.wordprocessingml.numbering"),
    ("word/fontTable.xml", "officedocument.wordprocessingml.fontTable"),
    ("word/header1.xml", "officedocument.wordprocessingml.header"),
    ("word/header2.xml", "officedocument.wordprocessingml.header"),
    ("word/footer1.xml", "officedocument.wordprocessingml.footer"),
    ("word/footer2.xml", "officedocument.wordprocessingml.footer"),
    CORE,
    APP,
];

/// What the document needs, from `rId1` on: the pages refer to their headers and footers by these ids.
const RELATIONS: [(&str, &str); 8] = [
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("numbering", "numbering.xml"),
    ("fontTable", "fontTable.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
    ("header", "header2.xml"),
    ("footer", "footer2.xml"),
];

/// The parts that are the same in every document, each with its root element. In the styles a redline
/// is never shown by colour alone. The settings name Word 2013, or it announces an older mode.
const FIXED: [(&str, &str, &str); 4] = [
    ("styles", "styles", include_str!("docx/styles.xml")),
    ("settings", "settings", include_str!("docx/settings.xml")),
    ("numbering", "numbering", include_str!("docx/numbering.xml")),
    ("fontTable", "fonts", include_str!("docx/fonts.xml")),
];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let mut package = Package::begin(out, HABITS, &PARTS)?;
    package.app()?;
    let title = format!("{}: consolidated feedback", title(&feedback.meeting));
    package.core(&title, Controls::Dropped)?;
    package.relations("word/_rels/document.xml.rels", &RELATIONS)?;
    let mut part = |name: &str, root: &str, content: &str| {
        let content = format!("<w:{root} {NAMES}>{content}</w:{root}>");
        package.part(&format!("word/{name}.xml"), &content)
    };
    for (name, root, lines) in FIXED {
        part(name, root, &lines.lines().collect::<String>())?;
    }
    for (number, style) in [(1, "Header"), (2, "HeaderUpright")] {
        let (head, foot) = edges(feedback, style);
        part(&format!("header{number}"), "hdr", &head)?;
        part(&format!("footer{number}"), "ftr", &foot)?;
    }
    package.start(DOCUMENT)?;
    document(feedback, package.content(), go_on)?;
    package.end()
}

/// What the pages of one feedback need.
struct DocxPages<'f, 'a, 'w> {
    feedback: &'f Feedback<'a>,
    known: IdTitles<'f, 'a>,
    matrix: Matrix<'f, 'a>,
    columns: matrix::MatrixColumns,
    body: Body<'w>,
    go_on: GoOn<'w>,
    done: usize,
}

fn document(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let matrix = Matrix::of(feedback);
    let mut pages = DocxPages {
        feedback,
        known: IdTitles::of(feedback),
        columns: matrix::columns(&matrix),
        matrix,
        body: Body::new(out),
        go_on,
        done: 0,
    };
    pages.body.raw(&format!("<w:document {NAMES}><w:body>"));
    let topics = matrix::topics(feedback, &pages.matrix);
    pages.front(&topics);
    pages.comments(&topics)?;
    if let Some(text) = &feedback.draft_text {
        // The properties of a section are in its last paragraph.
        pages.section(&LANDSCAPE);
        pages.draft_text(text)?;
        pages.section(&PORTRAIT);
    }
    pages.annexes()?;
    pages.body.raw(&LANDSCAPE.section());
    pages.body.raw("</w:body></w:document>");
    pages.body.flush()
}

impl DocxPages<'_, '_, '_> {
    /// Writes the end of a section of such pages.
    fn section(&mut self, page: &look::PageLook) {
        self.body.raw("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/>");
        self.body.raw(&page.section());
        self.body.raw("</w:pPr></w:p>");
    }

    /// Counts one more point as written.
    fn step(&mut self) -> io::Result<()> {
        let go_on = (self.go_on)(self.done);
        self.done += 1;
        if !go_on {
            return Err(stopped());
        }
        self.body.spill()
    }
}

/// The head and the foot of a page.
fn edges(feedback: &Feedback, style: &str) -> (String, String) {
    let state = if feedback.is_draft() { "DRAFT: not complete" } else { "Consolidated feedback" };
    let style_of_state = if feedback.is_draft() { "Conflict" } else { "" };
    let (mut here, mut there) = (io::sink(), io::sink());
    let (mut head, mut foot) = (Body::new(&mut here), Body::new(&mut there));
    head.begin(style, "");
    head.run(&title(&feedback.meeting), "");
    head.tab();
    head.run(state, style_of_state);
    head.end();
    let checksum = feedback.checksum.trim_start_matches("sha256:");
    foot.begin(style, "");
    foot.run(&format!("Checksum {}", checksum.get(..16).unwrap_or(checksum)), "");
    foot.tab();
    foot.run("Page ", "");
    foot.raw("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    foot.run(" of ", "");
    foot.raw("<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    foot.end();
    (head.into_text(), foot.into_text())
}
