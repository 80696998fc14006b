//! Clocks that are wrong, in words that name the laptop.

use super::say::counted;
use crate::workshop::{Clock, Wrong};

/// What is said of a clock that disagrees with this laptop's.
pub(super) fn words(clock: &Clock) -> String {
    let laptop = match clock.replica {
        Some(replica) if clock.group.is_some() => format!("{}, laptop {replica:.4},", clock.title),
        None if clock.group.is_some() => format!("a laptop of {}", clock.title),
        _ => format!("the laptop that made {}", clock.title),
    };
    let apart = span(clock.ahead.unsigned_abs());
    let (there, here) = if clock.ahead > 0 { ("fast", "slow") } else { ("slow", "fast") };
    match clock.wrong {
        Wrong::There => format!(
            "The clock of {laptop} is {apart} {there}: the times it gives are wrong. Set it right \
             there."
        ),
        Wrong::Here => format!(
            "This laptop's clock is {apart} {here} beside {laptop} and the days of the meeting: its \
             times are wrong. Set it right here."
        ),
        Wrong::Either => format!(
            "The clocks of {laptop} and of this laptop are {apart} apart: one of the two is wrong. \
             Compare both with a watch."
        ),
    }
}

/// A length of time as people say it.
fn span(minutes: u64) -> String {
    match minutes {
        0..120 => counted(minutes as usize, "minute"),
        120..2880 => counted((minutes / 60) as usize, "hour"),
        _ => counted((minutes / (24 * 60)) as usize, "day"),
    }
}
