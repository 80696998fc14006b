//! Meeting the other laptops.

use insta::assert_snapshot;
use rapporteur::app::{Along, CopyNews, CourierReport, Effect, Errand, Message, PlaceNews};
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, GroupId, Ids, Moment, Parcel, Place, PointKind, Record,
    RefusedFile, TopicId, Workshop, WriterId,
};

use crate::desk::{Desk, MORNING, agenda};

/// All that a laptop has saved.
fn records(desk: &Desk) -> Vec<Record> {
    let saved = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Save(record) => Some((**record).clone()),
        _ => None,
    });
    saved.collect()
}

/// What the courier makes of another laptop's records.
fn parcel(name: &str, group: &str, records: &[Record]) -> Parcel {
    let changes = records.iter().flat_map(|record| &record.changes);
    let captured = |change: &Change| match change {
        Change::PointCaptured(captured) => Some(captured.point),
        _ => None,
    };
    let changed = |change: &Change| match change {
        Change::PointChanged { point, .. } => Some(*point),
        _ => None,
    };
    Parcel {
        name: name.into(),
        replica: Some(WriterId::new(7 << 50)),
        group: Some(group.into()),
        made: Some(MORNING),
        fresh: records.len(),
        new_points: changes.clone().filter_map(captured).collect(),
        changed_points: changes.filter_map(changed).collect(),
        ..Parcel::default()
    }
}

fn errands(desk: &Desk) -> Vec<&Errand> {
    desk.effects
        .iter()
        .filter_map(|effect| if let Effect::Carry(errand) = effect { Some(errand) } else { None })
        .collect()
}

