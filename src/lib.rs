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

pub mod app;
pub mod export;
pub mod feedback;
pub mod import;
pub mod names;
pub mod shell;
pub mod store;
pub mod view;
pub mod workshop;
