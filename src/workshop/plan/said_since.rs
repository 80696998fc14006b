//! What a file says nobody said, without what has been said here since.
//!
//! A sentence is taken apart by what it can be made of again; one that cannot be is left as it is.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use super::super::titles::{in_a_row, read_either, read_names};
use super::super::{Expectations, Gap, GroupId, SessionId, TopicId, Workshop, bare_gap, names};
use super::to_come::{NOBODY, NOTHING, YET, in_sessions};
use super::{Discussion, Discussions, ONE_OF, PlanSoFar, nobody_spoke, sits_in, unsaid_of};

/// The discussions of the agenda, and who spoke in them as far as that is not only from files.
struct Here<'a> {
    discussions: Discussions<'a>,
    expected: Expectations<'a>,
    /// The discussions that are judged here, and what nobody said in them by that: a sentence about it says more.
    judged: HashSet<&'a SessionId>,
    silences: &'a [Gap],
}

impl Here<'_> {
    /// Whether it is said here that a group was silent in a discussion on a topic; `None` for anything.
    fn is_missed(&self, group: &GroupId, nth: usize, topic: Option<&TopicId>) -> bool {
        let of = &self.discussions.all[nth].session.id;
        self.silences.iter().any(|gap| match gap {
            Gap::Silent { session, topics, groups, .. } => {
                let is_named = |topic| topics.is_empty() || topics.contains(topic);
                session == of && groups.contains(group) && topic.is_none_or(is_named)
            }
            _ => false,
        })
    }

    /// What a group still owes of what a file says it owed in a discussion; `None` if nothing.
    fn unsaid(
        &self,
        workshop: &Workshop,
        group: &GroupId,
        topics: &[TopicId],
        nth: usize,
    ) -> Option<Vec<TopicId>> {
        let Discussions { all, spoken } = &self.discussions;
        if topics.is_empty() {
            let is_silent = !spoken.has_any(group, nth) && !self.is_missed(group, nth, None);
            return is_silent.then(Vec::new);
        }
        let mut unsaid = if self.judged.contains(&all[nth].session.id) {
            // Another version of the agenda may have expected more.
            let mut asked = workshop.asked_in(group, &self.expected, nth, all);
            asked.retain(|topic| topics.contains(topic));
            unsaid_of(group, asked, &self.expected, nth, &self.discussions)?
        } else {
            // Whether the discussion left the group the choice is not known.
            topics.iter().filter(|topic| !spoken.has(group, topic, nth)).cloned().collect()
        };
        unsaid.retain(|topic| !self.is_missed(group, nth, Some(topic)));
        (!unsaid.is_empty()).then_some(unsaid)
    }
}

/// Whether a sentence says that nobody said something by the plan.
pub fn is_silence(sentence: &str) -> bool {
    let sentence = bare_gap(sentence);
    sentence.contains(": nothing") && sentence.ends_with("”.")
}

impl Workshop {
    /// What is left of these sentences about what nobody said or has said yet, beside what the plan shows here.
    pub(in super::super) fn still_unsaid(
        &self,
        sentences: &[&str],
        plan: &PlanSoFar<'_>,
    ) -> Vec<String> {
        if sentences.is_empty() {
            return Vec::new();
        }
        let all = self.all_discussions();
        let spoken = self.spoken_beside_files(&all, plan.now);
        let here = Here {
            discussions: Discussions { all, spoken },
            expected: self.agenda().expectations(),
            judged: plan.discussions.all.iter().map(|one| &one.session.id).collect(),
            silences: &plan.silences,
        };
        let mut left: Vec<String> =
            sentences.iter().flat_map(|sentence| self.left_of(sentence, &here)).collect();
        left.sort_unstable();
        left.dedup();
        left
    }

