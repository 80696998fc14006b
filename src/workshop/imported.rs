//! What a feedback file said was missing when it was imported.
//!
//! It cannot be checked against any file here, so it is repeated until a later file says something else.
//! Nobody checked its words for names: they are repeated only if they are the program's own, apart from the
//! titles of this workshop.

use std::collections::BTreeSet;

use super::flaw::MOST;
use super::{
    Awaited, Change, Gap, Moment, Over, PlanSoFar, Stamp, Workshop, WriterId, clean, is_silence,
    is_to_come,
};

/// What precedes what a file said.
const SAYS: &str = "The imported file says: ";
/// What is said if a file was altered, or a later version wrote it.
const OTHERWISE: &str =
    "The imported file says that more is missing, in words that are not repeated here.";

/// The words that make up sentences about gaps, except titles, numbers and the names of laptops.
const WORDS: &str = "a about agenda an and another are arrived be been beginning bundle bundles breakouts by can cannot \
    change changes could cut damaged else file each files from gone groups has have heard \
    here holds in is it its key known knows laptop laptops latest locked made merged may meeting \
    missing more newer no nobody not nothing of on once one only opens or other panels part \
    plan point points program read rooms short shown so spoken tables taken teams that \
    the them there they this to unknown until version was were what which workshop written yet \
    but empty zeros jan feb mar apr jun jul aug sep oct nov dec";

/// A sentence about a gap without the words that say it came from a file.
pub fn bare(sentence: &str) -> &str {
    sentence.strip_prefix(SAYS).unwrap_or(sentence)
}

/// The feedback files that were imported.
#[derive(Clone, Debug, Default)]
pub(super) struct ImportedFiles {
    /// Whether the workshop was made from one, so that its agenda is not the whole plan.
    found: bool,
    /// When that was, if known.
    pub(super) since: Option<Moment>,
    /// Who wrote the points that came from files.
    pub(super) writers: BTreeSet<WriterId>,
    /// Those of them who wrote the points of files that came when the workshop was already there.
    pub(super) later: BTreeSet<WriterId>,
}

impl ImportedFiles {
    /// Notes a file. If the workshop was made from one on two laptops, the first time counts.
    pub(super) fn note(&mut self, founds: bool, since: Option<Moment>, by: Option<WriterId>) {
        self.found |= founds;
        self.since = self.since.into_iter().chain(since).min();
        self.writers.extend(by);
        self.later.extend(by.filter(|_| !founds));
    }
}

impl Awaited {
    /// These sentences, with what must arrive before that is here.
    pub(super) fn each(sentences: &[Box<str>], awaited: &[Self]) -> Vec<Self> {
        let from = |sentence: &str| {
            let of = awaited.iter().filter(|one| *one.missing == *sentence);
            of.flat_map(|one| &one.from).copied().collect()
        };
        let each = sentences.iter().map(|sentence| (clean(sentence), from(sentence)));
        each.map(|(missing, from)| Self { missing: missing.into(), from }).collect()
    }
}

impl Workshop {
    /// The change that notes what an imported file says is missing, replacing what was noted
    /// before or being added to it; `founds` says when the workshop is made, if it is made from that file, and `by` who
    /// wrote the points that it brings.
    pub fn import_gaps(
        &self,
        gaps: Vec<Awaited>,
        replaces: bool,
        founds: Option<Moment>,
        by: Option<WriterId>,
    ) -> Change {
        let over = if replaces { self.imported.live(Stamp::ORIGIN).into() } else { Over::new() };
        let to = gaps.iter().map(|gap| gap.missing.clone()).collect();
        let awaited = gaps.into_iter().filter(|gap| !gap.from.is_empty());
        let mut awaited: Box<[Awaited]> = awaited.collect();
        if awaited.iter().map(Awaited::size).sum::<usize>() > MOST {
            // No honest file has so much, and other laptops would refuse the change.
            awaited = Box::default();
        }
        Change::GapsImported { to, awaited, founds: founds.is_some(), since: founds, by, over }
    }

    /// Whether it was made from a feedback file: what was missing until then is what the file says.
    pub fn is_made_from_file(&self) -> bool {
        self.files.found
    }

