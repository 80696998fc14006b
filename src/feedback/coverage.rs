//! Who said how much on what, and where nothing was said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Group, GroupId, Point, Topic, TopicId};
use crate::workshop::{self, Account, Due, Workshop};

/// How many points there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = [
    "captured", "standing", "parked", "deleted", "carried", "merged", "set_aside", "open"
]))]
pub struct Counts {
    /// Ever captured.
    pub captured: usize,
    /// Points that count.
    pub standing: usize,
    /// In the parking lot.
    pub parked: usize,
    /// Deleted; their words stay in the room.
    pub deleted: usize,
    /// The first source of a comment.
    #[serde(default)]
    pub carried: usize,
    /// A further source of a comment.
    #[serde(default)]
    pub merged: usize,
    /// Set aside with a reason, parked or deleted.
    #[serde(default)]
    pub set_aside: usize,
    /// Not decided yet.
    #[serde(default)]
    pub open: usize,
}

/// The counts as files of version 1 have them.
#[derive(Serialize)]
pub(super) struct FirstCounts {
    captured: usize,
    standing: usize,
    parked: usize,
    deleted: usize,
}

impl From<Counts> for FirstCounts {
    fn from(counts: Counts) -> Self {
        let Counts { captured, standing, parked, deleted, .. } = counts;
        Self { captured, standing, parked, deleted }
    }
}

impl Counts {
    pub(super) fn of(workshop: &Workshop, account: Account, points: &[Point]) -> Self {
        let Account { captured, carried, merged, set_aside, open } = account;
        let parked = points.iter().filter(|point| point.is_parked()).count();
        Self {
            captured,
            standing: points.len() - parked,
            parked,
            deleted: workshop.captured() - points.len(),
            carried,
            merged,
            set_aside,
            open,
        }
    }
}

/// One topic of the coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageRow {
    /// The topic.
    #[schemars(with = "String")]
    pub topic: TopicId,
    /// One cell for each group, in the groups' order.
    pub cells: Vec<CoverageCell>,
}

/// What one group said on one topic, as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageCell {
    /// The group.
    #[schemars(with = "String")]
    pub group: GroupId,
    /// How many of its points on the topic count.
    pub standing: usize,
    /// How many more wait in the parking lot.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub parked: usize,
    /// Whether the group should have discussed the topic by then and has no points that count.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub gap: bool,
    /// Whether by the plan the group is still to discuss the topic, and has no points that count.
    #[serde(default, skip_serializing_if = "workshop::is_default")]
    pub later: bool,
}

/// The table of topics and groups.
pub(super) fn rows(workshop: &Workshop, topics: &[Topic], groups: &[Group]) -> Vec<CoverageRow> {
    let due = workshop.due_topics(workshop.judged_at());
    let cell = |topic: &TopicId, group: &GroupId| {
        let found = workshop.cell(group, topic);
        let standing = found.map_or(0, workshop::Cell::standing);
        let due = due.of(group, topic);
        CoverageCell {
            group: group.clone(),
            standing,
            parked: found.map_or(0, workshop::Cell::parked),
            gap: standing == 0 && due == Due::Now,
            later: standing == 0 && due == Due::Later,
        }
    };
    let row = |topic: &Topic| CoverageRow {
        topic: topic.id.clone(),
        cells: groups.iter().map(|group| cell(&topic.id, &group.id)).collect(),
    };
    topics.iter().map(row).collect()
}
