//! What a secretariat writes before the meeting: days, sessions, topics, groups.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{GroupId, SessionId, TimeOfDay, TopicId, Workshop};
use crate::names::{ListedNames, Names};

/// The newest agenda format this version writes and reads.
pub const FORMAT: u32 = 1;

/// A meeting as planned. It never changes once a workshop has been founded on it; what happens on the
/// day is recorded in changes beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agenda {
    /// A short name for files: `asean-declaration`.
    pub id: CompactString,
    /// The meeting's full title.
    pub title: String,
    /// City, building, room.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub venue: String,
    /// An IANA name, `Asia/Kuala_Lumpur`; all planned times are in it. Empty means UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time_zone: String,
    /// The rule of every session that has none of its own.
    pub rule: Rule,
    /// What the meeting is for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
    /// Who is in the room, by delegation. Stays in the workshop: exports have only the number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<String>,
    /// How many delegations there are, if they are not listed by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_count: Option<u32>,
    /// Bodies that only one delegation has, for the attribution check.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<Agency>,
    /// Other names for delegations and bodies, for the attribution check.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// The participants by name, for the attribution check. Not part of the record that founds a
    /// workshop, so that the list is included only if somebody asks for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<String>,
    /// What groups give feedback on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// The breakout groups known before the meeting; more can be made on the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// The meeting's days, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Day>,
}

/// A body that only one delegation has: naming it names the delegation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agency {
    /// Its name in full.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its short name: `MCBA`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub short: String,
}

/// Another name for a delegation or a body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alias {
    /// The other name.
    pub name: String,
    /// What it is another name for.
    pub of: String,
}

/// The rule under which a session is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(schemars::JsonSchema)]
pub enum Rule {
    /// "Participants are free to use the information received, but neither the identity nor the
    /// affiliation of the speaker(s), nor that of any other participant, may be revealed."
    #[default]
    ChathamHouse,
    /// What is said may be attributed, if consent is recorded.
    OnRecord,
}

impl Rule {
    /// The rule's name as printed.
    pub fn title(self) -> &'static str {
        match self {
            Self::ChathamHouse => "Chatham House Rule",
            Self::OnRecord => "on the record",
        }
    }
}

/// One of the subjects that groups give feedback on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Topic {
    /// Its permanent short name: `capacity`.
    pub id: TopicId,
    /// Its title as printed.
    pub title: String,
    /// A title of one or two words, for tabs and table headings.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// Guiding questions put to every group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
}

impl Topic {
    /// The shortest title it has.
    pub fn short(&self) -> &str {
        if self.short.is_empty() { &self.title } else { &self.short }
    }
}

/// A breakout group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Group {
    /// Its permanent short name: `group-1`.
    pub id: GroupId,
    /// Its label as printed. Never a delegation's name.
    pub title: String,
    /// The topics it discusses; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicId>,
    /// Where it meets.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub room: String,
}

/// One day of the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The date, in the meeting's own time zone.
    pub date: NaiveDate,
    /// A title, if the day has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its sessions in printed order.
    #[serde(default)]
    pub sessions: Vec<Session>,
}

/// A row of the agenda. Umbrella rows hold others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// Its permanent short name.
    pub id: SessionId,
    /// Its title as printed.
    pub title: String,
    /// What sort of session it is.
    pub kind: SessionKind,
    /// When it is planned to begin; agendas often leave this open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<TimeOfDay>,
    /// The planned length in minutes, if the agenda gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Whether a late day must not move it: openings, prayer, tea, the interpreters' end.
    #[serde(skip_serializing_if = "super::is_default")]
    pub pinned: bool,
    /// Where it is held, if that is not the meeting's usual place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub room: String,
    /// Its own rule, if it differs from the meeting's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Speakers by role, never by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<String>,
    /// What the session is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub objective: String,
    /// Guiding questions for the session itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Topics discussed in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicId>,
    /// Groups that sit in it; empty means all groups if the session is a group discussion.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Which round of group discussions it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u8>,
    /// The rows under an umbrella row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
}

impl Session {
    /// Whether a session is somewhere under this one.
    pub(super) fn holds(&self, id: &SessionId) -> bool {
        self.sessions.iter().any(|row| row.id == *id || row.holds(id))
    }
}

/// What sort of session a row is. Agendas have kinds besides ours, so any word is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionKind(pub CompactString);

impl SessionKind {
    /// The kinds that have a meaning for this program, or that it expects to see.
    pub const KNOWN: [&'static str; 18] = [
        "opening",
        "registration",
        "briefing",
        "keynote",
        "presentation",
        "panel",
        "plenary",
        "plenary_discussion",
        "country_presentations",
        "group_discussion",
        "report_back",
        "exercise",
        "vote",
        "break",
        "social",
        "block",
        "closing",
        "session",
    ];

    /// Whether breakout groups sit in it.
    pub fn is_group_discussion(&self) -> bool {
        self.0 == "group_discussion"
    }

    /// Whether, as a rule, nothing is captured in it: coffee, lunch, dinner, registration.
    pub fn is_break(&self) -> bool {
        matches!(self.0.as_str(), "break" | "social" | "registration")
    }

    /// The kind in words.
    pub fn title(&self) -> String {
        self.0.replace('_', " ")
    }
}

impl Default for SessionKind {
    fn default() -> Self {
        Self(CompactString::const_new("session"))
    }
}

