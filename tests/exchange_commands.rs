//! Hand-out, bundle, merge, sync and key as scripts use them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rapporteur::store::Bundle;
use serde_json::Value;

use crate::command::{Home, words};
use crate::durability::everything;
use crate::laptops::{copy_folder, jsons};

/// A home with the facilitator's workshop in it.
fn home() -> Home {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home
}

/// A laptop of its own: its own state, the sticks beside it.
fn laptop(name: &str, home: &Home) -> Home {
    let laptop = Home::new();
    for found in fs::read_dir(home.path()).unwrap() {
        let found = found.unwrap();
        if found.file_name().to_string_lossy().starts_with("stick") {
            copy_folder(&found.path(), &laptop.path().join(found.file_name()));
        }
    }
    assert!(!laptop.path().join(name).exists());
    laptop
}

fn add(home: &Home, workshop: &str, group: &str, text: &str) -> String {
    let ids = home.lines(&["add", workshop, "-g", group, "-t", "capacity", text], b"");
    ids.into_iter().next().unwrap()
}

/// Runs what is to fail, and gives what it printed and said.
fn refused(home: &Home, arguments: &[&str]) -> (String, String) {
    let output = home.run(arguments, b"");
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", words(&output));
    (String::from_utf8(output.stdout.clone()).unwrap(), words(&output))
}

fn receipt(printed: &str) -> Value {
    let receipt: Value = serde_json::from_str(printed.trim()).unwrap();
    assert_eq!(receipt["schema"], "rapporteur-receipt/1");
    receipt
}

/// A group's laptop, started from the hand-out, with two points and a bundle of them on its stick.
fn group(room: &Home, group: &str) -> (Home, String) {
    let laptop = laptop("mine", room);
    let hand_out = format!("stick/asean-declaration.{group}.hand-out.bundle");
    laptop.lines(&["merge", "./mine", &hand_out], b"");
    add(&laptop, "mine", group, &format!("first of {group}"));
    add(&laptop, "mine", group, &format!("second of {group}"));
    let made = laptop.lines(&["bundle", "mine", "--out", "back"], b"");
    (laptop, made.into_iter().next().unwrap())
}

/// A home with a folder `all` of what three groups brought.
fn brought() -> Home {
    let room = home();
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    fs::create_dir(room.path().join("all")).unwrap();
    for nth in 1..=3 {
        let (laptop, bundle) = group(&room, &format!("group-{nth}"));
        let name = Path::new(&bundle).file_name().unwrap();
        fs::copy(laptop.path().join(&bundle), room.path().join("all").join(name)).unwrap();
    }
    room
}

