//! What a feedback file said was missing when it was imported.
//!
//! It cannot be checked against any file here, so it is repeated until a later file says something else.
//! Nobody checked its words for names: they are repeated only if they are the program's own, apart from the
//! titles of this workshop.

use super::{Change, Gap, Over, Stamp, Workshop, WriterId, is_to_come};

/// What precedes what a file said.
const SAYS: &str = "The imported file says: ";
/// What is said if a file was altered, or a later version wrote it.
const OTHERWISE: &str =
    "The imported file says that more is missing, in words that are not repeated here.";

/// The words that make up sentences about gaps, except titles, numbers and the names of laptops.
const WORDS: &str = "a about agenda an and another are arrived be beginning breakouts by can cannot \
    change changes could cut damaged else file files from gone groups has have heard \
    here holds in is it its key known knows laptop laptops locked made may meeting \
    missing more newer no nobody not nothing of on one only opens or other panels part \
    plan point points program read rooms short shown so spoken tables taken teams that \
    the them there they this to unknown version was were what which workshop written yet \
    but empty zeros jan feb mar apr jun jul aug sep oct nov dec";

/// A sentence about a gap without the words that say it came from a file.
pub fn bare(sentence: &str) -> &str {
    sentence.strip_prefix(SAYS).unwrap_or(sentence)
}

impl Workshop {
    /// The change that notes what an imported file says is missing, replacing what was noted
    /// before or being added to it; `founds` says that the workshop is made from that file.
    pub fn import_gaps(&self, to: Vec<Box<str>>, replaces: bool, founds: bool) -> Change {
        let over = if replaces { self.imported.live(Stamp::ORIGIN).into() } else { Over::new() };
        Change::GapsImported { to: to.into(), founds, over }
    }

    /// Whether it was made from a feedback file. The file lists sessions without their topics, groups, rounds
    /// and ends, so it has no plan by which silence could be judged: what was missing there is what it says.
    pub fn is_made_from_file(&self) -> bool {
        self.made_from_file
    }

    /// What imported files said was missing, each sentence once.
    pub fn imported_gaps(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.imported.values().flatten().map(AsRef::as_ref).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn gaps_of_files(&self) -> impl Iterator<Item = Gap> {
        let missing = self.imported_gaps().into_iter().filter(|sentence| !is_to_come(sentence));
        missing.map(|sentence| Gap::Imported(sentence.into()))
    }

    /// What imported files said was still to come, one sentence each.
    pub(super) fn to_come_in_files(&self) -> Vec<String> {
        let to_come = self.imported_gaps().into_iter().filter(|sentence| is_to_come(sentence));
        to_come.map(|sentence| self.in_words_of_file(sentence)).collect()
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
            rest = rest.replace(title, "\n");
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

#[cfg(test)]
mod tests {
    use super::super::{Agenda, Group, Topic};
    use super::*;

    #[test]
    fn what_the_program_says_is_repeated_and_nothing_else() {
        let agenda = Agenda {
            groups: vec![Group {
                id: "g".into(),
                title: "Northern coast".into(),
                ..Group::default()
            }],
            topics: vec![Topic { id: "t".into(), title: "Roads".into(), ..Topic::default() }],
            ..Agenda::default()
        };
        let workshop = Workshop::new(&agenda);
        let (laptop, group) = (WriterId::of(b"x"), Some("g".into()));
        let why = |why: &str| Gap::Refused { laptop, group: Some("g".into()), why: why.into() };
        let gaps = [
            Gap::Agenda,
            Gap::Unreadable { laptop: None, files: 1 },
            Gap::Unreadable { laptop: Some(laptop), files: 2 },
            Gap::Unheard(1),
            Gap::Damaged { laptop: None, writer: None, changes: 1 },
            Gap::Damaged { laptop: Some(laptop), writer: None, changes: 2 },
            Gap::Lost { laptop: Some(laptop), writer: None },
            Gap::Part { laptop, group: group.clone(), missing: 1, of: 3 },
            Gap::Part { laptop, group: None, missing: 2, of: 3 },
            Gap::Elsewhere { laptop, group: group.clone(), changes: 0 },
            Gap::Elsewhere { laptop, group: group.clone(), changes: 1 },
            Gap::Elsewhere { laptop, group, changes: 2 },
            why("it is cut short."),
            why("it is empty."),
            why("there is nothing but zeros in it."),
            why("it was made by a newer version of the program."),
            why("it could not be read or written."),
            why("it is damaged."),
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
