//! `rapporteur export`: the consolidated feedback as files.

use std::io::{self, Write};
use std::path::PathBuf;
use std::slice;

use clap::{Args, ValueEnum};

use super::{
    DataFolders, Failure, open as open_folder, print_message, read, refused, whole_or_refused,
};
use crate::app::say;
use crate::export::Format;
use crate::feedback::{ClearedDocument, Feedback, Stop};
use crate::shell::clearance::{clear, mention_in_words, stopped};
use crate::shell::{elsewhere::note_exports, exporting::write_each, scan::Scan};
use crate::store::whole::{self, PlacedFile};
use crate::workshop::{Mention, Workshop, shown};

/// Writes feedback.
#[derive(Args, Debug)]
pub(crate) struct ExportCommand {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    #[arg(long, short, value_delimiter = ',', help = formats())]
    format: Vec<String>,
    /// A secretariat's form. Only this is written unless you also give formats.
    #[arg(long, value_delimiter = ',', value_enum)]
    template: Vec<FormTemplate>,
    /// Folder for the files; created if necessary.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Export this once although names are undecided. REASON and the number of names are printed in every file.
    #[arg(long, value_name = "REASON")]
    waive: Option<String>,
}

/// A form that some secretariats prescribe.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormTemplate {
    /// The ISO/IEC commenting template.
    Iso,
    /// The reconciliation report of the Online Commenting System.
    Ocs,
}

fn formats() -> String {
    let words: Vec<&str> = Format::ALL.into_iter().map(Format::extension).collect();
    let asked = Format::ALL.into_iter().filter(|format| !format.is_usual());
    let asked: Vec<&str> = asked.map(Format::extension).collect();
    format!(
        "Formats, separated by commas: {}, or all. By default, all except {}",
        words.join(", "),
        asked.join(", ")
    )
}

impl ExportCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let formats = self.formats()?;
        let workshop = read(&self.workshop, folders)?;
        let feedback = self.clear(&workshop)?;
        let scan = Scan::of(workshop.agenda(), &feedback, super::own).map_err(refused)?;
        let folder = open_folder(&self.workshop, folders).ok();
        let mut exposed = false;
        for made in write_each(&formats, &feedback, &scan, &self.out, &|_| true) {
            let PlacedFile { path, kept, in_use } = made.map_err(refused)?;
            if let Some(folder) = &folder {
                let files: Vec<PathBuf> = [&path].into_iter().chain(&kept).cloned().collect();
                note_exports(&folders.state, folder, &files);
            }
            writeln!(io::stdout(), "{}", shown(&path))?;
            exposed |= !whole::is_private(&path);
            if in_use {
                print_message(&say::beside(slice::from_ref(&path)));
            }
            if let Some(kept) = kept {
                print_message(&format!("The earlier file is kept as {}.", shown(&kept)));
            }
        }
        if exposed {
            print_message(
                "Anyone who gets hold of this disk can read the files: it cannot restrict them to one account.",
            );
        }
        print_message(&format!("{}.", feedback.account));
        if feedback.is_draft() {
            print_message(&format!("DRAFT: {}", feedback.draft.join(" ")));
        }
        whole_or_refused(&workshop)
    }

    /// The feedback, if every name in it was decided on, or may pass once.
    fn clear<'w>(&self, workshop: &'w Workshop) -> Result<ClearedDocument<Feedback<'w>>, Failure> {
        let waive = self.waive.as_deref().map(str::trim);
        if waive == Some("") {
            return Err(refused("--waive needs a reason; it is printed in the files."));
        }
        clear(workshop, waive).map_err(|stop| {
            if let Stop::Open(open) = &stop {
                let names = workshop.names();
                for mention in open {
                    print_message(&mention_in_words(workshop, &names, mention));
                }
            }
            let held = matches!(&stop, Stop::Open(open) if open.iter().any(Mention::is_held));
            let how = if held {
                "A held name cannot be waived: decide on it on the Names screen (F9) or with \
                 `rapporteur names`."
            } else {
                "Decide on the Names screen (F9) or with `rapporteur names`. To export anyway this once, give a reason, which every file prints: --waive \"REASON\"."
            };
            refused(stopped(&stop, how))
        })
    }

    /// The formats asked for, each once, in the order they are offered.
    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let mut asked: Vec<Format> = self
            .template
            .iter()
            .map(|template| match template {
                FormTemplate::Iso => Format::Iso,
                FormTemplate::Ocs => Format::Ocs,
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
