//! The attribution check: names in a text, and whether they reveal who said it.
//!
//! Under the Chatham House Rule "neither the identity nor the affiliation of the speaker(s), nor
//! that of any other participant, may be revealed" (Chatham House, 1927, last refined 2002). States,
//! peoples, capitals, agencies, codes and the participants' own names are found however they are
//! written; a *speaker* ("Malaysia said …") is distinguished from a *subject* ("travel to Malaysia"). States
//! and their names come from published data (`src/names/world.py`), agencies, aliases and participants
//! from the meeting's own list.
//!
//! ```
//! use rapporteur::names::{Grade, ListedNames, Names, Role};
//!
//! let listed = ListedNames { delegations: vec!["Malaysia"], ..ListedNames::default() };
//! let names = Names::of(&listed);
//! let text = "Malaysia said that travel to Thailand is cheap.";
//! let hits = names.check(text);
//! assert_eq!((hits[0].role, hits[1].role), (Role::Speaker, Role::Subject));
//! assert_eq!((hits[0].grade, hits[1].grade), (Grade::Certain, Grade::Subject));
//! let neutral = names.wording(text, &hits[0]).unwrap();
//! assert_eq!(neutral.put_into(text), "One delegation said that travel to Thailand is cheap.");
//! ```

mod agencies;
mod blocs;
mod chat;
mod clipped;
mod codes;
mod context;
mod descriptions;
mod everyones;
mod finder;
mod firms;
mod fold;
mod groups;
mod headed;
mod honoured;
mod lists;
mod marked;
mod neutral;
mod organisations;
mod peoples;
mod phrase;
mod predicate;
mod regions;
mod role;
mod roster;
mod runs;
mod sentence;
mod sought;
mod spaced;
mod spelt;
mod subject;
mod surnames;
mod titled;
mod tongues;
mod typos;
mod unknown;
mod vietnamese;
mod views;
mod what;
mod wordlist;
mod words;
mod world;

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use self::everyones::{EVERYONES, is_everyones, is_within_everyones};
pub use self::finder::{Finder, FoundName, SearchCounts};
use self::fold::{Case, FoldedWords, Token, WordGap};
pub use self::phrase::{BLANK, Neighbours, REACH};
use self::world::{Lexicon, NameEntry, NameForm, World};
use self::{
    groups::grouped, marked::MarkedText, neutral::Wordings, role::NameGroup, roster::Roster,
    sentence::Sentence, wordlist::SharedWords, words::Class,
};
pub use self::{neutral::Neutral, what::What, wordlist::is_word};

/// The names that a meeting lists, as they are written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedNames<'a> {
    /// Who is in the room, by delegation.
    pub delegations: Vec<&'a str>,
    /// Bodies that only one delegation has, in full and for short; one of the two can be empty.
    pub agencies: Vec<(&'a str, &'a str)>,
    /// Other names for delegations and bodies, and what each is another name for.
    pub aliases: Vec<(&'a str, &'a str)>,
    /// The participants.
    pub participants: Vec<&'a str>,
    /// Texts that everybody has, such as the agenda: their words do not count as names that no list knows.
    pub texts: Vec<String>,
}

impl<'a> ListedNames<'a> {
    /// The full names of its agencies and of its delegations that are not from a state, each with the
    /// name that identifies it.
    fn bodies(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let world = World::get();
        let others = self.delegations.iter().filter(|name| world.code(name).is_none());
        let full = |&(name, short): &(&'a str, &'a str)| {
            (name, if name.is_empty() { short } else { name })
        };
        self.agencies.iter().map(full).chain(others.map(|name| (*name, *name)))
    }
}

/// What a text says about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The one whose words or position are reported.
    Speaker,
    /// The one that is spoken about.
    Subject,
    /// Undecidable: "Malaysia hosts the centre", or a participant's name as such.
    Unclear,
}

/// How urgent it is that somebody decides on a name, least urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// It looks like a subject: "travel to Malaysia", "the Bangkok Declaration".
    Subject,
    /// No rule says what it is.
    Possible,
    /// A rule says that its words or position are reported, or it is a participant.
    Certain,
}

impl Grade {
    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it names.
    pub what: What,
    /// The name that identifies all names of the same state, body or person.
    pub which: CompactString,
    /// What the text says about it.
    pub role: Role,
    /// How urgent a decision on it is.
    pub grade: Grade,
    /// Whether it belongs to a delegation, a body or a participant of the meeting.
    pub present: bool,
}

