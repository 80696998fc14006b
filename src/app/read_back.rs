//! Reading the points back to the group: it confirms, amends or rejects each, and seals the topic.

mod amend;
mod letters;
mod seal;
mod sheet;
mod telling;
mod verdict;

use super::{
    About, Action, Asks, Choice, Chosen, Context, Core, LineEdit, Of, ReturnValue, Screen,
    ScreenId, Then, key_of, points::open_topics, quoted, seen, settle::choose_between, wrap,
};
use crate::workshop::{
    Change, Convergence, Field, GroupId, ListLine, Point, PointId, ReadBackState, SealStatus,
    TopicId, Verdict,
};

pub use letters::large;
pub use sheet::{Sheet, amend_area};
use telling::{Asking, Marks};

/// What a choice on the read-back screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// Reads back to this group.
    Group(GroupId),
    /// Goes to a point.
    Go(PointId),
    /// Says how far the group agreed on a point.
    Converge(PointId, Option<Convergence>),
    /// Seals a topic for a group, or removes the seal.
    Seal(GroupId, TopicId, bool),
    /// Leaves everything as it is.
    Leave,
}

impl ReturnValue for Back {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::Converge(id, _) => vec![seen::point(*id, Field::Convergence(None))],
            Self::Seal(group, topic, _) => vec![Of::Seal(group.clone(), topic.clone())],
            Self::Group(_) | Self::Go(_) | Self::Leave => Vec::new(),
        }
    }
}

/// What the read-back screen asks for in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingQuestion {
    /// The reservation with which the group confirms a point.
    Reservation(PointId),
    /// A show of hands on a point.
    Hands(PointId),
}

impl ReturnValue for ReadingQuestion {
    fn subjects(&self) -> Vec<Of> {
        vec![match self {
            Self::Reservation(id) => seen::point(*id, Field::ReadBack(None)),
            Self::Hands(id) => seen::point(*id, Field::Hands(None)),
        }]
    }

    fn leaves_the_room(&self) -> bool {
        matches!(self, Self::Reservation(_))
    }
}

impl Asks for Reading {
    type Choice = Back;
    type Question = ReadingQuestion;

    fn picked(&mut self, core: &mut Core, choice: Back) {
        match choice {
            Back::Go(point) => self.read_point(core, point),
            Back::Converge(point, how)
                if core.has_value(point, &Field::Convergence(how.clone())) => {}
            Back::Converge(point, how) => {
                let how = Field::Convergence(how);
                let change = core.workshop.set(point, how).map(|change| vec![change]);
                core.make_or_complain("saying how far the group agreed", change);
            }
            Back::Seal(group, topic, on) => Self::seal(core, group, topic, on),
            Back::Group(group) => core.go_to_group(group),
            Back::Leave => {}
        }
    }

    fn answered(&mut self, core: &mut Core, question: ReadingQuestion, answer: &str) {
        match question {
            ReadingQuestion::Reservation(point) => self.reserve(core, point, answer),
            ReadingQuestion::Hands(point) => Self::count_hands(core, point, answer),
        }
    }
}

/// The state of the read-back screen. Its group and topic are those of the capture screen.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The point that is being read.
    chosen: Chosen<PointId>,
    /// The points to read: those that count.
    lines: Vec<ListLine>,
    /// What the list was made for.
    known: Option<(GroupId, TopicId, u64)>,
    /// Whether only the words are shown.
    pub bare: bool,
    /// How many rows of a long point are scrolled out of sight at the top.
    scroll: usize,
    asking: Asking,
    marks: Marks,
}

impl Reading {
    /// Which point is being read, from 0, and how many there are to read.
    pub fn place(&self) -> (usize, usize) {
        (self.chosen.at(), self.lines.len())
    }

    fn look_at(&mut self, place: usize, point: PointId) {
        if self.chosen.id() != Some(&point) {
            self.scroll = 0;
        }
        self.chosen.hold(point, place);
    }
}

impl Screen for Reading {
    fn context(&self, core: &Core) -> Context {
        if core.typing.is_amending() { Context::Amend } else { Context::ReadBack }
    }

    fn hints(&self, _: &Core) -> Vec<Action> {
        Context::ReadBack.hints().to_vec()
    }

    /// Begins with the point that is chosen in capture.
    fn enter(&mut self, core: &mut Core) {
        if let Some(point) = core.here.point.id().copied() {
            self.chosen.set(point);
            self.scroll = 0;
        }
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        if core.typing.is_amending() {
            return self.act_amend(core, action);
        }
        let place = self.chosen.at();
        match action {
            Action::Up => self.read(core, place.saturating_sub(1)),
            Action::Down => self.read(core, place + 1),
            Action::PageUp | Action::PageDown => {
                self.page_reading(core, action == Action::PageDown);
            }
            Action::Top => self.read(core, 0),
            Action::Bottom => self.read(core, usize::MAX),
            Action::NextTopic => core.step_topic(1),
            Action::PreviousTopic => core.step_topic(-1),
            Action::GoTopic => core.go_topic(),
            Action::OtherGroup => core.choose_group(|group| Then::ReadBack(Back::Group(group))),
            Action::Unconfirmed => self.list_unconfirmed(core),
            Action::Seal => self.ask_seal(core),
            Action::Nobody => self.answer_nobody(core),
            Action::Settle if self.is_seal_alone_open(core) => self.ask_seal(core),
            Action::Bare => self.bare = !self.bare,
            Action::Back if self.bare => self.bare = false,
            Action::Back => core.go(ScreenId::Capture),
            action => match self.chosen.id().copied() {
                Some(point) => self.act_on_read(core, action, point),
                None => core.say("No points to read back here. Tab goes to the next topic."),
            },
        }
    }

