//! Turning marks within a line of Markdown into plain words. Brackets of negotiation are words.

/// The names of HTML tags that are left out.
const TAGS: [&str; 21] = [
    "sup", "sub", "b", "i", "u", "s", "em", "strong", "span", "p", "div", "a", "del", "ins", "br",
    "font", "small", "center", "mark", "hr", "tt",
];

/// The words of a paragraph, and how many footnote marks were left out of them.
pub(super) fn plain(text: &str) -> (String, usize) {
    let (text, notes) = unlinked(text);
    (unemphasised(&text), notes)
}

/// Replaces a letter after a backslash until all marks are gone: what was escaped is a word.
const ESCAPED: char = '\u{f8fe}';

fn unlinked(text: &str) -> (String, usize) {
    let (mut plain, mut at, mut notes) = (String::with_capacity(text.len()), 0, 0);
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = match letter {
            '\\' => rest[1..].chars().next().filter(char::is_ascii_punctuation).map(|letter| {
                plain.extend([ESCAPED, letter]);
                2
            }),
            '<' => tag(rest).map(|(length, words)| {
                plain.push_str(words);
                length
            }),
            '&' => entity(rest).map(|(length, letter)| {
                plain.push(letter);
                length
            }),
            '[' if rest.starts_with("[^") => footnote(rest).inspect(|_| notes += 1),
            '!' if rest.starts_with("![") => link(&rest[1..]).map(|(length, words)| {
                plain.push_str(words);
                length + 1
            }),
            '[' => link(rest).map(|(length, words)| {
                let (words, inner) = unlinked(words);
                notes += inner;
                plain.push_str(&words);
                length
            }),
            _ => None,
        };
        at += found.unwrap_or_else(|| {
            plain.push(letter);
            letter.len_utf8()
        });
    }
    (plain, notes)
}

fn footnote(text: &str) -> Option<usize> {
    let end = text[..text.floor_char_boundary(40)].find(']')?;
    let name = &text[2..end];
    let is_name = !name.is_empty() && name.len() <= 32 && !name.contains(char::is_whitespace);
    is_name.then_some(end + 1)
}

/// `[words](address)`: its length and the words. What does not look like an address is not a link: `[shall]
/// (should)` is about words.
fn link(text: &str) -> Option<(usize, &str)> {
    let mut depth = 0;
    // No link has longer words; so a text full of open brackets does not take long.
    let ends = text.char_indices().take(400);
    let end = ends.into_iter().find_map(|(at, letter)| {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let target = text[end + 1..].strip_prefix('(')?;
    let close = target[..target.floor_char_boundary(2000)].find(')')?;
    let address = target[..close].split_whitespace().next().unwrap_or_default();
    let is_address = address.contains("://")
        || address.starts_with(['#', '/', '.'])
        || ["mailto:", "www."].iter().any(|begin| address.starts_with(begin));
    is_address.then(|| (end + 2 + close + 1, &text[1..end]))
}

/// An HTML tag or an address in angle brackets: its length and its replacement.
fn tag(text: &str) -> Option<(usize, &str)> {
    let end = text[..text.floor_char_boundary(400)].find('>')?;
    let inner = &text[1..end];
    if inner.starts_with("http://") || inner.starts_with("https://") || inner.starts_with("mailto:")
    {
        return Some((end + 1, inner));
    }
    let name = inner.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let known = TAGS.contains(&name.as_str()) && !inner.starts_with(char::is_whitespace);
    known.then_some((end + 1, if name == "br" || name == "hr" { " " } else { "" }))
}

fn entity(text: &str) -> Option<(usize, char)> {
    let end = text[..text.floor_char_boundary(12)].find(';')?;
    let letter = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        name => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code =
                hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?).filter(|letter| !letter.is_control())?
        }
    };
    Some((end + 1, letter))
}

/// The most emphasis that may be begun and not ended.
const MOST_OPEN: usize = 64;

/// A run of asterisks or underscores that may be emphasis.
struct EmphasisRun {
    at: usize,
    length: usize,
    opens: bool,
    closes: bool,
}

/// The text without asterisks, underscores and backticks that come in pairs around words.
fn unemphasised(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut gone = vec![false; letters.len()];
    for mark in ['*', '_', '`', '~'] {
        let mut open: Vec<EmphasisRun> = Vec::new();
        for run in runs(&letters, mark) {
            let before = open.iter().rposition(|one| one.length == run.length);
            let pair = before.filter(|_| run.closes).map(|place| {
                let pair = open.swap_remove(place);
                open.truncate(place);
                pair
            });
            match pair {
                Some(begin) => {
                    gone[begin.at..begin.at + begin.length].fill(true);
                    gone[run.at..run.at + run.length].fill(true);
                }
                None if run.opens => {
                    // Nobody nests emphasis so deeply; the oldest is a plain asterisk.
                    if open.len() == MOST_OPEN {
                        open.remove(0);
                    }
                    open.push(run);
                }
                None => {}
            }
        }
    }
    let kept = letters.iter().zip(gone).filter(|(letter, gone)| !gone && **letter != ESCAPED);
    kept.map(|(letter, _)| letter).collect()
}

fn runs(letters: &[char], mark: char) -> Vec<EmphasisRun> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at] != mark || at > 0 && letters[at - 1] == ESCAPED {
            at += 1;
            continue;
        }
        let length = letters[at..].iter().take_while(|letter| **letter == mark).count();
        let (before, behind) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + length));
        let solid = |letter: Option<&char>| letter.is_some_and(|letter| !letter.is_whitespace());
        let word = |letter: Option<&char>| letter.is_some_and(|letter| letter.is_alphanumeric());
        // A single asterisk or underscore within a word is part of it.
        let inside = word(before.as_ref()) && word(behind) && (length == 1 || mark == '_');
        // One tilde is not a mark, and neither are three backticks within a line.
        let is_mark = length <= 3 && (mark != '~' || length == 2);
        runs.push(EmphasisRun {
            at,
            length,
            opens: is_mark && solid(behind) && !inside,
            closes: is_mark && solid(before.as_ref()) && !inside,
        });
        at += length;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_go_and_brackets_stay() {
        for (text, words) in [
            ("**WE,** the *Members* of __the__ 11<sup>th</sup>", "WE, the Members of the 11th"),
            ("[*Noting* that [shall][should]]", "[Noting that [shall][should]]"),
            (
                "[the Charter](https://example.org/a) and [shall](should)",
                "the Charter and [shall](should)",
            ),
            ("mark[^1] here", "mark here"),
            ("2 * 3 * 4, snake_case_word, `code`", "2 * 3 * 4, snake_case_word, code"),
            ("\\[not\\] \\*so\\*", "[not] *so*"),
            ("a &amp; b &#8217; <br> c < d > e <who knows>", "a & b ’   c < d > e <who knows>"),
            ("<https://example.org> ~~gone~~", "https://example.org gone"),
            ("**WE HEREBY** **COMMITTO:**", "WE HEREBY COMMITTO:"),
            ("***both*** *unclosed", "both *unclosed"),
        ] {
            assert_eq!(plain(text).0, words);
        }
        assert_eq!(plain("a[^1]b[^note]").1, 2);
    }
}
