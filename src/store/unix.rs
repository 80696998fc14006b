//! Files and folders on Unix: private by mode, opened without following links.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::time::Duration;
use std::{io, path::Path, thread};

use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::process::Pid;

use super::cause::Cause;
use super::faults::{Step, step};

/// How long to wait before a lock is tried again, in milliseconds.
const LOCK_WAITS: [u64; 5] = [1, 2, 4, 8, 16];

/// A link is refused, and a pipe or device does not keep the program waiting.
fn careful() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32);
    options
}

/// Opens a file to read it.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    careful().read(true).open(path)
}

/// Opens an existing file, to append to it.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    careful().read(true).append(true).open(path)
}

/// Opens a journal to continue it.
pub(crate) fn open_journal(path: &Path) -> io::Result<File> {
    open_to_append(path)
}

/// Makes a new journal for this account alone.
pub(crate) fn make_journal(path: &Path) -> io::Result<File> {
    make_private(path)
}

/// Does nothing: the system writes at the end of a file that was opened to append to it.
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(crate) fn go_to_end(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes a new file for this account alone, to append to.
pub(crate) fn make_private(path: &Path) -> io::Result<File> {
    step(Step::Make)?;
    careful().read(true).append(true).create_new(true).mode(0o600).open(path)
}

/// Makes a new file that others may read as far as the account's settings allow.
pub(crate) fn make_shared(path: &Path) -> io::Result<File> {
    step(Step::Make)?;
    careful().write(true).create_new(true).open(path)
}

/// Makes a folder for this account alone, and any missing ones above it.
pub(crate) fn make_folders(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        step(Step::Make)?;
    }
    DirBuilder::new().mode(0o700).recursive(true).create(path)
}

/// Makes one folder for this account alone.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    step(Step::Make)?;
    DirBuilder::new().mode(0o700).create(path)
}

/// Locks a file against other writers; `false` if somebody has locked it. Where locks do not exist,
/// as in some shared folders, a unique name has to be enough.
pub(crate) fn hold(file: &File) -> io::Result<bool> {
    match patiently(|| file.try_lock()) {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether a running program holds the file.
pub(crate) fn is_held(path: &Path) -> bool {
    let lock = |file: File| patiently(|| file.try_lock_shared());
    open_to_read(path).is_ok_and(|file| matches!(lock(file), Err(TryLockError::WouldBlock)))
}

/// Tries a lock for some milliseconds. A program that starts another one shares its open files with that for a moment,
/// and with them the locks of those that it closes meanwhile.
fn patiently(lock: impl Fn() -> Result<(), TryLockError>) -> Result<(), TryLockError> {
    for wait in LOCK_WAITS {
        match lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(wait)),
            done => return done,
        }
    }
    lock()
}

/// Flushes the names in a folder to the disk: a power cut can no longer remove them. If folders
/// cannot be flushed, as on some sticks and shares, nothing more can be done.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let flushed = step(Step::FlushFolder).and_then(|()| File::open(path)?.sync_all());
    match flushed {
        Err(error) if cannot_flush_folders(&error) => Ok(()),
        flushed => flushed,
    }
}

/// Whether an error from flushing a folder means that it cannot be done here, and not that it failed.
fn cannot_flush_folders(error: &io::Error) -> bool {
    let not_here = [
        Errno::INVAL,
        Errno::NOTSUP,
        Errno::OPNOTSUPP,
        Errno::NOSYS,
        Errno::NOTTY,
        Errno::BADF,
        Errno::ISDIR,
        // A folder may be writable and not readable.
        Errno::ACCESS,
    ];
    Errno::from_io_error(error).is_some_and(|errno| not_here.contains(&errno))
}

/// A number that a copy of the file does not share.
pub(crate) fn identity(metadata: &Metadata) -> u64 {
    metadata.ino()
}

/// Which disk it is on.
#[expect(clippy::unnecessary_wraps, reason = "not every system says")]
pub(crate) fn disk(metadata: &Metadata) -> Option<u64> {
    Some(metadata.dev())
}

/// Whether a file can be read by this account alone, as far as its mode says. If the disk has no
/// modes, the system makes one up that says what really holds.
pub(crate) fn is_private(metadata: &Metadata) -> bool {
    is_for_one(metadata.mode())
}

fn is_for_one(mode: u32) -> bool {
    [0o070, 0o007].iter().all(|others| mode & others == 0)
}

/// Whether a program with this process id runs on this machine.
pub(crate) fn is_running(number: u32) -> bool {
    let number = i32::try_from(number).ok().and_then(Pid::from_raw);
    let asked = number.map(rustix::process::test_kill_process);
    // We may not ask about another account's process, but it exists.
    asked.is_some_and(|asked| asked != Err(Errno::SRCH))
}

