//! The real program killed before each of its disk operations, on a disk that fills up at each of them, and
//! on one that cannot flush its folders. The hook is in debug builds alone (src/store/faults.rs).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::command::{Home, words};
use crate::durability::everything;
use crate::laptops::copy_folder;
use crate::replacing::{bundle, old, open, path};
use crate::which_workshop::{add, plain, room, texts};

/// A laptop whose state can be brought back.
struct Room {
    home: Home,
    kept: Home,
}

impl Room {
    fn of(home: Home) -> Self {
        let kept = Home::new();
        copy_folder(home.path(), &kept.path().join("kept"));
        Self { home, kept }
    }

    fn bring_back(&self) {
        for found in fs::read_dir(self.home.path()).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
        copy_folder(&self.kept.path().join("kept"), self.home.path());
    }

    fn run(&self, arguments: &[&str], fault: &str) -> Output {
        let mut command = self.home.command(arguments);
        command.env("RAPPORTEUR_DISK", fault).output().unwrap()
    }

    /// Runs this killed before each operation in turn, then with each failing, and looks at what it left;
    /// after each the same without a fault has to succeed, and to leave nothing half done.
    fn at_each(&self, arguments: &[&str], look: impl Fn(&Output), done: impl Fn()) {
        self.at_every(1, arguments, look, done);
    }

    fn at_every(&self, step: usize, arguments: &[&str], look: impl Fn(&Output), done: impl Fn()) {
        let stops = |fault: &str, nth: usize| {
            self.is_stopped(arguments, &format!("{fault}:{nth}"), &look, &done)
        };
        let all = (0..400).step_by(step).find(|nth| !stops("kill", *nth)).unwrap();
        assert!(all > 4, "{arguments:?}: {all}");
        for nth in (0..all).step_by(step) {
            stops("full", nth);
        }
    }

    fn is_stopped(
        &self,
        arguments: &[&str],
        fault: &str,
        look: &impl Fn(&Output),
        done: &impl Fn(),
    ) -> bool {
        self.bring_back();
        let output = self.run(arguments, fault);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), words(&output));
        let is_killed = output.status.code() == Some(9);
        assert!(!said.contains("panicked"), "{fault}: {said}");
        if !is_killed && !output.status.success() {
            assert!(plain(&said).contains("disk is full"), "{arguments:?} {fault}: {said}");
        }
        look(&output);
        let again = self.run(arguments, "");
        assert!(again.status.success(), "{arguments:?} {fault}: {}", words(&again));
        done();
        let left: Vec<PathBuf> =
            everything(self.home.path()).into_keys().filter(|path| is_passing(path)).collect();
        assert!(left.is_empty(), "{arguments:?} {fault}: {left:?}");
        is_killed
    }

    fn texts(&self) -> Vec<String> {
        let mut texts = texts(&self.home, "budget");
        texts.sort();
        texts
    }

    fn said(&self) -> String {
        words(&self.home.run(&["list", "budget"], b""))
    }
}

fn is_passing(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with('.')
}

const ALL: [&str; 5] = ["from the hand-out", "of group 2", "of the room", "one", "two"];

/// A room with a point of its own, and the bundles of two groups and of a third, of which a part is missing.
fn merging() -> (Room, Vec<String>) {
    let room = room();
    let old = old(&room);
    let one = bundle(&old, "one");
    let other = Home::new();
    open(&other, &[&path(&room, "stick/budget.group-2.hand-out.bundle")]);
    add(&other, "budget", "group-2", "withheld");
    let before = bundle(&other, "before");
    add(&other, "budget", "group-2", "of group 2");
    let part = ["bundle", "budget", "--since", &before, "--out", "part"];
    let part = path(&other, &other.lines(&part, b"").remove(0));
    add(&room, "budget", "plenary", "of the room");
    let mut files = Vec::new();
    for file in [one, part] {
        let name = Path::new(&file).file_name().unwrap();
        fs::copy(&file, room.path().join(name)).unwrap();
        files.push(name.to_str().unwrap().to_owned());
    }
    (Room::of(room), files)
}

/// Nothing is said to be here that is not, nor missed that is: one change of group 2 never came.
fn says_what_is_so(room: &Room, whole: bool) {
    let (found, said) = (room.texts(), room.said());
    assert!(found.contains(&"of the room".to_owned()), "{found:?}");
    assert!(found.iter().all(|text| ALL.contains(&text.as_str())), "{found:?}");
    assert!(!said.contains("damaged") && !said.contains("cannot be read"), "{said}");
    let gaps = said.matches("not arrived").count();
    let has_one = found.contains(&"two".to_owned());
    assert!(gaps <= 1 && !(has_one && said.contains("Group 1, laptop")), "{said}");
    // What is known to be missing used to be noted only after the rest was written.
    let has_part = found.contains(&"of group 2".to_owned());
    assert!(!has_part || gaps == 1, "{found:?}: {said}");
    if whole {
        assert_eq!(found, ALL);
        assert_eq!(gaps, 1, "{said}");
    }
}

