//! What a newer version of the program made is said by every output, until this one understands it.

use std::fs;

use rapporteur::workshop::WriterId;
use serde_json::json;

use crate::command::{Home, words};
use crate::gaps::{everything, meeting};
use crate::laptops::{forge, jsons};

/// Used to be: `check` said nothing of it in a bundle, and exited with 0 for the workshop.
#[test]
fn changes_of_a_newer_kind_are_said_by_every_output() {
    let home = Home::new();
    meeting(&home);
    let file = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    let model = fs::read(home.path().join(&file)).unwrap();
    let mut lines = jsons(&model).split_off(1);
    let stamp = format!("50@{}", WriterId::new(77));
    let newer = json!({"stamp": stamp, "at": 5, "changes": [{"floor_given": {"to": 3}}], "by": 1});
    lines.push(newer.to_string().into_bytes());
    let header = json!({"format": 7, "program": "99.0.0", "invented": {"later": true}});
    fs::write(home.path().join("newer.bundle"), forge(&model, &lines, &header)).unwrap();
    let checked = home.run(&["check", "newer.bundle"], b"");
    let said = words(&checked);
    assert!(said.contains("1 change was made by a newer version of the program"), "{said}");
    assert_eq!(checked.status.code(), Some(1));
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    let receipt = home.lines(&["merge", "room", "newer.bundle", "--json"], b"").remove(0);
    assert!(receipt.contains("1 change from a newer version of the program"), "{receipt}");
    assert!(receipt.contains("runs a newer version of the program: 99.0.0"), "{receipt}");
    for (name, text) in everything(&home, "room") {
        let is_said = text.contains("1 change was made by a newer version of the program");
        assert!(is_said, "{name}: {text}");
    }
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
    // It is passed on, and said there.
    let passed = home.lines(&["bundle", "room", "--all", "-o", "on"], b"").remove(0);
    home.lines(&["merge", "./third", &passed], b"");
    let listed = words(&home.run(&["list", "third"], b""));
    assert!(listed.contains("1 change was made by a newer version of the program"), "{listed}");
}

#[test]
fn a_bundle_of_a_newer_format_is_missed_by_every_output() {
    let home = Home::new();
    meeting(&home);
    let file = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    let model = fs::read(home.path().join(&file)).unwrap();
    let lines = jsons(&model).split_off(1);
    let newer = forge(&model, &lines, &json!({"reader": 2, "format": 2}));
    fs::write(home.path().join(&file), newer).unwrap();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    let merged = home.run(&["merge", "room", &file], b"");
    assert_eq!(merged.status.code(), Some(1));
    for (name, text) in everything(&home, "room") {
        let said = "its file was not taken in: it was made by a newer version of the program.";
        assert!(text.contains(said), "{name}: {text}");
    }
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
}

/// Used to be: what a newer program added to a change that is known here was read over in silence.
#[test]
fn a_known_change_with_more_in_it_is_shown_kept_and_said_by_every_output() {
    let home = Home::new();
    meeting(&home);
    let file = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    let model = fs::read(home.path().join(&file)).unwrap();
    let mut lines = jsons(&model).split_off(1);
    let at =
        lines.iter().position(|line| line.windows(15).any(|it| it == b"\"Train trainers")).unwrap();
    let line = String::from_utf8(lines[at].clone()).unwrap();
    let more = line.replacen("\"Train trainers\"", "\"Train trainers\", \"weight\":[2.50]", 1);
    lines[at] = more.clone().into_bytes();
    fs::write(home.path().join("newer.bundle"), forge(&model, &lines, &json!({"tone": 4})))
        .unwrap();
    let checked = home.run(&["check", "newer.bundle"], b"");
    assert_eq!(checked.status.code(), Some(1));
    let said = words(&checked);
    assert!(said.contains("1 change was made by a newer version of the program"), "{said}");
    assert!(said.contains("its first line says something that only a newer version"), "{said}");
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    let receipt = home.lines(&["merge", "room", "newer.bundle", "--json"], b"").remove(0);
    assert!(receipt.contains("its first line says something"), "{receipt}");
    for (name, text) in everything(&home, "room") {
        let is_said =
            text.contains("1 change was made by a newer version of the program; it is not");
        assert!(is_said, "{name}: {text}");
    }
    assert_eq!(home.lines(&["list", "room", "--json"], b"").len(), 3);
    // It is passed on as it came.
    let passed = home.lines(&["bundle", "room", "--all", "-o", "on"], b"").remove(0);
    let passed = fs::read_to_string(home.path().join(passed)).unwrap();
    assert!(passed.contains(&more), "{passed}");
}

