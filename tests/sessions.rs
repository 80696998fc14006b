//! Agendas: what is read, and how mistakes are told.

use proptest::prelude::*;
use rapporteur::import::agenda::{ReadAgenda, read};
use rapporteur::import::samples::{SAMPLES, sample};
use rapporteur::workshop::*;

fn reading(text: &str) -> ReadAgenda {
    read("meeting.ron", text.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
}

fn told(text: &[u8]) -> Vec<String> {
    let mistakes = read("m.ron", text).err().map_or_else(Vec::new, |mistakes| mistakes.0);
    mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn the_samples_have_neither_mistakes_nor_warnings() {
    for sample in SAMPLES {
        assert_eq!(reading(sample.text).warnings, [], "{}", sample.name);
    }
    assert_eq!(sample("blank.ron").map(|sample| sample.name), Some("blank"));
    assert!(sample("blank.txt").is_none());
}

#[test]
fn the_sample_meeting_is_complete() {
    let agenda = reading(sample("asean-declaration").unwrap().text).agenda;
    assert_eq!(agenda.id, "asean-declaration");
    assert_eq!(agenda.days.len(), 2);
    assert_eq!(agenda.objectives.len(), 3);
    assert_eq!(agenda.delegation_count(), Some(13));
    let topics: Vec<&str> = agenda.topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(topics, ["cooperation", "capacity", "monitoring", "early-actions"]);
    for group in &agenda.groups {
        assert!(agenda.topics.iter().all(|topic| agenda.expects(&group.id, &topic.id)));
    }
    assert_eq!(agenda.groups.len(), 4);
    let discussed: Vec<_> = agenda
        .sessions()
        .into_iter()
        .filter(|(_, depth, session)| *depth == 1 && session.kind.is_group_discussion())
        .map(|(_, _, session)| (session.round, session.topics.len()))
        .collect();
    assert_eq!(discussed, [(Some(1), 2), (Some(2), 2)]);
    for (_, _, session) in agenda.sessions() {
        assert!(session.start.is_some(), "{}", session.title);
    }
}

#[test]
fn agendas_are_read_as_they_are() {
    let agenda = reading(
        r#"
        #![enable(implicit_some)]
        Agenda(
            title: "Ein Treffen /* kein Kommentar */", /* a comment /* in */ one */
            time_zone: Asia/Kuala_Lumpur, rule: ChathamHouse, delegations: 13,
            topics: [(title: "Capacity building"), (id: "x", title: r"raw \ text")],
            groups: [(title: "Group 1", topics: capacity-building)],
            days: [(date: 2025-05-27, sessions: [
                (title: "Opening", kind: Keynote, time: "8.30-9.00", rule: "on the record"),
                (title: "Afternoon", time: "4-9pm", room: "B"),
                (title: "Across noon", time: "10 - 1 p.m.", room: "C"),
                (title: "Break", kind: break), (title: "Break", kind: "tea ceremony"),
                (title: "Evening", start: 18:30, end: "24:00", room: "D", minutes: None),
                (title: "Umbrella", rule: on_record, sessions: [
                    (title: "Child", topics: ["Raw \\ Text", "general"], groups: ["plenary"], round: Some(2)),
                ]),
            ])],
        )"#,
    )
    .agenda;
    assert_eq!(agenda.title, "Ein Treffen /* kein Kommentar */");
    assert_eq!((agenda.rule, agenda.delegation_count), (Rule::ChathamHouse, Some(13)));
    assert_eq!(agenda.topics[1].title, r"raw \ text");
    assert_eq!(agenda.groups[0].topics, ["capacity-building".into()]);
    let rows: Vec<String> = agenda
        .sessions()
        .iter()
        .map(|(_, _, s)| {
            let start = s.start.map_or_else(String::new, |start| start.to_string());
            let rule = if agenda.rule_of(s) == Rule::OnRecord { "on record" } else { "" };
            format!("{} {} {start} {:?} {rule}", s.id, s.kind.0, s.minutes.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        rows,
        [
            "opening keynote 08:30 30 on record",
            "afternoon session 16:00 300 ",
            "across-noon session 10:00 180 ",
            "break break  0 ",
            "break-2 tea_ceremony  0 ",
            "evening session 18:30 330 ",
            "umbrella session  0 on record",
            "child session  0 on record",
        ]
    );
    let child = agenda.session(&"child".into()).unwrap();
    assert_eq!(child.topics, ["x".into(), TopicId::general()]);
    let json = r#"{"title": "As JSON", "time_zone": "UTC", "topics": [{"title": "One"}]}"#;
    assert_eq!(reading(&format!("\u{feff}{json}")).agenda.topics[0].id.as_str(), "one");
}

#[test]
fn every_mistake_is_reported_with_its_place() {
    for (text, expected) in [
        (
            "",
            vec![
                "1:1: There is no agenda in this file. Start from the sample “blank”, or write (title: \"…\").",
            ],
        ),
        ("(venue: \"x\")", vec!["1:1: This meeting has no title. Add title: \"…\"."]),
        (
            "(titel: \"x\")",
            vec![
                "1:1: This meeting has no title. Add title: \"…\".",
                "1:2: A meeting has no field “titel”. Did you mean “title”?",
            ],
        ),
        (
            "(title: 3)",
            vec!["1:9: Expected text in quotation marks here, found a number. Write \"…\"."],
        ),
        (
            "(title: \"x\", time_zone: \"Asia/Kuala_Lumpor\")",
            vec![
                "1:25: There is no time zone “Asia/Kuala_Lumpor”. Did you mean “Asia/Kuala_Lumpur”?",
            ],
        ),
        (
            "(title: \"é\", time_zone: \"Kuala Lumpur\")",
            vec!["1:25: There is no time zone “Kuala Lumpur”. Did you mean “Asia/Kuala_Lumpur”?"],
        ),
        (
            "(title: \"x\", rule: secret)",
            vec!["1:20: There is no rule “secret”. Write chatham_house or on_record."],
        ),
        (
            "(title: \"x\",\n topics: [(id: \"a\", title: \"A\"),\n (id: \"a\", title: \"B\")])",
            vec![
                "3:7: The topic on line 2 has the id “a” already. Give this one another, such as \"a-2\".",
            ],
        ),
        (
            "(title: \"x\", groups: [(title: \"G\", topics: [\"capcity\"])], topics: [(title: \"Capacity\")])",
            vec!["1:45: There is no topic “capcity”. Did you mean “capacity”?"],
        ),
        (
            "(title: \"x\", title: \"y\")",
            vec!["1:14: “title” is written twice, first on line 1. Keep one of the two."],
        ),
        (
            "(title: \"x\", format: 9)",
            vec![
                "1:22: This agenda is newer than the program, which reads format 1. Use a newer version of the program.",
            ],
        ),
        // Brackets and texts that never end are told where they begin.
        (
            "(title: \"x\",\n objectives: [\"a\",\n venue: \"here\")",
            vec!["2:14: This [ is never closed. Write ] where it ends."],
        ),
        (
            "(title: \"x\", topics: [\n (title: \"a\",\n (title: \"b\"),\n])",
            vec!["2:2: This ( is never closed. Write ) where it ends."],
        ),
        ("(title: \"x\"", vec!["1:1: This ( is never closed. Write ) where it ends."]),
        (
            "(\n title: \"Opening,\n venue: \"Hall\",\n)",
            vec!["2:9: A text begins here and never ends. End it with a quotation mark: \"…\"."],
        ),
        (
            "(title: \"Opening, venue: \"Hall\", objectives: [\"One, two: three\"])",
            vec!["1:9: A text begins here and never ends. End it with a quotation mark: \"…\"."],
        ),
        (
            "(title: \"x\", venue: \"Hall)",
            vec!["1:21: A text begins here and never ends. End it with a quotation mark: \"…\"."],
        ),
        (
            "(title: \"x\") /* and on",
            vec![
                "1:14: A comment begins here and never ends. End it with */ or begin each of its lines with //.",
            ],
        ),
        // Slips of the pen, after which reading goes on.
        (
            "(title: \"the \"new\" deal\")",
            vec![
                "1:14: The text ends at this quotation mark, but words follow it. Inside a text write \\\" for a quotation mark, or use “ and ”.",
            ],
        ),
        (
            "(title: “x”, venue = 'y' rule: on_record;\n # z\n)",
            vec![
                "1:9: A text does not begin with “. Write \"…\" with the straight double quotation mark.",
                "1:19: A colon is missing here. Write venue: and then the value.",
                "1:22: A text does not begin with '. Write \"…\" with the straight double quotation mark.",
                "1:25: A comma is missing here. Write , after this.",
                "1:41: This is a semicolon. Write a comma.",
                "2:2: A comment does not begin with #. Begin it with //.",
            ],
        ),
        (
            "(title: Opening & closing)",
            vec!["1:9: These words stand without quotation marks. Write \"Opening & closing\"."],
        ),
        (
            "(title: \"a\\d\\e\", venue: \"b\\u{41}\\x41\")",
            vec![
                "1:11: This backslash means nothing here. Write \\\\ for a backslash.",
                "1:13: This backslash means nothing here. Write \\\\ for a backslash.",
            ],
        ),
        (
            "(title: \"x\"))",
            vec!["1:13: The agenda ended before this. Nothing but comments may follow it."],
        ),
        (
            "title: \"x\"",
            vec!["1:1: The agenda is not in round brackets. Write ( before it and ) after it."],
        ),
    ] {
        let expected: Vec<String> = expected.iter().map(|line| format!("m.ron:{line}")).collect();
        assert_eq!(told(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn mistakes_in_times_say_what_was_probably_meant() {
    for (fields, expected) in [
        (
            "start: \"11:00\", end: \"1:30\"",
            vec!["This session ends at 01:30, before it starts at 11:00. Did you mean \"13:30\"?"],
        ),
        (
            "start: \"18:30\", end: \"0:00\"",
            vec!["This session ends at 00:00, before it starts at 18:30. Did you mean \"24:00\"?"],
        ),
        (
            "start: \"9:00\", end: \"10:00\", minutes: 90",
            vec![
                "From 09:00 to 10:00 is 60 minutes, not what is said here. Keep either “end” or “minutes”.",
            ],
        ),
        (
            "start: \"nine\"",
            vec![
                "“nine” cannot be read here: a time is written like \"09:30\", \"9.30\", \"9:30 am\" or \"24:00\".",
            ],
        ),
        (
            "end: \"10:00\"",
            vec![
                "This session has an end and no start. Add start: \"9:00\" or minutes: 30, for example.",
            ],
        ),
        (
            "time: \"noon\"",
            vec![
                "“noon” is not a time. Write time: \"9:00-10:30\", or start and end by themselves.",
            ],
        ),
        (
            "minutes: \"long\"",
            vec!["“minutes” is a whole number, which this is not. Write minutes: 1, for example."],
        ),
        ("begin: \"9:00\"", vec!["A session has no field “begin”. Did you mean “start”?"]),
    ] {
        let day = format!("(date: \"2025-05-27\", sessions: [(title: \"s\", {fields})])");
        let told = told(format!("(title: \"t\", days: [{day}])").as_bytes());
        let told: Vec<&str> = told.iter().filter_map(|line| line.splitn(4, ':').nth(3)).collect();
        assert_eq!(told.iter().map(|line| line.trim()).collect::<Vec<_>>(), expected, "{fields}");
    }
    for (date, instead) in [
        ("27 May 2025", "Write \"2025-05-27\"."),
        ("05/27/25", "Write year, month, day: \"2025-05-27\"."),
        ("2025-02-30", "Write year, month, day: \"2025-05-27\"."),
    ] {
        let told = told(format!("(title: \"t\", days: [(date: \"{date}\")])").as_bytes());
        assert!(told.len() == 1 && told[0].ends_with(instead), "{told:?}");
    }
}

#[test]
fn what_may_be_meant_is_a_warning() {
    let warned = |sessions: &str| {
        let day = format!("(date: \"2025-05-27\", sessions: [{sessions}])");
        let text = format!(
            "(title: \"t\", time_zone: \"UTC\", groups: [(title: \"1\"), (title: \"2\")], days: [{day}])"
        );
        let warnings = reading(&text).warnings.into_iter();
        warnings
            .map(|w| w.what.split(['“', ',']).next().unwrap_or_default().trim().to_owned())
            .collect::<Vec<_>>()
    };
    let nothing: [&str; 0] = [];
    let (one, two) = ("title: \"a\", time: \"9:00-10:00\"", "title: \"b\", time: \"9:30-10:30\"");
    assert_eq!(
        warned(&format!("({one}), ({two})")),
        ["This session is in the same room at the same time as"]
    );
    assert_eq!(warned(&format!("({one}, room: \"A\"), ({two}, room: \"B\")")), nothing);
    assert_eq!(warned(&format!("({one}, groups: [\"1\"]), ({two}, groups: [\"2\"])")), nothing);
    assert_eq!(
        warned(&format!("({one}, sessions: [(title: \"c\", time: \"9:10-9:20\")])")),
        nothing
    );
    assert_eq!(
        warned(&format!("({one}, sessions: [({two})])")),
        ["This session is outside the time of"]
    );
    assert_eq!(
        warned("(title: \"a\", start: \"12:00\"), (title: \"b\", start: \"1:30\")"),
        ["This session starts at 01:30"]
    );
    assert_eq!(warned("(title: \"a\", kind: \"site visit\"), (title: \"b\", kind: vote)").len(), 0);
    assert_eq!(warned("(title: \"a\", kind: break_out), (title: \"b\", kind: keynot)").len(), 2);
    assert_eq!(
        warned("(title: \"a\", speakers: [\"Dr Who\", \"Doctor in charge\"])"),
        ["This looks like a person's name."]
    );
}

#[test]
fn what_is_no_text_is_refused_where_it_begins() {
    for (bytes, expected) in [
        (&b"(title: \"x\",\n venue: \"\xff\")"[..], "m.ron:2:10: The part after 22 bytes is"),
        // Half a letter, and no mark at the beginning.
        (b"\xff\xfe(\0\0\xd8", "m.ron:1:1: This file looks like UTF-16"),
        (b"(\0t\0", "m.ron:1:1: This file looks like UTF-16"),
    ] {
        let told = told(bytes);
        assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    }
    for deep in ["(days:[", "[", "{", "Some(", "(a:(", "/*"] {
        let told = told(format!("(title: \"x\", days: {}", deep.repeat(10_000)).as_bytes());
        assert!(!told.is_empty() && told.len() < 3, "{told:?}");
    }
    let told = told(&vec![b' '; (4 << 20) + 1]);
    assert_eq!(
        told,
        [
            "m.ron:1:1: This file has 4 MB; that is too long for an agenda. An agenda has at most 4 MB."
        ]
    );
}

// ----- what `ron` writes, and what nobody would ---------------------------------------------

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zéß\"\\\\'(){}\\[\\]/*,:#ශ්‍රීไทย]([ -~éßශ්‍රීไทย]{0,12}[a-z\"\\\\)])?"
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    prop::collection::hash_set("[a-z][a-z0-9_-]{0,6}x", 0..4).prop_map(Vec::from_iter)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(words(), 0..3)
}

prop_compose! {
    fn sessions()(count in 0..4_usize)(
        rows in prop::collection::vec((
            words(),
            prop::option::of(0..2160_u32),
            prop::option::of(0..300_u32),
            any::<bool>(),
            prop::option::of(any::<bool>()),
            "[a-z]{1,5}(_[a-z]{1,5})?",
            (texts(), texts(), words()),
            prop::option::of(1..99_u8),
        ), count),
    ) -> Vec<Session> {
        rows.into_iter().map(|(title, start, minutes, pinned, rule, kind, lists, round)| Session {
            title,
            start: start.and_then(TimeOfDay::from_minutes),
            minutes,
            pinned,
            rule: rule.map(|record| if record { Rule::OnRecord } else { Rule::ChathamHouse }),
            kind: SessionKind(kind.into()),
            speakers: lists.0,
            questions: lists.1,
            objective: lists.2,
            round,
            ..Session::default()
        }).collect()
    }
}

prop_compose! {
    fn agendas()(
        (title, venue) in (words(), words()),
        objectives in texts(),
        delegations in texts(),
        topic_ids in ids(),
        group_ids in ids(),
        rows in prop::collection::vec((sessions(), sessions()), 0..3),
        names in prop::collection::vec(words(), 8),
    ) -> Agenda {
        let topics: Vec<Topic> = topic_ids.iter().zip(&names).map(|(id, title)| Topic {
            id: TopicId::from(id.as_str()),
            title: title.clone(),
            questions: objectives.clone(),
            ..Topic::default()
        }).collect();
        let groups = group_ids.iter().zip(&names[4..]).map(|(id, title)| Group {
            id: GroupId::from(id.as_str()),
            title: title.clone(),
            topics: topics.iter().take(1).map(|topic| topic.id.clone()).collect(),
            room: venue.clone(),
        }).collect();
        let mut next = 0;
        let mut number = |rows: &mut [Session]| for row in rows {
            next += 1;
            row.id = format!("s{next}").as_str().into();
        };
        let first = chrono::NaiveDate::from_ymd_opt(2025, 5, 27).unwrap();
        let days = rows.into_iter().zip(first.iter_days()).map(|((mut rows, mut under), date)| {
            number(&mut rows);
            number(&mut under);
            if let Some(row) = rows.first_mut() {
                for child in &mut under {
                    child.rule = child.rule.or(row.rule);
                }
                row.sessions = under;
            }
            Day { date, title: String::new(), sessions: rows }
        }).collect();
        let rule = Rule::default();
        Agenda {
            id: "m".into(), title, venue, time_zone: "Asia/Bangkok".into(), rule, objectives,
            delegations, delegation_count: None, agencies: Vec::new(), aliases: Vec::new(),
            participants: Vec::new(), topics, groups, days,
        }
    }
}

fn written(agenda: &Agenda) -> [String; 4] {
    let implicit =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let pretty = || ron::ser::PrettyConfig::new();
    [
        ron::to_string(agenda).unwrap(),
        ron::ser::to_string_pretty(agenda, pretty().struct_names(true)).unwrap(),
        implicit.to_string_pretty(agenda, pretty().escape_strings(false)).unwrap(),
        serde_json::to_string_pretty(agenda).unwrap(),
    ]
}

/// Whatever was told stands inside the file.
fn check_places(bytes: &[u8]) {
    let (mistakes, refused) = match read("m.ron", bytes) {
        Ok(reading) => (reading.warnings, false),
        Err(mistakes) => (mistakes.0, true),
    };
    assert!(!refused || !mistakes.is_empty());
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    for mistake in &mistakes {
        let line = lines.get(mistake.line - 1).unwrap_or_else(|| panic!("{mistake}"));
        assert!(mistake.column >= 1 && mistake.column <= line.chars().count() + 1, "{mistake}");
    }
    assert!(mistakes.is_sorted_by_key(|mistake| (mistake.line, mistake.column)));
}

proptest! {
    #![proptest_config(crate::cases(150))]

    #[test]
    fn what_ron_writes_is_read(agenda in agendas()) {
        for text in written(&agenda) {
            prop_assert_eq!(&reading(&text).agenda, &agenda, "{}", text);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_places(&bytes);
    }

    #[test]
    fn any_signs_are_read_or_refused(text in "[\\[\\](){}:,\"'r#/*\\\\!;=. \na-d0-9“é]{0,80}") {
        check_places(text.as_bytes());
    }

    #[test]
    fn a_spoilt_agenda_is_read_or_refused(
        text in prop_oneof![
            agendas().prop_map(|agenda| written(&agenda)[1].clone()),
            prop::sample::select(SAMPLES.map(|sample| sample.text.to_owned()).to_vec()),
        ],
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..9_usize, "[\\[\\](){}:,\"'#/*\\\\\na-zé0-9]{0,3}"), 1..4,
        ),
    ) {
        let mut letters: Vec<char> = text.chars().collect();
        for (place, length, instead) in cuts {
            let from = place.index(letters.len() + 1);
            let to = (from + length).min(letters.len());
            letters.splice(from..to, instead.chars());
        }
        check_places(String::from_iter(letters).as_bytes());
    }
}
