//! What no list can know: a group says that somebody could tell who said a point, and the point is held
//! as a name is.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;
use rapporteur::workshop::*;
use serde_json::{Value, json};

use crate::command::{Home, words};
use crate::gate::{open, pass};
use crate::laptops::body;

const WORDS: &str = "Ferries at night need a second watch";

fn agenda() -> Agenda {
    Agenda {
        id: "ferries".into(),
        title: "Ferries".into(),
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        groups: vec![Group { id: "g1".into(), title: "Group 1".into(), ..Group::default() }],
        ..Agenda::default()
    }
}

fn make(workshop: &mut Workshop, writer: u64, changes: Vec<Change>) -> Record {
    let record = workshop.record(WriterId::new(writer), Moment(0), changes);
    workshop.apply(record.clone());
    record
}

fn with_points(words: &[&str]) -> (Workshop, Vec<PointId>) {
    let mut workshop = Workshop::new(&agenda());
    let mut points = Vec::new();
    for (nth, words) in (1..).zip(words) {
        let id = PointId::new(nth);
        let place = Place::new("g1".into(), "a".into());
        let captured = CapturedPoint::new(id, place, PointKind::Challenge, *words);
        make(&mut workshop, 1, vec![Change::PointCaptured(captured.into())]);
        points.push(id);
    }
    (workshop, points)
}

fn flag(workshop: &mut Workshop, writer: u64, point: PointId, on: bool) -> Record {
    let changes = workshop.flag(point, on).unwrap();
    make(workshop, writer, changes)
}

fn decide(workshop: &mut Workshop, made: Clearance) {
    let open = open(workshop);
    assert_eq!(open.len(), 1, "{open:#?}");
    let change = workshop.decide(open[0].key.clone(), Some(made));
    make(workshop, 1, vec![change]);
}

/// A group had no way to say so, and these words went out.
#[test]
fn a_flagged_point_is_held_until_somebody_decides_and_again_when_its_words_change() {
    let (mut workshop, points) = with_points(&[WORDS, "Boats are old"]);
    assert!(pass(&workshop).is_ok());
    flag(&mut workshop, 1, points[0], true);
    let held = open(&workshop);
    assert_eq!(held.len(), 1, "{held:#?}");
    assert_eq!((held[0].found(), held[0].may_name()), (WORDS, "flagged at read-back"));
    assert_eq!((held[0].hit.grade, held[0].key.part), (Grade::Possible, Part::Wording));
    assert_eq!(held[0].reworded(&workshop.names()), None);
    decide(&mut workshop, Clearance::public("it is in the press"));
    let passed = pass(&workshop).unwrap();
    let audit = &passed.audit.waived;
    assert_eq!(
        (audit.len(), &*audit[0].found, &*audit[0].reason),
        (1, WORDS, "it is in the press")
    );
    drop(passed);
    let reword = workshop.set(points[0], Field::Text("Ferries need a watch".into())).unwrap();
    make(&mut workshop, 1, vec![reword]);
    assert_eq!(open(&workshop)[0].found(), "Ferries need a watch");
    let back = workshop.set(points[0], Field::Text(WORDS.into())).unwrap();
    make(&mut workshop, 1, vec![back]);
    assert!(pass(&workshop).is_ok(), "in the words that were decided on");
    // Held is held, whatever reason there is.
    flag(&mut workshop, 1, points[1], true);
    decide(&mut workshop, Clearance::plain(Ruling::Held));
    assert_eq!(open(&workshop).len(), 1);
    flag(&mut workshop, 1, points[1], false);
    assert!(pass(&workshop).is_ok(), "without its flag it is no mention any more");
}

#[test]
fn a_new_flag_reopens_what_was_decided_without_it() {
    let (mut workshop, points) = with_points(&[WORDS]);
    flag(&mut workshop, 1, points[0], true);
    decide(&mut workshop, Clearance::plain(Ruling::Subject));
    flag(&mut workshop, 1, points[0], false);
    assert!(pass(&workshop).is_ok());
    flag(&mut workshop, 1, points[0], true);
    assert_eq!(open(&workshop).len(), 1);
    // The same where a name is all of the words.
    let (mut workshop, points) = with_points(&["Malaysia"]);
    decide(&mut workshop, Clearance::plain(Ruling::Subject));
    assert!(pass(&workshop).is_ok());
    flag(&mut workshop, 1, points[0], true);
    let held = open(&workshop);
    assert_eq!((held.len(), held[0].may_name()), (1, "Malaysia"), "one mention, not two");
}

