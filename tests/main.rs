//! All tests of the whole program, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod attribution;
mod bundles;
mod clearance;
mod command;
mod consent;
mod conservation;
mod consolidation;
mod desk;
mod documents;
mod durability;
mod exchange_commands;
mod exports;
mod frames;
mod hand_outs;
mod hostile;
mod keys;
mod laptops;
mod layers;
mod likeness;
mod matrix;
mod meeting;
mod meeting_key;
mod merging;
mod reanchor;
mod redline;
mod screens;
mod sessions;
mod shared_place;
#[cfg(unix)]
mod terminal;
