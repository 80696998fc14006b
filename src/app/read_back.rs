//! Reading the points back to the group: it confirms, amends or rejects each, and seals the topic.

mod letters;
mod sheet;
mod telling;

use super::key::Key;
use super::keymap::{Action, key_of};
use super::{About, App, Back, Choice, Choose, Chosen, Mouse, Overlay, Screen, Then, edit, wrap};
use crate::workshop::{
    Change, Convergence, Field, GroupId, Hands, Line, Outcome, Point, PointId, ReadBack, Refusal,
    Said, Sealed, State, Topic, TopicId, Verdict, clean,
};

pub use letters::large;
pub use sheet::{Sheet, amend_area};
use telling::{Asking, Marks};

/// So many minutes before a group session ends, capture reminds of the read-back.
const SOON: i64 = 10;

/// The state of the read-back screen. Its group and topic are those of the capture screen.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The point that is read.
    chosen: Chosen<PointId>,
    /// The points there are to read: those that count.
    lines: Vec<Line>,
    /// What the list was made of.
    known: Option<(GroupId, TopicId, u64)>,
    /// Whether the words are shown alone.
    pub bare: bool,
    /// Whether the words are being amended.
    pub amending: bool,
    /// How many rows of a long point are out of sight above.
    scroll: usize,
    nudge: Option<Nudge>,
    asking: Asking,
    marks: Marks,
}

/// That a group session ends soon and its group has not confirmed all.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Nudge {
    minutes: i64,
    group: GroupId,
    revision: u64,
    open: usize,
}

impl Reading {
    /// How many points there are to read, and which one is read, from 0.
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

impl App {
    /// Whether letters go into the line of the capture screen.
    pub(super) fn has_line(&self) -> bool {
        self.core.screen == Screen::Capture || self.context_is_amend()
    }

    fn context_is_amend(&self) -> bool {
        self.core.screen == Screen::ReadBack && self.reading.amending
    }

    /// The point that is read back.
    pub fn point_read(&self) -> Option<&Point> {
        self.reading.chosen.id().and_then(|point| self.core.workshop.point(*point))
    }

    /// The point that the one read stands under, if it is read too.
    pub fn point_above(&self) -> Option<&Point> {
        let lines = &self.reading.lines;
        let depth = lines.get(self.reading.chosen.at())?.depth;
        let above =
            lines[..self.reading.chosen.at()].iter().rev().find(|line| line.depth < depth)?;
        Some(self.core.workshop.point_at(above.index))
    }

    /// The point that is read next.
    pub fn point_next(&self) -> Option<&Point> {
        let line = self.reading.lines.get(self.reading.chosen.at() + 1)?;
        Some(self.core.workshop.point_at(line.index))
    }

    /// In a group session that ends soon: the minutes left, and how many points the group has not
    /// confirmed.
    pub fn nudge(&self) -> Option<(i64, usize)> {
        let nudge = self.reading.nudge.as_ref()?;
        (nudge.open > 0).then_some((nudge.minutes, nudge.open))
    }

    /// How far the reading is: `3 of 12, 2 not confirmed`.
    pub fn reading_in_words(&self) -> (String, usize) {
        let (place, count) = self.reading.place();
        let open = self.core.workshop.unconfirmed(&self.capture.group, &self.capture.topic);
        match (count, open) {
            (0, _) => ("no points".to_owned(), 0),
            (_, 0) => (format!("{} of {count}, all read back", place + 1), 0),
            _ => (format!("{} of {count}, {open} not confirmed", place + 1), open),
        }
    }

    /// The topics on which the group has points that it has not confirmed, with their number.
    fn open_topics<'a>(&'a self, group: &'a GroupId) -> impl Iterator<Item = (&'a Topic, usize)> {
        let open = |topic: &'a Topic| (topic, self.core.workshop.unconfirmed(group, &topic.id));
        self.core.workshop.topics().iter().map(open).filter(|(_, open)| *open > 0)
    }

    // ----- what is read ------------------------------------------------------------------------

    /// Begins with the point chosen in capture.
    pub(super) fn enter_read_back(&mut self) {
        let chosen = self.capture.chosen().and_then(|at| self.capture.listing.lines().get(at));
        if let Some(point) = chosen.map(|line| self.core.workshop.point_at(line.index).id()) {
            self.reading.chosen.set(point);
            self.reading.scroll = 0;
        }
    }

