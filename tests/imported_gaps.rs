//! What a draft says is missing is said of a workshop that is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rapporteur::store::lock::Keys;
use rapporteur::store::{Bundle, Incoming};
use rapporteur::workshop::{
    Agenda, Awaited, Gap, Gaps, GroupId, LaptopReport, Moment, Place, READ_IN_PART, Reach, TopicId,
    Workshop, WriterId,
};

use crate::command::{Home, words};
use crate::gaps::{bundle_of, everything, flip, journal, laptop, say_something};
use crate::laptops::Laptop;
use crate::plan::agenda;

const WORDS: [&str; 3] = ["Train trainers", "Publish the minutes", "Share what was learned"];
const SAYS: &str = "The imported file says: ";

/// A meeting with three points of Group 2, of which the second is damaged, and its journal.
fn damaged(home: &Home) -> (PathBuf, Vec<u8>) {
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    for words in WORDS {
        home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", words], b"");
    }
    let files = fs::read_dir(home.path().join("meeting/changes")).unwrap();
    let holds =
        |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).contains(WORDS[1]);
    let file = files.map(|found| found.unwrap().path()).find(holds).unwrap();
    let whole = fs::read(&file).unwrap();
    let mut bytes = whole.clone();
    bytes[memchr::memmem::find(&whole, WORDS[1].as_bytes()).unwrap()] ^= 4;
    fs::write(&file, bytes).unwrap();
    (file, whole)
}

fn export(home: &Home, workshop: &str, to: &str) -> String {
    home.lines(&["export", workshop, "-f", "json", "-o", to], b"").remove(0)
}

