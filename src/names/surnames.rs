//! Persons in Chinese with one of the usual surnames: with a title after the name ("李文静主任"), or
//! at the beginning of a clause in which the person says something ("李文静表示").
//!
//! The surnames and titles are in data/persons.txt.

use std::sync::LazyLock;

use super::lists::{List, PERSONS};
use super::{UnjudgedName, tongues};

static SURNAMES: List = List::of(PERSONS, "surnames in chinese");

/// What never begins a given name: with a surname it makes a word.
static NO_GIVEN: List = List::of(PERSONS, "no given names in chinese");

static TITLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| List::of(PERSONS, "titles after names in chinese").words().collect());

/// What precedes the name of a person within a clause: "by", "thanks".
static BEFORE: LazyLock<Vec<&str>> =
    LazyLock::new(|| List::of(PERSONS, "before a surname in chinese").words().collect());

/// What is part of no name before a title: "some", "vice".
static NO_PERSONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| List::of(PERSONS, "no persons in chinese").words().collect());

/// The most letters of a name with any surname.
const FOREIGN: usize = 4;

/// The most letters of a given name.
const GIVEN: usize = 2;

/// The person that a run names at its beginning or after a word that introduces one.
pub(super) fn person(run: &str) -> Option<UnjudgedName> {
    // Most runs are in other scripts.
    if !run.contains(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}')) {
        return None;
    }
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let begins = |at: usize| {
        let before = &run[..letters[at].0];
        at == 0 || BEFORE.iter().any(|word| before.ends_with(word))
    };
    (0..letters.len()).filter(|at| begins(*at)).find_map(|at| named(run, &letters, at))
}

fn named(run: &str, letters: &[(usize, char)], at: usize) -> Option<UnjudgedName> {
    let text = |from: usize, until: usize| {
        Some(&run[letters.get(from)?.0..letters.get(until).map_or(run.len(), |it| it.0)])
    };
    let titled = |from: usize| {
        let rest = letters.get(from).map_or("", |it| &run[it.0..]);
        TITLES.iter().find(|title| rest.starts_with(**title)).map(|title| &rest[title.len()..])
    };
    // "朴敏在博士认为": whatever the surname is, a title and a verb follow.
    let known = SURNAMES.has(text(at, at + 1)?);
    let foreign = (2..=FOREIGN)
        .find(|length| titled(at + length).is_some_and(|rest| tongues::says_at(rest) == Some(0)));
    if let Some(length) = foreign.filter(|_| at == 0 && !known) {
        let span = 0..letters.get(length)?.0;
        let common = NO_PERSONS.iter().any(|word| run[span.clone()].contains(word));
        return (!common).then(|| UnjudgedName::person(span.clone(), run[span].into()));
    }
    let given = text(at + 1, at + 2).is_some_and(|it| NO_GIVEN.has(it)) && titled(at + 1).is_none();
    if !known || given {
        return None;
    }
    (0..=GIVEN).find_map(|given| {
        let end = letters.get(at + 1 + given)?.0;
        let rest = &run[end..];
        let title = TITLES.iter().any(|title| rest.starts_with(title));
        let says = at == 0 && given > 0 && tongues::says_at(rest) == Some(0);
        let span = letters[at].0..end;
        (title || says).then(|| UnjudgedName::person(span.clone(), run[span].into()))
    })
}

#[cfg(test)]
mod tests {
    use crate::names::{Grade, ListedNames, Names, What};

    #[test]
    fn a_surname_with_a_title_or_a_verb_is_a_person() {
        let names = Names::of(&ListedNames::default());
        for text in ["李文静主任会后会发修改稿。", "感谢王教授的说明", "陈敏建议推迟。"]
        {
            let hits = names.check(text);
            let first = hits.first().map(|hit| (hit.what, hit.grade));
            assert_eq!(first, Some((What::Person, Grade::Certain)), "{text}");
        }
        let hits = names.check("朴敏在博士认为太早");
        assert_eq!(hits.first().map(|hit| hit.what), Some(What::Person));
        for text in ["程序要求公开。", "高级主任会议", "周边国家建议推迟", "许多人认为太早"]
        {
            assert!(names.check(text).is_empty(), "{text}: {:?}", names.check(text));
        }
    }
}
