//! Names that no list knows: words with a capital that are in no word list and neither in the agenda nor
//! in the draft text. They can name a person, company, agency or place: "as Ana Reis said", "Kestrel Marine
//! offered two ships", "JICA", "AR to redraft".
//!
//! They are searched for in words in which nothing else was found. If every word
//! may have its capital anyway (a sentence's start, a heading, a line in capitals), a name counts only if
//! it is in no list of any language.

mod attributed;
mod capitals;
mod coded;
mod expanded;
mod given;
mod leagues;
mod made;
mod ordinary;
mod speaking;

use std::ops::Range;

use compact_str::CompactString;

use super::fold::{Case, FoldedWords, Token, WordGap};
use super::lists::{KNOWN, List, PERSONS};
use super::{
    EVERYONES, Grade, Hit, Names, Offers, Role, UnjudgedName, What, descriptions, roster::Roster,
    vietnamese, wordlist, words,
};

/// What such a mention may name, in words.
const NO_LIST: &str = "a name that no list knows";

/// Words of a name that have no capital.
static PARTICLES: List = List::of(PERSONS, "small words of names");

/// What makes the words before it a company.
static COMPANIES: List = List::of(KNOWN, "of companies");

/// What makes the words around it a state's body: "Ministry of Fisheries".
static HEADS: List = List::of(KNOWN, "of bodies");

/// The same if a word says that it belongs to a state: "National Committee".
static HEADS_OF_STATES: List = List::of(KNOWN, "of bodies that are a state's");

/// Services of a state by their everyday names, which are words as well.
static SERVICES: List = List::of(KNOWN, "services by everyday names");

/// Parts of the world that a body can be in: "Migrant Forum in Asia".
static CONTINENTS: List = List::of(KNOWN, "of continents");

/// Words that show that any body is meant.
static OF_ANY: List = List::of(KNOWN, "of any body");

/// Words that show that it belongs to a state.
static OF_STATES: List = List::of(KNOWN, "of states");

/// The most words in the name of a body that all share.
const LONGEST: usize = 6;

/// How many words on either side of a word are used to decide whether it is in a heading.
const NEAR: usize = 40;

/// A text's words, and facts about it that are often needed.
struct UnknownText<'a> {
    names: &'a Names,
    text: &'a str,
    words: &'a FoldedWords,
    /// Whether some word has an accent: only then are words checked for Vietnamese syllables.
    accented: bool,
}

impl Hit {
    /// What it may name, in words.
    pub fn named(&self) -> &str {
        if self.what == What::Unknown { NO_LIST } else { &self.which }
    }

    /// Its grade, and whether it is a name that no list knows.
    pub fn graded(&self) -> String {
        let grade = self.grade.word();
        if self.what == What::Unknown { format!("{grade}, {NO_LIST}") } else { grade.to_owned() }
    }
}

impl Names {
    /// Adds the names that no list knows to those found, in order, where there is nothing else.
    pub(super) fn add_unknown(
        &self,
        text: &str,
        words: &FoldedWords,
        mentions: &mut Vec<UnjudgedName>,
    ) {
        let taken: Vec<Range<usize>> = mentions.iter().map(|other| other.span.clone()).collect();
        let before = mentions.len();
        self.unknown_beside(&taken, text, words, &mut |reading, name, doubtful| {
            mentions.push(UnjudgedName { doubtful, ..reading.mention(name) });
        });
        if mentions.len() > before {
            mentions.sort_by_key(|mention| mention.span.start);
        }
    }

    /// What was found, together with descriptions, and with names that no list knows in place of
    /// doubted names; `taken` has the words of those that were not doubted, in order.
    pub(super) fn with_unnamed(
        &self,
        hits: Vec<Hit>,
        text: &str,
        words: &FoldedWords,
        taken: Option<&[Range<usize>]>,
        offers: Option<&mut Offers>,
    ) -> Vec<Hit> {
        let (mut unknown, known): (Vec<Hit>, Vec<Hit>) =
            hits.into_iter().partition(|hit| hit.what == What::Unknown);
        if let Some(taken) = taken {
            self.unknown_beside(taken, text, words, &mut |reading, name, doubtful| {
                if !doubtful {
                    unknown.push(reading.hit(&name));
                }
            });
        }
        let mut hits = descriptions::beside(known, text, words, offers);
        unknown.retain(|one| {
            hits.iter()
                .all(|hit| hit.range.end <= one.range.start || one.range.end <= hit.range.start)
        });
        if !unknown.is_empty() {
            hits.append(&mut unknown);
            hits.sort_by_key(|hit| hit.range.start);
        }
        hits
    }

