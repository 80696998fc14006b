//! Groups that were taken down on several laptops, in words.

use super::say::clock;
use crate::workshop::{Moment, Several, Zone};

/// Which laptops a group's points came from, and when they were last heard from.
pub fn words(several: &Several, now: Moment, zone: Zone) -> String {
    let here = several.here.then(|| "this one".to_owned());
    let others = several.laptops.iter().map(|laptop| {
        format!("laptop {:.4}, last heard from {}", laptop.replica, clock(laptop.made, now, zone))
    });
    let all: Vec<String> = here.into_iter().chain(others).collect();
    format!(
        "{} was captured on {} laptops: {}. Each point appears once.",
        several.title,
        all.len(),
        all.join("; ")
    )
}
