//! Descriptions that may tell who spoke: held as possible, and ordinary sentences left alone.

use rapporteur::names::{Grade, Hit, ListedNames, Names, What};
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, Moment, Place, Point, PointId, PointKind,
};
use rapporteur::workshop::{Record, Stamp, Workshop, WriterId};

use crate::attribution::measure::parse;

/// Language, text; what may tell who spoke stands in curly brackets.
const SENTENCES: &str = include_str!("attribution/descriptions-11.tsv");

fn names() -> Names {
    Names::of(&ListedNames {
        delegations: vec!["Malaysia", "Thailand", "Viet Nam"],
        participants: vec!["Tan Mei"],
        ..ListedNames::default()
    })
}

fn described(names: &Names, text: &str) -> Vec<String> {
    let hits = names.check(text).into_iter();
    hits.filter(|hit| !hit.what.is_name()).map(|hit| text[hit.range].to_owned()).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the numbers are asked for, with --nocapture")]
fn sentences_written_before_the_list_are_kept_apart() {
    let names = names();
    let (mut labels, mut ordinary, mut missed, mut held) = (0, 0, Vec::new(), Vec::new());
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
        let (language, text) = line.split_once('\t').unwrap();
        let sentence = parse(false, text);
        let hits = names.check(&sentence.text);
        assert!(hits.iter().all(|hit| hit.what.is_name() || hit.grade == Grade::Possible));
        if sentence.labels.is_empty() {
            ordinary += 1;
            let found = described(&names, &sentence.text);
            held.extend(found.iter().map(|it| format!("{language} “{it}”: {}", sentence.text)));
        }
        for label in &sentence.labels {
            labels += 1;
            let met = |hit: &Hit| hit.range.start < label.end && label.start < hit.range.end;
            if !hits.iter().any(met) {
                missed.push(format!("{language} {}", sentence.text));
            }
        }
    }
    println!("{} of {labels} missed: {missed:#?}", missed.len());
    println!("{} of {ordinary} held: {held:#?}", held.len());
    assert!((labels, ordinary) == (90, 76) && missed.len() < 3, "{missed:#?}");
    assert_eq!(held, [""; 0]);
}

#[test]
fn a_description_is_possible_and_never_certain() {
    let names = names();
    for (text, found, what) in [
        ("As this year’s chair we have to finish", "As this year’s chair", What::Description),
        ("needs more time in our country", "in our country", What::Description),
        ("the only monarchy here asked", "the only monarchy", What::Description),
        ("as host of the next meeting, asks", "as host of the next meeting", What::Description),
        ("OUR MINISTRY HAS NO BUDGET", "OUR MINISTRY", What::Description),
        ("we as a small island state lack boats", "we as a small island state", What::Description),
        (
            "As a small island developing State, asks why",
            "As a small island developing State",
            What::Description,
        ),
        ("the reefs around our tiny islands", "our tiny islands", What::Description),
        ("The Deputy Secretary-General agreed", "The Deputy Secretary-General", What::Office),
        (
            "the head of the coast guard delegation",
            "the head of the coast guard delegation",
            What::Office,
        ),
    ] {
        let hits = names.check(text);
        let one: Vec<_> = hits.iter().map(|hit| (&text[hit.range.clone()], hit.what)).collect();
        assert_eq!(one, [(found, what)], "{text}");
        assert_eq!(hits[0].grade, Grade::Possible, "{text}");
    }
}

#[test]
fn ordinary_words_are_no_description() {
    let names = names();
    for text in [
        "Our coast guards need common radio channels",
        "The chair opened the session",
        "The region needs one list",
        "our country presentations should be shorter",
        "in our countries the law differs",
        "Members could take turns as host",
        "The only way forward is a pilot",
        "the largest member states",
        "As a region we should speak with one voice",
        "Small island states see the boats first",
        "In our region. Country lists are public",
    ] {
        assert_eq!(described(&names, text), [""; 0], "{text}");
    }
}

#[test]
fn a_name_in_the_same_place_comes_first() {
    let names = names();
    for (text, which) in [
        ("The head of the Thai delegation agreed", "Thailand"),
        ("as host of the next Malaysia forum, asks", "Malaysia"),
        ("The only landlocked member here asked", "LLDCs"),
    ] {
        let hits = names.check(text);
        assert_eq!(hits.iter().map(|hit| &*hit.which).collect::<Vec<_>>(), [which], "{text}");
    }
    // Beside each other both are found, in the order of the text.
    let hits = names.check("In our country Malaysia is known");
    assert_eq!(
        hits.iter().map(|hit| hit.what).collect::<Vec<_>>(),
        [What::Description, What::State]
    );
}

#[test]
fn the_wording_of_a_description_changes_nothing_else() {
    let names = names();
    for (text, expected) in [
        ("In our country’s law, boats are exempt", "In one country’s law, boats are exempt"),
        ("no boats in my\ncountry", "no boats in one country"),
        ("IN OUR COUNTRY IT IS LAW", "IN ONE COUNTRY IT IS LAW"),
    ] {
        let hits = names.check(text);
        assert_eq!(names.wording(text, &hits[0]).unwrap().put_into(text), expected);
        assert_eq!(names.check(expected), [], "{expected}");
    }
    assert_eq!(names.check_with_wordings("our ministry pays")[0].1, None);
}

#[test]
fn the_agenda_has_no_speaker_to_describe() {
    let agenda = Agenda { title: "What our country needs".into(), ..Agenda::default() };
    let mut workshop = Workshop::new(&agenda);
    let names = names();
    assert_eq!(workshop.mentions_of_meeting(&names), []);
    let place = Place::new("plenary".into(), "general".into());
    let text = "What our country needs";
    let captured = CapturedPoint::new(PointId::new(1), place, PointKind::Fact, text);
    let changes = [Change::PointCaptured(captured.into())];
    let stamp = Stamp { time: 9, writer: WriterId::new(1) };
    workshop.apply(Record { stamp, at: Moment(0), changes: changes.into_iter().collect() });
    let point: Vec<&Point> = workshop.points().collect();
    let found = workshop.mentions_in(&names, point[0]);
    assert_eq!(found[0].may_name(), "a description that may reveal who spoke");
}
