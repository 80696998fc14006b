//! Finding or making the workshop that is meant.

use std::fs;
use std::path::{Path, PathBuf};

use super::data_folders::{DataFolders, expand};
use super::taking_over::{TakeoverFailure, is_received, receive};
use crate::app::{Offer, OpenTarget};
use crate::import::{agenda, sample_points, samples};
use crate::store::lock::{Keys, Passphrase};
use crate::store::{Folder, Trouble, place, whole};
use crate::workshop::{Agenda, Record, WorkshopId, shown};

/// A workshop's folder, and records to put into it if it was just made from a sample.
pub(super) struct FoundFolder {
    pub(super) folder: Folder,
    pub(super) records: Vec<Record>,
}

impl FoundFolder {
    fn only(folder: Folder) -> Self {
        Self { folder, records: Vec::new() }
    }
}

/// What the start screen offers: the recent workshops, then the samples.
pub(super) fn offers(folders: &DataFolders) -> Vec<Offer> {
    let recent = place::recent(&folders.state).into_iter().take(8);
    let recent = recent.map(|recent| Offer::Recent { title: recent.title, folder: recent.folder });
    let mut offers: Vec<Offer> = recent.collect();
    for sample in samples::SAMPLES {
        let offer = |points: bool, line: &str| Offer::Sample {
            name: sample.name.to_owned(),
            line: line.to_owned(),
            points,
        };
        offers.push(offer(false, sample.line));
        if sample.name == sample_points::SAMPLE {
            offers.push(offer(true, "the same meeting after it ended, to explore and export"));
        }
    }
    offers
}

/// Why a workshop is not opened.
#[derive(Debug)]
pub(super) enum OpeningFailure {
    /// The bundle that it would come from is locked, or locked with another key.
    Locked(PathBuf),
    /// It would change this here, and nobody has agreed to that.
    Changes(Vec<String>),
    /// In words.
    Why(String),
}

impl From<String> for OpeningFailure {
    fn from(why: String) -> Self {
        Self::Why(why)
    }
}

fn received(
    path: PathBuf,
    keys: &Keys,
    folders: &DataFolders,
    agreed: bool,
) -> Result<FoundFolder, OpeningFailure> {
    match receive(&path, keys, folders, agreed) {
        Ok(folder) => Ok(FoundFolder::only(folder)),
        Err(TakeoverFailure::Unclear(why)) => Err(OpeningFailure::Why(why)),
        Err(TakeoverFailure::Changes(change)) => {
            let mut lines = vec![change.hand_out(&path)];
            lines.extend(change.question());
            lines.push("To take in only its points, open your workshop: F6, then m.".to_owned());
            Err(OpeningFailure::Changes(lines))
        }
        Err(TakeoverFailure::Rejected(why)) if why.asks_for_a_key() => {
            Err(OpeningFailure::Locked(path))
        }
        Err(TakeoverFailure::Rejected(why)) => {
            Err(OpeningFailure::Why(format!("{}: {why}", shown(&path))))
        }
    }
}

/// Opens or makes the workshop that a source means.
pub(super) fn find(
    source: &OpenTarget,
    folders: &DataFolders,
) -> Result<FoundFolder, OpeningFailure> {
    match source {
        OpenTarget::Agreed(source) => find_agreed(source, folders, true),
        source => find_agreed(source, folders, false),
    }
}

fn find_agreed(
    source: &OpenTarget,
    folders: &DataFolders,
    agreed: bool,
) -> Result<FoundFolder, OpeningFailure> {
    match source {
        OpenTarget::Agreed(source) => find(source, folders),
        OpenTarget::Locked { bundle, passphrase } => {
            let keys = Passphrase::new(passphrase.text()).map(Keys::passphrase);
            received(bundle.clone(), &keys.unwrap_or_default(), folders, agreed)
        }
        OpenTarget::Sample { name, points } => {
            let sample =
                samples::sample(name).ok_or_else(|| format!("There is no sample “{name}”."))?;
            let agenda = read_agenda(sample.name, sample.text.as_bytes())?;
            let folder = make(&agenda, folders)?;
            let records = if *points { sample_points::records(&agenda) } else { Vec::new() };
            Ok(FoundFolder { folder, records })
        }
        OpenTarget::Path(path) => {
            let path = place::find_workshop(&folders.data, &expand(path))
                .map_err(|trouble| trouble.to_string())?;
            if is_received(&path) {
                return received(path, &Keys::default(), folders, agreed);
            }
            let is_agenda = path.extension().is_some_and(|ending| ending == "ron");
            if is_agenda && fs::metadata(&path).is_ok_and(|found| found.is_file()) {
                let agenda = read_agenda_file(&path)?;
                return Ok(FoundFolder::only(make(&agenda, folders)?));
            }
            let folder = Folder::open(&path).map_err(|trouble| trouble.to_string())?;
            Ok(FoundFolder::only(folder))
        }
    }
}

fn make(agenda: &Agenda, folders: &DataFolders) -> Result<Folder, String> {
    of_agenda(agenda, None, folders).map(|made| made.0).map_err(|trouble| trouble.to_string())
}

/// How the workshop of an agenda was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MadeFrom {
    /// It is new.
    New,
    /// It is another folder of a workshop that an older program made.
    OneMore,
    /// An older program made it, and it was found here.
    Found,
}

/// The workshop of an agenda: a new one, unless an older program made one whose id follows from the
/// participants too. Laptops that work in that one would never exchange with a new one.
pub(super) fn of_agenda(
    agenda: &Agenda,
    at: Option<PathBuf>,
    folders: &DataFolders,
) -> Result<(Folder, MadeFrom), Trouble> {
    match (older(agenda, folders), at) {
        (Some(older), None) => Ok((older, MadeFrom::Found)),
        (Some(_), Some(at)) => Ok((Folder::create_older(&at, agenda)?, MadeFrom::OneMore)),
        (None, at) => {
            let at = at.unwrap_or_else(|| place::new_workshop(&folders.data, &agenda.id));
            let decisions = samples::decisions(agenda).into_iter().collect();
            Ok((Folder::create_with(&at, agenda, decisions)?, MadeFrom::New))
        }
    }
}

/// A workshop that an older program made from this agenda, in the data folder or among the recent ones.
fn older(agenda: &Agenda, folders: &DataFolders) -> Option<Folder> {
    if agenda.participants.is_empty() {
        return None;
    }
    let id = WorkshopId::older_of(agenda);
    let recent = place::recent(&folders.state).into_iter();
    let mut recent = recent.filter_map(|recent| Folder::open(&recent.folder).ok());
    place::workshop_of_id(&folders.data, id).or_else(|| recent.find(|folder| folder.id() == id))
}

fn read_agenda_file(path: &Path) -> Result<Agenda, String> {
    let text =
        whole::read_whole(path, agenda::LARGEST as u64).map_err(|trouble| trouble.to_string())?;
    read_agenda(&shown(path), &text)
}

fn read_agenda(name: &str, text: &[u8]) -> Result<Agenda, String> {
    agenda::read(name, text).map(|reading| reading.agenda).map_err(|mistakes| mistakes.to_string())
}
