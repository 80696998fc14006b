//! Everything the program can ask of the world.

use std::path::PathBuf;

use super::{Edit, Errand, Secret};
use crate::workshop::{Pin, Place, PointId, Record};

/// Something the shell must do. `update` only ever asks for it.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this record for good. Answered by `Saved` or `NotSaved`.
    Save(Box<Record>),
    /// Keep what is being typed.
    Typing(Typing),
    /// Open a workshop. Answered by `Message::Opened` and `Message::Loaded`, or `Refused`.
    Open(OpenTarget),
    /// Write the feedback. Answered by `Writing` and `Written`.
    Export(Export),
    /// Say which workshops can be opened. Answered by `Offers`.
    Offer,
    /// Exchange with other laptops. Answered by `Carried`.
    Carry(Errand),
    /// Read a draft text, or the answers of drafters, from this file. Answered by `TakenIn` or
    /// `Refused`.
    TakeIn(PathBuf),
    /// Remove from the disk what was purged, and if a point is named, its unfinished text too. Answered
    /// by `Left` if a point is named.
    Sweep(Option<PointId>),
    /// Remove a workshop from this laptop, or say what that would do. Answered by `Forgetting`, then by
    /// `Left`, or by `Refused`.
    Forget {
        /// Its folder.
        folder: PathBuf,
        /// Whether a person said yes.
        sure: bool,
    },
    /// Put this into the clipboard.
    Copy(String),
    /// Stop writing the feedback.
    StopExport,
    /// Give the terminal back and end the program.
    Quit,
}

/// Which workshop to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenTarget {
    /// The one in this folder, or a new one from the agenda in this file.
    Path(PathBuf),
    /// The one that a locked bundle belongs to.
    Locked {
        /// The bundle.
        bundle: PathBuf,
        /// What may open it.
        passphrase: Secret,
    },
    /// One of these, after somebody agreed to what it changes here.
    Agreed(Box<OpenTarget>),
    /// A new one from an embedded agenda.
    Sample {
        /// The agenda's name.
        name: String,
        /// Whether the sample's points come with it.
        points: bool,
    },
}

/// One of the texts typed since the workshop was opened: the one in the line, or the one that
/// waits while another is in the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(u32);

impl TextId {
    /// The id of the text begun after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A change to a text being typed, which is kept before it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A text is begun for this place, or to reword this point. If it was begun before, it is now
    /// as given here.
    Begun {
        /// Which text.
        id: TextId,
        /// Where it belongs.
        place: Place,
        /// The point being reworded.
        editing: Option<PointId>,
        /// The paragraph of the draft text that other words are proposed for.
        proposing: Option<Pin>,
        /// What it contains already.
        text: String,
        /// Which unfinished text it continues, by its place among those found.
        brought: Option<usize>,
    },
    /// The text was edited.
    Edited(TextId, Edit),
    /// The text was entered as these points.
    Entered(TextId, Vec<PointId>),
    /// The text was discarded.
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
