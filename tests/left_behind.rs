//! What stays on a laptop, and what does not: names in earlier wordings, purges, forgetting.

use std::fs;
use std::path::Path;

use rapporteur::export::Format;
use rapporteur::store::*;
use rapporteur::workshop::*;

use crate::command::{Home, words};
use crate::durability::everything;
use crate::laptops::{Laptop, hold};

const AGENDA: &str = r#"(
    id: "boats", title: "Boats", time_zone: "UTC",
    delegations: ["Malaysia", "Thailand"], participants: ["Aroha Ngata"],
    topics: [(id: "alerts", title: "Alerts")], groups: [(id: "group-1", title: "Group 1")],
    days: [(date: "2026-05-26", sessions: [])],
)"#;

/// A home with the workshop “meeting”, where a point was reworded and another deleted.
fn home() -> (Home, PointId, PointId) {
    let home = Home::new();
    fs::write(home.path().join("boats.ron"), AGENDA).unwrap();
    home.lines(&["new", "boats.ron", "--at", "meeting"], b"");
    let mut laptop = at(&home, "meeting", 1);
    let place = || Place::new("group-1".into(), "alerts".into());
    let reworded = laptop.capture(place(), None, "Malaysia said that alerts are late.");
    laptop.set(reworded, Field::Tags(["Thailand".into()].into()));
    laptop.set(reworded, Field::Text("Alerts are late.".into()));
    laptop.set(reworded, Field::Tags(Box::default()));
    let deleted = laptop.capture(place(), None, "Aroha Ngata of Thailand asked for boats.");
    let change = laptop.workshop.delete(deleted).unwrap();
    laptop.make(0, [change]);
    laptop.capture(place(), None, "More boats.");
    (home, reworded, deleted)
}

/// The workshop of a folder in a home, as a laptop that writes in it.
fn at(home: &Home, name: &str, seed: u64) -> Laptop {
    Laptop::of(Folder::open(&home.path().join(name)).unwrap(), seed)
}

/// Where in a folder these words are, but for the agenda.
fn holding(folder: &Path, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let given = ["\"founded\"", "\"participants_listed\""];
        let words = |line: &&str| !given.iter().any(|given| line.contains(given));
        text.lines().filter(words).any(|line| line.contains(word))
    };
    let all = everything(folder).into_iter().filter(|(_, bytes)| holds(bytes));
    all.map(|(path, _)| path.strip_prefix(folder).unwrap().display().to_string()).collect()
}

fn texts(folder: &Path) -> Vec<String> {
    let loaded = Folder::open(folder).unwrap().read().unwrap();
    assert_eq!(loaded.damage, []);
    let mut texts: Vec<String> = loaded.workshop.points().map(|p| p.text().to_owned()).collect();
    texts.sort();
    texts
}

/// Before, `check` read what stands alone: a name in an earlier wording went unnoticed into every
/// bundle.
#[test]
fn check_says_whose_names_a_file_holds_in_what_stood_there_before_too() {
    let (home, reworded, deleted) = home();
    let bundle = home.lines(&["bundle", "meeting"], b"").remove(0);
    let hand_out = home.lines(&["hand-out", "meeting", "--out", "stick"], b"").remove(0);
    for file in ["meeting", &bundle, &hand_out] {
        let output = home.run(&["check", file], b"");
        assert!(output.status.success());
        let said = words(&output);
        let reference = |point: PointId| Subject::Point(point).reference();
        for expected in [
            // The list of participants stays in the workshop, and so does what is found by it.
            match file {
                "meeting" => {
                    "the names of 1 participant and 2 delegations are in its agenda".into()
                }
                _ => "the names of 2 delegations are in its agenda".to_owned(),
            },
            format!("Malaysia: 1 in earlier wordings ({})", reference(reworded)),
            match file {
                "meeting" => format!("Aroha Ngata: 1 in deleted points ({})", reference(deleted)),
                _ => String::new(),
            },
            format!(
                "Thailand: 1 in earlier wordings ({}), 1 in deleted points ({})",
                reference(reworded),
                reference(deleted)
            ),
            // A bundle cannot be purged: that was advised, and refused.
            match file {
                "meeting" => format!("rapporteur purge {file} "),
                _ => "rapporteur purge WORKSHOP ".to_owned(),
            },
        ] {
            assert!(said.contains(&expected), "{file}: {expected}: {said}");
        }
    }
    let typed = Folder::open(&home.path().join("meeting")).unwrap();
    let mut scratch = Scratch::start(&typed, WriterId::new(5));
    let place = Place::new("group-1".into(), "alerts".into());
    let (line, _) = scratch.begin(&place, None, "Malaysia");
    scratch.edit(line, 0, 8, "One").unwrap();
    scratch.edit(line, 3, 0, " said so").unwrap();
    let said = words(&home.run(&["check", "meeting"], b""));
    assert!(said.contains("Malaysia: 1 in earlier wordings"), "{said}");
    assert!(said.contains("1 in what was typed"), "{said}");
}