    /// Brings what is read, or the reminder of it, up to date.
    pub(super) fn refresh_read_back(&mut self) {
        match self.core.screen {
            Screen::ReadBack => {
                self.refresh_reading();
                self.refresh_asking();
                self.refresh_marks();
            }
            Screen::Capture => self.refresh_nudge(),
            _ => {}
        }
    }

    fn refresh_reading(&mut self) {
        let (group, topic) = (&self.capture.group, &self.capture.topic);
        let revision = self.core.workshop.revision();
        let state = &mut self.reading;
        let here = state.known.as_ref().is_some_and(|(g, t, _)| (g, t) == (group, topic));
        if here && state.known.as_ref().is_some_and(|(.., known)| *known == revision) {
            return;
        }
        state.lines = self.core.workshop.lines(group, topic);
        state.lines.retain(|line| !self.core.workshop.point_at(line.index).is_parked());
        state.known = Some((group.clone(), topic.clone(), revision));
        let point = |line: &Line| self.core.workshop.point_at(line.index);
        let same = state.lines.iter().position(|line| Some(&point(line).id()) == state.chosen.id());
        // What was deleted elsewhere leaves its place to the one behind it.
        let near = here.then_some(state.chosen.at().min(state.lines.len().saturating_sub(1)));
        let first = || state.lines.iter().position(|line| point(line).is_unconfirmed());
        let place = same.or(near).or_else(first).unwrap_or(0);
        if let Some(id) = state.lines.get(place).map(|line| point(line).id()) {
            state.look_at(place, id);
        } else {
            state.chosen.forget(0);
        }
    }

    fn refresh_nudge(&mut self) {
        let minutes = self.minutes_left().filter(|minutes| *minutes <= SOON);
        let (group, revision) = (&self.capture.group, self.core.workshop.revision());
        let known = self.reading.nudge.take();
        let nudge = minutes.map(|minutes| match known {
            Some(known) if known.revision == revision && known.group == *group => {
                Nudge { minutes, ..known }
            }
            _ => {
                let open = self.open_topics(group).map(|(_, open)| open).sum();
                Nudge { minutes, group: group.clone(), revision, open }
            }
        });
        self.reading.nudge = nudge;
    }

    /// Minutes until the group session ends that points are taken down in.
    fn minutes_left(&self) -> Option<i64> {
        if self.core.workshop.running().is_empty() {
            return None;
        }
        let slot = self.core.workshop.slot(&self.session_now()?)?;
        let State::Running { until: Some(until), .. } = slot.state else { return None };
        let left = until.seconds_since(self.core.now);
        slot.session.kind.is_group_discussion().then_some((left + 59).div_euclid(60))
    }

    // ----- keys --------------------------------------------------------------------------------

    pub(super) fn act_read_back(&mut self, action: Action, key: Key) {
        if self.reading.amending {
            return self.act_amend(action);
        }
        let place = self.reading.chosen.at();
        match action {
            Action::Up => self.read(place.saturating_sub(1)),
            Action::Down => self.read(place + 1),
            Action::PageUp | Action::PageDown => self.page_reading(action == Action::PageDown),
            Action::Top => self.read(0),
            Action::Bottom => self.read(usize::MAX),
            Action::NextTopic => self.step_topic(1),
            Action::PreviousTopic => self.step_topic(-1),
            Action::GoTopic => self.go_topic(key),
            Action::OtherGroup => {
                self.change_point(Action::ChooseGroup);
            }
            Action::Unconfirmed => self.list_unconfirmed(),
            Action::Seal => self.ask_seal(),
            Action::Nobody => self.answer_nobody(),
            Action::Settle if self.is_seal_alone_open() => self.ask_seal(),
            Action::Bare => self.reading.bare = !self.reading.bare,
            Action::Back if self.reading.bare => self.reading.bare = false,
            Action::Back => self.go(Screen::Capture),
            action => match self.reading.chosen.id().copied() {
                Some(point) => self.act_on_read(action, point),
                None => self.say("There is no point here to read back. Tab goes on."),
            },
        }
    }

