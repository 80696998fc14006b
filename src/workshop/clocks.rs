//! Whose clock is wrong, as far as what came in shows it.
//!
//! Clocks decide nothing here, but people read the times. If a laptop was heard from at a time that
//! is still to come, its clock disagrees with this one's; the meeting's dates show which one is wrong,
//! if they can.

use std::collections::HashMap;

use serde::Serialize;

use super::tally::Filing;
use super::{
    GroupId, LaptopReport, Moment, Parcel, Receipt, SessionId, TimeOfDay, Workshop, WriterId,
};

/// How far apart two clocks may be before this is reported, in minutes.
const APART: i64 = 10;
/// How many days before the meeting nobody can have captured anything yet.
const EARLY: i64 = 60;
const DAY: i64 = 24 * 60;
/// How many days a date may be wrong whose time of day is taken to be right.
const DATE: i64 = 7;
/// How many minutes a bundle may have been on its way where a date is wrong.
const ON_ITS_WAY: i64 = 2 * 60;
/// How late bundles come at least, in minutes, if they are not only brought along the next morning.
const LATE: i64 = 20 * 60;
/// How much later one of them may come than another all the same.
const EQUALLY: i64 = 2 * 60;

/// Which of two clocks is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// The other laptop's.
    There,
    /// This laptop's.
    Here,
    /// One of the two, but nothing shows which.
    Either,
    /// The other laptop's was set back, and one of its two times is wrong.
    SetBack,
    /// Perhaps the other laptop's: all that it made came much later.
    Perhaps,
    /// Perhaps the other laptop's: by its clock, all that it captured was before the meeting.
    Early,
}

/// A clock that disagrees with this laptop's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Clock {
    /// The laptop, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica: Option<WriterId>,
    /// The group it works for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// That group's label, or the name of its bundle.
    pub title: String,
    /// How many minutes it is ahead of this laptop's at least; negative if it is behind.
    pub ahead: i64,
    /// Which of the two is wrong.
    pub wrong: Wrong,
}

impl Clock {
    /// When something happened that was captured in a minute by this clock, as far as that is known: unless it was set
    /// back.
    pub(super) fn set_right(&self, minute: Moment) -> Moment {
        let ahead = if self.wrong == Wrong::SetBack { 0 } else { whole_days(self.ahead) };
        minute.plus_minutes(ahead.saturating_neg())
    }

    /// The clocks of laptops that disagree with each other or with this laptop's: as they were when the laptops
    /// were last heard of, or else when these parcels came in and this laptop's showed `at`. Each laptop is
    /// there once.
    pub(super) fn of_parcels(workshop: &Workshop, parcels: &[Parcel], at: Moment) -> Vec<Self> {
        let days = Days::of(workshop);
        let laptops = workshop.laptops_heard();
        let mut found: Vec<Self> = Vec::new();
        for laptop in laptops {
            let seen = Seen {
                made: laptop.made,
                at: laptop.came,
                is_new: true,
                others_later: laptop.others_later,
                own_later: laptop.own_later,
            };
            let judged = seen.judge(&days, &|| None).or_else(|| all_late(&laptop.late));
            let is_early = || days.began_between(laptop.made, laptop.came);
            let judged = judged.or_else(|| {
                let is_one = is_early() && workshop.leaves_open(laptop.id);
                is_one.then(|| (minutes(laptop.came, laptop.made), Wrong::Early))
            });
            if let Some((ahead, wrong)) = judged {
                let group = laptop.group.clone().or_else(|| workshop.group_at(laptop.id));
                let replica = Some(laptop.id);
                let title = group.as_ref().map(|group| workshop.title_of(group));
                found.push(Self { replica, group, title: title.unwrap_or_default(), ahead, wrong });
            }
        }
        let mut others = laptops.len();
        for parcel in parcels {
            let Some(made) = parcel.made else { continue };
            let is_heard = laptops.iter().any(|laptop| Some(laptop.id) == parcel.replica);
            others += usize::from(!is_heard);
            let known = |clock: &Self| clock.replica == parcel.replica;
            let seen = Seen {
                made,
                at,
                is_new: parcel.fresh > 0,
                others_later: parcel.others_later,
                own_later: parcel.own_later,
            };
            let judged = seen.judge(&days, &|| day_of_points(workshop, parcel));
            let Some((ahead, wrong)) = judged.filter(|_| !found.iter().any(known)) else {
                continue;
            };
            let of_writers = || workshop.group_at(parcel.replica?);
            let group = parcel.group.clone().or_else(of_writers);
            let title = group.as_ref().map(|group| workshop.title_of(group));
            let title = title.unwrap_or_else(|| parcel.name.clone());
            found.push(Self { replica: parcel.replica, group, title, ahead, wrong });
        }
        if others > 1 && found.len() == others && found.iter().all(|clock| clock.ahead > 0) {
            // If all the others disagree with this one, this one is wrong.
            let undecided = found.iter_mut().filter(|clock| clock.wrong == Wrong::Either);
            undecided.for_each(|clock| clock.wrong = Wrong::Here);
        }
        found
    }
}