#[test]
fn a_hand_out_starts_a_laptop_and_its_bundle_comes_back_with_a_receipt() {
    let room = home();
    let welcome = add(&room, "room", "group-1", "from the room");
    let printed = room.lines(&["hand-out", "room", "--out", "stick"], b"");
    assert!(printed.last().unwrap().ends_with("START HERE.txt"));
    let page = fs::read_to_string(room.path().join("stick/START HERE.txt")).unwrap();
    assert!(page.contains("rapporteur open \"asean-declaration.group-1.hand-out.bundle\""));

    let one = laptop("mine", &room);
    let file = "stick/asean-declaration.group-1.hand-out.bundle";
    let made = one.run(&["merge", "./mine", file], b"");
    assert!(made.status.success(), "{}", words(&made));
    assert!(words(&made).contains("Created the workshop “"), "{}", words(&made));
    // What it was made of is new there, and known when it comes again.
    let text = String::from_utf8(made.stdout).unwrap();
    assert!(text.contains("Received: 1 bundle, 1 point new."), "{text}");
    assert!(text.contains(": 1 point new\n"), "{text}");
    let again = one.lines(&["merge", "./mine", file], b"").join("\n");
    assert!(again.contains("Received: 1 bundle, 1 point known."), "{again}");
    let listed = one.lines(&["list", "mine", "--json"], b"");
    assert!(listed.len() == 1 && listed[0].contains(&welcome));
    add(&one, "mine", "group-1", "Train the trainers");
    let bundles = one.lines(&["bundle", "mine", "--out", "back"], b"");
    let bundle = one.path().join(&bundles[0]);
    let back = room.path().join("back.bundle");
    fs::copy(&bundle, &back).unwrap();

    let text = room.lines(&["merge", "room", "back.bundle"], b"").join("\n");
    assert!(text.contains("Received: 1 bundle, 1 point new"), "{text}");
    assert!(text.contains("Group 1, laptop ") && text.contains(": 1 point new"), "{text}");
    assert!(text.contains("Reported: 1 of "), "{text}");
    assert!(text.contains("nothing received yet."), "{text}");
    let again = room.lines(&["merge", "room", "back.bundle", "--json"], b"");
    assert_eq!(again.len(), 1);
    let receipt = receipt(&again[0]);
    let parcel = &receipt["parcels"][0];
    assert_eq!((&parcel["fresh"], &parcel["known"]), (&0.into(), &1.into()));
    assert_eq!(receipt["refused"], Value::Array(vec![]));
    assert_eq!(receipt["both"], Value::Array(vec![]));
    let group = &receipt["groups"][0];
    assert_eq!((&group["group"], &group["points"]), (&"group-1".into(), &2.into()));
    assert_eq!((&group["writers"], &group["here"]), (&1.into(), &true.into()));
    // Only the group that was asked for; one that is not there is refused.
    let only = room.lines(&["hand-out", "room", "--out", "few", "-g", "Group 2"], b"");
    assert_eq!(only.len(), 2);
    let (_, said) = refused(&room, &["hand-out", "room", "--out", "few", "-g", "nobody"]);
    assert!(said.contains("There is no group “nobody”"), "{said}");
}

#[test]
fn a_file_rewritten_with_all_it_had_replaces_the_old_one() {
    let room = home();
    fs::write(room.path().join("secret"), "a word between us").unwrap();
    let names = |folder: &str| -> BTreeSet<_> {
        everything(&room.path().join(folder)).into_keys().collect()
    };
    for options in [&[][..], &["--passphrase-file", "secret"]] {
        let folder = format!("stick{}", options.len());
        let hand_out = [&["hand-out", "room", "--out", &folder], options].concat();
        room.lines(&hand_out, b"");
        let before = names(&folder);
        add(&room, "room", "group-1", "after the first hand-outs");
        room.lines(&hand_out, b"");
        assert_eq!(names(&folder), before);
    }
    let bundles = || everything(&room.path().join("back")).len();
    room.lines(&["bundle", "room", "--out", "back"], b"");
    add(&room, "room", "group-1", "one more");
    room.lines(&["bundle", "room", "--out", "back"], b"");
    assert_eq!(bundles(), 1);
    // A part takes nothing away.
    room.lines(&["bundle", "room", "--out", "back", "--since", "2999-01-01"], b"");
    assert_eq!(bundles(), 2);
}

#[test]
fn a_workshop_whose_agenda_is_damaged_hands_nothing_out() {
    let room = home();
    let made = room.lines(&["new", "asean-declaration", "--at", "mine.workshop"], b"");
    add(&room, &made[0], "group-1", "a point that is there");
    for (path, bytes) in everything(&room.path().join("mine.workshop/changes")) {
        let text = String::from_utf8(bytes).unwrap();
        fs::write(path, text.replace("Kuala Lumpur", "Kuala Lumpar")).unwrap();
    }
    let (_, said) = refused(&room, &["hand-out", &made[0], "--out", "stick", "-g", "group-1"]);
    assert!(said.contains("The agenda of the workshop at"), "{said}");
    assert!(!room.path().join("stick").exists());
}

#[test]
fn a_folder_with_the_workshop_itself_among_others_is_no_trouble() {
    let room = home();
    fs::create_dir(room.path().join("all")).unwrap();
    let there = room.lines(&["new", "asean-declaration", "--at", "all/mine.workshop"], b"");
    room.lines(&["bundle", &there[0], "--out", "all"], b"");
    let text = room.lines(&["merge", &there[0], "all"], b"").join("\n");
    assert!(!text.contains("itself"), "{text}");
    let (text, _) = refused(&room, &["merge", &there[0], &there[0]]);
    assert!(text.contains("this is the workshop itself"), "{text}");
    let (text, _) = refused(&room, &["merge", &there[0], "no such stick"]);
    assert!(text.contains("not found.") && !text.contains("rapporteur new"), "{text}");
}

