//! Markdown that reads well as plain text: comments by topic, then the points by topic and group,
//! then where each of them ended.

mod account;
mod comments;
mod draft_text;
mod escape;
mod front;

use std::io::{self, Write};
use std::{collections::HashMap, fmt::Write as _};

use super::words::{IdTitles, capital, count};
use super::{GoOn, stopped};
use crate::feedback::{Feedback, Group, Paragraph, Point, SessionId, Topic};
use escape::{block, inline};

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    out.write_all(front::page(feedback).as_bytes())?;
    let known = IdTitles::of(feedback);
    if !feedback.comments.is_empty() {
        out.write_all(comments::head(feedback).as_bytes())?;
        for of_topic in feedback.comments.chunk_by(|a, b| a.topic == b.topic) {
            let id = &of_topic[0].topic;
            let title = feedback.topic(id).map_or(id.as_str(), |topic| &topic.title);
            out.write_all(comments::topic(title, of_topic, &known).as_bytes())?;
        }
    }
    if let Some(text) = &feedback.draft_text {
        draft_text::write(text, &known, out)?;
    }
    out.write_all(b"\n## Points\n")?;
    let alike = |a: &Point, b: &Point| a.topic == b.topic && a.group == b.group;
    let cells = feedback.points.chunk_by(alike);
    let cells = cells.map(|cell| ((cell[0].topic.as_str(), cell[0].group.as_str()), cell));
    let cells = cells.collect();
    let mut pages =
        MarkdownPages { feedback, known: &known, cells, out: &mut *out, go_on, done: 0 };
    for (number, topic) in (1..).zip(&feedback.topics) {
        pages.topic(number, topic)?;
    }
    pages.parking_lot()?;
    account::write(feedback, &known, out)?;
    out.write_all(front::closing(feedback).as_bytes())
}

/// The part that grows with the points, which is written as it is made.
struct MarkdownPages<'f, 'a, 'w> {
    feedback: &'f Feedback<'a>,
    known: &'f IdTitles<'f, 'a>,
    cells: HashMap<(&'f str, &'f str), &'f [Point<'a>]>,
    out: &'w mut dyn Write,
    go_on: GoOn<'w>,
    done: usize,
}

impl<'f, 'a> MarkdownPages<'f, 'a, '_> {
    fn topic(&mut self, number: usize, topic: &Topic) -> io::Result<()> {
        let mut head = format!("\n### {number}. {}\n", inline(&topic.title));
        if !topic.questions.is_empty() {
            head.push_str("\nGuiding questions:\n\n");
            for (number, question) in (1..).zip(&topic.questions) {
                let _ = writeln!(head, "{number}. {}", inline(question));
            }
        }
        self.out.write_all(head.as_bytes())?;
        let mut place = String::new();
        for group in &self.feedback.groups {
            let key = (topic.id.as_str(), group.id.as_str());
            if let Some(points) = self.cells.get(&key) {
                self.group(group, points, &mut place)?;
            } else if front::is_gap(self.feedback, &topic.id, &group.id) {
                writeln!(self.out, "\n#### {}: no points", inline(&group.title))?;
            }
        }
        Ok(())
    }

    /// Writes the points of one group; `place` is where the points before them were made.
    fn group(
        &mut self,
        group: &Group,
        points: &'f [Point<'a>],
        place: &mut String,
    ) -> io::Result<()> {
        let standing = points.iter().filter(|point| !point.is_parked()).count();
        let parked = match points.len() - standing {
            0 => String::new(),
            parked => format!(", {parked} more in the parking lot"),
        };
        let title = inline(&group.title);
        writeln!(self.out, "\n#### {title}: {}{parked}\n", count(standing, "point"))?;
        let said_in = said_in(self.feedback, points);
        if !said_in.is_empty() && said_in != *place {
            writeln!(self.out, "*{said_in}*\n")?;
            *place = said_in;
        }
        // Whether each point above the current one is on this list; a parked one is not.
        let mut above: Vec<bool> = Vec::new();
        for point in points {
            self.step()?;
            above.truncate(usize::from(point.depth));
            let depth = above.iter().filter(|shown| **shown).count();
            above.push(!point.is_parked());
            if !point.is_parked() {
                self.out.write_all(line(point, self.known, depth, "").as_bytes())?;
            }
        }
        Ok(())
    }

    fn parking_lot(&mut self) -> io::Result<()> {
        if self.feedback.counts.parked == 0 {
            return Ok(());
        }
        self.out.write_all(
            b"\n## Parking lot\n\nOff topic when they were raised, and kept here.\n\n",
        )?;
        for point in self.feedback.points.iter().filter(|point| point.is_parked()) {
            let group = self.feedback.group(&point.group).map_or("", |group| &group.title);
            let topic = self.feedback.topic(&point.topic).map_or("", |topic| &topic.title);
            let owner = match &point.owner {
                Some(owner) => format!("for the {owner}"),
                None => "nobody has taken it up".to_owned(),
            };
            let more = format!("{group} on {topic}; {owner}");
            self.out.write_all(line(point, self.known, 0, &more).as_bytes())?;
        }
        Ok(())
    }

    fn step(&mut self) -> io::Result<()> {
        let go_on = (self.go_on)(self.done);
        self.done += 1;
        if go_on { Ok(()) } else { Err(stopped()) }
    }
}

