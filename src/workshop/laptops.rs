//! Which laptops a group's points were taken down on: one that was replaced and may come back, and the
//! one in its place.

use std::collections::HashMap;

use serde::Serialize;

use super::{GroupId, Moment, Receipt, Workshop, WriterId, time::serialize_utc_of};

/// A laptop of a group, as a receipt has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OfGroup {
    /// Its name in bundles.
    pub replica: WriterId,
    /// When it last made a bundle, by its own clock.
    #[serde(serialize_with = "serialize_utc_of")]
    pub made: Moment,
}

/// A group whose points were taken down on several laptops.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Several {
    /// The group.
    pub group: GroupId,
    /// Its label.
    pub title: String,
    /// Whether this laptop is one of them.
    pub here: bool,
    /// The others, the one heard of last at the end.
    pub laptops: Vec<OfGroup>,
}

impl Several {
    /// The groups with several laptops, of those that were heard of, in the groups' order; `own` is the
    /// group of this laptop.
    pub fn of(workshop: &Workshop, own: Option<&GroupId>) -> Vec<Self> {
        let mut by_group: HashMap<&GroupId, Vec<OfGroup>> = HashMap::new();
        for laptop in workshop.found_missing.laptops() {
            let Some(group) = &laptop.group else { continue };
            let of_group = OfGroup { replica: laptop.id, made: laptop.made };
            by_group.entry(group).or_default().push(of_group);
        }
        let several = |group: &super::GroupState| {
            let mut laptops = by_group.remove(&group.id).unwrap_or_default();
            laptops.sort_by_key(|laptop| (laptop.made, laptop.replica));
            let here = own == Some(&group.id);
            (laptops.len() + usize::from(here) > 1).then(|| Self {
                group: group.id.clone(),
                title: group.title().to_owned(),
                here,
                laptops,
            })
        };
        workshop.groups().filter_map(several).collect()
    }
}

impl Workshop {
    /// Whether a laptop that works for a group was heard of here.
    pub fn has_heard_groups(&self) -> bool {
        self.found_missing.laptops().iter().any(|laptop| laptop.group.is_some())
    }
}

impl Receipt {
    /// Says which groups were taken down on several laptops; `own` is the group of this one.
    pub fn note_laptops(&mut self, workshop: &Workshop, own: Option<&GroupId>) {
        self.several = Several::of(workshop, own);
    }
}
