//! Reading the points back to the group.

use insta::assert_snapshot;
use rapporteur::app::{Effect, Typing};
use rapporteur::workshop::{Convergence, Hands, Point, ReadBackState, SealStatus, Verdict};

use crate::desk::Desk;

const SMALL: (u16, u16) = (80, 24);
const THREE: &str = "Share watch lists weekly among all coast guards of the region<enter>\
    One focal point a State, reachable day and night<enter>\
    A deputy as well, so that leave does not break the chain<alt-right><enter><esc>";

/// Where three points are read back.
fn reading(size: (u16, u16)) -> Desk {
    let mut desk = Desk::capture(size);
    desk.keys(THREE).keys("<f7>");
    desk
}

fn point<'a>(desk: &'a Desk, words: &str) -> &'a Point {
    desk.app.core.workshop.points().find(|point| point.text().starts_with(words)).unwrap()
}

/// What the group said of each point, in the order of the list.
fn said(desk: &Desk) -> Vec<ReadBackState> {
    let lines = desk.app.core.workshop.lines(&"group-1".into(), &"cooperation".into());
    lines.iter().map(|line| desk.app.core.workshop.point_at(line.index).read_back_state()).collect()
}

#[test]
fn one_point_is_shown_large_to_the_group() {
    let mut desk = reading(SMALL);
    assert_snapshot!("the_first_point", desk.picture());
    desk.keys("<enter>");
    assert_snapshot!("the_second_point", desk.picture());
    assert_eq!(
        said(&desk),
        [ReadBackState::Confirmed, ReadBackState::Nothing, ReadBackState::Nothing]
    );
    desk.keys("<down>b");
    assert_snapshot!("the_words_alone", desk.picture());
    desk.keys("<esc>").resize(200, 50);
    assert_snapshot!("from_the_back_of_the_room", desk.picture());
}

#[test]
fn confirming_goes_round_to_what_is_left_and_then_says_so() {
    let mut desk = reading(SMALL);
    desk.keys("<end>y");
    assert!(desk.text().contains("1 of 3, 2 not confirmed"), "{}", desk.text());
    desk.keys("<enter><enter>");
    assert_eq!(said(&desk), [ReadBackState::Confirmed; 3]);
    assert!(desk.text().contains("Read back: Cooperation (s seals the topic)"), "{}", desk.text());
    let saves = desk.effects.len();
    desk.keys("<enter>");
    assert_eq!(desk.effects.len(), saves, "what is confirmed is not confirmed again");
    desk.keys("<ctrl-z>");
    assert_eq!(
        said(&desk),
        [ReadBackState::Confirmed, ReadBackState::Nothing, ReadBackState::Confirmed]
    );
    assert!(desk.text().contains("2 of 3, 1 not confirmed"), "undo shows what it undid");
    desk.keys("<ctrl-y>");
    assert_eq!(said(&desk), [ReadBackState::Confirmed; 3]);
}

#[test]
fn amending_keeps_the_words_and_confirms_them_as_one_change() {
    let mut desk = reading(SMALL);
    desk.keys("<down>a, also at weekends");
    assert_snapshot!(desk.picture());
    let typed = desk.effects.iter().filter(|e| matches!(e, Effect::Typing(Typing::Edited(..))));
    assert!(typed.count() > 17, "every key is kept");
    desk.keys("<enter>");
    let amended = "One focal point a State, reachable day and night, also at weekends";
    assert_eq!(desk.points("group-1", "cooperation")[1], amended);
    assert_eq!(
        said(&desk),
        [ReadBackState::Nothing, ReadBackState::Confirmed, ReadBackState::Nothing]
    );
    desk.keys("<ctrl-z>");
    assert!(desk.points("group-1", "cooperation")[1].ends_with("night"));
    assert_eq!(said(&desk), [ReadBackState::Nothing; 3]);
    desk.keys("a more<esc>");
    assert!(desk.points("group-1", "cooperation")[1].ends_with("night"));
    assert!(desk.app.core.typing.line.is_empty() && desk.app.core.typing.editing().is_none());
}

