//! `rapporteur list`: the points of a workshop, for people or for programs.

use std::io::{self, Write};
use std::{borrow::Cow, collections::HashMap, path::PathBuf};

use clap::Args;
use compact_str::CompactString;
use serde::Serialize;

use super::{
    DataFolders, Failure, chance, group, json_line, now, open, print_message, read, refused,
    say_unchecked, topic, whole_or_refused,
};
use crate::app::{laptops_in_words, wrap::visible};
use crate::feedback;
use crate::store::ExchangeMemory;
use crate::workshop::{
    CommentId, Convergence, GroupState, Hands, Ids, Paragraph, Point, PointId, Refusal, SessionId,
    Several, Status, Topic, Workshop,
};

/// Lists points.
#[derive(Args, Debug)]
pub(crate) struct ListCommand {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    /// Only this topic, by id or title.
    #[arg(long, short)]
    topic: Option<String>,
    /// Only this group, by id or title.
    #[arg(long, short)]
    group: Option<String>,
    /// Print one JSON object per line for each point.
    #[arg(long)]
    json: bool,
}

/// A point, as programs read it: as in the feedback file, plus what does not leave the room. What
/// is absent is `null` in those fields that were always written.
#[derive(Serialize)]
struct ListedPoint<'a> {
    #[serde(flatten)]
    point: feedback::Point<'a>,
    session: Option<&'a SessionId>,
    round: Option<u8>,
    paragraph: Option<Paragraph>,
    /// The point that it was put under, wherever that is now.
    parent: Option<PointId>,
    convergence: Option<Convergence>,
    tags: &'a [CompactString],
    #[serde(rename = "statement")]
    comment: Option<CommentId>,
    /// What the group said when the point was read back, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_back: Option<&'static str>,
    /// The words of its reservation.
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation: Option<&'a str>,
    /// A show of hands as it was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    hands: Option<Hands>,
    /// Whether somebody could tell who said it, as the group answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    flagged: bool,
    /// Whether the words passed the gate; always `false`.
    checked: bool,
}

impl ListCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let workshop = read(&self.workshop, folders)?;
        let groups = self.groups(&workshop)?;
        let topics = self.topics(&workshop)?;
        let mut described =
            if self.json { feedback::in_the_room(&workshop) } else { HashMap::new() };
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
                    if let Some(described) = described.remove(&point.id()) {
                        writeln!(out, "{}", json(point, described))?;
                    } else {
                        print(&workshop, point, line.depth, &mut out)?;
                    }
                }
            }
        }
        out.flush()?;
        self.say_laptops(&workshop, folders);
        say_unchecked();
        whole_or_refused(&workshop)
    }

    /// Says which groups' points were taken down on several laptops, as far as this laptop knows.
    fn say_laptops(&self, workshop: &Workshop, folders: &DataFolders) {
        let Ok(folder) = open(&self.workshop, folders) else { return };
        let fresh = Ids::seeded(chance()).writer();
        let group = ExchangeMemory::recall(&folders.state, &folder, fresh).group;
        for several in Several::of(workshop, group.as_ref()) {
            print_message(&laptops_in_words(&several, now(), workshop.zone()));
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
fn json(found: &Point, mut point: feedback::Point) -> String {
    // In the feedback file these fields have another form.
    (point.read_back, point.hands) = (None, None);
    (point.session, point.tags) = (None, Cow::default());
    let row = ListedPoint {
        session: found.session(),
        round: point.round.take(),
        paragraph: point.paragraph.take(),
        parent: found.parent(),
        convergence: point.convergence.take(),
        tags: found.tags(),
        comment: point.comment.take(),
        read_back: found.read_back_state().word(),
        reservation: found.reservation(),
        hands: found.hands(),
        flagged: found.is_flagged(),
        checked: false,
        point,
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
    use crate::workshop::{
        CapturedPoint, Change, Field, GroupId, Moment, Place, PointKind, TopicId, Verdict, WriterId,
    };

    #[test]
    fn what_the_group_said_is_listed_where_it_said_anything() {
        let (mut workshop, id, writer) = (Workshop::default(), PointId::new(1), WriterId::new(1));
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured = CapturedPoint::new(id, place, PointKind::Fact, "As said");
        let make = |workshop: &mut Workshop, change| {
            let record = workshop.record(writer, Moment(0), [change]);
            workshop.apply(record);
        };
        let listed = |workshop: &Workshop| -> serde_json::Value {
            let described = feedback::in_the_room(workshop).remove(&id).unwrap();
            serde_json::from_str(&json(workshop.point(id).unwrap(), described)).unwrap()
        };
        make(&mut workshop, Change::PointCaptured(captured.into()));
        assert!(["read_back", "hands"].iter().all(|field| listed(&workshop).get(field).is_none()));
        let verdict = Verdict::Reservation { words: "not yet".into() };
        let said = workshop.point(id).unwrap().reading(verdict);
        let hands = Hands { yes: 12, no: 3, neither: 1 };
        for field in [Field::ReadBack(Some(said.into())), Field::Hands(Some(hands))] {
            let change = workshop.set(id, field).unwrap();
            make(&mut workshop, change);
        }
        let row = listed(&workshop);
        assert_eq!(
            (&row["read_back"], &row["reservation"]),
            (&"reservation".into(), &"not yet".into())
        );
        assert_eq!((&row["hands"]["yes"], &row["hands"]["no"]), (&12.into(), &3.into()));
        let change = workshop.set(id, Field::Text("Reworded".into())).unwrap();
        make(&mut workshop, change);
        assert_eq!(listed(&workshop)["read_back"], "changed_since");
    }
}
