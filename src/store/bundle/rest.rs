//! What can still be read of a bundle that was cut off or altered after its first line.
//!
//! The header says how many changes of each writer there are. So a laptop that takes in the rest knows how
//! many are missing, and lists them until they have come another way.

use super::{Bundle, corrected, damage_of, digest, first_line};
use crate::store::journal::{FIRST, Position};
use crate::store::{Rejection, journal, lock::OpenedFile};

/// What is wrong with a bundle.
#[derive(Clone, Debug)]
pub(super) struct BundleDamage {
    pub(super) why: Rejection,
    pub(super) unread: u64,
}

impl Bundle {
    /// Reads what can be read of a file opened with a key. If nothing can, it is refused as a
    /// damaged bundle is.
    pub(in crate::store) fn read_rest(opened: OpenedFile) -> Result<Self, Rejection> {
        let OpenedFile { bytes, is_whole, locked, key } = opened;
        if is_whole
            && lacks_first_lines(&bytes)
            && let Some(corrected) = corrected::with_bytes_corrected(&bytes)
            && let Ok(bundle) = Self::read(corrected)
        {
            return Ok(bundle.with_key(locked, key));
        }
        let begun = first_line(&bytes);
        let (mut header, start) =
            begun.map_err(|why| if is_whole { why } else { Rejection::Altered })?;
        let cut = (!is_whole).then_some(Rejection::Altered);
        let Some(why) = cut.or_else(|| damage_of(&header, &bytes[start..])) else {
            return Ok(Self::read(bytes)?.with_key(locked, key));
        };
        let (mut body, mut last, mut lines) = (Vec::new(), FIRST, 0);
        // Anything after a piece that is not text at all is given up.
        let _ = journal::read_lines(&mut &bytes[start..], &mut Position::default(), |_, found| {
            if let Ok(json) = found {
                last = journal::seal(last, json, &mut body);
                lines += 1;
            }
        });
        // If all it had was the agenda, its first line still says what that laptop has.
        if lines == 0 && header.changes > 1 {
            return Err(why);
        }
        let unread = header.changes.saturating_sub(lines);
        header.tidy();
        header.changes = lines;
        (header.bytes, header.sha256) = (body.len() as u64, digest(&body));
        let damage = Some(BundleDamage { why, unread });
        Ok(Self { header, body, key: None, damage }.with_key(locked, key))
    }

    /// What is wrong with it, if this is only what is left of it.
    pub fn damage(&self) -> Option<&Rejection> {
        self.damage.as_ref().map(|damage| &damage.why)
    }

    /// How many of its changes cannot be read.
    pub fn unread(&self) -> u64 {
        self.damage.as_ref().map_or(0, |damage| damage.unread)
    }

    /// How many that is and what to do, in words; `None` for a bundle that is whole.
    pub fn damage_in_words(&self) -> Option<String> {
        let (unread, of) = (self.unread(), self.header.changes + self.unread());
        (unread > 0).then(|| {
            format!(
                "damaged: {unread} of its {of} changes cannot be read; the others can. You can get the \
                 rest from another copy of this file (a second copy has its previous version next to it), from the laptop's own folder, its file in the shared folder, or a new bundle."
            )
        })
    }
}

/// Whether the first line or the agenda is damaged: without them the rest is of little use.
fn lacks_first_lines(bytes: &[u8]) -> bool {
    let (header, start) = match first_line(bytes) {
        Ok(begun) => begun,
        Err(why) => return why == Rejection::Altered,
    };
    let mut founds = false;
    let _ = journal::read_lines(&mut &bytes[start..], &mut Position::default(), |_, found| {
        let is_it = |json: &[u8]| journal::founded_in(json) == Some(header.workshop);
        founds = founds || found.is_ok_and(is_it);
    });
    !founds
}
