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
    assert_eq!(desk.app.core.typing.line.text(), "half a thou");
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
    assert_eq!(desk.app.core.here.group, GroupId::plenary());
    assert_eq!(desk.app.core.here.topic, TopicId::from("capacity"));
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
    assert_eq!(desk.app.core.typing.kind, PointKind::EarlyAction);
    assert_eq!(
        desk.app.core.workshop.points().next().map(Point::kind),
        Some(&PointKind::EarlyAction)
    );
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
        .core
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
    assert_eq!(desk.app.core.here.topic, TopicId::from("capacity"));
}

#[test]
fn a_paste_of_many_lines_asks_and_never_acts() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("kept");
    desk.tell(Message::Paste("one\r\n\r\ntwo\u{1b}[2J\nthree\n".into()));
    assert_snapshot!(desk.picture());
    desk.keys("e");
    assert_eq!(desk.points("group-1", "cooperation"), ["one", "two[2J", "three"]);
    assert_eq!(desk.app.core.typing.line.text(), "kept");
    desk.tell(Message::Paste("\nfour\nfive".into())).keys("<backspace>o<enter>");
    assert_eq!(desk.points("group-1", "cooperation").last().unwrap(), "keptfour\nfive");
    desk.keys("<ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 3);
}

/// Used to be: the rewording became a new point, and what was being typed before it was gone until the next start.
#[test]
fn a_paste_while_a_point_is_reworded_leaves_that_and_what_waits() {
    let mut desk = Desk::capture(SMALL);
    let cooperation = |desk: &Desk| desk.points("group-1", "cooperation").join("|");
    desk.keys("one<enter>waiting<up><ctrl-e> again");
    desk.tell(Message::Paste("two\nthree".into())).keys("e");
    assert_eq!(cooperation(&desk), "one|two|three");
    assert_eq!(desk.app.core.typing.line.text(), "one again");
    // Another point is reworded only after this one: what waits would have to wait for both.
    desk.keys("<up><ctrl-e>");
    assert!(desk.text().contains("Finish rewording first"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!(cooperation(&desk), "one again|two|three");
    assert_eq!(desk.app.core.typing.line.text(), "waiting");
    desk.keys("<enter>");
    assert_eq!(cooperation(&desk), "one again|two|three|waiting");
    // The kind that was set for what is being typed stays with it.
    desk.keys("next<ctrl-k>challenge<enter>");
    let kind = desk.app.core.typing.kind_now().clone();
    desk.tell(Message::Paste("four\nfive".into())).keys("e");
    assert_eq!((desk.app.core.typing.kind_now(), kind.title()), (&kind, "challenge"));
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
    assert!(desk.text().contains(" saved\n"));
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
            Effect::Typing(Typing::Edited(_, edit)) => {
                Some(format!("{} -{:?} +{:?}", edit.at, edit.removed, edit.inserted))
            }
            Effect::Typing(Typing::Entered(_, points)) => Some(format!("entered {}", points.len())),
            Effect::Typing(Typing::Dropped(_)) => Some("dropped".into()),
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
    desk.hear(&mut other);
    assert_eq!(desk.app.core.here.chosen(), Some(0));
    assert_eq!(desk.points("group-1", "cooperation"), ["mine one", "mine two", "theirs"]);
}

#[test]
fn what_others_write_while_one_rewords_is_shown_beside_it() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("States may share<enter>");
    let mut other = Desk::beside(&desk);
    desk.keys("<up><ctrl-e><ctrl-u>States shall share");
    other.effects.clear();
    other.keys("<up><ctrl-e><ctrl-u>States should share<enter>");
    desk.hear(&mut other).keys("<enter>");
    let point = desk.app.core.workshop.points().next().unwrap();
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
        for screen in [
            "<f2>",
            "<f3>",
            "<f4>",
            "<f5>",
            "<f6>",
            "<f8>",
            "<f7>",
            "a",
            "<esc>b",
            "b",
            "<f3><ctrl-p>",
            "<esc><f1>",
            "<esc><ctrl-k>",
            "<esc>",
        ] {
            desk.resize(width, height).keys(screen).picture();
        }
    }
    assert_snapshot!(desk.resize(40, 10).picture());
}

