//! Why something from another laptop is not taken in.

use std::fmt;

use super::Trouble;
use crate::workshop::Flaw;

/// Why a bundle or a folder was refused as a whole. The workshop is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// A file with nothing in it.
    Empty,
    /// A file with nothing but zeros in it, as a copy that was interrupted leaves.
    Blank,
    /// Something other than a bundle.
    Foreign,
    /// A bundle that ends too early, in bytes of its body.
    CutShort {
        /// How much is there.
        have: u64,
        /// How much there should be.
        of: u64,
    },
    /// A bundle whose content does not match its first line.
    Altered,
    /// A bundle whose first line is damaged; the lines after it can be read.
    Headless,
    /// A bundle of which neither the first line nor the agenda can be read.
    Unclaimed,
    /// A bundle that was taken in whole and is damaged now.
    Spoilt,
    /// A damaged bundle of which only the readable part was taken in; in words.
    Rest(String),
    /// A bundle that only a program of this format version, or a later one, can read.
    Newer(u64),
    /// A bundle or folder of another workshop, of this title.
    Elsewhere(String),
    /// A bundle or folder of the same meeting, of this title, whose workshop has another id: a
    /// program up to 0.1 made one of the two, and then its id also depended on the participants.
    Older(String),
    /// A bundle or folder of the same meeting, of this title, whose agenda was corrected after one of
    /// the two workshops was made from it. The meeting's short name shows what a feedback file is called.
    Corrected {
        /// The title there.
        title: String,
        /// The meeting's short name.
        meeting: String,
    },
    /// A bundle longer than is allowed.
    TooLarge,
    /// A bundle that is locked, with no passphrase or key given.
    Locked,
    /// A bundle that the given passphrase or key does not open.
    WrongKey,
    /// A bundle that is locked with a different meeting's key from the one here. Keys are identified by four
    /// characters.
    OtherKey {
        /// The key it is locked with.
        theirs: String,
        /// The key that this laptop has, or that follows from the given passphrase.
        ours: Option<String>,
    },
    /// A lock that would take too long to open.
    HardLock,
    /// A line that is not a record, or that no honest program writes.
    Flawed {
        /// The line as a text editor counts.
        line: u64,
        /// What is wrong with it; `None` if it is not a record at all.
        what: Option<Flaw>,
    },
    /// A bundle to start from whose agenda is damaged.
    NoAgenda,
    /// The workshop itself.
    Itself,
    /// It could not be read, or what was new could not be written.
    Trouble(Trouble),
}

impl Rejection {
    /// Whether a passphrase or key is needed to open it.
    pub fn is_about_a_key(&self) -> bool {
        matches!(self, Self::Locked | Self::WrongKey | Self::OtherKey { .. })
    }

    /// Whether it is what a copy looks like that was cut off or went wrong.
    pub(super) fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Empty
                | Self::Blank
                | Self::Foreign
                | Self::CutShort { .. }
                | Self::Altered
                | Self::Headless
                | Self::Unclaimed
                | Self::Rest(_)
                | Self::Flawed { .. }
        )
    }

    /// Whether nobody has given a passphrase or key for it yet.
    pub fn asks_for_a_key(&self) -> bool {
        matches!(self, Self::Locked | Self::OtherKey { ours: None, .. })
    }
}

