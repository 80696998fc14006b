//! Notes that people put on cells of a workbook, with nobody's name: the reader of cells leaves them out.
//!
//! A sheet names its notes in its part of relations. Newer programs write a thread of answers, and
//! beside it an old note that says so.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use quick_xml::events::Event;
use zip::ZipArchive;

use super::UnreadableMatrix;
use super::cell::place;
use super::package::{Package, attribute, each, relations, resolved, text, words};
use super::sheets::CellPlace;
use crate::workshop::clean;

/// The most notes of a sheet that are read; nobody writes more by hand.
const MOST: usize = 10_000;
/// The notes of a sheet, in the order of its rows.
pub(super) fn of_sheet(
    bytes: &[u8],
    sheet: &str,
) -> Result<Vec<(CellPlace, String)>, UnreadableMatrix> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(UnreadableMatrix::broken)?;
    let mut notes: BTreeMap<CellPlace, String> = BTreeMap::new();
    let Some(part) = part_of(&mut package, sheet)? else { return Ok(Vec::new()) };
    let relations = relations(&mut package, &part)?;
    let targets = |kind: &str| -> Vec<String> {
        let of_kind = relations.iter().filter(|relation| relation.kind.ends_with(kind));
        of_kind.map(|relation| resolved(&part, &relation.target)).collect()
    };
    let mut threaded = HashSet::new();
    for name in targets("/threadedComment") {
        for note in cell_notes(&text(&mut package, &name)?, &name, "threadedComment")? {
            threaded.insert(note.at);
            add(&mut notes, &note);
        }
    }
    for name in targets("/comments") {
        for note in cell_notes(&text(&mut package, &name)?, &name, "comment")? {
            if !threaded.contains(&note.at) {
                add(&mut notes, &note);
            }
        }
    }
    Ok(notes.into_iter().collect())
}

fn add(notes: &mut BTreeMap<CellPlace, String>, note: &CellNote) {
    let words = clean(note.words.trim()).into_owned();
    if words.is_empty() || notes.len() >= MOST {
        return;
    }
    let known = notes.entry(note.at).or_default();
    if !known.is_empty() {
        known.push_str(" / ");
    }
    known.push_str(&words);
}

/// The part of a sheet, by its name.
fn part_of(package: &mut Package, sheet: &str) -> Result<Option<String>, UnreadableMatrix> {
    let root = relations(package, "")?;
    let book = root.iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    let Some(book) = book.map(|relation| resolved("", &relation.target)) else { return Ok(None) };
    let mut id = None;
    each(&text(package, &book)?, &book, |event| {
        if let Event::Start(start) | Event::Empty(start) = event
            && start.local_name().as_ref() == "sheet"
            && attribute(start, "name").as_deref() == Some(sheet)
        {
            let ids = start.attributes().flatten();
            let mut ids = ids.filter(|found| found.key.as_ref().ends_with(":id"));
            id = ids.next().map(|found| found.value.to_string());
        }
    })?;
    let relations = relations(package, &book)?;
    let found = relations.iter().find(|relation| Some(&relation.id) == id.as_ref());
    Ok(found.map(|relation| resolved(&book, &relation.target)))
}

/// A note and its cell.
#[derive(Default)]
struct CellNote {
    at: CellPlace,
    words: String,
}

/// A note while it is read.
#[derive(Default)]
struct RawNote {
    at: Option<CellPlace>,
    author: Option<usize>,
    /// The words in pieces that look the same: an author's name is one of its own.
    pieces: Vec<String>,
    /// Where people are called by name, in UTF-16 units.
    calls: Vec<(usize, usize)>,
}

