//! Bodies that no list knows in scripts with spaces, by the word that such bodies are called by: "Jabatan Laut",
//! "Cục Hàng hải", "Office fédéral de la douane". The words are in data/heads.tsv.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashMap as HashMap;

use super::fold::{Case, Token, WordGap, fold};
use super::headed::is_run;
use super::lists::{List, TONGUES};
use super::{UnjudgedName, What, lists, tongues, wordlist, words, words::Class};

/// Small words within the names of bodies.
static WITHIN: List = List::of(TONGUES, "within names of bodies");

/// What ends the name of a body in Vietnamese, where most of it has no capital.
static AFTER_VIETNAMESE: List = List::of(TONGUES, "after a body in vietnamese");

/// The most words of a body's name.
const LONGEST: usize = 8;

/// What says whose or of what kind a body is, in French, Spanish and Portuguese.
static KINDS: List = List::of(TONGUES, "kinds of bodies");

/// "Of" there.
static OF: List = List::of(TONGUES, "of in romance");

/// What makes the words around it the room's: "Bureau de la réunion".
static ROOM: List = List::of(TONGUES, "of the room in romance");

/// Languages in which small letters go on with the name of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GoesOn {
    InCapitals,
    Vietnamese,
    /// French, Spanish, Portuguese: "Office fédéral de la douane".
    Romance,
}

impl GoesOn {
    fn of(language: &str) -> Self {
        match language {
            "vi" => Self::Vietnamese,
            "fr" | "es" | "pt" => Self::Romance,
            _ => Self::InCapitals,
        }
    }
}

/// The words of bodies in other scripts, by their first: all their words, and how their names go on.
type BodiesByFirstWord = HashMap<String, Vec<(Vec<String>, GoesOn)>>;

static SPACED: LazyLock<BodiesByFirstWord> = LazyLock::new(|| {
    let mut heads = BodiesByFirstWord::default();
    for row in lists::rows(lists::HEADS).filter(|row| row.len() == 5 && !is_run(row[1])) {
        let words: Vec<String> = fold(row[1]).tokens.iter().map(|it| it.word.to_string()).collect();
        if let Some(first) = words.first() {
            heads.entry(first.clone()).or_default().push((words, GoesOn::of(row[0])));
        }
    }
    for known in heads.values_mut() {
        known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    heads
});

/// How far the name of a body that begins at a word extends; `other` says whether a word begins a
/// name that is in a list.
pub(super) fn body(tokens: &[Token], at: usize, other: impl Fn(usize) -> bool) -> Option<usize> {
    let first = tokens.get(at)?;
    if first.case == Case::Lower || first.unspaced {
        return None;
    }
    let joined = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|it| !it.before.has(WordGap::PARTS | WordGap::LINE) && !it.unspaced)
    };
    let stands = |words: &[String], goes_on: GoesOn| {
        let all = words.iter().enumerate().all(|(next, word)| {
            tokens.get(at + next).is_some_and(|it| it.word == *word)
                && (next == 0 || joined(at + next))
        });
        let until = at + words.len();
        all && (goes_on != GoesOn::Vietnamese || tokens[at..until].iter().any(|it| it.accented))
    };
    let (words, goes_on) =
        SPACED.get(first.word.as_str())?.iter().find(|(words, on)| stands(words, *on))?;
    let capital = |at: usize| joined(at) && tokens[at].case != Case::Lower && !other(at);
    let mut until = at + words.len();
    let mut named = false;
    while until < at + LONGEST {
        let small = (until..until + 2)
            // "Cục Y tế": "y" is a small word within a name only in small letters.
            .take_while(|at| {
                joined(*at) && tokens[*at].case == Case::Lower && WITHIN.has(&tokens[*at].word)
            })
            .count();
        if !capital(until + small) || tokens[until - 1].possessive {
            break;
        }
        until += small + 1;
        named = true;
    }
    match goes_on {
        GoesOn::Romance => {
            // "Service Delivery", "Marine Protected Area": English.
            let second = tokens.get(at + words.len());
            let english = words.len() == 1
                && wordlist::is_english(&words[0])
                && second
                    .is_some_and(|it| wordlist::is_english(&it.word) || words::is_known(&it.word));
            let end = until + small_words(tokens, until);
            let more = end > until && (named || is_of_some_kind(tokens, at + words.len(), end, at));
            if more { Some(end) } else { (named && !english).then_some(until) }
        }
        GoesOn::Vietnamese => named.then(|| until + small_syllables(tokens, until)),
        GoesOn::InCapitals => named.then_some(until),
    }
}

