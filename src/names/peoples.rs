//! Peoples that are not the namesake of a state: "a Rohingya woman", "the Hmong delegate".
//!
//! Their names are in data/peoples.tsv. In a small meeting, the people somebody belongs to reveals who it is.

use super::What;
use super::lists::{self, BODIES, List, PEOPLES};
use super::world::{Lexicon, NameEntry, NameForm};

/// What follows a name that is also a word or a person's name.
static NOUNS: List = List::of(BODIES, "nouns of peoples");

/// From this many letters on, a name in Latin letters needs no capital in a language without capitals.
const LONG: usize = 5;

/// Adds the names of each.
pub(super) fn add(lexicon: &mut Lexicon) {
    for row in lists::rows(PEOPLES) {
        let [english, elsewhere, _] = row[..] else { continue };
        let which = english.split(['|', '+']).next().unwrap_or_default().trim();
        let entry =
            |form| NameEntry { what: What::Demonym, which: which.into(), code: [0; 2], form };
        for name in english.split('|') {
            match name.strip_suffix(" +") {
                Some(first) => {
                    for noun in NOUNS.words() {
                        lexicon.add(&format!("{first} {noun}"), &entry(NameForm::Title));
                    }
                }
                None => lexicon.add(name, &entry(form(name))),
            }
        }
        for name in elsewhere.split('|').filter(|name| !name.is_empty()) {
            let short = name.is_ascii() && name.len() < LONG;
            lexicon.add(name, &entry(if short { NameForm::Title } else { NameForm::Any }));
        }
    }
}

/// What is written without a capital in the table needs none; a plural means people.
fn form(name: &str) -> NameForm {
    let small = !name.chars().any(char::is_uppercase);
    if small { NameForm::Any } else { NameForm::Title }
}

#[cfg(test)]
mod tests {
    use crate::names::{Grade, ListedNames, Names};

    /// Each of them used to pass unnoticed.
    #[test]
    fn peoples_without_a_state_are_held_and_not_reworded() {
        let listed =
            ListedNames { delegations: vec!["Malaysia", "Thailand"], ..ListedNames::default() };
        let names = Names::of(&listed);
        for (text, name) in [
            ("a Rohingya woman in our group said no", "Rohingya"),
            ("The Karen women's network asked for a seat", "Karen women"),
            ("one of us is Uyghur", "Uyghur"),
            ("ជនជាតិចាមម្នាក់ក្នុងក្រុមប្រាប់ថាទេ", "ជនជាតិចាម"),
            ("ไม่มีใครถามชาวโรฮิงญาเลย", "โรฮิงญา"),
        ] {
            let hits = names.check(text);
            let found: Vec<&str> = hits.iter().map(|hit| &text[hit.range.clone()]).collect();
            assert_eq!(found, [name], "{text}");
            assert_eq!(names.wording(text, &hits[0]), None, "{text}");
        }
        let hits = names.check("The Moro delegate objected.");
        assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Certain));
        for text in ["Karen asks too much of a shy man's chin", "They want more chin rests"] {
            assert!(names.check(text).iter().all(|hit| hit.which != "Chin"), "{text}");
        }
    }

    /// Nicknames of states used to pass if they were written in small letters.
    #[test]
    fn nicknames_of_states_are_held_in_small_letters_too() {
        let names =
            Names::of(&ListedNames { delegations: vec!["Australia"], ..ListedNames::default() });
        for (text, which) in [
            ("opposition came from the land down under", "Australia"),
            ("the lion city prefers its own form", "Singapore"),
            ("သြဇီတွေက ငွေတော့ပေးမယ်", "Australia"),
            ("ມັນດີຟ ບໍ່ເຫັນດີ", "Maldives"),
        ] {
            let hits = names.check(text);
            assert_eq!(hits.first().map(|hit| hit.which.as_str()), Some(which), "{text}");
        }
    }
}
