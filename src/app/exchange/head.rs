//! What the exchange screen says above the receipt: where the exchange happens, for which group, and how it
//! went. Each sentence is shown in full, on as many rows as it needs.

use super::{Core, Exchange};
use crate::app::say::{clock, counted};
use crate::app::wrap;
use crate::workshop::shown;

/// What a row above the receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadTone {
    /// Something to know.
    Plain,
    /// Something in the background.
    Dim,
    /// It went well.
    Good,
    /// It went wrong.
    Bad,
    /// Something is missing.
    Gap,
    /// It is under way.
    Busy,
}

impl Exchange {
    /// The rows above the receipt.
    pub fn head_rows(&self, core: &Core) -> Vec<(String, HeadTone)> {
        let zone = core.workshop.zone();
        let said = [Some(self.place_line(core)), Some(self.who_line(core))];
        let copy = self
            .copy
            .line(core.now, zone)
            .map(|(text, is_well)| (text, if is_well { HeadTone::Good } else { HeadTone::Bad }));
        let wide = usize::from(core.size.0.saturating_sub(2));
        let lines = said.into_iter().chain([copy, Some(self.last_line())]).flatten();
        let rows = lines.flat_map(|(text, tone)| {
            let text = wrap::visible(&text).into_owned();
            let mut rows = wrap::rows(&text, wide);
            if rows.is_empty() {
                rows.push(0..0);
            }
            rows.into_iter().map(|row| (text[row].to_owned(), tone)).collect::<Vec<_>>()
        });
        // Some of the receipt must be seen too.
        rows.take(usize::from(core.size.1 / 2)).collect()
    }

    fn place_line(&self, core: &Core) -> (String, HeadTone) {
        let place = &self.place;
        let published = place.published.map(|moment| clock(moment, core.now, core.workshop.zone()));
        match (&place.place, &place.trouble, &published) {
            (None, ..) => {
                let text = "No shared folder yet: p chooses a folder that all laptops use.";
                (text.to_owned(), HeadTone::Plain)
            }
            (Some(at), Some(why), _) => (format!("{}: {why}", shown(at)), HeadTone::Bad),
            (Some(at), None, None) => (format!("Shared folder: {}", shown(at)), HeadTone::Plain),
            (Some(at), None, Some(when)) => {
                (format!("Shared folder: {} · published {when}", shown(at)), HeadTone::Good)
            }
        }
    }

    fn who_line(&self, core: &Core) -> (String, HeadTone) {
        let group = self.group.as_ref().map(|group| core.workshop.title_of(group));
        let who = group.as_deref().unwrap_or("all groups");
        let lock = self.place.key.as_ref();
        let lock = lock.map(|key| format!(" · locked with the meeting's key {key}"));
        (format!("This laptop: {who}{}", lock.unwrap_or_default()), HeadTone::Dim)
    }

    fn last_line(&self) -> (String, HeadTone) {
        let place = &self.place;
        if let Some(busy) = self.busy {
            (format!("… {busy}"), HeadTone::Busy)
        } else if let Some(file) = self.files.first() {
            let more = match self.files.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            (format!("Written: {}{more}", shown(file)), HeadTone::Good)
        } else if let Some(first) = place.refused.first() {
            let files = place.refused.iter().filter(|one| one.is_file()).count();
            let text = if first.is_file() {
                let files = counted(files, "file");
                format!("{files} there cannot be taken in: {} ({})", first.why, first.name)
            } else {
                first.why.clone()
            };
            (text, HeadTone::Gap)
        } else if place.elsewhere > 0 {
            let text = format!("{} there of another meeting.", counted(place.elsewhere, "bundle"));
            (text, HeadTone::Dim)
        } else {
            (String::new(), HeadTone::Dim)
        }
    }
}
