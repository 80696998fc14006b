//! What stands before a name: whether it is said by somebody, of somebody, or somewhere.

use super::fold::{Case, Gap};
use super::role::Group;
use super::sentence::{Sentence, one_of};
use super::words::{self, Class};
use super::{Role, What};

impl Sentence<'_> {
    /// The noun that stands before a preposition.
    pub(super) fn noun_before(&self, preposition: usize) -> Option<usize> {
        let mut at = preposition.checked_sub(1)?;
        if !self.joined(preposition) {
            return None;
        }
        // "the Deputy Secretary General of the Ministry of Home Affairs of"
        let mut steps = 0;
        while steps < 6 && !self.is(at, Class::DELEGATE | Class::OFFICIAL | Class::SAID) {
            let lower =
                self.case(at) == Case::Lower && !one_of(self.word(at), "of and for affairs");
            if lower || at == 0 || !self.joined(at) {
                return None;
            }
            at -= 1;
            steps += 1;
        }
        Some(at)
    }

    /// "member of" and "head of" are of anything; of a state they are delegates only in a delegation.
    pub(super) fn believed(&self, head: usize, preposition: usize) -> bool {
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
    pub(super) fn is_aid(&self, head: usize) -> bool {
        let given = "support assistance contribution contributions response responses offer";
        let before = head.checked_sub(1).map_or("", |at| self.word(at));
        if one_of(self.word(head), "point points call calls view views") {
            // "landing points from", "phone calls from".
            return one_of(before, "entry departure phone telephone landing transit");
        }
        if !one_of(self.word(head), given) {
            return false;
        }
        let mut at = head;
        while at > 0
            && at + 3 > head
            && self.joined(at)
            && self.case(at - 1) == Case::Lower
            && !self.is(at - 1, Class::PREPOSITION | Class::PAST | Class::THIRD)
        {
            at -= 1;
        }
        let first = at.checked_sub(1).map_or("", |at| self.word(at));
        one_of(first, "with without under through receive received")
            || one_of(before, "financial technical donor funding")
    }

    /// What the word before says: a preposition makes a subject unless what is before that speaks.
    pub(super) fn before(&self, left: usize, group: &Group) -> Option<Role> {
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
                    || one_of(back(1), "responding responded replying replied")
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
                (word == "by" && said)
                    || noun_said
                    || word == "by" && back(1) == "floor"
                    || word == "from" && self.heard_from(at, group)
            }
            "of" => {
                back(1) == "behalf"
                    || noun_is(Class::SAID) && noun.is_some_and(|noun| !self.is_aid(noun))
                    || one_of(back(1), "words")
            }
            "for" => {
                one_of(back(1), "speaking spoke speaks")
                    || self.begins(at)
                        && (self.gap(group.span.end).has(Gap::COMMA)
                            && self.is_topic(group.span.end)
                            || one_of(self.word(group.span.end), "the our it this"))
            }
            "with" => {
                one_of(
                    back(1),
                    "agree agreed agrees agreeing concur concurred concurs disagree disagreed disagrees sided side sides aligned align aligns itself themselves",
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

    /// "we heard from Malaysia", "this came from Malaysia", "Example from Malaysia: …".
    fn heard_from(&self, at: usize, group: &Group) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined(at)) else { return false };
        let colon = self.gap(group.span.end).has(Gap::COLON);
        let told = "practice practices example examples update story case idea ideas input lesson";
        one_of(self.word(before), "heard hear learned learnt")
            || colon && one_of(self.word(before), told)
            || one_of(self.word(before), "came comes")
                && before > 0
                && (one_of(self.word(before - 1), "this it that which idea point")
                    || self.is(before - 1, Class::SAID))
    }

    /// Whether a participle before "by" tells of something said: "accepted by" is an act.
    pub(super) fn passive(&self, verb: usize) -> bool {
        !one_of(self.word(verb), "held found accepted completed joined invited committed")
    }

    /// "For Malaysia, the main point is …".
    pub(super) fn is_topic(&self, at: usize) -> bool {
        (at..at + 5).any(|at| {
            self.is(at, Class::BE)
                || one_of(self.word(at), "op paragraph we text draft priority important")
        })
    }

    /// "we in Malaysia", "in Malaysia, we", "as Malaysia, we", "my country, Malaysia".
    pub(super) fn speaks_as_we(&self, left: usize, end: usize) -> bool {
        let we = |at: usize| one_of(self.word(at), "we us our i my");
        let after = !self.gap(end).has(Gap::BREAKS) && one_of(self.word(end), "we our i us my");
        let before = left.checked_sub(1).map_or("", |at| self.word(at));
        if after
            && (self.gap(end).has(Gap::COMMA) || one_of(before, "in for as from to"))
            && !one_of(before, "by with")
        {
            return true;
        }
        if left < 1 || self.gap(left).has(Gap::STOP) {
            return false;
        }
        if one_of(before, "we us") && !self.gap(left).has(Gap::STOP) {
            return true;
        }
        let second = left.checked_sub(2);
        if one_of(before, "in from of") {
            return second.is_some_and(|at| {
                we(at) && !one_of(self.word(at), "our my") && self.joined(at + 1)
            }) || second.is_some_and(|at| {
                one_of(self.word(at), "am im come home here") && self.clause_has_we(at)
            });
        }
        let own = before == "country" || before == "government" || before == "delegation";
        own && second.is_some_and(|at| one_of(self.word(at), "my our"))
    }

    pub(super) fn clause_has_we(&self, at: usize) -> bool {
        let from = (0..at)
            .rev()
            .take(12)
            .take_while(|at| !self.gap(at + 1).has(Gap::STOP))
            .last()
            .unwrap_or(at);
        let until = (at + 1..(at + 10).min(self.words.tokens.len()))
            .take_while(|at| !self.gap(*at).has(Gap::STOP))
            .last()
            .unwrap_or(at);
        (from..=until).any(|at| one_of(self.word(at), "we i im our my"))
    }

    /// "several delegations, including Malaysia, …", "no objection except Malaysia".
    pub(super) fn names_some(&self, left: usize, until: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| !self.gap(left).has(Gap::STOP)) else {
            return false;
        };
        let mut before = match self.word(at) {
            "including" | "especially" | "notably" | "particularly" | "namely" | "like"
            | "except" | "besides" | "mainly" | "incl" | "unlike" => at,
            "as" if at > 0 && self.word(at - 1) == "such" => at - 1,
            "for" | "from" if at > 0 && one_of(self.word(at - 1), "except apart") => at - 1,
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
        let except = one_of(self.word(before), "except apart but not");
        let mut verb = false;
        let mut steps = 0;
        while before > 0 && !self.gap(before).has(Gap::STOP) && steps < 6 {
            before -= 1;
            steps += 1;
            if one_of(
                self.word(before),
                "delegations delegates delegation delegate participants speakers interventions colleagues panellists representatives",
            ) {
                return true;
            }
            if except
                && one_of(
                    self.word(before),
                    "all everyone everybody objection objections consensus nobody agreed support agreement",
                )
            {
                return true;
            }
            if one_of(self.word(before), "countries states members others many some several")
                && steps < 4
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
    pub(super) fn echoed(&self, left: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| self.joined(left)) else { return false };
        self.is(at, Class::ECHO) || self.word(at) == "supporting" && self.begins(at)
    }

    /// Whether "delegation" in another language stands before a name.
    pub(super) fn has_delegation_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined(at)) else { return false };
        let word = self.word(before);
        self.is(before, Class::DELEGASI)
            || self.words.tokens[before].unspaced
                && words::run_delegates().iter().any(|noun| word.ends_with(noun.as_str()))
    }

    /// Whether "delegation" in a script without spaces stands behind a name.
    pub(super) fn has_delegation_after(&self, at: usize) -> bool {
        self.joined(at)
            && self.words.tokens[at].unspaced
            && words::run_delegates().iter().any(|noun| self.word(at).starts_with(noun.as_str()))
    }
}
