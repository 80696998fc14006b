//! Consent to be named, recorded with a session on the record: what may be told by it, and what not.

use rapporteur::export::Format;
use rapporteur::feedback::Feedback;
use rapporteur::import;
use rapporteur::workshop::*;

const SAID: &str = "Malaysia said that patrols must be joint";

/// A meeting with a plenary on the record and a group discussion that is not.
fn meeting() -> Workshop {
    let session = |id: &str, rule| Session {
        id: id.into(),
        title: format!("The {id}"),
        rule: Some(rule),
        ..Session::default()
    };
    Workshop::new(&Agenda {
        title: "Budget day".into(),
        participants: vec!["Siti Nurhaliza".into()],
        topics: vec![Topic { id: "a".into(), title: "A".into(), ..Topic::default() }],
        days: vec![Day {
            date: "2025-05-27".parse().unwrap(),
            title: String::new(),
            sessions: vec![
                session("statements", Rule::OnRecord),
                session("discussion", Rule::ChathamHouse),
            ],
        }],
        ..Agenda::default()
    })
}

fn make(workshop: &mut Workshop, writer: u64, changes: Vec<Change>) -> Record {
    let record = workshop.record(WriterId::new(writer), Moment(0), changes);
    workshop.apply(record.clone());
    record
}

fn agree(workshop: &mut Workshop, words: Option<&str>) -> Record {
    let to = CourseField::Consent(words.map(Into::into));
    let change = workshop.set_course("statements".into(), to).unwrap();
    make(workshop, 1, vec![change])
}

fn say(workshop: &mut Workshop, nth: u64, session: &str, text: &str) -> PointId {
    let place = Place::new(GroupId::plenary(), "a".into());
    let place = Place { session: Some(session.into()), ..place };
    let id = PointId::new(nth);
    let captured = CapturedPoint::new(id, place, PointKind::Recommendation, text);
    make(workshop, 1, vec![Change::PointCaptured(captured.into())]);
    id
}

/// The mentions that hold the export up.
fn open(workshop: &Workshop) -> Vec<Mention> {
    let names = workshop.names();
    let mut found: Vec<Mention> =
        workshop.points().flat_map(|point| workshop.mentions_in(&names, point)).collect();
    found.extend(workshop.mentions_of_comments(&names));
    found.retain(Mention::is_open);
    found
}

/// How many names hold the export up, after everything that consent may cover was decided by it.
fn held(workshop: &mut Workshop) -> usize {
    let names = workshop.names();
    let decide = |mention: Mention| {
        let consent = workshop.consent_to(&names, &mention.key, &mention.hit)?;
        let made = Clearance { consent: Some(consent), ..Clearance::plain(Ruling::Consent) };
        Some(workshop.decide(mention.key, Some(made)))
    };
    let changes: Vec<Change> = open(workshop).into_iter().filter_map(decide).collect();
    if !changes.is_empty() {
        make(workshop, 9, changes);
    }
    open(workshop).len()
}

