//! Source or subject: what the words around a name say about it.
//!
//! Rules over words, no parsing. Names joined by commas and "and" are one group; what is before its
//! first name and after its last decides for all. A rule that sees a speaker wins; a preposition or
//! a thing that the name belongs to makes it a subject; what no rule speaks of is a subject too.

use std::ops::Range;

use super::fold::{Case, Gap, Words};
use super::words::{self, Class};
use super::{Role, What};

/// Names that stand together and have one role.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Its words, from the first name to the last.
    pub(super) span: Range<usize>,
    /// What the last name is.
    pub(super) what: What,
    /// Whether it is a people in the plural.
    pub(super) people: bool,
    pub(super) names: usize,
}

/// A role, and the words that a neutral wording would replace with it.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) role: Role,
    pub(super) span: Range<usize>,
    /// The word for who speaks: "delegate", "officials"; none for the delegation itself.
    pub(super) noun: Option<usize>,
}

/// Words and what they may be.
pub(super) struct Sentence<'w> {
    words: &'w Words,
    classes: Vec<Class>,
}

impl<'w> Sentence<'w> {
    pub(super) fn new(words: &'w Words) -> Self {
        let classes = words.tokens.iter().map(|token| words::class(&token.word)).collect();
        Self { words, classes }
    }

    fn word(&self, at: usize) -> &str {
        self.words.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    fn is(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|known| known.has(class))
    }

    /// What stands before a word; behind the last one, what ends the text.
    fn gap(&self, at: usize) -> Gap {
        self.words.tokens.get(at).map_or(self.words.end, |token| token.before)
    }

    fn case(&self, at: usize) -> Case {
        self.words.tokens.get(at).map_or(Case::Lower, |token| token.case)
    }

    fn possessive(&self, at: usize) -> bool {
        self.words.tokens.get(at).is_some_and(|token| token.possessive)
    }

