//! `rapporteur import`: feedback files back into a workshop.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::{Failure, refused, say, say_damage};
use crate::import::feedback::{self, Received, Unreadable};
use crate::shell::clock::chance;
use crate::shell::places::Places;
use crate::store::{Answer, Folder, Trouble, Writer, place, whole};
use crate::workshop::{Ids, Record, Workshop};

/// How long the end waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Imports feedback.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The workshop's folder, or its name in your data folder. It is made if it is not there.
    workshop: PathBuf,
    /// Feedback files, RON or JSON.
    #[arg(required = true)]
    from: Vec<PathBuf>,
}

impl Import {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        // All are read before anything is written: one bad file, and nothing has happened.
        let files = self.from.iter().map(|path| Ok((path, read_feedback(path)?)));
        let files: Vec<(&PathBuf, Received)> = files.collect::<Result<_, Failure>>()?;
        let path = place::find_workshop(&places.data, &self.workshop);
        let folder = match (Folder::open(&path), files.first()) {
            (Err(Trouble::Missing(_)), Some((_, first))) => {
                Folder::create(&path, &first.agenda()).map_err(refused)?
            }
            (folder, _) => folder.map_err(refused)?,
        };
        let loaded = folder.read().map_err(refused)?;
        say_damage(&loaded.damage);
        let mut workshop = loaded.workshop;
        for (path, received) in &files {
            same_meeting(path, received, &workshop)?;
        }
        let mut brought = Vec::new();
        for (path, received) in &files {
            let records = received.records_for(&workshop);
            say_brought(path, received, &records);
            for record in records {
                workshop.apply(record.clone());
                brought.push(record);
            }
        }
        save(&folder, &brought)?;
        Ok(writeln!(io::stdout(), "{}", folder.path().display())?)
    }
}

fn read_feedback(path: &Path) -> Result<Received, Failure> {
    let bytes = whole::read_whole(path, feedback::LARGEST as u64).map_err(refused)?;
    feedback::read(&path.display().to_string(), &bytes).map_err(|why| match why {
        Unreadable::Wrong(mistakes) => refused(mistakes),
        why => refused(format!("{}: {why}", path.display())),
    })
}

fn same_meeting(path: &Path, received: &Received, workshop: &Workshop) -> Result<(), Failure> {
    let (theirs, ours) = (&received.feedback.meeting, workshop.agenda());
    if theirs.id == ours.id {
        return Ok(());
    }
    Err(refused(format!(
        "{}: this is feedback of “{}” ({}), and the workshop is “{}” ({}). Nothing was imported; \
         name another workshop.",
        path.display(),
        theirs.title,
        theirs.id,
        ours.title,
        ours.id
    )))
}

fn say_brought(path: &Path, received: &Received, records: &[Record]) {
    if let Some(warning) = received.warning() {
        say(&format!("{}: {warning}", path.display()));
    }
    let all = received.feedback.points.len();
    say(&match records.len() {
        0 => format!("{}: nothing new; all {all} points are here already.", path.display()),
        _ => format!("{}: {all} points read.", path.display()),
    });
}

pub(super) fn save(folder: &Folder, records: &[Record]) -> Result<(), Failure> {
    if records.is_empty() {
        return Ok(());
    }
    let failed = Arc::new(Mutex::new(None));
    let told = Arc::clone(&failed);
    let answer = move |answer| {
        let why = match answer {
            Answer::Saved { .. } => None,
            Answer::Failed { why } => Some(why),
        };
        *told.lock().unwrap_or_else(PoisonError::into_inner) = why;
    };
    let fresh = Ids::seeded(chance()).writer();
    let writer = Writer::start(folder, fresh, None, answer).map_err(refused)?;
    for record in records {
        writer.save(record).map_err(refused)?;
    }
    let unsaved = writer.finish(PATIENCE).len();
    let why = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (unsaved, why) {
        (0, _) => Ok(()),
        (_, why) => Err(refused(format!(
            "NOT SAVED: {unsaved} changes, because {}. Make room and do it again; what is there \
             already is not taken twice.",
            why.as_deref().unwrap_or("the disk does not answer")
        ))),
    }
}
