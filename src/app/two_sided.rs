//! Screens with two lists: side by side if there is room, one above the other on a tall
//! screen, or else only the one that has the keys.

use std::{cell::RefCell, collections::BTreeMap};

use super::{Action, Area, Core, Window};
use crate::workshop::PointKind;

/// From this many columns on, the two sides are side by side.
const BESIDE: u16 = 100;
/// From this many rows on, both sides are shown, one above the other.
const STACKED: u16 = 14;

/// How a piece of a row is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Words to read.
    #[default]
    Plain,
    /// Further details.
    Dim,
    /// What waits for a person.
    Gap,
    /// Words that would be deleted.
    Cut,
    /// Words that would be inserted.
    Put,
    /// What is settled.
    Good,
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowPiece {
    /// The words.
    pub text: String,
    /// How they are meant.
    pub ink: Ink,
}

/// One row of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EntryRow {
    /// The column where it begins.
    pub x: u16,
    /// Its pieces, one after the other.
    pub pieces: Vec<RowPiece>,
}

impl EntryRow {
    /// A row that begins with these words.
    pub(super) fn of(x: usize, text: String, ink: Ink) -> Self {
        let mut row = Self { x: x as u16, pieces: Vec::new() };
        row.push(text, ink);
        row
    }

    /// Adds words, if there are any.
    pub(super) fn push(&mut self, text: String, ink: Ink) {
        if !text.is_empty() {
            self.pieces.push(RowPiece { text, ink });
        }
    }
}

/// A point, a paragraph and the like as its side shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The group's initials, a number or a paragraph's label.
    pub label: String,
    /// How much was said about a paragraph.
    pub count: String,
    /// Whether nobody said anything about the paragraph.
    pub silent: bool,
    /// The kind of the point or comment.
    pub kind: Option<PointKind>,
    /// Whether it is marked.
    pub marked: bool,
    /// Its rows.
    pub rows: Vec<EntryRow>,
}

/// How a screen divides its rows.
#[derive(Clone, Copy, Debug)]
pub struct Division {
    /// Rows above both sides.
    pub above: u16,
    /// Rows below both sides.
    pub below: u16,
    /// The share of the first side: this much out of that much.
    pub first: (u16, u16),
}

/// The parts of a screen with two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoSidedLayout {
    /// The name of the screen, and how safe the work is.
    pub head: Area,
    /// What is above both sides.
    pub above: Area,
    /// The sides, each with a row of its own above.
    sides: [Area; 2],
    /// Whether they are side by side.
    pub beside: bool,
    /// What is below both sides.
    pub below: Area,
}

impl TwoSidedLayout {
    /// The layout of a screen as it is now.
    pub fn of<S: TwoSided>(core: &Core, screen: &S) -> Self {
        let (width, height) = core.size;
        let row = |y: u16, tall: u16| Area {
            x: 0,
            y: y.min(height),
            width,
            height: tall.min(height.saturating_sub(y)),
        };
        let Division { above, below, first: (part, of) } = screen.division(core);
        let (head, hints) = (u16::from(height >= 5), u16::from(height >= 8));
        let top = head + above;
        let body = row(top, height.saturating_sub(top + below + hints));
        let none = Area { height: 0, ..body };
        let beside = width >= BESIDE;
        let (left, upper) = (body.width * part / of, body.height * part / of);
        let sides = if beside {
            [Area { width: left, ..body }, Area { x: left, width: width - left, ..body }]
        } else if height >= STACKED {
            let lower = Area { y: body.y + upper, height: body.height - upper, ..body };
            [Area { height: upper, ..body }, lower]
        } else if is_first::<S>(screen.side()) {
            [body, none]
        } else {
            [none, body]
        };
        Self {
            head: row(0, head),
            above: row(head, above),
            sides,
            beside,
            below: row(body.y + body.height, below),
        }
    }

