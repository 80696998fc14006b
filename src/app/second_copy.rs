//! The second copy on a stick: where it is kept, and its state.

use super::{About, Core, Exchange, exchange::ExchangeQuestion, say::clock};
use std::path::PathBuf;

use crate::workshop::{Moment, Zone, shown};

/// The state of the second copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CopyNews {
    /// The folder it is kept in, if one is kept.
    pub folder: Option<PathBuf>,
    /// When it was last up to date.
    pub at: Option<Moment>,
    /// Why it cannot be written at the moment, and what helps.
    pub trouble: Option<(String, &'static str)>,
    /// A warning about it: who can read it, and whether it helps.
    pub warning: Option<&'static str>,
}

impl CopyNews {
    /// Its state, on one line, and whether that is good; nothing if no copy is kept.
    pub fn line(&self, now: Moment, zone: Zone) -> Option<(String, bool)> {
        let folder = shown(self.folder.as_ref()?);
        let written = self.at.map(|at| clock(at, now, zone));
        let when = match &written {
            Some(when) => format!("last written {when}"),
            None => "not written yet".to_owned(),
        };
        Some(match (&self.trouble, written) {
            (Some((why, helps)), _) => {
                (format!("Second copy, {when}: {why}; {helps} ({folder})"), false)
            }
            (None, Some(when)) => (format!("Second copy: {folder} · written {when}"), true),
            (None, None) => (format!("Second copy: {folder}"), true),
        })
    }
}

impl Exchange {
    pub(super) fn ask_copy(&mut self, core: &mut Core) {
        let now = self.copy.folder.as_ref();
        let now = now.map(|folder| shown(folder)).unwrap_or_default();
        core.ask(
            "Second copy",
            "A folder on a stick that stays plugged in. Leave empty for none.",
            &now,
            About::Exchange(ExchangeQuestion::SecondCopy),
        );
    }

    /// Takes in the state of the copy. Anything that a person must act on is said once.
    pub(super) fn copied(&mut self, core: &mut Core, news: CopyNews) {
        let before = std::mem::replace(&mut self.copy, news);
        let news = &self.copy;
        core.safety.not_copied = news.trouble.is_some();
        let fails = news.trouble.is_some() && before.trouble.is_none();
        let warns = news.warning.is_some() && before.warning != news.warning;
        let said = match (&news.trouble, news.warning) {
            (Some((why, _)), _) if fails => {
                Some((format!("No second copy: {why} (F6). Nothing is lost here."), true))
            }
            (_, Some(warning)) if warns => Some((warning.to_owned(), true)),
            (None, _) if news.folder != before.folder => Some(match news.folder {
                Some(_) => ("A second copy is kept there from now on.".to_owned(), false),
                None => ("A second copy is no longer kept.".to_owned(), false),
            }),
            _ => None,
        };
        self.busy.take_if(|busy| *busy == WRITING);
        match said {
            Some((words, true)) => core.complain(words),
            Some((words, false)) => core.say(words),
            None => {}
        }
    }
}

/// What is under way when a person chooses a folder.
pub(super) const WRITING: &str = "writing the copy";
