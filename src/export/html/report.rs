//! What happened to the feedback: a page for each group, and the drafters' answers as one report.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::words::{self, IdTitles, count};
use super::item::{disposition, leads, quoted, redline};
use super::{GoOn, HtmlPages, front, page};
use crate::feedback::matrix::{Item, Matrix, MatrixRow};
use crate::feedback::{Decision, Disposition, Feedback, Point};

/// Writes a separate page for each group: what happened to its points.
pub(in super::super) fn became(
    feedback: &Feedback,
    out: &mut dyn Write,
    go_on: GoOn,
) -> io::Result<()> {
    let mut pages = HtmlPages::of(feedback, out, go_on);
    pages.head("What happened to your points", "One page for each group. Please pass on.")?;
    for group in &feedback.groups {
        let points = || feedback.points.iter().filter(|point| point.group == group.id);
        if points().next().is_none() {
            continue;
        }
        pages.out.write_all(b"<section class=\"sheet\">")?;
        pages.put(html! {
            h2 dir="auto" { (group.title) }
            p.lead { (tally(points(), &pages.known)) }
        })?;
        pages.out.write_all(b"<ul class=\"points\">")?;
        for point in points() {
            pages.step()?;
            pages.put(became_of(point, &pages.known))?;
        }
        pages.out.write_all(b"</ul></section>")?;
    }
    pages.foot()
}

/// How many of the points went where, in one sentence.
fn tally<'p>(points: impl Iterator<Item = &'p Point<'p>>, known: &IdTitles) -> String {
    let (mut all, mut within, mut answered, mut aside) = (0, 0, 0, 0);
    for point in points {
        all += 1;
        within += usize::from(point.comment.is_some());
        aside += usize::from(front::is_aside(point.outcome()));
        answered += usize::from(known.decided(point).is_some_and(is_answer));
    }
    let were = if aside == 1 { "was" } else { "were" };
    format!(
        "{}: {within} went into comments, {aside} {were} set aside or parked; the drafters have answered \
         {answered}.",
        count(all, "point")
    )
}

fn is_answer(of: &Disposition) -> bool {
    of.now.decision != Decision::Open
}

fn became_of(point: &Point, known: &IdTitles) -> Markup {
    let comment = point.comment.and_then(|id| known.comments.get(&id));
    html! {
        li id=(point.reference) {
            span.ref { (point.reference) } " " (quoted(&point.text))
            @if let Some(proposal) = &point.proposal { p { "Proposed: " (redline(proposal)) } }
            p {
                strong { "→ " (words::capital(&known.ended(point))) }
                @if let Some(comment) = comment { ": " (quoted(&comment.text)) }
            }
            @match known.decided(point) {
                Some(of) => (disposition(of)),
                None if point.counts() => p.note { "The drafters have not answered yet." },
                None => {},
            }
        }
    }
}

/// Writes the drafters' answers: how many of each, then by paragraph, then what is missing.
pub(in super::super) fn dispositions(
    feedback: &Feedback,
    out: &mut dyn Write,
    go_on: GoOn,
) -> io::Result<()> {
    let mut pages = HtmlPages::of(feedback, out, go_on);
    pages.head("What drafters decided", "All answers, in the order of the draft text.")?;
    pages.put(counts(&pages.matrix))?;
    pages.put(missing(&pages.matrix))?;
    pages.put(html! { h2 id="answers" { "Answers" } })?;
    pages.out.write_all(
        b"<div class=\"wide\"><table><thead><tr><th>Ref.</th><th>Comment</th><th>Decision</th>\
          <th>Response</th><th>Before</th></tr></thead><tbody>",
    )?;
    let has_text = feedback.draft_text.is_some();
    let mut before = None;
    for nth in 0..pages.matrix.rows.len() {
        let row = pages.matrix.rows[nth];
        let place = (row.at.map(|at| at.id), row.after, row.label());
        let words = words::on(&row, has_text);
        if before != Some(place) && !words.is_empty() {
            pages.put(html! { tr { th colspan="5" scope="colgroup" { (words) } } })?;
        }
        before = Some(place);
        pages.put(answer(&row))?;
        let points = match row.item {
            Item::Comment(comment) => comment.sources.len(),
            Item::Point(_) => 1,
        };
        (0..points).try_for_each(|_| pages.step())?;
    }
    pages.out.write_all(b"</tbody></table></div>")?;
    pages.foot()
}

