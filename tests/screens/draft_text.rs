//! The draft text, paragraph by paragraph.

use std::collections::HashSet;

use insta::assert_snapshot;
use rapporteur::app::{Effect, Message, Overlay, StoredWorkshop, Typing, UnfinishedText, Words};
use rapporteur::workshop::{
    Decision, Disposition, DraftParagraph, DraftText, Moment, ParagraphId, ParagraphKind, Pin,
    Since, Subject, Workshop, WriterId,
};

use crate::desk::Desk;

fn paragraph(label: &str, kind: ParagraphKind, text: &str) -> DraftParagraph {
    DraftParagraph {
        id: ParagraphId::of(label.as_bytes()),
        kind,
        label: label.into(),
        printed: "".into(),
        level: 0,
        text: text.into(),
        since: Since::Same,
    }
}

fn text() -> DraftText {
    let (pp, op) = (ParagraphKind::Preambular, ParagraphKind::Operative);
    DraftText {
        title: "Draft declaration".into(),
        version: "zero draft".into(),
        paragraphs: vec![
            paragraph("PP1", pp, "RECALLING what was agreed before on the matter;"),
            paragraph(
                "OP1",
                op,
                "Each Member State shall name one focal point, by post and not by person, who can be reached at any hour.",
            ),
            paragraph(
                "OP2",
                op,
                "A charter on cooperation is drawn up within a year [and signed at official level].",
            ),
            paragraph("OP2bis", op, "Officers are trained jointly."),
            paragraph("OP10", op, "Progress is reviewed every year."),
        ],
        gone: Vec::new(),
    }
}

/// Taking down points on a draft text.
fn desk(size: (u16, u16)) -> Desk {
    let mut desk = Desk::capture(size);
    let change = desk.app.core.workshop.set_draft_text(text());
    let record = desk.app.core.workshop.record(WriterId::new(9), Moment(0), [change]);
    desk.tell(Message::Arrived(vec![record]));
    desk
}

#[test]
fn a_point_is_pinned_with_one_chord_and_a_few_letters() {
    let mut desk = desk((80, 24));
    desk.keys("Name the post and a deputy<ctrl-r>op1<enter>");
    assert!(desk.text().contains("on OP1"), "{}", desk.text());
    desk.keys("<enter>Say who replaces whom<ctrl-r>op10");
    assert_snapshot!("pinning", desk.picture());
    desk.keys("<enter><enter>Something new<ctrl-r>after op2 <enter><enter>");
    let points = desk.points("group-1", "cooperation");
    assert_eq!(points.len(), 3, "{points:?}");
    assert!(desk.text().contains("Something new · after OP2"), "{}", desk.text());
    desk.keys("Of no paragraph<ctrl-r>another<enter>Annex 3<enter><enter>");
    assert!(desk.text().contains("Of no paragraph · Annex 3"), "{}", desk.text());
}

