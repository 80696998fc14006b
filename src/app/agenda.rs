//! The day: what runs, what is late, what comes next.

use super::key::Key;
use super::keymap::Action;
use super::{About, App, Chosen, Mouse, Screen, wrap};
use crate::workshop::{Change, Course, CourseField, Refusal, Session, SessionId, Slot, State};

/// From this many columns on, details stand beside the list.
pub const WIDE: u16 = 100;
/// Rows of the details below the list.
const DETAILS: u16 = 8;

/// The state of the agenda screen.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// The chosen session of all days.
    chosen: Chosen<SessionId>,
}

impl Day {
    /// The chosen session.
    pub(super) fn session(&self) -> Option<&SessionId> {
        self.chosen.id()
    }

    /// Which row of the agenda is chosen, counted over all days.
    pub fn at(&self) -> usize {
        self.chosen.at()
    }
}

impl App {
    /// The sessions under way, in the agenda's order.
    pub fn running(&self) -> impl Iterator<Item = &Session> {
        self.core.workshop.running().iter().filter_map(|id| self.core.workshop.agenda().session(id))
    }

    /// Chooses what runs, or else what comes next.
    pub(super) fn enter_agenda(&mut self) {
        let slots = self.core.workshop.timetable(self.core.now);
        let running = slots.iter().rposition(|slot| matches!(slot.state, State::Running { .. }));
        let over = slots.iter().rposition(|slot| slot.state != State::Ahead);
        let next = over.map(|over| (over + 1).min(slots.len() - 1));
        let at = running.or(next);
        match at {
            Some(at) => self.choose_session_row(at),
            None => self.refresh_agenda(),
        }
    }

    /// Finds the chosen session on the agenda as it is now.
    pub(super) fn refresh_agenda(&mut self) {
        self.day.chosen.refresh(self.session_ids().into_iter());
    }

    fn session_ids(&self) -> Vec<SessionId> {
        let sessions = self.core.workshop.agenda().sessions();
        sessions.into_iter().map(|(_, _, session)| session.id.clone()).collect()
    }

    fn choose_session_row(&mut self, place: usize) {
        self.day.chosen.choose(self.session_ids().into_iter(), place);
    }

    pub(super) fn act_agenda(&mut self, action: Action) {
        let slots = self.core.workshop.timetable(self.core.now);
        let last = slots.len().saturating_sub(1);
        let at = self.day.at().min(last);
        let Some(slot) = slots.get(at) else {
            return match action {
                Action::OpenSession => self.go(Screen::Capture),
                Action::Back => self.go(Screen::Start),
                _ => self.say("This agenda has no sessions; F3 takes down points all the same."),
            };
        };
        let id = slot.session.id.clone();
        let page = usize::from(self.core.size.1 / 2).max(1);
        let place = match action {
            Action::Up => at.saturating_sub(1),
            Action::Down => (at + 1).min(last),
            Action::PageUp => at.saturating_sub(page),
            Action::PageDown => (at + page).min(last),
            Action::Top => 0,
            Action::Bottom => last,
            Action::Start => return self.start_session(&id),
            Action::End => return self.end_session(&id),
            Action::Extend => return self.extend(&id, 5),
            Action::Shorten => return self.extend(&id, -5),
            Action::Next => return self.next_session(),
            Action::Consent => return self.ask_consent(id),
            Action::OpenSession => return self.capture_in(id),
            Action::Back => return self.go(Screen::Start),
            _ => at,
        };
        self.choose_session_row(place);
    }

