//! Topics by groups.

use insta::assert_snapshot;
use rapporteur::app::Message;
use rapporteur::feedback::Feedback;
use rapporteur::workshop::{Gap, Gaps, GroupField, GroupId, Moment, WriterId};

use crate::desk::Desk;

#[test]
fn gaps_are_seen_while_the_groups_are_in_the_room() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("a<enter>b<enter><tab>c<enter><up><alt-p><enter><f4>");
    assert_snapshot!(desk.picture());
    desk.keys("<right><alt-c><up><enter>d<enter>");
    assert_eq!(desk.points("group-2", "cooperation"), ["d"]);
    desk.keys("<f4><alt-m>Night group<enter>");
    assert!(desk.text().contains("Night group"));
}

#[test]
fn the_short_name_of_a_group_names_nobody_and_is_not_too_long() {
    let mut desk = Desk::capture((80, 24));
    desk.tell(Message::Idle);
    desk.keys("<f4><alt-m>").keys(&"x".repeat(200)).keys("<enter>");
    assert!(desk.text().contains("too long for a group's name"), "{}", desk.text());
    assert!(desk.text().contains("200 letters of at most 120"), "{}", desk.text());
    desk.keys("<alt-m>Friends of Malaysia<enter>");
    let groups = desk.app.core.workshop.breakout_groups();
    let (id, _) = groups.iter().find(|(_, title)| title == "Friends of Malaysia").unwrap();
    assert!(id.as_str().starts_with("group-") && !id.as_str().contains("malaysia"), "{id}");
    desk.keys("<alt-m>Night group<enter>");
    assert!(desk.app.core.workshop.group(&"night-group".into()).is_some());
}

#[test]
fn what_is_missing_is_on_every_screen_until_it_comes() {
    let mut desk = Desk::capture((80, 24));
    let laptop = WriterId::new(7 << 55);
    let group = Some(GroupId::from("group-2"));
    let part = Gap::Part { laptop, group, missing: 3, of: 8 };
    let damage = vec!["changes/7.jsonl, line 4: this line is damaged.".to_owned()];
    desk.keys("a<enter>").tell(Message::Missing(damage, Gaps::of([part])));
    let told = "Group 2, laptop 7000: 3 of its 8 changes have not arrived.";
    for screen in ["<f4>", "<f5>", "<f6>"] {
        desk.keys(screen);
        assert!(desk.text().contains(told), "{screen}: {}", desk.text());
        assert!(desk.text().contains("1 damaged, see F1"), "{screen}");
    }
    desk.tell(Message::Missing(Vec::new(), Gaps::default()));
    for screen in ["<f4>", "<f5>", "<f6>"] {
        desk.keys(screen);
        assert!(!desk.text().contains("arrived") && !desk.text().contains("damaged"), "{screen}");
    }
}

/// “1005” stood there for 10,051 where the screen ended, and in the side panel of capture.
#[test]
fn numbers_of_five_digits_are_whole_on_every_screen() {
    use rapporteur::workshop::{CapturedPoint, Change, Ids, Moment, Place, PointKind};
    let (mut ids, writer) = (Ids::seeded(9), WriterId::new(9 << 50));
    let mut desk = Desk::capture((80, 24));
    let mut workshop = desk.app.core.workshop.clone();
    for nth in 0..10_051 {
        let place = Place::new("group-1".into(), "capacity".into());
        let point = CapturedPoint::new(ids.point(), place, PointKind::Fact, format!("point {nth}"));
        let record = workshop.record(writer, Moment(0), [Change::PointCaptured(point.into())]);
        workshop.apply(record);
    }
    desk.open_workshop(workshop, Some("group-1"));
    desk.keys("<f4>");
    for (width, height) in [(40, 20), (60, 24), (80, 24), (120, 35)] {
        desk.resize(width, height);
        let row = desk.text().lines().find(|row| row.contains("apacity")).unwrap().to_owned();
        assert_eq!(row.matches("10051").count(), 2, "{width}: {row}");
    }
    desk.keys("<f3>").resize(140, 40);
    let text = desk.text();
    assert!(text.contains("Covered so far"), "{text}");
    let row = text.lines().rfind(|row| row.contains("Capacity") && row.contains("10051"));
    assert!(row.is_some(), "{text}");
    desk.keys("<f6>");
    assert!(desk.text().contains("10051"), "{}", desk.text());
}

/// Used to be: cut at the end of the row, the group and the topic first.
#[test]
fn what_is_missing_is_read_to_its_end_at_eighty_columns() {
    let mut desk = Desk::capture((80, 24));
    let laptop = WriterId::new(7 << 55);
    let why = "it was made by a newer version of the program.".to_owned();
    let group = Some("group-2".into());
    let refused = Gap::Refused { laptop, group, why, points: Vec::new() };
    let part = Gap::Part { laptop, group: Some("group-2".into()), missing: 3, of: 8 };
    desk.tell(Message::Missing(Vec::new(), Gaps::of([refused, part])));
    desk.keys("<f4>");
    assert_snapshot!(desk.picture());
    for (width, height) in [(40, 30), (60, 24), (80, 24), (120, 35)] {
        desk.resize(width, height);
        let text = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("taken in: it was made by a newer version of the program."),
            "{text}"
        );
    }
    // Where there is no room for a sentence, none is begun.
    desk.resize(40, 14);
    assert!(!desk.text().contains("laptop 7000"), "{}", desk.text());
    assert!(desk.text().contains("F6 has them all"), "{}", desk.text());
}

/// Used to be: "3 things are more missing or to come".
#[test]
fn how_many_more_things_are_missing_is_said_in_plain_english() {
    let mut desk = Desk::capture((80, 24));
    let part = |laptop: u64| {
        let (laptop, group) = (WriterId::new(laptop << 55), Some(GroupId::from("group-2")));
        Gap::Part { laptop, group, missing: 3, of: 8 }
    };
    desk.tell(Message::Missing(Vec::new(), Gaps::of((1..6).map(part))));
    desk.keys("<f5>");
    let text = desk.text();
    assert!(text.contains(" more things are missing or to come: F6 has them all."), "{text}");
}

/// Used to be: "the feedback is complete" on one screen and "will be marked DRAFT" on the other.
#[test]
fn two_screens_and_the_file_agree_on_what_is_a_draft() {
    let mut desk = Desk::capture((80, 24));
    let agree = |desk: &mut Desk, why: &str| {
        let (line, is_complete) = desk.app.core.draft_line();
        assert!(line.contains(why), "{line}");
        let feedback = Feedback::of(&desk.app.core.workshop, "0");
        assert_eq!(is_complete, !feedback.is_draft(), "{line}: {:?}", feedback.draft);
        for screen in ["<f4>", "<f5>"] {
            assert!(desk.keys(screen).text().contains(&line), "{screen}: {}", desk.text());
        }
        desk.keys("<f3>");
    };
    agree(&mut desk, "groups are still at work");
    desk.keys("One<enter>");
    let mut workshop = desk.app.core.workshop.clone();
    let mut time = 0;
    for group in workshop.breakout_groups() {
        let change = workshop.set_group(group.0, GroupField::Open(false));
        time += 1;
        let record = workshop.record(WriterId::new(5), Moment(time), [change]);
        workshop.apply(record);
    }
    desk.open_workshop(workshop.clone(), Some("group-1"));
    let line = desk.app.core.draft_line().0;
    agree(&mut desk, &line);
    assert!(line.ends_with("exports are marked DRAFT."), "{line}");
}
