//! The command line: one file per verb. Standard output is for data, standard error for messages.

mod add;
mod bundle;
mod check;
mod comments;
mod confirm;
mod copy;
mod draft;
mod export;
mod forget;
mod hand_out;
mod history;
mod import;
mod key;
mod list;
mod locks;
mod manual;
mod merge;
mod move_points;
mod names;
mod new;
mod open;
mod purge;
mod sync;
mod text;

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{fmt::Display, process::ExitCode};

use clap::{Parser, Subcommand};
use serde::Serialize;

use super::clock::{chance, now};
use super::{courier::Courier, data_folders::DataFolders};
use crate::app::clock_lines;
use crate::app::quote::{brief, quoting};
use crate::app::say::{OTHERS_CAN_READ, unlisted};
use crate::app::wrap::visible;
use crate::import::samples::{self, Sample};
use crate::import::{agenda, sample_points};
use crate::store::{Damage, Folder, Trouble, place, why};
use crate::workshop::{
    Agenda, Group, GroupId, Ids, Refusal, Rule, SessionId, Topic, TopicId, Workshop, shown,
};

/// Capture what workshop groups say, and turn it into one consolidated feedback file.
///
/// Without a command, the start screen opens.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version)]
pub(super) struct CommandLine {
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

/// What is asked of the program.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Open a workshop on its screens.
    Open(open::OpenCommand),
    /// Create a workshop from an agenda and print its folder.
    New(new::New),
    /// Add points to a workshop and print the id of each once it is saved.
    Add(add::Add),
    /// File points under another session and print their ids.
    Move(move_points::Move),
    /// Print the points of a workshop.
    List(list::ListCommand),
    /// Print the comments of a workshop with the points they come from.
    #[command(alias = "statements")]
    Comments(comments::Comments),
    /// Import the draft text or a new version, or print it with the feedback on each paragraph.
    Text(text::TextCommand),
    /// Print text that was being typed when the program stopped.
    Draft(draft::Draft),
    /// List the names in what would be exported, and record decisions about them.
    Names(names::NamesCommand),
    /// Export the consolidated feedback and print the paths of the files.
    Export(export::ExportCommand),
    /// Import drafters' answers (XLSX, XLS, XLSB, ODS, CSV) or feedback files (RON, JSON) and print the workshop's folder.
    Import(import::Import),
    /// Write a hand-out for each group's laptop and print the paths.
    HandOut(hand_out::HandOut),
    /// Write this laptop's changes to one file that you can carry, and print its path.
    Bundle(bundle::BundleCommand),
    /// Take in bundles and workshops from other laptops, and print a receipt.
    Merge(merge::Merge),
    /// Exchange changes through a folder that all laptops use, and print a receipt.
    Sync(sync::Sync),
    /// Keep a second copy on a memory stick while you work, and print its path.
    Copy(copy::Copy),
    /// Set a meeting's key from a passphrase, or create a key pair of your own.
    Key(key::KeyCommand),
    /// Identify a file and list every problem in it.
    Check(check::CheckCommand),
    /// Print the history of a point.
    History(history::HistoryCommand),
    /// Permanently remove a point's earlier wordings from this laptop and from what it passes on.
    Purge(purge::PurgeCommand),
    /// Remove a workshop and its exports from this laptop, and say where copies remain.
    Forget(forget::Forget),
    /// Print completions for a shell.
    Completions(manual::Completions),
    /// Print the manual page.
    Man,
}

impl CommandLine {
    /// Does what is asked. A refusal or failure is reported on standard error.
    pub(super) fn run(self, folders: &DataFolders) -> ExitCode {
        let done = match self.verb {
            Some(verb) => verb.run(folders),
            None => open::screens(folders, None),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(Failure::Said(words)) => {
                print_message(&brief(words));
                ExitCode::FAILURE
            }
            // The reader of the output wants no more: `list | head`.
            Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {
                ExitCode::SUCCESS
            }
            Err(Failure::Output(error)) => {
                print_message(&format!("The output could not be written: {}.", why(&error)));
                ExitCode::FAILURE
            }
        }
    }
}

