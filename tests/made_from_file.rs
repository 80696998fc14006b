//! A workshop made from a feedback file is judged by its plan once people capture points in it, and what the file
//! said nobody had said is missed until somebody says it.

use proptest::prelude::*;
use rapporteur::export::Format;
use rapporteur::feedback::Feedback;
use rapporteur::import::feedback as import;
use rapporteur::workshop::{Moment, Session, Workshop, WriterId};

use crate::exports::text;
use crate::rounds::{at, meeting, missed, say};

/// A meeting in whose first round both groups spoke, and in the second only one.
fn first_day() -> Workshop {
    let mut workshop = meeting();
    say(&mut workshop, "a", "roads", Some("1"), at(27, "9:40"));
    say(&mut workshop, "b", "roads", Some("1"), at(27, "9:40"));
    say(&mut workshop, "a", "roads", Some("2"), at(27, "11:10"));
    workshop.judge_at(at(27, "18:00"));
    workshop
}

/// What a workshop exports, read again.
fn file(workshop: &Workshop) -> import::ReceivedFeedback {
    let file = text(Format::Ron, &Feedback::of(workshop, "0.1.0"));
    import::read("file", file.as_bytes()).unwrap()
}

/// A workshop made from such a file at a moment.
fn made(from: &Workshop, when: Moment) -> Workshop {
    let received = file(from);
    let mut workshop = Workshop::new(&received.agenda());
    received.founding_records(when).into_iter().for_each(|record| workshop.apply(record));
    workshop
}

fn said_of(workshop: &Workshop, now: Moment) -> String {
    let mut said = workshop.missing_at(now);
    said.extend(workshop.to_come(Some(now)));
    said.join("\n")
}

/// Used to be: a group that was silent there all day was missed by nobody.
#[test]
fn who_is_silent_where_people_capture_is_missed() {
    let mut workshop = made(&first_day(), at(28, "8:00"));
    let next_day = at(29, "9:00");
    assert_eq!(missed(&workshop, Some(next_day)), [""; 0], "only read");
    for topic in ["roads", "water"] {
        say(&mut workshop, "a", topic, None, at(28, "9:40"));
        say(&mut workshop, "a", topic, None, at(28, "11:10"));
    }
    assert_eq!(missed(&workshop, Some(at(28, "9:50"))), [""; 0], "it may go on");
    assert_eq!(missed(&workshop, Some(next_day)), ["3 b", "4 b"]);
    // A laptop to which it goes judges it as well.
    let mut file_of_it = Workshop::new(workshop.agenda());
    let received = file(&first_day());
    for record in received.founding_records(at(28, "8:00")).into_iter().rev() {
        file_of_it.apply(record);
    }
    say(&mut file_of_it, "a", "roads", Some("3"), at(28, "9:40"));
    say(&mut file_of_it, "a", "water", Some("4"), at(28, "9:40"));
    assert_eq!(missed(&file_of_it, Some(next_day)), ["3 b", "4 b"]);
    // The group speaks.
    say(&mut workshop, "b", "roads", None, at(28, "9:45"));
    assert_eq!(missed(&workshop, Some(next_day)), ["4 b"]);
    say(&mut workshop, "b", "water", Some("4"), at(28, "12:00"));
    assert_eq!(missed(&workshop, Some(next_day)), [""; 0]);
    // Of the day before, the file says what was missing.
    let said = said_of(&workshop, next_day);
    assert!(said.contains("The imported file says: 27 May: nothing on roads from b in “Round 2”."));
}

/// What was over when the workshop was made is not judged, nor is anything before somebody captures something.
#[test]
fn what_was_over_before_is_left_to_the_file() {
    for (when, after, expected) in [
        (at(28, "10:00"), &["4"][..], &["3 ab", "4 b"][..]),
        (at(28, "11:30"), &["4"], &["4 b"]),
        (at(28, "11:30"), &["3"], &[]),
        (at(28, "10:00"), &["3"], &["3 b", "4 ab"]),
        (at(29, "8:00"), &["3", "4"], &[]),
        (at(27, "8:00"), &["3", "4"], &["2 b", "3 b", "4 b"]),
    ] {
        let mut workshop = made(&first_day(), when);
        for round in after {
            say(&mut workshop, "a", "water", Some(round), at(28, "12:00"));
        }
        assert_eq!(missed(&workshop, Some(at(29, "9:00"))), expected, "{when:?} {after:?}");
    }
}

