//! What could stand in a name's place: "one delegation noted".
//!
//! One is "one", two are "some": counts of one or two are not told apart where it can be helped.

mod tongue;

use std::ops::Range;

use self::tongue::Tongue;
use super::What;
use super::fold::{Case, Gap, Token};
use super::lists::{List, TURNS};
use super::role::{Group, Verdict};
use super::words::{self, Class};

static ASIDE: List = List::of(TURNS, "aside");
static KEPT_NOUNS: List = List::of(TURNS, "kept nouns");

/// A part of a text, and the words to put there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neutral {
    /// The bytes of the text that go.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

impl Neutral {
    /// The text reworded.
    pub fn put_into(&self, text: &str) -> String {
        let before = text.get(..self.range.start).unwrap_or_default();
        let after = text.get(self.range.end..).unwrap_or_default();
        format!("{before}{}{after}", self.text)
    }

    /// A wording for a group of names of which something is told.
    pub(super) fn of(
        text: &str,
        tokens: &[Token],
        group: &Group,
        verdict: &Verdict,
        begins: bool,
    ) -> Self {
        let whole = text;
        let span = &verdict.span;
        let mut range = tokens[span.start].range.start..tokens[span.end - 1].range.end;
        // "Border Force (BF)": a bracket that opens in what goes closes in it too.
        let opened = tokens[span.start + 1..span.end].iter().any(|t| t.before.has(Gap::OPEN));
        if opened
            && let Some(close) = whole[range.end..].find([')', ']', '）'])
            && tokens.get(span.end).is_none_or(|next| range.end + close < next.range.start)
        {
            let width = whole[range.end + close..].chars().next().map_or(0, char::len_utf8);
            range.end += close + width;
        }
        let before = span.start.checked_sub(1).map(|at| &tokens[at]);
        if let Some(before) = before.filter(|before| ASIDE.has(&before.word)) {
            let from =
                span.start.checked_sub(2).map_or(before.range.start, |at| tokens[at].range.end);
            let comma = tokens.get(span.end).is_some_and(|next| next.before.has(Gap::COMMA));
            let until = range.end + usize::from(comma);
            return Self { range: from..until, text: String::new() };
        }
        let around = [whole.get(..range.start), whole.get(range.end..)];
        let words = tokens[..span.start].iter().chain(&tokens[span.end..]);
        let tongue = Tongue::of(around, words);
        let mut text = match tongue.words_for(group) {
            Some(words) => words.to_owned(),
            None => words_for(tokens, group, verdict),
        };
        let owns = tongue == Tongue::English
            && verdict.noun.is_none()
            && group.what == What::Demonym
            && !group.people
            && tokens.get(group.span.end).is_some_and(|next| {
                let class = words::class(&next.word);
                !next.before.has(Gap::PARTS) && class.has(Class::SAID | Class::ADJECTIVE)
            });
        if owns {
            text.push_str(if text.ends_with('s') { "’" } else { "’s" });
        }
        if begins
            && tokens[span.start].case != Case::Lower
            && let Some(first) = text.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        Self { range, text }
    }
}

fn words_for(tokens: &[Token], group: &Group, verdict: &Verdict) -> String {
    let noun = verdict.noun.and_then(|noun| tokens.get(noun)).map(|noun| noun.word.as_str());
    let noun = noun.filter(|noun| {
        let class = words::class(noun);
        class.has(Class::DELEGATE) && !noun.starts_with("head") || KEPT_NOUNS.has(noun)
    });
    match noun {
        Some(noun) if noun.ends_with('s') => return format!("some {noun}"),
        Some(noun) if group.names < 2 => return format!("one {noun}"),
        _ => {}
    }
    let (one, many) = match group.what {
        What::Person => ("participant", "participants"),
        What::Agency => ("agency", "agencies"),
        _ if group.people => return "some delegates".to_owned(),
        _ => ("delegation", "delegations"),
    };
    match group.names {
        1 => format!("one {one}"),
        2 => format!("some {many}"),
        _ => format!("several {many}"),
    }
}
