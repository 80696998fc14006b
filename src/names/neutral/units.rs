//! Which names are reworded together: lists, a person and the delegation beside the name, and a
//! delegation with those it speaks for.

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, NEUTRAL};
use super::super::{Role, What, role::NameGroup, sentence::one_of, words, words::Class};
use super::Wordings;

static GROUPS: List = List::of(NEUTRAL, "groups");
static ON_BEHALF: List = List::of(NEUTRAL, "on behalf");

/// Names that share one wording.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its words.
    pub(super) span: Range<usize>,
    /// The byte up to which it extends, if a bracket or a comma belongs to it.
    pub(super) end: Option<usize>,
    pub(super) what: What,
    pub(super) people: bool,
    pub(super) names: usize,
    /// How many groups it consists of.
    pub(super) groups: usize,
    /// Whether it belongs to the name of a group before it.
    pub(super) absorbed: bool,
    pub(super) role: Role,
}

/// How a name belongs to the one before it.
enum Tie {
    /// "Thai-Lao", "ไทย ลาว", "Malaysia Brunei".
    List,
    /// "Ms Tan (Malaysia)", "Ms Tan of Malaysia", "Ms Tan, Malaysia,".
    Aside,
}

fn is_state(what: What) -> bool {
    matches!(what, What::State | What::Demonym | What::Code | What::Capital)
}

/// Whether a participant replaces it. A name that no list knows is assumed to be one that spoke.
pub(super) fn is_person(what: What) -> bool {
    matches!(what, What::Person | What::Unknown)
}

/// Whether the two can be two names of the same speaker.
fn differ(one: What, other: What) -> bool {
    is_person(one) != is_person(other) || is_state(one) != is_state(other)
}

