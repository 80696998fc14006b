//! A workshop made from a feedback file is judged by its plan as any other, and what the file said nobody had said is
//! missed until somebody says it.

use std::collections::HashSet;

use proptest::prelude::*;
use rapporteur::app::receipt_rows;
use rapporteur::export::Format;
use rapporteur::feedback::Feedback;
use rapporteur::import::feedback as import;
use rapporteur::workshop::{
    Agenda, Awaited, Change, Gap, GroupField, Moment, Receipt, Session, Workshop, WriterId,
};

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

/// The meeting itself, with what a file of it had brought.
fn with(file: &import::ReceivedFeedback) -> Workshop {
    let mut workshop = meeting();
    file.records_for(&workshop).into_iter().for_each(|record| workshop.apply(record));
    workshop
}

/// Used to be: a round that nobody captured anything of was missed by nobody, because people only read the file there.
#[test]
fn who_is_silent_is_missed() {
    let mut workshop = made(&first_day(), at(28, "8:00"));
    let next_day = at(29, "9:00");
    for (now, expected) in [
        (at(27, "10:45"), &[][..]),
        (at(28, "8:30"), &["2 b"]),
        (at(28, "9:50"), &["2 b"]),
        (at(28, "10:45"), &["2 b", "3 ab"]),
        (next_day, &["2 b", "3 ab", "4 ab"]),
    ] {
        assert_eq!(missed(&workshop, Some(now)), expected, "{now:?}");
        assert_eq!(missed(&with(&file(&first_day())), Some(now)), expected, "{now:?}");
    }
    for topic in ["roads", "water"] {
        say(&mut workshop, "a", topic, None, at(28, "9:40"));
        say(&mut workshop, "a", topic, None, at(28, "11:10"));
    }
    assert_eq!(missed(&workshop, Some(at(28, "9:50"))), ["2 b"], "it may go on");
    assert_eq!(missed(&workshop, Some(next_day)), ["2 b", "3 b", "4 b"]);
    // A laptop to which it goes judges it as well.
    let mut file_of_it = Workshop::new(workshop.agenda());
    let received = file(&first_day());
    for record in received.founding_records(at(28, "8:00")).into_iter().rev() {
        file_of_it.apply(record);
    }
    say(&mut file_of_it, "a", "roads", Some("3"), at(28, "9:40"));
    say(&mut file_of_it, "a", "water", Some("4"), at(28, "9:40"));
    assert_eq!(missed(&file_of_it, Some(next_day)), ["2 b", "3 b", "4 b"]);
    // The group speaks.
    say(&mut workshop, "b", "roads", None, at(28, "9:45"));
    assert_eq!(missed(&workshop, Some(next_day)), ["2 b", "4 b"]);
    say(&mut workshop, "b", "water", Some("4"), at(28, "12:00"));
    assert_eq!(missed(&workshop, Some(next_day)), ["2 b"]);
    // The file says so too.
    let said = said_of(&workshop, next_day);
    assert_eq!(said, "27 May: nothing on roads from b in “Round 2”.");
}

/// It does not matter when the workshop was made. Used to be: rounds from which nothing came were still to come where
/// the meeting was over by then and nobody had captured anything since.
#[test]
fn it_is_judged_whenever_it_was_made() {
    for (when, after, expected) in [
        (at(28, "10:00"), &["4"][..], &["2 b", "3 ab", "4 b"][..]),
        (at(28, "11:30"), &["3"], &["2 b", "3 b", "4 ab"]),
        (at(29, "8:00"), &["3", "4"], &["2 b", "3 b", "4 b"]),
        (at(29, "8:00"), &[], &["2 b", "3 ab", "4 ab"]),
        (at(28, "8:00"), &[], &["2 b", "3 ab", "4 ab"]),
        (at(27, "8:00"), &["3", "4"], &["2 b", "3 b", "4 b"]),
    ] {
        let mut workshop = made(&first_day(), when);
        for round in after {
            say(&mut workshop, "a", "water", Some(round), at(28, "12:00"));
        }
        let next_day = at(29, "9:00");
        assert_eq!(missed(&workshop, Some(next_day)), expected, "{when:?} {after:?}");
        if after.is_empty() {
            assert_eq!(missed(&with(&file(&first_day())), Some(next_day)), expected);
            let said = said_of(&workshop, next_day);
            assert!(!said.contains("yet") && !said.contains("file"), "{said}");
        }
    }
}

