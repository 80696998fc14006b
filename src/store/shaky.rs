//! A disk in memory for tests: it fails when asked to, and in a power cut loses what was not
//! flushed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::disk::{Disk, Paper};

/// How an operation fails.
#[derive(Clone, Copy, Debug)]
pub(super) enum ShakyFailure {
    /// Nothing happens.
    Nothing,
    /// Half of it happens.
    Half,
    /// All of it happens, but is reported as failed.
    All,
}

#[derive(Default)]
pub(super) struct Platter {
    files: BTreeMap<PathBuf, KeptPages>,
    pub(super) operations: usize,
    /// Which operations fail: a run of them, and one more later.
    pub(super) fail: std::ops::Range<usize>,
    pub(super) fail_later: usize,
    pub(super) how: Option<ShakyFailure>,
    /// Which kinds of operation fail at present.
    pub(super) no_room: bool,
    pub(super) no_flush: bool,
    pub(super) no_removal: bool,
}

#[derive(Default)]
struct KeptPages {
    written: Vec<u8>,
    /// How much of it a power cut leaves.
    kept: usize,
    /// A flush failed: the rest is marked clean, and no later flush will write it.
    spoilt: bool,
    named: bool,
}

#[derive(Clone, Default)]
pub(super) struct Shaky(pub(super) Arc<Mutex<Platter>>);

struct Sheaf(Shaky, PathBuf);

impl Shaky {
    /// Whether the next operation fails, and how.
    fn next(&self) -> Option<ShakyFailure> {
        let mut platter = self.0.lock().unwrap();
        platter.operations += 1;
        let nth = platter.operations - 1;
        platter.how.filter(|_| platter.fail.contains(&nth) || platter.fail_later == nth)
    }

    fn is_set(&self, of: impl Fn(&Platter) -> bool) -> bool {
        of(&self.0.lock().unwrap())
    }

    fn pages<T>(&self, path: &Path, change: impl FnOnce(&mut KeptPages) -> T) -> T {
        change(self.0.lock().unwrap().files.entry(path.to_owned()).or_default())
    }

    /// The files as a reader finds them, after a power cut or not.
    pub(super) fn files(&self, power_cut: bool) -> Vec<(PathBuf, Vec<u8>)> {
        let platter = self.0.lock().unwrap();
        let found = platter.files.iter().filter(|(_, pages)| pages.named || !power_cut);
        let length = |pages: &KeptPages| if power_cut { pages.kept } else { pages.written.len() };
        let bytes = |pages: &KeptPages| pages.written[..length(pages)].to_vec();
        found.map(|(path, pages)| (path.clone(), bytes(pages))).collect()
    }

    /// Whether a power cut would lose nothing.
    pub(super) fn has_all(&self) -> bool {
        let platter = self.0.lock().unwrap();
        platter.files.values().all(|pages| pages.named && pages.kept == pages.written.len())
    }

    /// Cuts the power. What was not flushed is divided into pieces of this many bytes; those for which
    /// `keeps` is true survive, the others are filled with zeros.
    pub(super) fn cut_power(&self, piece: usize, mut keeps: impl FnMut() -> bool) {
        let mut platter = self.0.lock().unwrap();
        platter.files.retain(|_, pages| pages.named || keeps());
        for pages in platter.files.values_mut() {
            for piece in pages.written[pages.kept..].chunks_mut(piece) {
                if !keeps() {
                    piece.fill(0);
                }
            }
            (pages.kept, pages.spoilt, pages.named) = (pages.written.len(), false, true);
        }
    }
}

fn broken() -> io::Error {
    ErrorKind::StorageFull.into()
}

impl Disk for Shaky {
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        let failure = self.next();
        if self.0.lock().unwrap().files.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if self.is_set(|platter| platter.no_room) {
            return Err(broken());
        }
        if !matches!(failure, Some(ShakyFailure::Nothing)) {
            self.pages(path, |_| ());
        }
        match failure {
            Some(_) => Err(broken()),
            None => Ok(Box::new(Sheaf(self.clone(), path.to_owned()))),
        }
    }

    fn sync_folder(&mut self, _: &Path) -> io::Result<()> {
        if self.next().is_some() || self.is_set(|platter| platter.no_flush) {
            return Err(broken());
        }
        self.0.lock().unwrap().files.values_mut().for_each(|pages| pages.named = true);
        Ok(())
    }

    fn replace(&mut self, _: &Path, _: &Path) -> io::Result<()> {
        unreachable!("nothing here replaces a file")
    }

    fn replace_held(&mut self, _: File, _: &Path, _: &Path) -> io::Result<()> {
        unreachable!("nothing here replaces a file")
    }

    fn make_folders(&mut self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        if self.next().is_some() || self.is_set(|platter| platter.no_removal) {
            return Err(broken());
        }
        match self.0.lock().unwrap().files.remove(path) {
            Some(_) => Ok(()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }
}

impl Paper for Sheaf {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        Ok(self.0.0.lock().unwrap().files.contains_key(path))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let no_room = self.0.is_set(|platter| platter.no_room).then_some(ShakyFailure::Half);
        let failure = self.0.next().or(no_room);
        let taken = match failure {
            Some(ShakyFailure::Nothing) => 0,
            Some(ShakyFailure::Half) => bytes.len() / 2,
            Some(ShakyFailure::All) | None => bytes.len(),
        };
        self.0.pages(&self.1, |pages| pages.written.extend_from_slice(&bytes[..taken]));
        if failure.is_some() { Err(broken()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        let no_flush = self.0.is_set(|platter| platter.no_flush).then_some(ShakyFailure::Nothing);
        let failure = self.0.next().or(no_flush);
        self.0.pages(&self.1, |pages| {
            let dirty = if pages.spoilt { 0 } else { pages.written.len() - pages.kept };
            pages.kept += match failure {
                Some(ShakyFailure::Nothing) => 0,
                Some(ShakyFailure::Half) => dirty / 2,
                Some(ShakyFailure::All) | None => dirty,
            };
            pages.spoilt |= failure.is_some();
        });
        if failure.is_some() { Err(broken()) } else { Ok(()) }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if self.0.next().is_some() {
            return Err(broken());
        }
        self.0.pages(&self.1, |pages| pages.written.truncate(length as usize));
        Ok(())
    }

    fn twin(&self) -> io::Result<Box<dyn Paper>> {
        Ok(Box::new(Self(self.0.clone(), self.1.clone())))
    }
}
