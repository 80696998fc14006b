//! The words that tell who speaks: verbs of saying, delegates, positions, what stands between.
//!
//! The lists follow the reporting verbs of meeting records: "noted", "underlined", "reserved its
//! position" (United Nations Editorial Manual, on reports and summary records), and how notes of
//! group discussions shorten them.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::lists::{self, List, SAYING};
use super::tongues;

/// What a word may be, several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// "noted": a past form or participle of saying.
    pub(super) const PAST: Self = Self(1);
    /// "notes".
    pub(super) const THIRD: Self = Self(2);
    /// "note".
    pub(super) const BASE: Self = Self(4);
    /// "noting".
    pub(super) const ING: Self = Self(8);
    /// A verb form that is as likely a noun: "report", "requests".
    pub(super) const NOUNISH: Self = Self(16);
    /// Who sits in a meeting: "delegate".
    pub(super) const DELEGATE: Self = Self(32);
    /// Who speaks for a state, and acts for it too: "official", "ministry".
    pub(super) const OFFICIAL: Self = Self(64);
    /// What is said: "proposal", "position".
    pub(super) const SAID: Self = Self(128);
    /// What one has and says so: "concerns".
    pub(super) const HELD: Self = Self(256);
    pub(super) const ADVERB: Self = Self(512);
    pub(super) const HAVE: Self = Self(1024);
    pub(super) const BE: Self = Self(2048);
    pub(super) const MODAL: Self = Self(4096);
    pub(super) const DO: Self = Self(8192);
    pub(super) const NOT: Self = Self(1 << 14);
    pub(super) const PREPOSITION: Self = Self(1 << 15);
    /// What is true of one who takes a position: "concerned", "against".
    pub(super) const STANCE: Self = Self(1 << 16);
    /// Those in a room without their names: "delegations", "others".
    pub(super) const GENERIC: Self = Self(1 << 17);
    /// "and", "or".
    pub(super) const AND: Self = Self(1 << 18);
    pub(super) const ARTICLE: Self = Self(1 << 19);
    /// An adjective that stands before what is said: "written", "strong".
    pub(super) const ADJECTIVE: Self = Self(1 << 20);
    /// What agrees with another: "echoed", "seconded".
    pub(super) const ECHO: Self = Self(1 << 21);
    /// A verb that may be of saying or not: with "that", "for", "to" it is.
    pub(super) const WEAK: Self = Self(1 << 22);
    /// Makes a condition or a question of what follows.
    pub(super) const IF: Self = Self(1 << 23);
    pub(super) const MUST: Self = Self(1 << 24);
    /// What a name in a title is followed by: "Declaration".
    pub(super) const TITLE: Self = Self(1 << 25);
    /// A geographical or other fixed name: "Strait".
    pub(super) const PLACE: Self = Self(1 << 26);
    /// "said" in a language of the region.
    pub(super) const ELSEWHERE: Self = Self(1 << 27);
    /// "delegation" in a language of the region, which stands before the name.
    pub(super) const DELEGASI: Self = Self(1 << 28);
    /// What stands before a verb in a language of the region: "not", "already", "would like".
    pub(super) const BETWEEN: Self = Self(1 << 29);

    /// A finite or other form that a noun phrase ends at.
    pub(super) const VERB: Self = Self(
        Self::PAST.0
            | Self::THIRD.0
            | Self::ING.0
            | Self::BE.0
            | Self::HAVE.0
            | Self::MODAL.0
            | Self::DO.0
            | Self::MUST.0,
    );

    /// What a word is that is more than a verb.
    pub(super) const NO_VERB: Self =
        Self(!(Self::BASE.0 | Self::THIRD.0 | Self::NOUNISH.0 | Self::WEAK.0 | Self::ECHO.0));

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Verbs of saying and of taking a position, by their base form.
static VERBS: List = List::of(SAYING, "verbs");

/// Verbs whose past is their own.
static IRREGULAR: List = List::of(SAYING, "irregular verbs");

/// Of these, the ones that tell a fact as often, by their forms; a position is meant where one of the
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

/// Base forms and third persons that are nouns as often.
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
        *known = *known | class;
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

/// Whether a word is one of these at all, and so no name by itself.
pub(super) fn is_known(word: &str) -> bool {
    CLASSES.contains_key(word)
}

/// Whether the words after a verb that may be none of saying make it one.
pub(super) fn says<'w>(verb: &str, after: impl Fn(usize) -> &'w str) -> bool {
    WEAK.get(verb).is_some_and(|phrases| {
        let follows =
            |phrase: &&str| phrase.split('_').enumerate().all(|(at, word)| after(at) == word);
        phrases.iter().any(follows)
    })
}
