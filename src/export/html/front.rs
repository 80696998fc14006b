//! What is before and after the feedback: what it is, what its words mean, what was checked.

use maud::{Markup, html};

use super::super::words;
use super::super::words::{IdTitles, capital, count};
use super::{by_topic, item::leads};
use crate::feedback::{Feedback, FieldTitle, Outcome, matrix::Matrix};

/// The title, and what people must know about any page made from feedback.
pub(super) fn title(feedback: &Feedback, what: &str) -> Markup {
    html! {
        h1 { (what) }
        p dir="auto" { strong { (words::title(&feedback.meeting)) } }
        p.lead dir="auto" { (words::place(&feedback.meeting)) }
        @if feedback.is_draft() {
            div.draft role="note" {
                p { strong { "DRAFT: not complete" } }
                ul { @for reason in &feedback.draft { li { (reason) } } }
            }
        }
    }
}

/// Everything before the first comment.
pub(super) fn front(feedback: &Feedback, matrix: &Matrix) -> Markup {
    let topics = by_topic(feedback, matrix);
    html! {
        (maud::PreEscaped("<main>"))
        (title(feedback, "Consolidated feedback"))
        p { (words::rule(feedback)) }
        dl {
            dt { "Account" } dd { (feedback.account) "." }
            @if let Some(text) = &feedback.draft_text {
                dt { "Draft text" }
                dd dir="auto" { (text.title) @if !text.version.is_empty() { ", " (text.version) } }
                dt { "Checksum of the text" } dd { (text.digest) }
            }
            dt { "Checksum of the content" } dd { (feedback.checksum) }
            dt { "Written by" } dd { (feedback.program) }
        }
        @if !feedback.meeting.objectives.is_empty() {
            details {
                summary { "The meeting's objectives" }
                ol { @for each in &feedback.meeting.objectives { li dir="auto" { (each) } } }
            }
        }
        nav aria-label="Contents" {
            h2 { "Contents" }
            ul {
                li {
                    a href="#comments" { "Comments, by topic" }
                    ul {
                        @for (topic, rows) in &topics {
                            li dir="auto" {
                                a href={ "#topic-" (topic.id) } { (topic.title) } " (" (rows.len()) ")"
                            }
                        }
                    }
                }
                @if feedback.draft_text.is_some() {
                    li { a href="#text" { "The draft text with all proposals" } }
                }
                li { a href="#coverage" { "Coverage" } }
                li { a href="#points" { "All points, by topic and group" } }
                @if feedback.points.iter().any(|point| is_aside(point.outcome())) {
                    li { a href="#aside" { "Set aside and parked, with reasons" } }
                }
                li { a href="#lineage" { "Sources: what became of each point" } }
                li { a href="#legend" { "What the words mean" } }
                li { a href="#audit" { "Seals and audit" } }
            }
        }
        div id="search" hidden {
            label for="find" { "Find: " }
            input id="find" type="search" autocomplete="off" placeholder="words, a reference, a group";
            span id="found" role="status" {}
        }
    }
}

pub(super) fn is_aside(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::SetAside | Outcome::Parked)
}

/// Everything after the last point.
pub(super) fn closing(feedback: &Feedback, known: &IdTitles) -> Markup {
    let quantifiers = words::quantifiers(feedback);
    html! {
        h2 id="legend" { "What the words mean" }
        dl {
            dt { "Redline" } dd { ins { "inserted" } ", " del { "deleted" } }
            @if !quantifiers.is_empty() { dt { "Quantifiers (words for shares)" } dd { (quantifiers) } }
            @for (word, means) in words::legend(feedback) { dt { (capital(word)) } dd { (means) } }
        }
        h2 id="audit" { "Seals and audit" }
        @if !feedback.seals.is_empty() {
            p { "A group that sealed a topic endorses its points as they were at that moment." }
            div.wide { table {
                thead { tr { th { (FieldTitle::Topic.heading()) } th { (FieldTitle::Group.heading()) } th { "Checksum" } th { "Seal" } } }
                tbody { @for seal in &feedback.seals { tr {
                    td dir="auto" { (known.topic(&seal.topic)) }
                    td dir="auto" { (known.group(&seal.group)) }
                    td { (seal.digest) } td { (words::seal(seal)) }
                } } }
            } }
        }
        p { (words::audit(feedback)) }
        @if words::waived(feedback).next().is_some() {
            div.wide { table {
                thead { tr { th { "Where" } th { "Name that may stay" } th { "Why" } } }
                tbody { @for waived in words::waived(feedback) { tr {
                    td { @match known.place(waived.point, waived.comment) {
                        "" => (words::elsewhere(waived)),
                        reference => (leads(reference)),
                    } }
                    td dir="auto" { (waived.found) } td dir="auto" { (words::why(waived)) }
                } } }
            } }
        }
        p.note { "No participant is listed here. " (capital(&count(feedback.points.len(), "point"))) "." }
    }
}
