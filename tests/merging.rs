//! The workshop is the fold of a set of records: order and repetition make no difference.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rapporteur::import::draft_text::read;
use rapporteur::workshop::*;

const WRITERS: usize = 3;

/// What one of the writers does next.
#[derive(Clone, Debug)]
enum Step {
    /// Makes a change of this sort to something that is there.
    Make { writer: usize, sort: usize, which: usize, value: usize },
    /// Hears of everything that another has.
    Hear { writer: usize, from: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let make = (0..WRITERS, 0..SORTS, 0..64usize, 0..4usize)
        .prop_map(|(writer, sort, which, value)| Step::Make { writer, sort, which, value });
    let hear = (0..WRITERS, 0..WRITERS).prop_map(|(writer, from)| Step::Hear { writer, from });
    prop::collection::vec(prop_oneof![4 => make, 1 => hear], 1..40)
}

pub(crate) fn agenda() -> Agenda {
    let topic = |id: &str| Topic { id: id.into(), title: id.into(), ..Topic::default() };
    let group = |id: &str| Group { id: id.into(), title: id.into(), ..Group::default() };
    let session = |id: &str| Session { id: id.into(), ..Session::default() };
    Agenda {
        id: "meeting".into(),
        title: "Meeting".into(),
        time_zone: "Asia/Kuala_Lumpur".into(),
        topics: vec![topic("capacity"), topic("monitoring")],
        groups: vec![group("group-1"), group("group-2")],
        days: vec![Day {
            date: "2026-11-24".parse().unwrap(),
            title: String::new(),
            sessions: vec![
                session("morning"),
                Session {
                    rule: Some(Rule::OnRecord),
                    kind: SessionKind("group_discussion".into()),
                    ..session("afternoon")
                },
            ],
        }],
        ..Agenda::default()
    }
}

pub(crate) const SORTS: usize = 36;

/// A change of a sort, or none where there is nothing of its kind yet.
pub(crate) fn change(
    workshop: &Workshop,
    ids: &mut Ids,
    sort: usize,
    which: usize,
    value: usize,
) -> Option<Change> {
    let pick = |count: usize| (count > 0).then(|| which % count);
    let groups = ["group-1", "group-2", "plenary", "made-here"];
    let topics = ["capacity", "monitoring", "general", "stray"];
    let sessions = ["morning", "afternoon"];
    let mut points: Vec<PointId> = workshop.points().map(Point::id).collect();
    points.sort();
    let session = SessionId::from(sessions[which % 2]);
    let group = GroupId::from(groups[which % 4]);
    // A group that only a point named which has left it is not shown: nobody can change it.
    let is_hidden =
        workshop.group(&group).is_some() && !workshop.groups().any(|shown| shown.id == group);
    let field = match sort {
        2..5 if is_hidden => return None,
        0 | 1 => {
            let place = Place::new(groups[value].into(), topics[which % 4].into());
            let kind = PointKind::KNOWN[which % PointKind::KNOWN.len()].clone();
            let mut captured =
                CapturedPoint::new(ids.point(), place, kind, format!("text {which}"));
            captured.parent = (value == 1).then(|| points.get(which).copied()).flatten();
            return Some(Change::PointCaptured(captured.into()));
        }
        2 => return Some(workshop.set_group(group, GroupField::Title(format!("title {value}")))),
        3 => return Some(workshop.set_group(group, GroupField::Open(value > 1))),
        4 => {
            workshop.group(&group)?;
            return Some(workshop.set_group(group, GroupField::Removed(value > 1)));
        }
        5 => {
            let started = (value > 0).then_some(Moment(value as i64));
            return workshop.set_course(session, CourseField::Started(started)).ok();
        }
        6 => {
            let ended = (value > 0).then_some(Moment(value as i64));
            return workshop.set_course(session, CourseField::Ended(ended)).ok();
        }
        7 => return workshop.set_course(session, CourseField::Extra(value as i32)).ok(),
        32 => {
            let words = (value > 0).then(|| format!("agreed at {which}").into());
            return workshop.set_course("afternoon".into(), CourseField::Consent(words)).ok();
        }
        34 => {
            let phrase = ["travel to …", "… nationals"][which % 2].into();
            let ruling = [Ruling::Subject, Ruling::Held][value % 2];
            let made = PhraseDecision { ruling, listed: Box::default() };
            return Some(workshop.decide_phrase(phrase, (value > 0).then_some(made)));
        }
        // Deleted points too: all of their words go.
        33 => {
            let mut all: Vec<PointId> =
                (0..workshop.captured() as u32).map(|nth| workshop.point_at(nth).id()).collect();
            all.sort();
            return workshop.purge(all[pick(all.len())?]).ok();
        }
        8 => return workshop.delete(points[pick(points.len())?]).ok(),
        9 | 10 => Field::Text(format!("reworded {value}").into()),
        11 => Field::Topic(topics[value].into()),
        12 => Field::Group(groups[value].into()),
        13 => Field::Session((value > 0).then(|| sessions[value % 2].into())),
        14 => Field::Kind(PointKind::KNOWN[value].clone()),
        15 => Field::Paragraph((value > 0).then(|| Pin::from("OP2"))),
        16 => Field::Parent(points.get(value * 3).copied()),
        17 => Field::Order(Some(Order::between(None, Some(&[value as u8 + 1, 7])))),
        18 => Field::Status(match value {
            0 | 1 => Status::Standing,
            _ => Status::Parked { owner: "secretariat".into() },
        }),
        // Comments are few, so that laptops meet in them.
        20 | 21 => Field::Outcome(Outcome::In(CommentId::new(value as u64 % 3 + 1))),
        22 => Field::Outcome(match value {
            0 => Outcome::Open,
            _ => Outcome::SetAside(
                SetAside { reason: Reason::ALL[value], words: "as agreed".into() }.into(),
            ),
        }),
        23 => {
            let comment = CommentId::new(value as u64 % 3 + 1);
            let to = match which % 6 {
                0 => CommentField::Text(format!("comment {which}").into()),
                1 => CommentField::Topic(["capacity", "monitoring"][which % 2].into()),
                2 => CommentField::Deleted(value > 1),
                3 => CommentField::Alternatives([format!("or {which}").into()].into()),
                4 => CommentField::Kind(PointKind::KNOWN[value].clone()),
                _ => CommentField::Order(Some(Order::between(None, Some(&[which as u8, 9])))),
            };
            return workshop.set_comment(comment, to).ok();
        }
        24 => {
            let topic = ["capacity", "monitoring"][value % 2].into();
            return Some(workshop.set_seal(groups[which % 3].into(), topic, value > 0));
        }
        25 => {
            let legend = ["all 50-100; few 0-49", "many 20-100; few 0-19"][value % 2];
            return Some(workshop.set_legend(Legend::read(legend).unwrap()));
        }
        26 => {
            let point = workshop.point(points[pick(points.len())?])?;
            let verdict = match value {
                0 => Verdict::Confirmed,
                1 => Verdict::NotOurs,
                _ => Verdict::Reservation { words: format!("reserve {which}").into() },
            };
            Field::ReadBack(Some(point.reading(verdict).into()))
        }
        27 => match value {
            0 => Field::Hands(Some(Hands { yes: which as u16, no: 1, neither: 0 })),
            1 => Field::Hands(None),
            _ => Field::Waived([Waiver { found: "Manila".into(), reason: "venue".into() }].into()),
        },
        28 => {
            let versions = [
                "1. To meet yearly.\n\n2. To share alerts.\n\n3. To eat.",
                "1. To meet monthly.\n\n2. To share alerts.",
                "1. To share alerts.\n\n2. To meet yearly.\n\n3. To sleep.",
                "1. To share [all] alerts.\n\n2. To meet yearly.",
            ];
            let text = read("draft.md", versions[value % 4].as_bytes()).unwrap().text;
            return Some(workshop.set_draft_text(text));
        }
        29 => {
            let point = points[pick(points.len())?];
            let to = Disposition {
                decision: [Decision::Accepted, Decision::Noted][value % 2].clone(),
                note: format!("answer {which}").into(),
                ..Disposition::default()
            };
            let of = match value {
                0 => Subject::Comment(CommentId::new(which as u64 % 3 + 1)),
                _ => Subject::Point(point),
            };
            return workshop.dispose(of, to).ok();
        }
        30 => {
            let new = ["To meet weekly.", "To meet in spring.", "To meet."][which % 3];
            let proposal = Proposal::between("To meet yearly.", new, "");
            Field::Proposal(proposal.filter(|_| value > 0).map(Box::new))
        }
        35 => Field::Telling(match value {
            0 => None,
            1 => Some(Telling::Nobody),
            _ => Some(Telling::Somebody),
        }),
        31 => Field::Paragraph(Some(workshop.pin(["OP1", "after op 2", "3", "OP9"][value % 4]))),
        _ => match value {
            0 => Field::Round(Some(2)),
            1 => Field::Tags(["urgent".into()].into()),
            2 => Field::Convergence(Some(Convergence::Consensus)),
            _ => Field::Deleted(None),
        },
    };
    let point = points[pick(points.len())?];
    workshop.set(point, field).ok()
}

/// Plays the steps, and gives every record made and the writers' own workshops. Where a disk was
/// `cloned`, two laptops go by one writer's name and make different records of one stamp.
fn play(steps: &[Step], cloned: bool) -> (Vec<Record>, Vec<Workshop>) {
    let mut ids = Ids::seeded(1);
    let mut writers: Vec<WriterId> = (0..WRITERS).map(|_| ids.writer()).collect();
    if cloned {
        writers[1] = writers[0];
    }
    let mut workshops = vec![Workshop::new(&agenda()); WRITERS];
    let mut heard: Vec<Vec<Record>> = vec![vec![Record::founding(&agenda())]; WRITERS];
    let mut all = heard[0].clone();
    for step in steps {
        match *step {
            Step::Make { writer, sort, which, value } => {
                let workshop = &mut workshops[writer];
                let Some(change) = change(workshop, &mut ids, sort, which, value) else { continue };
                let record = workshop.record(writers[writer], Moment(which as i64), [change]);
                workshop.apply(record.clone());
                heard[writer].push(record.clone());
                all.push(record);
            }
            Step::Hear { writer, from } => {
                for record in heard[from].clone() {
                    workshops[writer].apply(record.clone());
                    heard[writer].push(record);
                }
            }
        }
    }
    (all, workshops)
}

fn fold<'a>(records: impl IntoIterator<Item = &'a Record>) -> Workshop {
    let mut workshop = Workshop::default();
    for record in records {
        workshop.apply(record.clone());
    }
    workshop
}

