//! Finds the points that are like one point. Everything that the screen suggests comes from here.

use super::Core;
use crate::workshop::PointId;

/// How many slices of points that are not in the index yet are added before suggestions are made.
const SLICES: usize = 2;
/// How many points are suggested.
const MOST: usize = 50;
/// The smallest chance of saying the same at which a point is suggested.
const LEAST: f32 = 0.36;

/// The points like this one across groups and topics, most alike first, each with the chance
/// that it says the same.
pub(super) fn alike(core: &mut Core, point: PointId) -> Vec<(PointId, f32)> {
    let Some(index) = core.workshop.index_of(point) else { return Vec::new() };
    // What just came in is indexed first; a whole meeting is indexed while nobody presses a key.
    for _ in 0..SLICES {
        core.alike.look_at_more(&core.workshop);
    }
    let found = core.alike.like(core.workshop.point_at(index).text(), MOST, index);
    found
        .into_iter()
        .filter(|(_, like)| *like >= LEAST)
        .map(|(index, like)| (core.workshop.point_at(index), like))
        .filter(|(point, _)| !point.is_deleted())
        .map(|(point, like)| (point.id(), like))
        .collect()
}
