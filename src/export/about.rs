//! CSV for spreadsheets: what people must know about the other tables. A table of points has no room for
//! the legend, the account and the audit, and nobody should have to look for them elsewhere.

use std::borrow::Cow;
use std::io::{self, Write};

use super::words::IdTitles;
use super::{GoOn, csv, words};
use crate::feedback::{Feedback, SealState};

const COLUMNS: [&str; 3] = ["Part", "What", "Value"];

/// A part of the feedback, what about it, and how that is.
pub(super) type AboutRow<'a> = [Cow<'a, str>; 3];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    csv::table(&COLUMNS, rows(feedback).into_iter(), out, go_on)
}

pub(super) fn rows<'a>(feedback: &'a Feedback) -> Vec<AboutRow<'a>> {
    let mut rows: Vec<AboutRow<'a>> = Vec::new();
    let mut put = |part: &'static str, what: Cow<'a, str>, value: Cow<'a, str>| {
        rows.push([part.into(), what, value]);
    };
    put("Meeting", "Title".into(), (&*feedback.meeting.title).into());
    put("Meeting", "Rule".into(), feedback.meeting.rule.title().into());
    put("Meeting", "Program".into(), (&*feedback.program).into());
    put("Meeting", "Checksum".into(), (&*feedback.checksum).into());
    for reason in &feedback.draft {
        put("DRAFT", "Why".into(), (&**reason).into());
    }
    put("Account", "Sum".into(), (&*feedback.account).into());
    for band in &feedback.legend {
        let share = format!("{} to {} %", band.from, band.to);
        put("Legend", band.word.as_str().into(), share.into());
    }
    put("Legend", "some".into(), "one or two".into());
    let known = IdTitles::of(feedback);
    for row in &feedback.coverage {
        for cell in row.cells.iter().filter(|cell| cell.gap) {
            put("Gap", known.topic(&row.topic).into(), known.group(&cell.group).into());
        }
        for cell in row.cells.iter().filter(|cell| cell.later) {
            put(
                "Still to discuss",
                known.topic(&row.topic).into(),
                known.group(&cell.group).into(),
            );
        }
    }
    for seal in &feedback.seals {
        let what = format!("{} · {}", known.group(&seal.group), known.topic(&seal.topic));
        let state = match seal.state {
            SealState::Sealed => format!("sealed; {}", seal.digest),
            SealState::Changed => format!("changed since it was sealed; {}", seal.digest),
        };
        put("Seal", what.into(), state.into());
    }
    let audit = &feedback.audit;
    let checked = if audit.checked { "yes" } else { "no" };
    put("Audit", "Words checked for names".into(), checked.into());
    if let Some(left) = &audit.undecided {
        put("Audit", "Names nobody decided on".into(), left.mentions.to_string().into());
        put("Audit", "Why it was exported anyway".into(), (&*left.reason).into());
    }
    let subjects = audit.waived.iter().filter(|waived| waived.is_subject()).count();
    if subjects > 0 {
        let what = "Names decided to be a subject, which reveal nobody";
        put("Audit", what.into(), subjects.to_string().into());
    }
    if let Some(found) = audit.by_phrase {
        let what = "Names decided by the words beside them";
        put("Audit", what.into(), found.mentions.to_string().into());
        let what = "Names typed after such a decision";
        put("Audit", what.into(), found.since.to_string().into());
    }
    if let Some(searched) = words::searched(audit) {
        put("Audit", "Files searched for listed names".into(), searched.into());
    }
    if audit.unlisted > 0 {
        let what = "Participants: not checked on this laptop. Names listed on another one";
        put("Audit", what.into(), audit.unlisted.to_string().into());
    }
    for session in &audit.consent {
        let found = feedback.session(session);
        let title = found.map_or_else(|| session.to_string(), |found| found.title.to_string());
        put("Audit", "Attribution agreed to, on the record".into(), title.into());
    }
    for waived in words::waived(feedback) {
        let place = match known.place(waived.point, waived.comment) {
            "" => words::elsewhere(waived),
            place => place,
        };
        let what = format!("May stay in {place}: “{}”", waived.found);
        put("Audit", what.into(), words::why(waived).into());
    }
    rows
}