/// All that can be seen of a workshop, alternatives included.
pub(crate) fn whole(workshop: &Workshop) -> String {
    let mut points: Vec<&Point> =
        (0..workshop.captured() as u32).map(|i| workshop.point_at(i)).collect();
    points.sort_by_key(|point| point.id());
    let phrases = workshop.phrases();
    format!("{}{}{points:#?}{phrases:?}", shown(workshop), workshop.account())
}

/// What waits for a person to choose.
fn disputes(workshop: &Workshop) -> String {
    let mut points: Vec<&Point> = workshop.points().collect();
    points.sort_by_key(|point| point.id());
    let open = |point: &&Point| {
        let mut disputes = point.disputes();
        // Which of the values that are not shown comes first is no matter.
        for dispute in &mut disputes {
            dispute.others.sort_by_key(|other| format!("{other:?}"));
        }
        format!("{} {disputes:?} {}", point.id(), point.is_spared())
    };
    points.iter().map(open).collect::<Vec<_>>().join("\n")
}

/// That every point ever captured stands in one list, once, or is deleted.
pub(crate) fn assert_all_there(workshop: &Workshop) {
    let mut listed = BTreeSet::new();
    for group in workshop.groups() {
        for topic in workshop.topics() {
            for line in workshop.lines(&group.id, &topic.id) {
                assert!(listed.insert(line.index), "a point stands in two places");
            }
        }
    }
    for index in 0..workshop.captured() as u32 {
        let point = workshop.point_at(index);
        assert_eq!(listed.contains(&index), !point.is_deleted(), "{point:#?}");
    }
}

