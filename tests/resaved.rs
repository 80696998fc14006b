//! Files that git, an editor or a sync program saved again: with Windows' line ends, a byte-order mark, or empty
//! lines at the end.

use std::fs;
use std::path::Path;

use crate::command::{Home, words};
use crate::gaps::{WORDS, journal, meeting};

fn resave(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, format!("\u{feff}{}\r\n\r\n", text.replace('\n', "\r\n"))).unwrap();
}

fn texts(home: &Home, workshop: &str) -> Vec<String> {
    let row = |row: &String| serde_json::from_str::<serde_json::Value>(row).unwrap();
    let lines = home.lines(&["list", workshop, "--json"], b"");
    lines.iter().map(|line| row(line)["text"].as_str().unwrap().to_owned()).collect()
}

/// Each line was “damaged” then, and every point of the laptop missing.
#[test]
fn journals_saved_again_by_another_program_are_whole() {
    let home = Home::new();
    meeting(&home);
    for found in fs::read_dir(home.path().join("meeting/changes")).unwrap() {
        resave(&found.unwrap().path());
    }
    resave(&home.path().join("meeting/workshop.json"));
    assert_eq!(texts(&home, "meeting"), WORDS);
    let checked = home.run(&["check", "meeting"], b"");
    assert!(checked.status.success(), "{checked:?}");
    // It goes on, and what is exported is no draft for that.
    home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "One more"], b"");
    assert_eq!(texts(&home, "meeting").len(), 4);
    home.lines(&["export", "meeting", "-f", "markdown", "-o", "out"], b"");
    let markdown = fs::read_dir(home.path().join("out")).unwrap().next().unwrap().unwrap();
    let markdown = fs::read_to_string(markdown.path()).unwrap();
    assert!(!markdown.contains("damaged") && markdown.contains("One more"), "{markdown}");
    // A purge rewrites such a file as its own.
    home.lines(&["list", "meeting"], b"");
    let file = journal(&home, "meeting", WORDS[0]);
    assert!(fs::read(&file).unwrap().ends_with(b"\r\n"));
}

#[test]
fn a_bundle_and_an_agenda_saved_again_are_read() {
    let home = Home::new();
    meeting(&home);
    let bundle = home.lines(&["bundle", "meeting", "--out", "stick"], b"").remove(0);
    let bundle = home.path().join(bundle);
    let bytes = fs::read(&bundle).unwrap();
    if let Ok(text) = String::from_utf8(bytes) {
        fs::write(&bundle, text.replace('\n', "\r\n")).unwrap();
    }
    let merged = home.run(&["merge", "./other", bundle.to_str().unwrap()], b"");
    assert!(merged.status.success(), "{}", words(&merged));
    assert_eq!(texts(&home, "other"), WORDS);
    let agenda = r#"(id: "boats", title: "Boats", topics: [(id: "a", title: "Étude")])"#;
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(agenda.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in
        [("bom.ron", [b"\xef\xbb\xbf", agenda.as_bytes()].concat()), ("utf16.ron", utf16)]
    {
        fs::write(home.path().join(name), bytes).unwrap();
        let made = home.run(&["new", name, "--at", &format!("from-{name}")], b"");
        assert!(made.status.success(), "{name}: {}", words(&made));
    }
}
