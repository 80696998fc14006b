//! Everything outside the app: the terminal, the event loop, the command line, clock and paths.

mod burst;
mod clearance;
mod clipboard;
mod clock;
mod command;
mod courier;
mod data_folders;
mod desk;
mod elsewhere;
mod exchanging;
mod exporting;
mod forgetting;
mod inbox;
mod opening;
mod regrouping;
#[cfg(debug_assertions)]
mod rehearsal;
mod runtime;
mod scan;
mod taking_in;
mod taking_over;
mod terminal;
mod whose;

use std::process::ExitCode;

use clap::Parser;

use crate::app::quote::brief;

/// Runs the program.
pub fn run() -> ExitCode {
    let asked = match command::CommandLine::try_parse() {
        Ok(asked) => asked,
        Err(usage) => {
            let rendered = usage.render().to_string();
            let short = brief(rendered.clone());
            if usage.use_stderr() && short != rendered {
                command::print_message(short.trim_end());
            } else {
                let _ = usage.print();
            }
            return ExitCode::from(usage.exit_code() as u8);
        }
    };
    asked.run(&data_folders::DataFolders::usual())
}
