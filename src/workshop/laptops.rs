//! Which laptops a group's points were taken down on: one that was replaced and may come back, and the
//! one in its place.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::time::serialize_utc_of;
use super::{GroupId, Moment, Parcel, Receipt, Workshop, WriterId};

/// A laptop that was heard of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Laptop {
    /// Its name in bundles.
    pub replica: WriterId,
    /// The group it worked for then.
    pub group: GroupId,
    /// When it last made a bundle, by its own clock.
    pub made: Moment,
}

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

impl Laptop {
    /// Takes note of who made these parcels.
    pub fn note(known: &mut Vec<Self>, parcels: &[Parcel]) {
        for parcel in parcels {
            let (Some(replica), Some(group), Some(made)) =
                (parcel.replica, parcel.group.clone(), parcel.made)
            else {
                continue;
            };
            match known.iter_mut().find(|laptop| laptop.replica == replica) {
                Some(laptop) if laptop.made > made => {}
                Some(laptop) => (laptop.group, laptop.made) = (group, made),
                None => known.push(Self { replica, group, made }),
            }
        }
    }
}

impl Several {
    /// The groups with several laptops, in the groups' order; `own` is the group of this laptop.
    pub fn of(workshop: &Workshop, known: &[Laptop], own: Option<&GroupId>) -> Vec<Self> {
        let mut by_group: HashMap<&GroupId, Vec<OfGroup>> = HashMap::new();
        for laptop in known {
            let of_group = OfGroup { replica: laptop.replica, made: laptop.made };
            by_group.entry(&laptop.group).or_default().push(of_group);
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

impl Receipt {
    /// Says which groups were taken down on several laptops, of those that are `known`.
    pub fn note_laptops(&mut self, workshop: &Workshop, known: &[Laptop], own: Option<&GroupId>) {
        self.several = Several::of(workshop, known, own);
    }
}
