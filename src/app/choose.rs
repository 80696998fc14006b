//! Choosing one of several: topics, groups, kinds, actions, and values that two laptops set at
//! once.

use super::{Line, SeenValues, Then};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A list to choose from, narrowed by typing.
#[derive(Clone, Debug)]
pub struct Choose {
    /// What is being chosen.
    pub title: String,
    /// What was typed to narrow it.
    pub line: Line,
    /// All there is to choose from.
    pub choices: Vec<Choice>,
    /// Which of the choices that fit is chosen.
    pub at: usize,
    /// What it is about, as it looked when the list was shown; nothing before that.
    pub seen: Option<SeenValues>,
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

impl Choice {
    /// A choice with nothing to say but its name.
    pub(super) fn new(name: impl Into<String>, then: Then) -> Self {
        Self { name: name.into(), more: String::new(), then }
    }

    /// Whether it is another value of the same field.
    fn rivals(&self, other: &Self) -> bool {
        self.then.returned().rivals(&other.then)
    }
}

/// How many bytes two texts have in common at the beginning and at the end, in whole words.
fn alike(one: &str, other: &str) -> (usize, usize) {
    let same = |(a, b): &(&str, &str)| a == b;
    let length = |(word, _): (&str, &str)| word.len();
    let words = one.split_word_bounds().zip(other.split_word_bounds());
    let before: usize = words.take_while(same).map(length).sum();
    let (one, other) = (&one[before..], &other[before..]);
    let words = one.split_word_bounds().rev().zip(other.split_word_bounds().rev());
    (before, words.take_while(same).map(length).sum())
}

/// The values that can be chosen, and where among them the present one is. A value that this program
/// does not know is offered too, because the list starts on it.
pub(super) fn with_present<T: Clone + PartialEq>(
    known: &[T],
    now: Option<&T>,
) -> (Vec<T>, Option<usize>) {
    let mut all = known.to_vec();
    all.extend(now.filter(|now| !known.contains(now)).cloned());
    let at = now.and_then(|now| all.iter().position(|value| value == now));
    (all, at)
}

impl Choose {
    /// Makes a list with nothing typed yet and the choice at `at` chosen.
    pub fn new(title: impl Into<String>, choices: Vec<Choice>, at: usize) -> Self {
        Self { title: title.into(), line: Line::default(), choices, at, seen: None }
    }

    /// The choices that fit what was typed: every word of that is somewhere in the name.
    pub fn fitting(&self) -> Vec<&Choice> {
        let typed = self.line.text().to_lowercase();
        let fits = |choice: &&Choice| {
            let name = choice.name.to_lowercase();
            typed.split_whitespace().all(|word| name.contains(word))
        };
        let mut fitting: Vec<&Choice> = self.choices.iter().filter(fits).collect();
        // Names that begin with what was typed come first; everything else keeps its order.
        fitting.sort_by_key(|choice| !choice.name.to_lowercase().starts_with(&typed));
        fitting
    }

    /// The part in which the name of the `at`th choice that fits differs from the other values of the
    /// same field: whole words, as they are in the name.
    pub fn differing(&self, at: usize) -> Range<usize> {
        let fitting = self.fitting();
        let Some(choice) = fitting.get(at) else { return 0..0 };
        let rivals = self.choices.iter().filter(|other| other.rivals(choice));
        let apart = rivals.map(|rival| {
            let (before, behind) = alike(&choice.name, &rival.name);
            before..choice.name.len() - behind
        });
        let both = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        apart.reduce(both).unwrap_or_default()
    }

    /// What the chosen one does.
    pub fn chosen(&self) -> Option<Then> {
        self.fitting().get(self.at).map(|choice| choice.then.clone())
    }

    /// Goes this many choices up or down.
    pub fn step(&mut self, by: isize) {
        let last = self.fitting().len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_reported_in_whole_words() {
        for (one, other, apart) in [
            ("States shall share", "States should share", "shall"),
            ("States share", "States share weekly", ""),
            ("States share weekly", "States share", " weekly"),
            ("a a", "a a a", ""),
            ("รัฐแบ่งปัน", "รัฐแบ่งข้อมูล", "ปัน"),
            ("same", "same", ""),
        ] {
            let (before, behind) = alike(one, other);
            let found = &one[before..one.len() - behind];
            assert!(found == apart || found.ends_with(apart) && !found.is_ascii(), "{found:?}");
        }
    }
}
