//! `rapporteur add`: points from the command line, or from standard input, one per line.

use std::io::{self, BufRead, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::{collections::VecDeque, path::PathBuf, time::Duration};

use clap::Args;

use super::{
    DataFolders, Failure, chance, copy, group, now, open, print_message, refused, say_damage,
    session, session_in_words, topic,
};

use crate::store::{Writer, WriterNews, why};
use crate::workshop::{
    CapturedPoint, Change, Ids, Pin, Place, PointId, PointKind, Proposal, Refusal, Workshop, clean,
};

/// How long the program waits at the end for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many points may wait for the disk before standard input waits too.
const MOST_WAITING: usize = 20_000;

/// Adds points.
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The group that said it, by id or title.
    #[arg(long, short)]
    group: String,
    /// The topic it is about, by id or title.
    #[arg(long, short)]
    topic: String,
    /// The session it was said in, by id or title; `none` for no session. By default, the running session
    /// that the group takes part in, if there is one.
    #[arg(long, short)]
    session: Option<String>,
    #[arg(long, short, default_value = "recommendation", help = kinds())]
    kind: String,
    /// The paragraph of the draft text it is about, by its label: `OP5`, or `after OP5` for a new one.
    #[arg(long, short)]
    paragraph: Option<String>,
    /// Proposed wording of the paragraph, or of the new paragraph.
    #[arg(long, requires = "paragraph")]
    wording: Option<String>,
    /// The wording; `-` reads one point per line from standard input.
    #[arg(required = true)]
    text: Vec<String>,
}

fn kinds() -> String {
    let words: Vec<&str> = PointKind::KNOWN.iter().map(PointKind::word).collect();
    format!("What sort of point it is: {}, or a word of your own", words.join(", "))
}

impl Add {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let mut ids = Ids::seeded(chance());
        let shelf = Arc::new(Shelf::default());
        let answered = Arc::clone(&shelf);
        let state = Some(folders.state.clone());
        let writer =
            Writer::start(&folder, ids.writer(), state, move |answer| answered.answer(answer))
                .map_err(refused)?;
        let loaded = folder.read().map_err(refused)?;
        folder.keep_counts(&loaded, &folders.state, writer.id());
        say_damage(&loaded.damage);
        let form = self.form(&loaded.workshop)?;
        let mut adding = Adding { workshop: loaded.workshop, ids, writer, shelf, form };
        let added = match &self.text[..] {
            [dash] if dash == "-" => adding.add_lines(&mut io::stdin().lock()),
            words => adding.add(&words.join(" ")).map_err(refused),
        };
        let finished = adding.finish();
        copy::follow(&folder, folders);
        match (finished, added) {
            (Err(Failure::Said(words)), Err(more)) => {
                print_message(&words);
                Err(more)
            }
            (finished, added) => finished.and(added),
        }
    }

    /// What all the points of this run have in common.
    fn form(&self, workshop: &Workshop) -> Result<PointForm, Failure> {
        let agenda = workshop.agenda();
        let (group, topic) = (group(agenda, &self.group), topic(agenda, &self.topic));
        let session = match self.session.as_deref() {
            Some(named) => session(agenda, named)?,
            None => workshop.session_for(&group, &topic).map(|session| session.id.clone()),
        };
        workshop.check_filing(&group, session.as_ref()).map_err(refused)?;
        let round = session.as_ref().and_then(|id| agenda.session(id)?.round);
        let paragraph = self.paragraph.as_deref().map(|label| workshop.pin(label));
        let proposal = match (&self.wording, &paragraph) {
            (Some(wording), Some(pin)) => Some(proposal(workshop, pin, wording)?),
            _ => None,
        };
        Ok(PointForm {
            place: Place { group, topic, session, round },
            kind: PointKind::read(&self.kind),
            paragraph,
            proposal,
        })
    }
}

/// The proposal that gives the paragraph this wording.
fn proposal(workshop: &Workshop, pin: &Pin, wording: &str) -> Result<Proposal, Failure> {
    let known = |id| !workshop.is_gone(id);
    let Some((paragraph, after)) = workshop.anchor(pin).filter(|(found, _)| known(found.id)) else {
        return Err(refused(format!(
            "There is no paragraph “{}” in the draft text; nothing was added. `rapporteur text` prints the labels.",
            workshop.printed(pin)
        )));
    };
    let now = if after { "" } else { &*paragraph.text };
    Proposal::between(now, &clean(wording), "").ok_or_else(|| {
        refused(format!("This is the wording of {} already; nothing was added.", paragraph.label))
    })
}

struct PointForm {
    place: Place,
    kind: PointKind,
    paragraph: Option<Pin>,
    proposal: Option<Proposal>,
}