/// A path that was mistyped had to be typed again whole.
#[test]
fn a_path_that_was_given_is_offered_again() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f6>m/media/stcik<enter>");
    desk.tell(Message::Carried(CourierReport::Failed("it is not there.".into())));
    desk.keys("m");
    assert!(desk.text().contains("/media/stcik"), "{}", desk.text());
    desk.keys(
        "<backspace><backspace><backspace>ick<enter>b/media/stick<enter>b<ctrl-u>/other<enter>",
    );
    let paths: Vec<_> = errands(&desk)
        .into_iter()
        .filter_map(|errand| match errand {
            Errand::Merge(path) | Errand::Bundle(path) => Some(path.display().to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(paths, ["/media/stcik", "/media/stick", "/media/stick", "/other"]);
    desk.keys("b");
    assert!(desk.text().contains("/other"), "{}", desk.text());
}

#[test]
fn one_sees_who_was_heard_and_what_is_missing() {
    let mut desk = Desk::capture((80, 24));
    let mut other = Desk::beside(&desk);
    other.keys("<ctrl-g>Group 2<enter>One focal point a State<enter>Day and night<enter>");
    let theirs = records(&other);
    desk.keys("Interpreters first<enter><f6>");
    assert_snapshot!("nothing_came_in_yet", desk.picture());
    desk.tell(Message::Arrived(theirs.clone()));
    let came = CourierReport::Came {
        at: MORNING,
        parcels: vec![parcel("budget-day.group-2.bundle", "group-2", &theirs)],
        refused: vec![RefusedFile {
            name: "old.bundle".into(),
            why: "cut short: 12 of 90 bytes are there. Copy it again.".into(),
        }],
        locked: false,
    };
    desk.tell(Message::Carried(came));
    assert_snapshot!("group_2_was_heard", desk.picture());
}

#[test]
fn points_appear_while_one_types_and_the_cursor_stays() {
    let mut desk = Desk::capture((80, 24));
    let mut other = Desk::beside(&desk);
    other.keys("from elsewhere<enter>and more<enter>");
    desk.keys("here<enter>half a sen<left><left>");
    let cursor = |desk: &mut Desk| {
        desk.picture();
        desk.canvas.cursor()
    };
    let before = cursor(&mut desk);
    let theirs = records(&other);
    desk.tell(Message::Arrived(theirs.clone()));
    let parcels = vec![parcel("a.bundle", "group-1", &theirs)];
    let came = CourierReport::Came { at: MORNING, parcels, refused: Vec::new(), locked: false };
    desk.tell(Message::Carried(came));
    assert_eq!(cursor(&mut desk), before);
    assert_eq!(desk.app.core.notice, None, "nothing is said over the hints while one types");
    desk.keys("x");
    assert_eq!(desk.app.core.typing.line.text(), "half a sxen");
    let text = desk.text();
    assert!(text.contains("from elsewhere") && text.contains("and more"), "{text}");
}

#[test]
fn the_courier_is_sent_with_what_was_asked() {
    let mut desk = Desk::capture((80, 24));
    desk.keys(
        "a point<enter><f6>p/media/stick<enter>m/media/stick/in<enter>b/media/out<enter>h/x<enter>",
    );
    let group = GroupId::from("group-1");
    let groups =
        vec![(group.clone(), "Group 1".to_owned()), ("group-2".into(), "Group 2".to_owned())];
    let expected = [
        // Who has taken points down for a group goes under its name.
        Errand::Group(Some(group)),
        Errand::Place(Some("/media/stick".into())),
        Errand::Merge("/media/stick/in".into()),
        Errand::Bundle("/media/out".into()),
        Errand::HandOut { out: "/x".into(), groups, along: Along::default() },
    ];
    assert!(errands(&desk).into_iter().eq(&expected), "{:?}", errands(&desk));
}

#[test]
fn more_goes_into_a_hand_out_only_where_somebody_chooses_it() {
    let named = Agenda { participants: vec!["Tan Mei".into()], ..agenda() };
    let mut desk = Desk::start((80, 24));
    desk.open_workshop(Workshop::new(&named), Some("group-1"));
    desk.keys("<f6>H");
    assert_snapshot!(desk.picture());
    desk.keys("<down><down><enter>/x<enter>");
    let along = Along { participants: true, points: false };
    let sent = errands(&desk);
    assert!(
        matches!(sent[..], [Errand::HandOut { along: sent, .. }] if *sent == along),
        "{sent:?}"
    );
    // Names that cannot go along are not offered.
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f6>H");
    assert!(!desk.text().contains("participants"), "{}", desk.text());
}

#[test]
fn a_passphrase_is_typed_twice_and_never_shown() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f6>kmany boats<enter>");
    assert!(errands(&desk).is_empty());
    desk.keys("many");
    assert!(!desk.text().contains("many"), "{}", desk.text());
    assert_snapshot!(desk.picture());
    desk.keys(" coats<enter>");
    assert!(errands(&desk).is_empty() && desk.text().contains("not the same"));
    desk.keys("kmany boats<enter>many boats<enter>");
    let [Errand::Passphrase(Some(secret))] = errands(&desk)[..] else { panic!("no passphrase") };
    assert_eq!((secret.text(), format!("{secret:?}").as_str()), ("many boats", "Secret"));
    // Which key it came to is shown, for people to compare.
    let news = PlaceNews { key: Some("7QXK".into()), ..PlaceNews::default() };
    desk.tell(Message::Carried(CourierReport::Place(news)));
    assert!(desk.text().contains("locked with the meeting's key 7QXK"), "{}", desk.text());
}

#[test]
fn a_stick_that_was_pulled_out_is_said_and_stays_said() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f6>");
    let place = Some("/media/stick".into());
    let mut news = PlaceNews { place, published: Some(MORNING), ..PlaceNews::default() };
    desk.tell(Message::Carried(CourierReport::Place(news.clone())));
    assert!(desk.text().contains("Shared folder: /media/stick · published 09:00"));
    news.trouble = Some("not found. Is the stick plugged in?".into());
    desk.tell(Message::Carried(CourierReport::Place(news)));
    desk.keys("<down>");
    assert!(desk.text().contains("/media/stick: not found. Is the stick plugged in?"));
}

#[test]
fn a_stick_that_all_can_read_is_said_once() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f6>");
    let news = |warning| PlaceNews {
        place: Some("/media/stick".into()),
        published: Some(MORNING),
        warning,
        ..PlaceNews::default()
    };
    let words = "Anyone who gets hold of this disk can read what was written.";
    desk.tell(Message::Carried(CourierReport::Place(news(Some(words)))));
    assert!(desk.text().contains("gets hold of this disk"), "{}", desk.text());
    desk.keys("<down>").tell(Message::Carried(CourierReport::Place(news(Some(words)))));
    assert!(!desk.text().contains("gets hold of this disk"), "{}", desk.text());
    // What was written on request says so beside what it was.
    let (files, warnings) = (vec!["/media/stick/x.bundle".into()], vec![words.to_owned()]);
    desk.tell(Message::Carried(CourierReport::Wrote { files, warnings }));
    assert!(
        desk.text().contains("1 file written; names were not checked. Anyone who gets"),
        "{}",
        desk.text()
    );
}

