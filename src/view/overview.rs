//! Topics by groups.

use super::{Brush, Canvas, TextRole, Theme, body, head, hints};
use crate::app::{App, Columns, LATER, OVERVIEW_HEAD, say, wrap};
use crate::workshop::{Due, DueTopics, GroupState, SealStatus, Topic};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    head(app, theme, canvas, "Overview", "");
    let body = body(app);
    let at = (app.overview.topic.at(), app.overview.group.at());
    // What the plan expects depends on the time too.
    let shows = ("overview", app.core.workshop.revision(), app.core.now.0 / 60_000, at, theme);
    canvas.pane(body, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let groups: Vec<&GroupState> = app.core.workshop.groups().collect();
        let columns = app.overview.overview_columns(&app.core);
        let Columns { fit, first, .. } = columns;
        let seen = &groups[first..groups.len().min(first + fit)];
        heading(&mut pen, columns, seen, first + fit < groups.len());
        let due = app.core.workshop.due_topics(Some(app.core.now));
        table(app, &mut pen, columns, seen, &due);
        // The pane begins a row below the screen's top.
        let y = OVERVIEW_HEAD + app.core.workshop.topics().len() as u16 + 1;
        summary(app, &mut pen, &groups, &due, y);
    });
    hints(app, theme, canvas);
}

fn heading(pen: &mut Brush<'_>, columns: Columns, groups: &[&GroupState], behind: bool) {
    let Columns { titles, group: wide, first, .. } = columns;
    let left = if first > 0 { "‹ more groups" } else { "Points (not parked)" };
    pen.put_cut(1, 0, titles - 2, left, TextRole::Dim);
    for (column, group) in groups.iter().enumerate() {
        let x = titles + column as u16 * wide;
        pen.put_cut(x, 0, wide - 1, group.title(), TextRole::Strong);
        let state = match (group.is_plenary(), group.is_open()) {
            (true, _) => "",
            (false, true) => "at work",
            (false, false) => "done",
        };
        pen.put(x, 1, state, if group.is_open() { TextRole::Dim } else { TextRole::Good });
    }
    let x = titles + groups.len() as u16 * wide;
    pen.put(x, 0, if behind { "more ›" } else { "all" }, TextRole::Dim);
}

/// Draws the counts.
fn table(
    app: &App,
    pen: &mut Brush<'_>,
    columns: Columns,
    groups: &[&GroupState],
    due: &DueTopics<'_>,
) {
    let Columns { titles, group: wide, first, digits, .. } = columns;
    for (row, topic) in app.core.workshop.topics().iter().enumerate() {
        let y = OVERVIEW_HEAD - 1 + row as u16;
        let here = row == app.overview.topic.at();
        let role = if here { TextRole::Strong } else { TextRole::Plain };
        pen.put_cut(1, y, titles - 2, &topic.title, role);
        for (column, group) in groups.iter().enumerate() {
            let (text, role) = cell(app, due, (group, topic), digits.0, pen.theme);
            let x = titles + column as u16 * wide;
            pen.put(x, y, &text, role);
            if here && first + column == app.overview.group.at() {
                pen.paint(x..x + wide - 1, y, TextRole::Chosen);
            }
        }
        let all: usize = app
            .core
            .workshop
            .groups()
            .map(|group| app.core.workshop.standing(&group.id, &topic.id))
            .sum();
        let x = titles + groups.len() as u16 * wide;
        pen.put(x, y, &format!("{all:>width$}", width = digits.1), TextRole::Dim);
    }
}

fn cell(
    app: &App,
    due: &DueTopics<'_>,
    (group, topic): (&GroupState, &Topic),
    digits: usize,
    theme: Theme,
) -> (String, TextRole) {
    let cell = app.core.workshop.cell(&group.id, &topic.id);
    let (standing, parked) = cell.map_or((0, 0), |cell| (cell.standing(), cell.parked()));
    let parked = if parked > 0 { format!(" +{parked}p") } else { String::new() };
    if standing > 0 && app.core.workshop.sealed(&group.id, &topic.id) == SealStatus::Yes {
        return (format!("{standing:>digits$}{}{parked}", theme.confirmed()), TextRole::Good);
    }
    match (standing, due.of(&group.id, &topic.id)) {
        (0, Due::Now) => (format!("{:>digits$}{parked}", "gap"), TextRole::Gap),
        (0, Due::Later) => (format!("{LATER:>digits$}{parked}"), TextRole::Dim),
        (0, Due::Never) => (format!("{:>digits$}{parked}", "·"), TextRole::Dim),
        (count, _) => (format!("{count:>digits$}{parked}"), TextRole::Plain),
    }
}

