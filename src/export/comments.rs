//! CSV for spreadsheets: one row per comment, with the points it comes from.

use std::borrow::Cow;
use std::io::{self, Write};

use super::words::{IdTitles, response};
use super::{GoOn, csv};
use crate::feedback::{Comment, CommentFieldTitle, Feedback, Proposal};

const COLUMNS: [&str; 19] = [
    "Ref",
    CommentFieldTitle::Paragraph.heading(),
    CommentFieldTitle::Topic.heading(),
    CommentFieldTitle::Kind.heading(),
    CommentFieldTitle::Text.heading(),
    CommentFieldTitle::Alternatives.heading(),
    CommentFieldTitle::Convergence.heading(),
    "Quantifier",
    CommentFieldTitle::Owner.heading(),
    CommentFieldTitle::ByWhen.heading(),
    "Groups",
    "Sources",
    "Number of sources",
    "Other wordings",
    "Proposed wordings",
    "Decision",
    "Target",
    "Response",
    "Id",
];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let known = IdTitles::of(feedback);
    let row = |comment: &'_ Comment| -> [Cow<'_, str>; 19] {
        let from: Vec<&str> = comment.groups.iter().map(|group| known.group(group)).collect();
        let sources = comment.sources.iter().filter_map(|source| known.points.get(source));
        let sources: Vec<&str> = sources.map(|point| &*point.reference).collect();
        let decided = comment.disposition.as_deref();
        [
            comment.reference.to_string().into(),
            comment.paragraph.as_ref().map_or("", |label| label.as_str()).to_owned().into(),
            known.topic(&comment.topic).to_owned().into(),
            comment.kind.title().to_owned().into(),
            comment.text.to_string().into(),
            comment.alternatives.join("\n").into(),
            comment.convergence.as_ref().map_or("", |how| how.title()).to_owned().into(),
            comment.quantifier.to_string().into(),
            comment.owner.to_string().into(),
            comment.by_when.to_string().into(),
            from.join("; ").into(),
            sources.join("; ").into(),
            comment.sources.len().to_string().into(),
            comment.wordings.join("\n").into(),
            proposed(comment, &known).into(),
            decided.map_or("", |of| of.now.decision.title()).to_owned().into(),
            decided.map_or("", |of| &*of.now.target).to_owned().into(),
            response(decided).into(),
            comment.id.to_string().into(),
        ]
    };
    let rows = csv::draft(feedback, 4).chain(feedback.comments.iter().map(row));
    csv::table(&COLUMNS, rows, out, go_on)
}

/// What its sources propose to change in the text, each change once.
fn proposed(comment: &Comment, known: &IdTitles) -> String {
    let mut all: Vec<String> = Vec::new();
    for point in comment.sources.iter().filter_map(|source| known.points.get(source)) {
        let marked = point.proposal.as_deref().map(Proposal::marked);
        all.extend(marked.filter(|marked| !all.contains(marked)));
    }
    all.join("\n")
}
