//! A newer version of the draft text over an older one: nothing loses its place in silence.

use proptest::prelude::*;
use rapporteur::import::draft_text::read;
use rapporteur::workshop::*;

fn text(paragraphs: &[&str]) -> DraftText {
    let whole: Vec<String> =
        paragraphs.iter().enumerate().map(|(nth, words)| format!("{}. {words}", nth + 1)).collect();
    read("draft.md", whole.join("\n\n").as_bytes()).unwrap().text
}

fn since(text: &DraftText) -> Vec<Since> {
    text.paragraphs.iter().map(|found| found.since).collect()
}

fn ids(text: &DraftText) -> Vec<ParagraphId> {
    text.paragraphs.iter().map(|found| found.id).collect()
}

const FOCAL: &str = "Each State names one focal point for alerts, by post and with a deputy.";
const MONEY: &str = "A financial inquiry runs beside every large case from the first day on.";
const TRAINING: &str =
    "First responders at sea and on land are trained jointly, with the same forms.";
const REVIEW: &str = "The declaration is reviewed in the third year after its adoption.";

#[test]
fn paragraphs_keep_their_ids_through_versions() {
    let first = text(&[FOCAL, MONEY, TRAINING, REVIEW]);
    let changed = MONEY.replace("from the first day on", "within a month");
    let second =
        text(&[REVIEW, FOCAL, "Nobody has said a word of this before.", &changed]).over(&first);
    let [focal, money, training, review] = ids(&first)[..] else { panic!() };
    assert_eq!(ids(&second)[..2], [review, focal]);
    assert_eq!(ids(&second)[3], money);
    assert_eq!(since(&second), [Since::Moved, Since::Same, Since::New, Since::Changed(66)]);
    assert_eq!(second.gone.iter().map(|found| found.id).collect::<Vec<_>>(), [training]);
    let count = ReanchorCounts::between(Some(&first), &second);
    assert_eq!(count, ReanchorCounts { unchanged: 1, moved: 1, changed: 1, new: 1, gone: 1 });
    // It comes back, and is the same one.
    let third = text(&[FOCAL, &changed, TRAINING, REVIEW, MONEY]).over(&second);
    assert_eq!(ids(&third)[..4], [focal, money, training, review]);
    assert_eq!(third.paragraphs[2].since, Since::New);
    // The old words of a paragraph that has others now are a paragraph of their own.
    assert!(!ids(&first).contains(&ids(&third)[4]));
    assert_eq!(third.clone().over(&third), third);
}

fn placed(workshop: &mut Workshop, ids: &mut Ids, pin: Pin, proposal: Option<Proposal>) -> PointId {
    let point = ids.point();
    let place = Place::new(GroupId::plenary(), TopicId::general());
    let mut captured = CapturedPoint::new(point, place, PointKind::Recommendation, "Said.");
    captured.paragraph = Some(pin);
    captured.proposal = proposal.map(Box::new);
    let change = Change::PointCaptured(captured.into());
    write(workshop, ids, [change]);
    point
}

fn write(workshop: &mut Workshop, ids: &mut Ids, changes: impl IntoIterator<Item = Change>) {
    let record = workshop.record(ids.writer(), Moment(0), changes);
    workshop.apply(record);
}

