//! Reading a value of the tree tolerantly as what it should be; reports what it is not.

use std::{collections::HashMap, str::FromStr};

use compact_str::CompactString;

use super::likeness::{advice, fold};
use super::names::{is_id, slug};
use super::page::SourceText;
use super::tree::{Node, TreeField, Value};
use crate::workshop::clean;

/// The fields of one thing in the agenda.
pub(super) struct AgendaForm<'n, 't> {
    /// What it is, in words.
    pub(super) what: &'static str,
    pub(super) at: usize,
    fields: HashMap<&'static str, &'n Node<'t>>,
}

/// Names of fields, each with what people call it.
const SYNONYMS: [(&str, &[&str]); 14] = [
    ("title", &["name", "label", "heading"]),
    ("time_zone", &["timezone", "tz"]),
    ("venue", &["place", "location"]),
    ("room", &["location"]),
    ("delegations", &["countries"]),
    ("minutes", &["length", "duration"]),
    ("start", &["begin", "from"]),
    ("end", &["until", "to", "finish"]),
    ("speakers", &["chair", "moderator"]),
    ("kind", &["type"]),
    ("pinned", &["fixed"]),
    ("questions", &["guiding_questions"]),
    ("sessions", &["children", "rows"]),
    ("days", &["schedule"]),
];

impl<'n, 't> AgendaForm<'n, 't> {
    /// Reads a thing's fields. Those it cannot have, and those written twice, are reported.
    pub(super) fn open(
        page: &mut SourceText<'t>,
        node: &'n Node<'t>,
        what: &'static str,
        known: &[&'static str],
    ) -> Option<Self> {
        let Value::Fields(written) = &node.value else {
            let instead = format!("A {what} is written (title: \"…\", …).");
            page.unless_broken(node, &format!("a {what} in round brackets"), instead);
            return None;
        };
        let mut fields = HashMap::new();
        let mut lines = HashMap::new();
        for field in written {
            let Some(name) = known.iter().find(|name| **name == field.name) else {
                unknown(page, field, what, known);
                continue;
            };
            let first = *lines.entry(*name).or_insert(field.at);
            if first != field.at {
                let line = page.line(first);
                let what = format!("“{name}” is written twice, first on line {line}.");
                page.mistake(field.at, what, "Keep one of the two.");
            } else if !is_nothing(&field.node.value) {
                fields.insert(*name, &field.node);
            }
        }
        Some(Self { what, at: node.at, fields })
    }

    /// The value of a field, if it has one.
    pub(super) fn get(&self, name: &str) -> Option<&'n Node<'t>> {
        self.fields.get(name).copied()
    }

    /// Where a field's value is; if the field has none, where the thing itself is.
    pub(super) fn place(&self, name: &str) -> usize {
        self.get(name).map_or(self.at, |node| node.at)
    }

    /// The text of a field; empty if it is left out.
    pub(super) fn text(&self, page: &mut SourceText<'t>, name: &str) -> String {
        self.get(name).and_then(|node| page.text_of(node)).unwrap_or_default()
    }

    /// The title, without which nothing can be shown.
    pub(super) fn title(&self, page: &mut SourceText<'t>) -> String {
        let Some(node) = self.get("title") else {
            page.mistake(self.at, format!("This {} has no title.", self.what), "Add title: \"…\".");
            return String::new();
        };
        let title = page.text_of(node);
        if title.as_ref().is_some_and(String::is_empty) {
            page.mistake(node.at, "This title has no words.", "Write what is printed.");
        }
        title.unwrap_or_default()
    }

    /// The texts of a field; a single one may be written without square brackets.
    pub(super) fn texts(&self, page: &mut SourceText<'t>, name: &str) -> Vec<(usize, String)> {
        let Some(node) = self.get(name) else { return Vec::new() };
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Text(_) | Value::Word(_) => std::slice::from_ref(node),
            Value::Fields(fields) if fields.is_empty() => &[],
            _ => {
                let instead = format!("Write {name}: [\"…\", \"…\"].");
                page.unless_broken(node, "texts in square brackets", instead);
                &[]
            }
        };
        nodes.iter().filter_map(|node| Some((node.at, page.text_of(node)?))).collect()
    }

