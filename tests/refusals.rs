//! A bundle that could not be taken in is missed until something as new has come, whatever was wrong with it
//! and however often; and no longer.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rapporteur::store::lock::{Keys, Lock, new_key};
use rapporteur::store::{Bundle, Incoming, Packing, SharedFolder};
use rapporteur::workshop::{Agenda, GroupId, Moment, Place, TopicId};

use crate::command::Home;
use crate::gaps::everything;
use crate::laptops::Laptop;

/// A room, and the laptop of a group that has sent it a first bundle and made a second.
struct Case {
    home: tempfile::TempDir,
    room: Laptop,
    keys: Keys,
    early: Vec<u8>,
    late: Vec<u8>,
    /// A third, with one more change.
    last: Vec<u8>,
    name: String,
}

impl Case {
    fn new(is_locked: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let agenda = Agenda { days: Vec::new(), ..crate::desk::agenda() };
        let mut room = Laptop::new(&home.path().join("room"), &agenda, 1);
        let mut other = Laptop::new(&home.path().join("other"), &agenda, 2);
        room.intake.works_as(room.replica);
        let (secret, public) = new_key();
        let lock = Lock::to_keys([&*public]).unwrap();
        let path = home.path().join("key");
        fs::write(&path, secret).unwrap();
        let mut keys = Keys::default();
        keys.add_file(&path).unwrap();
        let mut bundle = |text: &str, made: i64| {
            let place = Place::new(GroupId::plenary(), TopicId::general());
            other.capture(place, None, text);
            let packing = Packing { made: Moment(made), ..other.packing() };
            let bytes = other.pack(&packing, None);
            let name = Bundle::read(bytes.clone()).unwrap().header.file_name(is_locked);
            (if is_locked { lock.lock(&bytes).unwrap() } else { bytes }, name)
        };
        let (early, name) = bundle("First", 180_000);
        let (late, _) = bundle("Second", 300_000);
        let (last, _) = bundle("Third", 400_000);
        for folder in ["stick", "again"] {
            fs::create_dir(home.path().join(folder)).unwrap();
        }
        Self { home, room, keys, early, late, last, name }
    }

    fn path(&self, folder: &str) -> PathBuf {
        self.home.path().join(folder).join(&self.name)
    }

    /// Puts bytes there and takes them in.
    fn take(&mut self, folder: &str, bytes: &[u8]) {
        let path = self.path(folder);
        fs::write(&path, bytes).unwrap();
        let _ = self.room.intake.take_source(&Incoming::Bundle(path), &self.keys);
        self.room.intake.done(&mut []).unwrap();
    }

    fn collect(&mut self, place: &mut SharedFolder) {
        place.collect(self.room.replica, &mut self.room.intake, &self.keys).unwrap();
        self.room.intake.done(&mut []).unwrap();
    }

    fn missing(&self) -> Vec<String> {
        let workshop = self.room.folder.read().unwrap().workshop;
        workshop.missing()
    }

    fn points(&self) -> usize {
        self.room.folder.read().unwrap().workshop.points().count()
    }
}

/// A damaged copy: cut short, with a wrong byte at the end, in the header or in the first line's checksum,
/// empty, only zeros, without its first line, or something else altogether.
fn damaged(bytes: &[u8], how: u8) -> Vec<u8> {
    let flipped = |at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    match how {
        0 => bytes[..bytes.len() * 2 / 3].to_vec(),
        1 => flipped(bytes.len() - 40),
        2 => flipped(60),
        3 => flipped(2),
        4 => Vec::new(),
        5 => vec![0; bytes.len()],
        6 => bytes[memchr::memchr(b'\n', bytes).unwrap() + 1..].to_vec(),
        7 => bytes[..90].to_vec(),
        _ => b"PK\x03\x04 something else".to_vec(),
    }
}

