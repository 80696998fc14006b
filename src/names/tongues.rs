//! How the other languages of the region say who said something.
//!
//! Few words for each, taken from what is common in records of meetings; no native speaker has
//! read them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::fold::fold;
use super::lists::{self, List, TONGUES};

/// The names of states, peoples and capitals in each language, if no published table has them.
const NAMES: [(&str, &str); 20] = [
    ("bn", include_str!("data/tongues/bn.tsv")),
    ("en", include_str!("data/tongues/en.tsv")),
    ("es", include_str!("data/tongues/es.tsv")),
    ("fil", include_str!("data/tongues/fil.tsv")),
    ("fr", include_str!("data/tongues/fr.tsv")),
    ("hi", include_str!("data/tongues/hi.tsv")),
    ("id", include_str!("data/tongues/id.tsv")),
    ("km", include_str!("data/tongues/km.tsv")),
    ("lo", include_str!("data/tongues/lo.tsv")),
    ("ms", include_str!("data/tongues/ms.tsv")),
    ("ms-Arab", include_str!("data/tongues/ms-Arab.tsv")),
    ("my", include_str!("data/tongues/my.tsv")),
    ("pt", include_str!("data/tongues/pt.tsv")),
    ("si", include_str!("data/tongues/si.tsv")),
    ("ta", include_str!("data/tongues/ta.tsv")),
    ("tet", include_str!("data/tongues/tet.tsv")),
    ("th", include_str!("data/tongues/th.tsv")),
    ("ur", include_str!("data/tongues/ur.tsv")),
    ("vi", include_str!("data/tongues/vi.tsv")),
    ("zh", include_str!("data/tongues/zh.tsv")),
];

/// The lines of those tables with their languages: a state's code, people and adjectives, capitals,
/// other names, who checked them.
pub(super) fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let of = |(language, table): (&'static str, &'static str)| {
        lists::rows(table).map(move |row| (language, row))
    };
    NAMES.into_iter().flat_map(of)
}

/// "said", "proposed", "asked" in languages with spaces, folded: Malay and Indonesian, Filipino,
/// Portuguese, Tetum, Vietnamese.
pub(super) static VERBS: List = List::of(TONGUES, "verbs");

/// "delegation" and the like, which precede the name.
pub(super) static DELEGATES: List = List::of(TONGUES, "delegates");

/// What comes between a name and its verb: "not", "already", "would like".
pub(super) static BETWEEN: List = List::of(TONGUES, "between");

/// Verbs that can also be acts, and are verbs of saying after one of [`BETWEEN`]: "could not accept".
pub(super) static AFTER_THOSE: List = List::of(TONGUES, "verbs after those between");

/// What makes the name right after it a speaker: "according to", "proposed by", "position of".
static BEFORE: List = List::of(TONGUES, "before a source");

/// "said" and "delegation" in scripts without spaces.
static RUN_VERBS: List = List::of(TONGUES, "verbs in runs");
static RUN_DELEGATES: List = List::of(TONGUES, "delegates in runs");

/// As [`BEFORE`], in scripts without spaces.
static RUN_BEFORE: List = List::of(TONGUES, "before a source in runs");

static VERBS_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(&RUN_VERBS));

/// "delegation" and the like in scripts without spaces, folded as texts are.
pub(super) static DELEGATES_FOLDED: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&RUN_DELEGATES));

/// "proposal of" and the like in scripts without spaces, folded as texts are.
pub(super) static BEFORE_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(&RUN_BEFORE));

/// The words of a list, folded as texts are.
pub(super) fn folded(list: &List) -> Vec<String> {
    let fold = |word: &str| fold(word).tokens.iter().map(|token| token.word.as_str()).collect();
    list.words().map(fold).collect()
}

/// Words that begin like verbs of saying: "ขอ" is "asks", "ของ" is "of".
static OTHER_THAN_VERBS: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "no verbs in runs")));

/// A search for all [`RUN_VERBS`] at once.
static VERBS_FOUND: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&*VERBS_FOLDED);
    builder.ok()
});

