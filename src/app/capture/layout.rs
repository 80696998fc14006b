//! Where on the screen what stands. Pure geometry, so that paging and the mouse know it too.

use std::ops::Range;

use super::super::line::Line;
use super::super::{Core, wrap};
use crate::workshop::TopicId;

/// A rectangle of the screen, in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// How many columns.
    pub width: u16,
    /// How many rows.
    pub height: u16,
}

impl Area {
    /// Which of its rows is at this place of the screen.
    pub fn row(self, x: u16, y: u16) -> Option<usize> {
        let inside = (self.x..self.x + self.width).contains(&x)
            && (self.y..self.y + self.height).contains(&y);
        inside.then(|| usize::from(y - self.y))
    }
}

/// The parts of the capture screen, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Workshop, group, clock, safety.
    pub head: Area,
    /// The topics with their counts.
    pub tabs: Area,
    /// Guiding questions, where there is no room at the side.
    pub questions: Area,
    /// The points.
    pub list: Area,
    /// The line: its label and the text being typed.
    pub line: Area,
    /// What keys there are, or what just happened.
    pub hints: Area,
    /// Questions, coverage and session at the side of a wide screen.
    pub side: Area,
}

/// From this many columns on there is a side.
const WIDE: u16 = 130;
const SIDE: u16 = 46;

impl Layout {
    /// The layout of the capture screen as it stands.
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
        let typed = Typed::of(&core.typing.line, usize::from(main.saturating_sub(4)));
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
            hints: Area { width, ..row(height.saturating_sub(hints), hints) },
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
        // As much of the titles as there is room for.
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

/// The text being typed, as rows on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its rows, as ranges of its bytes. Of a very long text, those around the cursor.
    pub rows: Vec<Range<usize>>,
    /// The row and column of the cursor.
    pub cursor: (usize, usize),
}

/// Of a text longer than this, only the surroundings of the cursor are laid out, for every key
/// lays it out anew.
const AROUND: usize = 8 << 10;

impl Typed {
    /// The line's text at this width. Behind a full row the cursor takes one column more.
    pub fn of(line: &Line, width: usize) -> Self {
        let (text, cursor) = (line.text(), line.cursor());
        let start = if cursor <= AROUND { 0 } else { boundary(text, cursor - AROUND) };
        let end = boundary(text, (cursor + AROUND).min(text.len()));
        let mut rows = wrap::rows(&text[start..end], width);
        for row in &mut rows {
            *row = row.start + start..row.end + start;
        }
        let at = rows.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
        let row = &rows[at];
        let column = wrap::width(&text[row.start..cursor.clamp(row.start, row.end)]);
        Self { rows, cursor: (at, column) }
    }

    /// The place in the text so many rows further down, at the same column or the row's end.
    pub fn place_above(&self, line: &Line, by: isize) -> usize {
        let row = self.cursor.0.saturating_add_signed(by).min(self.rows.len() - 1);
        let range = self.rows[row].clone();
        let text = &line.text()[range.clone()];
        let mut column = 0;
        for (at, letter) in text.char_indices() {
            if column >= self.cursor.1 {
                return range.start + at;
            }
            column += wrap::columns(letter.encode_utf8(&mut [0; 4]));
        }
        range.end
    }
}

fn boundary(text: &str, mut place: usize) -> usize {
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_where_the_letter_goes() {
        for (text, width, cursor) in [
            ("", 10, (0, 0)),
            ("abc", 10, (0, 3)),
            ("abcdefghij", 10, (0, 10)),
            ("abcdefghij ", 10, (1, 0)),
            ("one two three", 8, (1, 5)),
            ("会议", 10, (0, 4)),
            ("a\nb\n", 10, (2, 0)),
        ] {
            assert_eq!(Typed::of(&Line::holding(text), width).cursor, cursor, "{text:?}");
        }
    }
}
