//! What the lines of a table answer, and what is done with the answers.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::elsewhere;
use super::known::{FoundHow, FoundRow, KnownRows, mark, same, subject};
use super::sheets::SheetExtras;
use super::table::{MatrixTable, TableLine};
use super::vocabulary::{self, CellReading};
use super::{
    DraftersAnswer, ReturnedMatrix, ReturnedRow, RowOutcome, RowQuestion, UnreadableMatrix,
};
use crate::feedback::matrix::{Column, MatrixRow, answer_checksum};
use crate::workshop::{Decision, Disposition, Stamp, Subject, counting};

/// The table that came back.
pub(super) struct ReturnedTable {
    pub(super) table: MatrixTable,
    pub(super) extras: SheetExtras,
}

impl<'f, 'a> KnownRows<'_, 'f, 'a> {
    /// Adds what a table answers.
    pub(super) fn answers(
        &self,
        back: &ReturnedTable,
        returned: &mut ReturnedMatrix,
    ) -> Result<(), UnreadableMatrix> {
        let table = &back.table;
        if !table.has_marks() {
            let words = "The hidden column “Id” is gone; rows are known by reference and words.";
            returned.noted.push(words.to_owned());
        }
        // What each row's answer was when the file was written: a line that was not sorted along with
        // its mark still finds it.
        let mut written: HashMap<Subject, &str> = HashMap::new();
        for line in &table.lines {
            if let Some(mark) = mark(table.words(line, Column::Mark)) {
                self.check(table, line, &mark)?;
                written.extend(mark.answer.map(|answer| (mark.of, answer)));
            }
        }
        let mut given = GivenAnswers { places: HashMap::new(), by_row: Vec::new() };
        let mut met = HashSet::new();
        let mut again = Vec::new();
        for line in &table.lines {
            let mut of_line = unread(table, line);
            match self.find(table, line) {
                FoundRow::Row(row, how) => {
                    let of = subject(row);
                    row.item.reference().clone_into(&mut of_line.reference);
                    if !met.insert(of) {
                        again.push(table.address(line, Column::Reference));
                    }
                    match how {
                        FoundHow::Plainly => {}
                        FoundHow::Noted(words) => returned.noted.push(words),
                        FoundHow::Edited(findings) => of_line.findings = findings,
                    }
                    let written = written.get(&of).copied();
                    match self.given(back, line, row, &mut of_line, written) {
                        Ok(None) => of_line.outcome = RowOutcome::Unchanged,
                        Ok(Some(to)) => given.push(row, returned.rows.len(), to),
                        Err(question) => of_line.outcome = RowOutcome::Asked(question),
                    }
                    elsewhere::note(self, back, line, row, &mut of_line);
                }
                FoundRow::Asked(question) => of_line.outcome = RowOutcome::Asked(question),
                FoundRow::Added(words) => of_line.outcome = RowOutcome::Added(words),
                FoundRow::Nothing => {}
            }
            returned.rows.push(of_line);
        }
        for (row, answers) in given.by_row {
            let written = written.get(&subject(row)).copied();
            self.settle(&mut returned.rows, row, &answers, written);
        }
        if !again.is_empty() {
            let are = counting(again.len(), "row", "is", "are");
            returned.noted.push(format!("{are} there again: {}.", listed(&again)));
        }
        let named: HashSet<&str> =
            table.lines.iter().map(|line| table.words(line, Column::Reference)).collect();
        self.note_missing(returned, |row| {
            met.contains(&subject(row)) || named.contains(row.item.reference())
        });
        Ok(())
    }

    /// Sets the outcome of the lines that answer one row.
    fn settle(
        &self,
        rows: &mut [ReturnedRow],
        row: &MatrixRow<'f, 'a>,
        answers: &[(usize, Disposition)],
        written: Option<&str>,
    ) {
        let Some((first, to)) = answers.first() else { return };
        if answers.iter().any(|(_, other)| other != to) {
            let says = |(at, to): &(usize, Disposition)| {
                (rows[*at].cell.clone(), to.decision.title().to_owned())
            };
            let all: Vec<(String, String)> = answers.iter().map(says).collect();
            for (at, _) in answers {
                rows[*at].outcome = RowOutcome::Asked(RowQuestion::Repeated(all.clone()));
            }
            return;
        }
        for (at, _) in answers {
            rows[*at].outcome = RowOutcome::Unchanged;
        }
        rows[*first].outcome = self.outcome(subject(row), to.clone(), written);
    }

    /// What the cells of a row say: nothing new, an answer, or what to ask.
    fn given(
        &self,
        back: &ReturnedTable,
        line: &TableLine,
        row: &MatrixRow<'f, 'a>,
        of_line: &mut ReturnedRow,
        written: Option<&str>,
    ) -> Result<Option<Disposition>, RowQuestion> {
        let table = &back.table;
        let cells = [Column::Disposition, Column::Target, Column::Response];
        for column in cells {
            if let Some(complaint) = table.cell(line, column).complaint() {
                return Err(RowQuestion::Mangled(table.address(line, column), complaint));
            }
        }
        let [decision, target, response] = cells.map(|column| table.words(line, column));
        let is_blank = cells.iter().all(|column| table.words(line, *column).is_empty());
        let now = answer_checksum(decision, target, response);
        let before = match written {
            Some(written) => written == now,
            // Without the mark: anything ever answered here is not news.
            None => self.workshop.answers(subject(row)).any(|(_, known)| now == checksum_of(known)),
        };
        let before = before || self.is_known_as_far_as_shown(table, line, row);
        let had_one = written.is_some_and(|written| !written.is_empty());
        if before || (is_blank && !had_one) {
            return Ok(None);
        }
        if let Some(question) = elsewhere::unreadable(back, line) {
            return Err(question);
        }
        if is_blank {
            return Err(RowQuestion::Emptied);
        }
        if decision.is_empty() {
            if had_one {
                return Err(RowQuestion::DecisionEmptied);
            }
            of_line.reading = Some(CellReading {
                decision: Decision::Open,
                target: String::new(),
                typed: String::new(),
                exact: true,
            });
        }
        let Some(reading) = &of_line.reading else { return Err(RowQuestion::Unread) };
        if !target.is_empty() && !reading.target.is_empty() && !same(target, &reading.target) {
            return Err(RowQuestion::Targets(reading.target.clone(), target.to_owned()));
        }
        Ok(Some(answer(reading, &of_line.target, response)))
    }

    /// Whether a table without some of the columns to fill in says nothing new in the others.
    fn is_known_as_far_as_shown(
        &self,
        table: &MatrixTable,
        line: &TableLine,
        row: &MatrixRow<'f, 'a>,
    ) -> bool {
        let has = |column| table.layout.place(column).is_some();
        let says = |column, known: &str| !has(column) || same(table.words(line, column), known);
        !(has(Column::Target) && has(Column::Response))
            && self.workshop.answers(subject(row)).any(|(_, known)| {
                says(Column::Disposition, known.decision.title())
                    && says(Column::Target, &known.target)
                    && says(Column::Response, &known.note)
            })
    }

    /// What comes of an answer beside those that are here.
    fn outcome(&self, of: Subject, to: Disposition, written: Option<&str>) -> RowOutcome {
        let others = self.workshop.other_dispositions(of);
        let live: Vec<&Disposition> =
            self.workshop.disposition(of).into_iter().chain(others).collect();
        if live.contains(&&to) {
            return RowOutcome::Unchanged;
        }
        let mut seen = vec![Stamp::ORIGIN];
        let answers = self.workshop.answers(of);
        seen.extend(
            answers.filter(|(_, known)| written == Some(&*checksum_of(known))).map(|it| it.0),
        );
        if let Err(why) = self.workshop.dispose_over(of, to.clone(), &seen) {
            return RowOutcome::Asked(RowQuestion::Refused(why));
        }
        let replaced: Vec<&Disposition> = self
            .workshop
            .answers(of)
            .filter(|(stamp, _)| seen.contains(stamp))
            .map(|(_, known)| known)
            .collect();
        let beside: Vec<Disposition> = live
            .into_iter()
            .filter(|known| **known != Disposition::default() && !replaced.contains(known))
            .cloned()
            .collect();
        let answer = DraftersAnswer { of, to, seen };
        if beside.is_empty() {
            RowOutcome::Applied(answer)
        } else {
            RowOutcome::Conflict(answer, beside)
        }
    }

    fn note_missing(&self, returned: &mut ReturnedMatrix, is_met: impl Fn(&MatrixRow) -> bool) {
        let missing = self.matrix.rows.iter().filter(|row| !is_met(row));
        let missing: Vec<&str> = missing.map(|row| row.item.reference()).collect();
        if missing.is_empty() {
            return;
        }
        let listed = listed(&missing);
        let are = counting(missing.len(), "row", "is", "are");
        let stay = if missing.len() == 1 { "It stays as it is" } else { "They stay as they are" };
        returned.noted.push(format!(
            "{are} not among those read, deleted there or new here: {listed}. {stay}."
        ));
    }
}

