//! Messages that quote what a file or a person says: the beginning is enough.

/// The most letters of a quotation in a message: a few rows of a screen.
const MOST: usize = 300;
/// The most letters of a row that quotes without quotation marks.
const LONGEST: usize = 1500;

/// A message in which no quotation is longer than a few rows. A longer one is cut to its beginning, with
/// its full length added.
pub fn quoting(message: String) -> String {
    if message.len() <= MOST {
        return message;
    }
    let mut short = String::new();
    let mut rest = message.as_str();
    while let Some(start) = rest.find('“') {
        let (before, quoted) = rest.split_at(start + '“'.len_utf8());
        let end = end_of(quoted);
        short.push_str(before);
        short.push_str(&cut(&quoted[..end], MOST));
        rest = &quoted[end..];
    }
    short.push_str(rest);
    short
}

/// The same for a refusal, which may quote without marks: no row is longer than a screen.
pub fn brief(message: String) -> String {
    let short = quoting(message);
    if short.len() <= LONGEST {
        return short;
    }
    let rows: Vec<String> = short.split('\n').map(|row| cut(row, LONGEST)).collect();
    rows.join("\n")
}

/// Where a quotation that has begun ends; quotations inside it belong to it.
fn end_of(quoted: &str) -> usize {
    let mut deep = 0;
    for (at, letter) in quoted.char_indices() {
        match letter {
            '“' => deep += 1,
            '”' if deep == 0 => return at,
            '”' => deep -= 1,
            _ => {}
        }
    }
    quoted.len()
}

fn cut(text: &str, most: usize) -> String {
    let letters = if text.len() > most { text.chars().count() } else { 0 };
    match text.char_indices().nth(most * 2 / 3) {
        Some((at, _)) if letters > most => {
            format!("{}… ({letters} letters)", text[..at].trim_end())
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_of_70_kb_is_cut_and_its_length_said() {
        let long = "x".repeat(70_000);
        for (message, said) in [
            (format!("There is no topic “{long}”. Look at the list."), "There is no topic “xxx"),
            (format!("“a” and “{long} “b”” are two."), "“a” and “xxx"),
            (format!("unexpected argument '{long}' found"), "unexpected argument 'xxx"),
            (format!("No end: “{long}"), "No end: “xxx"),
        ] {
            let short = brief(message.clone());
            assert!(short.starts_with(said) && short.len() < 2000, "{short}");
            assert!(short.contains("… (70"), "{short}");
            assert_eq!(
                short.ends_with(&message[message.len() - 4..]),
                !said.starts_with(['u', 'N'])
            );
        }
        let list = format!("“{}”\n", "y".repeat(299)).repeat(50);
        assert_eq!(brief(list.clone()), list);
    }
}
