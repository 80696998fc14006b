//! Which workshop to open.

use super::{Brush, Canvas, TextRole, Theme, hints, screen};
use crate::app::{App, Offer, START_HEAD, wrap};
use crate::workshop::shown;

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let whole = screen(app);
    let area = ratatui::layout::Rect {
        height: whole.height.saturating_sub(u16::from(whole.height >= 8)),
        ..whole
    };
    canvas.pane(area, ("start", &app.start.offers, app.start.at(), theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        pen.put(2, 1, "rapporteur", TextRole::Title);
        pen.put(2, 2, "What groups say: captured, consolidated, handed over.", TextRole::Plain);
        pen.put(2, 4, "Open", TextRole::Strong);
        pen.put(
            7,
            4,
            "↑ ↓ choose, Enter opens. Everything you type is saved at once.",
            TextRole::Dim,
        );
        let rows = usize::from(area.height.saturating_sub(START_HEAD));
        let top = (app.start.at() + 1).saturating_sub(rows);
        let widest = app.start.offers.iter().map(|offer| wrap::width(&name(offer))).max();
        let wide = (widest.unwrap_or(0) as u16).clamp(14, (area.width / 2).max(14));
        let mut cut = None;
        for (row, place) in (top..=app.start.offers.len()).take(rows).enumerate() {
            let y = START_HEAD + row as u16;
            let offer = app.start.offers.get(place);
            let more = match offer {
                Some(Offer::Recent { folder, .. }) => shown(folder),
                Some(Offer::Sample { line, .. }) => line.clone(),
                None => "workshop, agenda, hand-out or bundle".to_owned(),
            };
            let chosen = place == app.start.at();
            pen.put(1, y, if chosen { theme.mark() } else { " " }, TextRole::Strong);
            let name = offer.map_or("Another file…".to_owned(), name);
            pen.put_cut(3, y, wide, &name, TextRole::Plain);
            pen.put_cut(wide + 5, y, area.width, &more, TextRole::Dim);
            if chosen {
                pen.paint(2..area.width, y, TextRole::Chosen);
                cut = (wrap::width(&more) > usize::from(area.width.saturating_sub(wide + 5)))
                    .then_some(more);
            }
        }
        // What does not fit beside the chosen one is below the list, as far as there is room.
        let below = START_HEAD + rows.min(app.start.offers.len() + 1) as u16 + 1;
        let mut pen = pen.until(area.width.saturating_sub(2));
        pen.put_wrapped(3, below, &cut.unwrap_or_default(), TextRole::Dim);
    });
    hints(app, theme, canvas);
}

fn name(offer: &Offer) -> String {
    match offer {
        Offer::Recent { title, .. } => title.clone(),
        Offer::Sample { name, points: false, .. } => format!("Sample: {name}"),
        Offer::Sample { name, points: true, .. } => format!("Sample: {name}, with points"),
    }
}
