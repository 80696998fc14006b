//! What happened to a session on the day.

use super::{CourseField, Moment, Register, Stamp, field::by_field};

/// How a session really ran, in contrast to the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    started: Register<Option<Moment>>,
    ended: Register<Option<Moment>>,
    extra: Register<i32>,
    consent: Register<Option<Box<str>>>,
}

impl Course {
    by_field! {
        CourseField with values, of _all Stamp::ORIGIN;
        started => Started, ended => Ended, extra => Extra, consent => Consent
    }

    /// When it really started.
    pub fn started(&self) -> Option<Moment> {
        *self.started.get()
    }

    /// When it really ended, if it has.
    pub fn ended(&self) -> Option<Moment> {
        *self.ended.get()
    }

    /// Minutes added to its planned length.
    pub fn extra(&self) -> i32 {
        *self.extra.get()
    }

    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.started().is_some() && self.ended().is_none()
    }

    /// The words in which consent to be named was recorded.
    pub fn consent(&self) -> Option<&str> {
        self.consent.get().as_deref()
    }

    /// What two laptops recorded about consent at once, each once, the value shown last. One of them may
    /// have withdrawn it.
    pub fn consents(&self) -> Vec<Option<&str>> {
        self.consent.each().map(Option::as_deref).collect()
    }

    /// Whether there is valid consent: it was recorded, and no laptop withdrew it at the same time.
    pub fn has_consent(&self) -> bool {
        self.consent.values().all(Option::is_some)
    }
}
