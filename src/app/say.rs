//! Numbers, times and lists as people say them.

use crate::workshop::{Moment, Rule, Zone};

pub use crate::workshop::{counted, counting};

/// What is said of a workshop on a disk that keeps no file to one account.
pub const OTHERS_CAN_READ: &str =
    "Whoever gets hold of this disk can read the workshop's files: keep it with you.";

/// How far a moment may be ahead before it is not believed, in minutes.
const AHEAD: i64 = 12 * 60;

/// A rule as it stands beside a session: the one under which names go out is not to be overlooked.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::ChathamHouse => rule.title(),
        Rule::OnRecord => "ON RECORD",
    }
}

/// What a laptop says where participants are listed on another one alone: this one cannot look for
/// their names.
pub fn unlisted(listed: usize) -> Option<String> {
    let listed = (listed > 0).then(|| counted(listed, "name"))?;
    Some(format!("Participants: not checked on this laptop; a list of {listed} is on another."))
}

/// A title in three columns: `Group 1` is `G1`.
pub fn initials(title: &str) -> String {
    let words = title.split_whitespace();
    let short = words.map(|word| match word.parse::<u32>() {
        Ok(_) => word,
        Err(_) => word.char_indices().nth(1).map_or(word, |(at, _)| &word[..at]),
    });
    short.collect::<String>().chars().take(3).collect()
}

/// A moment as the clocks in the room showed it: the time, with the day where it is another.
pub fn clock(moment: Moment, now: Moment, zone: Zone) -> String {
    if moment > now.plus_minutes(AHEAD) {
        return "a time still to come".to_owned();
    }
    let (then, today) = (zone.local(moment), zone.local(now).date());
    if then.date() == today {
        then.format("%H:%M").to_string()
    } else {
        then.format("%-d %b %H:%M").to_string()
    }
}

/// Labels as a short list: `Group 1–3, 7; Plenary`.
pub fn names(titles: &[&str]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = titles;
    while let Some(first) = rest.first() {
        let Some((stem, _)) = numbered(first) else {
            parts.push((*first).to_owned());
            rest = &rest[1..];
            continue;
        };
        let alike = |title: &&&str| numbered(title).is_some_and(|(other, _)| other == stem);
        let run = rest.iter().take_while(alike).count();
        let mut numbers: Vec<u64> =
            rest[..run].iter().filter_map(|title| numbered(title).map(|(_, n)| n)).collect();
        numbers.sort_unstable();
        parts.push(format!("{stem}{}", ranges(&numbers)));
        rest = &rest[run..];
    }
    let separator = if titles.iter().all(|title| numbered(title).is_none()) { ", " } else { "; " };
    parts.join(separator)
}

/// A label that ends in a number, taken apart before it.
fn numbered(title: &str) -> Option<(&str, u64)> {
    let stem = title.trim_end_matches(|c: char| c.is_ascii_digit());
    // No label is numbered so high that the next number would not be one.
    title[stem.len()..].parse::<u32>().ok().map(|number| (stem, number.into()))
}

fn ranges(numbers: &[u64]) -> String {
    let mut parts = Vec::new();
    let mut rest = numbers;
    while let Some(first) = rest.first() {
        let run = rest.iter().zip(*first..).take_while(|(number, next)| *number == next).count();
        match run {
            1 => parts.push(first.to_string()),
            2 => parts.push(format!("{first}, {}", rest[1])),
            _ => parts.push(format!("{first}–{}", rest[run - 1])),
        }
        rest = &rest[run.max(1)..];
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_as_short_as_they_can_be() {
        for (titles, said) in [
            (&["Group 1"][..], "Group 1"),
            (&["Group 1", "Group 2"], "Group 1, 2"),
            (&["Group 1", "Group 2", "Group 3", "Group 7", "Plenary"], "Group 1–3, 7; Plenary"),
            (&["Red", "Blue"], "Red, Blue"),
            (&["Group 2", "Group 2"], "Group 2, 2"),
            (&["Room 99999999999999999999"], "Room 99999999999999999999"),
            (&["Room 18446744073709551615"], "Room 18446744073709551615"),
            (&["Room 4294967295"], "Room 4294967295"),
            (&[], ""),
        ] {
            assert_eq!(names(titles), said);
        }
    }

    #[test]
    fn a_clock_far_ahead_is_not_believed() {
        let zone = Zone::named("Asia/Kuala_Lumpur").unwrap();
        let now = Moment(1_748_307_600_000);
        assert_eq!(clock(now, now, zone), "09:00");
        assert_eq!(clock(now.plus_minutes(-24 * 60), now, zone), "26 May 09:00");
        assert_eq!(clock(Moment(i64::MAX), now, zone), "a time still to come");
    }
}
