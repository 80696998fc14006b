//! Which row of the workshop a line of the table is.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::table::{MatrixTable, TableLine};
use super::{Finding, FindingKind, RowQuestion, UnreadableMatrix, edit};
use crate::feedback::matrix::{Column, DRAFT, Item, Matrix, MatrixRow, checksum};
use crate::workshop::{Subject, Workshop};

/// The rows of the workshop as they are now.
pub(super) struct KnownRows<'m, 'f, 'a> {
    pub(super) workshop: &'m Workshop,
    pub(super) matrix: &'m Matrix<'f, 'a>,
    subjects: HashMap<Subject, &'m MatrixRow<'f, 'a>>,
    references: HashMap<&'f str, &'m MatrixRow<'f, 'a>>,
    /// The rows by the checksum of their words; none for words that several rows have.
    by_words: OnceCell<HashMap<String, Option<&'m MatrixRow<'f, 'a>>>>,
    /// The words of columns in all rows, as they are compared.
    words: OnceCell<HashMap<Column, HashSet<String>>>,
}

/// What the hidden column says.
pub(super) struct Mark<'l> {
    pub(super) of: Subject,
    checksum: &'l str,
    pub(super) answer: Option<&'l str>,
}

/// A row that was found, and what to say about how.
pub(super) enum FoundRow<'m, 'f, 'a> {
    Row(&'m MatrixRow<'f, 'a>, FoundHow),
    Asked(RowQuestion),
    /// A row that somebody added, with these words.
    Added(String),
    /// Nobody filled it in.
    Nothing,
}

/// What to say about how a row was found.
pub(super) enum FoundHow {
    Plainly,
    Noted(String),
    Edited(Vec<Finding>),
}

pub(super) fn subject(row: &MatrixRow) -> Subject {
    match row.item {
        Item::Comment(comment) => Subject::Comment(comment.id),
        Item::Point(point) => Subject::Point(point.id),
    }
}

/// The mark that these words are.
pub(super) fn mark(words: &str) -> Option<Mark<'_>> {
    let mut parts = words.splitn(3, ':');
    let (name, checksum) = (parts.next()?, parts.next()?);
    let of = match name.split_once('-')? {
        ("S", id) => Subject::Comment(id.parse().ok()?),
        ("P", id) => Subject::Point(id.parse().ok()?),
        _ => return None,
    };
    Some(Mark { of, checksum, answer: parts.next() })
}

/// Whether words look like a reference of ours: `P-C63T98`.
pub(super) fn is_like_reference(words: &str) -> bool {
    let rest = words.strip_prefix("P-").or_else(|| words.strip_prefix("S-"));
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|it| it.is_ascii_alphanumeric()))
}

/// Words as they are compared: without differences of spaces, of encodings of one letter, and of the signs
/// that programs make of quotation marks and dashes while people type.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letter = |letter: char| match letter {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        letter => letter,
    };
    words.join(" ").nfc().map(letter).collect::<String>().replace('…', "...")
}

/// Whether two texts say the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || plain(one) == plain(other)
}

