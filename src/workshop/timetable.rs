//! The day as planned and as it really goes.

use super::{Moment, Session, SessionId, TimeOfDay, Workshop};

/// One row of the agenda with its times.
#[derive(Clone, Debug)]
pub struct Slot<'a> {
    /// Which day, from 0.
    pub day: usize,
    /// How many umbrella rows it is under.
    pub depth: usize,
    /// The session itself.
    pub session: &'a Session,
    /// When it is planned to begin, if that is given or follows from the row before.
    pub planned: Option<TimeOfDay>,
    /// Its planned length in minutes, if that is given or follows from the next row.
    pub minutes: Option<u32>,
    /// What happened to it.
    pub state: State,
    /// When it will begin if everything continues as now; only if that is not as planned.
    pub expected: Option<Moment>,
}

/// What happened to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has not begun.
    Ahead,
    /// It is under way.
    Running {
        /// Since when.
        since: Moment,
        /// When its time is up, including extra minutes; unknown if no length is known.
        until: Option<Moment>,
    },
    /// It has ended.
    Over {
        /// When it began.
        since: Moment,
        /// When it ended.
        until: Moment,
    },
}

/// A plan this far off is for another day: the meeting is being rehearsed, not late.
const ANOTHER_DAY: i64 = 12 * 60 * 60;

impl Slot<'_> {
    /// Seconds it began after its planned time (before it: negative), if it was the same day.
    pub fn late(&self, workshop: &Workshop) -> Option<i64> {
        let (State::Running { since, .. } | State::Over { since, .. }) = self.state else {
            return None;
        };
        let late = since.seconds_since(self.planned_moment(workshop)?);
        (late.abs() < ANOTHER_DAY).then_some(late)
    }

    /// The moment it is planned to begin.
    pub fn planned_moment(&self, workshop: &Workshop) -> Option<Moment> {
        let date = workshop.agenda().days.get(self.day)?.date;
        Some(workshop.zone().moment(date, self.planned?))
    }

    /// When it is planned to end.
    pub fn planned_end(&self) -> Option<TimeOfDay> {
        Some(self.planned?.plus(self.minutes?))
    }
}

impl Workshop {
    /// All rows of the agenda with their times, as of `now`.
    pub fn timetable(&self, now: Moment) -> Vec<Slot<'_>> {
        let mut slots = Vec::new();
        for (day, plan) in self.agenda().days.iter().enumerate() {
            self.lay_out(day, 0, &plan.sessions, (None, None), &mut slots);
        }
        self.reflow(&mut slots, now);
        slots
    }

    /// One row of the agenda with its times, without the time expected now.
    pub fn slot(&self, id: &SessionId) -> Option<Slot<'_>> {
        let (day, plan) = self.agenda().days.iter().enumerate().find(|(_, plan)| {
            plan.sessions.iter().any(|session| session.id == *id || session.holds(id))
        })?;
        let mut slots = Vec::new();
        self.lay_out(day, 0, &plan.sessions, (None, None), &mut slots);
        slots.into_iter().find(|slot| slot.session.id == *id)
    }

    fn lay_out<'a>(
        &'a self,
        day: usize,
        depth: usize,
        rows: &'a [Session],
        umbrella: (Option<TimeOfDay>, Option<TimeOfDay>),
        slots: &mut Vec<Slot<'a>>,
    ) {
        let mut before_ends = umbrella.0;
        for (place, session) in rows.iter().enumerate() {
            let planned = session.start.or(before_ends);
            let next = rows[place + 1..].iter().find_map(|row| row.start).or(umbrella.1);
            let until_next = planned.zip(next).and_then(|(start, next)| {
                next.minutes().checked_sub(start.minutes()).filter(|minutes| *minutes > 0)
            });
            let minutes = session.minutes.or(until_next);
            let end = planned.zip(minutes).map(|(start, minutes)| start.plus(minutes));
            let state = self.state(session, minutes);
            slots.push(Slot { day, depth, session, planned, minutes, state, expected: None });
            self.lay_out(day, depth + 1, &session.sessions, (planned, end), slots);
            before_ends = end;
        }
    }

    fn state(&self, session: &Session, minutes: Option<u32>) -> State {
        let course = self.course(&session.id);
        match course.and_then(|course| Some((course, course.started()?))) {
            None => State::Ahead,
            Some((course, since)) => match course.ended() {
                Some(until) => State::Over { since, until },
                None => State::Running {
                    since,
                    until: minutes.map(|minutes| {
                        since.plus_minutes(i64::from(minutes) + i64::from(course.extra()))
                    }),
                },
            },
        }
    }

    /// Moves what has not begun by as much as the running sessions push it. Pinned rows stay; gaps absorb
    /// delay; days other than today stay as planned.
    fn reflow(&self, slots: &mut [Slot<'_>], now: Moment) {
        let mut free = None;
        let mut day = usize::MAX;
        for slot in slots.iter_mut() {
            if slot.day != day {
                (day, free) = (slot.day, None);
            }
            let planned = match slot.state {
                State::Over { until, .. } => {
                    free = free.max(Some(until));
                    continue;
                }
                State::Running { until, .. } => {
                    if slot.session.sessions.is_empty() {
                        free = free.max(until.map(|until| until.max(now)));
                    }
                    continue;
                }
                State::Ahead => slot.planned_moment(self),
            };
            let Some(planned) = planned else { continue };
            let today = now.seconds_since(planned).abs() < ANOTHER_DAY;
            let start = match free {
                Some(free) if today && !slot.session.pinned && free > planned => {
                    slot.expected = Some(free);
                    free
                }
                _ => planned,
            };
            if slot.session.sessions.is_empty() {
                free = free.max(slot.minutes.map(|minutes| start.plus_minutes(i64::from(minutes))));
            }
        }
    }
}
