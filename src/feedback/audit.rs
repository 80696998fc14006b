//! What stands behind the feedback: the legend, the groups' seals, what was looked at for names.

use std::borrow::Cow;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Group, GroupId, Point, PointId, SessionId, Statement, StatementId, Topic, TopicId, schema,
};
use crate::workshop::{self, Sealed, Waiver, Workshop, clean};

/// A word for a share of the groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The word.
    #[schemars(with = "String")]
    pub word: CompactString,
    /// The least share, in whole percents, rounded down.
    #[schemars(range(max = 100))]
    pub from: u8,
    /// The greatest share.
    #[schemars(range(max = 100))]
    pub to: u8,
}

/// The legend, from the highest share down.
pub(super) fn legend(workshop: &Workshop) -> Vec<Band> {
    let mut to = 100;
    let band = |band: &workshop::Band| {
        let band = Band { word: clean(&band.word).into(), from: band.from, to };
        to = band.from.saturating_sub(1);
        band
    };
    workshop.legend().bands().iter().map(band).collect()
}

/// That a group stands behind what it said on a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The group.
    #[schemars(with = "String")]
    pub group: GroupId,
    /// The topic.
    #[schemars(with = "String")]
    pub topic: TopicId,
    /// The first sixteen hexadecimal digits of the SHA-256 of the group's points that counted, in
    /// their order: of each its id and its words, each with a line end.
    #[schemars(with = "String")]
    pub digest: CompactString,
    /// Whether what was sealed still stands.
    pub state: SealState,
}

/// How it stands with a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SealState {
    /// What was sealed stands unchanged.
    Sealed,
    /// Something was changed since.
    Changed,
}

/// The seals, by topic and then group.
pub(super) fn seals(workshop: &Workshop, topics: &[Topic], groups: &[Group]) -> Vec<Seal> {
    let seal = |group: &GroupId, topic: &TopicId| {
        let digest = clean(&workshop.seal(group, topic)?.digest).into();
        let state = match workshop.sealed(group, topic) {
            Sealed::Yes => SealState::Sealed,
            Sealed::No | Sealed::Changed => SealState::Changed,
        };
        Some(Seal { group: group.clone(), topic: topic.clone(), digest, state })
    };
    let pairs = topics.iter().flat_map(|topic| groups.iter().map(move |group| (group, topic)));
    pairs.filter_map(|(group, topic)| seal(&group.id, &topic.id)).collect()
}

/// What was done so that nobody is given away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audit<'a> {
    /// Whether the words were looked through for names.
    pub checked: bool,
    /// For how many participants' names the bytes of each file were searched before it was handed
    /// over. A file with one in it is not written.
    #[serde(default, skip_serializing_if = "is_none")]
    pub searched: usize,
    /// How many participants are listed on another laptop and not on the one that wrote this: their
    /// names were not looked for.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unlisted: usize,
    /// The names that were found and may stand.
    pub waived: Vec<Waived<'a>>,
    /// The sessions on the record whose speakers agreed that delegations may be named in what was
    /// said there. The words in which consent was recorded stay in the workshop.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub consent: Vec<SessionId>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// A name that was found in the words of a point or a statement, and may stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waived<'a> {
    /// The point it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    pub point: Option<PointId>,
    /// Or the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    pub statement: Option<StatementId>,
    /// The words that were found.
    pub found: Cow<'a, str>,
    /// Why they may stand.
    pub reason: Cow<'a, str>,
}

impl<'a> Audit<'a> {
    /// The waivers of words that stand in the file. Those that were reworded away since are left
    /// out: to print them would tell what was taken out.
    pub(super) fn of(workshop: &'a Workshop, statements: &[Statement], points: &[Point]) -> Self {
        let mut waived = Vec::new();
        for statement in statements {
            let found = workshop.statement(statement.id).into_iter();
            let texts = [&statement.text, &statement.owner, &statement.by_when].into_iter();
            let texts = texts.chain(&statement.wordings).chain(&statement.alternatives);
            let texts: Vec<&str> = texts.map(AsRef::as_ref).collect();
            let standing = found.flat_map(|found| standing(found.waived(), &texts));
            waived.extend(
                standing.map(|it| Waived { statement: Some(statement.id), ..Waived::of(it) }),
            );
        }
        for point in points {
            let found = workshop.point(point.id).into_iter();
            let reserved = point.read_back.as_ref().map(|said| &said.words);
            let texts = [&point.text, &point.words].into_iter().chain(&point.alternatives);
            let texts = texts.chain(&point.owner).chain(reserved).map(AsRef::as_ref);
            let texts: Vec<&str> = texts.chain(point.tags.iter().map(AsRef::as_ref)).collect();
            let standing = found.flat_map(|found| standing(found.waived(), &texts));
            waived.extend(standing.map(|it| Waived { point: Some(point.id), ..Waived::of(it) }));
        }
        let consent = workshop.attributable().cloned().collect();
        let unlisted = workshop.unlisted();
        Self { checked: false, searched: 0, unlisted, waived, consent }
    }
}

fn standing<'w>(waivers: &'w [Waiver], texts: &[&str]) -> impl Iterator<Item = &'w Waiver> {
    let stands = |waiver: &&Waiver| texts.iter().any(|text| text.contains(waiver.found.as_str()));
    waivers.iter().filter(stands)
}

impl<'a> Waived<'a> {
    fn of(waiver: &'a Waiver) -> Self {
        let (found, reason) = (waiver.found.as_str().into(), waiver.reason.as_str().into());
        Self { point: None, statement: None, found, reason }
    }
}
