//! The first sheet: what this is, what it is based on, and how it is filled in.

use std::{borrow::Cow, io};

use super::sheet::{CellText, SheetColumn, SheetPlan, SheetWriter};
use super::{rule, style::CellLook, workbook::Workbook};
use crate::feedback::{Decision, Feedback};

/// How to fill it in, one line each.
const STEPS: [(&str, &str); 5] = [
    (
        "Fill in",
        "the coloured columns of the sheet “Matrix” and nothing else: Disposition (choose from the \
         list below, or use your own words), Target, Drafters' response.",
    ),
    (
        "Feel free",
        "to sort, filter, hide, move and add columns. Keep the words of the headings, and keep the \
         hidden last column and the hidden sheet: they match your answers to the comments.",
    ),
    (
        "Nothing is lost",
        "by deleting a row: it is reported and stays in the workshop. Changes to comments are reported \
         and not imported.",
    ),
    (
        "Several copies",
        "may be sent round. If two of them answer a row differently, both answers are kept until someone chooses.",
    ),
    (
        "Send back",
        "this file as .xlsx, or the sheet “Matrix” as .csv. `rapporteur import WORKSHOP FILE \
         --dry-run` shows what would be imported, without changing anything.",
    ),
];

/// What the other sheets are for.
const SHEETS: [(&str, &str); 6] = [
    ("Matrix", "The rows to answer: the whole text first, then paragraph by paragraph."),
    ("Lineage", "Which points are in which comment. Filter by either."),
    ("Set aside", "Points set aside, with the reason; parked points, with their owner."),
    ("Coverage", "Points by topic and group; matrix rows by paragraph."),
    ("Unanchored", "Comments on a paragraph that is not in the draft text."),
    (
        "Legend and audit",
        "Account, quantifiers, gaps, seals, and what was done to keep speakers unidentified.",
    ),
];

fn meaning(decision: &Decision) -> &'static str {
    match decision {
        Decision::Open => "Not decided yet.",
        Decision::Accepted => "It goes into the text as it is. Target: where.",
        Decision::Modified => "It goes into the text in other words. Response: which.",
        Decision::Merged => "It went into another row. Target: that row's Ref.",
        Decision::Noted => "It was read; the text is not changed.",
        Decision::Deferred => "Somebody else decides. Target: who.",
        Decision::NotAccepted => "It does not go into the text. Response: why.",
        Decision::Withdrawn => "The group withdrew it.",
        Decision::OutsideScope => "It is not a matter for this text.",
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
            said("Checksum of the text", text.digest.as_str().into())?;
        }
        None => said("Draft text", "none".into())?,
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
    said("[-words-]", "are deleted from the current text,".into())?;
    said("{+words+}", "are inserted.".into())?;
    said(
        "2 of 4: Group 1; Group 3",
        "how many of the groups that met support a row, and which; never which delegation.".into(),
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
