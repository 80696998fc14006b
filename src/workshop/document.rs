//! The workshop as it is now: all its changes folded together.

mod apply;
mod undo;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{
    Agenda, Awaited, Change, Clearance, Comment, CommentField, CommentId, Course, CourseField,
    DispositionHistory, DraftText, Field, Gaps, GroupField, GroupId, ImportedFiles, Legend,
    MentionKey, Moment, Outcome, Over, ParagraphPlaces, Participants, Phrase, PhraseDecision,
    Point, PointId, Purges, Record, Refusal, Register, Seal, SessionId, Stamp, Subject, Topic,
    TopicId, WorkshopId, WriterId, Zone, field::by_field, tally::Tally,
};

/// A workshop: the agenda it was founded on and what was captured since.
///
/// It is the fold of a set of records. [`apply`](Self::apply) is total: any record, in any order,
/// any number of times. What a person asks for is checked first by [`check`](Self::check).
#[derive(Clone, Debug)]
pub struct Workshop {
    /// The agenda, with all participants that are known.
    agenda: Arc<Agenda>,
    participants: Participants,
    /// The feedback files that were imported.
    pub(super) files: ImportedFiles,
    /// What imported files said was missing.
    pub(super) imported: Register<Vec<Awaited>>,
    zone: Zone,
    founding: Option<Stamp>,
    /// The latest Lamport time seen.
    time: u64,
    points: Vec<Point>,
    index: HashMap<PointId, u32>,
    /// The agenda's topics, then those that only points name, then the general one.
    topics: Vec<Topic>,
    /// The agenda's groups, then those made on the day, then the plenary.
    groups: Vec<GroupState>,
    cells: HashMap<GroupId, HashMap<TopicId, Cell>>,
    courses: HashMap<SessionId, Course>,
    /// The sessions under way, in the agenda's order.
    running: Vec<SessionId>,
    /// The points in which any words changed, in the order in which the changes came in.
    reworded: Vec<u32>,
    /// Changes of points whose capture has not arrived yet.
    waiting: HashMap<PointId, Vec<(Stamp, Field, Over)>>,
    /// What may no longer be kept anywhere.
    purges: Purges,
    comments: HashMap<CommentId, Comment>,
    /// The sources of comments, by their indices, earliest captured first.
    sources: HashMap<CommentId, Vec<u32>>,
    seals: HashMap<(GroupId, TopicId), Register<Option<Seal>>>,
    legend: Register<Legend>,
    /// The draft text, if one was taken in.
    pub(super) text: Register<Option<Box<DraftText>>>,
    pub(super) places: ParagraphPlaces,
    /// What drafters decided.
    pub(super) decided: HashMap<Subject, DispositionHistory>,
    /// What was decided on mentions of names.
    pub(super) clearances: HashMap<MentionKey, Register<Option<Clearance>>>,
    /// What was decided by phrase.
    pub(super) phrases: HashMap<Phrase, Register<Option<PhraseDecision>>>,
    /// When each writer made its last change, by its own clock and by Lamport time.
    voices: HashMap<WriterId, (Moment, u64)>,
    /// What was found missing when the records were read; not part of the fold.
    pub(super) found_missing: Gaps,
    /// The moment at which the plan is judged: discussions whose time is over by then are expected to
    /// have points. Without one, only what others said shows which took place. No part of the fold.
    pub(super) judged_at: Option<Moment>,
    revision: u64,
}

/// A breakout group as it is now.
#[derive(Clone, Debug)]
pub struct GroupState {
    /// Its permanent short name.
    pub id: GroupId,
    rank: usize,
    /// When it was first named, if a person did that.
    named: Option<Moment>,
    title: Register<String>,
    open: Register<bool>,
    removed: Register<bool>,
}

/// The rank of groups made on the day; the plenary comes after them.
const MADE: usize = usize::MAX - 1;
const PLENARY: usize = usize::MAX;

impl GroupState {
    fn new(id: GroupId, title: String, rank: usize) -> Self {
        Self {
            id,
            rank,
            named: None,
            title: Register::new(title),
            open: Register::new(rank != PLENARY),
            removed: Register::new(false),
        }
    }

    /// Its label.
    pub fn title(&self) -> &str {
        self.title.get()
    }

    /// Whether it is still at work. The plenary never is: it does not delay an export.
    pub fn is_open(&self) -> bool {
        *self.open.get() && !*self.removed.get()
    }

    /// Who said that it is finished, if it is.
    pub(super) fn closed_by(&self) -> Vec<WriterId> {
        let said = if self.is_open() { Vec::new() } else { self.open.live(Stamp::ORIGIN) };
        said.into_iter().map(|stamp| stamp.writer).collect()
    }

