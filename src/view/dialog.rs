//! What is shown over a screen: choosing, answering, pasting, help.

use std::{borrow::Cow, ops::Range};

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, capture::named, screen};
use crate::app::key::Key;
use crate::app::{
    About, App, Ask, Choice, Choose, Help, Overlay, Reply, Report, StartQuestion, TypedRows, say,
    wrap,
};

pub(super) fn draw(app: &App, overlay: &Overlay, theme: Theme, canvas: &mut Canvas) {
    match overlay {
        Overlay::Choose(choose) => draw_choose(app, choose, theme, canvas),
        Overlay::Ask(ask) => draw_ask(app, ask, theme, canvas),
        Overlay::Paste(text) => draw_paste(app, text, theme, canvas),
        Overlay::Help(help) => draw_help(app, help, theme, canvas),
        Overlay::Report(report) => draw_report(app, report, theme, canvas),
    }
}

/// A box in the middle of the screen, of this size or as large as fits.
fn middle(app: &App, width: u16, height: u16) -> Rect {
    let whole = screen(app);
    let (width, height) = (width.min(whole.width), height.min(whole.height));
    Rect::new((whole.width - width) / 2, (whole.height - height) / 2, width, height)
}

/// Draws a frame with a title; what is inside begins at column 2 and row 1.
pub(super) fn border(pen: &mut Brush<'_>, area: Rect, theme: Theme, title: &str) {
    let (right, bottom) = (area.width.saturating_sub(1), area.height.saturating_sub(1));
    pen.rule(0, 0, TextRole::Dim);
    pen.rule(0, bottom, TextRole::Dim);
    for (x, y, sign) in [(0, 0, 0), (right, 0, 1), (0, bottom, 2), (right, bottom, 3)] {
        pen.put(x, y, theme.corners()[sign], TextRole::Dim);
    }
    for y in 1..bottom {
        pen.put(0, y, theme.wall(), TextRole::Dim);
        pen.put(right, y, theme.wall(), TextRole::Dim);
    }
    let title = wrap::title(title, usize::from(area.width.saturating_sub(6)));
    pen.put_cut(2, 0, area.width.saturating_sub(4), &format!(" {title} "), TextRole::Title);
}

/// The most of a long name that is laid out for reading in full, in bytes.
const PREVIEW: usize = 4000;

/// The chosen name in full, if names are too long for a row.
#[derive(Default, Hash)]
struct Preview {
    text: String,
    /// The part that differs from the other values of its field.
    apart: Range<usize>,
    rows: Vec<Range<usize>>,
    /// How many rows are scrolled out of sight at the top.
    above: usize,
}

impl Preview {
    /// At most `height` rows of `width` columns; for a longer name, those around where it differs.
    fn of(choose: &Choose, width: usize, height: usize) -> Self {
        let fitting = choose.fitting();
        let Some(choice) = fitting.get(choose.at) else { return Self::default() };
        let (name, apart) = (choice.name.as_str(), choose.differing(choose.at));
        let start = boundary(name, apart.start.saturating_sub(PREVIEW / 2));
        let end = boundary(name, (start + PREVIEW).min(name.len()));
        let shown = |range: Range<usize>| wrap::visible(&name[range]).into_owned();
        let text = shown(start..end);
        let from = shown(start..apart.start.min(end)).len();
        let apart = from..from + shown(apart.start.min(end)..apart.end.min(end)).len();
        let rows = wrap::rows(&text, width);
        let first = rows.iter().rposition(|row| row.start <= apart.start).unwrap_or(0);
        let last = rows.len().saturating_sub(height);
        let above = first.saturating_sub(height.saturating_sub(1) / 2).min(last);
        Self { text, apart, rows, above }
    }

    fn draw(&self, pen: &mut Brush<'_>, y: u16, height: u16) {
        for (row, range) in self.rows.iter().skip(self.above).take(height.into()).enumerate() {
            let y = y + row as u16;
            pen.put(2, y, &self.text[range.clone()], TextRole::Plain);
            let column = |at: usize| {
                let at = at.clamp(range.start, range.end);
                2 + wrap::width(&self.text[range.start..at]) as u16
            };
            pen.paint(column(self.apart.start)..column(self.apart.end), y, TextRole::Found);
        }
        let below = self.above + usize::from(height);
        for (more, y) in [(self.above > 0, y), (below < self.rows.len(), y + height - 1)] {
            if more {
                pen.put(1, y, "…", TextRole::Key);
            }
        }
    }
}

/// A name for a row of this many columns. If it is the same as others for a long stretch, most of
/// that is left out.
fn one_row(name: &str, apart: Range<usize>, room: usize) -> Cow<'_, str> {
    let alike = &name[..apart.start];
    let columns = |text: &str| wrap::width(&wrap::visible(text));
    if columns(&name[..apart.end]) < room || columns(alike) <= room / 3 {
        return Cow::Borrowed(name);
    }
    format!("{} {}", wrap::shorten(alike, room / 3), &name[apart.start..]).into()
}

