//! Undoing one's own actions, and nobody else's.

use super::{App, Core, Effect, Line, LineEdit, Overlay};
use crate::workshop::{
    Change, Field, GroupField, Over, Point, PointId, ReadBack, Record, Refusal, Stamp,
};

/// Changes that the workshop accepts together, or why it does not.
pub(super) type Changes = Result<Vec<Change>, Refusal>;

/// An action that can be undone.
#[derive(Clone, Debug)]
struct Doing {
    what: &'static str,
    /// The changes that undo it, record by record: values that were in dispute come
    /// back in a record each.
    back: Vec<Vec<Change>>,
    /// The changes it made.
    made: Vec<Change>,
}

/// What was done, and what was undone, in this run of the program.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Doing>,
    undone: Vec<Doing>,
    /// How often something was done, undone or redone.
    pub(super) version: u64,
}

impl History {
    /// Forgets everything that was done to a point.
    pub(super) fn forget(&mut self, point: PointId) {
        let is_of = |change: &Change| match change {
            Change::PointChanged { point: of, .. } => *of == point,
            Change::PointCaptured(captured) => captured.point == point,
            _ => false,
        };
        let others =
            |doing: &Doing| !doing.made.iter().chain(doing.back.iter().flatten()).any(is_of);
        self.done.retain(others);
        self.undone.retain(others);
    }

    /// After `taken` was undone, the values that it had replaced hold again, under the stamps of the
    /// records that restored them: changes that refer to those values must use these stamps.
    fn rename(&mut self, taken: &[Change], stamps: &[Stamp]) {
        let overs: Vec<Option<Over>> =
            taken.iter().map(|old| over(&mut old.clone()).cloned()).collect();
        for doing in self.done.iter_mut().chain(&mut self.undone) {
            for change in doing.back.iter_mut().flatten() {
                let replaced = over(change).cloned();
                let same = taken.iter().zip(&overs);
                let same = same.filter(|(old, over)| same_field(old, change) && **over == replaced);
                let values = same.count();
                if let Some(over) = over(change).filter(|_| values > 0) {
                    *over = stamps.iter().copied().take(values).collect();
                }
                rename_seen(change, taken, stamps);
            }
        }
    }
}

/// A deletion names the changes it saw, whose values may have been restored under another stamp.
fn rename_seen(change: &mut Change, taken: &[Change], stamps: &[Stamp]) {
    let Change::PointChanged { point, to: Field::Deleted(Some(deletion)), .. } = change else {
        return;
    };
    for (place, old) in taken.iter().enumerate() {
        if let Change::PointChanged { point: other, to, over } = old
            && other == point
            && Point::is_content(to)
            && over.iter().all(|replaced| deletion.saw.contains(replaced))
        {
            let nth = taken[..place].iter().filter(|before| same_field(before, old)).count();
            deletion.saw.extend(stamps.get(nth));
        }
    }
}

fn over(change: &mut Change) -> Option<&mut Over> {
    match change {
        Change::PointChanged { over, .. }
        | Change::GroupChanged { over, .. }
        | Change::CourseChanged { over, .. }
        | Change::CommentChanged { over, .. }
        | Change::SealChanged { over, .. }
        | Change::LegendChanged { over, .. }
        | Change::TextChanged { over, .. }
        | Change::DispositionChanged { over, .. }
        | Change::MentionDecided { over, .. }
        | Change::PhraseDecided { over, .. } => Some(over),
        Change::Founded(_)
        | Change::ParticipantsListed { .. }
        | Change::ParticipantsCounted { .. }
        | Change::GapsImported { .. }
        | Change::PointPurged(_)
        | Change::PointCaptured(_) => None,
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
        (
            Change::CommentChanged { comment, to, .. },
            Change::CommentChanged { comment: other, to: too, .. },
        ) => comment == other && discriminant(to) == discriminant(too),
        (
            Change::SealChanged { group, topic, .. },
            Change::SealChanged { group: other, topic: too, .. },
        ) => group == other && topic == too,
        (Change::DispositionChanged { of, .. }, Change::DispositionChanged { of: other, .. }) => {
            of == other
        }
        (Change::MentionDecided { mention, .. }, Change::MentionDecided { mention: other, .. }) => {
            mention == other
        }
        (Change::PhraseDecided { phrase, .. }, Change::PhraseDecided { phrase: other, .. }) => {
            phrase == other
        }
        (Change::LegendChanged { .. }, Change::LegendChanged { .. })
        | (Change::TextChanged { .. }, Change::TextChanged { .. }) => true,
        _ => false,
    }
}

impl Core {
    /// Makes changes as one action that can be undone.
    pub(super) fn make(&mut self, what: &'static str, changes: impl IntoIterator<Item = Change>) {
        let made: Vec<Change> = changes.into_iter().collect();
        self.history.version += 1;
        let (back, _) = self.keep_all(vec![made.clone()]);
        self.history.undone.clear();
        self.history.done.push(Doing { what, back, made });
    }

    fn take_back(&mut self, mut doing: Doing) -> Result<Doing, Refusal> {
        doing.back.iter().try_for_each(|changes| self.workshop.undo(changes))?;
        self.history.version += 1;
        self.read_again(&mut doing);
        let made = doing.back.concat();
        let (back, stamps) = self.keep_all(doing.back);
        self.history.rename(&doing.made, &stamps);
        Ok(Doing { what: doing.what, back, made })
    }

