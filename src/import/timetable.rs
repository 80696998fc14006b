//! Planned times: how they are written, and whether they fit together.

use std::collections::HashMap;

use super::form::{AgendaForm, shortened};
use super::page::SourceText;
use crate::workshop::{Agenda, Session, TimeOfDay};

/// Where a session is in the file and in the agenda.
pub(super) struct TimetableRow {
    pub(super) day: usize,
    /// The row it is under.
    pub(super) umbrella: Option<usize>,
    pub(super) at: usize,
}

/// Half a day: what a clock without "a.m." and "p.m." leaves open.
const HALF: u32 = 12 * 60;
/// Nobody plans a single session for longer than this without saying so.
const LIKELY: u32 = 8 * 60;
/// No session is longer than a time of day can be.
const LONGEST: u32 = 36 * 60;

/// When a session starts and how long it is, as far as the agenda says.
pub(super) fn times<'t>(
    page: &mut SourceText<'t>,
    form: &AgendaForm<'_, 't>,
) -> (Option<TimeOfDay>, Option<u32>) {
    let minutes = form.number(page, "minutes", LONGEST);
    let (start, end) = if form.get("time").is_some() {
        for field in ["start", "end"].into_iter().filter(|field| form.get(field).is_some()) {
            let what = format!("“time” says when it is already, so “{field}” says it twice.");
            page.mistake(form.place(field), what, "Keep one of the two.");
        }
        span(page, form)
    } else {
        (form.read::<TimeOfDay>(page, "start"), form.read::<TimeOfDay>(page, "end"))
    };
    let at = form.place(if form.get("time").is_some() { "time" } else { "end" });
    match (start, end, minutes) {
        (_, None, minutes) => (start, minutes),
        (Some(start), Some(end), _) if end < start => {
            let what = format!("This session ends at {end}, before it starts at {start}.");
            page.mistake(at, what, later(start, end));
            (Some(start), None)
        }
        (Some(start), Some(end), minutes) => {
            let length = end.minutes() - start.minutes();
            if minutes.is_some_and(|minutes| minutes != length) {
                let what =
                    format!("From {start} to {end} is {length} minutes, not what is said here.");
                page.mistake(form.place("minutes"), what, "Keep either “end” or “minutes”.");
            }
            (Some(start), Some(length))
        }
        (None, Some(end), Some(minutes)) if minutes <= end.minutes() => {
            (TimeOfDay::from_minutes(end.minutes() - minutes), Some(minutes))
        }
        (None, Some(_), minutes) => {
            if form.get("start").is_none() {
                let what = "This session has an end and no start.";
                page.mistake(at, what, "Add start: \"9:00\" or minutes: 30, for example.");
            }
            (None, minutes)
        }
    }
}

/// What an end that is too early was probably meant to be.
fn later(start: TimeOfDay, end: TimeOfDay) -> String {
    let (start, end) = (start.minutes(), end.minutes());
    let afternoon = (start..start + LIKELY).contains(&(end + HALF)).then_some(end + HALF);
    let after_midnight = (start >= 17 * 60 && end <= HALF / 2).then_some(end + 2 * HALF);
    match after_midnight.or(afternoon).and_then(TimeOfDay::from_minutes) {
        Some(meant) => format!("Did you mean \"{meant}\"?"),
        None => "Write an end after the start, or minutes: 30.".to_owned(),
    }
}

/// Reads `time: "9:00-10:30"`, or a start alone.
fn span<'t>(
    page: &mut SourceText<'t>,
    form: &AgendaForm<'_, 't>,
) -> (Option<TimeOfDay>, Option<TimeOfDay>) {
    let Some(node) = form.get("time") else { return (None, None) };
    let Some(text) = page.written(node, "a time") else { return (None, None) };
    let parts: Vec<&str> =
        text.split(['-', '–', '—']).flat_map(|part| part.split(" to ")).collect();
    let read = match parts[..] {
        [start] => start.parse().ok().map(|start| (Some(start), None)),
        [start, end] => {
            end.parse().ok().and_then(|end| Some((Some(first(start, end)?), Some(end))))
        }
        _ => None,
    };
    read.unwrap_or_else(|| {
        let what = format!("“{}” is not a time.", shortened(text));
        page.mistake(node.at, what, "Write time: \"9:00-10:30\", or start and end by themselves.");
        (None, None)
    })
}

/// The start of a span, which may leave its half of the day to the end: `4-9pm`, `10-1 p.m.`.
fn first(start: &str, end: TimeOfDay) -> Option<TimeOfDay> {
    let alone = start.parse::<TimeOfDay>().ok();
    let full = |half: &str| format!("{start}{half}").parse().ok().filter(|start| *start <= end);
    alone.or_else(|| full("pm")).or_else(|| full("am"))
}

