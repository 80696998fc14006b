//! `rapporteur merge`: bundles and workshops of other laptops into this one, with a receipt.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::locks::{self, UnlockOptions};
use super::{
    Courier, DataFolders, Failure, copy, courier, find_or_make, json_line, now, print_message,
    refused, say_damage, say_if_others_can_read,
};
use crate::app::{receipt_rows, receipt_sentences};
use crate::shell::courier::{TakenIn, UNSAVED};
use crate::shell::taking_over::start;
use crate::store::{
    Folder, Incoming, MeetingKey, Rejection, Trouble, lock::Keys, place, read_headless_bundle,
    read_rest_of_bundle,
};
use crate::workshop::{Parcel, Receipt, counting, shown};

/// How wide and long a receipt is when it goes into a file or a pipe.
const PAGE: (usize, usize) = (80, 60);

/// Merges.
#[derive(Args, Debug)]
pub(crate) struct Merge {
    /// The workshop's folder or name. If you give the path of a folder that does not exist, a workshop is
    /// created there.
    workshop: PathBuf,
    /// Bundles, workshops, or folders that contain them.
    #[arg(required = true)]
    from: Vec<PathBuf>,
    /// Print the receipt as one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    opening: UnlockOptions,
}

impl Merge {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let mut keys = Keys::meeting(MeetingKey::all(&folders.state));
        keys.extend(self.opening.keys()?);
        let from: Vec<PathBuf> = self.from.iter().map(|from| path_from(from, folders)).collect();
        let (folder, made) = match find_or_make(&self.workshop, folders)? {
            Err(path) => begin(&path, &from, &keys, folders)?,
            Ok(folder) => (folder, TakenIn::default()),
        };
        let mut courier = courier(&folder, folders);
        courier.keys.extend(keys.clone());
        let mut taken = courier.merge(&from, made);
        if taken.locked && locks::can_ask() {
            print_message("Some bundles are locked.");
            courier.keys.add(locks::ask(false)?);
            taken = courier.merge(&from, taken);
        }
        print_receipt(&folder, &courier, &taken, self.json)?;
        copy::follow(&folder, folders);
        match taken.refused.iter().filter(|one| one.is_file()).count() {
            0 if !taken.refused.is_empty() => Err(refused(UNSAVED)),
            0 => refuse_parts(&taken),
            1 => Err(refused("1 was not taken in; the reason is above.")),
            count => Err(refused(format!("{count} were not taken in; the reasons are above."))),
        }
    }
}

/// Fails if something was taken in only in part.
pub(super) fn refuse_parts(taken: &TakenIn) -> Result<(), Failure> {
    let headless = Rejection::Headless.to_string();
    let partly = taken.parcels.iter().filter(|parcel| {
        (parcel.unread > 0 && parcel.missing > 0) || parcel.damage.first() == Some(&headless)
    });
    match partly.count() {
        0 => Ok(()),
        count => Err(refused(format!(
            "{} damaged, and a part was not taken in; see above.",
            counting(count, "file", "is", "are")
        ))),
    }
}

/// What to take in: a path as it is, or else the workshop of that name.
fn path_from(from: &Path, folders: &DataFolders) -> PathBuf {
    let named = || place::find_workshop(&folders.data, from).ok();
    (!from.exists()).then(named).flatten().unwrap_or_else(|| from.to_owned())
}

/// Makes the workshop from the first bundle that can be read; the others are reported with the rest.
fn begin(
    path: &Path,
    from: &[PathBuf],
    keys: &Keys,
    folders: &DataFolders,
) -> Result<(Folder, TakenIn), Failure> {
    let mut first = None;
    for given in from {
        for source in Incoming::find(given).map_err(refused)? {
            let Incoming::Bundle(file) = &source else { continue };
            let read = read_rest_of_bundle(file, keys)
                .or_else(|why| read_headless_bundle(file, keys, why));
            let made = read.and_then(|bundle| {
                let (folder, parcel) = start(path, &bundle, folders)?;
                Ok((folder, Parcel { name: source.name(), ..parcel }, bundle.header))
            });
            match made {
                Ok((folder, parcel, header)) => {
                    print_message(&format!(
                        "Created the workshop “{}” at {}.",
                        header.title,
                        shown(path)
                    ));
                    say_if_others_can_read(&folder);
                    let (parcels, from) = (vec![parcel], [file.clone()].into());
                    return Ok((folder, TakenIn { parcels, from, ..TakenIn::default() }));
                }
                Err(why) => {
                    first.get_or_insert_with(|| refused(format!("{}: {why}", source.name())));
                }
            }
        }
    }
    Err(first.unwrap_or_else(|| refused(Trouble::Missing(path.to_owned()))))
}

/// A receipt with all that its text says.
#[derive(Serialize)]
struct ReceiptForPrograms<'r> {
    #[serde(flatten)]
    receipt: &'r Receipt,
    sentences: Vec<String>,
}

/// Prints what came in, as the disk now has it.
pub(super) fn print_receipt(
    folder: &Folder,
    courier: &Courier,
    taken: &TakenIn,
    json: bool,
) -> Result<(), Failure> {
    let loaded = folder.read().map_err(refused)?;
    say_damage(&loaded.damage);
    let (now, own) = (now(), loaded.tail.writers());
    let mut receipt = Receipt::of(&loaded.workshop, &taken.parcels, &taken.refused, own, now);
    receipt.hear_clocks(&loaded.workshop, now);
    receipt.note_laptops(&loaded.workshop, courier.exchange.group.as_ref());
    let mut out = io::BufWriter::new(io::stdout().lock());
    if json {
        let sentences = receipt_sentences(&receipt, loaded.workshop.zone(), now);
        writeln!(out, "{}", json_line(&ReceiptForPrograms { receipt: &receipt, sentences }))?;
    } else {
        let size = io::stdout().is_terminal().then(|| crossterm::terminal::size().ok()).flatten();
        let size = size.map_or(PAGE, |(wide, tall)| (wide.into(), tall.into()));
        for row in receipt_rows(&receipt, loaded.workshop.zone(), now, size) {
            writeln!(out, "{}", row.text)?;
        }
    }
    Ok(out.flush()?)
}
