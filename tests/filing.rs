//! Under which session what a group says is filed: on the screens, on the command line, after a crash.

use std::collections::HashSet;

use insta::assert_snapshot;
use rapporteur::app::{Effect, Message, StoredWorkshop, Typing, UnfinishedText, Words};
use rapporteur::workshop::*;

use crate::command::{Home, words};
use crate::desk::{self, Desk};

/// The small meeting with country presentations on the record between the opening and the group
/// discussion, and two sessions of other sorts after it.
fn agenda() -> Agenda {
    let mut agenda = desk::agenda();
    let countries = Session {
        id: "countries".into(),
        title: "Country presentations".into(),
        kind: SessionKind("country_presentations".into()),
        rule: Some(Rule::OnRecord),
        ..Session::default()
    };
    let panel = Session {
        id: "panel".into(),
        title: "Panel on boats and the people who steer them for others".into(),
        kind: SessionKind("panel".into()),
        ..Session::default()
    };
    agenda.days[0].sessions.insert(1, countries);
    agenda.days[0].sessions.push(panel);
    agenda
}

const SMALL: (u16, u16) = (80, 24);
/// Rows of the agenda from its top: opening, countries, groups-1, tea, closing, panel.
const COUNTRIES: &str = "<f2><home><down>";
const GROUPS: &str = "<f2><home><down><down>";

/// At the agenda, with the country presentations running and consent recorded for them.
fn presenting() -> Desk {
    let mut desk = Desk::start(SMALL);
    desk.open_workshop(Workshop::new(&agenda()), None);
    desk.keys(COUNTRIES).keys("scAgreed by all, 10:05<enter>");
    desk
}

fn sessions(desk: &Desk) -> Vec<(String, String)> {
    let mut points: Vec<&Point> = desk.app.core.workshop.points().collect();
    points.sort_by_key(|point| (point.born(), point.id()));
    let session = |point: &&Point| point.session().map_or("none", |id| id.as_str()).to_owned();
    points.iter().map(|point| (point.text().to_owned(), session(point))).collect()
}

fn last(desk: &Desk) -> String {
    sessions(desk).pop().expect("a point").1
}

fn head(desk: &mut Desk) -> String {
    desk.text().lines().next().unwrap_or_default().to_owned()
}

/// Files all points under a session, whichever it is, as older programs did for whoever chose that.
fn misfile(desk: &mut Desk, session: &str) {
    let workshop = desk.app.core.workshop.clone();
    let to = Field::Session(Some(session.into()));
    let filed = |point: &Point| Change::PointChanged {
        point: point.id(),
        to: to.clone(),
        over: point.field(&to).1.into(),
    };
    let changes: Vec<Change> = workshop.points().map(filed).collect();
    desk.tell(Message::Arrived(vec![workshop.record(WriterId::new(77), Moment(0), changes)]));
}

/// How many names hold the export up that no consent covers.
fn held(workshop: &Workshop) -> usize {
    let names = workshop.names();
    let found = workshop.points().flat_map(|point| workshop.mentions_in(&names, point));
    let covered = |one: &Mention| workshop.may_consent(&names, &one.key, &one.hit);
    found.filter(|one| one.is_open() && !covered(one)).count()
}

/// The leak: while a session on the record was running with consent, a discussion under the Chatham
/// House Rule was chosen on the agenda, and the group's words went out under the other one's consent.
#[test]
fn what_is_said_in_the_chosen_session_is_filed_there_while_another_runs() {
    let mut desk = presenting();
    desk.keys(GROUPS).keys("<enter>Malaysia said that patrols must be joint<enter>");
    assert_eq!(last(&desk), "groups-1");
    assert_eq!(held(&desk.app.core.workshop), 1, "a name that nobody agreed to");
    assert_snapshot!(desk.picture());
    // Nor does it help to come to capture without the agenda: a group sits in no plenary session.
    let mut desk = presenting();
    desk.keys("<f3><ctrl-g>Group 2<enter>Malaysia said so<enter>");
    assert_eq!(last(&desk), "none");
    assert_eq!(held(&desk.app.core.workshop), 1);
    assert!(head(&mut desk).contains("no session · Chatham House Rule"), "{}", head(&mut desk));
}