// ----- what two laptops made of one point at once -----------------------------------------------

/// Two laptops in one workshop with these points, after each did its own without the other, and
/// then heard of the other's.
fn at_once(points: &str, mine: &str, theirs: &str) -> (Desk, Desk) {
    let mut desk = Desk::capture(SMALL);
    desk.keys(points);
    let mut other = Desk::beside(&desk);
    (desk.effects, other.effects) = (Vec::new(), Vec::new());
    desk.keys(mine);
    other.keys(theirs);
    let (here, there) = (desk.saves(), other.saves());
    desk.tell(there);
    other.tell(here);
    (desk, other)
}

/// Has both laptops hear of what the other did, and looks whether they agree.
fn agree(desk: &mut Desk, other: &mut Desk) {
    let (here, there) = (desk.saves(), other.saves());
    desk.tell(there);
    other.tell(here);
    for topic in ["cooperation", "capacity"] {
        assert_eq!(desk.points("group-1", topic), other.points("group-1", topic));
    }
    assert_eq!(disputed(desk), disputed(other));
}

/// What is open on the points, in words.
fn disputed(desk: &Desk) -> Vec<String> {
    desk.app.core.workshop.changed_at_once().iter().map(|both| both.what.join(", ")).collect()
}

const LONG: &str = "Member States should set up by the end of next year a joint watch list of vessels \
    that turn off their transponders at night near the borders, kept by the secretariat and updated \
    weekly, with a hotline that every coast guard can call, and ";

#[test]
fn two_long_wordings_can_be_compared_before_one_is_chosen() {
    let reword = |end: &str| format!("<up><ctrl-e><ctrl-u>{LONG}{end}<enter>");
    let (mut desk, mut other) = at_once(
        "A joint watch list<enter>",
        &reword("pay for it from the common fund as agreed in the round of last spring"),
        &reword("pay for it from the national budgets as agreed in the round of last spring"),
    );
    assert_snapshot!("two_long_wordings_are_marked_in_the_list", desk.picture());
    assert_snapshot!(desk.keys("<up><alt-w>").picture());
    assert_snapshot!("two_long_wordings_the_other_one", desk.keys("<down>").picture());
    for (width, height) in [(1, 1), (5, 3), (20, 4), (30, 7), (200, 50)] {
        desk.resize(width, height).picture();
    }
    // Where there is no room for the whole, what sets it apart is in sight.
    assert_snapshot!("two_long_wordings_on_a_small_screen", desk.resize(40, 10).picture());
    desk.resize(80, 24);
    let both = disputed(&desk);
    desk.keys("<enter>");
    assert!(desk.points("group-1", "cooperation")[0].contains("common fund"));
    agree(&mut desk, &mut other);
    assert!(disputed(&desk).is_empty());

    // Undo brings back both, and the one that was shown is shown.
    desk.keys("<esc><ctrl-z>");
    assert!(desk.points("group-1", "cooperation")[0].contains("national budgets"));
    agree(&mut desk, &mut other);
    assert_eq!(disputed(&desk), both);
    desk.keys("<ctrl-y>");
    agree(&mut desk, &mut other);
    assert!(desk.points("group-1", "cooperation")[0].contains("common fund"));
    assert!(disputed(&desk).is_empty());
}

