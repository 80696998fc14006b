//! What is known to be missing is said in every file and by every verb, until it is repaired and no
//! longer.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Output;

use rapporteur::workshop::shown;

use crate::command::{Home, words};

pub(crate) const WORDS: [&str; 3] =
    ["Train trainers", "Publish the minutes", "Share what was learned"];

/// A meeting with three points of Group 2, and the journal they are in.
pub(crate) fn meeting(home: &Home) -> PathBuf {
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    for words in WORDS {
        home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", words], b"");
    }
    journal(home, "meeting", "Publish the minutes")
}

/// The file of a workshop's changes that holds these words.
pub(crate) fn journal(home: &Home, workshop: &str, words: &str) -> PathBuf {
    let changes = home.path().join(workshop).join("changes");
    let mut files = fs::read_dir(changes).unwrap().map(|found| found.unwrap().path());
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        memchr::memmem::find(&bytes, words.as_bytes()).is_some()
    };
    files.find(holds).unwrap()
}

/// Flips one bit of the line that holds these words, so many bytes before them.
pub(crate) fn flip(file: &Path, words: &str, before: usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = memchr::memmem::find(&bytes, words.as_bytes()).unwrap();
    bytes[at - before] ^= 4;
    fs::write(file, bytes).unwrap();
}

/// What a file says, of packed ones too.
fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let Ok(mut packed) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) else {
        return String::from_utf8_lossy(&bytes).into_owned();
    };
    let mut all = String::new();
    for nth in 0..packed.len() {
        packed.by_index(nth).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// Exports in all formats, and gives each file's name and text.
fn exported(home: &Home, workshop: &str) -> Vec<(String, String)> {
    let out = tempfile::tempdir_in(home.path()).unwrap();
    let out = out.path().to_str().unwrap();
    let files = home.lines(&["export", workshop, "-f", "all", "-o", out], b"");
    assert_eq!(files.len(), 14);
    files.into_iter().map(|file| (file.clone(), text(Path::new(&file)))).collect()
}

/// Everything that is said of a workshop: by each verb, in each file.
pub(crate) fn everything(home: &Home, workshop: &str) -> Vec<(String, String)> {
    let mut all = exported(home, workshop);
    let said = |output: Output| words(&output);
    for verb in ["list", "comments", "check"] {
        all.push((verb.to_owned(), said(home.run(&[verb, workshop], b""))));
    }
    let json = home.run(&["list", workshop, "--json"], b"");
    all.push(("list --json".to_owned(), said(json)));
    all.push(("bundle".to_owned(), said(home.run(&["bundle", workshop, "-o", "out"], b""))));
    all
}

/// Used to be: exit 0, "81 captured … 0 open", and not a word in JSON, Markdown or CSV.
#[test]
fn a_flipped_bit_anywhere_in_a_line_is_named_in_every_output() {
    let home = Home::new();
    let file = meeting(&home);
    let whole = fs::read(&file).unwrap();
    for (name, text) in everything(&home, "meeting") {
        assert!(!text.contains("damaged"), "{name}: {text}");
    }
    // In the words, before them in the change, in the stamp, and in both checksums.
    let line = whole.split(|byte| *byte == b'\n');
    let line = line
        .map(<[u8]>::to_vec)
        .find(|line| memchr::memmem::find(line, WORDS[1].as_bytes()).is_some());
    let start = memchr::memmem::find(&line.unwrap(), WORDS[1].as_bytes()).unwrap();
    for before in [0, 20, start - 30, start - 12, start - 3] {
        flip(&file, WORDS[1], before);
        for (name, text) in everything(&home, "meeting") {
            assert!(text.contains("1 change is damaged"), "{before}, {name}: {text}");
            assert!(text.contains("a point of Group 2, or a change to one"), "{name}: {text}");
        }
        for (name, text) in exported(&home, "meeting") {
            assert!(text.contains("DRAFT") || name.ends_with("json"), "{name}");
        }
        assert_eq!(home.run(&["check", "meeting"], b"").status.code(), Some(1));
        fs::write(&file, &whole).unwrap();
    }
    assert_eq!(home.run(&["check", "meeting"], b"").status.code(), Some(0));
}

/// Used to be: damaged for ever.
#[test]
fn what_came_back_from_another_laptop_is_damaged_no_more() {
    let home = Home::new();
    let file = meeting(&home);
    let whole = fs::read(&file).unwrap();
    let bundle = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./other", &bundle], b"");
    for before in [0, 40] {
        flip(&file, WORDS[1], before);
        assert!(words(&home.run(&["list", "meeting"], b"")).contains("damaged"));
        home.lines(&["merge", "meeting", "other"], b"");
        for (name, text) in everything(&home, "meeting") {
            assert!(!text.contains("damaged"), "{name}: {text}");
        }
        assert_eq!(home.run(&["check", "meeting"], b"").status.code(), Some(0));
        assert_eq!(home.lines(&["list", "meeting", "--json"], b"").len(), 3);
        // The next bundle has what is damaged in the file of its own laptop.
        let again = home.lines(&["bundle", "meeting", "-o", "again"], b"").remove(0);
        home.lines(&["merge", &format!("./third-{before}"), &again], b"");
        let third = format!("third-{before}");
        assert_eq!(home.lines(&["list", &third, "--json"], b"").len(), 3);
        assert_eq!(words(&home.run(&["check", &third], b"")).matches("arrived").count(), 0);
        let taken = fs::read_dir(home.path().join("meeting/changes")).unwrap();
        for path in taken.map(|found| found.unwrap().path()) {
            if path.file_name().unwrap().to_str().unwrap().starts_with("taken-") {
                fs::remove_file(path).unwrap();
            }
        }
        fs::write(&file, &whole).unwrap();
    }
}

#[test]
fn lines_that_are_gone_are_missed_until_they_come_back() {
    let home = Home::new();
    let file = meeting(&home);
    let whole = fs::read(&file).unwrap();
    let bundle = home.lines(&["bundle", "meeting", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./other", &bundle], b"");
    // The first two are gone, and of the file of a longer one the middle is overwritten.
    let third = memchr::memmem::find(&whole, WORDS[2].as_bytes()).unwrap();
    let start = memchr::memrchr(b'\n', &whole[..third]).unwrap();
    let mut zeroed = whole.clone();
    let first = memchr::memmem::find(&whole, WORDS[0].as_bytes()).unwrap();
    zeroed[first..start - 10].fill(0);
    for bytes in [whole[start..].to_vec(), zeroed] {
        fs::write(&file, bytes).unwrap();
        for (name, text) in everything(&home, "meeting") {
            assert!(text.contains("of Group 2, or "), "{name}: {text}");
        }
        home.lines(&["merge", "meeting", "other"], b"");
        for (name, text) in everything(&home, "meeting") {
            assert!(!text.contains("may be missing"), "{name}: {text}");
        }
        let taken = fs::read_dir(home.path().join("meeting/changes")).unwrap();
        for path in taken.map(|found| found.unwrap().path()) {
            if path.file_name().unwrap().to_str().unwrap().starts_with("taken-") {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_no_success() {
    let home = Home::new();
    meeting(&home);
    fs::create_dir(home.path().join("meeting/changes/0123456789ab.jsonl")).unwrap();
    let out = home.path().join("out");
    let out = out.to_str().unwrap();
    for verb in [
        &["list", "meeting"][..],
        &["list", "meeting", "--json"],
        &["export", "meeting", "-o", out],
    ] {
        let output = home.run(verb, b"");
        assert_eq!(output.status.code(), Some(1), "{verb:?}");
        assert!(words(&output).contains("1 file cannot be read"), "{}", words(&output));
    }
    let json = fs::read_to_string(home.path().join("out/asean-declaration.feedback.json")).unwrap();
    assert!(json.contains("Laptop 0123: 1 file cannot be read"), "{json}");
    // Without its changes it is no workshop at all, and nothing is printed.
    let changes = home.path().join("meeting/changes");
    fs::rename(&changes, home.path().join("kept")).unwrap();
    fs::write(&changes, "").unwrap();
    let out = home.path().join("out-2");
    for verb in [&["list", "meeting"][..], &["export", "meeting", "-o", out.to_str().unwrap()]] {
        let output = home.run(verb, b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{verb:?}");
    }
    assert!(!out.exists());
    // A workshop that is called like a sample and cannot be read is not the sample.
    fs::rename(home.path().join("meeting"), home.path().join("asean-declaration")).unwrap();
    let output = home.run(&["list", "asean-declaration"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn a_flipped_bit_is_repaired_into_a_file_of_its_own() {
    let home = Home::new();
    let file = meeting(&home);
    let whole = fs::read(&file).unwrap();
    let at = memchr::memmem::find(&whole, WORDS[1].as_bytes()).unwrap();
    let start = memchr::memrchr(b'\n', &whole[..at]).unwrap();
    for byte in (start - 1..start + 30).chain(at..at + 3).step_by(crate::ONE_OF) {
        let mut bytes = whole.clone();
        bytes[byte] ^= 2;
        fs::write(&file, &bytes).unwrap();
        let output = home.run(&["check", "--repair", "meeting"], b"");
        let said = words(&output);
        let repaired = shown(Path::new("changes/repaired-"));
        assert!(said.contains(&format!("1 change recovered into {repaired}")), "{byte}: {said}");
        assert!(said.contains("nothing is left."), "{said}");
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(fs::read(&file).unwrap() == bytes, "the damaged file is as it was");
        assert_eq!(home.lines(&["list", "meeting", "--json"], b"").len(), 3);
        for path in fs::read_dir(home.path().join("meeting/changes")).unwrap() {
            let path = path.unwrap().path();
            if path.file_name().unwrap().to_str().unwrap().starts_with("repaired-") {
                fs::remove_file(path).unwrap();
            }
        }
    }
    let mut bytes = whole.clone();
    (bytes[at], bytes[at + 5]) = (b'#', b'#');
    fs::write(&file, &bytes).unwrap();
    let output = home.run(&["check", "--repair", "meeting"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("nothing could be repaired; 1 damaged place left"));
    for (name, text) in everything(&home, "meeting") {
        assert!(text.contains("1 change is damaged"), "{name}: {text}");
    }
}

/// The laptop of a group, started from the room's hand-out.
pub(crate) fn laptop(home: &Home, group: &str) {
    if !home.path().join("hand-outs").exists() {
        home.lines(&["new", "asean-declaration", "--at", "room"], b"");
        home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    }
    let file = format!("hand-outs/asean-declaration.{group}.hand-out.bundle");
    home.lines(&["merge", &format!("./{group}"), &file], b"");
}

pub(crate) fn say_something(home: &Home, group: &str, words: &str) {
    let place = ["--group", group, "--topic", "capacity"];
    home.lines(&[&["add", group][..], &place, &[words]].concat(), b"");
}

pub(crate) fn bundle_of(home: &Home, workshop: &str, rest: &[&str]) -> String {
    home.lines(&[&["bundle", workshop, "-o", workshop][..], rest].concat(), b"").remove(0)
}

fn receipt(home: &Home, from: &[&str]) -> String {
    let output = home.run(&[&["merge", "room"][..], from].concat(), b"");
    String::from_utf8(output.stdout).unwrap()
}

/// Used to be: told in the first receipt alone; the next one said “Nothing is missing”.
#[test]
fn a_part_that_never_came_is_missed_until_it_comes() {
    let home = Home::new();
    for group in ["group-1", "group-2"] {
        laptop(&home, group);
        say_something(&home, group, "First of all");
    }
    let first = bundle_of(&home, "group-2", &[]);
    fs::rename(home.path().join(&first), home.path().join("first.bundle")).unwrap();
    say_something(&home, "group-2", "Second");
    let part = bundle_of(&home, "group-2", &["--since", "first.bundle"]);
    let others = bundle_of(&home, "group-1", &[]);
    let whole = bundle_of(&home, "group-2", &[]);

    let before = receipt(&home, &[&part]);
    assert!(before.contains(" lacks "), "{before}");
    for _ in 0..2 {
        let next = receipt(&home, &[&others]);
        assert!(next.contains("1 of its 2 changes has not"), "{next}");
        for (name, text) in everything(&home, "room") {
            assert!(text.contains("1 of its 2 changes has not arrived"), "{name}: {text}");
        }
    }
    // Group 1's laptop has one change, and only its bundle's first line came.
    let other = home.path().join(&others);
    let bytes = fs::read(&other).unwrap();
    let at = memchr::memmem::find(&bytes, b"First of all").unwrap();
    let mut damaged = bytes.clone();
    damaged[at..at + 5].fill(b'x');
    home.lines(&["new", "asean-declaration", "--at", "other-room"], b"");
    fs::write(&other, damaged).unwrap();
    home.run(&["merge", "other-room", &others], b"");
    fs::write(&other, bytes).unwrap();
    for (name, text) in everything(&home, "other-room") {
        assert!(text.contains(": its only change has not arrived."), "{name}: {text}");
    }
    // A copy of the folder knows it too, and so does whoever gets all that the room has.
    home.lines(&["merge", "./copy", "hand-outs/asean-declaration.group-1.hand-out.bundle"], b"");
    home.lines(&["merge", "copy", "room"], b"");
    assert!(words(&home.run(&["list", "copy"], b"")).contains("1 of its 2 changes"));
    let all = bundle_of(&home, "room", &["--all"]);
    home.lines(&["merge", "./from-room", &all], b"");
    assert!(words(&home.run(&["list", "from-room"], b"")).contains("changes has not arrived"));

    // The part and the whole at once are judged when both are in.
    let last = receipt(&home, &[&part, &whole]);
    assert!(!last.contains(" lacks ") && !last.contains("arrived"), "{last}");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("arrived"), "{name}: {text}");
    }
}

#[test]
fn a_damaged_laptop_and_a_bundle_cut_short_are_named_until_they_are_whole() {
    let home = Home::new();
    for group in ["group-1", "group-2"] {
        laptop(&home, group);
    }
    say_something(&home, "group-1", "Something");
    for words in WORDS {
        say_something(&home, "group-2", words);
    }
    let file = journal(&home, "group-2", WORDS[1]);
    let whole = fs::read(&file).unwrap();
    flip(&file, WORDS[1], 0);
    let damaged = bundle_of(&home, "group-2", &[]);
    let told = "1 change is damaged there; a point of Group 2";
    let checked = words(&home.run(&["check", &damaged], b""));
    assert!(checked.contains("damaged in 1 place on the laptop that made it"), "{checked}");
    for _ in 0..2 {
        let page = receipt(&home, &[&damaged]).replace("\n  ", " ");
        assert!(page.contains(told), "{page}");
    }
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(told), "{name}: {text}");
    }
    // Repaired there, it comes as a new bundle, and nothing is said any more.
    fs::write(&file, &whole).unwrap();
    let repaired = bundle_of(&home, "group-2", &[]);
    let page = receipt(&home, &[&repaired]);
    assert!(!page.contains("damaged"), "{page}");

    say_something(&home, "group-2", "The last word");
    let last = bundle_of(&home, "group-2", &[]);
    let bytes = fs::read(home.path().join(&last)).unwrap();
    let name = Path::new(&last).file_name().unwrap().to_str().unwrap().to_owned();
    // What could be read of it used to be refused with the rest.
    let cuts = [(400, "its file was not taken in"), (bytes.len() - 10, "has not arrived")];
    for (cut, told) in cuts {
        fs::write(home.path().join(&name), &bytes[..cut]).unwrap();
        // Used to be: "earlier changes" of a bundle that lacks its last ones.
        let page = receipt(&home, &[&name]);
        assert!(!page.contains("earlier"), "{page}");
        let others = bundle_of(&home, "group-1", &[]);
        let page = receipt(&home, &[&others]);
        assert!(page.contains("Group 2, laptop") && page.contains("not"), "{page}");
        for (name, text) in everything(&home, "room") {
            assert!(text.contains(told), "{name}: {text}");
        }
    }
    let page = receipt(&home, &[&last]);
    assert!(!page.contains("taken in"), "{page}");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("not taken in") && !text.contains("arrived"), "{name}: {text}");
    }
}

/// What a workshop's list says of damaged changes.
fn damage_said(home: &Home, workshop: &str) -> String {
    let said = words(&home.run(&["list", workshop], b""));
    let is_it = |line: &&str| line.contains("damaged") && line.contains("laptop");
    said.lines().filter(is_it).collect::<Vec<_>>().join("\n")
}

/// Used to be: “Laptop 10ge: 1 change is damaged there”, after the laptop that passed it on, or “a point of Group 1” if
/// that one works for Group 1.
#[test]
fn damage_of_another_laptop_is_named_alike_wherever_it_is_passed_on() {
    for passes in ["room", "group-1"] {
        let home = Home::new();
        for group in ["group-1", "group-2"] {
            laptop(&home, group);
        }
        for words in WORDS {
            say_something(&home, "group-2", words);
        }
        let from = bundle_of(&home, "group-2", &[]);
        home.lines(&["merge", passes, &from], b"");
        flip(&journal(&home, passes, WORDS[1]), WORDS[1], 0);
        let said = damage_said(&home, passes);
        let name = from.rsplit('.').nth(1).unwrap();
        let expected = format!(
            "Group 2, laptop {}: 1 change is damaged; a point of Group 2, or a change to one, may be missing.",
            &name[..4]
        );
        assert!(said.lines().any(|line| line == expected), "{said}");

        let all = bundle_of(&home, passes, &["--all"]);
        home.lines(&["merge", "./first", &all], b"");
        let all = bundle_of(&home, "first", &["--all"]);
        home.lines(&["merge", "./second", &all], b"");
        home.lines(&["new", "asean-declaration", "--at", "third"], b"");
        home.lines(&["merge", "third", passes], b"");
        for (with, out) in [("--with-points", "out-1"), ("--with-roster", "out-2")] {
            home.lines(&["hand-out", passes, "-o", out, with, "-g", "group-3"], b"");
            let file = format!("{out}/asean-declaration.group-3.hand-out.bundle");
            home.lines(&["merge", &format!("./from-{out}"), &file], b"");
        }
        for workshop in ["first", "second", "third", "from-out-1", "from-out-2"] {
            assert_eq!(damage_said(&home, workshop), expected, "{passes} {workshop}");
        }
        // What is damaged in the files of the one that passes it on is its own.
        if passes == "group-1" {
            say_something(&home, passes, "A word");
            flip(&journal(&home, passes, "A word"), "A word", 0);
            let own = bundle_of(&home, passes, &[]);
            home.lines(&["merge", "./fourth", &own], b"");
            let said = damage_said(&home, "fourth");
            assert!(said.ends_with("1 change is damaged there; a point of Group 1, or a change to one, may be missing."), "{said}");
        }
    }
}