    /// Restored words get another stamp; what the group said about them must hold again.
    fn read_again(&self, doing: &mut Doing) {
        let Doing { back, made, .. } = doing;
        let [back] = &mut back[..] else { return };
        let saw = vec![self.workshop.next_stamp(self.writer)];
        let mut again = Vec::new();
        for change in made.iter() {
            let Change::PointChanged { point, to: Field::Text(_), over } = change else { continue };
            let returns = back.iter_mut().find_map(|change| match change {
                Change::PointChanged { point: other, to: Field::ReadBack(said), .. }
                    if other == point =>
                {
                    Some(said)
                }
                _ => None,
            });
            match returns {
                Some(Some(said)) if said.saw[..] == over[..] => said.saw.clone_from(&saw),
                Some(_) => {}
                None => {
                    let stood = self.workshop.point(*point).and_then(Point::read_back);
                    let Some(stood) = stood.filter(|said| said.saw[..] == over[..]) else {
                        continue;
                    };
                    let said = ReadBack { verdict: stood.verdict.clone(), saw: saw.clone() };
                    let said = Field::ReadBack(Some(said.into()));
                    again.extend(self.workshop.set(*point, said));
                }
            }
        }
        back.extend(again.iter().cloned());
        made.extend(again);
    }

    /// Keeps the changes of each record, the first of which has every field that the others
    /// have; returns what undoes all of them, and the records' stamps.
    fn keep_all(&mut self, records: Vec<Vec<Change>>) -> (Vec<Vec<Change>>, Vec<Stamp>) {
        let mut back: Vec<Vec<Change>> = Vec::new();
        let mut stamps = Vec::with_capacity(records.len());
        for changes in records {
            let record = self.workshop.record(self.writer, self.now, changes);
            if stamps.is_empty() {
                back = self.workshop.inverse(&record);
            } else {
                for undo in back.iter_mut().flatten() {
                    let set = record.changes.iter().any(|change| same_field(change, undo));
                    if let Some(over) = over(undo).filter(|_| set) {
                        over.push(record.stamp);
                    }
                }
            }
            stamps.push(record.stamp);
            self.keep(record);
        }
        (back, stamps)
    }

    /// Makes the changes of a record and has it kept.
    pub(super) fn keep(&mut self, record: Record) {
        self.safety.asked += 1;
        self.effects.push(Effect::Save(Box::new(record.clone())));
        let concerns = record.concerns_names();
        self.workshop.apply(record);
        if concerns && !self.loading {
            self.attributions.begin(self.workshop.names());
        }
    }

    /// Makes changes as one action, or says why not; returns whether they were made.
    pub(super) fn make_or_complain(&mut self, what: &'static str, changes: Changes) -> bool {
        match changes {
            Ok(changes) => self.make(what, changes),
            Err(refusal) => {
                self.complain(refusal.to_string());
                return false;
            }
        }
        true
    }

    /// Whether a point has this value already, and no other beside it: the value was chosen only to leave
    /// it as it is.
    pub(super) fn has_value(&self, point: PointId, value: &Field) -> bool {
        let found = self.workshop.point(point);
        found.is_some_and(|found| found.values(value) == [value.clone()])
    }

    /// Makes one change as an action, or says why not; returns whether it was made.
    pub(super) fn change(&mut self, what: &'static str, change: Result<Change, Refusal>) -> bool {
        self.make_or_complain(what, change.map(|change| vec![change]))
    }
}

impl App {
    /// Undoes or redoes typing, if something is being typed; returns whether that was all.
    fn edit_line(&mut self, edit: LineEdit) -> bool {
        if let Some(Overlay::Ask(ask)) = &mut self.core.overlay {
            edit(&mut ask.line).is_some()
        } else {
            let (screen, core) = self.open();
            screen.edit_line(core, edit)
        }
    }

    fn follow(&mut self, changes: &[Change]) {
        let (screen, core) = self.open();
        screen.follow(core, changes);
    }

    pub(super) fn undo(&mut self) {
        // While a question is open, nothing under it is undone.
        if self.edit_line(Line::undo) || matches!(self.core.overlay, Some(Overlay::Ask(_))) {
            return;
        }
        let Some(doing) = self.core.history.done.pop() else {
            return self.core.say("Nothing to undo.");
        };
        match self.core.take_back(doing) {
            Ok(doing) => {
                self.follow(&doing.made);
                self.core.say(format!("Undone: {}.", doing.what));
                self.core.history.undone.push(doing);
            }
            Err(refusal) => self.core.complain(refusal.to_string()),
        }
    }

    pub(super) fn redo(&mut self) {
        if self.edit_line(Line::redo) || matches!(self.core.overlay, Some(Overlay::Ask(_))) {
            return;
        }
        let Some(doing) = self.core.history.undone.pop() else {
            return self.core.say("Nothing to redo.");
        };
        match self.core.take_back(doing) {
            Ok(doing) => {
                self.follow(&doing.made);
                self.core.say(format!("Done again: {}.", doing.what));
                self.core.history.done.push(doing);
            }
            Err(refusal) => self.core.complain(refusal.to_string()),
        }
    }
}