/// On the laptop that has the list, `check` said that a file written without it has it in its agenda,
/// and advised to purge the file, which was refused.
#[test]
fn check_says_of_a_file_what_it_holds_itself_and_advises_what_can_be_done() {
    let (home, ..) = home();
    home.lines(&["new", "boats.ron"], b"");
    let bundle = home.lines(&["bundle", "meeting", "--out", "one"], b"").remove(0);
    let hand_out = home.lines(&["hand-out", "meeting", "--out", "stick"], b"").remove(0);
    let asked = home.lines(&["bundle", "meeting", "--with-roster", "--out", "two"], b"").remove(0);
    let check = |file: &str| words(&home.run(&["check", file], b""));
    for file in [&bundle, &hand_out] {
        let said = check(file);
        assert!(said.contains("the names of 2 delegations are in its agenda"), "{said}");
        // They are looked for in it all the same.
        assert!(said.contains("Aroha Ngata: 1 in deleted points"), "{said}");
    }
    let said = check(&asked);
    assert!(said.contains("the names of 1 participant and 2 delegations are in"), "{said}");
    // The workshop that is here has not met these points; then it has.
    assert!(check(&bundle).contains("`rapporteur purge WORKSHOP "), "{}", check(&bundle));
    let boats = home.lines(&["merge", "boats", &bundle, "--json"], b"");
    assert_eq!(boats.len(), 1);
    let said = check(&bundle);
    let advised = said.split('`').find(|part| part.starts_with("rapporteur purge ")).unwrap();
    assert!(!advised.contains(".bundle ") && said.contains("write this file again"), "{said}");
    let mut words_of: Vec<&str> = advised.split(' ').skip(1).collect();
    words_of.push("--yes");
    let done = home.run(&words_of, b"");
    assert!(done.status.success(), "{advised}: {}", words(&done));
}

/// Before, an exported file was no file that `check` knew, or nothing was said of names in it.
#[test]
fn check_says_which_of_a_workshops_names_are_in_an_exported_file() {
    let (home, ..) = home();
    let mut laptop = at(&home, "meeting", 2);
    let place = Place::new("group-1".into(), "alerts".into());
    laptop.capture(place, None, "We would like to travel to Thailand.");
    let formats = "ron,json,csv,md,docx,html,xlsx";
    let waive = ["--waive", "it is where they would go"];
    let export = ["export", "meeting", "--format", formats, "--out", "out"];
    let files = home.lines(&[&export[..], &waive].concat(), b"");
    for file in &files {
        let output = home.run(&["check", file, "--workshop", "meeting"], b"");
        assert!(output.status.success(), "{}", words(&output));
        let said = words(&output);
        assert!(said.contains("names of Boats in it:"), "{file}: {said}");
        assert!(said.contains("Thailand: ") && !said.contains("Malaysia:"), "{file}: {said}");
        let said = words(&home.run(&["check", file], b""));
        assert!(said.contains("--workshop WORKSHOP"), "{file}: {said}");
    }
    // One that lies in the data folder is found by the meeting's name.
    home.lines(&["new", "boats.ron"], b"");
    let said = words(&home.run(&["check", &files[0]], b""));
    assert!(said.contains("names of Boats in it:"), "{said}");
}

