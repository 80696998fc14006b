//! Ordinary words that are a name because of what stands beside them: "according to Health Action Centre", "G. Park
//! agreed", "Royal Railway មិនយល់ស្រប".

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List, PERSONS, TONGUES};
use super::super::{codes, tongues, wordlist, words, words::Class};
use super::{UnknownText, capitals, leagues};

/// Family names that are English words.
static FAMILIES: List = List::of(PERSONS, "family names that are words");

/// What makes a source of the words with capitals after it.
static BEFORE: List = List::of(KNOWN, "before a source of ordinary words");

/// What texts, groups of people and parts of a project end with.
static NO_SOURCES: List = List::of(KNOWN, "no sources");

/// What makes the words around it a group of the room.
static ROOM: List = List::of(KNOWN, "of the room");

/// "Not", "will" before a verb in scripts without spaces.
static BEFORE_VERBS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "before verbs in runs")));

/// The most words of such a name.
const LONGEST: usize = 6;

/// What follows somebody's name in "as Open Data Watch put it".
const AFTER_AS: [&str; 8] =
    ["put", "said", "told", "noted", "argued", "explained", "warned", "saw"];

/// Of the words for groups of the room, those that names of organisations have as well.
const ANYWHERE: [&str; 7] = ["global", "first", "second", "third", "north", "south", "same"];

/// "G. Park": whether an initial precedes a family name that is a word. At a line's start it can be the letter of
/// a list: "B. Price".
pub(super) fn is_after_initial(text: &UnknownText<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(1) else { return false };
    let (Some(letter), Some(token)) = (text.token(first), text.token(at)) else { return false };
    let between = text.text.get(letter.range.end..token.range.start).unwrap_or_default();
    let initial = letter.word.len() == 1
        && letter.case != Case::Lower
        && between.strip_prefix('.').is_some_and(|rest| matches!(rest, "" | " "));
    if !initial || token.case != Case::Capital || !FAMILIES.has(&token.word) {
        return false;
    }
    let next = text.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let acts = next.is_some_and(|it| {
        let class = words::class(&it.word);
        let verb = class.has(Class::PAST | Class::THIRD | Class::MODAL | Class::HAVE);
        verb || it.word == "to" || capitals::acts(&it.word) || codes::is_somebody(&it.word)
    });
    let acts = acts || token.possessive;
    if text.begins(first) {
        let alone = next.is_none() || text.gap(at + 1).has(WordGap::LINE);
        return acts || alone && letter.word.as_str() > "f";
    }
    // "Annex A. Long list of sites", "Hepatitis B. Young people".
    let before = first.checked_sub(1).and_then(|at| text.token(at));
    before.is_some_and(|it| {
        let class = words::class(&it.word);
        let whose = Class::PREPOSITION
            | Class::AND
            | Class::PAST
            | Class::DELEGATE
            | Class::OFFICIAL
            | Class::THIRD;
        let gap = text.gap(first);
        !gap.has(WordGap::BREAKS)
            && (gap.has(WordGap::COMMA)
                || class.has(whose)
                || matches!(it.word.as_str(), "from" | "by" | "per" | "cc" | "ask"))
    })
}

/// The words of a run that a source's phrase precedes: "according to Health Action Centre", "citing Global Rights".
pub(super) fn attributed(
    text: &UnknownText<'_>,
    run: &Range<usize>,
    heading: &mut Option<bool>,
) -> Option<Range<usize>> {
    let word = |at: usize| text.token(at).map_or("", |token| token.word.as_str());
    let phrase = |at: usize| {
        let close = |from: usize| (from + 1..=at).all(|at| !text.gap(at).has(WordGap::PARTS));
        let joined = |from: usize| (from..at).map(word).collect::<Vec<_>>().join("_");
        let mut starts = (at.saturating_sub(4)..at).rev().filter(|from| close(*from));
        starts.any(|from| BEFORE.has(&joined(from)))
    };
    let mut from = run.start;
    while from < run.end && (BEFORE.has(word(from)) || word(from) == "the") {
        from += 1;
    }
    let article = usize::from(from > 0 && from == run.start && word(from - 1) == "the");
    let as_said = || word(from.saturating_sub(1)) == "as" && AFTER_AS.contains(&word(run.end));
    let name = from..run.end;
    let source = is_of_ordinary_words(text, &name)
        && (from > run.start && BEFORE.has(word(from - 1)) || phrase(from - article) || as_said());
    (source && !text.is_heading(run.start, heading)).then_some(name)
}

