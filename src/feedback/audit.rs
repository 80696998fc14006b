//! The basis of the feedback: the legend, the groups' seals, what was searched for names.

use std::borrow::Cow;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Certificate, CommentId, Group, GroupId, PointId, SessionId, Topic, TopicId, schema};
use crate::names::SearchCounts;
use crate::workshop::{
    self, Grade, Holder, Mention, MentionKey, Part, Ruling, SealStatus, TextDigest, Workshop, clean,
};

/// A word for a share of the groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The word.
    #[schemars(with = "String")]
    pub word: CompactString,
    /// The lowest share, in whole percents, rounded down.
    #[schemars(range(max = 100))]
    pub from: u8,
    /// The highest share.
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

/// A group's endorsement of what it said on a topic.
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
    /// Whether what was sealed is unchanged.
    pub state: SealState,
}

/// The state of a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SealState {
    /// What was sealed is unchanged.
    Sealed,
    /// Something was changed since.
    Changed,
}

/// The seals, by topic and then group.
pub(super) fn seals(workshop: &Workshop, topics: &[Topic], groups: &[Group]) -> Vec<Seal> {
    let seal = |group: &GroupId, topic: &TopicId| {
        // Even if somebody forged a seal, only a digest is printed.
        let digest = &workshop.seal(group, topic)?.digest;
        let digest = digest.chars().filter(char::is_ascii_hexdigit).collect();
        let state = match workshop.sealed(group, topic) {
            SealStatus::Yes => SealState::Sealed,
            SealStatus::No | SealStatus::Changed => SealState::Changed,
        };
        Some(Seal { group: group.clone(), topic: topic.clone(), digest, state })
    };
    let pairs = topics.iter().flat_map(|topic| groups.iter().map(move |group| (group, topic)));
    pairs.filter_map(|(group, topic)| seal(&group.id, &topic.id)).collect()
}

/// What was done so that nobody's identity is revealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audit<'a> {
    /// Whether the words were searched for names.
    pub checked: bool,
    /// For how many participants' names each file was searched before it was handed over. A file
    /// with one in it that nobody allowed to stay is not written.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub searched: usize,
    /// What else it was searched for, and how. A file of an older version does not say this: that version
    /// searched for participants' names as they are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<ScanAudit>,
    /// How many participants are listed on another laptop and not on the one that wrote this: their
    /// names were not searched for.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub unlisted: usize,
    /// The names that somebody decided may stay.
    pub waived: Vec<WaivedName<'a>>,
    /// How many of these were decided by a phrase, "travel to …", rather than one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PhraseCounts")]
    pub by_phrase: Option<PhraseCounts>,
    /// Names that nobody decided on and that were let pass this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "UndecidedName")]
    pub undecided: Option<UndecidedName<'a>>,
    /// The sessions on the record whose speakers agreed that delegations may be named in what was
    /// said there. The words in which consent was recorded stay in the workshop.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub consent: Vec<SessionId>,
}

/// How each file was searched for the names that the agenda lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanAudit {
    /// For how many delegations.
    pub delegations: usize,
    /// For how many agencies.
    pub agencies: usize,
    /// How a name may differ from the listed one and still be found.
    pub folded: Vec<NameVariation>,
}

/// A way in which a name may differ from the listed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameVariation {
    /// Upper and lower case.
    Case,
    /// Accents.
    Accents,
    /// Double-width letters.
    Width,
    /// Letters of other scripts that look the same.
    LookAlikes,
    /// For participants' names: the order of the parts.
    Order,
    /// For participants' names: parts of which there is only the first letter.
    Initials,
    /// For participants' names: a single part that is not another word, or that follows a title.
    Parts,
}

/// How many names were decided by the words beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseCounts {
    /// How many mentions of names.
    pub mentions: usize,
    /// How many of them came after the decision, so that nobody saw them when it was made.
    pub since: usize,
}

impl PhraseCounts {
    /// Counts these; `None` if no phrase covers any.
    fn of(decided: &[Mention]) -> Option<Self> {
        let mentions = decided.iter().filter(|one| one.by_phrase.is_some()).count();
        let since = decided.iter().filter(|one| one.is_since()).count();
        (mentions > 0).then_some(Self { mentions, since })
    }
}

