//! `rapporteur check`: says what a file is, and what is wrong with it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    DataFolders, Failure, chance, copy, now, open, print_message, refused, sample, say_damage,
    say_gaps,
};
use crate::app::{say::counted, wrap::visible};
use crate::export::Format;
use crate::import::agenda;
use crate::import::feedback::{self, UnreadableFeedback};
use crate::shell::whose::{NameHolder, Whose};
use crate::store::{
    Fault, Folder, KeptText, LoadedWorkshop, MeetingKey, NEWER_HEADER, Rejection, Trouble,
    is_bundle, lock::Keys, place, read_headless_bundle, read_rest_of_bundle, whole,
};
use crate::workshop::{Agenda, Ids, Record, Workshop, WorkshopId, counting, shown};

/// Checks files. The exit status is 1 if a file cannot be used, or if something is known to be missing
/// from it: whatever marks feedback DRAFT because points may be missing.
#[derive(Args, Debug)]
pub(crate) struct CheckCommand {
    /// Agendas, workshops, bundles or feedback files, or the name of a sample.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The workshop whose names to look for in exported files; by default, the one of that meeting in your
    /// data folder.
    #[arg(long, value_name = "WORKSHOP")]
    workshop: Option<PathBuf>,
    /// For a workshop: recover damaged changes where possible, and write them to a file of their own. No
    /// other file is changed.
    #[arg(long)]
    repair: bool,
    /// For an agenda: list all forms in which each delegation and agency is searched for.
    #[arg(long)]
    verbose: bool,
}

impl CheckCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        if let Some(named) = &self.workshop {
            open(named, folders)?;
        }
        let mut wrong = 0;
        for path in &self.files {
            match self.look(path, folders) {
                Ok(what) => {
                    let line = format!("{}: {what}", shown(path));
                    writeln!(io::stdout(), "{}", visible(&line))?;
                }
                Err(why) => {
                    print_message(&why);
                    wrong += 1;
                }
            }
        }
        match wrong {
            0 => Ok(()),
            _ if self.files.len() == 1 => Err(refused("Problems were found: see above.")),
            _ => Err(refused(format!(
                "{wrong} of {} {} incomplete or cannot be used: see above.",
                counted(self.files.len(), "file"),
                if wrong == 1 { "is" } else { "are" }
            ))),
        }
    }

    /// What the file is, or everything that is wrong with it.
    fn look(&self, path: &Path, folders: &DataFolders) -> Result<String, String> {
        // What is not the name of a workshop is a file.
        let (found, unknown) = match place::find_workshop(&folders.data, path) {
            Ok(found) => (found, None),
            Err(unknown) => (path.to_owned(), Some(unknown)),
        };
        if found.is_dir() {
            if self.repair {
                repair(&found)?;
            }
            return look_at_folder(&found, folders);
        }
        if is_bundle(path) && found.is_file() {
            return look_at_bundle(path, folders);
        }
        match whole::read_whole(path, feedback::LARGEST as u64) {
            Ok(bytes) => self.look_at_file(path, &bytes, folders),
            Err(Trouble::Missing(_)) if sample(path).is_some() => {
                let workshop = sample(path).unwrap_or_default();
                Ok(format!("a sample: {}", of_workshop(&workshop)))
            }
            Err(trouble @ Trouble::Missing(_)) => Err(unknown.unwrap_or(trouble).to_string()),
            Err(trouble) => Err(trouble.to_string()),
        }
    }

    fn look_at_file(
        &self,
        path: &Path,
        bytes: &[u8],
        folders: &DataFolders,
    ) -> Result<String, String> {
        let what = match look_at_text(path, bytes, self.verbose) {
            // Exports for people are not feedback files that can be read back.
            Err(_) if is_export(path) && (self.workshop.is_some() || is_named_so(path)) => {
                Ok("an exported file".to_owned())
            }
            what => what,
        }?;
        if !what.starts_with("an agenda") {
            self.say_names_in(path, bytes, folders);
        }
        Ok(what)
    }

    /// Says which of a workshop's names are in an exported file.
    fn say_names_in(&self, path: &Path, bytes: &[u8], folders: &DataFolders) {
        let name = shown(path);
        let Some((title, agenda)) = self.agenda_of(path, folders) else {
            return print_message(&format!(
                "{name}: add --workshop WORKSHOP to see whose names are in it."
            ));
        };
        let mut whose = Whose::of(&agenda);
        if let Err(why) = whose.look_at_file(bytes, &formats_of(path)) {
            return print_message(&format!("{name}: {why}"));
        }
        match &whose.lines()[..] {
            [] => print_message(&format!("{name}: none of the names of {title} are in it.")),
            lines => {
                print_message(&format!("{name}: names of {title} in it:"));
                say_rows(lines);
            }
        }
    }

    /// The agenda of the workshop that was named, or of that meeting in the data folder or among
    /// the recent workshops; exports are named after their meeting.
    fn agenda_of(&self, path: &Path, folders: &DataFolders) -> Option<(String, Agenda)> {
        // The list of participants is not in the founding record, so the whole workshop is read.
        let agenda = |folder: &Path| {
            let loaded = Folder::open(folder).ok()?.read().ok()?;
            Some(loaded.workshop.agenda().clone())
        };
        if let Some(named) = &self.workshop {
            let path = place::find_workshop(&folders.data, named).ok()?;
            return agenda(&path).map(|agenda| (agenda.title.clone(), agenda));
        }
        let file = path.file_name()?.to_str()?;
        let recent = place::recent(&folders.state).into_iter().map(|recent| recent.folder);
        let stored = place::workshops(&folders.data);
        let agendas = recent.chain(stored).filter_map(|folder| agenda(&folder));
        let mut named = agendas.filter(|agenda| file.starts_with(&format!("{}.", agenda.id)));
        named.next().map(|agenda| (agenda.title.clone(), agenda))
    }
}

