//! What people did beside the cells that are read: words in other columns, notes, colours, merged cells.
//! Nothing here is taken over, and everything is shown.

use std::collections::{HashMap, HashSet};

use super::answers::ReturnedTable;
use super::cell::address;
use super::known::{KnownRows, same};
use super::sheets::{CellLook, CellPlace};
use super::table::TableLine;
use super::{
    Finding, FindingKind, ReturnedMatrix, ReturnedRow, RowOutcome, RowQuestion, vocabulary,
};
use crate::feedback::matrix::{Column, MatrixRow};

/// The columns in which a colour may be meant as an answer.
const COLOURED: [Column; 5] =
    [Column::Disposition, Column::Reference, Column::Comment, Column::Proposed, Column::Response];

/// Whether the answer in a line cannot be relied on, because of what is beside its words.
pub(super) fn unreadable(back: &ReturnedTable, line: &TableLine) -> Option<RowQuestion> {
    let place = (line.row, back.table.layout.place(Column::Disposition)?);
    let cell = back.table.cell(line, Column::Disposition);
    if cell.is_empty() {
        return back.merged_over(place).map(RowQuestion::Merged);
    }
    back.extras.looks.get(&place).filter(|look| look.struck).map(|_| RowQuestion::Struck)
}

/// Adds what is beside the answer in a line that is a row.
pub(super) fn note(
    known: &KnownRows,
    back: &ReturnedTable,
    line: &TableLine,
    row: &MatrixRow,
    of_line: &mut ReturnedRow,
) {
    let table = &back.table;
    let is_ours = |words: &str| {
        Column::ALL.iter().any(|column| same(&known.matrix.cell(row, *column), words))
    };
    for (place, cell) in &line.cells {
        let column = table.layout.column_at(*place);
        let is_elsewhere = match column {
            None => !is_ours(&cell.words),
            Some(Column::Comment | Column::Proposed | Column::Reference | Column::Mark) => false,
            Some(column) if column.is_filled_in() => false,
            // What is ours may have changed here since; what looks like an answer did not.
            Some(column) => {
                let here = known.matrix.cell(row, column);
                let there = &*cell.words;
                !same(&here, there)
                    && (here.is_empty()
                        || there.starts_with(&*here)
                        || there.ends_with(&*here)
                        || vocabulary::read(there).is_some())
            }
        };
        if is_elsewhere && !cell.words.is_empty() {
            of_line.findings.push(Finding {
                kind: FindingKind::Elsewhere,
                cell: address(&table.sheet, *place, line.row),
                reference: of_line.reference.clone(),
                words: cell.words.to_string(),
            });
        }
    }
}

impl ReturnedTable {
    /// The cells merged over this one, if it is not the first of them.
    fn merged_over(&self, (row, column): CellPlace) -> Option<String> {
        let over = |(first, last): &&(CellPlace, CellPlace)| {
            first.0 < row && row <= last.0 && (first.1..=last.1).contains(&column)
        };
        self.extras.merged.iter().find(over).map(|region| self.range(*region))
    }

    fn range(&self, ((top, left), (bottom, right)): (CellPlace, CellPlace)) -> String {
        format!("{}:{}", address(&self.table.sheet, left, top), address("", right, bottom))
    }

    /// Adds what is beside the answers of the whole table. Its lines are the rows that were returned.
    pub(super) fn note_extras(&self, returned: &mut ReturnedMatrix) {
        self.note_merged(returned);
        let places: HashMap<u32, usize> =
            self.table.lines.iter().enumerate().map(|(nth, line)| (line.row, nth)).collect();
        for ((row, column), words) in &self.extras.notes {
            let line = places.get(row).and_then(|nth| returned.rows.get_mut(*nth));
            let mut finding = Finding {
                kind: FindingKind::Note,
                cell: address(&self.table.sheet, *column, *row),
                reference: String::new(),
                words: words.clone(),
            };
            match line {
                Some(line) => {
                    finding.reference.clone_from(&line.reference);
                    line.findings.push(finding);
                }
                None => returned.findings.push(finding),
            }
        }
        self.note_looks(returned);
    }

