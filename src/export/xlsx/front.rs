//! The first sheet: what this is, what it is based on, and how it is filled in.

use std::borrow::Cow;
use std::io;

use super::sheet::{CellText, SheetColumn, SheetPlan, SheetWriter};
use super::{rule, style::CellLook, workbook::Workbook};
use crate::feedback::{Decision, Feedback};

/// How to fill it in, one line each.
const STEPS: [(&str, &str); 5] = [
    (
        "Fill in",
        "the coloured columns of the sheet “Matrix” and nothing else: Disposition (the list offers \
         the words below; your own are read too), Target, Drafters' response.",
    ),
    (
        "Feel free",
        "to sort, filter, hide, move and add columns. Keep the words of the headings, and leave the \
         hidden last column and the hidden sheet in: by them your answers find their way back.",
    ),
    (
        "Nothing is lost",
        "by deleting a row: it is reported and stays in the workshop. A comment that you change here \
         is reported and not taken over.",
    ),
    (
        "Several copies",
        "may go round. If two of them answer a row differently, both answers are kept until somebody chooses.",
    ),
    (
        "Send back",
        "this file as .xlsx, or the sheet “Matrix” as .csv. `rapporteur import WORKSHOP FILE \
         --dry-run` says what was understood before anything is changed.",
    ),
];

/// What the other sheets are for.
const SHEETS: [(&str, &str); 6] = [
    ("Matrix", "The rows to answer: the whole text first, then paragraph by paragraph."),
    ("Lineage", "From comment to point and from point to comment: filter by either."),
    ("Set aside", "What goes no further, with the reason; what is parked, with its owner."),
    (
        "Coverage",
        "How many points each group made on each topic; how many rows each paragraph has.",
    ),
    ("Unanchored", "What is about a paragraph that is not in the draft text."),
    (
        "Legend and audit",
        "Account, quantifiers, gaps, seals, what was done so that nobody can be identified.",
    ),
];

fn meaning(decision: &Decision) -> &'static str {
    match decision {
        Decision::Open => "Nothing is decided yet.",
        Decision::Accepted => "It goes into the text as it is. Target: where.",
        Decision::Modified => "It goes into the text in other words. Response: which.",
        Decision::Merged => "It went into another row. Target: that row's Ref.",
        Decision::Noted => "It was read; the text stays.",
        Decision::Deferred => "Somebody else decides. Target: who.",
        Decision::NotAccepted => "It does not go into the text. Response: why.",
        Decision::Withdrawn => "Its group took it back.",
        Decision::OutsideScope => "The text is not about that.",
        Decision::Other(_) => "",
    }
}

pub(super) fn write(feedback: &Feedback, book: &mut Workbook) -> io::Result<()> {
    let plan = SheetPlan {
        columns: vec![
            SheetColumn::new("", 24, CellLook::Term),
            SheetColumn::new("", 96, CellLook::Words),
        ],
        headed: false,
        tab: "8EA9DB",
        offer: None,
    };
    let mut page = SheetWriter::begin(book, &plan)?;
    let meeting = &feedback.meeting;
    page.row(&["".into(), CellText::As(CellLook::Title, (&*meeting.title).into())])?;
    for (nth, reason) in feedback.draft.iter().enumerate() {
        let term = if nth == 0 { "DRAFT, because" } else { "" };
        page.row(&[CellText::As(CellLook::Warning, term.into()), (&**reason).into()])?;
    }
    let mut said = |term: &str, words: Cow<str>| page.row(&[term.into(), CellText::Plain(words)]);
    let dates: Vec<String> = meeting.dates.iter().map(ToString::to_string).collect();
    let place = [&dates.join(", "), &*meeting.venue].join(" · ");
    said("Meeting", place.trim_matches([' ', '·']).into())?;
    said("Rule", rule(meeting.rule).into())?;
    match &feedback.draft_text {
        Some(text) => {
            let version = [&*text.title, &*text.version].join(" · ");
            said("Draft text", version.trim_end_matches([' ', '·']).into())?;
            said("Its digest", text.digest.as_str().into())?;
        }
        None => said("Draft text", "none was taken in".into())?,
    }
    said("Account", (&*feedback.account).into())?;
    said("This file", format!("{}, by {}", feedback.checksum, feedback.program).into())?;
    said("", "".into())?;
    for (term, words) in STEPS {
        said(term, words.into())?;
    }
    said("", "".into())?;
    for decision in Decision::KNOWN {
        said(decision.title(), meaning(decision).into())?;
    }
    said("", "".into())?;
    said("[-words-]", "are taken out of the current text,".into())?;
    said("{+words+}", "are put in.".into())?;
    said(
        "2 of 4: Group 1; Group 3",
        "which groups support a row, of how many that met; never which delegation.".into(),
    )?;
    for band in &feedback.legend {
        said(&band.word, format!("{} to {} % of the groups", band.from, band.to).into())?;
    }
    said("", "".into())?;
    for (term, words) in SHEETS {
        said(term, words.into())?;
    }
    page.end()
}
