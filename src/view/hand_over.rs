//! Writing the feedback.

use super::{Brush, Canvas, TextRole, Theme, body, head, hints};
use crate::app::say::{counted, counting, names_and_flags, unlisted};
use crate::app::{App, HandOver};
use crate::workshop::shown;

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    head(app, theme, canvas, "Hand over", "");
    let body = body(app);
    let state = &app.hand_over;
    let shows = (
        (
            "hand-over",
            app.core.workshop.revision(),
            theme,
            state.at(),
            app.core.attributions.open.len(),
        ),
        (&state.formats, &state.folder, state.progress, &state.written, &state.missing),
    );
    canvas.pane(body, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let points = counting(app.core.workshop.points().count(), "point", "goes", "go");
        pen.put(1, 0, &format!("{points} into the consolidated feedback."), TextRole::Plain);
        let (text, is_well) = app.core.draft_line();
        pen.put(1, 1, &text, if is_well { TextRole::Good } else { TextRole::Gap });
        let open = &app.core.attributions.open;
        let mut x = 1;
        if !open.is_empty() {
            let text = format!("{} to decide on before you can export: F9.", names_and_flags(open));
            x = pen.put(x, 2, &text, TextRole::Gap) + 1;
        }
        if let Some(unlisted) = unlisted(app.core.workshop.unlisted()) {
            pen.put_cut(x, 2, area.width.saturating_sub(x), &unlisted, TextRole::Gap);
        }
        for (row, text) in state.missing.iter().enumerate() {
            pen.put(1, 3 + row as u16, text, TextRole::Gap);
        }
        let seen = state.seen(app.core.size.1);
        for (row, at) in seen.clone().enumerate() {
            let (y, format) = (state.head() - 1 + row as u16, &state.formats[at]);
            let sign = if format.chosen { theme.done() } else { " " };
            let x = pen.put(2, y, &format!("[{sign}] {:<12}", format.name), TextRole::Strong);
            pen.put_cut(x + 1, y, area.width, &format.line, TextRole::Plain);
            if at == state.at() {
                pen.paint(1..area.width, y, TextRole::Chosen);
            }
            let goes_on =
                (row == 0 && at > 0) || (at + 1 == seen.end && seen.end < state.formats.len());
            if goes_on {
                pen.put(0, y, "…", TextRole::Key);
            }
        }
        outcome(state, &app.core.workshop.agenda().id, theme, &mut pen, seen.len() as u16);
    });
    hints(app, theme, canvas);
}

/// What will be written and where, how far that has come, or what was written; below this many formats.
fn outcome(state: &HandOver, meeting: &str, theme: Theme, pen: &mut Brush<'_>, formats: u16) {
    let mut y = state.head() + formats;
    let stem = HandOver::stem(meeting);
    let folder = format!("{}{}", shown(&state.folder), std::path::MAIN_SEPARATOR);
    if let Some(progress) = state.progress {
        pen.put(1, y, "Writing… Esc stops it.", TextRole::Strong);
        let (full, empty) = theme.bar();
        let done = (progress.percent * 40 / 100).min(40);
        let bar = full.repeat(done) + &empty.repeat(40 - done);
        let count = format!("{bar} {} of {} written", progress.files, counted(progress.of, "file"));
        pen.put(1, y + 1, &count, TextRole::Good);
    } else if state.written.files.is_empty() {
        let count = state.formats.iter().filter(|format| format.chosen).count();
        let text = format!("Enter writes {}, {stem}.…, to", counted(count, "file"));
        pen.put_cut(1, y, pen.width(), &text, TextRole::Strong);
        pen.put_wrapped(3, y + 1, &folder, TextRole::Plain);
    } else {
        let count = counted(state.written.files.len(), "file");
        pen.put_cut(1, y, pen.width(), &format!("Written: {count}, {stem}.…, in"), TextRole::Good);
        y += pen.put_wrapped(3, y + 1, &folder, TextRole::Plain);
        if !state.written.kept.is_empty() {
            y += 1;
            pen.put(1, y, "The earlier file is kept as", TextRole::Dim);
        }
        for file in &state.written.kept {
            y += 1;
            let file = shown(file);
            y += pen.put_wrapped(3, y, &file, TextRole::Dim).saturating_sub(1);
        }
    }
}
