//! Where on the screen the words are that are read back. Pure geometry, so that paging can use it too.

use std::ops::Range;

use super::super::{Area, Reading, TypedRows};
use super::{Core, letters, wrap};

/// The parts of the screen from top to bottom, and the words as they are laid out there.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Group, topic, and how far the reading has come.
    pub title: Area,
    /// The words.
    pub words: Area,
    /// What comes next.
    pub next: Area,
    /// The question whether anyone could tell who said what was read.
    pub ask: Area,
    /// The verdict, and the seal on the topic.
    pub foot: Area,
    /// The words, made visible.
    pub text: String,
    /// Their rows.
    pub rows: Vec<Range<usize>>,
    /// Which of the rows are visible.
    pub seen: Range<usize>,
    /// The column where the rows begin, and the screen row of the first one.
    pub corner: (u16, u16),
    /// A row of words is at every this many rows of the screen.
    pub step: u16,
    /// Whether the letters are large, that is, made of many cells.
    pub large: bool,
}

/// The longest row of words: longer ones are hard to follow from afar.
const MEASURE: u16 = 66;
/// With fewer large letters to a row, hardly a word fits.
const FEWEST: u16 = 14;

impl Sheet {
    /// The current sheet.
    pub fn of(core: &Core, reading: &Reading) -> Self {
        let (width, height) = core.size;
        let hints = u16::from(height >= 8);
        let due = u16::from(reading.asking(core).is_some());
        let (head, title, next, ask, foot) = match height {
            _ if reading.bare => (0, 0, 0, 0, 0),
            0..6 => (u16::from(height >= 4), 0, 0, 0, 0),
            6..9 => (1, 1, 0, due, 0),
            9..16 => (1, 1, 0, due, 1),
            _ => (1, 2, 1, 1, 4),
        };
        let row = |y: u16, height: u16| Area { x: 0, y, width, height };
        let top = head + title;
        let tall = height.saturating_sub(top + next + ask + foot + hints);
        let mut sheet = Self {
            title: row(head, title),
            words: row(top, tall),
            next: row(top + tall, next),
            ask: row(top + tall + next, ask),
            foot: row(top + tall + next + ask, foot),
            ..Self::default()
        };
        if let Some(point) = reading.point_read(core) {
            sheet.lay_out(point.text(), reading.scroll);
        }
        sheet
    }

    /// Breaks the words into rows with much space around them: in large letters if they fit, or else
    /// with every other row empty if possible.
    fn lay_out(&mut self, text: &str, scroll: usize) {
        let (width, height) = (self.words.width, self.words.height);
        let margin = if width >= 60 { width / 10 } else { width.min(8) / 4 };
        self.text = wrap::visible(text).into_owned();
        if self.lay_out_large() {
            return;
        }
        self.rows = wrap::rows(&self.text, (width - 2 * margin).min(MEASURE).into());
        let (all, room) = (self.rows.len(), usize::from(height));
        self.step = if 2 * all <= room { 2 } else { 1 };
        // A row below says that a long point goes on.
        let fit = if all > room { room.saturating_sub(1).max(1) } else { all };
        let first = scroll.min(all - fit);
        self.seen = first..first + fit;
        self.centre(1, (fit as u16).saturating_mul(self.step).saturating_sub(self.step - 1));
    }

    /// Lays the words out in large letters, if there are such letters for all of them and they fit.
    fn lay_out_large(&mut self) -> bool {
        let most = (self.words.width - self.words.width / 16) / letters::WIDE;
        // A longer text does not fit, whatever its words.
        let room = usize::from(most) * usize::from(self.words.height / (letters::TALL + 1) + 1);
        let long = |word: &str| word.len() > usize::from(most);
        if most < FEWEST || self.text.len() > 2 * room || self.text.split_whitespace().any(long) {
            return false;
        }
        let step = letters::TALL + 1;
        self.rows = wrap::rows(&self.text, most.min(MEASURE / 2).into());
        let tall = self.rows.len() as u16 * step - 1;
        if tall + 2 > self.words.height || !letters::has_all(&self.text) {
            return false;
        }
        (self.large, self.step, self.seen) = (true, step, 0..self.rows.len());
        self.centre(letters::WIDE, tall);
        true
    }

    /// Puts the words in the middle, or a little above it, where eyes look first.
    fn centre(&mut self, letter: u16, tall: u16) {
        let widest = self.rows.iter().map(|row| wrap::width(&self.text[row.clone()])).max();
        let widest = (widest.unwrap_or(0) as u16).saturating_mul(letter);
        let left = self.words.width.saturating_sub(widest) / 2;
        let above = self.words.height.saturating_sub(tall) * 2 / 5;
        self.corner = (left, self.words.y + above);
    }
}

/// The box in which a point is amended, and the text in it.
pub fn amend_area(core: &Core) -> (Area, TypedRows) {
    let (width, height) = core.size;
    let wide = width.min(MEASURE + 12);
    let typed = TypedRows::of(&core.typing.line, usize::from(wide.saturating_sub(5)).max(2));
    let tall = (typed.rows.len() as u16).saturating_add(4).max(8).min(height);
    let (x, y) = ((width - wide) / 2, (height - tall) / 2);
    (Area { x, y, width: wide, height: tall }, typed)
}
