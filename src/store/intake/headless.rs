//! Taking in what is left of a bundle whose first line is damaged. Until a later bundle of that laptop
//! comes, more may have been in it.

use std::{fs, path::Path};

use super::super::gaps::WriterCounts;
use super::super::heard::{Heard, LaptopNews};
use super::super::lock::Keys;
use super::super::{Bundle, Rejection, bundle::Header, place, refused};
use super::{Intake, opened};
use crate::workshop::{Moment, Parcel, READ_IN_PART, WriterId};

/// Reads what is left of a bundle whose first line is damaged; `why` is why the whole was refused.
pub fn read_headless_bundle(path: &Path, keys: &Keys, why: Rejection) -> Result<Bundle, Rejection> {
    Bundle::read_headless(&opened(path, keys)?, why)
}

impl Intake {
    /// Takes in the lines that can be read. What it is called says whose it is; if it was given another
    /// name, the changes in it do.
    pub(super) fn take_headless(
        &mut self,
        name: &str,
        path: Option<&Path>,
        bundle: &Bundle,
    ) -> Result<Parcel, Rejection> {
        let meeting = self.folder.names().0;
        let writer = bundle.main_writer();
        let place = path.map(in_its_place);
        let bytes = path.and_then(|path| fs::read(path).ok());
        let bytes = bytes.map_or(0, |bytes| refused::size_of(&bytes));
        let mut parcel = self.take_after(name, bundle, &mut |intake, _| {
            let Self { heard, ledger, .. } = &mut *intake;
            let count = |writer| ledger.count(writer);
            heard.note_in_part((name, place, bytes), &meeting, writer, &count);
            intake.heard.keep(&intake.folder, &intake.stem)
        })?;
        (parcel.replica, parcel.made) = (None, None);
        parcel.damage.insert(0, Rejection::Headless.to_string());
        Ok(parcel)
    }
}

impl Heard {
    /// Notes that a bundle of a laptop was read only in part, and that nobody knows how much more was in it.
    /// If not everything had come that was in the one before, it may be the same one.
    fn note_in_part(
        &mut self,
        (name, place, refused_bytes): (&str, Option<WriterId>, u64),
        meeting: &str,
        writer: Option<WriterId>,
        counts: WriterCounts<'_>,
    ) {
        let named = refused::whose(name, meeting);
        let owner = |writer: WriterId| self.owners().get(&writer).copied().unwrap_or(writer);
        let Some((replica, group)) = named.or_else(|| Some((owner(writer?), None))) else { return };
        let known = self.all.get(&replica).cloned().unwrap_or_default();
        let is_first = known.refused.is_none();
        let made = Moment(known.made.0.saturating_add(i64::from(is_first)));
        let group = group.or(known.group.clone());
        let why = Some(READ_IN_PART.to_owned());
        let is_whole = known.writers.iter().all(|(writer, there)| counts(*writer) >= *there);
        let part_of = if is_first { place.filter(|_| !is_whole) } else { known.part_of };
        let said = LaptopNews { group, made, refused: why, refused_bytes, part_of, ..known };
        self.note(replica, &said);
    }

    /// Notes that a whole bundle came from this place, with everything that a laptop is known to have: if only the
    /// end of it could be read before, nothing of that is missing.
    pub(super) fn note_whole_after_part(&mut self, replica: WriterId, made: Moment, path: &Path) {
        let Some(known) = self.all.get(&replica).cloned() else { return };
        let is_it =
            known.part_of == Some(in_its_place(path)) && made.0.saturating_add(1) >= known.made.0;
        if is_it && known.refused.as_deref() == Some(READ_IN_PART) {
            // It stays as late as it was: another laptop may say once more that it was read in part.
            self.learn(
                replica,
                &LaptopNews { refused: None, refused_bytes: 0, part_of: None, ..known },
                true,
            );
        }
    }

    /// What a laptop's next bundle says of what was known only by the names under which it writes.
    pub(in crate::store) fn note_owner(&mut self, header: &Header) {
        let is_known = |writer: &WriterId| {
            let said = self.all.get(writer);
            said.is_some_and(|said| said.refused.as_deref() == Some(READ_IN_PART))
        };
        let writers = header.writers().map(|(writer, _)| writer);
        let found: Vec<WriterId> =
            writers.filter(|writer| *writer != header.replica && is_known(writer)).collect();
        for writer in found {
            if self.owners().get(&writer) == Some(&header.replica) {
                let known = self.all.get(&writer).cloned().unwrap_or_default();
                self.learn(writer, &LaptopNews { refused: None, ..known }, true);
            }
        }
    }
}

/// An id for a file's place.
fn in_its_place(path: &Path) -> WriterId {
    let real = place::real(path);
    WriterId::of(real.as_os_str().as_encoded_bytes())
}
