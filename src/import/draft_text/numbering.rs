//! The numbers that Word counts itself and does not write down.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::part::attribute;
use crate::workshop::in_roman;

/// What `word/numbering.xml` says, and how far each list has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Which scheme each list follows.
    lists: HashMap<String, String>,
    schemes: HashMap<String, HashMap<u8, Level>>,
    /// Where a list restarts at another number.
    starts: HashMap<(String, u8), u64>,
    counts: HashMap<String, [u64; LEVELS]>,
    begun: HashSet<String>,
    /// The current scheme while reading.
    scheme: String,
    list: String,
    level: u8,
}

/// How many levels of lists are counted.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u64,
    format: String,
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new() }
    }
}

impl Numbering {
    /// Takes in an event of the file.
    pub(super) fn note(&mut self, event: &Event) {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(start),
            Event::End(end) if end.local_name().as_ref() == "abstractNum" => self.scheme.clear(),
            Event::End(end) if end.local_name().as_ref() == "num" => self.list.clear(),
            _ => {}
        }
    }

    fn start(&mut self, start: &BytesStart) {
        let name = start.local_name();
        let value = || attribute(start, "val");
        match name.as_ref() {
            "abstractNum" => self.scheme = attribute(start, "abstractNumId"),
            "num" => self.list = attribute(start, "numId"),
            "abstractNumId" if !self.list.is_empty() => {
                self.lists.insert(self.list.clone(), value());
            }
            "lvl" | "lvlOverride" => self.level = attribute(start, "ilvl").parse().unwrap_or(0),
            "startOverride" => {
                let start = value().parse().unwrap_or(1);
                self.starts.insert((self.list.clone(), self.level), start);
            }
            field @ ("start" | "numFmt" | "lvlText") if !self.scheme.is_empty() => {
                let levels = self.schemes.entry(self.scheme.clone()).or_default();
                let level = levels.entry(self.level).or_default();
                match field {
                    "start" => level.start = value().parse().unwrap_or(1),
                    "numFmt" => level.format = value(),
                    _ => level.text = value(),
                }
            }
            _ => {}
        }
    }

    /// The number of a list's next paragraph as it is printed; empty if it cannot be known.
    pub(super) fn next(&mut self, list: &str, level: u8) -> String {
        let depth = usize::from(level);
        let scheme = self.lists.get(list).cloned().unwrap_or_default();
        let Some(levels) = self.schemes.get(&scheme).filter(|_| depth < LEVELS) else {
            return String::new();
        };
        let Some(own) = levels.get(&level) else { return String::new() };
        let start = |level: usize| levels.get(&(level as u8)).map_or(1, |found| found.start);
        let counts = self.counts.entry(scheme).or_insert([0; LEVELS]);
        if self.begun.insert(list.to_owned()) {
            for (nth, count) in counts.iter_mut().enumerate() {
                if let Some(start) = self.starts.get(&(list.to_owned(), nth as u8)) {
                    *count = start.saturating_sub(1);
                }
            }
        }
        counts[depth] = counts[depth].saturating_add(1).max(start(depth));
        counts[depth + 1..].fill(0);
        if own.format == "bullet" {
            return "•".to_owned();
        }
        if own.format == "none" {
            return String::new();
        }
        let mut printed = own.text.clone();
        for (nth, count) in counts.iter().enumerate() {
            let place = format!("%{}", nth + 1);
            if printed.contains(&place) {
                let format = levels.get(&(nth as u8)).map_or("decimal", |found| &found.format);
                let count = (*count).max(start(nth));
                let Some(written) = written(count, format) else { return String::new() };
                printed = printed.replace(&place, &written);
            }
        }
        printed
    }
}

fn written(count: u64, format: &str) -> Option<String> {
    Some(match format {
        "decimal" => count.to_string(),
        "decimalZero" => format!("{count:02}"),
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => in_roman(count)?,
        "upperRoman" => in_roman(count)?.to_uppercase(),
        _ => return None,
    })
}

/// a, b … z, aa, bb, as Word counts.
fn letters(count: u64) -> String {
    let nth = count.saturating_sub(1);
    let letter = char::from(b'a' + (nth % 26) as u8);
    let times = (nth / 26 + 1).min(8);
    std::iter::repeat_n(letter, times as usize).collect()
}
