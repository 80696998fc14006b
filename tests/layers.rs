//! The house rules: who may import whom, and how large a file, a type and a function may grow.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with what it may import, as docs/architecture.md has it.
const LAYERS: [(&str, &[&str]); 9] = [
    ("names", &[]),
    ("workshop", &["names"]),
    ("feedback", &["names", "workshop"]),
    ("export", &["feedback"]),
    ("import", &["names", "workshop", "feedback"]),
    ("store", &["workshop"]),
    ("app", &["names", "workshop", "feedback"]),
    ("view", &["app", "workshop", "feedback"]),
    ("shell", &["names", "workshop", "feedback", "export", "import", "store", "app", "view"]),
];

/// Crates that only some layers may know.
const CRATES: [(&str, &[&str]); 5] = [
    ("ratatui", &["view", "shell"]),
    ("crossterm", &["shell"]),
    ("directories", &["shell"]),
    ("notify", &["store"]),
    ("clap", &["shell"]),
];

pub(super) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for found in fs::read_dir(folder).unwrap() {
        let path = found.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

pub(super) fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn layer(path: &Path) -> String {
    let first = path.strip_prefix(src()).unwrap().components().next().unwrap();
    first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

#[test]
fn layers_import_only_lower_ones() {
    for path in sources(&src()) {
        let of = layer(&path);
        let Some((_, may)) = LAYERS.iter().find(|(name, _)| *name == of) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        for (name, _) in LAYERS.iter().filter(|(name, _)| *name != of && !may.contains(name)) {
            let import = format!("crate::{name}");
            let bare = |line: &&str| !line.trim_start().starts_with("//");
            let found = text.lines().filter(bare).find(|line| line.contains(&import));
            assert_eq!(found, None, "{}: {of} may not import {name}", path.display());
        }
        for (name, known) in CRATES.iter().filter(|(_, known)| !known.contains(&of.as_str())) {
            let found = text.lines().find(|line| {
                let line = line.trim_start();
                line.starts_with(&format!("use {name}::")) || line.contains(&format!(" {name}::"))
            });
            assert_eq!(found, None, "{}: only {known:?} may know {name}", path.display());
        }
    }
}

#[test]
fn rooms_stay_rooms() {
    for path in sources(&src()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{}: says first what it is for", path.display());
        let lines = text.lines().count();
        assert!(lines <= 700, "{}: {lines} lines; split it", path.display());
    }
}

/// The modules of the screens, with the type that has each one's state, from the table of all screens.
fn screens() -> Vec<(String, String)> {
    let text = fs::read_to_string(src().join("app/screen.rs")).unwrap();
    let table = text.split("macro_rules! ").find(|part| part.starts_with("every_screen")).unwrap();
    let rows = table.lines().filter_map(|line| line.split_once(": ")?.1.split_once("::"));
    rows.map(|(module, rest)| (module.to_owned(), name(rest))).collect()
}

/// Whether a line of code has this word by itself.
fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        // A variant of another enum may have the name of a screen's type.
        !before.ends_with(part) && !before.ends_with("::") && !after.starts_with(part)
    })
}

/// Whether a path in a line of code begins with this module, as in `use super::{Core, names::Found}`.
fn has_path(line: &str, module: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    line.match_indices(&format!("{module}::")).any(|(at, _)| !line[..at].ends_with(part))
}

#[test]
fn no_screen_reaches_into_another() {
    let app = src().join("app");
    let screens = screens();
    assert!(screens.len() >= 10, "{screens:?}");
    for (own, _) in &screens {
        let files = sources(&app).into_iter().filter(|path| {
            let inside = path.strip_prefix(&app).unwrap();
            inside.starts_with(own) || inside == Path::new(&format!("{own}.rs"))
        });
        for path in files {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.map(|line| line.split('"').step_by(2).collect::<String>());
            let code: Vec<String> = code.collect();
            for (other, state) in screens.iter().filter(|(other, _)| other != own) {
                let reaches = |line: &&String| {
                    line.contains(&format!("super::{other}::"))
                        || line.contains(&format!("app::{other}::"))
                        || has_path(line, other)
                        || has_word(line, state)
                };
                let found = code.iter().find(reaches);
                assert_eq!(found, None, "{}: {own} may not know {other}", path.display());
            }
        }
    }
}

/// Types that have more methods than 60 or more fields than 16, and why.
const LARGE: [(&str, &str, &str); 13] = [
    ("workshop", "Workshop", "the whole document; split by what is asked of it into files"),
    ("names", "Sentence", "one sentence, looked at by many rules"),
    ("names", "Wordings", "one text, for which many other wordings are tried"),
    ("app", "Core", "what all screens share, each field for another reason"),
    ("app", "Consolidate", "two lists with what was chosen, marked and found in them"),
    ("feedback", "Feedback", "a record that is written to files as it is"),
    ("feedback", "Point", "a record that is written to files as it is"),
    ("workshop", "Point", "a register for each field that can change"),
    ("workshop", "Receipt", "the receipt's parts"),
    ("store", "LaptopNews", "a record that is written to files as it is"),
    ("store", "Header", "a record that is written to files as it is"),
    ("import", "UncheckedFeedback", "a record that is read from files as it is"),
    ("shell", "ListedPoint", "a record that is printed as it is"),
];

