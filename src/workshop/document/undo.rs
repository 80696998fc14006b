//! Undoing changes: one's own, and nobody else's.

use super::Workshop;
use crate::workshop::{
    Change, Comment, Course, Deletion, Disposition, DispositionHistory, Field, GroupField, Over,
    Record, Refusal, Register, Stamp,
};

impl Workshop {
    /// The changes that would undo these, to be made after `record` was applied and
    /// checked then by [`undo`](Self::undo). If there were several values in one
    /// field, each comes back by a record of its own: these are the changes of every such record,
    /// and the first of them has all that are undone.
    pub fn inverse(&self, record: &Record) -> Vec<Vec<Change>> {
        let mut records = vec![Vec::new()];
        for change in record.changes.iter().rev() {
            for (nth, back) in self.coming_back(change, record.stamp).into_iter().enumerate() {
                if nth == records.len() {
                    records.push(Vec::new());
                }
                records[nth].push(back);
            }
        }
        records
    }

    /// What is in the field that a change is about to set: for each value, the one shown last,
    /// the change that brings it back in place of what `stamp` set.
    fn coming_back(&self, change: &Change, stamp: Stamp) -> Vec<Change> {
        let over = Over::from_iter([stamp]);
        match change {
            Change::Founded(_)
            | Change::ParticipantsListed { .. }
            | Change::ParticipantsCounted { .. }
            | Change::GapsImported { .. }
            | Change::PointPurged(_) => Vec::new(),
            Change::PointCaptured(captured) => vec![Change::PointChanged {
                point: captured.point,
                to: Field::Deleted(Some(Deletion { saw: over.to_vec() })),
                over,
            }],
            Change::PointChanged { point, to, .. } => {
                let values = self.point(*point).map(|found| found.values(to)).unwrap_or_default();
                let back = |to| Change::PointChanged { point: *point, to, over: over.clone() };
                values.into_iter().map(back).collect()
            }
            Change::GroupChanged { group, to, .. } => {
                let (to, over) = match self.group(group) {
                    Some(state) => (state.field(to).0, over),
                    None => (GroupField::Removed(true), Over::from_iter([Stamp::ORIGIN])),
                };
                vec![Change::GroupChanged { group: group.clone(), to, over }]
            }
            Change::CourseChanged { session, to, .. } => {
                let none = Course::default();
                let values = self.courses.get(session).unwrap_or(&none).values(to);
                let session = || session.clone();
                let back =
                    |to| Change::CourseChanged { session: session(), to, over: over.clone() };
                values.into_iter().map(back).collect()
            }
            Change::CommentChanged { comment, to, .. } => {
                let none = Comment::new(*comment);
                let values = self.comment(*comment).unwrap_or(&none).values(to);
                let comment = *comment;
                let back = |to| Change::CommentChanged { comment, to, over: over.clone() };
                values.into_iter().map(back).collect()
            }
            Change::SealChanged { group, topic, .. } => {
                let place = (group.clone(), topic.clone());
                let none = Register::new(None);
                let values = self.seals.get(&place).unwrap_or(&none).each().cloned();
                let back = |to| {
                    let (group, topic) = place.clone();
                    Change::SealChanged { group, topic, to, over: over.clone() }
                };
                values.map(back).collect()
            }
            Change::LegendChanged { .. } => {
                let back = |to| Change::LegendChanged { to, over: over.clone() };
                self.legend.each().cloned().map(back).collect()
            }
            Change::TextChanged { .. } => {
                let back = |to| Change::TextChanged { to, over: over.clone() };
                self.text.each().cloned().map(back).collect()
            }
            Change::MentionDecided { mention, .. } => {
                let none = Register::new(None);
                let values = self.clearances.get(mention).unwrap_or(&none).each().cloned();
                let mention = || mention.clone();
                let back =
                    |to| Change::MentionDecided { mention: mention(), to, over: over.clone() };
                values.map(back).collect()
            }
            Change::PhraseDecided { phrase, .. } => {
                let none = Register::new(None);
                let values = self.phrases.get(phrase).unwrap_or(&none).each().cloned();
                let phrase = || phrase.clone();
                let back = |to| Change::PhraseDecided { phrase: phrase(), to, over: over.clone() };
                values.map(back).collect()
            }
            Change::DispositionChanged { of, .. } => {
                let none = DispositionHistory::default();
                let values = self.decided.get(of).unwrap_or(&none).now.each().cloned();
                let back = |to: Disposition| Change::DispositionChanged {
                    of: *of,
                    to: to.into(),
                    over: over.clone(),
                };
                values.map(back).collect()
            }
        }
    }

    /// Whether these inverse changes still undo one's own work and nobody else's.
    pub fn undo(&self, changes: &[Change]) -> Result<(), Refusal> {
        self.check_filings(changes)?;
        for change in changes {
            let (live, over) = match change {
                Change::Founded(_)
                | Change::ParticipantsListed { .. }
                | Change::ParticipantsCounted { .. }
                | Change::GapsImported { .. }
                | Change::PointPurged(_)
                | Change::PointCaptured(_) => return Err(Refusal::NotOnesOwn),
                Change::PointChanged { point, to, over } => {
                    let found = self.point(*point).ok_or(Refusal::NoPoint(*point))?;
                    (found.field(to).1, over)
                }
                Change::GroupChanged { group, to, over } => {
                    (self.group(group).ok_or(Refusal::NotOnesOwn)?.field(to).1, over)
                }
                Change::CourseChanged { session, to, over } => {
                    (self.courses.get(session).ok_or(Refusal::NotOnesOwn)?.field(to).1, over)
                }
                Change::CommentChanged { comment, to, over } => {
                    let found = self.comment(*comment).ok_or(Refusal::NotOnesOwn)?;
                    (found.field(to).1, over)
                }
                Change::SealChanged { group, topic, over, .. } => {
                    let seal = self.seals.get(&(group.clone(), topic.clone()));
                    (seal.ok_or(Refusal::NotOnesOwn)?.live(Stamp::ORIGIN), over)
                }
                Change::LegendChanged { over, .. } => (self.legend.live(Stamp::ORIGIN), over),
                Change::TextChanged { over, .. } => (self.text.live(Stamp::ORIGIN), over),
                Change::MentionDecided { mention, over, .. } => {
                    let made = self.clearances.get(mention).ok_or(Refusal::NotOnesOwn)?;
                    (made.live(Stamp::ORIGIN), over)
                }
                Change::PhraseDecided { phrase, over, .. } => {
                    let made = self.phrases.get(phrase).ok_or(Refusal::NotOnesOwn)?;
                    (made.live(Stamp::ORIGIN), over)
                }
                Change::DispositionChanged { of, over, .. } => {
                    let found = self.decided.get(of).ok_or(Refusal::NotOnesOwn)?;
                    (found.now.live(Stamp::ORIGIN), over)
                }
            };
            if live[..] != over[..] {
                return Err(Refusal::NotOnesOwn);
            }
        }
        Ok(())
    }
}
