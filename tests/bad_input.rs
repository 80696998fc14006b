//! What no person types, on a real pseudo-terminal: it loses nothing, does nothing and stops nothing.

use std::time::{Duration, Instant};

use crate::terminal::{Meeting, SIZE, Screen, patiently};

/// Lets that much time pass.
fn wait(milliseconds: u64) {
    let begun = Instant::now();
    patiently("the end of the wait", || {
        (begun.elapsed() > Duration::from_millis(milliseconds)).then_some(())
    });
}

/// Every key that followed was swallowed, and the program could only be killed.
#[test]
fn a_paste_whose_end_never_comes_leaves_the_keys_alive() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.press("\x1b[200~half of it");
    screen.until_shown("half of it");
    screen.type_in(" more");
    screen.press("\x1b[201~");
    // What comes at once after letters may be of a paste.
    wait(50);
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!(meeting.draft(), "half of it more\n");
}

#[test]
fn what_is_odd_in_a_paste_is_left_out_or_shown_and_acts_nowhere() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    for (saved, paste) in
        [&b"one\0two\x1b[31m \x07red\x1b"[..], b"caf\xc3 \xe0\xb8 end\xf0\x9f", b"a\x1b[200~b\x11"]
            .into_iter()
            .enumerate()
    {
        screen.press([b"\x1b[200~", paste, b"\x1b[201~\r"].concat());
        screen.until_shown(&format!("saved {}", saved + 1));
    }
    // An end without a beginning is nothing, and a beginning may come in two.
    screen.press("\x1b[201~");
    screen.press("\x1b[20");
    screen.press("0~whole\x1b[201~");
    screen.until_shown("> whole");
    screen.press("\r");
    screen.until_shown("saved 4");
    screen.press("\x11");
    screen.until_ended_well();
    let texts = ["onetwo[31m red", "caf\u{fffd} \u{fffd} end\u{fffd}", "a[200~b", "whole"];
    assert_eq!(meeting.texts(), texts);
}

#[test]
fn an_answer_of_the_terminal_that_never_ends_is_dropped_as_it_comes() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("half");
    for begun in ["\x1b]52;c;", "\x1bP>|", "\x1b_Gi=31;", "\x1b^", "\x1bX1"] {
        screen.press(begun);
        screen.press("SGVsbG8g".repeat(20_000));
        // Once nothing more comes of it, keys are keys.
        wait(600);
    }
    screen.type_in(" a thought");
    wait(50);
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!(meeting.draft(), "half a thought\n");
}

#[test]
fn a_console_of_one_cell_takes_and_keeps_everything() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.resize((1, 1));
    wait(100);
    screen.press("\x1b[200~one\rtwo\x1b[201~");
    wait(100);
    screen.press("e");
    for key in ["\x1bOQ", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"] {
        screen.press(key);
        wait(30);
    }
    screen.press("\x1bOR");
    wait(30);
    screen.press("typed");
    wait(100);
    screen.resize(SIZE);
    screen.until_shown("typed");
    wait(50);
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!(
        (meeting.texts(), meeting.draft()),
        (vec!["one".into(), "two".into()], "typed\n".into())
    );
}

/// As on a share: each has a home of its own, and both write in one folder.
#[test]
fn two_programs_in_one_folder_keep_what_both_wrote_at_once() {
    let meeting = Meeting::new();
    let elsewhere = meeting.path("elsewhere");
    let other = [("RAPPORTEUR_HOME", elsewhere.to_str().unwrap())];
    let mut one = meeting.open();
    let mut two = Screen::start_with(&meeting, SIZE, &other);
    two.until_shown("saved");
    for nth in 0..5 {
        one.press(format!("one {nth}\r"));
        two.press(format!("two {nth}\r"));
        one.until_shown(&format!("saved {}", nth + 1));
        two.until_shown(&format!("saved {}", nth + 1));
    }
    one.until_shown("two 4");
    two.until_shown("one 4");
    // Both reword the same point.
    for screen in [&mut one, &mut two] {
        screen.press("\x1b[A\x05\x15");
        screen.until_shown("rewording the chosen point");
    }
    one.type_in("as one says");
    two.type_in("as two says");
    one.press("\r");
    two.press("\r");
    for screen in [one, two] {
        screen.until_shown("2 wordings: choose");
        let mut screen = screen;
        screen.press("\x11");
        screen.until_ended_well();
    }
    let texts = meeting.texts();
    assert_eq!(texts.len(), 10, "{texts:?}");
    let listed = meeting.run(&["list", "meeting"]);
    assert!(listed.contains("as one says") && listed.contains("as two says"), "{listed}");
}
