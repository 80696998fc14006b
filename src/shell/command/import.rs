//! `rapporteur import`: takes feedback files, and drafters' answers in a matrix, into a workshop.

mod rows;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::{
    DataFolders, Failure, chance, copy, find_or_make, now, open, print_message, read_folder,
    refused, say_if_others_can_read,
};
use crate::app::say::{counted, unlisted};
use crate::app::wrap::visible;
use crate::import::feedback::{self, ReceivedFeedback, UnreadableFeedback};
use crate::import::matrix::{self, GivenColumn, MatrixFile};
use crate::store::{Folder, Writer, WriterNews, whole};
use crate::workshop::{Gap, Ids, Record, Workshop, shown};

/// How long the program waits at the end for a disk that does not answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// How many answers go into one record, so that a line of the journal stays readable.
const ANSWERS: usize = 100;

/// How many lines of each list of a report are printed: together they fill a screen.
const LISTED: usize = 12;

/// Imports feedback and answers.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The workshop's folder or name. If you give the path of a folder that does not exist, a workshop is
    /// created there.
    workshop: PathBuf,
    /// Matrices that drafters filled in (XLSX, XLS, XLSB, ODS, CSV), or feedback files (RON, JSON).
    #[arg(required = true)]
    from: Vec<PathBuf>,
    /// Print what would be done, without doing it.
    #[arg(long)]
    dry_run: bool,
    /// With --dry-run, print an object for each row of a matrix.
    #[arg(long, requires = "dry_run")]
    json: bool,
    /// Say which column of a matrix has a heading's cells, as in Disposition=K. May be given several times.
    #[arg(long, value_name = "HEADING=LETTERS")]
    column: Vec<GivenColumn>,
    /// List everything, however much it is.
    #[arg(long, short)]
    verbose: bool,
}

/// A file, by what it contains.
enum File {
    Feedback(Box<ReceivedFeedback>),
    Matrix(Vec<u8>),
}

impl Import {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        // All files are read before anything is written: if one is bad, nothing happens.
        let files = self.from.iter().map(|path| Ok((path, read_file(path)?)));
        let files: Vec<(&PathBuf, File)> = files.collect::<Result<_, Failure>>()?;
        let (folder, mut workshop) = match (files.first(), &self.workshop) {
            (Some((_, File::Feedback(first))), named) => match find_or_make(named, folders)? {
                Ok(folder) => folder_and_workshop(folder)?,
                Err(path) => (Err(path), Workshop::new(&first.agenda())),
            },
            // A matrix has no agenda from which to make a workshop.
            (_, named) => folder_and_workshop(open(named, folders)?)?,
        };
        for (path, file) in &files {
            if let File::Feedback(received) = file {
                same_meeting(path, received, &workshop)?;
            }
        }
        let agenda = workshop.agenda().clone();
        let mut brought = Vec::new();
        let is_made = folder.is_err();
        let mut is_new = is_made;
        for (path, file) in &files {
            let records = match file {
                File::Feedback(received) => {
                    let records = if std::mem::take(&mut is_new) {
                        received.founding_records(now())
                    } else {
                        received.records_for(&workshop)
                    };
                    say_brought(path, received, &records);
                    records
                }
                File::Matrix(bytes) => self.answers(path, bytes, &workshop)?,
            };
            for record in records {
                workshop.apply(record.clone());
                brought.push(record);
            }
        }
        let gaps = workshop.gaps_at(Some(now()));
        // What the plan of the file shows, the file says.
        let is_of_file = |gap: &Gap| {
            matches!(gap, Gap::Imported(_)) || (is_made && matches!(gap, Gap::Silent { .. }))
        };
        let of_files = gaps.iter().filter(|gap| is_of_file(gap));
        workshop.sentences(of_files).iter().for_each(|gap| print_message(gap));
        if self.dry_run {
            print_message("Nothing was changed.");
            return Ok(());
        }
        let folder = match folder {
            Ok(folder) => folder,
            Err(path) => {
                let folder = Folder::create(&path, &agenda).map_err(refused)?;
                say_if_others_can_read(&folder);
                folder
            }
        };
        save(&folder, folders, &brought)?;
        if let Some(words) = unlisted(workshop.unlisted()) {
            print_message(&words);
        }
        Ok(writeln!(io::stdout(), "{}", shown(folder.path()))?)
    }

    /// What drafters answered, as records. Reports how it was read.
    fn answers(
        &self,
        path: &Path,
        bytes: &[u8],
        workshop: &Workshop,
    ) -> Result<Vec<Record>, Failure> {
        let name = shown(path);
        let file = MatrixFile { name: &name, bytes, columns: &self.column };
        let returned = matrix::read(&file, workshop)
            .map_err(|why| refused(format!("{}: {why} Nothing was imported.", shown(path))))?;
        let mut report = returned.report(usize::MAX);
        let all = report.len();
        if !self.verbose {
            report = returned.report(LISTED);
        }
        if report.len() < all {
            report.push("--verbose lists all.".to_owned());
        }
        if let Some(first) = report.first_mut() {
            first.insert_str(0, &format!("{name}: "));
        }
        if self.json {
            rows::print(&returned)?;
        }
        if self.dry_run && !self.json {
            let lines: Vec<_> = report.iter().map(|line| visible(line)).collect();
            writeln!(io::stdout(), "{}", lines.join("\n"))?;
        } else {
            for line in &report {
                print_message(line);
            }
        }
        let mut ids = Ids::seeded(chance());
        let writer = ids.writer();
        let mut seen = workshop.clone();
        let mut records = Vec::new();
        let changes = returned.changes(workshop).map_err(refused)?;
        for some in changes.chunks(ANSWERS) {
            let record = seen.record(writer, now(), some.iter().cloned());
            seen.apply(record.clone());
            records.push(record);
        }
        Ok(records)
    }
}

