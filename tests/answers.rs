//! An answer applies to what the question was about: keys, something comes in from another laptop, keys.

use proptest::prelude::*;
use rapporteur::app::{Message, Offer, Overlay, ScreenId, Side, TakenIn, TwoSided};
use rapporteur::workshop::*;

use crate::desk::Desk;

const SMALL: (u16, u16) = (80, 24);

/// Two laptops in one workshop with these points of group 1 on cooperation.
fn two(points: &str) -> (Desk, Desk) {
    let mut desk = Desk::capture(SMALL);
    desk.keys(points);
    let mut other = Desk::beside(&desk);
    (desk.effects, other.effects) = (Vec::new(), Vec::new());
    (desk, other)
}

fn point<'a>(desk: &'a Desk, words: &str) -> &'a Point {
    let found = desk.app.core.workshop.points().find(|point| point.text().contains(words));
    found.unwrap_or_else(|| panic!("no point {words}"))
}

fn notice(desk: &Desk) -> &str {
    desk.app.core.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

/// What is typed is tags for one point. The other laptop rewords, deletes or tags it meanwhile.
#[test]
fn an_answer_waits_where_its_point_was_changed_meanwhile() {
    for (there, said) in [
        (
            "<up><ctrl-e> by night<enter>",
            "“Boats” was reworded on another laptop: “Boats by night”.",
        ),
        ("<up><ctrl-t>sea<enter>", "“Boats” was changed on another laptop: #sea."),
        ("<up><ctrl-d>", "“Boats” is no longer here: another laptop removed it."),
    ] {
        let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
        desk.keys("<up><ctrl-t>");
        assert!(desk.text().contains("Tags of “Boats”"), "{}", desk.text());
        other.keys(there);
        desk.keys("urgent").hear(&mut other).keys("<enter>");
        assert!(notice(&desk).starts_with(said), "{}", notice(&desk));
        assert!(
            !desk.app.core.workshop.points().any(|point| point.tags().contains(&"urgent".into()))
        );
        // What was typed is there, and is taken by a second yes if its point is.
        let Some(Overlay::Ask(ask)) = &desk.app.core.overlay else { panic!("still asked") };
        assert_eq!(ask.line.text(), "urgent");
        let gone = said.contains("no longer here");
        desk.keys("<enter>");
        assert_eq!(desk.app.core.overlay.is_some(), gone);
        let tagged =
            desk.app.core.workshop.points().filter(|point| !point.tags().is_empty()).count();
        assert_eq!(tagged, usize::from(!gone));
        // Something else that came in is no reason to ask again.
        let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
        other.keys("<up><up><ctrl-d>A third<enter>");
        desk.keys("<up><ctrl-t>urgent").hear(&mut other).keys("<enter>");
        assert_eq!(point(&desk, "Boats").tags(), ["urgent"]);
    }
}

/// The same where one chooses, reads back, seals or records consent.
#[test]
fn choices_and_verdicts_wait_too() {
    for keys in ["<ctrl-k>conc<enter>", "<ctrl-o>capa<enter>", "<ctrl-p>Park<enter>"] {
        let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
        other.keys("<up><ctrl-e> by night<enter>");
        let (open, last) = keys.split_at(keys.rfind('<').unwrap());
        desk.keys("<up>").keys(open).hear(&mut other).keys(last);
        assert!(notice(&desk).contains("another laptop"), "{keys}: {}", notice(&desk));
        let found = point(&desk, "Boats");
        assert_eq!(
            (found.kind(), found.topic().as_str(), found.is_parked()),
            (&PointKind::Recommendation, "cooperation", false)
        );
    }
    // The seal is for what was before the group when it was asked.
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
    desk.keys("<f7>s<down>");
    other.keys("<up><ctrl-e> by night<enter>");
    desk.hear(&mut other).keys("<enter>");
    let sealed =
        |desk: &Desk| desk.app.core.workshop.sealed(&"group-1".into(), &"cooperation".into());
    assert_eq!(sealed(&desk), SealStatus::No);
    desk.keys("<enter>");
    assert_eq!(sealed(&desk), SealStatus::Yes);

    let (mut desk, mut other) = two("Radios<enter>");
    desk.keys("<f2><home>cAgreed");
    other.keys("<f2><home>cOnly the host<enter>");
    desk.hear(&mut other).keys("<enter>");
    let consent = |desk: &Desk| {
        let course = desk.app.core.workshop.course(&"opening".into()).unwrap();
        course.consent().map(str::to_owned)
    };
    assert_eq!(consent(&desk).as_deref(), Some("Only the host"));
    assert!(
        notice(&desk).contains("The consent was changed on another laptop"),
        "{}",
        notice(&desk)
    );
    desk.keys("<enter>");
    assert_eq!(consent(&desk).as_deref(), Some("Agreed"));
}

/// A group confirms the words that it heard, and a key for one point does nothing to its neighbour.
#[test]
fn a_key_that_was_meant_for_what_was_there_does_nothing_to_what_is() {
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>Money<enter>");
    desk.keys("<f7><home>");
    other.keys("<up><up><up><ctrl-d>");
    desk.hear(&mut other).keys("y");
    assert!(desk.app.core.workshop.points().all(Point::is_unconfirmed));
    assert!(notice(&desk).ends_with("Nothing was done; y again does it."), "{}", notice(&desk));
    other.keys("<f3><up><up><ctrl-e> by night<enter>");
    desk.hear(&mut other).keys("y");
    assert!(desk.app.core.workshop.points().all(Point::is_unconfirmed));
    desk.keys("y");
    assert!(!point(&desk, "Boats by night").is_unconfirmed());

    // In capture the last one goes for the chosen one; the other laptop's is not meant.
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
    other.keys("Theirs<enter>");
    desk.hear(&mut other).keys("<ctrl-d>");
    assert_eq!(desk.points("group-1", "cooperation").len(), 3, "{}", notice(&desk));
    desk.keys("<up><up><ctrl-d>");
    assert_eq!(desk.points("group-1", "cooperation"), ["Radios", "Theirs"]);
}

/// A comment is called by its number: 1 to 9 put a point into the one that bore it on the screen.
#[test]
fn a_comment_keeps_its_number_while_others_come_in() {
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>Money<enter>Engines<enter>");
    desk.keys("<f8><home>n");
    other.hear(&mut desk);
    let first = desk.app.consolidate.comments[0];
    // There it is put after a new one.
    other.keys("<f8><home>n<tab><alt-up>");
    desk.keys("<tab><tab>").hear(&mut other);
    assert_eq!(desk.app.consolidate.comments.len(), 2);
    assert_eq!(desk.app.consolidate.comments[1], first, "the other one is before it now");
    assert!(desk.text().contains("1 rec   Radios"), "{}", desk.text());
    desk.keys("<end>1");
    // The first press is for nothing where what was chosen moved; the second is as it is shown.
    desk.keys("1");
    let sources = |id| desk.app.core.workshop.sources(id).len();
    assert_eq!(sources(first), 2, "{}", notice(&desk));
    // What one does oneself numbers them in their order again.
    desk.keys("n");
    assert_eq!(desk.app.consolidate.number(first), Some(2));
}

/// Words for a comment, set aside while another laptop carries the point: nothing is overwritten.
#[test]
fn comments_are_reworded_and_points_set_aside_as_they_were_seen() {
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
    desk.keys("<f8><home>n");
    other.hear(&mut desk);
    desk.keys("<tab>w<ctrl-u>Ours");
    other.keys("<f8><tab>w<ctrl-u>Theirs<enter>");
    desk.hear(&mut other).keys("<enter>");
    let wording = |desk: &Desk| {
        let id = desk.app.consolidate.comments[0];
        let found = desk.app.core.workshop.comment(id).unwrap();
        desk.app.core.workshop.wording(found).to_owned()
    };
    assert_eq!(wording(&desk), "Theirs");
    assert!(notice(&desk).contains("reworded on another laptop: “Theirs”"), "{}", notice(&desk));
    desk.keys("<enter>");
    assert_eq!(wording(&desk), "Ours");
    desk.keys("<esc><tab><home>x");
    other.hear(&mut desk).keys("<tab><home>p");
    desk.hear(&mut other).keys("unc<enter>");
    assert!(!matches!(point(&desk, "Boats").outcome(), Outcome::SetAside(_)), "{}", notice(&desk));
}

/// Cells, rows and offers stay chosen wherever they go.
#[test]
fn what_is_chosen_stays_chosen_when_its_list_is_made_again() {
    let (mut desk, mut other) = two("Radios<enter>");
    desk.keys("<ctrl-g>plenary<enter><f4>");
    other.keys("<alt-m>Group 9<enter>");
    desk.hear(&mut other).keys("<enter>");
    assert_eq!(desk.app.core.here.group, GroupId::plenary(), "not the group made meanwhile");

    let mut desk = Desk::start(SMALL);
    let sample =
        |name: &str| Offer::Sample { name: name.into(), line: String::new(), points: false };
    desk.tell(Message::Offers(vec![sample("a"), sample("b")])).keys("<down>");
    let recent = Offer::Recent { title: "c".into(), folder: "c".into() };
    desk.tell(Message::Offers(vec![recent, sample("a"), sample("b")])).keys("<enter>");
    let opened = format!("{:?}", desk.effects.last());
    assert!(opened.contains("\"b\""), "{opened}");
    // A passphrase is for the bundle that was locked, and is not asked in the middle of an answer.
    desk.keys("<end><enter>half");
    desk.tell(Message::Locked("one.bundle".into())).keys(" a path<enter>");
    assert!(
        format!("{:?}", desk.effects.last()).contains("half a path"),
        "{:?}",
        desk.effects.last()
    );
    assert!(desk.text().contains("Passphrase of one.bundle"), "{}", desk.text());
    desk.tell(Message::Locked("two.bundle".into())).keys("secret<enter>");
    assert!(
        format!("{:?}", desk.effects.last()).contains("one.bundle"),
        "{:?}",
        desk.effects.last()
    );

    let (mut desk, mut other) = two("Radios<enter>Boats<enter>");
    let mut third = Desk::beside(&other);
    desk.keys("<up><ctrl-k>fact<enter><up><ctrl-k>fact<enter><f6>");
    other.keys("<up><ctrl-k>conc<enter>");
    third.keys("<up><up><ctrl-k>conc<enter>");
    desk.hear(&mut other);
    assert_eq!(desk.app.exchange.waiting_for_choice(), 1);
    // Another point changed twice comes before it in the list.
    desk.hear(&mut third).keys("<enter>");
    assert_eq!(desk.app.exchange.waiting_for_choice(), 2);
    assert!(desk.text().contains("Which kind? · “Boats”"), "{}", desk.text());
}

/// Paragraphs and what was said of them.
#[test]
fn what_is_said_of_a_paragraph_stays_chosen() {
    let (mut desk, mut other) = two("Radios<enter>Boats<enter>Money<enter>");
    desk.keys("<f10><tab><down>");
    let chosen = |desk: &Desk| desk.app.paragraphs.said_at();
    assert_eq!(chosen(&desk), 1);
    other.keys("<up><up><up><ctrl-d>");
    // Where it was, there is another one now.
    desk.hear(&mut other).keys("t");
    assert!(desk.text().contains("On which paragraph is “Boats”"), "{}", desk.text());
    assert_eq!(chosen(&desk), 0);
}

/// The report of a file does not take the Enter that was meant for a point.
#[test]
fn a_report_waits_until_it_is_looked_for() {
    let (mut desk, _) = two("Radios<enter>");
    let id = point(&desk, "Radios").id();
    let change = desk.app.core.workshop.delete(id).unwrap();
    let found = TakenIn {
        what: "taking in answers",
        report: vec!["1 answer".into()],
        changes: vec![change],
    };
    desk.keys("Boats").tell(Message::TakenIn(Box::new(found))).keys("<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["Radios", "Boats"]);
    assert!(desk.app.core.overlay.is_none());
    desk.keys("<f10>");
    assert!(desk.text().contains("1 answer"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!(desk.points("group-1", "cooperation"), ["Boats"]);
}

// ----- any keys, any arrivals -------------------------------------------------------------------

/// All that is known of each point and comment, in a form that can be compared.
fn known(workshop: &Workshop, but: Option<PointId>) -> Vec<(String, String)> {
    let points = workshop.points().map(|point| (point.id().to_string(), format!("{point:?}")));
    let topics = workshop.topics().iter().flat_map(|topic| workshop.comments(&topic.id));
    // A comment of one source goes where that goes.
    let of_more = |found: &&Comment| {
        let mut sources = workshop.sources(found.id()).iter();
        sources.any(|index| Some(workshop.point_at(*index).id()) != but)
    };
    let comments =
        topics.filter(of_more).map(|found| (found.id().to_string(), format!("{found:?}")));
    points.chain(comments).collect()
}

/// Keys that choose one on one of the screens.
const PLACES: [&str; 5] =
    ["<f3><up>", "<f3><up><up>", "<f8><home>", "<f8><home><down>", "<f7><home>"];
/// Keys that ask something, and keys that may answer it.
const QUESTIONS: [&str; 12] = [
    "<ctrl-t>",
    "<ctrl-k>",
    "<ctrl-o>",
    "<alt-p>",
    "<alt-s>",
    "x",
    "t",
    "r",
    "c",
    "h",
    "<ctrl-p>delete",
    "<ctrl-p>new stat",
];
const ANSWERS: [&str; 5] =
    ["1 2 3<enter>", "<down><enter>", "<enter>", "a word<enter>", "<down><down><enter>"];
/// Keys that do something at once.
const AT_ONCE: [&str; 10] =
    ["<ctrl-d>", "<alt-down>", "<alt-right>", "<alt-p><enter>", "n", "1", "2", "p", "y", "b"];
const ARRIVALS: [&str; 7] = [
    "<f3><home><up><ctrl-e> more<enter>",
    "<f3><up><up><ctrl-d>",
    "<f3>Theirs<enter>",
    "<f8><home>n",
    "<f8><end>n<tab><alt-up><alt-up><tab>",
    "<f8><home><down>x<enter><enter>",
    "<f3><up><alt-up>",
];

fn chosen(desk: &Desk) -> PointId {
    let app = &desk.app;
    let at = |index: u32| app.core.workshop.point_at(index).id();
    match app.core.screen {
        ScreenId::Capture => {
            app.core.here.chosen().map(|place| at(app.capture.listing.lines[place].index))
        }
        ScreenId::ReadBack => app.reading.point_read(&app.core).map(Point::id),
        _ => app
            .consolidate
            .chosen_in(Side::Points)
            .map(|place| at(app.consolidate.points[place].index)),
    }
    .expect("one is chosen")
}

/// The comment that bears a number on the screen.
fn numbered(desk: &Desk, number: usize) -> Option<CommentId> {
    let comments = desk.app.consolidate.comments.iter();
    comments.copied().find(|id| desk.app.consolidate.number(*id) == Some(number))
}

/// Has what comes in come in, and looks that the keys change nothing but what is chosen.
fn nothing_else_changes(
    desk: &mut Desk,
    other: &mut Desk,
    arrivals: &[usize],
    (point, keys): (PointId, &str),
) -> Result<(), TestCaseError> {
    for arrival in arrivals {
        other.keys(ARRIVALS[*arrival]);
    }
    desk.hear(other);
    let before = known(&desk.app.core.workshop, Some(point));
    desk.keys(keys);
    let after = known(&desk.app.core.workshop, None);
    // One that a point comes into keeps the words that were seen.
    let into = match desk.app.core.workshop.point(point).map(Point::outcome) {
        Some(Outcome::In(comment)) => comment.to_string(),
        _ => String::new(),
    };
    let others = |(id, _): &(String, String)| *id != point.to_string() && *id != into;
    for (id, was) in before.into_iter().filter(others) {
        let is = after.iter().find(|(other, _)| *other == id);
        let same = is.is_some_and(|(_, is)| *is == was);
        prop_assert!(same, "{keys} changed {id} instead of {point}: {was} {is:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::cases(96))]

    /// A question is opened on what is chosen; whatever comes in before it is answered, the answer
    /// changes that and nothing else.
    #[test]
    fn an_answer_changes_what_was_chosen_and_nothing_else(
        place in 0..PLACES.len(), question in 0..QUESTIONS.len(), answer in 0..ANSWERS.len(),
        arrivals in proptest::collection::vec(0..ARRIVALS.len(), 0..4),
    ) {
        let (mut desk, mut other) = two("Radios<enter>Boats<enter>Money<enter>Engines<enter>");
        desk.keys(PLACES[place]);
        let point = chosen(&desk);
        desk.keys(QUESTIONS[question]);
        if desk.app.core.overlay.is_some() {
            nothing_else_changes(&mut desk, &mut other, &arrivals, (point, ANSWERS[answer]))?;
        }
    }

    /// The same of a key that does something at once: it is for what the screen showed as chosen, and
    /// a number for the comment that bore it.
    #[test]
    fn a_key_changes_what_was_shown_as_chosen_and_nothing_else(
        place in 0..PLACES.len(), key in 0..AT_ONCE.len(),
        arrivals in proptest::collection::vec(0..ARRIVALS.len(), 0..4),
    ) {
        let (mut desk, mut other) = two("Radios<enter>Boats<enter>Money<enter>Engines<enter>");
        // A comment of the last point, which both have.
        desk.keys("<f8><end>n<f3><esc>");
        other.hear(&mut desk);
        desk.keys(PLACES[place]);
        let (point, first) = (chosen(&desk), numbered(&desk, 1));
        // There these are for the chosen comment.
        prop_assume!(desk.app.core.screen != ScreenId::Consolidate || !AT_ONCE[key].starts_with("<alt"));
        let was = desk.app.core.workshop.point(point).unwrap().outcome().clone();
        nothing_else_changes(&mut desk, &mut other, &arrivals, (point, AT_ONCE[key]))?;
        let is = desk.app.core.workshop.point(point).unwrap().outcome().clone();
        if AT_ONCE[key] == "1" && desk.app.core.screen == ScreenId::Consolidate {
            let put = is == Outcome::In(first.unwrap());
            prop_assert!(put || is == was || !arrivals.is_empty() && notice(&desk).contains("Nothing"));
        }
    }
}