#[test]
fn a_second_copy_says_when_it_was_written_and_what_to_do() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("a point<enter><f6>c/media/second<enter>");
    assert_eq!(errands(&desk).last(), Some(&&Errand::Copy(Some("/media/second".into()))));
    let folder = Some("/media/second".into());
    let mut news = CopyNews { folder, at: Some(MORNING), ..CopyNews::default() };
    desk.tell(Message::Carried(CourierReport::Copy(news.clone())));
    assert_snapshot!("second_copy", desk.picture());
    // Said once to whoever is typing, and on this screen as long as it is so.
    news.trouble = Some(("the stick is not in".into(), "put it back."));
    desk.keys("<esc>").tell(Message::Carried(CourierReport::Copy(news.clone())));
    assert!(desk.text().contains("No second copy: the stick is not in (F6)."), "{}", desk.text());
    desk.keys("x").tell(Message::Carried(CourierReport::Copy(news.clone())));
    assert!(!desk.text().contains("No second copy:"), "{}", desk.text());
    desk.keys("<f6>");
    assert_snapshot!("second_copy_away", desk.picture());
    desk.tell(Message::Carried(CourierReport::Copy(CopyNews::default())));
    assert!(!desk.text().contains("Second copy:"), "{}", desk.text());
}

#[test]
fn publishing_is_answered_where_nothing_is_new() {
    let mut desk = Desk::capture((80, 24));
    let news = |refused| PlaceNews {
        place: Some("/media/stick".into()),
        published: Some(MORNING),
        refused,
        ..PlaceNews::default()
    };
    desk.tell(Message::Carried(CourierReport::Place(news(vec![]))));
    desk.keys("<f6>");
    assert!(!desk.picture().contains("nothing new there"));
    desk.keys("s");
    desk.tell(Message::Carried(CourierReport::Place(news(vec![]))));
    assert!(desk.picture().contains("Exchanged; nothing new."));
    // Why something cannot be taken in is read on a narrow screen too.
    let name = "regional-meeting-on-people-smuggling.group-2.79pgjdaa1shf.bundle.age".into();
    let turned = RefusedFile { name, why: "locked. Give the passphrase.".into() };
    desk.tell(Message::Carried(CourierReport::Place(news(vec![turned]))));
    assert!(desk.picture().contains("cannot be taken in: locked. Give the passphrase."));
}

#[test]
fn a_hundred_groups_are_read_on_one_screen() {
    let groups = (1..=100).map(|number| rapporteur::workshop::Group {
        id: format!("group-{number}").as_str().into(),
        title: format!("Group {number}"),
        ..Default::default()
    });
    let agenda = Agenda { groups: groups.collect(), ..agenda() };
    let mut workshop = Workshop::new(&agenda);
    let (mut ids, mut parcels) = (Ids::seeded(3), Vec::new());
    for number in 1..=100 {
        if [3, 17, 44, 45, 46].contains(&number) {
            continue;
        }
        let (group, writer) = (GroupId::from(format!("group-{number}").as_str()), ids.writer());
        let topics = if number == 9 { &["cooperation"][..] } else { &["cooperation", "capacity"] };
        let capture = |topic: &&str| {
            let place = Place::new(group.clone(), TopicId::from(*topic));
            let text = format!("point of {number}");
            Change::PointCaptured(
                CapturedPoint::new(ids.point(), place, PointKind::Fact, text).into(),
            )
        };
        let record = workshop.record(writer, MORNING, topics.iter().map(capture));
        workshop.apply(record.clone());
        let name = format!("group-{number}.bundle");
        parcels.push(parcel(&name, group.as_str(), &[record]));
    }
    for size in [(80, 24), (200, 50)] {
        let mut desk = Desk::start(size);
        desk.open_workshop(workshop.clone(), None);
        desk.keys("<f6>");
        let came = CourierReport::Came {
            at: MORNING,
            parcels: parcels.clone(),
            refused: Vec::new(),
            locked: false,
        };
        desk.tell(Message::Carried(came));
        assert_snapshot!(format!("a_hundred_groups_{}", size.0), desk.text());
    }
}

#[test]
fn a_clock_of_the_year_9999_is_not_believed() {
    let mut desk = Desk::capture((80, 24));
    let mut other = Desk::beside(&desk);
    other.tell(Message::Clock(Moment(253_402_300_000_000)));
    other.keys("<ctrl-g>Group 2<enter>From the future<enter>");
    desk.tell(Message::Arrived(records(&other)));
    desk.keys("<f6>");
    assert!(desk.text().contains("Group 2: 1 at a time in the future"), "{}", desk.text());
    // It said "its clock" of nobody in particular.
    assert!(desk.text().contains("The laptop of Group 2: its clock is"), "{}", desk.text());
}
