//! What is left of a bundle whose first lines are damaged, and of a workshop whose agenda or changes are gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use rapporteur::store::lock::{Keys, Lock, Passphrase};
use rapporteur::store::{Rejection, read_headless_bundle, read_rest_of_bundle};

use crate::command::{Home, words};
use crate::gaps::{everything, meeting};

/// Standard output and error, on one line.
fn all(output: &Output) -> String {
    let all = String::from_utf8_lossy(&output.stdout).into_owned() + &words(output);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn count(home: &Home, workshop: &str) -> usize {
    home.lines(&["list", workshop, "--json"], b"").len()
}

/// A meeting of three points, its bundle's path and bytes, and a room of the same meeting.
fn bundled(home: &Home) -> (PathBuf, Vec<u8>) {
    meeting(home);
    let file = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    let file = home.path().join(file);
    let whole = fs::read(&file).unwrap();
    (file, whole)
}

fn first_end(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).unwrap()
}

/// Used to be: one wrong byte in the first line, or in the agenda of a hand-out, made all of it useless.
#[test]
fn one_wrong_byte_in_the_first_line_or_in_the_agenda_costs_nothing() {
    let home = Home::new();
    let (file, whole) = bundled(&home);
    let hand_out = home.lines(&["hand-out", "meeting", "-o", "hand-outs"], b"").remove(0);
    let hand_out = home.path().join(hand_out);
    let agenda = fs::read(&hand_out).unwrap();
    let begun = first_end(&agenda) + 2;
    let ended = begun + first_end(&agenda[begun..]) + 1;
    for (path, whole, to) in [(&file, &whole, first_end(&whole) + 1), (&hand_out, &agenda, ended)] {
        for at in (0..to).step_by(3 * crate::ONE_OF) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8) | 0x10;
            fs::write(path, bytes).unwrap();
            let read = read_rest_of_bundle(path, &Keys::default());
            let bundle = read.unwrap_or_else(|why| panic!("{at}: {why}"));
            assert_eq!((bundle.damage(), bundle.bytes() == *whole), (None, true), "{at}");
        }
    }
    let mut bytes = whole.clone();
    bytes[60] ^= 0x21;
    fs::write(&file, bytes).unwrap();
    home.lines(&["merge", "room", "stick"], b"");
    assert_eq!(count(&home, "room"), 3);
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    let mut bytes = agenda.clone();
    bytes[ended - 40] ^= 0x21;
    fs::write(&hand_out, bytes).unwrap();
    home.lines(&["merge", "./group", hand_out.to_str().unwrap()], b"");
}

/// Used to be: refused whole, and three points that could be read were not taken in.
#[test]
fn what_follows_a_first_line_that_is_lost_is_taken_in_and_the_laptop_is_named() {
    for renamed in [false, true] {
        let home = Home::new();
        let (file, whole) = bundled(&home);
        let mut bytes = whole.clone();
        bytes[20..first_end(&whole)].fill(0);
        fs::write(&file, &bytes).unwrap();
        let given = if renamed {
            fs::rename(&file, home.path().join("stick/copy.bundle")).unwrap();
            "stick/copy.bundle".to_owned()
        } else {
            file.to_str().unwrap().to_owned()
        };
        let checked = home.run(&["check", &given], b"");
        assert_eq!(checked.status.code(), Some(1));
        assert!(words(&checked).contains("`rapporteur merge` takes in"), "{}", words(&checked));
        let merged = home.run(&["merge", "room", &given], b"");
        assert_eq!(merged.status.code(), Some(1));
        assert!(all(&merged).contains("damaged at its beginning"), "{}", all(&merged));
        assert_eq!(count(&home, "room"), 3);
        let said = "its file was taken in only in part: its beginning is damaged";
        for (name, text) in everything(&home, "room") {
            let is_named = text.contains("aptop ") && text.contains(said);
            assert!(is_named, "{renamed}, {name}: {text}");
        }
        assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
        // It is another file than that of the same laptop, so it starts a workshop too.
        let begun = home.run(&["merge", "./begun", &given], b"");
        assert_eq!((begun.status.code(), count(&home, "begun")), (Some(1), 3), "{}", all(&begun));
        // A later bundle of that laptop says what it has.
        home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "One more"], b"");
        fs::remove_dir_all(home.path().join("stick")).unwrap();
        home.lines(&["bundle", "meeting", "-o", "stick"], b"");
        home.lines(&["merge", "room", "stick"], b"");
        assert_eq!(count(&home, "room"), 4);
        let checked = home.run(&["check", "room"], b"");
        assert_eq!(checked.status.code(), Some(0), "{}", words(&checked));
    }
}

