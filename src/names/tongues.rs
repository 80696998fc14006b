//! How it is told who said something in the other languages of the region.
//!
//! Few words each, put together from what is common in records of meetings; no native speaker has
//! read them.

use std::sync::LazyLock;

use super::fold::fold;
use super::lists::{self, List, TONGUES};

/// "said", "proposed", "asked" in languages with spaces, folded: Malay and Indonesian, Filipino,
/// Portuguese, Tetum, Vietnamese.
pub(super) static VERBS: List = List::of(TONGUES, "verbs");

/// "delegation" and the like, which stand before the name.
pub(super) static DELEGATES: List = List::of(TONGUES, "delegates");

/// What stands between a name and its verb: "not", "already", "would like".
pub(super) static BETWEEN: List = List::of(TONGUES, "between");

/// Verbs that are acts as well, and of saying behind one of [`BETWEEN`]: "could not accept".
pub(super) static AFTER_THOSE: List = List::of(TONGUES, "verbs after those between");

/// What makes a source of the name right behind it: "according to", "proposed by", "position of".
static BEFORE: List = List::of(TONGUES, "before a source");

/// "said" and "delegation" where words stand together without spaces.
static RUN_VERBS: List = List::of(TONGUES, "verbs in runs");
static RUN_DELEGATES: List = List::of(TONGUES, "delegates in runs");

/// As [`BEFORE`], where words stand together.
static RUN_BEFORE: List = List::of(TONGUES, "before a source in runs");

/// Titles before names in Thai, and what they begin that names nobody: "employer", "quality".
pub(super) static THAI_TITLES: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let rows = lists::rows(lists::THAI_TITLES);
    rows.map(|row| (row[0], row[1..].iter().flat_map(|it| it.split(' ')).collect())).collect()
});

static VERBS_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(&RUN_VERBS));
static DELEGATES_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(&RUN_DELEGATES));
static BEFORE_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(&RUN_BEFORE));

fn folded(list: &List) -> Vec<String> {
    let fold = |word: &str| fold(word).tokens.iter().map(|token| token.word.as_str()).collect();
    list.words().map(fold).collect()
}

/// "delegation" and the like where words stand together, folded as texts are.
pub(super) fn run_delegates() -> &'static [String] {
    &DELEGATES_FOLDED
}

/// "proposal of" and the like where words stand together, folded as texts are.
pub(super) fn run_before() -> &'static [String] {
    &BEFORE_FOLDED
}

/// Where in a run somebody is first said to say something. "ขอ" is "asks", "ของ" is "of"; "ຂໍ" is
/// "asks", "ຂໍ້ມູນ" is "data".
pub(super) fn says_at(run: &str) -> Option<usize> {
    let other = |rest: &str| rest.starts_with("ของ") || rest.starts_with("ຂໍ້");
    let verbs = VERBS_FOLDED.iter();
    verbs
        .filter_map(|verb| {
            run.match_indices(verb.as_str()).map(|(at, _)| at).find(|at| !other(&run[*at..]))
        })
        .min()
}

/// Whether these folded words, with `_` between them, make a source of the name behind them.
pub(super) fn tells(phrase: &str) -> bool {
    BEFORE.has(phrase)
}
