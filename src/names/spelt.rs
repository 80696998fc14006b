//! Short forms whose letters are spelt out in scripts without spaces: "ยูเอ็นโอดีซี" is UNODC.
//!
//! The names of the letters are in data/letters.tsv.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{UnjudgedName, What, fold::fold, lists, wordlist};

/// From this many letters on, what is spelt is a short form.
const FEWEST: usize = 3;

/// The names of the letters, and which letter each is.
static LETTERS: LazyLock<Option<(AhoCorasick, Vec<char>)>> = LazyLock::new(|| {
    let (mut words, mut letters) = (Vec::new(), Vec::new());
    for row in lists::rows(lists::LETTERS) {
        let [_, letter, called, _] = row[..] else { continue };
        for word in called.split('|') {
            let folded: String = fold(word).tokens.iter().map(|it| it.word.as_str()).collect();
            words.push(folded);
            letters.extend(letter.chars().next().map(|it| it.to_ascii_lowercase()));
        }
    }
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    builder.ok().map(|automaton| (automaton, letters))
});

/// The letters that are spelt out where a run begins, and where they end.
pub(super) fn first_in(run: &str) -> Option<(usize, String)> {
    let (automaton, letters) = LETTERS.as_ref()?;
    let mut spelt = (0, String::new());
    for one in automaton.find_iter(run) {
        if one.start() != spelt.0 || goes_on(&run[one.end()..]) {
            break;
        }
        spelt.0 = one.end();
        spelt.1.extend(letters.get(one.pattern().as_usize()));
    }
    (!spelt.1.is_empty()).then_some(spelt)
}

/// Adds the bodies whose short forms are spelt out in a run to the names found there, in order.
pub(super) fn add(run: &str, found: &mut Vec<UnjudgedName>) {
    let Some((automaton, letters)) = LETTERS.as_ref() else { return };
    let mut parts: Vec<(usize, usize, String)> = Vec::new();
    for one in automaton.find_iter(run) {
        let Some(letter) = letters.get(one.pattern().as_usize()) else { continue };
        if goes_on(&run[one.end()..]) {
            continue;
        }
        match parts.last_mut().filter(|(_, end, _)| *end == one.start()) {
            Some((_, end, spelt)) => {
                *end = one.end();
                spelt.push(*letter);
            }
            None => parts.push((one.start(), one.end(), letter.to_string())),
        }
    }
    for (start, end, spelt) in parts {
        let free = found.iter().all(|it| it.span.end <= start || end <= it.span.start);
        if free && spelt.len() >= FEWEST && !wordlist::is_abbreviation(&spelt) {
            let (what, which) = (What::Agency, run[start..end].into());
            let span = start..end;
            found.push(UnjudgedName { span, what, which, people: false, doubtful: false });
        }
    }
    found.sort_by_key(|it| it.span.start);
}

/// Whether what follows still belongs to the syllable before it: a vowel or a tone above or below it, or
/// a mark that makes its last letter mute.
fn goes_on(rest: &str) -> bool {
    rest.chars().next().is_some_and(|next| {
        matches!(next,
            'ะ'..='ฺ' | '็'..='๎'
            | '\u{eb0}'..='\u{ebd}' | '\u{ec8}'..='\u{ece}'
            | '\u{17b6}'..='\u{17d3}'
            | '\u{102b}'..='\u{1035}' | '\u{1037}'..='\u{103e}')
    })
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// Such a body used to be found only if the tables have it spelt out.
    #[test]
    fn spelt_short_forms_are_bodies_unless_they_are_of_things() {
        let names =
            Names::of(&ListedNames { delegations: vec!["Thailand"], ..ListedNames::default() });
        for (text, name) in [
            ("ความเห็นของเอ็นจีพีเอชยังไม่ชัด", "เอ็นจีพีเอช"),
            ("ເອັນອາດີໄອ ຍັງບໍ່ຕອບ", "ເອັນອາດີໄອ"),
            ("យូអិនឌីភី មិនទាន់ឆ្លើយ", "យូអិនឌីភី"),
            ("အေဒီပီစီ မဖြေသေးပါ", "အေဒီပီစီ"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in ["ใช้จีพีเอสทุกลำ", "ກ້ອງຊີຊີທີວີເພ", "ดีที่มีคนช่วย", "ส่งเอสเอ็มเอสทุกเช้า"]
        {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
