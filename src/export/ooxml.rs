//! The package of Word and Excel (Office Open XML, ECMA-376): a zip of XML parts, written part by
//! part as they are made. Nothing is put in a temporary file, where it could outlive the meeting.

mod escape;

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

pub(super) use escape::{Controls, escape};

/// The beginning of the names of all kinds of documents.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts in every package that say what it is, with their content types.
pub(super) const CORE: (&str, &str) = ("docProps/core.xml", "package.core-properties");
pub(super) const APP: (&str, &str) = ("docProps/app.xml", "officedocument.extended-properties");

/// How the packages of Word and of Excel differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    /// The first words of each part.
    pub(super) declaration: &'static str,
    /// The permissions of the parts once they are unpacked.
    pub(super) permissions: u32,
    /// Whether it says when it was made. That is the same moment in every file.
    pub(super) dated: bool,
}

/// A package that is being written.
pub(super) struct Package<'w> {
    zip: ZipWriter<StreamWriter<Sink<'w>>>,
    habits: Habits,
}

impl<'w> Package<'w> {
    /// Begins a package with these parts, each with its content type; the first one is the document.
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

    /// Writes the title. There is no author: a name or a time here would say who was at work when.
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
        // The same content gives the same bytes. A level above the third takes three times as long for
        // a tenth less space.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(3))
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(self.habits.permissions)
            // On Windows it would say so, and the bytes would differ.
            .system(System::Unix);
        self.zip.start_file(path, options)?;
        self.put(self.habits.declaration)
    }

    /// Writes into the part that was last begun.
    pub(super) fn put(&mut self, text: &str) -> io::Result<()> {
        self.zip.write_all(text.as_bytes())
    }

    /// The same part, for those that write to it themselves.
    pub(super) fn content(&mut self) -> &mut dyn Write {
        &mut self.zip
    }

    /// Ends the file.
    pub(super) fn end(self) -> io::Result<()> {
        self.zip.finish()?;
        Ok(())
    }
}

/// What a dated title needs: namespaces, and the earliest time that a zip can have.
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

/// Where the package goes. After a failure it accepts everything, because a dropped package tries to
/// write its end, and complains on the terminal if it cannot.
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
