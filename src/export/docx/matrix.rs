//! The comment matrix: a table for each topic, a band for each paragraph.

use std::{collections::HashMap, io};

use super::super::words;
use super::{DocxPages, body::SPLIT, look::LANDSCAPE};
use crate::feedback::matrix::{Column, Item, Matrix, MatrixRow};
use crate::feedback::{Decision, Feedback, Piece, Proposal, TopicId};

/// The columns, in the order in which drafters read.
pub(super) type MatrixColumns = [(&'static str, u32); 7];

/// The columns with their widths: if nothing is proposed, the comments get the room.
pub(super) fn columns(matrix: &Matrix) -> MatrixColumns {
    let has_proposals = matrix.rows.iter().any(|row| !matrix.proposals(row).is_empty());
    let (comment, proposed, reason) =
        if has_proposals { (3_150, 3_300, 1_700) } else { (5_000, 2_300, 1_250) };
    let response = LANDSCAPE.inside() - comment - proposed - reason - 4_550;
    [
        (Column::Reference.heading(), 1_750),
        (Column::Comment.heading(), comment),
        (Column::Proposed.heading(), proposed),
        (Column::Reason.heading(), reason),
        (Column::Groups.heading(), 1_400),
        (Column::Disposition.heading(), 1_400),
        (Column::Response.heading(), response),
    ]
}

/// The rows of a topic.
pub(super) struct TopicRows<'f> {
    pub(super) title: &'f str,
    /// Their places in the matrix, in its order.
    pub(super) rows: Vec<usize>,
}

/// The bookmark of the topic with this number.
pub(super) fn topic_bookmark(nth: usize) -> String {
    format!("topic_{}", nth + 1)
}

/// The topics of the matrix, each with its rows.
pub(super) fn topics<'f>(feedback: &'f Feedback, matrix: &Matrix<'f, '_>) -> Vec<TopicRows<'f>> {
    let known = feedback.topics.iter();
    let mut topics: Vec<TopicRows> =
        known.map(|topic| TopicRows { title: &topic.title, rows: Vec::new() }).collect();
    let places: HashMap<&TopicId, usize> =
        feedback.topics.iter().enumerate().map(|(place, topic)| (&topic.id, place)).collect();
    for (nth, row) in matrix.rows.iter().enumerate() {
        match places.get(row.item.topic()) {
            Some(place) => topics[*place].rows.push(nth),
            None => topics.push(TopicRows { title: matrix.topic(row), rows: vec![nth] }),
        }
    }
    topics.retain(|topic| !topic.rows.is_empty());
    topics
}

/// The bookmark of an item's row, which may have only letters, digits and `_`.
pub(super) fn bookmark(item: &Item) -> String {
    match item {
        Item::Comment(comment) => format!("S_{}", comment.id),
        Item::Point(point) => format!("P_{}", point.id),
    }
}