#[test]
fn wordings_are_combined_in_the_line() {
    let (mut desk, mut other) = at_once(
        "States may share<enter>",
        "<up><ctrl-e><ctrl-u>States shall share<enter>",
        "<up><ctrl-e><ctrl-u>States should share weekly<enter>",
    );
    desk.keys("<up><alt-w>comb<enter>");
    assert_snapshot!(desk.picture());
    desk.keys("<esc>");
    assert_eq!(disputed(&desk), ["wording"]);
    desk.keys("<up><alt-w>comb<enter><ctrl-u>States shall share weekly<enter>");
    agree(&mut desk, &mut other);
    assert_eq!(desk.points("group-1", "cooperation"), ["States shall share weekly"]);
    assert!(disputed(&desk).is_empty());
    desk.keys("<esc><ctrl-z>");
    assert_eq!(disputed(&desk), ["wording"]);
    // Left with the very wording that is shown: a choice too.
    desk.keys("<up><alt-w>comb<enter><ctrl-z><enter>");
    agree(&mut desk, &mut other);
    assert_eq!(desk.points("group-1", "cooperation"), ["States should share weekly"]);
    assert!(disputed(&desk).is_empty());
}

#[test]
fn a_comment_that_lost_its_sources_is_offered_in_words() {
    let (mut desk, _) = at_once("Train together<enter>", "<f8>n", "<f8>n");
    desk.keys("<home><alt-w>");
    assert!(desk.text().contains("in a comment without any other source"), "{}", desk.text());
    assert!(!desk.text().contains("“”"), "{}", desk.text());
}

