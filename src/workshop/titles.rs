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

/// Which of these labels, in their order, a list has that [`names`] made; `None` if that is not certain.
pub(super) fn read_names(list: &str, titles: &[&str]) -> Option<Vec<usize>> {
    let found: Vec<usize> = (0..titles.len()).filter(|nth| mentions(list, titles[*nth])).collect();
    let named: Vec<&str> = found.iter().map(|nth| titles[*nth]).collect();
    (!found.is_empty() && names(&named) == list).then_some(found)
}

/// Whether a list seems to have a label, alone or as one of several numbers.
fn mentions(list: &str, title: &str) -> bool {
    let Some((stem, number)) = numbered(title).filter(|(stem, _)| !stem.is_empty()) else {
        return list.contains(title);
    };
    let several = NOUNS.iter().find(|(one, _)| *one == stem).map(|(_, several)| *several);
    let stems = several.into_iter().chain([stem]);
    let mut runs =
        stems.flat_map(|stem| list.match_indices(stem)).map(|(at, stem)| at + stem.len());
    runs.any(|at| {
        let mut rest = &list[at..];
        while let Some(first) = cut_number(&mut rest) {
            let last = rest.strip_prefix('–').and_then(|after| {
                rest = after;
                cut_number(&mut rest)
            });
            if (first..=last.unwrap_or(first)).contains(&number) {
                return true;
            }
            let mut after = [" and ", ", and ", ", "].iter().filter_map(|by| rest.strip_prefix(by));
            rest = after.next().unwrap_or_default();
        }
        false
    })
}

/// Removes the number that a text begins with.
fn cut_number(text: &mut &str) -> Option<u64> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text[..text.len() - rest.len()].parse().ok()?;
    *text = rest;
    Some(number)
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

/// Which of these things, and in which order, a list has that [`either`] made; `None` if that is not certain.
pub(super) fn read_either(list: &str, titles: &[&str]) -> Option<Vec<usize>> {
    let (mut rest, mut found) = (list, Vec::new());
    while !rest.is_empty() {
        let (nth, after) = titles
            .iter()
            .enumerate()
            .filter_map(|(nth, title)| {
                let quoted = rest.strip_prefix(&format!("“{title}”"));
                Some((nth, quoted.or_else(|| rest.strip_prefix(title))?))
            })
            .filter(|(nth, _)| !titles[*nth].is_empty())
            .min_by_key(|(_, after)| after.len())?;
        found.push(nth);
        let mut next = [", ", " or "].iter().filter_map(|by| after.strip_prefix(by));
        rest = if after.is_empty() { after } else { next.next()? };
    }
    let named: Vec<&str> = found.iter().map(|nth| titles[*nth]).collect();
    (either(&named) == list).then_some(found)
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
    fn a_list_is_read_back_as_it_was_made() {
        let titles: Vec<String> = (1..=12).map(|number| format!("Group {number}")).collect();
        let mut titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        titles.extend(["Nhóm 1", "Nhóm 3", "Ports and roads", "Ports, roads", "Blue", "7"]);
        for bits in 1..1_u32 << titles.len() {
            let some: Vec<usize> = (0..titles.len()).filter(|nth| bits >> nth & 1 == 1).collect();
            if some.len() > 4 && bits % 97 != 0 {
                continue;
            }
            let list = names(&some.iter().map(|nth| titles[*nth]).collect::<Vec<_>>());
            if let Some(read) = read_names(&list, &titles) {
                assert_eq!(read, some, "{list}");
            } else {
                assert!(list.contains('7'), "{list}");
            }
        }
        for list in ["Group 13", "Groups 1 and", "Groups 2–1", "", "Group 1, Blue"] {
            assert_eq!(read_names(list, &titles), None, "{list}");
        }
        let titles = ["Roads", "Water", "Road or rail", "Boats, nets", "Water or Roads"];
        for (list, said) in [
            ("Roads", Some(vec![0])),
            ("Water or Roads", Some(vec![4])),
            ("“Road or rail”, “Boats, nets” or “Water”", Some(vec![2, 3, 1])),
            ("Roads, Water", None),
            ("Roads or Air", None),
        ] {
            assert_eq!(read_either(list, &titles), said, "{list}");
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
