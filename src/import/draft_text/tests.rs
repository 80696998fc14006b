//! What is read from files of all sorts, real and hostile.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::workshop::{DraftParagraph, Label, ParagraphKind};

fn text(text: &str) -> ReadText {
    read("draft.md", text.as_bytes()).unwrap()
}

/// Each paragraph as `label printed|words`.
fn rows(read: &ReadText) -> Vec<String> {
    let row = |p: &DraftParagraph| format!("{} {}|{}", p.label, p.printed, p.text);
    read.text.paragraphs.iter().map(row).collect()
}

#[test]
fn a_declaration_in_the_shape_of_the_region() {
    let read = text(
        "---\ntitle: \"A declaration\\\n  \\ on boats\"\n---\n\n**WE,** the Ministers, gathered\nin the 11<sup>th</sup> meeting;  \n  \n\
         **RECALLING** the [Charter](https://example.org/c);\n\n**REAFFIRMING** that [all][both] sides\nagree;\n\nPP2bis. *Mindful* of the sea;\n\n\
         **DO HEREBY AGREE** to:\n\n1.  **FULFIL** the plan, which has:\n\n    (a) a part;\n    (b) another:\n        (i) small;\n        (ii) smaller; and\n    (c) a third;\n\n\
         Maritime matters\n\n<!-- -->\n\n1.  **EXPAND** [what [is] there;\n\n1. **ENHANCE** it.\n\n3bis. Also this.\n\nOP5. And that.\n\nADOPTED at the seat, this day.\n",
    );
    assert_eq!(
        rows(&read),
        [
            "PP1 |WE, the Ministers, gathered in the 11th meeting;",
            "PP2 |RECALLING the Charter;",
            "PP3 |REAFFIRMING that [all][both] sides agree;",
            "PP2bis PP2bis.|Mindful of the sea;",
            "Chapeau |DO HEREBY AGREE to:",
            "OP1 1.|FULFIL the plan, which has:",
            "OP1(a) (a)|a part;",
            "OP1(b) (b)|another:",
            "OP1(b)(i) (i)|small;",
            "OP1(b)(ii) (ii)|smaller; and",
            "OP1(c) (c)|a third;",
            "Heading 1 |Maritime matters",
            "OP2 1.|EXPAND [what [is] there;",
            "OP3 1.|ENHANCE it.",
            "OP3bis 3bis.|Also this.",
            "OP5 OP5.|And that.",
            "Closing |ADOPTED at the seat, this day.",
        ]
    );
    assert_eq!(read.text.title, "A declaration on boats");
    let levels: Vec<u8> = read.text.paragraphs[5..11].iter().map(|p| p.level).collect();
    assert_eq!(levels, [0, 1, 1, 2, 2, 1]);
    assert_eq!(
        read.remarks,
        [
            "The printed numbers (PP2bis. 1. 1. 1. 3bis. …) do not count the paragraphs; they are called by their place: OP1 to OP5.",
            "Square brackets do not balance in OP2; the whole text opens 4 and closes 3. They are kept as they are.",
        ]
    );
}

#[test]
fn a_plain_text_without_empty_lines() {
    let read = text(
        "The General Assembly,\nRecalling its resolution of last year, which was adopted without\na vote,\nConscious of the sea,\n\
         1. Decides to meet in\n2023. And again;\n13. Requests: \n- one report;\n- a second;\n10. Urges all.\n",
    );
    assert_eq!(
        rows(&read),
        [
            "PP1 |The General Assembly,",
            "PP2 |Recalling its resolution of last year, which was adopted without a vote,",
            "PP3 |Conscious of the sea,",
            "OP1 1.|Decides to meet in 2023. And again;",
            "OP2 13.|Requests:",
            "OP2(1) -|one report;",
            "OP2(2) -|a second;",
            "OP3 10.|Urges all.",
        ]
    );
}

#[test]
fn labels_that_the_text_gives_itself() {
    let read = text(
        "# Draft\n\nArticle 2 bis\n\nOP7. First.\n\nSecond.\n\nOP9. Third.\n\nOP9. Fourth.\n\nArticle 2 of it says so.\n\nOP20\n\nAlone.\n",
    );
    assert_eq!(
        rows(&read),
        [
            "Title |Draft",
            "Article 2bis |Article 2 bis",
            "OP7 OP7.|First.",
            "OP8 |Second.",
            "OP9 OP9.|Third.",
            "OP10 OP9.|Fourth.",
            "OP11 |Article 2 of it says so.",
            "OP20 OP20|Alone.",
        ]
    );
    assert_eq!(read.remarks[0], "The text calls several paragraphs OP9; they are numbered again.");
}

