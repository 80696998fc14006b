//! The second copy: damaged, away, on a full or read-only stick, and what is said meanwhile.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Home, words};
use crate::replacing::{bundle, old, only_file, open, path};
use crate::which_workshop::{add, refused, room, texts};

/// A laptop of group 1 that keeps a second copy on a stick, where it was written twice.
fn copied(room: &Home, key: bool) -> (Home, PathBuf, PathBuf) {
    let old = old(room);
    let stick = room.path().join("second");
    fs::create_dir(&stick).unwrap();
    if key {
        let secret = path(room, "secret");
        fs::write(&secret, "many boats").unwrap();
        old.lines(&["key", "budget", "--passphrase-file", &secret], b"");
    }
    old.lines(&["copy", "budget", stick.to_str().unwrap()], b"");
    add(&old, "budget", "group-1", "three");
    let file = only_file(&stick).0;
    (old, stick, file)
}

fn before(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap().to_str().unwrap();
    file.with_file_name(name.replace(".bundle", ".before.bundle"))
}

/// Flips a bit of the file: of the words, where it can be read, or else somewhere in the middle.
fn damage(file: &Path, words: &str) {
    let mut bytes = fs::read(file).unwrap();
    let at = memchr::memmem::find(&bytes, words.as_bytes()).unwrap_or(bytes.len() / 2);
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// Everything that these verbs say of a workshop.
fn all_said(home: &Home, name: &str) -> Vec<String> {
    let out = path(home, &format!("out-{}", texts(home, name).len()));
    let mut said = Vec::new();
    for verb in [&["list", name][..], &["check", name], &["statements", name]] {
        said.push(words(&home.run(verb, b"")));
    }
    home.run(&["export", name, "--out", &out, "--format", "md", "--format", "json"], b"");
    let found = fs::read_dir(&out).unwrap();
    said.extend(found.map(|found| fs::read_to_string(found.unwrap().path()).unwrap()));
    said
}

/// One wrong byte used to make the copy useless: `open` and `merge` refused all of it, and said to copy
/// it again from a laptop that was lost.
#[test]
fn of_a_damaged_copy_everything_else_is_taken_in_and_the_damaged_change_is_missed_until_it_comes() {
    let room = room();
    let (old, stick, file) = copied(&room, false);
    fs::remove_file(before(&file)).unwrap();
    damage(&file, "two");
    let said = refused(&old, &["check", file.to_str().unwrap()]);
    assert!(said.contains("changes cannot be read") && said.contains("rapporteur merge"), "{said}");
    let gap = "1 of its";
    for merges in [false, true] {
        let new = Home::new();
        if merges {
            let hand_out = path(&room, "stick/budget.group-1.hand-out.bundle");
            open(&new, &[&hand_out]);
            let output = new.run(&["merge", "budget", file.to_str().unwrap()], b"");
            assert_eq!(output.status.code(), Some(1));
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(printed.contains("cannot be read"), "{printed}");
        } else {
            open(&new, &[stick.to_str().unwrap()]);
        }
        assert_eq!(texts(&new, "budget"), ["from the hand-out", "one", "three"]);
        for said in all_said(&new, "budget") {
            assert!(said.contains(gap) && said.contains("not arrived"), "{said}");
        }
        // Taking it in again changes nothing.
        new.run(&["merge", "budget", file.to_str().unwrap()], b"");
        assert_eq!(texts(&new, "budget").len(), 3);
        // Whoever gets a bundle from here is told.
        let third = self::room();
        let passed = new.lines(&["bundle", "budget", "--all", "--out", "passed"], b"").remove(0);
        third.lines(&["merge", "budget", &path(&new, &passed)], b"");
        assert!(words(&third.run(&["list", "budget"], b"")).contains("not arrived"));
        // The laptop is found again: what was missing comes, and nothing is said any more.
        new.lines(&["merge", "budget", &bundle(&old, "found")], b"");
        assert_eq!(texts(&new, "budget").len(), 4);
        for said in all_said(&new, "budget") {
            assert!(!said.contains("not arrived"), "{said}");
        }
    }
}

#[test]
fn wherever_a_copy_is_cut_off_or_altered_no_change_is_lost_in_silence() {
    let room = room();
    let (_, _, file) = copied(&room, false);
    let whole = fs::read(&file).unwrap();
    let start = memchr::memchr(b'\n', &whole).unwrap();
    let hand_out = path(&room, "stick/budget.group-1.hand-out.bundle");
    let new = Home::new();
    open(&new, &[&hand_out]);
    let workshop = new.path().join("home/data/budget.workshop");
    for nth in 0..8 {
        let laptop = Home::new();
        let fresh = laptop.path().join("home/data/budget.workshop");
        fs::create_dir_all(fresh.parent().unwrap()).unwrap();
        crate::laptops::copy_folder(&workshop, &fresh);
        let mut bytes = whole.clone();
        let at = start + (whole.len() - start) * nth / 8 + 1;
        if nth % 2 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 0x41;
        }
        let damaged = laptop.path().join(file.file_name().unwrap());
        fs::write(&damaged, bytes).unwrap();
        laptop.run(&["merge", "budget", damaged.to_str().unwrap()], b"");
        let said = words(&laptop.run(&["list", "budget"], b""));
        let is_whole = texts(&laptop, "budget").len() == 4;
        assert!(is_whole != said.contains("not arrived"), "{nth}: {said}");
    }
}

