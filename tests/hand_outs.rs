//! What goes along with a file that travels, and what stays: participants, other groups' words.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rapporteur::store::*;
use rapporteur::workshop::*;
use serde_json::json;

use crate::command::{Home, words};
use crate::durability::everything;
use crate::laptops::{Laptop, forge, jsons};
use crate::merging::{agenda, whole};

const AGENDA: &str = r#"(
    title: "Budget day",
    id: "budget",
    time_zone: "Asia/Bangkok",
    participants: ["Siti Nurhaliza", "Tan Mei"],
    topics: [(id: "roads", title: "Roads")],
    groups: [(id: "group-1", title: "Group 1"), (id: "group-2", title: "Group 2")],
    days: [(date: "2025-05-27", sessions: [
        (id: "opening", title: "Opening", start: "9:00", rule: on_record),
    ])],
)"#;

/// A home with the facilitator's workshop in it, and a point of each group.
fn room() -> Home {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    add(&home, "room", "group-1", "Repair the bridges");
    add(&home, "room", "group-2", "Close the harbour");
    home
}

fn add(home: &Home, workshop: &str, group: &str, text: &str) {
    home.lines(&["add", workshop, "-g", group, "-t", "roads", text], b"");
}

fn holds(file: &Path, words: &str) -> bool {
    let bytes = fs::read(file).unwrap();
    memchr::memmem::find(&bytes, words.as_bytes()).is_some()
}

/// What is listed in a workshop.
fn texts(home: &Home, workshop: &str) -> Vec<String> {
    let row = |row: &String| {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        row["text"].as_str().unwrap().to_owned()
    };
    home.lines(&["list", workshop, "--json"], b"").iter().map(row).collect()
}

const ONE: &str = "stick/budget.group-1.hand-out.bundle";

#[test]
fn a_hand_out_has_no_participants_and_no_other_groups_words_unless_asked_for() {
    // Both used to be in every hand-out, in plain text.
    for (options, roster, points) in [
        (&[][..], false, false),
        (&["--with-roster"], true, false),
        (&["--with-points"], false, true),
        (&["--with-roster", "--with-points"], true, true),
    ] {
        let room = room();
        room.lines(&[&["hand-out", "room", "--out", "stick"], options].concat(), b"");
        let file = room.path().join(ONE);
        assert!(holds(&file, "Repair the bridges"), "{options:?}");
        assert_eq!(holds(&file, "Siti Nurhaliza"), roster, "{options:?}");
        assert_eq!(holds(&file, "Close the harbour"), points, "{options:?}");
        // Nobody who starts from it waits for what was left out on purpose.
        let made = room.lines(&["merge", "./mine", ONE, "--json"], b"");
        let receipt: serde_json::Value = serde_json::from_str(&made[0]).unwrap();
        assert_eq!(receipt["parcels"][0]["missing"], 0, "{options:?}");
        assert_eq!(texts(&room, "mine").len(), 1 + usize::from(points));
    }
}

#[test]
fn no_bundle_takes_the_participants_along_unless_asked_for() {
    let room = room();
    room.lines(&["bundle", "room", "--all", "--out", "back"], b"");
    fs::create_dir(room.path().join("place")).unwrap();
    room.lines(&["sync", "room", "place"], b"");
    for folder in ["back", "place"] {
        let files = everything(&room.path().join(folder));
        let file = files.keys().next().unwrap();
        assert!(holds(file, "Close the harbour") && !holds(file, "Tan Mei"), "{folder}");
    }
    let asked = room.lines(&["bundle", "room", "--with-roster", "--out", "asked"], b"");
    assert!(holds(&room.path().join(&asked[0]), "Tan Mei"));
    // The laptop that has the list keeps it and looks for everybody on it.
    room.lines(&["merge", "room", "back", "place", &asked[0]], b"");
    let read = Folder::open(&room.path().join("room")).unwrap().read().unwrap().workshop;
    assert_eq!(read.agenda().participants, ["Siti Nurhaliza", "Tan Mei"]);
}

