//! What happens to a point: it is read back to its group, put into a comment, set aside.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{CommentId, Stamp, clean};

/// Where a point ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody has decided yet.
    #[default]
    Open,
    /// It is a source of this comment.
    In(CommentId),
    /// It goes no further, for a reason.
    SetAside(Box<SetAside>),
}

/// Why a point goes no further.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// The reason, from a short list.
    pub reason: Reason,
    /// An explanation in words, if there is more to say.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub words: CompactString,
}

/// The short list of reasons to set a point aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not about the draft.
    OffTopic,
    /// The group withdrew it.
    Withdrawn,
    /// Another point says the same.
    Repeated,
    /// It is about the meeting itself: rooms, times, tea.
    Housekeeping,
    /// Nobody can tell any more what was meant.
    Unclear,
    /// It would reveal who spoke.
    Attributable,
    /// Another reason, in words.
    Other,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::OffTopic,
        Self::Withdrawn,
        Self::Repeated,
        Self::Housekeeping,
        Self::Unclear,
        Self::Attributable,
        Self::Other,
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::OffTopic => "off_topic",
            Self::Withdrawn => "withdrawn",
            Self::Repeated => "repeated",
            Self::Housekeeping => "housekeeping",
            Self::Unclear => "unclear",
            Self::Attributable => "attributable",
            Self::Other => "other",
        }
    }

    /// The reason in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::OffTopic => "not about the draft",
            Self::Withdrawn => "withdrawn by the group",
            Self::Repeated => "duplicate of another point",
            Self::Housekeeping => "about the meeting itself",
            Self::Unclear => "unclear",
            Self::Attributable => "would reveal who spoke",
            Self::Other => "other reason",
        }
    }
}

impl Outcome {
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::SetAside(mut aside) => {
                aside.words = clean(&aside.words).into();
                Self::SetAside(aside)
            }
            outcome => outcome,
        }
    }
}

/// What the group said when a point was read back to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadBack {
    /// Its verdict.
    pub verdict: Verdict,
    /// The changes that had set the words that were read to it.
    pub saw: Vec<Stamp>,
}

/// A group's verdict on a point that is read back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// Yes, that is what we said.
    Confirmed,
    /// No, that is not ours.
    NotOurs,
    /// Yes, with a reservation.
    Reservation {
        /// In the group's words.
        words: CompactString,
    },
}

/// The state of a point's read-back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadBackState {
    /// It was not read back yet.
    Nothing,
    /// The group confirmed it.
    Confirmed,
    /// The group said that it is not theirs.
    NotOurs,
    /// The group confirmed it with a reservation.
    Reservation,
    /// Its words were changed since it was read back.
    Changed,
}

impl ReadBackState {
    /// Whether the group still has to be asked.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Nothing | Self::Changed)
    }

    /// The word for programs.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Confirmed => Some("confirmed"),
            Self::NotOurs => Some("not_ours"),
            Self::Reservation => Some("reservation"),
            Self::Changed => Some("changed_since"),
        }
    }
}

impl ReadBack {
    pub(super) fn cleaned(mut self) -> Self {
        if let Verdict::Reservation { words } = &mut self.verdict {
            *words = clean(words).into();
        }
        self
    }
}

/// A show of hands: only counts, no names.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Hands {
    /// For it.
    pub yes: u16,
    /// Against it.
    pub no: u16,
    /// Neither.
    pub neither: u16,
}

/// A decision that a name found in the words may stay there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The words that were found, exactly as they were.
    pub found: CompactString,
    /// Why they may stay.
    pub reason: CompactString,
}

impl Waiver {
    pub(super) fn cleaned(self) -> Self {
        Self { found: clean(&self.found).into(), reason: clean(&self.reason).into() }
    }
}
