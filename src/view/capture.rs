//! A group at work.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{Brush, Canvas, TextRole, Theme, head_of, hints, words};
use crate::app::keymap::{Action, key_of};
use crate::app::{
    App, Area, CaptureLayout, GUTTER, Overlay, ShownPoint, TypedRows, say::initials, wrap,
};
use crate::workshop::{Due, GroupId, PointKind, Topic, TopicId};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let layout = CaptureLayout::of(&app.core);
    if layout.head.height > 0 {
        let group = app.core.workshop.group(&app.core.here.group);
        let group = group.map_or(app.core.here.group.as_str(), |group| group.title());
        head_of(app, theme, canvas, group, &words::filing(app));
    }
    tabs(app, theme, canvas, &layout);
    questions(app, theme, canvas, rect(layout.questions));
    list(app, theme, canvas, rect(layout.list));
    line(app, theme, canvas, rect(layout.line));
    if layout.side.width > 0 {
        side(app, theme, canvas, rect(layout.side));
    }
    hints(app, theme, canvas);
}

pub(super) fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

// ----- topics ----------------------------------------------------------------------------------

fn tabs(app: &App, theme: Theme, canvas: &mut Canvas, layout: &CaptureLayout) {
    let tabs = layout.tabs(&app.core);
    let labels: Vec<&str> = tabs.iter().map(|(_, label, _)| label.as_str()).collect();
    let group = &app.core.here.group;
    let shows = ("tabs", &labels, &app.core.here.topic, group, due_at(app), theme);
    canvas.pane(rect(layout.tabs), shows, |buffer, area| {
        let workshop = &app.core.workshop;
        let due = workshop.due_topics(Some(app.core.now));
        let is_gap = |topic: &TopicId| {
            due.of(group, topic) == Due::Now && workshop.standing(group, topic) == 0
        };
        let mut pen = Brush::new(buffer, area, theme);
        for (topic, label, columns) in &tabs {
            let role = if *topic == app.core.here.topic {
                TextRole::Here
            } else if is_gap(topic) {
                TextRole::Gap
            } else {
                TextRole::Plain
            };
            pen.put(columns.start, 0, label, role);
        }
    });
}

/// What it depends on which topics are due.
fn due_at(app: &App) -> (u64, i64) {
    (app.core.workshop.revision(), app.core.now.0 / 60_000)
}

fn questions(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let topic = app.core.workshop.agenda().topic(&app.core.here.topic);
    let questions = topic.map_or(&[][..], |topic| &topic.questions);
    canvas.pane(area, ("questions", questions, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let one = area.height == 1 && questions.len() > 1;
        for (y, question) in questions.iter().take(usize::from(area.height)).enumerate() {
            let more =
                if one { format!("  ({} more: F2)", questions.len() - 1) } else { String::new() };
            let room = area.width.saturating_sub(2 + wrap::width(&more) as u16);
            let x = pen.put(0, y as u16, " ", TextRole::Dim);
            let x = pen.put_cut(x, y as u16, room, question, TextRole::Dim);
            pen.put(x, y as u16, &more, TextRole::Dim);
        }
    });
}

// ----- points ----------------------------------------------------------------------------------

