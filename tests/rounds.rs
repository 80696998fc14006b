//! Two rounds on one day are two: points filed under no session count for one of them, the one in which they
//! were captured, so that a round in which a group was silent is missed.

use std::fs;

use proptest::prelude::*;
use rapporteur::store::lock::Keys;
use rapporteur::store::{Bundle, Incoming, Packing};
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, CourseField, Day, Gap, Group, GroupId, Ids, Moment, Place,
    PointKind, Session, SessionId, SessionKind, Topic, TopicId, Workshop, WriterId,
};

use crate::laptops::Laptop;

pub(crate) fn at(day: u32, time: &str) -> Moment {
    let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
    Workshop::new(&Agenda::default()).zone().moment(date, time.parse().unwrap())
}

fn round(id: &str, start: &str, topics: &[&str]) -> Session {
    Session {
        id: id.into(),
        title: format!("Round {id}"),
        kind: SessionKind("group_discussion".into()),
        topics: topics.iter().map(|topic| TopicId::from(*topic)).collect(),
        round: id.parse().ok(),
        start: start.parse().ok(),
        minutes: Some(60),
        ..Session::default()
    }
}

/// Two days with two rounds each, of which the last has a topic of its own.
pub(crate) fn meeting() -> Workshop {
    let group = |id: &str| Group { id: id.into(), title: id.into(), ..Group::default() };
    let topic = |id: &str| Topic { id: id.into(), title: id.into(), ..Topic::default() };
    let day = |day: u32, sessions: Vec<Session>| Day {
        date: chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap(),
        title: String::new(),
        sessions,
    };
    Workshop::new(&Agenda {
        topics: vec![topic("roads"), topic("water")],
        groups: vec![group("a"), group("b")],
        days: vec![
            day(27, vec![round("1", "9:30", &[]), round("2", "11:00", &[])]),
            day(28, vec![round("3", "9:30", &[]), round("4", "11:00", &["water"])]),
        ],
        ..Agenda::default()
    })
}

/// Adds what a group says at a moment, filed under a session or under none.
pub(crate) fn say(
    workshop: &mut Workshop,
    group: &str,
    topic: &str,
    session: Option<&str>,
    when: Moment,
) {
    let mut place = Place::new(GroupId::from(group), TopicId::from(topic));
    place.session = session.map(SessionId::from);
    place.round = session.and_then(|id| id.parse().ok());
    let id = Ids::seeded(workshop.captured() as u64).point();
    let captured = CapturedPoint::new(id, place, PointKind::Fact, "A word");
    let record = workshop.record(WriterId::new(7), when, [Change::PointCaptured(captured.into())]);
    workshop.apply(record);
}

fn set(workshop: &mut Workshop, session: &str, to: CourseField) {
    let change = workshop.set_course(session.into(), to).unwrap();
    let record = workshop.record(WriterId::new(7), Moment(0), [change]);
    workshop.apply(record);
}

/// The rounds in which groups are missed at a moment, with those groups: `2|1` if it may have been either.
pub(crate) fn missed(workshop: &Workshop, now: Option<Moment>) -> Vec<String> {
    let of = |gap: &Gap| match gap {
        Gap::Silent { session, or, groups, .. } => {
            let groups: Vec<&str> = groups.iter().map(GroupId::as_str).collect();
            let rounds: Vec<&str> =
                [session].into_iter().chain(or).map(SessionId::as_str).collect();
            Some(format!("{} {}", rounds.join("|"), groups.join("")))
        }
        _ => None,
    };
    workshop.gaps_at(now).iter().filter_map(of).collect()
}

/// One point of the day that was filed nowhere used to count for every round of it: no group was missed in
/// the second round, although nobody said anything there.
#[test]
fn a_point_filed_nowhere_counts_for_the_round_in_which_it_was_captured() {
    let noon = Some(at(27, "12:30"));
    let with = |nowhere: &str| {
        let mut workshop = meeting();
        for (group, topic) in [("a", "roads"), ("b", "roads")] {
            say(&mut workshop, group, topic, Some("1"), at(27, "10:00"));
        }
        say(&mut workshop, "a", "water", None, at(27, nowhere));
        workshop
    };
    for (time, expected) in [
        ("8:00", "2 ab"),  // before the first round: it counts for that one
        ("9:30", "2 ab"),  // in the first
        ("10:45", "2 ab"), // in the break after the first
        ("11:00", "2 b"),  // in the second
        ("11:59", "2 b"),
        ("12:20", "2 b"), // after the second
    ] {
        assert_eq!(missed(&with(time), noon), [expected], "{time}");
    }
    // A day later, in the rounds of that day, it says nothing of the day before.
    let workshop = with("10:00");
    let next = missed(&workshop, Some(at(28, "13:00")));
    assert_eq!(next, ["2 ab", "3 ab", "4 ab"]);
}

