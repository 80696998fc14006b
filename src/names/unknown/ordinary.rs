//! Ordinary words that are a name if they speak: "Grab offered two ships", "Pew urged all to wait".
//!
//! Only a capital shows it, and documents and roles have one as well: what is found here is
//! held only if the text says that it speaks.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, tongues, wordlist, words, words::Class};
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

/// What the names of many organisations end with.
static ENDS: List = List::of(KNOWN, "at the end of organisations' names");

/// What precedes whom notes ask, thank or copy in.
static ASKED: List = List::of(KNOWN, "before whom is asked");

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
        // "Asia Pulp & Paper" is a firm, whatever its words are.
        let joined = name.clone().skip(1).any(|at| self.is_firm(at));
        let firm = joined && self.says(run.end - 1);
        if joined && !firm {
            return None;
        }
        let plain =
            |at: usize| firm || self.is_ordinary(at) || at > from && words::is_known(word(at));
        let own = |at: usize| self.is_ordinary(at) && !NO_NAMES.has(word(at));
        if name.len() == 1 && self.is_ordinary(from) && self.is_faction(from) {
            return Some((name, false));
        }
        let longest = LONGEST + 2 * usize::from(firm);
        let whole = (1..=longest).contains(&name.len()) && name.clone().all(plain);
        if !whole || !firm && !name.clone().any(own) {
            return self.elsewhere(&run).map(|name| (name, false));
        }
        if self.is_heading(from, heading) || self.is_shouted(from) {
            return None;
        }
        // "Quick Wins: a list" is a label.
        if self.begins(from) && self.gap(run.end).has(WordGap::COLON | WordGap::DASH) {
            return None;
        }
        let last = run.end - 1;
        if name.len() == 1 && (self.is_asked(from) || self.is_of_a_pair(from)) {
            return Some((name, false));
        }
        if name.len() == 1 {
            let speaks = self.is_bare_speaker(last) || self.has_said(last);
            let no_name = self.begins(from) && !speaks;
            return (!no_name).then_some((name, true));
        }
        let acts = self.is_bare(last) && self.is_actor(last);
        // "Earth Rights", "Third World Network": what many organisations' names end with.
        let body = || ENDS.has(word(last)) && !ROOM.has(word(from)) && own(from);
        (own(last) || firm || body()).then_some((name, !acts))
    }

    /// "Ask Horizon for the map".
    fn is_asked(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.token(at).map_or("", |it| &it.word));
        ASKED.has(before) && !self.gap(at).has(WordGap::BREAKS) && self.is_bare(at)
    }

    /// "Horizon's offer stands": whether what somebody said belongs to a word at a sentence's start.
    fn has_said(&self, at: usize) -> bool {
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let said = next.is_some_and(|it| words::class(&it.word).has(Class::SAID));
        said && self.token(at).is_some_and(|it| it.possessive) && self.is_bare(at)
    }

    /// "The Producer caucus objected".
    fn is_faction(&self, at: usize) -> bool {
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let faction = next.is_some_and(|next| {
            matches!(
                &*next.word,
                "caucus" | "coalition" | "alliance" | "bloc" | "constituency" | "grouping"
            )
        });
        let verb = self.token(at + 2).is_some_and(|it| words::class(&it.word).has(Class::VERB));
        faction && verb
    }

    /// "Paper & Co", "Sun & Sand Tours": whether "&" joins a word to the one before, both with a capital.
    pub(super) fn is_firm(&self, at: usize) -> bool {
        let (Some(before), Some(token)) =
            (at.checked_sub(1).and_then(|at| self.token(at)), self.token(at))
        else {
            return false;
        };
        let between = self.text.get(before.range.end..token.range.start).unwrap_or_default();
        between.trim() == "&" && before.case == Case::Capital && token.case == Case::Capital
    }

    /// "Sinar Mas minta": words of another language that together are a name, because only the first would have
    /// a capital anyway; only if they speak.
    fn elsewhere(&self, run: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        let plain = |at: usize| {
            self.token(at).is_some_and(|token| {
                token.case == Case::Capital
                    && !self.is_shared(token)
                    && !words::is_known(&token.word)
                    && !wordlist::is_of_institutions(&token.word)
                    && !codes::is_shorthand(&token.word)
            })
        };
        let next = self.token(run.end).filter(|next| !next.before.has(WordGap::PARTS))?;
        let class = words::class(&next.word);
        let verb = next.case == Case::Lower
            && (class.has(Class::ELSEWHERE) || tongues::RIGHT_AFTER_NAMES.has(&next.word))
            || self.is_actor(run.end - 1);
        let whole = (2..=LONGEST).contains(&run.len())
            && run.clone().all(plain)
            && run.clone().all(|at| {
                wordlist::is_malay(word(at)) || wordlist::begins_elsewhere(word(at), false)
            });
        (whole && verb && !self.words.vietnamese).then(|| run.clone())
    }

    /// "Ministers from the Open Door Countries": ordinary words that have people.
    pub(super) fn with_people(&self, run: Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        let before = |back: usize| run.start.checked_sub(back).map_or("", word);
        let article = before(1) == "the" && !self.gap(run.start).has(WordGap::PARTS);
        let of = matches!(before(2), "of" | "from");
        let people = before(3).strip_suffix('s').unwrap_or_default();
        let people = if people.is_empty() { before(3) } else { people };
        let class = words::class(people);
        let people = class.has(Class::DELEGATE | Class::OFFICIAL)
            || codes::is_somebody(people)
            || matches!(
                people,
                "someone" | "somebody" | "people" | "friend" | "volunteer" | "guest"
            );
        let open = |at: usize| ROOM.has(word(at));
        let shared = |at: usize| self.token(at).is_none_or(|it| self.is_shared(it));
        let own = run.len() > 1
            && run.len() <= LONGEST
            && !run.clone().any(open)
            && !run.clone().all(shared);
        (article && of && people && own && self.speaks(run.end - 1)).then_some(run)
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

    /// Whether a verb of saying follows: "Asia Pulp & Paper denied", but not "Coffee & Tea will".
    fn says(&self, at: usize) -> bool {
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let past = next.is_some_and(|it| words::class(&it.word).has(Class::PAST | Class::THIRD));
        self.speaks(at) || past && self.is_actor(at)
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
    pub(super) fn is_bare(&self, at: usize) -> bool {
        let word = self.token(at).map_or("", |token| token.word.as_str());
        let plural = word.ends_with('s') && !word.ends_with("ss");
        !plural && !ENDINGS.iter().any(|ending| word.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn ordinary_words_that_together_are_a_name_are_held_where_they_speak() {
        let delegations = vec!["Malaysia", "Indonesia", "Singapore"];
        let texts = vec!["Seagrass and coral".to_owned()];
        let names = Names::of(&ListedNames { delegations, texts, ..ListedNames::default() });
        for (text, name) in [
            ("Pearl & Coral Trading denied it", "Pearl & Coral Trading"),
            ("the observer from the Seagrass Rescue Project said no", "Seagrass Rescue Project"),
            ("someone from the Coral Rescue Network said no", "Coral Rescue Network"),
            ("the Consumer caucus rejected it", "Consumer"),
            ("Asia-Pacific Group agreed to it", "Asia-Pacific Group"),
            ("Plus Three: not now", "Plus Three"),
            ("PACT: the nets must be marked", "PACT"),
            ("galing sa DOLE, dapat malinaw", "DOLE"),
            ("“Not again,” declared the CATS director.", "CATS"),
            ("sg still: not now", "sg"),
            ("Harvest Rights asked who pays", "Harvest Rights"),
            ("Sumber Mas minta waktu lagi", "Sumber Mas"),
            ("please ask Beacon for their list", "Beacon"),
            ("Beacon's proposal is too long for them", "Beacon"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in [
            "Research & Development needs money",
            "Fees & Fines: who pays?",
            "a caucus of consumers met",
            "NOTE: the nets must be marked",
            "Bread & Butter will be served",
            "Quality Assurance took too long",
            "Next Steps will be circulated",
            "La Niña years need another plan",
            "Masyarakat Sipil mendukung",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
