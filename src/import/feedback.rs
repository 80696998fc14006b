//! A feedback file, read back into a workshop for those who continue with it.
//!
//! RON or JSON, recognised by the content. A file that somebody edited by hand is accepted, with a
//! warning: its checksum no longer fits, and everything counted is counted again. Anything that cannot
//! be accepted is refused whole, with all its mistakes and their places.
//!
//! ```
//! use rapporteur::feedback::{Feedback, Gate, in_turn};
//! use rapporteur::names::SearchCounts;
//! use rapporteur::{export, import, workshop::*};
//!
//! let workshop = Workshop::new(&Agenda { title: "Budget day".into(), ..Agenda::default() });
//! let names = workshop.names();
//! let searched = SearchCounts::default();
//! let gate = Gate { workshop: &workshop, names: &names, waive: None, searched };
//! let mut file = Vec::new();
//! let sent = gate.clear(Feedback::of(&workshop, "0.1.0"), &in_turn).unwrap();
//! export::write(export::Format::Ron, &sent, &mut file, &mut |_, _| true).unwrap();
//!
//! let received = import::feedback::read("budget.ron", &file).unwrap();
//! assert_eq!(received.feedback, *sent);
//! let mut again = Workshop::new(&received.agenda());
//! received.records().into_iter().for_each(|record| again.apply(record));
//! assert_eq!(Feedback::of(&again, "0.1.0").points, sent.points);
//! ```

mod check;
mod notation;
mod pen;
mod records;

use std::{borrow::Cow, fmt};

use serde::Deserialize;

use super::{Mistake, Mistakes};
use crate::feedback::{
    Audit, Awaited, Counts, CoverageRow, DraftText, FORMAT, Feedback, Meeting, VERSION,
};
use crate::workshop::{clean, is_newer_version};
use check::FeedbackCheck;
use notation::{Notation, Raw, UNKNOWN};

/// The largest file that is read, in bytes: three times what 100,000 points take.
pub const LARGEST: usize = 128 << 20;

/// The version of this program.
const OWN: &str = env!("CARGO_PKG_VERSION");

/// A feedback file as it was received.
#[derive(Clone, Debug)]
pub struct ReceivedFeedback {
    /// What is in it.
    pub feedback: Feedback<'static>,
    /// Whether its content no longer matches its checksum.
    pub altered: bool,
}

impl ReceivedFeedback {
    /// What to say to the person who imports it.
    pub fn warning(&self) -> Option<&'static str> {
        self.altered.then_some(
            "The checksum does not fit: this file was edited, or damaged, after it was written. \
             Counts and coverage are calculated again. If nobody edited it, ask for it again.",
        )
    }
}

/// Why a file is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableFeedback {
    /// Larger than any feedback, in bytes.
    TooLarge(usize),
    /// Not UTF-8 from this byte on.
    NotText(usize),
    /// Something other than feedback.
    NotFeedback,
    /// In a later format than this program reads.
    Newer(u32),
    /// By this later version of the program, with something that this one does not know.
    NewerProgram(String),
    /// Feedback with mistakes in it.
    Wrong(Mistakes),
}

impl fmt::Display for UnreadableFeedback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) => write!(
                f,
                "This file has {} MB; a feedback file has {} MB at most.",
                bytes >> 20,
                LARGEST >> 20
            ),
            Self::NotText(offset) => write!(
                f,
                "This is not text from byte {offset} on. A feedback file is UTF-8; save it so."
            ),
            Self::NotFeedback => f.write_str(
                "This is not a feedback file. Choose one that ends in .feedback.ron or \
                 .feedback.json, or a matrix with its headings, a workbook or .csv.",
            ),
            Self::Newer(version) => write!(
                f,
                "A newer rapporteur made this feedback: its format is {version}, and this one reads \
                 up to {VERSION}. Install the newer one to import it."
            ),
            Self::NewerProgram(version) => write!(
                f,
                "A newer rapporteur made this feedback, {version}, and this one, {OWN}, does not \
                 know everything in it. Install the newer one to import it."
            ),
            Self::Wrong(mistakes) => fmt::Display::fmt(mistakes, f),
        }
    }
}

impl std::error::Error for UnreadableFeedback {}

/// The file before its lists are read, so that every mistake in them is found and not only the first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "R: Deserialize<'de>"))]
struct UncheckedFeedback<R> {
    schema: String,
    program: String,
    checksum: String,
    draft: Vec<Cow<'static, str>>,
    #[serde(default)]
    awaited: Vec<Awaited>,
    meeting: Meeting<'static>,
    sessions: Vec<R>,
    topics: Vec<R>,
    groups: Vec<R>,
    counts: Counts,
    account: String,
    coverage: Vec<CoverageRow>,
    #[serde(default)]
    legend: Vec<R>,
    #[serde(default)]
    draft_text: Option<DraftText<'static>>,
    #[serde(default, rename = "statements")]
    comments: Vec<R>,
    #[serde(default)]
    seals: Vec<R>,
    #[serde(default)]
    audit: Audit<'static>,
    points: Vec<R>,
}