impl Hit {
    /// Whether it is certain: a speaker, or a participant whatever is said about them, because the Rule
    /// protects "any other participant" as well.
    pub fn is_certain(&self) -> bool {
        self.grade == Grade::Certain
    }
}

/// The names that are searched for at one meeting.
#[derive(Clone, Debug)]
pub struct Names {
    world: &'static World,
    own: Lexicon,
    roster: Roster,
    /// The states that take part; their two-letter codes are speakers' marks here.
    present: HashSet<[u8; 2]>,
    /// The words of texts that everybody has.
    shared: SharedWords,
    /// Organisations that everyone in the room is a member of: they are held only if they speak.
    everyones: Vec<CompactString>,
}

/// What could replace names in a text: the bytes of a name, and the wording.
type Offers = Vec<(Range<usize>, Neutral)>;

/// A name that was found and not judged yet.
#[derive(Clone, Debug)]
struct UnjudgedName {
    /// Its words; its bytes, while a run in a script without spaces is being split.
    span: Range<usize>,
    what: What,
    which: CompactString,
    people: bool,
    /// Whether it is a name only if it speaks.
    doubtful: bool,
}

impl UnjudgedName {
    /// A state, in the word at this place.
    fn state(at: usize, which: CompactString) -> Self {
        Self { span: at..at + 1, what: What::State, which, people: false, doubtful: false }
    }

    fn person(span: Range<usize>, which: CompactString) -> Self {
        Self { span, what: What::Person, which, people: false, doubtful: false }
    }
}

impl Names {
    /// The names that matter at a meeting: all states, and those it lists itself.
    pub fn of(listed: &ListedNames<'_>) -> Self {
        let world = World::get();
        let mut own = Lexicon::default();
        let mut present = HashSet::default();
        let agency = |name: &str, which: &str, own: &mut Lexicon| {
            if is_everyones(name) {
                return;
            }
            let form = if agencies::is_short(name) { NameForm::Capitals } else { NameForm::Any };
            let entry = NameEntry { what: What::Agency, which: which.into(), code: [0; 2], form };
            own.add(name, &entry);
        };
        for name in &listed.delegations {
            match world.code(name) {
                Some(code) => drop(present.insert(code)),
                None => agency(name, name, &mut own),
            }
        }
        for &(name, short) in &listed.agencies {
            let which = if name.is_empty() { short } else { name };
            agency(name, which, &mut own);
            agency(short, which, &mut own);
        }
        for &(name, of) in &listed.aliases {
            let known = world.code(of).is_some();
            let what = if known { What::State } else { What::Agency };
            let short = name.chars().count() < 5 && !name.chars().any(char::is_lowercase);
            let form = if short { NameForm::Capitals } else { NameForm::Any };
            own.add(name, &NameEntry { what, which: of.into(), code: [0; 2], form });
        }
        let mut roster = Roster::default();
        for name in &listed.participants {
            roster.add(name, &mut own);
        }
        // Listed names come before those derived from them.
        for (name, which) in listed.bodies().filter(|(name, _)| !is_everyones(name)) {
            for (made, capitals) in agencies::made_of(name, world) {
                let form = if capitals { NameForm::Capitals } else { NameForm::Title };
                let which = which.into();
                own.add(&made, &NameEntry { what: What::Agency, which, code: [0; 2], form });
            }
        }
        regions::add(&present, |code| world.name(code), &mut own);
        blocs::add(&present, &mut own);
        organisations::add(listed, &mut own);
        own.close();
        let everyones = organisations::of_everyone(&present);
        Self { world, own, roster, present, shared: SharedWords::of(&listed.texts), everyones }
    }

    /// Whether a participant's name can be searched for: one of single letters cannot.
    pub fn can_find(name: &str) -> bool {
        roster::can_be_found(name)
    }

    /// The names in a text, in its order, including those that markup divides.
    pub fn check(&self, text: &str) -> Vec<Hit> {
        self.find(text, None)
    }

    /// The names in a text, each with what could replace it if it is not a subject. Names in one list have
    /// the same replacement.
    pub fn check_with_wordings(&self, text: &str) -> Vec<(Hit, Option<Neutral>)> {
        let mut offers = Vec::new();
        let hits = self.find(text, Some(&mut offers)).into_iter();
        let offer = |hit: Hit| {
            let made = offers.iter().find(|(range, _)| *range == hit.range);
            let neutral = made.map(|(_, neutral)| neutral.clone());
            (hit, neutral)
        };
        hits.map(offer).collect()
    }

