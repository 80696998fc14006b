//! Agendas as secretariats write them, in RON.
//!
//! ```
//! use rapporteur::import::agenda::read;
//!
//! let text = r#"(title: "Budget day", days: [(date: "2025-05-27", sessions: [
//!     (title: "Opening", kind: opening, start: "9:00", end: "9:30", pinned: true),
//! ])])"#;
//! let reading = read("budget.ron", text.as_bytes()).unwrap();
//! assert_eq!(reading.agenda.days[0].sessions[0].minutes, Some(30));
//!
//! let mistakes = read("budget.ron", b"(titel: \"Budget day\")").unwrap_err();
//! assert_eq!(
//!     mistakes.0[1].to_string(),
//!     "budget.ron:1:2: A meeting has no field “titel”. Did you mean “title”?"
//! );
//! ```

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use compact_str::CompactString;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::form::{AgendaForm, shortened};
use super::likeness::{advice, fold, nearest};
use super::mistake::{Mistake, Mistakes};
use super::names::{IdRegister as Ids, slug};
pub use super::page::LARGEST;
use super::tree::{Node, Value};
use super::{page::SourceText, timetable, timetable::TimetableRow, tree};
use crate::workshop::{
    AGENDA_FORMAT, Agency, Agenda, Alias, Day, Group, GroupId, Names, Rule, Session, SessionKind,
    Topic, TopicId, Zone,
};

/// An agenda that could be read.
#[derive(Clone, Debug)]
pub struct ReadAgenda {
    /// The agenda, with every id filled in.
    pub agenda: Agenda,
    /// What may be intended, and may not.
    pub warnings: Vec<Mistake>,
}

/// Reads an agenda. One with mistakes is refused as a whole, and all of them are reported.
pub fn read(name: &str, bytes: &[u8]) -> Result<ReadAgenda, Mistakes> {
    let bytes = &*from_utf_16(bytes);
    let mut page = SourceText::open(name, bytes)?;
    let agenda = if let Some(node) = tree::read(&mut page) {
        AgendaReader { page: &mut page, topics: Vec::new(), groups: Vec::new() }.agenda(&node)
    } else {
        let instead = "Start from the sample “blank”, or write (title: \"…\").";
        page.mistake(0, "There is no agenda in this file.", instead);
        None
    };
    let warnings = page.close()?;
    Ok(ReadAgenda { agenda: agenda.unwrap_or_default(), warnings })
}

/// Text that an editor saved as UTF-16, with its byte-order mark; anything else as it is.
fn from_utf_16(bytes: &[u8]) -> Cow<'_, [u8]> {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let Some(encoding) = encoding.filter(|encoding| [UTF_16LE, UTF_16BE].contains(encoding)) else {
        return bytes.into();
    };
    match encoding.decode(bytes) {
        (text, _, false) => text.into_owned().into_bytes().into(),
        _ => bytes.into(),
    }
}

const MEETING: [&str; 15] = [
    "title",
    "id",
    "venue",
    "time_zone",
    "rule",
    "objectives",
    "delegations",
    "delegation_count",
    "agencies",
    "aliases",
    "participants",
    "topics",
    "groups",
    "days",
    "format",
];
const TOPIC: [&str; 4] = ["title", "id", "short", "questions"];
const GROUP: [&str; 4] = ["title", "id", "topics", "room"];
const AGENCY: [&str; 2] = ["name", "short"];
const ALIAS: [&str; 2] = ["name", "of"];
const DAY: [&str; 3] = ["date", "title", "sessions"];
const SESSION: [&str; 17] = [
    "title",
    "id",
    "kind",
    "start",
    "end",
    "minutes",
    "time",
    "pinned",
    "room",
    "rule",
    "speakers",
    "objective",
    "questions",
    "topics",
    "groups",
    "round",
    "sessions",
];

/// What people call kinds of session that have another name here.
const KINDS: [(&str, &str); 14] = [
    ("breakout", "group_discussion"),
    ("breakouts", "group_discussion"),
    ("breakout_session", "group_discussion"),
    ("group_work", "group_discussion"),
    ("group_discussions", "group_discussion"),
    ("working_groups", "group_discussion"),
    ("country_updates", "country_presentations"),
    ("panel_discussion", "panel"),
    ("reporting_back", "report_back"),
    ("lunch", "break"),
    ("coffee", "break"),
    ("coffee_break", "break"),
    ("tea", "break"),
    ("tea_break", "break"),
];

