//! `rapporteur purge`: removes a point's earlier words from this laptop, and from what it passes on.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, chance, confirm::confirm, import::save, now, open, print_message,
    read_folder, refused,
};
use crate::app::{say::counted, wrap::visible};
use crate::shell::elsewhere::holders;
use crate::store::Folder;
use crate::workshop::{Change, Ids, Point, PointId, Purge as Purged, Refusal, Subject, Workshop};

/// Purges a point.
#[derive(Args, Debug)]
pub(crate) struct PurgeCommand {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The point's id, as `list` and `check` print it, or its reference (P-5YY6EZ). All words of a
    /// deleted point are removed; otherwise only the earlier ones.
    point: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl PurgeCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let mut workshop = read_folder(&folder)?;
        let point = find(&workshop, &self.point)?;
        match workshop.purge(point) {
            Ok(change) => {
                confirm(self.yes, &question(&workshop, point, &change), "Nothing was purged.")?;
                let writer = Ids::seeded(chance()).writer();
                let record = workshop.record(writer, now(), [change]);
                save(&folder, folders, std::slice::from_ref(&record))?;
                workshop.apply(record);
            }
            // Finishes what a crash may have left undone.
            Err(Refusal::NothingEarlier(_)) if workshop.purges().points().any(|it| it == point) => {
                print_message("This was already purged.");
            }
            Err(refusal) => return Err(refused(refusal)),
        }
        report(&folder, point, folders)
    }
}

/// The point that is meant: by its id, or by the beginning of the id if only one point has that.
fn find(workshop: &Workshop, named: &str) -> Result<PointId, Failure> {
    let plain = named.trim().to_lowercase();
    let plain = plain.strip_prefix("p-").unwrap_or(&plain);
    let all = (0..workshop.captured() as u32).map(|nth| workshop.point_at(nth).id());
    let meant: Vec<PointId> = all.filter(|id| id.to_string().starts_with(plain)).take(2).collect();
    match meant[..] {
        [point] if !plain.is_empty() => Ok(point),
        [] | [_] => Err(refused(format!("There is no point “{named}” in this workshop."))),
        _ => Err(refused(format!("Several points begin with “{named}”. Write the whole id."))),
    }
}

/// The question to a person, which names the point.
fn question(workshop: &Workshop, point: PointId, change: &Change) -> Vec<String> {
    let (Some(found), Change::PointPurged(purge)) = (workshop.point(point), change) else {
        return Vec::new();
    };
    let place = format!(
        "{}, {}: “{}”",
        Subject::Point(point).reference(),
        workshop.title_of(found.group()),
        found.text()
    );
    vec![place, what_goes(found, purge)]
}

fn what_goes(found: &Point, purge: &Purged) -> String {
    if found.is_deleted() {
        return "It is deleted. All its words will be removed from this laptop and from what it passes on. This cannot be undone."
            .to_owned();
    }
    let other = purge.count() - purge.wordings();
    let others = match other {
        0 => String::new(),
        _ => format!(" and {}", counted(other, "earlier entry")),
    };
    format!(
        "{}{others} (with tags, reservations etc.) will be removed for ever from this laptop and from what it passes on, with unfinished text about the point. Its current wording stays.",
        counted(purge.wordings(), "earlier wording")
    )
}

/// Removes the words from the disk, and says where else they may be.
fn report(folder: &Folder, point: PointId, folders: &DataFolders) -> Result<(), Failure> {
    let workshop = folder.read().map_err(refused)?.workshop;
    let swept = folder.sweep(&workshop, Some(point)).map_err(refused)?;
    print_message(&format!("Removed from {} on this laptop.", counted(swept.lines, "line")));
    swept.files_left().iter().for_each(|line| print_message(line));
    let holders = holders(&folders.state, folder, &workshop);
    if holders.is_empty() {
        print_message("No other place that may have them is known here.");
        return Ok(());
    }
    print_message("They may still be elsewhere:");
    let mut out = io::stdout().lock();
    for line in holders {
        writeln!(out, "{}", visible(&line))?;
    }
    Ok(out.flush()?)
}