#[test]
fn all_that_is_open_is_offered_until_nothing_is() {
    let (mut desk, mut other) = at_once(
        "Train together<enter>child<alt-right><enter>",
        "<up><up><ctrl-k>conc<enter><ctrl-o>capa<enter>",
        "<up><up><ctrl-k>fact<enter><ctrl-o>general<enter>",
    );
    let topics = |desk: &Desk| {
        let points = desk.app.core.workshop.points();
        points.map(|point| point.topic().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(disputed(&desk), ["topic, kind", "topic"]);
    desk.keys("<alt-3><up><up>");
    assert_snapshot!("a_topic_and_a_kind_are_marked_in_the_list", desk.picture());
    assert_snapshot!(desk.keys("<alt-w>").picture());
    desk.keys("topic: capa<enter>");
    assert_snapshot!("what_remains_is_offered_again", desk.picture());
    // What stood under it and was moved with it comes along.
    assert_eq!(topics(&desk), ["capacity", "capacity"]);
    desk.keys("conc<enter>");
    agree(&mut desk, &mut other);
    assert!(disputed(&desk).is_empty());
    assert!(desk.text().contains("Settled, kind: concern. Ctrl-Z undoes this."));
    desk.keys("<ctrl-z><ctrl-z>");
    agree(&mut desk, &mut other);
    assert_eq!(disputed(&desk), ["topic, kind", "topic"]);
    assert_eq!(topics(&desk), ["general", "general"]);
}

#[test]
fn a_choice_is_never_made_in_passing() {
    // Here the child alone goes to capacity; there it goes to the general topic, and back here it
    // stands under its parent again.
    let (mut desk, _) = at_once(
        "parent<enter>child<alt-right><enter>",
        "<up><ctrl-o>capa<enter><alt-2><up><ctrl-o>coop<enter><alt-1>",
        "<up><ctrl-o>general<enter>",
    );
    let open = disputed(&desk);
    assert_eq!(open, ["topic"]);
    desk.keys("<alt-1><up><up><up><ctrl-o>capa<enter>");
    assert_eq!(disputed(&desk), open);
    assert_eq!(desk.points("group-1", "capacity"), ["parent"]);
    assert_eq!(desk.points("group-1", "cooperation"), ["child"]);
}

#[test]
fn deleted_here_and_changed_there_stays_and_says_so() {
    let (mut desk, mut other) =
        at_once("Share data<enter>", "<up><ctrl-d>", "<up><ctrl-e> daily<enter>");
    assert_eq!(disputed(&desk), ["deleted and changed"]);
    assert_snapshot!("a_point_deleted_and_changed_is_marked", desk.picture());
    assert_snapshot!(desk.keys("<up><alt-w>").picture());
    desk.keys("<enter>");
    agree(&mut desk, &mut other);
    assert_eq!(desk.points("group-1", "cooperation"), ["Share data daily"]);
    assert!(disputed(&desk).is_empty());
    desk.keys("<esc><ctrl-z>");
    assert_eq!(disputed(&desk), ["deleted and changed"]);
    desk.keys("<up><alt-w>delete<enter>");
    assert!(desk.text().contains("Deleted. Ctrl-Z undoes this."));
    agree(&mut desk, &mut other);
    assert!(desk.points("group-1", "cooperation").is_empty());
    desk.keys("<ctrl-z>");
    agree(&mut desk, &mut other);
    assert_eq!(desk.points("group-1", "cooperation"), ["Share data daily"]);
    assert_eq!(disputed(&desk), ["deleted and changed"]);
}

#[test]
fn every_field_is_put_in_words() {
    let (mut desk, mut other) = at_once(
        "one<enter>two<enter>three<enter>",
        "<up><alt-right><ctrl-t>urgent<enter><ctrl-r>OP3<enter><alt-p>host<enter>",
        "<up><ctrl-t>money later<enter><ctrl-r>PP2<enter><alt-p><enter>",
    );
    assert_snapshot!(desk.keys("<alt-w>").picture());
    desk.keys("#urgent<enter>OP3<enter>parked<enter>");
    assert_eq!(disputed(&desk), Vec::<String>::new());
    agree(&mut desk, &mut other);

    let (mut desk, mut other) = at_once(
        "one<enter>two<enter>three<enter>",
        "<up><alt-right>",
        "<up><up><alt-right><down><alt-right>",
    );
    assert_eq!(disputed(&desk), ["place"]);
    assert_snapshot!("a_place_set_twice", desk.keys("<alt-w>").picture());
    desk.keys("<down><enter>");
    agree(&mut desk, &mut other);
    assert!(disputed(&desk).is_empty());
}

#[test]
fn what_comes_in_while_one_chooses_is_not_settled_unseen() {
    let (mut desk, mut other) =
        at_once("one<enter>", "<up><ctrl-e> mine<enter>", "<up><ctrl-e> theirs<enter>");
    desk.keys("<up><alt-w>");
    other.keys("<up><ctrl-e><ctrl-u>a third<enter>");
    let third = other.saves();
    desk.tell(third).keys("one mine<enter>");
    let point = desk.app.core.workshop.points().next().unwrap();
    let mut wordings = vec![point.text()];
    wordings.extend(point.alternatives());
    wordings.sort_unstable();
    assert_eq!(wordings, ["a third", "one mine"]);
}

#[test]
fn nothing_to_choose_is_said() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("one<enter><alt-w>");
    assert!(desk.text().contains("Nothing to choose"));
}

#[test]
fn what_was_said_already_shows_while_one_types() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("One focal point in each State, reachable day and night<enter>");
    desk.keys("Interpreters at every joint exercise<enter>");
    let idle = |desk: &mut Desk| {
        while desk.app.wants_idle() {
            desk.tell(Message::Idle);
        }
    };
    idle(&mut desk);
    assert_eq!(desk.app.core.alike.found, None);
    desk.keys("<ctrl-g>Group 2<enter>A focal point in each State, reachable by day and by night");
    idle(&mut desk);
    assert_snapshot!(desk.text());
    desk.keys("<ctrl-u>Something else entirely about money");
    idle(&mut desk);
    assert!(!desk.text().contains("already said"), "{}", desk.text());
}