#[test]
fn other_words_are_proposed_in_place_and_kept_as_the_change() {
    let mut desk = desk((100, 30));
    desk.keys("Half typed<f10>");
    assert_snapshot!("text", desk.picture());
    desk.keys("<down><down>e");
    assert!(desk.text().contains("proposing other words for OP1"), "{}", desk.text());
    desk.keys("<ctrl-u>Each Member State should name one focal point, by post and not by person, who can be reached by day.<enter>");
    assert!(desk.text().contains("Why change OP1?"), "{}", desk.text());
    desk.keys("Nights cost too much<enter>");
    desk.keys(
        "e<ctrl-left><ctrl-left><ctrl-left><ctrl-left><ctrl-left><ctrl-w>could <enter><enter>",
    );
    desk.keys("<down>x<enter>");
    desk.keys("nA new paragraph on money.<enter>Somebody has to pay<enter>");
    desk.keys("<up>c<tab>");
    assert_snapshot!("proposals", desk.picture());
    desk.keys("<f3>");
    assert!(desk.text().contains("> Half typed"), "what was being typed is back: {}", desk.text());
    desk.keys("<f10><ctrl-z><ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 0);
}

#[test]
fn leaving_a_proposal_changes_nothing() {
    let mut desk = desk((80, 24));
    desk.keys("<f10><down><down>e more words<esc>");
    assert!(desk.text().contains("Nothing was proposed."), "{}", desk.text());
    desk.keys("e<enter>");
    assert!(desk.text().contains("Nothing was changed yet"), "{}", desk.text());
    desk.keys("<esc>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 0);
}

#[test]
fn drafters_answer_and_what_is_uncovered_is_found() {
    let mut desk = desk((80, 24));
    desk.keys("Name a deputy<ctrl-r>op1<enter><enter><f10>");
    desk.keys("/op1<enter><tab>a");
    assert_snapshot!("answering", desk.picture());
    desk.keys("merged<enter>OP2<enter>Both are about focal points<enter>");
    let point = desk.app.core.workshop.points().next().unwrap().id();
    let answer = desk.app.core.workshop.disposition(Subject::Point(point)).unwrap();
    assert_eq!((&answer.decision, answer.target.as_str()), (&Decision::Merged, "OP2"));
    assert_snapshot!("answered", desk.picture());
    desk.keys("<esc>u");
    assert!(desk.text().contains("▸OP2 "), "{}", desk.text());
    desk.keys("<tab>");
    assert!(desk.text().contains("No points on this yet"), "{}", desk.text());
}

#[test]
fn a_newcomer_reads_how_to_begin() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("<f10>");
    assert_snapshot!("nothing", desk.picture());
    for key in ["e", "n", "x", "t", "a", "/", "u", "c", "<enter>"] {
        desk.keys(&format!("<f10>{key}"));
    }
}

/// Takes in a text on this laptop.
fn take_in(desk: &mut Desk, text: DraftText, at: u64) {
    let changes = desk.app.core.workshop.take_in_text(text);
    let record = desk.app.core.workshop.record(WriterId::new(at), Moment(0), changes);
    desk.tell(Message::Arrived(vec![record]));
}

#[test]
fn a_label_that_another_paragraph_has_now_is_said_to_be_gone() {
    let mut desk = desk((80, 24));
    desk.keys("Name a deputy<ctrl-r>op1<enter><enter>");
    let mut newer = text();
    newer.paragraphs.remove(1);
    newer.paragraphs[1].label = "OP1".into();
    take_in(&mut desk, newer, 10);
    assert!(desk.text().contains("Name a deputy · OP1 (gone)"), "{}", desk.text());
    desk.keys("<f10>");
    assert!(desk.text().contains("OP1 is no longer in the text: t pins"), "{}", desk.text());
    // Enter alone does not pin it to the other.
    desk.keys("<f3><up><ctrl-r>another<enter>");
    assert!(!desk.text().contains("(gone)  "), "{}", desk.text());
    desk.keys("<esc><esc><f10><tab>top1<enter>");
    assert!(desk.text().contains("Now on OP1."), "{}", desk.text());
}

#[test]
fn amending_a_proposal_stays_with_it_and_with_its_group() {
    let mut desk = desk((80, 24));
    desk.keys("<f10>/op10<enter>x<enter><f3><ctrl-g>Group 2<enter><f10>/op10<enter><tab>e<esc>");
    assert!(desk.text().contains("Nothing was proposed."), "{}", desk.text());
    desk.keys("t");
    assert!(
        desk.text().contains("On which paragraph is “"),
        "the keys are where they were: {}",
        desk.text()
    );
    desk.keys("<esc>eAs it was.<enter><enter>");
    assert!(desk.text().contains("Proposed for OP10, by Group 1."), "{}", desk.text());
}

#[test]
fn a_response_without_a_decision_is_shown() {
    let mut desk = desk((80, 24));
    desk.keys("Name a deputy<ctrl-r>op1<enter><enter><f10>/op1<enter><tab>a<enter>");
    desk.keys("With the lawyers<enter><left><right>");
    assert!(desk.text().contains("open: With the lawyers"), "{}", desk.text());
}

#[test]
fn two_texts_and_two_answers_at_once_are_shown_wherever_one_looks() {
    let mut desk = desk((100, 30));
    desk.keys("Name a deputy<ctrl-r>op1<enter><enter>");
    let point = desk.app.core.workshop.points().next().unwrap().id();
    let records: Vec<_> = [(20, "vA", Decision::Accepted), (21, "vB", Decision::Noted)]
        .into_iter()
        .map(|(writer, version, decision)| {
            let workshop = &desk.app.core.workshop;
            let answer = Disposition { decision, ..Disposition::default() };
            let mut changes =
                workshop.take_in_text(DraftText { version: version.into(), ..text() });
            changes.push(workshop.dispose(Subject::Point(point), answer).unwrap());
            workshop.record(WriterId::new(writer), Moment(0), changes)
        })
        .collect();
    desk.tell(Message::Arrived(records));
    desk.keys("<f10>");
    assert!(desk.text().contains("two texts at once: Alt-W chooses"), "{}", desk.text());
    desk.keys("<f6>");
    assert!(desk.text().contains("Two draft texts were imported at once"), "{}", desk.text());
    let named = Subject::Point(point).reference();
    let told = format!("Answered on two laptops at once: {named}.");
    assert!(desk.text().contains(&told), "{}", desk.text());
    desk.keys("<f10><alt-w><enter>/op1<enter><tab>a<enter><f6>");
    assert!(!desk.text().contains("at once"), "{}", desk.text());
}

#[test]
fn what_can_be_taken_in_is_shown_on_a_small_screen() {
    let mut desk = desk((80, 24));
    desk.keys("<f10>i");
    assert!(desk.text().contains(".csv for answers."), "{}", desk.text());
}

#[test]
fn a_change_pinned_to_an_empty_place_waits_for_a_person() {
    let mut desk = desk((80, 24));
    desk.keys("<f10>/op10<enter>x<enter><tab>t");
    desk.keys("after op2 <enter>");
    let text = desk.text();
    assert!(text.contains("Needs a person: 1 item"), "{text}");
    desk.keys("<home><tab>");
    assert!(desk.text().contains("e words it"), "{}", desk.text());
    desk.keys("eSome words of its own.<enter><enter>");
    assert!(!desk.text().contains("Needs a person"), "{}", desk.text());
}

#[test]
fn a_proposal_that_was_being_typed_comes_back_as_one() {
    let mut desk = desk((80, 24));
    desk.keys("<f10><down><down>e twice");
    let begun = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Typing(Typing::Begun { proposing, .. }) => proposing.clone(),
        _ => None,
    });
    assert_eq!(begun, Some(Pin::At(ParagraphId::of(b"OP1"))));
    // The next start finds it.
    let mut next = Desk::beside(&desk);
    next.tell(Message::Loaded(Box::new(StoredWorkshop {
        workshop: desk.app.core.workshop.clone(),
        names: desk.app.core.workshop.names(),
        own: HashSet::new(),
        words: Words::of(&desk.app.core.workshop),
        damage: Vec::new(),
        unfinished: vec![UnfinishedText {
            session: None,
            group: "group-1".into(),
            topic: "cooperation".into(),
            editing: None,
            proposing: begun,
            text: format!("{} twice", text().paragraphs[1].text),
        }],
    })));
    assert!(next.text().contains("proposing other words for OP1"), "{}", next.text());
    next.keys("<enter>Once is not enough<enter>");
    assert_eq!(next.points("group-1", "cooperation"), ["Once is not enough"]);
    let point = next.app.core.workshop.points().next().unwrap();
    assert_eq!(point.proposal().unwrap().in_words(), "{+ twice+}");
}