/// Why an export was written although nobody had decided on some of the names in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndecidedName<'a> {
    /// How many mentions of names those were.
    pub mentions: usize,
    /// How many of them are certain: speakers by a rule, or participants.
    #[serde(default)]
    pub certain: usize,
    /// How many are possible: no rule says what they are.
    #[serde(default)]
    pub possible: usize,
    /// How many look like a subject.
    #[serde(default)]
    pub subject: usize,
    /// The reason that was given.
    pub reason: Cow<'a, str>,
}

/// A name that was found in a text, and the decision that it may stay there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaivedName<'a> {
    /// The point it was found in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    pub point: Option<PointId>,
    /// Or the comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::random_id")]
    #[serde(rename = "statement")]
    pub comment: Option<CommentId>,
    /// Or what else: the agenda, the legend, the draft text, a topic or a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Holder")]
    pub of: Option<Holder>,
    /// In which of its texts. Files of version 3 and earlier do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Part")]
    pub part: Option<Part>,
    /// The first sixteen hexadecimal digits of the text's SHA-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub digest: Option<TextDigest>,
    /// Where in the text it begins, and where it ends, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "[u32; 2]")]
    pub at: Option<[u32; 2]>,
    /// What was decided. If absent, the ruling is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Ruling")]
    pub decided: Option<Ruling>,
    /// The words that were found.
    pub found: Cow<'a, str>,
    /// Why they may stay. Empty if the decision needs no reason.
    pub reason: Cow<'a, str>,
}

impl<'a> Audit<'a> {
    /// Where consent is recorded. What was decided on names is known once a document has passed the
    /// gate.
    pub(super) fn of(workshop: &'a Workshop) -> Self {
        let consent = workshop.attributable().cloned().collect();
        Self { consent, unlisted: workshop.unlisted(), ..Self::default() }
    }

    /// Takes in what the gate found.
    pub(super) fn certify(&mut self, certificate: &Certificate<'_>) {
        self.note(certificate.searched);
        self.waived = certificate.decided.iter().map(WaivedName::of).collect();
        self.by_phrase = PhraseCounts::of(&certificate.decided);
        self.undecided = certificate.waived.as_ref().map(|(reason, open)| {
            let count = |grade| open.iter().filter(|mention| mention.hit.grade == grade).count();
            UndecidedName {
                mentions: open.len(),
                certain: count(Grade::Certain),
                possible: count(Grade::Possible),
                subject: count(Grade::Subject),
                reason: (*reason).to_owned().into(),
            }
        });
    }
}

impl Audit<'_> {
    /// Notes that the words were searched, and what each file is searched for.
    fn note(&mut self, searched: SearchCounts) {
        let SearchCounts { participants, delegations, agencies } = searched;
        self.checked = true;
        self.searched = participants;
        let folded = [
            NameVariation::Case,
            NameVariation::Accents,
            NameVariation::Width,
            NameVariation::LookAlikes,
            NameVariation::Order,
            NameVariation::Initials,
            NameVariation::Parts,
        ];
        let of_persons = |it: &NameVariation| {
            matches!(it, NameVariation::Order | NameVariation::Initials | NameVariation::Parts)
        };
        let folded = folded.into_iter().filter(|it| participants > 0 || !of_persons(it)).collect();
        let any = searched != SearchCounts::default();
        self.scan = any.then_some(ScanAudit { delegations, agencies, folded });
    }
}

impl WaivedName<'_> {
    fn of(mention: &Mention) -> Self {
        let MentionKey { of, part, digest, .. } = &mention.key;
        let (point, comment, of) = match of {
            Holder::Point(id) => (Some(*id), None, None),
            Holder::Comment(id) => (None, Some(*id), None),
            other => (None, None, Some(other.clone())),
        };
        let at = mention.characters();
        let clearance = mention.clearance.as_ref();
        Self {
            point,
            comment,
            of,
            part: Some(*part),
            digest: Some(*digest),
            at: Some([at.start as u32, at.end as u32]),
            decided: clearance.map(|it| it.ruling),
            found: mention.found().to_owned().into(),
            reason: clearance.map_or("", |it| &it.reason).to_owned().into(),
        }
    }

    /// What the text it was found in belongs to.
    pub fn holder(&self) -> Option<Holder> {
        let point = self.point.map(Holder::Point);
        point.or(self.comment.map(Holder::Comment)).or_else(|| self.of.clone())
    }

    /// Whether the name was decided to be a subject, which needs no reason.
    pub fn is_subject(&self) -> bool {
        self.decided == Some(Ruling::Subject)
    }
}