/// "fédéral de la douane", "générale des eaux et forêts": how many words in small letters belong to a name.
fn small_words(tokens: &[Token], from: usize) -> usize {
    let here = |at: usize| {
        let token = tokens.get(at)?;
        let joined = !token.before.has(WordGap::PARTS | WordGap::LINE) && !token.unspaced;
        (joined && token.case == Case::Lower).then_some(token.word.as_str())
    };
    let kinds = |from: usize| {
        (from..tokens.len()).take_while(|at| here(*at).is_some_and(|it| KINDS.has(it))).count()
    };
    let mut until = from + kinds(from);
    for _ in 0..2 {
        let small =
            (until..until + 2).take_while(|at| here(*at).is_some_and(|it| OF.has(it))).count();
        let noun = here(until + small).filter(|it| small > 0 && !ROOM.has(it) && it.len() > 1);
        if noun.is_none() {
            break;
        }
        until += small + 1;
        until += kinds(until);
    }
    until - from
}

/// Whether what is between shows that a body is meant and no thing of this name: a word such as "national", a
/// capital within a sentence, or that it speaks.
fn is_of_some_kind(tokens: &[Token], from: usize, end: usize, at: usize) -> bool {
    let begins = at == 0
        || tokens[at].before.has(WordGap::STOP | WordGap::LINE | WordGap::COLON | WordGap::DASH);
    let article = at == 1 && tokens[0].word.len() < 4;
    let kind = tokens[from..end].iter().any(|it| KINDS.has(&it.word));
    let after = tokens.get(end);
    let marked = after.is_some_and(|it| it.before.has(WordGap::COLON | WordGap::DASH));
    let next = after.filter(|it| !it.before.has(WordGap::PARTS));
    let speaks = next.is_some_and(|next| {
        // "La Oficina de aduanas no acepta", but "Dirección del puerto no válida".
        let not = article && (next.word == "no" || words::class(&next.word).has(Class::BETWEEN));
        let verb = words::class(&next.word).has(Class::ELSEWHERE);
        verb || not || tongues::RIGHT_AFTER_NAMES.has(&next.word)
    });
    kind || marked || speaks || !begins && !article
}

/// "Quốc phòng", "Giao thông vận tải": how many syllables without a capital belong to a name.
fn small_syllables(tokens: &[Token], from: usize) -> usize {
    let ends = |at: usize| {
        tokens.get(at).is_none_or(|token| {
            token.before.has(WordGap::PARTS | WordGap::LINE)
                || token.case != Case::Lower
                || AFTER_VIETNAMESE.has(&token.word)
                || words::class(&token.word).has(Class::ELSEWHERE | Class::BETWEEN)
        })
    };
    let end = (from..from + LONGEST).find(|at| ends(*at));
    end.map_or(1, |end| end - from)
}

/// The words of a span as one name.
pub(super) fn named(tokens: &[Token], span: Range<usize>) -> UnjudgedName {
    let words: Vec<&str> = tokens[span.clone()].iter().map(|it| it.word.as_str()).collect();
    let which = words.join(" ").into();
    UnjudgedName { span, what: What::Agency, which, people: false, doubtful: false }
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found whole.
    #[test]
    fn bodies_go_on_in_small_letters_in_romance_languages() {
        let names = Names::of(&ListedNames::default());
        for (text, name) in [
            ("Office fédéral de la douane : délai trop court", "Office fédéral de la douane"),
            ("La Direction générale des forêts refuse", "Direction générale des forêts"),
            ("selon la Régie des eaux, le tarif est bas", "Régie des eaux"),
            ("Inspection du travail : pas d'accord", "Inspection du travail"),
            ("le Bureau national de la statistique hésite", "Bureau national de la statistique"),
            ("le Conseil de la concurrence est contre", "Conseil de la concurrence"),
            (
                "la Police de l'air et des frontières veut un délai",
                "Police de l'air et des frontières",
            ),
            ("Le Service des mines demande une pause", "Service des mines"),
            ("Inspección de Trabajo: en contra", "Inspección de Trabajo"),
            ("la Oficina de aduanas no acepta", "Oficina de aduanas"),
            ("a Direção-Geral das Alfândegas pede tempo", "Direção-Geral das Alfândegas"),
            ("a Administração das florestas pede tempo", "Administração das florestas"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in [
            "L'administration doit répondre vite",
            "La direction du vent change en mai",
            "Le bureau de la réunion se réunit à midi",
            "Bureau de la réunion : à midi",
            "Direction : vers le nord",
            "Service de nuit : trop cher",
            "Inspection des bateaux à quai",
            "Dirección del puerto no válida",
            "Service Delivery costs too much",
            "Commission fees; Inspection rates",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
