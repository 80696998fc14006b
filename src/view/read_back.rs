//! Reading the points back: one point, large, for the whole group to see.
//!
//! To be read from the back of a room, a screen must show little: short rows with space between them, in
//! letters made of many cells if they fit, and nothing else as bright as the words.

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, capture::rect, dialog::border, head, hints, words};
use crate::app::keymap::{Action, key_of, row};
use crate::app::{App, Sheet, amend_area, large, wrap};
use crate::workshop::{Hands, Point, ReadBackState, SealStatus};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let sheet = Sheet::of(&app.core, &app.reading);
    let bare = app.reading.bare;
    if sheet.title.y > 0 {
        head(app, theme, canvas, "Read back", &words::time(app.core.workshop.zone(), app.core.now));
    }
    title(app, theme, canvas, rect(sheet.title));
    the_words(app, theme, canvas, &sheet);
    next(app, theme, canvas, rect(sheet.next));
    asking(app, theme, canvas, rect(sheet.ask));
    foot(app, theme, canvas, rect(sheet.foot));
    if app.core.size.1 >= 8 {
        if bare && app.core.notice.is_none() {
            bare_foot(app, theme, canvas);
        } else {
            hints(app, theme, canvas);
        }
    }
    if app.core.typing.is_amending() {
        amend(app, theme, canvas);
    }
}

/// The topic with its group.
fn place(app: &App) -> String {
    let topics = app.core.workshop.topics();
    let topic = topics.iter().find(|topic| topic.id == app.core.here.topic);
    let topic = topic.map_or(app.core.here.topic.as_str(), |topic| &topic.title);
    format!("{} · {topic}", app.core.workshop.title_of(&app.core.here.group))
}

fn title(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let (far, open) = app.reading.reading_in_words(&app.core);
    let (place, count) = (place(app), app.reading.place().1);
    canvas.pane(area, ("read title", &place, &far, open, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let role = match (count, open) {
            (0, _) => TextRole::Dim,
            (_, 0) => TextRole::Good,
            _ => TextRole::Plain,
        };
        let end = pen.put_right(area.height - 1, &format!("  {far} "), role);
        pen.put_cut(1, area.height - 1, end.saturating_sub(1), &place, TextRole::Title);
    });
}

fn the_words(app: &App, theme: Theme, canvas: &mut Canvas, sheet: &Sheet) {
    let rows = &sheet.rows[sheet.seen.clone()];
    let area = rect(sheet.words);
    let (x, y) = (sheet.corner.0, sheet.corner.1.saturating_sub(area.y));
    let more = sheet.seen.end < sheet.rows.len();
    let long = sheet.seen.len() < sheet.rows.len();
    let above = app
        .reading
        .point_above(&app.core)
        .filter(|_| y >= 2)
        .map(|point| wrap::shorten(point.text(), 56));
    let shows = (
        ("read words", &sheet.text, rows, above.as_deref(), sheet.corner, sheet.large, sheet.step),
        (long, more, app.core.loading, app.reading.marks(&app.core), theme),
    );
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        if rows.is_empty() {
            return nothing(app, &mut pen, area);
        }
        if let Some(above) = &above {
            pen.put_cut(x, y - 2, area.width, &format!("under “{above}”"), TextRole::Dim);
        }
        for (nth, row) in rows.iter().enumerate() {
            let y = y.saturating_add((nth as u16).saturating_mul(sheet.step));
            let text = &sheet.text[row.clone()];
            if sheet.large && !theme.ascii {
                for (row, signs) in (y..).zip(large(text)) {
                    pen.put(x, row, &signs, TextRole::Strong);
                }
            } else {
                pen.put(x, y, text, TextRole::Strong);
                for mark in app.reading.marks(&app.core) {
                    let column = |at: usize| x + wrap::width(&text[..at - row.start]) as u16;
                    let (from, until) = (mark.start.max(row.start), mark.end.min(row.end));
                    if from < until {
                        pen.paint(column(from)..column(until), y, TextRole::Named);
                    }
                }
            }
        }
        if long {
            let keys = [Action::PageUp, Action::PageDown]
                .map(|action| key_of(action).map(|key| key.to_string()).unwrap_or_default());
            let text = if more {
                format!("… more: {}", keys[1])
            } else {
                format!("… above: {}", keys[0])
            };
            pen.put(x, area.height - 1, &text, TextRole::Dim);
        }
    });
}

fn nothing(app: &App, pen: &mut Brush<'_>, area: Rect) {
    let text = if app.core.loading {
        "The points are being read."
    } else {
        "No points to read back here. Tab goes to the next topic, g to another group."
    };
    pen.put_wrapped(area.width / 10, area.height * 2 / 5, text, TextRole::Dim);
}

