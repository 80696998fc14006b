//! Answering with a few words: tags, a paragraph, a folder, a group's name.

use std::collections::HashMap;
use std::path::PathBuf;

use super::consolidate::Query;
use super::draft_text::Reply;
use super::exchange::Along;
use super::line::Line;
use super::propose::Reasoned;
use super::seen::Seen;
use crate::workshop::{PointId, SessionId, StatementId};

/// A question with a line for the answer.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked.
    pub question: String,
    /// How the answer is to look.
    pub hint: String,
    /// The answer as typed so far.
    pub line: Line,
    /// What the answer is for.
    pub about: About,
    /// What that was when it was shown; nothing until it is.
    pub seen: Option<Seen>,
}

/// The paths that were given since the program started, by what they were asked for: each is offered
/// the next time.
#[derive(Clone, Debug, Default)]
pub(super) struct Given(HashMap<&'static str, String>);

impl Given {
    /// The path that was given for this.
    pub(super) fn path(&self, about: &About) -> &str {
        about.path().and_then(|what| self.0.get(what)).map_or("", String::as_str)
    }

    /// Notes an answer, if it is a path.
    pub(super) fn note(&mut self, about: &About, answer: &str) {
        if let Some(what) = about.path() {
            self.0.insert(what, answer.to_owned());
        }
    }
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Tags of a point.
    Tags(PointId),
    /// The paragraph of a point, or of the one being typed.
    Paragraph(Option<PointId>),
    /// Who takes up a parked point, by role.
    Owner(PointId),
    /// With which reservation the group confirms a point.
    Reservation(PointId),
    /// A show of hands on a point.
    Hands(PointId),
    /// The label of a group made on the day.
    Group,
    /// The folder exports go to.
    Folder,
    /// A workshop or an agenda to open.
    Path,
    /// The folder that all laptops publish to.
    SharedPlace,
    /// The folder for a second copy.
    SecondCopy,
    /// What is to be taken in.
    TakeIn,
    /// The folder for this laptop's bundle.
    BundleTo,
    /// The folder for what groups start from.
    HandOutTo(Along),
    /// A passphrase for what is written and taken in.
    Passphrase,
    /// In which words those who spoke in a session agreed to be named.
    Consent(SessionId),
    /// What is to stand where a name would tell who spoke.
    NamedWording,
    /// Why a name may stay.
    WaiverReason,
    /// The passphrase of a bundle that is to be opened.
    Unlock(PathBuf),
    /// Whether a workshop is to be forgotten.
    Forget(PathBuf),
    /// Why other words are proposed.
    Why(Box<Reasoned>),
    /// What drafters answer.
    DraftText(Reply),
    /// A draft text or answers to take in.
    TakeInText,
    /// Something of a statement, or why points are set aside.
    Consolidate(Query),
}

impl About {
    /// Whether the answer is words of a point or a statement, which leave the room.
    pub fn is_told(&self) -> bool {
        matches!(
            self,
            Self::Consolidate(_)
                | Self::NamedWording
                | Self::Reservation(_)
                | Self::Owner(_)
                | Self::Tags(_)
        )
    }

    /// What the path is for that is asked for, if one is.
    fn path(&self) -> Option<&'static str> {
        Some(match self {
            Self::Path => "open",
            Self::SharedPlace => "shared place",
            Self::TakeIn => "take in",
            Self::BundleTo => "bundle",
            Self::HandOutTo(_) => "hand-outs",
            Self::TakeInText => "draft text",
            _ => return None,
        })
    }

    /// The statement whose wording, or a wish beside it, the answer is.
    pub(super) fn words_of(&self) -> Option<StatementId> {
        match self {
            Self::Consolidate(Query::Wording(id) | Query::Alternative(id)) => Some(*id),
            _ => None,
        }
    }

    /// Whether nobody is to see the answer.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Passphrase | Self::Unlock(_))
    }
}
