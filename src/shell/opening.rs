//! Finding the workshop that is meant, or making it.

use std::fs;
use std::path::{Path, PathBuf};

use super::places::Places;
use crate::app::{Offer, Source};
use crate::import::{agenda, sample_points, samples};
use crate::store::{Folder, place, whole};
use crate::workshop::{Agenda, Record};

/// The longest agenda that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// A workshop's folder, and records to put into it where it was just made from a sample.
pub(super) struct Found {
    pub(super) folder: Folder,
    pub(super) records: Vec<Record>,
}

/// What the start screen offers: the workshops opened last, then the samples.
pub(super) fn offers(places: &Places) -> Vec<Offer> {
    let recent = place::recent(&places.state).into_iter().take(8);
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
            offers.push(offer(true, "the same meeting when it is over, to read and hand over"));
        }
    }
    offers
}

/// Opens or makes the workshop of a source; says in words why not.
pub(super) fn find(source: &Source, places: &Places) -> Result<Found, String> {
    match source {
        Source::Sample { name, points } => {
            let sample =
                samples::sample(name).ok_or_else(|| format!("There is no sample “{name}”."))?;
            let agenda = read_agenda(sample.name, sample.text.as_bytes())?;
            let folder = make(&agenda, places)?;
            let records = if *points { sample_points::records(&agenda) } else { Vec::new() };
            Ok(Found { folder, records })
        }
        Source::Path(path) => {
            let path = place::find_workshop(&places.data, path);
            let is_agenda = path.extension().is_some_and(|ending| ending == "ron");
            if is_agenda && fs::metadata(&path).is_ok_and(|found| found.is_file()) {
                let agenda = read_agenda_file(&path)?;
                return Ok(Found { folder: make(&agenda, places)?, records: Vec::new() });
            }
            let folder = Folder::open(&path).map_err(|trouble| trouble.to_string())?;
            Ok(Found { folder, records: Vec::new() })
        }
    }
}

fn make(agenda: &Agenda, places: &Places) -> Result<Folder, String> {
    let path: PathBuf = place::new_workshop(&places.data, &agenda.id);
    Folder::create(&path, agenda).map_err(|trouble| trouble.to_string())
}

fn read_agenda_file(path: &Path) -> Result<Agenda, String> {
    let text = whole::read_whole(path, LARGEST).map_err(|trouble| trouble.to_string())?;
    read_agenda(&path.display().to_string(), &text)
}

fn read_agenda(name: &str, text: &[u8]) -> Result<Agenda, String> {
    agenda::read(name, text).map(|reading| reading.agenda).map_err(|mistakes| mistakes.to_string())
}