/// Used to be: what was typed a few minutes before the first round of the second day counted for the last round of
/// the first day. That round's silence was hidden, and the group was missed in the round it spoke in.
#[test]
fn a_point_counts_for_no_round_of_an_earlier_day() {
    for time in ["3:00", "8:00", "9:26", "9:30", "10:31"] {
        let mut workshop = meeting();
        for group in ["a", "b"] {
            say(&mut workshop, group, "roads", Some("1"), at(27, "9:40"));
            say(&mut workshop, group, "water", Some("1"), at(27, "9:40"));
        }
        say(&mut workshop, "a", "roads", Some("2"), at(27, "11:10"));
        say(&mut workshop, "a", "roads", Some("3"), at(28, "9:40"));
        say(&mut workshop, "b", "roads", None, at(28, time));
        assert_eq!(missed(&workshop, Some(at(28, "10:40"))), ["2 b"], "{time}");
    }
}

/// Used to be: what was typed just before a round counted for the one before, so a clock a few minutes slow was
/// enough to have a group missed in it.
#[test]
fn a_point_of_a_break_counts_for_the_round_that_is_nearer() {
    for (time, expected) in [("10:44", "2 b"), ("10:45", "2 b"), ("10:46", "1 b"), ("10:58", "1 b")]
    {
        let mut workshop = meeting();
        for session in ["1", "2"] {
            say(&mut workshop, "a", "roads", Some(session), at(27, "9:40"));
            say(&mut workshop, "a", "water", Some(session), at(27, "9:40"));
        }
        for topic in ["roads", "water"] {
            say(&mut workshop, "b", topic, None, at(27, time));
        }
        assert_eq!(missed(&workshop, Some(at(27, "12:30"))), [expected], "{time}");
    }
}

/// A topic that only one of two discussions is about belongs to that one if it is near.
#[test]
fn a_topic_of_the_discussion_just_before_counts_there() {
    let mut agenda = meeting().agenda().clone();
    agenda.days.truncate(1);
    agenda.days[0].sessions = vec![round("1", "9:30", &["roads"]), round("2", "10:30", &["water"])];
    for (roads, water, expected) in [
        ("10:20", "10:40", [""; 0].as_slice()),
        ("10:39", "10:54", &[]),
        ("10:06", "10:21", &[]),
        ("10:50", "10:54", &["1 a"]),
        ("10:20", "10:10", &["2 a"]),
        // After the last discussion a topic belongs to its own.
        ("11:40", "9:00", &[]),
    ] {
        let mut workshop = Workshop::new(&agenda);
        say(&mut workshop, "a", "roads", None, at(27, roads));
        say(&mut workshop, "a", "water", None, at(27, water));
        say(&mut workshop, "b", "roads", Some("1"), at(27, "9:40"));
        say(&mut workshop, "b", "water", Some("2"), at(27, "10:40"));
        assert_eq!(missed(&workshop, Some(at(27, "12:30"))), expected, "{roads} {water}");
    }
}

/// Rounds as they really ran decide before the plan does.
#[test]
fn a_late_round_counts_as_it_really_ran() {
    let mut workshop = meeting();
    set(&mut workshop, "1", CourseField::Started(Some(at(27, "10:20"))));
    set(&mut workshop, "1", CourseField::Ended(Some(at(27, "11:30"))));
    set(&mut workshop, "2", CourseField::Started(Some(at(27, "11:40"))));
    set(&mut workshop, "2", CourseField::Ended(Some(at(27, "12:40"))));
    // By the plan this was said in the second round.
    say(&mut workshop, "a", "roads", None, at(27, "11:15"));
    say(&mut workshop, "b", "roads", None, at(27, "12:10"));
    say(&mut workshop, "b", "water", None, at(27, "10:30"));
    assert_eq!(missed(&workshop, Some(at(27, "12:45"))), ["2 a"]);
    say(&mut workshop, "a", "water", None, at(27, "12:39"));
    assert_eq!(missed(&workshop, Some(at(27, "12:45"))), [""; 0]);
}

