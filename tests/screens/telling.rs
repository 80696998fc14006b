//! The question at the end of a topic's read-back, flags, and names marked in the words that are read.

use insta::assert_snapshot;
use rapporteur::app::Message;
use rapporteur::workshop::Mention;

use crate::desk::Desk;

const SMALL: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 35);
const QUESTION: &str = "Could anyone tell who said any of this?";
const THREE: &str = "In our country the coast guard and the police share one radio channel, \
    and Malaysia is asked to do the same at sea<enter>\
    One focal point a State<enter>Ferries at night need a second watch<enter><esc>";

fn reading(size: (u16, u16)) -> Desk {
    let mut desk = Desk::capture(size);
    desk.keys(THREE).keys("<f7>");
    desk
}

fn quiet(desk: &mut Desk) {
    while desk.app.wants_idle() {
        desk.tell(Message::Idle);
    }
}

/// Goes to the flagged point on the names screen.
fn choose_flagged(desk: &mut Desk) {
    let place = desk.app.core.attributions.open.iter().position(Mention::is_flagged).unwrap();
    desk.keys("<home>").keys(&"<down>".repeat(place));
}

fn unasked(desk: &Desk) -> usize {
    desk.app.core.workshop.unasked(&"group-1".into(), &"cooperation".into()).len()
}

#[test]
fn the_question_comes_at_the_end_and_one_key_answers_it() {
    let mut desk = reading(SMALL);
    assert!(!desk.text().contains(QUESTION), "{}", desk.text());
    desk.keys("o");
    assert!(desk.text().contains("First read back all points on"), "{}", desk.text());
    assert_eq!(unasked(&desk), 3);
    desk.keys("yy");
    assert_snapshot!("at_the_last_point", desk.picture());
    // It blocks nothing: other keys do what they always do, and it stays.
    desk.keys("y<up>");
    assert!(desk.text().contains(QUESTION), "{}", desk.text());
    desk.keys("o");
    assert_eq!(unasked(&desk), 0);
    assert!(!desk.text().contains(QUESTION), "{}", desk.text());
    desk.keys("<down>");
    assert!(desk.text().contains("topics done: 1/1"), "{}", desk.text());
    // It is not asked a second time, unless the answer is taken back.
    desk.keys("<tab><tab><end>");
    assert!(!desk.text().contains(QUESTION), "{}", desk.text());
    desk.keys("o");
    assert!(
        desk.text().contains("the group was asked whether anyone could tell who spoke"),
        "{}",
        desk.text()
    );
    desk.keys("<ctrl-z>");
    assert_eq!(unasked(&desk), 3);
    assert!(desk.text().contains(QUESTION), "{}", desk.text());
}

#[test]
fn a_flag_is_set_with_one_key_and_taken_off_with_the_same() {
    let mut desk = reading(WIDE);
    desk.keys("<end>f");
    assert_snapshot!("a_flagged_point", desk.picture());
    assert!(desk.text().contains("1 flagged. Could anyone tell who said any other?"));
    desk.keys("o");
    assert!(desk.text().contains("nobody could tell who said 2 points"), "{}", desk.text());
    desk.keys("<home>");
    assert!(desk.text().contains("1 flagged: someone could tell"), "{}", desk.text());
    desk.keys("<end>f");
    assert!(desk.text().contains("The flag is off"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("· flagged"), "{}", desk.text());
    desk.keys("<ctrl-z><ctrl-z>");
    assert_eq!((unasked(&desk), desk.app.reading.flagged_here(&desk.app.core)), (3, 0));
}

#[test]
fn a_flagged_point_is_among_the_names_to_decide_on() {
    let mut desk = reading(SMALL);
    desk.keys("<end>f<f9>");
    quiet(&mut desk);
    assert_snapshot!("among_the_names", desk.picture());
    choose_flagged(&mut desk);
    for key in ["S", "p"] {
        desk.keys(key);
        let said = "A flagged point must be decided on its own";
        assert!(desk.text().contains(said), "{key}: {}", desk.text());
    }
    // It used to say that “(whole point)” is only a subject.
    desk.keys("s");
    assert!(desk.text().contains("does not reveal who spoke here."), "{}", desk.text());
    assert!(!desk.text().contains("(whole point)"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    choose_flagged(&mut desk);
    desk.keys("r<ctrl-u>Vessels at night need a watch<enter>");
    assert!(desk.text().contains("still flagged: s or w decides"), "{}", desk.text());
    choose_flagged(&mut desk);
    desk.keys("wit was in the press<enter>");
    assert!(!desk.app.core.attributions.open.iter().any(Mention::is_flagged));
}

#[test]
fn names_are_marked_in_the_words_that_are_read() {
    let mut desk = reading(SMALL);
    assert_snapshot!("names_are_marked", desk.picture());
    assert!(desk.text().contains("2 may reveal who spoke (F9)"), "{}", desk.text());
    desk.keys("<down>");
    assert!(!desk.text().contains("may reveal who spoke"), "{}", desk.text());
    // While one types, only what is certain is marked.
    desk.keys("<f3>In our country boats are old");
    assert!(!desk.text().contains("reveals who spoke"), "{}", desk.text());
    desk.keys("<ctrl-u>Malaysia said that boats are old");
    assert!(desk.text().contains("reveals who spoke"), "{}", desk.text());
}

#[test]
fn whoever_reads_the_words_alone_is_asked_too() {
    for (width, height) in [(80, 24), (80, 12), (60, 10), (40, 8), (20, 5)] {
        let mut desk = reading((width, height));
        desk.keys("<end>");
        if width == 80 {
            assert!(desk.text().contains(QUESTION), "{}", desk.text());
        }
        desk.keys("b");
        if width == 80 {
            assert!(desk.text().contains(QUESTION), "{}", desk.text());
        }
        desk.keys("o");
        assert_eq!(unasked(&desk), 0, "{width}x{height}");
    }
}

#[test]
fn an_answer_is_about_what_was_there_when_a_key_was_pressed_last() {
    let mut desk = reading(SMALL);
    let mut other = Desk::beside(&desk);
    desk.keys("<end>");
    other.keys("Read to nobody yet<enter>");
    desk.hear(&mut other);
    desk.keys("o");
    assert_eq!(unasked(&desk), 1, "what came in meanwhile was read to nobody");
    desk.keys("<end>");
    assert!(desk.text().contains(QUESTION), "{}", desk.text());
    desk.keys("o");
    assert_eq!(unasked(&desk), 0);
}

#[test]
fn a_flag_of_another_laptop_is_seen_here() {
    let mut desk = reading(SMALL);
    let mut other = Desk::beside(&desk);
    other.keys("<f7><end>f");
    desk.keys("<end>o");
    assert_eq!(desk.app.reading.flagged_here(&desk.app.core), 0);
    desk.hear(&mut other);
    assert_eq!(
        desk.app.reading.flagged_here(&desk.app.core),
        1,
        "the stricter of two answers holds"
    );
    desk.keys("f");
    assert_eq!(desk.app.reading.flagged_here(&desk.app.core), 1, "{}", desk.text());
    assert!(desk.text().contains("Another laptop flagged this point just now"), "{}", desk.text());
    desk.keys("<f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("flagged at read-back"), "{}", desk.text());
}
