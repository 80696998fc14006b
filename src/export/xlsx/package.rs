//! The parts of a workbook (ECMA-376), written straight into the zip: no row is held in memory and
//! nothing lies in a temporary file, where it would outlive the meeting.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, Write};

use zip::write::{FileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sheet::escaped;
use super::style::STYLES;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Where the bytes go. The first error is kept and all that follows is swallowed: the zip's writer
/// would otherwise try once more when it is dropped, and print that it failed on the screen.
struct Outlet<'w> {
    out: &'w mut dyn Write,
    failed: &'w RefCell<Option<io::Error>>,
}

impl Write for Outlet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.borrow().is_none()
            && let Err(why) = self.out.write_all(bytes)
        {
            self.failed.replace(Some(why));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A workbook that is being written.
pub(super) struct Package<'w> {
    zip: ZipWriter<StreamWriter<Outlet<'w>>>,
    failed: &'w RefCell<Option<io::Error>>,
    sheets: Vec<Sheet>,
}

/// A sheet by its name, and how its table is to be printed and filtered.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) hidden: bool,
    /// The table's cells, `$A$1:$N$9`, once they are known.
    pub(super) table: Option<String>,
}

impl<'w> Package<'w> {
    /// Begins a workbook of these sheets, of which the second is shown first.
    pub(super) fn begin(
        out: &'w mut dyn Write,
        failed: &'w RefCell<Option<io::Error>>,
        title: &str,
        sheets: Vec<Sheet>,
    ) -> io::Result<Self> {
        let zip = ZipWriter::new_stream(Outlet { out, failed });
        let mut package = Self { zip, failed, sheets };
        package.part("[Content_Types].xml", &package.content_types())?;
        let relations = [
            ("officeDocument", OFFICE, "xl/workbook.xml"),
            ("metadata/core-properties", PACKAGE, "docProps/core.xml"),
            ("extended-properties", OFFICE, "docProps/app.xml"),
        ];
        package.part("_rels/.rels", &relationships(&relations))?;
        package.part("docProps/core.xml", &core(title))?;
        package.part(
            "docProps/app.xml",
            &format!(
                r#"{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties"><Application>rapporteur</Application></Properties>"#
            ),
        )?;
        package.part("xl/styles.xml", &format!("{DECLARATION}{STYLES}"))?;
        let mut relations = Vec::new();
        let paths: Vec<String> =
            (1..=package.sheets.len()).map(|nth| format!("worksheets/sheet{nth}.xml")).collect();
        relations.extend(paths.iter().map(|path| ("worksheet", OFFICE, &**path)));
        relations.push(("styles", OFFICE, "styles.xml"));
        package.part("xl/_rels/workbook.xml.rels", &relationships(&relations))?;
        Ok(package)
    }

    /// Begins the part of a sheet; what is written next is its content.
    pub(super) fn sheet(&mut self, nth: usize, head: &str) -> io::Result<()> {
        self.start(&format!("xl/worksheets/sheet{}.xml", nth + 1))?;
        self.put(&format!(
            r#"{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">{head}"#
        ))
    }

    /// Writes into the part that was begun last.
    pub(super) fn put(&mut self, text: &str) -> io::Result<()> {
        self.zip.write_all(text.as_bytes())?;
        match self.failed.take() {
            None => Ok(()),
            Some(why) => {
                self.failed.replace(Some(io::ErrorKind::Other.into()));
                Err(why)
            }
        }
    }

    /// Says where a sheet's table turned out to be.
    pub(super) fn has_table(&mut self, nth: usize, cells: String) {
        if let Some(sheet) = self.sheets.get_mut(nth) {
            sheet.table = Some(cells);
        }
    }

    /// Whether this is the sheet that is shown first.
    pub(super) fn is_shown_first(&self, nth: usize) -> bool {
        nth == self.first()
    }

    fn first(&self) -> usize {
        usize::from(self.sheets.get(1).is_some_and(|sheet| !sheet.hidden))
    }

