//! A file that was deleted, or that ends too early at a line's end, bears no trace of it: that changes are
//! gone is known by how many there were.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use proptest::prelude::*;
use rapporteur::store::lock::Keys;
use rapporteur::store::{Bundle, Folder, Incoming, Packing, Writer};
use rapporteur::workshop::*;

use crate::command::{Home, words};
use crate::gaps::{WORDS, everything, flip, journal, meeting};
use crate::laptops::{Laptop, copy_folder};
use crate::which_workshop::plain;

/// The first signs of the laptop's name in the file name of a bundle.
fn laptop_of(bundle: &str) -> String {
    let stem = bundle.strip_suffix(".bundle").unwrap();
    stem.rsplit_once('.').unwrap().1[..4].to_owned()
}

/// Nothing is said to be missing, by anything.
fn is_whole(home: &Home, workshop: &str) {
    for (name, text) in everything(home, workshop) {
        for word in ["are missing", "is missing", "damaged", "arrived", "may be missing"] {
            assert!(!text.contains(word), "{name}: {text}");
        }
    }
    let checked = home.run(&["check", workshop], b"");
    // What the plan misses is missing too.
    let is_silent = words(&checked).contains("May: nothing");
    assert_eq!(checked.status.code(), Some(i32::from(is_silent)), "{}", words(&checked));
}

/// Used to be: `check` exits 0, and an export without a point says “0 captured” and is complete.
#[test]
fn what_was_written_here_and_is_gone_is_named_in_every_output() {
    let home = Home::new();
    let file = meeting(&home);
    is_whole(&home, "meeting");
    let whole = fs::read(&file).unwrap();
    let first = home.lines(&["bundle", "meeting", "-o", "first"], b"").remove(0);
    let laptop = laptop_of(&first);
    let cut = |words: &str| {
        let at = memchr::memmem::find(&whole, words.as_bytes()).unwrap();
        whole[..memchr::memrchr(b'\n', &whole[..at]).unwrap()].to_vec()
    };
    for (nth, left) in [None, Some(cut(WORDS[1])), Some(cut(WORDS[2]))].into_iter().enumerate() {
        match &left {
            None => fs::remove_file(&file).unwrap(),
            Some(bytes) => fs::write(&file, bytes).unwrap(),
        }
        let (missing, are) = (3 - nth, if nth == 2 { "is" } else { "are" });
        // What `new` wrote is one of the four.
        let said = format!("Laptop {laptop}: {missing} of its 4 changes {are} missing.");
        for (name, text) in everything(&home, "meeting") {
            assert!(text.contains(&said), "{name}: {said}: {text}");
        }
        let checked = home.run(&["check", "meeting"], b"");
        assert_eq!(checked.status.code(), Some(1), "{}", words(&checked));
        // Whoever gets its bundle hears it of the same laptop.
        let out = format!("out-{nth}");
        let bundle = home.lines(&["bundle", "meeting", "-o", &out], b"").remove(0);
        assert_eq!(laptop_of(&bundle), laptop);
        let told = words(&home.run(&["check", &bundle], b""));
        assert!(told.contains("missing where it was made"), "{told}");
        let other = format!("other-{nth}");
        let receipt = home.lines(&["merge", &format!("./{other}"), &bundle], b"").join(" ");
        let have = if missing == 1 { "has" } else { "have" };
        let said = format!("{missing} of its 4 changes {have} not arrived");
        assert!(plain(&receipt).contains(&said), "{receipt}");
        for (name, text) in everything(&home, &other) {
            assert!(text.contains(&format!("aptop {laptop}: {said}")), "{name}: {text}");
        }
        // And whoever gets a copy of the folder.
        let copy = home.path().join(format!("copy-{nth}"));
        copy_folder(&home.path().join("meeting"), &copy);
        let listed = home.run(&["list", copy.to_str().unwrap()], b"");
        assert!(words(&listed).contains(&format!("of its 4 changes {are} missing")));
        fs::write(&file, &whole).unwrap();
    }
    is_whole(&home, "meeting");
}

