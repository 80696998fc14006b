//! Where every point ended: set aside, lineage, account, seals, audit.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::{words, words::IdTitles};
use super::{draft_text::list, escape::inline};
use crate::feedback::{Feedback, Outcome, Point, SealState};

/// Writes everything about where the points ended.
pub(super) fn write(feedback: &Feedback, known: &IdTitles, out: &mut dyn Write) -> io::Result<()> {
    if feedback.is_consolidated() {
        set_aside(feedback, out)?;
        open(feedback, out)?;
        lineage(feedback, known, out)?;
    }
    let mut text = format!("\n## Account\n\n{}.\n", inline(&feedback.account));
    let aside = |how| feedback.points.iter().filter(|point| point.outcome() == how).count();
    let (with_reason, parked) = (aside(Outcome::SetAside), aside(Outcome::Parked));
    let deleted = feedback.counts.deleted;
    if with_reason + parked + deleted > 0 {
        let _ = writeln!(
            text,
            "\nOf those set aside, {with_reason} are listed above with a reason, {parked} are in the parking \
             lot, and {deleted} were deleted by their groups and are not printed here.",
        );
    }
    seals(feedback, &mut text);
    audit(feedback, known, &mut text);
    out.write_all(text.as_bytes())
}

fn titles<'f>(feedback: &'f Feedback, point: &'f Point) -> (&'f str, &'f str) {
    let topic = feedback.topic(&point.topic).map_or(point.topic.as_str(), |topic| &topic.title);
    let group = feedback.group(&point.group).map_or(point.group.as_str(), |group| &group.title);
    (topic, group)
}

fn set_aside(feedback: &Feedback, out: &mut dyn Write) -> io::Result<()> {
    let mut aside =
        feedback.points.iter().filter_map(|point| Some((point, point.reason?))).peekable();
    if aside.peek().is_none() {
        return Ok(());
    }
    out.write_all(b"\n## Set aside\n\n| Point | Topic | Group | Reason | Explanation |\n")?;
    out.write_all(b"|---|---|---|---|---|\n")?;
    for (point, reason) in aside {
        let (topic, group) = titles(feedback, point);
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {} |",
            point.reference,
            inline(topic),
            inline(group),
            reason.title(),
            inline(&point.words)
        )?;
    }
    Ok(())
}

fn open(feedback: &Feedback, out: &mut dyn Write) -> io::Result<()> {
    let mut open =
        feedback.points.iter().filter(|point| point.outcome() == Outcome::Open).peekable();
    if open.peek().is_none() {
        return Ok(());
    }
    out.write_all(b"\n## Still open\n\nIn no comment and not set aside yet.\n\n")?;
    out.write_all(b"| Point | Topic | Group | Words |\n|---|---|---|---|\n")?;
    for point in open {
        let (topic, group) = titles(feedback, point);
        let (topic, group, text) = (inline(topic), inline(group), inline(&point.text));
        writeln!(out, "| `{}` | {topic} | {group} | {text} |", point.reference)?;
    }
    Ok(())
}

fn lineage(feedback: &Feedback, known: &IdTitles, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n## Sources\n")?;
    if !feedback.comments.is_empty() {
        out.write_all(b"\n### The points in each comment\n\n")?;
        out.write_all(b"| Comment | Made from | Merged into it |\n|---|---|---|\n")?;
        for comment in &feedback.comments {
            let (first, others) = comment.sources.split_at(comment.sources.len().min(1));
            let (first, others) = (list(known, first), list(known, others));
            writeln!(out, "| `{}` | {first} | {others} |", comment.reference)?;
        }
    }
    out.write_all(
        b"\n### What became of each point\n\n| Point | Became | Where |\n|---|---|---|\n",
    )?;
    for point in &feedback.points {
        let place = point.comment.and_then(|comment| known.comments.get(&comment));
        let place = match (place, point.reason, &point.owner) {
            (Some(comment), ..) => format!("`{}`", comment.reference),
            (None, Some(reason), _) => reason.title().to_owned(),
            (None, None, Some(owner)) => inline(&format!("for the {owner}")),
            (None, None, None) => String::new(),
        };
        writeln!(out, "| `{}` | {} | {place} |", point.reference, point.outcome().title())?;
    }
    Ok(())
}

fn seals(feedback: &Feedback, text: &mut String) {
    if feedback.seals.is_empty() {
        return;
    }
    text.push_str("\n## Seals\n\nA group that sealed a topic endorses its points as they were ");
    text.push_str("at that moment.\n\n| Topic | Group | Checksum | Seal |\n|---|---|---|---|\n");
    for seal in &feedback.seals {
        let topic = feedback.topic(&seal.topic).map_or(seal.topic.as_str(), |topic| &topic.title);
        let group = feedback.group(&seal.group).map_or(seal.group.as_str(), |group| &group.title);
        let state = match seal.state {
            SealState::Sealed => "sealed",
            SealState::Changed => "**changed since it was sealed**",
        };
        let (topic, group, digest) = (inline(topic), inline(group), inline(&seal.digest));
        let _ = writeln!(text, "| {topic} | {group} | {digest} | {state} |");
    }
}

fn audit(feedback: &Feedback, known: &IdTitles, text: &mut String) {
    let audit = &feedback.audit;
    text.push_str("\n## Audit\n\n");
    let _ = writeln!(text, "{}", inline(&words::audit(feedback)));
    if !audit.consent.is_empty() {
        text.push_str(
            "\nOn the record, with recorded consent: delegations may be named in what was said in\n\n",
        );
        for session in &audit.consent {
            let title = feedback.session(session).map_or(session.as_str(), |found| &found.title);
            let _ = writeln!(text, "- {}", inline(title));
        }
    }
    let mut waived = words::waived(feedback).peekable();
    if waived.peek().is_none() {
        return;
    }
    text.push_str("\nNames found that may stay:\n\n| Where | Found | Why it may stay |\n");
    text.push_str("|---|---|---|\n");
    for waived in waived {
        let place = match known.place(waived.point, waived.comment) {
            "" => words::elsewhere(waived).to_owned(),
            reference => format!("`{reference}`"),
        };
        let (found, reason) = (inline(&waived.found), inline(words::why(waived)));
        let _ = writeln!(text, "| {place} | {found} | {reason} |");
    }
}
