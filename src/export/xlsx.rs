//! The workbook that drafters work in: the comment matrix, and what they must know about it.

mod front;
mod sheet;
mod style;
mod table;
pub(super) mod template;
mod workbook;

use std::borrow::Cow;
use std::io::{self, Write};

use super::{GoOn, stopped};
use crate::feedback::matrix::{self, Column as Named, Matrix, MatrixRow, clipped};
use crate::feedback::{Decision, Feedback, Piece, Rule};
use sheet::{CellText, SheetColumn, SheetPlan, SheetWriter};
use style::CellLook;
use workbook::{NamedSheet, Workbook};

/// The sheets, in order. The matrix is shown first.
const SHEETS: [&str; 8] = [
    "Read me",
    matrix::SHEET,
    "Lineage",
    "Set aside",
    "Coverage",
    "Unanchored",
    "Legend and audit",
    matrix::ORIGIN,
];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    let matrix = Matrix::of(feedback);
    let sheet = |name| NamedSheet { name, hidden: name == matrix::ORIGIN, table: None };
    let sheets = SHEETS.into_iter().map(sheet).collect();
    let mut book = Workbook::begin(out, feedback, sheets)?;
    let steps = matrix.rows.len() + feedback.points.len();
    let mut progress = RowProgress::new(steps, feedback.points.len(), go_on)?;
    front::write(feedback, &mut book)?;
    rows(feedback, &matrix, &mut book, &mut progress)?;
    table::lineage(feedback, &mut book, &mut progress)?;
    table::set_aside(feedback, &mut book)?;
    table::coverage(feedback, &matrix, &mut book)?;
    table::unanchored(feedback, &matrix, &mut book)?;
    table::about(feedback, &mut book)?;
    table::origin(feedback, &mut book)?;
    book.end()
}

/// Reports how many of how many points are written, if there are several kinds of rows.
struct RowProgress<'a> {
    go_on: GoOn<'a>,
    step: usize,
    steps: usize,
    points: usize,
    reported: usize,
}

impl<'a> RowProgress<'a> {
    fn new(steps: usize, points: usize, go_on: GoOn<'a>) -> io::Result<Self> {
        if go_on(0) {
            Ok(Self { go_on, step: 0, steps, points, reported: 0 })
        } else {
            Err(stopped())
        }
    }

    /// Counts one more row.
    fn step(&mut self) -> io::Result<()> {
        self.step += 1;
        let done = self.step * self.points / self.steps.max(1);
        if done == self.reported || done >= self.points {
            return Ok(());
        }
        self.reported = done;
        if (self.go_on)(done) { Ok(()) } else { Err(stopped()) }
    }
}

/// What is printed above and below each page.
struct Margins {
    above: String,
    below: String,
}

impl Margins {
    fn of(feedback: &Feedback) -> Self {
        // An ampersand begins a code there, and more than 255 letters are an error.
        let plain = |words: &str| -> String {
            words.chars().take(90).collect::<String>().replace('&', "&&").replace('\n', " ")
        };
        let draft = if feedback.is_draft() { "&C&BDRAFT" } else { "" };
        let rule = feedback.meeting.rule.title();
        let text = feedback.draft_text.as_ref().map_or_else(String::new, |text| {
            plain(&[&*text.title, &*text.version].join(" · ")).trim_end_matches(" · ").to_owned()
        });
        Self {
            above: format!("&L{}{draft}&R{rule}", plain(&feedback.meeting.title)),
            below: format!("&L{text}&R&A · Page &P of &N"),
        }
    }
}

/// The words that the list for a disposition offers.
fn decisions() -> Vec<&'static str> {
    Decision::KNOWN.iter().map(Decision::title).collect()
}

/// Writes the sheet that drafters fill in.
fn rows(
    feedback: &Feedback,
    matrix: &Matrix,
    book: &mut Workbook,
    progress: &mut RowProgress,
) -> io::Result<()> {
    let texts = feedback.draft_text.is_some();
    let column = |named: Named| {
        let (width, look) = match named {
            Named::Reference => (10, CellLook::Label),
            Named::Paragraph => (8, CellLook::Label),
            Named::Current => (22, CellLook::Cell),
            Named::Topic => (11, CellLook::Cell),
            Named::Kind => (14, CellLook::Cell),
            Named::Comment => (if texts { 32 } else { 60 }, CellLook::Cell),
            Named::Proposed => (26, CellLook::Cell),
            Named::Reason => (16, CellLook::Cell),
            Named::Convergence => (10, CellLook::Cell),
            Named::Groups => (10, CellLook::Cell),
            Named::Disposition => (12, CellLook::Fill),
            Named::Target => (9, CellLook::Fill),
            Named::Response => (22, CellLook::Fill),
            Named::Mark => (40, CellLook::Plain),
        };
        // Without a draft text these would be empty all the way down.
        let idle = matches!(named, Named::Current | Named::Proposed | Named::Reason) && !texts;
        let hidden = named == Named::Mark || idle;
        SheetColumn { hidden, ..SheetColumn::new(named.heading(), width, look) }
    };
    let plan = SheetPlan {
        columns: Named::ALL.map(column).into(),
        headed: true,
        tab: "1F3864",
        offer: Some((Named::Disposition as usize, decisions())),
    };
    let mut page = SheetWriter::begin(book, &plan)?;
    let mut before = None;
    for row in &matrix.rows {
        progress.step()?;
        let cells = Named::ALL.map(|named| match named {
            Named::Proposed => proposed(matrix, row),
            named => CellText::Plain(matrix.cell(row, named)),
        });
        // Only the first of a paragraph's rows is made as high as the paragraph's words need.
        let paragraph = row.at.map(|at| at.id);
        let again = paragraph.is_some() && paragraph == before;
        before = paragraph;
        page.row_of(&cells, if again { &[Named::Current as usize] } else { &[] })?;
    }
    page.end()
}

/// What is proposed, as a redline that reads the same with and without colours.
fn proposed<'m>(matrix: &Matrix<'m, '_>, row: &MatrixRow<'m, '_>) -> CellText<'m> {
    let mut pieces = Vec::new();
    for (_, proposal) in matrix.proposals(row) {
        if !pieces.is_empty() {
            pieces.push(Piece::Same("\n".into()));
        }
        pieces.extend(proposal.redline.iter().map(|piece| match piece {
            Piece::Same(words) => Piece::Same(Cow::from(&**words)),
            Piece::Cut(words) => Piece::Cut((&**words).into()),
            Piece::Put(words) => Piece::Put((&**words).into()),
            Piece::Gap => Piece::Gap,
        }));
    }
    let whole = matrix.wordings(row);
    match clipped(whole.as_str().into()) {
        Cow::Borrowed(_) => CellText::Marked(pieces),
        Cow::Owned(clipped) => CellText::Plain(clipped.into()),
    }
}

/// The rule in a sentence.
fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::ChathamHouse => {
            "Chatham House Rule: what was said may be used, but not who said it. Groups are named; delegations and speakers never."
        }
        Rule::OnRecord => {
            "On the record: what was said may be attributed where consent is recorded."
        }
    }
}
