//! Bundles locked for transport: memory sticks get lost.
//!
//! The lock is the `age` format (age-encryption.org/v1), so `age` and `rage` open it too: with a
//! passphrase, or to public keys.

mod shape;

use std::io::{Read, Write};
use std::{cell::RefCell, fmt, path::Path, str::FromStr};

use age::armor::ArmoredReader;
use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt, x25519};
use age_core::format::{FileKey, Stanza};

use super::meeting_key::{KeyLabel, MeetingKey};
use super::{LARGEST_BUNDLE, Rejection, Trouble, whole};
use crate::workshop::WorkshopId;

/// The file name extension of a locked file.
pub const ENDING: &str = "age";
/// How a locked file begins.
const MAGIC: &[u8] = b"age-encryption.org/";
/// The same with the version that is read here.
const VERSION: &[u8] = b"age-encryption.org/v1\n";
/// How a file begins that was locked as text: `age --armor`.
const ARMOUR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// How much of a file is looked at to recognise a lock whose first line is damaged.
const HEAD: usize = 4 << 10;
/// How hard a passphrase is to guess, as a power of two: 128 MiB and a third of a second.
const WORK: u8 = 17;
/// The hardest that is opened: what other programs for this format use, 256 MiB.
const MOST_WORK: u8 = 18;
/// The longest file of keys, or of a passphrase.
pub const LONGEST_KEYS: u64 = 1 << 20;

/// A word or sentence that must stay secret.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// Takes a passphrase; `None` if it is empty.
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(SecretString::from(text.to_owned())))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// How a bundle is locked.
#[derive(Clone)]
pub enum Lock {
    /// Anyone who knows the passphrase opens it.
    Passphrase(Passphrase),
    /// Anyone who has the key to one of these opens it.
    Keys(Vec<x25519::Recipient>),
    /// Anyone who has the meeting's key, or knows its passphrase, opens it.
    Meeting(MeetingKey),
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Lock::Passphrase",
            Self::Keys(_) => "Lock::Keys",
            Self::Meeting(_) => "Lock::Meeting",
        })
    }
}

impl Lock {
    /// A lock to public keys as they are written, `age1…`; the error names the first that is not a key.
    pub fn to_keys<'k>(keys: impl IntoIterator<Item = &'k str>) -> Result<Self, String> {
        let parse = |key: &'k str| x25519::Recipient::from_str(key).map_err(|_| key.to_owned());
        keys.into_iter().map(parse).collect::<Result<_, _>>().map(Self::Keys)
    }

    /// What opens it again, if that is known here.
    pub fn keys(&self) -> Keys {
        match self {
            Self::Passphrase(passphrase) => Keys::passphrase(passphrase.clone()),
            Self::Keys(_) => Keys::default(),
            Self::Meeting(key) => Keys::meeting([key.clone()]),
        }
    }

    /// Locks bytes.
    pub fn lock(&self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        let failed = |why: &dyn fmt::Display| Trouble::Unlockable(why.to_string());
        let encryptor = match self {
            Self::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as &dyn Recipient))
            }
            Self::Keys(keys) => {
                Encryptor::with_recipients(keys.iter().map(|key| key as &dyn Recipient))
            }
            Self::Meeting(key) => {
                Encryptor::with_recipients(std::iter::once(key as &dyn Recipient))
            }
        };
        let encryptor = encryptor.map_err(|why| failed(&why))?;
        let mut locked = Vec::with_capacity(bytes.len() + 1024);
        let write = |locked: &mut Vec<u8>| {
            let mut writer = encryptor.wrap_output(locked)?;
            writer.write_all(bytes)?;
            writer.finish().map(|_| ())
        };
        write(&mut locked).map_err(|why| failed(&why))?;
        Ok(locked)
    }
}

/// The keys and passphrases with which locked bundles are opened.
#[derive(Clone, Default)]
pub struct Keys {
    passphrases: Vec<Passphrase>,
    identities: Vec<x25519::Identity>,
    meeting: Vec<MeetingKey>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passphrases, identities, meeting } = self;
        write!(f, "Keys({}, {}, {})", passphrases.len(), identities.len(), meeting.len())
    }
}

