//! What a screen is, and the one table of all screens.

use super::settle::{Settling, settled};
use super::{
    Action, Context, Core, Edit, FileUnder, HandOver, Line, Of, PendingProposal, Setting,
    filing::then_file, group::make_group, seen,
};
use crate::workshop::{Change, CommentId, Field, GroupId};

/// Undoes or redoes typing: returns the edit of the line, if there was anything to undo or redo.
pub(super) type LineEdit = fn(&mut Line) -> Option<Edit>;

/// How a screen reacts to what happens. It has its own state and the [`Core`], and never sees
/// another screen's state: what several screens need is in the core.
pub trait Screen {
    /// Where keys go while no overlay is shown over the screen.
    fn context(&self, core: &Core) -> Context {
        core.screen.context()
    }

    /// The actions whose keys the bottom row shows, as far as there is room.
    fn hints(&self, core: &Core) -> Vec<Action> {
        self.context(core).hints().to_vec()
    }

    /// Gets ready, because the screen was just entered.
    fn enter(&mut self, _core: &mut Core) {}

    /// Does what a person asked for.
    fn act(&mut self, core: &mut Core, action: Action);

    /// Handles one notch of the mouse wheel, as [`Action::Up`] or [`Action::Down`].
    fn wheel(&mut self, core: &mut Core, action: Action) {
        self.act(core, action);
    }

    /// Handles a mouse click at this column and row.
    fn click(&mut self, _core: &mut Core, _x: u16, _y: u16) {}

    /// Brings what it shows up to date. Called after anything that happened.
    fn refresh(&mut self, _core: &mut Core) {}

    /// Takes letters that were typed or pasted and are not the keys of an action.
    fn type_in(&mut self, _core: &mut Core, _text: &str) {}

    /// Undoes or redoes typing; returns whether that was all there was to do.
    fn edit_line(&mut self, _core: &mut Core, _edit: LineEdit) -> bool {
        false
    }

    /// After something was undone or redone, shows what it was about.
    fn follow(&mut self, _core: &mut Core, _changes: &[Change]) {}

    /// What a key that changes something at once applies to: the chosen row, or what stands in for it.
    fn subjects(&self, _core: &Core) -> Vec<Of> {
        Vec::new()
    }

    /// The paragraph of the draft text that is chosen on this screen, in its words.
    fn paragraph_shown(&self, _core: &Core) -> Option<String> {
        None
    }

    /// The group that is chosen on this screen.
    fn group(&self, core: &Core) -> GroupId {
        core.here.group.clone()
    }
}

/// What a picker or a question returns to the screen that opened it, with all ids it needs.
pub trait ReturnValue {
    /// What it changes. It is accepted only while that is still as it was shown.
    fn subjects(&self) -> Vec<Of> {
        Vec::new()
    }

    /// Whether it is another value of the same field as that of another choice in the list.
    fn rivals(&self, _other: &Then) -> bool {
        false
    }

    /// What the path is for, if the question asks for a path.
    fn path(&self) -> Option<&'static str> {
        None
    }

    /// Whether the answer becomes words of a point or a comment, which leave the room.
    fn leaves_the_room(&self) -> bool {
        false
    }

    /// The comment that the answer belongs to, as its wording or as a wish beside it.
    fn words_of(&self) -> Option<CommentId> {
        None
    }

    /// Whether the answer is secret.
    fn is_secret(&self) -> bool {
        false
    }
}

/// What a screen offers and asks, and what it does with the results.
pub trait Asks {
    /// What its pickers return.
    type Choice: ReturnValue;
    /// What its questions are about.
    type Question: ReturnValue;

    /// Does what was chosen.
    fn picked(&mut self, _core: &mut Core, _choice: Self::Choice) {}

    /// Takes an answer.
    fn answered(&mut self, _core: &mut Core, _question: Self::Question, _answer: &str) {}
}

/// The type for a screen that offers or asks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {}

impl ReturnValue for Nothing {}

impl ReturnValue for Action {
    fn subjects(&self) -> Vec<Of> {
        self.acts_at_once().then_some(Of::Chosen).into_iter().collect()
    }
}

impl ReturnValue for PendingProposal {
    fn subjects(&self) -> Vec<Of> {
        self.point.map(|id| seen::point(id, Field::Proposal(None))).into_iter().collect()
    }
}

/// All screens: the name of each, its type, its field in the [`App`], its row in the table of contexts and
/// the action that goes there.
/// A screen's looks are in the module of [`view`](crate::view) with the same name as its module here.
macro_rules! every_screen {
    ($make:ident) => {
        $make! {
            /// Which workshop to open.
            Start: start::Start, start, Start, GoStart;
            /// The day.
            Agenda: agenda::Day, day, Agenda, GoAgenda;
            /// A group at work.
            Capture: capture::Capture, capture, Capture, GoCapture;
            /// Topics by groups.
            Overview: overview::Overview, overview, Overview, GoOverview;
            /// Writing the feedback.
            HandOver: hand_over::HandOver, hand_over, HandOver, GoHandOver;
            /// Exchanging points with the other laptops.
            Exchange: exchange::Exchange, exchange, Exchange, GoExchange;
            /// Making comments from points.
            Consolidate: consolidate::Consolidate, consolidate, Consolidate, GoConsolidate;
            /// Names that would reveal who spoke.
            Names: names::Deciding, names, Names, GoNames;
            /// Reading the points back to the group.
            ReadBack: read_back::Reading, reading, ReadBack, GoReadBack;
            /// The draft text, paragraph by paragraph.
            DraftText: draft_text::Paragraphs, paragraphs, DraftText, GoDraftText;
            /// The smallest possible screen, for tests.
            #[cfg(test)]
            Dummy: dummy::Dummy, dummy, Overview;
        }
    };
}
pub(crate) use every_screen;

macro_rules! make_app {
    ($(
        $(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])?
        $name:ident: $module:ident::$type:ident, $field:ident, $context:ident $(, $go:ident)?;
    )*) => {
        /// The screens.
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

            /// Where keys go on it, unless it says something else.
            const fn context(self) -> Context {
                match self {
                    $($(#[cfg($cfg)])? Self::$name => Context::$context,)*
                }
            }
        }

        /// What a choice does: something all screens offer, or something specific to the screen offering
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
            /// What it returns.
            pub(super) fn returned(&self) -> &dyn ReturnValue {
                match self {
                    Self::Act(it) => it,
                    Self::Settle(it) => it,
                    Self::FileUnder(it) => it,
                    $($(#[cfg($cfg)])? Self::$name(it) => it,)*
                }
            }
        }

        /// What an answer is for: something that all screens ask, or something specific to one screen.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum About {
            /// The label of a group made on the day.
            Group,
            /// The reason for a proposal.
            Why(Box<PendingProposal>),
            $($(#[doc = $doc])* $(#[cfg($cfg)])? $name(<super::$module::$type as Asks>::Question),)*
        }

        impl About {
            /// What it returns.
            pub fn returned(&self) -> &dyn ReturnValue {
                match self {
                    Self::Group => &Action::MakeGroup,
                    Self::Why(it) => &**it,
                    $($(#[cfg($cfg)])? Self::$name(it) => it,)*
                }
            }
        }

        /// The whole state of the program: what all screens share, and each screen's own state.
        #[derive(Debug)]
        pub struct App {
            /// What all screens share.
            pub core: Core,
            $($(#[doc = $doc])* $(#[cfg($cfg)])? pub $field: super::$module::$type,)*
        }

        impl App {
            /// Makes the program on its start screen.
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