#[test]
fn the_whole_room_sits_in_the_plenary_and_the_head_says_on_record() {
    let mut desk = presenting();
    desk.keys("<f3><ctrl-g>plenary<enter>Boats were bought<enter>");
    assert_eq!(last(&desk), "countries");
    assert!(head(&mut desk).contains("Country presentations · ON RECORD"), "{}", head(&mut desk));
    assert_snapshot!(desk.picture());
    // To another group: it is said that its words go elsewhere.
    desk.keys("<alt-n>");
    assert!(desk.text().contains("New points go to no session."), "{}", desk.text());
    desk.keys("x<enter>");
    assert_eq!(last(&desk), "none");
    // A long title, a running clock and a bad disk leave room for the rule.
    for (width, rule) in
        [(200, "Chatham House Rule"), (80, "Chatham House Rule"), (60, "Chatham House")]
    {
        let mut desk = presenting();
        desk.resize(width, 24).keys("<f2><end>s<enter>");
        assert!(head(&mut desk).contains(rule), "{}", head(&mut desk));
    }
    let mut desk = presenting();
    desk.keys("<enter>a").tell(Message::NotSaved("the disk is full".into()));
    assert!(head(&mut desk).contains("ON RECORD"), "{}", head(&mut desk));
    for (width, height) in [(1, 1), (12, 4), (30, 7), (40, 10), (50, 10)] {
        desk.resize(width, height).picture();
    }
}

/// Taken down for the whole room by mistake, and then given to the group that said it.
#[test]
fn a_point_that_comes_to_a_group_leaves_the_plenary_on_the_record() {
    let mut desk = presenting();
    desk.keys("<f3><ctrl-g>plenary<enter>Malaysia said so<enter>under it<alt-right><enter>");
    assert_eq!((last(&desk).as_str(), held(&desk.app.core.workshop)), ("countries", 0));
    desk.keys("<up><up><ctrl-p>Move to group<enter>Group 1<enter>");
    assert!(desk.app.core.workshop.points().all(|point| point.group().as_str() == "group-1"));
    assert!(desk.app.core.workshop.points().all(|point| point.session().is_none()));
    assert_eq!(held(&desk.app.core.workshop), 1);
    desk.keys("<ctrl-z>");
    assert_eq!((last(&desk).as_str(), held(&desk.app.core.workshop)), ("countries", 0));
}

#[test]
fn a_chosen_session_that_ends_is_chosen_no_more_and_that_is_said() {
    let mut desk = presenting();
    desk.keys(COUNTRIES).keys("<enter>in it<enter>");
    assert_eq!(last(&desk), "countries");
    // The facilitator's laptop goes on to the group discussion.
    let mut other = Desk::beside(&desk);
    other.keys("<f2>").keys(COUNTRIES).keys("e").keys(GROUPS).keys("s");
    desk.hear(&mut other);
    let said = "New points go to no session: “Country presentations” has ended.";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys("<ctrl-g>Group 1<enter>");
    let said = "New points go to “Group discussion 1”, Chatham House Rule.";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys("of the group<enter>");
    assert_eq!(last(&desk), "groups-1");
    // Chosen although it has ended: what is added later belongs there all the same.
    desk.keys(COUNTRIES).keys("<enter>remembered later<enter>");
    assert_eq!(last(&desk), "countries");
    // Another one is chosen, with half a text typed: it is said, and the text goes along.
    desk.keys("half").keys(GROUPS).keys("<enter>");
    assert!(desk.text().contains("New points go to “Group discussion 1”"), "{}", desk.text());
    desk.keys(" a thought<enter>");
    assert_eq!(sessions(&desk).pop(), Some(("half a thought".into(), "groups-1".into())));
}

/// What was typed under the Chatham House Rule went on the record when another laptop went on to the
/// next session before Enter was pressed.
#[test]
fn text_that_was_begun_under_a_session_stays_in_it() {
    let mut desk = Desk::start(SMALL);
    desk.open_workshop(Workshop::new(&agenda()), None);
    desk.keys("<f2><end>s<f3><ctrl-g>plenary<enter>Malaysia said so");
    assert!(head(&mut desk).contains("Chatham House Rule"), "{}", head(&mut desk));
    let mut other = Desk::beside(&desk);
    other.keys("<f2><end>e").keys(COUNTRIES).keys("s");
    desk.hear(&mut other);
    assert!(head(&mut desk).contains("Chatham House Rule"), "{}", head(&mut desk));
    let said = "the next goes to “Country presentations”, ON RECORD.";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys(" and left<enter>");
    assert_eq!(sessions(&desk).pop(), Some(("Malaysia said so and left".into(), "panel".into())));
    assert!(head(&mut desk).contains("ON RECORD"), "{}", head(&mut desk));
    desk.keys("boats<enter>");
    assert_eq!(last(&desk), "countries");
}

