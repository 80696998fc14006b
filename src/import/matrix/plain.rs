//! The table in a text file, whatever encoding and separator the spreadsheet used.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{
    Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1252, WINDOWS_1258,
};
use unicode_normalization::char::is_combining_mark;

use super::UnreadableMatrix;
use super::cell::MatrixCell;
use super::known::{is_like_reference, mark};
use super::layout::count_table;
use super::sheets::{MOST_CELLS, Sheets, TakeRow};
use super::table::MatrixTable;
use crate::feedback::matrix::is_formula;
use crate::workshop::FieldTitle;

/// How much is read to find out what it is.
const LOOK: usize = 1 << 16;

/// A text file, as one sheet without a name.
struct TextSheet {
    text: String,
    separator: u8,
    /// The encoding, if the file does not say it.
    assumed: Option<&'static Encoding>,
}

/// Whether these bytes are a table with the headings of a matrix, or are in an encoding that nothing else
/// here uses.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(LOOK)];
    readings(start).iter().any(|(text, _)| separator(text).1)
}

/// The tables that these bytes may be: one, unless the letters can be read in several ways.
pub(super) fn open<'b>(bytes: &[u8]) -> Vec<Box<dyn Sheets + 'b>> {
    let sheet = |(text, assumed): (String, Option<&'static Encoding>)| {
        let separator = separator(&text).0;
        Box::new(TextSheet { text, separator, assumed }) as Box<dyn Sheets>
    };
    readings(bytes).into_iter().map(sheet).collect()
}

