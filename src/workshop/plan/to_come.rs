//! What the plan still has to come: nobody is late with it, and what is here is not everything yet.

use std::collections::BTreeSet;

use super::super::titles::in_a_row;
use super::super::{Gap, GroupId, Moment, SessionId, Workshop, bare_gap, names};
use super::{Discussions, PlanSoFar, sits_in};

/// How many sessions a sentence names.
const NAMED: usize = 3;
pub(super) const NOBODY: &str = "No points yet from ";
pub(super) const NOTHING: &str = "Nothing from ";
pub(super) const YET: &str = " yet.";

/// Says that nobody has spoken in these sessions; `None` if there are none.
pub fn nobody_spoke(sessions: &[String]) -> Option<String> {
    let named = sessions.len().min(NAMED);
    in_sessions(&sessions[..named], sessions.len() - named)
}

/// The same if these sessions are named and `more` others are only counted.
pub(super) fn in_sessions(named: &[String], more: usize) -> Option<String> {
    let mut quoted: Vec<String> = named.iter().map(|title| format!("“{title}”")).collect();
    if more > 0 {
        quoted.push(format!("{more} more"));
    }
    (!quoted.is_empty()).then(|| format!("{NOBODY}{}.", in_a_row(&quoted)))
}

/// Whether a sentence is about what is still to come rather than missing.
pub fn is_to_come(sentence: &str) -> bool {
    let sentence = bare_gap(sentence);
    sentence.starts_with(NOBODY) || (sentence.starts_with(NOTHING) && sentence.ends_with(YET))
}

impl Workshop {
    /// What the plan still has to come once some groups have spoken, one sentence each: discussions in
    /// which nobody spoke, and groups that said nothing at all. At a rehearsal, or while they are still
    /// to come, nothing counts as missing from them.
    pub fn to_come(&self, now: Option<Moment>) -> Vec<String> {
        let plan = self.plan_so_far(now);
        let in_files =
            if self.is_made_from_file() { self.to_come_in_files(&plan) } else { Vec::new() };
        if self.tallies().all(|(group, _)| *group == GroupId::plenary()) {
            return in_files;
        }
        let sessions = nobody_spoke(&self.not_begun_by(&plan));
        let groups = self.groups_to_come(&plan);
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let groups = (!groups.is_empty()).then(|| format!("{NOTHING}{}{YET}", names(&groups)));
        let own: Vec<String> = sessions.into_iter().chain(groups).collect();
        let in_files =
            in_files.into_iter().filter(|said| !own.iter().any(|it| it == bare_gap(said)));
        in_files.chain(own.iter().cloned()).collect()
    }

    /// The discussions of which the plan expects something, in which nobody has spoken so far and nobody is
    /// missing, by their titles.
    pub fn not_begun(&self, now: Moment) -> Vec<String> {
        self.not_begun_by(&self.plan_so_far(Some(now)))
    }

    /// The same by what the plan shows.
    pub(in super::super) fn not_begun_by(&self, plan: &PlanSoFar<'_>) -> Vec<String> {
        let PlanSoFar { discussions: Discussions { all, spoken }, silences, .. } = plan;
        let begun = spoken.rehearsed();
        let missed: BTreeSet<&SessionId> = silences
            .iter()
            .filter_map(|gap| match gap {
                Gap::Silent { session, .. } => Some(session),
                _ => None,
            })
            .collect();
        let to_come = all.iter().enumerate().filter(|(nth, one)| {
            let is_missed = missed.contains(&one.session.id);
            one.is_asked() && !one.is_due && !one.has_points && !begun.contains(nth) && !is_missed
        });
        to_come.map(|(_, one)| self.session_title(&one.session.id).to_owned()).collect()
    }

    /// The groups of the plan that have said nothing so far and are not missing, by their labels.
    fn groups_to_come(&self, plan: &PlanSoFar<'_>) -> Vec<String> {
        let PlanSoFar { discussions, silences, .. } = plan;
        let expected = self.agenda().expectations();
        let spoke: BTreeSet<&GroupId> = self.tallies().map(|(group, _)| group).collect();
        let missed: BTreeSet<&GroupId> = silences
            .iter()
            .flat_map(|gap| match gap {
                Gap::Silent { groups, .. } => groups.as_slice(),
                _ => &[],
            })
            .collect();
        let is_silent = |id: &GroupId| !spoke.contains(id) && !missed.contains(id);
        let groups = self.groups().filter(|group| {
            !group.is_plenary()
                && is_silent(&group.id)
                && discussions.all.iter().any(|one| sits_in(&group.id, &expected, one))
        });
        groups.map(|group| group.title().to_owned()).collect()
    }
}
