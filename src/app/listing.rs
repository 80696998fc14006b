//! Which points stand in a list, and which of them fit on the screen.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::wrap;
use crate::workshop::{GroupId, Line, Point, TopicId, Workshop};

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Whose points; with `everywhere`, where the list begins.
    pub group: GroupId,
    /// On what.
    pub topic: TopicId,
    /// Whether it shows the points of all groups and topics.
    pub everywhere: bool,
    /// Only those that hold these words.
    pub filter: String,
}

/// The points of a scope, kept until something in it changes.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    scope: Option<Scope>,
    revision: u64,
    /// How often the list changed, so that the view can tell.
    version: u64,
    lines: Vec<Line>,
    /// All the scope's points and their folded words, while one is looking for some.
    folded: Option<Folded>,
}

/// The words of many points, folded for searching, end to end.
#[derive(Clone, Debug, Default)]
struct Folded {
    lines: Vec<Line>,
    text: String,
    ends: Vec<usize>,
}

/// The letters as one searches them: small, and composed however they were typed.
fn fold(text: &str, into: &mut String) {
    if text.is_ascii() {
        let start = into.len();
        into.push_str(text);
        into[start..].make_ascii_lowercase();
    } else {
        into.extend(text.nfc().flat_map(char::to_lowercase).nfc());
    }
}

impl Listing {
    /// A number that changes whenever the list does, or a point in it.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The points in their order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Brings the list up to date; says whether it changed.
    pub fn refresh(&mut self, workshop: &Workshop, scope: &Scope) -> bool {
        let revision = match (scope.everywhere, workshop.cell(&scope.group, &scope.topic)) {
            (true, _) => workshop.revision(),
            (false, cell) => cell.map_or(0, crate::workshop::Cell::revision),
        };
        let same = self.revision == revision
            && self.scope.as_ref().is_some_and(|old| same_place(old, scope));
        if same && self.scope.as_ref() == Some(scope) {
            return false;
        }
        if scope.filter.is_empty() {
            self.folded = None;
            self.lines = all_lines(workshop, scope);
        } else {
            let folded = match self.folded.take() {
                Some(folded) if same => folded,
                _ => fold_lines(workshop, all_lines(workshop, scope)),
            };
            self.lines = folded.find(&scope.filter);
            self.folded = Some(folded);
        }
        self.scope = Some(scope.clone());
        self.revision = revision;
        self.version += 1;
        true
    }

    /// Where in the list a point stands.
    pub fn position(&self, workshop: &Workshop, point: crate::workshop::PointId) -> Option<usize> {
        self.lines.iter().rposition(|line| workshop.point_at(line.index).id() == point)
    }

    /// What of the list fits on `height` rows of `width` columns: the end of it, or the surroundings
    /// of the chosen point.
    pub fn window(
        &self,
        workshop: &Workshop,
        size: (usize, usize),
        chosen: Option<usize>,
    ) -> Window {
        let (width, height) = size;
        let tall = |place: usize| {
            let line = self.lines[place];
            Shown::of(workshop.point_at(line.index), line.depth, width).rows.len()
        };
        let last = self.lines.len().saturating_sub(1);
        let anchor = chosen.unwrap_or(last).min(last);
        if self.lines.is_empty() || height == 0 {
            return Window { points: 0..0, skip: 0 };
        }
        let own = tall(anchor).min(height);
        let mut below = own;
        let mut end = anchor + 1;
        let room = if chosen.is_some() { usize::midpoint(height, own) } else { own };
        while end < self.lines.len() && below < room {
            below += tall(end);
            end += 1;
        }
        let mut first = anchor;
        let mut above = 0;
        while first > 0 && above + below < height {
            first -= 1;
            above += tall(first);
        }
        while end < self.lines.len() && above + below < height {
            below += tall(end);
            end += 1;
        }
        // Whatever is too much is cut from the top, but never from the chosen point.
        let skip = (above + below).saturating_sub(height).min(above);
        Window { points: first..end, skip }
    }
}

fn same_place(old: &Scope, new: &Scope) -> bool {
    old.everywhere == new.everywhere
        && (new.everywhere || (&old.group, &old.topic) == (&new.group, &new.topic))
}

fn all_lines(workshop: &Workshop, scope: &Scope) -> Vec<Line> {
    if !scope.everywhere {
        return workshop.lines(&scope.group, &scope.topic);
    }
    let topics = workshop.topics().iter();
    let cells = topics.flat_map(|topic| workshop.groups().map(move |group| (group, topic)));
    cells.flat_map(|(group, topic)| workshop.lines(&group.id, &topic.id)).collect()
}

fn fold_lines(workshop: &Workshop, lines: Vec<Line>) -> Folded {
    let mut folded = Folded { ends: Vec::with_capacity(lines.len()), ..Folded::default() };
    for line in &lines {
        let point = workshop.point_at(line.index);
        fold(point.text(), &mut folded.text);
        for tag in point.tags() {
            folded.text.push_str("\n#");
            fold(tag, &mut folded.text);
        }
        if let Some(paragraph) = point.paragraph() {
            folded.text.push('\n');
            fold(paragraph.as_str(), &mut folded.text);
        }
        folded.text.push('\u{0}');
        folded.ends.push(folded.text.len());
    }
    folded.lines = lines;
    folded
}

impl Folded {
    fn find(&self, words: &str) -> Vec<Line> {
        let mut needle = String::new();
        fold(words, &mut needle);
        let finder = memchr::memmem::Finder::new(&needle);
        let mut found = Vec::new();
        let mut place = 0;
        let mut from = 0;
        while let Some(at) = finder.find(&self.text.as_bytes()[from..]) {
            // Points are short: stepping is quicker than a search of all ends.
            while self.ends[place] <= from + at {
                place += 1;
            }
            found.push(Line { depth: 0, ..self.lines[place] });
            from = self.ends[place];
            place += 1;
        }
        found
    }
}

/// The part of a list that is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The points at least partly seen.
    pub points: Range<usize>,
    /// How many rows of the first one are above the edge.
    pub skip: usize,
}

/// Columns left of a point's words: the mark of the chosen one and the kind.
pub const GUTTER: usize = 8;
/// The most of one point that a list shows, in bytes; the whole is there when rewording it.
const LONGEST: usize = 4000;

/// A point as a list shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its words, then what else is known of it.
    pub text: String,
    /// How much of the text is its words.
    pub words: usize,
    /// Rows of the text.
    pub rows: Vec<Range<usize>>,
    /// Columns that its depth moves it in.
    pub indent: usize,
}

impl Shown {
    /// The point at this depth, in a list of this many columns.
    pub fn of(point: &Point, depth: u8, width: usize) -> Self {
        let indent = usize::from(depth.min(6)) * 2;
        let mut text = wrap::visible(cut(point.text())).into_owned();
        let words = text.len();
        if words < point.text().len() && point.text().len() > LONGEST {
            text.push_str(" … (long; reword it to see all)");
        }
        if let Some(paragraph) = point.paragraph() {
            text.push_str(" · ");
            text.push_str(&wrap::visible(paragraph.as_str()));
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
        match point.alternatives().len() {
            0 => {}
            others => text.push_str(&format!(" · {} wordings: choose one", others + 1)),
        }
        let rows = wrap::rows(&text, width.saturating_sub(GUTTER + indent + 1));
        Self { text, words, rows, indent }
    }
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