#[test]
fn wherever_a_merge_is_stopped_nothing_is_lost_and_gaps_are_what_they_are() {
    let (room, files) = merging();
    let mut merge = vec!["merge", "budget"];
    merge.extend(files.iter().map(String::as_str));
    // On a full disk it used to succeed without keeping what is missing.
    let look = |output: &Output| says_what_is_so(&room, output.status.success());
    room.at_each(&merge, look, || says_what_is_so(&room, true));
}

/// One change used to be called damaged, of another laptop, where thousands had not come in.
#[test]
fn a_large_bundle_comes_in_whole_or_not_at_all() {
    let room = room();
    old(&room);
    let other = Home::new();
    open(&other, &[&path(&room, "stick/budget.group-2.hand-out.bundle")]);
    let points: Vec<String> = (0..60).map(|nth| format!("Point {nth} of a long list")).collect();
    let place = ["add", "budget", "-g", "group-2", "-t", "roads", "-"];
    other.lines(&place, points.join("\n").as_bytes());
    let file = bundle(&other, "out");
    fs::copy(&file, room.path().join("large.bundle")).unwrap();
    let room = Room::of(room);
    let merge = ["merge", "budget", "large.bundle"];
    let (before, after) = (room.texts().len(), room.texts().len() + points.len());
    for fault in ["tear", "kill"] {
        let mut all = 0;
        loop {
            room.bring_back();
            let output = room.run(&merge, &format!("{fault}:{all}"));
            let (there, said) = (room.texts().len(), room.said());
            assert!(!said.contains("damaged"), "{fault}:{all}: {said}");
            assert!(there == before || there == after, "{fault}:{all}: {there}");
            if output.status.code() != Some(9) {
                break;
            }
            room.home.lines(&merge, b"");
            assert_eq!(room.texts().len(), after, "{fault}:{all}");
            let left = everything(room.home.path()).into_keys().filter(|path| is_passing(path));
            let left: Vec<PathBuf> = left.collect();
            assert!(left.is_empty(), "{fault}:{all}: {left:?}");
            all += 1;
        }
        assert!(all > 4, "{fault}: {all}");
    }
}

/// A line end may be where a write is torn: then two of four points were here, and nothing was missed.
#[test]
fn of_a_small_bundle_that_comes_in_halfway_the_rest_is_missed() {
    let room = room();
    old(&room);
    let other = Home::new();
    open(&other, &[&path(&room, "stick/budget.group-2.hand-out.bundle")]);
    let place = ["add", "budget", "-g", "group-2", "-t", "roads", "-"];
    other.lines(&place, b"Point one\nPoint two\nPoint three\nPoint four");
    fs::copy(bundle(&other, "out"), room.path().join("small.bundle")).unwrap();
    let room = Room::of(room);
    let merge = ["merge", "budget", "small.bundle"];
    let (before, mut parts, mut stopped) = (room.texts().len(), 0, true);
    for nth in 0..40 {
        if !stopped {
            break;
        }
        room.bring_back();
        stopped = room.run(&merge, &format!("tear:{nth}")).status.code() == Some(9);
        let (there, said) = (room.texts().len() - before, room.said());
        let is_part = there > 0 && there < 4;
        parts += usize::from(is_part);
        assert!(!is_part || said.contains("not arrived"), "{nth}: {there}: {said}");
        room.home.lines(&merge, b"");
        assert_eq!(room.texts().len(), before + 4, "{nth}");
        assert!(!room.said().contains("not arrived"), "{nth}");
    }
    assert!(parts > 0);
}

#[test]
fn wherever_adding_is_stopped_what_was_acknowledged_is_there() {
    let room = Room::of(room());
    let add = ["add", "budget", "-g", "group-1", "-t", "roads", "A point"];
    let look = |output: &Output| {
        let ids = String::from_utf8_lossy(&output.stdout).lines().count();
        let there = room.texts().len();
        assert!(there >= ids && (ids == 1 || !output.status.success()), "{ids} {there}");
    };
    room.at_each(&add, look, || {
        let said = room.said();
        assert!(!said.contains("missing") && !said.contains("damaged"), "{said}");
    });
}

