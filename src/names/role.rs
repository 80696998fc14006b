//! Speaker or subject: what the words around a name say about it.
//!
//! Rules over words, no parsing. Names joined by commas and "and" are one group; what comes before its
//! first name and after its last decides for all. A rule that finds a speaker wins; a preposition or
//! a thing that the name belongs to makes it a subject; if no rule applies, it is a subject too.

use std::ops::Range;

use super::fold::{Case, WordGap};
use super::lists::{List, TURNS};
use super::sentence::{Sentence, one_of};
use super::{Role, What, words::Class};

static GIVEN: List = List::of(TURNS, "given");
static ANSWERS: List = List::of(TURNS, "answers");
static KINDS_OF_PLACE: List = List::of(TURNS, "kinds of place");
static SIDES: List = List::of(TURNS, "sides");

/// Those whom a speaker calls "our": "our friends from Malaysia".
pub(super) static GUESTS: List = List::of(TURNS, "guests");

/// Names that are together and have one role.
#[derive(Clone, Debug)]
pub(super) struct NameGroup {
    /// Its words, from the first name to the last.
    pub(super) span: Range<usize>,
    /// What the last name is.
    pub(super) what: What,
    /// Whether it is a people in the plural.
    pub(super) people: bool,
    pub(super) names: usize,
}

/// "The" in other languages.
const ARTICLES_ELSEWHERE: &str = "la le l les el los las o os as ang si sina phia ben";