/// “Taken in only in part” used to stay until that laptop made another bundle, although the whole file was there.
#[test]
fn the_whole_file_in_the_same_place_ends_that_it_was_taken_in_only_in_part() {
    let said = "its file was taken in only in part: its beginning is damaged";
    for (flips, older) in [(false, false), (true, false), (false, true), (true, true)] {
        let home = Home::new();
        let (file, first) = bundled(&home);
        home.lines(&["merge", "room", "stick"], b"");
        home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "One more"], b"");
        fs::remove_file(&file).unwrap();
        home.lines(&["bundle", "meeting", "-o", "stick"], b"");
        let whole = fs::read(&file).unwrap();
        let mut damaged = whole.clone();
        let at = memchr::memmem::find(&whole, b"One more").unwrap();
        damaged[at..at + 4].fill(b'x');
        let headless = if flips { &damaged } else { &whole }[first_end(&whole) + 2..].to_vec();
        for bytes in [&damaged, &headless] {
            fs::write(&file, bytes).unwrap();
            // `sync` used to exit with 0.
            for verb in ["merge", "sync"] {
                let taken = home.run(&[verb, "room", "stick"], b"");
                let is_in_part = bytes == &headless;
                assert!(!is_in_part || taken.status.code() == Some(1), "{verb}: {}", all(&taken));
            }
        }
        let checked = || words(&home.run(&["check", "room"], b""));
        assert!(checked().contains(said), "{}", checked());
        if older {
            // That is not the newest.
            fs::write(&file, &first).unwrap();
            home.run(&["merge", "room", "stick"], b"");
            assert!(checked().contains(said), "{}", checked());
        }
        fs::write(&file, &whole).unwrap();
        home.lines(&["merge", "room", "stick"], b"");
        assert_eq!(count(&home, "room"), 4);
        for (name, text) in everything(&home, "room") {
            assert!(!text.contains("only in part"), "{flips}, {older}, {name}: {text}");
        }
        assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    }
    // Without a header nobody knows that an older file is not the newest.
    let home = Home::new();
    let (file, first) = bundled(&home);
    home.lines(&["merge", "room", "stick"], b"");
    home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "One more"], b"");
    fs::remove_file(&file).unwrap();
    home.lines(&["bundle", "meeting", "-o", "stick"], b"");
    let whole = fs::read(&file).unwrap();
    let mut headless = whole[first_end(&whole) + 2..].to_vec();
    let at = memchr::memmem::find(&headless, b"One more").unwrap();
    headless[at..at + 4].fill(b'x');
    for bytes in [&headless, &first] {
        fs::write(&file, bytes).unwrap();
        home.run(&["merge", "room", "stick"], b"");
        let checked = words(&home.run(&["check", "room"], b""));
        assert!(checked.contains(said), "{checked}");
    }
}

#[test]
fn a_bundle_of_which_nothing_says_what_it_is_of_is_refused_with_a_way_on() {
    let home = Home::new();
    let (file, whole) = bundled(&home);
    let mut bytes = whole.clone();
    bytes[20..first_end(&whole) + 400].fill(0);
    fs::write(&file, &bytes).unwrap();
    let merged = home.run(&["merge", "room", "stick"], b"");
    assert_eq!(merged.status.code(), Some(1));
    assert!(all(&merged).contains("says which workshop it belongs to"), "{}", all(&merged));
    assert!(all(&merged).contains("Copy it again"), "{}", all(&merged));
    assert_eq!(count(&home, "room"), 0);
    assert!(words(&home.run(&["list", "room"], b"")).contains("its file was not taken in"));
    // Of the rest of a file nothing is made up.
    let why = read_headless_bundle(&file, &Keys::default(), Rejection::Altered).err();
    assert_eq!(why, Some(Rejection::Unclaimed));
}

fn files(path: &Path) -> usize {
    fs::read_dir(path).map_or(0, Iterator::count)
}

