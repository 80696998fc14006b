//! Text that was typed and not entered when a program died.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::journal::{self, Position};
use super::scratch::{self, Scratch, Stroke, Text};
use super::{Folder, Trouble, disk, system, whole};
use crate::workshop::{GroupId, Pin, Place, PointId, SessionId, TopicId, Workshop};

/// A text that no point holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The group it was typed for.
    pub group: GroupId,
    /// The topic it was typed under.
    pub topic: TopicId,
    /// The session it was filed under.
    pub session: Option<SessionId>,
    /// The point whose words it was to replace.
    pub editing: Option<PointId>,
    /// The paragraph of the draft text that it was proposed for.
    pub proposing: Option<Pin>,
    /// The words.
    pub text: String,
    /// The scratch file it lies in.
    file: PathBuf,
}

impl Unfinished {
    /// All there is in a folder, but for what a running program is typing at this moment. Reading
    /// changes nothing.
    pub fn in_folder(folder: &Folder, workshop: &Workshop) -> Result<Vec<Self>, Trouble> {
        let mut all = Vec::new();
        for path in files(folder)? {
            if system::is_held(&path) {
                continue;
            }
            let texts = disk::open_file(&path).map(|file| read(&file)).unwrap_or_default();
            let texts = texts.into_iter();
            all.extend(texts.filter(|text| is_missing(text, workshop)).map(|text| Self {
                group: text.group,
                topic: text.topic,
                session: text.session,
                editing: text.editing,
                proposing: text.proposing,
                text: text.text,
                file: path.clone(),
            }));
        }
        Ok(all)
    }

    /// Everything that the scratch files of a folder tell was typed, erased again or not.
    pub fn typed(folder: &Folder) -> Vec<String> {
        let mut typed = Vec::new();
        for path in files(folder).unwrap_or_default() {
            let Ok(mut file) = disk::open_file(&path) else { continue };
            let mut texts = Vec::new();
            let _ = journal::read_lines(&mut file, &mut Position::default(), |_, line| {
                let stroke = line.ok().and_then(|json| serde_json::from_slice::<Stroke>(json).ok());
                let Some(stroke) = stroke else { return };
                // What stands before something is taken out, and at the end of a text.
                if !stroke.only_adds() {
                    typed.extend(texts.iter().map(|text: &Text| text.text.clone()));
                }
                scratch::follow(&mut texts, stroke);
            });
            typed.extend(texts.into_iter().map(|text| text.text));
        }
        typed.sort();
        typed.dedup();
        // Of a text that was erased letter by letter, the longest tells all.
        let longer = |nth: usize, text: &String| {
            typed.get(nth + 1).is_some_and(|next| next.starts_with(text.as_str()))
        };
        let whole = typed.iter().enumerate().filter(|(nth, text)| !longer(*nth, text));
        whole.map(|(_, text)| text.clone()).collect()
    }

    /// Takes all of these texts over: each is begun in this run's own scratch, and once the disk
    /// has that, the old files go.
    pub fn take_over(all: &[Self], scratch: &mut Scratch) -> Result<Vec<scratch::LineId>, Trouble> {
        let mut lines = Vec::new();
        for one in all {
            let mut place = Place::new(one.group.clone(), one.topic.clone());
            place.session.clone_from(&one.session);
            let (line, kept) =
                scratch.begin_for(&place, one.editing, one.proposing.as_ref(), &one.text);
            kept?;
            lines.push(line);
        }
        scratch.replaces(all.iter().map(|one| one.file.clone()));
        Ok(lines)
    }
}

/// Leaves of the text in a folder what no point holds and does not go, and that alone: neither how
/// it was typed nor what was entered. Answers how many files hold less now. What a running program
/// is typing is left to it, and what a newer version wrote is left as it is.
pub(super) fn sweep(
    folder: &Folder,
    workshop: &Workshop,
    goes: &dyn Fn(Option<PointId>, &str) -> bool,
) -> Result<usize, Trouble> {
    let mut swept = 0;
    for path in files(folder)? {
        let read = || {
            let mut file = disk::open_file(&path)?;
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut file, &mut bytes)?;
            Ok(bytes)
        };
        if system::is_held(&path) {
            continue;
        }
        let bytes = read().map_err(Trouble::reading(&path))?;
        let Some(mut texts) = read_all(&bytes) else { continue };
        texts.retain(|text| {
            let words = crate::workshop::clean(&text.text);
            let of = text.editing.or(text.entered.first().copied());
            is_missing(text, workshop) && !goes(of, &words)
        });
        let kept = scratch::lines(&texts);
        if texts.is_empty() {
            fs::remove_file(&path).map_err(Trouble::writing(&path))?;
        } else if kept != bytes {
            whole::write_private(&path, &kept).map_err(Trouble::writing(&path))?;
        } else {
            continue;
        }
        swept += 1;
    }
    Ok(swept)
}

/// What stands in a file; `None` if it has good lines that only a newer version understands.
fn read_all(mut bytes: &[u8]) -> Option<Vec<Text>> {
    let (mut texts, mut newer) = (Vec::new(), false);
    let _ = journal::read_lines(&mut bytes, &mut Position::default(), |_, line| {
        let Ok(json) = line else { return };
        match serde_json::from_slice(json) {
            Ok(stroke) => scratch::follow(&mut texts, stroke),
            Err(_) => newer = true,
        }
    });
    (!newer).then_some(texts)
}

fn files(folder: &Folder) -> Result<Vec<PathBuf>, Trouble> {
    let typing = folder.typing();
    let listed = match fs::read_dir(&typing) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.map_err(Trouble::reading(&typing))?,
    };
    let is_ours = |path: &PathBuf| path.extension() == Some(OsStr::new("jsonl"));
    let mut files: Vec<PathBuf> =
        listed.filter_map(|found| Some(found.ok()?.path())).filter(is_ours).collect();
    files.sort();
    Ok(files)
}

fn read(mut file: &fs::File) -> Vec<Text> {
    let mut texts = Vec::new();
    // What cannot be read is lost already; what can be is offered.
    let _ = journal::read_lines(&mut file, &mut Position::default(), |_, line| {
        if let Some(stroke) = line.ok().and_then(|json| serde_json::from_slice(json).ok()) {
            scratch::follow(&mut texts, stroke);
        }
    });
    texts
}

/// Whether no point of the workshop holds the text.
fn is_missing(text: &Text, workshop: &Workshop) -> bool {
    let words = crate::workshop::clean(&text.text);
    if words.is_empty() {
        return false;
    }
    // A proposal is no wording of the point it is of.
    let editing = text.editing.filter(|_| text.proposing.is_none());
    let Some(editing) = editing else {
        let missing = |point: &PointId| workshop.point(*point).is_none();
        return text.entered.is_empty() || text.entered.iter().any(missing);
    };
    !workshop.point(editing).is_some_and(|point| {
        point.text() == words || point.alternatives().contains(&words.as_ref())
    })
}