proptest! {
    #![proptest_config(crate::cases(96))]

    /// A file that was damaged in two ways, or locked and damaged, used to be missed for ever, although the
    /// good one had come; one without a first line, or of zeros, was never missed.
    #[test]
    fn it_is_missed_until_something_as_new_has_come(
        is_locked in any::<bool>(),
        was_heard in any::<bool>(),
        ways in proptest::collection::vec((0..9_u8, any::<bool>()), 1..4),
        is_shared in any::<bool>(),
    ) {
        let mut case = Case::new(is_locked);
        let (early, late) = (case.early.clone(), case.late.clone());
        if was_heard {
            case.take("again", &early);
        }
        let mut place = SharedFolder::new(&case.home.path().join("stick"));
        let mut was_early = was_heard;
        for (how, early_again) in &ways {
            let bytes = damaged(&late, *how);
            if is_shared {
                fs::write(case.path("stick"), bytes).unwrap();
                case.collect(&mut place);
            } else {
                case.take("stick", &bytes);
            }
            if *early_again {
                case.take("again", &early);
                // Where nothing had come of the laptop before, this is newer.
                was_early |= case.points() < 2;
            }
            // One wrong byte in the first line is corrected: then nothing is missing.
            let may_be_closed = was_early && !was_heard;
            let is_missed = !case.missing().is_empty();
            prop_assert!(is_missed || case.points() == 2 || may_be_closed, "{ways:?}");
        }
        // What was damaged after the good one had come may have been a newer one.
        let last = if case.points() == 2 { case.last.clone() } else { late };
        if is_shared {
            fs::write(case.path("stick"), &last).unwrap();
            case.collect(&mut place);
        } else {
            case.take("stick", &last);
        }
        prop_assert_eq!(case.missing(), [""; 0]);
        prop_assert!(case.points() >= 2);
    }

    /// Whoever copies the good file somewhere else is not asked for it again. It was missed for ever where the
    /// bad one did not say when it was made and was written later, as each copy is.
    #[test]
    fn a_good_copy_from_elsewhere_counts(how in prop::sample::select(vec![0_u8, 1, 4, 5, 6, 7, 8])) {
        let mut case = Case::new(false);
        let (early, late) = (case.early.clone(), case.late.clone());
        case.take("again", &early);
        case.take("stick", &damaged(&late, how));
        prop_assert!(!case.missing().is_empty());
        case.take("again", &early);
        prop_assert!(!case.missing().is_empty());
        case.take("again", &late);
        prop_assert_eq!(case.missing(), [""; 0]);
        // The bad one is still where it was.
        let stick = Incoming::Bundle(case.path("stick"));
        let _ = case.room.intake.take_source(&stick, &case.keys);
        case.room.intake.done(&mut []).unwrap();
        prop_assert_eq!(case.missing(), [""; 0]);
    }

    /// It used to be forgotten when the file was deleted, although nothing had come.
    #[test]
    fn what_cannot_be_read_is_missed_when_it_is_removed_too(
        how in prop::sample::select(vec![4_u8, 5, 7, 8]),
        is_locked in any::<bool>(),
    ) {
        let mut case = Case::new(is_locked);
        let (early, late) = (case.early.clone(), case.late.clone());
        case.take("again", &early);
        case.take("stick", &damaged(&late, how));
        let stick = case.home.path().join("stick");
        case.room.intake.look_for_refused(&stick);
        case.room.intake.done(&mut []).unwrap();
        prop_assert!(!case.missing().is_empty());
        fs::remove_file(case.path("stick")).unwrap();
        // Whoever looks at the folder above it sees that it is gone, which brings nothing.
        case.room.intake.look_for_refused(case.home.path());
        case.room.intake.done(&mut []).unwrap();
        prop_assert!(!case.missing().is_empty());
        case.take("stick", &early);
        prop_assert!(!case.missing().is_empty());
        fs::remove_file(case.path("stick")).unwrap();
        case.take("again", &late);
        prop_assert_eq!(case.missing(), [""; 0]);
    }
}

/// A damaged copy of what has come already lacks nothing, and neither does an older one.
#[test]
fn a_damaged_copy_of_what_has_come_is_not_missed() {
    for how in 0..4 {
        let mut case = Case::new(false);
        let (early, late) = (case.early.clone(), case.late.clone());
        case.take("stick", &late);
        case.take("again", &damaged(&late, how));
        case.take("again", &damaged(&early, how));
        assert_eq!(case.missing(), [""; 0], "{how}");
    }
}