/// What a hand-out without points lacks is never to come, and must not be waited for.
#[test]
fn a_hand_out_reports_a_loss_only_where_it_carries_points() {
    let home = Home::new();
    let file = meeting(&home);
    fs::remove_file(&file).unwrap();
    for (with, tells) in [(None, false), (Some("--with-points"), true)] {
        let out = if tells { "with" } else { "without" };
        let arguments = ["hand-out", "meeting", "-g", "group-1", "-o", out];
        let arguments: Vec<&str> = arguments.into_iter().chain(with).collect();
        home.lines(&arguments, b"");
        let made = format!("./made-{out}");
        let hand_out = format!("{out}/asean-declaration.group-1.hand-out.bundle");
        home.lines(&["merge", &made, &hand_out], b"");
        let listed = words(&home.run(&["list", &made], b""));
        assert_eq!(listed.contains("3 of its 4 changes have not arrived"), tells, "{listed}");
    }
}

#[test]
fn what_came_back_from_another_laptop_is_missing_no_more() {
    let home = Home::new();
    let file = meeting(&home);
    let bundle = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./other", &bundle], b"");
    fs::remove_file(&file).unwrap();
    let place = home.path().join("place");
    fs::create_dir(&place).unwrap();
    let synced = home.run(&["sync", "meeting", place.to_str().unwrap()], b"");
    let receipt = plain(&String::from_utf8_lossy(&synced.stdout));
    assert!(receipt.contains("3 of its 4 changes are missing"), "{receipt}");
    let merged = home.lines(&["merge", "meeting", "other"], b"").join(" ");
    assert!(!merged.contains("missing."), "{merged}");
    is_whole(&home, "meeting");
    // It goes along in the next bundle, though it is in no file of this laptop's own any more.
    let again = home.lines(&["bundle", "meeting", "-o", "again"], b"").remove(0);
    assert_eq!(laptop_of(&again), laptop_of(&bundle));
    home.lines(&["merge", "./third", &again], b"");
    assert_eq!(home.lines(&["list", "third", "--json"], b"").len(), 3);
    is_whole(&home, "third");
}

/// Used to be: the writer's name here, the laptop's in its bundles and wherever they were taken in.
#[test]
fn damage_bears_one_name_here_and_elsewhere_and_is_said_once() {
    let home = Home::new();
    let file = meeting(&home);
    flip(&file, WORDS[1], 0);
    let listed = words(&home.run(&["list", "meeting"], b""));
    let bundle = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    let laptop = laptop_of(&bundle);
    assert!(listed.contains(&format!("Laptop {laptop}: 1 change is damaged")), "{listed}");
    home.lines(&["merge", "./other", &bundle], b"");
    let elsewhere = words(&home.run(&["list", "other"], b""));
    let told = format!("aptop {laptop}: 1 change is damaged there");
    assert!(elsewhere.contains(&told), "{elsewhere}");
    for said in [listed, elsewhere] {
        assert!(!said.contains("are missing") && !said.contains("arrived"), "{said}");
    }
    let told = words(&home.run(&["check", &bundle], b""));
    assert!(told.contains("damaged in 1 place") && !told.contains("missing where"), "{told}");
}

#[test]
fn what_a_killed_run_wrote_is_counted_by_the_next_one() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let place = ["-g", "group-2", "-t", "capacity"];
    let mut command = home.command(&[&["add", "meeting"][..], &place, &["-"]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "Said before the battery was empty\nThis too").unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!((0..2).all(|_| printed.next().unwrap().is_ok()));
    child.kill().unwrap();
    child.wait().unwrap();
    home.lines(&[&["add", "meeting"][..], &place, &["And after"]].concat(), b"");
    is_whole(&home, "meeting");
    fs::remove_file(journal(&home, "meeting", "the battery was empty")).unwrap();
    for (name, text) in everything(&home, "meeting") {
        assert!(text.contains("2 of its 4 changes are missing"), "{name}: {text}");
    }
}

