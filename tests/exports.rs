//! What goes out, and that it comes back: the formats, the schema, the samples in `exports/`.

pub(crate) mod played;
mod results;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use compact_str::CompactString;
use proptest::collection::vec;
use proptest::prelude::*;
use rapporteur::export::{self, Format, WriteError};
use rapporteur::feedback::{Feedback, Gate, in_turn};
use rapporteur::import::feedback::{self as import, UnreadableFeedback};
use rapporteur::import::{self as taken_in, Mistakes, sample_points, samples};
use rapporteur::names::Finder;
use rapporteur::workshop::*;

use crate::gate::cleared;
use played::{agenda, chosen, played, step};

fn written(format: Format, feedback: &Feedback) -> Vec<u8> {
    let mut file = Vec::new();
    export::write(format, &cleared(feedback), &mut file, &mut |_, _| true).unwrap();
    file
}

/// The words of a file; of a packed one those of all that is in it.
pub(crate) fn text(format: Format, feedback: &Feedback) -> String {
    words(&written(format, feedback))
}

/// The words of a file's bytes.
pub(crate) fn words(bytes: &[u8]) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let mut whole = String::new();
    for nth in 0..archive.len() {
        archive.by_index(nth).unwrap().read_to_string(&mut whole).unwrap();
    }
    whole
}

fn brought_back(received: &import::ReceivedFeedback) -> Workshop {
    let mut workshop = Workshop::new(&received.agenda());
    received.records().into_iter().for_each(|record| workshop.apply(record));
    workshop
}

/// The account closes and the lineage goes both ways, counted from the file itself.
fn assert_conserved(sent: &Feedback, workshop: &Workshop) {
    let file: serde_json::Value = serde_json::from_str(&text(Format::Json, sent)).unwrap();
    let points = file["points"].as_array().unwrap();
    let ended = |how: &str| points.iter().filter(|point| point["outcome"] == how).count();
    let deleted = file["counts"]["deleted"].as_u64().unwrap() as usize;
    let account = Account {
        captured: points.len() + deleted,
        carried: ended("carried"),
        merged: ended("merged"),
        set_aside: ended("set_aside") + ended("parked") + deleted,
        open: ended("open"),
    };
    let Account { captured, carried, merged, set_aside, open } = account;
    assert_eq!(captured, carried + merged + set_aside + open);
    assert_eq!(file["account"], account.to_string());
    assert_eq!(account, workshop.account());
    for (name, count) in
        [("carried", carried), ("merged", merged), ("set_aside", set_aside), ("open", open)]
    {
        assert_eq!(file["counts"][name], count, "{name}");
    }
    assert_eq!(
        open > 0,
        sent.draft.iter().any(|why| {
            why.contains("set aside yet") || why.starts_with("No comments were made yet")
        })
    );
    let mut from_comments = BTreeMap::new();
    for comment in file["statements"].as_array().unwrap() {
        for (nth, source) in comment["sources"].as_array().unwrap().iter().enumerate() {
            let how = if nth == 0 { "carried" } else { "merged" };
            let source = source.as_str().unwrap();
            let before = from_comments.insert(source, (&comment["id"], how));
            assert!(before.is_none(), "{source} is in two comments");
        }
    }
    let from_points: BTreeMap<_, _> = points
        .iter()
        .filter(|point| point.get("statement").is_some())
        .map(|point| {
            let how = point["outcome"].as_str().unwrap();
            (point["id"].as_str().unwrap(), (&point["statement"], how))
        })
        .collect();
    assert_eq!(from_points, from_comments);
}

