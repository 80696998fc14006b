//! The day.

use insta::assert_snapshot;
use rapporteur::workshop::SessionId;

use crate::desk::Desk;

#[test]
fn the_day_as_planned() {
    assert_snapshot!(Desk::open((80, 24)).picture());
}

#[test]
fn what_runs_shows_its_clock_and_pushes_what_follows() {
    let mut desk = Desk::open((120, 30));
    desk.later(10).keys("s").later(25).keys("n++").later(70);
    assert_snapshot!(desk.picture());
    desk.keys("n");
    assert!(desk.text().contains("Tea"));
    desk.keys("<ctrl-z><ctrl-z><ctrl-z>");
    assert!(desk.text().contains("Undone: changing a session's length."));
}

#[test]
fn two_sessions_can_run_at_once() {
    let mut desk = Desk::open((80, 24));
    desk.keys("s<down>s<down><down>s");
    assert_eq!(desk.app.core.running().count(), 3);
    desk.keys("e");
    assert_eq!(desk.app.core.running().count(), 2);
}

#[test]
fn a_session_is_entered_with_its_place() {
    let mut desk = Desk::open((80, 24));
    desk.keys("<down><enter>said in it<enter>");
    let point = desk.app.core.workshop.points().next().unwrap();
    assert_eq!(point.session().map(SessionId::as_str), Some("groups-1"));
    assert_eq!(point.round(), Some(1));
    assert_eq!(point.group().as_str(), "group-1");
    desk.keys("<esc><up><enter>said by all<enter>");
    assert_eq!(desk.points("plenary", "general"), ["said by all"]);
}

#[test]
fn consent_to_be_named_is_recorded_on_the_record_alone() {
    let mut desk = Desk::open((80, 24));
    desk.keys("<down>c");
    assert!(
        desk.text().contains("Chatham House Rule: nothing in it is attributed."),
        "{}",
        desk.text()
    );
    desk.keys("<up>cAgreed by all delegations in plenary, 10:05<enter>");
    assert_snapshot!(desk.picture());
    let may = |desk: &Desk| desk.app.core.workshop.may_attribute(&"opening".into());
    assert!(may(&desk));
    desk.keys("<ctrl-z>");
    assert!(!may(&desk));
    desk.keys("<ctrl-y>c<ctrl-u><enter>");
    assert!(!may(&desk) && desk.text().contains("The consent was removed"));
}

#[test]
fn consent_recorded_on_two_laptops_at_once_holds_until_one_withdraws_it() {
    let mut desk = Desk::open((80, 24));
    desk.keys("cAgreed in plenary<enter>");
    let mut other = Desk::beside(&desk);
    other.keys("<f2><home>c<ctrl-u><enter>");
    desk.keys("c<ctrl-u>Agreed by all, in plenary<enter>");
    desk.hear(&mut other);
    let opening = SessionId::from("opening");
    assert!(!desk.app.core.workshop.may_attribute(&opening), "one says that nobody agreed");
    let said = "Consent was recorded on two laptops at once";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys("c<ctrl-u>Agreed by all<enter>");
    assert!(desk.app.core.workshop.may_attribute(&opening));
    assert!(!desk.text().contains(said), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains(said), "what was settled is open again: {}", desk.text());
}
