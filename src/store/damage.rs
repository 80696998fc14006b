//! What was found broken while reading, with file and line.

use std::fmt;
use std::path::Path;

use crate::workshop::{Flaw, shown};

/// Something in a workshop's folder that could not be read as it should. Everything else was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file inside the workshop's folder: `changes/0123456789ab.jsonl`.
    pub file: String,
    /// The line as a text editor counts; 0 if the whole file is meant.
    pub line: u64,
    /// What is wrong with it.
    pub what: Fault,
}

/// How a file or one of its lines can be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The last line was never written to its end, or was cut.
    Torn,
    /// The line does not match its checksum.
    Bad,
    /// Lines before this one are missing.
    Gap,
    /// This many changes on this line come from a newer version. They are kept in the file.
    Newer(usize),
    /// The line is longer than anything this program writes.
    TooLong,
    /// No honest program wrote it, or others would not accept it from any program.
    Flawed(Flaw),
    /// It founds another workshop: the file belongs elsewhere.
    Elsewhere,
    /// It is a link, a folder or a device where a file should be.
    NotAFile,
    /// The system does not let us read it, and says why.
    Unreadable(String),
    /// What other laptops reported about themselves cannot be read.
    Heard,
    /// The same; a repair has set the file aside.
    HeardAside,
    /// The file of what other laptops reported has fields that come from a newer version. They are kept in it.
    NewerHeard,
    /// The description of the workshop is missing or garbled; it was worked out from the changes.
    Description,
    /// The description has fields that come from a newer version. They are kept in the file.
    NewerDescription,
    /// No file has the agenda.
    NoAgenda,
    /// This many more broken lines in this file.
    More(usize),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = shown(Path::new(&self.file));
        match self.line {
            0 => write!(f, "{file}: {}", self.what),
            line => write!(f, "{file}, line {line}: {}", self.what),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Torn => {
                "the last line is cut short and was left out; another copy may have it whole."
            }
            Self::Bad => {
                "this line is damaged and was left out; another copy of the folder repairs it."
            }
            Self::Gap => "lines before this one are missing; another copy of the folder repairs it.",
            Self::Newer(count) => {
                let (comes, they, them) =
                    if *count == 1 { ("comes", "it is", "it") } else { ("come", "they are", "them") };
                return write!(
                    f,
                    "{count} of the changes here {comes} from a newer version of this program; {they} \
                     kept. Install the newer version to see {them}."
                );
            }
            Self::TooLong => "this line is longer than anything this program writes; left out.",
            Self::Flawed(flaw) => {
                return write!(f, "this line {flaw}; it was left out.");
            }
            Self::Elsewhere => "this is the agenda of another workshop; left out.",
            Self::NotAFile => "this is not a plain file; left out.",
            Self::Unreadable(why) => return write!(f, "this file cannot be read: {why}."),
            Self::Heard => {
                "this cannot be read, so what other laptops have is not known."
            }
            Self::HeardAside => {
                "this could not be read and was set aside, so what other laptops have is not known."
            }
            Self::Description => {
                "missing or damaged; the changes were read without it. `rapporteur check --repair \
                 WORKSHOP` writes it again."
            }
            Self::NewerDescription | Self::NewerHeard => {
                "it says something that only a newer version of this program understands; it is kept. \
                 Install the newer version to see it."
            }
            Self::NoAgenda => "no file holds the agenda; copy it from another laptop's folder.",
            Self::More(1) => "1 more line of this file is damaged.",
            Self::More(count) => return write!(f, "{count} more lines of this file are damaged."),
        })
    }
}
