//! What must arrive before something that a file says is missing is here.
//!
//! Where something is missing, it is known how far the changes of its writer went. That goes along in the
//! feedback file. Where the file is imported, the sentence is dropped once that writer's changes are all here
//! and go as far.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::imported::bare;
use super::{Gap, Workshop, WriterId};

/// How far the changes of a writer go.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The writer.
    #[schemars(with = "String")]
    pub writer: WriterId,
    /// How many there are at least.
    pub changes: u64,
    /// The Lamport time that the last of them has at least, if known.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub time: u64,
}

/// Something that is missing, and what must arrive before it is here.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Awaited {
    /// What is missing: a sentence as in `draft`, without “The imported file says: ”.
    #[schemars(with = "String")]
    pub missing: Box<str>,
    /// How far the changes of these writers went. Empty if nobody knows.
    #[schemars(with = "Vec<Reach>")]
    pub from: Box<[Reach]>,
}

impl Awaited {
    /// How much of a change it takes up.
    pub(super) fn size(&self) -> usize {
        self.from.len() + 1
    }
}

impl Workshop {
    /// What is missing here and can be known to have arrived elsewhere, in the order of its sentences.
    pub fn awaited(&self) -> Vec<Awaited> {
        let mut all: BTreeMap<String, Option<Vec<Reach>>> = BTreeMap::new();
        let mut add = |sentence: String, from: &[Reach]| {
            let known = all.entry(sentence).or_insert_with(|| Some(Vec::new()));
            let from = Some(from).filter(|from| !from.is_empty());
            *known = known.take().zip(from).map(|(known, from)| [&known, from].concat());
        };
        let gaps = self.gaps();
        for (gap, sentence) in gaps.iter().zip(self.each_sentence(gaps.iter())) {
            match gap {
                Gap::Imported(said) if bare(&sentence) != &**said => {}
                Gap::Imported(said) => {
                    let of_file = self.missing_in_files().filter(|one| one.missing == *said);
                    of_file.for_each(|one| add(said.to_string(), &one.from));
                }
                gap => add(sentence, self.found_missing.awaited(gap)),
            }
        }
        let known = all.into_iter().filter_map(|(sentence, from)| Some((sentence, from?)));
        let mut awaited: Vec<Awaited> = known
            .map(|(sentence, mut from)| {
                from.sort_unstable();
                from.dedup();
                Awaited { missing: sentence.into(), from: from.into() }
            })
            .collect();
        awaited.sort_unstable();
        awaited
    }

    /// Whether all changes of these writers are here, and go as far.
    pub(super) fn have_arrived(&self, from: &[Reach]) -> bool {
        let has = |reach: &Reach| {
            self.found_missing.has_all_of(reach.writer) >= Some(reach.changes)
                && self.last_time_of(reach.writer) >= reach.time
        };
        !from.is_empty() && from.iter().all(has)
    }
}
