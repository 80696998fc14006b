//! One page for a browser, a phone and paper: all of the feedback, with nothing from
//! anywhere else. It can be read without its script, which only filters what is shown.

mod charts;
mod front;
mod item;
mod lineage;
mod page;
mod report;
mod text;

use std::io::{self, Write};

use maud::{Markup, html};

use super::words::{IdTitles, count};
use super::{GoOn, stopped};
use crate::feedback::matrix::{Matrix, MatrixRow};
use crate::feedback::{Feedback, Point, Topic};
pub(super) use report::{became, dispositions};

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let mut pages = HtmlPages::of(feedback, out, go_on);
    pages.put(page::head(feedback, "Consolidated feedback", page::SCRIPTED))?;
    pages.put(front::front(feedback, &pages.matrix))?;
    pages.comments()?;
    if let Some(draft) = &feedback.draft_text {
        pages.put(text::head(draft))?;
        for paragraph in &draft.paragraphs {
            pages.put(text::paragraph(paragraph, &pages.known))?;
        }
        pages.put(html! { p.top { a href="#top" { "Back to the top" } } })?;
    }
    pages.put(charts::coverage(feedback, &pages.known))?;
    pages.put(charts::convergence(feedback, &pages.known))?;
    pages.points()?;
    pages.lineage()?;
    pages.put(front::closing(feedback, &pages.known))?;
    pages.out.write_all(page::FOOT.as_bytes())?;
    pages.out.write_all(page::script().as_bytes())?;
    pages.out.write_all(b"</body></html>\n")
}

/// The pages being written. What grows with the points is written as it is made.
struct HtmlPages<'f, 'a, 'w> {
    feedback: &'f Feedback<'a>,
    known: IdTitles<'f, 'a>,
    matrix: Matrix<'f, 'a>,
    out: &'w mut dyn Write,
    go_on: GoOn<'w>,
    done: usize,
}

impl HtmlPages<'_, '_, '_> {
    /// Writes markup, without characters that no page may have: a file made by hand may contain them.
    fn put(&mut self, markup: Markup) -> io::Result<()> {
        let markup = markup.into_string();
        let is_unseen = |letter: char| letter.is_control() && letter != '\n';
        if markup.contains(is_unseen) {
            return self.out.write_all(markup.replace(is_unseen, "").as_bytes());
        }
        self.out.write_all(markup.as_bytes())
    }

    fn step(&mut self) -> io::Result<()> {
        let go_on = (self.go_on)(self.done);
        self.done += 1;
        if go_on { Ok(()) } else { Err(stopped()) }
    }

    /// Writes what drafters work with, by topic and then by paragraph.
    fn comments(&mut self) -> io::Result<()> {
        self.put(html! {
            h2 id="comments" { "Comments, by topic" }
            p.lead {
                "Comments follow the order of the draft text; on each paragraph, those with the most support come first. Points that are in no comment are \
                 listed on their own."
            }
        })?;
        let topics = by_topic(self.feedback, &self.matrix);
        for (topic, rows) in topics {
            self.out.write_all(b"<section>")?;
            self.put(html! {
                h3 id={ "topic-" (topic.id) } dir="auto" { (topic.title) }
                @if !topic.questions.is_empty() {
                    details {
                        summary { (count(topic.questions.len(), "guiding question")) }
                        ol { @for question in &topic.questions { li dir="auto" { (question) } } }
                    }
                }
            })?;
            let mut before = None;
            for row in rows {
                let place = (row.at.map(|at| at.id), row.after, row.label());
                if before != Some(place) {
                    self.put(item::band(&row, self.feedback.draft_text.is_some()))?;
                    before = Some(place);
                }
                self.put(item::row(&row, &self.matrix, &self.known))?;
            }
            self.out.write_all(b"</section>")?;
        }
        Ok(())
    }

    /// Writes all points in the groups' own words and order.
    fn points(&mut self) -> io::Result<()> {
        self.put(html! {
            h2 id="points" { "All points, by topic and group" }
            p.lead {
                "In the words and the order of each group's note-taker. A long list only means that \
                 the group wrote more."
            }
        })?;
        let alike = |a: &Point, b: &Point| a.topic == b.topic && a.group == b.group;
        let feedback = self.feedback;
        for cell in feedback.points.chunk_by(alike) {
            let (topic, group) =
                (self.known.topic(&cell[0].topic), self.known.group(&cell[0].group));
            self.out.write_all(b"<details class=\"cell\"><summary>")?;
            self.put(html! {
                span dir="auto" { (topic) } " · " span dir="auto" { (group) }
                " (" (count(cell.len(), "point")) ")"
            })?;
            self.out.write_all(b"</summary><ul class=\"points\">")?;
            for point in cell {
                self.step()?;
                self.put(item::point(point, &self.known))?;
            }
            self.out.write_all(b"</ul></details>")?;
        }
        Ok(())
    }
}

/// The topics that have rows, in their order, each with its rows in the order of the matrix.
fn by_topic<'f, 'a>(
    feedback: &'f Feedback<'a>,
    matrix: &Matrix<'f, 'a>,
) -> Vec<(&'f Topic<'a>, Vec<MatrixRow<'f, 'a>>)> {
    let mut topics: Vec<(&Topic, Vec<MatrixRow>)> =
        feedback.topics.iter().map(|topic| (topic, Vec::new())).collect();
    let places: std::collections::HashMap<_, _> =
        feedback.topics.iter().enumerate().map(|(place, topic)| (&topic.id, place)).collect();
    for row in &matrix.rows {
        if let Some(place) = places.get(row.item.topic()) {
            topics[*place].1.push(*row);
        }
    }
    topics.retain(|(_, rows)| !rows.is_empty());
    topics
}
