//! What drafters read first: the comments, each with the points it comes from.

use std::fmt::Write as _;

use super::super::words::{IdTitles, capital};
use super::draft_text::{decided, list};
use super::escape::{block, inline};
use super::label;
use crate::feedback::{Comment, Feedback};

/// The head of the part with the comments.
pub(super) fn head(feedback: &Feedback) -> String {
    let mut text = format!("\n## Comments\n\n{HOW_TO_READ}\n");
    if !feedback.legend.is_empty() {
        text.push_str("\n**Quantifiers (words for shares).** ");
        for (nth, band) in feedback.legend.iter().enumerate() {
            let comma = if nth > 0 { "; " } else { "" };
            let _ = write!(text, "{comma}*{}* {}–{} %", inline(&band.word), band.from, band.to);
        }
        text.push_str(
            " of the groups that were asked about the topic or spoke on it. One or two groups are \
             always called *some*.\n",
        );
    }
    text
}

const HOW_TO_READ: &str = "\
The groups' points, consolidated by topic. Under each comment are the alternatives to it,
for the drafters to decide, and the points it comes from: the first was kept as the comment, and the others
were merged into it. No point is lost: whatever is in no comment is set aside (with a reason, or
parked) or still open.";

/// The comments of one topic, which are together in the file.
pub(super) fn topic(title: &str, comments: &[Comment], known: &IdTitles) -> String {
    let mut text = format!("\n### {}\n\n", inline(title));
    for comment in comments {
        text.push_str(&line(comment, known));
    }
    text
}

fn line(comment: &Comment, known: &IdTitles) -> String {
    let mut tail: Vec<String> = Vec::new();
    tail.extend(comment.convergence.as_ref().map(|how| how.title().to_owned()));
    for (before, words) in
        [("", &comment.quantifier), ("who: ", &comment.owner), ("by: ", &comment.by_when)]
    {
        if !words.trim().is_empty() {
            tail.push(format!("{before}{words}"));
        }
    }
    let tail = match inline(&tail.join("; ")) {
        tail if tail.is_empty() => tail,
        tail => format!(" — *{tail}*"),
    };
    let label = label(&capital(comment.kind.title()), comment.paragraph.as_ref());
    let reference = &comment.reference;
    let mut text =
        format!("- **{}.** {}{tail} `{reference}`\n", inline(&label), block(&comment.text, 2));
    for other in &comment.wordings {
        let _ = writeln!(text, "  - *also worded:* {}", block(other, 4));
    }
    for wish in &comment.alternatives {
        let _ = writeln!(text, "  - *alternative:* {}", block(wish, 4));
    }
    let _ = writeln!(text, "  - *from:* {}", list(known, &comment.sources));
    if let Some(of) = &comment.disposition {
        text.push_str(&decided(of, 0));
    }
    text
}
