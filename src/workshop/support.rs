//! How many groups support something.

use std::collections::HashSet;

use super::{GroupId, TopicId, Workshop};

impl Workshop {
    /// How many breakout groups said any of these points, and how many said something on the topic
    /// at all: what [`Legend::quantify`](super::Legend::quantify) takes.
    pub fn support(&self, topic: &TopicId, points: &[u32]) -> (usize, usize) {
        let said = points.iter().map(|index| self.point_at(*index).group());
        let behind: HashSet<&GroupId> =
            said.filter(|group| **group != GroupId::plenary()).collect();
        let spoke = |group: &&GroupId| {
            self.cell(group, topic).is_some_and(|cell| cell.standing() + cell.parked() > 0)
        };
        let groups = self.groups().filter(|group| !group.is_plenary()).map(|group| &group.id);
        let mut all: HashSet<&GroupId> = groups.filter(spoke).collect();
        all.extend(&behind);
        (behind.len(), all.len())
    }
}
