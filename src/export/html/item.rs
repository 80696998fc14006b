//! A comment, a point, a redline.

use std::borrow::Cow;

use maud::{Markup, html};

use super::super::script;
use super::super::words::{self, IdTitles, capital, clipped, rest};
use crate::feedback::matrix::{Item, Matrix, MatrixRow};
use crate::feedback::{Disposition, Piece, Point, Proposal};

/// Words, as somebody said them: in their own direction, with the language that their script implies.
pub(super) fn quoted(text: &str) -> Markup {
    let (shown, left) = clipped(text);
    let language = script::first(shown).language();
    html! {
        span.words dir="auto" lang=[(!language.is_empty()).then_some(language)] { (shown) }
        @if left > 0 { span.note { (rest(left)) } }
    }
}

/// A reference, as a link to what it names.
pub(super) fn leads(reference: &str) -> Markup {
    html! { a.ref href={ "#" (reference) } { (reference) } }
}

/// The head of a paragraph's comments, with its current words.
pub(super) fn band(row: &MatrixRow, has_text: bool) -> Markup {
    let place = words::on(row, has_text);
    if place.is_empty() {
        return html! {};
    }
    html! {
        div.band {
            @match row.at {
                Some(at) if !row.lost => strong { a href={ "#text-" (at.id) } { (place) } },
                _ => strong { (place) },
            }
            @if !row.current().is_empty() { p { (quoted(row.current())) } }
        }
    }
}

/// A comment with everything that belongs to it.
pub(super) fn row(row: &MatrixRow, matrix: &Matrix, known: &IdTitles) -> Markup {
    let item = row.item;
    let (groups, agreed) = (matrix.groups(row), item.convergence());
    let proposals = matrix.proposals(row);
    html! {
        article.item id=(item.reference()) {
            p {
                a.ref href={ "#" (item.reference()) } { (item.reference()) }
                " " span.kind { (item.kind()) }
            }
            @match item {
                Item::Comment(comment) => {
                    p { (quoted(&comment.text)) }
                    @for wish in &comment.alternatives {
                        p { span.clash { "Alternative: " } (quoted(wish)) }
                    }
                    @for other in &comment.wordings {
                        p { span.clash { "Also worded, to be chosen: " } (quoted(other)) }
                    }
                },
                Item::Point(point) => {
                    p { (quoted(&point.text)) }
                    @for other in &point.alternatives {
                        p { span.clash { "Also worded, to be chosen: " } (quoted(other)) }
                    }
                },
            }
            @for (point, proposal) in &proposals {
                p {
                    @if proposals.len() > 1 { (leads(&point.reference)) " " }
                    "Proposed: " (redline(proposal))
                }
            }
            p.note {
                (groups)
                @if !agreed.is_empty() { "; " (agreed) }
                @if let Item::Comment(comment) = item {
                    @if !comment.quantifier.is_empty() { "; " (comment.quantifier) }
                    @if !comment.owner.is_empty() { "; who: " (comment.owner) }
                    @if !comment.by_when.is_empty() { "; by: " (comment.by_when) }
                }
            }
            @if let Some(of) = item.disposition() { (disposition(of)) }
            @if let Item::Comment(comment) = item {
                details {
                    summary { (words::count(comment.sources.len(), "source")) }
                    ul.points {
                        @for source in comment.sources.iter().filter_map(|id| known.points.get(id)) {
                            li {
                                (leads(&source.reference)) " "
                                span.kind { (known.group(&source.group)) } " " (quoted(&source.text))
                                @let heard = words::said_of(source);
                                @if !heard.is_empty() { " " span.note { (heard) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What drafters decided, with what they answered before and at the same time.
pub(super) fn disposition(of: &Disposition) -> Markup {
    html! {
        p {
            strong { "Drafters: " } (words::decided(&of.now))
            @if !of.now.note.is_empty() { ". " (quoted(&of.now.note)) }
        }
        @for other in &of.others {
            p {
                span.clash { "Also answered, to be chosen: " } (words::decided(other))
                @if !other.note.is_empty() { ". " (quoted(&other.note)) }
            }
        }
        @if !of.history.is_empty() {
            p.note {
                "Before: "
                @for (nth, past) in of.history.iter().enumerate() {
                    @if nth > 0 { "; " } (words::decided(past))
                }
            }
        }
    }
}

/// A change as a redline. Deleted and inserted words are marked by tags and not by colour. Its direction
/// is that of the words that stay.
pub(super) fn redline(proposal: &Proposal) -> Markup {
    let stays = proposal.redline.iter().find_map(|piece| match piece {
        Piece::Same(text) if !text.trim().is_empty() => Some(script::first(text)),
        _ => None,
    });
    let direction = match stays {
        Some(script) if script.is_right_to_left() => "rtl",
        Some(_) => "ltr",
        None => "auto",
    };
    let mut before = None;
    html! {
        span.words dir=(direction) {
            @for piece in &proposal.redline {
                @if matches!((before.replace(piece), piece), (Some(Piece::Cut(_)), Piece::Put(_))) {
                    " "
                }
                (piece_of(piece))
            }
        }
        @if !proposal.fits {
            span.note { " (the words it changes are not in the current text)" }
        }
    }
}

fn piece_of(piece: &Piece<Cow<str>>) -> Markup {
    match piece {
        Piece::Same(text) => html! { (clipped(text).0) },
        Piece::Cut(text) => html! { del { (clipped(text).0) } },
        Piece::Put(text) => html! { ins { (clipped(text).0) } },
        Piece::Gap => html! { " … " },
    }
}

/// A point in its group's list. Its anchor is here, unless it is also listed among the comments.
pub(super) fn point(point: &Point, known: &IdTitles) -> Markup {
    let is_comment = point.counts() && point.comment.is_none();
    let id = (!is_comment).then_some(point.reference.as_str());
    let indent = format!("margin-inline-start:{}rem", f32::from(point.depth.min(8)) * 1.2);
    let (heard, paragraph) = (words::said_of(point), point.paragraph.as_ref());
    html! {
        li id=[id] style=[(point.depth > 0).then_some(indent)] {
            strong {
                (capital(point.kind.title()))
                @if let Some(paragraph) = paragraph { ", " (paragraph.as_str()) }
                ". "
            }
            (quoted(&point.text)) " " (leads(&point.reference))
            @if let Some(comment) = point.comment.and_then(|id| known.comments.get(&id)) {
                " → " (leads(&comment.reference))
            }
            @for other in &point.alternatives { p.note { "Also worded: " (quoted(other)) } }
            @if let Some(proposal) = &point.proposal { p { "Proposed: " (redline(proposal)) } }
            @if !heard.is_empty() || !point.tags.is_empty() {
                p.note { (heard) @if !point.tags.is_empty() { " tags: " (point.tags.join(", ")) } }
            }
        }
    }
}
