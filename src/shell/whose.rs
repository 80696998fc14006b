//! Whose names a file contains: in current words, in earlier words, and in what was typed.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use zip::ZipArchive;

use super::{command, scan};
use crate::app::say::counted;
use crate::export::Format;
use crate::workshop::{
    Agenda, Change, Hit, Names, PointId, Record, Stamp, Subject, What, WordedField, Workshop,
};

/// How many names are reported, and how many places of each.
const MOST: usize = 20;
/// The longest part of a packed file that is read.
const LONGEST: u64 = 64 << 20;

/// Where a name was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wherein {
    /// In current words, or in an exported file.
    Present(String),
    /// In earlier words of a point.
    Earlier(String),
    /// In earlier words of a comment, of a group or of consent.
    EarlierOther(String),
    /// In a point that was deleted.
    Deleted(String),
    /// In text that was typed and belongs to no point.
    Typed,
}

impl Wherein {
    fn sort(&self) -> (usize, &'static str) {
        match self {
            Self::Present(_) => (0, "in current wordings"),
            Self::Earlier(_) => (1, "in earlier wordings"),
            Self::EarlierOther(_) => (2, "in earlier words"),
            Self::Deleted(_) => (3, "in deleted points"),
            Self::Typed => (4, "in what was typed"),
        }
    }

    fn of(&self) -> &str {
        match self {
            Self::Present(of) | Self::Earlier(of) | Self::EarlierOther(of) | Self::Deleted(of) => {
                of
            }
            Self::Typed => "",
        }
    }
}

/// The names that were found, and where.
#[derive(Debug)]
pub(super) struct Whose {
    names: Names,
    found: BTreeMap<String, BTreeMap<Wherein, usize>>,
    /// The points whose earlier wordings contain names.
    earlier: BTreeSet<PointId>,
    deleted: BTreeSet<PointId>,
}

