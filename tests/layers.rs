//! The house rules: who may import whom, and how large a room may grow.

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
fn layers_import_only_what_lies_below() {
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

#[test]
fn every_layer_is_a_module() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    for (name, _) in LAYERS {
        assert!(lib.contains(&format!("pub mod {name};")), "{name} is no module of the library");
    }
}
