//! What goes out: read back with another program's reader.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::*;
use rapporteur::feedback::matrix::{Column, Matrix};

type Table = Vec<Vec<String>>;

/// Every sheet's cells as words; anything that is not words fails.
fn sheets(file: &[u8]) -> BTreeMap<String, Table> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let names = book.sheet_names();
    let mut sheets = BTreeMap::new();
    for name in names {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}: no formulas");
        let range = book.worksheet_range(&name).unwrap();
        let cell = |cell: &Data| match cell {
            Data::String(words) => words.clone(),
            Data::Empty => String::new(),
            other => panic!("{name}: {other:?} is no text"),
        };
        let rows = range.rows().map(|row| row.iter().map(cell).collect()).collect();
        sheets.insert(name.clone(), rows);
    }
    sheets
}

/// The parts of a package as text.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let names: Vec<String> = (0..archive.len())
        .map(|nth| archive.by_index(nth).unwrap().name().unwrap().into_owned())
        .collect();
    let part = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(part).collect()
}

#[test]
fn the_workbook_holds_every_row_as_the_matrix_has_it() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let sheets = sheets(&file(Format::Xlsx, &feedback));
    let matrix = Matrix::of(&feedback);
    let table = &sheets["Matrix"];
    assert_eq!(table[0], Column::ALL.map(Column::heading));
    assert_eq!(table.len(), matrix.rows.len() + 1);
    for (row, cells) in matrix.rows.iter().zip(&table[1..]) {
        let expected: Vec<_> =
            Column::ALL.iter().map(|column| matrix.cell(row, *column).into_owned()).collect();
        assert_eq!(cells, &expected);
    }
    let flat: Vec<&str> = table.iter().flatten().map(String::as_str).collect();
    assert!(
        flat.contains(&"=SUM(A1:A9) is what one group called the\nwhole draft: a sum of its parts")
    );
    assert!(flat.iter().any(|cell| cell.contains("[-twelve-]{+six+} hours")), "{flat:#?}");
    assert!(flat.contains(
        &"Drills are to fit those who hold them.\nAlternative: Drills every second year"
    ));
    assert!(flat.contains(&"2 of 3: Group 1; Group 2") && flat.contains(&"Six it is."));
}

#[test]
fn the_other_sheets_say_what_must_be_known() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let sheets = sheets(&file(Format::Xlsx, &feedback));
    let text = |name: &str| sheets[name].concat().join("\n");
    let front = text("Read me");
    for words in [
        "Coastal Waters & Safe Shores: a Dialogue",
        "DRAFT, because",
        "Chatham House Rule: what was said may be used",
        "Safe Shores Declaration · first draft",
        &feedback.draft_text.as_ref().unwrap().digest,
        &crate::gate::cleared(&feedback).checksum,
        "accepted with modification",
        "It went into another row. Target: that row's Ref.",
    ] {
        assert!(front.contains(words), "{words} in {front}");
    }
    // One row a point, each with where it ended.
    assert_eq!(sheets["Lineage"].len(), feedback.points.len() + 1);
    for point in &feedback.points {
        let row = sheets["Lineage"].iter().find(|row| row[2] == *point.reference).unwrap();
        assert_eq!(row[6], point.outcome().title());
        let comment = feedback.comments.iter().find(|one| one.sources.contains(&point.id));
        assert_eq!(row[0], comment.map_or("", |one| &one.reference));
    }
    let aside = text("Set aside");
    assert!(aside.contains("The bus leaves at five") && aside.contains("not about the text"));
    assert!(aside.contains("Could satellites be shared?") && aside.contains("parked"));
    let coverage = &sheets["Coverage"];
    assert_eq!(coverage[0], ["Topic, or paragraph", "Group 1", "Group 2", "Group 3", "All"]);
    assert_eq!(coverage[1], ["Early warning", "1 (+1 parked)", "2", "1", "4"]);
    let first = coverage.iter().find(|row| row[0].starts_with("OP1")).unwrap();
    assert_eq!(first[1..], ["1", "2", "", "2"]);
    let unanchored = text("Unanchored");
    assert!(unanchored.contains("Train the harbour masters first"));
    assert!(unanchored.contains("is no longer in the draft text"));
    assert!(unanchored.contains("no paragraph of the draft text has this label"));
    assert!(text("Legend and audit").contains("Words checked for names"));
    assert_eq!(sheets["rapporteur"][1], ["meeting", "coastal-waters"]);
    let book: Xlsx<_> = Xlsx::new(Cursor::new(file(Format::Xlsx, &feedback))).unwrap();
    let hidden = book.sheets_metadata().iter().filter(|s| s.visible == SheetVisible::Hidden);
    assert_eq!(hidden.map(|sheet| &*sheet.name).collect::<Vec<_>>(), ["rapporteur"]);
}

#[test]
fn the_same_feedback_is_the_same_bytes_and_has_no_time_of_day() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    for format in [Format::Xlsx, Format::Iso, Format::Ocs] {
        let one = file(format, &feedback);
        assert!(one == file(format, &Feedback::of(&Talks::new().workshop, "0.1.0")));
        let parts = parts(&one);
        let core = &parts["docProps/core.xml"];
        assert!(
            core.contains("<dc:creator>rapporteur</dc:creator>") && core.contains("1980-01-01")
        );
        assert!(parts.keys().all(|name| !name.contains("calcChain") && !name.contains("theme")));
        assert!(
            parts.values().all(|part| !part.contains("<f>") && !part.contains("sheetProtection"))
        );
    }
}

