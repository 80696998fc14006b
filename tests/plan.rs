//! What the plan expects and nobody said is missed, by group, day and topic, until it comes.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rapporteur::app::receipt_rows;
use rapporteur::feedback::Feedback;
use rapporteur::store::lock::Keys;
use rapporteur::store::{Bundle, Incoming};
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, CourseField, Day, Gaps, Group, GroupField, GroupId, Ids,
    LaptopReport, Moment, Place, Point, PointKind, Receipt, Session, SessionKind, Topic, TopicId,
    Workshop, WriterId,
};

use crate::command::{Home, words};
use crate::gaps::everything;
use crate::laptops::Laptop;

const AGENDA: &str = r#"(
    title: "Harbour talks", id: "harbour-talks", time_zone: "Asia/Bangkok",
    topics: [(id: "roads", title: "Roads"), (id: "water", title: "Water")],
    groups: [(title: "Group 1"), (title: "Group 2"), (title: "Group 3"), (title: "Group 4"), (title: "Group 5")],
    days: [
        (date: "2025-05-27", sessions: [(id: "one", title: "First round", kind: group_discussion,
            start: "9:00", minutes: 60, round: 1, topics: ["roads"])]),
        (date: "2025-05-28", sessions: [(id: "two", title: "Second round", kind: group_discussion,
            start: "9:00", minutes: 60, round: 2, topics: ["roads", "water"])]),
    ],
)"#;

/// What a group says on a day, in a file of its own: what it wrote since the day before.
fn said_on(home: &Home, group: usize, day: usize) -> String {
    let laptop = format!("laptop-{group}-{day}");
    let hand_out = format!("hand-outs/harbour-talks.group-{group}.hand-out.bundle");
    home.lines(&["merge", &format!("./{laptop}"), &hand_out], b"");
    let (session, topics) =
        if day == 1 { ("one", &["roads"][..]) } else { ("two", &["roads", "water"][..]) };
    for topic in topics {
        let to = ["-g", &format!("group-{group}"), "-t", topic, "--session", session];
        home.lines(&[&["add", &laptop][..], &to, &["A word of ours"]].concat(), b"");
    }
    home.lines(&["bundle", &laptop, "-o", "stick"], b"").remove(0)
}

/// A room, and what five groups said on two days.
fn meeting(home: &Home) -> Vec<((usize, usize), String)> {
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["hand-out", "room", "-o", "hand-outs"], b"");
    let all = (1..=2).flat_map(|day| (1..=5).map(move |group| (group, day)));
    all.map(|(group, day)| ((group, day), said_on(home, group, day))).collect()
}

