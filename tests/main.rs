//! All tests of the whole program, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod desk;
mod exports;
mod frames;
mod layers;
mod screens;
mod sessions;
