//! A laptop in the place of another, in the middle of a session, and the second copy it may start from.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{Home, words};
use crate::durability::everything;
use crate::which_workshop::{add, plain, refused, room, texts, works_for};

/// Opens something on a laptop: all but the screens, for there is no terminal here.
pub(crate) fn open(home: &Home, arguments: &[&str]) {
    let said = refused(home, &[&["open"], arguments].concat());
    assert!(said.contains("no terminal"), "{said}");
}

pub(crate) fn path(home: &Home, rest: &str) -> String {
    home.path().join(rest).to_str().unwrap().to_owned()
}

/// Writes a laptop's bundle, and gives its path.
pub(crate) fn bundle(home: &Home, out: &str) -> String {
    let made = home.lines(&["bundle", "budget", "--out", out], b"").remove(0);
    path(home, &made)
}

/// A laptop of group 1 that was started from a hand-out, with two points of its own.
pub(crate) fn old(room: &Home) -> Home {
    add(room, "budget", "group-1", "from the hand-out");
    room.lines(&["hand-out", "budget", "--out", "stick"], b"");
    let old = Home::new();
    open(&old, &[&path(room, "stick/budget.group-1.hand-out.bundle")]);
    add(&old, "budget", "group-1", "one");
    add(&old, "budget", "group-1", "two");
    old
}

/// What a fresh room has once it took in these files, in this order; all that it says of it, too.
fn merged(files: &[&str]) -> (Vec<String>, String) {
    let room = room();
    let mut said = String::new();
    for file in files {
        let printed = room.lines(&["merge", "budget", file], b"").join("\n");
        said = plain(&printed);
    }
    let listed = room.run(&["list", "budget", "--json"], b"");
    let printed = String::from_utf8(listed.stdout.clone()).unwrap();
    let several = "Group 1 was captured on 2 laptops: ";
    assert!(words(&listed).contains(several), "{}", words(&listed));
    assert!(said.contains(several) && said.contains("Each point appears once."), "{said}");
    let json = room.lines(&["merge", "budget", files[0], "--json"], b"").remove(0);
    let receipt: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(receipt["several"][0]["laptops"].as_array().unwrap().len(), 2, "{json}");
    (printed.lines().map(str::to_owned).collect(), said)
}

/// The old laptop comes back: all that both have comes together, in whatever order, each point once.
fn comes_back(old: &Home, new: &Home, expected: &[&str]) {
    add(new, "budget", "group-1", "on the new one");
    add(old, "budget", "group-1", "on the old one, which is back");
    let (theirs, ours) = (bundle(old, "back"), bundle(new, "back"));
    let (first, _) = merged(&[&theirs, &ours]);
    let (second, _) = merged(&[&ours, &theirs]);
    assert_eq!(first, second);
    old.lines(&["merge", "budget", &ours], b"");
    new.lines(&["merge", "budget", &theirs], b"");
    for home in [old, new] {
        let mut all = texts(home, "budget");
        all.sort();
        let mut expected = expected.to_vec();
        expected.extend(["on the new one", "on the old one, which is back"]);
        expected.sort_unstable();
        assert_eq!(all, expected);
    }
    assert_eq!(works_for(old), "group-1");
    assert_eq!(works_for(new), "group-1");
}

#[test]
fn a_group_goes_on_from_the_old_laptops_bundle() {
    let room = room();
    let old = old(&room);
    let carried = bundle(&old, "carried");
    let new = Home::new();
    // It was nobody's laptop, and what it started from was in none of its own bundles.
    open(&new, &[&carried]);
    assert_eq!(works_for(&new), "group-1");
    assert_eq!(texts(&new, "budget"), ["one", "two"]);
    add(&new, "budget", "group-1", "three");
    let only = self::room();
    only.lines(&["merge", "budget", &bundle(&new, "only")], b"");
    assert_eq!(texts(&only, "budget"), ["one", "two", "three"]);
    new.lines(&["merge", "budget", &path(&room, "stick/budget.group-1.hand-out.bundle")], b"");
    comes_back(&old, &new, &["from the hand-out", "one", "two", "three"]);
}

#[test]
fn a_group_goes_on_from_a_fresh_hand_out() {
    let room = room();
    let old = old(&room);
    room.lines(&["merge", "budget", &bundle(&old, "carried")], b"");
    room.lines(&["hand-out", "budget", "--out", "again", "--group", "Group 1"], b"");
    let new = Home::new();
    open(&new, &[&path(&room, "again/budget.group-1.hand-out.bundle")]);
    assert_eq!(texts(&new, "budget"), ["from the hand-out", "one", "two"]);
    comes_back(&old, &new, &["from the hand-out", "one", "two"]);
    // The room has it all, whoever comes first.
    room.lines(&["merge", "budget", &bundle(&new, "last"), &bundle(&old, "last")], b"");
    assert_eq!(texts(&room, "budget").len(), 5);
}

