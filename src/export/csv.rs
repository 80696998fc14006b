//! CSV for spreadsheets: one row per point, with the columns in a drafter's order.

use std::io::{self, Write};
use std::{borrow::Cow, collections::HashSet};

use csv::{Terminator, WriterBuilder};

use super::words::{IdTitles, decision, response};
use super::{GoOn, stopped};
use crate::feedback::{
    CommentFieldTitle, Feedback, FieldTitle, GroupId, Point, matrix::DRAFT, matrix::is_formula,
};

const COLUMNS: [&str; 23] = [
    "Ref",
    FieldTitle::Topic.heading(),
    FieldTitle::Group.heading(),
    FieldTitle::Kind.heading(),
    FieldTitle::Paragraph.heading(),
    FieldTitle::Text.heading(),
    FieldTitle::Parent.heading(),
    FieldTitle::Convergence.heading(),
    FieldTitle::Session.heading(),
    FieldTitle::Round.heading(),
    FieldTitle::Tags.heading(),
    FieldTitle::Status.heading(),
    "Alternatives",
    FieldTitle::Outcome.heading(),
    CommentFieldTitle::Text.heading(),
    "Reason",
    "Reason in words",
    FieldTitle::ReadBack.heading(),
    FieldTitle::Hands.heading(),
    FieldTitle::Proposal.heading(),
    "Decision",
    "Response",
    "Id",
];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let known = IdTitles::of(feedback);
    // Groups that may still change what they said.
    let open = feedback.groups.iter().filter(|group| group.open);
    let at_work: HashSet<&GroupId> = open.map(|group| &group.id).collect();
    let rows = feedback.points.iter();
    let rows = rows.map(|point| row(point, &known, at_work.contains(&point.group)));
    table(&COLUMNS, draft(feedback, 5).chain(rows), out, go_on)
}

/// Why it is a draft, one row for each reason before all others, with a sentence in this column: a table
/// is passed on without the file that says so.
pub(super) fn draft<'f, const WIDTH: usize>(
    feedback: &'f Feedback,
    column: usize,
) -> impl Iterator<Item = [Cow<'f, str>; WIDTH]> {
    feedback.draft.iter().map(move |reason| {
        let mut row = [const { Cow::Borrowed("") }; WIDTH];
        row[0] = DRAFT.into();
        row[column] = (&**reason).into();
        row
    })
}

/// Without it, Excel assumes that the file has only Latin letters.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes a table that spreadsheets can open.
pub(super) fn table<'c, const WIDTH: usize>(
    columns: &[&str; WIDTH],
    cells: impl Iterator<Item = [Cow<'c, str>; WIDTH]>,
    out: &mut dyn Write,
    go_on: GoOn,
) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    rows.write_record(columns)?;
    for (done, row) in cells.enumerate() {
        if !go_on(done) {
            return Err(stopped());
        }
        for cell in row {
            rows.write_field(harmless(&cell).as_bytes())?;
        }
        rows.write_record(None::<&[u8]>)?;
    }
    rows.flush()
}

fn row<'p>(point: &'p Point, known: &'p IdTitles, at_work: bool) -> [Cow<'p, str>; 23] {
    let mut status = match (&point.owner, point.is_parked()) {
        (Some(owner), true) => format!("parked: {owner}"),
        (None, true) => "parked".to_owned(),
        (_, false) => "standing".to_owned(),
    };
    if at_work || !point.alternatives.is_empty() {
        status.push_str(" (draft)");
    }
    let comment = point.comment.and_then(|id| known.comments.get(&id));
    let decided = known.decided(point);
    let above = point.under.and_then(|id| known.points.get(&id));
    [
        point.reference.as_str().into(),
        known.topic(&point.topic).into(),
        known.group(&point.group).into(),
        point.kind.title().into(),
        point.paragraph.as_ref().map_or("", |paragraph| paragraph.as_str()).into(),
        (&*point.text).into(),
        above.map_or("", |above| &*above.reference).into(),
        point.convergence.as_ref().map_or("", |convergence| convergence.title()).into(),
        known.title_of_session(point).unwrap_or_default().into(),
        point.round.map_or("".into(), |round| round.to_string().into()),
        point.tags.join("; ").into(),
        status.into(),
        point.alternatives.join("\n").into(),
        point.outcome().code().into(),
        comment.map_or("", |comment| &*comment.reference).into(),
        point.reason.map_or("", |reason| reason.title()).into(),
        (&*point.words).into(),
        point.read_back.as_ref().map_or("".into(), |said| said.to_string().into()),
        point.hands.map_or("".into(), |hands| hands.to_string().into()),
        point.proposal.as_ref().map_or("".into(), |proposal| proposal.marked().into()),
        decision(decided).into(),
        response(decided).into(),
        point.id.to_string().into(),
    ]
}

/// The cell, with a `'` before it if a spreadsheet would take it for a formula. A cell that
/// already looks so gets another one: whoever reads it back removes one and has what was written.
fn harmless(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { format!("'{cell}").into() } else { cell.into() }
}
