//! Who has been heard: what every group has sent in so far, and when.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::{Due, DueTopics, GroupId, Moment, TopicId, Workshop, WriterId, time::serialize_utc};

/// What is here from one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Hearing {
    /// The group.
    pub group: GroupId,
    /// Its label.
    pub title: String,
    /// How many of its points count or are parked.
    pub points: usize,
    /// How many writers on other laptops captured its points: as a rule, a laptop has one.
    pub writers: usize,
    /// When the last of those made its latest change, by its own clock.
    #[serde(serialize_with = "serialize_utc", skip_serializing_if = "Option::is_none")]
    pub last: Option<Moment>,
    /// When the last of its points was captured.
    #[serde(serialize_with = "serialize_utc", skip_serializing_if = "Option::is_none")]
    pub last_point: Option<Moment>,
    /// Whether points of the group were captured on this laptop.
    pub here: bool,
    /// The topics it should have spoken on by now and has said nothing on.
    pub gaps: Vec<TopicId>,
}

impl Hearing {
    /// Whether nothing has come in from a group that is being waited for.
    pub fn is_missing(&self) -> bool {
        self.points == 0 && !self.here && self.writers == 0
    }
}

/// Points of a group and who captured them.
#[derive(Default)]
struct GroupHeard {
    points: usize,
    writers: BTreeSet<WriterId>,
    last: Option<Moment>,
}

impl Workshop {
    /// What is here from every group, in the groups' order; the plenary only if it has points.
    /// `own` are the writers of this laptop, and `due` says what they should have spoken on.
    pub fn hearings(&self, own: &HashSet<WriterId>, due: &DueTopics<'_>) -> Vec<Hearing> {
        let mut heard: HashMap<&GroupId, GroupHeard> = HashMap::new();
        for (group, _, cell) in self.all_cells() {
            let of = heard.entry(group).or_default();
            of.points += cell.points.len();
            let tally = self.tally_of(cell);
            of.writers.extend(&tally.writers);
            of.last = of.last.max(tally.last);
        }
        let hearing = |group: &super::GroupState| {
            let of = heard.remove(&group.id).unwrap_or_default();
            let others = of.writers.iter().filter(|writer| !own.contains(*writer));
            let others: Vec<WriterId> = others.copied().collect();
            let asked = self.topics().iter().filter(|topic| {
                self.standing(&group.id, &topic.id) == 0 && due.of(&group.id, &topic.id) == Due::Now
            });
            Hearing {
                group: group.id.clone(),
                title: group.title().to_owned(),
                points: of.points,
                writers: others.len(),
                last: others.iter().filter_map(|writer| self.last_change_of(*writer)).max(),
                last_point: of.last,
                here: others.len() < of.writers.len(),
                gaps: asked.map(|topic| topic.id.clone()).collect(),
            }
        };
        let hearings = self.groups().map(hearing);
        let plenary = GroupId::plenary();
        hearings.filter(|heard| heard.group != plenary || heard.points > 0).collect()
    }
}
