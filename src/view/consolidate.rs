//! Points on one side, comments on the other, the account below.

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, capture::rect, head, hints, two_sided::SidePane};
use crate::app::keymap::{Action, key_of};
use crate::app::{App, Consolidate, Side, TwoSided, TwoSidedLayout, say::counted, wrap};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let layout = TwoSidedLayout::of(&app.core, &app.consolidate);
    if layout.head.height > 0 {
        head(app, theme, canvas, "Consolidate", "");
    }
    tabs(app, theme, canvas, rect(layout.above));
    for side in Consolidate::SIDES {
        draw_side(app, theme, canvas, &layout, side);
    }
    account(app, theme, canvas, rect(layout.below));
    hints(app, theme, canvas);
}

fn tabs(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let (tabs, here) = (app.consolidate.tabs(&app.core), app.consolidate.topic());
    canvas.pane(area, ("topics", &tabs, &here, theme), |buffer, area| {
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
    let count = state.count_in(side);
    if side == Side::Comments {
        return counted(count, "comment");
    }
    let marked = match state.marked.len() {
        0 => String::new(),
        many => format!(" · {many} marked"),
    };
    let filter = state.filter.text();
    if let Some(point) = state.like().and_then(|like| app.core.workshop.point(like)) {
        return format!("like “{}”{marked}", wrap::shorten(point.text(), 24));
    }
    if state.filtering || !filter.trim().is_empty() {
        let place = if state.everywhere { "everywhere" } else { "here" };
        let points = counted(count, if state.all { "point" } else { "open point" });
        return format!("{points} {place}{marked} / {filter}");
    }
    let topics = app.core.workshop.topics().iter().zip(&state.counts);
    let here = topics.into_iter().find(|(topic, _)| topic.id == state.topic());
    let open = here.map_or(0, |(_, (open, _))| *open);
    match (state.all, count.saturating_sub(open)) {
        (true, _) => format!("{}, {open} open{marked}", counted(count, "point")),
        (false, 0) => format!("{}{marked}", counted(open, "open point")),
        (false, both) => format!("{}, {both} to choose{marked}", counted(open, "open point")),
    }
}

/// The sentence that several laptops set the quantifiers at once, and the key that chooses one.
fn legend(app: &App) -> String {
    let key = key_of(Action::EditLegend).map(|key| key.to_string()).unwrap_or_default();
    match app.core.workshop.other_legends().len() {
        0 => String::new(),
        others => format!(" quantifiers set {} times at once: choose ({key}) ", others + 1),
    }
}

fn draw_side(app: &App, theme: Theme, canvas: &mut Canvas, layout: &TwoSidedLayout, side: Side) {
    let state = &app.consolidate;
    let heading = heading(app, side);
    let gap = if side == Side::Comments { legend(app) } else { String::new() };
    let empty = (state.count_in(side) == 0).then(|| empty(app, side));
    let (version, heading, gap) = (state.version, &*heading, &*gap);
    let pane = SidePane { screen: state, side, version, heading, gap, empty, keeps_ink: false };
    pane.draw(app, theme, canvas, layout);
    let whole = layout.side::<Consolidate>(side);
    let has_heading = whole.height > layout.list::<Consolidate>(side).height;
    if side == Side::Points && state.filtering && app.core.overlay.is_none() && has_heading {
        let before = wrap::width(heading) - wrap::width(state.filter.text());
        let typed = wrap::width(&state.filter.text()[..state.filter.cursor()]);
        canvas.set_cursor(whole.x + 3 + (before + typed) as u16, whole.y);
    }
}

fn empty(app: &App, side: Side) -> (&'static str, &'static str) {
    let state = &app.consolidate;
    let at = state.counts.iter().zip(app.core.workshop.topics());
    let here = at.into_iter().find(|(_, topic)| topic.id == state.topic()).map(|(count, _)| *count);
    match (side, here) {
        _ if app.core.loading => ("The points are being read.", ""),
        (Side::Comments, _) => {
            ("No comments on this topic yet.", "n makes one from the chosen point.")
        }
        _ if state.is_narrowed() || state.filtering => {
            ("No point contains these words.", "Tab searches all topics, Esc goes back.")
        }
        (Side::Points, Some((0, all))) if all > 0 => (
            "Every point on this topic has been dealt with.",
            "] goes to the next topic, o shows all points.",
        ),
        _ => ("There are no points on this topic.", "] goes to the next topic."),
    }
}

fn account(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let account = app.consolidate.account;
    canvas.pane(area, ("account", account, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let role = if account.is_closed() { TextRole::Good } else { TextRole::Strong };
        let balance = account.to_string();
        let rows = wrap::rows(&balance, usize::from(area.width.saturating_sub(1)));
        for (y, row) in (0..area.height).zip(rows) {
            let last = y + 1 == area.height;
            pen.put_cut(
                1,
                y,
                area.width,
                &balance[row.start..if last { balance.len() } else { row.end }],
                role,
            );
        }
    });
}