#[test]
fn what_was_pinned_stays_or_is_named() {
    let mut workshop = Workshop::new(&Agenda::default());
    let mut ids = Ids::seeded(5);
    let first = text(&[FOCAL, MONEY, TRAINING, REVIEW]);
    let changes = workshop.take_in_text(first.clone());
    write(&mut workshop, &mut ids, changes);
    assert!(workshop.take_in_text(first).is_empty());
    let proposal = |old: &str, new: &str| Proposal::between(old, new, "");
    let label = |label: &str| Pin::Label(label.into());
    let review = placed(&mut workshop, &mut ids, label("4"), None);
    let lost = placed(&mut workshop, &mut ids, label("OP9"), None);
    let gone = placed(&mut workshop, &mut ids, label("OP3"), None);
    let pin = workshop.pin("op 2");
    let by_month = MONEY.replace("from the first day on", "within a month");
    let stale = proposal(MONEY, &MONEY.replace("first day", "second day"));
    let misfit = placed(&mut workshop, &mut ids, pin.clone(), stale);
    let looked = placed(&mut workshop, &mut ids, pin, None);
    let why = |workshop: &Workshop| -> Vec<(PointId, Lost)> {
        let row = |astray: Astray| match astray.of {
            Subject::Point(point) => (point, astray.why),
            Subject::Comment(_) => panic!("no comment here"),
        };
        workshop.astray().into_iter().map(row).collect()
    };
    assert_eq!(why(&workshop), [(lost, Lost::NoSuchLabel)]);

    let changes = workshop.take_in_text(text(&[REVIEW, FOCAL, &by_month]));
    write(&mut workshop, &mut ids, changes);
    let pin = workshop.point(review).unwrap().paragraph().unwrap();
    assert_eq!(workshop.printed(pin), "OP1");
    let mut astray = why(&workshop);
    let mut expected = vec![
        (misfit, Lost::DoesNotFit),
        (looked, Lost::Changed(66)),
        (gone, Lost::Gone),
        (lost, Lost::NoSuchLabel),
    ];
    astray.sort();
    expected.sort();
    assert_eq!(astray, expected);
    // Whoever pins it there again has looked.
    let pin = workshop.point(looked).unwrap().paragraph().cloned();
    let change = workshop.set(looked, Field::Paragraph(pin)).unwrap();
    write(&mut workshop, &mut ids, [change]);
    assert!(!why(&workshop).iter().any(|(point, _)| *point == looked));
}

#[test]
fn two_thousand_paragraphs_take_no_time() {
    let words =
        ["boat", "alert", "focal", "money", "court", "border", "crew", "form", "desk", "note"];
    let paragraph = |nth: usize| {
        let of = |step: usize| words[(nth / step) % 10];
        format!(
            "State {nth} names {} and {} with {} before {} of {}",
            of(1),
            of(10),
            of(100),
            of(7),
            of(3)
        )
    };
    let whole: Vec<String> = (0..2_000).map(paragraph).collect();
    let first = text(&whole.iter().map(String::as_str).collect::<Vec<_>>());
    let changed: Vec<String> = whole
        .iter()
        .map(|words| words.replace("names", "shall name").replace("before", "after"))
        .collect();
    let begun = std::time::Instant::now();
    let second = text(&changed.iter().map(String::as_str).collect::<Vec<_>>()).over(&first);
    assert_eq!(ids(&second), ids(&first));
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

fn versions() -> impl Strategy<Value = Vec<Vec<String>>> {
    let words = prop::sample::select(vec![
        "the", "boat", "alert", "shall", "focal", "money", "[court]", "of",
    ]);
    let paragraph = prop::collection::vec(words, 1..6).prop_map(|words| words.join(" "));
    prop::collection::vec(prop::collection::vec(paragraph, 1..9), 1..6)
}

proptest! {
    #![proptest_config(crate::cases(400))]

    #[test]
    fn no_paragraph_is_ever_lost(versions in versions()) {
        let mut now: Option<DraftText> = None;
        let mut ever: Vec<ParagraphId> = Vec::new();
        for version in &versions {
            let new = text(&version.iter().map(String::as_str).collect::<Vec<_>>());
            let words: Vec<Box<str>> = new.paragraphs.iter().map(|found| found.text.clone()).collect();
            let labels: Vec<Paragraph> = new.paragraphs.iter().map(|found| found.label.clone()).collect();
            let after = match &now {
                Some(before) => new.clone().over(before),
                None => new.clone(),
            };
            prop_assert_eq!(&words, &after.paragraphs.iter().map(|found| found.text.clone()).collect::<Vec<_>>());
            prop_assert_eq!(&labels, &after.paragraphs.iter().map(|found| found.label.clone()).collect::<Vec<_>>());
            let mut all: Vec<ParagraphId> =
                after.paragraphs.iter().chain(&after.gone).map(|found| found.id).collect();
            for id in &ever {
                prop_assert!(after.known(*id).is_some());
            }
            ever.clone_from(&all);
            let many = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), many);
            prop_assert_eq!(after.clone().over(&after), after.clone());
            prop_assert_eq!(ids(&new.clone().over(&after)), ids(&after));
            if let Some(before) = &now {
                let count = ReanchorCounts::between(Some(before), &after);
                let is_same = before.paragraphs.len() == after.paragraphs.len() && count.unchanged == after.paragraphs.len();
                prop_assert_eq!(count.unchanged + count.moved + count.changed + count.new, after.paragraphs.len());
                prop_assert!(!is_same || ids(before) == ids(&after));
            }
            now = Some(after);
        }
    }
}
