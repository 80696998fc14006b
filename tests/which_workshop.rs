//! Which workshop a name means, whose laptop it is, and what does not go together.

use std::fs;
use std::path::Path;

use rapporteur::store::{Folder, Packing};
use rapporteur::workshop::{GroupId, Moment, shown};
use serde_json::Value;

use crate::command::{Home, words};
use crate::laptops::Laptop;

pub(crate) const AGENDA: &str = r#"(
    title: "Budget day",
    id: "budget",
    time_zone: "Asia/Bangkok",
    delegations: ["Malaysia"],
    topics: [(id: "roads", title: "Roads"), (id: "boats", title: "Boats")],
    groups: [(id: "group-1", title: "Group 1"), (id: "group-2", title: "Group 2")],
    days: [(date: "2025-05-27", sessions: [(title: "Discussion", kind: group_discussion)])],
)"#;

pub(crate) fn room() -> Home {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    home.lines(&["new", "agenda.ron"], b"");
    home
}

pub(crate) fn add(home: &Home, workshop: &str, group: &str, text: &str) {
    home.lines(&["add", workshop, "-g", group, "-t", "roads", text], b"");
}

pub(crate) fn texts(home: &Home, workshop: &str) -> Vec<String> {
    let row = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap();
        row["text"].as_str().unwrap().to_owned()
    };
    home.lines(&["list", workshop, "--json"], b"").iter().map(row).collect()
}

/// Runs what is to fail, and gives what it said in one line.
pub(crate) fn refused(home: &Home, arguments: &[&str]) -> String {
    let output = home.run(arguments, b"");
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", words(&output));
    plain(&format!("{}\n{}", String::from_utf8_lossy(&output.stdout), words(&output)))
}

pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_name_means_the_same_workshop_to_every_command() {
    let home = room();
    home.lines(&["new", "asean-declaration", "--at", "here"], b"");
    add(&home, "budget", "group-1", "in the data folder");
    home.lines(&["bundle", "budget", "--all", "--out", "back"], b"");
    // Something else of that name used to be in the way of the workshop that is meant.
    fs::create_dir(home.path().join("budget")).unwrap();
    fs::write(home.path().join("budget/notes.txt"), "no workshop").unwrap();
    let back = fs::read_dir(home.path().join("back")).unwrap().next().unwrap().unwrap().path();
    let back = back.to_str().unwrap();
    home.lines(&["export", "budget", "--out", "out", "--format", "ron", "--waive", "a test"], b"");
    for arguments in [
        &["list", "budget"][..],
        &["merge", "budget", back],
        &["import", "budget", "out/budget.feedback.ron"],
        &["sync", "budget", "back"],
        &["bundle", "budget", "--out", "more"],
        &["comments", "budget"],
        &["names", "budget"],
        &["draft", "budget"],
        &["check", "budget"],
        &["check", "out/budget.feedback.ron", "--workshop", "budget"],
        &["hand-out", "budget", "--out", "stick"],
        &["add", "budget", "-g", "group-1", "-t", "roads", "one more"],
        &["merge", "./copy", back],
    ] {
        home.lines(arguments, b"");
    }
    // What is merged may be named as well, where nothing here is called so.
    fs::rename(home.path().join("budget"), home.path().join("notes")).unwrap();
    home.lines(&["merge", "copy", "budget"], b"");
    fs::rename(home.path().join("notes"), home.path().join("budget")).unwrap();
    assert_eq!(texts(&home, "copy").len(), 2);
    assert!(refused(&home, &["open", "budget"]).contains("no terminal"));
    // A path is that folder and no other.
    assert!(refused(&home, &["list", "./budget"]).contains("is not a workshop"));
    for arguments in [
        &["list", "boats"][..],
        &["sync", "boats", "back"],
        &["open", "boats"],
        &["add", "boats", "-g", "group-1", "-t", "roads", "x"],
        &["open", "boats", "--group", "group-1"],
        &["check", "out/budget.feedback.ron", "--workshop", "boats"],
    ] {
        let said = refused(&home, arguments);
        let terminal = arguments == ["open", "boats"] && said.contains("no terminal");
        assert!(said.contains("There is no workshop “boats”") || terminal, "{said}");
    }
    // What is damaged is not taken for the sample of its name.
    home.lines(&["new", "asean-declaration"], b"");
    let data = home.path().join("home/data/asean-declaration.workshop");
    fs::write(data.join("workshop.json"), r#"{"what":"rapporteur workshop","reader":9}"#).unwrap();
    assert!(refused(&home, &["list", "asean-declaration"]).contains("newer version"));
}

#[test]
fn a_name_that_nothing_answers_to_makes_nothing_and_both_places_are_named() {
    let home = room();
    add(&home, "budget", "group-1", "a point");
    home.lines(&["bundle", "budget", "--out", "back"], b"");
    home.lines(&["export", "budget", "--out", "out", "--format", "ron", "--waive", "a test"], b"");
    let data = "home/data/boats.workshop";
    for (verb, from) in [("merge", "back"), ("import", "out/budget.feedback.ron")] {
        // A spelling mistake used to make a workshop in the current folder, which nobody looked into.
        let said = refused(&home, &[verb, "boats", from]);
        let here = shown(Path::new("./boats"));
        assert!(said.contains(&format!("“{here}” creates it in this folder")), "{said}");
        let there = shown(Path::new(data));
        assert!(said.contains(&format!("{there}” in the folder for all")), "{said}");
        assert!(!home.path().join("boats").exists() && !home.path().join(data).exists());
        for path in ["./boats", home.path().join(data).to_str().unwrap()] {
            home.lines(&[verb, path, from], b"");
            assert_eq!(texts(&home, "boats"), ["a point"]);
            fs::remove_dir_all(home.path().join(path)).unwrap();
        }
    }
}

/// Which group a laptop works for, as its bundle is called.
pub(crate) fn works_for(home: &Home) -> String {
    let made = home.lines(&["bundle", "budget", "--out", "whose"], b"").remove(0);
    fs::remove_dir_all(home.path().join("whose")).unwrap();
    made.split('.').nth(1).unwrap().to_owned()
}

#[test]
fn a_laptop_changes_its_group_only_after_a_yes() {
    let room = room();
    room.lines(&["hand-out", "budget", "--out", "stick"], b"");
    let hand_out = |group: &str| {
        let path = room.path().join(format!("stick/budget.{group}.hand-out.bundle"));
        path.to_str().unwrap().to_owned()
    };
    let laptop = Home::new();
    let said = refused(&laptop, &["open", &hand_out("group-1"), "--group", "Group 9"]);
    assert!(
        said.contains("There is no group") && said.contains("“rapporteur open budget”"),
        "{said}"
    );
    assert!(refused(&laptop, &["open", &hand_out("group-1")]).contains("no terminal"));
    assert_eq!(works_for(&laptop), "group-1");
    // Both used to change it in silence.
    for arguments in
        [&["open", "budget", "--group", "Group 2"][..], &["open", &hand_out("group-2")]]
    {
        let said = refused(&laptop, arguments);
        assert!(
            said.contains("This laptop works for Group 1. It would work for Group 2"),
            "{said}"
        );
        assert!(
            said.contains("type the same with --yes") && !said.contains("no terminal"),
            "{said}"
        );
        assert_eq!(works_for(&laptop), "group-1");
        let agreed = [arguments, &["--yes"]].concat();
        assert!(refused(&laptop, &agreed).contains("no terminal"));
        assert_eq!(works_for(&laptop), "group-2");
        assert!(refused(&laptop, &["open", &hand_out("group-1"), "--yes"]).contains("no terminal"));
    }
    // Its own group is no question, and the points of another can be taken in without.
    assert!(refused(&laptop, &["open", "budget", "--group", "group-1"]).contains("no terminal"));
    laptop.lines(&["merge", "budget", &hand_out("group-2")], b"");
    assert_eq!(works_for(&laptop), "group-1");
    // The room's laptop, which wrote the hand-outs, is not made a group's by looking at one.
    let said = refused(&room, &["open", &hand_out("group-2")]);
    assert!(said.contains("This laptop works for all groups"), "{said}");
    assert_eq!(works_for(&room), "room");
    // Nor is one that wrote none and takes in what groups send. It used to be, without a word.
    let collecting = Home::new();
    let agenda = room.path().join("agenda.ron");
    collecting.lines(&["new", agenda.to_str().unwrap()], b"");
    laptop.lines(&["add", "budget", "-g", "group-1", "-t", "roads", "Of Group 1"], b"");
    let bundle = laptop.lines(&["bundle", "budget", "-o", "sent"], b"").remove(0);
    let bundle = laptop.path().join(bundle);
    collecting.lines(&["merge", "budget", bundle.to_str().unwrap()], b"");
    let said = refused(&collecting, &["open", &hand_out("group-2")]);
    assert!(said.contains("This laptop works for all groups"), "{said}");
    assert_eq!(works_for(&collecting), "room");
}

#[test]
fn points_of_a_laptop_with_an_earlier_agenda_come_over_as_the_message_says() {
    let room = room();
    room.lines(&["hand-out", "budget", "--out", "stick"], b"");
    let group = Home::new();
    refused(
        &group,
        &["open", room.path().join("stick/budget.group-1.hand-out.bundle").to_str().unwrap()],
    );
    add(&group, "budget", "group-1", "Repair the bridges");
    add(&group, "budget", "group-1", "Boats: one more, for Malaysia");
    let about_boats = ["add", "budget", "-g", "group-1", "-t", "boats", "On a topic that went"];
    group.lines(&about_boats, b"");
    let bundle = group.lines(&["bundle", "budget", "--out", "back"], b"").remove(0);
    fs::copy(group.path().join(bundle), room.path().join("old.bundle")).unwrap();
    // The agenda is corrected after the hand-outs went out.
    let corrected =
        AGENDA.replace(r#"id: "boats", title: "Boats""#, r#"id: "ports", title: "Ports""#);
    assert_ne!(corrected, AGENDA);
    fs::write(room.path().join("agenda.ron"), corrected).unwrap();
    let made = room.lines(&["new", "agenda.ron"], b"").remove(0);
    add(&room, &made, "group-2", "in the room");
    // A laptop that has the earlier one is told that there are two.
    room.lines(&["hand-out", &made, "--out", "new"], b"");
    let fresh = room.path().join("new/budget.group-1.hand-out.bundle");
    let said = refused(&group, &["open", fresh.to_str().unwrap()]);
    assert!(said.contains("There are two workshops of “Budget day” here"), "{said}");
    assert!(said.contains("budget-2.workshop"), "{said}");
    let said = refused(&room, &["merge", &made, "old.bundle"]);
    assert!(said.contains("another version of its agenda"), "{said}");
    // Used to be: "it was corrected", also where nobody had corrected anything.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("made, or one was made from a feedback file."), "{said}");
    // It used to be forgotten at once.
    let missing = "its file was not taken in: it was made from another version of the agenda.";
    let check = |room: &Home| words(&room.run(&["check", &made], b""));
    assert!(check(&room).contains(missing), "{}", check(&room));
    // From that laptop itself, or where there is only its bundle.
    let export = ["export", "before", "--format", "ron", "--out", "out"];
    for command in [
        "rapporteur export WORKSHOP --format ron --out DIR",
        "rapporteur import WORKSHOP DIR/budget.feedback.ron",
        "rapporteur merge ./before FILE",
    ] {
        assert!(said.contains(command), "{said}");
    }
    room.lines(&["merge", "./before", "old.bundle"], b"");
    assert!(refused(&room, &export).contains("Malaysia"));
    room.lines(&[&export[..], &["--waive", "on its way to the corrected workshop"]].concat(), b"");
    room.lines(&["import", &made, "out/budget.feedback.ron"], b"");
    assert!(!check(&room).contains(missing), "{}", check(&room));
    let mut all = texts(&room, &made);
    all.sort();
    let expected = [
        "Boats: one more, for Malaysia",
        "On a topic that went",
        "Repair the bridges",
        "in the room",
    ];
    assert_eq!(all, expected);
    // Once more brings nothing, and what is said later on that laptop comes the same way.
    room.lines(&["import", &made, "out/budget.feedback.ron"], b"");
    assert_eq!(texts(&room, &made).len(), 4);
    add(&group, "budget", "group-1", "said in the afternoon");
    let waive = ["--waive", "on its way"];
    group.lines(
        &[&["export", "budget", "--format", "ron", "--out", "out"][..], &waive].concat(),
        b"",
    );
    let file = group.path().join("out/budget.feedback.ron");
    room.lines(&["import", &made, file.to_str().unwrap()], b"");
    assert_eq!(texts(&room, &made).len(), 5);
}

#[test]
fn a_receipt_names_the_laptop_whose_clock_is_wrong() {
    let room = room();
    let group = Home::new();
    fs::write(group.path().join("agenda.ron"), AGENDA).unwrap();
    group.lines(&["new", "agenda.ron"], b"");
    add(&group, "budget", "group-1", "a point");
    let folder = Folder::open(&group.path().join("home/data/budget.workshop")).unwrap();
    let mut laptop = Laptop::of(folder, 7);
    let made = Moment(4_000_000_000_000);
    let packing = Packing { group: Some(GroupId::from("group-1")), made, ..laptop.packing() };
    fs::write(room.path().join("one.bundle"), laptop.pack(&packing, None)).unwrap();
    let text = plain(&room.lines(&["merge", "budget", "one.bundle"], b"").join("\n"));
    let name = format!("{:.4}", laptop.replica);
    // "made a time its clock has wrong" did not say whose.
    assert!(
        text.contains(&format!("Group 1, laptop {name}: its clock and this laptop's are")),
        "{text}"
    );
    let json = room.lines(&["merge", "budget", "one.bundle", "--json"], b"").remove(0);
    let receipt: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(receipt["clocks"][0]["replica"], laptop.replica.to_string());
    assert_eq!(receipt["clocks"][0]["wrong"], "either");
}
