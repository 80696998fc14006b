//! The draft text on one side, what was said of the chosen paragraph on the other.

use super::capture::{mark, rect};
use super::pen::Brush;
use super::{Canvas, TextRole, Theme, head_of, hints, words};
use crate::app::say::counted;
use crate::app::{App, DraftSide, DraftTextLayout, Ink, Spot, wrap};
use ratatui::layout::Rect;

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let layout = DraftTextLayout::of(&app.core, &app.paragraphs);
    if layout.head.height > 0 {
        let text = app.core.workshop.draft_text();
        let version = text.map_or("", |text| text.version.as_str());
        let title = match version {
            "" => "Draft text".to_owned(),
            version => format!("Draft text, {}", wrap::shorten(version, 16)),
        };
        head_of(app, theme, canvas, &title, &words::filing(app));
    }
    for side in [DraftSide::Text, DraftSide::Said] {
        draw_side(app, theme, canvas, &layout, side);
    }
    if layout.hints.height > 0 {
        hints(app, theme, canvas);
    }
}

/// The row above a side.
fn heading(app: &App, side: DraftSide) -> String {
    let state = &app.paragraphs;
    match side {
        DraftSide::Text => {
            if app.core.workshop.draft_text().is_none() {
                return "no draft text".to_owned();
            }
            let mut heading = String::new();
            if !app.core.workshop.other_draft_texts().is_empty() {
                heading += "two texts at once: Alt-W chooses · ";
            }
            heading += &counted(state.asked(), "paragraph");
            match state.silent() {
                0 => heading += ", all covered",
                silent => heading += &format!(", {silent} without a point"),
            }
            if state.compiled {
                heading += " · put together";
            }
            heading
        }
        DraftSide::Said => {
            let count = state.count(state.at());
            let label = app
                .paragraphs
                .draft_paragraph_at(&app.core, state.at())
                .map(|found| found.label.as_str());
            let place = match state.spots().get(state.at()) {
                Some(Spot::Astray) => {
                    return format!("{} to look at", counted(state.strays(), "item"));
                }
                _ => label.unwrap_or("whole text"),
            };
            let mut heading = format!("{place}: {}", counted(count.points, "point"));
            if count.proposals > 0 {
                heading += &format!(", {}", counted(count.proposals, "proposal"));
            }
            if count.comments > 0 {
                heading += &format!(", {}", counted(count.comments, "comment"));
            }
            if count.unanswered > 0 && count.comments > 0 {
                heading += &format!(" · {} unanswered", count.unanswered);
            }
            heading
        }
    }
}

fn draw_side(
    app: &App,
    theme: Theme,
    canvas: &mut Canvas,
    layout: &DraftTextLayout,
    side: DraftSide,
) {
    let state = &app.paragraphs;
    let (list, here) = (layout.list(side), state.side == side);
    let whole = match side {
        DraftSide::Text => layout.text,
        DraftSide::Said => layout.said,
    };
    let wall = layout.beside && side == DraftSide::Said;
    let own = whole.height - list.height;
    let heading = heading(app, side);
    let shows = (
        ("draft text", side, here, wall, own, &heading),
        (state.version(), state.at(), state.said_at(), app.core.loading, theme),
    );
    canvas.pane(rect(whole), shows, |buffer, area| {
        if own > 0 {
            let mut pen = Brush::new(buffer, area, theme);
            pen.rule(0, 0, TextRole::Dim);
            let role = if here { TextRole::Title } else { TextRole::Dim };
            pen.put_cut(2, 0, area.width.saturating_sub(2), &format!(" {heading} "), role);
        }
        let top = own.min(area.height);
        let area = Rect { y: area.y + top, height: area.height - top, ..area };
        entries(app, &mut Brush::new(buffer, area, theme), area.height, side);
        let mut pen = Brush::new(buffer, area, theme);
        if wall {
            for y in 0..area.height {
                pen.put(0, y, theme.wall(), TextRole::Dim);
            }
        }
        empty(app, &mut pen, side);
    });
}

fn entries(app: &App, pen: &mut Brush<'_>, height: u16, side: DraftSide) {
    let state = &app.paragraphs;
    let at = match side {
        DraftSide::Text => state.at(),
        DraftSide::Said => state.said_at(),
    };
    let window = app.paragraphs.draft_text_window(&app.core, side);
    let mut skip = window.skip;
    let mut y = 0;
    for place in window.points {
        let entry = app.paragraphs.draft_text_entry(&app.core, side, place);
        let chosen = at == place;
        for (nth, row) in entry.rows.iter().enumerate().skip(skip) {
            if y >= height {
                return;
            }
            let mut x = row.x;
            for piece in &row.pieces {
                x = pen.put(x, y, &piece.text, role(piece.ink));
            }
            if nth == 0 {
                if let Some(kind) = &entry.kind {
                    pen.put(2, y, &entry.label, TextRole::Dim);
                    pen.put(6, y, mark(kind), TextRole::Kind);
                } else {
                    pen.put(2, y, &entry.label, TextRole::Strong);
                    let role = if entry.silent { TextRole::Gap } else { TextRole::Dim };
                    pen.put(11, y, &entry.count, role);
                }
            }
            if chosen && state.side == side {
                // Not the words: a redline must be seen.
                pen.paint(2..row.x.saturating_sub(1), y, TextRole::Chosen);
            }
            if nth == 0 && chosen {
                pen.put(1, y, pen.theme().mark(), TextRole::Strong);
            }
            y += 1;
        }
        skip = 0;
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

fn empty(app: &App, pen: &mut Brush<'_>, side: DraftSide) {
    let (first, second) = match side {
        DraftSide::Text if app.core.workshop.draft_text().is_none() => {
            ("There is no draft text here yet.", "i takes one in: Markdown, plain text or Word.")
        }
        DraftSide::Said if app.paragraphs.said().is_empty() => {
            ("There is nothing on this yet.", "Enter adds a point on it, e proposes other words.")
        }
        _ => return,
    };
    let y = if side == DraftSide::Text { 2 } else { 1 };
    pen.put(3, y, first, TextRole::Strong);
    pen.put(3, y + 1, second, TextRole::Dim);
}
