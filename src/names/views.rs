//! Whose view a run in Burmese gives: "ဖီယိုနာအမြင်အရ", "as Fiona sees it". The name comes first and is in no list.

use std::sync::LazyLock;

use super::fold::{Token, WordGap};
use super::lists::{List, TONGUES};
use super::{headed, tongues};

/// "In the view of", "in the words of", after a name.
static VIEWS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "views after names in runs")));

/// What joins a name to what belongs to it.
const OF: [&str; 2] = ["ရဲ့", "၏"];

/// The most letters of such a name.
const LONGEST: usize = 18;

/// How far the name in a run extends whose view the run or the next one gives.
pub(super) fn viewer(tokens: &[Token], at: usize) -> Option<usize> {
    let run = tokens[at].word.as_str();
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let within = VIEWS.iter().filter_map(|view| run.find(view.as_str())).min();
    let end = within.or_else(|| {
        let next = next?;
        VIEWS.iter().any(|view| next.word.starts_with(view.as_str())).then_some(run.len())
    })?;
    let name = &run[..end];
    let name = OF.iter().find_map(|of| name.strip_suffix(of)).unwrap_or(name);
    let burmese = name.chars().all(|it| matches!(it, '\u{1000}'..='\u{109f}'));
    let letters = name.chars().count();
    (burmese && (4..=LONGEST).contains(&letters) && headed::is_no_crowd(name)).then_some(name.len())
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn whose_view_it_is_is_held_in_burmese() {
        let names = Names::of(&ListedNames::default());
        for (text, name) in [
            ("ဖီယိုနာအမြင်အရ ဈေးကြီးတယ်", "ဖီယိုနာ"),
            ("ဒေးဗစ်အမြင်မှာတော့ မလိုဘူး", "ဒေးဗစ်"),
            ("မာရီယာ အဆိုအရ မလုံလောက်ဘူး", "မာရီယာ"),
            ("မိုက်ကယ်ရဲ့ အမြင်က မလိုဘူးတဲ့", "မိုက်ကယ်"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in ["ကျွမ်းကျင်သူအမြင်အရ လိုတယ်", "အများစုအမြင်အရ လိုတယ်", "မီဒီယာအဆိုအရ ဈေးတက်တယ်"]
        {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
