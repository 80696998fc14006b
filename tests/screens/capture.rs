//! A group at work.

use insta::assert_snapshot;
use rapporteur::app::{Effect, Message, Typing};
use rapporteur::workshop::{GroupId, Point, PointKind, TopicId};

use crate::desk::Desk;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (200, 50);

#[test]
fn an_empty_group_says_what_to_do() {
    assert_snapshot!(Desk::capture(SMALL).picture());
}

#[test]
fn type_and_enter_is_all_it_takes() {
    let mut desk = Desk::capture(SMALL);
    desk.keys(
        "Share watch lists weekly<enter>One focal point a State, reachable at night<enter>Who pay",
    );
    assert_snapshot!(desk.picture());
    assert_eq!(
        desk.points("group-1", "cooperation"),
        ["Share watch lists weekly", "One focal point a State, reachable at night"]
    );
}

#[test]
fn a_wide_screen_shows_questions_and_coverage_beside() {
    let mut desk = Desk::capture(LARGE);
    desk.keys("Joint exercises twice a year<enter><tab>Train the trainers<enter><shift-tab>");
    assert_snapshot!(desk.picture());
}

#[test]
fn points_nest_move_and_change_kind() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("first<enter>second<enter>third<enter>");
    desk.keys("<up><up><alt-right><up><up><alt-down><ctrl-k>conc<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["third", "first", "  second"]);
    desk.keys("<ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation"), ["first", "second", "third"]);
    desk.keys("<ctrl-y><ctrl-y>");
    assert_snapshot!(desk.picture());
}

#[test]
fn what_is_typed_can_be_nested_as_one_goes() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("parent<enter>a<alt-right><enter>b<enter><esc>c<alt-left><enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["parent", "  a", "  b"]);
}

#[test]
fn rewording_keeps_what_was_being_typed() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("shal be shared<enter>half a thou<up><ctrl-e><home><del><del><del><del>shall<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["shall be shared"]);
    assert_eq!(desk.app.capture.line.text(), "half a thou");
    desk.keys("ght<enter><up><enter> more");
    assert_snapshot!(desk.picture());
    desk.keys("<esc>");
    assert_eq!(desk.points("group-1", "cooperation"), ["shall be shared", "half a thought"]);
}

#[test]
fn esc_does_not_lead_out_of_a_text() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("half<esc> a thought<enter><esc>");
    assert_eq!(desk.points("group-1", "cooperation"), ["half a thought"]);
    assert!(desk.text().starts_with(" Agenda"));
}

#[test]
fn topics_and_groups_are_one_chord_away() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("<alt-2>on skills<enter><ctrl-g>group 2<enter>theirs<enter><alt-n>");
    assert_eq!(desk.app.capture.group, GroupId::plenary());
    assert_eq!(desk.app.capture.topic, TopicId::from("capacity"));
    assert_eq!(desk.points("group-1", "capacity"), ["on skills"]);
    assert_eq!(desk.points("group-2", "capacity"), ["theirs"]);
    desk.keys("<alt-9>");
    assert!(desk.text().contains("There is no topic 9."));
}

#[test]
fn a_point_goes_to_another_topic_with_all_under_it() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("parent<enter>child<alt-right><enter><up><up><ctrl-o>capa<enter>");
    assert_eq!(desk.points("group-1", "capacity"), ["parent", "  child"]);
    desk.keys("<ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation"), ["parent", "  child"]);
}

#[test]
fn kind_paragraph_tags_and_parking_show_beside_the_words() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("<ctrl-k>early<enter><ctrl-r>OP3<enter>pilot by June<enter>");
    desk.keys("<up><ctrl-t>pilot #money<enter><alt-p>host<enter>");
    assert_eq!(desk.app.capture.kind, PointKind::EarlyAction);
    assert_eq!(desk.app.workshop.points().next().map(Point::kind), Some(&PointKind::EarlyAction));
    assert_snapshot!(desk.picture());
    desk.keys("<alt-p>");
    assert!(desk.text().contains("Taken back from the parking lot."));
}

#[test]
fn a_kind_set_while_typing_goes_with_that_text_alone() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("who pays?<ctrl-k>quest<enter><enter>train<enter><ctrl-k>chall<enter>slow<enter>");
    desk.keys("costly<enter>");
    let mut kinds: Vec<String> = desk
        .app
        .workshop
        .points()
        .map(|point| format!("{} {}", point.text(), point.kind().word()))
        .collect();
    kinds.sort();
    assert_eq!(
        kinds,
        ["costly challenge", "slow challenge", "train recommendation", "who pays? question"]
    );
}

#[test]
fn deleting_is_undone_by_one_key() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("one<enter>two<enter><up><up><ctrl-d>");
    assert_eq!(desk.points("group-1", "cooperation"), ["two"]);
    desk.keys("<ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation"), ["one", "two"]);
}

#[test]
fn searching_narrows_as_one_types() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("Hotline for Coast guards<enter>Training<enter>A COAST watch<enter><tab>coasts<enter><shift-tab>");
    desk.keys("<ctrl-f>coast");
    assert_snapshot!(desk.picture());
    desk.keys("<tab>");
    assert!(desk.text().contains("all groups and topics: 3 found"));
    desk.keys("<down><up><enter>");
    assert_eq!(desk.app.capture.topic, TopicId::from("capacity"));
}

