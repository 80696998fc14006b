//! `rapporteur bundle`: this laptop's changes as one file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use clap::Args;

use super::{
    Courier, DataFolders, Failure, courier, locks::Locking, now, open, print_message, refused,
    say_damage, say_gaps, say_unchecked,
};
use crate::shell::courier::WantedBundle;
use crate::store::{Folder, read_bundle};
use crate::workshop::{Moment, TimeOfDay, Workshop, Zone, counted, shown};

/// Writes a bundle.
#[derive(Args, Debug)]
pub(crate) struct BundleCommand {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// Folder for the file; created if necessary.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Only changes since a time (14:05), a date (2025-05-27), both (2025-05-27T14:05), a while ago (90min,
    /// 2h), or an earlier bundle.
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Include what came from other laptops.
    #[arg(long)]
    all: bool,
    /// Include the names of the participants.
    #[arg(long)]
    with_roster: bool,
    #[command(flatten)]
    locking: Locking,
}

impl BundleCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let participants = self.with_roster;
        let mut wanted = WantedBundle { all: self.all, participants, ..WantedBundle::default() };
        let mut courier = courier(&folder, folders);
        if let Some(since) = &self.since {
            take_since(since, &folder, &courier, &mut wanted)?;
        }
        courier.lock = self.locking.lock()?.or(courier.lock);
        let (written, changes, damage) = courier.bundle(&self.out, &wanted).map_err(refused)?;
        say_damage(&damage);
        say_gaps(&folder.read().map_err(refused)?.workshop);
        for path in written.files {
            writeln!(io::stdout(), "{}", shown(&path))?;
        }
        written.warnings.iter().for_each(|warning| print_message(warning));
        say_unchecked();
        // The founding record is always in it, and nobody made it as a change.
        print_message(&match changes.saturating_sub(1) {
            0 => "It has no changes.".to_owned(),
            count => format!("It has {}.", counted(count as usize, "change")),
        });
        Ok(())
    }
}

fn take_since(
    since: &str,
    folder: &Folder,
    courier: &Courier,
    wanted: &mut WantedBundle,
) -> Result<(), Failure> {
    let mut workshop = Workshop::default();
    if let Ok(founding) = folder.agenda() {
        workshop.apply(founding);
    }
    if let Some(moment) = moment(since, now(), workshop.zone()) {
        wanted.since = Some(moment);
    } else if Path::new(since).exists() {
        let bundle = read_bundle(Path::new(since), &courier.keys);
        wanted.without = Some(bundle.map_err(refused)?);
    } else {
        return Err(refused(format!(
            "“{since}” is neither a time nor a file. Write 14:05, 2025-05-27, 2025-05-27T14:05, 90min, \
             2h, or the path of an earlier bundle."
        )));
    }
    Ok(())
}

/// A moment, as people write it: a time of today or of another day, or a while ago.
fn moment(text: &str, now: Moment, zone: Zone) -> Option<Moment> {
    let today = zone.local(now).date();
    for (ending, minutes) in [("min", 1), ("m", 1), ("h", 60)] {
        if let Some(Ok(count)) = text.strip_suffix(ending).map(|count| count.trim().parse::<u32>())
        {
            return Some(now.plus_minutes(-i64::from(count) * minutes));
        }
    }
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Some(zone.moment(date, TimeOfDay::default()));
    }
    for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(local) = NaiveDateTime::parse_from_str(text, form) {
            let time: TimeOfDay = local.format("%H:%M").to_string().parse().ok()?;
            return Some(zone.moment(local.date(), time));
        }
    }
    text.parse().ok().map(|time| zone.moment(today, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_read_as_people_write_it() {
        let zone = Zone::named("Asia/Kuala_Lumpur").unwrap();
        // 27 May 2025, 09:00 in Kuala Lumpur.
        let now = Moment(1_748_307_600_000);
        let at = |text: &str| {
            moment(text, now, zone).map(|moment| zone.local(moment).format("%d %H:%M").to_string())
        };
        for (text, expected) in [
            ("08:30", "27 08:30"),
            ("2025-05-26", "26 00:00"),
            ("2025-05-26T14:05", "26 14:05"),
            ("2025-05-26 14:05", "26 14:05"),
            ("90min", "27 07:30"),
            ("2h", "27 07:00"),
        ] {
            assert_eq!(at(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "25:99", "h", "my.bundle"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
