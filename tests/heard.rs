//! What other laptops said of themselves is kept, and where it cannot be read that is said.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::workshop::shown;
use serde_json::json;

use crate::command::{Home, words};
use crate::gaps::everything;
use crate::laptops::{forge, jsons};

/// Laptops of two groups and the room's, each with a word to say.
fn laptops(home: &Home) {
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    for group in ["group-1", "group-2"] {
        let file = format!("hand-outs/asean-declaration.{group}.hand-out.bundle");
        home.lines(&["merge", &format!("./{group}"), &file], b"");
        say(home, group, "First of all");
    }
}

fn say(home: &Home, group: &str, words: &str) {
    home.lines(&["add", group, "-g", group, "-t", "capacity", words], b"");
}

fn bundle(home: &Home, group: &str, rest: &[&str]) -> String {
    home.lines(&[&["bundle", group, "-o", group][..], rest].concat(), b"").remove(0)
}

fn files(home: &Home, workshop: &str) -> Vec<PathBuf> {
    let found = fs::read_dir(home.path().join(workshop).join("heard")).unwrap();
    let mut files: Vec<PathBuf> = found.map(|found| found.unwrap().path()).collect();
    // What this laptop wrote itself is counted in files of their own.
    files.retain(|file| !file.file_name().unwrap().to_str().unwrap().starts_with("own-"));
    files.retain(|file| file.extension().unwrap() == "json");
    files.sort();
    files
}

/// Used to be: the file said nothing, and the gap that it told of was gone from every output.
#[test]
fn a_file_of_what_was_heard_that_cannot_be_read_is_a_gap_of_its_own() {
    let home = Home::new();
    laptops(&home);
    let first = bundle(&home, "group-2", &[]);
    fs::rename(home.path().join(&first), home.path().join("first.bundle")).unwrap();
    say(&home, "group-2", "Second");
    let part = bundle(&home, "group-2", &["--since", "first.bundle"]);
    home.lines(&["merge", "room", &part], b"");
    let arrived = "1 of its 2 changes has not arrived";
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(arrived) && !text.contains("heard/"), "{name}: {text}");
    }
    let file = files(&home, "room").remove(0);
    let whole = fs::read(&file).unwrap();
    let said = "in heard/ cannot be read; what other laptops have is not known until";
    let cuts = (0..whole.len()).step_by(7 * crate::ONE_OF).map(|length| whole[..length].to_vec());
    let foreign =
        ["[1, 2]", "{\"what\":\"a shop\"}", "\0\0\0\0"].map(|text| text.as_bytes().to_vec());
    for bytes in cuts.chain(foreign) {
        fs::write(&file, bytes).unwrap();
        let checked = home.run(&["check", "room"], b"");
        assert_eq!(checked.status.code(), Some(1));
        let text = words(&checked);
        assert!(text.contains(said) && text.contains("has been merged once more"), "{text}");
        assert!(text.contains(file.file_name().unwrap().to_str().unwrap()), "{text}");
    }
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(said), "{name}: {text}");
    }
    // Whoever takes the folder in hears of it.
    home.lines(&["merge", "./copy", "hand-outs/asean-declaration.group-1.hand-out.bundle"], b"");
    let taken = home.run(&["merge", "copy", "room"], b"").stdout;
    let taken = String::from_utf8(taken).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(taken.contains("what other laptops have is not known"), "{taken}");
    // What the system leaves beside it is no file of it, and a good one beside it is read.
    fs::write(file.with_file_name("._x.json"), "resource fork").unwrap();
    let whole_bundle = bundle(&home, "group-2", &[]);
    home.lines(&["merge", "room", &part, &whole_bundle], b"");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("heard/") && !text.contains("not arrived"), "{name}: {text}");
    }
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    fs::remove_file(&file).unwrap();
    // The whole of it: the folder itself cannot be read.
    let kept = home.path().join("kept");
    fs::rename(home.path().join("room/heard"), &kept).unwrap();
    fs::write(home.path().join("room/heard"), "").unwrap();
    assert!(words(&home.run(&["list", "room"], b"")).contains(said));
}