#[test]
fn a_name_within_a_flagged_point_is_decided_on_by_itself() {
    let (mut workshop, points) = with_points(&["Malaysia said that boats are old"]);
    flag(&mut workshop, 1, points[0], true);
    let held = open(&workshop);
    let found: Vec<_> = held.iter().map(|one| (one.found(), one.hit.grade)).collect();
    let all = "Malaysia said that boats are old";
    assert_eq!(found, [(all, Grade::Possible), ("Malaysia", Grade::Certain)]);
}

#[test]
fn words_that_stay_in_the_room_or_are_gone_hold_nothing_up() {
    let (mut workshop, points) = with_points(&[WORDS, "Boats are old"]);
    flag(&mut workshop, 1, points[0], true);
    flag(&mut workshop, 1, points[1], true);
    let aside = SetAside { reason: Reason::Attributable, words: "".into() };
    let aside = workshop.set(points[0], Field::Outcome(Outcome::SetAside(aside.into()))).unwrap();
    let gone = workshop.delete(points[1]).unwrap();
    make(&mut workshop, 1, vec![aside, gone]);
    assert_eq!(open(&workshop), []);
}

#[test]
fn what_is_made_of_a_flagged_point_is_held_too() {
    let (mut workshop, points) = with_points(&[WORDS, "Boats are old"]);
    let comment = CommentId::new(1);
    let mut changes = workshop.put_into(comment, points.clone()).unwrap();
    let text = CommentField::Text("Vessels need more watch".into());
    changes.push(workshop.set_comment(comment, text).unwrap());
    make(&mut workshop, 1, changes);
    assert!(pass(&workshop).is_ok());
    flag(&mut workshop, 1, points[0], true);
    let held = open(&workshop);
    let found: Vec<&str> = held.iter().map(Mention::found).collect();
    assert_eq!(found, ["Vessels need more watch", WORDS]);
    for one in &held {
        let change = workshop.decide(one.key.clone(), Some(Clearance::plain(Ruling::Subject)));
        make(&mut workshop, 1, vec![change]);
    }
    assert!(pass(&workshop).is_ok());
    for on in [false, true] {
        flag(&mut workshop, 1, points[0], on);
    }
    assert_eq!(open(&workshop).len(), 2, "both are asked about again");
}

#[test]
fn a_flag_set_on_either_laptop_holds_until_someone_who_knows_it_removes_it() {
    let (mut here, points) = with_points(&[WORDS]);
    let mut there = here.clone();
    let flagged = flag(&mut here, 1, points[0], true);
    let nobody = there.nobody_could_tell(&points).unwrap();
    let nobody = make(&mut there, 2, nobody);
    here.apply(nobody);
    there.apply(flagged);
    for workshop in [&here, &there] {
        assert!(workshop.point(points[0]).unwrap().is_flagged());
        assert!(!workshop.point(points[0]).unwrap().is_disputed(), "nothing is to be chosen");
        assert_eq!(open(workshop).len(), 1);
    }
    let off = flag(&mut there, 2, points[0], false);
    here.apply(off);
    assert!(!here.point(points[0]).unwrap().is_flagged());
    assert!(pass(&here).is_ok());
}

#[test]
fn a_flag_can_be_taken_back_and_comes_back() {
    let (mut workshop, points) = with_points(&[WORDS]);
    let changes = workshop.flag(points[0], true).unwrap();
    let record = workshop.record(WriterId::new(1), Moment(0), changes);
    let back = workshop.inverse(&record);
    workshop.apply(record);
    assert!(workshop.point(points[0]).unwrap().is_flagged());
    assert_eq!(workshop.undo(&back[0]), Ok(()));
    make(&mut workshop, 1, back[0].clone());
    let found = workshop.point(points[0]).unwrap();
    assert!(!found.is_flagged() && found.is_unasked());
}

#[test]
fn a_program_that_deletes_without_knowing_of_flags_deletes() {
    let (mut here, points) = with_points(&[WORDS]);
    let mut there = here.clone();
    let flagged = flag(&mut here, 1, points[0], true);
    let deleted = there.delete(points[0]).unwrap();
    let deleted = make(&mut there, 2, vec![deleted]);
    here.apply(deleted);
    there.apply(flagged);
    for workshop in [&here, &there] {
        assert!(workshop.point(points[0]).unwrap().is_deleted());
        assert_eq!(open(workshop), []);
    }
}