fn boundary(text: &str, mut place: usize) -> usize {
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

fn draw_choose(app: &App, choose: &Choose, theme: Theme, canvas: &mut Canvas) {
    let width = middle(app, 70, 1).width;
    let room = |choice: &Choice| usize::from(width).saturating_sub(8 + wrap::width(&choice.more));
    let inside = usize::from(width.saturating_sub(4));
    // The frame keeps its size while one goes up and down: it has room for the longest name.
    let rows = |choice: &Choice| {
        let name = &choice.name[..boundary(&choice.name, choice.name.len().min(PREVIEW))];
        wrap::rows(&wrap::visible(name), inside).len()
    };
    let long = |choice: &&Choice| {
        choice.name.contains('\n') || wrap::width(&wrap::visible(&choice.name)) > room(choice)
    };
    let longest = if choose.choices.iter().any(|choice| long(&choice)) {
        choose.choices.iter().map(rows).max().unwrap_or(0) as u16 + 1
    } else {
        0
    };
    let tall = (choose.choices.len() as u16).saturating_add(4).saturating_add(longest);
    let area = middle(app, 70, tall.min(24));
    let inner = area.height.saturating_sub(3);
    let below = longest.min(inner.saturating_sub((choose.choices.len() as u16).min(inner / 2)));
    let rows = usize::from(inner - below);
    let fitting = choose.fitting();
    let top = (choose.at + 1).saturating_sub(rows);
    let seen: Vec<(Cow<'_, str>, &str)> = fitting
        .iter()
        .enumerate()
        .skip(top)
        .take(rows)
        .map(|(at, choice)| {
            (one_row(&choice.name, choose.differing(at), room(choice)), choice.more.as_str())
        })
        .collect();
    let typed = choose.line.text();
    let preview = if below > 1 {
        Preview::of(choose, inside, usize::from(below - 1))
    } else {
        Preview::default()
    };
    let shows =
        ("choose", &choose.title, typed, choose.at, &seen, (fitting.len(), &preview, theme));
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        border(&mut pen, area, theme, &choose.title);
        let end = pen.put(2, 1, &format!("> {typed}"), TextRole::Strong);
        if typed.is_empty() {
            pen.put(end + 1, 1, "type to search, ↑ ↓ choose, Enter selects", TextRole::Dim);
        }
        if seen.is_empty() {
            pen.put(4, 2, "No match. Press Backspace to widen the search.", TextRole::Dim);
        }
        for (row, (name, more)) in seen.iter().enumerate() {
            let y = 2 + row as u16;
            let room = area.width.saturating_sub(8 + wrap::width(more) as u16);
            pen.put_cut(4, y, room, name, TextRole::Plain);
            let x = area.width.saturating_sub(wrap::width(more) as u16 + 3);
            pen.put(x, y, more, TextRole::Key);
            if top + row == choose.at {
                pen.put(2, y, theme.mark(), TextRole::Strong);
                pen.paint(3..area.width.saturating_sub(1), y, TextRole::Chosen);
            }
        }
        if below > 1 {
            let y = area.height - 1 - below;
            for x in 1..area.width.saturating_sub(1) {
                pen.put(x, y, theme.rule(), TextRole::Dim);
            }
            preview.draw(&mut pen, y + 1, below - 1);
        }
    });
    let before = &typed[..choose.line.cursor()];
    let column = wrap::width(before) as u16;
    canvas.set_cursor(area.x + 4 + column, area.y + 1);
}

/// The most rows of an answer that are visible at once.
const ASKED: u16 = 8;
/// The most rows of what is said about a question.
const HINTED: usize = 3;