/// A workshop that exists, as it was read; what could not be read is reported.
fn folder_and_workshop(folder: Folder) -> Result<(Result<Folder, PathBuf>, Workshop), Failure> {
    let workshop = read_folder(&folder)?;
    Ok((Ok(folder), workshop))
}

fn read_file(path: &Path) -> Result<File, Failure> {
    let bytes =
        whole::read_whole(path, feedback::LARGEST as u64).map_err(|why| refused(why.of_file()))?;
    if matrix::is_one(&bytes) {
        return Ok(File::Matrix(bytes));
    }
    let received = feedback::read(&shown(path), &bytes).map_err(|why| match why {
        UnreadableFeedback::Wrong(mistakes) => refused(mistakes),
        why => refused(format!("{}: {why}", shown(path))),
    })?;
    Ok(File::Feedback(Box::new(received)))
}

fn same_meeting(
    path: &Path,
    received: &ReceivedFeedback,
    workshop: &Workshop,
) -> Result<(), Failure> {
    let (theirs, ours) = (&received.feedback.meeting, workshop.agenda());
    if theirs.id == ours.id {
        return Ok(());
    }
    Err(refused(format!(
        "{}: this is feedback of “{}” ({}), and the workshop is “{}” ({}). Nothing was imported; \
         use another workshop.",
        shown(path),
        theirs.title,
        theirs.id,
        ours.title,
        ours.id
    )))
}

fn say_brought(path: &Path, received: &ReceivedFeedback, records: &[Record]) {
    if let Some(warning) = received.warning() {
        print_message(&format!("{}: {warning}", shown(path)));
    }
    let all = received.feedback.points.len();
    print_message(&match records.len() {
        0 if all == 1 => format!("{}: nothing new; its point is here already.", shown(path)),
        0 => format!("{}: nothing new; all {all} points are here already.", shown(path)),
        _ => format!("{}: {} read.", shown(path), counted(all, "point")),
    });
}

pub(super) fn save(
    folder: &Folder,
    folders: &DataFolders,
    records: &[Record],
) -> Result<(), Failure> {
    if records.is_empty() {
        return Ok(());
    }
    let failed = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&failed);
    let answer = move |answer| {
        let why = match answer {
            WriterNews::Saved { .. } => None,
            WriterNews::Failed { why } => Some(why),
        };
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = why;
    };
    let fresh = Ids::seeded(chance()).writer();
    let state = folders.state.clone();
    let writer = Writer::start_aside(folder, fresh, state, answer).map_err(refused)?;
    for record in records {
        writer.save(record).map_err(refused)?;
    }
    let unsaved = writer.finish(PATIENCE).len();
    let why = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (unsaved, why) {
        (0, _) => {
            copy::follow(folder, folders);
            Ok(())
        }
        (_, why) => Err(refused(format!(
            "NOT SAVED: {}, because {}. Put that right and do it again; what is there \
             already is not taken twice.",
            counted(unsaved, "change"),
            why.as_deref().unwrap_or("the disk does not answer")
        ))),
    }
}
