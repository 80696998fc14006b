//! Names that no list knows: held, shown as possible, and left alone where all have the word before them.

use std::fs;

use rapporteur::import::draft_text;
use rapporteur::names::{ListedNames, Names, What};
use rapporteur::workshop::{Agenda, Moment, Record, Stamp, Workshop, WriterId};
use serde_json::Value;

use crate::command::{Home, words};
use crate::desk::Desk;

const TO: [&str; 6] = ["add", "room", "--group", "group-1", "--topic", "capacity"];

/// "Kestrel Marine", "TK" and "Ana Reis" used to be exported without a question.
#[test]
fn what_no_list_knows_is_held_until_somebody_decides() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    for text in [
        "Kestrel Marine offered two ships",
        "TK to redraft with Ana Reis",
        "The Working Group on Capacity Building meets in March, with SOPs and a MoU",
    ] {
        home.lines(&[&TO[..], &[text]].concat(), b"");
    }
    let held = home.run(&["export", "room", "--out", "out"], b"");
    let said = words(&held);
    assert_eq!(held.status.code(), Some(1), "{said}");
    assert!(said.contains("3 names to decide on (2 certain, 1 possible)"), "{said}");
    assert!(said.contains("certain, a name that no list knows: “Kestrel Marine” in"), "{said}");
    assert!(said.contains("possible, a name that no list knows: “Ana Reis” in"), "{said}");
    let lines = home.lines(&["names", "room", "--json"], b"");
    let rows: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let open: Vec<&Value> = rows.iter().filter(|row| row["decided"].is_null()).collect();
    let found: Vec<&str> = open.iter().map(|row| row["found"].as_str().unwrap()).collect();
    assert_eq!(found, ["Kestrel Marine", "TK", "Ana Reis"]);
    for row in &open {
        assert_eq!(row["names"], "a name that no list knows");
        // One that speaks is certain, and has a wording.
        let certain = row["found"] != "Ana Reis";
        assert_eq!(row["grade"], if certain { "certain" } else { "possible" });
        assert_eq!(row.get("wording").is_some(), certain, "{row}");
    }
    home.lines(&["export", "room", "--out", "out", "--waive", "the host asked for it"], b"");
    let file = home.path().join("out/asean-declaration.feedback.json");
    let feedback: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    assert_eq!(feedback["audit"]["undecided"]["possible"], 1);
    assert_eq!(feedback["audit"]["undecided"]["certain"], 2);
    let mut decided = String::new();
    for row in open {
        let mut row = row.clone();
        row["decided"] = "subject".into();
        decided += &format!("{row}\n");
    }
    fs::write(home.path().join("decided.jsonl"), decided).unwrap();
    home.lines(&["names", "room", "--take", "decided.jsonl"], b"");
    home.lines(&["export", "room", "--out", "again"], b"");
}

#[test]
fn words_of_the_agenda_and_of_the_draft_text_are_known() {
    let agenda = Agenda { title: "The Bandung seminar".to_owned(), ..Agenda::default() };
    let mut workshop = Workshop::new(&agenda);
    let found = |workshop: &Workshop| {
        let text = "from Bandung, for the Kestrel plan";
        let hits = workshop.names().check(text).into_iter().filter(|it| it.what == What::Unknown);
        hits.map(|hit| text[hit.range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(&workshop), ["Kestrel"]);
    let text = draft_text::read("draft.md", b"1. Welcomes the Kestrel initiative.\n").unwrap().text;
    let changes = workshop.take_in_text(text).into_iter().collect();
    let stamp = Stamp { time: 2, writer: WriterId::of(b"w") };
    let record = Record { stamp, at: Moment(0), changes };
    assert!(record.concerns_names());
    workshop.apply(record);
    assert_eq!(found(&workshop), [""; 0]);
}

#[test]
fn nothing_is_marked_while_one_types() {
    let mut desk = Desk::capture((80, 24));
    let calm = desk.text();
    desk.keys("ships of Kestrel Marine");
    assert_eq!(desk.app.core.attributions.in_line(), None, "{calm}");
    // One that speaks is certain, and marked as all certain names are.
    desk.keys("<ctrl-u>Kestrel Marine offered ships");
    assert!(desk.app.core.attributions.in_line().is_some(), "{calm}");
}

fn listed() -> Names {
    Names::of(&ListedNames {
        delegations: vec!["Fiji", "Norway", "Indonesia", "Lao PDR", "Cambodia", "Thailand"],
        agencies: vec![
            ("World Food Programme", "WFP"),
            ("International Organization for Migration", "IOM"),
        ],
        ..ListedNames::default()
    })
}

fn found<'t>(names: &Names, text: &'t str) -> Vec<&'t str> {
    names.check(text).into_iter().map(|hit| &text[hit.range]).collect()
}

