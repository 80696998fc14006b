//! What comes after a name: whether it says something or takes a position.

use super::fold::{Case, WordGap};
use super::lists::{List, TONGUES, TURNS};
use super::sentence::{Sentence, one_of};
use super::{role::NameGroup, tongues, words, words::Class};

static OTHERS: List = List::of(TURNS, "others");
pub(super) static FIRST_WORDS_OF_VERBS: List = List::of(TONGUES, "first words of verbs");
pub(super) static SECOND_WORDS_OF_VERBS: List = List::of(TONGUES, "second words of verbs");
static AT_A_BEGINNING: List = List::of(TONGUES, "verbs at a beginning");
static ACTS_WITH_MAY: List = List::of(TURNS, "acts with may");
static ACTS_WITH_DO: List = List::of(TURNS, "acts with do");
static BEFORE_WHAT_IS_HELD: List = List::of(TURNS, "before what is held");
static SAID_WITH_WILL: List = List::of(TURNS, "said with will");
static AFTER_NOT: List = List::of(TURNS, "after not");
static SHARED_BY_NEIGHBOURS: List = List::of(TURNS, "shared by neighbours");
static DONE: List = List::of(TURNS, "done");
static THOSE_HELPED: List = List::of(TURNS, "those helped");
static TROUBLE: List = List::of(TURNS, "trouble");