/// "Myanmar: 1" was said of every page: a font that the program names is called so.
#[test]
fn check_charges_no_file_with_words_that_the_program_writes_itself() {
    let home = Home::new();
    let agenda = AGENDA.replace("\"Malaysia\", \"Thailand\"", "\"Myanmar\", \"Thailand\"");
    fs::write(home.path().join("boats.ron"), agenda).unwrap();
    home.lines(&["new", "boats.ron", "--at", "meeting"], b"");
    let mut laptop = at(&home, "meeting", 2);
    let place = Place::new("group-1".into(), "alerts".into());
    laptop.capture(place.clone(), None, "More boats.");
    let all = Format::ALL.map(Format::name).join(",");
    let export = |out: &str| {
        let export = ["export", "meeting", "--format", &all, "--out", out];
        home.lines(&[&export[..], &["--waive", "it is where they would go"]].concat(), b"")
    };
    let check = |file: &str| words(&home.run(&["check", file, "--workshop", "meeting"], b""));
    for file in export("out") {
        let said = check(&file);
        assert!(said.contains("none of the names of Boats are in it"), "{file}: {said}");
    }
    // What a group said is found all the same.
    laptop.capture(place, None, "We would like to travel to Myanmar.");
    for file in export("more").iter().filter(|file| file.ends_with("html")) {
        if !file.contains("dispositions") {
            assert!(check(file).contains("Myanmar: "), "{file}: {}", check(file));
        }
    }
}

#[test]
fn a_purge_asks_first_and_takes_the_words_from_everything_here() {
    let (home, reworded, deleted) = home();
    let meeting = home.path().join("meeting");
    let folder = Folder::open(&meeting).unwrap();
    // Typing of a run that died: a rewording that was never entered, and one of another point.
    let mut scratch = Scratch::start(&folder, WriterId::new(5));
    let place = Place::new("group-1".into(), "alerts".into());
    scratch.begin(&place, Some(reworded), "Malaysia says").1.unwrap();
    scratch.begin(&place, None, "Unfinished words").1.unwrap();
    drop(scratch);
    let early = home.lines(&["bundle", "meeting", "--out", "early"], b"").remove(0);
    let point = reworded.to_string();
    assert_eq!(holding(&meeting, "Malaysia").len(), 2);

    for answer in [&b""[..], b"no\n", b"\n"] {
        let before = everything(&meeting);
        let output = home.run(&["purge", "meeting", &point], answer);
        assert_eq!(output.status.code(), Some(1));
        let said = words(&output);
        let asked =
            format!("{}, Group 1: “Alerts are late.”", Subject::Point(reworded).reference());
        assert!(said.contains(&asked), "{said}");
        assert!(
            said.contains("1 earlier wording") && said.contains("Nothing was purged"),
            "{said}"
        );
        assert!(everything(&meeting) == before);
    }
    let output = home.run(&["purge", "meeting", &point], b"yes\n");
    assert!(output.status.success(), "{}", words(&output));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains(&early) && printed.contains("it has them"), "{printed}");
    assert_eq!(holding(&meeting, "Malaysia"), [""; 0]);
    assert_eq!(home.lines(&["draft", "meeting"], b"").join(" ").matches("Unfinished").count(), 1);
    assert_eq!(texts(&meeting), ["Alerts are late.", "More boats."]);
    // Nothing of it goes out again, and the old bundle gives way to the new one.
    let late = home.lines(&["bundle", "meeting", "--out", "early"], b"").remove(0);
    assert_eq!(late, early);
    assert_eq!(holding(&home.path().join("early"), "Malaysia"), [""; 0]);

    // Of a deleted point all words go; what says so can be short.
    let reference = Subject::Point(deleted).reference();
    let output = home.run(&["purge", "meeting", &reference, "--yes"], b"");
    assert!(output.status.success(), "{}", words(&output));
    assert_eq!(holding(&meeting, "Aroha"), [""; 0]);
    assert_eq!(holding(&meeting, "Thailand"), [""; 0]);
    let said = words(&home.run(&["check", "meeting"], b""));
    assert!(!said.contains("names found") && said.contains("purged"), "{said}");

    for (point, why) in [("p-zzzz", "There is no point"), (&point, "already purged")] {
        let output = home.run(&["purge", "meeting", point, "--yes"], b"");
        assert!(words(&output).contains(why), "{}", words(&output));
    }
    let standing = home.lines(&["add", "meeting", "-g", "group-1", "-t", "alerts", "Plain"], b"");
    let output = home.run(&["purge", "meeting", &standing[0], "--yes"], b"");
    assert!(words(&output).contains("has no earlier words to purge"), "{}", words(&output));
}

/// Three laptops with the same point, of which the first has purged its first wording.
fn three() -> (tempfile::TempDir, Vec<Laptop>, PointId) {
    let home = tempfile::tempdir().unwrap();
    let agenda = crate::merging::agenda();
    let mut laptops: Vec<Laptop> =
        (0..3).map(|nth| Laptop::new(&home.path().join(nth.to_string()), &agenda, nth)).collect();
    let place = Place::new("group-1".into(), "capacity".into());
    let point = laptops[0].capture(place, None, "Malaysia wants boats");
    let letter = laptops[0].bundle_of_all();
    for other in &mut laptops[1..] {
        other.take(&letter).unwrap();
    }
    laptops[0].set(point, Field::Text("Boats are wanted".into()));
    let purge = laptops[0].workshop.purge(point).unwrap();
    laptops[0].make(0, [purge]);
    laptops[0].sweep();
    (home, laptops, point)
}

