//! What several screens say about points and do with them.

use super::{history::Changes, wrap};
use crate::workshop::{Field, GroupId, Point, PointId, Stamp, Topic, Workshop};

/// A point, as a question names it.
pub(super) fn quoted(workshop: &Workshop, point: PointId) -> String {
    let text = workshop.point(point).map_or("", Point::text);
    format!("“{}”", wrap::shorten(text, 24))
}

/// The changes that set the wordings a point has now.
pub(super) fn wordings(workshop: &Workshop, point: PointId) -> Vec<Stamp> {
    let like = Field::Text(Box::default());
    workshop.point(point).map(|point| point.field(&like).1).unwrap_or_default()
}

/// The changes that set one field of a point and of all points under it in the list.
pub(super) fn with_those_under(workshop: &Workshop, point: PointId, to: &Field) -> Changes {
    let mut changes = vec![workshop.set(point, to.clone())?];
    changes.extend(of_those_under(workshop, point, to)?);
    Ok(changes)
}

/// The changes that make all points under a point follow it. If a point needs a choice
/// between other values, it stays: such a choice must not be made in passing.
pub(super) fn of_those_under(workshop: &Workshop, point: PointId, to: &Field) -> Changes {
    // Not the list shown, because the point may just have been moved out of it.
    let Some(found) = workshop.point(point) else { return Ok(Vec::new()) };
    let lines = workshop.lines(found.group(), found.topic());
    let here = |line: &crate::workshop::ListLine| workshop.point_at(line.index).id() == point;
    let Some(at) = lines.iter().position(here) else { return Ok(Vec::new()) };
    let under = lines[at + 1..].iter().take_while(|line| line.depth > lines[at].depth);
    let follows = |point: &&Point| match &point.values(to)[..] {
        [only] => only != to,
        several => several.contains(to),
    };
    let under = under.map(|line| workshop.point_at(line.index)).filter(follows);
    under.map(|point| workshop.set(point.id(), to.clone())).collect()
}

/// The topics on which the group has points that it has not confirmed, with the number of those.
pub(super) fn open_topics<'a>(
    workshop: &'a Workshop,
    group: &'a GroupId,
) -> impl Iterator<Item = (&'a Topic, usize)> {
    let open = |topic: &'a Topic| (topic, workshop.unconfirmed(group, &topic.id));
    workshop.topics().iter().map(open).filter(|(_, open)| *open > 0)
}
