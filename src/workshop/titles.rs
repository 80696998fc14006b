//! Labels of groups as a short list.

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
}