impl LaptopReport {
    /// How many minutes after they were made, by its own clock, its bundles came at least: its clock is no slower.
    pub(super) fn least_late(&self) -> i64 {
        let last = minutes(self.made, self.came);
        self.late.iter().copied().chain([last]).min().unwrap_or(0)
    }
}

impl Workshop {
    /// The clocks of other laptops that disagree with each other or with this one's, as far as they were
    /// when the laptops were last heard of.
    pub fn clocks(&self) -> Vec<Clock> {
        Clock::of_parcels(self, &[], Moment::default())
    }

    /// The group for which all points were captured that a laptop is known to have captured.
    fn group_at(&self, laptop: WriterId) -> Option<GroupId> {
        let is_there = |writer: &WriterId| self.found_missing.owner_of(*writer) == Some(laptop);
        let mut groups = self.tallies().filter(|(_, tally)| tally.writers.iter().any(is_there));
        let first = groups.next()?.0;
        groups.all(|(group, _)| group == first).then(|| first.clone())
    }

    /// Whether a laptop is known to have captured points that are filed under no discussion, or others beside such.
    fn leaves_open(&self, laptop: WriterId) -> bool {
        let is_there = |writer: &WriterId| self.found_missing.owner_of(*writer) == Some(laptop);
        let is_open = |filing: &Filing| matches!(filing, Filing::Open { .. });
        self.tallies()
            .any(|(_, tally)| tally.filed.iter().any(is_open) && tally.writers.iter().any(is_there))
    }

    /// Whether a laptop is known to have captured points for a group.
    fn captures(&self, laptop: WriterId, group: &GroupId) -> bool {
        let is_there = |writer: &WriterId| self.found_missing.owner_of(*writer) == Some(laptop);
        let mut of_group = self.tallies().filter(|(of, _)| *of == group);
        of_group.any(|(_, tally)| tally.writers.iter().any(is_there))
    }

    /// The clock that is known to be wrong by which a writer captured for a group; if it is not known at which laptop,
    /// that of the group's.
    pub(super) fn clock_of<'c>(
        &self,
        clocks: &'c [Clock],
        group: &GroupId,
        writer: WriterId,
    ) -> Option<&'c Clock> {
        let owner = self.found_missing.owner_of(writer);
        let is_its = |clock: &&Clock| match owner.zip(clock.replica) {
            Some((owner, replica)) => owner == replica,
            None => clock.group.as_ref() == Some(group),
        };
        let is_wrong = |clock: &&Clock| !matches!(clock.wrong, Wrong::Here | Wrong::Early);
        clocks.iter().filter(is_wrong).find(is_its)
    }

    /// The laptop at which a writer captured for a group; if it is not known which, that of the group.
    pub(super) fn report_of(&self, group: &GroupId, writer: WriterId) -> Option<&LaptopReport> {
        let owner = self.found_missing.owner_of(writer);
        let is_its = |laptop: &&LaptopReport| match owner {
            Some(owner) => owner == laptop.id,
            None => laptop.group.as_ref() == Some(group),
        };
        self.laptops_heard().iter().find(is_its)
    }
}