impl Sentence<'_> {
    /// Whether a verb of saying immediately follows an adjective: "Thai said".
    pub(super) fn joined_verb(&self, at: usize) -> bool {
        self.joined(at)
            && self.is(at, Class::PAST | Class::ING | Class::ELSEWHERE | Class::BETWEEN)
            && self.verb(at, false, false)
    }

    /// Whether the group is the subject of a verb of saying or of taking a position.
    pub(super) fn predicate(
        &self,
        left: usize,
        until: usize,
        group: &NameGroup,
        noun: Option<usize>,
    ) -> bool {
        let plural = group.names > 1
            || group.people
            || noun.is_some_and(|noun| {
                self.word(noun).ends_with('s') || one_of(self.word(noun), "police authorities")
            });
        let initial = self.begins(left)
            || left > 0
                && (self.gap(left).has(WordGap::QUOTE) || self.gap(left).has(WordGap::COMMA));
        let mut at = until;
        // "Malaysia (supported by Thailand) said".
        if self.gap(at).has(WordGap::OPEN) {
            let close = (at + 1..at + 14).find(|at| self.gap(*at).has(WordGap::CLOSE));
            let Some(close) = close else { return false };
            at = close;
        }
        at = self.others(at);
        if at >= self.words.tokens.len() || self.gap(at).has(WordGap::STOP) {
            return false;
        }
        if self.gap(at).has(WordGap::COLON)
            || self.gap(at).has(WordGap::DASH)
            || self.gap(at).has(WordGap::OPEN)
        {
            return false;
        }
        if one_of(self.word(at), "who which that") && self.verb(self.adverbs(at + 1), plural, false)
        {
            return true;
        }
        if !self.gap(at).has(WordGap::COMMA) && self.verb(self.adverbs(at), plural, initial) {
            return true;
        }
        // "Malaysia to revert"
        if initial && self.word(at) == "to" && self.joined(at) {
            let next = self.word(at + 1);
            return one_of(next, "revert consult") || next == "come" && self.word(at + 2) == "back";
        }
        if !self.gap(at).has(WordGap::COMMA) {
            return false;
        }
        // "Malaysia, who spoke first": and "Malaysia, as chair, said".
        if self.is(at, Class::ADVERB)
            && self.verb(self.adverbs(at), plural, false)
            && !self.is(self.adverbs(at), Class::ING)
        {
            return true;
        }
        let close = (at + 1..(at + 14).min(self.words.tokens.len()))
            .take_while(|at| !self.gap(*at).has(WordGap::STOP))
            .find(|at| self.gap(*at).has(WordGap::COMMA));
        // "Estonia, for the EU, identified a gap".
        let behalf = initial
            && one_of(self.word(at), "for speaking on as with supported joined seconded")
            && close.is_some();
        let inserted = close.is_some_and(|close| {
            let verb = self.adverbs(close);
            let done = self.word(verb).ends_with("ed") || DONE.has(self.word(verb));
            if behalf && done {
                return true;
            }
            !self.is(verb, Class::ING | Class::AND) && self.verb(verb, plural, false)
        });
        // A preposition before the group makes the insertion a list of other things.
        inserted && (initial || left == 0 || !self.is(left - 1, Class::PREPOSITION))
    }

    /// Past "and two other delegations", "and others", "among others".
    pub(super) fn others(&self, at: usize) -> usize {
        let mut next = at;
        if self.is(next, Class::AND)
            || self.gap(next).has(WordGap::AND)
            || one_of(self.word(next), "among et")
        {
            next += usize::from(!self.gap(next).has(WordGap::AND) || self.is(next, Class::AND));
            let start = next;
            while self.is(next, Class::GENERIC | Class::ARTICLE | Class::DELEGATE)
                || OTHERS.has(self.word(next))
            {
                next += 1;
            }
            if next > start {
                return next;
            }
        }
        at
    }

    pub(super) fn base(&self, at: usize) -> bool {
        self.is(at, Class::BASE) && (!self.is(at, Class::WEAK) || self.says(at, at + 1))
    }

    /// Whether the words from one on make an ambiguous verb a verb of saying.
    fn says(&self, verb: usize, from: usize) -> bool {
        words::says(self.word(verb), |after| self.word(from + after))
    }

    /// Whether there is a verb of saying or of taking a position here.
    pub(super) fn verb(&self, at: usize, plural: bool, initial: bool) -> bool {
        if at >= self.words.tokens.len() || self.gap(at).has(WordGap::STOP) {
            return false;
        }
        let not = |at: usize| {
            let mut next = at;
            while self.is(next, Class::ADVERB)
                || self.is(next, Class::NOT) && self.word(next) != "no"
            {
                next += 1;
            }
            next
        };
        let word = self.word(at);
        let negated = self.is(at, Class::NOT) || self.word(at + 1) == "not";
        if self.is(at, Class::ELSEWHERE) && (initial || !AT_A_BEGINNING.has(word))
            || self.is(at, Class::BETWEEN) && self.elsewhere(at + 1)
        {
            return true;
        }
        if FIRST_WORDS_OF_VERBS.has(word)
            && (self.is(at + 1, Class::ELSEWHERE) || SECOND_WORDS_OF_VERBS.has(self.word(at + 1)))
        {
            return true;
        }
        if self.words.tokens[at].unspaced {
            return self.run_says(at);
        }
        if self.is(at, Class::HAVE) {
            let next = not(at + 1);
            if self.word(next) == "been" {
                return self.is(next + 1, Class::ING) && self.ing(next + 1);
            }
            if self.is(next, Class::PAST) && self.is_what_was_said(next) {
                return true;
            }
            // "has yet to decide"
            if self.word(at + 1) == "yet" && self.word(at + 2) == "to" {
                let own = (at + 4..at + 8).any(|at| self.is(at, Class::SAID | Class::HELD));
                return self.base(at + 3)
                    || one_of(self.word(at + 3), "decide speak consult")
                    || one_of(self.word(at + 3), "give form make take reach") && own;
            }
            if self.word(next) == "nothing" && self.word(next + 1) == "to"
                || self.word(next) == "the" && self.word(next + 1) == "floor"
            {
                return true;
            }
            let mut held = next;
            while held < next + 5
                && (self.is(
                    held,
                    Class::ARTICLE | Class::ADJECTIVE | Class::GENERIC | Class::NOT | Class::ADVERB,
                ) || BEFORE_WHAT_IS_HELD.has(self.word(held)))
            {
                held += 1;
            }
            return self.is(held, Class::HELD) && !self.followed_by_place(held);
        }
        if self.is(at, Class::BE) {
            let next = not(at + 1);
            return self.is(next, Class::STANCE) && !one_of(self.word(next), "critical open clear")
                || one_of(self.word(next), "open clear critical")
                    && one_of(self.word(next + 1), "to that of")
                || self.is(next, Class::ING) && self.ing(next)
                || self.word(next) == "of"
                    && one_of(self.word(next + 1), "the opinion")
                    && one_of(self.word(next + 2), "view opinion belief same understanding that")
                || self.word(next) == "in"
                    && (one_of(self.word(next + 1), "favour favor agreement")
                        || self.word(next + 1) == "a" && self.word(next + 2) == "position")
                || self.word(next) == "on"
                    && (one_of(self.word(next + 1), "board record")
                        || self.word(next + 1) == "the" && self.word(next + 2) == "fence")
                || self.word(next) == "of" && self.word(next + 2) == "minds"
                || self.first_to(next)
                || one_of(self.word(next), "fine ok okay")
                    && (self.clause_ends(next + 1) || self.word(next + 1) == "with")
                || self.word(next) == "silent"
                    && (self.clause_ends(next + 1)
                        || one_of(self.word(next + 1), "throughout during"))
                || self.word(next) == "at" && self.word(next + 1) == "pains"
                || self.word(next) == "under" && self.word(next + 1) == "instructions"
                || self.word(next) == "for"
                    && one_of(self.word(next + 1), "option deletion keeping deleting");
        }
        if self.is(at, Class::MODAL) {
            let next = not(at + 1);
            if self.is(next, Class::BE) {
                return self.is(not(next + 1), Class::STANCE)
                    || self.word(next + 1) == "in" && self.word(next + 2) == "favour"
                    || one_of(self.word(next + 1), "fine ok okay");
            }
            // "Malaysia can accept it, Thailand cannot."
            if one_of(word, "cannot cant") && self.clause_ends(next) {
                return true;
            }
            let weak = self.is(next, Class::BASE);
            return match word {
                "will" => {
                    weak && (negated || SAID_WITH_WILL.has(self.word(next)))
                        && self.word(next) != "need"
                }
                "would" | "wouldnt" => {
                    self.word(at + 1) == "rather"
                        || self.base(next)
                        || one_of(self.word(next), "like rather want welcome have")
                            && !self.is(next + 1, Class::PAST)
                }
                "may" | "might" => self.base(next) && self.word(next) != "need",
                _ => {
                    weak && !ACTS_WITH_MAY.has(self.word(next))
                        || negated && self.base(next)
                        || self.base(next) && one_of(self.word(next), "accept go live see")
                }
            };
        }
        if self.is(at, Class::DO) {
            return self.is(not(at + 1), Class::BASE)
                && (negated || self.base(not(at + 1)))
                && !ACTS_WITH_DO.has(self.word(not(at + 1)));
        }
        if self.is(at, Class::PAST | Class::THIRD) {
            return self.is_what_was_said(at);
        }
        if self.is(at, Class::ING) {
            return initial && self.ing(at);
        }
        if self.is(at, Class::BASE) {
            let nounish = self.is(at, Class::NOUNISH);
            return plural && self.is_what_was_said(at) && (!nounish || !self.ends(at + 1))
                || initial && self.is_what_was_said(at) && !nounish
                || initial
                    && one_of(word, "support request object note question second")
                    && !self.ends(at + 1)
                    && !self.is(
                        at + 1,
                        Class::PREPOSITION
                            | Class::BE
                            | Class::HAVE
                            | Class::AND
                            | Class::PAST
                            | Class::MODAL,
                    );
        }
        one_of(word, "ok fine okay")
            && (one_of(self.word(at + 1), "with w for") || self.clause_ends(at + 1))
            || word == "against" && initial
            || word == "in" && initial && one_of(self.word(at + 1), "favour favor")
            || word == "not" && AFTER_NOT.has(self.word(at + 1))
    }

    /// "the first to speak", "the only one to object".
    fn first_to(&self, at: usize) -> bool {
        let to = (at + 2..at + 4).find(|at| self.word(*at) == "to");
        self.word(at) == "the"
            && one_of(self.word(at + 1), "first only last second one")
            && to.is_some_and(|to| self.base(to + 1) || self.word(to + 1) == "speak")
    }

    /// A verb in a plain tense: of saying, unless it is one of those that need more words to be one.
    pub(super) fn is_what_was_said(&self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        if self.is(at, Class::WEAK) {
            return self.says(at, at + 1)
                || self.is(at + 1, Class::ADVERB) && self.says(at, at + 2);
        }
        match word {
            // Neighbours share borders, and help those in need.
            "share" | "shares" | "shared" => {
                !(at + 1..at + 6).any(|at| SHARED_BY_NEIGHBOURS.has(self.word(at)))
            }
            "support" | "supports" | "supported" => {
                !(at + 1..at + 5).any(|at| THOSE_HELPED.has(self.word(at)))
            }
            "report" | "reports" if next == "to" => false,
            "states" | "state"
                if self.is(at, Class::NOUNISH)
                    && (self.ends(at + 1) || self.is(at + 1, Class::PREPOSITION | Class::AND)) =>
            {
                false
            }
            "recorded" | "answers" => false,
            _ => true,
        }
    }

    pub(super) fn ing(&self, at: usize) -> bool {
        !self.is(at, Class::WEAK) || self.says(at, at + 1)
    }

    /// "problems at the border": what one has, not what one says.
    pub(super) fn followed_by_place(&self, at: usize) -> bool {
        TROUBLE.has(self.word(at)) && !one_of(self.word(at + 1), "with accepting")
    }

    /// Whether a run of a script without spaces begins with "said", or nearly.
    pub(super) fn run_says(&self, at: usize) -> bool {
        let mut run = self.word(at);
        // Burmese puts a space after the particle that marks who acts.
        if run.chars().count() < 3 && self.joined(at + 1) && self.words.tokens[at + 1].unspaced {
            run = self.word(at + 1);
        }
        let near = run.char_indices().nth(20).map_or(run, |(end, _)| &run[..end]);
        tongues::says_at(near).is_some() || self.says_at_its_end(at)
    }

    /// Burmese marks who acts, and has its verb at the end of the sentence.
    fn says_at_its_end(&self, at: usize) -> bool {
        if !tongues::marks_who_acts(self.word(at)) {
            return false;
        }
        let end = (at + 1..self.words.tokens.len())
            .find(|at| self.gap(*at).has(WordGap::STOP))
            .unwrap_or(self.words.tokens.len());
        (end.saturating_sub(2).max(at)..end).any(|at| tongues::says_at(self.word(at)).is_some())
    }

    /// Whether a verb of saying in a language of the region follows, after "not", "already" and the
    /// like.
    fn elsewhere(&self, at: usize) -> bool {
        let mut next = at;
        while next < at + 3 && self.is(next, Class::BETWEEN) {
            next += 1;
        }
        self.is(next, Class::ELSEWHERE) || tongues::AFTER_THOSE.has(self.word(next))
    }

    /// Whether what comes before does something, although nobody can tell whether it spoke.
    pub(super) fn acts(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is(at, Class::HAVE | Class::BE | Class::MODAL | Class::DO | Class::THIRD | Class::PAST)
            || word.len() > 4
                && (word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss"))
    }

    /// Whether somebody in the room says this of itself, if nobody else speaks: "Manila had taken steps", "Suva
    /// will check", "Doha ready to host", "Laos to circulate a page". What it is, has or has been stays
    /// undecided.
    pub(super) fn does(&self, left: usize, until: usize) -> bool {
        self.opens(left) && self.does_here(until)
    }

    /// Whether a name begins a statement: a clause, what follows a space in a script without spaces, or
    /// what follows the comma of "Having banned trawls, …".
    fn opens(&self, left: usize) -> bool {
        let spaced = || self.words.tokens[left - 1].unspaced && self.gap(left).has(WordGap::SPACE);
        let after = || {
            let first = (0..left).rev().find(|at| self.begins(*at)).unwrap_or(0);
            let commas = (first + 1..=left).filter(|at| self.gap(*at).has(WordGap::COMMA)).count();
            let opening = self.is(first, Class::PREPOSITION | Class::ADVERB)
                || self.word(first).ends_with("ing")
                || one_of(self.word(first), "as having while although though since when if");
            self.gap(left).has(WordGap::COMMA) && commas == 1 && opening
        };
        self.begins(left) || left > 0 && (spaced() || after())
    }

    /// The same for any name, whatever precedes it.
    pub(super) fn does_here(&self, until: usize) -> bool {
        let at = self.adverbs(until);
        if at >= self.words.tokens.len() || !self.joined(at) {
            return false;
        }
        let word = self.word(at);
        let token = &self.words.tokens[at];
        if token.unspaced {
            // Burmese marks who acts, and has a space after the mark.
            let marked = word == "က" && self.joined(at + 1) && self.gap(at + 1).has(WordGap::SPACE);
            return marked || tongues::says_of_itself(word);
        }
        if self.is(at, Class::BETWEEN) || tongues::RIGHT_AFTER_NAMES.has(word) {
            return true;
        }
        let done = |at: usize| {
            let word = self.word(at);
            DONE.has(word) || word.len() > 4 && word.ends_with("ed")
        };
        let small = |at: usize| self.case(at) == Case::Lower && self.joined(at);
        let own = Class::ARTICLE | Class::PREPOSITION | Class::BE;
        let to = word == "to" && small(at + 1) && !self.is(at + 1, own);
        let negated = self.is(at, Class::DO) && self.is(at + 1, Class::NOT | Class::BASE);
        to || negated
            || self.is(at, Class::MODAL | Class::STANCE | Class::MUST)
            || self.is(at, Class::HAVE) && done(self.adverbs(at + 1))
            || small(at) && done(at)
    }
}