/// From a complete file nothing is missing, whenever it is imported and wherever its points are filed.
#[test]
fn from_a_complete_file_nothing_is_missing() {
    for filed in [true, false] {
        let mut from = meeting();
        for (round, when) in [
            ("1", at(27, "9:40")),
            ("2", at(27, "11:10")),
            ("3", at(28, "9:40")),
            ("4", at(28, "11:10")),
        ] {
            for (group, topic) in [("a", "roads"), ("a", "water"), ("b", "roads"), ("b", "water")] {
                say(&mut from, group, topic, Some(round).filter(|_| filed), when);
            }
        }
        from.judge_at(at(29, "8:00"));
        for when in [at(28, "13:00"), at(29, "8:00"), at(30, "8:00")] {
            let now = at(31, "9:00");
            assert_eq!(said_of(&made(&from, when), now), "", "{when:?} {filed}");
        }
    }
}

/// Used to be: of “nothing on roads or water from b in Round 2” one topic was left when the group had spoken on the
/// other, although the plan leaves it the choice there, and a workshop made from the agenda missed nothing.
#[test]
fn a_group_that_has_the_choice_of_its_topics_owes_no_topic_of_a_file() {
    let mut from = meeting();
    for (group, session, when) in [("a", "1", "9:40"), ("b", "1", "9:40"), ("a", "2", "11:10")] {
        for topic in ["roads", "water"] {
            say(&mut from, group, topic, Some(session), at(27, when));
        }
    }
    from.judge_at(at(27, "12:10"));
    let received = file(&from);
    // Each of the other discussions names its topic, and this one none.
    let mut ours = made(&from, at(27, "12:20"));
    let mut theirs = with(&received);
    for now in [at(27, "12:30"), at(27, "18:00"), at(28, "8:00"), at(28, "10:45"), at(30, "8:00")] {
        assert_eq!(said_of(&ours, now), said_of(&theirs, now), "{now:?}");
    }
    for workshop in [&mut ours, &mut theirs] {
        assert_eq!(missed(workshop, Some(at(27, "12:30"))), ["2 b"]);
        say(workshop, "b", "roads", Some("2"), at(27, "12:40"));
        let said = said_of(workshop, at(27, "18:00"));
        assert_eq!(said, "No points yet from “Round 3” and “Round 4”.");
    }
}

