//! Nothing is handed over that reveals who spoke: the feedback passes the gate first, and the bytes of
//! each file are searched once more afterwards.

use std::io::{self, Read, Seek};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use aho_corasick::{AhoCorasick, Match};
use zip::ZipArchive;

use crate::feedback::{Cleared, Feedback, Gate, Stop};
use crate::workshop::{Agenda, Holder, Mention, Workshop};

/// The shortest name that is looked for in bytes: a shorter one is part of too many words.
const SHORTEST: usize = 5;

/// The feedback of a workshop, if every name in it was decided on, or may pass this once for a
/// reason.
pub(super) fn clear<'w>(
    workshop: &'w Workshop,
    waive: Option<&str>,
) -> Result<Cleared<Feedback<'w>>, Stop> {
    let names = workshop.agenda().names();
    let searched = listed(workshop.agenda()).count();
    let gate = Gate { workshop, names: &names, waive, searched };
    gate.clear(Feedback::of(workshop, env!("CARGO_PKG_VERSION")), &on_all_cores)
}

/// The mentions in what would be exported, decided on or not.
pub(super) fn mentions(workshop: &Workshop) -> Vec<Mention> {
    let names = workshop.agenda().names();
    let gate = Gate { workshop, names: &names, waive: None, searched: 0 };
    gate.mentions(&Feedback::of(workshop, env!("CARGO_PKG_VERSION")), &on_all_cores)
}

/// Has jobs done by all cores; each takes the next one as soon as it is free.
fn on_all_cores(count: usize, job: &(dyn Fn(usize) + Sync)) {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(count);
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= count {
                return;
            }
            job(nth);
        }
    };
    thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(work);
        }
        work();
    });
}

/// Where a mention is, and what could stand there instead, on a line.
pub(super) fn told(workshop: &Workshop, mention: &Mention) -> String {
    let part = mention.key.part.title();
    let place = match &mention.key.of {
        Holder::Point(id) => match workshop.point(*id) {
            Some(point) => format!("point {id}, {}, {part}", workshop.title_of(point.group())),
            None => format!("point {id}, {part}"),
        },
        Holder::Statement(id) => format!("statement {id}, {part}"),
        Holder::Topic(id) => format!("topic {id}, {part}"),
        Holder::Group(id) => format!("group {id}, {part}"),
        Holder::Agenda => format!("agenda, {part}"),
        Holder::Legend => format!("legend, {part}"),
        Holder::DraftText => format!("draft text, {part}"),
    };
    let instead = mention.reworded().map(|text| format!(" → “{text}”")).unwrap_or_default();
    format!("{place}: “{}” in “{}”{instead}", mention.found(), mention.text)
}

/// Why nothing is exported, in words; `how` says what to do about it.
pub(super) fn stopped(stop: &Stop, how: &str) -> String {
    match stop {
        Stop::Open(open) if open.len() == 1 => {
            format!("1 name would reveal who spoke; nothing was written. {how}")
        }
        Stop::Open(open) => {
            format!("{} names would reveal who spoke; nothing was written. {how}", open.len())
        }
        Stop::Reason(name) => format!(
            "The reason names “{name}” itself, and it is printed. Nothing was written; give another \
             reason."
        ),
    }
}

fn listed(agenda: &Agenda) -> impl Iterator<Item = &str> {
    agenda.participants.iter().map(|name| name.trim()).filter(|name| name.len() >= SHORTEST)
}

/// The participants' names, to be looked for in the bytes of a file.
pub(super) struct Roster {
    names: Vec<String>,
    finder: Option<AhoCorasick>,
}

impl Roster {
    /// The names of an agenda's participants, but for those that were waived in this feedback.
    pub(super) fn of(agenda: &Agenda, feedback: &Feedback<'_>) -> Self {
        let waived = |name: &str| {
            feedback.audit.waived.iter().any(|it| name.to_lowercase() == it.found.to_lowercase())
        };
        let names: Vec<String> =
            listed(agenda).filter(|name| !waived(name)).map(str::to_owned).collect();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&names).ok();
        Self { finder: finder.filter(|_| !names.is_empty()), names }
    }

    /// A participant's name in the bytes of a file, if one stands there: in a packed one, in
    /// whatever is packed in it. What cannot be unpacked cannot be handed over.
    pub(super) fn find(&self, mut file: impl Read + Seek) -> io::Result<Option<&str>> {
        let Some(finder) = &self.finder else { return Ok(None) };
        let mut head = Vec::new();
        file.by_ref().take(PACKED.len() as u64).read_to_end(&mut head)?;
        file.rewind()?;
        let mut found = finder.stream_find_iter(&mut file).next().transpose()?;
        file.rewind()?;
        if found.is_none() && head.starts_with(b"<") {
            found = self.find_in(finder, file)?;
        } else if found.is_none() && head == PACKED {
            let mut archive = ZipArchive::new(file)?;
            for nth in 0..archive.len() {
                found = self.find_in(finder, archive.by_index(nth)?)?;
                if found.is_some() {
                    break;
                }
            }
        }
        Ok(found.and_then(|found| self.names.get(found.pattern().as_usize())).map(String::as_str))
    }

    /// The same in one part of a packed file, piece by piece: as it is, and as it reads, for a name
    /// can be spelt with entities there or lie across two runs of letters.
    fn find_in(&self, finder: &AhoCorasick, mut part: impl Read) -> io::Result<Option<Match>> {
        let longest = self.names.iter().map(String::len).max().unwrap_or_default();
        let mut piece = vec![0; PIECE];
        let (mut bytes, mut words) = (Vec::new(), Words::default());
        loop {
            let more = part.read(&mut piece)?;
            if more == 0 {
                return Ok(finder.find(&words.read));
            }
            bytes.extend_from_slice(&piece[..more]);
            words.take(&piece[..more]);
            if let Some(found) = finder.find(&bytes).or_else(|| finder.find(&words.read)) {
                return Ok(Some(found));
            }
            // A name may begin at the end of one piece and end in the next.
            bytes.drain(..bytes.len().saturating_sub(longest));
            words.read.drain(..words.read.len().saturating_sub(longest));
        }
    }
}