#[test]
fn no_merge_brings_back_what_was_purged_and_nothing_is_missed() {
    for folders in [false, true] {
        let (home, mut laptops, _) = three();
        assert_eq!(holding(&home.path().join("0"), "Malaysia"), [""; 0]);
        // One that has the old words sends them again; then it hears of the purge.
        let old = laptops[1].bundle_of_all();
        let parcel = laptops[0].take(&old).unwrap();
        assert_eq!((parcel.fresh, parcel.missing, parcel.damage.len()), (0, 0, 0));
        if folders {
            let folder = laptops[1].folder.clone();
            let parcel = laptops[0].intake.take_folder("folder", &folder).unwrap();
            assert_eq!((parcel.fresh, parcel.damage.len()), (0, 0));
        }
        assert_eq!(holding(&home.path().join("0"), "Malaysia"), [""; 0]);
        assert!(Bundle::read(old.clone()).unwrap().holds(laptops[0].workshop.purges()) > 0);

        let first = laptops[0].folder.clone();
        let letter = laptops[0].bundle_of_all();
        for other in &mut laptops[1..] {
            let parcel = if folders {
                other.intake.take_folder("folder", &first).unwrap()
            } else {
                other.take(&letter).unwrap()
            };
            // The rewording and the purge; the tombstone is a change that is known.
            assert_eq!((parcel.fresh, parcel.missing, parcel.damage.len()), (2, 0, 0));
            assert_eq!(other.intake.sweep().unwrap(), SweepReport::default());
        }
        // A laptop that has nothing yet takes both in at once, in either order.
        let agenda = crate::merging::agenda();
        for (nth, letters) in [[&old, &letter], [&letter, &old]].into_iter().enumerate() {
            let path = home.path().join(format!("late {nth}"));
            let mut late = Laptop::new(&path, &agenda, 9);
            for letter in letters {
                assert_eq!(late.take(letter).unwrap().missing, 0);
            }
            assert_eq!(texts(&path), ["Boats are wanted"]);
        }
        assert_eq!(holding(home.path(), "Malaysia"), [""; 0]);
        for nth in 0..3 {
            assert_eq!(texts(&home.path().join(nth.to_string())), ["Boats are wanted"]);
        }
    }
}

#[test]
fn what_another_laptop_made_of_a_point_meanwhile_stays() {
    let (home, mut laptops, point) = three();
    laptops[1].set(point, Field::Text("Ferries are wanted".into()));
    // A third one deletes it and purges all of it.
    let change = laptops[2].workshop.delete(point).unwrap();
    laptops[2].make(0, [change]);
    let purge = laptops[2].workshop.purge(point).unwrap();
    laptops[2].make(0, [purge]);
    let letters: Vec<_> = laptops.iter_mut().map(Laptop::bundle_of_all).collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        for laptop in &mut laptops {
            for nth in order {
                laptop.take(&letters[nth]).unwrap();
            }
        }
    }
    for (nth, laptop) in laptops.iter_mut().enumerate() {
        laptop.sweep();
        let read = laptop.read();
        let found = read.point(point).unwrap();
        assert!(!found.is_deleted() && found.is_spared());
        let mut wordings = found.alternatives();
        wordings.push(found.text());
        wordings.sort_unstable();
        assert_eq!(wordings, ["Boats are wanted", "Ferries are wanted"]);
        assert_eq!(holding(&home.path().join(nth.to_string()), "Malaysia"), [""; 0]);
    }
}

#[test]
fn current_words_that_a_forged_purge_names_stay_on_the_disk() {
    let (home, mut laptops, point) = three();
    let born = laptops[1].workshop.point(point).unwrap().born();
    let values = [(WordedField::Text, vec![born])].into();
    let forged = Change::PointPurged(Box::new(Purge { point, values }));
    assert!(laptops[1].workshop.check(&forged).is_err());
    laptops[2].make(0, [forged]);
    let letter = laptops[2].bundle_of_all();
    laptops[1].take(&letter).unwrap();
    let path = home.path().join("1");
    assert_eq!(texts(&path), [PURGED]);
    assert!(!holding(&path, "Malaysia").is_empty(), "it can still be read with `history`");
}

