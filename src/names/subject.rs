//! What is plainly a subject and says nothing about who spoke: "travel to Malaysia", "Malaysian
//! nationals", "the Bangkok Declaration", "60 % of the cases in Thailand".
//!
//! These rules lower a grade; none of them hides a name.

use std::ops::Range;

use super::lists::{List, SUBJECTS};
use super::sentence::{Sentence, one_of};
use super::{What, fold::Case, role::NameGroup, words::Class};

static MOVING: List = List::of(SUBJECTS, "moving");
static FOUND_THERE: List = List::of(SUBJECTS, "found there");
static COUNTED: List = List::of(SUBJECTS, "counted");
static BELONGING: List = List::of(SUBJECTS, "belonging");

impl Sentence<'_> {
    /// Whether a group of names that no rule takes for a speaker is plainly a subject.
    pub(super) fn is_plain_subject(&self, group: &NameGroup) -> bool {
        self.is_place(group) || self.owns_a_thing(group) || self.is_whereabouts(group)
    }

    /// "guidelines in Khmer are on the way": a language.
    pub(super) fn is_language(&self, group: &NameGroup) -> bool {
        let Range { start, end } = group.span.clone();
        let named = group.what == What::Demonym && !group.people && !self.possessive(end - 1);
        let before = start.checked_sub(1).filter(|_| self.joined(start));
        let within = before.is_some_and(|at| one_of(self.word(at), "in into"));
        let next = Class::VERB | Class::AND | Class::PREPOSITION | Class::ADVERB | Class::ARTICLE;
        named && within && (self.clause_ends(end) || self.is(end, next))
    }

    /// "Malaysian nationals", "Thailand's borders", "Thai waters".
    fn owns_a_thing(&self, group: &NameGroup) -> bool {
        let end = group.span.end;
        let noun = (end..end + 2).find(|at| !self.is(*at, Class::ADJECTIVE)).unwrap_or(end);
        self.joined(end)
            && self.joined(noun)
            && self.case(noun) == Case::Lower
            && BELONGING.has(self.word(noun))
    }

    /// "boats from Laos", "travel to Malaysia", "cases in Thailand", "In Malaysia, cases fell".
    fn is_whereabouts(&self, group: &NameGroup) -> bool {
        let start = group.span.start;
        let from = self.article(start);
        let Some(at) = from.checked_sub(1).filter(|_| self.joined(from)) else { return false };
        if !one_of(
            self.word(at),
            "to in into from near via through across towards toward off around between within of via inside outside",
        ) {
            return false;
        }
        // Within a few words before the preposition.
        let back = (at.saturating_sub(4)..at).rev().take_while(|back| self.joined(back + 1));
        let mut back = back.map(|back| self.word(back)).peekable();
        match self.word(at) {
            "of" => back.any(|word| COUNTED.has(word)),
            "in" | "within" | "inside" | "near" | "off" | "around" => {
                let opens = self.begins(at);
                back.any(|word| FOUND_THERE.has(word) || COUNTED.has(word) || MOVING.has(word))
                    || opens && self.has_there(group.span.end)
            }
            _ => back.any(|word| MOVING.has(word) || FOUND_THERE.has(word)),
        }
    }

    /// "In Malaysia, cases fell": what follows the place within a few words.
    fn has_there(&self, end: usize) -> bool {
        (end..end + 5).any(|at| FOUND_THERE.has(self.word(at)) || COUNTED.has(self.word(at)))
    }
}