/// A file that has been opened.
pub(super) struct OpenedFile {
    pub(super) bytes: Vec<u8>,
    /// Whether that is everything: a locked file can be read up to the first damaged piece.
    pub(super) is_whole: bool,
    /// Whether it was locked.
    pub(super) locked: bool,
    /// The meeting's key that it was locked with, if a passphrase opened it.
    pub(super) key: Option<MeetingKey>,
}

impl OpenedFile {
    /// The same; an error if a part of it cannot be read.
    pub(super) fn whole(self) -> Result<Self, Rejection> {
        if self.is_whole { Ok(self) } else { Err(Rejection::Altered) }
    }
}

impl Keys {
    /// One passphrase.
    pub fn passphrase(passphrase: Passphrase) -> Self {
        Self { passphrases: vec![passphrase], ..Self::default() }
    }

    /// Keys of meetings.
    pub fn meeting(keys: impl IntoIterator<Item = MeetingKey>) -> Self {
        Self { meeting: keys.into_iter().collect(), ..Self::default() }
    }

    /// Adds others to these; those added last are tried first.
    pub fn extend(&mut self, others: Self) {
        others.passphrases.into_iter().rev().for_each(|passphrase| self.add(passphrase));
        self.identities.extend(others.identities);
        self.meeting.extend(others.meeting);
    }

    /// Adds a passphrase; the newest is tried first.
    pub fn add(&mut self, passphrase: Passphrase) {
        self.passphrases.insert(0, passphrase);
        self.passphrases.truncate(3);
    }

    /// Adds the secret keys in a file, as `rapporteur key` or `age-keygen` wrote it.
    pub fn add_file(&mut self, path: &Path) -> Result<(), Trouble> {
        let text = whole::read_whole(path, LONGEST_KEYS)?;
        let text = String::from_utf8_lossy(&text);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys = lines.filter(|line| !line.starts_with('#')).map(x25519::Identity::from_str);
        let keys: Vec<_> = keys.collect::<Result<_, _>>().map_err(|_| not_a_key(path))?;
        if keys.is_empty() {
            return Err(not_a_key(path));
        }
        self.identities.extend(keys);
        Ok(())
    }

