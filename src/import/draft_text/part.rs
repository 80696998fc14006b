//! A part of a Word document, read event by event, and no more of it than a person could have written.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::DraftTrouble;

/// The most that is decompressed from one file, in bytes.
pub(super) const INFLATED: u64 = 64 << 20;

pub(super) const AGAIN: &str =
    "Open it in Word or LibreOffice, save it as .docx again, or save it as plain text.";

/// What is left of a file's allowance, counted as it is decompressed and not as the file claims.
struct CappedReader<'b, R> {
    inner: R,
    budget: &'b mut u64,
    spent: bool,
}

impl<R: Read> Read for CappedReader<'_, R> {
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

/// Reads a part to its end, or as far as the budget goes.
pub(super) fn each_event(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: &str,
    budget: &mut u64,
    mut note: impl FnMut(Event) -> Result<(), DraftTrouble>,
) -> Result<(), DraftTrouble> {
    let wrong =
        |what: String| (format!("This Word document cannot be read: {part}: {what}."), AGAIN);
    let file = archive.by_name(part).map_err(|error| wrong(error.to_string()))?;
    let capped = CappedReader { inner: file, budget, spent: false };
    let mut reader = Reader::from_reader(BufReader::new(capped));
    let mut buffer = Vec::new();
    loop {
        let event = reader.read_event_into(&mut buffer);
        let ended = match event {
            Ok(Event::DocType(_)) => {
                let what =
                    format!("This Word document declares a DTD in {part}, which none needs.");
                return Err((what, "Do not trust it; ask for the text again."));
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
            return Err((what, "No draft text does; do not trust it, and ask for the text again."));
        }
        return ended.map_err(|why| wrong(format!("byte {at}: {why}")));
    }
}

fn spent<R: Read>(reader: &mut Reader<BufReader<CappedReader<R>>>) -> bool {
    // What is in the buffer still counts against the allowance that was used.
    let _ = reader.get_mut().fill_buf();
    reader.get_ref().get_ref().spent
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(start: &BytesStart, name: &str) -> String {
    let found = start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name);
    found.map(|found| found.value.into_owned()).unwrap_or_default()
}