#[test]
#[cfg(unix)]
fn what_is_written_is_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;

    // All of these used to be readable by every account on the machine: mode 0644.
    let room = room();
    fs::create_dir(room.path().join("place")).unwrap();
    fs::write(room.path().join("secret"), "between us").unwrap();
    let at = |arguments: &[&str]| {
        let done = room.run(arguments, b"");
        assert!(done.status.success(), "{arguments:?}: {}", words(&done));
        assert!(!words(&done).contains("gets hold of this disk"), "{}", words(&done));
    };
    at(&["hand-out", "room", "--out", "stick"]);
    at(&["bundle", "room", "--out", "back"]);
    at(&["bundle", "room", "--out", "back"]);
    at(&["bundle", "room", "--out", "back", "--passphrase-file", "secret"]);
    at(&["sync", "room", "place"]);
    at(&["export", "room", "--out", "out"]);
    let mut files = 0;
    for folder in ["stick", "back", "place", "out"] {
        for path in everything(&room.path().join(folder)).into_keys() {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            files += 1;
        }
    }
    assert_eq!(files, 3 + 2 + 1 + 10);
    // In a place that several accounts use, what is locked can be collected by all.
    at(&["sync", "room", "place", "--passphrase-file", "secret"]);
    let files = everything(&room.path().join("place"));
    let mode = fs::metadata(files.keys().next().unwrap()).unwrap().permissions().mode();
    assert_eq!((files.len(), mode & 0o600), (1, 0o600));
}

#[test]
fn laptops_that_start_from_one_agenda_are_one_workshop_whoever_is_listed() {
    let room = room();
    let other = AGENDA.replace("\"Tan Mei\"", "\"Ayu Lestari\"");
    fs::write(room.path().join("other.ron"), other).unwrap();
    let none = AGENDA.replace("participants: [\"Siti Nurhaliza\", \"Tan Mei\"],", "");
    fs::write(room.path().join("none.ron"), none).unwrap();
    for name in ["other", "none"] {
        room.lines(&["new", &format!("{name}.ron"), "--at", name], b"");
        add(&room, name, "group-1", name);
    }
    room.lines(&["merge", "none", "room", "other"], b"");
    let read = Folder::open(&room.path().join("none")).unwrap().read().unwrap().workshop;
    assert_eq!(read.agenda().participants, ["Ayu Lestari", "Siti Nurhaliza", "Tan Mei"]);
    assert_eq!(read.captured(), 4);
}

#[test]
fn a_laptop_without_the_list_says_so_and_the_one_that_has_it_checks_again() {
    let room = room();
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    room.lines(&["merge", "./mine", ONE], b"");
    add(&room, "mine", "group-1", "Ms Siti Nurhaliza said that the bridges are old");
    add(&room, "mine", "group-1", "Boats, as agreed with Tan Mei over tea");
    let words_of = |arguments: &[&str]| words(&room.run(arguments, b""));
    let said = "Participants: not checked on this laptop; a list of 2 names";
    assert!(words_of(&["list", "mine"]).contains(said));
    assert!(!words_of(&["list", "room"]).contains(said));
    let out = ["--waive", "for a test", "--out", "out"];
    let exported = words_of(&[&["export", "mine"][..], &out].concat());
    assert!(exported.contains(said), "{exported}");
    let read = |name: &str| fs::read_to_string(room.path().join("out").join(name)).unwrap();
    for name in ["budget.feedback.md", "budget.feedback.html", "budget.feedback.about.csv"] {
        assert!(read(name).contains("Participants: not checked on this laptop"), "{name}");
    }
    assert!(read("budget.feedback.json").contains("\"unlisted\": 2"));
    // Back in the room it is looked for: a name that was waived elsewhere, and one that nobody saw.
    room.lines(&["bundle", "mine", "--out", "back"], b"");
    room.lines(&["merge", "room", "back"], b"");
    let held = words_of(&["export", "room", "--out", "checked"]);
    assert!(held.contains("Tan Mei") && !held.contains("not checked"), "{held}");
    assert!(!room.path().join("checked").exists());
}

