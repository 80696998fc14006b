//! `rapporteur forget`: removes a workshop from a borrowed laptop.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{DataFolders, Failure, confirm::confirm, open, print_message, refused};
use crate::app::wrap::visible;
use crate::shell::forgetting::ForgettingPlan;

/// Forgets a workshop.
#[derive(Args, Debug)]
pub(crate) struct Forget {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl Forget {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let plan = ForgettingPlan::of(&folder, &folders.state).map_err(refused)?;
        confirm(self.yes, &plan.question(), "Nothing was removed.")?;
        let remains = plan.remains.clone();
        let done = plan.carry_out().map_err(refused)?;
        for line in &done {
            print_message(line);
        }
        print(&remains)
    }
}

/// Prints what is elsewhere, for whoever has to go there.
fn print(remains: &[String]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for line in remains {
        writeln!(out, "{}", visible(line))?;
    }
    Ok(out.flush()?)
}