    /// When it was made, if that was on the day and is known.
    pub(super) fn made(&self) -> Option<Moment> {
        self.named.filter(|_| self.rank == MADE)
    }

    /// Whether it is the whole room rather than a breakout group.
    pub fn is_plenary(&self) -> bool {
        self.rank == PLENARY
    }

    /// Whether the agenda or a person made it, and not only a point that names it.
    fn is_made(&self) -> bool {
        let changed = self.title.changed() || self.open.changed() || self.removed.changed();
        self.rank != MADE || changed
    }

    by_field! {
        GroupField, of _all Stamp::ORIGIN;
        title => Title, open => Open, removed => Removed
    }
}

/// The points of one group on one topic.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Those not deleted, in their order, as indices into the workshop's points.
    pub(super) points: Vec<u32>,
    standing: usize,
    /// How many are under another point, here or elsewhere.
    pub(super) nested: usize,
    revision: u64,
    /// The tally of its points, until the cell changes.
    pub(super) tally: OnceLock<Tally>,
}

impl Cell {
    /// How many points count: neither deleted nor parked.
    pub fn standing(&self) -> usize {
        self.standing
    }

    /// How many wait in the parking lot.
    pub fn parked(&self) -> usize {
        self.points.len() - self.standing
    }

    /// A number that changes whenever anything in the cell does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn touch(&mut self, revision: u64) {
        self.revision = revision;
        self.tally.take();
    }
}

impl Default for Workshop {
    fn default() -> Self {
        let mut workshop = Self {
            agenda: Arc::default(),
            participants: Participants::default(),
            files: ImportedFiles::default(),
            imported: Register::new(Vec::new()),
            zone: Zone::named("").unwrap_or_else(|| unreachable!("UTC is a zone")),
            founding: None,
            time: 0,
            points: Vec::new(),
            index: HashMap::new(),
            topics: Vec::new(),
            groups: Vec::new(),
            cells: HashMap::new(),
            courses: HashMap::new(),
            running: Vec::new(),
            reworded: Vec::new(),
            waiting: HashMap::new(),
            purges: Purges::default(),
            comments: HashMap::new(),
            sources: HashMap::new(),
            seals: HashMap::new(),
            legend: Register::new(Legend::default()),
            text: Register::new(None),
            places: ParagraphPlaces::default(),
            decided: HashMap::new(),
            clearances: HashMap::new(),
            phrases: HashMap::new(),
            voices: HashMap::new(),
            found_missing: Gaps::default(),
            judged_at: None,
            revision: 0,
        };
        workshop.found_on(Agenda::default());
        workshop
    }
}

impl Workshop {
    /// A workshop founded on this agenda, with nothing captured yet.
    pub fn new(agenda: &Agenda) -> Self {
        let mut workshop = Self::default();
        workshop.apply(Record::founding(agenda));
        for record in Record::participants(agenda) {
            workshop.apply(record);
        }
        workshop
    }

    // ----- the current state ---------------------------------------------------------------

    /// The agenda it was founded on, with all participants that are known here.
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    /// How many participants are listed on other laptops and not on this one: their names cannot be
    /// searched for here. Zero if every list that was made is here.
    pub fn unlisted(&self) -> usize {
        self.participants.elsewhere()
    }

    /// Whether it is news that there is a list of this many participants: no list is here, and none as
    /// long has been heard of.
    pub fn lacks_participants(&self, count: usize) -> bool {
        self.participants.is_news(count)
    }

    /// Whether the record that founds it lists participants, as programs up to 0.1 wrote it: then
    /// they are always included.
    pub fn is_founded_on_participants(&self) -> bool {
        self.participants.is_founded()
    }

    /// Its id, the same for everyone who started from the same agenda.
    pub fn id(&self) -> WorkshopId {
        let named = self.founding.and_then(|founding| founding.writer.to_string().parse().ok());
        named.unwrap_or_else(|| WorkshopId::of_agenda(&self.agenda))
    }

    /// The meeting's time zone; UTC if the agenda names none that is known.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// A number that changes whenever anything does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Notes that something changed that a screen showing the workshop must know.
    pub(super) fn touch(&mut self) {
        self.revision += 1;
    }

    /// The point of this id, deleted or not.
    pub fn point(&self, id: PointId) -> Option<&Point> {
        self.index.get(&id).map(|index| &self.points[*index as usize])
    }

