//! Checks on a workbook before it is opened: that it is one, and that it stays small.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::UnreadableMatrix;

/// How many bytes the sheets may have when they are unpacked; they are read as a stream. Our own
/// with 100,000 rows has half of that.
const SHEETS: usize = 256 << 20;
/// How many bytes everything else may have, which is held in memory.
const REST: usize = 64 << 20;
/// The most parts; a workbook has about twenty.
const PARTS: usize = 4096;
const PIECE: usize = 1 << 16;

/// What an `OpenDocument` file with sheets says it is.
const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The shortest string in a workbook's table of strings: `<si/>`.
const STRING: usize = 5;

/// The most cells over several rows that are listed one by one; nobody makes more by hand.
const MERGED: usize = 10_000;

/// What kind of workbook a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageKind {
    /// As Excel writes it since 2007.
    Workbook,
    /// The same in numbers and not in words (.xlsb).
    BinaryWorkbook,
    /// As `LibreOffice` and others write it.
    OpenDocument,
}

/// A package that was looked through.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckedPackage {
    pub(super) kind: PackageKind,
    /// Whether cells are merged, and not more than anybody would list.
    pub(super) is_merged: bool,
}

/// Unpacks everything once, counting, and keeps nothing.
pub(super) fn check(bytes: &[u8]) -> Result<CheckedPackage, UnreadableMatrix> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
    if archive.len() > PARTS {
        return Err(UnreadableMatrix::TooMuch(format!("it has {} parts", archive.len())));
    }
    let mut package = PackageKind::Workbook;
    let (mut sheets, mut rest, mut merged) = (0, 0, 0);
    let mut piece = vec![0; PIECE];
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).map_err(UnreadableMatrix::broken)?;
        let name = part.name().map_err(UnreadableMatrix::broken)?.to_lowercase();
        match &*name {
            "mimetype" => {
                let mut kind = String::new();
                part.take(100).read_to_string(&mut kind).map_err(UnreadableMatrix::broken)?;
                if kind.trim() != OPEN_DOCUMENT {
                    return Err(UnreadableMatrix::Other("an OpenDocument file without sheets"));
                }
                package = PackageKind::OpenDocument;
                continue;
            }
            "word/document.xml" => return Err(UnreadableMatrix::Other("a Word document")),
            "xl/workbook.bin" => package = PackageKind::BinaryWorkbook,
            name if name.ends_with("vbaproject.bin") => {
                return Err(UnreadableMatrix::Other("a workbook with macros (.xlsm)"));
            }
            _ => {}
        }
        let is_sheet = name.starts_with("xl/worksheets/sheet");
        let (count, most) = if is_sheet { (&mut sheets, SHEETS) } else { (&mut rest, REST) };
        let is_strings = name.ends_with("sharedstrings.xml");
        let (mut window, mut size, mut promised) = (Vec::new(), 0, 0);
        loop {
            let more = part.read(&mut piece).map_err(UnreadableMatrix::broken)?;
            if more == 0 {
                break;
            }
            (*count, size) = (*count + more, size + more);
            if *count > most {
                return Err(UnreadableMatrix::TooMuch(format!(
                    "unpacked it has more than {} MB",
                    most >> 20
                )));
            }
            window.extend_from_slice(&piece[..more]);
            for declaration in [&b"<!DOCTYPE"[..], b"<!ENTITY"] {
                if memmem::find(&window, declaration).is_some() {
                    return Err(UnreadableMatrix::Declaration(name));
                }
            }
            if is_sheet {
                merged += memmem::find_iter(&piece[..more], b"mergeCell ").count();
            }
            if is_strings {
                promised = promised.max(count_promised(&window));
            }
            window.drain(..window.len().saturating_sub(64));
        }
        // The reader allocates as many as are promised, before it has seen one.
        if promised > size / STRING + 1 {
            return Err(UnreadableMatrix::TooMuch(format!(
                "it promises {promised} texts and has none"
            )));
        }
    }
    let is_merged = (1..=MERGED).contains(&merged);
    Ok(CheckedPackage { kind: package, is_merged })
}

/// The highest number of strings promised here.
fn count_promised(bytes: &[u8]) -> usize {
    const NAME: &[u8] = b"uniqueCount";
    let number = |at: usize| {
        let rest = &bytes[at + NAME.len()..];
        let skipped = |byte: &&u8| byte.is_ascii_whitespace() || b"='\"".contains(byte);
        let digits = rest.iter().skip_while(skipped).take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_usize, |number, digit| {
            number.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        })
    };
    memmem::find_iter(bytes, NAME).map(number).max().unwrap_or_default()
}
