//! What is on disk, and how it got there.
//!
//! A workshop is a folder that a person can copy at any moment, even while programs write in it:
//!
//! ```text
//! asean-declaration.workshop/
//! ├ workshop.json             format, least reader, workshop      folder
//! ├ changes/<writer>.jsonl    append-only, one file per writer    journal, pen, writer, tail
//! ├ changes/taken-<id>.jsonl  what came from other laptops        bundle, intake, ledger
//! ├ heard/<name>.json         how many changes there are          heard, own
//! └ typing/<run>.jsonl        typed and not entered; disposable   scratch, stroke, run, unfinished
//! ```
//!
//! **Invariant.** Nothing is called saved before the disk has it, a file is only ever appended to, and
//! only by the writer whose name it has, and what cannot be read is never overwritten. Only a sweep
//! (`sweep`) replaces a file, and only one that no program holds; it removes only damaged lines (`mend`)
//! whose content is whole elsewhere or was purged.

mod awaited;
mod bookmark;
mod bundle;
mod cause;
#[cfg(test)]
mod cut;
mod damage;
mod disk;
mod exchange;
mod faults;
mod folder;
mod forget;
mod gaps;
mod heard;
mod holes;
mod identity;
mod intake;
mod journal;
mod ledger;
pub mod lock;
mod meeting_key;
mod mend;
mod newer;
mod own;
mod passing;
mod pen;
pub mod place;
mod real;
mod refused;
mod rejection;
mod repair;
mod run;
mod scratch;
mod second_copy;
#[cfg(test)]
mod shaky;
mod shared;
mod stroke;
mod sweep;
mod tail;
mod trail;
mod trouble;
mod unfinished;
mod watch;
pub mod whole;
mod writer;

#[cfg(unix)]
#[path = "store/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "store/windows.rs"]
mod system;

pub use bundle::{Bundle, ENDING as BUNDLE_ENDING, Header, Packing};
pub use cause::why;
pub use damage::{Damage, Fault};
pub use exchange::ExchangeMemory;
pub use folder::{Folder, LoadedWorkshop, RewrittenDescription};
pub use forget::{Belongings, Presence};
pub use gaps::Missing;
pub use intake::{
    Incoming, Intake, NEWER_HEADER, is_bundle, read_bundle, read_headless_bundle,
    read_rest_of_bundle,
};
pub use meeting_key::MeetingKey;
pub use real::real;
pub use rejection::Rejection;
pub use repair::RepairResult;
pub use scratch::Scratch;
pub use second_copy::{CopyPlace, SecondCopy};
pub use shared::{Collection, PlaceWatch, SharedFolder};
pub use stroke::LineId;
pub use sweep::SweepReport;
pub use tail::Tail;
pub use trail::{Made, Trace, Trail};
pub use trouble::Trouble;
pub use unfinished::KeptText;
pub use watch::Watch;
pub use writer::{Writer, WriterHandle, WriterNews};

/// The longest bundle there is, in bytes.
const LARGEST_BUNDLE: u64 = 128 << 20;
