//! Arbitrary workshops: what people may do in one, in any order, and on two laptops at once.

use compact_str::CompactString;
use proptest::collection::vec;
use proptest::prelude::*;
use rapporteur::workshop::*;

const TEXTS: [&str; 22] = [
    "Publish the minutes.",
    "ลดขั้นตอน *เอกสาร* ก่อน",
    "កិច្ចសហប្រតិបត្តិការ",
    "کرجاسام سرانتاو",
    "ශ්‍රී ලංකාව",
    "👩🏽‍🚒 and 👨‍👩‍👧",
    "=SUM(A1:A9)",
    "'=quoted",
    "＝SUM(A1:A9)",
    "'＠quoted",
    "one\ntwo\n\n- three",
    "\"quoted\", r#\"raw\"# and \\back",
    "- not a list",
    "1. not a number",
    "a | b\n---|---",
    "<script>&amp;</script>",
    "DRAFT: #hash #### \"##",
    "*",
    "Malaysia said that OP4 is too strong",
    "Irregular travel to Malaysia has grown",
    "as the Thai and Indonesian delegates noted",
    "Mr Tan asked for boats",
];

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Capture { topic: usize, group: usize, text: usize, kind: usize, under: usize, more: u32 },
    Reword { point: usize, text: usize, at_once: bool },
    Delete(usize),
    Move { point: usize, topic: usize, group: usize },
    Under { point: usize, parent: usize },
    Group { group: usize, what: usize },
    Put { point: usize, comment: u64, at_once: bool },
    Word { comment: u64, field: usize, value: usize, at_once: bool },
    Aside { point: usize, reason: usize, text: usize },
    ReadBack { point: usize, verdict: usize },
    Hands { point: usize, yes: u16, no: u16 },
    Waive { point: usize, text: usize },
    Seal { topic: usize, group: usize },
    Legend,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let n = || 0usize..64;
    prop_oneof![
        4 => (n(), n(), n(), n(), n(), any::<u32>()).prop_map(
            |(topic, group, text, kind, under, more)| Step::Capture { topic, group, text, kind, under, more }
        ),
        2 => (n(), n(), any::<bool>()).prop_map(|(point, text, at_once)| Step::Reword { point, text, at_once }),
        1 => n().prop_map(Step::Delete),
        1 => (n(), n(), n()).prop_map(|(point, topic, group)| Step::Move { point, topic, group }),
        1 => (n(), n()).prop_map(|(point, parent)| Step::Under { point, parent }),
        1 => (n(), n()).prop_map(|(group, what)| Step::Group { group, what }),
        4 => (n(), 1..5u64, any::<bool>()).prop_map(|(point, comment, at_once)| Step::Put { point, comment, at_once }),
        2 => (1..5u64, n(), n(), any::<bool>()).prop_map(
            |(comment, field, value, at_once)| Step::Word { comment, field, value, at_once }
        ),
        1 => (n(), n(), n()).prop_map(|(point, reason, text)| Step::Aside { point, reason, text }),
        1 => (n(), n()).prop_map(|(point, verdict)| Step::ReadBack { point, verdict }),
        1 => (n(), 0..5u16, 0..40u16).prop_map(|(point, yes, no)| Step::Hands { point, yes, no }),
        1 => (n(), n()).prop_map(|(point, text)| Step::Waive { point, text }),
        1 => (n(), n()).prop_map(|(topic, group)| Step::Seal { topic, group }),
        1 => Just(Step::Legend),
    ]
}

const TOPICS: [&str; 4] = ["capacity", "monitoring", "general", "came-up-on-the-day"];
const GROUPS: [&str; 4] = ["group-1", "group-2", "plenary", "made-on-the-day"];

