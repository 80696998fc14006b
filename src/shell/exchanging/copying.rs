//! The second copy, written while people work.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{LOOK, Round};
use crate::app::{CopyNews, CourierReport};
use crate::store::{Rejection, Trouble};

/// How many times its writing time the copy is then left alone, so that a slow stick is not
/// kept busy all day.
const REST: u32 = 10;
/// The longest time that it is left alone.
const LONGEST: Duration = Duration::from_mins(1);

/// When the copy is written, and what was reported about it.
#[derive(Debug, Default)]
pub(super) struct Copying {
    /// When it is due to be written, if something is new.
    pub(super) due: Option<Instant>,
    /// How long it is left alone after it was written.
    rest: Duration,
    /// What was last reported, so that it is not repeated.
    reported: Option<CopyNews>,
}

impl Copying {
    /// Notes that something is new, which is copied a while later.
    pub(super) fn changed(&mut self, settle: Duration) {
        let wait = settle.max(self.rest);
        self.due.get_or_insert_with(|| Instant::now() + wait);
    }
}

/// What is wrong with the folder, and what helps.
fn what_to_do(why: &Rejection) -> (String, &'static str) {
    let other = "c chooses another folder.";
    match why {
        Rejection::Trouble(Trouble::Missing(_)) => ("the stick is not in".into(), "put it back."),
        Rejection::Trouble(Trouble::Unwritable(_, why)) => (why.clone(), other),
        why => (why.to_string().trim_end_matches('.').to_owned(), other),
    }
}

impl Round {
    /// Keeps a copy in this folder from now on, or none.
    pub(super) fn set_copy(&mut self, folder: Option<&Path>) {
        if let Err(why) = self.courier.set_copy(folder) {
            return self.report(CourierReport::Failed(why));
        }
        self.copying = Copying::default();
        match folder {
            Some(_) => self.copy(),
            None => self.report(CourierReport::Copy(CopyNews::default())),
        }
    }

    /// Writes the copy if it is due, or if what was written is no longer there.
    pub(super) fn look_at_copy(&mut self) {
        let is_due = self.copying.due.is_some_and(|due| due <= Instant::now());
        if is_due || (self.copying.due.is_none() && self.courier.is_copy_missed()) {
            self.copy();
        }
    }

    /// Writes the copy, and reports its state.
    pub(super) fn copy(&mut self) {
        if self.courier.exchange.copy.is_none() {
            return;
        }
        let begun = Instant::now();
        self.copying.due = None;
        let trouble = self.courier.write_copy().err().map(|why| what_to_do(&why));
        self.copying.rest = begun.elapsed().saturating_mul(REST).min(LONGEST);
        if trouble.is_some() {
            // The stick may come back: what was not written is written then.
            self.copying.due = Some(Instant::now() + LOOK);
        }
        let kept = self.courier.exchange.copy.as_ref();
        let news = CopyNews {
            folder: kept.map(|kept| kept.folder.clone()),
            at: kept.and_then(|kept| kept.at),
            warning: self.courier.copy_warning().filter(|_| trouble.is_none()),
            trouble,
        };
        if self.copying.reported.as_ref() != Some(&news) {
            self.report(CourierReport::Copy(news.clone()));
        }
        self.copying.reported = Some(news);
    }
}
