//! CSV for spreadsheets: what must be known of the other tables. A table of points has no room for
//! the legend, the account and the audit, and nobody should have to look for them elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::{GoOn, csv};
use crate::feedback::{Feedback, PointId, SealState, StatementId};

const COLUMNS: [&str; 3] = ["Part", "What", "Value"];

/// A part, what of it, and how that is.
pub(super) type Row<'a> = [Cow<'a, str>; 3];

pub(super) fn write(feedback: &Feedback, out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    csv::table(&COLUMNS, rows(feedback).into_iter(), out, go_on)
}

pub(super) fn rows<'a>(feedback: &'a Feedback) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
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
    let topics: HashMap<&str, &str> =
        feedback.topics.iter().map(|topic| (topic.id.as_str(), &*topic.title)).collect();
    let groups: HashMap<&str, &str> =
        feedback.groups.iter().map(|group| (group.id.as_str(), &*group.title)).collect();
    let title = |known: &HashMap<&str, &'a str>, id: &str| -> String {
        known.get(id).copied().unwrap_or(id).to_owned()
    };
    for row in &feedback.coverage {
        for cell in row.cells.iter().filter(|cell| cell.gap) {
            let topic = title(&topics, row.topic.as_str());
            put("Gap", topic.into(), title(&groups, cell.group.as_str()).into());
        }
    }
    for seal in &feedback.seals {
        let what = format!(
            "{} · {}",
            title(&groups, seal.group.as_str()),
            title(&topics, seal.topic.as_str())
        );
        let state = match seal.state {
            SealState::Sealed => format!("stands; {}", seal.digest),
            SealState::Changed => format!("changed since it was sealed; {}", seal.digest),
        };
        put("Seal", what.into(), state.into());
    }
    let audit = &feedback.audit;
    let checked = if audit.checked { "yes" } else { "no" };
    put("Audit", "Words looked through for names".into(), checked.into());
    if audit.searched > 0 {
        let what = "Participants' names the bytes were searched for; none stands there";
        put("Audit", what.into(), audit.searched.to_string().into());
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
    let points: HashMap<PointId, &str> =
        feedback.points.iter().map(|point| (point.id, &*point.reference)).collect();
    let statements: HashMap<StatementId, &str> =
        feedback.statements.iter().map(|one| (one.id, &*one.reference)).collect();
    for waived in &audit.waived {
        let point = waived.point.and_then(|id| points.get(&id));
        let statement = waived.statement.and_then(|id| statements.get(&id));
        let place = point.or(statement).copied().unwrap_or_default();
        let what = format!("May stand in {place}: “{}”", waived.found);
        put("Audit", what.into(), (&*waived.reason).into());
    }
    rows
}