/// Reads a feedback file; the name is used in messages about its mistakes.
pub fn read(name: &str, bytes: &[u8]) -> Result<ReceivedFeedback, UnreadableFeedback> {
    if bytes.len() > LARGEST {
        return Err(UnreadableFeedback::TooLarge(bytes.len()));
    }
    let text =
        str::from_utf8(bytes).map_err(|error| UnreadableFeedback::NotText(error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let notation = Notation::of(text);
    let taken = match notation {
        Notation::Ron => take::<&ron::value::RawValue>(notation, name, text),
        Notation::Json => take::<&serde_json::value::RawValue>(notation, name, text),
    };
    taken.map_err(|why| newer(notation, text, &why).unwrap_or(why))
}

/// Says that a newer program made a file, if that is why it cannot be read.
fn newer(notation: Notation, text: &str, why: &UnreadableFeedback) -> Option<UnreadableFeedback> {
    #[derive(Deserialize)]
    struct Head {
        program: String,
    }
    let UnreadableFeedback::Wrong(Mistakes(mistakes)) = why else { return None };
    let schema = text.split_once(FORMAT).and_then(|(_, rest)| rest.split_once('"'));
    let version = schema.and_then(|(version, _)| version.parse().ok());
    if let Some(version) = version.filter(|version| *version > VERSION) {
        return Some(UnreadableFeedback::Newer(version));
    }
    let is_unknown = |mistake: &Mistake| UNKNOWN.iter().any(|it| mistake.what.contains(it));
    if !mistakes.iter().any(is_unknown) {
        return None;
    }
    let program = notation.parse::<Head>(text).ok()?.program;
    let version = program.strip_prefix("rapporteur ")?;
    let is_newer = is_newer_version(version, OWN) && clean(version).len() < 40;
    is_newer.then(|| UnreadableFeedback::NewerProgram(clean(version).into_owned()))
}

fn take<'t, R: Raw<'t> + Deserialize<'t>>(
    notation: Notation,
    name: &str,
    text: &'t str,
) -> Result<ReceivedFeedback, UnreadableFeedback> {
    let sheet: UncheckedFeedback<R> = match notation.parse(text) {
        Ok(sheet) => sheet,
        Err(fault) => {
            look_at_schema(notation, text)?;
            return Err(UnreadableFeedback::Wrong(notation::mistakes(name, text, vec![fault])));
        }
    };
    check_schema(&sheet.schema)?;
    let mut check = FeedbackCheck::new(notation, text);
    let (sessions, topics) = (check.sessions(&sheet.sessions), check.topics(&sheet.topics));
    let groups = check.groups(&sheet.groups);
    check.plan(&sheet.sessions, &sessions);
    let points = check.points(&sheet.points);
    let comments = check.comments(&sheet.comments, &points);
    check.lineage(&sheet.points, &points, &comments);
    check.audit(&sheet.audit, &sessions, &points, &comments);
    let feedback = Feedback {
        schema: sheet.schema.into(),
        program: sheet.program.into(),
        checksum: sheet.checksum.into(),
        draft: sheet.draft,
        missing: Vec::new(),
        awaited: sheet.awaited,
        meeting: sheet.meeting,
        sessions,
        topics,
        groups,
        counts: sheet.counts,
        account: sheet.account.into(),
        coverage: sheet.coverage,
        legend: check.legend(&sheet.legend),
        draft_text: sheet.draft_text,
        comments,
        seals: check.seals(&sheet.seals),
        audit: sheet.audit,
        points,
    };
    check.whole(&feedback);
    check.end(name)?;
    let altered = feedback.digest() != feedback.checksum;
    Ok(ReceivedFeedback { feedback: check::cleaned(feedback), altered })
}

/// Whether a file that cannot be read itself says why.
fn look_at_schema(notation: Notation, text: &str) -> Result<(), UnreadableFeedback> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    match notation.parse::<Head>(text) {
        Ok(Head { schema: Some(schema) }) => check_schema(&schema),
        Ok(Head { schema: None }) => Err(UnreadableFeedback::NotFeedback),
        Err(_) if text.contains(FORMAT) => Ok(()),
        Err(_) => Err(UnreadableFeedback::NotFeedback),
    }
}

fn check_schema(schema: &str) -> Result<(), UnreadableFeedback> {
    match schema.strip_prefix(FORMAT).and_then(|version| version.parse().ok()) {
        Some(1..=VERSION) => Ok(()),
        Some(version) if version > VERSION => Err(UnreadableFeedback::Newer(version)),
        _ => Err(UnreadableFeedback::NotFeedback),
    }
}
