//! The sheets beside the matrix: where each point went, what was counted, what it is based on.

use std::{borrow::Cow, collections::HashMap, io};

use super::super::about;
use super::super::words::{IdTitles, LATER};
use super::sheet::{CellText, SheetColumn, SheetPlan, SheetWriter};
use super::{RowProgress, style::CellLook, workbook::Workbook};
use crate::feedback::matrix::{Column, FORMAT, Matrix, clipped};
use crate::feedback::{
    Comment, CommentFieldTitle, Feedback, FieldTitle, GroupId, ParagraphId, Point,
};

/// The plan of a table with these columns.
fn plan(columns: Vec<SheetColumn>) -> SheetPlan {
    SheetPlan { columns, headed: true, tab: "BFBFBF", offer: None }
}

fn columns(of: &[(&'static str, u16)]) -> Vec<SheetColumn> {
    let column = |(nth, (heading, width)): (usize, &(&'static str, u16))| {
        let look = if nth == 0 { CellLook::Label } else { CellLook::Cell };
        SheetColumn::new(*heading, *width, look)
    };
    of.iter().enumerate().map(column).collect()
}

fn words(text: &str) -> CellText<'_> {
    CellText::Plain(clipped(text.into()))
}

/// Writes one row per point, with its comment; points that are in none come last.
pub(super) fn lineage(
    feedback: &Feedback,
    book: &mut Workbook,
    progress: &mut RowProgress,
) -> io::Result<()> {
    let titles = IdTitles::of(feedback);
    let plan = plan(columns(&[
        ("Comment", 12),
        ("Wording", 48),
        ("Point", 12),
        ("What the group said", 56),
        (FieldTitle::Group.heading(), 16),
        (FieldTitle::Topic.heading(), 20),
        ("Ended", 11),
    ]));
    let mut page = SheetWriter::begin(book, &plan)?;
    let mut row = |comment: Option<&Comment>, point: &Point| {
        progress.step()?;
        page.row(&[
            comment.map_or("", |comment| &comment.reference).into(),
            words(comment.map_or("", |comment| &comment.text)),
            CellText::As(CellLook::Label, point.reference.as_str().into()),
            words(&point.text),
            titles.group(&point.group).into(),
            titles.topic(&point.topic).into(),
            point.outcome().title().into(),
        ])
    };
    for comment in &feedback.comments {
        for source in comment.sources.iter().filter_map(|id| titles.points.get(id)) {
            row(Some(comment), source)?;
        }
    }
    for point in feedback.points.iter().filter(|point| point.comment.is_none()) {
        row(None, point)?;
    }
    page.end()
}

/// Writes what goes no further, with its reason, or in the parking lot.
pub(super) fn set_aside(feedback: &Feedback, book: &mut Workbook) -> io::Result<()> {
    let titles = IdTitles::of(feedback);
    let plan = plan(columns(&[
        ("Point", 12),
        ("What the group said", 60),
        (FieldTitle::Group.heading(), 16),
        (FieldTitle::Topic.heading(), 22),
        (FieldTitle::Kind.heading(), 16),
        ("Why", 24),
        ("Explanation, or who will deal with it", 40),
    ]));
    let mut page = SheetWriter::begin(book, &plan)?;
    for point in feedback.points.iter().filter(|point| !point.counts()) {
        let (why, how): (&str, &str) = match point.reason {
            Some(reason) => (reason.title(), &point.words),
            None => ("parked", point.owner.as_deref().unwrap_or_default()),
        };
        page.row(&[
            point.reference.as_str().into(),
            words(&point.text),
            titles.group(&point.group).into(),
            titles.topic(&point.topic).into(),
            point.kind.title().into(),
            why.into(),
            words(how),
        ])?;
    }
    page.end()
}

/// Writes topics by groups, then the paragraphs, each with the number of its rows.
pub(super) fn coverage(
    feedback: &Feedback,
    matrix: &Matrix,
    book: &mut Workbook,
) -> io::Result<()> {
    let mut columns = vec![SheetColumn::new("Topic, or paragraph", 44, CellLook::Label)];
    for group in &feedback.groups {
        columns.push(SheetColumn::new(group.title.to_string(), 12, CellLook::Count));
    }
    columns.push(SheetColumn::new("All", 12, CellLook::Count));
    let width = columns.len();
    let plan = plan(columns);
    let titles = IdTitles::of(feedback);
    let mut page = SheetWriter::begin(book, &plan)?;
    for row in &feedback.coverage {
        let mut cells: Vec<CellText> = vec![titles.topic(&row.topic).into()];
        for cell in &row.cells {
            let count = if cell.later { LATER.to_owned() } else { cell.standing.to_string() };
            cells.push(match (cell.gap, cell.parked) {
                (true, _) => CellText::As(CellLook::Gap, "gap".into()),
                (false, 0) => count.into(),
                (false, parked) => format!("{count} (+{parked} parked)").into(),
            });
        }
        let all: usize = row.cells.iter().map(|cell| cell.standing).sum();
        cells.push(all.to_string().into());
        page.row(&cells)?;
    }
    let Some(text) = &feedback.draft_text else { return page.end() };
    // By paragraph, a row counts for each group that supports it.
    let mut counts: HashMap<Option<ParagraphId>, (HashMap<&GroupId, usize>, usize)> =
        HashMap::new();
    for row in &matrix.rows {
        let (by_group, all) = counts.entry(row.at.map(|at| at.id)).or_default();
        *all += 1;
        for group in row.item.groups() {
            *by_group.entry(group).or_default() += 1;
        }
    }
    let whole = [(None, "Whole text, or no paragraph".to_owned())].into_iter();
    let gone = text.gone.iter().map(|found| (found, " (gone)"));
    let paragraphs = text.paragraphs.iter().map(|found| (found, "")).chain(gone);
    let paragraphs = paragraphs.map(|(found, gone)| {
        let start: String = found.text.chars().take(60).collect();
        let more = if start.len() < found.text.len() { "…" } else { "" };
        (Some(found.id), format!("{}{gone} · {start}{more}", found.label))
    });
    for (id, title) in whole.chain(paragraphs) {
        let found = counts.get(&id);
        let mut cells: Vec<CellText> = vec![title.into()];
        for group in &feedback.groups {
            let count = found.and_then(|(by_group, _)| by_group.get(&group.id)).copied();
            cells.push(count.map_or(Cow::from(""), |count| count.to_string().into()).into());
        }
        cells.push(found.map_or(0, |(_, all)| *all).to_string().into());
        debug_assert_eq!(cells.len(), width, "a cell for each column");
        page.row(&cells)?;
    }
    page.end()
}

/// Writes the rows whose paragraph is gone or is in no text.
pub(super) fn unanchored(
    feedback: &Feedback,
    matrix: &Matrix,
    book: &mut Workbook,
) -> io::Result<()> {
    let plan = plan(columns(&[
        (Column::Reference.heading(), 12),
        (FieldTitle::Paragraph.heading(), 14),
        (CommentFieldTitle::Text.heading(), 90),
        ("Why it has no paragraph", 50),
    ]));
    let mut page = SheetWriter::begin(book, &plan)?;
    for row in &matrix.rows {
        let why = match (row.at, row.lost, row.label()) {
            (_, true, _) => "the paragraph is no longer in the draft text",
            (None, _, label) if !label.is_empty() && feedback.draft_text.is_some() => {
                "no paragraph of the draft text has this label"
            }
            (None, _, label) if !label.is_empty() => "there is no draft text",
            _ => continue,
        };
        let comment = row.item.comment();
        page.row(&[
            row.item.reference().into(),
            row.label().into(),
            CellText::Plain(clipped(comment)),
            why.into(),
        ])?;
    }
    page.end()
}

/// Writes what people must know about the other sheets, and the rows that were answered more than once.
pub(super) fn about(feedback: &Feedback, book: &mut Workbook) -> io::Result<()> {
    let plan = plan(columns(&[("Part", 14), ("What", 60), ("Value", 90)]));
    let mut page = SheetWriter::begin(book, &plan)?;
    for row in about::rows(feedback) {
        page.row(&row.map(|cell| CellText::Plain(clipped(cell))))?;
    }
    let points = feedback.points.iter().map(|one| (&one.reference, &one.disposition));
    let comments = feedback.comments.iter().map(|one| (&one.reference, &one.disposition));
    for (reference, found) in comments.chain(points) {
        let Some(found) = found.as_ref().filter(|found| !found.others.is_empty()) else { continue };
        let all = [&found.now].into_iter().chain(&found.others);
        let all: Vec<&str> = all.map(|answer| answer.decision.title()).collect();
        let value = format!("{}: someone must choose", all.join(" / "));
        page.row(&["Answers".into(), reference.as_str().into(), value.into()])?;
    }
    page.end()
}

/// Writes which matrix this is, for the program that reads it back.
pub(super) fn origin(feedback: &Feedback, book: &mut Workbook) -> io::Result<()> {
    let columns =
        vec![SheetColumn::new("", 12, CellLook::Plain), SheetColumn::new("", 80, CellLook::Plain)];
    let plan = SheetPlan { headed: false, ..plan(columns) };
    let mut page = SheetWriter::begin(book, &plan)?;
    let digest = feedback.draft_text.as_ref().map_or("", |text| &text.digest);
    for (key, value) in [
        ("format", FORMAT),
        ("meeting", &feedback.meeting.id),
        ("text", digest),
        ("export", &feedback.checksum),
    ] {
        page.row(&[key.into(), words(value)])?;
    }
    page.end()
}