/// A row above the rounds used to count for all of them.
#[test]
fn a_point_filed_under_the_row_above_counts_for_one_round() {
    let mut agenda = meeting().agenda().clone();
    let rounds = std::mem::take(&mut agenda.days[0].sessions);
    agenda.days[0].sessions = vec![Session {
        id: "morning".into(),
        start: "9:00".parse().ok(),
        sessions: rounds,
        ..Session::default()
    }];
    let mut workshop = Workshop::new(&agenda);
    for (group, time) in [("a", "10:00"), ("b", "10:01"), ("b", "11:30")] {
        say(&mut workshop, group, "roads", Some("morning"), at(27, time));
    }
    assert_eq!(missed(&workshop, Some(at(27, "12:30"))), ["2 a"]);
}

/// Two rounds under a breakout session that names its groups and topics, and another discussion with one of these topics.
fn breakout(rounds: [&[&str]; 2], groups: &[&str]) -> Workshop {
    let mut agenda = meeting().agenda().clone();
    agenda.topics.push(Topic { id: "ports".into(), title: "ports".into(), ..Topic::default() });
    agenda.days.truncate(1);
    let under = vec![round("1", "9:30", rounds[0]), round("2", "11:00", rounds[1])];
    let row = Session {
        id: "breakout".into(),
        topics: vec!["roads".into(), "water".into()],
        groups: groups.iter().map(|group| GroupId::from(*group)).collect(),
        sessions: under,
        ..round("0", "9:00", &[])
    };
    agenda.days[0].sessions = vec![row, round("3", "14:00", &["water", "ports"])];
    Workshop::new(&agenda)
}

/// Used to be: its rounds were for all groups, and asked for what no other discussion was about.
#[test]
fn rounds_without_topics_and_groups_have_those_of_the_row_above() {
    let noon = Some(at(27, "12:30"));
    let mut workshop = breakout([&[], &[]], &["a"]);
    say(&mut workshop, "a", "roads", Some("1"), at(27, "9:40"));
    say(&mut workshop, "a", "roads", Some("2"), at(27, "11:10"));
    assert_eq!(missed(&workshop, Some(at(27, "10:40"))), [""; 0]);
    // In the last round it is missed on the topic that it left out, whatever is to come in another session.
    assert_eq!(missed(&workshop, noon), ["2 a"]);
    assert_eq!(workshop.gaps_at(noon).iter().count(), 1);
    say(&mut workshop, "a", "water", Some("3"), at(27, "11:10"));
    assert_eq!(missed(&workshop, noon), ["2 a"]);
    say(&mut workshop, "a", "water", Some("1"), at(27, "9:40"));
    assert_eq!(missed(&workshop, noon), [""; 0]);
    // A round in which it says nothing is missed, although it has said something on each topic.
    let mut workshop = breakout([&[], &[]], &[]);
    for topic in ["roads", "water"] {
        say(&mut workshop, "a", topic, Some("1"), at(27, "9:40"));
        say(&mut workshop, "b", topic, Some("2"), at(27, "11:10"));
    }
    assert_eq!(missed(&workshop, noon), ["1 b", "2 a"]);
    // What one of the rounds is about is left to it.
    let mut workshop = breakout([&["roads"], &[]], &["a"]);
    say(&mut workshop, "a", "roads", Some("1"), at(27, "9:40"));
    say(&mut workshop, "a", "water", Some("2"), at(27, "11:10"));
    assert_eq!(missed(&workshop, noon), [""; 0]);
    // Where they run, what is said is filed there for the groups that sit in them.
    set(&mut workshop, "2", CourseField::Started(Some(at(27, "11:00"))));
    let filed = |group: &str| workshop.session_for(&group.into(), &"water".into()).is_some();
    assert!(filed("a") && workshop.session_for(&"a".into(), &"ports".into()).is_none());
}

/// At a rehearsal times say nothing: as before, no group is missed because of them.
#[test]
fn at_a_rehearsal_a_point_filed_nowhere_may_belong_to_any_round() {
    let mut workshop = meeting();
    say(&mut workshop, "a", "roads", None, at(1, "10:00"));
    assert_eq!(missed(&workshop, Some(at(1, "11:00"))), [""; 0]);
    assert_eq!(workshop.to_come(Some(at(1, "11:00"))).len(), 2);
}

