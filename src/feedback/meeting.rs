//! The meeting as outsiders may see it: no names, no actual times.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GroupId, Rule, SessionId, SessionKind, TimeOfDay, TopicId, schema};
use crate::workshop::{self, Agenda, Workshop};

/// The meeting whose feedback this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting<'a> {
    /// Its short name, as in file names.
    #[schemars(with = "String")]
    pub id: CompactString,
    /// Its full title.
    pub title: Cow<'a, str>,
    /// Where it was held.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub venue: Cow<'a, str>,
    /// Its days.
    #[schemars(schema_with = "schema::dates")]
    pub dates: Vec<NaiveDate>,
    /// The IANA time zone of all planned times. Empty means UTC.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub time_zone: Cow<'a, str>,
    /// The rule of every session that has none of its own.
    pub rule: Rule,
    /// What the meeting was for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<Cow<'a, str>>,
    /// How many delegations took part; their names stay in the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegations: Option<u32>,
}

impl<'a> Meeting<'a> {
    pub(super) fn of(agenda: &'a Agenda) -> Self {
        Self {
            id: agenda.id.clone(),
            title: (&*agenda.title).into(),
            venue: (&*agenda.venue).into(),
            dates: agenda.days.iter().map(|day| day.date).collect(),
            time_zone: (&*agenda.time_zone).into(),
            rule: agenda.rule,
            objectives: words(&agenda.objectives),
            delegations: agenda.delegation_count(),
        }
    }
}

/// A session as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session<'a> {
    /// Its permanent short name; points refer to it.
    #[schemars(with = "String")]
    pub id: SessionId,
    /// Its title.
    pub title: Cow<'a, str>,
    /// What sort of session it was.
    #[schemars(schema_with = "schema::session_kind")]
    pub kind: SessionKind,
    /// Its day.
    #[schemars(schema_with = "schema::date")]
    pub date: NaiveDate,
    /// When it was planned to begin, in the meeting's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::time_of_day")]
    pub start: Option<TimeOfDay>,
    /// Its planned length in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub minutes: Option<u32>,
    /// The rule it was held under.
    pub rule: Rule,
    /// The umbrella row it is under, always one further up on the same day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub under: Option<SessionId>,
    /// The round of group discussions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u8")]
    pub round: Option<u8>,
    /// The topics to be discussed in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub topics: Vec<TopicId>,
    /// The groups that were to sit in it, also if those are all groups of the agenda. Of a group discussion
    /// without them, nobody knows who was to speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub groups: Vec<GroupId>,
}

/// The agenda's sessions, umbrella rows before the rows under them.
pub(super) fn sessions<'a>(
    workshop: &'a Workshop,
    topics: &[Topic],
    groups: &[Group],
) -> Vec<Session<'a>> {
    let agenda = workshop.agenda();
    let all = agenda.sessions();
    let above: HashMap<&SessionId, &SessionId> = all
        .iter()
        .flat_map(|(.., row)| row.sessions.iter().map(|under| (&under.id, &row.id)))
        .collect();
    // A workshop that was made from a file knows only the groups that the file names.
    let every: Vec<GroupId> = if workshop.is_made_from_file() {
        Vec::new()
    } else {
        agenda.groups.iter().map(|group| group.id.clone()).collect()
    };
    let made = workshop.made_groups();
    let known: HashSet<&GroupId> = groups.iter().map(|group| &group.id).collect();
    let session = |(day, _, session): (usize, usize, &'a workshop::Session)| {
        let listed = agenda.groups_in(session);
        let is_for_all = listed.is_empty() && session.kind.is_group_discussion();
        let mut sits = if is_for_all { every.clone() } else { listed.to_vec() };
        sits.extend(made.get(&session.id).into_iter().flatten().cloned());
        sits.retain(|id| known.contains(id));
        let is_known = |id: &&TopicId| topics.iter().any(|topic| topic.id == **id);
        Session {
            id: session.id.clone(),
            title: (&*session.title).into(),
            kind: session.kind.clone(),
            date: agenda.days[day].date,
            start: session.start,
            minutes: session.minutes,
            rule: agenda.rule_of(session),
            under: above.get(&session.id).copied().cloned(),
            round: session.round,
            topics: session.topics.iter().filter(is_known).cloned().collect(),
            groups: sits,
        }
    };
    all.into_iter().map(session).collect()
}

/// One of the subjects that groups gave feedback on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic<'a> {
    /// Its permanent short name; points refer to it.
    #[schemars(with = "String")]
    pub id: TopicId,
    /// Its title.
    pub title: Cow<'a, str>,
    /// A title of one or two words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub short: Cow<'a, str>,
    /// The guiding questions put to every group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Cow<'a, str>>,
    /// Whether the agenda asked for it. One that came up on the day leaves no gaps.
    pub asked: bool,
}

/// The agenda's topics, and others if there are points or comments on them.
pub(super) fn topics(workshop: &Workshop) -> Vec<Topic<'_>> {
    let agenda = workshop.agenda();
    let topic = |topic: &'_ workshop::Topic| -> Option<Topic<'_>> {
        let asked = agenda.topic(&topic.id).is_some();
        let met = || {
            workshop.groups().any(|group| has_points(workshop, &group.id, &topic.id))
                || !workshop.comments(&topic.id).is_empty()
        };
        (asked || met()).then(|| Topic {
            id: topic.id.clone(),
            title: topic.title.clone().into(),
            short: topic.short.clone().into(),
            questions: topic.questions.iter().map(|q| q.clone().into()).collect(),
            asked,
        })
    };
    workshop.topics().iter().filter_map(topic).collect()
}

/// A breakout group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group<'a> {
    /// Its permanent short name; points refer to it.
    #[schemars(with = "String")]
    pub id: GroupId,
    /// Its label, never a delegation's name.
    pub title: Cow<'a, str>,
    /// Whether it was still at work when the file was written.
    pub open: bool,
    /// The topics it was asked to discuss. Empty means all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub topics: Vec<TopicId>,
}

/// The breakout groups, and the plenary if there are points from it.
pub(super) fn groups(workshop: &Workshop) -> Vec<Group<'_>> {
    let planned = &workshop.agenda().groups;
    let met = |group: &GroupId| {
        workshop.topics().iter().any(|topic| has_points(workshop, group, &topic.id))
    };
    workshop
        .groups()
        .filter(|group| !group.is_plenary() || met(&group.id))
        .map(|group| Group {
            id: group.id.clone(),
            title: group.title().into(),
            open: group.is_open(),
            topics: planned
                .iter()
                .find(|planned| planned.id == group.id)
                .map_or_else(Vec::new, |planned| planned.topics.clone()),
        })
        .collect()
}

fn has_points(workshop: &Workshop, group: &GroupId, topic: &TopicId) -> bool {
    workshop.cell(group, topic).is_some_and(|cell| cell.standing() + cell.parked() > 0)
}

fn words(lines: &[String]) -> Vec<Cow<'_, str>> {
    lines.iter().map(|line| line.as_str().into()).collect()
}
