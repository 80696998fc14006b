//! The parts of the states that take part: provinces, cities, islands.
//!
//! The table `regions.tsv` is made from published data by `src/names/world.py`; names that it has only in
//! Latin letters are in data/home-regions.tsv in the state's own script.

use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::world::{Lexicon, NameEntry, NameForm};
use super::{What, lists};

/// A part of a state.
#[derive(Debug)]
struct Region {
    /// Whether its name is also an English word.
    word: bool,
    names: &'static str,
}

/// The parts of each state, read once.
static REGIONS: LazyLock<HashMap<[u8; 2], Vec<Region>>> = LazyLock::new(|| {
    let mut regions: HashMap<[u8; 2], Vec<Region>> = HashMap::default();
    for row in lists::rows(include_str!("regions.tsv")) {
        if let [code, word, names] = row[..]
            && let [first, second] = *code.as_bytes()
        {
            let region = Region { word: !word.is_empty(), names };
            regions.entry([first, second]).or_default().push(region);
        }
    }
    regions
});

/// Their other names in their own script: code, names, who checked them.
const AT_HOME: &str = include_str!("data/home-regions.tsv");

/// From this many letters on, a name that is not a word needs no capital.
const LONG: usize = 6;

/// Adds the parts of these states; each names its state.
pub(super) fn add(
    present: &HashSet<[u8; 2]>,
    which: impl Fn([u8; 2]) -> Option<CompactString>,
    lexicon: &mut Lexicon,
) {
    for code in present {
        let Some(which) = which(*code) else { continue };
        for row in lists::rows(AT_HOME).filter(|row| row[0].as_bytes() == code) {
            for name in row.get(1).into_iter().flat_map(|names| names.split('|')) {
                let short = name.is_ascii() && name.len() < LONG;
                let form = if short { NameForm::Title } else { NameForm::Any };
                let which = which.clone();
                lexicon.add(name, &NameEntry { what: What::Region, which, code: *code, form });
            }
        }
        let Some(regions) = REGIONS.get(code) else { continue };
        for region in regions {
            for name in region.names.split('|') {
                let form = match name.chars().count() {
                    _ if region.word => NameForm::Capital,
                    letters if letters < LONG => NameForm::Title,
                    _ => NameForm::Any,
                };
                let which = which.clone();
                lexicon.add(name, &NameEntry { what: What::Region, which, code: *code, form });
            }
        }
    }
}