impl Verb {
    fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        match self {
            Self::Open(open) => open.run(folders),
            Self::New(new) => new.run(folders),
            Self::Add(add) => add.run(folders),
            Self::Move(points) => points.run(folders),
            Self::List(list) => list.run(folders),
            Self::Comments(comments) => comments.run(folders),
            Self::Text(text) => text.run(folders),
            Self::Draft(draft) => draft.run(folders),
            Self::Names(names) => names.run(folders),
            Self::Export(export) => export.run(folders),
            Self::Import(import) => import.run(folders),
            Self::HandOut(hand_out) => hand_out.run(folders),
            Self::Bundle(bundle) => bundle.run(folders),
            Self::Merge(merge) => merge.run(folders),
            Self::Sync(sync) => sync.run(folders),
            Self::Copy(copy) => copy.run(folders),
            Self::Key(key) => key.run(folders),
            Self::Check(check) => check.run(folders),
            Self::History(history) => history.run(folders),
            Self::Purge(purge) => purge.run(folders),
            Self::Forget(forget) => forget.run(folders),
            Self::Completions(completions) => completions.run(),
            Self::Man => manual::man(),
        }
    }
}

/// Why a verb was not done.
#[derive(Debug)]
enum Failure {
    /// In words.
    Said(String),
    /// Standard output does not accept what is printed.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn refused(why: impl Display) -> Failure {
    Failure::Said(why.to_string())
}

/// Prints a message to standard error; if that fails, it does not matter.
pub(super) fn print_message(words: &str) {
    let mut error = io::stderr().lock();
    let _ = writeln!(error, "{}", visible(&quoting(words.to_owned())));
}

