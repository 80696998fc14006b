//! The gate: nothing is exported that was not decided on in exactly the words that are printed.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use rapporteur::export::{Format, write};
use rapporteur::feedback::{ClearedDocument, Feedback, Gate, Publishable, Stop, in_turn};
use rapporteur::names::{ListedNames, Names, SearchCounts};
use rapporteur::workshop::*;
use serde_json::Value;

use crate::exports::played;

/// Feedback that may be exported in a test, whatever is in it.
pub(crate) fn cleared<'a>(feedback: &Feedback<'a>) -> ClearedDocument<Feedback<'a>> {
    let (workshop, names) = (Workshop::default(), Names::of(&ListedNames::default()));
    let gate = Gate {
        workshop: &workshop,
        names: &names,
        waive: Some("it is a test"),
        searched: SearchCounts::default(),
    };
    gate.clear(feedback.clone(), &in_turn).unwrap()
}

/// The feedback of a workshop as it passes the gate, or what stops it.
pub(crate) fn pass(workshop: &Workshop) -> Result<ClearedDocument<Feedback<'_>>, Stop> {
    let names = workshop.names();
    let gate = Gate { workshop, names: &names, waive: None, searched: SearchCounts::default() };
    gate.clear(Feedback::of(workshop, "0.1.0"), &in_turn)
}

fn agenda() -> Agenda {
    Agenda {
        id: "budget-day".into(),
        title: "Budget day".into(),
        participants: vec!["Siti Nurhaliza".into()],
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        groups: vec![Group { id: "g1".into(), title: "Group 1".into(), ..Group::default() }],
        ..Agenda::default()
    }
}

fn make(workshop: &mut Workshop, writer: u64, changes: Vec<Change>) -> Record {
    let record = workshop.record(WriterId::new(writer), Moment(0), changes);
    workshop.apply(record.clone());
    record
}

fn say(workshop: &mut Workshop, nth: u64, kind: PointKind, text: &str) -> PointId {
    let id = PointId::new(nth);
    let captured = CapturedPoint::new(id, Place::new("g1".into(), "a".into()), kind, text);
    make(workshop, 1, vec![Change::PointCaptured(captured.into())]);
    id
}

pub(crate) fn open(workshop: &Workshop) -> Vec<Mention> {
    match pass(workshop) {
        Ok(_) => Vec::new(),
        Err(Stop::Open(open)) => open,
        Err(Stop::Reason(name)) => panic!("a reason nobody gave names {name}"),
    }
}

fn decide(workshop: &mut Workshop, writer: u64, mention: &Mention, made: Clearance) -> Record {
    let change = workshop.decide(mention.key.clone(), Some(made));
    make(workshop, writer, vec![change])
}

fn public(reason: &str) -> Clearance {
    Clearance::public(reason)
}

/// Before, a waiver compared the bare word, wherever in the point it was: this went out.
#[test]
fn a_decision_ends_when_the_words_change_and_is_back_when_they_are() {
    let mut workshop = Workshop::new(&agenda());
    let public_words = "60 % of cases were, said Malaysia, reported there";
    let point = say(&mut workshop, 1, PointKind::Fact, public_words);
    let found = open(&workshop);
    assert_eq!(found.len(), 1);
    decide(&mut workshop, 1, &found[0], public("published last year"));
    assert!(pass(&workshop).is_ok());
    let reword = |workshop: &mut Workshop, text: &str| {
        let change = workshop.set(point, Field::Text(text.into())).unwrap();
        make(workshop, 1, vec![change]);
    };
    reword(&mut workshop, "Malaysia said that OP4 is too strong");
    assert_eq!(open(&workshop).len(), 1);
    reword(&mut workshop, &format!("{public_words}."));
    assert_eq!(open(&workshop).len(), 1, "one letter is enough");
    reword(&mut workshop, public_words);
    assert!(pass(&workshop).is_ok());
    // The same words in another part, or of another point, were not decided on.
    let tags = Field::Tags(["Malaysia".into()].into());
    let change = workshop.set(point, tags).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert_eq!(open(&workshop).len(), 1);
    say(&mut workshop, 2, PointKind::Fact, public_words);
    assert_eq!(open(&workshop).len(), 2);
}