/// Such a file had to be deleted by hand: `check --repair` said that nothing could be repaired.
#[test]
fn a_repair_sets_aside_what_cannot_be_read_of_what_was_heard() {
    let home = Home::new();
    laptops(&home);
    let bundle = bundle(&home, "group-2", &[]);
    for garbled in ["\0\0", "[1, 2]", "{\"a\":"] {
        home.lines(&["merge", "room", &bundle], b"");
        let file = files(&home, "room").pop().unwrap();
        fs::write(&file, garbled).unwrap();
        let repaired = home.run(&["check", "--repair", "room"], b"");
        let text = words(&repaired);
        let name = file.file_name().unwrap().to_str().unwrap();
        let said = shown(&Path::new("heard").join(name));
        assert!(text.contains(&format!("{said} could not be read and is now")), "{text}");
        assert_eq!(repaired.status.code(), Some(1), "{text}");
        assert!(!file.exists());
        let kept = fs::read_dir(file.parent().unwrap()).unwrap().map(|it| it.unwrap().path());
        let mut kept = kept;
        let is_aside = |path: PathBuf| fs::read_to_string(path).is_ok_and(|text| text == garbled);
        assert!(kept.any(is_aside), "its bytes are kept");
        home.lines(&["merge", "room", &bundle], b"");
        assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    }
    // What has the name of the folder itself.
    let folder = home.path().join("room/heard");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "x").unwrap();
    assert_eq!(home.run(&["check", "--repair", "room"], b"").status.code(), Some(1));
    home.lines(&["merge", "room", &bundle], b"");
    assert!(folder.is_dir());
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
}

const NOT_KNOWN: &str = "what other laptops have is not known";

/// One of two changes of Group 2 is at the room, and it is known that there are two; Group 1's is here. Returns the
/// file that says so, the bundle that has less and the one that has all.
fn with_a_gap(home: &Home) -> (PathBuf, [String; 2]) {
    laptops(home);
    home.lines(&["merge", "room", &bundle(home, "group-1", &[])], b"");
    let first = bundle(home, "group-2", &[]);
    fs::rename(home.path().join(&first), home.path().join("first.bundle")).unwrap();
    say(home, "group-2", "Second");
    let part = bundle(home, "group-2", &["--since", "first.bundle"]);
    fs::rename(home.path().join(&part), home.path().join("part.bundle")).unwrap();
    let known = files(home, "room");
    home.lines(&["merge", "room", "part.bundle"], b"");
    let file = files(home, "room").into_iter().find(|file| !known.contains(file)).unwrap();
    let whole = bundle(home, "group-2", &[]);
    (file, ["first.bundle".to_owned(), whole])
}