    /// The file's bytes, unlocked if they were locked.
    pub fn open(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Rejection> {
        self.unlock(bytes).and_then(OpenedFile::whole).map(|opened| opened.bytes)
    }

    /// The same, with what was learned from it.
    pub(super) fn unlock(&self, bytes: Vec<u8>) -> Result<OpenedFile, Rejection> {
        let bytes = without_armour(bytes)?;
        if !bytes.starts_with(VERSION) && is_like_one(&bytes) {
            return self.unlock_corrected(&bytes);
        }
        if !bytes.starts_with(VERSION) {
            return Ok(OpenedFile { bytes, is_whole: true, locked: false, key: None });
        }
        let decryptor = Decryptor::new(&bytes[..]).map_err(|error| rejection(&error))?;
        if decryptor.is_scrypt() {
            let opened = self.unlock_with_passphrases(&bytes);
            let (bytes, is_whole) = opened.map_err(|why| judged(why, &bytes))?;
            return Ok(OpenedFile { bytes, is_whole, locked: true, key: None });
        }
        let typed = TypedPassphrases { passphrases: &self.passphrases, seen: RefCell::default() };
        let keys = self.identities.iter().chain(self.meeting.iter().map(MeetingKey::identity));
        let keys = keys.map(|key| key as &dyn Identity);
        let opened = unlock(decryptor, &mut keys.chain([&typed as &dyn Identity]));
        let LockHead { label, key } = typed.seen.into_inner();
        let tried = key.as_ref().or_else(|| {
            let of_it =
                |key: &&MeetingKey| Some(key.workshop()) == label.as_ref().map(|l| l.workshop);
            self.meeting.iter().find(of_it)
        });
        match (opened, label) {
            (Ok((bytes, is_whole)), _) => Ok(OpenedFile { bytes, is_whole, locked: true, key }),
            (Err(Rejection::WrongKey), Some(KeyLabel { mark: theirs, .. })) => {
                let ours = tried.map(MeetingKey::mark);
                let is_ours = |key: &MeetingKey| key.mark() == theirs;
                // The very key does not open it: what is wrong is the file.
                let is_damaged = ours.as_ref() == Some(&theirs) || self.meeting.iter().any(is_ours);
                Err(if is_damaged {
                    Rejection::Altered
                } else {
                    judged(Rejection::OtherKey { theirs, ours }, &bytes)
                })
            }
            (Err(Rejection::WrongKey), None) if self.identities.is_empty() => {
                Err(judged(Rejection::Locked, &bytes))
            }
            (Err(why), _) => Err(judged(why, &bytes)),
        }
    }

    /// The same for a file whose first line is not what it should be. What is always the same in it can
    /// be put right; the seal then shows whether that was all.
    fn unlock_corrected(&self, bytes: &[u8]) -> Result<OpenedFile, Rejection> {
        let end = memchr::memchr(b'\n', bytes).unwrap_or(0);
        let version =
            bytes[..end].strip_prefix(MAGIC).and_then(|version| version.strip_prefix(b"v"));
        let is_newer = version.is_some_and(|of| of != b"1" && of.iter().all(u8::is_ascii_digit));
        let corrected = [VERSION, &bytes[VERSION.len().min(bytes.len())..]].concat();
        self.unlock(corrected).map_err(|why| match why {
            why if why.asks_for_a_key() => why,
            _ if is_newer => Rejection::Newer(2),
            _ => Rejection::Altered,
        })
    }

    fn unlock_with_passphrases(&self, bytes: &[u8]) -> Result<(Vec<u8>, bool), Rejection> {
        let mut refused = Rejection::Locked;
        for Passphrase(secret) in &self.passphrases {
            let mut identity = scrypt::Identity::new(secret.clone());
            identity.set_max_work_factor(MOST_WORK);
            let decryptor = Decryptor::new(bytes).map_err(|error| rejection(&error))?;
            match unlock(decryptor, &mut std::iter::once(&identity as &dyn Identity)) {
                Err(Rejection::WrongKey) => refused = Rejection::WrongKey,
                opened => return opened,
            }
        }
        Err(refused)
    }
}

/// Passphrases from which a meeting's key may follow.
struct TypedPassphrases<'k> {
    passphrases: &'k [Passphrase],
    seen: RefCell<LockHead>,
}

/// What was learned from the head of a locked file.
#[derive(Default)]
struct LockHead {
    label: Option<KeyLabel>,
    /// The key of the passphrase that opened it, or of the one tried last.
    key: Option<MeetingKey>,
}

impl Identity for TypedPassphrases<'_> {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        None
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        let label = KeyLabel::among(stanzas)?;
        let workshop = label.workshop;
        self.seen.borrow_mut().label = Some(label);
        self.passphrases.iter().find_map(|passphrase| {
            let key = MeetingKey::of(passphrase, workshop).ok()?;
            let opened = key.identity().unwrap_stanzas(stanzas);
            self.seen.borrow_mut().key = Some(key);
            opened
        })
    }
}

/// The workshop whose key locks a file, if the file says so.
pub(super) fn workshop_of(file: &[u8]) -> Option<WorkshopId> {
    let typed = TypedPassphrases { passphrases: &[], seen: RefCell::default() };
    let plain = is_armoured(file).then(|| without_armour(file.to_vec()).ok()).flatten();
    let decryptor = Decryptor::new(plain.as_deref().unwrap_or(file)).ok()?;
    // It opens nothing, and only looks at the head.
    let _ = unlock(decryptor, &mut std::iter::once(&typed as &dyn Identity));
    typed.seen.into_inner().label.map(|label| label.workshop)
}

/// How many bytes are in a file, locked or not: the format has a nonce of 16 bytes after its head, and 16 bytes for
/// each 64 KiB (age-encryption.org/v1, “Payload”). If its head is damaged, how long the file is.
pub(super) fn size_inside(file: &[u8]) -> u64 {
    const NONCE: usize = 16;
    const PIECE: usize = 64 << 10;
    const TAG: usize = 16;
    let length = file.len() as u64;
    if !is_like_one(file) {
        return length;
    }
    let Some(mac) = memchr::memmem::find(file, b"\n--- ") else { return length };
    let Some(end) = memchr::memchr(b'\n', &file[mac + 1..]) else { return length };
    let payload = file.len().saturating_sub(mac + 1 + end + 1 + NONCE);
    (payload - (payload.div_ceil(PIECE + TAG) * TAG).min(payload)) as u64
}