    /// What this workshop says nobody said, in the words of another one of the same meeting; `None` if it is no such
    /// sentence, or about what the other does not have.
    pub fn silence_in_words_of(&self, other: &Self, sentence: &str) -> Option<String> {
        let all = self.all_discussions();
        let (nths, topics, groups) = self.read_silence(sentence, &all)?;
        let known: HashSet<&TopicId> = other.topics().iter().map(|topic| &topic.id).collect();
        let is_known = topics.iter().all(|topic| known.contains(topic))
            && groups.iter().all(|group| other.group(group).is_some());
        let sessions: Vec<&SessionId> = nths.iter().map(|nth| &all[*nth].session.id).collect();
        let there = other.all_discussions();
        let date_of =
            |session: &&SessionId| Some(there.iter().find(|one| one.session.id == **session)?.date);
        let dates: Option<BTreeSet<NaiveDate>> = sessions.iter().map(date_of).collect();
        let dates = dates.filter(|dates| is_known && dates.len() == 1)?;
        Some(other.silence_in_words((*dates.first()?, &sessions), &topics, &groups))
    }

    fn left_of(&self, sentence: &str, here: &Here<'_>) -> Vec<String> {
        let nothing = sentence.strip_prefix(NOTHING).and_then(|rest| rest.strip_suffix(YET));
        let nobody = sentence.strip_prefix(NOBODY).and_then(|rest| rest.strip_suffix('.'));
        let left = match (nothing, nobody) {
            (Some(whose), _) => self.silent_groups(whose, here),
            (_, Some(which)) => self.silent_sessions(which, here),
            _ => self.silences_left(sentence, here),
        };
        left.unwrap_or_else(|| vec![sentence.to_owned()])
    }

    /// The groups and their labels.
    fn labels(&self) -> (Vec<&GroupId>, Vec<&str>) {
        self.groups().map(|group| (&group.id, group.title())).unzip()
    }

