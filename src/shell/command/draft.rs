//! `rapporteur draft`: what was typed and not entered when a program died.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::{DataFolders, Failure, open, print_message, read_folder, refused, say_unchecked};
use crate::app::wrap::visible;
use crate::store::KeptText;

/// Prints unfinished text.
#[derive(Args, Debug)]
pub(crate) struct Draft {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
}

impl Draft {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let workshop = read_folder(&folder)?;
        let all = KeptText::in_folder(&folder, &workshop).map_err(refused)?;
        let mut out = io::stdout().lock();
        let is_screen = out.is_terminal();
        for one in &all {
            let title = workshop.group(&one.group).map_or("", |group| group.title());
            print_message(&format!("{title} ({}), {}:", one.group, one.topic));
            // In a file, it is written as it was typed.
            let text = if is_screen { visible(&one.text) } else { one.text.as_str().into() };
            writeln!(out, "{text}")?;
        }
        if all.is_empty() {
            print_message("There is no unfinished text.");
        } else {
            say_unchecked();
        }
        Ok(out.flush()?)
    }
}
