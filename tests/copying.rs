//! Copying to the clipboard.

use rapporteur::app::Effect;

use crate::desk::Desk;
use crate::which_workshop::plain;

fn copied(desk: &Desk) -> Option<&str> {
    match desk.effects.last() {
        Some(Effect::Copy(text)) => Some(text),
        _ => None,
    }
}

#[test]
fn the_chosen_point_is_copied_and_one_with_a_name_stays_in_the_room() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<ctrl-c>");
    assert!(
        desk.text().contains("Choose a point or a paragraph to copy first."),
        "{}",
        desk.text()
    );
    assert_eq!(copied(&desk), None);
    desk.keys("Share the watch list<enter><up><ctrl-c>");
    assert_eq!(copied(&desk), Some("Share the watch list"));
    assert!(desk.text().contains("Copied: “Share the watch list”"), "{}", desk.text());
    desk.keys("<esc>Norway wants a watch list<enter><up><ctrl-c>");
    assert!(!matches!(desk.effects.last(), Some(Effect::Copy(_))), "{:?}", desk.effects.last());
    let text = desk.text().replace('\n', " ");
    assert!(text.contains("Not copied: “Norway” could show who spoke."), "{text}");
    assert!(text.contains("Decide on it on Names (F9), then"), "{text}");
    // On Consolidate it is the same key.
    desk.keys("<f8><ctrl-c>");
    assert!(copied(&desk).is_some() || desk.text().contains("opied"), "{}", desk.text());
}

/// Where nothing can be copied, the key said nothing, and nobody found out how the mouse selects text.
#[test]
fn on_every_screen_the_key_copies_or_says_what_can_be_copied() {
    let mut desk = Desk::start((80, 24));
    desk.keys("<ctrl-c>");
    let text = plain(&desk.text());
    assert!(text.contains("To select other text with the mouse, hold Shift"), "{text}");
    let mut desk = Desk::capture((80, 24));
    desk.keys("Norway wants a watch list<enter>");
    for screen in ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10"] {
        let text = plain(&desk.keys(&format!("<{screen}><ctrl-c>")).text());
        let said = ["To select other text", "Not copied: “Norway”", "Copied: “"];
        assert!(said.iter().any(|said| text.contains(said)), "{screen}: {text}");
        assert!(
            !matches!(desk.effects.last(), Some(Effect::Copy(text)) if text.contains("Norway"))
        );
    }
}