/// Before, none of these was ever looked at.
#[test]
fn every_label_is_looked_through() {
    let mut workshop = Workshop::new(&agenda());
    say(&mut workshop, 1, PointKind::Other("malaysian_view".into()), "Boats are old");
    assert_eq!(open(&workshop)[0].key.part, Part::Kind);
    let point = say(&mut workshop, 2, PointKind::Fact, "Radios are old");
    let change = workshop.set(point, Field::Paragraph(Some("the Thai paragraph".into()))).unwrap();
    make(&mut workshop, 1, vec![change]);
    let change = workshop.set_group("g2".into(), GroupField::Title("Friends of Malaysia".into()));
    make(&mut workshop, 1, vec![change]);
    let change = workshop.set_group("indonesian-table".into(), GroupField::Title("Table".into()));
    make(&mut workshop, 1, vec![change]);
    let legend = Legend::read("most thai delegates 50-100; few 0-49").unwrap();
    let change = workshop.set_legend(legend);
    make(&mut workshop, 1, vec![change]);
    let parts: Vec<(Part, String)> =
        open(&workshop).iter().map(|one| (one.key.part, one.text.to_string())).collect();
    for (part, text) in [
        (Part::Title, "Friends of Malaysia"),
        (Part::Id, "indonesian-table"),
        (Part::Word, "most thai delegates"),
        (Part::Kind, "malaysian_view"),
        (Part::Paragraph, "the Thai paragraph"),
    ] {
        assert!(parts.contains(&(part, text.to_owned())), "{text}: {parts:?}");
    }
}

#[test]
fn the_meetings_own_texts_are_accepted_once_and_only_there() {
    let session = Session { title: "Visit to Putrajaya".into(), ..Session::default() };
    let day =
        Day { date: "2025-05-27".parse().unwrap(), title: String::new(), sessions: vec![session] };
    let agenda = Agenda {
        title: "Malaysia meets its neighbours".into(),
        venue: "Kuala Lumpur".into(),
        objectives: vec!["To hear Thailand".into()],
        days: vec![day],
        ..agenda()
    };
    let mut workshop = Workshop::new(&agenda);
    let text =
        "---\ntitle: The Hanoi draft\n---\n\nDO HEREBY AGREE:\n\n1. To meet, as Malaysia said.\n";
    let text = rapporteur::import::draft_text::read("draft.md", text.as_bytes()).unwrap().text;
    let changes = workshop.take_in_text(text);
    make(&mut workshop, 1, changes);
    let found = open(&workshop);
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found.iter().all(|mention| workshop.is_given(&mention.key.of)));
    for mention in &found {
        decide(&mut workshop, 1, mention, Clearance::given(&mention.key.of));
    }
    assert!(pass(&workshop).is_ok());
    say(&mut workshop, 1, PointKind::Fact, "To meet, as Malaysia said.");
    assert_eq!(open(&workshop).len(), 1, "typed in a point it is nobody's own text");
}

#[test]
fn of_two_decisions_at_once_both_stay_and_the_stricter_one_holds() {
    let subject = || Clearance::plain(Ruling::Subject);
    for (one, other, passes) in [
        (Some(public("it is known")), Some(subject()), true),
        (Some(public("it is known")), Some(Clearance::plain(Ruling::Held)), false),
        (Some(subject()), None, false),
        (Some(public("it is known")), Some(public("Thailand said so")), false),
    ] {
        let mut here = Workshop::new(&agenda());
        say(&mut here, 1, PointKind::Fact, "Malaysia said so");
        let mention = open(&here).remove(0);
        decide(&mut here, 1, &mention, public("for a start"));
        let mut there = here.clone();
        let change = |workshop: &Workshop, made| workshop.decide(mention.key.clone(), made);
        let (mine, theirs) = (change(&here, one.clone()), change(&there, other.clone()));
        let (mine, theirs) = (make(&mut here, 1, vec![mine]), make(&mut there, 2, vec![theirs]));
        here.apply(theirs);
        there.apply(mine);
        for workshop in [&here, &there] {
            assert_eq!(workshop.clearances(&mention.key).len(), 2);
            assert_eq!(pass(workshop).is_ok(), passes, "{one:?} and {other:?}");
        }
    }
}

