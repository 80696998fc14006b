//! What must arrive before something that a file says is missing is here.
//!
//! Where something is missing, it is known how far the changes of its writer went. That goes along in the
//! feedback file. Where the file is imported, the sentence is dropped once that writer's changes are all here
//! and go as far.
//!
//! Nobody knows how much was in a file that could not be read. But a bundle of the same laptop has all that was in it,
//! if it is newer than the last one that had come there and no smaller than the file: it may be its good copy.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::imported::bare;
use super::{Gap, Moment, Workshop, WriterId, Wrong};

/// How far the changes of a writer go, or of a laptop.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The writer; the laptop if there is an `after`.
    #[schemars(with = "String")]
    pub writer: WriterId,
    /// How many there are at least.
    pub changes: u64,
    /// The Lamport time that the last of them has at least, if known.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub time: u64,
    /// A file of this laptop could not be read where this was written. All that had come from it there was made before
    /// this moment, by its own clock, or if nothing had come, this was written then: what it made at this moment or
    /// later has all that was in the file. In milliseconds since 1970, to the minute.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(with = "i64")]
    pub after: Option<Moment>,
    /// How many bytes that file had: one of that laptop that is not smaller must have come.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub bytes: u64,
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
                gap => match (self.found_missing.awaited(gap), self.after_refusal(gap)) {
                    ([], Some(reach)) => add(sentence, &[reach]),
                    (known, _) => add(sentence, known),
                },
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
            if let Some(after) = reach.after {
                return self.has_all_since(reach.writer, after, reach.bytes);
            }
            self.found_missing.has_all_of(reach.writer) >= Some(reach.changes)
                && self.last_time_of(reach.writer) >= reach.time
        };
        !from.is_empty() && from.iter().all(has)
    }

    /// What must arrive after something of a laptop was refused of which nothing else had come, and nobody knows how
    /// much was in it.
    fn after_refusal(&self, gap: &Gap) -> Option<Reach> {
        let Gap::Refused { laptop, .. } = gap else { return None };
        // It was refused before now.
        let after = self.judged_at()?.minute().plus_minutes(1);
        Some(Reach { writer: *laptop, changes: 0, time: 0, after: Some(after), bytes: 0 })
    }

    /// Whether all that a laptop had at a moment of its own clock or later is here, when its files had so many bytes.
    fn has_all_since(&self, laptop: WriterId, moment: Moment, bytes: u64) -> bool {
        let mut reports = self.laptops_heard().iter().filter(|report| report.id == laptop);
        let is_later = reports.any(|report| report.made >= moment && report.bytes >= bytes);
        let lacks = |gap: &Gap| gap.laptop() == Some(laptop);
        let is_wrong =
            |clock: &super::Clock| clock.replica == Some(laptop) && clock.wrong != Wrong::Here;
        // Unless its size shows which file it is, its clock has to be right.
        let is_timed = || bytes > 0 || !self.clocks().iter().any(is_wrong);
        is_later && !self.found_missing.iter().any(lacks) && is_timed()
    }
}
