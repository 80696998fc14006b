//! Topics by groups: what is covered, and what is not yet.

use super::keymap::Action;
use super::{App, Chosen, Mouse, Screen};
use crate::workshop::{GroupId, TopicId, Workshop};

/// The state of the overview screen.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The chosen topic, with its row.
    pub topic: Chosen<TopicId>,
    /// The chosen group, with its column.
    pub group: Chosen<GroupId>,
}

/// Columns of the topics' titles.
pub const TITLES: u16 = 27;
/// Columns of one group.
pub const COLUMN: u16 = 9;
/// Columns of the sum over all groups.
const SUM: u16 = 6;
/// Rows above the first topic.
pub const HEAD: u16 = 3;

fn topics(workshop: &Workshop) -> impl ExactSizeIterator<Item = TopicId> + Clone {
    workshop.topics().iter().map(|topic| topic.id.clone())
}

fn groups(workshop: &Workshop) -> impl ExactSizeIterator<Item = GroupId> + Clone {
    workshop.groups().map(|group| group.id.clone()).collect::<Vec<_>>().into_iter()
}

impl App {
    /// How many groups fit on the screen, and which is the first of them.
    pub fn overview_columns(&self) -> (usize, usize) {
        let fit = usize::from(self.size.0.saturating_sub(TITLES + SUM) / COLUMN).max(1);
        (fit, (self.overview.group.at() + 1).saturating_sub(fit))
    }

    /// Chooses the cell that is being worked on.
    pub(super) fn enter_overview(&mut self) {
        let capture = &self.capture;
        let (group, topic) = (capture.group.clone(), capture.topic.clone());
        self.overview = Overview::default();
        self.overview.topic.set(topic);
        self.overview.group.set(group);
        self.refresh_overview();
    }

    /// Finds the chosen cell in the table as it is now.
    pub(super) fn refresh_overview(&mut self) {
        self.overview.topic.refresh(topics(&self.workshop));
        self.overview.group.refresh(groups(&self.workshop));
    }

    fn choose_cell(&mut self, topic: usize, group: usize) {
        self.overview.topic.choose(topics(&self.workshop), topic);
        self.overview.group.choose(groups(&self.workshop), group);
    }

    pub(super) fn act_overview(&mut self, action: Action) {
        let (topic, group) = (self.overview.topic.at(), self.overview.group.at());
        match action {
            Action::Up => self.choose_cell(topic.saturating_sub(1), group),
            Action::Down => self.choose_cell(topic + 1, group),
            Action::Left => self.choose_cell(topic, group.saturating_sub(1)),
            Action::Right => self.choose_cell(topic, group + 1),
            Action::Top | Action::PageUp => self.choose_cell(0, group),
            Action::Bottom | Action::PageDown => self.choose_cell(usize::MAX, group),
            Action::OpenCell => self.open_cell(),
            Action::Back => self.go(Screen::Capture),
            _ => {}
        }
    }

    fn open_cell(&mut self) {
        let chosen = (self.overview.topic.id().cloned(), self.overview.group.id().cloned());
        if let (Some(topic), Some(group)) = chosen {
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
                let again = (self.overview.topic.at(), self.overview.group.at()) == (topic, group);
                self.choose_cell(topic, group);
                if again {
                    self.open_cell();
                }
            }
        }
    }
}
