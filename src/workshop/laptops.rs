//! The laptops on which a group's points were captured: one that was replaced and may come back, and the
//! one that replaced it.

use std::collections::HashMap;

use serde::Serialize;

use super::{GroupId, Moment, Receipt, Workshop, WriterId, time::serialize_utc_of};

/// A laptop of a group, as it appears in a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OfGroup {
    /// Its name in bundles.
    pub replica: WriterId,
    /// When it last made a bundle, by its own clock.
    #[serde(serialize_with = "serialize_utc_of")]
    pub made: Moment,
}

/// A group whose points were captured on several laptops.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Several {
    /// The group.
    pub group: GroupId,
    /// Its label.
    pub title: String,
    /// Whether this laptop is one of them.
    pub here: bool,
    /// The others, the one last heard of at the end.
    pub laptops: Vec<OfGroup>,
}

impl Several {
    /// The groups with several laptops, among those heard of, in the groups' order; `own` is the
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
    /// Whether a laptop that works for a group has been heard of here.
    pub fn has_heard_groups(&self) -> bool {
        self.found_missing.laptops().iter().any(|laptop| laptop.group.is_some())
    }
}

impl Receipt {
    /// Notes which groups' points were captured on several laptops; `own` is the group of this one.
    pub fn note_laptops(&mut self, workshop: &Workshop, own: Option<&GroupId>) {
        self.several = Several::of(workshop, own);
    }
}