pub(crate) fn agenda() -> impl Strategy<Value = Agenda> {
    let delegations = prop_oneof![
        Just((vec![], None)),
        Just((vec![], Some(13))),
        Just((vec!["Atlantis".to_owned(), "Lemuria".to_owned()], None)),
    ];
    (vec(0..TEXTS.len(), 4), delegations, any::<[bool; 4]>(), vec(0u32..1440, 0..4)).prop_map(
        |(texts, (delegations, delegation_count), flags, starts)| {
            let words = |nth: usize| TEXTS[texts[nth]].to_owned();
            let session = |nth: usize, start: u32| Session {
                id: SessionId(format!("session-{nth}").into()),
                title: words(nth % 4),
                start: TimeOfDay::from_minutes(start),
                rule: nth.is_multiple_of(2).then_some(Rule::OnRecord),
                sessions: vec![Session {
                    id: SessionId(format!("part-{nth}").into()),
                    ..Session::default()
                }],
                ..Session::default()
            };
            let date = |day| chrono::NaiveDate::from_ymd_opt(2025, 5, day).unwrap();
            let mut sessions: Vec<_> =
                starts.iter().enumerate().map(|(n, s)| session(n, *s)).collect();
            let second = sessions.split_off(sessions.len() / 2);
            let day = |day, sessions| Day { date: date(day), title: words(0), sessions };
            Agenda {
                id: "budget-day".into(),
                title: words(1),
                venue: words(2),
                time_zone: if flags[0] { "Asia/Kuala_Lumpur".into() } else { String::new() },
                rule: if flags[1] { Rule::OnRecord } else { Rule::ChathamHouse },
                objectives: vec![words(3)],
                delegations,
                delegation_count,
                agencies: Vec::new(),
                aliases: Vec::new(),
                participants: Vec::new(),
                topics: TOPICS[..2 + usize::from(flags[2])]
                    .iter()
                    .map(|id| Topic {
                        id: (*id).into(),
                        title: words(0),
                        questions: vec![words(2)],
                        ..Topic::default()
                    })
                    .collect(),
                groups: GROUPS[..2]
                    .iter()
                    .map(|id| Group {
                        id: (*id).into(),
                        title: words(3),
                        topics: if flags[3] { vec!["capacity".into()] } else { vec![] },
                        ..Group::default()
                    })
                    .collect(),
                days: vec![day(27, sessions), day(28, second), day(27, vec![session(7, 600)])],
            }
        },
    )
}

/// Plays the steps on two laptops at once, so that some wordings are made without the other.
pub(crate) fn played(agenda: &Agenda, steps: &[Step]) -> Workshop {
    let mut workshop = Workshop::new(agenda);
    let mut ids = Ids::seeded(1);
    let (one, other) = (ids.writer(), ids.writer());
    let mut points: Vec<PointId> = Vec::new();
    for step in steps {
        let pick = |nth: usize, points: &[PointId]| points.get(nth % points.len().max(1)).copied();
        let before = workshop.clone();
        let changes: Vec<Change> = match *step {
            Step::Capture { topic, group, text, kind, under, more } => {
                let id = ids.point();
                let place = Place {
                    session: (more & 1 > 0)
                        .then(|| SessionId(format!("session-{}", more % 5).into())),
                    round: (more & 2 > 0).then_some(2),
                    ..Place::new(GROUPS[group % 4].into(), TOPICS[topic % 4].into())
                };
                let kinds = PointKind::KNOWN;
                let kind =
                    kinds.get(kind % 12).cloned().unwrap_or(PointKind::Other("thai_plea".into()));
                let mut captured = CapturedPoint::new(id, place, kind, TEXTS[text % TEXTS.len()]);
                captured.parent = pick(under, &points).filter(|_| more & 4 > 0);
                captured.paragraph = (more & 8 > 0).then(|| "OP3 bis".into());
                captured.convergence = (more & 16 > 0).then_some(Convergence::Divergent);
                if more & 32 > 0 {
                    captured.tags = [CompactString::from("a, b"), "ก".into()].into();
                }
                if more & 0xc0 == 0xc0 {
                    let owner = if more & 0x100 > 0 { "chair" } else { "" };
                    captured.status = Status::Parked { owner: owner.into() };
                }
                points.push(id);
                vec![Change::PointCaptured(captured.into())]
            }
            Step::Reword { point, text, at_once } => {
                let Some(point) = pick(point, &points) else { continue };
                let to = Field::Text(TEXTS[text % TEXTS.len()].into());
                let mine = before.set(point, to).unwrap();
                if at_once {
                    let to = Field::Text(TEXTS[(text + 1) % TEXTS.len()].into());
                    let theirs = before.set(point, to).unwrap();
                    workshop.apply(before.record(other, Moment(5), [theirs]));
                }
                vec![mine]
            }
            Step::Delete(point) => {
                pick(point, &points).map(|id| before.delete(id).unwrap()).into_iter().collect()
            }
            Step::Move { point, topic, group } => match pick(point, &points) {
                Some(point) => {
                    [Field::Topic(TOPICS[topic % 4].into()), Field::Group(GROUPS[group % 4].into())]
                        .map(|to| Change::PointChanged {
                            point,
                            over: before.point(point).unwrap().field(&to).1.into(),
                            to,
                        })
                        .into()
                }
                None => vec![],
            },
            Step::Under { point, parent } => match (pick(point, &points), pick(parent, &points)) {
                // Not asked whether it makes sense: circles must be cut.
                (Some(point), Some(parent)) => {
                    let to = Field::Parent(Some(parent));
                    let over = before.point(point).unwrap().field(&to).1.into();
                    vec![Change::PointChanged { point, to, over }]
                }
                _ => vec![],
            },
            Step::Group { group, what } => {
                let to = match what % 4 {
                    0 => GroupField::Open(false),
                    1 => GroupField::Open(true),
                    2 => GroupField::Removed(true),
                    _ => GroupField::Title(TEXTS[what % TEXTS.len()].into()),
                };
                let made = ["group-1", "group-2", "made-on-the-day", "another"][group % 4];
                vec![before.set_group(made.into(), to)]
            }
            Step::Word { comment, field, value, at_once } => {
                let word = |value| worded(&before, CommentId::new(comment), field, value);
                // Only wordings that were made at once leave the room.
                if at_once && field.is_multiple_of(8) {
                    workshop.apply(before.record(other, Moment(5), [word(value + 1)]));
                }
                vec![word(value)]
            }
            Step::Seal { topic, group } => {
                vec![before.set_seal(
                    GROUPS[group % 4].into(),
                    TOPICS[topic % 4].into(),
                    group % 5 > 0,
                )]
            }
            Step::Legend => {
                let legend = Legend::read("nearly all 90-100; some ร้อยละ 0-89").unwrap();
                vec![before.set_legend(legend)]
            }
            Step::Put { point, comment, at_once } => {
                let Some(point) = pick(point, &points) else { continue };
                let into = |id| before.put_into(CommentId::new(id), [point]).unwrap();
                if at_once {
                    workshop.apply(before.record(other, Moment(5), into(comment + 1)));
                }
                into(comment)
            }
            Step::Aside { point, .. }
            | Step::ReadBack { point, .. }
            | Step::Hands { point, .. }
            | Step::Waive { point, .. } => match pick(point, &points) {
                Some(id) => vec![before.set(id, done(before.point(id).unwrap(), step)).unwrap()],
                None => vec![],
            },
        };
        if !changes.is_empty() {
            workshop.apply(before.record(one, Moment(4), changes));
        }
    }
    workshop
}

