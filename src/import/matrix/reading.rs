//! Finds the matrix in a file and reads it.

use super::answers::ReturnedTable;
use super::known::KnownRows;
use super::layout::{self, SheetHeadings, TableLayout};
use super::sheets::{self, Sheets};
use super::table::MatrixTable;
use super::{Finding, FindingKind, GivenColumn, MatrixFile, ReturnedMatrix, UnreadableMatrix};
use crate::feedback::Feedback;
use crate::feedback::matrix::{FORMAT, Matrix, ORIGIN, SHEET};
use crate::workshop::Workshop;

/// Words by their key, each with its row.
type Origin = Vec<(String, String, u32)>;

/// A file in which the matrix was found.
struct FoundMatrix {
    back: ReturnedTable,
    /// What the hidden sheet says; `None` if the file has no sheets.
    origin: Option<Origin>,
    /// Other sheets that have the headings of a matrix, and are not read.
    beside: Vec<String>,
    remark: Option<String>,
}

/// Reads a matrix that came back to this workshop.
pub fn read(file: &MatrixFile, workshop: &Workshop) -> Result<ReturnedMatrix, UnreadableMatrix> {
    let feedback = Feedback::of(workshop, "");
    let matrix = Matrix::of(&feedback);
    let known = KnownRows::of(workshop, &matrix);
    let mut best: Option<(usize, usize, FoundMatrix)> = None;
    let mut refused = None;
    for mut sheets in sheets::open(file.bytes)? {
        match find(&mut *sheets, file.columns, &known) {
            // Of several ways to read the letters, the one in which more rows are recognised, then the
            // one with fewer odd letters, then the likelier one.
            Ok(found) => {
                let (count, odd) = (known.count(&found.back.table), sheets.oddness());
                let is_better = best.as_ref().is_none_or(|(known, least, _)| {
                    (count, usize::MAX - odd) > (*known, usize::MAX - least)
                });
                if is_better {
                    best = Some((count, odd, found));
                }
            }
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    let Some((_, _, found)) = best else {
        return Err(refused.unwrap_or(UnreadableMatrix::NotAMatrix));
    };
    let mut returned = ReturnedMatrix { copy: file.name.to_owned(), ..ReturnedMatrix::default() };
    let table = &found.back.table;
    returned.noted.extend(found.remark);
    returned.noted.extend(found.beside.iter().map(|name| {
        format!("The sheet “{name}” looks like the matrix, too; only “{}” was read.", table.sheet)
    }));
    if let Some(origin) = &found.origin {
        check_origin(origin, &feedback, &mut returned.noted)?;
    }
    let guesses = table.layout.guesses();
    if !guesses.is_empty() {
        returned.findings.push(Finding {
            kind: FindingKind::Columns,
            cell: if table.sheet.is_empty() { "The table".to_owned() } else { table.sheet.clone() },
            reference: String::new(),
            words: guesses.join(", "),
        });
    }
    known.answers(&found.back, &mut returned)?;
    found.back.note_extras(&mut returned);
    Ok(returned)
}

fn check_origin(
    origin: &Origin,
    feedback: &Feedback,
    noted: &mut Vec<String>,
) -> Result<(), UnreadableMatrix> {
    for (key, value, row) in origin {
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
    Ok(())
}

/// Finds the matrix among the sheets of a file.
fn find(
    sheets: &mut dyn Sheets,
    given: &[GivenColumn],
    known: &KnownRows,
) -> Result<FoundMatrix, UnreadableMatrix> {
    let names = sheets.names();
    let has_sheets = names.iter().any(|name| !name.is_empty());
    let origin = match names.iter().find(|name| *name == ORIGIN) {
        Some(name) => Some(origin(sheets, name)?),
        None => has_sheets.then(Vec::new),
    };
    let names: Vec<String> = names.into_iter().filter(|name| name != ORIGIN).collect();
    let is_named = |name: &String| name.trim().eq_ignore_ascii_case(SHEET);
    let (sheet, layout) = match names.iter().find(|name| is_named(name)) {
        Some(name) => (name.clone(), of_sheet(sheets, name, given, known)?),
        None => among(sheets, &names, given, known)?,
    };
    let mut beside = Vec::new();
    for other in names.iter().filter(|other| **other != sheet) {
        // Wrong headings there are not a fault of the matrix.
        if let Ok(SheetHeadings::All(_)) = layout::headings(sheets, other, given) {
            beside.push(other.clone());
        }
    }
    let mut table = MatrixTable::new(&sheet, layout);
    sheets.each_row(&sheet, &mut |row, cells| {
        table.take(row, cells)?;
        Ok(true)
    })?;
    let extras = sheets.extras(&sheet)?;
    let back = ReturnedTable { table, extras };
    Ok(FoundMatrix { back, origin, beside, remark: sheets.remark() })
}

/// Where the columns of the sheet with the matrix are.
fn of_sheet(
    sheets: &mut dyn Sheets,
    sheet: &str,
    given: &[GivenColumn],
    known: &KnownRows,
) -> Result<TableLayout, UnreadableMatrix> {
    let (start, missing) = match layout::headings(sheets, sheet, given)? {
        SheetHeadings::All(layout) => return Ok(layout),
        SheetHeadings::Some(layout, missing) => (layout, missing),
        SheetHeadings::None => (TableLayout::default(), UnreadableMatrix::NotAMatrix),
    };
    let guessed = layout::by_contents(sheets, sheet, start, given, known)?;
    guessed.map(|(layout, _)| layout).ok_or(missing)
}

/// Finds the sheet with the matrix, if none has its name, and where its columns are.
fn among(
    sheets: &mut dyn Sheets,
    names: &[String],
    given: &[GivenColumn],
    known: &KnownRows,
) -> Result<(String, TableLayout), UnreadableMatrix> {
    let mut whole: Option<(String, TableLayout)> = None;
    let mut partly = Vec::new();
    let mut refused = UnreadableMatrix::NotAMatrix;
    for name in names {
        match layout::headings(sheets, name, given)? {
            SheetHeadings::All(layout) => {
                if let Some((other, _)) = &whole {
                    return Err(UnreadableMatrix::Several(format!("“{other}” and “{name}”")));
                }
                whole = Some((name.clone(), layout));
            }
            SheetHeadings::Some(layout, missing) => {
                refused = missing;
                partly.push((name, layout));
            }
            SheetHeadings::None => partly.push((name, TableLayout::default())),
        }
    }
    if let Some(found) = whole {
        return Ok(found);
    }
    let mut best: Option<(usize, String, TableLayout)> = None;
    for (name, start) in partly {
        let Some((layout, count)) = layout::by_contents(sheets, name, start, given, known)? else {
            continue;
        };
        if best.as_ref().is_none_or(|(most, ..)| count > *most) {
            best = Some((count, name.clone(), layout));
        }
    }
    best.map(|(_, name, layout)| (name, layout)).ok_or(refused)
}

fn origin(sheets: &mut dyn Sheets, name: &str) -> Result<Origin, UnreadableMatrix> {
    let mut said = Vec::new();
    sheets.each_row(name, &mut |row, cells| {
        let mut words = cells.into_iter().map(|(_, cell)| cell.words.into_string());
        if let (Some(key), Some(value)) = (words.next(), words.next()) {
            said.push((key, value, row));
        }
        Ok(said.len() < 16)
    })?;
    Ok(said)
}
