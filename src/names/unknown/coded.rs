//! Words with figures, capitals within or codes beside them: whether they are names.

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{wordlist, words};
use super::{UnknownText, capitals};

/// Words with a capital within that name nobody: "`FinTech`".
static JOINED: List = List::of(KNOWN, "with a capital within");

impl UnknownText<'_> {
    /// Whether a code in brackets and a colon follow.
    pub(super) fn is_marked_with_code(&self, at: usize) -> bool {
        let code = self.token(at + 1).filter(|next| next.before.has(WordGap::OPEN));
        code.is_some_and(|code| code.case == Case::Upper && code.word.len() < 4)
            && self.gap(at + 2).has(WordGap::CLOSE)
            && self.gap(at + 2).has(WordGap::COLON)
    }

    /// "Ch. 16", "Fig. 3".
    pub(super) fn is_numbered(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.word.len() < 5) else { return false };
        let rest = self.text[token.range.end..].strip_prefix('.').unwrap_or_default();
        rest.trim_start_matches(' ').starts_with(|sign: char| sign.is_ascii_digit())
    }

    /// Letters and digits, or a capital within: "COVID-19", "4G", `WhatsApp`; `McBride` is a name.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let letters = self.slice(at);
        let figure = |letter: char| letter.is_numeric();
        if self.is_body_with_figure(at) {
            return false;
        }
        let figures =
            |at: usize| self.gap(at).has(WordGap::HYPHEN) && self.slice(at).starts_with(figure);
        if letters.contains(figure) || figures(at + 1) {
            return true;
        }
        let within = letters.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase());
        within.is_some_and(|(within, _)| {
            !(self.is_joined_name(at) || capitals::is_whole(letters) || {
                // "the lady from eSafety", "eSafety says"; "the eVisa" is not a name.
                let (before, after) = letters.split_at(within);
                let enough = after.len() > 3 || before.len() > 2 && after.len() > 1;
                enough && (self.speaks(at) || self.is_from(at))
            })
        })
    }

    /// `GovTech`, `ChildFund` and `KBZPay`, but not `MoUs` or `PowerPoint`: whether a word that begins with a
    /// capital and has others within is a name.
    pub(super) fn is_joined_name(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let (letters, word) = (self.slice(at), token.word.as_str());
        let known = |word: &str| {
            wordlist::is_abbreviation(word)
                || words::is_known(word)
                || JOINED.has(word)
                // "IndiGo" is no word, although "indigo" is one.
                || self.is_heading(at, &mut None)
                    && (wordlist::is_common(word, self.accented) || wordlist::is_rare(word))
        };
        // "NOx", "CAMx": substances and models.
        let formula = letters.strip_suffix('x').is_some_and(capitals::is_whole);
        letters.starts_with(char::is_uppercase)
            && (!formula || self.speaks(at))
            && !capitals::is_whole(letters)
            && letters.chars().skip(1).any(char::is_uppercase)
            && letters.chars().count() > 3
            && !known(word)
            && !known(word.strip_suffix('s').unwrap_or(word))
    }
}
