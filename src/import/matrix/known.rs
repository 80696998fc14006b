//! Which row is which, and what its cells say.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::table::{MatrixTable, TableLine};
use super::vocabulary::{self, CellReading};
use super::{
    DraftersAnswer, Finding, FindingKind, MatrixFile, ReturnedMatrix, ReturnedRow, RowOutcome,
    RowQuestion, UnreadableMatrix, edit, plain, workbook,
};
use crate::feedback::Feedback;
use crate::feedback::matrix::{
    Column, FORMAT, Item, Matrix, MatrixRow, ORIGIN, answer_checksum, checksum,
};
use crate::workshop::{Decision, Disposition, Stamp, Subject, Workshop, counting};

/// Reads a matrix that came back to this workshop.
pub fn read(file: &MatrixFile, workshop: &Workshop) -> Result<ReturnedMatrix, UnreadableMatrix> {
    let bytes = file.bytes;
    let mut returned = ReturnedMatrix { copy: file.name.to_owned(), ..ReturnedMatrix::default() };
    let feedback = Feedback::of(workshop, "");
    let matrix = Matrix::of(&feedback);
    let known = KnownRows::of(workshop, &matrix);
    if !workbook::is_one(bytes) {
        let mut tables = plain::read(bytes)?;
        // Of two ways to decode the letters, the one with which more rows are recognised.
        tables.sort_by_key(|table| table.lines.iter().filter(|line| known.has(line)).count());
        let table = tables.pop().ok_or(UnreadableMatrix::NotAMatrix)?;
        return known.answers(&table, returned);
    }
    let workbook::OpenWorkbook { table, origin, beside } = workbook::read(bytes)?;
    let aside = |name: &String| {
        format!("The sheet “{name}” looks like the matrix, too; only “{}” was read.", table.sheet)
    };
    returned.noted.extend(beside.iter().map(aside));
    for (key, value, row) in &origin {
        match &**key {
            "format" if value != FORMAT => return Err(UnreadableMatrix::Newer(value.clone())),
            "meeting" if *value != *feedback.meeting.id => {
                let cell = format!("{ORIGIN}!B{}", row + 1);
                return Err(UnreadableMatrix::OtherMeeting(cell, value.clone()));
            }
            "text" => {
                let digest = feedback.draft_text.as_ref().map_or("", |text| &text.digest);
                if value != digest {
                    returned
                        .noted
                        .push("It was written on another version of the draft text.".to_owned());
                }
            }
            _ => {}
        }
    }
    if origin.is_empty() {
        returned.noted.push(format!(
            "The hidden sheet “{ORIGIN}” is gone; the rows say which meeting it is."
        ));
    }
    known.answers(&table, returned)
}

/// The rows of the workshop as they are now.
struct KnownRows<'m, 'f, 'a> {
    workshop: &'m Workshop,
    matrix: &'m Matrix<'f, 'a>,
    subjects: HashMap<Subject, &'m MatrixRow<'f, 'a>>,
    references: HashMap<&'f str, &'m MatrixRow<'f, 'a>>,
}

/// What the hidden column says.
struct Mark<'l> {
    of: Subject,
    checksum: &'l str,
    answer: Option<&'l str>,
}

/// A row that was found, and what to say about how.
enum FoundRow<'m, 'f, 'a> {
    Row(&'m MatrixRow<'f, 'a>, FoundHow),
    Asked(RowQuestion),
    /// Nobody filled it in.
    Nothing,
}

/// What to say about how a row was found.
enum FoundHow {
    Plainly,
    Noted(String),
    Edited(Vec<Finding>),
}

fn subject(row: &MatrixRow) -> Subject {
    match row.item {
        Item::Comment(comment) => Subject::Comment(comment.id),
        Item::Point(point) => Subject::Point(point.id),
    }
}

fn mark(line: &TableLine) -> Option<Mark<'_>> {
    let mut parts = line.words(Column::Mark).splitn(3, ':');
    let (name, checksum) = (parts.next()?, parts.next()?);
    let of = match name.split_once('-')? {
        ("S", id) => Subject::Comment(id.parse().ok()?),
        ("P", id) => Subject::Point(id.parse().ok()?),
        _ => return None,
    };
    Some(Mark { of, checksum, answer: parts.next() })
}

/// Whether two texts say the same, ignoring spaces and different encodings of one letter.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").nfc().collect()
    };
    one == other || plain(one) == plain(other)
}

impl<'m, 'f, 'a> KnownRows<'m, 'f, 'a> {
    fn of(workshop: &'m Workshop, matrix: &'m Matrix<'f, 'a>) -> Self {
        Self {
            workshop,
            matrix,
            subjects: matrix.rows.iter().map(|row| (subject(row), row)).collect(),
            references: matrix.rows.iter().map(|row| (row.item.reference(), row)).collect(),
        }
    }

    /// Whether a line has the words of a row.
    fn has(&self, line: &TableLine) -> bool {
        let row = self.references.get(line.words(Column::Reference));
        row.is_some_and(|row| self.is_worded(line, row))
    }

