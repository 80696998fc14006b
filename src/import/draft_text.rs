//! Draft texts as secretariats send them: Markdown, plain text, DOCX. Nothing is refused for its
//! style; what cannot be trusted is mentioned in remarks.
//!
//! ```
//! use rapporteur::import::draft_text::read;
//!
//! let text = "WE, the Members;\n\nRECALLING the Charter;\n\nDO HEREBY AGREE:\n\n1. To meet [yearly];";
//! let read = read("draft.md", text.as_bytes()).unwrap();
//! let labels: Vec<&str> = read.text.paragraphs.iter().map(|p| p.label.as_str()).collect();
//! assert_eq!(labels, ["PP1", "PP2", "Chapeau", "OP1"]);
//! ```

mod decode;
mod docx;
mod inline;
mod lines;
mod marker;
mod numbering;
mod part;
mod shape;

use std::fmt;

use crate::workshop::DraftText;

/// A draft text that has been read.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// The text, with its paragraphs labelled.
    pub text: DraftText,
    /// What a person should know about how it was read, one sentence each.
    pub remarks: Vec<String>,
}

/// Why a file is not a draft text, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableDraft {
    /// The file's name as given to the reader.
    pub file: String,
    /// What is wrong, and where.
    pub what: String,
    /// What to do.
    pub instead: String,
}

impl fmt::Display for UnreadableDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, what, instead } = self;
        write!(f, "{file}: {what} {instead} The workshop is as it was.")
    }
}

impl std::error::Error for UnreadableDraft {}

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 32 << 20;
/// The longest text, in bytes: a thousand pages.
const LONGEST: usize = 4 << 20;

/// What is wrong and what to do instead.
type DraftTrouble = (String, &'static str);

/// What was read from a file before it is decided which paragraph is what.
#[derive(Debug, Default)]
struct Rough {
    title: String,
    version: String,
    blocks: Vec<Block>,
    remarks: Vec<String>,
}

/// A paragraph as it is in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    /// What was printed before the words, if known.
    printed: String,
    text: String,
    is_heading: bool,
    /// How deep in lists it is, if the file says so.
    depth: u8,
}

/// Reads a draft text. The name is only used in messages, never opened.
pub fn read(name: &str, bytes: &[u8]) -> Result<ReadText, UnreadableDraft> {
    let refuse = |(what, instead): DraftTrouble| UnreadableDraft {
        file: name.to_owned(),
        what,
        instead: instead.to_owned(),
    };
    let mut rough = rough(bytes).map_err(refuse)?;
    let length: usize = rough.blocks.iter().map(|block| block.text.len()).sum();
    if length > LONGEST {
        let what = format!("This text has {} MB; that is too long for a draft text.", length >> 20);
        return Err(refuse((what, "Import only the part that is negotiated.")));
    }
    let mut remarks = std::mem::take(&mut rough.remarks);
    let mut text = shape::shape(&rough, &mut remarks);
    if text.paragraphs.is_empty() {
        let what = "There is no paragraph in this file.".to_owned();
        return Err(refuse((what, "Name a file that has the draft text.")));
    }
    if text.paragraphs.len() > DraftText::MOST {
        let what = format!("This text has {} paragraphs.", text.paragraphs.len());
        return Err(refuse((what, "A draft text has at most 20,000; import a part.")));
    }
    if text.title.is_empty() {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(stem, _)| stem).clone_into(&mut text.title);
    }
    Ok(ReadText { text, remarks })
}

fn rough(bytes: &[u8]) -> Result<Rough, DraftTrouble> {
    const WORD: &str = "Save it as a Word document (.docx), as Markdown or as plain text.";
    let sort = match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return docx::read(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an older Word document, or one with a password",
        [b'%', b'P', b'D', b'F', ..] => "a PDF, which has letters in places and no paragraphs",
        [b'{', b'\\', b'r', b't', b'f', ..] => "rich text (RTF)",
        _ if bytes.len() > 4 * LONGEST => "too large for a text",
        _ => {
            let (text, remark) = decode::decode(bytes)?;
            let mut rough = lines::read(&text);
            rough.remarks.splice(0..0, remark);
            return Ok(rough);
        }
    };
    Err((format!("This file is {sort}."), WORD))
}

#[cfg(test)]
mod tests;
