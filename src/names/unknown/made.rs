//! Words at a sentence's start that are no names: made of others ("Biopesticides"), or labels ("Pendiente: …").

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, wordlist};
use super::UnknownText;

/// What is not a name before a hyphen: "pre-departure".
static PREFIXES: List = List::of(KNOWN, "before a hyphen");

/// What common words are made with: "bio", "micro".
static BEGINNINGS: List = List::of(KNOWN, "before a word");

/// "Topic", "pending", before a colon.
static LABELS: List = List::of(KNOWN, "labels elsewhere");

/// Small words of Filipino between words of a label.
static AMID_LABELS: List = List::of(KNOWN, "amid labels");

/// Endings of nouns in Portuguese and Spanish, folded.
const NOUNS: [&str; 8] = ["mento", "mentos", "mientos", "miento", "acao", "acoes", "idade", "cion"];

/// Endings of the second word of a species' name.
const LATIN: [&str; 12] =
    ["us", "um", "is", "ii", "ae", "ensis", "ata", "oides", "ica", "iana", "ina", "osa"];

/// From this many letters on, such a word is not a family name.
const LONG: usize = 11;

/// The fewest letters of the word after its beginning: "Microsoft" is a firm.
const REST: usize = 6;

impl UnknownText<'_> {
    /// "Pre-departure", "Biopesticides", "Recrutamento": whether its parts show that a word at a sentence's start is
    /// not part of a name. Family names in -mento are shorter.
    pub(super) fn is_made_of_words(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        let next = self.token(at + 1);
        let joined = next.filter(|next| next.before.has(WordGap::HYPHEN));
        let second = joined.is_some_and(|next| next.case == Case::Lower);
        let named = || {
            let close = next.filter(|next| !next.before.has(WordGap::PARTS));
            close.is_some_and(|next| next.case != Case::Lower) || self.speaks(at)
        };
        // "Rod-and-reel".
        let row = joined.is_some_and(|next| matches!(&*next.word, "and" | "of" | "to" | "in"));
        second && (PREFIXES.has(word) || row)
            || word.len() >= LONG && NOUNS.iter().any(|ending| word.ends_with(ending))
            || token.case == Case::Capital && has_known_rest(word) && !named()
    }

    /// "WRF-Chem": whether the rest of an abbreviation is here, after a hyphen and capitals.
    pub(super) fn is_rest_of_abbreviation(&self, at: usize) -> bool {
        let word = self.token(at).map_or("", |token| token.word.as_str());
        let joined = at > 0 && self.gap(at).has(WordGap::HYPHEN) && self.is_capitals(at - 1);
        joined && wordlist::is_abbreviation_of_field(word)
    }

    /// "Pendiente: …", "Paksa 2: Pestisidyo at …": whether a word is a label before a colon, or follows one and
    /// is joined to another by a small word of Filipino.
    pub(super) fn is_label(&self, at: usize) -> bool {
        let is = |at: usize| self.token(at).is_some_and(|it| LABELS.has(&it.word));
        let figure = |at: usize| self.slice(at).chars().all(char::is_numeric);
        let colon = |at: usize| self.gap(at).has(WordGap::COLON);
        let labels = |at: usize| is(at) && (colon(at + 1) || figure(at + 1) && colon(at + 2));
        let before = |back: usize| at.checked_sub(back).filter(|at| labels(*at));
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let amid = next.is_some_and(|next| AMID_LABELS.has(&next.word));
        labels(at) || amid && colon(at) && (before(1).is_some() || before(2).is_some())
    }
}

/// Whether a word is a beginning and an English word.
fn has_known_rest(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, _)| at).skip(3).take(4);
    ends.filter(|at| word.len() - at >= REST)
        .any(|at| BEGINNINGS.has(&word[..at]) && wordlist::is_english(&word[at..]))
}

/// "Rhizopus oligosporus": whether a genus is here, before a word of Latin in small letters.
pub(super) fn is_of_a_species(text: &UnknownText<'_>, at: usize) -> bool {
    let Some(token) = text.token(at).filter(|token| token.case == Case::Capital) else {
        return false;
    };
    let next = text.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let species = next.is_some_and(|next| {
        let word = next.word.as_str();
        next.case == Case::Lower
            && word.len() > 5
            && LATIN.iter().any(|ending| word.ends_with(ending))
            && codes::is_no_word(word)
    });
    let genus = ["us", "um", "is", "a", "es", "ys", "as", "ix", "ax", "ium", "on"];
    species && token.word.len() > 3 && genus.iter().any(|ending| token.word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// Each of them used to be held as a name that no list knows.
    #[test]
    fn words_made_of_words_and_labels_are_no_names() {
        let delegations = vec!["Philippines", "Spain"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for text in [
            "Biopesticides wait as long as others do",
            "Microcredit helps small farms",
            "Nanoparticles are not covered by it",
            "Biofertilizers cost more",
            "Pendiente: quién paga los análisis",
            "Paksa 2: Pestisidyo at residue",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
        for text in ["Microsoft asked why", "Biocredit asked why", "Agrocapital Bank lends money"] {
            assert_eq!(names.check(text).len(), 1, "{text}");
        }
    }
}
