//! Names that would tell who spoke, one after the other.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::{Canvas, Role, Theme, head, hints, screen};
use crate::app::keymap::Action;
use crate::app::say::{counted, unlisted};
use crate::app::{App, NAMES_HEAD};
use crate::workshop::{Attribution, Wherein};

const HINTS: [Action; 6] = [
    Action::TakeNeutral,
    Action::RewordName,
    Action::Waive,
    Action::OpenNamed,
    Action::GoHandOver,
    Action::Back,
];

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    head(app, theme, canvas, "Names", "");
    let whole = screen(app);
    let below = u16::from(whole.height >= 8);
    let body = Rect { y: 1, height: whole.height.saturating_sub(1 + below), ..whole };
    let (open, chosen, left) = (app.attributions.open(), app.attributions.chosen(), app.unlooked());
    let words: Vec<_> = open.iter().map(|one| (&one.text, one.found(), one.on_record)).collect();
    let agreed = app.workshop.attributable().filter_map(|id| app.workshop.agenda().session(id));
    let agreed: Vec<&str> = agreed.map(|session| session.title.as_str()).collect();
    let unlisted = unlisted(app.workshop.unlisted());
    let shows = ("names", words, chosen, left, &agreed, &unlisted, theme);
    canvas.pane(body, shows, |buffer, area| {
        let mut pen = Pen::new(buffer, area, theme);
        let (text, role) = match (open.len(), left) {
            (0, 0) if unlisted.is_some() => {
                ("No name known on this laptop tells who spoke.".to_owned(), Role::Plain)
            }
            (0, 0) => ("No name here tells who spoke.".to_owned(), Role::Good),
            (0, left) => (format!("{} still to be looked at…", counted(left, "point")), Role::Dim),
            (count, _) => (
                format!(
                    "{} would tell who spoke. Nothing is handed over with them.",
                    counted(count, "name")
                ),
                Role::Gap,
            ),
        };
        pen.put(1, 0, &text, role);
        let hint = "n takes the neutral wording, r rewords, w lets it stay for a reason.";
        pen.put(1, 1, if open.is_empty() { "" } else { hint }, Role::Dim);
        let mut x = 1;
        if let Some(unlisted) = &unlisted {
            x = pen.put_cut(x, 2, area.width - 1, unlisted, Role::Gap) + 1;
        }
        if !agreed.is_empty() {
            let agreed = format!("Not listed, on the record by consent: {}.", agreed.join(", "));
            pen.put_cut(x, 2, area.width.saturating_sub(x), &agreed, Role::Dim);
        }
        let mut y = NAMES_HEAD - 1;
        // The chosen one is never far from the top, so that it and those behind it are in sight.
        for (nth, one) in open.iter().enumerate().skip(chosen.saturating_sub(1)) {
            if y >= area.height {
                break;
            }
            y = entry(app, &mut pen, one, nth == chosen, y);
        }
    });
    if below > 0 {
        hints(app, theme, canvas, &HINTS);
    }
}

/// One of them; returns the row behind it.
fn entry(app: &App, pen: &mut Pen<'_>, one: &Attribution, chosen: bool, y: u16) -> u16 {
    let place = match one.wherein {
        Wherein::Point(point) => app.workshop.point(point).map(|point| {
            let topic = app.workshop.topics().iter().find(|topic| topic.id == *point.topic());
            let topic = topic.map_or("", |topic| topic.short());
            format!("{} · {topic}", app.workshop.title_of(point.group()))
        }),
        Wherein::Statement(_) => Some("a statement".to_owned()),
    };
    let record = if one.on_record { " · on the record" } else { "" };
    let head = format!("“{}” in {}{record}", one.found(), place.unwrap_or_default());
    pen.put(2, y, &head, Role::Gap);
    if chosen {
        pen.put(0, y, pen.theme().mark(), Role::Title);
        pen.paint(1..pen.width(), y, Role::Chosen);
    }
    let mut below = y + 1;
    below += pen.put_wrapped(4, below, &one.text, Role::Plain);
    if chosen && let Some(instead) = one.reworded() {
        below += pen.put_wrapped(4, below, &format!("→ {instead}"), Role::Good);
    }
    below + 1
}