#[test]
fn a_workshop_made_of_a_feedback_file_says_that_participants_are_not_checked() {
    let room = room();
    room.lines(&["export", "room", "--out", "out", "--format", "ron,json"], b"");
    let said = "Participants: not checked on this laptop";
    for (name, ending) in [("one", "ron"), ("two", "json")] {
        let file = format!("out/budget.feedback.{ending}");
        for _ in 0..2 {
            let done = words(&room.run(&["import", &format!("./{name}"), &file], b""));
            // It checked no participants, and neither it nor its files said so.
            assert!(done.contains(said) && done.contains("a list of 2 names"), "{done}");
        }
        let done = words(&room.run(&["names", name], b""));
        assert!(done.contains(said), "{done}");
        let out = format!("{name}-out");
        let done = words(&room.run(&["export", name, "--out", &out], b""));
        assert!(done.contains(said), "{done}");
        let read = |name: &str| fs::read_to_string(room.path().join(&out).join(name)).unwrap();
        for file in ["budget.feedback.md", "budget.feedback.html", "budget.feedback.about.csv"] {
            assert!(read(file).contains(said), "{file}");
            assert!(!read(file).contains("lists no participants"), "{file}");
        }
        // It is handed on: the workshop made of its file says so too.
        let again = format!("{name}-again");
        let file = format!("{out}/budget.feedback.{ending}");
        assert!(words(&room.run(&["import", &format!("./{again}"), &file], b"")).contains(said));
        // The laptop that has the list keeps looking for everybody on it.
        for file in [&file, &format!("out/budget.feedback.{ending}")] {
            assert!(!words(&room.run(&["import", "room", file], b"")).contains(said));
        }
    }
    let read = Folder::open(&room.path().join("room")).unwrap().read().unwrap().workshop;
    assert_eq!((read.unlisted(), read.agenda().participants.len()), (0, 2));
}

/// A laptop without the list, with an agenda that has delegations: "lists no participants" was said
/// beside "a list of 2 names is on another one".
#[test]
fn a_list_that_is_elsewhere_is_not_said_to_be_missing_from_the_agenda() {
    let home = Home::new();
    let agenda = AGENDA.replace("topics:", "delegations: [\"Malaysia\"], topics:");
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "--out", "stick"], b"");
    home.lines(&["merge", "./mine", ONE], b"");
    add(&home, "mine", "group-1", "Repair the bridges");
    home.lines(&["export", "mine", "--out", "out", "--format", "md"], b"");
    let file = fs::read_to_string(home.path().join("out/budget.feedback.md")).unwrap();
    assert!(file.contains("1 delegation") && file.contains("A list of 2 names"), "{file}");
    assert!(!file.contains("lists no participants"), "{file}");
}

/// The workshop as a program up to 0.1 made it: the participants are in its first record.
fn older(path: &Path) -> Folder {
    let agenda = rapporteur::import::agenda::read("agenda.ron", AGENDA.as_bytes()).unwrap().agenda;
    Folder::create_older(path, &agenda).unwrap()
}

