//! Points on one side, comments on the other, the account below.

use ratatui::layout::Rect;

use super::capture::{mark, rect};
use super::pen::Brush;
use super::{Canvas, TextRole, Theme, head, hints};
use crate::app::keymap::{Action, key_of};
use crate::app::say::counted;
use crate::app::{App, ConsolidateLayout, Side, wrap};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let layout = ConsolidateLayout::of(&app.core, &app.consolidate);
    if layout.head.height > 0 {
        head(app, theme, canvas, "Consolidate", "");
    }
    tabs(app, theme, canvas, &layout);
    for side in [Side::Points, Side::Comments] {
        draw_side(app, theme, canvas, &layout, side);
    }
    account(app, theme, canvas, rect(layout.account));
    if layout.hints.height > 0 {
        hints(app, theme, canvas);
    }
}

fn tabs(app: &App, theme: Theme, canvas: &mut Canvas, layout: &ConsolidateLayout) {
    let (tabs, here) = (layout.tabs(&app.core, &app.consolidate), app.consolidate.topic());
    canvas.pane(rect(layout.tabs), ("topics", &tabs, &here, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        for tab in &tabs {
            let role = match (tab.topic == here, tab.done) {
                (true, _) => TextRole::Here,
                (false, true) => TextRole::Good,
                (false, false) => TextRole::Plain,
            };
            let room = tab.columns.end - tab.columns.start;
            pen.put_cut(tab.columns.start, 0, room, &tab.label, role);
        }
    });
}

/// The row above a side.
fn heading(app: &App, side: Side) -> String {
    let state = &app.consolidate;
    let count = state.count(side);
    if side == Side::Comments {
        return counted(count, "comment");
    }
    let marked = match state.marked().len() {
        0 => String::new(),
        many => format!(" · {many} marked"),
    };
    let shown = if state.all { "all" } else { "open" };
    let filter = state.filter.text();
    if let Some(point) = state.like().and_then(|like| app.core.workshop.point(like)) {
        return format!("like “{}”{marked}", wrap::shorten(point.text(), 24));
    }
    if state.filtering || !filter.trim().is_empty() {
        let place = if state.everywhere { "everywhere" } else { "here" };
        return format!("{count} {shown} {place}{marked} / {filter}");
    }
    let topics = app.core.workshop.topics().iter().zip(state.counts());
    let here = topics.into_iter().find(|(topic, _)| topic.id == state.topic());
    let open = here.map_or(0, |(_, (open, _))| *open);
    match (state.all, count.saturating_sub(open)) {
        (true, _) => format!("{}, {open} open{marked}", counted(count, "point")),
        (false, 0) => format!("{}{marked}", counted(open, "open point")),
        (false, both) => format!("{}, {both} to choose{marked}", counted(open, "open point")),
    }
}

/// That two laptops set the legend at once, and the key that says which stands.
fn legend(app: &App) -> String {
    let key = key_of(Action::EditLegend).map(|key| key.to_string()).unwrap_or_default();
    match app.core.workshop.other_legends().len() {
        0 => String::new(),
        others => format!(" legend set {} times at once: choose ({key}) ", others + 1),
    }
}

