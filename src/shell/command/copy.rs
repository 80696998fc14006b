//! `rapporteur copy`: a second copy on a stick, kept up to date while people work.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, courier, open, print_message, read_folder, refused, say_gaps,
    say_unchecked,
};
use crate::shell::courier::copy_trouble;
use crate::store::{ExchangeMemory, Folder};
use crate::workshop::{WriterId, shown};

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
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let mut courier = courier(&folder, folders);
        if self.stop {
            let was_kept = courier.exchange.copy.is_some();
            courier.set_copy(None).map_err(refused)?;
            print_message(if was_kept {
                "A second copy is no longer kept. Files already written stay where they are."
            } else {
                "No second copy was kept; nothing was changed."
            });
            return Ok(());
        }
        if let Some(folder) = &self.folder {
            courier.set_copy(Some(folder)).map_err(refused)?;
        }
        if courier.exchange.copy.is_none() {
            return Err(refused(
                "No second copy is kept yet. Give a folder: `rapporteur copy WORKSHOP FOLDER`.",
            ));
        }
        courier.write_copy().map_err(|why| refused(copy_trouble(&why, &self.workshop)))?;
        if let Some(path) = courier.copied_to() {
            writeln!(io::stdout(), "{}", shown(&path))?;
        }
        if let Some(warning) = courier.copy_warning() {
            print_message(warning);
        }
        say_gaps(&read_folder(&folder)?);
        say_unchecked();
        Ok(())
    }
}

/// Brings the second copy up to date after a change, if one is kept. Says what could not be written;
/// the change itself is safe.
pub(super) fn follow(folder: &Folder, folders: &DataFolders) {
    if is_kept(folder, folders)
        && let Some(why) = courier(folder, folders).follow(folder.path())
    {
        print_message(&why);
    }
}

/// Says what is wrong with the second copy, if one is kept.
pub(super) fn say_fault(folder: &Folder, folders: &DataFolders) {
    if is_kept(folder, folders)
        && let Some(why) = courier(folder, folders).copy_fault(folder.path())
    {
        print_message(&why);
    }
}

fn is_kept(folder: &Folder, folders: &DataFolders) -> bool {
    ExchangeMemory::recall(&folders.state, folder, WriterId::new(0)).copy.is_some()
}