/// The sentence used to name neither, so that nobody knew whose points were meant.
#[test]
fn the_laptop_and_the_group_of_newer_changes_are_named_by_every_output() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let hand_out = "hand-outs/asean-declaration.group-2.hand-out.bundle";
    home.lines(&["merge", "./group-2", hand_out], b"");
    for words in ["A word", "Another"] {
        home.lines(&["add", "group-2", "-g", "group-2", "-t", "capacity", words], b"");
    }
    let file = home.lines(&["bundle", "group-2", "-o", "stick"], b"").remove(0);
    let laptop = file.rsplit('.').nth(1).unwrap()[..4].to_owned();
    let model = fs::read(home.path().join(&file)).unwrap();
    let mut lines = jsons(&model).split_off(1);
    let at = lines.iter().position(|line| line.windows(6).any(|it| it == b"A word")).unwrap();
    let line = String::from_utf8(lines[at].clone()).unwrap();
    lines[at] = line.replacen("\"A word\"", "\"A word\",\"weight\":2", 1).into_bytes();
    fs::write(home.path().join(&file), forge(&model, &lines, &json!({}))).unwrap();
    home.run(&["merge", "room", &file], b"");
    let said = format!(
        "Group 2, laptop {laptop}: 1 change was made by a newer version of the program; it is not shown, or only in part."
    );
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(&said), "{name}: {text}");
    }
    // Where it came another way, the points show the group.
    home.lines(&["new", "asean-declaration", "--at", "other"], b"");
    let passed = home.lines(&["bundle", "room", "--all", "-o", "on"], b"").remove(0);
    home.run(&["merge", "other", &passed], b"");
    for (name, text) in everything(&home, "other") {
        assert!(text.contains("Group 2, laptop ") && text.contains(&said[23..]), "{name}: {text}");
    }
}

/// Such fields used to be read over in silence, and were gone when the file was written again.
#[test]
fn what_a_newer_version_added_to_the_description_is_kept_and_said() {
    let home = Home::new();
    meeting(&home);
    let file = home.path().join("meeting/workshop.json");
    let whole = fs::read_to_string(&file).unwrap();
    let newer = whole.replacen("\"workshop\":", "\"tone\":{\"to\":[2]},\"workshop\":", 1);
    fs::write(&file, &newer).unwrap();
    let said =
        "workshop.json: it says something that only a newer version of this program understands";
    let checked = home.run(&["check", "meeting"], b"");
    assert!(words(&checked).contains(said), "{}", words(&checked));
    // It makes no file a draft, so nothing is missing.
    assert!(checked.status.success(), "{}", words(&checked));
    let listed = home.run(&["list", "meeting"], b"");
    assert!(listed.status.success() && words(&listed).contains(said), "{}", words(&listed));
    // A repair leaves it as it is.
    home.run(&["check", "--repair", "meeting"], b"");
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    // It outlives one wrong letter in what is known.
    let id: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let id = id["workshop"].as_str().unwrap();
    let wrong = format!("{}{}", &id[..11], if id.ends_with('0') { '1' } else { '0' });
    for garbled in [newer.replace(id, &wrong), newer.replace("\"rapporteur workshop\"", "7")] {
        fs::write(&file, garbled).unwrap();
        home.run(&["check", "--repair", "meeting"], b"");
        let again: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(&newer).unwrap());
        assert!(words(&home.run(&["check", "meeting"], b"")).contains(said));
    }
    fs::write(&file, whole).unwrap();
    assert!(!words(&home.run(&["check", "meeting"], b"")).contains(said));
}

/// It used to be read as if this version had made it, and what it may have needed was passed over in silence.
#[test]
fn a_workshop_of_a_higher_format_is_refused_and_left_as_it_is() {
    let home = Home::new();
    meeting(&home);
    let file = home.path().join("meeting/workshop.json");
    let whole = fs::read_to_string(&file).unwrap();
    for format in [2, 4, 7, 10, 17, 4_000_000_000_u32] {
        let newer = whole.replacen("\"format\":1", &format!("\"format\":{format}"), 1);
        fs::write(&file, &newer).unwrap();
        for verb in
            [&["list", "meeting"][..], &["check", "meeting"], &["check", "--repair", "meeting"]]
        {
            let output = home.run(verb, b"");
            let said = words(&output);
            let newer = format!("was made by a newer version of this program (format {format}).");
            assert!(said.contains(&newer), "{verb:?}: {said}");
            assert!(said.contains("Nothing was changed. Install the newer version to open it."));
            assert_eq!(output.status.code(), Some(1), "{verb:?}");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    }
    // One wrong bit is damage, and is said.
    for format in [0, 3, 9] {
        let garbled = whole.replacen("\"format\":1", &format!("\"format\":{format}"), 1);
        fs::write(&file, garbled).unwrap();
        let listed = words(&home.run(&["list", "meeting"], b""));
        assert!(listed.contains("workshop.json: missing or damaged"), "{listed}");
        home.run(&["check", "--repair", "meeting"], b"");
        assert_eq!(fs::read_to_string(&file).unwrap(), whole);
    }
    // Unless there is more that only a newer version understands.
    let newer = whole.replacen("\"format\":1", "\"format\":3,\"tone\":1", 1);
    fs::write(&file, newer).unwrap();
    assert!(words(&home.run(&["list", "meeting"], b"")).contains("newer version of this program"));
}
