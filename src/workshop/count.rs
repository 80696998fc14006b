//! Numbers with what they count, and a verb that agrees: `1 change belongs`, `2 changes belong`.

/// A number with what it counts: `1 point`, `2 points`.
pub fn counted(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {what}s"),
    }
}

/// The same with a verb: the first form for one thing, the second for several.
pub fn counting(number: usize, what: &str, does: &str, do_so: &str) -> String {
    format!("{} {}", counted(number, what), if number == 1 { does } else { do_so })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_several_are_counted_in_different_words() {
        for (number, said) in
            [(0, "0 changes wait"), (1, "1 change waits"), (10_051, "10051 changes wait")]
        {
            assert_eq!(counting(number, "change", "waits", "wait"), said);
        }
        for (what, said) in
            [("entry", "2 entries"), ("day", "2 days"), ("new point", "2 new points")]
        {
            assert_eq!(counted(2, what), said);
        }
    }
}