fn row(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn a_flagged_point_is_listed_holds_an_export_up_and_lets_it_go_once_decided() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    home.lines(&["add", "room", "-g", "group-1", "-t", "capacity", WORDS], b"");
    home.lines(&["export", "room", "--out", "before"], b"");
    let point = row(&home.lines(&["list", "room", "--json"], b"")[0])["id"].clone();
    let flagged = json!({
        "stamp": "50@xecqhte2npct",
        "at": 1_748_307_600_000_u64,
        "changes": [{"point_changed": {"point": point, "to": {"telling": "somebody"}, "over": []}}],
    });
    let journal = home.path().join("room/changes/xecqhte2npct.jsonl");
    fs::write(&journal, body(&[flagged.to_string()])).unwrap();
    let listed = home.lines(&["names", "room", "--json"], b"");
    let open: Vec<Value> =
        listed.iter().map(|line| row(line)).filter(|line| line["decided"].is_null()).collect();
    assert_eq!(open.len(), 1, "{open:?}");
    let mut line = open[0].clone();
    assert_eq!(
        (&line["names"], &line["grade"]),
        (&"flagged at read-back".into(), &"possible".into())
    );
    assert_eq!((&line["found"], &line["text"]), (&WORDS.into(), &WORDS.into()));
    assert_eq!((&line["at"], &line["point"]), (&json!([0, WORDS.len()]), &point));
    let told = home.lines(&["names", "room"], b"");
    assert!(told[0].ends_with(&format!("possible: flagged at read-back “{WORDS}”")), "{told:?}");
    let held = home.run(&["export", "room", "--out", "held"], b"");
    assert_eq!(held.status.code(), Some(1));
    assert!(words(&held).contains("1 name to decide on (1 possible)"), "{}", words(&held));
    assert!(!home.path().join("held").exists());
    assert_eq!(row(&home.lines(&["list", "room", "--json"], b"")[0])["flagged"], true);
    let id = point.as_str().unwrap();
    let history = home.lines(&["history", "room", id], b"").join("\n");
    assert!(history.contains("flag: somebody could tell who said it"), "{history}");
    (line["decided"], line["reason"]) = ("public".into(), "it was in the press".into());
    fs::write(home.path().join("decided.jsonl"), line.to_string()).unwrap();
    home.lines(&["names", "room", "--take", "decided.jsonl"], b"");
    home.lines(&["export", "room", "--out", "after"], b"");
    let file = home.path().join("after/asean-declaration.feedback.json");
    let feedback: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let waived = feedback["audit"]["waived"].as_array().unwrap();
    let one = waived.iter().find(|one| one["point"] == point).unwrap();
    assert_eq!((&one["found"], &one["reason"]), (&WORDS.into(), &"it was in the press".into()));
}

proptest! {
    /// Whatever is answered where, and in whatever order it is heard, a flag nobody took off holds.
    #[test]
    fn of_answers_given_at_once_the_stricter_holds(
        answers in vec((0..3u64, any::<bool>()), 1..8),
        turned in any::<bool>(),
    ) {
        let (start, points) = with_points(&[WORDS]);
        let mut records = Vec::new();
        for (writer, on) in &answers {
            // Each is made without having heard of the others.
            let mut alone = start.clone();
            records.push(flag(&mut alone, 10 + writer, points[0], *on));
        }
        // One laptop has one answer at a time.
        records.sort_by_key(|record| record.stamp);
        records.dedup_by_key(|record| record.stamp);
        let any = records.iter().any(|record| {
            record.changes.iter().any(|change| {
                matches!(change, Change::PointChanged {
                    to: Field::Telling(Some(Telling::Somebody)), ..
                })
            })
        });
        if turned {
            records.reverse();
        }
        let mut heard = start.clone();
        for record in records {
            heard.apply(record);
        }
        prop_assert_eq!(heard.point(points[0]).unwrap().is_flagged(), any);
        prop_assert_eq!(open(&heard).len(), usize::from(any));
        flag(&mut heard, 1, points[0], false);
        prop_assert!(pass(&heard).is_ok());
    }
}