/// Whether a file has the name of an export.
fn is_named_so(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(".feedback."))
}

/// Whether a file has the ending of an export that is only for people.
fn is_export(path: &Path) -> bool {
    let mut formats = formats_of(path).into_iter();
    formats.any(|format| !matches!(format, Format::Ron | Format::Json))
}

/// The formats whose files have the ending of this one.
fn formats_of(path: &Path) -> Vec<Format> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_one = |format: &Format| format.extension().rsplit('.').next() == Some(ending);
    Format::ALL.into_iter().filter(is_one).collect()
}

fn say_rows(rows: &[String]) {
    for row in rows {
        print_message(&format!("  {row}"));
    }
}

/// Says whose names are listed in what was read.
fn say_listed(name: &str, agenda: &Agenda) {
    let listed =
        [(agenda.participants.len(), "participant"), (agenda.delegations.len(), "delegation")];
    let listed: Vec<String> = listed
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(*count, what))
        .collect();
    if !listed.is_empty() {
        print_message(&format!("{name}: the names of {} are in its agenda.", listed.join(" and ")));
    }
}

/// Says whose names are in a workshop's records, including those that are no longer visible.
fn say_names(
    name: &str,
    workshop: &Workshop,
    mut records: Vec<Record>,
    typed: &[String],
    kept: &NameHolder<'_>,
) {
    records.sort_by_key(|record| record.stamp);
    records.dedup();
    let mut whose = Whose::of(workshop.agenda());
    whose.look_through(workshop, &records);
    for text in typed {
        whose.typed(text);
    }
    let lines = whose.lines();
    if !lines.is_empty() {
        print_message(&format!("{name}: names found (including earlier wordings):"));
        say_rows(&lines);
    }
    whose.advice(kept).iter().for_each(|advice| print_message(advice));
    match workshop.purges().len() {
        0 => {}
        count => print_message(&format!("{name}: {} purged.", counted(count, "value"))),
    }
}