fn next(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let next = app
        .reading
        .point_next(&app.core)
        .map(|point| wrap::shorten(point.text(), usize::from(area.width)));
    canvas.pane(area, ("read next", &next, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        if let Some(next) = &next {
            let x = pen.put(1, 0, "next: ", TextRole::Dim);
            pen.put_cut(x, 0, area.width.saturating_sub(x + 1), next, TextRole::Dim);
        }
    });
}

/// The question whether anyone could tell who said what was read; then on how many topics it was asked.
fn asking(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let (question, flagged) = (app.reading.asking(&app.core), app.reading.flagged_here(&app.core));
    let (asked, topics) = crate::app::Reading::topics_asked(&app.core);
    let shows = ("read asking", &question, flagged, asked, topics, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let progress = format!("topics done: {asked}/{topics} ");
        match &question {
            Some(question) => {
                let x = pen.put(1, 0, question, TextRole::Gap) + 2;
                let x = put_keys(&mut pen, x);
                if x + progress.len() as u16 <= area.width {
                    pen.put_right(0, &progress, TextRole::Dim);
                }
            }
            None if asked > 0 => {
                let flags = match flagged {
                    0 => String::new(),
                    count => format!("{count} flagged: someone could tell who said it. "),
                };
                pen.put(1, 0, &flags, TextRole::Gap);
                pen.put_right(0, &progress, TextRole::Dim);
            }
            None => {}
        }
    });
}

/// The keys that answer; returns the column after them.
fn put_keys(pen: &mut Brush<'_>, x: u16) -> u16 {
    let mut x = x;
    for action in [Action::Flag, Action::Nobody] {
        let key = key_of(action).map(|key| key.to_string()).unwrap_or_default();
        x = pen.put(x, 0, &key, TextRole::Key) + 1;
        x = pen.put(x, 0, &row(action).name.to_lowercase(), TextRole::Plain) + 2;
    }
    x
}

/// What the group said about the point that is being read, in words, and whether it is flagged.
fn verdict_in_words(app: &App) -> String {
    let Some(point) = app.reading.point_read(&app.core) else { return String::new() };
    let flag = if point.is_flagged() { " · flagged" } else { "" };
    format!("{}{flag}", point_verdict(point))
}

fn point_verdict(point: &Point) -> String {
    let wordings = point.alternatives().len() + 1;
    if wordings > 1 {
        let key = key_of(Action::Settle).map(|key| key.to_string()).unwrap_or_default();
        return format!("{wordings} wordings: {key} chooses one first");
    }
    if point.is_said_twice() {
        return "two laptops noted different answers: please ask again".to_owned();
    }
    match point.read_back_state() {
        ReadBackState::Nothing => "not confirmed yet".to_owned(),
        ReadBackState::Confirmed => "confirmed".to_owned(),
        ReadBackState::NotOurs => "not ours".to_owned(),
        ReadBackState::Changed => "changed since read-back".to_owned(),
        ReadBackState::Reservation => {
            format!("confirmed, with a reservation: {}", point.reservation().unwrap_or_default())
        }
    }
}

/// What else is known about how far the group agrees with it.
fn agreed(app: &App) -> String {
    let Some(point) = app.reading.point_read(&app.core) else { return String::new() };
    let hands = point.hands().map(|Hands { yes, no, neither }| {
        format!("show of hands: {yes} for, {no} against, {neither} abstaining")
    });
    let how = point.convergence().map(|how| how.title().to_owned());
    [how, hands].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How the verdict looks: its symbol and its role.
fn verdict(app: &App, theme: Theme) -> (&'static str, TextRole) {
    match app.reading.point_read(&app.core) {
        None => ("", TextRole::Dim),
        Some(point) if point.is_said_twice() || !point.alternatives().is_empty() => {
            ("", TextRole::Gap)
        }
        Some(point) => match point.read_back_state() {
            ReadBackState::Nothing if point.is_flagged() => ("", TextRole::Gap),
            ReadBackState::Nothing => ("", TextRole::Dim),
            ReadBackState::Confirmed if point.is_flagged() => (theme.confirmed(), TextRole::Gap),
            ReadBackState::Confirmed => (theme.confirmed(), TextRole::Good),
            ReadBackState::Reservation => (theme.confirmed(), TextRole::Gap),
            ReadBackState::NotOurs | ReadBackState::Changed => ("", TextRole::Gap),
        },
    }
}

/// What is recorded for the point, and the seal on the topic.
fn foot(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let (said, agreed, marked) = (verdict_in_words(app), agreed(app), marked(app));
    let (sign, role) = verdict(app, theme);
    let seal = seal(app, theme);
    let shows = ("read foot", &said, &agreed, &marked, sign, role, &seal, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let y = u16::from(area.height > 1);
        let room = area.width.saturating_sub(2);
        if y > 0 {
            pen.rule(0, 0, TextRole::Dim);
            pen.put_cut(1, 2, room, &agreed, TextRole::Plain);
            pen.put_cut(1, 3, room, &seal.0, seal.1);
        }
        let x = if sign.is_empty() { 1 } else { pen.put(1, y, sign, role) + 1 };
        let end = pen.put_cut(x, y, room.saturating_sub(x), &said, role);
        if end + wrap::width(&marked) as u16 + 2 < area.width {
            pen.put_right(y, &marked, TextRole::Dim);
        }
    });
}

