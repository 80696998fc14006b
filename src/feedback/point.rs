//! A point as it leaves the room.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reference::refer;
use super::{
    Anchor, CommentId, Convergence, Disposition, Group, GroupId, Hands, Outcome, Paragraph,
    PointId, PointKind, Proposal, ReadBack, Reason, SessionId, Topic, TopicId, schema,
};
use crate::workshop::{self, Fate, Subject, Workshop};

/// What a group said, as the note-taker wrote it down. It has no author and no time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point<'a> {
    /// Its permanent id, in every export. Random: it reveals neither when the point was captured
    /// nor after which other one.
    #[schemars(schema_with = "schema::random_id")]
    pub id: PointId,
    /// The name that people use for it: `P-` and as much of the id as distinguishes it from all others.
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
    /// Where in the draft text that is, if the paragraph is known there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Anchor")]
    pub anchor: Option<Anchor>,
    /// What it would have changed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Proposal")]
    pub proposal: Option<Box<Proposal<'a>>>,
    /// The words.
    pub text: Cow<'a, str>,
    /// Wordings made elsewhere at the same time. A person must choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Cow<'a, str>>,
    /// The point it is under, always one further up in the same topic and group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    pub under: Option<PointId>,
    /// How many points it is under.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub depth: u8,
    /// How far the group agreed, if that is known.
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
    /// Who takes up a parked point, by role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub owner: Option<Cow<'a, str>>,
    /// What the group said when it was read back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ReadBack")]
    pub read_back: Option<Box<ReadBack<'a>>>,
    /// A show of hands on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Hands")]
    pub hands: Option<Hands>,
    /// Where it ends. Files of version 1 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub outcome: Option<Outcome>,
    /// The comment that it is a source of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    #[serde(rename = "statement")]
    pub comment: Option<CommentId>,
    /// Why it was set aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::reason")]
    pub reason: Option<Reason>,
    /// The reason in words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub words: Cow<'a, str>,
    /// What drafters decided on it, if it is in no comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Disposition")]
    pub disposition: Option<Box<Disposition<'a>>>,
}

/// What replaces the words of a point that would reveal who spoke.
pub const WITHHELD: &str = "(kept in the room: it would tell who said it)";

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
    /// Everything that the workshop has about it.
    fn of(workshop: &'a Workshop, line: workshop::ListLine) -> Self {
        let (point, depth) = (workshop.point_at(line.index), line.depth);
        let fate = workshop.fate(point);
        let comment = match fate {
            Fate::Carried(comment) | Fate::Merged(comment) => Some(comment),
            _ => None,
        };
        let aside = match fate {
            Fate::SetAside(aside) => Some(aside),
            _ => None,
        };
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
            paragraph: point.paragraph().map(|pin| workshop.printed_label(pin)),
            anchor: point.paragraph().and_then(|pin| Anchor::of(workshop, pin)),
            proposal: Proposal::of(workshop, point).map(Box::new),
            text: point.text().into(),
            alternatives: point.alternatives().into_iter().map(Cow::from).collect(),
            // A point at the top has no parent here, or its parent is gone, or it is where a
            // circle of parents was cut.
            under: point.parent().filter(|_| depth > 0),
            depth,
            convergence: point.convergence().cloned(),
            session: point.session().cloned(),
            round: point.round(),
            tags: point.tags().into(),
            status,
            owner,
            read_back: ReadBack::of(point).map(Box::new),
            hands: point.hands().map(Hands::of),
            outcome: Some(Outcome::of(&fate)),
            comment,
            reason: aside.map(|aside| aside.reason),
            words: aside.map_or("", |aside| &aside.words).into(),
            disposition: Disposition::of(workshop, Subject::Point(point.id())).map(Box::new),
        }
    }

    /// The parts that may leave the room: a session of the agenda, and words that do not reveal who spoke.
    fn leaving(mut self, sessions: &HashSet<&SessionId>) -> Self {
        self.session = self.session.filter(|session| sessions.contains(session));
        if self.reason == Some(Reason::Attributable) { self.withheld() } else { self }
    }

    /// The same without anything that was written down about it: the words stay in the room.
    fn withheld(mut self) -> Self {
        self.text = WITHHELD.into();
        self.alternatives.clear();
        self.proposal = None;
        self.tags = Cow::default();
        if let Some(said) = &mut self.read_back {
            said.words = Cow::default();
        }
        self
    }

    /// Whether another account of this point says nothing beyond this one, apart from
    /// what happened to it.
    pub fn says_all_of(&self, other: &Point) -> bool {
        let wordings: Vec<&str> =
            [&self.text].into_iter().chain(&self.alternatives).map(AsRef::as_ref).collect();
        [&other.text].into_iter().chain(&other.alternatives).all(|w| wordings.contains(&w.as_ref()))
            && (&self.topic, &self.group, &self.kind) == (&other.topic, &other.group, &other.kind)
            && (&self.paragraph, &self.convergence) == (&other.paragraph, &other.convergence)
            && (self.anchor, &self.proposal) == (other.anchor, &other.proposal)
            && (&self.under, &self.tags) == (&other.under, &other.tags)
            && (self.status, &self.owner) == (other.status, &other.owner)
    }

    /// Whether this point ends where another account of it says, if that says so at all.
    pub fn ends_like(&self, other: &Point) -> bool {
        (other.comment.is_none() && other.reason.is_none())
            || (self.comment, self.reason, &self.words)
                == (other.comment, other.reason, &other.words)
    }

    /// Whether it counts: it is neither parked nor set aside.
    pub fn counts(&self) -> bool {
        self.status == Status::Standing && self.reason.is_none()
    }

    /// Where it ends.
    pub fn outcome(&self) -> Outcome {
        self.outcome.unwrap_or_default()
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
            let of = |line| Point::of(workshop, line).leaving(&sessions);
            points.extend(lines.into_iter().map(of));
        }
    }
    refer("P", points.iter_mut().map(|point| (point.id.to_string(), &mut point.reference)));
    points
}

/// All points that are not deleted, with all their words: only for those in the room.
pub fn in_the_room(workshop: &Workshop) -> HashMap<PointId, Point<'_>> {
    let mut points = HashMap::with_capacity(workshop.captured());
    for group in workshop.groups() {
        for topic in workshop.topics() {
            let lines = workshop.lines(&group.id, &topic.id).into_iter();
            let described = lines.map(|line| Point::of(workshop, line));
            points.extend(described.map(|point| (point.id, point)));
        }
    }
    let names = points.values_mut().map(|point| (point.id.to_string(), &mut point.reference));
    refer("P", names);
    points
}
