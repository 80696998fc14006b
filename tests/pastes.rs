//! Pasted texts of any size become points, or stay where they can still be used.

use rapporteur::app::{Effect, Message};

use rapporteur::workshop::Point;

use crate::desk::Desk;

const SIZE: (u16, u16) = (80, 24);

fn texts(desk: &Desk) -> Vec<&str> {
    desk.app.core.workshop.points().map(Point::text).collect()
}

/// Terminals end the lines of a bracketed paste with CR: the whole paste became one point.
#[test]
fn each_line_of_a_paste_is_a_point_whatever_ends_it() {
    for paste in ["one\rtwo\rthree\r", "one\ntwo\nthree", "one\r\ntwo\r\n\r\nthree\r\n"] {
        let mut desk = Desk::capture(SIZE);
        desk.tell(Message::Paste(paste.into())).keys("e");
        assert_eq!(texts(&desk), ["one", "two", "three"], "{paste:?}");
        assert!(desk.text().contains("3 points added, one a line."));
    }
}

/// One record had all of them, and was too long to be saved.
#[test]
fn ten_megabytes_of_lines_are_saved_in_records_that_every_program_reads() {
    let mut desk = Desk::capture(SIZE);
    let line = "From 2025 on, joint patrols in the strait \"every month\", with a report to all\r";
    let lines = 10_000_000 / line.len();
    desk.tell(Message::Paste(line.repeat(lines))).keys("e");
    assert_eq!(desk.app.core.workshop.points().count(), lines);
    let length = |effect: &Effect| match effect {
        Effect::Save(record) => Some(serde_json::to_vec(record).unwrap().len()),
        _ => None,
    };
    let lengths: Vec<usize> = desk.effects.iter().filter_map(length).collect();
    assert!(lengths.len() > 1 && lengths.iter().all(|length| *length < 16 << 20), "{lengths:?}");
}

/// “1 point added” was said although nothing was, and the paste was gone.
#[test]
fn a_paste_that_is_refused_stays() {
    let mut desk = Desk::capture(SIZE);
    let long = "x".repeat(5_000_000);
    desk.tell(Message::Paste(format!("one\r{long}\rthree"))).keys("e");
    assert_eq!(texts(&desk), [""; 0]);
    let text = desk.text();
    assert!(text.contains("This text is 5 MB; a point can hold 4 MB."), "{text}");
    assert!(text.contains("You pasted 3 lines"), "{text}");
    desk.keys("o");
    assert!(desk.app.core.typing.line.text().starts_with("one\nxxx"));
}