    /// What imported files said was missing, each sentence once.
    pub fn imported_gaps(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            self.imported.values().flatten().map(|gap| &*gap.missing).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same with what must arrive before that is here.
    pub fn awaited_in_files(&self) -> Vec<&Awaited> {
        let mut all: Vec<&Awaited> = self.imported.values().flatten().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What imported files said was missing and has not arrived since, as far as that can be known.
    pub(super) fn missing_in_files(&self) -> impl Iterator<Item = &Awaited> {
        let all = self.imported.values().flatten();
        all.filter(|gap| !is_to_come(&gap.missing) && !self.have_arrived(&gap.from))
    }

    pub(super) fn gaps_of_files(&self, plan: &PlanSoFar<'_>) -> Vec<Gap> {
        let missing = self.missing_in_files().map(|gap| &*gap.missing);
        let (silences, others): (Vec<&str>, Vec<&str>) = missing.partition(|gap| is_silence(gap));
        let silences = self.still_unsaid(&silences, plan).into_iter().map(String::into_boxed_str);
        silences.chain(others.into_iter().map(Box::from)).map(Gap::Imported).collect()
    }

    /// What imported files said was still to come, one sentence each.
    pub(super) fn to_come_in_files(&self, plan: &PlanSoFar<'_>) -> Vec<String> {
        let to_come = self.imported_gaps().into_iter().filter(|sentence| is_to_come(sentence));
        let left = self.still_unsaid(&to_come.collect::<Vec<_>>(), plan);
        left.iter().map(|sentence| self.in_words_of_file(sentence)).collect()
    }

    pub(super) fn in_words_of_file(&self, sentence: &str) -> String {
        if self.is_own_words(sentence) { format!("{SAYS}{sentence}") } else { OTHERWISE.to_owned() }
    }

    /// Whether a sentence has only words that sentences about gaps are made of.
    fn is_own_words(&self, sentence: &str) -> bool {
        let agenda = self.agenda();
        let mut titles: Vec<&str> =
            agenda.groups.iter().map(|group| group.title.as_str()).collect();
        titles.extend(self.groups().map(super::GroupState::title));
        titles.extend(self.topics().iter().flat_map(|topic| [topic.title.as_str(), topic.short()]));
        titles.extend(agenda.sessions().iter().map(|(.., session)| session.title.as_str()));
        titles.retain(|title| !title.is_empty());
        titles.sort_unstable_by_key(|title| std::cmp::Reverse(title.len()));
        let mut rest = sentence.to_owned();
        for title in titles {
            rest = without(&rest, title);
        }
        let mut last = String::new();
        let words =
            rest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.into_iter().all(|word| {
            let word = word.to_lowercase();
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let names_a_laptop = last == "laptop"
                && word.len() == 4
                && format!("{word}00000000").parse::<WriterId>().is_ok();
            let is_known = WORDS.split_ascii_whitespace().any(|known| known == word);
            last = word;
            is_number || names_a_laptop || is_known
        })
    }
}

/// A text without a title where that is not a part of other words.
fn without(text: &str, title: &str) -> String {
    let (mut rest, mut left) = (text, String::new());
    while let Some(at) = rest.find(title) {
        let (before, after) = (&rest[..at], &rest[at + title.len()..]);
        let goes_on = |one: Option<char>, other: Option<char>| {
            one.zip(other)
                .is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
        };
        let last = before.chars().next_back().or(left.chars().next_back());
        let is_part = goes_on(last, title.chars().next())
            || goes_on(title.chars().next_back(), after.chars().next());
        left.push_str(before);
        left.push_str(if is_part { title } else { "\n" });
        rest = after;
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::super::{Agenda, Group, Topic};
    use super::*;

    #[test]
    fn what_the_program_says_is_repeated_and_nothing_else() {
        let agenda = Agenda {
            groups: [("g", "Northern coast"), ("a", "A"), ("b", "b")]
                .map(|(id, title)| Group { id: id.into(), title: title.into(), ..Group::default() })
                .into(),
            topics: vec![Topic { id: "t".into(), title: "Roads".into(), ..Topic::default() }],
            ..Agenda::default()
        };
        let workshop = Workshop::new(&agenda);
        let (laptop, group) = (WriterId::of(b"x"), Some("g".into()));
        let why = |why: &str| Gap::Refused {
            laptop,
            group: Some("g".into()),
            why: why.into(),
            points: Vec::new(),
        };
        let elsewhere = |changes| Gap::Elsewhere {
            laptop,
            group: Some("g".into()),
            writers: vec![laptop],
            changes,
        };
        let gaps = [
            Gap::Agenda,
            Gap::Unreadable { laptop: None, files: 1 },
            Gap::Unreadable { laptop: Some(laptop), files: 2 },
            Gap::Unheard { files: 1, laptops: Vec::new() },
            Gap::Unheard { files: 1, laptops: vec![(laptop, group.clone())] },
            Gap::Unheard { files: 2, laptops: vec![(laptop, None), (laptop, group.clone())] },
            Gap::Damaged { laptop: None, writer: None, changes: 1 },
            Gap::Damaged { laptop: Some(laptop), writer: None, changes: 2 },
            Gap::Lost { laptop: Some(laptop), writer: None },
            Gap::Part { laptop, group: group.clone(), missing: 1, of: 3 },
            Gap::Part { laptop, group: None, missing: 2, of: 3 },
            elsewhere(0),
            elsewhere(1),
            elsewhere(2),
            why("it is cut short."),
            why("it is empty."),
            why("there is nothing but zeros in it."),
            why("it was made by a newer version of the program."),
            why("it could not be read or written."),
            why("it is damaged."),
            why("it was made from another version of the agenda."),
            why(super::super::READ_IN_PART),
            why("it is locked, and no key here opens it."),
            Gap::Locked(1),
            Gap::Locked(2),
            Gap::Illegible(1),
            Gap::Illegible(2),
            Gap::Waiting(1),
            Gap::Waiting(2),
            Gap::Newer { laptop: None, writer: None, changes: 1 },
            Gap::Newer { laptop: Some(laptop), writer: None, changes: 2 },
        ];
        let mut sentences = workshop.sentences(gaps.iter());
        sentences.push("28 May: nothing on Roads from Northern coast in “Roads”.".to_owned());
        sentences.push("Nothing from Northern coast yet.".to_owned());
        sentences.push("Nothing from A and b yet.".to_owned());
        sentences.push("No points yet from “Roads”, “Roads” and 2 more.".to_owned());
        for sentence in &sentences {
            let sentence_of_file = workshop.in_words_of_file(sentence);
            assert_eq!(sentence_of_file, format!("{SAYS}{sentence}"));
            assert_eq!(bare(&sentence_of_file), sentence);
        }
        for sentence in
            ["Malaysia: 1 change is damaged.", "Laptop mala: 1 change.", "Roadside", "Ros"]
        {
            assert_eq!(workshop.in_words_of_file(sentence), OTHERWISE);
        }
    }
}