/// Zeros were called no bundle, with a hint at zip files, and forgotten; then they were called cut short.
#[test]
fn every_output_says_that_a_bundle_of_zeros_was_not_taken_in() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let file = "hand-outs/asean-declaration.group-2.hand-out.bundle";
    home.lines(&["merge", "./group-2", file], b"");
    home.lines(&["add", "group-2", "-g", "group-2", "-t", "capacity", "A word"], b"");
    let bundle = home.lines(&["bundle", "group-2", "-o", "stick"], b"").remove(0);
    let whole = fs::read(home.path().join(&bundle)).unwrap();
    let renamed = home.path().join("stick/copy of boats.bundle");
    for (said, is_named) in [
        ("its file was not taken in: there is nothing but zeros in it.", true),
        ("1 file of other laptops is damaged, and nothing in it can be read.", false),
    ] {
        let path = if is_named { home.path().join(&bundle) } else { renamed.clone() };
        fs::write(&path, vec![0; whole.len()]).unwrap();
        let merged = home.run(&["merge", "room", path.to_str().unwrap()], b"");
        let merged = String::from_utf8(merged.stdout).unwrap();
        let merged: Vec<&str> = merged.split_whitespace().collect();
        let merged = merged.join(" ");
        assert!(merged.contains("nothing but zeros") && !merged.contains("zip"), "{merged}");
        for (name, text) in everything(&home, "room") {
            assert!(text.contains(said), "{name}: {text}");
        }
        fs::remove_file(&path).unwrap();
        fs::write(home.path().join("stick/readme.txt"), "").unwrap();
        home.run(&["merge", "room", "stick"], b"");
        if is_named {
            for (name, text) in everything(&home, "room") {
                assert!(text.contains(said), "{name}: {text}");
            }
            fs::create_dir_all(home.path().join("other stick")).unwrap();
            let good = home.path().join("other stick/asean-declaration.group-2.good.bundle");
            fs::write(&good, &whole).unwrap();
            home.lines(&["merge", "room", "other stick"], b"");
        }
        for (name, text) in everything(&home, "room") {
            assert!(!text.contains(said), "{name}: {text}");
        }
    }
}

/// Such a file was reported for ever if nobody looked into its folder again, whatever came later.
#[test]
fn a_damaged_file_of_nobody_ends_when_something_newer_has_come_of_every_laptop() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let add = |group: &str, words: &str| {
        home.lines(&["add", group, "-g", group, "-t", "capacity", words], b"");
        home.lines(&["bundle", group, "-o", group], b"").remove(0)
    };
    for group in ["group-1", "group-2"] {
        let file = format!("hand-outs/asean-declaration.{group}.hand-out.bundle");
        home.lines(&["merge", &format!("./{group}"), &file], b"");
        let bundle = add(group, "A word");
        home.lines(&["merge", "room", &bundle], b"");
    }
    let said = "1 file of other laptops is damaged, and nothing in it can be read.";
    fs::create_dir(home.path().join("stick")).unwrap();
    fs::write(home.path().join("stick/copy.bundle"), [0; 3000]).unwrap();
    home.run(&["merge", "room", "stick/copy.bundle"], b"");
    let is_said = || {
        let checked = home.run(&["check", "room"], b"");
        let text = String::from_utf8(checked.stderr).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(checked.status.code(), Some(i32::from(text.contains(said))), "{text}");
        text.contains(said)
    };
    assert!(is_said());
    for group in ["group-1", "group-2"] {
        let bundle = home.lines(&["bundle", group, "-o", group], b"").remove(0);
        assert!(is_said(), "{group}");
        home.lines(&["merge", "room", &bundle], b"");
        let bundle = add(group, "Another");
        home.lines(&["merge", "room", &bundle], b"");
    }
    assert!(!is_said());
    // It is the same file.
    home.run(&["merge", "room", "stick/copy.bundle"], b"");
    assert!(!is_said());
    fs::write(home.path().join("stick/copy.bundle"), [0; 3001]).unwrap();
    home.run(&["merge", "room", "stick/copy.bundle"], b"");
    assert!(is_said());
}

/// Another laptop's bundle with what was in the damaged one closes it, and so does that laptop's folder.
#[test]
fn what_another_laptop_brings_closes_it() {
    for by_folder in [false, true] {
        let mut case = Case::new(false);
        let (early, late) = (case.early.clone(), case.late.clone());
        case.take("again", &early);
        case.take("stick", &vec![0; late.len()]);
        assert!(!case.missing().is_empty());
        let agenda = Agenda { days: Vec::new(), ..crate::desk::agenda() };
        let mut third = Laptop::new(&case.home.path().join("third"), &agenda, 3);
        third.intake.receive(&Bundle::read(late.clone()).unwrap()).unwrap();
        if by_folder {
            let folder = Incoming::Folder(case.home.path().join("third"));
            case.room.intake.take_source(&folder, &case.keys).unwrap();
            case.room.intake.done(&mut []).unwrap();
        } else {
            let packing = Packing { made: Moment(400_000), all: true, ..third.packing() };
            let bundle = Bundle::read(third.pack(&packing, None)).unwrap();
            case.room.intake.receive(&bundle).unwrap();
        }
        assert_eq!(case.missing(), [""; 0], "{by_folder}");
        assert_eq!(case.points(), 2);
    }
}

