//! How bundles are locked and opened from the command line.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, refused};
use crate::store::lock::{Keys, LONGEST_KEYS, Lock, Passphrase};
use crate::store::{Trouble, whole, why};
use crate::workshop::shown;

/// Where a passphrase comes from.
#[derive(Args, Debug, Default)]
pub(crate) struct PassphraseSource {
    /// Ask for a passphrase, without showing it.
    #[arg(long, short)]
    passphrase: bool,
    /// Use the first line of this file as the passphrase, for scripts.
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase")]
    passphrase_file: Option<PathBuf>,
}

/// Locks what is written.
#[derive(Args, Debug)]
pub(crate) struct Locking {
    #[command(flatten)]
    secret: PassphraseSource,
    /// Lock it to this public key, `age1…`, or to the keys in this file; can be repeated.
    #[arg(long, value_name = "KEY", conflicts_with_all = ["passphrase", "passphrase_file"])]
    to: Vec<String>,
}

/// Opens what is locked.
#[derive(Args, Debug, Default)]
pub(crate) struct UnlockOptions {
    #[command(flatten)]
    secret: PassphraseSource,
    /// Secret key file, to unlock files that were locked to your public key.
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
}

impl PassphraseSource {
    /// The passphrase, asked for once, or twice if it is a new one.
    pub(super) fn get(&self, twice: bool) -> Result<Option<Passphrase>, Failure> {
        if let Some(path) = &self.passphrase_file {
            let text = whole::read_whole(path, LONGEST_KEYS).map_err(refused)?;
            let text = String::from_utf8_lossy(&text);
            let line = text.lines().next().unwrap_or_default();
            let empty = || refused(format!("There is no passphrase in “{}”.", shown(path)));
            return Passphrase::new(line).map(Some).ok_or_else(empty);
        }
        if self.passphrase { ask(twice).map(Some) } else { Ok(None) }
    }
}

impl Locking {
    /// The lock that was asked for.
    pub(super) fn lock(&self) -> Result<Option<Lock>, Failure> {
        let passphrase = self.secret.get(true)?;
        self.lock_with(passphrase)
    }

    /// The lock that was asked for, and what opens other laptops' bundles with the same lock.
    pub(super) fn lock_and_keys(&self, key: &[PathBuf]) -> Result<(Option<Lock>, Keys), Failure> {
        let passphrase = self.secret.get(true)?;
        let mut keys = passphrase.clone().map(Keys::passphrase).unwrap_or_default();
        for path in key {
            add_key(&mut keys, path)?;
        }
        Ok((self.lock_with(passphrase)?, keys))
    }

    fn lock_with(&self, passphrase: Option<Passphrase>) -> Result<Option<Lock>, Failure> {
        if let Some(passphrase) = passphrase {
            return Ok(Some(Lock::Passphrase(passphrase)));
        }
        if self.to.is_empty() {
            return Ok(None);
        }
        let mut keys = Vec::new();
        for given in &self.to {
            match fs::metadata(given) {
                Ok(_) => keys.extend(in_file(Path::new(given))?),
                Err(_) => keys.push(given.trim().to_owned()),
            }
        }
        let lock = Lock::to_keys(keys.iter().map(String::as_str)).map_err(|none| {
            let ssh = none.starts_with("ssh-") || none.starts_with("ecdsa-");
            refused(if ssh { NO_SSH.to_owned() } else { format!(
                "“{none}” is neither a public key nor a file. A public key begins with age1; `rapporteur \
                 key` makes one."
            ) })
        })?;
        Ok(Some(lock))
    }
}

/// Why a key of ssh locks nothing.
const NO_SSH: &str = "Keys of ssh lock no bundle. A public key for bundles begins with age1; `rapporteur key` makes \
                      one.";

/// The public keys in a file: its lines, or what the comments of a secret key's file say.
fn in_file(path: &Path) -> Result<Vec<String>, Failure> {
    let text = whole::read_whole(path, LONGEST_KEYS).map_err(refused)?;
    let text = String::from_utf8_lossy(&text);
    let words = text.split_whitespace().filter(|word| word.starts_with("age1"));
    let keys: Vec<String> = words.map(str::to_owned).collect();
    if keys.is_empty() && text.contains("ssh-") {
        return Err(refused(NO_SSH));
    }
    if keys.is_empty() {
        return Err(refused(format!("There is no public key in “{}”.", shown(path))));
    }
    Ok(keys)
}

impl UnlockOptions {
    /// The keys that were given.
    pub(super) fn keys(&self) -> Result<Keys, Failure> {
        let mut keys = Keys::default();
        if let Some(passphrase) = self.secret.get(false)? {
            keys.add(passphrase);
        }
        for path in &self.key {
            add_key(&mut keys, path)?;
        }
        Ok(keys)
    }
}

fn add_key(keys: &mut Keys, path: &Path) -> Result<(), Failure> {
    keys.add_file(path).map_err(|trouble| match trouble {
        Trouble::Missing(_) => refused(format!(
            "There is no key file at “{}”. `rapporteur key --out FILE` makes one.",
            shown(path)
        )),
        trouble => refused(trouble),
    })
}

/// Whether there is a terminal on which to ask for a passphrase.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a passphrase on the terminal, without showing it.
pub(super) fn ask(twice: bool) -> Result<Passphrase, Failure> {
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            refused(format!(
                "The passphrase could not be asked for: {}. Give it with --passphrase-file.",
                why(&error)
            ))
        })
    };
    let first = ask("Passphrase: ")?;
    if twice && ask("Repeat it: ")? != first {
        return Err(refused("The two are not the same. Nothing was written; try again."));
    }
    Passphrase::new(&first).ok_or_else(|| refused("An empty passphrase locks nothing."))
}
