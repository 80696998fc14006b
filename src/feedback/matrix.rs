//! The comment matrix: what drafters answer, row by row, in the order in which they work through
//! the text. The spreadsheet, document and page are all made from these rows.

mod column;

use std::{borrow::Cow, collections::HashMap};

use sha2::{Digest, Sha256};

use super::{
    Comment, Disposition, DraftParagraph, Feedback, GroupId, Paragraph, ParagraphId, Point,
    PointId, Proposal, TopicId,
};

pub use column::{Column, DRAFT, FORMAT, ORIGIN, SHEET, answer_checksum, clipped};

/// The rows of a matrix and what is needed to print them.
#[derive(Clone, Debug)]
pub struct Matrix<'f, 'a> {
    /// The rows: whole text first, then by paragraph, then by topic; within each, what most groups
    /// support comes first, and never in the order in which it was said.
    pub rows: Vec<MatrixRow<'f, 'a>>,
    topics: HashMap<&'f TopicId, &'f str>,
    groups: HashMap<&'f GroupId, &'f str>,
    /// The points that are in a comment.
    points: HashMap<PointId, &'f Point<'a>>,
    asked: usize,
}

/// A row: a comment, or a point that counts and is in none.
#[derive(Clone, Copy, Debug)]
pub struct MatrixRow<'f, 'a> {
    /// What it is.
    pub item: Item<'f, 'a>,
    /// Where it belongs in the draft text: `None` for the whole text, and for a label that is not in
    /// it.
    pub at: Option<&'f DraftParagraph<'a>>,
    /// Whether it would come after that paragraph.
    pub after: bool,
    /// Whether the paragraph is no longer in the text.
    pub lost: bool,
}

/// What a row is about.
#[derive(Clone, Copy, Debug)]
pub enum Item<'f, 'a> {
    /// A comment.
    Comment(&'f Comment<'a>),
    /// A point that is in no comment.
    Point(&'f Point<'a>),
}

impl<'f, 'a> Matrix<'f, 'a> {
    /// The rows of this feedback.
    pub fn of(feedback: &'f Feedback<'a>) -> Self {
        let mut order: HashMap<ParagraphId, (usize, &'f DraftParagraph<'a>, bool)> = HashMap::new();
        if let Some(text) = &feedback.draft_text {
            let known = text.paragraphs.iter().map(|found| (found, false));
            let known = known.chain(text.gone.iter().map(|found| (found, true)));
            for (nth, (found, lost)) in known.enumerate() {
                order.entry(found.id).or_insert((nth, found, lost));
            }
        }
        let ranks: HashMap<&TopicId, usize> =
            feedback.topics.iter().enumerate().map(|(rank, topic)| (&topic.id, rank)).collect();
        let comments = feedback.comments.iter().map(Item::Comment);
        let loose = |point: &&Point| point.counts() && point.comment.is_none();
        let points = feedback.points.iter().filter(loose).map(Item::Point);
        let row = |item: Item<'f, 'a>| {
            let anchor = match item {
                Item::Comment(comment) => comment.anchor,
                Item::Point(point) => point.anchor,
            };
            let found = anchor.and_then(|anchor| Some((*order.get(&anchor.paragraph)?, anchor)));
            let (at, after, lost) = match found {
                Some(((_, at, lost), anchor)) => (Some(at), anchor.after, lost),
                None => (None, false, false),
            };
            let place =
                found.map_or(0, |((nth, ..), anchor)| (nth + 1) * 2 + usize::from(anchor.after));
            let rank = ranks.get(item.topic()).copied().unwrap_or(usize::MAX);
            (place as u32, MatrixRow { item, at, after, lost }, rank as u32)
        };
        let mut rows: Vec<_> = comments.chain(points).map(row).collect();
        // A label that is in no text comes after the whole text and before its paragraphs. What
        // distinguishes two rows is computed when needed: if kept, it would take more space than the rows.
        let label = |row: &MatrixRow<'f, 'a>| {
            numbered(row.item.label().filter(|_| row.at.is_none()).unwrap_or_default())
        };
        rows.sort_by(|(place, one, rank), (other_place, other, other_rank)| {
            place
                .cmp(other_place)
                .then_with(|| label(one).cmp(&label(other)))
                .then(rank.cmp(other_rank))
                .then_with(|| one.item.kind().cmp(other.item.kind()))
                .then_with(|| other.item.supporters().cmp(&one.item.supporters()))
        });

        let plenary = GroupId::plenary();
        let within = feedback.points.iter().filter(|point| point.comment.is_some());
        Self {
            rows: rows.into_iter().map(|(_, row, _)| row).collect(),
            topics: feedback.topics.iter().map(|topic| (&topic.id, &*topic.title)).collect(),
            groups: feedback.groups.iter().map(|group| (&group.id, &*group.title)).collect(),
            points: within.map(|point| (point.id, point)).collect(),
            asked: feedback.groups.iter().filter(|group| group.id != plenary).count(),
        }
    }

