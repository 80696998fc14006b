//! The points of a cell as a list with depths.

use std::collections::{HashMap, HashSet};

use super::{GroupId, PointId, TopicId, Workshop};

/// One point in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// The point, as [`Workshop::point_at`] takes it.
    pub index: u32,
    /// How many points it is under.
    pub depth: u8,
    /// Whether it is in a circle of parents, which was cut somewhere to list it.
    pub circles: bool,
}

impl ListLine {
    /// A point by itself.
    pub fn alone(index: u32) -> Self {
        Self { index, depth: 0, circles: false }
    }
}

impl Workshop {
    /// The points of a group on a topic, each followed by those under it. A point whose parent is
    /// deleted or elsewhere is listed by itself; if parents form a circle, the one
    /// captured first is taken as the top.
    pub fn lines(&self, group: &GroupId, topic: &TopicId) -> Vec<ListLine> {
        let Some(cell) = self.cell(group, topic) else { return Vec::new() };
        if cell.nested == 0 {
            return cell.points.iter().copied().map(ListLine::alone).collect();
        }
        let mut under: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut tops = Vec::with_capacity(cell.points.len());
        for index in &cell.points {
            match self.parent_in_cell(*index) {
                Some(parent) => under.entry(parent).or_default().push(*index),
                None => tops.push(*index),
            }
        }
        let mut lines = Vec::with_capacity(cell.points.len());
        for index in tops {
            descend(index, &under, &mut lines, |_| true);
        }
        if lines.len() < cell.points.len() {
            self.cut_circles(&cell.points, &under, &mut lines);
        }
        lines
    }

    /// The point that this one is under, if that is in the same list.
    fn parent_in_cell(&self, index: u32) -> Option<u32> {
        let point = self.point_at(index);
        let parent = self.index_of(point.parent()?)?;
        let above = self.point_at(parent);
        let same = above.group() == point.group() && above.topic() == point.topic();
        (same && parent != index && !above.is_deleted()).then_some(parent)
    }

    /// The circle of parents that this point is in, starting with itself, each under the next:
    /// two laptops put them under each other at once. Empty if it is in none.
    pub fn circle(&self, point: PointId) -> Vec<PointId> {
        let Some(first) = self.index_of(point) else { return Vec::new() };
        let mut circle = vec![point];
        let mut seen = HashSet::from([first]);
        let mut at = self.parent_in_cell(first);
        while let Some(index) = at.filter(|index| seen.insert(*index)) {
            circle.push(self.point_at(index).id());
            at = self.parent_in_cell(index);
        }
        // A chain that ends, or that runs into a circle further up, has a top of its own.
        if at == Some(first) { circle } else { Vec::new() }
    }

    /// Adds the points whose parents form circles, so that no top leads to them.
    fn cut_circles(
        &self,
        points: &[u32],
        under: &HashMap<u32, Vec<u32>>,
        lines: &mut Vec<ListLine>,
    ) {
        let mut seen: HashSet<u32> = lines.iter().map(|line| line.index).collect();
        let born = |index: &u32| (self.point_at(*index).born(), self.point_at(*index).id());
        let mut circling: Vec<u32> = points.iter().copied().filter(|p| !seen.contains(p)).collect();
        circling.sort_by_key(born);
        let cut = lines.len();
        for first in circling {
            if !seen.contains(&first) {
                descend(first, under, lines, |index| seen.insert(index));
            }
        }
        let mut circles = HashSet::new();
        for line in &mut lines[cut..] {
            let id = self.point_at(line.index).id();
            if !circles.contains(&id) {
                circles.extend(self.circle(id));
            }
            line.circles = circles.contains(&id);
        }
    }
}

/// Adds a point and all under it, except those that `fresh` has already seen.
fn descend(
    top: u32,
    under: &HashMap<u32, Vec<u32>>,
    lines: &mut Vec<ListLine>,
    mut fresh: impl FnMut(u32) -> bool,
) {
    let mut open = vec![ListLine::alone(top)];
    while let Some(line) = open.pop() {
        if !fresh(line.index) {
            continue;
        }
        lines.push(line);
        let depth = line.depth.saturating_add(1);
        let children = under.get(&line.index).into_iter().flatten().rev();
        open.extend(children.map(|index| ListLine { depth, ..ListLine::alone(*index) }));
    }
}
