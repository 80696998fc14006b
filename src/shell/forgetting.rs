//! Removing a workshop from this laptop: what is deleted, what stays elsewhere, what cannot be done.

use std::path::{Path, PathBuf};
use std::{collections::HashSet, thread};

use super::elsewhere::{remains, shared_folder};
use super::{clock::chance, inbox::Post};
use crate::app::Message;
use crate::import::samples;
use crate::store::{Belongings, Folder, Intake, LoadedWorkshop, Trace};
use crate::workshop::{Ids, Record, Workshop, WriterId, counting, shown};

/// What the program cannot do about what it removed.
const HONESTLY: &str = "Deleted files may still be readable on the disk (especially an SSD), in \
    backups and in synced folders. The program cannot reach those.";

/// What has to be done to forget a workshop here.
#[derive(Debug)]
pub(super) struct ForgettingPlan {
    title: String,
    path: PathBuf,
    belongings: Belongings,
    /// What is known to be elsewhere.
    pub(super) remains: Vec<String>,
    only_here: u64,
    damaged: bool,
}

/// Forgets the workshop in a folder for the screens, or says what that would do.
pub(super) fn start(folder: PathBuf, state: PathBuf, sure: bool, post: Post) {
    let failed = post.clone();
    let work = move || {
        let open = Folder::open(&folder).map_err(|trouble| trouble.to_string());
        let done = open.and_then(|open| ForgettingPlan::of(&open, &state)).and_then(|plan| {
            if !sure {
                return Ok(Message::Forgetting(folder, plan.question()));
            }
            let remains = plan.remains.clone();
            let mut lines = plan.carry_out()?;
            lines.extend(remains.iter().map(|line| format!("  {line}")));
            Ok(Message::Left(lines))
        });
        post.send(done.unwrap_or_else(Message::Refused));
    };
    if let Err(error) = thread::Builder::new().name("forget".into()).spawn(work) {
        failed.send(Message::Refused(format!("Nothing was removed: {error}.")));
    }
}

impl ForgettingPlan {
    /// Looks at what there is, without changing anything. Refuses a workshop that is open somewhere.
    pub(super) fn of(folder: &Folder, state: &Path) -> Result<Self, String> {
        let belongings = Belongings::of(folder, state);
        if !belongings.held.is_empty() {
            return Err(format!(
                "“{}” is open in a running program. Nothing was removed. End that program with \
                 Ctrl-Q, then forget the workshop.",
                shown(folder.path())
            ));
        }
        // A workshop that can no longer be read can still be forgotten.
        let loaded = folder.read().ok();
        let damaged = loaded
            .as_ref()
            .is_none_or(|loaded| !loaded.damage.is_empty() || loaded.missing.has_lost());
        let only_here = loaded.as_ref().map_or(0, |loaded| only_here(folder, loaded, &belongings));
        let workshop = loaded.map(|loaded| loaded.workshop).unwrap_or_default();
        let place = shared_folder(state, folder);
        Ok(Self {
            title: title(&workshop),
            path: folder.path().to_owned(),
            remains: remains(&belongings.elsewhere, place.as_deref(), &workshop),
            only_here,
            damaged,
            belongings,
        })
    }

    /// The question to a person, with everything that will be deleted.
    pub(super) fn question(&self) -> Vec<String> {
        let mut lines =
            vec![format!("Forget “{}”? This will be removed from this laptop:", self.title)];
        lines.push(format!(
            "  {}: the workshop, with all its points and unfinished text",
            shown(&self.path)
        ));
        for path in &self.belongings.foreign {
            lines.push(format!("  {}: not of the program's making", shown(path)));
        }
        for path in &self.belongings.exports {
            lines.push(format!("  {}: an export", shown(path)));
        }
        lines.push("  its entry in the list of workshops, and its exchange settings".into());
        match self.only_here {
            0 => {}
            count => lines.push(format!(
                "WARNING: {} only here, as far as this laptop knows. Write a bundle first.",
                counting(count as usize, "change", "exists", "exist")
            )),
        }
        if self.damaged {
            lines.push("WARNING: part of the workshop cannot be read, and a bundle would not contain that part.".into());
        }
        if !self.remains.is_empty() {
            lines.push("These files are elsewhere and will not be touched:".into());
            lines.extend(self.remains.iter().map(|line| format!("  {line}")));
        }
        lines
    }

    /// Carries out the plan.
    pub(super) fn carry_out(self) -> Result<Vec<String>, String> {
        let Self { title, path, belongings, remains, .. } = self;
        belongings.forget().map_err(|trouble| {
            format!(
                "{trouble} Everything listed above it is gone; run this again for {}.",
                shown(&path)
            )
        })?;
        let mut lines = vec![format!("“{title}” was removed from this laptop.")];
        lines.push(HONESTLY.to_owned());
        lines.push(
            "Files made by earlier versions or copied by hand are not \
             listed."
                .to_owned(),
        );
        if !remains.is_empty() {
            lines.push("Known copies elsewhere:".to_owned());
        }
        Ok(lines)
    }
}

fn title(workshop: &Workshop) -> String {
    match workshop.agenda().title.as_str() {
        "" => "this workshop".to_owned(),
        title => title.to_owned(),
    }
}

/// How many changes made here are not known to be in any bundle, shared folder or other laptop.
fn only_here(folder: &Folder, loaded: &LoadedWorkshop, belongings: &Belongings) -> u64 {
    let (mut intake, _) = Intake::open(folder, Ids::seeded(chance()).writer());
    let known: Vec<_> = belongings.elsewhere.iter().map(Trace::known).collect();
    // What follows from the agenda is wherever the agenda is.
    let agenda = loaded.workshop.agenda();
    let given = Record::participants(agenda).into_iter().chain(samples::decisions(agenda));
    let given: HashSet<WriterId> = given.map(|record| record.stamp.writer).collect();
    let own = loaded.tail.writers() - &given;
    intake.only_here(&own, &known)
}