/// The line of a list that Enter would take.
fn marked(desk: &Desk) -> String {
    match &desk.app.core.overlay {
        Some(Overlay::Choose(choose)) => choose.fitting()[choose.at].name.clone(),
        other => panic!("no list: {other:?}"),
    }
}

/// Consolidate `r` used to start on PP1, so that Enter at once moved the comment there.
#[test]
fn a_list_starts_on_the_present_value_and_enter_at_once_changes_nothing() {
    let mut desk = desk((80, 24));
    desk.keys("Name a deputy<ctrl-r>op2<enter><enter>Of no paragraph<enter>");
    desk.keys("<tab>Elsewhere<enter><shift-tab>");
    desk.keys("<f8>n<tab>kconc<enter>cbroad<enter>");
    for (key, now) in [
        (
            "r",
            "OP2  A charter on cooperation is drawn up within a year [and signed at official level].",
        ),
        ("k", "concern"),
        ("c", "broad support"),
        ("t", "Regional cooperation"),
    ] {
        desk.keys(key);
        assert!(marked(&desk).starts_with(now), "{key}: {}", marked(&desk));
        let before = desk.app.core.workshop.clone();
        desk.keys("<enter>");
        let comments =
            |workshop: &Workshop| format!("{:?}", workshop.comments(&"cooperation".into())[0]);
        assert_eq!(comments(&before), comments(&desk.app.core.workshop), "{key}");
    }
    // A comment on no paragraph, of which nothing is recorded.
    desk.keys("<tab>n<tab><down>r");
    assert_eq!(marked(&desk), "the whole text: no paragraph");
    desk.keys("<esc>c");
    assert_eq!(marked(&desk), "not recorded");
    desk.keys("<esc>");
}

#[test]
fn other_lists_start_on_the_present_value_too() {
    let mut desk = desk((80, 24));
    desk.keys("Name a deputy<ctrl-r>another<enter>Annex 3<enter><enter>Of no paragraph<enter>");
    desk.keys("<tab>Elsewhere<enter><shift-tab>");
    desk.keys("<up><up><ctrl-r>");
    assert_eq!(marked(&desk), "Annex 3");
    desk.keys("<esc><down><ctrl-r>");
    assert_eq!(marked(&desk), "the whole text: no paragraph");
    desk.keys("<esc><ctrl-p>Move to group<enter>");
    assert_eq!(marked(&desk), "Group 1");
    desk.keys("<esc><esc><alt-s>");
    assert_eq!(marked(&desk), "as the agenda runs");
    desk.keys("<esc><f7>c");
    assert_eq!(marked(&desk), "not recorded");
    desk.keys("<esc><f10>/op2<enter>/");
    assert!(marked(&desk).starts_with("OP2  "), "{}", marked(&desk));
    // A reason, with its words; and a point of another topic than the one shown.
    desk.keys("<esc><f8>xabout<enter>with group 2<enter>o<home>x");
    assert_eq!(marked(&desk), "about the meeting itself");
    desk.keys("<enter>");
    assert!(desk.text().contains("with group 2"), "{}", desk.text());
    desk.keys("<esc>/else<tab><enter>t");
    assert!(marked(&desk).starts_with("Capacity"), "{}", marked(&desk));
}
