//! What drafters answer: what happened to a point or a comment in the text.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::point::words;
use super::text::clean;
use super::{Change, CommentId, Over, PointId, Refusal, Register, Stamp, Workshop};

/// What a disposition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A point that is in no comment.
    Point(PointId),
    /// A comment.
    #[serde(rename = "statement")]
    Comment(CommentId),
}

impl Subject {
    /// The name that people use for it: `P-5YY6EZ`, `S-0AWAN8`.
    pub fn reference(&self) -> String {
        match self {
            Self::Point(point) => format!("P-{point:.6}"),
            Self::Comment(comment) => format!("S-{comment:.6}"),
        }
        .to_uppercase()
    }
}

words! {
    /// What drafters decided.
    #[derive(Default)]
    Decision {
        /// Nothing yet.
        #[default]
        Open = "open", "open";
        /// It goes into the text as it is.
        Accepted = "accepted", "accepted";
        /// It goes into the text in other words.
        Modified = "accepted_with_modification", "accepted with modification";
        /// It went into another item: the target says which.
        Merged = "merged", "merged";
        /// It was read; the text is not changed.
        Noted = "noted", "noted";
        /// Somebody else decides: the target says who.
        Deferred = "deferred", "deferred";
        /// It does not go into the text; the note says why.
        NotAccepted = "not_accepted", "not accepted";
        /// Its group withdrew it.
        Withdrawn = "withdrawn", "withdrawn";
        /// It is not a matter for this text.
        OutsideScope = "outside_scope", "outside scope";
    }
}

/// What drafters decided on one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disposition {
    /// The decision.
    pub decision: Decision,
    /// Into what, where or to whom: a paragraph's label, a reference, a role.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub target: CompactString,
    /// The drafters' response.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub note: Box<str>,
}

impl Disposition {
    pub(super) fn cleaned(self) -> Self {
        Self {
            decision: match self.decision {
                Decision::Other(word) => Decision::Other(clean(&word).into()),
                known => known,
            },
            target: clean(&self.target).into(),
            note: clean(&self.note).into(),
        }
    }
}

/// Everything ever decided on one item.
#[derive(Clone, Debug, Default)]
pub(super) struct DispositionHistory {
    pub(super) now: Register<Disposition>,
    history: BTreeMap<Stamp, Disposition>,
}

impl DispositionHistory {
    pub(super) fn set(&mut self, stamp: Stamp, to: Disposition, over: &[Stamp]) {
        // If there are two under one stamp, which only a forger writes, every laptop keeps the same one.
        let known = self.history.entry(stamp).or_insert_with(|| to.clone());
        if to > *known {
            known.clone_from(&to);
        }
        self.now.set(Stamp::ORIGIN, stamp, to, over);
    }

    /// What was decided, oldest first.
    pub(super) fn history(&self) -> impl Iterator<Item = &Disposition> {
        self.history.values()
    }
}

impl Workshop {
    /// What drafters decided on a point or a comment, if they ever did.
    pub fn disposition(&self, of: Subject) -> Option<&Disposition> {
        self.decided.get(&of).map(|decided| decided.now.get())
    }

    /// Other answers given at the same time, from which a person must choose.
    pub fn other_dispositions(&self, of: Subject) -> Vec<&Disposition> {
        self.decided.get(&of).map_or_else(Vec::new, |decided| decided.now.alternatives())
    }

    /// The items that were given several answers at once, where nobody has chosen yet.
    pub fn answered_at_once(&self) -> Vec<Subject> {
        let twice = self.decided.iter().filter(|(_, found)| !found.now.alternatives().is_empty());
        let mut twice: Vec<Subject> = twice.map(|(of, _)| *of).collect();
        twice.sort_unstable();
        twice
    }

    /// Everything ever decided on it, oldest first.
    pub fn dispositions(&self, of: Subject) -> impl Iterator<Item = &Disposition> {
        self.decided.get(&of).into_iter().flat_map(DispositionHistory::history)
    }

    /// The same, each with the stamp of the record that set it.
    pub fn answers(&self, of: Subject) -> impl Iterator<Item = (Stamp, &Disposition)> {
        let all = self.decided.get(&of).into_iter().flat_map(|decided| &decided.history);
        all.map(|(stamp, answer)| (*stamp, answer))
    }

    /// The changes that gave the current answers.
    pub fn answered_by(&self, of: Subject) -> Vec<Stamp> {
        self.decided.get(&of).map_or_else(Vec::new, |decided| decided.now.live(Stamp::ORIGIN))
    }

    /// The change that answers a point or a comment, replacing all its answers.
    pub fn dispose(&self, of: Subject, to: Disposition) -> Result<Change, Refusal> {
        let born = || vec![Stamp::ORIGIN];
        let over = self.decided.get(&of).map_or_else(born, |known| known.now.live(Stamp::ORIGIN));
        self.dispose_over(of, to, &over)
    }

    /// The same, replacing only these answers and keeping others beside the new one.
    pub fn dispose_over(
        &self,
        of: Subject,
        to: Disposition,
        seen: &[Stamp],
    ) -> Result<Change, Refusal> {
        match of {
            Subject::Point(point) => {
                self.point(point).ok_or(Refusal::NoPoint(point))?;
            }
            Subject::Comment(comment) => {
                self.comment(comment).ok_or(Refusal::NoComment(comment))?;
            }
        }
        let change = Change::DispositionChanged { of, to: to.into(), over: Over::from_slice(seen) };
        self.check(&change).map(|()| change)
    }
}
