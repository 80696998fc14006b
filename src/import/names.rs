//! The short names that an agenda gives to its topics, groups and sessions.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

use super::page::SourceText;
use crate::workshop;

/// The longest id, in characters.
const LONGEST: usize = 60;
/// The longest id that is made, so that it can still be typed.
const LONGEST_MADE: usize = 40;

/// An id made from a title: `Capacity building` is `capacity-building`.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    // A Latin letter loses its accents; the marks of other scripts are part of the word.
    let latin_accent = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    for word in title.split(|c: char| !is_kept(c)).filter(|word| !word.is_empty()) {
        let word: String = word.nfd().filter(|c| !latin_accent(*c)).nfc().collect();
        let word = word.to_lowercase();
        let longer = length + word.chars().count() + usize::from(length > 0);
        if longer > LONGEST_MADE && length > 0 {
            break;
        }
        if length > 0 {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST_MADE));
        length = longer;
    }
    slug
}

fn is_kept(c: char) -> bool {
    let foreign = !c.is_ascii() && !c.is_whitespace() && !c.is_control();
    let sign = matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}');
    c.is_alphanumeric() || c == '_' || (foreign && !sign)
}

/// Whether an id can be typed on a command line and be part of a file's name.
pub(super) fn is_id(id: &str) -> bool {
    let begins = id.chars().next().is_some_and(|c| is_kept(c) || c == '_');
    begins
        && id.chars().count() <= LONGEST
        && id.chars().all(|c| is_kept(c) || "-_.".contains(c))
        && workshop::is_id(id)
}

/// The ids of one sort of thing: where each was first given, and those still to be made.
pub(super) struct IdRegister {
    what: &'static str,
    given: HashMap<CompactString, usize>,
}

impl IdRegister {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, given: HashMap::new() }
    }

    /// Takes an id that was given in the agenda; the second of two equal ones is a mistake.
    pub(super) fn define(&mut self, page: &mut SourceText<'_>, at: usize, id: &CompactString) {
        let first = *self.given.entry(id.clone()).or_insert(at);
        if first != at {
            let line = page.line(first);
            let what = format!("The {} on line {line} has the id “{id}” already.", self.what);
            page.mistake(at, what, format!("Give this one another, such as \"{id}-2\"."));
        }
    }

    /// Makes the missing ids from titles, each different.
    pub(super) fn make<'a>(&self, unnamed: impl Iterator<Item = (&'a mut CompactString, &'a str)>) {
        let mut taken: HashSet<CompactString> = self.given.keys().cloned().collect();
        let mut next: HashMap<String, usize> = HashMap::new();
        for (id, title) in unnamed.filter(|(id, _)| id.is_empty()) {
            let slug = Some(slug(title)).filter(|slug| !slug.is_empty());
            let slug = slug.unwrap_or_else(|| self.what.to_owned());
            let number = next.entry(slug.clone()).or_insert(1);
            *id = CompactString::from(&slug);
            while !taken.insert(id.clone()) {
                *number += 1;
                *id = CompactString::from(format!("{slug}-{number}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_any_title() {
        for (title, id) in [
            ("Capacity building", "capacity-building"),
            ("  Monitoring & measuring: “impact”! ", "monitoring-measuring-impact"),
            ("Café São Tomé", "cafe-sao-tome"),
            ("ความร่วมมือ ระดับภูมิภาค", "ความร่วมมือ-ระดับภูมิภาค"),
            ("…", ""),
        ] {
            assert_eq!(slug(title), id);
            assert!(id.is_empty() || is_id(id), "{id}");
        }
        for wrong in ["", "a b", "../x", "a/b", "-x", ".x", "a\u{202e}b", "a:b", "a\u{feff}b"] {
            assert!(!is_id(wrong), "{wrong}");
        }
        assert!(is_id(&"𠮷".repeat(LONGEST)), "letters of any script");
    }
}
