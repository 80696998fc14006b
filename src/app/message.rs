//! Everything that can happen to the program.

use std::{collections::HashSet, path::PathBuf};

use super::{CourierReport, Key, Mouse, Offer, OpenTarget, Progress, RememberedExchange, Words};
use crate::workshop::{
    Change, Gaps, GroupId, Moment, Names, Pin, PointId, Record, SessionId, TopicId, Workshop,
    WriterId,
};

/// Something that happened, as reported by the shell.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Esc and a letter came together: this key with Alt, or Esc and then the letter.
    AltOrEsc(Key),
    /// A text was pasted, with whatever is in it.
    Paste(String),
    /// Letters came faster than anybody types, with Enter or Tab in them: a paste, as far as one can tell.
    Burst(String),
    /// These letters, which were typed last, belong to the burst that follows.
    TakeBack(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal now has this many columns and rows.
    Resize(u16, u16),
    /// The time is now this. It comes before anything else that happens.
    Clock(Moment),
    /// A workshop is being opened: what its founding record says, before its points are read.
    Opened(Box<OpenedWorkshop>),
    /// Everything that the disk has of the workshop was read.
    Loaded(Box<StoredWorkshop>),
    /// These workshops can be opened.
    Offers(Vec<Offer>),
    /// A workshop could not be opened or made; the reason, in the facilitator's words.
    Refused(String),
    /// What a person should know about the workshop that was opened, in words.
    Noted(String),
    /// A bundle that was to be opened is locked.
    Locked(PathBuf),
    /// What opening this would change here, which a person must agree to first.
    Changes(OpenTarget, Vec<String>),
    /// Records came in from another program or laptop.
    Arrived(Vec<Record>),
    /// This many records of this run are on the disk.
    Saved(u64),
    /// The disk does not take what was entered; the reason, in the facilitator's words.
    NotSaved(String),
    /// The disk does not keep what is being typed; the reason.
    NotKept(String),
    /// The disk keeps what is being typed again.
    Kept,
    /// Which of the workshop's files cannot be read, and what is missing. Replaces what was reported
    /// before.
    Missing(Vec<String>, Gaps),
    /// How far the writing of the files has come.
    Writing(Progress),
    /// The export ended: what was written, or why not.
    Written(Result<ExportReport, String>),
    /// A draft text or the answers of drafters were read: what they would change.
    TakenIn(Box<TakenIn>),
    /// What would be removed from this laptop with the workshop in a folder.
    Forgetting(PathBuf, Vec<String>),
    /// Something was removed for good: what is left here and elsewhere, in words.
    Left(Vec<String>),
    /// Nobody has pressed a key for a moment, so there is time for what can wait.
    Idle,
    /// The courier reports what came in from other laptops, or went out to them.
    Carried(CourierReport),
}

/// What a file would change here: a draft text, or the answers of drafters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// What taking it in is called in the undo history.
    pub what: &'static str,
    /// What was found in it, line by line.
    pub report: Vec<String>,
    /// The changes it would make; none if there is nothing to take in.
    pub changes: Vec<Change>,
}

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExportReport {
    /// The files written.
    pub files: Vec<PathBuf>,
    /// Where the files are now that had their names before, with other content.
    pub kept: Vec<PathBuf>,
    /// Those of them that have another name because another program has the earlier file open.
    pub beside: Vec<PathBuf>,
    /// Whether the disk cannot restrict a file to one account.
    pub exposed: bool,
}

/// What is known about a workshop before its points are read.
#[derive(Debug)]
pub struct OpenedWorkshop {
    /// The agenda it was founded on.
    pub workshop: Workshop,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether other accounts can read it there.
    pub exposed: bool,
    /// The writer under whose name changes are made.
    pub writer: WriterId,
    /// Where its exports go by default.
    pub exports: PathBuf,
    /// What this machine remembers about its exchange with others.
    pub exchange: RememberedExchange,
    /// Go straight to this group and topic.
    pub group: Option<GroupId>,
    /// Go straight to this topic.
    pub topic: Option<TopicId>,
}

/// What the disk has of a workshop.
#[derive(Debug)]
pub struct StoredWorkshop {
    /// All its records, folded.
    pub workshop: Workshop,
    /// The names to look for in the words.
    pub names: Names,
    /// The writers of this laptop.
    pub own: HashSet<WriterId>,
    /// Their words, folded for searching.
    pub words: Words,
    /// What could not be read, and where.
    pub damage: Vec<String>,
    /// Text that was typed and not entered when a program died.
    pub unfinished: Vec<UnfinishedText>,
}

/// A text somebody was typing when the program died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedText {
    /// The group it was typed for.
    pub group: GroupId,
    /// The topic it was typed for.
    pub topic: TopicId,
    /// The session it was filed under.
    pub session: Option<SessionId>,
    /// The point that was being reworded, if one was.
    pub editing: Option<PointId>,
    /// The paragraph of the draft text that it was proposed for, if it was.
    pub proposing: Option<Pin>,
    /// The text.
    pub text: String,
}
