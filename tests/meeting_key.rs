//! The key of a meeting: set once on each laptop, or brought by a locked hand-out.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::store::lock::Passphrase;
use rapporteur::store::{Folder, MeetingKey};
use rapporteur::workshop::WorkshopId;
use serde_json::{Value, json};

use crate::command::{Home, words};
use crate::durability::everything;
use crate::laptops::{copy_folder, forge, jsons};

const HAND_OUT: &str = "asean-declaration.group-1.hand-out.bundle";

/// A laptop with the sample meeting and files with passphrases.
fn laptop() -> Home {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    fs::write(home.path().join("right"), "many boats at night\n").unwrap();
    fs::write(home.path().join("wrong"), "many boats at nigth\n").unwrap();
    home
}

fn set(home: &Home, passphrase: &str) -> String {
    home.lines(&["key", "room", "--passphrase-file", passphrase], b"").remove(0)
}

fn add(home: &Home, workshop: &str, text: &str) {
    home.lines(&["add", workshop, "-g", "group-1", "-t", "capacity", text], b"");
}

fn count(home: &Home, workshop: &str) -> usize {
    home.lines(&["list", workshop, "--json"], b"").len()
}

/// Copies a file from one laptop to another, as a stick does.
fn carry(from: &Home, file: &str, to: &Home) -> String {
    let name = Path::new(file).file_name().unwrap().to_str().unwrap();
    fs::copy(from.path().join(file), to.path().join(name)).unwrap();
    name.to_owned()
}

