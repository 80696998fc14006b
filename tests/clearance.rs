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

fn names(home: &Home) -> Vec<Value> {
    let lines = home.lines(&["names", "room", "--json"], b"");
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_reveals_who_spoke_is_held_up_or_passes_once_for_a_reason() {
    let home = room();
    add(&home, "Malaysia said that patrols must be joint");
    add(&home, "Irregular travel to Malaysia has grown");
    let held = home.run(&["export", "room", "--out", "out"], b"");
    assert_eq!(held.status.code(), Some(1));
    let said = words(&held);
    assert!(said.contains("“Malaysia” in “Malaysia said that"), "{said}");
    assert!(said.contains("One delegation said that patrols must be joint"), "{said}");
    // What is only spoken of is held too, and graded lower.
    assert!(said.contains("2 names to decide on (1 certain, 1 subject)"), "{said}");
    assert!(said.contains("wording, subject: “Malaysia” in “Irregular travel"), "{said}");
    assert!(!home.path().join("out").exists() && held.stdout.is_empty());
    let empty = home.run(&["export", "room", "--out", "out", "--waive", " "], b"");
    assert_eq!(empty.status.code(), Some(1));
    assert!(words(&empty).contains("--waive needs a reason"), "{}", words(&empty));
    let waive = ["export", "room", "--out", "out", "--waive", "the host asked to be named"];
    home.lines(&waive, b"");
    let file = home.path().join("out/asean-declaration.feedback.json");
    let feedback: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(feedback["audit"]["checked"], true);
    let undecided = &feedback["audit"]["undecided"];
    assert_eq!((&undecided["mentions"], &undecided["certain"]), (&2.into(), &1.into()));
    assert_eq!((&undecided["possible"], &undecided["subject"]), (&0.into(), &1.into()));
    assert_eq!(feedback["audit"]["undecided"]["reason"], "the host asked to be named");
    let about = fs::read(home.path().join("out/asean-declaration.feedback.about.csv")).unwrap();
    let about = String::from_utf8(about).unwrap();
    assert!(about.contains("Names nobody decided on,2"), "{about}");
    assert!(about.contains("the host asked to be named"), "{about}");
    // It was for this once: nothing is kept.
    let again = home.run(&["export", "room", "--out", "again"], b"");
    assert_eq!(again.status.code(), Some(1));
}

#[test]
fn decisions_are_taken_from_lines_and_refused_once_the_words_have_changed() {
    let home = room();
    add(&home, "60 % of cases were, said Malaysia, reported there");
    let listed = names(&home);
    let open: Vec<&Value> = listed.iter().filter(|line| line["decided"].is_null()).collect();
    assert_eq!(open.len(), 1, "{listed:?}");
    let mut line = open[0].clone();
    assert_eq!(line["of"]["kind"], "point");
    assert_eq!((&line["part"], &line["found"]), (&"wording".into(), &"Malaysia".into()));
    assert_eq!(line["at"], serde_json::json!([25, 33]));
    let take = |line: &Value| {
        fs::write(home.path().join("decided.jsonl"), line.to_string()).unwrap();
        home.run(&["names", "room", "--take", "decided.jsonl"], b"")
    };
    // Used to be: not a word.
    let left = words(&take(&line));
    assert!(left.contains("1 name is left as before: `decided` is null"), "{left}");
    line["decided"] = "public".into();
    let refused = take(&line);
    assert!(words(&refused).contains("line 1: “public” needs a reason"), "{}", words(&refused));
    line["reason"] = "published last year".into();
    assert!(take(&line).status.success());
    home.lines(&["export", "room", "--out", "out"], b"");
    let text = fs::read_to_string(home.path().join("out/asean-declaration.feedback.md")).unwrap();
    assert!(text.contains("| Malaysia | published last year |"), "{text}");
    // The same decision on other words is no decision.
    let mut other = line.clone();
    other["digest"] = "0123456789abcdef".into();
    let refused = take(&other);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        words(&refused).contains("line 1: there is no longer a name at this place"),
        "{}",
        words(&refused)
    );
    for (wrong, why) in
        [("maybe", "there is no decision “maybe”"), ("wording", "needs the new words")]
    {
        let mut line = line.clone();
        line["decided"] = wrong.into();
        line["wording"] = "".into();
        let refused = take(&line);
        assert!(words(&refused).contains(why), "{}", words(&refused));
    }
    line["decided"] = "wording".into();
    line["wording"] = "60 % of cases were reported in one state".into();
    assert!(take(&line).status.success());
    assert!(names(&home).iter().all(|line| line["of"]["kind"] != "point"));
}

#[test]
fn offered_wordings_are_taken_over_until_none_is_left() {
    let home = room();
    add(&home, "Malaysia said that Thailand and Singapore noted a gap");
    add(&home, "As Indonesia proposed, boats; as Brunei added, radios");
    let said = home.run(&["names", "room", "--accept-wordings"], b"");
    assert!(said.status.success() && said.stdout.is_empty(), "{}", words(&said));
    home.lines(&["export", "room", "--out", "out"], b"");
    let text = fs::read_to_string(home.path().join("out/asean-declaration.feedback.md")).unwrap();
    // The word "that" used to go with the names.
    assert!(text.contains("One delegation said that some delegations noted a gap"), "{text}");
}

