//! The draft text: what the groups give feedback on, paragraph by paragraph.

use std::fmt::Write as _;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Flaw, LONGEST_WORD, Paragraph, ParagraphId, Refusal, text::clean};

/// One version of the draft text. Printed numbers cannot be trusted, so each paragraph has a permanent
/// id, a label that people use, and what was printed before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftText {
    /// What it is called.
    pub title: String,
    /// Which version it is, in the drafters' words: `zero draft, 3 November`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The paragraphs in their order.
    pub paragraphs: Vec<DraftParagraph>,
    /// Paragraphs of earlier versions that are not in this one, kept so that what was said on them is not lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<DraftParagraph>,
}

/// A paragraph of the draft text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftParagraph {
    /// Its permanent id, kept from version to version.
    pub id: ParagraphId,
    /// What sort of paragraph it is.
    pub kind: ParagraphKind,
    /// What people call it: `PP3`, `OP6alt`. No two in one text are the same.
    pub label: Paragraph,
    /// What was printed before its words: `1.`, `Article 2 bis`; it may be wrong.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub printed: CompactString,
    /// How deep it is nested: 0 for a paragraph, 1 for `(a)`, 2 for `(i)`.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub level: u8,
    /// Its words, including brackets.
    pub text: Box<str>,
    /// What happened to it since the version before.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub since: Since,
}

/// What sort of paragraph it is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// A preambular paragraph: why the text is adopted.
    Preambular,
    /// An operative paragraph: what is agreed.
    #[default]
    Operative,
    /// A title or heading between paragraphs.
    Heading,
}

/// What happened to a paragraph from one version of the text to the next.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// The same words in the same place; or this is the first version.
    #[default]
    Same,
    /// The same words in another place.
    Moved,
    /// Other words: this many percent of them are the same.
    Changed(u8),
    /// It was not there.
    New,
}

impl DraftText {
    /// The most paragraphs a text may have: ten times as many as the longest treaty.
    pub const MOST: usize = 20_000;

    /// The paragraph of this id, in this version or an earlier one.
    pub fn known(&self, id: ParagraphId) -> Option<&DraftParagraph> {
        self.paragraphs.iter().chain(&self.gone).find(|paragraph| paragraph.id == id)
    }

    /// The first sixteen hexadecimal digits of the SHA-256 of the paragraphs' labels and words, each
    /// with a line end: two files with the same digest have the same text.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for paragraph in &self.paragraphs {
            for part in [paragraph.label.as_str(), &paragraph.text] {
                hash.update(part);
                hash.update("\n");
            }
        }
        hash.finalize()[..8].iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    pub(super) fn cleaned(mut self) -> Self {
        self.title = clean(&self.title).into_owned();
        self.version = clean(&self.version).into_owned();
        for paragraph in self.paragraphs.iter_mut().chain(&mut self.gone) {
            paragraph.text = clean(&paragraph.text).into();
            paragraph.label = Paragraph::from(&*clean(paragraph.label.as_str()));
            paragraph.printed = clean(&paragraph.printed).into();
        }
        self
    }

    /// Whether an honest program could have written this.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        let words = [&self.title, &self.version];
        if words.iter().any(|word| word.len() > LONGEST_WORD) {
            return Err(Flaw::Long);
        }
        if self.paragraphs.len() > Self::MOST || self.gone.len() > Self::MOST {
            return Err(Flaw::Many);
        }
        for paragraph in self.paragraphs.iter().chain(&self.gone) {
            let words = [paragraph.label.as_str(), &paragraph.printed];
            if words.iter().any(|word| word.len() > LONGEST_WORD)
                || paragraph.text.len() > Refusal::LONGEST
            {
                return Err(Flaw::Long);
            }
            if clean(&paragraph.text).is_empty() || clean(paragraph.label.as_str()).is_empty() {
                return Err(Flaw::Empty);
            }
        }
        Ok(())
    }
}