/// The one before used to be gone: of a locked file nothing at all can be read with a wrong byte in it.
#[test]
fn where_nothing_of_the_copy_can_be_read_the_one_before_is_beside_it() {
    for locked in [false, true] {
        let room = room();
        let (old, stick, file) = copied(&room, locked);
        let secret = path(&room, "secret");
        let opening: &[&str] = if locked { &["--passphrase-file", &secret] } else { &[] };
        assert!(before(&file).is_file());
        let whole = fs::read(&file).unwrap();
        damage(&file, "rapporteur bundle");
        if !locked {
            let mut bytes = whole.clone();
            bytes[60..].fill(0);
            fs::write(&file, bytes).unwrap();
        }
        let new = Home::new();
        let said = refused(&new, &[&["open", file.to_str().unwrap()], opening].concat());
        assert!(said.contains("“before” in the name"), "{said}");
        open(&new, &[&[stick.to_str().unwrap()], opening].concat());
        assert_eq!(texts(&new, "budget"), ["from the hand-out", "one", "two"]);
        let said = words(&new.run(&["list", "budget"], b""));
        assert!(said.contains("its file was not taken in: it is damaged"), "{said}");
        // A damaged copy does not push out the whole one before it.
        add(&old, "budget", "group-1", "four");
        let kept = fs::read(before(&file)).unwrap();
        assert_ne!(fs::read(&file).unwrap(), whole);
        let third = Home::new();
        fs::write(third.path().join("kept.bundle"), kept).unwrap();
        open(&third, &[&["kept.bundle"], opening].concat());
        assert_eq!(texts(&third, "budget").len(), 3);
    }
}

/// `copy` advised to make a workshop; `add` and `check` said nothing at all.
#[test]
fn while_the_copy_cannot_be_written_every_change_and_check_say_so_and_then_it_catches_up() {
    let room = room();
    let (old, stick, file) = copied(&room, false);
    let away = room.path().join("away");
    let check = || words(&old.run(&["check", "budget"], b""));
    assert!(!check().contains("second copy"), "{}", check());
    fs::rename(&stick, &away).unwrap();
    for verb in
        [&["copy", "budget"][..], &["add", "budget", "-g", "group-1", "-t", "roads", "four"]]
    {
        let said = words(&old.run(verb, b""));
        for part in ["Put it in,", "rapporteur copy", "FOLDER", "--stop", "Nothing is lost here"] {
            assert!(said.contains(part), "{verb:?}: {said}");
        }
        assert!(!said.contains("rapporteur new"), "{said}");
    }
    assert!(check().contains("its stick is not in"), "{}", check());
    // A point is saved all the same.
    let added = old.run(&["add", "budget", "-g", "group-1", "-t", "roads", "five"], b"");
    assert!(added.status.success());
    fs::rename(&away, &stick).unwrap();
    assert!(check().contains("lacks changes that are here"), "{}", check());
    add(&old, "budget", "group-1", "six");
    assert!(!check().contains("second copy"), "{}", check());
    let new = Home::new();
    open(&new, &[stick.to_str().unwrap()]);
    assert_eq!(texts(&new, "budget").len(), 7);
    // Somebody took the file away, or it went wrong on the stick.
    damage(&file, "six");
    assert!(check().contains("is damaged. `rapporteur copy"), "{}", check());
    fs::remove_file(&file).unwrap();
    assert!(check().contains("is not there. `rapporteur copy"), "{}", check());
    let stopped = old.run(&["copy", "budget", "--stop"], b"");
    assert!(words(&stopped).contains("is no longer kept"), "{}", words(&stopped));
    let stopped = old.run(&["copy", "budget", "--stop"], b"");
    assert!(words(&stopped).contains("No second copy was kept"), "{}", words(&stopped));
    assert!(!check().contains("second copy"), "{}", check());
}

/// A copy of a purged point's words must not stay in the copy before.
#[test]
fn a_purge_takes_the_words_from_the_copy_before_too() {
    let room = room();
    let (old, stick, _) = copied(&room, false);
    let listed = old.lines(&["list", "budget", "--json"], b"");
    let three = listed.iter().find(|line| line.contains("three")).unwrap();
    let three: serde_json::Value = serde_json::from_str(three).unwrap();
    add(&old, "budget", "group-1", "four");
    let holding = || {
        let files = crate::durability::everything(&stick).into_values();
        files.filter(|bytes| String::from_utf8_lossy(bytes).contains("three")).count()
    };
    assert_eq!(holding(), 2);
    let agenda = old.path().join("home/data/budget.workshop");
    delete(&agenda, three["id"].as_str().unwrap());
    old.lines(&["purge", "budget", three["id"].as_str().unwrap(), "--yes"], b"");
    assert_eq!(holding(), 0);
}

/// Marks a point as deleted, as a person does on a screen.
pub(crate) fn delete(folder: &Path, point: &str) {
    use rapporteur::store::{Folder, Writer};
    use rapporteur::workshop::{Moment, WriterId};
    let folder = Folder::open(folder).unwrap();
    let mut workshop = folder.read().unwrap().workshop;
    let change = workshop.delete(point.parse().unwrap()).unwrap();
    let record = workshop.record(WriterId::new(77), Moment(5), [change]);
    workshop.apply(record.clone());
    let writer = Writer::start(&folder, WriterId::new(77), None, |_| ()).unwrap();
    writer.save(&record).unwrap();
    assert_eq!(writer.finish(std::time::Duration::from_secs(20)).len(), 0);
}
