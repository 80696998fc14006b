//! The gate, which the feedback passes first: nothing leaves that reveals who spoke. [`super::scan`]
//! checks the finished files.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::app::say::counted;
use crate::feedback::{ClearedDocument, Feedback, Gate, Stop};
use crate::names::{Finder, Names, SearchCounts};
use crate::workshop::{Grade, Holder, Mention, Workshop};

/// The feedback of a workshop, if every name in it was decided on, or may pass once for a given
/// reason.
pub(super) fn clear<'w>(
    workshop: &'w Workshop,
    waive: Option<&str>,
) -> Result<ClearedDocument<Feedback<'w>>, Stop> {
    let names = workshop.names();
    let searched = Finder::of(&workshop.agenda().listed()).searched();
    let gate = Gate { workshop, names: &names, waive, searched };
    gate.clear(Feedback::of(workshop, env!("CARGO_PKG_VERSION")), &on_all_cores)
}

/// The mentions in what would be exported, decided on or not.
pub(super) fn mentions(workshop: &Workshop) -> Vec<Mention> {
    let names = workshop.names();
    let gate = Gate { workshop, names: &names, waive: None, searched: SearchCounts::default() };
    gate.mentions(&Feedback::of(workshop, env!("CARGO_PKG_VERSION")), &on_all_cores)
}

/// Runs jobs on all cores; each core takes the next one as soon as it is free.
fn on_all_cores(count: usize, job: &(dyn Fn(usize) + Sync)) {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(count);
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= count {
                return;
            }
            job(nth);
        }
    };
    thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(work);
        }
        work();
    });
}

/// Where a mention is, and what could replace it, on one line.
pub(super) fn mention_in_words(workshop: &Workshop, names: &Names, mention: &Mention) -> String {
    let part = mention.key.part.title();
    let place = match &mention.key.of {
        Holder::Point(id) => match workshop.point(*id) {
            Some(point) => format!("point {id}, {}, {part}", workshop.title_of(point.group())),
            None => format!("point {id}, {part}"),
        },
        Holder::Comment(id) => format!("comment {id}, {part}"),
        Holder::Topic(id) => format!("topic {id}, {part}"),
        Holder::Group(id) => format!("group {id}, {part}"),
        Holder::Agenda => format!("agenda, {part}"),
        Holder::Legend => format!("quantifiers, {part}"),
        Holder::DraftText => format!("draft text, {part}"),
    };
    let instead = mention.reworded(names).map(|text| format!(" → “{text}”")).unwrap_or_default();
    let held = if mention.is_held() { ", held" } else { "" };
    let grade = format!("{}{held}", mention.hit.graded());
    if mention.is_flagged() {
        return format!("{place}, {grade}: {} “{}”", mention.may_name(), mention.text);
    }
    format!("{place}, {grade}: “{}” in “{}”{instead}", mention.found(), mention.text)
}

/// How many mentions there are of each grade, in words.
pub(super) fn by_grade(mentions: &[Mention]) -> String {
    let count = |grade: Grade| mentions.iter().filter(|mention| mention.hit.grade == grade).count();
    let all = [Grade::Certain, Grade::Possible, Grade::Subject];
    let words = all.map(|grade| (count(grade), grade.word())).into_iter();
    let some: Vec<String> = words
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    some.join(", ")
}

/// Why nothing is exported, in words; `how` says what to do about it.
pub(super) fn stopped(stop: &Stop, how: &str) -> String {
    match stop {
        Stop::Open(open) => format!(
            "{} to decide on ({}); nothing was written. {how}",
            counted(open.len(), "name"),
            by_grade(open)
        ),
        Stop::Reason(name) => format!(
            "The reason names “{name}” itself, and it is printed. Nothing was written; give another reason."
        ),
    }
}
