//! The time, and random numbers: what a run of the program cannot know by itself.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::workshop::Moment;

/// What time it is.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(0))
}

/// A number that nobody can guess, to seed ids with.
pub(crate) fn chance() -> u64 {
    // Without the system's random numbers, the clock and the process id still distinguish two runs.
    getrandom::u64()
        .unwrap_or_else(|_| now().0.cast_unsigned().rotate_left(20) ^ u64::from(std::process::id()))
}
