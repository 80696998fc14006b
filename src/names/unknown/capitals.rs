//! Words in capitals: whether they are abbreviations that name nobody.

use super::super::fold::{Case, WordGap};
use super::super::lists::{KNOWN, List};
use super::super::{codes, wordlist, words, words::Class};
use super::{UnknownText, expanded, expanded::Stands};

/// Words written in capitals for emphasis: "ALL asked".
static STRESSED: List = List::of(KNOWN, "stressed");

/// Abbreviations of bodies and roles of any meeting: "the TWG agreed".
static IN_THE_ROOM: List = List::of(KNOWN, "abbreviations in the room");

/// Bodies whose names are words: "PACT", "CARE".
static BODIES_THAT_ARE_WORDS: List = List::of(KNOWN, "bodies that are words");

impl UnknownText<'_> {
    /// Whether a word is in capitals, or capitals with a plural's s: "NGOs".
    pub(super) fn is_capitals(&self, at: usize) -> bool {
        let letters = self.slice(at);
        let whole = letters.strip_suffix('s').unwrap_or(letters);
        whole.chars().filter(|letter| letter.is_alphabetic()).count() > 1
            && !whole.chars().any(char::is_lowercase)
    }

    pub(super) fn is_known_capitals(&self, at: usize, heading: &mut Option<bool>) -> bool {
        let Some(token) = self.token(at) else { return true };
        let word = token.word.as_str();
        let single =
            if token.case == Case::Upper { word } else { word.strip_suffix('s').unwrap_or(word) };
        let numeral = single.bytes().all(|letter| matches!(letter, b'i' | b'v' | b'x'));
        let known = |word: &str| {
            wordlist::is_abbreviation(word)
                || wordlist::is_abbreviation_of_field(word)
                || codes::is_shorthand(word)
                || wordlist::is_common(word, self.accented)
                || words::is_known(word)
        };
        let long = single.len() > 3;
        if BODIES_THAT_ARE_WORDS.has(word) && token.case == Case::Upper && !self.is_shouted(at) {
            return false;
        }
        let rarely =
            |word: &str| wordlist::is_rare(word) || wordlist::begins_elsewhere(word, self.accented);
        // "ពី CENTRAL", "Migrant CARE": a common word amid another script, or at the end of a name.
        let beside = |at: usize, by: Option<usize>| {
            by.and_then(|by| self.token(by)).filter(|_| !self.gap(at).has(WordGap::PARTS))
        };
        let before = beside(at, at.checked_sub(1));
        let amid = || before.or_else(|| beside(at + 1, Some(at + 1))).is_some_and(|it| it.unspaced);
        let ends = || {
            before.is_some_and(|it| it.case == Case::Capital && !words::is_known(&it.word))
                && (at > 1 && !self.begins(at - 1) || self.speaks(at) || will(self, at))
        };
        // "The Annex MUST be short".
        let small = words::class(word)
            .has(Class::MODAL | Class::MUST | Class::BE | Class::NOT | Class::AND);
        let plain = !wordlist::is_abbreviation(word) && !codes::is_shorthand(word);
        if long && plain && !numeral && !self.is_shouted(at) && (amid() || ends()) {
            return small || STRESSED.has(word);
        }
        if expanded::explained_here(self, at) == Some(Stands::ForBody) {
            return false;
        }
        numeral
            || known(single)
            || known(word)
            || (long || self.is_shouted(at)) && rarely(single)
            || long && self.is_heading(at, heading) && self.is_vietnamese(token)
            || expanded::is_of_a_thing(self, at)
            || is_of_a_compound(self, at)
            || expanded::is_explained(self, at)
    }

    /// "DOLE officials replied", "CARE's director": whether capitals that are also an ordinary word speak or
    /// are followed by somebody who does, in a line that is not in capitals.
    pub(super) fn speaks_in_capitals(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.word.len() > 2) else { return false };
        let word = token.word.as_str();
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        if wordlist::is_abbreviation_of_field(word) {
            return self.field_speaks(at);
        }
        // "NO officers asked": an emphasised word in a line is not a name.
        let verb = words::class(word).has(Class::BASE) && !words::class(word).has(Class::NO_VERB);
        if words::is_known(word) && !verb || STRESSED.has(word) {
            return false;
        }
        if wordlist::is_abbreviation(word) && !next.is_some_and(|next| next.unspaced) {
            // "PPA proposed", but "the TWG agreed" and "NGOs said".
            let strong = next.is_some_and(|next| {
                let class = words::class(&next.word);
                class.has(Class::PAST | Class::THIRD) && !class.has(Class::NOUNISH | Class::WEAK)
            });
            // "Many MRI members asked".
            let people = next.is_some_and(|it| is_people(&it.word)) && self.speaks(at + 1);
            let own = token.case == Case::Upper && !IN_THE_ROOM.has(word);
            return (strong || people) && own && !self.is_shouted(at);
        }
        let acts_in_run = next.is_some_and(|it| matches!(&*it.word, "က" | "ကလည်း" | "ကတော့"));
        // "TRAFFIC presented a study", "IMPEL gave a talk": capitals at the beginning that do anything.
        let does = word.len() > 3
            && self.begins(at)
            && next.is_some_and(|it| {
                it.case == Case::Lower && words::class(&it.word).has(Class::PAST)
            });
        let speaks = acts_in_run
            || does
            || self.speaks(at)
            || token.possessive
            || next.is_some_and(|it| acts(&it.word));
        let has_somebody = || {
            let official = next.is_some_and(|it| words::class(&it.word).has(Class::OFFICIAL));
            // "declared the CARE director".
            let said = || {
                let before = |back: usize| at.checked_sub(back).and_then(|at| self.token(at));
                before(1).is_some_and(|it| it.word == "the")
                    && before(2).is_some_and(|it| words::class(&it.word).has(Class::PAST))
            };
            let ends = || self.gap(at + 2).has(WordGap::COLON | WordGap::DASH);
            official && (self.speaks(at + 1) || ends() || said())
        };
        (speaks || has_somebody()) && !self.is_shouted(at)
    }

    /// "VPA: no data", "CEA proposed": whether an abbreviation of some field is a body here, because it says something.
    fn field_speaks(&self, at: usize) -> bool {
        let next = self.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        let acts_in_run = next.is_some_and(|it| matches!(&*it.word, "က" | "ကလည်း" | "ကတော့"));
        let between = || {
            let from = self.token(at).map_or(0, |token| token.range.end);
            let until = next_start(self, at + 1);
            self.text.get(from..until).unwrap_or_default().contains(['–', '—', '-'])
        };
        let after = self.gap(at + 1);
        let mark = after.has(WordGap::COLON) || after.has(WordGap::DASH) && between();
        let marked = self.begins(at) && mark && expanded::explained_here(self, at).is_none();
        let speaks = self.speaks(at) || next.is_some_and(|it| acts(&it.word));
        (speaks || acts_in_run || marked) && !self.is_shouted(at)
    }

    /// "TWC2", "BP2MI", "KemenP2MI": whether letters with one digit are a body's name; "SDG4" and "H5N1"
    /// are not. Short ones are if they speak: "K4M asked".
    pub(super) fn is_body_with_figure(&self, at: usize) -> bool {
        if is_vietnamese_unit(self, at) {
            return true;
        }
        let letters = self.slice(at);
        let figure = |letter: char| letter.is_ascii_digit();
        let Some(place) = letters.find(figure) else { return false };
        let (before, after) = (&letters[..place], &letters[place + 1..]);
        let capitals = letters.chars().filter(char::is_ascii_uppercase).count();
        let whole = letters.chars().all(|it| it.is_ascii_alphanumeric()) && !after.contains(figure);
        let begins = before.starts_with(|letter: char| letter.is_ascii_uppercase());
        if !whole
            || !begins
            || capitals < 2
            || wordlist::is_abbreviation(&before.to_ascii_lowercase())
        {
            return false;
        }
        let small = letters.contains(|letter: char| letter.is_ascii_lowercase());
        let sure = capitals > 2 && before.len() > 1 && (!small || !after.is_empty());
        let possessive = self.token(at).is_some_and(|token| token.possessive);
        sure || possessive || self.speaks(at)
    }
}

