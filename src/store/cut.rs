//! A real disk for tests that is cut off in the middle of what a program does, as if killed.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::disk::{Disk, Paper, RealDisk};

/// How a disk fails from some operation on: for ever, as after a power cut, with nothing
/// of that operation done or all of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) after: usize,
    pub(super) done: bool,
}

/// A disk that is cut off, and that notes the order in which things were asked of it.
pub(super) struct CutOff {
    cut: Cut,
    asked: Arc<Mutex<Vec<&'static str>>>,
}

struct Leaf(Box<dyn Paper>, CutOff);

impl CutOff {
    pub(super) fn at(cut: Cut) -> Self {
        Self { cut, asked: Arc::default() }
    }

    /// What was asked of it, in this order.
    pub(super) fn asked(&self) -> Vec<&'static str> {
        self.asked.lock().unwrap().clone()
    }

    fn try_to(&self, what: &'static str, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let mut asked = self.asked.lock().unwrap();
        asked.push(what);
        let nth = asked.len() - 1;
        if nth < self.cut.after || (nth == self.cut.after && self.cut.done) {
            act()?;
        }
        if nth < self.cut.after { Ok(()) } else { Err(ErrorKind::StorageFull.into()) }
    }

    fn again(&self) -> Self {
        Self { cut: self.cut, asked: self.asked.clone() }
    }
}

impl Disk for CutOff {
    fn make(&mut self, path: &Path) -> io::Result<Box<dyn Paper>> {
        let mut made = None;
        self.try_to("make", || RealDisk.make(path).map(|paper| made = Some(paper)))?;
        let paper = made.ok_or(ErrorKind::StorageFull)?;
        Ok(Box::new(Leaf(paper, self.again())))
    }

    fn sync_folder(&mut self, path: &Path) -> io::Result<()> {
        self.try_to("sync folder", || RealDisk.sync_folder(path))
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.try_to("replace", || RealDisk.replace(from, to))
    }

    fn replace_held(&mut self, held: File, from: &Path, to: &Path) -> io::Result<()> {
        self.try_to("replace", || RealDisk.replace_held(held, from, to))
    }

    fn make_folders(&mut self, path: &Path) -> io::Result<()> {
        self.try_to("make folders", || RealDisk.make_folders(path))
    }
}

impl Paper for Leaf {
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        self.0.is_at(path)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Self(paper, of) = self;
        of.try_to("append", || paper.append(bytes))
    }

    fn sync(&mut self) -> io::Result<()> {
        let Self(paper, of) = self;
        of.try_to("sync", || paper.sync())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    fn twin(&self) -> io::Result<Box<dyn Paper>> {
        Err(ErrorKind::Unsupported.into())
    }
}
