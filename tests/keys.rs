//! `docs/keys.md`, made from the one table of keys.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rapporteur::app::keymap::{Context, KeyRow, TABLE};

const HEAD: &str = "# Keys

Made from the one table of keys, `src/app/keymap.rs`, by `RAPPORTEUR_REGENERATE=1 cargo test keys`;
please change the table and not this page. Help (F1) and the palette (Ctrl-P) say the same. A mouse
works too and is never needed.
";

/// What works on every screen of an open workshop is told once.
fn is_common(row: &KeyRow) -> bool {
    row.is_everywhere() || row.is_editing()
}

fn section(title: &str, note: &str, rows: impl Iterator<Item = &'static KeyRow>) -> String {
    let mut lines = String::new();
    for row in rows {
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let keys = if keys.is_empty() { "palette".to_owned() } else { keys.join(" ") };
        writeln!(lines, "| {keys} | {} | {} |", row.name, row.help).unwrap();
    }
    if lines.is_empty() {
        return lines;
    }
    format!("\n## {title}\n\n{note}| Keys | Name | What it does |\n|---|---|---|\n{lines}")
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    let everywhere = TABLE.iter().filter(|row| row.is_everywhere());
    let note = "On the start screen, those that need no workshop.\n\n";
    page.push_str(&section("Everywhere", note, everywhere));
    for context in Context::ALL {
        let own = TABLE.iter().filter(|row| row.works_in(*context) && !is_common(row));
        page.push_str(&section(context.title(), "", own));
    }
    let editing = TABLE.iter().filter(|row| row.is_editing());
    let note = "Where a text is typed: in capture and search, while choosing and answering.\n\n";
    page.push_str(&section("Typing", note, editing));
    page
}

#[test]
fn the_page_of_keys_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let expected = page();
    if std::env::var_os("RAPPORTEUR_REGENERATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/keys.md is stale: RAPPORTEUR_REGENERATE=1 cargo test keys");
}

#[test]
fn every_key_of_the_table_is_on_the_page() {
    let page = page();
    for row in TABLE {
        for key in row.keys {
            assert!(page.contains(&format!("`{key}`")), "{key}");
        }
        assert!(page.contains(row.help), "{}", row.name);
    }
}