#[test]
fn letters_of_other_programs() {
    let words = "CONSIDÉRANT l’été;";
    let utf_16 = |big: bool| -> Vec<u8> {
        let units = words.encode_utf16();
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let (vietnamese, ..) = encoding_rs::WINDOWS_1258.encode("Các bên ðã đồng ý;");
    assert!(!vietnamese.is_empty());
    for (bytes, remark) in [
        ([b"\xef\xbb\xbf", words.as_bytes()].concat(), None),
        ([&[0xff, 0xfe][..], &utf_16(false)].concat(), Some("UTF-16")),
        ([&[0xfe, 0xff][..], &utf_16(true)].concat(), Some("UTF-16")),
        (utf_16(false), Some("UTF-16")),
        (b"CONSID\xc9RANT l\x92\xe9t\xe9;".to_vec(), Some("windows-1252")),
    ] {
        let read = read("a.txt", &bytes).unwrap();
        assert_eq!(&*read.text.paragraphs[0].text, words);
        match remark {
            Some(remark) => assert!(read.remarks[0].contains(remark), "{:?}", read.remarks),
            None => assert_eq!(read.remarks, [""; 0]),
        }
    }
    let read =
        read("a.txt", b"C\xe1c b\xean \xf0\xf4\xccng \xfd;\r\nv\xe0 \xf5 \xf0\xe2y;").unwrap();
    assert_eq!(&*read.text.paragraphs[0].text, "Các bên đồng ư; và ơ đây;");
    assert!(read.remarks[0].contains("windows-1258"));
}

#[test]
fn what_is_no_text_is_refused_in_words() {
    for (bytes, what) in [
        (&b""[..], "There is no paragraph"),
        (b"<!-- nothing -->\n\n---\n", "There is no paragraph"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "older Word"),
        (b"PK\x03\x04garbage", "not a complete Word document"),
        (b"abc\0def", "byte 4 is zero"),
    ] {
        let why = read("a.doc", bytes).unwrap_err().to_string();
        assert!(why.starts_with("a.doc: ") && why.contains(what), "{why}");
    }
}

// ----- Word -----------------------------------------------------------------------------------

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
    <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\">\
    <w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

fn numbered(level: u8, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

#[test]
fn a_word_document() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>On boats</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>RECALLING </w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>the Charter &amp; more</w:t></w:r></w:ins>\
         <w:del w:id=\"2\"><w:r><w:delText>nothing</w:delText></w:r></w:del><w:r><w:t>;</w:t><w:footnoteReference w:id=\"3\"/></w:r></w:p>",
        "<w:p><w:r><w:t>DO HEREBY AGREE:</w:t></w:r></w:p>",
        &numbered(0, "To meet:"),
        &numbered(1, "yearly;"),
        &numbered(1, "[at sea]."),
        &numbered(0, "To eat."),
        "<w:p><w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>whole.</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell one.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cell two.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>End.</w:t></w:r></w:p>",
    ]
    .concat();
    let parts = [
        ("word/document.xml", &*document(&body)),
        ("word/numbering.xml", NUMBERING),
        ("word/vbaProject.bin", "x"),
    ];
    let read = read("draft.docx", &packed(&parts)).unwrap();
    assert_eq!(
        rows(&read),
        [
            "Title |On boats",
            "PP1 |RECALLING the Charter & more;",
            "Chapeau |DO HEREBY AGREE:",
            "OP1 1.|To meet:",
            "OP1(a) (a)|yearly;",
            "OP1(b) (b)|[at sea].",
            "OP2 2.|To eat.",
            "OP3 |One whole.",
            "OP4 |Cell one.",
            "OP5 |Cell two.",
            "OP6 |End.",
        ]
    );
    assert_eq!(
        read.remarks,
        [
            "1 tracked insertion taken as if accepted.",
            "1 tracked deletion left out as if accepted.",
            "1 table: the cells were taken one after the other.",
            "1 picture or text box: left out.",
            "1 footnote or endnote: left out.",
            "The document has macros; they were not looked at.",
        ]
    );
}

