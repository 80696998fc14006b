//! The key of a meeting: once it is set on a laptop, nobody there is asked for a passphrase again.
//!
//! It is an age key derived from a passphrase and the workshop, so that laptops which never met
//! have the same one. It is kept where this machine remembers things, never in the workshop's folder
//! and never beside what it locks.

use std::path::{Path, PathBuf};
use std::{collections::HashSet, fmt, fs, io::ErrorKind, str::FromStr};

use age::secrecy::ExposeSecret;
use age::{EncryptError, Recipient, x25519};
use age_core::format::{FileKey, Stanza};
use bech32::{Bech32, Hrp};

use super::{Trouble, lock::Passphrase, system, whole};
use crate::workshop::{WorkshopId, WriterId};

/// How the line of a locked file begins that says which meeting's key opens it.
pub(super) const TAG: &str = "rapporteur-meeting";
/// What goes into the salt before the workshop's id.
const PURPOSE: &str = "rapporteur meeting key 1 ";
/// How hard a passphrase is to guess, as for a file that is locked with one: 2^17 rounds, 128 MiB.
const WORK: u8 = 17;
/// How a secret age key begins, before its digits.
const SECRET: Hrp = Hrp::parse_unchecked("age-secret-key-");
/// The longest file with a key in it.
const LONGEST: u64 = 1 << 16;
/// How many characters of a key's mark are shown: enough to tell apart keys that were typed differently.
const MARK: usize = 4;

/// A meeting's key.
#[derive(Clone)]
pub struct MeetingKey {
    workshop: WorkshopId,
    identity: x25519::Identity,
}

impl fmt::Debug for MeetingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MeetingKey({})", self.mark())
    }
}

impl PartialEq for MeetingKey {
    fn eq(&self, other: &Self) -> bool {
        self.workshop == other.workshop && self.identity.to_public() == other.identity.to_public()
    }
}

/// What a locked file says about the key it is locked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyLabel {
    pub(super) workshop: WorkshopId,
    pub(super) mark: String,
}

impl KeyLabel {
    /// What the head of a locked file says, if anything.
    pub(super) fn among(stanzas: &[Stanza]) -> Option<Self> {
        let found = stanzas.iter().find(|stanza| stanza.tag == TAG)?;
        let [workshop, mark] = &found.args[..] else { return None };
        let is_plain = mark.len() == MARK && mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let workshop = workshop.parse().ok()?;
        is_plain.then(|| Self { workshop, mark: mark.clone() })
    }
}

impl MeetingKey {
    /// The key that everybody who types this passphrase for this workshop gets.
    pub fn of(passphrase: &Passphrase, workshop: WorkshopId) -> Result<Self, Trouble> {
        let failed = |why: &dyn fmt::Display| Trouble::Unlockable(why.to_string());
        let params = scrypt::Params::new(WORK, 8, 1, 32).map_err(|why| failed(&why))?;
        let salt = format!("{PURPOSE}{workshop}");
        let mut digits = [0; 32];
        scrypt::scrypt(passphrase.bytes(), salt.as_bytes(), &params, &mut digits)
            .map_err(|why| failed(&why))?;
        let secret = bech32::encode_upper::<Bech32>(SECRET, &digits).map_err(|why| failed(&why))?;
        Self::read(&secret, workshop).ok_or_else(|| failed(&"no key came of the passphrase"))
    }

    /// Reads a key as it is written.
    pub(super) fn read(secret: &str, workshop: WorkshopId) -> Option<Self> {
        let identity = x25519::Identity::from_str(secret.trim()).ok()?;
        Some(Self { workshop, identity })
    }

    /// The key as it is written: anyone who reads it can open everything.
    pub(super) fn secret(&self) -> String {
        self.identity.to_string().expose_secret().to_owned()
    }

    /// Four characters that are the same on every laptop with this key, for people to compare.
    pub fn mark(&self) -> String {
        let public = self.identity.to_public().to_string();
        WriterId::of(public.as_bytes()).to_string()[..MARK].to_uppercase()
    }

    /// Which workshop it belongs to.
    pub fn workshop(&self) -> WorkshopId {
        self.workshop
    }

    pub(super) fn identity(&self) -> &x25519::Identity {
        &self.identity
    }

    /// The key that this machine remembers for a workshop.
    pub fn recall(state: &Path, workshop: WorkshopId) -> Option<Self> {
        let text = whole::read_whole(&file(state, workshop), LONGEST).ok()?;
        Self::in_text(&String::from_utf8_lossy(&text), workshop)
    }

    /// All keys that this machine remembers.
    pub fn all(state: &Path) -> Vec<Self> {
        let Ok(inside) = fs::read_dir(folder(state)) else { return Vec::new() };
        let workshop = |found: fs::DirEntry| found.path().file_stem()?.to_str()?.parse().ok();
        let workshops = inside.filter_map(|found| workshop(found.ok()?));
        workshops.filter_map(|workshop| Self::recall(state, workshop)).collect()
    }

    fn in_text(text: &str, workshop: WorkshopId) -> Option<Self> {
        let line = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
        Self::read(line, workshop)
    }

    /// Makes this machine remember it, for this account alone.
    pub fn remember(&self, state: &Path) -> Result<(), Trouble> {
        let (folder, path) = (folder(state), file(state, self.workshop));
        system::make_folders(&folder).map_err(Trouble::writing(&folder))?;
        let text = format!("# a meeting's key, {}\n{}\n", self.mark(), self.secret());
        whole::write_private(&path, text.as_bytes()).map_err(Trouble::writing(&path))
    }

    /// Makes this machine forget the key of a workshop.
    pub fn forget(state: &Path, workshop: WorkshopId) -> Result<(), Trouble> {
        let path = file(state, workshop);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Trouble::writing(&path)(error))
            }
            _ => Ok(()),
        }
    }
}

impl Recipient for MeetingKey {
    /// As for any age key, with an extra line that says which meeting's it is: with that, anyone who knows the
    /// passphrase can open the file without the workshop.
    fn wrap_file_key(
        &self,
        file_key: &FileKey,
    ) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (mut stanzas, labels) = self.identity.to_public().wrap_file_key(file_key)?;
        let args = vec![self.workshop.to_string(), self.mark()];
        stanzas.push(Stanza { tag: TAG.to_owned(), args, body: Vec::new() });
        Ok((stanzas, labels))
    }
}

fn folder(state: &Path) -> PathBuf {
    state.join("keys")
}

fn file(state: &Path, workshop: WorkshopId) -> PathBuf {
    folder(state).join(format!("{workshop}.key"))
}
