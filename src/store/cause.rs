//! Why a system refused something, in words that a person can act on: one table for all systems.

use std::io::{self, ErrorKind};
use std::{error::Error, fmt, path::Path, sync::Arc};

use super::system;

/// What kept the system from reading or writing something. In words it continues “it cannot be written:”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Another program has it open, or a part of it locked.
    InUse,
    /// It is a folder, where a file was expected.
    Folder,
    /// It is a link.
    Link,
    /// Something above it is no folder.
    NoFolder,
    /// Nothing of that name is there any more.
    Gone,
    /// The disk is full.
    Full,
    /// The account's share of the disk is used up.
    Quota,
    /// Nothing can be written on the disk.
    ReadOnlyDisk,
    /// The file itself is marked so that nobody writes to it.
    ReadOnlyFile,
    /// The account lacks the right.
    Denied,
    /// The disk does not have files of that length.
    TooLarge,
    /// The system or the disk has no such names.
    Name,
    /// The stick was pulled out, or the drive is empty.
    Unplugged,
    /// The share is not reached.
    Unreachable,
    /// The disk cannot read or write it.
    Broken,
    /// The file system contradicts itself.
    Inconsistent,
    /// The disk is encrypted and closed.
    Locked,
    /// A sync program keeps only its name here.
    Elsewhere,
    /// A virus scanner keeps it.
    Quarantined,
    /// The program has as many files open as it may.
    TooManyOpen,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InUse => "it is open in another program",
            Self::Folder => "it is a folder",
            Self::Link => "it is a link, and links are not followed",
            Self::NoFolder => "something on the way to it is not a folder",
            Self::Gone => "the folder is gone",
            Self::Full => "the disk is full",
            Self::Quota => "this account has used up its space on the disk",
            Self::ReadOnlyDisk => "the disk is read-only",
            Self::ReadOnlyFile => "it is marked as read-only",
            Self::Denied => "this account is not allowed to",
            Self::TooLarge => "the disk cannot hold a file that large",
            Self::Name => "the system does not allow this name",
            Self::Unplugged => "the disk is gone (was the stick pulled out?)",
            Self::Unreachable => "the share cannot be reached",
            Self::Broken => "the disk failed, or was pulled out",
            Self::Inconsistent => "the disk is damaged; let the system check it",
            Self::Locked => "the disk is locked",
            Self::Elsewhere => "the sync program has not fetched it",
            Self::Quarantined => "the virus scanner does not allow it",
            Self::TooManyOpen => "too many files are open",
        })
    }
}

/// Why the system refused.
pub fn why(error: &io::Error) -> String {
    let error = innermost(error);
    match system::cause(error).or_else(|| of_kind(error.kind())) {
        // The program itself said why.
        _ if error.get_ref().is_some() => error.to_string(),
        Some(cause) => cause.to_string(),
        None => format!("the system says “{error}”"),
    }
}

/// What the system said, if a library wrapped it into an error of its own.
fn innermost(error: &io::Error) -> &io::Error {
    let mut next: Option<&(dyn Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(inner) = next {
        let shared = inner.downcast_ref::<Arc<io::Error>>().map(AsRef::as_ref);
        if let Some(found) = inner.downcast_ref::<io::Error>().or(shared) {
            return innermost(found);
        }
        next = inner.source();
    }
    error
}

/// What most systems agree on.
fn of_kind(kind: ErrorKind) -> Option<Cause> {
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::WriteZero => Cause::Full,
        ErrorKind::QuotaExceeded => Cause::Quota,
        ErrorKind::ReadOnlyFilesystem => Cause::ReadOnlyDisk,
        ErrorKind::PermissionDenied => Cause::Denied,
        ErrorKind::NotFound => Cause::Gone,
        ErrorKind::FileTooLarge => Cause::TooLarge,
        ErrorKind::WouldBlock | ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            Cause::InUse
        }
        ErrorKind::IsADirectory => Cause::Folder,
        ErrorKind::NotADirectory => Cause::NoFolder,
        ErrorKind::InvalidFilename => Cause::Name,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected
        | ErrorKind::StaleNetworkFileHandle
        | ErrorKind::TimedOut => Cause::Unreachable,
        _ => return None,
    })
}