impl<'m, 'f, 'a> KnownRows<'m, 'f, 'a> {
    pub(super) fn of(workshop: &'m Workshop, matrix: &'m Matrix<'f, 'a>) -> Self {
        Self {
            workshop,
            matrix,
            subjects: matrix.rows.iter().map(|row| (subject(row), row)).collect(),
            references: matrix.rows.iter().map(|row| (row.item.reference(), row)).collect(),
            by_words: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    /// Whether this is the reference of a row.
    pub(super) fn has_reference(&self, words: &str) -> bool {
        self.references.contains_key(words)
    }

    /// Whether this is the mark of a row.
    pub(super) fn has_mark(&self, words: &str) -> bool {
        mark(words).is_some_and(|mark| self.subjects.contains_key(&mark.of))
    }

    /// Whether any row has these words in this column.
    pub(super) fn has_words(&self, column: Column, words: &str) -> bool {
        let all = self.words.get_or_init(|| {
            let words = |column| {
                let rows = self.matrix.rows.iter();
                let words = rows.map(|row| plain(&self.matrix.cell(row, column)));
                (column, words.filter(|words| !words.is_empty()).collect())
            };
            Column::ALL.into_iter().map(words).collect()
        });
        all.get(&column).is_some_and(|known| known.contains(&plain(words)))
    }

    /// How many lines have the words of their rows.
    pub(super) fn count(&self, table: &MatrixTable) -> usize {
        let is_known = |line: &&TableLine| {
            let row = self.references.get(table.words(line, Column::Reference));
            row.is_some_and(|row| self.is_worded(table, line, row))
        };
        table.lines.iter().filter(is_known).count()
    }

    /// Whether a line has the words of a row, as far as it has columns for them.
    fn is_worded(&self, table: &MatrixTable, line: &TableLine, row: &MatrixRow<'f, 'a>) -> bool {
        let as_it_is = |column| {
            table.layout.place(column).is_none()
                || same(table.words(line, column), &self.matrix.cell(row, column))
        };
        as_it_is(Column::Comment) && as_it_is(Column::Proposed)
    }

    /// The only row with the words of a line, whatever else is in it.
    fn with_words(&self, table: &MatrixTable, line: &TableLine) -> Option<&'m MatrixRow<'f, 'a>> {
        let sum = |comment: &str, proposed: &str| checksum(&plain(comment), &plain(proposed));
        let rows = self.by_words.get_or_init(|| {
            let mut rows: HashMap<String, Option<&'m MatrixRow<'f, 'a>>> = HashMap::new();
            for row in &self.matrix.rows {
                let cell = |column| self.matrix.cell(row, column);
                let sum = sum(&cell(Column::Comment), &cell(Column::Proposed));
                rows.entry(sum).and_modify(|known| *known = None).or_insert(Some(row));
            }
            rows
        });
        let words = |column| table.words(line, column);
        *rows.get(&sum(words(Column::Comment), words(Column::Proposed)))?
    }

    /// Refuses a mark that belongs to nothing here.
    pub(super) fn check(
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
        let words = table.words(line, Column::Mark).chars().take(40).collect();
        Err(UnreadableMatrix::NoSuchRow(table.address(line, Column::Mark), words))
    }

    /// Which row a line is: by its mark, by its reference, by its words.
    pub(super) fn find(&self, table: &MatrixTable, line: &TableLine) -> FoundRow<'m, 'f, 'a> {
        let reference = table.words(line, Column::Reference);
        let cell = table.address(line, Column::Reference);
        let named = self.references.get(reference).copied();
        let filled = table.is_filled_in(line);
        let by_words = named.filter(|row| self.is_worded(table, line, row));
        let Some(mark) = mark(table.words(line, Column::Mark)) else {
            return self.find_unmarked(table, line, named, by_words);
        };
        let Some(row) = self.subjects.get(&mark.of).copied() else {
            return if filled {
                FoundRow::Asked(RowQuestion::Gone(cell, self.why_gone(mark.of)))
            } else {
                FoundRow::Nothing
            };
        };
        let own = checksum(table.words(line, Column::Comment), table.words(line, Column::Proposed));
        let is_worded = self.is_worded(table, line, row);
        let worded = own == mark.checksum || is_worded;
        let name = row.item.reference();
        match (worded, reference == name) {
            (true, true) if !is_worded => FoundRow::Row(
                row,
                FoundHow::Noted(format!(
                    "{cell}: {name} was reworded here since the file was written."
                )),
            ),
            (true, true) => FoundRow::Row(row, FoundHow::Plainly),
            (true, false) => {
                let why = table.cell(line, Column::Reference).complaint();
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

    /// Which row a line without a mark is.
    fn find_unmarked(
        &self,
        table: &MatrixTable,
        line: &TableLine,
        named: Option<&'m MatrixRow<'f, 'a>>,
        by_words: Option<&'m MatrixRow<'f, 'a>>,
    ) -> FoundRow<'m, 'f, 'a> {
        let cell = table.address(line, Column::Reference);
        let reference = table.words(line, Column::Reference);
        let filled = table.is_filled_in(line);
        if let Some(row) = by_words {
            return FoundRow::Row(row, FoundHow::Plainly);
        }
        let words: Vec<&str> = [Column::Comment, Column::Proposed]
            .into_iter()
            .map(|column| table.words(line, column))
            .filter(|words| !words.is_empty())
            .collect();
        if named.is_none()
            && !words.is_empty()
            && let Some(row) = self.with_words(table, line)
        {
            let why = table.cell(line, Column::Reference).complaint();
            let why = why.unwrap_or_else(|| format!("says “{reference}”"));
            let name = row.item.reference();
            let words = format!("{cell} {why}; the row is known as {name} by its words.");
            return FoundRow::Row(row, FoundHow::Noted(words));
        }
        match (named, table.cell(line, Column::Reference).complaint()) {
            (Some(_), _) if filled => FoundRow::Asked(RowQuestion::OtherWords(cell)),
            (Some(_), _) => FoundRow::Nothing,
            (None, Some(complaint)) if filled => {
                FoundRow::Asked(RowQuestion::Mangled(cell, complaint))
            }
            (None, None)
                if !words.is_empty() && reference != DRAFT && !is_like_reference(reference) =>
            {
                FoundRow::Added(words.join(" · "))
            }
            (None, _) if filled => FoundRow::Asked(RowQuestion::NoReference(cell)),
            (None, _) => FoundRow::Nothing,
        }
    }

    /// What became of the words of a row there.
    fn edited(&self, table: &MatrixTable, line: &TableLine, row: &MatrixRow<'f, 'a>) -> FoundHow {
        let columns = [Column::Comment, Column::Proposed];
        let name = row.item.reference();
        let mangled = columns.into_iter().find_map(|column| {
            let complaint = table.cell(line, column).complaint()?;
            Some(format!("{} ({name}) {complaint}.", table.address(line, column)))
        });
        if let Some(words) = mangled {
            return FoundHow::Noted(words);
        }
        let finding = |column: Column| {
            table.layout.place(column)?;
            let (here, there) = (self.matrix.cell(row, column), table.words(line, column));
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
}
