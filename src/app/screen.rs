//! What a screen is, and the one table of all screens.

use super::key::Mouse;
use super::keymap::{Action, Context};
use super::line::{Edit, Line};
use super::seen::Of;
use super::{
    Capture, Consolidate, Core, Day, Deciding, Exchange, HandOver, Overview, Paragraphs, Reading,
    Setting, Start,
};
use crate::workshop::{Change, GroupId};

/// Undo or redo of typing: an edit of a line, if there is one to make.
pub(super) type LineEdit = fn(&mut Line) -> Option<Edit>;

/// What each screen does with what happens. It has its own state and the [`Core`], and never sees
/// another screen's state: what several need is in the core.
pub trait Screen {
    /// Where keys go while nothing stands over the screen.
    fn context(&self, core: &Core) -> Context;

    /// The actions whose keys the bottom row shows, as far as there is room.
    fn hints(&self) -> Vec<Action>;

    /// Gets ready: the screen was just gone to.
    fn enter(&mut self, _core: &mut Core) {}

    /// Does what a person asked for.
    fn act(&mut self, core: &mut Core, action: Action);

    /// Does what the mouse asked for.
    fn mouse(&mut self, core: &mut Core, mouse: Mouse);

    /// Brings what it shows up to date, after anything that happened.
    fn refresh(&mut self, _core: &mut Core) {}

    /// Takes letters that were typed or pasted and are no keys of an action.
    fn type_in(&mut self, _core: &mut Core, _text: &str) {}

    /// Takes back or repeats typing; says whether that was all there was to do.
    fn edit_line(&mut self, _core: &mut Core, _edit: LineEdit) -> bool {
        false
    }

    /// After something was undone or redone, shows what it was about.
    fn follow(&mut self, _core: &mut Core, _changes: &[Change]) {}

    /// What a key that changes something at once is about: the chosen row, or what goes for it.
    fn subjects(&self, _core: &Core) -> Vec<Of> {
        Vec::new()
    }

    /// The group that is chosen there.
    fn group(&self, core: &Core) -> GroupId {
        core.here.group.clone()
    }
}

macro_rules! screens {
    ($($(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])? $name:ident: $field:ident, $type:ty;)*) => {
        /// The screens there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ScreenId {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name,)*
        }

        /// The whole state of the program: what all screens share, and each screen's own.
        #[derive(Debug)]
        pub struct App {
            /// What all screens share.
            pub core: Core,
            $($(#[doc = $doc])* $(#[cfg($cfg)])? pub $field: $type,)*
        }

        impl App {
            /// The program on its start screen.
            pub fn new(setting: Setting) -> Self {
                let mut app = Self {
                    core: Core::new(setting.ids, setting.now, setting.size),
                    $($(#[cfg($cfg)])? $field: <$type>::default(),)*
                };
                app.start.offer(setting.offers);
                app.hand_over = HandOver::new(setting.formats);
                app
            }

            /// The screen that is shown, and what it shares with the others.
            pub(super) fn open(&mut self) -> (&mut dyn Screen, &mut Core) {
                let screen: &mut dyn Screen = match self.core.screen {
                    $($(#[cfg($cfg)])? ScreenId::$name => &mut self.$field,)*
                };
                (screen, &mut self.core)
            }

            /// The screen that is shown.
            pub(super) fn shown(&self) -> &dyn Screen {
                match self.core.screen {
                    $($(#[cfg($cfg)])? ScreenId::$name => &self.$field,)*
                }
            }
        }
    };
}

screens! {
    /// Which workshop to open.
    Start: start, Start;
    /// The day.
    Agenda: day, Day;
    /// A group at work.
    Capture: capture, Capture;
    /// Topics by groups.
    Overview: overview, Overview;
    /// Writing the feedback.
    HandOver: hand_over, HandOver;
    /// Meeting the other laptops.
    Exchange: exchange, Exchange;
    /// Making statements of points.
    Consolidate: consolidate, Consolidate;
    /// Names that would tell who spoke.
    Names: names, Deciding;
    /// Reading the points back to the group.
    ReadBack: reading, Reading;
    /// The draft text, paragraph by paragraph.
    DraftText: paragraphs, Paragraphs;
    /// A screen that does nothing but count, as small as one can be.
    #[cfg(test)]
    Dummy: dummy, super::dummy::Dummy;
}
