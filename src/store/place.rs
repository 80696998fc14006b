//! Where workshops go by default, and which were open recently. The base folders are given.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Folder, Trouble, disk, system, whole};
use crate::workshop::{Moment, WorkshopId, is_device_name};

/// What a workshop folder's name ends in.
pub const ENDING: &str = "workshop";
/// How many workshops are remembered.
const REMEMBERED: usize = 20;

/// Where a path leads, without links and as people write it, or the path itself if that cannot be found out.
pub fn real(path: &Path) -> PathBuf {
    system::real(path).unwrap_or_else(|_| path.to_owned())
}

/// The first free folder for a new workshop: `<data>/<agenda's id>.workshop`, or with `-2`, `-3`
/// and so on. An id that would lead elsewhere loses the characters that no file name should have.
pub fn new_workshop(data: &Path, agenda: &str) -> PathBuf {
    let name = file_name(agenda);
    let numbered = |nth: u32| match nth {
        1 => data.join(format!("{name}.{ENDING}")),
        nth => data.join(format!("{name}-{nth}.{ENDING}")),
    };
    let is_free = |path: &PathBuf| {
        fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    };
    (1..1000).map(numbered).find(is_free).unwrap_or_else(|| numbered(1))
}

/// A name that is one file name on every system.
pub(super) fn file_name(id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = id.chars().map(plain).take(60).collect();
    match name.chars().any(char::is_alphanumeric) {
        true if is_device_name(&name) => format!("{name}_"),
        true => name,
        false => "workshop".to_owned(),
    }
}

/// Finds the workshop that a person means: the one rule for every command and screen.
///
/// A path with a folder in it is that folder. A name alone is, in this order, the folder of that name
/// here, `<data>/<name>.workshop` or `<data>/<name>`: the first that is a workshop, or else the first
/// that exists at all. A name that matches nothing is refused: it does not say where a new
/// workshop should be.
pub fn find_workshop(data: &Path, named: &Path) -> Result<PathBuf, Trouble> {
    let mut components = named.components();
    let bare = matches!(
        (components.next(), components.next()),
        (Some(std::path::Component::Normal(_)), None)
    );
    // `name/` names a folder here, as `./name` does.
    if !bare || named.to_string_lossy().ends_with(std::path::is_separator) {
        return Ok(named.to_owned());
    }
    let found = [named.to_owned(), with_ending(data, named), data.join(named)];
    let there = |path: &&PathBuf| match fs::symlink_metadata(path) {
        Ok(_) => true,
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    let there: Vec<&PathBuf> = found.iter().filter(there).collect();
    let is_workshop = |path: &&&PathBuf| {
        !matches!(Folder::open(path), Err(Trouble::Foreign(..) | Trouble::Missing(_)))
    };
    if let Some(path) = there.iter().find(is_workshop).or(there.first()) {
        return Ok((*path).clone());
    }
    let there = named_workshops(data);
    Err(Trouble::Unknown { name: named.to_owned(), data: data.to_owned(), there })
}

/// The names that would find a workshop, in the current folder and in the data folder.
fn named_workshops(data: &Path) -> Vec<String> {
    let here = fs::read_dir(".").into_iter().flatten();
    let here = here.filter_map(|found| Some(found.ok()?.file_name()));
    let is_one = |name: &std::ffi::OsString| Folder::open(Path::new(name)).is_ok();
    let here = here.filter(is_one).map(PathBuf::from);
    let stored = workshops(data).into_iter().filter_map(|path| Some(path.file_stem()?.into()));
    let mut names: Vec<String> =
        here.chain(stored).map(|name: PathBuf| name.display().to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Where a workshop of this name is in the data folder.
pub(super) fn with_ending(data: &Path, name: &Path) -> PathBuf {
    if name.extension().is_some_and(|ending| ending == ENDING) {
        return data.join(name);
    }
    let mut file = name.as_os_str().to_owned();
    file.push(".");
    file.push(ENDING);
    data.join(file)
}

/// The workshops in the data folder, by name.
pub fn workshops(data: &Path) -> Vec<PathBuf> {
    let Ok(listed) = fs::read_dir(data) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = listed
        .filter_map(|found| Some(found.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    folders.sort();
    folders
}

/// The workshop of this id in the data folder, if there is one.
pub fn workshop_of_id(data: &Path, id: WorkshopId) -> Option<Folder> {
    workshops(data)
        .iter()
        .filter_map(|path| Folder::open(path).ok())
        .find(|folder| folder.id() == id)
}

/// A workshop that was open recently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentWorkshop {
    /// Its folder.
    pub folder: PathBuf,
    /// Its agenda's title.
    pub title: String,
    /// When it was last opened.
    pub at: Moment,
}

/// The workshops that were open recently, the latest first. A list that cannot be read counts as empty.
pub fn recent(state: &Path) -> Vec<RecentWorkshop> {
    let mut text = Vec::new();
    let file = disk::open_file(&state.join("recent.json"));
    let read = file.and_then(|file| file.take(1 << 20).read_to_end(&mut text));
    read.ok().and_then(|_| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// Puts a workshop at the top of the list. One whose path is not valid text is not remembered.
pub fn remember(state: &Path, opened: RecentWorkshop) -> Result<(), Trouble> {
    if opened.folder.to_str().is_none() {
        return Ok(());
    }
    let mut all = recent(state);
    all.retain(|other| other.folder != opened.folder);
    all.insert(0, opened);
    all.truncate(REMEMBERED);
    write(state, &all)
}

/// Removes a workshop from the list.
pub(super) fn disown(state: &Path, folder: &Path) -> Result<(), Trouble> {
    let all = recent(state);
    let others: Vec<RecentWorkshop> =
        all.iter().filter(|it| it.folder != folder).cloned().collect();
    if others.len() == all.len() { Ok(()) } else { write(state, &others) }
}

fn write(state: &Path, all: &[RecentWorkshop]) -> Result<(), Trouble> {
    let path = state.join("recent.json");
    let text = serde_json::to_vec_pretty(all).unwrap_or_default();
    system::make_folders(state).map_err(Trouble::writing(state))?;
    whole::write_private(&path, &text).map_err(Trouble::writing(&path))
}