/// How a zip begins.
const PACKED: &[u8] = b"PK\x03\x04";

/// How much is unpacked at a time.
const PIECE: usize = 1 << 16;

/// The words of a document in XML, without its tags. Between cells and paragraphs is a line end, so
/// that two of them make no name together.
#[derive(Default)]
struct Words {
    read: Vec<u8>,
    /// A tag or an entity of which the end was not seen yet.
    open: Vec<u8>,
}

/// The longest entity that is read as a letter, and the longest tag whose name is looked at.
const ENTITY: usize = 12;
const TAG: usize = 24;

impl Words {
    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match (self.open.first(), byte) {
                (None, b'<' | b'&') => self.open.push(*byte),
                (None, _) => self.read.push(*byte),
                (Some(b'<'), b'>') => {
                    if !joins(&self.open) {
                        self.read.push(b'\n');
                    }
                    self.open.clear();
                }
                (Some(b'<'), _) if self.open.len() < TAG => self.open.push(*byte),
                (Some(b'<'), _) => {}
                (Some(_), b';') => {
                    let letter = letter(&self.open);
                    self.open.clear();
                    self.read.extend(letter.map(String::from).unwrap_or_default().bytes());
                }
                (Some(_), _) if self.open.len() < ENTITY => self.open.push(*byte),
                (Some(_), _) => self.read.append(&mut self.open),
            }
        }
    }
}

/// The tags that end a cell, a line or a paragraph, in workbooks, documents and pages.
const ENDS: [&[u8]; 20] = [
    b"p", b"tc", b"tr", b"br", b"tab", b"cr", b"c", b"row", b"si", b"is", b"td", b"th", b"li",
    b"dt", b"dd", b"h1", b"h2", b"h3", b"summary", b"div",
];

/// Whether what stands before and behind a tag reads on: the tag only says how letters look.
fn joins(tag: &[u8]) -> bool {
    let name = tag.split(|byte| matches!(byte, b' ' | b'>' | b'\n')).next().unwrap_or_default();
    let name: Vec<u8> = name.iter().copied().filter(|byte| !matches!(byte, b'<' | b'/')).collect();
    let name = name.strip_prefix(b"w:").unwrap_or(&name);
    !ENDS.contains(&name)
}

fn letter(entity: &[u8]) -> Option<char> {
    let name = str::from_utf8(entity).ok()?.strip_prefix('&')?;
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(part: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("docProps/core.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_name_is_found_in_a_packed_file_however_it_is_spelt_there() {
        let participants = vec!["Siti Nurhaliza".to_owned(), "Áine O'Brien".to_owned()];
        let agenda = Agenda { participants, ..Agenda::default() };
        let workshop = Workshop::new(&Agenda::default());
        let roster = Roster::of(&agenda, &Feedback::of(&workshop, ""));
        let far = "x".repeat(PIECE - 3);
        for (part, expected) in [
            ("<dc:creator>siti nurhaliza</dc:creator>", Some("Siti Nurhaliza")),
            ("<w:r><w:t>Siti N</w:t></w:r><w:r><w:t>urhaliza</w:t></w:r>", Some("Siti Nurhaliza")),
            ("<t>Áine O&#39;Brien</t>", Some("Áine O'Brien")),
            (&*format!("<t>{far}Siti&#x20;Nurhaliza</t>"), Some("Siti Nurhaliza")),
            (&*format!("{far}Siti Nurhaliza"), Some("Siti Nurhaliza")),
            ("<c><is><t>Siti </t></is></c><c><is><t>Nurhaliza</t></is></c>", None),
            ("<t>nobody &amp; nothing</t>", None),
        ] {
            assert_eq!(roster.find(Cursor::new(packed(part))).unwrap(), expected, "{part:.80}");
        }
        assert!(roster.find(Cursor::new(&packed("x")[..40])).is_err(), "what cannot be unpacked");
        for (page, is_there) in [
            ("<p>by <b>Siti</b> <i class=\"x\">Nurhaliza</i></p>", true),
            ("<td>Siti </td><td>Nurhaliza</td>", false),
            ("<p>Siti<br> Nurhaliza</p>", false),
        ] {
            assert_eq!(roster.find(Cursor::new(page)).unwrap().is_some(), is_there, "{page}");
        }
    }
}
