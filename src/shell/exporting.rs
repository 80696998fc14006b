//! Writing the feedback on a thread of its own, while the screen goes on.

use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{sync::Arc, thread};

use super::{clearance, command, inbox::Post, scan::Scan};
use crate::app::{Export, ExportReport, FormatChoice, Message, Progress};
use crate::export::{self, Format, WriteError};
use crate::feedback::{ClearedDocument, Feedback};
use crate::store::whole::{self, Fresh, PlacedFile};
use crate::store::{Trouble, why};
use crate::workshop::Workshop;

/// The formats, as the hand-over screen shows them.
pub(super) fn formats() -> Vec<FormatChoice> {
    let choice = |format: Format| FormatChoice {
        name: format.name().to_owned(),
        line: format.explanation().to_owned(),
        ending: format.extension().to_owned(),
        chosen: format.is_usual(),
    };
    Format::ALL.into_iter().map(choice).collect()
}

/// An export under way. Dropping it stops it.
pub(super) struct Exporting {
    stop: Arc<AtomicBool>,
}

impl Drop for Exporting {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Exporting {
    /// Begins to write a workshop's current feedback.
    pub(super) fn start(workshop: Workshop, export: Export, post: Post) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let failed = post.clone();
        let write = move || {
            let result = write_all(&workshop, &export, &post, &stopped);
            post.send(Message::Written(result));
        };
        if let Err(error) = thread::Builder::new().name("export".into()).spawn(write) {
            failed.send(Message::Written(Err(format!("The export could not begin: {error}."))));
        }
        Self { stop }
    }
}

fn write_all(
    workshop: &Workshop,
    export: &Export,
    post: &Post,
    stop: &AtomicBool,
) -> Result<ExportReport, String> {
    let feedback = clearance::clear(workshop, None)
        .map_err(|stop| clearance::stopped(&stop, "Decide at F9."))?;
    let scan = Scan::of(workshop.agenda(), &feedback, command::own)?;
    let formats: Vec<Format> =
        export.formats.iter().filter_map(|place| Format::ALL.get(*place).copied()).collect();
    let go_on = |progress| {
        post.send(Message::Writing(progress));
        !stop.load(Ordering::Relaxed)
    };
    let mut written = ExportReport::default();
    for made in write_each(&formats, &feedback, &scan, &export.folder, &go_on) {
        let made = made?;
        written.exposed |= !whole::is_private(&made.path);
        if made.in_use {
            written.beside.push(made.path.clone());
        }
        written.files.push(made.path);
        written.kept.extend(made.kept);
    }
    Ok(written)
}

/// Writes the feedback in several formats, as many at once as there are cores, and returns what became
/// of each, in order. After one that could not be written, no other is begun. `go_on` gets how much
/// is done and returns whether to go on.
pub(super) fn write_each(
    formats: &[Format],
    feedback: &ClearedDocument<Feedback<'_>>,
    scan: &Scan,
    folder: &Path,
    go_on: &(dyn Fn(Progress) -> bool + Sync),
) -> Vec<Result<PlacedFile, String>> {
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let done = Done { files: AtomicUsize::new(0), steps: AtomicUsize::new(0), of: formats.len() };
    let work = || {
        let mut made = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(format) = formats.get(at) else { break };
            let mut steps = 0;
            let mut progress = |points: usize, of: usize| {
                let now = (points * STEPS).checked_div(of).unwrap_or(STEPS).min(STEPS);
                now <= steps || go_on(done.add(now - std::mem::replace(&mut steps, now), 0))
            };
            let result = write_one(*format, feedback, scan, folder, &mut progress);
            failed.fetch_or(result.is_err(), Ordering::Relaxed);
            go_on(done.add(STEPS - steps, usize::from(result.is_ok())));
            made.push((at, result));
        }
        made
    };
    let cores = thread::available_parallelism().map_or(1, usize::from).min(formats.len());
    let mut made = thread::scope(|scope| {
        // With fewer threads than cores it only takes longer.
        let begun = (1..cores).map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = begun.collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, result)| result).collect()
}

/// How many steps of writing one file are shown.
const STEPS: usize = 20;

/// How much of all the files is done.
struct Done {
    files: AtomicUsize,
    steps: AtomicUsize,
    of: usize,
}

impl Done {
    fn add(&self, steps: usize, files: usize) -> Progress {
        let steps = self.steps.fetch_add(steps, Ordering::Relaxed) + steps;
        let files = self.files.fetch_add(files, Ordering::Relaxed) + files;
        let all = STEPS * self.of;
        Progress { files, of: self.of, percent: (steps * 100).checked_div(all).unwrap_or(100) }
    }
}

/// Writes the feedback as one file into a folder, unless it has a name that was not cleared. The file
/// appears complete or not at all.
pub(super) fn write_one(
    format: Format,
    feedback: &ClearedDocument<Feedback<'_>>,
    scan: &Scan,
    folder: &Path,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<PlacedFile, String> {
    let path = folder.join(format.file_name(&feedback.meeting.id));
    whole::make_folders(folder).map_err(|trouble| trouble.to_string())?;
    let mut fresh = Fresh::begin(&path).map_err(|trouble| trouble.to_string())?;
    let mut out = BufWriter::with_capacity(BUFFER, fresh.file());
    export::write(format, feedback, &mut out, progress).map_err(|stop| match stop {
        WriteError::Failed(error) => Trouble::Unwritable(path.clone(), why(&error)).to_string(),
        WriteError::Stopped => stop.to_string(),
    })?;
    // The file is complete: an export flushes what it writes to.
    drop(out);
    let unread = |why: &str| {
        let name = format.name();
        format!("The {name} file could not be looked through for names: {why}. It was not written.")
    };
    let written = fresh.read().map_err(|trouble| trouble.to_string())?;
    let found = scan.find(format, BufReader::with_capacity(BUFFER, written));
    if let Some(found) = found.map_err(|error| unread(&why(&error)))? {
        let file = format.name();
        let found_in = scan.places(feedback, &found);
        let found = found.in_words();
        return Err(match found_in.as_slice() {
            [] => format!(
                "The {file} file would hold {found}. It was not written. No point has the name: look \
                 for it in the agenda and the draft text."
            ),
            [one] => format!(
                "The {file} file would hold {found}, in {one}. It was not written; reword {one}."
            ),
            [one, rest @ ..] => format!(
                "The {file} file would hold {found}, in {one} and {} more. It was not written; \
                 reword {one} first.",
                rest.len()
            ),
        });
    }
    fresh.place_or_beside().map_err(|trouble| trouble.to_string())
}

/// How many bytes are written or read at a time.
const BUFFER: usize = 1 << 16;