#[test]
fn amending_leaves_what_was_being_typed_in_capture() {
    let mut desk = reading(SMALL);
    desk.keys("<esc>half a thou<f7>a!<ctrl-z><ctrl-z>?<enter><f3>");
    assert_eq!(desk.app.core.typing.line.text(), "half a thou");
    assert!(desk.points("group-1", "cooperation")[0].ends_with("region?"));
    desk.keys("ght<up><ctrl-e><f7>a");
    assert!(desk.text().contains("a point is being reworded"), "{}", desk.text());
}

#[test]
fn what_is_not_theirs_or_has_a_reservation_is_noted() {
    let mut desk = reading(SMALL);
    desk.keys("n");
    assert!(desk.text().contains("stays until someone sets it aside"));
    desk.keys("ronly where the law allows it<enter>");
    assert_eq!(
        said(&desk),
        [ReadBackState::NotOurs, ReadBackState::Reservation, ReadBackState::Nothing]
    );
    let one = point(&desk, "One focal");
    assert_eq!(one.convergence(), Some(&Convergence::ReservationNoted));
    let words = Verdict::Reservation { words: "only where the law allows it".into() };
    assert_eq!(one.read_back().map(|said| &said.verdict), Some(&words));
    desk.keys("<up>hno<enter>");
    assert!(desk.text().contains("Three numbers, please"), "{}", desk.text());
    desk.keys("<ctrl-u>12, 3,1<enter>");
    assert_eq!(point(&desk, "One focal").hands(), Some(Hands { yes: 12, no: 3, neither: 1 }));
    assert_snapshot!("with_a_reservation", desk.picture());
    // Whoever confirms it as it is keeps the reservation; with no words it is off.
    desk.keys("y");
    assert_eq!(said(&desk)[1], ReadBackState::Reservation);
    desk.keys("<home><down>r<ctrl-u><enter>h<ctrl-u><enter>");
    let one = point(&desk, "One focal");
    assert_eq!(
        (one.read_back_state(), one.convergence(), one.hands()),
        (ReadBackState::Confirmed, None, None)
    );
    desk.keys("<end>cbroad<enter>rnot yet<enter>");
    let deputy = point(&desk, "A deputy");
    assert_eq!(deputy.convergence(), Some(&Convergence::BroadSupport));
    assert_snapshot!("marks_in_the_list", desk.keys("<f3>").picture());
}

#[test]
fn what_changed_since_says_so_wherever_it_was_changed() {
    let mut desk = reading(SMALL);
    desk.keys("yyy");
    let mut other = Desk::beside(&desk);
    (desk.effects, other.effects) = (Vec::new(), Vec::new());
    desk.keys("<f3><up><up><ctrl-e>!<enter><esc>");
    other.keys("<up><up><up><ctrl-e> monthly<enter>");
    let theirs = other.saves();
    desk.tell(theirs);
    assert_eq!(
        said(&desk),
        [ReadBackState::Changed, ReadBackState::Changed, ReadBackState::Confirmed]
    );
    assert_snapshot!("changed_since_in_the_list", desk.picture());
    desk.keys("<tab><f7>l");
    assert_snapshot!("what_is_not_confirmed", desk.picture());
    desk.keys("<down><enter>");
    assert!(desk.text().contains("2 of 3, 2 not confirmed"), "{}", desk.text());
    desk.keys("<enter><enter>");
    assert_eq!(said(&desk), [ReadBackState::Confirmed; 3]);
    desk.keys("l");
    assert!(desk.text().contains("Group 1 was asked about all of its points."));
}

