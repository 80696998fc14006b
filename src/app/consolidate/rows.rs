//! What a point or a comment shows, row by row. The same rows are measured and drawn.

use super::super::listing::{open, open_of};
use super::super::{Consolidate, EntryRow, Ink, say};
use super::{Core, Entry, Side, TwoSided, TwoSidedLayout, wrap};
use crate::workshop::{Comment, Fate, GroupId};

/// Columns to the left of the words: marks, group or number, kind.
const GUTTER: usize = 12;
/// How many rows the words have of what is not chosen.
const FEW: usize = 2;
/// How many rows the words have of what is chosen.
const MANY: usize = 40;

/// A text on at most `most` rows, with an ellipsis if it goes on.
fn laid(text: &str, width: usize, most: usize) -> Vec<String> {
    let width = width.max(2);
    // No row has more bytes than this, so the rest of a long text is not looked at.
    let mut end = text.len().min(most.saturating_add(1).saturating_mul(width * 8));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let shown = wrap::visible(&text[..end]);
    let rows = wrap::rows(&shown, width);
    let mut laid: Vec<String> =
        rows.iter().take(most).map(|row| shown[row.clone()].trim_end().to_owned()).collect();
    if (rows.len() > most || end < text.len())
        && let (Some(last), Some(row)) = (laid.last_mut(), rows.get(most.min(rows.len()) - 1))
    {
        *last = wrap::shorten(&format!("{} …", &shown[row.start..]), width);
    }
    laid
}

/// A row for each text.
fn rows_of(texts: Vec<String>, x: usize, ink: Ink) -> impl Iterator<Item = EntryRow> {
    texts.into_iter().map(move |text| EntryRow::of(x, text, ink))
}

/// Words followed by what is known about them, at this column.
fn words(
    text: &str,
    (x, width): (usize, usize),
    most: usize,
    more: &str,
    gap: &str,
) -> Vec<EntryRow> {
    let room = width.saturating_sub(x + 1);
    let mut rows: Vec<EntryRow> = rows_of(laid(text, room, most), x, Ink::Plain).collect();
    let tail = wrap::width(more) + wrap::width(gap);
    if tail == 0 {
        return rows;
    }
    let width_of =
        |row: &EntryRow| row.pieces.iter().map(|piece| wrap::width(&piece.text)).sum::<usize>();
    if rows.last().is_none_or(|last| width_of(last) + tail > room) {
        rows.push(EntryRow::of(x, String::new(), Ink::Plain));
    }
    let apart = rows.last().is_some_and(|last| last.pieces.is_empty());
    // At the beginning of a row, no dot is needed before the words.
    let bare = |part: &str| part.strip_prefix(" · ").unwrap_or(part).to_owned();
    let (more, gap) = match (apart, more.is_empty()) {
        (false, _) => (more.to_owned(), gap.to_owned()),
        (true, false) => (bare(more), gap.to_owned()),
        (true, true) => (String::new(), bare(gap)),
    };
    let Some(last) = rows.last_mut() else { return rows };
    let is_alone = more.is_empty();
    last.push(more, Ink::Dim);
    if tail <= room {
        last.push(gap, Ink::Gap);
        return rows;
    }
    // What waits for a person is shown in full, with the key at its end.
    if is_alone {
        rows.pop();
    }
    rows.extend(rows_of(laid(&bare(&gap), room, usize::MAX), x, Ink::Gap));
    rows
}

/// Words that follow other words, with a separator before them.
fn after_a_dot(more: String) -> String {
    if more.is_empty() { more } else { format!(" · {more}") }
}

/// The sources, one row each, as many as fit.
pub(super) fn list_sources(
    core: &Core,
    found: &Comment,
    room: usize,
    height: usize,
    rows: &mut Vec<EntryRow>,
) {
    let sources = core.workshop.sources(found.id());
    let fit = height.saturating_sub(rows.len()).max(3);
    let shown = if sources.len() > fit { fit - 1 } else { sources.len() };
    for index in &sources[..shown] {
        let point = core.workshop.point_at(*index);
        let label = format!("{:<3} ", initials(core, point.group()));
        let text = wrap::shorten(point.text(), room.saturating_sub(label.len()));
        rows.push(EntryRow::of(GUTTER, format!("{label}{text}"), Ink::Dim));
    }
    if shown < sources.len() {
        let more = format!("… {} more, all listed under s (Split)", sources.len() - shown);
        rows.push(EntryRow::of(GUTTER, more, Ink::Dim));
    }
}

