//! Writes the records that result from a feedback file.

use std::collections::{HashMap, HashSet};

use crate::feedback::{
    Anchor, Answer, Band, Comment, Disposition, DraftParagraph, DraftText, Feedback, Hand,
    Paragraph, Point, SessionId, Verdict,
};
use crate::workshop::{
    self, CapturedPoint, Change, CommentField, CommentId, Deletion, Field, GroupId, Legend, Moment,
    Order, Over, Pin, Place, PointId, PointKind, Proposal, Record, SetAside, Stamp, Status,
    Subject, TimeOfDay, TopicId, Waiver, WriterId, Zone,
};

/// Writes records one after the other, as if one laptop had.
pub(super) struct RecordWriter {
    writer: WriterId,
    /// The Lamport time that all its records are later than.
    after: u64,
    /// The moment that all its records have.
    pub(super) at: Moment,
    pub(super) records: Vec<Record>,
    /// Which record captured each point.
    pub(super) born: HashMap<PointId, Stamp>,
}

/// The words of a deleted point if it is restored: the real ones stayed in the room.
const GONE: &str = "(deleted before the feedback was written)";

impl RecordWriter {
    pub(super) fn new(writer: WriterId, after: u64, at: Moment) -> Self {
        Self { writer, after, at, records: Vec::new(), born: HashMap::new() }
    }

    /// The stamp of the next record; the first comes after the founding.
    fn next(&self) -> Stamp {
        let time = self.after + self.records.len() as u64 + 2;
        Stamp { time, writer: self.writer }
    }

    /// Writes a change after all the others.
    pub(super) fn write(&mut self, change: Change) -> Stamp {
        let stamp = self.next();
        let changes = [change].into_iter().collect();
        self.records.push(Record { stamp, at: self.at, changes });
        stamp
    }

    /// The legend, if it is not the usual one.
    pub(super) fn legend(&mut self, bands: &[Band]) {
        let bands =
            bands.iter().map(|band| workshop::Band { word: band.word.clone(), from: band.from });
        if let Some(to) = Legend::of(bands).filter(|legend| *legend != Legend::default()) {
            self.write(Change::LegendChanged { to, over: [Stamp::ORIGIN].into() });
        }
    }

    /// The draft text.
    pub(super) fn text(&mut self, text: &DraftText) {
        let paragraph = |found: &DraftParagraph| workshop::DraftParagraph {
            id: found.id,
            kind: found.kind,
            label: found.label.clone(),
            printed: found.printed.clone(),
            level: found.level,
            text: (&*found.text).into(),
            since: found.since,
        };
        let to = workshop::DraftText {
            title: text.title.to_string(),
            version: text.version.to_string(),
            paragraphs: text.paragraphs.iter().map(paragraph).collect(),
            gone: text.gone.iter().map(paragraph).collect(),
        };
        let over = [Stamp::ORIGIN].into();
        self.write(Change::TextChanged { to: Some(Box::new(to)), over });
    }

    /// What drafters decided: one answer after the other, and those that are beside each other.
    pub(super) fn disposition(&mut self, of: Subject, found: &Disposition) {
        let mut over = Over::from_iter([Stamp::ORIGIN]);
        let mut set = |answer: &Answer, over: &Over| {
            let to = workshop::Disposition {
                decision: answer.decision.clone(),
                target: answer.target.clone(),
                note: (&*answer.note).into(),
            };
            self.write(Change::DispositionChanged { of, to: to.into(), over: over.clone() })
        };
        for past in &found.history {
            over = [set(past, &over)].into();
        }
        for answer in found.others.iter().chain([&found.now]) {
            set(answer, &over);
        }
    }

