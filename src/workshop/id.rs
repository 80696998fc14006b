//! Ids for things: short text ids from the agenda, random ids for what is made on the day.

use std::{fmt, str::FromStr};

use compact_str::CompactString;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::Agenda;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub CompactString);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(CompactString::new(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

text_id! {
    /// Identifies a topic of the agenda.
    TopicId
}
text_id! {
    /// Identifies a breakout group, from the agenda or made on the day.
    GroupId
}
text_id! {
    /// Identifies a session of the agenda.
    SessionId
}
text_id! {
    /// A paragraph of the draft text by its printed label: `OP6alt`, `PP2bis`, `3 ter`.
    Paragraph
}

impl TopicId {
    /// The topic of points that belong to no other. Every workshop has it.
    pub fn general() -> Self {
        Self(CompactString::const_new("general"))
    }
}

impl GroupId {
    /// The short name of a group whose title has a name in it: it follows from the title, so that
    /// two laptops that make the same group get the same one, but does not show it.
    pub fn unnamed(title: &str) -> Self {
        Self(CompactString::from(format!("group-{:.6}", WriterId::of(title.trim().as_bytes()))))
    }

    /// The whole room: what is captured outside group work. Every workshop has it.
    pub fn plenary() -> Self {
        Self(CompactString::const_new("plenary"))
    }
}

/// Crockford's base 32: no I, L, O or U, so an id can be read out and typed.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Sixty bits: twelve digits. Among a million ids, a clash has a chance of about four in ten million.
const BITS: u32 = 60;
const LENGTH: usize = BITS as usize / 5;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is twelve letters and digits, without i, l, o or u")
    }
}

impl std::error::Error for NotAnId {}

fn write_digits(number: u64) -> [u8; LENGTH] {
    let mut text = [0; LENGTH];
    for (place, digit) in text.iter_mut().enumerate() {
        let shift = BITS - 5 * (place as u32 + 1);
        *digit = DIGITS[(number >> shift) as usize & 31];
    }
    text
}

fn read_digits(text: &[u8]) -> Result<u64, NotAnId> {
    if text.len() != LENGTH {
        return Err(NotAnId);
    }
    let mut number = 0;
    for byte in text {
        let lower = byte.to_ascii_lowercase();
        let digit = DIGITS.iter().position(|d| *d == lower).ok_or(NotAnId)?;
        number = number << 5 | digit as u64;
    }
    Ok(number)
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id of this number; only its low sixty bits count.
            pub const fn new(number: u64) -> Self {
                Self(number & ((1 << BITS) - 1))
            }

            /// The id that everyone derives from the same bytes.
            pub fn of(bytes: &[u8]) -> Self {
                let digest = Sha256::digest(bytes);
                let mut number = [0; 8];
                number.copy_from_slice(&digest[..8]);
                Self::new(u64::from_be_bytes(number))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let digits = write_digits(self.0);
                f.pad(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read_digits(text.as_bytes()).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let digits = write_digits(self.0);
                serializer.serialize_str(std::str::from_utf8(&digits).unwrap_or_default())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Digits).map(Self)
            }
        }
    };
}

/// Reads an id without allocating.
struct Digits;

impl Visitor<'_> for Digits {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&NotAnId, f)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        read_digits(text.as_bytes()).map_err(E::custom)
    }
}

random_id! {
    /// Identifies a point for ever, on every laptop and in every export. Random, so that it reveals
    /// neither when a point was captured nor after which other one.
    PointId
}
random_id! {
    /// Identifies a comment for ever, on every laptop and in every export. Random, as points' ids are.
    CommentId
}
random_id! {
    /// Identifies a paragraph of the draft text for ever, whatever its number in each version.
    ParagraphId
}
random_id! {
    /// Identifies a writer of changes: one run of the program, or one laptop for one folder.
    WriterId
}
random_id! {
    /// Identifies a workshop. Everyone who starts from the same agenda gets the same one.
    WorkshopId
}

impl WorkshopId {
    /// The id of the workshop founded on this agenda, whoever takes part.
    pub fn of_agenda(agenda: &Agenda) -> Self {
        Self::of(&serde_json::to_vec(&agenda.without_participants()).unwrap_or_default())
    }

    /// The id that programs up to 0.1 gave to the workshop of this agenda: it also depended on the
    /// participants.
    pub fn older_of(agenda: &Agenda) -> Self {
        Self::of(&serde_json::to_vec(agenda).unwrap_or_default())
    }
}

/// Makes random ids. The caller chooses the source: the shell seeds it from the
/// system, a test from a number.
#[derive(Clone, Debug)]
pub struct Ids(fastrand::Rng);

impl Ids {
    /// A source whose ids follow from the seed.
    pub fn seeded(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// The next point's id.
    pub fn point(&mut self) -> PointId {
        PointId::new(self.0.u64(..))
    }

    /// The next comment's id.
    pub fn comment(&mut self) -> CommentId {
        CommentId::new(self.0.u64(..))
    }

    /// The next writer's id.
    pub fn writer(&mut self) -> WriterId {
        WriterId::new(self.0.u64(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        for number in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = PointId::new(number);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }
        for text in ["", "0", "00000000000i", "0000000000000", "00000000000é"] {
            assert_eq!(text.parse::<PointId>(), Err(NotAnId), "{text}");
        }
    }
}
