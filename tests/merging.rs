//! The workshop is the fold of a set of records: order and repetition make no difference.

use std::collections::BTreeMap;

use proptest::prelude::*;
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

fn agenda() -> Agenda {
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
            sessions: vec![session("morning"), session("afternoon")],
        }],
        ..Agenda::default()
    }
}

const SORTS: usize = 20;

/// A change of a sort, or none where there is nothing of its kind yet.
fn change(
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
            let mut captured = Captured::new(ids.point(), place, kind, format!("text {which}"));
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
        8 => return workshop.delete(points[pick(points.len())?]).ok(),
        9 | 10 => Field::Text(format!("reworded {value}").into()),
        11 => Field::Topic(topics[value].into()),
        12 => Field::Group(groups[value].into()),
        13 => Field::Session((value > 0).then(|| sessions[value % 2].into())),
        14 => Field::Kind(PointKind::KNOWN[value].clone()),
        15 => Field::Paragraph((value > 0).then(|| Paragraph::from("OP2"))),
        16 => Field::Parent(points.get(value * 3).copied()),
        17 => Field::Order(Some(Order::between(None, Some(&[value as u8 + 1, 7])))),
        18 => Field::Status(match value {
            0 | 1 => Status::Standing,
            _ => Status::Parked { owner: "secretariat".into() },
        }),
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

/// Plays the steps, and gives every record made and the writers' own workshops.
fn play(steps: &[Step]) -> (Vec<Record>, Vec<Workshop>) {
    let mut ids = Ids::seeded(1);
    let writers: Vec<WriterId> = (0..WRITERS).map(|_| ids.writer()).collect();
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
fn whole(workshop: &Workshop) -> String {
    let mut points: Vec<&Point> =
        (0..workshop.captured() as u32).map(|i| workshop.point_at(i)).collect();
    points.sort_by_key(|point| point.id());
    format!("{}{points:#?}", shown(workshop))
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

/// What a person sees at first sight.
fn shown(workshop: &Workshop) -> String {
    let mut seen = BTreeMap::new();
    let groups: Vec<_> = workshop.groups().collect();
    for group in &groups {
        for topic in workshop.topics() {
            let line = |line: &Line| {
                let point = workshop.point_at(line.index);
                (
                    (line.depth, point.id(), point.text(), point.session(), point.round()),
                    (point.kind(), point.paragraph(), point.status(), point.tags()),
                    point.convergence(),
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
    let topics: Vec<_> = workshop.topics().iter().map(|topic| &topic.id).collect();
    let head = (workshop.id(), workshop.zone(), &workshop.agenda().title, topics, groups, courses);
    format!("{head:?}\n{seen:#?}\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_number_of_times_gives_the_same_workshop(
        steps in steps(),
        order in prop::collection::vec(any::<u32>(), 120),
        cut in any::<prop::sample::Index>(),
    ) {
        let (records, _) = play(&steps);
        let expected = whole(&fold(&records));
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
    fn writers_who_have_heard_of_everything_agree(steps in steps()) {
        let (records, workshops) = play(&steps);
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
        let (records, _) = play(&steps);
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
                elsewhere.set_course(session.clone(), *to).unwrap()
            }
            Change::Founded(_) => unreachable!("nobody founds a workshop twice"),
        };
        let again = elsewhere.record(other, Moment(2), [again]);
        elsewhere.apply(again);
        prop_assert_eq!(elsewhere.undo(&inverse[0]), Err(Refusal::NotOnesOwn));
    }
}