    fn silent_groups(&self, whose: &str, here: &Here<'_>) -> Option<Vec<String>> {
        let is_judged = |one: &Discussion<'_>, group: &GroupId| {
            here.judged.contains(&one.session.id) && sits_in(group, &here.expected, one)
        };
        let is_judged =
            |group: &GroupId| here.discussions.all.iter().any(|one| is_judged(one, group));
        let (ids, titles) = self.labels();
        let spoke: BTreeSet<&GroupId> = self.tallies().map(|(group, _)| group).collect();
        let named = read_names(whose, &titles)?;
        let silent =
            named.into_iter().filter(|nth| !spoke.contains(ids[*nth]) && !is_judged(ids[*nth]));
        let silent: Vec<&str> = silent.map(|nth| titles[nth]).collect();
        let sentence = format!("{NOTHING}{}{YET}", names(&silent));
        Some(if silent.is_empty() { Vec::new() } else { vec![sentence] })
    }

    fn silent_sessions(&self, which: &str, here: &Here<'_>) -> Option<Vec<String>> {
        let (begun, rehearsed) =
            (here.discussions.spoken.certain(), here.discussions.spoken.rehearsed());
        let is_judged = |nth: &usize| here.judged.contains(&here.discussions.all[*nth].session.id);
        let is_silent =
            |nth: &usize| !begun.contains(nth) && !rehearsed.contains(nth) && !is_judged(nth);
        let title =
            |nth: usize| self.session_title(&here.discussions.all[nth].session.id).to_owned();
        let (those, more) = match which.rsplit_once(" and ") {
            Some((those, more)) => match more.strip_suffix(" more").map(str::parse::<usize>) {
                Some(more) => (those, more.ok()?),
                None => (which, 0),
            },
            None => (which, 0),
        };
        let is_named = |nth: &usize| those.contains(&format!("“{}”", title(*nth)));
        let (named, others): (Vec<usize>, Vec<usize>) =
            (0..here.discussions.all.len()).partition(is_named);
        let titles = |of: &[usize]| of.iter().map(|nth| title(*nth)).collect::<Vec<_>>();
        if in_sessions(&titles(&named), more)? != format!("{NOBODY}{which}.") {
            return None;
        }
        let more = others.iter().filter(|nth| is_silent(nth)).count().min(more);
        let left: Vec<usize> = named.into_iter().filter(is_silent).collect();
        Some(match (left.is_empty(), more) {
            (true, 0) => Vec::new(),
            // Which they were is not known any more.
            (true, _) => {
                nobody_spoke(&titles(&others.into_iter().filter(is_silent).collect::<Vec<_>>()))
                    .into_iter()
                    .collect()
            }
            (false, _) => in_sessions(&titles(&left), more).into_iter().collect(),
        })
    }

    fn silences_left(&self, sentence: &str, here: &Here<'_>) -> Option<Vec<String>> {
        let all = &here.discussions.all;
        let (nths, topics, groups) = self.read_silence(sentence, all)?;
        let mut left: BTreeMap<Vec<TopicId>, Vec<GroupId>> = BTreeMap::new();
        for group in groups {
            // If it may have been any of several, what has been said in one of them since ends it.
            let unsaid = nths.iter().map(|nth| here.unsaid(self, &group, &topics, *nth));
            let unsaid: Option<Vec<Vec<TopicId>>> = unsaid.collect();
            let common = unsaid.and_then(|of| {
                of.into_iter().reduce(|mut common, other| {
                    common.retain(|topic| other.contains(topic));
                    common
                })
            });
            if let Some(unsaid) = common.filter(|left| topics.is_empty() || !left.is_empty()) {
                left.entry(unsaid).or_default().push(group);
            }
        }
        let sessions: Vec<&SessionId> = nths.iter().map(|nth| &all[*nth].session.id).collect();
        let date = all[*nths.first()?].date;
        let words = |(topics, groups): (Vec<TopicId>, Vec<GroupId>)| {
            self.silence_in_words((date, &sessions), &topics, &groups)
        };
        Some(left.into_iter().map(words).collect())
    }

    /// The discussions of a day that end a sentence about a silence, by what they are called there: each alone, or
    /// several of which it is one.
    fn endings(&self, sentence: &str, all: &[Discussion<'_>]) -> Vec<(Vec<usize>, String)> {
        let title = |nth: usize| format!("“{}”", self.session_title(&all[nth].session.id));
        let mut endings: Vec<(Vec<usize>, String)> =
            (0..all.len()).map(|nth| (vec![nth], title(nth))).collect();
        let days: BTreeSet<NaiveDate> = all.iter().map(|one| one.date).collect();
        for day in days.into_iter().filter(|_| sentence.contains(ONE_OF)) {
            let is_named = |nth: &usize| all[*nth].date == day && sentence.contains(&title(*nth));
            let named: Vec<usize> = (0..all.len()).filter(is_named).collect();
            let titles: Vec<String> = named.iter().map(|nth| title(*nth)).collect();
            endings.push((named, format!("{ONE_OF}{}", in_a_row(&titles))));
        }
        endings
    }

    /// The discussions, topics and groups that a sentence about a silence names.
    fn read_silence(
        &self,
        sentence: &str,
        all: &[Discussion<'_>],
    ) -> Option<(Vec<usize>, Vec<TopicId>, Vec<GroupId>)> {
        let (ids, labels) = self.labels();
        let titles: Vec<&str> = self.topics().iter().map(|topic| topic.title.as_str()).collect();
        for (nths, called) in self.endings(sentence, all) {
            let Some(date) = nths.first().map(|nth| all[*nth].date) else { continue };
            let sessions: Vec<&SessionId> = nths.iter().map(|nth| &all[*nth].session.id).collect();
            let rest = sentence.strip_prefix(&format!("{}: nothing", date.format("%-d %b")));
            let rest = rest.and_then(|rest| rest.strip_suffix(&format!(" in {called}.")));
            let Some(rest) = rest else { continue };
            for (at, from) in rest.match_indices(" from ") {
                let on = rest[..at].strip_prefix(" on ");
                let topics = on.map_or_else(|| Some(Vec::new()), |on| read_either(on, &titles));
                let groups = read_names(&rest[at + from.len()..], &labels);
                let Some((topics, groups)) = topics.zip(groups) else { continue };
                let topics: Vec<TopicId> =
                    topics.into_iter().map(|nth| self.topics()[nth].id.clone()).collect();
                let groups: Vec<GroupId> = groups.into_iter().map(|nth| ids[nth].clone()).collect();
                if self.silence_in_words((date, &sessions), &topics, &groups) == sentence {
                    return Some((nths, topics, groups));
                }
            }
        }
        None
    }
}
