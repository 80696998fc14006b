//! `check` fails wherever a file is a draft because something is missing; a receipt says the same to people
//! and to programs; and a workshop that is not there is no sample.

use std::fs;

use serde_json::Value;

use crate::command::{Home, words};
use crate::gaps::{flip, journal, meeting};
use crate::which_workshop::plain;

fn check(home: &Home, file: &str) -> (Option<i32>, String) {
    let output = home.run(&["check", file], b"");
    (output.status.code(), words(&output))
}

/// Used to be: exit 0 with "changes have not arrived", exit 1 with one damaged line.
#[test]
fn check_fails_where_changes_have_not_arrived_as_where_they_are_damaged() {
    let home = Home::new();
    let file = meeting(&home);
    home.lines(&["bundle", "meeting", "-o", "first"], b"");
    let first = fs::read_dir(home.path().join("first")).unwrap().next().unwrap().unwrap().path();
    home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "Late"], b"");
    let whole = home.lines(&["bundle", "meeting", "-o", "second"], b"").remove(0);
    let since = ["--since", first.to_str().unwrap()];
    let part = home.lines(&[&["bundle", "meeting", "-o", "part"][..], &since].concat(), b"");
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["merge", "room", &part[0]], b"");
    let (exit, said) = check(&home, "room");
    assert!(said.contains("have not arrived"), "{said}");
    assert!(said.contains("room: a workshop with gaps"), "{said}");
    assert_eq!(exit, Some(1));
    let out = ["export", "room", "-f", "ron", "-o", "out"];
    let feedback = home.lines(&out, b"").remove(0);
    let (exit, said) = check(&home, &feedback);
    assert!(said.contains("have not arrived") && said.contains("DRAFT"), "{said}");
    assert_eq!(exit, Some(1), "a file that says so");
    home.lines(&["merge", "room", &whole], b"");
    assert_eq!(check(&home, "room").0, Some(0));
    let feedback = home.lines(&out, b"").remove(0);
    assert_eq!(check(&home, &feedback).0, Some(0), "DRAFT for other reasons");
    // A bundle of a damaged laptop.
    assert_eq!(check(&home, &whole).0, Some(0));
    flip(&file, "Publish the minutes", 0);
    let damaged = home.lines(&["bundle", "meeting", "-o", "damaged"], b"").remove(0);
    let (exit, said) = check(&home, &damaged);
    assert!(said.contains("It is incomplete."), "{said}");
    assert_eq!(exit, Some(1));
}

/// Used to be: parts, quiet groups, topics without a word and more were in the text alone.
#[test]
fn programs_read_every_sentence_of_a_receipt() {
    let home = Home::new();
    meeting(&home);
    let first = home.lines(&["bundle", "meeting", "-o", "first"], b"").remove(0);
    home.lines(&["add", "meeting", "-g", "group-2", "-t", "capacity", "Late"], b"");
    let since = ["bundle", "meeting", "-o", "part", "--since", &first];
    let part = home.lines(&since, b"").remove(0);
    fs::write(home.path().join("cut.bundle"), &fs::read(home.path().join(&part)).unwrap()[..90])
        .unwrap();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    flip(&journal(&home, "meeting", "Late"), "Late", 0);
    let merge = ["merge", "room", &part, "cut.bundle", "meeting"];
    let text = String::from_utf8(home.run(&merge, b"").stdout).unwrap();
    let json = home.run(&[&merge[..], &["--json"]].concat(), b"").stdout;
    let receipt: Value = serde_json::from_slice(&json).unwrap();
    let sentences: Vec<&str> =
        receipt["sentences"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let said = plain(&text);
    let gaps = said.split("Reported: ").next().unwrap();
    let mut rest = gaps.to_owned();
    // What came in is not new the second time.
    for sentence in sentences.iter().take_while(|it| !it.starts_with("Received")) {
        assert!(rest.contains(sentence), "{sentence}: {gaps}");
        rest = rest.replace(sentence, "");
    }
    let rest = rest.split("Received").next().unwrap().trim().to_owned();
    assert_eq!(rest, "", "not in JSON: {sentences:?}");
    for part in ["Not taken in: cut.bundle", "nothing received yet"] {
        assert!(sentences.iter().any(|it| it.contains(part)), "{part}: {sentences:?}");
    }
}

/// Used to be: the sample's 81 points, as if they were the workshop's, and exit 0.
#[test]
fn a_workshop_that_is_not_there_is_refused_and_the_sample_says_that_it_is_one() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "harbour"], b"");
    for verb in ["list", "export", "statements", "names", "text", "check"] {
        let output = home.run(&[verb, "habour"], b"");
        let said = words(&output);
        assert_eq!(output.status.code(), Some(1), "{verb}: {said}");
        assert!(said.contains("There is no workshop “habour” in this folder or in"));
        assert!(said.contains("Found: harbour."), "{verb}: {said}");
        assert!(output.stdout.is_empty(), "{verb}");
    }
    let output = home.run(&["list", "asean-declaration"], b"");
    let said = words(&output);
    assert!(
        said.contains("There is no workshop “asean-declaration” in this folder or in"),
        "{said}"
    );
    assert!(said.contains("This is the sample “asean-declaration”"), "{said}");
    // What is there and is no workshop any more is no reason to show the sample.
    fs::create_dir(home.path().join("asean-declaration")).unwrap();
    for verb in ["list", "export"] {
        let output = home.run(&[verb, "asean-declaration"], b"");
        assert_eq!(output.status.code(), Some(1), "{verb}: {}", words(&output));
        assert!(output.stdout.is_empty(), "{verb}");
    }
}
