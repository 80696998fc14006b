//! Rapporteur: a terminal program for workshop group discussions.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test says what went wrong by panicking"
    )
)]

pub mod import;
pub mod workshop;
