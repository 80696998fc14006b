//! A text being typed, as the screen shows it.

use std::ops::Range;

use super::{Line, wrap};

/// The text being typed, as rows on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRows {
    /// Its rows, as ranges of its bytes; for a very long text, those around the cursor.
    pub rows: Vec<Range<usize>>,
    /// The row and column of the cursor.
    pub cursor: (usize, usize),
}

/// Of a text longer than this, only what surrounds the cursor is laid out, because every key
/// lays it out again.
const AROUND: usize = 8 << 10;

impl TypedRows {
    /// Lays out the line's text at this width. After a full row, the cursor takes one more column.
    pub fn of(line: &Line, width: usize) -> Self {
        let (text, cursor) = (line.text(), line.cursor());
        let start = if cursor <= AROUND { 0 } else { boundary(text, cursor - AROUND) };
        let end = boundary(text, (cursor + AROUND).min(text.len()));
        let mut rows = wrap::rows(&text[start..end], width);
        for row in &mut rows {
            *row = row.start + start..row.end + start;
        }
        let at = rows.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
        let row = &rows[at];
        let column = wrap::width(&text[row.start..cursor.clamp(row.start, row.end)]);
        Self { rows, cursor: (at, column) }
    }

    /// The place in the text this many rows further down, at the same column or the row's end.
    pub fn place_above(&self, line: &Line, by: isize) -> usize {
        let row = self.cursor.0.saturating_add_signed(by).min(self.rows.len() - 1);
        let range = self.rows[row].clone();
        let text = &line.text()[range.clone()];
        let mut column = 0;
        for (at, letter) in text.char_indices() {
            if column >= self.cursor.1 {
                return range.start + at;
            }
            column += wrap::columns(letter.encode_utf8(&mut [0; 4]));
        }
        range.end
    }
}

fn boundary(text: &str, mut place: usize) -> usize {
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_where_the_letter_goes() {
        for (text, width, cursor) in [
            ("", 10, (0, 0)),
            ("abc", 10, (0, 3)),
            ("abcdefghij", 10, (0, 10)),
            ("abcdefghij ", 10, (1, 0)),
            ("one two three", 8, (1, 5)),
            ("会议", 10, (0, 4)),
            ("a\nb\n", 10, (2, 0)),
        ] {
            assert_eq!(TypedRows::of(&Line::holding(text), width).cursor, cursor, "{text:?}");
        }
    }
}
