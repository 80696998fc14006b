//! `rapporteur statements`: what the points come to, to read or for a program.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{
    Failure, json_line, print_message, read, refused, say_unchecked, topic, whole_or_refused,
};
use crate::app::wrap::visible;
use crate::feedback::{Feedback, Statement};
use crate::shell::places::Places;
use crate::workshop::{Convergence, Paragraph, PointId, Refusal, TopicId, Workshop};

/// Prints statements.
#[derive(Args, Debug)]
pub(crate) struct Statements {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    /// Only this topic, by id or title.
    #[arg(long, short)]
    topic: Option<String>,
    /// One JSON object a statement, each on a line of its own, as in the feedback file.
    #[arg(long)]
    json: bool,
}

/// A statement as programs read it.
#[derive(Serialize)]
struct ListedStatement<'s> {
    #[serde(flatten)]
    statement: &'s Statement<'s>,
    /// Whether the words passed the gate: they did not.
    checked: bool,
}

impl Statements {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let workshop = read(&self.workshop, places)?;
        let only = self.only(&workshop)?;
        let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
        let mut out = io::BufWriter::new(io::stdout().lock());
        let wanted = |topic: &TopicId| only.as_ref().is_none_or(|only| only == topic);
        for topic in feedback.topics.iter().filter(|topic| wanted(&topic.id)) {
            let of_topic = feedback.statements.iter().filter(|s| s.topic == topic.id);
            let statements: Vec<&Statement> = of_topic.collect();
            if !statements.is_empty() && !self.json {
                writeln!(out, "{} ({})", visible(&topic.title), statements.len())?;
            }
            for statement in statements {
                if self.json {
                    writeln!(out, "{}", json_line(&ListedStatement { statement, checked: false }))?;
                } else {
                    print(statement, &workshop, &mut out)?;
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

fn print(statement: &Statement, workshop: &Workshop, out: &mut impl Write) -> io::Result<()> {
    let label = statement.paragraph.as_ref().map(Paragraph::as_str);
    let convergence = statement.convergence.as_ref().map(Convergence::title);
    let about = [Some(statement.kind.title()), label, convergence, Some(&*statement.quantifier)];
    let about: Vec<&str> = about.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    writeln!(out, "  {}  [{}]", statement.id, visible(&about.join(", ")))?;
    lines(out, "    ", &statement.text)?;
    for (before, words) in [("who: ", &statement.owner), ("by: ", &statement.by_when)] {
        if !words.is_empty() {
            lines(out, "      ", &format!("{before}{words}"))?;
        }
    }
    for wording in &statement.wordings {
        lines(out, "      ", &format!("also worded: {wording}"))?;
    }
    for wish in &statement.alternatives {
        lines(out, "      ", &format!("alternative: {wish}"))?;
    }
    for source in &statement.sources {
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
