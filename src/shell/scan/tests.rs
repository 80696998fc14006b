//! Names in every part of every file.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::names::ListedNames;
use crate::shell::clearance::clear;
use crate::workshop::{
    CapturedPoint, Change, GroupId, Moment, Place, PointId, PointKind, TopicId, WriterId,
};

fn scan(participants: Vec<&str>) -> Scan {
    let delegations = vec!["Viet Nam", "Myanmar", "Wetlands Trust"];
    let agencies = vec![("Border Force", "BFOR")];
    let finder =
        Finder::of(&ListedNames { delegations, agencies, participants, ..ListedNames::default() });
    Scan {
        finder,
        cleared: AllowedNames::default(),
        own: || Some(Workshop::new(&Agenda::default())),
    }
}

fn usual() -> Scan {
    scan(vec!["Tan Mei", "Siti Nurhaliza", "Áine O'Brien", "Renée Zoë Brontë"])
}

fn packed(part: &str, content: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn which(scan: &Scan, format: Format, file: &[u8]) -> Option<String> {
    scan.find(format, Cursor::new(file)).unwrap().map(|found| found.which.to_string())
}

#[test]
fn the_old_search_missed_these() {
    let scan = usual();
    let document = |text: &str| packed("word/document.xml", text);
    for (text, name) in [
        // An earlier scan compared the listed spelling byte by byte, and all of these got out.
        ("<w:p><w:t>Mei Tan</w:t></w:p>", "Tan Mei"),
        ("<w:p><w:t>Tan, Mei</w:t></w:p>", "Tan Mei"),
        ("<w:p><w:t>Aine O’Brien</w:t></w:p>", "Áine O'Brien"),
        ("<w:p><w:t>A\u{301}INE O'BRIEN</w:t></w:p>", "Áine O'Brien"),
        ("<w:p><w:t>Ｓｉｔｉ Ｎｕｒｈａｌｉｚａ</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>S. Nurhaliza</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>Puan Nurhaliza</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>Siti\nNurhaliza</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>Siti</w:t><w:br/><w:t>Nurhaliza</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>Nurha-\nliza, Siti</w:t></w:p>", "Siti Nurhaliza"),
        ("<w:p><w:t>Renee Z. Bronte</w:t></w:p>", "Renée Zoë Brontë"),
        ("<w:p><w:t>Vietnam</w:t></w:p>", "Vietnam"),
        ("<w:p><w:t>border force</w:t></w:p>", "Border Force"),
        ("<w:p><w:t>WETLANDS TRUST</w:t></w:p>", "Wetlands Trust"),
    ] {
        assert_eq!(which(&scan, Format::Docx, &document(text)).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn a_name_is_found_wherever_it_is_in_a_package() {
    let scan = usual();
    let far = "x ".repeat(PIECE);
    for (part, content) in [
        (
            "docProps/core.xml",
            "<a><dc:title>W</dc:title><dc:creator>Mei Tan</dc:creator><b>x</b></a>",
        ),
        ("docProps/app.xml", "<Company>tan mei</Company>"),
        ("word/_rels/document.xml.rels", r#"<R Target="mailto:mei.tan@example.org"/>"#),
        ("word/document.xml", r#"<w:p><wp:docPr descr="Photograph of Mei Tan"/></w:p>"#),
        ("word/document.xml", r#"<w:p><w:t>a</w:t><w:ins w:author="Mei&#x20;Tan"></w:ins></w:p>"#),
        (
            "word/document.xml",
            "<w:p><w:r><w:t>T</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>an Mei</w:t></w:r></w:p>",
        ),
        (
            "word/document.xml",
            "<w:p><w:t>Tan </w:t><w:del><w:delText>x</w:delText></w:del><w:t>Mei</w:t></w:p>",
        ),
        (
            "word/document.xml",
            "<w:p><w:t>Tan </w:t><w:ins><w:t>x </w:t></w:ins><w:t>Mei</w:t></w:p>",
        ),
        ("word/comments.xml", "<!-- Mei Tan --><w:comments/>"),
        ("xl/worksheets/sheet1.xml", "<c><is><t>Tan&#x20;M&#101;i</t></is></c>"),
        ("xl/sharedStrings.xml", "<si><r><t>Tan</t></r><r><t> Mei</t></r></si>"),
        ("xl/workbook.xml", r#"<sheet name="Mei Tan's" sheetId="1"/>"#),
        ("xl/media/mei-tan.png", "x"),
        ("xl/custom.bin", "\u{0}\u{1}Mei Tan\u{0}"),
        ("word/document.xml", &format!("<w:p><w:t>{far}Mei</w:t></w:p>").replace("Mei", "Mei Tan")),
        ("word/document.xml", &format!("<w:p><w:t>{}Mei Tan</w:t></w:p>", &far[..PIECE - 4])),
    ] {
        let file = packed(part, content);
        let found = which(&scan, Format::Docx, &file);
        assert_eq!(found.as_deref(), Some("Tan Mei"), "{part}: {content:.120}");
    }
    let none = "<c><is><t>Tan</t></is></c><c><is><t>Meissen</t></is></c><c><v>nobody &amp; nothing</v></c>";
    let scan = self::scan(vec!["Hope Young"]);
    assert_eq!(which(&scan, Format::Xlsx, &packed("xl/worksheets/sheet1.xml", none)), None);
    let apart = "<c><is><t>Hope</t></is></c><c><is><t>Young</t></is></c>";
    assert_eq!(which(&scan, Format::Xlsx, &packed("xl/worksheets/sheet1.xml", apart)), None);
    let whole = packed("x.xml", "<a>x</a>");
    assert!(scan.find(Format::Docx, Cursor::new(&whole[..40])).is_err(), "what cannot be unpacked");
    let broken = packed("x.xml", "<a>x</a");
    assert!(scan.find(Format::Docx, Cursor::new(&broken)).is_err(), "what cannot be read");
}

#[test]
fn a_name_is_found_wherever_it_is_in_a_file_of_text() {
    let scan = usual();
    for (format, text) in [
        (Format::Html, "<!DOCTYPE html><p>by <b>Mei</b> <i class=\"x\">Tan</i>"),
        (Format::Html, "<p>Mei<br>Tan<p>x"),
        (Format::Html, "<p>x<img alt='Mei Tan' hidden>"),
        (Format::Html, "<a href=https://example.org/mei-tan>x</a>"),
        (Format::Html, "<p>M&#101;i&nbsp;T&#x61;n & x"),
        (Format::Html, "<script>let a=1<2&&b>c;let n=\"Mei Tan\"</script>"),
        (Format::Html, "<style>/* Mei Tan */</style>"),
        (Format::Html, "<!-- Mei Tan -->"),
        (Format::Html, "<td>x</td><td title=\"T&#97;n Mei\"></td>"),
        (Format::Html, "<p>Mei <del>x</del><ins>Tan</ins></p>"),
        (Format::Json, r#"{"a":"Mei\nTan"}"#),
        (Format::Json, r#"{"a":"\u004dei \u0054an"}"#),
        (Format::Json, r#"{"a":"\ud835\udc0c\u0065i Tan"}"#),
        (Format::Json, r#"{"Mei Tan":1}"#),
        (Format::Ron, r#"(a: "\u{4d}ei T\x61n")"#),
        (Format::Ron, "(a: \"Mei\nTan\")"),
        (Format::Csv, "a,\"Tan, Mei\",b\n"),
        (Format::Csv, "a;\"He said \"\"Mei\nTan\"\"\"\n"),
        (Format::About, "Mei Tan"),
        (Format::Markdown, "by **Mei** _Tan_\n"),
        (Format::Markdown, "by M**ei** Tan\n"),
        (Format::Markdown, "by Mei\nTan\n"),
        (Format::Markdown, "> by Mei\n> Tan\n"),
        (Format::Markdown, r"by Mei\_Tan"),
        (Format::Markdown, "by Mei_Tan"),
        (Format::Markdown, r"by \Mei \- x\, M&#101;i Tan"),
        (Format::Markdown, "[x](mailto:mei.tan@example.org)"),
        (Format::Markdown, "[Mei](x) Tan"),
        (Format::Markdown, "Mei <a href=\"x\">Tan</a>"),
        (Format::Markdown, "<!-- Mei Tan -->"),
        (Format::Markdown, "| a | Tan Mei |"),
    ] {
        assert_eq!(which(&scan, format, text.as_bytes()).as_deref(), Some("Tan Mei"), "{text}");
    }
    let young = self::scan(vec!["Hope Young"]);
    for (format, text) in [
        (Format::Html, "<td>Hope</td><td>Young</td>"),
        (Format::Html, "<li>Hope<li>Young"),
        (Format::Json, r#"["Hope","Young"]"#),
        (Format::Csv, "Hope,Young\nHope\nYoung\n"),
        (Format::Markdown, "Hope\n\nYoung\n\n- Hope\n- Young\n\n| Hope | Young |\n"),
    ] {
        assert_eq!(which(&young, format, text.as_bytes()), None, "{text}");
    }
}

#[test]
fn names_that_are_words_raise_no_alarm() {
    let scan = scan(vec!["The May", "An Will", "Will The", "May An", "Mark Law", "X"]);
    let text =
        "Will the law mark a day in May? An officer will, and in May the rule may be an end.";
    for format in [Format::Markdown, Format::Csv, Format::Ron, Format::Html, Format::Json] {
        assert_eq!(which(&scan, format, text.as_bytes()), None, "{format:?}");
    }
    assert_eq!(which(&scan, Format::Docx, &packed("word/document.xml", text)), None);
}

#[test]
fn what_the_program_writes_of_its_own_accord_names_nobody() {
    let scan = scan(vec!["Ann Normal", "Bo Heading", "Kim Title", "Lee Segoe"]);
    let workshop = Workshop::new(&Agenda { title: "Budget day".into(), ..Agenda::default() });
    let feedback = clear(&workshop, None).unwrap();
    for format in Format::ALL {
        let mut file = Vec::new();
        export::write(format, &feedback, &mut file, &mut |_, _| true).unwrap();
        // A font is called “Myanmar Text”, and Myanmar is in the room.
        assert_eq!(scan.find(format, Cursor::new(file)).unwrap(), None, "{format:?}");
    }
    let font = packed("word/document.xml", r#"<w:p><w:rFonts w:cs="Myanmar Text"/></w:p>"#);
    assert_eq!(which(&scan, Format::Docx, &font), None);
    let text = packed("word/document.xml", "<w:p><w:t>Myanmar text: shorter</w:t></w:p>");
    assert_eq!(which(&scan, Format::Docx, &text).as_deref(), Some("Myanmar"));
}

#[test]
fn cleared_names_may_stay() {
    let agenda = Agenda {
        title: "Meeting in Viet Nam".into(),
        venue: "Nurhaliza Hall".into(),
        delegations: vec!["Viet Nam".into(), "Myanmar".into()],
        participants: vec!["Siti Nurhaliza".into(), "Tan Mei".into()],
        ..Agenda::default()
    };
    let mut workshop = Workshop::new(&agenda);
    let place = Place::new(GroupId::plenary(), TopicId::general());
    let asked = CapturedPoint::new(PointId::new(1), place, PointKind::Fact, "Mr Tan asked for it");
    let record =
        workshop.record(WriterId::new(1), Moment(0), [Change::PointCaptured(asked.into())]);
    workshop.apply(record);
    let passed = clear(&workshop, Some("it is a test")).unwrap();
    let scan = Scan::of(&agenda, &passed, || None).unwrap();
    let found = |text: &str| which(&scan, Format::Markdown, text.as_bytes());
    // A delegation in the words, a part of a name that passed, a part that belongs to a place.
    assert_eq!(found("Vietnam, Mr Tan Mei, Nurhaliza Hall"), None);
    assert_eq!(found("Burma").as_deref(), Some("Myanmar"));
    assert_eq!(found("S. Nurhaliza").as_deref(), Some("Siti Nurhaliza"));
    let alarm = scan.find(Format::Markdown, Cursor::new("by NURHALIZA,\n Siti")).unwrap().unwrap();
    let words = "the name “NURHALIZA, Siti”, which is a participant's (“Siti Nurhaliza”)";
    assert_eq!(alarm.in_words(), words);
}

/// A listed name, written differently.
fn written() -> impl Strategy<Value = (String, String)> {
    let names = ["Tan Mei", "Siti Nurhaliza", "Áine O'Brien", "Renée Zoë Brontë", "Viet Nam"];
    (
        prop::sample::select(names.to_vec()),
        any::<bool>(),
        0..4_u8,
        0..3_u8,
        prop::sample::select(vec![" ", "\n", "  ", "\u{a0}", ", "]),
    )
        .prop_map(|(name, turned, case, letters, space)| {
            let state = name == "Viet Nam";
            let mut parts: Vec<&str> = name.split(' ').collect();
            if turned && !state {
                parts.reverse();
            }
            let space = if state { " " } else { space };
            let comma = space == ", ";
            let joined = if comma {
                format!("{}, {}", parts[0], parts[1..].join(" "))
            } else {
                parts.join(space)
            };
            let cased = match case {
                0 => joined.to_uppercase(),
                1 => joined.to_lowercase(),
                _ => joined,
            };
            let text = match letters {
                0 => cased.chars().map(plain).collect(),
                1 => cased.chars().map(wide).collect(),
                _ => cased,
            };
            (text, if state { "Vietnam".to_owned() } else { name.to_owned() })
        })
}

fn plain(letter: char) -> char {
    match letter {
        'Á' => 'A',
        'á' => 'a',
        'é' | 'ë' => 'e',
        'É' | 'Ë' => 'E',
        letter => letter,
    }
}

fn wide(letter: char) -> char {
    if letter.is_ascii_alphabetic() {
        char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter)
    } else {
        letter
    }
}

/// A text with some letters written as escapes.
fn escaped(text: &str, which: u64, escape: impl Fn(char) -> String, always: &str) -> String {
    let mut out = String::new();
    for (at, letter) in text.chars().enumerate() {
        if which >> (at % 64) & 1 == 1 || always.contains(letter) {
            out += &escape(letter);
        } else {
            out.push(letter);
        }
    }
    out
}

fn entity(letter: char) -> String {
    format!("&#{};", u32::from(letter))
}

#[test]
fn the_points_that_hold_a_name_are_named() {
    let mut workshop = Workshop::new(&Agenda::default());
    for (id, text) in [(1, "as Mei Tan said"), (2, "more patrols"), (3, "asked by\\nMei")] {
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured = CapturedPoint::new(PointId::new(id), place, PointKind::Fact, text);
        let change = Change::PointCaptured(captured.into());
        let record = workshop.record(WriterId::new(1), Moment(0), [change]);
        workshop.apply(record);
    }
    let feedback = Feedback::of(&workshop, "0");
    let name = UnclearedName { text: "Mei".into(), what: What::Person, which: "Tan Mei".into() };
    let places = usual().places(&feedback, &name);
    let those = |id: u64| feedback.points.iter().find(|it| it.id == PointId::new(id)).unwrap();
    assert_eq!(places, [those(1).reference.clone(), those(3).reference.clone()]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_listed_name_is_found_however_it_is_written_wherever_it_is(
        (name, listed) in written(),
        before in "[a-z ]{0,12} ",
        after in "[ ,.;!][a-z ,]{0,12}",
        escapes in any::<u64>() ,
        place in 0..12_usize,
        pad in prop_oneof![6 => Just(0_usize), 1 => Just(2_usize)],
    ) {
        let text = format!("{}{before}{name}{after}", "some words ".repeat(pad * (PIECE / 22 - 1)));
        let escapes = if pad == 0 { escapes } else { 0 };
        let xml = escaped(&text, escapes, entity, "<&\"");
        let split = xml.replacen("&#", "</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>&#", 1);
        let json = escaped(&text, escapes, |letter| {
            let mut units = [0; 2];
            let units = letter.encode_utf16(&mut units).iter();
            units.fold(String::new(), |escape, unit| format!("{escape}\\u{unit:04x}"))
        }, "\"\\\n");
        let (format, file) = match place {
            0 => (Format::Docx, packed("word/document.xml", &format!("<w:p><w:r><w:t>{split}</w:t></w:r></w:p>"))),
            1 => (Format::Docx, packed("docProps/core.xml", &format!("<c><a>x</a><dc:title>{xml}</dc:title><a>x</a></c>"))),
            2 => (Format::Docx, packed("word/document.xml", &format!("<w:p><x descr=\"{xml}\"/></w:p>"))),
            3 => (Format::Xlsx, packed("xl/worksheets/sheet1.xml", &format!("<row><c t=\"inlineStr\"><is><t>{xml}</t></is></c><c/></row>"))),
            4 => (Format::Xlsx, packed("xl/sharedStrings.xml", &format!("<si><t>{xml}</t></si><si><t>x</t></si>"))),
            5 => (Format::Html, format!("<!DOCTYPE html><meta x><p>{xml}<p>x").into_bytes()),
            6 => (Format::Html, format!("<p title=\"{xml}\" hidden>x</p>").into_bytes()),
            7 => (Format::Json, format!("{{\"a\":\"{json}\",\"b\":1}}").into_bytes()),
            8 => (Format::Ron, format!("// x \"\n(a:r##\"{text}\"##)").into_bytes()),
            9 => (Format::Csv, format!("a,\"{text}\",b").into_bytes()),
            10 => (Format::Markdown, format!("# x\n\n{}\n\nx", escaped(&text, escapes, entity, "&<")).into_bytes()),
            _ => (Format::Xlsx, packed(&format!("xl/{}.xml", name.trim()), "<a/>")),
        };
        let found = which(&usual(), format, &file);
        prop_assert_eq!(found, Some(listed));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
        let scan = usual();
        for format in Format::ALL {
            let _ = scan.find(format, Cursor::new(&bytes));
            let _ = scan.find(format, Cursor::new(text.as_bytes()));
        }
    }
}
