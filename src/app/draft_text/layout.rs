//! Where on the screen what stands.

use super::super::Area;
use super::super::{Core, Paragraphs};
use super::Side;

/// From this many columns on the two sides stand beside each other.
const BESIDE: u16 = 100;
/// From this many rows on both sides are shown one above the other.
const STACKED: u16 = 14;

/// The parts of the draft text's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftTextLayout {
    /// The name of the screen, and how safe the work is.
    pub head: Area,
    /// The text, with a row of its own above.
    pub text: Area,
    /// What was said of the chosen paragraph, with a row of its own above.
    pub said: Area,
    /// Whether they stand beside each other.
    pub beside: bool,
    /// What keys there are, or what just happened.
    pub hints: Area,
}

impl DraftTextLayout {
    /// The layout of the draft text's screen as it stands.
    pub fn of(core: &Core, state: &Paragraphs) -> Self {
        let (width, height) = core.size;
        let row = |y: u16, tall: u16| Area {
            x: 0,
            y: y.min(height),
            width,
            height: tall.min(height.saturating_sub(y)),
        };
        let (head, hints) = (u16::from(height >= 5), u16::from(height >= 8));
        let body = row(head, height.saturating_sub(head + hints));
        let none = Area { height: 0, ..body };
        let beside = width >= BESIDE;
        // The text is what is read; a little more than half is its.
        let (half, above) = (body.width * 5 / 9, body.height * 5 / 9);
        let (text, said) = match (beside, state.side) {
            (true, _) => {
                (Area { width: half, ..body }, Area { x: half, width: width - half, ..body })
            }
            (false, _) if height >= STACKED => {
                let below = Area { y: body.y + above, height: body.height - above, ..body };
                (Area { height: above, ..body }, below)
            }
            (false, Side::Text) => (body, none),
            (false, Side::Said) => (none, body),
        };
        let hints = row(height.saturating_sub(hints), hints);
        Self { head: row(0, head), text, said, beside, hints }
    }

    /// The rows of a side below its own.
    pub fn list(&self, side: Side) -> Area {
        let area = match side {
            Side::Text => self.text,
            Side::Said => self.said,
        };
        let own = u16::from(area.height > 2);
        Area { y: area.y + own, height: area.height - own, ..area }
    }
}
