//! What other laptops said of themselves is kept, and where it cannot be read that is said.

use std::fs;
use std::path::PathBuf;

use crate::command::{Home, words};
use crate::gaps::everything;

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
    let said = "in heard/ cannot be read; what other laptops have is not known.";
    let cuts = (0..whole.len()).step_by(7).map(|length| whole[..length].to_vec());
    let foreign =
        ["[1, 2]", "{\"what\":\"a shop\"}", "\0\0\0\0"].map(|text| text.as_bytes().to_vec());
    for bytes in cuts.chain(foreign) {
        fs::write(&file, bytes).unwrap();
        let checked = home.run(&["check", "room"], b"");
        assert_eq!(checked.status.code(), Some(1));
        let text = words(&checked);
        assert!(text.contains(said) && text.contains("then delete this file."), "{text}");
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
    assert!(words(&home.run(&["list", "room"], b"")).contains(said));
    fs::remove_file(&file).unwrap();
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("heard/") && !text.contains("not arrived"), "{name}: {text}");
    }
    assert_eq!(home.run(&["check", "room"], b"").status.code(), Some(0));
    // The whole of it: the folder itself cannot be read.
    let kept = home.path().join("kept");
    fs::rename(home.path().join("room/heard"), &kept).unwrap();
    fs::write(home.path().join("room/heard"), "").unwrap();
    assert!(words(&home.run(&["list", "room"], b"")).contains(said));
}