impl Sentence<'_> {
    /// The role of a group.
    pub(super) fn role(&self, group: &NameGroup) -> Role {
        let Range { start, end } = group.span.clone();
        let mut from = start;
        while from > 0 && self.joined(from) && self.is(from - 1, Class::ARTICLE) {
            from -= 1;
        }
        if self.is_place(group) {
            return Role::Subject;
        }
        // "Thai delegates", "Malaysia's position": what the name belongs to.
        let belongs = self.possessive(end - 1) || group.what == What::Demonym;
        let (until, noun) = match self.head(group) {
            Head::Delegate | Head::Said => return Role::Speaker,
            Head::Official(until, noun) => (until, Some(noun)),
            Head::None => (end, None),
        };
        if self.is_mark(group, until) {
            return Role::Speaker;
        }
        let mut left = from;
        let mut noun = noun;
        let mut blocked = false;
        // "the Government of Malaysia": what comes before belongs to the name.
        while left > 1 && self.joined(left) && one_of(self.word(left - 1), "of from for") {
            let Some(head) = self.noun_before(left - 1) else { break };
            // "speakers of Thai" are speakers of the language.
            let language = group.what == What::Demonym
                && !group.people
                && one_of(self.word(head), "speaker speakers");
            if self.is(head, Class::DELEGATE) && !language && self.believed(head, left - 1) {
                return Role::Speaker;
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
                && !self.possessive(end - 1)
                && self.word(left - 1) != "for"
                && !self.is_aid(head)
            {
                return Role::Speaker;
            } else {
                break;
            }
        }
        if left > 0 && self.joined(left) {
            match self.before(left, group) {
                Some(Role::Speaker) if !belongs || noun.is_some() || group.people => {
                    return Role::Speaker;
                }
                Some(Role::Subject) => blocked = true,
                _ => {}
            }
        } else if self.words_before(left, &["our", "country"])
            || self.words_before(left, &["my", "country"])
        {
            return Role::Speaker;
        }
        if self.speaks_as_we(left, end) {
            return Role::Speaker;
        }
        if self.names_some(left, until) {
            return Role::Speaker;
        }
        if blocked {
            return Role::Subject;
        }
        let conditional = left > 0 && self.joined(left) && self.is(left - 1, Class::IF);
        if belongs && noun.is_none() && !group.people && !self.joined_verb(end) {
            return Role::Subject;
        }
        if !conditional && self.predicate(left, until, group, noun) {
            return Role::Speaker;
        }
        if self.echoed(left, until) || self.inverted(left, until) || self.is_called(left, until) {
            return Role::Speaker;
        }
        if (noun.is_some() || group.people) && self.in_the_room(until) {
            return Role::Speaker;
        }
        if belongs && self.in_the_room(end + 1) && self.joined(end) {
            return Role::Speaker;
        }
        let acts = self.begins(left) && self.joined(until) && self.acts(until);
        if acts || self.does(left, until) { Role::Unclear } else { Role::Subject }
    }

    /// Whether the text says that it does something. See [`Sentence::does`].
    pub(super) fn group_does(&self, group: &NameGroup) -> bool {
        let Range { start, end } = group.span.clone();
        let mut until = end;
        // "The Vietnamese side made", "Sri Lanka's employment bureau joined".
        let ends = Class::VERB | Class::PREPOSITION | Class::AND | Class::ARTICLE;
        let mut nouns = (end..end + 4).take_while(|at| self.joined(*at) && !self.is(*at, ends));
        if let Some(last) = nouns.find(|at| self.is(*at, Class::OFFICIAL)) {
            until = last + 1;
        }
        while until > end && self.joined(until) && self.is(until, Class::OFFICIAL) {
            until += 1;
        }
        let belongs = self.possessive(end - 1) || group.what == What::Demonym && !group.people;
        let mut left = start;
        let article =
            |at: usize| self.is(at, Class::ARTICLE) || one_of(self.word(at), ARTICLES_ELSEWHERE);
        while left > 0 && self.joined(left) && article(left - 1) {
            left -= 1;
        }
        // "the wording Japan circulated".
        let said = left == start
            && left > 0
            && self.joined(left)
            && self.is(left - 1, Class::SAID)
            && self.does_here(until);
        let does = said && until == end || self.does(left, until);
        !self.is_place(group) && (!belongs || until > end) && does
    }

    /// "Trafficking: no data", "by papers (RPL)": one word followed by a colon or a dash, as a topic is,
    /// or the content of a bracket.
    pub(super) fn is_label(&self, group: &NameGroup) -> bool {
        let end = group.span.end;
        let closed =
            self.gap(group.span.start).has(WordGap::OPEN) && self.gap(end).has(WordGap::CLOSE);
        closed || group.span.len() == 1 && self.gap(end).has(WordGap::COLON | WordGap::DASH)
    }

    /// "Singapore Strait", "the Bangkok Declaration".
    pub(super) fn is_place(&self, group: &NameGroup) -> bool {
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

    /// What the name belongs to.
    fn head(&self, group: &NameGroup) -> Head {
        let end = group.span.end;
        let possessive = self.possessive(end - 1);
        let belongs = possessive || group.what == What::Demonym;
        let mut official = None;
        let mut at = end;
        while at < end + 8 && self.joined(at) {
            // "Thai speakers" may be speakers of the language; they count if they say something.
            let language = group.what == What::Demonym && one_of(self.word(at), "speaker speakers");
            if self.is(at, Class::DELEGATE)
                && !language
                && (official.is_none() || self.case(at) == Case::Lower)
            {
                return if self.seldom(at) { Head::None } else { Head::Delegate };
            }
            if belongs && self.is_ours(group.span.start) && GUESTS.has(self.word(at)) {
                return Head::Delegate;
            }
            // "IDN/PHL joint proposal"
            let codes = group.what == What::Code && self.is(at, Class::SAID);
            if official.is_none() && (codes || self.is_said(at, belongs, possessive)) {
                return Head::Said;
            }
            let verb = self.is(at, Class::VERB);
            if language || self.is(at, Class::OFFICIAL) && !(at == end && !belongs && verb) {
                official = Some(at);
            } else if !self.goes_on(at, verb, belongs, official.is_some()) {
                break;
            }
            at += 1;
        }
        match official {
            // "the Malaysian Border Agency said": the whole name of the institution.
            Some(noun) => Head::Official(at.max(noun + 1), noun),
            None => Head::None,
        }
    }

    /// "Malaysian members of the network", "delegate states": not delegates.
    fn seldom(&self, at: usize) -> bool {
        let member = one_of(self.word(at), "member members head observer observers");
        member && !(self.word(at + 1) == "of" && self.word(at + 2) == "delegation")
            || self.joined(at + 1) && one_of(self.word(at + 1), "state states country countries")
    }

    /// Whether a word is something said, and belongs to the name before it.
    fn is_said(&self, at: usize, belongs: bool, possessive: bool) -> bool {
        let word = self.word(at);
        if possessive && one_of(word, "example examples words") {
            return true;
        }
        // "Malaysia's red line", "Canberra's line: …", "in Malaysia's experience".
        if possessive && one_of(word, "line lines") {
            return self.word(at - 1) == "red" || self.gap(at + 1).has(WordGap::COLON);
        }
        let before = || self.word(self.article(at.saturating_sub(1)).saturating_sub(1));
        if possessive && one_of(word, "experience mind eyes") {
            return before() == "in";
        }
        if possessive && one_of(word, "agreement consent blessing") {
            return one_of(before(), "with without");
        }
        // "the Thai version of OP4", not of the poster.
        if belongs && one_of(word, "version text") {
            return one_of(self.word(at + 1), "of for") && self.word(at + 2).starts_with("op")
                || possessive && self.gap(at + 1).has(WordGap::CLOSE);
        }
        // Things that a state has or gives without a word, unless an 's shows they are its own.
        self.is(at, Class::SAID)
            && !self.possessive(at)
            && (belongs || !self.is(at, Class::BASE | Class::THIRD))
            && (possessive || !GIVEN.has(word))
    }

    /// Whether a word still belongs to the name of an institution: "Ministry of Home Affairs".
    fn goes_on(&self, at: usize, verb: bool, belongs: bool, official: bool) -> bool {
        let large = self.case(at) != Case::Lower;
        if official {
            let more = self.case(at + 1) != Case::Lower
                || self.word(at + 1) == "the"
                || self.is(at + 1, Class::OFFICIAL);
            return one_of(self.word(at), "of for and on") && more
                || one_of(self.word(at), "session meeting group panel committee")
                    && self.word(at - 1) == "the"
                || self.word(at) == "the"
                || large && !verb
                || self.leads(at) && !verb;
        }
        let code = self.case(at.saturating_sub(1)) == Case::Upper;
        (belongs || code) && !verb && self.is(at, Class::ADJECTIVE | Class::ADVERB)
            || large && (belongs || self.leads(at))
            || self.leads(at) && !verb
    }

    /// Whether an official follows within a few words that are not verbs: "coast guard officers".
    fn leads(&self, at: usize) -> bool {
        let own = Class::PREPOSITION | Class::VERB | Class::BASE | Class::AND | Class::ARTICLE;
        if self.is(at, own) && !self.is(at, Class::OFFICIAL) && !one_of(self.word(at), "liaison") {
            return false;
        }
        let mut following = (at + 1..at + 5).take_while(|next| self.joined(*next));
        following
            .find(|next| {
                let ends = self.is(*next, Class::PREPOSITION | Class::VERB);
                self.is(*next, Class::OFFICIAL) || ends && self.word(*next) != "of"
            })
            .is_some_and(|next| self.is(next, Class::OFFICIAL))
    }

    /// A speaker's mark: "Malaysia: …", "[MYS]", "… (Malaysia)", "… – Malaysia".
    fn is_mark(&self, group: &NameGroup, until: usize) -> bool {
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
            || self.gap(first).has(WordGap::AND)
            || self.gap(first).has(WordGap::DASH)
            || self.gap(first).has(WordGap::OPEN) && self.gap(first).has(WordGap::STOP)
            // "Amendment Malaysia: …"
            || first > 0
                && self.joined(first)
                && self.is(first - 1, Class::SAID)
                && self.begins(first - 1);
        let colon = self.mark_ends(until);
        let figure = self.word(colon).starts_with(|letter: char| letter.is_ascii_digit())
            || one_of(self.word(colon), "about some around approximately over");
        let after_mark = self.gap(colon);
        if opens
            && colon < self.words.tokens.len()
            && !figure
            && (after_mark.has(WordGap::COLON) || after_mark.has(WordGap::DASH))
        {
            return true;
        }
        // "Malaysia (reserve)"
        if opens
            && after.has(WordGap::OPEN)
            && self.gap(until + 1).has(WordGap::CLOSE)
            && (self.is(until, Class::BASE | Class::THIRD | Class::STANCE)
                || one_of(self.word(until), "no yes ok"))
        {
            return true;
        }
        // "Malaysia? No objection."
        if opens && self.begins(start) && after.has(WordGap::STOP) && ANSWERS.has(self.word(until))
        {
            return true;
        }
        if before.has(WordGap::OPEN) && after.has(WordGap::CLOSE) && until == end {
            if before.has(WordGap::SQUARE) || start == 0 || before.has(WordGap::STOP) {
                return true;
            }
            if self.is(start - 1, Class::GENERIC | Class::DELEGATE | Class::SAID)
                || one_of(self.word(start - 1), "floor room")
            {
                return true;
            }
            let ends = last
                || after.has(WordGap::STOP)
                || after.has(WordGap::COMMA)
                || after.has(WordGap::COLON);
            let place = self.case(start - 1) != Case::Lower && !self.begins(start - 1)
                || KINDS_OF_PLACE.has(self.word(start - 1));
            let figures = self.word(start - 1).starts_with(|letter: char| letter.is_ascii_digit());
            // "reserve on 6 (QAT, BRN)".
            let held = Class::SAID | Class::BASE | Class::STANCE;
            let figures = figures && !(start.saturating_sub(4)..start).any(|at| self.is(at, held));
            return ends && !place && !figures;
        }
        // "Against: Malaysia, Thailand."
        let side = start > 0 && before.has(WordGap::COLON) && !after.has(WordGap::COLON);
        if side && (last || after.has(WordGap::STOP | WordGap::COMMA)) {
            return self.is_side(start - 1);
        }
        // The last thing said, after a dash.
        let chain = WordGap::DASH | WordGap::COLON;
        let dashed = before.has(WordGap::DASH)
            && !before.has(WordGap::OPEN)
            && start > 0
            && !(self.gap(start - 1).has(chain) && self.case(start - 1) != Case::Lower);
        dashed && (last || after.has(WordGap::STOP)) && start > 0 && until == end
    }

    /// Where a speaker's mark with additions ends: "Malaysia (on OP2):", "Malaysia, on OP2:",
    /// "Malaysia again:".
    fn mark_ends(&self, until: usize) -> usize {
        let colon = |at: &usize| self.gap(*at).has(WordGap::COLON);
        if self.gap(until).has(WordGap::OPEN) {
            let close = (until + 1..until + 6).find(|at| self.gap(*at).has(WordGap::CLOSE));
            return close.filter(colon).unwrap_or(until);
        }
        if self.gap(until).has(WordGap::COMMA) && one_of(self.word(until), "on again to re") {
            let end = (until + 1..until + 6).take_while(|at| {
                *at < self.words.tokens.len() && !self.gap(*at).has(WordGap::STOP)
            });
            return end.into_iter().find(colon).unwrap_or(until);
        }
        let end = (until + 1..until + 3).find(colon).filter(|_| self.joined(until));
        end.filter(|end| (until..*end).all(|at| self.is(at, Class::ADVERB))).unwrap_or(until)
    }

    /// Whether a label before a colon is about speakers: "Against:", "Supported by:", "Speakers' list:".
    fn is_side(&self, last: usize) -> bool {
        if self.begins(self.article(last)) {
            return self.is(last, Class::SAID | Class::HELD | Class::ELSEWHERE)
                || SIDES.has(self.word(last));
        }
        let before = last - 1;
        // "Turut menyokong:"
        if self.is(last, Class::ELSEWHERE) && self.begins(before) {
            return true;
        }
        match self.word(last) {
            "favour" | "favor" => self.word(before) == "in" && self.begins(before),
            "by" => self.is(before, Class::PAST) && self.begins(self.article(before)),
            "list" => one_of(self.word(before), "speakers speaker") && self.begins(before),
            "speaker" | "speakers" => one_of(self.word(before), "next following previous"),
            "sponsors" | "sponsor" => self.word(before) == "co" && self.begins(before),
            "it" | "this" => {
                self.is(before, Class::PAST) && before > 0 && self.word(before - 1) == "who"
            }
            _ => false,
        }
    }
}

/// What a name belongs to.
enum Head {
    /// "Thai delegates".
    Delegate,
    /// "Malaysia's position".
    Said,
    /// "Malaysian officials": up to which word, at which.
    Official(usize, usize),
    None,
}