fn draw_ask(app: &App, ask: &Ask, theme: Theme, canvas: &mut Canvas) {
    let room = usize::from(middle(app, 70, 5).width.saturating_sub(5)).max(2);
    let typed = TypedRows::of(&ask.line, room);
    // A long answer is shown in full, as far as there is room.
    let tall =
        (typed.rows.len() as u16).clamp(1, ASKED.min(app.core.size.1.saturating_sub(4).max(1)));
    // A name that reveals who spoke matters more than how to answer.
    let (hint, role) = match named(app).filter(|_| ask.about.returned().leaves_the_room()) {
        Some(named) => (named, TextRole::Gap),
        None => (ask.hint.clone(), TextRole::Dim),
    };
    let hints = wrap::rows(&wrap::visible(&hint), room).len().min(HINTED) as u16;
    let area = middle(app, 70, 3 + tall + hints);
    let first = (typed.cursor.0 + 1).saturating_sub(usize::from(tall));
    let seen = typed.rows.iter().skip(first).take(usize::from(tall));
    let seen: Vec<Cow<'_, str>> = seen
        .map(|row| &ask.line.text()[row.clone()])
        .map(|row| {
            // As many symbols as columns were typed, so that the cursor is after them.
            let hidden =
                ask.about.returned().is_secret().then(|| theme.hidden().repeat(wrap::width(row)));
            hidden.map_or(Cow::Borrowed(row), Cow::Owned)
        })
        .collect();
    let keys = match ask.about {
        About::Start(StartQuestion::Forget(_)) => "Enter answers, Esc removes nothing",
        About::DraftText(Reply::TakeIn) => "Enter imports, Esc cancels",
        About::Start(_) | About::Exchange(_) => "Enter continues, Esc cancels",
        _ => "Enter saves, Esc cancels",
    };
    let shows = ("ask", &ask.question, &hint, &seen, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        border(&mut pen, area, theme, &ask.question);
        for (y, row) in seen.iter().enumerate() {
            pen.put(2, 1 + y as u16, &wrap::typed(row), TextRole::Strong);
        }
        let hint = wrap::visible(&hint);
        for (y, row) in wrap::rows(&hint, room).into_iter().take(hints.into()).enumerate() {
            pen.put(2, 1 + tall + y as u16, &hint[row], role);
        }
        pen.put(2, 1 + tall + hints, keys, TextRole::Dim);
    });
    let row = (typed.cursor.0 - first) as u16;
    canvas.set_cursor(area.x + 2 + typed.cursor.1 as u16, area.y + 1 + row);
}

fn draw_paste(app: &App, text: &str, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 70, 10);
    canvas.pane(area, ("paste", text.len(), theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let text = crate::workshop::clean(text);
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        border(&mut pen, area, theme, &format!("You pasted {}", say::counted(count, "line")));
        for (row, line) in text.lines().take(4).enumerate() {
            pen.put_cut(2, 1 + row as u16, area.width.saturating_sub(4), line, TextRole::Dim);
        }
        for (y, key, what) in [
            (6, "o", "one point: put it all into the line"),
            (7, "e", "one point each: add every line as a point"),
            (8, "Esc", "cancel"),
        ] {
            pen.put(2, y, key, TextRole::Key);
            pen.put(7, y, what, TextRole::Plain);
        }
    });
}

/// The keys of a row, as far as the column is wide: one or two, or the first and the last of a range.
fn keys_shown(keys: &[Key]) -> String {
    match keys {
        [] => String::new(),
        [first, _, _, .., last] if keys.len() == 9 => format!("{first} – {last}"),
        [first, second, ..] => {
            let both = format!("{first}, {second}");
            if wrap::width(&both) <= 19 { both } else { first.to_string() }
        }
        [only] => only.to_string(),
    }
}

fn draw_help(app: &App, help: &Help, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 90, app.core.size.1);
    let damage = &app.core.safety.damage;
    canvas.pane(area, ("help", help.context, help.scroll, damage, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let title = help.context.title();
        border(&mut pen, area, theme, &format!("Keys · {title} · Esc closes, ↑ ↓ scroll"));
        let mut y = 1;
        for damage in damage {
            y += pen.put_wrapped(2, y, damage, TextRole::Gap);
        }
        for row in help.rows().into_iter().skip(help.scroll) {
            if y + 1 >= area.height {
                break;
            }
            pen.put_cut(2, y, 19, &keys_shown(row.keys), TextRole::Key);
            pen.put_cut(22, y, 20, row.name, TextRole::Strong);
            let mut inside = Brush::new(buffer, Rect { width: area.width - 1, ..area }, theme);
            y += inside.put_wrapped(43, y, row.help, TextRole::Plain);
            pen = Brush::new(buffer, area, theme);
        }
        border(&mut pen, area, theme, &format!("Keys · {title} · Esc closes, ↑ ↓ scroll"));
    });
}

fn draw_report(app: &App, report: &Report, theme: Theme, canvas: &mut Canvas) {
    let area = middle(app, 76, Report::tall(app.core.size));
    let rows = report.rows(app.core.size);
    let seen = report.seen(app.core.size);
    let title = report.heading();
    let shows = ("report", report.scroll, &rows, title, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        border(&mut pen, area, theme, title);
        for (y, row) in rows.iter().skip(report.scroll).take(seen).enumerate() {
            pen.put(2, 1 + y as u16, row, TextRole::Plain);
        }
        for (more, y) in [
            (report.scroll > 0, 1),
            (report.scroll + seen < rows.len(), area.height.saturating_sub(2)),
        ] {
            if more {
                pen.put(area.width.saturating_sub(2), y, "…", TextRole::Key);
            }
        }
    });
}
