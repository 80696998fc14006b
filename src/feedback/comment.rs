//! A comment as it leaves the room, with the points it comes from.

use std::borrow::Cow;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reference::refer;
use super::{
    Anchor, CommentId, Convergence, CoverageRow, Disposition, Group, GroupId, Paragraph, PointId,
    PointKind, Topic, TopicId, schema,
};
use crate::workshop::{self, Expectations, Subject, Workshop, clean};

/// What drafters work with: a wording, and the points it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comment<'a> {
    /// Its permanent id, in every export.
    #[schemars(schema_with = "schema::random_id")]
    pub id: CommentId,
    /// The name that people use for it: `S-` and as much of the id as distinguishes it from all others.
    #[serde(rename = "ref")]
    #[schemars(with = "String")]
    pub reference: CompactString,
    /// What it is about.
    #[schemars(with = "String")]
    pub topic: TopicId,
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
    /// The wording: its own, or that of its first source.
    pub text: Cow<'a, str>,
    /// Wordings made elsewhere at the same time. A person must choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Cow<'a, str>>,
    /// Wishes that conflict with the wording and are shown beside it: for the drafters to decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Cow<'a, str>>,
    /// How far the groups agreed, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::convergence")]
    pub convergence: Option<Convergence>,
    /// How many of the groups support it, in the legend's words: out of those that were asked about its topic
    /// or that of one of its points, or spoke on it.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub quantifier: Cow<'a, str>,
    /// Who is to do it, by role.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub owner: Cow<'a, str>,
    /// By when it is to be done.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by_when: Cow<'a, str>,
    /// The groups that its sources are from, in the order of the groups.
    #[schemars(with = "Vec<String>")]
    pub groups: Vec<GroupId>,
    /// The points it comes from, each in this file: the first is carried, the others are merged.
    #[schemars(schema_with = "schema::random_ids")]
    pub sources: Vec<PointId>,
    /// What drafters decided on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Disposition")]
    pub disposition: Option<Box<Disposition<'a>>>,
}

impl Comment<'_> {
    /// Whether another account of this comment says nothing beyond this one.
    pub fn says_all_of(&self, other: &Comment) -> bool {
        (&self.text, &self.topic, &self.kind) == (&other.text, &other.topic, &other.kind)
            && self.anchor == other.anchor
            && (&self.paragraph, &self.convergence) == (&other.paragraph, &other.convergence)
            && (&self.owner, &self.by_when) == (&other.owner, &other.by_when)
            && other.wordings.iter().all(|wording| self.wordings.contains(wording))
            && self.alternatives == other.alternatives
    }
}

/// All comments in force, by topic and in their order.
pub(super) fn all<'a>(
    workshop: &'a Workshop,
    topics: &[Topic],
    groups: &[Group],
    coverage: &[CoverageRow],
) -> Vec<Comment<'a>> {
    let expected = workshop.agenda().expectations();
    let mut comments = Vec::new();
    for topic in topics {
        for found in workshop.comments(&topic.id) {
            let mut comment = of(workshop, found, &topic.id, groups);
            let (behind, all) = spoke(workshop, &comment, coverage, &expected);
            let words = workshop.legend().quantify(behind, all, "of the groups");
            comment.quantifier = clean(&words.unwrap_or_default()).into_owned().into();
            comments.push(comment);
        }
    }
    refer("S", comments.iter_mut().map(|s| (s.id.to_string(), &mut s.reference)));
    comments
}

fn of<'a>(
    workshop: &'a Workshop,
    found: &'a workshop::Comment,
    topic: &TopicId,
    groups: &[Group],
) -> Comment<'a> {
    let sources = workshop.sources(found.id()).iter().map(|index| workshop.point_at(*index));
    let sources: Vec<&workshop::Point> = sources.collect();
    let text = workshop.wording(found);
    // One without words of its own has those of its first source, whether or not set at once elsewhere.
    let first = sources.first().map_or("", |point| point.text());
    let mut wordings: Vec<Cow<str>> = Vec::new();
    for wording in found.wordings() {
        let wording = if wording.is_empty() { first } else { wording };
        if wording != text && !wordings.iter().any(|known| known == wording) {
            wordings.push(wording.into());
        }
    }
    let from = |group: &Group| sources.iter().any(|point| *point.group() == group.id);
    let wishes = found.alternatives().iter().filter(|wish| !wish.is_empty());
    Comment {
        id: found.id(),
        reference: CompactString::default(),
        topic: topic.clone(),
        kind: found.kind().clone(),
        paragraph: found.paragraph().map(|pin| workshop.printed_label(pin)),
        anchor: found.paragraph().and_then(|pin| Anchor::of(workshop, pin)),
        text: text.into(),
        wordings,
        alternatives: wishes.map(|wish| Cow::from(&**wish)).collect(),
        convergence: found.convergence().cloned(),
        quantifier: Cow::default(),
        owner: found.owner().into(),
        by_when: found.by_when().into(),
        groups: groups.iter().filter(|group| from(group)).map(|group| group.id.clone()).collect(),
        sources: sources.iter().map(|point| point.id()).collect(),
        disposition: Disposition::of(workshop, Subject::Comment(found.id())).map(Box::new),
    }
}

/// How many groups support a comment, and out of how many: those that were asked about its topic
/// or that of one of its points, or said something on it, or support it. The plenary is everybody
/// and not a group.
fn spoke(
    workshop: &Workshop,
    comment: &Comment,
    coverage: &[CoverageRow],
    expected: &Expectations<'_>,
) -> (usize, usize) {
    let plenary = GroupId::plenary();
    let sources = comment.sources.iter().filter_map(|source| workshop.point(*source));
    let mut topics: Vec<&TopicId> = sources.map(workshop::Point::topic).collect();
    topics.push(&comment.topic);
    let mut met: Vec<&GroupId> = comment.groups.iter().collect();
    let behind = met.iter().filter(|group| ***group != plenary).count();
    for row in coverage.iter().filter(|row| topics.contains(&&row.topic)) {
        for cell in &row.cells {
            let is_asked = || expected.include(&cell.group, &row.topic);
            if (cell.standing + cell.parked > 0 || is_asked()) && !met.contains(&&cell.group) {
                met.push(&cell.group);
            }
        }
    }
    (behind, met.iter().filter(|group| ***group != plenary).count())
}