/// What a step does to a point's result.
fn done(point: &Point, step: &Step) -> Field {
    match *step {
        Step::Aside { reason, text, .. } => {
            // One that would tell who said it keeps its words in the room: see the test on that.
            let reasons = Reason::ALL.into_iter().filter(|reason| *reason != Reason::Attributable);
            let reason = reasons.cycle().nth(reason).unwrap();
            let words = if text.is_multiple_of(3) { "" } else { TEXTS[text % TEXTS.len()] }.into();
            Field::Outcome(Outcome::SetAside(SetAside { reason, words }.into()))
        }
        Step::ReadBack { verdict, .. } => {
            let words = TEXTS[verdict % TEXTS.len()].into();
            let verdict = match verdict % 4 {
                0 => Verdict::Confirmed,
                1 => Verdict::NotOurs,
                2 => Verdict::Reservation { words },
                _ => return Field::ReadBack(None),
            };
            Field::ReadBack(Some(point.reading(verdict).into()))
        }
        Step::Hands { yes, no, .. } => Field::Hands(Some(Hands { yes, no, neither: 0 })),
        Step::Waive { text, .. } => {
            let found = if text.is_multiple_of(2) { point.text() } else { "Atlantis" };
            let waiver = Waiver { found: found.into(), reason: TEXTS[text % TEXTS.len()].into() };
            Field::Waived([waiver].into())
        }
        _ => Field::Outcome(Outcome::Open),
    }
}

fn worded(workshop: &Workshop, id: CommentId, field: usize, value: usize) -> Change {
    let text = TEXTS[value % TEXTS.len()];
    let to = match field % 8 {
        0 => CommentField::Text(if value.is_multiple_of(5) { "" } else { text }.into()),
        1 => CommentField::Kind(PointKind::KNOWN[value % PointKind::KNOWN.len()].clone()),
        2 => CommentField::Topic(TOPICS[value % 4].into()),
        3 => CommentField::Paragraph(Some("OP4alt".into())),
        4 => CommentField::Alternatives([text.into(), "".into(), "or not".into()].into()),
        5 => CommentField::Convergence(Some(Convergence::BroadSupport)),
        6 => CommentField::Owner("chair".into()),
        _ => CommentField::ByWhen(text.into()),
    };
    let over = match workshop.comment(id) {
        Some(found) => found.field(&to).1,
        None => vec![Stamp::ORIGIN],
    };
    Change::CommentChanged { comment: id, to, over: over.into() }
}

/// The same after somebody chose between all but wordings: a file says of the rest only that it was
/// open.
pub(crate) fn chosen(mut workshop: Workshop) -> Workshop {
    let mut changes = Vec::new();
    for found in workshop.points() {
        let open = found.disputes().into_iter().map(|dispute| dispute.shown);
        let kept = found.is_spared().then_some(Field::Deleted(None));
        for to in open.filter(|field| !matches!(field, Field::Text(_))).chain(kept) {
            let over = found.field(&to).1.into();
            changes.push(Change::PointChanged { point: found.id(), to, over });
        }
    }
    workshop.apply(workshop.record(Ids::seeded(9).writer(), Moment(6), changes));
    workshop
}
