//! Groups of states: "the Pacific members", "CLMV", "G77".
//!
//! If everyone in the room is in a group, it reveals no more than the list of participants does; then it
//! is not searched for.

use rustc_hash::FxHashSet as HashSet;

use super::What;
use super::lists::{self, BLOCS, BODIES, List};
use super::world::{Lexicon, NameEntry, NameForm};

/// What follows a bloc's name in its place.
pub(super) static NOUNS: List = List::of(BODIES, "group nouns");

/// Adds the groups that divide the room.
pub(super) fn add(present: &HashSet<[u8; 2]>, lexicon: &mut Lexicon) {
    for row in lists::rows(BLOCS) {
        let [names, members] = row[..] else { continue };
        if !present.is_empty() && are_members(present, members) {
            continue;
        }
        let which = names.split('|').next().unwrap_or_default().trim_end_matches(" +");
        let entry = |form| NameEntry { what: What::Bloc, which: which.into(), code: [0; 2], form };
        for name in names.split('|') {
            match name.strip_suffix(" +") {
                Some(first) => {
                    for noun in NOUNS.words() {
                        lexicon.add(&format!("{first} {noun}"), &entry(form(first)));
                    }
                }
                None => lexicon.add(name, &entry(form(name))),
            }
        }
    }
}

/// Whether everyone in the room is in the group whose row begins with a name.
pub(super) fn has_all(present: &HashSet<[u8; 2]>, name: &str) -> bool {
    let begins = |row: &Vec<&str>| row.first().is_some_and(|it| it.split('|').next() == Some(name));
    let group = lists::rows(BLOCS).find(begins);
    group.is_some_and(|row| row.get(1).is_some_and(|members| are_members(present, members)))
}

fn are_members(present: &HashSet<[u8; 2]>, members: &str) -> bool {
    present.iter().all(|code| is_member(*code, members))
}

fn is_member(code: [u8; 2], members: &str) -> bool {
    members.split(' ').any(|member| member.as_bytes() == code)
}

/// Short names are in capitals, long ones begin with one.
fn form(name: &str) -> NameForm {
    let capitals = name.bytes().all(|letter| letter.is_ascii_uppercase());
    match name.as_bytes().first() {
        Some(_) if capitals => NameForm::Capitals,
        Some(first) if first.is_ascii_lowercase() => NameForm::Any,
        _ => NameForm::Title,
    }
}