#[test]
fn pasted_proposed_and_restored_text_goes_where_typed_text_goes() {
    let mut desk = presenting();
    desk.keys(GROUPS).keys("<enter>");
    desk.tell(Message::Paste("one\ntwo".into())).keys("e");
    assert_eq!(
        sessions(&desk),
        [("one".to_owned(), "groups-1".to_owned()), ("two".into(), "groups-1".into())]
    );
    desk.effects.clear();
    desk.keys("half");
    let begun = desk.effects.iter().find_map(|effect| match effect {
        Effect::Typing(Typing::Begun { place, .. }) => Some(place.clone()),
        _ => None,
    });
    let begun = begun.expect("kept as it is typed");
    assert_eq!(begun.session, Some("groups-1".into()));
    // The program dies; at the next start nothing is chosen, and the presentations still run.
    let mut next = Desk::beside(&desk);
    next.keys("<ctrl-g>plenary<enter>");
    let restored = StoredWorkshop {
        workshop: desk.app.core.workshop.clone(),
        names: desk.app.core.workshop.names(),
        own: HashSet::new(),
        words: Words::of(&desk.app.core.workshop),
        damage: Vec::new(),
        unfinished: vec![UnfinishedText {
            group: begun.group,
            topic: begun.topic,
            session: begun.session,
            editing: None,
            proposing: None,
            text: "half".into(),
        }],
    };
    next.tell(Message::Loaded(Box::new(restored)));
    assert!(head(&mut next).contains("Group discussion 1"), "{}", head(&mut next));
    // It goes with that text, and with a rewording in between too.
    next.keys("<up><ctrl-e>x<enter> a thought<enter>the next<enter>");
    let all = sessions(&next);
    assert_eq!(
        all[2..],
        [("half a thought".to_owned(), "groups-1".to_owned()), ("the next".into(), "none".into())]
    );
}

#[test]
fn what_was_entered_before_the_workshop_was_read_is_filed_once_it_is_known_what_runs() {
    let mut first = presenting();
    first.keys("<f2>").keys(GROUPS).keys("s");
    let workshop = first.app.core.workshop.clone();
    let mut desk = Desk::beside(&first);
    let opened = rapporteur::app::OpenedWorkshop {
        workshop: Workshop::new(workshop.agenda()),
        folder: "budget-day.workshop".into(),
        exposed: true,
        writer: WriterId::new(9),
        exports: "exports".into(),
        exchange: rapporteur::app::RememberedExchange::default(),
        group: Some("group-1".into()),
        topic: Some("cooperation".into()),
    };
    desk.tell(Message::Opened(Box::new(opened)));
    // It is on a stick without modes.
    assert!(
        desk.text().contains("Anyone who gets hold of this disk can read the workshop's files")
    );
    desk.keys("early<enter>");
    let loaded = StoredWorkshop {
        words: Words::of(&workshop),
        names: workshop.names(),
        workshop,
        own: HashSet::new(),
        damage: Vec::new(),
        unfinished: Vec::new(),
    };
    desk.tell(Message::Loaded(Box::new(loaded)));
    let point = desk.app.core.workshop.points().next().unwrap();
    assert_eq!((point.session(), point.round()), (Some(&"groups-1".into()), Some(1)));
}