/// Words before a person's name. Speakers are kept by role, so that no file can reveal a name.
const HONORIFICS: [&str; 13] =
    ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "he", "hon", "dato", "datuk", "datin", "pak"];

struct AgendaReader<'p, 't> {
    page: &'p mut SourceText<'t>,
    /// The known topics, by id and title.
    topics: Vec<KnownId>,
    /// The known groups, by id and title.
    groups: Vec<KnownId>,
}

/// The id and the title of something that sessions can refer to.
type KnownId = (CompactString, String);

/// What is known of a day's sessions while they are read.
struct Rows {
    names: Ids,
    rows: Vec<TimetableRow>,
    day: usize,
}

impl<'t> AgendaReader<'_, 't> {
    fn agenda(&mut self, node: &Node<'t>) -> Option<Agenda> {
        let form = AgendaForm::open(self.page, node, "meeting", &MEETING)?;
        self.format(&form);
        let title = form.title(self.page);
        let mut id = form.id(self.page);
        if id.is_empty() {
            id = slug(&title).into();
        }
        let topics = self.topics(&form);
        self.topics =
            topics.iter().map(|topic| (topic.id.0.clone(), topic.title.clone())).collect();
        let groups = self.groups(&form);
        self.groups =
            groups.iter().map(|group| (group.id.0.clone(), group.title.clone())).collect();
        let (delegations, delegation_count) = self.delegations(&form);
        let mut agenda = Agenda {
            id,
            title,
            venue: form.text(self.page, "venue"),
            time_zone: self.time_zone(&form),
            rule: self.rule(&form).unwrap_or_default(),
            objectives: self.lines(&form, "objectives"),
            delegations,
            delegation_count,
            agencies: self.agencies(&form),
            aliases: self.aliases(&form),
            participants: self.participants(&form),
            topics,
            groups,
            days: Vec::new(),
        };
        let rows = self.days(&form, &mut agenda);
        if !self.page.is_wrong() {
            timetable::check(self.page, &agenda, &rows);
            agenda.days.sort_by_key(|day| day.date);
        }
        Some(agenda)
    }

    fn format(&mut self, form: &AgendaForm<'_, 't>) {
        let newest = AGENDA_FORMAT;
        if form.number(self.page, "format", u32::MAX).is_some_and(|format| format > newest) {
            let what =
                format!("This agenda is newer than the program, which reads format {newest}.");
            self.page.mistake(form.place("format"), what, "Use a newer version of the program.");
        }
    }

    fn lines(&mut self, form: &AgendaForm<'_, 't>, name: &str) -> Vec<String> {
        form.texts(self.page, name).into_iter().map(|(_, text)| text).collect()
    }

    fn time_zone(&mut self, form: &AgendaForm<'_, 't>) -> String {
        let zone = form.text(self.page, "time_zone");
        if zone.is_empty() && form.get("time_zone").is_none_or(|node| !broken(node)) {
            let what = "This meeting has no time zone, so its times are taken to be UTC.";
            let instead = "Add time_zone: \"Asia/Kuala_Lumpur\", for example.";
            self.page.warning(form.place("time_zone"), what, instead);
        } else if Zone::named(&zone).is_none() {
            let city = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
            let typed = fold(&zone);
            let by_city = Zone::names().find(|name| fold(city(name)) == typed);
            let instead = match by_city.or_else(|| nearest(&zone, Zone::names())) {
                Some(name) => format!("Did you mean “{name}”?"),
                None => "Write a name such as \"Asia/Kuala_Lumpur\".".to_owned(),
            };
            let what = format!("There is no time zone “{}”.", shortened(&zone));
            self.page.mistake(form.place("time_zone"), what, instead);
        }
        zone
    }

    /// A rule is never guessed: too much depends on it.
    fn rule(&mut self, form: &AgendaForm<'_, 't>) -> Option<Rule> {
        let node = form.get("rule")?;
        let written = self.page.written(node, "a rule")?;
        match fold(written).as_str() {
            "chathamhouse" | "chathamhouserule" => return Some(Rule::ChathamHouse),
            "onrecord" | "ontherecord" => return Some(Rule::OnRecord),
            _ => {}
        }
        let what = format!("There is no rule “{}”.", shortened(written));
        self.page.mistake(node.at, what, "Write chatham_house or on_record.");
        None
    }

    fn delegations(&mut self, form: &AgendaForm<'_, 't>) -> (Vec<String>, Option<u32>) {
        let mut count = form.number(self.page, "delegation_count", 10_000);
        if let Some(Value::Number(_)) = form.get("delegations").map(|node| &node.value) {
            count = count.or(form.number(self.page, "delegations", 10_000));
            return (Vec::new(), count);
        }
        let listed = self.lines(form, "delegations");
        if count.is_some_and(|count| !listed.is_empty() && count as usize != listed.len()) {
            let what =
                format!("{} delegations are listed, but another number is given.", listed.len());
            self.page.warning(form.place("delegation_count"), what, "The list counts.");
        }
        (listed, count)
    }

    /// Bodies of one delegation; one without a short name may be written as text alone.
    fn agencies(&mut self, form: &AgendaForm<'_, 't>) -> Vec<Agency> {
        let mut agencies = Vec::new();
        for node in form.list(self.page, "agencies") {
            if let Value::Text(_) | Value::Word(_) = &node.value {
                let name = self.page.text_of(node).unwrap_or_default();
                agencies.push(Agency { name, short: String::new() });
                continue;
            }
            let Some(form) = AgendaForm::open(self.page, node, "agency", &AGENCY) else { continue };
            let (name, short) = (form.text(self.page, "name"), form.text(self.page, "short"));
            if name.is_empty() && short.is_empty() {
                let instead = "Add name: \"…\", short: \"…\".";
                self.page.mistake(form.at, "This agency has no name.", instead);
            }
            agencies.push(Agency { name, short });
        }
        agencies
    }

    fn aliases(&mut self, form: &AgendaForm<'_, 't>) -> Vec<Alias> {
        let mut aliases = Vec::new();
        for node in form.list(self.page, "aliases") {
            let Some(form) = AgendaForm::open(self.page, node, "alias", &ALIAS) else { continue };
            let alias =
                Alias { name: form.text(self.page, "name"), of: form.text(self.page, "of") };
            for (field, text) in [("name", &alias.name), ("of", &alias.of)] {
                if text.is_empty() {
                    let what = format!("This alias does not say its “{field}”.");
                    let instead = "Write (name: \"KL\", of: \"Malaysia\").";
                    self.page.mistake(form.place(field), what, instead);
                }
            }
            aliases.push(alias);
        }
        aliases
    }

    fn participants(&mut self, form: &AgendaForm<'_, 't>) -> Vec<String> {
        let participants = form.texts(self.page, "participants");
        for (at, name) in &participants {
            if !Names::can_find(name) {
                let what = format!("“{}” is too short to be looked for.", shortened(name));
                self.page.warning(*at, what, "Write the name in full.");
            }
        }
        participants.into_iter().map(|(_, name)| name).collect()
    }

    // ----- topics and groups -----------------------------------------------------------------

    fn topics(&mut self, form: &AgendaForm<'_, 't>) -> Vec<Topic> {
        let mut names = Ids::new("topic");
        let mut topics = Vec::new();
        for node in form.list(self.page, "topics") {
            let Some(form) = AgendaForm::open(self.page, node, "topic", &TOPIC) else { continue };
            topics.push(Topic {
                id: TopicId(self.id(&form, &mut names, TopicId::general().as_str())),
                title: form.title(self.page),
                short: form.text(self.page, "short"),
                questions: self.lines(&form, "questions"),
            });
        }
        names.make(topics.iter_mut().map(|topic| (&mut topic.id.0, topic.title.as_str())));
        topics
    }

    fn groups(&mut self, form: &AgendaForm<'_, 't>) -> Vec<Group> {
        let mut names = Ids::new("group");
        let mut groups = Vec::new();
        for node in form.list(self.page, "groups") {
            let Some(form) = AgendaForm::open(self.page, node, "group", &GROUP) else { continue };
            groups.push(Group {
                id: GroupId(self.id(&form, &mut names, GroupId::plenary().as_str())),
                title: form.title(self.page),
                topics: self.topics_of(&form),
                room: form.text(self.page, "room"),
            });
        }
        names.make(groups.iter_mut().map(|group| (&mut group.id.0, group.title.as_str())));
        groups
    }

    /// The id that was given; it must not be the one that every workshop has.
    fn id(&mut self, form: &AgendaForm<'_, 't>, names: &mut Ids, own: &str) -> CompactString {
        let id = form.id(self.page);
        if id == own && !own.is_empty() {
            let what = format!(
                "The id “{id}” is the program's own, for what belongs to no {}.",
                form.what
            );
            self.page.mistake(form.place("id"), what, "Choose another.");
        } else if !id.is_empty() {
            names.define(self.page, form.place("id"), &id);
        }
        id
    }

    fn topics_of(&mut self, form: &AgendaForm<'_, 't>) -> Vec<TopicId> {
        let own = TopicId::general();
        named(self.page, form, "topic", "topics", &self.topics, &own.0)
            .into_iter()
            .map(TopicId)
            .collect()
    }

    fn groups_of(&mut self, form: &AgendaForm<'_, 't>) -> Vec<GroupId> {
        let own = GroupId::plenary();
        named(self.page, form, "group", "groups", &self.groups, &own.0)
            .into_iter()
            .map(GroupId)
            .collect()
    }

    // ----- days and sessions -----------------------------------------------------------------

    fn days(&mut self, form: &AgendaForm<'_, 't>, agenda: &mut Agenda) -> Vec<TimetableRow> {
        let mut rows = Rows { names: Ids::new("session"), rows: Vec::new(), day: 0 };
        let mut dates: HashMap<NaiveDate, usize> = HashMap::new();
        for node in form.list(self.page, "days") {
            let Some(form) = AgendaForm::open(self.page, node, "day", &DAY) else { continue };
            let date = self.date(&form);
            let first = date.map(|date| *dates.entry(date).or_insert(node.at));
            if first.is_some_and(|first| first != node.at) {
                let line = self.page.line(first.unwrap_or_default());
                let what = format!("The day on line {line} has this date already.");
                let instead = "Put its sessions there; parallel ones go in different rooms.";
                self.page.mistake(form.place("date"), what, instead);
            }
            let title = form.text(self.page, "title");
            let sessions = self.sessions(&form, &mut rows, None, None);
            let date = date.unwrap_or_default();
            if agenda.days.last().is_some_and(|before| before.date > date) {
                let what = "This day is earlier than the one before it.";
                self.page.warning(form.place("date"), what, "Days are shown in order of date.");
            }
            agenda.days.push(Day { date, title, sessions });
            rows.day += 1;
        }
        let mut unnamed = Vec::new();
        for day in &mut agenda.days {
            collect(&mut day.sessions, &mut unnamed);
        }
        rows.names.make(unnamed.into_iter());
        rows.rows
    }

    fn date(&mut self, form: &AgendaForm<'_, 't>) -> Option<NaiveDate> {
        let Some(node) = form.get("date") else {
            let what = "This day has no date.";
            self.page.mistake(form.at, what, "Add date: \"2025-05-27\": year, month, day.");
            return None;
        };
        let written = self.page.written(node, "a date")?;
        match written.parse::<NaiveDate>() {
            Ok(date) if (1900..3000).contains(&date.year()) => return Some(date),
            _ => {}
        }
        let formats =
            ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%B %d %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"];
        let meant = formats.iter().find_map(|f| NaiveDate::parse_from_str(written, f).ok());
        let instead = match meant.filter(|date| (1900..3000).contains(&date.year())) {
            Some(date) => format!("Write \"{date}\"."),
            None => "Write year, month, day: \"2025-05-27\".".to_owned(),
        };
        let what = format!("“{}” is not a date.", shortened(written));
        self.page.mistake(node.at, what, instead);
        None
    }

    fn sessions(
        &mut self,
        form: &AgendaForm<'_, 't>,
        rows: &mut Rows,
        umbrella: Option<usize>,
        rule: Option<Rule>,
    ) -> Vec<Session> {
        let nodes = form.list(self.page, "sessions");
        nodes.iter().filter_map(|node| self.session(node, rows, umbrella, rule)).collect()
    }

    fn session(
        &mut self,
        node: &Node<'t>,
        rows: &mut Rows,
        umbrella: Option<usize>,
        rule: Option<Rule>,
    ) -> Option<Session> {
        let form = AgendaForm::open(self.page, node, "session", &SESSION)?;
        let row = rows.rows.len();
        rows.rows.push(TimetableRow { day: rows.day, umbrella, at: form.at });
        let (start, minutes) = timetable::times(self.page, &form);
        // What is said about an umbrella row applies to those under it.
        let rule = self.rule(&form).or(rule);
        Some(Session {
            id: self.id(&form, &mut rows.names, "").as_str().into(),
            title: form.title(self.page),
            kind: self.kind(&form),
            start,
            minutes,
            pinned: form.flag(self.page, "pinned"),
            room: form.text(self.page, "room"),
            rule,
            speakers: self.speakers(&form),
            objective: form.text(self.page, "objective"),
            questions: self.lines(&form, "questions"),
            topics: self.topics_of(&form),
            groups: self.groups_of(&form),
            round: form.number(self.page, "round", 99).map(|round| round as u8),
            sessions: self.sessions(&form, rows, Some(row), rule),
        })
    }

    fn kind(&mut self, form: &AgendaForm<'_, 't>) -> SessionKind {
        let Some(node) = form.get("kind") else { return SessionKind::default() };
        let Some(written) = self.page.written(node, "a kind of session") else {
            return SessionKind::default();
        };
        let word = snake(written);
        if word.is_empty() {
            return SessionKind::default();
        }
        let known = SessionKind::KNOWN;
        if known.contains(&word.as_str()) {
            return SessionKind(word.into());
        }
        let other =
            KINDS.iter().find(|(other, _)| fold(other) == fold(&word)).map(|(_, kind)| *kind);
        if let Some(meant) = other.or_else(|| nearest(&word, known.into_iter())) {
            let what = format!("“{}” is not a kind that the program knows.", shortened(written));
            self.page.warning(node.at, what, format!("Did you mean “{meant}”?"));
        }
        SessionKind(word.into())
    }

    fn speakers(&mut self, form: &AgendaForm<'_, 't>) -> Vec<String> {
        let speakers = form.texts(self.page, "speakers");
        for (at, speaker) in &speakers {
            let first = speaker.split_whitespace().next().map(fold).unwrap_or_default();
            if HONORIFICS.contains(&first.as_str()) {
                let what = "This looks like a person's name.";
                let instead = "Write the role: \"Deputy head of the host ministry\".";
                self.page.warning(*at, what, instead);
            }
        }
        speakers.into_iter().map(|(_, speaker)| speaker).collect()
    }
}