#[test]
fn points_put_under_each_other_at_once_say_so_and_one_is_chosen_for_the_top() {
    let points = "first<enter>second<enter>";
    let (mut desk, _) = at_once(points, "<up><alt-right>", "<up><alt-up><down><alt-right>");
    assert_snapshot!("a_circle", desk.text());
    desk.keys("<alt-w>");
    assert!(desk.text().contains("which one is on top?"), "{}", desk.text());
    desk.keys("second<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["second", "  first"]);
    assert!(!desk.text().contains("two laptops"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("put under each other on two laptops"), "{}", desk.text());
}

#[test]
fn a_purge_asks_first_names_its_point_and_cannot_be_undone() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("Malaysia said so<enter>another<enter><up><up><enter><ctrl-u>It was said<enter>");
    desk.keys("<up><up><alt-x>");
    assert_snapshot!("purge_asked", desk.picture());
    // The first choice leaves all as it is.
    desk.effects.clear();
    desk.keys("<enter>");
    assert_eq!(desk.effects, []);
    desk.keys("<alt-x><down>");
    // Another laptop rewords the point while the question waits.
    let mut other = Desk::beside(&desk);
    other.keys("<up><up><enter><ctrl-u>Said elsewhere<enter>");
    desk.hear(&mut other);
    desk.effects.clear();
    desk.keys("<enter>");
    let purges: Vec<_> =
        desk.effects.iter().filter(|e| matches!(e, Effect::Sweep(Some(_)))).collect();
    assert_eq!(purges.len(), 1, "{:?}", desk.effects);
    assert!(desk.points("group-1", "cooperation").contains(&"Said elsewhere".to_owned()));
    // Nothing that was done to it before can be taken back.
    desk.keys("<esc><ctrl-z><ctrl-z><ctrl-z><ctrl-z>");
    let shown = desk.points("group-1", "cooperation").join(" ");
    assert!(!shown.contains("Malaysia"), "{shown}");

    // What became of it interrupts nobody who types.
    let left = || Message::Left(vec!["The words were removed from 2 lines.".into()]);
    desk.keys("<f3>typ").tell(left()).keys("ing<enter>");
    let points = desk.points("group-1", "cooperation");
    assert!(points.contains(&"typing".to_owned()), "{points:?}\n{}", desk.text());
    desk.tell(Message::Left(vec!["The words were removed from 2 lines on this laptop.".into()]));
    assert_snapshot!("purge_done", desk.picture());
}

#[test]
fn a_point_is_purged_whole_by_deleting_it() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("Malaysia said so<enter>another<enter><up><up><alt-x><down><enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["another"]);
    desk.keys("<esc><ctrl-z><ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation"), [""; 0]);
    let point = desk.app.core.workshop.point_at(0);
    assert!(point.is_deleted() && point.text() == rapporteur::workshop::PURGED);
}

#[test]
fn a_purge_from_another_laptop_takes_the_words_here_too() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("Malaysia said so<enter><up><enter><ctrl-u>It was said<enter>");
    let mut other = Desk::beside(&desk);
    other.keys("<up><alt-x><down><enter>");
    desk.hear(&mut other);
    assert_eq!(desk.effects.last(), Some(&Effect::Sweep(None)));
    desk.keys("<esc><ctrl-z><ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation"), ["It was said"]);
    // Whoever opens the workshop does what was left undone.
    assert_eq!(Desk::beside(&desk).effects.last(), Some(&Effect::Sweep(None)));
}

/// A notice longer than the bottom row was cut, with what to do next at its end.
#[test]
fn a_long_notice_is_read_to_its_end_and_covers_nothing_after_the_next_key() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Boats<enter>");
    let before = desk.keys("R").text();
    let why = "The disk of this laptop is full, so nothing was written into the shared folder; remove what \
        is no longer needed there and press s again.";
    desk.tell(Message::Refused(why.into()));
    let rows: Vec<String> = desk.text().lines().map(|row| row.trim().to_owned()).collect();
    assert!(rows.join(" ").ends_with(why), "{}", desk.text());
    assert_eq!(desk.keys("<backspace>").keys("R").text(), before);
}