/// What something that came in shows about a clock.
struct Seen {
    /// When it was made, by that clock.
    made: Moment,
    /// When it came in, by this laptop's.
    at: Moment,
    is_new: bool,
    others_later: Option<Moment>,
    own_later: Option<Moment>,
}

impl Seen {
    /// How far ahead the clock is, and which one is wrong; `None` if it can agree with this laptop's. `early`
    /// is a moment before which nothing of what came in can have been said.
    fn judge(&self, days: &Days, early: &dyn Fn() -> Option<Moment>) -> Option<(i64, Wrong)> {
        let (made, at) = (self.made, self.at);
        if self.is_new && days.are_long_after(made) && days.hold(at) {
            return Some((minutes(at, made), Wrong::There));
        }
        if made > at.plus_minutes(APART) {
            return Some((minutes(at, made), days.wrong(made, at)));
        }
        // What is later than now is the fault of whoever made it.
        let before = |later: Option<Moment>| {
            later.filter(|later| {
                made.plus_minutes(APART) < *later && *later <= at.plus_minutes(APART)
            })
        };
        if let Some(later) = before(self.own_later) {
            return Some((minutes(later, made), Wrong::SetBack));
        }
        if let Some(later) = before(self.others_later) {
            return Some((minutes(later, made), Wrong::There));
        }
        if days.hold(made) || !days.hold(at) {
            return None;
        }
        Some((minutes(before(early())?, made), Wrong::There))
    }
}

/// How wrong a clock is of which this is known: if its date seems to be wrong, its time of day is right, and the rest is
/// how long a bundle took.
fn whole_days(ahead: i64) -> i64 {
    let days = (ahead + ahead.signum() * DAY / 2) / DAY;
    let is_date = (1..=DATE).contains(&days.abs()) && (ahead - days * DAY).abs() <= ON_ITS_WAY;
    if is_date { days * DAY } else { ahead }
}

/// How slow a clock may be of a laptop whose last bundles all came late, if they came about as late each time.
fn all_late(late: &[i64]) -> Option<(i64, Wrong)> {
    let (least, most) = (*late.iter().min()?, *late.iter().max()?);
    let is_all = late.len() > 1 && least >= LATE && most - least <= EQUALLY;
    is_all.then_some((-least, Wrong::Perhaps))
}

/// The day before the last session whose points came in with an earlier time: nobody spoke in a session
/// so long before it.
fn day_of_points(workshop: &Workshop, parcel: &Parcel) -> Option<Moment> {
    let agenda = workshop.agenda();
    let sessions = agenda.sessions();
    let begin = |session: &SessionId| {
        let (day, ..) = sessions.iter().find(|(.., one)| one.id == *session)?;
        let midnight = workshop.zone().moment(agenda.days[*day].date, TimeOfDay::default());
        Some(midnight.plus_minutes(-DAY))
    };
    let mut begins: HashMap<&SessionId, Option<Moment>> = HashMap::new();
    let points = parcel.new_points.iter().filter_map(|id| workshop.point(*id));
    let early = points.filter_map(|point| {
        let session = point.session()?;
        let begin = (*begins.entry(session).or_insert_with(|| begin(session)))?;
        (point.captured() < begin).then_some(begin)
    });
    early.max()
}

impl Receipt {
    /// Adds the clocks of groups whose points came by other ways than parcels, given that it is `now`.
    pub fn hear_clocks(&mut self, workshop: &Workshop, now: Moment) {
        let days = Days::of(workshop);
        for heard in &self.groups {
            let known = |clock: &Clock| {
                clock.group.as_ref() == Some(&heard.group)
                    || clock.replica.is_some_and(|laptop| workshop.captures(laptop, &heard.group))
            };
            let late = heard.last.filter(|last| *last > now.plus_minutes(APART));
            if let Some(last) = late.filter(|_| !self.clocks.iter().any(known)) {
                self.clocks.push(Clock {
                    replica: None,
                    group: Some(heard.group.clone()),
                    title: heard.title.clone(),
                    ahead: minutes(now, last),
                    wrong: days.wrong(last, now),
                });
            }
        }
    }
}

