//! Names that markup divides: `Ma**lay**sia`, `Malay<b>sia</b>`, `&#77;alaysia`. Such a text is searched
//! in its displayed form too, and what is found there is located in the text as it is.

use std::ops::Range;

/// A text as displayed, and for each of its bytes, and its end, the byte of the marked text.
pub(super) struct MarkedText {
    pub(super) text: String,
    places: Vec<usize>,
}

/// The longest tag that is recognised as one, in bytes.
const LONGEST_TAG: usize = 80;

impl MarkedText {
    /// How a text is displayed; `None` if no markup divides a word.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !text.contains(['*', '<', '`', '~', '&']) {
            return None;
        }
        let mut shown = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let rest = &text[at..];
            if let Some(length) = mark(rest).filter(|length| shown.divides(&rest[*length..])) {
                at += length;
            } else if let Some(length) = tag(rest) {
                at += length;
            } else if let Some((decoded, length)) = entity(rest) {
                shown.push(decoded, at);
                at += length;
            } else {
                shown.push(letter, at);
                at += letter.len_utf8();
            }
        }
        shown.places.push(text.len());
        (shown.text != text).then_some(shown)
    }

    fn push(&mut self, letter: char, at: usize) {
        self.text.push(letter);
        self.places.resize(self.text.len(), at);
    }

    /// Whether the last displayed letter and what follows are letters of one word.
    fn divides(&self, following: &str) -> bool {
        let last = self.text.chars().next_back();
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        inside(last) && inside(following.chars().next())
    }

    /// The place in the marked text of a range of the displayed one.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).copied().unwrap_or_default();
        // A range ends where its last letter does, before any markup that follows.
        let last = self.text[..range.end].chars().next_back().map_or(1, char::len_utf8);
        let end = range.end.checked_sub(last).map_or(0, |at| place(at) + last);
        place(range.start)..end.max(place(range.start))
    }
}

/// The length of a run of emphasis marks.
fn mark(text: &str) -> Option<usize> {
    let signs = text.bytes().take_while(|byte| b"*`~".contains(byte)).count();
    (signs > 0).then_some(signs)
}

/// The length of a tag: `<b>`, `</span>`, `<i class="x">`.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let plain = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (plain && !inner[..end].contains(['<', '\n'])).then_some(end + 2)
}

/// A letter written as a number: `&#77;`, `&#x4d;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let number = text.strip_prefix("&#")?;
    let end = number.bytes().take(9).position(|byte| byte == b';')?;
    let number = &number[..end];
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    Some((char::from_u32(code.ok()?)?, end + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_within_words_is_undone_and_its_place_is_known() {
        for (text, shown, name, found) in [
            ("So Ma**lay**sia said", "So Malaysia said", "Malaysia", "Ma**lay**sia"),
            ("Malay<b>sia</b> said", "Malaysia said", "Malaysia", "Malay<b>sia"),
            ("&#77;alaysia said", "Malaysia said", "Malaysia", "&#77;alaysia"),
            ("Ta**n M**ei", "Tan Mei", "Tan Mei", "Ta**n M**ei"),
        ] {
            let read = MarkedText::of(text).unwrap();
            assert_eq!(read.text, shown);
            let at = shown.find(name).unwrap();
            assert_eq!(&text[read.place(&(at..at + name.len()))], found);
        }
        for plain in ["5 * 3", "**bold** words", "a < b and c > d", "R&D", "&#xyz;"] {
            assert!(MarkedText::of(plain).is_none_or(|read| read.text == plain), "{plain}");
        }
    }
}
