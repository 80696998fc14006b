//! Times in words.

use crate::app::{App, wrap};
use crate::workshop::{Moment, Slot, State, Zone};

/// How many hours are counted in days.
const DAYS: i64 = 48;

/// Seconds, as a clock shows them: `4:09`, `1:02:31`, `-0:30`.
pub(super) fn clock(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{sign}{minutes}:{seconds:02}"),
        DAYS.. => format!("{sign}{} days", hours / 24),
        _ => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// What the clocks in the room show at a moment.
pub(super) fn time(zone: Zone, moment: Moment) -> String {
    zone.local(moment).format("%H:%M").to_string()
}

/// How far a running session is: `12:31, 32 min left`. If it has begun later than now, a clock was set back.
pub(super) fn running(now: Moment, since: Moment, until: Option<Moment>) -> String {
    let now = now.max(since);
    let elapsed = clock(now.seconds_since(since));
    match until.map(|until| until.seconds_since(now)) {
        None => elapsed,
        Some(left @ 0..60) => format!("{elapsed}, {left} s left"),
        Some(left) => format!("{elapsed}, {}", time_left(left)),
    }
}

/// How much of a session's time is left, or by how much it is over.
fn time_left(seconds: i64) -> String {
    match (seconds / 3600, (seconds + 59) / 60, (59 - seconds) / 60) {
        (hours, ..) if hours >= DAYS => format!("{} days left", hours / 24),
        (hours, ..) if hours <= -DAYS => format!("{} days over", -hours / 24),
        (_, minutes, _) if seconds >= 0 => format!("{minutes} min left"),
        (.., minutes) => format!("{minutes} min over"),
    }
}

/// What happened to a session, and how well it keeps to its time.
pub(super) fn state(app: &App, slot: &Slot<'_>) -> String {
    let late = slot.late(&app.core.workshop).map_or(String::new(), |late| match late / 60 {
        0 => String::new(),
        minutes if minutes > 0 => format!(", began {minutes} min late"),
        minutes => format!(", began {} min early", -minutes),
    });
    match slot.state {
        State::Running { since, until } => running(app.core.now, since, until) + &late,
        State::Over { since, until } => {
            let zone = app.core.workshop.zone();
            format!("{}–{}{late}", time(zone, since), time(zone, until))
        }
        State::Ahead => slot.expected.map_or(String::new(), |expected| {
            format!("now expected at {}", time(app.core.workshop.zone(), expected))
        }),
    }
}

/// The session that typed text is filed under, with its rule and its clock: from the longest wording
/// to the shortest.
pub(super) fn filing(app: &App) -> Vec<String> {
    let id = app.core.session_shown();
    let rule = app.core.rule_in_words(id.as_ref());
    let Some(slot) = id.as_ref().and_then(|id| app.core.workshop.slot(id)) else {
        let title = id.map_or_else(|| "no session".to_owned(), |id| wrap::shorten(id.as_str(), 20));
        return vec![format!("{title} · {rule}"), format!("{title} · {}", short(rule)), title];
    };
    let (clock, left) = match slot.state {
        State::Running { since, until } => {
            let now = app.core.now.max(since);
            let left = until.map(|until| format!(" · {}", time_left(until.seconds_since(now))));
            (format!(" · {}", running(app.core.now, since, until)), left.unwrap_or_default())
        }
        State::Ahead => (" (not started)".to_owned(), String::new()),
        State::Over { .. } => (" (ended)".to_owned(), " (ended)".to_owned()),
    };
    let title = |most: usize| wrap::shorten(&slot.session.title, most);
    let short = short(rule);
    vec![
        format!("{} · {rule}{clock}", title(48)),
        format!("{} · {rule}{clock}", title(28)),
        format!("{} · {rule}{left}", title(28)),
        format!("{} · {short}{left}", title(28)),
        format!("{} · {short}{left}", title(20)),
        format!("{} · {short}", title(20)),
        format!("{short} · {}", title(12)),
    ]
}

/// A rule in a word or two, for narrow screens.
fn short(rule: &str) -> &str {
    rule.strip_suffix(" Rule").unwrap_or(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_read_as_on_the_wall() {
        for (seconds, shown) in [(0, "0:00"), (249, "4:09"), (3751, "1:02:31"), (-30, "-0:30")] {
            assert_eq!(clock(seconds), shown);
        }
        for (now, shown) in [
            (0, "0:00, 10 min left"),
            (541, "9:01, 59 s left"),
            (600, "10:00, 0 s left"),
            (601, "10:01, 1 min over"),
            (661, "11:01, 2 min over"),
            // The clock was set back by ten years, or the laptop was forgotten.
            (-315_360_000, "0:00, 10 min left"),
            (315_360_000, "3650 days, 3649 days over"),
        ] {
            let until = Some(Moment(600_000));
            assert_eq!(running(Moment(now * 1000), Moment(0), until), shown);
        }
    }
}
