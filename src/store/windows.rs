//! Files and folders on Windows. A folder in the user's profile is private by inheritance.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Seek, SeekFrom};
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::{io, path::Path, time::Duration};

use super::cause::{Cause, denied, in_the_way, on_windows};
use super::faults::{Step, step};
use super::real;

/// Opens a link itself and not what it points to; it is refused because it is not a plain file.
const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
/// A virus scanner or a sync program has the file open for a moment.
const SHARING_VIOLATION: i32 = 32;
const ACCESS_DENIED: i32 = 5;
/// The right to remove or rename a file.
const DELETE: u32 = 0x0001_0000;
const SHARE_READ: u32 = 1;
const SHARE_DELETE: u32 = 4;

fn careful() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.custom_flags(OPEN_REPARSE_POINT);
    options
}

/// Lets others read, rename and delete the file meanwhile, but not write to it.
fn exclusive() -> OpenOptions {
    let mut options = careful();
    options.share_mode(SHARE_READ | SHARE_DELETE);
    options
}

/// Lets others only read the file meanwhile.
fn lasting() -> OpenOptions {
    let mut options = careful();
    options.share_mode(SHARE_READ);
    options
}

/// Opens a file to read it.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    // Nothing is gained by waiting.
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    patiently(path, || careful().read(true).open(path))
}

/// Opens an existing file, to append to it. It is opened for writing: a file that is only appended to cannot
/// be cut back here. Nobody else can write to it meanwhile, so going to its end first is enough.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    patiently(path, || exclusive().read(true).write(true).open(path))
}

/// Opens a journal to continue it. Nobody can delete or rename it meanwhile.
pub(crate) fn open_journal(path: &Path) -> io::Result<File> {
    patiently(path, || lasting().read(true).write(true).open(path))
}

/// Makes a new journal for this account alone. Nobody can delete or rename it while it is open.
pub(crate) fn make_journal(path: &Path) -> io::Result<File> {
    step(Step::Make)?;
    patiently(path, || lasting().read(true).write(true).create_new(true).open(path))
}

/// Goes to the end of a file, where the next write goes.
pub(crate) fn go_to_end(mut file: &File) -> io::Result<()> {
    file.seek(SeekFrom::End(0)).map(drop)
}

/// Makes a new file for this account alone, to append to.
pub(crate) fn make_private(path: &Path) -> io::Result<File> {
    step(Step::Make)?;
    patiently(path, || exclusive().read(true).write(true).create_new(true).open(path))
}

/// Makes a new file that others may read as far as the account's settings allow.
pub(crate) fn make_shared(path: &Path) -> io::Result<File> {
    step(Step::Make)?;
    patiently(path, || careful().write(true).create_new(true).open(path))
}

/// Makes a folder, and any missing ones above it.
pub(crate) fn make_folders(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        step(Step::Make)?;
    }
    std::fs::create_dir_all(path).map_err(|error| in_the_way(path, error))
}

/// Makes one folder.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    step(Step::Make)?;
    std::fs::create_dir(path)
}

/// Does nothing: a program that opens a file to append to it holds it until it is closed. A lock would keep
/// readers out as well.
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(crate) fn hold(_file: &File) -> io::Result<bool> {
    Ok(true)
}

/// Whether a running program holds the file.
pub(crate) fn is_held(path: &Path) -> bool {
    let open = careful().read(true).append(true).open(path);
    open.is_err_and(|error| error.raw_os_error() == Some(SHARING_VIOLATION))
}

/// Does nothing: NTFS journals names by itself, and a folder cannot be flushed.
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(crate) fn sync_folder(_path: &Path) -> io::Result<()> {
    // Nothing here could fail, but a program can be killed.
    let _ = step(Step::FlushFolder);
    Ok(())
}

/// A number that, as a rule, a copy of the file does not share.
pub(crate) fn identity(metadata: &Metadata) -> u64 {
    metadata.creation_time()
}

/// Always `None`: a stick that is pulled out takes its drive letter along.
pub(crate) fn disk(_metadata: &Metadata) -> Option<u64> {
    None
}

