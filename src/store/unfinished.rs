//! Text that was typed and not entered when a program died.

use std::{collections::HashMap, fs, io, path::PathBuf, sync::Arc};

use compact_str::CompactString;

use super::run::{LeftoverText, Run};
use super::stroke::{Begun, From, LineId, Stroke, Texts, Took};
use super::{Folder, Trouble, disk, journal, journal::Position, run, scratch::Scratch, whole};
use crate::workshop::{GroupId, Pin, PointId, SessionId, TopicId, Workshop};

/// A text that no point has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// The group it was typed for.
    pub group: GroupId,
    /// The topic it was typed under.
    pub topic: TopicId,
    /// The session it was filed under.
    pub session: Option<SessionId>,
    /// The point whose words it was to replace.
    pub editing: Option<PointId>,
    /// The paragraph of the draft text that it was proposed for, if it was.
    pub proposing: Option<Pin>,
    /// The words.
    pub text: String,
    /// Where it was found, and where those runs had taken it over from.
    from: Vec<From>,
    /// All files that are not needed once the texts found with it are kept somewhere else, in the
    /// order in which they may be removed.
    files: Arc<[PathBuf]>,
}

impl KeptText {
    /// Everything there is in a folder, except what a running program is typing at the moment. Reading
    /// changes nothing.
    pub fn in_folder(folder: &Folder, workshop: &Workshop) -> Result<Vec<Self>, Trouble> {
        Ok(Self::of(&Run::all(folder)?, workshop))
    }

    /// The texts left in these runs.
    pub(super) fn of(runs: &[Run], workshop: &Workshop) -> Vec<Self> {
        let files: Arc<[PathBuf]> = run::to_go(runs).into();
        let found = |LeftoverText { text, from, .. }: LeftoverText<'_>| {
            let Begun { group, topic, session, editing, proposing, text, .. } = text.begun.clone();
            let files = Arc::clone(&files);
            let from = from.into_iter().map(|((run, line), age)| From { run, line, age }).collect();
            Self { group, topic, session, editing, proposing, text, from, files }
        };
        run::unfinished_texts(runs, workshop).into_iter().map(found).collect()
    }

    /// Everything that, by the scratch files of a folder, was ever typed, even if erased again.
    pub fn typed(folder: &Folder) -> Vec<String> {
        let mut typed = Vec::new();
        for path in run::files(folder).unwrap_or_default().into_values().flatten() {
            let Ok(mut file) = disk::open_file(&path) else { continue };
            let mut texts = Texts::default();
            let _ = journal::read_lines(&mut file, &mut Position::default(), |_, line| {
                let stroke = line.ok().and_then(|json| serde_json::from_slice::<Stroke>(json).ok());
                let Some(stroke) = stroke else { return };
                // The text before something is removed, and at the end.
                if !stroke.only_adds() {
                    typed.extend(texts.of(&stroke).map(|text| text.begun.text.clone()));
                }
                texts.follow(stroke);
            });
            typed.extend(texts.iter().map(|text| text.begun.text.clone()));
        }
        typed.sort();
        typed.dedup();
        // If a text was erased letter by letter, the longest version has everything.
        let longer = |nth: usize, text: &String| {
            typed.get(nth + 1).is_some_and(|next| next.starts_with(text.as_str()))
        };
        let whole = typed.iter().enumerate().filter(|(nth, text)| !longer(*nth, text));
        whole.map(|(_, text)| text.clone()).collect()
    }

    /// Takes all of these texts over: each is begun in this run's own scratch, and once that is on
    /// the disk, the old files are removed. Returns their lines there, whether on the disk already or not.
    pub fn take_over(all: &[Self], scratch: &mut Scratch) -> (Vec<LineId>, Result<(), Trouble>) {
        let (mut lines, mut kept) = (Vec::new(), Ok(()));
        for one in all {
            let mut begun = Begun {
                line: LineId(0),
                group: one.group.clone(),
                topic: one.topic.clone(),
                session: one.session.clone(),
                editing: one.editing,
                proposing: one.proposing.clone(),
                text: one.text.clone(),
                age: 1,
                took: None,
            };
            let took = Took { from: one.from.clone(), mark: begun.mark() };
            begun.took = Some(Arc::new(took));
            let (line, taken) = scratch.take(begun);
            lines.push(line);
            kept = kept.and(taken);
        }
        let files = all.first().map(|one| one.files.iter().cloned());
        scratch.replaces(files.into_iter().flatten());
        (lines, kept)
    }
}

/// Keeps, of the text in a folder, only what no point has and is not to be removed: neither how
/// it was typed nor what was entered. Returns how many files were shortened. What a running program
/// is typing is left alone, and so is what a newer version wrote.
pub(super) fn sweep(
    folder: &Folder,
    workshop: &Workshop,
    goes: &dyn Fn(Option<PointId>, &str) -> bool,
) -> Result<usize, Trouble> {
    let runs = Run::all(folder)?;
    for path in runs.iter().filter(|run| !run.held).flat_map(|run| &run.files) {
        disk::open_file(path).map_err(Trouble::reading(path))?;
    }
    let mut stays: HashMap<&CompactString, Texts> = HashMap::new();
    for LeftoverText { text, run, .. } in run::unfinished_texts(&runs, workshop) {
        let words = crate::workshop::clean(&text.begun.text);
        let of = text.begun.editing.or(text.entered.first().copied());
        if !goes(of, &words) {
            stays.entry(run).or_default().keep(text);
        }
    }
    // A run's files are removed after those of the runs it took texts over from: what it says about them
    // holds as long as they are there.
    let over = runs.iter().filter(|run| run.is_over());
    over.map(|run| sweep_run(run, &stays.remove(&run.name).unwrap_or_default())).sum()
}

/// Writes what stays of a run into its last file, and removes the others.
fn sweep_run(run: &Run, stays: &Texts) -> Result<usize, Trouble> {
    let Some((last, before)) = run.files.split_last() else { return Ok(0) };
    let remove = |path: &PathBuf| match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::writing(path)(error)),
        _ => Ok(()),
    };
    if stays.is_empty() {
        run.files.iter().try_for_each(remove)?;
        return Ok(run.files.len());
    }
    let kept = stays.lines(!before.is_empty());
    let mut was = Vec::new();
    let read =
        disk::open_file(last).and_then(|mut file| io::Read::read_to_end(&mut file, &mut was));
    read.map_err(Trouble::reading(last))?;
    if kept == was && before.is_empty() {
        return Ok(0);
    }
    whole::write_private(last, &kept).map_err(Trouble::writing(last))?;
    before.iter().try_for_each(remove)?;
    Ok(run.files.len())
}