    /// The topic's title.
    pub fn topic(&self, row: &MatrixRow<'f, 'a>) -> &'f str {
        let id = row.item.topic();
        self.topics.get(id).copied().unwrap_or(id.as_str())
    }

    /// Which groups support it, and out of how many: `2 of 4: Group 1; Group 3`.
    pub fn groups(&self, row: &MatrixRow<'f, 'a>) -> String {
        let ids = row.item.groups();
        let breakout = ids.iter().filter(|id| ***id != GroupId::plenary()).count();
        let titles: Vec<&str> =
            ids.iter().map(|id| self.groups.get(id).copied().unwrap_or(id.as_str())).collect();
        format!("{breakout} of {}: {}", self.asked, titles.join("; "))
    }

    /// The proposals of the row with their points, each once.
    pub fn proposals(&self, row: &MatrixRow<'f, 'a>) -> Vec<(&'f Point<'a>, &'f Proposal<'a>)> {
        let of_point = |point: &'f Point<'a>| point.proposal.as_deref().map(|found| (point, found));
        let mut found: Vec<(&Point, &Proposal)> = match row.item {
            Item::Point(point) => of_point(point).into_iter().collect(),
            Item::Comment(comment) => {
                let sources = comment.sources.iter().filter_map(|id| self.points.get(id));
                sources.filter_map(|point| of_point(point)).collect()
            }
        };
        let mut seen: Vec<&Proposal> = Vec::new();
        found.retain(|(_, proposal)| {
            let is_new = !seen.iter().any(|known| known.redline == proposal.redline);
            if is_new {
                seen.push(proposal);
            }
            is_new
        });
        found
    }

    /// The points a row comes from.
    pub fn sources(&self, row: &MatrixRow<'f, 'a>) -> Vec<&'f Point<'a>> {
        match row.item {
            Item::Point(point) => vec![point],
            Item::Comment(comment) => {
                comment.sources.iter().filter_map(|id| self.points.get(id).copied()).collect()
            }
        }
    }

    /// What is proposed, as plain text: each wording that would result for the paragraph.
    pub fn wordings(&self, row: &MatrixRow<'f, 'a>) -> String {
        let proposals = self.proposals(row).into_iter();
        let wordings: Vec<String> = proposals.map(|(_, proposal)| proposal.marked()).collect();
        wordings.join("\n")
    }

    /// The reasons given by those who proposed a wording.
    pub fn reason(&self, row: &MatrixRow<'f, 'a>) -> String {
        let mut reasons: Vec<&str> = Vec::new();
        for (point, proposal) in self.proposals(row) {
            let said = match row.item {
                Item::Comment(_) if proposal.why.is_empty() => &point.text,
                _ => &proposal.why,
            };
            if !said.is_empty() && !reasons.contains(&&**said) {
                reasons.push(said);
            }
        }
        reasons.join("\n")
    }

    /// The first eight hexadecimal digits of the SHA-256 of the comment and the wordings: shows whether a
    /// row that comes back is still about the same words.
    pub fn checksum(&self, row: &MatrixRow<'f, 'a>) -> String {
        checksum(&row.item.comment(), &self.wordings(row))
    }

    /// The content of the hidden column: `S-id:checksum`, or `P-` for a point.
    pub fn mark(&self, row: &MatrixRow<'f, 'a>) -> String {
        let checksum = self.checksum(row);
        match row.item {
            Item::Comment(comment) => format!("S-{}:{checksum}", comment.id),
            Item::Point(point) => format!("P-{}:{checksum}", point.id),
        }
    }
}

/// A label in a form that sorts as in texts: the preamble first, `OP9` before `OP10`, `OP9bis` between.
fn numbered(label: &str) -> (bool, &str, u32, &str) {
    let digit = label.find(|letter: char| letter.is_ascii_digit()).unwrap_or(label.len());
    let (family, rest) = label.split_at(digit);
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let is_preamble = family.trim().eq_ignore_ascii_case("PP");
    let number = rest[..end].parse().unwrap_or(0);
    (!label.is_empty() && !is_preamble, family, number, &rest[end..])
}

