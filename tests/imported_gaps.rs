//! What a draft says is missing is said of a workshop that is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Home, words};
use crate::gaps::everything;

const WORDS: [&str; 3] = ["Train trainers", "Publish the minutes", "Share what was learned"];
const SAYS: &str = "The imported file says: ";

/// A meeting with three points of Group 2, of which the second is damaged, and its journal.
fn damaged(home: &Home) -> (PathBuf, Vec<u8>) {
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    for words in WORDS {
        home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", words], b"");
    }
    let files = fs::read_dir(home.path().join("meeting/changes")).unwrap();
    let holds =
        |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).contains(WORDS[1]);
    let file = files.map(|found| found.unwrap().path()).find(holds).unwrap();
    let whole = fs::read(&file).unwrap();
    let mut bytes = whole.clone();
    bytes[memchr::memmem::find(&whole, WORDS[1].as_bytes()).unwrap()] ^= 4;
    fs::write(&file, bytes).unwrap();
    (file, whole)
}

fn export(home: &Home, workshop: &str, to: &str) -> String {
    home.lines(&["export", workshop, "-f", "json", "-o", to], b"").remove(0)
}

/// Used to be: the workshop that was made of a draft said that nothing was missing.
#[test]
fn what_a_draft_says_is_missing_is_in_every_output_of_what_is_made_of_it() {
    let home = Home::new();
    let (file, whole) = damaged(&home);
    let draft = export(&home, "meeting", "draft");
    let imported = home.run(&["import", "./again", &draft], b"");
    let said = format!("{SAYS}Laptop ");
    assert!(words(&imported).contains(&said), "{}", words(&imported));
    let named = "1 change is damaged; a point of Group 2, or a change to one, may be missing.";
    for (name, text) in everything(&home, "again") {
        assert!(text.contains(SAYS) && text.contains(named), "{name}: {text}");
    }
    // It goes along in bundles, it is said once where it is imported once more, and of a file of that too.
    let bundle = home.lines(&["bundle", "again", "-o", "stick"], b"").remove(0);
    home.lines(&["merge", "./third", &bundle], b"");
    home.lines(&["import", "third", &draft], b"");
    let list = words(&home.run(&["list", "third"], b""));
    assert_eq!(list.matches(named).count(), 1, "{list}");
    let second = export(&home, "third", "second");
    home.lines(&["import", "./fourth", &second], b"");
    let list = words(&home.run(&["list", "fourth"], b""));
    assert_eq!((list.matches(SAYS).count(), list.matches(named).count()), (1, 1), "{list}");
    // What was made of the draft is imported where nothing is missing: no news.
    fs::write(&file, &whole).unwrap();
    home.lines(&["import", "meeting", &second], b"");
    assert!(!words(&home.run(&["list", "meeting"], b"")).contains(SAYS));
    // A file that has all of it and more takes it back, and only such a file.
    home.lines(&["add", "fourth", "-g", "group-1", "-t", "capacity", "One more"], b"");
    let complete = export(&home, "meeting", "complete");
    for workshop in ["again", "fourth"] {
        home.lines(&["import", workshop, &complete], b"");
    }
    assert!(words(&home.run(&["list", "fourth"], b"")).contains(named));
    for (name, text) in everything(&home, "again") {
        assert!(!text.contains(SAYS) && !text.contains("damaged"), "{name}: {text}");
    }
}

/// The words of a draft's reasons are not looked through for names, so none but our own come along.
#[test]
fn what_somebody_wrote_into_the_reasons_is_not_repeated() {
    let home = Home::new();
    damaged(&home);
    let draft = export(&home, "meeting", "draft");
    let path = home.path().join(Path::new(&draft));
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("1 change is damaged;", "Malaysia said too much;");
    fs::write(&path, text).unwrap();
    home.lines(&["import", "./again", &draft], b"");
    for (name, text) in everything(&home, "again") {
        assert!(
            text.contains("more is missing") && !text.contains("Malaysia said"),
            "{name}: {text}"
        );
    }
}