/// The first and the last moment at which the meeting may be going on.
struct Days(Option<(Moment, Moment)>);

impl Days {
    fn of(workshop: &Workshop) -> Self {
        let dates = workshop.agenda().days.iter().map(|day| day.date);
        let midnight = |date| workshop.zone().moment(date, TimeOfDay::default());
        let (first, last) = (dates.clone().min(), dates.max());
        let days = first.map(midnight).zip(last.map(midnight));
        // People prepare the day before, and go home the day after.
        Self(days.map(|(first, last)| (first.plus_minutes(-DAY), last.plus_minutes(2 * DAY))))
    }

    fn hold(&self, moment: Moment) -> bool {
        self.0.is_some_and(|(first, last)| (first..last).contains(&moment))
    }

    /// Whether the first day of the meeting began after one moment and before another.
    fn began_between(&self, one: Moment, other: Moment) -> bool {
        self.0.is_some_and(|(first, _)| {
            let begin = first.plus_minutes(DAY);
            one < begin && begin <= other
        })
    }

    /// Whether a moment is so long before them that nobody can have been at work.
    fn are_long_after(&self, moment: Moment) -> bool {
        self.0.is_some_and(|(first, _)| moment.plus_minutes(EARLY * DAY) < first)
    }

    fn wrong(&self, there: Moment, here: Moment) -> Wrong {
        match (self.hold(there), self.hold(here)) {
            (false, true) => Wrong::There,
            (true, false) => Wrong::Here,
            _ => Wrong::Either,
        }
    }
}

fn minutes(from: Moment, to: Moment) -> i64 {
    to.0.saturating_sub(from.0) / 60_000
}

#[cfg(test)]
mod tests {
    use super::super::{Agenda, Day};
    use super::*;

    /// 27 May 2025, 09:00 in UTC; the meeting's one day.
    const NOW: Moment = Moment(1_748_336_400_000);

    fn clocks(made: &[Moment], at: Moment) -> Vec<(Wrong, i64)> {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 5, 27).unwrap();
        let day = Day { date, title: String::new(), sessions: Vec::new() };
        let workshop = Workshop::new(&Agenda { days: vec![day], ..Agenda::default() });
        let parcel = |(nth, made): (usize, &Moment)| Parcel {
            name: format!("{nth}.bundle"),
            replica: Some(WriterId::new(nth as u64)),
            made: Some(*made),
            fresh: 1,
            ..Parcel::default()
        };
        let parcels: Vec<Parcel> = made.iter().enumerate().map(parcel).collect();
        let receipt = Receipt::of(&workshop, &parcels, &[], &std::collections::HashSet::new(), at);
        receipt.clocks.iter().map(|clock| (clock.wrong, clock.ahead)).collect()
    }

    #[test]
    fn the_clock_that_is_wrong_is_the_one_outside_the_meeting() {
        let later = |minutes| NOW.plus_minutes(minutes);
        // Made a moment ago, or days ago, is as it should be.
        assert_eq!(clocks(&[later(5), later(-30), later(-3 * DAY)], NOW), []);
        assert_eq!(clocks(&[later(9 * DAY)], NOW), [(Wrong::There, 9 * DAY)]);
        assert_eq!(clocks(&[later(180)], NOW), [(Wrong::Either, 180)]);
        // This laptop's is wrong: the others are in the meeting, or there are several of them.
        assert_eq!(clocks(&[NOW], later(-9 * DAY)), [(Wrong::Here, 9 * DAY)]);
        let several = [(Wrong::Here, 180), (Wrong::Here, 190)];
        assert_eq!(clocks(&[later(180), later(190)], NOW), several);
        // One that starts again in 1970 or 2000 is late.
        let ahead = minutes(NOW, Moment(0));
        assert_eq!(clocks(&[Moment(0), NOW], NOW), [(Wrong::There, ahead)]);
    }
}
