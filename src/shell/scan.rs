//! The last check of a finished file: it contains no name that was not cleared.
//!
//! The words of a workshop are checked before ([`super::clearance`]); here the file itself is
//! read as its receiver reads it, whatever wrote it: packages are unpacked, markup and escapes
//! are undone, and names are found in any case, width and order, with or without accents
//! ([`Finder`]). It is read piece by piece and never kept in memory as a whole.

mod markup;
mod package;
mod plain;
mod sieve;

use std::collections::{HashMap, HashSet};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::sync::mpsc::{self, Receiver};
use std::{ops::ControlFlow, thread};

use compact_str::CompactString;
use serde::Serialize;

use self::sieve::{Batch, Sieve};
use crate::export::{self, Format};
use crate::feedback::{ClearedDocument as Passed, Feedback};
use crate::names::{Finder, FoundName, SearchCounts, What};
use crate::workshop::{Agenda, Workshop};

/// What a search returns to go on or stop.
type ScanStop = ControlFlow<()>;

/// The names that may be in a file.
#[derive(Clone, Debug, Default)]
struct AllowedNames {
    /// Each with whether the whole name may be, or only the given part of a participant's name.
    names: HashMap<(NameKind, CompactString), bool>,
}

/// What a name belongs to: names of one kind with the same letters are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum NameKind {
    Person,
    Body,
}

impl NameKind {
    fn of(what: What) -> Self {
        if what == What::Person { Self::Person } else { Self::Body }
    }
}

impl AllowedNames {
    fn add(&mut self, found: FoundName, whole: bool) {
        let may = self.names.entry((NameKind::of(found.what), found.which)).or_default();
        *may |= whole;
    }

    fn has(&self, found: &FoundName) -> bool {
        let name = (NameKind::of(found.what), found.which.clone());
        self.names.get(&name).is_some_and(|whole| *whole || !found.whole)
    }
}

/// The scan of the files of one export.
pub(super) struct Scan {
    finder: Finder,
    cleared: AllowedNames,
    /// What the program itself writes.
    own: fn() -> Option<Workshop>,
}

impl Scan {
    /// A scan for the names that an agenda lists. Delegations and agencies may be in a file if they
    /// are in the feedback, whose words were checked; participants may be if a person let them
    /// stay, and a part of a name may be if it is also a word of the feedback.
    pub(super) fn of(
        agenda: &Agenda,
        feedback: &Passed<Feedback<'_>>,
        own: fn() -> Option<Workshop>,
    ) -> Result<Self, String> {
        let finder = Finder::of(&agenda.listed());
        let mut cleared = AllowedNames::default();
        for name in feedback.found() {
            finder.look(name, &mut |found| {
                let whole = found.whole;
                cleared.add(found, whole);
            });
        }
        let mut take = |found: FoundName, _: &str| {
            let whole = found.what != What::Person;
            if whole || !found.whole {
                cleared.add(found, whole);
            }
            ScanStop::Continue(())
        };
        let mut sieve = Sieve::new(&finder, &mut take);
        let mut words = plain::PlainText::new(plain::TextFormat::Json, &mut sieve);
        let mut json = BufWriter::with_capacity(PIECE, &mut words);
        export::write(Format::Json, feedback, &mut json, &mut |_, _| true)
            .map_err(|why| format!("The words could not be looked through for names: {why}"))?;
        drop(json);
        words.finish();
        sieve.finish();
        Ok(Self { finder, cleared, own })
    }

