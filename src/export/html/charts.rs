//! Charts, each with a table of the same numbers for those who cannot see the chart.

use maud::{Markup, html};

use super::super::words::{IdTitles, LATER, count, later, no_gaps};
use crate::feedback::{Convergence, Feedback, Topic};

/// How many bars a chart shows; the table has all.
const BARS: usize = 40;

/// A bar: its name and its pieces.
struct Bar<'f> {
    name: &'f str,
    pieces: Vec<usize>,
}

/// Bars, one below the other, with their sums.
fn bars(id: &str, title: &str, described: &str, bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.pieces.iter().sum()).max().unwrap_or(0).max(1);
    let (row, height) = (44, 44 * bars.len().min(BARS));
    html! {
        svg role="img" viewBox={ "0 0 640 " (height) } width="640" aria-labelledby=(id) {
            title id=(id) { (title) }
            desc { (described) }
            @for (nth, bar) in bars.iter().take(BARS).enumerate() {
                @let sum: usize = bar.pieces.iter().sum();
                text x="0" y=(nth * row + 14) { (short(bar.name)) }
                @for (piece, (from, width)) in spans(&bar.pieces, most).into_iter().enumerate() {
                    @if width > 0.0 {
                        rect x=(format!("{from:.1}")) y=(nth * row + 20) width=(format!("{width:.1}"))
                            height="16" fill="var(--bar)" fill-opacity=(OPACITY[piece % OPACITY.len()])
                            stroke="var(--paper)" {}
                    }
                }
                text x=(format!("{:.1}", 580.0 * sum as f64 / most as f64 + 6.0)) y=(nth * row + 33) { (sum) }
            }
        }
    }
}

/// The opacity of the pieces of a bar, one after the other.
const OPACITY: [&str; 7] = ["1", "0.8", "0.62", "0.48", "0.36", "0.26", "0.16"];

fn spans(pieces: &[usize], most: usize) -> Vec<(f64, f64)> {
    let mut from = 0.0;
    let span = |piece: &usize| {
        let width = 580.0 * *piece as f64 / most as f64;
        from += width;
        (from - width, width)
    };
    pieces.iter().map(span).collect()
}

fn short(name: &str) -> String {
    let mut short: String = name.chars().take(70).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

/// How many points each group made on each topic.
pub(super) fn coverage(feedback: &Feedback, known: &IdTitles) -> Markup {
    let sums: Vec<Bar> = feedback
        .coverage
        .iter()
        .map(|row| Bar {
            name: known.topic(&row.topic),
            pieces: row.cells.iter().map(|cell| cell.standing).collect(),
        })
        .collect();
    let gaps: usize =
        feedback.coverage.iter().flat_map(|row| &row.cells).filter(|cell| cell.gap).count();
    html! {
        h2 id="coverage" { "Coverage: points by topic and group" }
        (bars("chart-points", "Points by topic", "One bar per topic, with a section per group; the table below has the numbers.", &sums))
        p.note {
            @match gaps {
                0 => (no_gaps(feedback)),
                gaps => { (count(gaps, "gap")) ", marked “none”: the group was asked but has no points." },
            }
            @if let Some(later) = later(feedback) { " " (later) }
        }
        div.wide {
            table {
                thead { tr {
                    th scope="col" { "Topic" }
                    @for group in &feedback.groups { th.n scope="col" dir="auto" { (group.title) } }
                    th.n scope="col" { "All" }
                } }
                tbody {
                    @for row in &feedback.coverage {
                        tr {
                            th scope="row" dir="auto" { (known.topic(&row.topic)) }
                            @for cell in &row.cells {
                                td.n {
                                    @match (cell.standing, cell.gap) {
                                        (0, true) => strong.clash { "none" },
                                        (0, false) if cell.later => (LATER),
                                        (0, false) => "–",
                                        (count, _) => (count),
                                    }
                                }
                            }
                            td.n { (row.cells.iter().map(|cell| cell.standing).sum::<usize>()) }
                        }
                    }
                }
            }
        }
    }
}

/// How far the groups agreed, topic by topic.
pub(super) fn convergence(feedback: &Feedback, known: &IdTitles) -> Markup {
    let mut kinds: Vec<&Convergence> = Convergence::KNOWN.iter().collect();
    let said = |topic: &Topic| -> Vec<Option<&Convergence>> {
        let comments = feedback.comments.iter().filter(|one| one.topic == topic.id);
        comments.map(|one| one.convergence.as_ref()).collect()
    };
    let by_topic: Vec<(&Topic, Vec<Option<&Convergence>>)> = feedback
        .topics
        .iter()
        .map(|topic| (topic, said(topic)))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    let all = || by_topic.iter().flat_map(|(_, said)| said).flatten();
    for word in all() {
        if !kinds.contains(word) {
            kinds.push(word);
        }
    }
    kinds.retain(|kind| all().any(|word| word == kind));
    if kinds.is_empty() {
        return html! {};
    }
    let counted = |said: &[Option<&Convergence>]| -> Vec<usize> {
        let of = |kind: &Convergence| said.iter().filter(|word| **word == Some(kind)).count();
        let unsaid = said.iter().filter(|word| word.is_none()).count();
        kinds.iter().map(|kind| of(kind)).chain([unsaid]).collect()
    };
    let pieces: Vec<Bar> = by_topic
        .iter()
        .map(|(topic, said)| Bar { name: known.topic(&topic.id), pieces: counted(said) })
        .collect();
    html! {
        h2 id="convergence" { "Convergence: how far the groups agreed on the comments" }
        (bars(
            "chart-convergence",
            "Comments by topic and convergence",
            "One bar per topic, from the strongest agreement to the weakest; the table below has the numbers.",
            &pieces,
        ))
        div.wide {
            table {
                thead { tr {
                    th scope="col" { "Topic" }
                    @for kind in &kinds { th.n scope="col" { (kind.title()) } }
                    th.n scope="col" { "not recorded" }
                } }
                tbody {
                    @for bar in &pieces {
                        tr {
                            th scope="row" dir="auto" { (bar.name) }
                            @for count in &bar.pieces { td.n { (count) } }
                        }
                    }
                }
            }
        }
    }
}
