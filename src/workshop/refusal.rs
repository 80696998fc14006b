//! Why a change is not made.

use std::fmt;

use super::{CommentId, Flaw, GroupId, PointId, SessionId, TopicId};

/// Why the workshop refuses a change, in words for the person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A point without words.
    Empty,
    /// A point longer than any reader would accept, in bytes.
    TooLong(usize),
    /// There is no such point here.
    NoPoint(PointId),
    /// There is no such topic in the agenda; these are the ones it has.
    NoTopic(TopicId, Vec<TopicId>),
    /// There is no such group; these are the groups.
    NoGroup(GroupId, Vec<GroupId>),
    /// There is no such session in the agenda.
    NoSession(SessionId),
    /// A plenary session on the record, by its title: a breakout group's words are not filed there.
    NotForGroups(Box<str>),
    /// Nothing said in this session may be attributed.
    NotOnRecord(SessionId),
    /// There is no such comment here.
    NoComment(CommentId),
    /// A comment would be merged into itself.
    IntoItself,
    /// A point would end up under itself.
    UnderItself,
    /// The reason for which a name may stay has a name itself.
    TellsWho(Box<str>),
    /// Two laptops changed a text at once, and nobody has chosen yet. Which text it is.
    BothStand(&'static str),
    /// A text is not changed here: it belongs to the agenda or the draft text. Which text it is.
    WrittenElsewhere(&'static str),
    /// A short name, which never changes.
    Lasting,
    /// A point of which nothing earlier is kept, or whose current words would be purged.
    NothingEarlier(PointId),
    /// No other laptop would accept it.
    Flawed(Flaw),
    /// Nothing is left to undo, or somebody else has changed it since.
    NotOnesOwn,
}

impl Refusal {
    /// The longest a point may be, in bytes: the size of a book.
    pub const LONGEST: usize = 4 << 20;
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, ids: Vec<&str>| write!(f, "{}", ids.join(", "));
        match self {
            Self::Empty => f.write_str("A point needs words; nothing was added."),
            Self::TooLong(bytes) => write!(
                f,
                "This text is {} MB; a point can hold {} MB. Split it into several points.",
                bytes.div_ceil(1 << 20),
                Self::LONGEST >> 20
            ),
            Self::NoPoint(point) => write!(f, "There is no point {point} in this workshop."),
            Self::NoTopic(topic, known) => {
                write!(f, "There is no topic “{topic}”. The topics are: ")?;
                list(f, known.iter().map(TopicId::as_str).collect())?;
                f.write_str(".")
            }
            Self::NoGroup(group, known) => {
                write!(f, "There is no group “{group}”. The groups are: ")?;
                list(f, known.iter().map(GroupId::as_str).collect())?;
                f.write_str(".")
            }
            Self::NoSession(session) => {
                write!(f, "There is no session “{session}” in the agenda.")
            }
            Self::NotForGroups(title) => write!(
                f,
                "“{title}” is a plenary session on the record: no group's points are filed there. \
                 Choose the group's own session, or note it as the plenary's point."
            ),
            Self::NotOnRecord(_) => f.write_str(
                "This session is under the Chatham House Rule: nothing in it is attributed.",
            ),
            Self::TellsWho(name) => {
                write!(
                    f,
                    "This reason would reveal who spoke: “{name}”. Write it without the name."
                )
            }
            Self::BothStand(what) => write!(
                f,
                "Two laptops changed this {what} at once: choose between them first (Alt-W)."
            ),
            Self::WrittenElsewhere(what) => write!(
                f,
                "This {what} is part of the agenda or the draft text: a accepts them as they are."
            ),
            Self::Lasting => {
                f.write_str("A group's short name never changes: w lets it stay for a reason.")
            }
            Self::NothingEarlier(point) => write!(
                f,
                "{point} has no earlier words to purge; nothing was changed. Its current words can be purged once it is reworded or deleted."
            ),
            Self::Flawed(flaw) => write!(f, "This {flaw}; nothing was changed."),
            Self::NoComment(comment) => {
                write!(f, "There is no comment {comment} in this workshop.")
            }
            Self::IntoItself => {
                f.write_str("A comment cannot be merged into itself; nothing was changed.")
            }
            Self::UnderItself => f.write_str("A point cannot be placed under itself."),
            Self::NotOnesOwn => {
                f.write_str("Someone else has changed this since, so undo would overwrite their change. Nothing was undone.")
            }
        }
    }
}

impl std::error::Error for Refusal {}