/// `check` used to exit with 0 and say nothing: a field with a misspelt name was skipped, and a wrong number was
/// believed.
#[test]
fn a_wrong_byte_in_what_was_heard_hides_nothing() {
    let home = Home::new();
    let (file, [_, whole]) = with_a_gap(&home);
    let good = fs::read_to_string(&file).unwrap();
    for (from, to) in [("\"writers\"", "\"wrisers\""), (":2}", ":0}"), ("\"sum\"", "\"sun\"")] {
        assert!(good.contains(from), "{good}");
        fs::write(&file, good.replacen(from, to, 1)).unwrap();
        for (name, text) in everything(&home, "room") {
            assert!(text.contains(NOT_KNOWN), "{from}: {name}: {text}");
        }
        assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
    }
    // As it was written before there was a checksum.
    let at = good.find("\"sum\"").unwrap();
    let plain = [&good[..at], &good[at + "\"sum\":\"01234567\",".len()..]].concat();
    fs::write(&file, &plain).unwrap();
    for (name, text) in everything(&home, "room") {
        assert!(text.contains("has not arrived") && !text.contains(NOT_KNOWN), "{name}: {text}");
    }
    fs::write(&file, plain.replacen("\"writers\"", "\"wrisers\"", 1)).unwrap();
    assert!(words(&home.run(&["check", "room"], b"")).contains(NOT_KNOWN));
    // What a newer version writes is kept, and that is said.
    let newer = plain.replacen("{\"nth\"", "{\"colour\":\"blue\",\"nth\"", 1);
    let sum = format!("{{\"sum\":\"{:08x}\",\"colour\"", crc32fast::hash(newer.as_bytes()));
    let newer = newer.replacen("{\"colour\"", &sum, 1);
    fs::write(&file, &newer).unwrap();
    let checked = words(&home.run(&["check", "room"], b""));
    assert!(checked.contains("that only a newer version of this program understands"), "{checked}");
    assert!(checked.contains("has not arrived") && !checked.contains(NOT_KNOWN), "{checked}");
    home.lines(&["merge", "room", &whole], b"");
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

/// After a repair `check` used to exit with 0, although a change was missing that nobody knew of any more.
#[test]
fn after_a_repair_it_stays_unknown_until_the_latest_bundle_of_every_laptop_has_come() {
    for (from, to) in [("\"nth\"", "\"nth"), ("\"writers\"", "\"wrisers\"")] {
        let home = Home::new();
        let (file, [first, whole]) = with_a_gap(&home);
        let good = fs::read_to_string(&file).unwrap();
        fs::write(&file, good.replacen(from, to, 1)).unwrap();
        home.run(&["check", "--repair", "room"], b"");
        assert!(!file.exists());
        let is_said = |why: &str| {
            let outputs = everything(&home, "room");
            let said = outputs.iter().filter(|(_, text)| text.contains(NOT_KNOWN)).count();
            assert!(said == 0 || said == outputs.len(), "{why}: {said}");
            let checked = home.run(&["check", "room"], b"").status.code();
            assert_eq!(checked, Some(i32::from(said > 0)), "{why}");
            said > 0
        };
        assert!(is_said("set aside"));
        home.lines(&["merge", "room", &bundle(&home, "group-1", &[])], b"");
        assert!(is_said("the other laptop's"));
        home.lines(&["merge", "room", &first], b"");
        assert!(is_said("an earlier one"));
        home.lines(&["merge", "room", &whole], b"");
        assert!(!is_said("all have come"));
        assert!(words(&home.run(&["list", "room"], b"")).matches("not arrived").count() == 0);
        let again = home.run(&["check", "--repair", "room"], b"");
        assert!(words(&again).contains("nothing to repair"));
    }
}

/// The sentence said “the latest bundle of each of them” and nobody knew of whom.
#[test]
fn the_laptops_are_named_whose_latest_bundles_are_awaited() {
    let home = Home::new();
    let (file, [_, whole]) = with_a_gap(&home);
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, "\0").unwrap();
    let text = words(&home.run(&["check", "room"], b""));
    let is_named = |group: &str| text.contains(&format!("{group}, laptop "));
    assert!(text.contains("until the latest bundles of Group ") && is_named("Group 1"), "{text}");
    assert!(is_named("Group 2") && text.contains(" have been merged once more."), "{text}");
    // By the names by which everything else calls them, where the file still has those.
    fs::write(&file, good.replacen("\"nth\"", "\"nth", 1)).unwrap();
    let mut awaited = ["group-1", "group-2"].map(|group| (group, bundle(&home, group, &[])));
    let label = |(group, bundle): &(&str, String)| {
        let laptop = bundle.strip_suffix(".bundle").unwrap().rsplit_once('.').unwrap().1;
        let title = group.replace("group-", "Group ");
        format!("{title}, laptop {}", &laptop[..4])
    };
    awaited.sort_by_key(|one| {
        one.1.rsplit_once('.').map(|(stem, _)| stem[stem.len() - 12..].to_owned())
    });
    let [one, other] = awaited.each_ref().map(label);
    let said =
        format!("until the latest bundles of {one}; and {other} have been merged once more.");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(&said), "{name}: {said}: {text}");
    }
    home.lines(&["merge", "room", &bundle(&home, "group-1", &[])], b"");
    let left = label(awaited.iter().find(|(group, _)| *group == "group-2").unwrap());
    let said = format!("until the latest bundle of {left} has been merged once more.");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(&said), "{name}: {said}: {text}");
    }
    home.lines(&["merge", "room", &whole], b"");
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
}