/// Used to be: what was tried out before the meeting filled every round of it, so that nothing was missing from
/// a meeting in which nobody spoke.
#[test]
fn a_point_of_the_rehearsal_fills_no_round_of_the_meeting() {
    let all = ["1 ab", "2 ab", "3 ab", "4 ab"];
    let mut workshop = meeting();
    for (group, topic) in [("a", "roads"), ("a", "water"), ("b", "roads"), ("b", "water")] {
        say(&mut workshop, group, topic, None, at(26, "15:00"));
    }
    assert_eq!(missed(&workshop, Some(at(26, "16:00"))), [""; 0]);
    assert_eq!(missed(&workshop, Some(at(27, "8:00"))), [""; 0]);
    assert_eq!(workshop.not_begun(at(27, "8:00")).len(), 4);
    assert_eq!(missed(&workshop, Some(at(27, "10:40"))), all[..1]);
    assert_eq!(missed(&workshop, Some(at(28, "8:00"))), all[..2]);
    assert_eq!(missed(&workshop, Some(at(28, "23:00"))), all);
    assert_eq!(missed(&workshop, Some(at(30, "9:00"))), all, "nor after it");
    // Where others spoke in the meeting, only the group that did not is missed.
    for (nth, (day, time)) in
        [(27, "9:40"), (27, "11:10"), (28, "9:40"), (28, "11:10")].iter().enumerate()
    {
        let session = (nth + 1).to_string();
        for topic in ["roads", "water"] {
            say(&mut workshop, "a", topic, Some(&session), at(*day, time));
        }
    }
    assert_eq!(missed(&workshop, Some(at(28, "13:00"))), ["1 b", "2 b", "3 b", "4 b"]);
    // At a demonstration with an old plan nothing was captured on its days or before.
    let mut workshop = meeting();
    say(&mut workshop, "a", "roads", None, at(30, "9:00"));
    assert_eq!(missed(&workshop, Some(at(30, "10:00"))), [""; 0]);
}

/// Used to be: it counted for the rounds of the days around it, also for those that came after it.
#[test]
fn a_point_of_a_day_between_counts_for_the_last_round_before() {
    let mut agenda = meeting().agenda().clone();
    agenda.days[1].date = chrono::NaiveDate::from_ymd_opt(2025, 5, 29).unwrap();
    let mut workshop = Workshop::new(&agenda);
    for group in ["a", "b"] {
        say(&mut workshop, group, "roads", Some("1"), at(27, "10:00"));
        say(&mut workshop, group, "water", None, at(28, "10:00"));
    }
    assert_eq!(missed(&workshop, Some(at(29, "13:00"))), ["3 ab", "4 ab"]);
}

/// Used to be: one remark on no topic of the plan, filed nowhere, made a silent round a round that was heard.
#[test]
fn a_remark_on_what_nobody_was_asked_about_fills_no_round() {
    let mut workshop = meeting();
    for group in ["a", "b"] {
        for topic in ["roads", "water"] {
            say(&mut workshop, group, topic, Some("1"), at(27, "10:00"));
        }
        say(&mut workshop, group, "general", None, at(27, "11:20"));
    }
    let noon = Some(at(27, "12:30"));
    assert_eq!(missed(&workshop, noon), ["2 ab"]);
    // Filed under the round it was said there.
    say(&mut workshop, "a", "general", Some("2"), at(27, "11:30"));
    assert_eq!(missed(&workshop, noon), ["2 b"]);
}

/// Groups used to be missed as soon as one of them had said something in a round that nobody had started
/// with a key, while it was still going on.
#[test]
fn a_round_that_nobody_started_is_judged_when_its_planned_time_is_over() {
    let mut workshop = meeting();
    say(&mut workshop, "a", "roads", Some("1"), at(27, "9:45"));
    assert_eq!(missed(&workshop, Some(at(27, "9:50"))), [""; 0]);
    assert_eq!(missed(&workshop, Some(at(27, "10:29"))), [""; 0]);
    assert_eq!(missed(&workshop, Some(at(27, "10:30"))), ["1 b"]);
    // Where no time is known, as in a file that is made without one, points decide.
    assert_eq!(missed(&workshop, None), ["1 b"]);
    // Started by hand, it goes on until somebody ends it.
    set(&mut workshop, "1", CourseField::Started(Some(at(27, "9:40"))));
    assert_eq!(missed(&workshop, Some(at(27, "10:40"))), [""; 0]);
    // One whose end nobody knows goes on until the evening.
    let mut agenda = workshop.agenda().clone();
    agenda.days.truncate(1);
    agenda.days[0].sessions[1].minutes = None;
    let mut workshop = Workshop::new(&agenda);
    for topic in ["roads", "water"] {
        say(&mut workshop, "a", topic, Some("2"), at(27, "11:10"));
    }
    assert_eq!(missed(&workshop, Some(at(27, "11:20"))), ["1 ab"]);
    assert_eq!(missed(&workshop, Some(at(28, "8:00"))), ["1 ab", "2 b"]);
}

/// What may happen to a bundle on its way.
fn arrives(bytes: &[u8], way: u8) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    match way {
        0 => Some(bytes),
        1 => None,
        2 => Some(bytes[..bytes.len() - 30].to_vec()),
        3 => {
            bytes[60] ^= 1;
            Some(bytes)
        }
        _ => Some(vec![0; bytes.len()]),
    }
}

