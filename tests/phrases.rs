//! Decisions by phrase: what they cover now and later, and what they never cover.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;
use rapporteur::workshop::*;
use serde_json::{Value, json};

use crate::command::{Home, words};
use crate::exports::played;
use crate::gate::pass;
use crate::laptops::line;

fn make(workshop: &mut Workshop, writer: u64, change: Change) -> Record {
    let record = workshop.record(WriterId::new(writer), Moment(0), [change]);
    workshop.apply(record.clone());
    record
}

fn say(workshop: &mut Workshop, nth: u64, text: &str) -> PointId {
    let id = PointId::new(nth);
    let place = Place::new("plenary".into(), "general".into());
    let captured = CapturedPoint::new(id, place, PointKind::Fact, text);
    make(workshop, 1, Change::PointCaptured(captured.into()));
    id
}

fn mentions(workshop: &Workshop) -> Vec<Mention> {
    let names = workshop.agenda().names();
    workshop.points().flat_map(|point| workshop.mentions_in(&names, point)).collect()
}

/// What is open, each with the words of its text.
fn open(workshop: &Workshop) -> Vec<String> {
    let all = mentions(workshop);
    all.iter().filter(|one| one.is_open()).map(|one| one.text.to_string()).collect()
}

/// Decides by a phrase on all that it covers.
fn decide(workshop: &mut Workshop, writer: u64, phrase: &str) -> Record {
    let names = workshop.agenda().names();
    let all = mentions(workshop);
    let fit = |one: &&Mention| {
        workshop.is_left_to_phrases(one) && workshop.neighbours(&names, one).fit(phrase)
    };
    let listed: Vec<&MentionKey> = all.iter().filter(fit).map(|one| &one.key).collect();
    let made = PhraseDecision::subject(listed);
    let change = workshop.decide_phrase(phrase.into(), Some(made));
    make(workshop, writer, change)
}

#[test]
fn a_phrase_covers_what_is_between_its_words_until_these_change() {
    let mut workshop = Workshop::default();
    let point = say(&mut workshop, 1, "Irregular travel to Malaysia has grown");
    assert_eq!(open(&workshop).len(), 1);
    decide(&mut workshop, 1, "travel to …");
    assert_eq!(open(&workshop), [""; 0]);
    assert!(pass(&workshop).is_ok());
    let reword = |workshop: &mut Workshop, text: &str| {
        let change = workshop.set(point, Field::Text(text.into())).unwrap();
        make(workshop, 1, change);
        open(workshop).len()
    };
    // Reworded so that the phrase fits still, it is covered, and counted as new.
    assert_eq!(reword(&mut workshop, "More travel to Malaysia"), 0);
    assert!(mentions(&workshop)[0].is_since());
    assert_eq!(reword(&mut workshop, "TRÁVEL to **Malaysia**!"), 0, "folded as names are");
    for text in [
        "Travel from Malaysia",
        "Travel to the Malaysia office",
        "Travel. To Malaysia",
        "Travel to: Malaysia",
        "Travel to\nMalaysia",
        "Malaysia said that travel to it is rare",
        // A rule says who spoke, whatever stands beside the name.
        "Travel to Malaysia, Malaysia said",
    ] {
        assert!(reword(&mut workshop, text) > 0, "{text}");
    }
    assert_eq!(reword(&mut workshop, "Irregular travel to Malaysia has grown"), 0);
    assert!(!mentions(&workshop)[0].is_since(), "it was listed as it was decided");
    // What is not a point's or a comment's is not covered.
    let change = workshop.set_group("made".into(), GroupField::Title("Travel to Malaysia".into()));
    make(&mut workshop, 1, change);
    assert!(pass(&workshop).is_err());
}

