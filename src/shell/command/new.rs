//! `rapporteur new`: a workshop from an agenda.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{DataFolders, Failure, print_message, refused, say_if_others_can_read};
use crate::import::{agenda, samples};
use crate::shell::opening::{MadeFrom, of_agenda};
use crate::store::{Trouble, whole};
use crate::workshop::{Agenda, shown};

/// Makes a workshop.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// An agenda file, or the name of a sample: asean-declaration, blank.
    agenda: PathBuf,
    /// Folder to create; by default, one in your data folder.
    #[arg(long, value_name = "FOLDER")]
    at: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let agenda = read_agenda(&self.agenda)?;
        let (folder, made) = of_agenda(&agenda, self.at, folders).map_err(refused)?;
        writeln!(io::stdout(), "{}", shown(folder.path()))?;
        say_if_others_can_read(&folder);
        let title = &agenda.title;
        print_message(&match made {
            MadeFrom::New => format!("Created the workshop “{title}”."),
            MadeFrom::OneMore => format!(
                "Made one more folder of the workshop “{title}”, which an older version of this \
                 program made here: the two can be merged."
            ),
            MadeFrom::Found => format!(
                "An older version of this program made the workshop “{title}” of this agenda. It is \
                 used as it is."
            ),
        });
        Ok(())
    }
}

/// Reads an agenda file, or the sample of that name if there is no such file.
pub(crate) fn read_agenda(named: &Path) -> Result<Agenda, Failure> {
    let (name, text) = match (whole::read_whole(named, agenda::LARGEST as u64), named.to_str()) {
        (Ok(text), _) => (shown(named), text),
        (Err(Trouble::Missing(_)), Some(name)) => match samples::sample(name) {
            Some(sample) => (sample.name.to_owned(), sample.text.as_bytes().to_vec()),
            None => return Err(refused(no_agenda(name))),
        },
        (Err(trouble), _) => return Err(refused(trouble)),
    };
    let reading = agenda::read(&name, &text).map_err(refused)?;
    reading.warnings.iter().for_each(|warning| print_message(&warning.to_string()));
    Ok(reading.agenda)
}

fn no_agenda(name: &str) -> String {
    let samples: Vec<&str> = samples::SAMPLES.iter().map(|sample| sample.name).collect();
    format!(
        "There is no agenda “{name}”, and no sample of that name. The samples are: {}.",
        samples.join(", ")
    )
}