    /// The points, then everything that was done to them.
    ///
    /// What is captured first is carried: the sources of a comment are captured in their order,
    /// at the turns that these sources have in the file, and each has its own place.
    pub(super) fn points(&mut self, points: &[Point], comments: &[Comment], moments: &Moments) {
        let places: HashMap<PointId, usize> =
            points.iter().enumerate().map(|(place, point)| (point.id, place)).collect();
        let mut turns: Vec<usize> = (0..points.len()).collect();
        for comment in comments {
            let sources = comment.sources.iter().filter_map(|point| places.get(point));
            let sources: Vec<usize> = sources.copied().collect();
            let mut sorted = sources.clone();
            sorted.sort_unstable();
            for (turn, source) in sorted.into_iter().zip(sources) {
                turns[turn] = source;
            }
        }
        let first = self.next();
        for (turn, place) in turns.into_iter().enumerate() {
            let point = &points[place];
            let order = (turn != place)
                .then(|| Order::of(Stamp { time: first.time + place as u64, ..first }));
            self.at = moments.of_session(point.session.as_ref());
            let wording = point.alternatives.first().unwrap_or(&point.text);
            let captured = CapturedPoint { order, ..captured(point, wording) };
            let born = self.write(Change::PointCaptured(Box::new(captured)));
            self.born.insert(point.id, born);
        }
        let comments: HashSet<CommentId> = comments.iter().map(|s| s.id).collect();
        for point in points {
            self.at = moments.of_session(point.session.as_ref());
            self.done_to(point, &comments);
        }
    }

    /// What was done to a point after its capture in its first wording.
    fn done_to(&mut self, point: &Point, comments: &HashSet<CommentId>) {
        let Some(born) = self.born.get(&point.id).copied() else { return };
        // The other wordings and then its own, none of which replaces another.
        let mut wordings = vec![born];
        for wording in point.alternatives.iter().chain([&point.text]).skip(1) {
            let to = Field::Text(wording.as_ref().into());
            wordings.push(self.write(Change::PointChanged {
                point: point.id,
                to,
                over: Over::new(),
            }));
        }
        let mut set =
            |to| self.write(Change::PointChanged { point: point.id, to, over: [born].into() });
        if let Some(said) = &point.read_back {
            let verdict = match said.verdict {
                Verdict::Confirmed => workshop::Verdict::Confirmed,
                Verdict::NotOurs => workshop::Verdict::NotOurs,
                Verdict::Reservation => {
                    workshop::Verdict::Reservation { words: (&*said.words).into() }
                }
            };
            // If something else was read out, none of these wordings was seen.
            let saw = if said.changed { Vec::new() } else { wordings };
            set(Field::ReadBack(Some(Box::new(workshop::ReadBack { verdict, saw }))));
        }
        if let Some(hands) = point.hands {
            let [yes, no, neither] = [hands.yes, hands.no, hands.neither].map(Hand::count);
            set(Field::Hands(Some(workshop::Hands { yes, no, neither })));
        }
        match (point.comment, point.reason) {
            (Some(comment), _) if comments.contains(&comment) => {
                set(Field::Outcome(workshop::Outcome::In(comment)));
            }
            (_, Some(reason)) => {
                let aside = SetAside { reason, words: (&*point.words).into() };
                set(Field::Outcome(workshop::Outcome::SetAside(Box::new(aside))));
            }
            _ => {}
        }
    }

