//! Breaking a text into rows of a given width.

use std::{borrow::Cow, ops::Range};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a grapheme takes: at most two. Ratatui draws none wider, and a terminal that
/// draws one narrower leaves a gap, not a torn row.
pub fn columns(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] if (b' '..=b'~').contains(byte) => 1,
        _ => UnicodeWidthStr::width(grapheme),
    }
}

/// How many columns a text takes on one row.
pub fn width(text: &str) -> usize {
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    let (mut rest, mut used) = (text, 0);
    loop {
        let run = rest.as_bytes().iter().take_while(|byte| is_plain(byte)).count();
        if run == rest.len() {
            return used + run;
        }
        // Between two plain letters a grapheme always ends, so only what is near other letters is divided.
        let start = run.saturating_sub(1);
        let pairs = rest.as_bytes()[run..].windows(2);
        let end = pairs.into_iter().position(|pair| pair.iter().all(is_plain));
        let end = end.map_or(rest.len(), |at| run + at + 1);
        used += start + rest[start..end].graphemes(true).map(columns).sum::<usize>();
        rest = &rest[end..];
    }
}

/// Whether every letter is a plain one that takes one column.
pub fn plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The text with everything that could control a terminal, or is hidden, made visible: control
/// characters as their pictures, direction marks and invisible characters by number, `‹U+202E›`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte == b'\n')
        || !text.chars().any(|letter| letter != '\n' && is_unseen(letter))
    {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => shown.push(letter),
            '\u{0}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + letter as u32)),
            '\u{7f}' => shown.push('␡'),
            // If words are written without spaces, it marks where a row may break.
            '\u{200b}'
                if before.is_some_and(is_unspaced)
                    || letters.peek().copied().is_some_and(is_unspaced) =>
            {
                shown.push(letter);
            }
            letter if is_unseen(letter) => {
                shown.push_str(&format!("‹U+{:04X}›", u32::from(letter)));
            }
            letter => shown.push(letter),
        }
        before = Some(letter);
    }
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// The same for a text with a cursor: a mark in each column that such a letter takes.
pub fn typed(text: &str) -> Cow<'_, str> {
    if plain(text) || !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let shown = text.graphemes(true).map(|grapheme| {
        if grapheme.chars().all(is_unseen) {
            Cow::Owned("�".repeat(columns(grapheme)))
        } else if grapheme.chars().any(is_unseen) {
            Cow::Owned(grapheme.chars().filter(|letter| !is_unseen(*letter)).collect())
        } else {
            Cow::Borrowed(grapheme)
        }
    });
    shown.collect::<String>().into()
}

/// Whether a letter is hidden or a control: controls, direction marks, overrides and isolates, invisible
/// operators, fillers, separators, tags. What joins letters or chooses their shape is not: scripts and
/// emoji need it.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a letter is of a script that is written without spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19ff}')
}