fn answer(row: &MatrixRow) -> Markup {
    let of = row.item.disposition();
    html! {
        tr id=(row.item.reference()) {
            td { span.ref { (row.item.reference()) } }
            td { (quoted(&row.item.comment())) }
            td {
                @match of {
                    None => "open",
                    Some(of) => {
                        (words::decided(&of.now))
                        @for other in &of.others {
                            br; span.clash { "or " } (words::decided(other))
                        }
                    },
                }
            }
            td { (quoted(&words::response(of))) }
            td {
                @if let Some(of) = of {
                    @for (nth, past) in of.history.iter().enumerate() {
                        @if nth > 0 { br; }
                        (words::decided(past))
                        @if !past.note.is_empty() { ": " (quoted(&past.note)) }
                    }
                }
            }
        }
    }
}

fn counts(matrix: &Matrix) -> Markup {
    let decided = |row: &MatrixRow| row.item.disposition().map(|of| of.now.decision.clone());
    let all: Vec<Decision> =
        matrix.rows.iter().map(|row| decided(row).unwrap_or(Decision::Open)).collect();
    let mut kinds: Vec<&Decision> = Decision::KNOWN.iter().collect();
    for decision in &all {
        if !kinds.contains(&decision) {
            kinds.push(decision);
        }
    }
    html! {
        h2 { "Totals" }
        table {
            thead { tr { th scope="col" { "Decision" } th.n scope="col" { "Comments" } } }
            tbody {
                @for kind in kinds {
                    @let number = all.iter().filter(|decision| *decision == kind).count();
                    @if number > 0 {
                        tr { th scope="row" { (words::capital(kind.title())) } td.n { (number) } }
                    }
                }
                tr { th scope="row" { "All" } td.n { (all.len()) } }
            }
        }
    }
}

/// What still needs an answer, and what was answered twice.
fn missing(matrix: &Matrix) -> Markup {
    let open = |row: &&MatrixRow| row.item.disposition().is_none_or(|of| !is_answer(of));
    let twice = |row: &&MatrixRow| row.item.disposition().is_some_and(|of| !of.others.is_empty());
    let named = |rows: Vec<&MatrixRow>| {
        html! {
            @for (nth, row) in rows.iter().enumerate() {
                @if nth > 0 { ", " } (leads(row.item.reference()))
            }
        }
    };
    let open: Vec<&MatrixRow> = matrix.rows.iter().filter(open).collect();
    let twice: Vec<&MatrixRow> = matrix.rows.iter().filter(twice).collect();
    html! {
        @if !twice.is_empty() {
            h2 { "Answered in two ways" }
            p { span.clash { "Somebody must choose: " } (named(twice)) "." }
        }
        h2 { "Not answered yet" }
        p { @if open.is_empty() { "Everything was answered." } @else { (named(open)) "." } }
    }
}

impl<'f, 'a, 'w> HtmlPages<'f, 'a, 'w> {
    pub(super) fn of(feedback: &'f Feedback<'a>, out: &'w mut dyn Write, go_on: GoOn<'w>) -> Self {
        let (known, matrix) = (IdTitles::of(feedback), Matrix::of(feedback));
        Self { feedback, known, matrix, out, go_on, done: 0 }
    }

    /// Writes the beginning of a page without a script.
    fn head(&mut self, what: &str, lead: &str) -> io::Result<()> {
        self.put(page::head(self.feedback, what, !page::SCRIPTED))?;
        self.out.write_all(b"<main>")?;
        self.put(html! {
            (front::title(self.feedback, what))
            p { (lead) }
            p.note { (words::rule(self.feedback)) }
        })
    }

    fn foot(&mut self) -> io::Result<()> {
        self.put(html! {
            p.note {
                (words::audit(self.feedback)) " Written by " (self.feedback.program) ". Content: "
                (self.feedback.checksum)
            }
        })?;
        self.out.write_all(page::FOOT.as_bytes())?;
        self.out.write_all(b"</body></html>\n")
    }
}
