//! Where things are on the screen. This is pure geometry, so that paging and the mouse can use it too.

use std::ops::Range;

use super::super::{Area, Core, TypedRows, wrap};
use crate::workshop::TopicId;

/// The parts of the capture screen, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptureLayout {
    /// Workshop, group, clock, safety.
    pub head: Area,
    /// The topics with their counts.
    pub tabs: Area,
    /// Guiding questions, if there is no room at the side.
    pub questions: Area,
    /// The points.
    pub list: Area,
    /// The line: its label and the text being typed.
    pub line: Area,
    /// Questions, coverage and session at the side of a wide screen.
    pub side: Area,
}

/// From this many columns on, there is a side.
const WIDE: u16 = 130;
const SIDE: u16 = 46;

impl CaptureLayout {
    /// The current layout of the capture screen.
    pub fn of(core: &Core) -> Self {
        let (width, height) = core.size;
        let side = if width >= WIDE && height >= 12 { SIDE } else { 0 };
        let main = width - side;
        let row = |y: u16, tall: u16| Area {
            x: 0,
            y: y.min(height),
            width: main,
            height: tall.min(height.saturating_sub(y)),
        };
        let most = (height / 3).max(1);
        let typed = TypedRows::of(&core.typing.line, usize::from(main.saturating_sub(4)));
        let typed = (typed.rows.len() as u16).clamp(1, most);
        let hints = u16::from(height >= 8);
        let label = u16::from(height >= 5);
        let head = u16::from(height >= 4);
        let tabs = u16::from(height >= 6);
        let questions = match height {
            _ if side > 0 => 0,
            0..14 => 0,
            14..36 => 1,
            _ => questions(core).min(4) as u16,
        };
        let line = label + typed;
        let top = head + tabs + questions;
        let list = height.saturating_sub(top + line + hints);
        let whole = Area { width, ..row(0, head) };
        Self {
            head: whole,
            tabs: row(head, tabs),
            questions: row(head + tabs, questions),
            list: row(top, list),
            line: row(top + list, line),
            side: Area {
                x: main,
                y: head,
                width: side,
                height: height.saturating_sub(head + hints),
            },
        }
    }

    /// How many columns the text being typed has.
    pub fn text_width(&self) -> usize {
        usize::from(self.line.width.saturating_sub(4))
    }

    /// The tabs: each topic's number, title and count, and the columns they take.
    pub fn tabs(&self, core: &Core) -> Vec<(TopicId, String, Range<u16>)> {
        let topics = core.workshop.topics();
        let count = |topic: &TopicId| core.workshop.standing(&core.here.group, topic);
        let label = |place: usize, title: &str, topic: &TopicId| {
            format!(" {} {} {} ", place + 1, wrap::visible(title), count(topic))
        };
        let labels = |most: usize| -> Vec<String> {
            let titles = topics.iter().map(|topic| cut(topic.short(), most));
            titles.zip(topics).enumerate().map(|(n, (t, topic))| label(n, t, &topic.id)).collect()
        };
        // As much of the titles as fits.
        let fits = |labels: &Vec<String>| {
            labels.iter().map(|label| wrap::width(label)).sum::<usize>()
                <= usize::from(self.tabs.width)
        };
        let widest = topics.iter().map(|topic| wrap::width(topic.short())).max().unwrap_or(0);
        let found = (3..=widest).rev().map(labels).find(fits);
        let labels = found.unwrap_or_else(|| labels(3));
        let mut x = self.tabs.x;
        let mut tabs = Vec::with_capacity(topics.len());
        for (topic, label) in topics.iter().zip(labels) {
            let end = x.saturating_add(wrap::width(&label) as u16);
            tabs.push((topic.id.clone(), label, x..end));
            x = end;
        }
        tabs
    }

    pub(super) fn tab_at(&self, core: &Core, x: u16) -> Option<TopicId> {
        self.tabs(core).into_iter().find(|(.., columns)| columns.contains(&x)).map(|(id, ..)| id)
    }
}

fn questions(core: &Core) -> usize {
    core.workshop.agenda().topic(&core.here.topic).map_or(0, |topic| topic.questions.len())
}

fn cut(text: &str, columns: usize) -> &str {
    wrap::rows(text, columns).first().map_or("", |row| &text[row.clone()])
}