/// Warns of what does not fit together: sessions outside their umbrella's time, before the row
/// above them, or two in one room at once.
pub(super) fn check(page: &mut SourceText<'_>, agenda: &Agenda, rows: &[TimetableRow]) {
    let sessions = agenda.sessions().into_iter().map(|(_, _, session)| session);
    let plan = TimetablePlan { rows, sessions: sessions.collect() };
    for index in 0..rows.len() {
        plan.check_umbrella(page, index);
    }
    plan.check_order(page);
    plan.check_rooms(page);
}

/// The rows with what the agenda says about them.
struct TimetablePlan<'a> {
    rows: &'a [TimetableRow],
    sessions: Vec<&'a Session>,
}

impl TimetablePlan<'_> {
    /// From when to when a session is planned, if the agenda says both.
    fn span(&self, index: usize) -> Option<(TimeOfDay, TimeOfDay)> {
        let session = self.sessions[index];
        let start = session.start?;
        Some((start, start.plus(session.minutes?)))
    }

    /// The rows over a row, the nearest first.
    fn above(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.rows[index].umbrella, |above| self.rows[*above].umbrella)
    }

    fn check_umbrella(&self, page: &mut SourceText<'_>, index: usize) {
        let Some(start) = self.sessions[index].start else { return };
        let Some(umbrella) = self.above(index).find(|above| self.span(*above).is_some()) else {
            return;
        };
        let Some((from, to)) = self.span(umbrella) else { return };
        let end = self.span(index).map_or(start, |(_, end)| end);
        if start < from || end > to {
            let title = shortened(&self.sessions[umbrella].title);
            let what = format!("This session is outside the time of “{title}”, {from} to {to}.");
            let instead = "Change one of the two, or take it out from under the other.";
            page.warning(self.rows[index].at, what, instead);
        }
    }

    /// A row that starts before the one above it is often a clock without "p.m.".
    fn check_order(&self, page: &mut SourceText<'_>) {
        let mut latest: HashMap<(usize, Option<usize>), TimeOfDay> = HashMap::new();
        for (row, session) in self.rows.iter().zip(&self.sessions) {
            let Some(start) = session.start else { continue };
            let before = latest.entry((row.day, row.umbrella)).or_insert(start);
            if start < *before {
                let what = format!("This session starts at {start}, the row above it at {before}.");
                let meant = start.minutes() + HALF;
                let meant = TimeOfDay::from_minutes(meant).filter(|meant| meant >= before);
                let instead = match meant {
                    Some(meant) => format!("Did you mean \"{meant}\"?"),
                    None => "Rows stand in the order of their times.".to_owned(),
                };
                page.warning(row.at, what, instead);
            }
            *before = start;
        }
    }

    fn check_rooms(&self, page: &mut SourceText<'_>) {
        let mut timed: Vec<usize> =
            (0..self.rows.len()).filter(|index| self.span(*index).is_some()).collect();
        timed.sort_by_key(|index| (self.rows[*index].day, self.sessions[*index].start, *index));
        let mut under_way: Vec<usize> = Vec::new();
        for index in timed {
            let (day, start) = (self.rows[index].day, self.sessions[index].start);
            under_way.retain(|other| {
                self.rows[*other].day == day && self.span(*other).map(|(_, end)| end) > start
            });
            match under_way.iter().position(|other| self.clash(index, *other)) {
                Some(place) => {
                    let other = under_way[place];
                    self.overlap(page, index.max(other), index.min(other));
                    // Keeping one of the two is enough for what follows: the one that ends later.
                    if self.span(index).map(|(_, end)| end) > self.span(other).map(|(_, end)| end) {
                        under_way[place] = index;
                    }
                }
                None => under_way.push(index),
            }
        }
    }

    /// Whether two sessions at the same time cannot both be intended.
    fn clash(&self, one: usize, other: usize) -> bool {
        let family = self.above(one).any(|above| above == other)
            || self.above(other).any(|above| above == one);
        let room = self.room(one);
        // Groups without a room of their own meet in their groups' rooms.
        let groups = |index: usize| &self.sessions[index].groups;
        let apart = room.is_empty()
            && !groups(one).is_empty()
            && !groups(other).is_empty()
            && groups(one).iter().all(|group| !groups(other).contains(group));
        !family && !apart && room.eq_ignore_ascii_case(self.room(other))
    }

    /// Where a session is held: its own room or that of a row over it.
    fn room(&self, index: usize) -> &str {
        let room = |index: usize| self.sessions[index].room.as_str();
        let above = self.above(index).map(room).find(|room| !room.is_empty());
        if room(index).is_empty() { above.unwrap_or_default() } else { room(index) }
    }

    fn overlap(&self, page: &mut SourceText<'_>, later: usize, earlier: usize) {
        let title = shortened(&self.sessions[earlier].title);
        let line = page.line(self.rows[earlier].at);
        let place = match self.room(later) {
            "" => "in the same room".to_owned(),
            room => format!("in the room “{}”", shortened(room)),
        };
        let what = format!("This session is {place} at the same time as “{title}” on line {line}.");
        let instead = "Give one of them another room or time, or put one under the other.";
        page.warning(self.rows[later].at, what, instead);
    }
}