/// The notes of a part, each in an element of this name.
fn cell_notes(text: &str, part: &str, element: &str) -> Result<Vec<CellNote>, UnreadableMatrix> {
    let mut notes = Vec::new();
    let mut authors: Vec<String> = Vec::new();
    let (mut raw, mut within): (Option<RawNote>, &str) = (None, "");
    each(text, part, |event| match event {
        Event::Start(start) | Event::Empty(start) => {
            let is_open = matches!(event, Event::Start(_));
            match (start.local_name().as_ref(), &mut raw) {
                ("author", _) => {
                    authors.push(String::new());
                    within = if is_open { "author" } else { "" };
                }
                // Readings of East Asian words repeat them.
                ("rPh", _) => within = "",
                ("t", Some(raw)) if element == "comment" => {
                    raw.pieces.push(String::new());
                    within = if is_open { "t" } else { "" };
                }
                ("text", Some(raw)) if element != "comment" => {
                    raw.pieces.push(String::new());
                    within = if is_open { "t" } else { "" };
                }
                ("mention", Some(raw)) => {
                    let number = |name| attribute(start, name)?.parse().ok();
                    raw.calls.extend(number("startIndex").zip(number("length")));
                }
                (name, None) if name == element => {
                    raw = Some(RawNote {
                        at: attribute(start, "ref").as_deref().and_then(place),
                        author: attribute(start, "authorId").and_then(|id| id.parse().ok()),
                        ..RawNote::default()
                    });
                }
                _ => {}
            }
        }
        Event::End(end) => {
            within = "";
            if end.local_name().as_ref() == element
                && let Some(raw) = raw.take()
                && let Some(at) = raw.at
            {
                notes.push(CellNote { at, words: bare(&raw, &authors) });
            }
        }
        Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if !within.is_empty() => {
            let words = words(event);
            match &mut raw {
                Some(raw) if within == "t" => {
                    if let Some(piece) = raw.pieces.last_mut() {
                        piece.push_str(&words);
                    }
                }
                None if within == "author" => {
                    if let Some(author) = authors.last_mut() {
                        author.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    })?;
    Ok(notes)
}

/// The words of a note without the name before them, and without names called in it.
fn bare(raw: &RawNote, authors: &[String]) -> String {
    let all = raw.pieces.concat();
    if !raw.calls.is_empty() {
        let mut units: Vec<u16> = all.encode_utf16().collect();
        for (start, length) in raw.calls.iter().rev() {
            let end = start.saturating_add(*length).min(units.len());
            if *start < end {
                units.splice(*start..end, "@…".encode_utf16());
            }
        }
        return String::from_utf16_lossy(&units);
    }
    let author = raw.author.and_then(|at| authors.get(at)).map_or("", |name| name.trim());
    // Whoever wrote it may have another name now than the list has: programs set the name before the words
    // as a piece of its own.
    match raw.pieces.split_first() {
        Some((first, rest)) if !rest.is_empty() && first.trim_end().ends_with(':') => rest.concat(),
        _ => without_name(&all, author).to_owned(),
    }
}

/// The words of a note without the name that programs put on its first line.
pub(super) fn without_name<'w>(words: &'w str, author: &str) -> &'w str {
    let words = words.trim();
    if let Some(rest) = words.strip_prefix(author)
        && !author.is_empty()
        && let Some(rest) = rest.trim_start().strip_prefix(':')
    {
        return rest.trim();
    }
    match words.split_once('\n') {
        Some((first, rest)) if first.trim_end().ends_with(':') => rest.trim(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_no_name() {
        let old = r#"<comments><authors><author>A. Drafter</author></authors><commentList>
            <comment ref="K7" authorId="0"><text><r><rPr><b/></rPr><t>A. Drafter:</t></r><r><t xml:space="preserve">
not &amp; never</t></r></text></comment>
            <comment ref="$L$8" authorId="0"><text><r><t>Somebody:</t></r><r><t>later</t></r></text></comment>
            <comment ref="M9" authorId="0"><text><t>Note: see OP5</t></text></comment>
            </commentList></comments>"#;
        let found = cell_notes(old, "xl/comments1.xml", "comment").unwrap();
        let words: Vec<_> = found.iter().map(|note| (note.at, note.words.trim())).collect();
        assert_eq!(
            words,
            [((6, 10), "not & never"), ((7, 11), "later"), ((8, 12), "Note: see OP5")]
        );
        let threaded = r#"<ThreadedComments><threadedComment ref="K7" personId="{1}"><text>@Ann Drafter please look</text>
            <mentions><mention mentionpersonId="{2}" startIndex="0" length="12"/></mentions></threadedComment></ThreadedComments>"#;
        let found = cell_notes(threaded, "xl/threadedComments/1.xml", "threadedComment").unwrap();
        assert_eq!(found[0].words, "@… please look");
    }
}