    /// What could replace a name that was found in a text.
    pub fn wording(&self, text: &str, hit: &Hit) -> Option<Neutral> {
        let mut all = self.check_with_wordings(text).into_iter();
        all.find(|(other, _)| other.range == hit.range)?.1
    }

    fn find(&self, text: &str, mut offers: Option<&mut Offers>) -> Vec<Hit> {
        let mut hits = self.find_in_plain(text, offers.as_deref_mut());
        let Some(shown) = MarkedText::of(text) else { return hits };
        let mut of_shown = offers.is_some().then(Vec::new);
        for mut hit in self.find_in_plain(&shown.text, of_shown.as_mut()) {
            let mut all = of_shown.iter_mut().flatten();
            let neutral = all.find(|(range, _)| *range == hit.range);
            hit.range = shown.place(&hit.range);
            let known = |other: &Hit| {
                other.range.start < hit.range.end && hit.range.start < other.range.end
            };
            if !hits.iter().any(known) && text.get(hit.range.clone()).is_some() {
                if let (Some(offers), Some((_, neutral))) = (offers.as_deref_mut(), neutral) {
                    let range = shown.place(&neutral.range);
                    offers.push((hit.range.clone(), Neutral { range, ..neutral.clone() }));
                }
                hits.push(hit);
            }
        }
        hits.sort_by_key(|hit| hit.range.start);
        hits
    }

