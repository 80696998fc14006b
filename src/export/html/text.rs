//! The draft text with all proposals in brackets.

use maud::{Markup, html};

use super::super::words::{IdTitles, clipped};
use super::item::{leads, quoted};
use crate::feedback::{DraftParagraph, DraftText, ParagraphKind, Passage, PointId, around};

pub(super) fn head(text: &DraftText) -> Markup {
    html! {
        h2 id="text" { "The draft text with all proposals" }
        p { strong dir="auto" { (text.title) } @if !text.version.is_empty() { ", " (text.version) } }
        p.lead {
            "Words that a single proposal would change are shown as " del { "deleted" } " and "
            ins { "inserted" } ". Where proposals conflict, all versions are in brackets, the current text first; the drafters decide."
        }
    }
}

/// A paragraph, and which points would change it.
pub(super) fn paragraph(paragraph: &DraftParagraph, known: &IdTitles) -> Markup {
    let is_heading = paragraph.kind == ParagraphKind::Heading;
    let margin = format!("margin-inline-start:{}rem", u32::from(paragraph.level.min(8)) * 2);
    let open = paragraph.compiled.iter().filter_map(|passage| match passage {
        Passage::Open { versions, .. } => Some(versions),
        Passage::Agreed(_) => None,
    });
    html! {
        div.item id={ "text-" (paragraph.id) } style=[(paragraph.level > 0).then_some(margin)] {
            p dir="auto" {
                @if is_heading { strong { (passages(paragraph)) } }
                @else { strong { (paragraph.label.as_str()) } " " (passages(paragraph)) }
            }
            @for versions in open {
                p.note {
                    @if versions.len() > 1 { span.clash { "Conflict: " } }
                    @for (nth, version) in versions.iter().enumerate() {
                        @if nth > 0 { "; or " }
                        @if versions.len() > 1 { "[" (printable(&version.text)) "] " }
                        (whose(&version.points, known))
                    }
                }
            }
            @for new in &paragraph.added {
                p dir="auto" { strong { ins { (new.label.as_str()) } } " " ins { (quoted(&new.text)) } }
                p.note { "New paragraph, proposed by " (whose(&new.points, known)) }
            }
        }
    }
}

fn printable(text: &str) -> &str {
    match text.trim() {
        "" => "no text",
        text => clipped(text).0,
    }
}

fn passages(paragraph: &DraftParagraph) -> Markup {
    if paragraph.compiled.is_empty() {
        return html! { (clipped(&paragraph.text).0) };
    }
    html! {
        @for passage in &paragraph.compiled {
            @match passage {
                Passage::Agreed(words) => (clipped(words).0),
                Passage::Open { now, versions } if versions.len() == 1 => {
                    @if !now.is_empty() { del { (clipped(now).0) } }
                    @if !versions[0].text.is_empty() { ins { (clipped(&versions[0].text).0) } }
                },
                Passage::Open { now, versions } => {
                    @if !now.is_empty() { (bracketed(now)) }
                    @for version in versions { ins { (bracketed(&version.text)) } }
                },
            }
        }
    }
}

fn bracketed(text: &str) -> Markup {
    let (lead, _, tail) = around(text);
    html! { (lead) span.alt { b { "[" } (printable(text)) b { "]" } } (tail) }
}

fn whose(points: &[PointId], known: &IdTitles) -> Markup {
    html! {
        @for (nth, point) in points.iter().filter_map(|id| known.points.get(id)).enumerate() {
            @if nth > 0 { ", " }
            (leads(&point.reference)) " (" (known.group(&point.group)) ")"
        }
    }
}
