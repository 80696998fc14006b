//! `rapporteur hand-out`: what each group's laptop starts from.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, courier, group, locks::Locking, open, print_message, read_folder,
    refused, say_gaps, say_unchecked,
};
use crate::app::Along;
use crate::workshop::{GroupId, Refusal, shown};

/// Hands out.
#[derive(Args, Debug)]
pub(crate) struct HandOut {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// Folder for the files, for example on a memory stick; created if necessary.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Only this group, by id or title; can be repeated.
    #[arg(long, short)]
    group: Vec<String>,
    /// Include the names of the participants.
    #[arg(long)]
    with_roster: bool,
    /// Include what other groups said.
    #[arg(long)]
    with_points: bool,
    #[command(flatten)]
    locking: Locking,
}

impl HandOut {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let workshop = read_folder(&folder)?;
        say_gaps(&workshop);
        let all: Vec<(GroupId, String)> = workshop.breakout_groups();
        let mut groups = Vec::new();
        for named in &self.group {
            let id = group(workshop.agenda(), named);
            let Some(found) = all.iter().find(|(known, _)| *known == id) else {
                let known = all.iter().map(|(id, _)| id.clone()).collect();
                return Err(refused(Refusal::NoGroup(id, known)));
            };
            groups.push(found.clone());
        }
        if self.group.is_empty() {
            groups = all;
        }
        if groups.is_empty() {
            return Err(refused(
                "There are no groups here yet. Put them into the agenda, or make them on the \
                 overview screen with Alt-M.",
            ));
        }
        let mut courier = courier(&folder, folders);
        courier.lock = self.locking.lock()?.or(courier.lock);
        let along = Along { participants: self.with_roster, points: self.with_points };
        let written = courier.hand_out(&self.out, &groups, along).map_err(refused)?;
        for path in written.files {
            writeln!(io::stdout(), "{}", shown(&path))?;
        }
        written.warnings.iter().for_each(|warning| print_message(warning));
        say_unchecked();
        Ok(())
    }
}
