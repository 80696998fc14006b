//! Labels as a short list.

/// What groups are called before their number, in the singular and plural.
const NOUNS: [(&str, &str); 8] = [
    ("Group ", "Groups "),
    ("group ", "groups "),
    ("Table ", "Tables "),
    ("Room ", "Rooms "),
    ("Team ", "Teams "),
    ("Panel ", "Panels "),
    ("Breakout ", "Breakouts "),
    ("Breakout group ", "Breakout groups "),
];

/// Labels as a short list: `Groups 1–3 and 7; Plenary`.
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
        let several = NOUNS.iter().find(|(one, _)| run > 1 && *one == stem);
        let stem = several.map_or(stem, |(_, several)| several);
        parts.push(format!("{stem}{}", ranges(&numbers)));
        rest = &rest[run..];
    }
    listed(&parts)
}

/// Things in a row: `Roads, Water and Ports`. If one is itself a list, they are separated
/// more clearly: `Groups 1 and 3, and Plenary`.
pub fn listed(parts: &[impl AsRef<str>]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    let comma = if parts.iter().any(|part| part.contains(',')) { ";" } else { "," };
    let is_list = |part: &&str| part.contains(',') || part.contains(" and ");
    match &parts[..] {
        [first @ .., last] if !first.is_empty() && parts.iter().any(is_list) => {
            format!("{}{comma} and {last}", first.join(&format!("{comma} ")))
        }
        all => in_a_row(all),
    }
}

/// Things of which none was meant: `Roads, Water or Ports`. If one is itself a list, they are in
/// quotation marks.
pub(super) fn either(parts: &[impl AsRef<str>]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    let is_list = |part: &&str| part.contains(',') || part.contains(" or ");
    let is_quoted = parts.len() > 1 && parts.iter().any(is_list);
    let quoted = |part: &str| if is_quoted { format!("“{part}”") } else { part.to_owned() };
    match &parts[..] {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<String> = first.iter().map(|part| quoted(part)).collect();
            format!("{} or {}", first.join(", "), quoted(last))
        }
        all => all.concat(),
    }
}

/// Things in a row when each can be seen to be one, as in quotation marks.
pub(super) fn in_a_row(parts: &[impl AsRef<str>]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match &parts[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

/// Splits a label that ends in a number before the number.
fn numbered(title: &str) -> Option<(&str, u64)> {
    let stem = title.trim_end_matches(|c: char| c.is_ascii_digit());
    // No label has so high a number that the next one would not fit.
    title[stem.len()..].parse::<u32>().ok().map(|number| (stem, number.into()))
}

fn ranges(numbers: &[u64]) -> String {
    let mut parts = Vec::new();
    let mut rest = numbers;
    while let Some(first) = rest.first() {
        let run = rest.iter().zip(*first..).take_while(|(number, next)| *number == next).count();
        match run {
            1 => parts.push(first.to_string()),
            2 => parts.extend([first.to_string(), rest[1].to_string()]),
            _ => parts.push(format!("{first}–{}", rest[run - 1])),
        }
        rest = &rest[run.max(1)..];
    }
    listed(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_as_short_as_they_can_be() {
        for (titles, said) in [
            (&["Group 1"][..], "Group 1"),
            (&["Group 1", "Group 2"], "Groups 1 and 2"),
            (
                &["Group 1", "Group 2", "Group 3", "Group 7", "Plenary"],
                "Groups 1–3 and 7, and Plenary",
            ),
            (&["Group 1", "Group 3", "Group 5", "Group 6"], "Groups 1, 3, 5 and 6"),
            (&["Group 1", "Group 2", "Group 3"], "Groups 1–3"),
            (&["Group 1", "Plenary"], "Group 1 and Plenary"),
            (&["Red", "Blue"], "Red and Blue"),
            (&["Red", "Blue", "Green"], "Red, Blue and Green"),
            (&["Ports and roads", "Blue"], "Ports and roads, and Blue"),
            (&["Ports, roads", "Blue", "Red"], "Ports, roads; Blue; and Red"),
            (&["Nhóm 1", "Nhóm 3"], "Nhóm 1 and 3"),
            (&["Group 2", "Group 2"], "Groups 2 and 2"),
            (&["Room 99999999999999999999"], "Room 99999999999999999999"),
            (&["Room 18446744073709551615"], "Room 18446744073709551615"),
            (&["Room 4294967295"], "Room 4294967295"),
            (&[], ""),
        ] {
            assert_eq!(names(titles), said);
        }
    }

    #[test]
    fn of_several_things_none_was_meant() {
        for (titles, said) in [
            (&[][..], ""),
            (&["Roads"], "Roads"),
            (&["Lights and signals", "Pilots"], "Lights and signals or Pilots"),
            (&["Roads", "Water", "Ports"], "Roads, Water or Ports"),
            (&["Road or rail", "Water"], "“Road or rail” or “Water”"),
            (&["Boats, nets"], "Boats, nets"),
        ] {
            assert_eq!(either(titles), said);
        }
    }
}
