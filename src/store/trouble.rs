//! What can go wrong with files, in the facilitator's words.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::cause::why;
use super::place;
use crate::workshop::{NameFlaw, shown};

/// Why the store could not do what it was asked to. Nothing was written where it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is nothing there.
    Missing(PathBuf),
    /// There is no file there.
    NoFile(PathBuf),
    /// There is no workshop of this name, neither here nor in the data folder.
    Unknown {
        /// The name, without a folder.
        name: PathBuf,
        /// The data folder.
        data: PathBuf,
        /// The names of the workshops in both.
        there: Vec<String>,
    },
    /// There is something there that is not a workshop.
    Foreign(PathBuf, &'static str),
    /// A workshop that only a program of this format version, or a later one, can read.
    Newer(PathBuf, u32),
    /// A workshop whose agenda is damaged, or in none of its files.
    NoAgenda(PathBuf),
    /// A workshop without its folder of changes.
    NoChanges(PathBuf),
    /// A folder of changes without a description and an agenda: nobody knows which workshop it belongs to.
    Orphaned(PathBuf),
    /// A folder with the agendas of several workshops in it.
    Several(PathBuf),
    /// There is already something where a new thing should go.
    Taken(PathBuf),
    /// Some systems could not have a workshop of this name.
    Unportable(PathBuf, NameFlaw),
    /// A single change of this many bytes: more than any reader accepts.
    TooLarge(usize),
    /// A change that would be later than any reader accepts.
    TooLate,
    /// A file longer than this many bytes, which is the most that is read.
    TooLong(PathBuf, u64),
    /// A folder with neither a bundle nor a workshop in it.
    NothingToTake(PathBuf),
    /// A bundle could not be locked, and why.
    Unlockable(String),
    /// The system does not let us read it, and says why.
    Unreadable(PathBuf, String),
    /// The system does not let it be written, and says why.
    Unwritable(PathBuf, String),
}

impl Trouble {
    pub(super) fn reading(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            ErrorKind::NotFound => Self::Missing(path.to_owned()),
            _ => Self::Unreadable(path.to_owned(), why(&error)),
        }
    }

    /// What to say if a workshop of an unknown name was to be made: a name alone may mean either of
    /// two places.
    pub fn of_new(&self) -> String {
        let Self::Unknown { name, data, .. } = self else { return self.to_string() };
        format!(
            "There is no workshop “{}” yet, and a name without a path does not say where to create it. \
             Nothing was created. Give a path: “{}” creates it in this folder, “{}” in the folder for \
             all your workshops. After that, the name is enough.",
            shown(name),
            shown(&Path::new(".").join(name)),
            shown(&place::with_ending(data, name))
        )
    }

    /// The same for a named file that is not a workshop.
    #[must_use]
    pub fn of_file(self) -> Self {
        match self {
            Self::Missing(path) => Self::NoFile(path),
            other => other,
        }
    }

    pub(super) fn writing(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            ErrorKind::AlreadyExists => Self::Taken(path.to_owned()),
            _ => Self::Unwritable(path.to_owned(), why(&error)),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(
                f,
                "There is nothing at “{}”. Check the spelling, or create one with `rapporteur \
                 new`.",
                shown(path)
            ),
            Self::NoFile(path) => write!(
                f,
                "There is no file “{}”. Check the spelling. A name without a folder is looked for where the program was started.",
                shown(path)
            ),
            Self::Unknown { name, data, there } => write!(
                f,
                "There is no workshop “{}” in this folder or in “{}”. {}Check the \
                 spelling, or create one with `rapporteur new`.",
                shown(name),
                shown(data),
                there_is(there)
            ),
            Self::Foreign(path, what) => write!(
                f,
                "“{}” is not a workshop: {what}. Nothing was changed. Choose the folder of a \
                 workshop.",
                shown(path)
            ),
            Self::Newer(path, needs) => write!(
                f,
                "“{}” was made by a newer version of this program (format {needs}). Nothing was \
                 changed. Install the newer version to open it.",
                shown(path)
            ),
            Self::NoAgenda(path) => f.write_str(&no_agenda(path)),
            Self::NoChanges(path) => f.write_str(&no_changes(path)),
            Self::Orphaned(path) => f.write_str(&orphaned(path)),
            Self::Several(path) => f.write_str(&several(path)),
            Self::Taken(path) => write!(
                f,
                "“{}” already exists. Nothing was changed. Choose another name.",
                shown(path)
            ),
            Self::Unportable(path, flaw) => write!(
                f,
                "“{}” was not created: {flaw}. Choose another name.",
                shown(path)
            ),
            Self::TooLarge(bytes) => write!(
                f,
                "This is {} MB at once, which is too much; nothing was saved. Do it in parts.",
                bytes.div_ceil(1 << 20)
            ),
            Self::TooLate => f.write_str(
                "A record in this workshop has an impossible sequence number, so nothing can be added after it. Nothing was saved. Make a new workshop from the agenda.",
            ),
            Self::TooLong(path, most) => write!(
                f,
                "“{}” cannot be read: it is longer than {} MB.",
                shown(path),
                most >> 20
            ),
            Self::NothingToTake(path) => write!(
                f,
                "There is no bundle and no workshop in “{}”. Bundles end in .bundle or \
                 .bundle.age.",
                shown(path)
            ),
            Self::Unlockable(why) => write!(f, "The bundle could not be locked: {why}."),
            Self::Unreadable(path, why) => {
                write!(f, "“{}” cannot be read: {why}.", shown(path))
            }
            Self::Unwritable(path, why) => {
                write!(f, "“{}” cannot be written: {why}.", shown(path))
            }
        }
    }
}

impl std::error::Error for Trouble {}

fn no_agenda(path: &Path) -> String {
    format!(
        "The agenda of the workshop at “{}” is missing or damaged. `rapporteur merge WORKSHOP FILE` with a \
         hand-out or a bundle of another laptop brings it, or copy the file of the same name from another \
         laptop's folder changes into this one's.",
        shown(path)
    )
}

fn no_changes(path: &Path) -> String {
    format!(
        "There is no “{}”, the folder with everything of this workshop. Nothing was written. Put it back \
         from a copy or the wastebasket. If it is lost, `rapporteur merge ./DIR FILE` with a bundle, a \
         hand-out or a second copy makes the workshop in another folder.",
        shown(path)
    )
}

fn orphaned(path: &Path) -> String {
    format!(
        "“{0}” has changes of a workshop, but neither its workshop.json nor its agenda can be read. \
         Nothing was changed. Make the workshop once more, in another folder: `rapporteur new AGENDA \
         --at DIR` with the same agenda file, or `rapporteur merge ./DIR FILE` with a bundle or hand-out \
         of it. Then copy the files in “{1}” into the folder changes of the new one.",
        shown(path),
        shown(&path.join("changes"))
    )
}

fn several(changes: &Path) -> String {
    format!(
        "workshop.json was not written: in “{}” are the agendas of several workshops. Move the file that \
         does not belong there into another folder, then repair again.",
        shown(changes)
    )
}

/// The most names that are listed.
const LISTED: usize = 8;

fn there_is(there: &[String]) -> String {
    let listed: Vec<&str> = there.iter().take(LISTED).map(String::as_str).collect();
    match there.len().checked_sub(LISTED) {
        _ if there.is_empty() => "There are none. ".to_owned(),
        None | Some(0) => format!("Found: {}. ", listed.join(", ")),
        Some(more) => format!("Found: {} and {more} more. ", listed.join(", ")),
    }
}