/// Used to be: a file that no laptop could open, and not a word.
#[test]
fn a_workshop_without_its_agenda_or_its_changes_writes_nothing_and_says_what_to_do() {
    let home = Home::new();
    meeting(&home);
    let hand_outs = home.lines(&["hand-out", "meeting", "-o", "hand-outs"], b"");
    let changes = home.path().join("meeting/changes");
    let agenda = fs::read_dir(&changes).unwrap().map(|found| found.unwrap().path());
    let holds =
        |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).contains("founded");
    let agenda = agenda.into_iter().find(holds).unwrap();
    let (whole, mut damaged) = (fs::read(&agenda).unwrap(), fs::read(&agenda).unwrap());
    damaged[300..310].fill(0);
    for folder in ["share", "copy"] {
        fs::create_dir(home.path().join(folder)).unwrap();
    }
    let verbs: [&[&str]; 5] = [
        &["bundle", "meeting", "-o", "out"],
        &["bundle", "meeting", "--all", "-o", "out"],
        &["hand-out", "meeting", "-o", "out"],
        &["sync", "meeting", "share"],
        &["copy", "meeting", "copy"],
    ];
    let refuse = |what: &str, advice: &str| {
        for verb in verbs {
            let done = home.run(verb, b"");
            assert_eq!(done.status.code(), Some(1), "{verb:?}: {}", all(&done));
            let said = all(&done);
            assert!(said.contains(what) && said.contains(advice), "{verb:?}: {said}");
        }
        for folder in ["out", "share", "copy"] {
            assert_eq!(files(&home.path().join(folder)), 0, "{folder}");
        }
    };
    for bytes in [None, Some(&damaged)] {
        match bytes {
            Some(bytes) => fs::write(&agenda, bytes).unwrap(),
            None => fs::remove_file(&agenda).unwrap(),
        }
        refuse("agenda", "`rapporteur merge WORKSHOP FILE`");
    }
    // What is advised works.
    fs::remove_file(&agenda).unwrap();
    home.run(&["merge", "meeting", &hand_outs[0]], b"");
    assert_eq!(count(&home, "meeting"), 3);
    home.lines(&["bundle", "meeting", "-o", "out"], b"");
    // Since then the second copy is kept.
    for folder in ["out", "copy"] {
        fs::remove_dir_all(home.path().join(folder)).unwrap();
    }
    fs::create_dir(home.path().join("copy")).unwrap();
    fs::write(&agenda, whole).unwrap();
    fs::rename(&changes, home.path().join("elsewhere")).unwrap();
    let folder = Path::new("meeting").join("changes");
    let missing = format!("There is no “{}”", folder.display());
    refuse(&missing, "Put it back");
    let listed = home.run(&["list", "meeting"], b"");
    assert!(words(&listed).contains(&missing), "{}", words(&listed));
}

/// Used to be: "made by a newer version", "this is no bundle", or that the passphrase was typed differently.
#[test]
fn whatever_byte_of_a_locked_bundles_head_is_wrong_it_is_said_to_be_damaged() {
    let home = Home::new();
    let (file, whole) = bundled(&home);
    let words = Passphrase::new("many boats at night").unwrap();
    let locked = Lock::Passphrase(words.clone()).lock(&whole).unwrap();
    fs::write(home.path().join("words"), "many boats at night\n").unwrap();
    home.lines(&["key", "room", "--passphrase-file", "words"], b"");
    home.lines(&["key", "meeting", "--passphrase-file", "words"], b"");
    let of_key = home.lines(&["bundle", "meeting", "-o", "locked"], b"").remove(0);
    let of_key = fs::read(home.path().join(of_key)).unwrap();
    let path = file.with_file_name("locked.bundle.age");
    let keys = Keys::passphrase(words);
    for (whole, step) in [(&locked, 9), (&of_key, 9)] {
        let head = memchr::memmem::find(whole, b"\n--- ").unwrap();
        for at in (0..head).step_by(step * crate::ONE_OF) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 7);
            fs::write(&path, &bytes).unwrap();
            match read_rest_of_bundle(&path, &keys) {
                // The first line is always the same, so it can be put right.
                Ok(bundle) => assert!(at < 22 && bundle.damage().is_none(), "{at}"),
                Err(why) => {
                    let said = why.to_string();
                    let asks = why.asks_for_a_key();
                    assert!(said.contains("damaged") || asks, "{at}: {said}");
                    assert!(
                        said.contains("Copy it again") || said.contains("copy it again") || asks
                    );
                }
            }
        }
    }
}
