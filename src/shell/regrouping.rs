//! Which group this laptop works for, and what opening something would change about that.

use std::path::Path;

use super::{clock::chance, data_folders::DataFolders};
use crate::store::{ExchangeMemory, Folder, Made, Trace, Trail, Trouble};
use crate::workshop::{GroupId, Ids, Workshop, shown};

/// A change from the group that this laptop works for to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Regrouping {
    /// The label of the group that it works for, or `None` for the whole room.
    from: Option<String>,
    /// The label of the group that it would work for.
    to: String,
}

impl Regrouping {
    /// What working for this group would change here; `None` if the laptop already works for it,
    /// or for nobody yet.
    pub(super) fn of(group: &GroupId, folder: &Folder, folders: &DataFolders) -> Option<Self> {
        let ExchangeMemory { group: from, carries, .. } =
            ExchangeMemory::recall(&folders.state, folder, Ids::seeded(chance()).writer());
        if from.as_ref() == Some(group) {
            return None;
        }
        let workshop = folder.read().map(|loaded| loaded.workshop);
        let workshop = workshop.unwrap_or_else(|_| Workshop::default());
        // A laptop that took another's place has heard of groups only by that, and works for nobody yet.
        let collects = workshop.has_heard_groups() && !carries;
        if from.is_none() && !hands_out(folder, folders) && !collects {
            return None;
        }
        let from = from.map(|group| workshop.title_of(&group));
        Some(Self { from, to: workshop.title_of(group) })
    }

    /// Says which hand-out would change it.
    pub(super) fn hand_out(&self, path: &Path) -> String {
        format!("{} is the hand-out of {}.", shown(path), self.to)
    }

    /// Which group it works for and would work for, in one line.
    pub(super) fn line(&self) -> String {
        let from = match &self.from {
            Some(group) => format!("works for {group}"),
            None => {
                "works for all groups: it wrote the hand-outs, or groups' points were taken in on it"
                    .to_owned()
            }
        };
        format!("This laptop {from}. It would work for {} from now on.", self.to)
    }

    /// What would change, for a person to agree to.
    pub(super) fn question(&self) -> Vec<String> {
        let mut lines = vec![self.line()];
        lines.push(match &self.from {
            Some(group) => format!(
                "New points would be captured for {}, and what it sends would go out as {0}'s. \
                 Points of {group} that are here stay and go along.",
                self.to
            ),
            None => format!(
                "New points would be captured for {}, and what came from other laptops would no \
                 longer be passed on through the shared folder.",
                self.to
            ),
        });
        lines
    }
}

/// Whether hand-outs for groups' laptops were written here.
fn hands_out(folder: &Folder, folders: &DataFolders) -> bool {
    let is_one = |trace: &Trace| matches!(trace, Trace::Wrote { what: Made::HandOut, .. });
    Trail::of(&folders.state, folder).traces.iter().any(is_one)
}

/// Remembers which group this laptop works for.
pub(super) fn work_for(
    group: &GroupId,
    folder: &Folder,
    folders: &DataFolders,
) -> Result<(), Trouble> {
    let mut exchange =
        ExchangeMemory::recall(&folders.state, folder, Ids::seeded(chance()).writer());
    exchange.group = Some(group.clone());
    exchange.remember(&folders.state)
}