#[test]
fn a_paste_of_many_lines_asks_and_never_acts() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("kept");
    desk.tell(Message::Paste("one\r\n\r\ntwo\u{1b}[2J\nthree\n".into()));
    assert_snapshot!(desk.picture());
    desk.keys("e");
    assert_eq!(desk.points("group-1", "cooperation"), ["one", "two[2J", "three"]);
    assert_eq!(desk.app.capture.line.text(), "kept");
    desk.tell(Message::Paste("\nfour\nfive".into())).keys("<backspace>o<enter>");
    assert_eq!(desk.points("group-1", "cooperation").last().unwrap(), "keptfour\nfive");
    desk.keys("<ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 3);
}

#[test]
fn a_full_disk_is_said_and_stays_said() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("kept in memory<enter>");
    desk.tell(Message::NotSaved("the disk is full".into())).keys(" still typing");
    assert_snapshot!(desk.picture());
    desk.tell(Message::Saved(1));
    assert!(desk.text().contains(" saved 1\n"));
}

#[test]
fn typing_that_is_not_kept_is_said_until_it_is() {
    let mut desk = Desk::capture(SMALL);
    desk.tell(Message::NotKept("the disk is full".into())).keys("on and on");
    assert!(desk.text().contains("TYPING NOT KEPT: the disk is full"));
    desk.tell(Message::Kept);
    assert!(desk.text().contains(" saved 0\n"));
}

#[test]
fn every_key_is_kept_before_it_is_shown() {
    let mut desk = Desk::capture(SMALL);
    desk.effects.clear();
    desk.keys("ab<left><backspace><tab>c<enter>");
    let typing: Vec<String> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Typing(Typing::Begun { place, text, .. }) => {
                Some(format!("begun {} {text:?}", place.topic))
            }
            Effect::Typing(Typing::Edited(edit)) => {
                Some(format!("{} -{:?} +{:?}", edit.at, edit.removed, edit.inserted))
            }
            Effect::Typing(Typing::Entered(points)) => Some(format!("entered {}", points.len())),
            Effect::Typing(Typing::Dropped) => Some("dropped".into()),
            Effect::Save(_) => Some("save".into()),
            _ => None,
        })
        .collect();
    assert_eq!(
        typing,
        [
            "begun cooperation \"\"",
            "0 -\"\" +\"a\"",
            "1 -\"\" +\"b\"",
            "0 -\"a\" +\"\"",
            "dropped",
            "begun capacity \"b\"",
            "0 -\"\" +\"c\"",
            "save",
            "entered 1",
        ]
    );
}

#[test]
fn scripts_of_the_region_keep_their_shape() {
    let mut desk = Desk::capture(SMALL);
    for text in [
        "ควรมีจุดประสานงานเดียวในแต่ละประเทศและติดต่อได้ตลอดเวลาไม่ว่ากลางวันหรือกลางคืนโดยไม่ต้องรอ",
        "ຄວນມີຈຸດປະສານງານດຽວ",
        "គួរមានចំណុចទំនាក់ទំនងតែមួយ",
        "တစ်ခုတည်းသော ဆက်သွယ်ရေးနေရာ",
        "Chia sẻ thông tin thời gian thực",
        "பகிர்வு வேண்டும்",
        "තොරතුරු හුවමාරුව ශ්‍රී ලංකා",
        "ڤرتوکرن معلومت",
        "👩‍👩‍👧 family 👍🏽 🇲🇾",
    ] {
        desk.keys(text).keys("<enter>");
    }
    assert_snapshot!(desk.picture());
}

#[test]
fn points_of_others_arrive_without_moving_the_cursor() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("mine one<enter>mine two<enter><up><up>");
    let mut other = Desk::beside(&desk);
    other.keys("theirs<enter>");
    let records = other.effects.drain(..).filter_map(|effect| match effect {
        Effect::Save(record) => Some(*record),
        _ => None,
    });
    desk.tell(Message::Arrived(records.collect()));
    assert_eq!(desk.app.capture.chosen(), Some(0));
    assert_eq!(desk.points("group-1", "cooperation"), ["mine one", "mine two", "theirs"]);
}

#[test]
fn what_others_write_while_one_rewords_stands_beside() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("States may share<enter>");
    let mut other = Desk::beside(&desk);
    desk.keys("<up><ctrl-e><ctrl-u>States shall share");
    other.effects.clear();
    other.keys("<up><ctrl-e><ctrl-u>States should share<enter>");
    let records = other.effects.drain(..).filter_map(|effect| match effect {
        Effect::Save(record) => Some(*record),
        _ => None,
    });
    desk.tell(Message::Arrived(records.collect())).keys("<enter>");
    let point = desk.app.workshop.points().next().unwrap();
    let mut wordings = vec![point.text()];
    wordings.extend(point.alternatives());
    wordings.sort_unstable();
    assert_eq!(wordings, ["States shall share", "States should share"]);
    assert!(desk.text().contains("2 wordings: choose (Alt-W)"));
    desk.keys("<up><alt-w>States should<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["States should share"]);
    assert!(!desk.text().contains("2 wordings"));
}

#[test]
fn any_size_will_do() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("a point that is long enough to wrap on small screens<enter>typing");
    for (width, height) in
        [(1, 1), (2, 2), (5, 3), (20, 4), (30, 7), (40, 10), (300, 100), (80, 24)]
    {
        for screen in
            ["<f2>", "<f3>", "<f4>", "<f5>", "<f3><ctrl-p>", "<esc><f1>", "<esc><ctrl-k>", "<esc>"]
        {
            desk.resize(width, height).keys(screen).picture();
        }
    }
    assert_snapshot!(desk.resize(40, 10).picture());
}