#[test]
fn what_a_proposal_puts_into_the_text_is_looked_through_and_the_text_is_accepted() {
    let home = room();
    let text = "DO HEREBY AGREE:\n\n1. To meet in Malaysia, as Thailand said, every year.\n";
    fs::write(home.path().join("draft.md"), text).unwrap();
    home.lines(&["text", "room", "draft.md"], b"");
    let held = home.run(&["export", "room", "--out", "out"], b"");
    assert!(words(&held).contains("draft text"), "{}", words(&held));
    home.lines(&["names", "room", "--accept-agenda"], b"");
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
    assert!(
        said.contains("1 name to decide on (1 certain)") && said.contains("“Singapore”"),
        "{said}"
    );
    home.lines(
        &["export", "room", "--out", "out", "--waive", "it is in the text of last year"],
        b"",
    );
}

#[test]
fn a_proposal_that_says_something_else_of_a_name_in_the_text_is_looked_through() {
    // Words that stayed were not looked at, and these went out: "no name found".
    for (text, wording, found) in [
        ("Malaysia shall lead the work.", "Malaysia said that it was too strong.", "Malaysia"),
        ("Malaysia and Thailand shall act.", "Malaysia and Thailand were against it.", "Thailand"),
        ("Malaysia shall lead.", "Malaysia objects. Malaysia shall lead.", "Malaysia"),
        (
            "Malaysia, Thailand and Laos agree to it.",
            "Malaysia, Thailand and Laos object.",
            "Malaysia",
        ),
        ("The Viet or Nam rule.", "The Viet Nam rule.", "Viet Nam"),
    ] {
        let home = room();
        fs::write(home.path().join("draft.md"), format!("DO HEREBY AGREE:\n\n1. {text}\n"))
            .unwrap();
        home.lines(&["text", "room", "draft.md"], b"");
        home.lines(&["names", "room", "--accept-agenda"], b"");
        let more = ["--paragraph", "OP1", "--wording", wording, "Other words."];
        home.lines(&[&TO[..], &more].concat(), b"");
        let open = names(&home).into_iter().filter(|line| line["decided"].is_null());
        let open: Vec<Value> = open.collect();
        assert!(open.iter().any(|line| line["found"] == found), "{wording}: {open:?}");
        let held = home.run(&["export", "room", "--out", "out"], b"");
        assert_eq!(held.status.code(), Some(1), "{wording}");
        // What is offered leaves no name.
        home.lines(&["names", "room", "--accept-wordings"], b"");
        home.lines(&["export", "room", "--out", "out", "--waive", "it is an old text"], b"");
        let file = fs::read(home.path().join("out/asean-declaration.feedback.json")).unwrap();
        let feedback: Value = serde_json::from_slice(&file).unwrap();
        let redline = feedback["points"][0]["proposal"].to_string();
        assert!(
            !redline.contains("said that it") || !redline.contains("Malaysia said"),
            "{redline}"
        );
    }
}

#[test]
fn what_did_not_pass_the_gate_says_so() {
    let home = room();
    add(&home, "Boats are old");
    let rows = home.lines(&["list", "room", "--json"], b"");
    let row: Value = serde_json::from_str(&rows[0]).unwrap();
    assert_eq!(row["checked"], false);
    let id = row["id"].as_str().unwrap();
    for arguments in [
        &["list", "room"][..],
        &["comments", "room"],
        &["history", "room", id],
        &["bundle", "room", "--out", "out"],
        &["hand-out", "room", "--out", "out"],
    ] {
        let said = words(&home.run(arguments, b""));
        assert!(said.contains("Names were not checked"), "{arguments:?}: {said}");
    }
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
    assert!(
        words(&held).contains("group group-1, title, certain: “siti nurhaliza”"),
        "{}",
        words(&held)
    );
    assert!(!home.path().join("out").exists(), "nothing is left there");
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
        assert!(!home.path().join("out").exists(), "{title}");
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
            text.contains("None was found.") || text.contains("No other name was found."),
            "{}: {text}",
            name.display()
        );
    }
}

#[test]
fn a_name_after_a_sign_that_was_copied_out_of_a_program_is_held_and_passes_once_decided() {
    // `names` listed nothing, and the RON file was refused whatever one decided.
    let home = Home::new();
    let agenda = r#"(id: "room", title: "T", participants: ["Tan Mei", "Ayu Lestari"], days: [])"#;
    fs::write(home.path().join("room.ron"), agenda).unwrap();
    home.lines(&["new", "room.ron", "--at", "room"], b"");
    let add = ["add", "room", "--group", "plenary", "--topic", "general"];
    home.lines(
        &[&add[..], &[r"Patrols\nMei asked for more; see /files/by%20Lestari.docx"]].concat(),
        b"",
    );
    let listed = names(&home);
    let found: Vec<&str> = listed.iter().filter_map(|line| line["found"].as_str()).collect();
    assert_eq!(found, ["Mei", "Lestari"]);
    let held = home.run(&["export", "room", "--out", "out", "--format", "all"], b"");
    assert_eq!(held.status.code(), Some(1), "{}", words(&held));
    let waive = ["export", "room", "--out", "out", "--format", "all", "--waive", "they agreed"];
    home.lines(&waive, b"");
}