    /// Brings what is read up to date.
    fn refresh(&mut self, core: &mut Core) {
        self.refresh_reading(core);
        self.refresh_asking(core);
        self.refresh_marks(core);
    }

    fn type_in(&mut self, core: &mut Core, text: &str) {
        core.type_text(text);
    }

    fn edit_line(&mut self, core: &mut Core, edit: LineEdit) -> bool {
        core.typing.is_amending() && core.edit_line(edit)
    }

    /// Shows the point for which something was undone or redone.
    fn follow(&mut self, core: &mut Core, changes: &[Change]) {
        let about = changes.iter().find_map(|change| match change {
            Change::PointChanged { point, .. } => Some(*point),
            _ => None,
        });
        if let Some(point) = about {
            self.read_point(core, point);
        }
    }

    fn subjects(&self, core: &Core) -> Vec<Of> {
        self.point_read(core).map(|found| Of::Point(found.id(), None)).into_iter().collect()
    }
}

impl Reading {
    /// The point that is being read back.
    pub fn point_read<'a>(&self, core: &'a Core) -> Option<&'a Point> {
        self.chosen.id().and_then(|point| core.workshop.point(*point))
    }

    /// The parent of the point that is being read, if the parent is read too.
    pub fn point_above<'a>(&self, core: &'a Core) -> Option<&'a Point> {
        let lines = &self.lines;
        let depth = lines.get(self.chosen.at())?.depth;
        let above = lines[..self.chosen.at()].iter().rev().find(|line| line.depth < depth)?;
        Some(core.workshop.point_at(above.index))
    }

    /// The point that is read next.
    pub fn point_next<'a>(&self, core: &'a Core) -> Option<&'a Point> {
        let line = self.lines.get(self.chosen.at() + 1)?;
        Some(core.workshop.point_at(line.index))
    }

    /// How far the reading is: `3 of 12, 2 not confirmed`.
    pub fn reading_in_words(&self, core: &Core) -> (String, usize) {
        let (place, count) = self.place();
        let open = core.workshop.unconfirmed(&core.here.group, &core.here.topic);
        match (count, open) {
            (0, _) => ("no points".to_owned(), 0),
            (_, 0) => (format!("{} of {count}, all confirmed", place + 1), 0),
            _ => (format!("{} of {count}, {open} not confirmed", place + 1), open),
        }
    }

    // ----- what is read ------------------------------------------------------------------------

    fn refresh_reading(&mut self, core: &mut Core) {
        let (group, topic) = (&core.here.group, &core.here.topic);
        let revision = core.workshop.revision();
        let here = self.known.as_ref().is_some_and(|(g, t, _)| (g, t) == (group, topic));
        if here && self.known.as_ref().is_some_and(|(.., known)| *known == revision) {
            return;
        }
        self.lines = core.workshop.lines(group, topic);
        self.lines.retain(|line| !core.workshop.point_at(line.index).is_parked());
        self.known = Some((group.clone(), topic.clone(), revision));
        let point = |line: &ListLine| core.workshop.point_at(line.index);
        let same = self.lines.iter().position(|line| Some(&point(line).id()) == self.chosen.id());
        // If the point was deleted elsewhere, the one after it takes its place.
        let near = here.then_some(self.chosen.at().min(self.lines.len().saturating_sub(1)));
        let first = || self.lines.iter().position(|line| point(line).is_unconfirmed());
        let place = same.or(near).or_else(first).unwrap_or(0);
        if let Some(id) = self.lines.get(place).map(|line| point(line).id()) {
            self.look_at(place, id);
        } else {
            self.chosen.forget(0);
        }
    }

    // ----- keys --------------------------------------------------------------------------------

    fn act_on_read(&mut self, core: &mut Core, action: Action, point: PointId) {
        let Some(found) = core.workshop.point(point) else { return };
        let about_words =
            matches!(action, Action::Confirm | Action::Amend | Action::NotOurs | Action::Reserve);
        if about_words && !found.alternatives().is_empty() {
            let key = key_of(Action::Settle).map(|key| key.to_string()).unwrap_or_default();
            return core.complain(format!("It has several wordings: {key} chooses one first."));
        }
        match action {
            Action::Confirm => self.confirm(core, point),
            Action::Amend => Self::amend(core, point),
            Action::NotOurs => {
                let words = wrap::shorten(found.text(), 24);
                if Self::set_verdict(
                    core,
                    point,
                    "marking a point “not ours”",
                    Verdict::NotOurs,
                    None,
                ) {
                    self.go_on(
                        core,
                        format!("Not ours: “{words}” stays until someone sets it aside."),
                    );
                }
            }
            Action::Reserve => {
                let words = found.reservation().unwrap_or_default().to_owned();
                let question =
                    format!("{}: what is the reservation?", quoted(&core.workshop, point));
                core.ask(
                    &question,
                    "In the group's words, without names. Leave empty for none.",
                    &words,
                    About::ReadBack(ReadingQuestion::Reservation(point)),
                );
            }
            Action::Converge => Self::choose_convergence(core, point),
            Action::Flag => self.turn_flag(core, point),
            Action::Hands => {
                let hands = found.hands().map(|h| format!("{} {} {}", h.yes, h.no, h.neither));
                Self::ask_hands(core, point, &hands.unwrap_or_default());
            }
            Action::Settle => {
                if found.is_disputed() || !core.workshop.circle(point).is_empty() {
                    core.show_point(point);
                }
                choose_between(core, point);
            }
            _ => {}
        }
    }

    fn read(&mut self, core: &mut Core, place: usize) {
        let place = place.min(self.lines.len().saturating_sub(1));
        if let Some(line) = self.lines.get(place) {
            let point = core.workshop.point_at(line.index).id();
            self.look_at(place, point);
        }
    }

    /// Goes to a point, whatever its group and topic.
    fn read_point(&mut self, core: &mut Core, point: PointId) {
        let Some(found) = core.workshop.point(point) else { return };
        let (group, topic) = (found.group().clone(), found.topic().clone());
        if core.here.group != group || core.here.topic != topic {
            core.here.topic = topic;
            core.go_to_group(group);
        }
        self.chosen.set(point);
        (self.scroll, self.known) = (0, None);
    }

    /// Goes to the next page of a long point, and then to the next point.
    fn page_reading(&mut self, core: &mut Core, down: bool) {
        let sheet = Sheet::of(core, self);
        let (page, place) = (sheet.seen.len().saturating_sub(1).max(1), self.chosen.at());
        if down && sheet.seen.end < sheet.rows.len() {
            self.scroll = sheet.seen.start + page;
        } else if down {
            self.read(core, place + 1);
        } else if sheet.seen.start > 0 {
            self.scroll = sheet.seen.start.saturating_sub(page);
        } else {
            self.read(core, place.saturating_sub(1));
        }
    }

    /// Goes on to the next unconfirmed point, or says that there is none here.
    fn go_on(&mut self, core: &mut Core, done: String) {
        let (place, count) = self.place();
        let around = (place + 1..count).chain(0..=place).filter(|place| *place < count);
        let open = |place: &usize| {
            let line = self.lines[*place];
            core.workshop.point_at(line.index).is_unconfirmed()
        };
        if let Some(next) = around.into_iter().find(open) {
            self.read(core, next);
            return core.say(done);
        }
        let (group, topic) = (&core.here.group, &core.here.topic);
        let title = Self::short_title(core, topic);
        let seal = match core.workshop.sealed(group, topic) {
            SealStatus::Yes => "",
            _ => " (s seals the topic)",
        };
        let text = match open_topics(&core.workshop, group).next() {
            Some((topic, open)) => {
                let next = wrap::shorten(topic.short(), 16);
                format!(
                    "Every point on {title} is read back{seal}. {next}: {open} not confirmed (Tab)."
                )
            }
            None => format!("Read back: {title}{seal}, and all other topics."),
        };
        core.say(text);
    }

    fn short_title(core: &Core, topic: &TopicId) -> String {
        let topics = core.workshop.topics();
        let found = topics.iter().find(|known| known.id == *topic);
        found.map_or_else(|| topic.to_string(), |topic| wrap::shorten(topic.short(), 16))
    }

    /// Lists what the group has not confirmed, on all topics.
    fn list_unconfirmed(&mut self, core: &mut Core) {
        let group = &core.here.group;
        let mut choices = Vec::new();
        for (topic, _) in open_topics(&core.workshop, group) {
            for line in core.workshop.lines(group, &topic.id) {
                let point = core.workshop.point_at(line.index);
                if !point.is_unconfirmed() {
                    continue;
                }
                let mut more = wrap::shorten(topic.short(), 14);
                if point.read_back_state() == ReadBackState::Changed {
                    more.push_str(", changed since");
                }
                let then = Then::ReadBack(Back::Go(point.id()));
                choices.push(Choice { name: point.text().to_owned(), more, then });
            }
        }
        let title = core.workshop.title_of(group);
        if choices.is_empty() {
            return core.say(format!("{title} was asked about all of its points."));
        }
        let at = self.chosen.id().map(|id| Then::ReadBack(Back::Go(*id)));
        let at = choices.iter().position(|choice| Some(&choice.then) == at.as_ref()).unwrap_or(0);
        let title = format!("{} not confirmed by {title}", choices.len());
        core.offer(title, choices, at);
    }
}
