//! Files and folders get names that every system has, whatever people call their workshops and groups.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use rapporteur::store::lock::Keys;
use rapporteur::store::{place, read_bundle};
use rapporteur::workshop::{GroupId, check_file_name, shown};

use crate::command::Home;
use crate::durability::everything;
use crate::which_workshop::refused;

/// An agenda with ids that Windows takes for devices, and groups whose ids are alike.
fn agenda(id: &str) -> String {
    format!(
        r#"(
            title: "Boats",
            id: "{id}",
            time_zone: "Asia/Bangkok",
            topics: [(id: "prn", title: "Printers")],
            groups: [
                (id: "A", title: "Group A"), (id: "a", title: "Group a"),
                (id: "x.y", title: "Group x.y"), (id: "x_y", title: "Group x_y"),
                (id: "com1", title: "Group com1"), (id: "Lpt²", title: "Group Lpt²"),
            ],
            days: [(date: "2025-05-27", sessions: [(title: "Discussion", kind: group_discussion)])],
        )"#
    )
}

/// The names of everything below a folder, folders too.
fn names(path: &Path) -> Vec<String> {
    let all = everything(path).into_keys();
    let below = all.map(|file| file.strip_prefix(path).unwrap().to_owned());
    let parts = below.flat_map(|file| {
        file.iter().map(|part| part.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    });
    parts.collect::<HashSet<_>>().into_iter().collect()
}

#[test]
fn no_file_has_a_name_that_some_system_does_not_allow() {
    for id in ["con", "NUL", "aux.1", "COM¹", "lpt1"] {
        let home = Home::new();
        fs::write(home.path().join("agenda.ron"), agenda(id)).unwrap();
        let made = home.lines(&["new", "agenda.ron"], b"").remove(0);
        home.lines(&["add", &made, "-g", "com1", "-t", "prn", "Paper"], b"");
        fs::create_dir(home.path().join("share")).unwrap();
        home.lines(&["bundle", &made, "-o", "back"], b"");
        home.lines(&["hand-out", &made, "-o", "stick"], b"");
        home.lines(&["export", &made, "-o", "out", "--format", "all"], b"");
        home.run(&["sync", &made, "share"], b"");
        let names = names(home.path());
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert_eq!(check_file_name(&name), Ok(()), "{id}: {name}");
        }
    }
}

/// On a stick, and on Windows and macOS, “A” and “a” are one name: the second hand-out took the first one's place,
/// and that group's laptop would have started as the other group.
#[test]
fn each_group_has_a_hand_out_of_its_own_on_every_system() {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), agenda("boats")).unwrap();
    home.lines(&["new", "agenda.ron"], b"");
    let all = home.lines(&["hand-out", "boats", "-o", "stick"], b"");
    let small: HashSet<String> = all.iter().map(|path| path.to_lowercase()).collect();
    assert_eq!(small.len(), 7, "{all:?}");
    let page = fs::read_to_string(home.path().join("stick/START HERE.txt")).unwrap();
    assert!(page.contains("boats.x_y.2.hand-out.bundle"), "{page}");
    let of = |group: &str| {
        let one = home.lines(&["hand-out", "boats", "-o", "stick", "-g", group], b"");
        let bundle = read_bundle(&home.path().join(&one[0]), &Keys::default()).unwrap();
        assert_eq!(bundle.header.hand_out, Some(GroupId::from(group)), "{one:?}");
        one[0].clone()
    };
    // One that is written again later has the same name as with all others.
    let again: Vec<String> = ["A", "a", "x.y", "x_y", "com1", "Lpt²"].map(of).into();
    assert_eq!(again, all[..6]);
}

#[test]
fn a_folder_that_a_person_names_has_a_name_for_every_system() {
    let home = Home::new();
    for (name, why) in [
        ("Boats: day 1", "Windows and memory sticks allow no “:” in a name"),
        ("con", "“con” is the name of a device on Windows"),
        ("there/Nul.workshop", "“Nul” is the name of a device on Windows"),
        ("boats.", "Windows allows no “.” at the end of a name"),
    ] {
        let said = refused(&home, &["new", "blank", "--at", name]);
        let name = shown(Path::new(name));
        assert_eq!(said, format!("“{name}” was not created: {why}. Choose another name."));
    }
    assert_eq!(names(home.path()), [""; 0], "nothing is made on the way");
}

#[test]
fn workshops_whose_ids_differ_in_capitals_are_not_one_folder_on_a_stick() {
    let home = tempfile::tempdir().unwrap();
    let first = place::new_workshop(home.path(), "Boats");
    fs::create_dir(&first).unwrap();
    assert!(first.ends_with("Boats.workshop"));
    let second = place::new_workshop(home.path(), "boats");
    assert!(second.ends_with("boats-2.workshop"), "{second:?}");
}

/// What a file has in it follows from the workshop alone: not from the system, the zone of the laptop, its language, or
/// the order in which a disk lists files.
#[test]
fn the_same_workshop_gives_the_same_bytes_everywhere() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "first"], b"");
    let sample = ["export", "asean-declaration", "-f", "ron", "-o", "sample", "--waive", "a test"];
    home.lines(&sample, b"");
    let imported = "sample/asean-declaration.feedback.ron";
    home.lines(&["import", "first", imported], b"");
    for (at, group) in ["group-1", "group-2", "group-3", "group-4"].into_iter().enumerate() {
        let laptop = home.path().join(group);
        let mut command =
            home.command(&["add", "first", "-g", group, "-t", "capacity", "Train", group]);
        assert!(command.env("RAPPORTEUR_HOME", laptop).status().unwrap().success(), "{at}");
    }
    let mut files: Vec<_> = everything(&home.path().join("first")).into_iter().collect();
    files.reverse();
    for (file, bytes) in files {
        let copy =
            home.path().join("second").join(file.strip_prefix(home.path().join("first")).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, bytes).unwrap();
    }
    let written = |workshop: &str, out: &str, zone: &str, language: &str| {
        let export = ["export", workshop, "-f", "all", "-o", out, "--waive", "a test"];
        let mut command = home.command(&export);
        let done = command.env("TZ", zone).env("LANG", language).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        let files = everything(&home.path().join(out)).into_iter();
        files.map(|(path, bytes)| (path.file_name().unwrap().to_owned(), bytes)).collect::<Vec<_>>()
    };
    let first = written("first", "one", "Asia/Kathmandu", "C");
    assert!(first.len() > 10, "{}", first.len());
    for (name, bytes) in written("second", "two", "America/St_Johns", "tr_TR.UTF-8") {
        let same = first.iter().any(|(other, first)| *other == name && *first == bytes);
        assert!(same, "{name:?} differs");
    }
}
