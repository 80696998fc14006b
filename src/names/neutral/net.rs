//! The wider check on what a wording puts in: any name, believed or not, is one too many.

use super::super::fold::{Case, Token};
use super::super::world::{NameEntry, NameForm};
use super::super::{Names, fold, words};
use super::{Neutral, Wordings, units::Unit};
use std::ops::Range;

impl Names {
    /// How many words from here on could be a name, whatever the text says about it.
    fn widest(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let own = self.own.at(tokens, at);
        let world = self.world.lexicon.at(tokens, at);
        let found = [own, world].into_iter().flatten();
        let meant = |(length, entries): (usize, &[NameEntry])| {
            let span = &tokens[at..at + length];
            entries.iter().any(|entry| could_be(entry, span)).then_some(length)
        };
        let person = || self.roster.at(tokens, at).map(|(from, length, _)| from + length - at);
        found.filter_map(meant).max().or_else(person)
    }
}

fn could_be(entry: &NameEntry, span: &[Token]) -> bool {
    let first = &span[0];
    match entry.form {
        NameForm::Any | NameForm::People => true,
        NameForm::Capital | NameForm::Title => first.case != Case::Lower,
        NameForm::Accents => span.iter().any(|token| token.accented),
        NameForm::Capitals => first.case == Case::Upper || span.len() > 1,
        NameForm::Code => first.case == Case::Upper && !words::is_known(&first.word),
    }
}

impl Wordings<'_> {
    /// Whether these words together are a name.
    pub(super) fn is_name(&self, span: Range<usize>) -> bool {
        let tokens = &self.sentence.words.tokens;
        !span.is_empty()
            && tokens[span.start].case != Case::Lower
            && self.names.widest(tokens, span.start) == Some(span.len())
    }

    /// Whether what is put in, or what it is joined to, still names somebody.
    pub(super) fn names_anybody(&self, neutral: &Neutral, units: &[Unit]) -> bool {
        let mut plain = neutral.text.clone();
        if self.shouting {
            plain.make_ascii_lowercase();
        }
        let put = fold::fold(&plain).tokens;
        let named = (0..put.len()).any(|at| self.names.widest(&put, at).is_some());
        named || units.iter().any(|unit| self.is_joined_to_name(unit))
    }

    /// "Thai-Malaysian/X": a name that is separated from the unit only by a character.
    fn is_joined_to_name(&self, unit: &Unit) -> bool {
        let sentence = self.sentence;
        let tokens = &sentence.words.tokens;
        let end = unit.span.end;
        end < tokens.len()
            && self
                .raw_gap(end)
                .trim_start_matches(['\'', '’'])
                .chars()
                .all(|sign| matches!(sign, '-' | '/' | '&' | '+'))
            && !tokens[end].unspaced
            && tokens[end].case != Case::Lower
            && self.names.widest(tokens, end).is_some()
    }
}
