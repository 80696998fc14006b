//! Speakers in a pasted chat: "[10:32] Ana Reis: …", "From Ana Reis to Everyone: …".
//!
//! Listed names are found without this. An unlisted one is believed only beside a time or
//! the words that chats put around it: "Next steps: …" is a heading.

use super::fold::{Case, FoldedWords, Token, WordGap};
use super::{sentence::one_of, words, words::Class};

/// The most words of a name.
const LONGEST: usize = 5;

/// How many words from here on are the name of a chat's participant. `state` says whether a word
/// begins the name of a state or a body.
pub(super) fn speaker(
    words: &FoldedWords,
    at: usize,
    state: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let tokens = &words.tokens;
    let first = &tokens[at];
    let before = at.checked_sub(1).map(|at| &tokens[at])?;
    let from =
        before.word == "from" && (is_line_start(tokens, at - 1) || is_after_time(tokens, at - 1));
    if first.case == Case::Lower || first.unspaced || !(from || is_after_time(tokens, at)) {
        return None;
    }
    let named = |token: &Token| {
        let plain = words::class(&token.word) == Class::default();
        token.case != Case::Lower && plain && token.word.chars().all(char::is_alphabetic)
    };
    let more = tokens[at + 1..].iter().take(LONGEST - 1);
    let length = 1 + more.take_while(|it| named(it) && !it.before.has(WordGap::PARTS)).count();
    let ends =
        |at: usize| tokens.get(at).map_or(words.end, |token| token.before).has(WordGap::COLON);
    let to = |at: usize| tokens.get(at).is_some_and(|token| token.word == "to");
    let until = at + length;
    let closed = if from { to(until) && (until..until + 4).any(ends) } else { ends(until) };
    (named(first) && closed && !(at..until).any(state)).then_some(length)
}

/// Whether a time precedes a word at the start of its line: "[10:32]", "10:32:05 AM".
fn is_after_time(tokens: &[Token], at: usize) -> bool {
    let mut start = at;
    while start > 0 && one_of(&tokens[start - 1].word, "am pm a m p") {
        start -= 1;
    }
    let number =
        |token: &Token| token.word.len() < 3 && token.word.bytes().all(|b| b.is_ascii_digit());
    let mut numbers = 0;
    while start > 0 && number(&tokens[start - 1]) {
        start -= 1;
        numbers += 1;
        if is_line_start(tokens, start) {
            return numbers > 1 && tokens[start + 1].before.has(WordGap::COLON);
        }
    }
    false
}

fn is_line_start(tokens: &[Token], at: usize) -> bool {
    at == 0 || tokens[at].before.has(WordGap::LINE)
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn who_writes_in_a_chat_is_a_person() {
        let found = |text: &str| {
            let words = fold(text);
            let at = |at: &usize| speaker(&words, *at, &|_| false);
            let first = (0..words.tokens.len()).find_map(|place| Some((place, at(&place)?)));
            first.map(|(from, length)| {
                let last = &words.tokens[from + length - 1];
                text[words.tokens[from].range.start..last.range.end].to_owned()
            })
        };
        for (text, name) in [
            ("[10:32] Jane Doe: I disagree", "Jane Doe"),
            ("10:32:05 AM Jane: hm", "Jane"),
            ("agreed\n[9:05 pm] Ana-Maria Reis: no", "Ana-Maria Reis"),
            ("From Jane Doe to Everyone: hello", "Jane Doe"),
            ("10:32 From Jane Doe to Everyone : hello", "Jane Doe"),
        ] {
            assert_eq!(found(text).as_deref(), Some(name), "{text}");
        }
        for text in ["Next Steps: go", "[10:32] note: x", "at 10:32 Jane Doe: x", "[10] Jane: x"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