/// Before, the names screen put one wording in the place of both, and the other was gone.
#[test]
fn a_text_that_two_laptops_changed_at_once_is_not_reworded_before_somebody_chose() {
    let mut here = Workshop::new(&agenda());
    let point = say(&mut here, 1, PointKind::Fact, "Boats are old");
    let mut there = here.clone();
    let reword = |workshop: &Workshop, text: &str| workshop.set(point, Field::Text(text.into()));
    let (mine, theirs) = (reword(&here, "Boats are too old"), reword(&there, "Thailand said so"));
    make(&mut here, 1, vec![mine.unwrap()]);
    let theirs = make(&mut there, 2, vec![theirs.unwrap()]);
    here.apply(theirs);
    let mention = open(&here).remove(0);
    let refused = here.reword_mention(&mention, "One delegation said so").unwrap_err();
    assert_eq!(refused, Refusal::BothStand(Part::Wording.title()));
    let chosen = reword(&here, "Thailand said so").unwrap();
    make(&mut here, 1, vec![chosen]);
    let mention = open(&here).remove(0);
    assert!(here.reword_mention(&mention, "One delegation said so").is_ok());
}

#[test]
fn a_waiver_of_an_earlier_program_is_reopened() {
    let mut workshop = Workshop::new(&agenda());
    let point = say(&mut workshop, 1, PointKind::Fact, "Malaysia said so");
    let waiver = Waiver { found: "Malaysia".into(), reason: "the host agreed".into() };
    let change = workshop.set(point, Field::Waived([waiver].into())).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert_eq!(open(&workshop).len(), 1);
}

#[test]
fn what_is_not_decided_passes_once_for_a_reason_that_names_nobody() {
    let mut workshop = Workshop::new(&agenda());
    say(&mut workshop, 1, PointKind::Fact, "Malaysia said so");
    let names = workshop.names();
    let pass = |waive| {
        let gate = Gate {
            workshop: &workshop,
            names: &names,
            waive: Some(waive),
            searched: SearchCounts::default(),
        };
        gate.clear(Feedback::of(&workshop, "0.1.0"), &in_turn)
    };
    assert_eq!(pass("Thailand said it may").unwrap_err(), Stop::Reason("Thailand".into()));
    // "because Malaysia asked" says more of Malaysia than the point does.
    assert_eq!(pass("because Malaysia asked").unwrap_err(), Stop::Reason("Malaysia".into()));
    for reason in ["as in the talks of KL", "Ana Reis agreed", "travel to Penang is public"] {
        assert!(matches!(pass(reason).unwrap_err(), Stop::Reason(_)), "{reason}");
    }
    let passed = pass("the press had it").unwrap();
    let left = passed.audit.undecided.as_ref().unwrap();
    assert_eq!((left.mentions, &*left.reason), (1, "the press had it"));
    assert_eq!(open(&workshop).len(), 1, "nothing is stored");
    for format in Format::ALL.into_iter().filter(|format| format.is_usual()) {
        let mut file = Vec::new();
        write(format, &passed, &mut file, &mut |_, _| true).unwrap();
        let text = crate::exports::words(&file);
        let prints = !matches!(format, Format::Csv | Format::Comments | Format::Matrix);
        assert_eq!(text.contains("the press had it"), prints, "{format:?}: {text}");
    }
}

#[test]
fn a_section_that_was_skipped_is_looked_through_all_the_same() {
    let mut workshop = Workshop::new(&agenda());
    say(&mut workshop, 1, PointKind::Fact, "Malaysia said so");
    let names = workshop.names();
    let gate =
        Gate { workshop: &workshop, names: &names, waive: None, searched: SearchCounts::default() };
    let nothing = |_: usize, _: &(dyn Fn(usize) + Sync)| ();
    assert!(gate.clear(Feedback::of(&workshop, "0.1.0"), &nothing).is_err());
}

/// Every text in a JSON value, with the names of the fields it is under.
fn strings(value: &Value, at: &str, see: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => see(at, text),
        Value::Array(all) => all.iter().for_each(|one| strings(one, at, see)),
        Value::Object(all) => {
            all.iter().for_each(|(name, one)| strings(one, &format!("{at}.{name}"), see));
        }
        _ => {}
    }
}