/// Which groups are expected to discuss which topics.
#[derive(Clone, Debug)]
pub struct Expectations<'a> {
    topics: HashSet<&'a TopicId>,
    groups: HashMap<&'a GroupId, &'a Group>,
}

impl<'a> Expectations<'a> {
    /// Whether a group is expected to discuss a topic.
    pub fn include(&self, group: &GroupId, topic: &TopicId) -> bool {
        let may = |group: &Group| group.topics.is_empty() || group.topics.contains(topic);
        let planned = self.planned(group);
        let is_meant = planned.map_or_else(|| *group != GroupId::plenary(), may);
        is_meant && self.topics.contains(topic)
    }

    /// The group as the agenda has it, if it was known before the meeting.
    pub fn planned(&self, group: &GroupId) -> Option<&'a Group> {
        self.groups.get(group).copied()
    }
}

impl Agenda {
    /// The names it lists, for the attribution check.
    pub fn listed(&self) -> ListedNames<'_> {
        let agencies = self.agencies.iter().map(|it| (it.name.as_str(), it.short.as_str()));
        let aliases = self.aliases.iter().map(|it| (it.name.as_str(), it.of.as_str()));
        ListedNames {
            delegations: self.delegations.iter().map(String::as_str).collect(),
            agencies: agencies.collect(),
            aliases: aliases.collect(),
            participants: self.participants.iter().map(String::as_str).collect(),
            texts: Vec::new(),
        }
    }

    /// The attribution check of this meeting, before there is a draft text.
    pub fn names(&self) -> Names {
        Workshop::new(self).names()
    }

    /// All sessions, umbrella rows before their children, with the day's index and the depth.
    pub fn sessions(&self) -> Vec<(usize, usize, &Session)> {
        fn walk<'a>(
            day: usize,
            depth: usize,
            rows: &'a [Session],
            out: &mut Vec<(usize, usize, &'a Session)>,
        ) {
            for row in rows {
                out.push((day, depth, row));
                walk(day, depth + 1, &row.sessions, out);
            }
        }
        let mut out = Vec::new();
        for (index, day) in self.days.iter().enumerate() {
            walk(index, 0, &day.sessions, &mut out);
        }
        out
    }

    /// The session of this id.
    pub fn session(&self, id: &SessionId) -> Option<&Session> {
        fn find<'a>(rows: &'a [Session], id: &SessionId) -> Option<&'a Session> {
            let own = |row: &'a Session| if row.id == *id { Some(row) } else { None };
            rows.iter().find_map(|row| own(row).or_else(|| find(&row.sessions, id)))
        }
        self.days.iter().find_map(|day| find(&day.sessions, id))
    }

    /// The nearest row above a session for which this is true.
    fn row_above(&self, session: &Session, is_one: impl Fn(&Session) -> bool) -> Option<&Session> {
        // Rows come before those under them.
        let rows = self.sessions().into_iter().map(|(.., row)| row);
        rows.filter(|row| row.holds(&session.id) && is_one(row)).last()
    }

    /// The groups that sit in a session: those that it lists, or a round of group discussions the row above it. Empty if
    /// neither does.
    pub fn groups_in<'a>(&'a self, session: &'a Session) -> &'a [GroupId] {
        if !session.groups.is_empty() || !session.kind.is_group_discussion() {
            return &session.groups;
        }
        self.row_above(session, |row| !row.groups.is_empty()).map_or(&[], |row| &row.groups)
    }

    /// The row above a group discussion whose topics are discussed in it and its other rounds, if it names none itself.
    pub(super) fn row_with_topics(&self, session: &Session) -> Option<&Session> {
        let names_none = session.topics.is_empty() && session.kind.is_group_discussion();
        let above = || self.row_above(session, |row| !row.topics.is_empty());
        names_none.then(above).flatten()
    }

    /// The topics that a session names, or the row above a group discussion.
    pub fn topics_in<'a>(&'a self, session: &'a Session) -> &'a [TopicId] {
        self.row_with_topics(session).map_or(&session.topics, |row| &row.topics)
    }

    /// The rule a session is held under: its own, or the meeting's.
    pub fn rule_of(&self, session: &Session) -> Rule {
        session.rule.unwrap_or(self.rule)
    }

    /// The topic of this id.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// Whether a group is expected to discuss a topic.
    pub fn expects(&self, group: &GroupId, topic: &TopicId) -> bool {
        let known = self.topics.iter().any(|t| t.id == *topic);
        match self.groups.iter().find(|g| g.id == *group) {
            Some(group) => known && (group.topics.is_empty() || group.topics.contains(topic)),
            None => known && *group != GroupId::plenary(),
        }
    }

    /// Which groups are expected to discuss which topics, for callers that ask about many.
    pub fn expectations(&self) -> Expectations<'_> {
        Expectations {
            topics: self.topics.iter().map(|topic| &topic.id).collect(),
            groups: self.groups.iter().map(|group| (&group.id, group)).collect(),
        }
    }

    /// The same without the participants' names.
    #[must_use]
    pub fn without_participants(&self) -> Self {
        Self { participants: Vec::new(), ..self.clone() }
    }

    /// How many delegations take part, if the agenda says.
    pub fn delegation_count(&self) -> Option<u32> {
        match self.delegations.len() {
            0 => self.delegation_count,
            listed => Some(listed as u32),
        }
    }
}