    /// The first name in a text, of whatever grade.
    pub fn first_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.check(text).into_iter().next().map(|hit| &text[hit.range])
    }

    fn find_in_plain(&self, text: &str, mut offers: Option<&mut Offers>) -> Vec<Hit> {
        let mut words = fold::fold(text);
        let known = self.split(text, &mut words);
        let mut mentions = self.mentions(&words, &known);
        self.add_unknown(text, &words, &mut mentions);
        let (mut hits, mut taken) = (Vec::new(), Vec::new());
        if mentions.is_empty() {
            return self.with_unnamed(hits, text, &words, None, offers);
        }
        let sentence = Sentence::new(&words);
        let groups = grouped(&mut mentions, &words);
        let judged = groups.into_iter().map(|(group, mentions)| {
            let role = self.judged(&sentence, &group, &mentions);
            (group, mentions, role)
        });
        // "Grab offered", but "in the Annex": an ordinary word is a name only if it speaks.
        let ordinary = |it: &UnjudgedName| it.doubtful && it.what == What::Unknown;
        let named = judged
            .filter(|(_, mentions, role)| *role == Role::Speaker || !mentions.iter().any(ordinary));
        let (groups, roles): (Vec<_>, Vec<_>) =
            named.map(|(group, mentions, role)| ((group, mentions), role)).unzip();
        let mut offered = None;
        let mut doubted = false;
        for (at, (group, mentions)) in groups.iter().enumerate() {
            let grade = match roles[at] {
                Role::Speaker => Grade::Certain,
                _ if sentence.is_language(group) => Grade::Subject,
                _ if sentence.is_plain_subject(group) => Grade::Subject,
                _ => Grade::Possible,
            };
            for mention in mentions {
                let mut role = roles[at];
                let delegate = organisations::has_delegate(mention, &words);
                if mention.doubtful && role != Role::Speaker && !delegate {
                    doubted = true;
                    continue;
                }
                if mention.what == What::Person && role == Role::Subject {
                    role = Role::Unclear;
                }
                let tokens = &words.tokens[mention.span.clone()];
                let range = tokens[0].range.start..tokens[tokens.len() - 1].range.end;
                let grade = match mention.what {
                    What::Person => Grade::Certain,
                    // "MDA: no common picture" can be short for something else.
                    // "Trafficking: no data" is a topic that no list has.
                    What::Unknown if grade == Grade::Subject => Grade::Possible,
                    What::Unknown if sentence.is_label(group) => Grade::Possible,
                    // "The Hua Hin Declaration reaffirmed it."
                    What::Unknown if is_title(&words.tokens[mention.span.end - 1].word) => {
                        grade.min(Grade::Possible)
                    }
                    What::Code if self.is_elsewhere(&mention.which) => grade.min(Grade::Possible),
                    // More often mentioned for its treaties than because it spoke.
                    What::Organisation if grade == Grade::Possible && !delegate => Grade::Subject,
                    _ => grade,
                };
                let reworded = match mention.what {
                    What::Unknown => grade == Grade::Certain,
                    // "a Rohingya woman" belongs to no delegation: the rest of the description shows who she is.
                    What::Demonym if self.world.code(&mention.which).is_none() => false,
                    _ => grade != Grade::Subject,
                };
                if let Some(offers) = offers.as_deref_mut().filter(|_| reworded) {
                    let all = || groups.iter().map(|(group, _)| group).zip(roles.iter().copied());
                    let made = offered
                        .get_or_insert_with(|| Wordings::new(self, text, &sentence).of(all()));
                    let neutral = made[at].clone();
                    offers.extend(neutral.map(|neutral| (range.clone(), neutral)));
                }
                let (what, which) = (mention.what, mention.which.clone());
                let present = self.is_present(what, &which);
                hits.push(Hit { range, what, which, role, grade, present });
                taken.push(mention.span.clone());
            }
        }
        self.with_unnamed(hits, text, &words, doubted.then_some(&taken), offers)
    }

    /// What a text says about a group; what it does counts as well if all of it is present.
    fn judged(
        &self,
        sentence: &Sentence<'_>,
        group: &NameGroup,
        mentions: &[UnjudgedName],
    ) -> Role {
        let role = judge(sentence, group);
        let here =
            |it: &UnjudgedName| it.what == What::Unknown || self.is_present(it.what, &it.which);
        let does = role != Role::Speaker && mentions.iter().all(here);
        if does && sentence.group_does(group) { Role::Speaker } else { role }
    }

    /// Whether it is known who is in the room, and this state is not.
    fn is_elsewhere(&self, which: &str) -> bool {
        !self.present.is_empty() && !self.is_present(What::State, which)
    }

    fn is_of_everyone(&self, entry: &NameEntry) -> bool {
        entry.what == What::Organisation && self.everyones.contains(&entry.which)
    }

    fn is_present(&self, what: What, which: &str) -> bool {
        let state = || self.world.code(which).is_some_and(|code| self.present.contains(&code));
        matches!(what, What::Agency | What::Person) || state()
    }

    fn mentions(
        &self,
        words: &FoldedWords,
        known: &HashMap<usize, UnjudgedName>,
    ) -> Vec<UnjudgedName> {
        let tokens = &words.tokens;
        let upper = tokens.iter().filter(|token| token.case == Case::Upper).count();
        let shouting = upper > 3 && upper * 10 > tokens.len() * 6;
        let mut mentions: Vec<UnjudgedName> = Vec::new();
        let is_state = |at: usize| self.is_state(tokens, at);
        let mut at = 0;
        while at < tokens.len() {
            if let Some(found) = known.get(&at) {
                mentions.push(UnjudgedName { span: at..at + 1, ..found.clone() });
                at += 1;
                continue;
            }
            let small = || {
                let small = vietnamese::is_small_word(tokens, at);
                small && !self.world.small.has(words, at) || vietnamese::is_one_word(tokens, at)
            };
            if words.vietnamese && small() {
                at += 1;
                continue;
            }
            let own = self.own.at(tokens, at);
            let world = self.world.lexicon.at(tokens, at);
            let place = match (own, world) {
                (Some(own), Some(world)) if world.0 > own.0 => Some(world),
                (own, world) => own.or(world),
            };
            let place = place.and_then(|(length, entries)| {
                let mut listed_there = entries
                    .iter()
                    .filter_map(|entry| self.mention(words, at, length, entry, shouting));
                listed_there.next()
            });
            // "La Unión Europea" is not La Union.
            let place = place.filter(|it| it.what != What::Region || !self.is_torn_by(tokens, it));
            let place = place.map(|it| organisations::whole(tokens, it));
            let place = place.or_else(|| self.flag(tokens, at));
            let place = place.or_else(|| self.clipped(words, at));
            let place = place.or_else(|| self.misspelt(words, at, shouting));
            let place = place.or_else(|| self.headed(tokens, at, &is_state));
            let listed = self.titled(tokens, at).or_else(|| self.roster.at(tokens, at));
            let person = listed.or_else(|| {
                chat::speaker(words, at, &is_state).map(|length| {
                    let words = tokens[at..at + length].iter().map(|token| token.word.as_str());
                    (at, length, words.collect::<Vec<_>>().join(" ").into())
                })
            });
            let honoured = || honoured::at(tokens, at).map(|(length, who)| (at, length, who));
            let person = person.or_else(honoured);
            let person = person.or_else(|| self.guessed(words, at, shouting));
            let person = person.filter(|(from, length, _)| {
                let free = mentions.last().is_none_or(|last| last.span.end <= *from);
                let more = |place: &UnjudgedName| {
                    let same = place.what == What::Region && from + length == place.span.end;
                    same || from + length > place.span.end
                };
                free && place.as_ref().is_none_or(more)
            });
            if let Some((from, length, which)) = person {
                at = from + length;
                mentions.push(UnjudgedName::person(from..at, which));
            } else if let Some(place) = place {
                at = place.span.end;
                mentions.push(place);
            } else {
                at += 1;
            }
        }
        mentions
    }

    /// Whether a longer name begins within a region's.
    fn is_torn_by(&self, tokens: &[Token], region: &UnjudgedName) -> bool {
        let longer = |lexicon: &Lexicon, at: usize| {
            lexicon.at(tokens, at).is_some_and(|(length, _)| at + length > region.span.end)
        };
        let mut within = region.span.start + 1..region.span.end;
        within.any(|at| longer(&self.own, at) || longer(&self.world.lexicon, at))
    }

    /// Whether a word begins the name of a state or a body.
    fn is_state(&self, tokens: &[Token], at: usize) -> bool {
        let known = |lexicon: &Lexicon| {
            let found = lexicon.at(tokens, at).into_iter().flat_map(|(_, entries)| entries);
            found
                .into_iter()
                .any(|entry| entry.form != NameForm::Code && entry.what != What::Region)
        };
        known(&self.own) || known(&self.world.lexicon) && !world::is_word(&tokens[at].word)
    }

    /// A body that no list knows, recognised by the word that such bodies are called by.
    fn headed(
        &self,
        tokens: &[Token],
        at: usize,
        other: &impl Fn(usize) -> bool,
    ) -> Option<UnjudgedName> {
        let until = spaced::body(tokens, at, other)?;
        let own = tokens[at + 1..until].iter().any(|token| !self.shared.has(&token.word));
        own.then(|| spaced::named(tokens, at..until))
    }

    /// The name of a state with one letter wrong.
    fn misspelt(&self, words: &FoldedWords, at: usize, shouting: bool) -> Option<UnjudgedName> {
        let tokens = &words.tokens;
        let name = self.world.typos.find(tokens, at)?;
        if self.roster.has(&tokens[at].word) {
            return None;
        }
        let mut entries = self.world.lexicon.get(name)?.iter();
        entries.find_map(|entry| self.mention(words, at, 1, entry, shouting))
    }

    /// A participant by initials, or with one letter wrong.
    fn guessed(
        &self,
        words: &FoldedWords,
        at: usize,
        shouting: bool,
    ) -> Option<(usize, usize, CompactString)> {
        let tokens = &words.tokens;
        let marked = || codes::is_marked(words, at);
        let initials = self.roster.initials_at(tokens, at, marked);
        let initials = initials.filter(|_| !shouting || marked());
        initials
            .map(|(length, who)| (at, length, who))
            .or_else(|| Some((at, 1, self.roster.misspelt_at(tokens, at)?)))
    }

    /// A person with a title, whether the meeting lists them or not: from which word, how many, who.
    fn titled(&self, tokens: &[Token], at: usize) -> Option<(usize, usize, CompactString)> {
        let until = titled::at(tokens, at, |at| self.is_state(tokens, at))?;
        let listed = (at..until).find_map(|at| self.roster.at(tokens, at));
        if let Some((from, length, which)) = listed {
            return Some((at, until.max(from + length) - at, which));
        }
        let words: Vec<&str> = tokens[at..until].iter().map(|token| token.word.as_str()).collect();
        let which = words.join(" ").into();
        Some((at, until - at, which))
    }

    /// A name, unless the way it is written or the words beside it make it something else.
    fn mention(
        &self,
        words: &FoldedWords,
        at: usize,
        length: usize,
        entry: &NameEntry,
        shouting: bool,
    ) -> Option<UnjudgedName> {
        let tokens = &words.tokens;
        let first = &tokens[at];
        let initial = at == 0
            || first.before.has(WordGap::STOP)
            || first.before.has(WordGap::COLON)
            || first.before.has(WordGap::QUOTE);
        let next = tokens.get(at + length).filter(|next| !next.before.has(WordGap::PARTS));
        let before =
            at.checked_sub(1).map(|at| &tokens[at]).filter(|_| !first.before.has(WordGap::PARTS));
        let mut doubtful = false;
        let marked = first.case == Case::Lower
            && matches!(entry.form, NameForm::Capitals | NameForm::Title)
            && codes::is_small_speaker(words, at, length);
        // "ask wfp first": the letters of a body of the meeting, and not a word.
        let small = first.case != Case::Upper
            && entry.form == NameForm::Capitals
            && matches!(entry.what, What::Agency | What::State)
            && first.word.len() > 2
            && !words.vietnamese
            && codes::is_no_word(&first.word);
        match entry.form {
            _ if marked || small => {}
            NameForm::Any | NameForm::People => {}
            NameForm::Capital => {
                let there = self.present.contains(&entry.code);
                let word = initial && !there && entry.what != What::State;
                doubtful = first.case == Case::Lower || word;
            }
            NameForm::Capitals if entry.what == What::Agency && first.word.len() > 3 => {
                doubtful = first.case != Case::Upper;
            }
            NameForm::Capitals => {
                let dotted = length > 1;
                if first.case != Case::Upper && !dotted {
                    return None;
                }
                doubtful = shouting;
            }
            NameForm::Accents if !tokens[at..at + length].iter().any(|token| token.accented) => {
                return None;
            }
            NameForm::Accents => {}
            NameForm::Title => {
                let small = |token: &&Token| token.case == Case::Lower && token.word.len() > 3;
                let all = if entry.what == What::Agency { length } else { 1 };
                let hyphen = |at: usize| {
                    tokens.get(at).is_some_and(|token| token.before.has(WordGap::HYPHEN))
                };
                let joined = length == 1 && (hyphen(at) || hyphen(at + 1));
                let lower = tokens[at..at + all].iter().find(small).is_some();
                if first.case == Case::Lower || lower || joined {
                    return None;
                }
            }
            NameForm::Code => {
                doubtful = codes::is_doubtful(words, at, entry, &self.present, shouting)?;
                if length > 1 {
                    return None;
                }
            }
        }
        doubtful |= self.is_of_everyone(entry);
        doubtful |=
            entry.what == What::Organisation && organisations::USED_BY_EVERYONE.has(&first.word);
        // "Ai cập nhật" is not "Ai Cập".
        doubtful |= length > 1 && initial && vietnamese::are_words(&tokens[at..at + length]);
        if entry.what == What::Region && is_within_everyones(tokens, at, length)
            || length == 1 && self.is_other_word(entry, tokens, at)
        {
            return None;
        }
        // "Jordan Smith", "Ms Georgia", "New Mexico".
        if let Some(before) = before {
            let word = before.word.as_str();
            let other =
                word == "new" && matches!(first.word.as_str(), "mexico" | "jersey" | "england");
            let named = entry.form == NameForm::Capital && Roster::is_title(word);
            if other || named {
                return None;
            }
        }
        if let Some(next) = next {
            let name = world::is_word(&first.word) && length == 1 && entry.what != What::Demonym;
            let surname = next.case == Case::Capital
                && first.case == Case::Capital
                && !first.possessive
                && words::class(&next.word) == Class::default()
                && !next.unspaced
                && self.world.lexicon.at(tokens, at + length).is_none();
            if name && surname && entry.form == NameForm::Capital {
                return None;
            }
        }
        Some(UnjudgedName {
            span: at..at + length,
            what: entry.what,
            which: entry.which.clone(),
            people: entry.form == NameForm::People
                || entry.what == What::Demonym && is_plural(first, entry),
            doubtful,
        })
    }
}

/// Whether the last word of a name makes it the title of a text or of a meeting.
fn is_title(word: &str) -> bool {
    words::class(word).has(Class::TITLE)
}

/// Whether a people's name that needs a capital is plural: "Turks".
fn is_plural(token: &Token, entry: &NameEntry) -> bool {
    entry.form == NameForm::Capital && token.word.ends_with('s')
}

/// What a text says about a group, in English or in a language of the region.
fn judge(sentence: &Sentence<'_>, group: &NameGroup) -> Role {
    let Range { start, end } = group.span.clone();
    let role = sentence.role(group);
    let delegation = || sentence.is_introduced(start) || sentence.has_delegation_after(end);
    if role != Role::Speaker && delegation() { Role::Speaker } else { role }
}
