//! The draft text as it leaves the room, with everything that was proposed for it put together.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Paragraph, ParagraphId, Piece, Point, PointId, ProposalKind, Since, schema};
use crate::workshop::{self, Label, ParagraphKind, Workshop};

/// The draft text that the feedback is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftText<'a> {
    /// What it is called.
    pub title: Cow<'a, str>,
    /// Which version it is, in the drafters' words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub version: Cow<'a, str>,
    /// The first sixteen hexadecimal digits of the SHA-256 of the paragraphs' labels and words, each
    /// with a line end: two files with the same digest are on the same text.
    #[schemars(with = "String")]
    pub digest: CompactString,
    /// The paragraphs in their order.
    pub paragraphs: Vec<DraftParagraph<'a>>,
    /// Paragraphs of earlier versions that are not in this one. Anything anchored to them has lost
    /// its place in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<DraftParagraph<'a>>,
}

/// A paragraph of the draft text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftParagraph<'a> {
    /// Its permanent id, kept from version to version.
    #[schemars(schema_with = "schema::random_id")]
    pub id: ParagraphId,
    /// What sort of paragraph it is.
    pub kind: ParagraphKind,
    /// What people call it.
    #[schemars(with = "String")]
    pub label: Paragraph,
    /// What was printed before its words; it may be wrong.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    #[schemars(with = "String")]
    pub printed: CompactString,
    /// How deep it is nested.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub level: u8,
    /// Its words.
    pub text: Cow<'a, str>,
    /// What happened to it since the version before.
    #[serde(default)]
    pub since: Since,
    /// Its words with all proposals put together; empty if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compiled: Vec<Passage<'a>>,
    /// New paragraphs proposed after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<NewParagraph<'a>>,
}

/// A passage of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Passage<'a> {
    /// Nobody proposes to change it.
    Agreed(Cow<'a, str>),
    /// What is there now, and what was proposed instead.
    Open {
        /// What is there now; empty if words would be inserted.
        now: Cow<'a, str>,
        /// The other wordings. Two or more of them are in conflict: for the drafters to decide.
        versions: Vec<Version<'a>>,
    },
}

/// A wording that was proposed for a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version<'a> {
    /// The words; empty means that the passage would be deleted.
    pub text: Cow<'a, str>,
    /// The points that proposed it, each in this file.
    #[schemars(schema_with = "schema::random_ids")]
    pub points: Vec<PointId>,
}

/// A paragraph that was proposed and is not in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewParagraph<'a> {
    /// Its label until the text is renumbered: `OP5bis`.
    #[schemars(with = "String")]
    pub label: Paragraph,
    /// Its words.
    pub text: Cow<'a, str>,
    /// The points that proposed it, each in this file.
    #[schemars(schema_with = "schema::random_ids")]
    pub points: Vec<PointId>,
}

/// Where in the draft text something belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The paragraph, in the text or among those that are gone.
    #[schemars(schema_with = "schema::random_id")]
    pub paragraph: ParagraphId,
    /// Whether a new paragraph after it is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after: bool,
}

impl Anchor {
    pub(super) fn of(workshop: &Workshop, pin: &workshop::Pin) -> Option<Self> {
        let (paragraph, after) = workshop.anchor(pin)?;
        Some(Self { paragraph: paragraph.id, after })
    }
}

/// What a point would have changed in the paragraph it is anchored to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal<'a> {
    /// What it does to the text.
    pub kind: ProposalKind,
    /// The change as a redline of the paragraph: pieces that stay, that are removed and that are inserted.
    pub redline: Vec<Piece<Cow<'a, str>>>,
    /// Whether the words it changes are in the current text. If they are not, the redline
    /// shows only what is known of the change.
    pub fits: bool,
    /// Why, if that is not what the point says.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub why: Cow<'a, str>,
}

impl<'a> Proposal<'a> {
    pub(super) fn of(workshop: &'a Workshop, point: &'a workshop::Point) -> Option<Self> {
        let proposal = point.proposal()?;
        let place = point.paragraph().and_then(|pin| workshop.anchor(pin));
        let text = match place {
            Some((paragraph, false)) => &*paragraph.text,
            _ => "",
        };
        let fits = place.is_some_and(|(paragraph, _)| {
            !workshop.is_gone(paragraph.id) && proposal.locate(text).is_some()
        });
        let owned = |piece: Piece<&'a str>| match piece {
            Piece::Same(words) => Piece::Same(words.into()),
            Piece::Cut(words) => Piece::Cut(words.into()),
            Piece::Put(words) => Piece::Put(words.into()),
            Piece::Gap => Piece::Gap,
        };
        Some(Self {
            kind: proposal.kind(),
            redline: proposal.redline(text).into_iter().map(owned).collect(),
            fits,
            why: (&*proposal.why).into(),
        })
    }

    /// The wording that results.
    pub fn wording(&self) -> String {
        let mut wording = String::new();
        for piece in &self.redline {
            match piece {
                Piece::Same(words) | Piece::Put(words) => wording.push_str(words),
                Piece::Gap => wording.push_str(" … "),
                Piece::Cut(_) => {}
            }
        }
        wording
    }

    /// The redline as plain text: `{+in+}` and `[-out-]`.
    pub fn marked(&self) -> String {
        let mut marked = String::new();
        for piece in &self.redline {
            match piece {
                Piece::Same(words) => marked.push_str(words),
                Piece::Cut(words) => marked.push_str(&format!("[-{words}-]")),
                Piece::Put(words) => marked.push_str(&format!("{{+{words}+}}")),
                Piece::Gap => marked.push_str(" … "),
            }
        }
        marked
    }
}