#[test]
fn a_decision_on_the_mention_itself_comes_first() {
    let mut workshop = Workshop::default();
    say(&mut workshop, 1, "Irregular travel to Malaysia has grown");
    decide(&mut workshop, 1, "travel to …");
    let mention = mentions(&workshop).remove(0);
    assert_eq!(mention.clearance, Some(Clearance::plain(Ruling::Subject)));
    let change = workshop.decide(mention.key.clone(), Some(Clearance::plain(Ruling::Held)));
    make(&mut workshop, 1, change);
    assert_eq!(open(&workshop).len(), 1, "held");
    let change = workshop.decide(mention.key.clone(), Some(Clearance::public("known")));
    make(&mut workshop, 1, change);
    assert_eq!(mentions(&workshop)[0].clearance, Some(Clearance::public("known")));
    // One that does not hold because its reason reveals somebody is not passed over either.
    let change = workshop.decide(mention.key.clone(), Some(Clearance::public("Thailand said so")));
    make(&mut workshop, 1, change);
    assert_eq!(open(&workshop).len(), 1);
    let change = workshop.decide(mention.key, None);
    make(&mut workshop, 1, change);
    assert_eq!(open(&workshop), [""; 0]);
}

/// What the other laptop does at the same time.
type Theirs<'p> = Box<dyn Fn(&Workshop) -> Change + 'p>;

