//! The day.

use ratatui::layout::Rect;

use super::{Brush, Canvas, TextRole, Theme, body, head, hints, words};
use crate::app::keymap::{Action, key_of};
use crate::app::{AGENDA_WIDE as WIDE, App};
use crate::workshop::{Agenda, Course, SessionId, Slot, State};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let now = words::time(app.core.workshop.zone(), app.core.now);
    head(app, theme, canvas, "Agenda", &now);
    let body = body(app);
    let slots = app.core.workshop.timetable(app.core.now);
    if body.width >= WIDE {
        let left = body.width * 3 / 5;
        list(app, theme, canvas, Rect { width: left, ..body }, &slots);
        details(app, theme, canvas, Rect { x: left, width: body.width - left, ..body }, &slots);
    } else {
        let tall = crate::app::Day::agenda_height(&app.core);
        list(app, theme, canvas, Rect { height: tall, ..body }, &slots);
        let below = Rect { y: body.y + tall, height: body.height - tall, ..body };
        details(app, theme, canvas, below, &slots);
    }
    hints(app, theme, canvas);
}

fn list(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect, slots: &[Slot<'_>]) {
    let states: Vec<String> = slots.iter().map(|slot| words::state(app, slot)).collect();
    let rows = app.day.agenda_rows(&app.core);
    let shows = ("agenda", app.core.workshop.revision(), app.day.at(), &states, &rows, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        if slots.is_empty() {
            pen.put_wrapped(
                2,
                1,
                "This agenda has no sessions. Points can be captured all the same (F3).",
                TextRole::Plain,
            );
            return;
        }
        for (y, row) in rows.iter().take(usize::from(area.height)).enumerate() {
            let y = y as u16;
            if let Some(at) = row {
                session(app, theme, &mut pen, y, (*at, &slots[*at]), &states[*at]);
            } else {
                let at = rows[usize::from(y)..].iter().flatten().next().copied();
                let day = at.and_then(|at| app.core.workshop.agenda().days.get(slots[at].day));
                let Some(day) = day else { continue };
                let title = if day.title.is_empty() { "" } else { " · " };
                let text = format!("{}{title}{}", day.date.format("%A %-d %B %Y"), day.title);
                pen.put_cut(1, y, area.width, &text, TextRole::Title);
            }
        }
    });
}

