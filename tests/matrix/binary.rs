//! Binary workbooks. No program here writes them, so one is put together by hand and checked with another
//! reader.

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsb};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn number(mut number: usize, out: &mut Vec<u8>) {
    loop {
        let more = number > 0x7f;
        out.push((number & 0x7f) as u8 | if more { 0x80 } else { 0 });
        number >>= 7;
        if !more {
            return;
        }
    }
}

fn record(kind: usize, data: &[&[u8]]) -> Vec<u8> {
    let data = data.concat();
    let mut out = Vec::new();
    number(kind, &mut out);
    number(data.len(), &mut out);
    out.extend(data);
    out
}

fn wide(words: &str) -> Vec<u8> {
    let units: Vec<u16> = words.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

fn long(number: u32) -> [u8; 4] {
    number.to_le_bytes()
}

/// A binary workbook with these rows of words. Struck-out words are in style 1, dates in style 2.
fn workbook(rows: &[Vec<String>], style: impl Fn(usize, usize) -> u32) -> Vec<u8> {
    let mut strings = record(159, &[&long(2), &long(2)]);
    strings.extend(record(19, &[&[0], &wide("Ref.")]));
    strings.extend(record(19, &[&[0], &wide("withdrawn")]));
    strings.extend(record(160, &[]));
    let mut styles = record(278, &[]);
    styles.extend(record(611, &[&long(2)]));
    let font = |flags: u16| {
        let flags = flags.to_le_bytes();
        record(43, &[&220_u16.to_le_bytes(), &flags, &[0; 17], &wide("Calibri")])
    };
    styles.extend([font(0), font(8), record(612, &[])].concat());
    styles.extend(record(617, &[&long(3)]));
    let cell_style = |format: u16, font: u16| {
        let (format, font) = (format.to_le_bytes(), font.to_le_bytes());
        record(47, &[&[0, 0], &format, &font, &[0; 10]])
    };
    styles.extend([cell_style(0, 0), cell_style(0, 1), cell_style(14, 0)].concat());
    styles.extend([record(618, &[]), record(279, &[])].concat());
    let mut sheet = record(129, &[]);
    let last = long(rows.len() as u32);
    sheet.extend(record(148, &[&long(0), &last, &long(0), &long(13)]));
    sheet.extend(record(145, &[]));
    for (nth, row) in rows.iter().enumerate() {
        sheet.extend(record(0, &[&long(nth as u32), &[0; 13]]));
        for (column, words) in row.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            let style = style(nth, column);
            let head = [long(column as u32), long(style)].concat();
            sheet.extend(match (style, &**words) {
                (2, _) => record(5, &[&head, &46_000_f64.to_le_bytes()]),
                (_, "Ref.") => record(7, &[&head, &long(0)]),
                (_, "withdrawn") => record(7, &[&head, &long(1)]),
                (_, words) => record(6, &[&head, &wide(words)]),
            });
        }
    }
    sheet.extend([record(146, &[]), record(130, &[])].concat());
    let mut book = record(131, &[]);
    book.extend(record(143, &[]));
    book.extend(record(156, &[&long(0), &long(1), &wide("rId1"), &wide("Matrix")]));
    book.extend([record(144, &[]), record(132, &[])].concat());
    let mut notes = record(628, &[]);
    notes.extend(record(632, &[&wide("A. Drafter")]));
    notes.extend(record(635, &[&long(0), &long(1), &long(1), &long(10), &long(10), &[0; 16]]));
    notes.extend(record(637, &[&[0], &wide("A. Drafter:\nnot yet")]));
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = |all: &[(&str, &str)]| {
        let one = |(nth, (kind, target)): (usize, &(&str, &str))| {
            format!(
                r#"<Relationship Id="rId{}" Type="{office}/{kind}" Target="{target}"/>"#,
                nth + 1
            )
        };
        let all: String = all.iter().enumerate().map(one).collect();
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        )
    };
    let parts = [
        ("_rels/.rels", related(&[("officeDocument", "xl/workbook.bin")]).into_bytes()),
        ("xl/workbook.bin", book),
        (
            "xl/_rels/workbook.bin.rels",
            related(&[
                ("worksheet", "worksheets/sheet1.bin"),
                ("sharedStrings", "sharedStrings.bin"),
                ("styles", "styles.bin"),
            ])
            .into_bytes(),
        ),
        ("xl/sharedStrings.bin", strings),
        ("xl/styles.bin", styles),
        ("xl/worksheets/sheet1.bin", sheet),
        (
            "xl/worksheets/_rels/sheet1.bin.rels",
            related(&[("comments", "../comments1.bin")]).into_bytes(),
        ),
        ("xl/comments1.bin", notes),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_binary_workbook_is_read_like_another() {
    let sent = fs::read(fixtures().join("sent.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&sent[3..]);
    let rows = reader.records().map(|row| row.unwrap().iter().map(Into::into).collect());
    let mut rows: Vec<Vec<String>> = rows.filter(|row: &Vec<String>| row[0] != "DRAFT").collect();
    let at = |words: &str| rows.iter().position(|row| row[5].contains(words)).unwrap();
    let (fishers, pays, harbour) = (at("Fishers"), at("Who pays"), at("harbour"));
    rows[fishers][10] = "withdrawn".into();
    rows[pays][10] = "accepted".into();
    rows[harbour][10] = "deferred".into();
    rows[harbour][11] = "3-5".into();
    let style = |row, column| match (row, column) {
        (row, 10) if row == pays => 1,
        (row, 11) if row == harbour => 2,
        _ => 0,
    };
    let bytes = workbook(&rows, style);
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range("Matrix").unwrap();
    assert_eq!(range.get((fishers, 10)), Some(&Data::String("withdrawn".into())));
    let found = read(&bytes, &Talks::new().workshop).unwrap();
    let said = report(&found);
    assert_eq!((found.rows.len(), found.answers().count()), (8, 1), "{said}");
    for words in [
        "“withdrawn” → withdrawn",
        "(P-Q4JBNQ): “accepted” is struck out",
        "is a date",
        "Matrix!K2 (P-4QRG0Z): not yet",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
