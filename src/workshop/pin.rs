//! A pin: which paragraph of the draft text something is about.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Paragraph, ParagraphId, clean};

/// What a point or a comment is about in the draft text. One that is about the whole text has no
/// pin.
///
/// In files it is a text: a label as it is, an id after `#`, and `#id+` for what would come after
/// that paragraph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pin {
    /// The paragraph of this label, whichever has it at the time.
    Label(Paragraph),
    /// This paragraph, whatever its label.
    At(ParagraphId),
    /// A new paragraph after this one.
    After(ParagraphId),
}

impl Pin {
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::Label(label) => Self::Label(Paragraph::from(&*clean(label.as_str()))),
            pin => pin,
        }
    }

    /// The id of the paragraph it is about, and whether it means a new one after that.
    pub fn paragraph(&self) -> Option<(ParagraphId, bool)> {
        match self {
            Self::Label(_) => None,
            Self::At(id) => Some((*id, false)),
            Self::After(id) => Some((*id, true)),
        }
    }
}

impl From<&str> for Pin {
    fn from(text: &str) -> Self {
        let id = |text: &str| text.parse().ok();
        match text.strip_prefix('#') {
            Some(rest) => match rest.strip_suffix('+') {
                Some(rest) => id(rest).map(Self::After),
                None => id(rest).map(Self::At),
            },
            None => None,
        }
        .unwrap_or_else(|| Self::Label(text.into()))
    }
}

impl From<Paragraph> for Pin {
    fn from(label: Paragraph) -> Self {
        Self::Label(label)
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(label) => f.pad(label.as_str()),
            Self::At(id) => write!(f, "#{id}"),
            Self::After(id) => write!(f, "#{id}+"),
        }
    }
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Pin;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a paragraph's label")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Pin, E> {
                Ok(Pin::from(text))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_reads_back_as_it_was_written() {
        let id = ParagraphId::new(77);
        for pin in [Pin::Label("OP4 bis".into()), Pin::At(id), Pin::After(id)] {
            assert_eq!(Pin::from(&*pin.to_string()), pin);
        }
        assert_eq!(Pin::from("#1"), Pin::Label("#1".into()));
    }
}
