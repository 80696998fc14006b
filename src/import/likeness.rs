//! What a mistyped word was probably meant to be.

/// Longer words are not compared: nobody mistypes so long a name.
const LONGEST: usize = 64;

/// Only letters and digits, so that `Time-Zone` is `time_zone`.
pub(super) fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The known word most like this one, if any is similar at all.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(word);
    let length = folded.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let distance = |candidate: &str| {
        let other = fold(candidate);
        if length >= 3 && other.starts_with(&folded) {
            return 1;
        }
        strsim::damerau_levenshtein(&folded, &other)
    };
    let near = |(distance, _): &(usize, &str)| *distance == 0 || *distance <= (length + 1) / 3;
    known
        .filter(|candidate| candidate.len() <= 2 * LONGEST)
        .map(|candidate| (distance(candidate), candidate))
        .filter(near)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "Did you mean …?", or what there is to choose from.
pub(super) fn advice<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    /// Longer lists, such as that of all time zones, would not be read.
    const LISTED: usize = 60;
    if let Some(meant) = nearest(word, known.clone()) {
        return format!("Did you mean “{meant}”?");
    }
    let listed: Vec<&str> = known.clone().take(LISTED).collect();
    let more = known.count().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if listed.is_empty() {
        String::new()
    } else {
        format!("Choose from: {}{more}.", listed.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["time_zone", "title", "start", "early-actions", "end"];
        for (typed, expected) in [
            ("titel", Some("title")),
            ("TimeZone", Some("time_zone")),
            ("early_action", Some("early-actions")),
            ("strat", Some("start")),
            ("ear", Some("early-actions")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, known.into_iter()), expected, "{typed}");
        }
    }
}
