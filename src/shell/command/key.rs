//! `rapporteur key`: a key that bundles are locked to.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, refused, say};
use crate::store::{lock, whole};

/// Makes a key.
#[derive(Args, Debug)]
pub(crate) struct Key {
    /// The file for the secret key. It is never written over.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Key {
    pub(super) fn run(self) -> Result<(), Failure> {
        let (secret, public) = lock::new_key();
        whole::write_secret(&self.out, secret.as_bytes()).map_err(refused)?;
        writeln!(io::stdout(), "{public}")?;
        say(&format!(
            "The secret key is in {}: keep it to yourself. Give the line above to whoever is to \
             lock bundles for you (--to).",
            self.out.display()
        ));
        Ok(())
    }
}