#[test]
fn consent_is_for_what_was_said_on_the_record() {
    let mut workshop = meeting();
    let said = say(&mut workshop, 1, "statements", SAID);
    assert_eq!(held(&mut workshop), 1);
    agree(&mut workshop, Some("agreed by all in plenary, 10:05"));
    assert_eq!(held(&mut workshop), 0);
    let refused = CourseField::Consent(Some("agreed".into()));
    let refused = workshop.set_course("discussion".into(), refused).unwrap_err();
    assert!(refused.to_string().contains("Chatham House Rule"), "{refused}");
    let empty = workshop.set_course("statements".into(), CourseField::Consent(Some(" ".into())));
    assert_eq!(empty.unwrap_err(), Refusal::Flawed(Flaw::Empty));
    // A forged record says what it likes; a session under the Rule stays under it.
    let forged = Change::CourseChanged {
        session: "discussion".into(),
        to: CourseField::Consent(Some("agreed".into())),
        over: [Stamp::ORIGIN].into(),
    };
    make(&mut workshop, 1, vec![forged]);
    say(&mut workshop, 2, "discussion", SAID);
    assert_eq!(held(&mut workshop), 1);
    // Neither persons nor what was written at other times.
    say(&mut workshop, 3, "statements", "Siti Nurhaliza asked for boats");
    assert_eq!(held(&mut workshop), 2);
    let verdict = Verdict::Reservation { words: "Malaysia said it cannot accept this".into() };
    let reading = workshop.point(said).unwrap().reading(verdict);
    let change = workshop.set(said, Field::ReadBack(Some(reading.into()))).unwrap();
    make(&mut workshop, 1, vec![change]);
    let tags = Field::Tags(["Indonesia-proposed-this".into(), "patrols".into()].into());
    let change = workshop.set(said, tags).unwrap();
    make(&mut workshop, 1, vec![change]);
    held(&mut workshop);
    let of = Holder::Point(said);
    let found = open(&workshop).into_iter().filter(|mention| mention.key.of == of);
    let mut parts: Vec<Part> = found.map(|mention| mention.key.part).collect();
    parts.sort_unstable();
    assert_eq!(parts, [Part::Reservation, Part::Tag]);
}

#[test]
fn consent_covers_the_words_it_was_given_for_and_no_others() {
    let mut workshop = meeting();
    let said = say(&mut workshop, 1, "statements", SAID);
    agree(&mut workshop, Some("agreed"));
    assert_eq!(open(&workshop).len(), 1, "nobody has decided on these words yet");
    assert_eq!(held(&mut workshop), 0);
    let other = Field::Text("Malaysia said that it will not sign".into());
    let change = workshop.set(said, other).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert_eq!(open(&workshop).len(), 1, "other words were not agreed to");
    let change = workshop.set(said, Field::Text(SAID.into())).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert_eq!(open(&workshop).len(), 0, "the same words were");
    // Another consent was not the one it was decided by.
    agree(&mut workshop, Some("Philippines agreed, nobody else"));
    assert_eq!(open(&workshop).len(), 1);
    agree(&mut workshop, Some("agreed"));
    assert_eq!(open(&workshop).len(), 0);
    // Moved to a session under the Rule, nothing in it may be attributed any more.
    let change = workshop.set(said, Field::Session(Some("discussion".into()))).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert_eq!(open(&workshop).len(), 1);
}

#[test]
fn a_point_given_two_sessions_is_attributed_if_both_agreed() {
    let mut workshop = meeting();
    let said = say(&mut workshop, 1, "statements", SAID);
    agree(&mut workshop, Some("agreed"));
    let change = workshop.set(said, Field::Session(Some("discussion".into()))).unwrap();
    let elsewhere = workshop.record(WriterId::new(2), Moment(0), [change]);
    let change = workshop.set(said, Field::Session(Some("statements".into()))).unwrap();
    make(&mut workshop, 3, vec![change]);
    assert_eq!(held(&mut workshop), 0);
    workshop.apply(elsewhere);
    assert_eq!(held(&mut workshop), 1);
}

#[test]
fn a_comment_bears_a_name_if_all_its_sources_that_do_may() {
    let mut workshop = meeting();
    agree(&mut workshop, Some("agreed"));
    let open = say(&mut workshop, 1, "statements", SAID);
    let other = say(&mut workshop, 2, "discussion", "Patrols must be joint");
    let id = CommentId::new(1);
    let mut changes = workshop.put_into(id, [open, other]).unwrap();
    let text = "Malaysia proposed joint patrols";
    changes.push(workshop.set_comment(id, CommentField::Text(text.into())).unwrap());
    make(&mut workshop, 1, changes);
    assert_eq!(held(&mut workshop), 0);
    let change = workshop.set_comment(id, CommentField::Owner("Malaysia said so".into()));
    make(&mut workshop, 1, vec![change.unwrap()]);
    assert_eq!(held(&mut workshop), 1, "who is to do it was written at another time");
    let change = workshop.set_comment(id, CommentField::Owner("".into())).unwrap();
    make(&mut workshop, 1, vec![change]);
    // What was said under the Rule about a name is not told because of what was said elsewhere.
    let closed = say(&mut workshop, 3, "discussion", "Boats leave Malaysia at night");
    let change = workshop.put_into(id, [closed]).unwrap();
    make(&mut workshop, 1, change);
    assert_eq!(held(&mut workshop), 2, "the comment, and where the boats leave");
    // A name that no source bears was put there by somebody else.
    let change = workshop.set_comment(id, CommentField::Text("Indonesia proposed it".into()));
    make(&mut workshop, 1, vec![change.unwrap()]);
    assert_eq!(held(&mut workshop), 2);
}

