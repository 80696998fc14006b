//! Word documents: what stands in them as words, read bit by bit and no more of it than a person
//! could have written.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::numbering::Numbering;
use super::{Block, LONGEST, Rough, Trouble};

/// The most that is inflated of one file, in bytes.
const INFLATED: u64 = 64 << 20;
/// The most files that a document may be made of.
const PARTS: usize = 10_000;

const DOCUMENT: &str = "word/document.xml";
const AGAIN: &str =
    "Open it in Word or LibreOffice, save it as .docx again, or save it as plain text.";

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

pub(super) fn read(bytes: &[u8]) -> Result<Rough, Trouble> {
    let broken = |why| (format!("This file is no whole Word document: {why}."), AGAIN);
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    if archive.len() > PARTS {
        return Err(broken(format!("it is made of {} files", archive.len())));
    }
    if archive.index_for_name(DOCUMENT).is_none() {
        let sort = [
            ("xl/workbook.xml", "a workbook, and no text"),
            ("ppt/presentation.xml", "a presentation, and no text"),
            ("content.xml", "an OpenDocument file"),
        ];
        let named = sort.into_iter().find(|(part, _)| archive.index_for_name(part).is_some());
        let sort = named.map_or("an archive without a Word document in it", |(_, sort)| sort);
        return Err((
            format!("This file is {sort}."),
            "Save the draft text as .docx or plain text.",
        ));
    }
    let mut budget = INFLATED;
    let mut numbering = Numbering::default();
    if archive.index_for_name("word/numbering.xml").is_some() {
        each_event(&mut archive, "word/numbering.xml", &mut budget, |event| {
            numbering.note(&event);
            Ok(())
        })?;
    }
    let mut body = Body { numbering, ..Body::default() };
    each_event(&mut archive, DOCUMENT, &mut budget, |event| body.note(event))?;
    let macros = archive.file_names_raw().any(|name| name.ends_with(b"vbaProject.bin"));
    Ok(body.finish(macros))
}

/// What is left of a file's allowance, counted as it is inflated and not as the file claims.
struct Capped<'b, R> {
    inner: R,
    budget: &'b mut u64,
    spent: bool,
}

impl<R: Read> Read for Capped<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = into.len().min(usize::try_from(*self.budget).unwrap_or(usize::MAX));
        if most == 0 && !into.is_empty() {
            self.spent = true;
            return Ok(0);
        }
        let read = self.inner.read(&mut into[..most])?;
        *self.budget -= read as u64;
        Ok(read)
    }
}

fn each_event(
    archive: &mut Archive,
    part: &str,
    budget: &mut u64,
    mut note: impl FnMut(Event) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let wrong =
        |what: String| (format!("This Word document cannot be read: {part}: {what}."), AGAIN);
    let file = archive.by_name(part).map_err(|error| wrong(error.to_string()))?;
    let capped = Capped { inner: file, budget, spent: false };
    let mut reader = Reader::from_reader(BufReader::new(capped));
    let mut buffer = Vec::new();
    loop {
        let event = reader.read_event_into(&mut buffer);
        let ended = match event {
            Ok(Event::DocType(_)) => {
                let what =
                    format!("This Word document declares a DTD in {part}, which none needs.");
                return Err((what, "Do not trust it; ask for the text anew."));
            }
            Ok(Event::Eof) => Ok(()),
            Ok(event) => {
                note(event)?;
                buffer.clear();
                continue;
            }
            Err(error) => Err(error.to_string()),
        };
        let at = reader.buffer_position();
        if spent(&mut reader) {
            let what = format!("This Word document unpacks to more than {} MB.", INFLATED >> 20);
            return Err((what, "No draft text does; do not trust it, and ask for the text anew."));
        }
        return ended.map_err(|why| wrong(format!("byte {at}: {why}")));
    }
}

fn spent<R: Read>(reader: &mut Reader<BufReader<Capped<R>>>) -> bool {
    // What lies in the buffer still belongs to the allowance that was used.
    let _ = reader.get_mut().fill_buf();
    reader.get_ref().get_ref().spent
}

/// What was met and does not go into the text, to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Inserted,
    Deleted,
    Table,
    Box,
    Footnote,
    Comment,
}