/// Merges what is to be refused; what was printed and said, on one line.
fn refused(home: &Home, arguments: &[&str]) -> String {
    let done = home.run(arguments, b"");
    assert_eq!(done.status.code(), Some(1), "{arguments:?}");
    let all = String::from_utf8(done.stdout.clone()).unwrap() + &words(&done);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The files that this machine keeps of keys.
fn kept(home: &Home) -> Vec<PathBuf> {
    let folder = home.path().join("home/state/keys");
    if folder.exists() { everything(&folder).into_keys().collect() } else { Vec::new() }
}

#[test]
fn laptops_with_one_passphrase_open_each_others_files_without_a_question() {
    let (one, two) = (laptop(), laptop());
    assert!(refused(&one, &["key", "room"]).contains("No key is set for this meeting"));
    assert_eq!(set(&one, "right"), set(&two, "right"), "no network, no file between them");
    assert_eq!(one.lines(&["key", "room"], b""), [set(&two, "right")]);
    add(&one, "room", "the secret point");
    let bundle = one.lines(&["bundle", "room", "--out", "back"], b"").remove(0);
    assert!(bundle.ends_with(".bundle.age"), "{bundle}");
    let bytes = fs::read(one.path().join(&bundle)).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    two.lines(&["merge", "room", &carry(&one, &bundle, &two)], b"");
    assert_eq!(count(&two, "room"), 1);
    let name = Path::new(&bundle).file_name().unwrap().to_str().unwrap();
    assert!(two.lines(&["check", name], b"")[0].contains("a bundle"));
    // In a shared folder too, and what lay there open before goes.
    let place = one.path().join("place");
    fs::create_dir(&place).unwrap();
    let place = place.to_str().unwrap();
    one.lines(&["key", "room", "--remove"], b"");
    one.lines(&["sync", "room", place], b"");
    set(&one, "right");
    add(&one, "room", "one more");
    for laptop in [&one, &two] {
        laptop.lines(&["sync", "room", place], b"");
    }
    assert_eq!(count(&two, "room"), 2);
    let files = everything(Path::new(place));
    assert!(files.values().all(|bytes| bytes.starts_with(b"age-encryption.org/")), "{files:?}");
    // The key is for this account alone, and neither in the workshop nor beside what it locks.
    let [key] = &kept(&one)[..] else { panic!("one key") };
    let secret = fs::read_to_string(key).unwrap();
    let secret = secret.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    for (path, bytes) in everything(one.path()) {
        let is_there = memchr::memmem::find(&bytes, secret.as_bytes()).is_some();
        assert_eq!(is_there, path == *key, "{}", path.display());
    }
    // Any program of this format opens it with that file; the passphrase alone does too.
    let other = Home::new();
    fs::copy(key, other.path().join("key")).unwrap();
    fs::copy(one.path().join("right"), other.path().join("right")).unwrap();
    let name = carry(&one, &bundle, &other);
    other.lines(&["merge", "./by-file", &name, "--key", "key"], b"");
    other.lines(&["merge", "./by-words", &name, "--passphrase-file", "right"], b"");
    assert_eq!((count(&other, "by-file"), count(&other, "by-words")), (1, 1));
}

#[test]
fn a_passphrase_mistyped_on_one_laptop_is_said_and_nothing_is_lost() {
    let (room, group) = (laptop(), laptop());
    // What was written open before is still there, and said.
    let open = group.lines(&["bundle", "room", "--out", "back"], b"").remove(0);
    let (ours, theirs) = (set(&room, "right"), set(&group, "wrong"));
    assert_ne!(ours, theirs);
    add(&group, "room", "said in the group");
    let done = group.run(&["bundle", "room", "--out", "back"], b"");
    assert!(words(&done).contains("is not locked: delete it"), "{}", words(&done));
    fs::remove_file(group.path().join(open)).unwrap();
    let bundle = group.lines(&["bundle", "room", "--out", "back"], b"").remove(0);
    let before = everything(&room.path().join("room/changes"));
    let name = carry(&group, &bundle, &room);
    let said = refused(&room, &["merge", "room", &name]);
    let marks = format!("the meeting's key {theirs}, and the one here is {ours}");
    assert!(said.contains(&marks) && said.contains("Nothing is lost"), "{said}");
    // A laptop without a key says which is wanting; one with a passphrase that is wrong, the same.
    let third = laptop();
    carry(&group, &bundle, &third);
    let said = refused(&third, &["merge", "room", &name]);
    assert!(said.contains(&format!("locked with the meeting's key {theirs}. Give")), "{said}");
    let said = refused(&third, &["merge", "room", &name, "--passphrase-file", "right"]);
    assert!(said.contains(&marks), "{said}");
    assert!(everything(&room.path().join("room/changes")) == before);
    // In a shared folder it is said each time and stays where it is.
    let place = group.path().join("place");
    fs::create_dir(&place).unwrap();
    let place = place.to_str().unwrap();
    group.lines(&["sync", "room", place], b"");
    for _ in 0..2 {
        assert!(refused(&room, &["sync", "room", place]).contains(&marks));
    }
    // Set again, it writes the same once more, and all is there.
    let done = group.run(&["key", "room", "--passphrase-file", "right"], b"");
    assert!(words(&done).contains(&format!("It was {theirs} before")), "{}", words(&done));
    let bundle = group.lines(&["bundle", "room", "--out", "again"], b"").remove(0);
    room.lines(&["merge", "room", &carry(&group, &bundle, &room)], b"");
    assert_eq!(count(&room, "room"), 1);
    group.lines(&["sync", "room", place], b"");
    room.lines(&["sync", "room", place], b"");
    assert_eq!(everything(Path::new(place)).len(), 2);
}

#[test]
fn a_locked_hand_out_brings_the_key() {
    let room = laptop();
    let mark = set(&room, "right");
    let public = room.lines(&["key", "--out", "secret"], b"").remove(0);
    // With the meeting's passphrase, with another one, and to a key of the group's own.
    for (nth, (locking, opening)) in [
        (&[][..], ["--passphrase-file", "right"]),
        (&["--passphrase-file", "wrong"], ["--passphrase-file", "wrong"]),
        (&["--to", &public], ["--key", "secret"]),
    ]
    .into_iter()
    .enumerate()
    {
        let stick = format!("stick{nth}");
        room.lines(&[&["hand-out", "room", "--out", &stick][..], locking].concat(), b"");
        let group = Home::new();
        for file in ["right", "wrong", "secret"] {
            carry(&room, file, &group);
        }
        let name = carry(&room, &format!("{stick}/{HAND_OUT}.age"), &group);
        assert!(refused(&group, &["merge", "./mine", &name]).contains("locked"));
        assert!(kept(&group).is_empty());
        group.lines(&[&["merge", "./mine", &name], &opening[..]].concat(), b"");
        assert_eq!(group.lines(&["key", "mine"], b""), [&*mark], "{locking:?}");
        add(&group, "mine", &format!("of laptop {nth}"));
        let back = group.lines(&["bundle", "mine", "--out", "back"], b"").remove(0);
        room.lines(&["merge", "room", &carry(&group, &back, &room)], b"");
        assert_eq!(count(&room, "room"), nth + 1);
    }
    // A key that was set here by hand is not replaced.
    let group = laptop();
    let own = set(&group, "wrong");
    let name = carry(&room, &format!("stick1/{HAND_OUT}.age"), &group);
    group.lines(&["merge", "room", &name, "--passphrase-file", "wrong"], b"");
    assert_eq!(group.lines(&["key", "room"], b""), [own]);
}

#[test]
fn a_key_in_a_file_that_is_not_locked_is_nobodys() {
    let room = laptop();
    room.lines(&["hand-out", "room", "--out", "stick"], b"");
    let path = room.path().join("stick").join(HAND_OUT);
    let model = fs::read(&path).unwrap();
    set(&room, "right");
    let secret = fs::read_to_string(&kept(&room)[0]).unwrap();
    let secret = secret.lines().find(|line| line.starts_with("AGE-")).unwrap();
    let lines = jsons(&model);
    let forged = forge(&model, &lines[1..], &json!({ "meeting_key": secret }));
    let group = Home::new();
    fs::write(group.path().join(HAND_OUT), forged).unwrap();
    group.lines(&["merge", "./mine", HAND_OUT], b"");
    assert!(kept(&group).is_empty());
    // Nor does any plain file of this program hold one.
    let header: Value = serde_json::from_slice(&lines[0]).unwrap();
    assert_eq!(header.get("meeting_key"), None);
}

#[test]
fn a_copied_folder_takes_no_key_along() {
    let room = laptop();
    set(&room, "right");
    let thief = Home::new();
    copy_folder(&room.path().join("room"), &thief.path().join("room"));
    assert!(refused(&thief, &["key", "room"]).contains("No key is set"));
}

#[test]
fn the_key_follows_from_passphrase_and_workshop_alone() {
    let passphrase = |text| Passphrase::new(text).unwrap();
    let mark = |text, id| MeetingKey::of(&passphrase(text), WorkshopId::new(id)).unwrap().mark();
    // Every later version has to make the same of it.
    assert_eq!(mark("many boats at night", 1), "AB08");
    assert_ne!(mark("many boats at night", 1), mark("many boats at night", 2));
    assert_ne!(mark("many boats at night", 1), mark("many boats at nigth", 1));
    let home = laptop();
    let id = Folder::open(&home.path().join("room")).unwrap().id();
    let key = MeetingKey::of(&passphrase("many boats at night"), id).unwrap();
    assert_eq!(set(&home, "right"), key.mark());
    assert!(!format!("{key:?}").contains("AGE-SECRET"));
}
