//! What this machine remembers of a workshop's exchange with others.
//!
//! It is kept outside the folder, as bookmarks are: a copied folder is another laptop's and must not
//! publish under this one's name.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{CopyPlace, Folder, Trouble, disk, place, system, whole};
use crate::workshop::{GroupId, Moment, Parcel, RefusedFile, WorkshopId, WriterId};

/// The longest file of these that is read.
const LONGEST: u64 = 64 << 20;

/// A laptop's name among the others, and how it meets them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeMemory {
    folder: PathBuf,
    workshop: WorkshopId,
    /// This laptop's name in bundles: random, and not anybody's real name.
    pub replica: WriterId,
    /// The group whose points are captured here unless somebody chooses another.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// The folder that all laptops publish to.
    #[serde(default)]
    pub place: Option<PathBuf>,
    /// The folder that the second copy is kept in.
    #[serde(default)]
    pub copy: Option<CopyPlace>,
    /// Whether what was taken in is included in this laptop's bundles: it took another's place, and
    /// what that one had may be nowhere else.
    #[serde(default)]
    pub carries: bool,
    /// When something was last taken in.
    #[serde(default)]
    pub at: Moment,
    /// What was last taken in.
    #[serde(default)]
    pub parcels: Vec<Parcel>,
    /// What was refused then.
    #[serde(default)]
    pub refused: Vec<RefusedFile>,
}

impl ExchangeMemory {
    /// What is remembered of a folder; if there is nothing, a first memory under the `fresh` name.
    pub fn recall(state: &Path, folder: &Folder, fresh: WriterId) -> Self {
        Self::remembered(state, folder).unwrap_or_else(|| Self {
            folder: place::real(folder.path()),
            workshop: folder.id(),
            replica: fresh,
            group: None,
            place: None,
            copy: None,
            carries: false,
            at: Moment::default(),
            parcels: Vec::new(),
            refused: Vec::new(),
        })
    }

    fn remembered(state: &Path, folder: &Folder) -> Option<Self> {
        let real = place::real(folder.path());
        read(&file(state, &real))
            .filter(|found| found.folder == real && found.workshop == folder.id())
    }

    /// The same, remembered from now on: a name that was used anywhere stays this laptop's. If it
    /// cannot be remembered, people can work all the same.
    pub fn settled(state: &Path, folder: &Folder, fresh: WriterId) -> Self {
        if Self::remembered(state, folder).is_none() {
            let _ = Self::recall(state, folder, fresh).remember(state);
        }
        Self::recall(state, folder, fresh)
    }

    /// Saves it for the next run.
    pub fn remember(&self, state: &Path) -> Result<(), Trouble> {
        let path = file(state, &self.folder);
        if let Some(above) = path.parent() {
            system::make_folders(above).map_err(Trouble::writing(above))?;
        }
        let text = serde_json::to_vec(self).unwrap_or_default();
        whole::write_private(&path, &text).map_err(Trouble::writing(&path))
    }
}

fn file(state: &Path, folder: &Path) -> PathBuf {
    let name = WriterId::of(folder.as_os_str().as_encoded_bytes());
    state.join("exchange").join(format!("{name}.json"))
}

fn read(path: &Path) -> Option<ExchangeMemory> {
    let mut text = Vec::new();
    disk::open_file(path).ok()?.take(LONGEST).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}