/// The codes of Windows. Some of them have a kind too, which says less.
const WINDOWS: [(i32, Cause); 43] = [
    (2, Cause::Gone),                // ERROR_FILE_NOT_FOUND
    (3, Cause::Gone),                // ERROR_PATH_NOT_FOUND
    (4, Cause::TooManyOpen),         // ERROR_TOO_MANY_OPEN_FILES
    (5, Cause::Denied),              // ERROR_ACCESS_DENIED
    (15, Cause::Unplugged),          // ERROR_INVALID_DRIVE
    (19, Cause::ReadOnlyDisk),       // ERROR_WRITE_PROTECT
    (20, Cause::Unplugged),          // ERROR_BAD_UNIT
    (21, Cause::Unplugged),          // ERROR_NOT_READY
    (23, Cause::Broken),             // ERROR_CRC
    (25, Cause::Broken),             // ERROR_SEEK
    (27, Cause::Broken),             // ERROR_SECTOR_NOT_FOUND
    (29, Cause::Broken),             // ERROR_WRITE_FAULT
    (30, Cause::Broken),             // ERROR_READ_FAULT
    (31, Cause::Broken),             // ERROR_GEN_FAILURE
    (32, Cause::InUse),              // ERROR_SHARING_VIOLATION
    (33, Cause::InUse),              // ERROR_LOCK_VIOLATION
    (34, Cause::Unplugged),          // ERROR_WRONG_DISK
    (39, Cause::Full),               // ERROR_HANDLE_DISK_FULL
    (51, Cause::Unreachable),        // ERROR_REM_NOT_LIST
    (53, Cause::Unreachable),        // ERROR_BAD_NETPATH
    (55, Cause::Unreachable),        // ERROR_DEV_NOT_EXIST
    (59, Cause::Unreachable),        // ERROR_UNEXP_NET_ERR
    (64, Cause::Unreachable),        // ERROR_NETNAME_DELETED
    (65, Cause::Denied),             // ERROR_NETWORK_ACCESS_DENIED
    (67, Cause::Unreachable),        // ERROR_BAD_NET_NAME
    (112, Cause::Full),              // ERROR_DISK_FULL
    (121, Cause::Unreachable),       // ERROR_SEM_TIMEOUT
    (123, Cause::Name),              // ERROR_INVALID_NAME
    (161, Cause::Name),              // ERROR_BAD_PATHNAME
    (170, Cause::InUse),             // ERROR_BUSY
    (206, Cause::Name),              // ERROR_FILENAME_EXCED_RANGE
    (223, Cause::TooLarge),          // ERROR_FILE_TOO_LARGE
    (225, Cause::Quarantined),       // ERROR_VIRUS_INFECTED
    (226, Cause::Quarantined),       // ERROR_VIRUS_DELETED
    (362, Cause::Elsewhere),         // ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING
    (1005, Cause::Inconsistent),     // ERROR_UNRECOGNIZED_VOLUME
    (1112, Cause::Unplugged),        // ERROR_NO_MEDIA_IN_DRIVE
    (1117, Cause::Broken),           // ERROR_IO_DEVICE
    (1167, Cause::Unplugged),        // ERROR_DEVICE_NOT_CONNECTED
    (1224, Cause::InUse),            // ERROR_USER_MAPPED_FILE
    (1392, Cause::Inconsistent),     // ERROR_FILE_CORRUPT
    (1921, Cause::Link),             // ERROR_CANT_RESOLVE_FILENAME
    (-2_144_272_384, Cause::Locked), // FVE_E_LOCKED_VOLUME
];

