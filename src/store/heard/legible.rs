//! What can still be read in a file of what was heard that is damaged: which laptops it is about.

use super::super::own;
use crate::workshop::{GroupId, Moment, WriterId, is_id};

/// How much later than the file itself something in it can have been made: clocks differ.
const DAY: i64 = 86_400_000;
/// The length of an id.
const ID: usize = 12;
/// What is around the id of a laptop: `"`, and this.
const OPENS: &[u8] = b"\":{";

/// A laptop that a damaged file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedLaptop {
    pub(super) id: WriterId,
    pub(super) group: Option<GroupId>,
    /// When it made its last bundle.
    pub(super) made: Option<Moment>,
    /// Those whose changes it counted.
    pub(super) writers: Vec<WriterId>,
}

impl NamedLaptop {
    /// Whether its id is right for certain: it follows from that of a writer.
    pub(super) fn is_certain(&self) -> bool {
        self.writers.iter().any(|writer| own::fresh(*writer) == self.id)
    }

    /// Whether its id may be that of another laptop with wrong letters.
    pub(super) fn may_be(&self, other: WriterId) -> bool {
        let (id, other) = (self.id.to_string(), other.to_string());
        id.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count() <= 2
    }
}

/// The laptops that a file names which was last written then. A time that it cannot have known is wrong.
pub(super) fn named_in(text: &[u8], written: Moment) -> Vec<NamedLaptop> {
    let ids: Vec<(usize, WriterId)> = memchr::memmem::find_iter(text, OPENS)
        .filter_map(|end| Some((end + OPENS.len(), id_before(text, end)?)))
        .collect();
    let ends = ids.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let entries = ids.iter().zip(ends).map(|((at, id), end)| (*id, &text[*at..end]));
    // What is about a file is about no laptop.
    let entries = entries.filter(|(_, entry)| field(entry, b"\"file\":\"").is_none());
    let named = entries.map(|(id, entry)| NamedLaptop {
        id,
        group: field(entry, b"\"group\":\"").and_then(group),
        made: field(entry, b"\"made\":")
            .and_then(number)
            .map(Moment)
            .filter(|made| made.0 <= written.0.saturating_add(DAY)),
        writers: memchr::memmem::find_iter(entry, b"\":")
            .filter(|end| entry.get(end + 2).is_some_and(u8::is_ascii_digit))
            .filter_map(|end| id_before(entry, end))
            .collect(),
    });
    named.collect()
}

/// The quoted id that ends here.
fn id_before(text: &[u8], end: usize) -> Option<WriterId> {
    let start = end.checked_sub(ID).filter(|start| *start > 0 && text[start - 1] == b'"')?;
    std::str::from_utf8(&text[start..end]).ok()?.parse().ok()
}

/// What follows a field's name.
fn field<'t>(entry: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    memchr::memmem::find(entry, name).map(|at| &entry[at + name.len()..])
}

fn number(text: &[u8]) -> Option<i64> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    std::str::from_utf8(&text[..end]).ok()?.parse().ok()
}

fn group(text: &[u8]) -> Option<GroupId> {
    let end = memchr::memchr(b'"', text)?;
    let id = std::str::from_utf8(&text[..end]).ok().filter(|id| is_id(id))?;
    Some(GroupId::from(id))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{LaptopNews, text_of};
    use super::*;

    #[test]
    fn wherever_a_file_is_damaged_most_of_its_laptops_are_still_named() {
        let writer = WriterId::new(2);
        let laptop = own::fresh(writer);
        let news = LaptopNews {
            group: Some("g".into()),
            made: Moment(5),
            writers: [(writer, 4)].into(),
            ..LaptopNews::default()
        };
        let file = LaptopNews { file: Some(WriterId::new(7)), ..news.clone() };
        let other = (WriterId::new(3), LaptopNews { group: None, ..news.clone() });
        let said = BTreeMap::from([(laptop, news), other.clone(), (WriterId::new(4), file)]);
        let text = text_of(&said);
        let find = |text: &[u8]| named_in(text, Moment(9));
        let named = find(&text);
        assert_eq!(named.len(), 2);
        let mine = named.iter().find(|named| named.id == laptop).unwrap();
        assert!(mine.is_certain() && mine.may_be(laptop) && !mine.may_be(other.0));
        assert_eq!((mine.group.clone(), mine.made), (Some("g".into()), Some(Moment(5))));
        assert!(!named.iter().any(|named| named.id == other.0 && named.is_certain()));
        for at in 0..text.len() {
            let mut wrong = text.clone();
            wrong[at] ^= 1;
            let found = find(&wrong);
            let both = [laptop, other.0].map(|id| found.iter().any(|named| named.may_be(id)));
            assert!(both.contains(&true), "{at}");
            find(&text[..at]);
        }
        assert_eq!(find(b"\0\0"), []);
    }
}