fn session(
    app: &App,
    theme: Theme,
    pen: &mut Brush<'_>,
    y: u16,
    (at, slot): (usize, &Slot<'_>),
    state: &str,
) {
    let chosen = at == app.day.at();
    pen.put(0, y, if chosen { theme.mark() } else { " " }, TextRole::Strong);
    let time = slot.planned.map_or(String::new(), |time| time.to_string());
    pen.put(2, y, &time, TextRole::Plain);
    let (sign, role) = match slot.state {
        State::Running { .. } => (theme.running(), TextRole::Good),
        State::Over { .. } => (theme.done(), TextRole::Dim),
        State::Ahead if slot.session.pinned => ("=", TextRole::Dim),
        State::Ahead => (" ", TextRole::Plain),
    };
    pen.put(8, y, sign, role);
    let role = match slot.state {
        State::Over { .. } => TextRole::Dim,
        State::Running { .. } => TextRole::Strong,
        State::Ahead if slot.session.kind.is_break() => TextRole::Dim,
        State::Ahead => TextRole::Plain,
    };
    let x = 10 + slot.depth.min(6) as u16 * 2;
    let width = app.core.size.0;
    let right = crate::app::wrap::width(state) as u16;
    let list = if width >= WIDE { width * 3 / 5 } else { width };
    let room = list.saturating_sub(x + right + 3);
    let x = pen.put_cut(x, y, room.max(12), &slot.session.title, role);
    let late =
        matches!(slot.state, State::Running { until: Some(until), .. } if until < app.core.now);
    let role = if late || slot.expected.is_some() { TextRole::Gap } else { TextRole::Good };
    let role = if matches!(slot.state, State::Over { .. }) { TextRole::Dim } else { role };
    pen.put((x + 1).max(list.saturating_sub(right + 1)), y, state, role);
    if chosen {
        pen.paint(1..list, y, TextRole::Chosen);
    }
}

fn details(app: &App, theme: Theme, canvas: &mut Canvas, area: Rect, slots: &[Slot<'_>]) {
    let Some(slot) = slots.get(app.day.at()) else { return };
    let state = words::state(app, slot);
    let shows = ("details", app.core.workshop.revision(), app.day.at(), &state, theme);
    canvas.pane(area, shows, |buffer, area| {
        let beside = area.x > 0;
        let mut pen = Brush::new(buffer, area, theme);
        for y in 0..area.height {
            if beside {
                pen.put(0, y, theme.wall(), TextRole::Dim);
            }
        }
        if !beside {
            pen.rule(0, 0, TextRole::Dim);
        }
        let mut y = u16::from(!beside);
        let mut line = |text: &str, role| y += pen.put_wrapped(2, y, text, role);
        let session = slot.session;
        line(&session.title, TextRole::Strong);
        line(&facts(app.core.workshop.agenda(), slot), TextRole::Plain);
        if !state.is_empty() {
            line(&state, TextRole::Good);
        }
        for (text, role) in consent(app, &session.id) {
            line(&text, role);
        }
        if !session.objective.is_empty() {
            line(&session.objective, TextRole::Plain);
        }
        for question in questions(app.core.workshop.agenda(), slot) {
            line(&format!("? {question}"), TextRole::Plain);
        }
        if !session.speakers.is_empty() {
            line(&format!("With: {}", session.speakers.join("; ")), TextRole::Dim);
        }
        if beside {
            line("", TextRole::Plain);
            line("What the meeting is for", TextRole::Title);
            for objective in &app.core.workshop.agenda().objectives {
                line(&format!("· {objective}"), TextRole::Plain);
            }
        }
    });
}

/// Kind, time, rule and place of a session in one line.
fn facts(agenda: &Agenda, slot: &Slot<'_>) -> String {
    let session = slot.session;
    let mut facts = vec![session.kind.title()];
    if let Some(start) = slot.planned {
        let end = slot.planned_end().map_or(String::new(), |end| format!("–{end}"));
        facts.push(format!("{start}{end}"));
    }
    if session.pinned {
        facts.push("fixed start".to_owned());
    }
    facts.push(agenda.rule_of(session).title().to_owned());
    if !session.room.is_empty() {
        facts.push(session.room.clone());
    }
    facts.join(" · ")
}

/// What is recorded about consent to be named.
fn consent(app: &App, session: &SessionId) -> Vec<(String, TextRole)> {
    if !app.core.workshop.is_on_record(session) {
        return Vec::new();
    }
    let key = key_of(Action::Consent).map(|key| key.to_string()).unwrap_or_default();
    let known = app.core.workshop.course(session).map(Course::consents).unwrap_or_default();
    match &known[..] {
        [] | [None] => vec![(format!("{key} records who agreed to be named"), TextRole::Dim)],
        [Some(words)] => vec![(format!("May be named: {words}"), TextRole::Good)],
        several => {
            let choices = |words: Option<&str>| match words {
                Some(words) => format!("“{words}”"),
                None => "none".to_owned(),
            };
            let choices: Vec<String> = several.iter().copied().map(choices).collect();
            let what = "Consent was recorded on two laptops at once";
            vec![(format!("{what}: {}. {key} chooses.", choices.join(", ")), TextRole::Gap)]
        }
    }
}

/// A session's own questions, or those of its topics.
fn questions<'a>(agenda: &'a Agenda, slot: &'a Slot<'_>) -> Vec<&'a String> {
    if !slot.session.questions.is_empty() {
        return slot.session.questions.iter().collect();
    }
    let topics = slot.session.topics.iter().filter_map(|topic| agenda.topic(topic));
    topics.flat_map(|topic| &topic.questions).collect()
}