    /// The words of the names that no list knows, outside those taken, and whether each is a name only
    /// if it speaks.
    fn unknown_beside(
        &self,
        taken: &[Range<usize>],
        text: &str,
        words: &FoldedWords,
        found: &mut dyn FnMut(&UnknownText<'_>, Range<usize>, bool),
    ) {
        let begins = |token: &Token| {
            token.before.has(WordGap::STOP | WordGap::LINE | WordGap::COLON | WordGap::DASH)
        };
        let spoken = |at: usize, token: &Token| {
            (at == 0 || begins(token)) && !token.unspaced && token.case == Case::Lower
        };
        let mut all = words.tokens.iter().enumerate();
        if !all.any(|(at, token)| is_capital(token) || token.unspaced || spoken(at, token)) {
            return;
        }
        let accented = words.tokens.iter().filter(|token| token.accented).nth(1).is_some();
        let reading = UnknownText { names: self, text, words, accented };
        let mut at = 0;
        while at < words.tokens.len() {
            if !is_capital(&words.tokens[at]) {
                let token = &words.tokens[at];
                let apart = || taken.iter().all(|it| it.end <= at || at < it.start);
                let speaker = spoken(at, token) && reading.is_unknown_speaker(at);
                let foreign = || reading.is_foreign_name(at) || reading.is_lao_short_form(at);
                if (speaker || token.unspaced && foreign()) && apart() {
                    found(&reading, at..at + 1, false);
                }
                at += 1;
                continue;
            }
            let run = at..reading.run_end(at);
            at = run.end;
            let next = taken.partition_point(|other| other.end <= run.start);
            let within = taken[next..].iter().take_while(|other| other.start < run.end);
            // "In Malaysia Ana Reis asked": a name may begin where another ends.
            let mut from = run.start;
            for other in within.chain([&(run.end..run.end)]) {
                let mut part = from..other.start;
                while part.end > part.start && !is_capital(&words.tokens[part.end - 1]) {
                    part.end -= 1;
                }
                // A body's name may reach into the names after it.
                let apart = |name: &Range<usize>| {
                    taken.iter().all(|it| it.end <= name.start || name.end <= it.start)
                };
                if !part.is_empty()
                    && let Some((name, doubtful)) =
                        reading.name_in(part).filter(|(name, _)| apart(name))
                {
                    at = at.max(name.end);
                    found(&reading, name, doubtful);
                }
                from = from.max(other.end);
            }
        }
    }
}

impl UnknownText<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.words.tokens.get(at)
    }

    fn gap(&self, at: usize) -> WordGap {
        self.token(at).map_or(self.words.end, |token| token.before)
    }

    fn slice(&self, at: usize) -> &str {
        self.token(at).and_then(|token| self.text.get(token.range.clone())).unwrap_or_default()
    }

    /// Where the words with capitals that begin here end, including small words of names.
    fn run_end(&self, at: usize) -> usize {
        let tokens = &self.words.tokens;
        let joined = |at: usize| {
            let parts = WordGap::PARTS | WordGap::LINE;
            tokens.get(at).is_some_and(|it| !it.before.has(parts) && !tokens[at - 1].possessive)
        };
        let mut until = at + 1;
        while joined(until) || self.is_firm(until) {
            if is_capital(&tokens[until]) {
                until += 1;
                continue;
            }
            let small =
                (until..until + 2).take_while(|at| joined(*at) && PARTICLES.has(&tokens[*at].word));
            let next = until + small.count();
            if next == until || !joined(next) || !is_capital(&tokens[next]) {
                break;
            }
            until = next + 1;
        }
        until
    }

    /// The words of a run that are such a name: from the first that no list knows; and whether they are one
    /// only if they speak.
    fn name_in(&self, run: Range<usize>) -> Option<(Range<usize>, bool)> {
        let mut heading = None;
        let mut at = run.start;
        while at < run.end {
            if !self.is_unknown(at, run.end, &mut heading) {
                at += 1;
            } else if let Some(shared) = self.shared_body(at) {
                at += shared;
            } else {
                return Some((at..run.end, false));
            }
        }
        let known = self.company(run.clone(), &mut heading);
        let known = known.or_else(|| self.body(run.clone(), &mut heading));
        let known = known.or_else(|| self.with_people(run.clone()));
        let known = known.or_else(|| self.with_hyphen(&run));
        let known = known.or_else(|| attributed::attributed(self, &run, &mut heading));
        let known = known.or_else(|| attributed::amid_runs(self, &run));
        let known = known.or_else(|| attributed::with_article(self, &run, &mut heading));
        known.map(|name| (name, false)).or_else(|| self.ordinary(run, &mut heading))
    }

    /// "National Committee for Maritime Security", "the Fisheries Department": common words that together
    /// are some state's body.
    fn body(&self, run: Range<usize>, heading: &mut Option<bool>) -> Option<Range<usize>> {
        let word = |at: usize| self.token(at).map_or("", |token| token.word.as_str());
        let small = |at: &usize| {
            words::is_known(word(*at)) && !OF_STATES.has(word(*at)) && !HEADS.has(word(*at))
        };
        let from = run.start + run.clone().take_while(small).count();
        let capital =
            |at: usize| self.token(at).is_some_and(is_capital) && !self.gap(at).has(WordGap::PARTS);
        // "Migrant Forum in Asia".
        let within = |at: usize| word(at) == "in" && CONTINENTS.has(word(at + 1));
        let joins =
            |at: usize| matches!(word(at), "of" | "for" | "on" | "and" | "the") || within(at);
        let mut end = run.end;
        loop {
            let next = (end..end + 3).find(|at| !joins(*at)).filter(|at| capital(*at));
            let whole = |next: &usize| !(end..*next).any(|at| self.gap(at).has(WordGap::PARTS));
            let Some(next) = next.filter(whole) else { break };
            end = next + 1;
        }
        let is_head = |at: usize| {
            HEADS.has(word(at))
                || within(at + 1)
                || self.is_league(at, &(from..end))
                || HEADS_OF_STATES.has(word(at)) && (from..at).any(|it| OF_STATES.has(word(it)))
        };
        let all_shared =
            (from..end).all(|at| joins(at) || self.token(at).is_some_and(|it| self.is_shared(it)));
        let body =
            from + 1 < end && (from..end).any(is_head) && !all_shared && !OF_ANY.has(word(from));
        (body && !self.is_heading(from, heading)).then_some(from..end)
    }

    /// "Sunrise Shipping": common words that the last of them makes a company.
    fn company(&self, run: Range<usize>, heading: &mut Option<bool>) -> Option<Range<usize>> {
        let small = |at: &usize| {
            self.token(*at).is_some_and(|it| words::is_known(&it.word) || it.word.len() < 2)
        };
        let from = run.start + run.clone().take_while(small).count();
        let last = self.token(run.end - 1)?;
        let company = from + 1 < run.end && COMPANIES.has(&last.word) && !self.is_shared(last);
        (company && !self.is_heading(from, heading)).then_some(from..run.end)
    }

    fn is_shared(&self, token: &Token) -> bool {
        self.names.shared.has(&token.word)
    }

    /// Whether no list knows the word, in a run that ends before `until`.
    fn is_unknown(&self, at: usize, until: usize, heading: &mut Option<bool>) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        let letters = word.chars().count();
        if letters == 1 && self.is_letter_before_a_name(at) {
            return true;
        }
        if letters < 2 || token.case == Case::Lower || self.is_code(at) || self.is_numbered(at) {
            return false;
        }
        if attributed::is_after_initial(self, at) {
            return true;
        }
        if self.words.vietnamese
            && (vietnamese::is_day_or_month(&self.words.tokens, at)
                || self.begins(at) && vietnamese::is_no_family(&self.words.tokens, at))
        {
            return false;
        }
        if SERVICES.has(word) && token.case == Case::Capital {
            return !self.is_shared(token);
        }
        if self.is_company_in_run(at) && !EVERYONES.has(word) {
            return true;
        }
        if self.is_capitals(at) {
            let unknown = !self.is_known_capitals(at, heading) || self.speaks_in_capitals(at);
            return unknown && !self.is_shared(token);
        }
        // "Vân (VN): …" is a name whatever it means elsewhere.
        let english = || !token.accented && wordlist::is_english(word);
        if self.is_marked_with_code(at) && self.begins(at) && !english() {
            return !self.is_shared(token);
        }
        if self.is_joined_name(at) {
            return !self.is_shared(token);
        }
        if self.is_given_name(at, heading) {
            return true;
        }
        // Quickest first: most words that begin a sentence are small words.
        let function = words::is_known(word) && word != "will";
        if function || Roster::is_before_a_name(word) || wordlist::is_common(word, self.accented) {
            return false;
        }
        self.is_rare_word(at, until, heading)
    }

    /// Whether a word with a capital that is not common is a name, given what surrounds it.
    fn is_rare_word(&self, at: usize, until: usize, heading: &mut Option<bool>) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        let begins = self.begins(at);
        let made = self.is_rest_of_abbreviation(at) || begins && self.is_made_of_words(at);
        if made || self.is_label(at) || made::is_of_a_species(self, at) {
            return false;
        }
        let next = self.token(at + 1).filter(|_| at + 1 < until);
        let named = next.is_some_and(|next| {
            next.case == Case::Capital && next.word.len() > 1 && !self.is_code(at + 1)
        });
        let form = ["ing", "ed", "ly"].iter().any(|ending| word.ends_with(ending));
        // "Kestrel numbers fell", but "Kestrel Marine".
        let rare = || (!named || form) && wordlist::is_rare(word);
        let follows = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let predicate = follows.is_some_and(|next| wordlist::follows_predicate(&next.word));
        // "Huîtres fines": a sentence in another language may begin with any of its words.
        let foreign = follows.is_some_and(|next| {
            next.case == Case::Lower
                && !next.unspaced
                && !wordlist::is_common(&next.word, false)
                && (next.accented || wordlist::begins_elsewhere(&next.word, self.accented))
        });
        let malay = || follows.is_some_and(|next| wordlist::is_malay(&next.word));
        let foreign = foreign && next.is_none() && !self.words.vietnamese && !malay();
        let foreign = foreign && !self.speaks(at) && !self.is_of_a_pair(at);
        if begins && foreign {
            return false;
        }
        // "Tata Consultancy Services": what begins like a sentence in another language goes on in English.
        let english = || {
            let more = self
                .token(at + 2)
                .is_some_and(|it| at + 2 < until && wordlist::is_english(&it.word));
            named && more && next.is_some_and(|next| wordlist::is_english(&next.word))
        };
        let elsewhere =
            || predicate || wordlist::begins_elsewhere(word, self.accented) && !english();
        if begins
            && (rare()
                || elsewhere() && !self.is_before_an_english_verb(at)
                || self.is_vietnamese(token)
                    && !named
                    && !self.speaks(at)
                    && self.is_amid_accents(at))
        {
            return false;
        }
        if self.is_shared(token) {
            return false;
        }
        let all = || wordlist::is_rare(word) || elsewhere() || self.is_vietnamese(token);
        !(self.is_heading(at, heading) && all())
    }

    /// Whether the word would have a capital whatever it is.
    fn begins(&self, at: usize) -> bool {
        let gap = self.gap(at);
        let spaced = || gap.has(WordGap::SPACE) || gap.has(WordGap::OPEN) || at == 0;
        let starts = WordGap::STOP | WordGap::COLON | WordGap::LINE | WordGap::OPEN | WordGap::DASH;
        let marked = || {
            let before = at.checked_sub(1).map_or("", |at| self.slice(at));
            let short = before.chars().count() < 3 && !before.is_empty();
            gap.has(WordGap::CLOSE) && short
        };
        at == 0 || gap.has(starts) || gap.has(WordGap::QUOTE) && spaced() || marked()
    }

    /// Whether all longer words of the line or sentence have a capital; `known` caches the answer for a
    /// run.
    fn is_heading(&self, at: usize, known: &mut Option<bool>) -> bool {
        *known.get_or_insert_with(|| {
            let long = |at: usize| self.token(at).filter(|token| token.word.chars().count() > 3);
            // A line in a script without spaces is no heading in English.
            !self.line(at).filter_map(long).any(|token| token.case == Case::Lower || token.unspaced)
        })
    }

    /// Whether the line or sentence is in capitals.
    fn is_shouted(&self, at: usize) -> bool {
        let line = self.line(at);
        let upper =
            line.clone().filter(|at| self.token(*at).is_some_and(|it| it.case == Case::Upper));
        let upper = upper.count();
        upper > 3 && upper * 10 > line.len() * 6
    }

    /// The words of the line or sentence that a word is in; in a very long one, those near by.
    fn line(&self, at: usize) -> Range<usize> {
        let ends = |at: usize| self.gap(at).has(WordGap::STOP | WordGap::LINE);
        let first = at.saturating_sub(NEAR);
        let last = (at + NEAR).min(self.words.tokens.len());
        let from = (first..=at).rev().find(|at| *at == first || ends(*at)).unwrap_or(first);
        from..(at + 1..last).find(|at| ends(*at)).unwrap_or(last)
    }

    /// How many words from here on are the name of a body that all delegations share.
    fn shared_body(&self, at: usize) -> Option<usize> {
        let mut phrase = String::new();
        let mut found = None;
        for (count, token) in self.words.tokens[at..].iter().take(LONGEST).enumerate() {
            if count > 0 && token.before.has(WordGap::PARTS) {
                break;
            }
            if count > 0 {
                phrase.push('_');
            }
            phrase.push_str(&token.word);
            if EVERYONES.has(&phrase) {
                found = Some(count + 1);
            }
        }
        found
    }

    /// Whether another word in small letters has accents.
    fn is_amid_accents(&self, at: usize) -> bool {
        let mut others = self.words.tokens.iter().enumerate().filter(|(other, _)| *other != at);
        others.any(|(_, token)| token.accented && token.case == Case::Lower)
    }

    /// Whether it is a syllable with Vietnamese marks that is not a usual family name.
    fn is_vietnamese(&self, token: &Token) -> bool {
        const FAMILIES: [&str; 12] = [
            "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "dang", "bui", "ngo",
            "ly",
        ];
        token.accented
            && token.word.len() < 7
            && (self.words.vietnamese
                || self.text[token.range.clone()].chars().any(vietnamese::is_letter))
            && !FAMILIES.contains(&token.word.as_str())
    }

    /// The name as it is written, its words one space apart.
    fn typed(&self, name: &Range<usize>) -> CompactString {
        name.clone().map(|at| self.slice(at)).collect::<Vec<_>>().join(" ").into()
    }

    fn mention(&self, name: Range<usize>) -> UnjudgedName {
        let which = self.typed(&name);
        UnjudgedName { span: name, what: What::Unknown, which, people: false, doubtful: false }
    }

    fn hit(&self, name: &Range<usize>) -> Hit {
        let tokens = &self.words.tokens[name.clone()];
        let range = tokens[0].range.start..tokens[tokens.len() - 1].range.end;
        Hit {
            range,
            what: What::Unknown,
            which: self.typed(name),
            role: Role::Unclear,
            grade: Grade::Possible,
            present: false,
        }
    }
}