fn list(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let capture = &app.capture;
    let shows = (
        ("list", theme, app.core.loading, app.core.typing.editing()),
        (capture.listing.version, app.core.here.chosen()),
        (
            &capture.scope(&app.core.here).filter,
            capture.scope(&app.core.here).everywhere,
            capture.search.is_some(),
        ),
    );
    canvas.pane(area, shows, |buffer, area| {
        let lines = &capture.listing.lines;
        if lines.is_empty() {
            return empty(app, theme, buffer, area);
        }
        let window = app.capture.window(&app.core);
        let needle = capture.scope(&app.core.here).filter.to_lowercase();
        let mut skip = window.skip;
        let mut y = 0;
        for place in window.points {
            let line = lines[place];
            let point = app.core.workshop.point_at(line.index);
            let shown = ShownPoint::of(&app.core.workshop, point, line, usize::from(area.width));
            let mut pen = Brush::new(buffer, area, theme);
            let chosen = app.core.here.chosen() == Some(place);
            let kind = if point.is_parked() { "park" } else { mark(point.kind()) };
            for (row, range) in shown.rows.iter().enumerate().skip(skip) {
                if y >= area.height {
                    return;
                }
                let x = (GUTTER + shown.indent) as u16;
                if row == 0 {
                    let sign = if chosen { theme.mark() } else { " " };
                    pen.put(0, y, sign, TextRole::Strong);
                    pen.put(2, y, kind, TextRole::Kind);
                    if shown.confirmed {
                        pen.put(u16::from(chosen), y, theme.confirmed(), TextRole::Dim);
                    }
                }
                let words = range.start.min(shown.words)..range.end.min(shown.words);
                let role = if point.is_parked() { TextRole::Dim } else { TextRole::Plain };
                let end = pen.put(x, y, &shown.text[words.clone()], role);
                let behind = words.end.max(range.start)..range.end;
                let mark = shown.mark.clamp(behind.start, behind.end);
                let end = pen.put(end, y, &shown.text[behind.start..mark], TextRole::Dim);
                pen.put(end, y, &shown.text[mark..behind.end], TextRole::Gap);
                highlight(&mut pen, &shown.text[words], &needle, x, y);
                if chosen {
                    pen.paint(x.saturating_sub(1)..area.width, y, TextRole::Chosen);
                }
                y += 1;
            }
            skip = 0;
        }
    });
}

/// Underlines what was searched for. This works only if lower-case letters take as many bytes as
/// capitals, which is so wherever it matters.
fn highlight(pen: &mut Brush<'_>, text: &str, needle: &str, x: u16, y: u16) {
    let folded = text.to_lowercase();
    if needle.is_empty() || folded.len() != text.len() {
        return;
    }
    for (at, found) in folded.match_indices(needle) {
        if !text.is_char_boundary(at) || !text.is_char_boundary(at + found.len()) {
            continue;
        }
        let start = x + wrap::width(&text[..at]) as u16;
        let end = start + wrap::width(&text[at..at + found.len()]) as u16;
        pen.paint(start..end, y, TextRole::Found);
    }
}

fn empty(app: &App, theme: Theme, buffer: &mut Buffer, area: Rect) {
    let mut pen = Brush::new(buffer, area, theme);
    let (first, second) = match &app.capture.search {
        _ if app.core.loading => ("The points are being read; type on.", ""),
        Some(search) if search.everywhere => {
            ("Nothing found in any group or topic.", "Esc goes back.")
        }
        Some(_) => ("Nothing found here.", "Tab searches all groups and topics."),
        None => (
            "No points here yet.",
            "Type what is said and press Enter. The point is saved at once.",
        ),
    };
    let y = area.height / 2;
    pen.put_wrapped(GUTTER as u16, y.saturating_sub(1), first, TextRole::Strong);
    pen.put_wrapped(GUTTER as u16, y, second, TextRole::Dim);
}

/// A kind in five letters.
pub(super) fn mark(kind: &PointKind) -> &str {
    match kind {
        PointKind::Recommendation => "rec",
        PointKind::Challenge => "chall",
        PointKind::Reflection => "refl",
        PointKind::GoodPractice => "good",
        PointKind::Question => "quest",
        PointKind::Option => "opt",
        PointKind::Concern => "conc",
        PointKind::Fact => "fact",
        PointKind::EarlyAction => "act",
        PointKind::Other(word) => {
            let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
            &word[..end]
        }
    }
}

// ----- the line --------------------------------------------------------------------------------