#[test]
fn of_two_decisions_at_once_both_stay_and_the_stricter_one_holds() {
    let mut here = Workshop::default();
    say(&mut here, 1, "Irregular travel to Malaysia has grown");
    let phrase = || Phrase::from("travel to …");
    let cases: [(&str, Theirs<'_>, bool); 4] = [
        (
            "the same",
            Box::new(|there| there.decide_phrase(phrase(), Some(PhraseDecision::subject([])))),
            true,
        ),
        ("taken back", Box::new(|there| there.decide_phrase(phrase(), None)), false),
        (
            "held",
            Box::new(|there| {
                let key = mentions(there).remove(0).key;
                there.decide(key, Some(Clearance::plain(Ruling::Held)))
            }),
            false,
        ),
        (
            "reworded",
            Box::new(|there| {
                there.set(PointId::new(1), Field::Text("Travel from Malaysia".into())).unwrap()
            }),
            false,
        ),
    ];
    decide(&mut here, 1, "travel to …");
    for (what, change, passes) in cases {
        let (mut one, mut other) = (here.clone(), here.clone());
        let mine = decide(&mut one, 1, "travel to …");
        let change = change(&other);
        let theirs = make(&mut other, 2, change);
        one.apply(theirs);
        other.apply(mine);
        for workshop in [&one, &other] {
            assert_eq!(open(workshop).is_empty(), passes, "{what}");
            assert_eq!(pass(workshop).is_ok(), passes, "{what}");
        }
        let made = one.phrase_decisions("travel to …").len();
        assert_eq!(made, if matches!(what, "the same" | "taken back") { 2 } else { 1 }, "{what}");
        // Whoever decides again settles it.
        if what == "taken back" {
            decide(&mut one, 1, "travel to …");
            assert_eq!(open(&one), [""; 0]);
        }
    }
}

/// What was listed on one laptop is listed, whichever of the two records arrived first.
#[test]
fn what_came_in_from_elsewhere_is_counted_where_nobody_saw_it_listed() {
    let mut one = Workshop::default();
    say(&mut one, 1, "Irregular travel to Malaysia has grown");
    let mut other = one.clone();
    let record = other.record(
        WriterId::new(2),
        Moment(0),
        [Change::PointCaptured(
            CapturedPoint::new(
                PointId::new(2),
                Place::new("plenary".into(), "general".into()),
                PointKind::Fact,
                "Safe travel to Thailand",
            )
            .into(),
        )],
    );
    other.apply(record.clone());
    let mine = decide(&mut one, 1, "travel to …");
    one.apply(record);
    let since =
        |workshop: &Workshop| mentions(workshop).iter().filter(|one| one.is_since()).count();
    assert_eq!((open(&one).len(), since(&one)), (0, 1));
    let theirs = decide(&mut other, 2, "travel to …");
    one.apply(theirs);
    other.apply(mine);
    assert_eq!((since(&one), since(&other)), (0, 0));
}

#[test]
fn a_phrase_does_not_go_to_a_group_that_did_not_say_it() {
    let mut workshop = Workshop::default();
    say(&mut workshop, 1, "Irregular travel to Malaysia has grown");
    let record = decide(&mut workshop, 1, "travel to …");
    assert!(!workshop.is_for(&GroupId::plenary(), &record));
}

#[test]
fn what_no_program_writes_as_a_phrase_is_refused() {
    for (phrase, sound) in [
        ("travel to …", true),
        ("… nationals", true),
        ("a b c … d e f", true),
        ("…", false),
        ("", false),
        ("travel to", false),
        ("a b c d …", false),
        ("… …", false),
        ("travel  to …", false),
        ("travel\u{1b} …", false),
    ] {
        assert_eq!(Phrase::from(phrase).is_sound(), sound, "{phrase}");
        let workshop = Workshop::default();
        let change = workshop.decide_phrase(phrase.into(), Some(PhraseDecision::subject([])));
        let record = workshop.record(WriterId::new(1), Moment(0), [change]);
        assert_eq!(record.check().is_ok(), sound, "{phrase}");
    }
}

// ----- the program ------------------------------------------------------------------------------

const ADD: [&str; 6] = ["add", "room", "--group", "group-1", "--topic", "capacity"];

/// Writes a decision by phrase on these texts into the workshop's folder, as another run would.
fn decide_in(home: &Home, phrase: &str, to: &Value) {
    let writer = WriterId::new(77);
    let change =
        json!({"phrase_decided": {"phrase": phrase, "to": to, "over": ["0@000000000000"]}});
    let record = json!({"stamp": format!("900@{writer}"), "at": 5, "changes": [change]});
    let (bytes, _) = line("00000000", record.to_string().as_bytes());
    fs::write(home.path().join(format!("room/changes/{writer}.jsonl")), bytes).unwrap();
}

#[test]
fn the_command_line_and_the_files_say_what_a_phrase_decided() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "room"], b"");
    for text in ["Irregular travel to Malaysia has grown", "Travel to Thailand is safe"] {
        home.lines(&[&ADD[..], &[text]].concat(), b"");
    }
    home.lines(&["names", "room", "--accept-agenda"], b"");
    assert_eq!(home.run(&["export", "room", "--out", "out"], b"").status.code(), Some(1));
    decide_in(&home, "travel to …", &json!({"ruling": "subject"}));
    let listed = home.run(&["names", "room", "--json"], b"");
    assert!(
        words(&listed).contains("none to decide on, 2 decided by a phrase since"),
        "{}",
        words(&listed)
    );
    let rows: Vec<Value> = String::from_utf8(listed.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|row: &Value| row["of"]["kind"] == "point")
        .collect();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert_eq!((&row["decided"], &row["phrase"]), (&"subject".into(), &"travel to …".into()));
    }
    // Reading the lines back changes nothing.
    fs::write(home.path().join("decided.jsonl"), rows[0].to_string()).unwrap();
    let before = crate::durability::everything(&home.path().join("room"));
    home.lines(&["names", "room", "--take", "decided.jsonl"], b"");
    assert!(crate::durability::everything(&home.path().join("room")) == before);
    home.lines(&["export", "room", "--out", "out"], b"");
    let file = |name: &str| {
        fs::read_to_string(home.path().join(format!("out/asean-declaration.feedback.{name}")))
            .unwrap()
    };
    let feedback: Value = serde_json::from_str(&file("json")).unwrap();
    assert_eq!(feedback["audit"]["by_phrase"], json!({"mentions": 2, "since": 2}));
    assert!(!file("json").contains("travel to …"), "the words themselves stay in the room");
    let said =
        "Of these, 2 were decided by the words beside the name; 2 were typed after that decision.";
    assert!(file("md").contains(said), "{}", file("md"));
    assert!(
        file("about.csv").contains("Names typed after such a decision,2"),
        "{}",
        file("about.csv")
    );
    // What only a later version can decide covers nothing, and is no damage.
    decide_in(&home, "travel to …", &json!({"ruling": "held", "later": 1}));
    assert_eq!(home.run(&["export", "room", "--out", "held"], b"").status.code(), Some(1));
}