/// Repairs a workshop, and says which damaged lines could be recovered.
fn repair(path: &Path) -> Result<(), String> {
    let folder = Folder::open(path).map_err(|trouble| trouble.to_string())?;
    let taker = Ids::seeded(chance()).writer();
    let repaired = folder.repair(taker).map_err(|trouble| trouble.to_string())?;
    let name = shown(path);
    if let Some(described) = &repaired.described {
        let kept = described.kept.as_ref();
        let kept =
            kept.map_or_else(String::new, |kept| format!(" What was there is now “{kept}”."));
        print_message(&format!(
            "{name}: workshop.json was written again. The agenda in changes says which workshop this \
             is.{kept}"
        ));
    }
    for (file, aside) in &repaired.aside {
        let (file, aside) = (shown(Path::new(file)), shown(Path::new(aside)));
        print_message(&format!(
            "{name}: {file} could not be read and is now {aside}. It held only what other laptops said \
             they have. That is not known now; `rapporteur check` names the laptops whose latest bundles \
             bring it back."
        ));
    }
    print_message(&match (repaired.changes, repaired.left.len()) {
        (0, 0) if repaired.described.is_some() || !repaired.aside.is_empty() => return Ok(()),
        (0, 0) => format!("{name}: there is nothing to repair."),
        (0, left) => format!(
            "{name}: nothing could be repaired; {} left. Merge another laptop's bundle or folder: \
             it may have what is damaged here.",
            counted(left, "damaged place")
        ),
        (changes, left) => {
            let files: Vec<String> =
                repaired.files.iter().map(|file| shown(Path::new(file))).collect();
            let files = files.join(" and ");
            let left =
                if left == 0 { "nothing is".to_owned() } else { counted(left, "damaged place") };
            format!("{name}: {} recovered into {files}; {left} left.", counted(changes, "change"))
        }
    });
    Ok(())
}

fn look_at_folder(path: &Path, folders: &DataFolders) -> Result<String, String> {
    let folder = Folder::open(path).map_err(|trouble| trouble.to_string())?;
    let LoadedWorkshop { workshop, damage, .. } =
        folder.read().map_err(|trouble| trouble.to_string())?;
    say_damage(&damage);
    let is_missing = say_gaps(&workshop);
    let versions = workshop.other_versions(env!("CARGO_PKG_VERSION"));
    workshop.absent_laptops(now()).iter().chain(&versions).for_each(|line| print_message(line));
    copy::say_fault(&folder, folders);
    let mut records = Vec::new();
    folder.records(&mut |some| records.extend(some));
    let name = shown(path);
    say_listed(&name, workshop.agenda());
    let kept = NameHolder::Workshop(&name);
    say_names(&name, &workshop, records, &KeptText::typed(&folder), &kept);
    let what = of_workshop(&workshop);
    // What a newer version describes the workshop by is no part of what was said in it.
    let is_whole = damage.iter().all(|damage| damage.what == Fault::NewerDescription);
    match (is_whole, is_missing) {
        (true, false) => Ok(format!("a workshop: {what}")),
        (true, true) => Err(format!("{name}: a workshop with gaps: {what}.")),
        (false, _) => Err(format!("{name}: a workshop with damage: {what} could be read.")),
    }
}

/// The workshop with this id, in the data folder or among the recent ones.
fn workshop_here(id: WorkshopId, folders: &DataFolders) -> Option<Folder> {
    let lately = || {
        let recent = place::recent(&folders.state).into_iter();
        let mut folders = recent.filter_map(|recent| Folder::open(&recent.folder).ok());
        folders.find(|folder| folder.id() == id)
    };
    place::workshop_of_id(&folders.data, id).or_else(lately)
}

fn look_at_bundle(path: &Path, folders: &DataFolders) -> Result<String, String> {
    let said = |why: Rejection| format!("{}: {why}", shown(path));
    let keys = Keys::meeting(MeetingKey::all(&folders.state));
    let bundle = read_rest_of_bundle(path, &keys)
        .or_else(|why| read_headless_bundle(path, &keys, why))
        .map_err(said)?;
    if bundle.is_headless() {
        return Err(said(Rejection::Headless));
    }
    if let Some(words) = bundle.damage_in_words() {
        return Err(format!(
            "{}: {words} `rapporteur merge WORKSHOP FILE` takes in what can be read.",
            shown(path)
        ));
    }
    let records = bundle.records().map_err(said)?;
    let newer = bundle.newer();
    let header = bundle.header;
    if header.newer() > 0 {
        print_message(&format!("{}: {NEWER_HEADER}", shown(path)));
    }
    let mut workshop = Workshop::default();
    for record in &records {
        workshop.apply(record.clone());
    }
    let name = shown(path);
    say_listed(&name, workshop.agenda());
    // Participants are searched for if their list is on this laptop, whether or not it is in the bundle.
    let here = workshop_here(header.workshop, folders);
    let here = here.and_then(|folder| Some((shown(folder.path()), folder.read().ok()?)));
    if let Some((_, loaded)) = &here {
        for record in Record::participants(loaded.workshop.agenda()) {
            workshop.apply(record);
        }
    }
    let kept =
        NameHolder::File(here.as_ref().map(|(name, loaded)| (name.clone(), &loaded.workshop)));
    say_names(&name, &workshop, records, &[], &kept);
    if workshop.unlisted() > 0 {
        print_message(&format!(
            "{name}: participants were not looked for; their list is on another laptop."
        ));
    }
    if header.damaged() > 0 {
        let places = counted(header.damaged(), "place");
        print_message(&format!(
            "{name}: changes are damaged in {places} on the laptop that made it; points may be missing."
        ));
    }
    if header.lacking() > 0 {
        let missing = counting(header.lacking() as usize, "change", "was", "were");
        print_message(&format!("{name}: {missing} missing where it was made."));
    }
    if newer > 0 {
        let changes = counting(newer, "change", "was", "were");
        print_message(&format!(
            "{name}: {changes} made by a newer version of the program and cannot be read here."
        ));
    }
    let what = match (&header.hand_out, &header.group) {
        (Some(group), _) => format!("a hand-out for {}", workshop.title_of(group)),
        (None, Some(group)) => format!("a bundle of {}", workshop.title_of(group)),
        (None, None) => "a bundle".to_owned(),
    };
    // The record that founds the workshop is always in it.
    let changes = header.changes.saturating_sub(1) as usize;
    let what = format!("{what}: “{}”, {}", header.title, counted(changes, "change"));
    if header.damaged() == 0 && header.lacking() == 0 && newer == 0 && header.newer() == 0 {
        Ok(what)
    } else {
        Err(format!("{name}: {what}. It is incomplete."))
    }
}

