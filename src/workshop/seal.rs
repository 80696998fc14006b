//! A group's endorsement of what it said on a topic.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{GroupId, TopicId, Workshop};

/// A group's endorsement of its points on a topic, as they were then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The digest of what was sealed: see [`Workshop::seal_digest`].
    pub digest: Box<str>,
}

/// The state of a group's seal on a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SealStatus {
    /// It was not sealed.
    No,
    /// What was sealed is unchanged.
    Yes,
    /// Something was changed since.
    Changed,
}

impl Workshop {
    /// The digest of what a group says on a topic: the first sixteen hexadecimal digits of the
    /// SHA-256 of its points that count, in their order, each as its id and its words.
    pub fn seal_digest(&self, group: &GroupId, topic: &TopicId) -> String {
        let mut digest = Sha256::new();
        for line in self.lines(group, topic) {
            let point = self.point_at(line.index);
            if !point.is_parked() {
                digest.update(format!("{}\n{}\n", point.id(), point.text()));
            }
        }
        let bytes = digest.finalize();
        bytes.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// How many points of a group on a topic the group still has to be asked about.
    pub fn unconfirmed(&self, group: &GroupId, topic: &TopicId) -> usize {
        let points = self.cell(group, topic).map_or(&[][..], |cell| &cell.points);
        points.iter().filter(|index| self.point_at(**index).is_unconfirmed()).count()
    }

    /// Whether anything was read back or sealed.
    pub fn has_read_back(&self) -> bool {
        let sealed =
            |group: &GroupId| self.topics().iter().any(|t| self.seal(group, &t.id).is_some());
        self.groups().any(|group| sealed(&group.id))
            || self.points().any(|point| point.read_back().is_some())
    }

    /// The state of a group's seal on a topic.
    pub fn sealed(&self, group: &GroupId, topic: &TopicId) -> SealStatus {
        match self.seal(group, topic) {
            None => SealStatus::No,
            Some(seal) if *seal.digest == *self.seal_digest(group, topic) => SealStatus::Yes,
            Some(_) => SealStatus::Changed,
        }
    }
}
