//! A topic that is still to be discussed is no gap in any table.

use std::collections::HashSet;

use rapporteur::app::{Message, receipt_rows};
use rapporteur::export::Format;
use rapporteur::feedback::Feedback;
use rapporteur::import::feedback as import;
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, Due, GroupField, GroupId, Ids, Moment, Place, PointKind,
    Receipt, TopicId, Workshop, WriterId,
};

use crate::desk::Desk;
use crate::exports::text;
use crate::plan::{agenda, session};

fn at(workshop: &Workshop, day: u32, time: &str) -> Moment {
    let date = chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
    workshop.zone().moment(date, time.parse().unwrap())
}

/// Two groups, of which the first has spoken on roads on the first day; water is for the second day.
fn meeting() -> Workshop {
    let days = vec![session("one", 27, &["roads"]), session("two", 28, &["water"])];
    let mut workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let place = Place::new(GroupId::from("group-1"), TopicId::from("roads"));
    let captured = CapturedPoint::new(Ids::seeded(1).point(), place, PointKind::Fact, "A word");
    let now = at(&workshop, 27, "9:10");
    let change = Change::PointCaptured(captured.into());
    let record = workshop.record(WriterId::new(7), now, [change]);
    workshop.apply(record);
    workshop
}

fn row<'t>(text: &'t str, topic: &str) -> Vec<&'t str> {
    let row = text.lines().find(|row| row.trim_start().starts_with(topic)).unwrap_or_default();
    row.split_whitespace().skip(1).collect()
}

/// It used to be a gap of both groups on the first day, in the tables of screens, receipts and files.
#[test]
fn what_is_still_to_be_discussed_is_a_gap_in_no_table() {
    let mut workshop = meeting();
    let zone = workshop.zone();
    for (day, time, water, said) in [
        (27, "11:00", "later", "1 gap in the table: a group has said nothing on a topic yet."),
        (28, "11:00", "gap", "3 gaps in the table: a group has said nothing on a topic yet."),
    ] {
        let now = at(&workshop, day, time);
        let is_gap = water == "gap";
        let mut desk = Desk::start((80, 24));
        desk.open_workshop(workshop.clone(), None);
        desk.tell(Message::Clock(now)).keys("<f4>");
        let screen = desk.text();
        assert_eq!(row(&screen, "roads"), ["1", "gap", "·", "1"], "{screen}");
        assert_eq!(row(&screen, "water"), [water, water, "·", "0"], "{screen}");
        assert!(screen.contains(said), "{screen}");
        // Used to be a gap in the tabs and beside the list, whatever the day.
        let picture = desk.resize(140, 40).keys("<f3>").picture();
        let mark = if is_gap { "–" } else { "0" };
        let beside: Vec<&str> =
            picture.lines().filter_map(|row| row.split_once('│')).map(|(_, row)| row).collect();
        assert_eq!(row(&beside.join("\n"), "water"), [mark, mark], "{picture}");
        let tabs = picture.lines().find(|row| row.starts_with("1: ")).unwrap_or_default();
        assert_eq!(tabs.contains("Gap"), is_gap, "{picture}");

        let receipt = Receipt::of(&workshop, &[], &[], &HashSet::new(), now);
        let rows = receipt_rows(&receipt, zone, now, (120, 40));
        let page: Vec<String> = rows.into_iter().map(|row| row.text).collect();
        let page = page.join("\n");
        assert_eq!(row(&page, "roads"), ["1", "gap"], "{page}");
        assert_eq!(row(&page, "water"), [water, water], "{page}");
        let json = serde_json::to_value(&receipt).unwrap();
        let standing = &json["coverage"][1]["standing"];
        let later = &json["coverage"][1]["later"];
        if is_gap {
            assert_eq!((standing, later), (&[0, 0].into(), &serde_json::Value::Null));
        } else {
            let null = serde_json::Value::Null;
            let groups = serde_json::json!(["group-1", "group-2"]);
            assert_eq!((standing, later), (&vec![null.clone(), null].into(), &groups));
        }
        let gaps = json["groups"][0]["gaps"].as_array().unwrap().len();
        assert_eq!(gaps, usize::from(is_gap));

        workshop.judge_at(now);
        let feedback = Feedback::of(&workshop, "0.1.0");
        let gaps = feedback.coverage[1].cells.iter().filter(|cell| cell.gap).count();
        assert_eq!(gaps, if is_gap { 2 } else { 0 });
        let markdown = text(Format::Markdown, &feedback);
        assert_eq!(markdown.contains("- water: nothing from"), is_gap, "{markdown}");
        // Used to be "–", as if nobody had been asked, 0 in Excel, and nothing in JSON.
        let json: serde_json::Value = serde_json::from_str(&text(Format::Json, &feedback)).unwrap();
        let cell = &json["coverage"][1]["cells"][0];
        assert_eq!((cell["later"] == true, cell["gap"] == true), (!is_gap, is_gap), "{cell}");
        let received = import::read("file", json.to_string().as_bytes()).unwrap();
        assert!(!received.altered && received.feedback.coverage == feedback.coverage);
        let words = "“later” means that by the plan the group is still to discuss the topic.";
        let (html, document) = (text(Format::Html, &feedback), text(Format::Docx, &feedback));
        let none = if is_gap { "**none**" } else { "later" };
        assert!(markdown.contains(&format!("| water | {none} | {none} | 0 |")), "{markdown}");
        for page in [&markdown, &html, &document] {
            assert_eq!(page.contains(words), !is_gap, "{page}");
        }
        assert_eq!(html.matches(">later<").count(), if is_gap { 0 } else { 2 }, "{html}");
        assert_eq!(document.matches(">later<").count(), if is_gap { 0 } else { 2 });
        assert_eq!(
            text(Format::Xlsx, &feedback).matches(">later<").count(),
            if is_gap { 0 } else { 2 }
        );
        let about = text(Format::About, &feedback);
        assert_eq!(about.contains("Still to discuss,water,Group 1"), !is_gap, "{about}");
    }
    // Without a plan nobody knows when a topic is due.
    let plain = Workshop::new(&Agenda { days: Vec::new(), ..agenda(2) });
    let due = plain.due_topics(Some(Moment(0)));
    assert_eq!(due.of(&"group-1".into(), &"water".into()), Due::Now);
}

