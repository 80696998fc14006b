//! Which points are in a list, and which of them fit on the screen.

use std::ops::Range;

use super::{Action, Words, key_of, wrap};
use crate::workshop::{
    Comment, CommentField, Dispute, Field, GroupId, ListLine, Point, ReadBackState, TopicId,
    Workshop,
};

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Whose points; with `everywhere`, the group where the list begins.
    pub group: GroupId,
    /// On which topic.
    pub topic: TopicId,
    /// Whether it shows the points of all groups and topics.
    pub everywhere: bool,
    /// Only points that contain these words.
    pub filter: String,
}

/// The points of a scope, kept until something in the scope changes.
#[derive(Debug, Default)]
pub struct Listing {
    scope: Option<Scope>,
    revision: u64,
    /// How often the list has changed, so that the view notices.
    pub version: u64,
    /// The points in their order.
    pub lines: Vec<ListLine>,
}

impl Listing {
    /// Brings the list up to date; returns whether it changed.
    pub fn refresh(&mut self, workshop: &Workshop, words: &mut Words, scope: &Scope) -> bool {
        let revision = match (scope.everywhere, workshop.cell(&scope.group, &scope.topic)) {
            (true, _) => workshop.revision(),
            (false, cell) => cell.map_or(0, crate::workshop::Cell::revision),
        };
        if self.revision == revision && self.scope.as_ref() == Some(scope) {
            return false;
        }
        self.lines = all_lines(workshop, scope);
        if !scope.filter.is_empty() {
            words.refresh(workshop);
            let found = words.holding(&scope.filter);
            self.lines.retain_mut(|line| {
                line.depth = 0;
                found.get(line.index as usize).is_some_and(|found| *found)
            });
        }
        self.scope = Some(scope.clone());
        self.revision = revision;
        self.version += 1;
        true
    }

    /// A point's place in the list.
    pub fn position(&self, workshop: &Workshop, point: crate::workshop::PointId) -> Option<usize> {
        self.lines.iter().rposition(|line| workshop.point_at(line.index).id() == point)
    }

    /// The part of the list that fits on `height` rows of `width` columns: the end, or what surrounds
    /// the chosen point.
    pub fn window(
        &self,
        workshop: &Workshop,
        size: (usize, usize),
        chosen: Option<usize>,
    ) -> Window {
        let (width, height) = size;
        let tall = |place| self.tall(workshop, place, width);
        Window::around(self.lines.len(), height, chosen, tall)
    }

    /// How many rows a point takes in a list of this many columns.
    pub(super) fn tall(&self, workshop: &Workshop, place: usize, width: usize) -> usize {
        let line = self.lines[place];
        ShownPoint::of(workshop, workshop.point_at(line.index), line, width).rows.len()
    }
}

impl Window {
    /// The entry on a row of the window.
    pub(super) fn at_row(&self, row: usize, tall: impl Fn(usize) -> usize) -> Option<usize> {
        let mut rows = row + self.skip;
        self.points.clone().find(|place| {
            let tall = tall(*place);
            let is_here = rows < tall;
            rows = rows.saturating_sub(tall);
            is_here
        })
    }

    /// The part of `count` entries that fits on `height` rows: the end, or what surrounds the
    /// chosen one. Only the visible ones are measured.
    pub(super) fn around(
        count: usize,
        height: usize,
        chosen: Option<usize>,
        tall: impl Fn(usize) -> usize,
    ) -> Self {
        let last = count.saturating_sub(1);
        let anchor = chosen.unwrap_or(last).min(last);
        if count == 0 || height == 0 {
            return Self { points: 0..0, skip: 0 };
        }
        let own = tall(anchor).min(height);
        let mut below = own;
        let mut end = anchor + 1;
        let room = if chosen.is_some() { usize::midpoint(height, own) } else { own };
        while end < count && below < room {
            below += tall(end);
            end += 1;
        }
        let mut first = anchor;
        let mut above = 0;
        while first > 0 && above + below < height {
            first -= 1;
            above += tall(first);
        }
        while end < count && above + below < height {
            below += tall(end);
            end += 1;
        }
        // What does not fit is cut from the top, but never from the chosen point.
        let skip = (above + below).saturating_sub(height).min(above);
        Self { points: first..end, skip }
    }
}

fn all_lines(workshop: &Workshop, scope: &Scope) -> Vec<ListLine> {
    if !scope.everywhere {
        return workshop.lines(&scope.group, &scope.topic);
    }
    let topics = workshop.topics().iter();
    let cells = topics.flat_map(|topic| workshop.groups().map(move |group| (group, topic)));
    cells.flat_map(|(group, topic)| workshop.lines(&group.id, &topic.id)).collect()
}