#[test]
fn points_filed_wrongly_are_moved_by_one_action_and_back_by_one_key() {
    let mut desk = presenting();
    desk.keys("<enter><ctrl-g>Group 1<enter><alt-1>");
    desk.keys("one<enter>two<alt-right><enter>three<alt-left><enter><alt-2>four<enter>");
    misfile(&mut desk, "panel");
    assert!(sessions(&desk).iter().all(|(_, session)| session == "panel"), "{:?}", sessions(&desk));
    desk.keys("<alt-1><up><alt-s>");
    assert_snapshot!("the_sessions_to_choose_from", desk.picture());
    desk.keys("Group d<enter>");
    assert_snapshot!("which_points_are_meant", desk.picture());
    desk.keys("<enter>");
    let of = |desk: &Desk| sessions(desk).into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    assert_eq!(of(&desk), ["panel", "panel", "groups-1", "panel"]);
    let round = |desk: &Desk| desk.app.core.workshop.points().filter_map(Point::round).count();
    assert_eq!(round(&desk), 1);
    desk.keys("<ctrl-z>");
    assert_eq!(of(&desk), ["panel"; 4]);
    assert_eq!(round(&desk), 0);
    // What stands under a point goes along.
    desk.keys("<up><up><alt-s>Group d<enter>“one”<enter>");
    assert!(desk.text().contains("2 points filed under “Group discussion 1”"), "{}", desk.text());
    assert_eq!(of(&desk), ["groups-1", "groups-1", "panel", "panel"]);
    desk.keys("<ctrl-z><alt-s>Group d<enter>all 3<enter>");
    assert_eq!(of(&desk), ["groups-1", "groups-1", "groups-1", "panel"]);
    let records = desk.effects.iter().filter(|e| matches!(e, Effect::Save(_))).count();
    desk.keys("<ctrl-z><alt-s>Group d<enter>all 4<enter>");
    assert_eq!(of(&desk), ["groups-1"; 4]);
    let after = desk.effects.iter().filter(|e| matches!(e, Effect::Save(_))).count();
    assert_eq!(after, records + 2, "one record each, there and back");
    // The marked ones of all groups, on the consolidate screen.
    desk.keys("<f8><home> <alt-s>");
    assert!(desk.text().contains("under which session?"), "{}", desk.text());
    desk.keys("<esc> <alt-s>no session<enter>");
    assert_eq!(of(&desk).iter().filter(|id| *id == "none").count(), 2, "{:?}", of(&desk));
}

const BARRED: &str = "is a plenary session on the record: no group's points are filed there.";

/// Alt-S took the country presentations for a group's words, and their consent named who spoke.
#[test]
fn no_groups_points_are_filed_under_a_plenary_session_on_the_record() {
    const BARRED: &str = "This plenary is on the record: choose the group's session, or group";
    let mut desk = presenting();
    desk.keys("<f3><ctrl-g>Group 1<enter><alt-1><alt-s>Country<enter>");
    assert!(desk.text().contains(BARRED), "{}", desk.text());
    desk.keys("Malaysia said so<alt-s>Country<enter>");
    assert!(desk.text().contains(BARRED), "{}", desk.text());
    // What was typed is still there.
    desk.keys("<enter>");
    assert_eq!(sessions(&desk), [("Malaysia said so".to_owned(), "none".to_owned())]);
    desk.keys("<up><alt-s>Country<enter>");
    assert!(desk.text().contains(BARRED), "{}", desk.text());
    desk.keys("<f8><home> <alt-s>Country<enter>");
    assert!(desk.text().contains(BARRED), "{}", desk.text());
    assert_eq!((last(&desk).as_str(), held(&desk.app.core.workshop)), ("none", 1));
    // The plenary's own are, and a group's where it sits in a session on the record.
    desk.keys("<f3><ctrl-g>plenary<enter>Malaysia said it here<enter>");
    assert_eq!((last(&desk).as_str(), held(&desk.app.core.workshop)), ("countries", 1));
    let mut agenda = agenda();
    let discussion = agenda.days[0].sessions.iter_mut().find(|it| it.id.as_str() == "groups-1");
    discussion.unwrap().rule = Some(Rule::OnRecord);
    let workshop = Workshop::new(&agenda);
    assert!(workshop.check_filing(&"group-1".into(), Some(&"groups-1".into())).is_ok());
    assert!(workshop.check_filing(&"group-1".into(), Some(&"countries".into())).is_err());
}

