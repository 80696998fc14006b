//! Wordings in English: "one delegation", "some delegates", "one agency's".

use std::ops::Range;

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, NEUTRAL};
use super::super::{What, sentence::one_of, words::Class};
use super::edits::{WordEdit, capitalised};
use super::{Wordings, units::Unit};

static KEPT_NOUNS: List = List::of(NEUTRAL, "kept nouns");
static COUNTS: List = List::of(NEUTRAL, "counts");
static PRONOUNS: List = List::of(NEUTRAL, "pronouns");
static POINTING: List = List::of(NEUTRAL, "pointing");
static PLACES_BEFORE: List = List::of(NEUTRAL, "places before");
static CAPITALS_BEFORE: List = List::of(NEUTRAL, "capitals before");

/// What precedes a noun and its adjectives.
enum Determiner {
    None,
    /// "the", "a": at which word.
    Article(usize),
    /// "two", "most", "our": it stays, and no other is added.
    Kept,
    /// "this": it stays, and an owner comes after the noun.
    Pointing,
}

/// What a name gives more detail about.
pub(super) enum Possession {
    /// "Thai delegates": up to which noun.
    Noun(usize),
    /// "the Royal Thai Police": the whole name, and the noun that says what it is.
    Institution(Range<usize>, usize),
    /// "the Thai text".
    Thing,
}