/// The answers of a file by row, in the order of the file.
struct GivenAnswers<'m, 'f, 'a> {
    places: HashMap<Subject, usize>,
    by_row: Vec<(&'m MatrixRow<'f, 'a>, Vec<(usize, Disposition)>)>,
}

impl<'m, 'f, 'a> GivenAnswers<'m, 'f, 'a> {
    /// Adds what a line answers.
    fn push(&mut self, row: &'m MatrixRow<'f, 'a>, line: usize, to: Disposition) {
        let at = *self.places.entry(subject(row)).or_insert(self.by_row.len());
        match self.by_row.get_mut(at) {
            Some((_, answers)) => answers.push((line, to)),
            None => self.by_row.push((row, vec![(line, to)])),
        }
    }
}

/// The first of many, and how many more there are.
fn listed<T: AsRef<str>>(all: &[T]) -> String {
    const LISTED: usize = 5;
    let first: Vec<&str> = all.iter().take(LISTED).map(AsRef::as_ref).collect();
    let more = all.len() - first.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", first.join(", "))
}

fn checksum_of(answer: &Disposition) -> String {
    answer_checksum(answer.decision.title(), &answer.target, &answer.note)
}

/// The answer that cells were read as.
fn answer(reading: &CellReading, target: &str, response: &str) -> Disposition {
    let response: Cow<str> = match (&*reading.typed, response) {
        ("", response) => response.into(),
        (typed, "") => typed.into(),
        (typed, response) => format!("{typed}\n{response}").into(),
    };
    Disposition {
        decision: reading.decision.clone(),
        target: target.into(),
        note: (&*response).into(),
    }
}

/// A line before it is known which row it is.
fn unread(table: &MatrixTable, line: &TableLine) -> ReturnedRow {
    let reference = table.words(line, Column::Reference).to_owned();
    let mut row = ReturnedRow::blank(reference, table.address(line, Column::Disposition));
    row.typed = table.cell(line, Column::Disposition).as_it_is();
    row.reading = vocabulary::read(table.words(line, Column::Disposition));
    table.words(line, Column::Target).clone_into(&mut row.target);
    if row.target.is_empty()
        && let Some(reading) = &row.reading
    {
        row.target.clone_from(&reading.target);
    }
    row
}