/// A folder whose flush answers EINVAL, where files have one name only, is a disk like any other.
#[test]
fn everything_works_on_a_stick() {
    let room = Room::of(room());
    let add = ["add", "budget", "-g", "group-1", "-t", "roads", "A point"];
    fs::create_dir_all(room.home.path().join("share")).unwrap();
    fs::create_dir_all(room.home.path().join("second")).unwrap();
    for nth in 0..2 {
        let more = format!("more-{nth}");
        for arguments in [
            &add[..],
            &["new", "asean-declaration", "--at", &more],
            &["export", "budget", "--format", "all", "--out", "stick"],
            &["bundle", "budget", "--out", "stick"],
            &["hand-out", "budget", "--out", "stick"],
            &["sync", "budget", "share"],
            &["copy", "budget", "second"],
        ] {
            let output = room.run(arguments, "fat");
            assert!(output.status.success(), "{arguments:?}: {}", words(&output));
        }
    }
    assert_eq!((room.texts().len(), texts(&room.home, "more-1").len()), (2, 0));
    // The earlier export is kept under another name.
    for file in ["stick/budget.feedback.csv", "stick/budget.feedback (1).csv"] {
        assert!(room.home.path().join(file).is_file(), "{file}");
    }
    assert!(!everything(room.home.path()).into_keys().any(|path| is_passing(&path)));
}

#[test]
fn wherever_making_a_workshop_is_stopped_it_is_there_whole_or_not_at_all() {
    let room = Room::of(room());
    let new = ["new", "asean-declaration", "--at", "more"];
    let look = |output: &Output| {
        let there = room.home.path().join("more");
        assert!(there.exists() || !output.status.success());
        if there.exists() {
            room.home.lines(&["list", "more"], b"");
            fs::remove_dir_all(there).unwrap();
        }
    };
    room.at_each(&new, look, || {
        room.home.lines(&["list", "more"], b"");
    });
}

fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = if folder.exists() { everything(folder) } else { BTreeMap::new() };
    files.retain(|path, _| path.is_file());
    files
}

#[test]
fn wherever_an_export_is_stopped_no_half_file_has_its_final_name() {
    let home = room();
    for text in ["one", "two"] {
        add(&home, "budget", "group-1", text);
    }
    let room = Room::of(home);
    let out = room.home.path().join("out");
    // All share one way to the disk: with all of them not every operation is tried.
    for (formats, step) in [("csv", 1), ("all", 11)] {
        let export = ["export", "budget", "--out", "out", "--format", formats];
        room.bring_back();
        room.home.lines(&export, b"");
        let whole = files_in(&out);
        let look = |_: &Output| {
            for (path, bytes) in files_in(&out).iter().filter(|(path, _)| !is_passing(path)) {
                let of = whole.get(path).map(Vec::len);
                assert_eq!(Some(bytes.len()), of, "{}", path.display());
            }
        };
        room.at_every(step, &export, look, || {
            assert!(files_in(&out).keys().eq(whole.keys()), "{:?}", files_in(&out).keys());
        });
    }
}

#[test]
fn wherever_a_second_copy_is_stopped_one_that_is_whole_is_on_the_stick() {
    let home = room();
    let outer = Home::new();
    fs::create_dir(home.path().join("stick")).unwrap();
    add(&home, "budget", "group-1", "one");
    home.lines(&["copy", "budget", "stick"], b"");
    add(&home, "budget", "group-1", "two");
    // Not copied yet.
    fs::rename(home.path().join("stick"), home.path().join("away")).unwrap();
    add(&home, "budget", "group-1", "three");
    fs::rename(home.path().join("away"), home.path().join("stick")).unwrap();
    let room = Room::of(home);
    let stick = room.home.path().join("stick");
    let copied = || {
        let laptop = Home::new();
        open(&laptop, &[stick.to_str().unwrap()]);
        texts(&laptop, "budget")
    };
    let look = |_: &Output| assert!(copied().len() >= 2, "{:?}", copied());
    room.at_each(&["copy", "budget"], look, || {
        assert_eq!(copied(), ["one", "two", "three"]);
    });
    drop(outer);
}

#[test]
fn wherever_a_purge_is_stopped_nothing_else_is_lost_and_the_next_finishes_it() {
    let home = room();
    let outer = path(&home, "home/data/budget.workshop");
    for text in ["one", "not to be kept", "three"] {
        add(&home, "budget", "group-1", text);
    }
    let listed = home.lines(&["list", "budget", "--json"], b"");
    let listed: serde_json::Value = serde_json::from_str(&listed[1]).unwrap();
    let point = listed["id"].as_str().unwrap().to_owned();
    crate::second_copy::delete(Path::new(&outer), &point);
    let room = Room::of(home);
    let purge = ["purge", "budget", &point, "--yes"];
    let look = |_: &Output| {
        assert_eq!(room.texts(), ["one", "three"]);
        assert!(!room.said().contains("damaged") && !room.said().contains("missing"));
    };
    room.at_each(&purge, look, || {
        let files = everything(Path::new(&outer)).into_values();
        let words = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).contains("not to be kept");
        assert!(!files.into_iter().any(words));
        assert_eq!(room.texts(), ["one", "three"]);
    });
}

