//! What the groups said in the sample meeting: a complete set of points to look at, and their
//! results.

mod result;

use compact_str::CompactString;
use serde::Deserialize;

use super::draft_text;
use crate::workshop::{
    Agenda, CapturedPoint, Change, Clearance, Convergence, DraftText, GroupField, GroupId, Holder,
    Moment, Place, PointId, PointKind, Proposal, Record, Ruling, Session, Stamp, Status, TopicId,
    Workshop, WriterId, Zone,
};

/// The sample agenda that this meeting has.
pub const SAMPLE: &str = "asean-declaration";

const DRAFT: &str = include_str!("../../sessions/asean-declaration.draft.md");
const POINTS: &str = include_str!("../../sessions/asean-declaration.points.ron");

/// The points of one group on one topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleList {
    group: GroupId,
    topic: TopicId,
    points: Vec<SamplePoint>,
}

/// A point as the sample file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SamplePoint {
    kind: PointKind,
    text: String,
    paragraph: Option<CompactString>,
    /// The proposed wording of the paragraph, or of a new one after it.
    wording: Option<String>,
    agreed: Option<Convergence>,
    #[serde(default)]
    tags: Vec<CompactString>,
    /// The role that takes it up, if it is parked.
    parked: Option<CompactString>,
    #[serde(default)]
    under: Vec<SamplePoint>,
}

/// The records that bring the sample points into a workshop on the sample's agenda, close its groups
/// and make comments from the points. They are always the same.
pub fn records(agenda: &Agenda) -> Vec<Record> {
    let sheets = sheets().unwrap_or_default();
    let mut pen = SampleWriter {
        writer: WriterId::of(POINTS.as_bytes()),
        records: Vec::new(),
        workshop: Workshop::new(agenda),
    };
    let (_, begin) = sheets
        .first()
        .map_or((None, Moment(0)), |sheet| session(agenda, &sheet.group, &sheet.topic));
    for change in text().map(|text| pen.workshop.take_in_text(text)).unwrap_or_default() {
        pen.write(begin, change);
    }
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
    for change in result::changes(&pen.workshop) {
        pen.write(at, change);
    }
    // Last, because the draft text is accepted together with the agenda.
    let names = pen.workshop.names();
    let mut mentions = pen.workshop.mentions_of_meeting(&names);
    mentions
        .extend(pen.workshop.points().flat_map(|point| pen.workshop.mentions_in(&names, point)));
    mentions.extend(pen.workshop.mentions_of_comments(&names));
    mentions.sort_by(|one, other| one.key.cmp(&other.key));
    for mention in mentions {
        let made = match &mention.key.of {
            Holder::Point(_) | Holder::Comment(_) => Clearance::plain(Ruling::Subject),
            given => Clearance::given(given),
        };
        let change = pen.workshop.decide(mention.key, Some(made));
        pen.write(at, change);
    }
    pen.records
}

/// The draft declaration that was discussed.
fn text() -> Option<DraftText> {
    draft_text::read("asean-declaration.draft.md", DRAFT.as_bytes()).ok().map(|read| read.text)
}

fn sheets() -> Result<Vec<SampleList>, ron::error::SpannedError> {
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

struct SampleWriter {
    writer: WriterId,
    records: Vec<Record>,
    /// The workshop with the records so far.
    workshop: Workshop,
}

impl SampleWriter {
    /// Writes a change after all the others; the first comes after the founding.
    fn write(&mut self, at: Moment, change: Change) {
        let stamp = Stamp { time: self.records.len() as u64 + 2, writer: self.writer };
        let record = Record { stamp, at, changes: [change].into_iter().collect() };
        self.workshop.apply(record.clone());
        self.records.push(record);
    }

    /// A point and those under it, a minute apart. Its id follows from its words.
    fn point(
        &mut self,
        line: &SamplePoint,
        place: &Place,
        parent: Option<PointId>,
        at: &mut Moment,
    ) {
        let id = PointId::of(format!("{} {}", place.group, line.text).as_bytes());
        let mut captured = CapturedPoint::new(id, place.clone(), line.kind.clone(), &*line.text);
        captured.paragraph = line.paragraph.as_deref().map(|label| self.workshop.pin(label));
        captured.proposal =
            captured.paragraph.as_ref().zip(line.wording.as_deref()).and_then(|(pin, wording)| {
                let (paragraph, after) = self.workshop.anchor(pin)?;
                let now = if after { "" } else { &*paragraph.text };
                Proposal::between(now, wording, "").map(Box::new)
            });
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
        let mut open: Vec<(&SamplePoint, bool)> =
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
        let whole = format!("{POINTS}{}{DRAFT}", result::RESULT).to_lowercase();
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