#[test]
fn a_shared_folder_is_clean_once_all_have_published_again() {
    let (home, mut laptops, _) = three();
    let path = home.path().join("place");
    fs::create_dir(&path).unwrap();
    let mut places: Vec<SharedFolder> = laptops.iter().map(|_| SharedFolder::new(&path)).collect();
    let mut publish = |laptops: &mut Vec<Laptop>, nth: usize| {
        let laptop = &mut laptops[nth];
        let packing = Packing { all: true, ..laptop.packing() };
        let bundle = laptop.intake.pack(&packing, None).unwrap().0;
        places[nth].publish(&bundle, None).unwrap();
        let collected =
            places[nth].collect(laptop.replica, &mut laptop.intake, &lock::Keys::default());
        laptop.catch_up();
        assert_eq!(collected.unwrap().refused, []);
    };
    publish(&mut laptops, 1);
    assert_eq!(holding(&path, "Malaysia").len(), 1);
    publish(&mut laptops, 0);
    assert_eq!(holding(&home.path().join("0"), "Malaysia"), [""; 0]);
    for nth in [2, 1, 2, 1] {
        publish(&mut laptops, nth);
    }
    assert_eq!(holding(home.path(), "Malaysia"), [""; 0]);
}

#[test]
fn a_workshop_is_forgotten_with_all_its_files_on_this_laptop() {
    let (home, ..) = home();
    let meeting = home.path().join("meeting");
    home.lines(&["add", "meeting", "-g", "group-1", "-t", "alerts", "Plain"], b"");
    home.lines(&["add", "meeting", "-g", "group-1", "-t", "alerts", "Plainer"], b"");
    let output = home.run(&["forget", "meeting"], b"no\n");
    assert_eq!(output.status.code(), Some(1));
    let said = words(&output);
    assert!(said.contains("9 changes exist only here"), "{said}");
    assert!(said.contains("Nothing was removed"), "{said}");
    assert!(meeting.exists());

    let exports = home.lines(&["export", "meeting", "--format", "md", "--out", "out"], b"");
    let bundle = home.lines(&["bundle", "meeting", "--out", "stick"], b"").remove(0);
    home.lines(&["add", "meeting", "-g", "group-1", "-t", "alerts", "Late"], b"");
    fs::create_dir(home.path().join("place")).unwrap();
    let output = home.run(&["forget", "meeting"], b"");
    assert!(words(&output).contains("1 change exists only here"), "{}", words(&output));
    home.lines(&["sync", "meeting", "place"], b"");

    let output = home.run(&["forget", "meeting"], b"yes\n");
    let said = words(&output);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("only here"), "{said}");
    assert!(said.contains("cannot reach"), "{said}");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    for elsewhere in [bundle.as_str(), "place"] {
        assert!(printed.contains(elsewhere), "{printed}");
    }
    assert!(!meeting.exists());
    assert!(exports.iter().all(|path| !home.path().join(path).exists()));
    assert!(home.path().join(&bundle).exists(), "what was carried away is not touched");
    let traces: Vec<_> = everything(&home.path().join("home")).into_keys().collect();
    assert!(
        !traces.iter().any(|path| ["writers", "exchange", "trail"]
            .iter()
            .any(|part| path.components().any(|it| it.as_os_str() == *part))),
        "{traces:?}"
    );
}

#[test]
fn a_workshop_that_is_open_elsewhere_is_not_forgotten() {
    let (home, ..) = home();
    let file = fs::read_dir(home.path().join("meeting/changes")).unwrap().last().unwrap();
    let held = hold(&file.unwrap().path());
    let before = everything(home.path());
    let output = home.run(&["forget", "meeting", "--yes"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("is open in a running program"), "{}", words(&output));
    assert!(everything(home.path()) == before);
    drop(held);
    // One that has written nothing yet says that it is there.
    let folder = Folder::open(&home.path().join("meeting")).unwrap();
    let state = tempfile::tempdir().unwrap();
    let open = Presence::of(state.path(), &folder).unwrap();
    assert_eq!(Belongings::of(&folder, state.path()).held.len(), 1);
    drop(open);
    assert_eq!(Belongings::of(&folder, state.path()).held.len(), 0);
    assert!(home.run(&["forget", "meeting", "--yes"], b"").status.success());
}