/// Whether "will" or "would" follows.
fn will(text: &UnknownText<'_>, at: usize) -> bool {
    let next = text.token(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    next.is_some_and(|next| matches!(&*next.word, "will" | "would" | "wants" | "offered"))
}

/// Where a word begins, or where the text ends.
fn next_start(text: &UnknownText<'_>, at: usize) -> usize {
    text.token(at).map_or(text.text.len(), |token| token.range.start)
}

/// Whether a verb form of speaking and giving that is as often a noun follows capitals: "AIM asks".
pub(super) fn acts(word: &str) -> bool {
    matches!(word, "asks" | "offers" | "offered" | "wants" | "wanted" | "proposes" | "requests")
}

/// Whether a word after letters makes them a body that has people.
fn is_people(word: &str) -> bool {
    let members = matches!(word, "member" | "members" | "delegates" | "representatives" | "staff");
    members || words::class(word).has(Class::OFFICIAL)
}

/// Whether letters are only capitals, or capitals with a plural's s.
pub(super) fn is_whole(letters: &str) -> bool {
    let whole = letters.strip_suffix('s').unwrap_or(letters);
    !whole.chars().any(char::is_lowercase)
}

/// "3-MCPD", "LC-MS", "S&DT": whether a hyphen joins capitals to a figure or to a known abbreviation, or "&" to a
/// letter.
fn is_of_a_compound(text: &UnknownText<'_>, at: usize) -> bool {
    let between = |at: usize| {
        let from = at.checked_sub(1).and_then(|before| text.token(before));
        let until = text.token(at).map(|token| token.range.start);
        let both = from.zip(until);
        both.and_then(|(from, until)| text.text.get(from.range.end..until)).unwrap_or_default()
    };
    let known = |at: usize| {
        let word = text.token(at).map_or("", |token| token.word.as_str());
        let figure = text.slice(at).chars().all(char::is_numeric);
        let short = text.is_capitals(at)
            && (wordlist::is_abbreviation(word) || wordlist::is_abbreviation_of_field(word));
        !word.is_empty() && (figure || short)
    };
    let letter = at > 0 && text.slice(at - 1).chars().nth(1).is_none();
    let joined = between(at) == "-" && known(at - 1) || between(at + 1) == "-" && known(at + 1);
    let begins = text.begins(at) && text.gap(at + 1).has(WordGap::COLON);
    (joined || letter && between(at) == "&") && !text.speaks(at) && !begins
}

/// "bên C05", "Phòng A08": units of the police of Viet Nam.
fn is_vietnamese_unit(text: &UnknownText<'_>, at: usize) -> bool {
    let [letter, figures @ ..] = text.slice(at).as_bytes() else { return false };
    let before = at.checked_sub(1).and_then(|at| text.token(at));
    text.words.vietnamese
        && letter.is_ascii_uppercase()
        && figures.len() == 2
        && figures.iter().all(u8::is_ascii_digit)
        && before.is_some_and(|it| matches!(&*it.word, "ben" | "phia" | "cuc" | "phong"))
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// Each of these used to be held, in a sentence of the field.
    #[test]
    fn abbreviations_of_a_field_are_no_names_unless_they_speak() {
        let agencies = vec![("Dawn Union of Sailors", "DUS")];
        let names = Names::of(&ListedNames { agencies, ..ListedNames::default() });
        let none = Names::of(&ListedNames::default());
        for text in [
            "DUS testing should be shared among all",
            "the use of HHPs should end",
            "IPM field schools worked well",
            "HTX thiếu vốn lưu động",
            "thuốc BVTV vứt đầy bờ",
            "HAI rates fell, and CAUTIs are counted each month",
            "CLABSI numbers are not reported",
            "SMGS waybills and CIM data are shared between ports",
            "TA/CB needs should be matched",
            "Kontainer terlambat di pelabuhan",
            "a PPA costs too much",
            "2-MCPD levels fell",
            "GC-MS is not in every laboratory",
            "S&DT is needed by some",
            "WRF-Chem runs take a day",
            "SOx and NOx limits differ",
            "Basmati prices fell, and biochar costs too much",
            "Pole-and-line boats are not covered",
            "Starter cultures (Aspergillus oryzae, Monascus purpureus) need a list",
            "| CSV | JSON | Markdown |",
        ] {
            assert_eq!(none.check(text), [], "{text}");
        }
        for text in [
            "QDS asked for time",
            "QDS: no view yet",
            "DUS က မကြိုက်ဘူး",
            "PPA: contract too long",
            "VNR – second one next year",
        ] {
            assert_eq!(none.check(text).len(), 1, "{text}");
        }
        // A body of the meeting stays held.
        assert_eq!(names.check("DUS testing should be shared").len(), 1);
        let listed = ListedNames { delegations: vec!["Cambodia"], ..ListedNames::default() };
        assert_eq!(Names::of(&listed).check("KHM should share its tests").len(), 1);
    }

    /// Each of these used to pass unnoticed: an ordinary word, a body that all share, letters with a digit.
    #[test]
    fn capitals_that_are_words_are_names_where_they_speak() {
        let delegations = vec!["Malaysia", "Thailand"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, name) in [
            ("DOLE officials replied that these were estimates", "DOLE"),
            ("WHO said the fee is fine", "WHO"),
            ("AIM asks for another round", "AIM"),
            ("CARE's director was against", "CARE"),
            ("The RSO presented its policy guide", "RSO"),
            ("KemenP2MI's director for return asked why", "KemenP2MI"),
            ("K4M objected to it", "K4M"),
            ("K-water offered data", "K"),
            ("IndiGo would rather keep it in the company", "IndiGo"),
            ("nxk lqm agreed to share its data", "nxk"),
            ("Thông tin bên C05 rất chậm, không có thì vụ án dừng", "C05"),
            ("IMPEL gave a presentation about its platform", "IMPEL"),
            ("TRAFFIC presented a case study", "TRAFFIC"),
            ("Many MRI members expressed frustration", "MRI"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in [
            "ALL delegations agreed",
            "SENIOR officials replied to it",
            "MOST asked for time",
            "RSO training starts in May",
            "The guide of the RSO is used",
            "H5N1 spread fast",
            "AVRR budget lines run out",
            "The MRI unit moved to the new clinic",
            "UPDATED was the word on the slide",
            "Pre-departure training should be shorter",
            "Flipchart: fees and deposits",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }
}
