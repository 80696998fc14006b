//! The words that show who speaks: verbs of saying, delegates, positions, and what comes between.
//!
//! The lists follow the reporting verbs of meeting records: "noted", "underlined", "reserved its
//! position" (United Nations Editorial Manual, on reports and summary records), and how notes of
//! group discussions shorten them.

use bitflags::bitflags;
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::lists::{self, List, SAYING};
use super::tongues;

bitflags! {
    /// What a word may be, several things at once.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct Class: u32 {
        /// "noted": a past form or participle of saying.
        const PAST = 1 << 0;
        /// "notes".
        const THIRD = 1 << 1;
        /// "note".
        const BASE = 1 << 2;
        /// "noting".
        const ING = 1 << 3;
        /// A verb form that is just as likely a noun: "report", "requests".
        const NOUNISH = 1 << 4;
        /// Somebody who sits in a meeting: "delegate".
        const DELEGATE = 1 << 5;
        /// Somebody who speaks for a state, and also acts for it: "official", "ministry".
        const OFFICIAL = 1 << 6;
        /// Something that is said: "proposal", "position".
        const SAID = 1 << 7;
        /// Something that a speaker has and expresses: "concerns".
        const HELD = 1 << 8;
        const ADVERB = 1 << 9;
        const HAVE = 1 << 10;
        const BE = 1 << 11;
        const MODAL = 1 << 12;
        const DO = 1 << 13;
        const NOT = 1 << 14;
        const PREPOSITION = 1 << 15;
        /// What is true of somebody who takes a position: "concerned", "against".
        const STANCE = 1 << 16;
        /// Those in a room without their names: "delegations", "others".
        const GENERIC = 1 << 17;
        /// "and", "or".
        const AND = 1 << 18;
        const ARTICLE = 1 << 19;
        /// An adjective before something said: "written", "strong".
        const ADJECTIVE = 1 << 20;
        /// A word for agreeing with another: "echoed", "seconded".
        const ECHO = 1 << 21;
        /// A verb that may or may not be of saying: with "that", "for", "to" it is.
        const WEAK = 1 << 22;
        /// A word that makes what follows a condition or a question.
        const IF = 1 << 23;
        const MUST = 1 << 24;
        /// What follows a name in a title: "Declaration".
        const TITLE = 1 << 25;
        /// A geographical or other fixed name: "Strait".
        const PLACE = 1 << 26;
        /// "said" in a language of the region.
        const ELSEWHERE = 1 << 27;
        /// "delegation" in a language of the region, which precedes the name.
        const DELEGASI = 1 << 28;
        /// What precedes a verb in a language of the region: "not", "already", "would like".
        const BETWEEN = 1 << 29;

        /// A finite or other form that a noun phrase ends at.
        const VERB = Self::PAST.bits() | Self::THIRD.bits() | Self::ING.bits() | Self::BE.bits()
            | Self::HAVE.bits() | Self::MODAL.bits() | Self::DO.bits() | Self::MUST.bits();
    }
}

impl Class {
    /// The classes of a word that is more than a verb.
    pub(super) const NO_VERB: Self = Self::BASE
        .union(Self::THIRD)
        .union(Self::NOUNISH)
        .union(Self::WEAK)
        .union(Self::ECHO)
        .complement();

    pub(super) fn has(self, other: Self) -> bool {
        self.intersects(other)
    }
}

/// Verbs of saying and of taking a position, by their base form.
static VERBS: List = List::of(SAYING, "verbs");

/// Verbs with an irregular past.
static IRREGULAR: List = List::of(SAYING, "irregular verbs");

/// Those among them that just as often state a fact, by their forms; a position is meant if one of the
/// phrases follows.
static WEAK: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut weak: HashMap<&str, Vec<&str>> = HashMap::default();
    for row in lists::rows(lists::WEAK) {
        let [forms, phrases] = row.as_slice() else { continue };
        for form in forms.split(' ') {
            weak.entry(form).or_default().extend(phrases.split_whitespace());
        }
    }
    weak
});