#[test]
fn consent_that_one_laptop_withdrew_while_another_worded_it_does_not_hold() {
    let mut workshop = meeting();
    say(&mut workshop, 1, "statements", SAID);
    agree(&mut workshop, Some("agreed"));
    let mut other = workshop.clone();
    let withdrawn = agree(&mut other, None);
    let to = CourseField::Consent(Some("agreed by all".into()));
    let change = workshop.set_course("statements".into(), to).unwrap();
    make(&mut workshop, 2, vec![change]);
    assert_eq!(held(&mut workshop), 0);
    workshop.apply(withdrawn);
    assert_eq!(held(&mut workshop), 1);
    let record = agree(&mut workshop.clone(), Some("agreed after all"));
    let back = workshop.inverse(&record);
    workshop.apply(record);
    assert_eq!(held(&mut workshop), 0);
    for changes in back {
        assert_eq!(workshop.undo(&changes), Ok(()));
        make(&mut workshop, 1, changes);
        if held(&mut workshop) == 1 {
            break;
        }
    }
    assert_eq!(held(&mut workshop), 1, "{:?}", workshop.course(&"statements".into()));
}

#[test]
fn every_export_says_where_it_was_agreed_and_not_in_whose_words() {
    let mut workshop = meeting();
    say(&mut workshop, 1, "statements", SAID);
    let quiet = Feedback::of(&workshop, "0.1.0");
    assert!(!serde_json::to_string(&quiet).unwrap().contains("consent"));
    agree(&mut workshop, Some("Siti Nurhaliza said yes for all"));
    let feedback = Feedback::of(&workshop, "0.1.0");
    assert_eq!(feedback.audit.consent, [SessionId::from("statements")]);
    let mut files = Vec::new();
    for format in Format::ALL {
        let text = crate::exports::text(format, &feedback);
        assert!(!text.contains("Siti"), "{text}");
        files.push((format, text));
    }
    let of = |wanted| &files.iter().find(|(format, _)| *format == wanted).unwrap().1;
    let markdown = of(Format::Markdown);
    assert!(
        markdown.contains("delegations may be named in what was said in\n\n- The statements\n")
    );
    assert!(of(Format::About).contains("\"Attribution agreed to, on the record\",The statements"));
    // It comes back as it went out, and what nobody could have agreed to is refused.
    for format in [Format::Ron, Format::Json] {
        let received = import::feedback::read("file", of(format).as_bytes()).unwrap();
        let mut again = Workshop::new(&received.agenda());
        received.records().into_iter().for_each(|record| again.apply(record));
        assert_eq!(Feedback::of(&again, "0.1.0"), feedback);
        assert_eq!(held(&mut again), 0);
    }
    let json = of(Format::Json);

    for (id, why) in [("discussion", "is not on the record"), ("lunch", "no session “lunch”")] {
        let mut edited = json.clone();
        let at = json.find("\"consent\"").unwrap();
        let end = at + json[at..].find(']').unwrap();
        edited.replace_range(at..=end, &format!("\"consent\": [\"{id}\"]"));
        let refused = import::feedback::read("file", edited.as_bytes()).unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
}
