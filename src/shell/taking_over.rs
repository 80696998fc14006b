//! Starting a laptop from files of others: from a hand-out, or in another laptop's place from its
//! bundle, its second copy, or everything in a shared folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::courier::{Courier, TakenIn};
use super::regrouping::{Regrouping, work_for};
use super::{clock::chance, data_folders::DataFolders};
use crate::store::{
    Bundle, Folder, Incoming, Intake, MeetingKey, Rejection, Trouble, is_bundle, lock::Keys, place,
    read_rest_of_bundle,
};
use crate::workshop::{GroupId, Ids, Parcel};

/// Why a workshop was not opened from these files.
#[derive(Debug)]
pub(super) enum TakeoverFailure {
    /// A file cannot be taken in.
    Rejected(Rejection),
    /// It would change which group this laptop works for, and nobody has agreed to that.
    Changes(Regrouping),
    /// It is not clear what is meant; the reason in words.
    Unclear(String),
}

impl From<Rejection> for TakeoverFailure {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

/// Whether a person wants to start from files of other laptops: a bundle, or a folder that is
/// not a workshop and has bundles in it.
pub(super) fn is_received(path: &Path) -> bool {
    let Ok(found) = fs::metadata(path) else { return false };
    if found.is_file() {
        return is_bundle(path);
    }
    let is_foreign = matches!(Folder::open(path), Err(Trouble::Foreign(..)));
    is_foreign && Incoming::find(path).is_ok()
}

/// Takes in what these files bring: into the workshop that they belong to, if it is in the data folder,
/// or else into a new one. If that changes which group this laptop works for, it must be `agreed`.
pub(super) fn receive(
    path: &Path,
    keys: &Keys,
    folders: &DataFolders,
    agreed: bool,
) -> Result<Folder, TakeoverFailure> {
    let mut all = Keys::meeting(MeetingKey::all(&folders.state));
    all.extend(keys.clone());
    if path.is_dir() {
        return receive_folder(path, &all, folders);
    }
    let bundle = read_rest_of_bundle(path, &all)?;
    match &bundle.header.hand_out {
        Some(group) => receive_hand_out(group, &bundle, folders, agreed),
        None => take_over(&[(path.to_owned(), bundle)], &[], &all, folders, None),
    }
}

/// Takes in a hand-out, which says which group this laptop works for from now on.
fn receive_hand_out(
    group: &GroupId,
    bundle: &Bundle,
    folders: &DataFolders,
    agreed: bool,
) -> Result<Folder, TakeoverFailure> {
    let header = &bundle.header;
    let folder = if let Some(folder) = place::workshop_of_id(&folders.data, header.workshop) {
        let changed = Regrouping::of(group, &folder, folders).filter(|_| !agreed);
        if let Some(changed) = changed {
            return Err(TakeoverFailure::Changes(changed));
        }
        let writer = Ids::seeded(chance()).writer();
        Intake::open(&folder, writer).0.receive(bundle)?;
        note(bundle, &folder, folders);
        folder
    } else {
        start(&place::new_workshop(&folders.data, &header.meeting), bundle, folders)?.0
    };
    Ok(folder)
}

/// Makes the workshop that a bundle belongs to, and notes what came with it for this laptop.
pub(super) fn start(
    at: &Path,
    bundle: &Bundle,
    folders: &DataFolders,
) -> Result<(Folder, Parcel), Rejection> {
    let made = Folder::create_from(at, bundle, Ids::seeded(chance()).writer())?;
    note(bundle, &made.0, folders);
    Ok(made)
}

/// Remembers the group that a hand-out is for, and the meeting's key that came with it. What cannot be
/// remembered must be chosen again; that is no reason to keep anybody from working.
fn note(bundle: &Bundle, folder: &Folder, folders: &DataFolders) {
    if let Some(group) = &bundle.header.hand_out {
        let _ = work_for(group, folder, folders);
    }
    let _ = keep_key(bundle, folders);
}

/// Takes in all bundles in a folder: those of a shared folder, or a second copy.
fn receive_folder(
    path: &Path,
    keys: &Keys,
    folders: &DataFolders,
) -> Result<Folder, TakeoverFailure> {
    let (mut bundles, mut unread) = (Vec::new(), Vec::new());
    let (mut hand_outs, mut first) = (0, None);
    for source in Incoming::find(path).map_err(Rejection::Trouble)? {
        let Incoming::Bundle(file) = source else { continue };
        match read_rest_of_bundle(&file, keys) {
            Ok(bundle) if bundle.header.hand_out.is_some() => hand_outs += 1,
            Ok(bundle) => bundles.push((file, bundle)),
            // What is locked may be the newest, so nobody may continue without it.
            Err(why) if why.is_about_a_key() => return Err(why.into()),
            Err(why) => {
                first = first.or(Some(why));
                unread.push(file);
            }
        }
    }
    let mut titles: Vec<_> =
        bundles.iter().map(|(_, it)| (it.header.workshop, it.header.title.clone())).collect();
    titles.sort();
    titles.dedup_by_key(|(workshop, _)| *workshop);
    match (&titles[..], first) {
        ([_], _) => take_over(&bundles, &unread, keys, folders, Some(path)),
        ([], _) if hand_outs > 0 => Err(TakeoverFailure::Unclear(format!(
            "There are hand-outs in “{}”. Open the file of your group.",
            path.display()
        ))),
        ([], Some(why)) => Err(why.into()),
        ([], None) => Err(Rejection::Trouble(Trouble::NothingToTake(path.to_owned())).into()),
        (several, _) => {
            let titles: Vec<&str> = several.iter().map(|(_, title)| title.as_str()).collect();
            Err(TakeoverFailure::Unclear(format!(
                "In “{}” are files of several workshops: {}. Open one of the files.",
                path.display(),
                titles.join("; ")
            )))
        }
    }
}

/// Continues where the laptops that made these bundles, all of one workshop, left off. If it is new
/// here, this laptop works for the group that all bundles are of, if there is only one; and if
/// several laptops publish to a folder, so does this one. What is `unread` is reported as missing.
fn take_over(
    bundles: &[(PathBuf, Bundle)],
    unread: &[PathBuf],
    keys: &Keys,
    folders: &DataFolders,
    folder: Option<&Path>,
) -> Result<Folder, TakeoverFailure> {
    let founds = bundles.iter().find(|(_, bundle)| bundle.founds());
    let Some((path, bundle)) = founds.or(bundles.first()) else {
        return Err(Rejection::Empty.into());
    };
    let header = &bundle.header;
    let known = place::workshop_of_id(&folders.data, header.workshop);
    let (made, mut taken) = (known.is_none(), TakenIn::default());
    let here = if let Some(here) = known {
        here
    } else {
        let at = place::new_workshop(&folders.data, &header.meeting);
        let (here, parcel) = start(&at, bundle, folders)?;
        let name = Incoming::Bundle(path.clone()).name();
        taken.parcels.push(Parcel { name, ..parcel });
        taken.from.insert(path.clone());
        here
    };
    let mut courier = Courier::of(&here, &folders.state, Ids::seeded(chance()));
    courier.keys.extend(keys.clone());
    let paths: Vec<PathBuf> = bundles.iter().map(|(path, _)| path).chain(unread).cloned().collect();
    let taken = courier.merge(&paths, taken);
    if !made
        && taken.parcels.is_empty()
        && let Some(turned) = taken.refused.iter().find(|one| one.is_file())
    {
        return Err(TakeoverFailure::Unclear(format!("{}: {}", turned.name, turned.why)));
    }
    if made {
        let headers = || bundles.iter().map(|(_, bundle)| &bundle.header);
        let one = headers().all(|other| other.group == header.group && !other.part);
        let laptops = headers().any(|other| other.replica != header.replica);
        let group = header.group.clone().filter(|_| one);
        // What cannot be remembered must be chosen again, as with a hand-out.
        let _ = courier.remember(|exchange| {
            exchange.carries = true;
            exchange.group.clone_from(&group);
        });
        if let Some(place) = folder.filter(|_| laptops) {
            let _ = courier.set_place(Some(&place::real(place)));
        }
    }
    Ok(here)
}

/// Remembers the meeting's key that came with a locked file, unless one was set here already.
fn keep_key(bundle: &Bundle, folders: &DataFolders) -> Result<(), Trouble> {
    match bundle.meeting_key() {
        Some(key) if MeetingKey::recall(&folders.state, key.workshop()).is_none() => {
            key.remember(&folders.state)
        }
        _ => Ok(()),
    }
}