/// Where what was searched is kept: only a workshop can be purged.
pub(super) enum NameHolder<'w> {
    /// In a workshop with this name.
    Workshop(&'w str),
    /// In a file that is carried around, with its workshop and that one's name if it is here.
    File(Option<(String, &'w Workshop)>),
}

impl Whose {
    /// Begins a search for the names of this agenda.
    pub(super) fn of(agenda: &Agenda) -> Self {
        let names = agenda.names();
        let (earlier, deleted) = (BTreeSet::new(), BTreeSet::new());
        Self { names, found: BTreeMap::new(), earlier, deleted }
    }

    /// Searches all records of a workshop, folded to `workshop`.
    pub(super) fn look_through(&mut self, workshop: &Workshop, records: &[Record]) {
        for record in records {
            for change in &record.changes {
                self.look_at(workshop, record.stamp, change);
            }
        }
    }

    fn look_at(&mut self, workshop: &Workshop, stamp: Stamp, change: &Change) {
        let json = serde_json::to_value(change).unwrap_or_default();
        match change {
            // What the secretariat wrote is reported only as numbers.
            Change::Founded(_)
            | Change::ParticipantsListed { .. }
            | Change::ParticipantsCounted { .. }
            | Change::PointPurged(_) => {}
            Change::GapsImported { to, awaited, .. } => {
                for sentence in to.iter().chain(awaited.iter().map(|one| &one.missing)) {
                    self.note_text(sentence, &Wherein::Present("an imported file".to_owned()));
                }
            }
            Change::MentionDecided { to, .. } => {
                let reason = to.as_ref().map_or("", |made| &*made.reason);
                self.note_text(reason, &Wherein::Present("reasons of decisions".to_owned()));
            }
            Change::PhraseDecided { phrase, .. } => {
                let place = Wherein::Present("phrases of decisions".to_owned());
                self.note_text(phrase.as_str(), &place);
            }
            Change::PointCaptured(captured) => {
                let fields = json.get("point_captured").and_then(Value::as_object);
                for (name, value) in fields.into_iter().flatten() {
                    let what = serde_json::from_value(Value::from(name.as_str())).ok();
                    self.look_at_point(workshop, captured.point, stamp, what, value);
                }
            }
            Change::PointChanged { point, to, .. } => {
                self.look_at_point(workshop, *point, stamp, WordedField::of(to), &json);
            }
            Change::CommentChanged { comment, to, .. } => {
                let of = Subject::Comment(*comment).reference();
                let found = workshop.comment(*comment);
                let stands = found.is_some_and(|found| found.field(to).1.contains(&stamp));
                self.note(
                    &json,
                    &if stands { Wherein::Present(of) } else { Wherein::EarlierOther(of) },
                );
            }
            Change::GroupChanged { group, .. } => {
                self.note(&json, &Wherein::Present(format!("the label of {group}")));
            }
            Change::CourseChanged { .. } => {
                self.note(&json, &Wherein::Present("consent".to_owned()));
            }
            Change::DispositionChanged { of, .. } => {
                self.note(&json, &Wherein::Present(format!("answers to {}", of.reference())));
            }
            Change::TextChanged { .. } => {
                self.note(&json, &Wherein::Present("the draft text".to_owned()));
            }
            Change::SealChanged { .. } | Change::LegendChanged { .. } => {}
        }
    }

    fn look_at_point(
        &mut self,
        workshop: &Workshop,
        point: PointId,
        stamp: Stamp,
        what: Option<WordedField>,
        value: &Value,
    ) {
        let of = Subject::Point(point).reference();
        let found = workshop.point(point);
        let stands = match (found, what) {
            (Some(found), Some(what)) => found.is_kept(stamp, what),
            (Some(_), None) => true,
            (None, _) => false,
        };
        let wherein = match found {
            Some(found) if found.is_deleted() => Wherein::Deleted(of),
            _ if stands => Wherein::Present(of),
            _ => Wherein::Earlier(of),
        };
        if self.note(value, &wherein) {
            match wherein {
                Wherein::Deleted(_) => drop(self.deleted.insert(point)),
                Wherein::Earlier(_) => drop(self.earlier.insert(point)),
                _ => {}
            }
        }
    }

    /// Searches text that was typed and belongs to no point.
    pub(super) fn typed(&mut self, text: &str) {
        self.note_text(text, &Wherein::Typed);
    }

    /// Notes the names in all texts of a value; returns whether there are any.
    fn note(&mut self, value: &Value, wherein: &Wherein) -> bool {
        match value {
            Value::String(text) => self.note_text(text, wherein),
            Value::Array(values) => {
                let found = values.iter().filter(|value| self.note(value, wherein));
                found.count() > 0
            }
            Value::Object(values) => {
                let found = values.values().filter(|value| self.note(value, wherein));
                found.count() > 0
            }
            _ => false,
        }
    }

    fn note_text(&mut self, text: &str, wherein: &Wherein) -> bool {
        let hits = self.names_in(text);
        self.note_names(text, &hits, wherein);
        !hits.is_empty()
    }

    fn names_in(&self, text: &str) -> Vec<Hit> {
        let mut hits = self.names.check(text);
        // Nobody can say whose a name is that no list knows.
        hits.retain(|hit| hit.what.is_name() && hit.what != What::Unknown);
        hits
    }

    fn note_names(&mut self, text: &str, hits: &[Hit], wherein: &Wherein) {
        for hit in hits {
            // Participants are named as they are written: whoever reads this has the roster.
            let name = match hit.what {
                What::Person => text.get(hit.range.clone()).unwrap_or(&hit.which),
                _ => &hit.which,
            };
            let found = self.found.entry(name.to_owned()).or_default();
            *found.entry(wherein.clone()).or_default() += 1;
        }
    }

    /// Searches an exported file line by line, except what the program itself writes
    /// into files of these formats. What cannot be unpacked is reported.
    pub(super) fn look_at_file(&mut self, bytes: &[u8], formats: &[Format]) -> Result<(), String> {
        let wherein = Wherein::Present(String::new());
        let own = LazyCell::new(|| own_lines(formats));
        let mut note = |line: &str| {
            let hits = self.names_in(line);
            if !hits.is_empty() && !own.contains(line) {
                self.note_names(line, &hits, &wherein);
            }
        };
        each_line(bytes, &mut note)
    }

    /// What was found, line by line, the most frequent names first.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut names: Vec<_> = self.found.iter().collect();
        names.sort_by_key(|(_, places)| std::cmp::Reverse(places.values().sum::<usize>()));
        let mut lines: Vec<String> =
            names.iter().take(MOST).map(|(name, folders)| names_in_words(name, folders)).collect();
        if names.len() > MOST {
            lines.push(format!("and {}.", counted(names.len() - MOST, "more name")));
        }
        lines
    }

    /// What can be done about names in earlier words; `None` if there are none.
    pub(super) fn advice(&self, place: &NameHolder) -> Option<String> {
        let both: Vec<PointId> = self.earlier.union(&self.deleted).copied().collect();
        let first = *both.first()?;
        let purge = match place {
            NameHolder::Workshop(name) => {
                format!("`rapporteur purge {name} {first}` takes them out of one")
            }
            NameHolder::File(Some((name, workshop))) if workshop.point(first).is_some() => format!(
                "`rapporteur purge {name} {first}` removes them from a point in the workshop; then \
                 write this file again"
            ),
            NameHolder::File(_) => format!(
                "`rapporteur purge WORKSHOP {first}` takes them out of one, on a laptop that has \
                 the workshop; then write this file again there"
            ),
        };
        let both: Vec<String> = both.iter().map(ToString::to_string).collect();
        Some(format!(
            "Earlier wordings and deleted points go into every bundle. {purge}. The {} {}.",
            if both.len() == 1 { "point is" } else { "points are" },
            both.join(", ")
        ))
    }
}

/// The lines of files that contain only what the program itself writes.
fn own_lines(formats: &[Format]) -> HashSet<String> {
    let mut lines = HashSet::new();
    for format in formats {
        let Some(file) = scan::own_file(*format, command::own) else { continue };
        // What cannot be read allows nothing.
        drop(each_line(file.get_ref(), &mut |line| {
            lines.insert(line.to_owned());
        }));
    }
    lines
}

/// Passes on what can be read in an exported file, line by line.
fn each_line(bytes: &[u8], see: &mut dyn FnMut(&str)) -> Result<(), String> {
    if !bytes.starts_with(b"PK\x03\x04") {
        let text = String::from_utf8_lossy(bytes);
        let text =
            if text.trim_start().starts_with('<') { read_marked(bytes) } else { text.into() };
        text.lines().for_each(see);
        return Ok(());
    }
    let unpacked = |why: &dyn std::fmt::Display| format!("it cannot be unpacked: {why}.");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| unpacked(&why))?;
    for nth in 0..archive.len() {
        let part = archive.by_index(nth).map_err(|why| unpacked(&why))?;
        let mut bytes = Vec::new();
        part.take(LONGEST).read_to_end(&mut bytes).map_err(|why| unpacked(&why))?;
        read_marked(&bytes).lines().for_each(&mut *see);
    }
    Ok(())
}

