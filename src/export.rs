//! One file per format: feedback in, bytes out.
//!
//! An export cannot reach a name. It takes [`Feedback`] that has passed the gate ([`ClearedDocument`]), never
//! a workshop:
//!
//! ```compile_fail,E0308
//! use rapporteur::{export, workshop::{Agenda, Workshop}};
//!
//! let workshop = Workshop::new(&Agenda::default());
//! let _ = export::write(export::Format::Json, &workshop, &mut Vec::new(), &mut |_, _| true);
//! ```
//!
//! nor feedback that nobody checked:
//!
//! ```compile_fail,E0308
//! use rapporteur::{export, feedback::Feedback, workshop::{Agenda, Workshop}};
//!
//! let feedback = Feedback::of(&Workshop::new(&Agenda::default()), "0.1.0");
//! let _ = export::write(export::Format::Json, &feedback, &mut Vec::new(), &mut |_, _| true);
//! ```
//!
//! And in feedback, delegations are only a number:
//!
//! ```compile_fail,E0308
//! use rapporteur::feedback::Feedback;
//!
//! fn names<'a>(feedback: &'a Feedback) -> &'a [String] {
//!     &feedback.meeting.delegations
//! }
//! ```

mod about;
mod comments;
mod csv;
mod docx;
mod html;
mod json;
mod markdown;
mod matrix;
mod ooxml;
mod ron;
mod schema;
mod script;
mod words;
mod xlsx;

use std::fmt;
use std::io::{self, Write};

use crate::feedback::{ClearedDocument, Feedback, is_device_name};
use xlsx::template::{self, Template};

pub use schema::text as schema;

/// A kind of file in which feedback is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Everything, for this program and for people who edit by hand.
    Ron,
    /// Everything, for other programs, with a published schema.
    Json,
    /// One row per point, for spreadsheets.
    Csv,
    /// One row per comment, for spreadsheets.
    Comments,
    /// What people must know about the tables: legend, account, audit.
    About,
    /// For reading, as plain text.
    Markdown,
    /// The comment matrix and the text with tracked changes, for Word.
    Docx,
    /// What drafters fill in and send back, with everything that they must know about it.
    Xlsx,
    /// Only the same table.
    Matrix,
    /// The table in the form of ISO and IEC.
    Iso,
    /// The table in the form of the Online Commenting System.
    Ocs,
    /// Everything on one page, for a browser and for print.
    Html,
    /// A page for each group: what happened to its points.
    Became,
    /// What drafters decided, as a report.
    Dispositions,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Ron,
        Self::Json,
        Self::Csv,
        Self::Comments,
        Self::About,
        Self::Markdown,
        Self::Docx,
        Self::Xlsx,
        Self::Matrix,
        Self::Iso,
        Self::Ocs,
        Self::Html,
        Self::Became,
        Self::Dispositions,
    ];

    /// Its name as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ron => "RON",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Comments => "Comments",
            Self::About => "About",
            Self::Markdown => "Markdown",
            Self::Xlsx => "XLSX",
            Self::Matrix => "Matrix",
            Self::Iso => "ISO",
            Self::Ocs => "OCS",
            Self::Docx => "DOCX",
            Self::Html => "HTML",
            Self::Became => "Became",
            Self::Dispositions => "Dispositions",
        }
    }

    /// The ending of its file names, which is also its name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Ron => "ron",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Comments => "statements.csv",
            Self::About => "about.csv",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
            Self::Matrix => "matrix.csv",
            Self::Iso => "iso.xlsx",
            Self::Ocs => "ocs.xlsx",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Became => "became.html",
            Self::Dispositions => "dispositions.html",
        }
    }

    /// What it is good for, in one line.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Ron => "everything; can be imported again or edited by hand",
            Self::Json => "everything, for other programs",
            Self::Csv => "one row per point, for Excel and LibreOffice",
            Self::Comments => "also CSV: one row per comment, with its sources",
            Self::About => "also CSV: legend, totals, gaps, seals and name check",
            Self::Markdown => "to read or paste: comments, points, sources, totals",
            Self::Xlsx => "comment matrix to fill in and send back (Excel)",
            Self::Matrix => "the same matrix as CSV",
            Self::Iso => "the columns of the ISO/IEC commenting template",
            Self::Ocs => "the columns of a report from ISO's commenting system (OCS)",
            Self::Docx => "Word: comment matrix, draft with tracked changes",
            Self::Html => "one web page to read, search or print, with charts",
            Self::Became => "also HTML: what became of each group's points",
            Self::Dispositions => "also HTML: drafters' decisions, and what is unanswered",
        }
    }

    /// Whether it is written by default. Formats about the drafters' answers are
    /// for when there are answers, and forms that some secretariats prescribe are for those who ask.
    pub fn is_usual(self) -> bool {
        !matches!(self, Self::Became | Self::Dispositions | Self::Iso | Self::Ocs)
    }

    /// The format with this extension or name.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim_start_matches('.');
        Self::ALL.into_iter().find(|format| {
            word.eq_ignore_ascii_case(format.extension())
                || word.eq_ignore_ascii_case(format.name())
        })
    }

    /// The file's name for a meeting: `asean-declaration.feedback.ron`. Whatever the meeting's id
    /// is, the result is one plain name and never a path.
    pub fn file_name(self, meeting: &str) -> String {
        let plain = |letter: char| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => letter,
            letter if letter.is_alphanumeric() => letter,
            _ => '-',
        };
        let stem: String = meeting.trim().chars().take(60).map(plain).collect();
        let stem = stem.trim_matches('-');
        let stem = if stem.is_empty() { "workshop" } else { stem };
        let end = if is_device_name(stem) { "-" } else { "" };
        format!("{stem}{end}.feedback.{}", self.extension())
    }
}