/// Files with a function of more than 80 lines, and why it is one.
const LONG: [(&str, &str); 14] = [
    ("names.rs", "the ways in which a name is found, one after the other"),
    ("names/fold.rs", "a table of letters"),
    ("names/runs.rs", "the words of a run, one after the other"),
    ("names/role.rs", "a table of places in a sentence"),
    ("names/predicate.rs", "a table of verbs"),
    ("names/context.rs", "a table of words before a name"),
    ("feedback/draft.rs", "a sentence for each reason"),
    ("export/about.rs", "the rows of a sheet in their order"),
    ("workshop/flaw.rs", "an arm for each kind of change"),
    ("workshop/document/undo.rs", "an arm for each kind of change"),
    ("workshop/document/apply.rs", "an arm for each kind of change"),
    ("store/rejection.rs", "a sentence for each reason"),
    ("store/bundle.rs", "the parts of a bundle in their order"),
    ("store/scratch/tests.rs", "an arm for each step of a test"),
];

/// What a line begins at this depth: a function, a field.
fn begins<'a>(line: &'a str, indent: &str, word: &str) -> Option<&'a str> {
    let line = line.strip_prefix(indent)?;
    let line = match line.strip_prefix("pub(") {
        Some(rest) => rest.split_once(") ")?.1,
        None => line.strip_prefix("pub ").unwrap_or(line),
    };
    line.strip_prefix("const ").unwrap_or(line).strip_prefix(word)
}

fn name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn types_and_functions_stay_small() {
    let mut methods: HashMap<(String, String), usize> = HashMap::new();
    let mut fields: Vec<(String, String, usize)> = Vec::new();
    for path in sources(&src()) {
        let text = fs::read_to_string(&path).unwrap();
        let (mut of, mut record) = (None, None);
        let mut functions: Vec<(String, usize)> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            if let Some(rest) = line.strip_prefix("impl").filter(|line| !line.contains(" for ")) {
                let rest =
                    if rest.starts_with('<') { rest.split_once("> ").unwrap().1 } else { rest };
                of = Some(name(rest.trim_start()));
            }
            if let Some(rest) = begins(line, "", "struct ").filter(|_| line.ends_with('{')) {
                record = Some(name(rest));
                fields.push((layer(&path), name(rest), 0));
            }
            if line == "}" {
                (of, record) = (None, None);
            }
            if let (Some(of), Some(_)) = (&of, begins(line, "    ", "fn ")) {
                *methods.entry((layer(&path), of.clone())).or_default() += 1;
            }
            let field = begins(line, "    ", "").filter(|_| line.contains(": "));
            if record.is_some() && field.is_some_and(|field| !field.starts_with(['/', '#', ' '])) {
                fields.last_mut().unwrap().2 += 1;
            }
            let indent = &line[..line.len() - line.trim_start().len()];
            if begins(line, indent, "fn ").is_some() && !line.ends_with(['}', ';']) {
                functions.push((format!("{indent}}}"), at));
            }
            if let Some((_, start)) = functions.pop_if(|(end, _)| end == line) {
                let lines = at + 1 - start;
                let long = LONG.iter().any(|(file, _)| path == src().join(file));
                assert!(lines <= 80 || long, "{}:{}: {lines} lines", path.display(), start + 1);
            }
        }
    }
    let may = |layer: &str, name: &str| LARGE.iter().any(|(l, n, _)| (*l, *n) == (layer, name));
    for ((layer, name), count) in methods {
        assert!(count <= 60 || may(&layer, &name), "{layer}: {name} has {count} methods");
    }
    for (layer, name, count) in fields {
        assert!(count <= 16 || may(&layer, &name), "{layer}: {name} has {count} fields");
    }
}

#[test]
fn every_layer_is_a_module() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    for (name, _) in LAYERS {
        assert!(lib.contains(&format!("pub mod {name};")), "{name} is no module of the library");
    }
}

/// How many types in a hundred may have a name that another type has too: `feedback` has its own
/// `Point`, `Session` and the like on purpose.
const SHARED_NAMES: usize = 12;

#[test]
fn the_name_of_a_type_means_one_thing() {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for path in sources(&src()) {
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines() {
            let bare = line.strip_prefix("pub").map_or(line, |rest| {
                rest.split_once(") ").map_or(rest.trim_start(), |(_, rest)| rest)
            });
            let sorts = ["struct ", "enum ", "trait ", "type "];
            if let Some(rest) = sorts.iter().find_map(|sort| bare.strip_prefix(sort)) {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                *count.entry(rest[..end].to_owned()).or_default() += 1;
            }
        }
    }
    let all: usize = count.values().sum();
    let shared: Vec<_> = count.iter().filter(|(_, count)| **count > 1).collect();
    let among: usize = shared.iter().map(|(_, count)| **count).sum();
    assert!(all > 500, "only {all} types were found");
    assert!(among * 100 <= all * SHARED_NAMES, "{among} of {all} types: {shared:?}");
}