    fn is_worded(&self, line: &TableLine, row: &MatrixRow<'f, 'a>) -> bool {
        let as_it_is = |column| same(line.words(column), &self.matrix.cell(row, column));
        as_it_is(Column::Comment) && as_it_is(Column::Proposed)
    }

    fn answers(
        &self,
        table: &MatrixTable,
        mut returned: ReturnedMatrix,
    ) -> Result<ReturnedMatrix, UnreadableMatrix> {
        let merged = table.merged.iter().map(|cells| Finding {
            kind: FindingKind::Merged,
            cell: cells.clone(),
            reference: String::new(),
            words: String::new(),
        });
        returned.findings.extend(merged);
        if !table.has_marks() {
            let words = "The hidden column “Id” is gone; rows are known by reference and words.";
            returned.noted.push(words.to_owned());
        }
        // What each row's answer was when the file was written: a line that was not sorted along with
        // its mark still finds it.
        let mut written: HashMap<Subject, &str> = HashMap::new();
        for line in &table.lines {
            if let Some(mark) = mark(line) {
                self.check(table, line, &mark)?;
                written.extend(mark.answer.map(|answer| (mark.of, answer)));
            }
        }
        let mut given = GivenAnswers { places: HashMap::new(), by_row: Vec::new() };
        let mut met = HashSet::new();
        let mut again = Vec::new();
        for line in &table.lines {
            let reference = line.words(Column::Reference).to_owned();
            let mut back = ReturnedRow::blank(reference, table.address(line, Column::Disposition));
            back.typed = line.cell(Column::Disposition).as_it_is();
            back.reading = vocabulary::read(line.words(Column::Disposition));
            back.target = line.words(Column::Target).to_owned();
            if back.target.is_empty()
                && let Some(reading) = &back.reading
            {
                back.target.clone_from(&reading.target);
            }
            match self.find(table, line) {
                FoundRow::Row(row, how) => {
                    let of = subject(row);
                    let name = row.item.reference();
                    name.clone_into(&mut back.reference);
                    if !met.insert(of) {
                        again.push(table.address(line, Column::Reference));
                    }
                    match how {
                        FoundHow::Plainly => {}
                        FoundHow::Noted(words) => returned.noted.push(words),
                        FoundHow::Edited(findings) => back.findings = findings,
                    }
                    match self.given(table, line, row, &mut back, written.get(&of).copied()) {
                        Ok(None) => back.outcome = RowOutcome::Unchanged,
                        Ok(Some(to)) => given.push(row, returned.rows.len(), to),
                        Err(question) => back.outcome = RowOutcome::Asked(question),
                    }
                }
                FoundRow::Asked(question) => back.outcome = RowOutcome::Asked(question),
                FoundRow::Nothing => {}
            }
            returned.rows.push(back);
        }
        for (row, answers) in given.by_row {
            let written = written.get(&subject(row)).copied();
            self.settle(&mut returned.rows, row, &answers, written);
        }
        let named: HashSet<&str> =
            table.lines.iter().map(|line| line.words(Column::Reference)).collect();
        if !again.is_empty() {
            let are = counting(again.len(), "row", "is", "are");
            returned.noted.push(format!("{are} there again: {}.", listed(&again)));
        }
        self.note_missing(&mut returned, |row| {
            met.contains(&subject(row)) || named.contains(row.item.reference())
        });
        Ok(returned)
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

    /// Refuses a mark that belongs to nothing here.
    fn check(
        &self,
        table: &MatrixTable,
        line: &TableLine,
        mark: &Mark,
    ) -> Result<(), UnreadableMatrix> {
        let is_here = match mark.of {
            Subject::Point(id) => self.workshop.point(id).is_some(),
            Subject::Comment(id) => self.workshop.comment(id).is_some(),
        };
        if is_here {
            return Ok(());
        }
        let words = line.words(Column::Mark).chars().take(40).collect();
        Err(UnreadableMatrix::NoSuchRow(table.address(line, Column::Mark), words))
    }

    fn find(&self, table: &MatrixTable, line: &TableLine) -> FoundRow<'m, 'f, 'a> {
        let reference = line.words(Column::Reference);
        let cell = table.address(line, Column::Reference);
        let named = self.references.get(reference).copied();
        let filled = [Column::Disposition, Column::Target, Column::Response]
            .iter()
            .any(|column| *line.cell(*column) != super::cell::MatrixCell::default());
        let by_words = named.filter(|row| self.is_worded(line, row));
        let Some(mark) = mark(line) else {
            return match (by_words, named) {
                (Some(row), _) => FoundRow::Row(row, FoundHow::Plainly),
                (None, _) if !filled => FoundRow::Nothing,
                (None, Some(_)) => FoundRow::Asked(RowQuestion::OtherWords(cell)),
                (None, None) => FoundRow::Asked(match line.cell(Column::Reference).complaint() {
                    Some(complaint) => RowQuestion::Mangled(cell, complaint),
                    None => RowQuestion::NoReference(cell),
                }),
            };
        };
        let Some(row) = self.subjects.get(&mark.of).copied() else {
            return if filled {
                FoundRow::Asked(RowQuestion::Gone(cell, self.why_gone(mark.of)))
            } else {
                FoundRow::Nothing
            };
        };
        let own = checksum(line.words(Column::Comment), line.words(Column::Proposed));
        let worded = own == mark.checksum || self.is_worded(line, row);
        let name = row.item.reference();
        match (worded, reference == name) {
            (true, true) if own == mark.checksum && !self.is_worded(line, row) => FoundRow::Row(
                row,
                FoundHow::Noted(format!(
                    "{cell}: {name} was reworded here since the file was written."
                )),
            ),
            (true, true) => FoundRow::Row(row, FoundHow::Plainly),
            (true, false) => {
                let why = line.cell(Column::Reference).complaint();
                let why = why.unwrap_or_else(|| format!("says “{reference}”"));
                let words = format!("{cell} {why}; the row is known as {name}.");
                FoundRow::Row(row, FoundHow::Noted(words))
            }
            (false, true) => FoundRow::Row(row, self.edited(table, line, row)),
            (false, false) => match by_words {
                Some(row) => FoundRow::Row(
                    row,
                    FoundHow::Noted(format!(
                        "{cell}: the hidden column was not sorted along; {reference} is known by its \
                         words."
                    )),
                ),
                None if filled => FoundRow::Asked(RowQuestion::Torn(cell, name.to_owned())),
                None => FoundRow::Nothing,
            },
        }
    }