/// What a person sees at first sight.
fn shown(workshop: &Workshop) -> String {
    let mut seen = BTreeMap::new();
    let groups: Vec<_> = workshop.groups().collect();
    for group in &groups {
        for topic in workshop.topics() {
            let line = |line: &ListLine| {
                let point = workshop.point_at(line.index);
                (
                    (line.depth, point.id(), point.text(), point.session(), point.round()),
                    (point.kind(), point.paragraph(), point.status(), point.tags()),
                    (point.convergence(), point.read_back(), point.hands(), point.outcome()),
                    point.waived(),
                )
            };
            let lines = workshop.lines(&group.id, &topic.id);
            let lines: Vec<_> = lines.iter().map(line).map(|line| format!("{line:?}")).collect();
            if !lines.is_empty() {
                let counts =
                    workshop.cell(&group.id, &topic.id).map(|c| (c.standing(), c.parked()));
                seen.insert((&group.id, &topic.id), (counts, lines));
            }
        }
    }
    let groups: Vec<_> = groups.iter().map(|g| (&g.id, g.title(), g.is_open())).collect();
    let course = |id: &str| {
        let course = workshop.course(&id.into()).cloned().unwrap_or_default();
        (course.started(), course.ended(), course.extra())
    };
    let courses = (course("morning"), course("afternoon"));
    let comment = |found: &Comment| {
        let sources = workshop.sources(found.id()).iter();
        let sources: Vec<_> = sources.map(|index| workshop.point_at(*index).id()).collect();
        format!("{:?}: {:?} {sources:?} {:?}", found.id(), workshop.wording(found), found.kind())
    };
    let comments = workshop.topics().iter().flat_map(|topic| workshop.comments(&topic.id));
    // A comment stands where it was first spoken of, and undoing does not make that unsaid.
    let comments: BTreeSet<String> = comments.map(comment).collect();
    let sealed = |group: &str, topic: &str| workshop.sealed(&group.into(), &topic.into());
    let seals = [
        sealed("group-1", "capacity"),
        sealed("group-1", "monitoring"),
        sealed("group-2", "capacity"),
        sealed("group-2", "monitoring"),
        sealed("plenary", "capacity"),
    ];
    let end = (comments, seals, workshop.legend().to_string());
    let topics: Vec<_> = workshop.topics().iter().map(|topic| &topic.id).collect();
    let gone = |text: &DraftText| {
        // Of which version something is gone first is no matter.
        text.gone.iter().map(|found| found.id).collect::<BTreeSet<_>>()
    };
    let text = workshop.draft_text().map(|text| (text.digest(), &text.paragraphs, gone(text)));
    let answered = |index: u32| workshop.disposition(Subject::Point(workshop.point_at(index).id()));
    let mut answers: Vec<_> = (0..workshop.captured() as u32)
        .filter_map(|index| Some((workshop.point_at(index).id(), answered(index)?)))
        .collect();
    // An answer that was taken back is as none.
    answers.retain(|(_, answer)| **answer != Disposition::default());
    answers.sort();
    let mut proposals: Vec<_> =
        workshop.points().filter_map(|point| Some((point.id(), point.proposal()?))).collect();
    proposals.sort();
    // Whether somebody looked at a place is told by what came after what; undoing comes last.
    let mut astray: Vec<_> = workshop.astray();
    astray.retain(|one| !one.why.is_look());
    astray.sort_by_key(|one| (one.of, one.why));
    let end = (end, text, answers, proposals, astray);
    let listed = (&workshop.agenda().participants, workshop.unlisted());
    let agenda = (&workshop.agenda().title, listed);
    let head = (workshop.id(), workshop.zone(), agenda, topics, groups, courses);
    format!("{head:?}\n{end:?}\n{seen:#?}\n")
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn any_order_any_number_of_times_gives_the_same_workshop(
        steps in steps(),
        order in prop::collection::vec(any::<u32>(), 120),
        cut in any::<prop::sample::Index>(),
        cloned in any::<bool>(),
    ) {
        let (records, _) = play(&steps, cloned);
        let folded = fold(&records);
        assert_all_there(&folded);
        let expected = whole(&folded);
        let mut shuffled: Vec<(u32, &Record)> = order.iter().copied().zip(&records).collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let shuffled: Vec<&Record> = shuffled.into_iter().map(|(_, record)| record).collect();
        prop_assert_eq!(&whole(&fold(shuffled.iter().copied())), &expected);
        let twice = shuffled.iter().chain(shuffled.iter().rev()).copied();
        prop_assert_eq!(&whole(&fold(twice)), &expected);
        let (some, rest) = shuffled.split_at(cut.index(shuffled.len()));
        let partly = rest.iter().chain(some).chain(rest).copied();
        prop_assert_eq!(&whole(&fold(partly)), &expected);
    }

    #[test]
    fn writers_who_have_heard_of_everything_agree(steps in steps(), cloned in any::<bool>()) {
        let (records, workshops) = play(&steps, cloned);
        let expected = whole(&fold(&records));
        for mut workshop in workshops {
            for record in &records {
                workshop.apply(record.clone());
            }
            prop_assert_eq!(&whole(&workshop), &expected);
        }
    }

    #[test]
    fn undo_takes_back_what_one_did_and_nothing_else(
        steps in steps(),
        sort in 0..SORTS,
        which in 0..64usize,
        value in 0..4usize,
    ) {
        let (records, _) = play(&steps, false);
        let mut ids = Ids::seeded(2);
        let (me, other) = (ids.writer(), ids.writer());
        let mut workshop = fold(&records);
        let before = (shown(&workshop), disputes(&workshop));
        let Some(change) = change(&workshop, &mut ids, sort, which, value) else { return Ok(()) };
        let record = workshop.record(me, Moment(0), [change]);
        let inverse = workshop.inverse(&record);
        let unchanged = workshop.clone();
        let is_new = |group: &GroupId| unchanged.group(group).is_none();
        workshop.apply(record.clone());

        let mut elsewhere = workshop.clone();
        for changes in &inverse {
            prop_assert_eq!(workshop.undo(changes), Ok(()));
        }
        for changes in inverse.clone() {
            let undone = workshop.record(me, Moment(1), changes);
            workshop.apply(undone);
        }
        prop_assert_eq!((shown(&workshop), disputes(&workshop)), before);

        // Once somebody else has changed it again, it is no longer one's own to take back.
        let again = match &record.changes[0] {
            Change::PointChanged { point, to, .. } => elsewhere.set(*point, to.clone()).unwrap(),
            Change::PointCaptured(captured) => elsewhere.delete(captured.point).unwrap(),
            // Taking back a group just made removes it, whatever it is called by now.
            Change::GroupChanged { group, .. } if is_new(group) => return Ok(()),
            Change::GroupChanged { group, to, .. } => elsewhere.set_group(group.clone(), to.clone()),
            Change::CourseChanged { session, to, .. } => {
                elsewhere.set_course(session.clone(), to.clone()).unwrap()
            }
            Change::CommentChanged { comment, to, .. } => {
                elsewhere.set_comment(*comment, to.clone()).unwrap()
            }
            Change::SealChanged { group, topic, to, .. } => {
                elsewhere.set_seal(group.clone(), topic.clone(), to.is_some())
            }
            Change::LegendChanged { to, .. } => elsewhere.set_legend(to.clone()),
            Change::TextChanged { .. } => elsewhere.set_draft_text(DraftText::default()),
            Change::DispositionChanged { of, to, .. } => {
                elsewhere.dispose(*of, (**to).clone()).unwrap()
            }
            Change::MentionDecided { mention, to, .. } => {
                elsewhere.decide((**mention).clone(), to.clone())
            }
            Change::PhraseDecided { phrase, to, .. } => {
                elsewhere.decide_phrase(phrase.clone(), to.clone())
            }
            // Nobody undoes a purge.
            Change::PointPurged(_) => {
                prop_assert_eq!(&inverse, &vec![Vec::new()]);
                return Ok(());
            }
            Change::Founded(_)
            | Change::ParticipantsListed { .. }
            | Change::ParticipantsCounted { .. }
            | Change::GapsImported { .. } => unreachable!("nobody does so twice"),
        };
        let again = elsewhere.record(other, Moment(2), [again]);
        elsewhere.apply(again);
        prop_assert_eq!(elsewhere.undo(&inverse[0]), Err(Refusal::NotOnesOwn));
    }
}

