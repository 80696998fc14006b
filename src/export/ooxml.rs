//! The package under Word and Excel (Office Open XML, ECMA-376): a zip of XML parts, written part by
//! part as they are made. Nothing lies in a temporary file, where it would outlive the meeting.

mod escape;

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

pub(super) use escape::{Controls, escape};

/// Where the names of all kinds of documents begin.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts of every package that say what it is, with their content types.
pub(super) const CORE: (&str, &str) = ("docProps/core.xml", "package.core-properties");
pub(super) const APP: (&str, &str) = ("docProps/app.xml", "officedocument.extended-properties");

/// What the packages of Word and of Excel differ in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    /// The first words of each part.
    pub(super) declaration: &'static str,
    /// Who may read the parts once they are unpacked.
    pub(super) permissions: u32,
    /// Whether it says when it was made. It is the same moment in every file.
    pub(super) dated: bool,
}

/// A package that is being written.
pub(super) struct Package<'w> {
    zip: ZipWriter<StreamWriter<Sink<'w>>>,
    habits: Habits,
}

impl<'w> Package<'w> {
    /// Begins a package of these parts, each with its content type; the first one is the document.
    pub(super) fn begin(
        out: &'w mut dyn Write,
        habits: Habits,
        parts: &[(&str, &str)],
    ) -> io::Result<Self> {
        let zip = ZipWriter::new_stream(Sink { out, is_broken: false });
        let mut package = Self { zip, habits };
        package.part("[Content_Types].xml", &content_types(parts))?;
        let document = parts.first().map_or("", |(path, _)| path);
        let relations = [
            (OFFICE, "officeDocument", document),
            (PACKAGE, "metadata/core-properties", CORE.0),
            (OFFICE, "extended-properties", APP.0),
        ];
        package.part("_rels/.rels", &relationships(&relations))?;
        Ok(package)
    }

    /// Writes the title. Nobody made it: a name or an hour here would say who was at work when.
    pub(super) fn core(&mut self, title: &str, controls: Controls) -> io::Result<()> {
        let mut escaped = String::new();
        escape(&mut escaped, title, controls);
        let (names, dates) = if self.habits.dated { DATES } else { ("", "") };
        let core = format!(
            r#"<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"{names}><dc:title>{escaped}</dc:title><dc:creator>rapporteur</dc:creator>{dates}</cp:coreProperties>"#
        );
        self.part(CORE.0, &core)
    }

    /// Writes which program made it.
    pub(super) fn app(&mut self) -> io::Result<()> {
        let app = format!(
            r#"<Properties xmlns="{OFFICE}/extended-properties"><Application>rapporteur</Application></Properties>"#
        );
        self.part(APP.0, &app)
    }

    /// Writes which parts a document has, each by what it is and its path: `rId1`, `rId2` …
    pub(super) fn relations(&mut self, path: &str, parts: &[(&str, &str)]) -> io::Result<()> {
        let parts: Vec<_> = parts.iter().map(|(kind, target)| (OFFICE, *kind, *target)).collect();
        self.part(path, &relationships(&parts))
    }

    /// Writes a whole part.
    pub(super) fn part(&mut self, path: &str, content: &str) -> io::Result<()> {
        self.start(path)?;
        self.put(content)
    }

    /// Begins a part; what is written next is its content.
    pub(super) fn start(&mut self, path: &str) -> io::Result<()> {
        // The same content makes the same bytes. A level above the third costs thrice the time for
        // a tenth of the room.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(3))
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(self.habits.permissions);
        self.zip.start_file(path, options)?;
        self.put(self.habits.declaration)
    }

    /// Writes into the part that was begun last.
    pub(super) fn put(&mut self, text: &str) -> io::Result<()> {
        self.zip.write_all(text.as_bytes())
    }

    /// The same for those who write by themselves.
    pub(super) fn content(&mut self) -> &mut dyn Write {
        &mut self.zip
    }

    /// Ends the file.
    pub(super) fn end(self) -> io::Result<()> {
        self.zip.finish()?;
        Ok(())
    }
}

/// What a dated title needs: names, and the least time that a zip can tell.
const DATES: (&str, &str) = (
    r#" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
    r#"<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified>"#,
);

fn content_types(parts: &[(&str, &str)]) -> String {
    const TYPE: &str = "application/vnd.openxmlformats";
    let mut types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{TYPE}-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"#
    );
    for (path, kind) in parts {
        let _ = write!(types, r#"<Override PartName="/{path}" ContentType="{TYPE}-{kind}+xml"/>"#);
    }
    types + "</Types>"
}

fn relationships(parts: &[(&str, &str, &str)]) -> String {
    let mut list = format!(r#"<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (nth, (base, kind, target)) in (1..).zip(parts) {
        let _ = write!(
            list,
            r#"<Relationship Id="rId{nth}" Type="{base}/relationships/{kind}" Target="{target}"/>"#
        );
    }
    list + "</Relationships>"
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