#[test]
fn wherever_a_repair_is_stopped_the_next_finishes_it() {
    let home = room();
    for text in ["one", "the second", "three"] {
        add(&home, "budget", "group-1", text);
    }
    let folder = home.path().join("home/data/budget.workshop");
    for (path, mut bytes) in everything(&folder.join("changes")) {
        if let Some(at) = memchr::memmem::find(&bytes, b"the second") {
            bytes[at] ^= 1;
            fs::write(path, bytes).unwrap();
        }
    }
    fs::remove_file(folder.join("workshop.json")).unwrap();
    let room = Room::of(home);
    let look = |_: &Output| {
        let (found, said) = (room.texts(), room.said());
        assert_eq!(found.len() == 3, !said.contains("1 change is damaged"), "{found:?} {said}");
    };
    room.at_each(&["check", "--repair", "budget"], look, || {
        assert_eq!(room.texts(), ["one", "the second", "three"]);
        assert!(!room.said().contains("damaged"), "{}", room.said());
    });
}

/// The change whose line was cut short was damaged and had not arrived; where too little of it was left to see whose it
/// was, that made one more than were missing.
#[test]
fn however_a_merge_is_torn_each_change_that_is_missing_is_counted_once() {
    let home = Home::new();
    crate::gaps::meeting(&home);
    let file = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["merge", "room", &file], b"");
    let changes = fs::read_dir(home.path().join("room/changes")).unwrap();
    let mut changes = changes.map(|found| found.unwrap().path());
    let is_taken =
        |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("taken");
    let taken = changes.find(is_taken).unwrap();
    let whole = fs::read(&taken).unwrap();
    let number = |said: &str, what: &str| -> u64 {
        let found = said.split('.').filter(|sentence| sentence.contains(what));
        let first = |sentence: &str| {
            let after = sentence.rsplit_once("laptop ").map_or(sentence, |(_, after)| after);
            after.split_whitespace().find_map(|word| word.parse::<u64>().ok()).unwrap()
        };
        found.map(first).sum()
    };
    for end in (1..whole.len()).step_by(3) {
        fs::write(&taken, &whole[..end]).unwrap();
        let said = words(&home.run(&["list", "room"], b""));
        let said = said.replace("Laptop ", "laptop ");
        // A line without its end is whole; the empty ones between are none.
        let ends = (1..=end).filter(|at| whole.get(*at) == Some(&b'\n'));
        let here = ends.filter(|at| whole[at - 1] != b'\n').count() as u64;
        let all = whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() as u64;
        let named = number(&said, " arrived") + number(&said, " damaged;");
        assert_eq!(named, all - here, "{end}: {said}");
    }
    home.lines(&["merge", "room", &file], b"");
    assert!(home.run(&["check", "room"], b"").status.success());
}

/// “There is nothing at “stick/…”. Check the spelling”, or the system's own words with a number.
#[test]
fn a_stick_pulled_out_while_files_go_there_is_said_and_leaves_only_whole_files() {
    let home = room();
    add(&home, "budget", "group-1", "Repair the bridges");
    let room = Room::of(home);
    let export = ["export", "budget", "--format", "csv,docx", "--out", "stick"];
    for arguments in [
        &export[..],
        &["bundle", "budget", "--out", "stick"],
        &["hand-out", "budget", "-o", "stick"],
    ] {
        room.bring_back();
        assert!(room.run(arguments, "").status.success());
        let on_stick = |room: &Room| match room.home.path().join("stick") {
            stick if stick.is_dir() => everything(&stick),
            _ => BTreeMap::new(),
        };
        let names: Vec<PathBuf> = on_stick(&room).into_keys().collect();
        let mut failed = 0;
        for nth in 0..120 {
            room.bring_back();
            let output = room.run(arguments, &format!("gone:{nth}"));
            let said = plain(&words(&output));
            assert!(!said.contains("panicked") && !said.contains("os error"), "{nth}: {said}");
            if output.status.success() {
                break;
            }
            failed += 1;
            assert!(said.contains("the disk is gone (was the stick pulled out?)"), "{nth}: {said}");
            assert!(on_stick(&room).into_keys().all(|file| names.contains(&file)), "{nth}");
            let again = room.run(arguments, "");
            assert!(again.status.success(), "{nth}: {}", words(&again));
        }
        assert!((4..120).contains(&failed), "{arguments:?}: {failed}");
    }
}
