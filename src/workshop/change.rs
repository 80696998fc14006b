//! Everything that can ever change in a workshop.

use std::{fmt, str::FromStr};

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;

use super::{
    Agenda, Awaited, CapturedPoint, Clearance, CommentField, CommentId, CourseField, Disposition,
    DraftText, Field, GroupField, GroupId, Legend, MentionKey, Moment, Phrase, PhraseDecision,
    PointId, Purge, Seal, SessionId, Subject, TopicId, WriterId,
};

/// Identifies one record, and gives it a place in an order that is the same on every laptop: Lamport time
/// first (each record is later than all its writer had seen), then the writer. No clock decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Lamport time: one more than the highest its writer had seen.
    pub time: u64,
    /// Who wrote it.
    pub writer: WriterId,
}

impl Stamp {
    /// The stamp of what was there before the first change: the agenda's own titles, sessions not yet started.
    pub const ORIGIN: Self = Self { time: 0, writer: WriterId::new(0) };

    /// The latest time a record may have. A forged one beyond it would leave no room for later ones.
    pub const LAST_TIME: u64 = 1 << 62;

    /// How far a record from elsewhere may be ahead of everything known here. Each record is one
    /// later than what its writer had seen, so an honest one is ahead by at most the number of
    /// records that have not arrived; forged ones would take years to use the time up in such steps.
    pub const LEAP: u64 = 1 << 24;
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.time, self.writer)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The changes whose values a change replaces: nearly always one.
pub type Over = SmallVec<[Stamp; 1]>;

/// Why a text is not a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAStamp;

impl fmt::Display for NotAStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stamp is a number, an @ and a writer's id")
    }
}

impl FromStr for Stamp {
    type Err = NotAStamp;

    fn from_str(text: &str) -> Result<Self, NotAStamp> {
        let (time, writer) = text.split_once('@').ok_or(NotAStamp)?;
        Ok(Self {
            time: time.parse().map_err(|_| NotAStamp)?,
            writer: writer.parse().map_err(|_| NotAStamp)?,
        })
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Stamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&NotAStamp, f)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Stamp, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// One user action, on one line of a journal: all of its changes or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its name and its place in the order.
    pub stamp: Stamp,
    /// What the clock showed. It informs; it decides nothing.
    pub at: Moment,
    /// What changed: at most one change per field.
    pub changes: SmallVec<[Change; 1]>,
}

impl Record {
    /// The record that founds a workshop. It follows from the agenda alone, so that two laptops
    /// that start from the same agenda write the same one.
    ///
    /// The participants are not in it, because it is included everywhere: see
    /// [`participants`](Self::participants).
    pub fn founding(agenda: &Agenda) -> Self {
        Self::founding_on(agenda.without_participants())
    }

    /// The record that programs up to 0.1 wrote for this agenda, with its participants in it.
    pub fn older_founding(agenda: &Agenda) -> Self {
        Self::founding_on(agenda.clone())
    }

    fn founding_on(agenda: Agenda) -> Self {
        let writer = WriterId::of(&serde_json::to_vec(&agenda).unwrap_or_default());
        let changes = SmallVec::from_iter([Change::Founded(Box::new(agenda))]);
        Self { stamp: Stamp { time: 1, writer }, at: Moment(0), changes }
    }
}

/// One thing that changed. A workshop is the fold of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// The workshop was founded on this agenda. Undo: none.
    Founded(Box<Agenda>),
    /// A point was captured. Undo: it is deleted.
    PointCaptured(Box<CapturedPoint>),
    /// A field of a point was set. Undo: set back, if still one's own.
    PointChanged {
        /// Which point.
        point: PointId,
        /// The field and its new value.
        to: Field,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// A group was made, named, closed or opened again. Undo: set back, if still one's own.
    GroupChanged {
        /// Which group; an unknown one is created.
        group: GroupId,
        /// The field and its new value.
        to: GroupField,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// A comment was made, worded, moved or given up. Undo: set back, if still one's own.
    #[serde(rename = "statement_changed")]
    CommentChanged {
        /// Which comment; an unknown one is created.
        #[serde(rename = "statement")]
        comment: CommentId,
        /// The field and its new value.
        to: CommentField,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// A group endorsed its points on a topic, or took that back. Undo: set back, if still one's own.
    SealChanged {
        /// Which group.
        group: GroupId,
        /// On which topic.
        topic: TopicId,
        /// The seal, or none.
        to: Option<Seal>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// The legend of quantifiers was changed. Undo: set back, if still one's own.
    LegendChanged {
        /// The legend.
        to: Legend,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// The draft text was taken in, or a newer version of it. Undo: set back, if still one's own.
    TextChanged {
        /// The text, or none.
        to: Option<Box<DraftText>>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// Drafters decided on a point or a comment. Undo: set back, if still one's own.
    DispositionChanged {
        /// On which.
        of: Subject,
        /// What they decided.
        to: Box<Disposition>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// Somebody decided on a name found in a text. Undo: set back, if still one's own.
    MentionDecided {
        /// On which mention.
        mention: Box<MentionKey>,
        /// What was decided; `None` if the decision was taken back.
        to: Option<Clearance>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// Somebody decided on all names between these words, now and later. Undo: set back,
    /// if still one's own.
    PhraseDecided {
        /// The words around the name.
        phrase: Phrase,
        /// What was decided; `None` if the decision was taken back.
        to: Option<PhraseDecision>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// A list of participants was given. It is included only if somebody asks for it, and its
    /// record has nothing else in it. Undo: none.
    ParticipantsListed {
        /// Their names, in order, each once.
        to: Box<[Box<str>]>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// Says how long such a list is, for laptops without it. Undo: none.
    ParticipantsCounted {
        /// This many names.
        to: u32,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// A feedback file was imported that says what was missing where it was made. Undo: none.
    GapsImported {
        /// A sentence each.
        to: Box<[Box<str>]>,
        /// What must arrive before some of that is here.
        #[serde(default, skip_serializing_if = "<[Awaited]>::is_empty")]
        awaited: Box<[Awaited]>,
        /// Whether the workshop was made from that file: then its agenda is only what the file says of it,
        /// and not the plan.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        founds: bool,
        /// Then also when, by the clock there: discussions that were over by then are left to the file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Moment>,
        /// The writer of the points that the file brought, if it brought any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<WriterId>,
        /// The changes whose values it replaces.
        over: Over,
    },
    /// Earlier words of a point may no longer be kept anywhere. Undo: none.
    PointPurged(Box<Purge>),
    /// A session started, ended or was given more time, or consent was recorded. Undo: set back, if
    /// still one's own.
    CourseChanged {
        /// Which session.
        session: SessionId,
        /// The field and its new value.
        to: CourseField,
        /// The changes whose values it replaces.
        over: Over,
    },
}
