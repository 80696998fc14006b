//! Words as XML.

/// What happens to letters that XML cannot contain: a workshop never has them, a file made by hand may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Controls {
    /// They are left out, and a line break becomes a space: Word has elements for both.
    Dropped,
    /// They are written as spreadsheets do, `_x001B_`; words that happen to look so are kept from
    /// being read as that.
    Spelt,
}

/// Adds words to markup, escaped, between two tags or quotes.
pub(in crate::export) fn escape(markup: &mut String, text: &str, controls: Controls) {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let spelt;
        let instead = match (letter, controls) {
            ('&', _) => "&amp;",
            ('<', _) => "&lt;",
            ('>', _) => "&gt;",
            ('"', _) => "&quot;",
            ('\n' | '\t' | '\r', Controls::Dropped) => " ",
            ('\n' | '\t', Controls::Spelt) => continue,
            (letter, Controls::Dropped) if is_unfit(letter) => "",
            ('\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}', Controls::Spelt) => {
                spelt = format!("_x{:04X}_", letter as u32);
                &spelt
            }
            ('_', Controls::Spelt) if is_spelt(&text.as_bytes()[at..]) => "_x005F_",
            _ => continue,
        };
        markup.push_str(&text[from..at]);
        markup.push_str(instead);
        from = at + letter.len_utf8();
    }
    markup.push_str(&text[from..]);
}

fn is_unfit(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

fn is_spelt(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..]
        if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}
