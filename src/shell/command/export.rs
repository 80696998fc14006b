//! `rapporteur export`: the consolidated feedback as files.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::import::save;
use super::{Failure, open as open_folder, read, refused, say};
use crate::app::say::counted;
use crate::export::Format;
use crate::feedback::Feedback;
use crate::shell::clearance::{Roster, open_names, told};
use crate::shell::clock::{chance, now};
use crate::shell::exporting::write_one;
use crate::shell::places::Places;
use crate::store::whole;
use crate::workshop::{Ids, Names, Workshop};

/// Writes feedback.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    #[arg(long, short, value_delimiter = ',', help = formats())]
    format: Vec<String>,
    /// A form that a secretariat prescribes; alone, unless formats are named too.
    #[arg(long, value_delimiter = ',', value_enum)]
    template: Vec<Template>,
    /// The folder for the files; it is made if it is not there.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Lets every name stay that would tell who spoke, for this reason, which is printed in the
    /// files.
    #[arg(long, value_name = "REASON")]
    waive: Option<String>,
}

/// A form that some secretariats prescribe.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Template {
    /// The ISO/IEC commenting template.
    Iso,
    /// The reconciliation report of the Online Commenting System.
    Ocs,
}

fn formats() -> String {
    let words: Vec<&str> = Format::ALL.into_iter().map(Format::extension).collect();
    let asked = Format::ALL.into_iter().filter(|format| !format.is_usual());
    let asked: Vec<&str> = asked.map(Format::extension).collect();
    format!("Which formats: {}, or all; without it all but {}", words.join(", "), asked.join(", "))
}

impl Export {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let formats = self.formats()?;
        let mut workshop = read(&self.workshop, places)?;
        self.clear(&mut workshop, places)?;
        let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
        let roster = Roster::of(workshop.agenda(), &feedback);
        let feedback = feedback.names_checked(roster.len());
        let mut exposed = false;
        for format in formats {
            let (path, kept) = write_one(format, &feedback, &roster, &self.out, &mut |_, _| true)
                .map_err(refused)?;
            writeln!(io::stdout(), "{}", path.display())?;
            exposed |= !whole::is_private(&path);
            if let Some(kept) = kept {
                say(&format!("What stood there before is kept as {}.", kept.display()));
            }
        }
        if exposed {
            say(
                "Whoever gets hold of this disk can read the files: it cannot keep them to one account.",
            );
        }
        say(&format!("{}.", feedback.account));
        if feedback.is_draft() {
            say(&format!("DRAFT: {}", feedback.draft.join(" ")));
        }
        Ok(())
    }

    /// Sees to it that nothing left tells who spoke: held up, or waived for a reason.
    fn clear(&self, workshop: &mut Workshop, places: &Places) -> Result<(), Failure> {
        let open = open_names(workshop);
        if open.is_empty() {
            return Ok(());
        }
        let Some(reason) = self.waive.as_deref().map(str::trim) else {
            for open in &open {
                say(&told(workshop, open));
            }
            return Err(refused(format!(
                "{} would tell who spoke; nothing was written. Reword them (F9 on the screens), or \
                 let them stay for a reason: --waive \"REASON\".",
                counted(open.len(), "name")
            )));
        };
        if reason.is_empty() {
            return Err(refused("--waive needs a reason; it is printed in the files."));
        }
        let mut ids = Ids::seeded(chance());
        let writer = ids.writer();
        let mut records = Vec::new();
        let names = Names::of(workshop.agenda());
        for open in &open {
            let change = workshop.waive(&names, open, reason).map_err(refused)?;
            let record = workshop.record(writer, now(), [change]);
            workshop.apply(record.clone());
            records.push(record);
        }
        // A sample is in memory alone: its waivers go into the files and nowhere else.
        if let Ok(folder) = open_folder(&self.workshop, places) {
            save(&folder, &records)?;
        }
        say(&format!("{} may stay, in later exports too: {reason}.", counted(open.len(), "name")));
        Ok(())
    }

    /// The formats asked for, each once, in the order they are offered.
    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let mut asked: Vec<Format> = self
            .template
            .iter()
            .map(|template| match template {
                Template::Iso => Format::Iso,
                Template::Ocs => Format::Ocs,
            })
            .collect();
        if asked.is_empty() && self.format.is_empty() {
            return Ok(Format::ALL.into_iter().filter(|format| format.is_usual()).collect());
        }
        for word in self.format.iter().map(|word| word.trim()) {
            match Format::named(word) {
                Some(format) => asked.push(format),
                None if word == "all" => asked.extend(Format::ALL),
                None => {
                    let why = format!("There is no format “{word}”. {}.", formats());
                    return Err(refused(why));
                }
            }
        }
        Ok(Format::ALL.into_iter().filter(|format| asked.contains(format)).collect())
    }
}
