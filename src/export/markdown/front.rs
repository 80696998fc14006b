//! What is before and after the points: the meeting, the Rule, the counts, the legend.

use std::fmt::Write as _;

use super::super::words::{self, capital};
use super::escape::{block, inline};
use crate::feedback::{CoverageRow, Feedback, GroupId, Session, TopicId};

/// Everything before the first topic.
pub(super) fn page(feedback: &Feedback) -> String {
    let meeting = &feedback.meeting;
    let mut page = format!("# Consolidated feedback\n\n**{}**\n", inline(&words::title(meeting)));
    let place = words::place(meeting);
    if !place.is_empty() {
        let _ = write!(page, "\n{}\n", block(&place, 0));
    }
    if feedback.is_draft() {
        page.push_str("\n> **DRAFT: not complete.**\n>\n");
        for reason in &feedback.draft {
            let _ = writeln!(page, "> - {}", inline(reason));
        }
    }
    let _ = write!(page, "\n## About this file\n\n**Rule.** {}\n", inline(&words::rule(feedback)));
    let _ = write!(page, "\n{HOW_TO_READ}\n\n**Account.** {}.\n", inline(&feedback.account));
    if !meeting.objectives.is_empty() {
        page.push_str("\nThe meeting's objectives:\n\n");
        for (number, objective) in (1..).zip(&meeting.objectives) {
            let _ = writeln!(page, "{number}. {}", inline(objective));
        }
    }
    page + &coverage(feedback)
}

const HOW_TO_READ: &str = "\
**How to read it.** Points are listed by topic, then by group, in the words and the order of each
group's note-taker; an indented point belongs to the one above it. The word in bold says what kind of
point it is, and which paragraph of the draft text it is about, if any. How far the group agreed
is in italics, where it was recorded. Groups are not compared: a long list
only means that a group wrote more. The code at the end of a line is the point's permanent reference in every file
of this meeting; please quote it. An arrow shows which comment a point is in.";

/// Whether a group was asked about a topic and has no points that count.
pub(super) fn is_gap(feedback: &Feedback, topic: &TopicId, group: &GroupId) -> bool {
    let row = feedback.coverage.iter().find(|row| row.topic == *topic);
    row.is_some_and(|row| row.cells.iter().any(|cell| cell.group == *group && cell.gap))
}

fn coverage(feedback: &Feedback) -> String {
    let mut text = "\n## Coverage\n\nPoints by topic and group, without parked ones.".to_owned();
    if let Some(later) = words::later(feedback) {
        let _ = write!(text, " {later}");
    }
    text.push_str("\n\n| Topic |");
    for group in &feedback.groups {
        let _ = write!(text, " {} |", inline(&group.title));
    }
    text.push_str(" All |\n|---|");
    text.push_str(&"--:|".repeat(feedback.groups.len() + 1));
    text.push('\n');
    for row in &feedback.coverage {
        let _ = write!(text, "| {} |", inline(topic_title(feedback, row)));
        for cell in &row.cells {
            let number = match (cell.standing, cell.gap) {
                (0, true) => "**none**".to_owned(),
                (0, false) if cell.later => words::LATER.to_owned(),
                (0, false) => "–".to_owned(),
                (number, _) => number.to_string(),
            };
            let _ = write!(text, " {number} |");
        }
        let _ = writeln!(text, " {} |", row.cells.iter().map(|cell| cell.standing).sum::<usize>());
    }
    text.push_str("| **All** |");
    for place in 0..feedback.groups.len() {
        let column = feedback.coverage.iter().filter_map(|row| row.cells.get(place));
        let _ = write!(text, " {} |", column.map(|cell| cell.standing).sum::<usize>());
    }
    let _ = write!(text, " {} |\n\n{}", feedback.counts.standing, gaps(feedback));
    text
}

fn topic_title<'f>(feedback: &'f Feedback, row: &'f CoverageRow) -> &'f str {
    feedback.topic(&row.topic).map_or(row.topic.as_str(), |topic| &topic.title)
}

fn gaps(feedback: &Feedback) -> String {
    let mut text = String::new();
    for row in &feedback.coverage {
        let silent: Vec<&str> = row
            .cells
            .iter()
            .filter(|cell| cell.gap)
            .filter_map(|cell| feedback.group(&cell.group))
            .map(|group| &*group.title)
            .collect();
        if !silent.is_empty() {
            let topic = inline(topic_title(feedback, row));
            let _ = writeln!(text, "- {topic}: nothing from {}", inline(&silent.join(", ")));
        }
    }
    match &*text {
        "" => format!("{}\n", words::no_gaps(feedback)),
        _ => format!("**Gaps.** Groups that were asked but made no points:\n\n{text}"),
    }
}

/// Everything after the last point.
pub(super) fn closing(feedback: &Feedback) -> String {
    let mut text = String::new();
    if !feedback.sessions.is_empty() {
        text.push_str("\n## Sessions as planned\n\n| Day | Start | Session | Kind | Rule |\n");
        text.push_str("|---|---|---|---|---|\n");
        feedback.sessions.iter().for_each(|session| text.push_str(&planned(session)));
    }
    text.push_str(&legend(feedback));
    let (program, checksum) = (inline(&feedback.program), inline(&feedback.checksum));
    let _ = write!(text, "\n---\n\nWritten by {program}. Checksum of the content: {checksum}\n");
    text
}

fn planned(session: &Session) -> String {
    let start = session.start.map_or(String::new(), |start| start.to_string());
    format!(
        "| {} | {start} | {} | {} | {} |\n",
        session.date.format("%-d %b"),
        inline(&session.title),
        inline(&session.kind.title()),
        session.rule.title(),
    )
}

/// What the words in this file mean.
fn legend(feedback: &Feedback) -> String {
    let mut lines = String::new();
    for (word, means) in words::legend(feedback) {
        let _ = writeln!(lines, "- **{}:** {means}", capital(word));
    }
    if lines.is_empty() { lines } else { format!("\n## Legend\n\n{lines}") }
}
