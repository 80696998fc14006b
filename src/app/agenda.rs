//! The day: what runs, what is late, what comes next.

use super::{About, Action, Asks, Chosen, Core, Nothing, Of, ReturnValue, Screen, ScreenId, wrap};
use crate::workshop::{Change, Course, CourseField, Refusal, SessionId, Slot, State};

/// From this many columns on, details are shown beside the list.
pub const WIDE: u16 = 100;
/// Rows of the details below the list.
const DETAILS: u16 = 8;

/// The state of the agenda screen.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// The chosen session, among those of all days.
    chosen: Chosen<SessionId>,
}

/// A session, for the question in which words those who spoke agreed to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentOf(SessionId);

impl ReturnValue for ConsentOf {
    fn subjects(&self) -> Vec<Of> {
        vec![Of::Consent(self.0.clone())]
    }
}

impl Asks for Day {
    type Choice = Nothing;
    type Question = ConsentOf;

    fn answered(&mut self, core: &mut Core, question: ConsentOf, answer: &str) {
        Self::record_consent(core, &question.0, answer);
    }
}

impl Day {
    /// Which row of the agenda is chosen, counted over all days.
    pub fn at(&self) -> usize {
        self.chosen.at()
    }
}

impl Screen for Day {
    /// Chooses the running session, or else the next one.
    fn enter(&mut self, core: &mut Core) {
        let slots = core.workshop.timetable(core.now);
        let running = slots.iter().rposition(|slot| matches!(slot.state, State::Running { .. }));
        let over = slots.iter().rposition(|slot| slot.state != State::Ahead);
        let next = over.map(|over| (over + 1).min(slots.len() - 1));
        let at = running.or(next);
        match at {
            Some(at) => self.choose_session_row(core, at),
            None => self.refresh(core),
        }
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        let slots = core.workshop.timetable(core.now);
        let last = slots.len().saturating_sub(1);
        let at = self.at().min(last);
        let Some(slot) = slots.get(at) else {
            return match action {
                Action::OpenSession => core.go(ScreenId::Capture),
                Action::Back => core.go(ScreenId::Start),
                _ => core
                    .say("This agenda has no sessions. Points can be captured all the same (F3)."),
            };
        };
        let id = slot.session.id.clone();
        let page = usize::from(core.size.1 / 2).max(1);
        match action {
            Action::Start => Self::start_session(core, &id),
            Action::End => Self::end_session(core, &id),
            Action::Extend => Self::extend(core, &id, 5),
            Action::Shorten => Self::extend(core, &id, -5),
            Action::Next => self.next_session(core),
            Action::Consent => Self::ask_consent(core, id),
            Action::OpenSession => core.capture_in(id),
            Action::Back => core.go(ScreenId::Start),
            action => {
                let place = action.place_from(at, || page).unwrap_or(at);
                self.choose_session_row(core, place.min(last));
            }
        }
    }

    fn click(&mut self, core: &mut Core, _: u16, y: u16) {
        let rows = self.agenda_rows(core);
        let at = usize::from(y).checked_sub(1).and_then(|row| rows.get(row).copied());
        match at.flatten() {
            Some(at) if at == self.at() => self.act(core, Action::OpenSession),
            Some(at) => self.choose_session_row(core, at),
            None => {}
        }
    }

    /// Finds the chosen session on the agenda as it is now.
    fn refresh(&mut self, core: &mut Core) {
        self.chosen.refresh(Self::session_ids(core).into_iter());
    }

    fn subjects(&self, _: &Core) -> Vec<Of> {
        vec![Of::Row(format!("{:?}", self.chosen.id()))]
    }
}

impl Day {
    fn session_ids(core: &Core) -> Vec<SessionId> {
        let sessions = core.workshop.agenda().sessions();
        sessions.into_iter().map(|(_, _, session)| session.id.clone()).collect()
    }

    fn choose_session_row(&mut self, core: &mut Core, place: usize) {
        self.chosen.choose(Self::session_ids(core).into_iter(), place);
    }

    /// How many rows the list of sessions has; on a narrow screen the details are below it.
    pub fn agenda_height(core: &Core) -> u16 {
        let body = core.size.1.saturating_sub(1 + u16::from(core.size.1 >= 8));
        if core.size.0 < WIDE && body >= 16 { body - DETAILS } else { body }
    }

    /// What is on each row of the list, from the top: a session's place, or nothing for
    /// a day's title.
    pub fn agenda_rows(&self, core: &Core) -> Vec<Option<usize>> {
        let mut rows = Vec::new();
        let mut day = usize::MAX;
        for (place, (of, ..)) in core.workshop.agenda().sessions().iter().enumerate() {
            if *of != day {
                day = *of;
                rows.push(None);
            }
            rows.push(Some(place));
        }
        let height = usize::from(Self::agenda_height(core));
        let at = rows.iter().position(|row| *row == Some(self.at())).unwrap_or(0);
        let top = (at + height / 2).saturating_sub(height).max(at.saturating_sub(height / 2));
        let top = top.min(rows.len().saturating_sub(height));
        rows.split_off(top)
    }

