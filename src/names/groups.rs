//! The names in one list, and a body with its short form: they have one role together.

use super::fold::{FoldedWords, Token, WordGap};
use super::{UnjudgedName, What, role::NameGroup, words, words::Class};

/// The names grouped by the list they are in.
pub(super) fn grouped(
    mentions: &mut Vec<UnjudgedName>,
    words: &FoldedWords,
) -> Vec<(NameGroup, Vec<UnjudgedName>)> {
    let mut groups = Vec::new();
    while !mentions.is_empty() {
        let names = listed(mentions, &words.tokens);
        let last = &mentions[names - 1];
        let short = mentions.get(names).filter(|next| is_short_form(last, next, words));
        let span = mentions[0].span.start..short.unwrap_or(last).span.end;
        let group = NameGroup { span, what: last.what, people: last.people, names };
        let count = names + usize::from(short.is_some());
        groups.push((group, mentions.drain(..count).collect()));
    }
    groups
}

/// "Border Force (BF)": whether the second name, in brackets, is the first one's short form.
fn is_short_form(name: &UnjudgedName, next: &UnjudgedName, words: &FoldedWords) -> bool {
    let close = words.tokens.get(next.span.end).map_or(words.end, |token| token.before);
    next.what == What::Agency
        && next.span.start == name.span.end
        && words.tokens[next.span.start].before.has(WordGap::OPEN)
        && close.has(WordGap::CLOSE)
}

/// How many of the names, from the first on, are in one list.
fn listed(mentions: &[UnjudgedName], tokens: &[Token]) -> usize {
    let mut count = 1;
    let mut with_and = false;
    let preposition = follows_preposition(mentions[0].span.start, tokens);
    while let Some(next) = mentions.get(count) {
        let (last, start) = (mentions[count - 1].span.end, next.span.start);
        let between = &tokens[last..start];
        let apart = tokens[last..=start].iter().any(|token| token.before.has(WordGap::BREAKS));
        let and = tokens[start].before.has(WordGap::AND)
            || between.iter().any(|token| words::class(&token.word).has(Class::AND))
            || matches!(between, [a, w, s, ..] if a.word == "as" && w.word == "well" && s.word == "as")
            || matches!(between, [a, w, ..] if matches!(a.word.as_str(), "together" | "along") && w.word == "with");
        let comma = tokens[last..=start].iter().any(|token| token.before.has(WordGap::COMMA));
        let little = between.iter().all(|token| {
            words::class(&token.word).has(Class::AND | Class::ARTICLE)
                || matches!(
                    token.word.as_str(),
                    "as" | "well" | "together" | "along" | "with" | "by" | "from" | "de"
                )
        });
        // "On behalf of Malaysia and Thailand, Brunei noted": the last is not part of the list.
        let over = preposition && with_and && !and;
        if apart || !little || over || !(and || comma) {
            break;
        }
        let is = |what| (mentions[count - 1].what == what) != (next.what == what);
        if is(What::Person) || is(What::Unknown) {
            break;
        }
        with_and |= and && !comma;
        count += 1;
    }
    // "In Malaysia, Thailand noted": not a list, because the comma ends what the preposition begins.
    if count == 2 && !with_and && preposition { 1 } else { count }
}

/// Whether a preposition precedes a word and its articles.
fn follows_preposition(start: usize, tokens: &[Token]) -> bool {
    let mut left = start;
    while left > 0
        && words::class(&tokens[left - 1].word).has(Class::ARTICLE)
        && !tokens[left].before.has(WordGap::PARTS)
    {
        left -= 1;
    }
    left > 0
        && !tokens[left].before.has(WordGap::PARTS)
        && words::class(&tokens[left - 1].word).has(Class::PREPOSITION)
}
