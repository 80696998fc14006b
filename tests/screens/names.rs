//! Names that would tell who spoke.

use insta::assert_snapshot;
use rapporteur::app::Message;
use rapporteur::workshop::{Agenda, Record, Workshop};

use crate::desk::{Desk, agenda};

/// Lets the program do what waits for a quiet moment.
fn quiet(desk: &mut Desk) {
    while desk.app.wants_idle() {
        desk.tell(Message::Idle);
    }
}

#[test]
fn a_name_is_marked_at_the_line_as_it_is_typed() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia said that patrols must be joint");
    assert_snapshot!(desk.text());
    desk.keys("<ctrl-u>Irregular travel to Malaysia has grown");
    assert!(!desk.text().contains("reveals who spoke"), "{}", desk.text());
}

#[test]
fn each_is_reworded_or_stays_for_a_reason() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia said that patrols must be joint<enter>Nothing to see here<enter>");
    desk.keys("Indonesian delegates noted a lack of interpreters<enter>");
    desk.keys("According to the Thai delegation, boats leave at night<enter><f9>");
    quiet(&mut desk);
    assert_snapshot!("three_names", desk.picture());
    desk.keys("n");
    let points = desk.points("group-1", "cooperation");
    assert!(!points[2].contains("Indonesian"), "{points:?}");
    desk.keys("r<ctrl-u>Patrols must be joint, some said<enter>");
    desk.keys("w<enter>");
    assert!(desk.text().contains("it needs words"), "{}", desk.text());
    desk.keys("Malaysia said that it may<enter>");
    assert!(desk.text().contains("would reveal who spoke: “Malaysia”"), "{}", desk.text());
    assert!(desk.text().contains("Malaysia said that it may"), "what was typed can be mended");
    desk.keys("<ctrl-u>It was asked for in writing<enter>");
    quiet(&mut desk);
    desk.keys("<enter>");
    assert!(!desk.text().contains("comment's wording"), "{}", desk.text());
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    desk.keys("<ctrl-z>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    desk.keys("<enter>");
    assert!(desk.text().contains("▸ rec   According"), "at the point: {}", desk.text());
}

#[test]
fn what_was_decided_is_listed_and_can_be_taken_back() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia said that patrols must be joint<enter>");
    desk.keys("According to the Thai delegation, boats leave at night<enter><f9>d");
    assert!(desk.text().contains("No name was decided on yet."), "{}", desk.text());
    quiet(&mut desk);
    desk.keys("swIt is in the report<enter>");
    quiet(&mut desk);
    desk.keys("d");
    assert_snapshot!("decided", desk.picture());
    desk.keys("report<enter>");
    assert!(desk.text().contains("No match."), "{}", desk.text());
    desk.keys("<ctrl-u>Malaysia<enter>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    assert!(desk.text().contains("“Malaysia” · certain"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    quiet(&mut desk);
    assert!(desk.text().contains("2 names decided: d lists them."), "{}", desk.text());
}

#[test]
fn a_new_wording_that_still_names_somebody_says_so() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia said that patrols must be joint<enter><f9>");
    quiet(&mut desk);
    desk.keys("r<ctrl-u>Thailand said that patrols must be joint<enter>");
    assert!(desk.text().contains("Reworded. It still contains “Thailand"), "{}", desk.text());
}

#[test]
fn a_laptop_without_the_list_of_participants_says_so_until_it_has_it() {
    let named = Agenda { participants: vec!["Siti Nurhaliza".into()], ..agenda() };
    let [counted, listed] = &Record::participants(&named)[..] else { panic!("two records") };
    let mut workshop = Workshop::new(&agenda());
    workshop.apply(counted.clone());
    let mut desk = Desk::start((80, 24));
    desk.open_workshop(workshop, Some("group-1"));
    let words = "Participants: not checked on this laptop; a list of 1 name";
    assert!(desk.text().contains(words), "on capture: {}", desk.text());
    desk.keys("According to Siti Nurhaliza, boats leave at night<enter>");
    for keys in ["<f5>", "<f9>"] {
        desk.keys(keys);
        quiet(&mut desk);
        assert!(desk.text().contains("Participants: not checked"), "{}", desk.text());
    }
    assert!(desk.text().contains(words), "{}", desk.text());
    // The name used to pass there unseen.
    let possible = "“Siti Nurhaliza” · certain, a name that no list knows · Group 1";
    assert!(desk.text().contains(possible), "{}", desk.text());
    assert_snapshot!("unlisted", desk.picture());
    // With the list, what was taken down before is looked through for everybody on it.
    desk.tell(Message::Arrived(vec![listed.clone()]));
    quiet(&mut desk);
    assert!(!desk.text().contains("Participants: not checked"), "{}", desk.text());
    assert!(desk.text().contains("“Siti Nurhaliza” · certain · Group 1"), "{}", desk.text());
}

