//! Nothing is handed over that tells who spoke: the words are looked through before. [`super::scan`]
//! looks at the finished files.

use std::thread;

use crate::workshop::{Attribution, Wherein, Workshop};

/// The names that tell who spoke, in all that would be handed over. All cores look.
pub(super) fn open_names(workshop: &Workshop) -> Vec<Attribution> {
    let names = workshop.agenda().names();
    let mut open = workshop.attributions_of_statements(&names);
    let all = workshop.captured() as u32;
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    let share = all.div_ceil(cores).max(1);
    let look = |first: u32| {
        let keys = first..(first + share).min(all);
        let points = keys.map(|key| workshop.point_at(key));
        points.flat_map(|point| workshop.attributions_in(&names, point)).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let firsts = (0..cores).map(|nth| nth * share).filter(|first| *first < all);
        let look = &look;
        let looking: Vec<_> = firsts.map(|first| scope.spawn(move || look(first))).collect();
        for looked in looking {
            match looked.join() {
                Ok(found) => open.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    open
}

/// Where a name stands, and what could stand there instead, on a line.
pub(super) fn told(workshop: &Workshop, open: &Attribution) -> String {
    let place = match open.wherein {
        Wherein::Point(id) => match workshop.point(id) {
            Some(point) => format!("{id}, {}", workshop.title_of(point.group())),
            None => id.to_string(),
        },
        Wherein::Statement(id) => format!("statement {id}"),
    };
    let instead = open.reworded().map(|text| format!(" → “{text}”")).unwrap_or_default();
    format!("{place}: “{}” in “{}”{instead}", open.found(), open.text)
}