/// How many names and descriptions in the point still need a decision.
fn marked(app: &App) -> String {
    let key = key_of(Action::GoNames).map(|key| key.to_string()).unwrap_or_default();
    match app.reading.marked() {
        0 => String::new(),
        count => format!("{count} may reveal who spoke ({key}) "),
    }
}

fn seal(app: &App, theme: Theme) -> (String, TextRole) {
    let (group, topic) = (&app.core.here.group, &app.core.here.topic);
    let key = key_of(Action::Seal).map(|key| key.to_string()).unwrap_or_default();
    let digest = app.core.workshop.seal(group, topic).map(|seal| fours(&seal.digest));
    let digest = digest.unwrap_or_default();
    let who = app.core.workshop.title_of(group);
    if app.core.workshop.is_sealed_twice(group, topic) {
        return (
            format!("sealed differently on two laptops at once: {key} chooses"),
            TextRole::Gap,
        );
    }
    match app.core.workshop.sealed(group, topic) {
        SealStatus::Yes => {
            (format!("{} {who} endorses this · {digest}", theme.confirmed()), TextRole::Good)
        }
        SealStatus::Changed => (
            format!("changed since {who} sealed it ({digest}): {key} seals it again"),
            TextRole::Gap,
        ),
        SealStatus::No
            if app.reading.place().1 > 0 && app.reading.reading_in_words(&app.core).1 == 0 =>
        {
            (format!("{who} was asked about every point here: {key} seals it"), TextRole::Dim)
        }
        SealStatus::No => (String::new(), TextRole::Dim),
    }
}

/// A digest in groups of four letters, for reading aloud.
fn fours(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    let fours: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    fours.join(" ")
}

/// The columns that the question needs there, with what is beside it.
const BARE_QUESTION: usize = 76;

/// The bottom row when only the words are shown: how far, what was said, how safe.
fn bare_foot(app: &App, theme: Theme, canvas: &mut Canvas) {
    let area = Rect::new(0, app.core.size.1 - 1, app.core.size.0, 1);
    let (place, count) = app.reading.place();
    let far = if count > 0 { format!("{} of {count}", place + 1) } else { String::new() };
    // The question is also asked when only the words are shown.
    let room = usize::from(app.core.size.0) > BARE_QUESTION;
    let asked = app
        .reading
        .asking(&app.core)
        .map(|all| if room { all } else { "Could anyone tell?".to_owned() });
    let (sign, role) = if asked.is_some() { ("", TextRole::Gap) } else { verdict(app, theme) };
    let said = asked.clone().unwrap_or_else(|| verdict_in_words(app));
    let (safety, bad) = (app.core.safety.to_string(), app.core.safety.is_bad());
    let asks = asked.is_some();
    let shows = ("read bare", &far, &said, asks, sign, role, &safety, bad, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let safe = if bad { TextRole::Bad } else { TextRole::Dim };
        let end = pen.put_right(0, &format!(" {safety} "), safe);
        let x = pen.put(1, 0, &far, TextRole::Plain) + 3;
        let x = if sign.is_empty() { x } else { pen.put(x, 0, sign, role) + 1 };
        let mut pen = pen.until(end);
        let x = pen.put_cut(x, 0, end.saturating_sub(x + 1), &said, role);
        if asks {
            put_keys(&mut pen, x + 2);
        }
    });
}

/// The box in which the words are amended.
fn amend(app: &App, theme: Theme, canvas: &mut Canvas) {
    let (area, typed) = amend_area(&app.core);
    let area = rect(area);
    let room = usize::from(area.height.saturating_sub(3)).max(1);
    let above = typed.cursor.0.saturating_sub(room - 1);
    let seen = &typed.rows[above..(above + room).min(typed.rows.len())];
    let seen: Vec<&str> =
        seen.iter().map(|row| &app.core.typing.line.text()[row.clone()]).collect();
    let shows = ("amend", &seen, above == 0, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        border(&mut pen, area, theme, "Amend while the group listens");
        for (y, row) in seen.iter().enumerate() {
            pen.put(2, 1 + y as u16, &wrap::typed(row), TextRole::Strong);
        }
        if area.height > 3 {
            let text = "Enter saves and confirms it, Esc cancels";
            pen.put_cut(2, area.height - 2, area.width.saturating_sub(4), text, TextRole::Dim);
        }
    });
    if app.core.overlay.is_none() {
        let row = (typed.cursor.0 - above) as u16;
        canvas.set_cursor(area.x + 2 + typed.cursor.1 as u16, area.y + 1 + row);
    }
}