    /// Whether a clause begins with this word.
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0 || self.gap(at).has(Gap::STOP) || self.gap(at).has(Gap::COLON)
    }

    /// Whether nothing parts this word from the one before.
    fn joined(&self, at: usize) -> bool {
        at < self.words.tokens.len() && !self.gap(at).has(Gap::PARTS)
    }

    fn words_before(&self, at: usize, words: &[&str]) -> bool {
        let Some(from) = at.checked_sub(words.len()) else { return false };
        words.iter().enumerate().all(|(index, word)| self.word(from + index) == *word)
            && (from + 1..at).all(|at| !self.gap(at).has(Gap::STOP))
    }

    /// The role of a group.
    pub(super) fn verdict(&self, group: &Group) -> Verdict {
        let Range { start, end } = group.span.clone();
        let mut from = start;
        while from > 0 && self.joined(from) && self.is(from - 1, Class::ARTICLE) {
            from -= 1;
        }
        let source =
            |span: Range<usize>, noun: Option<usize>| Verdict { role: Role::Source, span, noun };
        let plain = Verdict { role: Role::Subject, span: from..end, noun: None };
        if self.is_place(group) {
            return plain;
        }
        // "Thai delegates", "Malaysia's position": what the name belongs to.
        let belongs = self.possessive(end - 1) || group.what == What::Demonym;
        let (until, noun) = match self.head(group) {
            Head::Delegate(noun) => return source(from..noun + 1, Some(noun)),
            Head::Said => return source(from..end, None),
            Head::Official(until, noun) => (until, Some(noun)),
            Head::None => (end, None),
        };
        if self.is_mark(group, until) {
            return source(start..end, None);
        }
        let mut left = from;
        let mut noun = noun;
        let mut blocked = false;
        // "the Government of Malaysia": what comes before belongs to the name.
        while left > 1 && self.joined(left) && matches!(self.word(left - 1), "of" | "from" | "for")
        {
            let Some(head) = self.noun_before(left - 1) else { break };
            if self.is(head, Class::DELEGATE) && self.believed(head, left - 1) {
                return source(self.article(head)..end, Some(head));
            }
            if self.is(head, Class::OFFICIAL) {
                noun = noun.or(Some(head));
                left = self.article(head);
                while left > 0
                    && self.joined(left)
                    && self.is(left - 1, Class::OFFICIAL | Class::ADJECTIVE)
                {
                    left = self.article(left - 1);
                }
            } else if self.is(head, Class::SAID)
                && self.word(left - 1) != "for"
                && !self.is_aid(head)
            {
                return source(from..end, None);
            } else {
                break;
            }
        }
        if left > 0 && self.joined(left) {
            match self.before(left, group) {
                Some(Role::Source) if !belongs || noun.is_some() || group.people => {
                    return source(left..until, noun);
                }
                Some(Role::Source)
                    if self.possessive(end - 1)
                        && self.words_before(left, &["according", "to"]) => {}
                Some(Role::Subject) => blocked = true,
                _ => {}
            }
        } else if left > 0
            && self.gap(left).has(Gap::COMMA)
            && self.words_before(left, &["our", "country"])
            || left > 0 && self.words_before(left, &["my", "country"])
        {
            return source(left..end, None);
        }
        if self.speaks_as_we(left, end) {
            return source(start..end, None);
        }
        if self.names_some(left, until) {
            return source(left..until, noun);
        }
        if blocked {
            return plain;
        }
        let conditional = left > 0 && self.joined(left) && self.is(left - 1, Class::IF);
        if belongs && noun.is_none() && !group.people && !self.joined_verb(end) {
            return plain;
        }
        if !conditional && self.predicate(left, until, group, noun) {
            return source(left..until, noun);
        }
        if self.echoed(left) {
            return source(left..until, noun);
        }
        let acts = self.begins(left) && self.joined(until) && self.acts(until);
        Verdict { role: if acts { Role::Unclear } else { Role::Subject }, ..plain }
    }

    /// "Singapore Strait", "the Bangkok Declaration".
    fn is_place(&self, group: &Group) -> bool {
        let next = group.span.end;
        if group.names != 1 || !self.joined(next) || self.possessive(next - 1) {
            return false;
        }
        let mut at = next;
        while at < next + 4
            && self.joined(at + 1)
            && self.case(at) != Case::Lower
            && !self.is(at, Class::TITLE)
        {
            at += 1;
        }
        self.is(next, Class::PLACE) || self.is(at, Class::TITLE) && self.case(at) == Case::Capital
    }

    fn article(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0 && self.joined(from) && self.is(from - 1, Class::ARTICLE | Class::ADJECTIVE)
        {
            from -= 1;
        }
        from
    }

    /// The noun that stands before a preposition.
    fn noun_before(&self, preposition: usize) -> Option<usize> {
        let mut at = preposition.checked_sub(1)?;
        if !self.joined(preposition) {
            return None;
        }
        // "the Deputy Secretary General of the Ministry of Home Affairs of"
        let mut steps = 0;
        while steps < 6 && !self.is(at, Class::DELEGATE | Class::OFFICIAL | Class::SAID) {
            let lower = self.case(at) == Case::Lower
                && !matches!(self.word(at), "of" | "and" | "for" | "affairs");
            if lower || at == 0 || !self.joined(at) {
                return None;
            }
            at -= 1;
            steps += 1;
        }
        Some(at)
    }

    /// "member of" and "head of" are of anything; of a state they are delegates only in a delegation.
    fn believed(&self, head: usize, preposition: usize) -> bool {
        match self.word(head) {
            "member" | "members" | "head" | "observer" | "observers" => {
                self.word(head + 1) == "of" && self.word(head + 2) == "delegation"
                    || preposition == head + 1
                        && self.word(head) != "head"
                        && self.case(head) == Case::Lower
                        && self.word(preposition) == "from"
            }
            _ => true,
        }
    }

    /// Money and help, not a position: "with financial support from".
    fn is_aid(&self, head: usize) -> bool {
        matches!(
            self.word(head),
            "support"
                | "assistance"
                | "contribution"
                | "contributions"
                | "response"
                | "responses"
                | "call"
                | "point"
                | "points"
                | "views"
                | "view"
                | "offer"
        ) && {
            let mut at = head;
            while at > 0
                && self.joined(at)
                && self.case(at - 1) == Case::Lower
                && at + 3 > head
                && !self.is(at - 1, Class::PREPOSITION | Class::PAST | Class::THIRD)
            {
                at -= 1;
            }
            let before = at.checked_sub(1).map_or("", |at| self.word(at));
            matches!(before, "with" | "without" | "under" | "through" | "receive" | "received")
                || matches!(
                    self.word(head.saturating_sub(1)),
                    "financial" | "technical" | "donor" | "funding"
                )
                || matches!(self.word(head), "point" | "points" | "call" | "view" | "views")
                    && self.word(head + 1) == "from"
                    && matches!(
                        self.word(head.saturating_sub(1)),
                        "entry" | "departure" | "phone" | "telephone" | "landing" | "transit"
                    )
        }
    }

    /// What the name belongs to.
    fn head(&self, group: &Group) -> Head {
        let end = group.span.end;
        let belongs = self.possessive(end - 1) || group.what == What::Demonym;
        let mut at = end;
        let mut official = None;
        let mut steps = 0;
        while steps < 8 && self.joined(at) {
            if self.is(at, Class::DELEGATE) && (official.is_none() || self.case(at) == Case::Lower)
            {
                let member = matches!(
                    self.word(at),
                    "member" | "members" | "head" | "observer" | "observers"
                );
                if member && !(self.word(at + 1) == "of" && self.word(at + 2) == "delegation") {
                    return Head::None;
                }
                return if self.is_state(at + 1) { Head::None } else { Head::Delegate(at) };
            }
            let verb = self.is(
                at,
                Class::PAST
                    | Class::THIRD
                    | Class::BE
                    | Class::HAVE
                    | Class::MODAL
                    | Class::DO
                    | Class::MUST
                    | Class::ING,
            );
            let first = at == end && !belongs;
            if self.is(at, Class::SAID) && official.is_none() && !self.possessive(at) {
                let noun_use = belongs || !self.is(at, Class::BASE | Class::THIRD);
                let fact = self.word(at) == "support" && !self.possessive(end - 1)
                    || self.word(at) == "response" && !belongs
                    || matches!(
                        self.word(at),
                        "point"
                            | "points"
                            | "response"
                            | "responses"
                            | "contribution"
                            | "contributions"
                    ) && !self.possessive(end - 1);
                if noun_use && !fact {
                    return Head::Said;
                }
            }
            if self.is(at, Class::OFFICIAL) && !(first && verb) {
                official = Some(at);
            } else if self.is(at, Class::ADJECTIVE | Class::ADVERB)
                && !verb
                && official.is_none()
                && belongs
            {
            } else if matches!(self.word(at), "of" | "for" | "and" | "on")
                && official.is_some()
                && (self.case(at + 1) != Case::Lower
                    || self.word(at + 1) == "the"
                    || self.is(at + 1, Class::OFFICIAL))
            {
            } else if self.word(at) == "the" && official.is_some() {
            } else if self.case(at) != Case::Lower
                && !(verb && official.is_some())
                && (belongs || official.is_some() || self.leads(at))
            {
            } else if self.leads(at) && !verb {
            } else {
                break;
            }
            at += 1;
            steps += 1;
        }
        match official {
            // "the Malaysian Border Agency (MBA) said": all of the institution's name.
            Some(noun) => Head::Official(at.max(noun + 1), noun),
            None => Head::None,
        }
    }

    /// Whether an official follows within a few words that are no verb: "coast guard officers".
    fn leads(&self, at: usize) -> bool {
        (at + 1..at + 5).take_while(|next| self.joined(*next)).find_map(|next| {
            if self.is(next, Class::OFFICIAL) {
                Some(true)
            } else if self.is(
                next,
                Class::PREPOSITION
                    | Class::BE
                    | Class::HAVE
                    | Class::MODAL
                    | Class::PAST
                    | Class::THIRD,
            ) && self.word(next) != "of"
            {
                Some(false)
            } else {
                None
            }
        }) == Some(true)
            && !self.is(
                at,
                Class::PREPOSITION
                    | Class::BE
                    | Class::HAVE
                    | Class::MODAL
                    | Class::PAST
                    | Class::THIRD
                    | Class::BASE
                    | Class::AND
                    | Class::ARTICLE,
            )
    }

    fn is_state(&self, at: usize) -> bool {
        self.joined(at) && matches!(self.word(at), "state" | "states" | "country" | "countries")
    }

    /// A speaker's mark: "Malaysia: …", "[MYS]", "… (Malaysia)", "… – Malaysia".
    fn is_mark(&self, group: &Group, until: usize) -> bool {
        let Range { start, end } = group.span.clone();
        let (before, after) = (self.gap(start), self.gap(until));
        let mut first = start;
        while first > 0
            && self.joined(first)
            && (self.is(first - 1, Class::ARTICLE) || self.word(first - 1) == "from")
        {
            first -= 1;
        }
        let last = until >= self.words.tokens.len();
        let opens = self.begins(first)
            || self.gap(first).has(Gap::AND)
            || self.gap(first).has(Gap::DASH)
            || self.gap(first).has(Gap::OPEN) && self.gap(first).has(Gap::STOP);
        let figure = self.word(until).starts_with(|letter: char| letter.is_ascii_digit())
            || matches!(self.word(until), "about" | "some" | "around" | "approximately" | "over");
        if opens && !last && !figure && (after.has(Gap::COLON) || after.has(Gap::DASH)) {
            return true;
        }
        if before.has(Gap::OPEN) && after.has(Gap::CLOSE) && until == end {
            if before.has(Gap::SQUARE) || start == 0 || before.has(Gap::STOP) {
                return true;
            }
            if self.is(start - 1, Class::GENERIC | Class::DELEGATE | Class::SAID) {
                return true;
            }
            let ends = last || after.has(Gap::STOP) || after.has(Gap::COMMA);
            let place = self.case(start - 1) != Case::Lower && !self.begins(start - 1);
            let figures = self.word(start - 1).starts_with(|letter: char| letter.is_ascii_digit());
            return ends && !place && !figures;
        }
        // The last thing said, after a dash.
        let dashed = before.has(Gap::DASH) && !before.has(Gap::OPEN);
        dashed && (last || after.has(Gap::STOP)) && start > 0 && until == end
    }

    /// What the word before says: a preposition makes a subject unless what is before that speaks.
    fn before(&self, left: usize, group: &Group) -> Option<Role> {
        let at = left - 1;
        let word = self.word(at);
        let back = |steps: usize| at.checked_sub(steps).map_or("", |at| self.word(at));
        let noun = at.checked_sub(1).filter(|_| self.joined(at));
        let noun_is = |class: Class| noun.is_some_and(|noun| self.is(noun, class));
        let source = match word {
            "to" => {
                back(1) == "according"
                    || back(1) == "response" && back(2) == "in"
                    || back(1) == "reply" && back(2) == "in"
                    || matches!(back(1), "responding" | "responded" | "replying" | "replied")
            }
            "per" => self.begins(at) || self.gap(at).has(Gap::COMMA) || back(1) == "as",
            "by" | "from" => {
                let mut verb = noun;
                while let Some(at) = verb.filter(|at| {
                    self.is(*at, Class::ADVERB | Class::HELD) && !self.is(*at, Class::PAST)
                }) {
                    verb = at.checked_sub(1).filter(|_| self.joined(at));
                }
                let said = verb.is_some_and(|verb| {
                    self.is(verb, Class::PAST) && !self.is(verb, Class::ING) && self.passive(verb)
                });
                let noun_said = noun_is(Class::SAID) && noun.is_some_and(|noun| !self.is_aid(noun));
                let noun_said = noun_said && !(word == "by" && noun_is(Class::PAST));
                (word == "by" && said) || noun_said || word == "by" && back(1) == "floor"
            }
            "of" => {
                back(1) == "behalf"
                    || noun_is(Class::SAID) && noun.is_some_and(|noun| !self.is_aid(noun))
                    || matches!(back(1), "words")
            }
            "for" => {
                matches!(back(1), "speaking" | "spoke" | "speaks")
                    || self.begins(at)
                        && self.gap(group.span.end).has(Gap::COMMA)
                        && self.is_topic(group.span.end)
            }
            "with" => {
                matches!(
                    back(1),
                    "agree"
                        | "agreed"
                        | "agrees"
                        | "agreeing"
                        | "concur"
                        | "concurred"
                        | "concurs"
                        | "disagree"
                        | "disagreed"
                        | "disagrees"
                        | "sided"
                        | "side"
                        | "sides"
                        | "aligned"
                        | "align"
                        | "aligns"
                        | "itself"
                        | "themselves"
                ) || back(1) == "line"
                    && back(2) == "in"
                    && !group.people
                    && group.what != What::Demonym
            }
            "like" | "unlike" => self.begins(at) && self.gap(group.span.end).has(Gap::COMMA),
            _ => return self.is(at, Class::PREPOSITION).then_some(Role::Subject),
        };
        Some(if source { Role::Source } else { Role::Subject })
    }

    /// Whether a participle before "by" tells of something said; "supported" is so of words alone.
    fn passive(&self, verb: usize) -> bool {
        match self.word(verb) {
            "stated" | "reported" | "shared" | "declared" | "held" | "found" | "made" | "put"
            | "taken" | "given" | "accepted" | "introduced" | "completed" | "joined"
            | "completed " => {
                !matches!(self.word(verb), "held" | "found" | "accepted" | "completed" | "joined")
            }
            "invited" | "backed" | "pledged" | "updated" | "submitted" | "committed" => {
                !matches!(self.word(verb), "invited" | "committed")
            }
            _ => true,
        }
    }

    /// "For Malaysia, the main point is …".
    fn is_topic(&self, at: usize) -> bool {
        (at..at + 5).any(|at| {
            self.is(at, Class::BE)
                || matches!(
                    self.word(at),
                    "op" | "paragraph" | "we" | "text" | "draft" | "priority" | "important"
                )
        })
    }

    /// "we in Malaysia", "in Malaysia, we", "as Malaysia, we", "my country, Malaysia".
    fn speaks_as_we(&self, left: usize, end: usize) -> bool {
        let we = |at: usize| matches!(self.word(at), "we" | "us" | "our" | "i" | "my");
        let after = !self.gap(end).has(Gap::BREAKS)
            && matches!(self.word(end), "we" | "our" | "i" | "us" | "my");
        let before = left.checked_sub(1).map_or("", |at| self.word(at));
        if after
            && (self.gap(end).has(Gap::COMMA)
                || matches!(before, "in" | "for" | "as" | "from" | "to"))
            && !matches!(before, "by" | "with")
        {
            return true;
        }
        if left < 1 || self.gap(left).has(Gap::STOP) {
            return false;
        }
        if matches!(before, "we" | "us") && !self.gap(left).has(Gap::STOP) {
            return true;
        }
        let second = left.checked_sub(2);
        if matches!(before, "in" | "from" | "of") {
            return second.is_some_and(|at| {
                we(at) && !matches!(self.word(at), "our" | "my") && self.joined(at + 1)
            }) || second.is_some_and(|at| {
                matches!(self.word(at), "am" | "im" | "come" | "home" | "here")
                    && self.clause_has_we(at)
            });
        }
        let own = before == "country" || before == "government" || before == "delegation";
        own && second.is_some_and(|at| matches!(self.word(at), "my" | "our"))
    }

    fn clause_has_we(&self, at: usize) -> bool {
        let from =
            (0..at).rev().take_while(|at| !self.gap(at + 1).has(Gap::STOP)).last().unwrap_or(at);
        let until = (at + 1..(at + 10).min(self.words.tokens.len()))
            .take_while(|at| !self.gap(*at).has(Gap::STOP))
            .last()
            .unwrap_or(at);
        (from..=until).any(|at| matches!(self.word(at), "we" | "i" | "im" | "our" | "my"))
    }

    /// "several delegations, including Malaysia, …", "no objection except Malaysia".
    fn names_some(&self, left: usize, until: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| !self.gap(left).has(Gap::STOP)) else {
            return false;
        };
        let mut before = match self.word(at) {
            "including" | "especially" | "notably" | "particularly" | "namely" | "like"
            | "except" | "besides" | "mainly" | "incl" | "unlike" => at,
            "as" if at > 0 && self.word(at - 1) == "such" => at - 1,
            "for" | "from" if at > 0 && matches!(self.word(at - 1), "except" | "apart") => at - 1,
            "g" | "eg" => at.saturating_sub(usize::from(self.word(at) == "g")),
            "with" | "not" | "but" => at,
            _ if self.gap(left).has(Gap::OPEN) => left,
            _ => return false,
        };
        let aside = self.gap(at).has(Gap::OPEN) && self.gap(until).has(Gap::CLOSE);
        if self.word(at) == "with" && aside && self.verb(self.adverbs(until), true, false) {
            return true;
        }
        if self.word(at) == "with"
            && !(self.is(before.saturating_sub(1), Class::GENERIC)
                && self.gap(before).has(Gap::COMMA))
        {
            return false;
        }
        let except = matches!(self.word(before), "except" | "apart" | "but" | "not");
        let mut verb = false;
        let mut steps = 0;
        while before > 0 && !self.gap(before).has(Gap::STOP) && steps < 6 {
            before -= 1;
            steps += 1;
            if matches!(
                self.word(before),
                "delegations"
                    | "delegates"
                    | "delegation"
                    | "delegate"
                    | "participants"
                    | "speakers"
                    | "interventions"
                    | "colleagues"
                    | "panellists"
                    | "representatives"
            ) {
                return true;
            }
            if except
                && matches!(
                    self.word(before),
                    "all"
                        | "everyone"
                        | "everybody"
                        | "objection"
                        | "objections"
                        | "consensus"
                        | "nobody"
                        | "agreed"
                        | "support"
                        | "agreement"
                )
            {
                return true;
            }
            if matches!(
                self.word(before),
                "countries" | "states" | "members" | "others" | "many" | "some" | "several"
            ) && steps < 4
            {
                verb = true;
                break;
            }
        }
        verb && {
            let mut at = until;
            while self.is(at, Class::ADVERB) {
                at += 1;
            }
            self.verb(at, true, false)
        }
    }

    /// "echoed Malaysia", "seconding Thailand": whose words were taken up.
    fn echoed(&self, left: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| self.joined(left)) else { return false };
        self.is(at, Class::ECHO) || self.word(at) == "supporting" && self.begins(at)
    }

    /// Whether a verb of saying stands right behind an adjective: "Thai said".
    fn joined_verb(&self, at: usize) -> bool {
        self.joined(at)
            && (self.is(at, Class::PAST) || self.is(at, Class::ING))
            && self.verb(at, false, false)
    }

    /// Whether the group is what a verb of saying or of taking a position is said of.
    fn predicate(&self, left: usize, until: usize, group: &Group, noun: Option<usize>) -> bool {
        let plural = group.names > 1
            || group.people
            || noun.is_some_and(|noun| {
                self.word(noun).ends_with('s')
                    || matches!(self.word(noun), "police" | "authorities")
            });
        let initial = self.begins(left)
            || left > 0 && (self.gap(left).has(Gap::QUOTE) || self.gap(left).has(Gap::COMMA));
        let mut at = until;
        // "Malaysia (supported by Thailand) said".
        if self.gap(at).has(Gap::OPEN) {
            let close = (at + 1..at + 14).find(|at| self.gap(*at).has(Gap::CLOSE));
            let Some(close) = close else { return false };
            at = close;
        }
        at = self.others(at);
        if at >= self.words.tokens.len() || self.gap(at).has(Gap::STOP) {
            return false;
        }
        if self.gap(at).has(Gap::COLON)
            || self.gap(at).has(Gap::DASH)
            || self.gap(at).has(Gap::OPEN)
        {
            return false;
        }
        if matches!(self.word(at), "who" | "which" | "that")
            && self.verb(self.adverbs(at + 1), plural, false)
        {
            return true;
        }
        if !self.gap(at).has(Gap::COMMA) && self.verb(self.adverbs(at), plural, initial) {
            return true;
        }
        if !self.gap(at).has(Gap::COMMA) {
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
            .take_while(|at| !self.gap(*at).has(Gap::STOP))
            .find(|at| self.gap(*at).has(Gap::COMMA));
        let inserted = close.is_some_and(|close| {
            let verb = self.adverbs(close);
            !self.is(verb, Class::ING | Class::AND) && self.verb(verb, plural, false)
        });
        // A preposition before the group makes the insertion a list of other things.
        inserted && (initial || left == 0 || !self.is(left - 1, Class::PREPOSITION))
    }

    /// Past "and two other delegations", "and others", "among others".
    fn others(&self, at: usize) -> usize {
        let mut next = at;
        if self.is(next, Class::AND)
            || self.gap(next).has(Gap::AND)
            || matches!(self.word(next), "among" | "et")
        {
            next += usize::from(!self.gap(next).has(Gap::AND) || self.is(next, Class::AND));
            let start = next;
            while self.is(next, Class::GENERIC | Class::ARTICLE | Class::DELEGATE)
                || matches!(
                    self.word(next),
                    "al" | "chair"
                        | "secretariat"
                        | "rso"
                        | "iom"
                        | "unhcr"
                        | "un"
                        | "host"
                        | "asean"
                )
            {
                next += 1;
            }
            if next > start {
                return next;
            }
        }
        at
    }

    fn adverbs(&self, at: usize) -> usize {
        let mut next = at;
        while next < at + 5 && self.is(next, Class::ADVERB) && !self.gap(next + 1).has(Gap::STOP) {
            next += 1;
        }
        // "for its part", "on the other hand", "in turn" without commas are rare; "in turn" is not.
        if self.word(next) == "in" && self.word(next + 1) == "turn" {
            next += 2;
        }
        next
    }

    fn base(&self, at: usize) -> bool {
        self.is(at, Class::BASE)
            && (!self.is(at, Class::WEAK) || words::says(self.word(at), self.word(at + 1)))
    }

    /// Whether a verb of saying or of taking a position stands here.
    fn verb(&self, at: usize, plural: bool, initial: bool) -> bool {
        if at >= self.words.tokens.len() || self.gap(at).has(Gap::STOP) {
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
        if self.is(at, Class::ELSEWHERE) {
            return true;
        }
        if matches!(
            word,
            "da" | "de"
                | "cho"
                | "ung"
                | "bay"
                | "phat"
                | "nhan"
                | "kien"
                | "yeu"
                | "khong"
                | "phan"
                | "neu"
                | "noi"
        ) && (self.is(at + 1, Class::ELSEWHERE)
            || matches!(
                self.word(at + 1),
                "nghi"
                    | "biet"
                    | "ho"
                    | "to"
                    | "bieu"
                    | "manh"
                    | "cau"
                    | "dong"
                    | "doi"
                    | "neu"
                    | "noi"
                    | "xuat"
            ))
        {
            return true;
        }
        if self.words.tokens[at].unspaced {
            return words::RUN_VERBS.iter().any(|verb| self.run_has(at, verb));
        }
        if self.is(at, Class::HAVE) {
            let next = not(at + 1);
            if self.word(next) == "been" {
                return self.is(next + 1, Class::ING) && self.ing(next + 1);
            }
            if self.is(next, Class::PAST) && self.said(next) {
                return true;
            }
            let mut held = next;
            while held < next + 5
                && (self.is(
                    held,
                    Class::ARTICLE | Class::ADJECTIVE | Class::GENERIC | Class::NOT | Class::ADVERB,
                ) || matches!(
                    self.word(held),
                    "further"
                        | "similar"
                        | "great"
                        | "certain"
                        | "number"
                        | "of"
                        | "minor"
                        | "grave"
                ))
            {
                held += 1;
            }
            return self.is(held, Class::HELD) && !self.followed_by_place(held);
        }
        if self.is(at, Class::BE) {
            let next = not(at + 1);
            return self.is(next, Class::STANCE)
                && !matches!(self.word(next), "critical" | "open" | "clear")
                || matches!(self.word(next), "open" | "clear" | "critical")
                    && matches!(self.word(next + 1), "to" | "that" | "of")
                || self.is(next, Class::ING) && self.ing(next)
                || self.word(next) == "of"
                    && matches!(self.word(next + 1), "the" | "opinion")
                    && matches!(
                        self.word(next + 2),
                        "view" | "opinion" | "belief" | "same" | "understanding" | "that"
                    )
                || self.word(next) == "in"
                    && (matches!(self.word(next + 1), "favour" | "favor" | "agreement")
                        || self.word(next + 1) == "a" && self.word(next + 2) == "position")
                || self.word(next) == "on" && matches!(self.word(next + 1), "board" | "record")
                || self.word(next) == "at" && self.word(next + 1) == "pains"
                || self.word(next) == "under" && self.word(next + 1) == "instructions"
                || self.word(next) == "for"
                    && matches!(
                        self.word(next + 1),
                        "option" | "deletion" | "keeping" | "deleting"
                    );
        }
        if self.is(at, Class::MODAL) {
            let next = not(at + 1);
            if self.is(next, Class::BE) {
                return self.is(not(next + 1), Class::STANCE)
                    || self.word(next + 1) == "in" && self.word(next + 2) == "favour"
                    || matches!(self.word(next + 1), "fine" | "ok" | "okay");
            }
            let weak = self.is(next, Class::BASE);
            return match word {
                "will" => {
                    weak && (negated
                        || matches!(self.word(next), "support" | "object" | "oppose" | "propose"))
                        && self.word(next) != "need"
                }
                "would" | "wouldnt" => {
                    self.base(next)
                        || matches!(
                            self.word(next),
                            "like" | "rather" | "want" | "welcome" | "have"
                        ) && !self.is(next + 1, Class::PAST)
                }
                "may" | "might" => self.base(next) && self.word(next) != "need",
                _ => {
                    weak && !matches!(
                        self.word(next),
                        "see"
                            | "find"
                            | "get"
                            | "make"
                            | "give"
                            | "take"
                            | "need"
                            | "hold"
                            | "seek"
                            | "put"
                            | "report"
                            | "share"
                            | "offer"
                            | "present"
                            | "call"
                            | "add"
                            | "introduce"
                            | "complete"
                    ) || negated && self.base(next)
                        || self.base(next)
                            && matches!(self.word(next), "accept" | "go" | "live" | "see")
                }
            };
        }
        if self.is(at, Class::DO) {
            return self.is(not(at + 1), Class::BASE)
                && (negated || self.base(not(at + 1)))
                && !matches!(
                    self.word(not(at + 1)),
                    "make"
                        | "get"
                        | "give"
                        | "report"
                        | "let"
                        | "put"
                        | "complete"
                        | "register"
                        | "introduce"
                );
        }
        if self.is(at, Class::PAST | Class::THIRD) {
            return self.said(at);
        }
        if self.is(at, Class::ING) {
            return initial && self.ing(at);
        }
        if self.is(at, Class::BASE) {
            let nounish = self.is(at, Class::NOUNISH);
            return plural && self.said(at) && (!nounish || !self.ends(at + 1))
                || initial && self.said(at) && !nounish
                || initial
                    && matches!(
                        word,
                        "support" | "request" | "object" | "note" | "question" | "second"
                    )
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
        matches!(word, "ok" | "fine") && self.word(at + 1) == "with"
            || word == "against" && initial
            || word == "not"
                && matches!(
                    self.word(at + 1),
                    "in" | "convinced"
                        | "ready"
                        | "able"
                        | "happy"
                        | "sure"
                        | "agreeing"
                        | "supporting"
                        | "comfortable"
                )
    }

    fn ends(&self, at: usize) -> bool {
        at >= self.words.tokens.len() || self.gap(at).has(Gap::STOP)
    }

    /// A verb in a plain tense: of saying, unless it is one of those that are so only with more.
    fn said(&self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        if self.is(at, Class::WEAK) {
            return words::says(word, next)
                || self.is(at + 1, Class::ADVERB) && words::says(word, self.word(at + 2));
        }
        match word {
            // Neighbours share borders, and help those in need.
            "share" | "shares" | "shared" => !(at + 1..at + 6).any(|at| {
                matches!(
                    self.word(at),
                    "border"
                        | "borders"
                        | "coastline"
                        | "boundary"
                        | "frontier"
                        | "coast"
                        | "island"
                        | "river"
                        | "language"
                        | "waters"
                )
            }),
            "support" | "supports" | "supported" => !(at + 1..at + 5).any(|at| {
                matches!(
                    self.word(at),
                    "refugees"
                        | "migrants"
                        | "victims"
                        | "people"
                        | "returnees"
                        | "families"
                        | "survivors"
                        | "camps"
                        | "hosting"
                )
            }),
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

    fn ing(&self, at: usize) -> bool {
        !self.is(at, Class::WEAK) || words::says(self.word(at), self.word(at + 1))
    }

    /// "problems at the border": what one has, not what one says.
    fn followed_by_place(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "problem" | "problems" | "trouble" | "issue" | "issues" | "difficulty" | "difficulties"
        ) && !matches!(self.word(at + 1), "with" | "accepting")
    }

    /// Whether an unspaced run has a word near its beginning.
    fn run_has(&self, at: usize, verb: &str) -> bool {
        let run = self.word(at);
        let folded: String =
            super::fold::fold(verb).tokens.iter().map(|token| token.word.as_str()).collect();
        run.find(folded.as_str()).is_some_and(|found| run[..found].chars().count() < 14)
    }

    /// Whether something is done by what stands before, of which nobody can say if it was said.
    fn acts(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is(at, Class::HAVE | Class::BE | Class::MODAL | Class::DO | Class::THIRD | Class::PAST)
            || word.len() > 4
                && (word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss"))
    }

    /// Whether "delegation" in another language stands before a name.
    pub(super) fn has_delegation_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined(at)) else { return false };
        self.is(before, Class::DELEGASI)
            || self.words.tokens[before].unspaced
                && words::RUN_DELEGATES.iter().any(|noun| {
                    let folded: String = super::fold::fold(noun)
                        .tokens
                        .iter()
                        .map(|token| token.word.as_str())
                        .collect();
                    self.word(before).ends_with(folded.as_str())
                })
    }

    /// Whether "delegation" in a script without spaces stands behind a name.
    pub(super) fn has_delegation_after(&self, at: usize) -> bool {
        self.joined(at)
            && self.words.tokens[at].unspaced
            && words::RUN_DELEGATES.iter().any(|noun| self.word(at).starts_with(noun))
    }
}

/// What a name belongs to.
enum Head {
    /// "Thai delegates": at which word.
    Delegate(usize),
    /// "Malaysia's position".
    Said,
    /// "Malaysian officials": until which word, at which.
    Official(usize, usize),
    None,
}