/// Used to be: counted by the next run that wrote, so that what was lost before was never missed by one
/// that only read.
#[test]
fn what_a_killed_run_wrote_and_is_gone_is_missed_by_whoever_only_reads() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let place = ["-g", "group-2", "-t", "capacity"];
    let mut command = home.command(&[&["add", "meeting"][..], &place, &["-"]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
    for said in ["Said before the battery was empty", "This too", "And this"] {
        // Each is counted before the next is written.
        writeln!(stdin, "{said}").unwrap();
        assert!(printed.next().unwrap().is_ok());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    is_whole(&home, "meeting");
    fs::remove_file(journal(&home, "meeting", "the battery was empty")).unwrap();
    for (name, text) in everything(&home, "meeting") {
        assert!(text.contains("changes are missing"), "{name}: {text}");
    }
    let checked = home.run(&["check", "meeting"], b"");
    assert_eq!(checked.status.code(), Some(1), "{}", words(&checked));
}

/// Nothing is missed that is there, whatever is done to a workshop.
#[test]
fn nothing_else_looks_like_a_loss() {
    let home = Home::new();
    let file = meeting(&home);
    let point = |nth: usize| {
        let row = home.lines(&["list", "meeting", "--json"], b"").remove(nth);
        serde_json::from_str::<serde_json::Value>(&row).unwrap()["id"].as_str().unwrap().to_owned()
    };
    // Imported, and imported again: on the one that has it, and on one that begins with it.
    home.lines(&["export", "meeting", "-f", "json", "-o", "out"], b"");
    let feedback = "out/asean-declaration.feedback.json";
    for workshop in ["meeting", "./imported", "imported"] {
        home.lines(&["import", workshop, feedback], b"");
    }
    is_whole(&home, "imported");
    is_whole(&home, "meeting");
    // A copy that others write in, and that comes back.
    copy_folder(&home.path().join("meeting"), &home.path().join("copy"));
    home.lines(&["add", "copy", "-g", "group-1", "-t", "capacity", "On the copy"], b"");
    home.lines(&["merge", "meeting", "copy"], b"");
    is_whole(&home, "copy");
    is_whole(&home, "meeting");
    // Repaired.
    let whole = fs::read(&file).unwrap();
    flip(&file, WORDS[1], 0);
    assert!(words(&home.run(&["check", "--repair", "meeting"], b"")).contains("nothing is left"));
    is_whole(&home, "meeting");
    fs::write(&file, whole).unwrap();
    home.lines(&["move", "meeting", "--session", "none", &point(1)], b"");
    is_whole(&home, "meeting");
    // Two programs at once, each with a file of its own.
    let folder = Folder::open(&home.path().join("meeting")).unwrap();
    let state = home.path().join("state");
    let start =
        |id| Writer::start(&folder, WriterId::new(id), Some(state.clone()), |_| ()).unwrap();
    let writers = [start(71), start(72)];
    let mut workshop = folder.read().unwrap().workshop;
    for (nth, writer) in writers.iter().enumerate() {
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let id = PointId::new(900 + nth as u64);
        let captured = CapturedPoint::new(id, place, PointKind::Fact, "At once");
        let record =
            workshop.record(writer.id(), Moment(5), [Change::PointCaptured(captured.into())]);
        workshop.apply(record.clone());
        writer.save(&record).unwrap();
    }
    drop(writers);
    is_whole(&home, "meeting");
    // A count that a power cut took is made again, and an older program's folder has none.
    for found in fs::read_dir(home.path().join("meeting/heard")).unwrap() {
        let path = found.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("own-") {
            fs::write(path, "").unwrap();
        }
    }
    is_whole(&home, "meeting");
    fs::remove_dir_all(home.path().join("meeting/heard")).unwrap();
    is_whole(&home, "meeting");
    // Where it cannot be kept, nobody is kept from working.
    fs::remove_dir_all(home.path().join("meeting/heard")).unwrap();
    fs::write(home.path().join("meeting/heard"), "").unwrap();
    home.lines(&["add", "meeting", "-g", "group-1", "-t", "capacity", "Still works"], b"");
    // And the name is forgotten with the workshop.
    home.lines(&["forget", "copy", "--yes"], b"");
    assert!(!home.path().join("copy").exists());
}

/// A tombstone is the same change.
#[test]
fn what_was_purged_is_not_missing() {
    let home = tempfile::tempdir().unwrap();
    let agenda = Agenda { days: Vec::new(), ..crate::desk::agenda() };
    let mut laptop = Laptop::new(&home.path().join("one"), &agenda, 1);
    let place = Place::new(GroupId::plenary(), TopicId::general());
    let point = laptop.capture(place, None, "Somebody said so");
    laptop.set(point, Field::Text("It was said".into()));
    let before = laptop.bundle_of_all();
    let purge = laptop.workshop.purge(point).unwrap();
    laptop.make(200_000, [purge]);
    laptop.bundle_of_all();
    assert_eq!(laptop.sweep().lines, 1);
    let after = laptop.bundle_of_all();
    assert_eq!(laptop.read().missing(), [""; 0]);
    // In whichever order it comes, and where it comes back.
    let mut other = Laptop::new(&home.path().join("other"), &agenda, 2);
    for bytes in [&after, &before] {
        let path = home.path().join("one.bundle");
        fs::write(&path, bytes).unwrap();
        other.intake.take_source(&Incoming::Bundle(path), &Keys::default()).unwrap();
        other.intake.done(&mut []).unwrap();
        assert_eq!(other.read().missing(), [""; 0]);
    }
    laptop.take(&before).unwrap();
    assert_eq!(laptop.read().missing(), [""; 0]);
}

/// The names of participants could be tried out on the name of who lists them.
#[test]
fn who_lists_the_participants_is_not_counted() {
    let home = tempfile::tempdir().unwrap();
    let agenda = Agenda { participants: vec!["Aroha Tamatea".into()], ..crate::desk::agenda() };
    let listed = Record::participants(&agenda).pop().unwrap();
    assert!(listed.lists_participants());
    let mut laptop = Laptop::new(&home.path().join("one"), &agenda, 1);
    let (place, writer) = (Place::new(GroupId::plenary(), TopicId::general()), laptop.writer);
    laptop.capture(place, None, "Anything");
    laptop.bundle_of_all();
    let files = fs::read_dir(home.path().join("one/heard")).unwrap();
    let names: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.contains(&format!("own-{writer}.json")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains(&listed.stamp.writer.to_string())));
    for entry in fs::read_dir(home.path().join("one/changes")).unwrap() {
        let path = entry.unwrap().path();
        if fs::read_to_string(&path).unwrap().contains("Aroha") {
            fs::remove_file(path).unwrap();
        }
    }
    laptop.restart();
    let bundle = String::from_utf8(laptop.bundle_of_all()).unwrap();
    assert!(!bundle.contains(&listed.stamp.writer.to_string()));
}

fn at(day: u32) -> Moment {
    let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
    Moment(date.and_hms_opt(10, 0, 0).unwrap().and_utc().timestamp_millis())
}

/// Used to be: the laptop that went on from the copy knew of nobody but the one that had made it.
#[test]
fn a_second_copy_brings_along_who_was_heard() {
    let home = tempfile::tempdir().unwrap();
    let mut agenda = crate::desk::agenda();
    let next = Day { date: "2025-05-28".parse().unwrap(), ..agenda.days[0].clone() };
    agenda.days.push(Day { sessions: Vec::new(), ..next });
    let group = GroupId::from("group-2");
    let mut room = Laptop::new(&home.path().join("room"), &agenda, 1);
    let place = Place::new(group.clone(), TopicId::general());
    for seed in [2, 3] {
        let mut laptop = Laptop::new(&home.path().join(seed.to_string()), &agenda, seed);
        laptop.capture(place.clone(), None, &format!("Point {seed}"));
        let packing = Packing { group: Some(group.clone()), made: at(27), ..laptop.packing() };
        let path = home.path().join(format!("{seed}.bundle"));
        fs::write(&path, laptop.pack(&packing, None)).unwrap();
        room.intake.take_source(&Incoming::Bundle(path), &Keys::default()).unwrap();
    }
    room.intake.done(&mut []).unwrap();
    let packing = Packing { all: true, made: at(27), ..room.packing() };
    let copy = Bundle::read(room.pack(&packing, None)).unwrap();
    let (there, _) =
        Folder::create_from(&home.path().join("there"), &copy, WriterId::new(9)).unwrap();
    for folder in [&room.folder, &there] {
        let workshop = folder.read().unwrap().workshop;
        let several = Several::of(&workshop, None);
        assert_eq!(several.len(), 1);
        assert_eq!((&several[0].group, several[0].laptops.len()), (&group, 2));
        let away = workshop.absent_laptops(at(28));
        assert_eq!(away.len(), 2, "{away:?}");
        assert!(away[0].contains("nothing came from it today; last on 27 May"), "{away:?}");
    }
    // What is said of a laptop to itself is no news, and it does not stay away from itself.
    let mut one = Laptop::of(Folder::open(&home.path().join("2")).unwrap(), 20);
    one.intake.works_as(Laptop::of(Folder::open(&home.path().join("2")).unwrap(), 2).replica);
    let path = home.path().join("room.bundle");
    fs::write(&path, copy.bytes()).unwrap();
    one.intake.take_source(&Incoming::Bundle(path), &Keys::default()).unwrap();
    one.intake.done(&mut []).unwrap();
    let workshop = one.folder.read().unwrap().workshop;
    assert_eq!(workshop.absent_laptops(at(28)).len(), 1, "{:?}", workshop.absent_laptops(at(28)));
    // A hand-out tells a group of nobody.
    let packing = Packing { hand_out: Some(group), ..packing };
    let hand_out = String::from_utf8(room.pack(&packing, None)).unwrap();
    assert!(!hand_out.lines().next().unwrap().contains("\"heard\""));
}

/// What one laptop could not take in may be whole at another, which is not to be alarmed by it.
#[test]
fn what_another_laptop_could_not_take_in_is_no_gap_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let agenda = crate::desk::agenda();
    let place = Place::new(GroupId::plenary(), TopicId::general());
    let mut writes = Laptop::new(&home.path().join("writes"), &agenda, 1);
    writes.capture(place, None, "Whole");
    let bytes = writes.bundle_of_all();
    let file = Bundle::read(bytes.clone()).unwrap().header.file_name(false);
    let takes = |name: &str, seed, bytes: &[u8]| {
        let mut laptop = Laptop::new(&home.path().join(name), &agenda, seed);
        let path = home.path().join(name).join(&file);
        fs::write(&path, bytes).unwrap();
        let taken = laptop.intake.take_source(&Incoming::Bundle(path), &Keys::default());
        laptop.intake.done(&mut []).unwrap();
        (laptop, taken.is_ok())
    };
    let (mut cut, refused) = takes("cut", 2, &bytes[..99]);
    let (mut whole, taken) = takes("whole", 3, &bytes);
    assert_eq!((refused, taken), (false, true));
    let path = home.path().join("of-cut.bundle");
    fs::write(&path, cut.bundle_of_all()).unwrap();
    whole.intake.take_source(&Incoming::Bundle(path.clone()), &Keys::default()).unwrap();
    whole.intake.done(&mut []).unwrap();
    assert_eq!(whole.folder.read().unwrap().workshop.missing(), [""; 0]);
    // Who knows it from there alone is told what is missing, and that it was refused.
    let (third, _) = takes("third", 4, &fs::read(path).unwrap());
    let missing = third.folder.read().unwrap().workshop.missing();
    assert!(missing.iter().any(|line| line.contains("not taken in: it is damaged")), "{missing:?}");
}