#[test]
fn a_group_goes_on_from_the_shared_folder() {
    let room = room();
    let old = old(&room);
    let place = path(&room, "place");
    fs::create_dir(&place).unwrap();
    for home in [&old, &room] {
        home.lines(&["sync", "budget", &place], b"");
    }
    let new = Home::new();
    open(&new, &[&place, "--group", "Group 1"]);
    assert_eq!(works_for(&new), "group-1");
    assert_eq!(texts(&new, "budget").len(), 3);
    // It meets the others there from now on without being told where.
    new.lines(&["sync", "budget"], b"");
    let files = everything(Path::new(&place));
    assert_eq!(files.len(), 3);
    comes_back(&old, &new, &["from the hand-out", "one", "two"]);
    for home in [&new, &old, &room, &new, &old] {
        home.lines(&["sync", "budget"], b"");
    }
    for home in [&new, &old, &room] {
        assert_eq!(texts(home, "budget").len(), 5);
    }
    // Files of two meetings do not say which is meant, and hand-outs are one group's each.
    let other = Home::new();
    let made = other.lines(&["new", "blank"], b"").remove(0);
    other.lines(&["sync", &made, &place], b"");
    assert!(refused(&Home::new(), &["open", &place]).contains("files of several workshops"));
    let said = refused(&Home::new(), &["open", &path(&room, "stick")]);
    assert!(said.contains("Open the file of your group."), "{said}");
}

/// The one file in a folder, but for the copy before.
pub(crate) fn only_file(folder: &Path) -> (PathBuf, Vec<u8>) {
    let mut files = everything(folder);
    files.retain(|path, _| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !name.starts_with('.') && !name.contains(".before.")
    });
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    files.into_iter().next().unwrap()
}

#[test]
fn a_laptop_goes_on_from_the_second_copy_and_the_copy_is_locked_with_the_meetings_key() {
    for locked in [false, true] {
        let room = room();
        let old = old(&room);
        let stick = room.path().join("second");
        fs::create_dir(&stick).unwrap();
        let secret = path(&room, "secret");
        fs::write(&secret, "many boats").unwrap();
        let opening: &[&str] = if locked { &["--passphrase-file", &secret] } else { &[] };
        if locked {
            old.lines(&["key", "budget", "--passphrase-file", &secret], b"");
        }
        let copied = old.lines(&["copy", "budget", stick.to_str().unwrap()], b"");
        let (file, bytes) = only_file(&stick);
        assert_eq!(copied, [file.to_str().unwrap()]);
        assert_eq!(locked, file.extension().unwrap() == "age");
        assert_eq!(locked, memchr::memmem::find(&bytes, b"from the hand-out").is_none());
        // It is remembered, and says whether it can be written.
        add(&old, "budget", "group-1", "three");
        old.lines(&["copy", "budget"], b"");
        assert_ne!(only_file(&stick).1, bytes);
        let new = Home::new();
        if locked {
            assert!(refused(&new, &["open", stick.to_str().unwrap()]).contains("key"));
        }
        open(&new, &[&[stick.to_str().unwrap()], opening].concat());
        assert_eq!(works_for(&new), "group-1");
        let all = ["from the hand-out", "one", "two", "three"];
        assert_eq!(texts(&new, "budget"), all);
        let written = bundle(&new, "locked");
        let ending = Path::new(&written).extension().unwrap();
        assert_eq!(locked, ending == "age", "it goes on with the key");
        if !locked {
            comes_back(&old, &new, &all);
        }
        old.lines(&["copy", "budget", "--stop"], b"");
        assert!(refused(&old, &["copy", "budget"]).contains("No second copy is kept yet"));
        assert!(file.exists());
    }
}

#[test]
fn a_stick_pulled_out_at_any_moment_costs_nothing() {
    let room = room();
    let old = old(&room);
    let stick = room.path().join("second");
    fs::create_dir(&stick).unwrap();
    old.lines(&["copy", "budget", stick.to_str().unwrap()], b"");
    let (file, before) = only_file(&stick);
    // Away: it is said, and nothing is lost here.
    let away = room.path().join("away");
    fs::rename(&stick, &away).unwrap();
    add(&old, "budget", "group-1", "three");
    let said = refused(&old, &["copy", "budget"]);
    assert!(
        said.contains("could not be written") && said.contains("Nothing is lost here"),
        "{said}"
    );
    assert_eq!(texts(&old, "budget").len(), 4);
    assert!(!stick.exists(), "nothing is written where the stick was");
    fs::rename(&away, &stick).unwrap();
    // Pulled out while it was written: the copy before is whole, however much of the next is there.
    let whole = bundle(&old, "whole");
    let next = fs::read(whole).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let passing = stick.join(format!(".{name}.77-0"));
    for some in [0, 1, next.len() / 3, next.len() / 2, next.len() - 1, next.len()] {
        fs::write(&passing, &next[..some]).unwrap();
        assert_eq!(fs::read(&file).unwrap(), before);
        let new = Home::new();
        open(&new, &[stick.to_str().unwrap()]);
        assert_eq!(texts(&new, "budget"), ["from the hand-out", "one", "two"]);
    }
    // Back in: the next copy is whole, and what was left half written is gone.
    old.lines(&["copy", "budget"], b"");
    assert_eq!(everything(&stick).len(), 2, "the copy, and the one before");
    let new = Home::new();
    open(&new, &[stick.to_str().unwrap()]);
    assert_eq!(texts(&new, "budget").len(), 4);
    // A folder that cannot be it.
    for (folder, why) in [
        (path(&old, "home/data/budget.workshop"), "own folder"),
        (path(&old, "nowhere"), "Is the stick plugged in?"),
    ] {
        assert!(refused(&old, &["copy", "budget", &folder]).contains(why), "{folder}");
    }
    let stick = stick.to_str().unwrap();
    assert!(refused(&old, &["sync", "budget", stick]).contains("The second copy is kept in"));
    old.lines(&["copy", "budget", "--stop"], b"");
    old.lines(&["sync", "budget", stick], b"");
    assert!(refused(&old, &["copy", "budget", stick]).contains("is the shared folder"));
}
