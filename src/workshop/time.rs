//! Moments and times of day, as plain numbers. Nothing here asks a clock.

use std::{fmt, str::FromStr};

use chrono::{
    DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment, in milliseconds since 1970 in UTC. It informs; it never decides an order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The last moment of the year 9999, where calendars here end.
    const LAST: i64 = 253_402_300_799_999;

    /// The nearest moment that calendars here have: from 1970 to the year 9999.
    #[must_use]
    pub fn in_calendar(self) -> Self {
        Self(self.0.clamp(0, Self::LAST))
    }

    /// Whole seconds from `earlier` to this moment; negative if the clock jumped back.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1000)
    }

    /// The beginning of its minute.
    #[must_use]
    pub fn minute(self) -> Self {
        Self(self.0.div_euclid(60_000).saturating_mul(60_000))
    }

    /// The moment this many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }
}

/// Writes a moment as files for other programs have it: `2025-05-27T06:05:00Z`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's serialize_with passes a reference")]
pub(super) fn serialize_utc_of<S: Serializer>(moment: &Moment, to: S) -> Result<S::Ok, S::Error> {
    let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
    to.collect_str(&utc.format("%Y-%m-%dT%H:%M:%SZ"))
}

/// The same for an optional moment.
#[expect(clippy::ref_option, reason = "serde's serialize_with passes a reference")]
pub(super) fn serialize_utc<S: Serializer>(
    moment: &Option<Moment>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => serialize_utc_of(moment, to),
        None => to.serialize_none(),
    }
}

/// A planned time of day in minutes after midnight. `24:00` is the end of the day, not its start,
/// and evenings may continue: up to `36:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The latest possible time, in minutes.
    const LAST: u16 = 36 * 60;

    /// The time this many minutes after midnight; `None` past 36:00.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|m| *m <= Self::LAST).map(Self)
    }

    /// Minutes after midnight.
    pub fn minutes(self) -> u32 {
        u32::from(self.0)
    }

    /// The time this many minutes later, at most 36:00.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Self {
        Self((u32::from(self.0) + minutes.min(u32::from(Self::LAST))).min(u32::from(Self::LAST))
            as u16)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:02}:{:02}", self.0 / 60, self.0 % 60))
    }
}

/// The meeting's time zone: converts between planned local times and moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// The zone with this IANA name; an empty name means UTC.
    pub fn named(name: &str) -> Option<Self> {
        if name.is_empty() { Some(Self(chrono_tz::UTC)) } else { name.parse().ok().map(Self) }
    }

    /// All names of zones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// What clocks in the room show at a moment.
    pub fn local(self, moment: Moment) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default().naive_utc();
        let offset = self.0.offset_from_utc_datetime(&utc).fix();
        // Beyond the last day there is no local time; UTC has to do.
        utc.checked_add_offset(offset).unwrap_or(utc)
    }

    /// The moment at which clocks in the room show this. If a change of summer time repeats
    /// an hour, it is the first; if it skips one, it is the hour after.
    pub fn moment(self, date: NaiveDate, time: TimeOfDay) -> Moment {
        let day = date.checked_add_days(Days::new(u64::from(time.minutes() / 1440)));
        let midnight = day.unwrap_or(date).and_time(NaiveTime::MIN);
        let local = midnight + TimeDelta::minutes(i64::from(time.minutes() % 1440));
        let moment = match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => moment,
            MappedLocalTime::None => {
                let later = local + TimeDelta::hours(1);
                match self.0.from_local_datetime(&later).earliest() {
                    Some(moment) => moment,
                    None => self.0.from_utc_datetime(&local),
                }
            }
        };
        Moment(moment.timestamp_millis())
    }
}

/// Why a text is not a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time is written like \"09:30\", \"9.30\", \"9:30 am\" or \"24:00\"")
    }
}

impl std::error::Error for NotATime {}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    /// Reads times as agendas print them: `1:30`, `8.30`, `24:00`, `10 a.m.`, `4pm`, `0930`.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let lower: String =
            text.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        let (clock, half) = if let Some(rest) = strip_any(&lower, &["a.m.", "am", "a.m"]) {
            (rest, Some(false))
        } else if let Some(rest) = strip_any(&lower, &["p.m.", "pm", "p.m"]) {
            (rest, Some(true))
        } else {
            (lower.as_str(), None)
        };
        let clock = clock.strip_suffix('h').unwrap_or(clock);
        let (hours, minutes) = match clock.split_once([':', '.', 'h']) {
            Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
            None if clock.len() == 4 && clock.is_ascii() => clock.split_at(2),
            None if half.is_some() => (clock, "0"),
            _ => return Err(NotATime),
        };
        let number = |text: &str| match text.len() {
            1 | 2 if text.bytes().all(|b| b.is_ascii_digit()) => text.parse::<u16>().ok(),
            _ => None,
        };
        let (mut hours, minutes) =
            number(hours).zip(number(minutes)).filter(|(_, m)| *m < 60).ok_or(NotATime)?;
        if let Some(afternoon) = half {
            if !(1..=12).contains(&hours) {
                return Err(NotATime);
            }
            hours = hours % 12 + if afternoon { 12 } else { 0 };
        }
        Some(hours * 60 + minutes).filter(|m| *m <= Self::LAST).map(Self).ok_or(NotATime)
    }
}

fn strip_any<'a>(text: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| text.strip_suffix(ending))
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_agendas_print_them() {
        for (text, minutes) in [
            ("1:30", 90),
            ("8.30", 510),
            ("09:00", 540),
            ("24:00", 1440),
            ("10 a.m.", 600),
            ("1 p.m.", 780),
            ("4pm", 960),
            ("12am", 0),
            ("12:15 PM", 735),
            ("0930", 570),
            ("9h30", 570),
        ] {
            assert_eq!(text.parse::<TimeOfDay>().map(TimeOfDay::minutes), Ok(minutes), "{text}");
        }
        for text in ["", "9", "9:5", "25 pm", "9:60", "37:00", "nine", "é:00", "-1:00", "9:+5"] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(NotATime), "{text}");
        }
        assert_eq!(TimeOfDay::from_minutes(1440).map(|t| t.to_string()).as_deref(), Some("24:00"));
    }
}
