//! What runs of the program left in a workshop's folder of typed text, run by run.
//!
//! As a rule a text is in one run's files. A run that begins takes over what the runs before it left,
//! and until that is on the disk, both have it: so each says from which runs it took a text over, and a
//! text that some other run took over unchanged is not offered again. A run's own files follow each
//! other in the same way.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::{ffi::OsStr, fs};

use compact_str::CompactString;

use super::stroke::{From, LineId, ScratchText, Texts, Took};
use super::{Folder, Trouble, disk, system};
use crate::workshop::{PointId, Workshop};

/// One run's files, read to their end.
#[derive(Default)]
pub(super) struct Run {
    /// What its files are called, up to their number.
    pub(super) name: CompactString,
    /// Its files in the order they were begun.
    pub(super) files: Vec<PathBuf>,
    pub(super) texts: Texts,
    /// Whether it is still running.
    pub(super) held: bool,
    /// Whether it has something that could not be read, or that only a newer version understands.
    pub(super) opaque: bool,
}

impl Run {
    /// All runs that left anything, each after those it took texts over from.
    pub(super) fn all(folder: &Folder) -> Result<Vec<Self>, Trouble> {
        let mut runs = Vec::new();
        for (name, files) in files(folder)? {
            let mut run = Self::named(name);
            for path in files {
                run.held |= system::is_held(&path);
                let mut file = disk::open_file(&path).ok();
                run.read(path, file.as_mut());
            }
            runs.push(run);
        }
        Ok(in_order(runs))
    }

    pub(super) fn named(name: CompactString) -> Self {
        Self { name, ..Self::default() }
    }

    /// The runs from which it took texts over.
    pub(super) fn before(&self) -> impl Iterator<Item = &CompactString> {
        self.from().map(|from| &from.run)
    }

    /// What it says about where its texts are from.
    fn from(&self) -> impl Iterator<Item = &From> {
        self.texts.taken_over().flat_map(|took| &took.from)
    }

    /// Reads its next file, which is `None` if it cannot be read.
    pub(super) fn read(&mut self, path: PathBuf, file: Option<&mut impl Read>) {
        self.opaque |= !file.is_some_and(|file| self.texts.read(file));
        self.files.push(path);
    }

    /// Whether nobody writes its files any more, and everything in them is understood.
    pub(super) fn is_over(&self) -> bool {
        !self.held && !self.opaque
    }
}

/// Sorts runs so that each comes after those it took texts over from.
pub(super) fn in_order(mut runs: Vec<Run>) -> Vec<Run> {
    let places: HashMap<_, _> =
        runs.iter().enumerate().map(|(place, run)| (run.name.clone(), place)).collect();
    let mut depths = vec![None; runs.len()];
    for place in 0..runs.len() {
        depth(place, &runs, &places, &mut depths);
    }
    runs.sort_by_cached_key(|run| (depths[places[&run.name]], run.name.clone()));
    runs
}

/// The number of runs that took texts over from each other before this one did.
fn depth(
    place: usize,
    runs: &[Run],
    places: &HashMap<CompactString, usize>,
    depths: &mut [Option<usize>],
) -> usize {
    if let Some(known) = depths[place] {
        return known;
    }
    // If they form a circle, it ends here.
    depths[place] = Some(0);
    let before = runs[place].before().filter_map(|name| places.get(name));
    let deepest = before.map(|before| depth(*before, runs, places, depths) + 1).max();
    let deepest = deepest.unwrap_or(0);
    depths[place] = Some(deepest);
    deepest
}

/// A text that no point has.
pub(super) struct LeftoverText<'r> {
    pub(super) text: &'r ScratchText,
    /// The run it belongs to.
    pub(super) run: &'r CompactString,
    /// Where it is found: once in each run that has it, and where those took it over from.
    pub(super) from: BTreeMap<(CompactString, LineId), u32>,
}

