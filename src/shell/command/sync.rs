//! `rapporteur sync`: publishes to and collects from a folder that all laptops use.

use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, copy, courier, locks::Locking, merge::print_receipt, merge::refuse_parts,
    open, print_message, refused, say_unchecked,
};
use crate::shell::courier::{TakenIn, UNSAVED};
use crate::store::{Trouble, place};
use crate::workshop::counting;

/// Syncs.
#[derive(Args, Debug)]
pub(crate) struct Sync {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The folder that all laptops use: a stick, a network share, a synced folder. By default, the one used
    /// last.
    place: Option<PathBuf>,
    /// Print the receipt as one JSON object.
    #[arg(long)]
    json: bool,
    /// Secret key file, to unlock files that were locked to your public key.
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    #[command(flatten)]
    locking: Locking,
}

impl Sync {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let mut courier = courier(&folder, folders);
        if let Some(place) = self.place {
            // A mistyped name must not become a folder that nobody looks into.
            if !place.is_dir() {
                return Err(refused(format!(
                    "There is no folder “{}”. Is the stick plugged in, or the share connected?",
                    place.display()
                )));
            }
            std::fs::read_dir(&place).map_err(|error| {
                refused(format!(
                    "“{}” cannot be used: {error}. Choose a folder you may read and write.",
                    place.display()
                ))
            })?;
            if let Some(why) = courier.is_taken_by_copy(&place) {
                return Err(refused(why));
            }
            courier.set_place(Some(&place::real(&place))).map_err(refused)?;
        }
        if courier.place().is_none() {
            return Err(refused(
                "No shared folder is set yet. Give a folder: `rapporteur sync WORKSHOP DIR`.",
            ));
        }
        let (lock, keys) = self.locking.lock_and_keys(&self.key)?;
        courier.lock = lock.or(courier.lock);
        courier.keys.extend(keys);
        let collected = courier.collect().map_err(|trouble| match trouble {
            Trouble::Missing(path) => refused(format!(
                "There is no folder “{}”. Is the stick plugged in, or the share connected?",
                path.display()
            )),
            trouble => refused(trouble),
        })?;
        let collected = collected.unwrap_or_default();
        let taken = TakenIn {
            parcels: collected.parcels,
            refused: collected.refused,
            ..TakenIn::default()
        };
        let published = courier.publish();
        print_receipt(&folder, &courier, &taken, self.json)?;
        if collected.elsewhere > 0 {
            let bundles = counting(collected.elsewhere, "bundle", "is", "are");
            print_message(&format!("{bundles} of another meeting."));
        }
        for copy in &collected.copies {
            print_message(&format!("Note: {} is {}", copy.name, copy.why));
        }
        let place =
            courier.place().map_or_else(Default::default, |p| p.path().display().to_string());
        print_message(&if published.map_err(refused)? {
            format!("Published to {place}.")
        } else {
            format!("{place} already has all of this laptop's changes.")
        });
        say_unchecked();
        copy::follow(&folder, folders);
        if let Some(warning) = courier.place_warning() {
            print_message(warning);
        }
        match taken.refused.iter().filter(|one| one.is_file()).count() {
            0 if !taken.refused.is_empty() => Err(refused(UNSAVED)),
            0 => refuse_parts(&taken),
            count => Err(refused(format!("{count} there could not be taken in."))),
        }
    }
}
