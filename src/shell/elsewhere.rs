//! Where else a workshop's data is: what was written from here, and which laptops were met.

use std::path::{Path, PathBuf, absolute};

use super::clock::now;
use crate::app::say::clock;
use crate::store::{
    ExchangeMemory, Folder, Incoming, Made, MeetingKey, Trace, Trail, lock::Keys, read_bundle,
};
use crate::workshop::{Ids, Moment, Purges, Workshop, shown};

/// Remembers files that were exported. What cannot be remembered is no reason not to export.
pub(super) fn note_exports(state: &Path, folder: &Folder, files: &[PathBuf]) {
    let trace = |path: &PathBuf| Trace::Wrote {
        what: Made::Export,
        path: absolute(path).unwrap_or_else(|_| path.clone()),
        at: now(),
        known: std::collections::BTreeMap::new(),
    };
    let _ = Trail::note(state, folder, files.iter().map(trace));
}

/// The shared folder of a workshop, if this laptop publishes to one.
pub(super) fn shared_folder(state: &Path, folder: &Folder) -> Option<PathBuf> {
    // The id is needed only when nothing is remembered yet, and nothing is remembered here.
    ExchangeMemory::recall(state, folder, Ids::seeded(0).writer()).place
}

/// Where words that were purged here may still be, line by line.
pub(super) fn holders(state: &Path, folder: &Folder, workshop: &Workshop) -> Vec<String> {
    let purges = workshop.purges();
    let keys = Keys::meeting(MeetingKey::all(state));
    let mut lines = Vec::new();
    let mut seen = Vec::new();
    let traces = traces(state, folder);
    let met = |trace: &Trace| matches!(trace, Trace::Met { .. });
    if folder.has_taken() && !traces.iter().any(met) {
        lines.push(
            "Some changes here came from unknown laptops. Those may still have the words until they take in a bundle from this one."
                .to_owned(),
        );
    }
    for trace in traces {
        if let Trace::Wrote { path, .. } = &trace {
            seen.push(path.clone());
        }
        lines.extend(holder(&trace, &keys, purges, workshop));
    }
    let place = shared_folder(state, folder);
    let sources = place.and_then(|place| Incoming::find(&place).ok()).unwrap_or_default();
    for source in sources {
        let Incoming::Bundle(path) = source else { continue };
        if seen.contains(&absolute(&path).unwrap_or_else(|_| path.clone())) {
            continue;
        }
        match holds(&path, &keys, purges) {
            Some(false) => {}
            Some(true) => lines.push(format!(
                "{}: another laptop's bundle in the shared folder; it has them until that laptop publishes again.",
                shown(&path)
            )),
            None => lines.push(format!(
                "{}: a bundle in the shared folder that could not be looked into.",
                shown(&path)
            )),
        }
    }
    lines
}

/// What is remembered about files written and laptops met, including those of the last exchange.
pub(super) fn traces(state: &Path, folder: &Folder) -> Vec<Trace> {
    let mut traces = Trail::of(state, folder).traces;
    let exchange = ExchangeMemory::recall(state, folder, Ids::seeded(0).writer());
    for parcel in exchange.parcels {
        let Some(replica) = parcel.replica.filter(|replica| *replica != exchange.replica) else {
            continue;
        };
        let is_known =
            |trace: &Trace| matches!(trace, Trace::Met { replica: it, .. } if *it == replica);
        if !traces.iter().any(is_known) {
            let (group, known) = (parcel.group, parcel.known_there);
            traces.push(Trace::Met { replica, group, at: exchange.at, known });
        }
    }
    traces
}

/// Whether a bundle contains words that were purged; `None` if it cannot be read here.
fn holds(path: &Path, keys: &Keys, purges: &Purges) -> Option<bool> {
    read_bundle(path, keys).ok().map(|bundle| bundle.holds(purges) > 0)
}

fn holder(trace: &Trace, keys: &Keys, purges: &Purges, workshop: &Workshop) -> Option<String> {
    let when = |at: &Moment| clock(*at, now(), workshop.zone());
    match trace {
        Trace::Wrote { what: Made::Export, path, at, .. } => Some(format!(
            "{}: exported {}; it has the words as they were then.",
            shown(path),
            when(at)
        )),
        Trace::Wrote { what, path, at, .. } => match (holds(path, keys, purges), what) {
            (Some(false), _) => None,
            (Some(true), Made::Published) => Some(format!(
                "{}: this laptop's own bundle in the shared folder; `rapporteur sync` writes it \
                 without them.",
                shown(path)
            )),
            (Some(true), _) => {
                Some(format!("{}: it has them. Delete it, or write it again.", shown(path)))
            }
            (None, _) => Some(format!(
                "{}: written {}, and it cannot be read from here; it or a copy may have them.",
                shown(path),
                when(at)
            )),
        },
        Trace::Met { replica, group, at, .. } => {
            let who = match group {
                Some(group) => format!("the laptop of {}", workshop.title_of(group)),
                None => "the laptop of the room".to_owned(),
            };
            Some(format!(
                "{who} ({replica}), last heard from {}: it may have them until it takes in a bundle of this one.",
                when(at)
            ))
        }
    }
}

/// What is known to be elsewhere, line by line, of a workshop that is forgotten here.
pub(super) fn remains(traces: &[Trace], place: Option<&Path>, workshop: &Workshop) -> Vec<String> {
    let when = |at: &Moment| clock(*at, now(), workshop.zone());
    let mut lines: Vec<String> = Vec::new();
    for trace in traces {
        lines.push(match trace {
            Trace::Wrote { what, path, at, .. } => {
                let what = match what {
                    Made::Bundle => "a bundle",
                    Made::HandOut => "a hand-out",
                    Made::Published => "this laptop's bundle in a shared folder",
                    Made::Export => "an export",
                };
                format!("{}: {what}, written {}", shown(path), when(at))
            }
            Trace::Met { replica, group, at, .. } => {
                let of = match group {
                    Some(group) => workshop.title_of(group),
                    None => "the room".to_owned(),
                };
                format!("the laptop of {of} ({replica}), last heard from {}", when(at))
            }
        });
    }
    if let Some(place) = place {
        lines.push(format!("{}: the shared folder, with all laptops' bundles", shown(place)));
    }
    lines
}