/// A value as JSON on one line. What could control a terminal is written as JSON escapes: the same
/// text to a program, and harmless on a screen.
fn json_line(value: &impl Serialize) -> String {
    let line = serde_json::to_string(value).unwrap_or_default();
    if visible(&line) == line {
        return line;
    }
    let mut escaped = String::with_capacity(line.len() + 16);
    let mut bytes = [0; 4];
    for letter in line.chars() {
        let text = letter.encode_utf8(&mut bytes);
        if visible(text) == *text {
            escaped.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

/// Says that what is printed or written did not pass the gate.
fn say_unchecked() {
    print_message(
        "Names were not checked: share this only within the team. `rapporteur export` checks them.",
    );
}

/// How many damaged places are listed one by one.
const NAMED: usize = 8;

/// A workshop as far as it can be read; the rest is reported.
fn read_folder(folder: &Folder) -> Result<Workshop, Failure> {
    let loaded = folder.read().map_err(refused)?;
    say_damage(&loaded.damage);
    Ok(loaded.workshop)
}

fn say_damage(damage: &[Damage]) {
    for one in damage.iter().take(NAMED) {
        print_message(&one.to_string());
    }
    if damage.len() > NAMED {
        print_message(&format!(
            "{} more like these. Everything else was read.",
            damage.len() - NAMED
        ));
    }
}

/// Warns if a workshop is on a disk that cannot restrict files to one account.
fn say_if_others_can_read(folder: &Folder) {
    if !folder.is_private() {
        print_message(OTHERS_CAN_READ);
    }
}

/// Finds and opens the workshop that a person named.
fn open(named: &Path, folders: &DataFolders) -> Result<Folder, Failure> {
    place::find_workshop(&folders.data, named).and_then(|path| Folder::open(&path)).map_err(refused)
}

/// The workshop that a person named, or where to make it.
fn find_or_make(named: &Path, folders: &DataFolders) -> Result<Result<Folder, PathBuf>, Failure> {
    let path = place::find_workshop(&folders.data, named).map_err(|why| refused(why.of_new()))?;
    match Folder::open(&path) {
        Err(Trouble::Missing(_)) => Ok(Err(path)),
        folder => folder.map(Ok).map_err(refused),
    }
}

/// The courier for the workshop in a folder.
fn courier(folder: &Folder, folders: &DataFolders) -> Courier {
    Courier::of(folder, &folders.state, Ids::seeded(chance()))
}

/// Says what is known to be missing from a workshop, whichever group this laptop works for; returns whether anything
/// is. An export made here says the same.
fn say_gaps(workshop: &Workshop) -> bool {
    let gaps = workshop.gaps_at(Some(now()));
    workshop.sentences(gaps.iter()).iter().for_each(|gap| print_message(gap));
    for line in clock_lines(&workshop.clocks()) {
        print_message(&line);
    }
    workshop.to_come(Some(now())).iter().for_each(|sentence| print_message(sentence));
    !gaps.is_empty()
}

/// Refuses a workshop of which a part is unreadable: nobody must take that for the whole.
fn whole_or_refused(workshop: &Workshop) -> Result<(), Failure> {
    if workshop.gaps().is_unreadable() {
        return Err(refused(
            "This is not all of the workshop: a part of its files cannot be read. See \
             `rapporteur check`.",
        ));
    }
    Ok(())
}

/// Reads a workshop, or makes that of a sample in memory and says so. What could not be read is reported.
fn read(named: &Path, folders: &DataFolders) -> Result<Workshop, Failure> {
    let found = place::find_workshop(&folders.data, named).and_then(|path| Folder::open(&path));
    let folder = match found {
        // If a workshop cannot be read, the sample of the same name is not shown instead.
        Err(trouble @ (Trouble::Unknown { .. } | Trouble::Missing(_))) => {
            let sample = sample(named).ok_or_else(|| refused(&trouble))?;
            print_message(&format!(
                "There is no workshop “{0}” in this folder or in “{1}”. This is the sample “{0}” \
                 that comes with the program.",
                shown(named),
                shown(&folders.data)
            ));
            return Ok(sample);
        }
        found => found.map_err(refused)?,
    };
    let mut workshop = read_folder(&folder)?;
    workshop.judge_at(now());
    say_gaps(&workshop);
    if let Some(words) = unlisted(workshop.unlisted()) {
        print_message(&words);
    }
    Ok(workshop)
}

fn sample(named: &Path) -> Option<Workshop> {
    let sample = samples::sample(named.to_str()?)?;
    let agenda = agenda::read(sample.name, sample.text.as_bytes()).ok()?.agenda;
    Some(sample_on(sample, &agenda))
}

fn sample_on(sample: &Sample, agenda: &Agenda) -> Workshop {
    let mut workshop = Workshop::new(agenda);
    if let Some(record) = samples::decisions(agenda) {
        workshop.apply(record);
    }
    if sample.name == sample_points::SAMPLE {
        for record in sample_points::records(agenda) {
            workshop.apply(record);
        }
    }
    workshop
}

/// A workshop whose files have everything that the program itself writes.
pub(super) fn own() -> Option<Workshop> {
    let sample = samples::sample(sample_points::SAMPLE)?;
    let mut agenda = agenda::read(sample.name, sample.text.as_bytes()).ok()?.agenda;
    // The one name in it does not come from the program.
    agenda.venue.clear();
    Some(sample_on(sample, &agenda))
}

/// The group that is meant: by its id or its title.
fn group(agenda: &Agenda, named: &str) -> GroupId {
    let by_id = agenda.groups.iter().find(|group| group.id.as_str() == named);
    let is_it = |group: &&Group| is_meant(named, group.id.as_str(), &group.title);
    let meant = by_id.or_else(|| agenda.groups.iter().find(is_it));
    meant.map_or_else(|| named.into(), |group| group.id.clone())
}

/// The topic that is meant: by its id or one of its titles.
fn topic(agenda: &Agenda, named: &str) -> TopicId {
    let by_id = agenda.topics.iter().find(|topic| topic.id.as_str() == named);
    let is_it = |topic: &&Topic| {
        is_meant(named, topic.id.as_str(), &topic.title)
            || topic.short.to_lowercase() == named.to_lowercase()
    };
    let meant = by_id.or_else(|| agenda.topics.iter().find(is_it));
    meant.map_or_else(|| named.into(), |topic| topic.id.clone())
}

/// The session that is meant: by its id or its title, or no session by the word `none`.
fn session(agenda: &Agenda, named: &str) -> Result<Option<SessionId>, Failure> {
    let sessions: Vec<_> = agenda.sessions().into_iter().map(|(_, _, session)| session).collect();
    let by_id = sessions.iter().find(|session| session.id.as_str() == named);
    if by_id.is_none() && named == "none" {
        return Ok(None);
    }
    let mut meant = sessions.iter().filter(|one| is_meant(named, one.id.as_str(), &one.title));
    match (by_id.or_else(|| meant.next()), by_id.is_none().then(|| meant.next()).flatten()) {
        (None, _) => Err(refused(Refusal::NoSession(named.into()))),
        (Some(one), Some(other)) => Err(refused(format!(
            "There is no session “{named}”, but two of that title: {} and {}. Give the id of one.",
            one.id, other.id
        ))),
        (Some(one), None) => Ok(Some(one.id.clone())),
    }
}

/// A session with its rule, in words.
fn session_in_words(workshop: &Workshop, session: Option<&SessionId>) -> String {
    let Some(id) = session else { return "no session".to_owned() };
    let found = workshop.agenda().session(id);
    let title = found.map_or(id.as_str(), |session| session.title.as_str());
    let on_record = workshop.is_on_record(id);
    let rule = if on_record { Rule::OnRecord } else { Rule::ChathamHouse };
    format!("“{title}” ({})", crate::app::say::rule(rule))
}

fn is_meant(named: &str, id: &str, title: &str) -> bool {
    let named = named.to_lowercase();
    id.to_lowercase() == named || title.to_lowercase() == named
}
