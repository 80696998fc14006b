//! Which workshop to open.

use insta::assert_snapshot;
use rapporteur::app::{Effect, Message, Offer, OpenTarget};

use crate::desk::Desk;

#[test]
fn a_newcomer_sees_where_to_begin() {
    let mut desk = Desk::start((80, 24));
    assert_snapshot!(desk.picture());
    desk.keys("<enter>");
    let sample = OpenTarget::Sample { name: "asean-declaration".into(), points: false };
    assert_eq!(desk.effects, [Effect::Open(sample)]);
    desk.keys("<end><enter>/tmp/x.ron<enter>");
    assert_eq!(desk.effects.last(), Some(&Effect::Open(OpenTarget::Path("/tmp/x.ron".into()))));
}

/// A sample was chosen, and `Del` said "Choose a workshop on this laptop, or a sample".
#[test]
fn del_on_a_sample_says_why_nothing_happens() {
    let mut desk = Desk::start((80, 24));
    desk.keys("<del>");
    assert!(desk.text().contains("A sample is part of the program and cannot"), "{}", desk.text());
    desk.keys("<end><del>");
    assert!(desk.text().contains("Choose a workshop on this laptop first."), "{}", desk.text());
    assert_eq!(desk.effects, []);
}

/// What a sample is was cut beside its name, and could be read nowhere.
#[test]
fn what_does_not_fit_beside_the_chosen_name_is_below_the_list() {
    let mut desk = Desk::start((60, 24));
    assert!(desk.text().contains("two days, four groups, four topics"), "{}", desk.text());
}

#[test]
fn help_and_palette_are_made_from_the_table_of_keys() {
    let mut desk = Desk::capture((80, 24));
    assert_snapshot!("help", desk.keys("<f1>").picture());
    assert_snapshot!("palette", desk.keys("<esc><ctrl-p>move").picture());
}

#[test]
fn a_locked_hand_out_asks_for_its_passphrase() {
    let mut desk = Desk::start((80, 24));
    desk.tell(Message::Locked("/media/stick/group-2.hand-out.bundle.age".into()));
    desk.keys("many boats");
    assert!(!desk.text().contains("many boats") && desk.text().contains("••••"));
    desk.keys("<enter>");
    let Some(Effect::Open(OpenTarget::Locked { bundle, passphrase })) = desk.effects.last() else {
        panic!("nothing was opened: {:?}", desk.effects)
    };
    assert_eq!(bundle.to_str(), Some("/media/stick/group-2.hand-out.bundle.age"));
    assert_eq!(passphrase.text(), "many boats");
}

#[test]
fn another_groups_hand_out_says_first_what_it_would_change() {
    let mut desk = Desk::start((80, 24));
    let source = OpenTarget::Path("/media/stick/budget.group-2.hand-out.bundle".into());
    let lines = [
        "/media/stick/budget.group-2.hand-out.bundle is the hand-out of Group 2.",
        "This laptop works for Group 1. It would work for Group 2 from now on.",
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    desk.tell(Message::Changes(source.clone(), lines.clone()));
    assert_snapshot!("changes_group", desk.picture());
    desk.keys("<esc>");
    assert_eq!(desk.effects, []);
    desk.tell(Message::Changes(source.clone(), lines)).keys("<enter>");
    assert_eq!(desk.effects, [Effect::Open(OpenTarget::Agreed(Box::new(source)))]);
}

#[test]
fn a_workshop_is_forgotten_after_two_questions() {
    let mut desk = Desk::start((80, 24));
    desk.keys("f");
    assert_eq!(desk.effects, []);
    assert!(desk.text().contains("A sample is part of the program"));
    let mut desk = Desk::start((80, 24));
    let folder = std::path::PathBuf::from("boats.workshop");
    desk.tell(Message::Offers(vec![Offer::Recent {
        title: "Boats".into(),
        folder: folder.clone(),
    }]));
    assert_snapshot!("forget_offered", desk.picture());
    desk.keys("<del>");
    assert_eq!(desk.effects, [Effect::Forget { folder: folder.clone(), sure: false }]);
    let lines = [
        "Forget “Boats”? This will be removed from this laptop:",
        "  boats.workshop: the workshop, with all its points and unfinished text",
        "WARNING: 12 changes exist only here. Write a bundle first.",
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    desk.tell(Message::Forgetting(folder.clone(), lines));
    assert_snapshot!("forget_asked", desk.picture());
    for answer in ["", "no"] {
        desk.keys("<enter>");
        // "Enter keeps it" was said of an Enter that removes after "yes".
        assert!(
            desk.text().contains("Type yes to remove it. This cannot be undone."),
            "{}",
            desk.text()
        );
        assert!(desk.text().contains("Enter answers, Esc removes nothing"), "{}", desk.text());
        desk.keys(answer).keys("<enter>");
        assert_eq!(desk.effects.len(), 1);
        assert!(desk.text().contains("Nothing was removed."));
        desk.tell(Message::Forgetting(folder.clone(), Vec::new()));
    }
    desk.keys("<enter>yes<enter>");
    assert_eq!(desk.effects.last(), Some(&Effect::Forget { folder, sure: true }));
    desk.tell(Message::Left(vec!["“Boats” was removed from this laptop.".into()]));
    assert_eq!(desk.effects.last(), Some(&Effect::Offer));
    assert!(desk.text().contains("was removed from this laptop"));
}