/// Points on their way to the disk.
struct Adding {
    workshop: Workshop,
    ids: Ids,
    writer: Writer,
    shelf: Arc<Shelf>,
    form: PointForm,
}

impl Adding {
    fn add(&mut self, text: &str) -> Result<(), String> {
        let point = self.ids.point();
        let (place, kind) = (self.form.place.clone(), self.form.kind.clone());
        let mut captured = CapturedPoint::new(point, place, kind, clean(text));
        captured.paragraph.clone_from(&self.form.paragraph);
        captured.proposal = self.form.proposal.clone().map(Box::new);
        let change = Change::PointCaptured(captured.into());
        self.workshop.check(&change).map_err(|refusal| refusal.to_string())?;
        let record = self.workshop.record(self.writer.id(), now(), [change]);
        self.shelf.put(point);
        self.writer.save(&record).map_err(|trouble| trouble.to_string())?;
        self.workshop.apply(record);
        Ok(())
    }

    /// Adds one point per line. The first line that cannot be taken ends this; what came before is kept.
    fn add_lines(&mut self, input: &mut impl BufRead) -> Result<(), Failure> {
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let most = Refusal::LONGEST as u64 + 2;
            let read = input.by_ref().take(most).read_until(b'\n', &mut line);
            let refused_at = |why: &str| refused(format!("Line {number}: {why}"));
            if read.map_err(|error| refused_at(&format!("it cannot be read: {}.", why(&error))))?
                == 0
            {
                break;
            }
            let text = std::str::from_utf8(&line).map_err(|error| {
                let at = error.valid_up_to() + 1;
                refused_at(&format!("it is not UTF-8 text (byte {at}); this line and those after it were not added. Save it as UTF-8 and add them again."))
            })?;
            if text.trim().is_empty() {
                continue;
            }
            self.add(text).map_err(|why| refused_at(&why))?;
            if let Some(why) = self.shelf.wait_for_room() {
                return Err(refused(format!("The text after line {number} was not read: {why}.")));
            }
        }
        Ok(())
    }

    /// Waits until everything is on the disk, and says how much that is.
    fn finish(self) -> Result<(), Failure> {
        let unsaved = self.writer.finish(PATIENCE).len();
        let mut shelf = self.shelf.lock();
        let PointForm { place, .. } = self.form;
        let points = if shelf.saved == 1 { "point" } else { "points" };
        if shelf.saved > 0 {
            let under = session_in_words(&self.workshop, place.session.as_ref());
            let Place { group, topic, .. } = &place;
            print_message(&format!(
                "{} {points} added to {group}, {topic}, filed under {under}.",
                shelf.saved
            ));
        }
        match (unsaved, &shelf.failed) {
            (0, _) => shelf.unprinted.take().map_or(Ok(()), |error| Err(error.into())),
            (_, why) => Err(refused(format!(
                "NOT SAVED: {unsaved} more, because {}. Put that right and add them again.",
                why.as_deref().unwrap_or("the disk does not answer")
            ))),
        }
    }
}

/// Ids that wait to be printed until their points are on the disk.
#[derive(Default)]
struct Shelf {
    ids: Mutex<PrintOrder>,
    changed: Condvar,
}

#[derive(Default)]
struct PrintOrder {
    waiting: VecDeque<PointId>,
    saved: u64,
    failed: Option<String>,
    /// Why standard output did not accept the ids of points that are saved.
    unprinted: Option<io::Error>,
}

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, PrintOrder> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, point: PointId) {
        self.lock().waiting.push_back(point);
    }

    /// Makes standard input wait while the disk lags behind; returns why once the disk takes no more.
    fn wait_for_room(&self) -> Option<String> {
        let full = |ids: &mut PrintOrder| ids.waiting.len() > MOST_WAITING && ids.failed.is_none();
        let ids = self.changed.wait_while(self.lock(), full);
        ids.unwrap_or_else(PoisonError::into_inner).failed.clone()
    }

    /// Prints the ids of what is saved, on the writer's thread.
    fn answer(&self, answer: WriterNews) {
        let mut ids = self.lock();
        match answer {
            WriterNews::Saved { through } => {
                let fresh = through - std::mem::replace(&mut ids.saved, through);
                let ready: Vec<PointId> = ids.waiting.drain(..fresh as usize).collect();
                ids.failed = None;
                drop(ids);
                // The points are safe, whether or not anybody reads their ids.
                if let Err(error) = print(&ready) {
                    self.lock().unprinted.get_or_insert(error);
                }
            }
            WriterNews::Failed { why } => ids.failed = Some(why),
        }
        self.changed.notify_all();
    }
}

fn print(ids: &[PointId]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    ids.iter().try_for_each(|id| writeln!(out, "{id}"))?;
    out.flush()
}
