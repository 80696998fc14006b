//! Everything the program can ask of the world.

use std::path::PathBuf;

use super::{Edit, Errand, Secret};
use crate::workshop::{Pin, Place, PointId, Record};

/// Something the shell must do. `update` only ever asks for it.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this record for ever. Answered by `Saved` or `NotSaved`.
    Save(Box<Record>),
    /// Keep what is being typed.
    Typing(Typing),
    /// Open a workshop. Answered by `Opened` and `Loaded`, or `Refused`.
    Open(OpenTarget),
    /// Write the feedback. Answered by `Writing` and `Written`.
    Export(Export),
    /// Say which workshops there are to open. Answered by `Offers`.
    Offer,
    /// Meet other laptops. Answered by `Carried`.
    Carry(Errand),
    /// Read a draft text, or the answers of drafters, from this file. Answered by `TakenIn` or
    /// `Refused`.
    TakeIn(PathBuf),
    /// Take from the disk what was purged; of this point, unfinished text too. Answered by `Left`
    /// where a point is named.
    Sweep(Option<PointId>),
    /// Take a workshop off this laptop, or say what that would do. Answered by `Forgetting`, then by
    /// `Left`, or by `Refused`.
    Forget {
        /// Its folder.
        folder: PathBuf,
        /// Whether a person said yes.
        sure: bool,
    },
    /// Stop writing the feedback.
    StopExport,
    /// Give the terminal back and end the program.
    Quit,
}

/// Which workshop to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenTarget {
    /// The one in this folder, or a new one on the agenda in this file.
    Path(PathBuf),
    /// The one that a locked bundle belongs to.
    Locked {
        /// The bundle.
        bundle: PathBuf,
        /// What may open it.
        passphrase: Secret,
    },
    /// One of these, by somebody who agreed to what it changes here.
    Agreed(Box<OpenTarget>),
    /// A new one on an embedded agenda.
    Sample {
        /// The agenda's name.
        name: String,
        /// Whether the sample's points come with it.
        points: bool,
    },
}

/// One of the texts being typed since the workshop was opened: the one in the line, and the one that
/// waits meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(u32);

impl TextId {
    /// The one begun after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A change of a text being typed, to be kept before it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A text is begun for this place, or to reword this point. One that was begun before is now
    /// this.
    Begun {
        /// Which text.
        id: TextId,
        /// Where it belongs.
        place: Place,
        /// The point being reworded.
        editing: Option<PointId>,
        /// The paragraph of the draft text that other words are proposed for.
        proposing: Option<Pin>,
        /// What stands in it already.
        text: String,
        /// Which unfinished text it goes on with, by its place among those found.
        brought: Option<usize>,
    },
    /// The text was edited.
    Edited(TextId, Edit),
    /// The text was entered as these points.
    Entered(TextId, Vec<PointId>),
    /// The text was given up.
    Dropped(TextId),
}

/// Which files to write, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The formats, by their place among all formats.
    pub formats: Vec<usize>,
    /// The folder they go to.
    pub folder: PathBuf,
}
