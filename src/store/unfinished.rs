//! Text that was typed and not entered when a program died.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::journal::{self, Position};
use super::scratch::{self, Scratch, Text};
use super::{Folder, Trouble, disk, system};
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
