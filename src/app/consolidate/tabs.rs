//! The topics above both sides.

use std::ops::Range;

use super::super::{Consolidate, Core, TwoSidedLayout, wrap};
use crate::workshop::TopicId;

/// A topic, as the tabs show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tab {
    /// Which topic.
    pub topic: TopicId,
    /// Its title, and how many points are open.
    pub label: String,
    /// Whether none of its points is open.
    pub done: bool,
    /// The columns it takes.
    pub columns: Range<u16>,
}

impl Consolidate {
    /// The topics that fit, including the one shown.
    pub fn tabs(&self, core: &Core) -> Vec<Tab> {
        let area = TwoSidedLayout::of(core, self).above;
        let (topics, counts) = (core.workshop.topics(), &self.counts);
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
        let here = self.topic();
        let at = tabs.iter().position(|tab| tab.topic == here).unwrap_or(0);
        let mut first = 0;
        let wide = |tabs: &[Tab]| tabs.iter().map(|tab| u32::from(tab.columns.end)).sum::<u32>();
        // If more follow, a column is kept for the sign that says so.
        let edge = |last: bool| area.width.saturating_sub(u16::from(!last));
        let room = edge(at + 1 == tabs.len());
        while first < at && wide(&tabs[first..=at]) > u32::from(room) {
            first += 1;
        }
        tabs.drain(..first);
        if let Some(tab) = tabs.first_mut().filter(|_| first > 0) {
            tab.label.replace_range(..1, "…");
        }
        let mut x = area.x;
        let mut fit = tabs.len();
        for nth in 0..tabs.len() {
            let end = x.saturating_add(tabs[nth].columns.end);
            if end - area.x > edge(nth + 1 == tabs.len()) {
                fit = nth;
                tabs[nth].columns = x..(area.x + area.width).max(x);
                break;
            }
            tabs[nth].columns = x..end;
            x = end;
        }
        tabs.truncate(fit + 1);
        tabs
    }
}