/// Topics or groups that are named somewhere, all of which must exist. One may also be named by its
/// title, or with other hyphens and capitals, if that can mean only one.
fn named<'t>(
    page: &mut SourceText<'t>,
    form: &AgendaForm<'_, 't>,
    what: &str,
    field: &str,
    known: &[KnownId],
    own: &CompactString,
) -> Vec<CompactString> {
    let mut found = Vec::new();
    for (at, written) in form.texts(page, field) {
        if own == written || known.iter().any(|(id, _)| *id == written) {
            found.push(written.into());
            continue;
        }
        let folded = fold(&written);
        let mut alike =
            known.iter().filter(|(id, title)| fold(id) == folded || fold(title) == folded);
        if let (Some((id, _)), None) = (alike.next(), alike.next()) {
            found.push(id.clone());
            continue;
        }
        let advice = match advice(&written, known.iter().map(|(id, _)| id.as_str())) {
            advice if advice.is_empty() => format!("Add it to the meeting's {field}."),
            advice => advice,
        };
        page.mistake(at, format!("There is no {what} “{}”.", shortened(&written)), advice);
    }
    found
}

fn broken(node: &Node<'_>) -> bool {
    matches!(node.value, Value::Broken)
}

fn collect<'a>(sessions: &'a mut [Session], into: &mut Vec<(&'a mut CompactString, &'a str)>) {
    for session in sessions {
        into.push((&mut session.id.0, &session.title));
        collect(&mut session.sessions, into);
    }
}

/// Writes `Group discussion` and `GroupDiscussion` as `group_discussion`.
fn snake(written: &str) -> String {
    let mut word = String::new();
    let mut after_small = false;
    for letter in written.trim().chars() {
        if letter.is_uppercase() && after_small {
            word.push('_');
        }
        after_small = letter.is_lowercase();
        match letter {
            ' ' | '-' | '_' | '/' => word.push('_'),
            letter => word.extend(letter.to_lowercase()),
        }
    }
    word
}