    /// The index of a point, as [`point_at`](Self::point_at) takes it.
    pub fn index_of(&self, id: PointId) -> Option<u32> {
        self.index.get(&id).copied()
    }

    /// The point at this index of the workshop's list; see [`ListLine`](super::ListLine).
    pub fn point_at(&self, index: u32) -> &Point {
        &self.points[index as usize]
    }

    /// How many points were ever captured here, including deleted ones.
    pub fn captured(&self) -> usize {
        self.points.len()
    }

    /// All points that are not deleted, in no particular order.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| !point.is_deleted())
    }

    /// The agenda's topics, then any others that points name, then the general one.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The agenda's groups, then those made on the day, then the plenary.
    pub fn groups(&self) -> impl Iterator<Item = &GroupState> {
        self.groups.iter().filter(|group| {
            (group.is_made() && !*group.removed.get())
                || self
                    .cells
                    .get(&group.id)
                    .is_some_and(|row| row.values().any(|cell| !cell.points.is_empty()))
        })
    }

    /// The groups except the plenary, with their labels.
    pub fn breakout_groups(&self) -> Vec<(GroupId, String)> {
        let breakout = self.groups().filter(|group| !group.is_plenary());
        breakout.map(|group| (group.id.clone(), group.title().to_owned())).collect()
    }

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&GroupState> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// The points of a group on a topic; `None` before the first.
    pub fn cell(&self, group: &GroupId, topic: &TopicId) -> Option<&Cell> {
        self.cells.get(group)?.get(topic)
    }

    /// All cells, with their groups and topics.
    pub(super) fn all_cells(&self) -> impl Iterator<Item = (&GroupId, &TopicId, &Cell)> {
        self.cells
            .iter()
            .flat_map(|(group, row)| row.iter().map(move |(topic, cell)| (group, topic, cell)))
    }

    /// How many points of a group on a topic count.
    pub fn standing(&self, group: &GroupId, topic: &TopicId) -> usize {
        self.cell(group, topic).map_or(0, Cell::standing)
    }

    /// The comment of this id, even if it was given up.
    pub fn comment(&self, id: CommentId) -> Option<&Comment> {
        self.comments.get(&id)
    }

    /// The sources of a comment, as [`point_at`](Self::point_at) takes them: earliest captured
    /// first.
    pub fn sources(&self, id: CommentId) -> &[u32] {
        self.sources.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The comments of a topic that have sources, in their order. One that was given up on one
    /// laptop while another put a point into it is kept.
    pub fn comments(&self, topic: &TopicId) -> Vec<&Comment> {
        // A comment on a topic that is not here is listed under the general topic.
        let topic_of = |found: &Comment| match self.check_topic(found.topic()) {
            Ok(()) => found.topic().clone(),
            Err(_) => TopicId::general(),
        };
        let stands =
            |found: &&Comment| topic_of(found) == *topic && !self.sources(found.id()).is_empty();
        let mut found: Vec<&Comment> = self.comments.values().filter(stands).collect();
        found.sort_by(|one, other| one.cmp_place(other));
        found
    }

    /// A group's seal on a topic, whether or not it is broken.
    pub fn seal(&self, group: &GroupId, topic: &TopicId) -> Option<&Seal> {
        self.seals.get(&(group.clone(), topic.clone()))?.get().as_ref()
    }

    /// The legend.
    pub fn legend(&self) -> &Legend {
        self.legend.get()
    }

    /// How a session ran, if anything was recorded about it.
    pub fn course(&self, session: &SessionId) -> Option<&Course> {
        self.courses.get(session)
    }

    /// Other legends that were set on other laptops at the same time.
    pub fn other_legends(&self) -> Vec<&Legend> {
        self.legend.alternatives()
    }

    /// Whether a group's seal on a topic was set differently on two laptops at once.
    pub fn is_sealed_twice(&self, group: &GroupId, topic: &TopicId) -> bool {
        let seal = self.seals.get(&(group.clone(), topic.clone()));
        seal.is_some_and(|seal| !seal.alternatives().is_empty())
    }

    /// The sessions under way, in the agenda's order.
    pub fn running(&self) -> &[SessionId] {
        &self.running
    }

    /// The points in which any words changed after capture, or that were deleted or came back, by
    /// index, once for each time: code that keeps something made from words looks here for what
    /// has changed since.
    pub fn reworded(&self) -> &[u32] {
        &self.reworded
    }

    /// When a writer made its last change, by its own clock, which may be wrong.
    pub fn last_change_of(&self, writer: WriterId) -> Option<Moment> {
        self.voices.get(&writer).map(|last| last.0)
    }

    /// The Lamport time of a writer's last change; zero if there is none.
    pub(super) fn last_time_of(&self, writer: WriterId) -> u64 {
        self.voices.get(&writer).map_or(0, |last| last.1)
    }

    /// The latest Lamport time seen.
    pub fn time(&self) -> u64 {
        self.time
    }

    /// What may no longer be kept anywhere.
    pub fn purges(&self) -> &Purges {
        &self.purges
    }

    /// How many changes wait for the capture of their point.
    pub fn waiting(&self) -> usize {
        self.waiting.values().map(Vec::len).sum()
    }

    // ----- what people ask for -------------------------------------------------------------

    /// The record that makes these changes, later than everything seen here.
    pub fn record(
        &self,
        writer: WriterId,
        at: Moment,
        changes: impl IntoIterator<Item = Change>,
    ) -> Record {
        let stamp = self.next_stamp(writer);
        Record { stamp, at, changes: changes.into_iter().collect() }
    }

    /// The stamp that the next record made here will have.
    pub fn next_stamp(&self, writer: WriterId) -> Stamp {
        Stamp { time: self.time + 1, writer }
    }

    /// The change that sets a field of a point, replacing all its present values.
    pub fn set(&self, point: PointId, to: Field) -> Result<Change, Refusal> {
        let over = self.point(point).ok_or(Refusal::NoPoint(point))?.field(&to).1;
        let change = Change::PointChanged { point, to, over: over.into() };
        self.check(&change).map(|()| change)
    }

    /// The change that sets a field of a point, replacing those of its values that `seen` set. What
    /// came in since is kept beside the new value.
    pub fn set_over(&self, point: PointId, to: Field, seen: &[Stamp]) -> Result<Change, Refusal> {
        let change = Change::PointChanged { point, to, over: Over::from_slice(seen) };
        self.check(&change).map(|()| change)
    }

    /// The change that deletes a point.
    pub fn delete(&self, point: PointId) -> Result<Change, Refusal> {
        let deletion = self.point(point).ok_or(Refusal::NoPoint(point))?.deletion();
        self.set(point, Field::Deleted(Some(deletion)))
    }

    /// The change that sets a field of a group, or makes the group.
    pub fn set_group(&self, group: GroupId, to: GroupField) -> Change {
        let over = match self.group(&group) {
            Some(state) => state.field(&to).1,
            None => vec![Stamp::ORIGIN],
        };
        Change::GroupChanged { group, to, over: over.into() }
    }

    /// The change that sets a field of a comment, or makes the comment.
    pub fn set_comment(&self, comment: CommentId, to: CommentField) -> Result<Change, Refusal> {
        let none = Comment::new(comment);
        let over = self.comment(comment).unwrap_or(&none).field(&to).1;
        let change = Change::CommentChanged { comment, to, over: over.into() };
        self.check(&change).map(|()| change)
    }

    /// The change that sets a field of a comment, replacing those of its values that `seen` set.
    pub fn set_comment_over(
        &self,
        comment: CommentId,
        to: CommentField,
        seen: &[Stamp],
    ) -> Result<Change, Refusal> {
        let over = Over::from_slice(seen);
        let change = Change::CommentChanged { comment, to, over };
        self.check(&change).map(|()| change)
    }

    /// The changes that put points into a comment, whatever they were in before.
    pub fn put_into(
        &self,
        comment: CommentId,
        points: impl IntoIterator<Item = PointId>,
    ) -> Result<Vec<Change>, Refusal> {
        let into = |point| self.set(point, Field::Outcome(Outcome::In(comment)));
        points.into_iter().map(into).collect()
    }

    /// The changes that merge one comment into another: all its sources go there, and so do its wishes
    /// that are alternatives. Sources are moved, so no circle can arise.
    pub fn merge_comments(&self, from: CommentId, into: CommentId) -> Result<Vec<Change>, Refusal> {
        if from == into {
            return Err(Refusal::IntoItself);
        }
        let gone = self.comment(from).ok_or(Refusal::NoComment(from))?;
        let stays = self.comment(into).ok_or(Refusal::NoComment(into))?;
        let sources = self.sources(from).iter().map(|index| self.point_at(*index).id());
        let mut changes = self.put_into(into, sources)?;
        let mut wishes = stays.alternatives().to_vec();
        let fresh = gone.alternatives().iter().filter(|wish| !stays.alternatives().contains(wish));
        wishes.extend(fresh.cloned());
        if wishes.len() > stays.alternatives().len() {
            changes.push(self.set_comment(into, CommentField::Alternatives(wishes.into()))?);
        }
        changes.push(self.set_comment(from, CommentField::Deleted(true))?);
        Ok(changes)
    }

    /// The change that seals what a group says on a topic, or removes the seal.
    pub fn set_seal(&self, group: GroupId, topic: TopicId, on: bool) -> Change {
        let digest = self.seal_digest(&group, &topic).into();
        let to = on.then_some(Seal { digest });
        let known = self.seals.get(&(group.clone(), topic.clone()));
        let over = known.map_or_else(|| vec![Stamp::ORIGIN], |seal| seal.live(Stamp::ORIGIN));
        Change::SealChanged { group, topic, to, over: over.into() }
    }

    /// The change that sets the legend.
    pub fn set_legend(&self, to: Legend) -> Change {
        Change::LegendChanged { to, over: self.legend.live(Stamp::ORIGIN).into() }
    }

    /// The change that sets a field of a session's course.
    pub fn set_course(&self, session: SessionId, to: CourseField) -> Result<Change, Refusal> {
        let none = Course::default();
        let over = self.courses.get(&session).unwrap_or(&none).field(&to).1;
        let change = Change::CourseChanged { session, to, over: over.into() };
        self.check(&change).map(|()| change)
    }

    /// Whether a change that a person asks for makes sense here.
    pub fn check(&self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::PointCaptured(captured) => {
                Self::check_text(&captured.text)?;
                self.check_topic(&captured.topic)?;
                self.check_group(&captured.group)?;
                self.check_filing(&captured.group, captured.session.as_ref())
            }
            Change::PointChanged { point, to, .. } => {
                let found = self.point(*point).ok_or(Refusal::NoPoint(*point))?;
                match to {
                    Field::Text(text) => Self::check_text(text),
                    Field::Topic(topic) => self.check_topic(topic),
                    Field::Group(group) => self.check_group(group),
                    Field::Session(session) => self.check_filing(found.group(), session.as_ref()),
                    Field::Parent(Some(parent)) if self.is_under(*parent, *point) => {
                        Err(Refusal::UnderItself)
                    }
                    _ => Ok(()),
                }
            }
            Change::CourseChanged { session, .. } if self.agenda.session(session).is_none() => {
                Err(Refusal::NoSession(session.clone()))
            }
            Change::CourseChanged { session, to: CourseField::Consent(Some(_)), .. }
                if !self.is_on_record(session) =>
            {
                Err(Refusal::NotOnRecord(session.clone()))
            }
            Change::CourseChanged { .. } => Ok(()),
            Change::PointPurged(purge) => self.check_purge(purge),
            Change::CommentChanged { to: CommentField::Topic(topic), .. }
            | Change::SealChanged { topic, .. } => self.check_topic(topic),
            Change::CommentChanged { .. }
            | Change::LegendChanged { .. }
            | Change::TextChanged { .. }
            | Change::DispositionChanged { .. }
            | Change::MentionDecided { .. }
            | Change::PhraseDecided { .. }
            | Change::GroupChanged { .. }
            | Change::ParticipantsListed { .. }
            | Change::ParticipantsCounted { .. }
            | Change::GapsImported { .. }
            | Change::Founded(_) => Ok(()),
        }?;
        change.check().map_err(Refusal::Flawed)
    }

    fn check_text(text: &str) -> Result<(), Refusal> {
        match text.len() {
            0 => Err(Refusal::Empty),
            long if long > Refusal::LONGEST => Err(Refusal::TooLong(long)),
            _ => Ok(()),
        }
    }

    /// Whether there is such a topic here.
    pub fn check_topic(&self, topic: &TopicId) -> Result<(), Refusal> {
        if self.topics.iter().any(|t| t.id == *topic) {
            return Ok(());
        }
        let known = self.topics.iter().map(|t| t.id.clone()).collect();
        Err(Refusal::NoTopic(topic.clone(), known))
    }

    /// Whether there is such a group here.
    pub fn check_group(&self, group: &GroupId) -> Result<(), Refusal> {
        if self.group(group).is_some() {
            return Ok(());
        }
        let known = self.groups().map(|g| g.id.clone()).collect();
        Err(Refusal::NoGroup(group.clone(), known))
    }

    /// Whether `point` is `above` or is somewhere under it.
    fn is_under(&self, point: PointId, above: PointId) -> bool {
        let mut at = Some(point);
        for _ in 0..=self.points.len() {
            match at {
                Some(id) if id == above => return true,
                Some(id) => at = self.point(id).and_then(Point::parent),
                None => return false,
            }
        }
        true
    }
}
