//! Whole files: the old one or the new one, never half of one, and never one lost.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::faults::{Step, step};
use super::{Trouble, cause::in_the_way, disk, passing, system};

/// How many names are tried before giving up.
const TRIES: u32 = 10_000;

/// Whether a written file can be read by this account alone. Everything that is written is meant to
/// be; the mode read back shows if the disk does not support it.
pub fn is_private(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| system::is_private(&found))
}

/// Writes a file whole, for this account alone. An existing one with different content is kept beside it
/// as `name (1).ext`, and that path is returned: somebody may have written in it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, Trouble> {
    let mut fresh = Fresh::begin(path)?;
    let written = step(Step::Write).and_then(|()| fresh.file().write_all(bytes));
    written.map_err(Trouble::writing(path))?;
    fresh.place()
}

/// A file that is being written under a passing name beside its place. Unless it is placed, nothing
/// is left of it.
#[derive(Debug)]
pub struct Fresh {
    path: PathBuf,
    passing: PathBuf,
    file: File,
}

/// Where a file is now that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFile {
    /// The file.
    pub path: PathBuf,
    /// Where the file is that had its name before, with other content.
    pub kept: Option<PathBuf>,
    /// Whether it has another name because another program has the earlier file open.
    pub in_use: bool,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // Only what was made here a moment ago; once placed, it no longer has this name.
        let _ = fs::remove_file(&self.passing);
    }
}

impl Fresh {
    /// Begins to write a file that will end up here.
    pub fn begin(path: &Path) -> Result<Self, Trouble> {
        if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
            return Err(Trouble::Taken(path.to_owned()));
        }
        let (passing, file) =
            make_beside(path, system::make_private).map_err(Trouble::writing(path))?;
        Ok(Self { path: path.to_owned(), passing, file })
    }

    /// Where its bytes go.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// What has been written so far, to be read once more before it is placed.
    pub fn read(&self) -> Result<File, Trouble> {
        disk::open_file(&self.passing).map_err(Trouble::writing(&self.path))
    }

    /// Puts it into its place. An existing file with different content is kept beside it, and that path
    /// is returned.
    pub fn place(self) -> Result<Option<PathBuf>, Trouble> {
        self.flush()?;
        self.put().map_err(Trouble::writing(&self.path))
    }

    /// The same; if another program has the file open and lets nobody replace it, as Word and Excel do on
    /// Windows, this one gets the next free name.
    pub fn place_or_beside(self) -> Result<PlacedFile, Trouble> {
        self.flush()?;
        let path = self.path.clone();
        let put = if system::is_in_use(&path) { None } else { Some(self.put()) };
        match put {
            Some(Ok(kept)) => Ok(PlacedFile { path, kept, in_use: false }),
            Some(Err(error)) if !system::is_about_use(&error) => {
                Err(Trouble::writing(&path)(error))
            }
            _ => {
                let unwritable = Trouble::writing(&path);
                let path = self.put_beside().map_err(unwritable)?;
                Ok(PlacedFile { path, kept: None, in_use: true })
            }
        }
    }

    fn flush(&self) -> Result<(), Trouble> {
        let flushed = step(Step::Write).and_then(|()| self.file.sync_all());
        flushed.map_err(Trouble::writing(&self.path))
    }

    fn put(&self) -> io::Result<Option<PathBuf>> {
        let kept = if self.is_news()? { Some(keep(&self.path)?) } else { None };
        system::replace(&self.passing, &self.path)?;
        system::sync_folder(folder_of(&self.path))?;
        Ok(kept)
    }

    fn put_beside(&self) -> io::Result<PathBuf> {
        let free = |path: &PathBuf| {
            fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
        };
        let path = (1..TRIES).map(|nth| numbered(&self.path, nth)).find(free);
        let path = path.ok_or(ErrorKind::AlreadyExists)?;
        system::replace(&self.passing, &path)?;
        system::sync_folder(folder_of(&path))?;
        Ok(path)
    }

    /// Whether its place has something different: what cannot be read counts as different.
    fn is_news(&self) -> io::Result<bool> {
        let found = match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            found => found?,
        };
        if !found.is_file() || found.len() != self.file.metadata()?.len() {
            return Ok(true);
        }
        let same = disk::open_file(&self.path)
            .and_then(|old| is_same(old, disk::open_file(&self.passing)?));
        Ok(!same.unwrap_or(false))
    }
}

/// Whether two files of the same length have the same bytes.
fn is_same(one: File, other: File) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let both = left.len().min(right.len());
        if both == 0 {
            return Ok(left.len() == right.len());
        }
        if left[..both] != right[..both] {
            return Ok(false);
        }
        one.consume(both);
        other.consume(both);
    }
}