    fn course(core: &Core, id: &SessionId, to: CourseField) -> Result<Change, Refusal> {
        core.workshop.set_course(id.clone(), to)
    }

    fn starting(core: &Core, id: &SessionId) -> Vec<Result<Change, Refusal>> {
        let mut changes = vec![Self::course(core, id, CourseField::Started(Some(core.now)))];
        if core.workshop.course(id).is_some_and(|course| course.ended().is_some()) {
            changes.push(Self::course(core, id, CourseField::Ended(None)));
        }
        changes
    }

    fn start_session(core: &mut Core, id: &SessionId) {
        let course = core.workshop.course(id);
        if course.is_some_and(Course::is_running) {
            return core.say("It is running already.");
        }
        if course.is_some_and(|course| course.ended().is_some()) {
            // Start on an ended session reopens it: it keeps its first start time.
            let change =
                Self::course(core, id, CourseField::Ended(None)).map(|change| vec![change]);
            core.make_or_complain("going on with a session", change);
            return core.say("Running again. e ends it.");
        }
        let changes = Self::starting(core, id).into_iter().collect();
        core.make_or_complain("starting a session", changes);
    }

    fn end_session(core: &mut Core, id: &SessionId) {
        if !core.workshop.course(id).is_some_and(Course::is_running) {
            return core.say("This session is not running.");
        }
        let change = Self::course(core, id, CourseField::Ended(Some(core.now)));
        core.make_or_complain("ending a session", change.map(|change| vec![change]));
    }

    fn ask_consent(core: &mut Core, id: SessionId) {
        if !core.workshop.is_on_record(&id) {
            return core.complain(Refusal::NotOnRecord(id).to_string());
        }
        let now =
            core.workshop.course(&id).and_then(Course::consent).unwrap_or_default().to_owned();
        let title = core.workshop.agenda().session(&id).map(|session| session.title.as_str());
        let title = wrap::shorten(title.unwrap_or_default(), 30);
        core.ask(
            &format!("Who agreed to be named in “{title}”, and when?"),
            "“Agreed by all delegations in plenary, 10:05.” Leave empty for no consent.",
            &now,
            About::Agenda(ConsentOf(id)),
        );
    }

    /// Records the words in which those who spoke in a session agreed to be named; without words, that
    /// they did not agree. If two laptops set it at once, it is set again, because that is a choice.
    pub(super) fn record_consent(core: &mut Core, id: &SessionId, words: &str) {
        let known = core.workshop.course(id).map_or_else(|| vec![None], Course::consents);
        let to = Some(words).filter(|words| !words.is_empty());
        if known == [to] {
            return;
        }
        let change = Self::course(core, id, CourseField::Consent(to.map(Into::into)));
        match change {
            Ok(change) => {
                core.make("recording consent", [change]);
                core.say(match to {
                    Some(_) => "Recorded: delegations may be named in points from this session.",
                    None => "The consent was removed: names there hold up the export.",
                });
            }
            Err(refusal) => core.complain(refusal.to_string()),
        }
    }

    fn extend(core: &mut Core, id: &SessionId, minutes: i32) {
        let extra = core.workshop.course(id).map_or(0, Course::extra) + minutes;
        let change = Self::course(core, id, CourseField::Extra(extra));
        core.make_or_complain("changing a session's length", change.map(|change| vec![change]));
        core.say(match extra {
            0 => "Back to its planned length.".to_owned(),
            extra => format!("{extra:+} minutes in total."),
        });
    }

    /// Ends what runs and starts what comes next; an umbrella row runs with its children.
    fn next_session(&mut self, core: &mut Core) {
        let slots = core.workshop.timetable(core.now);
        let over = slots.iter().rposition(|slot| slot.state != State::Ahead);
        let from = over.map_or(0, |over| over + 1);
        let next =
            slots[from..].iter().position(|slot| slot.state == State::Ahead).map(|n| n + from);
        let mut changes = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            let holds = next.is_some_and(|next| holds(&slots, place, next));
            if matches!(slot.state, State::Running { .. }) && !holds {
                changes.push(Self::course(
                    core,
                    &slot.session.id,
                    CourseField::Ended(Some(core.now)),
                ));
            }
        }
        let (mut start, mut at) = (next, None);
        while let Some(place) = start {
            changes.extend(Self::starting(core, &slots[place].session.id));
            let child = place + 1;
            let first = !slots[place].session.sessions.is_empty() && child < slots.len();
            start = first.then_some(child);
            at = Some(place);
        }
        if let Some(at) = at {
            self.choose_session_row(core, at);
        }
        if changes.is_empty() {
            return core.say("Everything is over.");
        }
        let changes = changes.into_iter().collect();
        core.make_or_complain("going on to the next session", changes);
    }
}

/// Whether the umbrella row at `place` contains the row at `next`.
fn holds(slots: &[Slot<'_>], place: usize, next: usize) -> bool {
    place < next
        && slots[place + 1..=next]
            .iter()
            .all(|slot| slot.day == slots[place].day && slot.depth > slots[place].depth)
}