fn draw_side(app: &App, theme: Theme, canvas: &mut Canvas, layout: &ConsolidateLayout, side: Side) {
    let state = &app.consolidate;
    let (list, here) = (layout.list(side), state.side == side);
    let whole = match side {
        Side::Points => layout.points,
        Side::Comments => layout.comments,
    };
    let wall = layout.beside && side == Side::Comments;
    let own = whole.height - list.height;
    let heading = heading(app, side);
    let legend = if side == Side::Comments { legend(app) } else { String::new() };
    let shows = (
        ("side", side, here, wall, own, &heading, &legend),
        (state.version(), state.at(side), app.core.loading, state.side, theme),
    );
    canvas.pane(rect(whole), shows, |buffer, area| {
        if own > 0 {
            let mut pen = Brush::new(buffer, area, theme);
            pen.rule(0, 0, TextRole::Dim);
            let role = if here { TextRole::Title } else { TextRole::Dim };
            let end = pen.put_cut(2, 0, area.width, &format!(" {heading} "), role);
            pen.put_cut(end, 0, area.width, &legend, TextRole::Gap);
        }
        let top = own.min(area.height);
        let area = Rect { y: area.y + top, height: area.height - top, ..area };
        if state.count(side) == 0 {
            empty(app, &mut Brush::new(buffer, area, theme), side);
        } else {
            items(app, &mut Brush::new(buffer, area, theme), area.height, side, theme);
        }
        if wall {
            let mut pen = Brush::new(buffer, area, theme);
            for y in 0..area.height {
                pen.put(0, y, theme.wall(), TextRole::Dim);
            }
        }
    });
    if side == Side::Points && state.filtering && app.core.overlay.is_none() && own > 0 {
        let before = wrap::width(&heading) - wrap::width(state.filter.text());
        let typed = wrap::width(&state.filter.text()[..state.filter.cursor()]);
        canvas.set_cursor(whole.x + 3 + (before + typed) as u16, whole.y);
    }
}

fn items(app: &App, pen: &mut Brush<'_>, height: u16, side: Side, theme: Theme) {
    let state = &app.consolidate;
    let window = app.consolidate.consolidate_window(&app.core, side);
    let width = pen.width();
    let mut skip = window.skip;
    let mut y = 0;
    for place in window.points {
        let item = app.consolidate.consolidate_item(&app.core, side, place);
        let chosen = state.at(side) == Some(place);
        for (nth, row) in item.rows.iter().enumerate().skip(skip) {
            if y >= height {
                return;
            }
            let end = pen.put(row.x, y, &row.text, TextRole::Plain);
            let end = pen.put_cut(end, y, width, &row.more, TextRole::Dim);
            pen.put_cut(end, y, width, &row.gap, TextRole::Gap);
            if nth == 0 {
                pen.put(2, y, &item.label, TextRole::Dim);
                pen.put(6, y, mark(&item.kind), TextRole::Kind);
            }
            if chosen && state.side == side {
                pen.paint(2..pen.width(), y, TextRole::Chosen);
            }
            if nth == 0 && chosen {
                // Also on the side that has no keys: there it says where `p` puts the point.
                pen.put(1, y, theme.mark(), TextRole::Strong);
            }
            if nth == 0 && item.marked {
                pen.put(0, y, theme.running(), TextRole::Gap);
            }
            y += 1;
        }
        skip = 0;
    }
}

fn empty(app: &App, pen: &mut Brush<'_>, side: Side) {
    let state = &app.consolidate;
    let at = state.counts().iter().zip(app.core.workshop.topics());
    let here = at.into_iter().find(|(_, topic)| topic.id == state.topic()).map(|(count, _)| *count);
    let (first, second) = match (side, here) {
        _ if app.core.loading => ("The points are being read.", ""),
        (Side::Comments, _) => {
            ("No comments on this topic yet.", "n makes one of the chosen point.")
        }
        _ if state.is_narrowed() || state.filtering => {
            ("No point has these words.", "Tab looks in all topics, Esc goes back.")
        }
        (Side::Points, Some((0, all))) if all > 0 => (
            "Every point on this topic has been dealt with.",
            "] goes to the next topic, o shows them all.",
        ),
        _ => ("There are no points on this topic.", "] goes to the next one."),
    };
    pen.put_cut(3, 1, pen.width(), first, TextRole::Strong);
    pen.put_cut(3, 2, pen.width(), second, TextRole::Dim);
}

fn account(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let account = app.consolidate.account();
    canvas.pane(area, ("account", account, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let role = if account.is_closed() { TextRole::Good } else { TextRole::Strong };
        let told = account.to_string();
        let rows = wrap::rows(&told, usize::from(area.width.saturating_sub(1)));
        for (y, row) in (0..area.height).zip(rows) {
            let last = y + 1 == area.height;
            pen.put_cut(
                1,
                y,
                area.width,
                &told[row.start..if last { told.len() } else { row.end }],
                role,
            );
        }
    });
}
