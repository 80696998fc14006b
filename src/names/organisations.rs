//! Organisations of many states: INTERPOL, the FAO. A text names them for their treaties and handbooks
//! far more often than because they spoke, so that they are held only where it says so.

use super::blocs::NOUNS;
use super::fold::{Gap, Words};
use super::lists::{self, ORGANISATIONS};
use super::words::{self, Class};
use super::world::{Entry, Form, Lexicon};
use super::{Mention, What, agencies};

/// Takes in those that a meeting does not list itself.
pub(super) fn add(lexicon: &mut Lexicon) {
    for row in lists::rows(ORGANISATIONS) {
        let names = row[0];
        let which = names.split('|').next().unwrap_or_default();
        for name in names.split('|') {
            let form = if agencies::is_short(name) { Form::Capitals } else { Form::Title };
            let entry = Entry { what: What::Organisation, which: which.into(), code: [0; 2], form };
            lexicon.add(name, &entry);
        }
    }
}

/// Whether somebody of an organisation is spoken of: "the EU observer".
pub(super) fn has_delegate(mention: &Mention, words: &Words) -> bool {
    let next = words.tokens.get(mention.span.end).filter(|next| !next.before.has(Gap::PARTS));
    mention.what == What::Organisation
        && next.is_some_and(|next| {
            // "ASEAN members" are nobody's delegates.
            let all = NOUNS.has(&next.word) || next.word == "member";
            !all && words::class(&next.word).has(Class::DELEGATE | Class::OFFICIAL)
        })
}

#[cfg(test)]
mod tests {
    use crate::names::{Grade, Listed, Names};

    #[test]
    fn an_organisation_is_held_where_it_spoke() {
        let listed = Listed { delegations: vec!["Malaysia", "Thailand"], ..Listed::default() };
        let names = Names::of(&listed);
        for text in [
            "INTERPOL said its database is open to all.",
            "The FAO expert warned against another database.",
            "Speaking on behalf of ASEAN, the representative underlined this.",
            "The World Bank delegation asked for a baseline.",
            "UNODC: training could begin in May",
        ] {
            let hits = names.check(text);
            assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Certain), "{text}");
        }
        let hits = names.check("The EU observer offered images.");
        assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Possible));
        for text in [
            "Use the IMO guidelines and the UNODC handbook.",
            "UN conventions are in force everywhere.",
            "Ask the World Bank for a loan.",
            "Decisions follow ASEAN practice.",
            "INTERPOL notices take long to check.",
            "The ASEAN Secretariat keeps the list.",
        ] {
            assert!(names.check(text).is_empty(), "{text}: {:?}", names.check(text));
        }
    }
}
