//! What drafters decided, as it leaves the room.

use std::borrow::Cow;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
use crate::workshop::{self, Subject, Workshop};

pub use crate::workshop::Decision;

/// What drafters decided on a point or a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disposition<'a> {
    /// The current answer.
    pub now: Answer<'a>,
    /// Other answers that were given at the same time. A person must choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Answer<'a>>,
    /// Earlier answers, oldest first: only the decisions, because words that were taken
    /// back stay in the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Answer<'a>>,
}

/// One answer of the drafters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer<'a> {
    /// The decision.
    #[schemars(schema_with = "schema::decision")]
    pub decision: Decision,
    /// Into what, where or to whom.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    #[schemars(with = "String")]
    pub target: CompactString,
    /// The drafters' response.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
}

impl<'a> Answer<'a> {
    fn of(found: &'a workshop::Disposition) -> Self {
        Self {
            decision: found.decision.clone(),
            target: found.target.clone(),
            note: (&*found.note).into(),
        }
    }
}

impl<'a> Disposition<'a> {
    pub(super) fn of(workshop: &'a Workshop, of: Subject) -> Option<Self> {
        let now = workshop.disposition(of)?;
        let others = workshop.other_dispositions(of);
        let mut history: Vec<Answer> = Vec::new();
        for found in workshop.dispositions(of) {
            // The current answer, and any beside it, are not past.
            if found != now && !others.contains(&found) {
                history.push(Answer {
                    decision: found.decision.clone(),
                    target: CompactString::default(),
                    note: Cow::default(),
                });
            }
        }
        Some(Self {
            now: Answer::of(now),
            others: others.into_iter().map(Answer::of).collect(),
            history,
        })
    }
}
