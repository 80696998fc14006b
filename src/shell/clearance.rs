//! Nothing is handed over that tells who spoke: the words are looked through before, the bytes of
//! each file once more behind.

use std::io::{self, Cursor, Read};
use std::thread;

use aho_corasick::{AhoCorasick, PatternID};
use zip::ZipArchive;

use crate::feedback::Feedback;
use crate::workshop::{Agenda, Attribution, Names, Wherein, Workshop};

/// The shortest name that is looked for in bytes: a shorter one is part of too many words.
const SHORTEST: usize = 5;

/// The names that tell who spoke, in all that would be handed over. All cores look.
pub(super) fn open_names(workshop: &Workshop) -> Vec<Attribution> {
    let names = Names::of(workshop.agenda());
    let mut open = workshop.attributions_of_statements(&names);
    let all = workshop.captured() as u32;
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    let share = all.div_ceil(cores).max(1);
    let look = |first: u32| {
        let keys = first..(first + share).min(all);
        let points = keys.map(|key| workshop.point_at(key));
        points.flat_map(|point| workshop.attributions_in(&names, point)).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let firsts = (0..cores).map(|nth| nth * share).filter(|first| *first < all);
        let look = &look;
        let looking: Vec<_> = firsts.map(|first| scope.spawn(move || look(first))).collect();
        for looked in looking {
            match looked.join() {
                Ok(found) => open.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    open
}

/// Where a name stands, and what could stand there instead, on a line.
pub(super) fn told(workshop: &Workshop, open: &Attribution) -> String {
    let place = match open.wherein {
        Wherein::Point(id) => match workshop.point(id) {
            Some(point) => format!("{id}, {}", workshop.title_of(point.group())),
            None => id.to_string(),
        },
        Wherein::Statement(id) => format!("statement {id}"),
    };
    let instead = open.reworded().map(|text| format!(" → “{text}”")).unwrap_or_default();
    format!("{place}: “{}” in “{}”{instead}", open.found(), open.text)
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
        let names = agenda.participants.iter().map(|name| name.trim().to_owned());
        let names: Vec<String> =
            names.filter(|name| name.len() >= SHORTEST && !waived(name)).collect();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&names).ok();
        Self { finder: finder.filter(|_| !names.is_empty()), names }
    }

    /// How many names are looked for.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A participant's name in the bytes of a file, if one stands there: as they are, without the
    /// markup between the words, and in the parts of a file that is a package.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<&str> {
        let finder = self.finder.as_ref()?;
        let named = |pattern: PatternID| self.names.get(pattern.as_usize()).map(String::as_str);
        if let Some(found) = finder.find(bytes) {
            return named(found.pattern());
        }
        let look = |part: &mut dyn Read| {
            let mut hits = finder.stream_find_iter(part);
            hits.next().and_then(Result::ok).map(|found| found.pattern())
        };
        let Some(mut package) = package(bytes) else {
            let is_markup = bytes.starts_with(b"<");
            return is_markup.then(|| look(&mut Words::of(bytes))).flatten().and_then(named);
        };
        (0..package.len()).find_map(|nth| {
            let as_it_is = look(&mut package.by_index(nth).ok()?);
            let found = as_it_is.or_else(|| look(&mut Words::of(package.by_index(nth).ok()?)))?;
            named(found)
        })
    }
}

fn package(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    bytes.starts_with(b"PK").then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten()
}

/// The words of a text with markup: a name may have other letters bold than its first.
struct Words<R> {
    text: R,
    /// The name of the tag that is being read.
    tag: Option<Vec<u8>>,
}

impl<R: Read> Words<R> {
    fn of(text: R) -> Self {
        Self { text, tag: None }
    }
}

/// The tags that end a line: what stands before and behind is not one word.
const BREAKS: [&[u8]; 16] = [
    b"/w:p",
    b"w:br/",
    b"w:tab/",
    b"/si",
    b"/is",
    b"/p",
    b"/td",
    b"/th",
    b"/li",
    b"/dt",
    b"/dd",
    b"/h1",
    b"/h2",
    b"/h3",
    b"/summary",
    b"br",
];

/// The longest of them, and one letter more.
const LONGEST_BREAK: usize = 9;

impl<R: Read> Read for Words<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.text.read(out)?;
            let mut kept = 0;
            for at in 0..read {
                let byte = out[at];
                let is_break = match &mut self.tag {
                    None if byte == b'<' => {
                        self.tag = Some(Vec::with_capacity(LONGEST_BREAK));
                        continue;
                    }
                    None => false,
                    Some(tag) if byte == b'>' => {
                        let name = tag.split(|byte| *byte == b' ').next().unwrap_or_default();
                        let is_break = BREAKS.contains(&name);
                        self.tag = None;
                        if !is_break {
                            continue;
                        }
                        true
                    }
                    Some(tag) => {
                        if tag.len() < LONGEST_BREAK {
                            tag.push(byte);
                        }
                        continue;
                    }
                };
                // As much was taken as is kept, at least: the tag was longer than its line end.
                out[kept] = if is_break { b'\n' } else { byte };
                kept += 1;
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_through_markup_and_not_across_cells() {
        let names = vec!["Siti Nurhaliza".to_owned()];
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&names).ok();
        let roster = Roster { names, finder };
        for (text, is_there) in [
            ("<p>by <b>Siti</b> <i class=\"x\">Nurhaliza</i></p>", true),
            ("<td>Siti </td><td>Nurhaliza</td>", false),
            ("<p>Siti<br> Nurhaliza</p>", false),
            ("<w:t>Siti Nur</w:t></w:r><w:r><w:t>haliza</w:t>", true),
        ] {
            assert_eq!(roster.find(text.as_bytes()).is_some(), is_there, "{text}");
        }
    }
}
