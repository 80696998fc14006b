//! Markup: the words of pages and of the parts of a package, paragraph by paragraph, and whatever
//! stands in tags.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::escape::unescape_with;
use quick_xml::events::{BytesStart, Event};

use super::PIECE;
use super::sieve::Sieve;

/// The tags that only say how letters look: a text goes on through them. All others end it.
static WITHIN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let tags = "a abbr b bdi bdo big cite code dfn em font i kbd label mark q s samp small span \
        strike strong sub sup time tt u var wbr r t rPr delText hyperlink smartTag sdt \
        sdtContent sdtPr fldSimple instrText ruby rt rubyBase tspan";
    tags.split_whitespace().collect()
});

/// A page in HTML, as browsers read it.
pub(super) fn page(file: impl Read, sieve: &mut Sieve<'_>) -> io::Result<()> {
    read(BufReader::with_capacity(PIECE, file), sieve)?;
    sieve.finish();
    Ok(())
}

/// The words of one file in XML or HTML. In a page, tags need not be closed.
pub(super) fn read(file: impl BufRead, sieve: &mut Sieve<'_>) -> io::Result<()> {
    let mut reader = Reader::from_reader(file);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut words = Paragraph::default();
    while !sieve.is_stopped() {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(io::Error::other)? {
            Event::Eof => break,
            Event::Start(tag) => {
                words.starts(name(&tag), sieve);
                note(&tag, sieve);
            }
            Event::Empty(tag) => {
                words.breaks(name(&tag), sieve);
                note(&tag, sieve);
            }
            Event::End(tag) => words.ends(tag.local_name().into_inner(), sieve),
            Event::Text(text) => words.put(&text, sieve),
            Event::GeneralRef(entity) => match letter(&entity) {
                Some(letter) => words.put(letter.encode_utf8(&mut [0; 4]), sieve),
                None => words.put(&entity, sieve),
            },
            Event::CData(text) => words.put(&text, sieve),
            Event::Comment(text) => sieve.aside(&text),
            Event::PI(text) => sieve.aside(&text),
            Event::DocType(text) => sieve.aside(&text),
            Event::Decl(_) => {}
        }
    }
    words.end(sieve);
    Ok(())
}

fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// Takes in what stands in a tag.
fn note(tag: &BytesStart<'_>, sieve: &mut Sieve<'_>) {
    let raw = tag.attributes_raw();
    if raw.contains('&') {
        values(tag, &mut |value| sieve.aside(value));
    } else if !raw.is_empty() {
        sieve.aside_as(tag, values);
    }
}

/// The values in a tag; all of the tag where it cannot be taken apart.
fn values(tag: &str, each: &mut dyn FnMut(&str)) {
    let start = BytesStart::from_content(tag, tag.find(char::is_whitespace).unwrap_or(tag.len()));
    for attribute in start.html_attributes().with_checks(false) {
        let Ok(attribute) = attribute else { return each(tag) };
        match unescape_with(&attribute.value, |_| None) {
            Ok(value) => each(&value),
            Err(_) => each(&attribute.value),
        }
    }
}

/// The letter that an entity is, without its `&` and `;`.
pub(super) fn letter(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// A paragraph that the sieve is taking in, and how it reads without what was put in or taken out.
#[derive(Default)]
struct Paragraph {
    /// Without what is marked as put in, and without what is marked as taken out.
    parted: Option<[String; 2]>,
    /// Within how many marks of each it is.
    depth: [usize; 2],
}

impl Paragraph {
    fn put(&mut self, text: &str, sieve: &mut Sieve<'_>) {
        sieve.put(text);
        for (without, depth) in self.parted.iter_mut().flatten().zip(self.depth) {
            if depth == 0 {
                without.push_str(text);
            }
            if without.len() > PIECE {
                sieve.aside(without);
                without.clear();
            }
        }
    }

    fn starts(&mut self, tag: &str, sieve: &mut Sieve<'_>) {
        if let Some(mark) = mark(tag) {
            self.depth[mark] += 1;
            let so_far = || [sieve.open().to_owned(), sieve.open().to_owned()];
            self.parted.get_or_insert_with(so_far);
        } else if !self.breaks(tag, sieve) && !WITHIN.contains(tag) {
            self.end(sieve);
        }
    }

    fn ends(&mut self, tag: &str, sieve: &mut Sieve<'_>) {
        if let Some(mark) = mark(tag) {
            self.depth[mark] = self.depth[mark].saturating_sub(1);
        } else if !WITHIN.contains(tag) {
            self.end(sieve);
        }
    }

    /// Whether a tag is a line's end or another space.
    fn breaks(&mut self, tag: &str, sieve: &mut Sieve<'_>) -> bool {
        let breaks = matches!(tag, "br" | "cr" | "tab" | "noBreakHyphen");
        if breaks {
            self.put(if tag == "noBreakHyphen" { "-" } else { "\n" }, sieve);
        }
        breaks
    }

    fn end(&mut self, sieve: &mut Sieve<'_>) {
        sieve.end();
        for without in self.parted.take().into_iter().flatten() {
            sieve.aside(&without);
        }
    }
}

/// Which mark a tag is: of what was put in, or of what was taken out.
fn mark(tag: &str) -> Option<usize> {
    match tag {
        "ins" | "moveTo" => Some(0),
        "del" | "moveFrom" => Some(1),
        _ => None,
    }
}
