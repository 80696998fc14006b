//! What the plan still has to come is said calmly wherever gaps are, and a file without it is no whole
//! one.

use std::fs;

use serde_json::Value;

use crate::command::{Home, words};
use crate::gaps::everything;

const AGENDA: &str = r#"(
    title: "Harbour talks", id: "harbour-talks", time_zone: "UTC",
    topics: [(id: "roads", title: "Roads")],
    groups: [(title: "Group 1"), (title: "Group 2"), (title: "Group 3")],
    days: [
        (date: "2095-05-27", sessions: [(id: "one", title: "First round", kind: group_discussion,
            start: "9:00", minutes: 60, round: 1, topics: ["roads"])]),
        (date: "2095-05-28", sessions: [(id: "two", title: "Second round", kind: group_discussion,
            start: "9:00", minutes: 60, round: 2, topics: ["roads"])]),
    ],
)"#;

fn room() -> Home {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home
}

fn say(home: &Home, group: &str, rest: &[&str]) {
    home.lines(&[&["add", "room", "-g", group, "-t", "roads"], rest, &["A word"]].concat(), b"");
}

fn json(home: &Home) -> Value {
    let out = tempfile::tempdir_in(home.path()).unwrap();
    let out = out.path().to_str().unwrap();
    let file = home.lines(&["export", "room", "-f", "json", "-o", out], b"").remove(0);
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// Used to be: named by the receipt alone, and only where nothing else was missing.
#[test]
fn at_a_rehearsal_a_silent_round_and_a_silent_group_are_said_everywhere() {
    let home = room();
    let nothing = words(&home.run(&["list", "room"], b""));
    assert!(!nothing.contains("yet"), "nobody spoke anywhere: {nothing}");
    say(&home, "group-1", &[]);
    say(&home, "group-2", &[]);
    let round = "No points yet from “Second round”.";
    let group = "Nothing from Group 3 yet.";
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(round) && text.contains(group), "{name}: {text}");
        assert!(!text.contains("“First round”, "), "{name}: {text}");
    }
    // It is a draft, and nothing is lost.
    let feedback = json(&home);
    let draft = feedback["draft"].to_string();
    assert!(draft.contains(group) && draft.contains("Second round"), "{draft}");
    assert!(feedback.get("missing").is_none(), "{feedback}");
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    // The third group and the second round speak.
    say(&home, "group-3", &[]);
    for group in ["group-1", "group-2", "group-3"] {
        say(&home, group, &["--session", "two"]);
    }
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("Nobody has spoken") && !text.contains("Nothing from"), "{name}");
    }
}

/// Used to be: nothing of the second round where the third group was missed in the first.
#[test]
fn a_round_to_come_is_said_beside_what_is_missing() {
    let home = room();
    say(&home, "group-1", &["--session", "one"]);
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let file = "hand-outs/harbour-talks.group-2.hand-out.bundle";
    let round = "No points yet from “Second round”.";
    let missing = "nothing on Roads from Groups 2 and 3 in “First round”.";
    let receipt = home.lines(&["merge", "room", file], b"").join(" ");
    assert!(receipt.contains(round) && receipt.contains(missing), "{receipt}");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(round) && text.contains(missing), "{name}: {text}");
    }
    // What the plan misses makes a file DRAFT, and `check` fails.
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
    // On a group's laptop too. Used to be: its exports and screens named the other groups, and `check` and `list` hid
    // them.
    home.lines(&["merge", "./group-2", file], b"");
    home.lines(
        &["add", "group-2", "-g", "group-2", "-t", "roads", "--session", "one", "Ours"],
        b"",
    );
    let missing = "nothing on Roads from Group 3 in “First round”.";
    home.lines(&["merge", "group-2", "room"], b"");
    for (name, text) in everything(&home, "group-2") {
        assert!(text.contains(round) && text.contains(missing), "{name}: {text}");
    }
    assert_eq!(home.run(&["check", "group-2"], b"").status.code(), Some(1));
}

/// What was to come where a file was made is repeated where it is read, and is not missing there.
#[test]
fn what_was_to_come_in_a_file_is_not_missing_where_it_is_imported() {
    let home = room();
    say(&home, "group-1", &[]);
    let out = home.lines(&["export", "room", "-f", "json", "-o", "out"], b"").remove(0);
    home.lines(&["import", "./read", &out], b"");
    let said = words(&home.run(&["list", "read"], b""));
    let to_come = "Nothing from Groups 2 and 3 yet.";
    assert_eq!(said.matches(to_come).count(), 1, "{said}");
    assert_eq!(home.run(&["check", "read"], b"").status.code(), Some(0));
    // Used to be: the same once the group had spoken there.
    home.lines(&["import", "./later", &out], b"");
    home.lines(&["add", "later", "-g", "group-2", "-t", "roads", "Ours"], b"");
    let said = words(&home.run(&["list", "later"], b""));
    assert_eq!(said.matches("Nothing from ").count(), 1, "{said}");
    assert!(said.contains("Nothing from Group 3 yet."), "{said}");
    let again = home.lines(&["export", "read", "-f", "json", "-o", "again"], b"").remove(0);
    home.lines(&["import", "./third", &again], b"");
    let said = words(&home.run(&["list", "third"], b""));
    assert_eq!(said.matches(to_come).count(), 1, "{said}");
}