/// The good file ends it, wherever it is seen, if it can be the one that was damaged.
#[test]
fn the_same_good_file_ends_what_is_missed_of_zeros_as_long_as_it() {
    for is_locked in [false, true] {
        let mut case = Case::new(is_locked);
        let (early, late) = (case.early.clone(), case.late.clone());
        case.take("stick", &late);
        for again in ["stick", "again"] {
            case.take("stick", &vec![0; late.len()]);
            assert!(!case.missing().is_empty(), "{is_locked} {again}");
            case.take("again", &early);
            assert!(!case.missing().is_empty(), "{is_locked} {again}");
            case.take(again, &late);
            assert_eq!(case.missing(), [""; 0], "{is_locked} {again}");
        }
        // A longer one may have been newer.
        for more in [1, 400] {
            case.take("stick", &vec![0; late.len() + more]);
            case.take("stick", &late);
            assert!(!case.missing().is_empty(), "{is_locked} {more}");
        }
    }
}

/// Writes bytes into a file as a failing disk does: its length and time stay as they were.
fn rot(path: &Path, bytes: &[u8]) {
    let written = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, bytes).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(written).unwrap();
}

/// A file that went bad after it had been taken in was missed until that laptop's next bundle came, although
/// nothing was in it that was not here.
#[test]
fn a_file_that_went_bad_after_it_came_in_is_not_missed() {
    for is_synced in [false, true] {
        for is_renamed in [false, true] {
            let home = Home::new();
            home.lines(&["new", "asean-declaration", "--at", "room"], b"");
            home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
            let file = "hand-outs/asean-declaration.group-2.hand-out.bundle";
            home.lines(&["merge", "./group-2", file], b"");
            let add = |words: &str| {
                home.lines(&["add", "group-2", "-g", "group-2", "-t", "capacity", words], b"");
            };
            let bundle = || {
                let made = home.lines(&["bundle", "group-2", "-o", "out"], b"").remove(0);
                let name = if is_renamed {
                    "boats.bundle"
                } else {
                    Path::new(&made).file_name().unwrap().to_str().unwrap()
                };
                let to = home.path().join("stick").join(name);
                fs::create_dir_all(home.path().join("stick")).unwrap();
                fs::copy(home.path().join(&made), &to).unwrap();
                to
            };
            let take = || {
                let verb = if is_synced { "sync" } else { "merge" };
                let output = home.run(&[verb, "room", "stick"], b"");
                let said = format!(
                    "{}{}",
                    String::from_utf8(output.stdout).unwrap(),
                    String::from_utf8(output.stderr).unwrap()
                );
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            let is_missed = || {
                let outputs = everything(&home, "room");
                let is_said = |text: &str| {
                    text.contains("was not taken in")
                        || text.contains("nothing in it can be read")
                        || text.contains("taken in only in part")
                };
                let missing = outputs.iter().filter(|(_, text)| is_said(text)).count();
                assert!(missing == 0 || missing == outputs.len(), "{missing}");
                missing > 0
            };
            add("A word");
            let path = bundle();
            take();
            let whole = fs::read(&path).unwrap();
            let mut headless = whole.clone();
            headless[2..90].fill(b'x');
            for bytes in [vec![0; whole.len()], headless, vec![b'x'; whole.len()]] {
                rot(&path, &bytes);
                let said = take();
                assert!(
                    said.contains("damaged. It came in before that, so nothing is missing"),
                    "{said}"
                );
                assert!(!is_missed(), "{is_synced} {is_renamed}");
            }
            // Whatever was written there since may have been newer: of another length, or at another time.
            rot(&path, &vec![0; whole.len() + 1]);
            take();
            assert!(is_missed());
            rot(&path, &whole);
            add("Another word");
            let path = bundle();
            take();
            assert!(!is_missed());
            let newer = fs::read(&path).unwrap();
            // Used to be: missed until that laptop's next bundle came, also after the good file was there again.
            for bytes in [vec![0; newer.len()], [&vec![b'x'; newer.len() - 1][..], b"\n"].concat()]
            {
                let is_blank = bytes[0] == 0;
                fs::write(&path, bytes).unwrap();
                take();
                // Something else under another name need not be a bundle.
                assert_eq!(is_missed(), is_blank || !is_renamed, "{is_synced} {is_renamed}");
                fs::write(&path, &newer).unwrap();
                take();
                assert!(!is_missed(), "{is_synced} {is_renamed}");
            }
        }
    }
}
