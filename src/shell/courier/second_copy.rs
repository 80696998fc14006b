//! Keeping a second copy of everything that is here, in a folder on a stick.

use std::path::{Path, PathBuf};

use super::{Courier, EXPOSED, Made, OLDER, WantedBundle, now};
use crate::store::{CopyPlace, Rejection, SecondCopy, Trouble, place, read_bundle};

/// The warning about a copy that would be lost with the laptop.
const BESIDE: &str = "The second copy is on the same disk as the workshop: it does not help if this laptop is lost. Choose a folder on a stick.";

/// Why the second copy of a workshop cannot be written, and what helps.
pub(crate) fn copy_trouble(why: &Rejection, workshop: &Path) -> String {
    let workshop = workshop.display();
    let other = format!(
        "or choose another folder: `rapporteur copy {workshop} FOLDER`. `rapporteur copy {workshop} \
         --stop` stops keeping a second copy."
    );
    let (what, helps) = match why {
        Rejection::Trouble(Trouble::Missing(folder)) => {
            let shown = folder.display();
            // Where a stick was, an empty folder of this disk may be left.
            let found = if folder.is_dir() {
                format!("“{shown}” is now on this laptop's own disk")
            } else {
                format!("there is no “{shown}”")
            };
            (format!("its stick is not in: {found}"), "Put it in,")
        }
        Rejection::Trouble(Trouble::Unwritable(path, why)) => {
            let folder = path.parent().unwrap_or(path).display();
            (format!("“{folder}” cannot be written: {why}"), "Make room or free it for writing,")
        }
        why => (why.to_string().trim_end_matches('.').to_owned(), "Repair that,"),
    };
    format!(
        "The second copy could not be written: {what}. Nothing is lost here, and the next change \
         tries again. {helps} {other}"
    )
}

impl Courier {
    /// Keeps a second copy in this folder from now on, or none; returns why not if that fails.
    pub(crate) fn set_copy(&mut self, folder: Option<&Path>) -> Result<(), String> {
        let place = folder.map(|folder| self.copy_place(folder)).transpose()?;
        self.copy = place.as_ref().map(|place| SecondCopy::new(&place.folder));
        let set = self.remember(|exchange| exchange.copy.clone_from(&place));
        set.map_err(|trouble| trouble.to_string())
    }

    fn copy_place(&self, folder: &Path) -> Result<CopyPlace, String> {
        let shown = folder.display();
        if !folder.is_dir() {
            return Err(format!("There is no folder “{shown}”. Is the stick plugged in?"));
        }
        let (folder, workshop) = (place::real(folder), place::real(self.intake.folder().path()));
        if folder.starts_with(&workshop) {
            return Err(format!(
                "“{shown}” is in the workshop's own folder. Choose one on a stick."
            ));
        }
        if self.place().is_some_and(|place| place::real(place.path()) == folder) {
            return Err(format!(
                "“{shown}” is the shared folder: this laptop's points are there already. Choose \
                 another folder, on a stick that stays here."
            ));
        }
        Ok(CopyPlace::new(folder, &workshop))
    }

    /// Why a folder cannot be the shared folder: the second copy is there, and the two would be one file.
    pub(crate) fn is_taken_by_copy(&self, place: &Path) -> Option<String> {
        let real = place::real(place);
        let is_there = |copy: &&CopyPlace| place::real(&copy.folder) == real;
        let copy = self.exchange.copy.as_ref().filter(is_there);
        copy.map(|copy| {
            format!(
                "The second copy is kept in “{}”. Choose another folder for one of the two.",
                copy.folder.display()
            )
        })
    }

    /// Brings the second copy up to date, if one is kept.
    pub(crate) fn write_copy(&mut self) -> Result<(), Rejection> {
        let Some(kept) = self.exchange.copy.clone() else { return Ok(()) };
        if !kept.is_there(self.intake.folder().path()) {
            return Err(Trouble::Missing(kept.folder).into());
        }
        let bundle =
            self.pack(&WantedBundle { all: true, ..WantedBundle::default() }, None, None)?.0;
        let copy = self.copy.get_or_insert_with(|| SecondCopy::new(&kept.folder));
        let path = copy.write(&bundle, self.lock.as_ref())?;
        let before = copy.file_before(&bundle, self.lock.is_some());
        self.note_written(Made::Bundle, &path, &bundle.header);
        if before.exists() {
            self.note_written(Made::Bundle, &before, &bundle.header);
        }
        let kept = Some(CopyPlace { at: Some(now()), ..kept });
        // A laptop that has written a copy keeps its replica id, or it would leave two copies.
        Ok(self.remember(|exchange| exchange.copy.clone_from(&kept))?)
    }

    /// Brings the second copy up to date, if one is kept, after somebody changed something;
    /// returns what is wrong if it cannot be written.
    pub(crate) fn follow(&mut self, workshop: &Path) -> Option<String> {
        self.write_copy().err().map(|why| copy_trouble(&why, workshop))
    }

    /// What is wrong with the current second copy, if one is kept. Nothing is written.
    pub(crate) fn copy_fault(&mut self, workshop: &Path) -> Option<String> {
        let kept = self.exchange.copy.clone()?;
        let lags = |what: &str| {
            let (folder, workshop) = (kept.folder.display(), workshop.display());
            Some(format!(
                "The second copy in “{folder}” {what} `rapporteur copy {workshop}` writes it again."
            ))
        };
        if !kept.is_there(self.intake.folder().path()) {
            return Some(copy_trouble(&Trouble::Missing(kept.folder).into(), workshop));
        }
        let wanted = WantedBundle { all: true, ..WantedBundle::default() };
        let bundle = match self.pack(&wanted, None, None) {
            Ok((bundle, _)) => bundle,
            Err(why) => return Some(copy_trouble(&why, workshop)),
        };
        let path = kept.folder.join(bundle.header.file_name(self.lock.is_some()));
        match read_bundle(&path, &self.keys) {
            Ok(found) if found.header.holds_the_same(&bundle.header) => None,
            Ok(_) => lags("lacks changes that are here."),
            Err(Rejection::Trouble(Trouble::Missing(_))) => lags("is not there."),
            Err(why) if why.is_about_a_key() => lags("is locked with another key."),
            Err(_) => lags("is damaged."),
        }
    }

    /// The file of the copy that was written last.
    pub(crate) fn copied_to(&self) -> Option<PathBuf> {
        self.copy.as_ref().and_then(SecondCopy::last_file)
    }

    /// Whether a copy is kept that is no longer there as it was left.
    pub(crate) fn is_copy_missed(&self) -> bool {
        let copy = self.copy.as_ref().filter(|_| self.exchange.copy.is_some());
        copy.is_some_and(|copy| !copy.is_as_left())
    }

    /// A warning about the copy.
    pub(crate) fn copy_warning(&self) -> Option<&'static str> {
        let kept = self.exchange.copy.as_ref()?;
        if !kept.apart {
            return Some(BESIDE);
        }
        if self.lock.is_some() {
            return None;
        }
        if self.is_founded_on_participants() {
            return Some(OLDER);
        }
        let path = self.copied_to()?;
        (!(self.is_private)(&path)).then_some(EXPOSED)
    }
}
