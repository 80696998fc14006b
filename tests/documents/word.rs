//! Word files: whole, in the order of the schema, nameless and the same every time.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::{DateTime, ZipArchive};

use super::*;

/// What stands in which element, in which order, as far as this program writes it (ECMA-376, part 1,
/// transitional).
const ORDER: [(&str, &[&str]); 14] = [
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:uiPriority",
            "w:semiHidden",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:tcPr",
            "w:tblStylePr",
        ],
    ),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:bidi",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:ins", "w:del", "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:strike", "w:color",
            "w:sz", "w:szCs", "w:u", "w:rtl", "w:cs", "w:lang",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:shd"]),
    ("w:trPr", &["w:cantSplit", "w:tblHeader"]),
    ("w:sectPr", &["w:headerReference", "w:footerReference", "w:pgSz", "w:pgMar"]),
    ("w:sdt", &["w:sdtPr", "w:sdtContent"]),
    ("w:sdtPr", &["w:alias", "w:tag", "w:id", "w:dropDownList"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:characterSpacingControl",
            "w:compat",
            "w:themeFontLang",
            "w:decimalSymbol",
            "w:listSeparator",
        ],
    ),
    ("w:lvl", &["w:start", "w:numFmt", "w:lvlText", "w:lvlJc", "w:pPr"]),
    ("w:font", &["w:altName", "w:family", "w:pitch"]),
    ("w:styles", &["w:docDefaults", "w:style"]),
];

fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut package = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = BTreeMap::new();
    for nth in 0..package.len() {
        let mut part = package.by_index(nth).unwrap();
        let name = part.name().unwrap().into_owned();
        assert_eq!(part.last_modified(), Some(DateTime::DEFAULT), "{name}");
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(name, text);
    }
    parts
}

/// The part is well-formed, its elements stand in order, no two marks have one id; its words.
fn checked(name: &str, part: &str) -> String {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let (mut open, mut words): (Vec<(String, usize)>, String) = (Vec::new(), String::new());
    let (mut ids, mut bookmarks) = (HashSet::new(), HashSet::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|why| panic!("{name}: {why}"));
        let (tag, is_open) = match &event {
            Event::Start(tag) => (tag, true),
            Event::Empty(tag) => (tag, false),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Text(text) => {
                words.push_str(text);
                continue;
            }
            Event::GeneralRef(entity) => {
                words.push(match &**entity {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    other => panic!("{name}: &{other};"),
                });
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let this = tag.name().as_ref().to_owned();
        if let Some((parent, at)) = open.last_mut()
            && let Some((_, order)) = ORDER.iter().find(|(tag, _)| tag == parent)
        {
            let place = order.iter().position(|tag| *tag == this);
            let place = place.unwrap_or_else(|| panic!("{name}: {this} in {parent}"));
            assert!(place >= *at, "{name}: {this} too late in {parent}");
            *at = place;
        }
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap();
            let value = attribute.value.to_string();
            match attribute.key.as_ref() {
                "w:date" => panic!("{name}: a date in {this}"),
                "w:id" if this != "w:bookmarkEnd" => {
                    assert!(ids.insert(value.clone()), "{name}: {this} {value}");
                }
                "w:name" if this == "w:bookmarkStart" => {
                    let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                    assert!(is_plain && value.len() <= 40, "{value}");
                    assert!(bookmarks.insert(value.clone()), "{name}: {value} twice");
                }
                "w:author" => assert!(value.starts_with("P-"), "{value}"),
                _ => {}
            }
        }
        if this == "w:p" || this == "w:br" {
            words.push('\n');
        }
        let parent = open.last().map_or("", |(tag, _)| tag.as_str());
        assert!(this != "w:t" || open.iter().all(|(tag, _)| tag != "w:del"), "{name}: {parent}");
        if is_open {
            open.push((this, 0));
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    words
}

#[test]
fn every_part_of_a_document_is_whole_and_in_order() {
    for room in [full(), hostile(), Room::new(&agenda())] {
        let feedback = Feedback::of(&room.workshop, "0.1.0");
        for feedback in [&feedback, &edited(&feedback)] {
            let file = written(Format::Docx, feedback);
            assert!(file == written(Format::Docx, feedback), "the same bytes every time");
            let parts = parts(&file);
            for (name, part) in &parts {
                checked(name, part);
            }
            let anchors = parts["word/document.xml"].split("w:anchor=\"").skip(1);
            for anchor in anchors.map(|rest| rest.split('"').next().unwrap()) {
                let bookmark = format!("w:name=\"{anchor}\"");
                assert!(parts["word/document.xml"].contains(&bookmark), "{anchor} leads nowhere");
            }
        }
    }
}

#[test]
fn a_document_has_every_word_and_nobody() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let parts = parts(&written(Format::Docx, &feedback));
    let words = checked("document", &parts["word/document.xml"]);
    for comment in &feedback.comments {
        assert!(words.contains(&*comment.text), "{}", comment.text);
        assert!(words.contains(&*comment.reference));
    }
    for line in feedback.points.iter().flat_map(|point| point.text.lines()) {
        assert!(words.contains(line), "{line}");
    }
    for (name, part) in &parts {
        for delegation in &room.workshop.agenda().delegations {
            assert!(!part.contains(delegation.as_str()), "{delegation} in {name}");
        }
        assert!(!part.contains("Siti"), "{name}");
    }
    let document = &parts["word/document.xml"];
    for tag in
        ["<w:tblHeader/>", "<w:cantSplit/>", "<w:dropDownList>", "<w:del ", "<w:ins ", "<w:bidi/>"]
    {
        assert!(document.contains(tag), "{tag}");
    }
    for language in
        ["th-TH", "km-KH", "lo-LA", "my-MM", "bn-BD", "si-LK", "ta-IN", "ar-SA", "zh-CN"]
    {
        assert!(document.contains(language), "{language}");
    }
}

/// The text as it stands once all changes are rejected, and once all are accepted.
fn decided(document: &str, accept: bool) -> Vec<String> {
    let (gone, text) = if accept { ("del", "t") } else { ("ins", "delText") };
    let mut reader = Reader::from_str(document);
    let (mut lines, mut line, mut within) = (Vec::new(), String::new(), 0);
    let mut takes = false;
    let (gone, text) = (format!("w:{gone}"), format!("w:{text}"));
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == gone => within += 1,
            Event::End(tag) if tag.name().as_ref() == gone => within -= 1,
            Event::Start(tag) => {
                let name = tag.name();
                takes = within == 0 && (name.as_ref() == "w:t" || name.as_ref() == text);
            }
            Event::Text(words) if takes => line.push_str(&words),
            Event::End(tag) if tag.name().as_ref() == "w:p" => {
                lines.push(std::mem::take(&mut line));
            }
            Event::Eof => break,
            _ => takes = false,
        }
    }
    lines
}

