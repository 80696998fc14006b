//! A frame that redraws only what changed.
//!
//! A key in a room of people must answer at once, and a frame of ten thousand cells, laid out,
//! measured and compared again for each key, costs more than everything else together
//! (docs/decisions/0003). So a frame is a row of *panes*. Each says what it shows by a fingerprint of
//! everything that its painting depends on. A pane with the same fingerprint in the same place is left
//! as it is, and only the cells of the others are compared with the terminal's.
//! `tests/frames.rs` compares every such frame with one that is drawn from nothing.

use std::hash::{DefaultHasher, Hash, Hasher};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

/// What is on the terminal, what should be there next, and the panes that it consists of.
#[derive(Debug, Default)]
pub struct Canvas {
    /// The cells as the terminal shows them.
    shown: Buffer,
    /// The cells as they should be.
    next: Buffer,
    /// The panes of the last frame and of this one.
    before: Vec<Pane>,
    panes: Vec<Pane>,
    /// What was painted in this frame.
    painted: Vec<Rect>,
    cursor: Option<Position>,
    /// Whether the terminal's cells are unknown: at first, and after another program used it.
    unknown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pane {
    area: Rect,
    fingerprint: u64,
}

impl Canvas {
    /// Makes a canvas that the terminal does not show yet.
    pub fn new(area: Rect) -> Self {
        let mut canvas = Self::default();
        canvas.resize(area);
        canvas
    }

    /// Forgets what the terminal shows: everything is painted again.
    pub fn resize(&mut self, area: Rect) {
        self.shown = Buffer::empty(area);
        self.next = Buffer::empty(area);
        self.before.clear();
        self.unknown = true;
    }

    /// The cells as they should be.
    pub fn buffer(&self) -> &Buffer {
        &self.next
    }

    /// Where the cursor should be, if it should be visible.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Draws a frame with `draw`, which calls [`pane`](Self::pane) for each of its parts, the lower
    /// ones first.
    pub fn frame(&mut self, mut draw: impl FnMut(&mut Self)) {
        self.painted.clear();
        self.start();
        draw(self);
        let areas = |panes: &[Pane]| panes.iter().map(|pane| pane.area).collect::<Vec<_>>();
        if areas(&self.panes) != areas(&self.before) {
            // Parts came, went or moved, so whatever they covered must be painted too.
            self.before.clear();
            self.painted.clear();
            self.next.reset();
            self.start();
            draw(self);
            self.painted = vec![self.next.area];
        }
        std::mem::swap(&mut self.before, &mut self.panes);
    }

    fn start(&mut self) {
        self.panes.clear();
        self.cursor = None;
    }

    /// Paints a part of the frame, unless it already shows exactly this.
    pub fn pane(&mut self, area: Rect, shows: impl Hash, paint: impl FnOnce(&mut Buffer, Rect)) {
        let area = area.intersection(self.next.area);
        let mut hasher = DefaultHasher::new();
        shows.hash(&mut hasher);
        let pane = Pane { area, fingerprint: hasher.finish() };
        let known = self.before.get(self.panes.len()) == Some(&pane);
        self.panes.push(pane);
        if known && !self.painted.iter().any(|below| below.intersects(area)) {
            return;
        }
        if area.is_empty() {
            return;
        }
        for y in area.top()..area.bottom() {
            let start = self.next.index_of(area.x, y);
            self.next.content[start..start + usize::from(area.width)].fill(Cell::EMPTY);
        }
        paint(&mut self.next, area);
        self.painted.push(area);
    }

    /// Shows the cursor here, if that is on the screen.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        let place = Position { x, y };
        self.cursor = self.next.area.contains(place).then_some(place);
    }

    /// Passes on every cell that the terminal has to change, row by row, and assumes that it does
    /// so. Returns whether the whole terminal has to be cleared before that.
    pub fn changes(&mut self, mut change: impl FnMut(u16, u16, &Cell)) -> bool {
        let clear = std::mem::take(&mut self.unknown);
        for area in &self.painted {
            for y in area.top()..area.bottom() {
                let start = self.next.index_of(area.x, y);
                let end = start + usize::from(area.width);
                let (next, shown) =
                    (&self.next.content[start..end], &mut self.shown.content[start..end]);
                row_changes(next, shown, |x, cell| change(area.x + x, y, cell));
            }
        }
        self.painted.clear();
        clear
    }

    /// Whether the terminal must be cleared before the next changes are written.
    pub fn must_clear(&self) -> bool {
        self.unknown
    }
}

fn row_changes(next: &[Cell], shown: &mut [Cell], mut change: impl FnMut(u16, &Cell)) {
    let Some(first) = next.iter().zip(&*shown).position(|(next, shown)| next != shown) else {
        return;
    };
    let plain = |cells: &[Cell]| cells.iter().all(|cell| cell.symbol().is_ascii());
    if plain(next) && plain(shown) {
        for (x, (cell, old)) in next.iter().zip(shown).enumerate().skip(first) {
            if cell != old {
                old.clone_from(cell);
                change(x as u16, cell);
            }
        }
        return;
    }
    // Terminals disagree on how wide some letters are. A row with any such letter is written whole,
    // which repairs any damage.
    shown.clone_from_slice(next);
    let mut x = 0;
    while x < next.len() {
        change(x as u16, &next[x]);
        x += crate::app::wrap::width(next[x].symbol()).max(1);
    }
}