impl Met {
    fn said(self, times: usize) -> String {
        let s = if times == 1 { "" } else { "s" };
        match self {
            Self::Inserted => format!("{times} tracked insertion{s} taken as if accepted."),
            Self::Deleted => format!("{times} tracked deletion{s} left out as if accepted."),
            Self::Table => format!("{times} table{s}: the cells were taken one after the other."),
            Self::Box => format!(
                "{times} picture{s} or text box{}: left out.",
                if times == 1 { "" } else { "es" }
            ),
            Self::Footnote => format!("{times} footnote{s} or endnote{s}: left out."),
            Self::Comment => format!("{times} comment{s}: left out."),
        }
    }
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Open {
    block: Block,
    is_title: bool,
    list: Option<(String, u8)>,
    /// Its end was deleted: the next one goes on in it.
    runs_on: bool,
}

#[derive(Debug, Default)]
struct Body {
    numbering: Numbering,
    blocks: Vec<Block>,
    title: String,
    open: Option<Open>,
    /// The names of the elements one is in, the innermost last.
    path: Vec<String>,
    /// How many elements deep one was when what follows began to be left out.
    skipped: Option<usize>,
    met: BTreeMap<Met, usize>,
    length: usize,
}

/// What has no words of the text.
const SKIPPED: [&str; 14] = [
    "del",
    "moveFrom",
    "drawing",
    "pict",
    "object",
    "txbxContent",
    "Fallback",
    "instrText",
    "delInstrText",
    "sdtPr",
    "sectPr",
    "tblPr",
    "tcPr",
    "trPr",
];

/// The most elements one within the other.
const DEEPEST: usize = 512;

impl Body {
    fn note(&mut self, event: Event) -> Result<(), Trouble> {
        match event {
            Event::Start(start) => {
                self.start(&start);
                if self.path.len() == DEEPEST {
                    let what =
                        format!("Paragraph {} is {DEEPEST} elements deep.", self.blocks.len() + 1);
                    return Err((what, AGAIN));
                }
                self.path.push(start.local_name().as_ref().to_owned());
            }
            Event::Empty(start) => {
                let skipped = self.skipped;
                self.start(&start);
                self.skipped = skipped;
                self.end(start.local_name().as_ref());
            }
            Event::End(end) => {
                self.path.pop();
                if self.skipped.is_some_and(|depth| self.path.len() <= depth) {
                    self.skipped = None;
                } else {
                    self.end(end.local_name().as_ref());
                }
            }
            Event::Text(text) => self.words(&text.xml10_content())?,
            Event::CData(text) => self.words(&text.xml10_content())?,
            Event::GeneralRef(name) => {
                let letter = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                let mut bytes = [0; 4];
                self.words(letter.map_or("", |letter| letter.encode_utf8(&mut bytes)))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether one is within the properties of a run or paragraph, where `ins` is a mere mark.
    fn in_properties(&self) -> bool {
        self.path.iter().rev().take(3).any(|name| matches!(name.as_str(), "rPr" | "pPr"))
    }

    fn start(&mut self, start: &BytesStart) {
        if self.skipped.is_some() {
            return;
        }
        let name = start.local_name();
        let name = name.as_ref();
        let within = self.in_properties();
        let mut met = |what| *self.met.entry(what).or_default() += 1;
        match name {
            "ins" | "moveTo" if !within => met(Met::Inserted),
            "del" | "moveFrom" if !within => met(Met::Deleted),
            "tbl" => met(Met::Table),
            "txbxContent" | "drawing" | "pict" | "object" => met(Met::Box),
            "footnoteReference" | "endnoteReference" => met(Met::Footnote),
            "commentReference" => met(Met::Comment),
            _ => {}
        }
        if within && name == "del" {
            if let Some(open) =
                self.open.as_mut().filter(|_| self.path.iter().any(|name| name == "pPr"))
            {
                open.runs_on = true;
            }
        } else if SKIPPED.contains(&name) {
            self.skipped = Some(self.path.len());
            return;
        }
        match name {
            // One that stands within another, in a text box, was left out with it.
            "p" => {
                self.open.get_or_insert_default();
            }
            "pStyle" => {
                let style = attribute(start, "val").to_lowercase();
                if let Some(open) = &mut self.open {
                    open.is_title |= style == "title";
                    open.block.is_heading |= open.is_title || style.starts_with("heading");
                }
            }
            "numId" | "ilvl" if within => {
                let value = attribute(start, "val");
                if let Some(open) = &mut self.open {
                    let (id, level) = open.list.get_or_insert_default();
                    match name {
                        "numId" => *id = value,
                        _ => *level = value.parse().unwrap_or(0),
                    }
                }
            }
            "tab" | "br" | "cr" if !within => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name != "p" || self.skipped.is_some() {
            return;
        }
        let Some(mut open) = self.open.take() else { return };
        if std::mem::take(&mut open.runs_on) {
            self.open = Some(open);
            return;
        }
        self.close(open);
    }

    fn close(&mut self, open: Open) {
        let Open { mut block, is_title, list, .. } = open;
        if block.text.trim().is_empty() {
            return;
        }
        if let Some((id, level)) = list.filter(|(id, _)| id != "0") {
            block.printed = self.numbering.next(&id, level);
            block.depth = if super::marker::is_bullet(&block.printed) { level + 1 } else { level };
        }
        let text = block.text.trim();
        if block.printed.is_empty()
            && let Some((printed, words)) = super::marker::split(text)
            && !words.is_empty()
        {
            (block.printed, block.text) = (printed.to_owned(), words.to_owned());
        }
        if is_title && self.title.is_empty() {
            block.text.trim().clone_into(&mut self.title);
        }
        self.blocks.push(block);
    }

    fn words(&mut self, words: &str) -> Result<(), Trouble> {
        // Only what stands in `w:t` is text; line ends of the file are not.
        if self.skipped.is_none() && self.path.last().is_some_and(|name| name == "t") {
            self.push(words);
        }
        if self.length > LONGEST {
            let what = format!(
                "This text is longer than {} MB; no declaration is so long.",
                LONGEST >> 20
            );
            return Err((what, "Take in the part that is negotiated."));
        }
        Ok(())
    }

    fn push(&mut self, words: &str) {
        if let Some(open) = &mut self.open {
            open.block.text.push_str(words);
            self.length += words.len();
        }
    }

    fn finish(mut self, macros: bool) -> Rough {
        if let Some(open) = self.open.take() {
            self.close(open);
        }
        let mut remarks: Vec<String> =
            self.met.iter().map(|(met, times)| met.said(*times)).collect();
        if macros {
            remarks.push("The document has macros; they were not looked at.".to_owned());
        }
        Rough { title: self.title, version: String::new(), blocks: self.blocks, remarks }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(start: &BytesStart, name: &str) -> String {
    let found = start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name);
    found.map(|found| found.value.into_owned()).unwrap_or_default()
}