#[test]
fn a_workshop_that_an_older_program_made_is_used_and_not_made_again() {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    let data = home.path().join("home/data");
    fs::create_dir_all(&data).unwrap();
    let folder = older(&data.join("budget.workshop"));
    let id = folder.id();
    let made = home.run(&["new", "agenda.ron"], b"");
    assert!(words(&made).contains("An older version"), "{}", words(&made));
    let printed = String::from_utf8(made.stdout).unwrap();
    assert_eq!(Folder::open(Path::new(printed.trim())).unwrap().id(), id);
    assert_eq!(
        fs::read_dir(&data).unwrap().filter(|f| f.as_ref().unwrap().path().is_dir()).count(),
        1
    );
    // Where another place is asked for, it is one more folder of the same.
    let made = home.run(&["new", "agenda.ron", "--at", "elsewhere"], b"");
    assert!(words(&made).contains("one more folder"), "{}", words(&made));
    add(&home, "elsewhere", "group-1", "Repair the bridges");
    home.lines(&["merge", "budget", "elsewhere"], b"");
    assert_eq!(texts(&home, "budget").len(), 1);
    // What is handed out of it lists everybody, and that is said.
    for verb in ["hand-out", "bundle"] {
        let done = home.run(&[verb, "budget", "--out", "stick"], b"");
        assert!(done.status.success());
        assert!(words(&done).contains("names of all participants are in"), "{}", words(&done));
    }
    assert!(holds(&home.path().join(ONE), "Siti Nurhaliza"));
    fs::create_dir(home.path().join("place")).unwrap();
    let synced = home.run(&["sync", "budget", "place"], b"");
    assert!(words(&synced).contains("names of all participants are in"), "{}", words(&synced));
    // One that a newer program made of the same agenda elsewhere says why it does not go with it.
    let room = room();
    let new = room.lines(&["bundle", "room", "--out", "back"], b"").remove(0);
    fs::copy(room.path().join(new), home.path().join("new.bundle")).unwrap();
    let refused = home.run(&["merge", "budget", "new.bundle"], b"");
    let printed = String::from_utf8(refused.stdout).unwrap();
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("an older version of this program made one"), "{printed}");
}

#[test]
fn a_hand_out_takes_the_place_of_an_earlier_one_with_more_in_it() {
    let room = room();
    room.lines(&["hand-out", "room", "--out", "stick", "--with-roster", "--with-points"], b"");
    let before: Vec<_> = everything(&room.path().join("stick")).into_keys().collect();
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    let after = everything(&room.path().join("stick"));
    assert_eq!(after.keys().cloned().collect::<Vec<_>>(), before, "nothing is kept beside it");
    assert!(!holds(&room.path().join(ONE), "Tan Mei") && !holds(&room.path().join(ONE), "harbour"));
    // One with words that are not here is somebody else's, and stays.
    let other = self::room();
    other.lines(&["hand-out", "room", "--out", "stick"], b"");
    fs::copy(other.path().join(ONE), room.path().join(ONE)).unwrap();
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    assert_eq!(everything(&room.path().join("stick")).len(), before.len() + 1);
}

#[test]
fn five_thousand_participants_are_listed_and_left_out() {
    let home = Home::new();
    let names: Vec<String> = (0..5000).map(|nth| format!("\"Person Number {nth}\"")).collect();
    let agenda = AGENDA.replace("\"Tan Mei\"", &names.join(","));
    fs::write(home.path().join("agenda.ron"), agenda).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "--out", "stick"], b"");
    let length = fs::metadata(home.path().join(ONE)).unwrap().len();
    assert!(length < 4000 && !holds(&home.path().join(ONE), "Person Number"), "{length}");
    home.lines(&["hand-out", "room", "--out", "stick", "--with-roster"], b"");
    home.lines(&["merge", "./mine", ONE], b"");
    let read = Folder::open(&home.path().join("mine")).unwrap().read().unwrap().workshop;
    assert_eq!((read.agenda().participants.len(), read.unlisted()), (5001, 0));
}

