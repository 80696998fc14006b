//! Nothing is handed over that tells who spoke.

use std::fs;

use serde_json::Value;

use crate::command::{Home, words};
use crate::durability::everything;

const TO: [&str; 6] = ["add", "room", "--group", "group-1", "--topic", "capacity"];

fn room() -> Home {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home
}

fn add(home: &Home, text: &str) {
    home.lines(&[&TO[..], &[text]].concat(), b"");
}

#[test]
fn what_tells_who_spoke_is_held_up_until_it_may_stay_for_a_reason() {
    let home = room();
    add(&home, "Malaysia said that patrols must be joint");
    add(&home, "Irregular travel to Malaysia has grown");
    let held = home.run(&["export", "room", "--out", "out"], b"");
    assert_eq!(held.status.code(), Some(1));
    let said = words(&held);
    assert!(said.contains("“Malaysia” in “Malaysia said that"), "{said}");
    assert!(said.contains("One delegation said that patrols must be joint"), "{said}");
    assert!(said.contains("1 name would tell who spoke") && !said.contains("travel"), "{said}");
    assert!(!home.path().join("out").exists() && held.stdout.is_empty());
    let empty = home.run(&["export", "room", "--out", "out", "--waive", " "], b"");
    assert_eq!(empty.status.code(), Some(1));
    assert!(words(&empty).contains("--waive needs a reason"), "{}", words(&empty));
    let waive = ["export", "room", "--out", "out", "--waive", "the host asked to be named"];
    home.lines(&waive, b"");
    let file = home.path().join("out/asean-declaration.feedback.json");
    let feedback: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(feedback["audit"]["checked"], true);
    assert_eq!(feedback["audit"]["waived"][0]["found"], "Malaysia");
    assert_eq!(feedback["audit"]["waived"][0]["reason"], "the host asked to be named");
    let about = fs::read(home.path().join("out/asean-declaration.feedback.about.csv")).unwrap();
    let about = String::from_utf8(about).unwrap();
    assert!(about.contains("“Malaysia”,the host asked to be named"), "{about}");
    assert!(about.contains("Words looked through for names,yes"), "{about}");
    // The waiver is kept with the workshop, and asked for once.
    home.lines(&["export", "room", "--out", "again"], b"");
    assert_eq!(
        fs::read(home.path().join("again/asean-declaration.feedback.json")).unwrap(),
        fs::read(file).unwrap()
    );
}

#[test]
fn what_a_proposal_puts_into_the_text_is_looked_through_and_the_text_is_not() {
    let home = room();
    let text = "DO HEREBY AGREE:\n\n1. To meet in Malaysia, as Thailand said, every year.\n";
    fs::write(home.path().join("draft.md"), text).unwrap();
    home.lines(&["text", "room", "draft.md"], b"");
    let propose = |wording: &str| {
        let more = ["--paragraph", "OP1", "--wording", wording, "Other words."];
        home.lines(&[&TO[..], &more].concat(), b"");
    };
    propose("To meet in Malaysia, as Thailand said, every second year.");
    home.lines(&["export", "room", "--out", "free"], b"");
    propose("To meet in Malaysia, as Thailand said, every year. Singapore said so too.");
    let held = home.run(&["export", "room", "--out", "out"], b"");
    let said = words(&held);
    assert_eq!(held.status.code(), Some(1), "{said}");
    assert!(said.contains("1 name would tell who spoke") && said.contains("“Singapore”"), "{said}");
    home.lines(
        &["export", "room", "--out", "out", "--waive", "it is in the text of last year"],
        b"",
    );
}

#[test]
fn no_file_holds_a_participants_name_wherever_it_comes_from() {
    let home = Home::new();
    let agenda = r#"(
        title: "Budget day",
        time_zone: "Asia/Bangkok",
        participants: ["Siti Nurhaliza"],
        topics: [(id: "roads", title: "Roads")],
        groups: [(id: "group-1", title: "The table of siti nurhaliza")],
        days: [(date: "2025-05-27", sessions: [(title: "Opening", start: "9:00")])],
    )"#;
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["add", "room", "-g", "group-1", "-t", "roads", "Repair the bridges"], b"");
    let held = home.run(&["export", "room", "--out", "out", "--format", "csv"], b"");
    assert_eq!(held.status.code(), Some(1));
    let why = "would hold the name “siti nurhaliza”, which is a participant's (“Siti Nurhaliza”)";
    assert!(words(&held).contains(why), "{}", words(&held));
    assert_eq!(fs::read_dir(home.path().join("out")).unwrap().count(), 0, "nothing is left behind");
    // The search compared the listed spelling, and these went out with "none stands in it".
    for (nth, title) in [
        "The table of Nurhaliza, Siti",
        "The table of Sití Nurhaliza",
        "The table of Ｓｉｔｉ Ｎｕｒｈａｌｉｚａ",
        "The table of S. Nurhaliza",
        "Puan Nurhaliza's table",
        "The table of Siti\u{a0}Nurhaliza",
    ]
    .into_iter()
    .enumerate()
    {
        let agenda = agenda.replace("The table of siti nurhaliza", title);
        let (file, at) = (format!("agenda{nth}.ron"), format!("room{nth}"));
        fs::write(home.path().join(&file), agenda).unwrap();
        home.lines(&["new", &file, "--at", &at], b"");
        home.lines(&["add", &at, "-g", "group-1", "-t", "roads", "Repair the bridges"], b"");
        let held = home.run(&["export", &at, "--out", "out"], b"");
        assert_eq!(held.status.code(), Some(1), "{title}: {}", words(&held));
        assert_eq!(fs::read_dir(home.path().join("out")).unwrap().count(), 0, "{title}");
    }
    // Once no name is left, the files say what they were searched for.
    let agenda = agenda.replace("The table of siti nurhaliza", "Group 1");
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "mended"], b"");
    home.lines(&["add", "mended", "-g", "group-1", "-t", "roads", "Repair the bridges"], b"");
    home.lines(&["export", "mended", "--out", "out", "--format", "md,about.csv,html,json"], b"");
    let mut files = everything(&home.path().join("out"));
    let json = files.remove(&home.path().join("out/budget-day.feedback.json")).unwrap();
    let audit = &serde_json::from_slice::<Value>(&json).unwrap()["audit"];
    assert_eq!(audit["searched"], 1);
    assert_eq!(audit["scan"]["delegations"], 0);
    let folded = ["case", "accents", "width", "look_alikes", "order", "initials", "parts"];
    assert_eq!(audit["scan"]["folded"], serde_json::json!(folded));
    assert_eq!(files.len(), 3);
    for (name, text) in files {
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.contains("searched for the names of 1 participant"),
            "{}: {text}",
            name.display()
        );
        assert!(
            text.contains("It holds none but those that may stay"),
            "{}: {text}",
            name.display()
        );
    }
}

#[test]
fn a_reason_that_names_somebody_else_is_refused() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(
        &["add", "room", "-g", "group-1", "-t", "capacity", "Australia keeps a reservation"],
        b"",
    );
    let export = |why: &str| home.run(&["export", "room", "--out", "out", "--waive", why], b"");
    let held = export("The Thai delegate agreed to it");
    assert_eq!(held.status.code(), Some(1), "{}", words(&held));
    assert!(words(&held).contains("would tell who spoke: “Thai"), "{}", words(&held));
    assert!(!home.path().join("out").exists());
    let done = export("Australia said so to the press");
    assert_eq!(done.status.code(), Some(0), "{}", words(&done));
}
