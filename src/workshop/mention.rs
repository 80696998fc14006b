//! Mentions: names in texts that are to leave the room, and what was decided on each of them.
//!
//! A decision covers exactly the words it was made on: it is bound to what the text belongs to, the
//! part, a digest of the whole text and the place in it. Any change to these reopens the
//! mention; changing it back closes it again.

mod judge;
mod phrase;
mod printed;
mod reword;
mod search;

use std::{fmt, ops::Range, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::{CommentId, GroupId, Hit, Names, PointId, TopicId, What, clean};

pub use phrase::{ByPhrase, Phrase, PhraseDecision};
pub use printed::PrintedText;
pub(crate) use printed::TextVisitor as TextPen;
pub use search::NameSearch;

/// What a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum Holder {
    /// The agenda, as the secretariat wrote it.
    Agenda,
    /// The legend of quantifiers.
    Legend,
    /// The draft text.
    DraftText,
    /// A topic.
    Topic(#[schemars(with = "String")] TopicId),
    /// A group.
    Group(#[schemars(with = "String")] GroupId),
    /// A point.
    Point(#[schemars(with = "String")] PointId),
    /// A comment.
    #[serde(rename = "statement")]
    Comment(#[schemars(with = "String")] CommentId),
}

/// Which of the texts of its holder a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum Part {
    /// A wording, an alternative to one, or the words of a paragraph.
    Wording,
    /// A reservation of the group.
    Reservation,
    /// Why a point was set aside.
    SetAside,
    /// Who takes it up, by role.
    Owner,
    /// By when it is to be done.
    ByWhen,
    /// A word to find it by.
    Tag,
    /// Words proposed for the draft text, with those around them.
    Proposal,
    /// Why they are proposed.
    Why,
    /// The drafters' answer.
    Response,
    /// What the drafters' answer points to.
    Target,
    /// A kind, convergence or decision that is the meeting's own word.
    Kind,
    /// The label of a paragraph as it was typed.
    Paragraph,
    /// A title.
    Title,
    /// A short name, which becomes part of file names.
    Id,
    /// Where the meeting is held.
    Venue,
    /// What the meeting or a session is for.
    Objective,
    /// A guiding question.
    Question,
    /// A speaker's role.
    Speaker,
    /// Which version of the draft text it is.
    Version,
    /// A word of the legend.
    Word,
}

impl Part {
    /// Whether it is a label and not a sentence: nothing in it can show that a name is only a subject.
    pub fn is_label(self) -> bool {
        !matches!(
            self,
            Self::Wording
                | Self::Reservation
                | Self::SetAside
                | Self::Proposal
                | Self::Why
                | Self::Response
        )
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Reservation => "reservation",
            Self::SetAside => "reason it was set aside",
            Self::Owner => "owner",
            Self::ByWhen => "deadline",
            Self::Tag => "tag",
            Self::Proposal => "proposed wording",
            Self::Why => "reason for the proposal",
            Self::Response => "response",
            Self::Target => "target",
            Self::Kind => "kind",
            Self::Paragraph => "paragraph label",
            Self::Title => "title",
            Self::Id => "short name",
            Self::Venue => "venue",
            Self::Objective => "objective",
            Self::Question => "guiding question",
            Self::Speaker => "speaker's role",
            Self::Version => "version",
            Self::Word => "word",
        }
    }
}

/// The first eight bytes of a text's SHA-256, written as sixteen hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextDigest(u64);

impl TextDigest {
    /// The digest of a text.
    pub fn of(text: &str) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::digest(text)[..8]);
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for TextDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for TextDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADigest;

impl fmt::Display for NotADigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest is sixteen hexadecimal digits")
    }
}

impl FromStr for TextDigest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let plain = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| plain);
        number.map(Self).ok_or(NotADigest)
    }
}

