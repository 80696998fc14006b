//! What a group's laptop starts from: the meeting, and what that group said; no other group's words.

use super::{Change, CourseField, Field, GroupId, Holder, PointId, Record, Subject, Workshop};

impl Workshop {
    /// Whether a record may go to a group's laptop without revealing what others said: the meeting's
    /// own records, and what is about that group's points. One user action is included whole or not at all.
    pub fn is_for(&self, group: &GroupId, record: &Record) -> bool {
        record.changes.iter().all(|change| self.is_change_for(group, change))
    }

    fn is_change_for(&self, group: &GroupId, change: &Change) -> bool {
        match change {
            Change::Founded(_)
            | Change::GroupChanged { .. }
            | Change::LegendChanged { .. }
            | Change::TextChanged { .. }
            | Change::ParticipantsListed { .. }
            | Change::ParticipantsCounted { .. }
            | Change::GapsImported { .. } => true,
            Change::PointPurged(purge) => self.is_said_by(group, purge.point),
            Change::PointCaptured(captured) => self.is_said_by(group, captured.point),
            Change::PointChanged { point, .. }
            | Change::DispositionChanged { of: Subject::Point(point), .. } => {
                self.is_said_by(group, *point)
            }
            Change::MentionDecided { mention, .. } => match mention.of {
                Holder::Point(point) => self.is_said_by(group, point),
                Holder::Comment(_) => false,
                Holder::Agenda
                | Holder::DraftText
                | Holder::Legend
                | Holder::Topic(_)
                | Holder::Group(_) => true,
            },
            // A phrase comes from somebody's words and does not show whose.
            Change::PhraseDecided { .. } => false,
            Change::SealChanged { group: sealed, .. } => sealed == group,
            // A consent says in its words who gave it.
            Change::CourseChanged { to: CourseField::Consent(_), .. } => false,
            Change::CourseChanged { .. } => true,
            // A comment's words come from what several groups said.
            Change::CommentChanged { .. }
            | Change::DispositionChanged { of: Subject::Comment(_), .. } => false,
        }
    }

    /// Whether a point is this group's. One that two laptops filed under two groups belongs to both.
    fn is_said_by(&self, group: &GroupId, point: PointId) -> bool {
        let group = Field::Group(group.clone());
        self.point(point).is_some_and(|point| point.values(&group).contains(&group))
    }
}
