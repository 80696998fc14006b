//! The exchange with other laptops.

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, body, head, hints, words};
use crate::app::{App, HeadTone, Weight};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let now = words::time(app.core.workshop.zone(), app.core.now);
    head(app, theme, canvas, "Exchange", &now);
    let body = body(app);
    let tall = (app.exchange.exchange_head(&app.core) - 1).min(body.height);
    place(app, theme, canvas, Rect { height: tall, ..body });
    let list = Rect { y: body.y + tall, height: body.height - tall, ..body };
    receipt(app, theme, canvas, list);
    hints(app, theme, canvas);
}

/// Where the exchange happens, for which group, and how it went.
fn place(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let rows = app.exchange.head_rows(&app.core);
    canvas.pane(area, ("exchange", &rows, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        for (y, (text, tone)) in rows.iter().enumerate() {
            let role = match tone {
                HeadTone::Plain => TextRole::Plain,
                HeadTone::Dim => TextRole::Dim,
                HeadTone::Good => TextRole::Good,
                HeadTone::Bad => TextRole::Bad,
                HeadTone::Gap => TextRole::Gap,
                HeadTone::Busy => TextRole::Strong,
            };
            pen.put(1, y as u16, text, role);
        }
        pen.rule(0, rows.len() as u16, TextRole::Dim);
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
