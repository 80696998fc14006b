//! What happens to texts being typed, one line for each, and the texts that result.

use std::{collections::BTreeMap, sync::Arc};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::journal::{self, FIRST, Position};
use crate::workshop::{GroupId, Pin, PointId, SessionId, TopicId, WriterId};

/// One text being typed, among those of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineId(pub(super) u32);

/// What happened to a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stroke {
    /// All texts follow, this many: earlier files of this run are not needed.
    All(usize),
    /// It was begun, or is written again as it was.
    Begun(Begun),
    /// At a byte, this many bytes were removed and these words inserted.
    Edit(LineId, usize, usize, CompactString),
    /// It was entered as these points.
    Entered(LineId, Vec<PointId>),
    /// It was given up, or all its points are saved.
    Done(LineId),
}

impl Stroke {
    /// Whether it removes no text that was there.
    pub(super) fn only_adds(&self) -> bool {
        matches!(self, Self::Edit(_, _, 0, _) | Self::Entered(..))
    }
}

/// A text, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) line: LineId,
    pub(super) group: GroupId,
    pub(super) topic: TopicId,
    /// The session it is filed under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) session: Option<SessionId>,
    /// The point whose words it is to replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) editing: Option<PointId>,
    /// The paragraph of the draft text that it is proposed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proposing: Option<Pin>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    /// How many strokes there were, including this one. Programs up to 0.1 did not say.
    #[serde(default, skip_serializing_if = "crate::workshop::is_default")]
    pub(super) age: u32,
    /// Where it was taken over from. It is kept here from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) took: Option<Arc<Took>>,
}

/// A text of a run, after a number of strokes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct From {
    pub(super) run: CompactString,
    pub(super) line: LineId,
    pub(super) age: u32,
}

impl Begun {
    /// A mark that is the same if two are one text found twice: by words, place and purpose.
    pub(super) fn mark(&self) -> WriterId {
        let text = Self { line: LineId(0), age: 0, took: None, ..self.clone() };
        WriterId::of(&serde_json::to_vec(&text).unwrap_or_default())
    }
}

/// Where a text of earlier runs that is kept in this one may still be found. What it said is not recorded
/// in words, so that those can be removed from all files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Took {
    pub(super) from: Vec<From>,
    pub(super) mark: WriterId,
}

impl Took {
    /// Whether a text of a run, with this mark, is what was taken over: still the same or, after a power
    /// cut, less. If that run continued it, it is another text.
    pub(super) fn has(&self, run: &str, text: &Begun, mark: WriterId) -> bool {
        let mut from = self.from.iter().filter(|from| from.run == run);
        from.any(|from| mark == self.mark || (from.line == text.line && text.age <= from.age))
    }
}

/// A text as it is now.
#[derive(Clone, Debug)]
pub(super) struct ScratchText {
    pub(super) begun: Begun,
    /// The points it was entered as.
    pub(super) entered: Vec<PointId>,
    /// Whether something that followed is lost. Anything typed after that would leave a gap in the middle.
    cut: bool,
}

/// The texts of a run as they are now.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    standing: BTreeMap<LineId, ScratchText>,
    /// Those taken over from earlier runs, as they were found there.
    taken: Vec<Arc<Took>>,
}

impl Texts {
    pub(super) fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &ScratchText> {
        self.standing.values()
    }

    /// Those taken over from earlier runs.
    pub(super) fn taken_over(&self) -> impl Iterator<Item = &Took> {
        self.taken.iter().map(AsRef::as_ref)
    }

    /// Notes that the files of earlier runs are gone, so nothing more need be recorded about them.
    pub(super) fn settle(&mut self) {
        self.taken.clear();
        self.standing.values_mut().for_each(|text| text.begun.took = None);
    }

    /// The text of a line.
    pub(super) fn get(&self, line: LineId) -> Option<&ScratchText> {
        self.standing.get(&line)
    }

