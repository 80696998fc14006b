//! Numbers, times and lists as people say them.

use std::path::PathBuf;

pub use crate::workshop::names;
use crate::workshop::{Mention, Moment, Rule, Zone};

pub use crate::workshop::{counted, counting};

/// The warning about a workshop on a disk that cannot restrict files to one account.
pub const OTHERS_CAN_READ: &str =
    "Anyone who gets hold of this disk can read the workshop's files: keep it with you.";

/// How far ahead a moment may be before it is no longer believed, in minutes.
const AHEAD: i64 = 12 * 60;

/// What has to be decided on before an export: `3 names`, `1 flag`, `3 names and 1 flag`.
pub fn names_and_flags(open: &[Mention]) -> String {
    let flags = open.iter().filter(|one| one.is_flagged()).count();
    match (open.len() - flags, flags) {
        (names, 0) => counted(names, "name"),
        (0, flags) => counted(flags, "flag"),
        (names, flags) => format!("{} and {}", counted(names, "name"), counted(flags, "flag")),
    }
}

/// A rule, as shown beside a session: the one under which names go out must not be overlooked.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::ChathamHouse => rule.title(),
        Rule::OnRecord => "ON RECORD",
    }
}

/// What a laptop says if only another one has the list of participants: this one cannot look for
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

/// A moment, as the clocks in the room showed it: the time, with the day if it is another one.
pub fn clock(moment: Moment, now: Moment, zone: Zone) -> String {
    if moment > now.plus_minutes(AHEAD) {
        return "a time in the future".to_owned();
    }
    let (then, today) = (zone.local(moment), zone.local(now).date());
    if then.date() == today {
        then.format("%H:%M").to_string()
    } else {
        then.format("%-d %b %H:%M").to_string()
    }
}

/// What to say of files that have another name because another program has the earlier one open.
pub fn beside(files: &[PathBuf]) -> String {
    let name = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default();
        format!("“{}”", name.to_string_lossy())
    };
    let names: Vec<String> = files.iter().map(name).collect();
    match names.as_slice() {
        [one] => format!("The earlier file is open in another program, so this one is {one}."),
        names => {
            let names = names.join(", ");
            format!("The earlier files are open in another program, so these are {names}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_far_ahead_is_not_believed() {
        let zone = Zone::named("Asia/Kuala_Lumpur").unwrap();
        let now = Moment(1_748_307_600_000);
        assert_eq!(clock(now, now, zone), "09:00");
        assert_eq!(clock(now.plus_minutes(-24 * 60), now, zone), "26 May 09:00");
        assert_eq!(clock(Moment(i64::MAX), now, zone), "a time in the future");
    }
}
