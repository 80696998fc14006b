//! All tests of the whole program, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what went wrong by panicking"
)]

use proptest::test_runner::Config;

/// Of how many tries one is made on Windows. What differs there is how files are opened, not what is in them, and
/// programs take long to start in Wine.
pub(crate) const ONE_OF: usize = if cfg!(windows) { 7 } else { 1 };

/// How many cases a property is tried with.
pub(crate) fn cases(most: u32) -> Config {
    let cases = most.div_ceil(ONE_OF as u32);
    Config { cases, failure_persistence: None, ..Config::default() }
}

mod answers;
mod attribution;
#[cfg(unix)]
mod bad_input;
mod bundles;
mod clearance;
mod command;
mod consent;
mod conservation;
mod consolidation;
mod copying;
mod deciding;
mod describing;
mod desk;
mod documents;
mod due;
mod durability;
mod earlier;
mod exchange_commands;
mod exports;
mod file_names;
mod filing;
mod finding;
mod first_lines;
mod formats;
mod frames;
mod gaps;
mod gate;
mod gone;
mod hand_outs;
mod heard;
mod hostile;
mod imported_gaps;
mod keys;
#[cfg(all(unix, debug_assertions))]
mod killed;
mod laptops;
mod layers;
mod left_behind;
mod likeness;
mod made_from_file;
mod matrix;
mod meeting;
mod meeting_key;
mod merging;
mod naming;
mod newer;
mod pastes;
mod phrases;
mod plan;
mod purged_damage;
mod reanchor;
mod redline;
mod refusals;
mod replacing;
mod resaved;
mod rounds;
mod screens;
mod second_copy;
mod sessions;
mod shared_folder;
mod telling;
#[cfg(unix)]
mod terminal;
mod to_come;
mod unknown;
mod which_workshop;
mod whole_or_not;
mod wrong_clocks;