/// A sample is written into the file of one writer under the name of another: a damaged line in it was called
/// that of two laptops, damaged at one and missing from the other.
#[test]
fn one_loss_in_a_sample_has_one_name() {
    let home = tempfile::tempdir().unwrap();
    let agenda = Agenda { days: Vec::new(), ..crate::desk::agenda() };
    let folder = Folder::create(&home.path().join("room"), &agenda).unwrap();
    let mut workshop = folder.read().unwrap().workshop;
    let writer =
        Writer::start(&folder, WriterId::new(71), Some(home.path().join("state")), |_| ()).unwrap();
    for nth in 0..4 {
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured =
            CapturedPoint::new(PointId::new(nth), place, PointKind::Fact, format!("Word {nth}"));
        let change = Change::PointCaptured(captured.into());
        let record = workshop.record(WriterId::new(900), Moment(5), [change]);
        workshop.apply(record.clone());
        writer.save(&record).unwrap();
    }
    let file = folder.path().join(format!("changes/{}.jsonl", writer.id()));
    drop(writer);
    let whole = fs::read(&file).unwrap();
    let at = memchr::memmem::find(&whole, b"Word 2").unwrap();
    let mut bytes = whole.clone();
    (bytes[at], bytes[at + 1], bytes[at + 5]) = (b'X', b'Y', b'Z');
    for (bytes, said) in [(bytes, "1 change is damaged"), (vec![0xff; 9], "damaged")] {
        fs::write(&file, bytes).unwrap();
        let missing = folder.read().unwrap().workshop.missing();
        let names: std::collections::BTreeSet<&str> =
            missing.iter().filter_map(|line| line.get(..12)).collect();
        assert_eq!(names.len(), 1, "{missing:?}");
        assert!(missing.iter().any(|line| line.contains(said)), "{missing:?}");
    }
}

