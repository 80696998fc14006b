//! Word documents: their words, read piece by piece, and no more than a person
//! could have written.

use std::{collections::BTreeMap, io::Cursor};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::part::{AGAIN, INFLATED, attribute, each_event};
use super::{Block, DraftTrouble, LONGEST, Rough, numbering::Numbering};

/// The most files that a document may consist of.
const PARTS: usize = 10_000;

const DOCUMENT: &str = "word/document.xml";

pub(super) fn read(bytes: &[u8]) -> Result<Rough, DraftTrouble> {
    let broken = |why| (format!("This file is not a complete Word document: {why}."), AGAIN);
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    if archive.len() > PARTS {
        return Err(broken(format!("it contains {} files", archive.len())));
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
    let mut body = DocumentBody { numbering, ..DocumentBody::default() };
    each_event(&mut archive, DOCUMENT, &mut budget, |event| body.note(event))?;
    let macros = archive.file_names_raw().any(|name| name.ends_with(b"vbaProject.bin"));
    Ok(body.finish(macros))
}

/// What was found that does not go into the text, to be reported.
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
    fn repeated_in_words(self, times: usize) -> String {
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
struct OpenParagraph {
    block: Block,
    is_title: bool,
    list: Option<(String, u8)>,
    /// Whether its end was deleted, so that the next one continues it.
    runs_on: bool,
}

#[derive(Debug, Default)]
struct DocumentBody {
    numbering: Numbering,
    blocks: Vec<Block>,
    title: String,
    open: Option<OpenParagraph>,
    /// The names of the elements around the current place, innermost last.
    path: Vec<String>,
    /// How many elements deep the reader was when it began to skip.
    skipped: Option<usize>,
    met: BTreeMap<Met, usize>,
    length: usize,
}

/// Elements without words of the text.
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

/// How deep elements may be nested.
const DEEPEST: usize = 512;

impl DocumentBody {
    fn note(&mut self, event: Event) -> Result<(), DraftTrouble> {
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

    /// Whether this is within the properties of a run or paragraph, where `ins` is only a mark.
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
            // A paragraph within another, in a text box, was skipped with it.
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

    fn close(&mut self, open: OpenParagraph) {
        let OpenParagraph { mut block, is_title, list, .. } = open;
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

    fn words(&mut self, words: &str) -> Result<(), DraftTrouble> {
        // Only what is in `w:t` is text; line ends of the file are not.
        if self.skipped.is_none() && self.path.last().is_some_and(|name| name == "t") {
            self.push(words);
        }
        if self.length > LONGEST {
            let what = format!(
                "This text is longer than {} MB; that is too long for a draft text.",
                LONGEST >> 20
            );
            return Err((what, "Import only the part that is negotiated."));
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
            self.met.iter().map(|(met, times)| met.repeated_in_words(*times)).collect();
        if macros {
            remarks.push("The document has macros; they were not looked at.".to_owned());
        }
        Rough { title: self.title, version: String::new(), blocks: self.blocks, remarks }
    }
}
