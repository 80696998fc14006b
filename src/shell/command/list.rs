//! `rapporteur list`: the points of a workshop, to read or for a program.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{
    Failure, group, json_line, open, read, refused, say, say_unchecked, topic, whole_or_refused,
};
use crate::app::laptops_in_words;
use crate::app::wrap::visible;
use crate::feedback::Outcome;
use crate::shell::clock::{chance, now};
use crate::shell::places::Places;
use crate::store::Exchange;
use crate::workshop::{
    Convergence, Fate, GroupId, GroupState, Hands, Ids, Paragraph, Point, PointId, PointKind,
    Refusal, SessionId, Several, StatementId, Status, Topic, TopicId, Workshop,
};

/// Lists points.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    /// Only this topic, by id or title.
    #[arg(long, short)]
    topic: Option<String>,
    /// Only this group, by id or title.
    #[arg(long, short)]
    group: Option<String>,
    /// One JSON object a point, each on a line of its own.
    #[arg(long)]
    json: bool,
}

/// A point as programs read it.
#[derive(Serialize)]
struct Row<'a> {
    id: PointId,
    text: &'a str,
    /// Wordings made elsewhere at the same time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<&'a str>,
    topic: &'a TopicId,
    group: &'a GroupId,
    kind: &'a PointKind,
    session: Option<&'a SessionId>,
    round: Option<u8>,
    paragraph: Option<Paragraph>,
    parent: Option<PointId>,
    status: &'static str,
    convergence: Option<&'a Convergence>,
    /// What the group said when it was read back.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_back: Option<&'static str>,
    /// The words of its reservation.
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation: Option<&'a str>,
    /// Counts of a show of hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    hands: Option<Hands>,
    /// Whether somebody could tell who said it, as the group answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    flagged: bool,
    tags: Vec<&'a str>,
    outcome: Outcome,
    statement: Option<StatementId>,
    /// Whether the words passed the gate: they did not.
    checked: bool,
}

impl List {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let workshop = read(&self.workshop, places)?;
        let groups = self.groups(&workshop)?;
        let topics = self.topics(&workshop)?;
        let mut out = io::BufWriter::new(io::stdout().lock());
        for group in groups {
            for topic in &topics {
                let lines = workshop.lines(&group.id, &topic.id);
                if !lines.is_empty() && !self.json {
                    let (group, topic) = (visible(group.title()), visible(&topic.title));
                    writeln!(out, "{group} · {topic} ({})", lines.len())?;
                }
                for line in lines {
                    let point = workshop.point_at(line.index);
                    if self.json {
                        writeln!(out, "{}", json(&workshop, point))?;
                    } else {
                        print(&workshop, point, line.depth, &mut out)?;
                    }
                }
            }
        }
        out.flush()?;
        self.say_laptops(&workshop, places);
        say_unchecked();
        whole_or_refused(&workshop)
    }

    /// Says which groups were taken down on several laptops, as far as this one met them.
    fn say_laptops(&self, workshop: &Workshop, places: &Places) {
        let Ok(folder) = open(&self.workshop, places) else { return };
        let fresh = Ids::seeded(chance()).writer();
        let group = Exchange::recall(&places.state, &folder, fresh).group;
        for several in Several::of(workshop, group.as_ref()) {
            say(&laptops_in_words(&several, now(), workshop.zone()));
        }
    }

    fn groups<'a>(&self, workshop: &'a Workshop) -> Result<Vec<&'a GroupState>, Failure> {
        let all: Vec<&GroupState> = workshop.groups().collect();
        let Some(named) = &self.group else { return Ok(all) };
        let id = group(workshop.agenda(), named);
        match all.iter().find(|group| group.id == id) {
            Some(group) => Ok(vec![group]),
            None => Err(refused(Refusal::NoGroup(id, all.iter().map(|g| g.id.clone()).collect()))),
        }
    }

    fn topics<'a>(&self, workshop: &'a Workshop) -> Result<Vec<&'a Topic>, Failure> {
        let all = workshop.topics();
        let Some(named) = &self.topic else { return Ok(all.iter().collect()) };
        let id = topic(workshop.agenda(), named);
        match all.iter().find(|topic| topic.id == id) {
            Some(topic) => Ok(vec![topic]),
            None => Err(refused(Refusal::NoTopic(id, all.iter().map(|t| t.id.clone()).collect()))),
        }
    }
}

