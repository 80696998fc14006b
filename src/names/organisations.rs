//! Organisations of many states: INTERPOL, the FAO. A text mentions them for their treaties and handbooks
//! far more often than because they spoke, so they are subjects unless the text says otherwise.

use compact_str::CompactString;
use rustc_hash::FxHashSet as HashSet;

use super::blocs::{self, NOUNS};
use super::fold::{Case, FoldedWords, Token, WordGap};
use super::lists::{self, BODIES, KNOWN, List, ORGANISATIONS};
use super::words::{self, Class};
use super::world::{Lexicon, NameEntry, NameForm};
use super::{ListedNames, UnjudgedName, What, agencies};

/// Companies whose names are more often the name of a program, or a word.
pub(super) static USED_BY_EVERYONE: List = List::of(BODIES, "used by everyone");

/// What the name of a body that follows a bloc's ends with.
static ENDS: List = List::of(KNOWN, "of bodies with short forms");

/// The most words of a name on the list.
const LONGEST: usize = 5;

/// Adds the names of each; if a meeting lists one of them, all its names refer to the listed body.
pub(super) fn add(listed: &ListedNames, lexicon: &mut Lexicon) {
    let bodies: Vec<_> = listed.bodies().filter(|(name, _)| !super::is_everyones(name)).collect();
    for row in lists::rows(ORGANISATIONS) {
        let [english, elsewhere, _] = row[..] else { continue };
        let names = || english.split('|').chain(elsewhere.split('|')).filter(|it| !it.is_empty());
        let same = |name: &str| names().any(|own| own.eq_ignore_ascii_case(name));
        let of_meeting = bodies.iter().find(|(name, which)| same(name) || same(which));
        let (what, which) = match of_meeting {
            Some((_, which)) => (What::Agency, *which),
            None => (What::Organisation, names().next().unwrap_or_default()),
        };
        for name in names() {
            let form = if agencies::is_short(name) {
                NameForm::Capitals
            } else if elsewhere.split('|').any(|own| own == name) && name.split(' ').count() > 1 {
                NameForm::Any
            } else {
                NameForm::Title
            };
            lexicon.add(name, &NameEntry { what, which: which.into(), code: [0; 2], form });
        }
    }
}

/// The organisations of which all states that take part are members, by the first of each one's names; if no
/// state is listed, those of all states.
pub(super) fn of_everyone(present: &HashSet<[u8; 2]>) -> Vec<CompactString> {
    let mut names: Vec<CompactString> =
        vec!["United Nations".into(), "Regional Support Office".into()];
    if !present.is_empty() && blocs::has_all(present, "ASEAN +") {
        names.push("ASEAN".into());
    }
    names
}

/// "GCC Standardization Organization": a body of a bloc, if words with capitals after the bloc's name end with what
/// bodies are called by.
pub(super) fn whole(tokens: &[Token], bloc: UnjudgedName) -> UnjudgedName {
    if bloc.what != What::Bloc {
        return bloc;
    }
    let capital = |at: &usize| {
        tokens.get(*at).is_some_and(|it| {
            it.case == Case::Capital && !it.unspaced && !it.before.has(WordGap::PARTS)
        })
    };
    let from = bloc.span.end;
    let end = from + (from..from + LONGEST).take_while(capital).count();
    let body = end > from && ENDS.has(&tokens[end - 1].word);
    if !body || tokens[bloc.span.start].possessive {
        return bloc;
    }
    let words: Vec<&str> = tokens[bloc.span.start..end].iter().map(|it| it.word.as_str()).collect();
    let which = words.join(" ").into();
    UnjudgedName { span: bloc.span.start..end, what: What::Agency, which, ..bloc }
}

/// Whether somebody from an organisation is mentioned ("the EU observer"), or its action is reported
/// from the start of a clause ("UNODC will send").
pub(super) fn has_delegate(mention: &UnjudgedName, words: &FoldedWords) -> bool {
    let next = words.tokens.get(mention.span.end).filter(|next| !next.before.has(WordGap::PARTS));
    let Some(next) = next.filter(|_| mention.what == What::Organisation) else { return false };
    let first = &words.tokens[mention.span.start];
    let begins = mention.span.start == 0
        || first.before.has(WordGap::STOP)
        || first.before.has(WordGap::LINE);
    // "ASEAN members" are nobody's delegates.
    let all = NOUNS.has(&next.word) || next.word == "member";
    let class = words::class(&next.word);
    let acts = class.has(Class::MODAL | Class::PAST) || next.unspaced && !first.unspaced;
    !all && class.has(Class::DELEGATE | Class::OFFICIAL) || begins && acts
}

#[cfg(test)]
mod tests {
    use crate::names::{Grade, ListedNames, Names};

    #[test]
    fn an_organisation_spoke_in_other_languages() {
        let listed =
            ListedNames { delegations: vec!["Malaysia", "Thailand"], ..ListedNames::default() };
        let names = Names::of(&listed);
        for text in [
            "ยูนิเซฟเสนอให้ฝึกอบรม",
            "世卫组织建议推迟。",
            "ကမ္ဘာ့ကျန်းမာရေးအဖွဲ့က အဆိုပြုသည်။",
            "OMS menyatakan keberatan.",
            "Organisasi Kesehatan Dunia menjelaskan dua prosedur.",
        ] {
            let hits = names.check(text);
            assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Certain), "{text}");
        }
        for text in ["มาตรฐานขององค์การอนามัยโลก", "参照世卫组织的标准。"]
        {
            let hits = names.check(text);
            assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Subject), "{text}");
        }
        let agencies = vec![("World Health Organization", "WHO")];
        let names = Names::of(&ListedNames { agencies, ..listed });
        let hits = names.check("参照世卫组织的标准。");
        let which = hits.first().map(|hit| hit.which.as_str());
        assert_eq!(which, Some("World Health Organization"));
    }

    #[test]
    fn an_organisation_is_a_subject_unless_it_spoke() {
        let listed =
            ListedNames { delegations: vec!["Malaysia", "Thailand"], ..ListedNames::default() };
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
        for text in [
            "The EU observer offered images.",
            "UNODC will send the guide to all.",
            "UNODC ຈະແຈກຢາຍຄູ່ມື",
        ] {
            let hits = names.check(text);
            assert!(hits.iter().any(|hit| hit.grade != Grade::Subject), "{text}");
        }
        for text in [
            "Use the IMO guidelines and the UNODC handbook.",
            "Ask the World Bank for a loan.",
            "INTERPOL notices take long to check.",
        ] {
            let hits = names.check(text);
            assert!(!hits.is_empty(), "{text}");
            assert!(hits.iter().all(|hit| hit.grade == Grade::Subject), "{text}: {hits:?}");
        }
        for text in [
            "UN conventions are in force everywhere.",
            "Decisions follow ASEAN practice.",
            "The ASEAN Secretariat keeps the list.",
        ] {
            assert!(names.check(text).is_empty(), "{text}: {:?}", names.check(text));
        }
        let mixed =
            ListedNames { delegations: vec!["Malaysia", "France"], ..ListedNames::default() };
        let hits = Names::of(&mixed).check("Decisions follow ASEAN practice.");
        assert_eq!(hits.first().map(|hit| hit.grade), Some(Grade::Subject));
    }
}
