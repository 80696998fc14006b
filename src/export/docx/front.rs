//! What a drafter reads first: what this is, how to answer, what the words mean.

use std::collections::HashSet;

use super::super::words;
use super::super::words::{capital, count};
use super::matrix::{TopicRows, topic_bookmark};
use super::{DocxPages, body::RedlineMark, look::LANDSCAPE};
use crate::feedback::{Decision, matrix::Item};

const HOW_TO_ANSWER: [&str; 4] = [
    "Choose a decision under Disposition and write your answer under Drafters' response: why it is \
     not accepted, what it was merged into, or who will decide.",
    "The reference in the first column is permanent and the same in every file of this meeting. Please leave it as it is and quote it. Rows can be moved and sorted.",
    "Please do not change the comments and proposals; write your answer beside them. Reason says why a group proposes a change or, if it gave no reason, what it said.",
    "All formatting is in Word styles (Band, Table Text, Inserted, Deleted, Text Source …): change a style to change it in the whole file.",
];

const TRACKED: &str = "In the matrix, “Accept all changes” has no effect: there, proposals are only formatting. In the draft text after it they are tracked changes, and the author shown is the \
    point's reference, so you can filter by point. “Reject all” gives the text as it is; “Accept all” \
    gives it with every proposal, and with all versions in brackets where proposals conflict.";

impl DocxPages<'_, '_, '_> {
    pub(super) fn front(&mut self, topics: &[TopicRows]) {
        let feedback = self.feedback;
        self.body.paragraph("Title", "Consolidated feedback");
        self.body.paragraph("Subtitle", &words::title(&feedback.meeting));
        if feedback.is_draft() {
            self.body.paragraph("Draft", "DRAFT: not complete");
            for reason in &feedback.draft {
                self.body.paragraph("Listed", reason);
            }
            self.body.paragraph("AfterTable", "");
        }
        self.facts();
        self.body.paragraph("Normal", &words::rule(feedback));
        self.body.paragraph("Heading1", "How to answer");
        for how in HOW_TO_ANSWER {
            self.body.paragraph("Listed", how);
        }
        if feedback.draft_text.is_some() {
            self.body.paragraph("Listed", TRACKED);
        }
        self.body.paragraph("Heading1", "What is in this file");
        self.contents(topics);
        self.legend();
    }

    fn facts(&mut self) {
        let feedback = self.feedback;
        let mut facts: Vec<(&str, String)> = vec![("Meeting", words::place(&feedback.meeting))];
        match &feedback.draft_text {
            Some(text) => {
                let version = match &*text.version {
                    "" => String::new(),
                    version => format!(", {version}"),
                };
                facts.push(("Draft text", format!("{}{version}", text.title)));
                facts.push((
                    "Checksum of the text",
                    format!("{} (the same checksum means the same text)", text.digest),
                ));
            }
            None => facts.push(("Draft text", "none".to_owned())),
        }
        let groups = feedback.groups.len();
        let rows = self.matrix.rows.iter();
        let loose = rows.filter(|row| matches!(row.item, Item::Point(_))).count();
        let mut matrix = format!(
            "{} of {}, from {}",
            count(feedback.comments.len(), "comment"),
            count(groups, "group"),
            count(feedback.points.len(), "point")
        );
        if loose > 0 {
            matrix += &format!("; {} in none of them", count(loose, "point"));
        }
        facts.push(("Comments", matrix));
        facts.push(("Account", format!("{}.", feedback.account)));
        facts.push(("Checksum of the content", feedback.checksum.to_string()));
        facts.push(("Written by", feedback.program.to_string()));
        facts.retain(|(_, value)| !value.is_empty());
        let columns = [("", 1_900), ("", LANDSCAPE.inside() - 1_900)];
        self.body.table("Facts", &columns);
        for (name, value) in facts {
            self.body.row(true);
            self.body.cell(columns[0].1);
            self.body.begin("TableText", "");
            self.body.run(name, "Strong");
            self.body.end();
            self.body.raw("</w:tc>");
            self.body.cell(columns[1].1);
            self.body.lines("TableText", &value);
            self.body.raw("</w:tc></w:tr>");
        }
        self.body.end_table();
    }

    fn contents(&mut self, topics: &[TopicRows]) {
        self.body.begin("Listed", "");
        self.body.link("matrix", "Comment matrix");
        self.body.run(", a table for each topic:", "");
        self.body.end();
        for (nth, topic) in topics.iter().enumerate() {
            self.body.begin("Contents", topic.title);
            self.body.link(&topic_bookmark(nth), topic.title);
            self.body.run(&format!(" ({})", count(topic.rows.len(), "comment")), "");
            self.body.end();
        }
        let mut parts = Vec::new();
        if self.feedback.draft_text.is_some() {
            let title = "The draft text with all proposals, as tracked changes";
            parts.push(("text", title.to_owned()));
        }
        parts.extend(self.annexes_there());
        for (bookmark, title) in parts {
            self.body.begin("Listed", "");
            self.body.link(bookmark, &title);
            self.body.end();
        }
    }

    fn legend(&mut self) {
        let feedback = self.feedback;
        self.body.paragraph("Heading1", "What the words mean");
        self.body.begin("Listed", "");
        self.body.run("Redline: ", "Strong");
        self.body.words("inserted words", "Inserted", RedlineMark::Stays);
        self.body.run(" are bold and underlined, ", "");
        self.body.words("deleted words", "Deleted", RedlineMark::Stays);
        self.body.run(" are struck through; “…” stands for words that are left out.", "");
        self.body.end();
        self.meaning(
            "Groups",
            "how many of the breakout groups support it, and which. A long list only \
             means that the group wrote more; it does not carry more weight.",
        );
        let quantifiers = words::quantifiers(feedback);
        if !quantifiers.is_empty() {
            self.meaning("Quantifiers (words for shares)", &quantifiers);
        }
        let known: Vec<String> = words::legend(feedback)
            .into_iter()
            .map(|(word, means)| format!("{}: {means}", capital(word)))
            .collect();
        if !known.is_empty() {
            self.meaning("Kinds and convergence", &format!("{}.", known.join("; ")));
        }
        let rows = self.matrix.rows.iter();
        let used: HashSet<&Decision> = rows
            .filter_map(|row| row.item.disposition())
            .map(|found| &found.now.decision)
            .collect();
        let decisions = Decision::KNOWN
            .iter()
            .chain(used.into_iter().filter(|decision| matches!(decision, Decision::Other(_))));
        let decisions: Vec<String> = decisions
            .map(|decision| format!("{}: {}", decision.title(), words::decision_means(decision)))
            .collect();
        self.meaning("Dispositions", &format!("{}.", decisions.join("; ")));
    }

    fn meaning(&mut self, word: &str, means: &str) {
        self.body.begin("Listed", "");
        self.body.run(&format!("{word}: "), "Strong");
        self.body.run(means, "");
        self.body.end();
    }
}