fn merged(home: &Home, room: &str, bundles: &[&str]) -> String {
    let room = format!("./{room}");
    let output = home.run(&[&["merge", &room][..], bundles].concat(), b"");
    assert!(output.status.success(), "{}", words(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Used to be: a group that had reported once was not missed any more.
#[test]
fn in_two_days_with_five_laptops_group_3_stays_away_on_the_second() {
    let home = Home::new();
    let said = meeting(&home);
    let of = |day: usize, but: Option<usize>| -> Vec<&str> {
        let of = said.iter().filter(|((group, on), _)| *on == day && Some(*group) != but);
        of.map(|(_, file)| file.as_str()).collect()
    };
    let page = merged(&home, "room", &of(1, None));
    assert!(!page.contains("May: nothing"), "{page}");
    let page = merged(&home, "room", &of(2, Some(3)));
    let told = "28 May: nothing on Roads or Water from Group 3 in “Second round”.";
    assert!(page.contains(told), "{page}");
    for (name, text) in everything(&home, "room") {
        assert!(text.contains(told), "{name}: {text}");
    }
    let page = merged(&home, "room", &of(2, None));
    assert!(!page.contains("May: nothing"), "{page}");
    for (name, text) in everything(&home, "room") {
        assert!(!text.contains("May: nothing"), "{name}: {text}");
    }
}

#[test]
fn whichever_bundle_is_withheld_every_output_names_group_day_and_topic() {
    let home = Home::new();
    let said = meeting(&home);
    for ((group, day), withheld) in &said {
        let room = format!("room-{group}-{day}");
        let others: Vec<&str> =
            said.iter().map(|(_, file)| file.as_str()).filter(|file| file != withheld).collect();
        let page = merged(&home, &room, &others);
        let (topics, session) =
            if *day == 1 { ("Roads", "First round") } else { ("Roads or Water", "Second round") };
        let told =
            format!("{} May: nothing on {topics} from Group {group} in “{session}”.", 26 + day);
        assert!(page.contains(&told), "{page}");
        for (name, text) in everything(&home, &room) {
            assert!(text.contains(&told), "{name}: {text}");
        }
    }
}

pub(crate) fn session(id: &str, day: u32, topics: &[&str]) -> Day {
    let session = Session {
        id: id.into(),
        title: format!("Round {id}"),
        kind: SessionKind("group_discussion".into()),
        topics: topics.iter().map(|topic| TopicId::from(*topic)).collect(),
        start: "9:00".parse().ok(),
        minutes: Some(60),
        ..Session::default()
    };
    let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
    Day { date, title: String::new(), sessions: vec![session] }
}

pub(crate) fn agenda(groups: usize) -> Agenda {
    let group = |number: usize| Group {
        id: GroupId::from(format!("group-{number}").as_str()),
        title: format!("Group {number}"),
        ..Group::default()
    };
    let topic = |id: &str| Topic { id: id.into(), title: id.into(), ..Topic::default() };
    Agenda {
        title: "Harbour talks".into(),
        topics: vec![topic("roads"), topic("water")],
        groups: (1..=groups).map(group).collect(),
        days: vec![
            session("one", 27, &["roads"]),
            session("two", 28, &["roads", "water"]),
            session("three", 29, &[]),
        ],
        ..Agenda::default()
    }
}

/// What there is to say: by group, session and topic.
const ALL: [(&str, &str); 4] =
    [("one", "roads"), ("two", "roads"), ("two", "water"), ("three", "water")];

proptest! {
    #![proptest_config(crate::cases(64))]

    #[test]
    fn complete_is_what_lacks_nothing_of_the_plan(there in proptest::collection::vec(prop::bool::weighted(0.9), 12)) {
        let mut workshop = Workshop::new(&agenda(3));
        let mut ids = Ids::seeded(1);
        let mut missing = Vec::new();
        for (nth, is_there) in there.iter().enumerate() {
            let (group, (session, topic)) = (format!("group-{}", nth / 4 + 1), ALL[nth % 4]);
            if !is_there {
                missing.push((nth / 4 + 1, session, topic));
                continue;
            }
            let mut place = Place::new(GroupId::from(group.as_str()), TopicId::from(topic));
            place.session = Some(session.into());
            let captured = CapturedPoint::new(ids.point(), place, PointKind::Fact, "A word");
            let record = workshop.record(WriterId::new(7), Moment(0), [Change::PointCaptured(captured.into())]);
            workshop.apply(record);
        }
        for (group, _) in workshop.breakout_groups() {
            let change = workshop.set_group(group, GroupField::Open(false));
            let record = workshop.record(WriterId::new(7), Moment(0), [change]);
            workshop.apply(record);
        }
        // The last session names no topic: only what others said in it shows that it took place.
        if !(0..3).any(|group| there[group * 4 + 3]) {
            missing.retain(|(_, session, _)| *session != "three");
        }
        let told = Feedback::of(&workshop, "0.1.0").missing.join("\n");
        prop_assert_eq!(told.is_empty(), missing.is_empty(), "{} {:?}", told, missing);
        let gaps = workshop.gaps();
        for (group, session, topic) in missing {
            let group = GroupId::from(format!("group-{group}").as_str());
            let names = |gap: &rapporteur::workshop::Gap| match gap {
                rapporteur::workshop::Gap::Silent { session: of, topics, groups, .. } => {
                    of.as_str() == session && groups.contains(&group)
                        && (topics.is_empty() || topics.contains(&topic.into()))
                }
                _ => false,
            };
            prop_assert!(gaps.iter().any(names), "{} {} {}", group, session, topic);
        }
    }

    /// Whatever comes whole, in part, cut short or not at all, and whatever bit of the room's own files
    /// is flipped: where nothing is said to be missing, everything that files and headers show is there.
    #[test]
    fn complete_is_all_that_files_and_headers_show(
        ways in proptest::collection::vec(0..4_u8, 3),
        flip in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let home = tempfile::tempdir().unwrap();
        let plain = Agenda { days: Vec::new(), ..agenda(3) };
        let mut room = Laptop::new(&home.path().join("room"), &plain, 1);
        let mut shown = vec!["Of the room".to_owned()];
        let place = Place::new(GroupId::plenary(), TopicId::general());
        room.capture(place.clone(), None, "Of the room");
        for (nth, way) in (1_u64..).zip(&ways) {
            let mut laptop = Laptop::new(&home.path().join(nth.to_string()), &plain, nth + 1);
            laptop.capture(place.clone(), None, &format!("First of {nth}"));
            let packing = laptop.packing();
            let first = Bundle::read(laptop.pack(&packing, None)).unwrap();
            laptop.capture(place.clone(), None, &format!("Second of {nth}"));
            let whole = laptop.pack(&packing, None);
            let bytes = match way {
                0 => whole,
                1 => laptop.pack(&packing, Some(&first)),
                2 => whole[..whole.len() - 30].to_vec(),
                _ => continue,
            };
            shown.extend(["First", "Second"].map(|of| format!("{of} of {nth}")));
            let path = home.path().join(format!("{nth}.bundle"));
            fs::write(&path, bytes).unwrap();
            let _ = room.intake.take_source(&Incoming::Bundle(path), &Keys::default());
        }
        room.intake.done(&mut []).unwrap();
        if let Some(flip) = flip {
            room.close();
            flip_in(&room.folder.path().join("changes"), flip);
        }
        let workshop = room.folder.read().unwrap().workshop;
        let there: Vec<&str> = workshop.points().map(Point::text).collect();
        let lacks: Vec<&String> = shown.iter().filter(|one| !there.contains(&one.as_str())).collect();
        prop_assert!(lacks.is_empty() || !workshop.gaps().is_empty(), "{:?}", lacks);
        if flip.is_none() && ways.iter().all(|way| matches!(way, 0 | 3)) {
            prop_assert!(workshop.gaps().is_empty(), "{:?}", workshop.missing());
        }
    }
}

/// It used to be judged only once somebody had a point there, so that a whole day could be withheld.
#[test]
fn a_session_of_no_topic_is_missed_when_its_time_is_over() {
    let mut plan = agenda(2);
    plan.days.push(session("four", 30, &[]));
    let workshop = Workshop::new(&plan);
    let at = |day: u32, hour: u32| {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
        Moment(date.and_hms_opt(hour, 0, 0).unwrap().and_utc().timestamp_millis())
    };
    let silent = |now: Moment| -> Vec<String> {
        let gaps = workshop.gaps_at(Some(now));
        let of = |gap: &rapporteur::workshop::Gap| match gap {
            rapporteur::workshop::Gap::Silent { session, .. } => Some(session.to_string()),
            _ => None,
        };
        gaps.iter().filter_map(of).collect()
    };
    assert!(!silent(at(29, 9)).contains(&"three".to_owned()), "it runs");
    assert!(silent(at(29, 11)).contains(&"three".to_owned()), "its hour is over");
    assert!(silent(at(30, 8)).contains(&"three".to_owned()), "it was yesterday");
    assert_eq!(silent(at(26, 8)), [""; 0], "nothing has begun");
}

/// It used to say nothing where a group had spoken on one of its topics, and to name no topic.
#[test]
fn a_topic_that_a_group_never_spoke_on_is_missed_in_the_last_session_that_leaves_it_the_choice() {
    let days = vec![session("one", 27, &[]), session("two", 28, &[])];
    let mut workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let mut ids = Ids::seeded(1);
    let mut say = |workshop: &mut Workshop, group: &str, session: &str, topic: &str| {
        let mut place = Place::new(GroupId::from(group), TopicId::from(topic));
        place.session = Some(session.into());
        let captured = CapturedPoint::new(ids.point(), place, PointKind::Fact, "A word");
        let change = Change::PointCaptured(captured.into());
        let record = workshop.record(WriterId::new(7), Moment(0), [change]);
        workshop.apply(record);
    };
    say(&mut workshop, "group-1", "one", "roads");
    let silent = "27 May: nothing on roads or water from Group 2 in “Round one”.";
    assert_eq!(workshop.missing(), [silent], "water may come in the second round");
    say(&mut workshop, "group-1", "two", "roads");
    let silent_twice = "28 May: nothing on roads or water from Group 2 in “Round two”.";
    let water = "28 May: nothing on water from Group 1 in “Round two”.";
    assert_eq!(workshop.missing(), [silent, silent_twice, water]);
    say(&mut workshop, "group-1", "two", "water");
    say(&mut workshop, "group-2", "one", "water");
    say(&mut workshop, "group-2", "two", "roads");
    assert_eq!(workshop.missing(), [""; 0]);
}

/// The topics of another session used to be missed in one that names none, on the day before.
#[test]
fn a_session_that_names_no_topic_asks_for_a_word_where_others_name_them() {
    let days = vec![session("one", 27, &[]), session("two", 28, &["roads", "water"])];
    let mut workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let mut place = Place::new(GroupId::from("group-1"), TopicId::from("roads"));
    place.session = Some("one".into());
    let captured = CapturedPoint::new(Ids::seeded(1).point(), place, PointKind::Fact, "A word");
    let at = |day: u32, hour: u32| {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
        Moment(date.and_hms_opt(hour, 0, 0).unwrap().and_utc().timestamp_millis())
    };
    let change = Change::PointCaptured(captured.into());
    let record = workshop.record(WriterId::new(7), at(27, 9), [change]);
    workshop.apply(record);
    let first = "27 May: nothing from Group 2 in “Round one”.";
    assert_eq!(workshop.missing(), [first]);
    assert_eq!(workshop.not_begun(at(27, 12)), ["Round two"]);
    // Nobody spoke in the second: it is missed when the meeting is over, and long after it.
    let second = "28 May: nothing on roads or water from Groups 1 and 2 in “Round two”.";
    for now in [at(28, 11), at(29, 9), Moment(at(29, 9).0 + 300 * 86_400_000)] {
        assert_eq!(workshop.sentences(workshop.gaps_at(Some(now)).iter()), [first, second]);
        assert_eq!(workshop.not_begun(now), [""; 0]);
        // Files, lists and checks used to say of it only that nobody has spoken yet.
        workshop.judge_at(now);
        assert_eq!(workshop.missing(), [first, second]);
        let draft = Feedback::of(&workshop, "0.1.0").draft.join("\n");
        assert!(draft.contains(second) && !draft.contains("Nobody has spoken"), "{draft}");
    }
}

/// A round used to be one in which nobody has spoken yet until it was ended, whoever spoke in it, and one
/// that nobody ended ran on the next day.
#[test]
fn a_round_that_runs_has_begun_and_is_over_the_next_day() {
    let days = vec![session("one", 27, &["roads"]), session("two", 28, &["roads"])];
    let mut workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let at = |day: u32, hour: u32| {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
        Moment(date.and_hms_opt(hour, 0, 0).unwrap().and_utc().timestamp_millis())
    };
    let mut place = Place::new(GroupId::from("group-1"), TopicId::from("roads"));
    place.session = Some("one".into());
    let captured = CapturedPoint::new(Ids::seeded(1).point(), place, PointKind::Fact, "A word");
    let started = CourseField::Started(Some(at(27, 9)));
    let change = workshop.set_course("one".into(), started).unwrap();
    for change in [change, Change::PointCaptured(captured.into())] {
        let record = workshop.record(WriterId::new(7), at(27, 9), [change]);
        workshop.apply(record);
    }
    assert_eq!(workshop.not_begun(at(27, 9)), ["Round two"]);
    let silent = |now| workshop.sentences(workshop.gaps_at(Some(now)).iter());
    assert_eq!(silent(at(27, 9)), [""; 0], "it runs");
    let first = "27 May: nothing on roads from Group 2 in “Round one”.";
    assert_eq!(silent(at(28, 8)), [first], "nobody ended it, and it was yesterday");
}

/// Flips one bit somewhere in the files of a folder, but for the file that founds the workshop.
fn flip_in(changes: &Path, at: proptest::sample::Index) {
    let mut files: Vec<_> =
        fs::read_dir(changes).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.retain(|file| !fs::read_to_string(file).unwrap().contains("\"founded\""));
    let sizes: Vec<usize> = files.iter().map(|file| fs::read(file).unwrap().len()).collect();
    let mut byte = at.index(sizes.iter().sum());
    for (file, size) in files.iter().zip(sizes) {
        if byte < size {
            let mut bytes = fs::read(file).unwrap();
            bytes[byte] ^= 1;
            return fs::write(file, bytes).unwrap();
        }
        byte -= size;
    }
}

/// The receipt used to say that a topic which is planned for the next day only was missing, so that it did not
/// say that nothing is missing; and a group that nobody had seen for an hour was an alarm too.
#[test]
fn a_receipt_misses_what_was_due_and_only_that() {
    let days = vec![session("one", 27, &["roads"]), session("two", 28, &["water"])];
    let mut workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let zone = workshop.zone();
    let at = |day: u32, time: &str| {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
        zone.moment(date, time.parse().unwrap())
    };
    let mut ids = Ids::seeded(1);
    let mut say = |workshop: &mut Workshop, group: &str, session: &str, topic: &str, when| {
        let mut place = Place::new(GroupId::from(group), TopicId::from(topic));
        place.session = Some(session.into());
        let captured = CapturedPoint::new(ids.point(), place, PointKind::Fact, "A word");
        let change = Change::PointCaptured(captured.into());
        let record = workshop.record(WriterId::new(7), when, [change]);
        workshop.apply(record);
    };
    let page = |workshop: &Workshop, now: Moment| -> Vec<String> {
        let receipt = Receipt::of(workshop, &[], &[], &std::collections::HashSet::new(), now);
        receipt_rows(&receipt, zone, now, (120, 40)).into_iter().map(|row| row.text).collect()
    };
    say(&mut workshop, "group-1", "one", "roads", at(27, "9:10"));
    say(&mut workshop, "group-2", "one", "roads", at(27, "9:50"));
    let rows = page(&workshop, at(27, "10:30"));
    assert_eq!(rows[0], "Nothing is missing so far. No points yet from “Round two”.");
    assert_eq!(rows[1], "Group 1: last point 09:10.", "{rows:?}");
    assert!(!rows[2].contains("last"), "{rows:?}");
    assert_eq!(workshop.sentences(workshop.gaps_at(Some(at(27, "10:30"))).iter()), [""; 0]);
    // When its time is over it is missed, as everywhere.
    say(&mut workshop, "group-1", "two", "water", at(28, "9:10"));
    let silent = "28 May: nothing on water from Group 2 in “Round two”.";
    let rows = page(&workshop, at(28, "10:05"));
    assert_eq!(rows[0], silent, "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("Nothing")), "{rows:?}");
    assert_eq!(workshop.sentences(workshop.gaps_at(Some(at(28, "10:05"))).iter()), [silent]);
    // Another change made there is no point.
    let change = workshop.set_group("group-2".into(), GroupField::Open(true));
    let record = workshop.record(WriterId::new(7), at(27, "11:25"), [change]);
    workshop.apply(record);
    let rows = page(&workshop, at(27, "11:30"));
    assert!(rows.contains(&"Group 2: last point 09:50.".to_owned()), "{rows:?}");
}

#[test]
fn laptops_that_stay_away_and_other_versions_are_named() {
    let mut workshop = Workshop::new(&agenda(3));
    let zone = workshop.zone();
    let at = |day: u32, hour: &str| {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
        zone.moment(date, hour.parse().unwrap())
    };
    let laptop = |number: u64, day: u32, program: &str| LaptopReport {
        id: WriterId::new(number << 55),
        group: Some(GroupId::from(format!("group-{number}").as_str())),
        made: at(day, "10:00"),
        came: at(day, "10:05"),
        others_later: None,
        own_later: None,
        late: Vec::new(),
        program: program.into(),
        bytes: 0,
    };
    let own = env!("CARGO_PKG_VERSION");
    let laptops = vec![laptop(1, 28, own), laptop(2, 27, "0.0.9"), laptop(3, 28, "99.1.0")];
    workshop.note_gaps(Gaps::default().with(laptops));
    let receipt =
        |now: Moment| Receipt::of(&workshop, &[], &[], &std::collections::HashSet::new(), now);
    assert_eq!(receipt(at(27, "18:00")).away, [""; 0]);
    let page = receipt(at(28, "12:00"));
    assert_eq!(page.away, ["Group 2, laptop 2000: nothing came from it today; last on 27 May."]);
    let older = format!(
        "Group 2, laptop 2000 runs an older version of the program: 0.0.9; this one is {own}."
    );
    let newer = format!(
        "Group 3, laptop 3000 runs a newer version of the program: 99.1.0; this one is {own}."
    );
    assert_eq!(page.versions, [older.clone(), newer]);
    let rows = receipt_rows(&page, zone, at(28, "12:00"), (120, 40));
    assert!(rows.iter().any(|row| row.text.contains("nothing came from it today")));
    assert!(rows.iter().any(|row| row.text == older));
    // The time of the first two discussions is over, nobody has been heard in the third.
    let words: Vec<&str> = page.silent.iter().map(|silence| silence.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "27 May: nothing on roads from Groups 1–3 in “Round one”.",
            "28 May: nothing on roads or water from Groups 1–3 in “Round two”.",
        ]
    );
    // At a rehearsal, months before, nothing is late; and neither is it in a file that is made then.
    assert_eq!(receipt(at(1, "12:00")).silent, []);
    assert!(Feedback::of(&workshop, own).missing.is_empty());
}

/// `copy` and `history` used to say nothing about what is missing.
#[test]
fn whatever_prints_or_writes_points_says_what_the_plan_misses() {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    fs::write(home.path().join("text.md"), "1. Roads are good.\n").unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    home.lines(&["text", "room", "text.md"], b"");
    let said = "28 May: nothing on Roads or Water from Groups 2–5 in “Second round”.";
    let to = ["-g", "group-1", "-t", "roads", "--session", "two", "A word"];
    let point = home.lines(&[&["add", "room"][..], &to].concat(), b"").remove(0);
    for folder in ["place", "copy"] {
        fs::create_dir(home.path().join(folder)).unwrap();
    }
    let all: [&[&str]; 13] = [
        &["list", "room"],
        &["list", "room", "--json"],
        &["comments", "room"],
        &["names", "room"],
        &["text", "room"],
        &["history", "room", &point],
        &["check", "room"],
        &["export", "room", "-o", "out"],
        &["bundle", "room", "-o", "stick"],
        &["hand-out", "room", "-o", "hand-outs"],
        &["copy", "room", "copy"],
        &["sync", "room", "place"],
        &["merge", "room", "stick"],
    ];
    for verb in all {
        let output = home.run(verb, b"");
        let printed = [&output.stderr[..], &output.stdout].concat();
        let printed = String::from_utf8(printed).unwrap();
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(printed.contains(said), "{verb:?}: {printed}");
    }
}

/// Used to be: “No gaps so far” in a file that was a draft because a group had been silent in the second round.
#[test]
fn a_table_without_gaps_claims_nothing_of_what_is_missing() {
    let home = Home::new();
    fs::write(home.path().join("agenda.ron"), AGENDA).unwrap();
    home.lines(&["new", "agenda.ron", "--at", "room"], b"");
    for (session, topics) in [("one", &["roads"][..]), ("two", &["water"])] {
        for group in 1..=5 {
            let group = format!("group-{group}");
            for topic in topics {
                let to = ["-g", &group, "-t", topic, "--session", session, "A word"];
                home.lines(&[&["add", "room"][..], &to].concat(), b"");
            }
        }
    }
    let said = "28 May: nothing on Roads from Groups 1–5 in “Second round”.";
    for file in home.lines(&["export", "room", "-f", "md,html", "-o", "out"], b"") {
        let text = fs::read_to_string(home.path().join(&file)).unwrap();
        assert!(text.contains(said) && !text.contains("No gaps so far"), "{file}");
        assert!(text.contains("No gaps in this table. What is missing is named"), "{file}");
    }
}