    /// The text that a stroke is about.
    pub(super) fn of(&self, stroke: &Stroke) -> Option<&ScratchText> {
        let line = match stroke {
            Stroke::All(_) => return None,
            Stroke::Begun(begun) => begun.line,
            Stroke::Edit(line, ..) | Stroke::Entered(line, _) | Stroke::Done(line) => *line,
        };
        self.get(line)
    }

    /// Adds a text as it is now.
    pub(super) fn keep(&mut self, text: &ScratchText) {
        let mut text = text.clone();
        text.begun.took = None;
        self.standing.insert(text.begun.line, text);
    }

    /// Applies a stroke. One that does not fit is applied as far as it does.
    pub(super) fn follow(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::All(_) => {}
            Stroke::Begun(begun) => {
                self.taken.extend(begun.took.clone());
                let text = ScratchText { begun, entered: Vec::new(), cut: false };
                self.standing.insert(text.begun.line, text);
            }
            Stroke::Edit(line, at, removed, inserted) => {
                if let Some(text) = self.standing.get_mut(&line).filter(|text| !text.cut) {
                    text.begun.age += 1;
                    let text = &mut text.begun.text;
                    let start = text.floor_char_boundary(at);
                    let end = text.floor_char_boundary(start.saturating_add(removed));
                    text.replace_range(start..end, &inserted);
                }
            }
            Stroke::Entered(line, points) => {
                if let Some(text) = self.standing.get_mut(&line) {
                    text.entered = points;
                }
            }
            Stroke::Done(line) => drop(self.standing.remove(&line)),
        }
    }

    /// The strokes that produce them, line by line; `all` says that earlier files are not needed.
    pub(super) fn strokes(&self, all: bool) -> Vec<Vec<u8>> {
        let mut strokes = Vec::new();
        if all {
            strokes.push(Stroke::All(self.standing.len()));
        }
        for (line, text) in &self.standing {
            strokes.push(Stroke::Begun(text.begun.clone()));
            if !text.entered.is_empty() {
                strokes.push(Stroke::Entered(*line, text.entered.clone()));
            }
        }
        strokes.iter().flat_map(serde_json::to_vec).collect()
    }

    /// The content of a file with these texts as they are now.
    pub(super) fn lines(&self, all: bool) -> Vec<u8> {
        let (mut bytes, mut last) = (Vec::new(), FIRST);
        for json in self.strokes(all) {
            last = journal::seal(last, &json, &mut bytes);
        }
        bytes
    }

    /// Applies a file of the run, after those before it. Returns whether every good line was
    /// understood.
    pub(super) fn read(&mut self, file: &mut impl std::io::Read) -> bool {
        let mut reading = StrokeReader { texts: self, all: None, newer: false };
        // What cannot be read is already lost; the rest is applied.
        let _ = journal::read_lines(file, &mut Position::default(), |_, line| match line {
            Ok(json) => match serde_json::from_slice(json) {
                Ok(stroke) => reading.follow(stroke),
                Err(_) => reading.newer = true,
            },
            Err(_) => reading.lose(),
        });
        reading.join();
        !reading.newer
    }
}

/// One file being read.
struct StrokeReader<'t> {
    texts: &'t mut Texts,
    /// The texts it begins with, until all those announced have come.
    all: Option<(usize, Texts)>,
    newer: bool,
}

impl StrokeReader<'_> {
    fn follow(&mut self, stroke: Stroke) {
        if let Stroke::All(count) = stroke {
            self.all = Some((count, Texts::default()));
        } else if let Some((_, texts)) = &mut self.all {
            texts.follow(stroke);
        } else {
            return self.texts.follow(stroke);
        }
        if let Some((count, texts)) = &self.all
            && texts.standing.len() >= *count
        {
            self.texts.standing.clear();
            self.join();
        }
    }

    fn lose(&mut self) {
        self.join();
        self.texts.standing.values_mut().for_each(|text| text.cut = true);
    }

    fn join(&mut self) {
        if let Some((_, texts)) = self.all.take() {
            self.texts.standing.extend(texts.standing);
            self.texts.taken.extend(texts.taken);
        }
    }
}
