//! What the groups said in the sample meeting: a complete set of points to look at, and what they
//! come to.

mod result;

use compact_str::CompactString;
use serde::Deserialize;

use crate::workshop::{
    Agenda, Captured, Change, Convergence, GroupField, GroupId, Moment, Paragraph, Pin, Place,
    PointId, PointKind, Record, Session, Stamp, Status, TopicId, WriterId, Zone,
};

/// The sample agenda whose meeting this is.
pub const SAMPLE: &str = "asean-declaration";

const POINTS: &str = include_str!("../../sessions/asean-declaration.points.ron");

/// The points of one group on one topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    group: GroupId,
    topic: TopicId,
    points: Vec<Line>,
}

/// A point as the sample file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: PointKind,
    text: String,
    paragraph: Option<Paragraph>,
    agreed: Option<Convergence>,
    #[serde(default)]
    tags: Vec<CompactString>,
    /// The role that takes it up, where it is parked.
    parked: Option<CompactString>,
    #[serde(default)]
    under: Vec<Line>,
}

/// The records that bring the sample points into a workshop on the sample's agenda, close its groups
/// and make statements of the points. They are always the same ones.
pub fn records(agenda: &Agenda) -> Vec<Record> {
    let sheets = sheets().unwrap_or_default();
    let mut pen = Pen { writer: WriterId::of(POINTS.as_bytes()), records: Vec::new() };
    for sheet in &sheets {
        let (session, mut at) = session(agenda, &sheet.group, &sheet.topic);
        let place = Place {
            group: sheet.group.clone(),
            topic: sheet.topic.clone(),
            session: session.map(|session| session.id.clone()),
            round: session.and_then(|session| session.round),
        };
        for line in &sheet.points {
            pen.point(line, &place, None, &mut at);
        }
    }
    for group in &agenda.groups {
        let (group, to) = (group.id.clone(), GroupField::Open(false));
        let at = pen.records.last().map_or(Moment(0), |record| record.at);
        pen.write(at, Change::GroupChanged { group, to, over: [Stamp::ORIGIN].into() });
    }
    let at = pen.records.last().map_or(Moment(0), |record| record.at);
    for change in result::changes(agenda, &pen.records) {
        pen.write(at, change);
    }
    pen.records
}

fn sheets() -> Result<Vec<Sheet>, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(POINTS)
}

/// Where and when a group discussed a topic: the group discussion that names it.
fn session<'a>(
    agenda: &'a Agenda,
    group: &GroupId,
    topic: &TopicId,
) -> (Option<&'a Session>, Moment) {
    let zone = Zone::named(&agenda.time_zone);
    let sits = |session: &Session| session.groups.is_empty() || session.groups.contains(group);
    let found = agenda.sessions().into_iter().find(|(_, _, session)| {
        session.kind.is_group_discussion() && session.topics.contains(topic) && sits(session)
    });
    let moment = found.zip(zone).map(|((day, _, session), zone)| {
        zone.moment(agenda.days[day].date, session.start.unwrap_or_default())
    });
    (found.map(|(_, _, session)| session), moment.unwrap_or_default())
}

struct Pen {
    writer: WriterId,
    records: Vec<Record>,
}

impl Pen {
    /// Writes a change after all the others; the first comes after the founding.
    fn write(&mut self, at: Moment, change: Change) {
        let stamp = Stamp { time: self.records.len() as u64 + 2, writer: self.writer };
        self.records.push(Record { stamp, at, changes: [change].into_iter().collect() });
    }

    /// A point and those under it, a minute apart. Its id follows from its words.
    fn point(&mut self, line: &Line, place: &Place, parent: Option<PointId>, at: &mut Moment) {
        let id = PointId::of(format!("{} {}", place.group, line.text).as_bytes());
        let mut captured = Captured::new(id, place.clone(), line.kind.clone(), &*line.text);
        captured.paragraph = line.paragraph.clone().map(Pin::Label);
        captured.parent = parent;
        captured.tags = line.tags.clone().into();
        captured.convergence.clone_from(&line.agreed);
        if let Some(owner) = &line.parked {
            captured.status = Status::Parked { owner: owner.clone() };
        }
        self.write(*at, Change::PointCaptured(captured.into()));
        *at = at.plus_minutes(1);
        for under in &line.under {
            self.point(under, place, Some(id), at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_reads_like_notes_and_names_nobody() {
        let sheets = sheets().unwrap();
        let mut texts = Vec::new();
        let mut open: Vec<(&Line, bool)> =
            sheets.iter().flat_map(|sheet| &sheet.points).map(|line| (line, false)).collect();
        while let Some((line, nested)) = open.pop() {
            texts.push((line, nested));
            open.extend(line.under.iter().map(|line| (line, true)));
        }
        let mut words: Vec<usize> =
            texts.iter().map(|(line, _)| line.text.split_whitespace().count()).collect();
        words.sort_unstable();
        assert!((70..=90).contains(&texts.len()), "{}", texts.len());
        assert!((9..=17).contains(&words[words.len() / 2]), "{words:?}");
        let nested = texts.iter().filter(|(_, nested)| *nested).count() * 100 / texts.len();
        assert!((15..=30).contains(&nested), "{nested} % nested");
        for (line, _) in &texts {
            assert!(PointKind::KNOWN.contains(&line.kind), "{:?}", line.kind);
            assert!(line.agreed.as_ref().is_none_or(|word| Convergence::KNOWN.contains(word)));
            assert_eq!(crate::workshop::clean(&line.text), line.text);
        }
        let whole = format!("{POINTS}{}", result::RESULT).to_lowercase();
        for name in [
            "australia",
            "bangladesh",
            "brunei",
            "cambodia",
            "indonesia",
            "lao ",
            "malaysia",
            "philippines",
            "singapore",
            "sri lanka",
            "thai",
            "timor",
            "viet",
            "bali process",
            "asean",
            "iom",
            "unhcr",
        ] {
            assert!(!whole.split_once("\n[").unwrap().1.contains(name), "{name}");
        }
    }
}