/// A file does not say which rows are below another or who sits in which of several rooms.
#[test]
fn what_is_at_the_same_time_is_judged_together() {
    let mut agenda = first_day().agenda().clone();
    let mut room = agenda.days[1].sessions[0].clone();
    (room.id, room.title, room.topics) = ("5".into(), "Round 5".into(), vec!["water".into()]);
    (room.round, room.groups) = (Some(5), vec!["b".into()]);
    agenda.days[1].sessions[0].groups = vec!["a".into()];
    let (rows, umbrella) = (vec![agenda.days[1].sessions.remove(0), room.clone()], room);
    let umbrella =
        Session { id: "0".into(), sessions: rows, round: None, topics: Vec::new(), ..umbrella };
    agenda.days[1].sessions.insert(0, umbrella);
    let mut workshop = made(&Workshop::new(&agenda), at(28, "8:00"));
    assert_eq!(workshop.agenda().sessions().len(), 6);
    say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
    say(&mut workshop, "a", "water", Some("4"), at(28, "11:10"));
    say(&mut workshop, "b", "roads", Some("4"), at(28, "11:10"));
    assert_eq!(missed(&workshop, Some(at(28, "11:20"))), ["5 b"]);
    say(&mut workshop, "b", "water", Some("5"), at(28, "9:40"));
    assert_eq!(missed(&workshop, Some(at(28, "11:20"))), [""; 0]);
}

/// A later file that brings points is no capture: nobody works there.
#[test]
fn what_files_bring_is_not_captured_there() {
    let mut meeting = first_day();
    let mut workshop = made(&meeting, at(28, "8:00"));
    say(&mut meeting, "a", "roads", Some("3"), at(28, "9:40"));
    say(&mut meeting, "b", "water", Some("4"), at(28, "11:10"));
    meeting.judge_at(at(28, "9:50"));
    let records = file(&meeting).records_for(&workshop);
    assert!(records.len() > 2);
    for record in records {
        workshop.apply(record);
    }
    assert_eq!(workshop.captured(), 5);
    assert_eq!(missed(&workshop, Some(at(29, "9:00"))), [""; 0]);
    assert_eq!(file(&meeting).records_for(&workshop), []);
}

/// Used to be: said for ever, or until a later file.
#[test]
fn what_a_file_said_nobody_had_said_ends_when_somebody_says_it() {
    let mut workshop = made(&first_day(), at(28, "8:00"));
    let now = at(28, "12:30");
    let said = said_of(&workshop, now);
    for sentence in [
        "The imported file says: 27 May: nothing on roads from b in “Round 2”.",
        "The imported file says: No points yet from “Round 3” and “Round 4”.",
    ] {
        assert!(said.contains(sentence), "{said}");
    }
    say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
    let said = said_of(&workshop, now);
    assert!(said.contains("The imported file says: No points yet from “Round 4”."), "{said}");
    say(&mut workshop, "a", "water", Some("4"), at(28, "11:10"));
    say(&mut workshop, "b", "water", Some("2"), at(28, "11:10"));
    let said = said_of(&workshop, now);
    assert!(!said.contains("yet") && said.contains("nothing on roads from b"), "{said}");
    say(&mut workshop, "b", "roads", Some("2"), at(28, "11:10"));
    assert!(!said_of(&workshop, now).contains("The imported file says"), "{said}");
    // What it exports does not say so either, and a group that comes late is not missed.
    let again = made(&workshop, at(30, "8:00"));
    assert!(!said_of(&again, now).contains("27 May"));
    let mut early = meeting();
    say(&mut early, "a", "roads", None, at(26, "8:40"));
    early.judge_at(at(26, "9:00"));
    let mut workshop = made(&early, at(27, "8:00"));
    assert!(said_of(&workshop, at(26, "9:00")).contains("says: Nothing from b yet."));
    say(&mut workshop, "b", "roads", Some("1"), at(27, "9:40"));
    assert!(!said_of(&workshop, at(26, "9:00")).contains("from b"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two laptops that make a workshop from a file at different times, and what is captured at either, come to
    /// the same in any order.
    #[test]
    fn in_any_order_the_same_is_missed(order in Just((0..40_usize).collect::<Vec<_>>()).prop_shuffle(), hours in (0..4_u32, 0..4_u32)) {
        let received = file(&first_day());
        let when = |hours: u32| at(28, &format!("{}:15", 8 + hours));
        let mut records = received.founding_records(when(hours.0));
        let mut here = made(&first_day(), when(hours.0));
        let place = rapporteur::workshop::Place::new("a".into(), "water".into());
        let id = rapporteur::workshop::Ids::seeded(77).point();
        let kind = rapporteur::workshop::PointKind::Fact;
        let captured = rapporteur::workshop::CapturedPoint::new(id, place, kind, "A word");
        let captured = rapporteur::workshop::Change::PointCaptured(captured.into());
        let record = here.record(WriterId::new(7), at(28, "11:30"), [captured]);
        here.apply(record.clone());
        records.push(record);
        records.extend(received.founding_records(when(hours.1)));
        let mut there = Workshop::new(here.agenda());
        let mut other = Workshop::new(here.agenda());
        for record in &records {
            there.apply(record.clone());
        }
        for nth in order.into_iter().filter(|nth| *nth < records.len()) {
            other.apply(records[nth].clone());
        }
        prop_assert!(records.len() < 40);
        let now = at(29, "9:00");
        prop_assert_eq!(said_of(&there, now), said_of(&other, now));
        prop_assert!(!missed(&there, Some(now)).is_empty());
    }
}
