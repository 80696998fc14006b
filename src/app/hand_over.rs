//! Writing the consolidated feedback.

use super::{
    About, Action, Asks, Chosen, Core, Effect, Export, ExportReport, Nothing, ReturnValue, Screen,
    ScreenId, say, wrap,
};
use crate::workshop::shown;
use std::{ops::Range, path::PathBuf};

/// The state of the hand-over screen.
#[derive(Clone, Debug, Default)]
pub struct HandOver {
    /// The formats there are.
    pub formats: Vec<FormatChoice>,
    /// The chosen format, by its name.
    chosen: Chosen<String>,
    /// The folder that the files go to.
    pub folder: PathBuf,
    /// How far the writing has come, while it is under way.
    pub progress: Option<Progress>,
    /// What was written last.
    pub written: ExportReport,
    /// What an export made now would say is missing or to come: as much as there is room for, in rows.
    pub missing: Vec<String>,
}

/// The question for the folder that exports go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportFolder;

impl ReturnValue for ExportFolder {}

impl Asks for HandOver {
    type Choice = Nothing;
    type Question = ExportFolder;

    fn answered(&mut self, _: &mut Core, _: ExportFolder, answer: &str) {
        if !answer.is_empty() {
            self.folder = answer.into();
        }
    }
}

/// A format to write, or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormatChoice {
    /// Its name.
    pub name: String,
    /// What it is good for, in one line.
    pub line: String,
    /// The ending of its files.
    pub ending: String,
    /// Whether it will be written.
    pub chosen: bool,
}

/// How far an export has come; several files are written at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Files that are complete and in their place.
    pub files: usize,
    /// Files in all.
    pub of: usize,
    /// How much is done, in per cent.
    pub percent: usize,
}

/// Rows above the first format, without those of what is missing.
const HEAD: u16 = 4;
/// The most rows of what is missing.
const MISSING: usize = 3;
/// Rows below the last one: what will be written where, or how far it has come.
const TAIL: u16 = 5;

impl HandOver {
    pub(super) fn new(formats: Vec<FormatChoice>) -> Self {
        let mut state = Self { formats, ..Self::default() };
        state.choose(0);
        state
    }

    /// Which row is chosen.
    pub fn at(&self) -> usize {
        self.chosen.at()
    }

    fn choose(&mut self, place: usize) {
        self.chosen.choose(self.formats.iter().map(|format| format.name.clone()), place);
    }

    /// Rows above the first format.
    pub fn head(&self) -> u16 {
        HEAD + self.missing.len() as u16
    }

    /// Which formats are visible on a screen of this many rows, including the chosen one.
    pub fn seen(&self, height: u16) -> Range<usize> {
        let below = u16::from(height >= 8);
        let room = usize::from(height.saturating_sub(self.head() + TAIL + below)).max(1);
        let first =
            (self.at() + 1).saturating_sub(room).min(self.formats.len().saturating_sub(room));
        first..(first + room).min(self.formats.len())
    }

    /// The name of all its files without their endings, for a meeting with this id.
    pub fn stem(meeting: &str) -> String {
        format!("{}.feedback", if meeting.is_empty() { "workshop" } else { meeting })
    }
}

impl Screen for HandOver {
    fn act(&mut self, core: &mut Core, action: Action) {
        let at = self.at();
        match action {
            Action::Toggle => {
                if let Some(format) = self.formats.get_mut(at) {
                    format.chosen = !format.chosen;
                }
            }
            Action::Folder => {
                let folder = shown(&self.folder);
                core.ask(
                    "Folder for the files",
                    "Created if necessary.",
                    &folder,
                    About::HandOver(ExportFolder),
                );
            }
            Action::Write => self.write(core),
            Action::Back if self.progress.is_some() => core.effects.push(Effect::StopExport),
            Action::Back => core.go(ScreenId::Capture),
            action => self.choose(action.place_from(at, || usize::MAX).unwrap_or(at)),
        }
    }

    fn click(&mut self, core: &mut Core, _: u16, y: u16) {
        let seen = self.seen(core.size.1);
        let at = y.checked_sub(self.head()).map(|row| seen.start + usize::from(row));
        if let Some(at) = at.filter(|at| seen.contains(at)) {
            self.choose(at);
            self.act(core, Action::Toggle);
        }
    }

    /// Counts how many names are left to decide on.
    fn refresh(&mut self, core: &mut Core) {
        core.attributions.refresh(&core.workshop);
        self.missing = missing_rows(core);
    }
}

impl HandOver {
    fn write(&mut self, core: &mut Core) {
        let chosen = self.formats.iter().enumerate().filter(|(_, format)| format.chosen);
        let formats: Vec<usize> = chosen.map(|(place, _)| place).collect();
        if self.progress.is_some() {
            core.say("The files are being written already. Esc stops it.");
        } else if core.loading {
            core.say("The points are still being read; try again in a moment.");
        } else if formats.is_empty() {
            core.say("Choose a format with Space first.");
        } else {
            let of = formats.len();
            self.progress = Some(Progress { of, ..Progress::default() });
            self.written = ExportReport::default();
            let folder = self.folder.clone();
            core.effects.push(Effect::Export(Export { formats, folder }));
        }
    }

    pub(super) fn written(&mut self, core: &mut Core, result: Result<ExportReport, String>) {
        self.progress = None;
        match result {
            Ok(written) => {
                let mut done = format!("{} written.", say::counted(written.files.len(), "file"));
                if !written.beside.is_empty() {
                    done.push(' ');
                    done.push_str(&say::beside(&written.beside));
                }
                if written.exposed {
                    done.push_str(" Anyone who gets hold of this disk can read them.");
                }
                if written.exposed || !written.beside.is_empty() {
                    core.complain(done);
                } else {
                    core.say(done);
                }
                self.written = written;
            }
            Err(why) => core.complain(why),
        }
    }
}

/// What is missing or to come, each sentence in full; and if there is no room for all of them, how many more
/// there are.
fn missing_rows(core: &Core) -> Vec<String> {
    let wide = usize::from(core.size.0.saturating_sub(2)).max(20);
    let most = if core.size.1 < 20 { 1 } else { MISSING };
    let sentences = core.incomplete();
    let mut rows: Vec<String> = Vec::new();
    for (nth, sentence) in sentences.iter().enumerate() {
        let more: Vec<String> =
            wrap::rows(sentence, wide).into_iter().map(|row| sentence[row].to_owned()).collect();
        let is_last = nth + 1 == sentences.len();
        if rows.len() + more.len() + usize::from(!is_last) > most {
            let what = if nth == 0 { "thing" } else { "more thing" };
            let things = say::counting(sentences.len() - nth, what, "is", "are");
            rows.push(format!("{things} missing or to come: F6 has them all."));
            break;
        }
        rows.extend(more);
    }
    rows
}