/// A workshop of an older program: consent given in plenary covered what a group had said.
#[test]
fn consent_of_a_plenary_session_never_covers_a_groups_point() {
    let mut desk = presenting();
    desk.keys("<f3><ctrl-g>Group 1<enter><alt-1>Malaysia said so<enter>");
    misfile(&mut desk, "countries");
    assert_eq!((last(&desk).as_str(), held(&desk.app.core.workshop)), ("countries", 1));
    let workshop = &desk.app.core.workshop;
    let point = workshop.points().next().unwrap();
    assert!(!workshop.is_attributable(point));
    let mentions = workshop.mentions_in(&workshop.names(), point);
    assert!(!mentions.is_empty() && mentions.iter().all(|mention| !mention.on_record));
    // It can be moved out.
    desk.keys("<up><alt-s>Group d<enter>");
    assert_eq!(last(&desk), "groups-1");
    // Used to be: back there by Ctrl-Z.
    desk.keys("<ctrl-z>");
    assert_eq!(last(&desk), "groups-1");
    assert!(desk.text().contains("plenary session on the record"), "{}", desk.text());
    // Together with its group it goes back.
    desk.keys(
        "<ctrl-g>plenary<enter>Said by all<enter><up><ctrl-p>Move to group<enter>Group 1<enter>",
    );
    assert_eq!(last(&desk), "none");
    desk.keys("<ctrl-z>");
    assert_eq!(last(&desk), "countries");
}

#[test]
fn what_is_typed_can_be_filed_elsewhere_and_then_as_the_agenda_runs() {
    let mut desk = presenting();
    desk.keys("<enter>public<alt-s>Group d<enter><enter>also public<enter>");
    assert_eq!(
        sessions(&desk),
        [("public".to_owned(), "groups-1".to_owned()), ("also public".into(), "countries".into())]
    );
    desk.keys("<alt-s>no session<enter>a<enter>b<enter>");
    assert_eq!(last(&desk), "none");
    desk.keys("<alt-s>as the agenda<enter>c<enter>");
    assert_eq!(last(&desk), "countries");
}

#[test]
fn a_group_sits_where_the_agenda_says() {
    let mut agenda = agenda();
    let session = |id: &str, kind: &str, groups: &[&str], topics: &[&str]| Session {
        id: id.into(),
        title: id.into(),
        kind: SessionKind(kind.into()),
        groups: groups.iter().map(|id| GroupId::from(*id)).collect(),
        topics: topics.iter().map(|id| TopicId::from(*id)).collect(),
        ..Session::default()
    };
    agenda.days[0].sessions = vec![
        Session { rule: Some(Rule::OnRecord), ..session("open", "plenary", &[], &[]) },
        Session { rule: Some(Rule::OnRecord), ..session("heard", "panel", &["group-2"], &[]) },
        session("room", "plenary", &[], &[]),
        session("tea", "break", &[], &[]),
        session("apart", "group_discussion", &["group-1"], &["capacity"]),
        Session {
            sessions: vec![session("within", "group_discussion", &[], &[])],
            ..session("block", "block", &[], &[])
        },
    ];
    let running = |ids: &[&str]| {
        let mut workshop = Workshop::new(&agenda);
        for (nth, id) in ids.iter().enumerate() {
            let started = CourseField::Started(Some(Moment(nth as i64)));
            let change = workshop.set_course((*id).into(), started).unwrap();
            let record = workshop.record(WriterId::new(1), Moment(0), [change]);
            workshop.apply(record);
        }
        workshop
    };
    for (ids, group, topic, expected) in [
        (&["open"][..], "group-1", "capacity", None),
        (&["open"], "plenary", "capacity", Some("open")),
        (&["open", "room"], "group-1", "capacity", Some("room")),
        // Two that fit alike: the one whose words are told to nobody.
        (&["room", "open"], "plenary", "capacity", Some("room")),
        (&["tea"], "plenary", "capacity", None),
        (&["apart", "room"], "group-1", "capacity", Some("apart")),
        (&["apart", "room"], "group-1", "cooperation", Some("room")),
        (&["apart"], "group-1", "general", Some("apart")),
        (&["apart"], "group-2", "capacity", None),
        (&["apart"], "plenary", "capacity", None),
        (&["heard", "open"], "group-2", "capacity", Some("heard")),
        (&["heard", "within"], "group-2", "capacity", Some("within")),
        (&["block"], "plenary", "capacity", Some("block")),
        (&["block", "within"], "group-1", "capacity", Some("within")),
        (&["block", "within"], "plenary", "capacity", None),
        (&["block", "within", "open"], "plenary", "capacity", Some("open")),
    ] {
        let workshop = running(ids);
        let found = workshop.session_for(&group.into(), &topic.into());
        let found = found.map(|session| session.id.as_str());
        assert_eq!(found, expected, "{ids:?} {group} {topic}");
    }
}

