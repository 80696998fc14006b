//! The parts of a package: which belongs to which, and what they say.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::UnreadableMatrix;

/// The longest part that is held in memory, in bytes. The whole package was counted before.
const LONGEST: u64 = 64 << 20;

pub(super) type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// A relation of a part to another.
pub(super) struct PartRelation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// The relations of a part; those of the package, without one.
pub(super) fn relations(
    package: &mut Package,
    part: &str,
) -> Result<Vec<PartRelation>, UnreadableMatrix> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let between = if folder.is_empty() { "" } else { "/" };
    let of = format!("{folder}{between}_rels/{name}.rels");
    let mut found = Vec::new();
    each(&text(package, &of)?, &of, |event| {
        if let Event::Start(start) | Event::Empty(start) = event
            && start.local_name().as_ref() == "Relationship"
            && attribute(start, "TargetMode").as_deref() != Some("External")
        {
            let value = |name| attribute(start, name).unwrap_or_default();
            found.push(PartRelation {
                id: value("Id"),
                kind: value("Type"),
                target: value("Target"),
            });
        }
    })?;
    Ok(found)
}

/// A target as the name of a part: `../comments1.xml` of `xl/worksheets/sheet1.xml` is `xl/comments1.xml`.
pub(super) fn resolved(part: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let mut steps: Vec<&str> = part.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part as text; empty if there is none.
pub(super) fn text(package: &mut Package, name: &str) -> Result<String, UnreadableMatrix> {
    let bytes = content(package, name)?;
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    Ok(text.into_owned())
}

/// What is in a part; nothing if there is none.
pub(super) fn content(package: &mut Package, name: &str) -> Result<Vec<u8>, UnreadableMatrix> {
    let Ok(part) = package.by_name(name) else { return Ok(Vec::new()) };
    let mut bytes = Vec::new();
    part.take(LONGEST + 1).read_to_end(&mut bytes).map_err(UnreadableMatrix::broken)?;
    if bytes.len() as u64 > LONGEST {
        return Err(UnreadableMatrix::TooMuch(format!(
            "its part {name} has more than {} MB",
            LONGEST >> 20
        )));
    }
    Ok(bytes)
}

/// Passes on each event of a part.
pub(super) fn each(
    text: &str,
    name: &str,
    mut note: impl FnMut(&Event),
) -> Result<(), UnreadableMatrix> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => note(&event),
            Err(why) => return Err(UnreadableMatrix::broken(format!("{name}: {why}"))),
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// The words of an event.
pub(super) fn words(event: &Event) -> String {
    match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(name) => {
            let escaped = format!("&{};", &**name);
            quick_xml::escape::unescape(&escaped).map(Cow::into_owned).unwrap_or_default()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn the_name_of_a_part_follows_from_where_it_is_named() {
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("x.xml", "../../../../y.xml"), "y.xml");
    }
}