/// Writes a file whole, for this account alone, in place of an earlier one that has nothing
/// else in it.
pub fn replace_whole(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    write_in_place(path, bytes, Reach::Own).map_err(Trouble::writing(path))
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// This account alone.
    Own,
    /// Others too, as far as the account's settings allow.
    Others,
}

/// Makes a folder that others may read as far as the account's settings allow, and those above it.
pub fn make_folders(path: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(path).map_err(|error| Trouble::writing(path)(in_the_way(path, error)))
}

/// Writes a new file for this account alone. An existing one is left as it is.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let write = || {
        let mut file = system::make_private(path)?;
        step(Step::Write)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(Trouble::writing(path))
}

/// Writes one of the program's own files, for this account alone.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = write_beside(path, bytes, system::make_private)?;
    let placed = system::replace(&fresh, path).and_then(|()| system::sync_folder(folder_of(path)));
    if placed.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    placed
}

/// Writes one of the program's own files that is soon written again: it is not flushed, and a power cut
/// may lose its content.
pub(super) fn write_soon(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (fresh, mut file) = make_beside(path, system::make_private)?;
    let written = step(Step::Write).and_then(|()| file.write_all(bytes));
    let placed = written.and_then(|()| system::replace(&fresh, path));
    if placed.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    placed
}

/// Writes a file in place of our own previous one. Folders on sticks and shares cannot always be
/// flushed; the file itself is.
pub(super) fn write_in_place(path: &Path, bytes: &[u8], reach: Reach) -> io::Result<()> {
    write_keeping(path, bytes, reach, None)
}

/// The same; the previous one is kept under another name, replacing any file of that name.
pub(super) fn write_keeping(
    path: &Path,
    bytes: &[u8],
    reach: Reach,
    kept: Option<&Path>,
) -> io::Result<()> {
    let make = match reach {
        Reach::Own => system::make_private,
        Reach::Others => system::make_shared,
    };
    let fresh = write_beside(path, bytes, make)?;
    let keep = kept.map_or(Ok(()), |kept| match system::replace(path, kept) {
        // Another program was faster.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        moved => moved,
    });
    let placed = keep.and_then(|()| system::replace(&fresh, path));
    if placed.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    placed.map(|()| drop(system::sync_folder(folder_of(path))))
}

/// Writes a new file under a passing name in the same folder, and flushes it.
fn write_beside(
    path: &Path,
    bytes: &[u8],
    make: impl Fn(&Path) -> io::Result<File>,
) -> io::Result<PathBuf> {
    let (fresh, mut file) = make_beside(path, make)?;
    let written = step(Step::Write).and_then(|()| file.write_all(bytes));
    let written = written.and_then(|()| step(Step::Write)).and_then(|()| file.sync_all());
    if let Err(error) = written {
        let _ = fs::remove_file(&fresh);
        return Err(error);
    }
    Ok(fresh)
}

/// Makes a new file under a passing name in the same folder.
fn make_beside(
    path: &Path,
    make: impl Fn(&Path) -> io::Result<File>,
) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    passing::clear(folder_of(path), name);
    for attempt in 0..TRIES {
        let fresh = path.with_file_name(passing::name(name, Some(attempt)));
        match make(&fresh) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            file => {
                let file = file?;
                // On a share, programs on other machines see it too: this keeps them away from it.
                let _ = system::hold(&file);
                return Ok((fresh, file));
            }
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Gives an existing file the next free name: `matrix (1).csv`.
fn keep(path: &Path) -> io::Result<PathBuf> {
    for nth in 1..TRIES {
        let kept = numbered(path, nth);
        match step(Step::Link).and_then(|()| fs::hard_link(path, &kept)) {
            Ok(()) => return Ok(kept),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            // Memory sticks do not support second names.
            Err(_) => {}
        }
        match fs::symlink_metadata(&kept) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return system::replace(path, &kept).map(|()| kept);
            }
            _ => {}
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a plain file whole, of no more than `most` bytes. A link to one is accepted, because a
/// person named it; a pipe or a device is not waited for.
#[expect(clippy::disallowed_methods, reason = "it is only opened, and nowhere remembered or shown")]
pub fn read_whole(path: &Path, most: u64) -> Result<Vec<u8>, Trouble> {
    let real = fs::canonicalize(path).map_err(Trouble::reading(path))?;
    let file = disk::open_file(&real).map_err(Trouble::reading(path))?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(Trouble::reading(path))?;
    if bytes.len() as u64 > most {
        return Err(Trouble::TooLong(path.to_owned(), most));
    }
    Ok(bytes)
}

/// A file's name with a number: `matrix (1).csv`.
fn numbered(path: &Path, nth: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(" ({nth})"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}
