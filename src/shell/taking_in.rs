//! Reading a draft text, or drafters' answers, on a thread of its own: what it would change is reported
//! before anything is changed.

use std::path::{Path, PathBuf};
use std::thread;

use super::inbox::Post;
use crate::app::{Message, TakenIn, say};
use crate::import::draft_text;
use crate::import::matrix::{self, MatrixFile};
use crate::store::whole;
use crate::workshop::{Astray, DraftText, Moment, ReanchorCounts, Workshop, WriterId, shown};

/// How many points or comments that lost their place are listed one by one.
const NAMED: usize = 20;

/// Begins to read the file for a workshop in its current state.
pub(super) fn start(path: PathBuf, workshop: Workshop, post: Post) {
    let failed = post.clone();
    let work = move || match read(&path, &workshop) {
        Ok(found) => post.send(Message::TakenIn(Box::new(found))),
        Err(why) => post.send(Message::Refused(why)),
    };
    if let Err(error) = thread::Builder::new().name("take in".into()).spawn(work) {
        failed.send(Message::Refused(format!("The file could not be read: {error}.")));
    }
}

fn read(path: &Path, workshop: &Workshop) -> Result<TakenIn, String> {
    let largest = draft_text::LARGEST.max(matrix::LARGEST);
    let bytes = whole::read_whole(path, largest as u64).map_err(|why| why.of_file().to_string())?;
    let name = shown(path);
    // A Word file is a package like a workbook.
    let is_word = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
    if !is_word && matrix::is_one(&bytes) {
        answers(&name, &bytes, workshop)
    } else {
        text(&name, &bytes, workshop)
    }
}

fn text(name: &str, bytes: &[u8], workshop: &Workshop) -> Result<TakenIn, String> {
    let found = draft_text::read(name, bytes).map_err(|why| why.to_string())?;
    let changes = workshop.take_in_text(found.text);
    let mut report = vec![name.to_owned()];
    if changes.is_empty() {
        report.push("Nothing new: this is the text that is here.".to_owned());
    } else {
        // This copy is looked at and thrown away, so the writer of the record does not matter.
        let mut after = workshop.clone();
        let record = after.record(WriterId::new(0), Moment(0), changes.clone());
        after.apply(record);
        if let Some(text) = after.draft_text() {
            report.push(format!("“{}”", text.title));
            report.push(counted(workshop.draft_text(), text));
        }
        report.extend(astray(&after));
    }
    report.extend(found.remarks);
    Ok(TakenIn { what: "importing a draft text", report, changes })
}

fn answers(name: &str, bytes: &[u8], workshop: &Workshop) -> Result<TakenIn, String> {
    let file = MatrixFile { name, bytes, columns: &[] };
    let found = matrix::read(&file, workshop).map_err(|why| format!("{name}: {why}"))?;
    let changes = found.changes(workshop).map_err(|refusal| refusal.to_string())?;
    let mut report = found.report(usize::MAX);
    report.insert(0, name.to_owned());
    Ok(TakenIn { what: "importing answers", report, changes })
}

/// What happened to how many paragraphs.
pub(super) fn counted(before: Option<&DraftText>, after: &DraftText) -> String {
    let ReanchorCounts { unchanged, moved, changed, new, gone } =
        ReanchorCounts::between(before, after);
    if before.is_none() {
        return format!("{} imported.", say::counted(new, "paragraph"));
    }
    format!(
        "{} unchanged, {moved} moved, {changed} changed, {new} new, {gone} gone.",
        say::counted(unchanged, "paragraph")
    )
}

/// What lost its place in the text, or may have lost it, with the first ones listed.
pub(super) fn astray(workshop: &Workshop) -> Vec<String> {
    let astray = workshop.astray();
    let line = |one: &Astray| {
        let place = workshop.called(&one.pin);
        format!("{}, {place}: {}.", one.of.reference(), one.why)
    };
    let mut lines: Vec<String> = astray.iter().take(NAMED).map(line).collect();
    if astray.len() > NAMED {
        lines.push(format!("{} more like these.", astray.len() - NAMED));
    }
    lines
}
