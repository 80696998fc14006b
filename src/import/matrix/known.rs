//! Which row is which, and what its cells say.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::table::{MatrixTable, TableLine};
use super::vocabulary::{self, CellReading};
use super::{DraftersAnswer, ReturnedMatrix, UnreadableMatrix, plain, workbook};
use crate::feedback::Feedback;
use crate::feedback::matrix::{
    Column, FORMAT, Item, Matrix, MatrixRow, ORIGIN, answer_checksum, checksum,
};
use crate::workshop::{Decision, Disposition, Stamp, Subject, Workshop, counting};

/// Reads a matrix that came back to this workshop.
pub fn read(bytes: &[u8], workshop: &Workshop) -> Result<ReturnedMatrix, UnreadableMatrix> {
    let feedback = Feedback::of(workshop, "");
    let matrix = Matrix::of(&feedback);
    let known = KnownRows::of(workshop, &matrix);
    if !workbook::is_one(bytes) {
        let mut tables = plain::read(bytes)?;
        // Of two ways to decode the letters, the one with which more rows are recognised.
        tables.sort_by_key(|table| table.lines.iter().filter(|line| known.has(line)).count());
        let table = tables.pop().ok_or(UnreadableMatrix::NotAMatrix)?;
        return known.answers(&table, Vec::new());
    }
    let workbook::OpenWorkbook { table, origin, beside } = workbook::read(bytes)?;
    let aside = |name: &String| {
        format!("The sheet “{name}” looks like the matrix, too; only “{}” was read.", table.sheet)
    };
    let mut noted: Vec<String> = beside.iter().map(aside).collect();
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
                    noted.push("It was written on another version of the draft text.".to_owned());
                }
            }
            _ => {}
        }
    }
    if origin.is_empty() {
        noted.push(format!(
            "The hidden sheet “{ORIGIN}” is gone; the rows say which meeting it is."
        ));
    }
    known.answers(&table, noted)
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
    Row(&'m MatrixRow<'f, 'a>, Option<String>),
    Asked(String),
    /// Nobody filled it in.
    Nothing,
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
        noted: Vec<String>,
    ) -> Result<ReturnedMatrix, UnreadableMatrix> {
        let mut returned =
            ReturnedMatrix { noted, rows: table.lines.len(), ..ReturnedMatrix::default() };
        let several = |cells: &String| {
            format!(
                "{cells} is one cell over several rows; it was read for the first row only. Unmerge it \
                 and fill in each row."
            )
        };
        returned.asked.extend(table.merged.iter().map(several));
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
        let mut given: HashMap<Subject, Vec<(String, Disposition)>> = HashMap::new();
        let mut order = Vec::new();
        let mut met = HashSet::new();
        let mut named = HashSet::new();
        for line in &table.lines {
            named.insert(line.words(Column::Reference));
            let (row, said) = match self.find(table, line) {
                FoundRow::Row(row, said) => (row, said),
                FoundRow::Asked(why) => {
                    returned.asked.push(why);
                    continue;
                }
                FoundRow::Nothing => continue,
            };
            let of = subject(row);
            if !met.insert(of) {
                let cell = table.address(line, Column::Reference);
                returned.noted.push(format!("{cell}: {} is there again.", row.item.reference()));
            }
            returned.noted.extend(said);
            match self.note_answer(table, line, row, written.get(&of).copied()) {
                Ok(None) => returned.unchanged += 1,
                Ok(Some((to, words))) => {
                    let given_answers = given.entry(of).or_default();
                    if given_answers.is_empty() {
                        order.push((row, words));
                    }
                    given_answers.push((table.address(line, Column::Disposition), to));
                }
                Err(why) => returned.asked.push(why),
            }
        }
        for (row, words) in order {
            let of = subject(row);
            let given_answers = given.remove(&of).unwrap_or_default();
            let Some((_, first)) = given_answers.first() else { continue };
            if given_answers.iter().any(|(_, other)| other != first) {
                let says = |(cell, to): &(String, Disposition)| {
                    format!("{cell} says “{}”", to.decision.title())
                };
                let all = given_answers.iter().map(says).collect::<Vec<_>>().join(", ");
                let reference = row.item.reference();
                returned.asked.push(format!("{reference} is there more than once: {all}."));
                continue;
            }
            self.give_answer(&mut returned, row, first.clone(), &words, written.get(&of).copied());
        }
        self.tell_missing(&mut returned, |row| {
            met.contains(&subject(row)) || named.contains(row.item.reference())
        });
        Ok(returned)
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
                (Some(row), _) => FoundRow::Row(row, None),
                (None, _) if !filled => FoundRow::Nothing,
                (None, Some(_)) => FoundRow::Asked(format!(
                    "{cell}: the words next to {reference} are not those of {reference}; which row is it?"
                )),
                (None, None) => match line.cell(Column::Reference).complaint() {
                    Some(complaint) => {
                        FoundRow::Asked(format!("{cell} {complaint}; which row is it?"))
                    }
                    None => FoundRow::Asked(format!(
                        "{cell}: “{reference}” is not a row of the matrix."
                    )),
                },
            };
        };
        let Some(row) = self.subjects.get(&mark.of).copied() else {
            return if filled {
                FoundRow::Asked(self.answer_left_alone(&cell, mark.of))
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
                Some(format!("{cell}: {name} was reworded here since the file was written.")),
            ),
            (true, true) => FoundRow::Row(row, None),
            (true, false) => {
                let why = line.cell(Column::Reference).complaint();
                let why = why.unwrap_or_else(|| format!("says “{reference}”"));
                FoundRow::Row(row, Some(format!("{cell} {why}; the row is known as {name}.")))
            }
            (false, true) => {
                let mangled = [Column::Comment, Column::Proposed].into_iter().find_map(|column| {
                    let complaint = line.cell(column).complaint()?;
                    Some(format!("{} ({name}) {complaint}.", table.address(line, column)))
                });
                let edited = format!(
                    "{cell}: the comment or the proposed wording of {name} was edited; that is not \
                     taken over."
                );
                FoundRow::Row(row, Some(mangled.unwrap_or(edited)))
            }
            (false, false) => match by_words {
                Some(row) => FoundRow::Row(
                    row,
                    Some(format!(
                        "{cell}: the hidden column was not sorted along; {reference} is known by its \
                         words."
                    )),
                ),
                None if filled => FoundRow::Asked(format!(
                    "{cell}: the row says “{reference}”, its hidden column {name}, and its words are \
                     neither's."
                )),
                None => FoundRow::Nothing,
            },
        }
    }

    /// Why something is no longer a row.
    fn answer_left_alone(&self, cell: &str, of: Subject) -> String {
        let why = match of {
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
        };
        format!("{cell}: {why} since the file was written; what was answered here is not applied.")
    }

    /// What the cells of a row say: nothing new, an answer and how it was read, or what to ask.
    fn note_answer(
        &self,
        table: &MatrixTable,
        line: &TableLine,
        row: &MatrixRow<'f, 'a>,
        written: Option<&str>,
    ) -> Result<Option<(Disposition, String)>, String> {
        let name = row.item.reference();
        for column in [Column::Disposition, Column::Target, Column::Response] {
            if let Some(complaint) = line.cell(column).complaint() {
                return Err(format!("{} ({name}) {complaint}.", table.address(line, column)));
            }
        }
        let cells = [Column::Disposition, Column::Target, Column::Response];
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
        let cell = table.address(line, Column::Disposition);
        if is_blank {
            return Err(format!(
                "{cell}: the answer of {name} was emptied; write “open” to take it back."
            ));
        }
        if decision.is_empty() {
            if had_one {
                return Err(format!(
                    "{cell}: the decision on {name} was emptied and more was written."
                ));
            }
            let to = Disposition {
                decision: Decision::Open,
                target: target.into(),
                note: response.into(),
            };
            return Ok(Some((to, format!("{cell}: {name} left open, with a response"))));
        }
        let Some(reading) = vocabulary::read(decision) else {
            let shown: String = decision.chars().take(80).collect();
            return Err(format!("{cell} ({name}): “{shown}” could mean several things, or none."));
        };
        if !target.is_empty() && !reading.target.is_empty() && !same(target, &reading.target) {
            return Err(format!(
                "{cell} ({name}) says “{}”, its target “{target}”: which is it?",
                reading.target
            ));
        }
        Ok(Some(understood(&cell, name, decision, &reading, target, response)))
    }

    /// Adds an answer to the others, unless it is already there.
    fn give_answer(
        &self,
        returned: &mut ReturnedMatrix,
        row: &MatrixRow<'f, 'a>,
        to: Disposition,
        words: &str,
        written: Option<&str>,
    ) {
        let of = subject(row);
        let others = self.workshop.other_dispositions(of);
        let live: Vec<&Disposition> =
            self.workshop.disposition(of).into_iter().chain(others).collect();
        if live.contains(&&to) {
            returned.unchanged += 1;
            return;
        }
        let mut seen = vec![Stamp::ORIGIN];
        let answers = self.workshop.answers(of);
        seen.extend(
            answers.filter(|(_, known)| written == Some(&*checksum_of(known))).map(|it| it.0),
        );
        if let Err(why) = self.workshop.dispose_over(of, to.clone(), &seen) {
            returned.asked.push(format!("{words}: {why}"));
            return;
        }
        let replaced: Vec<Disposition> = self
            .workshop
            .answers(of)
            .filter(|(stamp, _)| seen.contains(stamp))
            .map(|(_, known)| known.clone())
            .collect();
        let beside: Vec<&str> = live
            .iter()
            .filter(|known| ***known != Disposition::default() && !replaced.contains(known))
            .map(|known| known.decision.title())
            .collect();
        let beside = if beside.is_empty() {
            String::new()
        } else {
            let name = row.item.reference();
            returned.noted.push(format!(
                "{name} is answered both “{}” and “{}”; someone must choose.",
                to.decision.title(),
                beside.join("”, “")
            ));
            " (beside another answer)".to_owned()
        };
        returned.understood.push(format!("{words}{beside}"));
        returned.answers.push(DraftersAnswer { of, to, seen });
    }

    fn tell_missing(&self, returned: &mut ReturnedMatrix, is_met: impl Fn(&MatrixRow) -> bool) {
        const LISTED: usize = 5;
        let missing = self.matrix.rows.iter().filter(|row| !is_met(row));
        let missing: Vec<&str> = missing.map(|row| row.item.reference()).collect();
        if missing.is_empty() {
            return;
        }
        let more = missing.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let listed = missing[..missing.len().min(LISTED)].join(", ");
        let are = counting(missing.len(), "row", "is", "are");
        let stay = if missing.len() == 1 { "It stays as it is" } else { "They stay as they are" };
        returned.noted.push(format!(
            "{are} not among those read, deleted there or new here: {listed}{more}. {stay}."
        ));
    }
}

fn checksum_of(answer: &Disposition) -> String {
    answer_checksum(answer.decision.title(), &answer.target, &answer.note)
}

/// The answer that cells were read as, and the words for it.
fn understood(
    cell: &str,
    name: &str,
    decision: &str,
    reading: &CellReading,
    target: &str,
    response: &str,
) -> (Disposition, String) {
    let target = if target.is_empty() { &*reading.target } else { target };
    let response: Cow<str> = match (&*reading.typed, response) {
        ("", response) => response.into(),
        (typed, "") => typed.into(),
        (typed, response) => format!("{typed}\n{response}").into(),
    };
    let title = reading.decision.title();
    let mut words = format!("{cell}: {name} {title}");
    if !target.is_empty() {
        words.push_str(&format!(", target {target}"));
    }
    if !reading.exact {
        let shown: String = decision.chars().take(80).collect();
        words.push_str(&format!(", read from “{shown}”"));
    }
    let to = Disposition {
        decision: reading.decision.clone(),
        target: target.into(),
        note: (&*response).into(),
    };
    (to, words)
}