/// A point on one line.
fn json(workshop: &Workshop, point: &Point) -> String {
    let fate = workshop.fate(point);
    let row = Row {
        id: point.id(),
        text: point.text(),
        alternatives: point.alternatives(),
        topic: point.topic(),
        group: point.group(),
        kind: point.kind(),
        session: point.session(),
        round: point.round(),
        paragraph: point.paragraph().map(|pin| workshop.printed_label(pin)),
        parent: point.parent(),
        status: if point.is_parked() { "parked" } else { "standing" },
        convergence: point.convergence(),
        read_back: point.said().word(),
        reservation: point.reservation(),
        hands: point.hands(),
        flagged: point.is_flagged(),
        tags: point.tags().iter().map(AsRef::as_ref).collect(),
        outcome: Outcome::of(&fate),
        statement: match fate {
            Fate::Carried(statement) | Fate::Merged(statement) => Some(statement),
            _ => None,
        },
        checked: false,
    };
    json_line(&row)
}

fn print(workshop: &Workshop, point: &Point, depth: u8, out: &mut impl Write) -> io::Result<()> {
    let indent = 2 * usize::from(depth);
    let mut about = point.kind().title().to_owned();
    if let Some(paragraph) = point.paragraph() {
        about.push_str(", ");
        about.push_str(&workshop.printed(paragraph));
    }
    if let Status::Parked { owner } = point.status() {
        about.push_str(if owner.is_empty() { ", parked" } else { ", parked for " });
        about.push_str(owner);
    }
    writeln!(out, "  {:indent$}{}  [{}]", "", point.id(), visible(&about))?;
    for wording in std::iter::once(point.text()).chain(point.alternatives()) {
        for line in visible(wording).split('\n') {
            writeln!(out, "  {:indent$}    {line}", "")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::{Captured, Change, Field, Moment, Place, Verdict, WriterId};

    #[test]
    fn what_the_group_said_is_told_where_it_said_anything() {
        let (mut workshop, id, writer) = (Workshop::default(), PointId::new(1), WriterId::new(1));
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured = Captured::new(id, place, PointKind::Fact, "As said");
        let make = |workshop: &mut Workshop, change| {
            let record = workshop.record(writer, Moment(0), [change]);
            workshop.apply(record);
        };
        let told = |workshop: &Workshop| -> serde_json::Value {
            serde_json::from_str(&json(workshop, workshop.point(id).unwrap())).unwrap()
        };
        make(&mut workshop, Change::PointCaptured(captured.into()));
        assert!(["read_back", "hands"].iter().all(|field| told(&workshop).get(field).is_none()));
        let verdict = Verdict::Reservation { words: "not yet".into() };
        let said = workshop.point(id).unwrap().reading(verdict);
        let hands = Hands { yes: 12, no: 3, neither: 1 };
        for field in [Field::ReadBack(Some(said.into())), Field::Hands(Some(hands))] {
            let change = workshop.set(id, field).unwrap();
            make(&mut workshop, change);
        }
        let row = told(&workshop);
        assert_eq!(
            (&row["read_back"], &row["reservation"]),
            (&"reservation".into(), &"not yet".into())
        );
        assert_eq!((&row["hands"]["yes"], &row["hands"]["no"]), (&12.into(), &3.into()));
        let change = workshop.set(id, Field::Text("Reworded".into())).unwrap();
        make(&mut workshop, change);
        assert_eq!(told(&workshop)["read_back"], "changed_since");
    }
}