#[test]
fn what_another_laptop_brings_is_looked_at_too() {
    let mut desk = Desk::capture((80, 24));
    let mut other = Desk::beside(&desk);
    other.keys("Malaysia proposed a charter<enter>");
    desk.keys("<f9>");
    quiet(&mut desk);
    desk.hear(&mut other);
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
}

#[test]
fn a_name_in_a_reservation_is_found_and_reworded_there() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Boats leave at night<enter><f9>");
    quiet(&mut desk);
    desk.keys("<f7>rMalaysia said it cannot accept this<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    desk.keys("n");
    quiet(&mut desk);
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    let point = desk.app.core.workshop.points().next().unwrap();
    assert_eq!(point.text(), "Boats leave at night", "the words themselves are as they were");
    // One that was deleted is looked at again when it comes back.
    desk.keys("<f3>Malaysia said so<enter><up><ctrl-d><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    desk.keys("<ctrl-z>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
}

#[test]
fn what_was_said_on_the_record_with_consent_may_be_attributed() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f2><home>cAgreed by all delegations, 9:10<enter><enter>");
    desk.keys("Malaysia said that patrols must be joint");
    assert!(!desk.text().contains("reveals who spoke"), "{}", desk.text());
    desk.keys("<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    desk.keys("c");
    assert!(desk.text().contains("By this consent: Agreed by all delegations"), "{}", desk.text());
    desk.keys("<enter>");
    assert!(desk.text().contains("1 name may stay by the session's consent."), "{}", desk.text());
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    // What a group writes besides is not what was said on the record.
    desk.keys("<f3><up><ctrl-t>Malaysia-said<enter><alt-p>");
    desk.keys("Malaysia said it would<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
    desk.keys("n");
    quiet(&mut desk);
    let point = desk.app.core.workshop.points().next().unwrap();
    assert_eq!(point.tags(), ["One-delegation-said"]);
    desk.keys("<ctrl-z><ctrl-z><ctrl-z><f2><home>c<ctrl-u><enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    assert!(desk.text().contains("on the record"), "{}", desk.text());
}

/// Before, the answer went to whatever was chosen when Enter was pressed: Thailand was waived for a
/// reason that was given for Malaysia.
#[test]
fn an_answer_is_for_the_name_that_was_asked_about() {
    for key in ["w", "r"] {
        let mut desk = Desk::capture((80, 24));
        desk.keys("Malaysia said that patrols must be joint<enter>Thailand said no<enter>");
        let mut other = Desk::beside(&desk);
        desk.keys("<f9>");
        quiet(&mut desk);
        desk.keys(key);
        assert!(desk.text().contains("“Malaysia said that patrols"), "{}", desk.text());
        other.keys("<up><up><ctrl-e><ctrl-u>Patrols must be joint<enter>");
        desk.hear(&mut other);
        quiet(&mut desk);
        desk.keys("<ctrl-u>it was agreed<enter>");
        assert!(desk.text().contains("These words were changed meanwhile."), "{}", desk.text());
        assert!(desk.text().contains("it was agreed"), "what was typed is kept");
        let points = desk.points("group-1", "cooperation");
        assert_eq!(points, ["Patrols must be joint", "Thailand said no"], "{key}");
        desk.keys("<esc>");
        quiet(&mut desk);
        assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
        assert!(desk.text().contains("Thailand said no"), "{}", desk.text());
    }
}

#[test]
fn a_name_is_a_subject_or_held_by_one_key() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia noted on the map<enter><f9>");
    quiet(&mut desk);
    desk.keys("s");
    assert!(desk.text().contains("“Malaysia” does not reveal who spoke here"), "{}", desk.text());
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    desk.keys("<ctrl-z>h");
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    assert!(desk.text().contains("· held"), "{}", desk.text());
}

#[test]
fn the_first_name_is_chosen_until_somebody_moves() {
    let mut agenda = agenda();
    agenda.venue = "Kuala Lumpur, Malaysia".into();
    let mut desk = Desk::start((80, 24));
    desk.open_workshop(Workshop::new(&agenda), Some("group-1"));
    desk.keys("Thailand said no<enter><f9>");
    quiet(&mut desk);
    let text = desk.text();
    assert!(text.contains("▸ “Thailand”"), "points come first: {text}");
    assert!(text.contains("2 of them in the agenda and the draft text: a accepts"), "{text}");
    desk.keys("a");
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    assert!(desk.text().contains("2 names accepted"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("3 names to decide on"), "{}", desk.text());
}

#[test]
fn a_held_name_stays_held_until_somebody_releases_it() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia noted on the map<enter><f9>");
    quiet(&mut desk);
    for key in ["s", "w"] {
        desk.keys("h").keys(key);
        assert!(desk.text().contains("This name is held."), "{key}: {}", desk.text());
        desk.keys("h");
        assert!(desk.text().contains("can be decided on again"), "{key}: {}", desk.text());
    }
    desk.keys("s");
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
}

/// Before, the key went to the name that took the place of the chosen one.
#[test]
fn a_key_does_nothing_to_what_took_the_place_of_the_chosen_name() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("Malaysia said one<enter>Thailand said two<enter>");
    let mut other = Desk::beside(&desk);
    desk.keys("<f9>");
    quiet(&mut desk);
    desk.keys("<home>");
    other.keys("<up><up><ctrl-e><ctrl-u>One was said<enter>");
    desk.hear(&mut other);
    quiet(&mut desk);
    desk.keys("s");
    assert!(desk.text().contains("The name you chose is gone"), "{}", desk.text());
    assert!(desk.text().contains("1 name to decide on"), "{}", desk.text());
    desk.keys("s");
    assert!(desk.text().contains("“Thailand” does not reveal who spoke here"), "{}", desk.text());
}

#[test]
fn all_mentions_of_a_name_are_decided_at_once_but_the_certain_ones() {
    let mut desk = Desk::capture((80, 24));
    for text in ["Travel to Thailand has grown", "Boats from Thailand", "Thailand said so"] {
        desk.keys(text).keys("<enter>");
    }
    desk.keys("Travel to Malaysia has grown<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("4 names to decide on"), "{}", desk.text());
    desk.keys("S");
    assert!(desk.text().contains("A “certain” name must be decided on its own"), "{}", desk.text());
    desk.keys("<end>");
    desk.keys("S");
    assert!(desk.text().contains("2 mentions of Thailand are subjects:"), "{}", desk.text());
    assert_snapshot!("by_name", desk.text());
    desk.keys("<enter>");
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
    desk.keys("<end>S");
    assert!(desk.text().contains("1 mention of Malaysia is a subject:"), "{}", desk.text());
    desk.keys("<esc><ctrl-z>");
    assert!(desk.text().contains("4 names to decide on"), "{}", desk.text());
}

/// Four points: three with "travel to" before the name, and one that says who spoke.
fn travels() -> Desk {
    let mut desk = Desk::capture((80, 24));
    for text in [
        "Irregular travel to Malaysia has grown",
        "Travel to Thailand needs one form",
        "Viet Nam proposed that travel to Laos be free",
        "A desk in every port of Indonesia",
    ] {
        desk.keys(text).keys("<enter>");
    }
    desk.keys("<f9>");
    quiet(&mut desk);
    desk
}

/// Chooses the first name in the list whose words are these.
fn choose(desk: &mut Desk, words: &str) {
    desk.keys("<home>");
    for _ in 0..20 {
        if desk.text().lines().any(|line| line.starts_with('▸') && line.contains(words)) {
            return;
        }
        desk.keys("<down>");
    }
    panic!("{words}: {}", desk.text());
}

#[test]
fn a_phrase_decides_now_and_from_now_on_what_is_between_its_words() {
    let mut desk = travels();
    assert!(desk.text().contains("5 names to decide on"), "{}", desk.text());
    choose(&mut desk, "“Malaysia”");
    desk.keys("p");
    assert_snapshot!("by_phrase", desk.picture());
    desk.keys("<right>");
    assert!(desk.text().contains("(2 of"), "{}", desk.text());
    desk.keys("<left><enter>");
    assert!(desk.text().contains("“travel to …”: 3 names decided"), "{}", desk.text());
    // What is certain says who spoke, whatever is beside it.
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
    assert!(desk.text().contains("3 names decided: d lists them."), "{}", desk.text());
    // Later ones are decided too, and counted.
    desk.keys("<f3>Unsafe travel to Brunei<enter>TRAVEL TO THAILAND<enter>");
    desk.keys("Travel to Timor-Leste, Malaysia noted, is rare<enter>");
    desk.keys("By travel. To Thailand<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("4 names to decide on"), "{}", desk.text());
    assert_snapshot!("by_phrase_since", desk.picture());
    // Other words are decided on anew, and the old ones are not.
    desk.keys("<f3>").keys(&"<up>".repeat(8));
    desk.keys("<ctrl-e><ctrl-u>Irregular travel from Malaysia has grown<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("5 names to decide on"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    quiet(&mut desk);
    assert!(desk.text().contains("4 names to decide on"), "{}", desk.text());
}

#[test]
fn one_undo_takes_a_phrase_back_and_redo_brings_it_again() {
    let mut desk = travels();
    choose(&mut desk, "“Malaysia”");
    desk.keys("p<enter>");
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("5 names to decide on"), "{}", desk.text());
    assert!(desk.text().contains("Undone: deciding by phrase."), "{}", desk.text());
    desk.keys("<ctrl-y>");
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
}

#[test]
fn phrases_are_among_what_was_decided_and_can_be_taken_back() {
    let mut desk = travels();
    choose(&mut desk, "“Malaysia”");
    desk.keys("p<enter><f3>Unsafe travel to Brunei<enter><f9>");
    quiet(&mut desk);
    desk.keys("d");
    assert_snapshot!("decided_by_phrase", desk.picture());
    desk.keys("<enter>");
    assert!(desk.text().contains("the names it covered are in the list again"), "{}", desk.text());
    assert!(desk.text().contains("6 names to decide on"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
    // One alone is held, and covered again once somebody lets go of it.
    desk.keys("dBrunei<enter>");
    assert!(
        desk.text().contains("Held: “travel to …” covers the others still."),
        "{}",
        desk.text()
    );
    assert!(desk.text().contains("3 names to decide on"), "{}", desk.text());
    choose(&mut desk, "“Brunei”");
    desk.keys("p");
    assert!(desk.text().contains("This name is held."), "{}", desk.text());
    desk.keys("h");
    assert!(desk.text().contains("“Brunei” is covered by a phrase again."), "{}", desk.text());
    assert!(desk.text().contains("2 names to decide on"), "{}", desk.text());
}

#[test]
fn a_phrase_is_not_made_of_what_is_certain_or_has_no_words_beside_it() {
    let mut desk = travels();
    choose(&mut desk, "“Viet Nam”");
    desk.keys("p");
    assert!(desk.text().contains("A “certain” name must be decided on its own"), "{}", desk.text());
    desk.keys("<f3>It is in Brunei<enter><f9>");
    quiet(&mut desk);
    choose(&mut desk, "“Brunei”");
    desk.keys("p");
    assert!(desk.text().contains("This name is not in a phrase"), "{}", desk.text());
}

/// What is listed is what is decided, though other words came in meanwhile.
#[test]
fn what_comes_in_while_a_phrase_is_looked_at_counts_as_later() {
    let mut desk = travels();
    let mut other = Desk::beside(&desk);
    choose(&mut desk, "“Malaysia”");
    desk.keys("p");
    other.keys("Safe travel to Brunei<enter><up><up><up><up><up><ctrl-e>!<enter>");
    desk.hear(&mut other);
    quiet(&mut desk);
    desk.keys("<enter>");
    quiet(&mut desk);
    assert!(desk.text().contains("“travel to …”: 2 names decided"), "{}", desk.text());
    assert!(desk.text().contains("2 of them by a phrase since then"), "{}", desk.text());
    // Those that were listed are gone: there is nothing to decide.
    let mut desk = Desk::capture((80, 24));
    desk.keys("Travel to Malaysia<enter>");
    let mut other = Desk::beside(&desk);
    desk.keys("<f9>");
    quiet(&mut desk);
    desk.keys("p");
    other.keys("<up><ctrl-d>");
    desk.hear(&mut other);
    quiet(&mut desk);
    desk.keys("<enter>");
    assert!(
        desk.text().contains("These names were changed or decided meanwhile."),
        "{}",
        desk.text()
    );
    assert!(desk.app.core.workshop.phrases().is_empty());
}