/// Used to be: the workshop that was made of a draft said that nothing was missing.
#[test]
fn what_a_draft_says_is_missing_is_in_every_output_made_from_it() {
    let home = Home::new();
    let (file, whole) = damaged(&home);
    let draft = export(&home, "meeting", "draft");
    let imported = home.run(&["import", "./again", &draft], b"");
    let said = format!("{SAYS}Laptop ");
    assert!(words(&imported).contains(&said), "{}", words(&imported));
    let named = "1 change is damaged; a point of Group 2, or a change to one, may be missing.";
    for (name, text) in everything(&home, "again") {
        assert!(text.contains(SAYS) && text.contains(named), "{name}: {text}");
    }
    // It goes along in bundles, it is said once where it is imported once more, and of a file of that too.
    let bundle = home.lines(&["bundle", "again", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./third", &bundle], b"");
    home.lines(&["import", "third", &draft], b"");
    let list = words(&home.run(&["list", "third"], b""));
    assert_eq!(list.matches(named).count(), 1, "{list}");
    let second = export(&home, "third", "second");
    home.lines(&["import", "./fourth", &second], b"");
    let list = words(&home.run(&["list", "fourth"], b""));
    assert_eq!((list.matches(&said).count(), list.matches(named).count()), (1, 1), "{list}");
    // What was made of the draft is imported where nothing is missing: no news.
    fs::write(&file, &whole).unwrap();
    home.lines(&["import", "meeting", &second], b"");
    assert!(!words(&home.run(&["list", "meeting"], b"")).contains(SAYS));
    // A file that has all of it and more takes it back, and only such a file.
    home.lines(&["add", "fourth", "-g", "group-1", "-t", "capacity", "One more"], b"");
    let complete = export(&home, "meeting", "complete");
    for workshop in ["again", "fourth"] {
        home.lines(&["import", workshop, &complete], b"");
    }
    assert!(words(&home.run(&["list", "fourth"], b"")).contains(named));
    for (name, text) in everything(&home, "again") {
        assert!(!text.contains(&said) && !text.contains("damaged"), "{name}: {text}");
    }
}

/// The words of a draft's reasons are not looked through for names, so none but our own come along.
#[test]
fn what_somebody_wrote_into_the_reasons_is_not_repeated() {
    let home = Home::new();
    damaged(&home);
    let draft = export(&home, "meeting", "draft");
    let path = home.path().join(Path::new(&draft));
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("1 change is damaged;", "Malaysia said too much;");
    fs::write(&path, text).unwrap();
    home.lines(&["import", "./again", &draft], b"");
    for (name, text) in everything(&home, "again") {
        assert!(
            text.contains("more is missing") && !text.contains("Malaysia said"),
            "{name}: {text}"
        );
    }
}

/// A meeting of the past with two rounds, both by group 1 and group 2, with an end, topics and a round each.
const PLAN: &str = r#"(
    title: "Harbour", id: "harbour", time_zone: "UTC",
    topics: [(id: "lights", title: "Lights"), (id: "pilots", title: "Pilots")],
    groups: [(id: "g1", title: "Group 1"), (id: "g2", title: "Group 2")],
    days: [(date: "2025-05-27", sessions: [
        (id: "one", title: "Round one", kind: group_discussion, start: "9:00", minutes: 60, round: 1,
            topics: ["lights"], groups: ["g1"]),
        (id: "two", title: "Round two", kind: group_discussion, start: "11:00", minutes: 60, round: 2,
            topics: ["pilots"], groups: ["g2"]),
    ])],
)"#;

/// A workshop in which these groups spoke in these sessions on these topics, and what it exports.
fn spoken(home: &Home, name: &str, said: &[[&str; 3]]) -> String {
    fs::write(home.path().join("agenda.ron"), PLAN).unwrap();
    home.lines(&["new", "agenda.ron", "--at", name], b"");
    for [group, topic, session] in said {
        home.lines(&["add", name, "-g", group, "-t", topic, "-s", session, "A word"], b"");
    }
    export(home, name, &format!("from-{name}"))
}

/// Used to be: "nothing on Pilots from Group 1", because a file's sessions come without their topics and groups.
#[test]
fn a_complete_file_makes_a_workshop_from_which_nothing_is_missing() {
    let home = Home::new();
    let all = [["g1", "lights", "one"], ["g2", "pilots", "two"]];
    let complete = spoken(&home, "meeting", &all);
    let text = fs::read_to_string(home.path().join(&complete)).unwrap();
    assert!(!text.contains("nothing on") && !text.contains("Nothing from"), "{text}");
    home.lines(&["import", "./again", &complete], b"");
    // Nor from what that exports, or where its bundle comes to.
    let bundle = home.lines(&["bundle", "again", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./third", &bundle], b"");
    let second = export(&home, "third", "second");
    home.lines(&["import", "./fourth", &second], b"");
    for workshop in ["again", "third", "fourth"] {
        let checked = home.run(&["check", workshop], b"");
        assert_eq!(checked.status.code(), Some(0), "{}", words(&checked));
        for (name, text) in everything(&home, workshop) {
            let is_named = ["nothing on", "Nothing from", "Nobody has spoken", SAYS]
                .iter()
                .any(|said| text.contains(said));
            assert!(!is_named, "{workshop}, {name}: {text}");
        }
    }
    // What goes missing here is still said.
    let changes = fs::read_dir(home.path().join("again/changes")).unwrap();
    let files = changes.map(|found| found.unwrap().path());
    let holds =
        |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).contains("A word");
    let file = files.into_iter().find(holds).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[memchr::memmem::find(&fs::read(&file).unwrap(), b"A word").unwrap()] ^= 4;
    fs::write(&file, bytes).unwrap();
    for (name, text) in everything(&home, "again") {
        assert!(text.contains("1 change is damaged"), "{name}: {text}");
    }
}

/// What a file says is missing by the plan is said once, by the plan that it brings.
#[test]
fn what_a_file_misses_by_the_plan_is_missed_where_it_is_imported() {
    let home = Home::new();
    let draft = spoken(&home, "meeting", &[["g2", "pilots", "two"]]);
    let missed = "27 May: nothing on Lights from Group 1 in “Round one”.";
    home.lines(&["import", "./again", &draft], b"");
    for (name, text) in everything(&home, "again") {
        assert!(text.contains(missed) && !text.contains(SAYS), "{name}: {text}");
    }
    home.lines(&["import", "meeting", &draft], b"");
    let list = words(&home.run(&["list", "meeting"], b""));
    assert!(list.contains(missed) && !list.contains(SAYS), "{list}");
    // A later file with everything takes it back, and the meeting goes on judging its plan.
    home.lines(&["add", "meeting", "-g", "g1", "-t", "lights", "-s", "one", "A word"], b"");
    let complete = export(&home, "meeting", "complete");
    home.lines(&["import", "again", &complete], b"");
    assert!(!words(&home.run(&["list", "again"], b"")).contains("nothing on"));
}

/// What the room says is missing, in a file that its drafter imports: in a workshop of its own, or beside what it has.
fn drafter(home: &Home, name: &str, draft: &str) {
    let start = "hand-outs/asean-declaration.group-3.hand-out.bundle";
    home.lines(&["merge", &format!("./{name}"), start], b"");
    home.lines(&["import", name, draft], b"");
}

/// Used to be: “The imported file says: …” for ever, although everything of that laptop had arrived since.
#[test]
fn what_a_file_missed_of_a_laptop_is_missed_until_all_of_that_laptop_is_here() {
    let home = Home::new();
    for group in ["group-1", "group-2"] {
        laptop(&home, group);
        say_something(&home, group, "First of all");
    }
    let first = bundle_of(&home, "group-2", &[]);
    fs::rename(home.path().join(&first), home.path().join("first.bundle")).unwrap();
    for words in WORDS {
        say_something(&home, "group-2", words);
    }
    let others = bundle_of(&home, "group-1", &[]);
    let part = bundle_of(&home, "group-2", &["--since", "first.bundle"]);
    fs::rename(home.path().join(&part), home.path().join("part.bundle")).unwrap();
    let own = journal(&home, "group-2", WORDS[1]);
    let bytes = fs::read(&own).unwrap();
    flip(&own, WORDS[1], 0);
    let damaged = bundle_of(&home, "group-2", &[]);
    fs::rename(home.path().join(&damaged), home.path().join("damaged.bundle")).unwrap();
    fs::write(&own, bytes).unwrap();
    let whole = bundle_of(&home, "group-2", &[]);
    let bytes = fs::read(home.path().join(&whole)).unwrap();
    let name = Path::new(&whole).file_name().unwrap().to_str().unwrap();
    for (folder, cut) in [("short", 400), ("shorter", bytes.len() - 10)] {
        fs::create_dir(home.path().join(folder)).unwrap();
        fs::write(home.path().join(folder).join(name), &bytes[..cut]).unwrap();
    }
    let mut headless = bytes.clone();
    headless[20..80].fill(b'x');
    for (folder, spoilt) in [("zeros", vec![0; bytes.len()]), ("headless", headless)] {
        fs::create_dir(home.path().join(folder)).unwrap();
        fs::write(home.path().join(folder).join(name), spoilt).unwrap();
    }
    for (nth, (comes, said)) in [
        ("first.bundle part.bundle", "1 change is damaged;"),
        ("part.bundle", "has not arrived"),
        ("damaged.bundle", "damaged there"),
        (&format!("short/{name}"), "was not taken in"),
        (&format!("shorter/{name}"), "arrived"),
        // Used to end only with a bundle that was packed after the file was written.
        (&format!("zeros/{name}"), "nothing but zeros"),
        (&format!("headless/{name}"), "only in part"),
    ]
    .into_iter()
    .enumerate()
    {
        let room = format!("room-{nth}");
        let room = room.as_str();
        let start = "hand-outs/asean-declaration.group-3.hand-out.bundle";
        home.lines(&["merge", &format!("./{room}"), start], b"");
        let comes: Vec<&str> = comes.split(' ').collect();
        home.run(&[&["merge", room, &others][..], &comes].concat(), b"");
        if nth == 0 {
            flip(&journal(&home, room, WORDS[2]), WORDS[2], 0);
        }
        let draft = export(&home, room, &format!("draft-{nth}"));
        let early = format!("early-{nth}");
        drafter(&home, &early, &draft);
        let says = |text: &str| text.contains(SAYS) && text.contains(said);
        for (name, text) in everything(&home, &early) {
            assert!(says(&text), "{nth}, {name}: {text}");
        }
        // It goes along to others, in bundles and in files, and a part of what is missing does not end it.
        let again = export(&home, &early, &format!("again-{nth}"));
        let second = format!("second-{nth}");
        drafter(&home, &second, &again);
        home.lines(&["merge", &second, "first.bundle"], b"");
        let text = words(&home.run(&["list", &second], b""));
        assert!(says(&text), "{nth}: {text}");
        // All of that laptop ends it, whichever came first, unless nobody knows how much was in what was refused.
        let late = format!("late-{nth}");
        home.lines(&["merge", &format!("./{late}"), start], b"");
        home.lines(&["merge", &late, &whole], b"");
        home.lines(&["import", &late, &draft], b"");
        for workshop in [&early, &second] {
            home.lines(&["merge", workshop, &whole], b"");
        }
        for workshop in [&early, &second, &late] {
            for (name, text) in everything(&home, workshop) {
                let says = text.contains(&format!("{SAYS}Group 2, laptop"));
                if said == "was not taken in" {
                    assert!(says || workshop == &late, "{workshop}, {name}: {text}");
                } else {
                    assert!(!says && !text.contains(said), "{workshop}, {name}: {text}");
                }
            }
        }
    }
}

/// Used to be said for ever, although everything of that laptop had come and was an hour newer.
#[test]
fn what_a_file_said_was_refused_ends_with_what_its_laptop_packed_later() {
    let (laptop, other) = (WriterId::of(b"x"), WriterId::of(b"y"));
    let agenda = Agenda { days: Vec::new(), ..agenda(3) };
    let hour = |hour: i64| Moment((480_000 + hour) * 3_600_000);
    for why in ["there is nothing but zeros in it.", READ_IN_PART] {
        let (group, why) = (Some("group-2".into()), why.into());
        let refused = Gap::Refused { laptop, group, why, points: Vec::new() };
        let mut room = Workshop::new(&agenda);
        room.note_gaps(Gaps::of([refused.clone()]));
        room.judge_at(hour(10));
        let sentence = room.missing().remove(0);
        let awaited = room.awaited();
        assert_eq!((awaited.len(), &*awaited[0].missing), (1, &*sentence));
        // In a file that is written later, of the workshop that imports this one, it says the same.
        let mut drafter = Workshop::new(&agenda);
        let change = drafter.import_gaps(awaited.clone(), false, None, None);
        let record = drafter.record(WriterId::of(b"z"), hour(10), [change]);
        drafter.apply(record);
        drafter.judge_at(hour(20));
        assert_eq!(drafter.awaited(), awaited);
        let report = |id: WriterId, made: i64| LaptopReport {
            id,
            group: Some("group-2".into()),
            made: hour(made),
            came: hour(12),
            others_later: None,
            own_later: None,
            late: Vec::new(),
            program: "0.1.0".into(),
            bytes: 0,
        };
        let part = Gap::Part { laptop, group: None, missing: 1, of: 9 };
        for (gap, reported, is_said) in [
            (None, None, true),
            (None, Some(report(laptop, 9)), true),
            (None, Some(report(other, 11)), true),
            (None, Some(report(laptop, 11)), false),
            (Some(part), Some(report(laptop, 11)), true),
            (Some(refused.clone()), Some(report(laptop, 11)), true),
            // Its clock is wrong: it may have been packed before.
            (None, Some(report(laptop, 20)), true),
        ] {
            drafter.note_gaps(Gaps::of(gap.clone()).with(reported.iter().cloned().collect()));
            let said = drafter.missing().join("\n");
            assert_eq!(said.contains(&sentence), is_said, "{gap:?} {reported:?}: {said}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(24))]

    /// In whatever order bundles and what a file said come in, the same is missing in the end; and of a laptop of
    /// which all is here, nothing that the file said.
    #[test]
    fn what_a_file_missed_ends_the_same_in_any_order(
        ways in proptest::collection::vec(0..4_u8, 3),
        order in Just([0, 1, 2, 3]).prop_shuffle(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let agenda = Agenda { days: Vec::new(), ..agenda(3) };
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let mut drafter = Laptop::new(&home.path().join("drafter"), &agenda, 9);
        let (mut bundles, mut said) = (Vec::new(), Vec::new());
        for (nth, way) in (1_u64..).zip(&ways) {
            let mut laptop = Laptop::new(&home.path().join(nth.to_string()), &agenda, nth);
            laptop.capture(place.clone(), None, &format!("First of {nth}"));
            let packing = laptop.packing();
            let first = Bundle::read(laptop.pack(&packing, None)).unwrap();
            laptop.capture(place.clone(), None, &format!("Second of {nth}"));
            let whole = laptop.pack(&packing, None);
            let reach = Reach { writer: laptop.writer, changes: 2, time: laptop.workshop.time(), after: None, bytes: 0 };
            let missing = format!("Laptop {:.4}: 1 of its 2 changes has not arrived.", laptop.replica);
            said.push(Awaited { missing: missing.into(), from: [reach].into() });
            let bytes = match way {
                0 => whole,
                1 => laptop.pack(&packing, Some(&first)),
                2 => whole[..whole.len() - 30].to_vec(),
                _ => Vec::new(),
            };
            bundles.push(bytes);
        }
        let imported = drafter.workshop.import_gaps(said.clone(), false, None, None);
        drafter.make(0, [imported]);
        let packing = drafter.packing();
        bundles.push(drafter.pack(&packing, None));
        let missing = |name: &str, order: [usize; 4]| {
            let mut room = Laptop::new(&home.path().join(name), &agenda, 10);
            for nth in order.into_iter().filter(|nth| !bundles[*nth].is_empty()) {
                let path = home.path().join(format!("{nth}.bundle"));
                fs::write(&path, &bundles[nth]).unwrap();
                let _ = room.intake.take_source(&Incoming::Bundle(path), &Keys::default());
            }
            room.intake.done(&mut []).unwrap();
            room.folder.read().unwrap().workshop.missing()
        };
        let found = missing("room", [0, 1, 2, 3]);
        prop_assert_eq!(&found, &missing("other", order));
        for (way, one) in ways.iter().zip(&said) {
            let is_said = found.iter().any(|sentence| sentence.contains(&*one.missing));
            prop_assert_eq!(*way != 0, is_said, "{:?}", found);
        }
    }
}
