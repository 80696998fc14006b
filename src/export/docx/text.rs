//! The draft text with everything that was proposed for it, as tracked changes.
//!
//! Rejecting all changes gives the current text. Accepting all gives it with each proposal; where
//! proposals conflict, all versions are side by side in brackets, as in drafts of the United
//! Nations.

use std::{collections::HashMap, io};

use super::super::script::first;
use super::{DocxPages, body::RedlineMark, matrix::bookmark};
use crate::feedback::{
    DraftParagraph, DraftText, NewParagraph, ParagraphId, ParagraphKind, Passage, PointId, Version,
    around,
};

/// How many comments are named for a paragraph.
const NAMED: usize = 12;

/// What the matrix has on a paragraph: how many rows, and the first ones by bookmark and reference.
#[derive(Default)]
struct Comments<'f> {
    count: usize,
    named: Vec<(String, &'f str)>,
}

impl DocxPages<'_, '_, '_> {
    pub(super) fn draft_text(&mut self, text: &DraftText) -> io::Result<()> {
        self.body.begin("Heading1", "");
        self.body.marked("text", "The draft text with all proposals", "");
        self.body.end();
        self.body.begin("Subtitle", &text.title);
        self.body.run(&text.title, "");
        if !text.version.is_empty() {
            self.body.run(&format!(" · {}", text.version), "");
        }
        self.body.end();
        self.body.paragraph("TextSource", READING);
        let mut comments: HashMap<ParagraphId, Comments> = HashMap::new();
        for row in &self.matrix.rows {
            if let Some(at) = row.at {
                let here = comments.entry(at.id).or_default();
                here.count += 1;
                if here.named.len() < NAMED {
                    here.named.push((bookmark(&row.item), row.item.reference()));
                }
            }
        }
        for paragraph in &text.paragraphs {
            self.text_paragraph(paragraph);
            let none = Comments::default();
            self.sources(paragraph, comments.get(&paragraph.id).unwrap_or(&none));
            for new in &paragraph.added {
                self.new_paragraph(new, style(paragraph));
            }
            self.body.spill()?;
        }
        Ok(())
    }

    fn text_paragraph(&mut self, paragraph: &DraftParagraph) {
        self.body.begin(style(paragraph), &paragraph.text);
        if paragraph.kind != ParagraphKind::Heading {
            self.body.run(paragraph.label.as_str(), "Label");
            self.body.tab();
        }
        if paragraph.compiled.is_empty() {
            self.body.run(&paragraph.text, "");
        }
        for passage in &paragraph.compiled {
            match passage {
                Passage::Agreed(words) => self.body.run(words, ""),
                Passage::Open { now, versions } => match &versions[..] {
                    [only] => {
                        self.tracked("w:del", &only.points, now, "");
                        self.tracked("w:ins", &only.points, &only.text, "");
                    }
                    several => self.conflict(now, several),
                },
            }
        }
        self.body.end();
    }

    /// Writes a conflict: the current words stay, in inserted brackets; each version follows in its own.
    fn conflict(&mut self, now: &str, versions: &[Version]) {
        let all: Vec<PointId> = versions.iter().flat_map(|one| one.points.clone()).collect();
        if !now.is_empty() {
            let (lead, inner, tail) = around(now);
            self.body.run(lead, "");
            self.tracked("w:ins", &all, "[", "Conflict");
            self.body.run(inner, "");
            self.tracked("w:ins", &all, "]", "Conflict");
            self.body.run(tail, "");
        }
        for version in versions {
            let (lead, inner, tail) = around(&version.text);
            self.tracked("w:ins", &version.points, &format!("{lead}["), "Conflict");
            let inner = if inner.is_empty() { "no text" } else { inner };
            self.tracked("w:ins", &version.points, inner, "");
            self.tracked("w:ins", &version.points, &format!("]{tail}"), "Conflict");
        }
    }

    fn new_paragraph(&mut self, new: &NewParagraph, style: &str) {
        let author = self.author(&new.points);
        let id = self.body.id();
        self.body.raw(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{}<w:rPr><w:ins w:id=\"{id}\" w:author=\"",
            if first(&new.text).is_right_to_left() { "<w:bidi/>" } else { "" }
        ));
        self.body.escaped(&author);
        self.body.raw("\"/></w:rPr></w:pPr>");
        self.tracked("w:ins", &new.points, new.label.as_str(), "Label");
        let id = self.body.id();
        self.body.raw(&format!("<w:ins w:id=\"{id}\" w:author=\""));
        self.body.escaped(&author);
        self.body.raw("\">");
        self.body.tab();
        self.body.raw("</w:ins>");
        self.tracked("w:ins", &new.points, &new.text, "");
        self.body.end();
        self.body.begin("TextSource", "");
        self.body.run("New paragraph proposed by ", "");
        self.points(&new.points);
        self.body.run(".", "");
        self.body.end();
    }

    /// Writes a tracked change whose author is the point that proposed it. It has no date.
    fn tracked(&mut self, what: &str, points: &[PointId], text: &str, style: &str) {
        if text.is_empty() {
            return;
        }
        let (author, id) = (self.author(points), self.body.id());
        self.body.raw(&format!("<{what} w:id=\"{id}\" w:author=\""));
        self.body.escaped(&author);
        self.body.raw("\">");
        let kept = if what == "w:del" { RedlineMark::Goes } else { RedlineMark::Stays };
        self.body.words(text, style, kept);
        self.body.raw(&format!("</{what}>"));
    }

    /// The references of the points, as Word shows an author.
    fn author(&self, points: &[PointId]) -> String {
        let known = points.iter().filter_map(|id| self.known.points.get(id));
        let names: Vec<&str> = known.take(3).map(|point| &*point.reference).collect();
        let more = points.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        format!("{}{more}", names.join(" "))
    }

    /// Writes points with their groups, each linked to its row.
    fn points(&mut self, points: &[PointId]) {
        for (nth, id) in points.iter().enumerate() {
            let Some(point) = self.known.points.get(id).copied() else { continue };
            if nth > 0 {
                self.body.run(", ", "");
            }
            let row = match point.comment {
                Some(comment) => format!("S_{comment}"),
                None => format!("P_{}", point.id),
            };
            self.body.link(&row, &point.reference);
            self.body.run(&format!(" ({})", self.known.group(&point.group)), "");
        }
    }

    /// Writes who proposed what, and what else is said about the paragraph.
    fn sources(&mut self, paragraph: &DraftParagraph, comments: &Comments) {
        let open = paragraph.compiled.iter().filter_map(|passage| match passage {
            Passage::Open { versions, .. } => Some(versions),
            Passage::Agreed(_) => None,
        });
        let (conflicts, plain): (Vec<_>, Vec<_>) = open.partition(|versions| versions.len() > 1);
        let mut whose: Vec<PointId> = Vec::new();
        for id in plain.into_iter().flatten().flat_map(|version| &version.points) {
            if !whose.contains(id) {
                whose.push(*id);
            }
        }
        if !whose.is_empty() {
            self.body.begin("TextSource", "");
            self.body.run("Proposed by ", "");
            self.points(&whose);
            self.body.run(".", "");
            self.body.end();
        }
        for versions in conflicts {
            self.body.begin("TextSource", "");
            self.body.run("Conflict, for the drafters to decide: ", "Conflict");
            for (nth, version) in versions.iter().enumerate() {
                if nth > 0 {
                    self.body.run("; or ", "");
                }
                let words = match version.text.trim() {
                    "" => "no text",
                    words => words,
                };
                self.body.run(&format!("[{words}] "), "");
                self.points(&version.points);
            }
            self.body.run(".", "");
            self.body.end();
        }
        if comments.count > 0 {
            self.body.begin("TextSource", "");
            self.body.run("In the matrix: ", "");
            for (nth, (bookmark, reference)) in comments.named.iter().enumerate() {
                if nth > 0 {
                    self.body.run(", ", "");
                }
                self.body.link(bookmark, reference);
            }
            let more = comments.count - comments.named.len();
            if more > 0 {
                self.body.run(&format!(" and {more} more"), "");
            }
            self.body.run(".", "");
            self.body.end();
        }
    }
}

fn style(paragraph: &DraftParagraph) -> &'static str {
    match (paragraph.kind, paragraph.level) {
        (ParagraphKind::Heading, _) => "TextHeading",
        (_, 0) => "TextParagraph",
        (_, 1) => "TextParagraph2",
        _ => "TextParagraph3",
    }
}

const READING: &str = "The small lines say who proposed what, and in which row of the matrix it is. To remove \
    them, select one, choose “Select text with similar formatting” and delete.";