/// Whether a file was locked as text. Mail programs may put a byte-order mark and empty lines before it.
fn is_armoured(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(ARMOUR)
}

/// The bytes of a file that was locked as text; any other file as it is.
fn without_armour(bytes: Vec<u8>) -> Result<Vec<u8>, Rejection> {
    if !is_armoured(&bytes) {
        return Ok(bytes);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    let mut plain = Vec::with_capacity(text.len());
    match ArmoredReader::new(text).take(LARGEST_BUNDLE * 2).read_to_end(&mut plain) {
        Ok(_) => Ok(plain),
        Err(_) => Err(Rejection::Altered),
    }
}

/// Whether a file is locked, judging by its first line or by the lines after it.
pub(super) fn is_like_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let holds = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    head.starts_with(MAGIC) || (holds(b"\n-> ") && holds(b"\n--- "))
}

/// What can be read, and whether that is everything.
fn unlock(
    decryptor: Decryptor<&[u8]>,
    keys: &mut dyn Iterator<Item = &dyn Identity>,
) -> Result<(Vec<u8>, bool), Rejection> {
    let opened = decryptor.decrypt(keys).map_err(|error| rejection(&error))?;
    let mut bytes = Vec::new();
    // A stream that was cut off or altered ends in an error: each piece is sealed, including the last.
    let is_whole = opened.take(LARGEST_BUNDLE * 2).read_to_end(&mut bytes).is_ok();
    Ok((bytes, is_whole))
}

fn rejection(error: &DecryptError) -> Rejection {
    match error {
        DecryptError::ExcessiveWork { .. } => Rejection::HardLock,
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => Rejection::WrongKey,
        _ => Rejection::Altered,
    }
}

/// Why a file is not opened: no key opens one that is broken.
fn judged(why: Rejection, file: &[u8]) -> Rejection {
    if why.is_about_a_key() && shape::is_broken(file) { Rejection::Altered } else { why }
}

fn not_a_key(path: &Path) -> Trouble {
    let why = "it holds no secret key. Make one with `rapporteur key`".to_owned();
    Trouble::Unreadable(path.to_owned(), why)
}

/// A new pair of keys: the file to keep secret, and the public key to give away.
pub fn new_key() -> (String, String) {
    let key = x25519::Identity::generate();
    let public = key.to_public().to_string();
    let secret = key.to_string();
    (format!("# public key: {public}\n{}\n", secret.expose_secret()), public)
}

#[cfg(test)]
mod tests {
    use age::armor::{ArmoredWriter, Format};

    use super::*;

    #[test]
    fn a_locked_file_shows_how_much_is_in_it() {
        let lock = Lock::to_keys([&*new_key().1, &*new_key().1]).unwrap();
        for size in [1, 500, 65_536, 65_537, 200_000] {
            let inside = vec![b'x'; size];
            assert_eq!(size_inside(&lock.lock(&inside).unwrap()), size as u64);
            assert_eq!(size_inside(&inside), size as u64);
        }
    }

    /// Mail programs only carry text, so people lock with `age --armor`; such a file was “not a bundle”.
    #[test]
    fn a_file_locked_as_text_is_opened() {
        let (secret, public) = new_key();
        let keys = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(keys.path(), secret).unwrap();
        let mut opens = Keys::default();
        opens.add_file(keys.path()).unwrap();
        let locked = Lock::to_keys([&*public]).unwrap().lock(b"what the group said").unwrap();
        let mut armour = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).unwrap();
        armour.write_all(&locked).unwrap();
        let text = String::from_utf8(armour.finish().unwrap()).unwrap().replace('\r', "");
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}\n{text}\n")] {
            assert_eq!(opens.open(text.into_bytes()).unwrap(), b"what the group said");
        }
        assert!(matches!(Keys::default().open(text.clone().into_bytes()), Err(Rejection::Locked)));
        let torn = text.as_bytes()[..text.len() / 2].to_vec();
        assert!(matches!(opens.open(torn), Err(Rejection::Altered)));
    }
}