/// Used to be: its receipt named topics of rounds to come, and its table called them gaps.
#[test]
fn its_receipt_says_what_check_says() {
    let mut workshop = made(&first_day(), at(27, "18:00"));
    for now in [at(27, "18:10"), at(28, "8:00"), at(28, "10:45"), at(29, "9:00")] {
        workshop.judge_at(now);
        let receipt = Receipt::of(&workshop, &[], &[], &HashSet::new(), now);
        let rows = receipt_rows(&receipt, workshop.zone(), now, (200, 60));
        let page: Vec<String> = rows.into_iter().map(|row| row.text).collect();
        let page = page.join("\n");
        for sentence in said_of(&workshop, now).lines() {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
        assert!(!page.contains("Nothing on "), "{page}");
    }
}

/// A plan with a row above two rooms, each with a group and topics of its own, without lengths where the next row
/// shows them.
fn rooms() -> Agenda {
    let mut agenda = first_day().agenda().clone();
    let mut room = agenda.days[1].sessions[0].clone();
    (room.id, room.title, room.topics) = ("5".into(), "Round 5".into(), vec!["water".into()]);
    (room.round, room.groups) = (Some(5), vec!["b".into()]);
    agenda.days[1].sessions[0].groups = vec!["a".into()];
    let (rows, umbrella) = (vec![agenda.days[1].sessions.remove(0), room.clone()], room);
    let umbrella =
        Session { id: "0".into(), sessions: rows, round: None, topics: Vec::new(), ..umbrella };
    agenda.days[1].sessions.insert(0, umbrella);
    agenda.days[1].sessions[1].minutes = None;
    agenda
}

/// Used to be: "nothing on roads or water from a in Round 5", to which it was never asked, and the plan ended at
/// midnight, because files had neither topics, groups, rounds, lengths nor rows under others.
#[test]
fn a_file_brings_the_plan() {
    let agenda = rooms();
    let mut workshop = made(&Workshop::new(&agenda), at(28, "8:00"));
    assert_eq!(workshop.agenda().sessions().len(), 6);
    for ((.., ours), (.., theirs)) in
        workshop.agenda().sessions().into_iter().zip(agenda.sessions())
    {
        let is_for_all = theirs.groups.is_empty();
        let groups = if is_for_all { vec!["a".into(), "b".into()] } else { theirs.groups.clone() };
        let rows = |of: &Session| of.sessions.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
        assert_eq!(ours.groups, groups);
        assert_eq!(
            (&ours.id, &ours.topics, ours.round, ours.minutes, rows(ours)),
            (&theirs.id, &theirs.topics, theirs.round, theirs.minutes, rows(theirs))
        );
    }
    say(&mut workshop, "b", "water", Some("5"), at(28, "9:40"));
    assert_eq!(missed(&workshop, Some(at(28, "9:50"))), ["1 ab", "2 ab"], "it may go on");
    assert_eq!(missed(&workshop, Some(at(28, "10:40"))), ["1 ab", "2 ab", "3 a"]);
    say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
    assert_eq!(missed(&workshop, Some(at(28, "10:40"))), ["1 ab", "2 ab"]);
    // Of what it exports, the same is made again.
    assert_eq!(made(&workshop, at(28, "8:00")).agenda(), workshop.agenda());
    // No speaker, question or room leaves.
    let mut agenda = agenda;
    agenda.days[1].sessions[1].speakers = vec!["Head of the coast guard".into()];
    (agenda.days[1].sessions[1].room, agenda.days[1].sessions[1].objective) =
        ("Andaman hall".into(), "Agree".into());
    let text = text(Format::Json, &Feedback::of(&Workshop::new(&agenda), "0.1.0"));
    assert!(!text.contains("coast guard") && !text.contains("Andaman") && !text.contains("Agree"));
}

/// Whatever is captured and whenever it is looked at, a workshop that was made from a file before the meeting misses
/// what the meeting itself would.
#[test]
fn it_is_judged_as_the_meeting_itself_is() {
    for plan in [rooms(), meeting().agenda().clone()] {
        let mut ours = made(&Workshop::new(&plan), at(26, "8:00"));
        let mut theirs = Workshop::new(&plan);
        for (group, topic, session, when) in [
            ("a", "roads", Some("1"), at(27, "9:40")),
            ("a", "water", None, at(27, "9:50")),
            ("b", "roads", None, at(27, "11:20")),
            ("b", "water", Some("3"), at(28, "9:40")),
            ("a", "water", Some("4"), at(28, "11:10")),
        ] {
            for workshop in [&mut ours, &mut theirs] {
                say(workshop, group, topic, session, when);
            }
            for now in
                [at(26, "9:00"), at(27, "9:55"), at(27, "13:00"), at(28, "10:45"), at(30, "9:00")]
            {
                assert_eq!(missed(&ours, Some(now)), missed(&theirs, Some(now)), "{now:?}");
                assert_eq!(ours.to_come(Some(now)), theirs.to_come(Some(now)), "{now:?}");
            }
        }
    }
}

/// Makes a group that is not in the agenda.
fn make(workshop: &mut Workshop, group: &str, when: Moment) {
    let title = GroupField::Title(group.into());
    let change = workshop.set_group(group.into(), title);
    let record = workshop.record(WriterId::new(7), when, [change]);
    workshop.apply(record);
}

/// A group that was made on the day is asked from then on, there as here. Used to be: by the tables alone.
#[test]
fn groups_made_on_the_day_are_missed_from_then_on() {
    let mut from = first_day();
    make(&mut from, "c", at(27, "10:45"));
    from.judge_at(at(27, "18:00"));
    let mut workshop = made(&from, at(28, "8:00"));
    for workshop in [&mut workshop, &mut from] {
        say(workshop, "a", "roads", Some("3"), at(28, "9:40"));
        assert_eq!(missed(workshop, Some(at(28, "10:45"))), ["2 bc", "3 bc"]);
        make(workshop, "d", at(28, "10:45"));
        say(workshop, "d", "water", None, at(28, "11:10"));
        assert_eq!(missed(workshop, Some(at(28, "12:30"))), ["2 bc", "3 bc", "4 abc"]);
        make(workshop, "e", at(28, "12:45"));
        assert_eq!(missed(workshop, Some(at(28, "13:30"))), ["2 bc", "3 bc", "4 abc"]);
        let other = GroupField::Title("Others".into());
        let change = workshop.set_group("c".into(), other);
        let record = workshop.record(WriterId::new(7), at(28, "13:00"), [change]);
        workshop.apply(record);
        assert_eq!(missed(workshop, Some(at(28, "13:30"))), ["2 bc", "3 bc", "4 abc"]);
    }
    let sits =
        |id: &str| workshop.may_file(&"c".into(), workshop.agenda().session(&id.into()).unwrap());
    assert!(sits("3") && sits("4"));
}

/// What a file brought that is filed nowhere may have been said in the discussion that was going on.
#[test]
fn what_was_said_before_a_file_was_written_is_not_missed() {
    let mut from = first_day();
    say(&mut from, "b", "water", None, at(28, "9:40"));
    say(&mut from, "b", "roads", None, at(28, "9:40"));
    let mut workshop = made(&from, at(28, "10:00"));
    say(&mut workshop, "a", "roads", Some("3"), at(28, "10:05"));
    assert_eq!(missed(&workshop, Some(at(28, "10:45"))), [""; 0]);
    assert_eq!(missed(&workshop, Some(at(29, "9:00"))), ["4 ab"]);
}

/// Files of earlier versions show times and titles only: by these nobody is missed.
#[test]
fn by_an_earlier_file_nothing_is_judged() {
    let mut received = file(&first_day());
    for session in &mut received.feedback.sessions {
        (session.minutes, session.round, session.under) = (None, None, None);
        (session.topics, session.groups) = (Vec::new(), Vec::new());
    }
    let mut workshop = Workshop::new(&received.agenda());
    for record in received.founding_records(at(28, "8:00")) {
        workshop.apply(record);
    }
    say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
    assert_eq!(missed(&workshop, Some(at(29, "9:00"))), [""; 0]);
    let said = said_of(&workshop, at(29, "9:00"));
    assert!(said.contains("The imported file says: No points yet from “Round 4”."), "{said}");
    // Nor by what is exported from it.
    let again = file(&workshop);
    assert!(again.feedback.sessions.iter().all(|session| session.groups.is_empty()));
}

/// Used to be: both "nothing on water from b in Round 4" and "The imported file says: No points yet from Round 4".
#[test]
fn what_is_judged_here_is_said_once() {
    let mut workshop = made(&first_day(), at(28, "8:00"));
    let said = said_of(&workshop, at(28, "8:10"));
    let missing = "27 May: nothing on roads from b in “Round 2”.";
    assert_eq!(said, format!("{missing}\nNo points yet from “Round 3” and “Round 4”."));
    say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
    let said = said_of(&workshop, at(28, "9:50"));
    assert!(said.contains("\nNo points yet from “Round 4”."), "{said}");
    assert_eq!(said.matches("Round 4").count(), 1, "{said}");
    let said = said_of(&workshop, at(28, "12:30"));
    assert!(said.contains("28 May: nothing on water from a and b in “Round 4”."), "{said}");
    assert_eq!(said.matches("Round 4").count(), 1, "{said}");
    assert_eq!(said.matches("yet").count(), 0, "{said}");
}

/// Used to be said twice in receipts, which list what groups did not say in a part of its own.
#[test]
fn what_the_plan_here_shows_too_is_no_gap_of_a_file() {
    let mut workshop = first_day();
    let awaited = |missing: &str| Awaited { missing: missing.into(), ..Awaited::default() };
    let known = awaited("27 May: nothing on roads from b in “Round 2”.");
    let unknown = awaited("27 May: nothing on roads from b in “Round 1”.");
    let change = workshop.import_gaps(vec![known, unknown], false, None, None);
    let record = workshop.record(WriterId::new(7), at(27, "18:00"), [change]);
    workshop.apply(record);
    let gaps = |hour: &str| -> Vec<String> {
        let gaps = workshop.gaps_at(Some(at(27, hour)));
        let of_files = gaps.iter().filter(|gap| matches!(gap, Gap::Imported(_)));
        of_files.map(|gap| workshop.sentences([gap].into_iter()).remove(0)).collect()
    };
    // Until it is due here, only the file says so; and that b spoke in the first round is known.
    assert_eq!(
        gaps("11:30"),
        ["The imported file says: 27 May: nothing on roads from b in “Round 2”."]
    );
    assert_eq!(gaps("18:00"), [""; 0]);
}

/// Used to be: “The imported file says that more is missing, in words that are not repeated here”, once for each round.
#[test]
fn a_file_of_a_corrected_agenda_is_repeated_in_the_titles_of_here() {
    let mut agenda = meeting().agenda().clone();
    agenda.topics[0].title = "Roads and bridges".into();
    agenda.days[1].sessions[1].topics = Vec::new();
    let mut corrected = Workshop::new(&agenda);
    for group in ["a", "b"] {
        say(&mut corrected, group, "roads", Some("1"), at(27, "9:40"));
        say(&mut corrected, group, "water", Some("1"), at(27, "9:40"));
    }
    say(&mut corrected, "a", "roads", Some("2"), at(27, "11:10"));
    corrected.judge_at(at(28, "12:30"));
    let received = file(&corrected);
    assert!(received.feedback.draft.iter().any(|said| said.contains("Roads and bridges")));
    let (mut workshop, now) = (with(&received), at(28, "12:30"));
    assert_eq!(
        said_of(&workshop, now).split('\n').collect::<Vec<_>>(),
        // In the plan here, only the fourth round is about water.
        [
            "27 May: nothing on roads from b in “Round 2”.",
            "28 May: nothing on roads from a and b in “Round 3”.",
            "28 May: nothing on water from a and b in “Round 4”.",
        ]
    );
    assert_eq!(received.records_for(&workshop), []);
    // What is not known here is said once.
    let mut agenda = meeting().agenda().clone();
    agenda.topics.remove(0);
    let other = Workshop::new(&agenda);
    let records = received.records_for(&other);
    workshop = other;
    for record in records {
        workshop.apply(record);
    }
    let said = said_of(&workshop, now);
    assert_eq!(said.matches("in words that are not repeated here").count(), 1, "{said}");
}

/// A file that somebody edited may say anything.
#[test]
fn a_plan_that_makes_no_sense_is_refused_with_its_place() {
    let good = text(Format::Json, &Feedback::of(&Workshop::new(&rooms()), "0.1.0"));
    assert!(import::read("file", good.as_bytes()).is_ok());
    let mut newest: serde_json::Value = serde_json::from_str(&good).unwrap();
    let place = newest["sessions"].as_array().unwrap().iter().position(|one| one["id"] == "3");
    let session = &mut newest["sessions"][place.unwrap()];
    assert_eq!(session["under"], "0");
    let session = session.clone();
    for (field, value, said) in [
        ("under", serde_json::json!("4"), "which does not come before it that day."),
        ("under", serde_json::json!("3"), "which does not come before it that day."),
        ("under", serde_json::json!("1"), "which does not come before it that day."),
        (
            "topics",
            serde_json::json!(["road"]),
            "There is no topic “road” in this file. Did you mean “roads”?",
        ),
        ("groups", serde_json::json!(["z"]), "There is no group “z” in this file."),
        (
            "minutes",
            serde_json::json!(99999),
            "This session has 99999 minutes. Write at most 2160.",
        ),
        ("round", serde_json::json!(200), "This is round 200. Write at most 99."),
    ] {
        let mut wrong = session.clone();
        wrong[field] = value;
        newest["sessions"][place.unwrap()] = wrong;
        let text = serde_json::to_string_pretty(&newest).unwrap();
        let refused = import::read("file", text.as_bytes()).unwrap_err().to_string();
        assert!(refused.contains(said), "{refused}");
    }
    // Rows under rows without end would overflow whatever reads them.
    let rows = (0..1000).map(|nth| {
        let mut row = serde_json::json!({
            "id": format!("r{nth}"), "title": "Row", "kind": "session", "date": "2025-05-27",
            "rule": "chatham_house",
        });
        if nth > 0 {
            row["under"] = format!("r{}", nth - 1).into();
        }
        row
    });
    newest["sessions"] = rows.collect();
    let refused = import::read("file", newest.to_string().as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("This session is under more than 40 others."), "{refused}");
}

/// A later file that brings points ends what they end in the meeting itself.
#[test]
fn what_later_files_bring_is_not_missed() {
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
    let next_day = Some(at(29, "9:00"));
    assert_eq!(missed(&workshop, next_day), ["2 b", "3 b", "4 a"]);
    assert_eq!(missed(&workshop, next_day), missed(&meeting, next_day));
    assert_eq!(file(&meeting).records_for(&workshop), []);
}

/// Used to be: said for ever, or until a later file.
#[test]
fn what_a_file_said_nobody_had_said_ends_when_somebody_says_it() {
    let mut workshop = made(&first_day(), at(28, "8:00"));
    let now = at(28, "8:30");
    let missing = "27 May: nothing on roads from b in “Round 2”.";
    assert_eq!(
        said_of(&workshop, now),
        format!("{missing}\nNo points yet from “Round 3” and “Round 4”.")
    );
    // Before it was due by the clock here, only the file says so.
    assert!(said_of(&workshop, at(27, "11:30")).contains(&format!("file says: {missing}")));
    say(&mut workshop, "b", "roads", Some("2"), at(28, "8:20"));
    assert_eq!(said_of(&workshop, now), "No points yet from “Round 3” and “Round 4”.");
    assert!(!said_of(&workshop, at(27, "11:30")).contains("The imported file says"));
    // What it exports does not say so either, and a group that comes late is not missed.
    let again = made(&workshop, at(30, "8:00"));
    assert!(!said_of(&again, now).contains("27 May"));
    let mut early = meeting();
    say(&mut early, "a", "roads", None, at(26, "8:40"));
    early.judge_at(at(26, "9:00"));
    let mut workshop = made(&early, at(27, "8:00"));
    assert!(said_of(&workshop, at(26, "9:00")).contains("Nothing from b yet."));
    say(&mut workshop, "b", "roads", Some("1"), at(27, "9:40"));
    assert!(!said_of(&workshop, at(26, "9:00")).contains("from b"));
}

proptest! {
    #![proptest_config(crate::cases(64))]

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
        let captured = Change::PointCaptured(captured.into());
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
