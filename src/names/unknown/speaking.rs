//! Words that speak though no list knows them: "dswd says it is short", "tiktok rep agreed".

use super::super::fold::{Case, Gap};
use super::super::roster::Roster;
use super::super::words::{self, Class};
use super::super::{codes, tongues, wordlist};
use super::Reading;

impl Reading<'_> {
    /// Whether a verb of saying or a delegate follows a word.
    pub(super) fn speaks(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1).filter(|next| !next.before.has(Gap::PARTS)) else {
            return false;
        };
        if next.unspaced {
            return tongues::says_at(&next.word) == Some(0);
        }
        let class = words::class(&next.word);
        let verb =
            class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH | Class::WEAK);
        let elsewhere = class.has(Class::ELSEWHERE | Class::BETWEEN);
        let verb = verb || elsewhere || tongues::RIGHT_AFTER_NAMES.has(&next.word);
        next.case == Case::Lower && (verb || class.has(Class::DELEGATE))
    }

    /// "dswd says it is short", "tiktok rep agreed": a word in small letters that no list knows, and that
    /// speaks or has a delegate.
    pub(super) fn is_unknown_speaker(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.word.as_str();
        self.speaks(at)
            && word.len() > 2
            && word.bytes().all(|letter| letter.is_ascii_lowercase())
            && !words::is_known(word)
            && !Roster::stands_before(word)
            && !wordlist::is_common(word, self.accented)
            && !wordlist::is_rare(word)
            && !wordlist::begins_elsewhere(word, self.accented)
            && !codes::is_shorthand(word)
            && !self.is_shared(token)
    }
}
