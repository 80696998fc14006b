//! Reading what every key does.

use super::keymap::{KeyRow, TABLE};
use super::{Action, Context};

/// The help of one screen.
#[derive(Clone, Debug)]
pub struct Help {
    /// Whose keys are shown.
    pub context: Context,
    /// How many rows are scrolled out of sight at the top.
    pub scroll: usize,
}

impl Help {
    /// The help for the place that keys go to.
    pub fn of(context: Context) -> Self {
        Self { context, scroll: 0 }
    }

    /// The rows shown: first what is specific to this screen, then what works everywhere, then typing.
    pub fn rows(&self) -> Vec<&'static KeyRow> {
        let works = |row: &&KeyRow| row.works_in(self.context) && !row.keys.is_empty();
        let rank = |row: &&KeyRow| if row.is_editing() { 2 } else { u8::from(row.is_everywhere()) };
        let mut rows: Vec<&KeyRow> = TABLE.iter().filter(works).collect();
        rows.sort_by_key(rank);
        rows
    }

    pub(super) fn act(&mut self, action: Action, height: u16) {
        let page = usize::from(height).saturating_sub(6).max(1);
        let last = self.rows().len().saturating_sub(page);
        self.scroll = action.place_from(self.scroll, || page).unwrap_or(self.scroll).min(last);
    }
}
