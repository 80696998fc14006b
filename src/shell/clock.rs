//! What time it is, and chance: what a run of the program cannot know by itself.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::workshop::Moment;

/// What time it is.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(0))
}

/// A number nobody can guess, to seed ids with.
pub(crate) fn chance() -> u64 {
    // Without the system's chance, the clock and the process still tell two runs apart.
    getrandom::u64()
        .unwrap_or_else(|_| now().0.cast_unsigned().rotate_left(20) ^ u64::from(std::process::id()))
}
