//! Comments, outcomes, read-back, hands, seals, legend, audit: what goes out of them, and what of
//! it is refused when it comes back.

use super::*;

/// A meeting of this many groups of which each said the texts on one topic; its points, by group.
fn meeting(groups: usize, texts: &[&str]) -> (Workshop, Vec<Vec<PointId>>) {
    let agenda = Agenda {
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        groups: (1..=groups)
            .map(|n| Group {
                id: GroupId(format!("g{n}").into()),
                title: format!("Group {n}"),
                ..Group::default()
            })
            .collect(),
        ..Agenda::default()
    };
    let mut workshop = Workshop::new(&agenda);
    let mut ids = Ids::seeded(7);
    let mut points = Vec::new();
    for group in &agenda.groups {
        let mut of_group = Vec::new();
        for text in texts {
            let id = ids.point();
            let place = Place::new(group.id.clone(), "a".into());
            let captured = CapturedPoint::new(id, place, PointKind::Recommendation, *text);
            make(&mut workshop, vec![Change::PointCaptured(captured.into())]);
            of_group.push(id);
        }
        let close = workshop.set_group(group.id.clone(), GroupField::Open(false));
        make(&mut workshop, vec![close]);
        points.push(of_group);
    }
    (workshop, points)
}

fn make(workshop: &mut Workshop, changes: Vec<Change>) {
    let record = workshop.record(WriterId::new(1), Moment(0), changes);
    workshop.apply(record);
}

fn set(workshop: &mut Workshop, point: PointId, to: Field) {
    let change = workshop.set(point, to).unwrap();
    make(workshop, vec![change]);
}

fn aside(reason: Reason, words: &str) -> Field {
    Field::Outcome(Outcome::SetAside(SetAside { reason, words: words.into() }.into()))
}

fn in_all(feedback: &Feedback) -> Vec<String> {
    Format::ALL.map(|format| text(format, feedback)).into()
}

#[test]
fn until_the_account_closes_a_draft_lists_what_is_open() {
    let (mut workshop, points) = meeting(1, &["1", "2", "3", "4", "5", "6", "7", "8"]);
    let draft = |workshop: &Workshop| Feedback::of(workshop, "0.1.0").draft.concat();
    assert_eq!(
        draft(&workshop),
        "No comments were made yet; the points are listed as they were captured."
    );
    let put = workshop.put_into(CommentId::new(1), [points[0][0]]).unwrap();
    make(&mut workshop, put);
    let feedback = Feedback::of(&workshop, "0.1.0");
    let names: Vec<&str> = feedback.points[1..6].iter().map(|point| &*point.reference).collect();
    let those = names.join(", ");
    let expected =
        format!("7 points are not in a comment and not set aside yet: {those} and 2 more.");
    assert_eq!(feedback.draft, [&*expected]);
    let markdown = text(Format::Markdown, &feedback);
    assert!(markdown.contains(&expected) && markdown.contains("DRAFT"), "{markdown}");
    assert_eq!(markdown.matches("\n| `P-").count() - 8, 7, "listed as open: {markdown}");
    let put = workshop.put_into(CommentId::new(1), points[0][1..7].to_vec()).unwrap();
    make(&mut workshop, put);
    assert!(draft(&workshop).starts_with("1 point is not in a comment and not set aside yet: P-"));
    set(&mut workshop, points[0][7], aside(Reason::Housekeeping, ""));
    assert_eq!(draft(&workshop), "");
}

#[test]
fn a_comment_set_twice_at_once_keeps_it_a_draft() {
    let (mut workshop, points) = meeting(1, &["1"]);
    let id = CommentId::new(1);
    let put = workshop.put_into(id, points.concat()).unwrap();
    make(&mut workshop, put);
    let change = |kind| workshop.set_comment(id, CommentField::Kind(kind)).unwrap();
    let both = [PointKind::Concern, PointKind::Fact].map(change);
    let both: Vec<Record> = (2..)
        .zip(both)
        .map(|(writer, change)| workshop.record(WriterId::new(writer), Moment(0), [change]))
        .collect();
    for record in both {
        workshop.apply(record);
    }
    let feedback = Feedback::of(&workshop, "0.1.0");
    let reference = &feedback.comments[0].reference;
    let expected = format!("{reference} was set twice at once (kind); one must be chosen.");
    assert_eq!(feedback.draft, [&*expected]);
    let chosen = workshop.set_comment(id, CommentField::Kind(PointKind::Fact)).unwrap();
    make(&mut workshop, vec![chosen]);
    assert!(!Feedback::of(&workshop, "0.1.0").is_draft());
}

