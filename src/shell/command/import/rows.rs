//! The rows of a matrix for scripts, one object per line.

use std::io::{self, Write};

use serde::Serialize;

use crate::import::matrix::{Finding, ReturnedMatrix, ReturnedRow, RowOutcome};

/// A row as it is printed.
#[derive(Serialize)]
struct PrintedRow<'r> {
    r#ref: Option<&'r str>,
    typed: &'r str,
    read: Option<&'r str>,
    target: &'r str,
    asked: bool,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    found: Vec<PrintedFinding<'r>>,
    from: PrintedPlace<'r>,
}

/// Something else in a row.
#[derive(Serialize)]
struct PrintedFinding<'r> {
    what: &'static str,
    cell: &'r str,
    words: &'r str,
}

/// Where a row is.
#[derive(Serialize)]
struct PrintedPlace<'r> {
    copy: &'r str,
    cell: &'r str,
}

/// Prints each row.
pub(super) fn print(returned: &ReturnedMatrix) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for row in &returned.rows {
        serde_json::to_writer(&mut out, &printed(returned, row))?;
        writeln!(out)?;
    }
    Ok(())
}

fn printed<'r>(returned: &'r ReturnedMatrix, row: &'r ReturnedRow) -> PrintedRow<'r> {
    let (outcome, why) = match &row.outcome {
        RowOutcome::Blank => ("blank", None),
        RowOutcome::Unchanged => ("unchanged", None),
        RowOutcome::Applied(_) => ("applied", None),
        RowOutcome::Conflict(..) => ("conflict", row.conflict()),
        RowOutcome::Added(_) => ("added", None),
        RowOutcome::Asked(question) => ("asked", Some(question.sentence(row))),
    };
    let finding = |finding: &'r Finding| PrintedFinding {
        what: finding.kind.word(),
        cell: &finding.cell,
        words: &finding.words,
    };
    PrintedRow {
        r#ref: (!row.reference.is_empty()).then_some(&*row.reference),
        typed: &row.typed,
        read: row.reading.as_ref().map(|reading| reading.decision.title()),
        target: &row.target,
        asked: row.is_asked(),
        outcome,
        why,
        found: row.findings.iter().map(finding).collect(),
        from: PrintedPlace { copy: &returned.copy, cell: &row.cell },
    }
}