#[test]
fn the_table_stays_in_sight_can_be_filtered_and_prints_one_page_wide() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let parts = parts(&file(Format::Xlsx, &feedback));
    let matrix = &parts["xl/worksheets/sheet2.xml"];
    let rows = Matrix::of(&feedback).rows.len() + 1;
    for piece in [
        r#"<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>"#,
        &format!(r#"<autoFilter ref="A1:N{rows}"/>"#),
        &format!(r#"sqref="K2:K{rows}"><formula1>"open,accepted,accepted with modification,"#),
        r#"<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>"#,
        "Page &amp;P of &amp;N",
        "&amp;C&amp;BDRAFT&amp;RChatham House Rule",
        "Coastal Waters &amp;&amp;&amp;&amp; Safe",
        r#"<col min="14" max="14" width="40.7109375" hidden="1" customWidth="1"/>"#,
    ] {
        let piece = piece.replace("&amp;&amp;&amp;&amp;", "&amp;&amp;");
        assert!(matrix.contains(&piece), "{piece} in {matrix}");
    }
    let book = &parts["xl/workbook.xml"];
    assert!(book.contains(r#"localSheetId="1">'Matrix'!$1:$1</definedName>"#), "{book}");
    assert!(book.contains(r#"activeTab="1""#));
}

#[test]
fn the_forms_have_their_columns_and_no_other() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let iso = &sheets(&file(Format::Iso, &feedback))["Comments"];
    assert_eq!(
        iso[0],
        [
            "MB/NC",
            "Line number",
            "Clause/Subclause",
            "Paragraph/Figure/Table",
            "Type of comment",
            "Comments",
            "Proposed change",
            "Observations of the secretariat"
        ]
    );
    let row = iso.iter().find(|row| row[5] == "Share warnings within six hours.").unwrap();
    assert_eq!(row[..5], ["group-1; group-2", "", "OP1", "2.", "te"]);
    assert_eq!(row[7], "accepted (OP1). Six it is.");
    let ocs = &sheets(&file(Format::Ocs, &feedback))["Reconciliation"];
    assert_eq!(ocs[0], ["Para", "Text", "T", "Comment", "S", "Author comment"]);
    let first = ocs[1..].iter().find(|row| row[0] != "DRAFT").unwrap();
    assert_eq!((&*first[0], &*first[2]), ("General", "C"), "general comments come first");
    let row = ocs.iter().find(|row| row[3].starts_with("Share warnings")).unwrap();
    assert_eq!((&*row[0], &*row[2], &*row[4]), ("OP1", "P", "A"));
    assert!(row[3].contains("{+six+}"));
}

#[test]
fn the_csv_has_the_same_cells_and_nothing_that_a_spreadsheet_would_run() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let bytes = file(Format::Matrix, &feedback);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("\r\n") && text.contains("'=SUM(A1:A9)"));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&bytes[3..]).records().map(Result::unwrap).collect();
    assert!(rows[..feedback.draft.len()].iter().all(|row| &row[0] == "DRAFT"));
    assert_eq!(rows.len() - feedback.draft.len(), Matrix::of(&feedback).rows.len());
}

#[test]
fn a_text_longer_than_a_cell_is_clipped_with_a_note() {
    let mut talks = Talks::new();
    let point = talks.workshop.points().next().unwrap().id();
    let long = "ยาว😀 ".repeat(9_000);
    let change = talks.workshop.set(point, rapporteur::workshop::Field::Text(long.into())).unwrap();
    talks.make([change]);
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    let sheets = sheets(&file(Format::Xlsx, &feedback));
    let cells = sheets["Lineage"].iter().flatten();
    let longest = cells.max_by_key(|cell| cell.len()).unwrap();
    assert!(longest.encode_utf16().count() <= 32_767, "{}", longest.encode_utf16().count());
    assert!(longest.ends_with("the other files have it)"));
}

#[test]
fn a_form_is_written_for_those_who_ask_for_it() {
    let home = crate::command::Home::new();
    let written = |arguments: &[&str]| -> Vec<String> {
        let all = [&["export", "asean-declaration", "--out", "out"], arguments].concat();
        let endings = home.lines(&all, b"").into_iter();
        endings.map(|path| path.split_once(".feedback.").unwrap().1.to_owned()).collect()
    };
    assert_eq!(written(&["--template", "iso"]), ["iso.xlsx"]);
    assert_eq!(written(&["--template", "ocs", "-f", "xlsx"]), ["xlsx", "ocs.xlsx"]);
    let all = written(&[]);
    assert!(all.contains(&"xlsx".to_owned()) && all.contains(&"matrix.csv".to_owned()));
    assert!(!all.iter().any(|ending| ending.ends_with("iso.xlsx")), "{all:?}");
    assert_eq!(written(&["-f", "all"]).len(), Format::ALL.len());
}