    /// The things in a field.
    pub(super) fn list(&self, page: &mut SourceText<'t>, name: &str) -> &'n [Node<'t>] {
        match self.get(name).map(|node| (node, &node.value)) {
            Some((_, Value::List(nodes))) => nodes,
            Some((_, Value::Fields(fields))) if fields.is_empty() => &[],
            Some((node, _)) => {
                let instead = format!("Write {name}: [(…), (…)].");
                page.unless_broken(node, "a list in square brackets", instead);
                &[]
            }
            None => &[],
        }
    }

    /// The id that was given; empty if one has to be made.
    pub(super) fn id(&self, page: &mut SourceText<'t>) -> CompactString {
        let Some(node) = self.get("id") else { return CompactString::default() };
        let Some(id) = page.text_of(node) else { return CompactString::default() };
        if is_id(&id) {
            return id.into();
        }
        let what = "An id is letters, digits and hyphens, at most 60 of them.";
        let instead = match slug(&id) {
            better if better.is_empty() => "Or leave it out.".to_owned(),
            better => format!("Write id: \"{better}\"."),
        };
        page.mistake(node.at, what, instead);
        CompactString::default()
    }

    /// A field that is written as one word or text, parsed as `T`.
    pub(super) fn read<T: FromStr<Err: std::fmt::Display>>(
        &self,
        page: &mut SourceText<'t>,
        name: &str,
    ) -> Option<T> {
        let node = self.get(name)?;
        let text = page.written(node, "one word or text")?;
        let read = text.parse::<T>();
        if let Err(error) = &read {
            let text = shortened(text);
            page.mistake(node.at, format!("“{text}” cannot be read here:"), format!("{error}."));
        }
        read.ok()
    }

    /// A whole number of at most `most`.
    pub(super) fn number(&self, page: &mut SourceText<'t>, name: &str, most: u32) -> Option<u32> {
        let node = self.get(name)?;
        let text = page.written(node, "a whole number")?;
        match text.replace('_', "").parse::<u32>() {
            Ok(number) if number <= most => return Some(number),
            Ok(number) => {
                let what = format!("{number} is too much for “{name}”.");
                page.mistake(node.at, what, format!("It is at most {most}."));
            }
            Err(_) => {
                let what = format!("“{name}” is a whole number, which this is not.");
                page.mistake(node.at, what, format!("Write {name}: 1, for example."));
            }
        }
        None
    }

    /// Whether a field says `true`.
    pub(super) fn flag(&self, page: &mut SourceText<'t>, name: &str) -> bool {
        let Some(node) = self.get(name) else { return false };
        match page.written(node, "true or false").map(fold).as_deref() {
            Some("true" | "yes") => true,
            Some("false" | "no") | None => false,
            Some(_) => {
                let what = format!("“{name}” is either true or false.");
                page.mistake(node.at, what, format!("Write {name}: true or leave it out."));
                false
            }
        }
    }
}

impl<'t> SourceText<'t> {
    /// The text of a value, on one line like everything in an agenda.
    pub(super) fn text_of(&mut self, node: &Node<'t>) -> Option<String> {
        let text = match &node.value {
            Value::Text(text) => text,
            Value::Word(word) if !matches!(*word, "true" | "false") => *word,
            _ => {
                self.unless_broken(node, "text in quotation marks", "Write \"…\".".to_owned());
                return None;
            }
        };
        let text = clean(text);
        let lines: Vec<&str> = text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
        Some(lines.join(" "))
    }

    /// A value as it was written, in quotation marks or not.
    pub(super) fn written<'n>(&mut self, node: &'n Node<'t>, expected: &str) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text.trim()),
            Value::Word(text) | Value::Number(text) => Some(text),
            _ => {
                self.unless_broken(node, expected, String::new());
                None
            }
        }
    }

    /// Reports that something else was expected, unless this place has already been reported.
    fn unless_broken(&mut self, node: &Node<'t>, expected: &str, instead: String) {
        let found = match &node.value {
            Value::Broken => return,
            Value::Text(_) => "a text",
            Value::Word(_) => "a word",
            Value::Number(_) => "a number",
            Value::List(_) => "a list",
            Value::Fields(_) => "a thing with fields",
        };
        let what = format!("Expected {expected} here, found {found}.");
        self.mistake(node.at, what, instead);
    }
}

fn unknown(page: &mut SourceText<'_>, field: &TreeField<'_>, what: &str, known: &[&'static str]) {
    let folded = fold(&field.name);
    let called = |others: &[&str]| others.iter().any(|other| fold(other) == folded);
    let synonym = SYNONYMS
        .iter()
        .find(|(name, others)| known.contains(name) && called(others))
        .map(|(name, _)| format!("Did you mean “{name}”?"));
    let instead = synonym.unwrap_or_else(|| advice(&field.name, known.iter().copied()));
    let name = shortened(&field.name);
    let article = if what.starts_with('a') { "An" } else { "A" };
    page.mistake(field.at, format!("{article} {what} has no field “{name}”."), instead);
}

/// Whether a value is `None` or `()`, which mean that a field has no value.
fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Word(word) => *word == "None",
        Value::Fields(fields) => fields.is_empty(),
        _ => false,
    }
}

/// As much of a text as fits into a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