proptest! {
    #![proptest_config(crate::cases(256))]

    #[test]
    fn what_went_out_comes_back_the_same(agenda in agenda(), steps in vec(step(), 0..40)) {
        let workshop = chosen(played(&agenda, &steps));
        let sent = Feedback::of(&workshop, "0.1.0");
        let counts = sent.counts;
        prop_assert_eq!(counts.captured, counts.standing + counts.parked + counts.deleted);
        assert_conserved(&sent, &workshop);
        prop_assert_eq!(counts.standing + counts.parked, workshop.points().count());
        for format in [Format::Ron, Format::Json] {
            let file = text(format, &sent);
            prop_assert!(!file.contains("Atlantis"));
            let received = import::read("sent", file.as_bytes()).map_err(|why| TestCaseError::fail(format!("{why}\n{file}")))?;
            prop_assert_eq!(&received.feedback, &*cleared(&sent), "{}", file);
            prop_assert!(!received.altered);
            let mut again = brought_back(&received);
            prop_assert_eq!(&Feedback::of(&again, "0.1.0"), &sent, "{}", file);
            received.records().into_iter().rev().for_each(|record| again.apply(record));
            prop_assert_eq!(&Feedback::of(&again, "0.1.0"), &sent, "imported twice");
        }
    }

    #[test]
    fn every_text_survives_csv_and_json_follows_the_schema(agenda in agenda(), steps in vec(step(), 0..30)) {
        let workshop = played(&agenda, &steps);
        let sent = Feedback::of(&workshop, "0.1.0");
        let file = written(Format::Csv, &sent);
        prop_assert!(file.starts_with(b"\xef\xbb\xbfRef,Topic,Group,Kind,Paragraph,Point,"));
        let mut rows = csv::Reader::from_reader(&file[3..]);
        let rows = rows.records().map(Result::unwrap).skip(sent.draft.len());
        let texts: Vec<String> = rows.map(|row| {
            let cell = row[5].to_owned();
            // In full width they run in some spreadsheets too.
            let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];
            assert!(!cell.starts_with(signs), "{cell}");
            let unguarded = cell.trim_start_matches('\'').starts_with(signs);
            cell.strip_prefix('\'').filter(|_| unguarded).unwrap_or(&cell).to_owned()
        }).collect();
        prop_assert_eq!(texts, sent.points.iter().map(|point| point.text.to_string()).collect::<Vec<_>>());
        let json = serde_json::from_slice(&written(Format::Json, &sent)).unwrap();
        let schema = serde_json::from_str(&export::schema()).unwrap();
        let faults: Vec<_> = jsonschema::validator_for(&schema).unwrap()
            .iter_errors(&json).map(|fault| fault.to_string()).collect();
        prop_assert!(faults.is_empty(), "{:?}", faults);
    }

    #[test]
    fn markdown_has_a_line_for_every_point(agenda in agenda(), steps in vec(step(), 0..30)) {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let workshop = played(&agenda, &steps);
        let sent = Feedback::of(&workshop, "0.1.0");
        let file = text(Format::Markdown, &sent);
        let mut references = Vec::new();
        let mut headings = 0;
        let all = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(&file, all) {
            match event {
                Event::Code(code) => references.push(code.to_string()),
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }) => {
                    prop_assert!(false, "{:?} in\n{}", event, file);
                }
                _ => {}
            }
        }
        let known: BTreeSet<_> = sent.points.iter().map(|point| point.reference.to_string()).collect();
        prop_assert_eq!(known.len(), sent.points.len());
        let comments: BTreeSet<_> =
            sent.comments.iter().map(|comment| comment.reference.to_string()).collect();
        prop_assert_eq!(comments.len(), sent.comments.len());
        let known: BTreeSet<_> = known.union(&comments).cloned().collect();
        prop_assert_eq!(references.into_iter().collect::<BTreeSet<_>>(), known);
        prop_assert!(file.contains(&sent.account.to_string()), "{}", file);
        prop_assert_eq!(headings, file.lines().filter(|line| line.starts_with('#')).count(), "{}", file);
    }
}

// ----- what is kept in the repository ------------------------------------------------------

/// The sample meeting with its points, as `rapporteur export asean-declaration` sees it.
fn sample() -> Workshop {
    let sample = samples::sample(sample_points::SAMPLE).unwrap();
    let agenda = taken_in::agenda::read(sample.name, sample.text.as_bytes()).unwrap().agenda;
    let mut workshop = Workshop::new(&agenda);
    for record in sample_points::records(&agenda) {
        workshop.apply(record);
    }
    workshop
}