/// What a code of Windows means.
#[cfg_attr(not(windows), allow(dead_code, reason = "it is tested on every system"))]
pub(super) fn on_windows(code: i32) -> Option<Cause> {
    WINDOWS.iter().find(|(known, _)| *known == code).map(|(_, cause)| *cause)
}

/// What it means that a folder could not be made: of a file on the way to it, Windows says that it exists already.
pub(super) fn in_the_way(path: &Path, error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::AlreadyExists if std::fs::symlink_metadata(path).is_err() => {
            ErrorKind::NotADirectory.into()
        }
        _ => error,
    }
}

/// What it means that access to a file was denied, of which Windows says no more than that access is denied.
#[cfg_attr(not(windows), allow(dead_code, reason = "it is tested on every system"))]
pub(super) fn denied(path: &Path, error: io::Error) -> io::Error {
    if error.kind() != ErrorKind::PermissionDenied {
        return error;
    }
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => ErrorKind::IsADirectory.into(),
        Ok(found) if found.permissions().readonly() => {
            io::Error::new(ErrorKind::PermissionDenied, Cause::ReadOnlyFile.to_string())
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_windows_has_the_words_of_its_real_cause() {
        for (code, words) in [
            (2, "the folder is gone"),
            (5, "this account is not allowed to"),
            (19, "the disk is read-only"),
            (21, "the disk is gone (was the stick pulled out?)"),
            (32, "it is open in another program"),
            (33, "it is open in another program"),
            (53, "the share cannot be reached"),
            (112, "the disk is full"),
            (123, "the system does not allow this name"),
            (225, "the virus scanner does not allow it"),
            (362, "the sync program has not fetched it"),
            (1117, "the disk failed, or was pulled out"),
            (1224, "it is open in another program"),
            // 0x80310000
            (i32::from_be_bytes([0x80, 0x31, 0, 0]), "the disk is locked"),
        ] {
            assert_eq!(on_windows(code).map(|cause| cause.to_string()).as_deref(), Some(words));
        }
        assert_eq!(on_windows(0), None);
        assert!(WINDOWS.is_sorted_by_key(|(code, _)| code.cast_unsigned()));
    }

    #[test]
    fn a_refusal_is_said_in_words_of_its_real_cause() {
        for (kind, words) in [
            (ErrorKind::StorageFull, "the disk is full"),
            (ErrorKind::ReadOnlyFilesystem, "the disk is read-only"),
            (ErrorKind::IsADirectory, "it is a folder"),
            (ErrorKind::WouldBlock, "it is open in another program"),
            (ErrorKind::TimedOut, "the share cannot be reached"),
            (ErrorKind::PermissionDenied, "this account is not allowed to"),
        ] {
            assert_eq!(why(&kind.into()), words);
        }
        let inside = io::Error::other(Arc::new(io::Error::from(ErrorKind::StorageFull)));
        assert_eq!(why(&io::Error::other(inside)), "the disk is full");
        let own = io::Error::new(ErrorKind::InvalidInput, "it is not a plain file");
        assert_eq!(why(&own), "it is not a plain file");
        assert!(why(&ErrorKind::Other.into()).starts_with("the system says “"));
    }

    #[test]
    fn that_access_is_denied_is_said_only_where_nothing_else_is_the_cause() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("matrix.xlsx");
        std::fs::write(&file, "").unwrap();
        let said = |path: &Path| why(&denied(path, ErrorKind::PermissionDenied.into()));
        assert_eq!(said(home.path()), "it is a folder");
        assert_eq!(said(&file), "this account is not allowed to");
        let mut rights = std::fs::metadata(&file).unwrap().permissions();
        rights.set_readonly(true);
        std::fs::set_permissions(&file, rights).unwrap();
        assert_eq!(said(&file), "it is marked as read-only");
        let full = denied(home.path(), ErrorKind::StorageFull.into());
        assert_eq!(why(&full), "the disk is full");
    }
}
