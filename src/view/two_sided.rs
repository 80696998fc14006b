//! Two lists, each with a heading of its own.

use super::capture::{mark, rect};
use super::{Brush, Canvas, TextRole, Theme};
use crate::app::{App, Entry, EntryRow, Ink, TwoSided, TwoSidedLayout};

/// One side of a screen.
pub(super) struct SidePane<'a, S: TwoSided> {
    pub(super) screen: &'a S,
    pub(super) side: S::Side,
    /// A number that changes whenever the lists do.
    pub(super) version: u64,
    /// What its own row says.
    pub(super) heading: &'a str,
    /// What needs a choice, shown after that.
    pub(super) gap: &'a str,
    /// What is shown if nothing is listed.
    pub(super) empty: Option<(&'static str, &'static str)>,
    /// Whether the words of the chosen entry keep their own looks, because a redline must be visible.
    pub(super) keeps_ink: bool,
}

impl<S: TwoSided> SidePane<'_, S> {
    pub(super) fn draw(
        &self,
        app: &App,
        theme: Theme,
        canvas: &mut Canvas,
        layout: &TwoSidedLayout,
    ) {
        let (screen, side) = (self.screen, self.side);
        let whole = layout.side::<S>(side);
        let own = whole.height - layout.list::<S>(side).height;
        let has_wall = layout.beside && side == S::SIDES[1];
        let has_keys = screen.side() == side;
        let followed = S::FOLLOWS.then(|| screen.chosen_in(S::SIDES[0]));
        let shows = (
            (app.core.screen, side, has_keys, has_wall, own, self.heading, self.gap, self.empty),
            (self.version, screen.chosen_in(side), followed, app.core.loading, theme),
        );
        canvas.pane(rect(whole), shows, |buffer, area| {
            let mut pen = Brush::new(buffer, area, theme);
            if own > 0 {
                pen.rule(0, 0, TextRole::Dim);
                let role = if has_keys { TextRole::Title } else { TextRole::Dim };
                let end = pen.put_cut(2, 0, area.width, &format!(" {} ", self.heading), role);
                pen.put_cut(end, 0, area.width, self.gap, TextRole::Gap);
            }
            let mut pen = pen.below(own);
            self.entries(app, layout, &mut pen);
            if let Some((first, second)) = self.empty {
                let y = 1 + u16::from(screen.count_in(side) > 0);
                let y = y + pen.put_wrapped(3, y, first, TextRole::Strong);
                pen.put_wrapped(3, y, second, TextRole::Dim);
            }
            for y in (0..pen.height()).filter(|_| has_wall) {
                pen.put(0, y, theme.wall(), TextRole::Dim);
            }
        });
    }

    fn entries(&self, app: &App, layout: &TwoSidedLayout, pen: &mut Brush<'_>) {
        let (window, entries) = self.screen.shown(&app.core, layout, self.side);
        let chosen = self.screen.chosen_in(self.side);
        let mut skip = window.skip;
        let mut y = 0;
        for (place, entry) in window.points.zip(entries) {
            for (nth, row) in entry.rows.iter().enumerate().skip(skip) {
                if y >= pen.height() {
                    return;
                }
                self.row(pen, y, row, Some(&entry).filter(|_| nth == 0), chosen == Some(place));
                y += 1;
            }
            skip = 0;
        }
    }

    /// Draws a row of an entry; the first one has the entry's label and its marks.
    fn row(&self, pen: &mut Brush<'_>, y: u16, row: &EntryRow, of: Option<&Entry>, chosen: bool) {
        let mut x = row.x;
        for piece in &row.pieces {
            x = pen.put_cut(x, y, pen.width(), &piece.text, role(piece.ink));
        }
        if let Some(entry) = of {
            let name = if entry.kind.is_some() { TextRole::Dim } else { TextRole::Strong };
            pen.put(2, y, &entry.label, name);
            if let Some(kind) = &entry.kind {
                pen.put(6, y, mark(kind), TextRole::Kind);
            }
            let count = if entry.silent { TextRole::Gap } else { TextRole::Dim };
            pen.put(11, y, &entry.count, count);
        }
        if chosen && self.screen.side() == self.side {
            let end = if self.keeps_ink { row.x.saturating_sub(1) } else { pen.width() };
            pen.paint(2..end, y, TextRole::Chosen);
        }
        if chosen && of.is_some() {
            // This is also shown on the side that has no keys: a key of the other side may be about it.
            pen.put(1, y, pen.theme.mark(), TextRole::Strong);
        }
        if of.is_some_and(|entry| entry.marked) {
            pen.put(0, y, pen.theme.running(), TextRole::Gap);
        }
    }
}

fn role(ink: Ink) -> TextRole {
    match ink {
        Ink::Plain => TextRole::Plain,
        Ink::Dim => TextRole::Dim,
        Ink::Gap => TextRole::Gap,
        Ink::Cut => TextRole::Cut,
        Ink::Put => TextRole::Put,
        Ink::Good => TextRole::Good,
    }
}