impl<'f, 'a> DocxPages<'f, 'a, '_> {
    pub(super) fn comments(&mut self, topics: &[TopicRows<'f>]) -> io::Result<()> {
        self.body.raw("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:pageBreakBefore/></w:pPr>");
        self.body.marked("matrix", "Comment matrix", "");
        self.body.end();
        if topics.is_empty() {
            self.body.paragraph("Normal", "No points were captured.");
        }
        for (nth, topic) in topics.iter().enumerate() {
            self.body.begin("Heading2", topic.title);
            self.body.run(&format!("{}. ", nth + 1), "");
            self.body.marked(&topic_bookmark(nth), topic.title, "");
            self.body.end();
            self.body.table("Matrix", &self.columns);
            let banded = self.feedback.draft_text.is_some()
                || topic.rows.iter().any(|row| !self.matrix.rows[*row].label().is_empty());
            let mut before: Option<MatrixRow> = None;
            for row in &topic.rows {
                let row = self.matrix.rows[*row];
                let place =
                    |row: &MatrixRow<'f, 'a>| (row.at.map(|at| at.id), row.after, row.label());
                if banded && before.as_ref().is_none_or(|known| place(known) != place(&row)) {
                    self.paragraph(&row);
                }
                before = Some(row);
                self.comment(&row)?;
            }
            self.body.end_table();
        }
        Ok(())
    }

    /// Writes the band of a paragraph: its label and its current words.
    fn paragraph(&mut self, row: &MatrixRow<'f, 'a>) {
        self.body.band(LANDSCAPE.inside(), self.columns.len());
        let current = row.current();
        self.body.begin("Band", "");
        let place = words::on(row, self.feedback.draft_text.is_some());
        let place = if place.is_empty() { "Not on one paragraph" } else { &place };
        self.body.run(place, "Label");
        self.body.end();
        if !current.is_empty() {
            self.body.lines("Band", current);
        }
        self.body.raw("</w:tc></w:tr>");
    }

    fn comment(&mut self, row: &MatrixRow<'f, 'a>) -> io::Result<()> {
        let comment = row.item.comment();
        let proposals = self.matrix.proposals(row);
        let reason = self.matrix.reason(row);
        let proposed: usize = proposals
            .iter()
            .flat_map(|(_, proposal)| &proposal.redline)
            .map(|piece| words_of(piece).len())
            .sum();
        self.body.row(comment.len().max(proposed).max(2 * reason.len()) < SPLIT);
        self.reference(row);
        self.body.cell(self.columns[1].1);
        self.body.lines("TableText", &comment);
        if let Item::Comment(comment) = row.item {
            for other in &comment.wordings {
                self.body.lines("TableText", &format!("Also worded: {other}"));
            }
        }
        let more = about(row);
        if !more.is_empty() {
            self.body.paragraph("TableNote", &more);
        }
        self.body.raw("</w:tc>");
        self.body.cell(self.columns[2].1);
        for (point, proposal) in &proposals {
            let whose = if proposals.len() > 1 { point.reference.as_str() } else { "" };
            self.proposal(whose, proposal, row);
        }
        if proposals.is_empty() {
            self.body.paragraph("TableText", "");
        }
        self.body.raw("</w:tc>");
        self.body.cell(self.columns[3].1);
        self.body.lines("TableText", &reason);
        self.body.raw("</w:tc>");
        self.groups(row);
        self.disposition(row);
        self.body.cell(self.columns[6].1);
        self.body.lines("TableText", &words::response(row.item.disposition()));
        self.body.raw("</w:tc></w:tr>");
        let points = match row.item {
            Item::Comment(comment) => comment.sources.len(),
            Item::Point(_) => 1,
        };
        (0..points).try_for_each(|_| self.step())?;
        self.body.spill()
    }

    fn reference(&mut self, row: &MatrixRow<'f, 'a>) {
        self.body.cell(self.columns[0].1);
        self.body.begin("TableText", "");
        // One bookmark is for links, and one shows whether the row is still about the same
        // words: programs that drop the tag of a content control keep bookmarks.
        let (name, id) = (bookmark(&row.item), self.body.id());
        self.body.raw(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>"));
        let checksum = self.matrix.checksum(row);
        self.body.marked(&format!("{name}_{checksum}"), row.item.reference(), "Reference");
        self.body.raw(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
        self.body.end();
        self.body.paragraph("TableNote", row.item.kind());
        if let Item::Comment(comment) = row.item
            && !comment.sources.is_empty()
        {
            self.body.begin("TableNote", "");
            let sources = words::count(comment.sources.len(), "source");
            self.body.link(&format!("A_{}", comment.id), &sources);
            self.body.end();
        }
        self.body.raw("</w:tc>");
    }

    /// Writes a redline with styles: “Accept all changes” must not destroy the matrix.
    fn proposal(&mut self, whose: &str, proposal: &Proposal, row: &MatrixRow<'f, 'a>) {
        // It has the direction of the text that it would go into.
        let words = match row.current() {
            "" => proposal.redline.iter().map(words_of).find(|words| !words.is_empty()),
            current => Some(current),
        };
        self.body.begin("TableText", words.unwrap_or_default());
        if !whose.is_empty() {
            self.body.run(&format!("{whose}: "), "Reference");
        }
        if row.after {
            self.body.run("New paragraph: ", "Strong");
        }
        let mut cut = "";
        for piece in &proposal.redline {
            match piece {
                Piece::Same(text) => self.body.run(text, ""),
                Piece::Cut(text) => self.body.run(text, "Deleted"),
                Piece::Put(text) => {
                    // If it is copied without styles, this must not become one word.
                    if !cut.is_empty() && !cut.ends_with(' ') && !text.starts_with(' ') {
                        self.body.run(" ", "");
                    }
                    self.body.run(text, "Inserted");
                }
                Piece::Gap => self.body.run(" … ", ""),
            }
            cut = if let Piece::Cut(text) = piece { text } else { "" };
        }
        self.body.end();
        if !proposal.fits {
            self.body.paragraph("TableNote", "The words it changes are not in the current text.");
        }
    }

    fn groups(&mut self, row: &MatrixRow<'f, 'a>) {
        self.body.cell(self.columns[4].1);
        let groups = self.matrix.groups(row);
        let (share, names) = groups.split_once(": ").unwrap_or((&groups, ""));
        self.body.begin("TableText", "");
        self.body.run(share, "Strong");
        self.body.end();
        self.body.lines("TableNote", names);
        if let Item::Comment(comment) = row.item
            && !comment.quantifier.is_empty()
        {
            self.body.paragraph("TableNote", &comment.quantifier);
        }
        let agreed = row.item.convergence();
        if !agreed.is_empty() {
            self.body.paragraph("TableNote", agreed);
        }
        self.body.raw("</w:tc>");
    }

    /// Writes a list to choose the decision from, which shows the current one.
    fn disposition(&mut self, row: &MatrixRow<'f, 'a>) {
        let of = row.item.disposition();
        let now = of.map_or(&Decision::Open, |of| &of.now.decision);
        let id = self.body.id();
        self.body.cell(self.columns[5].1);
        self.body.begin("TableText", "");
        self.body.raw("<w:sdt><w:sdtPr><w:alias w:val=\"Disposition\"/><w:tag w:val=\"");
        self.body.raw(&self.matrix.mark(row));
        self.body.raw(&format!("\"/><w:id w:val=\"{id}\"/><w:dropDownList>"));
        let own = matches!(now, Decision::Other(_)).then_some(now);
        for decision in Decision::KNOWN.iter().chain(own) {
            self.body.raw("<w:listItem w:displayText=\"");
            self.body.escaped(decision.title());
            self.body.raw("\" w:value=\"");
            self.body.escaped(decision.word());
            self.body.raw("\"/>");
        }
        self.body.raw("</w:dropDownList></w:sdtPr><w:sdtContent>");
        self.body.run(now.title(), "");
        self.body.raw("</w:sdtContent></w:sdt>");
        self.body.end();
        if let Some(of) = of {
            if !of.now.target.is_empty() {
                self.body.paragraph("TableText", &of.now.target);
            }
            for other in &of.others {
                self.body.begin("TableText", "");
                self.body.run("Also answered: ", "Conflict");
                self.body.run(&words::decided(other), "");
                self.body.run(". Somebody must choose.", "");
                self.body.end();
            }
        }
        self.body.raw("</w:tc>");
    }
}

/// Who should do it, and by when.
fn about(row: &MatrixRow) -> String {
    let Item::Comment(comment) = row.item else { return String::new() };
    let parts = [("Who: ", &comment.owner), ("By when: ", &comment.by_when)];
    let parts = parts.iter().filter(|(_, text)| !text.trim().is_empty());
    parts.map(|(before, text)| format!("{before}{text}")).collect::<Vec<_>>().join("; ")
}

fn words_of<'p>(piece: &'p Piece<std::borrow::Cow<'_, str>>) -> &'p str {
    match piece {
        Piece::Same(text) | Piece::Cut(text) | Piece::Put(text) => text,
        Piece::Gap => "",
    }
}
