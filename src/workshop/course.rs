//! What became of a session on the day.

use super::{CourseField, Moment, Register, Stamp};

/// How a session really ran, beside how it was planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    started: Register<Option<Moment>>,
    ended: Register<Option<Moment>>,
    extra: Register<i32>,
}

impl Default for Course {
    fn default() -> Self {
        Self { started: Register::new(None), ended: Register::new(None), extra: Register::new(0) }
    }
}

impl Course {
    pub(super) fn set(&mut self, stamp: Stamp, to: CourseField, over: &[Stamp]) {
        let born = Stamp::ORIGIN;
        match to {
            CourseField::Started(value) => self.started.set(born, stamp, value, over),
            CourseField::Ended(value) => self.ended.set(born, stamp, value, over),
            CourseField::Extra(value) => self.extra.set(born, stamp, value, over),
        }
    }

    pub(super) fn field(&self, like: &CourseField) -> (CourseField, Vec<Stamp>) {
        let born = Stamp::ORIGIN;
        match like {
            CourseField::Started(_) => {
                (CourseField::Started(*self.started.get()), self.started.live(born))
            }
            CourseField::Ended(_) => (CourseField::Ended(*self.ended.get()), self.ended.live(born)),
            CourseField::Extra(_) => (CourseField::Extra(*self.extra.get()), self.extra.live(born)),
        }
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
}