impl Wordings<'_> {
    pub(super) fn english(&self, unit: &Unit) -> Option<Vec<WordEdit>> {
        let sentence = self.sentence;
        let Range { start, end } = unit.span.clone();
        // If only hyphens separate words, as in a tag, they are spaces.
        let tag = !self.text.contains(char::is_whitespace);
        let hyphen = |at: usize| {
            at > 0
                && !tag
                && at < sentence.words.tokens.len()
                && sentence.gap(at).has(WordGap::HYPHEN)
                && !sentence.gap(at).has(WordGap::PARTS | WordGap::SPACE | WordGap::LINE)
        };
        if hyphen(start) || hyphen(end) || self.has_no_wording(&unit.span) || self.is_in_name(unit)
        {
            return None;
        }
        if let Some(edits) = self.as_we(unit).or_else(|| self.bracketed(unit)) {
            return Some(edits);
        }
        if let Some(owner) = self.owner_before(unit) {
            return self.with_owner(unit, &owner);
        }
        // "from the Thai navy", "of Malaysia's navy": "the" and the name go, and the navy stays.
        let described = !sentence.possessive(end - 1) || self.is_body(end);
        match self.owned(unit) {
            Some(Possession::Noun(noun)) => self.with_noun(unit, noun),
            Some(Possession::Institution(span, noun)) => {
                let whole = Unit { span: span.clone(), ..unit.clone() };
                Some(match self.noun_of(&whole) {
                    Some((noun, None)) => self.after_noun(&whole, noun, None),
                    _ => self.institution(unit, span, noun),
                })
            }
            Some(Possession::Thing)
                if described || !matches!(self.noun_of(unit), Some((_, None))) =>
            {
                self.owner_of_thing(unit)
            }
            _ => Some(match self.noun_of(unit) {
                Some((noun, institution)) => self.after_noun(unit, noun, institution),
                None => self.alone(unit),
            }),
        }
    }

    /// "we in Malaysia", "In Malaysia, we", "my country, Malaysia,": the name adds nothing.
    fn as_we(&self, unit: &Unit) -> Option<Vec<WordEdit>> {
        let sentence = self.sentence;
        let tokens = &sentence.words.tokens;
        let start = self.both(unit);
        let end = unit.span.end;
        if sentence.possessive(end - 1) {
            return None;
        }
        let until = unit.end.unwrap_or(tokens[end - 1].range.end);
        let we = |at: usize| one_of(sentence.word(at), "we us");
        let gone = |from: usize, until: usize| {
            Some(vec![WordEdit { range: tokens[from].range.end..until, text: String::new() }])
        };
        let before = start.checked_sub(1)?;
        let second = before.checked_sub(1);
        let joined = sentence.joined(start);
        // "my minister in Hanoi", "here in Malaysia"
        if one_of(sentence.word(before), "in from of at") && joined && sentence.joined(before) {
            let ours = second.is_some_and(|at| {
                we(at)
                    || one_of(sentence.word(at), "here home")
                    || sentence.word(before) == "in" && sentence.is_ours(at)
            });
            // "we in the Malaysian navy"
            if ours && self.owned(unit).is_none() {
                return gone(before - 1, until);
            }
        }
        let prefix = one_of(sentence.word(before), "in for from as") && sentence.begins(before);
        let we_after = one_of(sentence.word(end), "we our i my");
        if prefix && joined && sentence.gap(end).has(WordGap::COMMA) && we_after && !unit.people {
            let range = tokens[before].range.start..tokens[end].range.end;
            let capital = sentence.case(before) != Case::Lower;
            let word = self.raw(end);
            let text = if capital { capitalised(word) } else { word.to_owned() };
            return Some(vec![WordEdit { range, text }]);
        }
        if we(before) && joined && unit.people {
            return gone(before, until);
        }
        let own = one_of(sentence.word(before), "country government delegation")
            && second.is_some_and(|at| one_of(sentence.word(at), "my our"));
        let comma =
            sentence.gap(start).has(WordGap::COMMA) && !sentence.gap(start).has(WordGap::BREAKS);
        // "The first speaker, Malaysia, agreed."
        let closes = sentence.gap(end).has(WordGap::COMMA) || sentence.ends(end);
        let speaker = sentence.is(before, Class::DELEGATE)
            && !self.is_plural(before)
            && unit.names == 1
            && closes;
        if comma && (own || we(before) || speaker) {
            return gone(before, until + usize::from(self.raw_gap(end).starts_with(',')));
        }
        None
    }

    /// "one delegate (Malaysia)": nobody else is left out, so the bracket is removed.
    fn bracketed(&self, unit: &Unit) -> Option<Vec<WordEdit>> {
        let sentence = self.sentence;
        let Range { start, end } = unit.span.clone();
        let before = start.checked_sub(1)?;
        let whole = sentence.gap(start).has(WordGap::OPEN)
            && sentence.gap(end).has(WordGap::CLOSE)
            && unit.end.is_none();
        let spoken = sentence.is(before, Class::GENERIC | Class::DELEGATE);
        let close = self.raw_gap(end).find([')', ']', '}'])?;
        let from = sentence.words.tokens[before].range.end;
        let until = self.bytes(&unit.span).end + close + 1;
        (whole && spoken).then(|| vec![WordEdit { range: from..until, text: String::new() }])
    }

    /// What the name gives more detail about, if anything.
    fn owned(&self, unit: &Unit) -> Option<Possession> {
        let sentence = self.sentence;
        let end = unit.span.end;
        let possessive = sentence.possessive(end - 1);
        let people = unit.what == What::Demonym && !unit.people;
        if unit.end.is_some() || !possessive && unit.people {
            return None;
        }
        if let Some(institution) = self.institution_at(unit) {
            return Some(institution);
        }
        if !sentence.joined(end) {
            return possessive.then_some(Possession::Thing);
        }
        let belongs = possessive || people;
        let reach = if belongs { 6 } else { 2 };
        let mut at = end;
        while at < end + reach && sentence.joined(at) {
            if sentence.word(at) == "head" && sentence.word(at + 2) == "delegation" {
                return Some(Possession::Noun(at));
            }
            if self.is_kept(at) {
                while sentence.joined(at + 1) && self.is_kept(at + 1) && !sentence.possessive(at) {
                    at += 1;
                }
                return Some(Possession::Noun(at));
            }
            let ends = Class::VERB | Class::PREPOSITION | Class::AND | Class::ARTICLE | Class::NOT;
            let adjective = sentence.is(at, Class::ADJECTIVE | Class::ADVERB);
            let said = sentence.is(at, Class::SAID);
            if sentence.is(at, ends) && !adjective || said || sentence.possessive(at) {
                break;
            }
            at += 1;
        }
        let before = unit.span.start.checked_sub(1).filter(|_| sentence.joined(unit.span.start));
        let article = before.is_some_and(|at| one_of(sentence.word(at), "the a an"));
        let thing = if possessive
            || article && !self.has_own_article(unit) && unit.names == 1 && self.is_noun(end)
        {
            true
        } else if people {
            self.is_noun(end)
        } else {
            self.is_said_thing(end) || self.is_body(end)
        };
        thing.then_some(Possession::Thing)
    }

    /// Whether a word after an adjective continues with its noun, and is not a verb.
    fn is_noun(&self, at: usize) -> bool {
        let sentence = self.sentence;
        let ends =
            Class::PREPOSITION | Class::AND | Class::MODAL | Class::BE | Class::HAVE | Class::DO;
        if sentence.is(at, ends | Class::NOT) {
            return false;
        }
        if sentence.is(at, Class::PAST) && !sentence.is(at, Class::SAID) {
            return sentence.is(at, Class::ADJECTIVE) && sentence.is(at + 1, Class::SAID);
        }
        !sentence.is(at, Class::ADVERB) || sentence.is(at, Class::ADJECTIVE)
    }

    fn is_kept(&self, at: usize) -> bool {
        let word = self.sentence.word(at);
        self.sentence.is(at, Class::DELEGATE) && word != "head" || KEPT_NOUNS.has(word)
    }

    fn is_plural(&self, noun: usize) -> bool {
        let word = self.sentence.word(noun);
        word.ends_with('s') && !word.ends_with("ss") || one_of(word, "ladies gentlemen people")
    }

    /// The first word of the noun phrase whose name or noun is at a word, including adjectives, and
    /// what precedes it.
    fn opening(&self, at: usize) -> (usize, Determiner) {
        let sentence = self.sentence;
        let mut first = at;
        while first > 0
            && sentence.joined(first)
            && sentence.is(first - 1, Class::ADJECTIVE)
            && !COUNTS.has(sentence.word(first - 1))
        {
            first -= 1;
        }
        // "the co-chair"
        while first > 0
            && sentence.gap(first).has(WordGap::HYPHEN)
            && !sentence.gap(first).has(WordGap::SPACE)
        {
            first -= 1;
        }
        first = self.past_nouns(first);
        let Some(before) = first.checked_sub(1).filter(|_| sentence.joined(first)) else {
            return (first, Determiner::None);
        };
        let word = sentence.word(before);
        let figure = word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
        let determiner = match word {
            "the" | "a" | "an" => Determiner::Article(before),
            "that" if sentence.begins(before) => Determiner::Pointing,
            _ if POINTING.has(word) => Determiner::Pointing,
            _ if COUNTS.has(word) || figure || PRONOUNS.has(word) => Determiner::Kept,
            _ if sentence.possessive(before) => Determiner::Kept,
            _ => Determiner::None,
        };
        (first, determiner)
    }

    /// "the senior Thai delegate": "one senior delegate".
    fn with_noun(&self, unit: &Unit, noun: usize) -> Option<Vec<WordEdit>> {
        let tokens = &self.sentence.words.tokens;
        let Range { start, end } = unit.span.clone();
        let (first, determiner) = self.opening(start);
        let mut many = self.is_plural(noun);
        let mut edits = Vec::new();
        edits.extend(self.without_capital(noun));
        let both = |at: usize| {
            let before = at.checked_sub(1).filter(|_| unit.names > 1 && self.sentence.joined(at));
            before.filter(|at| one_of(self.sentence.word(*at), "both either"))
        };
        let (from, phrase) = match determiner {
            // "two of the Fijian participants"
            Determiner::Article(article) if many && self.is_counted(article.checked_sub(1)) => {
                let range = tokens[start].range.start..tokens[end].range.start;
                edits.push(WordEdit { range, text: String::new() });
                return Some(edits);
            }
            Determiner::Article(article) => {
                if let Some(both) = both(article) {
                    let range = tokens[both].range.start..tokens[end].range.start;
                    edits.push(WordEdit { range, text: self.cased(both, "some") + " " });
                    edits.extend(self.pluralised(noun));
                    return (first == start && !self.sentence.possessive(noun)).then_some(edits);
                }
                (article, Some(article))
            }
            Determiner::None => (first, None),
            Determiner::Kept | Determiner::Pointing => {
                let range = tokens[start].range.start..tokens[end].range.start;
                edits.push(WordEdit { range, text: String::new() });
                return Some(edits);
            }
        };
        if unit.names > 1 && !many {
            if self.sentence.possessive(noun) {
                return None;
            }
            edits.extend(self.pluralised(noun));
            many = true;
            edits.extend(self.agreeing(unit, from, noun + 1, true));
        }
        let word = if many { "some" } else { "one" };
        let next = tokens[end].range.start;
        match phrase {
            Some(article) if first == start => {
                let range = tokens[article].range.start..next;
                edits.push(WordEdit { range, text: self.cased(article, word) + " " });
            }
            None if first == start => {
                let range = tokens[start].range.start..next;
                edits.push(WordEdit { range, text: self.cased(start, word) + " " });
            }
            Some(article) => {
                edits.push(self.put(article..article + 1, word));
                edits
                    .push(WordEdit { range: tokens[start].range.start..next, text: String::new() });
            }
            None => {
                edits.extend(self.put_before(first, word));
                edits
                    .push(WordEdit { range: tokens[start].range.start..next, text: String::new() });
            }
        }
        Some(edits)
    }

    fn pluralised(&self, noun: usize) -> Option<WordEdit> {
        let place = self.sentence.words.tokens[noun].range.end;
        let text = self.cased_inside("s");
        (!self.is_plural(noun)).then_some(WordEdit { range: place..place, text })
    }

    /// "the Government": no longer a name.
    fn without_capital(&self, noun: usize) -> Option<WordEdit> {
        let token = &self.sentence.words.tokens[noun];
        let first = self.raw(noun).chars().next().filter(|_| token.case == Case::Capital)?;
        let range = token.range.start..token.range.start + first.len_utf8();
        Some(WordEdit { range, text: first.to_lowercase().collect() })
    }

    fn cased_inside(&self, words: &str) -> String {
        if self.shouting { words.to_uppercase() } else { words.to_owned() }
    }

    /// Puts words before another, which loses its capital to them.
    fn put_before(&self, at: usize, words: &str) -> Option<WordEdit> {
        let start = self.sentence.words.tokens[at].range.start;
        let mut text = self.cased(at, words) + " ";
        let mut range = start..start;
        if self.opens(at) && self.sentence.case(at) == Case::Capital {
            let first = self.raw(at).chars().next()?;
            range.end += first.len_utf8();
            text.extend(first.to_lowercase());
        }
        Some(WordEdit { range, text })
    }

    /// "the Thai text": "one delegation's text".
    fn owner_of_thing(&self, unit: &Unit) -> Option<Vec<WordEdit>> {
        let tokens = &self.sentence.words.tokens;
        let Range { start, end } = unit.span.clone();
        let possessive = self.sentence.possessive(end - 1);
        let words = self.owner(&self.plain_words(unit, ""));
        let (first, determiner) = self.opening(start);
        let stays = || -> Option<Vec<WordEdit>> {
            let noun = end;
            if possessive || !self.sentence.is(noun, Class::SAID) || self.sentence.possessive(noun)
            {
                return None;
            }
            let by = format!("{} by {}", self.raw(noun), self.plain_words(unit, ""));
            let range = tokens[start].range.start..tokens[noun].range.end;
            Some(vec![WordEdit { range, text: self.cased_inside(&by) }])
        };
        let deleted = || {
            vec![WordEdit {
                range: tokens[start].range.start..tokens[end].range.start,
                text: String::new(),
            }]
        };
        match determiner {
            Determiner::Article(article) if first == start => {
                Some(vec![self.put_for_owner(article..end, &words)])
            }
            Determiner::Article(article) => {
                let range = tokens[start].range.start..tokens[end].range.start;
                let gone = WordEdit { range, text: String::new() };
                Some(vec![self.put(article..article + 1, &words), gone])
            }
            Determiner::None if first < start && !possessive => {
                let mut edits = vec![self.put_before(first, &words)?];
                edits.extend(deleted());
                Some(edits)
            }
            Determiner::Kept
                if !possessive && PRONOUNS.has(self.sentence.word(first.saturating_sub(1))) =>
            {
                Some(deleted())
            }
            Determiner::Kept | Determiner::Pointing => stays(),
            Determiner::None => Some(vec![self.put_for_owner(self.both(unit)..end, &words)]),
        }
    }

    /// Where the unit begins, including "both" or "either" before it.
    fn both(&self, unit: &Unit) -> usize {
        let sentence = self.sentence;
        let mut from = unit.span.start;
        if from > 0 && sentence.joined(from) && one_of(sentence.word(from - 1), "the a an") {
            from -= 1;
        }
        if unit.names > 1
            && from > 0
            && sentence.joined(from)
            && one_of(sentence.word(from - 1), "both either")
        {
            from -= 1;
        }
        from
    }

    /// "Malaysia and the ABF".
    pub(super) fn begins_with_state(&self, unit: &Unit) -> bool {
        let tokens = &self.sentence.words.tokens;
        let own = self.names.own.at(tokens, unit.span.start);
        let state = self.names.world.lexicon.at(tokens, unit.span.start);
        unit.names > 1 && own.is_none() && state.is_some()
    }

    /// "Thailand or Laos".
    pub(super) fn is_choice(&self, unit: &Unit) -> bool {
        unit.span.clone().any(|at| self.sentence.word(at) == "or")
    }

    /// A name by itself: "Malaysia agreed".
    fn alone(&self, unit: &Unit) -> Vec<WordEdit> {
        let sentence = self.sentence;
        let Range { start, end } = unit.span.clone();
        let mut from = self.both(unit);
        let before = from.checked_sub(1).filter(|_| sentence.joined(from));
        let word = before.map_or("", |at| sentence.word(at));
        let counted = before.is_some_and(|at| {
            COUNTS.has(sentence.word(at)) || sentence.word(at).bytes().all(|b| b.is_ascii_digit())
        });
        let mut many = unit.what == What::Bloc || unit.names > 1 && !self.is_choice(unit);
        let words = match unit.what {
            What::Demonym if unit.people && counted && unit.names == 1 => "delegates".to_owned(),
            What::Demonym if unit.names > 1 && counted => {
                from -= 1;
                "some delegates".to_owned()
            }
            What::Demonym if word == "of" && self.is_counted(before) => "the delegates".to_owned(),
            What::Demonym => self.plain_words(unit, "delegate"),
            What::State if self.is_left_out(before) => pronoun(unit).to_owned(),
            What::State if word == "from" && self.is_i_am(before) => {
                self.plain_words(unit, "country")
            }
            What::State | What::Region if PLACES_BEFORE.has(word) => {
                self.plain_words(unit, "country")
            }
            What::Capital if CAPITALS_BEFORE.has(word) => self.plain_words(unit, "capital"),
            _ => self.plain_words(unit, ""),
        };
        many |= unit.people;
        let mut edit = self.put(from..end, &words);
        if sentence.possessive(end - 1) && unit.end.is_none() {
            edit = self.put_for_owner(from..end, &self.owner(&words));
        }
        if let Some(end) = unit.end {
            edit.range.end = end;
        }
        let mut edits = vec![edit];
        let with = (start..end)
            .find(|at| one_of(sentence.word(*at), "together along as") && unit.names > 1);
        // "Thailand, as well as Laos, supports": the comma is removed with what it ended.
        let comma = with.is_some_and(|at| sentence.gap(at).has(WordGap::COMMA))
            && sentence.gap(end).has(WordGap::COMMA);
        if comma {
            edits[0].range.end += 1;
            let ended = Unit { end: Some(edits[0].range.end), ..unit.clone() };
            edits.extend(self.agreeing(&ended, from, end, many));
        } else if !(unit.people && unit.names == 1) {
            edits.extend(self.agreeing(unit, from, end, many));
        }
        edits
    }

    /// "one of the Thais".
    fn is_counted(&self, of: Option<usize>) -> bool {
        let count = of.and_then(|at| at.checked_sub(1));
        count.is_some_and(|at| COUNTS.has(self.sentence.word(at)))
    }

    /// "All delegations except Malaysia": "except one".
    fn is_left_out(&self, except: Option<usize>) -> bool {
        let sentence = self.sentence;
        let noun = except.and_then(|at| at.checked_sub(1));
        noun.is_some_and(|noun| {
            one_of(sentence.word(noun + 1), "except but save")
                && one_of(sentence.word(noun), "delegations countries states delegates")
        })
    }

    /// "I am from Malaysia".
    fn is_i_am(&self, from: Option<usize>) -> bool {
        let am = from.and_then(|at| at.checked_sub(1));
        am.is_some_and(|at| one_of(self.sentence.word(at), "am im come"))
    }

    /// "the delegate of" before a name, "the Ministry of Home Affairs of": the noun, and where an
    /// institution's name begins.
    fn noun_of(&self, unit: &Unit) -> Option<(usize, Option<usize>)> {
        let sentence = self.sentence;
        let from = self.both(unit);
        let preposition = from.checked_sub(1).filter(|_| sentence.joined(from))?;
        if !one_of(sentence.word(preposition), "of from for") || !sentence.joined(preposition) {
            return None;
        }
        let before = preposition.checked_sub(1)?;
        if self.is_kept(before) && !one_of(sentence.word(before), "someone somebody") {
            let named = sentence.word(preposition) != "for";
            return named.then_some((before, None));
        }
        // Everything with capitals: "the Deputy Secretary of the Ministry of Home Affairs of".
        let mut start = before;
        while start > 0
            && sentence.joined(start)
            && (sentence.case(start - 1) != Case::Lower
                || one_of(sentence.word(start - 1), "of and for the")
                    && start > 1
                    && sentence.case(start - 2) != Case::Lower)
        {
            start -= 1;
        }
        if one_of(sentence.word(start), "the of and for") {
            start += 1;
        }
        let official = (start..=before).find(|at| sentence.is(*at, Class::OFFICIAL))?;
        let capitals = (start..=before).all(|at| {
            sentence.case(at) != Case::Lower || one_of(sentence.word(at), "of and for the")
        });
        (capitals && !self.shouting && before > start).then_some((official, Some(start)))
    }

    /// "the delegate of Malaysia": "one delegate".
    fn after_noun(&self, unit: &Unit, noun: usize, institution: Option<usize>) -> Vec<WordEdit> {
        let tokens = &self.sentence.words.tokens;
        let end = unit.span.end;
        let last = unit.end.unwrap_or(tokens[end - 1].range.end + self.ending(end - 1).len());
        let ending =
            if self.sentence.possessive(end - 1) { self.owner("x") } else { String::new() };
        let ending = ending.trim_start_matches('x');
        if let Some(start) = institution {
            let (_, determiner) = self.opening(start);
            let from = if let Determiner::Article(article) = determiner { article } else { start };
            let words = format!("one {}{ending}", self.institution_noun(noun));
            let range = tokens[from].range.start..last;
            return vec![WordEdit { range, text: self.cased(from, &words) }];
        }
        let (first, determiner) = self.opening(noun);
        let word = if self.is_plural(noun) { "some" } else { "one" };
        let ending = if self.is_plural(noun) { ending.trim_end_matches('s') } else { ending };
        let mut edits =
            vec![WordEdit { range: tokens[noun].range.end..last, text: ending.to_owned() }];
        if first < noun || !matches!(determiner, Determiner::None) {
            edits.extend(self.without_capital(noun));
        }
        match determiner {
            Determiner::Article(article) => edits.push(self.put(article..article + 1, word)),
            Determiner::None => edits.extend(self.put_before(first, word)),
            Determiner::Kept | Determiner::Pointing => {}
        }
        edits
    }

    /// "the Royal Thai Police", "Malaysia's Ministry of Home Affairs".
    pub(super) fn institution_at(&self, unit: &Unit) -> Option<Possession> {
        let sentence = self.sentence;
        let Range { start, end } = unit.span.clone();
        if self.shouting || !matches!(unit.what, What::State | What::Demonym) || unit.names > 1 {
            return None;
        }
        let mut until = end;
        let capital = |at: usize| sentence.joined(at) && sentence.case(at) != Case::Lower;
        while capital(until)
            || until > end
                && sentence.joined(until)
                && one_of(sentence.word(until), "of for and the on")
                && (capital(until + 1) || sentence.word(until + 1) == "the" && capital(until + 2))
        {
            until += 1;
        }
        let noun = (end..until).find(|at| sentence.is(*at, Class::OFFICIAL | Class::DELEGATE))?;
        if sentence.is(noun, Class::DELEGATE) && sentence.word(noun) != "head" {
            return None;
        }
        let outside = Class::VERB
            | Class::ARTICLE
            | Class::PREPOSITION
            | Class::AND
            | Class::ADVERB
            | Class::IF;
        let mut from = start;
        while from > 0
            && sentence.joined(from)
            && sentence.case(from - 1) != Case::Lower
            && !sentence.is(from - 1, outside)
        {
            from -= 1;
        }
        Some(Possession::Institution(from..until, noun))
    }

    /// What an institution is called without its name.
    fn institution_noun(&self, noun: usize) -> &str {
        let word = self.sentence.word(noun);
        if KEPT_NOUNS.has(word) && !self.is_plural(noun) { word } else { "agency" }
    }

    fn institution(&self, unit: &Unit, span: Range<usize>, noun: usize) -> Vec<WordEdit> {
        let sentence = self.sentence;
        let (_, determiner) = self.opening(span.start);
        let mut words = format!("one {}", self.institution_noun(noun));
        let mut from = span.start;
        match determiner {
            Determiner::Article(article) => from = article,
            Determiner::Kept | Determiner::Pointing => words.drain(..4).for_each(drop),
            Determiner::None => {}
        }
        let until = span.end;
        if sentence.possessive(until - 1) {
            return vec![self.put_for_owner(from..until, &self.owner(&words))];
        }
        let mut edit = self.put(from..until, &words);
        // "(RTP)": its short form is removed with it.
        let short =
            sentence.gap(until).has(WordGap::OPEN) && sentence.gap(until + 1).has(WordGap::CLOSE);
        if short && sentence.case(until) == Case::Upper {
            let from = sentence.words.tokens[until].range.end;
            let close = self.raw_gap(until + 1).find([')', ']']);
            edit.range.end = close.map_or(edit.range.end, |close| from + close + 1);
        }
        let mut edits = vec![edit];
        if self.is_plural(until - 1) {
            edits.extend(self.agreeing(unit, from, until, false));
        }
        edits
    }
}

fn pronoun(unit: &Unit) -> &'static str {
    match unit.names {
        1 => "one",
        2 => "some",
        _ => "several",
    }
}