    fn act_on_read(&mut self, action: Action, point: PointId) {
        let Some(found) = self.core.workshop.point(point) else { return };
        let about_words =
            matches!(action, Action::Confirm | Action::Amend | Action::NotOurs | Action::Reserve);
        if about_words && !found.alternatives().is_empty() {
            let key = key_of(Action::Settle).map(|key| key.to_string()).unwrap_or_default();
            return self.complain(format!("It has several wordings: {key} chooses one first."));
        }
        match action {
            Action::Confirm => self.confirm(point),
            Action::Amend => self.amend(point),
            Action::NotOurs => {
                let words = wrap::shorten(found.text(), 24);
                if self.give(point, "saying that a point is not ours", Verdict::NotOurs, None) {
                    self.go_on(format!("Not ours: “{words}” stays until somebody sets it aside."));
                }
            }
            Action::Reserve => {
                let words = found.reservation().unwrap_or_default().to_owned();
                let question = format!("{}: with which reservation?", self.quoted(point));
                self.ask(
                    &question,
                    "In the group's words, without a name. Empty for none.",
                    &words,
                    About::Reservation(point),
                );
            }
            Action::Converge => self.choose_convergence(point),
            Action::Flag => self.turn_flag(point),
            Action::Hands => {
                let hands = found.hands().map(|h| format!("{} {} {}", h.yes, h.no, h.neither));
                self.ask_hands(point, &hands.unwrap_or_default());
            }
            Action::Settle => {
                if found.is_disputed() || !self.core.workshop.circle(point).is_empty() {
                    self.show_point(point);
                }
                self.choose_between(point);
            }
            _ => {}
        }
    }

    fn read(&mut self, place: usize) {
        let place = place.min(self.reading.lines.len().saturating_sub(1));
        if let Some(line) = self.reading.lines.get(place) {
            let point = self.core.workshop.point_at(line.index).id();
            self.reading.look_at(place, point);
        }
    }

    /// Goes to a point, whatever its group and topic.
    fn read_point(&mut self, point: PointId) {
        let Some(found) = self.core.workshop.point(point) else { return };
        let (group, topic) = (found.group().clone(), found.topic().clone());
        if self.capture.group != group || self.capture.topic != topic {
            self.capture.topic = topic;
            self.go_to_group(group);
        }
        self.reading.chosen.set(point);
        (self.reading.scroll, self.reading.known) = (0, None);
    }

    /// After something was taken back, shows the point it is about.
    pub(super) fn follow(&mut self, changes: &[Change]) {
        let about = changes.iter().find_map(|change| match change {
            Change::PointChanged { point, .. } => Some(*point),
            _ => None,
        });
        if let Some(point) = about.filter(|_| self.core.screen == Screen::ReadBack) {
            self.read_point(point);
        }
    }

    /// Goes a page on in a long point, and then to the next one.
    fn page_reading(&mut self, down: bool) {
        let sheet = Sheet::of(self);
        let (page, place) = (sheet.seen.len().saturating_sub(1).max(1), self.reading.chosen.at());
        if down && sheet.seen.end < sheet.rows.len() {
            self.reading.scroll = sheet.seen.start + page;
        } else if down {
            self.read(place + 1);
        } else if sheet.seen.start > 0 {
            self.reading.scroll = sheet.seen.start.saturating_sub(page);
        } else {
            self.read(place.saturating_sub(1));
        }
    }

    /// Goes on to the next point that is not confirmed, or says that there is none here.
    fn go_on(&mut self, done: String) {
        let (place, count) = self.reading.place();
        let around = (place + 1..count).chain(0..=place).filter(|place| *place < count);
        let open = |place: &usize| {
            let line = self.reading.lines[*place];
            self.core.workshop.point_at(line.index).is_unconfirmed()
        };
        if let Some(next) = around.into_iter().find(open) {
            self.read(next);
            return self.say(done);
        }
        let (group, topic) = (&self.capture.group, &self.capture.topic);
        let title = self.short_title(topic);
        let seal = match self.core.workshop.sealed(group, topic) {
            Sealed::Yes => "",
            _ => " (s seals it)",
        };
        let text = match self.open_topics(group).next() {
            Some((topic, open)) => {
                let next = wrap::shorten(topic.short(), 16);
                format!("All on {title} is read back{seal}. {next}: {open} not confirmed (Tab).")
            }
            None => format!("All is read back: {title}{seal}, and every other topic too."),
        };
        self.say(text);
    }