/// Two laptops that know of one point, which is under another, and the three captures.
struct Pair {
    ids: Ids,
    records: Vec<Record>,
    points: Vec<PointId>,
}

impl Pair {
    fn new() -> Self {
        let mut pair = Self {
            ids: Ids::seeded(3),
            records: vec![Record::founding(&agenda())],
            points: Vec::new(),
        };
        for text in ["one", "two", "three"] {
            let place = Place::new("group-1".into(), "capacity".into());
            let captured = CapturedPoint::new(pair.ids.point(), place, PointKind::Fact, text);
            pair.points.push(captured.point);
            pair.here([Change::PointCaptured(captured.into())]);
        }
        pair
    }

    fn workshop(&self) -> Workshop {
        fold(&self.records)
    }

    /// A record that everybody hears of at once.
    fn here(&mut self, changes: impl IntoIterator<Item = Change>) {
        let record = self.workshop().record(self.ids.writer(), Moment(0), changes);
        self.records.push(record);
    }

    /// What several laptops make of the same workshop at once, folded in every order of two.
    fn at_once(&mut self, make: &[&dyn Fn(&Workshop) -> Change]) -> Workshop {
        let before = self.workshop();
        let record = |make: &&dyn Fn(&Workshop) -> Change, ids: &mut Ids| {
            before.record(ids.writer(), Moment(0), [make(&before)])
        };
        let made: Vec<Record> = make.iter().map(|make| record(make, &mut self.ids)).collect();
        let one = fold(self.records.iter().chain(&made));
        let other = fold(made.iter().rev().chain(&self.records));
        assert_eq!(whole(&one), whole(&other));
        assert_all_there(&one);
        self.records.extend(made);
        one
    }
}