    /// What became of the words of a row there.
    fn edited(&self, table: &MatrixTable, line: &TableLine, row: &MatrixRow<'f, 'a>) -> FoundHow {
        let columns = [Column::Comment, Column::Proposed];
        let name = row.item.reference();
        let mangled = columns.into_iter().find_map(|column| {
            let complaint = line.cell(column).complaint()?;
            Some(format!("{} ({name}) {complaint}.", table.address(line, column)))
        });
        if let Some(words) = mangled {
            return FoundHow::Noted(words);
        }
        let finding = |column: Column| {
            let (here, there) = (self.matrix.cell(row, column), line.words(column));
            (!same(&here, there)).then(|| Finding {
                kind: FindingKind::Edited,
                cell: table.address(line, column),
                reference: name.to_owned(),
                words: edit::in_words(&here, there),
            })
        };
        FoundHow::Edited(columns.into_iter().filter_map(finding).collect())
    }

    /// Why something is no longer a row.
    fn why_gone(&self, of: Subject) -> String {
        match of {
            Subject::Comment(id) => format!("comment {id} was given up"),
            Subject::Point(id) => {
                let point = self.workshop.point(id);
                let comment = point.and_then(|_| {
                    let rows = self.matrix.rows.iter();
                    let mut rows = rows.filter(|row| matches!(row.item, Item::Comment(_)));
                    rows.find(|row| self.matrix.sources(row).iter().any(|point| point.id == id))
                });
                match comment {
                    Some(row) => format!("the point is now in {}", row.item.reference()),
                    None => format!("point {id} counts no more"),
                }
            }
        }
    }

    /// What the cells of a row say: nothing new, an answer, or what to ask.
    fn given(
        &self,
        table: &MatrixTable,
        line: &TableLine,
        row: &MatrixRow<'f, 'a>,
        back: &mut ReturnedRow,
        written: Option<&str>,
    ) -> Result<Option<Disposition>, RowQuestion> {
        let cells = [Column::Disposition, Column::Target, Column::Response];
        for column in cells {
            if let Some(complaint) = line.cell(column).complaint() {
                return Err(RowQuestion::Mangled(table.address(line, column), complaint));
            }
        }
        let [decision, target, response] = cells.map(|column| line.words(column));
        let is_blank = cells.iter().all(|column| line.words(*column).is_empty());
        let now = answer_checksum(decision, target, response);
        let before = match written {
            Some(written) => written == now,
            // Without the mark: anything ever answered here is not news.
            None => self.workshop.answers(subject(row)).any(|(_, known)| now == checksum_of(known)),
        };
        let had_one = written.is_some_and(|written| !written.is_empty());
        if before || (is_blank && !had_one) {
            return Ok(None);
        }
        if is_blank {
            return Err(RowQuestion::Emptied);
        }
        if decision.is_empty() {
            if had_one {
                return Err(RowQuestion::DecisionEmptied);
            }
            back.reading = Some(CellReading {
                decision: Decision::Open,
                target: String::new(),
                typed: String::new(),
                exact: true,
            });
        }
        let Some(reading) = &back.reading else { return Err(RowQuestion::Unread) };
        if !target.is_empty() && !reading.target.is_empty() && !same(target, &reading.target) {
            return Err(RowQuestion::Targets(reading.target.clone(), target.to_owned()));
        }
        Ok(Some(answer(reading, &back.target, response)))
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