#[test]
fn scripts_file_by_the_same_rule_and_repair_what_was_filed_wrongly() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    let add = |session: &[&str], group: &str, text: &str| {
        let to = ["add", "meeting", "--group", group, "--topic", "capacity"];
        home.run(&[&to, session, &[text]].concat(), b"")
    };
    let filed = |text: &str| {
        let rows = home.lines(&["list", "meeting", "--json"], b"");
        let rows = rows.iter().map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
        let found = rows.into_iter().find(|row| row["text"] == text).expect("the point is there");
        found["session"].as_str().unwrap_or("none").to_owned()
    };
    // Nothing runs: no session. By its title or its id: that one, with its round.
    assert!(words(&add(&[], "group-1", "a")).contains("filed under no session."));
    let told = words(&add(&["--session", "Country presentations, part 1"], "plenary", "e"));
    assert!(told.contains("“Country presentations, part 1” (ON RECORD)"), "{told}");
    add(&["--session", "law-enforcement"], "group-1", "b");
    add(&["--session", "law-enforcement"], "group-1", "c");
    add(&["--session", "law-enforcement"], "group-2", "d");
    assert_eq!(
        ["a", "b", "c", "d", "e"].map(filed),
        [
            "none",
            "law-enforcement",
            "law-enforcement",
            "law-enforcement",
            "country-presentations-1"
        ]
    );
    let whole =
        ["move", "meeting", "--from-session", "law-enforcement", "--session", "public-awareness"];
    let dry = home.lines(&[&whole[..], &["--group", "Group 1", "--dry-run"]].concat(), b"");
    assert_eq!((dry.len(), filed("b")), (2, "law-enforcement".into()));
    let output = home.run(&[&whole[..], &["--group", "group-1"]].concat(), b"");
    let told = words(&output);
    assert!(told.starts_with("2 points filed under “Group discussion: Public awareness"), "{told}");
    assert!(told.contains("(Chatham House Rule)"), "{told}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    assert_eq!(
        ["b", "c", "d"].map(filed),
        ["public-awareness", "public-awareness", "law-enforcement"]
    );
    let again = home.run(&[&whole[..], &["--group", "group-1"]].concat(), b"");
    assert!(words(&again).starts_with("Nothing to move"), "{}", words(&again));
    home.lines(&["move", "meeting", "--session", "none", &dry[0]], b"");
    assert_eq!(["b", "c"].map(filed), ["none", "public-awareness"]);
    for (arguments, status, why) in [
        (&["--session", "tea"][..], 2, "required"),
        (&["--session", "supper", "--group", "group-1"], 1, "There is no session “supper”"),
        (&["--session", "opening", "--group", "group-9"], 1, "There is no group “group-9”"),
        (&["--session", "opening", "--topic", "boats"], 1, "There is no topic “boats”"),
        (&["--session", "opening", "000000000000"], 1, "There is no point 000000000000"),
        (&["--session", "opening", "--from-session", "lunch"], 1, "There is no session “lunch”"),
    ] {
        let output = home.run(&[&["move", "meeting"], arguments].concat(), b"");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", words(&output));
        assert!(words(&output).contains(why), "{arguments:?}: {}", words(&output));
    }
    // Both took it where it was asked for, `move` with a warning.
    let told = words(&add(&["--session", "country-presentations-1"], "group-1", "f"));
    assert!(told.contains(BARRED), "{told}");
    let plenary = ["move", "meeting", "--session", "country-presentations-1"];
    for which in [&["--topic", "capacity"][..], &["--group", "group-1", "--dry-run"]] {
        let output = home.run(&[&plenary[..], which].concat(), b"");
        assert!(!output.status.success() && output.stdout.is_empty(), "{}", words(&output));
        assert!(words(&output).contains(BARRED), "{}", words(&output));
    }
    assert_eq!(["c", "d"].map(filed), ["public-awareness", "law-enforcement"]);
    assert_eq!(home.lines(&["list", "meeting", "--json"], b"").len(), 5);
}
