//! What came back: a value for each row, and for everything else that a person should look at. The report
//! for people and the one for scripts are both made from these.

use super::vocabulary::CellReading;
use crate::workshop::{Change, Disposition, Refusal, Stamp, Subject, Workshop};

/// An answer that drafters gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftersAnswer {
    /// What it answers.
    pub of: Subject,
    /// What they decided.
    pub to: Disposition,
    /// The answers that the person who filled it in saw: these are replaced. Others are kept beside
    /// it.
    pub seen: Vec<Stamp>,
}

/// A matrix as it came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedMatrix {
    /// The name of the file on this laptop: it may name people, so it stays here.
    pub copy: String,
    /// Its rows, in the order of the file.
    pub rows: Vec<ReturnedRow>,
    /// What a person should look at besides the rows.
    pub findings: Vec<Finding>,
    /// What somebody should know about how it was read.
    pub noted: Vec<String>,
}

/// A row as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedRow {
    /// The reference that people use; as it is typed there, if that is no row of the matrix.
    pub reference: String,
    /// Where the decision is: `Matrix!K7`.
    pub cell: String,
    /// That cell as it is.
    pub typed: String,
    /// What it was read as, even if that is not applied.
    pub reading: Option<CellReading>,
    /// Into what, where or to whom.
    pub target: String,
    /// What was done with the answer.
    pub outcome: RowOutcome,
    /// What else a person should look at in this row.
    pub findings: Vec<Finding>,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It is no row of the matrix, and nothing was filled in.
    Blank,
    /// It says nothing new.
    Unchanged,
    /// A new answer.
    Applied(DraftersAnswer),
    /// A new answer, kept beside these others until somebody chooses.
    Conflict(DraftersAnswer, Vec<Disposition>),
    /// A person must decide; nothing is applied.
    Asked(RowQuestion),
    /// A row that somebody added, with these words: it may become a point.
    Added(String),
}

/// What a person must decide on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowQuestion {
    /// The words of the decision could mean several things, or none.
    Unread,
    /// A spreadsheet made something else of what was typed: in which cell, and what.
    Mangled(String, String),
    /// The decision names another target than the target's own cell: both.
    Targets(String, String),
    /// The answer that the file went out with was emptied.
    Emptied,
    /// Only the decision was emptied.
    DecisionEmptied,
    /// The decision is struck out.
    Struck,
    /// The decision's cell is one with those above: which.
    Merged(String),
    /// The row is there several times, with these decisions in these cells.
    Repeated(Vec<(String, String)>),
    /// The reference is in no row: where it is.
    NoReference(String),
    /// The words beside the reference are another row's: where the reference is.
    OtherWords(String),
    /// The reference, the hidden id and the words belong to different rows: where the reference is, and the
    /// row of the id.
    Torn(String, String),
    /// It is no row any more: where the reference is, and why.
    Gone(String, String),
    /// The workshop refuses the answer.
    Refused(Refusal),
}

/// Something in the file that is not read as an answer and that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where: `Matrix!K7`.
    pub cell: String,
    /// The row it is in, if it is in one.
    pub reference: String,
    /// The words that are there, or what is to see.
    pub words: String,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// Columns without our headings, taken by what is in them.
    Columns,
    /// The comment or the proposed wording was edited.
    Edited,
    /// Words in a column that is not read.
    Elsewhere,
    /// A note on a cell.
    Note,
    /// Words that are struck out, or a colour where no answer is typed.
    Look,
    /// One cell over several rows.
    Merged,
}

impl ReturnedMatrix {
    /// The answers that are new.
    pub fn answers(&self) -> impl Iterator<Item = &DraftersAnswer> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            RowOutcome::Applied(answer) | RowOutcome::Conflict(answer, _) => Some(answer),
            _ => None,
        })
    }

    /// How many rows say what is already known.
    pub fn unchanged(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome == RowOutcome::Unchanged).count()
    }

    /// The rows on which a person must decide; none of them is applied.
    pub fn asked(&self) -> impl Iterator<Item = (&ReturnedRow, &RowQuestion)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            RowOutcome::Asked(question) => Some((row, question)),
            _ => None,
        })
    }

    /// Everything that a person should look at and that is no answer, in the order of the file.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.rows.iter().flat_map(|row| &row.findings).chain(&self.findings)
    }

    /// The changes that apply it to the workshop it was read for.
    pub fn changes(&self, workshop: &Workshop) -> Result<Vec<Change>, Refusal> {
        let change = |answer: &DraftersAnswer| {
            workshop.dispose_over(answer.of, answer.to.clone(), &answer.seen)
        };
        self.answers().map(change).collect()
    }
}

impl ReturnedRow {
    /// A row in which nothing is filled in.
    pub(super) fn blank(reference: String, cell: String) -> Self {
        Self {
            reference,
            cell,
            typed: String::new(),
            reading: None,
            target: String::new(),
            outcome: RowOutcome::Blank,
            findings: Vec::new(),
        }
    }

    /// Whether a person must look at it before the answer counts.
    pub fn is_asked(&self) -> bool {
        matches!(
            self.outcome,
            RowOutcome::Asked(_) | RowOutcome::Conflict(..) | RowOutcome::Added(_)
        )
    }
}