/// Two values of every field of a point that a person can be asked to choose between.
fn values() -> Vec<[Field; 2]> {
    let parked = |owner: &str| Field::Status(Status::Parked { owner: owner.into() });
    vec![
        [Field::Text("first".into()), Field::Text("second".into())],
        [Field::Topic("monitoring".into()), Field::Topic("general".into())],
        [Field::Group("group-2".into()), Field::Group("plenary".into())],
        [Field::Session(Some("morning".into())), Field::Session(Some("afternoon".into()))],
        [Field::Round(Some(1)), Field::Round(Some(2))],
        [Field::Kind(PointKind::Option), Field::Kind(PointKind::Other("wish".into()))],
        [Field::Paragraph(Some("OP1".into())), Field::Paragraph(Some("OP2bis".into()))],
        [parked(""), parked("secretariat")],
        [Field::Tags(["a".into()].into()), Field::Tags(["b".into()].into())],
        [
            Field::Convergence(Some(Convergence::Consensus)),
            Field::Convergence(Some(Convergence::Divergent)),
        ],
    ]
}

#[test]
fn a_change_of_content_keeps_a_point_that_is_deleted_elsewhere() {
    for [value, other] in values() {
        let mut pair = Pair::new();
        let point = pair.points[0];
        let delete = |workshop: &Workshop| workshop.delete(point).unwrap();
        let change = |workshop: &Workshop| workshop.set(point, value.clone()).unwrap();
        let workshop = pair.at_once(&[&delete, &change]);
        let found = workshop.point(point).unwrap();
        assert!(!found.is_deleted() && found.is_spared() && found.is_disputed(), "{value:?}");
        assert_eq!(found.field(&value).0, value);
        assert_eq!(found.what_is_disputed(), ["deleted and changed"], "{value:?}");
        // Whoever knows of both decides; what is changed elsewhere meanwhile spares it again.
        let again = |workshop: &Workshop| workshop.set(point, other.clone()).unwrap();
        let workshop = pair.at_once(&[&delete, &again]);
        assert!(workshop.point(point).unwrap().is_spared(), "{value:?}");
        pair.here([workshop.delete(point).unwrap()]);
        let found = pair.workshop().point(point).unwrap().clone();
        assert!(found.is_deleted() && !found.is_spared() && !found.is_disputed(), "{value:?}");
    }
}

