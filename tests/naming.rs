//! A laptop has one name wherever something of it is missing, and lists read as people say them.

use std::fs;
use std::path::PathBuf;

use crate::command::{Home, words};
use crate::gaps::{everything, flip, journal};

/// A room and the laptop of Group 2, with three points that are not in the room yet. The first signs of
/// the laptop's name.
fn meeting(home: &Home) -> String {
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let file = "hand-outs/asean-declaration.group-2.hand-out.bundle";
    home.lines(&["merge", "./group-2", file], b"");
    for said in ["First of all", "In the middle", "At last"] {
        home.lines(&["add", "group-2", "-g", "group-2", "-t", "capacity", said], b"");
    }
    let stem = PathBuf::from(bundle(home)).file_stem().unwrap().to_owned();
    stem.into_string().unwrap().rsplit_once('.').unwrap().1[..4].to_owned()
}

fn bundle(home: &Home) -> String {
    home.lines(&["bundle", "group-2", "-o", "stick"], b"").remove(0)
}

/// Used to be: "Laptop 3chf" on the laptop itself, "Group 2, laptop 3chf" wherever its bundle went.
#[test]
fn damage_is_of_the_same_laptop_here_and_there() {
    let home = Home::new();
    let laptop = meeting(&home);
    flip(&journal(&home, "group-2", "In the middle"), "In the middle", 0);
    let said = format!("Group 2, laptop {laptop}: 1 change is damaged");
    for (name, text) in everything(&home, "group-2") {
        assert!(text.contains(&said), "{name}: {text}");
    }
    home.lines(&["merge", "room", &bundle(&home)], b"");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(&format!("{said} there")), "{name}: {text}");
        assert!(!text.contains(": Laptop") && !text.contains("nother laptop"), "{name}: {text}");
    }
}

/// Used to be: "Another laptop: changes are gone from its file", beside "Group 2, laptop 3chf: 1 of its 4
/// changes has not arrived".
#[test]
fn lines_that_are_gone_from_what_was_taken_in_are_of_the_laptop_that_wrote_them() {
    let home = Home::new();
    let laptop = meeting(&home);
    home.lines(&["merge", "room", &bundle(&home)], b"");
    let file = journal(&home, "room", "In the middle");
    let whole = fs::read_to_string(&file).unwrap();
    let lines = whole.split_inclusive('\n').filter(|line| !line.contains("In the middle"));
    fs::write(&file, lines.collect::<String>()).unwrap();
    let said = format!("Group 2, laptop {laptop}: changes are gone from its file");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(&said), "{name}: {text}");
        for other in ["nother laptop", "nknown laptop", "not arrived"] {
            assert!(!text.contains(other), "{name}: {text}");
        }
    }
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
}

/// Used to be: "Group 1, 3", and "on Roads, Water from".
#[test]
fn several_groups_and_topics_read_as_people_say_them() {
    let home = Home::new();
    let group = |nth: usize| format!("(title: \"Group {nth}\")");
    let groups: Vec<String> = (1..=5).map(group).collect();
    let agenda = format!(
        "(title: \"Harbour talks\", id: \"harbour\", time_zone: \"UTC\",
        topics: [(id: \"roads\", title: \"Roads\"), (id: \"water\", title: \"Water\")],
        groups: [{}],
        days: [(date: \"2025-05-27\", sessions: [(id: \"one\", title: \"First round\",
            kind: group_discussion, start: \"9:00\", minutes: 60, topics: [\"roads\", \"water\"])])])",
        groups.join(", ")
    );
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    for (group, topics) in [("group-2", &["roads", "water"][..]), ("group-5", &["roads"])] {
        for topic in topics {
            let to = ["add", "room", "-g", group, "-t", topic, "--session", "one", "A word"];
            home.lines(&to, b"");
        }
    }
    let said = words(&home.run(&["list", "room"], b""));
    assert!(said.contains("nothing on Roads or Water from Groups 1, 3 and 4 in"), "{said}");
    assert!(said.contains("nothing on Water from Group 5 in"), "{said}");
}