    /// Notes each cell merged over several lines, where answers are: all but the first read as empty.
    fn note_merged(&self, returned: &mut ReturnedMatrix) {
        let filled: Vec<u32> = Column::ALL
            .into_iter()
            .filter(|column| column.is_filled_in())
            .filter_map(|column| self.table.layout.place(column))
            .collect();
        for region in &self.extras.merged {
            let ((top, left), (bottom, right)) = *region;
            let lines = self.table.lines.iter().zip(&returned.rows);
            let lines = lines.filter(|(line, _)| (top..=bottom).contains(&line.row));
            let rows: Vec<&str> = lines.map(|(_, row)| &*row.reference).collect();
            if rows.len() > 1 && filled.iter().any(|place| (left..=right).contains(place)) {
                returned.findings.push(Finding {
                    kind: FindingKind::Merged,
                    cell: self.range(*region),
                    reference: String::new(),
                    words: rows.join(", "),
                });
            }
        }
    }

    /// Notes struck-out words, and colours where no answer is typed. A colour that all rows have says
    /// nothing.
    fn note_looks(&self, returned: &mut ReturnedMatrix) {
        let look = |line: &TableLine, column| {
            let place = self.table.layout.place(column)?;
            self.extras.looks.get(&(line.row, place)).copied()
        };
        let telling: Vec<Column> = COLOURED
            .into_iter()
            .filter(|column| {
                let all = self.table.lines.iter().map(|line| look(line, *column));
                let all: HashSet<_> = all.map(|look| look.and_then(|look| look.colour)).collect();
                all.len() > 1
            })
            .collect();
        for (line, row) in self.table.lines.iter().zip(&mut returned.rows) {
            let mut finding = |column: Column, words: String| {
                row.findings.push(Finding {
                    kind: FindingKind::Look,
                    cell: self.table.address(line, column),
                    reference: row.reference.clone(),
                    words,
                });
            };
            for column in [Column::Comment, Column::Proposed, Column::Target, Column::Response] {
                if look(line, column).is_some_and(|look| look.struck)
                    && !self.table.cell(line, column).is_empty()
                {
                    finding(column, "struck out".to_owned());
                }
            }
            if row.outcome != RowOutcome::Unchanged || self.table.is_filled_in(line) {
                continue;
            }
            let coloured = telling.iter().find_map(|column| {
                Some((*column, look(line, *column).and_then(|look: CellLook| look.colour)?))
            });
            if let Some((column, colour)) = coloured {
                finding(column, format!("{}, and no answer is typed", name(colour)));
            }
        }
    }
}

/// What a colour is called.
fn name([red, green, blue]: [u8; 3]) -> &'static str {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least < 24 {
        return "grey";
    }
    let near = |one: u8, other: u8| one.abs_diff(other) < (most - least) / 3;
    match (red == most, green == most, blue == most) {
        (true, true, _) => "yellow",
        (true, _, _) if near(red, green) => "yellow",
        (true, _, true) => "purple",
        (true, _, _) if near(red, blue) => "purple",
        (true, _, _) if green > blue && green - blue > (most - least) / 4 => "orange",
        (true, ..) => "red",
        (_, true, _) if near(red, green) => "yellow",
        (_, true, true) => "blue",
        (_, true, _) => "green",
        _ if red > green && red - green > (most - least) / 4 => "purple",
        _ => "blue",
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn colours_have_the_names_that_people_give_them() {
        for (colour, expected) in [
            ([0x92, 0xd0, 0x50], "green"),
            ([0xff, 0, 0], "red"),
            ([0xff, 0xff, 0], "yellow"),
            ([0xff, 0xc0, 0], "yellow"),
            ([0xed, 0x7d, 0x31], "orange"),
            ([0x5b, 0x9b, 0xd5], "blue"),
            ([0x70, 0x30, 0xa0], "purple"),
            ([0xc6, 0xef, 0xce], "green"),
            ([0xbf, 0xbf, 0xbf], "grey"),
        ] {
            assert_eq!(name(colour), expected, "{colour:x?}");
        }
    }
}
