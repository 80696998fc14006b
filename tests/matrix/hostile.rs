//! Files made to harm: each is refused in words, quickly, and in little memory.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const HEADINGS: &str = "Ref.|Comment|Proposed wording|Disposition|Target|Drafters' response";

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet of these rows.
fn workbook(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    workbook_of(rows, "</sheetData>", more)
}

/// The same, with what stands behind the rows.
fn workbook_of(rows: &str, behind: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let related = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let root = related("officeDocument", "xl/workbook.xml");
    let book = format!(
        r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Matrix" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relations = related("worksheet", "worksheets/sheet1.xml");
    let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}{behind}</worksheet>"#);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    packed(&parts)
}

const OPEN_SHEETS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An `OpenDocument` file with one sheet of these rows.
fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="Matrix">{rows}</table:table></office:document-content>"#
    );
    packed(&[
        ("mimetype", OPEN_SHEETS),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn headings() -> String {
    let cell = |(at, words): (usize, &str)| {
        let letter = char::from(b'A' + at as u8);
        format!(r#"<c r="{letter}1" t="inlineStr"><is><t>{words}</t></is></c>"#)
    };
    let cells: String = HEADINGS.split('|').enumerate().map(cell).collect();
    format!(r#"<row r="1">{cells}</row>"#)
}

#[test]
fn files_made_to_harm_are_refused_in_words() {
    let talks = Talks::new();
    let far = format!(r#"{}<row r="2"><c r="XFE2"><v>1</v></c></row>"#, headings());
    let promise = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount = '999999999999'></sst>"#;
    let declared = b"<!DOCTYPE x [<!ENTITY a \"aaaa\">]><sst/>";
    let zeros = vec![0; 65 << 20];
    let renamed = headings().replace("Disposition", "Decision");
    let twice = headings().replace("Target", "Disposition");
    for (what, bytes, expected) in [
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...".to_vec(), "cannot be opened"),
        ("not even a zip", b"PK\x03\x04 nothing".to_vec(), "cannot be opened"),
        ("a bomb", workbook(&headings(), &[("xl/media/image1.png", &zeros)]), "64 MB"),
        ("a far cell", workbook(&far, &[]), "there is a cell Matrix!XFE2"),
        ("a promise", workbook("", &[("xl/sharedStrings.xml", promise)]), "promises 999999999999"),
        ("a declaration", workbook("", &[("xl/sharedStrings.xml", declared)]), "a declaration"),
        ("macros", workbook("", &[("xl/vbaProject.bin", b"x")]), "macros"),
        ("an empty binary workbook", packed(&[("xl/workbook.bin", b"x")]), "No row has"),
        ("an OpenDocument", packed(&[("mimetype", b"application/vnd.oasis")]), "OpenDocument"),
        (
            "an OpenDocument of many cells in few bytes",
            open_document(
                r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#,
            ),
            "Matrix!A1 is there 16384 times",
        ),
        (
            "an OpenDocument with a password",
            packed(&[
                ("mimetype", OPEN_SHEETS),
                ("META-INF/manifest.xml", b"<m:manifest><m:encryption-data/></m:manifest>"),
                ("content.xml", b"\x01\x02"),
            ]),
            "password",
        ),
        ("an OpenDocument cut short", open_document("<table:table-row"), "cannot be opened"),
        ("a Word document", packed(&[("word/document.xml", b"<x/>")]), "Word"),
        ("no table", workbook("", &[]), "No row has the headings"),
        ("an empty zip", packed(&[("x", b"x")]), "cannot be opened"),
        (
            "a heading renamed",
            workbook(&renamed, &[]),
            "no heading “Disposition”; is it “Decision” in Matrix!D1? Write it again",
        ),
        ("a heading twice", workbook(&twice, &[]), "twice, in Matrix!D1 and Matrix!E1"),
        ("cut short", workbook(&headings(), &[])[..600].to_vec(), "cannot be opened"),
    ] {
        let started = Instant::now();
        let said = read(&bytes, &talks.workshop).unwrap_err().to_string();
        assert!(said.contains(expected), "{what}: {said}");
        assert!(said.ends_with(['.', '?']), "{what}: {said}");
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
    }
}

#[test]
fn shared_formulas_and_cells_without_a_place_are_read_as_they_are() {
    let talks = Talks::new();
    let rows = format!(
        r#"{}<row r="2"><c t="inlineStr"><is><t>P-5YY6EZ</t></is></c><c/><c/><c><f t="shared" si="4000000000" ref="D2:D9">A1</f><v>x</v></c></row>"#,
        headings()
    );
    let returned = read(&workbook(&rows, &[]), &talks.workshop).unwrap();
    assert_eq!((returned.answers().count(), returned.asked().count()), (0, 1), "{returned:?}");
}

#[test]
fn one_cell_over_several_rows_is_asked_about() {
    let talks = Talks::new();
    let row = |nth: usize, reference: &str, decision: &str| {
        let cell = |at: &str, words: &str| {
            format!(r#"<c r="{at}{nth}" t="inlineStr"><is><t>{words}</t></is></c>"#)
        };
        format!(r#"<row r="{nth}">{}{}</row>"#, cell("A", reference), cell("D", decision))
    };
    let rows = format!("{}{}{}", headings(), row(2, "P-5YY6EZ", "noted"), row(3, "P-Q4JBNQ", ""));
    for (merged, asked) in [("D2:D3", true), ("A2:C3", false), ("D2:E2", false), ("D40:D90", false)]
    {
        let behind = format!(r#"</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>"#);
        let bytes = workbook_of(&rows, &behind, &[]);
        let returned = read(&bytes, &talks.workshop).unwrap();
        let found = returned.findings().any(|finding| finding.cell == "Matrix!D2:D3");
        assert_eq!(found, asked, "{merged}: {returned:?}");
        assert_eq!(report(&returned).contains("1 merged cell"), asked);
    }
}

#[test]
fn a_row_of_text_wider_than_any_sheet_is_refused_at_once() {
    let talks = Talks::new();
    let wide = format!("{}\n{}", HEADINGS.replace('|', ","), "x,".repeat(20_000));
    let said = read(wide.as_bytes(), &talks.workshop).unwrap_err().to_string();
    assert!(said.contains("there is a cell XFE2"), "{said}");
}

/// Every file of another program, with bytes changed here and there, is read or refused.
#[test]
fn damaged_files_of_other_programs_are_read_or_refused() {
    let talks = Talks::new();
    let mut chance = fastrand::Rng::with_seed(7);
    for name in ["beside.xls", "beside.ods", "beside.xlsx"] {
        let whole = fs::read(fixtures().join(name)).unwrap();
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..chance.usize(1..12) {
                let at = chance.usize(..bytes.len());
                bytes[at] = chance.u8(..);
            }
            if chance.bool() {
                bytes.truncate(chance.usize(..bytes.len()));
            }
            let started = Instant::now();
            let _ = read(&bytes, &talks.workshop);
            assert!(started.elapsed() < Duration::from_secs(5), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(128))]

    #[test]
    fn whatever_is_typed_is_read_or_asked_about(
        cells in vec(("\\PC{0,30}", "\\PC{0,12}", ".{0,20}"), 1..8),
        words in "(?i)(not |w/ |with |to )?(accepted|agreed|merged|deferred|İ|ß|ยอมรับ)?[ :(/]{0,2}\\PC{0,16}",
    ) {
        let talks = Talks::new();
        let feedback = Feedback::of(&talks.workshop, "0.1.0");
        let sent = file(Format::Matrix, &feedback);
        let mut out = csv::Writer::from_writer(Vec::new());
        let mut typed = cells.iter().cycle();
        for (nth, row) in csv::ReaderBuilder::new().has_headers(false).from_reader(&sent[3..]).records().enumerate() {
            let mut row: Vec<String> = row.unwrap().iter().map(Into::into).collect();
            let first = 1 + feedback.draft.len();
            if nth >= first && let Some((decision, target, response)) = typed.next() {
                let decision = if nth == first { &words } else { decision };
                row[10..13].clone_from_slice(&[decision.clone(), target.clone(), response.clone()]);
            }
            out.write_record(&row).unwrap();
        }
        let bytes = out.into_inner().unwrap();
        let returned = read(&bytes, &talks.workshop).unwrap();
        prop_assert_eq!(returned.rows.len(), 8);
        prop_assert!(returned.answers().count() + returned.unchanged() + returned.asked().count() <= 8);
        returned.changes(&talks.workshop).unwrap();
        // Cut anywhere, it is read or refused.
        let cut = bytes.len() * (words.len() % 7) / 7;
        let _ = read(&bytes[..cut], &talks.workshop);
    }
}
