//! The annexes: where the comments come from and where every point ended.

use std::io;

use super::super::words;
use super::{DocxPages, look::LANDSCAPE, matrix::bookmark};
use crate::feedback::matrix::{Column, MatrixRow};
use crate::feedback::{FieldTitle, Group, Outcome, Point};

const SOURCES: (&str, &str) = ("sources", "Sources of the comments");
const ASIDE: (&str, &str) = ("aside", "Set aside, with reasons");
const LOST: (&str, &str) = ("lost", "Without a place in the draft text");
const COVERAGE: (&str, &str) = ("coverage", "Coverage: points by topic and group");
const ACCOUNT: (&str, &str) = ("account", "Account, seals and audit");

/// For how many groups a table of the coverage has room.
const GROUPS: usize = 12;

impl<'f, 'a> DocxPages<'f, 'a, '_> {
    /// The annexes that have content, each with its bookmark and its title. Their letters follow one
    /// another, whichever are there.
    pub(super) fn annexes_there(&self) -> Vec<(&'static str, String)> {
        let lettered = |(letter, (bookmark, title))| (bookmark, format!("Annex {letter}. {title}"));
        ('A'..).zip(self.parts_there()).map(lettered).collect()
    }

    fn parts_there(&self) -> Vec<(&'static str, &'static str)> {
        let mut there = Vec::new();
        if !self.feedback.comments.is_empty() {
            there.push(SOURCES);
        }
        if self.feedback.points.iter().any(is_aside) {
            there.push(ASIDE);
        }
        if self.feedback.draft_text.is_some() && self.matrix.rows.iter().any(|row| self.lost(row)) {
            there.push(LOST);
        }
        there.push(COVERAGE);
        there.push(ACCOUNT);
        there
    }

    pub(super) fn annexes(&mut self) -> io::Result<()> {
        for (part, (bookmark, title)) in self.parts_there().into_iter().zip(self.annexes_there()) {
            self.body.begin("Heading1", "");
            self.body.marked(bookmark, &title, "");
            self.body.end();
            match part {
                SOURCES => self.comment_sources()?,
                ASIDE => self.write_set_aside()?,
                LOST => self.lost_rows()?,
                COVERAGE => self.coverage(),
                _ => self.account(),
            }
        }
        Ok(())
    }

    /// Writes each comment with the points it comes from, in their groups' own words.
    fn comment_sources(&mut self) -> io::Result<()> {
        self.body.paragraph(
            "Normal",
            "The first point under a comment was kept as the comment; the others were merged into it.",
        );
        let columns = [
            ("Point", 1_300),
            ("Words", 7_200),
            (FieldTitle::Group.heading(), 3_500),
            (FieldTitle::Convergence.heading(), LANDSCAPE.inside() - 12_000),
        ];
        self.body.table("Matrix", &columns);
        for comment in &self.feedback.comments {
            self.body.band(LANDSCAPE.inside(), columns.len());
            self.body.begin("Band", "");
            let id = self.body.id();
            self.body.raw(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"A_{}\"/>", comment.id));
            self.body.link(&format!("S_{}", comment.id), &comment.reference);
            self.body.raw(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
            let text = comment.text.chars().take(160).collect::<String>();
            let dots = if text.len() < comment.text.len() { " …" } else { "" };
            self.body.run(&format!("  {}{dots}", text.replace('\n', " ")), "");
            self.body.end();
            self.body.raw("</w:tc></w:tr>");
            for source in &comment.sources {
                let Some(point) = self.known.points.get(source).copied() else { continue };
                let group = self.group(point);
                let (text, said) = (wordings(point), words::said_of(point));
                self.body.cells(&columns, &[&point.reference, &text, &group, &said]);
                self.body.spill()?;
            }
        }
        self.body.end_table();
        Ok(())
    }

    fn write_set_aside(&mut self) -> io::Result<()> {
        let columns = [
            ("Point", 1_300),
            ("Words", 5_400),
            (FieldTitle::Topic.heading(), 2_600),
            (FieldTitle::Group.heading(), 3_500),
            ("Why", LANDSCAPE.inside() - 12_800),
        ];
        self.body.table("Matrix", &columns);
        let feedback = self.feedback;
        for point in feedback.points.iter().filter(|point| is_aside(point)) {
            let (group, text) = (self.group(point), wordings(point));
            let topic = self.known.topic(&point.topic);
            let why = self.known.ended(point);
            self.body.cells(&columns, &[&point.reference, &text, topic, &group, &why]);
            self.step()?;
        }
        self.body.end_table();
        self.body.paragraph("Normal", &words::set_aside_in_words(feedback));
        Ok(())
    }

    /// Whether what the row says can no longer be shown in the text.
    fn lost(&self, row: &MatrixRow<'f, 'a>) -> bool {
        row.lost
            || (row.at.is_none() && !row.label().is_empty())
            || self.matrix.proposals(row).iter().any(|(_, proposal)| !proposal.fits)
    }

    fn lost_rows(&mut self) -> io::Result<()> {
        self.body.paragraph(
            "Normal",
            "The paragraph is no longer in the text, or never was, or its words have changed so that the proposal no longer fits. Somebody must find its place, or decide that it has none.",
        );
        let columns = [
            (Column::Reference.heading(), 1_300),
            ("Where", 3_000),
            (Column::Comment.heading(), 5_400),
            (Column::Proposed.heading(), 5_438),
        ];
        self.body.table("Matrix", &columns);
        for nth in 0..self.matrix.rows.len() {
            let row = self.matrix.rows[nth];
            if !self.lost(&row) {
                continue;
            }
            self.body.row(false);
            self.body.cell(columns[0].1);
            self.body.begin("TableText", "");
            self.body.link(&bookmark(&row.item), row.item.reference());
            self.body.end();
            self.body.raw("</w:tc>");
            let proposed = self.matrix.wordings(&row);
            let texts = [&words::on(&row, true), &*row.item.comment(), &proposed];
            for ((_, width), text) in columns[1..].iter().zip(texts) {
                self.body.cell(*width);
                self.body.lines("TableText", text);
                self.body.raw("</w:tc>");
            }
            self.body.raw("</w:tr>");
            self.body.spill()?;
        }
        self.body.end_table();
        Ok(())
    }

    fn coverage(&mut self) {
        let feedback = self.feedback;
        let later = words::later(feedback).map_or_else(String::new, |later| format!(" {later}"));
        self.body.paragraph(
            "Normal",
            &format!("Points, without parked ones. “none” is a gap: the group was asked and has no point; – means it was not asked.{later}"),
        );
        for (nth, groups) in feedback.groups.chunks(GROUPS).enumerate() {
            let is_last = (nth + 1) * GROUPS >= feedback.groups.len();
            self.coverage_of(groups, nth * GROUPS, is_last);
        }
    }

    fn coverage_of(&mut self, groups: &[Group], from: usize, with_sum: bool) {
        let width = (LANDSCAPE.inside() - 4_500) / (groups.len() as u32 + 1);
        let mut columns: Vec<(&str, u32)> = vec![(FieldTitle::Topic.heading(), 4_500)];
        columns.extend(groups.iter().map(|group| (&*group.title, width)));
        if with_sum {
            columns.push(("All groups", width));
        }
        self.body.table("Matrix", &columns);
        for row in &self.feedback.coverage {
            let mut texts = vec![self.known.topic(&row.topic).to_owned()];
            for cell in row.cells.iter().skip(from).take(groups.len()) {
                texts.push(match (cell.standing, cell.gap) {
                    (0, true) => "none".to_owned(),
                    (0, false) if cell.later => words::LATER.to_owned(),
                    (0, false) => "–".to_owned(),
                    (number, _) => number.to_string(),
                });
            }
            if with_sum {
                let all: usize = row.cells.iter().map(|cell| cell.standing).sum();
                texts.push(all.to_string());
            }
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            self.body.cells(&columns, &texts);
        }
        self.body.end_table();
    }

    fn account(&mut self) {
        let feedback = self.feedback;
        self.body.paragraph("Normal", &format!("{}.", feedback.account));
        if !feedback.seals.is_empty() {
            self.body.paragraph(
                "Normal",
                "A group that sealed a topic endorses its points as they were at that moment.",
            );
            let columns = [
                (FieldTitle::Topic.heading(), 6_000),
                (FieldTitle::Group.heading(), 3_000),
                ("Checksum", 3_000),
                ("Seal", 3_138),
            ];
            self.body.table("Matrix", &columns);
            for seal in &feedback.seals {
                let topic = self.known.topic(&seal.topic);
                let group = self.known.group(&seal.group);
                self.body.cells(&columns, &[topic, group, &seal.digest, words::seal(seal)]);
            }
            self.body.end_table();
        }
        self.body.paragraph("Normal", &words::audit(feedback));
        if words::waived(feedback).next().is_some() {
            let columns = [("Where", 1_500), ("Name that may stay", 6_000), ("Why", 7_638)];
            self.body.table("Matrix", &columns);
            for waived in words::waived(feedback) {
                let place = match self.known.place(waived.point, waived.comment) {
                    "" => words::elsewhere(waived),
                    reference => reference,
                };
                self.body.cells(&columns, &[place, &waived.found, words::why(waived)]);
            }
            self.body.end_table();
        }
    }

    /// The group that made the point, and the session.
    fn group(&self, point: &Point) -> String {
        let (group, session) = (self.known.group(&point.group), self.known.session(point));
        if session.is_empty() { group.to_owned() } else { format!("{group}\n{session}") }
    }
}

fn is_aside(point: &Point) -> bool {
    matches!(point.outcome(), Outcome::SetAside | Outcome::Parked) || point.is_parked()
}

/// The words of a point, and its alternatives.
fn wordings(point: &Point) -> String {
    let others = point.alternatives.iter().map(|other| format!("\nAlso worded: {other}"));
    [point.text.to_string()].into_iter().chain(others).collect()
}
