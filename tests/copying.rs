//! Copying to the clipboard.

use rapporteur::app::Effect;

use crate::desk::Desk;

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