#[test]
fn a_place_in_the_list_keeps_nothing_that_is_deleted_elsewhere() {
    let mut pair = Pair::new();
    let (point, parent) = (pair.points[0], pair.points[1]);
    let delete = |workshop: &Workshop| workshop.delete(point).unwrap();
    for to in [Field::Order(Some(Order::between(None, Some(&[9])))), Field::Parent(Some(parent))] {
        let mut pair =
            Pair { ids: pair.ids.clone(), records: pair.records.clone(), points: Vec::new() };
        let change = |workshop: &Workshop| workshop.set(point, to.clone()).unwrap();
        let workshop = pair.at_once(&[&delete, &change]);
        let found = workshop.point(point).unwrap();
        assert!(found.is_deleted() && !found.is_spared() && !found.is_disputed(), "{to:?}");
    }
    // Two who delete it at once agree; one who brings it back at the same time does not.
    let workshop = pair.at_once(&[&delete, &delete]);
    assert!(workshop.point(point).unwrap().is_deleted());
    let restore = |workshop: &Workshop| workshop.set(point, Field::Deleted(None)).unwrap();
    let workshop = pair.at_once(&[&delete, &restore]);
    assert!(workshop.point(point).unwrap().is_spared());
    let workshop = pair.at_once(&[&restore]);
    let found = workshop.point(point).unwrap();
    assert!(!found.is_deleted() && !found.is_disputed());
}

