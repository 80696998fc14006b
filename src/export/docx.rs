//! Word: the comment matrix, the draft text with real tracked changes, where every point ended. A
//! package of XML parts of our own, written as it is made.
//!
//! Elements stand in the order that ECMA-376 gives them (`tests/documents.rs` sees to it). There is
//! no date in it and no author but the references of the points.

mod annex;
mod body;
mod front;
mod look;
mod matrix;
mod text;

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::words::{Known, title};
use super::{GoOn, stopped};
use crate::feedback::Feedback;
use crate::feedback::matrix::Matrix;
use body::Body;
use look::{HEAD, LANDSCAPE, NAMES, PORTRAIT};

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let mut package = Package::on(out);
    package.part("[Content_Types].xml", look::CONTENT_TYPES)?;
    package.part("_rels/.rels", look::RELATIONS)?;
    package.part("docProps/app.xml", look::APP)?;
    package.part("docProps/core.xml", &core(feedback))?;
    package.part("word/_rels/document.xml.rels", look::PARTS)?;
    package.words("word/styles.xml", "styles", &look::styles())?;
    package.words("word/settings.xml", "settings", look::SETTINGS)?;
    package.words("word/numbering.xml", "numbering", look::NUMBERING)?;
    package.words("word/fontTable.xml", "fonts", &look::font_table())?;
    for (number, style) in [(1, "Header"), (2, "HeaderUpright")] {
        let (head, foot) = edges(feedback, style);
        package.words(&format!("word/header{number}.xml"), "hdr", &head)?;
        package.words(&format!("word/footer{number}.xml"), "ftr", &foot)?;
    }
    package.begin("word/document.xml")?;
    document(feedback, &mut package.zip, go_on)?;
    package.zip.finish().map_err(io::Error::other)?;
    Ok(())
}

/// What the pages of one feedback need.
struct Pages<'f, 'a, 'w> {
    feedback: &'f Feedback<'a>,
    known: Known<'f, 'a>,
    matrix: Matrix<'f, 'a>,
    columns: matrix::Columns,
    body: Body<'w>,
    go_on: GoOn<'w>,
    done: usize,
}

fn document(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let matrix = Matrix::of(feedback);
    let mut pages = Pages {
        feedback,
        known: Known::of(feedback),
        columns: matrix::columns(&matrix),
        matrix,
        body: Body::new(out),
        go_on,
        done: 0,
    };
    pages.body.raw(HEAD);
    pages.body.raw(&format!("<w:document {NAMES}><w:body>"));
    let topics = matrix::topics(feedback, &pages.matrix);
    pages.front(&topics);
    pages.comments(&topics)?;
    if let Some(text) = &feedback.draft_text {
        // The properties of a section stand in its last paragraph.
        pages.section(&LANDSCAPE);
        pages.draft_text(text)?;
        pages.section(&PORTRAIT);
    }
    pages.annexes()?;
    pages.body.raw(&LANDSCAPE.section());
    pages.body.raw("</w:body></w:document>");
    pages.body.flush()
}

impl Pages<'_, '_, '_> {
    /// The end of a section of such pages.
    fn section(&mut self, page: &look::Page) {
        self.body.raw("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/>");
        self.body.raw(&page.section());
        self.body.raw("</w:pPr></w:p>");
    }

    /// One more point is told of.
    fn step(&mut self) -> io::Result<()> {
        let go_on = (self.go_on)(self.done);
        self.done += 1;
        if !go_on {
            return Err(stopped());
        }
        self.body.spill()
    }
}

/// The package's title, and a neutral creator. When it was made is nobody's business.
fn core(feedback: &Feedback) -> String {
    let mut text = String::new();
    super::words::escape(&mut text, &title(&feedback.meeting));
    format!(
        "<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{text}: consolidated \
         feedback</dc:title><dc:creator>rapporteur</dc:creator></cp:coreProperties>"
    )
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
    foot.run(&format!("Content {}", checksum.get(..16).unwrap_or(checksum)), "");
    foot.tab();
    foot.run("Page ", "");
    foot.raw("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    foot.run(" of ", "");
    foot.raw("<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    foot.end();
    (head.into_text(), foot.into_text())
}

/// The zip file that a document is.
struct Package<'w> {
    zip: ZipWriter<StreamWriter<Sink<'w>>>,
}

impl<'w> Package<'w> {
    fn on(out: &'w mut dyn Write) -> Self {
        Self { zip: ZipWriter::new_stream(Sink { out, is_broken: false }) }
    }

    fn begin(&mut self, name: &str) -> io::Result<()> {
        // The same content makes the same bytes; a level above the third costs thrice the time for
        // a tenth of the room.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(3))
            .last_modified_time(DateTime::DEFAULT);
        self.zip.start_file(name, options).map_err(io::Error::other)
    }

    fn part(&mut self, name: &str, content: &str) -> io::Result<()> {
        self.begin(name)?;
        self.zip.write_all(HEAD.as_bytes())?;
        self.zip.write_all(content.as_bytes())
    }

    /// A part of `w:` elements.
    fn words(&mut self, name: &str, root: &str, content: &str) -> io::Result<()> {
        self.part(name, &format!("<w:{root} {NAMES}>{content}</w:{root}>"))
    }
}

/// Where the package goes. After it failed once it takes all: a package that is dropped tries to
/// write its end, and complains on the terminal where it cannot.
struct Sink<'w> {
    out: &'w mut dyn Write,
    is_broken: bool,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_broken {
            return Ok(bytes.len());
        }
        match self.out.write(bytes) {
            Ok(0) if !bytes.is_empty() => {
                self.is_broken = true;
                Err(io::ErrorKind::WriteZero.into())
            }
            Err(why) if why.kind() != io::ErrorKind::Interrupted => {
                self.is_broken = true;
                Err(why)
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_broken { Ok(()) } else { self.out.flush() }
    }
}