/// How many cells without a point are due now, or later, in all groups.
fn silent_cells(app: &App, groups: &[&GroupState], due: &DueTopics<'_>, when: Due) -> usize {
    let workshop = &app.core.workshop;
    let is_silent = |group: &GroupState, topic: &Topic| {
        workshop.standing(&group.id, &topic.id) == 0 && due.of(&group.id, &topic.id) == when
    };
    let of = |group: &&GroupState| {
        workshop.topics().iter().filter(|topic| is_silent(group, topic)).count()
    };
    groups.iter().map(of).sum()
}

fn summary(app: &App, pen: &mut Brush<'_>, groups: &[&GroupState], due: &DueTopics<'_>, y: u16) {
    let standing: usize = app.core.workshop.points().filter(|point| !point.is_parked()).count();
    let parked = app.core.workshop.points().count() - standing;
    pen.put(
        1,
        y,
        &if parked > 0 {
            format!("{}, {parked} of them parked.", say::counted(standing + parked, "point"))
        } else {
            format!("{}.", say::counted(standing, "point"))
        },
        TextRole::Plain,
    );
    let missing = app.core.workshop.missing_at(app.core.now);
    let silent = |when| silent_cells(app, groups, due, when);
    let (text, role) = match silent(Due::Now) {
        0 if silent(Due::Later) > 0 => (
            format!("No gaps so far. Topics with “{LATER}” are still to be discussed."),
            TextRole::Plain,
        ),
        // If a topic is discussed twice, one of the two discussions may be missing.
        0 if !missing.is_empty() => (
            "Every group has said something on every topic, but something is missing:".to_owned(),
            TextRole::Plain,
        ),
        0 => (
            "Every group has said something on every topic it was asked about.".to_owned(),
            TextRole::Good,
        ),
        gaps => {
            let gaps = say::counted(gaps, "gap");
            // What is missing by day and session follows: that is counted differently.
            (
                format!("{gaps} in the table: a group has said nothing on a topic yet."),
                TextRole::Gap,
            )
        }
    };
    pen.put(1, y + 1, &text, role);
    let (text, is_well) = app.core.draft_line();
    let role = if is_well { TextRole::Good } else { TextRole::Gap };
    pen.put(1, y + 2, &text, role);
    read_back(app, pen, groups, y + 3);
    let y = y + 3 + u16::from(app.core.workshop.has_read_back());
    let y = sentences(pen, &missing, y, TextRole::Gap);
    sentences(pen, &app.core.workshop.to_come(Some(app.core.now)), y, TextRole::Dim);
}

/// Draws as many of these sentences as fit, each in full; returns the row after them.
fn sentences(pen: &mut Brush<'_>, sentences: &[String], y: u16, role: TextRole) -> u16 {
    let wide = usize::from(pen.width().saturating_sub(2));
    let rows = |sentence: &String| wrap::rows(sentence, wide).len() as u16;
    let mut y = y;
    for (nth, sentence) in sentences.iter().enumerate() {
        let is_last = nth + 1 == sentences.len();
        if y + rows(sentence) + u16::from(!is_last) > pen.height() {
            let left = sentences.len() - nth;
            let text = if nth == 0 {
                format!("{left} to read: F6 has them all.")
            } else {
                format!("{left} more: F6 has them all.")
            };
            pen.put_cut(1, y, pen.width().saturating_sub(2), &text, role);
            return y + 1;
        }
        y += pen.put_wrapped(1, y, sentence, role);
    }
    y
}

/// Draws how far the groups have confirmed their points, once one has begun; returns how many rows that takes.
fn read_back(app: &App, pen: &mut Brush<'_>, groups: &[&GroupState], y: u16) -> u16 {
    if !app.core.workshop.has_read_back() {
        return 0;
    }
    let topics = app.core.workshop.topics();
    let open = |group: &GroupState| -> usize {
        topics.iter().map(|topic| app.core.workshop.unconfirmed(&group.id, &topic.id)).sum()
    };
    let open: Vec<_> = groups.iter().map(|group| (group.title(), open(group))).collect();
    let left: Vec<String> = open
        .iter()
        .filter(|(_, open)| *open > 0)
        .map(|(title, open)| format!("{title}: {open}"))
        .collect();
    let cells = groups.iter().flat_map(|group| topics.iter().map(|topic| (&group.id, &topic.id)));
    let sealed = |how| cells.clone().filter(|(g, t)| app.core.workshop.sealed(g, t) == how).count();
    let broken = match sealed(SealStatus::Changed) {
        0 => String::new(),
        broken => format!(", {} broken by a change", say::counted(broken, "seal")),
    };
    let seals = say::counted(sealed(SealStatus::Yes), "seal");
    let seals = format!("{} {seals}{broken}.", pen.theme.done());
    let (text, role) = if left.is_empty() {
        (format!("All points are read back. {seals}"), TextRole::Good)
    } else {
        (format!("{seals} Points not confirmed yet: {}.", left.join(", ")), TextRole::Dim)
    };
    pen.put_wrapped(1, y, &text, role)
}
