//! What a screen is, and the one table of all screens.

use super::settle::{Settling, settled};
use super::{
    Action, Context, Core, Edit, FileUnder, HandOver, Line, Of, Reasoned, Setting,
    filing::then_file, group::make_group, seen,
};
use crate::workshop::{Change, CommentId, Field, GroupId};

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

    /// The wheel turned a notch, which is [`Action::Up`] or [`Action::Down`].
    fn wheel(&mut self, core: &mut Core, action: Action) {
        self.act(core, action);
    }

    /// The mouse was pressed at this column and row.
    fn click(&mut self, _core: &mut Core, _x: u16, _y: u16) {}

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

/// What a picker or a question gives back to whoever opened it, ids included.
pub trait Returned {
    /// What it changes: it is taken only while that is as it was shown.
    fn subjects(&self) -> Vec<Of> {
        Vec::new()
    }

    /// Whether it is another value of the same field than a choice beside it.
    fn rivals(&self, _other: &Then) -> bool {
        false
    }

    /// What the path is for that is asked for, if one is.
    fn path(&self) -> Option<&'static str> {
        None
    }

    /// Whether the answer is words of a point or a comment, which leave the room.
    fn leaves_the_room(&self) -> bool {
        false
    }

    /// The comment whose wording, or a wish beside it, the answer is.
    fn words_of(&self) -> Option<CommentId> {
        None
    }

    /// Whether nobody is to see the answer.
    fn is_secret(&self) -> bool {
        false
    }
}

/// What a screen offers and asks, and what it does with what comes back.
pub trait Asks {
    /// What its pickers give back.
    type Choice: Returned;
    /// What its questions are about.
    type Question: Returned;

    /// Does what was chosen.
    fn picked(&mut self, _core: &mut Core, _choice: Self::Choice) {}

    /// Takes an answer.
    fn answered(&mut self, _core: &mut Core, _question: Self::Question, _answer: &str) {}
}

/// What a screen gives back that offers or asks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {}

impl Returned for Nothing {}

impl Returned for Action {
    fn subjects(&self) -> Vec<Of> {
        self.acts_at_once().then_some(Of::Chosen).into_iter().collect()
    }
}

impl Returned for Reasoned {
    fn subjects(&self) -> Vec<Of> {
        self.point.map(|id| seen::point(id, Field::Proposal(None))).into_iter().collect()
    }
}

/// All screens: what each is called, its type, its place in the [`App`] and the action that goes there.
/// Its looks are in the module of [`view`](crate::view) that has the name of its module here.
macro_rules! every_screen {
    ($make:ident) => {
        $make! {
            /// Which workshop to open.
            Start: start::Start, start, GoStart;
            /// The day.
            Agenda: agenda::Day, day, GoAgenda;
            /// A group at work.
            Capture: capture::Capture, capture, GoCapture;
            /// Topics by groups.
            Overview: overview::Overview, overview, GoOverview;
            /// Writing the feedback.
            HandOver: hand_over::HandOver, hand_over, GoHandOver;
            /// Exchanging points with the other laptops.
            Exchange: exchange::Exchange, exchange, GoExchange;
            /// Making comments of points.
            Consolidate: consolidate::Consolidate, consolidate, GoConsolidate;
            /// Names that would reveal who spoke.
            Names: names::Deciding, names, GoNames;
            /// Reading the points back to the group.
            ReadBack: read_back::Reading, reading, GoReadBack;
            /// The draft text, paragraph by paragraph.
            DraftText: draft_text::Paragraphs, paragraphs, GoDraftText;
            /// A screen that does nothing but count, as small as one can be.
            #[cfg(test)]
            Dummy: dummy::Dummy, dummy;
        }
    };
}
pub(crate) use every_screen;

macro_rules! make_app {
    ($(
        $(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])?
        $name:ident: $module:ident::$type:ident, $field:ident $(, $go:ident)?;
    )*) => {
        /// The screens there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ScreenId {
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name,)*
        }

        impl ScreenId {
            /// The screen that an action goes to.
            pub(super) fn of(action: Action) -> Option<Self> {
                $($(#[cfg($cfg)])? {
                    $(if action == Action::$go {
                        return Some(Self::$name);
                    })?
                })*
                None
            }
        }

        /// What a choice does: something that all screens offer, or what the screen says that offered
        /// it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Then {
            /// Asks for an action.
            Act(Action),
            /// Chooses between what several laptops set at once.
            Settle(Settling),
            /// Files points under a session.
            FileUnder(FileUnder),
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name(<super::$module::$type as Asks>::Choice),)*
        }

        impl Then {
            /// What it gives back.
            pub(super) fn returned(&self) -> &dyn Returned {
                match self {
                    Self::Act(it) => it,
                    Self::Settle(it) => it,
                    Self::FileUnder(it) => it,
                    $($(#[cfg($cfg)])? Self::$name(it) => it,)*
                }
            }
        }

        /// What an answer is for: something that all screens ask, or what the screen says that asked.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum About {
            /// The label of a group made on the day.
            Group,
            /// Why other words are proposed.
            Why(Box<Reasoned>),
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name(<super::$module::$type as Asks>::Question),)*
        }

        impl About {
            /// What it gives back.
            pub fn returned(&self) -> &dyn Returned {
                match self {
                    Self::Group => &Action::MakeGroup,
                    Self::Why(it) => &**it,
                    $($(#[cfg($cfg)])? Self::$name(it) => it,)*
                }
            }
        }

        /// The whole state of the program: what all screens share, and each screen's own.
        #[derive(Debug)]
        pub struct App {
            /// What all screens share.
            pub core: Core,
            $($(#[doc = $doc])* $(#[cfg($cfg)])? pub $field: super::$module::$type,)*
        }

        impl App {
            /// The program on its start screen.
            pub fn new(setting: Setting) -> Self {
                let mut app = Self {
                    core: Core::new(setting.ids, setting.now, setting.size),
                    $($(#[cfg($cfg)])? $field: super::$module::$type::default(),)*
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

            /// Does what was chosen.
            pub(super) fn chosen(&mut self, then: Then) {
                match then {
                    Then::Act(action) => {
                        self.core.pressed = None;
                        self.act(action);
                    }
                    Then::Settle(choice) => settled(&mut self.core, &choice),
                    Then::FileUnder(choice) => then_file(&mut self.core, choice),
                    $($(#[cfg($cfg)])? Then::$name(it) => self.$field.picked(&mut self.core, it),)*
                }
            }

            /// Takes an answer.
            pub(super) fn answered(&mut self, about: About, answer: &str) {
                match about {
                    About::Group => make_group(&mut self.core, answer),
                    About::Why(reasoned) => self.core.answer_why(*reasoned, answer),
                    $($(#[cfg($cfg)])? About::$name(it) => {
                        self.$field.answered(&mut self.core, it, answer);
                    })*
                }
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

every_screen!(make_app);
