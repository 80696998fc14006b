//! The word lists of the data files.
//!
//! A file's first line says what it is and where it comes from. `[a name]` begins a list; its words
//! follow, with spaces and line ends between them; `_` in a word is a space within a phrase; a line
//! that begins with `#` is a comment. Tables have tabs between their columns.

use rustc_hash::FxHashSet as HashSet;
use std::sync::OnceLock;

pub(super) const FIELD_SHORT: &str = include_str!("data/abbreviations.tsv");
pub(super) const BLOCS: &str = include_str!("data/blocs.tsv");
pub(super) const ORGANISATIONS: &str = include_str!("data/organisations.tsv");
pub(super) const BODIES: &str = include_str!("data/bodies.txt");
pub(super) const CLASSES: &str = include_str!("data/classes.txt");
pub(super) const DESCRIPTIONS: &str = include_str!("data/descriptions.tsv");
pub(super) const FREQUENT: &str = include_str!("data/frequent.txt");
pub(super) const HEADS: &str = include_str!("data/heads.tsv");
pub(super) const KNOWN: &str = include_str!("data/known.txt");
pub(super) const LETTERS: &str = include_str!("data/letters.tsv");
pub(super) const NEUTRAL: &str = include_str!("data/neutral.txt");
pub(super) const NEAR: &str = include_str!("near.txt");
pub(super) const PEOPLES: &str = include_str!("data/peoples.tsv");
pub(super) const PERSONS: &str = include_str!("data/persons.txt");
pub(super) const RUN_TITLES: &str = include_str!("data/run-titles.tsv");
pub(super) const SAYING: &str = include_str!("data/saying.txt");
pub(super) const SPORT: &str = include_str!("data/sport.tsv");
pub(super) const STATES: &str = include_str!("data/states.txt");
pub(super) const SUBJECTS: &str = include_str!("data/subjects.txt");
pub(super) const TONGUES: &str = include_str!("data/tongues.txt");
pub(super) const TURNS: &str = include_str!("data/turns.txt");
pub(super) const WEAK: &str = include_str!("data/weak.tsv");
pub(super) const WORDINGS: &str = include_str!("data/wordings.tsv");

/// A list of words, read when it is first used.
#[derive(Debug)]
pub(super) struct List {
    file: &'static str,
    name: &'static str,
    words: OnceLock<HashSet<&'static str>>,
}

impl List {
    /// The list of this name in a file.
    pub(super) const fn of(file: &'static str, name: &'static str) -> Self {
        Self { file, name, words: OnceLock::new() }
    }

    /// Whether a word is one of these.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.words().collect()).contains(word)
    }

    /// The words in their order.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        let own = lists(self.file).filter(|(name, _)| *name == self.name);
        own.flat_map(|(_, line)| line.split_whitespace())
    }
}

/// The lines of a file's lists, each with the name of its list.
pub(super) fn lists(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut list = "";
    file.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => {
                list = name;
                None
            }
            None => Some((list, line)),
        }
    })
}

/// The rows of a table, split at tabs.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::super::fold::fold;
    use super::*;

    const FILES: [(&str, &str); 12] = [
        ("BODIES", BODIES),
        ("CLASSES", CLASSES),
        ("FREQUENT", FREQUENT),
        ("KNOWN", KNOWN),
        ("NEAR", NEAR),
        ("NEUTRAL", NEUTRAL),
        ("PERSONS", PERSONS),
        ("SAYING", SAYING),
        ("STATES", STATES),
        ("SUBJECTS", SUBJECTS),
        ("TONGUES", TONGUES),
        ("TURNS", TURNS),
    ];

    /// The source code of the layer, in which every list is used somewhere.
    fn source() -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/names");
        let mut texts = fs::read_to_string(folder.with_extension("rs")).unwrap();
        for folder in [folder.clone(), folder.join("neutral"), folder.join("unknown")] {
            for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
                if file.extension().is_some_and(|ending| ending == "rs") {
                    texts += &fs::read_to_string(file).unwrap();
                }
            }
        }
        texts
    }

    fn is_folded(word: &str) -> bool {
        let tokens = fold(&word.replace('_', " ")).tokens;
        let folded: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let spelt = tokens.iter().any(|token| token.unspaced);
        spelt || folded.join("_") == word.to_lowercase() || word.contains('/')
    }

    #[test]
    fn every_list_is_well_formed() {
        for (file, text) in FILES {
            assert!(text.starts_with("# ") && text.ends_with('\n'), "{file} says what it is");
            let mut seen = BTreeSet::new();
            for (list, line) in lists(text) {
                assert!(!list.is_empty() || line.is_empty(), "{file}: {line} is in no list");
                for word in line.split_whitespace() {
                    assert!(seen.insert((list, word)), "{file} [{list}] has {word} twice");
                    assert!(is_folded(word), "{file} [{list}]: {word} is never met: not folded");
                }
            }
            let named = text.lines().filter(|line| line.starts_with('[')).count();
            let lists: BTreeSet<&str> = seen.iter().map(|(list, _)| *list).collect();
            assert_eq!(named, lists.len(), "{file}: a list twice, or one that is empty");
        }
    }

    #[test]
    fn every_list_is_used_and_every_list_used_is_there() {
        let source = source();
        let mut used = BTreeSet::new();
        for call in source.split("List::of(").skip(1) {
            let Some((file, rest)) = call.split_once(", \"") else { continue };
            let Some((_, text)) = FILES.iter().find(|(name, _)| *name == file) else { continue };
            let name = rest.split('"').next().unwrap();
            assert!(lists(text).any(|(list, _)| list == name), "{file} has no [{name}]");
            used.insert((file, name));
        }
        for (file, text) in FILES.iter().filter(|(file, _)| *file != "CLASSES") {
            for (list, _) in lists(text).filter(|(list, _)| !list.is_empty()) {
                assert!(used.contains(&(*file, list)), "nobody asks {file} for [{list}]");
            }
        }
    }

    #[test]
    fn every_table_is_well_formed() {
        for (table, columns) in [
            (WEAK, 2),
            (HEADS, 5),
            (LETTERS, 4),
            (RUN_TITLES, 5),
            (WORDINGS, 5),
            (BLOCS, 2),
            (FIELD_SHORT, 4),
            (SPORT, 2),
            (ORGANISATIONS, 3),
            (DESCRIPTIONS, 5),
        ] {
            assert!(table.starts_with("# ") && table.ends_with('\n'));
            let mut seen = BTreeSet::new();
            for row in rows(table) {
                assert_eq!(row.len(), columns, "{row:?}");
                assert!(
                    seen.insert(row[..(columns / 2).max(1)].to_vec()),
                    "{row:?} is there twice"
                );
            }
        }
        for row in rows(WEAK) {
            let mut words = BTreeSet::new();
            for word in row.iter().flat_map(|cell| cell.split(' ')).filter(|it| !it.is_empty()) {
                assert!(is_folded(word), "{word} is never met: not folded");
            }
            assert!(row[1].split(' ').all(|phrase| words.insert(phrase)), "{row:?}");
        }
    }
}
