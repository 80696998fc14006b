//! The current place: the group, topic and point that several screens work on.

use super::filing::{FiledUnder, ShownSession};
use super::{Choice, Chosen, Core, ScreenId, Then};
use crate::workshop::{
    CommentId, GroupId, ParagraphId, PointId, Session, SessionId, TopicId, Workshop,
};

/// Whose points are worked on, on which topic, and which is chosen. It stays when screens change.
#[derive(Debug)]
pub struct Here {
    /// Whose points.
    pub group: GroupId,
    /// On which topic.
    pub topic: TopicId,
    /// The point chosen in the list of capture.
    pub(super) point: Chosen<PointId>,
    /// The session that was chosen for what is taken down.
    pub(super) session: Option<FiledUnder>,
    /// The session that was last shown, if one was shown.
    pub(super) filed: Option<ShownSession>,
    /// What the screen that is entered next should show.
    pub(super) target: Option<Target>,
}

/// What a screen should show when it is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A point, at its place among those of its group.
    Point(PointId),
    /// The line, without a search in its place.
    Line,
    /// A comment, among those of its topic.
    Comment(CommentId),
    /// A paragraph of the draft text.
    Paragraph(ParagraphId),
    /// What was said about the paragraph that is chosen there.
    Said,
}

impl Default for Here {
    fn default() -> Self {
        Self {
            group: GroupId::plenary(),
            topic: TopicId::general(),
            point: Chosen::default(),
            session: None,
            filed: None,
            target: None,
        }
    }
}

impl Here {
    /// The chosen point's place in the list of capture.
    pub fn chosen(&self) -> Option<usize> {
        self.point.id().map(|_| self.point.at())
    }

    /// Begins with a group and a topic: those asked for, or the first ones.
    pub(super) fn place(
        &mut self,
        workshop: &Workshop,
        group: Option<GroupId>,
        topic: Option<TopicId>,
    ) {
        let first_group = workshop.groups().next().map(|group| group.id.clone());
        let first_topic = workshop.topics().first().map(|topic| topic.id.clone());
        self.group = group.or(first_group).unwrap_or_else(GroupId::plenary);
        self.topic = topic.or(first_topic).unwrap_or_else(TopicId::general);
    }
}

impl Core {
    /// The sessions under way, in the agenda's order.
    pub fn running(&self) -> impl Iterator<Item = &Session> {
        self.workshop.running().iter().filter_map(|id| self.workshop.agenda().session(id))
    }

    /// Takes down points of a session from now on.
    pub(super) fn capture_in(&mut self, session: SessionId) {
        if let Some(found) = self.workshop.agenda().session(&session) {
            let agenda = self.workshop.agenda();
            let topic = agenda.topics_in(found).first().cloned();
            let group = agenda.groups_in(found).first().cloned();
            let plenary = !found.kind.is_group_discussion();
            let general = (plenary && topic.is_none()).then(TopicId::general);
            let room = (plenary && group.is_none()).then(GroupId::plenary);
            let breakout = || {
                let stays = self.here.group != GroupId::plenary();
                let first = self.workshop.groups().next().map(|group| group.id.clone());
                if stays { Some(self.here.group.clone()) } else { first }
            };
            let group = group.or(room).or_else(breakout);
            let stays = !plenary && self.here.topic != TopicId::general();
            let topic = topic.or(general).or_else(|| stays.then(|| self.here.topic.clone()));
            self.here.place(&self.workshop, group, topic);
        }
        self.file_in(Some(session));
        self.go(ScreenId::Capture);
    }

    /// Goes to a point at its place, and chooses it.
    pub(super) fn show_point(&mut self, id: PointId) {
        let Some(point) = self.workshop.point(id) else { return };
        let (group, topic) = (point.group().clone(), point.topic().clone());
        self.here.group = group;
        self.go_to(topic);
        self.here.target = Some(Target::Point(id));
        self.go(ScreenId::Capture);
    }

    /// Goes to a comment among those of its topic.
    pub(super) fn show_comment(&mut self, id: CommentId) {
        self.here.target = Some(Target::Comment(id));
        self.go(ScreenId::Consolidate);
    }

    pub(super) fn step_topic(&mut self, by: isize) {
        let topics = self.workshop.topics();
        let at = topics.iter().position(|topic| topic.id == self.here.topic).unwrap_or(0);
        let next = (at as isize + by).rem_euclid(topics.len() as isize) as usize;
        self.go_to(topics[next].id.clone());
    }

    pub(super) fn go_topic(&mut self) {
        let Some(place) = self.digit() else { return };
        match place.checked_sub(1).and_then(|place| self.workshop.topics().get(place)) {
            Some(topic) => self.go_to(topic.id.clone()),
            None => self.say(format!("There is no topic {place}.")),
        }
    }

    pub(super) fn step_group(&mut self) {
        let groups: Vec<&GroupId> = self.workshop.groups().map(|group| &group.id).collect();
        let at = groups.iter().position(|id| **id == self.here.group).unwrap_or(0);
        if let Some(next) = groups.get((at + 1) % groups.len().max(1)) {
            self.go_to_group((*next).clone());
        }
    }

    pub(super) fn go_to(&mut self, topic: TopicId) {
        self.here.topic = topic;
        self.arrive();
    }

    pub(super) fn go_to_group(&mut self, group: GroupId) {
        self.here.group = group;
        self.arrive();
    }

    /// Text being typed comes along to another topic or group; a rewording stays a rewording.
    pub(super) fn arrive(&mut self) {
        self.typing.under = None;
        self.here.point.forget(0);
        if self.typing.editing().is_none() {
            self.keep_line();
        }
    }

    pub(super) fn choose_group(&mut self, then: fn(GroupId) -> Then) {
        let groups: Vec<_> = self.workshop.groups().collect();
        let at = groups.iter().position(|group| group.id == self.here.group).unwrap_or(0);
        let choices = groups.iter().map(|group| Choice {
            name: group.title().to_owned(),
            more: if group.is_open() || group.is_plenary() { "" } else { "done" }.to_owned(),
            then: then(group.id.clone()),
        });
        self.offer("Which group?", choices.collect(), at);
    }
}