/// Why a file was not written completely.
#[derive(Debug)]
pub enum WriteError {
    /// `progress` stopped it.
    Stopped,
    /// It could not be written.
    Failed(io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("The export was stopped before its end."),
            Self::Failed(why) => write!(
                f,
                "The export could not be written: {why}. Choose another folder or make room, then \
                 export again."
            ),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(why: io::Error) -> Self {
        Self::Failed(why)
    }
}

/// Writes the feedback in a format.
///
/// `progress` is called now and then with how many of how many points are written, and returns whether
/// to go on. The bytes go out in small pieces, so `out` should be buffered.
pub fn write(
    format: Format,
    feedback: &ClearedDocument<Feedback<'_>>,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<(), WriteError> {
    let feedback: &Feedback<'_> = feedback;
    let all = feedback.points.len();
    let mut stopped = false;
    let mut go_on = |done: usize| {
        stopped |= done.is_multiple_of(EVERY) && !progress(done, all);
        !stopped
    };
    let written = match format {
        Format::Ron => ron::write(feedback, out, &mut go_on),
        Format::Json => json::write(feedback, out, &mut go_on),
        Format::Csv => csv::write(feedback, out, &mut go_on),
        Format::Comments => comments::write(feedback, out, &mut go_on),
        Format::About => about::write(feedback, out, &mut go_on),
        Format::Markdown => markdown::write(feedback, out, &mut go_on),
        Format::Xlsx => xlsx::write(feedback, out, &mut go_on),
        Format::Matrix => matrix::write(feedback, out, &mut go_on),
        Format::Iso => template::write(Template::Iso, feedback, out, &mut go_on),
        Format::Ocs => template::write(Template::Ocs, feedback, out, &mut go_on),
        Format::Docx => docx::write(feedback, out, &mut go_on),
        Format::Html => html::write(feedback, out, &mut go_on),
        Format::Became => html::became(feedback, out, &mut go_on),
        Format::Dispositions => html::dispositions(feedback, out, &mut go_on),
    };
    if stopped {
        return Err(WriteError::Stopped);
    }
    written?;
    out.flush()?;
    if progress(all, all) { Ok(()) } else { Err(WriteError::Stopped) }
}

/// After how many points `progress` is called: several times in each frame of a screen.
const EVERY: usize = 256;

/// What the formats call with their progress; it returns whether to go on.
type GoOn<'a> = &'a mut dyn FnMut(usize) -> bool;

/// The error with which a format ends early.
fn stopped() -> io::Error {
    io::Error::from(io::ErrorKind::Interrupted)
}