/// Base forms and third persons that are just as often nouns.
static NOUNISH: List = List::of(SAYING, "verbs or nouns");

/// The classes that have a list of their own, by its name.
const LISTED: [(&str, Class); 21] = [
    ("adjective", Class::ADJECTIVE),
    ("adverb", Class::ADVERB),
    ("and", Class::AND),
    ("article", Class::ARTICLE),
    ("be", Class::BE),
    ("delegate", Class::DELEGATE),
    ("do", Class::DO),
    ("echo", Class::ECHO),
    ("generic", Class::GENERIC),
    ("have", Class::HAVE),
    ("held", Class::HELD),
    ("if", Class::IF),
    ("modal", Class::MODAL),
    ("must", Class::MUST),
    ("not", Class::NOT),
    ("official", Class::OFFICIAL),
    ("place", Class::PLACE),
    ("preposition", Class::PREPOSITION),
    ("said", Class::SAID),
    ("stance", Class::STANCE),
    ("title", Class::TITLE),
];

static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(classes);

fn classes() -> HashMap<String, Class> {
    let mut classes: HashMap<String, Class> = HashMap::default();
    let mut add = |word: &str, class: Class| {
        let known = classes.entry(word.to_owned()).or_default();
        *known |= class;
    };
    let weak = |base: &str| WEAK.contains_key(base);
    for base in VERBS.words() {
        let class = if weak(base) { Class::WEAK } else { Class::default() };
        let stem = base.strip_suffix('e').unwrap_or(base);
        let (past, ing) = match base.as_bytes().last() {
            Some(b'e') if base.ends_with("ee") => (format!("{base}d"), format!("{base}ing")),
            Some(b'e') => (format!("{stem}ed"), format!("{stem}ing")),
            _ => (format!("{base}ed"), format!("{base}ing")),
        };
        let hissing = ["s", "x", "sh", "ch"].iter().any(|end| base.ends_with(end));
        add(base, Class::BASE | class);
        add(&format!("{base}{}", if hissing { "es" } else { "s" }), Class::THIRD | class);
        add(&past, Class::PAST | class);
        add(&ing, Class::ING | class);
    }
    for forms in IRREGULAR.words() {
        let parts: Vec<&str> = forms.split('/').collect();
        let [base, third, past, ing] = parts.as_slice() else { continue };
        let class = if weak(base) { Class::WEAK } else { Class::default() };
        add(base, Class::BASE | class);
        add(third, Class::THIRD | class);
        add(past, Class::PAST | class);
        add(ing, Class::ING | class);
    }
    for word in NOUNISH.words() {
        add(word, Class::NOUNISH);
    }
    for (list, line) in lists::lists(lists::CLASSES) {
        let Some((_, class)) = LISTED.iter().find(|(name, _)| *name == list) else { continue };
        for word in line.split_whitespace() {
            add(word, *class);
        }
    }
    for (list, class) in [
        (&tongues::VERBS, Class::ELSEWHERE),
        (&tongues::DELEGATES, Class::DELEGASI),
        (&tongues::BETWEEN, Class::BETWEEN),
    ] {
        for word in list.words() {
            add(word, class);
        }
    }
    classes
}

/// What a folded word may be.
pub(super) fn class(word: &str) -> Class {
    CLASSES.get(word).copied().unwrap_or_else(|| {
        let adverb = word.len() > 4 && word.ends_with("ly");
        if adverb { Class::ADVERB } else { Class::default() }
    })
}

/// Whether a word is one of these at all, and so not a name by itself.
pub(super) fn is_known(word: &str) -> bool {
    CLASSES.contains_key(word)
}

/// Whether the words after an ambiguous verb make it a verb of saying.
pub(super) fn says<'w>(verb: &str, after: impl Fn(usize) -> &'w str) -> bool {
    WEAK.get(verb).is_some_and(|phrases| {
        let follows =
            |phrase: &&str| phrase.split('_').enumerate().all(|(at, word)| after(at) == word);
        phrases.iter().any(follows)
    })
}