#[test]
fn what_two_laptops_set_at_once_is_side_by_side_until_somebody_chooses() {
    let mut pair = Pair::new();
    let point = pair.points[0];
    let parents = [Field::Parent(Some(pair.points[1])), Field::Parent(Some(pair.points[2]))];
    let fields: Vec<[Field; 2]> = values().into_iter().chain([parents]).collect();
    for [one, other] in &fields {
        let first = |workshop: &Workshop| workshop.set(point, one.clone()).unwrap();
        let second = |workshop: &Workshop| workshop.set(point, other.clone()).unwrap();
        let workshop = pair.at_once(&[&first, &second, &second]);
        let found = workshop.point(point).unwrap();
        let dispute = found.disputes().into_iter().find(|d| d.shown.name() == one.name()).unwrap();
        let all = [&[dispute.shown.clone()][..], &dispute.others].concat();
        assert!(all.len() == 2 && all.contains(one) && all.contains(other), "{dispute:?}");
        assert_eq!(found.field(one).0, dispute.shown);
    }
    let workshop = pair.workshop();
    let found = workshop.point(point).unwrap();
    assert_eq!(found.disputes().len(), fields.len());
    assert_eq!(workshop.changed_at_once().len(), 1);
    // The one chosen last is chosen, and the others are forgotten.
    for [one, _] in &fields {
        pair.here([pair.workshop().set(point, one.clone()).unwrap()]);
    }
    let workshop = pair.workshop();
    assert_eq!(
        (workshop.point(point).unwrap().disputes(), workshop.changed_at_once()),
        (vec![], vec![])
    );
    for [one, _] in &fields {
        assert_eq!(&workshop.point(point).unwrap().field(one).0, one);
    }
}

#[test]
fn points_moved_under_each_other_at_once_all_stay_in_sight() {
    let mut pair = Pair::new();
    let points = pair.points.clone();
    let under = |point: usize, parent: usize| {
        let (point, parent) = (points[point], points[parent]);
        move |workshop: &Workshop| workshop.set(point, Field::Parent(Some(parent))).unwrap()
    };
    let workshop = pair.at_once(&[&under(0, 1), &under(1, 2), &under(2, 0)]);
    let depths = |workshop: &Workshop, group: &str, topic: &str| {
        let lines = workshop.lines(&group.into(), &topic.into());
        lines
            .iter()
            .map(|l| (workshop.point_at(l.index).text().to_owned(), l.depth))
            .collect::<Vec<_>>()
    };
    let line = |text: &str, depth| (text.to_owned(), depth);
    // The one captured first is the top.
    assert_eq!(
        depths(&workshop, "group-1", "capacity"),
        [line("one", 0), line("three", 1), line("two", 2)]
    );
    // One of the circle is deleted while another moves away: what is left stands.
    let delete = |workshop: &Workshop| workshop.delete(points[0]).unwrap();
    let leave = |workshop: &Workshop| workshop.set(points[1], Field::Topic("stray".into()));
    assert!(leave(&workshop).is_err());
    let leave =
        |workshop: &Workshop| workshop.set(points[1], Field::Topic("monitoring".into())).unwrap();
    let workshop = pair.at_once(&[&delete, &leave]);
    assert_eq!(depths(&workshop, "group-1", "capacity"), [line("three", 0)]);
    assert_eq!(depths(&workshop, "group-1", "monitoring"), [line("two", 0)]);
}

#[test]
fn two_captures_of_one_id_are_both_kept_whatever_comes_first() {
    let mut pair = Pair::new();
    let point = pair.points[0];
    let captured = |text: &str, topic: &str, parent| {
        let place = Place::new("group-2".into(), topic.into());
        let captured =
            CapturedPoint { parent, ..CapturedPoint::new(point, place, PointKind::Fact, text) };
        move |_: &Workshop| Change::PointCaptured(captured.clone().into())
    };
    let reword = |workshop: &Workshop| workshop.set(point, Field::Text("reworded".into())).unwrap();
    let workshop = pair.at_once(&[
        &captured("forged", "monitoring", None),
        &reword,
        &captured("again", "capacity", Some(point)),
    ]);
    let found = workshop.point(point).unwrap();
    let mut words = found.alternatives();
    words.push(found.text());
    words.sort_unstable();
    assert_eq!(words, ["again", "forged", "reworded"]);
}

