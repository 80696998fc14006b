//! The names that people use: short, and the same in every export.

use std::collections::HashMap;

use compact_str::{CompactString, ToCompactString, format_compact};

/// How much of an id a reference shows at least: thirty bits.
const SHORTEST: usize = 6;

/// Gives each thing the shortest reference that fits no other. It follows from the id alone, so it
/// survives moving, rewording and merging; the letter before it prevents spreadsheets from reading
/// `12E345` as a number.
pub(super) fn refer<'r>(
    letter: &str,
    things: impl Iterator<Item = (String, &'r mut CompactString)>,
) {
    let mut things: Vec<(CompactString, &mut CompactString)> =
        things.map(|(id, reference)| (id.to_compact_string(), reference)).collect();
    let mut ids: Vec<CompactString> = things.iter().map(|(id, _)| id.clone()).collect();
    ids.sort_unstable();
    let mut longer = HashMap::new();
    for pair in ids.windows(2) {
        let alike = pair[0].bytes().zip(pair[1].bytes()).take_while(|(a, b)| a == b).count();
        if alike >= SHORTEST {
            for id in pair {
                let length = longer.entry(id.as_str()).or_insert(SHORTEST);
                *length = (*length).max(alike + 1);
            }
        }
    }
    for (id, reference) in &mut things {
        let length = longer.get(id.as_str()).copied().unwrap_or(SHORTEST);
        **reference = format_compact!("{letter}-{id:.length$}");
        reference.make_ascii_uppercase();
    }
}
