//! Which workshop to open: a recent one, a sample, or a file.

use super::{
    About, Action, Asks, Chosen, Core, Effect, Nothing, OpenTarget, ReturnValue, Screen, Secret,
    wrap,
};
use crate::workshop::shown;
use std::path::PathBuf;

/// The state of the start screen.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What can be opened.
    pub offers: Vec<Offer>,
    /// What is chosen: one of them or, after them, "another file".
    chosen: Chosen<Opening>,
}

/// What can be opened, without its title.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Opening {
    Folder(PathBuf),
    Sample(String, bool),
    OtherFile,
}

/// What the start screen asks for in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartQuestion {
    /// A workshop or an agenda to open.
    Path,
    /// The passphrase of a bundle to open.
    Unlock(PathBuf),
    /// Whether to forget a workshop.
    Forget(PathBuf),
}

impl ReturnValue for StartQuestion {
    fn path(&self) -> Option<&'static str> {
        (*self == Self::Path).then_some("open")
    }

    fn is_secret(&self) -> bool {
        matches!(self, Self::Unlock(_))
    }
}

impl Asks for Start {
    type Choice = Nothing;
    type Question = StartQuestion;

    fn answered(&mut self, core: &mut Core, question: StartQuestion, answer: &str) {
        match question {
            StartQuestion::Path if answer.is_empty() => {}
            StartQuestion::Path => core.effects.push(Effect::Open(OpenTarget::Path(answer.into()))),
            StartQuestion::Unlock(bundle) => Self::unlock(core, bundle, answer),
            StartQuestion::Forget(folder) => Self::forget(core, folder, answer),
        }
    }
}

/// A workshop that could be opened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Offer {
    /// One that was open before.
    Recent {
        /// Its title.
        title: String,
        /// Its folder.
        folder: PathBuf,
    },
    /// A new one from an embedded agenda.
    Sample {
        /// The agenda's name.
        name: String,
        /// What it is, in a line.
        line: String,
        /// Whether the sample's points come with it.
        points: bool,
    },
}

/// Rows above the first offer.
pub const HEAD: u16 = 6;

impl Start {
    /// The place of what is chosen; one after the last offer means "another file".
    pub fn at(&self) -> usize {
        self.chosen.at()
    }

    /// Takes over what can be opened now. What was chosen stays chosen.
    pub(super) fn offer(&mut self, offers: Vec<Offer>) {
        self.offers = offers;
        self.chosen.refresh(self.openings().into_iter());
    }

    fn openings(&self) -> Vec<Opening> {
        let opening = |offer: &Offer| match offer {
            Offer::Recent { folder, .. } => Opening::Folder(folder.clone()),
            Offer::Sample { name, points, .. } => Opening::Sample(name.clone(), *points),
        };
        self.offers.iter().map(opening).chain([Opening::OtherFile]).collect()
    }

    fn choose(&mut self, place: usize) {
        self.chosen.choose(self.openings().into_iter(), place);
    }
}

impl Screen for Start {
    fn hints(&self, core: &Core) -> Vec<Action> {
        let hints = self.context(core).hints();
        let can_forget = matches!(self.offers.get(self.at()), Some(Offer::Recent { .. }));
        // A sample is part of the program, and cannot be forgotten.
        hints[..hints.len() - usize::from(!can_forget)].to_vec()
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        let last = self.offers.len();
        let at = self.at();
        match action {
            Action::OpenWorkshop => self.open_offer(core),
            Action::Forget => self.begin_to_forget(core),
            Action::Back => core.say("Ctrl-Q quits the program."),
            action => self.choose(action.place_from(at, || last).unwrap_or(at).min(last)),
        }
    }

    fn click(&mut self, core: &mut Core, _: u16, y: u16) {
        let Some(at) = y.checked_sub(HEAD).map(usize::from) else { return };
        if at <= self.offers.len() {
            let again = self.at() == at;
            self.choose(at);
            if again {
                self.open_offer(core);
            }
        }
    }

    fn enter(&mut self, core: &mut Core) {
        core.effects.push(Effect::Offer);
    }
}

impl Start {
    /// Asks for the passphrase of a bundle that was to be opened.
    pub(super) fn ask_to_unlock(core: &mut Core, bundle: PathBuf) {
        core.notice = None;
        let name = bundle.file_name().unwrap_or(bundle.as_os_str()).to_string_lossy();
        let question = format!("Passphrase of {}", wrap::shorten(&name, 40));
        let hint = "The bundle is locked. The person who gave it to you knows the passphrase.";
        core.ask(&question, hint, "", About::Start(StartQuestion::Unlock(bundle)));
    }

    pub(super) fn unlock(core: &mut Core, bundle: PathBuf, answer: &str) {
        let passphrase = Secret::new(answer);
        core.effects.push(Effect::Open(OpenTarget::Locked { bundle, passphrase }));
    }

    fn begin_to_forget(&mut self, core: &mut Core) {
        match self.offers.get(self.at()) {
            Some(Offer::Recent { folder, .. }) => {
                let folder = folder.clone();
                core.say("Looking for workshops …");
                core.effects.push(Effect::Forget { folder, sure: false });
            }
            Some(Offer::Sample { .. }) => {
                core.say("A sample is part of the program and cannot be removed.");
            }
            None => core.say("Choose a workshop on this laptop first."),
        }
    }

    pub(super) fn ask_whether_sure(core: &mut Core, folder: PathBuf) {
        let question = format!("Forget {}?", shown(&folder));
        core.ask(
            &question,
            "Type yes to remove it. This cannot be undone.",
            "",
            About::Start(StartQuestion::Forget(folder)),
        );
    }

    pub(super) fn forget(core: &mut Core, folder: PathBuf, answer: &str) {
        if answer.eq_ignore_ascii_case("yes") {
            core.effects.push(Effect::Forget { folder, sure: true });
        } else {
            core.say("Nothing was removed.");
        }
    }

    fn open_offer(&mut self, core: &mut Core) {
        let source = match self.offers.get(self.at()) {
            Some(Offer::Recent { folder, .. }) => OpenTarget::Path(folder.clone()),
            Some(Offer::Sample { name, points, .. }) => {
                OpenTarget::Sample { name: name.clone(), points: *points }
            }
            None => {
                return core.ask(
                    "Open which file?",
                    "A workshop, an agenda (.ron), a hand-out or a bundle.",
                    "",
                    About::Start(StartQuestion::Path),
                );
            }
        };
        core.say("Opening…");
        core.effects.push(Effect::Open(source));
    }
}