/// A group that is done will say nothing more.
#[test]
fn a_group_that_is_done_has_a_gap_in_every_topic_it_was_asked_about() {
    let mut workshop = meeting();
    let now = at(&workshop, 27, "11:00");
    let change = workshop.set_group("group-2".into(), GroupField::Open(false));
    let record = workshop.record(WriterId::new(7), now, [change]);
    workshop.apply(record);
    let due = workshop.due_topics(Some(now));
    assert_eq!(due.of(&"group-2".into(), &"water".into()), Due::Now);
    assert_eq!(due.of(&"group-1".into(), &"water".into()), Due::Later);
    assert_eq!(due.of(&"plenary".into(), &"water".into()), Due::Never);
}

/// A group divides its topics as it likes among discussions that name none: until the last it may still come to
/// each, unless it was silent in one.
#[test]
fn a_topic_may_come_in_any_discussion_that_names_none() {
    let days = vec![session("one", 27, &[]), session("two", 28, &[])];
    let workshop = Workshop::new(&Agenda { days, ..agenda(2) });
    let due = |day: u32| {
        let due = workshop.due_topics(Some(at(&workshop, day, "11:00")));
        due.of(&"group-1".into(), &"water".into())
    };
    assert_eq!(due(26), Due::Later);
    assert_eq!(due(27), Due::Now, "it was silent");
    let workshop = meeting();
    let days = vec![session("one", 27, &[]), session("two", 28, &[])];
    let mut free = Workshop::new(&Agenda { days, ..agenda(2) });
    for point in workshop.points() {
        let mut place = Place::new(point.group().clone(), point.topic().clone());
        place.session = Some("one".into());
        let captured = CapturedPoint::new(point.id(), place, PointKind::Fact, "A word");
        let now = at(&free, 27, "9:10");
        let record = free.record(WriterId::new(7), now, [Change::PointCaptured(captured.into())]);
        free.apply(record);
    }
    let due = |day: u32| {
        free.due_topics(Some(at(&free, day, "11:00"))).of(&"group-1".into(), &"water".into())
    };
    assert_eq!((due(27), due(28)), (Due::Later, Due::Now));
}
