//! What comes before a name: whether something is said by it, about it, or there.

use super::fold::{Case, WordGap};
use super::lists::{List, TURNS};
use super::role::{GUESTS, NameGroup};
use super::sentence::{Sentence, one_of};
use super::{Role, What, tongues, words::Class};

static AID: List = List::of(TURNS, "aid");
static TEXTS: List = List::of(TURNS, "texts");
static WRITTEN: List = List::of(TURNS, "written");
static LED_BY: List = List::of(TURNS, "led by");
static OWN_BODIES: List = List::of(TURNS, "own bodies");
static TOLD_OF: List = List::of(TURNS, "told of");
static ASKED_TO_SPEAK: List = List::of(TURNS, "asked to speak");
static AGREED_WITH: List = List::of(TURNS, "agreed with");
static MANY_SPEAKERS: List = List::of(TURNS, "many speakers");
static BUT_FOR_ONE: List = List::of(TURNS, "but for one");
static ACTS: List = List::of(TURNS, "acts");
static TOPICS: List = List::of(TURNS, "topics");
static ROOMS: List = List::of(TURNS, "rooms");
static SOME: List = List::of(TURNS, "some");
static COUNTS: List = List::of(TURNS, "counts");

impl Sentence<'_> {
    /// The noun before a preposition.
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

    /// "member of" and "head of" can be of anything; of a state they are delegates only in a delegation.
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
        let before = head.checked_sub(1).map_or("", |at| self.word(at));
        if one_of(self.word(head), "point points call calls view views") {
            // "landing points from", "phone calls from".
            return one_of(before, "entry departure phone telephone landing transit");
        }
        if !AID.has(self.word(head)) {
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

    /// What the word before says: a preposition makes a subject unless the word before that speaks.
    pub(super) fn before(&self, left: usize, group: &NameGroup) -> Option<Role> {
        let at = left - 1;
        let word = self.word(at);
        if self.words.tokens[at].unspaced {
            return tongues::ends_in_place(word).then_some(Role::Subject);
        }
        let back = |steps: usize| at.checked_sub(steps).map_or("", |at| self.word(at));
        let noun = at.checked_sub(1).filter(|_| self.joined(at));
        let noun_is = |class: Class| noun.is_some_and(|noun| self.is(noun, class));
        let source = match word {
            "to" => {
                one_of(back(1), "according acc")
                    || back(1) == "response" && back(2) == "in"
                    || back(1) == "reply" && back(2) == "in"
                    || one_of(back(1), "floor contrary reacting reaction reacted")
                    || one_of(back(1), "question questions") && back(3) == "to"
                    || one_of(back(1), "responding responded replying replied")
                    || one_of(back(1), "acceptable unacceptable") && group.what != What::Demonym
            }
            "per" => {
                self.begins(at)
                    || self.gap(at).has(WordGap::COMMA | WordGap::OPEN)
                    || back(1) == "as"
            }
            // "one of the Malaysians said": the verb decides.
            "of" if group.people && COUNTS.has(back(1)) => {
                return None;
            }
            "after" | "before" => noun_is(Class::DELEGATE),
            "with" | "without"
                if self.word(group.span.end) == "on"
                    && self.word(group.span.end + 1) == "board" =>
            {
                !group.people
            }
            "as" if back(1) == "same" => self.begins(at - 1),
            "on" => back(1) == "up" && one_of(back(2), "following follow"),
            "in" => {
                self.own_there(at)
                    || group.what == What::Capital && noun_is(Class::SAID) && back(2) == "the"
            }
            "between" => {
                one_of(back(1), "disagreement disagreements debate")
                    || back(1) == "exchange" && self.on_the_text(group.span.end)
            }
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
                (word == "by" && (said || self.drafted(self.first_by(at)) || self.led(at, group)))
                    || noun_said
                    || word == "by" && back(1) == "floor"
                    || word == "from" && (self.heard_from(at, group) || self.guest(at, group))
                    || word == "from" && group.what == What::Capital && back(1) == "instructions"
            }
            "of" => {
                back(1) == "behalf"
                    || noun_is(Class::SAID)
                        && noun.is_some_and(|noun| !self.is_aid(noun))
                        && (!one_of(back(1), "idea ideas") || self.clause_ends(group.span.end))
                    || one_of(back(1), "words eyes")
                    || back(1) == "exception"
                        && self.is(group.span.end, Class::GENERIC)
                        && self.gap(group.span.end).has(WordGap::COMMA)
            }
            "for" => {
                one_of(back(1), "speaking spoke speaks ditto")
                    || one_of(back(1), "line lines") && back(2) == "red"
                    || self.begins(at)
                        && (self.gap(group.span.end).has(WordGap::COMMA)
                            && self.is_topic(group.span.end)
                            || one_of(self.word(group.span.end), "the our it this"))
            }
            "with" => {
                AGREED_WITH.has(back(1))
                    || one_of(back(1), "together along") && self.led(at, group)
                    || back(1) == "line"
                        && back(2) == "in"
                        && !group.people
                        && group.what != What::Demonym
            }
            "like" | "unlike" => self.begins(at) && self.gap(group.span.end).has(WordGap::COMMA),
            _ => return self.is(at, Class::PREPOSITION).then_some(Role::Subject),
        };
        Some(if source { Role::Speaker } else { Role::Subject })
    }

    /// "by Malaysia and later by Thailand": the place of the first "by".
    fn first_by(&self, by: usize) -> usize {
        let and = (by.saturating_sub(2)..by).any(|at| self.is(at, Class::AND));
        let before = (by.saturating_sub(8)..by).rev().find(|at| self.word(*at) == "by");
        before.filter(|_| and).unwrap_or(by)
    }

    /// "taken up by", "a text drafted by": what is done only to words.
    fn drafted(&self, by: usize) -> bool {
        let back = |steps: usize| by.checked_sub(steps).map_or("", |at| self.word(at));
        let text = || {
            (by.saturating_sub(6)..by)
                .any(|at| self.is(at, Class::SAID) || TEXTS.has(self.word(at)))
        };
        one_of(back(1), "up forward") && one_of(back(2), "taken put brought")
            || WRITTEN.has(back(1)) && text()
    }

    /// "Led by Malaysia, four delegations asked", "Together with Malaysia, Brunei asked".
    fn led(&self, at: usize, group: &NameGroup) -> bool {
        let end = group.span.end;
        at > 0
            && self.begins(at - 1)
            && LED_BY.has(self.word(at - 1))
            && self.gap(end).has(WordGap::COMMA)
            && (end + 1..end + 5)
                .take_while(|at| *at == end + 1 || self.joined(*at))
                .any(|at| self.is(at, Class::PAST | Class::THIRD) && self.is_what_was_said(at))
    }

    /// "our friends from Malaysia", "the lady from Malaysia said".
    fn guest(&self, from: usize, group: &NameGroup) -> bool {
        let Some(noun) = from.checked_sub(1).filter(|_| self.joined(from)) else { return false };
        self.is_ours(noun) && GUESTS.has(self.word(noun))
            || one_of(self.word(noun), "lady ladies gentleman gentlemen someone somebody person")
                && {
                    let end = group.span.end;
                    let more =
                        (end..end + 3).take_while(|at| self.is(*at, Class::OFFICIAL)).count();
                    self.verb(self.adverbs(end + more), false, false)
                }
    }

    /// "our law in Malaysia", "my minister in Hanoi": about the speaker's own state.
    fn own_there(&self, preposition: usize) -> bool {
        let Some(noun) = preposition.checked_sub(1).filter(|_| self.joined(preposition)) else {
            return false;
        };
        OWN_BODIES.has(self.word(noun)) && self.is_ours(noun)
    }

    /// "our law", "my distinguished colleague".
    pub(super) fn is_ours(&self, noun: usize) -> bool {
        let article = self.article(noun);
        (article.saturating_sub(1)..noun).any(|at| one_of(self.word(at), "our my"))
    }

    /// "on OP2", "on this wording".
    fn on_the_text(&self, at: usize) -> bool {
        one_of(self.word(at), "on over about")
            && (self.word(at + 1).starts_with("op")
                || one_of(self.word(at + 1), "paragraph para this wording option")
                || one_of(self.word(at + 2), "paragraph wording text title option"))
    }

    /// "we heard from Malaysia", "this came from Malaysia", "Example from Malaysia: …".
    fn heard_from(&self, at: usize, group: &NameGroup) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined(at)) else { return false };
        let colon = self.gap(group.span.end).has(WordGap::COLON);
        one_of(self.word(before), "heard hear learned learnt")
            || colon && TOLD_OF.has(self.word(before))
            || (one_of(self.word(before), "came comes") || self.is(before, Class::BE))
                && before > 0
                && (one_of(self.word(before - 1), "this it that which idea point")
                    || self.is(before - 1, Class::SAID))
    }

    /// Whether a participle before "by" reports something said: "accepted by" is an act.
    pub(super) fn passive(&self, verb: usize) -> bool {
        !ACTS.has(self.word(verb))
    }

    /// "For Malaysia, the main point is …".
    pub(super) fn is_topic(&self, at: usize) -> bool {
        (at..at + 5).any(|at| self.is(at, Class::BE) || TOPICS.has(self.word(at)))
    }

    /// "we in Malaysia", "in Malaysia, we", "as Malaysia, we", "my country, Malaysia".
    pub(super) fn speaks_as_we(&self, left: usize, end: usize) -> bool {
        let we = |at: usize| one_of(self.word(at), "we us our i my");
        let after = !self.gap(end).has(WordGap::BREAKS) && one_of(self.word(end), "we our i us my");
        let before = left.checked_sub(1).map_or("", |at| self.word(at));
        if after
            && (self.gap(end).has(WordGap::COMMA) || one_of(before, "in for as from to"))
            && !one_of(before, "by with")
        {
            return true;
        }
        if left < 1 || self.gap(left).has(WordGap::STOP) {
            return false;
        }
        if one_of(before, "we us") && !self.gap(left).has(WordGap::STOP) {
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
            .take_while(|at| !self.gap(at + 1).has(WordGap::STOP))
            .last()
            .unwrap_or(at);
        let until = (at + 1..(at + 10).min(self.words.tokens.len()))
            .take_while(|at| !self.gap(*at).has(WordGap::STOP))
            .last()
            .unwrap_or(at);
        (from..=until).any(|at| one_of(self.word(at), "we i im our my"))
    }

    /// "several delegations, including Malaysia, …", "no objection except Malaysia".
    pub(super) fn names_some(&self, left: usize, until: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| !self.gap(left).has(WordGap::STOP)) else {
            return false;
        };
        let mut before = match self.word(at) {
            "including" | "especially" | "notably" | "particularly" | "namely" | "like"
            | "except" | "besides" | "mainly" | "incl" | "unlike" => at,
            "as" if at > 0 && self.word(at - 1) == "such" => at - 1,
            "for" | "from" if at > 0 && one_of(self.word(at - 1), "except apart") => at - 1,
            "g" | "eg" => at.saturating_sub(usize::from(self.word(at) == "g")),
            "with" | "not" | "but" => at,
            _ if self.gap(left).has(WordGap::OPEN) => left,
            _ => return false,
        };
        let aside = self.gap(at).has(WordGap::OPEN) && self.gap(until).has(WordGap::CLOSE);
        if self.word(at) == "with" && aside && self.verb(self.adverbs(until), true, false) {
            return true;
        }
        if self.word(at) == "with"
            && !(self.is(before.saturating_sub(1), Class::GENERIC)
                && self.gap(before).has(WordGap::COMMA))
        {
            return false;
        }
        let except = one_of(self.word(before), "except apart but not");
        let mut verb = false;
        let mut steps = 0;
        while before > 0 && !self.gap(before).has(WordGap::STOP) && steps < 6 {
            before -= 1;
            steps += 1;
            if MANY_SPEAKERS.has(self.word(before)) {
                return true;
            }
            if except && BUT_FOR_ONE.has(self.word(before)) {
                return true;
            }
            if SOME.has(self.word(before)) && steps < 4 {
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

    /// "echoed Malaysia", "seconding Thailand", "ditto Brunei", "+1 Brunei": a name whose words were taken
    /// up.
    pub(super) fn echoed(&self, left: usize, until: usize) -> bool {
        let plus = |at: usize| self.word(at) == "1" && self.gap(at).has(WordGap::AND);
        if plus(until) && self.clause_ends(until + 1) {
            return true;
        }
        let Some(at) = left.checked_sub(1).filter(|_| self.joined(left)) else { return false };
        let opens = self.begins(at);
        let backed = one_of(self.word(at), "support supported second")
            && at > 0
            && one_of(self.word(at - 1), "we i")
            && (self.clause_ends(until) || one_of(self.word(until), "on here in"));
        self.is(at, Class::ECHO)
            || backed
            || plus(at)
            || opens && self.word(at) == "supporting"
            || opens && self.word(at) == "answering" && self.gap(until).has(WordGap::COMMA)
            || one_of(self.word(at), "ditto")
            || self.given_the_floor(at, until)
    }

    /// "thanked Malaysia for its comment", "invited Malaysia to explain": who spoke, or will.
    fn given_the_floor(&self, verb: usize, until: usize) -> bool {
        let thanked = one_of(self.word(verb), "thanked thanks thank thanking");
        let invited = one_of(self.word(verb), "invited invites asked requested");
        let said = |at: usize| {
            self.is(at, Class::SAID)
                && !one_of(self.word(at), "support contribution contributions offer response")
        };
        thanked
            && self.word(until) == "for"
            && (until + 1..until + 5).take_while(|at| self.joined(*at)).any(said)
            || invited && self.word(until) == "to" && ASKED_TO_SPEAK.has(self.word(until + 1))
    }

    /// "Thank you, Malaysia.", "Malaysia, you have the floor."
    pub(super) fn is_called(&self, left: usize, until: usize) -> bool {
        let thanked = self.words_before(left, &["thank", "you"])
            || left > 0 && self.word(left - 1) == "thanks" && self.begins(left - 1);
        let you = self.gap(until).has(WordGap::COMMA)
            && self.word(until) == "you"
            && one_of(self.word(until + 1), "have had may wanted want asked are were");
        thanked && self.clause_ends(until) || self.begins(left) && you
    }

    /// "More patrols, said Malaysia."
    pub(super) fn inverted(&self, left: usize, until: usize) -> bool {
        let Some(at) = left.checked_sub(1).filter(|_| self.joined(left)) else { return false };
        self.is(at, Class::PAST | Class::THIRD)
            && self.is_what_was_said(at)
            && self.gap(at).has(WordGap::COMMA | WordGap::QUOTE)
            && (self.clause_ends(until) || one_of(self.word(until), "from for of in on at during"))
    }

    /// "in the room", "at this table": words that make a people, or one of it, the speakers.
    pub(super) fn in_the_room(&self, at: usize) -> bool {
        one_of(self.word(at), "in at around of")
            && one_of(self.word(at + 1), "the this our")
            && ROOMS.has(self.word(at + 2))
    }

    /// Whether the words before a name say in another language that it speaks: "delegation",
    /// "proposal of", "according to".
    pub(super) fn is_introduced(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined(at)) else { return false };
        let word = self.word(before);
        if self.words.tokens[before].unspaced {
            let mut before_names =
                tongues::DELEGATES_FOLDED.iter().chain(tongues::BEFORE_FOLDED.iter());
            let reported = word.ends_with('据') || word.ends_with('據');
            let word = tongues::without_province(word);
            return before_names.any(|before_names| word.ends_with(before_names.as_str()))
                || reported
                    && self.words.tokens.iter().skip(at + 1).take(3).any(|token| {
                        ["称", "稱", "说", "說", "介绍"]
                            .iter()
                            .any(|verb| token.word.starts_with(verb))
                    });
        }
        if self.is(before, Class::DELEGASI) || self.after_filipino_predicate(before) {
            return true;
        }
        // "Gusto ng mga Thai", "sabi ng mga taga-Fiji".
        let mut at = at;
        while at > 1 && self.joined(at) && one_of(self.word(at - 1), "mga taga") {
            at -= 1;
        }
        let mut phrase = String::new();
        (1..=4).any(|words| {
            let Some(from) = at.checked_sub(words).filter(|from| self.joined(from + 1)) else {
                return false;
            };
            if !phrase.is_empty() {
                phrase.insert(0, '_');
            }
            phrase.insert_str(0, self.word(from));
            tongues::tells(&phrase)
        })
    }

    /// "Pumayag na raw ang": what precedes a name in Filipino.
    fn after_filipino_predicate(&self, article: usize) -> bool {
        let mut article = article;
        while article > 0 && self.joined(article) && one_of(self.word(article), "mga taga") {
            article -= 1;
        }
        if !one_of(self.word(article), "ang ng si ni sina nina taga") {
            return false;
        }
        let mut at = article;
        while at > 0 && at + 4 > article && self.joined(at) {
            at -= 1;
            if tongues::FILIPINO.has(self.word(at)) {
                return true;
            }
            if !tongues::SMALL_IN_FILIPINO.has(self.word(at)) {
                return false;
            }
        }
        false
    }

    /// Whether "delegation" in a script without spaces follows a name.
    pub(super) fn has_delegation_after(&self, at: usize) -> bool {
        self.joined(at)
            && self.words.tokens[at].unspaced
            && tongues::DELEGATES_FOLDED.iter().any(|noun| self.word(at).starts_with(noun.as_str()))
    }
}
