//! What is printed before a paragraph's words: `1.`, `3 bis`, `(a)`, `OP4bis.`, a bullet.

use crate::workshop::{Label, roman};

/// A list's bullets.
const BULLETS: [char; 12] = ['-', '*', '+', '•', '◦', '▪', '·', '○', '●', '–', '—', '‣'];

/// What is printed before the words, and the words.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    bullet(text).or_else(|| number(text)).or_else(|| letter(text))
}

/// The same for bullets only.
pub(super) fn bullet(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next().filter(|first| BULLETS.contains(first))?;
    let (mark, rest) = text.split_at(first.len_utf8());
    rest.starts_with(char::is_whitespace).then(|| (mark, rest.trim_start()))
}

/// Whether this is a bullet and not a number.
pub(super) fn is_bullet(printed: &str) -> bool {
    printed.chars().next().is_some_and(|first| BULLETS.contains(&first))
}

/// Walks through a text from its beginning.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn run(&mut self, is: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|letter| !is(letter)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Digits, with what is between them: `3`, `3.1`.
    fn figures(&mut self) -> Option<&'a str> {
        let from = self.at;
        loop {
            let figures = self.run(|letter| letter.is_ascii_digit());
            if figures.is_empty() || figures.len() > 3 {
                return None;
            }
            let more = self
                .rest()
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
            if !more {
                return Some(&self.text[from..self.at]);
            }
            self.at += 1;
        }
    }

    /// `bis`, `.bis`, ` alt2`; returned as it is written in a label.
    fn suffix(&mut self) -> Option<String> {
        let from = self.at;
        self.run(|letter| matches!(letter, ' ' | '.' | '-' | '\u{a0}'));
        let word = self.run(char::is_alphabetic);
        let number = self.run(|letter| letter.is_ascii_digit());
        let suffix = Label::suffix(&format!("1{word}{number}")).filter(|_| !word.is_empty());
        if suffix.is_none() || self.rest().starts_with(char::is_alphanumeric) {
            self.at = from;
            return None;
        }
        suffix
    }

    /// What ends a number, if it ends here, and the words after it.
    fn end(&mut self, needs: bool) -> Option<(&'a str, &'a str)> {
        let points = self.run(|letter| matches!(letter, '.' | ')' | ':'));
        let rest = self.rest();
        let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
        (parted && (!needs || !points.is_empty()))
            .then(|| (&self.text[..self.at], rest.trim_start()))
    }
}

/// `1.`, `12)`, `(3)`, `3 bis`, `7.bis.`, `3.1 The`.
fn number(text: &str) -> Option<(&str, &str)> {
    let mut walk = Walk { text, at: 0 };
    if text.starts_with('(') {
        walk.at = 1;
        walk.figures()?;
        walk.suffix();
        return walk.rest().starts_with(')').then(|| walk.end(true)).flatten();
    }
    let figures = walk.figures()?;
    let inserted = walk.suffix().is_some();
    let (printed, rest) = walk.end(false)?;
    let pointed = printed.ends_with(['.', ')', ':']);
    // "1.5 million" is not a paragraph number, "1.5 The" is.
    let begins = !rest.starts_with(char::is_lowercase) && !rest.is_empty();
    (pointed || inserted || (figures.contains('.') && begins)).then_some((printed, rest))
}

/// `(a)`, `iv)`, `b.`
fn letter(text: &str) -> Option<(&str, &str)> {
    let open = text.starts_with('(');
    let mut walk = Walk { text, at: usize::from(open) };
    let word = walk.run(char::is_alphabetic);
    let upper = word.starts_with(char::is_uppercase);
    let lower = word.to_lowercase();
    if !(word.len() == 1 || word.len() <= 6 && roman(&lower).is_some()) {
        return None;
    }
    // "A. Cooperation" is a heading, and "I." may begin a sentence.
    let ends = if open {
        ")"
    } else if upper {
        ""
    } else {
        ")."
    };
    walk.rest().chars().next().filter(|letter| ends.contains(*letter))?;
    walk.end(true)
}

/// A label that identifies its paragraph by itself: as it is written in labels, what was printed,
/// and the words after it: `OP4bis. Also …`, `Article 2 bis`.
pub(super) fn explicit(text: &str) -> Option<(String, &str, &str)> {
    let mut walk = Walk { text, at: 0 };
    let series = walk.run(char::is_alphabetic);
    let series = match series {
        "OP" | "Op" => "OP",
        "PP" | "Pp" => "PP",
        "Article" | "ARTICLE" | "Art" => "Article ",
        _ => return None,
    };
    walk.run(|letter| matches!(letter, ' ' | '.' | '\u{a0}'));
    let mut label = format!("{series}{}", walk.figures()?);
    label.extend(walk.suffix());
    while let Some(rest) = walk.rest().strip_prefix('(') {
        let Some((letters, _)) = rest.split_once(')') else { break };
        if letters.is_empty() || letters.len() > 5 || !letters.chars().all(char::is_alphabetic) {
            break;
        }
        label.push_str(&format!("({letters})"));
        walk.at += letters.len() + 2;
    }
    label.extend(walk.suffix());
    // "Article 2 of the Charter" is part of the words.
    let (printed, rest) = walk.end(series == "Article " && !walk.rest().trim().is_empty())?;
    Label::strictly(&label)?.is_full().then_some((label, printed, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_labels_are_distinguished_from_the_words() {
        for (text, printed, words) in [
            ("1. States", "1.", "States"),
            ("3 bis. States", "3 bis.", "States"),
            ("7.bis States", "7.bis", "States"),
            ("3.4 ter States", "3.4 ter", "States"),
            ("3.1 States", "3.1", "States"),
            ("12) States", "12)", "States"),
            ("(a) states", "(a)", "states"),
            ("iv) states", "iv)", "states"),
            ("b. states", "b.", "states"),
            ("• states", "•", "states"),
            ("- states", "-", "states"),
        ] {
            assert_eq!(split(text), Some((printed, words)), "{text}");
        }
        for text in [
            "2023. A year",
            "1.5 million",
            "5 people",
            "A. Part",
            "I. Part",
            "(hereinafter) x",
            "-x",
            "cd",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
        let reading = |text| explicit(text).map(|(label, _, words)| (label, words));
        assert_eq!(reading("OP4 bis. Also"), Some(("OP4bis".to_owned(), "Also")));
        assert_eq!(reading("PP2 Recalling"), Some(("PP2".to_owned(), "Recalling")));
        assert_eq!(reading("OP3(a)(i): x"), Some(("OP3(a)(i)".to_owned(), "x")));
        assert_eq!(reading("Article 2 bis"), Some(("Article 2bis".to_owned(), "")));
        assert_eq!(reading("Article 2 of the Charter"), None);
        assert_eq!(reading("OPEN 2"), None);
    }
}
