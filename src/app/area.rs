//! A part of the screen.

/// A rectangle of the screen, in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// How many columns.
    pub width: u16,
    /// How many rows.
    pub height: u16,
}

impl Area {
    /// Which of its rows is at this place of the screen.
    pub fn row(self, x: u16, y: u16) -> Option<usize> {
        let inside = (self.x..self.x + self.width).contains(&x)
            && (self.y..self.y + self.height).contains(&y);
        inside.then(|| usize::from(y - self.y))
    }
}