/// The texts that no point has, each once: what a later run took over belongs to that run, and if
/// several runs have exactly the same text, it is one. What a running program is typing is left alone.
pub(super) fn unfinished_texts<'r>(runs: &'r [Run], workshop: &Workshop) -> Vec<LeftoverText<'r>> {
    let mut taken: HashMap<&CompactString, Vec<(&CompactString, &Took)>> = HashMap::new();
    for run in runs {
        for took in run.texts.taken_over() {
            for from in &took.from {
                taken.entry(&from.run).or_default().push((&run.name, took));
            }
        }
    }
    let names: HashSet<_> = runs.iter().map(|run| &run.name).collect();
    let mut places = HashMap::new();
    let mut left: Vec<LeftoverText<'r>> = Vec::new();
    for run in runs.iter().filter(|run| !run.held) {
        let taken = taken.get(&run.name).map_or(&[][..], Vec::as_slice);
        for text in run.texts.iter().filter(|text| is_missing(text, workshop)) {
            let mark = text.begun.mark();
            if taken
                .iter()
                .any(|(by, took)| **by != run.name && took.has(&run.name, &text.begun, mark))
            {
                continue;
            }
            let place = *places.entry(mark).or_insert_with(|| {
                left.push(LeftoverText { text, run: &run.name, from: BTreeMap::new() });
                left.len() - 1
            });
            let from = &mut left[place].from;
            if text.begun.age > 0 || from.keys().all(|(name, _)| *name != run.name) {
                from.insert((run.name.clone(), text.begun.line), text.begun.age);
            }
            let took = text.begun.took.iter().flat_map(|took| &took.from);
            for before in took.filter(|before| names.contains(&before.run)) {
                let age = from.entry((before.run.clone(), before.line)).or_default();
                *age = before.age.max(*age);
            }
        }
    }
    left
}

/// The files of these runs that are not needed once the texts left in them are kept somewhere else, in
/// the order in which they may be removed: what a run says about another holds until that one is gone.
pub(super) fn to_go(runs: &[Run]) -> Vec<PathBuf> {
    let mut stays: HashSet<&CompactString> = HashSet::new();
    for run in runs {
        if !run.is_over() || run.before().any(|name| stays.contains(name)) {
            stays.insert(&run.name);
        }
    }
    let go = runs.iter().filter(|run| !stays.contains(&run.name));
    go.flat_map(|run| run.files.iter().cloned()).collect()
}

/// Whether no point of the workshop has the text.
fn is_missing(text: &ScratchText, workshop: &Workshop) -> bool {
    let (begun, words) = (&text.begun, crate::workshop::clean(&text.begun.text));
    if words.is_empty() {
        return false;
    }
    // A proposal is not a wording of its point.
    let editing = begun.editing.filter(|_| begun.proposing.is_none());
    let Some(editing) = editing else {
        let missing = |point: &PointId| workshop.point(*point).is_none();
        return text.entered.is_empty() || text.entered.iter().any(missing);
    };
    !workshop.point(editing).is_some_and(|point| {
        point.text() == words || point.alternatives().contains(&words.as_ref())
    })
}

/// The files of each run, in the order they were begun.
pub(super) fn files(folder: &Folder) -> Result<BTreeMap<CompactString, Vec<PathBuf>>, Trouble> {
    let typing = folder.typing();
    let listed = match fs::read_dir(&typing) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        listed => listed.map_err(Trouble::reading(&typing))?,
    };
    let is_ours = |path: &PathBuf| path.extension() == Some(OsStr::new("jsonl"));
    Ok(by_run(listed.filter_map(|found| Some(found.ok()?.path())).filter(is_ours)))
}

/// Groups the files by run, in the order they were begun.
pub(super) fn by_run(
    files: impl Iterator<Item = PathBuf>,
) -> BTreeMap<CompactString, Vec<PathBuf>> {
    let mut files: Vec<_> = files.map(|path| (run_of(&path), path)).collect();
    files.sort();
    let mut runs = BTreeMap::<_, Vec<_>>::new();
    for ((run, _), path) in files {
        runs.entry(run).or_default().push(path);
    }
    runs
}

/// The run a file belongs to, and its number in that run.
fn run_of(path: &Path) -> (CompactString, u32) {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let parted = stem.rsplit_once('-').and_then(|(run, nth)| Some((run.into(), nth.parse().ok()?)));
    parted.unwrap_or_else(|| (CompactString::from(&*stem), 0))
}
