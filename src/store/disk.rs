//! What a writer needs of a disk, so that a test can use one that fails.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::faults::{Step, is_torn, step};
use super::system;

/// A disk that journals are written on.
pub(super) trait Disk: Send {
    /// Makes a new file and locks it against other writers.
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>>;
    /// The same for a journal, which keeps its name while it is open.
    fn make_journal(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        self.make(path)
    }
    /// Flushes the names in a folder to the disk.
    fn sync_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Gives a file another's name, whole or not at all.
    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// The same in place of a file that is held, until it is replaced.
    fn replace_held(&mut self, held: File, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder for this account alone, and those above it.
    fn make_folders(&mut self, path: &Path) -> io::Result<()> {
        system::make_folders(path)
    }
    /// Removes a file.
    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// A file that is appended to.
pub(super) trait Paper: Send {
    /// Appends to the end, in one write.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns once the disk has it.
    fn sync(&mut self) -> io::Result<()>;
    /// Whether this path still leads to it: nobody looks for records in a file that was moved away.
    fn is_at(&self, path: &Path) -> io::Result<bool>;
    /// Cuts off what a failed write left.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// A second handle to the same file, to be flushed by another thread.
    fn twin(&self) -> io::Result<Box<dyn Paper>>;
}

/// The real disk.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        let file = system::make_private(path)?;
        // Some shared folders do not support locks; even so, the name is ours alone.
        let _ = system::hold(&file);
        Ok(Box::new(file))
    }

    fn make_journal(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        let file = system::make_journal(path)?;
        let _ = system::hold(&file);
        Ok(Box::new(file))
    }

    fn sync_folder(&mut self, path: &Path) -> io::Result<()> {
        system::sync_folder(path)
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        system::replace(from, to)
    }

    fn replace_held(&mut self, held: File, from: &Path, to: &Path) -> io::Result<()> {
        system::replace_held(held, from, to)
    }
}

impl Paper for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        step(Step::Write)?;
        if is_torn() {
            self.write_all(&bytes[..bytes.len() / 2])?;
            // As a kill in the middle of it would end the program.
            std::process::exit(9);
        }
        system::go_to_end(self)?;
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        step(Step::Write)?;
        self.sync_data()?;
        // A deleted file still accepts writes, but nobody would ever find them.
        if system::is_gone(self)? { Err(ErrorKind::NotFound.into()) } else { Ok(()) }
    }

    fn is_at(&self, path: &Path) -> io::Result<bool> {
        system::is_at(self, path)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn twin(&self) -> io::Result<Box<dyn Paper>> {
        Ok(Box::new(self.try_clone()?))
    }
}

/// Opens a plain file for reading: no link, pipe, device or folder.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    plain(system::open_to_read(path)?)
}

/// Opens an existing plain file to append to it, and locks it against other writers.
pub(super) fn open_held(path: &Path) -> io::Result<File> {
    held(system::open_to_append(path)?)
}

/// The same for a journal that will be continued.
pub(super) fn open_journal(path: &Path) -> io::Result<File> {
    held(system::open_journal(path)?)
}

fn held(file: File) -> io::Result<File> {
    let file = plain(file)?;
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
