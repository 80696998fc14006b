//! Ordinary words that are a name if they speak: "Grab offered two ships", "Pew urged all to wait".
//!
//! Only a capital shows it, and documents and roles have one as well: what is found here is
//! held only if the text says that it speaks.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, wordlist, words, words::Class};
use super::UnknownText;

/// Words that speak in notes and name nobody: roles, documents, what people know and feel.
static NO_NAMES: List = List::of(KNOWN, "no names though they speak");

/// What a sentence may begin with before a name: "when", "while".
static BEFORE: List = List::of(KNOWN, "before a name at a beginning");

/// Endings of words for people and for actions: "Trainer asked", "Training showed".
const ENDINGS: [&str; 17] = [
    "er", "or", "ist", "ian", "ee", "man", "men", "woman", "women", "ing", "ed", "ly", "ion",
    "ment", "ness", "ity", "ship",
];

/// What makes the words around it a group of the room, or of any delegations.
static ROOM: List = List::of(KNOWN, "of the room");

/// What is not a name before a hyphen: "pre-departure".
static PREFIXES: List = List::of(KNOWN, "before a hyphen");

/// Endings of nouns in Portuguese and Spanish, folded.
const NOUNS: [&str; 8] = ["mento", "mentos", "mientos", "miento", "acao", "acoes", "idade", "cion"];

/// From this many letters on, such a word is not a family name.
const LONG: usize = 11;

/// The most words of such a name.
const LONGEST: usize = 3;

impl UnknownText<'_> {
    /// The words of a run that could be such a name, and whether they are one only if they speak.
    pub(super) fn ordinary(
        &self,
        run: Range<usize>,
        heading: &mut Option<bool>,
    ) -> Option<(Range<usize>, bool)> {
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        let small = |at: &usize| words::is_known(word(*at)) || BEFORE.has(word(*at));
        let from = run.start + run.clone().take_while(small).count();
        let name = from..run.end;
        let plain = |at: usize| self.is_ordinary(at) || at > from && words::is_known(word(at));
        let own = |at: usize| self.is_ordinary(at) && !NO_NAMES.has(word(at));
        let whole = (1..=LONGEST).contains(&name.len()) && name.clone().all(plain);
        if !whole || !name.clone().any(own) {
            return None;
        }
        if self.is_heading(from, heading) || self.is_shouted(from) {
            return None;
        }
        // "Quick Wins: a list" is a label.
        if self.begins(from) && self.gap(run.end).has(WordGap::COLON | WordGap::DASH) {
            return None;
        }
        let last = run.end - 1;
        if name.len() == 1 {
            let no_name = self.begins(from) && !self.is_bare_speaker(last);
            return (!no_name).then_some((name, true));
        }
        let acts = self.is_bare(last) && self.is_actor(last);
        own(last).then_some((name, !acts))
    }

    /// "Ministers from the Plus Three Countries": ordinary words that have people.
    pub(super) fn with_people(&self, run: Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        let before = |back: usize| run.start.checked_sub(back).map_or("", word);
        let article = before(1) == "the" && !self.gap(run.start).has(WordGap::PARTS);
        let of = matches!(before(2), "of" | "from");
        let people = before(3).strip_suffix('s').unwrap_or_default();
        let class = words::class(people);
        let people = class.has(Class::DELEGATE | Class::OFFICIAL) || codes::is_somebody(people);
        let open =
            |at: usize| ROOM.has(word(at)) || self.token(at).is_none_or(|it| self.is_shared(it));
        let own = run.len() > 1 && run.len() <= LONGEST && !run.clone().any(open);
        (article && of && people && own && self.speaks(run.end - 1)).then_some(run)
    }

    /// "Pre-departure", "Recrutamento": whether its parts show that a word at a sentence's start is not part
    /// of a name. Family names in -mento are shorter.
    pub(super) fn is_made_of_words(&self, at: usize) -> bool {
        let word = self.token(at).map_or("", |token| token.word.as_str());
        let next = self.token(at + 1).filter(|next| next.before.has(WordGap::HYPHEN));
        let second = next.is_some_and(|next| next.case == Case::Lower);
        second && PREFIXES.has(word)
            || word.len() >= LONG && NOUNS.iter().any(|ending| word.ends_with(ending))
    }

    /// Whether a word with a capital is only in the lists of common words.
    fn is_ordinary(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        token.case == Case::Capital
            && word.len() > 2
            && wordlist::is_ordinary(word)
            && !words::is_known(word)
            && !codes::is_shorthand(word)
            && !self.is_shared(token)
            && !self.is_numbered(at)
    }

    /// "Pew urged": whether a word at a sentence's start is followed by a verb of saying, and is not plural.
    fn is_bare_speaker(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1) else { return false };
        let class = words::class(&next.word);
        let weak = class.has(Class::NOUNISH | Class::WEAK);
        let wants = matches!(&*next.word, "offered" | "offers" | "wants" | "wanted");
        let says = class.has(Class::PAST | Class::THIRD) && (!weak || wants);
        says && (wants || self.speaks(at)) && self.is_bare(at)
    }

    /// Whether a verb for somebody who acts follows: "Top Glove has paid".
    fn is_actor(&self, at: usize) -> bool {
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        next.is_some_and(|next| {
            let has = matches!(&*next.word, "has" | "had" | "will" | "would" | "wont" | "wouldnt");
            let class = words::class(&next.word);
            has || class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH | Class::WEAK)
        })
    }

    /// Whether a word is not plural, and has no ending that people and actions have.
    fn is_bare(&self, at: usize) -> bool {
        let word = self.token(at).map_or("", |token| token.word.as_str());
        let plural = word.ends_with('s') && !word.ends_with("ss");
        !plural && !ENDINGS.iter().any(|ending| word.ends_with(ending))
    }
}