impl<'a> DraftText<'a> {
    /// The draft text of a workshop, with the proposals of these points.
    pub(super) fn of(workshop: &'a Workshop, points: &[Point]) -> Option<Self> {
        let text = workshop.draft_text()?;
        let mut proposed: HashMap<ParagraphId, Vec<(PointId, bool, &workshop::Proposal)>> =
            HashMap::new();
        for point in points.iter().filter(|point| point.counts()) {
            let found = workshop.point(point.id).and_then(workshop::Point::proposal);
            if let Some((anchor, proposal)) = point.anchor.zip(found) {
                let entry = (point.id, anchor.after, proposal);
                proposed.entry(anchor.paragraph).or_default().push(entry);
            }
        }
        let known = text.paragraphs.iter().chain(&text.gone);
        let mut taken: HashSet<Label> =
            known.map(|found| Label::read(found.label.as_str())).collect();
        let mut paragraph = |found: &'a workshop::DraftParagraph| {
            let here = proposed.get(&found.id).map_or(&[][..], Vec::as_slice);
            DraftParagraph::of(found, here, &mut taken)
        };
        Some(Self {
            title: text.title.as_str().into(),
            version: text.version.as_str().into(),
            digest: text.digest().into(),
            paragraphs: text.paragraphs.iter().map(&mut paragraph).collect(),
            gone: text
                .gone
                .iter()
                .map(|found| DraftParagraph::of(found, &[], &mut HashSet::new()))
                .collect(),
        })
    }

    /// The paragraph of this id, in the text or among those that are gone.
    pub fn paragraph(&self, id: ParagraphId) -> Option<&DraftParagraph<'a>> {
        self.paragraphs.iter().chain(&self.gone).find(|paragraph| paragraph.id == id)
    }
}

impl<'a> DraftParagraph<'a> {
    fn of(
        found: &'a workshop::DraftParagraph,
        proposed: &[(PointId, bool, &workshop::Proposal)],
        taken: &mut HashSet<Label>,
    ) -> Self {
        let here: Vec<(PointId, &workshop::Proposal)> = proposed
            .iter()
            .filter(|(_, after, proposal)| !after && proposal.locate(&found.text).is_some())
            .map(|(point, _, proposal)| (*point, *proposal))
            .collect();
        let passage = |passage: workshop::Passage<'a, PointId>| match passage {
            workshop::Passage::Agreed(words) => Passage::Agreed(words.into()),
            workshop::Passage::Open { now, others } => Passage::Open {
                now: now.into(),
                versions: others
                    .into_iter()
                    .map(|(text, points)| Version { text: text.into(), points })
                    .collect(),
            },
        };
        let compiled = if here.is_empty() {
            Vec::new()
        } else {
            workshop::compile(&found.text, &here).into_iter().map(passage).collect()
        };
        let mut added: Vec<NewParagraph> = Vec::new();
        for (point, _, proposal) in proposed.iter().filter(|(_, after, _)| *after) {
            let words = proposal.wording("").unwrap_or_default();
            if let Some(known) = added.iter_mut().find(|known| known.text == words) {
                known.points.push(*point);
                continue;
            }
            let label = Label::inserted_after(found.label.as_str(), |label| taken.contains(label));
            taken.insert(Label::read(label.as_str()));
            added.push(NewParagraph { label, text: words.into(), points: vec![*point] });
        }
        Self {
            id: found.id,
            kind: found.kind,
            label: found.label.clone(),
            printed: found.printed.clone(),
            level: found.level,
            text: (&*found.text).into(),
            since: found.since,
            compiled,
            added,
        }
    }

    /// Its words with every proposal in brackets: first the current words, then what was proposed, "no
    /// text" if that is empty.
    pub fn bracketed(&self) -> String {
        if self.compiled.is_empty() {
            return self.text.to_string();
        }
        let mut whole = String::new();
        for passage in &self.compiled {
            match passage {
                Passage::Agreed(words) => whole.push_str(words),
                Passage::Open { now, versions } => {
                    let now = (!now.is_empty()).then_some(now);
                    for words in now.into_iter().chain(versions.iter().map(|one| &one.text)) {
                        whole.push_str(&workshop::bracketed(words));
                    }
                }
            }
        }
        whole
    }
}

/// A text in three parts: the spaces before it, itself, the spaces after it.
pub fn around(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    let lead = text.len() - text.trim_start().len();
    (&text[..lead], inner, &text[lead + inner.len()..])
}
