//! Names that would reveal who spoke, one after the other.

use super::{Brush, Canvas, TextRole, Theme, body, head, hints};
use crate::app::say::{counted, names_and_flags, unlisted};
use crate::app::{App, NAMES_HEAD};
use crate::workshop::{Grade, Holder, Mention, MentionKey, Part, Ruling, What};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    head(app, theme, canvas, "Names", "");
    let body = body(app);
    let (open, chosen, left) = (
        &app.core.attributions.open,
        app.names.chosen(),
        app.core.attributions.unlooked(&app.core.workshop),
    );
    let (given, decided) =
        (app.core.attributions.given(&app.core.workshop), app.core.attributions.decided.len());
    let since = app.core.attributions.since();
    let unlisted = unlisted(app.core.workshop.unlisted());
    let shows = (
        "names",
        app.core.workshop.revision(),
        open.len(),
        chosen,
        left,
        given,
        (decided, since),
        theme,
    );
    canvas.pane(body, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let (text, role) = match (open.len(), left) {
            (0, 0) if unlisted.is_some() => (
                "There are no names left to decide on that this laptop knows.".to_owned(),
                TextRole::Plain,
            ),
            (0, 0) => ("There are no names left to decide on.".to_owned(), TextRole::Good),
            (0, left) => {
                (format!("{} still to be looked at…", counted(left, "point")), TextRole::Dim)
            }
            (count, _) => (
                match open.iter().filter(|one| one.is_flagged()).count() {
                    0 => format!(
                        "{} to decide on before an export: {}",
                        counted(count, "name"),
                        grades(open)
                    ),
                    _ => format!("{} to decide on: {}", names_and_flags(open), grades(open)),
                },
                TextRole::Gap,
            ),
        };
        pen.put(1, 0, &text, role);
        if given == 0 && decided > 0 {
            let hint =
                format!("{} decided{}: d lists them.", counted(decided, "name"), by_phrase(since));
            pen.put_cut(1, 1, area.width.saturating_sub(1), &hint, TextRole::Dim);
        }
        if given > 0 {
            let hint = format!(
                "{given} of them in the agenda and the draft text: a accepts these as they are."
            );
            pen.put_cut(1, 1, area.width.saturating_sub(1), &hint, TextRole::Dim);
        }
        if given > 0 && since > 0 && unlisted.is_none() {
            let hint = format!("{} decided{}.", counted(decided, "name"), by_phrase(since));
            pen.put_cut(1, 2, area.width.saturating_sub(1), &hint, TextRole::Dim);
        }
        if let Some(unlisted) = &unlisted {
            pen.put_cut(1, 2, area.width.saturating_sub(1), unlisted, TextRole::Gap);
        }
        let mut y = NAMES_HEAD - 1;
        // The chosen one is always near the top, so that it and those after it are visible.
        for (nth, one) in open.iter().enumerate().skip(chosen.saturating_sub(1)) {
            if y >= area.height {
                break;
            }
            y = entry(app, &mut pen, one, nth == chosen, y);
        }
    });
    hints(app, theme, canvas);
}

/// Draws one of the names; returns the row below it.
fn entry(app: &App, pen: &mut Brush<'_>, one: &Mention, chosen: bool, y: u16) -> u16 {
    let record = if one.on_record { " · on the record" } else { "" };
    let decided = match app.core.workshop.clearances(&one.key)[..] {
        [] => "",
        [Some(only)] if only.ruling == Ruling::Held => " · held",
        [_] => " · decision taken back",
        _ => " · decided differently on two laptops",
    };
    let place = place(app, &one.key);
    let grade = one.hit.graded();
    let what = match one.hit.what {
        What::Flagged => one.may_name().to_owned(),
        What::Description | What::Office => format!("“{}” · a description", one.found()),
        _ => format!("“{}”", one.found()),
    };
    let head = format!("{what} · {grade} · {place}{record}{decided}");
    let tall = pen.put_wrapped(2, y, &head, TextRole::Gap);
    if chosen {
        pen.put(0, y, pen.theme.mark(), TextRole::Title);
        (y..y + tall).for_each(|y| pen.paint(1..pen.width(), y, TextRole::Chosen));
    }
    let mut below = y + tall;
    below += pen.put_wrapped(4, below, &one.text, TextRole::Plain);
    if chosen && let Some(instead) = app.core.attributions.reworded(one) {
        below += pen.put_wrapped(4, below, &format!("→ {instead}"), TextRole::Good);
    }
    below + 1
}

/// How many of them a phrase decided after the decision by phrase was made.
fn by_phrase(since: usize) -> String {
    match since {
        0 => String::new(),
        count => format!(", {count} of them by a phrase since then"),
    }
}

/// How many there are of each grade: "2 certain, 7 possible".
fn grades(open: &[Mention]) -> String {
    let count = |grade: Grade| open.iter().filter(|one| one.hit.grade == grade).count();
    let all = [Grade::Certain, Grade::Possible, Grade::Subject].map(|grade| (count(grade), grade));
    let some = all.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> =
        some.map(|(count, grade)| format!("{count} {}", grade.word())).collect();
    words.join(", ")
}

/// What a text belongs to, in words.
fn place(app: &App, key: &MentionKey) -> String {
    let workshop = &app.core.workshop;
    let of = match &key.of {
        Holder::Point(point) => workshop.point(*point).map_or_else(String::new, |point| {
            let topic = workshop.topics().iter().find(|topic| topic.id == *point.topic());
            let topic = topic.map_or("", |topic| topic.short());
            format!("{} · {topic}", workshop.title_of(point.group()))
        }),
        Holder::Comment(_) => "a comment".to_owned(),
        Holder::Agenda | Holder::Topic(_) => "the agenda".to_owned(),
        Holder::DraftText => "the draft text".to_owned(),
        Holder::Group(id) => format!("the group {id}"),
        Holder::Legend => "the quantifiers".to_owned(),
    };
    match key.part {
        Part::Wording => of,
        part => format!("{of} · {}", part.title()),
    }
}