fn line(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let capture = &app.capture;
    let (line, prompt) = match &capture.search {
        Some(search) => (&search.line, "/ "),
        None => (&app.core.typing.line, "> "),
    };
    let typed = TypedRows::of(line, usize::from(area.width.saturating_sub(4)));
    let label = label(app);
    let rows = usize::from(area.height).saturating_sub(usize::from(area.height > 1));
    let above = typed.cursor.0.saturating_sub(rows.saturating_sub(1));
    let seen = typed.rows.get(above..(above + rows).min(typed.rows.len())).unwrap_or_default();
    let seen: Vec<&str> = seen.iter().map(|row| &line.text()[row.clone()]).collect();
    let nudge = nudge(app);
    // A name that reveals who spoke matters more than that something was said before.
    let asked = matches!(app.core.overlay, Some(Overlay::Ask(_)));
    let (said, role_said) = match named(app).filter(|_| !asked) {
        Some(named) => (Some(named), TextRole::Gap),
        None => (read_back_in_words(app), TextRole::Dim),
    };
    let shows = (
        "line",
        (&label, &said, &nudge),
        &seen,
        above == 0,
        prompt,
        app.core.typing.editing(),
        theme,
    );
    let first = u16::from(area.height > 1);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        if first > 0 {
            pen.rule(0, 0, TextRole::Dim);
            let role =
                if app.core.typing.editing().is_some() { TextRole::Gap } else { TextRole::Kind };
            let end = pen.put(2, 0, &format!(" {label} "), role);
            let mut room = area.width.saturating_sub(end + 2);
            let fits = |nudge: &&String| wrap::width(nudge) <= usize::from(room);
            if let Some(nudge) = nudge.iter().find(fits) {
                let wide = wrap::width(nudge) as u16;
                pen.put(area.width - wide - 1, 0, nudge, TextRole::Gap);
                room = room.saturating_sub(wide + 1);
            }
            if let Some(said) = said.as_ref().filter(|_| room >= LEAST_SAID) {
                let said = wrap::shorten(said, usize::from(room).saturating_sub(2));
                pen.put(end + 1, 0, &format!(" {said} "), role_said);
            }
        }
        for (row, text) in seen.iter().enumerate() {
            let y = first + row as u16;
            pen.put(0, y, if row + above == 0 { prompt } else { "  " }, TextRole::Title);
            pen.put(2, y, &wrap::typed(text), TextRole::Plain);
        }
    });
    if app.core.overlay.is_none() && area.height > 0 {
        let y = area.y + first + (typed.cursor.0 - above) as u16;
        canvas.set_cursor(area.x + 2 + typed.cursor.1 as u16, y.min(area.bottom() - 1));
    }
}

/// The fewest columns in which something about the text being typed can be said.
const LEAST_SAID: u16 = 16;

/// The words in the text being typed that would reveal who spoke.
pub(super) fn named(app: &App) -> Option<String> {
    let (found, instead) = app.core.attributions.in_line()?;
    Some(match instead {
        "" => format!("reveals who spoke: “{found}”"),
        instead => format!("reveals who spoke: “{found}” → “{instead}”"),
    })
}

/// The place where the text being typed seems to have been said already.
fn read_back_in_words(app: &App) -> Option<String> {
    let point = app.core.workshop.point(app.core.alike.found?)?;
    let group = app.core.workshop.title_of(point.group());
    Some(format!("already said in {group}: “{}”", wrap::shorten(point.text(), 60)))
}

/// The reminder, near the end of a group session, that there is something to read back, long and short.
fn nudge(app: &App) -> Vec<String> {
    let Some((minutes, open)) = app.capture.nudge() else { return Vec::new() };
    let key = key_of(Action::GoReadBack).map(|key| key.to_string()).unwrap_or_default();
    let left = match minutes {
        1.. => format!("{minutes} min left"),
        _ => "time is up".to_owned(),
    };
    vec![
        format!(" {left}: {key} reads back, {open} not confirmed "),
        format!(" {key}: {open} not confirmed "),
    ]
}

