//! What the pickers and questions of the capture screen return.

use super::super::{
    Asks, Capture, Core, Of, ReturnValue, filing::and_refiled, points::with_those_under, seen,
};
use crate::workshop::{Field, GroupId, Pin, PointId, PointKind, Purge, Status, TopicId};

/// What a choice on the capture screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointPick {
    /// Takes down points of this group.
    Group(GroupId),
    /// Moves a point to this topic.
    ToTopic(PointId, TopicId),
    /// Moves a point to this group.
    ToGroup(PointId, GroupId),
    /// Sets the kind of a point, or of the text being typed.
    Kind(Option<PointId>, PointKind),
    /// Pins a point, or the text being typed, to a paragraph.
    Paragraph(Option<PointId>, Option<Pin>),
    /// Asks for a paragraph's label.
    Label(Option<PointId>),
    /// Purges these values of a point.
    Purge(Box<Purge>),
    /// Deletes a point and purges all its words.
    PurgeAll(PointId),
    /// Leaves everything as it is.
    Leave,
}

impl ReturnValue for PointPick {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::ToTopic(id, topic) => vec![seen::point(*id, Field::Topic(topic.clone()))],
            Self::ToGroup(id, group) => vec![seen::point(*id, Field::Group(group.clone()))],
            Self::Kind(Some(id), kind) => vec![seen::point(*id, Field::Kind(kind.clone()))],
            Self::Paragraph(Some(id), _) => vec![seen::point(*id, Field::Paragraph(None))],
            _ => Vec::new(),
        }
    }
}

/// What the capture screen asks for in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointQuestion {
    /// Tags of a point.
    Tags(PointId),
    /// The paragraph of a point, or of the text being typed.
    Paragraph(Option<PointId>),
    /// Who takes up a parked point, by role.
    Owner(PointId),
}

impl ReturnValue for PointQuestion {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::Tags(id) => vec![seen::point(*id, Field::Tags(Box::default()))],
            Self::Paragraph(Some(id)) => vec![seen::point(*id, Field::Paragraph(None))],
            Self::Owner(id) => vec![seen::point(*id, Field::Status(Status::Standing))],
            Self::Paragraph(None) => Vec::new(),
        }
    }

    fn leaves_the_room(&self) -> bool {
        matches!(self, Self::Tags(_) | Self::Owner(_))
    }
}

impl Asks for Capture {
    type Choice = PointPick;
    type Question = PointQuestion;

    fn picked(&mut self, core: &mut Core, choice: PointPick) {
        match choice {
            PointPick::Leave => {}
            PointPick::Group(group) => core.go_to_group(group),
            PointPick::Paragraph(point, pin) => Self::pin_point(core, point, pin),
            PointPick::Label(point) => Self::ask_label(core, point),
            PointPick::ToTopic(point, topic)
                if core.has_value(point, &Field::Topic(topic.clone())) => {}
            PointPick::ToTopic(point, topic) => {
                let changes = with_those_under(&core.workshop, point, &Field::Topic(topic));
                core.make_or_complain("moving a point to another topic", changes);
            }
            PointPick::ToGroup(point, group)
                if core.has_value(point, &Field::Group(group.clone())) => {}
            PointPick::ToGroup(point, group) => {
                let changes = with_those_under(&core.workshop, point, &Field::Group(group.clone()));
                let changes =
                    changes.and_then(|changes| and_refiled(&core.workshop, changes, &group));
                core.make_or_complain("moving a point to another group", changes);
            }
            PointPick::Kind(Some(point), kind)
                if core.has_value(point, &Field::Kind(kind.clone())) => {}
            PointPick::Kind(Some(point), kind) => {
                let change = core.workshop.set(point, Field::Kind(kind));
                core.change("changing a point's kind", change);
            }
            PointPick::Kind(None, kind) if core.typing.line.is_empty() => core.typing.kind = kind,
            PointPick::Kind(None, kind) => core.typing.own_kind = Some(kind),
            PointPick::Purge(purge) => Self::purge(core, purge),
            PointPick::PurgeAll(point) => Self::purge_all(core, point),
        }
    }

    fn answered(&mut self, core: &mut Core, question: PointQuestion, answer: &str) {
        match question {
            PointQuestion::Tags(point) => {
                let words = answer.split_whitespace().map(|word| word.trim_start_matches('#'));
                let tags = words.filter(|word| !word.is_empty()).map(Into::into).collect();
                let change = core.workshop.set(point, Field::Tags(tags));
                core.change("tagging a point", change);
            }
            PointQuestion::Paragraph(point) => {
                let pin = (!answer.is_empty()).then(|| core.workshop.pin(answer));
                Self::pin_point(core, point, pin);
            }
            PointQuestion::Owner(point) => {
                let parked = Status::Parked { owner: answer.into() };
                let change = core.workshop.set(point, Field::Status(parked));
                if core.change("parking a point", change) {
                    core.say("Parked. Alt-P takes it back.");
                }
            }
        }
    }
}
