//! All tests of the whole program, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod attribution;
mod command;
mod desk;
mod durability;
mod exports;
mod frames;
mod keys;
mod layers;
mod merging;
mod screens;
mod sessions;
#[cfg(unix)]
mod terminal;
