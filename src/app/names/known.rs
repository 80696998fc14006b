//! Names, with what was found before, because a list of ten thousand is made again after each key.

use std::{cell::RefCell, collections::HashMap, ops::Deref};

use crate::workshop::{Hit, NameSearch, Names, Neighbours};

/// The names to look for, and the texts in which some were found.
#[derive(Debug)]
pub(super) struct KnownTexts {
    names: Names,
    texts: RefCell<HashMap<Box<str>, Text>>,
}

/// What was found in a text.
#[derive(Clone, Debug)]
struct Text {
    hits: Vec<Hit>,
    beside: Option<Vec<Neighbours>>,
}

impl KnownTexts {
    pub(super) fn of(names: Names) -> Self {
        Self { names, texts: RefCell::default() }
    }
}

impl Deref for KnownTexts {
    type Target = Names;

    fn deref(&self) -> &Names {
        &self.names
    }
}

impl NameSearch for KnownTexts {
    fn names(&self) -> &Names {
        &self.names
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        if let Some(known) = self.texts.borrow().get(text) {
            return known.hits.clone();
        }
        let hits = self.names.check(text);
        // Nearly all texts of a meeting have no names, and are searched only once.
        if !hits.is_empty() {
            let known = Text { hits: hits.clone(), beside: None };
            self.texts.borrow_mut().insert(text.into(), known);
        }
        hits
    }

    fn beside(&self, text: &str, hits: &[Hit]) -> Vec<Neighbours> {
        let mut texts = self.texts.borrow_mut();
        match texts.get_mut(text).filter(|known| known.hits == hits) {
            Some(known) => known.beside.get_or_insert_with(|| Neighbours::all(text, hits)).clone(),
            None => Neighbours::all(text, hits),
        }
    }
}
