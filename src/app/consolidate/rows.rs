//! What a point or a comment shows, row by row. Measured and drawn from the same.

use super::super::listing::{open, open_of};
use super::super::{Consolidate, Core, say, wrap};
use super::{ConsolidateLayout, Side};
use crate::workshop::{Comment, Fate, GroupId, PointKind};

/// Columns left of the words: marks, group or number, kind.
const GUTTER: usize = 12;
/// Rows of the words of what is not chosen.
const FEW: usize = 2;
/// Rows of the words of what is chosen.
const MANY: usize = 40;

/// A point or a comment as its side shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SideItem {
    /// The group's initials, or the comment's number.
    pub label: String,
    /// What sort of thing it is.
    pub kind: PointKind,
    /// Whether it is marked.
    pub marked: bool,
    /// Its rows.
    pub rows: Vec<SideRow>,
}

/// One row of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SideRow {
    /// The column where it begins.
    pub x: u16,
    /// Words of the point or the comment.
    pub text: String,
    /// What else is known, behind them.
    pub more: String,
    /// What waits for somebody, behind that.
    pub gap: String,
}

/// A text on at most so many rows, with a sign where it goes on.
fn laid(text: &str, width: usize, most: usize) -> Vec<String> {
    let width = width.max(2);
    // No row has more bytes than this; the rest of a long text is not looked at.
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

/// Words with what is known of them behind, at this column.
fn words(
    text: &str,
    (x, width): (usize, usize),
    most: usize,
    more: &str,
    gap: &str,
) -> Vec<SideRow> {
    let room = width.saturating_sub(x + 1);
    let mut rows: Vec<SideRow> = laid(text, room, most)
        .into_iter()
        .map(|text| SideRow { x: x as u16, text, ..SideRow::default() })
        .collect();
    let tail = wrap::width(more) + wrap::width(gap);
    if tail == 0 {
        return rows;
    }
    if rows.last().is_none_or(|row| wrap::width(&row.text) + tail > room) {
        rows.push(SideRow { x: x as u16, ..SideRow::default() });
    }
    let apart = rows.last().is_some_and(|last| last.text.is_empty());
    // A row of its own needs no dot before what it begins with.
    let bare = |part: &str| part.strip_prefix(" · ").unwrap_or(part).to_owned();
    let (more, gap) = match (apart, more.is_empty()) {
        (false, _) => (more.to_owned(), gap.to_owned()),
        (true, false) => (bare(more), gap.to_owned()),
        (true, true) => (String::new(), bare(gap)),
    };
    let Some(last) = rows.last_mut() else { return rows };
    last.more = more;
    if tail <= room {
        last.gap = gap;
        return rows;
    }
    // What waits for somebody is read whole, with the key that it ends in.
    if last.more.is_empty() {
        rows.pop();
    }
    let gap = bare(&gap);
    let laid = laid(&gap, room, usize::MAX);
    rows.extend(laid.into_iter().map(|gap| SideRow { x: x as u16, gap, ..SideRow::default() }));
    rows
}

/// What stands behind other words, with what parts it from them.
fn behind(more: String) -> String {
    if more.is_empty() { more } else { format!(" · {more}") }
}

impl Consolidate {
    /// What a side shows at a place of its list.
    pub fn consolidate_item(&self, core: &Core, side: Side, place: usize) -> SideItem {
        let area = ConsolidateLayout::of(core, self).list(side);
        let width = usize::from(area.width);
        match side {
            Side::Points => point_item(self, core, place, width),
            Side::Comments => comment_item(self, core, place, width, usize::from(area.height)),
        }
    }
}

/// The sources, a row each, as far as there is room.
pub(super) fn list_sources(
    core: &Core,
    found: &Comment,
    room: usize,
    height: usize,
    rows: &mut Vec<SideRow>,
) {
    let sources = core.workshop.sources(found.id());
    let fit = height.saturating_sub(rows.len()).max(3);
    let shown = if sources.len() > fit { fit - 1 } else { sources.len() };
    let x = GUTTER as u16;
    for index in &sources[..shown] {
        let point = core.workshop.point_at(*index);
        let label = format!("{:<3} ", initials(core, point.group()));
        let text = wrap::shorten(point.text(), room.saturating_sub(label.len()));
        rows.push(SideRow { x, more: format!("{label}{text}"), ..SideRow::default() });
    }
    if shown < sources.len() {
        let more = format!("… {} more: s or b lists them", sources.len() - shown);
        rows.push(SideRow { x, more, ..SideRow::default() });
    }
}

/// What is known of a comment, on a line.
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
    place: usize,
    width: usize,
    height: usize,
) -> SideItem {
    let id = state.comments[place];
    let Some(found) = core.workshop.comment(id) else {
        // It stands in the list, so it is there.
        return SideItem {
            label: String::new(),
            kind: PointKind::Recommendation,
            marked: false,
            rows: vec![SideRow::default()],
        };
    };
    let chosen = state.at(Side::Comments) == Some(place);
    let most = if chosen { MANY } else { FEW };
    let gap = behind(open_of(found)) + &behind(core.attributions.named_in(&core.workshop, found));
    let mut rows = words(core.workshop.wording(found), (GUTTER, width), most, "", &gap);
    let room = width.saturating_sub(GUTTER + 1);
    for wish in found.alternatives() {
        let wish = format!("or: {wish}");
        let laid = laid(&wish, room, if chosen { 4 } else { 1 });
        rows.extend(laid.into_iter().map(|text| SideRow {
            x: GUTTER as u16,
            text,
            ..SideRow::default()
        }));
    }
    let known = laid(&known_of(core, found), room, most);
    let known =
        known.into_iter().map(|more| SideRow { x: GUTTER as u16, more, ..SideRow::default() });
    rows.extend(known);
    if chosen && (state.side == Side::Comments || ConsolidateLayout::of(core, state).beside) {
        list_sources(core, found, room, height, &mut rows);
    }
    let number = state.number(id).unwrap_or(place + 1);
    let label = format!("{number:>3}");
    SideItem { label, kind: found.kind().clone(), marked: false, rows }
}

pub(super) fn short_topic(core: &Core, topic: &crate::workshop::TopicId) -> String {
    let found = core.workshop.topics().iter().find(|known| known.id == *topic);
    wrap::shorten(found.map_or(topic.as_str(), |topic| topic.short()), 16)
}

pub(super) fn point_item(state: &Consolidate, core: &Core, place: usize, width: usize) -> SideItem {
    let line = state.points[place];
    let point = core.workshop.point_at(line.index);
    let chosen = state.at(Side::Points) == Some(place);
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
        more += &format!(" · {:.0} % alike", like * 100.0);
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
    let gap = behind(open(point, line));
    let x = GUTTER + usize::from(line.depth.min(4)) * 2;
    let most = if chosen { MANY } else { FEW };
    SideItem {
        label: initials(core, point.group()),
        kind: point.kind().clone(),
        marked: state.marked.contains(&point.id()),
        rows: words(point.text(), (x, width), most, &more, &gap),
    }
}

pub(super) fn initials(core: &Core, group: &GroupId) -> String {
    say::initials(&core.workshop.title_of(group))
}
