//! Where on the screen what stands.

use std::ops::Range;

use super::super::Area;
use super::super::{Consolidate, Core, wrap};
use super::Side;
use crate::workshop::TopicId;

/// From this many columns on the two sides stand beside each other.
const BESIDE: u16 = 100;
/// From this many rows on both sides are shown one above the other.
const STACKED: u16 = 14;

/// The parts of the consolidate screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsolidateLayout {
    /// The name of the screen, and how safe the work is.
    pub head: Area,
    /// The topics with their counts.
    pub tabs: Area,
    /// The points, with a row of their own above.
    pub points: Area,
    /// The comments, with a row of their own above.
    pub comments: Area,
    /// Whether they stand beside each other.
    pub beside: bool,
    /// The account.
    pub account: Area,
    /// What keys there are, or what just happened.
    pub hints: Area,
}

/// A topic as the tabs show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tab {
    /// Which topic.
    pub topic: TopicId,
    /// Its title, and how many points are open.
    pub label: String,
    /// Whether no point of it is open.
    pub done: bool,
    /// The columns it takes.
    pub columns: Range<u16>,
}

impl ConsolidateLayout {
    /// The layout of the consolidate screen as it stands.
    pub fn of(core: &Core, state: &Consolidate) -> Self {
        let (width, height) = core.size;
        let row = |y: u16, tall: u16| Area {
            x: 0,
            y: y.min(height),
            width,
            height: tall.min(height.saturating_sub(y)),
        };
        let hints = u16::from(height >= 8);
        // All of it is seen, on a narrow screen on two rows.
        let told = state.account().to_string();
        let told = wrap::rows(&told, usize::from(width.saturating_sub(1))).len() as u16;
        let account = match height {
            0..4 => 0,
            4..10 => 1,
            _ => told.clamp(1, 3),
        };
        let head = u16::from(height >= 5);
        let tabs = u16::from(height >= 7);
        let top = head + tabs;
        let body = row(top, height.saturating_sub(top + account + hints));
        let none = Area { height: 0, ..body };
        let beside = width >= BESIDE;
        let half = body.width / 2;
        let above = body.height / 2;
        let (points, comments) = match (beside, state.side) {
            (true, _) => {
                (Area { width: half, ..body }, Area { x: half, width: width - half, ..body })
            }
            (false, _) if height >= STACKED => {
                let below = Area { y: body.y + above, height: body.height - above, ..body };
                (Area { height: above, ..body }, below)
            }
            (false, Side::Points) => (body, none),
            (false, Side::Comments) => (none, body),
        };
        Self {
            head: row(0, head),
            tabs: row(head, tabs),
            points,
            comments,
            beside,
            account: row(body.y + body.height, account),
            hints: row(height.saturating_sub(hints), hints),
        }
    }

    /// The rows of a side below its own.
    pub fn list(&self, side: Side) -> Area {
        let area = match side {
            Side::Points => self.points,
            Side::Comments => self.comments,
        };
        let own = u16::from(area.height > 2);
        Area { y: area.y + own, height: area.height - own, ..area }
    }

    /// The topics that there is room for, the one shown among them.
    pub fn tabs(&self, core: &Core, state: &Consolidate) -> Vec<Tab> {
        let (topics, counts) = (core.workshop.topics(), state.counts());
        let label = |(topic, count): (&crate::workshop::Topic, &(usize, usize))| {
            let (open, all) = *count;
            let title = wrap::shorten(topic.short(), 20);
            let label = match open {
                0 => format!(" {title} {all} "),
                open => format!(" {title} {open} of {all} "),
            };
            let columns = 0..wrap::width(&label) as u16;
            Tab { topic: topic.id.clone(), label, done: open == 0 && all > 0, columns }
        };
        let mut tabs: Vec<Tab> = topics.iter().zip(counts).map(label).collect();
        let here = state.topic();
        let at = tabs.iter().position(|tab| tab.topic == here).unwrap_or(0);
        let mut first = 0;
        let wide = |tabs: &[Tab]| tabs.iter().map(|tab| u32::from(tab.columns.end)).sum::<u32>();
        // Where more follow, a column is left for the sign that says so.
        let edge = |last: bool| self.tabs.width.saturating_sub(u16::from(!last));
        let room = edge(at + 1 == tabs.len());
        while first < at && wide(&tabs[first..=at]) > u32::from(room) {
            first += 1;
        }
        tabs.drain(..first);
        if let Some(tab) = tabs.first_mut().filter(|_| first > 0) {
            tab.label.replace_range(..1, "…");
        }
        let mut x = self.tabs.x;
        let mut fit = tabs.len();
        for nth in 0..tabs.len() {
            let end = x.saturating_add(tabs[nth].columns.end);
            if end - self.tabs.x > edge(nth + 1 == tabs.len()) {
                fit = nth;
                tabs[nth].columns = x..(self.tabs.x + self.tabs.width).max(x);
                break;
            }
            tabs[nth].columns = x..end;
            x = end;
        }
        tabs.truncate(fit + 1);
        tabs
    }
}