/// Each used to pass unseen: "pew" and "top glove" are words of the lists.
#[test]
fn ordinary_words_are_names_where_they_speak() {
    let names = listed();
    for (text, name) in [
        ("Pew urged all to wait a year", "Pew"),
        ("Only Top Glove has paid workers back", "Top Glove"),
        ("Water Aid said latrines come first", "Water Aid"),
        ("Orange offered SIM cards", "Orange"),
        ("in the view of Best Aid, no", "Best Aid"),
    ] {
        assert_eq!(found(&names, text), [name], "{text}");
    }
    for text in [
        "Youth asked for a seat, and Industry objected to the fee",
        "Experience showed that drills work. Management asked why",
        "The Annex says nothing on pay; the Chair asked for patience",
        "The Working Group on Finance asked for more time",
        "Standard Operating Procedures should be reviewed",
        "Local Government asked for funds. Early Warning would help",
        "Para 6 should quote the Global Compact word for word",
        "Training helps. Monsoon came early. Rule 4 said nothing",
        "Early Warning: no sirens. Quick Wins: a list. Way Forward: none yet",
    ] {
        assert_eq!(found(&names, text), [""; 0], "{text}");
    }
}

/// Names in small letters used to need a colon or a verb after them.
#[test]
fn letters_that_are_no_word_are_names_without_a_capital() {
    let names = listed();
    for (text, all) in [
        ("wfp = triggers first", &["wfp"][..]),
        ("ask wfp and iom first", &["wfp", "iom"]),
        ("ddpm guy says it went fine", &["ddpm"]),
        ("bnpb: no", &["bnpb"]),
        ("fj / nor side deal on para 5", &["fj", "nor"]),
        ("not what idn wanted", &["idn"]),
        ("indo - no objection", &["indo"]),
        ("สมศักดิ์ asked to have the annex deleted", &["สมศักดิ์"]),
    ] {
        assert_eq!(found(&names, text), all, "{text}");
    }
    for text in [
        "yes/no questions only",
        "and/or in para 3",
        "mgmt: ok",
        "ok - next",
        "neither here nor there",
        "the word \"ลูกเรือ\" covers all on board",
    ] {
        assert_eq!(found(&names, text), [""; 0], "{text}");
    }
}

/// Each used to pass unseen, or with a part of the name left in its wording.
#[test]
fn companies_and_short_forms_are_found_in_scripts_without_spaces() {
    let names = listed();
    for (text, name) in [
        ("គ.ជ.គ.ម ចង់ឱ្យពន្យារពេល", "គ.ជ.គ.ម"),
        ("ป.ป.ช. ขอเวลาอีกสองสัปดาห์", "ป.ป.ช."),
        ("តាមលោក វណ្ណា ប្រាក់គួរផ្ទេរតាមទូរសព្ទ", "វណ្ណា"),
        ("ບໍລິສັດ ສະຫວັນໄຊ ຈັດຫາງານ ຮັບວ່າແທ້", "ສະຫວັນໄຊ"),
        ("CP ကုမ္ပဏီက ဇယားထုတ်ပြတယ်", "CP"),
        ("บริษัท CP แจ้งว่าไม่มีปัญหา", "CP"),
        ("လဝကက မွေးစာရင်း လုပ်ပေးနေတယ်", "လဝက"),
        ("လုံခြုံရေးကိစ္စ ကိုစိုးမင်းက ထည့်ပြောသွားတယ်", "ကိုစိုးမင်း"),
        ("ທ່ານໝໍ ບຸນມີ ແກ້ວໃສ (ຫ້ອງ 2) ສະເໜີໃຫ້ຊ້ອມແຜນ", "ທ່ານໝໍ ບຸນມີ ແກ້ວໃສ"),
    ] {
        assert_eq!(found(&names, text), [name], "{text}");
    }
    for text in [
        "พ.ร.บ. ฉบับนี้เก่าแล้ว",
        "ល.រ ៤ នៃឆ្នាំ ២០២០",
        "บริษัท และ แรงงาน ต้องลงนามทั้งคู่",
        "ບໍລິສັດ ຕ້ອງ ຈ່າຍຄ່າເດີນທາງ",
        "ပထမက မေးခွန်းနှစ်ခု ရှိသည်",
    ] {
        assert_eq!(found(&names, text), [""; 0], "{text}");
    }
}