/// The bytes as text. A byte order mark shows the encoding; without one it is UTF-8 or, if it cannot be
/// that, one of the older encodings: each that gives another text is tried, the likeliest first.
fn readings(bytes: &[u8]) -> Vec<(String, Option<&'static Encoding>)> {
    let decoded = |encoding: &'static Encoding| encoding.decode(bytes).0.into_owned();
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return vec![(decoded(encoding), None)];
    }
    // UTF-16 without a mark: every other byte of the headings is zero.
    let zeros =
        |odd: usize| bytes.iter().take(64).skip(odd).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, many) if many > 16 => return vec![(decoded(UTF_16LE), None)],
        (many, 0) if many > 16 => return vec![(decoded(UTF_16BE), None)],
        _ => {}
    }
    match str::from_utf8(bytes) {
        Ok(text) => return vec![(text.to_owned(), None)],
        // The part that is read may end within a letter.
        Err(error) if error.error_len().is_none() => {
            let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            return vec![(text, None)];
        }
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let mut readings: Vec<(String, Option<&'static Encoding>)> = Vec::new();
    for encoding in [guess, WINDOWS_1252, WINDOWS_1258, WINDOWS_874, MACINTOSH] {
        let text = decoded(encoding);
        if encoding != UTF_8 && readings.iter().all(|(known, _)| *known != text) {
            readings.push((text, Some(encoding)));
        }
    }
    readings
}

/// The separator between the cells, and whether this is a table with the headings of a matrix, or with its
/// rows.
fn separator(text: &str) -> (u8, bool) {
    let start = text.char_indices().nth(LOOK).map_or(text, |(at, _)| &text[..at]);
    let look = |separator: &u8| {
        let mut reader = ReaderBuilder::new();
        let reader = reader.delimiter(*separator).has_headers(false).flexible(true);
        let records = reader.from_reader(start.as_bytes()).into_records();
        let records: Vec<StringRecord> = records.take(50).flatten().collect();
        let headings = records.iter().filter_map(|record| count_table(record.iter())).max();
        let rows = records.iter().filter(|record| record.iter().any(is_of_row)).count();
        let others = records.iter().any(|record| record.iter().any(is_of_another));
        (headings, if others { 0 } else { rows })
    };
    let best = [b',', b';', b'\t'].into_iter().map(|it| (look(&it), it)).max_by_key(|it| it.0);
    best.map_or((b',', false), |((headings, rows), separator)| {
        (separator, headings.is_some() || rows > 0)
    })
}

/// Whether only a row of a matrix has this in a cell.
fn is_of_row(cell: &str) -> bool {
    is_like_reference(cell) || mark(cell).is_some()
}

/// Whether it is a heading of another table of ours that has references too.
fn is_of_another(cell: &str) -> bool {
    [FieldTitle::Outcome.heading(), "Sources"].contains(&cell)
}

impl Sheets for TextSheet {
    fn names(&self) -> Vec<String> {
        vec![String::new()]
    }

    fn each_row(&mut self, sheet: &str, take: &mut TakeRow) -> Result<(), UnreadableMatrix> {
        let mut reader = ReaderBuilder::new();
        let reader = reader.delimiter(self.separator).has_headers(false).flexible(true);
        let mut count = 0;
        for (row, record) in (0..).zip(reader.from_reader(self.text.as_bytes()).into_records()) {
            let record = record.map_err(UnreadableMatrix::broken)?;
            MatrixTable::check_width(sheet, row, record.len())?;
            let cells = (0..).zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
            let cells: Vec<(u32, MatrixCell)> =
                cells.map(|(at, cell)| (at, MatrixCell::of(bare(cell)))).collect();
            count += cells.len();
            if count > MOST_CELLS {
                return Err(UnreadableMatrix::TooMuch(format!(
                    "it has more than {MOST_CELLS} cells"
                )));
            }
            if !cells.is_empty() && !take(row, cells)? {
                break;
            }
        }
        Ok(())
    }

    fn remark(&self) -> Option<String> {
        let name = match self.assumed? {
            it if it == MACINTOSH => "Western letters of older Macs (Mac Roman)".to_owned(),
            it if it == WINDOWS_1252 => "Western letters (Windows-1252)".to_owned(),
            it if it == WINDOWS_1258 => "Vietnamese letters (Windows-1258)".to_owned(),
            it if it == WINDOWS_874 => "Thai letters (Windows-874)".to_owned(),
            other => format!("letters of {}", other.name()),
        };
        Some(format!(
            "The file does not say how its letters are stored; {name} were assumed. If they look wrong, \
             save it as CSV UTF-8."
        ))
    }

    fn oddness(&self) -> usize {
        oddness(&self.text)
    }
}

/// How many letters are beside another that nobody writes there: a capital after a small letter, a sign
/// within a word, two scripts in one word.
fn oddness(text: &str) -> usize {
    let mut before = ' ';
    let mut odd = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_word = |letter: char| letter.is_alphabetic();
        odd += usize::from(if letter.is_ascii() {
            is_word(before) && !before.is_ascii() && letter.is_uppercase() && before.is_lowercase()
        } else if is_word(letter) {
            (before.is_lowercase() && letter.is_uppercase())
                || (is_word(before) && is_thai(before) != is_thai(letter))
                || (is_word(next) && is_thai(next) != is_thai(letter))
        } else {
            letter == char::REPLACEMENT_CHARACTER
                || letter.is_control()
                || (!is_thai(letter)
                    && !is_combining_mark(letter)
                    && !matches!(letter, '’' | '‘' | '–' | '—' | '·' | '…' | '\u{a0}' | '\u{ad}')
                    && is_word(before)
                    && is_word(next))
        });
        before = letter;
    }
    odd
}

fn is_thai(letter: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&letter)
}

/// The cell without the `'` that keeps a spreadsheet from running it.
fn bare(cell: &str) -> &str {
    if is_formula(cell) { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_letters_are_the_least_odd() {
        for (words, encoding) in [
            ("Déjà prévu — voir OP5, l’été à Genève", WINDOWS_1252),
            ("Déjà prévu — voir OP5, l’été à Genève", MACINTOSH),
            ("ยอมรับ ตามข้อเสนอของกลุ่ม", WINDOWS_874),
        ] {
            let bytes = if encoding == MACINTOSH {
                // No encoder is there for it: é, à, è, ’ and — as Macs stored them.
                words
                    .chars()
                    .map(|letter| match letter {
                        'é' => 0x8e,
                        'à' => 0x88,
                        'è' => 0x8f,
                        '’' => 0xd5,
                        '—' => 0xd1,
                        letter => letter as u8,
                    })
                    .collect::<Vec<u8>>()
            } else {
                encoding.encode(words).0.into_owned()
            };
            let readings = readings(&bytes);
            let (text, assumed) = readings.iter().min_by_key(|(text, _)| oddness(text)).unwrap();
            assert_eq!((&**text, *assumed), (words, Some(encoding)));
        }
    }
}
