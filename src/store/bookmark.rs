//! Where this machine stopped writing in a folder, so that many small runs share one file.
//!
//! It is kept outside the folder: a copied folder must never give two laptops one writer. A run that finds
//! it removes it before writing, so that after a crash no run continues a damaged file.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Folder, disk, journal, pen::PenPosition, system, whole};
use crate::workshop::{WorkshopId, WriterId};

/// How far back to look for the last line of a file.
const LAST_LINES: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Bookmark {
    folder: PathBuf,
    workshop: WorkshopId,
    writer: WriterId,
    file: PathBuf,
    identity: u64,
    length: u64,
    last: String,
    /// The writer's latest Lamport time.
    time: u64,
    /// How many records it wrote, as far as they were counted.
    #[serde(default)]
    count: u64,
}

/// What a bookmark gives: who wrote, in which file, and how far.
pub(super) struct TakenBookmark {
    pub(super) writer: WriterId,
    pub(super) time: u64,
    pub(super) count: u64,
    pub(super) file: File,
    pub(super) stopped: PenPosition,
}

/// Where a folder's bookmarks are: under a name derived from the folder's real path.
fn place(state: &Path, folder: &Path) -> PathBuf {
    let name = WriterId::of(folder.as_os_str().as_encoded_bytes());
    state.join("writers").join(format!("{name}.json"))
}

/// Takes the bookmark of a folder, if there is one and everything in it still holds.
pub(super) fn take(state: &Path, folder: &Folder) -> Option<TakenBookmark> {
    let real = system::real(folder.path()).ok()?;
    let path = place(state, &real);
    let taken = path.with_extension(format!("{}", std::process::id()));
    // Of two programs that start at once, one gets it.
    fs::rename(&path, &taken).ok()?;
    let mut text = Vec::new();
    let read = disk::open_file(&taken).and_then(|file| file.take(64 << 10).read_to_end(&mut text));
    fs::remove_file(&taken).ok()?;
    system::sync_folder(taken.parent()?).ok()?;
    read.ok()?;
    let bookmark: Bookmark = serde_json::from_slice(&text).ok()?;
    if bookmark.folder != real || bookmark.workshop != folder.id() {
        return None;
    }
    // A name in a file is never used as a path beyond the folder.
    let file = folder.changes().join(bookmark.file.file_name()?);
    let mut open = disk::open_journal(&file).ok()?;
    let found = open.metadata().ok()?;
    let length = found.len();
    if length != bookmark.length || system::identity(&found) != bookmark.identity {
        return None;
    }
    let mut tail = Vec::new();
    open.seek(SeekFrom::Start(length.saturating_sub(LAST_LINES))).ok()?;
    open.read_to_end(&mut tail).ok()?;
    let last = journal::last_sum(&tail).filter(|sum| bookmark.last.as_bytes() == sum)?;
    let stopped = PenPosition { file, length, last };
    let Bookmark { writer, time, count, .. } = bookmark;
    Some(TakenBookmark { writer, time, count, file: open, stopped })
}

/// Leaves a bookmark of a writer: its latest time and how many records it wrote. Without one the next
/// run begins a new file, so a failure does no harm.
pub(super) fn leave(
    state: &Path,
    folder: &Folder,
    writer: WriterId,
    (time, count): (u64, u64),
    stopped: &PenPosition,
) {
    let left = || {
        let real = system::real(folder.path()).ok()?;
        let found = fs::symlink_metadata(&stopped.file).ok()?;
        let bookmark = Bookmark {
            workshop: folder.id(),
            writer,
            file: stopped.file.file_name()?.into(),
            identity: system::identity(&found),
            length: stopped.length,
            last: String::from_utf8_lossy(&stopped.last).into_owned(),
            folder: real.clone(),
            time,
            count,
        };
        let path = place(state, &real);
        system::make_folders(path.parent()?).ok()?;
        whole::write_private(&path, &serde_json::to_vec(&bookmark).ok()?).ok()
    };
    let _ = left();
}