/// The files in `exports/` are what the program writes. `RAPPORTEUR_REGENERATE=1 cargo test
/// exports` writes them anew.
#[test]
fn the_samples_are_fresh() {
    let workshop = sample();
    let names = workshop.names();
    let gate = Gate {
        workshop: &workshop,
        names: &names,
        waive: None,
        searched: Finder::of(&workshop.agenda().listed()).searched(),
    };
    let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
    let feedback = gate.clear(feedback, &in_turn).unwrap();
    assert!(!feedback.is_draft(), "{:?}", feedback.draft);
    let mut files = vec![("feedback.schema.json".to_owned(), export::schema().into_bytes())];
    for format in Format::ALL {
        let mut file = Vec::new();
        export::write(format, &feedback, &mut file, &mut |_, _| true).unwrap();
        files.push((format.file_name(&feedback.meeting.id), file));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exports");
    for (name, expected) in files {
        let path = folder.join(&name);
        if std::env::var_os("RAPPORTEUR_REGENERATE").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read(&path).unwrap_or_default();
        assert!(
            found == expected,
            "exports/{name} is stale: RAPPORTEUR_REGENERATE=1 cargo test exports"
        );
    }
}

#[test]
fn the_sample_is_complete_and_unattributed_and_says_so() {
    let workshop = sample();
    let feedback = Feedback::of(&workshop, "0.1.0");
    assert_eq!((feedback.topics.len(), feedback.groups.len()), (4, 4));
    assert!(feedback.points.iter().all(|point| point.session.is_some() && point.round.is_some()));
    assert_eq!(
        feedback.coverage.iter().flat_map(|row| &row.cells).filter(|cell| cell.gap).count(),
        1
    );
    let venue = feedback.meeting.venue.to_string();
    for format in Format::ALL {
        let file = text(format, &feedback).replace(&venue, "");
        for name in &workshop.agenda().delegations {
            assert!(!file.contains(name.as_str()), "{name} in {}", format.name());
        }
    }
}

#[test]
fn a_draft_says_why_it_is_one() {
    let agenda = Agenda {
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        groups: vec![Group { id: "g".into(), title: "Group 2".into(), ..Group::default() }],
        ..Agenda::default()
    };
    let mut workshop = Workshop::new(&agenda);
    let mut ids = Ids::seeded(3);
    let (one, other, point) = (ids.writer(), ids.writer(), ids.point());
    let captured =
        CapturedPoint::new(point, Place::new("g".into(), "a".into()), PointKind::Fact, "one");
    workshop.apply(workshop.record(one, Moment(0), [Change::PointCaptured(captured.into())]));
    let reword = |words: &str| workshop.set(point, Field::Text(words.into())).unwrap();
    let both = [
        workshop.record(one, Moment(0), [reword("shall")]),
        workshop.record(other, Moment(0), [reword("may")]),
    ];
    for record in both {
        workshop.apply(record);
    }
    let feedback = Feedback::of(&workshop, "0.1.0");
    let reference = &feedback.points[0].reference;
    let expected = [
        "Group 2 is still at work.".to_owned(),
        format!("{reference} has several wordings; one must be chosen."),
        "No comments were made yet; the points are listed as they were captured.".to_owned(),
    ];
    assert_eq!(feedback.draft, expected);
    let file = text(Format::Markdown, &feedback);
    assert!(file.contains("DRAFT") && file.contains("shall") && file.contains("may"), "{file}");
    assert!(text(Format::Csv, &feedback).contains(",standing (draft),"));
    // Tables used to say only what was missing, and nothing where groups were at work.
    for format in Format::ALL {
        let file = text(format, &feedback);
        for reason in &expected {
            assert!(file.contains(reason), "{}: {reason}", format.name());
        }
    }
}

#[test]
fn whatever_was_set_at_once_keeps_it_a_draft() {
    let agenda = Agenda {
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        groups: vec![Group { id: "g".into(), title: "Group 2".into(), ..Group::default() }],
        ..Agenda::default()
    };
    let mut workshop = Workshop::new(&agenda);
    let mut ids = Ids::seeded(3);
    let (one, other) = (ids.writer(), ids.writer());
    let points = [ids.point(), ids.point(), ids.point()];
    let captured = points.map(|point| {
        let place = Place::new("g".into(), "a".into());
        Change::PointCaptured(CapturedPoint::new(point, place, PointKind::Fact, "said").into())
    });
    workshop.apply(workshop.record(one, Moment(0), captured));
    let close = workshop.set_group("g".into(), GroupField::Open(false));
    workshop.apply(workshop.record(one, Moment(0), [close]));
    let set = |point, to| workshop.set(point, to).unwrap();
    let tags = |word: &str| Field::Tags([CompactString::from(word)].into());
    let here = vec![
        set(points[0], Field::Kind(PointKind::Concern)),
        set(points[0], tags("x")),
        set(points[1], Field::Kind(PointKind::Concern)),
        workshop.delete(points[2]).unwrap(),
    ];
    let there = vec![
        set(points[0], Field::Kind(PointKind::Question)),
        set(points[0], tags("y")),
        set(points[1], Field::Kind(PointKind::Question)),
        set(points[2], tags("z")),
    ];
    let both = [workshop.record(one, Moment(0), here), workshop.record(other, Moment(0), there)];
    for record in both {
        workshop.apply(record);
    }
    let feedback = Feedback::of(&workshop, "0.1.0");
    let name = |nth: usize| {
        let point = feedback.points.iter().find(|point| point.id == points[nth]).unwrap();
        point.reference.to_string()
    };
    let expected = [
        format!(
            "{}, {} were set twice at once (kind, tags); one must be chosen.",
            name(0),
            name(1)
        ),
        format!("{} was deleted and changed at once; it stays until somebody decides.", name(2)),
        "No comments were made yet; the points are listed as they were captured.".to_owned(),
    ];
    assert_eq!(feedback.draft, expected);
    let settled = points.map(|point| {
        let found = workshop.point(point).unwrap();
        let shown = found.disputes().into_iter().map(|dispute| dispute.shown);
        let kept = found.is_spared().then_some(Field::Deleted(None));
        shown.chain(kept).map(|to| workshop.set(point, to).unwrap()).collect::<Vec<_>>()
    });
    workshop.apply(workshop.record(one, Moment(0), settled.concat()));
    let aside = SetAside { reason: Reason::Repeated, words: "".into() };
    let aside = Field::Outcome(Outcome::SetAside(aside.into()));
    let mut decided = workshop.put_into(CommentId::new(1), points[..2].to_vec()).unwrap();
    decided.push(workshop.set(points[2], aside).unwrap());
    workshop.apply(workshop.record(one, Moment(0), decided));
    assert!(!Feedback::of(&workshop, "0.1.0").is_draft());
}

#[test]
fn whoever_watches_can_stop_it() {
    let workshop = sample();
    let feedback = Feedback::of(&workshop, "0.1.0");
    for format in Format::ALL {
        let mut seen = Vec::new();
        let mut watch = |done, all| {
            seen.push((done, all));
            true
        };
        export::write(format, &cleared(&feedback), &mut Vec::new(), &mut watch).unwrap();
        let all = feedback.points.len();
        assert_eq!(seen, [(0, all), (all, all)], "{}", format.name());
        let stopped =
            export::write(format, &cleared(&feedback), &mut Vec::new(), &mut |_, _| false);
        assert!(matches!(stopped, Err(WriteError::Stopped)), "{}", format.name());
        let full =
            export::write(format, &cleared(&feedback), &mut &mut [0; 64][..], &mut |_, _| true);
        assert!(matches!(full, Err(WriteError::Failed(_))), "{}", format.name());
    }
}

#[test]
fn a_file_name_is_never_a_path() {
    for (id, expected) in [
        ("asean-declaration", "asean-declaration.feedback.csv"),
        ("../../etc/passwd", "______etc_passwd.feedback.csv"),
        ("", "workshop.feedback.csv"),
        ("C:\\x", "C__x.feedback.csv"),
        ("ประชุม 1", "ประชุม_1.feedback.csv"),
        // Windows takes these for devices, whatever their ending.
        ("con", "con_.feedback.csv"),
        ("COM1", "COM1_.feedback.csv"),
        ("COM10", "COM10.feedback.csv"),
        ("contact", "contact.feedback.csv"),
    ] {
        assert_eq!(Format::Csv.file_name(id), expected);
    }
}

// ----- what bad input gets -----------------------------------------------------------------

/// The mistakes of the sample after a piece of it was replaced, as `line:column: words`.
fn mistakes(format: Format, old: &str, new: &str) -> Vec<String> {
    let workshop = sample();
    let file = text(format, &Feedback::of(&workshop, "0.1.0"));
    assert!(file.contains(old), "{old}");
    match import::read("f", file.replacen(old, new, 1).as_bytes()) {
        Err(UnreadableFeedback::Wrong(Mistakes(mistakes))) => {
            mistakes.iter().map(ToString::to_string).collect()
        }
        other => panic!("taken with {new}: {:?}", other.map(|_| ())),
    }
}

#[test]
fn mistakes_are_reported_with_their_place_and_what_was_meant() {
    let workshop = sample();
    let feedback = Feedback::of(&workshop, "0.1.0");
    let (first, second) = (feedback.points[0].id, feedback.points[1].id);
    for format in [Format::Ron, Format::Json] {
        let file = text(format, &feedback);
        let quote = if format == Format::Json { "\"" } else { "" };
        let key = |key: &str, value: &str| format!("{quote}{key}{quote}: \"{value}\"");
        for (old, new, words) in [
            (
                key("id", &second.to_string()),
                key("id", &first.to_string()),
                "is here twice, first on line",
            ),
            (
                key("under", &first.to_string()),
                key("under", "zzzzzzzzzzzz"),
                "does not come before it",
            ),
            (key("kind", "challenge"), key("kidn", "challenge"), "Did you mean `kind`?"),
            (key("date", "2025-05-27"), key("date", "2026-05-27"), "not among the meeting's dates"),
            (key("session", "round-1"), key("session", "ruond-1"), "Did you mean “round-1”?"),
            (key("text", "Nights and weekends: nobody picks up"), key("text", " "), "no words"),
            (
                format!("{quote}deleted{quote}: 0"),
                format!("{quote}deleted{quote}: 4000000000"),
                "At most",
            ),
        ] {
            let told = mistakes(format, &old, &new);
            let before = &file[..file.find(&old).unwrap()];
            let line = before.matches('\n').count() + 1;
            let first = told.first().unwrap();
            assert!(
                first.starts_with(&format!("f:{line}:")) && first.contains(words),
                "{line} {words}: {told:?}"
            );
        }
        let told = mistakes(format, &key("id", "capacity"), &key("id", "capasity"));
        let told_of =
            |told: &String| told.contains("no topic “capacity”") && told.contains("“capasity”?");
        assert_eq!(told.iter().filter(|told| told_of(told)).count(), 31, "{told:?}");
    }
}

#[test]
fn every_mistake_is_reported_at_once() {
    let workshop = sample();
    let file = text(Format::Ron, &Feedback::of(&workshop, "0.1.0"));
    let wrong = file
        .replace("group: \"group-3\",\n            kind", "group: \"gruppe\",\n            kidn");
    let Err(UnreadableFeedback::Wrong(Mistakes(told))) = import::read("f", wrong.as_bytes()) else {
        panic!()
    };
    let points = Feedback::of(&workshop, "0.1.0")
        .points
        .iter()
        .filter(|p| p.group.as_str() == "group-3")
        .count();
    assert_eq!(told.len(), points);
}

#[test]
fn hostile_files_are_refused_in_bounded_time_and_room() {
    let workshop = sample();
    let json = text(Format::Json, &Feedback::of(&workshop, "0.1.0"));
    let ron = text(Format::Ron, &Feedback::of(&workshop, "0.1.0"));
    let deep = |open: &str, close: &str| open.repeat(10_000) + &close.repeat(10_000);
    let newer = ron.replace("rapporteur-feedback/5", "rapporteur-feedback/7");
    let rows = "(topic:\"a\",cells:[]),".repeat(100_000);
    let groups = (0..600)
        .map(|n| format!("(id:\"g{n}\",title:\"\",open:false),"))
        .collect::<Vec<_>>()
        .concat();
    for (what, file) in [
        ("nothing", Vec::new()),
        ("not text", b"(\xff\xfe)".to_vec()),
        ("another file", b"{\"title\": \"x\"}".to_vec()),
        ("a newer one", newer.clone().into_bytes()),
        ("deep JSON", deep("[", "]").into_bytes()),
        ("deep RON", deep("(", ")").into_bytes()),
        (
            "deep inside JSON",
            json.replacen("\"draft\": []", &format!("\"draft\": {}", deep("[", "]")), 1)
                .into_bytes(),
        ),
        (
            "deep inside a RON point",
            ron.replacen("kind: \"recommendation\"", &format!("kind: {}", deep("[", "]")), 1)
                .into_bytes(),
        ),
        (
            "deep comments",
            ron.replacen("points: [", &format!("points: [{}", deep("/*", "*/")), 1).into_bytes(),
        ),
        ("half a file", json.as_bytes()[..json.len() / 2].to_vec()),
        ("half a RON file", ron.as_bytes()[..ron.floor_char_boundary(ron.len() / 2)].to_vec()),
        (
            "groups without end",
            ron.replacen("groups: [", &format!("groups: [{groups}"), 1).into_bytes(),
        ),
        (
            "a table without end",
            ron.replacen("coverage: [", &format!("coverage: [{rows}"), 1)
                .replace("status:", "statsu:")
                .into_bytes(),
        ),
    ] {
        match (what, import::read("f", &file)) {
            ("not text", Err(UnreadableFeedback::NotText(1)))
            | ("a newer one", Err(UnreadableFeedback::Newer(7))) => {}
            (
                "nothing" | "another file" | "deep JSON" | "deep RON",
                Err(UnreadableFeedback::NotFeedback),
            ) => {}
            (
                "not text" | "a newer one" | "nothing" | "another file" | "deep JSON" | "deep RON",
                other,
            ) => {
                panic!("{what}: {:?}", other.map(|_| ()));
            }
            (_, Err(UnreadableFeedback::Wrong(_))) => {}
            ("deep comments", Ok(_)) => {}
            (what, other) => panic!("{what}: {:?}", other.map(|_| ())),
        }
    }
}

#[test]
fn an_edited_file_is_taken_and_said_to_be_edited() {
    let workshop = sample();
    let sent = Feedback::of(&workshop, "0.1.0");
    let edited = text(Format::Ron, &sent).replacen("A deputy as well", "A deputy too\u{1b}[31m", 1);
    let received = import::read("f", edited.as_bytes()).unwrap();
    assert!(received.altered && received.warning().is_some());
    assert!(
        received.feedback.points.iter().any(|point| point.text.starts_with("A deputy too[31m"))
    );
    // Into the workshop it came from: both wordings stand until somebody chooses.
    let mut merged = workshop.clone();
    received.records().into_iter().for_each(|record| merged.apply(record));
    let merged = Feedback::of(&merged, "0.1.0");
    assert_eq!(merged.points.len(), sent.points.len());
    assert_eq!(merged.points.iter().filter(|point| !point.alternatives.is_empty()).count(), 1);
}