#[test]
fn counts_of_one_or_two_are_in_no_format() {
    let (mut workshop, points) = meeting(1, &["Hands"]);
    let hands = Hands { yes: 2, no: 1, neither: 23 };
    set(&mut workshop, points[0][0], Field::Hands(Some(hands)));
    let sent = Feedback::of(&workshop, "0.1.0");
    let some = "some participants";
    for file in in_all(&sent).iter().filter(|file| file.contains("23")) {
        assert!(!file.contains("2 for") && !file.contains("1 against"), "{file}");
    }
    let markdown = text(Format::Markdown, &sent);
    assert!(markdown.contains(&format!("hands: {some} for, {some} against, 23 abstaining")));
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json, &sent)).unwrap();
    let expected = serde_json::json!({ "yes": some, "no": some, "neither": 23 });
    assert_eq!(json["points"][0]["hands"], expected);
}

#[test]
fn quantifiers_count_groups_by_the_legend_and_small_counts_reveal_nobody() {
    let (mut workshop, points) = meeting(5, &["Said"]);
    let said =
        |workshop: &Workshop| Feedback::of(workshop, "0.1.0").comments[0].quantifier.to_string();
    for (groups, words) in
        [(1, "some"), (2, "some"), (3, "majority"), (4, "most"), (5, "almost all")]
    {
        let from = points[..groups].iter().flatten().copied();
        let put = workshop.put_into(CommentId::new(1), from).unwrap();
        make(&mut workshop, put);
        assert_eq!(said(&workshop), format!("{words} of the groups"));
    }
    let legend = workshop.set_legend(Legend::read("every one 100-100; not all 0-99").unwrap());
    make(&mut workshop, vec![legend]);
    assert_eq!(said(&workshop), "every one of the groups");
    let markdown = text(Format::Markdown, &Feedback::of(&workshop, "0.1.0"));
    assert!(markdown.contains("*every one* 100–100 %; *not all* 0–99 %"), "{markdown}");
}

#[test]
fn what_would_reveal_who_said_it_stays_in_the_room_and_is_counted() {
    let (mut workshop, points) = meeting(1, &["As we in Lemuria do", "Else"]);
    let point = points[0][0];
    let tags = Field::Tags(["lemuria".into()].into());
    set(&mut workshop, point, tags);
    let words = "Lemuria would not like it".into();
    let said = workshop.point(point).unwrap().reading(Verdict::Reservation { words });
    set(&mut workshop, point, Field::ReadBack(Some(said.into())));
    set(&mut workshop, point, aside(Reason::Attributable, "one delegation alone has this"));
    let sent = Feedback::of(&workshop, "0.1.0");
    assert_eq!((sent.points.len(), sent.counts.set_aside), (2, 1));
    for file in in_all(&sent) {
        assert!(!file.to_lowercase().contains("lemuria"), "{file}");
    }
    let file = text(Format::Ron, &sent);
    assert!(file.contains("it would tell who said it"), "{file}");
    let received = import::read("f", file.as_bytes()).unwrap();
    assert_eq!(text(Format::Ron, &Feedback::of(&brought_back(&received), "0.1.0")), file);
    // And back into the room it came from, it is no other wording of the point.
    assert_eq!(received.records_for(&workshop), []);
}

#[test]
fn a_seal_says_whether_what_was_sealed_has_changed() {
    let (mut workshop, points) = meeting(1, &["Sealed"]);
    let seal = workshop.set_seal("g1".into(), "a".into(), true);
    make(&mut workshop, vec![seal]);
    let digest = workshop.seal_digest(&"g1".into(), &"a".into());
    let said = Field::ReadBack(Some(
        workshop.point(points[0][0]).unwrap().reading(Verdict::Confirmed).into(),
    ));
    set(&mut workshop, points[0][0], said);
    let told = |workshop: &Workshop| text(Format::Markdown, &Feedback::of(workshop, "0.1.0"));
    assert!(told(&workshop).contains(&format!("| A | Group 1 | {digest} | sealed |")));
    assert!(!told(&workshop).contains("changed since read-back"));
    set(&mut workshop, points[0][0], Field::Text("Otherwise".into()));
    assert!(told(&workshop).contains(&format!("| A | Group 1 | {digest} | **changed since")));
    assert!(told(&workshop).contains("confirmed by the group, changed since read-back"));
}

#[test]
fn files_of_the_second_version_are_still_read() {
    let received = import::read("feedback-2.json", include_bytes!("../feedback-2.json")).unwrap();
    assert!(!received.altered, "{:?}", received.warning());
    let workshop = brought_back(&received);
    let sent = Feedback::of(&workshop, "0.1.0");
    assert_eq!(sent.comments, received.feedback.comments);
    assert_eq!(sent.points, received.feedback.points);
}