#[test]
fn a_forged_list_of_participants_is_refused_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut one = Laptop::new(&home.path().join("one"), &agenda(), 1);
    let mut two = Laptop::new(&home.path().join("two"), &agenda(), 2);
    let model = one.bundle_of_all();
    let founding = &jsons(&model)[1];
    let listed = |names: Vec<String>| json!({"participants_listed": {"to": names, "over": []}});
    let many = vec!["Tan Mei".to_owned(); 10_001];
    let counted = json!({"participants_counted": {"to": 10_001, "over": []}});
    for (changes, flaw) in [
        (json!([listed(many)]), Flaw::Many),
        (json!([listed(vec!["x".repeat(LONGEST_WORD + 1)])]), Flaw::Long),
        (json!([counted]), Flaw::Many),
        // A list among other changes would keep those from going along.
        (json!([listed(vec![]), listed(vec![])]), Flaw::Participants),
    ] {
        let record = json!({"stamp": "2@000000000001", "at": 0, "changes": changes}).to_string();
        let forged = forge(&model, &[founding.as_slice(), record.as_bytes()], &json!({}));
        let refused = two.take(&forged);
        assert!(matches!(refused, Err(Rejection::Flawed { what, .. }) if what == Some(flaw)));
        assert_eq!(two.workshop.agenda().participants, [""; 0]);
    }
    // Names without letters name nobody.
    let record = json!({"stamp": "2@000000000001", "at": 0, "changes": [listed(vec![
        String::new(), " ".into(), "\u{202e}\u{1b}".into(), " Tan Mei\u{1b} ".into(),
    ])]});
    let record = record.to_string();
    let forged = forge(&model, &[founding.as_slice(), record.as_bytes()], &json!({}));
    two.take(&forged).unwrap();
    assert_eq!(two.workshop.agenda().participants, ["Tan Mei"]);
}

/// The facilitator's laptop: participants, two groups that said something, comments, consent.
fn full(path: &Path) -> Laptop {
    let named = Agenda { participants: vec!["Tan Mei".into(), "Ayu Lestari".into()], ..agenda() };
    let mut laptop = Laptop::new(path, &named, 1);
    for (nth, group) in ["group-1", "group-2", "group-1", "plenary"].iter().enumerate() {
        let place = Place::new((*group).into(), "capacity".into());
        laptop.capture(place, None, &format!("said {nth} in {group}"));
    }
    let points: Vec<PointId> = laptop.workshop.points().map(Point::id).collect();
    laptop.set(points[1], Field::Text("worded otherwise in group-2".into()));
    // Filed under the wrong group, and moved to where it belongs.
    laptop.set(points[2], Field::Group("group-2".into()));
    let comment = CommentId::new(7);
    let text = CommentField::Text("a comment of group-2".into());
    let change = laptop.workshop.set_comment(comment, text).unwrap();
    laptop.make(1, [change]);
    let into = laptop.workshop.put_into(comment, points.iter().copied()).unwrap();
    for change in into {
        laptop.make(1, [change]);
    }
    let of = Subject::Comment(comment);
    let answer = Disposition { note: "an answer to group-2".into(), ..Disposition::default() };
    let change = laptop.workshop.dispose(of, answer).unwrap();
    laptop.make(1, [change]);
    let agreed = CourseField::Consent(Some("agreed by group-2".into()));
    let change = laptop.workshop.set_course("afternoon".into(), agreed).unwrap();
    laptop.make(1, [change]);
    laptop.make(1, [laptop.workshop.set_group("group-1".into(), GroupField::Title("One".into()))]);
    laptop
}

fn hand_out(laptop: &mut Laptop, participants: bool, points: bool) -> Vec<u8> {
    let workshop = laptop.workshop.clone();
    let packing = Packing {
        hand_out: Some("group-1".into()),
        all: true,
        participants,
        only: (!points).then_some(&workshop),
        ..laptop.packing()
    };
    laptop.pack(&packing, None)
}