/// Whether the file has lost its name: nobody will find what is written to it.
pub(crate) fn is_gone(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.nlink() == 0)
}

/// Whether this path leads to the open file.
pub(crate) fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let place = |found: Metadata| (found.dev(), found.ino());
    match std::fs::symlink_metadata(path) {
        Ok(found) => Ok(place(found) == place(file.metadata()?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether two things are on the same disk.
pub(crate) fn same_disk(one: &Path, other: &Path) -> bool {
    let disk = |path: &Path| std::fs::symlink_metadata(path).map(|found| found.dev()).ok();
    disk(one).is_some() && disk(one) == disk(other)
}

/// Never: an open file can be replaced here.
pub(crate) fn is_in_use(_path: &Path) -> bool {
    false
}

/// Never: that another program has a file open is no reason to refuse here.
pub(crate) fn is_about_use(_error: &io::Error) -> bool {
    false
}

/// Gives a file another's name, whole or not at all.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    step(Step::Replace)?;
    std::fs::rename(from, to)
}

/// The same in place of a file that is held until then.
pub(crate) fn replace_held(held: File, from: &Path, to: &Path) -> io::Result<()> {
    let replaced = replace(from, to);
    drop(held);
    replaced
}

/// What an error means that has no kind of its own, or one that says less.
pub(crate) fn cause(error: &io::Error) -> Option<Cause> {
    let errno = Errno::from_io_error(error)?;
    [
        (Errno::LOOP, Cause::Link),
        (Errno::IO, Cause::Broken),
        (Errno::NXIO, Cause::Unplugged),
        (Errno::NODEV, Cause::Unplugged),
        // What FAT says of names that it cannot have.
        (Errno::INVAL, Cause::Name),
        (Errno::ILSEQ, Cause::Name),
        (Errno::MFILE, Cause::TooManyOpen),
        (Errno::NFILE, Cause::TooManyOpen),
        (Errno::HOSTDOWN, Cause::Unreachable),
    ]
    .into_iter()
    .find_map(|(known, cause)| (known == errno).then_some(cause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::why;

    #[test]
    fn a_folder_that_cannot_be_flushed_is_no_failure_and_a_failure_is_one() {
        for (errno, goes_on) in [
            (Errno::INVAL, true),
            (Errno::NOTSUP, true),
            (Errno::NOSYS, true),
            (Errno::IO, false),
            (Errno::NOSPC, false),
            (Errno::NOENT, false),
        ] {
            assert_eq!(cannot_flush_folders(&errno.into()), goes_on, "{errno}");
        }
        // Linux has such folders: this one answers EINVAL.
        #[cfg(target_os = "linux")]
        assert!(sync_folder(Path::new("/proc/self")).is_ok());
    }

    /// A test of the whole failed once in a few hundred runs: another one started a program just then.
    #[test]
    fn a_lock_that_is_held_for_a_moment_is_no_lock() {
        for (blocked, is_held) in [(0, false), (2, false), (LOCK_WAITS.len(), false), (99, true)] {
            let tries = std::cell::Cell::new(0);
            let lock = || {
                tries.set(tries.get() + 1);
                if tries.get() > blocked { Ok(()) } else { Err(TryLockError::WouldBlock) }
            };
            assert_eq!(patiently(lock).is_err(), is_held, "{blocked}");
        }
    }

    #[test]
    fn what_has_no_kind_of_its_own_has_words_too() {
        for (errno, words) in [
            (Errno::LOOP, "it is a link, and links are not followed"),
            (Errno::IO, "the disk failed, or was pulled out"),
            (Errno::NODEV, "the disk is gone (was the stick pulled out?)"),
            (Errno::INVAL, "the system does not allow this name"),
            (Errno::NOTCONN, "the share cannot be reached"),
            (Errno::ROFS, "the disk is read-only"),
            (Errno::DQUOT, "this account has used up its space on the disk"),
        ] {
            assert_eq!(why(&errno.into()), words);
        }
    }

    #[test]
    fn only_a_mode_without_anything_for_others_is_private() {
        // What Linux says about files on a FAT stick, which has no modes.
        for (mode, private) in [
            (0o100_600, true),
            (0o100_400, true),
            (0o100_644, false),
            (0o100_755, false),
            (0o100_700, true),
            (0o100_660, false),
            (0o100_601, false),
        ] {
            assert_eq!(is_for_one(mode), private, "{mode:o}");
        }
    }
}
