//! Everything outside: the terminal, the event loop, the command line, clock and paths.

mod desk;
mod exporting;
mod inbox;
mod opening;
mod places;
mod runtime;
mod terminal;

/// Runs the program.
pub fn run() -> std::process::ExitCode {
    let places = places::Places::usual();
    match runtime::run(places, None) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