#[test]
fn a_hand_out_has_the_meetings_own_changes_and_one_groups_points() {
    let home = tempfile::tempdir().unwrap();
    let mut room = full(&home.path().join("room"));
    let bytes = hand_out(&mut room, false, false);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("said 0 in group-1") && text.contains("\"One\""));
    for words in ["said 1", "said 2", "said 3", "otherwise", "comment of", "answer to", "agreed"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    let mut group = Laptop::new(&home.path().join("group"), &agenda(), 2);
    assert_eq!(group.take(&bytes).unwrap().missing, 0);
    let points: Vec<&str> = group.workshop.points().map(Point::text).collect();
    assert_eq!((points, group.workshop.unlisted()), (vec!["said 0 in group-1"], 2));
    assert_eq!(group.workshop.waiting(), 0);
}

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn hand_outs_with_and_without_merge_in_any_order(
        which in prop::collection::vec(0..4usize, 0..6),
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut room = full(&home.path().join("room"));
        let mut group = Laptop::new(&home.path().join("group"), &agenda(), 2);
        for which in which {
            let letter = hand_out(&mut room, which & 1 > 0, which & 2 > 0);
            prop_assert_eq!(group.take(&letter).unwrap().missing, 0);
        }
        // Its own work goes back, and a full bundle brings what was left out so far.
        let place = Place::new("group-1".into(), "capacity".into());
        group.capture(place, None, "of the group's own");
        let back = group.bundle_of_all();
        prop_assert_eq!(room.take(&back).unwrap().missing, 0);
        let packing = Packing { all: true, participants: true, ..room.packing() };
        let full = room.pack(&packing, None);
        prop_assert_eq!(group.take(&full).unwrap().missing, 0);
        prop_assert_eq!(whole(&group.read()), whole(&room.read()));
        prop_assert_eq!(group.workshop.unlisted(), 0);
        let participants = &group.workshop.agenda().participants;
        prop_assert_eq!(participants, &["Ayu Lestari", "Tan Mei"]);
    }
}

#[test]
fn a_hand_out_says_what_of_its_group_never_came() {
    let room = Home::new();
    fs::write(room.path().join("agenda.ron"), AGENDA).unwrap();
    room.lines(&["new", "agenda.ron", "--at", "room"], b"");
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    let opened = |hand_out: &Path| {
        let laptop = Home::new();
        fs::copy(hand_out, laptop.path().join("hand-out.bundle")).unwrap();
        let said = words(&laptop.run(&["open", "hand-out.bundle"], b""));
        assert!(said.contains("“rapporteur open budget” opens it"), "{said}");
        laptop
    };
    // The group's laptop passes on only the second of its points, and breaks.
    let broken = opened(&room.path().join(ONE));
    add(&broken, "budget", "group-1", "Repair the bridges");
    let first = broken.lines(&["bundle", "budget", "--out", "first"], b"").remove(0);
    add(&broken, "budget", "group-1", "Paint the bridges");
    broken.lines(&["bundle", "budget", "--since", &first, "--out", "part"], b"");
    room.run(&["merge", "room", broken.path().join("part").to_str().unwrap()], b"");
    room.run(&["hand-out", "room", "--out", "again"], b"");
    let missing = "1 of its 2 changes has not arrived";
    let at = |group: &str| room.path().join(format!("again/budget.{group}.hand-out.bundle"));
    let next = opened(&at("group-1"));
    let file = words(&next.run(&["check", "hand-out.bundle"], b""));
    assert!(file.contains("1 change was missing where it was made"), "{file}");
    for arguments in [&["check", "budget"], &["list", "budget"]] {
        let said = words(&next.run(arguments, b""));
        assert!(
            said.contains("Group 1, laptop") && said.contains(missing),
            "{arguments:?}: {said}"
        );
    }
    // Once it came, nothing is missing; and the other group's laptop need not wait for it.
    next.run(&["merge", "budget", broken.path().join("first").to_str().unwrap()], b"");
    let other = opened(&at("group-2"));
    for laptop in [next, other] {
        let said = words(&laptop.run(&["list", "budget"], b""));
        assert!(!said.contains("not arrived"), "{said}");
    }
}