/// The rows of a text at this width, as ranges of its bytes. Rows break at spaces if there are
/// any near, and otherwise between graphemes; a hard line break is in no row. Never empty.
pub fn rows(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(2);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(text, start..start + line.len(), width, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap_line(text: &str, line: Range<usize>, width: usize, rows: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    while line.end - start > width || !plain(&text[start..line.end]) {
        let rest = &text[start..line.end];
        let Some((end, next)) = break_row(rest, width) else { break };
        rows.push(start..start + end);
        start += next;
    }
    rows.push(start..line.end);
}

/// Where the first row of a text ends and the next begins; `None` if all of it fits.
fn break_row(rest: &str, width: usize) -> Option<(usize, usize)> {
    let mut used = 0;
    let mut space = None;
    let mut visit = |at: usize, grapheme: &str| {
        used += columns(grapheme);
        if used > width {
            return Some(match space {
                // A space that does not fit hangs over the edge, where it is not seen.
                _ if grapheme == " " => (at, at + 1),
                Some(space) => (space, space + 1),
                // Even a letter wider than the row has to go somewhere.
                None if at == 0 => (grapheme.len(), grapheme.len()),
                None => (at, at),
            });
        }
        if grapheme == " " {
            space = Some(at);
        }
        None
    };
    let head = rest.len().min(width + 1);
    if rest.is_char_boundary(head) && plain(&rest[..head]) {
        // Plain letters take one column each; anything else falls through below.
        return (0..head).find_map(|at| visit(at, &rest[at..=at]));
    }
    rest.grapheme_indices(true).find_map(|(at, grapheme)| visit(at, grapheme))
}

/// The beginning of a text on one row, with an ellipsis if it goes on. A quotation that is cut is
/// closed.
pub fn shorten(text: &str, columns: usize) -> String {
    let text = visible(text).replace('\n', " ");
    if width(&text) <= columns {
        return text;
    }
    let row = |columns: usize| rows(&text, columns.max(1)).swap_remove(0);
    let cut = row(columns.saturating_sub(1));
    if is_quotation_open(&text[cut.clone()]) {
        let cut = row(columns.saturating_sub(2));
        let kept = text[cut].trim_end();
        return format!("{kept}…{}", if is_quotation_open(kept) { "”" } else { "" });
    }
    format!("{}…", text[cut].trim_end())
}

/// A title on one row. If it is too long, its longest quotation is cut, so that the end of the
/// question can still be read.
pub fn title(text: &str, columns: usize) -> String {
    /// The least of a quotation that still says which one it is.
    const LEAST: usize = 8;
    let text = visible(text).replace('\n', " ");
    let over = width(&text).saturating_sub(columns);
    let quotations = text.match_indices('“').filter_map(|(at, mark)| {
        let from = at + mark.len();
        Some(from..from + text[from..].find('”')?)
    });
    let wide = |quoted: &Range<usize>| width(&text[quoted.clone()]);
    match quotations.max_by_key(wide).filter(|longest| over > 0 && wide(longest) >= over + LEAST) {
        Some(quoted) => {
            let kept = shorten(&text[quoted.clone()], wide(&quoted) - over);
            format!("{}{kept}{}", &text[..quoted.start], &text[quoted.end..])
        }
        None => shorten(&text, columns),
    }
}

/// Whether a quotation begins in a text that does not end in it.
pub fn is_quotation_open(text: &str) -> bool {
    text.rfind('“').is_some_and(|open| text.rfind('”').is_none_or(|closed| closed < open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_title_keeps_its_end() {
        let asked =
            "Why may “Malaysia” stay in “Malaysia said that it would train boarding teams”?";
        assert_eq!(title(asked, 60), "Why may “Malaysia” stay in “Malaysia said that it would…”?");
        assert_eq!(title("Why may “it” stay?", 60), "Why may “it” stay?");
        assert_eq!(title("No quotation in this long title", 16), "No quotation in…");
        assert_eq!(title("“one” and “two” and more words", 16), "“one” and “two”…");
    }

    #[test]
    fn rows_break_where_a_reader_expects() {
        for (text, width, expected) in [
            ("", 10, vec![""]),
            ("short", 10, vec!["short"]),
            ("two words", 5, vec!["two", "words"]),
            ("exactly ten", 7, vec!["exactly", "ten"]),
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("a\n\nb", 4, vec!["a", "", "b"]),
            ("会议记录", 5, vec!["会议", "记录"]),
        ] {
            let found: Vec<&str> = rows(text, width).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected, "{text:?} at {width}");
        }
    }

    #[test]
    fn a_quotation_that_is_cut_is_closed() {
        for (text, columns, shown) in [
            ("in Group 2: “Share sightings within the hour”", 30, "in Group 2: “Share sightings…”"),
            ("in Group 2: “Share sightings”", 29, "in Group 2: “Share sightings”"),
            ("“a” and some more words", 12, "“a” and…"),
            ("under “Sightings”", 8, "under…"),
        ] {
            assert_eq!(shorten(text, columns), shown);
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c\u{7f}\u{9b}"), "a␛[2Jb‹U+202E›c␡‹U+009B›");
        let hidden = "a\u{200b}b\u{2060}c\u{e0041}d\u{200f}";
        assert_eq!(visible(hidden), "a‹U+200B›b‹U+2060›c‹U+E0041›d‹U+200F›");
        assert_eq!(typed(hidden).chars().filter(char::is_ascii).count(), 4);
        assert_eq!(width(&typed(hidden)), width(hidden));
        // Where they break words or join letters, these characters belong to the script.
        assert!(
            ["ខ្មែរ\u{200b}ភាសា", "می\u{200c}خواهم", "👩\u{200d}👧"]
                .iter()
                .all(|text| visible(text) == *text)
        );
        assert_eq!(visible("ශ්‍රී\nx"), "ශ්‍රී\nx");
    }

    proptest! {
        #[test]
        fn a_text_is_as_wide_as_its_graphemes(text in "[a-e “é\u{300}\u{e33}กေ🇲🇾👩\u{200d}\u{fe0f}\n]{0,24}") {
            prop_assert_eq!(width(&text), text.graphemes(true).map(columns).sum::<usize>());
        }

        #[test]
        fn rows_fit_and_lose_nothing(text in "[a-z ก-๛会\u{300}👩\u{200d}\n]{0,60}", width in 2..20_usize) {
            let mut end = 0;
            for row in rows(&text, width) {
                prop_assert!(text[end..row.start].chars().all(|c| c == ' ' || c == '\n'));
                // One letter may be wider than the row, and is then alone in it.
                let alone = text[row.clone()].graphemes(true).count() == 1;
                prop_assert!(alone || super::width(&text[row.clone()]) <= width);
                end = row.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