impl From<Trouble> for Rejection {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty. If it is being copied, wait until it is there.",
            Self::Blank => {
                "there is nothing but zeros in it: the copy was interrupted, or the stick was pulled out \
                 too early. Copy it again from the laptop it comes from."
            }
            Self::Foreign => {
                "this is not a bundle. A bundle is made with `rapporteur bundle`; a zip file must be \
                 unpacked first."
            }
            Self::CutShort { have, of } => {
                return write!(
                    f,
                    "cut short: {have} of {of} bytes are there. Copy it again from the laptop it \
                     comes from."
                );
            }
            Self::Altered => {
                "damaged or altered on the way. Copy it again from the laptop it comes from. If that is \
                 lost: next to a second copy is its previous version (“before” in the name); the \
                 laptop's file in the shared folder and its own folder have the same changes."
            }
            Self::Headless => {
                "damaged at its beginning, which says what should be in it. `rapporteur merge` takes in what \
                 can be read after that, and nobody knows whether it is all. Copy the file again from \
                 the laptop it comes from, or make a new bundle there."
            }
            Self::Unclaimed => {
                "damaged: nothing that can be read in it says which workshop it belongs to. Nothing was \
                 taken in. Copy it again from the laptop it comes from, or make a new bundle there."
            }
            Self::Spoilt => "damaged. It came in before that, so nothing is missing; delete the file.",
            Self::Rest(words) => words,
            Self::Newer(reader) => {
                return write!(
                    f,
                    "made by a newer version of this program (format {reader}). Install the newer \
                     version to take it in."
                );
            }
            Self::Elsewhere(title) => {
                return write!(
                    f,
                    "this belongs to another workshop, “{title}”. Only workshops made from exactly the same agenda file can exchange points."
                );
            }
            Self::Older(title) => {
                return write!(
                    f,
                    "this is the same meeting, “{title}”, but an older version of this program made \
                     one of the two workshops, and they do not merge. Keep one of them: export the \
                     other as RON, and import that file."
                );
            }
            Self::Corrected { title, meeting } => {
                return write!(
                    f,
                    "this is the same meeting, “{title}”, with another version of its agenda, and \
                     the two workshops do not merge: the agenda was corrected after one of them was \
                     made, or one was made from a feedback file. \
                     A feedback file brings the points over. On the laptop it comes from: \
                     `rapporteur export WORKSHOP --format ron --out DIR`, then here: `rapporteur \
                     import WORKSHOP DIR/{meeting}.feedback.ron`. Where there is only the bundle, \
                     `rapporteur merge ./before FILE` makes a workshop here, to export from."
                );
            }
            Self::TooLarge => {
                "longer than any bundle there is. Make one with `--since` on the laptop it comes \
                 from."
            }
            Self::Locked => {
                "locked. Give the passphrase or the key it was locked with (`--passphrase-file`, \
                 `--key`, or on the exchange screen)."
            }
            Self::WrongKey => {
                "the passphrase or key does not open it. Try again. If it is the right one, the file is \
                 damaged: copy it again from the laptop it comes from."
            }
            Self::OtherKey { theirs, ours: None } => {
                return write!(
                    f,
                    "locked with the meeting's key {theirs}. Give the meeting's passphrase, or set it \
                     on this laptop (`rapporteur key`, or k on the exchange screen)."
                );
            }
            Self::OtherKey { theirs, ours: Some(ours) } => {
                return write!(
                    f,
                    "locked with the meeting's key {theirs}, and the one here is {ours}: the \
                     passphrase was typed differently. Nothing is lost. Compare the four signs with \
                     the other laptops (exchange screen, or `rapporteur key WORKSHOP`), set the \
                     passphrase again where they differ, then write the file again there. If they are the \
                     same, the file is damaged: copy it again."
                );
            }
            Self::HardLock => {
                "its lock would take too long to open: another program made it, or it is damaged. Copy it \
                 again from the laptop it comes from, or lock it again there with `rapporteur bundle`."
            }
            Self::Flawed { line, what } => {
                return match what {
                    Some(flaw) => write!(
                        f,
                        "line {line} {flaw}. Ask for a new bundle."
                    ),
                    None => write!(f, "line {line} is not a record. Ask for a new bundle."),
                };
            }
            Self::NoAgenda => {
                "damaged: the agenda in it cannot be read, so no workshop can be made from it alone. Make \
                 the workshop from the agenda file (`rapporteur new AGENDA`), a hand-out or another \
                 laptop's bundle. Then `rapporteur merge WORKSHOP FILE` takes in what can be read here."
            }
            Self::Itself => "this is the workshop itself.",
            Self::Trouble(trouble) => return trouble.fmt(f),
        })
    }
}

impl std::error::Error for Rejection {}