#[test]
fn what_a_document_may_not_do() {
    let refused = |parts: &[(&str, &str)]| read("a.docx", &packed(parts)).unwrap_err().to_string();
    let dtd = "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";
    assert!(refused(&[("word/document.xml", dtd)]).contains("DTD"));
    assert!(refused(&[("xl/workbook.xml", "<x/>")]).contains("a workbook"));
    assert!(refused(&[("other.docx", "PK")]).contains("an archive without a Word document"));
    let torn = document("<w:p><w:r><w:t>One</w:r></w:p>");
    assert!(refused(&[("word/document.xml", &torn)]).contains("word/document.xml: byte"));
    // 80 MB of nothing compress to a few kilobytes.
    let bomb = document(&" ".repeat(80 << 20));
    assert!(refused(&[("word/document.xml", &bomb)]).contains("unpacks to more than 64 MB"));
    let deep = document(&format!("{}{}", "<w:sdt>".repeat(600), "</w:sdt>".repeat(600)));
    assert!(refused(&[("word/document.xml", &deep)]).contains("elements deep"));
}

// ----- any text at all ------------------------------------------------------------------------

fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "State",
        "shall",
        "RECALLING",
        "DO HEREBY",
        "WE,",
        " ",
        " ",
        " ",
        "  \n",
        "\n",
        "\n",
        "\n\n",
        "1. ",
        "13) ",
        "(a) ",
        "(i) ",
        "- ",
        "* ",
        "# ",
        "**",
        "_",
        "[",
        "]",
        "3bis. ",
        "OP4bis. ",
        "PP2 ",
        "Article 2",
        "3.1 ",
        ";",
        ".",
        ":",
        "`",
        "```",
        "---",
        "===",
        "> ",
        "<sup>",
        "</sup>",
        "&amp;",
        "\\",
        "ทุกสอง",
        "ශ්‍රී",
        "👩🏽‍🌾",
        "e\u{301}",
        "\u{1b}[31m",
        "\t",
        "\r\n",
        "\r",
    ])
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_words_of_any_text_arrive_in_their_order(tokens in prop::collection::vec(token(), 1..60)) {
        let whole = tokens.concat();
        let Ok(read) = read("a.md", whole.as_bytes()) else { return Ok(()) };
        let mut arrived = String::new();
        for paragraph in &read.text.paragraphs {
            let _ = write!(arrived, "{}{}", paragraph.printed, paragraph.text);
        }
        // What is not a word: tags, the letter's entity, control characters.
        let sent = crate::workshop::clean(&whole)
            .replace("<sup>", "").replace("</sup>", "").replace("&amp;", "&");
        if !whole.contains('\\') && !whole.contains("```") {
            prop_assert_eq!(letters(&arrived), letters(&sent));
        }
        let mut labels: Vec<_> = read.text.paragraphs.iter().map(|p| Label::read(p.label.as_str())).collect();
        let mut ids: Vec<_> = read.text.paragraphs.iter().map(|p| p.id).collect();
        let all = labels.len();
        labels.sort();
        labels.dedup();
        ids.sort();
        ids.dedup();
        prop_assert_eq!((labels.len(), ids.len()), (all, all));
        for paragraph in &read.text.paragraphs {
            prop_assert!(!paragraph.text.is_empty());
            prop_assert_eq!(crate::workshop::clean(&paragraph.text), &*paragraph.text);
            let part = paragraph.label.as_str().get(..2).unwrap_or_default();
            prop_assert!(part != "PP" || paragraph.kind == ParagraphKind::Preambular);
        }
    }

    #[test]
    fn no_bytes_make_it_stumble(mut bytes in prop::collection::vec(any::<u8>(), 0..400), sort in 0..3) {
        if sort == 1 {
            bytes.splice(0..0, *b"PK\x03\x04");
        }
        if sort == 2 {
            let whole = packed(&[("word/document.xml", &document(&numbered(0, "To meet.")))]);
            for (nth, byte) in bytes.iter().take(8).enumerate() {
                let at = (usize::from(*byte) * 31 + nth * 97) % whole.len();
                let mut hurt = whole.clone();
                hurt[at] ^= byte | 1;
                let _ = read("a.docx", &hurt);
            }
        }
        let _ = read("a", &bytes);
    }

    #[test]
    fn no_document_makes_it_stumble(words in "[<>/&;a-z:\"= ]{0,80}") {
        let _ = read("a.docx", &packed(&[("word/document.xml", &document(&words))]));
    }
}