    pub(super) fn point_agenda(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } if notches < 0 => self.act_agenda(Action::Up),
            Mouse::Wheel { .. } => self.act_agenda(Action::Down),
            Mouse::Click { y, .. } => {
                let rows = self.agenda_rows();
                let at = usize::from(y).checked_sub(1).and_then(|row| rows.get(row).copied());
                match at.flatten() {
                    Some(at) if at == self.day.at() => {
                        self.act(Action::OpenSession, Key::char(' '));
                    }
                    Some(at) => self.choose_session_row(at),
                    None => {}
                }
            }
        }
    }

    /// How many rows the list of sessions has; below it, on a narrow screen, stand the details.
    pub fn agenda_height(&self) -> u16 {
        let body = self.core.size.1.saturating_sub(1 + u16::from(self.core.size.1 >= 8));
        if self.core.size.0 < WIDE && body >= 16 { body - DETAILS } else { body }
    }

    /// What stands on each row of the list from its top edge: a session's place, or nothing where
    /// a day's title stands.
    pub fn agenda_rows(&self) -> Vec<Option<usize>> {
        let mut rows = Vec::new();
        let mut day = usize::MAX;
        for (place, (of, ..)) in self.core.workshop.agenda().sessions().iter().enumerate() {
            if *of != day {
                day = *of;
                rows.push(None);
            }
            rows.push(Some(place));
        }
        let height = usize::from(self.agenda_height());
        let at = rows.iter().position(|row| *row == Some(self.day.at())).unwrap_or(0);
        let top = (at + height / 2).saturating_sub(height).max(at.saturating_sub(height / 2));
        let top = top.min(rows.len().saturating_sub(height));
        rows.split_off(top)
    }

    fn course(&self, id: &SessionId, to: CourseField) -> Result<Change, Refusal> {
        self.core.workshop.set_course(id.clone(), to)
    }

    fn run_course(&mut self, what: &'static str, changes: Result<Vec<Change>, Refusal>) {
        match changes {
            Ok(changes) => self.make(what, changes),
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    fn starting(&self, id: &SessionId) -> Vec<Result<Change, Refusal>> {
        let mut changes = vec![self.course(id, CourseField::Started(Some(self.core.now)))];
        if self.core.workshop.course(id).is_some_and(|course| course.ended().is_some()) {
            changes.push(self.course(id, CourseField::Ended(None)));
        }
        changes
    }

    fn start_session(&mut self, id: &SessionId) {
        let course = self.core.workshop.course(id);
        if course.is_some_and(Course::is_running) {
            return self.say("It is running already.");
        }
        if course.is_some_and(|course| course.ended().is_some()) {
            // Started again by a second thought: it goes on from where it began.
            let change = self.course(id, CourseField::Ended(None)).map(|change| vec![change]);
            self.run_course("going on with a session", change);
            return self.say("It goes on. E ends it again.");
        }
        let changes = self.starting(id).into_iter().collect();
        self.run_course("starting a session", changes);
    }

    fn end_session(&mut self, id: &SessionId) {
        if !self.core.workshop.course(id).is_some_and(Course::is_running) {
            return self.say("It is not running.");
        }
        let change = self.course(id, CourseField::Ended(Some(self.core.now)));
        self.run_course("ending a session", change.map(|change| vec![change]));
    }

    fn ask_consent(&mut self, id: SessionId) {
        if !self.core.workshop.is_on_record(&id) {
            return self.complain(Refusal::NotOnRecord(id).to_string());
        }
        let now =
            self.core.workshop.course(&id).and_then(Course::consent).unwrap_or_default().to_owned();
        let title = self.core.workshop.agenda().session(&id).map(|session| session.title.as_str());
        let title = wrap::shorten(title.unwrap_or_default(), 30);
        self.ask(
            &format!("Who agreed to be named in “{title}”, and when?"),
            "“Agreed by all delegations in plenary, 10:05.” Empty: no consent.",
            &now,
            About::Consent(id),
        );
    }

    /// Records in which words those who spoke in a session agreed to be named; without words, that
    /// they did not. Set again where two laptops set it at once: that is a choice.
    pub(super) fn record_consent(&mut self, id: &SessionId, words: &str) {
        let known = self.core.workshop.course(id).map_or_else(|| vec![None], Course::consents);
        let to = Some(words).filter(|words| !words.is_empty());
        if known == [to] {
            return;
        }
        let change = self.course(id, CourseField::Consent(to.map(Into::into)));
        match change {
            Ok(change) => {
                self.make("recording consent", [change]);
                self.say(match to {
                    Some(_) => "Recorded: delegations may be named in what was said there.",
                    None => "No consent is recorded any more: names there hold up the export.",
                });
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    fn extend(&mut self, id: &SessionId, minutes: i32) {
        let extra = self.core.workshop.course(id).map_or(0, Course::extra) + minutes;
        let change = self.course(id, CourseField::Extra(extra));
        self.run_course("changing a session's length", change.map(|change| vec![change]));
        self.say(match extra {
            0 => "Back to its planned length.".to_owned(),
            extra => format!("{extra:+} minutes in all."),
        });
    }

    /// Ends what runs and starts what comes next; an umbrella row runs with its children.
    fn next_session(&mut self) {
        let slots = self.core.workshop.timetable(self.core.now);
        let over = slots.iter().rposition(|slot| slot.state != State::Ahead);
        let from = over.map_or(0, |over| over + 1);
        let next =
            slots[from..].iter().position(|slot| slot.state == State::Ahead).map(|n| n + from);
        let mut changes = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            let holds = next.is_some_and(|next| holds(&slots, place, next));
            if matches!(slot.state, State::Running { .. }) && !holds {
                changes
                    .push(self.course(&slot.session.id, CourseField::Ended(Some(self.core.now))));
            }
        }
        let (mut start, mut at) = (next, None);
        while let Some(place) = start {
            changes.extend(self.starting(&slots[place].session.id));
            let child = place + 1;
            let first = !slots[place].session.sessions.is_empty() && child < slots.len();
            start = first.then_some(child);
            at = Some(place);
        }
        if let Some(at) = at {
            self.choose_session_row(at);
        }
        if changes.is_empty() {
            return self.say("Everything is over.");
        }
        let changes = changes.into_iter().collect();
        self.run_course("going on to the next session", changes);
    }
}

/// Whether the umbrella row at `place` holds the row at `next`.
fn holds(slots: &[Slot<'_>], place: usize, next: usize) -> bool {
    place < next
        && slots[place + 1..=next]
            .iter()
            .all(|slot| slot.day == slots[place].day && slot.depth > slots[place].depth)
}