fn is_capital(token: &Token) -> bool {
    token.case != Case::Lower && !token.unspaced
}

#[cfg(test)]
mod tests {
    use super::super::ListedNames;
    use super::*;

    fn names() -> Names {
        Names::of(&ListedNames {
            delegations: vec!["Malaysia", "Thailand", "Indonesia", "Viet Nam"],
            agencies: vec![("Malaysian Border Agency", "MBX")],
            participants: vec!["The May", "Will", "X"],
            texts: vec!["The Osprey plan, in Medan, by GRX".to_owned()],
            ..ListedNames::default()
        })
    }

    fn unknown<'t>(names: &Names, text: &'t str) -> Vec<&'t str> {
        let hits = names.check_with_wordings(text);
        assert!(hits.windows(2).all(|two| two[0].0.range.end <= two[1].0.range.start), "{text}");
        let unknown = hits.into_iter().filter(|(hit, _)| hit.what == What::Unknown);
        unknown
            .map(|(hit, neutral)| {
                assert_eq!(hit.named(), NO_LIST);
                assert_eq!(neutral.is_some(), hit.grade == Grade::Certain, "{text}");
                &text[hit.range]
            })
            .collect()
    }

    /// None of these used to be found.
    #[test]
    fn names_that_no_list_knows_are_possible() {
        let names = names();
        for (text, found) in [
            ("as Ana Reis said, it is short", &["Ana Reis"][..]),
            ("Ana Reis asked why", &["Ana Reis"]),
            ("Kestrel Marine offered two ships", &["Kestrel Marine"]),
            ("and Sunrise Shipping lends one", &["Sunrise Shipping"]),
            ("JICA should be asked", &["JICA"]),
            ("from the Bandung office", &["Bandung"]),
            ("AR and TK to redraft", &["AR", "TK"]),
            ("J. Perez's note", &["Perez"]),
            ("McBride noted it", &["McBride"]),
            ("Usulan dari Kantor Bandung diterima", &["Bandung"]),
            ("Segundo Joaquim da Costa, falta tempo", &["Joaquim da Costa"]),
            ("asked Siti binti Rahman why", &["Siti binti Rahman"]),
            ("said Nguyễn Thị Lan twice", &["Nguyễn Thị Lan"]),
            ("as Ken\u{200b}tura noted", &["Ken\u{200b}tura"]),
            ("as Kеntura noted", &["Kеntura"]),
            ("DepEd says it is short", &["DepEd"]),
            ("GovTech would share its code", &["GovTech"]),
            ("KBZPay should be asked", &["KBZPay"]),
            ("Vân (VN): samples were taken", &["Vân"]),
            ("Tata Consultancy Services would accept a limit", &["Tata Consultancy Services"]),
            ("asked Consumers International why", &["Consumers International"]),
            ("Ministers from the Open Door Countries agreed", &["Open Door Countries"]),
            ("delegates of the Blue Ocean Group said no", &["Blue Ocean Group"]),
        ] {
            assert_eq!(unknown(&names, text), found, "{text}");
        }
    }

    /// Each of these used to be possible at most, and had no wording.
    #[test]
    fn one_that_no_list_knows_is_certain_where_it_speaks() {
        let names = names();
        for (text, put) in [
            ("Ana Reis asked why", "One participant asked why"),
            ("“It is late,” said Ana Reis.", "“It is late,” said one participant."),
            ("Kestrel Marine offered two ships", "One participant offered two ships"),
            ("late, according to JICA", "late, according to one participant"),
            ("ChildFund said so", "One organisation said so"),
            ("dswd says it is short", "one participant says it is short"),
            ("the Kestrel rep agreed", "one rep agreed"),
        ] {
            let hits = names.check(text);
            let neutral = hits.iter().find_map(|hit| names.wording(text, hit));
            assert_eq!(neutral.map(|it| it.put_into(text)).as_deref(), Some(put), "{text}");
            assert!(hits.iter().any(Hit::is_certain), "{text}");
        }
        for text in ["from the Bandung office", "Wanganui: no data", "GRZ – no data"] {
            let hits = names.check(text);
            assert!(hits.iter().all(|hit| hit.grade == Grade::Possible), "{text}: {hits:?}");
            assert_eq!(hits.len(), 1, "{text}");
        }
        for text in ["paperwrok took a day", "particpants from two towns", "teh boats left"] {
            assert!(names.check(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_that_some_list_knows_are_no_names() {
        let names = names();
        for text in [
            "The Working Group on Capacity Building meets in March. Repatriation is slow",
            "delegates of the Working Group agreed; officials from the Member States said no",
            "IT Ministers agreed; NGO Partners said no; MoUs say so",
            "MoUs of NGOs and SOPs; COVID-19, 4G, AIS, OP4bis, Annex II, WhatsApp",
            "FinTech firms and ToRs; THis is how eVisas, SaaS and PhDs work",
            "Kestrel numbers fell",
            "Early Actions to Operationalise the Declaration",
            "WE MUST NOT WAIT FOR BIOMETRIC DATA",
            "- Disembarking people takes hours\n2) Traffickers adapt\n• Readmission: \"Willingness\"",
            "the Osprey plan in Medan is GRX's",
            "Dr visits are free in the Indo-Pacific",
            "ASEAN, the Bali Process and the UN",
            "Kementerian Luar Negeri dan Sekretariat setuju. Pembahasannya singkat",
            "Iminungkahi na isama ang mga barko. Kulang ang pondo",
            "Đề nghị Ban Thư ký soạn. Thiếu kinh phí",
            "Tenke halo treinamentu. Formasaun importante",
            "É preciso tempo. O Ministério dos Negócios Estrangeiros deve participar",
            "Il faut renforcer le texte. Hace falta tiempo",
            "ประเทศไทย 泰国",
            "A B C I X",
        ] {
            assert_eq!(unknown(&names, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn bodies_of_common_words_are_names_where_they_can_be_a_states() {
        let names = names();
        for (text, name) in [
            (
                "National Committee for Maritime Security to nominate new focal points",
                "National Committee for Maritime Security",
            ),
            ("then the Fisheries Department asked", "Fisheries Department"),
            ("text from the Ministry of Home Affairs please", "Ministry of Home Affairs"),
            ("the Royal Fisheries Institute will host", "Royal Fisheries Institute"),
        ] {
            assert_eq!(unknown(&names, text), [name], "{text}");
        }
        for text in [
            "the Drafting Committee meets at noon",
            "send it to the Competent Authority at once",
            "each ministry and agency, and the Plenary",
            "Monitor Ch. 16 and see Fig. 3; the Wi-Fi is down",
            "National plans on Safety of Life at Sea",
        ] {
            assert_eq!(unknown(&names, text), [""; 0], "{text}");
        }
    }

    /// "Dr Ana Reis" stays one mention, and a person beside a state is not lost in it.
    #[test]
    fn a_place_is_found_once_and_what_is_beside_it_too() {
        let names = names();
        for text in ["Dr Ana Reis asked", "the MBX asked"] {
            assert_eq!((names.check(text).len(), unknown(&names, text).len()), (1, 0), "{text}");
        }
        for (text, name) in [
            ("Malaysia's Ana Reis asked", "Ana Reis"),
            ("In Malaysia Ana Reis asked", "Ana Reis"),
            ("Ana Reis of Malaysia asked", "Ana Reis"),
            ("the Malaysian Kestrel Police asked", "Kestrel Police"),
        ] {
            assert_eq!(unknown(&names, text), [name], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_each_place_is_found_once(
            text in "([A-Z]{1,4}|Ana Reis|Kestrel|Đ[a-z]|Malaysia|de|bin|of|\u{200b}|ß|İ|[ .,:'’\n()-]|\\PC){0,40}"
        ) {
            for text in [text.clone(), text.to_uppercase()] {
                let hits = names().check(&text);
                for (at, hit) in hits.iter().enumerate() {
                    proptest::prop_assert!(text.get(hit.range.clone()).is_some_and(|it| !it.is_empty()));
                    let overlaps = |other: &Hit| {
                        other.range.start < hit.range.end && hit.range.start < other.range.end
                    };
                    let unknown = |other: &Hit| hit.what == What::Unknown || other.what == What::Unknown;
                    proptest::prop_assert!(!hits[..at].iter().any(|it| overlaps(it) && unknown(it)));
                }
            }
        }
    }
}