/// Fields that hold no words: ids made here, words of a fixed list, dates, numbers as words, and
/// sentences made of nothing but these and of texts that are looked through.
const MADE: [&str; 28] = [
    ".schema",
    ".program",
    ".checksum",
    ".account",
    ".meeting.dates",
    ".meeting.time_zone",
    ".meeting.rule",
    ".sessions.date",
    ".sessions.start",
    ".sessions.rule",
    ".draft",
    ".points.id",
    ".points.ref",
    ".points.under",
    ".points.status",
    ".points.outcome",
    ".points.statement",
    ".points.reason",
    ".statements.id",
    ".statements.ref",
    ".statements.sources",
    ".statements.quantifier",
    ".seals.digest",
    ".seals.state",
    ".points.read_back.verdict",
    ".points.hands.yes",
    ".points.hands.no",
    ".points.hands.neither",
];

proptest! {
    #![proptest_config(crate::cases(96))]

    #[test]
    fn whatever_is_exported_was_decided_on_in_exactly_the_printed_words(
        agenda in played::agenda(),
        steps in vec(played::step(), 0..40),
        rulings in vec(0..6usize, 0..40),
    ) {
        let mut workshop = played::played(&agenda, &steps);
        let names = workshop.names();
        // What the names screen lists is what the gate stops at.
        let mut listed: Vec<Mention> = workshop
            .points()
            .flat_map(|point| workshop.mentions_in(&names, point))
            .chain(workshop.mentions_of_comments(&names))
            .chain(workshop.mentions_of_meeting(&names))
            .collect();
        listed.retain(Mention::is_open);
        for mention in open(&workshop) {
            prop_assert!(listed.iter().any(|one| one.key == mention.key), "{mention:?}");
        }
        // Some are decided on, some twice, some reworded after.
        for (mention, ruling) in open(&workshop).iter().zip(&rulings) {
            let change = match ruling {
                0 => continue,
                1 => workshop.decide(mention.key.clone(), Some(Clearance::plain(Ruling::Subject))),
                2 => workshop.decide(mention.key.clone(), Some(Clearance::plain(Ruling::Held))),
                3 => match workshop.reword_mention(mention, "Somebody said so") {
                    Ok(change) => change,
                    Err(_) => continue,
                },
                _ => workshop.decide(mention.key.clone(), Some(public("it is known"))),
            };
            make(&mut workshop, 1, vec![change]);
        }
        let feedback = Feedback::of(&workshop, "0.1.0");
        let mut texts = BTreeSet::new();
        for section in 0..feedback.sections() {
            feedback.texts(section, &mut |printed| {
                texts.insert(printed.text.to_owned());
            });
        }
        // Every string of the document is one of the texts, or made here.
        strings(&serde_json::to_value(&feedback).unwrap(), "", &mut |at, text| {
            let field = at.rsplit('.').next().unwrap_or_default();
            let made = MADE.contains(&at)
                || ["topic", "topics", "group", "groups", "session", "convergence"].contains(&field)
                || text.is_empty()
                || at == ".audit.consent"
                || field == "kind" && PointKind::KNOWN.iter().any(|kind| kind.word() == text);
            assert!(made || texts.contains(text), "{at}: {text}");
        });
        match pass(&workshop) {
            Err(Stop::Open(open)) => prop_assert!(!open.is_empty()),
            Err(Stop::Reason(name)) => prop_assert!(false, "{name}"),
            Ok(passed) => {
                for section in 0..passed.sections() {
                    passed.texts(section, &mut |printed| {
                        for mention in workshop.mentions(&names, &printed) {
                            let digest = TextDigest::of(printed.text);
                            let decided = passed.audit.waived.iter().any(|waived| {
                                waived.holder().as_ref() == Some(printed.of)
                                    && waived.part == Some(printed.part)
                                    && waived.digest == Some(digest)
                                    && waived.found == mention.found()
                            });
                            assert!(decided, "{mention:?}");
                        }
                    });
                }
            }
        }
    }
}