/// The first eight hexadecimal digits of the SHA-256 of a comment and what is proposed, with a line
/// end between them, and each run of spaces as one.
pub fn checksum(comment: &str, proposed: &str) -> String {
    let mut hash = Sha256::new();
    for (nth, word) in comment.split_whitespace().enumerate() {
        hash.update(if nth == 0 { "" } else { " " });
        hash.update(word);
    }
    hash.update("\n");
    for (nth, word) in proposed.split_whitespace().enumerate() {
        hash.update(if nth == 0 { "" } else { " " });
        hash.update(word);
    }
    hexadecimal(&hash.finalize()[..4])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

impl<'f> MatrixRow<'f, '_> {
    /// The label of the paragraph, as people use it; empty for the whole text.
    pub fn label(&self) -> &'f str {
        self.item.label().unwrap_or_default()
    }

    /// What the text has there now; empty if nothing.
    pub fn current(&self) -> &'f str {
        match self.at {
            Some(at) if !self.after => &at.text,
            _ => "",
        }
    }
}

impl<'f, 'a> Item<'f, 'a> {
    /// The name that people use for it.
    pub fn reference(self) -> &'f str {
        match self {
            Self::Comment(comment) => &comment.reference,
            Self::Point(point) => &point.reference,
        }
    }

    /// The topic's id.
    pub fn topic(self) -> &'f TopicId {
        match self {
            Self::Comment(comment) => &comment.topic,
            Self::Point(point) => &point.topic,
        }
    }

    /// What sort of thing it is, in words.
    pub fn kind(self) -> &'f str {
        match self {
            Self::Comment(comment) => comment.kind.title(),
            Self::Point(point) => point.kind.title(),
        }
    }

    fn label(self) -> Option<&'f str> {
        match self {
            Self::Comment(comment) => comment.paragraph.as_ref(),
            Self::Point(point) => point.paragraph.as_ref(),
        }
        .map(Paragraph::as_str)
    }

    /// The groups it comes from.
    pub fn groups(self) -> Vec<&'f GroupId> {
        match self {
            Self::Comment(comment) => comment.groups.iter().collect(),
            Self::Point(point) => vec![&point.group],
        }
    }

    /// How many groups support it.
    fn supporters(self) -> usize {
        match self {
            Self::Comment(comment) => comment.groups.len(),
            Self::Point(_) => 1,
        }
    }

    /// The comment: the wording, and the wishes beside it.
    pub fn comment(self) -> Cow<'f, str> {
        let (text, wishes) = match self {
            Self::Comment(comment) => (&comment.text, &comment.alternatives),
            Self::Point(point) => (&point.text, &point.alternatives),
        };
        if wishes.is_empty() {
            return Cow::Borrowed(text);
        }
        let wishes: Vec<String> =
            wishes.iter().map(|wish| format!("\nAlternative: {wish}")).collect();
        Cow::Owned(format!("{text}{}", wishes.concat()))
    }

    /// How far the groups agreed, in words; empty if that is not known.
    pub fn convergence(self) -> &'f str {
        match self {
            Self::Comment(comment) => comment.convergence.as_ref(),
            Self::Point(point) => point.convergence.as_ref(),
        }
        .map_or("", |how| how.title())
    }

    /// What drafters decided on it.
    pub fn disposition(self) -> Option<&'f Disposition<'a>> {
        match self {
            Self::Comment(comment) => comment.disposition.as_deref(),
            Self::Point(point) => point.disposition.as_deref(),
        }
    }
}

/// Whether a spreadsheet would take a cell of a text file for a formula, with or without a `'` before
/// it: decided by its first character, also in full width.
pub fn is_formula(cell: &str) -> bool {
    let signs =
        ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '\t', '\r', '\n'];
    cell.trim_start_matches('\'').starts_with(signs)
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn labels_without_a_text_are_in_the_order_of_texts() {
        let mut labels = ["OP10", "OP9bis", "PP2bis", "OP9", "", "PP1", "3 ter", "PP10"];
        labels.sort_by_key(|label| numbered(label));
        assert_eq!(labels, ["", "PP1", "PP2bis", "PP10", "3 ter", "OP9", "OP9bis", "OP10"]);
    }
}
