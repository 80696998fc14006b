//! `rapporteur export`: the consolidated feedback as files.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, read, refused, say};
use crate::export::Format;
use crate::feedback::Feedback;
use crate::shell::exporting::write_one;
use crate::shell::places::Places;

/// Writes feedback.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    #[arg(long, short, value_delimiter = ',', default_value = "all", help = formats())]
    format: Vec<String>,
    /// The folder for the files; it is made if it is not there.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

fn formats() -> String {
    let words: Vec<&str> = Format::ALL.into_iter().map(Format::extension).collect();
    format!("Which formats: {}, or all", words.join(", "))
}

impl Export {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let formats = self.formats()?;
        let workshop = read(&self.workshop, places)?;
        let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
        for format in formats {
            let (path, kept) =
                write_one(format, &feedback, &self.out, &mut |_, _| true).map_err(refused)?;
            writeln!(io::stdout(), "{}", path.display())?;
            if let Some(kept) = kept {
                say(&format!("What stood there before is kept as {}.", kept.display()));
            }
        }
        say(&format!("{}.", feedback.account));
        if feedback.is_draft() {
            say(&format!("DRAFT: {}", feedback.draft.join(" ")));
        }
        Ok(())
    }

    /// The formats asked for, each once, in the order they are offered.
    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let mut asked = Vec::new();
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
