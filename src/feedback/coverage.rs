//! Who said how much on what, and where nothing was said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Group, GroupId, Point, Topic, TopicId};
use crate::workshop::{self, Workshop};

/// How many points there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Ever captured.
    pub captured: usize,
    /// That count.
    pub standing: usize,
    /// In the parking lot.
    pub parked: usize,
    /// Deleted; their words stay in the room.
    pub deleted: usize,
}

impl Counts {
    pub(super) fn of(workshop: &Workshop, points: &[Point]) -> Self {
        let captured = workshop.captured();
        let parked = points.iter().filter(|point| point.is_parked()).count();
        Self { captured, standing: points.len() - parked, parked, deleted: captured - points.len() }
    }

    /// The counts as a sum that closes.
    pub fn account(&self) -> String {
        let Self { captured, standing, parked, deleted } = self;
        format!("{captured} captured = {standing} standing + {parked} parked + {deleted} deleted")
    }
}

/// One topic of the coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The topic.
    #[schemars(with = "String")]
    pub topic: TopicId,
    /// One cell for each group, in the groups' order.
    pub cells: Vec<Cell>,
}

/// What one group said on one topic, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The group.
    #[schemars(with = "String")]
    pub group: GroupId,
    /// How many of its points on the topic count.
    pub standing: usize,
    /// How many more wait in the parking lot.
    #[serde(default, skip_serializing_if = "is_none")]
    pub parked: usize,
    /// Whether the group was asked about the topic and nothing of it stands.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gap: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The table of topics and groups.
pub(super) fn rows(workshop: &Workshop, topics: &[Topic], groups: &[Group]) -> Vec<Row> {
    let cell = |topic: &TopicId, group: &GroupId| {
        let found = workshop.cell(group, topic);
        let standing = found.map_or(0, workshop::Cell::standing);
        Cell {
            group: group.clone(),
            standing,
            parked: found.map_or(0, workshop::Cell::parked),
            gap: standing == 0 && workshop.agenda().expects(group, topic),
        }
    };
    let row = |topic: &Topic| Row {
        topic: topic.id.clone(),
        cells: groups.iter().map(|group| cell(&topic.id, &group.id)).collect(),
    };
    topics.iter().map(row).collect()
}
