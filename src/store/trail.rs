//! What this machine left of a workshop elsewhere, and which laptops it met: remembered so that somebody who
//! purges a point or forgets the workshop can see where else to look.
//!
//! It is kept outside the folder, as bookmarks are, and has nothing of what people said.

use std::path::{Path, PathBuf};
use std::{collections::BTreeMap, io::Read};

use serde::{Deserialize, Serialize};

use super::{Folder, Trouble, disk, place, system, whole};
use crate::workshop::{GroupId, Moment, WorkshopId, WriterId};

/// The longest trail that is read.
const LONGEST: u64 = 16 << 20;

/// What a file was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// A bundle for another laptop.
    Bundle,
    /// What a group's laptop starts from.
    HandOut,
    /// This laptop's own file in a shared folder.
    Published,
    /// Feedback, or another export.
    Export,
}

/// One thing that is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trace {
    /// A file was written.
    Wrote {
        /// What it is.
        what: Made,
        /// Where it went.
        path: PathBuf,
        /// When.
        at: Moment,
        /// How many changes of each writer were known then, if they are in it or were before.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        known: BTreeMap<WriterId, u64>,
    },
    /// Another laptop's changes were taken in.
    Met {
        /// Which laptop.
        replica: WriterId,
        /// The group it works for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<GroupId>,
        /// When, by the clock here.
        at: Moment,
        /// How many changes of each writer were known there.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        known: BTreeMap<WriterId, u64>,
    },
}

impl Trace {
    /// Whether a newer one replaces this one.
    fn is_replaced_by(&self, newer: &Self) -> bool {
        match (self, newer) {
            (Self::Wrote { path, .. }, Self::Wrote { path: other, .. }) => path == other,
            (Self::Met { replica, .. }, Self::Met { replica: other, .. }) => replica == other,
            _ => false,
        }
    }

    /// How many changes of each writer are known there.
    pub fn known(&self) -> &BTreeMap<WriterId, u64> {
        match self {
            Self::Wrote { known, .. } | Self::Met { known, .. } => known,
        }
    }
}

/// Everything that is remembered of one workshop.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trail {
    workshop: WorkshopId,
    /// The traces, oldest first.
    pub traces: Vec<Trace>,
}

impl Trail {
    /// Reads what is remembered of a folder.
    pub fn of(state: &Path, folder: &Folder) -> Self {
        let none = || Self { workshop: folder.id(), traces: Vec::new() };
        let read = || {
            let mut text = Vec::new();
            disk::open_file(&file(state, folder))
                .ok()?
                .take(LONGEST)
                .read_to_end(&mut text)
                .ok()?;
            serde_json::from_slice(&text).ok()
        };
        read().filter(|found: &Self| found.workshop == folder.id()).unwrap_or_else(none)
    }

    /// Remembers another trace, and drops those that it replaces.
    pub fn note(
        state: &Path,
        folder: &Folder,
        traces: impl IntoIterator<Item = Trace>,
    ) -> Result<(), Trouble> {
        let mut trail = Self::of(state, folder);
        let before = trail.traces.clone();
        for trace in traces {
            trail.traces.retain(|old| !old.is_replaced_by(&trace));
            trail.traces.push(trace);
        }
        if trail.traces == before {
            return Ok(());
        }
        let path = file(state, folder);
        if let Some(above) = path.parent() {
            system::make_folders(above).map_err(Trouble::writing(above))?;
        }
        let text = serde_json::to_vec(&trail).unwrap_or_default();
        whole::write_private(&path, &text).map_err(Trouble::writing(&path))
    }
}

/// Where the trail of a folder is.
fn file(state: &Path, folder: &Folder) -> PathBuf {
    let real = place::real(folder.path());
    let name = WriterId::of(real.as_os_str().as_encoded_bytes());
    state.join("trail").join(format!("{name}.json"))
}
