//! CSV for spreadsheets: what must be known of the other tables. A table of points has no room for
//! the legend, the account and the audit, and nobody should have to look for them elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::{GoOn, csv, words};
use crate::feedback::{CommentId, Feedback, PointId, SealState};

const COLUMNS: [&str; 3] = ["Part", "What", "Value"];

/// A part, what of it, and how that is.
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
    let points: HashMap<PointId, &str> =
        feedback.points.iter().map(|point| (point.id, &*point.reference)).collect();
    let comments: HashMap<CommentId, &str> =
        feedback.comments.iter().map(|one| (one.id, &*one.reference)).collect();
    for waived in words::waived(feedback) {
        let point = waived.point.and_then(|id| points.get(&id));
        let comment = waived.comment.and_then(|id| comments.get(&id));
        let place = point.or(comment).copied().unwrap_or(words::elsewhere(waived));
        let what = format!("May stay in {place}: “{}”", waived.found);
        put("Audit", what.into(), words::why(waived).into());
    }
    rows
}