#[test]
fn what_is_taken_stays_taken_where_something_is_refused() {
    let room = brought();
    let all = room.path().join("all");
    fs::write(all.join("broken.bundle"), "nonsense").unwrap();
    fs::write(all.join("cut.bundle"), b"").unwrap();
    fs::write(all.join("notes.txt"), "nonsense").unwrap();
    let (printed, said) = refused(&room, &["merge", "room", "all", "nowhere", "--json"]);
    assert!(said.contains("3 were not taken in"), "{said}");
    let receipt = receipt(&printed);
    let names: Vec<&str> = receipt["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["broken.bundle", "cut.bundle", "nowhere"]);
    assert_eq!(receipt["parcels"].as_array().unwrap().len(), 3);
    assert_eq!(room.lines(&["list", "room", "--json"], b"").len(), 6);
    // The same where the workshop is made of it: what cannot be read is told, and the rest taken.
    let (printed, said) = refused(&room, &["merge", "./other", "all"]);
    assert!(
        said.contains("Created the workshop") && said.contains("2 were not taken in"),
        "{said}"
    );
    assert!(printed.contains("Not taken in: broken.bundle: this is not a bundle."), "{printed}");
    assert_eq!(room.lines(&["list", "other", "--json"], b"").len(), 6);
    // Nothing to make it from: nothing is made.
    let (_, said) = refused(&room, &["merge", "./third", "all/broken.bundle"]);
    assert!(said.contains("this is not a bundle"), "{said}");
    assert!(!room.path().join("third").exists());
}

#[test]
fn merged_in_any_order_the_same_goes_out() {
    let room = brought();
    let all: Vec<String> = everything(&room.path().join("all"))
        .into_keys()
        .map(|path| format!("all/{}", path.file_name().unwrap().to_string_lossy()))
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let back: Vec<&str> = all.iter().rev().copied().collect();
    room.lines(&[&["merge", "./forth"][..], &all].concat(), b"");
    for path in &back {
        room.lines(&["merge", "./back", path], b"");
    }
    room.lines(&["merge", "room", "back", "all", "forth"], b"");
    let listed = room.lines(&["list", "forth", "--json"], b"");
    assert_eq!(listed.len(), 6);
    room.lines(&["names", "forth", "--accept-agenda"], b"");
    room.lines(&["names", "back", "--accept-agenda"], b"");
    room.lines(&["export", "forth", "--out", "exported/forth"], b"");
    for name in ["back", "room"] {
        assert_eq!(room.lines(&["list", name, "--json"], b""), listed);
        room.lines(&["export", name, "--out", &format!("exported/{name}")], b"");
    }
    let files = |name: &str| {
        everything(&room.path().join("exported").join(name)).into_values().collect::<Vec<_>>()
    };
    assert_eq!(files("forth").len(), 10);
    assert!(files("back") == files("forth") && files("room") == files("forth"));
    // Merging once more writes nothing, but for what this machine remembers.
    room.lines(&["merge", "room", "forth", "back"], b"");
    let before = everything(&room.path().join("room"));
    room.lines(&["merge", "room", "all", "forth", "back"], b"");
    assert!(everything(&room.path().join("room")) == before);
    let (_, said) = refused(&room, &["merge", "room", "room"]);
    assert!(said.contains("1 was not taken in"), "{said}");
}

#[test]
fn what_was_changed_on_two_laptops_is_in_the_receipt() {
    let room = home();
    let point = add(&room, "room", "group-1", "from the room");
    room.lines(&["bundle", "room", "--out", "stick"], b"");
    let one = laptop("mine", &room);
    one.lines(&["merge", "./mine", "stick"], b"");
    // No verb changes points, so two records are written as the screens would.
    let reword = |home: &Home, workshop: &str, seed: u64, text: &str| {
        use rapporteur::workshop::{Field, Moment, WriterId};
        let folder = rapporteur::store::Folder::open(&home.path().join(workshop)).unwrap();
        let read = folder.read().unwrap().workshop;
        let change = read.set(point.parse().unwrap(), Field::Text(text.into())).unwrap();
        let writer = WriterId::new(seed);
        let record = serde_json::to_vec(&read.record(writer, Moment(1), [change])).unwrap();
        let path = folder.path().join(format!("changes/{writer}.jsonl"));
        fs::write(path, crate::laptops::line("00000000", &record).0).unwrap();
    };
    reword(&room, "room", 1, "in the room");
    reword(&one, "mine", 2, "in the group\u{1b}[31m\u{202e}");
    let made = one.lines(&["bundle", "mine", "--out", "back"], b"");
    fs::copy(one.path().join(&made[0]), room.path().join("back.bundle")).unwrap();
    let printed = room.lines(&["merge", "room", "back.bundle", "--json"], b"");
    let receipt = receipt(&printed[0]);
    let both = &receipt["both"][0];
    assert_eq!((&both["point"], &both["what"]), (&point.into(), &serde_json::json!(["wording"])));
    assert_eq!(receipt["parcels"][0]["groups"][0]["both"], 1);
    let text = room.lines(&["merge", "room", "back.bundle"], b"").join("\n");
    assert!(text.contains("Changed on two laptops at once: 1 point"), "{text}");
    for printed in [&text, &printed[0]] {
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    }
}

#[test]
fn since_is_a_time_a_while_or_an_earlier_bundle() {
    let room = home();
    add(&room, "room", "group-1", "early");
    let all = room.lines(&["bundle", "room", "--out", "first"], b"");
    add(&room, "room", "group-1", "late");
    let count = |since: &str| {
        let made = room.lines(&["bundle", "room", "--out", "part", "--since", since], b"");
        Bundle::read(fs::read(room.path().join(&made[0])).unwrap()).unwrap().header.changes - 1
    };
    for (since, changes) in
        [("2h", 2), ("90min", 2), ("2025-05-26", 2), ("2025-05-26T14:05", 2), ("2999-01-01", 0)]
    {
        assert_eq!(count(since), changes, "{since}");
    }
    assert_eq!(count(&all[0]), 1, "an earlier bundle");
    for wrong in ["yesterday", "25:99", "nowhere.bundle", ""] {
        let (_, said) = refused(&room, &["bundle", "room", "--out", "no", "--since", wrong]);
        assert!(said.contains("is neither a time nor a file"), "{wrong}: {said}");
    }
    assert!(!room.path().join("no").exists());
    let (_, said) = refused(&room, &["bundle", "room", "--since", "room/workshop.json"]);
    assert!(said.contains("this is not a bundle"), "{said}");
    // A part bears another name than the whole, and one that differs never costs an older one.
    room.lines(&["bundle", "room", "--out", "part"], b"");
    let names = everything(&room.path().join("part"));
    let parts = |path: &&std::path::PathBuf| path.to_string_lossy().contains(".part");
    assert_eq!(names.keys().filter(|path| !parts(path)).count(), 1, "{:?}", names.keys());
    let kept = everything(&room.path().join("part"));
    assert!(kept.len() > 1, "{:?}", kept.keys());
}

#[test]
fn a_locked_bundle_opens_with_its_passphrase_or_key_and_nothing_else() {
    let room = brought();
    let write = |name: &str, text: &str| fs::write(room.path().join(name), text).unwrap();
    write("right", "correct horse\nsecond line\n");
    write("wrong", "battery staple\n");
    write("empty", "\n");
    let public = room.lines(&["key", "--out", "secret"], b"").remove(0);
    assert!(public.starts_with("age1"));
    let (_, said) = refused(&room, &["key", "--out", "secret"]);
    assert!(said.contains("already"), "{said}");
    room.lines(&["key", "--out", "other"], b"");
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(fs::metadata(room.path().join("secret")).unwrap().mode() & 0o777, 0o600);
    }
    room.lines(&["merge", "./maker", "all"], b"");
    add(&room, "maker", "group-1", "the secret point");
    let by = |arguments: &[&str]| {
        room.lines(&[&["bundle", "maker", "--all"][..], arguments].concat(), b"").remove(0)
    };
    let with_words = by(&["--out", "words", "--passphrase-file", "right"]);
    let with_key = by(&["--out", "key", "--to", &public]);
    let with_file = by(&["--out", "file", "--to", "secret", "--to", &public]);
    for path in [&with_words, &with_key, &with_file] {
        assert!(path.ends_with(".bundle.age"), "{path}");
        let bytes = fs::read(room.path().join(path)).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
        assert!(!bytes.windows(10).any(|window| window == b"the secret"));
    }
    let before = everything(&room.path().join("room/changes"));
    for (arguments, why) in [
        (vec![&*with_words], "locked. Give the passphrase or the key"),
        (vec![&*with_key], "locked. Give the passphrase or the key"),
        (vec![&*with_words, "--passphrase-file", "wrong"], "does not open it. Try again"),
        (vec![&*with_key, "--passphrase-file", "right"], "locked. Give the passphrase or the key"),
        (vec![&*with_key, "--key", "other"], "does not open it. Try again"),
    ] {
        let (printed, said) = refused(&room, &[&["merge", "room"][..], &arguments].concat());
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(printed.contains(why), "{arguments:?}: {printed}");
        assert!(said.contains("1 was not taken in"), "{said}");
        assert!(everything(&room.path().join("room/changes")) == before, "{arguments:?}");
        let (_, said) = refused(&room, &[&["merge", "./new"][..], &arguments].concat());
        assert!(said.contains(why) && !room.path().join("new").exists(), "{said}");
    }
    for (arguments, why) in [
        (["--passphrase-file", "empty"], "There is no passphrase in “empty”"),
        (["--passphrase-file", "nowhere"], "There is nothing at “nowhere”"),
        (["--key", "right"], "no secret key"),
        (["--key", "nowhere"], "There is no key file at “nowhere”"),
    ] {
        let (_, said) = refused(&room, &[&["merge", "room", &with_key][..], &arguments].concat());
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
    for (to, why) in [
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA", "Keys of ssh lock no bundle."),
        ("age1nonsense", "is neither a public key"),
        ("right", "There is no public key in"),
    ] {
        let (_, said) = refused(&room, &["bundle", "maker", "--out", "no", "--to", to]);
        assert!(said.contains(why), "{to}: {said}");
    }
    assert!(!room.path().join("no").exists());
    for (path, opening, workshop) in [
        (&with_words, ["--passphrase-file", "right"], "./one"),
        (&with_key, ["--key", "secret"], "./two"),
        (&with_file, ["--key", "secret"], "room"),
    ] {
        room.lines(&[&["merge", workshop, path][..], &opening].concat(), b"");
        assert_eq!(room.lines(&["list", workshop, "--json"], b"").len(), 7, "{workshop}");
    }
}

#[test]
fn a_shared_folder_is_used_again_without_naming_it() {
    let room = home();
    add(&room, "room", "group-1", "of the room");
    fs::create_dir(room.path().join("place")).unwrap();
    let (_, said) = refused(&room, &["sync", "room"]);
    assert!(said.contains("No shared folder is set yet"), "{said}");
    let (_, said) = refused(&room, &["sync", "room", "plcae"]);
    assert!(said.contains("There is no folder “plcae”."), "{said}");
    let first = room.run(&["sync", "room", "place"], b"");
    assert!(first.status.success() && words(&first).contains("Published to "), "{}", words(&first));
    let second = room.run(&["sync", "room", "--json"], b"");
    assert!(second.status.success(), "{}", words(&second));
    assert!(words(&second).contains("has all of this laptop's changes"), "{}", words(&second));
    receipt(&String::from_utf8(second.stdout).unwrap());
    let files = everything(&room.path().join("place"));
    assert_eq!(files.len(), 1);
    // A copy of the folder is another laptop, and publishes under a name of its own.
    copy_folder(&room.path().join("room"), &room.path().join("copy"));
    add(&room, "copy", "group-2", "of the copy");
    room.lines(&["sync", "copy", "place"], b"");
    let now = everything(&room.path().join("place"));
    assert_eq!(now.len(), 2);
    assert!(files.iter().all(|(path, bytes)| now.get(path) == Some(bytes)));
    // What cannot be taken in is told, and the rest is taken.
    fs::write(room.path().join("place/torn.bundle"), "9be40d71 0000").unwrap();
    let (printed, said) = refused(&room, &["sync", "room"]);
    assert!(said.contains("1 there could not be taken in"), "{said}");
    assert!(printed.contains("Not taken in: torn.bundle"), "{printed}");
    assert_eq!(room.lines(&["list", "room", "--json"], b"").len(), 2);
    fs::rename(room.path().join("place"), room.path().join("gone")).unwrap();
    let (_, said) = refused(&room, &["sync", "room"]);
    assert!(said.contains("There is nothing at") || said.contains("place"), "{said}");
}

/// Used to be: "Copy it again from the laptop it comes from", on that very laptop, and exit 1, although it was written
/// again.
#[test]
fn ones_own_damaged_file_in_a_shared_folder_is_written_again() {
    let room = home();
    add(&room, "room", "group-1", "of the room");
    fs::create_dir(room.path().join("place")).unwrap();
    room.lines(&["sync", "room", "place"], b"");
    let (file, whole) = everything(&room.path().join("place")).pop_first().unwrap();
    let mut altered = whole.clone();
    *altered.last_mut().unwrap() ^= 1;
    for damaged in [vec![0; whole.len()], whole[..whole.len() / 2].to_vec(), Vec::new(), altered] {
        fs::write(&file, damaged).unwrap();
        let output = room.run(&["sync", "room"], b"");
        let said = words(&output);
        assert!(output.status.success() && !said.contains("Copy it again"), "{said}");
        assert!(
            said.contains("this laptop's own file. It was damaged there and is written again.")
        );
        assert!(said.contains("Published to "), "{said}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("Not taken in"));
        let now = fs::read(&file).unwrap();
        assert!(now.windows(11).any(|window| window == b"of the room"), "it is whole");
        assert!(!words(&room.run(&["sync", "room"], b"")).contains("damaged"));
    }
}

/// One such copy made every `sync` exit with 1, for ever.
#[test]
fn a_damaged_copy_of_a_bundle_that_is_there_is_a_note_and_no_failure() {
    let room = home();
    add(&room, "room", "group-1", "of the room");
    fs::create_dir(room.path().join("place")).unwrap();
    copy_folder(&room.path().join("room"), &room.path().join("other"));
    add(&room, "other", "group-2", "of the other");
    room.lines(&["sync", "other", "place"], b"");
    let (whole, bytes) = everything(&room.path().join("place")).pop_first().unwrap();
    let name = whole.file_stem().unwrap().to_string_lossy().into_owned();
    let copy = whole.with_file_name(format!("{name} (conflicted copy 2026-11-27).bundle"));
    fs::write(&copy, &bytes[..bytes.len() / 2]).unwrap();
    for _ in 0..2 {
        let output = room.run(&["sync", "room", "place"], b"");
        assert!(output.status.success(), "{}", words(&output));
        assert_eq!(words(&output).matches("is a damaged copy of a bundle").count(), 1);
        assert!(!String::from_utf8_lossy(&output.stdout).contains("Not taken in"));
    }
    assert_eq!(room.lines(&["list", "room", "--json"], b"").len(), 2);
    // It used to be a gap for ever, on the laptop that it is a copy of as well.
    for workshop in ["room", "other"] {
        room.lines(&["sync", workshop, "place"], b"");
        let said = words(&room.run(&["list", workshop], b""));
        assert!(!said.contains("taken in"), "{workshop}: {said}");
    }
    // Where the bundle itself is damaged, something is missing.
    fs::write(&whole, &bytes[..bytes.len() / 3]).unwrap();
    let (printed, said) = refused(&room, &["sync", "room"]);
    assert!(said.contains("2 there could not be taken in"), "{said}");
    assert!(printed.contains("Not taken in: "), "{printed}");
}

#[test]
fn what_came_to_the_room_by_stick_goes_on_to_all_in_the_place() {
    let room = brought();
    fs::create_dir(room.path().join("place")).unwrap();
    room.lines(&["merge", "room", "all"], b"");
    room.lines(&["sync", "room", "place"], b"");
    let other = Home::new();
    other.lines(&["new", "asean-declaration", "--at", "mine"], b"");
    copy_folder(&room.path().join("place"), &other.path().join("place"));
    other.lines(&["sync", "mine", "place"], b"");
    assert_eq!(other.lines(&["list", "mine", "--json"], b"").len(), 6);
}

#[test]
fn a_laptop_copied_whole_loses_nothing_in_a_shared_folder() {
    let one = home();
    add(&one, "room", "group-1", "before the copy");
    fs::create_dir(one.path().join("place")).unwrap();
    one.lines(&["sync", "room", "place"], b"");
    // The disk with everything on it, found under the very same path there: made so by a link.
    let two = Home::new();
    for name in ["room", "home"] {
        copy_folder(&one.path().join(name), &two.path().join(name));
    }
    let exchange = two.path().join("home/state/exchange");
    let memories: Vec<_> = fs::read_dir(&exchange).unwrap().map(|f| f.unwrap().path()).collect();
    let [memory] = &memories[..] else { panic!("{memories:?}") };
    let text = fs::read_to_string(memory).unwrap();
    let (here, there) = (one.path().canonicalize().unwrap(), two.path().canonicalize().unwrap());
    let moved =
        text.replacen(here.join("room").to_str().unwrap(), there.join("room").to_str().unwrap(), 1);
    let name =
        rapporteur::workshop::WriterId::of(there.join("room").as_os_str().as_encoded_bytes());
    fs::write(exchange.join(format!("{name}.json")), moved).unwrap();

    add(&one, "room", "group-1", "on one");
    add(&two, "room", "group-1", "on two");
    let place = one.path().join("place");
    let place = place.to_str().unwrap();
    for _ in 0..3 {
        for laptop in [&one, &two] {
            laptop.lines(&["sync", "room", place], b"");
        }
    }
    let listed = one.lines(&["list", "room", "--json"], b"");
    assert_eq!(listed.len(), 3);
    assert_eq!(two.lines(&["list", "room", "--json"], b""), listed);
    let replicas: BTreeSet<String> = everything(Path::new(place))
        .into_values()
        .map(|bytes| {
            serde_json::from_slice::<Value>(&jsons(&bytes)[0]).unwrap()["replica"].to_string()
        })
        .collect();
    assert_eq!(replicas.len(), 2, "the one who noticed took another name");
}

#[test]
fn what_is_imported_here_is_taken_in_elsewhere() {
    let home = Home::new();
    home.lines(&["export", "asean-declaration", "--out", "out"], b"");
    let text = fs::read_to_string(home.path().join("out/asean-declaration.feedback.ron")).unwrap();
    // A meeting before there were computers, with points deleted since.
    let old = text.replace("\"2025-", "\"1925-").replace("deleted: 0", "deleted: 2");
    fs::write(home.path().join("old.ron"), old).unwrap();
    home.lines(&["import", "./old", "old.ron"], b"");
    home.lines(&["bundle", "old", "--out", "stick"], b"");
    home.lines(&["merge", "./elsewhere", "stick"], b"");
    let listed = home.lines(&["list", "elsewhere", "--json"], b"");
    assert_eq!(listed, home.lines(&["list", "old", "--json"], b""));
    // An id that no bundle may carry never becomes a workshop.
    for id in ["group 1", "../group-1", "a/b"] {
        let other = text.replace("\"group-1\"", &format!("\"{id}\""));
        assert_ne!(other, text);
        fs::write(home.path().join("other.ron"), other).unwrap();
        let (_, said) = refused(&home, &["import", "./other", "other.ron"]);
        assert!(said.contains("no id that can be read"), "{said}");
    }
}