/// What came from a laptop is gone, and so is what was known of it; the file that said so still names it. That used to
/// be forgotten once the bundles of all others had come.
#[test]
fn a_laptop_is_missed_that_only_a_damaged_file_still_names() {
    for repairs in [false, true] {
        let home = Home::new();
        let (file, [_, whole]) = with_a_gap(&home);
        let good = fs::read_to_string(&file).unwrap();
        home.lines(
            &["merge", "./copy", "hand-outs/asean-declaration.group-1.hand-out.bundle"],
            b"",
        );
        home.lines(&["merge", "copy", &whole], b"");
        let passed = bundle(&home, "copy", &["--all"]);
        fs::write(&file, good.replacen("\"nth\"", "\"nth", 1)).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap().replace(".json", ".jsonl");
        fs::remove_file(home.path().join("room/changes").join(name)).unwrap();
        if repairs {
            home.run(&["check", "--repair", "room"], b"");
        }
        home.lines(&["merge", "room", &bundle(&home, "group-1", &[])], b"");
        for (name, text) in everything(&home, "room") {
            let is_said = text.contains(NOT_KNOWN) && text.contains("Group 2, laptop ");
            assert!(is_said, "{repairs}: {name}: {text}");
        }
        // An earlier one of it is not all that had come.
        home.lines(&["merge", "room", "first.bundle"], b"");
        assert!(words(&home.run(&["check", "room"], b"")).contains(NOT_KNOWN));
        // What another laptop counted of it, or its own.
        home.lines(&["merge", "room", if repairs { &passed } else { &whole }], b"");
        let text = words(&home.run(&["check", "room"], b""));
        assert!(!text.contains("Group 2, laptop "), "{repairs}: {text}");
    }
}

/// Nothing was said if the count of what was written here was damaged and the changes were gone.
#[test]
fn what_was_written_here_is_missed_though_its_count_is_damaged() {
    let home = Home::new();
    laptops(&home);
    let first = bundle(&home, "group-2", &[]);
    home.lines(&["merge", "room", &first], b"");
    say(&home, "group-2", "Second");
    let part = fs::read(home.path().join(&first)).unwrap();
    fs::write(home.path().join("part.bundle"), part).unwrap();
    home.lines(&["merge", "room", &bundle(&home, "group-2", &[])], b"");
    let counts = fs::read_dir(home.path().join("group-2/heard")).unwrap();
    let counts = counts.map(|found| found.unwrap().path());
    let is_count = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("own-");
    for count in counts.filter(is_count) {
        let writer = count.file_stem().unwrap().to_str().unwrap()["own-".len()..].to_owned();
        fs::write(&count, "\0").unwrap();
        let changes = home.path().join(format!("group-2/changes/{writer}.jsonl"));
        fs::remove_file(changes).unwrap();
    }
    let said = "changes are gone from its file";
    let is_said = |what: &str| {
        for (name, text) in everything(&home, "group-2") {
            assert!(text.contains(said), "{what}: {name}: {text}");
        }
    };
    is_said("gone");
    home.lines(&["merge", "group-2", &bundle(&home, "group-1", &[])], b"");
    is_said("the other group's has come");
    home.lines(&["merge", "group-2", &bundle(&home, "room", &["--all"])], b"");
    for (name, text) in everything(&home, "group-2") {
        assert!(!text.contains(said) && !text.contains("arrived"), "{name}: {text}");
    }
}