    /// A name in a file that was not cleared, as it is written there and as the agenda has it. What
    /// cannot be read cannot be handed over.
    pub(super) fn find(
        &self,
        format: Format,
        file: impl Read + Seek,
    ) -> io::Result<Option<UnclearedName>> {
        if self.finder.searched() == SearchCounts::default() {
            return Ok(None);
        }
        thread::scope(|scope| {
            // This thread reads, the other one searches, so that both go on at the same time.
            let (sender, batches) = mpsc::sync_channel::<Batch>(AHEAD);
            let look = move || self.uncleared(format, batches);
            let looking = thread::Builder::new().name("scan".into()).spawn_scoped(scope, look)?;
            let read = read(format, file, Sieve::to(sender));
            match looking.join() {
                Ok(Some(uncleared)) => Ok(Some(uncleared)),
                Ok(None) => read.map(|()| None),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// The points and comments whose words contain a name, by their references.
    pub(super) fn places(
        &self,
        feedback: &Feedback<'_>,
        name: &UnclearedName,
    ) -> Vec<CompactString> {
        let points = feedback.points.iter().filter(|point| self.holds(point, name));
        let comments = feedback.comments.iter().filter(|it| self.holds(it, name));
        points
            .map(|point| point.reference.clone())
            .chain(comments.map(|it| it.reference.clone()))
            .collect()
    }

    fn holds(&self, words: &impl Serialize, name: &UnclearedName) -> bool {
        let mut holds = false;
        let mut take = |found: FoundName, _: &str| {
            holds |= found.which == name.which && found.what == name.what;
            ScanStop::Continue(())
        };
        let mut sieve = Sieve::new(&self.finder, &mut take);
        let mut json = plain::PlainText::new(plain::TextFormat::Json, &mut sieve);
        // What cannot be written as JSON is not in any file either.
        let _ = serde_json::to_writer(&mut json, words);
        json.finish();
        sieve.finish();
        holds
    }

    /// The first name in a file's texts that was not cleared.
    fn uncleared(&self, format: Format, batches: Receiver<Batch>) -> Option<UnclearedName> {
        let mut own = None;
        let mut uncleared = None;
        let mut look = |found: FoundName, around: &str| {
            if self.cleared.has(&found) {
                return ScanStop::Continue(());
            }
            let own = own.get_or_insert_with(|| ProgramNames::of(&self.finder, format, self.own));
            let text = &around[found.range.clone()];
            if own.texts.contains(around) || !found.whole && own.parts.contains(&found.which) {
                return ScanStop::Continue(());
            }
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            uncleared = Some(UnclearedName { text, what: found.what, which: found.which });
            ScanStop::Break(())
        };
        let _ = batches.into_iter().try_for_each(|batch| batch.look(&self.finder, &mut look));
        uncleared
    }
}

/// A name that must not be in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnclearedName {
    /// As it is written there.
    pub(super) text: String,
    /// What it names.
    pub(super) what: What,
    /// As the agenda has it.
    pub(super) which: CompactString,
}

impl UnclearedName {
    /// What was found, as half a sentence: `the name “Mei Tan”, which is a participant's (Tan Mei)`.
    pub(super) fn in_words(&self) -> String {
        let whose = match self.what {
            What::Person => "a participant's",
            What::Agency => "an agency's or a delegation's",
            _ => "a delegation's",
        };
        let listed = if self.text == *self.which {
            String::new()
        } else {
            format!(" (“{}”)", self.which)
        };
        format!("the name “{}”, which is {whose}{listed}", self.text)
    }
}

/// What the program itself writes into a file of a format and is or contains a name: a
/// font is named after a state, and a style may have the same name as a participant.
#[derive(Default)]
struct ProgramNames {
    /// Texts that contain a name.
    texts: HashSet<String>,
    /// Parts of participants' names that are words of the program.
    parts: HashSet<CompactString>,
}

impl ProgramNames {
    fn of(finder: &Finder, format: Format, workshop: fn() -> Option<Workshop>) -> Self {
        let mut own = Self::default();
        let Some(file) = own_file(format, workshop) else { return own };
        let mut take = |found: FoundName, around: &str| {
            if !found.whole {
                own.parts.insert(found.which);
            }
            own.texts.insert(around.to_owned());
            ScanStop::Continue(())
        };
        // What cannot be read allows nothing.
        drop(read(format, file, Sieve::new(finder, &mut take)));
        own
    }
}

/// A file of a format with everything that the program itself writes.
pub(super) fn own_file(
    format: Format,
    workshop: fn() -> Option<Workshop>,
) -> Option<io::Cursor<Vec<u8>>> {
    let workshop = workshop()?;
    let feedback = super::clearance::clear(&workshop, None).ok()?;
    let mut file = io::Cursor::new(Vec::new());
    export::write(format, &feedback, &mut file, &mut |_, _| true).ok()?;
    file.set_position(0);
    Some(file)
}

/// Reads a file of a format as its readers do.
fn read(format: Format, mut file: impl Read + Seek, mut sieve: Sieve<'_>) -> io::Result<()> {
    let plain = match format {
        Format::Ron => plain::TextFormat::Ron,
        Format::Json => plain::TextFormat::Json,
        Format::Csv | Format::Comments | Format::About | Format::Matrix => plain::TextFormat::Cells,
        Format::Markdown => plain::TextFormat::Markdown,
        Format::Docx | Format::Xlsx | Format::Iso | Format::Ocs => {
            return package::read(file, &mut sieve);
        }
        Format::Html | Format::Became | Format::Dispositions => {
            return markup::page(file, &mut sieve);
        }
    };
    let mut words = plain::PlainText::new(plain, &mut sieve);
    let mut piece = vec![0; PIECE];
    while !words.is_stopped() {
        match file.read(&mut piece)? {
            0 => break,
            more => words.write_all(&piece[..more])?,
        }
    }
    words.finish();
    sieve.finish();
    Ok(())
}

/// How much is read and searched at a time.
const PIECE: usize = 1 << 16;

/// How many pieces are read ahead of the search.
const AHEAD: usize = 4;

#[cfg(test)]
mod tests;
