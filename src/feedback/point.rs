//! A point as it leaves the room.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use compact_str::{CompactString, format_compact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Convergence, Group, GroupId, Paragraph, PointId, PointKind, SessionId, Topic, TopicId, schema,
};
use crate::workshop::{self, Workshop};

/// What a group said, as the note-taker wrote it down. It has no author and no time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point<'a> {
    /// Its name for ever, in every export. Random: it tells neither when the point was captured
    /// nor after which other.
    #[schemars(schema_with = "schema::point_id")]
    pub id: PointId,
    /// Its name among people: `P-` and as much of the id as makes it unlike all others.
    #[serde(rename = "ref")]
    #[schemars(with = "String")]
    pub reference: CompactString,
    /// What it is about.
    #[schemars(with = "String")]
    pub topic: TopicId,
    /// The group that said it.
    #[schemars(with = "String")]
    pub group: GroupId,
    /// What sort of thing it is.
    #[schemars(schema_with = "schema::kind")]
    pub kind: PointKind,
    /// The paragraph of the draft text it is about, by its printed label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub paragraph: Option<Paragraph>,
    /// The words.
    pub text: Cow<'a, str>,
    /// Wordings made elsewhere at the same time. A person must choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Cow<'a, str>>,
    /// The point it stands under, always one further up in the same topic and group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::point_id")]
    pub under: Option<PointId>,
    /// How many points it stands under.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub depth: u8,
    /// How far the group agreed, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::convergence")]
    pub convergence: Option<Convergence>,
    /// The session it was made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub session: Option<SessionId>,
    /// The round of group discussions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u8")]
    pub round: Option<u8>,
    /// Free words to find it by.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub tags: Cow<'a, [CompactString]>,
    /// Whether it counts among its topic's points.
    pub status: Status,
    /// Who takes a parked point up, by role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub owner: Option<Cow<'a, str>>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_zero(depth: &u8) -> bool {
    *depth == 0
}

/// Whether a point counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It counts.
    Standing,
    /// It was off topic and waits in the parking lot.
    Parked,
}

impl<'a> Point<'a> {
    fn of(point: &'a workshop::Point, depth: u8, sessions: &HashSet<&SessionId>) -> Self {
        let (status, owner) = match point.status() {
            workshop::Status::Standing => (Status::Standing, None),
            workshop::Status::Parked { owner } => {
                (Status::Parked, Some(Cow::from(owner.as_str())).filter(|owner| !owner.is_empty()))
            }
        };
        Self {
            id: point.id(),
            reference: CompactString::default(),
            topic: point.topic().clone(),
            group: point.group().clone(),
            kind: point.kind().clone(),
            paragraph: point.paragraph().cloned(),
            text: point.text().into(),
            alternatives: point.alternatives().into_iter().map(Cow::from).collect(),
            // A point at the top has no parent here, or had one that is gone, or is where a
            // circle of parents was cut.
            under: point.parent().filter(|_| depth > 0),
            depth,
            convergence: point.convergence().cloned(),
            session: point.session().filter(|session| sessions.contains(session)).cloned(),
            round: point.round(),
            tags: point.tags().into(),
            status,
            owner,
        }
    }

    /// Whether this point, as it came to be, has nothing to learn from another account of it.
    pub fn says_all_of(&self, other: &Point) -> bool {
        let wordings: Vec<&str> =
            [&self.text].into_iter().chain(&self.alternatives).map(AsRef::as_ref).collect();
        [&other.text].into_iter().chain(&other.alternatives).all(|w| wordings.contains(&w.as_ref()))
            && (&self.topic, &self.group, &self.kind) == (&other.topic, &other.group, &other.kind)
            && (&self.paragraph, &self.convergence) == (&other.paragraph, &other.convergence)
            && (&self.under, &self.tags) == (&other.under, &other.tags)
            && (self.status, &self.owner) == (other.status, &other.owner)
    }

    /// Whether it waits in the parking lot.
    pub fn is_parked(&self) -> bool {
        self.status == Status::Parked
    }
}

/// All points that are not deleted, in the order of the files.
pub(super) fn all<'a>(
    workshop: &'a Workshop,
    topics: &[Topic],
    groups: &[Group],
) -> Vec<Point<'a>> {
    let sessions = workshop.agenda().sessions();
    let sessions = sessions.into_iter().map(|(_, _, session)| &session.id).collect();
    let mut points = Vec::with_capacity(workshop.captured());
    for topic in topics {
        for group in groups {
            let lines = workshop.lines(&group.id, &topic.id);
            points.extend(
                lines
                    .iter()
                    .map(|line| Point::of(workshop.point_at(line.index), line.depth, &sessions)),
            );
        }
    }
    refer(&mut points);
    points
}

/// How much of an id a reference shows at least: thirty bits.
const SHORTEST: usize = 6;

/// Gives each point the shortest reference that fits no other. It follows from the id alone, so it
/// outlives moving, rewording and merging; the `P-` keeps spreadsheets from reading `12E345` as a
/// number.
fn refer(points: &mut [Point]) {
    let mut ids: Vec<PointId> = points.iter().map(|point| point.id).collect();
    ids.sort_unstable();
    let mut longer = HashMap::new();
    for pair in ids.windows(2) {
        let (one, other) = (format_compact!("{}", pair[0]), format_compact!("{}", pair[1]));
        let alike = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        if alike >= SHORTEST {
            for id in pair {
                let length = longer.entry(*id).or_insert(SHORTEST);
                *length = (*length).max(alike + 1);
            }
        }
    }
    for point in points {
        let length = longer.get(&point.id).copied().unwrap_or(SHORTEST);
        point.reference = format_compact!("P-{:.length$}", point.id);
        point.reference.make_ascii_uppercase();
    }
}