#[test]
fn words_that_undo_brings_back_are_confirmed_as_they_were() {
    let mut desk = reading(SMALL);
    desk.keys("<end>y<f3><up><ctrl-e>!<enter><esc>");
    assert_eq!(said(&desk)[2], ReadBackState::Changed);
    for _ in 0..2 {
        desk.keys("<ctrl-z>");
        assert_eq!(said(&desk)[2], ReadBackState::Confirmed);
        desk.keys("<ctrl-y>");
        assert_eq!(said(&desk)[2], ReadBackState::Changed);
    }
    desk.keys("<ctrl-z><ctrl-z>");
    assert_eq!(
        said(&desk)[2],
        ReadBackState::Nothing,
        "and the confirmation can be taken back too"
    );
    desk.keys("<f7><end>a?<enter>");
    for _ in 0..2 {
        desk.keys("<ctrl-z>");
        assert_eq!(said(&desk)[2], ReadBackState::Nothing);
        desk.keys("<ctrl-y>");
        assert_eq!(said(&desk)[2], ReadBackState::Confirmed);
    }
}

#[test]
fn two_wordings_are_chosen_between_before_one_is_confirmed() {
    let mut desk = reading(SMALL);
    let mut other = Desk::beside(&desk);
    (desk.effects, other.effects) = (Vec::new(), Vec::new());
    desk.keys("<esc><up><ctrl-e> here<enter><esc><f7>");
    other.keys("<up><ctrl-e> there<enter>");
    let theirs = other.saves();
    desk.tell(theirs).keys("<end>y");
    assert_eq!(said(&desk), [ReadBackState::Nothing; 3]);
    assert!(desk.text().contains("It has several wordings: Alt-W chooses one first."));
    desk.keys("<alt-w><enter><f7>y");
    assert_eq!(said(&desk)[2], ReadBackState::Confirmed);
}

#[test]
fn two_answers_at_once_are_asked_for_again() {
    let mut desk = reading(SMALL);
    let mut other = Desk::beside(&desk);
    (desk.effects, other.effects) = (Vec::new(), Vec::new());
    desk.keys("y<up>");
    other.keys("<f7>n");
    let theirs = other.saves();
    desk.tell(theirs);
    assert!(desk.text().contains("two laptops noted different answers"), "{}", desk.text());
    assert!(desk.text().contains("1 of 3, 3 not confirmed"), "{}", desk.text());
    desk.keys("y");
    assert_eq!(said(&desk)[0], ReadBackState::Confirmed);
    assert!(desk.app.core.workshop.changed_at_once().is_empty());
}

#[test]
fn a_group_seals_what_it_endorses_and_sees_when_that_breaks() {
    let mut desk = reading(SMALL);
    let sealed =
        |desk: &Desk| desk.app.core.workshop.sealed(&"group-1".into(), &"cooperation".into());
    desk.keys("nys");
    assert_snapshot!("not_all_is_confirmed", desk.picture());
    desk.keys("<enter>");
    assert_eq!(sealed(&desk), SealStatus::No);
    desk.keys("s<down><enter>");
    assert_eq!(sealed(&desk), SealStatus::Yes);
    desk.keys("<ctrl-z>");
    assert_eq!(sealed(&desk), SealStatus::No);
    desk.keys("yn<home>ys");
    assert_eq!(sealed(&desk), SealStatus::No, "one is not theirs: it asks first");
    desk.keys("<down><enter>");
    assert_snapshot!("sealed", desk.picture());
    desk.keys("<f4>");
    assert_snapshot!("the_overview_shows_the_seal", desk.picture());
    desk.keys("<f7><end>a!<enter>");
    assert_eq!(sealed(&desk), SealStatus::Changed);
    assert_snapshot!("the_seal_is_broken", desk.picture());
    desk.keys("sagain<enter>");
    assert_eq!(sealed(&desk), SealStatus::Yes);
    desk.keys("soff<enter>");
    assert_eq!(sealed(&desk), SealStatus::No);
}