    /// A comment; `texts` are the words of the points.
    pub(super) fn comment(
        &mut self,
        comment: &Comment,
        texts: &HashMap<PointId, &str>,
        waived: Box<[Waiver]>,
    ) {
        let mut set = |to, over: Over| {
            self.write(Change::CommentChanged { comment: comment.id, to, over });
        };
        let fresh = || Over::from_iter([Stamp::ORIGIN]);
        set(CommentField::Topic(comment.topic.clone()), fresh());
        set(CommentField::Kind(comment.kind.clone()), fresh());
        // One with the same words as its first source follows it when that is reworded.
        let first = comment.sources.first().and_then(|source| texts.get(source));
        if !comment.wordings.is_empty() || first != Some(&&*comment.text) {
            let wordings = comment.wordings.iter().chain([&comment.text]);
            for (nth, wording) in wordings.enumerate() {
                let over = if nth == 0 { fresh() } else { Over::new() };
                set(CommentField::Text(wording.as_ref().into()), over);
            }
        }
        if let Some(pin) = pin(comment.anchor, comment.paragraph.as_ref()) {
            set(CommentField::Paragraph(Some(pin)), fresh());
        }
        if !comment.alternatives.is_empty() {
            let wishes = comment.alternatives.iter().map(|wish| Box::from(&**wish)).collect();
            set(CommentField::Alternatives(wishes), fresh());
        }
        if let Some(convergence) = &comment.convergence {
            set(CommentField::Convergence(Some(convergence.clone())), fresh());
        }
        if !comment.owner.is_empty() {
            set(CommentField::Owner((&*comment.owner).into()), fresh());
        }
        if !comment.by_when.is_empty() {
            set(CommentField::ByWhen((&*comment.by_when).into()), fresh());
        }
        if !waived.is_empty() {
            set(CommentField::Waived(waived), fresh());
        }
    }

    /// A point of which nothing is known except that it existed.
    pub(super) fn deleted(&mut self, point: PointId) {
        let place = Place::new(GroupId::plenary(), TopicId::general());
        let captured = CapturedPoint::new(point, place, PointKind::Reflection, GONE);
        let stamp = self.write(Change::PointCaptured(captured.into()));
        let to = Field::Deleted(Some(Deletion { saw: vec![stamp] }));
        self.write(Change::PointChanged { point, to, over: [stamp].into() });
    }
}

/// What something is pinned to: a paragraph of the text in the file, or a label.
fn pin(anchor: Option<Anchor>, label: Option<&Paragraph>) -> Option<Pin> {
    match anchor {
        Some(Anchor { paragraph, after: false }) => Some(Pin::At(paragraph)),
        Some(Anchor { paragraph, after: true }) => Some(Pin::After(paragraph)),
        None => label.cloned().map(Pin::Label),
    }
}

fn captured(point: &Point, text: &str) -> CapturedPoint {
    let owner = point.owner.as_deref().unwrap_or_default();
    CapturedPoint {
        point: point.id,
        text: text.into(),
        group: point.group.clone(),
        topic: point.topic.clone(),
        session: point.session.clone(),
        round: point.round,
        kind: point.kind.clone(),
        paragraph: pin(point.anchor, point.paragraph.as_ref()),
        proposal: point.proposal.as_ref().and_then(|proposal| {
            Proposal::of_pieces(&proposal.redline, &proposal.why).map(Box::new)
        }),
        parent: point.under,
        order: None,
        status: if point.is_parked() {
            Status::Parked { owner: owner.into() }
        } else {
            Status::Standing
        },
        tags: point.tags.as_ref().into(),
        convergence: point.convergence.clone(),
    }
}

/// When things were said, as far as a feedback file shows: when their session was to begin.
pub(super) struct Moments<'f> {
    pub(super) first: Moment,
    sessions: HashMap<&'f SessionId, Moment>,
}

impl<'f> Moments<'f> {
    pub(super) fn of(feedback: &'f Feedback) -> Self {
        let zone = Zone::named(&feedback.meeting.time_zone).or_else(|| Zone::named(""));
        let moment = |date, start: Option<TimeOfDay>| {
            zone.map_or_else(Moment::default, |zone| zone.moment(date, start.unwrap_or_default()))
                .in_calendar()
        };
        let first = feedback.meeting.dates.first();
        Self {
            first: first.map_or_else(Moment::default, |date| moment(*date, None)),
            sessions: feedback
                .sessions
                .iter()
                .map(|session| (&session.id, moment(session.date, session.start)))
                .collect(),
        }
    }

    pub(super) fn of_session(&self, session: Option<&SessionId>) -> Moment {
        session.and_then(|session| self.sessions.get(session)).copied().unwrap_or(self.first)
    }
}
