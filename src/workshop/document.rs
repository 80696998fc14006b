//! The workshop as it stands: all its changes folded together.

use std::collections::HashMap;
use std::sync::Arc;

use super::{
    Agenda, Change, Course, CourseField, Deletion, Field, GroupField, GroupId, Moment, Over, Point,
    PointId, Record, Refusal, Register, SessionId, Stamp, Topic, TopicId, WorkshopId, WriterId,
    Zone, clean,
};

/// A workshop: the agenda it was founded on and what was captured since.
///
/// It is the fold of a set of records. [`apply`](Self::apply) is total: any record, in any order,
/// any number of times. What a person asks for is looked at first by [`check`](Self::check).
#[derive(Clone, Debug)]
pub struct Workshop {
    agenda: Arc<Agenda>,
    zone: Zone,
    founding: Option<Stamp>,
    /// The latest Lamport time seen.
    time: u64,
    points: Vec<Point>,
    index: HashMap<PointId, u32>,
    /// The agenda's topics, then ones that only points name, then the general one.
    topics: Vec<Topic>,
    /// The agenda's groups, then those made on the day, then the plenary.
    groups: Vec<GroupState>,
    cells: HashMap<GroupId, HashMap<TopicId, Cell>>,
    courses: HashMap<SessionId, Course>,
    /// The sessions under way, in the agenda's order.
    running: Vec<SessionId>,
    /// The points whose words, tags or paragraph were changed, in the order it came in.
    reworded: Vec<u32>,
    /// Changes of points whose capture has not arrived yet.
    waiting: HashMap<PointId, Vec<(Stamp, Field, Over)>>,
    revision: u64,
}

/// A breakout group as it stands.
#[derive(Clone, Debug)]
pub struct GroupState {
    /// Its lasting short name.
    pub id: GroupId,
    rank: usize,
    title: Register<String>,
    open: Register<bool>,
    removed: Register<bool>,
}

/// Where groups rank that were made on the day, and the plenary after them.
const MADE: usize = usize::MAX - 1;
const PLENARY: usize = usize::MAX;

impl GroupState {
    fn new(id: GroupId, title: String, rank: usize) -> Self {
        Self {
            id,
            rank,
            title: Register::new(title),
            open: Register::new(rank != PLENARY),
            removed: Register::new(false),
        }
    }

    /// Its label.
    pub fn title(&self) -> &str {
        self.title.get()
    }

    /// Whether it is still at work. The plenary never is: it holds no export up.
    pub fn is_open(&self) -> bool {
        *self.open.get() && !*self.removed.get()
    }

    /// Whether it is the whole room and no breakout group.
    pub fn is_plenary(&self) -> bool {
        self.rank == PLENARY
    }

    /// Whether the agenda or somebody made it, and not only a point that names it.
    fn is_made(&self) -> bool {
        let changed = self.title.changed() || self.open.changed() || self.removed.changed();
        self.rank != MADE || changed
    }

    fn set(&mut self, stamp: Stamp, to: GroupField, over: &[Stamp]) {
        let born = Stamp::ORIGIN;
        match to {
            GroupField::Title(value) => self.title.set(born, stamp, value, over),
            GroupField::Open(value) => self.open.set(born, stamp, value, over),
            GroupField::Removed(value) => self.removed.set(born, stamp, value, over),
        }
    }

    fn field(&self, like: &GroupField) -> (GroupField, Vec<Stamp>) {
        let born = Stamp::ORIGIN;
        match like {
            GroupField::Title(_) => {
                (GroupField::Title(self.title.get().clone()), self.title.live(born))
            }
            GroupField::Open(_) => (GroupField::Open(*self.open.get()), self.open.live(born)),
            GroupField::Removed(_) => {
                (GroupField::Removed(*self.removed.get()), self.removed.live(born))
            }
        }
    }
}

/// The points of one group on one topic.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Those not deleted, in their order, as indices into the workshop's points.
    pub(super) points: Vec<u32>,
    standing: usize,
    /// How many stand under another point, here or elsewhere.
    pub(super) nested: usize,
    revision: u64,
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
}

impl Default for Workshop {
    fn default() -> Self {
        let mut workshop = Self {
            agenda: Arc::default(),
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
            revision: 0,
        };
        workshop.found(Agenda::default());
        workshop
    }
}

impl Workshop {
    /// A workshop on this agenda, with nothing captured yet.
    pub fn new(agenda: &Agenda) -> Self {
        let mut workshop = Self::default();
        workshop.apply(Record::founding(agenda));
        workshop
    }

    // ----- what stands ---------------------------------------------------------------------

    /// The agenda it was founded on.
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    /// The same for everyone who started from the same agenda.
    pub fn id(&self) -> WorkshopId {
        WorkshopId::of_agenda(&self.agenda)
    }

