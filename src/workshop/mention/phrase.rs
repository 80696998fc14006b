//! Decisions by phrase: "travel to …" is a subject, from now on too.
//!
//! A phrase is a few folded words around a blank for the name. A decision on it covers what
//! is between these words in points and comments, now and later, but only if no rule is
//! certain that it says who spoke, and if nobody decided on the mention by itself.

use std::{borrow::Borrow, fmt};

use serde::{Deserialize, Serialize};

use super::{Holder, Mention, MentionKey, NameSearch, Ruling, TextDigest};
use crate::names::{BLANK, Neighbours, REACH};
use crate::workshop::{Change, Grade, Over, Register, Stamp, Workshop};

/// A few folded words around a blank: "travel to …", "… nationals".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phrase(Box<str>);

impl Phrase {
    /// The words with the blank.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has one blank, at least one word, and no more than three words on each side.
    pub fn is_sound(&self) -> bool {
        let words: Vec<&str> = self.0.split(' ').collect();
        let blanks = self.0.matches(BLANK).count();
        let Some(blank) = words.iter().position(|word| *word == BLANK) else { return false };
        let odd = |word: &&str| word.is_empty() || word.contains(char::is_control);
        let after = words.len() - blank - 1;
        blanks == 1 && blank.max(after) <= REACH && blank + after > 0 && !words.iter().any(odd)
    }
}

impl From<&str> for Phrase {
    fn from(words: &str) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Phrase {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A decision by phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseDecision {
    /// What was decided. Any other ruling than subject covers nothing.
    pub ruling: Ruling,
    /// The digests of the mentions that were listed when it was made, in order: all others came later.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub listed: Box<[TextDigest]>,
}

impl PhraseDecision {
    /// The decision that these mentions, and all like them later, are subjects.
    pub fn subject<'k>(listed: impl IntoIterator<Item = &'k MentionKey>) -> Self {
        let mut listed: Vec<TextDigest> = listed.into_iter().map(MentionKey::digest).collect();
        listed.sort_unstable();
        listed.dedup();
        Self { ruling: Ruling::Subject, listed: listed.into() }
    }
}

impl MentionKey {
    /// A digest of everything that identifies the mention.
    fn digest(&self) -> TextDigest {
        TextDigest::of(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// How a mention is covered by a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByPhrase {
    /// The shortest phrase that covers it.
    pub phrase: Phrase,
    /// Whether it came after the decision, so that nobody saw it in the list.
    pub since: bool,
}

impl Mention {
    /// Whether it is covered by a phrase that was decided on before it was there.
    pub fn is_since(&self) -> bool {
        self.by_phrase.as_ref().is_some_and(|by| by.since)
    }

    /// Whether a phrase can cover it: it is not certain, and is in a point or a comment.
    pub fn may_be_by_phrase(&self) -> bool {
        may_be(&self.key, self.hit.grade)
    }
}

fn may_be(key: &MentionKey, grade: Grade) -> bool {
    matches!(key.of, Holder::Point(_) | Holder::Comment(_)) && grade != Grade::Certain
}

impl Workshop {
    /// The change that records a decision by phrase, or takes it back.
    pub fn decide_phrase(&self, phrase: Phrase, to: Option<PhraseDecision>) -> Change {
        let none = Register::default();
        let over = self.phrases.get(&phrase).unwrap_or(&none).live(Stamp::ORIGIN);
        Change::PhraseDecided { phrase, to, over: Over::from_vec(over) }
    }

    /// Everything decided on a phrase on several laptops at once, each once, in no particular order.
    pub fn phrase_decisions(&self, phrase: &str) -> Vec<Option<&PhraseDecision>> {
        let found = self.phrases.get(phrase);
        found.into_iter().flat_map(Register::each).map(Option::as_ref).collect()
    }

    /// The phrases that cover what is between their words, in their order.
    pub fn phrases(&self) -> Vec<&Phrase> {
        let known = self.phrases.keys().filter(|phrase| phrase.is_sound());
        let mut all: Vec<&Phrase> = known.filter(|phrase| self.holds(phrase.as_str())).collect();
        all.sort_unstable();
        all
    }

    /// Whether a phrase covers anything: if several laptops decided at once, the strictest ruling holds.
    fn holds(&self, phrase: &str) -> bool {
        let subject = |made: &Option<PhraseDecision>| {
            made.as_ref().is_some_and(|made| made.ruling == Ruling::Subject)
        };
        self.phrases.get(phrase).is_some_and(|made| made.values().all(subject))
    }

    /// The words beside a mention.
    pub fn neighbours(&self, names: &dyn NameSearch, mention: &Mention) -> Neighbours {
        let hits = names.hits(&mention.text);
        let mut all = names.beside(&mention.text, &hits).into_iter().zip(&hits);
        let found = all.find(|(_, hit)| hit.range == mention.hit.range);
        found.map(|(neighbours, _)| neighbours).unwrap_or_default()
    }

    /// Whether a decision by phrase can cover a mention if its words fit: nobody decided on it by
    /// itself.
    pub fn is_left_to_phrases(&self, mention: &Mention) -> bool {
        self.is_left(&mention.key, mention.hit.grade)
    }

    fn is_left(&self, key: &MentionKey, grade: Grade) -> bool {
        let undecided =
            || self.clearances.get(key).is_none_or(|made| made.values().all(Option::is_none));
        may_be(key, grade) && undecided()
    }

    /// The phrase that covers a mention with these neighbours, if there is one.
    pub(super) fn by_phrase(
        &self,
        key: &MentionKey,
        grade: Grade,
        neighbours: &Neighbours,
    ) -> Option<ByPhrase> {
        if self.phrases.is_empty() || !self.is_left(key, grade) {
            return None;
        }
        let mut all = neighbours.phrases().filter(|phrase| self.holds(phrase)).peekable();
        let phrase = Phrase(all.peek()?.as_str().into());
        let digest = key.digest();
        let listed = |phrase: String| {
            let made = self.phrases.get(&*phrase).into_iter().flat_map(Register::values).flatten();
            made.into_iter().any(|made| made.listed.binary_search(&digest).is_ok())
        };
        let since = !all.any(listed);
        Some(ByPhrase { phrase, since })
    }
}