// ----- any history ------------------------------------------------------------------------------

const PHRASES: [&str; 6] =
    ["travel to …", "… said", "that …", "irregular travel to … has", "… said that", "as the …"];

proptest! {
    #![proptest_config(crate::cases(96))]

    /// Steps are played, phrases decided on, taken back and held against, more steps are played: what
    /// is certain is never covered, and what passes was decided on.
    #[test]
    fn whatever_is_exported_was_decided_and_a_certain_mention_is_never_covered(
        agenda in played::agenda(),
        steps in vec(played::step(), 0..30),
        made in vec((0..PHRASES.len(), 0..5usize), 0..8),
        alone in vec(0..4usize, 0..30),
        late in vec(0..5usize, 0..4),
    ) {
        let mut workshop = played::played(&agenda, &steps);
        for (phrase, how) in made {
            let phrase = PHRASES[phrase];
            match how {
                0 => drop({
                    let change = workshop.decide_phrase(phrase.into(), None);
                    make(&mut workshop, 1, change)
                }),
                1 => {
                    // At once on two laptops.
                    let mut other = workshop.clone();
                    decide(&mut workshop, 1, phrase);
                    let change = other.decide_phrase(phrase.into(), None);
                    workshop.apply(make(&mut other, 2, change));
                }
                _ => drop(decide(&mut workshop, 1, phrase)),
            }
        }
        let names = workshop.agenda().names();
        let all = |workshop: &Workshop| -> Vec<Mention> {
            let points = workshop.points().flat_map(|point| workshop.mentions_in(&names, point));
            points
                .chain(workshop.mentions_of_comments(&names))
                .chain(workshop.mentions_of_meeting(&names))
                .collect()
        };
        let held: Vec<MentionKey> = all(&workshop)
            .into_iter()
            .zip(&alone)
            .filter(|(_, how)| **how == 0)
            .map(|(mention, _)| mention.key)
            .collect();
        for key in &held {
            let change = workshop.decide(key.clone(), Some(Clearance::plain(Ruling::Held)));
            make(&mut workshop, 1, change);
        }
        let texts = ["Safe travel to Brunei", "Thailand said no", "As the Lao people, that Malaysia"];
        for (nth, text) in late.iter().enumerate() {
            say(&mut workshop, 900 + nth as u64, texts[text % texts.len()]);
        }
        let found = all(&workshop);
        let phrases = workshop.phrases();
        for mention in &found {
            let Some(by) = &mention.by_phrase else { continue };
            prop_assert!(!mention.hit.is_certain(), "{mention:?}");
            prop_assert!(matches!(mention.key.of, Holder::Point(_) | Holder::Comment(_)));
            prop_assert!(!held.contains(&mention.key), "{mention:?}");
            prop_assert!(phrases.contains(&&by.phrase), "{mention:?}");
            prop_assert!(workshop.neighbours(&names, mention).fit(by.phrase.as_str()));
        }
        // The gate lets pass what is decided one by one or by a phrase, and that alone.
        match pass(&workshop) {
            Err(_) => prop_assert!(found.iter().any(Mention::is_open)),
            Ok(passed) => {
                use rapporteur::feedback::Publishable;
                for section in 0..passed.sections() {
                    passed.texts(section, &mut |printed| {
                        for mention in workshop.mentions(&names, &printed) {
                            let alone = workshop.clearances(&mention.key);
                            assert!(mention.by_phrase.is_some() || !alone.is_empty(), "{mention:?}");
                            assert!(!mention.is_open(), "{mention:?}");
                        }
                    });
                }
            }
        }
    }
}