    /// The meeting's time zone; UTC where the agenda names none that is known.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// A number that changes whenever anything does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The point of this id, deleted or not.
    pub fn point(&self, id: PointId) -> Option<&Point> {
        self.index.get(&id).map(|index| &self.points[*index as usize])
    }

    /// The index of a point, as [`point_at`](Self::point_at) takes it.
    pub(super) fn index_of(&self, id: PointId) -> Option<u32> {
        self.index.get(&id).copied()
    }

    /// The point at this index of the workshop's own; see [`Line`](super::Line).
    pub fn point_at(&self, index: u32) -> &Point {
        &self.points[index as usize]
    }

    /// How many points were ever captured here, deleted ones among them.
    pub fn captured(&self) -> usize {
        self.points.len()
    }

    /// All points that are not deleted, in no order.
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

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&GroupState> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// The points of a group on a topic; `None` before the first.
    pub fn cell(&self, group: &GroupId, topic: &TopicId) -> Option<&Cell> {
        self.cells.get(group)?.get(topic)
    }

    /// How many points of a group on a topic count.
    pub fn standing(&self, group: &GroupId, topic: &TopicId) -> usize {
        self.cell(group, topic).map_or(0, Cell::standing)
    }

    /// How a session ran, if anything was ever said of it.
    pub fn course(&self, session: &SessionId) -> Option<&Course> {
        self.courses.get(session)
    }

    /// The sessions under way, in the agenda's order.
    pub fn running(&self) -> &[SessionId] {
        &self.running
    }

    /// The points whose words, tags or paragraph changed after capture, by their index, each time
    /// anew: whoever keeps something made from words looks here for what came since.
    pub fn reworded(&self) -> &[u32] {
        &self.reworded
    }

    /// How many changes wait for the capture of their point.
    pub fn waiting(&self) -> usize {
        self.waiting.values().map(Vec::len).sum()
    }

    // ----- what is asked for ---------------------------------------------------------------

    /// The record that makes these changes, later than everything seen here.
    pub fn record(
        &self,
        writer: WriterId,
        at: Moment,
        changes: impl IntoIterator<Item = Change>,
    ) -> Record {
        let stamp = Stamp { time: self.time + 1, writer };
        Record { stamp, at, changes: changes.into_iter().collect() }
    }

    /// The change that sets a field of a point, replacing all its present values.
    pub fn set(&self, point: PointId, to: Field) -> Result<Change, Refusal> {
        let over = self.point(point).ok_or(Refusal::NoPoint(point))?.field(&to).1;
        let change = Change::PointChanged { point, to, over: over.into() };
        self.check(&change).map(|()| change)
    }

    /// The change that sets a field of a point, replacing those of its values that `seen` set. What
    /// came in since stands beside the new value.
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

