//! Putting words on cells.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{TextRole, Theme};
use crate::app::wrap;

/// Writes into a part of a buffer and never outside it. Places are counted from the part's corner.
pub(super) struct Brush<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    /// The looks.
    pub(super) theme: Theme,
}

impl<'a> Brush<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, theme: Theme) -> Self {
        Self { buffer, area, theme }
    }

    /// The same part without what is to the right of this column.
    pub(super) fn until(self, width: u16) -> Self {
        Self { area: Rect { width: width.min(self.area.width), ..self.area }, ..self }
    }

    /// The same part without its uppermost rows.
    pub(super) fn below(self, rows: u16) -> Self {
        let rows = rows.min(self.area.height);
        let area = Rect { y: self.area.y + rows, height: self.area.height - rows, ..self.area };
        Self { area, ..self }
    }

    /// How many rows there are.
    pub(super) fn height(&self) -> u16 {
        self.area.height
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> u16 {
        self.area.width
    }

    /// Writes a text on one row; returns the column after it.
    pub(super) fn put(&mut self, x: u16, y: u16, text: &str, role: TextRole) -> u16 {
        if x >= self.area.width || y >= self.area.height {
            return x;
        }
        let room = usize::from(self.area.width - x);
        let style = Style::reset().patch(self.theme.style(role));
        let (left, top) = (self.area.x + x, self.area.y + y);
        if wrap::plain(text) {
            // One letter per cell and nothing to measure: this is most of what is ever drawn.
            let start = self.buffer.index_of(left, top);
            let end = start + text.len().min(room);
            for (cell, letter) in self.buffer.content[start..end].iter_mut().zip(text.chars()) {
                cell.set_char(letter).set_style(style);
            }
            return x + (end - start) as u16;
        }
        let text = wrap::visible(text);
        let end = self.buffer.set_stringn(left, top, text, room, style).0;
        end.saturating_sub(self.area.x)
    }

    /// Writes a text at the right edge; returns the column where it begins.
    pub(super) fn put_right(&mut self, y: u16, text: &str, role: TextRole) -> u16 {
        let x = self.area.width.saturating_sub(wrap::width(text) as u16);
        self.put(x, y, text, role);
        x
    }

    /// Writes a text that may be too long, with an ellipsis if it is cut.
    pub(super) fn put_cut(
        &mut self,
        x: u16,
        y: u16,
        width: u16,
        text: &str,
        role: TextRole,
    ) -> u16 {
        let width = usize::from(width.min(self.area.width.saturating_sub(x)));
        let text = wrap::visible(text).replace('\n', " ");
        if wrap::width(&text) <= width {
            return self.put(x, y, &text, role);
        }
        let beginning = |width: usize| -> String {
            let letters = text.chars().scan(0, |columns, letter| {
                *columns += wrap::columns(letter.encode_utf8(&mut [0; 4]));
                (*columns < width).then_some(letter)
            });
            letters.collect()
        };
        let mut shown = beginning(width);
        if wrap::is_quotation_open(&shown) {
            shown = beginning(width - 1);
            shown.push_str(if wrap::is_quotation_open(&shown) { "…”" } else { "…" });
        } else {
            shown.push('…');
        }
        self.put(x, y, &shown, role)
    }

    /// Writes a text on as many rows as it needs and there are; returns how many.
    pub(super) fn put_wrapped(&mut self, x: u16, y: u16, text: &str, role: TextRole) -> u16 {
        let text = wrap::visible(text);
        let width = usize::from(self.area.width.saturating_sub(x));
        let mut tall = 0;
        for row in wrap::rows(&text, width) {
            self.put(x, y + tall, &text[row], role);
            tall += 1;
        }
        tall
    }

    /// Fills the rest of a row with a line.
    pub(super) fn rule(&mut self, x: u16, y: u16, role: TextRole) {
        let sign = self.theme.rule();
        for x in x..self.area.width {
            self.put(x, y, sign, role);
        }
    }

    /// Gives cells already written another role.
    pub(super) fn paint(&mut self, columns: Range<u16>, y: u16, role: TextRole) {
        let end = columns.end.min(self.area.width);
        if y >= self.area.height || columns.start >= end {
            return;
        }
        let area = Rect::new(self.area.x + columns.start, self.area.y + y, end - columns.start, 1);
        self.buffer.set_style(area, Style::reset().patch(self.theme.style(role)));
    }
}
