//! Topics by groups: what is covered, and what is not yet.

use super::keymap::Action;
use super::{App, Mouse, Screen};
use crate::workshop::{GroupId, Workshop};

/// The state of the overview screen.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Which topic is chosen, by its row.
    pub topic: usize,
    /// Which group is chosen, by its column.
    pub group: usize,
}

/// Columns of the topics' titles.
pub const TITLES: u16 = 27;
/// Columns of one group.
pub const COLUMN: u16 = 9;
/// Columns of the sum over all groups.
const SUM: u16 = 6;
/// Rows above the first topic.
pub const HEAD: u16 = 3;

impl Overview {
    /// The chosen group.
    pub fn group(&self, workshop: &Workshop) -> Option<GroupId> {
        workshop.groups().nth(self.group).map(|group| group.id.clone())
    }
}

impl App {
    /// How many groups fit on the screen, and which is the first of them.
    pub fn overview_columns(&self) -> (usize, usize) {
        let fit = usize::from(self.size.0.saturating_sub(TITLES + SUM) / COLUMN).max(1);
        (fit, (self.overview.group + 1).saturating_sub(fit))
    }

    /// Chooses the cell that is being worked on.
    pub(super) fn enter_overview(&mut self) {
        let capture = &self.capture;
        let group = self.workshop.groups().position(|group| group.id == capture.group);
        let topic = self.workshop.topics().iter().position(|topic| topic.id == capture.topic);
        self.overview = Overview { topic: topic.unwrap_or(0), group: group.unwrap_or(0) };
    }

    pub(super) fn act_overview(&mut self, action: Action) {
        let topics = self.workshop.topics().len();
        let groups = self.workshop.groups().count();
        let at = &mut self.overview;
        match action {
            Action::Up => at.topic = at.topic.saturating_sub(1),
            Action::Down => at.topic = (at.topic + 1).min(topics - 1),
            Action::Left => at.group = at.group.saturating_sub(1),
            Action::Right => at.group = (at.group + 1).min(groups.saturating_sub(1)),
            Action::Top | Action::PageUp => at.topic = 0,
            Action::Bottom | Action::PageDown => at.topic = topics - 1,
            Action::OpenCell => self.open_cell(),
            Action::Back => self.go(Screen::Capture),
            _ => {}
        }
    }

    fn open_cell(&mut self) {
        let topic = self.workshop.topics().get(self.overview.topic).map(|topic| topic.id.clone());
        let group = self.overview.group(&self.workshop);
        if let (Some(topic), Some(group)) = (topic, group) {
            self.capture.topic = topic;
            self.go_to_group(group);
            self.go(Screen::Capture);
        }
    }

    pub(super) fn point_overview(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } if notches < 0 => self.act_overview(Action::Up),
            Mouse::Wheel { .. } => self.act_overview(Action::Down),
            Mouse::Click { x, y } => {
                let (fit, first) = self.overview_columns();
                let row = usize::from(y).checked_sub(usize::from(HEAD));
                let column = x.checked_sub(TITLES).map(|x| usize::from(x / COLUMN));
                let groups = self.workshop.groups().count();
                let topic = row.filter(|row| *row < self.workshop.topics().len());
                let group = column.filter(|c| *c < fit && first + c < groups).map(|c| first + c);
                let (Some(topic), Some(group)) = (topic, group) else { return };
                let again = (self.overview.topic, self.overview.group) == (topic, group);
                self.overview = Overview { topic, group };
                if again {
                    self.open_cell();
                }
            }
        }
    }
}