/// “1 of its 2 changes has not arrived” stayed though all were there, and nothing ended it.
#[test]
fn a_wrong_byte_in_what_was_heard_is_no_false_alarm_once_all_bundles_are_merged_again() {
    for repairs in [false, true] {
        for nth in 0..3 {
            let home = Home::new();
            let (file, [_, whole]) = with_a_gap(&home);
            let first = bundle(&home, "group-1", &[]);
            home.lines(&["merge", "room", &whole], b"");
            assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
            let good = fs::read_to_string(&file).unwrap();
            let at = good.find("\"writers\":{\"").unwrap() + "\"writers\":{\"".len();
            let wrong = match nth {
                0 => good.replacen(":2}", ":6}", 1),
                1 => format!("{}7ker147ker14{}", &good[..at], &good[at + 12..]),
                _ => format!("{{\"7ker147ker14{}", &good[14..]),
            };
            fs::write(&file, &wrong).unwrap();
            let checked = words(&home.run(&["check", "room"], b""));
            assert!(checked.contains(NOT_KNOWN) && !checked.contains("not arrived"), "{checked}");
            if repairs {
                home.run(&["check", "--repair", "room"], b"");
            }
            home.lines(&["merge", "room", &first], b"");
            assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(1));
            home.lines(&["merge", "room", &whole], b"");
            for (name, text) in everything(&home, "room") {
                let is_said = text.contains(NOT_KNOWN) || text.contains("not arrived");
                assert!(!is_said, "{repairs}: {nth}: {name}: {text}");
            }
            assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
        }
    }
}

/// Used to be: refused each time, and in no output once the receipt was gone.
#[test]
fn a_locked_bundle_that_no_key_here_opens_is_missed_until_it_is_opened_or_a_later_one_comes() {
    let home = Home::new();
    laptops(&home);
    fs::write(home.path().join("secret"), "many boats at night\n").unwrap();
    let said = "its file was not taken in: it is locked, and no key here opens it.";
    let is_missed = |home: &Home, why: &str| {
        let outputs = everything(home, "room");
        let missing = outputs.iter().filter(|(_, text)| text.contains(said)).count();
        assert!(missing == 0 || missing == outputs.len(), "{why}: {missing}");
        missing > 0
    };
    // By stick, then with the passphrase.
    let locked = bundle(&home, "group-2", &["--passphrase-file", "secret"]);
    home.run(&["merge", "room", &locked], b"");
    assert!(is_missed(&home, "locked"));
    assert!(words(&home.run(&["list", "room"], b"")).contains("Group 2, laptop "));
    home.lines(&["merge", "room", &locked, "--passphrase-file", "secret"], b"");
    assert!(!is_missed(&home, "opened"));
    // In a shared folder, until a later one is there.
    fs::create_dir(home.path().join("place")).unwrap();
    for replaced in [false, true] {
        say(&home, "group-2", "One more");
        let locked = bundle(&home, "group-2", &["--passphrase-file", "secret"]);
        let name = PathBuf::from(&locked).file_name().unwrap().to_owned();
        let there = home.path().join("place").join(&name);
        fs::rename(home.path().join(&locked), &there).unwrap();
        for _ in 0..2 {
            home.run(&["sync", "room", "place"], b"");
            assert!(is_missed(&home, "in the place"));
        }
        // A look at another folder says nothing of this one.
        home.run(&["merge", "room", "hand-outs"], b"");
        assert!(is_missed(&home, "another folder"));
        fs::remove_file(&there).unwrap();
        if replaced {
            home.lines(&["sync", "group-2", "place"], b"");
        }
        home.lines(&["sync", "room", "place"], b"");
        assert_eq!(is_missed(&home, "gone"), !replaced);
    }
    // What another meeting's key locks is nobody's here, whatever the file is called.
    fs::write(home.path().join("other.ron"), "(title: \"x\", id: \"asean-declaration\", time_zone: \"UTC\", days: [(date: \"2026-05-26\", sessions: [])])").unwrap();
    home.lines(&["new", "other.ron", "--at", "other"], b"");
    home.lines(&["key", "other", "--passphrase-file", "secret"], b"");
    let other = home.lines(&["bundle", "other", "-o", "other-stick"], b"").remove(0);
    home.run(&["merge", "room", &other], b"");
    assert!(!is_missed(&home, "of another meeting"));
}

