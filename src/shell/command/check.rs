//! `rapporteur check`: what a file is, and what is wrong with it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, refused, sample, say, say_damage};
use crate::app::say::counted;
use crate::app::wrap::visible;
use crate::import::agenda;
use crate::import::feedback::{self, Unreadable};
use crate::shell::places::Places;
use crate::store::lock::Keys;
use crate::store::{
    Folder, Loaded, MeetingKey, Rejection, Trouble, is_bundle, place, read_bundle, whole,
};
use crate::workshop::{Agenda, Workshop};

/// Checks files.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Agendas, workshops, bundles, feedback files, or a sample's name.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let mut wrong = 0;
        for path in &self.files {
            match look(path, places) {
                Ok(what) => {
                    let line = format!("{}: {what}", path.display());
                    writeln!(io::stdout(), "{}", visible(&line))?;
                }
                Err(why) => {
                    say(&why);
                    wrong += 1;
                }
            }
        }
        match wrong {
            0 => Ok(()),
            _ if self.files.len() == 1 => Err(refused("This file cannot be used as it is.")),
            _ => Err(refused(format!(
                "{wrong} of {} files cannot be used as they are.",
                self.files.len()
            ))),
        }
    }
}

/// What is there, or all that is wrong with it.
fn look(path: &Path, places: &Places) -> Result<String, String> {
    let found = place::find_workshop(&places.data, path);
    if found.is_dir() {
        return look_at_folder(&found);
    }
    if is_bundle(path) && found.is_file() {
        return look_at_bundle(path, places);
    }
    match whole::read_whole(path, feedback::LARGEST as u64) {
        Ok(bytes) => look_at_file(path, &bytes),
        Err(Trouble::Missing(_)) if sample(path).is_some() => {
            let workshop = sample(path).unwrap_or_default();
            Ok(format!("a sample: {}", of_workshop(&workshop)))
        }
        Err(trouble) => Err(trouble.to_string()),
    }
}

fn look_at_folder(path: &Path) -> Result<String, String> {
    let folder = Folder::open(path).map_err(|trouble| trouble.to_string())?;
    let Loaded { workshop, damage, newer, .. } =
        folder.read().map_err(|trouble| trouble.to_string())?;
    say_damage(&damage);
    if newer > 0 {
        say(&format!("{newer} changes are from a newer version of the program; they are kept."));
    }
    let what = of_workshop(&workshop);
    if damage.is_empty() {
        Ok(format!("a workshop: {what}"))
    } else {
        Err(format!("{}: a workshop with damage: {what} could be read.", path.display()))
    }
}

fn look_at_bundle(path: &Path, places: &Places) -> Result<String, String> {
    let said = |why: Rejection| format!("{}: {why}", path.display());
    let header =
        read_bundle(path, &Keys::meeting(MeetingKey::all(&places.state))).map_err(said)?.header;
    let what = match (&header.hand_out, &header.group) {
        (Some(group), _) => format!("a hand-out for {group}"),
        (None, Some(group)) => format!("a bundle of {group}"),
        (None, None) => "a bundle".to_owned(),
    };
    // The record that founds the workshop is always in it.
    let changes = header.changes.saturating_sub(1) as usize;
    Ok(format!("{what}: “{}”, {}", header.title, counted(changes, "change")))
}

fn look_at_file(path: &Path, bytes: &[u8]) -> Result<String, String> {
    let name = path.display().to_string();
    match feedback::read(&name, bytes) {
        Ok(received) => {
            if let Some(warning) = received.warning() {
                say(&format!("{name}: {warning}"));
            }
            let feedback = &received.feedback;
            let draft = if feedback.is_draft() { ", DRAFT" } else { "" };
            let points = feedback.points.len();
            Ok(format!("feedback of “{}”, {points} points{draft}", feedback.meeting.title))
        }
        Err(Unreadable::NotFeedback) if !is_like_an_agenda(path, bytes) => {
            Err(format!("{name}: this is no agenda, no workshop and no feedback file."))
        }
        Err(Unreadable::NotFeedback) => {
            let reading = agenda::read(&name, bytes).map_err(|mistakes| mistakes.to_string())?;
            reading.warnings.iter().for_each(|warning| say(&warning.to_string()));
            Ok(format!("an agenda: {}", of_agenda(&reading.agenda)))
        }
        Err(Unreadable::Wrong(mistakes)) => Err(mistakes.to_string()),
        Err(why) => Err(format!("{name}: {why}")),
    }
}

/// Whether somebody may have meant this for an agenda.
fn is_like_an_agenda(path: &Path, bytes: &[u8]) -> bool {
    let is_ron = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    is_ron || matches!(bytes.trim_ascii_start().first(), Some(b'(' | b'/'))
}

fn of_agenda(agenda: &Agenda) -> String {
    let counts = [
        counted(agenda.days.len(), "day"),
        counted(agenda.sessions().len(), "session"),
        counted(agenda.topics.len(), "topic"),
        counted(agenda.groups.len(), "group"),
    ];
    format!("“{}”, {}", agenda.title, counts.join(", "))
}

fn of_workshop(workshop: &Workshop) -> String {
    format!("{}, {}", of_agenda(workshop.agenda()), counted(workshop.points().count(), "point"))
}