/// "Royal Railway មិនយល់ស្រប", "យោបល់ពី Rural Bank": English words with capitals that speak in a script without spaces.
pub(super) fn amid_runs(text: &UnknownText<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let run_at = |at: usize| text.token(at).filter(|token| token.unspaced);
    let says = |at: usize| {
        run_at(at).is_some_and(|token| {
            let rest = |word: &String| token.word.strip_prefix(word.as_str());
            let rest = BEFORE_VERBS.iter().find_map(rest).unwrap_or(&token.word);
            tongues::says_at(rest) == Some(0)
        })
    };
    let next = run_at(run.end).filter(|_| !text.gap(run.end).has(WordGap::PARTS));
    let marked = next.is_some_and(|it| tongues::marks_who_acts(&it.word));
    let before = run.start.checked_sub(1).and_then(run_at);
    let from = before.is_some_and(|it| {
        let all = tongues::BEFORE_FOLDED.iter().chain(tongues::DELEGATES_FOLDED.iter());
        all.into_iter().any(|word| it.word.ends_with(word.as_str()))
    });
    let speaks = next.is_some() && (says(run.end) || marked && says(run.end + 1)) || from;
    (speaks && is_of_ordinary_words(text, run)).then(|| run.clone())
}

/// "The Coral Science Center warned", "The Friends of Fish want", "the Open Fishing Watch speaker": words with capitals
/// after "the", before a verb at a sentence's start or before a delegate.
pub(super) fn with_article(
    text: &UnknownText<'_>,
    run: &Range<usize>,
    heading: &mut Option<bool>,
) -> Option<Range<usize>> {
    let token = |at: usize| text.token(at);
    let word = |at: usize| token(at).map_or("", |token| token.word.as_str());
    let close = |at: usize| !text.gap(at).has(WordGap::PARTS);
    let (article, mut from) = match run.start {
        at if word(at) == "the" => (at, at + 1),
        at => (at.checked_sub(1).filter(|before| word(*before) == "the" && close(at))?, at),
    };
    let capital = |at: usize| token(at).is_some_and(|it| it.case == Case::Capital) && close(at);
    let mut end = run.end;
    while matches!(word(end), "of" | "for") && close(end) && capital(end + 1) {
        end += 2;
        while capital(end) {
            end += 1;
        }
    }
    while from < end && text.is_numbered(from) {
        from += 1;
    }
    let next = token(end).filter(|next| !next.before.has(WordGap::PARTS) && !next.unspaced)?;
    let class = words::class(&next.word);
    let delegate = class.has(Class::DELEGATE | Class::OFFICIAL) || next.word == "speaker";
    let acts = text.begins(article)
        && class.has(Class::PAST | Class::THIRD | Class::BASE)
        && !class.has(Class::BE | Class::MODAL);
    let said = next.case == Case::Lower && (acts || delegate);
    let name = from..end;
    let small = |at: usize| matches!(word(at), "of" | "for");
    let ordinary = name.clone().filter(|at| !small(*at));
    let many = |at: usize| ANYWHERE.contains(&word(at)) || leagues::LEAGUES.has(word(at));
    let two = ordinary.clone().count() == 2 && ordinary.clone().any(many);
    let own = ordinary.clone().count() > 1
        && !two
        && is_no_text(text, &name)
        && ordinary.clone().all(|at| capital(at) || at == from)
        && !ordinary.clone().any(|at| ROOM.has(word(at)) && !ANYWHERE.contains(&word(at)));
    (said && own && name.len() <= LONGEST && !text.is_heading(article, heading)).then_some(name)
}

/// Whether the last words are neither what texts and groups of people end with, nor shared by all.
fn is_no_text(text: &UnknownText<'_>, name: &Range<usize>) -> bool {
    let word = |at: usize| text.token(at).map_or("", |token| token.word.as_str());
    let shared = |at: usize| text.token(at).is_none_or(|token| text.is_shared(token));
    let last = word(name.end.saturating_sub(1));
    let single = last.strip_suffix('s').unwrap_or(last);
    let people =
        ["er", "or", "ist", "ian", "ee", "man", "men"].iter().any(|end| single.ends_with(end));
    // "Friends of Rivers".
    let of = matches!(word(name.end.saturating_sub(2)), "of" | "for");
    let people = people && !of && wordlist::is_english(single) && single != "center";
    !people && !NO_SOURCES.has(last) && !NO_SOURCES.has(single) && !name.clone().all(shared)
}