/// What the text being typed will become.
fn label(app: &App) -> String {
    let capture = &app.capture;
    if let Some(search) = &capture.search {
        let count = capture.listing.lines.len();
        let place = if search.everywhere { "all groups and topics" } else { "this list" };
        return format!("searching {place}: {count} found");
    }
    if app.core.typing.editing().is_some() && app.core.typing.seen().len() > 1 {
        return "rewording: one for all wordings · Enter saves, Esc cancels".to_owned();
    }
    if app.core.typing.editing().is_some() {
        return "rewording the chosen point · Enter saves, Esc cancels".to_owned();
    }
    if let Some(proposing) = app.core.typing.proposing() {
        let found = app.core.workshop.draft_paragraph(proposing.paragraph);
        let found = found.map_or("a paragraph", |paragraph| paragraph.label.as_str());
        let what = if proposing.after { "a new paragraph after" } else { "other words for" };
        return format!("proposing {what} {found} · Enter proposes, Esc cancels");
    }
    let mut label = app.core.typing.kind_now().title().to_owned();
    if let Some(paragraph) = &app.core.typing.paragraph {
        label += &format!(" · on {}", app.core.workshop.printed(paragraph));
    }
    if let Some(under) = app.core.typing.under.and_then(|under| app.core.workshop.point(under)) {
        label += &format!(" · under “{}”", wrap::shorten(under.text(), 30));
    }
    match capture.waiting() {
        0 => label,
        waiting => format!("{label} · {waiting} entered, waiting for the points to be read"),
    }
}

// ----- the side --------------------------------------------------------------------------------

fn side(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect) {
    let workshop = &app.core.workshop;
    let questions = workshop.agenda().topic(&app.core.here.topic).map_or(&[][..], |t| &t.questions);
    let groups: Vec<_> = workshop.groups().filter(|group| !group.is_plenary()).take(7).collect();
    let titles: Vec<&str> = groups.iter().map(|group| group.title()).collect();
    let here = groups.iter().position(|group| group.id == app.core.here.group);
    let topic = &app.core.here.topic;
    let shows = ("side", questions, &titles, topic, here, due_at(app), theme);
    canvas.pane(area, shows, |buffer, area| {
        let due = workshop.due_topics(Some(app.core.now));
        let mut pen = Brush::new(buffer, area, theme);
        for y in 0..area.height {
            pen.put(0, y, theme.wall(), TextRole::Dim);
        }
        let mut y = 1;
        pen.put(2, y - 1, "Guiding questions", TextRole::Title);
        for question in questions {
            pen.put(2, y, "?", TextRole::Dim);
            y += pen.put_wrapped(4, y, question, TextRole::Plain);
        }
        y += 1;
        pen.put(2, y, "Covered so far", TextRole::Title);
        // As wide as the largest number.
        let standing = |group: &GroupId, topic: &Topic| workshop.standing(group, &topic.id);
        let cells = |topic| groups.iter().map(move |group| standing(&group.id, topic));
        let most = workshop.topics().iter().flat_map(cells).max();
        let digits = most.unwrap_or(0).to_string().len().max(3);
        let x = |column: usize| 18 + (column * (digits + 1)) as u16;
        let fits = |column: &usize| usize::from(x(*column)) + digits <= usize::from(area.width);
        let fit = (0..titles.len()).take_while(fits).count();
        for (column, title) in titles.iter().take(fit).enumerate() {
            let label = initials(title);
            let role = if here == Some(column) { TextRole::Strong } else { TextRole::Dim };
            pen.put(x(column), y, &format!("{label:>digits$}"), role);
        }
        for topic in workshop.topics() {
            y += 1;
            let is_here = topic.id == app.core.here.topic;
            let role = if is_here { TextRole::Strong } else { TextRole::Plain };
            pen.put_cut(2, y, 16, topic.short(), role);
            for (column, group) in groups.iter().take(fit).enumerate() {
                let (text, role) = match (standing(&group.id, topic), due.of(&group.id, &topic.id))
                {
                    (0, Due::Now) => ("–".to_owned(), TextRole::Gap),
                    (count, _) => (count.to_string(), TextRole::Plain),
                };
                pen.put(x(column), y, &format!("{text:>digits$}"), role);
            }
        }
    });
}
