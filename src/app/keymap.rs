//! The one table of keys. Help, hints, the palette and docs/keys.md are made from it.

use bitflags::bitflags;

use super::{Key, key::Code};

macro_rules! contexts {
    ($($(#[doc = $of:literal])* $set:ident { $(#[doc = $doc:literal] $name:ident, $bit:ident, $title:literal $(, [$($hint:ident),*])?;)* })*) => {
        /// Where keys go.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Context {
            $($(#[doc = $doc] $name,)*)*
        }

        impl Context {
            /// All of them.
            pub const ALL: &[Self] = &[$($(Self::$name,)*)*];

            /// The heading its keys have in the help.
            pub const fn title(self) -> &'static str {
                match self {
                    $($(Self::$name => $title,)*)*
                }
            }

            /// The actions whose keys the bottom row shows, as far as there is room.
            pub(super) const fn hints(self) -> &'static [Action] {
                match self {
                    $($(Self::$name => &[$($(Action::$hint),*)?],)*)*
                }
            }
        }

        bitflags! {
            /// Where the keys of a row of the table work.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            struct Contexts: u32 {
                $($(const $bit = 1 << Context::$name as u32;)*)*
                $($(#[doc = $of])* const $set = 0 $(| Self::$bit.bits())*;)*
                const ANYWHERE = !0;
                const SCREENS = Self::START.bits() | Self::WORKSHOP.bits();
                /// Screens on which no text is typed.
                const BROWSED = Self::SCREENS.bits() & !Self::CAPTURE.bits();
                /// Where one scrolls and types no text.
                const SCROLLED = Self::BROWSED.bits() | Self::HELP.bits() | Self::REPORT.bits();
                const LISTS = Self::SCROLLED.bits() | Self::CHOOSE.bits();
                /// Where letters are typed as text.
                const LINES = Self::CAPTURE.bits() | Self::SEARCH.bits() | Self::CHOOSE.bits()
                    | Self::ASK.bits() | Self::AMEND.bits();
            }
        }
    };
}

contexts! {
    /// The screen without a workshop.
    BEFORE {
        /// The start screen.
        Start, START, "Start", [OpenWorkshop, Up, Down, Forget];
    }
    /// Screens of an open workshop.
    WORKSHOP {
        /// The day.
        Agenda, AGENDA, "Agenda", [OpenSession, Start, End, Next, Extend, Shorten, GoOverview, GoHandOver, Undo];
        /// A group at work.
        Capture, CAPTURE, "Capture", [
            Add, NextTopic, ChooseGroup, Kind, SelectUp, Edit, Search, Delete, Undo, NewLine,
            Paragraph, GoOverview
        ];
        /// Topics by groups.
        Overview, OVERVIEW, "Overview", [OpenCell, CloseGroup, MakeGroup, GoAgenda, GoHandOver, Back];
        /// Writing the feedback.
        HandOver, HAND_OVER, "Hand over", [Write, Toggle, Folder, GoOverview, Back];
        /// Exchanging points with the other laptops.
        Exchange, EXCHANGE, "Exchange", [
            SyncNow, SharedFolder, TakeIn, WriteBundle, HandOut, SecondCopy, Lock, OwnGroup,
            OpenBoth
        ];
        /// Making comments from points.
        Consolidate, CONSOLIDATE, "Consolidate", [
            NewComment, PutInto, Mark, SetAside, Alike, Filter, SwitchSide, LaterTopic, ShowAll,
            Alternative, BackToOpen, Undo
        ];
        /// Names that would reveal who spoke.
        Names, NAMES, "Names", [
            TakeNeutral, RewordName, IsSubject, Waive, ByPhrase, AllSubjects, ByConsent,
            AcceptGiven, Decided, GoHandOver, Back
        ];
        /// Reading the points back to the group.
        ReadBack, READ_BACK, "Read back", [
            Confirm, Amend, NotOurs, Reserve, Flag, Converge, Hands, Unconfirmed, Seal, NextTopic,
            Bare
        ];
        /// The draft text, paragraph by paragraph.
        DraftText, DRAFT_TEXT, "Draft text", [
            Propose, TakeDownHere, ProposeNew, ProposeDeletion, SwitchSide, JumpTo, Compiled,
            NextSilent, TakeInText, Settle, Undo
        ];
    }
    /// What takes the keys of a screen for a while.
    OVER {
        /// Looking for points.
        Search, SEARCH, "Search", [GoToFound, SearchEverywhere, Back];
        /// Amending a point as the group hears it.
        Amend, AMEND, "Amending a point";
        /// Choosing one of several.
        Choose, CHOOSE, "Choosing";
        /// Answering a question in a few words.
        Ask, ASK, "Answering";
        /// Deciding what to do with a paste of many lines.
        Paste, PASTE, "Pasting many lines";
        /// Reading the help.
        Help, HELP, "Help";
        /// Reading what a file would change.
        Report, REPORT, "Reading a report";
    }
}

impl Context {
    /// Whether letters are typed as text there.
    pub fn has_line(self) -> bool {
        Contexts::LINES.contains(self.bit())
    }

    const fn bit(self) -> Contexts {
        Contexts::from_bits_retain(1 << self as u32)
    }
}

macro_rules! actions {
    ($($(#[doc = $group:literal])? $action:ident, $name:literal, $($on:ident)|+, [$($key:expr),*], $help:literal $(, $at_once:ident)?;)*) => {
        /// What a person can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $action,)*
        }

        /// Every action with its name, its keys and where it works. The first row that fits wins.
        pub const TABLE: &[KeyRow] = &[
            $(KeyRow { action: Action::$action, name: $name, on: Contexts::empty()$(.union(Contexts::$on))+, keys: &[$($key),*], help: $help, at_once: false $(|| $at_once)? },)*
        ];
    };
}

/// One row of the table.
#[derive(Debug)]
pub struct KeyRow {
    /// What it does.
    pub action: Action,
    /// Its name in help, hints and palette.
    pub name: &'static str,
    on: Contexts,
    /// The keys that ask for it; the first is the one shown in hints.
    pub keys: &'static [Key],
    /// What it does, in a sentence.
    pub help: &'static str,
    at_once: bool,
}

/// Ends the rows of actions that change at once what is chosen.
const AT_ONCE: bool = true;

impl KeyRow {
    /// Whether it works there.
    pub fn works_in(&self, context: Context) -> bool {
        self.on.contains(context.bit())
    }

    /// Whether it works nearly everywhere.
    pub fn is_everywhere(&self) -> bool {
        self.on.contains(Contexts::WORKSHOP)
    }

    /// Whether it only edits the text being typed.
    pub fn is_editing(&self) -> bool {
        self.on == Contexts::LINES
    }
}

actions! {
    Help, "Help", ANYWHERE, [Key::plain(Code::F(1))], "Shows every key of the screen you are on.";
    Palette, "Find", SCREENS, [Key::ctrl('p')], "Lists every action; type part of its name.";
    Quit, "Quit", ANYWHERE, [Key::ctrl('q')], "Quits the program. Everything is saved, unfinished text too; “saved 12” at the top counts this run's changes.";
    GoAgenda, "Agenda", WORKSHOP | SEARCH, [Key::plain(Code::F(2))], "Shows the agenda: sessions, times, questions.";
    GoCapture, "Capture", WORKSHOP | SEARCH, [Key::plain(Code::F(3))], "Captures a group's points.";
    GoOverview, "Overview", WORKSHOP | SEARCH, [Key::plain(Code::F(4))], "Shows what is covered: points by topic and group.";
    GoHandOver, "Hand over", WORKSHOP | SEARCH, [Key::plain(Code::F(5))], "Writes the consolidated feedback.";
    GoExchange, "Exchange", WORKSHOP | SEARCH, [Key::plain(Code::F(6))], "Exchanges points with other laptops and shows which groups have reported and what is missing.";
    GoConsolidate, "Consolidate", WORKSHOP | SEARCH, [Key::plain(Code::F(8))], "Turns points into comments: combine, reword, set aside.";
    GoNames, "Names", WORKSHOP | SEARCH, [Key::plain(Code::F(9))], "Shows every name that could reveal who spoke.";
    GoReadBack, "Read back", WORKSHOP | SEARCH, [Key::plain(Code::F(7))], "Shows the points to be read back to the group, which confirms, amends or disowns each one.";
    GoDraftText, "Draft text", WORKSHOP | SEARCH, [Key::plain(Code::F(10))], "Shows the draft text, paragraph by paragraph, with what was said about each.";
    GoStart, "Other workshop", WORKSHOP, [Key::plain(Code::F(12))], "Returns to the start screen.";

    Add, "Add", CAPTURE, [Key::plain(Code::Enter)], "Adds what you typed as a point. With nothing typed and a point chosen, rewords that point.";
    NewLine, "New line", CAPTURE | AMEND, [Key::ctrl('j'), Key::alt(Code::Enter)], "Starts a new line inside the point.";
    NextTopic, "Topic", CAPTURE | READ_BACK, [Key::plain(Code::Tab)], "Goes to the next topic, with any text being typed.";
    PreviousTopic, "Previous topic", CAPTURE | READ_BACK, [Key::shift(Code::Tab)], "Goes to the previous topic.";
    GoTopic, "Topic 1–9", CAPTURE | READ_BACK, [
        Key::alt(Code::Char('1')), Key::alt(Code::Char('2')), Key::alt(Code::Char('3')),
        Key::alt(Code::Char('4')), Key::alt(Code::Char('5')), Key::alt(Code::Char('6')),
        Key::alt(Code::Char('7')), Key::alt(Code::Char('8')), Key::alt(Code::Char('9'))
    ], "Goes to the topic with that number.";
    ChooseGroup, "Group", CAPTURE, [Key::ctrl('g'), Key::alt(Code::Char('g'))], "Chooses the group whose points you capture.";
    NextGroup, "Next group", CAPTURE, [Key::alt(Code::Char('n'))], "Goes to the next group.";
    Kind, "Kind", CAPTURE, [Key::ctrl('k')], "Sets the kind of the chosen point, or of the one being typed.";
    Edit, "Reword", CAPTURE, [Key::ctrl('e')], "Rewords the chosen point, or the last one.";
    Paragraph, "Paragraph", CAPTURE, [Key::ctrl('r')], "Sets the paragraph of the draft that the point is about.";
    Tags, "Tags", CAPTURE, [Key::ctrl('t')], "Adds tags to the point, for searching.";
    MoveToTopic, "Move to topic", CAPTURE, [Key::ctrl('o')], "Moves the point to another topic.";
    MoveToGroup, "Move to group", CAPTURE, [], "Moves the point to another group.";
    FileUnder, "Session", CAPTURE | CONSOLIDATE, [Key::alt(Code::Char('s'))], "Files the chosen or marked points, or all of the group's, under another session; with none chosen, sets the session for new points.";
    Indent, "Indent", CAPTURE, [Key::alt(Code::Right)], "Puts the point under the one above it.", AT_ONCE;
    Outdent, "Unindent", CAPTURE, [Key::alt(Code::Left)], "Moves the point out from under the one above it.", AT_ONCE;
    MoveUp, "Move up", CAPTURE, [Key::alt(Code::Up)], "Moves the point up in its list.", AT_ONCE;
    MoveDown, "Move down", CAPTURE, [Key::alt(Code::Down)], "Moves the point down in its list.", AT_ONCE;
    Park, "Park", CAPTURE, [Key::alt(Code::Char('p'))], "Puts the point in the parking lot, or takes it back.", AT_ONCE;
    Delete, "Delete", CAPTURE, [Key::ctrl('d')], "Deletes the point. Undo brings it back.", AT_ONCE;
    Purge, "Purge", CAPTURE, [Key::alt(Code::Char('x'))], "Removes a point's earlier wordings, or a whole point, from this laptop and from what it passes on. Asks first; this cannot be undone.";
    Settle, "Choose version", CAPTURE | READ_BACK | CONSOLIDATE | DRAFT_TEXT, [Key::alt(Code::Char('w'))], "Chooses between two laptops' versions of a point: two wordings or two topics, for example, or one deleted and one changed. Wordings can be combined.";
    Search, "Search", CAPTURE, [Key::ctrl('f')], "Finds points as you type.";
    BringBack, "Unfinished text", CAPTURE, [Key::alt(Code::Char('u'))], "Restores text that was being typed when the program stopped.";
    CloseGroup, "Group is done", CAPTURE | OVERVIEW, [Key::alt(Code::Char('c'))], "Marks the group's work as done, or reopens it. Exports are drafts until all groups are done.", AT_ONCE;
    MakeGroup, "New group", CAPTURE | OVERVIEW, [Key::alt(Code::Char('m'))], "Adds a group on the day.";
    SearchEverywhere, "Everywhere", SEARCH, [Key::plain(Code::Tab)], "Looks in all groups and topics, or only here.";
    GoToFound, "Go there", SEARCH, [Key::plain(Code::Enter)], "Goes to the point found.";

    SelectUp, "Choose", CAPTURE | SEARCH | AMEND, [Key::plain(Code::Up)], "Chooses the point above; in a text with several lines, goes up a line.";
    SelectDown, "Choose next", CAPTURE | SEARCH | AMEND, [Key::plain(Code::Down)], "Chooses the point below; in a text with several lines, goes down a line.";
    PageUp, "Page up", CAPTURE | SEARCH | LISTS, [Key::plain(Code::PageUp)], "Goes up a page.";
    PageDown, "Page down", CAPTURE | SEARCH | LISTS, [Key::plain(Code::PageDown)], "Goes down a page.";
    First, "First", CAPTURE | SEARCH, [Key::with_ctrl(Code::Home)], "Goes to the first point.";
    Last, "Last", CAPTURE | SEARCH, [Key::with_ctrl(Code::End)], "Goes back to the newest point.";

    Start, "Start", AGENDA, [Key::char('s')], "Starts the chosen session now.", AT_ONCE;
    End, "End", AGENDA, [Key::char('e')], "Ends the chosen session now.", AT_ONCE;
    Next, "Next", AGENDA, [Key::char('n')], "Ends the running session and starts the next one.";
    Extend, "Extend", AGENDA, [Key::char('+'), Key::char('x')], "Extends the session by five minutes.", AT_ONCE;
    Shorten, "Shorten", AGENDA, [Key::char('-')], "Shortens the session by five minutes.", AT_ONCE;
    Consent, "Consent", AGENDA, [Key::char('c')], "Records how the speakers of a session on the record agreed to be named.";
    OpenSession, "Capture points", AGENDA, [Key::plain(Code::Enter)], "Opens Capture for the chosen session.";

    OpenWorkshop, "Open", START, [Key::plain(Code::Enter)], "Opens what is chosen.";
    Forget, "Forget", START, [Key::plain(Code::Delete), Key::char('f')], "Removes the chosen workshop and its exports from this laptop. First lists what would be removed, and what remains elsewhere.";
    OpenCell, "Go there", OVERVIEW, [Key::plain(Code::Enter)], "Goes to the points of this topic and group.";
    Toggle, "Choose", HAND_OVER, [Key::char(' ')], "Selects or deselects a format.";
    Folder, "Folder", HAND_OVER, [Key::char('f')], "Sets the folder for the files.";
    Write, "Write", HAND_OVER, [Key::plain(Code::Enter), Key::char('w')], "Writes the files.";

    SyncNow, "Exchange now", EXCHANGE, [Key::char('s')], "Publishes this laptop's points in the shared folder and takes in the others'.";
    SharedFolder, "Folder", EXCHANGE, [Key::char('p')], "Sets the folder that all laptops use: a stick, a share, a synced folder.";
    TakeIn, "Take in", EXCHANGE, [Key::char('m')], "Takes in bundles or workshops from a file or folder.";
    WriteBundle, "Bundle", EXCHANGE, [Key::char('b')], "Writes this laptop's points as one file to carry to the facilitator.";
    HandOut, "Hand out", EXCHANGE, [Key::char('h')], "Writes a file for each group's laptop to start from, with that group's points only.";
    HandOutMore, "Hand out more", EXCHANGE, [Key::char('H')], "Writes a file for each group's laptop that also has other groups' points or the participants' names.";
    SecondCopy, "Second copy", EXCHANGE, [Key::char('c')], "Keeps a second copy of everything in a folder on a stick, up to date while people work.";
    Lock, "Meeting's key", EXCHANGE, [Key::char('k')], "Sets the meeting's key with a passphrase, the same on every laptop. It locks what is written and opens what comes in.";
    OwnGroup, "Own group", EXCHANGE, [Key::char('g')], "Sets the group this laptop works for.";
    OpenBoth, "Choose version", EXCHANGE, [Key::plain(Code::Enter)], "Goes to a point that two laptops changed, to choose a version.";

    NewComment, "New comment", CONSOLIDATE, [Key::char('n'), Key::plain(Code::Enter)], "Makes a comment from the chosen point or from all marked ones; the first marked point supplies the words. On the comments' side, Enter rewords.", AT_ONCE;
    Mark, "Mark", CONSOLIDATE, [Key::char(' ')], "Marks points, to act on several at once.", AT_ONCE;
    PutInto, "Put into", CONSOLIDATE, [Key::char('p')], "Puts the point, or all marked ones, into the comment chosen on the other side.", AT_ONCE;
    PutIntoNumber, "Put into 1–9", CONSOLIDATE, [
        Key::char('1'), Key::char('2'), Key::char('3'), Key::char('4'), Key::char('5'),
        Key::char('6'), Key::char('7'), Key::char('8'), Key::char('9')
    ], "Puts the point, or all marked ones, into the comment with that number. Numbers do not change when other comments arrive.", AT_ONCE;
    PutIntoWhich, "Put into which", CONSOLIDATE, [Key::char('P')], "Puts the point, or all marked ones, into a comment found by its words.";
    SetAside, "Set aside", CONSOLIDATE, [Key::char('x')], "Sets the point, or all marked ones, aside with a reason.";
    Alike, "Similar", CONSOLIDATE, [Key::char('='), Key::char('l')], "Suggests similar points from all groups and topics. Nothing is combined automatically.";
    Filter, "Filter", CONSOLIDATE, [Key::char('/'), Key::ctrl('f')], "Shows the points that contain the words you type; Tab searches all topics.";
    SwitchSide, "Other side", CONSOLIDATE | DRAFT_TEXT, [Key::plain(Code::Tab), Key::shift(Code::Tab)], "Switches to the other side of the screen.";
    ShowAll, "All points", CONSOLIDATE, [Key::char('o')], "Shows all points, or only the open ones.";
    BackToOpen, "Reopen", CONSOLIDATE, [Key::char('b')], "Reopens the point or all marked points. On the comments' side, removes a source.", AT_ONCE;
    ToTopic, "Move to topic", CONSOLIDATE, [Key::char('t')], "Moves the points (on the comments' side, the comment) to another topic.";
    EarlierTopic, "Previous topic", CONSOLIDATE, [Key::char('['), Key::alt(Code::Left)], "Goes to the previous topic.";
    LaterTopic, "Next topic", CONSOLIDATE, [Key::char(']'), Key::alt(Code::Right)], "Goes to the next topic.";
    RewordComment, "Reword", CONSOLIDATE, [Key::char('w')], "Rewords the chosen comment. If left empty, it takes the words of its first source.";
    Merge, "Merge", CONSOLIDATE, [Key::char('m')], "Merges the chosen comment into another one, with all its sources.";
    Split, "Split", CONSOLIDATE, [Key::char('s')], "Splits a source off the comment into a comment of its own.";
    Alternative, "Alternative", CONSOLIDATE, [Key::char('v')], "Adds a conflicting wish to the comment as an alternative, from the chosen or marked points or typed by you.", AT_ONCE;
    DropAlternative, "Remove alternative", CONSOLIDATE, [Key::char('V')], "Removes an alternative from the comment.";
    CommentKind, "Kind", CONSOLIDATE, [Key::char('k')], "Sets the kind of the chosen comment.";
    CommentParagraph, "Paragraph", CONSOLIDATE, [Key::char('r')], "Sets the paragraph of the draft that the comment is about.";
    Agreed, "Convergence", CONSOLIDATE, [Key::char('c')], "Records how far the groups agree on the comment.";
    Who, "Who, by when", CONSOLIDATE, [Key::char('d')], "Sets who (which role) carries it out, and by when.";
    CommentUp, "Comment up", CONSOLIDATE, [Key::alt(Code::Up)], "Moves the comment up in its topic.", AT_ONCE;
    CommentDown, "Comment down", CONSOLIDATE, [Key::alt(Code::Down)], "Moves the comment down in its topic.", AT_ONCE;
    GiveUp, "Dissolve", CONSOLIDATE, [Key::plain(Code::Delete)], "Dissolves the comment; its sources are open again.", AT_ONCE;
    EditLegend, "Quantifiers", CONSOLIDATE, [Key::char('L')], "Sets the words for shares of the groups: “most”, “few”.";
    TakeNeutral, "Neutral", NAMES, [Key::char('n')], "Uses the neutral wording that is shown.";
    RewordName, "Reword", NAMES, [Key::char('r')], "Rewords it by hand.";
    Waive, "May stay", NAMES, [Key::char('w')], "Lets the name stay, for a reason that is printed in every export.";
    IsSubject, "Subject", NAMES, [Key::char('s')], "Decides that the name is only what the text is about and does not reveal who spoke.";
    AllSubjects, "All mentions", NAMES, [Key::char('S')], "Lists this name's other mentions, except more urgent ones, to be decided as subjects together.";
    ByPhrase, "Phrase", NAMES, [Key::char('p')], "Lists all names in the same phrase, such as “travel to …”, to be decided as subjects together, future ones too.";
    ByConsent, "Consent", NAMES, [Key::char('c')], "Lets every name stay that is covered by this session's recorded consent.";
    HoldName, "Hold", NAMES, [Key::char('h')], "Holds the name until it is reworded, whatever another laptop decides.";
    AcceptGiven, "Accept agenda", NAMES, [Key::char('a')], "Accepts the names in the agenda and the draft text as they are, all at once.";
    Decided, "Decided", NAMES, [Key::char('d')], "Lists the names that were decided on; Enter reverses a decision.";
    OpenNamed, "Go there", NAMES, [Key::plain(Code::Enter)], "Goes to the point in its list.";

    Confirm, "Confirm", READ_BACK, [Key::plain(Code::Enter), Key::char('y')], "Records that the group confirms the point as it is, and goes to the next unconfirmed one.", AT_ONCE;
    Amend, "Amend", READ_BACK, [Key::char('a')], "Changes the words while the group listens; Enter saves and confirms the point.";
    NotOurs, "Not ours", READ_BACK, [Key::char('n')], "Records that the group says the point is not theirs. It stays until someone sets it aside.", AT_ONCE;
    Reserve, "Reservation", READ_BACK, [Key::char('r')], "Confirms the point with a reservation, in the group's words.";
    Converge, "Convergence", READ_BACK, [Key::char('c')], "Records how far the group agreed.";
    Hands, "Hands", READ_BACK, [Key::char('h')], "Records a show of hands: for, against, abstaining. No names.";
    Flag, "Flag", READ_BACK, [Key::char('f')], "Flags a point if someone could tell who said it. Like a name, it must be decided on before you export. Press again to remove the flag.", AT_ONCE;
    Nobody, "Nobody", READ_BACK, [Key::char('o')], "Records that, of the points read and not flagged, nobody could tell who said them.";
    Unconfirmed, "Not confirmed", READ_BACK, [Key::char('l')], "Lists points, on all topics, that the group has not confirmed or that changed since.";
    Seal, "Seal", READ_BACK, [Key::char('s')], "Records that the group endorses its points on the topic as they are, or removes the seal.", AT_ONCE;
    Bare, "Words only", READ_BACK, [Key::char('b')], "Shows only the words, large enough for the back of the room if they fit.";
    OtherGroup, "Group", READ_BACK, [Key::char('g'), Key::ctrl('g')], "Switches to another group.";

    Propose, "Propose", DRAFT_TEXT, [Key::char('e')], "Edits the paragraph and records the change as the group's proposal; on a proposal, amends it.";
    ProposeNew, "New paragraph", DRAFT_TEXT, [Key::char('n')], "Proposes a new paragraph after the chosen one.";
    ProposeDeletion, "Propose deletion", DRAFT_TEXT, [Key::char('x')], "Proposes to delete the paragraph.";
    TakeDownHere, "Add point", DRAFT_TEXT, [Key::char('p')], "Adds a point on the paragraph.";
    OpenSaid, "Go there", DRAFT_TEXT, [Key::plain(Code::Enter)], "Goes to the chosen point or comment; in the text, adds a point on the paragraph.";
    AnswerSaid, "Answer", DRAFT_TEXT, [Key::char('a')], "Records what the drafters decided on a comment or a point, and their response.";
    PinTo, "Paragraph", DRAFT_TEXT, [Key::char('t')], "Sets the paragraph that the chosen point or comment is about, or none.";
    JumpTo, "Go to label", DRAFT_TEXT, [Key::char('/'), Key::char('g'), Key::ctrl('f')], "Goes to a paragraph by its label or its words.";
    NextSilent, "Next without point", DRAFT_TEXT, [Key::char('u')], "Goes to the next paragraph without a point.";
    Compiled, "All proposals", DRAFT_TEXT, [Key::char('c')], "Shows the text with all proposals in brackets, or as it is.";
    TakeInText, "Import", DRAFT_TEXT, [Key::char('i')], "Imports a draft text, a newer version, or a matrix that drafters filled in.";

    Accept, "Accept", CHOOSE | ASK | AMEND | REPORT, [Key::plain(Code::Enter)], "Takes the choice or the answer.";
    WordsBefore, "Phrase before", REPORT, [Key::plain(Code::Left)], "Takes the previous phrase: fewer or other words beside the name.";
    WordsAfter, "Next phrase", REPORT, [Key::plain(Code::Right)], "Takes the next phrase: other or more words beside the name.";
    OnePoint, "One point", PASTE, [Key::char('o'), Key::plain(Code::Enter)], "Puts all the lines into the text being typed.";
    OneEach, "One each", PASTE, [Key::char('e')], "Adds every line as a point of its own.";

    Up, "Up", LISTS, [Key::plain(Code::Up)], "Goes up.";
    Down, "Down", LISTS, [Key::plain(Code::Down)], "Goes down.";
    Left, "Left", OVERVIEW | CONSOLIDATE | DRAFT_TEXT, [Key::plain(Code::Left)], "Goes left.";
    Right, "Right", OVERVIEW | CONSOLIDATE | DRAFT_TEXT, [Key::plain(Code::Right)], "Goes right.";
    Top, "Top", SCROLLED, [Key::plain(Code::Home)], "Goes to the top.";
    Bottom, "Bottom", SCROLLED, [Key::plain(Code::End)], "Goes to the bottom.";

    Copy, "Copy", SCREENS, [Key::ctrl('c')], "Copies the chosen point, comment or paragraph. One with a name on which nobody has decided stays in the room. Other text: hold Shift and select it with the mouse.";
    Undo, "Undo", WORKSHOP | ASK | SEARCH | AMEND, [Key::ctrl('z')], "Undoes typing or, with nothing typed, the last change.";
    Redo, "Redo", WORKSHOP | ASK | SEARCH | AMEND, [Key::ctrl('y')], "Redoes what was undone.";
    LineLeft, "Left", LINES, [Key::plain(Code::Left), Key::ctrl('b')], "Goes one letter left.";
    LineRight, "Right", LINES, [Key::plain(Code::Right)], "Goes one letter right.";
    WordLeft, "Word left", LINES, [Key::with_ctrl(Code::Left), Key::alt(Code::Char('b'))], "Goes one word left.";
    WordRight, "Word right", LINES, [Key::with_ctrl(Code::Right), Key::alt(Code::Char('f'))], "Goes one word right.";
    LineHome, "Line start", LINES, [Key::plain(Code::Home), Key::ctrl('a')], "Goes to the start of the line.";
    LineEnd, "Line end", LINES, [Key::plain(Code::End)], "Goes to the end of the line.";
    Backspace, "Erase", LINES, [Key::plain(Code::Backspace), Key::ctrl('h')], "Deletes the character before the cursor.";
    DeleteLetter, "Erase forward", LINES, [Key::plain(Code::Delete)], "Deletes the character after the cursor.";
    DeleteWord, "Erase word", LINES, [Key::ctrl('w'), Key::alt(Code::Backspace)], "Deletes the word before the cursor.";
    Clear, "Erase all", LINES, [Key::ctrl('u')], "Deletes the whole text; undo brings it back.";
    Back, "Back", ANYWHERE, [Key::plain(Code::Esc)], "Goes back, or closes what is open. Nothing is lost.";
    HelpLetter, "Help", BROWSED | PASTE | HELP, [Key::char('?')], "Shows every key of the screen you are on.";
}

impl Action {
    /// Whether it changes at once what is chosen. An action that asks first names what it asks about.
    pub(super) fn acts_at_once(self) -> bool {
        row(self).at_once
    }

    /// Where it goes from this place of a list of which a page is shown, if it goes anywhere. The list
    /// may be shorter.
    pub(super) fn place_from(self, at: usize, page: impl FnOnce() -> usize) -> Option<usize> {
        match self {
            Self::Up | Self::SelectUp => Some(at.saturating_sub(1)),
            Self::Down | Self::SelectDown => Some(at + 1),
            Self::PageUp => Some(at.saturating_sub(page())),
            Self::PageDown => Some(at.saturating_add(page())),
            Self::Top | Self::First => Some(0),
            Self::Bottom | Self::Last => Some(usize::MAX),
            _ => None,
        }
    }
}

/// The row a key asks for there.
pub fn find(context: Context, key: Key) -> Option<&'static KeyRow> {
    TABLE.iter().find(|row| row.works_in(context) && row.keys.contains(&key))
}

/// The row of an action.
pub fn row(action: Action) -> &'static KeyRow {
    // The table is made together with the enum, in the same order.
    &TABLE[action as usize]
}

/// The key shown for an action.
pub fn key_of(action: Action) -> Option<Key> {
    row(action).keys.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in Context::ALL {
            let mut seen: Vec<(Key, &str)> = Vec::new();
            for row in TABLE.iter().filter(|row| row.works_in(*context)) {
                for key in row.keys {
                    let before = seen.iter().find(|(other, _)| other == key);
                    assert!(before.is_none(), "{context:?}: {key} is {} and {before:?}", row.name);
                    seen.push((*key, row.name));
                }
            }
        }
    }

    #[test]
    fn rows_are_where_their_action_says() {
        for row in TABLE {
            assert_eq!(super::row(row.action).name, row.name);
            assert!(row.help.ends_with('.'), "{}", row.name);
        }
    }

    #[test]
    fn no_letter_is_a_command_where_one_types() {
        for context in Context::ALL.iter().filter(|context| context.has_line()) {
            for row in TABLE.iter().filter(|row| row.works_in(*context)) {
                for key in row.keys {
                    assert_eq!(key.letter(), None, "{context:?}: {}", row.name);
                }
            }
        }
    }
}
