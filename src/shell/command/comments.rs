//! `rapporteur comments`: the comments made from the points, for people or for programs.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{
    DataFolders, Failure, json_line, print_message, read, refused, say_unchecked, topic,
    whole_or_refused,
};
use crate::app::wrap::visible;
use crate::feedback::{Comment, Feedback};
use crate::workshop::{Convergence, Paragraph, PointId, Refusal, TopicId, Workshop};

/// Prints comments.
#[derive(Args, Debug)]
pub(crate) struct Comments {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    /// Only this topic, by id or title.
    #[arg(long, short)]
    topic: Option<String>,
    /// Print one JSON object per line for each comment, as in the feedback file.
    #[arg(long)]
    json: bool,
}

/// A comment, as programs read it.
#[derive(Serialize)]
struct ListedComment<'s> {
    #[serde(flatten)]
    comment: &'s Comment<'s>,
    /// Whether the words passed the gate; always `false`.
    checked: bool,
}

impl Comments {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let workshop = read(&self.workshop, folders)?;
        let only = self.only(&workshop)?;
        let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
        let mut out = io::BufWriter::new(io::stdout().lock());
        let wanted = |topic: &TopicId| only.as_ref().is_none_or(|only| only == topic);
        for topic in feedback.topics.iter().filter(|topic| wanted(&topic.id)) {
            let of_topic = feedback.comments.iter().filter(|s| s.topic == topic.id);
            let comments: Vec<&Comment> = of_topic.collect();
            if !comments.is_empty() && !self.json {
                writeln!(out, "{} ({})", visible(&topic.title), comments.len())?;
            }
            for comment in comments {
                if self.json {
                    writeln!(out, "{}", json_line(&ListedComment { comment, checked: false }))?;
                } else {
                    print(comment, &workshop, &mut out)?;
                }
            }
        }
        out.flush()?;
        print_message(&format!("{}.", feedback.account));
        say_unchecked();
        whole_or_refused(&workshop)
    }

    fn only(&self, workshop: &Workshop) -> Result<Option<TopicId>, Failure> {
        let Some(named) = &self.topic else { return Ok(None) };
        let id = topic(workshop.agenda(), named);
        let all = workshop.topics();
        if all.iter().any(|topic| topic.id == id) {
            return Ok(Some(id));
        }
        Err(refused(Refusal::NoTopic(id, all.iter().map(|t| t.id.clone()).collect())))
    }
}

fn print(comment: &Comment, workshop: &Workshop, out: &mut impl Write) -> io::Result<()> {
    let label = comment.paragraph.as_ref().map(Paragraph::as_str);
    let convergence = comment.convergence.as_ref().map(Convergence::title);
    let about = [Some(comment.kind.title()), label, convergence, Some(&*comment.quantifier)];
    let about: Vec<&str> = about.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    writeln!(out, "  {}  [{}]", comment.id, visible(&about.join(", ")))?;
    lines(out, "    ", &comment.text)?;
    for (before, words) in [("who: ", &comment.owner), ("by: ", &comment.by_when)] {
        if !words.is_empty() {
            lines(out, "      ", &format!("{before}{words}"))?;
        }
    }
    for wording in &comment.wordings {
        lines(out, "      ", &format!("also worded: {wording}"))?;
    }
    for wish in &comment.alternatives {
        lines(out, "      ", &format!("alternative: {wish}"))?;
    }
    for source in &comment.sources {
        lines(out, "      ", &format!("from {source}: {}", words(workshop, *source)))?;
    }
    Ok(())
}

fn words(workshop: &Workshop, point: PointId) -> &str {
    workshop.point(point).map_or("", |point| point.text())
}

fn lines(out: &mut impl Write, indent: &str, text: &str) -> io::Result<()> {
    visible(text).split('\n').try_for_each(|line| writeln!(out, "{indent}{line}"))
}
