//! `rapporteur copy`: a second copy on a stick, kept up to date while people work.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, courier, open, print_message, refused, say_unchecked};
use crate::shell::places::Places;

/// Keeps a second copy.
#[derive(Args, Debug)]
pub(crate) struct Copy {
    /// The workshop's folder, or its name.
    workshop: PathBuf,
    /// Folder for the copy, on a stick that stays plugged in. Without it, the present copy is updated now.
    folder: Option<PathBuf>,
    /// Stop keeping a copy. Files already written stay where they are.
    #[arg(long, conflicts_with = "folder")]
    stop: bool,
}

impl Copy {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let folder = open(&self.workshop, places)?;
        let mut courier = courier(&folder, places);
        if self.stop {
            courier.set_copy(None).map_err(refused)?;
            print_message("A second copy is no longer kept. What was written stays where it is.");
            return Ok(());
        }
        if let Some(folder) = &self.folder {
            courier.set_copy(Some(folder)).map_err(refused)?;
        }
        if courier.exchange.copy.is_none() {
            return Err(refused(
                "No second copy is kept yet. Say in which folder: `rapporteur copy WORKSHOP FOLDER`.",
            ));
        }
        courier.write_copy().map_err(|why| {
            refused(format!(
                "The second copy could not be written: {why} Nothing is lost here; it is tried again \
                 while the workshop is open."
            ))
        })?;
        if let Some(path) = courier.copied_to() {
            writeln!(io::stdout(), "{}", path.display())?;
        }
        if let Some(warning) = courier.copy_warning() {
            print_message(warning);
        }
        say_unchecked();
        Ok(())
    }
}
