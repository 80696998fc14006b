//! Which characters of a typed or pasted text are kept.

use std::borrow::Cow;

/// The text as it is stored: line ends are LF, a tab is a space, and what no document may have
/// (control characters, non-characters) is left out. Everything a person can see is kept as typed.
pub fn clean(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let at_edge = [bytes.first(), bytes.last()].iter().any(|b| matches!(b, Some(b' ' | b'\n')));
    if !at_edge && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    match kept(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')) {
        Cow::Borrowed(kept) => Cow::Borrowed(kept),
        Cow::Owned(kept) => Cow::Owned(kept.trim().to_owned()),
    }
}

/// The same, keeping the spaces at its ends: for a piece of a text.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    if !text.chars().any(unkept) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    kept.push('\n');
                }
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => kept.push('\n'),
            '\t' => kept.push(' '),
            letter if unkept(letter) => {}
            letter => kept.push(letter),
        }
    }
    Cow::Owned(kept)
}

fn unkept(letter: char) -> bool {
    let code = letter as u32;
    letter != '\n'
        && (letter.is_control()
            || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}')
            || (0xfdd0..=0xfdef).contains(&code)
            || code & 0xfffe == 0xfffe)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_what_no_document_may_carry_is_left_out() {
        for (typed, kept) in [
            ("  plain  ", "plain"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("a\tb\u{1b}[31m\u{0}\u{7f}\u{9b}", "a b[31m"),
            ("\u{feff}ශ්‍රී ලංකාව", "ශ්‍රී ලංකාව"),
            ("x\u{ffff}\u{fdd0}y", "xy"),
            ("\u{1b}\u{0}", ""),
        ] {
            assert_eq!(clean(typed), kept, "{typed:?}");
        }
    }
}