/// Says in which forms an agenda's delegations and agencies are searched for, and what it lacks.
fn say_sought(file: &str, agenda: &Agenda, verbose: bool) {
    if agenda.agencies.is_empty() && !agenda.delegations.is_empty() {
        print_message(&format!(
            "{file}: no agencies are listed. Each gives its delegation away: add those of the \
             participants to agencies, and groups of delegations too, where the group's name is \
             not well known."
        ));
    }
    let names = agenda.names();
    let agencies = agenda.agencies.iter();
    let agencies = agencies.map(|it| if it.name.is_empty() { &it.short } else { &it.name });
    let listed: Vec<&String> = agenda.delegations.iter().chain(agencies).collect();
    let sought = listed.iter().map(|name| (name, names.sought(name)));
    if verbose {
        for (name, forms) in sought {
            print_message(&format!("{file}: {name} is looked for as {}.", forms.join(", ")));
        }
    } else if !listed.is_empty() {
        let forms = sought.map(|(_, forms)| forms.len()).sum();
        let (listed, forms) = (counted(listed.len(), "name"), counted(forms, "form"));
        print_message(&format!(
            "{file}: {listed} of delegations and agencies are looked for in {forms}; --verbose \
             lists them."
        ));
    }
}

fn look_at_text(path: &Path, bytes: &[u8], verbose: bool) -> Result<String, String> {
    let name = shown(path);
    match feedback::read(&name, bytes) {
        Ok(received) => {
            if let Some(warning) = received.warning() {
                print_message(&format!("{name}: {warning}"));
            }
            let feedback = &received.feedback;
            let draft = if feedback.is_draft() { ", DRAFT" } else { "" };
            let points = counted(feedback.points.len(), "point");
            let what = format!("feedback of “{}”, {points}{draft}", feedback.meeting.title);
            let mut missing = feedback.gaps_named().peekable();
            if missing.peek().is_none() {
                return Ok(what);
            }
            missing.for_each(|gap| print_message(&format!("{name}: {gap}")));
            Err(format!("{name}: {what}. Something is missing from it."))
        }
        Err(UnreadableFeedback::NotFeedback) if !is_like_an_agenda(path, bytes) => {
            Err(format!("{name}: this is not an agenda, a workshop or a feedback file."))
        }
        Err(UnreadableFeedback::NotFeedback) => {
            let reading = agenda::read(&name, bytes).map_err(|mistakes| mistakes.to_string())?;
            reading.warnings.iter().for_each(|warning| print_message(&warning.to_string()));
            say_sought(&name, &reading.agenda, verbose);
            Ok(format!("an agenda: {}", of_agenda(&reading.agenda)))
        }
        Err(UnreadableFeedback::Wrong(mistakes)) => Err(mistakes.to_string()),
        Err(why) => Err(format!("{name}: {why}")),
    }
}

/// Whether this may have been meant as an agenda.
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
