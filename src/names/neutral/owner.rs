//! Names that belong to something else: whether a name is part of another one, what body a state is named
//! with, and what cannot be reworded.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, NEUTRAL};
use super::super::{What, sentence::one_of, words::Class};
use super::edits::WordEdit;
use super::{Wordings, units::Unit};

static BODIES: List = List::of(NEUTRAL, "bodies");
static OWN_ARTICLES: List = List::of(NEUTRAL, "own articles");

impl Wordings<'_> {
    /// The state before the name of a body: "the Indonesian Ministry of Transport", "Indonesia's Ministry
    /// of Transport".
    pub(super) fn owner_before(&self, unit: &Unit) -> Option<Unit> {
        let sentence = self.sentence;
        let start = unit.span.start;
        let body = matches!(unit.what, What::Agency | What::Unknown | What::Organisation);
        let before = start.checked_sub(1).filter(|_| body && sentence.joined(start))?;
        if sentence.case(before) == Case::Lower || self.shouting {
            return None;
        }
        let first = (before.saturating_sub(3)..=before).find(|at| {
            let found = self.names.world.lexicon.at(&sentence.words.tokens, *at);
            let joined = (at + 1..=before).all(|next| sentence.joined(next));
            joined && found.is_some_and(|(length, _)| at + length == start)
        })?;
        let what = if sentence.possessive(before) { What::State } else { What::Demonym };
        Some(Unit { span: first..start, end: None, what, people: false, ..unit.clone() })
    }

    /// A wording for a body and the state before it, as for the state if that covers both. Without it,
    /// "the Indonesian one participant" would be left.
    pub(super) fn with_owner(&self, unit: &Unit, owner: &Unit) -> Option<Vec<WordEdit>> {
        let body = self.bytes(&unit.span);
        let covers = |edit: &WordEdit| edit.range.start <= body.start && body.end <= edit.range.end;
        self.english(owner).filter(|edits| edits.iter().any(covers)).or_else(|| {
            let span = owner.span.start..unit.span.end;
            self.english(&Unit { span, what: What::State, people: false, ..unit.clone() })
        })
    }

    /// "the Malaysian navy", "Singapore police": what acts for any state and has no name of its own.
    pub(super) fn is_body(&self, at: usize) -> bool {
        self.sentence.joined(at) && BODIES.has(self.sentence.word(at))
    }

    /// "the Philippines", but not "the Singapore …".
    pub(super) fn has_own_article(&self, unit: &Unit) -> bool {
        unit.span.clone().any(|at| OWN_ARTICLES.has(self.sentence.word(at)))
    }

    /// "the Bangkok Declaration", "Singapore Strait": part of a name that belongs to nobody.
    pub(super) fn is_in_name(&self, unit: &Unit) -> bool {
        let sentence = self.sentence;
        let end = unit.span.end;
        if sentence.possessive(end - 1) || unit.end.is_some() || !sentence.joined(end) {
            return false;
        }
        let state = matches!(unit.what, What::State | What::Demonym | What::Capital);
        let named = sentence.case(end) == Case::Capital
            && !self.shouting
            && !sentence.is(end, Class::OFFICIAL | Class::DELEGATE | Class::VERB)
            && self.institution_at(unit).is_none();
        let line = self.raw_gap(end).contains('\n');
        state
            && !unit.people
            && !line
            && (named && !sentence.is(end, Class::SAID) || sentence.is(end, Class::PLACE))
    }

    /// "Neither Thailand nor Laos", "Malaysia and its Thai neighbours", "the Thai one": no plain wording
    /// says the same.
    pub(super) fn has_no_wording(&self, span: &Range<usize>) -> bool {
        let before = span.start.checked_sub(1).map_or("", |at| self.sentence.word(at));
        let own = |at: usize| one_of(self.sentence.word(at), "his her its their our my");
        // "MY and SG" are two states.
        let inside = |at: usize| {
            self.sentence.word(at) == "nor" || self.sentence.case(at) == Case::Lower && own(at)
        };
        one_of(before, "neither nor")
            || span.clone().any(inside)
            || self.sentence.joined(span.end) && one_of(self.sentence.word(span.end), "one ones")
    }

    /// "Malaysia proposal", "the ABF comments on OP2": a thing said, in the shorthand of notes.
    pub(super) fn is_said_thing(&self, at: usize) -> bool {
        let sentence = self.sentence;
        let after = sentence.gap(at + 1).has(WordGap::COLON)
            || one_of(sentence.word(at + 1), "on") && sentence.is(at, Class::BASE);
        let text = one_of(sentence.word(at), "text version line draft");
        (sentence.is(at, Class::SAID) || text)
            && (after || !sentence.is(at, Class::BASE | Class::THIRD | Class::PAST))
    }
}
