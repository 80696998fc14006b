//! Taking back what one did oneself, and nobody else's doing.

use super::App;
use crate::workshop::{Change, Field, GroupField, Over, Point, Refusal, Stamp};

/// Something done that can be taken back.
#[derive(Clone, Debug)]
struct Doing {
    what: &'static str,
    /// The changes that take it back.
    back: Vec<Change>,
    /// The changes it made.
    made: Vec<Change>,
}

/// What was done, and what was undone, in this run of the program.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Doing>,
    undone: Vec<Doing>,
}

impl History {
    /// After taking `taken` back, values that it had replaced stand again, under the stamp of the
    /// change that restored them: whoever means to take those back must know them by it.
    fn rename(&mut self, taken: &[Change], stamp: Stamp) {
        for doing in self.done.iter_mut().chain(&mut self.undone) {
            for change in &mut doing.back {
                let replaced = |old: &&Change| same_field(old, change) && over(old) == over(change);
                if taken.iter().any(|old| replaced(&old))
                    && let Some(over) = over_mut(change)
                {
                    *over = Over::from_iter([stamp]);
                }
                rename_seen(change, taken, stamp);
            }
        }
    }
}

/// A deletion names the changes it saw; their values may have been restored under another stamp.
fn rename_seen(change: &mut Change, taken: &[Change], stamp: Stamp) {
    let Change::PointChanged { point, to: Field::Deleted(Some(deletion)), .. } = change else {
        return;
    };
    for old in taken {
        if let Change::PointChanged { point: other, to, over } = old
            && other == point
            && Point::is_content(to)
            && over.iter().all(|replaced| deletion.saw.contains(replaced))
        {
            deletion.saw.push(stamp);
        }
    }
}

fn over(change: &Change) -> Option<&Over> {
    match change {
        Change::PointChanged { over, .. }
        | Change::GroupChanged { over, .. }
        | Change::CourseChanged { over, .. } => Some(over),
        Change::Founded(_) | Change::PointCaptured(_) => None,
    }
}

fn over_mut(change: &mut Change) -> Option<&mut Over> {
    match change {
        Change::PointChanged { over, .. }
        | Change::GroupChanged { over, .. }
        | Change::CourseChanged { over, .. } => Some(over),
        Change::Founded(_) | Change::PointCaptured(_) => None,
    }
}

/// Whether two changes set the same field of the same thing.
fn same_field(one: &Change, other: &Change) -> bool {
    use std::mem::discriminant;
    match (one, other) {
        (
            Change::PointChanged { point, to, .. },
            Change::PointChanged { point: other, to: too, .. },
        ) => point == other && discriminant(to) == discriminant(too),
        (
            Change::GroupChanged { group, to, .. },
            Change::GroupChanged { group: other, to: too, .. },
        ) => group == other && discriminant::<GroupField>(to) == discriminant(too),
        (
            Change::CourseChanged { session, to, .. },
            Change::CourseChanged { session: other, to: too, .. },
        ) => session == other && discriminant(to) == discriminant(too),
        _ => false,
    }
}

impl App {
    /// Makes changes as one action that can be undone.
    pub(super) fn make(&mut self, what: &'static str, changes: impl IntoIterator<Item = Change>) {
        let made: Vec<Change> = changes.into_iter().collect();
        let (back, _) = self.keep(made.clone());
        self.history.undone.clear();
        self.history.done.push(Doing { what, back, made });
    }

    pub(super) fn undo(&mut self) {
        if self.undo_typing() {
            return;
        }
        let Some(doing) = self.history.done.pop() else {
            return self.say("Nothing to undo.");
        };
        match self.take_back(doing) {
            Ok(doing) => {
                self.say(format!("Undone: {}.", doing.what));
                self.history.undone.push(doing);
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    pub(super) fn redo(&mut self) {
        if self.redo_typing() {
            return;
        }
        let Some(doing) = self.history.undone.pop() else {
            return self.say("Nothing to do again.");
        };
        match self.take_back(doing) {
            Ok(doing) => {
                self.say(format!("Done again: {}.", doing.what));
                self.history.done.push(doing);
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    fn take_back(&mut self, doing: Doing) -> Result<Doing, Refusal> {
        self.workshop.undo(&doing.back)?;
        let (back, stamp) = self.keep(doing.back.clone());
        self.history.rename(&doing.made, stamp);
        Ok(Doing { what: doing.what, back, made: doing.back })
    }
}