#[test]
fn files_of_the_first_version_are_still_read() {
    let file = include_bytes!("feedback-1.json");
    let received = import::read("feedback-1.json", file).unwrap();
    assert!(!received.altered, "{:?}", received.warning());
    let workshop = brought_back(&received);
    let sent = Feedback::of(&workshop, "0.1.0");
    assert_eq!(sent.account, "11 captured = 0 kept + 0 merged + 3 set aside; 8 open");
    assert_eq!(sent.schema, "rapporteur-feedback/5");
    let words = |feedback: &Feedback| -> Vec<String> {
        feedback.points.iter().map(|point| point.text.to_string()).collect()
    };
    assert_eq!(words(&sent), words(&received.feedback));
    // It says nothing of outcomes, so it takes none back.
    let mut decided = workshop.clone();
    let put = decided.put_into(CommentId::new(1), [sent.points[0].id]).unwrap();
    make(&mut decided, put);
    assert_eq!(received.records_for(&decided), []);
}

#[test]
fn a_result_taken_in_where_the_points_are_brings_only_what_is_news() {
    let (workshop, points) = meeting(2, &["One", "Two"]);
    let mut decided = workshop.clone();
    let put = decided.put_into(CommentId::new(1), points[0].clone()).unwrap();
    make(&mut decided, put);
    let sent = Feedback::of(&decided, "0.1.0");
    let received = import::read("f", text(Format::Ron, &sent).as_bytes()).unwrap();
    assert_eq!(received.records_for(&decided), []);
    let mut here = workshop.clone();
    received.records_for(&here).into_iter().for_each(|record| here.apply(record));
    assert_eq!(here.account(), decided.account());
    assert!(here.points().all(|point| !point.is_disputed()));
    assert_eq!(Feedback::of(&here, "0.1.0").comments, sent.comments);
}

#[test]
fn comments_that_do_not_fit_their_points_are_refused_with_what_to_write() {
    let workshop = sample();
    let feedback = Feedback::of(&workshop, "0.1.0");
    let comments = &feedback.comments;
    let (one, other) = (&comments[0], &comments[1]);
    for format in [Format::Ron, Format::Json] {
        let file = text(format, &feedback);
        let quote = if format == Format::Json { "\"" } else { "" };
        let key =
            |key: &str, value: &dyn std::fmt::Display| format!("{quote}{key}{quote}: {value}");
        let quoted = |key_: &str, id: &dyn std::fmt::Display| key(key_, &format!("\"{id}\""));
        let word = |key_: &str, word: &str| match format {
            Format::Json => quoted(key_, &word),
            _ => key(key_, &word),
        };
        // A source stands first in the comments, and then as a point.
        let source = |id: PointId| format!("\"{id}\"");
        for (old, new, words) in [
            (source(one.sources[1]), source(PointId::new(5)), "There is no point"),
            (source(other.sources[1]), source(one.sources[1]), "is a source of S-"),
            (quoted("id", &other.id), quoted("id", &one.id), "is here twice"),
            (
                quoted("statement", &one.id),
                quoted("statement", &other.id),
                "does not have this point",
            ),
            (word("outcome", "merged"), word("outcome", "open"), "in a comment and open"),
            (word("reason", "other") + ",", String::new(), "set aside without a reason"),
            (key("from", &75), key("from", &76), "75 to 75 % have no word"),
            (key("from", &0), key("from", &1), "0 to 0 % have no word"),
            (key("to", &90), key("to", &95), "another word already"),
            (word("verdict", "confirmed"), word("verdict", "confirmd"), "confirm"),
        ] {
            let told = mistakes(format, &old, &new);
            assert!(told.iter().any(|told| told.contains(words)), "{new} {words}: {told:?}");
            let lines = file.lines().count();
            assert!(
                told.iter().all(|told| {
                    let line: usize = told.split(':').nth(1).unwrap().parse().unwrap();
                    line > 1 && line <= lines
                }),
                "{told:?}"
            );
        }
    }
    let told = mistakes(Format::Ron, "reason: off_topic", "reason: of_topic");
    assert!(told[0].contains("Did you mean `off_topic`?"), "{told:?}");
}

