//! The draft text with all proposals in brackets, and the drafters' answers.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::words::{self, IdTitles};
use super::escape::{block, inline};
use crate::feedback::{
    Disposition, DraftParagraph, DraftText, ParagraphKind, Passage, PointId, Proposal,
};

/// Writes the text, paragraph by paragraph.
pub(super) fn write(text: &DraftText, known: &IdTitles, out: &mut dyn Write) -> io::Result<()> {
    let version = if text.version.is_empty() { "" } else { ", " };
    let title = inline(&format!("{}{version}{}", text.title, text.version));
    write!(out, "\n## Draft text with all proposals\n\n**{title}**\n\n{READING}\n\n")?;
    writeln!(out, "Checksum of the text: {}", text.digest)?;
    for found in &text.paragraphs {
        out.write_all(paragraph(found, known).as_bytes())?;
    }
    Ok(())
}

const READING: &str = "\
All versions of a proposed change are in brackets, the current text first. Where there are more than two,
proposals conflict: for the drafters to decide. Other brackets are the draft's own. Under a paragraph,
[-words-] are deleted and {+words+} are inserted.";

fn paragraph(found: &DraftParagraph, known: &IdTitles) -> String {
    let label = match found.kind {
        ParagraphKind::Heading => String::new(),
        _ => format!("**{}** ", inline(found.label.as_str())),
    };
    let mut text = format!("\n{label}{}\n", block(&found.bracketed(), 0));
    let open = found.compiled.iter().filter_map(|passage| match passage {
        Passage::Open { now, versions } => Some((now, versions)),
        Passage::Agreed(_) => None,
    });
    let mut lines = String::new();
    for (now, versions) in open {
        for version in versions {
            let marked = change(now, &version.text);
            let clash = if versions.len() > 1 { "*conflict:* " } else { "" };
            let _ =
                writeln!(lines, "- {clash}{} {}", inline(&marked), list(known, &version.points));
        }
    }
    for new in &found.added {
        let label = inline(new.label.as_str());
        let words = block(&format!("{{+{}+}}", new.text), 2);
        let _ =
            writeln!(lines, "- *new paragraph* **{label}** {words} {}", list(known, &new.points));
    }
    if !lines.is_empty() {
        text.push('\n');
        text.push_str(&lines);
    }
    text
}

fn change(now: &str, then: &str) -> String {
    match (now.trim(), then.trim()) {
        ("", then) => format!("{{+{then}+}}"),
        (now, "") => format!("[-{now}-]"),
        (now, then) => format!("[-{now}-] {{+{then}+}}"),
    }
}

/// What is proposed, as an item under a point.
pub(super) fn proposed(proposal: &Proposal, indent: usize) -> String {
    let fits = if proposal.fits { "" } else { " *(its words are not in the current text)*" };
    let words = block(&proposal.marked(), indent + 4);
    format!("{:indent$}  - *proposed:* {words}{fits}\n", "")
}

/// What drafters decided, as an item under a point or a comment.
pub(super) fn decided(of: &Disposition, indent: usize) -> String {
    let response = words::response(Some(of));
    let response = if response.is_empty() { response } else { format!(": {response}") };
    let words = block(&format!("{}{response}", words::decision(Some(of))), indent + 4);
    let choose = if of.others.is_empty() { "" } else { " *(one must be chosen)*" };
    format!("{:indent$}  - *drafters:* {words}{choose}\n", "")
}

/// The references of points as code, one after the other.
pub(super) fn list(known: &IdTitles, points: &[PointId]) -> String {
    let known = points.iter().filter_map(|point| known.points.get(point));
    known.map(|point| format!("`{}`", point.reference)).collect::<Vec<_>>().join(", ")
}