/// Always `false`, since we cannot tell: a file gets its rights from its folder, and on a stick it has none.
pub(crate) fn is_private(_metadata: &Metadata) -> bool {
    false
}

/// Never: an open file is held, and that is enough.
pub(crate) fn is_running(_number: u32) -> bool {
    false
}

/// Whether the file has lost its name: nobody will find what is written to it.
pub(crate) fn is_gone(file: &File) -> io::Result<bool> {
    Ok(winapi_util::file::information(file)?.number_of_links() == 0)
}

/// Whether this path leads to the open file.
pub(crate) fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let found = match open_to_read(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let place = |file: &File| {
        let found = winapi_util::file::information(file)?;
        io::Result::Ok((found.volume_serial_number(), found.file_index()))
    };
    Ok(place(file)? == place(&found)?)
}

/// Whether two things are on the same disk: under one drive letter or share.
pub(crate) fn same_disk(one: &Path, other: &Path) -> bool {
    let disk = |path: &Path| real(path).components().next().map(|it| it.as_os_str().to_owned());
    disk(one) == disk(other)
}

/// Whether another program has the file open and lets nobody replace it. A virus scanner lets go of it after a
/// moment.
pub(crate) fn is_in_use(path: &Path) -> bool {
    // Asking for no more than the right to remove it touches nothing.
    let ask = || careful().access_mode(DELETE).open(path);
    [10, 40, 150].into_iter().all(|pause| {
        let in_use = ask().is_err_and(|error| is_about_use(&error));
        if in_use {
            std::thread::sleep(Duration::from_millis(pause));
        }
        in_use
    })
}

/// Whether an error says that another program has the file open.
pub(crate) fn is_about_use(error: &io::Error) -> bool {
    cause(error) == Some(Cause::InUse)
}

/// Gives a file another's name, whole or not at all.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    step(Step::Replace)?;
    patiently(to, || std::fs::rename(from, to))
}

/// The same in place of a file that is held. Memory sticks and shares do not replace a file that is open: there it
/// is let go of for this moment, and kept if anybody uses the moment to write.
pub(crate) fn replace_held(held: File, from: &Path, to: &Path) -> io::Result<()> {
    step(Step::Replace)?;
    let length = held.metadata()?.len();
    if std::fs::rename(from, to).is_ok() {
        return Ok(());
    }
    drop(held);
    patiently(to, || {
        if std::fs::symlink_metadata(to)?.len() != length {
            return Err(io::Error::from_raw_os_error(SHARING_VIOLATION));
        }
        std::fs::rename(from, to)
    })
}

/// Tries again for a second while somebody else holds the file. The path is that of what access was denied to.
fn patiently<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    for pause in [10, 40, 150, 300, 500] {
        match act() {
            Err(e) if matches!(e.raw_os_error(), Some(SHARING_VIOLATION | ACCESS_DENIED)) => {
                std::thread::sleep(Duration::from_millis(pause));
            }
            done => return done,
        }
    }
    act().map_err(|error| denied(path, error))
}

/// What an error means that has no kind of its own, or one that says less.
pub(crate) fn cause(error: &io::Error) -> Option<Cause> {
    on_windows(error.raw_os_error()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARE_WRITE: u32 = 2;

    #[test]
    fn a_held_file_is_replaced_unless_another_program_prevents_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let now = || std::fs::read_to_string(at("journal")).unwrap();
        std::fs::write(at("journal"), "old").unwrap();
        std::fs::write(at("new"), "new").unwrap();
        let held = open_to_append(&at("journal")).unwrap();
        replace_held(held, &at("new"), &at("journal")).unwrap();
        assert_eq!(now(), "new");
        std::fs::write(at("newer"), "newer").unwrap();
        let held = open_to_append(&at("journal")).unwrap();
        let reader = careful().read(true).share_mode(SHARE_READ | SHARE_WRITE).open(at("journal"));
        let reader = reader.unwrap();
        assert!(replace_held(held, &at("newer"), &at("journal")).is_err());
        assert_eq!(now(), "new");
        drop(reader);
    }
}