proptest! {
    #![proptest_config(crate::cases(24))]

    /// Each group makes a bundle of what it says in each round, filed there or nowhere. Whatever comes whole,
    /// not at all or damaged: where nothing is missing all points are there, and of what was withheld the
    /// group, day and topics are named.
    #[test]
    fn whichever_bundle_is_withheld_or_damaged_it_is_named(
        said in proptest::collection::vec((prop::bool::ANY, prop_oneof![4 => Just(0), 1 => 1..5_u8]), 8),
    ) {
        let home = tempfile::tempdir().unwrap();
        let agenda = meeting().agenda().clone();
        let mut room = Laptop::new(&home.path().join("room"), &agenda, 1);
        let begins = [at(27, "9:30"), at(27, "11:00"), at(28, "9:30"), at(28, "11:00")];
        let mut withheld = Vec::new();
        for (nth, (is_filed, way)) in said.iter().enumerate() {
            let (round, group) = (nth / 2, ["a", "b"][nth % 2]);
            let path = home.path().join(nth.to_string());
            let mut laptop = Laptop::new(&path, &agenda, nth as u64 + 2);
            for topic in ["roads", "water"] {
                let mut place = Place::new(GroupId::from(group), TopicId::from(topic));
                let session = (round + 1).to_string();
                place.session = Some(SessionId::from(session.as_str())).filter(|_| *is_filed);
                let id = laptop.ids.point();
                let captured = CapturedPoint::new(id, place, PointKind::Fact, "A word");
                let change = Change::PointCaptured(captured.into());
                laptop.make(begins[round].plus_minutes(20).0, [change]);
            }
            let of = Some(GroupId::from(group));
            let made = begins[round].plus_minutes(60);
            let bytes = laptop.pack(&Packing { group: of, made, ..laptop.packing() }, None);
            let name = Bundle::read(bytes.clone()).unwrap().header.file_name(false);
            let Some(bytes) = arrives(&bytes, *way) else {
                withheld.push((round, group));
                continue;
            };
            let path = home.path().join(name);
            fs::write(&path, bytes).unwrap();
            let _ = room.intake.take_source(&Incoming::Bundle(path), &Keys::default());
        }
        room.intake.done(&mut []).unwrap();
        let mut workshop = room.folder.read().unwrap().workshop;
        workshop.judge_at(at(29, "9:00"));
        let missing = workshop.missing();
        prop_assert_eq!(workshop.points().count() == 16, missing.is_empty(), "{:?}", missing);
        for (round, group) in withheld {
            let topics = if round == 3 { "water" } else { "roads" };
            let day = format!("{} May: nothing on {topics} from ", 27 + round / 2);
            let session = format!("“Round {}”.", round + 1);
            let is_of = |line: &&String| line.starts_with(&day) && line.ends_with(&session);
            let named = missing.iter().find(is_of).map(|line| line[day.len()..].to_owned());
            let named = named.unwrap_or_default();
            let groups = named.split(" in ").next().unwrap_or_default();
            prop_assert!(groups.split(" and ").any(|one| one == group), "{group}: {missing:?}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(128))]

    /// Whatever each group says in each round, filed there or nowhere, by a clock that is right or a few
    /// minutes wrong: at the end of the meeting exactly the groups and rounds are missed in which nothing was said.
    #[test]
    fn complete_is_what_lacks_no_round(said in proptest::collection::vec((0..3_u8, 0..60_i64, -14..15_i64), 8)) {
        let mut workshop = meeting();
        let begins = [at(27, "9:30"), at(27, "11:00"), at(28, "9:30"), at(28, "11:00")];
        let mut silent: [Vec<&str>; 4] = Default::default();
        for (nth, (way, minute, wrong)) in said.iter().enumerate() {
            let (round, group) = (nth / 2, ["a", "b"][nth % 2]);
            let session = (round + 1).to_string();
            if *way == 0 {
                silent[round].push(group);
                continue;
            }
            for topic in ["water", "roads"].into_iter().take(if round == 3 { 1 } else { 2 }) {
                let session = Some(session.as_str()).filter(|_| *way == 1);
                let when = begins[round].plus_minutes(minute + wrong);
                say(&mut workshop, group, topic, session, when);
            }
        }
        let silent = silent.iter().enumerate().filter(|(_, groups)| !groups.is_empty());
        let expected: Vec<String> =
            silent.map(|(nth, groups)| format!("{} {}", nth + 1, groups.concat())).collect();
        prop_assert_eq!(missed(&workshop, Some(at(29, "9:00"))), expected);
    }
}
