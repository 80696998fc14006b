//! Searching texts for names, many times over.

use crate::workshop::{Hit, Names, Neighbours};

/// Searches texts for names, and may remember what it found.
pub trait NameSearch {
    /// The names that are searched for.
    fn names(&self) -> &Names;

    /// The hits in a text.
    fn hits(&self, text: &str) -> Vec<Hit>;

    /// The words beside each of them.
    fn beside(&self, text: &str, hits: &[Hit]) -> Vec<Neighbours>;
}

impl NameSearch for Names {
    fn names(&self) -> &Names {
        self
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        self.check(text)
    }

    fn beside(&self, text: &str, hits: &[Hit]) -> Vec<Neighbours> {
        Neighbours::all(text, hits)
    }
}
