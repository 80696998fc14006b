//! How safe the work is, in words.

use std::fmt;

/// What is on the disk and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Safety {
    /// How many records of this run were to be saved.
    pub(super) asked: u64,
    saved: u64,
    /// Why changes cannot be saved, if they cannot.
    pub(super) failure: Option<String>,
    /// Why unfinished text is not kept, if it is not.
    pub(super) not_kept: Option<String>,
    /// Which parts of the workshop's files could not be read.
    pub damage: Vec<String>,
    /// Whether the second copy cannot be written at the moment.
    pub(super) not_copied: bool,
}

impl Safety {
    pub(super) fn saved(&mut self, count: u64) {
        self.saved = count;
        self.failure = None;
    }

    /// How many changes of this run are not on the disk yet.
    pub fn unsaved(&self) -> u64 {
        self.asked.saturating_sub(self.saved)
    }

    /// Whether something is wrong that a person must know about.
    pub fn is_bad(&self) -> bool {
        self.failure.is_some() || self.not_kept.is_some() || self.not_copied
    }
}

impl fmt::Display for Safety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.failure, &self.not_kept, self.unsaved()) {
            (Some(why), ..) => write!(f, "NOT SAVED: {why}"),
            (None, Some(why), _) => write!(f, "TYPING NOT KEPT: {why}"),
            (None, None, 0) if self.saved == 0 && !self.not_copied => f.write_str("saved"),
            (None, None, 0) if self.not_copied => {
                write!(f, "saved {}, NO SECOND COPY", self.saved)
            }
            (None, None, 0) => write!(f, "saved {}", self.saved),
            (None, None, unsaved) => write!(f, "{unsaved} not yet saved"),
        }
    }
}
