//! Given names that are words as well: "as Hope said", "check with Ken", "Will from the port offered".

use super::super::fold::{Case, WordGap};
use super::super::lists::{List, PERSONS};
use super::super::{codes, words, words::Class};
use super::UnknownText;

/// Given names that are English words or abbreviations, and seldom have a capital as such.
static GIVEN: List = List::of(PERSONS, "given names that are words");

impl UnknownText<'_> {
    /// Whether a word is a given name, although some list has it as a word.
    pub(super) fn is_given_name(&self, at: usize, heading: &mut Option<bool>) -> bool {
        let Some(token) = self.token(at) else { return false };
        let named = token.case == Case::Capital && !token.accented && GIVEN.has(&token.word);
        if !named || self.is_shared(token) || self.is_numbered(at) {
            return false;
        }
        if self.begins(at) {
            return self.is_followed_by_a_deed(at);
        }
        let before = at.checked_sub(1).and_then(|at| self.token(at));
        let article = before.is_some_and(|it| words::class(&it.word).has(Class::ARTICLE));
        (!article || self.speaks(at)) && !self.is_heading(at, heading) && !self.is_shouted(at)
    }

    /// "Miles added", "Ken from the wader group offered", "Joy (NGO)", "Ken's": what follows somebody's name at a
    /// sentence's start.
    fn is_followed_by_a_deed(&self, at: usize) -> bool {
        if self.token(at).is_some_and(|token| token.possessive) {
            return true;
        }
        let Some(next) = self.token(at + 1).filter(|next| next.case == Case::Lower) else {
            return false;
        };
        if next.before.has(WordGap::PARTS) {
            return false;
        }
        let class = words::class(&next.word);
        let verb = class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH);
        verb || matches!(&*next.word, "who" | "from" | "wants" | "offered" | "asks" | "needs")
            || codes::is_somebody(&next.word)
    }
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn given_names_that_are_words_are_held() {
        let delegations = vec!["Malaysia", "Viet Nam"];
        let participants = vec!["Trần Thị Vân", "Lê Hà", "Ana da Costa", "Lê Thanh"];
        let listed = ListedNames { delegations, participants, ..ListedNames::default() };
        let names = Names::of(&listed);
        for (text, name) in [
            ("as Hope put it, the net is too wide", "Hope"),
            ("Will from the harbour office lends two boats", "Will"),
            ("Miles suggested a shorter list", "Miles"),
            ("Ken from the turtle project offered nets", "Ken"),
            ("the figures are Joyce's", "Joyce"),
            ("Pak said so, Pam wondered about it", "Pam"),
            ("send the list to be checked w/ Van", "Van"),
            ("itanong kay Van bukas", "Van"),
            ("si Hà daw ang bahala", "Hà"),
            ("Chị Vân xin thêm thời gian", "Chị Vân"),
            ("Em Ngân ghi lại rồi", "Em Ngân"),
            ("Anh Long muốn bỏ đoạn 3", "Anh Long"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert!(found.contains(&name), "{text}: {found:?}");
        }
        for text in [
            "Faith leaders met. Grace periods end",
            "Mark the sites on the map. Drew conclusions",
            "Will the group meet? Hope is not a plan",
            "Thành viên xin họp lại vào tuần sau",
            "Nuôi tôm cần nước sạch và vốn",
            "protege a costa e dá peixe",
            "the van was late, so we went with a van",
            "A Rose Garden Plan for All Towns",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
