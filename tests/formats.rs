//! `docs/format.md` names whatever is written: each field and variant that serde writes, each column.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::layers::{sources, src};

/// The names in the page that stand as code: between backticks, or in a block.
fn described() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let page = fs::read_to_string(path).unwrap();
    let blocks = page.replace("```", "`");
    let code = blocks.split('`').skip(1).step_by(2);
    code.flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .map(str::to_owned)
        .collect()
}

/// `PointCaptured` as serde writes it.
fn snake_case(name: &str) -> String {
    let mut written = String::new();
    for (nth, letter) in name.char_indices() {
        if letter.is_uppercase() && nth > 0 {
            written.push('_');
        }
        written.extend(letter.to_lowercase());
    }
    written
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name that a line of a type's body gives to a field, or at this depth to a variant.
fn name(line: &str, variants_at: Option<usize>) -> Option<String> {
    let bare = line.trim_start();
    let bare = bare.strip_prefix("pub(super) ").or(bare.strip_prefix("pub ")).unwrap_or(bare);
    let end = bare.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(bare.len());
    let (word, rest) = bare.split_at(end);
    if word.starts_with(char::is_lowercase) && rest.starts_with(": ") {
        return Some(word.to_owned());
    }
    let is_variant = word.starts_with(char::is_uppercase) && Some(indent(line)) == variants_at;
    is_variant.then(|| snake_case(word))
}

/// The names in the types of a source file that serde writes, each with its type.
fn written(source: &str) -> Vec<(String, String)> {
    let (mut found, mut attributes) = (Vec::new(), String::new());
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        let open = attributes.matches('[').count() > attributes.matches(']').count();
        if open || bare.starts_with("#[") {
            attributes.push_str(bare);
            continue;
        }
        if bare.starts_with("//") {
            continue;
        }
        let serialized = std::mem::take(&mut attributes).contains("Serialize");
        let mut words = bare.split(' ').skip_while(|word| word.starts_with("pub"));
        let (Some(sort @ ("struct" | "enum")), Some(of)) = (words.next(), words.next()) else {
            continue;
        };
        if !serialized || !bare.ends_with('{') {
            continue;
        }
        let (depth, mut left_out, mut renamed) = (indent(line), false, None);
        let variants_at = (sort == "enum").then_some(depth + 4);
        for line in lines.by_ref().take_while(|line| *line != format!("{:depth$}}}", "")) {
            let bare = line.trim_start();
            if bare.starts_with("#[") {
                left_out |= bare.contains("serde(skip)") || bare.contains("flatten");
                let other =
                    bare.split_once("rename = \"").and_then(|(_, rest)| rest.split_once('"'));
                renamed = other.map(|(name, _)| name.to_owned()).or(renamed);
            } else if let Some(name) = name(line, variants_at).filter(|_| !bare.starts_with("//")) {
                let name = renamed.take().unwrap_or(name);
                if !std::mem::take(&mut left_out) {
                    found.push((of.to_owned(), name));
                }
            }
        }
    }
    found
}

#[test]
fn the_page_of_formats_names_all_that_is_written() {
    let described = described();
    let layers = ["workshop", "store", "feedback", "shell/command"];
    let mut all = Vec::new();
    for path in sources(&src()) {
        let below = path.strip_prefix(src()).unwrap().with_extension("");
        if layers.iter().any(|layer| below.starts_with(layer)) {
            all.extend(written(&fs::read_to_string(&path).unwrap()));
        }
    }
    let missing: Vec<_> = all.iter().filter(|(_, name)| !described.contains(name)).collect();
    assert!(missing.is_empty(), "docs/format.md says nothing of {missing:?}");
    assert!(all.len() > 500, "only {} names were found in the source", all.len());
}

#[test]
fn the_page_of_formats_names_every_column() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/format.md")).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for table in ["csv", "statements.csv", "about.csv", "matrix.csv"] {
        let path = root.join(format!("exports/asean-declaration.feedback.{table}"));
        let text = fs::read_to_string(path).unwrap();
        let heads = text.trim_start_matches('\u{feff}').lines().next().unwrap();
        let heads = heads.replace(',', ", ");
        assert!(page.contains(&heads), "{table}: docs/format.md has not these columns: {heads}");
    }
}
