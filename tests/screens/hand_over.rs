//! Writing the feedback.

use insta::assert_snapshot;
use rapporteur::app::{Effect, Export, ExportReport, Message, Progress};
use rapporteur::workshop::GroupState;

use crate::desk::Desk;

#[test]
fn one_sees_what_will_be_written_and_what_was() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("a<enter><f5><down> ");
    assert_snapshot!(desk.picture());
    desk.keys("f<ctrl-u>out<enter><enter>");
    let export = Export { formats: vec![0], folder: "out".into() };
    assert_eq!(desk.effects.last(), Some(&Effect::Export(export)));
    desk.tell(Message::Writing(Progress { files: 1, of: 3, percent: 50 }));
    let half = format!("{}{} 1 of 3 files written", "█".repeat(20), "░".repeat(20));
    assert!(desk.text().contains(&half), "{}", desk.text());
    let files = vec!["out/budget-day.feedback.ron".into()];
    let kept = vec!["out/budget-day.feedback (1).ron".into()];
    let written = ExportReport { files, kept, ..ExportReport::default() };
    desk.tell(Message::Written(Ok(written)));
    assert!(desk.text().contains("Written: 1 file, budget-day.feedback.…, in"), "{}", desk.text());
    assert!(desk.text().contains("kept as\n   out/budget-day.feedback (1).ron"));
    let files = vec!["/media/stick/budget-day.feedback.ron".into()];
    desk.tell(Message::Written(Ok(ExportReport {
        files,
        exposed: true,
        ..ExportReport::default()
    })));
    assert!(desk.text().contains("1 file written. Anyone who gets hold of this disk"));
    let beside = vec!["out/budget-day.matrix (1).xlsx".into()];
    let files = beside.clone();
    desk.tell(Message::Written(Ok(ExportReport { files, beside, ..ExportReport::default() })));
    let text = desk.text().replace('\n', " ");
    assert!(text.contains("The earlier file is open in another program, so this one is"), "{text}");
    assert!(text.contains("“budget-day.matrix (1).xlsx”."), "{text}");
    desk.keys("<enter>").tell(Message::Written(Err("The disk is full.".into())));
    assert!(desk.text().contains("The disk is full."));
}

#[test]
fn many_formats_scroll_and_what_they_come_to_stays_in_sight() {
    let mut desk = Desk::capture((60, 14));
    let first = desk.app.hand_over.formats[0].clone();
    desk.app.hand_over.formats.extend((0..12).map(|_| first.clone()));
    desk.keys("<f5><end>");
    assert_snapshot!("many_formats", desk.text());
    desk.keys(" <home>");
    assert!(desk.text().contains("Enter writes 13 files"), "{}", desk.text());
}

#[test]
fn what_is_open_makes_it_a_draft_when_all_groups_are_done_too() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("a<enter>");
    for _ in 0..4 {
        if !desk.app.core.workshop.groups().any(GroupState::is_open) {
            break;
        }
        desk.keys("<f3><alt-c><alt-n>");
    }
    desk.keys("<f5>");
    assert!(desk.text().contains("1 point is open: exports are marked DRAFT."), "{}", desk.text());
    desk.keys("<f8>]b");
    assert!(!desk.text().contains("It is open already"), "{}", desk.text());
    desk.keys("[n<f5>");
    assert!(desk.text().contains("Something is missing: exports are"), "{}", desk.text());
}
