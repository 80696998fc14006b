//! What stands over a screen: choosing, answering, pasting, help.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::{Canvas, Role, Theme, screen};
use crate::app::keymap::Context;
use crate::app::{App, Ask, Choose, Help, Overlay, Typed};

pub(super) fn draw(app: &App, overlay: &Overlay, theme: Theme, canvas: &mut Canvas) {
    match overlay {
        Overlay::Choose(choose) => draw_choose(app, choose, theme, canvas),
        Overlay::Ask(ask) => draw_ask(app, ask, theme, canvas),
        Overlay::Paste(text) => draw_paste(app, text, theme, canvas),
        Overlay::Help(help) => draw_help(app, help, theme, canvas),
    }
}

/// A box in the middle of the screen, as large as there is room for.
fn middle(app: &App, width: u16, height: u16) -> Rect {
    let whole = screen(app);
    let (width, height) = (width.min(whole.width), height.min(whole.height));
    Rect::new((whole.width - width) / 2, (whole.height - height) / 2, width, height)
}

/// Draws a frame with a title; what is inside begins at column 2 and row 1.
fn border(pen: &mut Pen<'_>, area: Rect, theme: Theme, title: &str) {
    let (right, bottom) = (area.width.saturating_sub(1), area.height.saturating_sub(1));
    pen.rule(0, 0, Role::Dim);
    pen.rule(0, bottom, Role::Dim);
    for (x, y, sign) in [(0, 0, 0), (right, 0, 1), (0, bottom, 2), (right, bottom, 3)] {
        pen.put(x, y, theme.corners()[sign], Role::Dim);
    }
    for y in 1..bottom {
        pen.put(0, y, theme.wall(), Role::Dim);
        pen.put(right, y, theme.wall(), Role::Dim);
    }
    pen.put_cut(2, 0, area.width.saturating_sub(4), &format!(" {title} "), Role::Title);
}

fn draw_choose(app: &App, choose: &Choose, theme: Theme, canvas: &mut Canvas) {
    let tall = (choose.choices.len() as u16).saturating_add(4);
    let area = middle(app, 70, tall.min(24));
    let rows = usize::from(area.height.saturating_sub(3));
    let fitting = choose.fitting();
    let top = (choose.at + 1).saturating_sub(rows);
    let seen: Vec<(&str, &str)> = fitting
        .iter()
        .skip(top)
        .take(rows)
        .map(|choice| (choice.name.as_str(), choice.more.as_str()))
        .collect();
    let typed = choose.line.text();
    let shows = ("choose", &choose.title, typed, choose.at, &seen, fitting.len(), theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Pen::new(buffer, area, theme);
        border(&mut pen, area, theme, &choose.title);
        let end = pen.put(2, 1, &format!("> {typed}"), Role::Strong);
        if typed.is_empty() {
            pen.put(end + 1, 1, "type to narrow, ↑ ↓ choose, Enter takes it", Role::Dim);
        }
        if seen.is_empty() {
            pen.put(4, 2, "Nothing of that name. Backspace widens.", Role::Dim);
        }
        for (row, (name, more)) in seen.iter().enumerate() {
            let y = 2 + row as u16;
            let room = area.width.saturating_sub(8 + crate::app::wrap::width(more) as u16);
            pen.put_cut(4, y, room, name, Role::Plain);
            let x = area.width.saturating_sub(crate::app::wrap::width(more) as u16 + 3);
            pen.put(x, y, more, Role::Key);
            if top + row == choose.at {
                pen.put(2, y, theme.mark(), Role::Strong);
                pen.paint(3..area.width.saturating_sub(1), y, Role::Chosen);
            }
        }
    });
    let before = &typed[..choose.line.cursor()];
    let column = crate::app::wrap::width(before) as u16;
    canvas.set_cursor(area.x + 4 + column, area.y + 1);
}

fn draw_ask(app: &App, ask: &Ask, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 70, 5);
    let room = usize::from(area.width.saturating_sub(5)).max(2);
    let typed = Typed::of(&ask.line, room);
    let row = &ask.line.text()[typed.rows[typed.cursor.0].clone()];
    // As many signs as columns were typed, so that the cursor stands behind them.
    let hidden = theme.hidden().repeat(crate::app::wrap::width(row));
    let row = if ask.about.is_secret() { &hidden } else { row };
    let shows = ("ask", &ask.question, &ask.hint, row, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Pen::new(buffer, area, theme);
        border(&mut pen, area, theme, &ask.question);
        pen.put(2, 1, row, Role::Strong);
        pen.put_cut(2, 2, area.width.saturating_sub(4), &ask.hint, Role::Dim);
        pen.put(2, 3, "Enter keeps it, Esc leaves it as it was", Role::Dim);
    });
    canvas.set_cursor(area.x + 2 + typed.cursor.1 as u16, area.y + 1);
}

fn draw_paste(app: &App, text: &str, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 70, 10);
    canvas.pane(area, ("paste", text.len(), theme), |buffer, area| {
        let mut pen = Pen::new(buffer, area, theme);
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        border(&mut pen, area, theme, &format!("You pasted {count} lines"));
        for (row, line) in text.lines().take(4).enumerate() {
            pen.put_cut(2, 1 + row as u16, area.width.saturating_sub(4), line, Role::Dim);
        }
        for (y, key, what) in [
            (6, "o", "one point: put it all into the line"),
            (7, "e", "one point each: add every line as a point"),
            (8, "Esc", "leave it"),
        ] {
            pen.put(2, y, key, Role::Key);
            pen.put(7, y, what, Role::Plain);
        }
    });
}

fn draw_help(app: &App, help: &Help, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 90, app.size.1);
    let damage = app.safety.damage();
    canvas.pane(area, ("help", help.context, help.scroll, damage, theme), |buffer, area| {
        let mut pen = Pen::new(buffer, area, theme);
        let title = Context::ALL.iter().find(|(context, _)| *context == help.context);
        let title = title.map_or("", |(_, title)| title);
        border(&mut pen, area, theme, &format!("Keys · {title} · Esc closes, ↑ ↓ scroll"));
        let mut y = 1;
        for damage in damage {
            y += pen.put_wrapped(2, y, damage, Role::Gap);
        }
        for row in help.rows().into_iter().skip(help.scroll) {
            if y + 1 >= area.height {
                break;
            }
            let keys: Vec<String> = row.keys.iter().take(2).map(ToString::to_string).collect();
            pen.put_cut(2, y, 19, &keys.join(", "), Role::Key);
            pen.put_cut(22, y, 20, row.name, Role::Strong);
            let mut inside = Pen::new(buffer, Rect { width: area.width - 1, ..area }, theme);
            y += inside.put_wrapped(43, y, row.help, Role::Plain);
            pen = Pen::new(buffer, area, theme);
        }
        border(&mut pen, area, theme, &format!("Keys · {title} · Esc closes, ↑ ↓ scroll"));
    });
}
