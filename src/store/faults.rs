//! In debug builds only: a disk that fills up, or a program that is killed, after a number of operations
//! that a test sets in the environment. A test can then look at what the real program leaves on the disk.
//!
//! `kill:7` ends the program before its eighth operation, `tear:7` in the middle of the first write from there on,
//! `full:7` makes every write fail from there on, `gone:7` is a stick that is pulled out there, and `fat` is a
//! disk as sticks are: its folders cannot be flushed, and no file has a second name.

use std::io;
#[cfg(debug_assertions)]
use std::io::ErrorKind;
#[cfg(debug_assertions)]
use std::sync::LazyLock;
#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU64, Ordering};

/// What a test asked for.
#[cfg(debug_assertions)]
static ASKED: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("RAPPORTEUR_DISK").ok());
/// How many operations there were.
#[cfg(debug_assertions)]
static DONE: AtomicU64 = AtomicU64::new(0);

/// What is asked of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A file or folder is made.
    Make,
    /// Bytes are written or flushed.
    Write,
    /// A file gets another's name.
    Replace,
    /// A file gets a second name.
    Link,
    /// The names in a folder are flushed.
    FlushFolder,
}

/// Fails, or ends the program, if a test asked for it.
#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "it fails in debug builds")]
pub(super) fn step(_: Step) -> io::Result<()> {
    Ok(())
}

/// Fails, or ends the program, if a test asked for it.
#[cfg(debug_assertions)]
pub(super) fn step(step: Step) -> io::Result<()> {
    let Some(asked) = ASKED.as_deref() else { return Ok(()) };
    let (fault, after) = asked.split_once(':').unwrap_or((asked, ""));
    let is_due = after.parse().is_ok_and(|after| DONE.fetch_add(1, Ordering::Relaxed) >= after);
    match (fault, step) {
        // Nothing is unwound or tidied up, as after a kill.
        ("kill", _) if is_due => std::process::exit(9),
        ("full", Step::Make | Step::Write | Step::Link) if is_due => {
            Err(ErrorKind::StorageFull.into())
        }
        ("gone", _) if is_due => Err(unplugged()),
        ("fat", Step::FlushFolder) => Err(unflushable()),
        ("fat", Step::Link) => Err(ErrorKind::PermissionDenied.into()),
        _ => Ok(()),
    }
}

/// Whether a test asked that this write be torn.
#[cfg(not(debug_assertions))]
pub(super) fn is_torn() -> bool {
    false
}

/// Whether a test asked that this write be torn.
#[cfg(debug_assertions)]
pub(super) fn is_torn() -> bool {
    let after = ASKED.as_deref().and_then(|asked| asked.strip_prefix("tear:")?.parse().ok());
    after.is_some_and(|after: u64| DONE.load(Ordering::Relaxed) > after)
}

#[cfg(all(debug_assertions, unix))]
fn unflushable() -> io::Error {
    rustix::io::Errno::INVAL.into()
}

#[cfg(all(debug_assertions, unix))]
fn unplugged() -> io::Error {
    rustix::io::Errno::NODEV.into()
}

#[cfg(all(debug_assertions, not(unix)))]
fn unplugged() -> io::Error {
    // ERROR_DEVICE_NOT_CONNECTED
    io::Error::from_raw_os_error(1167)
}

#[cfg(all(debug_assertions, not(unix)))]
fn unflushable() -> io::Error {
    ErrorKind::InvalidInput.into()
}
