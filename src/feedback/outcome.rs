//! What happened to a point: its group's verdict on it, a show of hands, where it ends.

use std::{borrow::Cow, fmt};

use schemars::JsonSchema;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::schema;
use crate::workshop::{self, Fate};

/// Where a point ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// In a comment, as its first source.
    Carried,
    /// In a comment, as a further source.
    Merged,
    /// Nowhere, for a reason.
    SetAside,
    /// In the parking lot.
    Parked,
    /// Nobody has decided yet.
    #[default]
    Open,
}

impl Outcome {
    /// Where a point with this fate ends.
    pub fn of(fate: &Fate) -> Self {
        match fate {
            Fate::Carried(_) => Self::Carried,
            Fate::Merged(_) => Self::Merged,
            Fate::SetAside(_) => Self::SetAside,
            Fate::Parked(_) => Self::Parked,
            // A deleted point is not listed.
            Fate::Open | Fate::Deleted => Self::Open,
        }
    }

    /// The outcome in the words that the CSV has had since version 0.1.
    pub fn code(self) -> &'static str {
        if self == Self::Carried { "carried" } else { self.title() }
    }

    /// The outcome in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Carried => "kept",
            Self::Merged => "merged",
            Self::SetAside => "set aside",
            Self::Parked => "parked",
            Self::Open => "open",
        }
    }
}

/// What the group said when the point was read back to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadBack<'a> {
    /// Its verdict.
    pub verdict: Verdict,
    /// The reservation, in the group's words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub words: Cow<'a, str>,
    /// Whether the point has been changed since.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub changed: bool,
}

/// A group's verdict on a point that is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes, that is what we said.
    Confirmed,
    /// No, that is not ours.
    NotOurs,
    /// Yes, with a reservation.
    Reservation,
}

impl<'a> ReadBack<'a> {
    pub(super) fn of(point: &'a workshop::Point) -> Option<Self> {
        let (verdict, words) = match &point.read_back()?.verdict {
            workshop::Verdict::Confirmed => (Verdict::Confirmed, ""),
            workshop::Verdict::NotOurs => (Verdict::NotOurs, ""),
            workshop::Verdict::Reservation { words } => (Verdict::Reservation, words.as_str()),
        };
        Some(Self { verdict, words: words.into(), changed: point.is_changed_since_read_back() })
    }
}

impl fmt::Display for ReadBack<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.verdict, &*self.words) {
            (Verdict::Confirmed, _) => f.write_str("confirmed by the group")?,
            (Verdict::NotOurs, _) => f.write_str("not ours, says the group")?,
            (Verdict::Reservation, "") => f.write_str("the group has a reservation")?,
            (Verdict::Reservation, words) => write!(f, "the group's reservation: {words}")?,
        }
        if self.changed { f.write_str(", changed since read-back") } else { Ok(()) }
    }
}

/// A show of hands: only counts, no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hands {
    /// For it.
    #[schemars(schema_with = "schema::hand_schema")]
    pub yes: Hand,
    /// Against it.
    #[schemars(schema_with = "schema::hand_schema")]
    pub no: Hand,
    /// Neither.
    #[schemars(schema_with = "schema::hand_schema")]
    pub neither: Hand,
}

/// How many hands: a number, except for one or two, because people could tell whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// None, or at least three.
    Counted(u16),
    /// One or two.
    Some,
}

impl Hand {
    /// What is printed in place of one or two.
    pub const SOME: &'static str = "some participants";

    fn of(count: u16) -> Self {
        if matches!(count, 1 | 2) { Self::Some } else { Self::Counted(count) }
    }

    /// The count of hands. The file does not reveal whether `some` was one or two.
    pub fn count(self) -> u16 {
        match self {
            Self::Counted(count) => count,
            Self::Some => 2,
        }
    }
}

impl Hands {
    pub(super) fn of(hands: workshop::Hands) -> Self {
        let workshop::Hands { yes, no, neither } = hands;
        Self { yes: Hand::of(yes), no: Hand::of(no), neither: Hand::of(neither) }
    }
}

impl fmt::Display for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { yes, no, neither } = self;
        write!(f, "show of hands: {yes} for, {no} against, {neither} abstaining")
    }
}

impl fmt::Display for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counted(count) => write!(f, "{count}"),
            Self::Some => f.write_str(Self::SOME),
        }
    }
}

impl Serialize for Hand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Counted(count) => serializer.serialize_u16(*count),
            Self::Some => serializer.serialize_str(Self::SOME),
        }
    }
}

impl<'de> Deserialize<'de> for Hand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Count;
        impl Visitor<'_> for Count {
            type Value = Hand;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a number of hands, or \"{}\"", Hand::SOME)
            }

            fn visit_u64<E: de::Error>(self, count: u64) -> Result<Hand, E> {
                match u16::try_from(count) {
                    Ok(count) => Ok(Hand::of(count)),
                    Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(count), &self)),
                }
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Hand, E> {
                match text {
                    Hand::SOME => Ok(Hand::Some),
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Count)
    }
}
