//! Everything outside: the terminal, the event loop, the command line, clock and paths.

mod clearance;
mod clock;
mod command;
mod courier;
mod desk;
mod elsewhere;
mod exchanging;
mod exporting;
mod forgetting;
mod inbox;
mod opening;
mod places;
mod regrouping;
mod runtime;
mod scan;
mod taking_in;
mod taking_over;
mod terminal;
mod whose;

use std::process::ExitCode;

use clap::Parser;

/// Runs the program.
pub fn run() -> ExitCode {
    let asked = match command::CommandLine::try_parse() {
        Ok(asked) => asked,
        Err(usage) => {
            let _ = usage.print();
            return ExitCode::from(usage.exit_code() as u8);
        }
    };
    asked.run(&places::Places::usual())
}