#[test]
fn capture_reminds_ten_minutes_before_the_end_and_steals_no_key() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("Share watch lists<enter>One focal point<enter><f2>nn<f3>hal");
    desk.later(49);
    assert!(!desk.text().contains("reads back"), "{}", desk.text());
    desk.later(1);
    assert_snapshot!(desk.picture());
    desk.keys("f<enter>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 3);
    assert!(desk.text().contains("10 min left: F7 reads back, 3 not confirmed"));
    desk.later(11);
    assert!(desk.text().contains("time is up: F7 reads back, 3 not confirmed"));
    desk.resize(50, 24);
    assert!(desk.text().contains("F7: 3 not confirmed"), "in short where there is little room");
    desk.keys("<f7><home>yyyy<f3>");
    assert!(!desk.text().contains("reads back"), "{}", desk.text());
}

#[test]
fn a_long_point_goes_page_by_page() {
    let mut desk = Desk::capture(SMALL);
    let words: Vec<String> = (1..=300).map(|word| format!("word{word}")).collect();
    desk.keys(&words.join(" ")).keys("<enter>short<enter><f7><home>");
    assert_snapshot!(desk.text());
    while !desk.text().contains("word300") {
        desk.keys("<pgdn>");
        assert!(desk.text().contains("1 of 2"), "{}", desk.text());
    }
    desk.keys("<pgdn>");
    assert!(desk.text().contains("2 of 2"));
    desk.keys("<pgup>");
    assert!(desk.text().contains("word1 ") && desk.text().contains("1 of 2"));
    desk.keys("a");
    assert!(desk.text().contains("word300"), "{}", desk.text());
}

#[test]
fn where_nothing_is_taken_down_there_is_nothing_to_read() {
    let mut desk = Desk::capture(SMALL);
    desk.keys("<f7>yanrchs<up><down><pgdn>");
    assert!(desk.text().contains("No points to read back here."), "{}", desk.text());
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Save(_))));
    desk.keys("ggroup 2<enter><tab>");
    assert!(desk.text().contains("Group 2 · Capacity building"), "{}", desk.text());
}

#[test]
fn where_there_is_room_the_letters_are_large() {
    let mut desk = Desk::capture((200, 50));
    desk.keys("Sphinx of black quartz, judge my vow: “24/7 – 3 (or 5) of 1689?” SPHINX OF BLACK QUARTZ, JUDGE MY VOW; Señor's café…<enter>");
    desk.keys("แบ่งปันข้อมูลทุกสัปดาห์<enter><f7>b");
    assert_snapshot!("large_letters", desk.text());
    desk.keys("<down>");
    assert!(desk.text().contains("แบ่งปันข้อมูลทุกสัปดาห์"), "what has no large letters is still there");
    desk.keys("<up>").resize(60, 14);
    assert_snapshot!("a_terminal_with_larger_letters_of_its_own", desk.text());
}

#[test]
fn a_seal_set_differently_on_two_laptops_waits_for_a_choice() {
    let mut desk = reading(SMALL);
    desk.keys("<enter><enter><enter>s");
    let mut other = Desk::beside(&desk);
    other.keys("<f7>sTake<enter>");
    desk.keys("aand more<enter>sagain<enter>");
    desk.saves();
    desk.hear(&mut other);
    let said = "sealed differently on two laptops at once: s chooses";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys("<alt-w>Seal<enter>");
    assert!(!desk.text().contains(said) && desk.text().contains("endorses this"));
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains(said), "{}", desk.text());
}

#[test]
fn nothing_to_choose_between_is_said_where_one_is() {
    let mut desk = reading(SMALL);
    desk.keys("<alt-w>");
    assert!(desk.text().contains("Nothing to choose"), "{}", desk.text());
    assert!(desk.text().contains("Read back"), "{}", desk.text());
}

#[test]
fn of_two_read_backs_it_is_said_which_is_of_other_words() {
    let mut desk = reading(SMALL);
    let mut other = Desk::beside(&desk);
    other.keys("<f7><home><enter>");
    desk.keys("<home>aand more<enter>");
    desk.saves();
    desk.hear(&mut other);
    desk.keys("<home><alt-w>");
    assert!(
        desk.text().contains("confirmed by the group, in words changed since"),
        "{}",
        desk.text()
    );
    assert_eq!(desk.text().matches("in words changed since").count(), 1, "{}", desk.text());
}
