//! Nothing is handed over that tells who spoke: the words are looked through before, the bytes of
//! each file once more behind.

use std::thread;

use aho_corasick::AhoCorasick;

use crate::feedback::Feedback;
use crate::workshop::{Agenda, Attribution, Names, Wherein, Workshop};

/// The shortest name that is looked for in bytes: a shorter one is part of too many words.
const SHORTEST: usize = 5;

/// The names that tell who spoke, in all that would be handed over. All cores look.
pub(super) fn open_names(workshop: &Workshop) -> Vec<Attribution> {
    let names = Names::of(workshop.agenda());
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

/// The participants' names, to be looked for in the bytes of a file.
pub(super) struct Roster {
    names: Vec<String>,
    finder: Option<AhoCorasick>,
}

impl Roster {
    /// The names of an agenda's participants, but for those that were waived in this feedback.
    pub(super) fn of(agenda: &Agenda, feedback: &Feedback<'_>) -> Self {
        let waived = |name: &str| {
            feedback.audit.waived.iter().any(|it| name.to_lowercase() == it.found.to_lowercase())
        };
        let names = agenda.participants.iter().map(|name| name.trim().to_owned());
        let names: Vec<String> =
            names.filter(|name| name.len() >= SHORTEST && !waived(name)).collect();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&names).ok();
        Self { finder: finder.filter(|_| !names.is_empty()), names }
    }

    /// How many names are looked for.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A participant's name in the bytes of a file, if one stands there.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<&str> {
        let found = self.finder.as_ref()?.find(bytes)?;
        self.names.get(found.pattern().as_usize()).map(String::as_str)
    }
}