/// A locked file in a shared folder used to be forgotten when it was gone, or when an earlier file of that laptop was
/// in its place: a file called complete then lacked a point.
#[test]
fn a_locked_file_is_missed_whatever_earlier_file_is_in_its_place() {
    let home = Home::new();
    laptops(&home);
    fs::write(home.path().join("secret"), "many boats at night\n").unwrap();
    fs::create_dir(home.path().join("place")).unwrap();
    let bytes = |rest: &[&str]| fs::read(home.path().join(bundle(&home, "group-2", rest))).unwrap();
    let good = bytes(&[]);
    let locked = bytes(&["--passphrase-file", "secret"]);
    say(&home, "group-2", "In the locked file only");
    let file = bundle(&home, "group-2", &[]);
    let there = home.path().join("place").join(PathBuf::from(&file).file_name().unwrap());
    let later = bytes(&["--passphrase-file", "secret"]);
    let mut damaged = good.clone();
    damaged[..90].fill(b'x');
    let said = |home: &Home| {
        let outputs = everything(home, "room");
        let missing = outputs.iter().filter(|(_, text)| text.contains("its file was ")).count();
        assert!(missing == 0 || missing == outputs.len(), "{missing}");
        missing > 0
    };
    let mut time = std::time::SystemTime::now();
    let put = |bytes: &[u8], time: std::time::SystemTime| {
        fs::write(&there, bytes).unwrap();
        let open = fs::OpenOptions::new().write(true).open(&there).unwrap();
        open.set_times(fs::FileTimes::new().set_modified(time)).unwrap();
        home.run(&["sync", "room", "place"], b"");
    };
    put(&good, time);
    assert!(!said(&home), "all is here");
    put(&later, time);
    assert!(said(&home), "locked");
    // An earlier locked one, none that can be read, and the one before.
    let before = time - std::time::Duration::from_hours(1);
    for (nth, earlier) in [&locked, &damaged, &good, &later, &good].into_iter().enumerate() {
        time += std::time::Duration::from_secs(10);
        put(earlier, before);
        assert!(said(&home), "{nth}: replaced");
        put(earlier, time);
        assert!(said(&home), "{nth}: replaced by a file that says it is later");
    }
    fs::remove_file(&there).unwrap();
    home.run(&["sync", "room", "place"], b"");
    assert!(said(&home), "gone");
    let file = bundle(&home, "group-2", &[]);
    home.lines(&["merge", "room", &file], b"");
    assert!(!said(&home), "a later one has come");
    // It is all here: the same file brings nothing.
    put(&later, time);
    home.lines(&["merge", "room", &bundle(&home, "group-2", &[])], b"");
    home.run(&["sync", "room", "place"], b"");
    assert!(!said(&home), "all of it is here");
}