/// Whether all words have capitals, and together they are neither a text nor people of the room.
fn is_of_ordinary_words(text: &UnknownText<'_>, name: &Range<usize>) -> bool {
    let word = |at: usize| text.token(at).map_or("", |token| token.word.as_str());
    let capital = |at: usize| text.token(at).is_some_and(|token| token.case == Case::Capital);
    let known = |at: usize| text.is_numbered(at) || codes::is_shorthand(word(at));
    if !is_no_text(text, name) {
        return false;
    }
    let of_the_room = |at: usize| ROOM.has(word(at)) && !ANYWHERE.contains(&word(at));
    let own = |at: usize| capital(at) && !known(at) && !of_the_room(at);
    (2..=LONGEST).contains(&name.len()) && name.clone().all(own)
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn words_with_capitals_after_an_article_are_a_name_where_they_act() {
        let names = Names::of(&ListedNames::default());
        for (text, name) in [
            ("The Coral Science Center warned against it", "Coral Science Center"),
            ("The Friends of Rivers want a pause", "Friends of Rivers"),
            ("too late (the Global Forest Watch speaker)", "Global Forest Watch"),
        ] {
            assert_eq!(found(&names, text), [name], "{text}");
        }
        for text in [
            "The Action Plan helped many",
            "The Working Group agreed to it",
            "The Competent Authority signed it",
            "The Code of Practice says so",
            "The Law Enforcement Handbook said so",
            "The Best Practices showed it",
        ] {
            assert_eq!(found(&names, text), [""; 0], "{text}");
        }
    }

    fn found<'t>(names: &Names, text: &'t str) -> Vec<&'t str> {
        names.check(text).into_iter().map(|hit| &text[hit.range]).collect()
    }

    /// None of these used to be found.
    #[test]
    fn ordinary_words_after_an_attributing_phrase_are_a_name() {
        let names = Names::of(&ListedNames::default());
        for (text, name) in [
            ("According to Health Action Centre, stocks last three weeks", "Health Action Centre"),
            ("In the view of Labour Justice, the fee must go", "Labour Justice"),
            ("As noted by Open Data Watch, half of the tables are empty", "Open Data Watch"),
            ("Quoting Global Rights, he warned of delays", "Global Rights"),
            ("in the words of the Second Harvest, food is wasted twice", "Second Harvest"),
            ("as Clean Seas put it, nets are too long", "Clean Seas"),
            ("Royal Railway មិនយល់ស្រប", "Royal Railway"),
            ("យោបល់ពី Rural Bank៖ ពន្យារពេល", "Rural Bank"),
            ("Royal Railway เสนอเลื่อน", "Royal Railway"),
            ("Royal Railway ຂໍເລື່ອນ", "Royal Railway"),
            ("Golden Farm က ကန့်ကွက်တယ်", "Golden Farm"),
        ] {
            assert_eq!(found(&names, text), [name], "{text}");
        }
        for text in [
            "According to Standard Operating Procedures, samples are kept cold",
            "According to Phase Two of the plan, wells come first",
            "In the view of Working Group Two, the fee must go",
            "as noted in the Common Framework",
            "ใช้ระบบ Early Warning ทุกจังหวัด",
            "Action Plan ត្រូវច្បាស់",
            "Data Sharing က အရေးကြီးတယ်",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// None of these used to be found.
    #[test]
    fn an_initial_makes_a_word_a_family_name() {
        let names = Names::of(&ListedNames::default());
        for (text, name) in [
            ("G. Park wants the annex shorter", "Park"),
            ("text from G. Park", "Park"),
            ("G. Park", "Park"),
            ("- M. Hill: against", "Hill"),
            ("K. Young, no objection", "Young"),
            ("B. Green to draft para 3", "Green"),
            ("Comments of T. Wood", "Wood"),
            ("A. Stone said the fee is too high", "Stone"),
        ] {
            assert_eq!(found(&names, text), [name], "{text}");
        }
        for text in [
            "A. Background",
            "B. Price",
            "Option B. Training is cheaper",
            "Vitamin A. Capsules ran out",
            "Annex A. Long list of sites",
            "Hepatitis B. Young people first",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
