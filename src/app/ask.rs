//! Answering with a few words: tags, a paragraph, a folder, a group's name.

use super::{About, Line, SeenValues};
use std::collections::HashMap;

/// A question with a line for the answer.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked.
    pub question: String,
    /// The form that the answer should have.
    pub hint: String,
    /// The answer as typed so far.
    pub line: Line,
    /// What the answer is for.
    pub about: About,
    /// How that looked when the question was shown; nothing before that.
    pub seen: Option<SeenValues>,
}

/// The paths that were given since the program started, by what they were asked for. Each is offered
/// the next time.
#[derive(Clone, Debug, Default)]
pub(super) struct GivenAnswers(HashMap<&'static str, String>);

impl GivenAnswers {
    /// The path that was given for this.
    pub(super) fn path(&self, about: &About) -> &str {
        about.returned().path().and_then(|what| self.0.get(what)).map_or("", String::as_str)
    }

    /// Notes an answer, if it is a path.
    pub(super) fn note(&mut self, about: &About, answer: &str) {
        if let Some(what) = about.returned().path() {
            self.0.insert(what, answer.to_owned());
        }
    }
}
