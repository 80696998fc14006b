//! `rapporteur key`: the key of a meeting, or a personal key that bundles are locked to.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::{DataFolders, Failure, courier, locks::PassphraseSource, open, print_message, refused};
use crate::store::{lock, whole};
use crate::workshop::shown;

/// Sets a meeting's key or makes one of one's own.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("which").required(true).args(["workshop", "out"]))]
pub(crate) struct KeyCommand {
    /// The workshop's folder, or its name in your data folder. With a passphrase, sets its key on this
    /// laptop; use the same passphrase on every laptop. Without it, prints which key is set.
    workshop: Option<PathBuf>,
    #[command(flatten)]
    secret: PassphraseSource,
    /// Remove the workshop's key from this laptop.
    #[arg(long, conflicts_with_all = ["passphrase", "passphrase_file", "out"])]
    remove: bool,
    /// Create a key pair of your own instead, with the secret key in this file. An existing file is never
    /// overwritten.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passphrase", "passphrase_file"])]
    out: Option<PathBuf>,
}

impl KeyCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        match (&self.workshop, &self.out) {
            (Some(workshop), _) => self.of_meeting(workshop, folders),
            (None, Some(out)) => ones_own(out),
            (None, None) => Ok(()),
        }
    }

    fn of_meeting(&self, workshop: &Path, folders: &DataFolders) -> Result<(), Failure> {
        let mut courier = courier(&open(workshop, folders)?, folders);
        let before = courier.mark();
        let passphrase = self.secret.get(true)?;
        let sets = passphrase.is_some();
        if sets || self.remove {
            courier.set_key(passphrase).map_err(refused)?;
        }
        let Some(mark) = courier.mark() else {
            if self.remove {
                print_message("This laptop no longer has a key: what it writes is not locked.");
                return Ok(());
            }
            return Err(refused(
                "No key is set for this meeting on this laptop. `rapporteur key WORKSHOP \
                 --passphrase` sets it.",
            ));
        };
        writeln!(io::stdout(), "{mark}")?;
        if sets {
            print_message(&format!(
                "The meeting's key on this laptop is {mark}. It must be the same on every laptop; \
                 if it differs, the passphrase was typed differently."
            ));
        }
        if let Some(before) = before.filter(|before| sets && *before != mark) {
            print_message(&format!(
                "It was {before} before; files locked with that can no longer be opened."
            ));
        }
        Ok(())
    }
}

/// A pair of keys that belongs to no meeting.
fn ones_own(out: &Path) -> Result<(), Failure> {
    let (secret, public) = lock::new_key();
    whole::write_secret(out, secret.as_bytes()).map_err(refused)?;
    writeln!(io::stdout(), "{public}")?;
    print_message(&format!(
        "The secret key is in {}: keep it to yourself. Give the line above to those who lock \
         bundles for you (--to).",
        shown(out)
    ));
    Ok(())
}