#[test]
fn a_feedback_file_with_a_name_for_a_time_zone_is_refused() {
    let home = Home::new();
    let file = include_str!("../exports/asean-declaration.feedback.json");
    let file = file.replacen("Asia/Kuala_Lumpur", "Tan Mei of Singapore", 1);
    fs::write(home.path().join("f.json"), file).unwrap();
    let refused = home.run(&["import", "room", "f.json"], b"");
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused).contains("There is no time zone “Tan Mei"), "{}", words(&refused));
}

#[test]
fn a_reason_that_names_somebody_is_refused() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(
        &["add", "room", "-g", "group-1", "-t", "capacity", "Australia keeps a reservation"],
        b"",
    );
    let export = |why: &str| home.run(&["export", "room", "--out", "out", "--waive", why], b"");
    let held = export("The Thai delegate agreed to it");
    assert_eq!(held.status.code(), Some(1), "{}", words(&held));
    assert!(words(&held).contains("The reason names “Thai”"), "{}", words(&held));
    assert!(!home.path().join("out").exists());
    let held = export("Australia said so to the press");
    assert!(words(&held).contains("The reason names “Australia”"), "{}", words(&held));
    let done = export("it was in the press");
    assert_eq!(done.status.code(), Some(0), "{}", words(&done));
}

#[test]
fn a_held_name_passes_for_no_reason_and_consent_has_to_be_recorded() {
    let home = room();
    add(&home, "Malaysia said so");
    let mut line = names(&home).into_iter().find(|line| line["of"]["kind"] == "point").unwrap();
    let take = |line: &Value| {
        fs::write(home.path().join("decided.jsonl"), line.to_string()).unwrap();
        home.run(&["names", "room", "--take", "decided.jsonl"], b"")
    };
    line["decided"] = "consent".into();
    let refused = take(&line);
    assert!(words(&refused).contains("no recorded consent covers"), "{}", words(&refused));
    line["decided"] = "public".into();
    line["reason"] = "Thailand said it may".into();
    let refused = take(&line);
    assert!(words(&refused).contains("the reason names “Thailand”"), "{}", words(&refused));
    line["decided"] = "held".into();
    line["reason"] = Value::Null;
    assert!(take(&line).status.success());
    line["decided"] = "subject".into();
    assert!(words(&take(&line)).contains("this name is held"));
    let held = home.run(&["export", "room", "--out", "out", "--waive", "it is a test"], b"");
    assert_eq!(held.status.code(), Some(1));
    let said = words(&held);
    assert!(said.contains("1 name to decide on (1 certain)"), "{said}");
    // It advised --waive, which was refused, and did not say that the name is held.
    assert!(said.contains("wording, certain, held: “Malaysia”"), "{said}");
    assert!(said.contains("cannot be waived") && !said.contains("--waive"), "{said}");
    let said = home.lines(&["names", "room"], b"").join("\n");
    assert!(said.contains("wording, certain, held: “Malaysia”"), "{said}");
}

/// Before, the list of participants was not asked where a workshop of the new kind was named.
#[test]
fn check_looks_for_participants_in_exported_files_and_forget_takes_what_was_kept() {
    let home = Home::new();
    let agenda = r#"(
        id: "tides", title: "Tides", participants: ["Tan Mei"],
        topics: [(id: "roads", title: "Roads")], groups: [(id: "g1", title: "Group 1")],
        days: [(date: "2025-05-27", sessions: [(title: "Opening", start: "9:00")])],
    )"#;
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["add", "room", "-g", "g1", "-t", "roads", "Repair them"], b"");
    fs::write(home.path().join("tides.feedback.md"), "Mei Tan spoke.").unwrap();
    let said = words(&home.run(&["check", "tides.feedback.md", "--workshop", "room"], b""));
    assert!(said.contains("Mei Tan"), "{said}");
    home.lines(&["export", "room", "--format", "md", "--out", "out"], b"");
    home.lines(&["add", "room", "-g", "g1", "-t", "roads", "Mark them"], b"");
    home.lines(&["export", "room", "--format", "md", "--out", "out"], b"");
    assert_eq!(fs::read_dir(home.path().join("out")).unwrap().count(), 2);
    let done = home.run(&["forget", "room", "--yes"], b"");
    assert!(done.status.success(), "{}", words(&done));
    assert!(!home.path().join("out").exists(), "what was kept goes too");
}
