//! `completions` and `man`: made from the command line's own definition.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{CommandLine, Failure};

#[derive(Debug, Args)]
pub(in super::super) struct Completions {
    /// For which shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut CommandLine::command(), "rapporteur", &mut script);
        Ok(io::stdout().write_all(&script)?)
    }
}

/// Prints the manual page, with a section for each verb.
pub(super) fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    let command = CommandLine::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for verb in command.get_subcommands() {
        clap_mangen::Man::new(verb.clone()).render(&mut page)?;
    }
    Ok(io::stdout().write_all(&page)?)
}
