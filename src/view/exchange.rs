//! The exchange with other laptops.

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, body, head, hints, words};
use crate::app::say::{clock, counted};
use crate::app::{App, Weight};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let now = words::time(app.core.workshop.zone(), app.core.now);
    head(app, theme, canvas, "Exchange", &now);
    let body = body(app);
    let tall = (app.exchange.exchange_head() - 1).min(body.height);
    place(app, theme, canvas, Rect { height: tall, ..body });
    let list = Rect { y: body.y + tall, height: body.height - tall, ..body };
    receipt(app, theme, canvas, list);
    hints(app, theme, canvas);
}

/// Where the exchange happens, for which group, and how it went.
fn place(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let state = &app.exchange;
    let published =
        state.place.published.map(|moment| clock(moment, app.core.now, app.core.workshop.zone()));
    let group = state.group.as_ref().map(|group| app.core.workshop.title_of(group));
    let copy = state.copy.line(app.core.now, app.core.workshop.zone());
    let shows =
        (("exchange", &state.place, &published, &group, &copy), (state.busy, &state.files, theme));
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let place = &state.place;
        let (text, role) = match (&place.place, &place.trouble, &published) {
            (None, ..) => {
                let text = "No shared folder yet: p chooses a folder that all laptops use.";
                (text.to_owned(), TextRole::Plain)
            }
            (Some(at), Some(why), _) => (format!("{}: {why}", at.display()), TextRole::Bad),
            (Some(at), None, None) => (format!("Shared folder: {}", at.display()), TextRole::Plain),
            (Some(at), None, Some(when)) => {
                (format!("Shared folder: {} · published {when}", at.display()), TextRole::Good)
            }
        };
        pen.put_cut(1, 0, area.width.saturating_sub(2), &text, role);
        let who = group.as_deref().unwrap_or("all groups");
        let lock = place.key.as_ref().map(|key| format!(" · locked with the meeting's key {key}"));
        let lock = lock.unwrap_or_default();
        pen.put(1, 1, &format!("This laptop: {who}{lock}"), TextRole::Dim);
        let mut row = 2;
        if let Some((text, is_well)) = &copy {
            let role = if *is_well { TextRole::Good } else { TextRole::Bad };
            pen.put_cut(1, row, area.width.saturating_sub(2), text, role);
            row += 1;
        }
        let there = place.refused.len();
        if let Some(busy) = state.busy {
            pen.put(1, row, &format!("… {busy}"), TextRole::Strong);
        } else if let Some(file) = state.files.first() {
            let more = match state.files.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            let text = format!("Written: {}{more}", file.display());
            pen.put_cut(1, row, area.width.saturating_sub(2), &text, TextRole::Good);
        } else if let Some(first) = place.refused.first() {
            let text = format!(
                "{} there cannot be taken in: {} ({})",
                counted(there, "file"),
                first.why,
                first.name
            );
            pen.put_cut(1, row, area.width.saturating_sub(2), &text, TextRole::Gap);
        } else if place.elsewhere > 0 {
            let text = format!("{} there of another meeting.", counted(place.elsewhere, "bundle"));
            pen.put(1, row, &text, TextRole::Dim);
        }
        pen.rule(0, row + 1, TextRole::Dim);
    });
}

fn receipt(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let (first, rows) = app.exchange.exchange_rows(&app.core);
    let chosen = app.exchange.exchange_chosen();
    canvas.pane(area, ("receipt", first, &rows, chosen, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        for (y, row) in rows.iter().enumerate() {
            let y = y as u16;
            let role = match row.weight {
                Weight::Head => TextRole::Strong,
                Weight::Plain => TextRole::Plain,
                Weight::Good => TextRole::Good,
                Weight::Gap | Weight::Both(_) => TextRole::Gap,
            };
            pen.put(1, y, &row.text, role);
            if chosen.is_some_and(|chosen| row.weight == Weight::Both(chosen)) {
                pen.paint(0..area.width, y, TextRole::Chosen);
            }
        }
    });
}
