//! Questions that the user did not ask for. Each waits for its screen, and until no other is open:
//! keys that were meant for something else must not answer it.

use std::path::PathBuf;

use super::{App, OpenTarget, ScreenId, Start, TakenIn, report::ReportSubject};

/// A question that waits.
#[derive(Debug)]
pub(super) enum Later {
    /// What a file would change.
    Report(TakenIn),
    /// The passphrase of a bundle.
    Unlock(PathBuf),
    /// What opening something would change.
    Changes(OpenTarget, Vec<String>),
}

impl App {
    /// Asks the first question that waits, if its screen is shown and nothing else is being asked.
    pub(super) fn ask_later(&mut self) {
        if self.core.overlay.is_some() {
            return;
        }
        let is_here = |later: &Later| match later {
            Later::Report(_) => self.core.screen == ScreenId::DraftText,
            Later::Unlock(_) | Later::Changes(..) => self.core.screen == ScreenId::Start,
        };
        let Some(place) = self.core.later.iter().position(is_here) else { return };
        match self.core.later.remove(place) {
            Later::Report(found) => self.open_report(found),
            Later::Unlock(bundle) => Start::ask_to_unlock(&mut self.core, bundle),
            Later::Changes(source, lines) => self.core.report(lines, ReportSubject::Open(source)),
        }
    }
}
