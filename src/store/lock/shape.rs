//! What can be said of a locked file without a key: whether its head and its length are those of a whole one.
//!
//! What was altered inside, or cut off after a whole piece, only a key can show.

use super::VERSION;
use crate::store::meeting_key;

/// The ways to lock a file that are known here, with the number of letters of what each has on its own line.
const WAYS: [(&str, &[usize]); 2] = [("X25519", &[43]), ("scrypt", &[22, 0])];
/// The letters of a key that is wrapped in one of these ways.
const WRAPPED: usize = 43;
/// What comes before the pieces, and what seals each of them, in bytes.
const SEAL: usize = 16;
/// The length of a piece with its seal.
const PIECE: usize = (64 << 10) + SEAL;

/// Whether a locked file is certainly not as it was written.
pub(super) fn is_broken(file: &[u8]) -> bool {
    let Some(head) = file.strip_prefix(VERSION) else { return true };
    let Some(end) = memchr::memmem::find(head, b"\n--- ") else { return true };
    let rest = &head[end + 1..];
    let Some(sealed) = memchr::memchr(b'\n', rest) else { return true };
    has_broken_way(&String::from_utf8_lossy(&head[..end])) || is_broken_inside(&rest[sealed + 1..])
}

/// Whether one of the ways to open it is damaged.
fn has_broken_way(head: &str) -> bool {
    let mut ways = head.split("-> ").skip(1).map(|way| {
        let (line, body) = way.split_once('\n').unwrap_or((way, ""));
        let mut words = line.split(' ');
        (words.next().unwrap_or_default(), words.collect::<Vec<_>>(), body.trim_end())
    });
    ways.any(|(name, words, body)| {
        let known = WAYS.iter().find(|(known, _)| *known == name);
        let is_misspelt = |of: &str| {
            let same = of.bytes().zip(name.bytes()).filter(|(one, other)| one == other).count();
            of.len() == name.len() && same + 1 == of.len()
        };
        match known {
            Some((_, lengths)) => {
                let fits = |(word, length): (&&str, &usize)| *length == 0 || word.len() == *length;
                let is_whole = words.len() == lengths.len() && words.iter().zip(*lengths).all(fits);
                !is_whole || body.len() != WRAPPED
            }
            None if name == meeting_key::TAG => words.len() != 2 || !body.is_empty(),
            None => WAYS.iter().any(|(of, _)| is_misspelt(of)) || is_misspelt(meeting_key::TAG),
        }
    })
}

/// Whether what is locked up has a length that none has, or zeros as a copy that was interrupted leaves.
fn is_broken_inside(sealed: &[u8]) -> bool {
    let Some(pieces) = sealed.len().checked_sub(SEAL).filter(|length| *length >= SEAL) else {
        return true;
    };
    let last = pieces % PIECE;
    let is_cut = pieces > PIECE && (1..=SEAL).contains(&last);
    is_cut || memchr::memmem::find(sealed, &[0; SEAL]).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::{Keys, Lock, Passphrase, new_key};
    use super::*;
    use crate::store::Rejection;

    fn locked() -> Vec<(&'static str, Vec<u8>)> {
        let text = vec![b'x'; 3 * PIECE];
        let phrase = Passphrase::new("between us").map(Lock::Passphrase).unwrap();
        let keys = Lock::to_keys([&*new_key().1, &*new_key().1]).unwrap();
        vec![("passphrase", phrase.lock(&text).unwrap()), ("keys", keys.lock(&text).unwrap())]
    }

    #[test]
    fn a_whole_file_is_not_called_broken_and_a_damaged_head_is() {
        for (name, file) in locked() {
            assert!(!is_broken(&file), "{name}");
            let opened = Keys::default().open(file.clone());
            assert_eq!(opened, Err(Rejection::Locked), "{name}");
            let end = memchr::memmem::find(&file, b"\n--- ").unwrap();
            let way = VERSION.len() + 3;
            let mut damaged = vec![file[..end + 20].to_vec(), file[..end + 60].to_vec()];
            for at in [way, way + 3] {
                let mut misspelt = file.clone();
                misspelt[at] ^= 1;
                damaged.push(misspelt);
            }
            let mut shorter = file.clone();
            shorter.remove(way + 10);
            damaged.push(shorter);
            let mut blank = file.clone();
            let from = blank.len() - 4_096;
            blank[from..].fill(0);
            damaged.push(blank);
            for (nth, damaged) in damaged.into_iter().enumerate() {
                let opened = Keys::default().open(damaged);
                assert_eq!(opened, Err(Rejection::Altered), "{name} {nth}");
            }
        }
        let short = Passphrase::new("between us").map(Lock::Passphrase).unwrap();
        assert!(!is_broken(&short.lock(b"").unwrap()));
    }
}