fn names_in_words(name: &str, places: &BTreeMap<Wherein, usize>) -> String {
    let mut sorts: BTreeMap<(usize, &str), (usize, Vec<&str>)> = BTreeMap::new();
    for (wherein, count) in places {
        let sort = sorts.entry(wherein.sort()).or_default();
        sort.0 += count;
        sort.1.extend(Some(wherein.of()).filter(|of| !of.is_empty()));
    }
    let sort = |((_, sort), (count, of)): (&(usize, &str), &(usize, Vec<&str>))| {
        let more = if of.len() > MOST { ", …" } else { "" };
        let of: Vec<&str> = of.iter().take(MOST).copied().collect();
        match of[..] {
            [] => format!("{count} {sort}"),
            _ => format!("{count} {sort} ({}{more})", of.join(", ")),
        }
    };
    let sorts: Vec<String> = sorts.iter().map(sort).collect();
    format!("{name}: {}", sorts.join(", "))
}

/// The words of a document in XML or HTML. Tags that only say how letters look do not break them; all
/// others end a line.
fn read_marked(bytes: &[u8]) -> String {
    const JOINS: [&str; 16] = [
        "t", "r", "", "i", "u", "rPr", "span", "strong", "em", "ins", "del", "a", "delText",
        "mark", "small", "sup",
    ];
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut words = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(entity)) => match entity.resolve_char_ref() {
                Ok(Some(letter)) => words.push(letter),
                _ => words.push_str(match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => " ",
                }),
            },
            Ok(Event::End(end)) if !JOINS.contains(&end.local_name().as_ref()) => words.push('\n'),
            Ok(Event::Empty(_)) => words.push('\n'),
            Ok(Event::Eof) | Err(_) => return words,
            Ok(_) => {}
        }
    }
}
