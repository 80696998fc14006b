//! What a writer needs of a disk, so that a test can stand in for one that fails.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::faults::{Step, step};
use super::system;

/// A disk that journals are written on.
pub(super) trait Disk: Send {
    /// Makes a new file and holds it against other writers.
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>>;
    /// Puts the names in a folder on the disk.
    fn sync_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Gives a file another's name, whole or not at all.
    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder for this account alone, with those above it.
    fn make_folders(&mut self, path: &Path) -> io::Result<()> {
        system::make_folders(path)
    }
    /// Takes a file away.
    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// A file that is added to.
pub(super) trait Paper: Send {
    /// Adds to the end, in one write.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns once the disk has it.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts back what a failed write left behind.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// The same file once more, to be flushed by another thread.
    fn twin(&self) -> io::Result<Box<dyn Paper>>;
}

/// The disk there is.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        let file = system::make_private(path)?;
        // Some shared folders know no locks; the name is ours alone all the same.
        let _ = system::hold(&file);
        Ok(Box::new(file))
    }

    fn sync_folder(&mut self, path: &Path) -> io::Result<()> {
        system::sync_folder(path)
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        system::replace(from, to)
    }
}

impl Paper for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        step(Step::Write)?;
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        step(Step::Write)?;
        self.sync_data()?;
        // A file that somebody deleted still takes writes, and nobody will ever find them.
        if system::is_gone(self)? { Err(ErrorKind::NotFound.into()) } else { Ok(()) }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn twin(&self) -> io::Result<Box<dyn Paper>> {
        Ok(Box::new(self.try_clone()?))
    }
}

/// Opens a plain file to read it: no link, no pipe, no device, no folder.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    plain(system::open_to_read(path)?)
}

/// Opens a plain file that is there to add to it, and holds it against other writers.
pub(super) fn open_held(path: &Path) -> io::Result<File> {
    let file = plain(system::open_to_append(path)?)?;
    if system::hold(&file)? { Ok(file) } else { Err(ErrorKind::WouldBlock.into()) }
}

fn plain(file: File) -> io::Result<File> {
    let found = file.metadata()?;
    match found.is_file() {
        true => Ok(file),
        false if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        false => Err(io::Error::new(ErrorKind::InvalidInput, "it is not a plain file")),
    }
}