/// The part of a list that is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The points that are at least partly visible.
    pub points: Range<usize>,
    /// How many rows of the first one are above the edge.
    pub skip: usize,
}

/// Columns to the left of a point's words: the mark of the chosen point, and the kind.
pub const GUTTER: usize = 8;
/// The most of one point that a list shows, in bytes; rewording shows the whole point.
const LONGEST: usize = 4000;

/// A point as a list shows it.
#[derive(Clone, Debug)]
pub struct ShownPoint {
    /// Its words, then what else is known about it.
    pub text: String,
    /// How much of the text is its words.
    pub words: usize,
    /// Where in the text the mark begins that says a choice is open, or the words were changed since
    /// they were read back; the end of the text if there is no mark.
    pub mark: usize,
    /// Rows of the text.
    pub rows: Vec<Range<usize>>,
    /// Whether the group confirmed its current words.
    pub confirmed: bool,
    /// How many columns it is indented for its depth.
    pub indent: usize,
}

impl ShownPoint {
    /// The point of a line, in a list of this many columns.
    pub fn of(workshop: &Workshop, point: &Point, line: ListLine, width: usize) -> Self {
        let indent = usize::from(line.depth.min(6)) * 2;
        let mut text = wrap::visible(cut(point.text())).into_owned();
        let words = text.len();
        if words < point.text().len() && point.text().len() > LONGEST {
            text.push_str(" … (long; reword it to see all)");
        }
        if let Some(paragraph) = point.paragraph() {
            text.push_str(" · ");
            text.push_str(&wrap::visible(&workshop.printed(paragraph)));
        }
        for tag in point.tags() {
            text.push_str(" #");
            text.push_str(&wrap::visible(tag));
        }
        if point.is_parked() {
            text.push_str(" · parked");
            if let crate::workshop::Status::Parked { owner } = point.status()
                && !owner.is_empty()
            {
                text.push_str(" for ");
                text.push_str(&wrap::visible(owner));
            }
        }
        let said = point.read_back_state();
        match said {
            ReadBackState::NotOurs => text.push_str(" · not ours"),
            ReadBackState::Reservation => text.push_str(" · reservation"),
            ReadBackState::Nothing | ReadBackState::Confirmed | ReadBackState::Changed => {}
        }
        let mark = text.len();
        if said == ReadBackState::Changed {
            text.push_str(" · changed since read-back");
        }
        let open = open(point, line);
        if !open.is_empty() {
            text.push_str(" · ");
            text.push_str(&open);
        }
        let rows = wrap::rows(&text, width.saturating_sub(GUTTER + indent + 1));
        let confirmed = matches!(said, ReadBackState::Confirmed | ReadBackState::Reservation)
            && !point.is_said_twice();
        Self { text, words, mark, rows, confirmed, indent }
    }
}

/// What needs a choice about a point, and the key that offers it; empty if nothing does.
pub(super) fn open(point: &Point, line: ListLine) -> String {
    if !line.circles && !point.is_disputed() {
        return String::new();
    }
    let describe = |dispute: &Dispute| match &dispute.shown {
        Field::Parent(_) => set_twice("place", 2),
        field => set_twice(field.name(), dispute.others.len() + 1),
    };
    let mut open: Vec<String> = point.disputes().iter().map(describe).collect();
    if point.is_spared() {
        open.push("deleted and changed at once, so it stays".to_owned());
    }
    if line.circles {
        open.push("put under each other on two laptops".to_owned());
    }
    choose(&open)
}

/// The same for a comment; empty if nothing needs a choice.
pub(super) fn open_of(comment: &Comment) -> String {
    let describe =
        |dispute: &Dispute<CommentField>| set_twice(dispute.shown.name(), dispute.others.len() + 1);
    choose(&comment.disputes().iter().map(describe).collect::<Vec<_>>())
}

fn set_twice(field: &str, count: usize) -> String {
    match (field, count) {
        ("wording", count) => format!("{count} wordings"),
        (field, 2) => format!("{field} set twice"),
        (field, count) => format!("{field} set {count} times"),
    }
}

fn choose(open: &[String]) -> String {
    if open.is_empty() {
        return String::new();
    }
    let key = key_of(Action::Settle).map(|key| format!(" ({key})")).unwrap_or_default();
    format!("{}: choose{key}", open.join(", "))
}

fn cut(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