proptest! {
    /// Whichever file of a laptop's changes is deleted or ends early at a line's end: where nothing is
    /// said to be missing, nothing is.
    #[test]
    fn complete_is_all_that_was_counted(
        file in any::<proptest::sample::Index>(),
        line in any::<proptest::sample::Index>(),
        deleted in any::<bool>(),
        recovered in any::<bool>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let agenda = Agenda { days: Vec::new(), ..crate::desk::agenda() };
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let mut room = Laptop::new(&home.path().join("room"), &agenda, 1);
        let mut other = Laptop::new(&home.path().join("other"), &agenda, 2);
        for nth in 0..3 {
            room.capture(place.clone(), None, &format!("Ours {nth}"));
            other.capture(place.clone(), None, &format!("Theirs {nth}"));
        }
        let path = home.path().join("other.bundle");
        let packing = other.packing();
        fs::write(&path, other.pack(&packing, None)).unwrap();
        room.intake.take_source(&Incoming::Bundle(path), &Keys::default()).unwrap();
        room.intake.done(&mut []).unwrap();
        let all = room.bundle_of_all();
        let taken = home.path().join("all.bundle");
        fs::write(&taken, &all).unwrap();
        room.close();
        lose(&room.folder.path().join("changes"), file, line, deleted);
        let mut again = Laptop::of(Folder::open(room.folder.path()).unwrap(), 7);
        if recovered {
            again.intake.take_source(&Incoming::Bundle(taken), &Keys::default()).unwrap();
            again.intake.done(&mut []).unwrap();
        }
        let workshop = again.folder.read().unwrap().workshop;
        let (points, missing) = (workshop.points().count(), workshop.missing());
        prop_assert_eq!(points == 6, missing.is_empty(), "{}: {:?}", points, missing);
        prop_assert!(points == 6 || !recovered);
        // The live look and the first reading agree.
        let now = again.folder.gaps().1;
        prop_assert_eq!(workshop.sentences(now.iter()), missing);
    }
}

/// Deletes a file of changes, or cuts it off behind one of its lines; not that of the agenda.
fn lose(
    changes: &Path,
    file: proptest::sample::Index,
    line: proptest::sample::Index,
    deleted: bool,
) {
    let files = fs::read_dir(changes).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|file| !fs::read_to_string(file).unwrap().contains("\"founded\"")).collect();
    files.sort();
    let path = file.get(&files);
    let bytes = fs::read(path).unwrap();
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', &bytes).map(|at| at + 1).collect();
    if deleted {
        fs::remove_file(path).unwrap();
    } else {
        fs::write(path, &bytes[..*line.get(&ends)]).unwrap();
    }
}