/// What is known about a comment, on one line.
pub(super) fn known_of(core: &Core, found: &Comment) -> String {
    let sources = core.workshop.sources(found.id());
    let (groups, all) = core.workshop.support(found.topic(), sources);
    let mut parts = vec![say::counted(sources.len(), "source")];
    if groups > 0 {
        parts[0] += &format!(", {}", say::counted(groups, "group"));
    }
    parts.extend(core.workshop.legend().quantify(groups, all, "groups"));
    parts.extend(found.convergence().map(|how| how.title().to_owned()));
    parts.extend(
        found.paragraph().map(|pin| wrap::visible(&core.workshop.printed(pin)).into_owned()),
    );
    match (found.owner(), found.by_when()) {
        ("", "") => {}
        (who, "") => parts.push(format!("by {who}")),
        ("", when) => parts.push(format!("when: {when}")),
        (who, when) => parts.push(format!("by {who}, when: {when}")),
    }
    parts.join(" · ")
}

pub(super) fn comment_item(
    state: &Consolidate,
    core: &Core,
    layout: &TwoSidedLayout,
    place: usize,
) -> Entry {
    let area = layout.list::<Consolidate>(Side::Comments);
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let id = state.comments[place];
    let Some(found) = core.workshop.comment(id) else {
        // It is in the list, so it exists.
        return Entry { rows: vec![EntryRow::default()], ..Entry::default() };
    };
    let chosen = state.chosen_in(Side::Comments) == Some(place);
    let most = if chosen { MANY } else { FEW };
    let gap = after_a_dot(open_of(found))
        + &after_a_dot(core.attributions.named_in(&core.workshop, found));
    let mut rows = words(core.workshop.wording(found), (GUTTER, width), most, "", &gap);
    let room = width.saturating_sub(GUTTER + 1);
    for wish in found.alternatives() {
        let wish = format!("or: {wish}");
        rows.extend(rows_of(laid(&wish, room, if chosen { 4 } else { 1 }), GUTTER, Ink::Plain));
    }
    rows.extend(rows_of(laid(&known_of(core, found), room, most), GUTTER, Ink::Dim));
    if chosen && (state.side == Side::Comments || layout.beside) {
        list_sources(core, found, room, height, &mut rows);
    }
    let number = state.number(id).unwrap_or(place + 1);
    let label = format!("{number:>3}");
    Entry { label, kind: Some(found.kind().clone()), rows, ..Entry::default() }
}

pub(super) fn short_topic(core: &Core, topic: &crate::workshop::TopicId) -> String {
    let found = core.workshop.topics().iter().find(|known| known.id == *topic);
    wrap::shorten(found.map_or(topic.as_str(), |topic| topic.short()), 16)
}

pub(super) fn point_item(
    state: &Consolidate,
    core: &Core,
    layout: &TwoSidedLayout,
    place: usize,
) -> Entry {
    let width = usize::from(layout.list::<Consolidate>(Side::Points).width);
    let line = state.points[place];
    let point = core.workshop.point_at(line.index);
    let chosen = state.chosen_in(Side::Points) == Some(place);
    let mut more = String::new();
    if let Some(paragraph) = point.paragraph() {
        more += &format!(" · {}", wrap::visible(&core.workshop.printed(paragraph)));
    }
    if *point.topic() != state.topic() {
        more += &format!(" · {}", short_topic(core, point.topic()));
    }
    if let Some(like) = &state.like
        && let Some((_, like)) = like.found.iter().find(|(id, _)| *id == point.id())
    {
        more += &format!(" · {:.0} % similar", like * 100.0);
    }
    match core.workshop.fate(point) {
        Fate::Open => {}
        Fate::Carried(comment) | Fate::Merged(comment) => {
            let number = state.number(comment).map(|number| number.to_string());
            let found = core.workshop.comment(comment);
            let there = || found.map(|found| short_topic(core, found.topic()));
            more += &format!(" · → {}", number.or_else(there).unwrap_or_default());
        }
        Fate::SetAside(aside) if aside.words.is_empty() => {
            more += &format!(" · aside: {}", aside.reason.title());
        }
        Fate::SetAside(aside) => {
            let words = wrap::shorten(&aside.words, 40);
            more += &format!(" · aside: {}: {words}", aside.reason.title());
        }
        Fate::Parked(_) => more += " · parked",
        Fate::Deleted => more += " · deleted",
    }
    let gap = after_a_dot(open(point, line));
    let x = GUTTER + usize::from(line.depth.min(4)) * 2;
    let most = if chosen { MANY } else { FEW };
    Entry {
        label: initials(core, point.group()),
        kind: Some(point.kind().clone()),
        marked: state.marked.contains(&point.id()),
        rows: words(point.text(), (x, width), most, &more, &gap),
        ..Entry::default()
    }
}

pub(super) fn initials(core: &Core, group: &GroupId) -> String {
    say::initials(&core.workshop.title_of(group))
}