/// One point with its other wordings, as part of a list.
fn line(point: &Point, known: &IdTitles, depth: usize, more: &str) -> String {
    let indent = 2 * depth;
    let label = label(&capital(point.kind.title()), point.paragraph.as_ref());
    let mut tail: Vec<String> = Vec::new();
    tail.extend(point.convergence.as_ref().map(|convergence| convergence.title().to_owned()));
    if !point.tags.is_empty() {
        tail.push(format!("tags: {}", point.tags.join(", ")));
    }
    tail.extend(point.read_back.as_ref().map(ToString::to_string));
    tail.extend(point.hands.as_ref().map(ToString::to_string));
    tail.extend(point.reason.map(|reason| format!("set aside: {}", reason.title())));
    tail.push(more.to_owned());
    tail.retain(|part| !part.trim().is_empty());
    let tail = match inline(&tail.join("; ")) {
        tail if tail.is_empty() => tail,
        tail => format!(" — *{tail}*"),
    };
    let text = block(&point.text, indent + 2);
    let reference = &point.reference;
    let place = point.comment.and_then(|comment| known.comments.get(&comment));
    let place = place.map_or(String::new(), |comment| format!(" → `{}`", comment.reference));
    let label = inline(&label);
    let mut line = format!("{:indent$}- **{label}.** {text}{tail} `{reference}`{place}\n", "");
    for other in &point.alternatives {
        let other = block(other, indent + 4);
        let _ = writeln!(line, "{:indent$}  - *also worded:* {other}", "");
    }
    if let Some(proposal) = &point.proposal {
        line.push_str(&draft_text::proposed(proposal, indent));
    }
    if let Some(of) = &point.disposition {
        line.push_str(&draft_text::decided(of, indent));
    }
    line
}

/// Its kind, and which paragraph it is about.
fn label(kind: &str, paragraph: Option<&Paragraph>) -> String {
    match paragraph {
        Some(paragraph) => format!("{kind}, {}", paragraph.as_str()),
        None => kind.to_owned(),
    }
}

/// The sessions and rounds in which the points of a cell were made.
fn said_in(feedback: &Feedback, points: &[Point]) -> String {
    let mut places: Vec<(Option<&str>, Option<u8>)> = Vec::new();
    for point in points {
        let place = (point.session.as_ref().map(SessionId::as_str), point.round);
        if places.last() != Some(&place) && !places.contains(&place) {
            places.push(place);
        }
    }
    let titles: HashMap<&str, &str> =
        feedback.sessions.iter().map(|s| (s.id.as_str(), &*s.title)).collect();
    let words = places.iter().filter_map(|(session, round)| {
        let session = session.map(|id| titles.get(id).copied().unwrap_or(id));
        match (session, round) {
            (Some(session), Some(round)) if !session.contains(&format!("round {round}")) => {
                Some(format!("{session}, round {round}"))
            }
            (Some(session), _) => Some(session.to_owned()),
            (None, Some(round)) => Some(format!("round {round}")),
            (None, None) => None,
        }
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!("Said in: {}", inline(&words.join("; "))) }
}
