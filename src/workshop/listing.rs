//! The points of a cell as a list with depths.

use std::collections::{HashMap, HashSet};

use super::{GroupId, TopicId, Workshop};

/// One point in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The point, as [`Workshop::point_at`] takes it.
    pub index: u32,
    /// How many points it stands under.
    pub depth: u8,
}

impl Workshop {
    /// The points of a group on a topic, each followed by those under it. A point whose parent is
    /// deleted or stands elsewhere stands by itself; where parents run in a circle, the one
    /// captured first is taken for the top.
    pub fn lines(&self, group: &GroupId, topic: &TopicId) -> Vec<Line> {
        let Some(cell) = self.cell(group, topic) else { return Vec::new() };
        let top = |index: &u32| Line { index: *index, depth: 0 };
        if cell.points.iter().all(|index| self.point_at(*index).parent().is_none()) {
            return cell.points.iter().map(top).collect();
        }
        let here: HashMap<_, _> =
            cell.points.iter().map(|index| (self.point_at(*index).id(), *index)).collect();
        let mut under: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut tops = Vec::new();
        for index in &cell.points {
            match self.point_at(*index).parent().and_then(|parent| here.get(&parent)) {
                Some(parent) if parent != index => under.entry(*parent).or_default().push(*index),
                _ => tops.push(*index),
            }
        }
        let mut lines = Vec::with_capacity(cell.points.len());
        let mut seen = HashSet::with_capacity(cell.points.len());
        for index in tops {
            descend(index, &under, &mut seen, &mut lines);
        }
        while lines.len() < cell.points.len() {
            let first =
                cell.points.iter().filter(|index| !seen.contains(*index)).min_by_key(|index| {
                    (self.point_at(**index).born(), self.point_at(**index).id())
                });
            let Some(first) = first else { break };
            descend(*first, &under, &mut seen, &mut lines);
        }
        lines
    }
}

fn descend(
    top: u32,
    under: &HashMap<u32, Vec<u32>>,
    seen: &mut HashSet<u32>,
    lines: &mut Vec<Line>,
) {
    let mut open = vec![Line { index: top, depth: 0 }];
    while let Some(line) = open.pop() {
        if !seen.insert(line.index) {
            continue;
        }
        lines.push(line);
        let depth = line.depth.saturating_add(1);
        let children = under.get(&line.index).into_iter().flatten().rev();
        open.extend(children.map(|index| Line { index: *index, depth }));
    }
}
