//! Choosing one of several: topics, groups, kinds, actions, and what two laptops set at
//! once.

use super::keymap::Action;
use super::line::Line;
use crate::workshop::{Field, GroupId, Over, PointId, PointKind, TopicId};

/// A list to choose from, narrowed by typing.
#[derive(Clone, Debug)]
pub struct Choose {
    /// What is being chosen.
    pub title: String,
    /// What was typed to narrow it.
    pub line: Line,
    /// All there is to choose from.
    pub choices: Vec<Choice>,
    /// Which of the fitting ones is chosen.
    pub at: usize,
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// More about it.
    pub more: String,
    /// What choosing it does.
    pub then: Then,
}

/// What a choice does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Asks for an action.
    Act(Action),
    /// Takes down points of this group.
    Group(GroupId),
    /// Moves a point to this topic.
    ToTopic(PointId, TopicId),
    /// Moves a point to this group.
    ToGroup(PointId, GroupId),
    /// Sets the kind of a point, or of the one being typed.
    Kind(Option<PointId>, PointKind),
    /// Sets a field of a point over the values that these changes set.
    Settle(PointId, Field, Over),
    /// Puts all wordings of a point into the line.
    Combine(PointId),
}

impl Choose {
    /// A list with nothing typed yet and its choice at `at`.
    pub fn new(title: impl Into<String>, choices: Vec<Choice>, at: usize) -> Self {
        Self { title: title.into(), line: Line::default(), choices, at }
    }

    /// Those that fit what was typed: every word of it stands somewhere in the name.
    pub fn fitting(&self) -> Vec<&Choice> {
        let typed = self.line.text().to_lowercase();
        let fits = |choice: &&Choice| {
            let name = choice.name.to_lowercase();
            typed.split_whitespace().all(|word| name.contains(word))
        };
        let mut fitting: Vec<&Choice> = self.choices.iter().filter(fits).collect();
        // What begins as typed comes first; all else keeps its order.
        fitting.sort_by_key(|choice| !choice.name.to_lowercase().starts_with(&typed));
        fitting
    }

    /// What the chosen one does.
    pub fn chosen(&self) -> Option<Then> {
        self.fitting().get(self.at).map(|choice| choice.then.clone())
    }

    /// Goes so many up or down.
    pub fn step(&mut self, by: isize) {
        let last = self.fitting().len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }
}
