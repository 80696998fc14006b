//! A report of what a file would change, shown before it does.

use std::path::PathBuf;

use super::{
    Action, App, Core, Effect, Later, OpenTarget, Overlay, ScreenId, Start, TakenIn, key_of,
    names::PhraseChoice, wrap,
};
use crate::workshop::{Change, MentionKey, Refusal, Ruling};

/// A report that waits for a yes.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many rows are scrolled out of sight at the top.
    pub scroll: usize,
    lines: Vec<String>,
    about: ReportSubject,
}

/// What a report is about.
#[derive(Clone, Debug)]
pub(super) enum ReportSubject {
    /// What a file would change.
    TakeIn { what: &'static str, changes: Vec<Change> },
    /// What would be removed from this laptop with the workshop in a folder.
    Forget(PathBuf),
    /// What opening something would change here.
    Open(OpenTarget),
    /// What is left of something that was removed.
    Left,
    /// Which mentions of names would be decided on, and how.
    Names(Vec<MentionKey>, Ruling),
    /// The same for a decision by phrase.
    Phrase(PhraseChoice),
}

impl Report {
    /// How many rows its box has on a screen of this size.
    pub fn tall(size: (u16, u16)) -> u16 {
        size.1.saturating_sub(4).max(3)
    }

    /// Its words, in rows.
    pub fn rows(&self, size: (u16, u16)) -> Vec<String> {
        let width = usize::from(size.0.min(76).saturating_sub(4)).max(2);
        let rows = |line: &String| {
            let line = wrap::visible(line).into_owned();
            let rows = wrap::rows(&line, width);
            rows.into_iter().map(|row| line[row].to_owned()).collect::<Vec<String>>()
        };
        self.lines.iter().flat_map(rows).collect()
    }

    /// How many of its rows are visible at once.
    pub fn seen(&self, size: (u16, u16)) -> usize {
        usize::from(Self::tall(size).saturating_sub(2))
    }

    /// Goes to another phrase, if there are any.
    fn step(&mut self, by: isize) {
        if let ReportSubject::Phrase(choice) = &mut self.about {
            choice.step(by);
            (self.lines, self.scroll) = (choice.lines(), 0);
        }
    }

    /// What it is, and what keys do.
    pub fn heading(&self) -> &'static str {
        match &self.about {
            ReportSubject::TakeIn { changes, .. } if changes.is_empty() => {
                "What was found · Esc closes"
            }
            ReportSubject::TakeIn { .. } => "What would be imported · Enter imports, Esc cancels",
            ReportSubject::Forget(_) => {
                "What would be removed · ↑ ↓ scroll, Enter continues, Esc cancels"
            }
            ReportSubject::Open(_) => "What would change · Enter opens it, Esc cancels",
            ReportSubject::Left => "Done · Esc closes",
            ReportSubject::Phrase(_) => {
                "What would be decided · ← → other words, Enter decides, Esc cancels"
            }
            ReportSubject::Names(..) => "What would be decided · Enter decides, Esc cancels",
        }
    }
}

impl App {
    /// Keeps the report on a file until it can be shown where it was asked for, not in the middle of
    /// something else.
    pub(super) fn hold_report(&mut self, found: TakenIn) {
        if self.core.screen != ScreenId::DraftText || self.core.overlay.is_some() {
            let key = key_of(Action::GoDraftText).map(|key| key.to_string()).unwrap_or_default();
            self.core.say(format!("The file was read: {key} shows what it would change."));
        }
        self.core.later.push(Later::Report(found));
    }

    pub(super) fn open_report(&mut self, found: TakenIn) {
        let TakenIn { what, report, changes } = found;
        self.core.report(report, ReportSubject::TakeIn { what, changes });
    }

    /// Says what was removed for good, and what is left of it elsewhere.
    pub(super) fn tell_what_is_left(&mut self, lines: Vec<String>) {
        let typing = self.core.screen == ScreenId::Capture && !self.core.typing.line.is_empty();
        match lines.first() {
            // Somebody who types is not interrupted; `purge` says it again.
            Some(first) if typing || self.core.overlay.is_some() => self.core.say(first.clone()),
            _ => self.core.report(lines, ReportSubject::Left),
        }
        if self.core.screen == ScreenId::Start {
            self.core.effects.push(Effect::Offer);
        }
    }

    pub(super) fn act_report(&mut self, mut report: Report, action: Action) {
        let (rows, seen) = (report.rows(self.core.size).len(), report.seen(self.core.size));
        let last = rows.saturating_sub(seen);
        match action {
            Action::WordsBefore => report.step(-1),
            Action::WordsAfter => report.step(1),
            Action::Accept => return self.accept(report.about),
            action => {
                let place = action.place_from(report.scroll, || seen);
                report.scroll = place.unwrap_or(report.scroll).min(last);
            }
        }
        self.core.overlay = Some(Overlay::Report(report));
    }

    fn accept(&mut self, about: ReportSubject) {
        match about {
            ReportSubject::TakeIn { what, changes } => self.take_in(what, changes),
            ReportSubject::Forget(folder) => Start::ask_whether_sure(&mut self.core, folder),
            ReportSubject::Open(source) => {
                self.core.effects.push(Effect::Open(OpenTarget::Agreed(Box::new(source))));
            }
            ReportSubject::Left => {}
            ReportSubject::Phrase(choice) => self.names.decide_phrase(&mut self.core, &choice),
            ReportSubject::Names(keys, ruling) => {
                self.names.decide_listed(&mut self.core, &keys, ruling);
            }
        }
    }

    /// Makes all of the changes or none.
    fn take_in(&mut self, what: &'static str, changes: Vec<Change>) {
        if changes.is_empty() {
            return self.core.say("Nothing was imported.");
        }
        let check = |change: &Change| self.core.workshop.check(change);
        let refused: Option<Refusal> = changes.iter().find_map(|change| check(change).err());
        if let Some(refusal) = refused {
            return self.core.complain(refusal.to_string());
        }
        self.core.make(what, changes);
        self.core.go(ScreenId::DraftText);
        self.core.say("Imported. Ctrl-Z undoes this.");
    }
}

impl Core {
    pub(super) fn report(&mut self, lines: Vec<String>, about: ReportSubject) {
        self.notice = None;
        self.overlay = Some(Overlay::Report(Report { scroll: 0, lines, about }));
    }
}