    fn short_title(&self, topic: &TopicId) -> String {
        let topics = self.core.workshop.topics();
        let found = topics.iter().find(|known| known.id == *topic);
        found.map_or_else(|| topic.to_string(), |topic| wrap::shorten(topic.short(), 16))
    }

    // ----- what the group says -----------------------------------------------------------------

    /// A reservation that stands is kept: it is a way to confirm.
    fn confirm(&mut self, point: PointId) {
        let Some(found) = self.core.workshop.point(point) else { return };
        let said = found.said();
        let words = wrap::shorten(found.text(), 30);
        let verdict = match found.reservation() {
            Some(words) => Verdict::Reservation { words: words.into() },
            None => Verdict::Confirmed,
        };
        if matches!(said, Said::Confirmed | Said::Reservation) && !found.is_said_twice() {
            return self.go_on("It is confirmed already.".to_owned());
        }
        if self.give(point, "confirming a point", verdict, None) {
            self.go_on(format!("Confirmed: “{words}”. Ctrl-Z takes it back."));
        }
    }

    /// Notes what the group says of a point as it stands, and how far it agreed if that is new.
    fn give(
        &mut self,
        point: PointId,
        what: &'static str,
        verdict: Verdict,
        how: Option<Field>,
    ) -> bool {
        let Some(found) = self.core.workshop.point(point) else { return false };
        let said = Field::ReadBack(Some(Box::new(found.reading(verdict))));
        let fields = [Some(said), how];
        let changes =
            fields.into_iter().flatten().map(|field| self.core.workshop.set(point, field));
        let changes: Result<Vec<Change>, Refusal> = changes.collect();
        self.make_or_complain(what, changes)
    }

    fn make_or_complain(
        &mut self,
        what: &'static str,
        changes: Result<Vec<Change>, Refusal>,
    ) -> bool {
        match changes {
            Ok(changes) => self.make(what, changes),
            Err(refusal) => {
                self.complain(refusal.to_string());
                return false;
            }
        }
        true
    }

    pub(super) fn reserve(&mut self, point: PointId, answer: &str) {
        let Some(found) = self.core.workshop.point(point) else { return };
        let before = found.reservation().is_some();
        let noted = Some(&Convergence::ReservationNoted);
        match (answer.is_empty(), before, found.convergence()) {
            (true, false, _) => self.say("A reservation needs its words; nothing was noted."),
            (true, true, how) => {
                let how = (how == noted).then_some(Field::Convergence(None));
                if self.give(point, "taking a reservation off", Verdict::Confirmed, how) {
                    self.say("Confirmed without a reservation.");
                }
            }
            (false, _, how) => {
                let how = how.is_none().then(|| Field::Convergence(noted.cloned()));
                let verdict = Verdict::Reservation { words: answer.into() };
                if self.give(point, "noting a reservation", verdict, how) {
                    self.go_on("Confirmed with a reservation. Ctrl-Z takes it back.".to_owned());
                }
            }
        }
    }