/// Records of one stamp: a copied disk goes on on two laptops under one writer's name.
#[test]
fn values_of_one_stamp_differ_by_their_content() {
    let mut pair = Pair::new();
    let point = pair.points[0];
    let (before, writer) = (pair.workshop(), pair.ids.writer());
    let texts = ["b", "a", "c"].map(|text| {
        let change = before.set(point, Field::Text(text.into())).unwrap();
        before.record(writer, Moment(0), [change])
    });
    let gone = before.record(writer, Moment(0), [before.delete(point).unwrap()]);
    let all: Vec<&Record> = texts.iter().chain([&gone]).collect();
    let expected = whole(&fold(pair.records.iter().chain(all.iter().copied())));
    for turn in 0..all.len() {
        let mut some = all.clone();
        some.rotate_left(turn);
        for _ in 0..2 {
            some.reverse();
            let workshop = fold(some.iter().copied().chain(&pair.records));
            assert_eq!(whole(&workshop), expected);
            let found = workshop.point(point).unwrap();
            assert_eq!((found.text(), found.alternatives()), ("c", vec!["a", "b"]));
            assert!(found.is_spared(), "the deletion saw none of the words");
        }
    }
}

/// Any records about one point, honest or not: a capture or a change, few stamps, few values.
fn forgeries() -> impl Strategy<Value = Vec<(Record, u32)>> {
    let stamp = || {
        (2..6u64, 1..3u64).prop_map(|(time, writer)| Stamp { time, writer: WriterId::new(writer) })
    };
    let stamps = || prop::collection::vec(stamp(), 0..4);
    let change = (0..8usize, 0..3usize, stamps(), stamps()).prop_map(|(sort, value, over, saw)| {
        let point = PointId::new(7);
        let topic = ["capacity", "monitoring", "stray"][value];
        let text = ["a", "b", "c"][value];
        let to = match sort {
            0 | 1 => {
                let place = Place::new("group-1".into(), topic.into());
                let captured = CapturedPoint::new(point, place, PointKind::Fact, text);
                return Change::PointCaptured(captured.into());
            }
            6 => {
                let names = [&["Ayu Lestari"][..], &["Tan Mei", "Siti\u{7}", ""], &[]][value];
                let to = names.iter().map(|name| (*name).into()).collect();
                return Change::ParticipantsListed { to, over: over.into() };
            }
            7 => return Change::ParticipantsCounted { to: value as u32, over: over.into() },
            2 => Field::Text(text.into()),
            3 => Field::Topic(topic.into()),
            4 => Field::Deleted((value > 0).then_some(Deletion { saw })),
            _ => Field::Parent((value > 0).then_some(point)),
        };
        Change::PointChanged { point, to, over: over.into() }
    });
    let record = (stamp(), 0..3i64, prop::collection::vec(change, 1..3))
        .prop_map(|(stamp, at, changes)| Record { stamp, at: Moment(at), changes: changes.into() });
    prop::collection::vec((record, any::<u32>()), 1..12)
}

proptest! {
    #![proptest_config(crate::cases(1000))]

    #[test]
    fn forged_records_give_the_same_point_in_any_order_too(records in forgeries()) {
        let founding = Record::founding(&agenda());
        let workshop = fold(records.iter().map(|(record, _)| record).chain([&founding]));
        let expected = whole(&workshop);
        assert_all_there(&workshop);
        let mut shuffled = records;
        shuffled.sort_by_key(|(_, place)| *place);
        let shuffled: Vec<&Record> = shuffled.iter().map(|(record, _)| record).collect();
        let once = shuffled.iter().copied();
        prop_assert_eq!(&whole(&fold([&founding].into_iter().chain(once.clone()))), &expected);
        let twice = once.clone().rev().chain([&founding]).chain(once);
        prop_assert_eq!(&whole(&fold(twice)), &expected);
    }
}