#[test]
fn to_reject_all_gives_the_text_and_to_accept_all_the_brackets() {
    let room = full();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let document = parts(&written(Format::Docx, &feedback)).remove("word/document.xml").unwrap();
    let (rejected, accepted) = (decided(&document, false), decided(&document, true));
    for paragraph in &feedback.draft_text.as_ref().unwrap().paragraphs {
        let label = paragraph.label.as_str();
        let label = if paragraph.kind == ParagraphKind::Heading { "" } else { label };
        let before = format!("{label}{}", paragraph.text);
        assert!(rejected.contains(&before), "{before}: {rejected:#?}");
    }
    for expected in [
        "OP1share rainfall and river data across borders [within twenty-four hours of a request][in \
         real time][within one hour];",
        "OP2(a)bishold them in schools and on market days;",
        "Regional declaration on early warning",
    ] {
        assert!(accepted.iter().any(|line| line == expected), "{expected}: {accepted:#?}");
    }
}

#[test]
fn a_text_that_nobody_can_lay_out_is_cut_between_letters_and_says_so() {
    let room = hostile();
    let feedback = Feedback::of(&room.workshop, "0.1.0");
    let words = checked("document", &parts(&written(Format::Docx, &feedback))["word/document.xml"]);
    assert!(words.contains("more letters; the JSON file has them all"), "{}", words.len());
    assert!(words.len() < 200_000, "{}", words.len());
    assert!(words.contains("]]> <!-- --> <script>alert(1)</script> &amp; &#0; \"'"));
}

/// The annexes went from B to D where no row was without a place in the draft text.
#[test]
fn the_annexes_are_lettered_one_after_another() {
    let room = full();
    let whole = Feedback::of(&room.workshop, "0.1.0");
    let few = Feedback { comments: Vec::new(), ..Feedback::of(&room.workshop, "0.1.0") };
    let unpinned = Feedback { draft_text: None, ..Feedback::of(&room.workshop, "0.1.0") };
    for (feedback, last) in [(whole, 'E'), (few, 'D'), (unpinned, 'D')] {
        let parts = parts(&written(Format::Docx, &feedback));
        let document = &parts["word/document.xml"];
        let mut letters: Vec<char> =
            document.split("Annex ").skip(1).filter_map(|rest| rest.chars().next()).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters, ('A'..=last).collect::<Vec<char>>());
    }
}