/// Used to be: forgotten when an earlier bundle of that laptop came, or another laptop had heard of it; and
/// never said where the file had another name.
#[test]
fn a_locked_bundle_on_a_stick_is_missed_whatever_else_comes() {
    let home = Home::new();
    laptops(&home);
    fs::write(home.path().join("secret"), "many boats at night\n").unwrap();
    let said = |home: &Home| -> usize {
        let outputs = everything(home, "room");
        let is_said = |text: &str| text.contains("locked, and no key here opens");
        let missing = outputs.iter().filter(|(_, text)| is_said(text)).count();
        assert!(missing == 0 || missing == outputs.len(), "{missing}");
        missing
    };
    let keep = |file: &str, name: &str| {
        fs::create_dir_all(home.path().join(name)).unwrap();
        let to = home.path().join(name).join(PathBuf::from(file).file_name().unwrap());
        fs::copy(home.path().join(file), &to).unwrap();
        to
    };
    let early = keep(&bundle(&home, "group-2", &[]), "early");
    say(&home, "group-2", "Second");
    let late = keep(&bundle(&home, "group-2", &["--passphrase-file", "secret"]), "stick");
    let late = late.to_str().unwrap();
    home.run(&["merge", "room", late], b"");
    assert!(said(&home) > 0, "locked");
    home.lines(&["merge", "room", early.to_str().unwrap()], b"");
    assert!(said(&home) > 0, "an earlier one came");
    // The laptop of Group 1 heard of Group 2 what it said earlier, and passes it on.
    home.lines(&["merge", "group-1", early.to_str().unwrap()], b"");
    let passed = bundle(&home, "group-1", &["--all"]);
    home.lines(&["merge", "room", &passed], b"");
    assert!(said(&home) > 0, "another laptop's came");
    home.lines(&["merge", "room", late, "--passphrase-file", "secret"], b"");
    assert_eq!(said(&home), 0, "opened");
    // Under a name that says nothing, until it is gone from the stick.
    say(&home, "group-2", "Third");
    let third = bundle(&home, "group-2", &["--passphrase-file", "secret"]);
    let renamed = home.path().join("stick/boats (1).bundle.age");
    fs::rename(home.path().join(&third), &renamed).unwrap();
    home.run(&["merge", "room", renamed.to_str().unwrap()], b"");
    let listed = words(&home.run(&["list", "room"], b""));
    assert!(listed.contains("1 file of other laptops is locked, and no key here opens it."));
    assert!(said(&home) > 0, "of another name");
    let elsewhere = keep(&renamed.display().to_string(), "elsewhere");
    home.lines(&["merge", "room", elsewhere.to_str().unwrap(), "--passphrase-file", "secret"], b"");
    assert_eq!(said(&home), 0, "a copy was opened");
    say(&home, "group-2", "Fourth");
    let fourth = bundle(&home, "group-2", &["--passphrase-file", "secret"]);
    fs::rename(home.path().join(&fourth), &renamed).unwrap();
    home.run(&["merge", "room", "stick"], b"");
    assert!(said(&home) > 0, "on the stick");
    home.run(&["merge", "room", "hand-outs"], b"");
    assert!(said(&home) > 0, "another folder");
    fs::remove_file(&renamed).unwrap();
    home.run(&["merge", "room", "stick", "--passphrase-file", "secret"], b"");
    assert_eq!(said(&home), 0, "gone");
}

/// A bundle of which not even the first line can be read used to be forgotten when the one before it was
/// taken in again, and its point was missing from files that were called complete.
#[test]
fn a_bundle_that_cannot_be_read_is_missed_until_a_later_one_comes() {
    let home = Home::new();
    laptops(&home);
    let earlier = bundle(&home, "group-2", &[]);
    let earlier_file = fs::read(home.path().join(&earlier)).unwrap();
    home.lines(&["merge", "room", &earlier], b"");
    say(&home, "group-2", "Late");
    let late = bundle(&home, "group-2", &[]);
    let whole = fs::read(home.path().join(&late)).unwrap();
    let mut damaged = whole.clone();
    damaged[60..].fill(0);
    fs::write(home.path().join(&late), damaged).unwrap();
    home.run(&["merge", "room", &late], b"");
    fs::create_dir(home.path().join("again")).unwrap();
    let name = PathBuf::from(&late).file_name().unwrap().to_owned();
    fs::write(home.path().join("again").join(&name), earlier_file).unwrap();
    home.run(&["merge", "room", "again"], b"");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains("its file was not taken in: it is damaged."), "{name}: {text}");
    }
    fs::write(home.path().join(&late), whole).unwrap();
    home.lines(&["merge", "room", &late], b"");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("was not taken in"), "{name}: {text}");
    }
}