    /// Writes what can only be known now, and ends the file.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.part("xl/workbook.xml", &self.workbook())?;
        self.zip.finish()?;
        self.failed.take().map_or(Ok(()), Err)
    }

    fn start(&mut self, path: &str) -> io::Result<()> {
        // The least time that a zip can tell, in every file.
        let options: FileOptions<()> = FileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            // A third of the time of the usual level for a tenth more bytes.
            .compression_level(Some(3))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o600);
        Ok(self.zip.start_file(path, options)?)
    }

    fn part(&mut self, path: &str, content: &str) -> io::Result<()> {
        self.start(path)?;
        self.put(content)
    }

    fn content_types(&self) -> String {
        let main = "application/vnd.openxmlformats-officedocument";
        let package = "application/vnd.openxmlformats-package";
        let mut parts = vec![
            ("xl/workbook.xml".to_owned(), format!("{main}.spreadsheetml.sheet.main+xml")),
            ("xl/styles.xml".to_owned(), format!("{main}.spreadsheetml.styles+xml")),
            ("docProps/core.xml".to_owned(), format!("{package}.core-properties+xml")),
            ("docProps/app.xml".to_owned(), format!("{main}.extended-properties+xml")),
        ];
        for nth in 1..=self.sheets.len() {
            let path = format!("xl/worksheets/sheet{nth}.xml");
            parts.push((path, format!("{main}.spreadsheetml.worksheet+xml")));
        }
        let mut types = format!(
            r#"{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{package}.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"#
        );
        for (path, kind) in parts {
            let _ = write!(types, r#"<Override PartName="/{path}" ContentType="{kind}"/>"#);
        }
        types + "</Types>"
    }

    fn workbook(&self) -> String {
        let mut book = format!(
            r#"{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><bookViews><workbookView xWindow="240" yWindow="15" windowWidth="28800" windowHeight="15000" activeTab="{}"/></bookViews><sheets>"#,
            self.first()
        );
        for (nth, sheet) in self.sheets.iter().enumerate() {
            let state = if sheet.hidden { r#" state="hidden""# } else { "" };
            let nth = nth + 1;
            let _ = write!(
                book,
                r#"<sheet name="{}" sheetId="{nth}"{state} r:id="rId{nth}"/>"#,
                sheet.name
            );
        }
        book.push_str("</sheets>");
        let tables: Vec<(usize, &str, &String)> = self
            .sheets
            .iter()
            .enumerate()
            .filter_map(|(nth, sheet)| Some((nth, sheet.name, sheet.table.as_ref()?)))
            .collect();
        if !tables.is_empty() {
            book.push_str("<definedNames>");
            // Sorted by name, as spreadsheets write them.
            for (nth, name, cells) in &tables {
                let _ = write!(
                    book,
                    r#"<definedName name="_xlnm._FilterDatabase" localSheetId="{nth}" hidden="1">'{name}'!{cells}</definedName>"#
                );
            }
            for (nth, name, _) in &tables {
                let _ = write!(
                    book,
                    r#"<definedName name="_xlnm.Print_Titles" localSheetId="{nth}">'{name}'!$1:$1</definedName>"#
                );
            }
            book.push_str("</definedNames>");
        }
        book + "</workbook>"
    }
}

fn relationships(relations: &[(&str, &str, &str)]) -> String {
    let mut list = format!(r#"{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (nth, (kind, base, target)) in relations.iter().enumerate() {
        let _ = write!(
            list,
            r#"<Relationship Id="rId{}" Type="{base}/relationships/{kind}" Target="{target}"/>"#,
            nth + 1
        );
    }
    list + "</Relationships>"
}

/// Nobody made it at no time: a name or an hour here would tell who was at work when.
fn core(title: &str) -> String {
    let mut escaped_title = String::new();
    escaped(title, &mut escaped_title);
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escaped_title}</dc:title><dc:creator>rapporteur</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"#
    )
}