impl Wordings<'_> {
    /// "one delegation", whatever is around it. `noun` is another noun for it.
    pub(super) fn plain_words(&self, unit: &Unit, noun: &str) -> String {
        let (one, many) = match (noun, unit.what) {
            ("country", _) => ("country", "countries"),
            ("capital", _) => ("capital", "capitals"),
            ("delegate", _) => ("delegate", "delegates"),
            (_, What::Person | What::Unknown) => ("participant", "participants"),
            (_, What::Organisation) => ("organisation", "organisations"),
            (_, What::Agency) if !self.begins_with_state(unit) => ("agency", "agencies"),
            _ => ("delegation", "delegations"),
        };
        match unit.names {
            _ if noun == "delegate" && unit.people => format!("some {many}"),
            1 if unit.what == What::Bloc => format!("some {many}"),
            1 => format!("one {one}"),
            2 if self.is_choice(unit) => format!("one {one} or another"),
            2 => format!("some {many}"),
            _ => format!("several {many}"),
        }
    }

    pub(super) fn units<'g>(
        &self,
        groups: impl Iterator<Item = (&'g NameGroup, Role)>,
    ) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for (group, role) in groups {
            let tie = units.last().and_then(|last| self.tie(last, group, role));
            if let Some(last) = units.last_mut()
                && let Some(tie) = tie
            {
                last.span.end = group.span.end;
                last.groups += 1;
                last.people |= group.people;
                match tie {
                    Tie::List => {
                        last.names += group.names;
                        last.end = self.short_form_end(group);
                        last.what = group.what;
                    }
                    Tie::Aside => last.end = self.closed(last.span.end),
                }
                continue;
            }
            let absorbed = units.last().is_some_and(|last| {
                self.bloc(last.span.end).is_some_and(|bloc| bloc.end >= group.span.end)
            });
            // "The ABF, Australia, agreed": one speaker, and where it is from.
            let from = self.is_agency_and_state(group);
            let end = self.short_form_end(group).or_else(|| self.last_dot(group));
            units.push(Unit {
                span: group.span.clone(),
                end: if from { self.closed(group.span.end) } else { end },
                what: if from { What::Agency } else { group.what },
                people: group.people,
                names: if from { 1 } else { group.names },
                groups: 1,
                absorbed,
                role,
            });
        }
        for at in 0..units.len() {
            let from = at.checked_sub(1).map_or(0, |before| units[before].span.end);
            let until = units.get(at + 1).map_or(usize::MAX, |next| next.span.start);
            self.widen(&mut units[at], from, until);
        }
        units
    }

    fn is_agency_and_state(&self, group: &NameGroup) -> bool {
        let sentence = self.sentence;
        let Range { start, end } = group.span.clone();
        let and = |at: usize| {
            sentence.is(at, Class::AND | Class::PREPOSITION) || sentence.gap(at).has(WordGap::AND)
        };
        group.names == 2
            && is_state(group.what)
            && sentence.gap(end).has(WordGap::COMMA)
            && !(start + 1..end).any(and)
            && !sentence.is(end, Class::AND)
            && self.names.own.at(&sentence.words.tokens, start).is_some()
    }

    fn tie(&self, last: &Unit, group: &NameGroup, role: Role) -> Option<Tie> {
        let sentence = self.sentence;
        let Range { start, end } = group.span.clone();
        let after = last.span.end;
        let gap = sentence.gap(start);
        if after == start {
            let hyphen = gap.has(WordGap::HYPHEN) && !gap.has(WordGap::SPACE | WordGap::PARTS);
            let tokens = &sentence.words.tokens;
            let run =
                tokens[after - 1].unspaced && tokens[start].unspaced && !gap.has(WordGap::PARTS);
            let plain =
                (last.what, group.what) == (What::State, What::State) && !gap.has(WordGap::PARTS);
            if (hyphen || run || plain) && is_state(last.what) && is_state(group.what) {
                return Some(Tie::List);
            }
            let differ = differ(last.what, group.what);
            let close = sentence.gap(end);
            if gap.has(WordGap::OPEN) && close.has(WordGap::CLOSE) && (differ || last.role == role)
            {
                return Some(Tie::Aside);
            }
        }
        // "Mr Tan (Malaysia) and Ms Lim (Brunei)"
        if last.end.is_some() && !differ(last.what, group.what) && after < start {
            let and = (after..start).all(|at| sentence.is(at, Class::AND | Class::ARTICLE));
            let parted = sentence
                .gap(after)
                .has(WordGap::STOP | WordGap::COLON | WordGap::DASH | WordGap::OPEN);
            let apart = (after + 1..=start).any(|at| sentence.gap(at).has(WordGap::PARTS));
            return (and && !parted && !apart).then_some(Tie::List);
        }
        // "and" in Filipino, and a preposition that no English list has between states.
        let at = after + 1 == start && sentence.word(after) == "at" && sentence.joined(after);
        if at && sentence.joined(start) && (last.what, group.what) == (What::State, What::State) {
            return Some(Tie::List);
        }
        if !differ(last.what, group.what) || after > start {
            return None;
        }
        let of = (after..start)
            .all(|at| sentence.is(at, Class::ARTICLE) || one_of(sentence.word(at), "of from"));
        let parted = (after..=start).filter(|at| sentence.gap(*at).has(WordGap::PARTS)).count();
        let comma = parted == 1 && sentence.gap(after).has(WordGap::COMMA);
        let ends = WordGap::COMMA | WordGap::COLON | WordGap::DASH;
        let closes = sentence.gap(end).has(ends) || sentence.ends(end);
        let of_it = parted == 0 && after < start && last.what != What::State && !self.has_noun(end);
        (of && (of_it || comma && closes)).then_some(Tie::Aside)
    }

    /// Where a bracket or comma ends what was said about a name.
    fn closed(&self, end: usize) -> Option<usize> {
        let from = self.sentence.words.tokens[end - 1].range.end;
        let gap = self.raw_gap(end);
        let sign =
            gap.char_indices().find(|(_, sign)| matches!(sign, ')' | ']' | '}' | '）' | ','));
        sign.map(|(at, sign)| from + at + sign.len_utf8())
    }

    /// "Border Force (BF)": a bracket that opens in a group closes in it too.
    fn short_form_end(&self, group: &NameGroup) -> Option<usize> {
        let mut inside = group.span.start + 1..group.span.end;
        let opened = inside.any(|at| self.sentence.gap(at).has(WordGap::OPEN));
        opened.then(|| self.closed(group.span.end)).flatten()
    }

    /// "R.W. suggests": the full stop after initials, which is removed with them.
    fn last_dot(&self, group: &NameGroup) -> Option<usize> {
        let end = group.span.end;
        let stop = self.raw(end - 1).chars().count() == 1 && self.raw_gap(end).starts_with(". ");
        let goes_on = self.sentence.joined(end) && self.sentence.case(end) == Case::Lower;
        let at = self.sentence.words.tokens[end - 1].range.end;
        (group.what == What::Person && group.span.len() > 1 && stop && goes_on).then_some(at + 1)
    }

    /// Takes in what only the wider check recognises as a name: "HUNGARY, AUSTRIA and Malaysia" if the
    /// first two were not believed, "Police Colonel" before a name and a family name after it.
    fn widen(&self, unit: &mut Unit, from: usize, until: usize) {
        while let Some(start) = self.listed_before(unit.span.start).filter(|at| *at >= from) {
            unit.span.start = start;
            unit.names += 1;
        }
        while unit.end.is_none()
            && let Some(end) = self.listed_after(unit.span.end).filter(|at| *at <= until)
        {
            unit.span.end = end;
            unit.names += 1;
        }
        let sentence = self.sentence;
        let capital = |at: usize| sentence.case(at) == Case::Capital;
        if !is_person(unit.what) || self.shouting {
            return;
        }
        while unit.span.start > from
            && sentence.joined(unit.span.start)
            && capital(unit.span.start - 1)
            && sentence.is(unit.span.start - 1, Class::OFFICIAL | Class::ADJECTIVE)
        {
            unit.span.start -= 1;
        }
        while unit.end.is_none()
            && unit.span.end < until
            && sentence.joined(unit.span.end)
            && capital(unit.span.end)
            && !sentence.possessive(unit.span.end - 1)
            && !words::is_known(sentence.word(unit.span.end))
        {
            unit.span.end += 1;
        }
    }

    fn listed_before(&self, start: usize) -> Option<usize> {
        let sentence = self.sentence;
        let mut last = start;
        let mut and = sentence.gap(start).has(WordGap::AND | WordGap::COMMA);
        while last > 0
            && sentence.is(last - 1, Class::AND)
            && !sentence.gap(last).has(WordGap::BREAKS)
        {
            last -= 1;
            and = true;
        }
        and |= sentence.gap(last).has(WordGap::COMMA);
        if !and || sentence.gap(last).has(WordGap::BREAKS) || last == 0 {
            return None;
        }
        (last.saturating_sub(4)..last).find(|from| self.is_name(*from..last))
    }

    fn listed_after(&self, end: usize) -> Option<usize> {
        let sentence = self.sentence;
        let tokens = sentence.words.tokens.len();
        let mut first = end;
        let mut and = sentence.gap(end).has(WordGap::AND);
        while first < tokens
            && sentence.is(first, Class::AND)
            && !sentence.gap(first).has(WordGap::BREAKS)
        {
            first += 1;
            and = true;
        }
        if !and || first >= tokens || sentence.gap(first).has(WordGap::BREAKS) {
            return None;
        }
        (first + 1..(first + 5).min(tokens + 1)).rev().find(|until| self.is_name(first..*until))
    }

    /// Up to which unit a delegation and those it speaks for form one chain.
    pub(super) fn chained(&self, units: &[Unit], from: usize) -> usize {
        let mut until = from + 1;
        while let Some(next) = units.get(until) {
            let last = &units[until - 1];
            let on_behalf = self.on_behalf(last.span.end) == Some(next.span.start);
            if !next.absorbed && !on_behalf && !self.is_of(last, next) {
                break;
            }
            until += 1;
        }
        until
    }

    /// "Ms Tan of the Malaysian delegation".
    fn is_of(&self, last: &Unit, next: &Unit) -> bool {
        let sentence = self.sentence;
        let between = last.span.end..next.span.start;
        let of =
            |at: usize| one_of(sentence.word(at), "of from") || sentence.is(at, Class::ARTICLE);
        let joined = (between.start..=between.end).all(|at| sentence.joined(at));
        !between.is_empty() && joined && differ(last.what, next.what) && between.into_iter().all(of)
    }

    fn has_noun(&self, at: usize) -> bool {
        self.sentence.joined(at) && self.sentence.is(at, Class::DELEGATE | Class::OFFICIAL)
    }

    /// Past "for", "on behalf of the" and the like after a name.
    fn on_behalf(&self, end: usize) -> Option<usize> {
        let sentence = self.sentence;
        if sentence.gap(end).has(WordGap::BREAKS) {
            return None;
        }
        let mut phrase = String::new();
        let mut found = None;
        for at in end..(end + 5).min(sentence.words.tokens.len()) {
            if at > end && !sentence.joined(at) {
                break;
            }
            if !phrase.is_empty() {
                phrase.push('_');
            }
            phrase.push_str(sentence.word(at));
            if ON_BEHALF.has(&phrase) {
                found = Some(at + 1);
            }
        }
        let mut next = found?;
        while sentence.joined(next) && sentence.is(next, Class::ARTICLE) {
            next += 1;
        }
        sentence.joined(next).then_some(next)
    }

    /// The words of a group of states that a delegation speaks for: "the G-77 and China".
    pub(super) fn bloc(&self, end: usize) -> Option<Range<usize>> {
        let sentence = self.sentence;
        let mut start = self.on_behalf(end)?;
        let mut next = start;
        let mut known = false;
        while next == start || sentence.joined(next) && next < start + 6 {
            let raw = self.raw(next);
            let figures = raw.starts_with(|letter: char| letter.is_ascii_digit());
            // "the Like-minded Developing Countries"
            let hyphen = next > start && sentence.gap(next).has(WordGap::HYPHEN);
            let small = sentence.case(next) == Case::Lower && !figures && !hyphen;
            if small && !GROUPS.has(sentence.word(next)) {
                break;
            }
            let letter = next == start && raw.len() < 3;
            known |= GROUPS.has(sentence.word(next))
                || sentence.case(next) == Case::Upper && raw.len() > 1
                || figures && next == start + 1 && matches!(self.raw(start), "G" | "g");
            next += 1;
            if letter && raw.len() == 1 && !sentence.gap(next).has(WordGap::HYPHEN | WordGap::SPACE)
            {
                break;
            }
        }
        let figured = self.raw(start).len() > 1
            && self.raw(start).starts_with(['G', 'g'])
            && self.raw(start)[1..].bytes().all(|byte| byte.is_ascii_digit());
        if next == start || !(known || figured) || self.raw(start).starts_with("OP") {
            return None;
        }
        if sentence.joined(next)
            && sentence.word(next) == "and"
            && sentence.case(next + 1) != Case::Lower
        {
            next += 2;
        }
        while start > 0 && sentence.is(start - 1, Class::ARTICLE) && sentence.joined(start) {
            start -= 1;
        }
        Some(start..next)
    }
}