/// It was called locked, and that no key here opens it, which sent people looking for a key.
#[test]
fn a_damaged_locked_bundle_is_called_damaged() {
    let home = Home::new();
    laptops(&home);
    fs::write(home.path().join("secret"), "many boats at night\n").unwrap();
    let locked = bundle(&home, "group-2", &["--passphrase-file", "secret"]);
    let whole = fs::read(home.path().join(&locked)).unwrap();
    let head = whole.windows(5).position(|it| it == b"\n--- ").unwrap();
    let mut misspelt = whole.clone();
    misspelt[25] ^= 1;
    let mut blank = whole.clone();
    blank[head + 90..].fill(0);
    for bytes in [whole[..head + 60].to_vec(), misspelt, blank] {
        fs::write(home.path().join(&locked), bytes).unwrap();
        let merged = words(&home.run(&["merge", "room", &locked], b""));
        assert!(!merged.contains("locked"), "{merged}");
        for (name, text) in everything(&home, "room") {
            assert!(text.contains("its file was not taken in: it is damaged."), "{name}: {text}");
        }
    }
    fs::write(home.path().join(&locked), whole).unwrap();
    home.lines(&["merge", "room", &locked, "--passphrase-file", "secret"], b"");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("was not taken in"), "{name}: {text}");
    }
}

/// It said “Not taken in: heard: what came in is here, but …” and counted that as a file.
#[test]
fn where_nothing_can_be_noted_that_is_said_with_what_to_do() {
    let home = Home::new();
    laptops(&home);
    let bundle = bundle(&home, "group-2", &[]);
    home.lines(&["merge", "room", &bundle], b"");
    let folder = home.path().join("room/heard");
    fs::create_dir(home.path().join("stick")).unwrap();
    let name = PathBuf::from(&bundle).file_name().unwrap().to_owned();
    fs::copy(home.path().join(&bundle), home.path().join("stick").join(name)).unwrap();
    for verb in [["merge", "room", &bundle], ["sync", "room", "stick"]] {
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "x").unwrap();
        let output = home.run(&verb, b"");
        let said = format!("{} {}", String::from_utf8_lossy(&output.stdout), words(&output));
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            !said.contains("Not taken in") && !said.contains("could not be taken in"),
            "{said}"
        );
        assert!(said.contains("this laptop cannot say what is still missing."), "{said}");
        assert!(said.contains("Solve that, then take the same files in again."), "{said}");
        assert!(said.contains("not everything was saved; the reason is above."), "{said}");
        assert_eq!(output.status.code(), Some(1), "{said}");
        fs::remove_file(&folder).unwrap();
        home.lines(&["merge", "room", &bundle], b"");
    }
}

/// `check` used the short name of every group; a group that the agenda does not have has only that.
#[test]
fn check_and_receipt_call_a_group_the_same() {
    let home = Home::new();
    laptops(&home);
    let hand_out = "hand-outs/asean-declaration.group-2.hand-out.bundle";
    let checked = home.lines(&["check", hand_out], b"").remove(0);
    assert!(checked.contains("a hand-out for Group 2: "), "{checked}");
    let file = bundle(&home, "group-2", &[]);
    let model = fs::read(home.path().join(&file)).unwrap();
    let lines = jsons(&model).split_off(1);
    for (group, title) in [("group-2", "Group 2"), ("g99", "g99")] {
        fs::write(home.path().join(&file), forge(&model, &lines, &json!({ "group": group })))
            .unwrap();
        let checked = home.lines(&["check", &file], b"").remove(0);
        assert!(checked.contains(&format!("a bundle of {title}: ")), "{checked}");
        let receipt = home.lines(&["merge", "room", &file], b"").join("\n");
        assert!(receipt.contains(&format!("{title}, laptop ")), "{receipt}");
    }
}