    /// A side including its own row.
    pub fn side<S: TwoSided>(&self, side: S::Side) -> Area {
        self.sides[usize::from(!is_first::<S>(side))]
    }

    /// The rows of a side below its own.
    pub fn list<S: TwoSided>(&self, side: S::Side) -> Area {
        let area = self.side::<S>(side);
        let own = u16::from(area.height > 2);
        Area { y: area.y + own, height: area.height - own, ..area }
    }
}

fn is_first<S: TwoSided>(side: S::Side) -> bool {
    side == S::SIDES[0]
}

/// A screen with two lists, one of which has the keys.
pub trait TwoSided: Sized {
    /// What the sides are called.
    type Side: Copy + PartialEq + std::hash::Hash;
    /// The first side, left or above, and the second.
    const SIDES: [Self::Side; 2];
    /// Whether the second side shows what belongs to the entry chosen on the first.
    const FOLLOWS: bool;

    /// How it divides its rows.
    fn division(&self, core: &Core) -> Division;

    /// The side that has the keys.
    fn side(&self) -> Self::Side;

    /// Gives the keys to a side.
    fn turn_to(&mut self, side: Self::Side);

    /// How many entries a side has.
    fn count_in(&self, side: Self::Side) -> usize;

    /// Which of a side's entries is chosen.
    fn chosen_in(&self, side: Self::Side) -> Option<usize>;

    /// A side's entry, as tall and wide as it is shown.
    fn entry(&self, core: &Core, layout: &TwoSidedLayout, side: Self::Side, place: usize) -> Entry;

    /// Chooses one of a side's entries, or the last one if there are fewer.
    fn choose_in(&mut self, core: &Core, side: Self::Side, place: usize);

    /// The part of a side that is on the screen, and its entries.
    fn shown(
        &self,
        core: &Core,
        layout: &TwoSidedLayout,
        side: Self::Side,
    ) -> (Window, Vec<Entry>) {
        let height = usize::from(layout.list::<Self>(side).height);
        let laid = RefCell::new(BTreeMap::new());
        let tall = |place: usize| {
            let mut laid = laid.borrow_mut();
            let entry = || self.entry(core, layout, side, place);
            laid.entry(place).or_insert_with(entry).rows.len()
        };
        let chosen = self.chosen_in(side).or(Some(0));
        let window = Window::around(self.count_in(side), height, chosen, tall);
        let laid = laid.into_inner().into_iter();
        let entries = laid.filter(|(place, _)| window.points.contains(place));
        let entries = entries.map(|(_, entry)| entry).collect();
        (window, entries)
    }

    /// Goes to another entry of the side that has the keys; returns whether the action does that.
    fn step(&mut self, core: &Core, action: Action) -> bool {
        let side = self.side();
        let at = self.chosen_in(side).unwrap_or(0);
        let page = || {
            let (window, _) = self.shown(core, &TwoSidedLayout::of(core, self), side);
            window.points.len().saturating_sub(1).max(1)
        };
        let Some(place) = action.place_from(at, page) else { return false };
        self.choose_in(core, side, place);
        true
    }

    /// Scrolls the side that has the keys.
    fn wheel_on_side(&mut self, core: &Core, action: Action) {
        for _ in 0..3 {
            self.step(core, action);
        }
    }

    /// Chooses the entry that was clicked on.
    fn click_on_sides(&mut self, core: &Core, x: u16, y: u16) {
        let layout = TwoSidedLayout::of(core, self);
        let clicked = |side: &Self::Side| Some((*side, layout.list::<Self>(*side).row(x, y)?));
        let Some((side, row)) = Self::SIDES.iter().find_map(clicked) else { return };
        self.turn_to(side);
        let (window, entries) = self.shown(core, &layout, side);
        let first = window.points.start;
        if let Some(place) = window.at_row(row, |place| entries[place - first].rows.len()) {
            self.choose_in(core, side, place);
        }
    }
}