impl Serialize for TextDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TextDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Identifies one mention for ever: a place in exactly these words of exactly this part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionKey {
    /// What the text belongs to.
    pub of: Holder,
    /// Which of its texts it is in.
    pub part: Part,
    /// The digest of the whole text.
    pub digest: TextDigest,
    /// The byte of the text at which the mention begins.
    pub from: u32,
    /// The byte at which it ends.
    pub to: u32,
}

/// What was decided on a mention, from the most lenient to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum Ruling {
    /// The words are about whom they name and do not reveal who spoke.
    Subject,
    /// The person or body named may be named, for a reason that is printed.
    Public,
    /// The session was on the record, and those who spoke agreed to be named.
    Consent,
    /// It must not leave the room in these words.
    Held,
}

impl Ruling {
    /// What was decided, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Subject => "a subject",
            Self::Public => "may stay",
            Self::Consent => "may stay by consent",
            Self::Held => "held",
        }
    }
}

/// A decision on one mention.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    /// What was decided.
    pub ruling: Ruling,
    /// Why, if the file prints a reason.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reason: Box<str>,
    /// For a ruling by consent: the digest of the words in which that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<TextDigest>,
}

impl Clearance {
    /// A decision that needs no reason.
    pub fn plain(ruling: Ruling) -> Self {
        Self { ruling, reason: Box::default(), consent: None }
    }

    /// The decision that a name may stay, for a reason that is printed.
    pub fn public(reason: impl Into<Box<str>>) -> Self {
        Self { reason: reason.into(), ..Self::plain(Ruling::Public) }
    }

    /// The decision by which the meeting's own texts are accepted as they are.
    pub fn given(of: &Holder) -> Self {
        let reason = match of {
            Holder::DraftText => "in the draft text",
            _ => "in the agenda",
        };
        Self::public(reason)
    }

    pub(super) fn cleaned(self) -> Self {
        Self { reason: clean(&self.reason).into(), ..self }
    }
}

/// A mention that blocks an export until it is decided on, or that has been decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which one.
    pub key: MentionKey,
    /// The whole text.
    pub text: Box<str>,
    /// What was found in it.
    pub hit: Hit,
    /// Whether it was said on the record: with the session's consent it may be named.
    pub on_record: bool,
    /// The decision in force, if there is one.
    pub clearance: Option<Clearance>,
    /// The phrase that decided on it, if nobody decided on the mention by itself.
    pub by_phrase: Option<ByPhrase>,
}

impl Mention {
    /// Whether it blocks an export.
    pub fn is_open(&self) -> bool {
        self.clearance.as_ref().is_none_or(|it| it.ruling == Ruling::Held)
    }

    /// Whether somebody held it: no reason lets it pass.
    pub fn is_held(&self) -> bool {
        self.clearance.as_ref().is_some_and(|made| made.ruling == Ruling::Held)
    }

    /// The words found.
    pub fn found(&self) -> &str {
        &self.text[self.hit.range.clone()]
    }

    /// What it may name, in words.
    pub fn may_name(&self) -> &str {
        match self.hit.what {
            What::Description | What::Office => "a description that may reveal who spoke",
            _ => self.hit.named(),
        }
    }

    /// Whether it is a wording that was flagged at the read-back.
    pub fn is_flagged(&self) -> bool {
        self.hit.what == What::Flagged
    }

    /// The words with a neutral wording in place of what was found, if there is one.
    pub fn reworded(&self, names: &Names) -> Option<String> {
        // "group-of-one participant" is not a short name.
        let is_words = !matches!(self.key.part, Part::Id | Part::Kind | Part::Paragraph);
        let neutral = names.wording(&self.text, &self.hit).filter(|_| is_words);
        neutral.map(|neutral| neutral.put_into(&self.text))
    }

    /// Its place in the text, in characters.
    pub fn characters(&self) -> Range<usize> {
        let before = |byte: usize| self.text.get(..byte).map_or(0, |text| text.chars().count());
        before(self.hit.range.start)..before(self.hit.range.end)
    }
}
