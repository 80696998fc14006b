//! Packages: Word documents and workbooks are zips of files in XML.

use std::io::{self, BufReader, Read, Seek};

use zip::ZipArchive;

use super::{PIECE, Sieve, markup, plain};

/// Reads everything in a package: its comment, the names of its files, and their content.
pub(super) fn read(file: impl Read + Seek, sieve: &mut Sieve<'_>) -> io::Result<()> {
    let mut archive = ZipArchive::new(file)?;
    sieve.aside(&String::from_utf8_lossy(archive.comment()));
    for nth in 0..archive.len() {
        let part = archive.by_index(nth)?;
        let name = part.name().map_err(io::Error::other)?.into_owned();
        sieve.aside(&name);
        sieve.aside(part.comment());
        let is_markup = [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending));
        let mut part = BufReader::with_capacity(PIECE, part);
        if is_markup {
            markup::read(part, sieve)?;
        } else {
            let mut words = plain::PlainText::new(plain::TextFormat::Bytes, sieve);
            io::copy(&mut part, &mut words)?;
            words.finish();
        }
    }
    sieve.finish();
    Ok(())
}
