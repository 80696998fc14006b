//! Markup: the words of pages and of the parts of a package, paragraph by paragraph, and what
//! is in tags.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::escape::unescape_with;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap as HashMap;

use super::{PIECE, Sieve};

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// It ends the text.
    Ends,
    /// It only says how letters look: the text goes on through it.
    Within,
    /// A line break or another space.
    Space,
    /// A hyphen.
    Hyphen,
    /// Its content was inserted.
    PutIn,
    /// Its content was deleted.
    TakenOut,
}

static TAGS: LazyLock<HashMap<&str, Tag>> = LazyLock::new(|| {
    let within = "a abbr b bdi bdo big cite code dfn em font i kbd label mark q s samp small span \
        strike strong sub sup time tt u var wbr r t rPr delText hyperlink smartTag sdt \
        sdtContent sdtPr fldSimple instrText ruby rt rubyBase tspan";
    let known = [
        (within, Tag::Within),
        ("br cr tab", Tag::Space),
        ("noBreakHyphen", Tag::Hyphen),
        ("ins moveTo", Tag::PutIn),
        ("del moveFrom", Tag::TakenOut),
    ];
    let each = known.iter().flat_map(|(tags, tag)| tags.split_whitespace().map(|it| (it, *tag)));
    each.collect()
});

impl Tag {
    fn of(name: &str) -> Self {
        TAGS.get(name).copied().unwrap_or(Self::Ends)
    }

    /// Which mark it is: for inserted text (0) or for deleted text (1).
    fn mark(self) -> Option<usize> {
        match self {
            Self::PutIn => Some(0),
            Self::TakenOut => Some(1),
            _ => None,
        }
    }
}

/// Reads a page in HTML, as browsers do.
pub(super) fn page(file: impl Read, sieve: &mut Sieve<'_>) -> io::Result<()> {
    read(BufReader::with_capacity(PIECE, file), sieve)?;
    sieve.finish();
    Ok(())
}

/// Reads the words of one file in XML or HTML. In a page, tags need not be closed.
pub(super) fn read(file: impl BufRead, sieve: &mut Sieve<'_>) -> io::Result<()> {
    let mut reader = Reader::from_reader(file);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut words = Paragraph::default();
    while !sieve.stopped {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(io::Error::other)? {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.local_name().into_inner();
                words.starts(Tag::of(name), sieve);
                note(name, &tag, sieve);
            }
            Event::Empty(tag) => {
                let name = tag.local_name().into_inner();
                words.breaks(Tag::of(name), sieve);
                note(name, &tag, sieve);
            }
            Event::End(tag) => words.ends(Tag::of(tag.local_name().into_inner()), sieve),
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

/// Takes in what is in a tag.
fn note(name: &str, tag: &BytesStart<'_>, sieve: &mut Sieve<'_>) {
    let mut raw = tag.attributes_raw();
    if raw.is_empty() {
        return;
    }
    if matches!(name, "c" | "row") {
        raw = after_place(raw);
    }
    if raw.contains('&') {
        values(tag, &mut |value| sieve.aside(value));
    } else if !raw.is_empty() {
        sieve.aside_as(raw, values);
    }
}

/// What the tag of a cell or a row says besides its place, which every one has: ` r="G77"`.
fn after_place(raw: &str) -> &str {
    let rest = raw.strip_prefix(" r=\"").unwrap_or_default();
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).strip_prefix('"').unwrap_or(raw)
}

/// Passes on the values in a tag, or the whole tag if it cannot be parsed.
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

/// The letter that an entity stands for, given without its `&` and `;`.
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

/// A paragraph that the sieve is taking in, and how it reads without inserted or deleted text.
#[derive(Default)]
struct Paragraph {
    /// The text without what is marked as inserted, and without what is marked as deleted.
    parted: Option<[String; 2]>,
    /// How many marks of each are open.
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

    fn starts(&mut self, tag: Tag, sieve: &mut Sieve<'_>) {
        if let Some(mark) = tag.mark() {
            self.depth[mark] += 1;
            let so_far = || [sieve.open().to_owned(), sieve.open().to_owned()];
            self.parted.get_or_insert_with(so_far);
        } else if !self.breaks(tag, sieve) && tag != Tag::Within {
            self.end(sieve);
        }
    }

    fn ends(&mut self, tag: Tag, sieve: &mut Sieve<'_>) {
        if let Some(mark) = tag.mark() {
            self.depth[mark] = self.depth[mark].saturating_sub(1);
        } else if tag != Tag::Within {
            self.end(sieve);
        }
    }

    /// Puts the character that a tag is, if it is a line break or a hyphen; returns whether it is.
    fn breaks(&mut self, tag: Tag, sieve: &mut Sieve<'_>) -> bool {
        match tag {
            Tag::Space => self.put("\n", sieve),
            Tag::Hyphen => self.put("-", sieve),
            _ => return false,
        }
        true
    }

    fn end(&mut self, sieve: &mut Sieve<'_>) {
        sieve.end();
        for without in self.parted.take().into_iter().flatten() {
            sieve.aside(&without);
        }
    }
}