/// Where a run first reports that somebody says something.
pub(super) fn says_at(run: &str) -> Option<usize> {
    let other = |rest: &str| OTHER_THAN_VERBS.iter().any(|word| rest.starts_with(word.as_str()));
    let mut from = 0;
    loop {
        let found = VERBS_FOUND.as_ref()?.find(&run[from..])?;
        let at = from + found.start();
        if !other(&run[at..]) {
            return Some(at);
        }
        from = at + run[at..].chars().next()?.len_utf8();
    }
}

static PLACES_BEFORE: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "places before in runs")));

/// What has a name in it by chance in scripts without spaces: "办法方面" is not "法方".
pub(super) static NO_NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "no names in runs")));

/// Whether a run ends in "from", "in" or the like.
pub(super) fn ends_in_place(run: &str) -> bool {
    PLACES_BEFORE.iter().any(|word| run.ends_with(word.as_str()))
}

/// Words that begin a clause in Filipino and are said of the name after them.
pub(super) static FILIPINO: List = List::of(TONGUES, "filipino predicates");

/// Words that may stand between such a predicate and its name.
pub(super) static SMALL_IN_FILIPINO: List = List::of(TONGUES, "small words in filipino");

/// What marks who acts in Burmese, right after the name.
static ACTING: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "marks of who acts")));

/// Whether a run begins with what marks who acts.
pub(super) fn marks_who_acts(run: &str) -> bool {
    ACTING.iter().any(|mark| run.starts_with(mark.as_str()))
}

/// "Province", which precedes a province's name in scripts without spaces.
static PROVINCES: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "provinces in runs")));

/// A run without the word for a province at its end.
pub(super) fn without_province(run: &str) -> &str {
    let rest = PROVINCES.iter().find_map(|word| run.strip_suffix(word.as_str()));
    rest.unwrap_or(run)
}

/// What immediately follows somebody that says it of itself, in scripts without spaces.
static RIGHT_AFTER: LazyLock<Vec<String>> =
    LazyLock::new(|| folded(&List::of(TONGUES, "right after a name in runs")));

/// The same in languages with spaces.
pub(super) static RIGHT_AFTER_NAMES: List = List::of(TONGUES, "right after a name");

/// Whether a run begins with what somebody says of itself.
pub(super) fn says_of_itself(run: &str) -> bool {
    RIGHT_AFTER.iter().any(|word| run.starts_with(word.as_str()))
}

/// Whether these folded words, with `_` between them, make the name after them a speaker.
pub(super) fn tells(phrase: &str) -> bool {
    BEFORE.has(phrase)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{ListedNames, Names};
    use super::*;

    #[test]
    fn every_line_has_its_columns_and_every_form_is_found() {
        let names = Names::of(&ListedNames::default());
        let mut missed = Vec::new();
        for (language, line) in lines() {
            let [code, people, capitals, other, checked] = line[..] else {
                panic!("{language}: {line:?} has not five columns");
            };
            assert!(code.len() == 2 && !checked.is_empty(), "{language}: {line:?}");
            let two = [code.as_bytes()[0], code.as_bytes()[1]];
            let which = names.world.name(two);
            let forms: Vec<&str> = [people, capitals, other]
                .iter()
                .flat_map(|forms| forms.split('|'))
                .filter(|form| !form.is_empty())
                .collect();
            let mut seen = BTreeSet::new();
            for form in forms {
                if !seen.insert(form) {
                    missed.push(format!("{language} {code} {form} twice"));
                }
                let hits = names.check(&format!("x {form}"));
                if !hits.iter().any(|hit| Some(&hit.which) == which.as_ref()) {
                    missed.push(format!("{language} {code} {form}"));
                }
            }
        }
        assert_eq!(missed, [""; 0]);
    }

    #[test]
    fn states_in_small_letters_are_found_in_languages_of_the_region() {
        let names = Names::of(&ListedNames::default());
        for text in [
            "cina minta waktu",
            "usulan dari cina diterima",
            "kuba setuju",
            "tiongkok keberatan",
            "jepang dan korsel setuju",
            "negara china minta masa",
            "jepun bantah",
            "perancis bantah",
            "hapon: ayaw",
            "amerika: payag",
            "la chine refuse",
            "corea del sur no acepta",
            "alemanha não aceita",
            "indonezia husu tempu",
        ] {
            assert!(!names.check(text).is_empty(), "{text}");
        }
        for text in ["hard chine boats roll", "jawaban menyusul", "kacina", "susah dicari"] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