    /// The change that sets a field of a session's course.
    pub fn set_course(&self, session: SessionId, to: CourseField) -> Result<Change, Refusal> {
        let over = match self.courses.get(&session) {
            Some(course) => course.field(&to).1,
            None => Course::default().field(&to).1,
        };
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
                captured.session.as_ref().map_or(Ok(()), |session| self.check_session(session))
            }
            Change::PointChanged { point, to, .. } => {
                self.point(*point).ok_or(Refusal::NoPoint(*point))?;
                match to {
                    Field::Text(text) => Self::check_text(text),
                    Field::Topic(topic) => self.check_topic(topic),
                    Field::Group(group) => self.check_group(group),
                    Field::Parent(Some(parent)) if self.is_under(*parent, *point) => {
                        Err(Refusal::UnderItself)
                    }
                    _ => Ok(()),
                }
            }
            Change::CourseChanged { session, .. } => self.check_session(session),
            Change::GroupChanged { .. } | Change::Founded(_) => Ok(()),
        }
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

    fn check_session(&self, session: &SessionId) -> Result<(), Refusal> {
        match self.agenda.session(session) {
            Some(_) => Ok(()),
            None => Err(Refusal::NoSession(session.clone())),
        }
    }

    /// Whether `point` is `above` or stands somewhere under it.
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

    /// The changes that would take these back, to be asked for after `record` was applied and
    /// judged then by [`undo`](Self::undo).
    pub fn inverse(&self, record: &Record) -> Vec<Change> {
        let over = Over::from_iter([record.stamp]);
        let inverse = |change: &Change| match change {
            Change::Founded(_) => None,
            Change::PointCaptured(captured) => Some(Change::PointChanged {
                point: captured.point,
                to: Field::Deleted(Some(Deletion { saw: over.to_vec() })),
                over: over.clone(),
            }),
            Change::PointChanged { point, to, .. } => self.point(*point).map(|found| {
                Change::PointChanged { point: *point, to: found.field(to).0, over: over.clone() }
            }),
            Change::GroupChanged { group, to, .. } => {
                let (to, over) = match self.group(group) {
                    Some(state) => (state.field(to).0, over.clone()),
                    None => (GroupField::Removed(true), Over::from_iter([Stamp::ORIGIN])),
                };
                Some(Change::GroupChanged { group: group.clone(), to, over })
            }
            Change::CourseChanged { session, to, .. } => {
                let before = self.courses.get(session).cloned().unwrap_or_default();
                let to = before.field(to).0;
                Some(Change::CourseChanged { session: session.clone(), to, over: over.clone() })
            }
        };
        record.changes.iter().rev().filter_map(inverse).collect()
    }

    /// Whether these inverse changes still undo one's own doing and nobody else's.
    pub fn undo(&self, changes: &[Change]) -> Result<(), Refusal> {
        for change in changes {
            let (live, over) = match change {
                Change::Founded(_) | Change::PointCaptured(_) => return Err(Refusal::NotOnesOwn),
                Change::PointChanged { point, to, over } => {
                    let found = self.point(*point).ok_or(Refusal::NoPoint(*point))?;
                    (found.field(to).1, over)
                }
                Change::GroupChanged { group, to, over } => match self.group(group) {
                    Some(state) => (state.field(to).1, over),
                    None => return Err(Refusal::NotOnesOwn),
                },
                Change::CourseChanged { session, to, over } => match self.courses.get(session) {
                    Some(course) => (course.field(to).1, over),
                    None => return Err(Refusal::NotOnesOwn),
                },
            };
            if live[..] != over[..] {
                return Err(Refusal::NotOnesOwn);
            }
        }
        Ok(())
    }

    // ----- taking in -----------------------------------------------------------------------

    /// Takes in a record, from here or from anywhere.
    pub fn apply(&mut self, record: Record) {
        let Record { stamp, at, changes } = record;
        if stamp.time > Stamp::LAST_TIME {
            return;
        }
        self.time = self.time.max(stamp.time);
        self.revision += 1;
        for (nth, change) in changes.into_iter().enumerate() {
            match change {
                Change::Founded(agenda) => {
                    if self.founding.is_none_or(|founding| stamp < founding) {
                        self.founding = Some(stamp);
                        self.found(*agenda);
                    }
                }
                Change::PointCaptured(captured) => {
                    let point = captured.point;
                    if self.index.contains_key(&point) {
                        self.capture_again(*captured, stamp, nth as u32, at);
                        continue;
                    }
                    self.index.insert(point, self.points.len() as u32);
                    let mut point = Point::new(captured.cleaned(), stamp, nth as u32, at);
                    for (stamp, to, over) in self.waiting.remove(&point.id()).unwrap_or_default() {
                        point.set(stamp, to, &over);
                    }
                    self.points.push(point);
                    self.enter(self.points.len() - 1);
                }
                Change::PointChanged { point, to, over } => match self.index.get(&point) {
                    Some(index) => {
                        let (index, to) = (*index as usize, to.cleaned());
                        self.leave(index);
                        if matches!(to, Field::Text(_) | Field::Tags(_) | Field::Paragraph(_)) {
                            self.reworded.push(index as u32);
                        }
                        self.points[index].set(stamp, to, &over);
                        self.enter(index);
                    }
                    None => {
                        self.waiting.entry(point).or_default().push((stamp, to.cleaned(), over));
                    }
                },
                Change::GroupChanged { group, to, over } => {
                    let to = match to {
                        GroupField::Title(title) => GroupField::Title(clean(&title).into_owned()),
                        to => to,
                    };
                    self.group_mut(&group).set(stamp, to, &over);
                }
                Change::CourseChanged { session, to, over } => {
                    self.courses.entry(session).or_default().set(stamp, to, &over);
                    self.note_running();
                }
            }
        }
    }

    /// Takes in a second capture of a point. A record that arrives twice changes nothing; a
    /// different one under the same id can only be a forgery, and its words stand beside.
    fn capture_again(&mut self, captured: super::Captured, stamp: Stamp, nth: u32, at: Moment) {
        let captured = captured.cleaned();
        let index = self.index[&captured.point] as usize;
        let known = self.points[index].born();
        if known == stamp {
            return;
        }
        self.leave(index);
        self.reworded.push(index as u32);
        let point = &mut self.points[index];
        if stamp < known {
            let mut earlier = Point::new(captured, stamp, nth, at);
            earlier.absorb(point);
            *point = earlier;
        } else {
            point.absorb(&Point::new(captured, stamp, nth, at));
        }
        self.enter(index);
    }

    fn found(&mut self, agenda: Agenda) {
        self.zone = Zone::named(&agenda.time_zone).unwrap_or(self.zone);
        let general = Topic {
            id: TopicId::general(),
            title: "Not tied to a topic".into(),
            short: "General".into(),
            questions: Vec::new(),
        };
        let stray: Vec<TopicId> = self.topics.iter().map(|t| t.id.clone()).collect();
        self.topics = agenda.topics.iter().filter(|t| t.id != general.id).cloned().collect();
        self.topics.push(general);
        for (rank, group) in agenda.groups.iter().enumerate() {
            let title = Register::new(group.title.clone());
            match self.groups.iter_mut().find(|g| g.id == group.id) {
                // It was changed before the agenda arrived; those changes stand.
                Some(state) if state.title.changed() => state.rank = rank,
                Some(state) => (state.title, state.rank) = (title, rank),
                None => {
                    self.groups.push(GroupState::new(group.id.clone(), group.title.clone(), rank));
                }
            }
        }
        self.agenda = Arc::new(agenda);
        self.note_running();
        self.group_mut(&GroupId::plenary());
        self.groups.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        for topic in stray {
            if self.is_talked_of(&topic) {
                self.meet_topic(&topic);
            }
        }
    }

    /// Whether any point stands under the topic.
    fn is_talked_of(&self, topic: &TopicId) -> bool {
        self.cells.values().any(|row| row.get(topic).is_some_and(|cell| !cell.points.is_empty()))
    }

    fn note_running(&mut self) {
        let courses = &self.courses;
        let runs = |id: &SessionId| courses.get(id).is_some_and(Course::is_running);
        let sessions = self.agenda.sessions().into_iter().map(|(_, _, session)| &session.id);
        self.running = sessions.filter(|id| runs(id)).cloned().collect();
    }

    fn meet_topic(&mut self, topic: &TopicId) {
        if self.topics.iter().any(|t| t.id == *topic) {
            return;
        }
        let known = self.agenda.topics.len().min(self.topics.len() - 1);
        let place =
            known + self.topics[known..self.topics.len() - 1].partition_point(|t| t.id < *topic);
        let title = topic.to_string();
        self.topics.insert(place, Topic { id: topic.clone(), title, ..Topic::default() });
    }

    fn group_mut(&mut self, id: &GroupId) -> &mut GroupState {
        let known = self.groups.iter().position(|group| group.id == *id);
        let place = known.unwrap_or_else(|| {
            let (title, rank) = if *id == GroupId::plenary() {
                ("Plenary".to_owned(), PLENARY)
            } else {
                (id.to_string(), MADE)
            };
            let place = self.groups.partition_point(|g| (g.rank, &g.id) < (rank, id));
            self.groups.insert(place, GroupState::new(id.clone(), title, rank));
            place
        });
        &mut self.groups[place]
    }

    /// Takes a point out of its cell, before anything changes that the cell depends on.
    fn leave(&mut self, index: usize) {
        let point = &self.points[index];
        let Some(cell) =
            self.cells.get_mut(point.group()).and_then(|row| row.get_mut(point.topic()))
        else {
            return;
        };
        let points = &self.points;
        let place = cell.points.binary_search_by(|other| points[*other as usize].cmp_place(point));
        if let Ok(place) = place {
            cell.points.remove(place);
            cell.standing -= usize::from(!point.is_parked());
            cell.nested -= usize::from(point.parent().is_some());
        }
        cell.revision = self.revision;
        let topic = point.topic();
        let is_stray = *topic != TopicId::general() && self.agenda.topic(topic).is_none();
        if is_stray && !self.is_talked_of(topic) {
            let topic = topic.clone();
            self.topics.retain(|known| known.id != topic);
        }
    }

    /// Puts a point where it now belongs.
    fn enter(&mut self, index: usize) {
        let point = &self.points[index];
        let cell = self.cell(point.group(), point.topic());
        if cell.is_none_or(|cell| cell.points.is_empty()) && !point.is_deleted() {
            let (group, topic) = (point.group().clone(), point.topic().clone());
            self.group_mut(&group);
            self.meet_topic(&topic);
            self.cells.entry(group).or_default().entry(topic).or_default();
        }
        let point = &self.points[index];
        let Some(cell) =
            self.cells.get_mut(point.group()).and_then(|row| row.get_mut(point.topic()))
        else {
            return;
        };
        cell.revision = self.revision;
        if point.is_deleted() {
            return;
        }
        let points = &self.points;
        let behind = |other: &u32| points[*other as usize].cmp_place(point).is_lt();
        let place = match cell.points.last() {
            None => 0,
            Some(last) if behind(last) => cell.points.len(),
            Some(_) => cell.points.partition_point(behind),
        };
        cell.points.insert(place, index as u32);
        cell.standing += usize::from(!point.is_parked());
        cell.nested += usize::from(point.parent().is_some());
    }
}