/// There was a reason for each of a thousand groups.
#[test]
fn a_thousand_groups_at_work_are_one_reason() {
    let groups = (1..=1000).map(|nth| format!("(title: \"Group {nth}\")")).collect::<Vec<_>>();
    let agenda = format!(
        "(title: \"Large\", time_zone: \"UTC\", topics: [(title: \"A\")], groups: [{}], days: [(date: \"2026-05-27\", sessions: [])])",
        groups.join(",")
    );
    let agenda = rapporteur::import::agenda::read("large.ron", agenda.as_bytes()).unwrap().agenda;
    let workshop = Workshop::new(&agenda);
    let draft = Feedback::of(&workshop, "0.1.0").draft;
    let at_work = draft.iter().filter(|reason| reason.contains("at work")).collect::<Vec<_>>();
    assert_eq!(
        at_work,
        [
            "1000 groups are still at work: Group 1, Group 2, Group 3, Group 4, Group 5 and 995 more."
        ]
    );
}

#[test]
fn a_legend_or_a_seal_set_twice_at_once_keeps_it_a_draft() {
    let (mut workshop, points) = meeting(1, &["1"]);
    let put = workshop.put_into(CommentId::new(1), points[0].clone()).unwrap();
    make(&mut workshop, put);
    assert!(!Feedback::of(&workshop, "0.1.0").is_draft());
    let (group, topic) = (GroupId::from("g1"), TopicId::from("a"));
    let legend = |text: &str| workshop.set_legend(Legend::read(text).unwrap());
    let one =
        [legend("all 50-100; few 0-49"), workshop.set_seal(group.clone(), topic.clone(), true)];
    let other =
        [legend("many 20-100; few 0-19"), workshop.set_seal(group.clone(), topic.clone(), false)];
    let one = workshop.record(WriterId::new(2), Moment(0), one);
    let other = workshop.record(WriterId::new(3), Moment(0), other);
    workshop.apply(one);
    workshop.apply(other);
    let draft = Feedback::of(&workshop, "0.1.0").draft;
    assert_eq!(
        draft,
        [
            "The quantifiers were set twice at once; one set must be chosen.",
            "Group 1 sealed A differently on two laptops at once; one must be chosen."
        ]
    );
    let settled = vec![
        workshop.set_legend(Legend::default()),
        workshop.set_seal(group.clone(), topic.clone(), true),
    ];
    make(&mut workshop, settled);
    assert!(!Feedback::of(&workshop, "0.1.0").is_draft());
}

/// Used to be: the earlier answer, of which a file has only the decision, came in beside the current one.
#[test]
fn ones_own_file_with_earlier_answers_brings_no_answer() {
    let (mut workshop, points) = meeting(2, &["One", "Two"]);
    let of = Subject::Point(points[0][0]);
    for (decision, note) in
        [(Decision::Deferred, "Next year"), (Decision::Accepted, "Now"), (Decision::Noted, "Later")]
    {
        let to = Disposition { decision, target: "OP1".into(), note: note.into() };
        let change = workshop.dispose(of, to).unwrap();
        make(&mut workshop, vec![change]);
        let sent = Feedback::of(&workshop, "0.1.0");
        let received = import::read("f", text(Format::Ron, &sent).as_bytes()).unwrap();
        assert_eq!(received.records_for(&workshop), []);
        assert_eq!(workshop.answered_at_once(), []);
    }
}

/// Used to be called a mistake: “unknown field `mood`, expected one of …: put it right and try again”.
#[test]
fn a_file_that_a_newer_program_made_is_refused_in_a_sentence() {
    let workshop = sample();
    for (format, field) in [(Format::Json, "\"mood\": 1,"), (Format::Ron, "mood: 1,")] {
        let file = text(format, &Feedback::of(&workshop, "99.1.0"));
        let schema = if format == Format::Json { "\"schema\":" } else { "schema:" };
        let point = if format == Format::Json { "\"ref\":" } else { "ref:" };
        let later = file.replace("rapporteur-feedback/5", "rapporteur-feedback/6");
        let whole = |text: &str| import::read("f", text.as_bytes()).map(|_| ());
        let said = |text: &str| whole(text).unwrap_err().to_string();
        assert_eq!(whole(&file), Ok(()), "of the same format");
        for place in [schema, point] {
            let with = |text: &str| text.replacen(place, &format!("{field} {place}"), 1);
            assert_eq!(
                said(&with(&later)),
                "A newer rapporteur made this feedback: its format is 6, and this one reads up to 5. \
                 Install the newer one to import it."
            );
            let own = env!("CARGO_PKG_VERSION");
            assert_eq!(
                said(&with(&file)),
                format!(
                    "A newer rapporteur made this feedback, 99.1.0, and this one, {own}, does not \
                     know everything in it. Install the newer one to import it."
                )
            );
            let by_this = with(&file).replace("rapporteur 99.1.0", "rapporteur 0.1.0");
            assert!(said(&by_this).contains("mood"), "it is a mistake");
        }
        // Not even its shape may be known.
        assert!(said(&later.replacen("points", "pointed", 1)).contains("its format is 6"));
    }
}