    fn choose_convergence(&mut self, point: PointId) {
        let now = self.core.workshop.point(point).and_then(Point::convergence);
        let at = Convergence::KNOWN.iter().position(|how| Some(how) == now);
        let choice = |how: Option<&Convergence>| Choice {
            name: how.map_or("nothing said", Convergence::title).to_owned(),
            more: String::new(),
            then: Then::ReadBack(Back::Converge(point, how.cloned())),
        };
        let choices = Convergence::KNOWN.iter().map(Some).chain([None]).map(choice).collect();
        let title = format!("How far did the group agree on {}?", self.quoted(point));
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, at.unwrap_or(0))));
    }

    fn ask_hands(&mut self, point: PointId, answer: &str) {
        let question = format!("A show of hands on {}", self.quoted(point));
        self.ask(
            &question,
            "For, against, neither: 12 3 1. Counts alone. Empty for none.",
            answer,
            About::Hands(point),
        );
    }

    pub(super) fn count_hands(&mut self, point: PointId, answer: &str) {
        let numbers = answer.split([' ', ',', ';', '/']).filter(|number| !number.is_empty());
        let numbers: Result<Vec<u16>, _> = numbers.map(str::parse).collect();
        let hands = match numbers.as_deref() {
            Ok([]) => None,
            Ok([yes, no, neither]) => Some(Hands { yes: *yes, no: *no, neither: *neither }),
            _ => {
                self.ask_hands(point, answer);
                return self.complain("Three numbers, please: for, against, neither. Like 12 3 1.");
            }
        };
        let same = self.core.workshop.point(point).is_none_or(|found| found.hands() == hands);
        let change = self.core.workshop.set(point, Field::Hands(hands)).map(|change| vec![change]);
        if !same {
            self.make_or_complain("noting a show of hands", change);
        }
    }

    /// Lists what the group has not confirmed, on all topics.
    fn list_unconfirmed(&mut self) {
        let group = &self.capture.group;
        let mut choices = Vec::new();
        for (topic, _) in self.open_topics(group) {
            for line in self.core.workshop.lines(group, &topic.id) {
                let point = self.core.workshop.point_at(line.index);
                if !point.is_unconfirmed() {
                    continue;
                }
                let mut more = wrap::shorten(topic.short(), 14);
                if point.said() == Said::Changed {
                    more.push_str(", changed since");
                }
                let then = Then::ReadBack(Back::Go(point.id()));
                choices.push(Choice { name: point.text().to_owned(), more, then });
            }
        }
        let title = self.core.workshop.title_of(group);
        if choices.is_empty() {
            return self.say(format!("{title} was asked about all of its points."));
        }
        let at = self.reading.chosen.id().map(|id| Then::ReadBack(Back::Go(*id)));
        let at = choices.iter().position(|choice| Some(&choice.then) == at.as_ref()).unwrap_or(0);
        let title = format!("{} not confirmed by {title}", choices.len());
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, at)));
    }

    pub(super) fn then_read_back(&mut self, then: Back) {
        match then {
            Back::Go(point) => self.read_point(point),
            Back::Converge(point, how) => {
                let how = Field::Convergence(how);
                let change = self.core.workshop.set(point, how).map(|change| vec![change]);
                self.make_or_complain("saying how far the group agreed", change);
            }
            Back::Seal(group, topic, on) => self.seal(group, topic, on),
            Back::Leave => {}
        }
    }

    // ----- the seal ----------------------------------------------------------------------------

    /// Whether two laptops sealed the topic otherwise, and the point before the group is none to
    /// choose about.
    fn is_seal_alone_open(&self) -> bool {
        let at = self.point_read();
        !at.is_some_and(Point::is_disputed)
            && self.core.workshop.is_sealed_twice(&self.capture.group, &self.capture.topic)
    }

    /// Seals what is confirmed at once; asks first where not all is, or where a seal is on.
    fn ask_seal(&mut self) {
        let (group, topic) = (self.capture.group.clone(), self.capture.topic.clone());
        let short = self.short_title(&topic);
        let sealed = self.core.workshop.sealed(&group, &topic);
        let twice = self.core.workshop.is_sealed_twice(&group, &topic);
        if self.reading.lines.is_empty() && sealed == Sealed::No && !twice {
            return self.say(format!("There is nothing to seal on {short}."));
        }
        let points =
            || self.reading.lines.iter().map(|line| self.core.workshop.point_at(line.index));
        let open = self.core.workshop.unconfirmed(&group, &topic);
        let foreign = |point: &Point| {
            point.said() == Said::NotOurs && !matches!(point.outcome(), Outcome::SetAside(_))
        };
        let foreign = points().filter(|point| foreign(point)).count();
        let lacks = match (open, foreign) {
            (0, 0) => String::new(),
            (open, 0) => format!("{open} not confirmed"),
            (0, foreign) => format!("{foreign} not ours"),
            (open, foreign) => format!("{open} not confirmed, {foreign} not ours"),
        };
        let choice = |name: &str, more: &str, then| Choice {
            name: name.to_owned(),
            more: more.to_owned(),
            then: Then::ReadBack(then),
        };
        let on = || Back::Seal(group.clone(), topic.clone(), true);
        let off = choice("Take the seal off", "", Back::Seal(group.clone(), topic.clone(), false));
        let who = self.core.workshop.title_of(&group);
        let (title, choices) = match sealed {
            _ if twice => (
                format!("{short}: sealed otherwise on two laptops at once"),
                vec![
                    choice("Leave it", "", Back::Leave),
                    choice("Seal it as it is here", &lacks, on()),
                    choice("No seal", "", Back::Seal(group.clone(), topic.clone(), false)),
                ],
            ),
            Sealed::No if lacks.is_empty() => return self.seal(group, topic, true),
            Sealed::No => (
                format!("Does {who} stand behind {short}?"),
                vec![
                    choice("Go on reading back", "", Back::Leave),
                    choice("Seal it as it is", &lacks, on()),
                ],
            ),
            Sealed::Yes => (
                format!("{who} stands behind {short}"),
                vec![choice("Leave the seal on", "", Back::Leave), off],
            ),
            Sealed::Changed => (
                format!("{short} was changed since {who} sealed it"),
                vec![
                    choice("Leave it", "", Back::Leave),
                    choice("Seal it anew", &lacks, on()),
                    off,
                ],
            ),
        };
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, 0)));
    }

    fn seal(&mut self, group: GroupId, topic: TopicId, on: bool) {
        let (who, short) = (self.core.workshop.title_of(&group), self.short_title(&topic));
        let change = self.core.workshop.set_seal(group, topic, on);
        let change = self.core.workshop.check(&change).map(|()| vec![change]);
        let what = if on { "sealing a topic" } else { "taking a seal off" };
        if self.make_or_complain(what, change) {
            self.say(if on {
                format!("Sealed: {who} stands behind {short}. Ctrl-Z takes it back.")
            } else {
                format!("The seal of {who} on {short} is off.")
            });
        }
    }

    // ----- amending ----------------------------------------------------------------------------

    /// Takes the point into the line of the capture screen, where every key is kept.
    fn amend(&mut self, point: PointId) {
        if self.capture.editing.is_some() {
            return self.say("In capture (F3) a point is being reworded: finish that first.");
        }
        self.capture.search = None;
        self.begin_rewording(point);
        self.reading.amending = true;
    }

    fn act_amend(&mut self, action: Action) {
        match action {
            Action::Accept => self.keep_amended(),
            Action::Back => {
                self.text_dropped();
                self.end_amending();
                self.say("The point stays as it was.");
            }
            Action::NewLine => self.type_capture("\n"),
            Action::SelectUp | Action::SelectDown => {
                let (_, typed) = amend_area(self);
                let by = if action == Action::SelectUp { -1 } else { 1 };
                let place = typed.place_above(&self.capture.line, by);
                self.capture.line.go(place);
            }
            action => {
                let edited = edit(&mut self.capture.line, action);
                self.keep_typing(edited);
            }
        }
    }

    fn end_amending(&mut self) {
        self.finish_line();
        self.capture.choose_none();
        self.reading.amending = false;
    }

    /// Keeps the words and, for the group hears them, confirms them: one change to take back.
    fn keep_amended(&mut self) {
        let Some(point) = self.capture.editing else { return self.end_amending() };
        let Some(found) = self.core.workshop.point(point) else { return self.end_amending() };
        let text = clean(self.capture.line.text()).into_owned();
        if text == found.text() {
            self.text_entered(vec![point]);
            self.end_amending();
            return self.act_on_read(Action::Confirm, point);
        }
        let verdict = match found.reservation() {
            Some(words) => Verdict::Reservation { words: words.into() },
            None => Verdict::Confirmed,
        };
        let saw = vec![self.core.workshop.next_stamp(self.core.writer)];
        let said = Field::ReadBack(Some(Box::new(ReadBack { verdict, saw })));
        let seen = self.capture.seen_wordings();
        let words = self.core.workshop.set_over(point, Field::Text(text.into()), seen);
        let both = words.and_then(|words| Ok(vec![words, self.core.workshop.set(point, said)?]));
        if self.make_or_complain("amending a point", both) {
            self.text_entered(vec![point]);
            self.end_amending();
            self.refresh_reading();
            self.go_on("Amended and confirmed. Ctrl-Z takes it back.".to_owned());
        }
    }

    pub(super) fn point_read_back(&mut self, mouse: Mouse) {
        if let (Mouse::Wheel { notches }, false) = (mouse, self.reading.amending) {
            let place = self.reading.chosen.at();
            self.read(if notches < 0 { place.saturating_sub(1) } else { place + 1 });
        }
    }
}
